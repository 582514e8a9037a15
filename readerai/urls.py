"""Every address. Pages by app; ``/api`` in one list of its own."""

from django.contrib import admin
from django.urls import URLPattern, URLResolver, include, path, re_path

from readerai.error_pages import page_not_found

urlpatterns: list[URLPattern | URLResolver] = [
    path("admin/", admin.site.urls),
    path("api/", include("readerai.api.urls")),
    path("", include("readerai.accounts.urls")),
    path("", include("library.urls")),
    path("", include("sessions_app.urls")),
    path("", include("teachers.urls")),
    re_path(r"^(?P<path>[\s\S]*)$", page_not_found),
]
