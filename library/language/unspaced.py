"""Scripts that are written without spaces between words: Chinese, Japanese, Thai. Pure.

Words come from BudouX, a small trained segmenter. Japanese is cut into its phrases (a word with
what is attached to it), which is what a reader points at and a voice says in one breath.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from itertools import pairwise

import budoux

_KANA = "\u3040-\u30ff\u31f0-\u31ff\uff66-\uff9f"
_HAN = "\u2e80-\u2fdf\u3005-\u3007\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff"
_THAI = "\u0e00-\u0e7f"
_OTHER = "\u0e80-\u0eff\u1000-\u109f\u1780-\u17ff"  # Lao, Burmese, Khmer: joined, though not cut
_MARKS = "\u3001-\u3003\u3008-\u3020\u30fb\uff01-\uff0f\uff1a-\uff20\uff3b-\uff40\uff5b-\uff65"
_UNSPACED = re.compile(f"[{_KANA}{_HAN}{_THAI}]")
_JOINED = re.compile(f"[{_KANA}{_HAN}{_THAI}{_OTHER}{_MARKS}]")
_SENTENCE_END = re.compile(
    f"(?<=[{_KANA}{_HAN}{_MARKS}])[。！？!?…]+([」』”’）]*)(?=[^\\s。！？!?…」』”’）])(?![とっ])"
)
_THAI_GAP = re.compile(f"(?<=[{_THAI}]) (?=[{_THAI}])")
_LEAST_PHRASE = 15  # letters: a Thai phrase that may stand for a sentence


def unspaced_words(token: str) -> list[str]:
    """The words of ``token``, whose letters they hold all of, in order."""
    if not _UNSPACED.search(token):
        return [token]
    return [word for word in _segmenter(_script_of(token)).parse(token) if word]


def _script_of(token: str) -> str:
    if re.search(f"[{_KANA}]", token):
        return "ja"
    return "th" if re.search(f"[{_THAI}]", token) else "zh"


@lru_cache(maxsize=3)
def _segmenter(script: str) -> budoux.Parser:
    match script:
        case "ja":
            return budoux.load_default_japanese_parser()
        case "th":
            return budoux.load_default_thai_parser()
        case _:
            return budoux.load_default_simplified_chinese_parser()


def are_joined(word: str, following: str) -> bool:
    """Whether two words are printed without a space between them."""
    return bool(_JOINED.match(word[-1:]) and _JOINED.match(following[:1]))


def spaced_sentences(text: str) -> tuple[str, list[int]]:
    """(text, places where sentences begin) with a space after each sentence of such a script.

    Thai has no mark for a sentence's end; there a space between two phrases is one.
    """
    if not _UNSPACED.search(text):
        return text, []
    text = _SENTENCE_END.sub(lambda match: match.group() + " ", text)
    starts = [match.end() for match in re.finditer(r"[。！？…][」』”’）]* (?![とっ])", text)]
    return text, [*starts, *_thai_starts(text)]


def _thai_starts(text: str) -> Iterator[int]:
    last = 0
    for gap, following in pairwise([*(m.end() for m in _THAI_GAP.finditer(text)), len(text)]):
        if min(gap - last, following - gap) >= _LEAST_PHRASE:
            last = gap
            yield gap
