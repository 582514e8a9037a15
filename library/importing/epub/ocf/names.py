"""Which file of an archive an address means, though it is not written as the file is called.

Converters and ZIP programs disagree about percent signs, capitals, accents, backslashes, leading
slashes, and about the folder that everything is in. One lookup forgives all of it, the exact
name first, and takes a guess only where there is one candidate.
"""

from __future__ import annotations

import posixpath
import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Iterator
from contextlib import suppress
from urllib.parse import unquote

_ELSEWHERE = re.compile(
    r"(?:[a-z][a-z0-9+.-]*:)?//|(?:data|mailto|javascript|tel|urn|about):", re.IGNORECASE
)
_FILE_URL = re.compile(r"(?:file|zip|epub|jar):/*", re.IGNORECASE)
_NOT_OF_THE_BOOK = re.compile(r"(?:^|/)(?:__MACOSX/|\._|\.DS_Store$|Thumbs\.db$)", re.IGNORECASE)


class Names:
    """The names of an archive's files, and ``find`` for how they are written elsewhere."""

    def __init__(self, names: Iterable[str]) -> None:
        self._exact = {name for name in names if not name.endswith(("/", "\\"))}
        self._alike: dict[str, list[str]] = defaultdict(list)
        self._endings: dict[str, list[str]] = defaultdict(list)
        for name in self._exact:
            if _NOT_OF_THE_BOOK.search(name):
                continue
            for key in {_key(name), _key(_readable(name))}:
                self._alike[key].append(name)
                self._endings[posixpath.basename(key)].append(name)

    def find(self, base: str, href: str) -> tuple[str, str]:
        """(file name, fragment) of ``href`` as written in the file ``base``.

        An address elsewhere, or of a file that the archive lacks, has the file name ``""``.
        """
        href = "".join(href.split("\n")).strip()
        if href.startswith("#"):
            return base, unquote(href[1:])
        # A file may have "#" or "?" in its name; then the whole of it is the name.
        for path, fragment in _split(href):
            name = self._file(base, path)
            if name:
                return name, unquote(fragment)
        return "", ""

    def _file(self, base: str, path: str) -> str:
        path = _FILE_URL.sub("/", path, count=1)
        if not path:
            return base
        if _ELSEWHERE.match(path):
            return ""
        wanted = list(dict.fromkeys(_candidates(base, path)))
        for name in wanted:
            if name in self._exact:
                return name
        for name in wanted:
            alike = self._alike.get(_key(name), [])
            if alike:
                return min(alike)
        return self._somewhere([_key(name) for name in wanted])

    def _somewhere(self, keys: list[str]) -> str:
        """The one file that ends like one of ``keys``: in another folder, but called so."""
        for key in keys:
            same = set(self._endings.get(posixpath.basename(key), []))
            tail = {name for name in same if _key(name).endswith("/" + key)}
            for names in (tail, same):
                if len(names) == 1:
                    return next(iter(names))
        return ""

    def ending(self, suffix: str) -> list[str]:
        """The names with the ending ``suffix``, the least deep first."""
        found = (name for names in self._alike.values() for name in names)
        matching = {name for name in found if name.lower().endswith(suffix)}
        return sorted(matching, key=lambda name: (_key(name).count("/"), name))


def _split(href: str) -> Iterator[tuple[str, str]]:
    yield href, ""
    path, _, fragment = href.partition("#")
    yield path, fragment
    yield path.partition("?")[0], fragment


def _candidates(base: str, path: str) -> Iterator[str]:
    """Names that ``path`` may mean, likeliest first."""
    folder = posixpath.dirname(base.replace("\\", "/"))
    seen = path
    for _ in range(3):  # as it stands, without percent signs, and without those percented twice
        for name in (seen, seen.replace("\\", "/")):
            if not name.startswith("/"):
                yield posixpath.normpath(posixpath.join(folder, name))
            yield _rooted(name)
        unquoted = unquote(seen)
        if unquoted == seen:
            return
        seen = unquoted


def _rooted(name: str) -> str:
    parts = [part for part in posixpath.normpath("/" + name).split("/") if part]
    return "/".join(parts)


def _key(name: str) -> str:
    plain = unicodedata.normalize("NFC", name).replace("\\", "/")
    return _rooted(unicodedata.normalize("NFC", plain.casefold()))


def _readable(name: str) -> str:
    """A UTF-8 name that the archive does not call so: Python read it as code page 437."""
    with suppress(UnicodeError):
        return name.encode("cp437").decode("utf-8")
    return name
