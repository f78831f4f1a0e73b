"""What a buffer promises, which method a case asks for, and a decision by cost and people."""

from __future__ import annotations

from math import sqrt
from statistics import NormalDist
from types import SimpleNamespace
from typing import TYPE_CHECKING, Any

from .... import materials
from ....errors import MissingTableError
from ...draws import around, pick, rounded, shaped
from ...numbers import show
from ...parts import Choice, Choices, Number, Option, Slip
from ...problem import Fact, Problem
from ...tolerance import Relative
from .uncertainty import (
    DEMAND,
    HOLDING,
    NORMAL,
    OUTCOMES,
    SD,
    SERVICE,
    UNIT_COST,
    buffered,
    costed,
    uncertain,
    z_of,
)

if TYPE_CHECKING:
    import numpy as np

    from ....plant import Plant


def _draw_meanings(rng: np.random.Generator, plant: Plant) -> dict[str, Any]:
    _, g = buffered(rng, plant)
    service, orders = float(rng.choice([0.90, 0.95, 0.98])), int(rng.choice([10, 12, 20, 24, 30, 40]))
    return {"item": g["item"], "service": service, "orders": orders, "out": round(100 * (1 - service), 1),
            "times": round(orders * (1 - service), 2)}  # fmt: skip


SERVICE_MEANINGS = Problem(
    id="materials.service_meanings", title="What a service level promises", level=2, minutes=4, outcomes=OUTCOMES,
    covers=("safety_stock",), needs=("items", "demand"), draw=_draw_meanings,
    prompt="{plant} keeps a safety stock of {item} for a cycle service level of {service}. The item is ordered "
           "{orders} times a year. Which of these does that promise? Tick all that hold.",
    facts=(SERVICE, Fact("orders", "Orders a year")),
    parts=(Choices("holds", "What holds?", key=lambda g, a: ("cycles", "times", "twice"), options=(
        Option("cycles", "In about {out} of 100 order cycles stock runs out before the delivery comes",
               "Yes: that is what the level says, cycle by cycle."),
        Option("times", "Expect about {times} cycles with a stock-out in a year of {orders} orders",
               lambda g, a: f"Yes: {g.orders} cycles, each running out with a chance of {g.out:g} %."),
        Option("twice", "Ordered twice as often at the same level, it would run out about twice as often a year",
               "Yes: each order is a chance to run out. That is why items ordered often need a higher level."),
        Option("units", "{service} of the units asked for are served from stock",
               "No: that is the fill rate. Even in a cycle that runs out most units are served, so the fill rate is "
               "usually higher than the cycle service."),
        Option("days", "On {service} of all days nothing is short",
               "No: stock runs short only at the end of a cycle, if at all. Seen by the day the share is higher."),
        Option("half", "Twice the safety stock would halve the number of stock-outs",
               lambda g, a: f"No: z would double, and the normal curve falls fast. The chance would go from {g.out:g} % to "
                            f"about {_tail_at_twice(g):.2g} %. The last points are the dear ones."),
        Option("size", "When it runs out, no more units are missing than the safety stock holds",
               "No: the level says how often, not how much. The buffer is used up by then; what is missing comes on top."),
    )),),
    hints=("The level speaks of order cycles: from one delivery to the next, with or without a stock-out.",
           "It speaks of neither units nor days, and not of how much is missing."),
    steps=("A cycle service level of {service}: {out} of 100 cycles run out, {times} of {orders} a year. Fill rate, days "
           "and amounts are other measures.",),
)  # fmt: skip


def _tail_at_twice(g: Any) -> float:
    """Chance of a stock-out (%) with twice the buffer."""
    return 100 * (1 - NormalDist().cdf(2 * z_of(g.service)))


