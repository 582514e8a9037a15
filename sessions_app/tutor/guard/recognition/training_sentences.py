"""The sentences that the classifier learns from, written out."""

import random
import re
from collections.abc import Iterator
from dataclasses import dataclass

from .. import data

_INNERMOST = re.compile(r"\(([^()]*)\)")
_SLOT = re.compile(r"\{(\w+)\}")
#: At most so many wordings of a line; of innocent lines more, for they must tell what is not meant.
PER_LINE = {"grave": 30, "mild": 30, "none": 60}


@dataclass(frozen=True, slots=True)
class TrainingSentence:
    """One example; `label` is "severity kind"."""

    label: str
    language: str
    text: str


def training_sentences(seed: int = 1) -> Iterator[TrainingSentence]:
    """Some different wordings (`PER_LINE`) of each line, a third misspelt."""
    slots = data.toml("sentences/slots.toml")
    for name in ("grave", "mild", "innocent"):
        for line in data.lines(f"sentences/{name}.tsv"):
            severity, kind, language, template = line.split("\t")
            chance = random.Random(f"{seed} {template}")
            tries = min(PER_LINE[severity], _tries(template))
            wordings = {_written_out(template, slots, chance) for _ in range(tries)}
            for text in sorted(wordings):
                label = f"{severity} {kind}"
                yield TrainingSentence(label, language, text)
                if chance.random() < 1 / 3:
                    yield TrainingSentence(label, language, misspelt(text, chance))
                if severity != "none" and chance.random() < 1 / 3:
                    yield TrainingSentence(label, language, with_unknown_word(text, chance))


def misspelt(text: str, chance: random.Random) -> str:
    """`text` with a slip or two such as children make: a letter left out, doubled or swapped."""
    words = text.split()
    for _ in range(chance.choice((1, 1, 2))):
        at = chance.randrange(len(words))
        word = words[at]
        if len(word) < 4:
            continue
        place = chance.randrange(1, len(word) - 1)
        words[at] = chance.choice(
            (
                word[:place] + word[place + 1 :],
                word[:place] + word[place] + word[place:],
                word[:place] + word[place + 1] + word[place] + word[place + 2 :],
            )
        )
    return " ".join(words)


def with_unknown_word(text: str, chance: random.Random) -> str:
    """`text` with a word that nobody knows in place of one, so that none decides alone."""
    words = text.split()
    if len(words) > 4:
        words[chance.randrange(len(words))] = "zzxq"
    return " ".join(words)


def _tries(template: str) -> int:
    return 4 + 6 * (template.count("|") + 3 * template.count("{"))


def _written_out(template: str, slots: dict[str, list[str]], chance: random.Random) -> str:
    while found := _INNERMOST.search(template):
        choice = chance.choice(found.group(1).split("|"))
        template = template[: found.start()] + choice + template[found.end() :]
    text = _SLOT.sub(lambda found: chance.choice(slots[found.group(1)]), template)
    return " ".join(text.split())
