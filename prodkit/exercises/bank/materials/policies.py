"""When to order: reorder points, positions, reviews, levels."""

from __future__ import annotations

from math import sqrt
from typing import TYPE_CHECKING, Any

from .... import materials
from ...draws import around, rounded
from ...numbers import show
from ...parts import Choice, Grid, Line, Number, Option, Slip
from ...problem import Fact, FactTable, Problem
from ...tolerance import Absolute, OfScale, Relative
from .uncertainty import (
    DEMAND,
    LEAD_TIME,
    NORMAL,
    OUTCOMES,
    SD,
    SERVICE,
    buffered,
    costed,
    uncertain,
    z_line,
    z_of,
)

if TYPE_CHECKING:
    import numpy as np

    from ....plant import Plant

ON_HAND = Fact("on_hand", "On hand", "{unit}")
ON_ORDER = Fact("on_order", "On order, not yet received", "{unit}")
PROMISED = Fact("promised", "Promised to orders, not yet handed out", "{unit}")
POSITION = (
    "The position is what is on hand, plus what is on order, less what is promised and not yet handed out."
)


def whole(value: float) -> int:
    """A count of units, as a screen shows it."""
    return max(1, round(rounded(value)))


def _draw_point(rng: np.random.Generator, plant: Plant) -> dict[str, Any]:
    _, g = buffered(rng, plant)
    # Clear of one week's use, so that something or too little is left after a week's delay.
    low, high = [(0.5, 0.85), (1.15, 1.9)][int(rng.integers(2))]
    safety = whole(g["demand"] * float(rng.uniform(low, high)))
    return {"item": g["item"], "demand": g["demand"], "lead_time": g["lead_time"], "safety": safety}


REORDER_POINT = Problem(
    id="materials.reorder_point", title="Reorder point", level=1, minutes=3, outcomes=OUTCOMES,
    covers=("reorder_point",), topics=("order point",), needs=("items", "demand"), draw=_draw_point,
    prompt="At which inventory position should the buyer of {item} place the next order?\n\nThen the supplier starts to "
           "need one week more, and nobody changes the reorder point. How much is left on average when the delivery "
           "comes? (Type a shortage with a minus sign.)",
    facts=(DEMAND, LEAD_TIME, Fact("safety", "Safety stock", "{unit}")),
    parts=(
        Number("point", "Reorder point", unit="{unit}",
               key=lambda g, a: materials.reorder_point(g.demand, g.lead_time, g.safety),
               slips=(
                   Slip("rop_no_ss", lambda g, a: g.demand * g.lead_time,
                        "This covers the mean use only. In about half of all cycles more is used: add the buffer."),
                   Slip("rop_only_ss", lambda g, a: g.safety,
                        "That is the buffer alone. While you wait for the delivery, {demand} {unit} a week are used."),
                   Slip("rop_ss_times", lambda g, a: (g.demand + g.safety) * g.lead_time,
                        "The safety stock counts once. It was worked out for the whole lead time already."),
                   Slip("rop_minus", lambda g, a: g.demand * g.lead_time - g.safety,
                        "You took the buffer off. It makes you order earlier, so the point lies higher."),
               )),
        Number("left", "Left when the delivery comes, one week late", unit="{unit}",
               key=lambda g, a: a.point - materials.reorder_point(g.demand, g.lead_time + 1),
               check=lambda g: materials.reorder_point(g.demand, g.lead_time, g.safety)
               - materials.reorder_point(g.demand, g.lead_time + 1),
               tolerance=OfScale(0.005, lambda g, a: g.demand),
               slips=(
                   Slip("late_unchanged", lambda g, a: g.safety,
                        "That is left when the delivery comes on time. One more week of use has gone by."),
                   Slip("late_sign", lambda g, a: g.demand - g.safety,
                        "The amount is right, its sign is not. What is left is the buffer less one week's use."),
               )),
    ),
    hints=("What is used while you wait? And what do you keep for a bad run?",
           "Mean use over {lead_time} weeks, plus {safety}."),
    steps=("Use during the lead time, plus safety stock: {demand} × {lead_time} + {safety} = {point}.",
           "One week longer: {demand} {unit} more are used before the delivery, so {left} are left. A reorder point is "
           "only as good as the lead time behind it."),
)  # fmt: skip


