"""One cell as it was read, and the value that its column makes of it, or what is wrong with it."""

from __future__ import annotations

import math
import re
from datetime import date, datetime
from typing import NamedTuple

from .schema import Column
from .sheets import DATE_FORMAT, PLAIN, Notation, NoValue, day_pattern, nearest

__all__ = ["LONGEST_HEADING", "UNFIT", "Bad", "convert"]

NUMBER = re.compile(r"[+-]?(\d+\.?\d*|\.\d+)([eE][+-]?\d{1,3})?", re.ASCII)
GROUPED = re.compile(r"[+-]?\d{1,3}(,\d{3})+(\.\d+)?", re.ASCII)
POINTED = re.compile(r"[+-]?\d{1,3}(\.\d{3})+(,\d+)?", re.ASCII)
COMMA = re.compile(r"[+-]?\d+,\d+", re.ASCII)
PERCENT = re.compile(r"(\d+\.?\d*)\s*%", re.ASCII)
DAY = re.compile(r"(?P<year>\d{4})-(?P<month>\d{2})-(?P<day>\d{2})( 00:00:00)?", re.ASCII)
SOME_DAY = re.compile(r"(?P<first>\d{1,4})(?P<mark>[-./ ])\d{1,2}[-./ ]\d{1,4}", re.ASCII)
UNFIT = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]")  # no place in a workbook's text
EXCEL_ERRORS = frozenset(("#N/A", "#REF!", "#VALUE!", "#DIV/0!", "#NAME?", "#NUM!", "#NULL!", "#SPILL!"))
MEANT = {  # other words for a choice, in lower case; taken as a hint only
    "imperial": "US", "us customary": "US", "english": "US", "inch": "US", "lb": "US", "pounds": "US",
    "si": "metric", "kg": "metric",
    "bought": "buy", "purchase": "buy", "purchased": "buy", "made": "make", "manufactured": "make", "produced": "make",
    "l4l": "lot_for_lot", "lfl": "lot_for_lot", "foq": "fixed", "poq": "periods",
    "ja": "yes", "j": "yes", "y": "yes", "x": "yes", "oui": "yes", "nein": "no", "n": "no", "non": "no",
}  # fmt: skip
YES_NO = {"yes": True, "no": False, "true": True, "false": False, "1": True, "0": False}
LARGEST = 1e15  # a spreadsheet keeps 15 digits
LONGEST_HEADING = 255
LONGEST = 32_767  # characters in a spreadsheet's cell


class Bad(NamedTuple):
    """A cell that cannot be used."""

    wanted: str
    hint: str = ""


def convert(column: Column, cell: object, notation: Notation = PLAIN) -> object:
    """The value of one cell: str, float, date, bool, None for a blank; or a Bad."""
    if isinstance(cell, NoValue):
        return Bad(
            column.wanted, "open the workbook in a spreadsheet and save it, so that the result is stored"
        )
    if isinstance(cell, str) and cell.strip() in EXCEL_ERRORS:
        return Bad(column.wanted, "a formula in this cell failed")
    if cell is None or (isinstance(cell, str) and not cell.strip()):
        return Bad(column.wanted) if column.required else column.default
    if column.numeric:
        return convert_number(column, cell, notation.decimal)
    if column.kind in ("date", "week"):
        return convert_day(column, cell, notation.date_format)
    if column.kind == "yes/no":
        text = f"{cell:g}" if isinstance(cell, int | float) else str(cell).strip().lower()
        return YES_NO.get(text, Bad(column.wanted, f"write {MEANT.get(text, 'yes or no')}"))
    return convert_text(column, cell)


def convert_number(column: Column, cell: object, decimal: str) -> float | Bad:
    """A number within the column's limits, or what is wrong with it."""
    if isinstance(cell, str):
        text = cell.strip()
        if decimal == ",":
            if "." in text:
                return Bad(column.wanted, comma_hint(text))
            text = text.replace(",", ".")
        if not NUMBER.fullmatch(text):
            return Bad(column.wanted, number_hint(text).replace(".", decimal))
        value = float(text)
    elif isinstance(cell, int | float):
        value = float(cell) if abs(cell) <= LARGEST else math.inf
    else:
        return Bad(column.wanted, "format the cell as a number" if isinstance(cell, date) else "")
    if not abs(value) <= LARGEST:  # NaN too
        return Bad(column.wanted, "the number is too large")
    low, high = column.limits
    if column.kind == "whole" and value != int(value):
        return Bad(column.wanted)
    if (low is not None and value < low) or (column.above is not None and value <= column.above):
        return Bad(column.wanted)
    if high is not None and value > high:
        share = column.kind == "share" and 1 < value <= 100
        return Bad(
            column.wanted, f"for {value:g} % write {value / 100:g}".replace(".", decimal) if share else ""
        )
    return value + 0.0  # no -0.0


