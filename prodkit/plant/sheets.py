"""Raw tables, as they were read and before they are trusted, and the faults found in them."""

from __future__ import annotations

import difflib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from ..errors import PlantError

__all__ = ["Fault", "NoValue", "Sheet", "letters", "nearest", "refuse", "shown"]

SHOWN_FAULTS = 30


@dataclass(frozen=True)
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
        return f"{where}: found {self.found}, wanted {self.wanted}" + (f"; {self.hint}" if self.hint else "")


@dataclass(frozen=True)
class NoValue:
    """A formula whose result was never stored."""

    formula: str


@dataclass
class Sheet:
    """The cells of one table, column by column, with the row number of each record."""

    name: str
    header: list[str]
    rows: Sequence[int]
    columns: list[list[object]]

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
    return f"{cell:.15g}" if isinstance(cell, float) else str(cell)


def nearest(name: str, known: Iterable[str], cutoff: float = 0.7) -> str:
    """The known name that looks most like this one, or ""."""
    lower = {text.lower(): text for text in known}
    found = difflib.get_close_matches(name.strip().lower().replace(" ", "_"), lower, n=1, cutoff=cutoff)
    return lower[found[0]] if found else ""


def refuse(source: str, faults: Sequence[Fault]) -> PlantError:
    """The one error that names every fault."""
    lines = [f"{source} cannot be used: {len(faults)} {'fault' if len(faults) == 1 else 'faults'}"]
    lines += [f"  {fault}" for fault in faults[:SHOWN_FAULTS]]
    if len(faults) > SHOWN_FAULTS:
        lines.append(f"  ... and {len(faults) - SHOWN_FAULTS} more")
    return PlantError("\n".join(lines), tuple(faults))
