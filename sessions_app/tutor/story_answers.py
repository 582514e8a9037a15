"""Answers about people and events, out of the passages already read."""

import re
from collections.abc import Sequence

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
_ENOUGH = 0.5
_ENOUGH_TO_CONFIRM = 0.75
_OPENINGS: dict[Topic, tuple[str, ...]] = {
    "why": ("Here is a clue from the story:", "Let us look at what the story says:"),
    "yes_no": ("Let us look. The story says:",),
    "how": ("The story shows us:",),
}
_DEFAULT_OPENINGS = ("The story says:", "We read about that:")
_ARTICLES = ("A", "An", "The", "One", "Some")


def about_story(topic: Topic, question: Question, passages: Passages) -> Draft:
    """A why, where, who, how … out of the book, or an honest "the story does not say"."""
    asked = question.text
    if not terms(asked):
        return _about_here(topic, question, passages)
    known = _from_people(asked, question)
    if known is not None:
        return known
    hits = passages.search(asked, cues=_CUES.get(topic))
    enough = _ENOUGH_TO_CONFIRM if topic == "yes_no" else _ENOUGH
    if not hits or hits[0].coverage < enough:
        return not_found(question)
    if passages.only_names(asked) and topic in ("other", "how"):
        hits = _deeds(hits, passages)
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
    text = "I looked, but the part you have read does not tell us that."
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
    found = _introduction(name, passages)
    if found is None:
        return None
    quote, citations = quoted([found], quote_limit(question))
    return Draft(f"The story tells us: {quote}", "text", None, citations, (CONTINUE, ASK_MORE))


def unmet(name: str) -> Draft:
    """Somebody whom the part read so far does not name."""
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
    """(name, who that is) of somebody in the book's own list, by full name or part of it."""
    wanted = name.lower().removesuffix("'s")
    for known, about in question.people.items():
        if known.lower() == wanted:
            return known, about
    for known, about in question.people.items():
        if set(wanted.split()) & {part.lower() for part in known.split() if part[:1].isupper()}:
            return known, about
    asked = set(terms(name))
    for known, about in question.people.items():
        if asked and asked <= set(terms(f"{known} {about}")):
            return known, about
    return None


def _from_people(asked: str, question: Question) -> Draft | None:
    """An answer out of the book's own list of people, where that says all that is asked."""
    wanted = set(terms(asked))
    for name, about in question.people.items():
        named = set(terms(name)) <= wanted
        if named and len(wanted) > 1 and wanted <= set(terms(f"{name} {about}")):
            return Draft(_introduced(name, about), suggestions=(CONTINUE, ASK_MORE))
    return None


def _deeds(hits: Sequence[Found], passages: Passages) -> list[Found]:
    """For "What did Temi do?": where the name meets the most action, not talk, of late."""
    lately = sorted(hits, key=lambda hit: hit.place)[-8:]
    return sorted(
        lately,
        key=lambda hit: ("“" in hit.sentence.text, -len(set(terms(hit.sentence.text)))),
    )


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


def _introduction(name: str, passages: Passages) -> Sentence | None:
    """The sentence that introduces a name: "Toto was …", "…, who was …", "named Toto"."""
    words = terms(name)
    mentions = passages.with_term(words[-1]) if words else []
    if not mentions:
        return None
    bare = re.escape(name.split()[-1])
    telling = re.compile(
        rf"\b{bare},? (?:(?:who|which) )?(?:was|is|were)(?! \w+ing\b)|\b(?:named|"
        rf"called) (?:\w+ )?{bare}\b"
        rf"|\b{bare},? (?:an?|the|his|her|their) |\b{bare} lived\b",
        re.IGNORECASE,
    )
    order = [passages.sentences[place] for place in mentions]
    return next((sentence for sentence in order if telling.search(sentence.text)), order[0])


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
