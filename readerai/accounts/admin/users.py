from __future__ import annotations

from typing import Any

from django.contrib import admin, messages
from django.contrib.auth.admin import UserAdmin as DjangoUserAdmin
from django.contrib.auth.forms import AdminUserCreationForm
from django.contrib.auth.forms import UserChangeForm as DjangoUserChangeForm
from django.db.models import QuerySet
from django.http import HttpRequest

from ..login.new_passwords import link_for
from ..login.sign_ins import end_sign_ins
from ..models import Role, Student, User
from ..users import disable_users, enable_users
from .mixins import NoDeleteAdmin


class UserForm(DjangoUserChangeForm):
    """Keeps role and rights in step, in words, before the database would refuse."""

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        role = cleaned.get("role", self.instance.role)
        if cleaned.get("is_superuser") and role != Role.STAFF:
            self.add_error("is_superuser", "Only staff can have every right.")
        has_reading = Student.objects.filter(user=self.instance).exists()
        if role != Role.STUDENT and has_reading:
            self.add_error("role", "This is a child’s account. Make another for a grown-up.")
        if role != Role.TEACHER and self.instance.classrooms.exists():
            self.add_error("role", "This account teaches classes. Take it off them first.")
        return cleaned


class NewUserForm(AdminUserCreationForm):
    class Meta(AdminUserCreationForm.Meta):
        model = User
        fields = ("username", "role", "school")


def _has_more_rights(one: User, than: Any) -> bool:
    """Whoever could change such an account could set its password, and have its rights."""
    if than.is_superuser:
        return False
    return one.is_superuser or (
        one.is_staff_role and not one.get_all_permissions() <= than.get_all_permissions()
    )


@admin.register(User)
class UserAdmin(NoDeleteAdmin, DjangoUserAdmin):
    form = UserForm
    add_form = NewUserForm
    list_display = ("username", "role", "school", "first_name", "last_name", "is_active")
    list_filter = ("role", "is_active", "school")
    list_select_related = ("school",)
    search_fields = ("username", "first_name", "last_name", "email", "source_id")
    autocomplete_fields = ("school",)
    actions = ("disable", "enable", "sign_out", "make_link")
    readonly_fields = ("last_login", "date_joined")
    fieldsets = (
        (None, {"fields": ("username", "password", "role", "school", "source_id")}),
        ("Who this is", {"fields": ("first_name", "last_name", "email")}),
        ("Rights", {"fields": ("is_active", "is_superuser", "groups", "user_permissions")}),
        ("When", {"fields": ("last_login", "date_joined")}),
    )
    add_fieldsets = (
        (None, {"fields": ("username", "role", "school")}),
        ("Password", {"fields": ("usable_password", "password1", "password2")}),
    )

    def get_readonly_fields(self, request: HttpRequest, obj: User | None = None) -> Any:
        fixed = tuple(super().get_readonly_fields(request, obj))
        if getattr(request.user, "is_superuser", False):
            return fixed
        # Nobody gives themself, or anybody else, rights that they do not have.
        return (*fixed, "is_superuser", "groups", "user_permissions")

    def has_change_permission(self, request: HttpRequest, obj: User | None = None) -> bool:
        if obj is not None and _has_more_rights(obj, request.user):
            return False
        return super().has_change_permission(request, obj)

    def save_model(self, request: HttpRequest, obj: User, form: Any, change: bool) -> None:
        obj.is_staff = obj.role == Role.STAFF
        super().save_model(request, obj, form, change)
        if change and ("role" in form.changed_data or not obj.is_active):
            end_sign_ins([obj])

    def _within_reach(self, request: HttpRequest, users: QuerySet[User]) -> QuerySet[User]:
        staff = users.filter(role=Role.STAFF)
        beyond = [user.pk for user in staff if _has_more_rights(user, request.user)]
        return users.exclude(pk__in=beyond)

    @admin.action(description="Disable these accounts and sign them out", permissions=["change"])
    def disable(self, request: HttpRequest, users: QuerySet[User]) -> None:
        others = users.exclude(username=request.user.get_username())
        count = disable_users(self._within_reach(request, others))
        self.message_user(request, f"{count} accounts are disabled.", messages.SUCCESS)

    @admin.action(description="Enable these accounts", permissions=["change"])
    def enable(self, request: HttpRequest, users: QuerySet[User]) -> None:
        count = enable_users(self._within_reach(request, users))
        self.message_user(request, f"{count} accounts are enabled.", messages.SUCCESS)

    @admin.action(description="Sign these people out everywhere", permissions=["change"])
    def sign_out(self, request: HttpRequest, users: QuerySet[User]) -> None:
        end_sign_ins(self._within_reach(request, users))
        self.message_user(request, "They are signed out everywhere.", messages.SUCCESS)

    @admin.action(description="Make a link for a new password (grown-ups)", permissions=["change"])
    def make_link(self, request: HttpRequest, users: QuerySet[User]) -> None:
        """Shown this once, and noted: who has the link is that person until they use it."""
        grown_ups = self._within_reach(request, users).exclude(role=Role.STUDENT)
        for user in grown_ups.filter(is_active=True):
            self.log_change(request, user, "A link for a new password.")
            self.message_user(request, f"{user.username}: {link_for(user)} (works once, for a day)")
