"""How much to order at a time: the economic order quantity and its relatives."""

from __future__ import annotations

from math import sqrt
from typing import TYPE_CHECKING, Any

from .... import materials
from ...parts import Number, Slip
from ...problem import Fact, Problem
from .draws import around, bought, pick, rounded

if TYPE_CHECKING:
    import numpy as np

    from ....plant import Plant


def _draw_eoq(rng: np.random.Generator, plant: Plant) -> dict[str, Any]:
    row = pick(rng, bought(plant, "an order-quantity problem").head(20))
    return {
        "item": row.Index,
        "demand": around(rng, row.yearly_use),
        "order_cost": around(rng, row.order_cost),
        "unit_cost": around(rng, row.unit_cost),
        "holding_rate": rounded(float(rng.choice([0.15, 0.18, 0.2, 0.22, 0.25, 0.3]))),
    }


EOQ = Problem(
    id="materials.eoq",
    title="Economic order quantity",
    level=1,
    minutes=4,
    outcomes=("cpim.inventory", "lesson.05.1"),
    covers=("economic_order_quantity",),
    needs=("items", "demand"),
    draw=_draw_eoq,
    prompt=(
        "{plant} uses {demand} units of {item} a year. How many should the buyer order at a time, "
        "so that ordering and holding together cost least, and how often?"
    ),
    facts=(
        Fact("demand", "Demand", "units a year"),
        Fact("order_cost", "Cost of placing and receiving one order", "{currency}"),
        Fact("unit_cost", "Unit cost", "{currency} a unit"),
        Fact("holding_rate", "Holding cost, share of the unit cost", "a year", percent=True),
    ),
    parts=(
        Number(
            "quantity",
            "Order quantity",
            unit="units",
            key=lambda g, a: materials.economic_order_quantity(g.demand, g.order_cost, g.holding_rate * g.unit_cost).quantity,
            slips=(
                Slip("no_two", lambda g, a: sqrt(g.demand * g.order_cost / (g.holding_rate * g.unit_cost)),
                     "The 2 under the root is missing. Holding is paid on half the lot only, and that is where the 2 comes from."),
                Slip("no_root", lambda g, a: 2 * g.demand * g.order_cost / (g.holding_rate * g.unit_cost),
                     "You stopped before the root. Take the square root of this figure."),
                Slip("swap", lambda g, a: sqrt(2 * g.demand * g.holding_rate * g.unit_cost / g.order_cost),
                     "The two costs are exchanged. A dear order makes lots larger, so the order cost stands on top."),
                Slip("rate_as_H", lambda g, a: sqrt(2 * g.demand * g.order_cost / g.holding_rate),
                     "{holding_rate} is a share. Multiply it by the unit cost to get what one unit costs to keep for a year."),
                Slip("price_as_H", lambda g, a: sqrt(2 * g.demand * g.order_cost / g.unit_cost),
                     "You took the unit cost for the holding cost. Only {holding_rate} of it is paid a year."),
                Slip("percent_whole", lambda g, a: sqrt(2 * g.demand * g.order_cost / (100 * g.holding_rate * g.unit_cost)),
                     "The percentage went in as a whole number. {holding_rate} is a share below 1."),
                Slip("month_year", lambda g, a: sqrt(2 * g.demand / 12 * g.order_cost / (g.holding_rate * g.unit_cost)),
                     "Monthly demand against a yearly holding cost. Put both on a year."),
                Slip("orders_for_Q", lambda g, a: g.demand / materials.economic_order_quantity(
                         g.demand, g.order_cost, g.holding_rate * g.unit_cost).quantity,
                     "That is the number of orders a year. The quantity is asked here."),
            ),
        ),
        Number(
            "orders",
            "Orders a year",
            unit="1/year",
            key=lambda g, a: g.demand / a.quantity,
            check=lambda g: materials.economic_order_quantity(
                g.demand, g.order_cost, g.holding_rate * g.unit_cost).orders_per_year,
            slips=(
                Slip("orders_inverted", lambda g, a: a.quantity / g.demand,
                     "Upside down: that is the time between two orders, in years."),
            ),
        ),
    ),
    hints=(
        "Two costs pull apart: few large orders cost little to place and much to keep. What does one unit cost to keep for a year?",
        "Holding cost is {holding_rate} of {unit_cost}. Then the quantity is the root of 2 × demand × order cost ÷ holding cost.",
    ),
    steps=(
        lambda g, a: f"Holding cost of one unit: H = {g.holding_rate:g} × {g.unit_cost:g} = {g.holding_rate * g.unit_cost:g} a year.",
        "Order quantity: Q = √(2 × {demand} × {order_cost} ÷ H) = {quantity}.",
        "Orders a year: {demand} ÷ Q = {orders}.",
    ),
)  # fmt: skip

PROBLEMS = (EOQ,)
