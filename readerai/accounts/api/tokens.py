"""``/api/tokens``: bearer tokens, made and ended."""

from __future__ import annotations

from typing import Any

from drf_spectacular.utils import OpenApiResponse, extend_schema
from rest_framework import serializers
from rest_framework.exceptions import ValidationError
from rest_framework.permissions import AllowAny
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from readerai.api.errors import ApiError

from ..login.authentication import BearerAuthentication
from ..login.known_browsers import visitor_of
from ..login.passwords import user_with_password
from ..login.sign_ins import end_sign_in, issue_token
from ..login.throttling import Locked
from ..models import SignIn


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
            503: OpenApiResponse(description="Too many are signing in at once; see Retry-After."),
            429: OpenApiResponse(description="Too many wrong tries; see Retry-After."),
        },
    )
    def post(self, request: Request) -> Response:
        """A bearer token for a username and a password."""
        credentials = CredentialsSerializer(data=request.data)
        credentials.is_valid(raise_exception=True)
        try:
            user = user_with_password(**credentials.validated_data, visitor=visitor_of(request))
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
