"""Answers about people: by the book's own list of them, else by how the book introduces them."""

import re

from library.language.story_words import story_words

from ..types import Question, Sentence
from .drafts import ASK_MORE, CONTINUE, Draft, capital, not_found, quote_limit, quoted
from .intent import Topic
from .passages import Passages, terms

_WANTS = re.compile(r"\b(?:what|where) (?:does|did|do) .+ (want|wish|like|love|do|live|work)\b")
_LONGEST_NAME = 40
_LIVES = re.compile(r"\b(?:lives?|lived|home|house)\b")
_OF_BEARER = re.compile(
    r"^(?:is|was) [\w. ]+? (?:an?|the) (?:boy|girl|man|woman|person|human|animal|child|grown-?up|"
    r"witch|wizard|king|queen|dog|cat|bird|horse|goat|good|bad)\b|"
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


def about_person(name: str, question: Question, passages: Passages) -> Draft | None:
    """Who somebody is: by the book's own list, else by how the book introduces them."""
    known = _in_people(name, question)
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


def unmet(name: str) -> Draft:
    """Somebody whom the part read so far does not name."""
    if len(name) > _LONGEST_NAME:
        return Draft("I do not know who that is. Ask me about somebody in the story!")
    is_common = name in story_words()  # "the judge" is no name
    shown = f"the {name}" if is_common else " ".join(map(capital, name.split()))
    text = (
        f"I have not met {shown} in the part you have read. "
        "Maybe they come later, or they have another name here."
    )
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


def about_its_name(topic: Topic, question: Question, passages: Passages) -> Draft | None:
    """For "How old is Nino?", "Where does Dorothy come from?": nothing but a name is asked
    about, so what introduces its bearer is the likeliest place to look."""
    asks_of_bearer = _OF_BEARER.search(question.text.lower()) is not None
    names = passages.names_in(question.text) if asks_of_bearer else []
    if asks_of_bearer and not names:
        listed = {term for name in question.people for term in terms(name)}
        names = [term for term in terms(question.text) if term in listed]
    if topic in ("yes_no", "when") and not asks_of_bearer:
        names = passages.only_names(question.text)
    if not names or (topic == "where" and _LIVES.search(question.text.lower())):
        return None
    asked = re.findall(r"[^\W\d_]+", question.text)
    name = " ".join(word for word in asked if set(terms(word)) & set(names))
    return about_person(name, question, passages) or not_found(question)


def from_people(asked: str, question: Question) -> Draft | None:
    """An answer out of the book's own list of people, where that says all that is asked."""
    wanted = set(terms(asked))
    verb = _WANTS.search(asked.lower())
    for name, about in question.people.items():
        asks_of = wanted - set(terms(verb[1])) if verb is not None else set()
        if verb is not None and asks_of == set(terms(name)) and verb[1] in about.lower():
            return Draft(_introduced(name, about), suggestions=(CONTINUE, ASK_MORE))
        named = set(terms(name)) <= wanted
        if named and len(wanted) > 1 and wanted <= set(terms(f"{name} {about}")):
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
    mentions = passages.with_term(words[-1]) if words else []
    full = [place for place in mentions if set(words) <= set(terms(passages.sentences[place].text))]
    order = [passages.sentences[place] for place in full or mentions]
    # The teller says who somebody is more plainly than anybody in the story.
    order.sort(key=lambda sentence: "“" in sentence.text)
    bare = re.escape(name.rsplit(maxsplit=1)[-1]) if name.split() else ""
    for pattern in _TELLING:
        telling = re.compile(pattern.replace("NAME", bare), re.IGNORECASE)
        found = next((sentence for sentence in order if telling.search(sentence.text)), None)
        if found is not None:
            return found, True
    return (order[0], False) if order else (None, False)
