"""The relatives of the economic order quantity: made lots, planned backorders, several items on one order."""

from __future__ import annotations

from math import sqrt
from typing import TYPE_CHECKING, Any

from .... import materials
from ....errors import MissingTableError
from ...draws import RATES, around, between, bought, made, pick, rounded, several, shaped, sold
from ...numbers import show
from ...parts import Number, Slip
from ...problem import Fact, FactTable, Problem
from .lot_size import DAYS, HOLDING_COST, WHOLE

if TYPE_CHECKING:
    import numpy as np

    from ....plant import Plant


def _draw_made(rng: np.random.Generator, plant: Plant) -> dict[str, Any]:
    rows = made(plant, "a problem on made lots").head(30)

    def draw() -> dict[str, Any]:
        row = pick(rng, rows)
        demand = around(rng, row.yearly_use)
        return {
            "item": row.Index, "demand": demand, "setup_cost": around(rng, row.order_cost),
            "holding_cost": rounded(row.unit_cost * float(rng.choice(RATES))),
            "rate": rounded(demand / DAYS / between(rng, 0.3, 0.7)),
        }  # fmt: skip

    return shaped(
        draw, lambda g: 0.27 < _share(g) < 0.73 and abs(_share(g) - 0.5) > 0.03 < 3 * abs(_share(g) - 1 / 3)
    )


def _share(g: Any) -> float:
    return float(g.demand / (g.rate * DAYS))


def _run(g: Any) -> materials.ProductionQuantity:
    return materials.production_quantity(g.demand, g.setup_cost, g.holding_cost, g.rate * DAYS)


def _plain(g: Any) -> float:
    return sqrt(2 * g.demand * g.setup_cost / g.holding_cost)


PRODUCTION_QUANTITY = Problem(
    id="materials.production_quantity", title="A lot that is made, not bought", level=2, minutes=6,
    outcomes=("cpim.inventory", "lesson.05.1"), covers=("production_quantity",), needs=("items", "demand"), draw=_draw_made,
    prompt=(
        "{plant} makes {item} itself. While a run lasts, {rate} good {unit} come out each working day, and part of them is "
        "used at once. How large is the cheapest run, how high does the stock rise, and how long does a run last? "
        "The plant works 250 days a year, and use is steady on these days."
    ),
    facts=(
        Fact("demand", "Demand", "{unit} a year"), Fact("rate", "Output while running", "{unit} a working day"),
        Fact("setup_cost", "Cost of one setup", "{currency}"), HOLDING_COST,
    ),
    parts=(
        Number(
            "quantity", "Made in one run", unit="{unit}", key=lambda g, a: _run(g).quantity, tolerance=WHOLE,
            slips=(
                Slip("epq_no_run", lambda g, a: _plain(g),
                     "That is the lot of something bought, which comes in all at once. Here stock is used while the run lasts, so it rises more slowly."),
                Slip("epq_factor_inverted", lambda g, a: _plain(g) * sqrt(1 - _share(g)),
                     "The run factor stands on the wrong side. A slower rise makes stock cheaper, so the run gets longer, not shorter."),
                Slip("epq_p_over_d", lambda g, a: _plain(g) / sqrt(1 / _share(g) - 1),
                     "The two rates are exchanged. Use over output is below 1; the factor is what is left of 1."),
                Slip("epq_units", lambda g, a: _plain(g) / sqrt(1 - g.demand / 365 / g.rate),
                     "Use per calendar day against output per working day. Put both on the 250 working days."),
                Slip("no_two", lambda g, a: _run(g).quantity / sqrt(2), "The 2 under the root is missing."),
                Slip("no_root", lambda g, a: _run(g).quantity ** 2, "You stopped before the root."),
            ),
        ),
        Number(
            "peak", "Highest stock", unit="{unit}", key=lambda g, a: a.quantity * (1 - _share(g)), check=lambda g: _run(g).max_stock,
            slips=(
                Slip("epq_max_is_Q", lambda g, a: a.quantity, "That much is made in a run, but some of it is used before the run ends."),
                Slip("epq_used_share", lambda g, a: a.quantity * _share(g), "That is what is used during the run. What is left of the run?"),
                Slip("half_peak", lambda g, a: a.quantity * (1 - _share(g)) / 2, "That is the average stock. The highest is asked."),
            ),
        ),
        Number(
            "days", "Length of a run", unit="working days", key=lambda g, a: a.quantity / g.rate, check=lambda g: DAYS * _run(g).run_time,
            slips=(
                Slip("cycle_for_run", lambda g, a: a.quantity / g.demand * DAYS,
                     "That is the time from one run's start to the next. During the run {rate} come out a day."),
                Slip("rise_for_output", lambda g, a: a.quantity / (g.rate - g.demand / DAYS),
                     "You divided by the rise of the stock. The whole run comes out at {rate} a day."),
            ),
        ),
    ),
    hints=(
        "How much is used on one working day, and which share of the day's output is that?",
        "Only the rest, 1 less that share, goes into stock. Multiply the holding cost by it, then take the root as usual.",
    ),
    steps=(
        lambda g, a: f"Use a working day: {show(g.demand)} ÷ 250 = {show(g.demand / DAYS)}, a share of {show(_share(g), 4)} of the output.",
        lambda g, a: f"Q = √(2 × {show(g.demand)} × {show(g.setup_cost)} ÷ ({show(g.holding_cost)} × (1 - {show(_share(g), 4)}))) = {show(a.quantity)} {g.unit}.",
        lambda g, a: f"Highest stock: {show(a.quantity)} × (1 - {show(_share(g), 4)}) = {show(a.peak)}.",
        "Length of a run: Q ÷ {rate} = {days}.",
    ),
)  # fmt: skip


