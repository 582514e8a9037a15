"""A child, a member of staff, and a shelf."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from django.test import Client
from pytest_django import Settings

from library.book_structure import forget_books
from library.models import Book
from readerai.accounts.login.sign_ins import issue_token
from readerai.accounts.models import Role, School, User
from tests.library.books import make_book


@pytest.fixture(autouse=True)
def _no_book_remembered() -> Iterator[None]:
    forget_books()
    yield
    forget_books()


@pytest.fixture
def school(db: None) -> School:
    return School.objects.create(slug="our-school", name="Our School")


@pytest.fixture
def child(school: School) -> User:
    return User.objects.create(username="alice", role=Role.STUDENT, school=school)


@pytest.fixture
def reader(child: User, client: Client) -> Client:
    """A client signed in as the child, by a bearer token."""
    client.defaults["HTTP_AUTHORIZATION"] = f"Bearer {issue_token(child).text}"
    return client


@pytest.fixture
def staff(school: School) -> User:
    return User.objects.create(
        username="keeper", role=Role.STAFF, is_staff=True, is_superuser=True, school=school
    )


@pytest.fixture
def book(db: None) -> Book:
    return make_book()


@pytest.fixture(autouse=True)
def _own_media(settings: Settings, tmp_path: Path) -> None:
    settings.MEDIA_ROOT = tmp_path / "media"
