"""Pictures written anew: what a browser is given is what was decoded here, and no larger."""

from __future__ import annotations

import struct
import zlib
from io import BytesIO
from pathlib import Path
from typing import Final

from PIL import Image, ImageOps

LONGEST_SIDE: Final = 1400
MOST_PIXELS: Final = 40_000_000
_QUALITY = 82
_FORMATS = ("JPEG", "PNG", "GIF", "WEBP", "BMP")
_PAPER = "white"
_BROKEN = (
    OSError, ValueError, SyntaxError, EOFError, IndexError, TypeError, struct.error, zlib.error,
    Image.DecompressionBombError,
)  # fmt: skip


class PictureProblem(Exception):
    """Why a picture is not kept."""


def write_anew(raw: bytes, target: Path) -> tuple[int, int]:
    """Write the picture in ``raw`` to ``target`` as WebP; its width and height in pixels.

    Raises ``PictureProblem`` for what is no picture, is damaged, or is larger than
    ``MOST_PIXELS``. What it says about itself (a camera's place, a colour profile) is dropped.
    """
    try:
        with Image.open(BytesIO(raw), formats=_FORMATS) as picture:
            width, height = picture.size
            if width * height > MOST_PIXELS:
                raise PictureProblem("it is too large")
            picture.draft("RGB", (LONGEST_SIDE, LONGEST_SIDE))
            upright = ImageOps.exif_transpose(_on_paper(picture))
            upright.thumbnail((LONGEST_SIDE, LONGEST_SIDE))
            upright.save(target, "WEBP", quality=_QUALITY)
            return upright.size
    except _BROKEN:
        raise PictureProblem("it is damaged, or of no known kind") from None


def _on_paper(picture: Image.Image) -> Image.Image:
    """Without holes: a drawing's ink would vanish on a dark page."""
    if picture.mode in ("RGB", "L"):
        return picture
    seen = picture.convert("RGBA")
    paper = Image.new("RGBA", seen.size, _PAPER)
    paper.alpha_composite(seen)
    flat = paper.convert("RGB")
    flat.info = dict(picture.info)
    return flat
