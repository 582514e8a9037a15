"""One cover: sky, motif, title, author."""

from __future__ import annotations

import hashlib
from random import Random
from xml.sax.saxutils import escape

from ..models import Book
from .drawing import HEIGHT, WIDTH, Canvas
from .lettering import set_title, text_element
from .motifs import MOTIFS, NIGHTLY, motif_of
from .palettes import DAY, NIGHT

_TITLE_TOP, _TITLE_HEIGHT = 62.0, 250.0
_MARGIN = 48.0


def cover_svg(book: Book) -> str:
    """The cover of ``book`` as an SVG document, 600 by 840, with no outside needs."""
    return draw_cover(
        seed=book.slug,
        title=book.title,
        author=book.author,
        subjects=list(book.subjects),
        about=f"{book.title} {book.summary}",
    )


def draw_cover(*, seed: str, title: str, author: str, subjects: list[str], about: str) -> str:
    """A cover; the same arguments always give the same drawing."""
    digest = hashlib.sha256(seed.encode()).digest()
    random = Random(digest)
    motif = motif_of(subjects, about, digest[0])
    palettes = NIGHT if motif in NIGHTLY else DAY
    canvas = Canvas(palettes[digest[1] % len(palettes)], random)
    MOTIFS[motif](canvas, about.lower())
    picture = "".join(canvas.parts)
    palette = canvas.palette
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {HEIGHT}" '
        f'width="{WIDTH}" height="{HEIGHT}" role="img">'
        f"<title>{escape(f'{title}, {author}' if author else title)}</title>"
        '<defs><linearGradient id="s" x1="0" y1="0" x2="0" y2="1">'
        f'<stop offset="0" stop-color="{palette.sky}"/>'
        f'<stop offset="0.75" stop-color="{palette.low}"/></linearGradient>'
        f'<clipPath id="c"><rect width="{WIDTH}" height="{HEIGHT}"/></clipPath></defs>'
        f'<g clip-path="url(#c)"><rect width="{WIDTH}" height="{HEIGHT}" fill="url(#s)"/>'
        f"{picture}{_lettering(title, author, canvas)}{_spine(canvas)}</g></svg>"
    )


def _lettering(title: str, author: str, canvas: Canvas) -> str:
    lines, size = set_title(title, WIDTH - 2 * _MARGIN, _TITLE_HEIGHT)
    leading = size * 1.16
    block = leading * len(lines)
    y = _TITLE_TOP + (_TITLE_HEIGHT - block) / 2 + size * 0.86
    parts = []
    for line in lines:
        parts.append(text_element(line, WIDTH / 2, y, size, canvas.palette.ink, 700))
        y += leading
    if author:
        names, small = set_title(author, WIDTH - 2 * _MARGIN, 36)
        small = min(small, 27)
        shown = names[0] if len(names) == 1 else f"{names[0]} …"
        parts.append(text_element(shown, WIDTH / 2, HEIGHT - 30, small, canvas.palette.light, 500))
    return "".join(parts)


def _spine(canvas: Canvas) -> str:
    """The fold of a real cover, along its left edge."""
    return (
        f'<rect x="0" y="0" width="16" height="{HEIGHT}" fill="{canvas.palette.near}" '
        f'fill-opacity="0.28"/><rect x="16" y="0" width="3" height="{HEIGHT}" fill="#ffffff" '
        'fill-opacity="0.22"/>'
    )
