"""Which items deserve the attention: ABC classes by yearly value."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from .._common import choice, numbers, spoken
from ..errors import InputError

if TYPE_CHECKING:
    import pandas as pd

__all__ = ["AbcClasses", "abc_classes"]

_LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"


@dataclass(frozen=True, eq=False)
class AbcClasses:
    """Items ranked by yearly value and cut into classes. Made by `abc_classes`."""

    table: pd.DataFrame
    """By falling value: item, yearly_use, unit_cost, yearly_value, value_share, cumulative_share, abc_class."""
    thresholds: tuple[float, ...]
    """Shares of the value at which a class ends."""

    @property
    def classes(self) -> dict[str, str]:
        """Class of each item."""
        return dict(zip(self.table["item"], self.table["abc_class"], strict=True))

    @property
    def summary(self) -> pd.DataFrame:
        """By class: abc_class, items, item_share, yearly_value, value_share."""
        import pandas as pd

        rows = []
        for letter in _LETTERS[: len(self.thresholds) + 1]:
            part = self.table[self.table["abc_class"] == letter]
            rows.append(
                {
                    "abc_class": letter,
                    "items": len(part),
                    "item_share": len(part) / len(self.table),
                    "yearly_value": float(part["yearly_value"].sum()),
                    "value_share": float(part["value_share"].sum()),
                }
            )
        return pd.DataFrame(rows)

    def items_in(self, abc_class: str) -> tuple[str, ...]:
        """Items of a class, the most valuable first."""
        choice("abc_class", abc_class, _LETTERS[: len(self.thresholds) + 1])
        return tuple(self.table.loc[self.table["abc_class"] == abc_class, "item"])

    def __str__(self) -> str:
        total = float(self.table["yearly_value"].sum())
        parts = (
            f"{r['abc_class']} {r['items']} items with {100 * r['value_share']:.0f} %"
            for r in self.summary.to_dict("records")
        )
        return f"{len(self.table)} items with a yearly value of {spoken(total)}.\n" + ", ".join(parts) + "."


def abc_classes(
    items: pd.DataFrame | Iterable[str],
    yearly_use: Iterable[float] | None = None,
    unit_cost: Iterable[float] | None = None,
    *,
    thresholds: tuple[float, ...] = (0.80, 0.95),
    crossing: str = "upper",
) -> AbcClasses:
    """Rank items by yearly value (use times unit cost) and cut them into classes A, B, C.

    Parameters
    ----------
    items
        Names, one an item; or a DataFrame with the columns item, yearly_use, unit_cost.
    yearly_use
        Units a year, one figure an item (not with a DataFrame).
    unit_cost
        Money a unit, one figure an item (not with a DataFrame).
    thresholds
        Cumulative shares of value at which A, then B, end. As many classes as thresholds, plus one.
    crossing
        The class of the item whose value carries the sum across a threshold: `"upper"` (it still belongs
        to the class above; the default) or `"lower"` (to the class below, as `IF(cumulative<=80%,"A",…)`
        in a spreadsheet does).

    Returns
    -------
    AbcClasses
        `.table` (ranked, with shares and class), `.classes` (item to class), `.summary`, `.items_in("A")`.

    Raises
    ------
    InputError
        If a column is missing, an item comes twice, a use or cost is negative, nothing has any value, or
        thresholds do not rise between 0 and 1.

    Notes
    -----
    H. F. Dickie, "ABC inventory analysis shoots for dollars", *Factory Management and Maintenance*, July
    1951. Rank on value, neither on price nor on
    units alone. Of equal values the one listed first goes first. Items without value fall in the last
    class.

    Convention, item that crosses a line: it belongs to the upper class (default); to the lower, as a
    spreadsheet's `IF(cumulative<=80%)` has it (`crossing="lower"`).

    Convention, class limits: 80 and 95 % of value (default); any others (`thresholds`).

    Examples
    --------
    >>> abc = abc_classes(["bolt", "coil", "motor"], yearly_use=[9000, 400, 50], unit_cost=[0.1, 19, 60])
    >>> abc.classes
    {'coil': 'A', 'motor': 'A', 'bolt': 'B'}
    >>> [round(float(x), 3) for x in abc.table["cumulative_share"]]
    [0.661, 0.922, 1.0]
    >>> abc_classes(["bolt", "coil", "motor"], [9000, 400, 50], [0.1, 19, 60], crossing="lower").classes
    {'coil': 'A', 'motor': 'B', 'bolt': 'C'}
    """
    import pandas as pd

    if isinstance(items, pd.DataFrame):
        if yearly_use is not None or unit_cost is not None:
            raise InputError(
                "yearly_use and unit_cost", "both a table and sequences", "left out with a table"
            )
        for column in ("item", "yearly_use", "unit_cost"):
            if column not in items.columns:
                raise InputError("items", list(items.columns), f"a table with the column {column}")
        names, yearly_use, unit_cost = list(items["item"]), items["yearly_use"], items["unit_cost"]
    elif isinstance(items, Iterable) and not isinstance(items, str):
        names = list(items)
    else:
        raise InputError("items", items, "a table or a sequence of names")
    if not names:
        raise InputError("items", names, "at least one item")
    twice = [n for n, times in Counter(names).items() if times > 1]
    if twice:
        raise InputError("items", twice[0], "named once each")
    use = numbers("yearly_use", yearly_use, "zero or more (units a year)", low=0, length=len(names))
    cost = numbers("unit_cost", unit_cost, "zero or more (money a unit)", low=0, length=len(names))
    choice("crossing", crossing, ("upper", "lower"))
    cuts = numbers("thresholds", thresholds, "between 0 and 1", above=0, high=1)
    if (np.diff(cuts) <= 0).any() or len(cuts) >= len(_LETTERS):
        raise InputError("thresholds", tuple(cuts.tolist()), "rising shares")
    value = use * cost
    total = value.sum()
    if total <= 0:
        raise InputError("yearly_use", use.tolist(), "of some value for at least one item")
    order = np.argsort(-value, kind="stable")
    running = np.cumsum(value[order])
    share = running / running[-1]
    # The share before the item decides under "upper", the share with it under "lower".
    deciding = np.concatenate([[0.0], share[:-1]]) + 2e-9 if crossing == "upper" else share
    rank = np.searchsorted(cuts + 1e-9, deciding, side="left")
    rank = np.where(value[order] == 0, len(cuts), rank)
    table = pd.DataFrame(
        {
            "item": [names[i] for i in order],
            "yearly_use": use[order],
            "unit_cost": cost[order],
            "yearly_value": value[order],
            "value_share": value[order] / total,
            "cumulative_share": share,
            "abc_class": [_LETTERS[i] for i in rank],
        }
    )
    return AbcClasses(table, tuple(cuts.tolist()))
