"""A why, where, when or how many, answered out of the passages already read."""

import re
from collections.abc import Sequence

from ..types import Question, Sentence
from .drafts import ASK_MORE, CONTINUE, HEAR_AGAIN, Draft, not_found, quote_limit, quoted
from .intent import Topic
from .passages import Found, Passages, terms
from .people_answers import about_its_name, from_people

_CUES: dict[Topic, re.Pattern[str]] = {
    "why": re.compile(r"\b(?:because|so that|so|since|for|wanted|afraid|needed|to)\b"),
    "where": re.compile(r"\b(?:in|on|at|under|near|behind|beside|inside|into|above|home|lived)\b"),
    "when": re.compile(
        r"\b(?:when|after|before|morning|noon|night|midnight|evening|day|week|month|year|once|"
        r"until|o'clock|today|tomorrow|yesterday|spring|summer|autumn|winter|\w+day|january|"
        r"february|march|april|may|june|july|august|september|october|november|december|\d{3,4}|"
        r"hours?|minutes?)\b"
    ),
    "how_many": re.compile(
        r"\b(?:\d+|(?<!no )one(?! (?:of|day|ever|by|another))|two|three|four|five|six|seven|eight|"
        r"nine|ten|eleven|twelve|twenty|thirty|forty|fifty|sixty|hundred|thousand|many|only|both|"
        r"all|half)\b"
    ),
    "how": re.compile(r"\b(?:by|with|until|then|so)\b"),
    "who": re.compile(r"\b(?:named|called|who)\b"),
}
_SAYS_WHY = re.compile(
    r"\bbecause\b|\bso that\b|\bfor (?:it|he|she|they|we|i)\b|\bsince\b", re.IGNORECASE
)
_GIVES_REASON = re.compile(r"^[“\"']?(?:because|for|so)\b", re.IGNORECASE)
_WHAT_SAID = re.compile(r"(?:and )?what (?:did|does|do) .+ (?:say|tell|answer|ask)\b")
_ENOUGH = 0.6
_TELLING_TERMS = 2
_ENOUGH_TO_CONFIRM = 0.75
_OPENINGS: dict[Topic, tuple[str, ...]] = {
    "why": ("Here is a clue from the story:", "Let us look at what the story says:"),
    "yes_no": ("Let us look. The story says:",),
    "how": ("The story shows us:",),
}
_DEFAULT_OPENINGS = ("The story says:", "We read about that:")


def about_story(topic: Topic, question: Question, passages: Passages) -> Draft:
    """A why, where, who, how … out of the book, or an honest "the story does not say"."""
    asked = question.text
    if not terms(asked):
        return _about_here(topic, question, passages)
    known = from_people(asked, question) or about_its_name(topic, question, passages)
    if known is not None:
        return known
    hits = passages.search(asked, cues=_CUES.get(topic))
    enough = _ENOUGH_TO_CONFIRM if topic == "yes_no" else _ENOUGH
    if topic in ("how_many", "when"):  # a number or a time that the sentence does not have is none
        hits = [hit for hit in hits if _CUES[topic].search(hit.sentence.text.lower())]
    too_little = topic == "yes_no" and len(set(terms(asked))) < _TELLING_TERMS
    too_little = too_little or (topic == "why" and bool(passages.only_names(asked)))
    if not hits or hits[0].coverage < enough or too_little:
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


def _deeds(hits: Sequence[Found]) -> list[Found]:
    """For "What did Temi do?": what was told of late, best where the sentence begins with her."""
    by_place = sorted(hits, key=lambda hit: -hit.place)
    return sorted(by_place, key=lambda hit: ("“" in hit.sentence.text, not hit.leads))


def _sayings(hits: Sequence[Found]) -> list[Found]:
    """For "What did Zaza say?": the newest talk."""
    talk = [hit for hit in sorted(hits, key=lambda hit: -hit.place) if "“" in hit.sentence.text]
    return talk or list(hits)


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
