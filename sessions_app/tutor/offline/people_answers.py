"""Answers about people: by the book's own list of them, else by how the book introduces them."""

import re
from collections.abc import Sequence

from library.language.story_words import story_words

from ..types import Question, Sentence
from .drafts import ASK_MORE, CONTINUE, Draft, and_list, capital, quote_limit, quoted
from .retrieval.answer_types import AnswerType, holds
from .retrieval.passages import Passages, terms
from .story_so_far import StorySoFar
from .understanding.intent import Intent

_WANTS = re.compile(r"\b(?:what|where) (?:does|did|do) .+ (want|wish|like|love|do|live|work)\b")
_LONGEST_NAME = 40
_LIVES = re.compile(r"\b(?:lives?|lived|home|house|work|works)\b")
_IS_A = re.compile(
    r"^(?:is|was) [\w. ]+? (?:an?|the) (?:boy|girl|man|woman|person|human|animal|child|grown-?up|"
    r"witch|wizard|king|queen|dog|cat|bird|horse|goat|good|bad)\b"
)
_OF_BEARER: tuple[AnswerType, ...] = ("age", "size")
#: How a story says who somebody is, the plainest first; NAME stands for the name.
_TELLING = (
    r"\bNAME,? (?:who |which )?(?:was|is|were|are) (?:not \w+; \w+ (?:was|is) )?(?:an?|the|one|"
    r"his|her|their) ",
    r"\b(?:named|called) (?!the |out |to )(?:\w+ )?NAME\b",
    r"\b(?:saw|met|was|came|found|sat|stood|lived) (?:only )?(?:an?|the) (?:\w+ ){0,2}NAME\b",
    r"\bNAME lived\b",
    r"\bNAME, (?:an?|the|his|her|their|who) ",
    r"\b(?:his|her|their|my|our|old|little|aunt|uncle) NAME, ",
    r"\bNAME (?:was|were|is|are) (?!about|to\b|so\b|in\b|on\b|at\b|\w+(?:ing|ed|en)\b)",
)
_SAYING = re.compile(r" (?:said|asked|cried|called|shouted|answered|whispered)\b")
_ARTICLES = ("A", "An", "The", "One", "Some")


def about_who(intent: Intent, story: StorySoFar) -> Draft | None:
    """ "Who is Bram?": by the book's own list, by what the story says, or by what it is to be."""
    if intent.topic != "person":
        return None
    subject = intent.subject
    words = terms(subject)
    name = story.names.named(subject)
    if name is not None and subject not in ("he", "she", "him", "her"):
        return about_person(subject, story) or about_person(name, story)
    if not words:
        pronoun = subject if subject in ("he", "she", "him", "her") else ""
        name = story.stands_for(pronoun) if pronoun else None
        return about_person(name, story) if name is not None else None
    known = about_person(subject, story)
    if known is not None:
        return known
    if any(story.passages.has(word) for word in words):
        return None
    return _unmet(subject, story)


