"""A why, where, who, how many … answered out of the passages already read."""

import math
import re

from library.language.lemmas import stem
from library.language.wording import LITTLE_WORDS

from ...types import Citation, Sentence
from ..drafts import ASK_MORE, CONTINUE, HEAR_AGAIN, Draft, quote_limit, quoted
from ..people_answers import from_people
from ..prepared_answers import told_in_prepared
from ..retrieval.answer_types import AnswerType, answer_type
from ..retrieval.choosing import AnswerPassage, best_passage
from ..retrieval.kin import weighted
from ..retrieval.passages import has_telling_word, terms
from ..story_so_far import StorySoFar
from ..understanding.intent import Intent
from ..words.idioms import asked_literally
from ..words.sentences import easier
from ..words.word_answers import idiom_answer
from .book_answers import ahead
from .reasons import FoundReason, best_reason

_ENOUGH = 0.55
_ENOUGH_FOR_WHY = 0.4
_ENOUGH_TO_CONFIRM = 0.75
_ENOUGH_FOR_LATER = 0.85
_ALIKE = 0.5
_LESS_IF_ALIKE = 0.25
_TELLING_TERMS = 2
_LED = 0.35
_SURE = 0.9
_LONGEST_SHOWN = 30
_LATELY = 12  # sentences after which an event is no longer new
_MOST_AROUND = 70
_REASONS_NEAR = 3
_WAYS_ON = (CONTINUE, ASK_MORE, HEAR_AGAIN)
_SOMETHING_SURE: tuple[AnswerType, ...] = ("number", "age", "color", "time", "size", "person")
#: What they ask for is told by the kind of the answer: the book need not say "day" of Friday.
_KIND_WORDS = re.compile(
    r"\b(?:what|which) (?:day|time|year|month|season|hour|number|place|kind of|sort of|person)\b|"
    r"\blooks? like\b|\bhow (?:old|big|tall|long|high|far|large)\b"
)
_NOT_SAID_WHO = re.compile(r"\b(?:some(?:body|one)|nobody|no one|anybody)\b", re.IGNORECASE)
_SOME_WORD = re.compile(r"[^\W\d_]+(?:['’-][^\W\d_]+)*")


def about_facts(intent: Intent, story: StorySoFar) -> Draft | None:
    """The passage that answers a question, or the one that stands nearest to it."""
    asked = story.asked
    if not has_telling_word(asked):
        return _about_here(intent, story)
    phrase = asked_literally(asked, story.here.text) if story.here is not None else None
    if phrase is not None and intent.topic == "yes_no":
        return idiom_answer(phrase, story.here, story)
    kind = answer_type(asked)
    if intent.topic == "why":
        kind = "reason"
    known = from_people(asked, kind, story.question)
    if known is not None:
        return known
    if kind == "reason":
        return _why(story) or _nearest(story, _search(story, "any"))
    return _found(intent, story, kind)


def _found(intent: Intent, story: StorySoFar, kind: AnswerType) -> Draft:
    found = _search(story, kind)
    if intent.topic == "ahead" and (found is None or not _is_told(intent, story, found)):
        return ahead(story, found.sentences if found and found.coverage >= _ENOUGH else ())
    prepared = told_in_prepared(kind, story)
    if prepared is not None and (found is None or not found.fits or found.coverage < _SURE):
        return prepared
    enough = _ENOUGH_TO_CONFIRM if intent.topic == "yes_no" else _ENOUGH
    if found is None or found.coverage < enough - (_LESS_IF_ALIKE if _is_alike(found) else 0):
        return _nearest(story, found)
    return _told(intent, story, kind, found)


def _is_alike(found: AnswerPassage) -> bool:
    return found.fits and found.likeness >= _ALIKE


def _is_told(intent: Intent, story: StorySoFar, found: AnswerPassage) -> bool:
    """Whether what may lie ahead has been read already, with each word that tells how it ends."""
    if intent.subject != "maybe" or found.coverage < _ENOUGH_FOR_LATER:
        return False
    asked = [
        word for word in _SOME_WORD.findall(story.asked)
        if word not in LITTLE_WORDS and story.names.of(word) is None
    ]  # fmt: skip
    told = {stem(word) for one in found.sentences for word in _SOME_WORD.findall(one.text.lower())}
    return bool(asked) and all(stem(word) in told for word in asked)


def about_more(intent: Intent, story: StorySoFar) -> Draft | None:
    """ "Tell me more", "what else?": the next best passage on what was asked before."""
    if intent.topic != "more":
        return None
    earlier = story.question.earlier
    asked = earlier[-1].question.lower() if earlier else ""
    if not terms(asked):
        return _about_here(intent, story)
    answered = " ".join(exchange.answer for exchange in earlier)
    weights = weighted(asked, story.passages, story.dictionary, earlier[-1].answer)
    found = best_passage(asked, "any", weights, story.passages, story.names,
                         limit=quote_limit(story.question), without=answered)  # fmt: skip
    if found is None:
        return Draft(
            "That is all that the part you have read tells of it. Ask me something else!",
            suggestions=(CONTINUE, ASK_MORE),
        )
    quote, citations = quoted(found.sentences, quote_limit(story.question))
    return Draft(f"We also read this: {quote}", "explanation", None, citations, _WAYS_ON)


