"""What the admins of people have in common."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest


class Kept:
    """Ended or disabled, not deleted: what was read stays whole and can be accounted for."""

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False


class OnlyLookedAt(Kept):
    """Made by people's doings, not by hand."""

    def has_add_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False
