"""Bytes as text, by evidence."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from library.importing.decoding import declared_encoding, decode, is_garbled
from library.importing.imported import ImportProblem

RUSSIAN = "Лиса сидела на высокой стене и смотрела на пруд, пока не пошёл дождь. " * 4
JAPANESE = "めんどりは塀の上に座っていました。それから飛んで行きました。" * 4


@given(st.text(st.characters(blacklist_categories=["Cs", "Cc"]), min_size=1))
def test_utf8_is_utf8_whatever_it_says(text: str) -> None:
    if text.startswith("\ufeff"):
        return
    assert decode(text.encode(), declared="iso-8859-1", language="ru").text == text


@pytest.mark.parametrize("codec", ["utf-16", "utf-16-le", "utf-8-sig", "utf-32"])
def test_wide_letters_are_seen(codec: str) -> None:
    assert decode("The hen sat on the wall.".encode(codec)).text == "The hen sat on the wall."


@pytest.mark.parametrize(
    ("byte", "letter"), [(b"\x92", "’"), (b"\xe9", "é"), (b"\x81", "\ufffd"), (b"\x85", "…")]
)
def test_one_bad_byte_is_replaced_alone(byte: bytes, letter: str) -> None:
    raw = "A “café” is naïve".encode() + byte + "—so.".encode()
    decoded = decode(raw)
    assert (decoded.text, decoded.replaced) == (f"A “café” is naïve{letter}—so.", 1)


@pytest.mark.parametrize(
    ("text", "codec", "language"),
    [
        (RUSSIAN, "cp1251", "ru"),
        ("Kura siedziała na płocie i śpiewała.", "cp1250", "pl"),
        ("Η κότα κάθισε στον τοίχο.", "cp1253", "el"),
        ("Tavuk duvarın üstünde oturdu ve şarkı söyledi.", "cp1254", "tr"),
        (JAPANESE, "cp932", "ja"),
        ("母鸡坐在墙上。", "gb18030", "zh-CN"),
        ("“Café”, said he", "cp1252", "en"),
    ],
)
def test_an_old_encoding_is_the_usual_one_of_the_language(
    text: str, codec: str, language: str
) -> None:
    assert decode(text.encode(codec), language=language).text == text


@pytest.mark.parametrize(
    ("text", "codec"), [(RUSSIAN, "koi8-r"), (RUSSIAN, "cp1251"), (JAPANESE, "euc_jp")]
)
def test_a_declared_encoding_is_believed_where_it_is_not_utf8(text: str, codec: str) -> None:
    assert decode(text.encode(codec), declared=codec, language="en").text == text


@pytest.mark.parametrize(("text", "codec"), [(RUSSIAN, "cp1251"), (JAPANESE, "cp932")])
def test_what_nothing_declares_is_detected(text: str, codec: str) -> None:
    assert decode(text.encode(codec)).text == text


def test_japanese_mail_is_read() -> None:
    assert decode(JAPANESE.encode("iso2022_jp")).text == JAPANESE


@pytest.mark.parametrize(
    ("raw", "label"),
    [
        (b'<?xml version="1.0" encoding="koi8-r"?><p>', "koi8-r"),
        (b"<html><head><meta charset=windows-1251>", "windows-1251"),
        (b'<meta http-equiv="Content-Type" content="text/html; charset=big5"/>', "big5"),
        (b"<html>", ""),
    ],
)
def test_declarations_are_found(raw: bytes, label: str) -> None:
    assert declared_encoding(raw) == label


@pytest.mark.parametrize(
    "label", ["utf-8", "nonsense", "", "rot13", "base64", "zip", "idna", "\x00"]
)
def test_a_label_that_cannot_be_is_no_harm(label: str) -> None:
    assert decode(b"caf\xe9", declared=label).text == "café"


def test_broken_wide_letters_are_no_text() -> None:
    with pytest.raises(ImportProblem, match="broken UTF-16"):
        decode(b"\xff\xfe\x00")


def test_encrypted_bytes_are_garbled_and_writing_is_not() -> None:
    noise = bytes((place * 197 + place * place * 31) % 256 for place in range(4000))
    assert is_garbled(decode(noise).text)
    assert not is_garbled(RUSSIAN + JAPANESE)
