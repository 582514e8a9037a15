"""Staff with every right, signed in."""

from __future__ import annotations

import pytest
from django.test import Client

from readerai.accounts.models import User


@pytest.fixture
def chief(office: User) -> User:
    office.is_superuser = True
    office.save()
    return office


@pytest.fixture
def admin(client: Client, chief: User) -> Client:
    client.force_login(chief)
    client.get("/")  # the sign-in behind the login is made by the first page
    return client
