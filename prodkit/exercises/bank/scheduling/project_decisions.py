"""Projects made shorter: what a day less costs, whether it is worth it, and which chance of a date to believe."""

from __future__ import annotations

from functools import lru_cache
from types import SimpleNamespace
from typing import TYPE_CHECKING, Any

from .... import scheduling
from ...draws import shaped
from ...numbers import show
from ...parts import Number, Slip
from ...problem import Fact, FactTable, Problem
from ...tolerance import Absolute, Relative
from .projects import PLANNED, begun, path_in, planned, rows_of

if TYPE_CHECKING:
    import numpy as np

    from ....plant import Plant


@lru_cache(maxsize=256)
def _shorter(
    rows: tuple[tuple[Any, ...], ...], names: tuple[str, ...], target: float
) -> scheduling.CrashPlan:
    import pandas as pd

    return scheduling.crash(pd.DataFrame(rows, columns=list(names)), target_days=target, whole_days=True)


def shorter_of(g: Any) -> scheduling.CrashPlan:
    """The given activities made as short as asked."""
    return _shorter(*rows_of(g), g.target)


def per_day(g: Any, code: str) -> float:
    """What each day less of an activity costs."""
    row = next(r for r in g.activities if r["activity"] == code)
    return float((row["crash_cost"] - row["cost"]) / (row["days"] - row["crash_days"]))


def first_step(g: Any) -> str:
    """The activity that is shortened first."""
    return str(shorter_of(g).steps["activity"].iloc[0])


def _draw_crash(rng: np.random.Generator, plant: Plant) -> dict[str, Any]:
    def draw() -> dict[str, Any]:
        rows = begun(rng, plant, 6)
        each = [int(x) * 50 for x in rng.permutation(range(4, 30))[: len(rows)]]
        for row, slope in zip(rows, each, strict=True):
            row["days"] = max(4, row["days"])
            less = int(rng.integers(1, 4))
            less -= 2 * less == row["days"]  # else days saved and days left are the same
            cost = int(rng.integers(10, 60)) * 100
            row |= {"crash_days": row["days"] - less, "cost": cost, "crash_cost": cost + less * slope}
        g = SimpleNamespace(activities=rows)
        return {"activities": rows, "target": planned(g).length - int(rng.integers(2, 4))}

    def good(g: Any) -> bool:
        cheapest = min((r["activity"] for r in g.activities), key=lambda c: per_day(g, c))
        if cheapest in planned(g).critical:
            return False
        least = [(r["activity"], r["after"], r["crash_days"]) for r in g.activities]
        if g.target < path_in(tuple(least), PLANNED).length:
            return False
        steps = shorter_of(g).steps
        alone = len(steps.loc[steps["step"] == 1]) == 1 and len(steps) >= 2
        return bool(alone and (steps["days_saved"] > 0).all())

    return shaped(draw, good, 200)


def _first_row(g: Any) -> dict[str, Any]:
    return next(r for r in g.activities if r["activity"] == first_step(g))


def _cheapest_any(g: Any) -> float:
    """Days times the least cost of all, on the path or not."""
    return (planned(g).length - float(g.target)) * min(per_day(g, r["activity"]) for r in g.activities)


CRASH = Problem(
    id="scheduling.crash", title="Sooner, and at what cost?", level=3, minutes=12,
    outcomes=("cpim.detailed_schedules", "lesson.09.3"), covers=("crash",), topics=("crashing",), needs=("activities",),
    draw=_draw_crash,
    prompt=(
        "The customer of {plant} wants this project done in {target} days. An activity can be shortened day by day, down to its "
        "shortest, and each day costs the same. How long does the project take as planned? What does the first day "
        "less cost, at the cheapest? And what do all the days to {target} add, if you always take the cheapest way?"
    ),
    facts=(
        FactTable("activities", "Activities", (
            Fact("activity", "Activity"), Fact("after", "After"), Fact("days", "Days planned"),
            Fact("crash_days", "Shortest"), Fact("cost", "Cost planned", "{currency}"),
            Fact("crash_cost", "Cost at shortest", "{currency}"),
        )),
    ),
    parts=(
        Number(
            "length", "Length as planned", unit="days", tolerance=Absolute(0.01),
            key=lambda g, a: planned(g).length,
            slips=(Slip("duration_sum", lambda g, a: sum(r["days"] for r in g.activities),
                        "That is all the work, one activity after another. Take the longest path."),),
        ),
        Number(
            "first", "Cost of the first day less", unit="{currency}", tolerance=Relative(0.003),
            key=lambda g, a: float(shorter_of(g).steps["cost_per_day"].iloc[0]),
            slips=(
                Slip("crash_cheapest_any", lambda g, a: min(per_day(g, r["activity"]) for r in g.activities),
                     "The cheapest of all activities is not on the critical path, and shortening it gains no day."),
                Slip("crash_slope_no_normal", lambda g, a: _first_row(g)["crash_cost"] / (_first_row(g)["days"] - _first_row(g)["crash_days"]),
                     "Only what it costs more counts. Take the planned cost off before you divide."),
                Slip("crash_slope_per_crash", lambda g, a: (_first_row(g)["crash_cost"] - _first_row(g)["cost"]) / _first_row(g)["crash_days"],
                     "Divide by the days saved, not by the days that are left."),
            ),
        ),
        Number(
            "added", "All the days less add", unit="{currency}", tolerance=Relative(0.003),
            key=lambda g, a: shorter_of(g).added_cost,
            slips=(
                Slip("crash_through", lambda g, a: (a.length - g.target) * a.first,
                     "Every day at the price of the first. That activity reaches its shortest, or a second path becomes "
                     "critical, before you are there."),
                Slip("crash_cheapest_any", lambda g, a: _cheapest_any(g),
                     "The cheapest of all activities is not on the critical path, and shortening it gains no day."),
            ),
        ),
    ),
    hints=(
        "A day less is gained on the critical path only. What does a day of each of its activities cost: (cost at "
        "shortest − cost planned) ÷ (days planned − shortest)?",
        "After each day look again: is the activity at its shortest, and is a second path as long now? Then every such "
        "path must be shortened.",
    ),
    steps=(
        lambda g, a: "Cost of a day less: " + "; ".join(f"{r['activity']} {show(per_day(g, r['activity']))}" for r in g.activities) + ".",
        "As planned the longest path takes {length}.",
        lambda g, a: f"The cheapest activity to shorten on it is {first_step(g)}.",
        "So the first day less costs {first}.",
        lambda g, a: "Then, step by step: " + "; ".join(
            f"to {show(r['to_days'])} days {r['activity']} by {show(r['days_saved'])}" for r in shorter_of(g).steps.to_dict("records")) + ".",
        "Together that adds {added}.",
    ),
)  # fmt: skip

PROBLEMS = (CRASH,)
