"""The REST API: no trailing slashes, one error shape, whatever the address."""

from django.urls import URLPattern, URLResolver, include, path, re_path

from .description import DocsView, SchemaView
from .errors import api_not_found

urlpatterns: list[URLPattern | URLResolver] = [
    # No id has a NUL in it, and no database wants to be asked for one.
    re_path(r"^(?P<path>[^\0]*\0[\s\S]*)$", api_not_found),
    path("", include("readerai.accounts.api.urls")),
    path("", include("library.api_urls")),
    path("", include("sessions_app.student.api_urls")),
    path("", include("teachers.api_urls")),
    path("schema", SchemaView.as_view(), name="schema"),
    path("docs", DocsView.as_view(), name="docs"),
    re_path(r"^(?P<path>[\s\S]*)$", api_not_found),
]
