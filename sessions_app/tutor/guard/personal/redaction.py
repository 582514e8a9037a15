"""Striking private data out of what goes into tables, exports and prompts."""

import re
from collections.abc import Iterable

from .finding import find_personal


def redact(text: str, names: Iterable[str] = ()) -> str:
    """`text` with each private thing as "[telephone number]" and the like.

    `names` are struck out as well, wherever they stand as whole words: the child's own, say.
    """
    spans: list[tuple[int, int, str]] = []
    for found in find_personal(text):
        if spans and found.begin < spans[-1][1]:
            begin, end, kind = spans[-1]
            spans[-1] = (begin, max(end, found.end), kind)
        else:
            spans.append((found.begin, found.end, found.kind))
    for begin, end, kind in reversed(spans):
        text = f"{text[:begin]}[{kind}]{text[end:]}"
    for name in sorted(filter(None, names), key=len, reverse=True):
        text = re.sub(rf"(?<!\w){re.escape(name)}(?!\w)", "[name]", text, flags=re.IGNORECASE)
    return text
