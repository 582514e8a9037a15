"""Scripts that import one another arrive together, rather than one round trip after the other."""

from __future__ import annotations

from functools import cache

from django import template
from django.conf import settings
from django.templatetags.static import static
from django.utils.html import format_html_join
from django.utils.safestring import SafeString

register = template.Library()


@register.simple_tag
def preload_modules(folder: str) -> SafeString:
    """A ``modulepreload`` for every module in a folder of ``static/``, such as "js/reader"."""
    addresses = ((static(f"{folder}/{name}"),) for name in _modules(folder))
    return format_html_join("\n", '<link rel="modulepreload" href="{}">', addresses)


@cache
def _modules(folder: str) -> list[str]:
    return sorted(path.name for path in (settings.BASE_DIR / "static" / folder).glob("*.js"))
