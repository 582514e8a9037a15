from __future__ import annotations

from typing import TYPE_CHECKING, Any, cast

from django.contrib import admin
from django.db.models import CharField, OuterRef, QuerySet, Subquery
from django.db.models.functions import Cast
from django.http import HttpRequest
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString

from readerai.accounts.models import Student, User

from ..models import AccessLogEntry, Event
from .read_only import ReadOnly

if TYPE_CHECKING:
    EventAdmins = admin.ModelAdmin[Event]
    AccessLogAdmins = admin.ModelAdmin[AccessLogEntry]
else:
    EventAdmins = AccessLogAdmins = admin.ModelAdmin


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


@admin.register(AccessLogEntry)
class AccessLogAdmin(ReadOnly, AccessLogAdmins):
    """Who saw what, and why. Its own pages show nothing that is sealed."""

    list_display = ("at", "who", "what", "reason", "about", "school")
    list_filter = ("what", "chain__school")
    list_select_related = ("chain__school",)
    search_fields = ("subject", "actor", "reason")
    search_help_text = "A session, a student, an account's number, or words of the reason."
    ordering = ("-pk",)
    fields = ("chain", "seq", "at", "actor", "what", "subject", "reason", "key_id")

    @admin.display(description="school", ordering="chain")
    def school(self, look: AccessLogEntry) -> str:
        return str(look.chain.school)

    def get_queryset(self, request: HttpRequest) -> QuerySet[AccessLogEntry]:
        people = User.objects.annotate(number=Cast("pk", CharField()))
        name = people.filter(number=OuterRef("actor")).values("username")[:1]
        return super().get_queryset(request).annotate(name=Subquery(name))

    @admin.display(description="who", ordering="actor")
    def who(self, look: Any) -> str:
        return str(look.name or look.actor)

    @admin.display(description="at what", ordering="subject")
    def about(self, look: AccessLogEntry) -> SafeString:
        number = look.subject.removeprefix("session-")
        if look.what == AccessLogEntry.What.CLASS or number == look.subject:
            return format_html("{}", look.subject)
        address = reverse("admin:sessions_app_session_change", args=[look.subject])
        return format_html('<a href="{}">session {}…</a>', address, number[:8])
