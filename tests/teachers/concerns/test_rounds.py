"""The round as servers and the worker make it: in a thread of its own, whatever happens in it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from threading import Thread

import pytest
from django.test import Client
from prometheus_client import generate_latest
from pytest_django import Settings

from library.book_structure import forget_books
from readerai.clock import db_now
from readerai.monitoring import metrics
from sessions_app.live.process import rounds
from teachers.models import ConcernMail
from tests.services.mail import MailSink
from tests.sessions_app.cast import Cast, make_cast

from .writing import write


@pytest.fixture
def cast(transactional_db: None, settings: Settings, tmp_path: Path) -> Iterator[Cast]:
    settings.MEDIA_ROOT = tmp_path / "media"
    forget_books()
    yield make_cast()
    forget_books()


def run_all(servers: int = 1) -> None:
    """The round of so many servers, at the same time."""
    threads = [Thread(target=rounds.run_all) for _ in range(servers)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()


def test_round_tells_and_the_metrics_say_so(cast: Cast, office: Client, sink: MailSink) -> None:
    write(cast, cast.alice, at=db_now())
    run_all()
    assert len(sink.mails) == 2
    said = generate_latest(metrics.registry).decode()
    assert "readerai_concerns_unseen 1.0" in said
    assert "readerai_concerns_untold 0.0" in said
    assert "readerai_concern_mails_waiting 0.0" in said


def test_round_that_fails_is_logged_and_the_next_one_goes_on(
    cast: Cast,
    office: Client,
    sink: MailSink,
    settings: Settings,
    caplog: pytest.LogCaptureFixture,
) -> None:
    backend, settings.EMAIL_BACKEND = settings.EMAIL_BACKEND, "no.such.Backend"
    write(cast, cast.alice, at=db_now())
    run_all()
    assert "telling of concerns failed" in caplog.text
    assert ConcernMail.objects.filter(sent_at=None).count() == 2
    settings.EMAIL_BACKEND = backend
    run_all()
    assert len(sink.mails) == 2


def test_many_servers_tell_everybody_once(cast: Cast, office: Client, sink: MailSink) -> None:
    for child in (cast.alice, cast.bob, cast.carol, cast.dora):
        write(cast, child, at=db_now())
    for _ in range(3):
        run_all(servers=4)
    told = sorted(mail["To"].partition("@")[0] for mail in sink.mails)
    assert sorted(set(told)) == ["mr-okafor", "mrs-lund", "ms-rivera", "office"]
    waiting = ConcernMail.objects.filter(sent_at=None)
    assert not waiting.exists()
    assert set(ConcernMail.objects.values_list("tries", flat=True)) == {1}
