"""The voices of this machine, found at run time: what is installed decides."""

from __future__ import annotations

from pathlib import Path

from django.conf import settings

from ..spoken import Script, Speech, SpeechBroken, SpeechProblem, Voice
from .espeak import Espeak, espeak_is_installed
from .flite import flite_voices
from .hibari import hibari_voices
from .piper import piper_voices

_ESPEAK_VOICES = {
    "en-us": "American English",
    "en-gb-x-rp": "British English",
    "en-us+f3": "American English, higher",
    "en-gb-x-rp+f2": "British English, higher",
    "en-gb-scotland": "Scottish English",
}
# What a plain language code of a book is spoken with.
_ESPEAK_LANGUAGES = {"en": "en-us", "zh": "cmn", "no": "nb"}


def available_voices() -> list[Voice]:
    """Every voice that this machine has, the natural ones first."""
    voices = hibari_voices() + piper_voices()
    if espeak_is_installed():
        engine = Espeak()
        voices += [
            Voice(f"espeak:{name}", f"eSpeak, {label}", engine)
            for name, label in _ESPEAK_VOICES.items()
        ]
    return voices + flite_voices()


def find_voice(name: str = "", *, language: str = "en") -> Voice:
    """The voice called ``name``; without a name the operator's choice for English, else the
    best one for ``language``. Raises ``SpeechProblem`` with the names that there are."""
    english = language.lower().partition("-")[0] in ("en", "")
    name = name or (settings.READERAI_VOICE if english else "")
    if name:
        return _named(name)
    natural = hibari_voices() if english else []
    if natural:
        return natural[0]
    robot = fallback_voice(language)
    if robot is not None:
        return robot
    voices = available_voices()
    if voices and english:
        return voices[0]
    raise SpeechProblem("no voice is installed for this language (the espeak extra brings many)")


def fallback_voice(language: str) -> Voice | None:
    """eSpeak's voice for a language: where there is no other one, or where it failed."""
    if not espeak_is_installed():
        return None
    code = language.lower()
    short = code.split("-")[0] or "en"
    own = "en-gb-x-rp" if code == "en-gb" else _ESPEAK_LANGUAGES.get(short, short)
    return Voice(f"espeak:{own}", f"eSpeak, {own}", Espeak())


def speak_with(
    text: Script, target: Path, voice: Voice, language: str, *, cpu_seconds: float | None = None
) -> tuple[Voice, Speech]:
    """Speak with ``voice``, or with the language's fallback where that breaks down."""
    try:
        return voice, voice.engine.speak(text, target, voice.own_name, cpu_seconds=cpu_seconds)
    except SpeechBroken:
        other = fallback_voice(language)
        if other is None or other == voice:
            raise
        speech = other.engine.speak(text, target, other.own_name, cpu_seconds=cpu_seconds)
        return other, speech


def _named(name: str) -> Voice:
    voices = available_voices()
    for voice in voices:
        if name in (voice.name, voice.own_name):
            return voice
    if name.startswith("espeak:") and espeak_is_installed():
        return Voice(name, name, Espeak())
    known = ", ".join(voice.name for voice in voices) or "none is installed"
    raise SpeechProblem(f"there is no voice {name!r} here; there is: {known}")