def _draw_backorder(rng: np.random.Generator, plant: Plant) -> dict[str, Any]:
    row = pick(rng, sold(plant, "a problem on backorders").head(25))
    holding = rounded(row.unit_cost * float(rng.choice(RATES)))
    return {
        "item": row.Index, "demand": around(rng, row.yearly_use), "order_cost": around(rng, row.order_cost),
        "holding_cost": holding, "backorder_cost": rounded(holding * between(rng, 1.5, 6)),
    }  # fmt: skip


def _owed(g: Any) -> materials.BackorderQuantity:
    return materials.backorder_quantity(g.demand, g.order_cost, g.holding_cost, g.backorder_cost)


def _eoq(g: Any) -> float:
    return sqrt(2 * g.demand * g.order_cost / g.holding_cost)


BACKORDER_QUANTITY = Problem(
    id="materials.backorder_quantity", title="Let customers wait a little", level=3, minutes=6,
    outcomes=("cpim.inventory", "lesson.05.1"), covers=("backorder_quantity",), needs=("items", "demand"), draw=_draw_backorder,
    prompt=(
        "Customers of {plant} will wait for {item}, at a cost of goodwill and extra handling: {backorder_cost} {currency} for each unit "
        "owed for a year, and half of that for half a year. How large is the cheapest lot, and how many {unit} are owed "
        "when it comes in?"
    ),
    facts=(
        Fact("demand", "Demand", "{unit} a year"), Fact("order_cost", "Cost of one order or setup", "{currency}"), HOLDING_COST,
        Fact("backorder_cost", "Cost of owing one unit", "{currency} a year"),
    ),
    parts=(
        Number(
            "quantity", "Lot", unit="{unit}", key=lambda g, a: _owed(g).quantity, tolerance=WHOLE,
            slips=(
                Slip("backorder_factor", lambda g, a: _eoq(g) * sqrt(g.backorder_cost / (g.backorder_cost + g.holding_cost)),
                     "The backorder factor is upside down. Waiting customers make stock cheaper on average, so the lot must grow."),
                Slip("backorder_ignored", lambda g, a: _eoq(g), "That is the lot when nobody waits. The cost of owing a unit is not in it yet."),
                Slip("backorder_no_root", lambda g, a: _eoq(g) * (1 + g.holding_cost / g.backorder_cost),
                     "The backorder factor belongs under the root as well."),
                Slip("no_two", lambda g, a: _owed(g).quantity / sqrt(2), "The 2 under the root is missing."),
            ),
        ),
        Number(
            "owed", "Owed when it comes in", unit="{unit}",
            key=lambda g, a: a.quantity * g.holding_cost / (g.holding_cost + g.backorder_cost), check=lambda g: _owed(g).max_shortage,
            slips=(
                Slip("backorder_share_swapped", lambda g, a: a.quantity * g.backorder_cost / (g.holding_cost + g.backorder_cost),
                     "That is what is left in stock after the owed units are handed over. What was owed is the rest of the lot."),
                Slip("backorder_ratio", lambda g, a: a.quantity * g.holding_cost / g.backorder_cost,
                     "Holding over owing is no share. Put holding over the sum of both."),
            ),
        ),
    ),
    hints=(
        "Work out the lot without waiting first. Then enlarge it: with waiting the same lot costs less to keep.",
        "The factor is the root of (holding + owing) ÷ owing. The share owed is holding ÷ (holding + owing).",
    ),
    steps=(
        lambda g, a: f"Without waiting: √(2 × {show(g.demand)} × {show(g.order_cost)} ÷ {show(g.holding_cost)}) = {show(_eoq(g))}.",
        lambda g, a: f"Times √(({show(g.holding_cost)} + {show(g.backorder_cost)}) ÷ {show(g.backorder_cost)}) = "
                     f"{show(_owed(g).quantity / _eoq(g), 4)}: {show(a.quantity)} {g.unit}.",
        "Owed: {quantity} × {holding_cost} ÷ ({holding_cost} + {backorder_cost}) = {owed}.",
    ),
)  # fmt: skip


