"""Sentences as a voice is to say them: one ``SpokenWord`` for each printed word. Pure.

Whatever voice speaks, it is given the same words; so a printed word and what is said for it
share their place in the sentence, and word times come back to the printed words by it.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable

from ...language.text import Paragraphs
from . import abbreviations, amounts, capitals, figures, interjections, romans, stammers
from .compounds import compounds, with_core, with_s
from .pieces import PrintedWord, in_latin_letters, take_apart, without_silent_signs
from .pronouncing import is_pronounced_word
from .said import BookWords, Said, SpokenWord, WordInSentence

Rule = Callable[[WordInSentence], Said | None]

_JOINTS = re.compile(r"[-/]+")
_WORD_RULES: list[Rule] = [
    *(abbreviations.pronunciation, abbreviations.set_phrase),
    *(abbreviations.elision, abbreviations.title, abbreviations.abbreviation),
    *(amounts.unit, amounts.money, amounts.scale_of_money, abbreviations.sign),
    *(capitals.dotted_letters, romans.roman_numeral, stammers.broken_off, stammers.stammer),
]
_PART_RULES: list[Rule] = [
    *(abbreviations.pronunciation, interjections.interjection, interjections.drawn_out),
    *(capitals.capitals, figures.figures, figures.figures_in_runs),
]


def prepare_speech(
    paragraphs: Paragraphs, *, language: str = "en", book: BookWords | None = None
) -> list[list[list[SpokenWord]]]:
    """The same shape as ``paragraphs``. Other languages than English are left to their voice,
    but for marks that nobody says and the book's own pronunciations."""
    words = BookWords() if book is None else book
    english = language.lower().partition("-")[0] in ("en", "")
    return [
        [prepare_sentence(sentence, words, english=english) for sentence in sentences]
        for sentences in paragraphs
    ]


def prepare_sentence(
    printed: list[str], book: BookWords, *, english: bool = True
) -> list[SpokenWord]:
    pieces = [take_apart(word) for word in printed]
    if not english:
        return [_plain(piece, book) for piece in pieces]
    shouted = capitals.shouted_places(pieces, book)
    return [
        _spoken(WordInSentence(pieces, place, book, shouted[place])) for place in range(len(pieces))
    ]


def _plain(piece: PrintedWord, book: BookWords) -> SpokenWord:
    said = book.pronunciations.get(piece.lower) or without_silent_signs(piece.core)
    return SpokenWord(piece.opening + said + piece.closing)


def _spoken(context: WordInSentence) -> SpokenWord:
    piece = context.piece
    said = _said(context)
    text = without_silent_signs(in_latin_letters(said.text)) or piece.core
    opening = piece.opening[: len(piece.opening) - said.before]
    closing = piece.closing[said.after :]
    if closing in ("-", "–", "−") and context.after.core[:1].isdecimal():
        text += " minus" if context.in_a_sum else " to"
        closing = ""
    return SpokenWord(opening + text + closing, said.sounds)


def _said(context: WordInSentence) -> Said:
    said = _first(_WORD_RULES, context)
    if said is not None:
        return said
    stem, _, ending = context.piece.core.rpartition("'")
    own = (
        stem.isupper()
        or not is_pronounced_word(stem.lower())
        or stem.lower() in context.book.pronunciations
    )
    if ending in ("s", "S") and len(stem) > 1 and own:
        said = _possessive(context, stem)
        if said is not None:
            return said
    said = figures.figures(context)
    if said is not None:
        return said
    parts = [part for part in _JOINTS.split(context.piece.core) if part]
    if len(parts) > 1 and any(part.isalpha() for part in parts):
        return compounds(context, parts, lambda inner: _first(_PART_RULES, inner))
    return _first(_PART_RULES, context) or Said(context.piece.core)


def _first(rules: list[Rule], context: WordInSentence) -> Said | None:
    return next(filter(None, (rule(context) for rule in rules)), None)


def _possessive(context: WordInSentence, stem: str) -> Said | None:
    """What a rule makes of the word before its "'s", with the ending it then has."""
    inner = with_core(context, stem)
    said = _first([*_WORD_RULES, figures.figures, *_PART_RULES], inner)
    if said is None or (said.text == stem and not said.sounds):
        return None
    return Said(said.text + "'s", with_s(said.sounds))


def book_words(
    paragraphs: Iterable[Paragraphs],
    *,
    names: Iterable[str] = (),
    pronunciations: Iterable[tuple[str, str]] = (),
) -> BookWords:
    """What the chapters of a book tell, with its list of names and its pronunciations."""
    small = {
        piece.lower
        for chapter in paragraphs
        for sentences in chapter
        for sentence in sentences
        for piece in map(take_apart, sentence)
        if piece.core.isalpha() and not piece.core.isupper()
    }
    return BookWords(
        names=frozenset(part.lower() for name in names for part in name.split()),
        printed_small=frozenset(small),
        pronunciations={word.lower(): said for word, said in pronunciations},
    )
