"""How fast a book is read to its readers, and where the voice rests. Pure.

Who learns to read follows with a finger: kindergarten and first grade hear about 100 words a
minute, the sixth grade 150. A voice is slowed only so far as it stays a voice; what is missing
then is given as silence after each sentence.
"""

from __future__ import annotations

from collections.abc import Sequence

from .speech_text.said import SpokenWord
from .spoken import Script, SpokenSentence

# By grade: words a minute, and the voice's speed. Past the table as its last row.
_BY_GRADE = [
    *((100, 0.66), (100, 0.66), (110, 0.74), (122, 0.82)),
    *((134, 0.90), (144, 0.94), (150, 0.97)),
]
_UNKNOWN_GRADE = 3
_LONGEST_REST_MS = 1_800
_PAUSES_MS = {".": 330, "!": 380, "?": 430, "…": 500, ":": 280, ";": 280, "—": 220, ",": 180}
_NO_MARK_MS = 300
_PARAGRAPH_MS = 380
_TURN_MS = 140
_BREATH_MS = 130
_OPENING, _CLOSING = '“‘"«„', '”’"»'


def script(paragraphs: Sequence[Sequence[list[SpokenWord]]], *, grade: int | None = None) -> Script:
    """The sentences with their pauses, at the pace of ``grade``."""
    wpm, speed = _BY_GRADE[
        min(_UNKNOWN_GRADE if grade is None else max(grade, 0), len(_BY_GRADE) - 1)
    ]
    slow = _BY_GRADE[-1][0] / wpm
    rows = [
        (words, place + 1 == len(sentences))
        for sentences in paragraphs
        for place, words in enumerate(sentences)
    ]
    following = [words for words, _ in rows[1:]] + [[]]
    sentences = [
        SpokenSentence(
            words,
            0 if not after else round(slow * _pause(words, after, ends_paragraph=ends)),
            {place: round(slow * _BREATH_MS) for place in breaths(words)},
        )
        for (words, ends), after in zip(rows, following, strict=True)
    ]
    return Script(sentences, wpm, speed)


def _pause(words: list[SpokenWord], after: list[SpokenWord], *, ends_paragraph: bool) -> int:
    text = words[-1].text
    mark = text.rstrip(_CLOSING + ")")[-1:]
    pause = _PAUSES_MS.get(mark, _NO_MARK_MS)
    if text.endswith(tuple(_CLOSING)) or after[0].text.startswith(tuple(_OPENING)):
        pause += _TURN_MS
    return pause + (_PARAGRAPH_MS if ends_paragraph else 0)


def breaths(words: Sequence[SpokenWord]) -> list[int]:
    """The words within a sentence behind which speech and telling change places."""
    return [
        place
        for place in range(len(words) - 1)
        if _closes(words[place].text) or _opens(words[place].text, words[place + 1].text)
    ]


def _closes(text: str) -> bool:
    """Whether a quotation ends here: its mark stands behind another mark or closes “…”."""
    inner = text.rstrip("—–-,")
    return inner.endswith(("”", "»", ",’", "!’", "?’", ',"', '!"', '?"'))


def _opens(text: str, following: str) -> bool:
    return text.endswith((",", ":", "—")) and following.startswith(tuple(_OPENING))


def rest_after(sentence_words: int, spoken_ms: int, pause_ms: int, words_per_minute: int) -> int:
    """Milliseconds of silence after a sentence, so that it takes its time with its pause."""
    if not pause_ms:
        return 0
    wanted = sentence_words * 60_000 // words_per_minute - spoken_ms
    return max(pause_ms, min(wanted, _LONGEST_REST_MS))
