"""The REST calls about classes: for looking, and only for the teachers of the class."""

from __future__ import annotations

from typing import Any, cast

import msgspec
from drf_spectacular.utils import OpenApiResponse, extend_schema
from rest_framework.exceptions import PermissionDenied
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from readerai.accounts.models import Classroom, User
from readerai.api.paging import PAGING, Page, page_of
from sessions_app.domain.overviews import summaries
from sessions_app.student.serializers import SummarySerializer

from .access import log_class_access
from .classes import children, class_of, classes_of, sessions_of
from .serializers import ClassSerializer

_NONE_FOR_YOU = OpenApiResponse(description="No such class of yours.")
_TEACHERS_ONLY = OpenApiResponse(description="Only teachers have classes.")


def _teacher(request: Request) -> User:
    user = cast(User, request.user)
    if not user.is_teacher:
        raise PermissionDenied
    return user


def class_body(classroom: Classroom) -> dict[str, Any]:
    """A class as it crosses the wire."""
    return {
        "classId": classroom.slug,
        "name": classroom.name,
        "students": [
            {
                "studentId": student.slug,
                "displayName": student.display_name,
                "readingLevel": student.reading_level,
            }
            for student in children(classroom)
        ],
    }


class ClassPage(Page):
    ordering = ("name", "slug")


class ClassSessionPage(Page):
    ordering = ("-started_at", "id")


class LookingView(APIView):
    """A view that knows no other way than to look."""

    http_method_names = ["get", "head"]


class ClassesView(LookingView):
    @extend_schema(
        operation_id="list_classes",
        parameters=PAGING,
        responses={200: page_of(ClassSerializer), 403: _TEACHERS_ONLY},
    )
    def get(self, request: Request) -> Response:
        """Your classes, by name."""
        page = ClassPage()
        rows = page.paginate_queryset(classes_of(_teacher(request)), request, self) or []
        return page.get_paginated_response([class_body(each) for each in rows])


class ClassView(LookingView):
    @extend_schema(
        operation_id="get_class",
        responses={200: ClassSerializer, 403: _TEACHERS_ONLY, 404: _NONE_FOR_YOU},
    )
    def get(self, request: Request, class_id: str) -> Response:
        """One class of yours and its children."""
        return Response(class_body(class_of(_teacher(request), class_id)))


class ClassSessionsView(LookingView):
    @extend_schema(
        operation_id="list_class_sessions",
        parameters=PAGING,
        responses={200: page_of(SummarySerializer), 403: _TEACHERS_ONLY, 404: _NONE_FOR_YOU},
    )
    def get(self, request: Request, class_id: str) -> Response:
        """The sessions of a class's children, the newest first."""
        user = _teacher(request)
        classroom = class_of(user, class_id)
        log_class_access(user, classroom)
        page = ClassSessionPage()
        found = sessions_of(child.pk for child in children(classroom))
        rows = page.paginate_queryset(found, request, self) or []
        return page.get_paginated_response([msgspec.to_builtins(each) for each in summaries(rows)])
