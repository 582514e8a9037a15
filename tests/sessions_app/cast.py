"""Who reads in the tests, where they belong, and what there is to read.

Alice and Bob are in Ms Rivera's room 12; Carol is in room 14 of Mr Okafor, her colleague; Dora
is in Mrs Lund's class at another school. "The Lamp" (two chapters, three checkpoints, the first
chapter narrated) is everybody's; "Our Hill" belongs to the first school alone.
"""

from __future__ import annotations

from dataclasses import dataclass

from django.contrib.auth.models import Permission
from django.core.files.base import ContentFile

from library.models import Book, Checkpoint, GlossaryEntry, Narration
from readerai.accounts.login.sign_ins import issue_ticket, issue_token, sign_in_of_token
from readerai.accounts.models import Classroom, Role, School, SignIn, Student, User
from sessions_app.domain import lifecycle
from sessions_app.models import Session
from tests.library.books import make_book
from tests.readerai.accounts.people import make_class, make_student, make_user

CHAPTER_ONE = (
    "Mina found an old lamp in the shed. It was green with rust. She rubbed it with her "
    "sleeve.\n\n"
    "A small glimmer woke inside. A glimmer is a very small light. Mina held her breath. "
    "The lamp hummed like a bee.\n\n"
    '"Who is there?" asked Mina. Nobody answered. The shed was quiet and dark.'
)
CHAPTER_TWO = (
    "In the morning Mina took the lamp to her grandfather. He laughed out loud. "
    '"That lamp was mine," he said.\n\n'
    "He had lost it when he was a boy. He had looked for it everywhere. Now it shone "
    "again because Mina was patient.\n\n"
    "They put it in the window. Every night it showed the boats the way home. "
    "Mina never rubbed another lamp."
)
AT_GLIMMER = 30
AT_PATIENT = 96
AT_GUESS = 102
WORD_MS = 400


@dataclass(frozen=True)
class Cast:
    school: School
    far_school: School
    rivera: User
    okafor: User
    lund: User
    staff: User
    root: User
    room_12: Classroom
    room_14: Classroom
    far_room: Classroom
    alice: Student
    bob: Student
    carol: Student
    dora: Student
    lamp: Book
    our_hill: Book


def make_cast() -> Cast:
    """Everybody, saved."""
    school = School.objects.create(slug="hill", name="Hill School")
    far_school = School.objects.create(slug="lake", name="Lake School")
    rivera = make_user("ms-rivera", Role.TEACHER, school)
    okafor = make_user("mr-okafor", Role.TEACHER, school)
    lund = make_user("mrs-lund", Role.TEACHER, far_school)
    room_12 = make_class("room-12", teacher=rivera, school=school)
    room_14 = make_class("room-14", teacher=okafor, school=school)
    far_room = make_class("far-room", teacher=lund, school=far_school)
    return Cast(
        school=school,
        far_school=far_school,
        rivera=rivera,
        okafor=okafor,
        lund=lund,
        staff=_make_office(school),
        root=_make_root(),
        room_12=room_12,
        room_14=room_14,
        far_room=far_room,
        alice=make_student("alice", room_12),
        bob=make_student("bob", room_12),
        carol=make_student("carol", room_14),
        dora=make_student("dora", far_room),
        lamp=make_lamp(),
        our_hill=make_book(
            "Our hill is steep. We like it.", slug="our-hill", title="Our Hill", school=school
        ),
    )


def _make_office(school: School) -> User:
    """Staff with the rights to look at sessions and after people's ways in, and no other."""
    office = make_user("office", Role.STAFF, school)
    rights = Permission.objects.filter(codename__in=["view_event", "change_student"])
    office.user_permissions.set(rights)
    return office


def _make_root() -> User:
    root = make_user("root", Role.STAFF)
    root.is_superuser = True
    root.save(update_fields=["is_superuser"])
    return root


def make_lamp() -> Book:
    """A book with everything that a reading can meet."""
    book = make_book(CHAPTER_ONE, CHAPTER_TWO, slug="the-lamp", title="The Lamp")
    _add_checkpoints(book)
    GlossaryEntry.objects.create(book=book, headword="rust", meaning="Old brown metal skin.")
    first = book.chapters.get(index=0)
    Narration.objects.create(
        chapter=first,
        voice="espeak:en-us",
        audio=ContentFile(b"no sound", name="lamp.mp3"),
        duration_ms=first.word_count * WORD_MS,
        word_starts_ms=[place * WORD_MS for place in range(first.word_count)],
        timing_source=Narration.TimingSource.ENGINE,
    )
    return book


def _add_checkpoints(book: Book) -> None:
    Checkpoint.objects.create(
        book=book,
        slug="glimmer",
        kind=Checkpoint.Kind.VOCABULARY,
        at_word=AT_GLIMMER,
        question="What is a glimmer?",
        choices=["a small light", "a loud noise", "a bee"],
        answer="a small light",
        explanation="A glimmer is a very small light.",
    )
    Checkpoint.objects.create(
        book=book,
        slug="patient",
        kind=Checkpoint.Kind.COMPREHENSION,
        at_word=AT_PATIENT,
        question="Whose lamp was it, and why does it shine?",
        accept=[["grandfather", "grandpa"], ["patient", "rubbed"]],
        explanation="It was her grandfather's, and Mina was patient.",
    )
    Checkpoint.objects.create(
        book=book,
        slug="guess",
        kind=Checkpoint.Kind.PREDICTION,
        at_word=AT_GUESS,
        required=False,
        question="What will they do with it?",
        explanation="They put it in the window.",
    )


def start(student: Student, book: Book, at: int = 0) -> Session:
    """A session that is just begun."""
    return lifecycle.start(student=student, book=book, start_word_index=at)


def sign_in(user: User) -> SignIn:
    """A live way in (a token's)."""
    found = sign_in_of_token(token(user))
    assert found is not None
    return found


def token(user: User) -> str:
    """A bearer token."""
    return issue_token(user).text


def ticket(user: User, opens: str) -> str:
    """A ticket for the socket path ``opens``."""
    return issue_ticket(sign_in(user), opens).text