CASES = {
    "season": "A customer runs one campaign with {item}. {plant} buys for it once, before anyone knows how many will be "
              "asked for. What is left is sold off at a third of its price.",
    "up_to": "The supplier of {item} takes orders on every {review}th Monday only. Use varies from week to week, and in "
             "between nothing can be ordered. Deliveries come on the day promised.",
    "lead_time": "{item} is used at almost the same rate every week, and its stock can be seen any time. But deliveries "
                 "that are promised in {lead_time} weeks have come a week early, and two weeks late.",
    "point": "A scanner reports the stock of {item} every evening, and an order can go out on any day. It comes after "
             "{lead_time} weeks, on the day. Use varies from week to week.",
    "plan": "{item} goes only into what the frozen schedule builds. It says how many are needed in each of the next "
            "{horizon} weeks. The supplier delivers in {lead_time} weeks, on the day.",
}  # fmt: skip
FITS = {
    "season": "It is for a single order, where what is left loses value and what is short loses margin.",
    "up_to": "It is for orders that can be placed only now and then: each must last until the next one has come in.",
    "lead_time": "It is for two doubts at once: how much is used a week, and how many weeks the delivery takes.",
    "point": "It is for stock that is watched all the time, with a steady lead time: you are exposed for that time only.",
    "plan": "It is for requirements that are known, by date and by quantity.",
}
CLUES = {
    "season": "Here the item is bought once and never again.",
    "up_to": "Here weeks pass in which you may not order, whatever happens.",
    "lead_time": "Here use is steady, and what varies is the wait.",
    "point": "Here you may order on any day, again and again, and the wait is steady.",
    "plan": "Here the next weeks' need stands in a schedule, and nobody will change it.",
}
METHODS = {
    "season": "One order at the critical ratio: one too few weighed against one too many",
    "up_to": "Order up to a level that covers the time between two orders plus the lead time",
    "lead_time": "A buffer that adds the variance of use and that of the lead time, turned into units",
    "point": "A reorder point: mean use over the lead time, plus z × deviation × √lead time",
    "plan": "No statistical buffer: order to the dated requirements",
}


def _draw_which(rng: np.random.Generator, plant: Plant) -> dict[str, Any]:
    _, g = buffered(rng, plant)
    case = str(rng.choice(list(CASES)))
    lead_time = int(rng.integers(3, 9))
    words = {"item": g["item"], "plant": plant.name, "review": int(rng.integers(4, 7)), "lead_time": lead_time,
             "horizon": lead_time + int(rng.integers(4, 9))}  # fmt: skip
    return {"item": g["item"], "case": case, "story": CASES[case].format(**words)}


def _method(option: str) -> Option:
    return Option(option, METHODS[option], lambda g, a: f"{FITS[option]} {CLUES[g.case]}")


WHICH_BUFFER = Problem(
    id="materials.which_buffer", title="How would you order it?", level=2, minutes=2, outcomes=OUTCOMES,
    covers=("safety_stock",), topics=("which method",), needs=("items", "demand"), draw=_draw_which,
    prompt="{story}\n\nHow would you set what to order?",
    parts=(Choice("method", "Method", key=lambda g, a: g.case, options=tuple(_method(option) for option in METHODS)),),
    hints=("Ask three things: how often may you order? What is not known? Until when must an order last?",),
    steps=(lambda g, a: f"{CLUES[g.case]} {METHODS[g.case]}. {FITS[g.case]}",),
)  # fmt: skip


def _buffer_money(g: Any, *, lead_time_sd: float | None = None, review: float | None = None) -> float:
    """Holding cost of the buffer, with the lead time or the review as they are or changed (money a year)."""
    units = materials.safety_stock(
        g.sd, g.lead_time, g.service, demand=g.demand,
        lead_time_sd=g.lead_time_sd if lead_time_sd is None else lead_time_sd,
        review_period=g.review if review is None else review)  # fmt: skip
    return float(units * g.unit_cost * g.holding_rate)


WORTH = 120  # money in one week's deviation of use: a buffer is several of them, kept at a fifth a year or so


