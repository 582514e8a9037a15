from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models.functions import Now

from readerai.accounts.models import School


class AccessLogChain(models.Model):
    """The head of one school's access log: locked while an entry is appended.

    ``forgotten`` entries were removed when their time had come; ``forgotten_head`` is where
    the chain goes on from.
    """

    school = models.OneToOneField(
        School, on_delete=models.PROTECT, primary_key=True, related_name="access_log_chain"
    )
    length = models.PositiveIntegerField(default=0)
    head = models.BinaryField(max_length=32, default=b"")
    forgotten = models.PositiveIntegerField(default=0)
    forgotten_head = models.BinaryField(max_length=32, default=b"")

    def __str__(self) -> str:
        return f"access log of {self.school_id}"


class AccessLogEntry(models.Model):
    """A grown-up saw something of a child's: who, what, when and, for staff, why; or was told of a
    child in trouble, or dealt with it.

    It lies beside the sessions, in a chain of its own, so that looking writes nothing
    to what is looked at. Ids are kept as text: an entry outlives what it tells of.
    """

    class What(models.TextChoices):
        CLASS = "class"
        STUDENT = "student"
        SESSION = "session"
        WORDS = "words"
        EXPORT = "export"
        ERASURE = "erasure"
        DESK = "desk"
        TOLD = "told"
        SEEN = "seen"
        DEALT_WITH = "dealt with"

    chain = models.ForeignKey(AccessLogChain, on_delete=models.PROTECT, related_name="entries")
    seq = models.PositiveIntegerField()
    at = models.DateTimeField(db_default=Now())
    actor = models.CharField(max_length=40, help_text="The account's number, or 'operator'.")
    what = models.CharField(max_length=10, choices=What.choices)
    subject = models.CharField(max_length=120)
    students: models.JSONField[list[int], list[int]] = models.JSONField(default=list)
    reason = models.TextField(blank=True)
    key_id = models.CharField(max_length=40)
    mac = models.BinaryField(max_length=32)

    class Meta:
        ordering: ClassVar[list[str]] = ["chain", "seq"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(name="access_log_seq_once", fields=["chain", "seq"])
        ]
        indexes: ClassVar[list[models.Index]] = [
            models.Index(name="access_log_subject", fields=["what", "subject"])
        ]

    def __str__(self) -> str:
        return f"{self.what} {self.seq}"


class AccessLogStudent(models.Model):
    """One child that an entry is about, so that a child's entries are found among everybody's.

    ``student`` is a number, as in ``AccessLogEntry.students``, which it repeats.
    """

    entry = models.ForeignKey(AccessLogEntry, on_delete=models.CASCADE, related_name="student_rows")
    student = models.PositiveBigIntegerField()

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(name="access_log_student_once", fields=["student", "entry"])
        ]

    def __str__(self) -> str:
        return f"entry {self.entry_id}"
