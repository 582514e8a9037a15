"""What the admins of people have in common."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpRequest


class NoDeleteAdmin:
    """Ended or disabled, not deleted: what was read stays whole and can be accounted for."""

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False


class ReadOnlyAdmin(NoDeleteAdmin):
    """For what is made by what people do, not by hand. Actions may still end it."""

    def has_add_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def may_act(self, request: HttpRequest) -> bool:
        """Whether the account has the right to change such rows; where not, it is told so.

        Django would ask ``has_change_permission``, which nobody has here.
        """
        opts = self.model._meta  # type: ignore[attr-defined]
        if request.user.has_perm(f"accounts.change_{opts.model_name}"):
            return True
        messages.error(request, "Your account may only look.")
        return False
