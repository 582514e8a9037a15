"""Adult matters, rude words and attempts to change the tutor's rules."""

import re

from library.language.lemmas import word_set
from library.language.wording import unfit_word

_ADULT = tuple(
    re.compile(pattern)
    for pattern in (
        r"\b(?:have|having|had|about) sex\b",
        r"\bsexual\w*\b",
        r"\bporno?\w*\b",
        (
            r"\b(?:where do|how are|how do you make|how do people make) babies "
            r"(?:come from|made|born)\b"
        ),
        (
            r"\bhow (?:do|can|could|should|would) (?:i|you|we) (?:make|build|get|buy|use) "
            r"(?:an? |some )?(?:real )?(?:bomb|gun|drugs?|weed|vape|beer|cigarettes?|explosives?|"
            r"poison)s?\b"
        ),
        (
            r"\bhow (?:do|can|could|should|would) (?:i|you|we) (?:kill|poison|stab|shoot|murder) "
            r"(?:a person|people|someone|somebody|my|him|her|them)\b"
        ),
        r"\b(?:smoke|vape|smoking|vaping) (?:weed|pot|drugs)\b",
        r"\b(?:vagina|penis|blowjob|cocaine|heroin|boobies|nudes?)\b",
    )
)
_INJECTION = tuple(
    re.compile(pattern)
    for pattern in (
        (
            r"(?:^|[.!?,;:]\s*|\b(?:please|now|and|then|hey|ok|okay|must|should)\s+)"
            r"(?:ignore|forget|disregard|override|skip) "
            r"(?:all |any |every |your |the |my |these |those |of |previous |prior |above |"
            r"earlier |old |safety )*(?:instructions?|rules?|prompts?|directions|guidelines|"
            r"everything (?:above|before))"
        ),
        r"\b(?:your|the|a) system (?:prompt|message|instructions?)\b",
        (
            r"\b(?:show|tell|print|repeat|reveal|say|give)(?: me)? (?:your|the) "
            r"(?:hidden |secret |full )*(?:instructions|prompt|system \w+)\b"
        ),
        r"\b(?:developer|debug|god|admin|jailbreak) mode\b",
        r"\bjailbreak\b",
        (
            r"\b(?:you are|you're|act as|pretend to be|pretend you are|pretend you're) "
            r"(?:now )?(?:an? )?(?:dan|unfiltered|evil ai|hacker|different (?:ai|bot|model)|"
            r"ai without|(?:ai|bot|assistant|chatbot) (?:without|with no) rules)\b"
        ),
        (
            r"\b(?:without|with no) (?:any )?(?:rules|filters|restrictions)\b.*\b"
            r"(?:answer|talk|speak|respond)\b"
        ),
    )
)
_TAG_LIKE = re.compile(r"\b(?:my|the) system prompt\b|<\/?(?:book|question|earlier)")
_WORDS = re.compile(r"[a-z]+")
_SWEARS = re.compile(r"\b(?:fuck\w*|shit\w*|piss\w*|cunts?|arse\w*|assholes?|sluts?|whores?)\b")
_ASKS_MEANING = re.compile(r"\b(?:mean\w*|what|define|word)\b")
_CURLY = str.maketrans("‘’“”", "''\"\"")
#: Rude or outdated words that old stories use; asking about them is no reason for concern.
_OLD_WORDS = word_set(
    "damn savage savages squaw bastard bitch prick pricked pricks pricking retard coon crap dick"
    " pussy"
)


def is_injection(text: str) -> bool:
    """Whether a child tries to change the tutor's rules."""
    return _finds(_INJECTION, _normal(text))


def is_adult(text: str) -> bool:
    """Whether it asks about sex, drugs or how to hurt people."""
    return _finds(_ADULT, _normal(text))


def tells_prompt(text: str) -> bool:
    """Whether an answer tells of the prompt or its tags."""
    return _TAG_LIKE.search(_normal(text)) is not None


def is_swearing(text: str) -> bool:
    """Whether a rude word is thrown and not asked about."""
    words = _normal(text)
    return _SWEARS.search(words) is not None and _ASKS_MEANING.search(words) is None


def holds_unfit_word(text: str) -> bool:
    """Whether a word stands in it that neither child nor tutor should write here."""
    return any(unfit_word(word) for word in _WORDS.findall(_normal(text)) if word not in _OLD_WORDS)


def _normal(text: str) -> str:
    return " ".join(text.translate(_CURLY).lower().split())


def _finds(patterns: tuple[re.Pattern[str], ...], words: str) -> bool:
    return any(pattern.search(words) for pattern in patterns)
