"""Which picture a book gets, from what it is about."""

from __future__ import annotations

import re
from collections.abc import Callable

from .drawing import Canvas
from .living import animals, family, food, forest, friendship, garden
from .made import city, machines, music, school
from .outdoors import mountain, night, river, sea, space, weather

Motif = Callable[[Canvas, str], None]

MOTIFS: dict[str, Motif] = {
    "sea": sea,
    "forest": forest,
    "night": night,
    "city": city,
    "garden": garden,
    "animals": animals,
    "weather": weather,
    "space": space,
    "music": music,
    "food": food,
    "river": river,
    "mountain": mountain,
    "family": family,
    "school": school,
    "machines": machines,
    "friendship": friendship,
}
#: What is drawn under a dark sky.
NIGHTLY = frozenset({"night", "space"})

_WORDS = {
    "sea": "sea seas ocean ship ships sailor sailors pirate pirates island islands voyage boat "
    "whale fish beach",
    "forest": "forest forests wood woods tree trees fir jungle",
    "night": "night nights dream dreams moon sleep dark ghost ghosts bedtime",
    "city": "city cities town london paris street streets bus urban waste",
    "garden": "garden gardens flower flowers plant plants spring farm pumpkin seed",
    "animals": "animal animals dog dogs cat cats horse horses bear bears rabbit mouse bird birds "
    "goat camel lion wolf fox butterfly zoo pet pets insects egg eggs",
    "weather": "weather wind winds storm storms rain snow winter cyclone cloud clouds cold puddle",
    "space": "space planet planets star stars rocket astronaut astronomy science mars",
    "music": "music song songs band piano violin drum dance ballet singing triangle",
    "food": "food bread cake cooking kitchen recipe recipes bakery feast",
    "river": "river rivers stream canal bridge mississippi waterways",
    "mountain": "mountain mountains hill hills alps climbing quest adventure adventures journey",
    "family": "family families mother father sister sisters brother brothers home orphans",
    "school": "school schools teacher teachers textbook library books reading study education "
    "literature",
    "machines": "machine machines robot robots engine engines train trains clock clocks time "
    "invention inventions digger car cars",
    "friendship": "friend friends friendship courage kindness love wonderful",
}
_OF_WORD = {word: motif for motif, words in _WORDS.items() for word in words.split()}
_LETTERS = re.compile(r"[a-z]+")
_BY_CHANCE = ("mountain", "sea", "forest", "night", "river", "garden")


def motif_of(subjects: list[str], about: str, chance: int) -> str:
    """A key of ``MOTIFS``: the first subject that is one, else by words, else by chance."""
    for subject in subjects:
        if subject.lower() in MOTIFS:
            return subject.lower()
    for text in (about, *subjects):
        for word in _LETTERS.findall(text.lower()):
            if word in _OF_WORD:
                return _OF_WORD[word]
    return _BY_CHANCE[chance % len(_BY_CHANCE)]
