"""A sentence as the phonemes that hibari reads, each with the word it belongs to.

Imports no Django. The alphabet is misaki's, which Kokoro and its students share.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import accumulate
from typing import Any

from ..speech_text.said import SpokenWord

_FROM_ARPABET = {
    "AA": "ɑ", "AE": "æ", "AH": "ʌ", "AO": "ɔ", "AW": "W", "AY": "I", "EH": "ɛ", "ER": "ɜɹ",
    "EY": "A", "IH": "ɪ", "IY": "i", "OW": "O", "OY": "Y", "UH": "ʊ", "UW": "u", "CH": "ʧ",
    "DH": "ð", "G": "ɡ", "HH": "h", "JH": "ʤ", "NG": "ŋ", "R": "ɹ", "SH": "ʃ", "TH": "θ",
    "Y": "j", "ZH": "ʒ",
}  # fmt: skip
_VOWELS = set("ɑæʌɔWIɛɜAɪiOYʊu")
# Marks at which the voice rests.
REST = frozenset('.,!?…:;—"“”()')
_MOST = 400
_CLAUSE_ENDS = set(",;:—.!?…")


@dataclass(frozen=True)
class Phonemes:
    """``owners`` has the place of the word in its sentence for each sign of ``signs``."""

    signs: str
    owners: list[int]

    def first_sounds(self, words: int) -> list[int | None]:
        """Where each word's first sound is in ``signs``; None for a word without one."""
        firsts: list[int | None] = [None] * words
        for place, (sign, owner) in enumerate(zip(self.signs, self.owners, strict=True)):
            if sign != " " and sign not in REST and firsts[owner] is None:
                firsts[owner] = place
        return firsts


def from_arpabet(sounds: str) -> str:
    """Sounds in ARPAbet, the last vowel stressed, as in a row of letters: "F B I"."""
    signs = [_FROM_ARPABET.get(sound, sound.lower()) for sound in sounds.split()]
    vowels = [place for place, sign in enumerate(signs) if sign[0] in _VOWELS]
    if vowels:
        signs[vowels[-1]] = "ˈ" + signs[vowels[-1]]
    return "".join(signs)


def phonemes_of(words: Sequence[SpokenWord], g2p: Any) -> Phonemes:
    """``g2p`` is hibari's; our text is said as it stands, so its own rewriting is left out."""
    texts = [word.text.replace("’", "'").replace("[", "(").replace("]", ")") for word in words]
    linked = [
        _linked(text, word.sounds) if word.sounds else text
        for text, word in zip(texts, words, strict=True)
    ]
    begins = [0, *accumulate(len(text) + 1 for text in texts)][: len(texts)]
    signs: list[str] = []
    owners: list[int] = []
    plain, place = " ".join(texts), 0
    for token in g2p.phonemize_tokens(g2p.tokenize(" ".join(linked))):
        found = plain.find(token.text, place)
        place = place if found < 0 else found
        owner = max(0, bisect_right(begins, place) - 1)
        place += len(token.text)
        said = (token.phonemes or "") + (" " if token.whitespace else "")
        signs.append(said)
        owners += [owner] * len(said)
    return Phonemes("".join(signs), owners)


def _linked(text: str, sounds: str) -> str:
    """The core of ``text`` with its sounds, as hibari takes them inline."""
    first = next((place for place, sign in enumerate(text) if sign.isalnum()), 0)
    last = len(text) - next((place for place, sign in enumerate(text[::-1]) if sign.isalnum()), 0)
    return f"{text[:first]}[{text[first:last]}](/{from_arpabet(sounds)}/){text[last:]}"


def in_chunks(phonemes: Phonemes) -> list[Phonemes]:
    """As much as the model reads at once; cut behind a mark, else between words."""
    chunks: list[Phonemes] = []
    signs, owners = phonemes.signs, phonemes.owners
    while len(signs) > _MOST:
        spaces = [place for place in range(1, _MOST) if signs[place] == " "]
        marked = [place for place in spaces if signs[place - 1] in _CLAUSE_ENDS]
        cut = (marked or spaces or [_MOST - 1])[-1] + 1
        chunks.append(Phonemes(signs[:cut], owners[:cut]))
        signs, owners = signs[cut:], owners[cut:]
    return [*chunks, Phonemes(signs, owners)]
