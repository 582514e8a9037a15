from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import forms
from django.contrib import admin, messages
from django.contrib.auth.admin import UserAdmin as DjangoUserAdmin
from django.contrib.auth.forms import AdminPasswordChangeForm, AdminUserCreationForm
from django.contrib.auth.forms import UserChangeForm as DjangoUserChangeForm
from django.db.models import QuerySet
from django.http import HttpRequest

from ..login.pictures import FACES
from ..login.sign_ins import end_sign_ins
from ..models import Enrolment, Role, Student, User
from ..secrets import new_student_slug
from .enrolments import EnrolmentForm, EnrolmentFormset
from .keeping import Kept

if TYPE_CHECKING:
    PasswordForms = AdminPasswordChangeForm[User]
    UserForms = DjangoUserChangeForm[User]
    NewUserForms = AdminUserCreationForm[User]
    StudentForms = forms.ModelForm[Student]
    UserAdmins = DjangoUserAdmin[User]
    StudentAdmins = admin.ModelAdmin[Student]
    EnrolmentRows = admin.TabularInline[Enrolment, Student]
else:
    PasswordForms, StudentForms = AdminPasswordChangeForm, forms.ModelForm
    UserForms, NewUserForms = DjangoUserChangeForm, AdminUserCreationForm
    UserAdmins, StudentAdmins = DjangoUserAdmin, admin.ModelAdmin
    EnrolmentRows = admin.TabularInline


class UserForm(UserForms):
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


class NewUserForm(NewUserForms):
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


class EndingPasswordForm(PasswordForms):
    """A new password ends what the old one opened."""

    def save(self, commit: bool = True) -> Any:
        user = super().save(commit)
        end_sign_ins([user])
        return user


@admin.register(User)
class UserAdmin(Kept, UserAdmins):
    form = UserForm
    add_form = NewUserForm
    change_password_form = EndingPasswordForm
    list_display = ("username", "role", "school", "first_name", "last_name", "is_active")
    list_filter = ("role", "is_active", "school")
    list_select_related = ("school",)
    search_fields = ("username", "first_name", "last_name", "email", "source_id")
    autocomplete_fields = ("school",)
    actions = ("disable", "enable", "sign_out")
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
        chosen = list(
            self._within_reach(request, users).exclude(username=request.user.get_username())
        )
        User.objects.filter(pk__in=[user.pk for user in chosen]).update(is_active=False)
        end_sign_ins(chosen)
        self.message_user(request, f"{len(chosen)} accounts are disabled.", messages.SUCCESS)

    @admin.action(description="Enable these accounts", permissions=["change"])
    def enable(self, request: HttpRequest, users: QuerySet[User]) -> None:
        count = self._within_reach(request, users).update(is_active=True, left_roster_on=None)
        self.message_user(request, f"{count} accounts are enabled.", messages.SUCCESS)

    @admin.action(description="Sign these people out everywhere", permissions=["change"])
    def sign_out(self, request: HttpRequest, users: QuerySet[User]) -> None:
        end_sign_ins(self._within_reach(request, users))
        self.message_user(request, "They are signed out everywhere.", messages.SUCCESS)


class ClassesInline(Kept, EnrolmentRows):
    model = Enrolment
    form = EnrolmentForm
    formset = EnrolmentFormset
    extra = 0
    fields = ("classroom", "started_on", "ended_on")
    readonly_fields = ("classroom", "started_on")
    verbose_name_plural = "classes (an end date takes the child out of one)"

    def has_add_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def get_queryset(self, request: HttpRequest) -> QuerySet[Enrolment]:
        return super().get_queryset(request).select_related("classroom")


class NewClassesInline(Kept, EnrolmentRows):
    model = Enrolment
    form = EnrolmentForm
    formset = EnrolmentFormset
    extra = 1
    fields = ("classroom",)
    autocomplete_fields = ("classroom",)
    verbose_name_plural = "classes to add"

    def get_queryset(self, request: HttpRequest) -> QuerySet[Enrolment]:
        return super().get_queryset(request).none()


class StudentForm(StudentForms):
    face = forms.ChoiceField(
        label="Picture beside the name",
        required=False,
        choices=[("", "The one that goes with the account"), *((name, name) for name in FACES)],
    )


@admin.register(Student)
class StudentAdmin(Kept, StudentAdmins):
    form = StudentForm
    list_display = ("display_name", "slug", "school", "reading_level", "may_sign_in")
    list_filter = ("user__is_active", "reading_level", "user__school")
    list_select_related = ("user__school",)
    search_fields = ("display_name", "slug", "user__username")
    autocomplete_fields = ("user",)
    fields = ("user", "display_name", "slug", "reading_level", "face", "preferences")
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
