from __future__ import annotations

from typing import TYPE_CHECKING, Any, cast

from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.db.models import Q, QuerySet
from django.db.models.functions import Now
from django.http import Http404, HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString

from readerai.accounts.models import User

from ..models import AccessLogEntry, CheckpointAttempt, Interruption, Session, SessionKey
from ..records.session_access import log_session_access
from .read_only import ReadOnly
from .words import ReasonForm, words_of

if TYPE_CHECKING:
    SessionAdmins = admin.ModelAdmin[Session]
    InterruptionRows = admin.TabularInline[Interruption, Session]
    AttemptRows = admin.TabularInline[CheckpointAttempt, Session]
    KeyRows = admin.TabularInline[SessionKey, Session]
else:
    SessionAdmins = admin.ModelAdmin
    InterruptionRows = AttemptRows = KeyRows = admin.TabularInline


class InterruptionInline(ReadOnly, InterruptionRows):
    model = Interruption
    verbose_name_plural = "questions that were asked"
    fields = (
        "number", "status", "asked_at", "ended_at", "concern", "attempt", "input_tokens",
        "cache_write_tokens", "cache_read_tokens", "output_tokens", "microdollars",
    )  # fmt: skip

    def get_queryset(self, request: HttpRequest) -> QuerySet[Interruption]:
        sealed = ("sealed_question", "sealed_answer", "sealed_partial")
        return super().get_queryset(request).defer(*sealed)


class AttemptInline(ReadOnly, AttemptRows):
    model = CheckpointAttempt
    verbose_name_plural = "answers to checkpoints"
    fields = ("checkpoint", "number", "at")

    def get_queryset(self, request: HttpRequest) -> QuerySet[CheckpointAttempt]:
        return super().get_queryset(request).select_related("checkpoint").defer("sealed")


class KeyInline(ReadOnly, KeyRows):
    model = SessionKey
    verbose_name_plural = "key"
    fields = ("master_key_id", "erased_at")

    def get_queryset(self, request: HttpRequest) -> QuerySet[SessionKey]:
        return super().get_queryset(request).defer("wrapped")


class OnlineFilter(admin.SimpleListFilter):
    title = "online"
    parameter_name = "online"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        return [("1", "Now"), ("0", "Not now")]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Any]) -> QuerySet[Any] | None:
        online = Q(presence__expires_at__gt=Now())
        if self.value() == "1":
            return queryset.filter(online)
        return queryset.exclude(online) if self.value() == "0" else queryset


@admin.register(Session)
class SessionAdmin(ReadOnly, SessionAdmins):
    list_display = ("id", "student", "book", "status", "started_at", "last_active_at")
    list_filter = ("status", OnlineFilter, "student__user__school")
    list_select_related = ("student", "book")
    search_fields = ("id", "student__slug", "student__display_name", "book__title")
    search_help_text = "Session, student or book."
    inlines = (KeyInline, InterruptionInline, AttemptInline)
    fieldsets = (
        (None, {"fields": ("id", "student", "book", "status")}),
        ("When", {"fields": ("started_at", "last_active_at", "completed_at", "hand_raised_at")}),
        ("Inside", {"fields": ("owner", "version", "log_length", "log")}),
        ("What the child said and did", {"fields": ("words",)}),
    )
    readonly_fields = ("log", "words")

    def get_queryset(self, request: HttpRequest) -> QuerySet[Session]:
        return super().get_queryset(request).visible_to(cast(User, request.user))  # type: ignore[attr-defined, no-any-return]

    def lookup_allowed(self, lookup: str, value: str, request: HttpRequest | None = None) -> bool:
        return lookup == "student" or super().lookup_allowed(lookup, value, request)  # type: ignore[arg-type]

    @admin.display(description="log")
    def log(self, session: Session) -> SafeString:
        address = reverse("admin:sessions_app_event_changelist")
        return format_html('<a href="{}?session={}">Its entries</a>', address, session.pk)

    @admin.display(description="sealed")
    def words(self, session: Session) -> SafeString:
        address = reverse("admin:sessions_app_session_words", args=[session.pk])
        return format_html('<a href="{}">Read it, after saying why</a>', address)

    def get_urls(self) -> list[URLPattern]:
        words = self.admin_site.admin_view(self.words_view)
        own = path("<path:object_id>/words/", words, name="sessions_app_session_words")
        return [own, *super().get_urls()]

    def change_view(
        self,
        request: HttpRequest,
        object_id: str,
        form_url: str = "",
        extra_context: dict[str, Any] | None = None,
    ) -> HttpResponse:
        """One session's clear columns. It is logged as a look at the session."""
        session = self._session(request, object_id)
        log_session_access(cast(User, request.user), session, AccessLogEntry.What.SESSION)
        return super().change_view(request, object_id, form_url, extra_context)

    def words_view(self, request: HttpRequest, object_id: str) -> HttpResponse:
        """The form that asks why; sent with a reason, the words themselves, this once."""
        session = self._session(request, object_id)
        form = ReasonForm(request.POST or None)
        context = self.admin_site.each_context(request) | {
            "title": "A child’s words",
            "opts": self.opts,
            "session": session,
            "form": form,
            "loggable": session.student.user.school_id is not None,
            "shown": False,
        }
        if request.method == "POST" and context["loggable"] and form.is_valid():
            user, reason = cast(User, request.user), form.cleaned_data["reason"]
            log_session_access(user, session, AccessLogEntry.What.WORDS, reason)
            context |= {"shown": True, "words": words_of(session)}
        return TemplateResponse(request, "admin/sessions_app/session/words.html", context)

    def _session(self, request: HttpRequest, object_id: str) -> Session:
        if not self.has_view_permission(request):
            raise PermissionDenied
        rows = self.get_queryset(request).select_related("key", "book", "student__user__school")
        session = rows.filter(pk=object_id).first()
        if session is None:
            raise Http404
        return session
