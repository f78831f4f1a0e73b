"""How much to order at a time: the economic order quantity, what it costs, and what follows from it."""

from __future__ import annotations

from math import sqrt
from typing import TYPE_CHECKING, Any

from .... import materials
from ...draws import RATES, around, between, bought, pick, rounded, shaped
from ...numbers import show
from ...parts import Choices, Number, Option, Slip
from ...problem import Fact, Problem
from ...tolerance import FactorOf, OfScale, WholeUnits

if TYPE_CHECKING:
    import numpy as np

    from ....plant import Plant

DAYS = 250
"""Working days a year, as the prompts state them."""
WHOLE = WholeUnits(0.005)
"""A quantity rounded to whole units is right, too."""

DEMAND = Fact("demand", "Demand", "{unit} a year")
ORDER_COST = Fact("order_cost", "Cost of placing and receiving one order", "{currency}")
UNIT_COST = Fact("unit_cost", "Unit cost", "{currency} {a_unit}")
RATE = Fact("holding_rate", "Holding cost, share of the unit cost", "a year", percent=True)
HOLDING_COST = Fact("holding_cost", "Cost of keeping one unit", "{currency} a year")


def eoq_facts(rng: np.random.Generator, plant: Plant) -> dict[str, Any]:
    """What the order quantity of a bought item needs."""
    row = pick(rng, bought(plant, "an order-quantity problem").head(20))
    return {
        "item": row.Index,
        "demand": around(rng, row.yearly_use),
        "order_cost": around(rng, row.order_cost),
        "unit_cost": around(rng, row.unit_cost),
        "holding_rate": float(rng.choice(RATES)),
    }


def best(g: Any) -> materials.EconomicOrderQuantity:
    """The economic order quantity of the given figures."""
    return materials.economic_order_quantity(g.demand, g.order_cost, holding(g))


def today(g: Any) -> materials.EconomicOrderQuantity:
    """What today's quantity brings."""
    return materials.EconomicOrderQuantity(g.demand, g.order_cost, holding(g), g.quantity)


def holding(g: Any) -> float:
    """To keep one unit for a year."""
    return float(g.holding_cost if hasattr(g, "holding_cost") else g.holding_rate * g.unit_cost)


def with_holding_cost(given: dict[str, Any], figures: int = 2) -> dict[str, Any]:
    """The same facts with the holding cost of one unit in place of rate and unit cost."""
    given["holding_cost"] = rounded(given.pop("holding_rate") * given.pop("unit_cost"), figures)
    return given


EOQ = Problem(
    id="materials.eoq", title="Economic order quantity", level=1, minutes=4,
    outcomes=("cpim.inventory", "lesson.05.1"), covers=("economic_order_quantity",), needs=("items", "demand"),
    draw=eoq_facts,
    prompt=(
        "{plant} uses {demand} {unit} of {item} a year. How many should the buyer order at a time, "
        "so that ordering and holding together cost least? And how often is that?"
    ),
    facts=(DEMAND, ORDER_COST, UNIT_COST, RATE),
    parts=(
        Number(
            "quantity", "Order quantity", unit="{unit}", key=lambda g, a: best(g).quantity, tolerance=WHOLE,
            slips=(
                Slip("no_two", lambda g, a: sqrt(g.demand * g.order_cost / holding(g)),
                     "The 2 under the root is missing. Holding is paid on half the lot only, and that is where the 2 comes from."),
                Slip("no_root", lambda g, a: 2 * g.demand * g.order_cost / holding(g),
                     "You stopped before the root. Take the square root of this figure."),
                Slip("swap", lambda g, a: sqrt(2 * g.demand * holding(g) / g.order_cost),
                     "The two costs are exchanged. A dear order makes lots larger, so the order cost stands on top."),
                Slip("rate_as_H", lambda g, a: sqrt(2 * g.demand * g.order_cost / g.holding_rate),
                     "{holding_rate} is a share. Multiply it by the unit cost to get what one unit costs to keep for a year."),
                Slip("price_as_H", lambda g, a: sqrt(2 * g.demand * g.order_cost / g.unit_cost),
                     "You took the unit cost for the holding cost. Only {holding_rate} of it is paid a year."),
                Slip("percent_whole", lambda g, a: sqrt(2 * g.demand * g.order_cost / (100 * holding(g))),
                     "The percentage went in as a whole number. {holding_rate} is a share below 1."),
                Slip("month_year", lambda g, a: sqrt(2 * g.demand / 12 * g.order_cost / holding(g)),
                     "Monthly demand against a yearly holding cost. Put both on a year."),
                Slip("orders_for_Q", lambda g, a: best(g).orders_per_year,
                     "That is the number of orders a year. The quantity is asked here."),
            ),
        ),
        Number(
            "orders", "How often", unit="orders a year", key=lambda g, a: g.demand / a.quantity,
            check=lambda g: best(g).orders_per_year,
            slips=(Slip("orders_inverted", lambda g, a: a.quantity / g.demand,
                        "Upside down: that is the time between two orders, in years."),),
        ),
    ),
    hints=(
        "Two costs pull apart: few large orders cost little to place and much to keep. What does one unit cost to keep for a year?",
        "Holding cost H is {holding_rate} of {unit_cost}. Then the quantity is the root of 2 × demand × order cost ÷ H.",
    ),
    steps=(
        lambda g, a: f"Holding cost of one unit: H = {show(g.holding_rate)} × {show(g.unit_cost)} = {show(holding(g))} a year.",
        "Order quantity: Q = √(2 × {demand} × {order_cost} ÷ H) = {quantity}.",
        "Orders a year: {demand} ÷ Q = {orders}.",
    ),
)  # fmt: skip


