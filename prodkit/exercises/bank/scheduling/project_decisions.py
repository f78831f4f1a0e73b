"""Projects made shorter: what a day less costs, and whether it is worth its money."""

from __future__ import annotations

from functools import lru_cache
from itertools import pairwise
from types import SimpleNamespace
from typing import TYPE_CHECKING, Any

from .... import scheduling
from ...draws import shaped
from ...numbers import show
from ...parts import Choice, Number, Option, Slip
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

# Crash or be late


def late_by(g: Any) -> float:
    """Days beyond the customer's date as planned."""
    return planned(g).length - float(g.target)


def day_prices(g: Any) -> list[float]:
    """What each day less costs, the first one first, as far as the customer's date."""
    plan, days = shorter_of(g), range(round(late_by(g)) + 1)
    costs = [plan.added_cost_at(plan.normal_length - k) for k in days]
    return [after - before for before, after in pairwise(costs)]


@lru_cache(maxsize=256)
def _with_penalty(
    rows: tuple[tuple[Any, ...], ...], names: tuple[str, ...], penalty: float
) -> scheduling.CrashPlan:
    import pandas as pd

    return scheduling.crash(pd.DataFrame(rows, columns=list(names)), indirect_cost_per_day=penalty)


def bought(g: Any) -> float:
    """Days to buy where each day late costs the penalty, and a day before the date saves nothing."""
    plan = _with_penalty(*rows_of(g), g.penalty)
    return min(late_by(g), plan.normal_length - plan.length)


def _draw_penalty(rng: np.random.Generator, plant: Plant) -> dict[str, Any]:
    kind = str(rng.choice(["all", "some", "some", "none"]))

    def draw() -> dict[str, Any]:
        given = {**_draw_crash(rng, plant), "penalty": 0}
        prices = day_prices(SimpleNamespace(**given))
        first, last = prices[0], prices[-1]
        low, high = {"all": (1.15, 1.5), "none": (0.5, 0.85), "some": (first / last + 0.1, 0.9)}[kind]
        penalty = (first if kind == "none" else last) * float(rng.uniform(low, max(low, high)))
        given["length"] = planned(SimpleNamespace(**given)).length
        return {**given, "penalty": max(50, 50 * round(penalty / 50))}

    def good(g: Any) -> bool:
        prices = day_prices(g)
        clear = all(abs(g.penalty / x - 1) > 0.06 for x in prices)
        days = sum(x < g.penalty for x in prices)
        found = "none" if days == 0 else "all" if days == len(prices) else "some"
        mean = sum(prices) / len(prices)
        return (
            found == kind
            and clear
            and 2 * days != len(prices)
            and prices[-1] > 1.04 * mean > 1.04 * 1.04 * prices[0]
        )

    return shaped(draw, good, 100)


def _do(g: Any, days: float) -> str:
    return "none" if days <= 0 else "all" if days >= late_by(g) else "some"


def _cost_of(g: Any, days: float) -> float:
    plan = shorter_of(g)
    return float(plan.added_cost_at(plan.normal_length - days) + g.penalty * (late_by(g) - days))


def _least(g: Any) -> float:
    """The least cost of days bought and days late together."""
    plan = _with_penalty(*rows_of(g), g.penalty)
    if plan.length < g.target:
        return shorter_of(g).added_cost
    return float(plan.added_cost + float(g.penalty) * (plan.length - g.target))


def _other_extreme(g: Any, a: Any) -> float:
    return _cost_of(g, 0 if a.days >= late_by(g) else late_by(g))


def _do_reason(option: str) -> Any:
    def reason(g: Any, a: Any) -> str:
        if option == _do(g, bought(g)):
            return {
                "all": "Yes. Even the dearest day costs less than a day late. Ask those who will work longer before you promise it.",
                "some": "Yes. You stop where the next day costs more than the penalty. Say the new date to the customer now.",
                "none": "Yes. Even the cheapest day costs more than the penalty. Say the new date to the customer now, while they can still plan with it.",
            }[option]
        return {
            "all": "The last days to the date cost more than the penalty for them. Compare day by day.",
            "some": "Compare day by day: either each of them costs less than the penalty, or none does.",
            "none": "The first day less costs less than the penalty. Compare day by day.",
            "any": "Off the longest path a day bought is money gone: the end does not move.",
            "hide": "The penalty is the smaller part of it. Whoever learns it on the last day trusts no date of yours again.",
        }[option]

    return reason


