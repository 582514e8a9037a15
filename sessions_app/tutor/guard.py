"""Screening: what a child should take to a grown-up, and what a tutor must not say.

Screening reads for first-person, real-life talk. Stories are full of wolves, witches and deaths,
and a child asking about those must simply get an answer; so each pattern here says who does what
to whom. The tests hold a table of both kinds.
"""

import re
from dataclasses import dataclass
from typing import Literal

from library.language.lemmas import word_set
from library.language.wording import unfit_word

from .types import DISTRESS, SCREENED

Concern = Literal["distress", "private", "adult", "rude", "injection"]

_PEOPLE_NEAR = (
    r"(?:my (?:\w+ )?(?:dad|daddy|father|mom|mommy|mum|mummy|mother|parents?|brother|sister|uncle|"
    r"aunt|grandpa|grandma|grandfather|grandmother|cousin|stepdad|stepmom|stepfather|stepmother|"
    r"teacher|coach|neighbou?r|babysitter|friend|classmates?|mom's boyfriend)s?|"
    r"dad|daddy|mom|mommy|mum|mummy|grandpa|grandma|"
    r"he|she|they|someone|somebody|everyone|everybody|"
    r"(?:the )?(?:other )?(?:kids|boys|girls|children|bullies)"
    r"(?: (?:at|in) (?:my )?(?:school|class))?|"
    r"a (?:man|grown-?up|boy|girl|kid))"
)
_HURTS = (
    r"(?:hits?|hitting|beats?|beating|hurts?|hurting|kicks?|kicked|punch(?:es|ed)?|slaps?|slapped)"
)
_TEASES = r"(?:bull(?:y|ies|ied|ying)|teas(?:e|es|ed|ing)|picks? on|picking on|hates?|laughs? at)"
_DISTRESS = tuple(
    re.compile(pattern)
    for pattern in (
        (
            r"\bi (?:just )?(?:want|wanna|wish|would like) "
            r"(?:to |i (?:was|were) )?(?:die|dead|be dead)\b(?! (?:quiet|last|sure))"
        ),
        r"\bi (?:do not|don't|dont) (?:want to|wanna) (?:live|be alive|be here any ?more)\b",
        r"\b(?:kill|hurt|cut|hurting|cutting|killing) myself\b",
        r"\bi (?:hate|am hating) myself\b",
        r"\b(?:nobody|no one|no-one) (?:likes|loves|wants|cares about) me\b",
        r"\bi (?:have no|do not have any|don't have any|dont have any) friends\b",
        rf"\b{_PEOPLE_NEAR} (?:\w+ )?{_HURTS} me\b",
        rf"\b{_PEOPLE_NEAR} (?:is |are |was |were |keeps? |always )?(?:\w+ )?{_TEASES} me\b",
        rf"\b{_PEOPLE_NEAR} (?:\w+ )?touch(?:es|ed)? (?:me|my (?:private|privates|body))\b",
        (
            rf"\b{_PEOPLE_NEAR} (?:wants? to|is going to|said (?:he|she) (?:will|would)) "
            r"(?:hurt|kill) me\b"
        ),
        r"\bi(?: am|'m|m| was) (?:being |getting )?(?:bullied|abused|beaten|hit)\b",
        r"\bi(?: am|'m|m| feel) (?:not |un)safe (?:at|in) (?:home|school|my)\b",
        r"\b(?:do not|don't|dont) feel safe\b",
        (
            r"\bi(?: am|'m|m) (?:afraid|scared) "
            r"(?:to go home|of going home|to go to school|"
            r"of my (?:\w+ )?(?:dad|father|mom|mum|mother|uncle|stepdad|stepfather|brother|"
            r"teacher))\b"
        ),
        r"\b(?:want to|going to|wanna) run away from home\b",
        r"\b(?:no|nothing|not any) (?:food )?(?:to eat )?at (?:my )?home\b",
        r"\bwe (?:have no|don't have(?: any)?|dont have(?: any)?|do not have(?: any)?) food\b",
        (
            r"\bi (?:have not|haven't|havent|did not|didn't|didnt) "
            r"(?:eaten|eat|had any food)(?: anything)? (?:today|yesterday|since|for)\b"
        ),
        (
            rf"\b{_PEOPLE_NEAR} (?:is |are |was |were |always )?(?:\w+ )?(?:mean|nasty|horrible) "
            r"to me\b"
        ),
        rf"\b{_PEOPLE_NEAR} (?:\w+ )?calls? me (?:bad |mean )?(?:names|stupid|fat|ugly|dumb)\b",
        rf"\b{_PEOPLE_NEAR} (?:\w+ )?mak(?:e|es|ing) me (?:touch|undress|take off)\b",
        (
            r"\b(?:nobody|no one|no-one) (?:ever )?(?:plays?|wants to play|talks?|will play) "
            r"(?:with|to) me\b"
        ),
        (
            r"\bmy (?:\w+ )?(?:dad|father|mom|mum|mother|parents|uncle|stepdad|stepmom) "
            r"(?:is|are|was|were|gets?|got|keeps getting) (?:\w+ )?(?:drunk|on drugs|high)\b"
        ),
        (
            r"\bmy (?:\w+ )?(?:dad|father|mom|mum|mother|stepdad|stepmom) "
            r"(?:always yells|yells|shouts|screams) at me (?:all the time|a lot|every)\b"
        ),
        r"\bi (?:do not|don't|dont|never) (?:want to|wanna) go (?:back )?home\b",
        r"\bi wish i (?:was|were|had) (?:never|not|n't) (?:been )?born\b",
        r"\bi (?:want to|wanna) (?:disappear|unalive(?: myself)?)\b",
    )
)
#: "Why does the lion say …": the words that follow are somebody else's.
_TOLD = re.compile(
    r"\b(?:says?|said|thinks?|thought|sings?|sang|shouts?|shouted|cries|cried|asks?|asked|tells?|"
    r"told|writes?|wrote|means?|mean)\b"
)
_OWN = re.compile(r"\b(?:i|my|me)\b")
_IN_QUOTES = re.compile(r"\"[^\"]*\"|(?<!\w)'[^']*'(?!\w)")

