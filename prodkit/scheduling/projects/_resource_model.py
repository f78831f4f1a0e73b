"""Activities that share resources, in whole steps of time: placed one by one by a rule, or all at once by CP-SAT."""

from __future__ import annotations

import heapq
from bisect import bisect_left, bisect_right
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from importlib.util import find_spec
from typing import Any

import numpy as np

from ._reading import Project

__all__ = ["FINEST", "RULES", "Found", "Limited", "limited", "place", "shortest"]

FINEST = 1000  # steps in a day, and in a unit, at the most


@dataclass(frozen=True)
class Limited:
    """A project in whole steps: `resource` is the place of a limited one in `capacity`, or -1."""

    net: Project
    steps: int  # in a day
    days: list[int]
    resource: list[int]
    units: list[int]
    capacity: list[int]

    @property
    def bound(self) -> int:
        """No schedule is shorter: neither than the critical path, nor than the work on a resource over its units."""
        work = [0] * len(self.capacity)
        for r, d, u in zip(self.resource, self.days, self.units, strict=True):
            if r >= 0:
                work[r] += d * u
        path = self.net.earliest(np.array(self.days))[1].max()
        return max(int(path), *(-(-w // c) for w, c in zip(work, self.capacity, strict=True)), 0)


@dataclass(frozen=True)
class Found:
    """Starts in steps, the proven bound on the end, and what found them."""

    start: list[int]
    bound: int
    solver: str


def limited(net: Project, capacity: Mapping[str, float]) -> Limited:
    """A checked project in whole steps, with a place for each resource that has a limit."""
    names = list(capacity)
    needs = [float(u) for u in net.columns["resource_units"]]
    steps = _steps(net.days.tolist())
    parts = _steps([*needs, *capacity.values()])
    place = {name: i for i, name in enumerate(names)}
    resource = [
        place.get(str(r), -1) if u > 0 and d > 0 else -1
        for r, u, d in zip(net.columns["resource"], needs, net.days, strict=True)
    ]
    return Limited(
        net,
        steps,
        [round(d * steps) for d in net.days],
        resource,
        [round(u * parts) for u in needs],
        [round(capacity[name] * parts) for name in names],
    )


def _steps(figures: Sequence[float]) -> int:
    """The fewest steps in one in which every figure is whole."""
    for steps in (1, 2, 4, 5, 8, 10, 20, 100):
        if all(abs(x * steps - round(x * steps)) < 1e-9 for x in figures):
            return steps
    return FINEST


def _latest_finish(case: Limited) -> list[int]:
    days = np.array(case.days)
    end = int(case.net.earliest(days)[1].max())
    return [int(f) for f in case.net.latest(days, end)[1]]


def _slack(case: Limited) -> list[int]:
    finish = case.net.earliest(np.array(case.days))[1]
    return [late - int(early) for late, early in zip(_latest_finish(case), finish, strict=True)]


def _followers(case: Limited) -> list[int]:
    behind: list[set[int]] = [set() for _ in case.days]
    for i in reversed(case.net.order):
        for j in case.net.behind[i]:
            behind[i] |= behind[j] | {j}
    return [-len(b) for b in behind]


RULES: dict[str, Callable[[Limited], list[int]]] = {
    "latest_finish": _latest_finish,
    "min_slack": _slack,
    "shortest": lambda case: list(case.days),
    "longest": lambda case: [-d for d in case.days],
    "most_followers": _followers,
}


def place(case: Limited, priority: Sequence[int]) -> list[int]:
    """Starts, one activity after another: of those that wait for nothing more, the one of the least priority
    figure (of equal ones the first in the table), as early as its resource allows."""
    net = case.net
    waiting = [len(b) for b in net.before]
    ready = [(priority[i], i) for i, w in enumerate(waiting) if w == 0]
    heapq.heapify(ready)
    start, times, levels = [0] * len(waiting), [[0] for _ in case.capacity], [[0] for _ in case.capacity]
    while ready:
        _, i = heapq.heappop(ready)
        begin = max((start[j] + case.days[j] for j in net.before[i]), default=0)
        r = case.resource[i]
        if r >= 0:
            begin = _fit(times[r], levels[r], begin, case.days[i], case.units[i], case.capacity[r])
        start[i] = begin
        for j in net.behind[i]:
            waiting[j] -= 1
            if waiting[j] == 0:
                heapq.heappush(ready, (priority[j], j))
    return start


def _fit(times: list[int], levels: list[int], begin: int, days: int, units: int, capacity: int) -> int:
    """The earliest start from `begin` on at which the units are free throughout; they are then taken.

    `levels[k]` is in use from `times[k]` to the next time, the last for ever.
    """
    k = bisect_right(times, begin) - 1
    while k < len(times) and times[k] < begin + days:
        k += 1
        if levels[k - 1] + units > capacity:
            begin = times[k]  # the last level is zero, so that there is a next time
    for at in (begin, begin + days):
        k = bisect_left(times, at)
        if k == len(times) or times[k] != at:
            times.insert(k, at)
            levels.insert(k, levels[k - 1])
    for k in range(bisect_left(times, begin), bisect_left(times, begin + days)):
        levels[k] += units
    return begin


def _end(case: Limited, start: Sequence[int]) -> int:
    return max(s + d for s, d in zip(start, case.days, strict=True))


def shortest(case: Limited, time_limit: float, seed: int) -> Found:
    """The shortest schedule: the best of the rules, and CP-SAT from there on where that is not proven."""
    by_rule = {name: place(case, rule(case)) for name, rule in RULES.items()}
    name, start = min(by_rule.items(), key=lambda pair: _end(case, pair[1]))
    said = f"the rule {name.replace('_', ' ')}, the best of {len(RULES)}"
    bound = case.bound
    if _end(case, start) == bound:
        return Found(start, bound, said)
    if find_spec("ortools") is None:
        return Found(start, bound, f"{said}; OR-Tools is not installed")
    better, proven = _by_cp_sat(case, start, time_limit, seed)
    bound = max(bound, proven)
    if better is None:
        return Found(start, bound, f"{said}; CP-SAT (OR-Tools) found none shorter")
    return Found(place(case, better), bound, "CP-SAT (OR-Tools)")


def _by_cp_sat(
    case: Limited, start: Sequence[int], time_limit: float, seed: int
) -> tuple[list[int] | None, int]:
    """Starts that end sooner than those given, or None; and the proven bound."""
    from ortools.sat.python import cp_model

    model: Any = cp_model.CpModel()
    last = _end(case, start)
    end = model.new_int_var(case.bound, last, "end")
    begins = [model.new_int_var(0, last - d, f"start_{i}") for i, d in enumerate(case.days)]
    for i, begin in enumerate(begins):
        model.add(begin + case.days[i] <= end)
        for j in case.net.before[i]:
            model.add(begin >= begins[j] + case.days[j])
        model.add_hint(begin, start[i])
    model.add_hint(end, last)
    for r, units in enumerate(case.capacity):
        on = [i for i, place in enumerate(case.resource) if place == r]
        spans = [model.new_fixed_size_interval_var(begins[i], case.days[i], f"span_{i}") for i in on]
        model.add_cumulative(spans, [case.units[i] for i in on], units)
    model.minimize(end)
    solver: Any = cp_model.CpSolver()
    solver.parameters.max_time_in_seconds = time_limit
    solver.parameters.num_workers = 1
    solver.parameters.random_seed = seed
    status = solver.solve(model)
    if status not in (cp_model.OPTIMAL, cp_model.FEASIBLE):
        return None, 0
    found = [int(solver.value(begin)) for begin in begins]
    bound = round(solver.best_objective_bound)
    return (found if _end(case, found) < last else None), bound
