"""Which items of a plant a lesson follows, and the figures it needs of them: chosen by role, never by name."""

from __future__ import annotations

import math
from calendar import month_name
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from ..errors import InputError, MissingTableError

if TYPE_CHECKING:
    import pandas as pd

    from .plant import Plant

__all__ = ["Bought", "Cast", "Sold", "bought", "cast", "unit_name"]

_WORDS = {"pc": "piece", "pcs": "piece", "units": "unit"}
_COUNTED = {
    *(
        "bag",
        "barrel",
        "batch",
        "board",
        "bottle",
        "box",
        "bundle",
        "can",
        "carton",
        "case",
        "coil",
        "drum",
        "jar",
        "kit",
    ),
    *(
        "pail",
        "pair",
        "pallet",
        "piece",
        "reel",
        "roll",
        "sack",
        "set",
        "sheet",
        "spool",
        "tote",
        "tray",
        "tube",
        "unit",
    ),
}


def unit_name(plant: Plant, item: str, *, one: bool = False) -> str:
    """An item's unit as it reads in a sentence: in the plural, or where `one` is asked for, with its article.

    >>> from prodkit import Plant
    >>> unit_name(Plant.sample("metal"), "coil-2mm"), unit_name(Plant.sample("metal"), "lock-cam", one=True)
    ('coils', 'a piece')
    """
    items = plant.items
    unit = next(iter(items.loc[items["item"] == item, "unit"]), "units")
    word = _WORDS.get(unit, unit)
    if one:
        return f"{'an' if word[:1] in 'aeio' else 'a'} {word}"
    return word + ("es" if word.endswith(("x", "ch")) else "s") if word in _COUNTED else word


@dataclass(frozen=True)
class Bought:
    """What a lesson needs to know of one bought item."""

    plant: str
    """The plant's name."""
    currency: str
    item: str
    name: str
    unit: str
    """In the plural."""
    supplier: str
    """Of whom most was ordered; else the first on record; "" where there is none."""
    use: float
    """Units a year."""
    unit_cost: float
    holding_rate: float
    """Share of the unit cost, a year."""
    order_cost: float
    freight: float
    """What the supplier charges for a delivery."""
    week_mean: float
    """Units a week, over the last 52 weeks."""
    week_sd: float
    week_peak: float
    lead_time: float
    """Weeks, as promised."""
    lead_time_sd: float
    """Weeks."""
    on_time_share: float | None
    safety_stock: float
    on_hand: float
    orders: int
    """Placed in the last 52 weeks."""
    from_supplier: int
    """Of these orders, the ones placed with that supplier."""
    quantity: float | None
    """Mean of those orders (units); None where there are none."""
    first_day: str
    """Of the plant's plan, as YYYY-MM-DD."""
    price_list: pd.DataFrame
    """That supplier's: from_quantity, unit_price, kind; one row at the unit cost where there is no list."""

    @property
    def holding_cost(self) -> float:
        """Of one unit for a year."""
        return self.holding_rate * self.unit_cost

    @property
    def best(self) -> float:
        """The economic order quantity (units)."""
        return float((2 * self.use * self.order_cost / self.holding_cost) ** 0.5)

    @property
    def per_year(self) -> str:
        """The unit of money a year."""
        return f"{self.currency} a year"

    @property
    def today(self) -> float:
        """What is ordered at a time (units): the mean order, else the economic quantity."""
        return self.quantity or self.best

    @property
    def price_kind(self) -> str:
        """Of the price list: all_units or incremental."""
        return str(self.price_list["kind"].iloc[0])

    @property
    def times(self) -> float:
        """Orders a year: what the use takes at today's quantity. The orders placed may have brought more or less."""
        return self.use / self.today

    @property
    def next_month(self) -> str:
        """The month in which what is decided now can begin: the second after the first day's."""
        return month_name[(int(self.first_day[5:7]) + 1) % 12 + 1]

    @property
    def lead_weeks(self) -> int:
        """The lead time in whole weeks, rounded up."""
        return max(1, math.ceil(self.lead_time - 1e-9))


@dataclass(frozen=True)
class Sold:
    """What a lesson needs to know of one item that is sold for a season."""

    plant: str
    currency: str
    item: str
    name: str
    unit: str
    price: float
    unit_cost: float
    weeks: pd.DataFrame
    """The weeks that the season is judged by: week, quantity, stocked_out."""
    is_promotion: bool
    """Whether these are promotion weeks; else the last 13 weeks."""

    @property
    def mean(self) -> float:
        """Units in one such week."""
        return float(self.weeks["quantity"].mean())

    @property
    def sd(self) -> float:
        """Standard deviation of one such week (units)."""
        return float(self.weeks["quantity"].std(ddof=1))

    @property
    def salvage(self) -> float:
        """What a dealer pays for a leftover unit: 0.75 of the unit cost, to two digits. An assumption."""
        return float(f"{0.75 * self.unit_cost:.1e}")


