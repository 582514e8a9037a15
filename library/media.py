"""A book's cover, pictures and sound, for the browser's login and for bearer tokens."""

from __future__ import annotations

import re

from django.contrib.auth.views import redirect_to_login
from django.db.models.fields.files import FieldFile
from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from readerai.accounts.login.sign_ins import sign_in_of_token
from readerai.accounts.models import User

from .api import HIGHEST_INDEX, find_chapter
from .covers import cover_svg
from .models import Book, Illustration, Narration

_RANGE = re.compile(r"bytes=(\d{0,15})-(\d{0,15})")
# A player asks for "everything from here" and then takes a little at a time: it is given a
# piece and asks again (RFC 9110, 15.3.7), so that no request holds a chapter in memory.
_PIECE = 1024 * 1024
# A drawing looks itself up in no other place, and runs nothing.
_FOR_DRAWINGS = "default-src 'none'; style-src 'unsafe-inline'; img-src data:; sandbox"


def _reader(request: HttpRequest) -> User | None:
    scheme, _, token = request.headers.get("Authorization", "").partition(" ")
    if scheme.lower() == "bearer":
        sign_in = sign_in_of_token(token.strip())
        return None if sign_in is None else sign_in.user
    return request.user if request.user.is_authenticated else None


def _not_signed_in(request: HttpRequest) -> HttpResponse:
    if "Authorization" in request.headers:
        return HttpResponse(status=401, headers={"WWW-Authenticate": "Bearer"})
    return redirect_to_login(request.get_full_path())


@require_safe
def cover(request: HttpRequest, book_id: str) -> HttpResponse:
    """The book's cover as SVG."""
    user = _reader(request)
    if user is None:
        return _not_signed_in(request)
    book = Book.objects.readable_by(user).filter(slug=book_id).first()
    if book is None:
        raise Http404
    response = HttpResponse(cover_svg(book), content_type="image/svg+xml; charset=utf-8")
    response["Cache-Control"] = "private, max-age=3600"
    return response


@require_safe
def cover_picture(request: HttpRequest, book_id: str) -> HttpResponse:
    """The cover that the book's file brought."""
    user = _reader(request)
    if user is None:
        return _not_signed_in(request)
    book = Book.objects.readable_by(user).filter(slug=book_id).exclude(cover_picture="").first()
    if book is None:
        raise Http404
    return _picture(book.cover_picture, f"cover-{book.pk}")


@require_safe
def picture(request: HttpRequest, book_id: str, index: int, number: int) -> HttpResponse:
    """A picture of a chapter."""
    user = _reader(request)
    if user is None:
        return _not_signed_in(request)
    if max(index, number) > HIGHEST_INDEX:
        raise Http404
    books = Book.objects.readable_by(user).filter(slug=book_id)
    shown = Illustration.objects.filter(chapter__book__in=books, chapter__index=index)
    illustration = shown.filter(number=number).first()
    if illustration is None:
        raise Http404
    return _picture(illustration.picture, str(illustration.pk))


def _picture(file: FieldFile, tag: str) -> HttpResponse:
    try:
        with file.open("rb") as opened:
            raw = opened.read()
    except OSError:
        raise Http404 from None
    is_drawing = str(file.name).endswith(".svg")
    response = HttpResponse(raw, content_type="image/svg+xml" if is_drawing else "image/webp")
    if is_drawing:
        response["Content-Security-Policy"] = _FOR_DRAWINGS
    response["Cache-Control"] = "private, max-age=86400"
    response["ETag"] = f'"{tag}"'
    return response


@require_safe
def narration(request: HttpRequest, book_id: str, index: int) -> HttpResponse:
    """A chapter's sound, whole or the asked range of it."""
    user = _reader(request)
    if user is None:
        return _not_signed_in(request)
    chapter = find_chapter(user, book_id, index)
    spoken: Narration | None = getattr(chapter, "narration", None)
    if spoken is None:
        raise Http404
    try:
        return _sound(request, spoken)
    except OSError:
        # The row outlived its file (a moved data directory): no sound, rather than an error.
        raise Http404 from None


def _sound(request: HttpRequest, spoken: Narration) -> HttpResponse:
    tag = f'"{spoken.pk}"'
    size = spoken.audio.size
    first, last, status = 0, size - 1, 200
    if request.headers.get("If-Range", tag) == tag:
        asked = _RANGE.fullmatch(request.headers.get("Range", "").strip())
        if asked is not None and asked.group() != "bytes=-":
            first, last = _asked(asked, size)
            status = 206
    if status == 206 and (first >= size or first > last):
        return HttpResponse(status=416, headers={"Content-Range": f"bytes */{size}"})
    with spoken.audio.open("rb") as file:
        file.seek(first)
        response = HttpResponse(
            file.read(last - first + 1), status=status, content_type="audio/mpeg"
        )
    if status == 206:
        response["Content-Range"] = f"bytes {first}-{last}/{size}"
    response["Accept-Ranges"] = "bytes"
    response["ETag"] = tag
    response["Cache-Control"] = "private, max-age=86400"
    return response


def _asked(asked: re.Match[str], size: int) -> tuple[int, int]:
    """First and last byte of the piece to give."""
    start, end = asked.groups()
    if not start:
        first = max(0, size - int(end))
        return first, min(size - 1, first + _PIECE - 1) if int(end) else -1
    last = min(int(end), size - 1) if end else size - 1
    return int(start), min(last, int(start) + _PIECE - 1)
