"""What an answer took, as the API tells it."""

import msgspec
import pytest

from sessions_app.tutor.claude.cache_demand import CacheDemand
from sessions_app.tutor.claude.events import MessageEvent
from sessions_app.tutor.claude.usage import Price, TokenCount
from sessions_app.tutor.types import Usage

BEGUN = {
    "input_tokens": 100,
    "cache_creation_input_tokens": 2000,
    "cache_read_input_tokens": 5000,
    "cache_creation": {"ephemeral_1h_input_tokens": 1500, "ephemeral_5m_input_tokens": 500},
    "output_tokens": 1,
}


def counted(*events: dict[str, object]) -> TokenCount:
    count = TokenCount()
    for event in events:
        count.note(msgspec.convert(event, MessageEvent))
    return count


def test_every_kind_of_token_has_its_price() -> None:
    count = counted(
        {"type": "message_start", "message": {"usage": BEGUN}},
        {"type": "message_delta", "usage": {"output_tokens": 80}},
    )
    # 100 + 500 · 1.25 + 1500 · 2 + 5000 · 0.1 = 4225 at a dollar, 80 at five dollars a million
    assert count.usage(Price(1, 5), characters=300) == Usage(100, 2000, 5000, 80, 4625)
    assert count.prompt == 7100


@pytest.mark.parametrize("usage", [None, {}, {"input_tokens": None, "output_tokens": None}])
def test_a_server_that_reports_nothing_counts_by_what_came(usage: object) -> None:
    count = counted({"type": "message_start", "message": {"usage": usage}})
    assert count.usage(Price(1, 5), characters=40) == Usage(output_tokens=10, microdollars=50)


def test_an_hour_is_paid_for_where_questions_come_minutes_apart() -> None:
    now = [0.0]
    demand = CacheDemand(clock=lambda: now[0])
    paid = []
    for gap in (0, 60, 600, 4000, 400):
        now[0] += gap
        paid.append(demand.pays_for_an_hour(1))
    assert paid == [False, False, True, False, True]
    assert not demand.pays_for_an_hour(2)
