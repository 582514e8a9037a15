"""The addresses of the URL configuration, and how they name what is there and what is not."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from django.urls import URLPattern, URLResolver, get_resolver

_PARAMETER = re.compile(r"<(?:\w+:)?(\w+)>")


@dataclass(frozen=True)
class Address:
    name: str
    pattern: str

    @property
    def parameters(self) -> list[str]:
        return _PARAMETER.findall(self.pattern)

    @property
    def is_api(self) -> bool:
        return self.pattern.startswith("api/")

    @property
    def is_admin(self) -> bool:
        return self.name.startswith("admin:")

    def url(self, values: dict[str, str]) -> str:
        return "/" + _PARAMETER.sub(lambda found: values[found[1]], self.pattern)


def addresses() -> list[Address]:
    """Every address that has a name."""
    return [address for address in _walk(get_resolver()) if not address.name.endswith("-")]


def _walk(resolver: URLResolver, before: str = "", space: str = "") -> Iterator[Address]:
    for pattern in resolver.url_patterns:
        path = before + str(pattern.pattern)
        if isinstance(pattern, URLPattern):
            yield Address(f"{space}{pattern.name or '-'}", path)
        else:
            inner = f"{space}{pattern.namespace}:" if pattern.namespace else space
            yield from _walk(pattern, path, inner)
