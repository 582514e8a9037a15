from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib import admin, messages
from django.db.models import QuerySet
from django.db.models.functions import Now
from django.http import HttpRequest

from ..models import Badge, SignIn, Throttle
from .keeping import OnlyLookedAt

if TYPE_CHECKING:
    BadgeAdmins = admin.ModelAdmin[Badge]
    SignInAdmins = admin.ModelAdmin[SignIn]
    ThrottleAdmins = admin.ModelAdmin[Throttle]
else:
    BadgeAdmins = SignInAdmins = ThrottleAdmins = admin.ModelAdmin


@admin.register(Badge)
class BadgeAdmin(OnlyLookedAt, BadgeAdmins):
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
        if not request.user.has_perm("accounts.change_badge"):
            self.message_user(request, "Your account may only look.", messages.ERROR)
            return
        count = badges.filter(revoked_at=None).update(revoked_at=Now())
        self.message_user(request, f"{count} badges open nothing any more.", messages.SUCCESS)


@admin.register(SignIn)
class SignInAdmin(OnlyLookedAt, SignInAdmins):
    list_display = ("user", "kind", "created_at", "expires_at", "ended_at")
    list_filter = ("kind", ("ended_at", admin.EmptyFieldListFilter))
    list_select_related = ("user",)
    search_fields = ("user__username",)
    fields = ("user", "kind", "created_at", "expires_at", "ended_at")
    ordering = ("-created_at",)
    actions = ("end",)

    @admin.action(description="End these sign-ins", permissions=["view"])
    def end(self, request: HttpRequest, sign_ins: QuerySet[SignIn]) -> None:
        if not request.user.has_perm("accounts.change_signin"):
            self.message_user(request, "Your account may only look.", messages.ERROR)
            return
        count = sign_ins.filter(ended_at=None).update(ended_at=Now())
        self.message_user(request, f"{count} sign-ins are ended.", messages.SUCCESS)


@admin.register(Throttle)
class ThrottleAdmin(OnlyLookedAt, ThrottleAdmins):
    """Keys are hashes, so that this list is nobody's list of names."""

    list_display = ("__str__", "failures", "window_started_at", "locked_until")
    list_filter = (("locked_until", admin.EmptyFieldListFilter),)
    ordering = ("-window_started_at",)
    actions = ("forgive",)

    @admin.action(description="Open these locks", permissions=["view"])
    def forgive(self, request: HttpRequest, rows: QuerySet[Throttle]) -> None:
        if not request.user.has_perm("accounts.change_throttle"):
            self.message_user(request, "Your account may only look.", messages.ERROR)
            return
        rows.delete()
        self.message_user(request, "They may try again.", messages.SUCCESS)
