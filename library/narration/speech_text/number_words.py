"""Numbers in English words, as an American reader says them. Pure."""

from __future__ import annotations

_ONES = [
    *("zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine"),
    *("ten", "eleven", "twelve", "thirteen", "fourteen", "fifteen", "sixteen"),
    *("seventeen", "eighteen", "nineteen"),
]
_TENS = [
    *("", "", "twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"),
]
_SCALES = [(10**12, "trillion"), (10**9, "billion"), (10**6, "million"), (1000, "thousand")]
_ORDINALS = {
    "one": "first", "two": "second", "three": "third", "five": "fifth", "eight": "eighth",
    "nine": "ninth", "twelve": "twelfth",
}  # fmt: skip
_MOST_DIGITS = 15
_YEARS = range(1100, 2100)
_SAID_BY_HUNDREDS = range(1000, 10_000)


def digits(number: str) -> str:
    """``number`` digit by digit."""
    return " ".join(_ONES[int(digit)] for digit in number)


def cardinal(number: str) -> str:
    """A whole number without separators; digit by digit where nobody would count so far, or
    where it begins with a zero that means something."""
    if len(number) > _MOST_DIGITS or (number.startswith("0") and len(number) > 1):
        return digits(number)
    return _below_quadrillion(int(number))


def _below_quadrillion(value: int) -> str:
    for scale, name in _SCALES:
        if value >= scale:
            rest = value % scale
            head = f"{_below_quadrillion(value // scale)} {name}"
            return f"{head} {_below_quadrillion(rest)}" if rest else head
    if value >= 100:
        rest = value % 100
        return f"{_ONES[value // 100]} hundred" + (f" {_below_quadrillion(rest)}" if rest else "")
    if value >= 20:
        return _TENS[value // 10] + (f" {_ONES[value % 10]}" if value % 10 else "")
    return _ONES[value]


def ordinal(number: str) -> str:
    """The same as an ordinal: "twenty first"."""
    head, _, last = cardinal(number).rpartition(" ")
    if last in _ORDINALS:
        last = _ORDINALS[last]
    elif last.endswith("y"):
        last = last[:-1] + "ieth"
    else:
        last += "th"
    return f"{head} {last}".strip()


def is_year(number: str) -> bool:
    return len(number) == 4 and int(number) in _YEARS


def year(number: str) -> str:
    """Four digits as a year: "nineteen oh five", "two thousand four", "ten sixty six"."""
    value = int(number)
    century, rest = divmod(value, 100)
    if value not in _SAID_BY_HUNDREDS or (century % 10 == 0 and rest < 10):
        return cardinal(number)
    if rest == 0:
        return f"{cardinal(str(century))} hundred"
    low = f"oh {_ONES[rest]}" if rest < 10 else cardinal(str(rest))
    return f"{cardinal(str(century))} {low}"


def plural_of(words: str) -> str:
    """The last word in the plural: "nineteen nineties", "sixes"."""
    if words.endswith("y"):
        return words[:-1] + "ies"
    return words + ("es" if words.endswith(("x", "s")) else "s")


def decimal(whole: str, part: str) -> str:
    """ "three point one four"; an empty ``whole`` is left out."""
    return f"{cardinal(whole)} point {digits(part)}" if whole else f"point {digits(part)}"


def roman(numeral: str) -> int:
    """What a Roman numeral in capitals counts; 0 where it is none that a Roman would write."""
    value, rest = 0, numeral
    for letters, worth, most in _ROMAN:
        count = 0
        while rest.startswith(letters) and count < most:
            rest = rest.removeprefix(letters)
            value += worth
            count += 1
    return 0 if rest else value


_ROMAN = [
    *(("M", 1000, 3), ("CM", 900, 1), ("D", 500, 1), ("CD", 400, 1), ("C", 100, 3)),
    *(("XC", 90, 1), ("L", 50, 1), ("XL", 40, 1), ("X", 10, 3)),
    *(("IX", 9, 1), ("V", 5, 1), ("IV", 4, 1), ("I", 1, 3)),
]
