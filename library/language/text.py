"""Text as paragraphs of sentences of words, and the one canonical word index. Pure.

A word is what a reader would point at: letters or digits with the punctuation printed on
them. Words joined by a long dash are two ("dog—oh!" is "dog—", "oh!"); punctuation that
stands alone belongs to the word before it, or to the next one where it opens something.
Its index is its place in the flattened text, counted over the whole book.
"""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import chain

from nupunkt import sent_spans

from .unspaced import are_joined, spaced_sentences, unspaced_words

Paragraphs = list[list[list[str]]]

MAX_SENTENCE_WORDS = 120
MAX_WORD_LETTERS = 80

_DASHES = ("—", "―", "–", "--")
_INVISIBLE = re.compile(
    "[\u00ad\u061c\u180e\u200b\u200e\u200f\u202a-\u202e\u2060-\u206f\ufe00-\ufe0f\ufeff]"
)
# Joiners are part of the spelling in scripts whose letters join (Persian, Hindi, emoji).
_IDLE_JOINER = re.compile(
    "(?<![\u0600-\u08ff\u0900-\u0dff\u1800-\u18af\ufb50-\ufdff\ufe70-\ufefc\U0001f000-\U0001ffff])"
    "[\u200c\u200d]+"
)
_FORBIDDEN = re.compile(
    "[\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f\ud800-\udfff\ufdd0-\ufdef\ufffe\uffff]"
)
_LIGATURES = {
    0xFB00: "ff", 0xFB01: "fi", 0xFB02: "fl", 0xFB03: "ffi", 0xFB04: "ffl", 0xFB05: "st",
    0xFB06: "st",
}  # fmt: skip
_TITLE_END = re.compile(r"(?:^|[\W_])(?:Mr|Mrs|Ms|Mme|Dr|Prof|Capt|Col|Gen|Lt|Sgt|Rev|St|Mt)\.$")
_BLANK_LINES = re.compile(r"\n[^\S\n]*(?:\n[^\S\n]*)+")
_AFTER_DASH = re.compile(r"(?<=[^\W_])([^\s\w]{0,12}(?:—+|―+|--+))(?=[^\s\w—―-]*[^\W_])")
_CLAUSE_END = (";", ":", ",", "—", "”", ".", "!", "?")


def clean_text(text: str) -> str:
    """Text that every database, wire and speech engine takes: NFC, without NUL, lone
    surrogates, other controls and invisible marks, letters apart; line ends are ``\\n``."""
    text = text.replace("\r\n", "\n").replace("\r", "\n").replace("\x85", "\n")
    text = text.replace("\u2028", "\n").replace("\u2029", "\n\n")
    text = _INVISIBLE.sub("", _FORBIDDEN.sub("", text)).translate(_LIGATURES)
    text = _IDLE_JOINER.sub("", text)
    return unicodedata.normalize("NFC", text)


def is_word(token: str) -> bool:
    """Whether there is anything in ``token`` to read out: a letter, a digit or a symbol."""
    return any(
        letter in "&@%§#" or (unicodedata.category(letter)[0] in "LNS" and letter != "\ufffd")
        for letter in token
    )


def split_words(text: str) -> list[str]:
    """The words of ``text`` in order; empty where it holds none."""
    pieces: list[str] = []
    for token in text.split():
        for part in _AFTER_DASH.sub(r"\1 ", token).split():
            pieces.extend(unspaced_words(part))
    return _attach_loose(list(chain.from_iterable(map(_bounded, pieces))))


def _bounded(word: str) -> Iterator[str]:
    for start in range(0, len(word), MAX_WORD_LETTERS):
        yield word[start : start + MAX_WORD_LETTERS]


def _attach_loose(tokens: list[str]) -> list[str]:
    """Give punctuation that stands alone to its neighbour."""
    words: list[str] = []
    opening = ""
    for token in tokens:
        if is_word(token):
            words.append(opening + token)
            opening = ""
        elif words and unicodedata.category(token[0]) not in ("Ps", "Pi"):
            words[-1] = words[-1] + opening + token
            opening = ""
        else:
            opening += token
    if opening and words:
        words[-1] += opening
    return words


def split_sentences(text: str) -> list[list[str]]:
    """The sentences of one paragraph, each a list of words, none of them empty."""
    text = " ".join(clean_text(text).split())
    if not text:
        return []
    text, ends = spaced_sentences(text)
    groups: list[list[str]] = []
    spans = (start for start, _ in sent_spans(text))
    # "“No!”—he ran" is one sentence: a new one never begins within what is printed as one.
    starts = sorted({0, *ends, *(start for start in spans if text[start - 1] == " ")})
    place = 0
    last_group = -1
    for token in text.split(" "):
        group = max(0, bisect_right(starts, place) - 1)
        if group != last_group:
            groups.append([])
            last_group = group
        groups[-1].append(token)
        place += len(token) + 1
    sentences = [split_words(sentence) for sentence in _joined_speech(groups)]
    return [part for sentence in sentences for part in _bounded_sentence(sentence)]


