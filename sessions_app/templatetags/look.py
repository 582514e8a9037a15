"""A page comes out of the server already looking as its reader likes it."""

from __future__ import annotations

from typing import Any

from django import template
from django.utils.html import format_html
from django.utils.safestring import SafeString

from readerai.accounts.models import User
from sessions_app.look import Look

register = template.Library()


@register.simple_tag(takes_context=True)
def look_attributes(context: dict[str, Any]) -> SafeString:
    """The attributes of ``<html>`` that the style sheets go by."""
    request = context.get("request")
    user = getattr(request, "user", None)
    signed_in = isinstance(user, User)
    is_student = isinstance(user, User) and user.is_student and hasattr(user, "student")
    look = Look.of(user.student.preferences) if is_student and user else Look()
    return format_html(
        'data-theme="{}" data-font="{}" data-size="{}" data-spacing="{}" data-width="{}"'
        ' data-signed-in="{}"',
        look.theme,
        look.font,
        look.size,
        look.spacing,
        look.width,
        "yes" if signed_in else "no",
    )
