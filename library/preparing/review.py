"""Approving, editing and dropping drafts: what a grown-up decided of each line."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Final

import msgspec
from django.db import transaction

from readerai.accounts.models import User

from ..models import Book, PreparedLine
from .looking_ahead import LookingAhead

LONGEST_TEXT: Final = 1000


@dataclass(frozen=True, slots=True)
class Verdict:
    line: int
    """The primary key."""
    status: str
    """One of ``PreparedLine.Status``; DRAFT leaves it for later."""
    text: str


@dataclass(frozen=True, slots=True)
class Reviewed:
    saved: int
    refused: dict[int, str]
    """By primary key why a line could not be approved, in a sentence."""


def may_review(user: User) -> bool:
    """Staff and teachers who were given the right to approve what is prepared for a book."""
    grown_up = user.is_teacher or user.is_staff_role
    return grown_up and user.has_perm("library.approve_preparedline")


def lines_of(book: Book, status: str) -> list[PreparedLine]:
    """A book's lines of one status in the order of the book."""
    lines = PreparedLine.objects.filter(book=book, status=status)
    return list(lines.order_by("from_word", "first_word", "pk"))


def review(
    book: Book, verdicts: Iterable[Verdict], *, by: User, now: dt.datetime, ahead: LookingAhead
) -> Reviewed:
    """Save what was decided. What looks past its place, or is empty, is refused and stays."""
    wanted = {verdict.line: verdict for verdict in verdicts}
    refused: dict[int, str] = {}
    changed = []
    with transaction.atomic():
        lines = PreparedLine.objects.filter(book=book, pk__in=wanted).select_for_update()
        for line in lines.order_by("pk"):
            verdict = replace(wanted[line.pk], text=" ".join(wanted[line.pk].text.split()))
            if (verdict.status, verdict.text) == (line.status, line.text):
                continue
            if verdict.status == PreparedLine.Status.APPROVED:
                problem = _problem(line, verdict.text, ahead)
                if problem:
                    refused[line.pk] = problem
                    continue
            if verdict.text:
                line.text = verdict.text[:LONGEST_TEXT]
            line.status = verdict.status
            line.reviewed_by, line.reviewed_at = by, now
            changed.append(line)
        fields = ["text", "status", "reviewed_by", "reviewed_at"]
        PreparedLine.objects.bulk_update(changed, fields)
    return Reviewed(len(changed), refused)


def _problem(line: PreparedLine, text: str, ahead: LookingAhead) -> str:
    if not text:
        return "It says nothing. Drop it instead."
    if len(text) > LONGEST_TEXT:
        return f"It is longer than {LONGEST_TEXT} letters."
    found = ahead.problems(msgspec.structs.replace(line.entry, text=text))
    return f"It {found[0]}: a child would read that only later." if found else ""
