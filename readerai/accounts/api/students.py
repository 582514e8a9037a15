"""``/api/students/me``: what a student may know and choose about themself."""

from __future__ import annotations

from typing import Any

from drf_spectacular.utils import OpenApiResponse, extend_schema, inline_serializer
from rest_framework import serializers
from rest_framework.exceptions import NotFound, PermissionDenied, ValidationError
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from ..models import Student, User
from ..preferences import change_preferences, preference_errors

_STUDENTS_ONLY = OpenApiResponse(description="Only students have this.")


class StudentSerializer(serializers.Serializer[Any]):
    studentId = serializers.SlugField()  # noqa: N815 - the name on the wire
    displayName = serializers.CharField()  # noqa: N815 - the name on the wire
    readingLevel = serializers.IntegerField(min_value=0, max_value=12)  # noqa: N815
    preferences = serializers.DictField()


class MeView(APIView):
    @extend_schema(operation_id="get_me", responses={200: StudentSerializer, 403: _STUDENTS_ONLY})
    def get(self, request: Request) -> Response:
        """The signed-in student."""
        return Response(_body(_student_of(request)))

    @extend_schema(
        operation_id="update_me",
        request=inline_serializer("PreferencesChange", {"preferences": serializers.DictField()}),
        responses={
            200: StudentSerializer,
            400: OpenApiResponse(description="`fields` says which setting cannot be that."),
            403: _STUDENTS_ONLY,
        },
    )
    def patch(self, request: Request) -> Response:
        """Change the settings that are named; the others stay."""
        student = _student_of(request)
        return Response(_body(change_preferences(student, _sent_preferences(request.data))))


def _student_of(request: Request) -> Student:
    user = request.user
    if not isinstance(user, User) or not user.is_student:
        raise PermissionDenied
    student = Student.objects.filter(user=user).first()
    if student is None:
        raise NotFound
    return student


def _sent_preferences(body: Any) -> dict[str, Any]:
    if not isinstance(body, dict):
        raise ValidationError({"body": ["An object with preferences is needed."]})
    errors: dict[str, Any] = {
        _printable(name): ["This cannot be changed here."] for name in body if name != "preferences"
    }
    chosen = body.get("preferences")
    if not isinstance(chosen, dict):
        errors["preferences"] = ["An object of settings is needed."]
    elif wrong := preference_errors(chosen):
        errors["preferences"] = {_printable(name): why for name, why in wrong.items()}
    if errors or not isinstance(chosen, dict):
        raise ValidationError(errors)
    return chosen


def _printable(name: str) -> str:
    """A client's own field name, short enough and whole enough to be said back."""
    return name[:60].encode("utf-8", "replace").decode()


def _body(student: Student) -> dict[str, Any]:
    return {
        "studentId": student.slug,
        "displayName": student.display_name,
        "readingLevel": student.reading_level,
        "preferences": student.preferences,
    }
