"""The addresses of a child's pages."""

from django.urls import URLPattern, path

from .student.pages import book_page, library, me, read, shared, start_reading

urlpatterns: list[URLPattern] = [
    path("library", library, name="library"),
    path("books/<slug:book_id>", book_page, name="book"),
    path("books/<slug:book_id>/start", start_reading, name="start-reading"),
    path("read/<str:session_id>", read, name="read"),
    path("me", me, name="me"),
    path("me/shared", shared, name="shared"),
]
