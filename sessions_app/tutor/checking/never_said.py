"""What a reading helper never says: the rules of `data/never_said.txt`, a wording a line.

`guard/data/answers.txt` holds what would harm a child; these only keep the helper to its part.
"""

import re
from functools import cache

from .data import list_lines

_MARKS = re.compile(r"[^\w']+")
_WRITTEN_OUT = (
    ("’", "'"), ("can't", "can not"), ("won't", "will not"), ("n't", " not"), ("'re", " are"),
    ("'m", " am"), ("'ll", " will"), ("'ve", " have"), ("that's", "that is"), ("here's", "here is"),
)  # fmt: skip


def breaks_rule(sentence: str) -> bool:
    """Whether a sentence is one of those."""
    words = sentence.lower()
    for short, long in _WRITTEN_OUT:
        words = words.replace(short, long)
    return _rules().search(f" {_MARKS.sub(' ', words).strip()} ") is not None


@cache
def _rules() -> re.Pattern[str]:
    return re.compile("|".join(map(_rule, list_lines("never_said.txt"))))


def _rule(line: str) -> str:
    parts = (
        r"(?:\S+ ){0,3}?"
        if word == "*"
        else "(?:" + "|".join(map(re.escape, word.split("/"))).replace("_", " ") + ") "
        for word in line.split()
    )
    return "(?<= )" + "".join(parts)
