"""The classifier's sentences and weights belong together."""

import numpy as np

from sessions_app.tutor.concern import KINDS, SEVERITIES, Context
from sessions_app.tutor.guard.recognition.classifier import WEIGHTS, opinion
from sessions_app.tutor.guard.recognition.features import BUCKETS
from sessions_app.tutor.guard.recognition.sentences import TaggedWords
from sessions_app.tutor.guard.recognition.story_talk import own_words
from sessions_app.tutor.guard.recognition.training_sentences import training_sentences
from tools.train_guard import Examples, trained


def test_sentences_are_the_same_each_time_and_well_formed() -> None:
    sentences = list(training_sentences())
    assert sentences == list(training_sentences())
    assert len(sentences) > 10_000
    for one in sentences:
        severity, kind = one.label.split()
        assert severity in SEVERITIES
        assert kind in KINDS
        assert not set("(){}|") & set(one.text)


def test_the_weights_are_of_these_sentences() -> None:
    """Nine in ten of a sample are judged as they are labelled: stale weights would not."""
    sample = list(training_sentences())[::40]
    right = 0
    for one in sample:
        concern = opinion(TaggedWords(own_words(one.text, Context()))).concern
        right += (concern >= 0.5) == (not one.label.startswith("none"))
    assert right / len(sample) >= 0.9


def test_the_weights_hold_no_words() -> None:
    with np.load(WEIGHTS, allow_pickle=False) as kept:
        labels = sorted({one.label for one in training_sentences()})
        assert kept["classes"].tolist() == labels
        assert kept["matrix"].shape == (BUCKETS, len(labels))
        assert kept["matrix"].dtype == np.int8


def test_training_twice_gives_the_same() -> None:
    few = Examples(list(training_sentences())[::400])
    first, bias = trained(few, steps=5)
    second, other = trained(few, steps=5)
    assert np.array_equal(first, second)
    assert np.array_equal(bias, other)
    truth = np.eye(len(few.classes))[few.labels]
    scores = few.scores(first) + bias
    assert (scores * truth).sum() > (scores * (1 - truth)).sum() / (len(few.classes) - 1)
