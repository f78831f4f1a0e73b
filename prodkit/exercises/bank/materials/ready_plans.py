"""The three questions before sittings 3 and 4 of the materials lesson: what they need, and where to find it."""

from __future__ import annotations

from math import log10
from typing import TYPE_CHECKING, Any

from .... import materials
from ...draws import around, between, bought, far, pick, rounded, shaped, used
from ...parts import Number, Slip
from ...problem import Fact, Problem
from ...tolerance import Exact

if TYPE_CHECKING:
    import numpy as np

    from ....plant import Plant

_REFRESHER = "It is point {} of the Refresher at the end of the lesson."


def _draw_weeks(rng: np.random.Generator, plant: Plant) -> dict[str, Any]:
    row = pick(rng, bought(plant, "an opening check").head(20))
    week = max(around(rng, row.yearly_use / 52), 12)
    own = row.unit_cost * (plant.holding_rate or 0.2)
    scale = 10.0 ** round(log10(own / 13))  # 52 divides these evenly
    near = [rounded(x * scale, 3) for x in (5.2, 7.8, 10.4, 13, 15.6, 20.8, 26, 31.2)]
    lasts = float(rng.choice([1.5, 2, 2.5, 3, 4]))
    return {
        "item": row.Index,
        "year_cost": float(rng.choice([x for x in near if not far(x, own)])),
        "week": week,
        "lot": rounded(lasts * week),
        "opening": rounded(week * between(rng, 0.2, 0.6)),
        "receipt": rounded(week * between(rng, 1.3, 1.9)),
        "need": rounded(week * between(rng, 0.7, 1.1)),
        "made_up": far(week, row.yearly_use / 52),
    }


WEEKS = Problem(
    id="materials.ready_weeks",
    title="Ready for sitting 3?",
    level=1,
    minutes=3,
    outcomes=("lesson.05.3",),
    needs=("items", "demand"),
    draw=_draw_weeks,
    prompt=(
        "Three sums that the sitting takes for granted. What does it cost to keep one unit of {item} for a week? For how many "
        "weeks does one order last at the average use? And what is left at the end of a week that begins with {opening} in "
        "stock, receives {receipt} and needs {need}?"
    ),
    facts=(
        Fact("year_cost", "Keeping one unit", "{currency} a year"),
        Fact("week", "Use on average", "{unit} a week"),
        Fact("lot", "Order quantity", "{unit}"),
        Fact("opening", "In stock when the week begins", "{unit}"),
        Fact("receipt", "Received in it", "{unit}"),
        Fact("need", "Needed in it", "{unit}"),
    ),
    parts=(
        Number(
            "keep",
            "Keeping one unit for a week",
            unit="{currency}",
            key=lambda g, a: g.year_cost / 52,
            slips=(
                Slip("month", lambda g, a: g.year_cost / 12,
                     "That is for a month. A year has 52 weeks. " + _REFRESHER.format(2)),
                Slip("multiplied", lambda g, a: g.year_cost * 52,
                     "A week costs less than a year: divide. " + _REFRESHER.format(2)),
            ),
        ),
        Number(
            "lasts",
            "One order lasts",
            unit="weeks",
            key=lambda g, a: g.lot / g.week,
            slips=(
                Slip("upside_down", lambda g, a: g.week / g.lot,
                     "That is the share of the order that a week uses. How many such weeks does it last? Go back to sitting 1, "
                     "'How many at a time'."),
                Slip("half", lambda g, a: g.lot / 2 / g.week,
                     "Half of the order is the stock on average. The whole of it is used before the next one. Go back to sitting 1, "
                     "'How many at a time'."),
            ),
        ),
        Number(
            "left",
            "Left at the end of the week",
            unit="{unit}",
            key=lambda g, a: materials.lot_sizes(
                [g.need], "fixed", size=g.receipt, order_cost=0, holding_cost=0, on_hand=g.opening).ending_stock[0],
            slips=(
                Slip("no_opening", lambda g, a: g.receipt - g.need,
                     "What was in stock when the week began is left out. " + _REFRESHER.format(6)),
                Slip("no_need", lambda g, a: g.opening + g.receipt,
                     "The need of the week is not taken off. " + _REFRESHER.format(6)),
                Slip("no_receipt", lambda g, a: g.need - g.opening,
                     "That is what the week lacks without the receipt. It came: add it. " + _REFRESHER.format(6)),
            ),
        ),
    ),
    hints=(
        "If one of them does not come out, read points 2 and 6 of the Refresher at the end of the lesson, a few lines each.",
    ),
    steps=(
        "A week: {year_cost} ÷ 52 = {keep}.",
        "An order lasts {lot} ÷ {week} = {lasts}.",
        "Left: {opening} + {receipt} − {need} = {left}.",
    ),
)  # fmt: skip


