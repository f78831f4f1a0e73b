"""Lines with rework, losses, or blocked machines side by side: one event after the other."""

from __future__ import annotations

import heapq
import math
from collections import deque
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

import numpy as np

from .line_simulation_flow import LINE, STATION, Seen

if TYPE_CHECKING:
    from .line_simulation_times import Station

__all__ = ["Chances", "events"]


class Chances:
    """Where an event simulation takes its chance from; each is an endless stream."""

    def __init__(
        self,
        times: Sequence[Iterator[tuple[float, float]]],
        shares: Sequence[Iterator[float]],
        gaps: Iterator[float] | None,
    ) -> None:
        self.times = times  # time on a machine and the repairs in it, for each station
        self.shares = shares  # uniform from 0 to 1, for each station that sends back
        self.gaps = gaps  # times between arrivals; None: the first station never lacks work


def events(stations: Sequence[Station], chances: Sequence[Chances], units: int, warm_up: int) -> Seen:
    """Replications, each counted from the coming of unit `warm_up` to that of the last."""
    runs = [_Run(stations, chance, units, warm_up).go() for chance in chances]
    return Seen(
        {name: np.array([line[name] for line, _ in runs]) for name in LINE},
        {name: np.array([rows[name] for _, rows in runs]).T for name in STATION},
    )


class _Run:
    """One replication."""

    def __init__(self, stations: Sequence[Station], chances: Chances, units: int, warm_up: int) -> None:
        m = len(stations)
        names = [s.name for s in stations]
        self.stations, self.chances, self.units, self.warm_up = stations, chances, units, warm_up
        self.limit = [math.inf if s.buffer is None else s.buffer for s in stations]
        self.back = [
            (s.rework_share, names.index(s.rework_to) if s.rework_to else j) for j, s in enumerate(stations)
        ]
        self.queue: list[deque[tuple[int, float]]] = [deque() for _ in range(m)]  # unit, since
        self.held: list[deque[tuple[int, float]]] = [deque() for _ in range(m)]  # done, no place ahead
        self.free = [s.machines for s in stations]
        self.heap: list[
            tuple[float, int, int, int, float, float]
        ] = []  # when, turn, station, unit, start, repairs
        self.turn = 0
        self.entered: list[float] = []
        self.begin = math.inf
        self.working, self.down, self.blocked, self.waited, self.queued = ([0.0] * m for _ in range(5))
        self.visits = [0] * m
        self.leads: list[float] = []
        self.area, self.lost, self.came = 0.0, 0, 0

    def go(self) -> tuple[dict[str, float], dict[str, list[float]]]:
        gaps = self.chances.gaps
        if gaps is None:
            for _ in range(self.stations[0].machines):
                self.free[0] -= 1
                self._start(0, self._come(0.0), 0.0)
        else:
            self._push(next(gaps), -1, 0, 0.0, 0.0)
        heap, now = self.heap, 0.0
        while len(self.entered) < self.units:
            now, _, j, unit, start, repairs = heapq.heappop(heap)
            if j < 0:
                assert gaps is not None
                self._push(now + next(gaps), -1, 0, 0.0, 0.0)
                self._arrive(now)
                continue
            if now > self.begin:
                self.working[j] += now - max(start, self.begin)
                self.down[j] += repairs
            self._finish(j, unit, now)
        return self._sum_up(now)

    def _push(self, when: float, j: int, unit: int, start: float, repairs: float) -> None:
        self.turn += 1
        heapq.heappush(self.heap, (when, self.turn, j, unit, start, repairs))

    def _come(self, now: float) -> int:
        unit = len(self.entered)
        self.entered.append(now)
        if unit == self.warm_up:
            self.begin = now
        return unit

    def _arrive(self, now: float) -> None:
        is_counted = now >= self.begin
        self.came += is_counted
        if not self.free[0] and len(self.queue[0]) >= self.limit[0]:
            self.lost += is_counted
        else:
            self._join(0, self._come(now), now)

    def _start(self, j: int, unit: int, now: float) -> None:
        time, repairs = next(self.chances.times[j])
        self._push(now + time, j, unit, now, repairs)

    def _join(self, j: int, unit: int, now: float) -> None:
        if self.free[j]:
            self.free[j] -= 1
            self.visits[j] += now >= self.begin
            self._start(j, unit, now)
        else:
            self.queue[j].append((unit, now))

    def _finish(self, j: int, unit: int, now: float) -> None:
        share, target = self.back[j]
        if share and next(self.chances.shares[j]) < share:
            self._join(target, unit, now)  # beside the places, so that nothing can lock
        elif j == len(self.stations) - 1:
            since = self.entered[unit]
            if now > self.begin:
                self.leads.append(now - since)
                self.area += now - max(since, self.begin)
            self.entered[unit] = math.nan  # gone
        elif self.free[j + 1] or len(self.queue[j + 1]) < self.limit[j + 1]:
            self._join(j + 1, unit, now)
        else:
            self.held[j].append((unit, now))
            return
        self._release(j, now)

    def _release(self, j: int, now: float) -> None:
        """A machine of j is free: it takes the next unit, and what waited for a place before j moves up."""
        while True:
            if self.queue[j]:
                unit, since = self.queue[j].popleft()
                if now > self.begin:
                    self.queued[j] += now - max(since, self.begin)
                if since >= self.begin:
                    self.waited[j] += now - since
                    self.visits[j] += 1
                self._start(j, unit, now)
            elif j == 0 and self.chances.gaps is None:
                if len(self.entered) < self.units:
                    self._start(0, self._come(now), now)
                return
            else:
                self.free[j] += 1
            if j == 0 or not self.held[j - 1]:
                return
            if not self.free[j] and len(self.queue[j]) >= self.limit[j]:
                return
            unit, since = self.held[j - 1].popleft()
            if now > self.begin:
                self.blocked[j - 1] += now - max(since, self.begin)
            self._join(j, unit, now)
            j -= 1

    def _sum_up(self, end: float) -> tuple[dict[str, float], dict[str, list[float]]]:
        begin, span = self.begin, end - self.begin
        if not self.leads or not span:  # nothing to take a mean of
            m = len(self.stations)
            return dict.fromkeys(LINE, math.nan), {name: [math.nan] * m for name in STATION}
        self.area += sum(end - max(since, begin) for since in self.entered if since == since)
        for _, _, j, _, start, _ in self.heap:
            if j >= 0:
                self.working[j] += end - max(start, begin)
        for j, _ in enumerate(self.stations):
            self.queued[j] += sum(end - max(since, begin) for _, since in self.queue[j])
            self.blocked[j] += sum(end - max(since, begin) for _, since in self.held[j])
        hours = [span * s.machines for s in self.stations]
        busy = [x / h for x, h in zip(self.working, hours, strict=True)]
        down = [min(x / h, b) for x, h, b in zip(self.down, hours, busy, strict=True)]
        blocked = [x / h for x, h in zip(self.blocked, hours, strict=True)]
        line = {
            "throughput": len(self.leads) / span,
            "lead_time": float(np.mean(self.leads)),
            "lead_time_95": float(np.quantile(self.leads, 0.95)),
            "wip": self.area / span,
            "lost_share": self.lost / self.came if self.came else 0.0,
        }
        rows = {
            "working": [b - d for b, d in zip(busy, down, strict=True)],
            "down": down,
            "blocked": blocked,
            "starved": [max(1 - b - x, 0.0) for b, x in zip(busy, blocked, strict=True)],
            "wait": [w / max(v, 1) for w, v in zip(self.waited, self.visits, strict=True)],
            "queue": [x / span for x in self.queued],
        }
        return line, rows
