"""The teacher of room 12, signed in."""

from __future__ import annotations

import pytest
from django.test import Client

from readerai.accounts.models import User


@pytest.fixture
def teacher(client: Client, rivera: User) -> Client:
    client.force_login(rivera)
    client.get("/")
    return client