def comma_hint(text: str) -> str:
    """What to write in place of a number with a point, where the rest of the file has decimal commas."""
    plain = text.replace(".", "") if POINTED.fullmatch(text) else ""
    if plain and "," not in text and text.count(".") == 1:
        comma = text.replace(".", ",")
        plain = f"{plain} if the point parts the thousands, or {comma} if it begins the decimals"
    return f"with decimal commas in this file, write {plain or 'a comma, and no other separators'}"


def number_hint(text: str) -> str:
    """What to write in place of a text that is nearly a number."""
    if GROUPED.fullmatch(text):
        return f"write it without separators: {text.replace(',', '')}"
    if COMMA.fullmatch(text):
        return f"write a decimal point: {text.replace(',', '.')}"
    if percent := PERCENT.fullmatch(text):
        return f"write {float(percent[1]) / 100:g}"
    return (
        "write the number alone, without its unit"
        if text[0].isdigit()
        else ("write the number alone, without words" if text[0].isalpha() and text[-1].isdigit() else "")
    )


def convert_day(column: Column, cell: object, date_format: str) -> date | Bad:
    """A day between 1950 and 2199, or what is wrong with it."""
    day: date
    if isinstance(cell, datetime):
        if cell.hour or cell.minute or cell.second or cell.microsecond:
            return Bad(column.wanted, "leave out the time of day")
        day = cell.date()
    elif isinstance(cell, date):
        day = cell
    else:
        if not isinstance(cell, str):
            return Bad(column.wanted, "format the cell as a date")
        match = DAY.fullmatch(cell.strip())
        if not match and date_format:
            match = day_pattern(date_format).fullmatch(cell.strip())
        if not match:
            return Bad(column.wanted, day_hint(cell.strip(), date_format))
        try:
            day = date(int(match["year"]), int(match["month"]), int(match["day"]))
        except ValueError:
            return Bad(column.wanted, "there is no such day")
    if not 1950 <= day.year <= 2199:
        return Bad(column.wanted, "a year from 1950 to 2199")
    if column.kind == "week" and day.weekday() != 0:
        monday = date.fromordinal(day.toordinal() - day.weekday())
        return Bad(column.wanted, f"the Monday of that week is {monday.isoformat()}")
    return day


def day_hint(text: str, date_format: str) -> str:
    """How to write a day, or how to say in which way a file's days are written."""
    plain = f"write it as 2026-01-05{f' or as {date_format}' if date_format else ''}"
    match = SOME_DAY.fullmatch(text)
    if not match or date_format:
        return plain
    mark = match["mark"]
    if len(match["first"]) == 4:
        known = f"YYYY{mark}MM{mark}DD"
    elif mark == ".":
        known = "DD.MM.YYYY"
    else:
        return (
            f"{plain}, or say which of the two your days are: {DATE_FORMAT} MM{mark}DD{mark}YYYY (the month first) "
            f"or {DATE_FORMAT} DD{mark}MM{mark}YYYY (the day first)"
        )
    return f"{plain}, or say which format your days have: {DATE_FORMAT} {known}"


def convert_text(column: Column, cell: object) -> str | Bad:
    """A text fit for a code, a name or a choice, or what is wrong with it."""
    if isinstance(cell, date) or not isinstance(cell, str | int | float):
        return Bad(column.wanted, "format the cell as text and type it again")
    text = cell.replace("\r\n", "\n") if isinstance(cell, str) else f"{cell:.15g}"
    if column.kind == "choice":
        text = text.strip()
        if text in column.choices:
            return text
        meant = MEANT.get(text.lower(), "")
        hint = meant if meant in column.choices else nearest(text, column.choices, 0.5)
        return Bad(column.wanted, f"did you mean {hint}?" if hint else "type one of these as it stands")
    if UNFIT.search(text):
        return Bad("text without control characters", "type it again")
    if len(text) > LONGEST:
        return Bad(f"text of at most {LONGEST:,} characters")
    if (column.key or column.refers) and text != text.strip():
        return Bad(column.wanted, "take the space off its start or end")
    return text
