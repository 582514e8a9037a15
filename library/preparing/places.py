"""Finding quotations and words in a book."""

from __future__ import annotations

import unicodedata
from bisect import bisect_right
from collections.abc import Iterable

from ..language.text import ChapterText, Paragraphs, clean_text

MARK = "*"


class NoSuchPlace(Exception):
    """What is wrong with a quotation, in one line."""


class BookPlaces:
    """The words of a book, in which every quotation must stand once."""

    def __init__(self, chapters: Iterable[Paragraphs]) -> None:
        self.words: list[str] = []
        self.chapter_starts: list[int] = []
        self.sentences: list[tuple[int, int]] = []
        """First and last word of each sentence, in order."""
        for paragraphs in chapters:
            self.chapter_starts.append(len(self.words))
            text = ChapterText.build(paragraphs, len(self.words))
            self.words += text.words
            self.sentences += text.sentence_spans
        self._sentence_starts = [first for first, _ in self.sentences]
        self._letters = "".join(self.words)
        self._starts: list[int] = []
        place = 0
        for word in self.words:
            self._starts.append(place)
            place += len(word)
        self._plain = [self.plain(word) for word in self.words]

    def sentence(self, word: int) -> tuple[int, int]:
        """First and last word of the sentence that ``word`` is in."""
        return self.sentences[bisect_right(self._sentence_starts, word) - 1]

    def quotation(self, quotation: str) -> tuple[int, int]:
        """First and last word of a quotation, which may begin and end within words. Raises
        ``NoSuchPlace``."""
        found, length = self._found(quotation)
        return self._word_at(found), self._word_at(found + length - 1)

    def marked(self, quotation: str) -> list[tuple[int, int]]:
        """First and last word of each part of a quotation that stands between ``*``. Raises
        ``NoSuchPlace``."""
        parts = quotation.split(MARK)
        if len(parts) < 3 or len(parts) % 2 == 0:
            raise NoSuchPlace(f"no words are marked: {quotation}")
        place, _ = self._found(quotation.replace(MARK, ""))
        spans = []
        for number, part in enumerate(parts):
            length = len(_letters(part))
            if number % 2:
                if not length:
                    raise NoSuchPlace(f"no words are marked: {quotation}")
                spans.append((self._word_at(place), self._word_at(place + length - 1)))
            place += length
        return spans

    def after(self, quotation: str) -> int:
        """The first word after the sentence in which ``quotation`` ends, or the last of all."""
        _, last = self.quotation(quotation)
        return min(self.sentence(last)[1] + 1, len(self.words) - 1)

    def first(self, headword: str) -> int:
        """Where ``headword`` first stands, in its own form or with an ending of its own."""
        wanted = [self.plain(part) for part in headword.split()]
        for matches in (_same, _begins):
            for place in range(len(self._plain) - len(wanted) + 1):
                if all(
                    matches(self._plain[place + step], part) for step, part in enumerate(wanted)
                ):
                    return place
        raise NoSuchPlace(f"the text never says {headword!r}")

    @staticmethod
    def plain(word: str) -> str:
        """``word`` as it is compared: small letters without marks, joins and possessive."""
        word = unicodedata.normalize("NFKD", word).replace("’", "'").lower()
        word = word.strip("'\"“”‘’.,;:!?…—-()")
        return word.removesuffix("'s").replace("'", "").replace("-", "")

    def _word_at(self, letter: int) -> int:
        return bisect_right(self._starts, letter) - 1

    def _found(self, quotation: str) -> tuple[int, int]:
        letters = _letters(quotation)
        found = self._letters.find(letters)
        if not letters or found < 0:
            raise NoSuchPlace(f"no such sentence: {quotation}")
        if self._letters.find(letters, found + 1) >= 0:
            raise NoSuchPlace(f"more than one such sentence: {quotation}")
        return found, len(letters)


def _letters(text: str) -> str:
    return "".join(clean_text(text).split())


def _same(word: str, wanted: str) -> bool:
    return word == wanted


def _begins(word: str, wanted: str) -> bool:
    return wanted != "" and word.startswith(wanted)
