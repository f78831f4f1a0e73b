"""How a table of a plant is declared: its columns, their kinds, ranges, keys and references."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    import pandas as pd

__all__ = ["Column", "Kind", "Rule", "Table"]

Kind = Literal["text", "number", "share", "whole", "date", "week", "yes/no", "choice"]

KIND_TEXT: dict[str, str] = {
    "text": "text",
    "number": "a number",
    "share": "a share",
    "whole": "a whole number",
    "date": "a date",
    "week": "the Monday of a week",
    "yes/no": "yes or no",
    "choice": "one of the choices",
}


@dataclass(frozen=True)
class Column:
    """One column of a table.

    A column that is not `required` may be left out, or its cells left blank; it then holds `default`, or,
    where that is None, a blank (NaN in a number, NaT in a date, "" in a text).

    Examples
    --------
    >>> Column("on_hand", "number", "units", "Stock in the store today", low=0).wanted
    'a number (units), zero or more'
    """

    name: str
    kind: Kind
    unit: str
    meaning: str
    low: float | None = None  # smallest value allowed
    high: float | None = None  # largest value allowed
    above: float | None = None  # every value is above this one
    choices: tuple[str, ...] = ()
    required: bool = True
    key: bool = False  # the key columns together name a row, once
    refers: str = ""  # "items.item": the value stands in that column
    loose: bool = False  # the table that it refers to may be missing
    many: bool = False  # a cell holds any number of codes, parted by semicolons
    default: str | float | bool | None = None

    @property
    def numeric(self) -> bool:
        """Whether it holds numbers."""
        return self.kind in ("number", "share", "whole")

    @property
    def limits(self) -> tuple[float | None, float | None]:
        """Smallest and largest value; a share runs 0 to 1 of itself."""
        if self.kind == "share":
            return (0 if self.low is None else self.low), (1 if self.high is None else self.high)
        return self.low, self.high

    def unit_in(self, units: str) -> str:
        """Its unit in a plant that counts in these units ("metric" or "US").

        >>> Column("weight", "number", "kg | lb", "Weight of the load").unit_in("US")
        'lb'
        """
        return self.unit.split(" | ")[-1 if units == "US" else 0]

    def measure(self, units: str) -> str:
        """What its figures are, in words: its unit, or of what they are a share; "" where they have none.

        >>> Column("holding_rate", "share", "of unit cost a year", "Cost of keeping").measure("metric")
        'share of unit cost a year'
        """
        unit = self.unit_in(units)
        return f"share {unit}".strip() if self.kind == "share" else unit

    def codes(self, cell: str) -> list[str]:
        """The codes in a cell: one, or where it holds `many`, those between the semicolons.

        >>> Column("after", "text", "", "Tasks before it", many=True).codes("a; b")
        ['a', 'b']
        """
        found = cell.split(";") if self.many else [cell]
        return [code.strip() if self.many else code for code in found if code.strip()]

    @property
    def allowed(self) -> str:
        """The range in words, "" where there is none."""
        low, high = self.limits
        if self.above is not None:
            return f"above {self.above:g}" + ("" if high is None else f", {high:,.15g} at most")
        if low is not None and high is not None:
            return f"{low:g} to {high:,.15g}"
        if low is not None:
            return "zero or more" if low == 0 else f"{low:g} or more"
        return "" if high is None else f"{high:,.15g} at most"

    @property
    def wanted(self) -> str:
        """What a cell must hold, in words: a number (units), zero or more."""
        return self.wanted_in("")

    def wanted_in(self, units: str) -> str:
        """What a cell must hold in a plant that counts in these units; "" for a plant of either.

        >>> Column("weight", "number", "kg | lb", "Weight of the load", above=0).wanted_in("US")
        'a number (lb), above 0'
        """
        if self.kind == "choice":
            return "one of " + ", ".join(self.choices)
        return ", ".join(part for part in (self.kind_in(units), self.allowed) if part)

    def kind_in(self, units: str) -> str:
        """Its kind and unit in words: a date, a number (kg), a share of the component."""
        measure = self.measure(units) if units else self.unit.replace(" | ", " or ")
        if self.kind == "share":
            return f"a {self.measure(units)}"
        return KIND_TEXT[self.kind] + (f" ({measure})" if measure and self.numeric else "")


@dataclass(frozen=True)
class Rule:
    """What must hold between the columns of one row. Checked once every cell of the table is good."""

    column: str  # where the fault is shown
    wanted: str
    holds: Callable[[pd.DataFrame], pd.Series[bool]]


@dataclass(frozen=True)
class Table:
    """One table: a CSV file or a sheet. An `optional` one may be missing."""

    name: str
    meaning: str
    columns: tuple[Column, ...]
    optional: bool = False
    one_row: bool = False
    rules: tuple[Rule, ...] = ()

    @property
    def names(self) -> tuple[str, ...]:
        """The names of its columns, in order."""
        return tuple(column.name for column in self.columns)

    @property
    def key(self) -> tuple[str, ...]:
        """The columns that together name a row."""
        return tuple(column.name for column in self.columns if column.key)

    def column(self, name: str) -> Column:
        """The column of that name."""
        return self.columns[self.names.index(name)]
