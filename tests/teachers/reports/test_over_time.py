"""Tables and plots of one child or a class over time."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import replace

from teachers.reports import over_time
from teachers.reports.periods import DateRange, Period, last_week, period_of
from teachers.reports.sums import daily_sums, sums_by_child
from teachers.tables import Link, ReportTable, Value
from tests.teachers.records import (
    ALICE,
    BOB,
    HILL,
    NOON,
    attempt,
    days_ago,
    question,
    record,
    span,
)

TODAY = NOON.date()
WEEK = period_of(last_week(TODAY), dt.UTC, TODAY)
RECORDS = [
    record(span(seconds=60, words=100), question(), attempt(correct=False)),
    record(span(days_ago(2), seconds=30, words=20), student=BOB, book=HILL),
]


def column(table: ReportTable, heading: str) -> list[Value]:
    place = [each.heading for each in table.columns].index(heading)
    return [row[place] for row in table.rows]


def names(values: Sequence[Value]) -> list[str]:
    return [value.text for value in values if isinstance(value, Link)]


def test_time_table_has_a_row_per_day_also_of_nothing() -> None:
    table = over_time.time_table(daily_sums(RECORDS, WEEK), WEEK)
    assert column(table, "Day") == [step.first for step in WEEK.steps]
    assert column(table, "Words read") == [0, 0, 0, 0, 20, 0, 100]
    assert column(table, "Own pace")[:2] == [None, None]
    assert column(table, "Right at first try") == [*[None] * 6, 0.0]


def weeks() -> Period:
    """Since Monday two weeks ago, in two terms with a day between them."""
    first = DateRange("a", "First", dt.date(2026, 2, 16), dt.date(2026, 3, 1))
    second = DateRange("b", "Second", dt.date(2026, 3, 3), dt.date(2026, 3, 27))
    third = DateRange("c", "Third", dt.date(2026, 4, 13), dt.date(2026, 7, 1))
    year = DateRange("year", "Year", first.first, third.last, parts=(first, second, third))
    return period_of(year, dt.UTC, TODAY)


def test_time_table_of_a_term_has_a_row_per_week() -> None:
    period = weeks()
    table = over_time.time_table(daily_sums(RECORDS, period), period)
    assert column(table, "Week from") == [dt.date(2026, 2, day) for day in (16, 23)] + [
        dt.date(2026, 3, 2)
    ]
    assert column(table, "Words read") == [0, 0, 120]


def test_terms_table_has_the_terms_that_have_begun_and_no_day_between_two() -> None:
    period = weeks()
    between = replace(span(), ended_at=dt.datetime(2026, 3, 2, 12, tzinfo=dt.UTC))
    table = over_time.terms_table(daily_sums([*RECORDS, record(between)], period), period)
    assert column(table, "Term") == ["First", "Second"]
    assert column(table, "To") == [dt.date(2026, 3, 1), TODAY]
    assert column(table, "Words read") == [0, 100]


def test_books_table_has_the_newest_first() -> None:
    table = over_time.books_table(RECORDS)
    assert names(column(table, "Book")) == ["Our Hill", "The Lamp"]
    assert column(table, "Read by oneself") == [0.5, 1.0]
    assert column(table, "Questions asked") == [0, 1]
    assert column(table, "Status") == ["reading", "reading"]


def test_children_table_has_everybody_whether_they_read_or_not() -> None:
    sums = sums_by_child(daily_sums(RECORDS[:1], WEEK))
    table = over_time.children_table([ALICE, BOB], sums)
    assert names(column(table, "Child")) == ["Alice", "Bob"]
    assert column(table, "Days") == [1, 0]
    assert column(table, "Words read") == [100, 0]


def test_plots_are_about_what_the_tables_are_about() -> None:
    days = daily_sums(RECORDS, WEEK)
    plots = over_time.time_plots(days, WEEK)
    assert [plot.title for plot in plots] == [
        "Minutes of reading and (paler) of listening",
        "Own pace in silent reading",
        "Right at the first try",
    ]
    assert [plot.svg.count('class="bar"') for plot in plots] == [2, 1, 0]
    children = over_time.children_plot([ALICE, BOB], sums_by_child(days))
    assert children.svg.count('class="bar"') == 2
    assert ">Alice<" in children.svg


def test_listening_stands_above_reading_and_is_of_another_colour() -> None:
    days = daily_sums([record(span(heard=(30, 75)))], WEEK)
    svg = over_time.time_plots(days, WEEK)[0].svg
    assert (svg.count('class="bar"'), svg.count('class="bar-above"')) == (1, 1)
