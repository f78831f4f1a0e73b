"""What changes a buffer, and what it costs: longer waits, fewer stores, reviews, fill rates, money."""

from __future__ import annotations

from math import sqrt
from typing import TYPE_CHECKING, Any

from .... import materials
from ...draws import rounded
from ...numbers import show
from ...parts import Number, Slip
from ...problem import Fact, FactTable, Problem
from ...tolerance import OfScale, Relative
from .uncertainty import (
    HOLDING,
    LEAD_TIME,
    NORMAL,
    OUTCOMES,
    SD,
    SERVICE,
    UNIT_COST,
    buffered,
    costed,
    stock,
    z_line,
    z_of,
)

if TYPE_CHECKING:
    import numpy as np

    from ....plant import Plant


def _times(longer: float, shorter: float) -> float:
    """How many times the buffer grows when the lead time does."""
    return materials.safety_stock(1, longer, 0.95) / materials.safety_stock(1, shorter, 0.95)


def _draw_doubled(rng: np.random.Generator, plant: Plant) -> dict[str, Any]:
    row, g = buffered(rng, plant)
    held = rounded(materials.safety_stock(g["sd"], g["lead_time"], g["service"]))
    factor = float(rng.choice([2, 2, 2, 1.5, 3]))
    before = 2 * int(rng.integers(1, 5))
    return {
        **g,
        **costed(rng, row),
        "held": round(max(held, 3)),
        "lead_time": before,
        "longer": int(before * factor),
    }


SAFETY_STOCK_DOUBLED = Problem(
    id="materials.safety_stock_doubled", title="The lead time grows", level=2, minutes=4, outcomes=OUTCOMES,
    covers=("safety_stock",), topics=("safety stock when lead time doubles",), needs=("items", "demand"),
    draw=_draw_doubled,
    prompt="The supplier of {item} moves its production abroad. The lead time goes from {lead_time} to {longer} weeks. "
           "Use stays as it is, and so shall the service. What safety stock is needed then, and what does the move "
           "cost in holding?\n\n" + NORMAL,
    facts=(Fact("held", "Safety stock today", "{unit}"), Fact("lead_time", "Lead time today", "weeks"),
           Fact("longer", "Lead time after the move", "weeks"), UNIT_COST, HOLDING),
    parts=(
        stock(
            lambda g, a: g.held * _times(g.longer, g.lead_time), label="Safety stock after the move",
            by_hand=(lambda g, a: g.held * round(sqrt(g.longer / g.lead_time), 2),),
            slips=(
                Slip("ss_scaled_linear", lambda g, a: g.held * g.longer / g.lead_time,
                     "You scaled the buffer like the lead time. The mean demand grows so; the deviation grows with the root."),
                Slip("ss_inverted", lambda g, a: g.held / sqrt(g.longer / g.lead_time),
                     "The buffer became smaller, though the wait became longer. Turn the ratio round."),
                Slip("ss_unchanged", lambda g, a: g.held,
                     "The same buffer against a longer wait would mean less service."),
            ),
        ),
        Number("extra", "Extra holding cost", unit="{currency} a year",
               key=lambda g, a: (a.stock - g.held) * g.unit_cost * g.holding_rate,
               check=lambda g: g.held * (_times(g.longer, g.lead_time) - 1) * g.unit_cost * g.holding_rate,
               tolerance=OfScale(0.01, lambda g, a: a.stock * g.unit_cost * g.holding_rate),
               slips=(
                   Slip("whole_buffer", lambda g, a: a.stock * g.unit_cost * g.holding_rate,
                        "That is what the whole new buffer costs. Only the increase is asked."),
                   Slip("no_rate", lambda g, a: (a.stock - g.held) * g.unit_cost,
                        "That is the money tied up. Keeping it costs {holding_rate} of it a year."),
               )),
    ),
    hints=("You need neither z nor the deviation: both stay. Which part of z × sd × √L changes?",
           "The buffer grows with √({longer} ÷ {lead_time})."),
    steps=(
        lambda g, a: f"Factor: √({g.longer:g} ÷ {g.lead_time:g}) = {sqrt(g.longer / g.lead_time):.3f}.",
        "Safety stock: {held} × factor = {stock}.",
        "Extra holding cost: increase × {unit_cost} × {holding_rate} = {extra}.",
    ),
)  # fmt: skip


