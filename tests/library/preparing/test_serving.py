"""A book hands out what is approved up to a place, and the explanations of its checkpoints."""

from __future__ import annotations

import pytest

from library.book_structure import book_structure, forget_books
from library.demo.loading import STORIES, load_story
from library.models import PreparedLine

pytestmark = pytest.mark.django_db


def test_a_place_is_told_what_stands_before_it_and_no_more() -> None:
    forget_books()
    book, changed = load_story(STORIES / "hush-eggs")
    assert changed
    structure = book_structure(book.pk)
    told = [structure.prepared_until(word) for word in range(structure.word_count)]
    for word, entries in enumerate(told):
        assert all(entry.from_word <= word for entry in entries)
    assert len(told[-1]) == PreparedLine.objects.count() + 2  # its checkpoints but the guess
    explained = [entry for entry in told[-1] if entry.kind == "checkpoint"]
    assert explained[0].questions == ("Why does Bea say, “No”?",)
    assert structure.words_between(explained[0].from_word, explained[0].from_word) == ["eggs."]


def test_a_story_loaded_again_is_as_in_its_file_whatever_was_dropped() -> None:
    book, _ = load_story(STORIES / "hush-eggs")
    assert load_story(STORIES / "hush-eggs")[1] is False
    PreparedLine.objects.filter(kind="cause").update(status=PreparedLine.Status.DROPPED)
    assert load_story(STORIES / "hush-eggs")[1] is True
    assert not PreparedLine.objects.exclude(status=PreparedLine.Status.APPROVED).exists()
    assert book.prepared_lines.filter(kind="cause").exists()
