"""Exact orders of few jobs: the best way to have done each subset of them, from the small to the large."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Iterator

    from numpy.typing import NDArray

    from .single_jobs import JobSet

__all__ = ["MOST_FOR_SETUPS", "MOST_FOR_TARDINESS", "least_makespan", "least_tardiness"]

MOST_FOR_SETUPS = 15
MOST_FOR_TARDINESS = 18


def _layers(n: int) -> Iterator[NDArray[np.int64]]:
    """The subsets as bit masks: those of no job, of one, of two, ..."""
    masks = np.arange(1 << n, dtype=np.int64)
    count = sum((masks >> j) & 1 for j in range(n))
    for size in range(n):
        yield masks[count == size]


def least_tardiness(case: JobSet) -> list[int]:
    """Least weighted tardiness, all jobs there at the start, setups that depend on no order."""
    n, time = case.n, case.time
    due = np.where(np.isnan(case.due), np.inf, case.due)
    done = np.full(1, case.now)  # when the jobs of each subset are done
    for j in range(n):
        done = np.concatenate([done, done + time[j]])
    cost = np.full(1 << n, np.inf)
    cost[0] = 0.0
    last = np.full(1 << n, -1)
    for masks in _layers(n):
        for j in range(n):
            free = masks[(masks >> j) & 1 == 0]
            after = free | (1 << j)
            late = done[after] - due[j]
            total = cost[free] + case.weight[j] * np.where(late > 1e-9, late, 0.0)
            is_less = total < cost[after]
            cost[after[is_less]] = total[is_less]
            last[after[is_less]] = j
    mask, order = (1 << n) - 1, []
    while mask:
        j = int(last[mask])
        order.append(j)
        mask ^= 1 << j
    return order[::-1]


def least_makespan(case: JobSet) -> list[int]:
    """Least makespan with changeovers and releases."""
    n = case.n
    done = np.full((1 << n, n), np.inf)  # of each subset and its last job
    before = np.full((1 << n, n), -1, dtype=np.int8)
    for j in range(n):
        done[1 << j, j] = max(case.now, case.release[j]) + case.setup[n, j] + case.hours[j]
    for masks in _layers(n):
        if masks[0] == 0:
            continue
        for j in range(n):
            free = masks[(masks >> j) & 1 == 0]
            ends = np.maximum(done[free], case.release[j]) + (case.setup[:n, j] + case.hours[j])
            after = free | (1 << j)
            before[after, j] = ends.argmin(axis=1)
            done[after, j] = ends.min(axis=1)
    mask = (1 << n) - 1
    j, order = int(done[mask].argmin()), []
    while True:
        order.append(j)
        i = int(before[mask, j])
        mask ^= 1 << j
        if not mask:
            return order[::-1]
        j = i
