"""The best order of a flow shop, proven: branch and bound from both ends of the sequence."""

from __future__ import annotations

import time
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from .flow_times import total

if TYPE_CHECKING:
    from numpy.typing import NDArray

__all__ = ["machine_bound", "prove"]


@dataclass(frozen=True, eq=False)
class _Node:
    """Jobs fixed at the front and at the back; those between them are free."""

    bound: float
    front: NDArray[np.float64]  # when each machine is free after the jobs at the front
    back: NDArray[np.float64]  # what each machine still leaves to be done from the jobs at the back on
    free: NDArray[np.int64]
    first: tuple[int, ...]
    last: tuple[int, ...]


def machine_bound(hours: NDArray[np.float64]) -> float:
    """The busiest machine: the shortest way to it, all its work, the shortest way from it."""
    after = np.cumsum(hours, axis=1)
    before, behind = after - hours, after[:, -1:] - after
    return float((before.min(axis=0) + hours.sum(axis=0) + behind.min(axis=0)).max())


def prove(
    hours: NDArray[np.float64], order: list[int], waiting: str, *, time_limit: float
) -> tuple[list[int], float]:
    """The best order, and the bound that no order is below; they meet where the time sufficed.

    Each branch fixes one more job at the front or at the back, on the side where fewer branches are left.
    """
    rows, stop = hours.tolist(), time.perf_counter() + time_limit
    best, least = order, total(rows, order, waiting)
    n, m = hours.shape
    root = _Node(machine_bound(hours), np.zeros(m), np.zeros(m), np.arange(n), (), ())
    after = np.cumsum(hours, axis=1)
    ways = (after - hours, after[:, -1:] - after)
    nodes = [root]
    while nodes:
        if time.perf_counter() > stop:
            return best, min(least, min(node.bound for node in nodes))
        node = nodes.pop()
        if node.bound >= least - 1e-9:
            continue
        if len(node.free) == 1:
            whole = [*node.first, int(node.free[0]), *node.last]
            value = total(rows, whole, waiting)
            if value < least - 1e-9:
                best, least = whole, value
            continue
        nodes += _branches(node, hours, ways, waiting, least)
    return best, least


def _branches(
    node: _Node,
    hours: NDArray[np.float64],
    ways: tuple[NDArray[np.float64], NDArray[np.float64]],
    waiting: str,
    least: float,
) -> list[_Node]:
    """The children on the better side, the most promising last."""
    times = hours[node.free]
    rest = times.sum(axis=0) - times
    to, away = (_second_least(way[node.free]) for way in ways)
    fronts = _append(node.front, times, waiting)
    backs = _append(node.back[::-1], times[:, ::-1], waiting)[:, ::-1]
    ahead = (fronts + rest + (node.back if node.last else away)).max(axis=1)
    astern = (backs + rest + (node.front if node.first else to)).max(axis=1)
    ahead, astern = np.maximum(ahead, node.bound), np.maximum(astern, node.bound)
    is_front = ((ahead < least).sum(), -ahead.sum()) <= ((astern < least).sum(), -astern.sum())
    bounds = ahead if is_front else astern
    children = []
    for i in np.argsort(-bounds, kind="stable").tolist():
        if bounds[i] >= least - 1e-9:
            continue
        j, free = int(node.free[i]), np.delete(node.free, i)
        if is_front:
            child = _Node(float(bounds[i]), fronts[i], node.back, free, (*node.first, j), node.last)
        else:
            child = _Node(float(bounds[i]), node.front, backs[i], free, node.first, (j, *node.last))
        children.append(child)
    return children


def _append(front: NDArray[np.float64], times: NDArray[np.float64], waiting: str) -> NDArray[np.float64]:
    """When each machine is free once one more job has gone through, for each of the jobs."""
    out = np.empty_like(times)
    m = times.shape[1]
    clock: NDArray[np.float64] = np.zeros(len(times))
    for k in range(m):
        clock = np.maximum(clock, front[k]) + times[:, k]
        if waiting == "blocking" and k + 1 < m:
            clock = np.maximum(clock, front[k + 1])
        out[:, k] = clock
    return out


def _second_least(ways: NDArray[np.float64]) -> NDArray[np.float64]:
    """For each job and machine the least of the other jobs' ways."""
    least, second = np.sort(ways, axis=0)[:2]
    others: NDArray[np.float64] = np.where(ways == least, second, least)
    return others
