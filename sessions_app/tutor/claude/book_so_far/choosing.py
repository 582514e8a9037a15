"""What of the book goes into a prompt, so that its beginning stays the same as long as it can.

Where all that was read fits, all of it goes in. Where it does not, finished chapters are told by a
few of their own sentences, the chapter in hand stands in pieces of one size from its beginning
on, and passages from anywhere in the book that the question is about come last.
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass

from ...types import ChapterSoFar, Question, Sentence
from .retrieval import Passage, passages
from .summaries import summary

_FINISHED_SHARE, _CURRENT_SHARE, _PASSAGES_SHARE = 0.3, 0.45, 0.25
#: Of the chapter in hand, in bytes: smaller than what the API caches would only cost.
_PIECE = 6000
_SUMMARY_SENTENCES = (48, 24, 12, 8, 5, 3, 2, 1)
_SUMMARY_SENTENCE = 150


@dataclass(frozen=True, slots=True)
class BookSoFar:
    """`finished` are texts by title, `is_whole` where they are the chapters themselves.

    `current` are the pieces of the chapter in hand, each but the last of one size; its beginning
    is left out where `begins_later`. `passages` are from what is left out.
    """

    finished: tuple[tuple[str, str], ...]
    is_whole: bool
    title: str
    current: tuple[str, ...]
    begins_later: bool
    passages: tuple[Passage, ...]


def book_so_far(question: Question, room: int) -> BookSoFar:
    """What fits into `room` bytes."""
    finished = [chapter for chapter in question.chapters if chapter.finished]
    current = [chapter for chapter in question.chapters if not chapter.finished]
    here = current[-1] if current else ChapterSoFar(0, "", False, ())
    pieces = _pieces(here.sentences, min(_PIECE, max(1, int(room * _CURRENT_SHARE / 2))))
    finished_size = sum(_size(chapter.sentences) for chapter in finished)
    if finished_size + _size(here.sentences) <= room:
        whole = tuple((chapter.title, _text(chapter.sentences)) for chapter in finished)
        return BookSoFar(whole, True, here.title, _texts(pieces), False, ())
    is_whole = finished_size <= room * (1 - _CURRENT_SHARE - _PASSAGES_SHARE)
    left = room - finished_size if is_whole else room * (1 - _FINISHED_SHARE)
    kept = _last_that_fit(pieces, int(left - room * _PASSAGES_SHARE))
    skipped = sum(len(piece) for piece in pieces[: len(pieces) - len(kept)])
    before = ChapterSoFar(here.index, here.title, False, here.sentences[:skipped])
    away = [*([] if is_whole else finished), *([before] if skipped else [])]
    return BookSoFar(
        finished=_told(finished, 0 if is_whole else int(room * _FINISHED_SHARE)),
        is_whole=is_whole,
        title=here.title,
        current=_texts(kept),
        begins_later=skipped > 0,
        passages=tuple(passages(question, away, int(room * _PASSAGES_SHARE))),
    )


def _told(chapters: Sequence[ChapterSoFar], room: int) -> tuple[tuple[str, str], ...]:
    """Chapters by title, in their own words where there is no limit."""
    if not room:
        return tuple((chapter.title, _text(chapter.sentences)) for chapter in chapters)
    # By the next power of two: the same for a while, so that the beginning stays as it is.
    many = 2 ** math.ceil(math.log2(max(1, len(chapters))))
    fits = room // (many * _SUMMARY_SENTENCE)
    most = next((count for count in _SUMMARY_SENTENCES if count <= fits), 1)
    kept = chapters[-max(1, room // _SUMMARY_SENTENCE) :]
    return tuple(
        (chapter.title, summary([sentence.text for sentence in chapter.sentences], most))
        for chapter in kept
    )


def _pieces(sentences: Sequence[Sentence], size: int) -> list[list[Sentence]]:
    """A chapter cut into pieces of about `size` bytes, the same ones however far it goes."""
    pieces: list[list[Sentence]] = [[]]
    taken = 0
    for sentence in sentences:
        if taken >= size:
            pieces.append([])
            taken = 0
        pieces[-1].append(sentence)
        taken += _size((sentence,))
    return pieces


def _last_that_fit(pieces: list[list[Sentence]], room: int) -> list[list[Sentence]]:
    kept = 0
    while kept < len(pieces):
        room -= _size(pieces[-1 - kept])
        if room < 0 and kept:
            break
        kept += 1
    return pieces[len(pieces) - kept :]


def _texts(pieces: list[list[Sentence]]) -> tuple[str, ...]:
    return tuple(_text(piece) for piece in pieces if piece)


def _text(sentences: Sequence[Sentence]) -> str:
    return " ".join(sentence.text for sentence in sentences)


def _size(sentences: Sequence[Sentence]) -> int:
    return sum(len(sentence.text.encode()) + 1 for sentence in sentences)