@dataclass(frozen=True)
class Cast:
    """The items that a lesson follows through a plant."""

    plant: str
    since: pd.Timestamp
    """The first day of the last 52 weeks."""
    busy: Bought
    """Ordered most often in the last 52 weeks, of the items that have a price list (of all, where none has)."""
    late: Bought
    """Another one: where what the supplier delivers late, and how unevenly, weighs most in money."""
    season: Sold
    """Sold above cost, with the most promotion weeks; of equals the one that ran out most often in them, then by margin."""


def cast(plant: Plant) -> Cast:
    """The items that the lessons follow through a plant, by their roles.

    Raises
    ------
    MissingTableError
        If the plant has not two bought items that are used and one that is sold above its cost.

    Examples
    --------
    >>> from prodkit import Plant
    >>> who = cast(Plant.sample("metal"))
    >>> who.busy.item, who.late.item, who.season.unit
    ('coil-2mm', 'lock-cam', 'pieces')
    """
    items = _used(plant)
    if len(items) < 2:
        raise MissingTableError(
            "items",
            f"a lesson needs two bought items that are used and have costs, and there are {len(items)}",
        )
    orders = _orders(plant)
    sources = _sources(plant, orders)
    items["listed"] = False
    if sources is not None and "price_breaks" in plant.tables:
        rows = plant.price_breaks.groupby(["item", "supplier"]).size()
        main = list(zip(sources.index, sources["supplier"], strict=True))
        listed = {item for (item, supplier) in main if rows.get((item, supplier), 0) > 1}
        items["listed"] = items.index.isin(listed)
    items["orders"] = 0 if orders is None else orders["item"].value_counts().reindex(items.index).fillna(0)
    items["value"] = items["use"] * items["unit_cost"]
    busy = str(items.sort_values(["listed", "orders", "value"], ascending=False, kind="stable").index[0])
    others = items.drop(index=busy)
    if sources is not None:
        sources = sources.reindex(others.index)
        others["delay"] = (1 - sources["on_time_share"]) * sources["lead_time_sd_weeks"] * others["value"]
        others = others.fillna({"delay": 0.0}).sort_values("delay", ascending=False, kind="stable")
    late = str(others.index[0])
    return Cast(plant.name, _since(plant), bought(plant, busy), bought(plant, late), _season(plant))


def bought(plant: Plant, item: str | None = None) -> Bought:
    """The figures of one bought item that is used.

    Parameters
    ----------
    plant
        With items and demand; suppliers and past orders where it has them.
    item
        None for the one with the largest yearly value.

    Raises
    ------
    MissingTableError
        If the plant has no bought item that is used and has costs.
    InputError
        If this is none of them.
    """
    items = _used(plant)
    if items.empty:
        raise MissingTableError(
            "items", "a bought item that is used, with an order cost, a unit cost and a holding rate"
        )
    code = item if item is not None else str(items.index[0])
    if code not in items.index and code in set(plant.items.query("kind == 'buy'")["item"]):
        raise MissingTableError(
            "items", f"{code} needs some use, an order cost, a unit cost and a holding rate above zero"
        )
    if code not in items.index:
        raise InputError(
            "item", code, f"a bought item that is used, such as {', '.join(map(str, items.index[:3]))}"
        )
    row: Any = items.loc[code]
    orders = _orders(plant)
    sources = _sources(plant, orders)
    source: Any = None if sources is None or code not in sources.index else sources.loc[code]
    orders = None if orders is None else orders[orders["item"] == code]
    weeks = plant.weekly_use(code)["quantity"].tail(52)
    return Bought(
        plant=plant.name,
        currency=plant.currency,
        item=code,
        name=str(row["name"]),
        unit=unit_name(plant, code),
        supplier="" if source is None else str(source["supplier"]),
        use=float(row["use"]),
        unit_cost=float(row["unit_cost"]),
        holding_rate=plant.holding_rate,
        order_cost=float(row["order_cost"]),
        freight=0.0 if source is None else float(source["freight"]),
        week_mean=float(weeks.mean()),
        week_sd=float(weeks.std(ddof=1)) if len(weeks) > 1 else 0.0,
        week_peak=float(weeks.max()),
        lead_time=float(row["lead_time_weeks"] if source is None else source["lead_time_weeks"]),
        lead_time_sd=0.0 if source is None else float(source["lead_time_sd_weeks"]),
        on_time_share=None if source is None else float(source["on_time_share"]),
        safety_stock=float(row["safety_stock"]),
        on_hand=float(row["on_hand"]),
        orders=0 if orders is None else len(orders),
        from_supplier=0
        if orders is None or source is None
        else int((orders["supplier"] == source["supplier"]).sum()),
        quantity=None if orders is None or orders.empty else float(orders["quantity"].mean()),
        first_day=f"{plant.first_day:%Y-%m-%d}",
        price_list=_price_list(plant, code, source, float(row["unit_cost"])),
    )


