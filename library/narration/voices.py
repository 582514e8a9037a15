"""The voices of this machine, found at run time: what is installed decides."""

from __future__ import annotations

from . import espeak, flite, piper
from .spoken import SpeechProblem, Voice

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
    """Every voice that this machine has, those with exact word times first."""
    voices: list[Voice] = []
    if espeak.is_installed():
        engine = espeak.Espeak()
        voices += [
            Voice(f"espeak:{name}", f"eSpeak, {label}", engine)
            for name, label in _ESPEAK_VOICES.items()
        ]
    voices += flite.voices()
    voices += piper.voices()
    return voices


def find_voice(name: str = "", *, language: str = "en") -> Voice:
    """The voice called ``name``, or the best one for ``language`` without a name.

    Raises ``SpeechProblem`` with the names that there are.
    """
    voices = available_voices()
    if name:
        for voice in voices:
            if name in (voice.name, voice.own_name):
                return voice
        if name.startswith("espeak:") and espeak.is_installed():
            return Voice(name, name, espeak.Espeak())
        known = ", ".join(voice.name for voice in voices) or "none is installed"
        raise SpeechProblem(f"there is no voice {name!r} here; there is: {known}")
    if espeak.is_installed():
        code = language.lower()
        short = code.split("-")[0]
        own = "en-gb-x-rp" if code == "en-gb" else _ESPEAK_LANGUAGES.get(short, short)
        return Voice(f"espeak:{own}", f"eSpeak, {own}", espeak.Espeak())
    if voices and language.lower().startswith("en"):
        return voices[0]
    raise SpeechProblem("no voice is installed for this language (the espeak extra brings many)")
