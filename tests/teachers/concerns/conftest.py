"""A mail server, the cast with addresses, and what Alice writes on a Friday evening."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from django.test import Client
from pytest_django import Settings

from readerai.accounts.models import SafeguardingContact, SafeguardingPolicy, User
from tests.services.mail import MailSink, mail_sink
from tests.sessions_app.cast import Cast


def give_address(*people: User) -> None:
    for person in people:
        person.email = f"{person.username}@hill.example.org"
        person.save(update_fields=["email"])


def browser_of(user: User) -> Client:
    client = Client()
    client.force_login(user)
    return client


def name_contact(
    cast: Cast, user: User, order: int = SafeguardingContact.Order.FIRST
) -> SafeguardingContact:
    policy, _ = SafeguardingPolicy.objects.get_or_create(school=cast.school)
    return SafeguardingContact.objects.create(policy=policy, user=user, order=order)


@pytest.fixture
def sink(settings: Settings) -> Iterator[MailSink]:
    """A mail server that the settings name."""
    with mail_sink() as server:
        settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
        settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", server.port
        settings.READERAI_MAIL = True
        settings.READERAI_URL = "https://reading.example.org"
        yield server


@pytest.fixture
def office(cast: Cast) -> Client:
    """The browser of the school's first contact, who teaches no class."""
    give_address(cast.rivera, cast.okafor, cast.lund, cast.staff)
    name_contact(cast, cast.staff)
    return browser_of(cast.staff)
