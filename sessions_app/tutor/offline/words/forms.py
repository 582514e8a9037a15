"""Giving one word the form that another has: "hurry" for "hastened" is "hurried"."""

import re
from functools import cache
from typing import Literal

from library.language.irregular import IRREGULAR
from library.language.lemmas import plain, word_set

VerbForm = Literal["base", "third", "past", "ing"]

_VOWELS = frozenset("aeiou")
_ODD_PASTS = {"be": "was", "have": "had", "do": "did", "go": "went"}
_UNCHANGED = word_set("hit hurt cut put let set shut cost spread split beat burst cast bet")
_DOUBLES = re.compile(r"^[^aeiou]*[aeiou][bdgklmnprt]$")


def verb_form(word: str, base: str) -> VerbForm:
    """Which form of the verb `base` a `word` is."""
    bare = plain(word)
    if bare == base:
        return "base"
    if bare.endswith("ing"):
        return "ing"
    if bare.endswith("s") and bare not in IRREGULAR:
        return "third"
    return "past"


def inflected(phrase: str, form: VerbForm) -> str:
    """`phrase`, which begins with a verb in its plain form, in another form."""
    verb, _, rest = phrase.partition(" ")
    changed = {"base": verb, "third": _third(verb), "past": _past(verb), "ing": _ing(verb)}[form]
    return f"{changed} {rest}" if rest else changed


def is_irregular(verb: str) -> bool:
    """Whether "was" and "had" want another form of the verb than its past."""
    return verb in _ODD_PASTS or verb in _irregular_pasts()


def plural(noun: str) -> str:
    """More than one of a noun."""
    if noun.endswith(("s", "x", "ch", "sh")):
        return f"{noun}es"
    if noun.endswith("y") and noun[-2:-1] not in _VOWELS:
        return f"{noun[:-1]}ies"
    return f"{noun}s"


def _third(verb: str) -> str:
    return {"be": "is", "have": "has"}.get(verb) or plural(verb if verb not in ("do", "go")
                                                           else f"{verb}e")  # fmt: skip


def _past(verb: str) -> str:
    if verb in _UNCHANGED:
        return verb
    known = _ODD_PASTS.get(verb) or _irregular_pasts().get(verb)
    if known:
        return known
    if verb.endswith("e"):
        return f"{verb}d"
    if verb.endswith("y") and verb[-2:-1] not in _VOWELS:
        return f"{verb[:-1]}ied"
    return f"{verb}{verb[-1]}ed" if _DOUBLES.match(verb) else f"{verb}ed"


def _ing(verb: str) -> str:
    if verb.endswith("e") and not verb.endswith("ee") and verb != "be":
        return f"{verb[:-1]}ing"
    return f"{verb}{verb[-1]}ing" if _DOUBLES.match(verb) else f"{verb}ing"


@cache
def _irregular_pasts() -> dict[str, str]:
    pasts: dict[str, str] = {}
    for form, bases in IRREGULAR.items():
        for base, part in bases:
            if part == "verb" and not form.endswith(("ing", "s")):
                pasts.setdefault(base, form)
    return pasts
