"""Fail when a lock file names any address but those of the two public registries.

A lock written on a machine with a mirror of its own would record addresses that nobody else can
reach, and nothing else would notice before a stranger's first `make run`.
"""

import re
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
ADDRESS = re.compile(r"\b[a-z][a-z+]*://[^\s\"'<>]*")
PUBLIC = {
    "uv.lock": ("https://pypi.org/simple", "https://files.pythonhosted.org/packages/"),
    "package-lock.json": ("https://registry.npmjs.org/",),
}
# Where a package asks for money: shown to people by npm, never fetched from.
FUNDING = re.compile(r"\"funding\":\s*(\{[^}]*\}|\[[^\]]*\]|\"[^\"]*\")")


def foreign_addresses(text: str, public: tuple[str, ...]) -> list[str]:
    """The addresses in a lock file's text that begin with none of `public`, sorted."""
    found = {match.group() for match in ADDRESS.finditer(FUNDING.sub("", text))}
    return sorted(address for address in found if not address.startswith(public))


def main() -> int:
    """Say which addresses do not belong; exit status 1 if there are any."""
    foreign = {
        name: addresses
        for name, public in PUBLIC.items()
        if (addresses := foreign_addresses((ROOT / name).read_text(), public))
    }
    for name, addresses in foreign.items():
        print(f"{name} names something else than the public registry:", *addresses, sep="\n  ")
    return 1 if foreign else 0


if __name__ == "__main__":
    sys.exit(main())
