"""Raw tables, as they were read and before they are trusted, and the faults found in them."""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from functools import lru_cache
from typing import NamedTuple

from ..errors import InputError, PlantError

__all__ = [
    "DATE_FORMAT", "PLAIN", "Fault", "NoValue", "Notation", "Sheet",
    "Unreadable", "day_pattern", "fault_lines", "letters", "nearest", "refuse", "shown",
]  # fmt: skip

DATE_FORMAT = "--date-format"  # in the hint of a day that is written in another way
SHOWN_LINES = 30  # of an error's message
SHOWN_KINDS = 5  # different values of one kind of fault that get a line each
SHOWN_CELLS = 3  # cells named in a line


@dataclass(frozen=True, slots=True)
class Fault:
    """One thing wrong in a plant: where, what was found, what was wanted.

    Examples
    --------
    >>> print(Fault("items", "D14", "on_hand", '"many"', "a number (units), zero or more"))
    items!D14: found "many", wanted a number (units), zero or more
    """

    sheet: str
    cell: str  # "D14" as a spreadsheet counts; "" where it is about the whole sheet
    column: str
    found: str
    wanted: str
    hint: str = ""

    def __str__(self) -> str:
        where = f"{self.sheet}!{self.cell}" if self.cell else self.sheet
        return f"{where}: {self.text}"

    @property
    def text(self) -> str:
        """What was found and wanted, without the place."""
        return f"found {self.found}, wanted {self.wanted}" + (f"; {self.hint}" if self.hint else "")


@dataclass(frozen=True)
class NoValue:
    """A formula whose result was never stored."""

    formula: str


class Notation(NamedTuple):
    """How the texts of a table write numbers and days. A day written as 2026-01-05 is always read."""

    decimal: str = "."
    date_format: str = ""  # such as DD.MM.YYYY


PLAIN = Notation()


@dataclass
class Sheet:
    """The cells of one table, column by column, with the row number of each record."""

    name: str
    header: list[str]
    rows: Sequence[int]
    columns: list[list[object]]
    notation: Notation = PLAIN

    def cell(self, column: int, record: int) -> str:
        """The address of a cell, as a spreadsheet shows it."""
        return f"{letters(column)}{self.rows[record]}"


def letters(column: int) -> str:
    """A spreadsheet's name of the column with this number, from 0.

    >>> letters(0), letters(25), letters(26)
    ('A', 'Z', 'AA')
    """
    text = ""
    column += 1
    while column:
        column, rest = divmod(column - 1, 26)
        text = chr(ord("A") + rest) + text
    return text


@lru_cache(maxsize=16)
def day_pattern(date_format: str) -> re.Pattern[str]:
    """What a day looks like in a stated format: YYYY, MM and DD, each once, and what parts them.

    >>> day_pattern("DD.MM.YYYY").fullmatch("5.1.2026").group("year", "month", "day")
    ('2026', '1', '5')
    """
    parts = {"YYYY": r"(?P<year>\\d{4})", "MM": r"(?P<month>\\d{1,2})", "DD": r"(?P<day>\\d{1,2})"}
    text = re.escape(date_format)
    for part, pattern in parts.items():
        if date_format.count(part) != 1 or re.sub("YYYY|MM|DD|[-./ ]", "", date_format):
            raise InputError("date_format", date_format, "such as DD.MM.YYYY, MM/DD/YYYY or YYYY-MM-DD")
        text = re.sub(part, pattern, text)
    return re.compile(text, re.ASCII)


def shown(cell: object) -> str:
    """A cell as a message shows it."""
    if cell is None or (isinstance(cell, str) and not cell.strip()):
        return "nothing"
    if isinstance(cell, NoValue):
        return f"{shown(cell.formula)} (a formula without a stored value)"
    if isinstance(cell, str):
        text = cell if len(cell) <= 40 else cell[:40] + "..."
        return '"' + "".join(c if c.isprintable() else f"\\x{ord(c):02x}" for c in text) + '"'
    if isinstance(cell, datetime) and not (cell.hour or cell.minute or cell.second or cell.microsecond):
        return f"the date {cell.date().isoformat()}"
    if isinstance(cell, date):
        return f"the date {cell.isoformat()}"
    if isinstance(cell, time):
        return f"the time {cell.isoformat()}"
    return f"{cell:.15g}" if isinstance(cell, float) else str(cell)