def _search(story: StorySoFar, kind: AnswerType) -> AnswerPassage | None:
    earlier = story.question.earlier
    background = (
        earlier[-1].question if earlier and len(terms(story.asked)) < _TELLING_TERMS else ""
    )
    told_of = _KIND_WORDS.sub(" ", story.asked)
    if not terms(told_of):
        told_of = story.asked
    weights = weighted(told_of, story.passages, story.dictionary, background)
    return best_passage(story.asked, kind, weights, story.passages, story.names,
                        limit=quote_limit(story.question))  # fmt: skip


def _told(intent: Intent, story: StorySoFar, kind: AnswerType, found: AnswerPassage) -> Draft:
    quote, citations = quoted(found.sentences, quote_limit(story.question))
    opening = "The story says:"
    if intent.topic == "yes_no":
        opening = "Let us look. The story says:"
    elif kind in _SOMETHING_SURE and not (found.fits and _tells_the_deed(story, kind, found)):
        opening = "I think that the story has not told us this yet. So far it says:"
    text = f"{opening} {quote}"
    if (intent.topic in ("yes_no", "how") or not found.fits) and story.level >= 1:
        text = f"{text} What do you think?"
    return Draft(text, "explanation", None, citations, _WAYS_ON)


def _tells_the_deed(story: StorySoFar, kind: AnswerType, found: AnswerPassage) -> bool:
    """Whether a passage that is to tell who did something tells of that deed at all."""
    if kind != "person":
        return True
    asked = [
        term for term in terms(story.asked) if term not in story.passages.names_in(story.asked)
    ]
    told = {term for sentence in found.sentences for term in terms(sentence.text)}
    deed = [one for one in found.sentences if not set(asked).isdisjoint(terms(one.text))]
    named = not any(_NOT_SAID_WHO.search(one.text) for one in deed)
    return named and all(term in told for term in asked)


def _why(story: StorySoFar) -> Draft | None:
    """A reason for what was asked, where a passage speaks of that at all."""
    weights = weighted(story.asked, story.passages, story.dictionary)
    hits = story.passages.search(weights)
    if not hits or hits[0].coverage < _ENOUGH_FOR_WHY:
        return None
    last = len(story.passages.sentences) - 1
    places = {
        hit.place: hit.score / hits[0].score * (0.4 + 0.6 * math.exp((hit.place - last) / _LATELY))
        for hit in hits[:_REASONS_NEAR]
    }
    reason = best_reason(places, story.passages.sentences)
    return None if reason is None else _given(reason, story)


def _given(reason: FoundReason, story: StorySoFar) -> Draft:
    limit = quote_limit(story.question) if reason.kind == "told" else _MOST_AROUND
    sentences = list(reason.sentences)
    while len(sentences) > 2 and sum(one.word_count for one in sentences) > limit:
        del sentences[0]  # what stands nearest matters most
    quote, citations = quoted(sentences, limit)
    match reason.kind:
        case "told":
            opening = "Here is why:" if story.level <= 1 else "The story tells us why:"
            text = f"{opening} {quote}"
        case "wish":
            text = f"This may be the reason: {quote}"
        case "before":
            text = f"There is no “because” in the story here. But look what goes on: {quote}"
    if reason.kind != "told":
        text = f"{text} What do you think?" if story.level else f"{text} What do you say?"
    return Draft(text, "explanation", None, citations, _WAYS_ON)


def _about_here(intent: Intent, story: StorySoFar) -> Draft:
    """ "Why?", "Where is he?": no has_telling_word word, so it is about what was just read."""
    sentences = story.passages.sentences
    if not sentences:
        return Draft("Let us begin to read, and then ask me again!", suggestions=(CONTINUE,))
    if intent.topic == "why":
        reason = best_reason({len(sentences) - 1: 1.0}, sentences)
        if reason is not None:
            return _given(reason, story)
    quote, citations = quoted(sentences[-3:], _MOST_AROUND)
    text = f"Let us look at what we just read: {quote} If that does not help, ask me again."
    return Draft(text, "explanation", None, citations, (ASK_MORE, HEAR_AGAIN, CONTINUE))


def _nearest(story: StorySoFar, found: AnswerPassage | None) -> Draft:
    """Nothing answers the question: what stands nearest to it, and a way on."""
    if found is not None and found.coverage >= _LED:
        quote, citations = quoted(found.sentences, quote_limit(story.question))
        text = f"The nearest to it that I can show you is this: {quote}"
        worded = easier(story, found.sentences[-1]) if story.level <= 1 else None
        if worded is not None:
            text = f"{text} In easier words: {worded}"
        return Draft(f"{text} Does that help?", "explanation", None, citations, _WAYS_ON,
                     is_last_resort=True)  # fmt: skip
    return _nothing_leads(story)


def _nothing_leads(story: StorySoFar) -> Draft:
    unread = [word for word in _SOME_WORD.findall(story.asked)
              if terms(word) and not story.passages.has(terms(word)[0])]  # fmt: skip
    text = "I know only this book, and nothing that we have read in it fits."
    if unread and len(unread[-1]) <= _LONGEST_SHOWN:
        text = f"We have not read anything about “{unread[-1]}” here, and I know only this book."
    citations: tuple[Citation, ...] = ()
    here = _here_in_short(story)
    if here is not None:
        quote, citations = quoted([here], quote_limit(story.question))
        text = f"{text} We are here: {quote}"
    text = f"{text} Ask me about a word, or about somebody in the story!"
    return Draft(text, "text", None, citations, (ASK_MORE, HEAR_AGAIN, CONTINUE),
                 is_last_resort=True)  # fmt: skip


def _here_in_short(story: StorySoFar) -> Sentence | None:
    here = story.here
    return here if here is not None and here.word_count <= quote_limit(story.question) else None