_PRIVATE = tuple(
    re.compile(pattern)
    for pattern in (
        r"[\w.+-]+@[\w-]+\.\w+",
        r"(?<![\d,.])\+?\d(?:[ ./()-]?\d){6,14}(?!\d)",
        (
            r"\bmy (?:(?:phone|telephone|cell|mobile)(?: number)?|address|email|e-mail|password|"
            r"(?:last|full|real|family) name) is\b"
        ),
        r"\bi live (?:at|on|in) (?:number )?\d+\b",
        r"\bi live (?:at|on|in) (?:\w+ ){1,3}(?:street|st|road|rd|avenue|ave|lane|drive|court)\b",
        (
            r"\b(?:what is|what's|tell me|give me|do you know) "
            r"(?:my|(?:my \w+'s)|your|(?:alice|bob)'s) "
            r"(?:phone number|telephone number|address|password|email)\b"
        ),
    )
)
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
_NEVER_SAID = tuple(
    re.compile(pattern)
    for pattern in (
        (
            r"\b(?:what is|what's|tell me|give me|send me|may i have) your "
            r"(?:full name|last name|address|phone|telephone|email|password|school)\b"
        ),
        r"\b(?:where do you live|which school do you (?:go to|attend)|how old are you)\b",
        r"\bkeep (?:this|it) (?:a )?secret from\b",
        (
            r"\b(?:don't|do not|never) tell (?:your|a|any) "
            r"(?:mom|mum|dad|parents?|teacher|grown-?ups?)\b"
        ),
        r"\b(?:meet me|meet up with me)\b",
        r"\b(?:my|the) system prompt\b|<\/?(?:book|question|earlier)",
    )
)
_WORDS = re.compile(r"[a-z]+")
_SWEARS = re.compile(r"\b(?:fuck\w*|shit\w*|piss\w*|cunts?|arse\w*|assholes?|sluts?|whores?)\b")
_ASKS_MEANING = re.compile(r"\b(?:mean\w*|what|define|word)\b")
_CURLY = str.maketrans("‘’“”", "''\"\"")

