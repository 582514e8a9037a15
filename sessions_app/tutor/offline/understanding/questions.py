"""What kind of question a child asks, and about what: by its wording alone."""

import re

from library.language.lemmas import word_set

from .book_questions import book_question
from .intent import Intent, Topic, bare_subject
from .scoring import about_the_sentence, about_the_story
from .small_talk import is_foreign, is_sum, kind_of_talk
from .wording import even, mended, without_filler, written_out

_QUOTED = re.compile(r"\"([^\"]{1,60})\"|(?<!\w)'([^']{1,60})'(?!\w)")
_CURLY = str.maketrans("‘’ʼ“”„", "'''\"\"\"")
_POINTERS = word_set("it this that he she they you i him her them these those everything") | {
    *("this part", "that part", "this bit", "all this", "all of this", "all of it", "this page"),
    *("the sentence", "this sentence", "that sentence", "this word", "the whole thing"),
}

_SUBJECT_WORDS = 7
_MEANS = (
    re.compile(
        r"what (?:does|do|did|is|would|could) (?:the )?(?:words? |phrase |saying )?(.+?) "
        r"(?:means?|meaning|stand for)(?: (?:here|exactly|really|in .+|when .+|by that))*"
    ),
    re.compile(r"what (?:is|does|do) (?:it|he|she|they|the \w+) mean by (.+)"),
    re.compile(
        r"(?:what is )?(?:the |a )?(?:meaning|definition) (?:of|for) (?:the )?(?:word )?(.+)"
    ),
    re.compile(r"what is meant by (.+)"),
    re.compile(r"(?:define|explain) (?:the )?(?:word |phrase )?(.+)"),
    re.compile(r"what (?:an? |the )((?:[\w'-]+ ?){1,3}) (?:is|are|was|means)"),
    re.compile(
        r"(?!(?:why|who|how|is|are|was|were|does|do|did)\b)(?:what )?(?:the )?(?:word )?(.+?) "
        r"(?:means?|meaning)(?: what| here)?"
    ),
    re.compile(r"(?:what is |explain |i do not know )?the word (.+?)(?: is)?"),
    re.compile(r"what (?:does|do) (?:it |he |she |they |[\w']+ )?mean,? (?:to )(.+)"),
    re.compile(r"what (?:does|do) it mean (?:when|if|that) (?:\w+ ){1,3}?(?:is|are|was|were) (.+)"),
)
_EXAMPLE = re.compile(
    r"(?:can you |could you )?use (?:the word )?(?!it\b|that\b|this\b)(.{1,40}) in (?:a|another) "
    r"sentence|"
    r"(?:(?:can|could) you )?(?:give(?: me)?|what is|show me) an example (?:of|for|with) "
    r"(?:the word )?(.{1,40})"
)
_MEANS_THAT = re.compile(
    r"what (?:does|do|did) (?:it|this|that) mean,? (?:(?:when|that|if|by|to) )?((?:\S+ ){2,10}\S+)"
)
_THING = re.compile(r"what (?:is|are|was|were) (?:an? |the |some )?((?:[\w'-]+ ?){1,3})")
_PERSON = re.compile(r"who (?:is|are|was|were) (?:an? |the )?((?:[\w'.-]+ ?){1,4})")
_VERBAL = re.compile(
    r"\b(?:(?!spring|string|morning|evening|wedding|building|duckling|king|ring|thing)\w{3,}ing|in|"
    r"on|at|with|of|from|doing|to|about|name|color|colour|wrong|matter|there|happening|problem|"
    r"inside|under|behind|made|called|his|her|their|so|next|left|for)\b"
)
_KINDS: tuple[tuple[str, Topic], ...] = (
    (r"why|(?:what|which) .*\breasons?\b|what (?:made|makes|caused|causes)", "why"),
    (r"who|whose|whom|which (?:boy|girl|man|woman|person|animal)", "who"),
    (r"where|(?:in |to )?(?:what|which) (?:place|city|town|country|room|village)", "where"),
    (r"when|(?:at )?(?:what|which) (?:time|day|year|month|season|hour)", "when"),
    (r"how (?:many|much|old|big|long|far|tall|often|high|wide|heavy|small|late)", "how_many"),
    (r"how", "how"),
)
_YES_NO = re.compile(
    r"(?:is|are|was|were|do|does|did|can|could|has|have|had|should|would|may|isn't|doesn't|didn't)\b"
)
_NO_WORD = word_set("why how who whose where when which yes no")
_WORD_ONLY = re.compile(r"[^\W\d_]+(?:['-][^\W\d_]+)*(?: [^\W\d_]+(?:['-][^\W\d_]+)*){0,2}")


