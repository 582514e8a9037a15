"""The books of the cases, in a database of the run's own: our stories, and two raw imports."""

from __future__ import annotations

import os
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Final

import django

from .cases import CaseProblem
from .rules import Read, bare_words

if TYPE_CHECKING:
    from library.book_structure import BookStructure

#: Our own texts that come without prepared help, and their school grades.
IMPORTS: Final = {"the-horn-of-the-dilly.txt": 3, "the-mark-on-the-mill": 6}
_FOLDER: Final = Path(__file__).resolve().parent / "books"


@contextmanager
def embedded_site() -> Iterator[None]:
    """Django on an empty SQLite of its own that is gone afterwards; the key to a model stays."""
    with TemporaryDirectory(prefix="readerai-evals-") as folder:
        os.environ.update(READERAI_DATA=folder, DATABASE_URL="", REDIS_URL="", DEBUG="1")
        os.environ["DJANGO_SETTINGS_MODULE"] = "readerai.settings"
        django.setup()
        from django.core.management import call_command

        call_command("migrate", verbosity=0)
        yield


@dataclass(frozen=True)
class Shelved:
    """A book of the library and the places in it."""

    structure: BookStructure
    is_import: bool

    @cached_property
    def words(self) -> list[str]:
        return self.structure.words_between(0, self.structure.word_count - 1)

    @cached_property
    def _plain(self) -> tuple[list[str], list[int]]:
        parts = [
            (part, place) for place, word in enumerate(self.words) for part in bare_words(word)
        ]
        return [part for part, _ in parts], [place for _, place in parts]

    def span(self, quotation: str) -> range:
        """The words of a quotation that stands once in the book. Raises `CaseProblem`."""
        letters, places = self._plain
        wanted = bare_words(quotation)
        at = [
            place
            for place in range(len(letters) - len(wanted) + 1)
            if letters[place : place + len(wanted)] == wanted
        ]
        if not wanted or len(at) != 1:
            raise CaseProblem(f"{len(at)} times in {self.structure.slug}: {quotation!r}")
        return range(places[at[0]], places[at[0] + len(wanted) - 1] + 1)

    def read_until(self, word: int) -> Read:
        return Read(self.words[: word + 1], self.words[word + 1 :])


def load_books() -> dict[str, Shelved]:
    """Load our stories and import the two texts, as a school would; by slug."""
    from library.book_structure import book_structure
    from library.demo.loading import load_story, story_folders
    from library.importing.outcome import import_one
    from library.models import Book

    for folder in story_folders():
        load_story(folder)
    stories = set(Book.objects.values_list("slug", flat=True))
    with TemporaryDirectory() as made:
        for name, grade in IMPORTS.items():
            outcome, _ = import_one(_file(_FOLDER / name, Path(made)), grade)
            if outcome.error is not None:
                raise CaseProblem(outcome.error)
    return {
        book.slug: Shelved(book_structure(book.pk), is_import=book.slug not in stories)
        for book in Book.objects.all()
    }


def _file(source: Path, folder: Path) -> Path:
    """`source`, or an EPUB of what is in it."""
    if source.is_file():
        return source
    path = folder / f"{source.name}.epub"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("mimetype", "application/epub+zip")
        for part in sorted(source.rglob("*.*ml")) + sorted(source.rglob("*.opf")):
            archive.write(part, part.relative_to(source))
    return path
