"""Whether the records tell the truth: cycle counts, record accuracy, turns and days of supply."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from .._common import choice, number, numbers, spoken, whole
from ..errors import InputError

if TYPE_CHECKING:
    import pandas as pd

__all__ = [
    "CycleCountPlan",
    "RecordAccuracy",
    "cycle_count_plan",
    "days_of_supply",
    "inventory_turns",
    "record_accuracy",
]


def inventory_turns(cost_of_goods_sold: float, stock: float | Iterable[float]) -> float:
    r"""How often the average stock is sold, or used, in a year.

    Parameters
    ----------
    cost_of_goods_sold
        Money a year, at cost. Not sales, which carry the margin.
    stock
        Average stock at cost (money); or balances, such as opening and closing, of which the mean is taken.

    Returns
    -------
    float
        Turns a year.

    Raises
    ------
    InputError
        If the cost is negative or the average stock is not above zero.

    Notes
    -----
    :math:`\text{COGS} / \text{average stock}`.

    Convention, average stock: the plain mean of the balances given, opening and closing or twelve month ends
    (default); a figure worked out otherwise (a number in place of the balances).

    Examples
    --------
    >>> inventory_turns(1_200_000, 200_000)
    6.0
    >>> inventory_turns(1_200_000, [180_000, 220_000])
    6.0
    """
    sold = number("cost_of_goods_sold", cost_of_goods_sold, "zero or more (money a year)", low=0)
    if isinstance(stock, Iterable) and not isinstance(stock, str):
        average = float(numbers("stock", stock, "zero or more (money)", low=0).mean())
        return sold / number("stock", average, "above zero on average (money)", above=0)
    return sold / number("stock", stock, "above zero (money)", above=0)


def days_of_supply(stock: float, yearly_use: float, *, days_per_year: float = 365) -> float:
    r"""How many days the stock lasts at the average use.

    Parameters
    ----------
    stock
        On hand (units, or money at cost).
    yearly_use
        Use a year in the same measure (units a year, or cost of goods sold).
    days_per_year
        365 calendar days by default; 360, or the plant's working days, where those are meant.

    Returns
    -------
    float
        Days.

    Raises
    ------
    InputError
        If the stock is negative, or the use or the days are not above zero.

    Notes
    -----
    :math:`\text{stock} / (\text{yearly use} / \text{days})`, that is days a year over turns.

    Convention, days in a year: 365 (default); 360, or the plant's working days (`days_per_year`).

    Examples
    --------
    >>> round(days_of_supply(200_000, 1_200_000), 1)
    60.8
    >>> round(days_of_supply(200_000, 1_200_000, days_per_year=250), 1)
    41.7
    """
    held = number("stock", stock, "zero or more (units or money)", low=0)
    use = number("yearly_use", yearly_use, "above zero (the stock's measure, a year)", above=0)
    return held * number("days_per_year", days_per_year, "above zero (days)", above=0, high=366) / use


@dataclass(frozen=True, eq=False)
class CycleCountPlan:
    """How many counts a day, and who does them. Made by `cycle_count_plan`."""

    table: pd.DataFrame
    """By class: abc_class, items, counts_per_item (a year), counts_per_year, counts_per_day, days_between."""
    working_days: int
    """Days a year on which counts are made."""
    counts_per_person: float
    """Counts that one person makes a day."""

    @property
    def counts_per_year(self) -> float:
        """Counts a year, all classes."""
        return float(self.table["counts_per_year"].sum())

    @property
    def counts_per_day(self) -> float:
        """Counts a working day, all classes."""
        return self.counts_per_year / self.working_days

    @property
    def people_exact(self) -> float:
        """People before rounding."""
        return self.counts_per_day / self.counts_per_person

    @property
    def people(self) -> int:
        """Whole people needed."""
        return math.ceil(self.people_exact - 1e-9)

    def __str__(self) -> str:
        who = "person" if self.people == 1 else "people"
        return (
            f"{spoken(self.counts_per_year)} counts a year are {spoken(self.counts_per_day)} a working day.\n"
            f"At {spoken(self.counts_per_person)} counts each that takes {self.people} {who}."
        )


def cycle_count_plan(
    items: Mapping[str, int],
    counts_per_item: Mapping[str, float],
    *,
    working_days: int = 250,
    counts_per_person: float,
) -> CycleCountPlan:
    r"""Counts a day, and people, that keep each class's count frequency.

    Parameters
    ----------
    items
        Number of items in each class, such as `{"A": 200, "B": 300, "C": 1500}`.
    counts_per_item
        Counts of one item a year, by class, such as `{"A": 12, "B": 4, "C": 1}`.
    working_days
        Days a year on which counts are made.
    counts_per_person
        Counts that one person makes a day.

    Returns
    -------
    CycleCountPlan
        `.counts_per_day`, `.people`, `.people_exact`, `.table` (by class).

    Raises
    ------
    InputError
        If the classes of the two differ, or a figure is negative or, for days and capacity, zero.

    Notes
    -----
    :math:`\sum n_c f_c / \text{days}`.

    Convention, people: rounded up once, on the total (default); unrounded (`.people_exact`).

    Examples
    --------
    >>> plan = cycle_count_plan({"A": 200, "B": 300, "C": 1500}, {"A": 12, "B": 4, "C": 1},
    ...                         working_days=250, counts_per_person=15)
    >>> plan.counts_per_year, plan.counts_per_day, plan.people
    (5100.0, 20.4, 2)
    """
    import pandas as pd

    if not isinstance(items, Mapping) or not items:
        raise InputError("items", items, "a mapping of class to number of items")
    if not isinstance(counts_per_item, Mapping) or set(counts_per_item) != set(items):
        raise InputError("counts_per_item", counts_per_item, "a figure for each class: " + ", ".join(items))
    days = whole("working_days", working_days, "a whole number of days, 1 to 366", low=1, high=366)
    each = number("counts_per_person", counts_per_person, "above zero (counts a day)", above=0)
    rows = []
    for c, held in items.items():
        n = whole(f"items[{c!r}]", held, "a whole number of items, zero or more", low=0)
        f = number(f"counts_per_item[{c!r}]", counts_per_item[c], "zero or more (counts a year)", low=0)
        rows.append(
            {
                "abc_class": c,
                "items": n,
                "counts_per_item": f,
                "counts_per_year": n * f,
                "counts_per_day": n * f / days,
                "days_between": days / f if f else math.inf,
            }
        )
    return CycleCountPlan(pd.DataFrame(rows), days, each)


@dataclass(frozen=True, eq=False)
class RecordAccuracy:
    """How many records were right. Made by `record_accuracy`."""

    table: pd.DataFrame
    """One row a count: counted, record, difference, allowed, is_hit, and abc_class where given."""

    @property
    def counts(self) -> int:
        """Records counted."""
        return len(self.table)

    @property
    def hits(self) -> int:
        """Records within tolerance."""
        return int(self.table["is_hit"].sum())

    @property
    def accuracy(self) -> float:
        """Hits over counts (share)."""
        return self.hits / self.counts

    @property
    def by_class(self) -> dict[str, float]:
        """Accuracy of each class (share); empty where no classes were given."""
        if "abc_class" not in self.table:
            return {}
        return {str(c): float(v) for c, v in self.table.groupby("abc_class")["is_hit"].mean().items()}

    def __str__(self) -> str:
        parts = ", ".join(f"{c} {100 * v:.0f} %" for c, v in self.by_class.items())
        return f"{self.hits} of {self.counts} records are right: {100 * self.accuracy:.1f} %.\n" + (
            f"By class: {parts}." if parts else "A record is right or wrong; errors do not cancel."
        )


def record_accuracy(
    counted: Iterable[float],
    record: Iterable[float],
    *,
    tolerance: float | Mapping[str, float] = 0.0,
    classes: Iterable[str] | None = None,
    tolerance_of: str = "record",
) -> RecordAccuracy:
    r"""Share of stock records that agree with the count, within tolerance.

    Parameters
    ----------
    counted
        What was found (units), one figure an item.
    record
        What the record says (units), in the same order.
    tolerance
        Share of the quantity that may differ: one figure, or one by class such as
        `{"A": 0.0, "B": 0.01, "C": 0.05}`.
    classes
        Class of each item; needed where tolerance goes by class.
    tolerance_of
        The quantity of which the tolerance is a share: `"record"` (the default) or `"count"`.

    Returns
    -------
    RecordAccuracy
        `.accuracy`, `.hits`, `.counts`, `.by_class`, `.table`.

    Raises
    ------
    InputError
        If lengths differ, a quantity or tolerance is negative, or a class has no tolerance.

    Notes
    -----
    :math:`\text{hits} / \text{counts}`, a hit being :math:`|\text{counted} - \text{record}| \le
    \text{tolerance} \times \text{quantity}`. Never the net value of the differences, in which surplus and
    loss cancel while both records are wrong.

    Convention, tolerance: a share of the record (default); a share of the count (`tolerance_of="count"`).

    Examples
    --------
    >>> found = record_accuracy([100, 52, 890, 10], [100, 50, 900, 12], classes=["A", "B", "C", "C"],
    ...                         tolerance={"A": 0.0, "B": 0.01, "C": 0.05})
    >>> found.accuracy, found.by_class
    (0.5, {'A': 1.0, 'B': 0.0, 'C': 0.5})
    """
    import pandas as pd

    found = numbers("counted", counted, "zero or more (units)", low=0)
    said = numbers("record", record, "zero or more (units)", low=0, length=len(found))
    choice("tolerance_of", tolerance_of, ("record", "count"))
    letters = None if classes is None else [str(c) for c in classes]
    if letters is not None and len(letters) != len(found):
        raise InputError("classes", f"{len(letters)} values", f"{len(found)} values, one for each count")
    if isinstance(tolerance, Mapping):
        if letters is None:
            raise InputError("classes", None, "given where the tolerance goes by class")
        lacking = sorted(set(letters) - set(tolerance))
        if lacking:
            raise InputError("tolerance", dict(tolerance), f"given for class {lacking[0]} too")
        by = {
            c: number(f"tolerance[{c!r}]", v, "a share, 0 to 1", low=0, high=1) for c, v in tolerance.items()
        }
        share = np.array([by[c] for c in letters])
    else:
        share = np.full(len(found), number("tolerance", tolerance, "a share, 0 to 1", low=0, high=1))
    base = said if tolerance_of == "record" else found
    allowed = share * base
    difference = found - said
    hit = np.abs(difference) <= allowed + 1e-9 * np.maximum(1.0, base)
    table = pd.DataFrame(
        {"counted": found, "record": said, "difference": difference, "allowed": allowed, "is_hit": hit}
    )
    if letters is not None:
        table["abc_class"] = letters
    return RecordAccuracy(table)
