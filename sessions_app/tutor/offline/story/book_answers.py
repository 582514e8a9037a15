"""Answers about the book as a whole: its cover, its people, what happened, what comes next."""

from collections.abc import Sequence

from ...types import ChapterSoFar, Citation, Question, Sentence
from ..drafts import (
    ASK_MORE,
    CONTINUE,
    GUESS,
    HEAR_AGAIN,
    OWN_WORDS,
    Draft,
    and_list,
    quote_limit,
    quoted,
)
from ..retrieval.passages import has_telling_word
from ..story_so_far import StorySoFar
from ..understanding.intent import Intent
from .retelling import retold

_OPENINGS = ("It begins:", "Then:", "After that:", "Later:", "And then:")
_MOST_NAMES = 8
_LONGEST_TOLD = 24
_MANY = 5


def about_whole_story(intent: Intent, story: StorySoFar) -> Draft | None:
    """The cover, the chapters, everybody in the book, what happened and what comes next."""
    match intent.topic:
        case "book":
            return _cover(intent.subject, story.question)
        case "chapter":
            return _chapter(int(intent.subject), story)
        case "cast":
            return _cast(story)
        case "so_far":
            return so_far(story)
        case "ahead" if intent.subject != "maybe" and not has_telling_word(story.asked):
            return ahead(story)
    return None


def so_far(story: StorySoFar, chapters: Sequence[ChapterSoFar] = ()) -> Draft:
    """A short retelling of `chapters`, by default of all that was read: what went before in a
    sentence or two, the chapter that the child is in, and where they are now."""
    read = story.passages.sentences
    visible = set(read)
    told = [[one for one in chapter.sentences if one in visible]
            for chapter in chapters or story.question.chapters]  # fmt: skip
    told = [sentences for sentences in told if sentences]
    if not told:
        return Draft("The story is just beginning. Let us read!", suggestions=(CONTINUE,))
    most = 4 if story.level == 0 else 5 if story.level <= 3 else 6
    before = told[:1] + told[-2:-1] if len(told) > 2 else told[:-1]
    about = " ".join((story.question.book_title, *(one.title for one in story.question.chapters)))
    chosen = [one for part in before[: most // 2] for one in retold(part, story.names, 1, about)]
    chosen += retold(told[-1], story.names, most - len(chosen), about)
    if not chapters and story.here is not None and story.here not in chosen:
        chosen = [*chosen, story.here] if len(chosen) < most else [*chosen[:-1], story.here]
    return _told_in_order(chosen, story, now=not chapters)


def _told_in_order(chosen: Sequence[Sentence], story: StorySoFar, *, now: bool) -> Draft:
    limit = _LONGEST_TOLD if len(chosen) < _MANY else _LONGEST_TOLD // 2 + 4
    parts: list[str] = []
    citations: list[Citation] = []
    for place, sentence in enumerate(chosen):
        quote, cited = quoted([sentence], limit)
        last = now and place == len(chosen) - 1 and place > 0
        opening = "And now:" if last else _OPENINGS[min(place, len(_OPENINGS) - 1)]
        parts.append(f"{opening} {quote}")
        citations.extend(cited)
    return Draft(" ".join(parts), "explanation", None, tuple(citations),
                 (OWN_WORDS, CONTINUE, HEAR_AGAIN))  # fmt: skip


def _chapter(number: int, story: StorySoFar) -> Draft:
    """What happened in one chapter: the nth, or the last for -1."""
    chapters = story.question.chapters
    if not chapters:
        return so_far(story)
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
        return ahead(story) if number > chapters[-1].index + 1 else so_far(story)
    return so_far(story, found[:1])


def _cast(story: StorySoFar) -> Draft:
    """Everybody met so far."""
    names = list(story.question.people) or [
        name for name, count in story.names.counts.most_common(_MOST_NAMES)
        if count > 1 and story.names.gender(name) is not None
    ]  # fmt: skip
    if not names:
        return so_far(story)
    text = f"So far we have met {and_list(names[:_MOST_NAMES])}. Ask me about one of them!"
    return Draft(text, suggestions=(ASK_MORE, CONTINUE))


def ahead(story: StorySoFar, known: Sequence[Sentence] = ()) -> Draft:
    """What comes later is not ours to tell; what is `known` of it so far is."""
    text = "I do not want to spoil the surprise!"
    citations: tuple[Citation, ...] = ()
    if known:
        quote, citations = quoted(known, quote_limit(story.question))
        text = f"{text} The story has not told us this yet. So far it says: {quote}"
    text = f"{text} Let us read on and find out together."
    if story.level >= 1:
        text = f"{text} What do you think will happen?"
    return Draft(text, citations=citations, suggestions=(CONTINUE, GUESS), is_last_resort=True)


def _cover(which: str, question: Question) -> Draft:
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


def _roman(number: int) -> str:
    """A small number as old books count their chapters: 4 -> "IV"."""
    parts = ((10, "X"), (9, "IX"), (5, "V"), (4, "IV"), (1, "I"))
    written = ""
    for value, letters in parts:
        written += letters * (number // value)
        number %= value
    return written
