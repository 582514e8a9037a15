"""How books call their chapters: "CHAPTER THIRTEEN", "Stave II", "XIV", "Prologue". Pure."""

from __future__ import annotations

import re

_ONES = [
    "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven",
    "twelve", "thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen",
]  # fmt: skip
_TENS = ["twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"]
_ORDINALS = [
    "first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth", "tenth",
    "eleventh", "twelfth", "thirteenth", "fourteenth", "fifteenth", "sixteenth", "seventeenth",
    "eighteenth", "nineteenth",
]  # fmt: skip
_ORDINAL_TENS = [re.sub("y$", "ieth", ten) for ten in _TENS]

_CARDINAL = (
    rf"(?:(?:{'|'.join(_TENS)})(?:[- ](?:{'|'.join(_ONES[:9])}))?|{'|'.join(reversed(_ONES))})"
)
_HUNDRED = rf"(?:(?:one|two|three|a)[- ]hundred(?:(?:[- ]and)?[- ]{_CARDINAL})?|{_CARDINAL})"
_ORDINAL = (
    rf"(?:(?:{'|'.join(_TENS)})[- ](?:{'|'.join(_ORDINALS[:9])})|{'|'.join(_ORDINAL_TENS)}"
    rf"|{'|'.join(reversed(_ORDINALS))}|last)"
)
_ROMAN = r"(?=[ivxlc])(?:c{0,3})(?:xc|xl|l?x{0,3})(?:ix|iv|v?i{0,3})"
_NUMBER = rf"(?:\d{{1,3}}|(?:the\s+)?{_ORDINAL}|{_HUNDRED}|{_ROMAN})"
_KEYWORD = (
    r"(?:chapter|chap\.?|part|book|volume|vol\.?|canto|act|scene|stave|letter|section|fable|lesson|"
    r"story|tale|adventure|episode|fit|night|day|week|poem|song|no\.?|number)"
)
_PARTS = (
    r"(?:chapter|part|book|volume|canto|act|scene|stave|letter|section|fable|lesson|adventure|"
    r"night)"
)
_PART_LAST = re.compile(rf"\s{_PARTS}$")
_FOREIGN_NUMBER = r"(?:\d{1,3}|[ivxlc]{1,7}|[^\W\d_]{3,16})"
_FOREIGN = re.compile(
    rf"(?P<number>(?:chapitre|partie|livre|kapitel|teil|buch|cap[ií]tulo|parte|libro|livro|capitolo|"
    rf"hoofdstuk|deel|rozdzia[łl]|kapitola|luku|fejezet|b[öo]l[üu]m|capitolul|kapittel|глава|часть|"
    rf"розділ|κεφάλαιο|الفصل|فصل|פרק)\s+{_FOREIGN_NUMBER})(?P<rest>\W*|\s*[.:—–-]+\s*.{{1,100}})",
    re.IGNORECASE,
)
_FOREIGN_FIRST = re.compile(
    r"(?P<number>[^\W\d_]{4,14}\s+(?:kapitel|teil|buch|cap[ií]tulo|capitolo|hoofdstuk|rozdzia[łl]|"
    r"fejezet|b[öo]l[üu]m|глава|часть|розділ))(?P<rest>\W*|\s*[.:—–-]+\s*.{1,100})",
    re.IGNORECASE,
)
_EAST_ASIAN = re.compile(
    r"(?P<number>第\s*[0-9０-９一二三四五六七八九十百零〇]{1,6}\s*[章回话話节節部卷]|제\s*\d{1,3}\s*[장화부]|บทที่\s*\S{1,4})"
    r"(?P<rest>.{0,60})"
)
_NUMBERED = re.compile(
    rf"(?P<number>{_KEYWORD}\s+(?:no\.?\s+|number\s+)?{_NUMBER}|(?:the\s+)?{_ORDINAL}\s+{_PARTS})"
    r"(?![\w’'])(?P<rest>.*)",
    re.IGNORECASE | re.DOTALL,
)
_NAMED = re.compile(
    r"(?:author|translator|editor)[’']?s\s+(?:note|preface|introduction)|(?:(?:a|the)\s+)?"
    r"(?:prologue|epilogue|preface|foreword|afterword|introduction|introductory|interlude|"
    r"postscript|appendix(?:\s+[a-z\d])?|conclusion|finale|prelude|dedication|overture|intermission|"
    r"prolog|epilog|vorwort|nachwort|einleitung|prólogo|epílogo|préface|épilogue|prologo|"
    r"epilogo|пролог|эпилог|предисловие)",
    re.IGNORECASE,
)
_BARE = re.compile(
    rf"[\[(]?(?:(?P<roman>{_ROMAN})|(?P<digits>\d{{1,3}})|{_HUNDRED})[\])]?[.:]?", re.IGNORECASE
)
_NUMBER_AND_NAME = re.compile(r"([IVXLC]{1,8}|\d{1,3})[.:)—–-]+\s+(\S.{0,100})")
_SMALL_WORDS = frozenset({
    "a", "an", "and", "as", "at", "but", "by", "for", "from", "in", "into", "is", "nor", "of",
    "off", "on", "or", "over", "the", "to", "up", "upon", "with", "without", "which", "where",
    "when", "who", "how", "that", "than", "his", "her", "it", "its",
    "das", "de", "der", "des", "di", "die", "du", "e", "el", "et", "la", "las", "le", "los", "und",
    "van", "von", "y",
})  # fmt: skip
_LONGEST_TITLE = 240
_ROMAN_VALUES = {"i": 1, "v": 5, "x": 10, "l": 50, "c": 100}


