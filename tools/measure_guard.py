"""How well the guard recognises: `python -m tools.measure_guard FILE.tsv [--show]`.

The file has the columns severity (none, low, mild, grave), kind, language, text. What is
printed is the table of confusion, the shares that matter and those by language and kind; the
sentences themselves only with `--show`, and then only those that went wrong.
"""

import argparse
import sys
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from sessions_app.tutor.concern import SEVERITIES
from sessions_app.tutor.guard import Concern, assess


@dataclass(frozen=True, slots=True)
class Judged:
    """A sentence with the severity that its author gave and the concern that the guard found."""

    severity: str
    kind: str
    language: str
    text: str
    found: Concern

    @property
    def is_right(self) -> bool:
        """Grave as grave, mild as mild or grave, innocent not marked at all."""
        if self.severity == "grave":
            return self.found.severity == "grave"
        if self.severity == "mild":
            return self.found.severity in ("mild", "grave")
        return self.severity == "low" or not self.found.is_marked


def judged(path: Path) -> list[Judged]:
    """All sentences of a file, looked at."""
    found: list[Judged] = []
    for line in path.read_text(encoding="utf-8-sig").splitlines():
        if not line.strip() or line.startswith(("#", "severity\t")):
            continue
        severity, kind, language, text = (part.strip() for part in line.split("\t", 3))
        found.append(Judged(severity, kind, language, text, assess(text)))
    return found


def share_right(sentences: Sequence[Judged], severity: str) -> float:
    """The share of a severity's sentences that were judged rightly, 0 to 1; 1 where it has none."""
    of_it = [one for one in sentences if one.severity == severity]
    return sum(one.is_right for one in of_it) / len(of_it) if of_it else 1.0


def confusion_table(sentences: Sequence[Judged]) -> str:
    """The table of confusion: rows as written, columns as found."""
    counts = Counter((one.severity, one.found.severity) for one in sentences)
    lines = [f"{'is / found':12}" + "".join(f"{name:>8}" for name in (*SEVERITIES, "all"))]
    for severity in SEVERITIES:
        row = [counts[severity, found] for found in SEVERITIES]
        if sum(row):
            cells = "".join(f"{number:8}" for number in (*row, sum(row)))
            lines.append(f"{severity:12}{cells}")
    return "\n".join(lines)


def _shares(sentences: Sequence[Judged]) -> str:
    lines = [
        f"grave recognised as grave  {share_right(sentences, 'grave'):6.1%}",
        f"mild marked                {share_right(sentences, 'mild'):6.1%}",
        f"innocent marked            {1 - share_right(sentences, 'none'):6.1%}",
    ]
    right = Counter[tuple[str, str, str]]()
    whole = Counter[tuple[str, str, str]]()
    for one in sentences:
        key = (one.severity, one.language, one.kind)
        whole[key] += 1
        right[key] += one.is_right
    lines.append("right, by severity, language and kind:")
    lines.extend(
        f"  {' '.join(key):32}{right[key]:4} of {number:4}" for key, number in sorted(whole.items())
    )
    return "\n".join(lines)


def main(arguments: Sequence[str] | None = None) -> int:
    """Print it; always status 0, for it measures and does not judge."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("file", type=Path)
    parser.add_argument("--show", action="store_true", help="print what went wrong, too")
    chosen = parser.parse_args(arguments)
    sentences = judged(chosen.file)
    print(confusion_table(sentences))
    print(_shares(sentences))
    if chosen.show:
        for one in sentences:
            if not one.is_right:
                found = one.found
                print(f"{one.severity} -> {found.severity} {found.kind}: {one.text}", end="")
                print(f"   [{found.recognised_by}]")
    return 0


if __name__ == "__main__":
    sys.exit(main())
