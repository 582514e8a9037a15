"""Files that somebody sends in a form."""

from __future__ import annotations

import re
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from django.core.files.uploadedfile import UploadedFile


@contextmanager
def as_file(sent: UploadedFile[bytes], *, called: str) -> Iterator[Path]:
    """A copy that only this account can read and that is gone afterwards, for what reads paths.

    It has the name it was sent by, without what a name might do harm with; where nothing is left
    of that, it is ``called`` so.
    """
    with tempfile.TemporaryDirectory(prefix="readerai-upload-") as folder:
        copy = Path(folder) / _harmless_name(sent.name or "", called)
        with copy.open("wb") as into:
            for piece in sent.chunks():
                into.write(piece)
        yield copy


def _harmless_name(sent: str, called: str) -> str:
    path = Path(sent)
    stem = re.sub(r"[^\w \-']", "", path.stem)[:100].strip()
    return f"{stem or called}{path.suffix.lower()}"
