"""Bytes as text, by evidence: what they are goes before what they are said to be.

A book's text is nearly always UTF-8, whatever its declaration says, so that is tried first, and
a byte that does not fit is replaced alone. Only where there is too much that does not fit, the
declaration is believed, then the usual encoding of the book's language, then a detector.
"""

from __future__ import annotations

import codecs
import re
from contextlib import suppress
from dataclasses import dataclass

import charset_normalizer

from .imported import ImportProblem

_SUPERSETS = {
    "ascii": "cp1252",
    "iso8859-1": "cp1252",
    "iso8859-9": "cp1254",
    "iso8859-11": "cp874",
    "tis-620": "cp874",
    "gb2312": "gb18030",
    "gbk": "gb18030",
    "shift_jis": "cp932",
    "euc_kr": "cp949",
    "big5": "big5hkscs",
}
"""What a label means where a superset is in use (WHATWG Encoding Standard, "labels")."""

_LANGUAGE_ENCODINGS = {
    "cp1250": "bs cs hr hu pl ro sk sl sq",
    "cp1251": "be bg kk ky mk ru sr tg uk",
    "cp1253": "el",
    "cp1254": "az ku tr",
    "cp1255": "he yi",
    "cp1256": "ar fa ps ug ur",
    "cp1257": "et lt lv",
    "cp1258": "vi",
    "cp874": "th",
    "cp932": "ja",
    "gb18030": "zh",
    "cp949": "ko",
}
_BY_LANGUAGE = {
    language: codec for codec, names in _LANGUAGE_ENCODINGS.items() for language in names.split()
}
"""Legacy encodings of languages (HTML Standard, "determining the character encoding")."""

_BOMS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_DECLARED = (
    re.compile(rb"<\?xml[^>]{0,200}?encoding\s*=\s*[\"']([\w.:-]+)", re.IGNORECASE),
    re.compile(rb"<meta[^>]{0,200}?charset\s*=\s*[\"']?\s*([\w.:-]+)", re.IGNORECASE),
)
_OF_LETTERS = re.compile(r"ascii|big5|cp\d|euc_|gb|hp-|iso8859|johab|koi8|kz|mac|ptcp|shift|tis")
_KANA = re.compile(r"[\u3041-\u30ff]")
_KANA_SHARE = 0.25
_JAPANESE_SHIFT = re.compile(rb"\x1b(?:\$[@B]|\([BJ])")
_BROKEN_SHARE = 0.02
_WESTERN_SHARE = 0.3
_FEW = 24  # bytes, from which no detector can tell
_SAMPLE = 200_000


@dataclass(frozen=True)
class Decoded:
    """``codec`` is empty for what came as UTF-8; ``replaced`` counts the bytes that did not fit."""

    text: str
    codec: str = ""
    replaced: int = 0


def declared_encoding(raw: bytes) -> str:
    """What an XML declaration or an HTML ``meta`` at the beginning says; empty without."""
    matches = (pattern.search(raw[:2048]) for pattern in _DECLARED)
    return next((match[1].decode("ascii", "replace") for match in matches if match), "")


def decode(raw: bytes, *, declared: str = "", language: str = "") -> Decoded:
    """The text in ``raw``. Raises ``ImportProblem`` for what is no text at all."""
    for mark, codec in _BOMS:
        if raw.startswith(mark):
            return _marked(raw.removeprefix(mark), codec)
    wide = _without_mark(raw)
    if wide is not None:
        return wide
    if _JAPANESE_SHIFT.search(raw[:_SAMPLE]):
        with suppress(UnicodeDecodeError):
            return Decoded(raw.decode("iso2022_jp"), "iso2022_jp")
    text = _utf8(raw)
    if text is not None:
        return text
    usual = _BY_LANGUAGE.get(language.partition("-")[0])
    return _replacing(raw, _codec(declared) or usual or _detected(raw))


def _marked(raw: bytes, codec: str) -> Decoded:
    text = raw.decode(codec, errors="replace")
    replaced = text.count("\ufffd")
    if replaced > max(1, len(text) * _BROKEN_SHARE) or (replaced and len(text) <= 1):
        raise ImportProblem(f"it is not text that can be read (broken {codec.upper()})")
    return Decoded(text, "" if codec == "utf-8" else codec, replaced)


def _without_mark(raw: bytes) -> Decoded | None:
    """UTF-16 of a Latin script, which every second byte gives away."""
    for codec, zeros in (("utf-16-le", raw[1:400:2]), ("utf-16-be", raw[0:400:2])):
        if zeros and zeros.count(0) > len(zeros) * 3 // 4:
            with suppress(UnicodeDecodeError):
                return Decoded(raw.decode(codec), codec)
    return None


def _utf8(raw: bytes) -> Decoded | None:
    """``raw`` as UTF-8 where most of its letters beyond ASCII are; None where they are not."""
    with suppress(UnicodeDecodeError):
        return Decoded(raw.decode())
    text = raw.decode("utf-8", errors="surrogateescape")
    strays = sum("\udc80" <= letter <= "\udcff" for letter in text)
    fitting = sum(letter > "\x7f" for letter in text) - strays
    if fitting <= 2 * strays:
        return None
    return Decoded("".join(map(_alone, text)), "", strays)


def _alone(letter: str) -> str:
    """A stray byte as Windows means it, where it means a letter or punctuation."""
    if not "\udc80" <= letter <= "\udcff":
        return letter
    return bytes([ord(letter) - 0xDC00]).decode("cp1252", errors="replace")


def _codec(label: str) -> str:
    """Python's name for what ``label`` means; empty for UTF-8, which it was not, and nonsense."""
    try:
        name = codecs.lookup(label).name
    except (LookupError, ValueError):
        return ""
    if not _OF_LETTERS.match(name):
        return ""
    return _SUPERSETS.get(name, name)


def _detected(raw: bytes) -> str:
    """Western where letters beyond ASCII are the exception, else what a detector finds."""
    sample = raw[:_SAMPLE]
    high = sum(byte > 0x7F for byte in sample)
    letters = sum(byte > 0x7F or chr(byte).isalpha() for byte in sample)
    if high <= max(_WESTERN_SHARE * letters, _FEW):
        return "cp1252"
    for codec in ("cp932", "euc_jp"):
        # A detector takes Japanese for Korean; kana in every fourth place are no accident.
        text = sample.decode(codec, errors="ignore")
        if len(_KANA.findall(text)) > _KANA_SHARE * len(text):
            return codec
    best = charset_normalizer.from_bytes(sample).best()
    return _SUPERSETS.get(best.encoding, best.encoding) if best is not None else "cp1252"


def _replacing(raw: bytes, codec: str) -> Decoded:
    text = raw.decode(codec, errors="replace")
    replaced = text.count("\ufffd")
    if replaced > len(text) * _BROKEN_SHARE and codec != "cp1252":
        text = raw.decode("cp1252", errors="replace")
        codec, replaced = "cp1252", text.count("\ufffd")
    return Decoded(text, codec, replaced)


def is_garbled(text: str) -> bool:
    """Whether ``text`` is no writing: encrypted or damaged bytes read as letters."""
    sample = text[:_SAMPLE]
    odd = sum(
        letter == "\ufffd"
        or (letter < " " and letter not in "\t\n\r\f")
        or "\x7f" <= letter < "\xa0"
        for letter in sample
    )
    return odd > len(sample) * _BROKEN_SHARE
