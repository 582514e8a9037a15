"""Who is in which class, as rows of a child's page and of a class's."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest

from ..login.sign_ins import end_sign_ins
from ..models import Enrolment, User
from .mixins import NoDeleteAdmin

_TWICE = "This child is in this class already."


class EnrolmentForm(forms.ModelForm):
    """Says in words what the database would refuse."""

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        pair = _student_and_class(self)
        if pair is None or cleaned.get("ended_on"):
            return cleaned
        others = Enrolment.objects.exclude(pk=self.instance.pk).filter(ended_on=None)
        if others.filter(student=pair[0], classroom=pair[1]).exists():
            raise forms.ValidationError(_TWICE)
        return cleaned


class EnrolmentFormset(forms.BaseInlineFormSet):
    def clean(self) -> None:
        super().clean()
        seen: set[tuple[int, int]] = set()
        for form in self.forms:
            pair = _student_and_class(form)
            if pair is None or form.cleaned_data.get("ended_on"):
                continue
            if pair in seen:
                form.add_error(None, _TWICE)
            seen.add(pair)

    def save(self, commit: bool = True) -> Any:
        """Sign out who is taken out of a class, so that nothing of it stays open."""
        saved = super().save(commit)
        left = [enrolment.student_id for enrolment in saved if enrolment.ended_on is not None]
        end_sign_ins(User.objects.filter(student__in=left))
        return saved


def _student_and_class(form: Any) -> tuple[int, int] | None:
    """The keys of a row's two ends, one of which the page itself is about; None without both."""
    cleaned = getattr(form, "cleaned_data", {})
    student, classroom = cleaned.get("student"), cleaned.get("classroom")
    student_pk = student.pk if student else form.instance.student_id
    class_pk = classroom.pk if classroom else form.instance.classroom_id
    return None if student_pk is None or class_pk is None else (student_pk, class_pk)


class EnrolmentsInline(NoDeleteAdmin, admin.TabularInline):
    """Names as text: a picker in each row would ask the database once for each."""

    model = Enrolment
    form = EnrolmentForm
    formset = EnrolmentFormset
    extra = 0

    def has_add_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def get_queryset(self, request: HttpRequest) -> QuerySet[Enrolment]:
        return super().get_queryset(request).select_related("student", "classroom")


class NewEnrolmentsInline(NoDeleteAdmin, admin.TabularInline):
    model = Enrolment
    form = EnrolmentForm
    formset = EnrolmentFormset
    extra = 1

    def get_queryset(self, request: HttpRequest) -> QuerySet[Enrolment]:
        return super().get_queryset(request).none()
