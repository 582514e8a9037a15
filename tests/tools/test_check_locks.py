"""A lock file that names anything but the public registries does not pass."""

import pytest

from tools.check_locks import PUBLIC, foreign_addresses


@pytest.mark.parametrize(
    ("lock", "line"),
    [
        ("uv.lock", 'url = "https://files.pythonhosted.org/packages/a/b.whl"'),
        ("uv.lock", 'source = { registry = "https://pypi.org/simple" }'),
        ("package-lock.json", '"resolved": "https://registry.npmjs.org/axe-core/-/axe-core.tgz"'),
        ("package-lock.json", '"funding": {"type": "x", "url": "https://patrons.example/us"}'),
    ],
)
def test_public_addresses_pass(lock: str, line: str) -> None:
    assert foreign_addresses(line, PUBLIC[lock]) == []


@pytest.mark.parametrize(
    ("lock", "address"),
    [
        ("uv.lock", "https://mirror.example/simple"),
        ("uv.lock", "file:///srv/packages"),
        ("uv.lock", "https://pypi.org.example/simple"),
        ("package-lock.json", "http://registry.npmjs.org/axe-core/-/axe-core.tgz"),
        ("package-lock.json", "git+ssh://git@host.example/us.git"),
    ],
)
def test_other_addresses_are_named(lock: str, address: str) -> None:
    assert foreign_addresses(f'"resolved": "{address}"', PUBLIC[lock]) == [address]
