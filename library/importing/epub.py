"""EPUB 2 and 3 as books: package, table of contents and text documents put together."""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import dataclass, field

from django.conf import settings
from lxml import etree

from ..language.text import count_words, is_word, split_sentences
from .archive import Archive
from .blocks import LEFT_OUT_TYPES, Block, read_blocks
from .contents import Place, read_contents
from .imported import ImportedBook, ImportedChapter, ImportProblem
from .markup import local, parse_xhtml, text_of, types_of
from .package import Item, Package

_TEXT_TYPES = {"application/xhtml+xml", "text/html", "application/x-dtbook+xml"}
_LEFT_OUT_TITLES = re.compile(
    r"(?:cover|title\s?page|half\s?title(?: page)?|copyright(?: page| notice)?|uncopyright|"
    r"(?:table of )?contents|toc|colophon|imprint|index|bibliography|(?:end|foot)?notes|"
    r"also by\b.*|about the (?:author|publisher)|(?:list of )?illustrations|acknowledge?ments|"
    r"the full project gutenberg.*|(?:the )?project gutenberg.*license.*)",
    re.IGNORECASE,
)
_SMALL_MATTER = 600


@dataclass
class Draft:
    """A chapter while it is put together. ``words_at`` says where wanted ids begin:
    (file name, id) to a word's place in the chapter."""

    title: str
    paragraphs: list[list[list[str]]] = field(default_factory=list)
    words_at: dict[tuple[str, str], int] = field(default_factory=dict)
    word_count: int = 0
    headings: list[str] = field(default_factory=list)
    left_out: bool = False

    def add(self, name: str, block: Block) -> None:
        sentences = split_sentences(block.text)
        letters = 0
        starts: list[int] = []
        for words in sentences:
            for word in words:
                starts.append(letters)
                letters += len(word)
        for before, identity in block.marks:
            place = sum(start < before for start in starts)
            self.words_at.setdefault((name, identity), self.word_count + place)
        if sentences:
            self.paragraphs.append(sentences)
            self.word_count += len(starts)


@dataclass
class EpubText:
    """What was read of an EPUB, for whoever adds its recorded voice."""

    package: Package
    drafts: list[Draft]
    warnings: list[str]


def book_of(text: EpubText) -> ImportedBook:
    package = text.package
    return ImportedBook(
        title=package.title,
        author=package.author,
        language=package.language,
        subjects=package.subjects,
        summary=package.summary,
        chapters=[ImportedChapter(draft.title, draft.paragraphs) for draft in text.drafts],
        warnings=text.warnings,
    )


def read_text(
    archive: Archive, package: Package, wanted: dict[str, frozenset[str]] | None = None
) -> EpubText:
    """All chapters of an EPUB. ``wanted`` are more ids to place, by file name."""
    warnings: list[str] = []
    places = read_contents(archive, package, warnings)
    drafts = _drafts(archive, package, places, wanted or {}, warnings)
    kept = [draft for draft in drafts if draft.paragraphs and not draft.left_out]
    if not kept:
        kept = [draft for draft in drafts if draft.paragraphs]
    if not kept:
        raise ImportProblem("there are no words in it")
    return EpubText(package, _named(kept, package.title), warnings)


def _drafts(
    archive: Archive,
    package: Package,
    places: list[Place],
    wanted: dict[str, frozenset[str]],
    warnings: list[str],
) -> list[Draft]:
    by_file: dict[str, list[Place]] = defaultdict(list)
    for place in places:
        by_file[place.name].append(place)
    drafts: list[Draft] = []
    words = 0
    for item in package.spine:
        if item.name == package.nav or item.media_type not in _TEXT_TYPES:
            continue
        root = parse_xhtml(archive.read(item.name), item.name, warnings)
        if root is None:
            continue
        found = _document(item, root, by_file.get(item.name, []), wanted, bool(places and drafts))
        for draft in found:
            draft.left_out = draft.left_out or item.name in package.guide
        if places and found and drafts and _goes_on(drafts[-1], found[0]):
            _append(drafts[-1], found.pop(0))
        drafts += found
        words += sum(draft.word_count for draft in found)
        if words > settings.READERAI_MAX_BOOK_WORDS:
            raise ImportProblem(f"it has more than {settings.READERAI_MAX_BOOK_WORDS:,} words")
    return drafts


def _goes_on(last: Draft, draft: Draft) -> bool:
    """Whether a file that the contents do not name goes on with the chapter before it."""
    return not draft.title and not draft.left_out and not last.left_out


def _append(draft: Draft, more: Draft) -> None:
    for key, place in more.words_at.items():
        draft.words_at.setdefault(key, draft.word_count + place)
    draft.paragraphs += more.paragraphs
    draft.word_count += more.word_count


def _document(
    item: Item,
    root: etree._Element,
    places: list[Place],
    wanted: dict[str, frozenset[str]],
    continued: bool,
) -> list[Draft]:
    """The chapters, or pieces of chapters, of one file."""
    titles = {place.fragment: place.title for place in reversed(places)}
    begins = frozenset(fragment for fragment in titles if fragment)
    more = wanted.get(item.name, frozenset())
    blocks = read_blocks(root, begins | more)
    whole = titles.get("", "")
    drafts = [Draft(whole or ("" if continued else _own_title(root)))]
    # The one place of a file names all of it, wherever in the file it points.
    if not whole and len(titles) == 1:
        drafts[0].title = next(iter(titles.values()))
        begins = frozenset()
    for block in blocks:
        started = [
            identity for before, identity in block.marks if identity in begins and not before
        ]
        if started:
            drafts.append(Draft(titles[started[-1]]))
        draft = drafts[-1]
        if block.heading and not draft.paragraphs:
            draft.headings.append(block.text)
            for _, identity in block.marks:
                draft.words_at.setdefault((item.name, identity), 0)
        else:
            draft.add(item.name, block)
    left_out = _is_matter(root)
    for draft in drafts:
        small = draft.word_count <= _SMALL_MATTER
        draft.left_out = left_out or (small and bool(_LEFT_OUT_TITLES.fullmatch(draft.title)))
    return [draft for draft in drafts if draft.paragraphs or draft.headings]


def _is_matter(root: etree._Element) -> bool:
    """Whether the file says of itself that it is no part of what is read."""
    body = next((element for element in root.iter() if local(element) == "body"), root)
    if types_of(body) & LEFT_OUT_TYPES:
        return True
    children = [element for element in body if local(element)]
    return len(children) == 1 and bool(types_of(children[0]) & LEFT_OUT_TYPES)


def _own_title(root: etree._Element) -> str:
    for wanted in (("h1", "h2", "h3"), ("title",)):
        for element in root.iter():
            if local(element) in wanted and is_word(text_of(element)):
                return text_of(element)[:300]
    return ""


def _named(drafts: list[Draft], book_title: str) -> list[Draft]:
    """Every chapter gets a title; one that only says what the book is called gets a number."""
    for number, draft in enumerate(drafts, start=1):
        title = draft.title or " ".join(draft.headings)
        if not is_word(title):
            title = book_title if len(drafts) == 1 else f"Chapter {number}"
        draft.title = title[:300]
        draft.word_count = count_words(draft.paragraphs)
    return drafts
