"""``/metrics``: numbers, for those who may have them."""

from __future__ import annotations

import pytest
from django.test import Client
from prometheus_client import generate_latest
from pytest_django import Settings

from readerai.monitoring import metrics
from readerai.monitoring.metrics import ReplyClock

NOTHING_THERE = "/nothing-there"


@pytest.mark.parametrize("address", ["127.0.0.1", "::1"])
def test_this_machine_may_read_it(client: Client, address: str) -> None:
    answer = client.get("/metrics", REMOTE_ADDR=address)
    assert answer.status_code == 200
    text = answer.content.decode()
    for name in (
        "readerai_live_sessions",
        "readerai_frames_total",
        "readerai_errors_total",
        "readerai_answers_total",
        "readerai_reply_seconds_bucket",
        "readerai_flush_seconds_bucket",
        "readerai_flush_sessions_bucket",
    ):
        assert name.removesuffix("_total") in text


def test_for_anybody_else_there_is_no_such_page(client: Client, db: None) -> None:
    for address in ("10.0.0.9", "", "not-an-address"):
        answer = client.get("/metrics", REMOTE_ADDR=address)
        missing = client.get(NOTHING_THERE, REMOTE_ADDR=address)
        assert (answer.status_code, answer.content) == (404, missing.content)


def test_other_methods_find_nothing(client: Client, db: None) -> None:
    assert client.post("/metrics").status_code in (403, 404)


def test_addresses_may_be_networks(client: Client, settings: Settings, db: None) -> None:
    settings.READERAI_METRICS_FROM = ["10.1.0.0/16"]
    assert client.get("/metrics", REMOTE_ADDR="10.1.2.3").status_code == 200
    assert client.get("/metrics", REMOTE_ADDR="10.2.2.3").status_code == 404
    assert client.get("/metrics", REMOTE_ADDR="127.0.0.1").status_code == 404


def test_proxy_on_this_machine_does_not_open_it_to_the_world(
    client: Client, settings: Settings, db: None
) -> None:
    forwarded = {"X-Forwarded-For": "203.0.113.5"}
    assert client.get("/metrics", headers=forwarded).status_code == 404
    settings.READERAI_TRUST_PROXY = True
    assert client.get("/metrics", headers=forwarded).status_code == 404
    inside = {"X-Forwarded-For": "203.0.113.5, 127.0.0.1"}
    assert client.get("/metrics", headers=inside).status_code == 200


def test_collector_may_ask_by_address_and_over_plain_http(
    client: Client, settings: Settings
) -> None:
    settings.SECURE_SSL_REDIRECT = True
    settings.ALLOWED_HOSTS = ["reading.example.org"]
    assert client.get("/metrics", headers={"Host": "127.0.0.1:9000"}).status_code == 200


def sample(name: str, **labels: str) -> float:
    return metrics.registry.get_sample_value(name, labels) or 0.0


def test_reply_counts_every_frame_that_it_answers() -> None:
    before = sample("readerai_reply_seconds_count")
    clock = ReplyClock()
    for message_id in (1, 2, 3):
        clock.came(message_id)
    clock.came(None)
    clock.answered(2)
    assert sample("readerai_reply_seconds_count") == before + 2
    clock.answered(2)
    clock.answered(None)
    assert sample("readerai_reply_seconds_count") == before + 2


def test_clock_of_one_connection_is_bounded() -> None:
    clock = ReplyClock()
    for message_id in range(10_000):
        clock.came(message_id)
    before = sample("readerai_reply_seconds_count")
    clock.answered(127)
    assert sample("readerai_reply_seconds_count") == before + 128


def test_answers_are_told_apart_by_kind_and_never_by_name() -> None:
    before = sample("readerai_answers_total", outcome="model")
    metrics.answer_ended("claude-of-some-kind", "")
    metrics.answer_ended("offline", "")
    metrics.answer_ended("", "timeout")
    assert sample("readerai_answers_total", outcome="model") == before + 1
    text = generate_latest(metrics.registry).decode()
    assert "claude-of-some-kind" not in text
