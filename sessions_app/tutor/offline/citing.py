"""What an answer is about, worked out from the question and the answer's own words.

The model is asked for plain text only; asking it for JSON would cost time and break streams.
"""

import re
from collections.abc import Iterator

from library.language.lemmas import stem

from ..types import Citation, Definition, Question, ResponseType, Sentence, Suggestion
from .drafts import ASK_MORE, CONTINUE, GUESS, HEAR_AGAIN, USE_THE_WORD, Draft
from .understanding import Topic, understand
from .words.meanings import in_glossary

_QUOTE = re.compile(r"“([^“”]{3,400})”|\"([^\"]{3,400})\"")
_LETTERS = re.compile(r"[^\W_]+")
_FEWEST_WORDS = 3
_MOST_CITATIONS = 5
_EXAMPLE = re.compile(r"\bfor example\b|\bfor instance\b|\blike when\b|\bimagine\b", re.IGNORECASE)
_WHYS: frozenset[Topic] = frozenset({"why", "how", "sentence", "so_far", "yes_no", "where", "who"})


def described(question: Question, text: str) -> Draft:
    """A model's finished `text` with its type, definition, citations and suggestions."""
    asked = understand(question.text, clicked=question.kind == "word")
    about_word = asked.topic == "word" or (asked.topic == "thing" and " " not in asked.subject)
    definition = _definition(asked.subject, question, text) if about_word else None
    return Draft(
        text=text,
        response_type=_response_type(asked.topic, definition, text),
        structured=definition,
        citations=cited(question, text),
        suggestions=_suggestions(asked.topic, definition),
    )


def cited(question: Question, text: str) -> tuple[Citation, ...]:
    """Where the book's words quoted in `text` stand, among the sentences already read.

    Quotes of fewer than three words are left out: they could stand anywhere.
    """
    sentences = [
        sentence
        for chapter in reversed(question.chapters)
        for sentence in reversed(chapter.sentences)
        if sentence.first_word_index + sentence.word_count - 1 <= question.visible_to_word_index
    ]
    found: list[Citation] = []
    for quote in _quotes(text):
        place = next((c for s in sentences if (c := _within(quote, s)) is not None), None)
        if place is not None and place not in found:
            found.append(place)
    return tuple(found[:_MOST_CITATIONS])


def _quotes(text: str) -> Iterator[list[str]]:
    for match in _QUOTE.finditer(text):
        words = _LETTERS.findall((match[1] or match[2]).lower())
        if len(words) >= _FEWEST_WORDS:
            yield words


def _within(quote: list[str], sentence: Sentence) -> Citation | None:
    """The words of `sentence` that `quote` repeats, whatever their punctuation."""
    letters = [_LETTERS.findall(word.lower()) for word in sentence.text.split()]
    flat = [(part, place) for place, parts in enumerate(letters) for part in parts]
    for start in range(len(flat) - len(quote) + 1):
        if all(flat[start + i][0] == word for i, word in enumerate(quote)):
            if len(letters) != sentence.word_count:  # counted otherwise: cite all of it
                return Citation(sentence.first_word_index, sentence.word_count)
            first, last = flat[start][1], flat[start + len(quote) - 1][1]
            return Citation(sentence.first_word_index + first, last - first + 1)
    return None


def _definition(word: str, question: Question, text: str) -> Definition | None:
    if not word:
        return None
    own = in_glossary(word, question.glossary)
    if own is not None:
        return own
    sentences = re.split(r"(?<=[.!?])\s+", text)
    saying = [s for s in sentences if any(stem(w) == stem(word) for w in _LETTERS.findall(s))]
    return Definition(word, (saying or sentences)[0].strip())


def _response_type(topic: Topic, definition: Definition | None, text: str) -> ResponseType:
    if definition is not None:
        return "mixed" if _EXAMPLE.search(text) else "definition"
    if _EXAMPLE.search(text):
        return "example"
    return "explanation" if topic in _WHYS else "text"


def _suggestions(topic: Topic, definition: Definition | None) -> tuple[Suggestion, ...]:
    if definition is not None:
        return (CONTINUE, USE_THE_WORD, HEAR_AGAIN)
    if topic == "ahead":
        return (CONTINUE, GUESS)
    if topic == "sentence":
        return (HEAR_AGAIN, ASK_MORE, CONTINUE)
    return (CONTINUE, ASK_MORE, HEAR_AGAIN)