def _draw_position(rng: np.random.Generator, plant: Plant) -> dict[str, Any]:
    row, g = buffered(rng, plant)
    safety = materials.safety_stock(g["sd"], g["lead_time"], g["service"])
    point = max(20, whole(materials.reorder_point(g["demand"], g["lead_time"], safety)))
    lot = max(8, whole(g["demand"] * float(rng.uniform(2, 4))))
    # On hand always lies below the point; whether the position does, the rest decides.
    on_hand = whole(point * float(rng.uniform(0.45, 0.9)))
    promised = whole(point * float(rng.uniform(0.06, 0.2)))
    above = bool(rng.integers(2))
    gap = float(rng.uniform(0.06, 0.3)) * point * (1 if above else -1)
    on_order = max(whole(point + gap - on_hand + promised), whole(0.1 * point))
    return {
        "item": row.Index,
        "point": point,
        "lot": lot,
        "on_hand": on_hand,
        "on_order": on_order,
        "promised": promised,
    }


def _should_order(g: Any, a: Any) -> str:
    return "order" if a.position <= g.point else "wait"


INVENTORY_POSITION = Problem(
    id="materials.inventory_position", title="To order or not to order", level=1, minutes=3, outcomes=OUTCOMES,
    covers=("reorder_point",), topics=("order point",), needs=("items", "demand"), draw=_draw_position,
    prompt="This is the screen for {item} this morning. What is its inventory position, and what should the buyer do?"
           "\n\nThe rule: order {lot} when the position is at the reorder point or below.",
    facts=(ON_HAND, ON_ORDER, PROMISED, Fact("point", "Reorder point", "{unit}"), Fact("lot", "Order quantity", "{unit}")),
    parts=(
        Number("position", "Inventory position", unit="{unit}", key=lambda g, a: g.on_hand + g.on_order - g.promised,
               slips=(
                   Slip("rop_on_hand", lambda g, a: g.on_hand,
                        "That is what lies on the shelf. What is on its way counts too, and what is promised does not."),
                   Slip("no_promised", lambda g, a: g.on_hand + g.on_order,
                        "{promised} of these units are promised already. They are on the shelf, but not yours to use."),
                   Slip("no_on_order", lambda g, a: g.on_hand - g.promised,
                        "What is on order will be here within the lead time. Leave it out and you order it twice."),
                   Slip("promised_added", lambda g, a: g.on_hand + g.on_order + g.promised,
                        "Promised units go out. Take them off."),
               )),
        Choice("decision", "What should the buyer do?", key=_should_order, options=(
            Option("order", "Order {lot} now", lambda g, a: "The position has reached the reorder point: order now."
                   if g.on_hand + g.on_order - g.promised <= g.point else
                   "The shelf is below the reorder point, but what is on order lifts the position above it. Another "
                   "order now would come on top."),
            Option("wait", "Wait", lambda g, a: "The position is above the reorder point: what is on its way will do."
                   if g.on_hand + g.on_order - g.promised > g.point else
                   "The position is already at or below the reorder point. Each day of waiting eats into the safety stock."),
            Option("difference", "Order just enough to come back to the reorder point",
                   "The reorder point says when, not how much. With the next unit used you would stand below it again, "
                   "and pay for another order."),
            Option("chase", "Wait until the shelf is down to the safety stock",
                   "Then the delivery would come a whole lead time too late."),
        )),
    ),
    hints=(POSITION, "{on_hand} + {on_order} − {promised}. Compare it with {point}."),
    steps=("Position: {on_hand} + {on_order} − {promised} = {position}.", "Against the reorder point of {point}: {decision}."),
)  # fmt: skip


