"""Questions about the book as a thing: read it to me, how is this spelled, who wrote it, what
happened in chapter two, tell me about somebody."""

import re

from library.language.lemmas import word_set

from .intent import Intent, bare_subject

_READ_ALOUD = re.compile(
    r"(?:(?:can|could|will|would) you )?(?:please )?(?:read|say|play)"
    r"(?: (?:it|this|that|me|to me|for me|the (?:page|sentence|story|part|chapter|book|last part)|"
    r"this (?:page|part|sentence|word|chapter)|out loud|aloud|again|once more|one more time|"
    r"please|from the (?:start|beginning)))+|"
    r"again|"
    r"repeat(?: (?:it|this|that|please))*|"
    r"one more time|"
    r"read|"
    r"how do (?:you|i) (?:read|say|pronounce) (?:it|this|that|this word|that word)"
)
_SPELLING = re.compile(
    r"(?:how (?:do|would|can|should) (?:you|i|we) (?:spell|write) |spell )(?:the word )?"
    r"(?P<one>.+)|"
    r"how (?:is|are) (?:the word )?(?P<two>.+) (?:spelled|spelt|written)"
)
_SAYING = re.compile(
    r"(?:how (?:do|would|can|should) (?:you|i|we) (?:say|pronounce|read|sound out) |"
    r"(?:pronounce|sound out) )(?:the word )?(?P<one>.+)|"
    r"how (?:is|are) (?:the word )?(?P<two>.+) (?:pronounced|said)"
)
_IN_ANOTHER_LANGUAGE = re.compile(r".* in (?!the |this |a )[a-z]+(?:ish|ch|an|ese|ic|in|i)")
_BOOK = (
    (
        "author",
        (
            r"who (?:wrote|made|is the (?:author|writer) of) "
            r"(?:it|this|(?:this|the) (?:book|story))|"
            r"who (?:is|was) the (?:author|writer)(?: of .*)?|"
            r"what is the (?:author|writer)(?:'s name)?|"
            r"the author"
        ),
    ),
    (
        "title",
        (
            r"what is (?:the (?:title|name)|this (?:book|story)'?s? (?:title|name))"
            r"(?: of (?:this|the) (?:book|story))?|"
            r"what is (?:this|the) (?:book|story) called|"
            r"(?:what|which) (?:book|story) is (?:this|it)|"
            r"what (?:book|story) (?:am i|are we) reading|"
            r"the title"
        ),
    ),
    (
        "chapter",
        (
            r"(?:what|which) chapter (?:am i|are we|is (?:this|it))(?: (?:on|in|at))?|"
            r"what is (?:this|the) chapter(?: called)?|"
            r"what is the (?:name|title) of (?:this|the) chapter"
        ),
    ),
    (
        "length",
        (
            r"how many (?:chapters?|pages?|words?)\b.*|"
            r"how (?:long|big) is (?:this|the) (?:book|story|chapter)|"
            r"(?:what|which) page\b.*|"
            r"how (?:much|far) (?:is left|more|to go|is it to the end).*|"
            r"am i almost done|"
            r"is it (?:almost|nearly) (?:over|done|finished)|"
            r"how much longer\b.*"
        ),
    ),
)
_CHAPTER = re.compile(
    r"(?:what (?:happens|happened|was)|tell me what happened|what is|summar\w+)(?: (?:in|at|of))? "
    r"(?:the )?(?:chapter (?P<number>\w+)|(?P<order>\w+) chapter|"
    r"(?:very )?(?P<start>start|beginning))(?: of .*)?"
)
_NUMBERS = {
    word: place
    for row in (
        "one two three four five six seven eight nine ten",
        "first second third fourth fifth",
    )
    for place, word in enumerate(row.split(), 1)
} | {"last": -1}
_ABOUT = re.compile(
    r"(?:(?:can|could) you )?(?:please )?"
    r"(?:tell me (?:more |something )?about|describe|what about|what do (?:we|you|i) know about|"
    r"talk about) (?P<one>.+)|"
    r"what is (?P<two>[\w' .-]+?) like"
)
_NO_SUBJECT = word_set("it this that story book chapter page part them him her") | {
    *("this story", "this book", "this chapter", "this page", "this part"),
}


def book_question(words: str) -> Intent | None:
    """Reading aloud, spelling, the book as a thing, a chapter, "tell me about …"."""
    if _READ_ALOUD.fullmatch(words):
        return Intent("read_aloud")
    letters = _of_letters(words)
    if letters is not None:
        return letters
    for which, pattern in _BOOK:
        if re.fullmatch(pattern, words):
            return Intent("book", which)
    chapter = _CHAPTER.fullmatch(words)
    if chapter is not None:
        return _chapter(chapter)
    about = _ABOUT.fullmatch(words)
    subject = bare_subject(about["one"] or about["two"]) if about is not None else ""
    if subject and subject not in _NO_SUBJECT:
        return Intent("person", subject)
    return None


def _of_letters(words: str) -> Intent | None:
    """How a word is spelled or said."""
    spelling = _SPELLING.fullmatch(words)
    found = spelling or _SAYING.fullmatch(words)
    if found is None:
        return None
    if _IN_ANOTHER_LANGUAGE.fullmatch(words):
        return Intent("talk", "off_book")
    subject = bare_subject(found["one"] or found["two"])
    return Intent("spelling" if spelling is not None else "saying", subject)


def _chapter(found: re.Match[str]) -> Intent | None:
    if found["start"]:
        return Intent("chapter", "1")
    number = found["number"] or found["order"]
    place = int(number) if number.isdecimal() else _NUMBERS.get(number) or _from_roman(number)
    return None if place is None else Intent("chapter", str(place))


def _from_roman(number: str) -> int | None:
    """ "xii" as 12; None where that is no such number."""
    if not re.fullmatch(r"x{0,3}(?:ix|iv|v?i{0,3})", number):
        return None
    values = [{"x": 10, "v": 5, "i": 1}[letter] for letter in number]
    after = [*values[1:], 0]
    return sum(-value if value < more else value for value, more in zip(values, after, strict=True))
