"""The little of CSS that decides what stands on a page: what is not shown, what is a line."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from lxml import etree

from .markup import class_names

_RULE = re.compile(r"([^{}]{1,2000})\{([^{}]{0,4000})\}")
_COMMENT = re.compile(r"/\*.*?\*/", re.DOTALL)
_SELECTOR = re.compile(r"([a-z][a-z0-9]*)?\.([\w-]+)")
_UNSEEN = re.compile(r"(?:^|[;\s])(?:display\s*:\s*none|visibility\s*:\s*hidden)", re.IGNORECASE)
_BLOCK = re.compile(r"(?:^|[;\s])display\s*:\s*(?:block|list-item|table)\b", re.IGNORECASE)
_MEDIA = re.compile(r"@(?:media|supports)[^{]*\{(?:[^{}]*\{[^{}]*\})*[^{}]*\}", re.IGNORECASE)
_FOR_SCREEN_READERS = {
    "sr-only", "visually-hidden", "visuallyhidden", "screen-reader-text", "screenreader",
    "screen-reader", "sronly", "offscreen", "a11y-hidden",
}  # fmt: skip
_LINE_CLASS = re.compile(r"(?:verse|poem|stanza|v)?[-_]?(?:line|l)\d*|verse")


@dataclass
class Styles:
    """Classes that a book's style sheets hide or set as blocks of their own."""

    unseen: set[str] = field(default_factory=set)
    block: set[str] = field(default_factory=set)

    def read(self, css: str) -> None:
        """Take in a style sheet; only rules for one class, whatever the medium, count."""
        css = _MEDIA.sub("", _COMMENT.sub("", css))
        for selectors, body in _RULE.findall(css):
            for kind, pattern in ((self.unseen, _UNSEEN), (self.block, _BLOCK)):
                if pattern.search(body):
                    for selector in selectors.lower().split(","):
                        match = _SELECTOR.fullmatch(selector.strip())
                        if match is not None:
                            kind.add(match[2])

    def is_unseen(self, element: etree._Element) -> bool:
        """Whether nobody sees the element on the page."""
        if element.get("hidden") is not None or _UNSEEN.search(element.get("style") or ""):
            return True
        return any(name in self.unseen for name in class_names(element))

    def is_line(self, element: etree._Element) -> bool:
        """Whether an inline element stands on a line of its own, as verse does."""
        if _BLOCK.search(element.get("style") or ""):
            return True
        return any(
            name in self.block or _LINE_CLASS.fullmatch(name) for name in class_names(element)
        )


def is_for_screen_readers(element: etree._Element) -> bool:
    return any(name in _FOR_SCREEN_READERS for name in class_names(element))