def _joined_speech(groups: list[list[str]]) -> list[str]:
    """One text per sentence; what goes on in small letters belongs to the one before, and
    so does punctuation without a word and the name after a title ("It’s me—Dr. Fox!")."""
    texts: list[str] = []
    for group in groups:
        text = " ".join(group)
        first_letter = next((letter for letter in text if letter.isalnum()), "")
        goes_on = first_letter.islower() and bool(texts) and texts[-1][-1] in "”’\"'…—"
        # Without a word on either side there is nothing that could stand as a sentence.
        titled = bool(texts) and _TITLE_END.search(texts[-1]) is not None
        if texts and (goes_on or titled or not is_word(text) or not is_word(texts[-1])):
            texts[-1] += " " + text
        else:
            texts.append(text)
    return texts


def _bounded_sentence(words: list[str]) -> Iterator[list[str]]:
    """``words`` whole, or cut at the ends of clauses where it runs over any reader's breath."""
    while len(words) > MAX_SENTENCE_WORDS:
        cut = next(
            (
                place
                for place in range(MAX_SENTENCE_WORDS, MAX_SENTENCE_WORDS // 2, -1)
                if words[place - 1].endswith(_CLAUSE_END)
            ),
            MAX_SENTENCE_WORDS,
        )
        yield words[:cut]
        words = words[cut:]
    if words:
        yield words


def split_paragraphs(text: str) -> Paragraphs:
    """A whole text: blank lines part paragraphs, other line ends are spaces."""
    return paragraphs_of(_BLANK_LINES.split(clean_text(text)))


def paragraphs_of(blocks: Iterable[str]) -> Paragraphs:
    """One paragraph per block; blocks without a word are left out."""
    split = (split_sentences(block) for block in blocks)
    return [sentences for sentences in split if sentences]


def flatten(paragraphs: Sequence[Sequence[Sequence[str]]]) -> list[str]:
    """All words in order."""
    return [word for sentences in paragraphs for words in sentences for word in words]


def count_words(paragraphs: Sequence[Sequence[Sequence[str]]]) -> int:
    return sum(len(words) for sentences in paragraphs for words in sentences)


def join_words(words: Iterable[str]) -> str:
    """Words as they are printed: a space between two, but none after a long dash, nor between
    two of a script that is written without."""
    parts: list[str] = []
    for word in words:
        if parts and not parts[-1].endswith(_DASHES) and not are_joined(parts[-1], word):
            parts.append(" ")
        parts.append(word)
    return "".join(parts)


@dataclass(frozen=True)
class ChapterText:
    """One chapter's words with positions. ``first`` is the book-wide index of its first word.

    Every ``word`` below is a book-wide index; one outside the chapter raises ``IndexError``.
    """

    first: int
    words: tuple[str, ...]
    sentence_starts: tuple[int, ...]
    """The first word index of each sentence of the chapter, in order."""

    @classmethod
    def build(
        cls, paragraphs: Sequence[Sequence[Sequence[str]]], first_word_index: int
    ) -> ChapterText:
        words: list[str] = []
        sentence_starts: list[int] = []
        for sentences in paragraphs:
            for sentence in sentences:
                sentence_starts.append(first_word_index + len(words))
                words.extend(sentence)
        return cls(first_word_index, tuple(words), tuple(sentence_starts))

    @property
    def end(self) -> int:
        """One past the last word."""
        return self.first + len(self.words)

    @cached_property
    def sentence_spans(self) -> tuple[tuple[int, int], ...]:
        """First and last word of each sentence."""
        ends = (*self.sentence_starts[1:], self.end)
        return tuple(
            (start, end - 1) for start, end in zip(self.sentence_starts, ends, strict=True)
        )

    def _check(self, word: int) -> None:
        if not self.first <= word < self.end:
            raise IndexError(word)

    def sentence_at(self, word: int) -> int:
        """Which sentence of the chapter ``word`` is in, from 0."""
        self._check(word)
        return bisect_right(self.sentence_starts, word) - 1

    def sentence_containing(self, word: int) -> tuple[int, int]:
        """First and last word of the sentence that ``word`` is in."""
        return self.sentence_spans[self.sentence_at(word)]

    def words_between(self, first: int, last: int) -> tuple[str, ...]:
        """The words from ``first`` to ``last``, both among them."""
        self._check(first)
        self._check(last)
        return self.words[first - self.first : last - self.first + 1]

    def sentence_text(self, word: int) -> str:
        """The sentence that ``word`` is in, as it is printed."""
        return join_words(self.words_between(*self.sentence_containing(word)))