CRASH_OR_LATE = Problem(
    id="scheduling.crash_or_late", title="Buy the days, or be late?", level=3, minutes=12,
    outcomes=("cpim.detailed_schedules", "lesson.09.3"), covers=("crash",), topics=("crashing", "crash or be late"), needs=("activities",),
    draw=_draw_penalty,
    prompt=(
        "This project of {plant} takes {length} days as planned, and the customer wants it in {target}. Each day beyond costs a penalty of {penalty} "
        "{currency}; a day before the date brings nothing. Activities can be shortened day by day, down to their shortest, each day at the same cost. How "
        "many days do you buy, always the cheapest way, what does all that cost, and what do you do?"
    ),
    facts=(
        FactTable("activities", "Activities", (
            Fact("activity", "Activity"), Fact("after", "After"), Fact("days", "Days planned"), Fact("crash_days", "Shortest"),
            Fact("cost", "Cost planned", "{currency}"), Fact("crash_cost", "Cost at shortest", "{currency}"),
        )),
        Fact("target", "Wanted in", "days"), Fact("penalty", "A day late", "{currency}"),
    ),
    parts=(
        Number(
            "dearest", "The last day to the customer's date would cost", unit="{currency}", tolerance=Relative(0.003),
            key=lambda g, a: day_prices(g)[-1],
            slips=(
                Slip("crash_through", lambda g, a: day_prices(g)[0],
                     "That is the first day. Later an activity reaches its shortest, or a second path is as long, and a day costs more."),
                Slip("mean_price", lambda g, a: sum(day_prices(g)) / len(day_prices(g)),
                     "That is the mean of all the days. What counts for the last one is what it costs itself."),
            ),
        ),
        Number(
            "days", "Days you buy", unit="days", tolerance=Absolute(0.01), key=lambda g, a: bought(g),
            slips=(Slip("left_late", lambda g, a: late_by(g) - bought(g),
                        "By so many days it is late. Asked are those that cost less than the penalty: these you buy."),),
        ),
        Number(
            "total", "Days bought and penalty together cost", unit="{currency}", tolerance=Relative(0.003),
            key=lambda g, a: _cost_of(g, a.days), check=_least,
            slips=(Slip("other_extreme", _other_extreme,
                        "That is all on one side: every day bought, or none. Weigh each day against its penalty, one by one."),),
        ),
        Choice(
            "do", "What do you do?", key=lambda g, a: _do(g, a.days),
            options=(
                Option("all", "Buy every day to the date, once the people have agreed", _do_reason("all")),
                Option("some", "Buy the cheaper days only, and tell the customer the new date", _do_reason("some")),
                Option("none", "Buy none, and tell the customer the new date", _do_reason("none")),
                Option("any", "Buy days where they are cheapest, on whatever path", _do_reason("any")),
                Option("hide", "Buy none, and see whether the customer notices", _do_reason("hide")),
            ),
        ),
    ),
    hints=(
        "Work out for each activity what a day less costs. Then shorten by one day, always the cheapest way on the longest path, and note the price.",
        "Is a second path as long by now? Then a day less needs a day on both. Compare each day's price with the penalty.",
    ),
    steps=(
        lambda g, a: "Cost of a day less: " + "; ".join(f"{r['activity']} {show(per_day(g, r['activity']))}" for r in g.activities) + ".",
        lambda g, a: "The days, one by one, cost " + ", ".join(show(x) for x in day_prices(g)) + ".",
        "So the last one costs {dearest}.",
        lambda g, a: f"A day late costs {show(g.penalty)}. Days that cost less than that: {show(a.days)}.",
        lambda g, a: f"Bought days {show(_cost_of(g, a.days) - g.penalty * (late_by(g) - a.days))} and penalty {show(g.penalty * (late_by(g) - a.days))} make {show(a.total)}.",
        lambda g, a: {
            "all": "Every day is worth its money: buy them all.", "some": "Some days are worth their money, the last not: buy those.",
            "none": "No day is worth its money: buy none, and say so now.",
        }[a.do],
    ),
)  # fmt: skip

PROBLEMS = (CRASH, CRASH_OR_LATE)