def _sites(n: float) -> float:
    """Total buffer of n sites that share a demand of deviation 1 evenly."""
    return n * materials.safety_stock(1 / sqrt(n), 1, 0.95)


def _draw_sites(rng: np.random.Generator, plant: Plant) -> dict[str, Any]:
    _, g = buffered(rng, plant)
    pairs = ((9, 4), (9, 4), (8, 3), (12, 5), (16, 9), (6, 2), (10, 4), (25, 9), (7, 3))
    before, after = pairs[int(rng.integers(len(pairs)))]
    total = rounded(before * materials.safety_stock(g["sd"], g["lead_time"], g["service"]) / 2)
    return {"item": g["item"], "before": before, "after": after, "total": round(max(total, 10))}


SAFETY_STOCK_SITES = Problem(
    id="materials.safety_stock_sites", title="Fewer stores", level=2, minutes=4, outcomes=OUTCOMES,
    covers=("safety_stock",), topics=("stock for 9 sites made 4",), needs=("items", "demand"), draw=_draw_sites,
    prompt="{plant} keeps {item} in {before} stores of like size. It plans to close some and serve everyone from "
           "{after}. How much safety stock do the {after} need together for the same service, and how much is saved?"
           "\n\nDemand at one store does not depend on demand at another; lead times stay as they are.",
    facts=(Fact("before", "Stores today"), Fact("after", "Stores planned"),
           Fact("total", "Safety stock today, all stores together", "{unit}")),
    parts=(
        stock(
            lambda g, a: g.total * _sites(g.after) / _sites(g.before), label="Safety stock then, all stores together",
            by_hand=(lambda g, a: g.total * round(sqrt(g.after / g.before), 2),),
            slips=(
                Slip("sites_linear", lambda g, a: g.total * g.after / g.before,
                     "You cut the stock like the number of stores. Demand is all still there; only the ups and downs "
                     "cancel better. How do deviations grow when they are pooled?"),
                Slip("sites_inverted", lambda g, a: g.total * sqrt(g.before / g.after),
                     "Upside down: pooling saves stock."),
                Slip("sites_one", lambda g, a: g.total / sqrt(g.before),
                     "That is the stock of one single store. {after} remain."),
                Slip("sites_unchanged", lambda g, a: g.total,
                     "Nothing saved? In a pooled store one customer's quiet week helps with another's busy one."),
            ),
        ),
        Number("saved", "Safety stock saved", unit="%", key=lambda g, a: 100 * (1 - a.stock / g.total),
               check=lambda g: 100 * (1 - _sites(g.after) / _sites(g.before)),
               tolerance=OfScale(0.01, lambda g, a: 100.0),
               slips=(
                   Slip("share_left", lambda g, a: 100 * a.stock / g.total,
                        "That is the share that remains. The saving is the rest."),
                   Slip("over_new", lambda g, a: 100 * (g.total / a.stock - 1),
                        "The saving is measured against today's stock, not against the new one."),
               )),
    ),
    hints=("Means add; variances add; deviations do not. Total safety stock grows with the root of the number of stores.",
           "Multiply {total} by √({after} ÷ {before})."),
    steps=(
        lambda g, a: f"Square-root law: √({g.after:g} ÷ {g.before:g}) = {sqrt(g.after / g.before):.3f}.",
        "Safety stock: {total} × that = {stock}.",
        "Saved: 1 − new ÷ old = {saved}. What it does not count: longer ways to the customer, and the people in the stores.",
    ),
)  # fmt: skip


