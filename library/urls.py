from django.urls import URLPattern, path

from .media import cover, narration

urlpatterns: list[URLPattern] = [
    path("books/<slug:book_id>/cover.svg", cover, name="book_cover"),
    path(
        "books/<slug:book_id>/chapters/<int:index>/narration.mp3",
        narration,
        name="chapter_narration",
    ),
]
