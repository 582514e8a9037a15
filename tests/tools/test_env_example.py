"""`.env.example` is where an operator looks settings up: it knows all of them and no others."""

import re
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent.parent
READ_HERE = ("readerai/settings.py", "readerai/env.py")
READ = re.compile(
    r"(?:flag|whole_number|one_of|model_price|env\.\w+|environ\.get|environ\[)\(?\s*\"([A-Z_]+)\""
)
NAMED = re.compile(r"^#([A-Z_]+)=", re.MULTILINE)
#: Read by a command or the Procfile, or chosen by manage.py itself.
ELSEWHERE = {"PORT"}


def test_every_setting_is_in_the_example_and_none_that_is_not_read() -> None:
    read = {name for file in READ_HERE for name in READ.findall((ROOT / file).read_text())}
    named = NAMED.findall((ROOT / ".env.example").read_text())
    assert sorted(named) == sorted(read | ELSEWHERE)


def test_the_example_sets_nothing_by_itself() -> None:
    lines = (ROOT / ".env.example").read_text().splitlines()
    assert [line for line in lines if line and not line.startswith("#")] == []
