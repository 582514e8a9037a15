from __future__ import annotations

from django.contrib import admin, messages
from django.db.models import QuerySet
from django.http import HttpRequest

from ..login.badges import revoke_badges
from ..login.sign_ins import end_open_sign_ins
from ..login.throttling import end_locks
from ..models import Badge, SignIn, Throttle
from .mixins import ReadOnlyAdmin


@admin.register(Badge)
class BadgeAdmin(ReadOnlyAdmin, admin.ModelAdmin):
    list_display = ("student", "child", "created_at", "revoked_at")
    list_filter = (("revoked_at", admin.EmptyFieldListFilter),)
    list_select_related = ("student",)
    search_fields = ("student__slug", "student__display_name")
    fields = ("student", "created_at", "revoked_at")
    actions = ("revoke",)

    @admin.display(description="name")
    def child(self, badge: Badge) -> str:
        return badge.student.display_name

    @admin.action(description="Revoke these badges", permissions=["view"])
    def revoke(self, request: HttpRequest, badges: QuerySet[Badge]) -> None:
        if self.may_act(request):
            count = revoke_badges(badges)
            self.message_user(request, f"{count} badges open nothing any more.", messages.SUCCESS)


@admin.register(SignIn)
class SignInAdmin(ReadOnlyAdmin, admin.ModelAdmin):
    list_display = ("user", "kind", "created_at", "expires_at", "ended_at")
    list_filter = ("kind", ("ended_at", admin.EmptyFieldListFilter))
    list_select_related = ("user",)
    search_fields = ("user__username",)
    fields = ("user", "kind", "created_at", "expires_at", "ended_at")
    ordering = ("-created_at",)
    actions = ("end",)

    @admin.action(description="End these sign-ins", permissions=["view"])
    def end(self, request: HttpRequest, sign_ins: QuerySet[SignIn]) -> None:
        if self.may_act(request):
            count = end_open_sign_ins(sign_ins)
            self.message_user(request, f"{count} sign-ins are ended.", messages.SUCCESS)


@admin.register(Throttle)
class ThrottleAdmin(ReadOnlyAdmin, admin.ModelAdmin):
    """Keys are hashes, so that this list is nobody's list of names."""

    list_display = ("__str__", "failures", "window_started_at", "locked_until")
    list_filter = (("locked_until", admin.EmptyFieldListFilter),)
    ordering = ("-window_started_at",)
    actions = ("forgive",)

    @admin.action(description="End these locks", permissions=["view"])
    def forgive(self, request: HttpRequest, throttles: QuerySet[Throttle]) -> None:
        if self.may_act(request):
            end_locks(throttles)
            self.message_user(request, "They may try again.", messages.SUCCESS)
