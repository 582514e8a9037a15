"""The second opinion: multinomial logistic regression over hashed features.

`data/weights.npz` holds one byte for each weight; `tools/train_guard.py` makes it out of
`data/sentences`. Nothing but numpy is needed, and no network.
"""

from dataclasses import dataclass
from functools import cache
from typing import cast

import numpy as np
from numpy.typing import NDArray

from ...concern import KIND_NAMED, Kind, Severity
from .. import data
from .features import features
from .sentences import TaggedWords

WEIGHTS = data.FOLDER / "weights.npz"


@dataclass(frozen=True, slots=True)
class Weights:
    """`classes` are "severity kind"; `matrix` is buckets by classes, in steps of `step`."""

    classes: tuple[str, ...]
    matrix: NDArray[np.int8]
    step: float
    bias: NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Opinion:
    """Probabilities, 0 to 1: `concern` that there is any, `grave` that it is a grave one."""

    concern: float
    grave: float
    kind: Kind


NO_OPINION = Opinion(0.0, 0.0, "none")


def opinion(tagged: TaggedWords) -> Opinion:
    """What the classifier makes of the words."""
    weights = _weights()
    chances = probabilities(weights, features(tagged))
    severities = [name.split()[0] for name in weights.classes]
    none = sum(one for one, name in zip(chances, severities, strict=True) if name == "none")
    grave = sum(one for one, name in zip(chances, severities, strict=True) if name == "grave")
    worst = max(
        (name for name in weights.classes if not name.startswith("none")),
        key=lambda name: chances[weights.classes.index(name)],
    )
    kind = KIND_NAMED[worst.split()[1]]
    return Opinion(concern=float(1 - none), grave=float(grave), kind=kind)


def probabilities(weights: Weights, buckets: NDArray[np.int64]) -> NDArray[np.float64]:
    """One for each class; they sum to 1. Features count less the more there are (L2 norm 1)."""
    scale = weights.step / np.sqrt(max(len(buckets), 1))
    scores = weights.matrix[buckets].sum(axis=0, dtype=np.int64) * scale + weights.bias
    powers = np.exp(scores - scores.max())
    return cast("NDArray[np.float64]", powers / powers.sum())


@cache
def _weights() -> Weights:
    with np.load(WEIGHTS, allow_pickle=False) as kept:
        return Weights(
            classes=tuple(str(name) for name in kept["classes"]),
            matrix=kept["matrix"],
            step=float(kept["step"]),
            bias=kept["bias"],
        )


def severity_of(
    found: Opinion, *, grave_from: float, mild_from: float, low_from: float
) -> Severity:
    """The severity that an opinion amounts to."""
    if found.grave >= grave_from:
        return "grave"
    if found.concern >= mild_from:
        return "grave" if found.grave > found.concern / 2 and found.grave >= mild_from else "mild"
    return "low" if found.concern >= low_from else "none"
