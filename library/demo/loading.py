"""The demo's stories into the library: text, checkpoints, glossary, prepared help.

A story is a folder with ``text.txt``, ``book.toml`` and ``prepared.toml``. A checkpoint's
``after`` quotes the end of a sentence; the glossary, the people and the pronunciations
(``[pronunciations]``, as in ``Hermione = "her my oh nee"``) name words of the text. What cannot
be found in the text is a ``StoryProblem``: a story is ours, so it is right or it is mended.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from django.db import transaction
from django.db.models import ProtectedError

from ..importing.imported import ImportedBook
from ..importing.plaintext.book import chapters_of_text
from ..importing.storing import content_hash, store_book
from ..language.prepared import PreparedEntry
from ..models import Book, Checkpoint, GlossaryEntry, Pronunciation
from ..preparing.parsing import PreparedProblem, read_prepared
from ..preparing.places import BookPlaces, NoSuchPlace
from ..preparing.storing import store_own

STORIES = Path(__file__).parent / "stories"


class StoryProblem(Exception):
    """What is wrong with a story, in one line."""


@dataclass(frozen=True)
class Story:
    slug: str
    book: ImportedBook
    level: int
    checkpoints: list[dict[str, Any]]
    """Fields of ``Checkpoint`` but for the book."""
    glossary: list[dict[str, Any]]
    """Fields of ``GlossaryEntry`` but for the book."""
    prepared: list[PreparedEntry]
    pronunciations: dict[str, str]
    """How a voice is to say words of it, in letters that sound like them."""


def story_folders() -> list[Path]:
    """The stories that are whole, in order of their ids."""
    return sorted(path.parent for path in STORIES.glob("*/book.toml") if _text_of(path).is_file())


def _text_of(toml: Path) -> Path:
    return toml.with_name("text.txt")


def read_story(folder: Path) -> Story:
    """One story with every place in it found. Raises ``StoryProblem``."""
    about = tomllib.loads((folder / "book.toml").read_text(encoding="utf-8"))
    text = (folder / "text.txt").read_text(encoding="utf-8")
    book = ImportedBook(
        title=about["title"],
        author=about["author"],
        language=about.get("language", "en"),
        subjects=about.get("subjects", []),
        summary=about.get("summary", ""),
        chapters=chapters_of_text(text, title=about["title"]),
    )
    places = BookPlaces(chapter.paragraphs for chapter in book.chapters)
    try:
        checkpoints = [_checkpoint(row, places) for row in about.get("checkpoints", [])]
        glossary = [*_entries(about, "glossary", places), *_entries(about, "people", places)]
        prepared = read_prepared((folder / "prepared.toml").read_text(encoding="utf-8"), places)
        pronunciations = about.get("pronunciations", {})
        for word in pronunciations:
            places.first(word)
    except (StoryProblem, NoSuchPlace, PreparedProblem) as problem:
        raise StoryProblem(f"{folder.name}: {problem}") from None
    return Story(folder.name, book, about["level"], checkpoints, glossary, prepared, pronunciations)


def _checkpoint(row: dict[str, Any], places: BookPlaces) -> dict[str, Any]:
    choices = row.get("choices", [])
    answer = row.get("answer", "")
    if choices and answer not in choices:
        raise StoryProblem(f"{row['id']}: the answer is none of the choices")
    if row["kind"] not in Checkpoint.Kind.values:
        raise StoryProblem(f"{row['id']}: there is no kind {row['kind']!r}")
    return {
        "slug": row["id"],
        "kind": row["kind"],
        "at_word": places.after(row["after"]),
        "required": row.get("required", True),
        "question": row["question"],
        "choices": choices,
        "answer": answer,
        "accept": row.get("accept", []),
        "explanation": row["explanation"],
    }


def _entries(about: dict[str, Any], section: str, places: BookPlaces) -> Iterator[dict[str, Any]]:
    kinds = {"glossary": GlossaryEntry.Kind.WORD, "people": GlossaryEntry.Kind.PERSON}
    for headword, meaning in about.get(section, {}).items():
        yield {
            "kind": kinds[section].value,
            "headword": headword,
            "meaning": meaning,
            "first_word_index": places.first(headword),
        }


def load_story(folder: Path) -> tuple[Book, bool]:
    """Store one story, or bring the stored one up to date; says whether anything changed."""
    story = read_story(folder)
    with transaction.atomic():
        _make_room(story)
        stored = store_book(story.book, level=story.level, slug=story.slug)
        changed = stored.created
        changed |= _bring_up_to_date(stored.book, story)
        changed |= _same_rows(
            stored.book, Checkpoint, "slug", [{**row} for row in story.checkpoints]
        )
        changed |= _same_rows(stored.book, GlossaryEntry, "headword", story.glossary)
        changed |= store_own(stored.book, story.prepared)
        changed |= _same_pronunciations(stored.book, story.pronunciations)
    return stored.book, changed


def _make_room(story: Story) -> None:
    """An older text of the same story goes, or, where somebody reads it, gives up its id."""
    old = Book.objects.filter(slug=story.slug).exclude(content_hash=content_hash(story.book))
    for book in old:
        try:
            with transaction.atomic():
                book.delete()
        except ProtectedError:
            book.slug = f"{book.slug}-{book.content_hash[:6]}"
            book.save(update_fields=["slug"])


def _bring_up_to_date(book: Book, story: Story) -> bool:
    fields = {
        "level": story.level,
        "subjects": story.book.subjects,
        "summary": story.book.summary,
    }
    if all(getattr(book, name) == value for name, value in fields.items()):
        return False
    for name, value in fields.items():
        setattr(book, name, value)
    book.save(update_fields=list(fields))
    return True


def _same_pronunciations(book: Book, wanted: dict[str, str]) -> bool:
    if dict(book.pronunciations.values_list("word", "spoken_as")) == wanted:
        return False
    book.pronunciations.all().delete()
    Pronunciation.objects.bulk_create(
        Pronunciation(book=book, word=word, spoken_as=said) for word, said in wanted.items()
    )
    return True


def _same_rows(
    book: Book,
    model: type[Checkpoint | GlossaryEntry],
    key: str,
    wanted: list[dict[str, Any]],
) -> bool:
    """Make the book's rows of ``model`` what is wanted; says whether they were not."""
    manager: Any = model._default_manager
    rows = {(row.kind, getattr(row, key)): row for row in manager.filter(book=book)}
    changed = False
    for fields in wanted:
        row = rows.pop((fields["kind"], fields[key]), None)
        if row is None:
            manager.create(book=book, **fields)
            changed = True
        elif any(getattr(row, name) != value for name, value in fields.items()):
            for name, value in fields.items():
                setattr(row, name, value)
            row.save()
            changed = True
    for row in rows.values():
        row.delete()
        changed = True
    return changed