def _draw_cost(rng: np.random.Generator, plant: Plant) -> dict[str, Any]:
    def draw() -> dict[str, Any]:
        given = with_holding_cost(eoq_facts(rng, plant))
        q = materials.economic_order_quantity(
            given["demand"], given["order_cost"], given["holding_cost"]
        ).quantity
        off = between(rng, 0.3, 0.55) if rng.integers(2) else between(rng, 1.9, 3.2)
        return {**given, "quantity": rounded(q * off)}

    # The cost of one order must show beside a year's holding, and a quantity must not look like its cost.
    return shaped(
        draw,
        lambda g: g.order_cost > 0.015 * g.holding_cost * g.quantity / 2 and abs(g.holding_cost - 1) > 0.03,
    )


EOQ_COST = Problem(
    id="materials.eoq_cost", title="What the order quantity costs", level=1, minutes=5,
    outcomes=("cpim.inventory", "lesson.05.1"), covers=("economic_order_quantity",), needs=("items", "demand"),
    draw=_draw_cost,
    prompt=(
        "The buyer at {plant} orders {quantity} {unit} of {item} at a time. Ordering and holding cost money; "
        "the purchase itself stays out, since no quantity changes it. What does this quantity cost a year, what "
        "would the best one cost, and how much is there to gain?\n\n"
        "Count holding on the average stock. There is no safety stock."
    ),
    facts=(DEMAND, ORDER_COST, HOLDING_COST, Fact("quantity", "Order quantity today", "{unit}")),
    parts=(
        Number(
            "now", "Ordering and holding today", unit="{currency} a year", key=lambda g, a: best(g).cost_at(g.quantity),
            slips=(
                Slip("full_Q_average", lambda g, a: today(g).yearly_order_cost + 2 * today(g).yearly_holding_cost,
                     "Holding is counted on the whole lot. Stock falls from {quantity} to 0, so on average half a lot lies there."),
                Slip("no_holding", lambda g, a: today(g).yearly_order_cost, "That is the ordering alone. Add what the stock costs to keep."),
                Slip("no_ordering", lambda g, a: today(g).yearly_holding_cost, "That is the holding alone. Add what the orders cost to place."),
                Slip("one_order", lambda g, a: g.order_cost + today(g).yearly_holding_cost,
                     "The ordering cost of one order. How many are placed in a year?"),
            ),
        ),
        Number(
            "least", "Ordering and holding at the best quantity", unit="{currency} a year", key=lambda g, a: best(g).cost,
            slips=(
                Slip("half_only", lambda g, a: best(g).yearly_holding_cost,
                     "That is one of the two costs. At the best quantity they are equal, and both are paid."),
                Slip("full_Q_average", lambda g, a: best(g).yearly_order_cost + 2 * best(g).yearly_holding_cost,
                     "Holding is counted on the whole lot. On average half of it lies there."),
                Slip("quantity_for_cost", lambda g, a: best(g).quantity, "That is the best quantity. Now work out what it costs a year."),
            ),
        ),
        Number(
            "gain", "To gain", unit="{currency} a year", key=lambda g, a: a.now - a.least,
            check=lambda g: best(g).cost_at(g.quantity) - best(g).cost, tolerance=OfScale(0.005, lambda g, a: a.now),
        ),
    ),
    hints=(
        "A year's ordering is the number of orders times {order_cost}. A year's holding is the average stock times {holding_cost}.",
        "For the best cost, work out the economic order quantity first and cost it in the same way.",
    ),
    steps=(
        lambda g, a: f"Today: {show(g.demand)} ÷ {show(g.quantity)} = {show(today(g).orders_per_year)} orders cost "
                     f"{show(today(g).yearly_order_cost)}; half of {show(g.quantity)} held costs "
                     f"{show(today(g).yearly_holding_cost)}. Together {show(a.now)}.",
        lambda g, a: f"Best: Q = √(2 × {show(g.demand)} × {show(g.order_cost)} ÷ {show(g.holding_cost)}) = {show(best(g).quantity)}. "
                     f"Ordering and holding are now equal, {show(best(g).yearly_holding_cost)} each. Together {show(a.least)}.",
        "To gain: {now} less {least} is {gain}.",
    ),
)  # fmt: skip