def _draw_joint(rng: np.random.Generator, plant: Plant) -> dict[str, Any]:
    suppliers = plant.need("suppliers", 1, "a problem on shared trucks")
    rows = bought(plant, "a problem on shared trucks", 3)
    suppliers = suppliers[suppliers["item"].isin(rows.index)]
    sizes = suppliers.groupby("supplier")["item"].nunique()
    names = sorted(sizes[sizes >= 3].index)
    if not names:
        raise MissingTableError("suppliers", "a problem on shared trucks needs a supplier of three items")

    def draw() -> dict[str, Any]:
        supplier = names[int(rng.integers(len(names)))]
        own = rows[rows.index.isin(suppliers.loc[suppliers["supplier"] == supplier, "item"])]
        items = several(rng, own, 3)
        line = sum(i.order_cost for i in items) / 3 * between(rng, 0.15, 0.4)
        lines = [
            {
                "item": i.Index,
                "demand": around(rng, i.yearly_use),
                "line_cost": rounded(line * between(rng, 0.7, 1.4)),
                "holding_cost": rounded(i.unit_cost * plant.holding_rate * between(rng, 0.8, 1.25)),
            }
            for i in items
        ]
        return {"supplier": supplier, "truck": rounded(line * between(rng, 3, 9)), "lines": lines}

    return shaped(draw, lambda g: _together(g).multiples == (1, 1, 1))


def _lines(g: Any) -> tuple[list[float], list[float], list[float]]:
    return tuple([float(r[k]) for r in g.lines] for k in ("demand", "line_cost", "holding_cost"))  # type: ignore[return-value]


def _together(g: Any) -> materials.JointReplenishment:
    demand, minor, holding = _lines(g)
    return materials.joint_replenishment(demand, g.truck, minor, holding)


def _own(g: Any) -> list[materials.EconomicOrderQuantity]:
    return [materials.economic_order_quantity(d, g.truck + k, h) for d, k, h in zip(*_lines(g), strict=True)]


def _orders_cost(g: Any) -> float:
    return float(g.truck + sum(_lines(g)[1]))


def _value_rate(g: Any) -> float:
    demand, _, holding = _lines(g)
    return sum(d * h for d, h in zip(demand, holding, strict=True))


