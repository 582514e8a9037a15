"""Words that occur nowhere else, and every shape in which they could turn up."""

from __future__ import annotations

import base64
import secrets
from collections.abc import Iterable, Iterator, Mapping


def canary() -> str:
    """A made-up word of 24 letters."""
    return "z" + "".join(secrets.choice("bdfgjklmnpqrstvw") for _ in range(23))


def shapes(text: str) -> Iterator[bytes]:
    """The text as it is, in hex, in UTF-16, and as it looks inside of a longer base64."""
    raw = text.encode()
    yield raw
    yield raw.hex().encode()
    yield raw.hex().upper().encode()
    yield text.encode("utf-16-le")
    yield text.encode("utf-16-be")
    for offset in range(3):
        # What stands beside the text changes the first and last letters of its base64.
        encoded = base64.b64encode(b"\0" * offset + raw)
        yield encoded[(0, 2, 3)[offset] : -4]


def found(canaries: Mapping[str, str], places: Mapping[str, bytes]) -> set[tuple[str, str]]:
    """Which canaries are in which places."""
    return {
        (name, place)
        for place, content in places.items()
        for name, text in canaries.items()
        if any(shape in content for shape in shapes(text))
    }


def names(hits: Iterable[tuple[str, str]], place: str) -> set[str]:
    """The canaries that were found in places whose name begins so."""
    return {name for name, where in hits if where.startswith(place)}