def _draw_continuous(rng: np.random.Generator, plant: Plant) -> dict[str, Any]:
    row, g = buffered(rng, plant)
    yearly = rounded(52 * g["demand"])
    money = costed(rng, row)
    holding = rounded(money["unit_cost"] * money["holding_rate"])
    short = rounded(holding * float(rng.choice([6, 9, 12, 19, 30])))
    return {
        "item": g["item"], "yearly": yearly, "sd": g["sd"], "lead_time": g["lead_time"],
        "order_cost": around(rng, row.order_cost), "holding": holding, "short": short,
    }  # fmt: skip


def _continuous(g: Any) -> materials.ContinuousReview:
    return materials.continuous_review(
        g.yearly, g.sd * sqrt(52), lead_time=g.lead_time / 52, order_cost=g.order_cost, holding_cost=g.holding,
        backorder_cost=g.short, method="eoq_ss",
    )  # fmt: skip


CONTINUOUS_REVIEW = Problem(
    id="materials.continuous_review", title="A reorder point and a quantity from costs", level=3, minutes=8,
    outcomes=OUTCOMES, covers=("continuous_review", "reorder_point"), needs=("items", "demand"), draw=_draw_continuous,
    prompt="{plant} watches the stock of {item} all the time. Nobody has set a service level, but everyone knows what "
           "a missing unit costs. Set the policy: the quantity Q, the service that pays, and the reorder point r."
           "\n\nThe hand method: Q is the economic order quantity. The reorder point covers the lead time's use so "
           "often as the cost of a missing unit has in the sum of both unit costs, missing and kept. A year has 52 "
           "weeks. " + NORMAL,
    facts=(Fact("yearly", "Use, mean", "{unit} a year"), SD, LEAD_TIME, Fact("order_cost", "Cost of one order", "{currency}"),
           Fact("holding", "Cost of keeping a unit", "{currency} a year"),
           Fact("short", "Cost of a missing unit", "{currency} a year")),
    parts=(
        Number("quantity", "Quantity Q", unit="{unit}", key=lambda g, a: _continuous(g).quantity,
               slips=(
                   Slip("no_two", lambda g, a: sqrt(g.yearly * g.order_cost / g.holding),
                        "The 2 under the root is missing: only half the lot is kept on average."),
                   Slip("week_year", lambda g, a: sqrt(2 * g.yearly / 52 * g.order_cost / g.holding),
                        "A week's use met a yearly cost. Put both on a year."),
                   Slip("short_for_holding", lambda g, a: sqrt(2 * g.yearly * g.order_cost / g.short),
                        "You divided by the cost of a missing unit. A lot is weighed against the cost of keeping."),
               )),
        Number("covered", "Service that pays (a share, 0 to 1)", key=lambda g, a: _continuous(g).service_level,
               tolerance=Absolute(0.003),
               slips=(
                   Slip("nv_inverted", lambda g, a: g.holding / (g.holding + g.short),
                        "Upside down. A dear shortage asks for more service: its cost stands on top."),
               )),
        Number("point", "Reorder point r", unit="{unit}",
               key=lambda g, a: materials.reorder_point(
                   g.yearly / 52, g.lead_time, materials.safety_stock(g.sd, g.lead_time, a.covered)),
               check=lambda g: _continuous(g).reorder_point, tolerance=Relative(0.005),
               by_hand=(lambda g, a: rounded(g.yearly / 52, 4) * g.lead_time
                        + round(z_of(round(a.covered, 3)), 2) * g.sd * sqrt(g.lead_time),),
               slips=(
                   Slip("rop_no_ss", lambda g, a: g.yearly / 52 * g.lead_time,
                        "That is the mean use while you wait. Add the buffer for the service you found."),
                   Slip("rop_only_ss", lambda g, a: z_of(a.covered) * g.sd * sqrt(g.lead_time),
                        "That is the buffer. Add the mean use during the lead time."),
                   Slip("no_sqrt", lambda g, a: g.yearly / 52 * g.lead_time + z_of(a.covered) * g.sd * g.lead_time,
                        "Mean use grows with the weeks, the deviation with their root."),
                   Slip("no_L", lambda g, a: g.yearly / 52 * g.lead_time + z_of(a.covered) * g.sd,
                        "The mean covers {lead_time} weeks, the buffer only one."),
               )),
    ),
    hints=("Three small problems in a row: a quantity, a critical ratio as in one order for a season, a reorder point.",
           "Q = √(2 × {yearly} × {order_cost} ÷ {holding}). Service: {short} ÷ ({short} + {holding})."),
    steps=("Q = √(2 × {yearly} × {order_cost} ÷ {holding}) = {quantity}.",
           "Service that pays: {short} ÷ ({short} + {holding}) = {covered}.",
           lambda g, a: f"Use while waiting: {g.yearly:g} ÷ 52 × {g.lead_time:g} = {show(g.yearly / 52 * g.lead_time)} {g.unit}. "
                        f"z = {z_of(a.covered):.3f}, buffer {show(z_of(a.covered) * g.sd * sqrt(g.lead_time))} {g.unit}.",
           "Reorder point: {point}."),
)  # fmt: skip


