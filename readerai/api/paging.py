"""Pages as ``{items: […], next: url|null}``."""

from __future__ import annotations

from functools import cache
from typing import Any, Final

from django.core.exceptions import ValidationError as NoSuchValue
from django.db import DataError
from drf_spectacular.utils import OpenApiParameter
from msgspec import Struct, defstruct
from rest_framework.exceptions import NotFound, ValidationError
from rest_framework.pagination import CursorPagination
from rest_framework.response import Response

from .structs import Url, component_name

#: What every list may be asked with, for the API's description.
PAGING: Final = [
    OpenApiParameter("limit", int, description="Items on a page, at most 100."),
    OpenApiParameter("cursor", str, description="From the page before; follow its next instead."),
]


@cache
def page_of(items: type[Struct]) -> type[Struct]:
    """The shape of a page of ``items``, for the API's description."""
    fields: list[tuple[str, Any]] = [("items", list[items]), ("next", Url | None)]  # type: ignore[valid-type]
    return defstruct(f"{component_name(items.__name__)}Page", fields, frozen=True)


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
