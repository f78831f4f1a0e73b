"""Numbers as people type them, and numbers as we show them."""

from __future__ import annotations

import math
import re
import unicodedata
from dataclasses import dataclass

__all__ = ["Reading", "Unreadable", "read_number", "show"]

LONGEST = 60
_CURRENCY = r"(?:US\$|C\$|CA\$|[$€£¥]|USD|CAD|EUR|GBP|MXN)"
_NUMBER = re.compile(
    rf"""^(?P<open>\()?\s*(?P<sign>[+-])?\s*{_CURRENCY}?\s*(?P<sign2>[+-])?\s*
    (?P<digits>(?:\d[\d.,' ]*|[.,]\d[\d.,' ]*))
    (?P<exp>e[+-]?\d{{1,4}})?\s*(?P<close>\))?\s*(?P<unit>[^\d=<>]{{0,40}}?)\s*$""",
    re.VERBOSE | re.IGNORECASE,
)
_FRACTION = re.compile(r"^([+-]?)\s*(\d{1,9})\s*/\s*(\d{1,9})$")
_TIME_WORDS = {
    "second": ("s", "sec", "secs", "second", "seconds"),
    "minute": ("min", "mins", "minute", "minutes"),
    "hour": ("h", "hr", "hrs", "hour", "hours"),
    "day": ("d", "day", "days"),
    "week": ("w", "wk", "wks", "week", "weeks"),
    "month": ("mo", "month", "months"),
    "year": ("y", "yr", "yrs", "year", "years"),
}
_TIME = {word: name for name, words in _TIME_WORDS.items() for word in words}


@dataclass(frozen=True)
class Reading:
    """One way to read what was typed: the value, the unit typed, and how to say which reading it was."""

    value: float
    unit: str = ""
    percent: bool = False
    note: str = ""


class Unreadable(ValueError):
    """What was typed is not a number; the text says what would be one."""


def _decimals(digits: str) -> list[tuple[float, str]]:
    """Every sound way to read a run of digits and separators, the plain one first."""
    text = digits.strip().rstrip(".,' ") if not re.search(r"\d[.,]$", digits.strip()) else digits.strip()[:-1]
    grouped = re.sub(r"(?<=\d)[' ](?=\d{3}(?!\d))", "", text)
    if " " in grouped or "'" in grouped:
        raise Unreadable("There are spaces where none belong. Type one number, such as 1,250.5.")
    dots, commas = grouped.count("."), grouped.count(",")
    if dots and commas:
        mark = max(".,", key=grouped.rfind)
        other = "," if mark == "." else "."
        whole, _, part = grouped.rpartition(mark)
        if mark in whole or not re.fullmatch(rf"\d{{1,3}}(?:{re.escape(other)}\d{{3}})*", whole):
            raise Unreadable("The points and commas do not fit together. Type one number, such as 1,250.5.")
        return [(float(whole.replace(other, "") + "." + part), "")]
    if not dots and not commas:
        return [(float(grouped), "")]
    mark = "." if dots else ","
    if dots + commas > 1:
        if not re.fullmatch(rf"\d{{1,3}}(?:{re.escape(mark)}\d{{3}})+", grouped):
            raise Unreadable("There is more than one decimal sign. Type one number, such as 1,250.5.")
        return [(float(grouped.replace(mark, "")), "")]
    decimal = float(grouped.replace(mark, ".") if not grouped.startswith(mark) else "0." + grouped[1:])
    if not re.fullmatch(rf"[1-9]\d{{0,2}}{re.escape(mark)}\d{{3}}", grouped):
        return [(decimal, "")]
    thousands = float(grouped.replace(mark, ""))
    both = [(decimal, f"read as {show(decimal)}"), (thousands, f"read as {show(thousands)}")]
    return both if mark == "." else both[::-1]


def read_number(text: str) -> list[Reading]:
    """Every sound reading of a typed number, the plain one first.

    Raises
    ------
    Unreadable
        If it is not a number; the message says what would do.

    Examples
    --------
    >>> [r.value for r in read_number("1 250,5 units")]
    [1250.5]
    >>> [r.value for r in read_number("1,250")]
    [1250.0, 1.25]
    >>> read_number("12%")[0]
    Reading(value=0.12, unit='%', percent=True, note='')
    """
    if len(text) > 10 * LONGEST:
        raise Unreadable("That is too long for a number. Type the figure alone, such as 1,250.5.")
    clean = unicodedata.normalize("NFKC", text).strip()
    clean = re.sub(r"[\u2010-\u2015\u2212]", "-", clean).replace("\u2019", "'")
    clean = re.sub(r"\s+", " ", clean)
    if len(clean) > LONGEST:
        raise Unreadable("That is too long for a number. Type the figure alone, such as 1,250.5.")
    if clean.startswith("="):
        raise Unreadable("That is a formula. Work it out and type the result, such as 1,250.5.")
    fraction = _FRACTION.match(clean)
    if fraction and int(fraction[3]):
        value = int(fraction[2]) / int(fraction[3])
        return [Reading(-value if fraction[1] == "-" else value)]
    match = _NUMBER.match(clean)
    if not match or (match["open"] is None) != (match["close"] is None) or (match["sign"] and match["sign2"]):
        raise Unreadable("That is not a number. Type the figure, such as 1,250.5 or 1250,5.")
    unit = match["unit"].strip().lower().strip(".")
    unit = re.sub(rf"^{_CURRENCY}$", "", unit, flags=re.IGNORECASE)
    factor = 1.0
    if unit in ("k", "thousand"):
        unit, factor = "", 1e3
    elif unit in ("million", "mio"):
        unit, factor = "", 1e6
    percent = unit.startswith("%") or unit in ("percent", "per cent", "pct")
    if percent:
        unit, factor = "%", 0.01
    negative = "-" in (match["sign"], match["sign2"]) or bool(match["open"])
    readings = []
    for value, note in _decimals(match["digits"]):
        try:
            number = float(f"{value!r}" if not match["exp"] else f"{value:.17g}{match['exp']}") * factor
        except ValueError as fault:
            raise Unreadable("That is not a number. Type the figure, such as 1,250.5 or 1250,5.") from fault
        if not math.isfinite(number):
            raise Unreadable("That number is too large to work with.")
        readings.append(Reading(-number if negative else number, unit, percent, note))
    return readings


def time_unit(unit: str) -> str:
    """The time unit that a word names ('wks' is 'week'), or '' if it names none.

    >>> time_unit("working days"), time_unit("units")
    ('day', '')
    """
    words = re.findall(r"[a-z]+", unit.lower())
    return _TIME.get(words[-1], "") if words else ""


def show(value: float, digits: int = 5) -> str:
    """A figure as the kit prints it: thousands separated, `digits` significant figures, no trailing zeros.

    Whole numbers are shown whole; from 1,000 on at most one decimal is shown.

    >>> show(7200), show(848.5281), show(0.0433628), show(1234.56), show(-0.0), show(229.55, 3)
    ('7,200', '848.53', '0.043363', '1,234.6', '0', '230')
    """
    if value != value or math.isinf(value):
        return "no number"
    if value == 0:
        return "0"
    if float(value).is_integer() and abs(value) < 1e15:
        return f"{int(value):,}"
    places = max(1 if abs(value) >= 1000 else 0, digits - 1 - math.floor(math.log10(abs(value))))
    if abs(value) >= 1e15 or places > 12:
        return f"{value:.{digits}g}"
    text = f"{value:,.{places}f}"
    if places:
        text = text.rstrip("0").rstrip(".")
    return "0" if text in ("-0", "") else text
