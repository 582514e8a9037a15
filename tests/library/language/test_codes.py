"""What books say about their language."""

from __future__ import annotations

import pytest

from library.language.codes import direction, is_english, language_of, normal_code


@pytest.mark.parametrize(
    ("said", "code"),
    [
        ("eng", "en"), ("en_US", "en-US"), ("EN", "en"), ("English", "en"), ("fra", "fr"),
        ("fre", "fr"), ("ger", "de"), ("Deutsch", "de"), ("español", "es"), ("pt_br", "pt-BR"),
        ("zh-Hans-CN", "zh-Hans-CN"), ("iw", "he"), ("en; fr", "en"), ("English (US)", "en"),
        ("es-419", "es-419"), ("und", ""), ("mul", ""), ("", ""), ("xx-klingon", ""), ("???", ""),
    ],
)  # fmt: skip
def test_languages_mean_what_they_mean(said: str, code: str) -> None:
    assert normal_code(said) == code


@pytest.mark.parametrize(
    ("declared", "text", "code", "doubts"),
    [
        ("", "The hen sat.", "en", 0),
        ("", "Лиса сидела.", "ru", 0),
        ("", "めんどりは塀の上に", "ja", 0),
        ("", "母鸡坐在墙上", "zh", 0),
        ("", "123", "en", 0),
        ("en", "Лиса сидела.", "ru", 1),
        ("uk", "Лиса сиділа.", "uk", 0),
        ("fr", "La poule.", "fr", 0),
        ("ja", "The hen sat.", "ja", 0),
        ("fa", "مرغ نشست", "fa", 0),
    ],
)
def test_the_script_decides_where_nothing_else_can(
    declared: str, text: str, code: str, doubts: int
) -> None:
    found, warnings = language_of(declared, text)
    assert (found, len(warnings)) == (code, doubts)


def test_directions() -> None:
    assert [direction(code) for code in ("ar", "fa-IR", "he", "pa-Arab")] == ["rtl"] * 4
    assert [direction(code) for code in ("en", "ar-Latn", "ja", "")] == ["ltr"] * 4


def test_english_is_english_everywhere() -> None:
    assert is_english("en-GB")
    assert not is_english("es")
