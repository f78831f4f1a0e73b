"""The linear program of a project made shorter, and the cost-time curve that its shadow prices build."""

from __future__ import annotations

import itertools
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from ...errors import SolverError
from ._reading import Project

if TYPE_CHECKING:
    import pulp

    from ...solver import Solution

__all__ = ["Crashing"]

_SAME = 1e-6  # days, and shares of the largest cost, closer than this are the same


@dataclass(frozen=True)
class _Point:
    """The least cost at a length, and how it falls for one more day there."""

    end: float
    cost: float
    slope: float

    def at(self, end: float) -> float:
        return self.cost + self.slope * (end - self.end)


class Crashing:
    """A checked project, by how much each activity can be shortened, and at what cost a day."""

    def __init__(self, net: Project, whole_days: bool, time_limit: float) -> None:
        self.net, self.whole_days, self.time_limit = net, whole_days, time_limit
        least = np.where(np.isnan(net.columns["crash_days"]), net.days, net.columns["crash_days"])
        self.room: NDArray[np.float64] = net.days - least
        extra = net.columns["crash_cost"] - net.columns["cost"]
        self.per_day: NDArray[np.float64] = np.divide(
            extra, self.room, out=np.full(len(least), np.nan), where=self.room > 0
        )
        self.normal, self.shortest = net.length(net.days), net.length(least)
        self.dearest = float(np.nanmax([1.0, *(self.per_day * self.room)]))

    def curve(self) -> list[tuple[float, float]]:
        """(length, least cost) at every bend, from the normal length down to the shortest."""
        if self.normal - self.shortest <= _SAME:
            return [(self.normal, 0.0)]
        low, high = self._priced(self.shortest), self._priced(self.normal)
        points = [(p.end, p.cost) for p in (high, *reversed(self._between(low, high)), low)]
        kept = points[:1]
        for here, after in itertools.pairwise(points[1:]):
            (end, cost), (sooner, dearer) = kept[-1], after
            straight = cost + (dearer - cost) * (end - here[0]) / (end - sooner)
            if straight - here[1] > 1e-7 * self.dearest:
                kept.append(here)
        return [*kept, points[-1]]

    def _between(self, low: _Point, high: _Point) -> list[_Point]:
        """Every bend between two points, with some points between bends: looked for where their tangents cross."""
        if high.slope - low.slope <= 1e-9 * self.dearest:
            return []
        cross = (low.cost - high.cost + high.slope * high.end - low.slope * low.end) / (
            high.slope - low.slope
        )
        if cross <= low.end + _SAME or cross >= high.end - _SAME:
            return []  # one tangent runs through both points: a straight stretch
        cross = _clean(cross)
        here = self._priced(cross)
        if here.cost <= low.at(cross) + 1e-7 * self.dearest:
            return [here]
        return [*self._between(low, here), here, *self._between(here, high)]

    def _priced(self, end: float) -> _Point:
        import pulp

        model, saved = self._model(end)
        model += pulp.lpSum(float(self.per_day[i]) * variable for i, variable in saved.items())
        solution = self._solved(model)
        return _Point(end, float(solution.objective or 0.0), solution.duals["end"])

    def nearest(self, end: float, cost: float, before: NDArray[np.float64]) -> NDArray[np.float64]:
        """Of the plans of this length that cost the least, the one that changes another plan least."""
        import pulp

        model, saved = self._model(end, is_whole=self.whole_days)
        more = {i: model.add_variable(f"more_{i}", 0) for i in saved}
        less = {i: model.add_variable(f"less_{i}", 0, float(before[i])) for i in saved}
        model += pulp.lpSum(more.values()) + pulp.lpSum(less.values())
        for i, variable in saved.items():
            model += variable - more[i] + less[i] == float(before[i]), f"change_{i}"
        scaled = pulp.lpSum(float(self.per_day[i]) / self.dearest * variable for i, variable in saved.items())
        model += scaled <= cost / self.dearest + 1e-9, "cost"
        self._solved(model)
        out = np.zeros(len(self.room))
        for i, variable in saved.items():
            out[i] = min(max(_clean(float(variable.varValue)), 0.0), float(self.room[i]))
        return out

    def _model(self, end: float, is_whole: bool = False) -> tuple[pulp.LpProblem, dict[int, Any]]:
        """Starts and days saved, each activity after those before it, all within the end."""
        import pulp

        problem, net = pulp.LpProblem("crash", pulp.LpMinimize), self.net
        kind = pulp.LpInteger if is_whole else pulp.LpContinuous
        start = [problem.add_variable(f"start_{i}", 0) for i in range(len(net.days))]
        last = problem.add_variable("length", 0)
        saved = {
            int(i): problem.add_variable(f"saved_{i}", 0, float(self.room[i]), kind)
            for i in np.flatnonzero(self.room > 0)
        }
        for i, begin in enumerate(start):
            finish = begin + float(net.days[i]) - saved.get(i, 0)
            for j in net.behind[i]:
                problem += start[j] >= finish, f"order_{i}_{j}"
            if not net.behind[i]:
                problem += finish <= last, f"last_{i}"
        problem += last <= end, "end"
        return problem, saved

    def _solved(self, model: pulp.LpProblem) -> Solution:
        from ...solver import solve

        solution = solve(model, time_limit=self.time_limit)
        if not solution.is_optimal:  # the lengths asked for can be met, so that only the time can be missing
            raise SolverError(
                "The time was over before the cheapest plan was found. Allow more (time_limit)."
            )
        return solution


def _clean(days: float) -> float:
    """A figure within the solver's tolerance of a thousandth is that thousandth."""
    near = round(days, 3)
    return near if abs(days - near) <= _SAME else days
