"""Answers about the book as a whole: its cover, its people, what happened, what comes next."""

from collections.abc import Sequence
from dataclasses import replace

from ..types import ChapterSoFar, Citation, Question, Sentence
from .drafts import (
    ASK_MORE,
    CONTINUE,
    GUESS,
    HEAR_AGAIN,
    OWN_WORDS,
    Draft,
    and_list,
    not_found,
    quote_limit,
    quoted,
)
from .passages import Passages, terms


def about_book(which: str, question: Question) -> Draft:
    """What the cover tells: title, author, chapter. How much is left is not ours to see."""
    title = f"“{question.book_title}”"
    chapter = question.chapters[-1].title if question.chapters else ""
    if which == "author" and question.author:
        return Draft(f"{title} was written by {question.author}.")
    if which == "chapter" and chapter and chapter != question.book_title:
        return Draft(f"You are in the chapter “{chapter}” of {title}.")
    if which == "length":
        return Draft(
            "I see only the part that you have read. The page shows you how far you are. "
            "Take all the time you like!"
        )
    return Draft(f"You are reading {title}.")


def chapter_so_far(number: int, question: Question, passages: Passages) -> Draft:
    """What happened in one chapter: the nth, or the last for -1."""
    chapters = question.chapters
    if not chapters:
        return so_far(question, passages)
    if number < 0:
        found = chapters[-2:-1] or chapters[-1:]
    else:
        found = tuple(
            c
            for c in chapters
            if c.title.partition(" ")[0].rstrip(".:") in (str(number), _roman(number))
        )
        found = found or tuple(c for c in chapters if c.index == number - 1)
    if not found:
        return ahead(question) if number > chapters[-1].index + 1 else not_found(question)
    return so_far(replace(question, chapters=found[:1]), passages)


def cast(question: Question, passages: Passages) -> Draft:
    """Everybody met so far."""
    if not question.people:
        return so_far(question, passages)
    names = list(question.people)[:8]
    text = f"So far we have met {and_list(names)}. Ask me about one of them!"
    return Draft(text, suggestions=(ASK_MORE, CONTINUE))


def so_far(question: Question, passages: Passages) -> Draft:
    """A few sentences of the current chapter, from its beginning to where the child is."""
    chapter = _chapter_with_text(question, passages)
    if chapter is None:
        return Draft("The story is just beginning. Let us read!", suggestions=(CONTINUE,))
    read = [s for s in chapter.sentences if s in set(passages.sentences)]
    chosen = _milestones(read)
    limit = max(12, quote_limit(question) // 2)
    parts: list[str] = []
    citations: list[Citation] = []
    for opening, sentence in zip(("It begins:", "Then:", "And now:"), chosen, strict=False):
        quote, cited = quoted([sentence], limit)
        parts.append(f"{opening} {quote}")
        citations.extend(cited)
    text = " ".join(parts)
    return Draft(text, "explanation", None, tuple(citations), (OWN_WORDS, CONTINUE, HEAR_AGAIN))


def ahead(question: Question) -> Draft:
    """What comes later is not ours to tell."""
    text = "I do not want to spoil the surprise! Let us read on and find out together."
    if question.reading_level >= 1:
        text = f"{text} What do you think will happen?"
    return Draft(text, suggestions=(CONTINUE, GUESS))


def _roman(number: int) -> str:
    """A small number as old books count their chapters: 4 -> "IV"."""
    parts = ((10, "X"), (9, "IX"), (5, "V"), (4, "IV"), (1, "I"))
    written = ""
    for value, letters in parts:
        written += letters * (number // value)
        number %= value
    return written


def _chapter_with_text(question: Question, passages: Passages) -> ChapterSoFar | None:
    read = set(passages.sentences)
    for chapter in reversed(question.chapters):
        if any(sentence in read for sentence in chapter.sentences):
            return chapter
    return None


def _milestones(read: Sequence[Sentence]) -> list[Sentence]:
    if len(read) <= 3:
        return list(read)
    middle = max(read[1:-1], key=lambda s: min(len(set(terms(s.text))), 14))
    return [read[0], middle, read[-1]]
