"""Alice and Bob in room 12 of Ms Rivera; Dora in another teacher's class; staff."""

from __future__ import annotations

import pytest
from django.test import Client

from readerai.accounts.models import Classroom, Role, Student, User

from .people import make_class, make_student, make_user


@pytest.fixture
def rivera(db: None) -> User:
    return make_user("ms-rivera", Role.TEACHER)


@pytest.fixture
def okafor(db: None) -> User:
    return make_user("mr-okafor", Role.TEACHER)


@pytest.fixture
def office(db: None) -> User:
    return make_user("office", Role.STAFF)


@pytest.fixture
def room(rivera: User) -> Classroom:
    return make_class("room-12", teacher=rivera)


@pytest.fixture
def alice(room: Classroom) -> Student:
    return make_student("alice", room)


@pytest.fixture
def bob(room: Classroom) -> Student:
    return make_student("bob", room)


@pytest.fixture
def dora(okafor: User) -> Student:
    return make_student("dora", make_class("room-14", teacher=okafor))


@pytest.fixture
def teacher(rivera: User) -> Client:
    """The teacher of room 12, signed in."""
    return _signed_in(rivera)


@pytest.fixture
def chief(office: User) -> User:
    """Staff with every right."""
    office.is_superuser = True
    office.save()
    return office


@pytest.fixture
def admin(chief: User) -> Client:
    return _signed_in(chief)


def _signed_in(user: User) -> Client:
    client = Client()
    client.force_login(user)
    client.get("/")  # the sign-in behind the login is made by the first page
    return client
