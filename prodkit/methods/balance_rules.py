"""Rules that balance a line, task after task, and bounds that no balance beats. Times are whole numbers here."""

from __future__ import annotations

import random
from collections.abc import Callable, Sequence
from typing import NamedTuple

__all__ = [
    "Filled",
    "Whole",
    "by_rule",
    "comsoal",
    "fill",
    "halved_cycle",
    "least_cycle",
    "least_stations",
    "priorities",
    "quick_cycle",
    "slowest",
]


class Whole(NamedTuple):
    """Tasks in an order in which they can be done, with whole times; sets of tasks are bits of an integer."""

    times: tuple[int, ...]
    before: tuple[tuple[int, ...], ...]
    ranks: tuple[int, ...]
    pred: tuple[int, ...]
    """Tasks that come anywhere before each."""
    succ: tuple[int, ...]
    """Tasks that come anywhere after each."""

    @classmethod
    def of(cls, times: Sequence[int], before: Sequence[Sequence[int]], ranks: Sequence[int]) -> Whole:
        """With everything that comes before and after each, however far."""
        n = len(times)
        pred, succ = [0] * n, [0] * n
        for j in range(n):
            for i in before[j]:
                pred[j] |= pred[i] | 1 << i
        for j in reversed(range(n)):
            for i in before[j]:
                succ[i] |= succ[j] | 1 << j
        return cls(tuple(times), tuple(map(tuple, before)), tuple(ranks), tuple(pred), tuple(succ))

    @property
    def total(self) -> int:
        """All times together."""
        return sum(self.times)

    def members(self, bits: int) -> list[int]:
        """The tasks of a set."""
        found = []
        while bits:
            low = bits & -bits
            found.append(low.bit_length() - 1)
            bits ^= low
        return found

    def reversed(self) -> Whole:
        """The line run backward: a balance of it, read from its end, is one of this line."""
        n = len(self.times)
        before: list[list[int]] = [[] for _ in range(n)]
        for j in range(n):
            for i in self.before[j]:
                before[n - 1 - i].append(n - 1 - j)
        return Whole.of(self.times[::-1], before, self.ranks[::-1])


class Filled(NamedTuple):
    """What a rule made: tasks by station, and the least cycle time at which it would have chosen otherwise."""

    stations: list[list[int]]
    next_cycle: int | None


def priorities(w: Whole, method: str) -> list[int]:
    """The tasks in the order in which a rule looks at them; ties in the order given."""
    n = len(w.times)
    if method == "largest_candidate":
        return sorted(range(n), key=lambda i: (-w.times[i], w.ranks[i]))
    if method == "ranked_positional_weight":
        weight = [w.times[i] + sum(w.times[j] for j in w.members(w.succ[i])) for i in range(n)]
        return sorted(range(n), key=lambda i: (-weight[i], w.ranks[i]))
    column = [0] * n
    for j in range(n):
        column[j] = 1 + max((column[i] for i in w.before[j]), default=0)
    return sorted(range(n), key=lambda i: (column[i], -w.times[i], w.ranks[i]))


def fill(w: Whole, cycle: int, choose: Callable[[list[int]], int]) -> Filled:
    """Fill station after station; `choose` takes one of the tasks that may come next and fit."""
    stations: list[list[int]] = [[]]
    done, left, refused = 0, cycle, None
    open_ = set(range(len(w.times)))
    while open_:
        ready = [i for i in open_ if not w.pred[i] & ~done]
        fitting = [i for i in ready if w.times[i] <= left]
        for i in ready:
            if w.times[i] > left:
                asked = cycle - left + w.times[i]
                refused = asked if refused is None else min(refused, asked)
        if not fitting:
            stations.append([])
            left = cycle
            continue
        task = choose(fitting)
        stations[-1].append(task)
        open_.remove(task)
        done |= 1 << task
        left -= w.times[task]
    return Filled(stations, refused)


def by_rule(w: Whole, method: str, cycle: int) -> Filled:
    """Fill the stations by a rule: always the first task of its list that may come and fits."""
    place = {task: number for number, task in enumerate(priorities(w, method))}
    return fill(w, cycle, lambda fitting: min(fitting, key=place.__getitem__))


def comsoal(w: Whole, cycle: int, runs: int, seed: int, goal: int) -> Filled:
    """The best of many fillings by lot: fewest stations, then the most even; stops at `goal` stations.

    Tasks that fit are drawn with the same chance (Arcus's first rule).
    """
    rng = random.Random(seed)
    best, best_key = Filled([], None), (len(w.times) + 1, 0)
    for _ in range(runs):
        made = fill(w, cycle, lambda fitting: fitting[int(rng.random() * len(fitting))])
        loads = [sum(w.times[i] for i in station) for station in made.stations]
        key = (len(loads), sum(load * load for load in loads))
        if key < best_key:
            best, best_key = made, key
        if len(loads) <= goal:
            break
    return best


def least_cycle(w: Whole, n_stations: int, method: str) -> list[list[int]]:
    """A rule's balance at the least cycle time at which it needs no more stations than there are.

    From the bound upward, each time to the next cycle time at which the rule would choose otherwise.
    """
    cycle = quick_cycle(w, n_stations)
    while True:
        made = by_rule(w, method, cycle)
        if len(made.stations) <= n_stations or made.next_cycle is None:
            return made.stations
        cycle = made.next_cycle


def halved_cycle(w: Whole, n_stations: int, runs: int, seed: int) -> list[list[int]]:
    """COMSOAL's balance on so many stations: halving between the bound and the best found, largest candidate first."""
    best = least_cycle(w, n_stations, "largest_candidate")
    low, high = quick_cycle(w, n_stations), slowest(w, best)
    while low < high:
        middle = (low + high) // 2
        made, _ = comsoal(w, middle, runs, seed, n_stations)
        if len(made) <= n_stations:
            best, high = made, slowest(w, made)
        else:
            low = middle + 1
    return best


def slowest(w: Whole, stations: list[list[int]]) -> int:
    """The time of the slowest station."""
    return max(sum(w.times[i] for i in station) for station in stations)


def least_stations(w: Whole, cycle: int, tasks: Sequence[int] | None = None) -> int:
    """A number of stations that no balance beats (Scholl's bounds 1 to 3, as for packing bins).

    All the time over the cycle time; tasks of which no two, and no three, fit one station.
    """
    times = w.times if tasks is None else [w.times[i] for i in tasks]
    halves = sum(2 if 2 * t > cycle else 1 for t in times if 2 * t >= cycle)
    sixths = 0
    for t in times:
        if 3 * t >= cycle:
            sixths += 6 if 3 * t > 2 * cycle else 5 if 3 * t == 2 * cycle else 3 if 3 * t > cycle else 2
    return max(-(-sum(times) // cycle), -(-halves // 2), -(-sixths // 6), 1)


def quick_cycle(w: Whole, n_stations: int) -> int:
    """A cycle time that no balance on so many stations beats.

    The longest task; all the time over the stations; and of the kn + 1 longest tasks some k + 1 share a station.
    """
    longest = sorted(w.times, reverse=True)
    bound = max(longest[0], -(-w.total // n_stations))
    k = 1
    while k * n_stations < len(longest):
        bound = max(bound, sum(longest[k * n_stations - i] for i in range(k + 1)))
        k += 1
    return bound
