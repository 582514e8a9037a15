"""The channel layer's groups, and who may hear what is said in them.

Each session's socket or stream is in one group, ``session.<id>``; each class's feed in one,
``class.<id>``. Messages carry ids and numbers and mean "look in the database": the layer loses
messages and is allowed to.
"""

from __future__ import annotations

from readerai.accounts.models import Classroom, User

from ..models import Session


def session_group(session_id: str) -> str:
    return f"session.{session_id}"


def class_group(class_pk: int) -> str:
    return f"class.{class_pk}"


def may_hear_session(user: User, session_id: str) -> bool:
    """Only the session's own student."""
    return user.is_student and Session.objects.visible_to(user).filter(pk=session_id).exists()


def may_hear_class(user: User, class_pk: int) -> bool:
    """Only the teachers of the class."""
    return user.is_teacher and Classroom.objects.visible_to(user).filter(pk=class_pk).exists()
