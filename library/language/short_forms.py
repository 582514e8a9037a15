"""Words written short or as they are said: "'tis", "o'er", "gonna", "runnin'", "'ead". Pure.

The irregular ones stand in `short_forms.txt` beside this file; the others are made by rule.
"""

import re
from collections.abc import Callable, Mapping
from functools import cache
from pathlib import Path

from library.language.entries import Entry, Sense
from library.language.lemmas import word_set

_LIST = Path(__file__).with_name("short_forms.txt")
_STRAIGHT = str.maketrans("’‘ʼ´`", "'''''")
_EDGES = re.compile(r"^[^\w']+|[^\w']+$")
_IN_FULL = {"can't": "cannot", "won't": "will not", "shan't": "shall not", "let's": "let us"}
_ENDINGS = {
    "n't've": "not have",
    "n't": "not",
    "'ll've": "will have",
    "'d've": "would have",
    "'ll": "will",
    "'re": "are",
    "'ve": "have",
    "'m": "am",
    "'d": "would or had",
}
_TAKES_IS = word_set("it he she that there here what who where when how why")


def short_form(word: str, is_word: Callable[[str], bool]) -> Entry | None:
    """What a shortened `word` says in full; None where it is none.

    `is_word` tells whether a spelling is a word, by which "'ead" is known for "head".
    """
    bare = _EDGES.sub("", word.translate(_STRAIGHT).lower())
    unquoted = bare.strip("'")
    for form in dict.fromkeys((bare, bare.rstrip("'"), bare.lstrip("'"), unquoted)):
        full = _listed().get(form) or _IN_FULL.get(form)
        if full:
            return _entry(form, full)
    if f"'{bare}" in _listed() and not is_word(bare):  # asked without its mark
        return _entry(f"'{bare}", _listed()[f"'{bare}"])
    full = _contracted(unquoted) or _spoken(bare, is_word)
    return _entry(bare, full) if full else None


def is_listed(word: str) -> bool:
    """Whether `word` is an irregular short form, such as "'tis" or "gonna"."""
    bare = _EDGES.sub("", word.translate(_STRAIGHT).lower())
    return any(form in _listed() for form in (bare, bare.rstrip("'"), bare.lstrip("'")))


def _entry(form: str, full: str) -> Entry:
    return Entry(form.replace("'", "’"), (Sense("exclamation", full),))


def _contracted(bare: str) -> str:
    start, mark, end = bare.rpartition("'")
    if mark and end == "s" and start in _TAKES_IS:
        return f"{start} is or {start} has"
    for ending, full in _ENDINGS.items():
        start = bare.removesuffix(ending)
        if start != bare and start.isalpha():
            return f"{start} {full}"
    return ""


def _spoken(bare: str, is_word: Callable[[str], bool]) -> str:
    """Letters that the speaker leaves out: the g of -ing, a first h, a last d, t or f, a-."""
    if bare.endswith("in'") and is_word(f"{bare[:-1]}g"):
        return f"{bare[:-1]}g"
    if bare.startswith("a-") and bare.endswith(("ing", "in'")):
        return _spoken(bare[2:], is_word) or bare[2:]
    start, end = bare.removeprefix("'"), bare.removesuffix("'")
    if start != bare and not end.endswith("'"):
        whole = next((f"{lost}{start}" for lost in ("h", "be", "a", "re", "th", "w")
                      if len(start) > 1 and is_word(f"{lost}{start}")), "")  # fmt: skip
        if whole and not is_word(start):
            return whole
    if end != bare and len(end) > 1 and not is_word(end):
        return next((f"{end}{lost}" for lost in "dtfgle" if is_word(f"{end}{lost}")), "")
    return ""


@cache
def _listed() -> Mapping[str, str]:
    lines = _LIST.read_text(encoding="utf-8").splitlines()[1:]
    return dict(line.split(" | ") for line in lines)
