"""Answers about people and events, out of the passages already read."""

import re
from collections.abc import Sequence
from dataclasses import replace

from .asking import Topic
from .drafts import (
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
from .passages import Found, Passages, terms
from .types import ChapterSoFar, Citation, Question, Sentence

_CUES: dict[Topic, re.Pattern[str]] = {
    "why": re.compile(r"\b(?:because|so that|so|since|for|wanted|afraid|needed|to)\b"),
    "where": re.compile(r"\b(?:in|on|at|under|near|behind|beside|inside|into|above|home|lived)\b"),
    "when": re.compile(r"\b(?:when|after|before|morning|night|evening|day|year|once|until|"
    "o'clock)\b"),
    "how_many": re.compile(
        r"\b(?:\d+|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|twenty|thirty|"
        r"hundred|thousand|many|only|both|all|half)\b"
    ),
    "how": re.compile(r"\b(?:by|with|until|then|so)\b"),
    "who": re.compile(r"\b(?:named|called|who)\b"),
}  # fmt: skip
_SAYS_WHY = re.compile(r"\bbecause\b|\bso that\b|\bfor (?:it|he|she|they|we|i)\b|\bsince\b", re.I)
_GIVES_REASON = re.compile(r"^[“\"']?(?:because|for|so)\b", re.I)
_WHAT_SAID = re.compile(r"(?:and )?what (?:did|does|do) .+ (?:say|tell|answer|ask)\b")
_ENOUGH = 0.6
_ENOUGH_TO_CONFIRM = 0.75
_OPENINGS: dict[Topic, tuple[str, ...]] = {
    "why": ("Here is a clue from the story:", "Let us look at what the story says:"),
    "yes_no": ("Let us look. The story says:",),
    "how": ("The story shows us:",),
}
_DEFAULT_OPENINGS = ("The story says:", "We read about that:")
_LONGEST_NAME = 40
_LIVES = re.compile(r"\b(?:lives?|lived|home|house)\b")
_OF_BEARER = re.compile(
    r"\bhow (?:old|big|tall|small)\b|\b(?:come|comes|came) from\b|\bfrom\b"
)
#: How a story says who somebody is, the plainest first; NAME stands for the name.
_TELLING = (
    r"\bNAME,? (?:who |which )?(?:was|is|were|are) (?:not \w+; \w+ (?:was|is) )?(?:an?|the|one|"
    r"his|her|their) ",
    r"\b(?:named|called) (?:\w+ )?NAME\b",
    r"\bNAME lived\b",
    r"\bNAME, (?:an?|the|his|her|their|who) ",
    r"\b(?:his|her|their|my|our|old|little|aunt|uncle) NAME, ",
    r"\bNAME (?:was|were|is|are) (?!about|to\b|so\b|in\b|on\b|at\b|\w+(?:ing|ed|en)\b)",
)
_ARTICLES = ("A", "An", "The", "One", "Some")


def about_story(topic: Topic, question: Question, passages: Passages) -> Draft:
    """A why, where, who, how … out of the book, or an honest "the story does not say"."""
    asked = question.text
    if not terms(asked):
        return _about_here(topic, question, passages)
    known = _from_people(asked, question) or _about_its_name(topic, question, passages)
    if known is not None:
        return known
    hits = passages.search(asked, cues=_CUES.get(topic))
    enough = _ENOUGH_TO_CONFIRM if topic == "yes_no" else _ENOUGH
    if not hits or hits[0].coverage < enough:
        return not_found(question)
    if passages.only_names(asked) and topic in ("other", "how"):
        hits = _deeds(hits)
    if _WHAT_SAID.match(asked.lower()):
        hits = _sayings([hit for hit in hits if hit.coverage >= enough])
    if topic == "where":  # the teller says where somebody is; talk seldom does
        told = [hit for hit in hits if "“" not in hit.sentence.text and hit.coverage >= enough]
        hits = told or hits
    sentences = _passage(topic, hits, passages, asked, quote_limit(question))
    quote, citations = quoted(sentences, quote_limit(question))
    openings = _OPENINGS.get(topic, _DEFAULT_OPENINGS)
    text = f"{openings[len(question.text) % len(openings)]} {quote}"
    if topic in ("why", "yes_no", "how") and question.reading_level >= 1:
        text = f"{text} What do you think?"
    return Draft(text, "explanation", None, citations, (CONTINUE, ASK_MORE, HEAR_AGAIN))


def not_found(question: Question) -> Draft:
    """Nothing that was read answers this."""
    text = "I looked, but I could not find that in the part you have read."
    if question.reading_level <= 1:
        text = f"{text} Read on and see, or ask a grown-up!"
    else:
        text = f"{text} Maybe the story tells it later. Your teacher may have an idea, too."
    return Draft(text, suggestions=(CONTINUE, ASK_MORE))


def about_person(name: str, question: Question, passages: Passages) -> Draft | None:
    """Who somebody is: by the book's own list, else by how the book introduces them."""
    known = in_people(name, question)
    if known is not None:
        return Draft(_introduced(*known), "text", suggestions=(CONTINUE, ASK_MORE))
    found, tells = _introduction(name, passages)
    if found is None:
        return None
    quote, citations = quoted([found], quote_limit(question))
    opening = "The story tells us:" if tells else "The story has not said it plainly. We read:"
    return Draft(f"{opening} {quote}", "text", None, citations, (CONTINUE, ASK_MORE))


def by_name(name: str, question: Question) -> Draft | None:
    """Who somebody is whom the book's own list has under this name."""
    known = _named(name, question)
    return None if known is None else Draft(_introduced(*known), suggestions=(CONTINUE, ASK_MORE))


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
            c for c in chapters if c.title.split()[:1] in ([str(number)], [_roman(number)])
        )
        found = found or tuple(c for c in chapters if c.index == number - 1)
    if not found:
        return ahead(question) if number > chapters[-1].index + 1 else not_found(question)
    return so_far(replace(question, chapters=found[:1]), passages)


