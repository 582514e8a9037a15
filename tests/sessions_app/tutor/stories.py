"""A small story for the tutor's tests, cut into sentences as the library cuts books."""

from collections.abc import AsyncIterator, Mapping
from typing import Any

from sessions_app.tutor.types import (
    Answer,
    ChapterSoFar,
    Question,
    Restart,
    Sentence,
    TextDelta,
    Tutor,
)

MILL = (
    "Nora lived in a windmill at the edge of the village.",
    "Her grandfather, old Bram, was the miller.",
    "Every morning he gave Nora a slice of warm bread.",
    "The mill had four sails and a red door.",
    "One day the sails stopped turning, because the wind had gone away.",
    "Bram could not grind any flour.",
    "Nora was sad, so she climbed up to the garret to look for the wind.",
)
KITE = (
    "In the garret she found a kite that was made of blue silk.",
    "A gray goose named Gusta was asleep on it.",
    "“Wake up,” said Nora.",
    "Gusta flapped her wings and hissed.",
    "The geese on the roof hissed too.",
    "“I hid the wind under the kite,” said Gusta, “because it blew my feathers about.”",
    "Nora scratched her head.",
    "She promised to knit the goose a coat.",
)
AHEAD = "Then the wind burst out and carried Gusta to the moon."
PEOPLE = {"Nora": "A girl who lives in a windmill.", "Bram": "Nora’s grandfather, the miller."}
GLOSSARY = {"sails": "the four big arms of a windmill that the wind turns"}


def chapter(index: int, title: str, texts: tuple[str, ...], *, finished: bool) -> ChapterSoFar:
    """A chapter whose words go on counting where the one before ended."""
    at = 0 if index == 0 else sum(len(text.split()) for text in MILL)
    sentences = []
    for text in texts:
        count = len(text.split())
        sentences.append(Sentence(at, text, count))
        at += count
    return ChapterSoFar(index, title, finished, tuple(sentences))


def ask(text: str, **changes: Any) -> Question:
    """A question asked at the last sentence of the second chapter, in grade two."""
    chapters = (
        chapter(0, "The Mill", MILL, finished=True),
        chapter(1, "The Kite", KITE, finished=False),
    )
    last = chapters[-1].sentences[-1]
    known: dict[str, Any] = {
        "text": text,
        "kind": "text",
        "book_title": "The Wind in the Garret",
        "author": "A. Miller",
        "language": "en",
        "reading_level": 2,
        "sentence": last.text,
        "word_index": last.first_word_index + 1,
        "visible_to_word_index": last.first_word_index + last.word_count - 1,
        "chapters": chapters,
        "people": PEOPLE,
        "glossary": GLOSSARY,
    }
    return Question(**(known | changes))


async def everything(tutor: Tutor, question: Question) -> tuple[list[TextDelta | Restart], Answer]:
    """All items of a stream; checks that its end fits what came before, as every stream must."""
    before: list[TextDelta | Restart] = []
    ends: list[Answer] = []
    shown = ""
    async for item in tutor.answer(question):
        assert not ends, "something came after the answer"
        if isinstance(item, Answer):
            ends.append(item)
        else:
            shown = "" if isinstance(item, Restart) else shown + item.text
            before.append(item)
    (answer,) = ends
    assert shown == answer.text
    assert answer.visible_to_word_index == question.visible_to_word_index
    for citation in answer.citations:
        assert citation.word_index + citation.length - 1 <= question.visible_to_word_index
    return before, answer


def words_at(question: Question, word_index: int, length: int) -> str:
    """The book's words at a citation."""
    words: Mapping[int, str] = {
        sentence.first_word_index + place: word
        for one in question.chapters
        for sentence in one.sentences
        for place, word in enumerate(sentence.text.split())
    }
    return " ".join(words[index] for index in range(word_index, word_index + length))


class ScriptedTutor:
    """A tutor of ours that gives planned items, then raises when told to."""

    def __init__(
        self, *items: TextDelta | Restart | Answer, error: Exception | None = None
    ) -> None:
        self.items = items
        self.error = error
        self.asked = 0
        self.closed = False

    async def answer(self, question: Question) -> AsyncIterator[TextDelta | Restart | Answer]:
        self.asked += 1
        for item in self.items:
            yield item
        if self.error is not None:
            raise self.error

    async def aclose(self) -> None:
        self.closed = True
