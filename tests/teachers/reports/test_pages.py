"""The pages and files about sessions, children and classes."""

from __future__ import annotations

import pytest
from django.test import Client

from sessions_app.models import AccessLogEntry
from tests.sessions_app.cast import Cast
from tests.teachers.pages import page
from tests.teachers.readings import Open, ask, connected, read_to


def test_what_a_child_writes_is_text_on_every_page(cast: Cast, rivera: Client) -> None:
    reading = connected(cast.alice, cast.lamp)
    read_to(reading, 20)
    ask(reading, "<script>alert(1)</script>", answer="<b>bold</b>")
    for address in (f"/teachers/sessions/{reading.session_id}", "/teachers/classes/room-12/report"):
        text = page(rivera, address)
        assert "<script>alert" not in text
        assert "<b>bold" not in text


def test_week_is_told_in_sentences(cast: Cast, rivera: Client, reading: Open) -> None:
    text = page(rivera, "/teachers/students/alice/week")
    assert "This week Alice read for 1 min, on 1 day." in text
    assert "New words: “rust”." in text
    assert "What is rust?" not in text
    quiet = page(rivera, "/teachers/students/bob/week")
    assert "Bob did not open a book in ReaderAI this week." in quiet


@pytest.mark.parametrize(
    ("address", "what"),
    [
        ("/teachers/students/alice", AccessLogEntry.What.STUDENT),
        ("/teachers/sessions/{}", AccessLogEntry.What.WORDS),
        ("/teachers/sessions/{}/report/log.csv", AccessLogEntry.What.EXPORT),
        ("/teachers/classes/room-12/report/days.csv", AccessLogEntry.What.EXPORT),
        ("/teachers/classes/room-12", AccessLogEntry.What.CLASS),
    ],
)
def test_every_access_is_logged_beside_the_sessions(
    cast: Cast, rivera: Client, reading: Open, address: str, what: str
) -> None:
    rivera.get(address.format(reading.session_id))
    entries = AccessLogEntry.objects.filter(what=what, actor=str(cast.rivera.pk))
    assert [cast.alice.pk in entry.students for entry in entries] == [True]
