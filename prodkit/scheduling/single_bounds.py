"""Bounds for sums over jobs (tardiness, flow time, number late): every hour of a machine gets a price."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from .setups_model import down, whole_scale

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from .single_jobs import JobSet

__all__ = ["grain", "priced_bound", "raised"]

_ROUNDS = 250
_CELLS = 600_000  # jobs times slots
_SLOTS = 4_000


def grain(case: JobSet, objective: str) -> float:
    """What every value of the objective is a multiple of; 0 where the times are not whole on any grid."""
    if objective == "number_late":
        return 1.0
    arrays = [case.hours, case.setup[-1] if not case.has_changeovers else case.setup, case.release - case.now]
    if objective != "makespan":
        arrays.append(case.due - case.now)
    scale = whole_scale(*arrays)
    weigh = whole_scale(case.weight) if objective.startswith("weighted") else 1
    for values, by in [*((a, scale) for a in arrays), (case.weight if weigh > 1 else np.zeros(1), weigh)]:
        known = values[np.isfinite(values)] * by
        if np.abs(known - np.round(known)).max(initial=0.0) > 1e-7:
            return 0.0
    return 1.0 / (scale * weigh)


def raised(bound: float, step: float) -> float:
    """The bound up to the next value that there can be.

    Examples
    --------
    >>> raised(186.7, 1.0), raised(186.7, 0.0), raised(187.0000001, 1.0)
    (187.0, 186.7, 187.0)
    """
    if not step or not np.isfinite(bound):
        return bound
    return float(np.ceil(bound / step - 1e-5) * step) + 0.0


def priced_bound(case: JobSet, objective: str, value: float, *, machines: int = 1) -> float:
    """No schedule is below this: jobs start where they like and pay for each hour of a machine that they take.

    The prices are raised where too many jobs start, and lowered where too few do (Lagrange). Each job takes its
    shortest setup. Times are rounded down to a grid, so that the bound holds for the true ones.
    """
    release = np.maximum(case.release - case.now, 0.0)
    others = case.setup
    if case.has_changeovers:
        others = case.setup.copy()
        np.fill_diagonal(others[:-1], np.inf)
    time = case.hours + (others.min(axis=0) if case.has_changeovers else case.setup[-1])
    longest = float(release.max() + (case.hours + case.setup.max(axis=0)).sum())
    scale = min(float(whole_scale(time, release)), min(_SLOTS, _CELLS / case.n) / longest)
    run, early = down(time, scale), down(release, scale)
    slots = int(np.ceil(longest * scale))
    begin = np.arange(slots + 1)
    ends = np.minimum(begin[None, :] + run[:, None], slots)
    cost = _cost(case, objective, ends / scale)
    cost[(begin[None, :] < early[:, None]) | (begin[None, :] + run[:, None] > slots)] = np.inf
    price, best, eager, stale = np.zeros(slots), -np.inf, 1.0, 0
    jobs = np.arange(case.n)
    for _ in range(_ROUNDS):
        paid = np.concatenate([[0.0], np.cumsum(price)])
        priced = cost + paid[ends] - paid
        start = priced.argmin(axis=1)
        reached = float(priced[jobs, start].sum() - machines * price.sum())
        stale = 0 if reached > best + 1e-9 else stale + 1
        best = max(best, reached)
        if stale == 8:
            eager, stale = eager / 2, 0
        load = np.bincount(start, minlength=slots + 1) - np.bincount(ends[jobs, start], minlength=slots + 1)
        excess = np.cumsum(load)[:slots] - machines
        size = float(excess @ excess)
        if not size or best >= value - 1e-9 or eager < 1e-3:
            break
        price = np.maximum(0.0, price + eager * max(1.02 * value - reached, 1e-6) / size * excess)
    return best


def _cost(case: JobSet, objective: str, done: NDArray[np.float64]) -> NDArray[np.float64]:
    """What each job adds to the objective if it is done at these times after now."""
    late = done - np.where(np.isnan(case.due), np.inf, case.due - case.now)[:, None]
    weight = case.weight[:, None]
    if objective == "number_late":
        return (late > 1e-6).astype(float)
    if objective == "weighted_tardiness":
        return np.asarray(weight * np.maximum(late, 0.0), dtype=float)
    return np.asarray(weight * (done - (case.release - case.now)[:, None]), dtype=float)
