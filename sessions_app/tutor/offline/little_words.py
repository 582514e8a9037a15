"""Words that need no dictionary ("the", "don't", "forty-one"), and how words are spelled."""

from library.language.lemmas import plain
from library.language.wording import LITTLE_WORDS, never_defined

from .drafts import ASK_MORE, CONTINUE, HEAR_AGAIN, Draft, capital, quoted
from .passages import Passages
from .spelling import spelled_out

_LONGEST_QUOTED = 32
_LONGEST_SPELLED = 30
_TENS = ["twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"]
_ONES = ["one", "two", "three", "four", "five", "six", "seven", "eight", "nine"]
_SHORT_FORMS = {"can't": "cannot", "won't": "will not", "shan't": "shall not", "let's": "let us"}
_ENDINGS = {"ll": "will", "re": "are", "ve": "have", "m": "am", "d": "would"}


def written_out(word: str) -> Draft | None:
    """What "don't" is short for, or "forty-one" in figures; None for any other word."""
    bare = plain(word)
    short_for, number = _in_full(bare), _number(bare)
    if short_for:
        return Draft(f"“{capital(bare)}” is short for “{short_for}”.")
    return Draft(f"“{capital(bare)}” is the number {number}.") if number else None


def little_word(word: str, passages: Passages) -> Draft | None:
    """What a letter or a word like "the" is; None for any other word."""
    bare = plain(word)
    if len(bare) == 1 and bare not in LITTLE_WORDS:
        return Draft(f"“{bare.upper()}” is a letter. Which word is it in? Ask me about the word!")
    if bare not in LITTLE_WORDS:
        return None
    text = f"“{capital(bare)}” is one of the little words that hold a sentence together."
    here = passages.sentences[-1:]
    if not here or len(here[0].text.split()) > _LONGEST_QUOTED:
        return Draft(f"{text} Read the whole sentence once more, and you will see what it does.")
    quote, citations = quoted(here, _LONGEST_QUOTED)
    text = f"{text} Read the whole sentence, and you will see what it does: {quote}"
    return Draft(text, citations=citations, suggestions=(HEAR_AGAIN, CONTINUE))


def _number(word: str) -> str:
    """ "forty-one" in figures; empty for a word that is no such number."""
    tens, _, ones = word.partition("-")
    if tens in _TENS and ones in _ONES:
        return str(10 * (_TENS.index(tens) + 2) + _ONES.index(ones) + 1)
    return ""


def _in_full(word: str) -> str:
    """ "don't" in full: "do not"; empty for a word that is not such a short form."""
    if word in _SHORT_FORMS:
        return _SHORT_FORMS[word]
    start, mark, end = word.rpartition("'")
    if mark and word.endswith("n't"):
        return f"{word[:-3]} not"
    return f"{start} {_ENDINGS[end]}" if start and end in _ENDINGS else ""


def read_again(passages: Passages) -> Draft:
    """The sentence that the child is in, and how to hear it."""
    here = passages.sentences[-1:]
    if not here:
        return Draft("Let us begin to read!", suggestions=(CONTINUE,))
    quote, citations = quoted(here, 60)
    text = f"Here it is once more: {quote} To hear it read aloud, choose “{HEAR_AGAIN.text}”."
    return Draft(text, citations=citations, suggestions=(HEAR_AGAIN, CONTINUE, ASK_MORE))


def spell(word: str, *, aloud: bool) -> Draft:
    """A word letter by letter; with `aloud`, how to hear it said."""
    if not word or len(word) > _LONGEST_SPELLED or never_defined(word):
        return Draft("Which word do you mean? Type it, or tap it in the story.")
    spelled = "; ".join(spelled_out(part) for part in word.split())
    if aloud:
        text = f"I can show you its letters: {spelled}. To hear “{word}”, tap it in the story."
    else:
        text = f"“{capital(word)}” is spelled {spelled}."
    return Draft(text, suggestions=(CONTINUE, ASK_MORE))
