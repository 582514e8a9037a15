"""Plain text as a book. ``# Title`` lines and "Chapter 1" lines begin chapters."""

from __future__ import annotations

import re
from contextlib import suppress
from pathlib import Path

from django.conf import settings

from ..language.text import clean_text, flatten, paragraphs_of
from .imported import ImportedBook, ImportedChapter, ImportProblem

_MARKED = re.compile(r"#{1,3}\s+(\S.*)")
_NUMBERED = re.compile(
    r"(?:chapter|part|book|canto|act|scene)\s+(?:\d{1,3}|[ivxlc]{1,8}|one|two|three|four|five|six|"
    r"seven|eight|nine|ten|eleven|twelve|the\s\w+)\b[.:]?(?:\s.{0,80})?",
    re.IGNORECASE,
)
_BARE_NUMBER = re.compile(r"\w+\s+(?:\w+|the\s\w+)[.:]?", re.IGNORECASE)
_LONGEST_TITLE = 70
_SMALL_WORD = 3  # "of", "the", "and": written small in titles
_GUTENBERG_START = re.compile(r"^\*\*\*\s?START OF.*?\*\*\*[^\n]*$", re.MULTILINE)
_GUTENBERG_END = re.compile(r"^\*\*\*\s?END OF.*\Z", re.MULTILINE | re.DOTALL)
_FIELD = re.compile(r"^(Title|Author|Language):[ \t]*(\S[^\n]*)$", re.MULTILINE)
_WRAPPED_FROM = 50
_VERSE_UP_TO = 48


def read_plaintext(path: Path) -> ImportedBook:
    """The book in a text file. Raises ``ImportProblem`` with one clear line."""
    limit = settings.READERAI_MAX_BOOK_MIB * 1024 * 1024
    try:
        if path.stat().st_size > limit:
            raise ImportProblem(f"it is larger than {settings.READERAI_MAX_BOOK_MIB} MiB")
        raw = path.read_bytes()
    except OSError as error:
        raise ImportProblem(f"it cannot be read ({error.strerror})") from None
    text, warnings = decoded(raw)
    book = book_of_text(text, title=_title_of_name(path))
    book.warnings[:0] = warnings
    return book


def decoded(raw: bytes) -> tuple[str, list[str]]:
    """The text in ``raw`` (UTF-8, UTF-16, else Windows-1252) and warnings."""
    if raw.startswith((b"\xff\xfe", b"\xfe\xff")):
        try:
            return raw.decode("utf-16"), []
        except UnicodeDecodeError:
            raise ImportProblem("it is not text that can be read (broken UTF-16)") from None
    for codec, zeros in (("utf-16-le", raw[1:400:2]), ("utf-16-be", raw[0:400:2])):
        if zeros and zeros.count(0) > len(zeros) * 3 // 4:
            with suppress(UnicodeDecodeError):
                return raw.decode(codec), []
    if b"\x00" in raw:
        raise ImportProblem("it is not a text file")
    try:
        return raw.decode("utf-8-sig"), []
    except UnicodeDecodeError:
        pass
    text = raw.decode("cp1252", errors="replace")
    if text.count("\ufffd") > len(text) // 200:
        raise ImportProblem("it is not a text file")
    return text, ["it is not UTF-8; read as Windows-1252"]


def book_of_text(text: str, *, title: str) -> ImportedBook:
    """A book from its text; ``title`` is used where the text does not name itself."""
    text = clean_text(text)
    fields: dict[str, str] = {}
    start = _GUTENBERG_START.search(text)
    if start is not None:
        fields = {name: value.strip() for name, value in _FIELD.findall(text[: start.start()])}
        text = _GUTENBERG_END.sub("", text[start.end() :])
    title = fields.get("Title") or title
    chapters = chapters_of_text(text, title=title)
    if len(chapters) > 1 and _is_title_page(chapters[0], f"{title} {fields.get('Author', '')}"):
        del chapters[0]
    if not chapters:
        raise ImportProblem("there are no words in it")
    first = _MARKED.fullmatch(text.strip().split("\n", 1)[0].strip())
    if first is not None and len(chapters) == 1 and "Title" not in fields:
        title = first.group(1).strip()
    return ImportedBook(
        title=title[:300],
        author=fields.get("Author", "")[:300],
        language="en",
        chapters=chapters,
    )


