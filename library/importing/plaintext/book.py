"""Plain text and Markdown as a book."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

from django.conf import settings

from ...language.codes import language_of, normal_code
from ...language.text import clean_text, flatten, is_word, paragraphs_of
from ..decoding import decode, is_garbled
from ..imported import ImportedBook, ImportedChapter, ImportProblem
from ..left_out import Omissions
from .chapters import MARKED, sections_of, without_contents
from .frame import title_lines, unframed
from .markdown import as_plain, is_markdown, without_marks
from .marks import without_emphasis, without_notes
from .paragraphs import blocks_of, hyphen_rule, layout_of, paragraphs_in

_TITLE_WORDS = frozenset(["by", "a", "an", "the", "novel", "story", "tale"])


def read_plaintext(path: Path, language: str = "") -> ImportedBook:
    """The book in a text file. Raises ``ImportProblem`` with one clear line."""
    limit = settings.READERAI_MAX_BOOK_MIB * 1024 * 1024
    try:
        if path.stat().st_size > limit:
            raise ImportProblem(f"it is larger than {settings.READERAI_MAX_BOOK_MIB} MiB")
        raw = path.read_bytes()
    except OSError as error:
        raise ImportProblem(f"it cannot be read ({error.strerror})") from None
    text, warnings = decoded(raw, language)
    book = book_of_text(text, title=_title_of_name(path), language=language)
    book.warnings[:0] = warnings
    return book


def decoded(raw: bytes, language: str = "") -> tuple[str, list[str]]:
    """The text in ``raw`` and warnings. Raises ``ImportProblem`` for what is no text."""
    found = decode(raw, language=language)
    if is_garbled(found.text):
        raise ImportProblem("it is not a text file")
    warnings = []
    if found.codec.startswith("cp"):
        warnings.append(f"it is not UTF-8; read as {found.codec.replace('cp125', 'Windows-125')}")
    if found.replaced:
        warnings.append(f"it holds {found.replaced} damaged letter{'s'[: found.replaced != 1]}")
    return found.text, warnings


def book_of_text(text: str, *, title: str, language: str = "") -> ImportedBook:
    """A book from its text; ``title`` is used where the text does not name itself."""
    left_out = Omissions()
    framed = unframed(clean_text(text), left_out)
    said = framed.said
    markdown = is_markdown(framed.text)
    body = as_plain(framed.text, left_out) if markdown else framed.text
    if not said.get("title"):
        said = said | title_lines(body)
    named = said.get("title") or _lone_heading(body) or title
    chapters = _chapters(body, named, left_out, without_marks if markdown else without_emphasis)
    if len(chapters) > 1 and _is_title_page(chapters[0], f"{named} {said.get('author', '')}"):
        left_out.add("title page", words=chapters.pop(0).word_count)
    if not chapters:
        raise ImportProblem("there are no words in it")
    sample = " ".join(flatten(chapters[0].paragraphs)[:1_000])
    declared = language or normal_code(said.get("language", ""))
    code, doubt = (language, []) if language else language_of(declared, sample)
    return ImportedBook(
        title=without_emphasis(named)[:300],
        author=said.get("author", "")[:300],
        language=code,
        chapters=chapters,
        warnings=doubt,
        left_out=left_out.listed(),
    )


def chapters_of_text(text: str, *, title: str) -> list[ImportedChapter]:
    """Chapters in order; text before the first heading is a chapter called ``title``."""
    return _chapters(clean_text(text), title, Omissions(), without_emphasis)


def _chapters(
    text: str, title: str, left_out: Omissions, unmarked: Callable[[str], str]
) -> list[ImportedChapter]:
    blocks = blocks_of(without_notes(text, left_out))
    layout = layout_of(blocks)
    if layout.lines_are_paragraphs:
        blocks = [[line] for lines in blocks for line in lines]
    blocks, words = without_contents(blocks)
    if words:
        left_out.add("contents", words=words)
    sections = sections_of(blocks, title)
    joins = hyphen_rule(text)
    chapters: list[ImportedChapter] = []
    above: list[str] = []
    for section in sections:
        parts = [part for block in section.blocks for part in paragraphs_in(block, layout, joins)]
        paragraphs = paragraphs_of(part for part in map(unmarked, parts) if _is_text(part))
        if paragraphs:
            name = " · ".join([*above, unmarked(section.title)])
            chapters.append(ImportedChapter(name[:300], paragraphs))
            above = []
        elif section is not sections[0] and section.title.casefold() != title.casefold():
            above.append(unmarked(section.title))
    return chapters


def _is_text(part: str) -> bool:
    """Whether a paragraph has a letter or a number: a row of stars has not."""
    return is_word(part) and any(letter.isalnum() or letter >= "\U0001f000" for letter in part)


def _lone_heading(text: str) -> str:
    """The one marked heading that a text begins with: it names the book."""
    lines = [line.strip() for line in text.strip().split("\n") if line.strip()]
    first = MARKED.fullmatch(lines[0]) if lines else None
    if first is None:
        return ""
    ranks = [len(match[1]) for match in map(MARKED.fullmatch, lines) if match is not None]
    alone = len(ranks) == 1 or (len(first[1]) == 1 and ranks.count(1) == 1)
    return first[2].strip() if alone else ""


def _is_title_page(chapter: ImportedChapter, about: str) -> bool:
    """Whether a chapter says something of title and author, and no more."""
    own = set(re.findall(r"\w+", about.lower())) - _TITLE_WORDS
    said = {
        part for word in flatten(chapter.paragraphs) for part in re.findall(r"\w+", word.lower())
    }
    return bool(said & own) and said <= own | _TITLE_WORDS


def _title_of_name(path: Path) -> str:
    words = re.sub(r"[-_\s]+", " ", clean_text(path.stem)).strip()
    return words[:1].upper() + words[1:] or "A book"
