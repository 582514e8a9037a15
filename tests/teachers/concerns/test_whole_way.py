"""A concern's whole way: written on Friday evening, told, on every page on Monday, dealt with."""

from __future__ import annotations

import datetime as dt

from django.test import Client

from sessions_app.models import AccessLogEntry, Session
from sessions_app.records.access_log import verify_access_log
from teachers.concerns.telling import tell
from tests.services.mail import MailSink
from tests.sessions_app.acting import connected
from tests.sessions_app.cast import Cast
from tests.teachers.pages import page
from tests.teachers.readings import read_to

from .writing import FRIDAY, WORDS, write

MONDAY = FRIDAY + dt.timedelta(days=2, hours=12)
EVERY_PAGE = (
    "/teachers/",
    "/teachers/classes/room-12",
    "/teachers/classes/room-12/report",
    "/teachers/students/alice",
)


def test_from_friday_evening_to_dealt_with(
    cast: Cast, office: Client, rivera: Client, sink: MailSink
) -> None:
    question = write(cast, cast.alice)
    long_ago = FRIDAY - dt.timedelta(days=1)
    Session.objects.filter(pk=question.session_id).update(last_active_at=long_ago)
    # Another book since then, and a raised hand elsewhere: neither covers it.
    for _ in range(9):
        read_to(connected(cast.alice, cast.our_hill), 3)

    tell(FRIDAY + dt.timedelta(seconds=20))
    assert [mail["To"] for mail in sink.mails] == [
        "ms-rivera@hill.example.org",
        "office@hill.example.org",
    ]
    tell(MONDAY)
    assert len(sink.mails) == 4  # a reminder each

    for address in EVERY_PAGE:
        text = page(rivera, address)
        concern = text.index("open-concerns")
        assert concern < text.index("<h1"), address
        assert "Worrying words" in text or f"/teachers/concerns/{question.pk}" in text
        assert WORDS not in text
    assert "data-concern>" in page(rivera, EVERY_PAGE[1])
    assert "Alice" not in page(rivera, f"{EVERY_PAGE[1]}?view=projector")

    assert WORDS in page(rivera, f"/teachers/concerns/{question.pk}")
    rivera.post(f"/teachers/concerns/{question.pk}/seen")
    tell(MONDAY + dt.timedelta(days=3))
    assert len(sink.mails) == 4
    for address in EVERY_PAGE:
        assert "open-concerns" in page(rivera, address), "seen is not dealt with"

    rivera.post(f"/teachers/concerns/{question.pk}/dealt-with", {"note": "We talked."})
    for address in EVERY_PAGE:
        text = page(rivera, address)
        assert "1 open concern" not in text
        assert "data-concern>" not in text
    session = page(rivera, f"/teachers/sessions/{question.session_id}")
    assert "Dealt with by ms-rivera" in session
    assert "Worrying words" not in session

    kinds = AccessLogEntry.objects.filter(subject=question.pk).order_by("seq")
    assert [entry.what for entry in kinds] == ["told"] * 4 + ["seen", "dealt with"]
    assert verify_access_log(cast.school.access_log_chain).sound


def test_guardians_letter_says_nothing_of_it(cast: Cast, rivera: Client) -> None:
    write(cast, cast.alice)
    letter = page(rivera, "/teachers/students/alice/week")
    assert "concern" not in letter.casefold().replace("teachers/concerns/", "").replace(
        "<span>concerns</span>", ""
    ).replace("concerns.css", "")