def _draw_review(rng: np.random.Generator, plant: Plant) -> dict[str, Any]:
    _, g = buffered(rng, plant)
    return {**g, "lead_time": int(rng.integers(2, 7)), "review": int(rng.integers(2, 6))}


SAFETY_STOCK_REVIEW = Problem(
    id="materials.safety_stock_review", title="Safety stock when stock is reviewed now and then", level=3, minutes=5,
    outcomes=OUTCOMES, covers=("safety_stock",), needs=("items", "demand"), draw=_draw_review,
    prompt="The buyer looks at {item} every {review} weeks and orders then; what is ordered comes {lead_time} weeks "
           "later. How much safety stock keeps {service} of the review cycles free of stock-outs? And how much of it "
           "is there only because nobody looks in between?\n\n" + NORMAL,
    facts=(SD, LEAD_TIME, Fact("review", "Time between two reviews", "weeks"), SERVICE),
    parts=(
        stock(
            lambda g, a: materials.safety_stock(g.sd, g.lead_time, g.service, review_period=g.review),
            by_hand=(lambda g, a: round(z_of(g.service), 2) * g.sd * round(sqrt(g.lead_time + g.review), 2),),
            slips=(
                Slip("review_forgotten", lambda g, a: z_of(g.service) * g.sd * sqrt(g.lead_time),
                     "This covers the lead time only. After today's order the next chance comes in {review} weeks, and "
                     "that order needs its lead time too."),
                Slip("review_only", lambda g, a: z_of(g.service) * g.sd * sqrt(g.review),
                     "This covers the time between reviews only. Add the wait for the delivery."),
                Slip("no_sqrt", lambda g, a: z_of(g.service) * g.sd * (g.lead_time + g.review),
                     "The right weeks, but they belong under a root."),
                Slip("roots_added", lambda g, a: z_of(g.service) * g.sd * (sqrt(g.lead_time) + sqrt(g.review)),
                     "Two roots added. Add the weeks first, then take one root."),
            ),
        ),
        Number("due", "Of it, due to the review", unit="{unit}",
               key=lambda g, a: a.stock - materials.safety_stock(g.sd, g.lead_time, g.service),
               check=lambda g: materials.safety_stock(g.sd, g.lead_time, g.service, review_period=g.review)
               - materials.safety_stock(g.sd, g.lead_time, g.service),
               tolerance=OfScale(0.015, lambda g, a: a.stock),
               slips=(
                   Slip("review_alone", lambda g, a: z_of(g.service) * g.sd * sqrt(g.review),
                        "That is a buffer for the review period alone. Take the difference: with reviews, less without."),
               )),
    ),
    hints=("Think of the order you place today. Until when must it last? Until the next order has come in.",
           "You are exposed for {review} + {lead_time} weeks. Watching all the time, it would be {lead_time}."),
    steps=(
        lambda g, a: f"Exposed for {g.review:g} + {g.lead_time:g} = {g.review + g.lead_time:g} weeks. {z_line(g)}",
        "Safety stock: z × {sd} × √({review} + {lead_time}) = {stock}.",
        "Watched all the time it would be z × {sd} × √{lead_time}; the difference is {due}.",
    ),
)  # fmt: skip


def _draw_fill(rng: np.random.Generator, plant: Plant) -> dict[str, Any]:
    _, g = buffered(rng, plant)
    fill = float(rng.choice([0.95, 0.97, 0.98, 0.99]))
    spread = g["sd"] * sqrt(g["lead_time"])
    quantity = rounded(spread * materials.standard_loss(float(rng.uniform(0.65, 1.65))) / (1 - fill))
    table = [{"z": i / 10, "loss": round(materials.standard_loss(i / 10), 4)} for i in range(5, 19)]
    return {**g, "fill": fill, "quantity": quantity, "losses": table}


def _looked_up(g: Any) -> float:
    """z by a straight line between two rows of the printed table."""
    aim = (1 - g.fill) * g.quantity / (g.sd * sqrt(g.lead_time))
    low, high = next(
        (p, q) for p, q in zip(g.losses, g.losses[1:], strict=False) if p["loss"] >= aim >= q["loss"]
    )
    return float(low["z"] + 0.1 * (low["loss"] - aim) / (low["loss"] - high["loss"]))


