"""The REST calls about classes: only for their teachers, and only to see."""

from __future__ import annotations

from typing import cast

from drf_spectacular.utils import OpenApiResponse, extend_schema
from rest_framework.exceptions import PermissionDenied
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from readerai.accounts.models import Classroom, User
from readerai.api.paging import PAGING, Page, page_of
from readerai.api.structs import Body
from sessions_app.domain.overviews import overviews
from sessions_app.protocol.summary import SessionSummary

from .access import log_class_access
from .classes import class_of, classes_of, enrolled_children, sessions_of
from .concerns.marking import mark_concerns

_NONE_FOR_YOU = OpenApiResponse(description="No such class of yours.")
_TEACHERS_ONLY = OpenApiResponse(description="Only teachers have classes.")


def _teacher(request: Request) -> User:
    user = cast(User, request.user)
    if not user.is_teacher:
        raise PermissionDenied
    return user


class ClassStudentBody(Body, frozen=True):
    student_id: str
    display_name: str
    reading_level: int


class ClassBody(Body, frozen=True):
    """A class and its children of today."""

    class_id: str
    name: str
    students: list[ClassStudentBody]


def class_body(classroom: Classroom) -> ClassBody:
    """A class (from ``classes_of``) as it crosses the wire."""
    students = [
        ClassStudentBody(child.slug, child.display_name, child.reading_level)
        for child in enrolled_children(classroom)
    ]
    return ClassBody(classroom.slug, classroom.name, students)


class ClassPage(Page):
    ordering = ("name", "slug")


class ClassSessionPage(Page):
    ordering = ("-started_at", "id")


class ReadOnlyView(APIView):
    """A view that answers no method that could change anything."""

    http_method_names = ["get", "head"]


class ClassesView(ReadOnlyView):
    @extend_schema(
        operation_id="list_classes",
        parameters=PAGING,
        responses={200: page_of(ClassBody), 403: _TEACHERS_ONLY},
    )
    def get(self, request: Request) -> Response:
        """Your classes, by name."""
        page = ClassPage()
        rows = page.paginate_queryset(classes_of(_teacher(request)), request, self) or []
        return page.get_paginated_response([class_body(classroom) for classroom in rows])


class ClassView(ReadOnlyView):
    @extend_schema(
        operation_id="get_class",
        responses={200: ClassBody, 403: _TEACHERS_ONLY, 404: _NONE_FOR_YOU},
    )
    def get(self, request: Request, class_id: str) -> Response:
        """One class of yours and its children."""
        return Response(class_body(class_of(_teacher(request), class_id)))


class ClassSessionsView(ReadOnlyView):
    @extend_schema(
        operation_id="list_class_sessions",
        parameters=PAGING,
        responses={200: page_of(SessionSummary), 403: _TEACHERS_ONLY, 404: _NONE_FOR_YOU},
    )
    def get(self, request: Request, class_id: str) -> Response:
        """The sessions of a class's children, the newest first."""
        user = _teacher(request)
        classroom = class_of(user, class_id)
        log_class_access(user, classroom)
        page = ClassSessionPage()
        sessions = sessions_of(child.pk for child in enrolled_children(classroom))
        rows = page.paginate_queryset(sessions, request, self) or []
        marked = mark_concerns(overviews(rows))
        return page.get_paginated_response([overview.summary for overview in marked])