def _draw_average(rng: np.random.Generator, plant: Plant) -> dict[str, Any]:
    given = eoq_facts(rng, plant)
    weekly = given["demand"] / 52
    quantity = rounded(weekly * between(rng, 3, 12))
    return {**given, "quantity": quantity, "safety_stock": rounded(quantity * between(rng, 0.15, 0.8))}


AVERAGE_INVENTORY = Problem(
    id="materials.average_inventory", title="Average inventory", level=1, minutes=3,
    outcomes=("cpim.inventory", "lesson.05.1"), covers=("economic_order_quantity",), topics=("average inventory",),
    needs=("items", "demand"), draw=_draw_average,
    prompt=(
        "{plant} orders {quantity} {unit} of {item} at a time and keeps a safety stock of {safety_stock}. "
        "Use is steady, and each order arrives when the stock has just fallen to the safety stock. How much lies in the "
        "store on average, what is it worth, and what does keeping it cost?"
    ),
    facts=(DEMAND, Fact("quantity", "Order quantity", "{unit}"), Fact("safety_stock", "Safety stock", "{unit}"), UNIT_COST, RATE),
    parts=(
        Number(
            "units", "Average stock", unit="{unit}", key=lambda g, a: today(g).average_stock + g.safety_stock,
            slips=(
                Slip("ss_halved", lambda g, a: (g.quantity + g.safety_stock) / 2,
                     "You halved the safety stock too. Only the lot rises and falls; the safety stock lies there all year."),
                Slip("ss_left_out", lambda g, a: today(g).average_stock, "The safety stock is left out. It lies there beneath the lot."),
                Slip("avg_is_annual", lambda g, a: g.demand, "That is what goes through the store in a year, not what lies in it."),
                Slip("max_stock", lambda g, a: g.quantity + g.safety_stock,
                     "That is the most, just after an order came in. Before the next one only the safety stock is left."),
            ),
        ),
        Number("value", "Its value", unit="{currency}", key=lambda g, a: a.units * g.unit_cost,
               check=lambda g: (today(g).average_stock + g.safety_stock) * g.unit_cost),
        Number(
            "keeping", "Cost of keeping it", unit="{currency} a year", key=lambda g, a: g.holding_rate * a.value,
            check=lambda g: today(g).yearly_holding_cost + g.safety_stock * holding(g),
            slips=(Slip("rate_on_units", lambda g, a: g.holding_rate * a.units,
                        "You took {holding_rate} of the units. The rate is a share of their value."),),
        ),
    ),
    hints=(
        "Draw the stock over a few orders: a saw on top of a block. How high is the block, and how high is the saw on average?",
        "The saw falls from {quantity} to 0 above a block of {safety_stock}.",
    ),
    steps=(
        "Average stock: {quantity} ÷ 2 + {safety_stock} = {units}.",
        "Value: {units} at {unit_cost} each = {value}.",
        "Keeping it: {holding_rate} of {value} = {keeping}.",
    ),
)  # fmt: skip


def _draw_ordering(rng: np.random.Generator, plant: Plant) -> dict[str, Any]:
    row = pick(rng, bought(plant, "an ordering-cost problem").head(25))
    demand = around(rng, row.yearly_use)
    quantity = rounded(demand / between(rng, 6, 40))
    return {
        "item": row.Index, "demand": demand, "order_cost": around(rng, row.order_cost), "quantity": quantity,
        "new_quantity": rounded(quantity * float(rng.choice([1.25, 1.5, 1.6, 2])), 3),
    }  # fmt: skip