JOINT_REPLENISHMENT = Problem(
    id="materials.joint_replenishment", title="Three items on one truck", level=3, minutes=9,
    outcomes=("cpim.inventory", "lesson.05.1"), covers=("joint_replenishment",), needs=("items", "demand", "suppliers"), draw=_draw_joint,
    prompt=(
        "{plant} buys three items from {supplier}. An order costs {truck} {currency} for the truck, whatever is on it, and a "
        "line cost for each item on it. Today each item comes on its own truck, in its own best quantity. From now on all three "
        "come on every truck. How many weeks apart are the trucks at the least cost, and what does the change save? "
        "A year has 52 weeks."
    ),
    facts=(
        Fact("truck", "Cost of the truck, an order", "{currency}"),
        FactTable("lines", "Items", (
            Fact("item", "Item"), Fact("demand", "Demand", "units a year"), Fact("line_cost", "Line cost", "{currency} an order"),
            Fact("holding_cost", "Keeping one unit", "{currency} a year"))),
    ),
    parts=(
        Number(
            "apart", "Ordering and holding, each on its own truck", unit="{currency} a year", key=lambda g, a: sum(q.cost for q in _own(g)),
            slips=(
                Slip("truck_left_out", lambda g, a: sum(
                        materials.economic_order_quantity(d, k, h).cost for d, k, h in zip(*_lines(g), strict=True)),
                     "The truck is left out. On its own, each item pays the truck and its line."),
                Slip("half_only", lambda g, a: sum(q.yearly_holding_cost for q in _own(g)),
                     "That is one of the two costs. Ordering and holding are both paid."),
                Slip("no_two", lambda g, a: sum(q.cost for q in _own(g)) / sqrt(2), "The 2 under the root is missing."),
            ),
        ),
        Number(
            "weeks", "Between two shared trucks", unit="weeks", key=lambda g, a: 52 * _together(g).base_cycle,
            slips=(
                Slip("truck_for_each", lambda g, a: 52 * sqrt(2 * (2 * g.truck + _orders_cost(g)) / _value_rate(g)),
                     "The truck is paid three times. On a shared truck it is paid once, and the three line costs with it."),
                Slip("lines_left_out", lambda g, a: 52 * sqrt(2 * g.truck / _value_rate(g)), "The line costs are left out. Each order pays the truck and three lines."),
                Slip("no_two", lambda g, a: 52 * _together(g).base_cycle / sqrt(2), "The 2 under the root is missing."),
                Slip("cycle_in_years", lambda g, a: _together(g).base_cycle, "That is the time in years. Turn it into weeks."),
            ),
        ),
        Number(
            "together", "Ordering and holding, on shared trucks", unit="{currency} a year",
            key=lambda g, a: _together(g).cost_at(a.weeks / 52, (1, 1, 1)), check=lambda g: _together(g).cost,
            slips=(Slip("half_only", lambda g, a: _orders_cost(g) * 52 / a.weeks if a.weeks else None, "That is the ordering alone. Add what the stock costs to keep."),),
        ),
    ),
    hints=(
        "On its own each item is an ordinary order quantity whose order costs the truck and its line. Its yearly cost is √(2 × demand × order cost × keeping one unit).",
        "Shared, one order costs the truck and all three lines. For each item multiply demand by keeping one unit, and add the three up. "
        "The time between trucks, in years, is √(2 × cost of an order ÷ that sum).",
    ),
    steps=(
        lambda g, a: "Each alone: " + " + ".join(show(q.cost) for q in _own(g)) + f" = {show(a.apart)} a year.",
        lambda g, a: f"A shared order costs {show(g.truck)} + " + " + ".join(show(k) for k in _lines(g)[1]) + f" = {show(_orders_cost(g))}. "
                     f"Demand times keeping one unit adds up to {show(_value_rate(g))}.",
        lambda g, a: f"Time between trucks: √(2 × {show(_orders_cost(g))} ÷ {show(_value_rate(g))}) = {show(a.weeks / 52, 4)} years, {show(a.weeks)} weeks.",
        lambda g, a: f"Yearly cost: √(2 × {show(_orders_cost(g))} × {show(_value_rate(g))}) = {show(a.together)}. That saves {show(a.apart - a.together)} a year.",
    ),
)  # fmt: skip

PROBLEMS = (PRODUCTION_QUANTITY, BACKORDER_QUANTITY, JOINT_REPLENISHMENT)
