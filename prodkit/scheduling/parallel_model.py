"""Machines side by side as a model for CP-SAT: never more jobs at once than there are machines."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

import numpy as np

from .setups_model import Found, aim, down, has_solver, solve_model, whole_scale

if TYPE_CHECKING:
    from .single_jobs import JobSet

__all__ = ["search_machines"]


def search_machines(
    case: JobSet,
    m: int,
    objective: str,
    runs: Sequence[tuple[float, int, int]],
    *,
    time_limit: float,
    seed: int,
) -> Found | None:
    """Go on from a schedule; None where OR-Tools is absent or the time was too short for an answer."""
    if not has_solver():
        return None
    from ortools.sat.python import cp_model

    model = cp_model.CpModel()
    release = np.maximum(case.release - case.now, 0.0)
    due = case.due - case.now
    scale = whole_scale(case.time, release, due)
    hours, early = down(case.time, scale), down(release, scale)
    horizon = int(early.max() + hours.sum())
    ends = [model.new_int_var(int(early[j] + hours[j]), horizon, f"end {j}") for j in range(case.n)]
    spans = [
        model.new_interval_var(ends[j] - int(hours[j]), int(hours[j]), ends[j], f"run {j}")
        for j in range(case.n)
    ]
    model.add_cumulative(spans, [1] * case.n, m)
    for start, _, j in runs:
        model.add_hint(ends[j], int(down(np.array([start - case.now]), scale)[0] + hours[j]))
    offset, unit = aim(model, case, objective, ends, due, scale, horizon)
    solver, has_answer = solve_model(model, time_limit=time_limit, seed=seed)
    if not has_answer:
        return None
    order = sorted(range(case.n), key=lambda j: (solver.value(ends[j]) - int(hours[j]), j))
    return Found(order, solver.best_objective_bound / unit + offset)
