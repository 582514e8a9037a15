"""A page comes out of the server already looking as its reader likes it."""

from __future__ import annotations

from typing import Any

from django import template
from django.conf import settings
from django.templatetags.static import static
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from readerai.accounts.models import User
from sessions_app.student.appearance import Appearance

register = template.Library()

_UI_FONTS = ("lexend/lexend-latin-400-normal", "lexend/lexend-latin-600-normal")
_BOOK_FONTS = {
    "andika": "andika/andika-latin-400-normal",
    "lexend": "lexend/lexend-latin-400-normal",
    "atkinson": "atkinson-hyperlegible/atkinson-hyperlegible-latin-400-normal",
    "literata": "literata/literata-latin-400-normal",
    "opendyslexic": "opendyslexic/opendyslexic-latin-400-normal",
}


@register.simple_tag(takes_context=True)
def look_attributes(context: dict[str, Any]) -> SafeString:
    """The attributes of ``<html>`` that the style sheets go by."""
    user = _user(context)
    look = _look(user)
    return format_html(
        'data-theme="{}" data-font="{}" data-size="{}" data-spacing="{}" data-width="{}"'
        ' data-signed-in="{}"',
        look.theme,
        look.font,
        look.size,
        look.spacing,
        look.width,
        "no" if user is None else "yes",
    )


@register.simple_tag
def preload_ui_fonts() -> SafeString:
    """The letters that a page begins with come along with it, so that no line moves later."""
    return _preloads(*_UI_FONTS)


@register.simple_tag(takes_context=True)
def preload_book_font(context: dict[str, Any]) -> SafeString:
    """The letters that this reader has chosen for books, where the device has not its own."""
    chosen = _BOOK_FONTS.get(_look(_user(context)).font)
    return _preloads(chosen) if chosen else SafeString()


def _preloads(*fonts: str) -> SafeString:
    addresses = ((static(f"fonts/{font}.woff2"),) for font in fonts if _is_installed(font))
    link = '<link rel="preload" as="font" type="font/woff2" href="{}" crossorigin>'
    return format_html_join("\n", link, addresses)


def _is_installed(font: str) -> bool:
    folder = f"fonts/{font.split('/', maxsplit=1)[0]}"
    return any(folder == place[0] for place in settings.STATICFILES_DIRS if len(place) == 2)


def _user(context: dict[str, Any]) -> User | None:
    user = getattr(context.get("request"), "user", None)
    return user if isinstance(user, User) else None


def _look(user: User | None) -> Appearance:
    is_student = user is not None and user.is_student and hasattr(user, "student")
    return Appearance.of(user.student) if is_student and user else Appearance()
