"""What it costs to finish a project sooner: which activities to shorten, by how much, in which order."""

from __future__ import annotations

import itertools
import math
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from ..._common import number, spoken
from ...errors import InputError
from ...plant.arguments import Faults
from ._crash_model import Crashing
from ._reading import Project, read_project
from .network import CriticalPath, days_said, network_of

if TYPE_CHECKING:
    import pandas as pd

    from ...plant import Plant

__all__ = ["CrashPlan", "crash"]

_SAME = 1e-6  # days closer than this are the same


@dataclass(frozen=True, eq=False)
class CrashPlan:
    """A project made shorter at the least cost. Made by `crash`: optimal, as its linear program
    proves."""

    project: str
    """Name of the project, "" where the table names none."""
    activities: pd.DataFrame = field(repr=False)
    """One row an activity: activity, name, normal_days, crash_days, cost_per_day (money for each day shorter; blank
    where it cannot be shortened), days_saved, days, added_cost (money)."""
    curve: pd.DataFrame = field(repr=False)
    """The bends of the cost-time curve from the normal length down to the shortest, with the plan's own length;
    between two rows it is straight: days, added_cost, direct_cost, indirect_cost, total_cost (money)."""
    steps: pd.DataFrame = field(repr=False)
    """How the plan comes about, a row for each activity changed in a step: step, from_days, to_days (length of the
    project), activity, days_saved (negative where it is given back), added_cost, cost_per_day (money for each day
    that the whole step shortens the project)."""
    schedule: CriticalPath = field(repr=False)
    """Times, floats and critical paths of the project as shortened."""
    normal_length: float
    """Days if nothing is shortened."""
    shortest_length: float
    """Days below which no money helps."""
    normal_cost: float
    """Cost of the activities as planned (money)."""
    indirect_cost_per_day: float
    """Money for each day that the project lasts."""

    @property
    def length(self) -> float:
        """Days of the project as shortened."""
        return self.schedule.length

    @property
    def added_cost(self) -> float:
        """Money for shortening."""
        return float(self.activities["added_cost"].sum())

    @property
    def direct_cost(self) -> float:
        """Cost of the activities as shortened (money)."""
        return self.normal_cost + self.added_cost

    @property
    def indirect_cost(self) -> float:
        """Money for the days that the project lasts."""
        return self.indirect_cost_per_day * self.length

    @property
    def total_cost(self) -> float:
        """Direct and indirect cost (money)."""
        return self.direct_cost + self.indirect_cost

    def added_cost_at(self, days: float) -> float:
        """The least money for shortening to any length (days) between the shortest and the normal one."""
        expected = f"from {spoken(self.shortest_length)} up (days; no money makes it shorter)"
        at = number("days", days, expected, low=self.shortest_length - _SAME)
        ordered = self.curve[::-1]
        return float(np.interp(at, ordered["days"], ordered["added_cost"]))

    def __str__(self) -> str:
        saved = self.activities[self.activities["days_saved"] > 0]
        which = ", ".join(f"{r['activity']} by {spoken(r['days_saved'])}" for r in saved.to_dict("records"))
        if which:
            first = f"{days_said(self.length)} in place of {spoken(self.normal_length)}: shorten {which}."
            second = f"That adds {spoken(self.added_cost)}; no plan of this length adds less."
        else:
            first = f"{days_said(self.length)}: nothing is shortened."
            second = "Every day less would cost money."
        if self.indirect_cost_per_day:
            second += (
                f" With {spoken(self.indirect_cost)} for the time it takes, {spoken(self.total_cost)} in all."
            )
        return f"{first}\n{second}"