def understand(text: str, *, clicked: bool = False) -> Intent:
    """Tell what is asked. `clicked`: the child chose a word of the page, so it is about that."""
    words = even(text)
    if clicked:
        return Intent("word", _word_in(text, words))
    words = mended(words)
    bare = plain_question(text)
    if is_foreign(words):
        return Intent("talk", "foreign")
    if is_sum(bare):
        return Intent("talk", "off_book")
    asked = book_question(written_out(words)) or book_question(bare)
    if asked is not None:
        return asked
    kind = kind_of_talk(words) or kind_of_talk(bare)
    if kind == "play" and about_the_story(bare) == Intent("so_far"):
        return Intent("so_far")
    if kind is not None:
        return Intent("talk", kind)
    return (
        _example(bare)
        or _quoted_word(text, bare)
        or _clause_of_the_sentence(bare)
        or about_the_sentence(bare)
        or _about_words(bare)
        or _somebody(bare)
        or about_the_story(bare)
        or _about_facts(bare)
    )


def plain_question(text: str) -> str:
    """A question in small letters, its common misspellings mended, without filler, in full."""
    bare = written_out(without_filler(mended(even(text))))
    return without_filler(bare)


def _word_in(text: str, words: str) -> str:
    quoted = _QUOTED.search(text.translate(_CURLY))
    if quoted:
        return (quoted[1] or quoted[2]).strip(" ?!.,;:")
    for pattern in (*_MEANS, _THING):
        found = pattern.fullmatch(words)
        if found:
            return bare_subject(found[1])
    return words


def _quoted_word(text: str, words: str) -> Intent | None:
    """ "what does “looked it up” mean": marks show which words are asked about."""
    quoted = _QUOTED.search(text[:400].translate(_CURLY))
    asks = re.search(r"\b(?:mean\w*|what is|what are|explain|define|understand|word)\b", words)
    if quoted is None or asks is None:
        return None
    subject = (quoted[1] or quoted[2]).strip(" ?!.,;:")
    return Intent("word", subject) if len(subject.split()) <= _SUBJECT_WORDS else Intent("sentence")


def _example(words: str) -> Intent | None:
    """ "use garret in a sentence", "give me an example of garret"."""
    found = _EXAMPLE.fullmatch(words)
    return None if found is None else Intent("example", bare_subject(found[1] or found[2]))


def _clause_of_the_sentence(words: str) -> Intent | None:
    """ "what does it mean that she had her breath back": a phrase, if it is one, else all of it."""
    found = _MEANS_THAT.fullmatch(words)
    return None if found is None else Intent("word", found[1])


def _about_words(words: str) -> Intent | None:
    """Questions about a word, a thing or a person by name."""
    for pattern in _MEANS:
        found = pattern.fullmatch(words)
        if found and len(found[1].split()) <= _SUBJECT_WORDS:
            subject = bare_subject(found[1])
            return Intent("sentence") if subject in _POINTERS else Intent("word", subject)
    if about_the_story(words) is not None:
        return None
    found = _THING.fullmatch(words)
    if found and not _VERBAL.search(found[1]) and "'s " not in found[1]:
        subject = bare_subject(found[1])
        return Intent("sentence") if subject in _POINTERS else Intent("thing", subject)
    if _WORD_ONLY.fullmatch(words) and words.split(maxsplit=1)[0] not in _NO_WORD:
        if " " not in words:
            return Intent("word", bare_subject(words))
        if not _YES_NO.match(words) and len(words.split()) <= 3:
            return Intent("thing", bare_subject(words))
    return None


def _somebody(words: str) -> Intent | None:
    """ "who is Will": a name may be any word."""
    found = _PERSON.fullmatch(words)
    whole = about_the_story(words)
    if found is None or _VERBAL.search(found[1]) or (whole and whole.topic == "cast"):
        return None
    return Intent("person", bare_subject(found[1]))


def _about_facts(words: str) -> Intent:
    if _YES_NO.match(words):
        return Intent("yes_no")
    first = min(
        (
            (found.start(), topic)
            for pattern, topic in _KINDS
            if (found := re.search(rf"\b(?:{pattern})\b", words))
        ),
        default=None,
    )
    if first is not None:
        return Intent(first[1])
    return Intent("other") if len(words) > 2 else Intent("talk", "unclear")