def _draw_bills(rng: np.random.Generator, plant: Plant) -> dict[str, Any]:
    row = pick(rng, used(plant, "an opening check").head(30))
    week = max(around(rng, row.yearly_use / 52), 20)

    def once() -> dict[str, Any]:
        stock, ordered = rounded(week * between(rng, 0.3, 0.8)), rounded(week * between(rng, 0.3, 0.7))
        reserve = rounded(week * between(rng, 0.1, 0.25))
        need = rounded(week * between(rng, 1.8, 2.6))
        due = int(rng.integers(7, 13))
        return {
            "item": row.Index,
            "stock": stock,
            "ordered": ordered,
            "reserve": reserve,
            "need": need,
            "due": due,
            "lead": int(rng.integers(2, 6)),
            "good_wanted": int(rng.choice([60, 120, 180, 240, 300, 360])),
            "scrap": float(rng.choice([0.2, 0.25])),
        }

    return shaped(once, lambda g: g.need + g.reserve - g.stock - g.ordered > 0.2 * week)


BILLS = Problem(
    id="materials.ready_bills",
    title="Ready for sitting 4?",
    level=1,
    minutes=3,
    outcomes=("lesson.05.4",),
    needs=("items", "demand"),
    draw=_draw_bills,
    prompt=(
        "Three sums that the sitting takes for granted. {need} of {item} are needed; stock and an open order cover some of it, "
        "and the safety stock must be whole afterward. How many are missing? If they are needed in week {due}, in which week must the order go out? "
        "And how many must be started, to get {good_wanted} good ones?"
    ),
    facts=(
        Fact("stock", "On hand", "{unit}"),
        Fact("ordered", "On order, due in time", "{unit}"),
        Fact("reserve", "Safety stock", "{unit}"),
        Fact("lead", "Lead time", "weeks"),
        Fact("scrap", "Scrapped of what is started", percent=True),
    ),
    parts=(
        Number(
            "missing",
            "Missing",
            unit="{unit}",
            key=lambda g, a: g.need + g.reserve - g.stock - g.ordered,
            slips=(
                Slip("no_reserve", lambda g, a: g.need - g.stock - g.ordered,
                     "The safety stock would be gone. It must be whole afterward. " + _REFRESHER.format(6)),
                Slip("no_order", lambda g, a: g.need + g.reserve - g.stock,
                     "What is on order comes in time, and need not be ordered again. " + _REFRESHER.format(6)),
                Slip("reserve_off", lambda g, a: g.need - g.reserve - g.stock - g.ordered,
                     "The safety stock may not be used: it adds to the need. " + _REFRESHER.format(6)),
            ),
        ),
        Number(
            "week",
            "The order goes out in week",
            key=lambda g, a: g.due - g.lead,
            tolerance=Exact(),
            slips=(
                Slip("forward", lambda g, a: g.due + g.lead,
                     "That is after it is needed. Count the lead time back from week {due}."),
                Slip("counted_in", lambda g, a: g.due - g.lead + 1,
                     "Ordered in that week it comes one week late: {lead} weeks lie between order and receipt."),
            ),
        ),
        Number(
            "start",
            "To be started",
            unit="{unit}",
            key=lambda g, a: g.good_wanted / (1 - g.scrap),
            slips=(
                Slip("added", lambda g, a: g.good_wanted * (1 + g.scrap),
                     "{scrap} is lost of what is started, not of the {good_wanted}. Divide by the share that is good. " + _REFRESHER.format(7)),
                Slip("taken_off", lambda g, a: g.good_wanted * (1 - g.scrap),
                     "That is fewer than you want. More must be started, since some are lost. " + _REFRESHER.format(7)),
            ),
        ),
    ),
    hints=(
        "For the first and the third read points 6 and 7 of the Refresher at the end of the lesson. For the second count back on your fingers.",
    ),
    steps=(
        "Missing: {need} + {reserve} − {stock} − {ordered} = {missing}.",
        "Week {due} less {lead} weeks: week {week}.",
        lambda g, a: f"Of 100 started, {100 - 100 * g.scrap:g} are good: {g.good_wanted} ÷ {1 - g.scrap:g} = {g.good_wanted / (1 - g.scrap):g}.",
    ),
)  # fmt: skip

PROBLEMS = (WEEKS, BILLS)
