"""One order for one season: too many lose value, too few lose margin."""

from __future__ import annotations

from math import ceil
from typing import TYPE_CHECKING, Any

from .... import materials
from ....errors import MissingTableError
from ...draws import around, pick, rounded
from ...numbers import show
from ...parts import Convention, Number, Slip
from ...problem import Fact, FactTable, Problem
from ...tolerance import Absolute, Exact, OfScale
from .uncertainty import OUTCOMES, z_of

if TYPE_CHECKING:
    import numpy as np

    from ....plant import Plant

PRICE = Fact("price", "Price", "{currency} {a_unit}")
UNIT_COST = Fact("unit_cost", "Unit cost", "{currency} {a_unit}")
SALVAGE = Fact("salvage", "What a leftover unit still brings", "{currency} {a_unit}")
TABLE = FactTable(
    "table", "Demand of the season",
    (Fact("units", "Demand", "{unit}"), Fact("share", "Probability"), Fact("up_to", "That much or less")),
)  # fmt: skip
TRIES = 200  # draws until the slips of a problem stand apart
SHAPES = (
    (0.05, 0.15, 0.25, 0.25, 0.20, 0.10), (0.10, 0.20, 0.30, 0.20, 0.15, 0.05),
    (0.10, 0.15, 0.25, 0.30, 0.15, 0.05), (0.05, 0.10, 0.20, 0.30, 0.25, 0.10),
    (0.15, 0.25, 0.25, 0.20, 0.10, 0.05), (0.05, 0.10, 0.20, 0.25, 0.30, 0.10),
)  # fmt: skip


def _priced(rng: np.random.Generator, plant: Plant) -> dict[str, Any]:
    """An item that is sold: its price, its cost, and the mean demand of a season (units)."""
    items = plant.need("items", 1, "a problem on one season's order").set_index("item")
    plant.need("demand", 1, "a problem on one season's order")
    items["yearly_use"] = plant.yearly_use().reindex(items.index).fillna(0.0)
    rows = items[(items["yearly_use"] > 0) & (items["price"] > 1.1 * items["unit_cost"])]
    if rows.empty:
        raise MissingTableError("items", "an item that is sold above its cost is needed, with its price")
    row = pick(rng, rows)
    cost = around(rng, row.unit_cost, 0.1)
    season = row.yearly_use * float(rng.uniform(0.15, 0.3))
    return {
        "item": row.Index, "unit_cost": cost, "mean": max(40, around(rng, season, 0.1)),
        "price": rounded(cost * row.price / row.unit_cost * float(rng.uniform(0.97, 1.15)), 3),
    }  # fmt: skip


def _ratio(g: dict[str, Any]) -> float:
    """The critical ratio of a draw that is not yet settled; 1 where leftovers lose nothing."""
    return float((g["price"] - g["unit_cost"]) / (g["price"] - g["salvage"]))


def _order(g: Any) -> materials.Newsvendor:
    demand = {"pmf": _pmf(g)} if hasattr(g, "table") else {"mean": g.mean, "sd": g.sd}
    return materials.newsvendor(price=g.price, unit_cost=g.unit_cost, salvage_value=g.salvage, **demand)


def _pmf(g: Any) -> dict[float, float]:
    return {row["units"]: row["share"] for row in g.table}


def _draw_normal(rng: np.random.Generator, plant: Plant) -> dict[str, Any]:
    g = _priced(rng, plant)
    salvage: float = 0
    clear = 1.9 / (0.18 * g["mean"])  # in deviations: three times the least tolerance of the lot
    for _ in range(TRIES):
        salvage = rounded(g["unit_cost"] * float(rng.uniform(0.2, 0.9)))
        ratio = _ratio({**g, "salvage": salvage})
        if ratio < 1 and abs(z_of(ratio)) > max(0.15, clear) and abs(z_of(ratio) - ratio) > max(0.12, clear):
            break
    return {**g, "salvage": salvage, "sd": rounded(g["mean"] * float(rng.uniform(0.18, 0.32)))}


