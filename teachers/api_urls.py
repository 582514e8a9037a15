from django.urls import URLPattern, path

from .api import ClassesView, ClassSessionsView, ClassView

urlpatterns: list[URLPattern] = [
    path("classes", ClassesView.as_view(), name="api-classes"),
    path("classes/<slug:class_id>", ClassView.as_view(), name="api-class"),
    path(
        "classes/<slug:class_id>/sessions", ClassSessionsView.as_view(), name="api-class-sessions"
    ),
]
