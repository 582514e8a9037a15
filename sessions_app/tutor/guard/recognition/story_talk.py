"""What is passed over: quotations, words of the book's people, figures of speech, fiction."""

import re
from functools import cache

from library.language.lemmas import word_set

from ...concern import Context
from .. import data
from .patterns import Pattern, compiled
from .sentences import END, PASSED_OVER, TaggedWords
from .spelling import plain_words

_QUOTED = re.compile(r"“[^”]*”|\"[^\"]*\"|«[^»]*»|(?<!\w)[‘'][^‘’']+[’'](?!\w)")
_TELLING = word_set(
    "say says said saying think thinks thought feels felt wishes wished dreams believes sings"
    " sang shouts shouted cries cried asks asked tells told writes wrote wants wanted dice dijo"
    " dicen piensa penso grita canta pregunta"
)
_OWN = word_set("i my me mi mis we us our im yo")
_THINKING = word_set("thinks thought feels felt wishes wished dreams believes")
_QUESTION = word_set("why what who how when where did does is por porque que quien como")
_REPEATED = 4  # so many words in a row of the sentence in hand are the sentence's


def own_words(text: str, context: Context) -> list[str]:
    """The plain words of `text`; what is somebody else's, or only a figure, is passed over."""
    words = plain_words(without_quotations(text))
    words = _without_sentence_in_hand(words, context)
    words = _without_reported(words)
    return _without_figures(words)


def without_quotations(text: str) -> str:
    """`text` with a sign for each quotation; one that is all quotation loses only its marks."""
    unquoted = _QUOTED.sub(f" {PASSED_OVER} ", text)
    if any(letter.isalpha() for letter in unquoted):
        return unquoted
    return text.translate({ord(sign): None for sign in '“”"«»'})


def _without_sentence_in_hand(words: list[str], context: Context) -> list[str]:
    """`words` without the longest run of words that the sentence in hand has as well."""
    if not context.sentence:
        return words
    printed = " ".join(["", *(word for word in plain_words(context.sentence) if word != END), ""])
    fewest = 1 if context.touched else _REPEATED
    for size in range(len(words), fewest - 1, -1):
        for at in range(len(words) - size + 1):
            if f" {' '.join(words[at : at + size])} " in printed:
                return [*words[:at], PASSED_OVER, *words[at + size :]]
    return words


def _without_reported(words: list[str]) -> list[str]:
    """Without what follows "why does the lion say": told of somebody else, in a question."""
    kept: list[str] = []
    sentence: list[str] = []
    for word in [*words, END]:
        if word != END:
            sentence.append(word)
            continue
        kept.extend([*_cut_at_telling(sentence), END])
        sentence = []
    return kept[:-1]


def _cut_at_telling(sentence: list[str]) -> list[str]:
    if not sentence:
        return sentence
    thought_by_others = sentence[0] == "the" and not _THINKING.isdisjoint(sentence[:4])
    if _QUESTION.isdisjoint(sentence[:3]) and not thought_by_others:
        return sentence
    for at, word in enumerate(sentence):
        if word in _OWN:
            return sentence
        if word in _TELLING and at > 0:
            return [*sentence[: at + 1], PASSED_OVER]
    return sentence


def _without_figures(words: list[str]) -> list[str]:
    for figure in _figures():
        spans = list(figure.spans(TaggedWords(words))) if _worth_trying(figure, words) else []
        for begin, end in reversed(spans[:1]):
            words = [*words[:begin], PASSED_OVER, *words[end:]]
    return words


def _worth_trying(figure: Pattern, words: list[str]) -> bool:
    """Whether the words that a figure needs are there; tagging anew costs more than looking."""
    present = set(words)
    return all(
        any(present.issuperset(phrase) for phrase in item.phrases)
        for item in figure.items
        if item.phrases and not item.lists and not item.optional
    )


@cache
def _figures() -> tuple[Pattern, ...]:
    return tuple(compiled(line) for line in data.lines("figures.txt"))
