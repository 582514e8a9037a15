"""Figures of one printed word: numbers, years, ordinals, times, dates, fractions, sums. Pure."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable
from fractions import Fraction

from . import number_words as words
from .pronouncing import letter_names
from .said import Said, WordInSentence
from .tables import speech_table

_NUMBER = r"\d{1,3}(?:,\d{3})+|\d+"
_WHOLE = re.compile(_NUMBER)
_DECIMAL = re.compile(rf"({_NUMBER})?\.(\d+)")
_ORDINAL = re.compile(rf"({_NUMBER})(st|nd|rd|th|ST|ND|RD|TH)")
_PLURAL = re.compile(r"'?(\d+)'?s")
_SHORT_YEAR = re.compile(r"'(\d\d)")
_TIME = re.compile(r"(\d{1,2}):(\d\d)(?::(\d\d))?\s?([ap])?\.?(?(4)m)\.?", re.IGNORECASE)
_HOUR = re.compile(r"(\d{1,2})([ap])\.?m\.?", re.IGNORECASE)
_DATE = re.compile(r"(\d{1,2})[/.](\d{1,2})[/.](\d{4}|\d\d)|(\d{4})-(\d\d)-(\d\d)")
_FRACTION = re.compile(r"(\d+)/(\d+)(ths?|rds?)?")
_PHONE = re.compile(r"(?:\d{3}-)?\d{3}-\d{4}")
_SINGLE_DIGITS = re.compile(r"\d(?:-\d){2,}")
_RANGE = re.compile(r"(\d+)[-–−](\d+)")
_RUNS = re.compile(r"\d+(?:,\d{3})*(?:\.\d+)?|[^\W\d_]+|[-–−]|[^\s\w]")
_MEASURED = re.compile(r"(\d[\d,]*(?:\.\d+)?)(\D+)")
_MONTHS = [
    *("January", "February", "March", "April", "May", "June", "July"),
    *("August", "September", "October", "November", "December"),
]
_NO_PLURALS = {"was", "is", "has", "as", "this", "his", "its", "us", "thus", "does", "yes"}
_BEFORE_YEARS = {"in", "since", "until", "by", "of", "from", "year", "before", "after", "around"}


def figures(context: WordInSentence) -> Said | None:
    """A whole core that is a figure of a known shape, in words; else None."""
    core, opening = context.piece.core, context.piece.opening
    if not has_figures(core):
        return None
    mark = "'" if opening[-1:] in ("’", "'", "‘") else opening[-1:]
    if mark in ("'", "."):
        said = _by_shape(context, mark + core)
        if said:
            return Said(said, before=1)
    said = _by_shape(context, core)
    if mark == "-":
        return Said(f"minus {said or _in_runs(context, core)}", before=1)
    return Said(said) if said else None


def figures_in_runs(context: WordInSentence) -> Said | None:
    """Any other core with a figure in it, run by run: "5km", "R2D2", "2+3=5"."""
    core = context.piece.core
    return Said(_in_runs(context, core)) if has_figures(core) else None


def has_figures(core: str) -> bool:
    return any(letter.isdecimal() or _is_vulgar(letter) for letter in core)


def _by_shape(context: WordInSentence, core: str) -> str | None:
    return next(filter(None, (rule(context, core) for rule in _RULES)), None)


def _plain(number: str) -> str:
    return words.cardinal(number.replace(",", ""))


def _whole(context: WordInSentence, core: str) -> str | None:
    if not core.isascii() or not _WHOLE.fullmatch(core):
        return None
    number = core.replace(",", "")
    if number == "000" and _WHOLE.fullmatch(context.before.core) and not context.before.closing:
        return "thousand"  # "10 000"
    if _is_day(context, number):
        return words.ordinal(number) + (" of" if context.after.core in _MONTHS else "")
    if "," not in core and _is_year(context, number):
        return words.year(number)
    return words.cardinal(number)


def _is_day(context: WordInSentence, number: str) -> bool:
    month = _month(context.before.core) if not context.before.closing.strip(".") else None
    beside_month = bool(month) or context.after.core in _MONTHS
    return beside_month and len(number) <= 2 and 1 <= int(number) <= 31


def _month(core: str) -> str | None:
    name = speech_table("before_figures").get(core, core)
    return name if name in _MONTHS else None


def _is_year(context: WordInSentence, number: str) -> bool:
    if len(number) == 4 and number.startswith("10"):
        return context.before.lower in _BEFORE_YEARS
    after = context.after.core
    counted = after.islower() and after.endswith("s") and after not in _NO_PLURALS
    measured = after in speech_table("units") and after != "in"
    return words.is_year(number) and not counted and not measured


def _decimal(context: WordInSentence, core: str) -> str | None:
    match = _DECIMAL.fullmatch(core)
    if match is None:
        return None
    return words.decimal((match[1] or "").replace(",", ""), match[2])


def _ordinal(context: WordInSentence, core: str) -> str | None:
    match = _ORDINAL.fullmatch(core)
    return words.ordinal(match[1].replace(",", "")) if match else None


def _plural(context: WordInSentence, core: str) -> str | None:
    """ "1990s", "'90s", "two 5s"."""
    match = _PLURAL.fullmatch(core)
    if match is None:
        return None
    number = match[1]
    return words.plural_of(words.year(number) if len(number) == 4 else words.cardinal(number))


def _short_year(context: WordInSentence, core: str) -> str | None:
    match = _SHORT_YEAR.fullmatch(core)
    if match is None:
        return None
    return f"oh {words.cardinal(match[1][1])}" if match[1][0] == "0" else words.cardinal(match[1])


def _time(context: WordInSentence, core: str) -> str | None:
    match = _TIME.fullmatch(core)
    if match is None or int(match[1]) > 24 or int(match[2]) > 59:
        return None
    hour, minute = words.cardinal(str(int(match[1]))), int(match[2])
    said = hour
    if minute:
        low = f"oh {words.cardinal(str(minute))}" if minute < 10 else words.cardinal(str(minute))
        said = f"{hour} {low}"
    elif not match[3] and not match[4] and context.after.lower not in _HALVES_OF_DAY:
        said = f"{hour} o'clock"
    if match[3]:
        said += f" and {words.cardinal(str(int(match[3])))} seconds"
    return f"{said} {match[4].upper()} M" if match[4] else said


_HALVES_OF_DAY = {"a.m", "p.m", "am", "pm", "o'clock", "hours"}


def _hour(context: WordInSentence, core: str) -> str | None:
    match = _HOUR.fullmatch(core)
    return f"{words.cardinal(match[1])} {match[2].upper()} M" if match else None


def _date(context: WordInSentence, core: str) -> str | None:
    match = _DATE.fullmatch(core)
    if match is None:
        return None
    year = match[3] or match[4]
    month, day = sorted((int(match[1] or match[5]), int(match[2] or match[6])))
    if match[1] and int(match[1]) <= 12:  # the American order, where both are possible
        month, day = int(match[1]), int(match[2])
    if not (1 <= month <= 12 and 1 <= day <= 31):
        return None
    said = words.year(year) if len(year) == 4 else words.cardinal(year)
    return f"{_MONTHS[month - 1]} {words.ordinal(str(day))}, {said}"


def _fraction(context: WordInSentence, core: str) -> str | None:
    known = speech_table("set_phrases").get(core)
    match = _FRACTION.fullmatch(core)
    if known or match is None:
        return str(known) if known else None
    top, bottom = int(match[1]), int(match[2])
    if not 0 < bottom <= 1000 or not top:
        return f"{words.cardinal(match[1])} over {words.cardinal(match[2])}"
    return _fraction_in_place(context, top, bottom)


def _fraction_in_place(context: WordInSentence, top: int, bottom: int) -> str:
    if _WHOLE.fullmatch(context.before.core) and not context.before.closing:
        return "and " + ("a half" if (top, bottom) == (1, 2) else _unreduced(top, bottom))
    if (top, bottom) == (1, 2) and context.after.lower in ("a", "an", "the"):
        return "half"
    return _unreduced(top, bottom)


def _unreduced(top: int, bottom: int) -> str:
    if bottom == 1:
        return f"{words.cardinal(str(top))} over one"
    named = {2: "half", 4: "quarter"}.get(bottom) or words.ordinal(str(bottom))
    if top != 1:
        named = "halves" if bottom == 2 else f"{named}s"
    return f"{words.cardinal(str(top))} {named}"


def _is_vulgar(letter: str) -> bool:
    return unicodedata.category(letter) == "No" and "FRACTION" in unicodedata.name(letter, "")


def _vulgar(context: WordInSentence, core: str) -> str | None:
    """ "½", "1½"."""
    if not core or not _is_vulgar(core[-1]) or not (core[:-1].isdecimal() or len(core) == 1):
        return None
    part = Fraction(unicodedata.numeric(core[-1])).limit_denominator(100)
    if core[:-1]:
        half = "a half" if part == Fraction(1, 2) else _unreduced(part.numerator, part.denominator)
        return f"{words.cardinal(core[:-1])} and {half}"
    return _fraction_in_place(context, part.numerator, part.denominator)


def _phone(context: WordInSentence, core: str) -> str | None:
    if not _PHONE.fullmatch(core) and not _SINGLE_DIGITS.fullmatch(core):
        return None
    return ", ".join(words.digits(part) for part in core.split("-"))


def _range(context: WordInSentence, core: str) -> str | None:
    """ "3–5", "1914–18"; a sum where the sentence has an equals sign."""
    match = _RANGE.fullmatch(core)
    if match is None:
        return None
    first, last = match.groups()
    if first == last:
        return f"{words.cardinal(first)} {words.cardinal(last)}"
    if context.in_a_sum or "−" in core:
        return f"{words.cardinal(first)} minus {words.cardinal(last)}"
    if words.is_year(first):
        end = words.year(last) if words.is_year(last) else words.cardinal(last)
        return f"{words.year(first)} to {end}"
    return f"{words.cardinal(first)} to {words.cardinal(last)}"


def _in_runs(context: WordInSentence, core: str) -> str:
    measured = _MEASURED.fullmatch(core)
    if measured is not None and measured[2] in speech_table("units"):
        number = _in_runs(context, measured[1])
        return f"{number} {speech_table('units')[measured[2]][measured[1] != '1']}"
    said: list[str] = []
    runs = _RUNS.findall(core)
    for place, run in enumerate(runs):
        number = runs[place - 1] if place else ""
        following = runs[place + 1] if place + 1 < len(runs) else ""
        said.append(_run(context, run, number, following))
    return " ".join(part for part in said if part)


def _run(context: WordInSentence, run: str, before: str, after: str) -> str:
    if run[0].isdecimal():
        head, _, part = run.partition(".")
        return words.decimal(head.replace(",", ""), part) if part else _plain(run)
    operator = _operator(context, run, before, after)
    if operator is not None:
        return operator
    if run in speech_table("signs"):
        return str(speech_table("signs")[run])
    if not run[0].isalpha():
        return ""
    spelled = len(run) == 1 or run.isupper()
    return " ".join(run.upper()) if spelled and letter_names(run) else run


def _operator(context: WordInSentence, run: str, before: str, after: str) -> str | None:
    """A sign between two numbers, by whether they make a sum; None for any other run."""
    between_numbers = before[:1].isdecimal() and after[:1].isdecimal()
    if run in ("x", "X", "*") and between_numbers:
        return "times" if context.in_a_sum else "by"
    if run in ("-", "–", "−"):
        if not before or (context.in_a_sum and before[-1:].isdecimal()):
            return "minus"
        return "to" if between_numbers else ""
    if run == "/":
        return "divided by" if context.in_a_sum else ""
    return None


_RULES: list[Callable[[WordInSentence, str], str | None]] = [
    *(_short_year, _whole, _decimal, _ordinal, _plural, _time, _hour, _date, _fraction),
    *(_vulgar, _phone, _range),
]
