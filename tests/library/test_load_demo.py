"""The demo: complete, ours, and the same however often it is loaded."""

from __future__ import annotations

from io import StringIO
from pathlib import Path

import pytest
from django.contrib.auth import authenticate
from django.core.management import CommandError, call_command
from pytest_django import Settings

from library.demo.loading import StoryProblem, read_story, story_folders
from library.demo.people import PASSWORD
from library.models import Book, Checkpoint, GlossaryEntry
from readerai.accounts.models import Classroom, Enrolment, Student, User


@pytest.fixture(autouse=True)
def _development(settings: Settings) -> None:
    settings.DEBUG = True  # Django's test runner turns it off


def load(**options: object) -> str:
    out = StringIO()
    call_command("load_demo", no_narration=True, stdout=out, **options)
    return out.getvalue()


@pytest.mark.parametrize("folder", story_folders(), ids=lambda folder: folder.name)
def test_every_story_is_whole(folder: Path) -> None:
    story = read_story(folder)
    assert story.slug == folder.name
    assert story.checkpoints
    assert story.glossary
    assert any(row["choices"] for row in story.checkpoints) or any(
        row["accept"] for row in story.checkpoints
    )
    places = [row["at_word"] for row in story.checkpoints]
    assert places == sorted(places)
    assert all(0 < place < story.book.word_count for place in places)


def test_there_are_enough_stories_in_graded_levels() -> None:
    stories = [read_story(folder) for folder in story_folders()]
    assert len(stories) >= 8
    assert {0, 6} <= {story.level for story in stories}
    assert any(len(story.book.chapters) > 1 for story in stories)
    assert all(300 <= story.book.word_count <= 6000 for story in stories)


def write_story(folder: Path, after: str, headword: str = "goat") -> Path:
    (folder / "text.txt").write_text("# One\n\nA goat. A hill.\n\n# Two\n\nThe end.")
    (folder / "prepared.toml").touch()
    (folder / "book.toml").write_text(
        'title = "T"\nauthor = "A"\nlevel = 1\n[[checkpoints]]\nid = "c"\nkind = "prediction"\n'
        f'after = "{after}"\nquestion = "Q?"\nexplanation = "E."\n[glossary]\n{headword} = "M."\n'
    )
    return folder


@pytest.mark.parametrize(("after", "place"), [("A goat.", 2), ("hill.", 4), ("The end.", 5)])
def test_a_checkpoint_waits_at_the_word_after_its_sentence(
    tmp_path: Path, after: str, place: int
) -> None:
    assert read_story(write_story(tmp_path, after)).checkpoints[0]["at_word"] == place


@pytest.mark.parametrize(
    ("after", "headword"), [("A cow.", "goat"), ("A", "goat"), ("A goat.", "cow")]
)
def test_a_quotation_that_is_not_there_once_is_said(
    tmp_path: Path, after: str, headword: str
) -> None:
    with pytest.raises(StoryProblem):
        read_story(write_story(tmp_path, after, headword))


@pytest.mark.django_db
def test_the_demo_is_what_it_says() -> None:
    said = load()
    room = Classroom.objects.get(slug="room-12")
    assert room.enrolments.count() == 30
    assert list(room.teachers.values_list("username", flat=True)) == ["ms-rivera"]
    for name in ("alice-123", "dora-321", "mrs-lund", "mr-okafor", "admin"):
        assert name in said
        assert authenticate(username=name, password=PASSWORD) is not None
    alice, dora = (Student.objects.get(slug=slug) for slug in ("alice-123", "dora-321"))
    assert alice.user.school != dora.user.school
    assert alice.face
    assert alice.picture_password
    assert Book.objects.count() == len(story_folders())


@pytest.mark.django_db
def test_loading_again_changes_nothing() -> None:
    load()
    User.objects.filter(username="alice-123").update(first_name="Alicia")
    counted = (Book, Checkpoint, GlossaryEntry, User, Student, Enrolment, Classroom)
    before = [list(model.objects.order_by("pk").values()) for model in counted]
    said = load()
    assert "Loaded" not in said
    assert [list(model.objects.order_by("pk").values()) for model in counted] == before


@pytest.mark.django_db
def test_students_for_load_tests_come_in_classes_of_thirty() -> None:
    load(students=31)
    load(students=62)
    sizes = {
        room.slug: room.enrolments.count()
        for room in Classroom.objects.filter(slug__startswith="load-")
    }
    assert sizes == {"load-class-01": 30, "load-class-02": 30, "load-class-03": 2}
    assert authenticate(username="load-0062", password=PASSWORD) is not None


@pytest.mark.django_db
def test_production_has_no_demo_unless_it_is_forced(settings: Settings) -> None:
    settings.DEBUG = False
    with pytest.raises(CommandError, match="--force"):
        load()
    assert not User.objects.exists()
    load(force=True)
    assert User.objects.exists()
