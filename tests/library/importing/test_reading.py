"""Books are read in a child process that takes no more than it may."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

import pytest

from library.importing import reading
from library.importing.epub.ocf import archive
from library.importing.imported import ImportProblem
from library.importing.reading import book_in
from tests.library.epubs import read_epub, simple_epub


def _refusal(path: Path) -> str:
    with pytest.raises(ImportProblem) as refused, book_in(path):
        pass
    return str(refused.value)


def test_book_comes_out_of_the_child_as_it_was_read(tmp_path: Path) -> None:
    path = simple_epub(tmp_path / "b.epub", "<p>Once upon a time.</p>", "<p>The end.</p>")
    with book_in(path) as book:
        assert [chapter.paragraphs for chapter in book.chapters] == [
            [[["Once", "upon", "a", "time."]]],
            [[["The", "end."]]],
        ]


def test_language_that_is_given_reaches_the_child(tmp_path: Path) -> None:
    with book_in(simple_epub(tmp_path / "b.epub", "<p>Un chat.</p>"), "fr") as book:
        assert book.language == "fr"


def test_reason_of_a_refusal_comes_out_of_the_child(tmp_path: Path) -> None:
    path = tmp_path / "b.epub"
    path.write_bytes(b"PK broken")
    assert _refusal(path) == "it is not an EPUB file, or it is damaged"


def test_name_that_is_no_text_is_read(tmp_path: Path) -> None:
    path = tmp_path / b"caf\xe9.txt".decode(errors="surrogateescape")
    path.write_text("A cat sat.")
    with book_in(path) as book:
        assert book.word_count == 3


def test_book_that_takes_more_memory_than_it_may_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "long.txt"
    path.write_text("Once upon a time there was a hen.\n\n" * 100_000)
    monkeypatch.setattr(reading, "MEMORY_MIB", 220)
    assert re.search("MiB of memory|broke off", _refusal(path))


def test_book_that_takes_more_time_than_it_may_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(reading, "LONGEST_SECONDS", 0.05)
    assert "minutes" in _refusal(simple_epub(tmp_path / "b.epub", "<p>One.</p>"))


def test_child_that_dies_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reading, "MEMORY_MIB", 60)  # Python itself does not start in that
    assert _refusal(simple_epub(tmp_path / "b.epub", "<p>One.</p>")).startswith("it could not")


def test_child_needs_nothing_but_its_job() -> None:
    done = subprocess.run(
        [sys.executable, "-m", "library.importing.child"], input=b"{", capture_output=True
    )
    assert done.returncode != 0


def test_text_that_is_larger_than_any_book_is_not_parsed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(archive, "MOST_TEXT_MIB", 0.001)
    path = simple_epub(tmp_path / "b.epub", "<p>Once upon a time.</p>" * 200)
    with pytest.raises(ImportProblem, match="MiB of text"):
        read_epub(path)