def about_person(name: str, story: StorySoFar) -> Draft | None:
    """Who somebody is: by the book's own list, else by how the book introduces them."""
    known = _in_people(name, story.question)
    if known is not None:
        return Draft(_introduced(*known), "text", suggestions=(CONTINUE, ASK_MORE))
    found, tells = _introduction(name, story.passages)
    if found is None:
        return None
    more = _deed(name, found, story) if story.level > 1 else None
    quote, citations = quoted([found, *_going_on(found, story)] if not tells else [found],
                              quote_limit(story.question))  # fmt: skip
    opening = "The story tells us:" if tells else "We read this of them:"
    text = f"{opening} {quote}"
    if more is not None:
        told, cited = quoted([more], quote_limit(story.question) // 2)
        text, citations = f"{text} And also: {told}", (*citations, *cited)
    return Draft(text, "text", None, citations, (CONTINUE, ASK_MORE))


def _going_on(first: Sentence, story: StorySoFar) -> list[Sentence]:
    """The sentence after it, where that goes on to tell of the same one: "He was eight."."""
    sentences = story.passages.sentences
    after = sentences[sentences.index(first) + 1 :][:1]
    return [one for one in after if one.text.split(" ", 1)[0] in ("He", "She", "They", "It")]


def _deed(name: str, told: Sentence, story: StorySoFar) -> Sentence | None:
    """Another of the teller's sentences that begins with the name."""
    start = story.names.named(name) or name
    return next(
        (
            sentence
            for sentence in story.passages.sentences
            if sentence != told and sentence.text.startswith(start) and "“" not in sentence.text
            and _SAYING.match(sentence.text[len(start) :]) is None
            and 5 <= sentence.word_count <= 24
        ),
        None,
    )  # fmt: skip


def by_name(name: str, question: Question) -> Draft | None:
    """Who somebody is whom the book's own list has under this name."""
    known = _named(name, question)
    return None if known is None else Draft(_introduced(*known), suggestions=(CONTINUE, ASK_MORE))


def _unmet(name: str, story: StorySoFar) -> Draft:
    """Somebody whom the part read so far does not name."""
    if len(name) > _LONGEST_NAME:
        return Draft("I do not know who that is. Ask me about somebody in the story!")
    is_common = name in story_words()  # "the judge" is no name
    shown = f"the {name}" if is_common else " ".join(map(capital, name.split()))
    met = list(story.question.people) or [one for one, _ in story.names.counts.most_common(4)]
    if " " in name and not re.search(r"(?<=\w )[A-Z]", story.question.text):
        return Draft(f"I know only this book, and we have not read of “{name}” in it. "
                     "Ask me about somebody in the story!", is_last_resort=True)  # fmt: skip
    text = f"I have not met {shown} in the part you have read."
    if met:
        text = f"{text} So far there are {and_list(met[:4])}. Do you mean one of them?"
    return Draft(text)


def _in_people(name: str, question: Question) -> tuple[str, str] | None:
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


def from_people(asked: str, kind: AnswerType, question: Question) -> Draft | None:
    """An answer out of the book's own list of people, where that says all that is asked."""
    if kind == "reason" or (kind == "place" and _LIVES.search(asked) is None):
        return None
    wanted = set(terms(asked))
    verb = _WANTS.search(asked.lower())
    for name, about in question.people.items():
        asks_of = wanted - set(terms(verb[1])) if verb is not None else set()
        if verb is not None and asks_of == set(terms(name)) and verb[1] in about.lower():
            return Draft(_introduced(name, about), suggestions=(CONTINUE, ASK_MORE))
        named = set(terms(name)) <= wanted
        is_told = kind in _OF_BEARER and holds(kind, about, "", [])
        only_bearer = wanted <= set(terms(f"{name} old big tall from"))
        of_bearer = named and (_IS_A.search(asked) is not None or (is_told and only_bearer))
        if of_bearer or (
            named
            and " did " not in asked
            and wanted - set(terms(name))
            and wanted <= set(terms(f"{name} {about}"))
        ):
            return Draft(_introduced(name, about), suggestions=(CONTINUE, ASK_MORE))
    return None


def _introduced(name: str, about: str) -> str:
    about = about.strip()
    if not about.endswith((".", "!", "?")):
        about += "."
    first = about.split(" ", 1)[0]
    if first in ("He", "She", "It"):
        return f"{name}{about.removeprefix(first)}"
    if first.endswith(("’s", "'s")):
        return f"{name} is {about}"
    if first in _ARTICLES:
        return f"{name} is {about[:1].lower()}{about[1:]}"
    if about.startswith(name):
        return about
    return f"{name}: {about}"


def _introduction(name: str, passages: Passages) -> tuple[Sentence | None, bool]:
    """The sentence that introduces a name, "Toto was a …" or "a dog named Toto", and whether it
    does; else where the name stands first."""
    words = terms(name)
    cased = re.compile(rf"\b{re.escape(name.rsplit(maxsplit=1)[-1])}\b") if name else None
    mentions = passages.with_term(words[-1]) if words else [
        place for place, one in enumerate(passages.sentences)
        if cased is not None and name[:1].isupper() and cased.search(one.text)
    ]  # fmt: skip
    return _telling(name, mentions, passages)


def _telling(
    name: str, mentions: Sequence[int], passages: Passages
) -> tuple[Sentence | None, bool]:
    """Of the sentences at `mentions` the one that says most plainly who it is."""
    words = terms(name)
    full = [place for place in mentions if set(words) <= set(terms(passages.sentences[place].text))]
    order = [passages.sentences[place] for place in full or mentions]
    # The teller says who somebody is more plainly than anybody in the story.
    order.sort(key=lambda sentence: "“" in sentence.text)
    bare = re.escape(name.rsplit(maxsplit=1)[-1]) if name.split() else ""
    plain = [sentence for sentence in order if "“" not in sentence.text]
    for among in (plain, order):
        for pattern in _TELLING:
            telling = re.compile(pattern.replace("NAME", bare), re.IGNORECASE)
            found = next((sentence for sentence in among if telling.search(sentence.text)), None)
            if found is not None:
                return found, True
    return (order[0], False) if order else (None, False)
