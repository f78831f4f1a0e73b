"""The three questions before each sitting of the materials lesson: what it needs, and where to find it."""

from __future__ import annotations

from math import sqrt
from typing import TYPE_CHECKING, Any

from .... import materials
from ...draws import around, bought, pick, rounded
from ...numbers import show
from ...parts import Choice, Number, Option, Slip
from ...problem import Fact, Problem

if TYPE_CHECKING:
    import numpy as np

    from ....plant import Plant

_REFRESHER = "It is point {} of the Refresher at the end of the lesson."
_ROOTS = [
    (r * r * c // (2 * b), b, c)
    for r in (20, 30, 40, 50, 60, 80)
    for b in (20, 40, 50, 80)
    for c in (3, 5, 6, 8)
    if r * r * c % (2 * b) == 0 and 100 <= r * r * c // (2 * b) <= 900
]
"""Terms (a, b, c) for which the root of 2ab/c comes out even."""


def _draw_lots(rng: np.random.Generator, plant: Plant) -> dict[str, Any]:
    row = pick(rng, bought(plant, "an opening check").head(20))
    a, b, c = _ROOTS[int(rng.integers(len(_ROOTS)))]
    return {
        "item": row.Index,
        "unit_cost": around(rng, row.unit_cost),
        "holding_rate": rounded(float(rng.choice([0.15, 0.18, 0.2, 0.22, 0.25, 0.3]))),
        "weekly_use": around(rng, row.yearly_use / 52),
        "a": a,
        "b": b,
        "c": c,
    }


LOTS = Problem(
    id="materials.ready_lots",
    title="Ready for sitting 1?",
    level=1,
    minutes=3,
    outcomes=("lesson.05.1",),
    needs=("items", "demand"),
    draw=_draw_lots,
    prompt=(
        "Three sums that the sitting takes for granted; a calculator or Excel is welcome. What does it cost to keep "
        "one unit of {item} for a year? How many are used in a year of 52 weeks? And what is the root below?"
    ),
    facts=(
        Fact("unit_cost", "Unit cost", "{currency} {a_unit}"),
        Fact("holding_rate", "Holding cost, share of the unit cost", "a year", percent=True),
        Fact("weekly_use", "Use", "{unit} a week"),
    ),
    parts=(
        Number(
            "keep",
            "Keeping one unit for a year",
            unit="{currency}",
            key=lambda g, a: g.holding_rate * g.unit_cost,
            slips=(
                Slip("percent_whole", lambda g, a: 100 * g.holding_rate * g.unit_cost,
                     "{holding_rate} went in as a whole number. As a share it is below 1. " + _REFRESHER.format(1)),
                Slip("added", lambda g, a: (1 + g.holding_rate) * g.unit_cost,
                     "That is the unit and its keeping together. Only the keeping is asked. " + _REFRESHER.format(1)),
                Slip("divided", lambda g, a: g.unit_cost / g.holding_rate,
                     "You divided by the share. A share of a cost is a product. " + _REFRESHER.format(1)),
            ),
        ),
        Number(
            "year",
            "Use in a year",
            unit="{unit}",
            key=lambda g, a: 52 * g.weekly_use,
            slips=(
                Slip("month_year", lambda g, a: 12 * g.weekly_use,
                     "Twelve is for months. A year has 52 weeks. " + _REFRESHER.format(2)),
                Slip("weeks_48", lambda g, a: 48 * g.weekly_use,
                     "Four weeks to a month gives 48. A year has 52 weeks. " + _REFRESHER.format(2)),
                Slip("upside_down", lambda g, a: g.weekly_use / 52,
                     "A year holds more than a week: multiply. " + _REFRESHER.format(2)),
            ),
        ),
        Number(
            "root",
            "√(2 × {a} × {b} ÷ {c})",
            key=lambda g, a: sqrt(2 * g.a * g.b / g.c),
            slips=(
                Slip("no_root", lambda g, a: 2 * g.a * g.b / g.c,
                     "You stopped before the root. " + _REFRESHER.format(3)),
                Slip("root_early", lambda g, a: sqrt(2 * g.a * g.b) / g.c,
                     "{c} stands under the root too: divide first, then take the root. " + _REFRESHER.format(3)),
                Slip("no_two", lambda g, a: sqrt(g.a * g.b / g.c),
                     "The 2 is missing under the root. " + _REFRESHER.format(3)),
                Slip("halved", lambda g, a: g.a * g.b / g.c,
                     "You halved. The root of a figure, times itself, gives the figure. " + _REFRESHER.format(3)),
            ),
        ),
    ),
    hints=(
        "If one of them does not come out, read the Refresher at the end of the lesson: points 1, 2 and 3, a few lines each.",
    ),
    steps=(
        "Keeping one: {holding_rate} of {unit_cost} = {keep}.",
        "A year: 52 × {weekly_use} = {year}.",
        lambda g, a: f"Work out what stands under the root first: 2 × {g.a} × {g.b} ÷ {g.c} = {2 * g.a * g.b / g.c:,.0f}.",
        "Its root: {root}.",
    ),
)  # fmt: skip


def _draw_buffers(rng: np.random.Generator, plant: Plant) -> dict[str, Any]:
    row = pick(rng, bought(plant, "an opening check").head(20))
    weekly = around(rng, row.yearly_use / 52)
    sd = rounded(weekly * float(rng.uniform(0.12, 0.3)))
    times = int(rng.choice([1, 2]))
    return {
        "item": row.Index,
        "weekly": weekly,
        "sd": sd,
        "times": times,
        "high": round(weekly + times * sd, 9),
        "days": 5 * min(max(round(row.lead_time_weeks) + int(rng.integers(2)), 2), 4),
        "lot": around(rng, row.yearly_use / 12),
    }


def _above(g: Any, a: Any) -> str:
    return "two" if g.times == 2 else "sixteen"


def _tail(g: Any, a: Any) -> str:
    share, both = ("2", "5") if g.times == 2 else ("16", "32")
    return (
        f"{show(g.high, 9)} lies {g.times} standard deviation{'s' * (g.times > 1)} above the mean. About {both} weeks of 100 are "
        f"further away than that, and half of them on the upper side: about {share}."
    )


def _not(text: str) -> Any:
    return lambda g, a: f"{text} {_tail(g, a)} " + _REFRESHER.format(4)


BUFFERS = Problem(
    id="materials.ready_buffers",
    title="Ready for sitting 2?",
    level=1,
    minutes=3,
    outcomes=("lesson.05.2",),
    needs=("items", "demand"),
    draw=_draw_buffers,
    prompt=(
        "Three things that the sitting takes for granted: what a standard deviation says, one time unit for all, "
        "and the stock that an order quantity leaves on average. The plant works 5 days a week; an order of {item} takes "
        "{days} working days to come."
    ),
    facts=(
        Fact("weekly", "Mean demand", "{unit} a week"),
        Fact("sd", "Standard deviation of demand", "{unit} a week"),
        Fact("days", "Lead time", "working days"),
        Fact("lot", "Order quantity", "{unit}"),
    ),
    parts=(
        Choice(
            "spread",
            "In about how many of 100 weeks is demand above {high}?",
            key=_above,
            shuffle=False,
            options=(
                Option("two", "about 2", lambda g, a: _tail(g, a) if g.times == 2 else _not(
                    "That would be two standard deviations away.")(g, a)),
                Option("five", "about 5", _not("That counts both sides of two standard deviations.")),
                Option("sixteen", "about 16", lambda g, a: _tail(g, a) if g.times == 1 else _not(
                    "That would be one standard deviation away.")(g, a)),
                Option("thirty_two", "about 32", _not("That counts both sides of one standard deviation.")),
                Option("fifty", "about 50", _not("Half of the weeks lie above the mean itself.")),
            ),
        ),
        Number(
            "during",
            "Demand on average during the lead time",
            unit="{unit}",
            key=lambda g, a: materials.reorder_point(g.weekly, g.days / 5),
            slips=(
                Slip("days_as_weeks", lambda g, a: g.weekly * g.days,
                     "Units a week were multiplied by days. Turn the days into weeks first. " + _REFRESHER.format(5)),
                Slip("calendar_week", lambda g, a: g.weekly * g.days / 7,
                     "These are working days, 5 a week here, not 7. " + _REFRESHER.format(5)),
                Slip("one_week", lambda g, a: g.weekly,
                     "That is the demand of one week. " + _REFRESHER.format(5)),
            ),
        ),
        Number(
            "average",
            "Average stock when each order comes just as the last unit goes",
            unit="{unit}",
            key=lambda g, a: g.lot / 2,
            slips=(
                Slip("whole_lot", lambda g, a: g.lot,
                     "The stock is that high only on the day of delivery; it falls to nothing. Go back to sitting 1, "
                     "'How many at a time'."),
                Slip("root", lambda g, a: sqrt(g.lot),
                     "No root here. Stock falls evenly from {lot} to nothing; what lies in between? Go back to sitting 1, "
                     "'How many at a time'."),
            ),
        ),
    ),
    hints=(
        "For the first two read points 4 and 5 of the Refresher at the end of the lesson. For the third go back to "
        "sitting 1, 'How many at a time'.",
    ),
    steps=(
        lambda g, a: _tail(g, a),
        lambda g, a: f"{g.days} working days are {g.days / 5:g} weeks.",
        "Demand during them: {during}.",
        "Stock falls evenly from {lot} to nothing. On average half of it is there: {average}.",
    ),
)  # fmt: skip

PROBLEMS = (LOTS, BUFFERS)