def split_heading(text: str) -> tuple[str, str] | None:
    """("Chapter 2", "Away") of "Chapter 2. Away"; None for what is no numbered heading.

    A sentence that begins like one ("Book the boat now.", "Part I liked best was lunch.") is none.
    """
    text = " ".join(text.split())
    if len(text) > _LONGEST_TITLE + 40 or not text[:1].isalnum() or text[:1].islower():
        return None
    patterns = (_NUMBERED, _FOREIGN, _FOREIGN_FIRST, _EAST_ASIAN)
    match = next(filter(None, (pattern.fullmatch(text) for pattern in patterns)), None)
    if match is None:
        return None
    number, rest = match["number"], match["rest"]
    name = rest.lstrip(" .:—–-)\u3000")
    separated = rest[: len(rest) - len(name)].strip() != ""
    if _PART_LAST.search(number) and not is_title_like(number):
        return None  # "The last night", in the middle of things
    if not name:
        return (number, "") if rest.strip() in ("", ".", ":", "—", "-", ")") else None
    if separated and (name[0].isupper() or not name[0].isalpha() or name[0] in "“‘\"'"):
        return number, name
    return (number, name) if is_title_like(name) else None


def is_heading(text: str) -> bool:
    """Whether a line alone begins a chapter by what it says, be it a number's or a name."""
    return is_named(text) or split_heading(text) is not None


def is_named(text: str) -> bool:
    """Whether ``text`` is "Prologue" or the like, as a heading is printed."""
    plain = " ".join(text.split()).rstrip(".:")
    return plain[:1].isupper() and _NAMED.fullmatch(plain) is not None


def is_bare(text: str) -> bool:
    """Whether ``text`` is a number without a name: "IV.", "12", "Chapter 3"."""
    plain = " ".join(text.split())
    if plain and _BARE.fullmatch(plain):
        return True
    heading = split_heading(plain)
    return heading is not None and not heading[1]


def bare_number(text: str) -> int:
    """The value of a Roman or Arabic number that is all of ``text``; 0 for anything else."""
    match = _BARE.fullmatch(text.strip())
    if match is None or not (match["roman"] or match["digits"]):
        return 0
    if match["digits"]:
        return int(match["digits"])
    roman = match["roman"]
    if roman != roman.upper():
        return 0
    values = [_ROMAN_VALUES[letter] for letter in roman.lower()]
    following = [*values[1:], 0]
    return sum(-v if v < after else v for v, after in zip(values, following, strict=True))


def numbered_name(text: str) -> tuple[int, str]:
    """(4, "The Pond") of "IV. The Pond"; (0, "") of anything else, as of an entry in small."""
    match = _NUMBER_AND_NAME.fullmatch(" ".join(text.split()))
    if match is None or not is_title_like(match[2]):
        return 0, ""
    return bare_number(match[1]), match[2]


def is_title_like(text: str) -> bool:
    """Whether ``text`` is written as titles are: capitals on what is no little word, no period."""
    text = " ".join(text.split())
    if (
        not text
        or len(text) > _LONGEST_TITLE
        or text[-1] in ".,;"
        or "." in text[:-1].split(" ")[0][1:]
    ):
        return False
    words = [word.strip("“”\"‘’'()[]—–-,:;!?…") for word in text.replace("—", " ").split()]
    long = [word for word in words if word and word.lower() not in _SMALL_WORDS]
    first = next((letter for letter in text if letter.isalnum()), "")
    if first.islower():
        return False
    return all(word[0].isupper() or not word[0].isalpha() for word in long) or text == text.upper()
