"""What a question turned out to ask."""

import re
from dataclasses import dataclass
from typing import Literal

Topic = Literal[
    "talk", "word", "thing", "sentence", "easier", "read_aloud", "spelling", "saying", "book",
    "chapter", "ahead", "so_far", "cast", "person", "more", "who", "where", "why", "how",
    "how_many", "when", "yes_no", "other",
]  # fmt: skip


@dataclass(frozen=True, slots=True)
class Intent:
    """`subject` is what is asked about: the word, thing or person; for "talk" its kind, for
    "chapter" its number ("1" is the first, "-1" the last read), for "book" what of it. For
    "ahead" it is "maybe" where the part read so far may hold the answer after all."""

    topic: Topic
    subject: str = ""


def bare_subject(subject: str) -> str:
    """`subject` without the marks around it and the article before it."""
    subject = re.sub(
        r" (?:really|exactly|anyway|again|here|in (?:this|the) (?:story|book|sentence))$",
        "",
        subject.strip(" '\"?!.,;:"),
    )
    return re.sub(r"^(?:an?|the|some|words?|this|that|these|those) (?=.)", "", subject)