def unmet(name: str) -> Draft:
    """Somebody whom the part read so far does not name."""
    if len(name) > _LONGEST_NAME:
        return Draft("I do not know who that is. Ask me about somebody in the story!")
    shown = " ".join(part[:1].upper() + part[1:] for part in name.split())
    text = (
        f"I have not met {shown} in the part you have read. "
        "Maybe they come later, or they have another name here."
    )
    return Draft(text)


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


def in_people(name: str, question: Question) -> tuple[str, str] | None:
    """(name, who that is) of somebody in the book's own list, by name or by what they are."""
    named = _named(name, question)
    if named is not None:
        return named
    asked = set(terms(name))
    for known, about in question.people.items():
        if asked and asked <= set(terms(f"{known} {about}")):
            return known, about
    return None


def _named(name: str, question: Question) -> tuple[str, str] | None:
    """(name, who that is) by the full name or a part of it."""
    wanted = name.lower().removesuffix("'s")
    for known, about in question.people.items():
        if known.lower() == wanted:
            return known, about
    for known, about in question.people.items():
        if set(wanted.split()) & {part.lower() for part in known.split() if part[:1].isupper()}:
            return known, about
    return None


def _about_its_name(topic: Topic, question: Question, passages: Passages) -> Draft | None:
    """For "How old is Nino?", "Where does Dorothy come from?": nothing but a name is asked
    about, so what introduces its bearer is the likeliest place to look."""
    asks_of_bearer = _OF_BEARER.search(question.text.lower()) is not None
    names = passages.names_in(question.text) if asks_of_bearer else []
    if topic in ("yes_no", "when") and not asks_of_bearer:
        names = passages.only_names(question.text)
    if not names or (topic == "where" and _LIVES.search(question.text.lower())):
        return None
    return about_person(" ".join(names), question, passages) or not_found(question)


def _from_people(asked: str, question: Question) -> Draft | None:
    """An answer out of the book's own list of people, where that says all that is asked."""
    wanted = set(terms(asked))
    for name, about in question.people.items():
        named = set(terms(name)) <= wanted
        if named and len(wanted) > 1 and wanted <= set(terms(f"{name} {about}")):
            return Draft(_introduced(name, about), suggestions=(CONTINUE, ASK_MORE))
    return None


