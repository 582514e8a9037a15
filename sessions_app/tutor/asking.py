"""What kind of question a child asks, and about what: by its wording alone."""

import re
from dataclasses import dataclass
from typing import Literal

from library.lemmas import word_set

from .small_talk import is_foreign, kind_of_talk

Topic = Literal[
    "talk", "word", "thing", "sentence", "read_aloud", "spelling", "saying", "book", "chapter",
    "ahead", "so_far", "cast", "person", "who", "where", "why", "how", "how_many", "when", "yes_no",
    "other",
]  # fmt: skip


@dataclass(frozen=True, slots=True)
class Asked:
    """`subject` is what is asked about: the word, thing or person; for "talk" its kind, for
    "chapter" its number ("1" is the first, "-1" the last read), for "book" what of it."""

    topic: Topic
    subject: str = ""


_CURLY = str.maketrans("‘’ʼ“”„", "'''\"\"\"")
_PICTURE = re.compile("[\u2190-\u2bff\ufe0f\u200d\U0001f000-\U0001faff]+")
_QUOTED = re.compile(r"\"([^\"]{1,60})\"|(?<!\w)'([^']{1,60})'(?!\w)")
_FILLER = re.compile(
    r"^(?:(?:um+|uh+|er+|hey|hi|hello|so|but|and|ok|okay|well|please|excuse me|sorry|wait|teacher)"
    r"[, ]+|(?:can|could|will|would) you (?:please )?(?:tell me|explain(?: to me)?|"
    r"say) (?:about )?|"
    r"do you know |tell me (?:about )?|i want to know |i wonder |i do not know |i don't know )+"
    r"(?=.)"
)
_SPELLINGS = (
    (re.compile(r"\bwhat'?s\b"), "what is"),
    (re.compile(r"\bwho'?s\b"), "who is"),
    (re.compile(r"\bwhere'?s\b"), "where is"),
    (re.compile(r"\bhow come\b"), "why"),
    (re.compile(r"^y (?=did|do|does|is|are|was)"), "why "),
    (re.compile(r"^wh?y(?=\s|$)"), "why"),
    (re.compile(r"^wat\b"), "what"),
    (re.compile(r"^what (.+) for$"), r"why \1"),
)
_POINTERS = word_set("it this that he she they him her them these those everything") | {
    *("this part", "that part", "this bit", "all this", "all of this", "all of it", "this page"),
    *("the sentence", "this sentence", "that sentence", "this word", "the whole thing"),
}

