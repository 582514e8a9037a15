"""Whether a child's question may go to a model, and what a school's day took."""

import datetime as dt

import pytest
import time_machine
from pytest_django import DjangoAssertNumQueries, Settings

from readerai.accounts.models import School
from sessions_app.domain.model_use import ModelTerms, count_use, model_terms
from sessions_app.models import ModelUse
from sessions_app.tutor.types import Usage
from tests.sessions_app.cast import Cast

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _with_a_model(settings: Settings) -> None:
    settings.ANTHROPIC_API_KEY = "k"


def school_of(cast: Cast) -> School:
    school = cast.alice.user.school
    assert school is not None
    return school


def test_without_a_model_nothing_is_read(
    cast: Cast, settings: Settings, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    settings.ANTHROPIC_API_KEY = ""
    with django_assert_num_queries(0):
        assert model_terms(cast.alice.pk) == ModelTerms()


def test_a_school_and_a_child_may_be_kept_from_a_model(cast: Cast) -> None:
    school = school_of(cast)
    assert model_terms(cast.alice.pk) == ModelTerms(True, school.pk)
    cast.alice.model_allowed = False
    cast.alice.save(update_fields=["model_allowed"])
    assert not model_terms(cast.alice.pk).may_ask
    assert model_terms(cast.bob.pk).may_ask
    School.objects.update(model_allowed=False)
    assert not model_terms(cast.bob.pk).may_ask


def test_what_was_taken_adds_up_by_the_schools_own_day(cast: Cast) -> None:
    school = school_of(cast)
    School.objects.filter(pk=school.pk).update(time_zone="Pacific/Auckland")
    with time_machine.travel(dt.datetime(2026, 3, 1, 20, tzinfo=dt.UTC), tick=False):
        for _ in range(2):
            count_use(school.pk, Usage(1, 2, 3, 4, 5))
    (use,) = ModelUse.objects.all()
    assert (use.day, use.requests) == (dt.date(2026, 3, 2), 2)
    assert (use.input_tokens, use.output_tokens, use.microdollars) == (2, 8, 10)


@pytest.mark.parametrize(
    ("general", "own", "may"),
    [
        (0, None, True),
        (3, None, True),
        (2, None, False),
        (2, 3, True),
        (0, 2, False),
        (9, 0, False),
    ],
)
def test_a_spent_budget_ends_the_day_and_not_the_next(
    cast: Cast, settings: Settings, general: int, own: int | None, may: bool
) -> None:
    settings.READERAI_TUTOR_CENTS_A_DAY = general
    School.objects.update(model_cents_a_day=own)
    today = dt.datetime(2026, 3, 1, 12, tzinfo=dt.UTC)
    with time_machine.travel(today, tick=False):
        count_use(school_of(cast).pk, Usage(microdollars=25_000))
        assert model_terms(cast.alice.pk).may_ask is may
    with time_machine.travel(today + dt.timedelta(days=1), tick=False):
        assert model_terms(cast.alice.pk).may_ask is (own != 0)