SAFETY_STOCK_FILL = Problem(
    id="materials.safety_stock_fill", title="Safety stock for a fill rate", level=3, minutes=7, outcomes=OUTCOMES,
    covers=("safety_stock", "standard_loss"), needs=("items", "demand"), draw=_draw_fill,
    prompt="Customers do not count order cycles, they count units: {fill} of what is asked for shall be there at once. "
           "That is the fill rate. {item} is ordered {quantity} at a time. What may go short in one order cycle, and "
           "how much safety stock brings that about?\n\nThe loss table gives, for a factor z, the units short in a "
           "cycle when the deviation over the lead time is 1. Read between two lines. " + NORMAL,
    facts=(SD, LEAD_TIME, Fact("quantity", "Order quantity", "{unit}"), Fact("fill", "Fill rate wanted", percent=True),
           FactTable("losses", "Loss table", (Fact("z", "z"), Fact("loss", "Loss G(z)")))),
    parts=(
        Number("short", "Allowed shortage in one order cycle", unit="{unit}", key=lambda g, a: (1 - g.fill) * g.quantity,
               slips=(Slip("short_weekly", lambda g, a: (1 - g.fill) * g.sd,
                           "A fill rate is a share of demand, and the demand of a cycle is one order quantity."),
                      Slip("served", lambda g, a: g.fill * g.quantity, "That is what must be served. What may go short?"))),
        stock(
            lambda g, a: materials.safety_stock(
                g.sd, g.lead_time, fill_rate=g.fill, order_quantity=a.short / (1 - g.fill)),
            check=lambda g: materials.safety_stock(g.sd, g.lead_time, fill_rate=g.fill, order_quantity=g.quantity),
            by_hand=(lambda g, a: round(_looked_up(g), 2) * g.sd * sqrt(g.lead_time),),
            slips=(
                Slip("fill_as_cycle", lambda g, a: z_of(g.fill) * g.sd * sqrt(g.lead_time),
                     "You took {fill} as the chance of no stock-out in a cycle. A fill rate counts units: even in a "
                     "cycle that runs out, most are served. Use the loss table."),
                Slip("no_sqrt", lambda g, a: materials.safety_stock(
                        g.sd, g.lead_time**2, fill_rate=g.fill, order_quantity=g.quantity),
                     "The deviation over {lead_time} weeks is not {lead_time} times a week's. Take the root."),
                Slip("no_L", lambda g, a: materials.safety_stock(g.sd, 1, fill_rate=g.fill, order_quantity=g.quantity),
                     "You worked with a week's deviation. Use that of the whole lead time, in the division and after it."),
                Slip("loss_is_share", lambda g, a: materials.safety_stock(
                        g.sd, g.lead_time, fill_rate=g.fill, order_quantity=g.sd * sqrt(g.lead_time)),
                     "You looked up 1 − {fill} itself. Divide the units that may go short by the deviation over the lead time."),
            ),
        ),
    ),
    hints=("In an order cycle {quantity} {unit} are asked for. How many of them may go short?",
           "Divide the allowed shortage by {sd} × √{lead_time}, and find the z with that loss."),
    steps=(
        "May go short: (1 − {fill}) × {quantity} = {short}.",
        lambda g, a: f"Deviation over the lead time: {show(g.sd * sqrt(g.lead_time))}. "
                     f"Loss wanted: {show(a.short / (g.sd * sqrt(g.lead_time)), 4)}, so z is about {a.stock / (g.sd * sqrt(g.lead_time)):.2f}.",
        "Safety stock: z × deviation over the lead time = {stock}.",
    ),
)  # fmt: skip


