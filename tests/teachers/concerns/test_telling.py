"""Mail about concerns, over SMTP, to a server of the tests' own."""

from __future__ import annotations

import datetime as dt
from email.message import EmailMessage

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from pytest_django import Settings

from readerai.accounts.models import Enrolment, SafeguardingContact, User
from sessions_app.models import AccessLogEntry, Interruption
from teachers.concerns.cases import cases
from teachers.concerns.handling import mark_seen
from teachers.concerns.telling import tell
from teachers.models import ConcernMail, SafeguardingConcern
from tests.services.mail import MailSink
from tests.sessions_app.cast import Cast

from .conftest import give_address, name_contact
from .writing import FRIDAY, write, write_as_answer

RIVERA = "ms-rivera@hill.example.org"
OFFICE = "office@hill.example.org"
SOON = FRIDAY + dt.timedelta(seconds=10)


def text_of(mail: EmailMessage) -> str:
    return f"{mail['Subject']}\n{mail.get_content()}".replace("\r\n", "\n")


def minutes(count: float) -> dt.datetime:
    return FRIDAY + dt.timedelta(minutes=count)


@pytest.fixture(autouse=True)
def _school(office: Client, sink: MailSink) -> None:
    """Everybody here has an address, the office is the first contact, and mail goes."""


def test_teachers_of_the_class_and_contacts_are_told_in_the_next_round(
    cast: Cast, sink: MailSink
) -> None:
    write(cast, cast.alice)
    assert tell(SOON).sent == 2
    assert [mail["To"] for mail in sink.mails] == [RIVERA, OFFICE]


@pytest.mark.parametrize("severity", ["mild", "grave"])
def test_mail_names_class_time_and_desk_and_nothing_of_the_child(
    cast: Cast, sink: MailSink, severity: str
) -> None:
    cast.alice.display_name = "Aliciana Sandoval"
    cast.alice.save()
    question = write(cast, cast.alice, severity=severity)
    tell(SOON)
    [mail] = sink.to(RIVERA)
    text = text_of(mail)
    assert "a child of class Room-12" in text
    assert "Friday 27 November at 20:03" in text
    assert "https://reading.example.org/teachers/concerns/\n" in text
    said = mail.as_bytes().decode().casefold()
    for secret in (
        "hits",
        "knows",
        "Aliciana",
        "Sandoval",
        "alice",
        question.pk,
        question.session_id,
    ):
        assert secret.casefold() not in said, secret


def test_answer_in_a_book_is_told_like_a_question(cast: Cast, sink: MailSink) -> None:
    write_as_answer(cast, cast.alice)
    tell(SOON)
    assert len(sink.mails) == 2


@pytest.mark.parametrize("severity", ["low", "none"])
def test_what_can_wait_is_told_to_nobody(cast: Cast, sink: MailSink, severity: str) -> None:
    write(cast, cast.alice, severity=severity)
    assert tell(SOON).unseen == 0
    assert sink.mails == []


def test_same_round_made_again_sends_nothing(cast: Cast, sink: MailSink) -> None:
    write(cast, cast.alice)
    for _ in range(5):
        tell(SOON)
    assert len(sink.mails) == 2


def test_mail_comes_again_until_somebody_has_seen_it(cast: Cast, sink: MailSink) -> None:
    question = write(cast, cast.alice)
    for minute in range(0, 24 * 60, 10):
        tell(minutes(minute))
    mails = sink.to(RIVERA)
    assert len(mails) == 5  # at once, then after 1, 3, 7 and 15 hours
    assert not mails[0]["Subject"].startswith("Not seen yet")
    assert all(mail["Subject"].startswith("Not seen yet") for mail in mails[1:])
    mark_seen(cases([cast.alice.pk])[0], cast.rivera)
    tell(minutes(100 * 60))
    assert len(sink.to(RIVERA)) == 5
    assert SafeguardingConcern.objects.get().pk == question.pk


def test_second_contact_is_told_only_when_nobody_has_seen_it_in_time(
    cast: Cast, sink: MailSink
) -> None:
    name_contact(cast, cast.okafor, SafeguardingContact.Order.SECOND)
    write(cast, cast.alice)
    tell(minutes(29))
    assert not sink.to("mr-okafor@hill.example.org")
    tell(minutes(30.2))
    [mail] = sink.to("mr-okafor@hill.example.org")
    assert "Nobody has seen this yet." in text_of(mail)


def test_second_contact_is_spared_when_it_was_seen(cast: Cast, sink: MailSink) -> None:
    name_contact(cast, cast.okafor, SafeguardingContact.Order.SECOND)
    write(cast, cast.alice)
    tell(minutes(1))
    mark_seen(cases([cast.alice.pk])[0], cast.staff)
    tell(minutes(60))
    assert not sink.to("mr-okafor@hill.example.org")


def test_school_says_when_it_is_repeated_and_escalated(cast: Cast, sink: MailSink) -> None:
    second = name_contact(cast, cast.okafor, SafeguardingContact.Order.SECOND)
    second.policy.repeat_minutes, second.policy.escalate_minutes = 0, 5
    second.policy.save()
    write(cast, cast.alice)
    for minute in (0, 6, 120, 5000):
        tell(minutes(minute))
    assert len(sink.to(RIVERA)) == 1
    assert len(sink.to("mr-okafor@hill.example.org")) == 1


def test_child_who_goes_on_writing_causes_no_flood(cast: Cast, sink: MailSink) -> None:
    for second in range(0, 300, 30):
        write(cast, cast.alice, at=FRIDAY + dt.timedelta(seconds=second))
        tell(FRIDAY + dt.timedelta(seconds=second + 5))
    assert len(sink.to(RIVERA)) == 1
    tell(minutes(20))
    assert len(sink.to(RIVERA)) == 2  # one for all that came meanwhile
    assert text_of(sink.to(RIVERA)[1]).count("a child of class Room-12") == 9


