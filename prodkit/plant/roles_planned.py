"""Which items of a plant the lesson on lots and requirements follows: chosen by role, never by name."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from ..errors import MissingTableError
from .bills import bill_levels
from .roles import cast, main_suppliers, unit_name

if TYPE_CHECKING:
    import pandas as pd

    from .plant import Plant

__all__ = ["Needed", "Product", "Slipping", "needed", "product", "slipping"]

WEEKS = 12
_PLAIN = 16  # bill lines that a picture shows well


@dataclass(frozen=True)
class Needed:
    """One item, what the coming weeks ask of it, and what its orders and its stock cost."""

    plant: str
    currency: str
    item: str
    name: str
    unit: str
    """In the plural."""
    is_bought: bool
    needs: tuple[float, ...]
    """Units in each of the coming 12 weeks, whole where they are not few."""
    order_cost: float
    """To place and receive an order, or to set up."""
    holding_cost: float
    """Of one unit for a week, to three digits, as one writes it down."""
    lot_rule: str
    lot_size: float
    """Of the lot rule: units, or weeks for "periods"; 0 where it takes none."""
    basis: str
    """What the plan takes for demand: "forecast"; else, of what was sold, "last_year" or "years" (the same weeks, one or
    more years before), or "mean" (of all weeks, where some week has no year before it)."""
    has_orders: bool
    """Whether customer orders are on record, which count where they ask for more."""

    @property
    def mean(self) -> float:
        """Units a week."""
        return sum(self.needs) / len(self.needs)

    @property
    def costs(self) -> dict[str, Any]:
        """As `lot_sizes` takes them."""
        return {"order_cost": self.order_cost, "holding_cost": self.holding_cost}

    @property
    def lasts(self) -> float:
        """Weeks that an economic lot lasts."""
        return float((2 * self.order_cost / (self.holding_cost * self.mean)) ** 0.5)


def needed(plant: Plant, records: pd.DataFrame, item: str | None = None) -> Needed:
    """The item whose lots are planned over the coming weeks: the busy one where its needs come often enough.

    Parameters
    ----------
    plant
        With items.
    records
        What its material plan asks for: item, week, gross (units).
    item
        None for the role: the busy item of `cast`, if an economic lot of it lasts for 1.4 to 6 weeks, and keeps
        that long, and half of the weeks need some; else the one of the largest value that is so; else the one nearest to it.

    Raises
    ------
    MissingTableError
        If no item is needed in two of the coming weeks and has an order cost, a unit cost and a holding rate.
    """
    items = plant.items.set_index("item")
    gross = records.pivot(index="item", columns="week", values="gross").iloc[:, :WEEKS]
    rows = items[(items["order_cost"] > 0) & (items["unit_cost"] > 0) & (items["kind"] != "phantom")]
    rows = rows[rows.index.isin(gross.index) & (plant.holding_rate > 0)]
    rows = rows.assign(often=(gross > 0).sum(axis=1).reindex(rows.index))
    found = [_needed(plant, rows.loc[code], gross.loc[code]) for code in rows.index[rows["often"] >= 2]]
    if item is not None:
        found = [one for one in found if one.item == item]
    if not found:
        raise MissingTableError(
            "items",
            f"{item or 'an item'} must be needed in two weeks or more, with an order cost and a unit cost",
        )
    if item is not None:
        return found[0]
    keeps = items["shelf_life_weeks"].fillna(52.0)
    fit = [
        one
        for one in found
        if 1.4 <= one.lasts <= min(6, keeps[one.item] - 1) and sum(x > 0 for x in one.needs) >= WEEKS / 2
    ]
    if fit:
        busy = cast(plant).busy.item
        return max(fit, key=lambda one: (one.item == busy, one.mean * one.holding_cost))
    return min(found, key=lambda one: max(one.lasts / 2.5, 2.5 / one.lasts))


def _needed(plant: Plant, row: Any, gross: pd.Series[float]) -> Needed:
    import pandas as pd

    places = 0 if float(gross.max()) >= 10 else 1
    basis = "forecast"
    if "forecast" not in plant.tables:
        weeks = plant.demand["week"]
        span = (pd.Timestamp(plant.first_day) - weeks.min()).days // 7
        basis = "mean" if span < 52 else "last_year" if span <= 104 - WEEKS else "years"
    sizes = {"fixed": "lot_size", "minimum": "lot_min", "multiple": "lot_multiple", "periods": "lot_periods"}
    rule = str(row["lot_rule"])
    size = float(row[sizes[rule]]) if rule in sizes else 0.0
    return Needed(
        plant=plant.name,
        currency=plant.currency,
        item=str(row.name),
        name=str(row["name"]),
        unit=unit_name(plant, str(row.name)),
        is_bought=row["kind"] == "buy",
        needs=tuple(round(float(x), places) + 0.0 for x in gross),
        order_cost=float(row["order_cost"]),
        holding_cost=float(f"{plant.holding_rate * float(row['unit_cost']) / 52:.3g}"),
        lot_rule=rule,
        lot_size=size if size > 0 else 0.0,
        basis=basis,
        has_orders="orders" in plant.tables,
    )


@dataclass(frozen=True)
class Product:
    """A product with a bill, and what the lesson follows down it."""

    plant: str
    currency: str
    item: str
    name: str
    unit: str
    """In the plural."""
    lead_time: float
    """Weeks."""
    part: str
    """Goes into it and has a bill of its own; where there is none, what goes into it first."""
    shared: str
    """Of all that it needs in the end, what goes into the most other things."""


def product(plant: Plant) -> Product:
    """The product whose bill the lesson reads: of two levels or more, with about as many lines as a picture holds.

    Raises
    ------
    MissingTableError
        If the plant has no bill that is valid on its first day.
    """
    import pandas as pd

    bom = plant.need("bom", 1, "a lesson on bills")
    day = pd.Timestamp(plant.first_day)
    bom = bom[(bom["alternative"] == "") & ~((bom["valid_from"] > day) | (bom["valid_to"] < day))]
    below: dict[str, list[str]] = defaultdict(list)
    for parent, component in zip(bom["parent"], bom["component"], strict=True):
        below[parent].append(component)
    levels = bill_levels(zip(bom["parent"], bom["component"], strict=True))
    kinds = plant.items.set_index("item")["kind"]
    ends = [item for item, level in levels.items() if level == 0 and kinds.get(item) == "make"]
    if not ends:
        raise MissingTableError("bom", "a lesson on bills needs an item that is made and has a bill of today")
    value = plant.yearly_use() * plant.items.set_index("item")["unit_cost"]
    trees = {item: _tree(item, below) for item in ends}

    def order(item: str) -> tuple[bool, int, float, str]:
        lines = trees[item]
        return (
            max(level for level, _ in lines) < 2,
            abs(len(lines) - _PLAIN),
            -float(value.get(item, 0.0)),
            item,
        )

    code = min(ends, key=order)
    row: Any = plant.items.set_index("item").loc[code]
    made = [c for c in below[code] if c in below and kinds.get(c) == "make"]
    parents = bom.groupby("component")["parent"].nunique()
    ends_below = [c for _, c in trees[code] if c not in below]
    return Product(
        plant=plant.name,
        currency=plant.currency,
        item=code,
        name=str(row["name"]),
        unit=unit_name(plant, code),
        lead_time=float(row["lead_time_weeks"]),
        part=made[0] if made else below[code][0],
        shared=max(ends_below, key=lambda c: (int(parents.get(c, 0)), c)),
    )


def _tree(item: str, below: dict[str, list[str]]) -> list[tuple[int, str]]:
    """The lines of an indented bill: level and component."""
    return [line for c in below.get(item, ()) for line in [(1, c), *((n + 1, x) for n, x in _tree(c, below))]]


@dataclass(frozen=True)
class Slipping:
    """A supplier who may slip, and what is open with him."""

    supplier: str
    """ "" where no supplier of an open order is on record."""
    orders: pd.DataFrame
    """Of bought items, the first four by due date: order, item, quantity, due."""


def slipping(plant: Plant) -> Slipping:
    """The supplier with the most open orders of bought items, at most four of them; of equals the most in money.

    Raises
    ------
    MissingTableError
        If no bought item has an open order.
    """
    items = plant.items.set_index("item")
    rows = plant.need("receipts", 1, "a decision on open orders")
    rows = rows[rows["item"].isin(items.index[items["kind"] == "buy"])].sort_values(
        ["due", "order"], kind="stable"
    )
    if rows.empty:
        raise MissingTableError("receipts", "a decision on open orders needs one of a bought item")
    sources = main_suppliers(plant)
    names = (
        rows["item"].map(sources["supplier"]).fillna("")
        if sources is not None
        else rows["item"].map(lambda _: "")
    )
    rows = rows.assign(supplier=names, value=rows["quantity"] * rows["item"].map(items["unit_cost"]))
    by = rows.groupby("supplier").agg(orders=("order", "size"), value=("value", "sum"))
    by["orders"] = by["orders"].clip(upper=4)
    name = str(by.sort_values(["orders", "value"], ascending=False, kind="stable").index[0])
    mine = rows.loc[rows["supplier"] == name, ["order", "item", "quantity", "due"]].head(4)
    return Slipping(name, mine.reset_index(drop=True))
