"""The page about one session."""

from __future__ import annotations

from django.test import Client

from library.models import Book
from tests.sessions_app.cast import Cast
from tests.teachers.pages import page
from tests.teachers.readings import Open, connected, read_to


def test_session_page_shows_page_questions_tries_words_and_log(
    rivera: Client, reading: Open
) -> None:
    text = page(rivera, f"/teachers/sessions/{reading.session_id}")
    for said in (
        '<mark class="at-word">',
        "What is rust?",
        "Old brown metal.",
        "It was green with rust.",  # the sentence of the book, not what the client sent
        "a loud noise",
        "a small light",
        "not yet",
        "Old brown metal skin.",
        "Raised a hand",
        "Hand up",
    ):
        assert said in text, said
    assert text.count('<svg class="plot"') == 3


def test_the_page_is_spaced_as_its_book_prints_it(cast: Cast, rivera: Client) -> None:
    chapter = cast.lamp.chapters.get(index=0)
    chapter.paragraphs = [[["The", "cat—", "oh!", "ran."]], *chapter.paragraphs[1:]]
    chapter.save()
    open_ = connected(cast.alice, cast.lamp)
    read_to(open_, 1)
    text = page(rivera, f"/teachers/sessions/{open_.session_id}")
    here = 'The <mark class="at-word">cat—</mark>oh! ran.'
    assert f'<p><mark class="at-sentence">{here}</mark>' in text


def test_book_that_a_school_lost_still_shows_in_its_sessions(
    cast: Cast, rivera: Client, reading: Open
) -> None:
    Book.objects.filter(pk=cast.lamp.pk).update(school=cast.far_school)
    assert "The Lamp" in page(rivera, f"/teachers/sessions/{reading.session_id}")