_REPLIES: dict[Concern, str] = {
    "distress": (
        "Thank you for telling me. That sounds really hard, and it is not your fault. "
        "I am only a reading helper, so I cannot help with this the way a person can. "
        "Please tell a grown-up you trust today: your teacher, somebody in your family, or the "
        "school nurse. You can show them this page. If you are in danger right now, go to a "
        "grown-up near you at once."
    ),
    "private": (
        "Let us keep private things private! Names, addresses, phone numbers and passwords are "
        "only for you and the grown-ups who look after you. I would love to talk about the story."
    ),
    "adult": (
        "That is a good thing to talk about with a grown-up you trust, like somebody in your "
        "family or your teacher. I am here for the story. What would you like to know about it?"
    ),
    "rude": (
        "Let us use kind words here. Is something hard, or does it make you cross? Tell me which "
        "part it is, and I will try to help."
    ),
    "injection": (
        "I am your reading helper, and I stay just that. Ask me about a word, about somebody in "
        "the story, or about why something happened!"
    ),
}


@dataclass(frozen=True, slots=True)
class Screening:
    """What a text raised, and what to say instead of an answer."""

    concern: Concern
    reply: str
    flags: frozenset[str]


def screen_question(text: str) -> Screening | None:
    """What a child's words raise, the most serious first; None when they are fine."""
    words = _normal(text)
    if any(_is_own_trouble(words, pattern) for pattern in _DISTRESS):
        return _screening("distress")
    if _finds(_INJECTION, words):
        return _screening("injection")
    if _finds(_PRIVATE, words) or _full_name(text):
        return _screening("private")
    if _finds(_ADULT, words):
        return _screening("adult")
    if _holds_unfit_word(words):
        return _screening("rude" if _is_swearing(words) else "adult")
    return None


def screen_answer(text: str) -> Screening | None:
    """What a tutor's words must not do to a child; None when they are fine."""
    words = _normal(text)
    if _finds(_NEVER_SAID, words) or _finds(_PRIVATE[:2], words):
        return _screening("private")
    if _finds(_ADULT, words) or _holds_unfit_word(words):
        return _screening("adult")
    return None


def ask_a_grown_up(word: str) -> str:
    """What to say about a word that we do not explain."""
    return (
        f"I cannot explain “{word}” well. Please ask a grown-up you trust, "
        "like your teacher or somebody in your family."
    )


def _screening(concern: Concern) -> Screening:
    flag = DISTRESS if concern == "distress" else SCREENED
    return Screening(concern=concern, reply=_REPLIES[concern], flags=frozenset({flag}))


def _normal(text: str) -> str:
    return " ".join(text.translate(_CURLY).lower().split())


def _finds(patterns: tuple[re.Pattern[str], ...], words: str) -> bool:
    return any(pattern.search(words) for pattern in patterns)


def _is_own_trouble(words: str, pattern: re.Pattern[str]) -> bool:
    found = pattern.search(_IN_QUOTES.sub(" ", words))
    if found is None:
        return False
    before = found.string[: found.start()]
    return _TOLD.search(before) is None or _OWN.search(before) is not None


def _full_name(text: str) -> bool:
    return re.search(r"\b[Mm]y name is [A-Z]\w+ [A-Z]\w+", text) is not None


def _is_swearing(words: str) -> bool:
    """Whether a rude word is thrown and not asked about."""
    return _SWEARS.search(words) is not None and _ASKS_MEANING.search(words) is None


def _holds_unfit_word(words: str) -> bool:
    return any(unfit_word(word) for word in _WORDS.findall(words) if word not in _OLD_WORDS)


#: Rude or outdated words that old stories use; asking about them is no reason for concern.
_OLD_WORDS = word_set(
    "damn savage savages squaw bastard bitch prick pricked pricks pricking retard coon crap dick"
    " pussy"
)