_SENTENCE = re.compile(
    r"i (?:do not|don't|dont|can't|cannot) (?:understand|get|know what).*|huh|what|hm+|"
    r"(?:this|it|that) is (?:too )?(?:hard|difficult|confusing).*|i am confused|"
    r"(?:explain|what is happening|what is going on)(?: here| now| this| that| it| the sentence)?|"
    r"what does (?:it|that|this) mean (?:when|that|if|with)\b.*|(?:can|could) you explain(?: .*)?|"
    r"(?:in |use |say it in )?(?:easier|simpler|other) words|(?:can|could|will) you help me "
    r"(?:to )?"
    r"(?:read|understand)\b.*|help me (?:to )?(?:read|understand)\b.*|what does (?:the|this) "
    r"(?:sentence|"
    r"part|page|line) mean|make it (?:easier|simpler)|sound it out|what (?:is|does) (?:it|this) say"
)
_READ_ALOUD = re.compile(
    r"(?:(?:can|could|will|would) you )?(?:please )?(?:read|say|play)(?: (?:it|this|that|me|to "
    r"me|for me|"
    r"the (?:page|sentence|story|part|chapter|book|last part)|this (?:page|part|sentence|word|"
    r"chapter)|"
    r"out loud|aloud|again|once more|one more time|please|from the (?:start|beginning)))+|again|"
    r"repeat(?: (?:it|this|that|please))*|one more time|read|how do (?:you|i) (?:read|say|"
    r"pronounce) "
    r"(?:it|this|that|this word|that word)"
)
_SPELLING = re.compile(
    r"(?:how (?:do|would|can|should) (?:you|i|we) (?:spell|write) |spell )(?:the word "
    r")?(?P<one>.+)|"
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
        r"who (?:wrote|made|is the (?:author|writer) of) (?:it|this|(?:this|the) (?:book|story))|"
        r"who (?:is|was) the "
        r"(?:author|writer)(?: of .*)?|what is the (?:author|writer)(?:'s name)?|the author",
    ),
    (
        "title",
        r"what is (?:the (?:title|name)|this (?:book|story)'?s? (?:title|name))(?: of (?:this|"
        r"the) (?:book|"
        r"story))?|what is (?:this|the) (?:book|story) called|(?:what|which) (?:book|story) is "
        r"(?:this|it)|"
        r"what (?:book|story) (?:am i|are we) reading|the title",
    ),
    (
        "chapter",
        r"(?:what|which) chapter (?:am i|are we|is (?:this|it))(?: (?:on|in|at))?|what is "
        r"(?:this|the) "
        r"chapter(?: called)?|what is the (?:name|title) of (?:this|the) chapter",
    ),
    (
        "length",
        r"how many (?:chapters?|pages?|words?)\b.*|how (?:long|big) is (?:this|the) (?:book|"
        r"story|chapter)|"
        r"(?:what|which) page\b.*|how (?:much|far) (?:is left|more|to go|is it to the end).*|am "
        r"i almost done|"
        r"is it (?:almost|nearly) (?:over|done|finished)|how much longer\b.*",
    ),
)  # fmt: skip
_CHAPTER = re.compile(
    r"(?:what (?:happens|happened|was)|tell me what happened|what is|summar\w+)(?: (?:in|at|"
    r"of))? (?:the )?"
    r"(?:chapter (?P<number>\w+)|(?P<order>\w+) chapter|"
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
    r"(?:(?:can|could) you )?(?:please )?(?:tell me (?:more |something )?about|describe|what about|"
    r"what do (?:we|you|i) know about|talk about) (?P<one>.+)|what is (?P<two>[\w' .-]+?) like"
)
_AHEAD = re.compile(
    r".*\b(?:will|won't|'ll)\b.*|.*\bgoing to (?!(?:the|an?|her|his|their|my|school|bed|town|"
    r"work)\b).*|"
    r"(?:and )?then(?: what)?|(?:and )?what(?: is| happens| comes| does \w+ do)?\s?(?:then|next|"
    r"later|after(?: this| that)?)|"
    r".*\b(?:in|at|near) the (?:very )?end\b.*|.*\bhappy end(?:ing)?\b.*|"
    r"how (?:does|do|did) (?:it|this|that|the (?:book|story)|things) (?:all )?(?:end|finish|"
    r"turn out).*|"
    r".*\b(?:next chapter|the ending|spoil\w*)\b.*|what is the end|tell .*\bend\b.*|"
    r".*\b(?:later on|end up)\b.*|what happens (?:to|with|when|if)\b.*|"
    r"(?:does|do) .*\b(?:die|win|survive|escape|make it|marry|lose|come back|wake up|get (?:home|"
    r"there|"
    r"away|to|back|out|caught|married|eaten|better|well)|find (?:him|her|it|them|his|their|out|"
    r"the)|save)\b.*"
)
_SO_FAR = re.compile(
    r"(?:what|tell me what) (?:has )?(?:happens|happened|did happen)(?: (?:so far|just now|"
    r"before|until now|"
    r"already|here|up to now|now|again|in (?:this|the|my) (?:chapter|story|book)(?: so far)?))?|"
    r"what is (?:the|this) (?:story|book|chapter|text) about|what (?:did|have) i miss(?:ed)?|"
    r"summar.*|(?:the |this )?(?:whole )?(?:story|book)|"
    r"what (?:did|have) (?:we|i) read.*|(?:the )?story so far|where (?:are|were) we|where am i"
)
_CAST = re.compile(
    r"who (?:is|are|was|were) (?:all )?(?:in (?:the|this)|the (?:people|characters?|persons|"
    r"animals|main)).*|"
    r"(?:what|which) (?:people|characters).*|who (?:are|is) (?:they|everyone|everybody)(?: all)?"
)
_MEANS = (
    re.compile(
        r"what (?:does|do|did|is|dose) (?:the )?(?:words? )?(.+?) "
        r"(?:mean|means|meaning|stand for)(?: here| in .+)?"
    ),
    re.compile(r"what (?:is|does) (?:it|he|she|they) mean by (.+)"),
    re.compile(r"what is (?:the |a )?meaning (?:of|for) (?:the )?(?:word )?(.+)"),
    re.compile(r"what is meant by (.+)"),
    re.compile(r"(?:define|definition of|meaning of|explain) (?:the )?(?:word )?(.+)"),
    re.compile(r"what (?:an? |the )((?:[\w'-]+ ?){1,3}) (?:is|are|was|means)"),
    re.compile(r"(?:the word )?(.+?) (?:mean|means|meaning)"),
    re.compile(r"what (?:does|do) (?:the )?(?:word )?(.+)"),
)  # fmt: skip
_THING = re.compile(r"what (?:is|are|was|were) (?:an? |the |some )?((?:[\w'-]+ ?){1,3})")
_PERSON = re.compile(r"who (?:is|are|was|were) (?:an? |the )?((?:[\w'.-]+ ?){1,4})")
_VERBAL = re.compile(
    r"\b(?:(?!spring|string|morning|evening|wedding|building|duckling)\w{3,}ing|in|on|at|with|of|"
    r"from|doing|to|about|name|color|colour|wrong|matter|there|"
    r"happening|problem)\b"
)
_STARTS: tuple[tuple[str, Topic], ...] = (
    (r"why|what .*\breason\b", "why"),
    (r"who|whose|whom|which (?:boy|girl|man|woman|person|animal)", "who"),
    (r"where", "where"),
    (r"when|what (?:time|day|year)", "when"),
    (r"how (?:many|much|old|big|long|far|tall|often)", "how_many"),
    (r"how", "how"),
    (
        r"is|are|was|were|do|does|did|can|could|has|have|had|should|would|may|isn't|doesn't|didn't",
        "yes_no",
    ),
)
_WORD_ONLY = re.compile(r"[^\W\d_]+(?:['-][^\W\d_]+)*(?: [^\W\d_]+(?:['-][^\W\d_]+)*)?")