def _draw_periodic(rng: np.random.Generator, plant: Plant) -> dict[str, Any]:
    _, g = buffered(rng, plant)
    g = {**g, "lead_time": int(rng.integers(2, 6)), "review": int(rng.integers(2, 5))}
    cover, between = max(25, g["demand"] * (g["review"] + g["lead_time"])), g["demand"] * g["review"]
    for _ in range(40):
        on_hand, on_order = (whole(cover * float(rng.uniform(0.2, 0.35))) for _ in range(2))
        promised = whole(cover * float(rng.uniform(0.04, 0.1)))
        order = materials.periodic_review(
            g["demand"],
            g["sd"],
            lead_time=g["lead_time"],
            review_period=g["review"],
            service_level=g["service"],
        ).order_up_to - (on_hand + on_order - promised)
        if all(abs(order - k * promised - between) > 0.06 * cover for k in (0, 1, 2)):
            break  # the order is told from the mean use between two reviews
    return {**g, "on_hand": on_hand, "on_order": on_order, "promised": promised}


def _periodic(g: Any) -> materials.PeriodicReview:
    return materials.periodic_review(
        g.demand, g.sd, lead_time=g.lead_time, review_period=g.review, service_level=g.service)  # fmt: skip


PERIODIC_REVIEW = Problem(
    id="materials.periodic_review", title="Order up to a level", level=2, minutes=6, outcomes=OUTCOMES,
    covers=("periodic_review",), needs=("items", "demand"), draw=_draw_periodic,
    prompt="Every {review} weeks the buyer goes through {item} and orders what is missing to a fixed level. How high "
           "must the level be, so that {service} of the review cycles pass without a stock-out? And what does the "
           "buyer order today?\n\n" + NORMAL,
    facts=(DEMAND, SD, LEAD_TIME, Fact("review", "Time between two reviews", "weeks"), SERVICE, ON_HAND, ON_ORDER, PROMISED),
    parts=(
        Number("level", "Order-up-to level", unit="{unit}", key=lambda g, a: _periodic(g).order_up_to,
               by_hand=(lambda g, a: g.demand * (g.review + g.lead_time)
                        + round(z_of(g.service), 2) * g.sd * round(sqrt(g.review + g.lead_time), 2),),
               slips=(
                   Slip("review_forgotten", lambda g, a: g.demand * g.lead_time + z_of(g.service) * g.sd * sqrt(g.lead_time),
                        "This covers the lead time only. Today's order must last until the next one has come in."),
                   Slip("ss_review_forgotten", lambda g, a: g.demand * (g.review + g.lead_time)
                        + z_of(g.service) * g.sd * sqrt(g.lead_time),
                        "The mean covers review and lead time, the buffer the lead time only."),
                   Slip("level_no_ss", lambda g, a: g.demand * (g.review + g.lead_time),
                        "That is the mean use until the next order is in. Where is the buffer?"),
                   Slip("no_sqrt", lambda g, a: (g.demand + z_of(g.service) * g.sd) * (g.review + g.lead_time),
                        "The deviation does not grow like the mean: take the root of the weeks."),
               )),
        Number("order", "Order today", unit="{unit}", key=lambda g, a: a.level - (g.on_hand + g.on_order - g.promised),
               check=lambda g: _periodic(g).order_up_to - (g.on_hand + g.on_order - g.promised),
               tolerance=OfScale(0.006, lambda g, a: a.level),
               slips=(
                   Slip("rop_on_hand", lambda g, a: a.level - g.on_hand,
                        "You measured from the shelf. What is on order comes too: measure from the position."),
                   Slip("no_promised", lambda g, a: a.level - g.on_hand - g.on_order,
                        "{promised} {unit} are promised already. They do not help you until the next review."),
                   Slip("promised_wrong_way", lambda g, a: a.level - g.on_hand - g.on_order - g.promised,
                        "Promised units make the position smaller, and the order larger."),
                   Slip("fixed_lot", lambda g, a: g.demand * g.review,
                        "That is the mean use between two reviews. Under this policy the order is what is missing to "
                        "the level, each time another."),
               )),
    ),
    hints=("What is ordered today must last until the next order has come in. How many weeks is that?",
           "Level: {demand} × ({review} + {lead_time}) + z × {sd} × √({review} + {lead_time})."),
    steps=(lambda g, a: f"Weeks to cover: {g.review:g} + {g.lead_time:g} = {g.review + g.lead_time:g}. {z_line(g)}",
           "Level: {demand} × weeks + z × {sd} × √weeks = {level}.",
           "Order: level − ({on_hand} + {on_order} − {promised}) = {order}."),
)  # fmt: skip