def _draw_cost(rng: np.random.Generator, plant: Plant) -> dict[str, Any]:
    row, g = buffered(rng, plant)
    return {**g, **costed(rng, row), "service": float(rng.choice([0.90, 0.95, 0.97, 0.98]))}


def _buffer_cost(g: Any, service: float) -> float:
    return float(materials.safety_stock(g.sd, g.lead_time, service) * g.unit_cost * g.holding_rate)


SAFETY_COST = Problem(
    id="materials.safety_cost", title="What a buffer costs", level=2, minutes=5, outcomes=OUTCOMES,
    covers=("safety_stock",), needs=("items", "demand"), draw=_draw_cost,
    prompt="Sales asks for one more point of service on {item}. Work out what the buffer for {service} costs {plant} a "
           "year, and how much more one point above it would cost.\n\n" + NORMAL,
    facts=(SD, LEAD_TIME, SERVICE, UNIT_COST, HOLDING),
    parts=(
        Number("cost", "Holding cost of the safety stock", unit="{currency} a year",
               key=lambda g, a: _buffer_cost(g, g.service), tolerance=Relative(0.01),
               by_hand=(lambda g, a: round(z_of(g.service), 2) * g.sd * round(sqrt(g.lead_time), 2)
                        * g.unit_cost * g.holding_rate,),
               slips=(
                   Slip("no_rate", lambda g, a: _buffer_cost(g, g.service) / g.holding_rate,
                        "That is the money tied up in the buffer. Keeping it costs {holding_rate} of it a year."),
                   Slip("ss_halved", lambda g, a: _buffer_cost(g, g.service) / 2,
                        "You halved the buffer. Only the cycle stock is halved, since it runs down to nothing; the "
                        "safety stock lies there all year."),
                   Slip("no_unit_cost", lambda g, a: _buffer_cost(g, g.service) / g.unit_cost,
                        "The unit cost is missing: {holding_rate} of {unit_cost} is what one unit costs to keep."),
                   Slip("no_sqrt", lambda g, a: _buffer_cost(g, g.service) * sqrt(g.lead_time),
                        "The buffer is too large: {lead_time} weeks belong under a root."),
               )),
        Number("extra", "One more point of service", unit="{currency} a year",
               key=lambda g, a: a.cost * (z_of(g.service + 0.01) / z_of(g.service) - 1),
               check=lambda g: _buffer_cost(g, g.service + 0.01) - _buffer_cost(g, g.service),
               tolerance=OfScale(0.005, lambda g, a: a.cost),
               by_hand=(lambda g, a: a.cost * (round(z_of(g.service + 0.01), 2) / round(z_of(g.service), 2) - 1),),
               slips=(
                   Slip("proportional", lambda g, a: a.cost * 0.01 / g.service,
                        "You took the cost as proportional to the service. Near 100 % each further point costs more "
                        "than the last: compare the two factors z."),
                   Slip("whole_new", lambda g, a: a.cost * z_of(g.service + 0.01) / z_of(g.service),
                        "That is the whole buffer at the higher service. Take off what it costs today."),
               )),
    ),
    hints=("How many {unit} is the buffer? What does one of them cost to keep for a year?",
           "Everything but z stays. Compare the z of {service} with that of one point more."),
    steps=(
        lambda g, a: f"{z_line(g)} Buffer: z × {g.sd:g} × √{g.lead_time:g} = "
                     f"{show(materials.safety_stock(g.sd, g.lead_time, g.service))} {g.unit}.",
        "Its holding cost: × {unit_cost} × {holding_rate} = {cost}.",
        lambda g, a: f"One point more takes z = {z_of(g.service + 0.01):.3f}: the cost grows by {100 * (z_of(g.service + 0.01) / z_of(g.service) - 1):.1f} %.",
        "One more point costs {extra}.",
    ),
)  # fmt: skip

PROBLEMS = (
    SAFETY_STOCK_DOUBLED, SAFETY_STOCK_SITES, SAFETY_STOCK_REVIEW, SAFETY_STOCK_FILL, SAFETY_COST,
)  # fmt: skip
