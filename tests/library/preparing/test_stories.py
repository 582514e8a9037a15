"""What is prepared for our own stories is whole, and nothing in it looks past its place."""

from __future__ import annotations

import functools
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from library.demo.loading import Story, read_story, story_folders
from library.language.lemmas import plain
from library.preparing.places import BookPlaces

FOLDERS = story_folders()
#: What a story as a whole must have; how much of each, its length tells.
SENTENCES_WITHOUT_HELP = 0.75


@functools.cache
def story_of(folder: Path) -> Story:
    return read_story(folder)


@functools.cache
def places_of(folder: Path) -> BookPlaces:
    return BookPlaces(chapter.paragraphs for chapter in story_of(folder).book.chapters)


@pytest.mark.parametrize("folder", FOLDERS, ids=lambda folder: folder.name)
def test_a_story_has_help_of_every_kind(folder: Path) -> None:
    places, entries = places_of(folder), story_of(folder).prepared
    kinds = {entry.kind for entry in entries}
    wanted = {"sense", "phrase", "easier", "cause", "part", "chapter"}
    assert kinds >= wanted
    eased = {entry.first for entry in entries if entry.kind == "easier"}
    longest = sorted(places.sentences, key=lambda span: span[0] - span[1])
    for first, last in longest[: len(longest) // 5]:
        text = " ".join(places.words[first : last + 1])
        assert any(first <= each <= last for each in eased), f"not eased: {text}"


@pytest.mark.parametrize("folder", FOLDERS, ids=lambda folder: folder.name)
def test_each_chapter_is_told_whole_and_in_parts(folder: Path) -> None:
    places, entries = places_of(folder), story_of(folder).prepared
    ends = [start - 1 for start in (*places.chapter_starts[1:], len(places.words))]
    assert [entry.last for entry in entries if entry.kind == "chapter"] == ends
    parts = [entry.last for entry in entries if entry.kind == "part"]
    for first, last in zip(places.chapter_starts, ends, strict=True):
        middle = (first + last) // 2
        assert any(first <= part < last for part in parts), (first, last)
        assert any(abs(part - middle) < (last - first) * 0.35 for part in parts), (first, last)


@pytest.mark.parametrize("folder", FOLDERS, ids=lambda folder: folder.name)
def test_easier_words_are_other_words(folder: Path) -> None:
    places = places_of(folder)
    for entry in story_of(folder).prepared:
        if entry.kind == "easier":
            was = [plain(word) for word in places.words[entry.first : entry.last + 1]]
            assert [plain(word) for word in entry.text.split()] != was


@given(data=st.data())
def test_nothing_names_who_is_not_met_yet(data: st.DataObject) -> None:
    folder = data.draw(st.sampled_from(FOLDERS))
    story, places = story_of(folder), places_of(folder)
    entry = data.draw(st.sampled_from(story.prepared))
    read = {plain(word) for word in places.words[: entry.from_word + 1]}
    names = {
        plain(part)
        for row in story.glossary
        if row["kind"] == "person"
        for part in row["headword"].split()
        if part[:1].isupper()
    }
    told = {
        plain(word)
        for word in f"{entry.text} {entry.subject}".replace("—", " ").split()
        if word.strip("“‘(")[:1].isupper()
    }
    assert (told & names) - read == set(), entry


@given(data=st.data())
def test_no_place_is_told_what_stands_only_after_it(data: st.DataObject) -> None:
    """Of all that a place is told, no run of six words stands only further on."""
    folder = data.draw(st.sampled_from(FOLDERS))
    places = places_of(folder)
    first, last = data.draw(st.sampled_from(places.sentences))
    told = [entry for entry in story_of(folder).prepared if entry.from_word <= last]
    read = " ".join(plain(word) for word in places.words[: last + 1])
    ahead = " ".join(plain(word) for word in places.words[last + 1 :])
    assert all(entry.first <= entry.last <= entry.from_word <= last for entry in told), first
    for entry in told:
        words = [plain(word) for word in entry.text.split()]
        for place in range(len(words) - 5):
            run = " ".join(words[place : place + 6])
            assert run not in ahead or run in read, entry
