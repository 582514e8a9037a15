"""The desk: who sees what, what is done there, and what is logged of it."""

from __future__ import annotations

import datetime as dt
import re

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from pytest_django import Settings

from readerai.accounts.models import Enrolment, SafeguardingContact
from sessions_app.models import AccessLogEntry, Interruption
from sessions_app.tutor import concern
from teachers.models import ConcernMail, SafeguardingConcern
from teachers.wording import KINDS
from tests.services.mail import MailSink
from tests.sessions_app.acting import connected
from tests.sessions_app.cast import Cast
from tests.teachers.pages import page

from .conftest import browser_of, give_address, name_contact
from .writing import FRIDAY, WORDS, write, write_as_answer

DESK = "/teachers/concerns/"
NOTE = "We talked; her aunt takes her in. Reported at 9."


def names(text: str) -> list[str]:
    """Whose concerns a desk lists, from the top."""
    return re.findall(r"<strong>(\w+)</strong>, ", text)


def test_desk_has_the_concerns_of_ones_classes_and_no_other(cast: Cast, rivera: Client) -> None:
    for child in (cast.alice, cast.carol, cast.dora):
        write(cast, child)
    assert names(page(rivera, DESK)) == ["Alice"]
    assert names(page(browser_of(cast.okafor), DESK)) == ["Carol"]


def test_contact_has_those_of_the_whole_school(cast: Cast, office: Client) -> None:
    for child in (cast.alice, cast.carol, cast.dora):
        write(cast, child)
    assert sorted(names(page(office, DESK))) == ["Alice", "Carol"]


def test_teacher_who_is_a_contact_has_both(cast: Cast) -> None:
    name_contact(cast, cast.okafor)
    for child in (cast.alice, cast.carol):
        write(cast, child)
    assert sorted(names(page(browser_of(cast.okafor), DESK))) == ["Alice", "Carol"]


def test_contact_has_a_child_who_belongs_to_no_school_but_to_a_class(
    cast: Cast, office: Client
) -> None:
    cast.alice.user.school = None
    cast.alice.user.save()
    write(cast, cast.alice)
    assert names(page(office, DESK)) == ["Alice"]


def test_contact_who_left_the_school_finds_nothing(cast: Cast, office: Client) -> None:
    question = write(cast, cast.alice)
    cast.staff.school = cast.far_school
    cast.staff.save()
    assert office.get(DESK).status_code == 404
    assert office.get(f"{DESK}{question.pk}").status_code == 404


def test_staff_who_is_no_contact_finds_nothing(cast: Cast) -> None:
    question = write(cast, cast.alice)
    for user in (cast.staff, cast.root, cast.alice.user):
        for address in (DESK, f"{DESK}{question.pk}"):
            assert browser_of(user).get(address).status_code == 404


def test_unseen_and_grave_and_older_ones_come_first(cast: Cast, office: Client) -> None:
    seen = write(cast, cast.carol)
    office.post(f"{DESK}{seen.pk}/seen")
    later = FRIDAY + dt.timedelta(minutes=5)
    write(cast, cast.bob, severity="mild")
    write(cast, cast.alice, at=later)
    text = page(office, DESK)
    assert names(text) == ["Alice", "Bob", "Carol"]
    assert text.count("Nobody has seen it yet") == 2
    assert "office looks after it" in text


def test_low_mark_waits_on_the_desk_alone(cast: Cast, rivera: Client) -> None:
    write(cast, cast.alice, severity="low")
    assert "When you have time" in page(rivera, DESK)
    for address in ("/teachers/", "/teachers/classes/room-12", "/teachers/students/alice"):
        text = page(rivera, address)
        assert "open concern" not in text
        assert "data-concern>" not in text


def test_words_are_shown_and_the_look_is_logged(cast: Cast, office: Client) -> None:
    question = write(cast, cast.alice)
    assert WORDS not in page(office, DESK)
    text = page(office, f"{DESK}{question.pk}")
    assert WORDS in text
    assert "They were told:" in text
    looks = AccessLogEntry.objects.order_by("seq").values_list("what", "actor", "subject")
    office_pk = str(cast.staff.pk)
    assert list(looks) == [
        ("desk", office_pk, "concerns"),
        ("words", office_pk, question.session_id),
    ]


