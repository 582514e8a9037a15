"""Words that hold sentences together, explained by what they do: "no", "up", "she", "don't"."""

import re
from collections.abc import Mapping
from functools import cache

from library.language.lemmas import plain
from library.language.wording import never_defined

from ..data import data_rows
from ..drafts import ASK_MORE, CONTINUE, HEAR_AGAIN, Draft, capital, quoted
from ..story_so_far import StorySoFar
from ..understanding.intent import Intent

_LONGEST_QUOTED = 32
_LONGEST_SPELLED = 30
_TENS = ["twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"]
_ONES = ["one", "two", "three", "four", "five", "six", "seven", "eight", "nine"]
_SHORT_FORMS = {"can't": "cannot", "won't": "will not", "shan't": "shall not", "let's": "let us"}
_ENDINGS = {
    "ll": "will",
    "re": "are",
    "ve": "have",
    "m": "am",
    "d": "would or had",
    "s": "is or has",
}
_IS_SHORT_FOR_IS = ("it", "he", "she", "that", "there", "what", "who", "where", "here", "how")
_PRONOUNS = {
    "i": "stands for the one who is speaking or telling",
    "me": "stands for the one who is speaking or telling",
    "my": "means that it belongs to the one who is speaking or telling",
    "mine": "means that it belongs to the one who is speaking or telling",
    "myself": "stands for the one who is speaking, once more",
    "we": "stands for the one who is speaking and others together",
    "us": "stands for the one who is speaking and others together",
    "our": "means that it belongs to us, the speaker and others",
    "ours": "means that it belongs to us, the speaker and others",
    "you": "stands for whoever is spoken to",
    "your": "means that it belongs to whoever is spoken to",
    "yours": "means that it belongs to whoever is spoken to",
    "he": "stands for a boy or a man, or a male animal, of whom we have just read",
    "him": "stands for a boy or a man, or a male animal, of whom we have just read",
    "his": "means that it belongs to a boy or a man of whom we have just read",
    "himself": "stands for the same boy or man once more",
    "she": "stands for a girl or a woman, or a female animal, of whom we have just read",
    "her": "stands for a girl or a woman of whom we have just read, or means that it is hers",
    "hers": "means that it belongs to a girl or a woman of whom we have just read",
    "herself": "stands for the same girl or woman once more",
    "it": "stands for a thing or an animal of which we have just read",
    "its": "means that it belongs to a thing or an animal of which we have just read",
    "itself": "stands for the same thing once more",
    "they": "stands for several people, animals or things of whom we have just read",
    "them": "stands for several people, animals or things of whom we have just read",
    "their": "means that it belongs to several of whom we have just read",
    "theirs": "means that it belongs to several of whom we have just read",
    "themselves": "stands for the same ones once more",
}
_NEEDS_CONTEXT = frozenset({
    "he", "him", "his", "she", "her", "it", "its", "they", "them", "their",
})  # fmt: skip
#: Sounds that a story writes as words.
_SOUND = re.compile(
    r"(?:(.{1,4}?)\1{2,}\w*|(?:sh|hm|m|brr|grr|zz|ah|oh|ugh|aa|oo|ee|ha|psst?)+[hmrz]*)"
)


def in_long_form(word: str) -> Draft | None:
    """What "don't" is short for, or "forty-one" in figures; None for any other word."""
    bare = plain(word)
    short_for, number = _in_full(bare) or _in_full(_typed(word)), _number(bare)
    if short_for:
        return Draft(f"“{capital(_typed(word))}” is short for “{short_for}”.")
    return Draft(f"“{capital(bare)}” is the number {number}.") if number else None


def little_word(word: str, story: StorySoFar) -> Draft | None:
    """What a letter or a word like "the", "no", "up" or "she" does; None for any other word."""
    bare = plain(word)
    if bare in _PRONOUNS:
        return _pronoun(bare, story)
    if bare in _uses():
        use, example = _uses()[bare]
        text = f"“{capital(bare)}” {use}. For example: “{example}”"
        return _in_its_sentence(
            bare, text if example.endswith(("?", "!", ".")) else f"{text}.", story
        )
    if len(bare) == 1 and bare.isalpha():
        return Draft(f"“{bare.upper()}” is a letter. Which word is it in? Ask me about the word!")
    if _SOUND.fullmatch(bare) and len(bare) > 2:
        return _in_its_sentence(bare, f"“{capital(bare)}” is how the story writes a sound.", story)
    return None


