"""A simulated child's temper."""

from __future__ import annotations

import random

from teachers.simulation.child import Temper


def test_same_seed_is_the_same_child() -> None:
    first, again = (vars(Temper(random.Random(7))) for _ in range(2))
    assert first == again
    assert vars(Temper(random.Random(8))) != first


def test_children_differ_as_children_do() -> None:
    tempers = [Temper(random.Random(seed)) for seed in range(200)]
    assert all(0.9 <= temper.pace <= 2.6 for temper in tempers)
    assert {temper.listens for temper in tempers} == {True, False}
    assert {temper.stuck_at is None for temper in tempers} == {True, False}
