"""The order of one machine as a model for CP-SAT: a round trip through the jobs, with setups, releases, due dates."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from importlib.util import find_spec
from itertools import pairwise
from typing import TYPE_CHECKING, Any

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from .single_jobs import JobSet

__all__ = ["Found", "aim", "down", "has_solver", "search_model", "solve_model", "whole_scale"]

_SCALES = (1, 2, 4, 5, 10, 20, 60, 100, 1000, 3600, 10_000, 1_000_000)


@dataclass(frozen=True)
class Found:
    """An order, and what no order is below."""

    order: list[int]
    bound: float


def has_solver() -> bool:
    """Whether OR-Tools is there; in the browser it is not."""
    return find_spec("ortools") is not None


def whole_scale(*arrays: NDArray[np.float64]) -> int:
    """The smallest factor that makes all of these whole; the largest tried where none does.

    Examples
    --------
    >>> whole_scale(np.array([1.5, 2.0]), np.array([0.25])), whole_scale(np.array([1 / 7]))
    (4, 1000000)
    """
    values = np.concatenate([a.ravel() for a in arrays])
    values = values[np.isfinite(values)]
    for scale in _SCALES:
        if np.abs(values * scale - np.round(values * scale)).max(initial=0.0) < 1e-7:
            return scale
    return _SCALES[-1]


def down(values: NDArray[np.float64], scale: float) -> NDArray[np.int64]:
    """Whole, never above: a model of shorter times proves a bound for the true ones."""
    return np.floor(values * scale + 1e-7).astype(np.int64)


def solve_model(model: Any, *, time_limit: float, seed: int) -> tuple[Any, bool]:
    """The solver after its search, and whether it has an answer."""
    from ortools.sat.python import cp_model

    solver = cp_model.CpSolver()
    solver.parameters.max_time_in_seconds = time_limit
    solver.parameters.random_seed = seed
    solver.parameters.num_workers = 1
    status = solver.solve(model)
    return solver, status in (cp_model.OPTIMAL, cp_model.FEASIBLE)


def search_model(
    case: JobSet, objective: str, order: Sequence[int], *, time_limit: float, seed: int
) -> Found | None:
    """Go on from an order; None where OR-Tools is absent or the time was too short for an answer."""
    if not has_solver():
        return None
    from ortools.sat.python import cp_model

    n = case.n
    model = cp_model.CpModel()
    follows = {
        (i, j): model.new_bool_var(f"{i} before {j}") for i in range(n + 1) for j in range(n + 1) if i != j
    }  # n: the start, and the end
    model.add_circuit([(i, j, literal) for (i, j), literal in follows.items()])
    trip = [n, *order, n]
    taken = set(pairwise(trip))
    for pair, literal in follows.items():
        model.add_hint(literal, pair in taken)
    if objective == "makespan" and case.all_here:
        scale = whole_scale(case.setup)
        setup = down(case.setup, scale)
        model.minimize(sum(int(setup[i, j]) * x for (i, j), x in follows.items() if j < n))
        offset, unit = float(case.hours.sum()), float(scale)
    else:
        offset, unit = _timed(model, case, objective, order, follows)
    solver, has_answer = solve_model(model, time_limit=time_limit, seed=seed)
    if not has_answer:
        return None
    after = {i: j for (i, j), literal in follows.items() if solver.boolean_value(literal)}
    found = [after[n]]
    while after[found[-1]] != n:
        found.append(after[found[-1]])
    return Found(found, solver.best_objective_bound / unit + offset)


def _timed(
    model: Any, case: JobSet, objective: str, order: Sequence[int], follows: dict[tuple[int, int], Any]
) -> tuple[float, float]:
    """Completions, and the objective made of them; how to read its bound: what to divide by, then to add."""
    from .single_rules import timetable

    n = case.n
    release = np.maximum(case.release - case.now, 0.0)
    due = case.due - case.now
    scale = whole_scale(case.hours, case.setup, release, due)
    hours, setup, early = down(case.hours, scale), down(case.setup, scale), down(release, scale)
    shortest = setup + np.where(np.eye(n + 1, n, dtype=bool), np.iinfo(np.int64).max // 2, 0)
    least = shortest.min(axis=0)
    horizon = int(early.max() + hours.sum() + setup.max(axis=0).sum())
    ends = [model.new_int_var(int(early[j] + least[j] + hours[j]), horizon, f"end {j}") for j in range(n)]
    for (i, j), literal in follows.items():
        if j == n:
            continue
        step = int(setup[i, j] + hours[j])
        model.add(ends[j] >= int(early[j]) + step).only_enforce_if(literal)
        if i < n:
            model.add(ends[j] >= ends[i] + step).only_enforce_if(literal)
    model.add_no_overlap(
        [
            model.new_interval_var(
                ends[j] - int(hours[j] + least[j]), int(hours[j] + least[j]), ends[j], f"run {j}"
            )
            for j in range(n)
        ]
    )
    done = np.empty(n, dtype=np.int64)
    done[list(order)] = down(np.array(timetable(case, order)[2]) - case.now, scale)
    for j in range(n):
        model.add_hint(ends[j], int(done[j]))
    return aim(model, case, objective, ends, due, scale, horizon)


def aim(
    model: Any,
    case: JobSet,
    objective: str,
    ends: list[Any],
    due: NDArray[np.float64],
    scale: int,
    horizon: int,
) -> tuple[float, float]:
    latest = np.where(np.isnan(due), horizon, np.ceil(due * scale - 1e-7)).astype(np.int64)
    if objective == "makespan":
        last = model.new_int_var(0, horizon, "makespan")
        model.add_max_equality(last, ends)
        model.minimize(last)
        return 0.0, float(scale)
    if objective == "max_lateness":
        widest = int(abs(latest).max()) + horizon
        worst = model.new_int_var(-widest, widest, "lateness")
        for j in np.flatnonzero(~np.isnan(due)).tolist():
            model.add(worst >= ends[j] - int(latest[j]))
        model.minimize(worst)
        return 0.0, float(scale)
    if objective == "number_late":
        is_late = [model.new_bool_var(f"late {j}") for j in range(case.n)]
        for j, late in enumerate(is_late):
            model.add(ends[j] <= int(latest[j])).only_enforce_if(~late)
        model.minimize(sum(is_late))
        return 0.0, 1.0
    weigh = whole_scale(case.weight)
    weight = down(case.weight, weigh)
    if objective == "weighted_flow_time":
        model.minimize(sum(int(weight[j]) * ends[j] for j in range(case.n)))
        return float(case.weight @ (case.now - case.release)), float(scale * weigh)
    tardy = []
    for j in range(case.n):
        tardy.append(model.new_int_var(0, horizon + max(0, -int(latest[j])), f"tardiness {j}"))
        model.add(tardy[j] >= ends[j] - int(latest[j]))
    model.minimize(sum(int(weight[j]) * tardy[j] for j in range(case.n)))
    return 0.0, float(scale * weigh)