def about_pronoun(intent: Intent, story: StorySoFar) -> Draft | None:
    """ "Who are they?", where nobody can say for sure: what stands just before it."""
    is_asked = intent.topic == "person" and is_pronoun(intent.subject)
    return little_word(intent.subject, story) if is_asked else None


def is_little(word: str) -> bool:
    """Whether a word is explained by its use and not by a meaning."""
    return plain(word) in _PRONOUNS or plain(word) in _uses()


def is_pronoun(word: str) -> bool:
    """Whether a word stands for somebody or something."""
    return plain(word) in _PRONOUNS


def _pronoun(bare: str, story: StorySoFar) -> Draft:
    text = f"“{capital(bare)}” {_PRONOUNS[bare]}."
    name = story.stands_for(bare) if _stands_here(bare, story) else None
    before = story.passages.sentences[-2:-1]
    if name is not None:
        text = f"{text} Here I think it is {name}."
    elif bare in _NEEDS_CONTEXT and _stands_here(bare, story) and before:
        quote, citations = quoted([*before, *story.passages.sentences[-1:]], 2 * _LONGEST_QUOTED)
        text = f"{text} Look whom or what it can be: {quote}"
        return Draft(text, "explanation", None, citations, (HEAR_AGAIN, CONTINUE))
    return _in_its_sentence(bare, text, story)


def _stands_here(bare: str, story: StorySoFar) -> bool:
    return (
        story.here is not None
        and re.search(rf"\b{re.escape(bare)}\b", story.here.text, re.IGNORECASE) is not None
    )


def _in_its_sentence(bare: str, text: str, story: StorySoFar) -> Draft:
    here = story.here
    if here is None or not _stands_here(bare, story) or here.word_count > _LONGEST_QUOTED:
        return Draft(text, "explanation", suggestions=(CONTINUE, ASK_MORE))
    quote, citations = quoted([here], _LONGEST_QUOTED)
    return Draft(f"{text} In the story: {quote}", "explanation", None, citations,
                 (HEAR_AGAIN, CONTINUE))  # fmt: skip


@cache
def _uses() -> Mapping[str, tuple[str, str]]:
    return {word: (use, example) for word, use, example in data_rows("little_words.txt")}


def _typed(word: str) -> str:
    return re.sub(r"^[\W_]+|[\W_]+$", "", word.translate(str.maketrans("’‘ʼ", "'''")).lower())


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
    if end == "s" and start not in _IS_SHORT_FOR_IS:
        return ""
    return f"{start} {_ENDINGS[end]}" if start and end in _ENDINGS else ""


def about_letters(intent: Intent, story: StorySoFar) -> Draft | None:
    """How a word is spelled or said, and the sentence read once more."""
    if intent.topic == "read_aloud":
        return read_again(story)
    if intent.topic in ("spelling", "saying"):
        return spell(intent.subject, aloud=intent.topic == "saying")
    return None


def read_again(story: StorySoFar) -> Draft:
    """The sentence that the child is in, and how to hear it."""
    if story.here is None:
        return Draft("Let us begin to read!", suggestions=(CONTINUE,))
    quote, citations = quoted([story.here], 60)
    text = f"Here it is once more: {quote} To hear it read aloud, choose “{HEAR_AGAIN.text}”."
    return Draft(text, citations=citations, suggestions=(HEAR_AGAIN, CONTINUE, ASK_MORE))


def spell(word: str, *, aloud: bool) -> Draft:
    """A word letter by letter; with `aloud`, how to hear it said."""
    if not word or len(word) > _LONGEST_SPELLED or never_defined(word):
        return Draft("Which word do you mean? Type it, or tap it in the story.")
    spelled = "; ".join("-".join(letter for letter in part if letter.isalnum())
                        for part in word.split())  # fmt: skip
    if aloud:
        text = f"I can show you its letters: {spelled}. To hear “{word}”, tap it in the story."
    else:
        text = f"“{capital(word)}” is spelled {spelled}."
    return Draft(text, suggestions=(CONTINUE, ASK_MORE))
