from __future__ import annotations

from typing import TYPE_CHECKING, cast

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest

from readerai.accounts.models import Student, User

from ..models import Event, Look
from .read_only import ReadOnly

if TYPE_CHECKING:
    EventAdmins = admin.ModelAdmin[Event]
    LookAdmins = admin.ModelAdmin[Look]
else:
    EventAdmins = LookAdmins = admin.ModelAdmin


@admin.register(Event)
class EventAdmin(ReadOnly, EventAdmins):
    """Kinds and times. What an entry says beside them is sealed."""

    list_display = ("session", "seq", "kind", "at", "actor")
    list_filter = ("kind",)
    list_select_related = ("session",)
    search_fields = ("session__id",)
    search_help_text = "A session's id."
    ordering = ("-pk",)
    fields = ("session", "seq", "kind", "at", "actor", "client_id")

    def get_queryset(self, request: HttpRequest) -> QuerySet[Event]:
        students = Student.objects.visible_to(cast(User, request.user))
        return super().get_queryset(request).filter(session__student__in=students)

    def lookup_allowed(self, lookup: str, value: str, request: HttpRequest | None = None) -> bool:
        return lookup == "session" or super().lookup_allowed(lookup, value, request)  # type: ignore[arg-type]


@admin.register(Look)
class LookAdmin(ReadOnly, LookAdmins):
    """Who saw what, and why. Its own pages show nothing that is sealed."""

    list_display = ("school", "seq", "at", "who", "what", "subject", "reason")
    list_filter = ("what", "chain__school")
    list_select_related = ("chain__school",)
    search_fields = ("subject", "actor", "reason")
    search_help_text = "A session, a student, an account's number, or words of the reason."
    ordering = ("-pk",)
    fields = ("chain", "seq", "at", "actor", "what", "subject", "reason", "key_id")

    @admin.display(description="school", ordering="chain")
    def school(self, look: Look) -> str:
        return str(look.chain.school)

    @admin.display(description="account", ordering="actor")
    def who(self, look: Look) -> str:
        return look.actor