def _draw_min_max(rng: np.random.Generator, plant: Plant) -> dict[str, Any]:
    rows = uncertain(plant, "a min-max problem")
    picked: list[Any] = list(rows.iloc[rng.permutation(len(rows))[:5]].itertuples())
    above = set(rng.permutation(len(picked))[:2].tolist())  # these need no order
    report = []
    for i, row in enumerate(picked):
        holding = row.unit_cost * plant.holding_rate / 52
        levels = materials.min_max(row.order_cost, holding, 20 * holding, mean=row.week_mean, sd=row.week_sd,
                                   lead_time=max(1, round(row.lead_time_weeks)), method="power")  # fmt: skip
        low = max(whole(levels.reorder_point), 10)
        high = max(whole(levels.order_up_to), low + 5)
        room = high - low
        position = low + (
            room * float(rng.uniform(0.15, 0.6))
            if i in above
            else -min(room, low) * float(rng.uniform(0.1, 0.4))
        )
        on_order = whole(low * float(rng.uniform(0.15, 0.35)))
        promised = whole(low * float(rng.uniform(0.05, 0.12)))
        report.append({"item": row.Index, "low": low, "high": high, "on_order": on_order, "promised": promised,
                       "on_hand": max(1, round(position - on_order + promised))})  # fmt: skip
    return {"report": report}


def _of(g: Any, item: str) -> dict[str, Any]:
    return next(row for row in g.report if row["item"] == item)


def _ordered(row: dict[str, Any]) -> float:
    """What the policy itself orders at this position."""
    position = row["on_hand"] + row["on_order"] - row["promised"]
    run = materials.simulate_policy(
        [0], reorder_point=row["low"], order_up_to=row["high"], opening_stock=position, lead_time=1,
        holding_cost=1, shortage_cost=1)  # fmt: skip
    return float(run.path["ordered"].iloc[0])


def _growth(times: float) -> float:
    """How many times S − s grows when an order costs so many times more."""
    small, large = (materials.min_max(k, 0.1, 2, mean=100, sd=20, method="power") for k in (60, 60 * times))
    return (large.order_up_to - large.reorder_point) / (small.order_up_to - small.reorder_point)


