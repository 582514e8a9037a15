from django.urls import URLPattern, path

from .api import ClassesView, ClassSessionsView, ClassView

urlpatterns: list[URLPattern] = [
    path("classes", ClassesView.as_view(), name="api-classes"),
    path("classes/<str:class_id>", ClassView.as_view(), name="api-class"),
    path("classes/<str:class_id>/sessions", ClassSessionsView.as_view(), name="api-class-sessions"),
]
