"""Tokens, and what a student may know and choose about themself."""

from __future__ import annotations

from typing import Any

from django.db import transaction
from drf_spectacular.utils import OpenApiResponse, extend_schema, inline_serializer
from rest_framework import serializers
from rest_framework.exceptions import NotFound, PermissionDenied, ValidationError
from rest_framework.permissions import AllowAny
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from readerai.api.errors import ApiError

from .login.authentication import BearerAuthentication
from .login.passwords import user_of
from .login.sign_ins import end_sign_in, issue_token
from .login.throttling import Locked
from .models import SignIn, Student, User
from .preferences import preference_errors

_STUDENTS_ONLY = OpenApiResponse(description="Only students have this.")


class CredentialsSerializer(serializers.Serializer[Any]):
    username = serializers.CharField(trim_whitespace=False, max_length=1000)
    password = serializers.CharField(trim_whitespace=False, max_length=10_000)

    def to_internal_value(self, data: Any) -> Any:
        if isinstance(data, dict):
            wrong: dict[str, Any] = {
                name: ["Not a valid string."]
                for name in map(str, self.fields)
                if name in data and not isinstance(data[name], str)
            }
            if wrong:
                raise ValidationError(wrong)
        return super().to_internal_value(data)


class TokenSerializer(serializers.Serializer[Any]):
    token = serializers.CharField()
    expiresAt = serializers.DateTimeField()  # noqa: N815 - the name on the wire


class StudentSerializer(serializers.Serializer[Any]):
    studentId = serializers.SlugField()  # noqa: N815 - the name on the wire
    displayName = serializers.CharField()  # noqa: N815 - the name on the wire
    readingLevel = serializers.IntegerField(min_value=0, max_value=12)  # noqa: N815
    preferences = serializers.DictField()


class TokensView(APIView):
    authentication_classes: list[Any] = []
    permission_classes = [AllowAny]

    @extend_schema(
        operation_id="create_token",
        auth=[],
        request=CredentialsSerializer,
        responses={
            201: TokenSerializer,
            400: OpenApiResponse(description="The body is not a username and a password."),
            401: OpenApiResponse(description="Name and password do not belong together."),
            429: OpenApiResponse(description="Too many wrong tries; see Retry-After."),
        },
    )
    def post(self, request: Request) -> Response:
        """A bearer token for a username and a password."""
        credentials = CredentialsSerializer(data=request.data)
        credentials.is_valid(raise_exception=True)
        try:
            user = user_of(**credentials.validated_data)
        except Locked as locked:
            raise ApiError(
                429,
                "too_many_tries",
                "Too many wrong tries. Please wait a little and try again.",
                retry_after=locked.retry_after,
            ) from None
        if user is None:
            raise ApiError(401, "wrong_credentials", "That name and password do not match.")
        token = issue_token(user)
        return Response({"token": token.text, "expiresAt": token.expires_at}, status=201)


class CurrentTokenView(APIView):
    authentication_classes = [BearerAuthentication]

    @extend_schema(operation_id="delete_current_token", request=None, responses={204: None})
    def delete(self, request: Request) -> Response:
        """End the token that this call was made with, and every socket opened by it."""
        assert isinstance(request.auth, SignIn)
        end_sign_in(request.auth)
        return Response(status=204)


class MeView(APIView):
    @extend_schema(operation_id="get_me", responses={200: StudentSerializer, 403: _STUDENTS_ONLY})
    def get(self, request: Request) -> Response:
        """The signed-in student."""
        return Response(_student_body(_student_of(request)))

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
        chosen = _chosen_preferences(request.data)
        with transaction.atomic():
            locked = Student.objects.select_for_update().get(pk=student.pk)
            locked.preferences = locked.preferences | chosen
            locked.save(update_fields=["preferences"])
        return Response(_student_body(locked))


def _student_of(request: Request) -> Student:
    user = request.user
    if not isinstance(user, User) or not user.is_student:
        raise PermissionDenied
    student = Student.objects.filter(user=user).first()
    if student is None:
        raise NotFound
    return student


def _chosen_preferences(body: Any) -> dict[str, Any]:
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


def _student_body(student: Student) -> dict[str, Any]:
    return {
        "studentId": student.slug,
        "displayName": student.display_name,
        "readingLevel": student.reading_level,
        "preferences": student.preferences,
    }