def _lot(g: Any, quantity: float) -> materials.EconomicOrderQuantity:
    return materials.EconomicOrderQuantity(g.demand, g.order_cost, 1.0, quantity)


ORDERING_COST = Problem(
    id="materials.ordering_cost", title="Yearly ordering cost", level=1, minutes=3,
    outcomes=("cpim.inventory", "lesson.05.1"), covers=("economic_order_quantity",), topics=("ordering cost",),
    needs=("items", "demand"), draw=_draw_ordering,
    prompt=(
        "{plant} orders {item} in lots of {quantity}. What does placing and receiving these orders cost a year? "
        "And what would be saved on ordering if the lots were {new_quantity} instead?"
    ),
    facts=(DEMAND, ORDER_COST, Fact("quantity", "Order quantity today", "{unit}"), Fact("new_quantity", "Order quantity proposed", "{unit}")),
    parts=(
        Number(
            "cost", "Ordering cost today", unit="{currency} a year", key=lambda g, a: _lot(g, g.quantity).yearly_order_cost,
            slips=(
                Slip("per_unit", lambda g, a: g.order_cost * g.demand, "You paid the order cost for every unit. It is paid once an order."),
                Slip("orders_inverted", lambda g, a: g.order_cost * g.quantity / g.demand,
                     "The number of orders is upside down. How many lots of {quantity} are in {demand}?"),
                Slip("orders_for_cost", lambda g, a: _lot(g, g.quantity).orders_per_year, "That is the number of orders. What do they cost?"),
                Slip("times_lot", lambda g, a: g.order_cost * g.quantity,
                     "You paid the order cost for each unit of one lot. It does not depend on the lot's size."),
            ),
        ),
        Number(
            "saved", "Saved on ordering", unit="{currency} a year",
            key=lambda g, a: a.cost - _lot(g, g.new_quantity).yearly_order_cost,
            check=lambda g: _lot(g, g.quantity).yearly_order_cost - _lot(g, g.new_quantity).yearly_order_cost,
            tolerance=OfScale(0.005, lambda g, a: a.cost),
            slips=(
                Slip("linear_saving", lambda g, a: a.cost * (g.new_quantity - g.quantity) / g.quantity,
                     "You took the rise of the lot in percent off the cost. The cost falls as one over the lot: work out the new one first."),
                Slip("new_cost", lambda g, a: _lot(g, g.new_quantity).yearly_order_cost
                     if abs(g.new_quantity / g.quantity - 2) > 0.1 else None,
                     "That is what ordering would then cost. Take it off today's cost."),
            ),
        ),
    ),
    hints=("How many orders does a year take?", "{demand} {unit} in lots of {quantity}; each lot costs {order_cost} to order."),
    steps=(
        "Today: {demand} ÷ {quantity} orders at {order_cost} cost {cost}.",
        lambda g, a: f"In lots of {show(g.new_quantity)}: {show(_lot(g, g.new_quantity).orders_per_year)} orders cost "
                     f"{show(_lot(g, g.new_quantity).yearly_order_cost)}.",
        "Saved: {saved}. The stock will cost more to keep; that is the other side of the scale.",
    ),
)  # fmt: skip


def _draw_cycle(rng: np.random.Generator, plant: Plant) -> dict[str, Any]:
    given = with_holding_cost(eoq_facts(rng, plant))
    return {**given, "rhythm": int(rng.choice([5, 10, 15, 20, 25]))}


def _per_days(g: Any, days: float) -> float:
    return float(g.demand * days / DAYS)


