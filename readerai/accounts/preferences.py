"""What a child may choose for themself about reading: the whole list, and what each may be."""

from __future__ import annotations

from typing import Annotated, Any, Literal

import msgspec
from django.db import transaction
from msgspec import UNSET, Meta, UnsetType

from .models import Student

Theme = Literal["paper", "sky", "mint", "dusk", "contrast"]
Font = Literal["andika", "lexend", "atkinson", "literata", "opendyslexic", "system"]
_Voice = Annotated[str, Meta(max_length=100, pattern=r"^[^\x00-\x1f\x7f]*$")]


class Preferences(msgspec.Struct, rename="camel", forbid_unknown_fields=True):
    """A setting that was never chosen is left out, and the reader's own default holds.

    ``font_size`` is in CSS pixels, ``line_height`` a multiple of it; ``letter_spacing`` and
    ``word_spacing`` are in em, ``column_width`` in characters, ``rate`` a multiple of the
    narrator's own speed. ``voice`` is the name of a narration or device voice, empty for any.
    With ``read_everything`` the page says what it shows beside the book, too.
    """

    theme: Theme | UnsetType = UNSET
    font: Font | UnsetType = UNSET
    font_size: Annotated[int, Meta(ge=16, le=40)] | UnsetType = UNSET
    line_height: Annotated[float, Meta(ge=1.2, le=3)] | UnsetType = UNSET
    letter_spacing: Annotated[float, Meta(ge=0, le=0.5)] | UnsetType = UNSET
    word_spacing: Annotated[float, Meta(ge=0, le=1)] | UnsetType = UNSET
    column_width: Annotated[int, Meta(ge=30, le=90)] | UnsetType = UNSET
    voice: _Voice | UnsetType = UNSET
    rate: Annotated[float, Meta(ge=0.5, le=2)] | UnsetType = UNSET
    highlight_words: bool | UnsetType = UNSET
    highlight_sentences: bool | UnsetType = UNSET
    read_everything: bool | UnsetType = UNSET
    reduce_motion: bool | UnsetType = UNSET
    auto_turn: bool | UnsetType = UNSET


_FIELDS = {field.encode_name: field.type for field in msgspec.structs.fields(Preferences)}


def change_preferences(student: Student, chosen: dict[str, Any]) -> Student:
    """Change the settings that are named; the others stay. Returns the student as saved.

    ``chosen`` are settings in which ``preference_errors`` finds none.
    """
    with transaction.atomic():
        locked = Student.objects.select_for_update().get(pk=student.pk)
        locked.preferences = locked.preferences | chosen
        locked.save(update_fields=["preferences"])
    return locked


def preference_errors(chosen: dict[str, Any]) -> dict[str, list[str]]:
    """What is wrong with each setting, by its name; empty where all is well."""
    errors = {name: _error(name, value) for name, value in chosen.items()}
    return {name: [error] for name, error in errors.items() if error}


def _error(name: str, value: Any) -> str:
    if name not in _FIELDS:
        return "There is no such setting."
    if isinstance(value, str) and any("\ud800" <= letter <= "\udfff" for letter in value):
        return "This is not text."
    try:
        msgspec.convert(value, _FIELDS[name])
    except msgspec.ValidationError as error:
        # What was sent is not said again: it may be anything that a child typed.
        said = str(error)
        return "This is not one of the choices." if said.startswith("Invalid enum") else f"{said}."
    return ""
