"""What kind of thing an answer has to have in it, told from the question's words."""

import re
from collections.abc import Mapping
from typing import Literal

AnswerType = Literal[
    "person", "place", "time", "number", "age", "size", "color", "name", "speech", "feeling",
    "reason", "manner", "material", "tool", "looks", "deed", "any",
]  # fmt: skip

_ASKS: tuple[tuple[AnswerType, str], ...] = (
    ("reason", r"^why\b|\breasons?\b|\bwhat (?:made|makes|caused)\b"),
    ("looks", r"\blooks? like\b|\bwear(?:s|ing)?\b|\bdescribe\b"),
    ("tool", r"^what\b.* with$|^with what\b"),
    ("age", r"\bhow old\b|\bwhat age\b"),
    (
        "color",
        r"\b(?:what|which) colou?rs?\b|\bcolou?rs? (?:is|are|was|were|does|did)\b",
    ),
    ("number", r"\bhow (?:many|much|often)\b|\bwhat number\b"),
    (
        "time",
        r"^when\b|\b(?:what|which) (?:time|day|year|month|season|hour)\b|"
        r"\bhow long (?:did|does|has|have|is it|was it|until|ago)\b",
    ),
    (
        "size",
        r"\bhow (?:big|tall|long|far|high|wide|deep|small|heavy|large|fat|loud|fast)\b|"
        r"\bwhat size\b",
    ),
    ("place", r"\bwhere\b|\b(?:what|which) (?:place|city|town|country|room|village)\b"),
    ("name", r"\bname\b|\b(?:named|called)\b"),
    ("person", r"\bwho(?:m|se)?\b|\bwhich (?:boy|girl|man|woman|person|animal)\b"),
    (
        "speech",
        r"\b(?:what|which) (?:did|does|do|was|is|were|words?)\b.*\b(?:say|says|said|tell|told|"
        r"answer|ask|asked|shout|yell|whisper|call out|saying|reply|promise)\b",
    ),
    (
        "feeling",
        r"\bhow (?:is|was|are|were|did|does|do) .*\bfeel(?:ing|s)?\b|\bfeelings?\b|"
        r"\bhow (?:is|was|are|were) (?:he|she|they|[a-z]+)$",
    ),
    ("material", r"\b(?:made (?:of|from|out of)|what .* material)\b"),
    ("manner", r"^how\b"),
    ("deed", r"\bwhat (?:did|does|do|is|was|were|are|has|had) .*\b(?:do|doing|done)\b"),
)
NUMBER = (
    r"\b(?:\d+|(?<!no )one(?! (?:of|day|ever|by|another|morning|evening))|two|three|four|five|six|"
    r"seven|eight|nine|ten|eleven|twelve|thirteen|fourteen|fifteen|sixteen|seventeen|eighteen|"
    r"nineteen|twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety|hundreds?|thousands?|dozens?|"
    r"pair|both|half|twice|once(?! upon)|many|several|no \w+s|none|every)\b"
)
_HOLDS: Mapping[AnswerType, re.Pattern[str]] = {
    "place": re.compile(
        r"\b(?:in|on|at|under|near|behind|beside|inside|into|above|below|over|between|onto|through|"
        r"outside|across|along|up|down|from|to|by|among|around|against|toward|towards) "
        r"(?:an?|the|his|her|its?|their|them|my|our|your|this|that|one|some|every|[a-z]+ing|[A-Z])\b|"
        r"\b(?:home|here|there|upstairs|downstairs|outside|inside|north|south|east|west)\b"
    ),
    "time": re.compile(
        r"\b(?:when|after|before|morning|noon|night|midnight|evening|day|days|week|weeks|months?|"
        r"years?|until|o'clock|today|tomorrow|yesterday|spring|summer|autumn|winter|\w+day|"
        r"january|february|march|april|june|july|august|september|october|november|december|"
        r"\d{3,4}|hours?|minutes?|moment|sunrise|sunset|dawn|dusk|supper|lunch|breakfast|"
        r"once upon)\b",
        re.IGNORECASE,
    ),
    "number": re.compile(NUMBER, re.IGNORECASE),
    "age": re.compile(
        rf"{NUMBER} (?:and a half )?(?:years?|months?)\b|birthday|\b(?:very )?(?:old|young)\b|"
        rf"\b(?:is|was|am|turned|be) (?:only |just |nearly |almost )?{NUMBER}(?! \w+s\b)",
        re.IGNORECASE,
    ),
    "size": re.compile(
        rf"\bas \w+ as\b|\b(?:inch|inches|feet|foot|miles?|meters?|kilometers?|steps?|tall|big|"
        rf"bigger|small|tiny|huge|enormous|large|wide|long|high|deep|no \w+er than|hours?|days?)\b|"
        rf"{NUMBER} (?:miles|feet|inches|steps|days|hours|minutes|weeks)",
        re.IGNORECASE,
    ),
    "color": re.compile(
        r"\b(?:red|blue|green|yellow|black|white|brown|gr[ae]y|pink|purple|orange|golden?|silver|"
        r"scarlet|violet|dark|pale|bright)\b",
        re.IGNORECASE,
    ),
    "name": re.compile(r"\b(?:named|called|names?)\b"),
    "speech": re.compile(r"[“\"]|\b(?:said|says|told|wrote|read) (?:\w+ )?(?:that|to)\b"),
    "feeling": re.compile(
        r"\b(?:happy|glad|sad|angry|cross|afraid|scared|frightened|proud|ashamed|shy|lonely|tired|"
        r"worried|surprised|excited|nervous|brave|hungry|felt|feel|feels|cried|wept|tears|smiled|"
        r"laughed|trembl\w+|shak\w+|shook|red|pale|hot|cheeks|heart|hop(?:e|ed)|wish(?:ed)?|love|"
        r"loved|hated|lip|miserable|sorry|delighted|pleased|anxious|grief|joy|fun)\b",
        re.IGNORECASE,
    ),
    "reason": re.compile(
        r"\bbecause\b|\bso that\b|\bsince\b|\bfor (?:he|she|it|they|we|i|there|the)\b|, so\b|"
        r"\bin order\b|\bthat is why\b|\bthat’s why\b",
        re.IGNORECASE,
    ),
    "tool": re.compile(r"\bwith (?!him|her\b(?! \w)|them|me|us|you|it\b)\w+"),
    "looks": re.compile(
        r"\b(?:hair|eyes?|nose|beard|face|cheeks|coat|dress(?:ed)?|hat|wore|wearing|shoes|boots|"
        r"tall|short|little|small|tiny|huge|big|fat|thin|round|old|young|pretty|beautiful|ugly|red|"
        r"blue|green|yellow|black|white|brown|gr[ae]y|pink|purple|golden?|silver|long|like an?)\b",
        re.IGNORECASE,
    ),
    "material": re.compile(r"\b(?:of|from|with)\b"),
    "manner": re.compile(r"\b(?:by|with|until|then|so|like|\w+ly)\b"),
}
#: Kinds whose signs may well stand in the question, too.
_REPEATED: tuple[AnswerType, ...] = ("speech", "place", "reason", "tool", "looks")
_PLACE_OF = r"\b(?:on|in|at|near|from|to) {}"
PERSON_WORD = re.compile(
    r"\b(?:man|woman|boy|girl|lady|mother|father|grandmother|grandfather|uncle|aunt|brother|sister|"
    r"king|queen|witch|wizard|driver|teacher|doctor|judge|inspector|friend|children|child|people|"
    r"boss|baker|miller|farmer|soldier|neighbors?|helpers?|men|women|boys|girls)\b",
    re.IGNORECASE,
)


def answer_type(asked: str) -> AnswerType:
    """What kind of thing the answer to `asked` (small letters) is."""
    return next((kind for kind, asks in _ASKS if re.search(asks, asked)), "any")


def holds(kind: AnswerType, text: str, asked: str, names: list[str]) -> bool:
    """Whether `text` has something of that kind that the question itself has not.

    `names` are those that `text` has.
    """
    if kind in ("any", "deed"):
        return True
    if kind == "person":
        new = [name for name in names if name.split()[-1].lower() not in asked]
        new = [name for name in new if not re.search(_PLACE_OF.format(re.escape(name)), text)]
        words = {word.lower() for word in PERSON_WORD.findall(text)}
        return bool(new) or any(word not in asked for word in words)
    if kind == "name":
        return _HOLDS["name"].search(text) is not None or bool(names)
    return any(found[0].lower() not in asked or kind in _REPEATED
               for found in _HOLDS[kind].finditer(text))  # fmt: skip
