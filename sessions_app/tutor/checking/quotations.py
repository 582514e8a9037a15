"""Quotations: every one of three words and more is the book's own words, read already."""

import re
from collections.abc import Iterator

from library.language.runs import tokens

from ..types import Question

_QUOTATION = re.compile(r"“([^“”]{1,600})”|\"([^\"]{1,600})\"")
_PARTS = re.compile(r"…|\.\.\.|\[[^\]]*\]")
_FEWEST_WORDS = 3


def without(text: str) -> str:
    """`text` without what it quotes."""
    return _QUOTATION.sub(" ", text)


def invented(text: str, question: Question) -> bool:
    """Whether something is quoted that nobody wrote: not the book up to here, and not the child."""
    for quoted in _QUOTATION.finditer(text):
        for part in _PARTS.split(quoted[1] or quoted[2]):
            words = tokens(part)
            if len(words) >= _FEWEST_WORDS and not _stands(words, question):
                return True
    return False


def _stands(words: list[str], question: Question) -> bool:
    wanted = re.compile(r"(?<![^\W_])" + r"[\W_]*".join(map(re.escape, words)), re.IGNORECASE)
    return any(wanted.search(text) for text in _written(question))


def _written(question: Question) -> Iterator[str]:
    """All that may be quoted, the likeliest first."""
    yield question.sentence
    yield question.text
    for chapter in reversed(question.chapters):
        yield " ".join(sentence.text for sentence in chapter.sentences)
        yield chapter.title
    yield question.book_title
    for exchange in question.earlier:
        yield f"{exchange.question}\n{exchange.answer}"
    yield from question.glossary.values()
    yield from question.people.values()
    yield from question.checkpoints