MIN_MAX = Problem(
    id="materials.min_max", title="The min-max report", level=2, minutes=6, outcomes=OUTCOMES,
    covers=("min_max", "simulate_policy"), needs=("items", "demand"), draw=_draw_min_max,
    prompt="Monday morning's min-max report. When the position of an item is at its minimum s or below, the buyer "
           "orders up to its maximum S. Fill in the position and the order of each item (0 where there is none)."
           "\n\n" + POSITION,
    facts=(FactTable("report", "Min-max report", (
        Fact("item", "Item"), Fact("low", "Minimum s"), Fact("high", "Maximum S"), Fact("on_hand", "On hand"),
        Fact("on_order", "On order"), Fact("promised", "Promised"))),),
    parts=(
        Grid("orders", "Orders of this Monday", over=lambda g: [row["item"] for row in g.report], corner="Item",
             key=lambda g, a: {
                 "position": {r["item"]: r["on_hand"] + r["on_order"] - r["promised"] for r in g.report},
                 "order": {r["item"]: _ordered(r) for r in g.report}},
             lines=(
                 Line("position", "Position", "{unit}",
                      rule=lambda g, a, t: _of(g, t)["on_hand"] + _of(g, t)["on_order"] - _of(g, t)["promised"],
                      slips=(
                          Slip("rop_on_hand", lambda g, a, t: _of(g, t)["on_hand"],
                               "The shelf alone is not the position: add what is on order, take off what is promised."),
                          Slip("no_promised", lambda g, a, t: _of(g, t)["on_hand"] + _of(g, t)["on_order"],
                               "Promised units are still counted. They are not yours to use."),
                      )),
                 Line("order", "Order", "{unit}",
                      rule=lambda g, a, t: _of(g, t)["high"] - a.position[t] if a.position[t] <= _of(g, t)["low"] else 0,
                      slips=(
                          Slip("always_fill", lambda g, a, t: _of(g, t)["high"] - a.position[t],
                               "You ordered for every item. Above its minimum an item needs no order yet."),
                          Slip("fixed_gap", lambda g, a, t: _of(g, t)["high"] - _of(g, t)["low"]
                               if a.position[t] <= _of(g, t)["low"] else 0,
                               "You ordered S − s. Order from the position: it may have fallen below the minimum."),
                          Slip("to_minimum", lambda g, a, t: max(0, _of(g, t)["low"] - a.position[t]),
                               "This only comes back to the minimum. Fill up to the maximum."),
                          Slip("from_shelf", lambda g, a, t: _of(g, t)["high"] - _of(g, t)["on_hand"]
                               if a.position[t] <= _of(g, t)["low"] else 0,
                               "You filled up from the shelf. What is on order comes too."),
                      )),
             )),
        Choice("growth", "An order comes to cost four times as much. About what should S − s do?",
               key=lambda g, a: {1: "same", 2: "double", 4: "four"}.get(round(_growth(4)), "half"), options=(
                   Option("double", "Double", "As with the economic order quantity: it grows with the root of the order cost."),
                   Option("four", "Grow four times", "Then orders would be four times rarer and stock four times "
                          "higher. Ordering and holding balance earlier, as in the economic order quantity."),
                   Option("same", "Stay: the order cost belongs to s",
                          "s covers the wait for a delivery, and that did not change. S − s says how much to order at a time."),
                   Option("half", "Halve", "A dear order should be placed less often, so more is ordered at a time."),
               )),
    ),
    hints=("Work out the position first, item by item. Then ask of each: is it at s or below?",
           "An order lifts the position to S exactly: S − position."),
    steps=(
        lambda g, a: "Positions: " + ", ".join(f"{k} {show(x)}" for k, x in a.orders["position"].items()) + ".",
        lambda g, a: "Orders, S − position where the position is at s or below: "
                     + ", ".join(f"{k} {show(x)}" for k, x in a.orders["order"].items()) + ".",
        lambda g, a: f"By the power approximation S − s grows {_growth(4):.2f} times when an order costs four times as much.",
    ),
)  # fmt: skip


PROBLEMS = (REORDER_POINT, INVENTORY_POSITION, CONTINUOUS_REVIEW, PERIODIC_REVIEW, MIN_MAX)
