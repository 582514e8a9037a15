"""The pages of a child: the shelf, a book, the reader, my reading, and who can see it."""

from __future__ import annotations

from typing import Any

import msgspec
from django.conf import settings
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.csrf import ensure_csrf_cookie
from django.views.decorators.http import require_POST, require_safe

from library.addresses import cover_url
from library.api import find_book
from library.bodies import whole_book_body
from library.models import Book
from library.printed import printed_chapter
from readerai.accounts.access import PersonRequest, student_required

from ..domain import lifecycle, queries
from ..domain.errors import SessionNotFound
from ..domain.queries import OpenedSession
from . import appearance, my_reading, shelf
from .appearance import Appearance
from .recommended import suggestions

LONGEST_SEARCH = 100


@require_safe
@student_required
def library(request: PersonRequest) -> HttpResponse:
    """The book one is in, and the shelf below it."""
    student = request.user.student
    search = request.GET.get("q", "").replace("\x00", "").strip()[:LONGEST_SEARCH]
    level = _level(request.GET.get("level", ""))
    found = shelf.readings(request.user)
    books = shelf.find_books(request.user, search=search, level=level)
    pace = shelf.pace(student, found)
    shelved = shelf.shelve(books, found, pace)
    narrowed = bool(search) or level is not None
    known = Book.objects.visible_to(request.user).exclude(level=None)
    levels = known.order_by("level").values_list("level", flat=True)
    context = {
        "current": next((each for each in found if not each.is_completed), None),
        "suggestions": [] if narrowed else suggestions(student, found, pace),
        "books": shelved,
        "search": search,
        "level": level,
        "levels": [(each, shelf.level_name(each)) for each in levels.distinct()],
        "narrowed": narrowed,
    }
    return render(request, "reading/library.html", context)


def _level(text: str) -> int | None:
    return int(text) if text.isascii() and text.isdigit() and len(text) < 3 else None


@require_safe
@student_required
def book_page(request: PersonRequest, book_id: str) -> HttpResponse:
    """One book before it is opened."""
    book = find_book(request.user, book_id)
    found = shelf.readings(request.user)
    pace = shelf.pace(request.user.student, found)
    [on_shelf] = shelf.shelve([book], found, pace)
    chapters = [
        (chapter, shelf.minutes_for(chapter.word_count, pace)) for chapter in book.chapters.all()
    ]
    context = {"book": book, "on_shelf": on_shelf, "chapters": chapters}
    return render(request, "reading/book.html", context)


@require_POST
@student_required
def start_reading(request: PersonRequest, book_id: str) -> HttpResponse:
    """Open a book: a new session from its first word, or from the chapter that was chosen."""
    book = find_book(request.user, book_id)
    first = _chapter_start(book, request.POST.get("chapter", ""))
    session = lifecycle.start(student=request.user.student, book=book, start_word_index=first or 0)
    return redirect("read", session.pk)


@require_safe
@ensure_csrf_cookie
@student_required
def read(request: PersonRequest, session_id: str) -> HttpResponse:
    """The reader; once the book is finished, the page about how it was."""
    try:
        opening = queries.read_session(session_id, request.user)
    except SessionNotFound:
        raise Http404 from None
    if opening.session.status == opening.session.Status.COMPLETED:
        return _the_end(request, opening)
    book = find_book(request.user, opening.session.book.slug)
    chosen = _chapter_start(book, request.GET.get("chapter", ""))
    word = opening.state.word_index if chosen is None else chosen
    body = msgspec.to_builtins(whole_book_body(book))
    config = _reader_config(opening, body, Appearance.of(request.user.student))
    config |= {"startWordIndex": word, "chapterChosen": chosen is not None}
    context = {
        "book": body,
        "direction": book.direction,
        "printed": printed_chapter(book, word),
        "config": config,
        "choices": _choices(),
    }
    return render(request, "reading/read.html", context)


def _chapter_start(book: Book, index: str) -> int | None:
    """The first word of a chapter that was chosen by address; None for any that is not there."""
    starts = {str(each.index): each.first_word_index for each in book.chapters.all()}
    return starts.get(index)


def _the_end(request: PersonRequest, opening: OpenedSession) -> HttpResponse:
    found = shelf.readings(request.user)
    this = shelf.Reading(opening.session, opening, chapter_title="")
    asked = my_reading.asked([this])
    scores = queries.score_records(opening)
    next_book = shelf.next_book(request.user, request.user.student, opening.session.book, found)
    context = {
        "book": opening.session.book,
        "reading": this,
        "asked": [each for each in asked if not each.word],
        "words": my_reading.words_met(asked),
        "answered": len(scores),
        "right": sum(score.score >= 1 for score in scores),
        "next_book": next_book,
        "next_cover": cover_url(next_book) if next_book else "",
    }
    return render(request, "reading/ended.html", context)


def _reader_config(
    opening: OpenedSession, book: dict[str, Any], chosen: Appearance
) -> dict[str, Any]:
    """What the page's scripts need to know of the book and the child; ``main.js`` reads it."""
    session = opening.session
    api = f"/api/sessions/{session.pk}"
    return {
        "sessionId": session.pk,
        "book": book,
        "savedWordIndex": opening.state.word_index,
        "furthestWordIndex": opening.state.furthest_word_index,
        "handRaised": session.hand_raised_at is not None,
        "appearance": chosen.as_dict(),
        "measures": {"spacing": appearance.SPACING_MEASURES, "width": appearance.WIDTH_MEASURES},
        "rates": appearance.RATES,
        "idleSeconds": settings.READERAI_IDLE_SECONDS,
        "socketPath": f"/ws/{session.pk}",
        "streamUrl": f"{api}/stream",
        "framesUrl": f"{api}/frames",
        "speechUrl": f"{api}/speech",
        "chaptersUrl": f"/api/books/{book['bookId']}/chapters/",
        "preferencesUrl": "/api/students/me",
    }


def _choices() -> dict[str, Any]:
    return {
        "themes": appearance.THEMES,
        "fonts": appearance.FONTS,
        "sizes": appearance.SIZES,
        "last_size": len(appearance.SIZES) - 1,
        "spacings": appearance.SPACINGS,
        "widths": appearance.WIDTHS,
        "voices": appearance.VOICES,
        "rates": appearance.RATES,
    }


@require_safe
@student_required
def me(request: PersonRequest) -> HttpResponse:
    """My reading: books, minutes, words, questions."""
    found = shelf.readings(request.user)
    asked = my_reading.asked(found)
    evidence = [each.opening.state.evidence for each in found]
    context = {
        "readings": shelf.latest(each for each in found if each.began),
        "read_minutes": round(sum(read.read_time for read in evidence) / 60),
        "heard_minutes": round(sum(read.heard_time for read in evidence) / 60),
        "finished": len({each.session.book_id for each in found if each.finished}),
        "words_read": sum(read.read_words for read in evidence),
        "asked": [each for each in asked if not each.word],
        "words": my_reading.words_met(asked),
    }
    return render(request, "reading/me.html", context)


@require_safe
@student_required
def shared(request: PersonRequest) -> HttpResponse:
    """What my teacher can see, in a child's words."""
    student = request.user.student
    teachers = my_reading.teachers_of(student)
    context = {
        "teachers": teachers,
        "told": my_reading.told_of_trouble(student, teachers),
        "looks": my_reading.accesses_to(student),
    }
    return render(request, "reading/shared.html", context)