NEWSVENDOR = Problem(
    id="materials.newsvendor", title="One order for the season", level=2, minutes=6, outcomes=OUTCOMES,
    covers=("newsvendor",), needs=("items", "demand"), draw=_draw_normal,
    prompt="{plant} makes one last lot of {item} before the model changes. There will be no second lot. What is left "
           "at the end goes for {salvage} apiece. How large a share of the possible demands should the lot cover, and "
           "how large is the lot?\n\nDemand is normal.",
    facts=(PRICE, UNIT_COST, SALVAGE, Fact("mean", "Demand until the change, mean", "{unit}"),
           Fact("sd", "Demand until the change, standard deviation", "{unit}")),
    parts=(
        Number("ratio", "Critical ratio (a share, 0 to 1)", key=lambda g, a: _order(g).critical_ratio,
               tolerance=Absolute(0.006),
               slips=(
                   Slip("nv_inverted", lambda g, a: 1 - _order(g).critical_ratio,
                        "Upside down. The cost of one unit too few stands on top: the dearer a lost sale, the more you make."),
                   Slip("nv_revenue", lambda g, a: g.price / (g.price + g.unit_cost - g.salvage),
                        "A lost sale does not cost you the whole price: the unit would have had to be made. What is lost?"),
                   Slip("nv_no_salvage", lambda g, a: (g.price - g.unit_cost) / g.price,
                        "A unit left over still brings {salvage}. Only the rest of its cost is lost."),
               )),
        Number("quantity", "Lot", unit="{unit}",
               key=lambda g, a: materials.newsvendor(a.ratio, 1 - a.ratio, mean=g.mean, sd=g.sd).quantity,
               check=lambda g: _order(g).quantity,
               tolerance=OfScale(1.0, lambda g, a: max(0.036 * g.sd, 0.6)),
               by_hand=(lambda g, a: g.mean + g.sd * round(z_of(round(a.ratio, 2)), 2),),
               conventions=(Convention("whole_units", lambda g, a: ceil(_order(g).quantity - 1e-9),
                                       "Rounded up to whole units."),),
               slips=(
                   Slip("nv_times_mean", lambda g, a: a.ratio * g.mean,
                        "You multiplied the ratio by the mean. It is a probability: find the quantity that demand stays "
                        "below that often."),
                   Slip("nv_ratio_as_z", lambda g, a: g.mean + a.ratio * g.sd,
                        "You used the ratio as the factor z. Look up the z that a normal curve stays below that often."),
                   Slip("nv_wrong_side", lambda g, a: g.mean - z_of(a.ratio) * g.sd,
                        "The right distance, on the wrong side of the mean. A ratio below one half means less than the "
                        "mean, above it more."),
                   Slip("nv_mean", lambda g, a: g.mean,
                        "The mean is right only where too few and too many cost the same."),
               )),
    ),
    hints=("What do you lose with one unit too few? With one too many? The lot should cover so large a share of the "
           "possible demands as the first has in their sum.",
           "Too few: {price} − {unit_cost}. Too many: {unit_cost} − {salvage}. Then NORM.INV(ratio, {mean}, {sd})."),
    steps=(
        lambda g, a: f"One too few costs {g.price:g} − {g.unit_cost:g} = {show(g.price - g.unit_cost)}; "
                     f"one too many {g.unit_cost:g} − {g.salvage:g} = {show(g.unit_cost - g.salvage)}.",
        "Critical ratio: too few ÷ (too few + too many) = {ratio}.",
        lambda g, a: f"Normal factor of that share: z = {z_of(a.ratio):.3f}.",
        "Lot: {mean} + z × {sd} = {quantity}.",
    ),
)  # fmt: skip