def _draw_decision(rng: np.random.Generator, plant: Plant) -> dict[str, Any]:
    purpose = "a decision on a buffer"
    # The dearest items only: nobody holds a meeting on the buffer of a washer.
    rows, offers = uncertain(plant, purpose).head(8), plant.need("suppliers", 1, purpose)
    offers = offers[offers["item"].isin(rows.index)]
    if offers.empty:
        raise MissingTableError("suppliers", "a supplier of a bought item whose use varies is needed")
    worth = offers["item"].map(rows["unit_cost"] * rows["week_sd"])
    offers = offers[worth >= min(WORTH, worth.max())]

    def draw() -> dict[str, Any]:
        offer = pick(rng, offers)
        row: Any = rows.loc[offer.item]
        demand, sd = around(rng, row["week_mean"], 0.15), around(rng, row["week_sd"])
        lead_time, review = max(2, round(offer.lead_time_weeks)), int(rng.choice([3, 4, 5]))
        scale = sd * sqrt(lead_time + review) / demand
        spread = min(max(float(offer.lead_time_sd_weeks or 0.3), 0.8 * scale), 1.6 * scale)
        g: dict[str, Any] = {
            "item": offer.item, "supplier": offer.supplier, "demand": demand, "sd": sd, "lead_time": lead_time,
            "review": review, "lead_time_sd": around(rng, spread, 0.1), "service": float(rng.choice([0.95, 0.975, 0.98])),
            **costed(rng, row),
        }  # fmt: skip
        g["steady_sd"] = rounded(g["lead_time_sd"] / 4)
        now = SimpleNamespace(**g)
        saved = {"reliable": _buffer_money(now) - _buffer_money(now, lead_time_sd=g["steady_sd"]),
                 "weekly": _buffer_money(now) - _buffer_money(now, review=1)}  # fmt: skip
        best = str(rng.choice(["reliable", "weekly", "keep"]))
        # A fee that is lost in the buffer's money could not be told from none.
        fees = {way: rounded(max(money * float(rng.uniform(0.2, 0.5) if way == best else rng.uniform(1.25, 1.7)),
                                 0.045 * _buffer_money(now)))
                for way, money in saved.items()}  # fmt: skip
        return {**g, "surcharge": fees["reliable"], "hours": fees["weekly"]}

    return shaped(draw, lambda g: _buffer_money(g) >= 200 and min(g.surcharge, g.hours) >= 25, 20)


def _cheapest(g: Any, a: Any) -> str:
    costs = {"keep": a.keep, "reliable": a.reliable, "weekly": a.weekly}
    return min(costs, key=costs.__getitem__)


def _weighed(way: str, words: str) -> Any:
    """A reason with this way's cost against the cheapest of the three."""

    def reason(g: Any, a: Any) -> str:
        costs = {"keep": _buffer_money(g), "reliable": _buffer_money(g, lead_time_sd=g.steady_sd) + g.surcharge,
                 "weekly": _buffer_money(g, review=1) + g.hours}  # fmt: skip
        if costs[way] <= min(costs.values()):
            return f"At the same service it costs least: {show(costs[way], 4)} a year. {words}"
        return f"At the same service it is not the cheapest of the three. Compare your three figures. {words}"

    return reason


