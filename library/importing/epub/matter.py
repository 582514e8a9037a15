"""Front and back matter that nothing marks: known by its title and by what stands under it.

A title alone decides only where no story is called so. "Notes" may be a story; a list in which
each paragraph begins with a number is none.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence

from .titles import letters

_SMALL = 800  # words; what is longer is read, whatever it is called
_COPYRIGHT = re.compile(
    r"©|\(c\)\s?\d|copyright|all rights reserved|\bisbn\b|first published|published by|"
    r"public domain|reproduced|droits réservés|alle rechte|derechos reservados",
    re.IGNORECASE,
)
_BEGINS_MARKED = re.compile(r"[\[({]?(?:\d{1,3}\b|[*†‡§↩])")
_ENDS_SENTENCE = re.compile(r"[.!?…][”\"’')\]]*$")
_BY = re.compile(r"^(?:written\s+)?by\b|^(?:illustrat|translat|edit)", re.IGNORECASE)


def _title(*alternatives: str) -> re.Pattern[str]:
    return re.compile(rf"\W*(?:{'|'.join(alternatives)})\W*", re.IGNORECASE)


_COVER = _title(r"(?:front |book )?cover", r"title\s?page", r"half[- ]?title(?: page)?")
_RIGHTS = _title(r"copyright(?: page| notice)?", "uncopyright", "colophon", "imprint", "impressum")
_LISTS = _title(
    r"(?:table of )?contents", "toc", "index", "bibliography", r"(?:list of )?illustrations",
    r"also by\b.*", r"(?:other )?books by\b.*", r"by the same author", "inhalt(?:sverzeichnis)?",
    "table des matières", "índice", "indice", "sommaire", "further reading",
)  # fmt: skip
_NOTES = _title(r"(?:end|foot)?notes", "anmerkungen", "notas", "références")
_ABOUT = _title(r"about the (?:author|publisher|illustrator|e-?book)", r"acknowledge?ments?")
_LICENCE = _title(r"(?:the )?(?:full )?project gutenberg.*licen[cs]e.*")


def matter_of(title: str, paragraphs: Sequence[str], about: str) -> str:
    """What kind of matter a chapter is, or empty. ``about`` is the book's title and authors."""
    words = sum(len(text.split()) for text in paragraphs)
    if not title or (words > _SMALL and not _LICENCE.fullmatch(title)):
        return ""
    if _COVER.fullmatch(title) and _is_title_page(paragraphs, about):
        return "title page"
    if _RIGHTS.fullmatch(title) and _COPYRIGHT.search(" ".join([title, *paragraphs])):
        return "copyright page"
    if _LISTS.fullmatch(title) and _is_list(paragraphs):
        return "contents"
    if _NOTES.fullmatch(title) and _share(paragraphs, _BEGINS_MARKED.match) >= 0.5:
        return "note"
    if _ABOUT.fullmatch(title):
        return "page of credits"
    return "licence text" if _LICENCE.fullmatch(title) else ""


def is_matter_title(title: str) -> bool:
    """Whether matter is called so, though a story may be, too."""
    return any(pattern.fullmatch(title) for pattern in (_COVER, _RIGHTS, _LISTS, _NOTES, _ABOUT))


def is_title_page(paragraphs: Sequence[str], about: str) -> bool:
    """Whether a chapter, whatever it is called, says no more than title and authors."""
    own = {*letters_of(about), *letters_of("by a an the novel story book tale and")}
    said = {word for text in paragraphs for word in letters_of(text)}
    return said <= own


def letters_of(text: str) -> set[str]:
    return {letters(word) for word in text.split()} - {""}


def _is_title_page(paragraphs: Sequence[str], about: str) -> bool:
    lines = [text for text in paragraphs if not _BY.match(text)]
    sentences = sum(bool(_ENDS_SENTENCE.search(text)) for text in lines)
    return is_title_page(lines, about) or (
        sentences == 0 and sum(len(text.split()) for text in lines) <= 60
    )


def _is_list(paragraphs: Sequence[str]) -> bool:
    """Whether most paragraphs are entries: short, and no sentences."""
    entries = sum(
        len(text.split()) <= 14 and not _ENDS_SENTENCE.search(text) for text in paragraphs
    )
    return entries * 2 >= len(paragraphs)


def _share(paragraphs: Sequence[str], test: Callable[[str], object]) -> float:
    return sum(bool(test(text)) for text in paragraphs) / max(1, len(paragraphs))