def _roman(number: int) -> str:
    """A small number as old books count their chapters: 4 -> "IV"."""
    parts = ((10, "X"), (9, "IX"), (5, "V"), (4, "IV"), (1, "I"))
    written = ""
    for value, letters in parts:
        written += letters * (number // value)
        number %= value
    return written


def _deeds(hits: Sequence[Found]) -> list[Found]:
    """For "What did Temi do?": what was told of late, best where the sentence begins with her."""
    by_place = sorted(hits, key=lambda hit: -hit.place)
    return sorted(by_place, key=lambda hit: ("“" in hit.sentence.text, not hit.leads))


def _sayings(hits: Sequence[Found]) -> list[Found]:
    """For "What did Zaza say?": the newest talk."""
    talk = [hit for hit in sorted(hits, key=lambda hit: -hit.place) if "“" in hit.sentence.text]
    return talk or list(hits)


def _introduced(name: str, about: str) -> str:
    about = about.strip()
    if not about.endswith((".", "!", "?")):
        about += "."
    first = about.split(" ", 1)[0]
    if first in _ARTICLES:
        return f"{name} is {about[:1].lower()}{about[1:]}"
    if about.startswith(name):
        return about
    return f"{name}: {about}"


def _introduction(name: str, passages: Passages) -> tuple[Sentence | None, bool]:
    """The sentence that introduces a name, "Toto was a …" or "a dog named Toto", and whether it
    does; else where the name stands first."""
    words = terms(name)
    mentions = passages.with_term(words[-1]) if words else []
    full = [place for place in mentions if set(words) <= set(terms(passages.sentences[place].text))]
    order = [passages.sentences[place] for place in full or mentions]
    # The teller says who somebody is more plainly than anybody in the story.
    order.sort(key=lambda sentence: "“" in sentence.text)
    bare = re.escape(name.split()[-1]) if name.split() else ""
    for pattern in _TELLING:
        telling = re.compile(pattern.replace("NAME", bare), re.IGNORECASE)
        found = next((sentence for sentence in order if telling.search(sentence.text)), None)
        if found is not None:
            return found, True
    return (order[0], False) if order else (None, False)


def _about_here(topic: Topic, question: Question, passages: Passages) -> Draft:
    """ "Why?", "Where is he?": no telling word, so it is about what was just read."""
    recent = passages.sentences[-6:]
    if not recent:
        return not_found(question)
    cue = _SAYS_WHY if topic == "why" else _CUES.get(topic)
    with_cue = [s for s in reversed(recent) if cue is not None and cue.search(s.text)]
    chosen = with_cue[:1] or recent[-2:]
    quote, citations = quoted(chosen, quote_limit(question))
    text = f"Let us look at what we just read: {quote} If that does not help, ask me again."
    return Draft(text, "explanation", None, citations, (ASK_MORE, HEAR_AGAIN, CONTINUE))


def _passage(
    topic: Topic, hits: Sequence[Found], passages: Passages, asked: str, limit: int
) -> list[Sentence]:
    """The best sentence, with a neighbour where that holds the reason or the rest."""
    best, asked_terms = hits[0], set(terms(asked))
    before = passages.sentences[best.place - 1] if best.place else None
    bare = set(terms(best.sentence.text)) <= asked_terms
    after_at = best.place + 1
    after = passages.sentences[after_at] if after_at < len(passages.sentences) else None
    if topic == "why" and not _SAYS_WHY.search(best.sentence.text):
        if after is not None and (_GIVES_REASON.search(after.text) or _SAYS_WHY.search(after.text)):
            return [best.sentence, after]
        if bare and after is not None:
            around = [before, best.sentence, after] if before is not None else []
            fits = sum(len(sentence.text.split()) for sentence in around) <= limit
            return around if around and fits else [best.sentence, after]
        if before is not None and len((before.text + best.sentence.text).split()) <= limit:
            return [before, best.sentence]
    for other in hits[1:3]:
        beside = abs(other.place - best.place) == 1
        if beside and other.score > 0.6 * best.score:
            return sorted((best.sentence, other.sentence), key=lambda s: s.first_word_index)
    return [best.sentence]


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
