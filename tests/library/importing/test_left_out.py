"""What is left out is said in numbers and places."""

from __future__ import annotations

from library.importing.left_out import Omissions, in_a_line


def test_kinds_are_counted_with_their_words_and_places() -> None:
    left_out = Omissions()
    left_out.add("contents", "nav.xhtml", words=20)
    for place in ("a.xhtml", "a.xhtml", "b.xhtml"):
        left_out.add("note", place, words=4)
    left_out.add("picture", "b.xhtml")
    left_out.add("mark of a note", count=2)
    rows = left_out.listed({"b.xhtml": "The Fox"})
    assert in_a_line(rows) == "contents (20 words), 3 notes (12 words), 1 picture, 2 marks of notes"
    assert rows[1].places == ["a.xhtml", "The Fox"]


def test_places_are_bounded() -> None:
    left_out = Omissions()
    for number in range(100):
        left_out.add("note", f"{number}")
    row = left_out.listed()[0]
    assert (row.count, len(row.places)) == (100, 12)
