"""Areas on places so that flow times distance is least: all arrangements, or exchanges; and a bound."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

__all__ = ["MOST_EXACT", "Problem", "best_of_all", "bound", "by_exchange", "improve"]

MOST_EXACT = 9  # areas that may move, up to which every arrangement is tried
_EPS = 1e-9


class Problem(NamedTuple):
    """Flow cost a unit of distance from area to area, distance from place to place; area i stands on place i today."""

    flow: NDArray[np.float64]
    distance: NDArray[np.float64]
    movable: list[int]
    allowed: NDArray[np.bool_]
    """allowed[i, p]: whether area i may stand on place p."""

    def cost(self, place: NDArray[np.intp]) -> float:
        """Cost of an arrangement: place[i] is where area i stands."""
        return float((self.flow * self.distance[np.ix_(place, place)]).sum())

    def alone(self) -> NDArray[np.float64]:
        """Cost of each movable area on each movable place towards the areas that stay; infinite where not allowed."""
        own = np.array(self.movable, dtype=np.intp)
        rest = np.setdiff1d(np.arange(len(self.flow)), own)
        out = self.flow[np.ix_(own, rest)] @ self.distance[np.ix_(own, rest)].T
        back = self.flow[np.ix_(rest, own)].T @ self.distance[np.ix_(rest, own)]
        alone: NDArray[np.float64] = np.where(self.allowed[np.ix_(own, own)], out + back, np.inf)
        return alone

    def among_fixed(self) -> float:
        """Cost between areas that stay."""
        rest = np.setdiff1d(np.arange(len(self.flow)), self.movable)
        return float((self.flow[np.ix_(rest, rest)] * self.distance[np.ix_(rest, rest)]).sum())


@lru_cache(maxsize=2)
def _orders(n: int) -> NDArray[np.int8]:
    """Every order of n things, the given one first."""
    if n <= 1:
        return np.zeros((1, n), dtype=np.int8)
    fewer = _orders(n - 1)
    blocks = []
    for first in range(n):
        others = np.array([i for i in range(n) if i != first], dtype=np.int8)
        blocks.append(np.column_stack([np.full(len(fewer), first, dtype=np.int8), others[fewer]]))
    return np.vstack(blocks)


def best_of_all(problem: Problem) -> NDArray[np.intp]:
    """The cheapest arrangement of all; of equals the first, today's before any other."""
    movable = np.array(problem.movable, dtype=np.intp)
    orders = _orders(len(movable))
    alone = problem.alone()
    flow = problem.flow[np.ix_(movable, movable)]
    distance = problem.distance[np.ix_(movable, movable)]
    cost = np.zeros(len(orders))
    for i in range(len(movable)):
        cost += alone[i, orders[:, i]]
        for j in range(len(movable)):
            if i != j and flow[i, j]:
                cost += flow[i, j] * distance[orders[:, i], orders[:, j]]
    least = float(cost.min())
    first = int(np.argmax(cost <= least + _EPS * max(1.0, abs(least))))
    place = np.arange(len(problem.flow))
    place[movable] = movable[orders[first]]
    return place


def improve(
    problem: Problem, place: NDArray[np.intp]
) -> tuple[NDArray[np.intp], list[tuple[int, int, float]]]:
    """Exchange the two areas that save most, until no exchange saves: the arrangement, and (area, area, cost) a step."""
    place = place.copy()
    steps: list[tuple[int, int, float]] = []
    cost = problem.cost(place)
    while True:
        best, pair = cost - _EPS * max(1.0, abs(cost)), None
        for a, i in enumerate(problem.movable):
            for j in problem.movable[a + 1 :]:
                if problem.allowed[i, place[j]] and problem.allowed[j, place[i]]:
                    place[i], place[j] = place[j], place[i]
                    tried = problem.cost(place)
                    place[i], place[j] = place[j], place[i]
                    if tried < best:
                        best, pair = tried, (i, j)
        if pair is None:
            return place, steps
        i, j = pair
        place[i], place[j] = place[j], place[i]
        cost = best
        steps.append((i, j, cost))


def by_exchange(problem: Problem, restarts: int, seed: int) -> NDArray[np.intp]:
    """The best of exchanges from today's arrangement and from so many drawn ones."""
    rng = np.random.default_rng(seed)
    today = np.arange(len(problem.flow))
    best, _ = improve(problem, today)
    least = problem.cost(best)
    movable = problem.movable
    for _ in range(restarts if len(movable) > 1 else 0):
        start = today.copy()
        for i, j in rng.choice(movable, (5 * len(movable), 2)).tolist():
            if problem.allowed[i, start[j]] and problem.allowed[j, start[i]]:
                start[i], start[j] = start[j], start[i]
        found, _ = improve(problem, start)
        if problem.cost(found) < least - _EPS * max(1.0, abs(least)):
            best, least = found, problem.cost(found)
    return best


def bound(problem: Problem) -> float:
    """A cost that no arrangement beats (Gilmore and Lawler): each area by itself with its largest flows shortest."""
    from scipy.optimize import linear_sum_assignment

    movable = np.array(problem.movable, dtype=np.intp)
    n = len(movable)
    if n == 0:
        return problem.among_fixed()
    each = problem.alone()
    flow = problem.flow[np.ix_(movable, movable)]
    distance = problem.distance[np.ix_(movable, movable)]
    out = ~np.eye(n, dtype=bool)
    flows = -np.sort(-flow[out].reshape(n, n - 1), axis=1)
    distances = np.sort(distance[out].reshape(n, n - 1), axis=1)
    each = each + flows @ distances.T
    most = 1 + each[np.isfinite(each)].sum()
    rows, columns = linear_sum_assignment(np.where(np.isfinite(each), each, most))
    return problem.among_fixed() + float(each[rows, columns].sum())