CYCLE_TIME = Problem(
    id="materials.cycle_time", title="Days between two orders", level=1, minutes=4,
    outcomes=("cpim.inventory", "lesson.05.1"), covers=("economic_order_quantity",), needs=("items", "demand"),
    draw=_draw_cycle,
    prompt=(
        "{plant} works 250 days a year. Use the economic order quantity for {item}: how many working days are there "
        "between two orders? The supplier would rather deliver every {rhythm} working days. How many {unit} would each "
        "delivery then be?"
    ),
    facts=(DEMAND, ORDER_COST, HOLDING_COST, Fact("rhythm", "Delivery rhythm proposed", "working days")),
    parts=(
        Number(
            "days", "Time between two orders", unit="working days", key=lambda g, a: DAYS * best(g).cycle_time,
            slips=(
                Slip("cycle_calendar", lambda g, a: 365 * best(g).cycle_time,
                     "Those are calendar days. The plant works 250 days a year, and working days are asked."),
                Slip("orders_for_days", lambda g, a: best(g).orders_per_year, "That is the number of orders a year. How many days lie between two?"),
                Slip("cycle_inverted", lambda g, a: best(g).orders_per_year / DAYS, "Upside down: those are orders a day."),
                Slip("cycle_in_years", lambda g, a: best(g).cycle_time, "That is the time in years. Turn it into working days."),
                Slip("no_two", lambda g, a: DAYS * best(g).cycle_time / sqrt(2), "The 2 under the root of the order quantity is missing."),
            ),
        ),
        Number(
            "delivery", "Each delivery in the supplier's rhythm", unit="{unit}", key=lambda g, a: _per_days(g, g.rhythm), tolerance=WHOLE,
            slips=(
                Slip("cycle_calendar", lambda g, a: g.demand * g.rhythm / 365,
                     "You spread the year's use over 365 days. It is used on 250 working days."),
                Slip("rhythm_divided", lambda g, a: g.demand / g.rhythm, "That shares a year's use among {rhythm} deliveries. How much is used in {rhythm} working days?"),
                Slip("eoq_again", lambda g, a: best(g).quantity if abs(best(g).quantity / _per_days(g, g.rhythm) - 1) > 0.02 else None,
                     "That is the economic order quantity. Here the rhythm is set, and the quantity follows from it."),
            ),
        ),
    ),
    hints=("The order quantity lasts a part of a year. Which part?", "Order quantity ÷ {demand} is that part; the year has 250 working days."),
    steps=(
        lambda g, a: f"Q = √(2 × {show(g.demand)} × {show(g.order_cost)} ÷ {show(g.holding_cost)}) = {show(best(g).quantity)} {g.unit}.",
        "It lasts Q ÷ {demand} of a year; times 250 that is {days}.",
        "In {rhythm} of 250 days: {demand} × {rhythm} ÷ 250 = {delivery}.",
    ),
)  # fmt: skip


ESTIMATE_EOQ = Problem(
    id="materials.estimate_eoq", title="Estimate first", level=2, minutes=4,
    outcomes=("cpim.inventory", "lesson.05.1"), covers=("economic_order_quantity",), topics=("estimate first",),
    needs=("items", "demand"), draw=lambda rng, plant: with_holding_cost(eoq_facts(rng, plant)),
    prompt=(
        "How many weeks should one order of {item} last? First estimate it without a calculator, from the figures rounded "
        "to one digit. Half to double of the true value is right. Then work it out. A year has 52 weeks."
    ),
    facts=(DEMAND, ORDER_COST, HOLDING_COST),
    parts=(
        Number("estimate", "Your estimate", unit="weeks", key=lambda g, a: 52 * best(g).cycle_time, tolerance=FactorOf(2)),
        Number(
            "weeks", "Worked out", unit="weeks", key=lambda g, a: 52 * best(g).cycle_time,
            slips=(
                Slip("no_two", lambda g, a: 52 * best(g).cycle_time / sqrt(2), "The 2 under the root is missing."),
                Slip("swap", lambda g, a: 52 * sqrt(2 * holding(g) / (g.order_cost * g.demand)),
                     "The two costs are exchanged. A dear order must last longer."),
                Slip("quantity_for_weeks", lambda g, a: best(g).quantity, "That is the order quantity in units. How many weeks does it last?"),
                Slip("orders_for_weeks", lambda g, a: best(g).orders_per_year, "That is the number of orders a year. How many weeks lie between two?"),
                Slip("cycle_in_months", lambda g, a: 12 * best(g).cycle_time, "Those are months. Weeks are asked."),
            ),
        ),
    ),
    hints=(
        "Round each figure to one digit and count the zeros. A root halves the number of zeros.",
        "Order quantity ÷ {demand} × 52. It is the same as 52 × √(2 × order cost ÷ (holding cost × demand)).",
    ),
    steps=(
        lambda g, a: f"Estimate with one digit each: √(2 × {show(rounded(g.demand, 1))} × {show(rounded(g.order_cost, 1))} ÷ "
                     f"{show(rounded(g.holding_cost, 1))}) is about {show(rounded(sqrt(2 * rounded(g.demand, 1) * rounded(g.order_cost, 1) / rounded(g.holding_cost, 1)), 1))} {g.unit}.",
        lambda g, a: f"Exactly, Q = {show(best(g).quantity)} {g.unit}. A week uses {show(g.demand)} ÷ 52 = {show(g.demand / 52)}.",
        "So an order lasts {weeks}. An estimate that misses this by more than half or double points to a slip in the sum.",
    ),
)  # fmt: skip


