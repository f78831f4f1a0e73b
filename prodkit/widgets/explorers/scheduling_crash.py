"""The crash bench: what it costs to finish a project sooner, and when that pays."""

from __future__ import annotations

import math
from itertools import pairwise

from ... import scheduling
from ...charts.scheduling import crash_curve
from ...charts.style import amount, worded
from ...errors import InputError, MissingTableError
from ...plant import Plant, shown_project
from ...stories.said import money
from .base import Explorer, Row, Target
from .building import dial_around, nice, own_or_sample

__all__ = ["crash_bench"]

_SAME = 1e-6


def crash_bench(plant: Plant | str | None = None, project: str | None = None) -> Explorer:
    """A project made shorter at the least cost, against what each of its days costs.

    What a day of the project costs (site, rent, a penalty) no table says; it is supposed to be such that the cheapest
    length is neither the planned one nor the shortest. Each length is reached at the least cost, by linear program.

    Parameters
    ----------
    plant
        A plant, the name of a sample, or None for the sample "metal". Where it has no project that can be made shorter,
        the explorer says so and takes the sample of its industry.
    project
        One of its projects; None for the one of the role `shown_project`.

    Raises
    ------
    InputError
        If the plant has no such project.

    Examples
    --------
    >>> bench = crash_bench("metal")
    >>> bench.reached
    (False, False)
    >>> said = bench.set(days=74)
    >>> bench.reached
    (True, False)
    """
    return own_or_sample(plant, project, _crash_bench)


