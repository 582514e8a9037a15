"""The admin, for staff, and its library for teachers with rights in it.

It stands behind the same sign-in and sign-out as every other page.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import update_wrapper
from typing import Any, TypeVar, cast

from django.contrib.admin import AdminSite, ModelAdmin
from django.contrib.admin.apps import AdminConfig
from django.contrib.admin.views.autocomplete import AutocompleteJsonView
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.decorators import method_decorator
from django.views.decorators.http import require_POST

from readerai.servers.body_limits import allow_uploads

View = TypeVar("View", bound=Callable[..., Any])


class ReaderAdminConfig(AdminConfig):
    default_site = "readerai.accounts.admin_site.ReaderAdminSite"


class _NamedChoices(AutocompleteJsonView):
    """A child's public id is random; whoever picks one needs the name beside it."""

    def serialize_result(self, obj: Any, to_field_name: str) -> dict[str, str]:
        result: dict[str, str] = super().serialize_result(obj, to_field_name)
        name = getattr(obj, "display_name", "")
        return result | {"text": f"{name} ({obj})"} if name else result


class _PermissionFirst:
    """Checks the permission before the object is queried.

    Django's history view does it the other way round, and so tells whoever has no permission
    which numbers exist.
    """

    def history_view(self, request: HttpRequest, object_id: str, extra_context: Any = None) -> Any:
        if not self.has_view_or_change_permission(request):  # type: ignore[attr-defined]
            raise PermissionDenied
        return super().history_view(request, object_id, extra_context)  # type: ignore[misc]


def _is_librarys(request: HttpRequest) -> bool:
    """Whether an address of the admin is one of the library's, or of use for those."""
    match = request.resolver_match
    name = (match.url_name or "") if match is not None else ""
    return name.startswith("library_") or name in {"index", "jsi18n", "autocomplete", "logout"}


class ReaderAdminSite(AdminSite):
    site_title = "ReaderAI"
    site_header = "ReaderAI"
    index_title = "Looking after ReaderAI"

    def register(self, model_or_iterable: Any, admin_class: Any = None, **options: Any) -> None:
        base = admin_class or ModelAdmin
        checked = type(base.__name__, (_PermissionFirst, base), {"__module__": base.__module__})
        super().register(model_or_iterable, checked, **options)

    def has_permission(self, request: HttpRequest) -> bool:
        user = request.user
        if not user.is_authenticated or not user.is_active:
            return False
        if user.is_staff_role:
            return True
        # Rights that were given, not a flag that gives all of them.
        is_keeper = user.is_teacher and not user.is_superuser and user.has_module_perms("library")
        return is_keeper and _is_librarys(request)

    def admin_view(self, view: View, cacheable: bool = False) -> View:
        """Redirect who is signed out to sign in; 404 for who is signed in without being let in."""
        checked = super().admin_view(view, cacheable)

        def inner(request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
            if request.user.is_authenticated and not self.has_permission(request):
                raise Http404
            response = checked(request, *args, **kwargs)
            if request.user.is_authenticated:
                allow_uploads(request, response)
            return response

        return cast(View, update_wrapper(inner, checked))

    def each_context(self, request: HttpRequest) -> dict[str, Any]:
        from .permissions import may_import_rosters

        rights = {"may_import_rosters": may_import_rosters(request.user)}
        return super().each_context(request) | rights

    def autocomplete_view(self, request: HttpRequest) -> HttpResponse:
        return cast(HttpResponse, _NamedChoices.as_view(admin_site=self)(request))

    def login(
        self, request: HttpRequest, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        """The one sign-in page: Django's own form here would pass by the limit on guessing."""
        from .access import to_login

        if request.user.is_authenticated and not self.has_permission(request):
            raise Http404
        return to_login(request, request.GET.get("next") or "/admin/")

    def password_change(  # type: ignore[override]
        self, request: HttpRequest, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        """The one page for it, which counts tries at the old password."""
        return redirect("password")

    @method_decorator(require_POST)
    def logout(  # type: ignore[override]
        self, request: HttpRequest, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        """Sign out as everywhere else, and redirect: this admin has no page of its own for it."""
        from .pages.redirects import sign_out_and_redirect

        return sign_out_and_redirect(request)
