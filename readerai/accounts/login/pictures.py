"""The drawings that children know themselves by: a face beside the name, three as a password.

Each name here is a file in ``static/pictures/``.
"""

from __future__ import annotations

import hashlib
import hmac
from collections.abc import Sequence

from ..models import Classroom, Student
from ..secrets import keyed_hash
from . import limits
from .known_browsers import Visitor
from .throttling import forgive, throttled

FACES = (
    "bear", "bird", "bunny", "cat", "dog", "elephant",
    "fox", "frog", "lion", "mouse", "owl", "pig",
)  # fmt: skip
PICTURES = (
    "apple", "ball", "boat", "drum", "fish", "flower",
    "house", "key", "kite", "moon", "star", "tree",
)  # fmt: skip
IN_A_PASSWORD = 3


def face_of(student: Student) -> str:
    """The face beside a child's name; always the same one where none was chosen."""
    if student.face in FACES:
        return student.face
    return FACES[hashlib.sha256(student.slug.encode()).digest()[0] % len(FACES)]


def is_password(pictures: Sequence[str]) -> bool:
    """Three different pictures that exist."""
    known = [name for name in pictures if name in PICTURES]
    return len(pictures) == len(set(known)) == IN_A_PASSWORD


def set_picture_password(student: Student, pictures: Sequence[str]) -> None:
    """Give a child these three pictures, in this order, and end their lock.

    Raises ``ValueError`` where ``is_password`` says no.
    """
    if not is_password(pictures):
        raise ValueError("a picture password is three different pictures")
    _keep(student, _hash(student, pictures))


def clear_picture_password(student: Student) -> None:
    """Take the pictures away; until new ones are set the child comes in another way."""
    _keep(student, "")


def _keep(student: Student, picture_password: str) -> None:
    student.picture_password = picture_password
    student.save(update_fields=["picture_password"])
    forgive(limits.of_child(student))


def check_picture_password(
    student: Student, pictures: Sequence[str], *, classroom: Classroom, visitor: Visitor
) -> bool:
    """Whether these are the child's pictures in order. Raises ``throttling.Locked``."""
    is_right = hmac.compare_digest(_hash(student, pictures), student.picture_password)
    tallies = limits.of_pictures(visitor, student, classroom)
    return throttled(tallies, lambda: is_right or None) is True


def _hash(student: Student, pictures: Sequence[str]) -> str:
    # Three of twelve are soon tried out by whoever has the hash, however slow it is. The keyed one
    # makes a stolen database useless without SECRET_KEY, and one child's hash useless for another.
    return keyed_hash("picture password", f"{student.pk}\0{' '.join(pictures)}")