def test_whole_session_is_open_to_teachers_of_the_class_alone(
    cast: Cast, office: Client, rivera: Client
) -> None:
    question = write(cast, cast.alice)
    session = f"/teachers/sessions/{question.session_id}"
    assert session in page(rivera, f"{DESK}{question.pk}")
    assert session not in page(office, f"{DESK}{question.pk}")
    assert office.get(session).status_code == 404


def test_answer_in_a_book_is_shown_with_its_question(cast: Cast, rivera: Client) -> None:
    attempt = write_as_answer(cast, cast.alice)
    text = page(rivera, f"{DESK}attempt-{attempt.pk}")
    assert WORDS in text
    assert "Whose lamp was it, and why does it shine?" in text
    rivera.post(f"{DESK}attempt-{attempt.pk}/dealt-with", {"note": NOTE})
    assert SafeguardingConcern.objects.get().attempt == attempt


@pytest.mark.parametrize(
    "name", ["attempt-1", "attempt-x", "attempt-" + "9" * 30, "attempt-²", "interruption-0", "x"]
)
def test_name_of_nothing_is_not_found(cast: Cast, rivera: Client, name: str) -> None:
    write(cast, cast.alice)
    for address in (f"{DESK}{name}", f"{DESK}{name}/seen", f"{DESK}{name}/dealt-with"):
        for ask in (rivera.get, rivera.post):
            assert ask(address).status_code in {404, 405}


def test_question_of_no_concern_is_no_concern(cast: Cast, rivera: Client) -> None:
    question = write(cast, cast.alice, severity="none")
    assert rivera.get(f"{DESK}{question.pk}").status_code == 404


def test_who_saw_it_first_stands(cast: Cast, office: Client, rivera: Client) -> None:
    question = write(cast, cast.alice)
    rivera.post(f"{DESK}{question.pk}/seen")
    office.post(f"{DESK}{question.pk}/seen")
    assert SafeguardingConcern.objects.get().seen_by == cast.rivera
    assert AccessLogEntry.objects.filter(what="seen").count() == 1


def test_note_is_sealed_and_shown(cast: Cast, rivera: Client) -> None:
    question = write(cast, cast.alice)
    rivera.post(f"{DESK}{question.pk}/dealt-with", {"note": NOTE})
    record = SafeguardingConcern.objects.get()
    assert record.dealt_with_by == record.seen_by == cast.rivera
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT * FROM {SafeguardingConcern._meta.db_table}")
        row = b" ".join(
            bytes(value) if isinstance(value, bytes | memoryview) else str(value).encode()
            for value in cursor.fetchone()
        )
    for word in NOTE.encode().split():
        assert len(word) < 5 or word not in row
    assert NOTE in page(rivera, f"{DESK}{question.pk}")
    assert not AccessLogEntry.objects.filter(reason__contains="aunt").exists()


@pytest.mark.parametrize("note", ["", "   ", "x" * 2001, "\x00"])
def test_note_that_is_none_is_asked_for_again(cast: Cast, rivera: Client, note: str) -> None:
    question = write(cast, cast.alice)
    answer = rivera.post(f"{DESK}{question.pk}/dealt-with", {"note": note})
    assert 'role="alert"' in answer.content.decode()
    assert not SafeguardingConcern.objects.exists()


def test_dealt_with_once_the_first_note_stands(cast: Cast, office: Client, rivera: Client) -> None:
    question = write(cast, cast.alice)
    rivera.post(f"{DESK}{question.pk}/dealt-with", {"note": NOTE})
    office.post(f"{DESK}{question.pk}/dealt-with", {"note": "Another note."})
    assert NOTE in page(office, f"{DESK}{question.pk}")
    assert AccessLogEntry.objects.filter(what="dealt with").count() == 1