BUFFER_DECISION = Problem(
    id="materials.buffer_decision", title="More stock, a better supplier, or a closer look", level=3, minutes=10,
    outcomes=OUTCOMES, covers=("safety_stock",), topics=("what do you tell the buyer",),
    needs=("items", "demand", "suppliers"), draw=_draw_decision,
    prompt="{item} from {supplier} is reviewed every {review} weeks; deliveries come now early, now late. The buffer "
           "is dear. Three ways are on the table, each with a service of {service}: keep things as they are; pay the "
           "supplier {surcharge} a year for a fixed delivery slot; or look every week, which takes {hours} a year of "
           "the buyer's paid time. A fourth voice says: halve the buffer and chase late orders by phone.\n\nWhat does "
           "each of the three cost a year, buffer and fee together? And what do you tell the buyer?\n\n" + NORMAL +
           " The buffer covers review and lead time.",
    facts=(DEMAND, SD, Fact("lead_time", "Lead time, mean", "weeks"),
           Fact("lead_time_sd", "Lead time, standard deviation today", "weeks"),
           Fact("steady_sd", "Lead time, standard deviation with a slot", "weeks"),
           Fact("review", "Time between two reviews today", "weeks"), SERVICE, UNIT_COST, HOLDING,
           Fact("surcharge", "Fee for the delivery slot", "{currency} a year"),
           Fact("hours", "Buyer's time for weekly reviews", "{currency} a year")),
    parts=(
        Number("keep", "As it is", unit="{currency} a year", key=lambda g, a: _buffer_money(g), tolerance=Relative(0.01),
               slips=(
                   Slip("review_forgotten", lambda g, a: _buffer_money(g, review=0),
                        "The buffer covers the lead time only. Nobody can order until the next review: add its weeks."),
                   Slip("lt_var_add", lambda g, a: (_buffer_money(g, lead_time_sd=0) + z_of(g.service) * g.demand
                        * g.lead_time_sd * g.unit_cost * g.holding_rate),
                        "You added the two deviations. Add their squares and take one root."),
                   Slip("lt_forgotten", lambda g, a: _buffer_money(g, lead_time_sd=0),
                        "The varying lead time is left out. Late deliveries eat {demand} {unit} a week."),
                   Slip("no_rate", lambda g, a: _buffer_money(g) / g.holding_rate,
                        "That is the money in the buffer. Keeping it costs {holding_rate} of it a year."),
               )),
        Number("reliable", "With a delivery slot", unit="{currency} a year", tolerance=Relative(0.01),
               key=lambda g, a: _buffer_money(g, lead_time_sd=g.steady_sd) + g.surcharge,
               slips=(Slip("fee_left_out", lambda g, a: _buffer_money(g, lead_time_sd=g.steady_sd),
                           "The buffer is right; the fee is missing."),)),
        Number("weekly", "With a weekly review", unit="{currency} a year", tolerance=Relative(0.01),
               key=lambda g, a: _buffer_money(g, review=1) + g.hours,
               slips=(Slip("fee_left_out", lambda g, a: _buffer_money(g, review=1),
                           "The buffer is right; the buyer's time is missing."),)),
        Choice("advice", "What do you tell the buyer?", key=_cheapest, options=(
            Option("keep", "Keep it as it is", _weighed("keep", "Nobody has to change anything. It also leaves the doubt where it is.")),
            Option("reliable", "Take the delivery slot", _weighed(
                "reliable", "It removes a cause instead of covering it; receiving can plan its people too.")),
            Option("weekly", "Review every week", _weighed(
                "weekly", "It works only if the buyer has these hours: ask before you promise them.")),
            Option("chase", "Halve the buffer and chase late orders by phone",
                   lambda g, a: "Cheap on paper. But half the z means far more stock-outs, and others pay: the crew that "
                                "stands idle, the people called in on Saturday, the customer. It is not the same service."),
        )),
    ),
    hints=("Each way has a buffer z × √((review + lead time) × sd² + (mean × lead-time deviation)²). Only one figure in it changes.",
           "Buffer × {unit_cost} × {holding_rate}, plus the fee where there is one. Then compare at the same service."),
    steps=(
        lambda g, a: f"As it is: √(({g.review:g} + {g.lead_time:g}) × {g.sd:g}² + ({g.demand:g} × {g.lead_time_sd:g})²) = "
                     f"{show(_buffer_money(g) / g.unit_cost / g.holding_rate / z_of(g.service))} {g.unit}; × z = {z_of(g.service):.3f}.",
        "× {unit_cost} × {holding_rate} = {keep}.",
        "With a slot the deviation of the lead time is {steady_sd}: buffer plus {surcharge} = {reliable}.",
        "With a weekly review 1 week stands for {review}: buffer plus {hours} = {weekly}.",
        "At the same service: {advice}.",
    ),
)  # fmt: skip

PROBLEMS = (SERVICE_MEANINGS, WHICH_BUFFER, BUFFER_DECISION)
