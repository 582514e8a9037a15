"""What a book says about its language, as one BCP 47 tag. Pure.

Books say ``eng``, ``en_US``, ``English``, ``fra``, ``und`` or nothing at all.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from functools import lru_cache

import langcodes
from django.conf.locale import LANG_INFO

DEFAULT = "en"
_NOT_SAID = {"und", "mul", "zxx", "mis", "xx", "x"}
_RIGHT_TO_LEFT = frozenset({
    "ar", "arc", "ckb", "dv", "fa", "he", "ks", "ku", "nqo", "ps", "sd", "syr", "ug", "ur", "yi",
})  # fmt: skip
_RIGHT_TO_LEFT_SCRIPTS = ("-Arab", "-Hebr", "-Syrc", "-Thaa", "-Nkoo")
_SCRIPTS = {
    "CYRILLIC": "ru", "GREEK": "el", "ARABIC": "ar", "HEBREW": "he", "HIRAGANA": "ja",
    "KATAKANA": "ja", "CJK": "zh", "HANGUL": "ko", "THAI": "th", "DEVANAGARI": "hi",
    "BENGALI": "bn", "TAMIL": "ta", "TELUGU": "te", "GEORGIAN": "ka", "ARMENIAN": "hy",
    "LAO": "lo", "KHMER": "km", "MYANMAR": "my", "ETHIOPIC": "am", "LATIN": "en",
}  # fmt: skip
"""A script's most read language, for text that does not say its own."""
_SCRIPTS_OF = {
    "CYRILLIC": "ru uk be bg sr mk kk ky mn tg tt ba cv ce os ab", "GREEK": "el grc",
    "ARABIC": "ar fa ur ps ug sd ckb ku ks", "HEBREW": "he yi lad", "HIRAGANA": "ja",
    "KATAKANA": "ja", "CJK": "zh ja yue wuu lzh ko", "HANGUL": "ko", "THAI": "th",
    "DEVANAGARI": "hi mr ne sa kok bho mai",
}  # fmt: skip
_LONGEST = 20
_SAMPLE = 4_000


@lru_cache(maxsize=512)
def normal_code(said: str) -> str:
    """``said`` as a BCP 47 tag in its usual spelling; empty for what names no language."""
    said = said.strip().strip(".;,")
    by_name = _by_name().get(said.casefold())
    if by_name is not None:
        return by_name
    first = re.split(r"[;,\s/]+", said)[0] if said else ""
    try:
        code = langcodes.standardize_tag(first)
        if code.split("-")[0] in _NOT_SAID or not langcodes.tag_is_valid(code):
            return ""
    except ValueError:
        return _by_name().get(first.casefold(), "")
    return code if len(code) <= _LONGEST else code.split("-")[0]


@lru_cache(maxsize=1)
def _by_name() -> dict[str, str]:
    """Languages by their English and their own names."""
    names: dict[str, str] = {}
    for code, info in LANG_INFO.items():
        for key in ("name", "name_local"):
            if key in info and len(code) <= _LONGEST:
                names.setdefault(str(info[key]).casefold(), langcodes.standardize_tag(code))
    return names | {"chinese": "zh", "mandarin": "zh", "farsi": "fa", "norwegian": "no"}


def language_of(declared: str, text: str) -> tuple[str, list[str]]:
    """(tag, warnings) of a book that says ``declared`` (normal, or empty) and reads like ``text``.

    Where it says nothing, or names a language that is not written in these letters, the script
    decides.
    """
    script = _script_of(text)
    if not declared:
        return _SCRIPTS.get(script, DEFAULT), []
    own = _SCRIPTS_OF.get(script)
    short = declared.split("-", maxsplit=1)[0]
    chosen = any(len(part) == len("Cyrl") for part in declared.split("-")[1:])
    latin_only = script == "LATIN" or own is None or chosen
    if latin_only or short in (own or "").split():
        return declared, []
    guessed = _SCRIPTS[script]
    return guessed, [
        f"it says that its language is {declared}, but its letters are not; taken as {guessed}"
    ]


def _script_of(text: str) -> str:
    """The script of most letters in a sample, or empty where there is none."""
    counts: Counter[str] = Counter()
    for letter in text[:_SAMPLE]:
        if letter.isalpha():
            counts[unicodedata.name(letter, "?").split()[0]] += 1
    # Kana tells Japanese from Chinese, however few of its letters are kana.
    kana = counts["HIRAGANA"] + counts["KATAKANA"]
    if kana * 10 > sum(counts.values()):
        return "HIRAGANA"
    return counts.most_common(1)[0][0] if counts else ""


def direction(code: str) -> str:
    """``rtl`` or ``ltr``: how a language is written."""
    right = code.split("-", maxsplit=1)[0].lower() in _RIGHT_TO_LEFT and "-Latn" not in code
    return "rtl" if right or code.endswith(_RIGHT_TO_LEFT_SCRIPTS) else "ltr"


def is_english(code: str) -> bool:
    return code.lower().split("-")[0] == "en"
