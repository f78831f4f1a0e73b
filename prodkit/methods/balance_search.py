"""Search for a balance on a given number of stations: found, or proved that there is none.

Station after station, every set of tasks that can be done by then is kept once (bounded dynamic programming; Bautista
and Pereira, *European Journal of Operational Research* 194, 2009). A set is left out where its stations have stood idle
for more time than there is to lose, where what remains cannot fit the stations that remain, where its last station
could take another task, or could take a larger one with more tasks behind it in place of one of its own (Jackson's
rule). While nothing else is left out, an end without a balance is a proof.
"""

from __future__ import annotations

import time
from collections.abc import Iterator
from typing import NamedTuple

from .balance_rules import Whole

__all__ = ["Verdict", "decide"]

_FILLINGS = 10  # times the width: fillings of one station from one set of tasks before some are left out


class Verdict(NamedTuple):
    """Tasks by station where a balance was found; else whether there is none, or nothing is known."""

    stations: list[list[int]] | None
    is_certain: bool
    width: int = 30
    """Where a search that ran out of time goes on."""


def decide(w: Whole, cycle: int, n_stations: int, deadline: float, width: int = 30) -> Verdict:
    """Search ever wider, from both ends of the line, until it is decided or the time (of time.monotonic) is over."""
    backward = w.reversed()
    while True:
        for line in (w, backward):
            verdict = _search(line, cycle, n_stations, width, deadline)
            if verdict.stations is not None and line is backward:
                last = len(w.times) - 1
                turned = [sorted(last - i for i in station) for station in reversed(verdict.stations)]
                return Verdict(turned, True)
            if verdict.is_certain:
                return verdict
        if time.monotonic() > deadline:
            return Verdict(None, False, width)
        width *= 4


def _search(w: Whole, cycle: int, n_stations: int, width: int, deadline: float) -> Verdict:
    everything = (1 << len(w.times)) - 1
    spare = n_stations * cycle - w.total
    due = _due(w, cycle, n_stations)
    if spare < 0 or due[0]:
        return Verdict(None, True)
    fits = _Remaining(w, cycle)
    better, follow = _better(w), _followers(w)
    reached: dict[int, int] = {0: 0}  # set of tasks done: their time
    levels: list[dict[int, int]] = []  # set of tasks done: the set before its last station
    is_whole = True
    for number in range(1, n_stations + 1):
        came: dict[int, int] = {}
        after: dict[int, int] = {}
        for done, load in reached.items():
            if time.monotonic() > deadline:
                return Verdict(None, False)
            loss = spare - ((number - 1) * cycle - load)
            tried = 0
            for now, left in _fillings(w, follow, done, cycle):
                tried += 1
                if tried > _FILLINGS * width:
                    is_whole = False
                    break
                if left > loss or due[number] & ~now or now in came:
                    continue
                rest = everything & ~now
                if fits.no(rest, n_stations - number) or _is_beaten(w, better, done, now, rest, left):
                    continue
                came[now] = done
                after[now] = load + cycle - left
        levels.append(came)
        if everything in came:
            stations, now = [], everything
            for level in reversed(levels):
                stations.append(w.members(now & ~level[now]))
                now = level[now]
            return Verdict(stations[::-1], True)
        if len(after) > width:
            is_whole = False
            after = dict(sorted(after.items(), key=lambda pair: -pair[1])[:width])
        if not after:
            return Verdict(None, is_whole)
        reached = after
    return Verdict(None, is_whole)


def _followers(w: Whole) -> list[list[int]]:
    """The tasks directly after each."""
    follow: list[list[int]] = [[] for _ in w.times]
    for j, before in enumerate(w.before):
        for i in before:
            follow[i].append(j)
    return follow


def _fillings(w: Whole, follow: list[list[int]], done: int, cycle: int) -> Iterator[tuple[int, int]]:
    """Every set of tasks that one more station can bring it to and that leaves no task that fits; and the idle time.

    Long tasks first, each set once: what one branch takes, those after it may not.
    """
    times, pred = w.times, w.pred
    start = sum(1 << i for i in range(len(times)) if not done >> i & 1 and not pred[i] & ~done)
    stack = [(done, cycle, start, 0)]
    while stack:
        now, left, ready, banned = stack.pop()
        free = [i for i in w.members(ready & ~banned) if times[i] <= left]
        if not free:
            if not any(times[i] <= left for i in w.members(ready & banned)):
                yield now, left
            continue
        free.sort(key=times.__getitem__, reverse=True)
        branches = []
        for i in free:
            with_it = now | 1 << i
            opened = ready & ~(1 << i)
            for j in follow[i]:
                if not pred[j] & ~with_it:
                    opened |= 1 << j
            branches.append((with_it, left - times[i], opened, banned))
            banned |= 1 << i
        stack += branches[::-1]


def _due(w: Whole, cycle: int, n_stations: int) -> list[int]:
    """The tasks that must be done by the end of each station, for what comes after them still to fit."""
    due = [0] * (n_stations + 1)
    for i, t in enumerate(w.times):
        tail = t + sum(w.times[j] for j in w.members(w.succ[i]))
        last = max(0, n_stations + 1 - -(-tail // cycle)) if tail else n_stations
        for number in range(last, n_stations + 1):
            due[number] |= 1 << i
    return due


class _Remaining:
    """Whether tasks that remain are too many for the stations that remain: no two, no three of them fit."""

    def __init__(self, w: Whole, cycle: int) -> None:
        def which(holds: list[bool]) -> int:
            return sum(1 << i for i, yes in enumerate(holds) if yes)

        times = w.times
        self.over_half = which([2 * t > cycle for t in times])
        self.half = which([2 * t == cycle for t in times])
        self.six = which([3 * t > 2 * cycle for t in times])
        self.five = which([3 * t == 2 * cycle for t in times])
        self.three = which([cycle < 3 * t < 2 * cycle for t in times])
        self.two = which([3 * t == cycle for t in times])

    def no(self, rest: int, stations: int) -> bool:
        """Whether they do not fit."""
        if 2 * (rest & self.over_half).bit_count() + (rest & self.half).bit_count() > 2 * stations:
            return True
        sixths = 6 * (rest & self.six).bit_count() + 5 * (rest & self.five).bit_count()
        sixths += 3 * (rest & self.three).bit_count() + 2 * (rest & self.two).bit_count()
        return sixths > 6 * stations


def _better(w: Whole) -> list[list[int]]:
    """For each task those that are as long or longer and have its followers among theirs; of equals the first."""
    n = len(w.times)
    return [
        [
            i
            for i in range(n)
            if i != j
            and w.times[j] <= w.times[i]
            and not w.succ[j] & ~w.succ[i]
            and not (w.succ[i] | w.pred[i]) >> j & 1
            and (w.times[j] < w.times[i] or w.succ[j] != w.succ[i] or i < j)
        ]
        for j in range(n)
    ]


def _is_beaten(w: Whole, better: list[list[int]], done: int, now: int, rest: int, left: int) -> bool:
    """Whether one of the station's tasks could give way to a better one that remains."""
    own = now & ~done
    for j in w.members(own):
        if w.succ[j] & own:
            continue
        for i in better[j]:
            if (
                rest >> i & 1
                and not w.pred[i] & ~now & ~(1 << j)
                and not w.pred[i] >> j & 1
                and left + w.times[j] >= w.times[i]
            ):
                return True
    return False
