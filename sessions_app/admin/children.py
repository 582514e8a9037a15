"""A child's rights, for staff: everything that is held given out, and everything erased."""

from __future__ import annotations

import logging
import tempfile
from pathlib import Path
from typing import Any, cast

from django import forms
from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.db import DatabaseError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import URLPattern, path

from readerai.accounts.admin.students import StudentAdmin
from readerai.accounts.models import Student, User
from readerai.logs import named

from ..records.erasure import erase_student
from ..records.export import export_student
from .words import ReasonForm

log = logging.getLogger(__name__)

_MAY_EXPORT = "sessions_app.view_session"
_MAY_ERASE = "accounts.delete_student"


class NameForm(forms.Form):
    """The child's public id, typed by whoever means it."""

    typed = forms.CharField(label="Type the student’s id to go on", max_length=80)

    def __init__(self, data: Any, student: Student) -> None:
        super().__init__(data)
        self._slug = student.slug

    def clean_typed(self) -> str:
        typed: str = self.cleaned_data["typed"].strip()
        if typed != self._slug:
            raise forms.ValidationError("That is not this student’s id. Nothing was erased.")
        return typed


class ChildAdmin(StudentAdmin):
    """The accounts' page of a student, and beside it what a child has a right to."""

    def get_urls(self) -> list[URLPattern]:
        view = self.admin_site.admin_view
        return [
            path(
                "<path:object_id>/export/",
                view(self.export_view),
                name="accounts_student_export",
            ),
            path("<path:object_id>/erase/", view(self.erase_view), name="accounts_student_erase"),
            *super().get_urls(),
        ]

    def change_view(
        self,
        request: HttpRequest,
        object_id: str,
        form_url: str = "",
        extra_context: dict[str, Any] | None = None,
    ) -> HttpResponse:
        rights = {
            "may_export": request.user.has_perm(_MAY_EXPORT),
            "may_erase": request.user.has_perm(_MAY_ERASE),
        }
        return super().change_view(request, object_id, form_url, rights | (extra_context or {}))

    def export_view(self, request: HttpRequest, object_id: str) -> HttpResponse:
        """Everything held on a child, as ``export_student`` writes it, after saying why."""
        student = self._child(request, object_id, _MAY_EXPORT)
        form = ReasonForm(request.POST or None)
        if request.method == "POST" and form.is_valid() and student.user.school is not None:
            return self._archive(request, student, form.cleaned_data["reason"])
        return self._page(request, "export", student, form)

    def _archive(self, request: HttpRequest, student: Student, reason: str) -> HttpResponse:
        with tempfile.TemporaryDirectory(prefix="readerai-export-") as folder:
            file = Path(folder) / "export.zip"
            export_student(student, file, actor=cast(User, request.user), reason=reason)
            content = file.read_bytes()
        response = HttpResponse(content, content_type="application/zip")
        response["Content-Disposition"] = f'attachment; filename="{student.slug}.zip"'
        return response

    def erase_view(self, request: HttpRequest, object_id: str) -> HttpResponse:
        """What ``erase_student`` does, after the child's id was typed."""
        student = self._child(request, object_id, _MAY_ERASE)
        form = NameForm(request.POST or None, student)
        if request.method == "POST" and form.is_valid():
            try:
                erased = erase_student(student, actor=cast(User, request.user))
            except DatabaseError as failure:
                log.warning("a child was not erased from the admin (%s)", named(failure))
                form.add_error(
                    None,
                    "This server’s database account may not erase, or the database is busy. "
                    "Ask whoever runs the site to run erase_student.",
                )
            else:
                text = f"Everything held on this child is erased: {erased.sessions} sessions."
                self.message_user(request, text, messages.SUCCESS)
                return redirect("admin:accounts_student_changelist")
        return self._page(request, "erase", student, form)

    def _child(self, request: HttpRequest, object_id: str, right: str) -> Student:
        if not (self.has_view_permission(request) and request.user.has_perm(right)):
            raise PermissionDenied
        rows = Student.objects.visible_to(cast(User, request.user)).select_related("user__school")
        found = rows.filter(pk=object_id).first() if object_id.isdigit() else None
        if found is None:
            raise Http404
        return found

    def _page(
        self, request: HttpRequest, name: str, student: Student, form: forms.Form
    ) -> HttpResponse:
        titles = {"export": "Everything held on a child", "erase": "Erase a child"}
        context = self.admin_site.each_context(request) | {
            "title": titles[name],
            "opts": self.opts,
            "student": student,
            "form": form,
            "loggable": student.user.school is not None,
        }
        return TemplateResponse(request, f"admin/accounts/student/{name}.html", context)


admin.site.unregister(Student)
admin.site.register(Student, ChildAdmin)