def _crash_bench(plant: Plant, project: str | None, notice: str) -> Explorer:
    table = plant.need("activities", 2, "a project to shorten")
    name = project or shown_project(plant)
    if name not in set(table["project"]):
        raise InputError("project", name, "one of " + ", ".join(sorted(set(map(str, table["project"])))))
    if not table.loc[table["project"] == name, "crash_days"].notna().any():
        raise MissingTableError("activities", f"crash_days and crash_cost in {name} are wanted")
    free = scheduling.crash(plant, project=name, budget=0)
    normal, shortest = free.normal_length, free.shortest_length
    curve = scheduling.crash(plant, project=name, target_days=shortest)
    bends = list(zip(curve.curve["days"], curve.curve["added_cost"], strict=True))
    if normal - shortest < _SAME or bends[-1][1] <= 0:
        raise MissingTableError(
            "activities", f"a project that costs money to shorten is wanted; {name} is none"
        )
    slopes = [(dearer - cost) / (end - sooner) for (end, cost), (sooner, dearer) in pairwise(bends)]
    k = max(1, min(len(slopes) - 1, (len(slopes) + 1) // 2)) if len(slopes) > 1 else 1
    daily = _between(slopes[k - 1], slopes[k] if k < len(slopes) else 1.5 * slopes[-1] + 1)
    step = 1.0 if normal - shortest >= 4 else nice((normal - shortest) / 10)
    length = dial_around("days", "Finish within", normal, shortest, normal, step, unit="working days")
    stops = [length.low + i * step for i in range(round((length.high - length.low) / step) + 1)]
    currency = plant.currency

    def least(cost_a_day: float) -> float:
        """The least total cost of any length on the dial."""
        return min(curve.normal_cost + curve.added_cost_at(d) + cost_a_day * d for d in stops)

    def compute(days: float, daily: float) -> scheduling.CrashPlan:
        return scheduling.crash(plant, project=name, target_days=days, indirect_cost_per_day=daily)

    def is_cheapest(at: scheduling.CrashPlan) -> bool:
        return at.total_cost <= least(at.indirect_cost_per_day) * (1 + 1e-9) + 1e-6

    def figures(at: scheduling.CrashPlan) -> list[Row]:
        sooner = max(at.length - step, shortest)
        more = at.added_cost_at(sooner) - at.added_cost
        return [
            Row("Length", round(at.length, 2), "working days"),
            Row("Activities shortened", int((at.activities["days_saved"] > _SAME).sum())),
            Row("Money for shortening", round(at.added_cost), currency, 7),
            Row("A day sooner would cost", round(more / (at.length - sooner)) if at.length > shortest + _SAME else None, currency, 7),
            Row("Direct cost", round(at.direct_cost), currency, 7),
            Row("Cost of its days", round(at.indirect_cost), currency, 7),
            Row("In all", round(at.total_cost), currency, 7),
        ]  # fmt: skip

    best = min(stops, key=lambda d: (round(curve.added_cost_at(d) + daily * d, 6), -d))
    turn = nice(daily / 50)

    def last_day(d: float) -> float:
        """What a day sooner cost on the way down to a length on the dial."""
        return (curve.added_cost_at(d) - curve.added_cost_at(min(d + step, normal))) / step

    corners = [
        d
        for i, d in enumerate(stops)
        if d < best - _SAME and (not i or last_day(stops[i - 1]) > last_day(d) + 2 * turn)
    ]  # the cheapest at some cost of a day that the dial has
    due = corners[len(corners) // 2] if corners else None
    asked = 0.0 if due is None else last_day(due)
    return Explorer(
        title=f"Crash bench: {name} at {plant.name}",
        about=(
            f"{len(free.activities)} activities, {amount(normal)} working days as planned, {amount(round(shortest, 1))} with all that "
            f"money can shorten. Suppose that each day of the project costs {amount(daily)} {currency}: site, rent, what is not "
            "earned meanwhile. For each length the cheapest activities are shortened, on every critical path at once. "
            "Guess before you turn: which length costs the least in all?"
        ),
        notice=notice,
        dials=[
            length,
            dial_around("daily", "A day of the project costs", daily, 0, max(2 * daily, 1.3 * asked), turn, unit=currency),
        ],
        compute=compute,
        figures=figures,
        picture=lambda at: crash_curve(at, currency=currency),
        targets=[
            Target(
                f"At {amount(daily)} {currency} a day find the length that costs the least in all.",
                lambda at: abs(at.indirect_cost_per_day - daily) < _SAME and is_cheapest(at),
                lambda at: _cheapest(at, curve, currency),
            ),
            *(
                [
                    Target(
                        f"The customer asks for it within {amount(due)} days. Finish by then, and find a cost of a day at which no "
                        "other length is cheaper.",
                        lambda at: at.length <= due + _SAME and is_cheapest(at),
                        lambda at: (
                            f"From {amount(round(asked))} {currency} a day on it pays to finish within {amount(due)} days: that is what the "
                            f"last day sooner costs. Ask the customer for at least {money(curve.added_cost_at(due) - curve.added_cost_at(best), currency)} "
                            f"in all for going from {amount(best)} days to {amount(due)}, or say what day is free."
                        ),
                    )
                ]
                if due is not None
                else []
            ),
        ],
    )  # fmt: skip


def _between(low: float, high: float) -> float:
    """A plain figure between two slopes: of two digits, or more where they are close."""
    middle = (low + high) / 2
    for digits in range(1, 8):
        value = float(f"{middle:.{digits}g}")
        if low * (1 + 1e-6) < value < high * (1 - 1e-6):
            return value
    return middle


def _cheapest(at: scheduling.CrashPlan, curve: scheduling.CrashPlan, currency: str) -> str:
    planned = curve.normal_cost + at.indirect_cost_per_day * curve.normal_length
    saved = at.activities[at.activities["days_saved"] > _SAME]
    which = ", ".join(
        f"{a} by {worded(d)}" for a, d in zip(saved["activity"], saved["days_saved"], strict=True)
    )
    days = math.floor(at.normal_length - at.length + _SAME)
    return (
        f"{amount(round(at.length, 1))} days and {money(at.total_cost, currency)} in all, where the plan as it was costs "
        f"{money(planned)}: shorten {which or 'nothing'}. {'The first days are' if days != 1 else 'The first day is'} cheaper to buy than to spend; then a further "
        "one takes dearer activities, or several paths at once, and costs more than it saves."
    )  # fmt: skip
