"""Rows of who is in which class, told apart before the database would refuse them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import forms

from ..login.sign_ins import end_sign_ins
from ..models import Enrolment, User

if TYPE_CHECKING:
    EnrolmentForms = forms.ModelForm[Enrolment]
    Formsets = forms.BaseInlineFormSet[Enrolment, Any, Any]
else:
    EnrolmentForms, Formsets = forms.ModelForm, forms.BaseInlineFormSet

_TWICE = "This child is in this class already."


class EnrolmentForm(EnrolmentForms):
    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        student, classroom = place_of(self)
        if student is None or classroom is None or cleaned.get("ended_on"):
            return cleaned
        others = Enrolment.objects.exclude(pk=self.instance.pk)
        if others.filter(student=student, classroom=classroom, ended_on=None).exists():
            raise forms.ValidationError(_TWICE)
        return cleaned


class EnrolmentFormset(Formsets):
    def clean(self) -> None:
        super().clean()
        seen: set[tuple[int, int]] = set()
        for form in self.forms:
            student, classroom = place_of(form)
            if student is None or classroom is None or form.cleaned_data.get("ended_on"):
                continue
            if (student, classroom) in seen:
                form.add_error(None, _TWICE)
            seen.add((student, classroom))

    def save(self, commit: bool = True) -> Any:
        """Who is taken out of a class is signed out, so that nothing stays open of it."""
        saved = super().save(commit)
        left = [row.student_id for row in saved if row.ended_on is not None]
        end_sign_ins(User.objects.filter(student__in=left))
        return saved


def place_of(form: forms.ModelForm[Enrolment]) -> tuple[int | None, int | None]:
    """The student and the class of a row, one of which the page itself is about."""
    cleaned = getattr(form, "cleaned_data", {})
    student, classroom = cleaned.get("student"), cleaned.get("classroom")
    return (
        student.pk if student else form.instance.student_id,
        classroom.pk if classroom else form.instance.classroom_id,
    )
