"""One page on which a grown-up goes through what is prepared for a book, beside its text."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from readerai.accounts.access import PersonRequest, required
from readerai.clock import db_now

from ..book_structure import BookStructure, book_structure
from ..models import Book, PreparedLine
from .looking_ahead import LookingAhead
from .review import Verdict, lines_of, may_review, review

LINES_ON_A_PAGE: Final = 40
_LONGEST_SHOWN: Final = 60
_LONGEST_ID: Final = 19  # digits of a 64-bit number
_STATUSES: Final = frozenset(PreparedLine.Status.values)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@required(may_review)
def prepared_help(request: PersonRequest, book_id: str) -> HttpResponse:
    """The lines of one status; POST saves what was decided of those on the page."""
    book = Book.objects.visible_to(request.user).filter(slug=book_id).first()
    if book is None:
        raise Http404
    status = request.GET.get("status", PreparedLine.Status.DRAFT)
    if status not in PreparedLine.Status.values:
        status = PreparedLine.Status.DRAFT
    if request.method == "POST":
        return _save(request, book, status)
    return _show(request, book, status)


def _save(request: PersonRequest, book: Book, status: str) -> HttpResponse:
    structure = book_structure(book.pk, book.content_hash)
    ahead = LookingAhead(structure.words_between(0, structure.word_count - 1))
    outcome = review(book, _verdicts(request.POST), by=request.user, now=db_now(), ahead=ahead)
    for line, why in outcome.refused.items():
        messages.error(request, f"Line {line} was not approved. {why}")
    if outcome.saved:
        messages.success(request, f"Saved: {outcome.saved} lines.")
    return redirect(f"{request.path}?status={status}")


def _verdicts(sent: QueryDict) -> Iterator[Verdict]:
    approve_rest = "approve_rest" in sent
    for line in sent.getlist("line"):
        status = sent.get(f"status-{line}", "")
        if approve_rest and status == PreparedLine.Status.DRAFT:
            status = PreparedLine.Status.APPROVED
        if line.isascii() and line.isdigit() and len(line) < _LONGEST_ID and status in _STATUSES:
            yield Verdict(int(line), status, sent.get(f"text-{line}", ""))


def _show(request: HttpRequest, book: Book, status: str) -> HttpResponse:
    pages = Paginator(lines_of(book, status), LINES_ON_A_PAGE)
    page = pages.get_page(request.GET.get("page"))
    structure = book_structure(book.pk, book.content_hash)
    context = {
        "book": book,
        "status": status,
        "statuses": PreparedLine.Status.choices,
        "page": page,
        "rows": [(line, _passage(structure, line)) for line in page.object_list],
    }
    return render(request, "library/prepared_help.html", context)


def _passage(book: BookStructure, line: PreparedLine) -> str:
    """The sentence that a line is about, or the end of a longer passage."""
    first, last = book.sentence_span(line.first_word)[0], book.sentence_span(line.last_word)[1]
    shown = book.words_between(max(first, last - _LONGEST_SHOWN), last)
    return ("… " if last - first > _LONGEST_SHOWN else "") + " ".join(shown)
