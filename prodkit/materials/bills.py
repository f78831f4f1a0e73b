"""Bills of material read downward and upward."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from .._common import number, spoken
from ..errors import InputError
from ..plant.arguments import Faults
from ..plant.bills import bill_levels
from ._bill_lines import lines_by, of_plant, read_bom, yields

if TYPE_CHECKING:
    import pandas as pd

    from ..plant import Plant

__all__ = ["BillExplosion", "WhereUsed", "explode_bom", "where_used"]


@dataclass(frozen=True, eq=False)
class BillExplosion:
    """What one item is made of, all the way down. Made by `explode_bom`."""

    item: str
    """The item exploded."""
    quantity: float
    """So many of it."""
    lines: pd.DataFrame
    """As an indented bill, each parent followed by what goes into it: level (1 goes straight into the item),
    parent, component, quantity_per (units in one unit of the parent, scrap and yield included), quantity
    (units in all)."""
    levels: dict[str, int]
    """Low-level code of each item, the exploded one being 0."""

    @property
    def summary(self) -> pd.DataFrame:
        """One row a component, by low-level code: component, low_level, quantity (units in all), places
        (lines)."""
        by = self.lines.groupby("component", sort=False)
        table = by.agg(quantity=("quantity", "sum"), places=("quantity", "size")).reset_index()
        table.insert(1, "low_level", table["component"].map(self.levels).astype(int))
        return table.sort_values("low_level", kind="stable", ignore_index=True)

    @property
    def bought(self) -> pd.DataFrame:
        """The rows of `summary` that have no bill of their own: what must be bought, or made from nothing
        listed."""
        parents = {self.item, *self.lines["parent"]}
        return self.summary[~self.summary["component"].isin(parents)].reset_index(drop=True)

    def __str__(self) -> str:
        shown = [
            f"{'  ' * row['level']}{row['component']}  {spoken(row['quantity'])}"
            for row in self.lines.to_dict("records")
        ]
        return "\n".join([f"{self.item}  {spoken(self.quantity)}", *shown])


@dataclass(frozen=True, eq=False)
class WhereUsed:
    """What an item goes into, all the way up. Made by `where_used`."""

    item: str
    """The item looked for."""
    lines: pd.DataFrame
    """Each parent followed by what it goes into: level (1 takes the item itself), parent, component,
    quantity_per (units of the component in one of the parent), quantity (units of the item in one of the
    parent, by this way)."""

    @property
    def summary(self) -> pd.DataFrame:
        """One row a parent: parent, level (the longest way up), quantity (units of the item in one), is_end
        (goes into nothing itself)."""
        by = self.lines.groupby("parent", sort=False)
        table = by.agg(level=("level", "max"), quantity=("quantity", "sum")).reset_index()
        table["is_end"] = ~table["parent"].isin(set(self.lines["component"]))
        return table.sort_values("level", kind="stable", ignore_index=True)

    def __str__(self) -> str:
        summary = self.summary
        ends = [
            f"{r['parent']} ({spoken(r['quantity'])})" for r in summary[summary["is_end"]].to_dict("records")
        ]
        direct = list(dict.fromkeys(self.lines.loc[self.lines["level"] == 1, "parent"]))
        if not ends:
            return f"{self.item} goes into nothing."
        return f"{self.item} goes straight into {', '.join(direct)}.\nIn the end it is in {', '.join(ends)}."


def explode_bom(
    bom: pd.DataFrame | Plant,
    item: str,
    quantity: float = 1.0,
    *,
    date: object = None,
    alternatives: Mapping[str, str] | None = None,
    items: pd.DataFrame | None = None,
) -> BillExplosion:
    r"""What goes into an item, level by level, and in all.

    Parameters
    ----------
    bom
        A table with the columns parent, component, quantity_per, and, where they matter, scrap_share,
        alternative, valid_from, valid_to, planning_share; or a plant.
    item
        The item to explode.
    quantity
        Good units of it.
    date
        Day on which the lines must be valid; needed where lines have dates. A plant's own first day is the
        default.
    alternatives
        Item to the name of its alternative bill, for items not made by the usual one.
    items
        A table with item and yield_share; the plant's own with a plant. Left out, every yield is one.

    Returns
    -------
    BillExplosion
        `.lines` (indented), `.summary` (a row a component), `.bought` (what has no bill), `.levels`.

    Raises
    ------
    InputError
        If the item has no bill, the quantity is not above zero, an item goes into itself (the message names
        the loop), or a figure of the table is out of range; several of these at once are a PlantError.

    Notes ----- Components for one good unit: :math:`q / ((1 - \text{scrap}) \cdot \text{yield of the
    parent})`. Gross: stock is not taken off; `mrp` does that.

    For a scrap share of 0.02, 1/(1 - 0.02) units are issued for each that arrives, not 1.02.

    Examples
    --------
    >>> import pandas as pd
    >>> bom = pd.DataFrame({"parent": ["cabinet", "cabinet", "door"], "component": ["door", "screw", "screw"],
    ...                     "quantity_per": [2, 4, 6]})
    >>> bill = explode_bom(bom, "cabinet", 10)
    >>> print(bill)
    cabinet  10
      door  20
        screw  120
      screw  40
    >>> bill.bought.to_dict("records")
    [{'component': 'screw', 'low_level': 2, 'quantity': 160.0, 'places': 2}]
    """
    import pandas as pd

    bom, items, date = of_plant(bom, items, date)
    amount = number("quantity", quantity, "above zero (units)", above=0)
    faults = Faults()
    lines, good = read_bom(bom, date, alternatives, faults), yields(items, faults)
    bill_levels((line.parent, line.component) for line in lines)  # an error where there is a loop
    below = lines_by(lines, "parent")
    if item not in below:
        raise InputError("item", item, "an item with a bill in the table bom")
    rows: list[tuple[int, str, str, float, float]] = []
    stack = [(1, line, amount) for line in reversed(below[item])]
    while stack:
        level, line, parents = stack.pop()
        each = line.factor / good.get(line.parent, 1.0)
        rows.append((level, line.parent, line.component, each, parents * each))
        stack += [(level + 1, next_, parents * each) for next_ in reversed(below.get(line.component, []))]
    table = pd.DataFrame(rows, columns=["level", "parent", "component", "quantity_per", "quantity"])
    depth = table.groupby("component", sort=False)["level"].max()
    levels = {item: 0, **{str(c): int(d) for c, d in depth.items()}}
    return BillExplosion(item, amount, table, levels)


def where_used(
    bom: pd.DataFrame | Plant,
    item: str,
    *,
    date: object = None,
    alternatives: Mapping[str, str] | None = None,
    items: pd.DataFrame | None = None,
) -> WhereUsed:
    """What an item goes into, level by level up to the end items.

    Parameters
    ----------
    bom
        A table as for `explode_bom`, or a plant.
    item
        The component to look for.
    date
        Day on which the lines must be valid; needed where lines have dates. A plant's own first day is the
        default.
    alternatives
        Item to the name of its alternative bill, for items not made by the usual one.
    items
        A table with item and yield_share; the plant's own with a plant. Left out, every yield is one.

    Returns
    -------
    WhereUsed
        `.lines` (indented upward), `.summary` (a row a parent, with how much of the item is in one of it).

    Raises
    ------
    InputError
        If the item stands nowhere in the bills, an item goes into itself, or a figure is out of range;
        several of these at once are a PlantError.

    Notes
    -----
    The bill read upward; quantities multiply along each way, and ways to the same parent add up.

    Examples
    --------
    >>> import pandas as pd
    >>> bom = pd.DataFrame({"parent": ["cabinet", "cabinet", "door"], "component": ["door", "screw", "screw"],
    ...                     "quantity_per": [2, 4, 6]})
    >>> print(where_used(bom, "screw"))
    screw goes straight into cabinet, door.
    In the end it is in cabinet (16).
    """
    import pandas as pd

    bom, items, date = of_plant(bom, items, date)
    faults = Faults()
    lines, good = read_bom(bom, date, alternatives, faults), yields(items, faults)
    bill_levels((line.parent, line.component) for line in lines)
    above, below = lines_by(lines, "component"), lines_by(lines, "parent")
    if item not in above and item not in below:
        raise InputError("item", item, "an item that stands in the table bom")
    rows: list[tuple[int, str, str, float, float]] = []
    stack = [(1, line, 1.0) for line in reversed(above.get(item, []))]
    while stack:
        level, line, units = stack.pop()
        each = line.factor / good.get(line.parent, 1.0)
        rows.append((level, line.parent, line.component, each, units * each))
        stack += [(level + 1, next_, units * each) for next_ in reversed(above.get(line.parent, []))]
    return WhereUsed(
        item, pd.DataFrame(rows, columns=["level", "parent", "component", "quantity_per", "quantity"])
    )
