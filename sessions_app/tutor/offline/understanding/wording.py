"""A child's words made even: small letters, no filler, common misspellings mended."""

import re
from functools import cache

from ..data import data_rows

_LONGEST = 400
_CURLY = str.maketrans("‘’ʼ“”„", "'''\"\"\"")
_PICTURE = re.compile("[\u2190-\u2bff\ufe0f\u200d\U0001f000-\U0001faff]+")
_WORD = re.compile(r"[^\W\d_]+(?:'[^\W\d_]+)?")
_REPEATED = re.compile(r"([^\W\d_])\1{2,}")
_FILLER = re.compile(
    r"^(?:"
    r"(?:um+|uh+|er+|hey|hi|hello|so|but|and(?![, ]+(?:the|an?|his|her|their)\b)|ok|okay|well|"
    r"please|excuse me|sorry|wait|teacher|"
    r"also|then|oh|now|just)"
    r"[, ]+|"
    r"(?:can|could|will|would) you (?:please )?(?:just )?"
    r"(?:tell me|explain(?: to me)?|say|show me|remind me|help me understand) (?:about )?|"
    r"(?:please )?(?:do you know|tell me|explain(?: to me)?|remind me) (?:again )?(?:about )?"
    r"(?=(?:why|how|who|whose|where|when|what|which)\b)|"
    r"tell me (?:about )?|"
    r"i (?:want|would like|need|wanna) to (?:know|ask)(?: about)? |"
    r"i (?:wonder|was wondering|am wondering) |"
    r"(?:my question is|question) |"
    r"i (?:really |still )?(?:do not|don't|can't|cannot|did not|didn't|dont) "
    r"(?:really )?(?:know|understand|get|see|remember|tell) "
    r"(?=(?:why|how|who|whose|where|when|which|the word|"
    r"what (?!(?:it|this|that|they|these|happen\w*|he|she|is (?:going|happening))\b)))|"
    r"i (?:forgot|have forgotten|forget) (?=(?:why|how|who|whose|where|when|which|what)\b)"
    r")+(?=.)"
)
_CONTRACTIONS = (
    (re.compile(r"\bwhat'?s\b"), "what is"),
    (re.compile(r"\bwho'?s\b"), "who is"),
    (re.compile(r"\bwhere'?s\b"), "where is"),
    (re.compile(r"\b(?:it|that|he|she|there)'s\b"), lambda found: f"{found[0][:-2]} is"),
    (re.compile(r"\b(\w+)'re\b"), r"\1 are"),
    (re.compile(r"\bhow come\b|\bfor what reason\b|\bwhat for\b(?=$)"), "why"),
    (re.compile(r"\b(?:its|it is|this is) (?:to|so) (?=hard|difficult|long)"), "it is too "),
    (re.compile(r"^y (?=did|do|does|is|are|was|were|can|will|has)"), "why "),
    (re.compile(r"^y$"), "why"),
    (re.compile(r"^(?:dose|doze) (?=\w+ \w)"), "does "),
    (re.compile(r"\bwhat dose\b"), "what does"),
    (re.compile(r"^(?:ware|wear|were) (?=(?:is|are|was|were|did|do|does)\b)"), "where "),
    (re.compile(r"^witch (?=\w+ \w)"), "which "),
    (re.compile(r"^what (.+) for$"), r"why \1"),
    (re.compile(r"^(who|what|where) ([\w' .-]{2,40}) (is|are|was|were)$"), r"\1 \3 \2"),
    (re.compile(r"^(.{2,60}),? (?:is|means) what$"), r"what is \1"),
    (re.compile(r"^(.{3,60}) (?:is|are|was|were) who$"), r"who is \1"),
    (re.compile(r"^(.{3,60}) (?:is|are|was|were) where$"), r"where is \1"),
)  # fmt: skip


def even(text: str) -> str:
    """`text` in small letters with straight quotation marks, its end marks and pictures gone."""
    lowered = _PICTURE.sub(" ", text[:_LONGEST].translate(_CURLY)).lower()
    lowered = " ".join(lowered.split()).strip(" ?!.,;:-")
    return lowered.removesuffix(" please").strip(" ,")


def mended(words: str) -> str:
    """`words` with the common misspellings of children put right."""
    return _WORD.sub(lambda found: _mended_word(found[0]), words)


def without_filler(words: str) -> str:
    """What is left of a question without "um", "can you tell me" and the like."""
    return _FILLER.sub("", words)


def written_out(words: str) -> str:
    """`words` with "what's", "how come" and the like in full, and the question word in front."""
    for pattern, better in _CONTRACTIONS:
        words = pattern.sub(better, words)
    return words.strip(" ?!.,;:-")


def _mended_word(word: str) -> str:
    known = _misspelt().get(word)
    if known is None and _REPEATED.search(word):  # "whyyyy", "pleeease"
        word = _REPEATED.sub(r"\1", word)
        known = _misspelt().get(word)
    return known or word


@cache
def _misspelt() -> dict[str, str]:
    return {
        typed: meant for meant, written in data_rows("misspelt.txt") for typed in written.split()
    }
