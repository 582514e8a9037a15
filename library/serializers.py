"""How books cross the wire. Field names are those of the wire contract."""

from __future__ import annotations

from typing import Any

from rest_framework import serializers

from .addresses import audio_url, cover_url
from .models import Book, Chapter, Checkpoint, Narration


class BookSerializer(serializers.Serializer[Book]):
    """A book in a list."""

    bookId = serializers.SlugField(source="slug")  # noqa: N815 - the name on the wire
    title = serializers.CharField()
    author = serializers.CharField()
    language = serializers.CharField()
    level = serializers.IntegerField(
        min_value=0, max_value=16, allow_null=True, help_text="A school grade; null if unknown."
    )
    wordCount = serializers.IntegerField(source="word_count", min_value=1)  # noqa: N815
    coverUrl = serializers.SerializerMethodField()  # noqa: N815

    def get_coverUrl(self, book: Book) -> str:  # noqa: N802 - DRF finds it by this name
        return cover_url(book)


class ChapterEntrySerializer(serializers.Serializer[Chapter]):
    index = serializers.IntegerField(min_value=0)
    title = serializers.CharField()
    firstWordIndex = serializers.IntegerField(  # noqa: N815
        source="first_word_index", min_value=0
    )
    wordCount = serializers.IntegerField(source="word_count", min_value=1)  # noqa: N815


class CheckpointEntrySerializer(serializers.Serializer[Checkpoint]):
    checkpointId = serializers.SlugField(source="slug")  # noqa: N815
    kind = serializers.ChoiceField(choices=Checkpoint.Kind.choices)
    atWord = serializers.IntegerField(source="at_word", min_value=0)  # noqa: N815
    required = serializers.BooleanField()  # type: ignore[assignment]  # a field of that name


class WholeBookSerializer(BookSerializer):
    """One book, with what is in it."""

    chapters = ChapterEntrySerializer(many=True)
    checkpoints = CheckpointEntrySerializer(many=True)


class SentenceSerializer(serializers.Serializer[Any]):
    firstWordIndex = serializers.IntegerField(min_value=0)  # noqa: N815
    words = serializers.ListField(child=serializers.CharField())


class ParagraphSerializer(serializers.Serializer[Any]):
    index = serializers.IntegerField(min_value=0)
    sentences = SentenceSerializer(many=True)


class NarrationSerializer(serializers.Serializer[Any]):
    audioUrl = serializers.CharField()  # noqa: N815
    durationMs = serializers.IntegerField(min_value=0)  # noqa: N815
    wordStartsMs = serializers.ListField(  # noqa: N815
        child=serializers.IntegerField(min_value=0)
    )
    timingSource = serializers.ChoiceField(  # noqa: N815
        choices=Narration.TimingSource.choices
    )


class ChapterSerializer(serializers.Serializer[Any]):
    """The shape of ``chapter_body``, for the schema."""

    index = serializers.IntegerField(min_value=0)
    title = serializers.CharField()
    firstWordIndex = serializers.IntegerField(min_value=0)  # noqa: N815
    paragraphs = ParagraphSerializer(many=True)
    narration = NarrationSerializer(allow_null=True)


def chapter_body(book: Book, chapter: Chapter) -> dict[str, Any]:
    """A chapter's text with positions. Built by hand: it may hold a hundred thousand words."""
    word = chapter.first_word_index
    paragraphs = []
    for index, sentences in enumerate(chapter.paragraphs):
        placed = []
        for words in sentences:
            placed.append({"firstWordIndex": word, "words": words})
            word += len(words)
        paragraphs.append({"index": index, "sentences": placed})
    return {
        "index": chapter.index,
        "title": chapter.title,
        "firstWordIndex": chapter.first_word_index,
        "paragraphs": paragraphs,
        "narration": _narration_body(book, chapter),
    }


def _narration_body(book: Book, chapter: Chapter) -> dict[str, Any] | None:
    narration: Narration | None = getattr(chapter, "narration", None)
    if narration is None:
        return None
    return {
        "audioUrl": audio_url(book, chapter, narration),
        "durationMs": narration.duration_ms,
        "wordStartsMs": narration.word_starts_ms,
        "timingSource": narration.timing_source,
    }
