"""Scripts that import one another arrive together, rather than one round trip after the other."""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path
from typing import Final

from django import template
from django.conf import settings
from django.templatetags.static import static
from django.utils.html import format_html_join
from django.utils.safestring import SafeString

register = template.Library()

#: An import, or its last line, as the formatter leaves it; a type that is imported in a comment
#: has no semicolon.
_IMPORT: Final = re.compile(r'^(?:import |.*\bfrom )"(\.{1,2}/[^"]+)";$', re.MULTILINE)


@register.simple_tag
def preload_modules(entry: str) -> SafeString:
    """A ``modulepreload`` for a module of ``static/``, such as "js/reader/main.js", and for every
    module that it imports, by whatever way."""
    addresses = ((static(name),) for name in modules_of(entry))
    return format_html_join("\n", '<link rel="modulepreload" href="{}">', addresses)


@cache
def modules_of(entry: str) -> list[str]:
    """A module and all that it imports, each once, as paths below ``static/``."""
    root = (settings.BASE_DIR / "static").resolve()
    reached: dict[Path, None] = {}
    waiting = [root / entry]
    while waiting:
        module = waiting.pop()
        if module not in reached:
            reached[module] = None
            imported = _IMPORT.findall(module.read_text(encoding="utf-8"))
            waiting += [(module.parent / address).resolve() for address in reversed(imported)]
    return [module.relative_to(root).as_posix() for module in reached]
