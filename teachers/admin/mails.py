"""Mail about concerns: what went to whom and when, and what does not go. Shown, never changed."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest

from sessions_app.admin.read_only import ReadOnly

from ..models import ConcernMail

if TYPE_CHECKING:
    MailAdmins = admin.ModelAdmin[ConcernMail]
else:
    MailAdmins = admin.ModelAdmin


class WentFilter(admin.SimpleListFilter):
    title = "whether it went"
    parameter_name = "went"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        return [("yes", "Went"), ("no", "Waits"), ("failing", "Fails")]

    def queryset(self, request: HttpRequest, queryset: QuerySet[ConcernMail]) -> Any:
        chosen = {
            "yes": queryset.filter(sent_at__isnull=False),
            "no": queryset.filter(sent_at=None),
            "failing": queryset.filter(sent_at=None).exclude(failure=""),
        }
        return chosen.get(self.value() or "", queryset)


@admin.register(ConcernMail)
class ConcernMailAdmin(ReadOnly, MailAdmins):
    list_display = ("due_at", "school", "user", "telling", "tries", "sent_at", "failure")
    list_filter = (WentFilter, "user__school")
    list_select_related = ("user__school",)
    ordering = ("-pk",)
    fields = ("user", "telling", "due_at", "tries", "try_at", "sent_at", "failure")

    @admin.display(description="school", ordering="user__school")
    def school(self, mail: ConcernMail) -> str:
        return str(mail.user.school or "")