def nearest(name: str, known: Iterable[str], cutoff: float = 0.7) -> str:
    """The known name that looks most like this one, or "".

    >>> nearest("itmes", ["sites", "items", "times"])
    'items'
    """
    lower = {text.lower(): text for text in known}
    typed = name.strip().lower().replace(" ", "_")
    found = difflib.get_close_matches(typed, lower, n=3, cutoff=cutoff)

    def likeness(
        other: str,
    ) -> tuple[float, bool, bool]:  # letters that changed places are the commonest slip
        ratio = difflib.SequenceMatcher(None, other, typed).ratio()
        return ratio, sorted(other) == sorted(typed), other[:1] == typed[:1]

    return lower[max(found, key=likeness)] if found else ""


def fault_lines(faults: Iterable[Fault]) -> list[str]:
    """The faults in lines: equal ones in one, and of one kind in one column only the first few values.

    Days in another format than the stated one are one line, in whatever sheets and columns they stand.

    >>> print(*fault_lines(Fault("demand", f"C{n}", "quantity", '"x"', "a number") for n in range(2, 900)))
    demand!C2, C3, C4 and 895 more, the last C899: found "x", wanted a number
    """
    faults = list(faults)
    days = [fault for fault in faults if DATE_FORMAT in fault.hint]
    lines = []
    if len(days) > SHOWN_KINDS:
        faults = [fault for fault in faults if DATE_FORMAT not in fault.hint]
        where = ", ".join(dict.fromkeys(f"{fault.sheet}.{fault.column}" for fault in days))
        lines = [f"{days[0]}; {len(days) - 1:,} more days are written in this way, in {where}"]
    kinds: dict[tuple[str, str, str], dict[str, list[Fault]]] = {}
    for fault in faults:
        kind = kinds.setdefault((fault.sheet, fault.column, fault.wanted), {})
        kind.setdefault(fault.text, []).append(fault)
    for kind in kinds.values():
        equal = list(kind.values())
        keep = len(equal) if len(equal) <= SHOWN_KINDS + 1 else SHOWN_KINDS
        lines += [line for group in equal[:keep] for line in equal_lines(group)]
        if rest := [fault for group in equal[keep:] for fault in group]:
            lines.append(
                f"{rest[0].sheet}!{rest[0].cell} and {len(rest) - 1:,} more, the last {rest[-1].cell}: other values, "
                f"wanted {rest[0].wanted}"
            )
    return lines


def equal_lines(faults: Sequence[Fault]) -> list[str]:
    """Faults that differ in their cell alone: a line each if they are few, else one line."""
    if len(faults) <= SHOWN_CELLS:
        return [str(fault) for fault in faults]
    cells = ", ".join(fault.cell for fault in faults[:SHOWN_CELLS])
    more = f" and {len(faults) - SHOWN_CELLS:,} more, the last {faults[-1].cell}"
    return [f"{faults[0].sheet}!{cells}{more}: {faults[0].text}"]


def refuse(source: str, faults: Sequence[Fault]) -> PlantError:
    """The one error that holds every fault, and names all kinds of them in a few lines."""
    lines = fault_lines(faults)
    text = [f"{source} cannot be used: {len(faults):,} {'fault' if len(faults) == 1 else 'faults'}"]
    text += [f"  {line}" for line in lines[:SHOWN_LINES]]
    if len(lines) > SHOWN_LINES:
        text.append(
            f"  ... and {len(lines) - SHOWN_LINES:,} lines more; `prodkit plant check` prints them all"
        )
    return PlantError("\n".join(text), tuple(faults))


class Unreadable(Exception):
    """Why a table, or a whole file, cannot be read at all."""

    def __init__(self, found: str, wanted: str, hint: str = "") -> None:
        super().__init__(found)
        self.found, self.wanted, self.hint = found, wanted, hint

    def fault(self, sheet: str) -> Fault:
        """The same as a fault of a sheet or file."""
        return Fault(sheet, "", "", self.found, self.wanted, self.hint)