def crash(
    activities: pd.DataFrame | Plant,
    *,
    project: str | None = None,
    target_days: float | None = None,
    budget: float | None = None,
    indirect_cost_per_day: float | None = None,
    whole_days: bool = False,
    time_limit: float = 60.0,
) -> CrashPlan:
    r"""The cheapest way to finish a project sooner (crashing, time-cost trade-off), by a linear program.

    Parameters
    ----------
    activities
        A table with the columns activity, days (working days), after (codes parted by semicolons), cost (money, as
        planned), crash_days (how short it can be made) and crash_cost (money, at crash_days); an activity without
        crash_days cannot be shortened. Or a plant.
    project
        Which project, where the table has several.
    target_days
        Finish within so many working days, at the least cost.
    budget
        Finish as soon as so much money for shortening (over the planned cost) allows.
    indirect_cost_per_day
        Money for each day that the project lasts (site, rent, penalty). Alone it asks for the length of the least
        total cost; beside a target or a budget it is only added up.
    whole_days
        True shortens by whole days only; every figure of days in the table must then be whole.
    time_limit
        Seconds for each of the linear programs.

    Returns
    -------
    CrashPlan
        `.activities` (by how much each is shortened), `.length`, `.added_cost`, `.total_cost`, `.curve` (cost
        against time), `.steps` (what to shorten first, and next), `.schedule` (the project as shortened),
        `.added_cost_at(days)`.

    Raises
    ------
    InputError
        If none of target, budget and indirect cost is given, or both of the first two; if the target cannot be met
        (the message says the shortest length); if crash_days are above days, crash_cost is below cost or
        missing; or what `critical_path` refuses; several at once are a PlantError.
    MissingTableError
        If the plant has no activities.
    SolverError
        If the time was over before the answer.

    Notes
    -----
    With :math:`y_i` days saved at :math:`c_i = (\text{crash cost} - \text{cost}) / (\text{days} - \text{crash
    days})` each: :math:`\min \sum c_i y_i` with :math:`s_j \ge s_i + d_i - y_i` for each :math:`i` before
    :math:`j`, and every end within the target. Each day saved of an activity costs the same, and any part of a day
    can be bought. The curve is convex: each further day costs as much as the last, or more. It is built from the
    program's shadow prices, and is exact; where several plans cost the same, a step changes as little as it can.
    A step may give a day back: what was shortened early can lie on a path that a later step shortens elsewhere.
    (J. E. Kelley, 1961: from memory, unchecked.)

    Examples
    --------
    >>> import pandas as pd
    >>> booth = pd.DataFrame({"activity": ["A", "B", "C"], "after": ["", "", "A;B"], "days": [6, 5, 4],
    ...     "cost": [600, 500, 400], "crash_days": [3, 3, 3], "crash_cost": [900, 640, 550]})
    >>> plan = crash(booth, target_days=7)
    >>> print(plan)
    7 days in place of 10: shorten A by 2, B by 1, C by 1.
    That adds 420; no plan of this length adds less.
    >>> plan.steps[["step", "to_days", "activity", "days_saved", "cost_per_day"]].values.tolist()
    [[1, 9.0, 'A', 1.0, 100.0], [2, 8.0, 'C', 1.0, 150.0], [3, 7.0, 'A', 1.0, 170.0], [3, 7.0, 'B', 1.0, 170.0]]
    >>> crash(booth, indirect_cost_per_day=160).length
    8.0
    """
    target = None if target_days is None else number("target_days", target_days, "above zero (days)", above=0)
    money = None if budget is None else number("budget", budget, "zero or more (money for shortening)", low=0)
    daily = number("indirect_cost_per_day", indirect_cost_per_day or 0.0, "zero or more (money a day)", low=0)
    if (target is None) + (money is None) != 1 and (target is not None or indirect_cost_per_day is None):
        got = {"target_days": target_days, "budget": budget, "indirect_cost_per_day": indirect_cost_per_day}
        raise InputError("the aim", got, "one of target_days and budget, or indirect_cost_per_day alone")
    limit = number("time_limit", time_limit, "above zero (seconds)", above=0)
    net = read_project(
        activities,
        project,
        present=("crash_days", "crash_cost"),
        optional=("cost", "crash_days", "crash_cost"),
        also=_whole if whole_days else None,
    )
    model = Crashing(net, whole_days, limit)
    if target is not None and target < model.shortest - _SAME:
        expected = f"{model.shortest:,.10g} or more (days): with every activity at its crash_days it still takes so long"
        raise InputError("target_days", target_days, expected)
    bends = model.curve()
    if target is not None:
        length = min(model.normal, max(target, model.shortest))
        length = math.floor(length + _SAME) if whole_days else length
    elif money is not None:
        length = _affordable(bends, money)
        length = math.ceil(length - _SAME) if whole_days else length
    else:
        length = min(bends, key=lambda bend: (round(bend[1] + daily * bend[0], 6), bend[0]))[0]
    return _plan(net, model, bends, length, daily)


