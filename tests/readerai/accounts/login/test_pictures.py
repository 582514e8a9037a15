"""A picture password is three different pictures, kept as this child's hash."""

from __future__ import annotations

import pytest
from django.test import Client

from readerai.accounts.login.pictures import set_picture_password
from readerai.accounts.models import Student

from ..signing_in import PICTURES, choose_face, signed_in_child, tap


def test_picture_password_is_kept_as_a_keyed_hash_of_this_child(
    alice: Student, bob: Student
) -> None:
    for child in (alice, bob):
        set_picture_password(child, PICTURES)
        assert len(child.picture_password) == 64
        assert "star" not in child.picture_password
    alice.picture_password = bob.picture_password
    alice.save()
    client = Client()
    choose_face(client, alice)
    tap(client, PICTURES)
    assert signed_in_child(client) is None


@pytest.mark.parametrize(
    "pictures", [["star", "star", "key"], ["star", "key"], ["star", "key", "x"]]
)
def test_picture_password_is_three_different_pictures(alice: Student, pictures: list[str]) -> None:
    with pytest.raises(ValueError, match="three different pictures"):
        set_picture_password(alice, pictures)