def _rows(rng: np.random.Generator, mean: float, shares: tuple[float, ...]) -> list[dict[str, Any]]:
    step = rounded(max(mean * float(rng.uniform(0.1, 0.16)), 5), 1)
    first = max(1, round(mean / step) - len(shares) // 2)
    up_to = [round(sum(shares[: i + 1]), 2) for i in range(len(shares))]
    return [
        {"units": (first + i) * step, "share": p, "up_to": c}
        for i, (p, c) in enumerate(zip(shares, up_to, strict=True))
    ]


def _at(table: list[dict[str, Any]], share: float) -> int:
    """The first row whose "that much or less" reaches a share."""
    return next(i for i, row in enumerate(table) if row["up_to"] >= share - 1e-9)


def _draw_table(rng: np.random.Generator, plant: Plant) -> dict[str, Any]:
    g = _priced(rng, plant)
    for _ in range(TRIES):
        g["salvage"] = rounded(g["unit_cost"] * float(rng.uniform(0.05, 0.95)))
        g["table"] = table = _rows(rng, g["mean"], SHAPES[int(rng.integers(len(SHAPES)))])
        ratio = _ratio(g)
        clear = ratio < 1 and min(abs(ratio - row["up_to"]) for row in table) > 0.015
        if (
            clear
            and _at(table, ratio) > 0
            and _at(table, 1 - ratio) not in (_at(table, ratio), _at(table, ratio) - 1)
        ):
            break
    return g


NEWSVENDOR_TABLE = Problem(
    id="materials.newsvendor_table", title="The season's order from a demand table", level=1, minutes=5,
    outcomes=OUTCOMES, covers=("newsvendor",), needs=("items", "demand"), draw=_draw_table,
    prompt="Sales puts its opinion of the season's demand for {item} in a table. There is one order, and no second "
           "one. What does one unit too few cost, what one too many, and which of the quantities in the table earns "
           "most on average?\n\nBetween two quantities take the one that reaches the critical ratio.",
    facts=(PRICE, UNIT_COST, SALVAGE, TABLE),
    parts=(
        Number("under", "One unit too few costs", unit="{currency}", key=lambda g, a: _order(g).underage_cost,
               slips=(Slip("nv_revenue", lambda g, a: g.price,
                           "That is the price. The unit would have cost something too: what is really lost?"),
                      Slip("under_salvage", lambda g, a: g.price - g.salvage,
                           "What leftovers bring has no part in a lost sale. Compare the price with the unit cost."))),
        Number("over", "One unit too many costs", unit="{currency}", key=lambda g, a: _order(g).overage_cost,
               slips=(Slip("nv_no_salvage", lambda g, a: g.unit_cost,
                           "Not all of its cost is lost: a leftover unit still brings {salvage}."),
                      Slip("over_price", lambda g, a: g.price - g.salvage,
                           "You never had the price of a unit that nobody wanted. Start from what it cost."))),
        Number("quantity", "Order quantity", unit="{unit}", tolerance=Exact(),
               key=lambda g, a: materials.newsvendor(a.under, a.over, pmf=_pmf(g)).quantity,
               check=lambda g: _order(g).quantity,
               slips=(
                   Slip("nv_inverted", lambda g, a: materials.newsvendor(a.over, a.under, pmf=_pmf(g)).quantity,
                        "You read the table at the ratio upside down. One unit too few stands on top."),
                   Slip("nv_below", lambda g, a: g.table[_at(g.table, a.under / (a.under + a.over)) - 1]["units"],
                        "One row too early: this quantity does not reach the critical ratio yet."),
                   Slip("nv_mean", lambda g, a: sum(row["units"] * row["share"] for row in g.table),
                        "That is the mean demand. It is best only where too few and too many cost the same."),
               )),
    ),
    hints=("Start with one unit. Nobody wants it: what is lost? Someone wants it and it is not there: what is lost?",
           "Critical ratio: too few ÷ (too few + too many). Go down the last column of the table until it is reached."),
    steps=("One too few: {price} − {unit_cost} = {under}.", "One too many: {unit_cost} − {salvage} = {over}.",
           lambda g, a: f"Critical ratio: {a.under:g} ÷ ({a.under:g} + {a.over:g}) = {a.under / (a.under + a.over):.3f}.",
           "The first row whose last column reaches it: {quantity}."),
)  # fmt: skip


def _short(g: Any) -> float:
    """Units asked for in vain at this quantity, on average: what one unit of money more a shortage would cost."""
    pmf = _pmf(g)
    dear, plain = materials.newsvendor(2, 1, pmf=pmf), materials.newsvendor(1, 1, pmf=pmf)
    return dear.cost_at(g.quantity) - plain.cost_at(g.quantity)


def _draw_profit(rng: np.random.Generator, plant: Plant) -> dict[str, Any]:
    g = _priced(rng, plant)
    # Lopsided, else what is left and what is short would come to the same.
    shapes = (
        (0.2, 0.3, 0.2, 0.2, 0.1),
        (0.1, 0.1, 0.3, 0.3, 0.2),
        (0.3, 0.2, 0.2, 0.2, 0.1),
        (0.1, 0.2, 0.2, 0.2, 0.3),
    )
    table = _rows(rng, g["mean"], shapes[int(rng.integers(len(shapes)))])
    salvage = rounded(g["unit_cost"] * float(rng.uniform(0.25, 0.7)))
    return {**g, "salvage": salvage, "table": table, "quantity": table[2]["units"]}


NEWSVENDOR_PROFIT = Problem(
    id="materials.newsvendor_profit", title="What a quantity earns on average", level=2, minutes=7, outcomes=OUTCOMES,
    covers=("newsvendor",), needs=("items", "demand"), draw=_draw_profit,
    prompt="{plant} has already ordered {quantity} of {item} for the season. How many will it sell on average, how "
           "many will be left, and what will it earn?",
    facts=(Fact("quantity", "Ordered", "{unit}"), PRICE, UNIT_COST, SALVAGE, TABLE),
    parts=(
        Number("sold", "Sold, on average", unit="{unit}",
               key=lambda g, a: sum(row["units"] * row["share"] for row in g.table) - _short(g),
               slips=(
                   Slip("sold_of_mean", lambda g, a: min(g.quantity, sum(r["units"] * r["share"] for r in g.table)),
                        "You compared the quantity with the mean demand. Go row by row: with each demand, how many can "
                        "be sold? Then take the mean."),
                   Slip("sold_short_rows", lambda g, a: sum(r["units"] * r["share"] for r in g.table if r["units"] <= g.quantity),
                        "The rows with more demand than stock are missing. There everything is sold: {quantity}."),
               )),
        Number("left", "Left over, on average", unit="{unit}", key=lambda g, a: g.quantity - a.sold,
               check=lambda g: g.quantity - sum(r["units"] * r["share"] for r in g.table) + _short(g),
               tolerance=OfScale(0.005, lambda g, a: g.quantity),
               slips=(
                   Slip("left_is_short", lambda g, a: sum(r["units"] * r["share"] for r in g.table) - a.sold,
                        "That is what is asked for in vain. Left over is what was ordered and not sold."),
               )),
        Number("profit", "Profit, on average", unit="{currency}",
               key=lambda g, a: g.price * a.sold + g.salvage * a.left - g.unit_cost * g.quantity,
               check=lambda g: _order(g).profit_at(g.quantity),
               tolerance=OfScale(0.005, lambda g, a: g.unit_cost * g.quantity),
               slips=(
                   Slip("nv_no_salvage", lambda g, a: g.price * a.sold - g.unit_cost * g.quantity,
                        "What is left brings {salvage} apiece. Add that."),
                   Slip("margin_on_sold", lambda g, a: (g.price - g.unit_cost) * a.sold,
                        "The margin of what is sold, and the loss on what is left? All {quantity} were paid for."),
                   Slip("margin_on_all", lambda g, a: (g.price - g.unit_cost) * g.quantity,
                        "That is earned only if all {quantity} are sold."),
               )),
    ),
    hints=("Add a column to the table: units sold at that demand. It is never more than {quantity}.",
           "Every ordered unit is paid for; each sold one brings {price}, each left one {salvage}."),
    steps=(
        lambda g, a: "Sold: " + " + ".join(f"{r['share']:g} × {min(r['units'], g.quantity):g}" for r in g.table) + f" = {show(a.sold)} {g.unit}.",
        "Left: {quantity} − sold = {left}.",
        "Profit: {price} × sold + {salvage} × left − {unit_cost} × {quantity} = {profit}.",
    ),
)  # fmt: skip

PROBLEMS = (NEWSVENDOR, NEWSVENDOR_TABLE, NEWSVENDOR_PROFIT)
