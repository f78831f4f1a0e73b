"""Orders of a flow shop: by NEH and by Johnson's rule on two made-up machines, and made better by search."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

import numpy as np

from .flow_times import total

if TYPE_CHECKING:
    from numpy.typing import NDArray

__all__ = ["cds", "improve", "johnson_order", "neh"]

_ROUNDS = 100
_TAKEN_OUT = 4
_HEAT = 0.4  # of the mean time over ten: how much worse an order may be and still be gone on from


def johnson_order(first: NDArray[np.float64], second: NDArray[np.float64]) -> list[tuple[int, int]]:
    """Jobs as Johnson's rule places them one by one: place of the job, and 1 (to the front) or 2 (to the back)."""
    left = list(range(len(first)))
    placed = []
    while left:
        _, machine, j = min((float(t[j]), k, j) for k, t in ((1, first), (2, second)) for j in left)
        placed.append((j, machine))
        left.remove(j)
    return placed


def cds(hours: NDArray[np.float64], waiting: str) -> list[int]:
    """Campbell, Dudek and Smith: Johnson's rule on the first k machines against the last k, the best of all k."""
    rows, m = hours.tolist(), hours.shape[1]
    orders = []
    for k in range(1, max(2, m)):
        placed = johnson_order(hours[:, :k].sum(axis=1), hours[:, m - k :].sum(axis=1))
        orders.append([j for j, side in placed if side == 1] + [j for j, side in placed[::-1] if side == 2])
    return min(orders, key=lambda order: total(rows, order, waiting))


def neh(hours: NDArray[np.float64], waiting: str) -> list[int]:
    """Nawaz, Enscore and Ham: the longest job first, each put where it makes the least makespan, the front on ties."""
    order: list[int] = []
    for j in np.argsort(-hours.sum(axis=1), kind="stable").tolist():
        order.insert(int(np.round(_inserted(hours, order, j, waiting), 9).argmin()), j)
    return order


def improve(
    hours: NDArray[np.float64], order: list[int], waiting: str, *, bound: float, time_limit: float, seed: int
) -> list[int]:
    """Take a few jobs out at random, put each back where it is best, keep what is better: until the bound is reached."""
    rows, rng, stop = hours.tolist(), np.random.default_rng(seed), time.perf_counter() + time_limit
    heat = _HEAT * float(hours.mean()) / 10 or 1.0
    current = _settled(hours, order, waiting, rng, stop)
    value = total(rows, current, waiting)
    best, least = current, value
    for _ in range(_ROUNDS):
        if least <= bound + 1e-9 or time.perf_counter() > stop:
            break
        out = rng.choice(len(order), min(_TAKEN_OUT, len(order)), replace=False).tolist()
        new = [j for j in current if j not in out]
        for j in out:
            new.insert(int(_inserted(hours, new, j, waiting).argmin()), j)
        new = _settled(hours, new, waiting, rng, stop)
        reached = total(rows, new, waiting)
        if reached < value or rng.random() < np.exp((value - reached) / heat):
            current, value = new, reached
        if value < least - 1e-9:
            best, least = current, value
    return best


def _settled(
    hours: NDArray[np.float64], order: list[int], waiting: str, rng: np.random.Generator, stop: float
) -> list[int]:
    """No single job has a better place any more."""
    value, is_better = total(hours.tolist(), order, waiting), True
    while is_better and time.perf_counter() < stop:
        is_better = False
        for j in rng.permutation(len(order)).tolist():
            rest = [i for i in order if i != j]
            reached = _inserted(hours, rest, j, waiting)
            k = int(reached.argmin())
            if reached[k] < value - 1e-9:
                order, value, is_better = [*rest[:k], j, *rest[k:]], float(reached[k]), True
    return order


def _inserted(hours: NDArray[np.float64], order: list[int], j: int, waiting: str) -> NDArray[np.float64]:
    """The makespan with j put at each place of the order, from the front to the back."""
    n, m = len(order), hours.shape[1]
    if waiting != "allowed":
        rows = hours.tolist()
        return np.array([total(rows, [*order[:k], j, *order[k:]], waiting) for k in range(n + 1)])
    # Taillard: what is done before each place, and what is still to be done from it.
    heads, tails = np.zeros((n + 1, m)), np.zeros((n + 1, m))
    clock = [0.0] * m
    for i, job in enumerate(order):
        at = 0.0
        for k, time_on in enumerate(hours[job].tolist()):
            at = (at if at > clock[k] else clock[k]) + time_on
            clock[k] = at
        heads[i + 1] = clock
    clock = [0.0] * m
    for i in range(n - 1, -1, -1):
        at = 0.0
        row = hours[order[i]].tolist()
        for k in range(m - 1, -1, -1):
            at = (at if at > clock[k] else clock[k]) + row[k]
            clock[k] = at
        tails[i] = clock
    ends = heads[:, 0] + hours[j, 0]
    longest: NDArray[np.float64] = ends + tails[:, 0]
    for k in range(1, m):
        ends = np.maximum(ends, heads[:, k]) + hours[j, k]
        longest = np.maximum(longest, ends + tails[:, k])
    return longest
