"""Which digits are a telephone number, and which are only numbers."""

import re
from collections.abc import Iterator

_RUN = re.compile(r"(?<![\w.,@#-])\+?\(?\d(?:[ ./()-]{0,2}\d){6,18}(?![\w@]|[.,]\d)")
_CUE = re.compile(
    r"\b(?:phone|telephone|number|call|text|whatsapp|cell|mobile|dial|ring|tel|"
    r"ll[aá]ma\w*|n[uú]mero|tel[eé]fono|celular|m[oó]vil|marca\w*)\b",
    re.IGNORECASE,
)
_AMOUNT = re.compile(
    r"\s*(?:%|°|€|\$|(?:square |cubic )?(?:miles?|km|kilometers?|meters?|feet|foot|inches|people|"
    r"years?|days|times|dollars?|cents|coins|stars|pounds|kilos?|tons?|seconds|minutes|hours|words|"
    r"pages|animals|things|steps|degrees|millas|personas|a[ñn]os|veces|pesos|euros)\b)",
    re.IGNORECASE,
)
_DIGIT_WORDS = {
    word: number
    for number, words in enumerate(
        (
            "zero oh cero", "one uno", "two dos", "three tres", "four cuatro", "five cinco",
            "six seis", "seven siete", "eight ocho", "nine nueve",
        )
    )
    for word in words.split()
}  # fmt: skip
_TENS = {
    word: 10 * number
    for number, words in enumerate(
        (
            "ten diez", "twenty veinte", "thirty treinta", "forty cuarenta", "fifty cincuenta",
            "sixty sesenta", "seventy setenta", "eighty ochenta", "ninety noventa",
        ),
        start=1,
    )
    for word in words.split()
}  # fmt: skip
_NUMBER_WORD = "|".join([*_DIGIT_WORDS, *_TENS, "double", "doble", "triple"])
_SPELLED = re.compile(
    rf"\b(?:(?:{_NUMBER_WORD}|\d{{1,4}})(?:[\s,.-]+(?:y[\s]+)?|$)){{4,}}"
    rf"(?:{_NUMBER_WORD}|\d{{1,4}})?\b",
    re.IGNORECASE,
)
_COUNTED = "12345678901234567890 1234567891011121314151617181920 9876543210"
_FEWEST_DIGITS, _MOST_DIGITS = 7, 15


def telephone_numbers(text: str) -> Iterator[tuple[int, int]]:
    """Where telephone numbers stand in `text`, in digits or in words."""
    for run in _RUN.finditer(text):
        begin, end = run.span()
        cued = _CUE.search(text[max(0, begin - 40) : begin]) is not None
        if _AMOUNT.match(text, end) is None and _is_telephone(run.group(), cued=cued):
            yield begin, end
    for run in _SPELLED.finditer(text):
        if any(letter.isalpha() for letter in run.group()) and _is_spelled_out(run.group()):
            yield run.span()


def _is_telephone(run: str, *, cued: bool) -> bool:
    groups = re.findall(r"\d+", run)
    digits = "".join(groups)
    if not _FEWEST_DIGITS <= len(digits) <= _MOST_DIGITS:
        return False
    if len(groups) == 1:
        return _is_bare_telephone(digits, cued=cued or run.startswith("+"))
    return _is_grouped_telephone(run, groups)


def _is_grouped_telephone(run: str, groups: list[str]) -> bool:
    if _is_year_or_date(groups) or _is_amount(run, groups) or _is_internet_address(run, groups):
        return False
    if any(len(group) > 1 and group.startswith("0") for group in groups):
        return True  # nobody counts or measures in "06"
    if _is_isbn("".join(groups)):
        return False
    sizes = [len(group) for group in groups]
    if max(sizes) == 1 or (max(sizes) == 2 and len(groups) > 3) or len(groups) > 3:
        return not _is_counting([int(group) for group in groups])
    return max(sizes) >= 3


def _is_isbn(digits: str) -> bool:
    return digits.startswith(("978", "979")) and len(digits) == 13


def _is_bare_telephone(digits: str, *, cued: bool) -> bool:
    if digits.endswith("00000") or len(set(digits)) == 1 or digits in _COUNTED:
        return False
    return cued or len(digits) in (10, 11)


def _is_year_or_date(groups: list[str]) -> bool:
    if all(len(group) == 4 and 1000 <= int(group) <= 2199 for group in groups):
        return True
    values = [int(group) for group in groups]
    years = [value for value, group in zip(values, groups, strict=True) if len(group) == 4]
    rest = [value for value, group in zip(values, groups, strict=True) if len(group) <= 2]
    return (
        len(years) == 1
        and len(rest) == len(groups) - 1
        and len(rest) in (2, 3, 4)
        and (max(rest) <= 59)
    )


def _is_amount(run: str, groups: list[str]) -> bool:
    """ "10 000 000" and "10.000.000", "3.1415926": thousands and decimals."""
    separators = set(re.findall(r"[^\d]+", run))
    thousands = all(len(group) == 3 for group in groups[1:]) and len(groups[0]) <= 3
    if thousands and separators == {"."}:
        return True
    if thousands and separators == {" "}:
        return len(groups[0]) < 3 or set(groups[1:]) == {"000"} or groups[-1] == "000"
    return len(groups) == 2 and separators == {"."} and len(groups[0]) <= 2


def _is_internet_address(run: str, groups: list[str]) -> bool:
    return len(groups) == 4 and run.count(".") == 3 and all(int(group) <= 255 for group in groups)


def _is_counting(values: list[int]) -> bool:
    """Whether they only rise or only fall, as in counting and in times tables."""
    return values in (sorted(values), sorted(values, reverse=True))


def _is_spelled_out(run: str) -> bool:
    values: list[int] = []
    times, digits = 1, 0
    for word in re.findall(r"[^\W\d_]+|\d+", run.lower()):
        if word in ("double", "doble", "triple"):
            times = 3 if word == "triple" else 2
            continue
        if word == "y":
            continue
        value = _DIGIT_WORDS.get(word, _TENS.get(word, -1))
        values.extend([int(word) if word.isdigit() else value] * times)
        digits += len(word) if word.isdigit() else times
        times = 1
    return digits >= _FEWEST_DIGITS and not _is_counting(values)
