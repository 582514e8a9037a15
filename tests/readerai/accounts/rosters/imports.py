"""Running an import, and what there is afterwards."""

from __future__ import annotations

import io
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command

from readerai.accounts.models import Classroom, Enrolment, School, Student, User


def run(path: Path, **options: Any) -> str:
    out = io.StringIO()
    call_command("import_roster", str(path), stdout=out, stderr=out, **options)
    return out.getvalue()


def refused(path: Path, **options: Any) -> str:
    out = io.StringIO()
    with pytest.raises(CommandError, match="nothing was changed"):
        call_command("import_roster", str(path), stdout=out, stderr=out, **options)
    return out.getvalue()


def everything() -> list[Any]:
    models: list[Any] = [School, User, Student, Classroom, Enrolment, Classroom.teachers.through]
    return [sorted(map(str, model.objects.values())) for model in models]


def in_class(name: str) -> set[str]:
    now = Enrolment.objects.filter(ended_on=None, classroom__name=name)
    return set(now.values_list("student__display_name", flat=True))