def test_dealt_with_stays_on_the_desk_for_a_month(cast: Cast, rivera: Client) -> None:
    new, old = write(cast, cast.alice), write(cast, cast.bob, at=FRIDAY - dt.timedelta(days=31))
    for question in (new, old):
        rivera.post(f"{DESK}{question.pk}/dealt-with", {"note": NOTE})
    text = page(rivera, DESK)
    assert "Nothing is open." in text
    assert names(text) == ["Alice"]


def test_child_who_left_the_class_is_the_schools_concern(
    cast: Cast, office: Client, rivera: Client
) -> None:
    question = write(cast, cast.alice)
    Enrolment.objects.filter(student=cast.alice).update(ended_on=dt.date(2026, 1, 1))
    assert rivera.get(f"{DESK}{question.pk}").status_code == 404
    assert office.get(f"{DESK}{question.pk}").status_code == 200


def test_mails_and_their_failures_are_told(cast: Cast, office: Client) -> None:
    question = write(cast, cast.alice)
    office.post(f"{DESK}{question.pk}/seen")
    for user, sent, failure in (
        (cast.rivera, FRIDAY, ""),
        (cast.staff, None, "SMTPServerDisconnected"),
    ):
        ConcernMail.objects.create(
            concern_id=question.pk,
            user=user,
            telling=0,
            due_at=FRIDAY,
            try_at=FRIDAY,
            sent_at=sent,
            failure=failure,
        )
    text = page(office, f"{DESK}{question.pk}")
    assert "A mail went to ms-rivera" in text
    assert "did not go (SMTPServerDisconnected)" in text


def test_desk_says_who_is_told_and_where_nobody_is(
    cast: Cast, office: Client, settings: Settings
) -> None:
    settings.READERAI_MAIL = False
    assert "No mail server is set up here" in page(office, DESK)
    settings.READERAI_MAIL = True
    assert "<strong>office</strong>" in page(office, DESK)


def test_test_mail_goes_to_the_one_who_asks(cast: Cast, office: Client, sink: MailSink) -> None:
    answer = office.post(f"{DESK}test-mail", follow=True)
    assert "A test mail is on its way to office@hill.example.org" in answer.content.decode()
    [mail] = sink.mails
    assert mail["To"] == "office@hill.example.org"


def test_test_mail_says_why_it_did_not_go(
    cast: Cast, office: Client, rivera: Client, sink: MailSink, settings: Settings
) -> None:
    settings.EMAIL_PORT = 1
    answer = office.post(f"{DESK}test-mail", follow=True)
    assert "did not take it (ConnectionRefusedError)" in answer.content.decode()
    cast.rivera.email = ""
    cast.rivera.save()
    assert "no mail address" in rivera.post(f"{DESK}test-mail", follow=True).content.decode()


@pytest.mark.parametrize("address", [DESK, "/teachers/"])
def test_page_takes_the_same_queries_for_one_concern_and_for_thirty(
    cast: Cast, rivera: Client, address: str
) -> None:
    give_address(cast.rivera)

    def cost() -> int:
        with CaptureQueriesContext(connection) as caught:
            page(rivera, address)
        return len(caught)

    write(cast, cast.alice)
    page(rivera, address)
    few = cost()
    for _ in range(29):
        write(cast, cast.alice)
    assert cost() == few


def test_second_contact_sees_the_desk_at_once(cast: Cast) -> None:
    name_contact(cast, cast.staff, SafeguardingContact.Order.SECOND)
    write(cast, cast.alice)
    assert names(page(browser_of(cast.staff), DESK)) == ["Alice"]


def test_kind_is_said_and_private_data_struck_out_where_nobody_is_in_danger(
    cast: Cast, rivera: Client
) -> None:
    grave = write(cast, cast.alice)
    assert "It may be about <strong>" in page(rivera, f"{DESK}{grave.pk}")
    private = connected(cast.alice, cast.lamp).ask_and_hear("my phone number is 555 010 4477")
    Interruption.objects.filter(pk=private).update(concern="low")
    text = page(rivera, f"{DESK}{private}")
    assert "my phone number is" in text
    assert "4477" not in text


def test_every_kind_has_words_for_a_grown_up() -> None:
    assert set(KINDS) == set(concern.KINDS)
    assert all(KINDS[kind] for kind in concern.KINDS if kind != "none")