def understand(text: str, *, clicked: bool = False) -> Asked:
    """Tell what is asked. `clicked`: the child chose a word of the page, so it is about that."""
    words = _normal(text)
    if clicked:
        return Asked("word", _word_in(text, words))
    bare = _respelled(_FILLER.sub("", words))
    kind = kind_of_talk(words) or kind_of_talk(bare)
    if kind is None and is_foreign(words):
        kind = "foreign"
    asked = _about_book(_respelled(words)) or _about_book(bare)
    if asked is not None and kind != "foreign":
        return asked
    if kind is not None:
        return Asked("talk", kind)
    return _about_words(text, bare) or _about_story(bare)


def _about_book(words: str) -> Asked | None:
    """Reading aloud, spelling, the book as a thing, a chapter, "tell me about …"."""
    if _READ_ALOUD.fullmatch(words):
        return Asked("read_aloud")
    spelling, saying = _SPELLING.fullmatch(words), _SAYING.fullmatch(words)
    if spelling is not None or saying is not None:
        if _IN_ANOTHER_LANGUAGE.fullmatch(words):
            return Asked("talk", "off_book")
        found = spelling or saying
        subject = _bare((found["one"] or found["two"]) if found is not None else "")
        return Asked("spelling" if spelling is not None else "saying", subject)
    for which, pattern in _BOOK:
        if re.fullmatch(pattern, words):
            return Asked("book", which)
    chapter = _CHAPTER.fullmatch(words)
    if chapter is not None:
        return _chapter(chapter)
    about = _ABOUT.fullmatch(words)
    subject = _bare(about["one"] or about["two"]) if about is not None else ""
    if subject and subject not in _POINTERS and not _SO_FAR.fullmatch(subject):
        return Asked("person", subject)
    return None


def _chapter(found: re.Match[str]) -> Asked | None:
    if found["start"]:
        return Asked("chapter", "1")
    number = found["number"] or found["order"]
    place = int(number) if number.isdecimal() else _NUMBERS.get(number)
    return None if place is None else Asked("chapter", str(place))


def _normal(text: str) -> str:
    lowered = " ".join(_PICTURE.sub(" ", text.translate(_CURLY)).lower().split()).strip(" ?!.,;:-")
    return lowered.removesuffix(" please").strip(" ,")


def _respelled(words: str) -> str:
    for pattern, better in _SPELLINGS:
        words = pattern.sub(better, words)
    return words.strip(" ?!.,;:-")


def _word_in(text: str, words: str) -> str:
    quoted = _QUOTED.search(text.translate(_CURLY))
    if quoted:
        return (quoted[1] or quoted[2]).strip(" ?!.,;:")
    for pattern in (*_MEANS, _THING):
        found = pattern.fullmatch(words)
        if found:
            return _bare(found[1])
    return words


def _bare(subject: str) -> str:
    subject = subject.strip(" '\"?!.,;:")
    return re.sub(r"^(?:an?|the|some|words?) (?=.)", "", subject)


def _about_words(text: str, words: str) -> Asked | None:
    """Questions about a word, a thing or the sentence itself."""
    if _SENTENCE.fullmatch(words):
        return Asked("sentence")
    for pattern in _MEANS[:-1]:
        found = pattern.fullmatch(words)
        if found and len(found[1].split()) <= 5:
            subject = _bare(found[1])
            if subject in _POINTERS:
                return Asked("sentence")
            return Asked("word", _word_in(text, words) if _QUOTED.search(text) else subject)
    for pattern in (_AHEAD, _SO_FAR, _CAST):
        if pattern.fullmatch(words):
            return None
    found = _THING.fullmatch(words)
    if found and not _VERBAL.search(found[1]):
        subject = _bare(found[1])
        return Asked("sentence") if subject in _POINTERS else Asked("thing", subject)
    if _WORD_ONLY.fullmatch(words) and words not in (
        "why",
        "how",
        "who",
        "where",
        "when",
        "yes",
        "no",
    ):
        return Asked("word" if " " not in words else "thing", _bare(words))
    return None


def _about_story(words: str) -> Asked:
    for pattern, topic in (
        (_SO_FAR, "so_far"), (_CAST, "cast"), (_AHEAD, "ahead"),
    ):  # fmt: skip
        if pattern.fullmatch(words):
            return Asked(topic)  # type: ignore[arg-type]
    found = _PERSON.fullmatch(words)
    if found and not _VERBAL.search(found[1]):
        return Asked("person", _bare(found[1]))
    for start, begun in _STARTS:
        if re.match(rf"(?:{start})\b", words):
            return Asked(begun)
    return Asked("other") if len(words) > 2 else Asked("talk", "unclear")
