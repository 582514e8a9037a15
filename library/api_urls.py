from django.urls import URLPattern, path

from .api import BooksView, BookView, ChapterView

urlpatterns: list[URLPattern] = [
    path("books", BooksView.as_view(), name="api_books"),
    path("books/<slug:book_id>", BookView.as_view(), name="api_book"),
    path("books/<slug:book_id>/chapters/<int:index>", ChapterView.as_view(), name="api_chapter"),
]
