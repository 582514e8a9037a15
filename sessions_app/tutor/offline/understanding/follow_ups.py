"""Questions that lean on what was asked before: "and why?", "what about Bram?", "where is he?"."""

import re

from ..retrieval.names import NamesSoFar
from ..retrieval.passages import terms
from ..retrieval.things import thing_asked_of
from .intent import Intent
from .questions import plain_question, understand

_WHY_ALONE = re.compile(
    r"(?:and |but |so |ok |then )*why(?: (?:is|was|did|does) (?:that|it|this|he|she|they))?"
    r"(?: (?:so|that|not|though|be|do (?:that|this|it)|did that))*"
)
_WHAT_ABOUT = re.compile(
    r"(?:and |but |so )*(?:what about|how about|and|also)(?: the| a)? (?P<what>[\w' .-]{2,40})"
)
_EXAMPLE = re.compile(
    r"(?:can you |could you )?(?:please )?(?:"
    r"use (?:it|that|this|the word) in (?:a|another) sentence|"
    r"(?:give|show|tell)(?: me)? (?:an?|another) example(?: sentence)?|(?:an?|another|for) example)"
)
_IT = re.compile(r"\bit\b")
_OF_A_THING = re.compile(
    r"(?:and |but |so )*"
    r"(?:(?:who|where|when|why|how|which|is|was|did|does|has|had|can)\b.*\bit\b.*|"
    r"what (?:is|was|were|are) (?:in|on|under|inside|behind) it|what (?:did|does) it (?!mean)\w+.*|"
    r"what (?:is|was) it (?:called|named|made|like|for|doing|from|used)\b.*|"
    r"what (?:color|colour|size) (?:is|was) it)"
)
_PRONOUN = re.compile(r"\b(he|him|his|she|her|hers|they|them|their)\b")
_SEVERAL = re.compile(r"\b(?:[Tt]he|[Tt]hese|[Tt]hose|[Ss]ome|[Mm]any) (?:\w+ )?\w{3,}s\b")
_NOUN = re.compile(r"\b(?:the|an?) [a-z'-]+")
_ASKING = re.compile(
    r"\b(?:what|who|whose|where|when|why|how|which|did|does|do|is|are|was|were|mean|tell|me|about)\b"
)
_ABOUT_SOMEBODY = frozenset({
    "person", "who", "where", "why", "how", "how_many", "when", "yes_no", "other", "ahead",
})  # fmt: skip


def said_in_full(
    asked: str, intent: Intent, before: tuple[str, str] | None, names: NamesSoFar, near: list[str]
) -> str:
    """The question `asked` with what it refers back to.

    `before` is the question before it and its answer; `near` are texts in which somebody may have
    been named, the nearest first, without those two.
    """
    if before is not None:
        if _WHY_ALONE.fullmatch(asked) and asked != "why did that happen":
            return _why_of(plain_question(before[0]), names.within(before[1])) or asked
        if _EXAMPLE.fullmatch(asked):
            word = understand(before[0]).subject
            return f"use {word} in a sentence" if word else asked
        about = _WHAT_ABOUT.fullmatch(asked)
        if about is not None and not _ASKING.search(about["what"]):
            return _with_another(plain_question(before[0]), about["what"].strip(), names)
        thing = thing_asked_of(plain_question(before[0]), before[1])
        if thing is not None and _OF_A_THING.fullmatch(asked):
            return _IT.sub(f"the {thing}", asked, count=1)
    if intent.topic in _ABOUT_SOMEBODY and not names.within(asked):
        named = [", ".join(names.within(before[0])), before[1]] if before is not None else []
        texts = [*named, *near]
        return _with_names(asked, names, texts, after=before is not None)
    return asked


def _why_of(before: str, answer_names: list[str]) -> str:
    """ "why" about the deed in the question before; empty where that was about a word or so."""
    if understand(before).topic in (
        "word",
        "thing",
        "sentence",
        "easier",
        "so_far",
        "cast",
        "talk",
    ):
        return ""
    who = answer_names[0] if answer_names and before.startswith("who") else ""
    return f"why {who} {' '.join(_ASKING.sub(' ', before).split())}" if terms(before) else ""


def _with_another(before: str, what: str, names: NamesSoFar) -> str:
    """The question before, asked about `what` instead."""
    earlier = understand(before)
    if earlier.topic in ("word", "thing"):
        return f"what does {what} mean"
    if earlier.topic == "person":
        return f"who is {what}"
    old = names.within(before)
    for name in old:
        for part in name.split():
            before = re.sub(rf"\b{re.escape(part.lower().strip('.'))}\b\.?", "\0", before)
    if "\0" in before:
        return " ".join(re.sub(r"\0(?: \0)*", what, before).split())
    if not old and _NOUN.search(before):
        return _NOUN.sub(f"the {what}", before, count=1)
    asking = _ASKING.match(before)
    return " ".join((asking[0] if asking else "what is", what, *terms(before)[:2]))


def _with_names(asked: str, names: NamesSoFar, texts: list[str], *, after: bool) -> str:
    """`asked` with a name for its "he", "she" or "they". `after`: the first two texts are those of
    the question before."""
    found = _PRONOUN.search(asked)
    if found is None:
        return asked
    pronoun = found[1]
    if pronoun in ("they", "them", "their"):
        several = names.within_cased(texts[0]) if texts else []
        stands = " and ".join(several) if 1 < len(several) <= 3 else None
        things = _SEVERAL.search(texts[1]) if stands is None and after else None
        stands = things[0].lower() if things is not None else stands
    else:
        stands = names.stands_for(pronoun, texts)
    if stands is None:
        return asked
    owner = pronoun in ("his", "hers", "their") or (
        pronoun == "her" and re.search(r"\bher \w", asked) is not None
    )
    return _PRONOUN.sub(f"{stands}'s" if owner else stands, asked, count=1)