def _draw_spare(rng: np.random.Generator, plant: Plant) -> dict[str, Any]:
    given = shaped(lambda: with_holding_cost(eoq_facts(rng, plant)), lambda g: abs(g.holding_cost - 1) > 0.03)
    quantity = best_of(given).quantity
    return {
        **given,
        "lead": int(rng.integers(2, 9)),
        "safety_stock": rounded(quantity * between(rng, 0.2, 0.45)),
        "room": rounded(quantity * between(rng, 4, 9)),
    }


def best_of(given: dict[str, Any]) -> materials.EconomicOrderQuantity:
    """The economic order quantity of facts not yet drawn in full."""
    return materials.economic_order_quantity(given["demand"], given["order_cost"], given["holding_cost"])


SPARE_FIGURES = Problem(
    id="materials.spare_figures", title="More figures than you need", level=2, minutes=5,
    outcomes=("cpim.inventory", "lesson.05.1"), covers=("economic_order_quantity",), topics=("data not needed",),
    needs=("items", "demand"), draw=_draw_spare,
    prompt=(
        "The data sheet of {item} at {plant} holds more than you need. At the economic order quantity, what does the "
        "cycle stock cost to keep? Cycle stock is the part that rises and falls with each delivery, counted on average. "
        "Tick first which figures the answer needs."
    ),
    facts=(
        Fact("lead", "Lead time", "weeks"), DEMAND, Fact("safety_stock", "Safety stock", "{unit}"), ORDER_COST,
        Fact("room", "Room in the store", "{unit}"), HOLDING_COST,
    ),
    parts=(
        Choices(
            "needed", "Which figures does it need?", key=lambda g, a: ("demand", "order_cost", "holding_cost"),
            options=(
                Option("demand", "Demand", "Needed: it stands under the root."),
                Option("order_cost", "Cost of placing and receiving one order", "Needed: it stands under the root."),
                Option("holding_cost", "Cost of keeping one unit", "Needed, twice: under the root, and to cost the stock."),
                Option("lead", "Lead time", "It says when to order, not how much at a time."),
                Option("safety_stock", "Safety stock", "It lies beneath the cycle stock and does not rise or fall with the deliveries."),
                Option("room", "Room in the store", "It would matter if the quantity did not fit. It does."),
            ),
        ),
        Number(
            "keeping", "Keeping the cycle stock", unit="{currency} a year", key=lambda g, a: best(g).yearly_holding_cost,
            slips=(
                Slip("full_Q_average", lambda g, a: 2 * best(g).yearly_holding_cost, "That is the whole lot kept all year. On average half of it lies there."),
                Slip("ss_in_cycle", lambda g, a: best(g).yearly_holding_cost + g.safety_stock * holding(g),
                     "The safety stock is in it. Only the cycle stock is asked."),
                Slip("no_two", lambda g, a: best(g).yearly_holding_cost / sqrt(2), "The 2 under the root of the order quantity is missing."),
                Slip("stock_for_cost", lambda g, a: best(g).average_stock, "That is the average cycle stock in units. What does it cost to keep?"),
                Slip("room_held", lambda g, a: g.room * holding(g) / 2, "You took the room for the lot. The store is not filled by one order."),
            ),
        ),
    ),
    hints=("Write the formula down before you look at the sheet. Which letters are in it?", "Work out the order quantity; half of it is the cycle stock on average."),
    steps=(
        "Needed: demand, order cost, holding cost. Lead time, safety stock and room answer other questions.",
        lambda g, a: f"Q = √(2 × {show(g.demand)} × {show(g.order_cost)} ÷ {show(g.holding_cost)}) = {show(best(g).quantity)} {g.unit}; half of it is {show(best(g).average_stock)}.",
        "Kept for a year at {holding_cost} each: {keeping}.",
    ),
)  # fmt: skip

PROBLEMS = (EOQ, EOQ_COST, AVERAGE_INVENTORY, ORDERING_COST, CYCLE_TIME, ESTIMATE_EOQ, SPARE_FIGURES)