def main_suppliers(plant: Plant) -> pd.DataFrame | None:
    """Each item's main supplier, a row an item; None where the plant has no suppliers."""
    return _sources(plant, _orders(plant))


def _used(plant: Plant) -> pd.DataFrame:
    """Bought items that are used and have costs, the largest yearly value first; by item."""
    items = plant.need("items", 1, "a lesson").set_index("item")
    plant.need("demand", 2, "a lesson")
    items["use"] = plant.yearly_use().reindex(items.index).fillna(0.0)
    is_fit = (
        (items["kind"] == "buy") & (items["use"] > 0) & (items["unit_cost"] > 0) & (items["order_cost"] > 0)
    )
    items = items[is_fit & (plant.holding_rate > 0)]
    return items.loc[(items["use"] * items["unit_cost"]).sort_values(ascending=False, kind="stable").index]


def _since(plant: Plant) -> pd.Timestamp:
    import pandas as pd

    return pd.Timestamp(plant.first_day) - pd.Timedelta(days=364)


def _orders(plant: Plant) -> pd.DataFrame | None:
    """The orders of the last 52 weeks."""
    if "past_orders" not in plant.tables:
        return None
    orders = plant.past_orders
    return orders[orders["ordered"] >= _since(plant)]


def _sources(plant: Plant, orders: pd.DataFrame | None) -> pd.DataFrame | None:
    """Each item's main supplier, by item: of whom most was ordered, else the first on record."""
    if "suppliers" not in plant.tables:
        return None
    rows = plant.suppliers
    rows["ordered"] = 0.0
    if orders is not None:
        total = orders.groupby(["item", "supplier"])["quantity"].sum()
        pairs = rows.set_index(["item", "supplier"]).index
        rows["ordered"] = total.reindex(pairs).fillna(0.0).to_numpy()
    main = rows.sort_values("ordered", ascending=False, kind="stable").drop_duplicates("item")
    return main.set_index("item")


def _price_list(plant: Plant, item: str, source: Any, unit_cost: float) -> pd.DataFrame:
    import pandas as pd

    names = ["from_quantity", "unit_price", "kind"]
    if source is not None and "price_breaks" in plant.tables:
        rows = plant.price_breaks
        rows = rows[(rows["item"] == item) & (rows["supplier"] == source["supplier"])]
        if not rows.empty:
            listed: pd.DataFrame = rows[names].sort_values("from_quantity").reset_index(drop=True)
            return listed
    return pd.DataFrame([[0.0, unit_cost, "all_units"]], columns=names)


def _season(plant: Plant) -> Sold:
    items = plant.items.set_index("item")
    demand = plant.demand
    items = items[
        items.index.isin(demand["item"]) & (items["price"] > items["unit_cost"]) & (items["unit_cost"] > 0)
    ]
    if items.empty:
        raise MissingTableError("items", "a lesson needs an item that is sold at a price above its unit cost")
    demand = demand[demand["item"].isin(items.index)]
    raised = demand[demand["promotion"].astype(bool)]
    is_promotion = len(raised) > 0 and int(raised.groupby("item").size().max()) >= 3
    if not is_promotion:
        last = demand["week"].drop_duplicates().sort_values().tail(13)
        raised = demand[demand["week"] >= last.iloc[0]]
    rows = raised.groupby("item").agg(
        weeks=("quantity", "size"), short=("stocked_out", "sum"), sold=("quantity", "sum")
    )
    rows["margin"] = rows["sold"] * (items["price"] - items["unit_cost"]).reindex(rows.index)
    order = ["weeks", "short", "margin"]
    code = str(rows.sort_values(order, ascending=False, kind="stable").index[0])
    row: Any = items.loc[code]
    return Sold(
        plant=plant.name,
        currency=plant.currency,
        item=code,
        name=str(row["name"]),
        unit=unit_name(plant, code),
        price=float(row["price"]),
        unit_cost=float(row["unit_cost"]),
        weeks=raised.loc[raised["item"] == code, ["week", "quantity", "stocked_out"]]
        .sort_values("week")
        .reset_index(drop=True),
        is_promotion=is_promotion,
    )
