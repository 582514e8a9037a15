"""Children who are played send what a page would send."""

from __future__ import annotations

from itertools import pairwise

import pytest

from teachers.simulated_children import CHILDREN, WHILE_STILL, SimulatedPage


@pytest.mark.parametrize("name", CHILDREN)
@pytest.mark.parametrize("word_count", [40, 5955])
def test_a_child_stays_within_the_book_and_its_clock_runs_on(name: str, word_count: int) -> None:
    page = SimulatedPage(word_count)
    CHILDREN[name](page)
    reports = [moment.report for moment in page.moments]
    assert all(0 <= report.word_index < word_count for report in reports)
    assert all(report.seen and 0 <= report.seen[0] <= report.seen[1] for report in reports)
    assert all(report.seen and report.seen[1] < word_count for report in reports)
    assert all(0 <= new.at - old.at <= WHILE_STILL for old, new in pairwise(page.moments))


def test_a_client_of_places_says_nothing_of_the_screen() -> None:
    page = SimulatedPage(5955, sends_screen=False)
    CHILDREN["reads silently"](page)
    assert len(page.moments) == 6
    assert all(moment.report.seen is None for moment in page.moments)
    assert all(moment.report.here is None for moment in page.moments)


def test_a_narrations_sound_begins_anew_with_each_chapter() -> None:
    page = SimulatedPage(5955, chapters=(0, 100))
    page.listen(60)
    sounds = [moment.report.audio_timestamp for moment in page.moments if moment.report.is_playing]
    assert sounds[39:41] == [pytest.approx(39), pytest.approx(0)]


def test_a_stuck_child_raises_a_hand() -> None:
    page = SimulatedPage(5955)
    CHILDREN["gets stuck"](page)
    assert [moment.act for moment in page.moments].count("raise_hand") == 1
