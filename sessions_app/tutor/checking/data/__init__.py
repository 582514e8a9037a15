"""Reading the word lists beside this module, which people who do not program may extend."""

from collections.abc import Iterator
from pathlib import Path

FOLDER = Path(__file__).parent


def list_lines(name: str) -> Iterator[str]:
    """The lines of a list, without comments and empty lines."""
    for line in (FOLDER / name).read_text(encoding="utf-8").splitlines():
        if line.strip() and not line.startswith("#"):
            yield line.strip()


def list_rows(name: str) -> Iterator[list[str]]:
    """The same, each cut into its words."""
    for line in list_lines(name):
        yield line.split()
