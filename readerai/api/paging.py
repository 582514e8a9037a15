"""Pages as ``{items: […], next: url|null}``."""

from __future__ import annotations

from functools import cache
from typing import Any, Final

from django.core.exceptions import ValidationError as NoSuchValue
from django.db import DataError
from drf_spectacular.utils import OpenApiParameter, inline_serializer
from rest_framework import serializers
from rest_framework.exceptions import NotFound, ValidationError
from rest_framework.pagination import CursorPagination
from rest_framework.response import Response

#: What every list may be asked with, for the API's description.
PAGING: Final = [
    OpenApiParameter("limit", int, description="Items on a page, at most 100."),
    OpenApiParameter("cursor", str, description="From the page before; follow its next instead."),
]


@cache
def page_of(items: type[serializers.Serializer[Any]]) -> serializers.Serializer[Any]:
    """The shape of a page of ``items``, for the API's description."""
    name = f"{items.__name__.removesuffix('Serializer')}Page"
    return inline_serializer(
        name, {"items": items(many=True), "next": serializers.URLField(allow_null=True)}
    )


class Page(CursorPagination):
    """A page that stays right while rows are added; ``?limit=`` up to 100."""

    page_size = 50
    page_size_query_param = "limit"
    max_page_size = 100

    def paginate_queryset(self, queryset: Any, request: Any, view: Any = None) -> Any:
        """Raises ``ValidationError`` for a cursor that no page ever named."""
        try:
            return super().paginate_queryset(queryset, request, view)
        except (NotFound, NoSuchValue, ValueError, DataError):
            raise ValidationError({"cursor": ["This is no page's address."]}) from None

    def get_paginated_response(self, data: Any) -> Response:
        return Response({"items": data, "next": self.get_next_link()})

    def get_paginated_response_schema(self, schema: dict[str, Any]) -> dict[str, Any]:
        return {
            "type": "object",
            "required": ["items", "next"],
            "properties": {
                "items": schema,
                "next": {"type": "string", "format": "uri", "nullable": True},
            },
        }
