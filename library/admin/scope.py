"""Whose books somebody keeps: staff all, a teacher who may (by the rights of the admin) their
own school's, and nobody else's."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, TypeVar

from django.contrib import admin
from django.db.models import Model, QuerySet
from django.http import HttpRequest

from readerai.accounts.models import School, User

Row = TypeVar("Row", bound=Model)

if TYPE_CHECKING:
    Admin = admin.ModelAdmin[Any]
else:
    Admin = admin.ModelAdmin


def own_school(request: HttpRequest) -> School | None:
    """The school that somebody's books are for; None for staff, whose are everybody's."""
    user = request.user
    assert isinstance(user, User)
    return None if user.is_staff_role else user.school


def kept_by(request: HttpRequest, rows: QuerySet[Row], book: str = "") -> QuerySet[Row]:
    """Those of ``rows`` that are about books that somebody keeps; ``book`` leads to the book."""
    user = request.user
    assert isinstance(user, User)
    if user.is_staff_role:
        return rows
    if user.school_id is None:
        return rows.none()
    return rows.filter(**{f"{book}__school" if book else "school": user.school_id})


class OfKeptBooks(Admin):
    """Rows about books: shown, and to be chosen, for the books that one keeps.

    ``to_book`` is the way from a row to its book.
    """

    to_book = "book"

    def get_queryset(self, request: HttpRequest) -> QuerySet[Any]:
        return kept_by(request, super().get_queryset(request), self.to_book)

    def get_list_filter(self, request: HttpRequest) -> Any:
        """Without those that would name other schools, or their books."""
        filters = super().get_list_filter(request)
        if own_school(request) is None:
            return filters
        return [name for name in filters if name not in ("book", "school")]

    def formfield_for_foreignkey(self, db_field: Any, request: HttpRequest, **kwargs: Any) -> Any:
        if db_field.name == "book":
            kwargs["queryset"] = kept_by(request, db_field.related_model.objects.all())
        return super().formfield_for_foreignkey(db_field, request, **kwargs)
