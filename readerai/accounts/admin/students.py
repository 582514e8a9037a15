from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import admin
from django.http import HttpRequest

from ..login.pictures import FACES
from ..models import Role, Student, User
from ..secrets import new_student_slug
from .enrolments import EnrolmentsInline, NewEnrolmentsInline
from .mixins import NoDeleteAdmin


class ClassesInline(EnrolmentsInline):
    fields = ("classroom", "started_on", "ended_on")
    readonly_fields = ("classroom", "started_on")
    verbose_name_plural = "classes (an end date takes the child out of one)"


class NewClassesInline(NewEnrolmentsInline):
    fields = ("classroom",)
    autocomplete_fields = ("classroom",)
    verbose_name_plural = "classes to add"


class StudentForm(forms.ModelForm):
    face = forms.ChoiceField(
        label="Picture beside the name",
        required=False,
        choices=[("", "The one that goes with the account"), *((name, name) for name in FACES)],
    )


@admin.register(Student)
class StudentAdmin(NoDeleteAdmin, admin.ModelAdmin):
    form = StudentForm
    list_display = ("display_name", "slug", "school", "reading_level", "may_sign_in")
    list_filter = ("user__is_active", "reading_level", "user__school")
    list_select_related = ("user__school",)
    search_fields = ("display_name", "slug", "user__username")
    autocomplete_fields = ("user",)
    fields = (
        "user",
        "display_name",
        "slug",
        "reading_level",
        "face",
        "model_allowed",
        "preferences",
    )
    inlines = (ClassesInline, NewClassesInline)

    @admin.display(description="school", ordering="user__school")
    def school(self, student: Student) -> str:
        return str(student.user.school or "")

    @admin.display(description="may sign in", boolean=True, ordering="user__is_active")
    def may_sign_in(self, student: Student) -> bool:
        return student.user.is_active

    def get_changeform_initial_data(self, request: HttpRequest) -> dict[str, Any]:
        return {"slug": new_student_slug()} | super().get_changeform_initial_data(request)

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> Any:
        # An account's reading is that child's for good; how it looks, the child chooses.
        return ("user", "slug", "preferences") if obj else ("preferences",)

    def formfield_for_foreignkey(self, db_field: Any, request: HttpRequest, **kwargs: Any) -> Any:
        if db_field.name == "user":
            kwargs["queryset"] = User.objects.filter(role=Role.STUDENT)
        return super().formfield_for_foreignkey(db_field, request, **kwargs)