def chapters_of_text(text: str, *, title: str) -> list[ImportedChapter]:
    """Chapters in order; text before the first heading is a chapter called ``title``."""
    sections: list[tuple[str, list[str]]] = [(title, [])]
    for block in re.split(r"\n\s*\n", clean_text(text)):
        lines = [line.rstrip() for line in block.split("\n") if line.strip()]
        if lines and (heading := _heading(lines)) is not None:
            sections.append((heading[:300], []))
            lines = lines[1:] if _MARKED.fullmatch(lines[0].strip()) else []
        elif lines and _is_own_title(lines, sections[-1]):
            number = sections[-1][0].rstrip(".: ")
            sections[-1] = (f"{number}: {lines[0].strip()}"[:300], [])
            lines = []
        if lines:
            sections[-1][1].append("\n".join(lines))
    verse_below = _VERSE_UP_TO if _is_wrapped(sections) else 0
    chapters = []
    for heading_text, blocks in sections:
        paragraphs = paragraphs_of(part for block in blocks for part in _parts(block, verse_below))
        if paragraphs:
            chapters.append(ImportedChapter(heading_text, paragraphs))
    return chapters


def _heading(lines: list[str]) -> str | None:
    marked = _MARKED.fullmatch(lines[0].strip())
    if marked is not None:
        return marked.group(1).strip()
    joined = " ".join(line.strip() for line in lines)
    if len(lines) <= 2 and len(joined) < 100 and _NUMBERED.fullmatch(joined):
        return joined
    return None


def _is_own_title(lines: list[str], section: tuple[str, list[str]]) -> bool:
    """Whether a lone line right below "CHAPTER I." is that chapter's title, and no sentence."""
    heading, blocks = section
    line = lines[0].strip()
    if blocks or len(lines) > 1 or len(line) > _LONGEST_TITLE or line[-1:] in ".!?,;:”\"’'—":
        return False
    bare = _BARE_NUMBER.fullmatch(heading) is not None
    long = [word for word in line.split() if len(word) > _SMALL_WORD]
    return bare and line[0].isupper() and all(word[0].isupper() for word in long)


def _is_title_page(chapter: ImportedChapter, about: str) -> bool:
    """Whether a chapter says no more than title and author."""
    own = set(re.findall(r"\w+", about.lower())) | {"by", "a", "an", "the", "novel", "story"}
    said = {
        part for word in flatten(chapter.paragraphs) for part in re.findall(r"\w+", word.lower())
    }
    return said <= own


def _is_wrapped(sections: list[tuple[str, list[str]]]) -> bool:
    """Whether lines are broken at a width, so that short ones mean something."""
    lines = [line for _, blocks in sections for block in blocks for line in block.split("\n")]
    long = sum(len(line) >= _WRAPPED_FROM for line in lines)
    broken = sum("\n" in block for _, blocks in sections for block in blocks)
    return broken > 0 and long > len(lines) // 3


def _parts(block: str, verse_below: int) -> list[str]:
    """One paragraph, or one for each line of verse."""
    lines = block.split("\n")
    indented = all(line.startswith(("  ", "\t")) for line in lines)
    short = max(map(len, lines)) < verse_below
    return lines if len(lines) > 1 and (indented or short) else [block]


def _title_of_name(path: Path) -> str:
    words = re.sub(r"[-_\s]+", " ", clean_text(path.stem)).strip()
    return words[:1].upper() + words[1:] or "A book"