def test_graver_words_and_another_child_are_told_at_once(cast: Cast, sink: MailSink) -> None:
    write(cast, cast.alice, severity="mild")
    tell(minutes(0))
    write(cast, cast.alice, at=minutes(1))
    tell(minutes(1))
    write(cast, cast.bob, at=minutes(2))
    tell(minutes(2))
    assert [mail["Subject"] for mail in sink.to(RIVERA)] == [
        "ReaderAI: a child of class Room-12 may need help today",
        "ReaderAI: a child of class Room-12 may need help at once",
        "ReaderAI: a child of class Room-12 may need help at once",
    ]


def test_many_children_at_once_are_one_mail_a_person(cast: Cast, sink: MailSink) -> None:
    write(cast, cast.alice)
    write(cast, cast.bob)
    tell(SOON)
    assert len(sink.to(RIVERA)) == 1
    assert sink.to(RIVERA)[0]["Subject"] == "ReaderAI: 2 messages of children may need help at once"


def test_mail_server_that_is_away_is_tried_again_and_shows(
    cast: Cast, sink: MailSink, settings: Settings
) -> None:
    write(cast, cast.alice)
    port, settings.EMAIL_PORT = settings.EMAIL_PORT, 1
    first = tell(SOON)
    assert (first.sent, first.failed, first.untold, first.waiting) == (0, 1, 1, 2)
    assert ConcernMail.objects.filter(failure="ConnectionRefusedError", tries=1).count() == 1
    for minute in range(1, 24 * 60, 10):
        tell(minutes(minute))
    assert ConcernMail.objects.count() == 2
    assert all(20 < mail.tries < 70 for mail in ConcernMail.objects.all())
    settings.EMAIL_PORT = port
    assert tell(minutes(25 * 60)).untold == 0
    assert len(sink.mails) == 2
    assert not ConcernMail.objects.exclude(failure="").exists()


def test_refused_address_keeps_nobody_else_waiting(cast: Cast, sink: MailSink) -> None:
    sink.refusing.add(RIVERA)
    write(cast, cast.alice)
    done = tell(SOON)
    assert (done.sent, done.failed, done.waiting) == (1, 1, 1)
    assert sink.to(OFFICE)
    assert ConcernMail.objects.get(user=cast.rivera).failure == "SMTPRecipientsRefused"


def test_crash_after_sending_repeats_the_same_mail_once(cast: Cast, sink: MailSink) -> None:
    write(cast, cast.alice)
    tell(SOON)
    # As a server that died between sending and noting it has left it behind.
    ConcernMail.objects.update(sent_at=None)
    tell(minutes(0.5))
    assert len(sink.mails) == 2
    tell(minutes(2))
    assert len(sink.mails) == 4
    ids = [mail["Message-ID"] for mail in sink.to(RIVERA)]
    assert len(set(ids)) == 1


def test_who_left_the_class_or_the_school_is_not_told(cast: Cast, sink: MailSink) -> None:
    cast.staff.school = cast.far_school
    cast.staff.save()
    Enrolment.objects.filter(student=cast.alice).update(ended_on=dt.date(2026, 1, 1))
    write(cast, cast.alice)
    assert tell(SOON).untold == 1
    assert sink.mails == []


def test_what_waits_for_somebody_who_left_is_taken_back(
    cast: Cast, sink: MailSink, settings: Settings
) -> None:
    write(cast, cast.alice)
    port, settings.EMAIL_PORT = settings.EMAIL_PORT, 1
    tell(SOON)
    User.objects.filter(pk=cast.rivera.pk).update(is_active=False)
    settings.EMAIL_PORT = port
    tell(minutes(5))
    assert [mail["To"] for mail in sink.mails] == [OFFICE]


def test_without_a_mail_server_nothing_is_lost(
    cast: Cast, sink: MailSink, settings: Settings
) -> None:
    settings.READERAI_MAIL = False
    write(cast, cast.alice)
    assert tell(SOON).untold == 1
    settings.READERAI_MAIL = True
    assert tell(minutes(60 * 72)).sent == 2


def test_other_school_is_told_by_its_own_people(cast: Cast, sink: MailSink) -> None:
    write(cast, cast.dora)
    tell(SOON)
    assert [mail["To"] for mail in sink.mails] == ["mrs-lund@hill.example.org"]


def test_every_mail_is_in_the_access_log(cast: Cast, sink: MailSink) -> None:
    question = write(cast, cast.alice)
    tell(SOON)
    told = AccessLogEntry.objects.filter(what="told").order_by("seq")
    assert [entry.reason for entry in told] == [
        f"by mail, account {cast.rivera.pk}",
        f"by mail, account {cast.staff.pk}",
    ]
    assert {entry.subject for entry in told} == {question.pk}
    assert all(entry.students == [cast.alice.pk] for entry in told)


def test_round_takes_the_same_queries_for_one_and_for_thirty_concerns(
    cast: Cast, sink: MailSink
) -> None:
    def cost() -> int:
        tell(SOON)
        with CaptureQueriesContext(connection) as caught:
            tell(SOON)
        return len(caught)

    write(cast, cast.alice)
    few = cost()
    for number in range(30):
        write(cast, cast.bob if number % 2 else cast.alice)
    assert Interruption.objects.of_concern().count() == 31
    assert cost() == few


def test_account_without_an_address_is_no_recipient(cast: Cast, sink: MailSink) -> None:
    User.objects.filter(pk=cast.rivera.pk).update(email="")
    write(cast, cast.alice)
    tell(SOON)
    assert [mail["To"] for mail in sink.mails] == [OFFICE]
    give_address(cast.rivera)
