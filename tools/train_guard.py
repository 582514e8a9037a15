"""Train the guard's classifier: `python -m tools.train_guard` writes its weights anew.

The same sentences give the same weights: the order, the start and the number of steps are fixed.
Multinomial logistic regression (softmax, cross entropy, L2), by full gradient with Adam's steps
(Kingma & Ba 2015).
"""

import sys
from collections.abc import Iterable

import numpy as np
from numpy.typing import NDArray

from sessions_app.tutor.concern import Context
from sessions_app.tutor.guard.recognition.classifier import WEIGHTS
from sessions_app.tutor.guard.recognition.features import BUCKETS, features
from sessions_app.tutor.guard.recognition.sentences import TaggedWords
from sessions_app.tutor.guard.recognition.story_talk import own_words
from sessions_app.tutor.guard.recognition.training_sentences import (
    TrainingSentence,
    training_sentences,
)

STEPS = 110
RATE = 0.15
L2 = 2e-6
_LARGEST = 127


class Examples:
    """The sentences as one sparse matrix: `rows[i]` has `columns[i]`, scaled by `values[i]`."""

    def __init__(self, sentences: Iterable[TrainingSentence]) -> None:
        columns: list[NDArray[np.int64]] = []
        labels: list[str] = []
        for sentence in sentences:
            columns.append(features(TaggedWords(own_words(sentence.text, Context()))))
            labels.append(sentence.label)
        self.classes = sorted(set(labels))
        self.labels = np.array([self.classes.index(label) for label in labels])
        lengths = np.array([len(one) for one in columns])
        self.starts = np.concatenate([[0], np.cumsum(lengths)[:-1]])
        self.rows = np.repeat(np.arange(len(columns)), lengths)
        self.columns = np.concatenate(columns)
        self.values = np.repeat(1 / np.sqrt(lengths), lengths).astype(np.float32)
        self._by_column = np.argsort(self.columns, kind="stable")
        self._distinct, self._column_starts = np.unique(
            self.columns[self._by_column], return_index=True
        )
        # Each severity weighs as much as the others, or the many questions about stories would win.
        counts = np.bincount(self.labels).astype(np.float64)
        severities = [name.split()[0] for name in self.classes]
        totals = {one: counts[[s == one for s in severities]].sum() for one in set(severities)}
        share = {"none": 2.0, "mild": 1.0, "grave": 1.0}
        each = np.array([share[s] / totals[s] for s in severities])[self.labels]
        self.weights = (each / each.sum()).astype(np.float32)

    def scores(self, matrix: NDArray[np.float32]) -> NDArray[np.float32]:
        """Examples by classes."""
        return np.add.reduceat(matrix[self.columns] * self.values[:, None], self.starts, axis=0)

    def gradient(self, errors: NDArray[np.float32]) -> NDArray[np.float32]:
        """Buckets by classes."""
        spread = errors[self.rows] * self.values[:, None]
        whole = np.zeros((BUCKETS, errors.shape[1]), dtype=np.float32)
        whole[self._distinct] = np.add.reduceat(
            spread[self._by_column], self._column_starts, axis=0
        )
        return whole


def trained(
    examples: Examples, *, steps: int = STEPS
) -> tuple[NDArray[np.float32], NDArray[np.float32]]:
    """Weights and bias after all steps."""
    classes = len(examples.classes)
    truth = np.eye(classes, dtype=np.float32)[examples.labels]
    state = np.zeros((BUCKETS + 1, classes), dtype=np.float32)  # the last row is the bias
    mean, square = np.zeros_like(state), np.zeros_like(state)
    rate = np.float32(RATE)
    for step in range(1, steps + 1):
        scores = examples.scores(state[:-1]) + state[-1]
        powers = np.exp(scores - scores.max(axis=1, keepdims=True))
        errors = powers / powers.sum(axis=1, keepdims=True) - truth
        errors *= examples.weights[:, None]
        slope = np.concatenate(
            [examples.gradient(errors) + L2 * state[:-1], errors.sum(axis=0, keepdims=True)]
        )
        mean += np.float32(0.1) * (slope - mean)
        square += np.float32(0.001) * (slope**2 - square)
        corrected = mean / np.float32(1 - 0.9**step)
        spread = np.sqrt(square / np.float32(1 - 0.999**step)) + np.float32(1e-6)
        state -= rate * corrected / spread
    return state[:-1], state[-1]


def main() -> int:
    """Train, and write the weights in bytes."""
    examples = Examples(training_sentences())
    matrix, bias = trained(examples)
    step = float(np.abs(matrix).max()) / _LARGEST
    np.savez_compressed(
        WEIGHTS,
        classes=np.array(examples.classes),
        matrix=np.round(matrix / step).astype(np.int8),
        step=np.float64(step),
        bias=bias.astype(np.float64),
    )
    print(f"{len(examples.labels)} sentences, {WEIGHTS.stat().st_size // 1024} kB of weights")
    return 0


if __name__ == "__main__":
    sys.exit(main())