def _whole(codes: list[str], columns: dict[str, NDArray[Any]], faults: Faults) -> None:
    for name in ("days", "crash_days"):
        for i, value in enumerate(columns.get(name, ())):
            if np.isfinite(value) and value != round(value):
                faults.add(
                    f"activities: {name} of {codes[i]}", float(value), "whole, where whole_days is asked for"
                )


def _affordable(bends: list[tuple[float, float]], money: float) -> float:
    """The shortest length that costs no more than the money."""
    room = money * (1 + 1e-12)
    for (end, cost), (sooner, dearer) in itertools.pairwise(bends):
        if dearer > room:
            return end - (end - sooner) * (money - cost) / (dearer - cost)
    return bends[-1][0]


def _plan(
    net: Project, model: Crashing, bends: list[tuple[float, float]], length: float, daily: float
) -> CrashPlan:
    import pandas as pd

    ordered = bends[::-1]
    least = float(np.interp(length, [t for t, _ in ordered], [c for _, c in ordered]))
    stops = [*(bend for bend in bends if bend[0] > length + _SAME), (length, least)]
    saved, rows = np.zeros(len(net.days)), []
    per_day = np.nan_to_num(model.per_day)
    for step, ((end, cost), (sooner, dearer)) in enumerate(itertools.pairwise(stops), start=1):
        after = model.nearest(sooner, dearer, saved)
        for i in np.flatnonzero(np.abs(after - saved) > _SAME):
            by = float(after[i] - saved[i])
            each = round((dearer - cost) / (end - sooner), 6)
            rows.append((step, end, sooner, net.activities[i], round(by, 9), _money(by * per_day[i]), each))
        saved = after
    table = pd.DataFrame(
        {
            "activity": net.activities,
            "name": net.labels,
            "normal_days": net.days,
            "crash_days": net.days - model.room,
            "cost_per_day": model.per_day,
            "days_saved": saved,
            "days": np.round(net.days - saved, 9),
            "added_cost": [_money(x) for x in saved * per_day],
        }
    )
    normal_cost = float(net.columns["cost"].sum())
    is_bend = any(abs(t - length) <= _SAME for t, _ in bends)
    points = sorted(bends if is_bend else [*bends, (length, least)])
    curve = pd.DataFrame([(t, _money(c)) for t, c in reversed(points)], columns=["days", "added_cost"])
    curve["direct_cost"] = normal_cost + curve["added_cost"]
    curve["indirect_cost"] = daily * curve["days"]
    curve["total_cost"] = curve["direct_cost"] + curve["indirect_cost"]
    names = ["step", "from_days", "to_days", "activity", "days_saved", "added_cost", "cost_per_day"]
    return CrashPlan(
        project=net.name,
        activities=table,
        curve=curve,
        steps=pd.DataFrame(rows, columns=names),
        schedule=network_of(net, net.days - saved),
        normal_length=model.normal,
        shortest_length=model.shortest,
        normal_cost=normal_cost,
        indirect_cost_per_day=daily,
    )


def _money(x: float) -> float:
    """An amount without the solver's last digits."""
    return round(float(x), 6) + 0.0
