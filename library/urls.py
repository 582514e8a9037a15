from django.urls import URLPattern, path

from .media import cover, cover_picture, narration, picture
from .preparing.pages import prepared_help

urlpatterns: list[URLPattern] = [
    path("books/<slug:book_id>/prepared", prepared_help, name="prepared-help"),
    path("books/<slug:book_id>/cover.svg", cover, name="book_cover"),
    path("books/<slug:book_id>/cover.webp", cover_picture, name="book_cover_picture"),
    path(
        "books/<slug:book_id>/chapters/<int:index>/pictures/<int:number>.webp",
        picture,
        name="chapter_picture",
    ),
    path(
        "books/<slug:book_id>/chapters/<int:index>/narration.mp3",
        narration,
        name="chapter_narration",
    ),
]
