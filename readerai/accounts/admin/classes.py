from __future__ import annotations

from typing import Any

from django.contrib import admin
from django.db.models import Count, Q, QuerySet
from django.http import HttpRequest

from ..login.class_login import new_class_code
from ..models import ClassGroup, Classroom, Enrolment, Role, User
from .enrolments import EnrolmentsInline, NewEnrolmentsInline
from .mixins import NoDeleteAdmin


class ChildrenInline(EnrolmentsInline):
    fields = ("student", "child", "started_on", "ended_on")
    readonly_fields = ("student", "child", "started_on")
    verbose_name_plural = "children (an end date takes a child out)"

    @admin.display(description="name")
    def child(self, enrolment: Enrolment) -> str:
        return enrolment.student.display_name


class NewChildrenInline(NewEnrolmentsInline):
    fields = ("student",)
    autocomplete_fields = ("student",)
    verbose_name_plural = "children to add"


@admin.register(Classroom)
class ClassroomAdmin(NoDeleteAdmin, admin.ModelAdmin):
    list_display = ("name", "school", "code", "school_year", "children", "is_active")
    list_filter = ("is_active", "school_year", "school")
    list_select_related = ("school",)
    search_fields = ("name", "slug", "code", "school__name")
    autocomplete_fields = ("school", "teachers")
    prepopulated_fields = {"slug": ("name",)}
    inlines = (ChildrenInline, NewChildrenInline)
    view_on_site = False
    fieldsets = (
        (None, {"fields": ("name", "slug", "school", "code", "is_active")}),
        ("Who teaches it", {"fields": ("teachers",)}),
        ("Roster", {"fields": ("source_id", "school_year")}),
    )

    def get_changeform_initial_data(self, request: HttpRequest) -> dict[str, Any]:
        return {"code": new_class_code()} | super().get_changeform_initial_data(request)

    def get_queryset(self, request: HttpRequest) -> QuerySet[Classroom]:
        now_here = Count("enrolments", filter=Q(enrolments__ended_on=None))
        classrooms: QuerySet[Classroom] = super().get_queryset(request)
        return classrooms.annotate(children_now=now_here)

    @admin.display(description="children", ordering="children_now")
    def children(self, classroom: Classroom) -> int:
        return int(getattr(classroom, "children_now", 0))

    def formfield_for_manytomany(self, db_field: Any, request: HttpRequest, **kwargs: Any) -> Any:
        if db_field.name == "teachers":
            kwargs["queryset"] = User.objects.filter(role=Role.TEACHER)
        return super().formfield_for_manytomany(db_field, request, **kwargs)


@admin.register(ClassGroup)
class ClassGroupAdmin(admin.ModelAdmin):
    list_display = ("name", "classroom")
    list_select_related = ("classroom",)
    search_fields = ("name", "classroom__name")
    autocomplete_fields = ("classroom", "students")
