"""Lines without rework: when each unit leaves each station, by recursion, with and without blocking."""

from __future__ import annotations

import heapq
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from .line_simulation_times import Station

    Array = NDArray[np.float64]
    Draw = Callable[[], tuple[Array, Array | None]]

__all__ = ["LINE", "STATION", "Seen", "flow"]

LINE = ("throughput", "lead_time", "lead_time_95", "wip", "lost_share")
STATION = ("working", "down", "blocked", "starved", "wait", "queue")

_ROWS = 4096  # of the recursion with blocking that are worked at once


@dataclass
class Seen:
    """What was seen: figures of the line (by name: replications) and of stations (stations x replications)."""

    line: dict[str, Array]
    stations: dict[str, Array]


@dataclass
class _Passed:
    """Units through a group of stations, and sums over those counted: stations x replications."""

    entry: Array  # replications x units: start at the first station
    done: Array  # replications x units: departure from the last
    wait: Array  # waits before each station
    held: Array  # time in which a finished unit kept its machine
    span: Array  # time that the counted units took from first to last


def flow(stations: Sequence[Station], draws: Sequence[Draw], arrivals: Array | None, warm_up: int) -> Seen:
    """Run the line; `draws` give each station's times and repairs (replications x units), `arrivals` the
    units' coming (None: the first station never lacks work)."""
    out: dict[str, list[Array]] = {name: [] for name in STATION}
    entered, ready = arrivals, arrivals
    in_order = True
    first = 0
    while first < len(stations):
        last = first + 1
        while last < len(stations) and stations[last].buffer is not None:
            last += 1  # a group: its stations can block one another, and nothing beyond it can
        group = stations[first:last]
        times = [draw() for draw in draws[first:last]]
        order = None
        if ready is not None and not in_order:  # first come, first served, after machines side by side
            order = np.argsort(ready, axis=1, kind="stable")
            ready = np.take_along_axis(ready, order, axis=1)
        if len(group) > 1:
            passed = _blocking([s.buffer or 0 for s in group[1:]], [x for x, _ in times], ready, warm_up)
        elif group[0].machines > 1:
            passed = _side_by_side(group[0].machines, times[0][0], ready, warm_up)
        else:
            passed = _alone(times[0][0], ready, warm_up)
        for place, (station, (x, down)) in enumerate(zip(group, times, strict=True)):
            hours = passed.span[place] * station.machines
            repairs = np.zeros(len(x)) if down is None else down[:, warm_up:].sum(axis=1)
            busy, held = x[:, warm_up:].sum(axis=1), passed.held[place]
            out["working"].append((busy - repairs) / hours)
            out["down"].append(repairs / hours)
            out["blocked"].append(held / hours)
            out["starved"].append(_clean(1 - (busy + held) / hours, 100.0))
            out["wait"].append(passed.wait[place] / (x.shape[1] - warm_up))
            out["queue"].append(passed.wait[place] / passed.span[place])
        if entered is None:
            entered = passed.entry
        ready = passed.done
        if order is not None:
            ready = np.empty_like(passed.done)
            np.put_along_axis(ready, order, passed.done, axis=1)
        in_order = order is None and group[-1].machines == 1
        first = last
    assert entered is not None
    assert ready is not None
    return Seen(_line(entered, ready, warm_up), {name: np.array(rows) for name, rows in out.items()})


def _line(entered: Array, left: Array, warm_up: int) -> dict[str, Array]:
    begin, end = entered[:, warm_up, None], entered[:, -1:]
    span = (end - begin)[:, 0]
    inside = (left > begin) & (left <= end)
    area = np.clip(left, begin, end).sum(axis=1) - np.clip(entered, begin, end).sum(axis=1)
    lead = left[:, warm_up:] - entered[:, warm_up:]
    return {
        "throughput": inside.sum(axis=1) / span,
        "lead_time": lead.mean(axis=1),
        "lead_time_95": np.quantile(lead, 0.95, axis=1),
        "wip": area / span,
        "lost_share": np.zeros(len(left)),
    }


def _alone(x: Array, ready: Array | None, warm_up: int) -> _Passed:
    """One machine with room before and after it: done[i] = max(ready[i], done[i-1]) + x[i], all at once.

    With c the running sum of x that is done[i] = c[i] + max over k <= i of (ready[k] - c[k-1]).
    """
    done = np.cumsum(x, axis=1)
    begun = 0.0
    if ready is not None:
        idle = ready - done
        idle += x
        np.maximum.accumulate(idle, axis=1, out=idle)
        done += idle
        begun = ready[:, warm_up:].sum(axis=1)
    busy, ends = x[:, warm_up:].sum(axis=1), done[:, warm_up:].sum(axis=1)
    wait = _clean(ends - busy - begun, ends) if ready is not None else np.zeros(len(x))
    before = done[:, warm_up - 1] if warm_up else np.zeros(len(x))
    entry = done - x if ready is None else ready
    return _Passed(entry, done, wait[None], np.zeros((1, len(x))), (done[:, -1] - before)[None])


def _side_by_side(machines: int, x: Array, ready: Array | None, warm_up: int) -> _Passed:
    """Machines side by side: each unit, in turn, goes to the one that is free first."""
    start = np.empty_like(x)
    for row, times in enumerate(x):
        come = np.zeros(len(times)) if ready is None else ready[row]
        free, begins = [0.0] * machines, []
        for at, time in zip(come.tolist(), times.tolist(), strict=True):
            begin = free[0] if free[0] > at else at
            begins.append(begin)
            heapq.heapreplace(free, begin + time)
        start[row] = begins
    wait = np.zeros(len(x)) if ready is None else (start - ready)[:, warm_up:].sum(axis=1)
    units = x.shape[1] - warm_up
    span = (start[:, -1] - start[:, warm_up]) * (units / (units - 1))
    return _Passed(start, start + x, wait[None], np.zeros((1, len(x))), span[None])


def _blocking(buffers: Sequence[int], xs: Sequence[Array], ready: Array | None, warm_up: int) -> _Passed:
    """Single machines with `buffers` places between them, blocking after service.

    Unit i leaves station j at the latest of: its own end there; the departure from j + 1 of unit i - b - 1, which
    frees a place. One step does unit i of station j for every j and i with pace * i + j = t, in all replications;
    what a step needs was done in earlier ones.
    """
    reps, n = xs[0].shape
    m = len(xs)
    pace = 2 if 0 in buffers else 1
    back = np.array([pace * (b + 1) - 1 for b in (min(b, n) for b in buffers)], dtype=np.intp)
    pad = max(pace, int(back.max()))
    rows = max(_ROWS, 2 * pad)
    # left[t, j]: departures; column 0 is the units' coming, column m + 1 stays 0
    left = np.zeros((pad + rows, m + 2, reps))
    ends = np.zeros((rows, m, reps))
    wide, is_even = (m + 1) * reps, bool((back == back[0]).all())
    rows_of, ends_of, flat = left.reshape(pad + rows, -1), ends.reshape(rows, -1), left.reshape(-1, reps)
    begun, gaps = np.empty(m * reps), np.empty((m, reps))
    gaps_of = gaps.ravel()
    spot = np.append(np.arange(2, m + 1) + (pad - back) * (m + 2), m + 1)  # of what frees a place, at t = 0
    entry, done = np.empty((reps, n)), np.empty((reps, n))
    sum_ends, sum_left, before, after = (np.zeros((m, reps)) for _ in range(4))
    steps = pace * (n - 1) + m + 1
    for t0 in range(0, steps, rows):
        count = min(rows, steps - t0)
        left[:pad] = left[rows : rows + pad]
        left[pad:] = 0.0
        ends[:] = 0.0
        spans = [_units(t0, count, j, pace, n) for j in range(m + 1)]  # units of column j, and their rows
        lo, hi, at = spans[0]
        if ready is not None:
            left[pad:][at, 0] = ready[:, lo:hi].T
        for j, (lo, hi, at) in enumerate(spans[1:]):
            ends[at, j] = xs[j][:, lo:hi].T
        row = rows_of[pad : pad + count, reps:wide]
        came = rows_of[pad - 1 : pad - 1 + count, : wide - reps]
        last = rows_of[pad - pace : pad - pace + count, reps:wide]
        if is_even:
            for now, a, b, end, gap in zip(
                row, came, last, ends_of, rows_of[pad - back[0] :, 2 * reps :], strict=False
            ):
                np.maximum(a, b, out=begun)
                np.add(end, begun, out=end)
                np.maximum(end, gap, out=now)
        else:
            here = spot.copy()
            for now, a, b, end in zip(row, came, last, ends_of, strict=False):
                np.maximum(a, b, out=begun)
                np.add(end, begun, out=end)
                np.take(flat, here, axis=0, out=gaps, mode="clip")
                here += m + 2
                np.maximum(end, gaps_of, out=now)
        for j, (lo, hi, at) in enumerate(spans[1:]):
            if lo >= hi:
                continue
            gone, end = left[pad:][at, j + 1], ends[at, j]
            counted = max(warm_up - lo, 0)
            sum_ends[j] += end[counted:].sum(axis=0)
            sum_left[j] += gone[counted:].sum(axis=0)
            if lo < warm_up <= hi:
                before[j] = gone[warm_up - 1 - lo]
            after[j] = gone[-1]
            if j == 0:
                entry[:, lo:hi] = end.T - xs[0][:, lo:hi]
            if j == m - 1:
                done[:, lo:hi] = gone.T
    busy = np.array([x[:, warm_up:].sum(axis=1) for x in xs])
    came = sum_ends[:1] - busy[:1] if ready is None else ready[:, warm_up:].sum(axis=1)[None]
    wait = _clean(sum_ends - busy - np.concatenate([came, sum_left[:-1]]), sum_ends)
    return _Passed(entry, done, wait, _clean(sum_left - sum_ends, sum_left), after - before)


def _clean(x: Array, scale: Array | float) -> Array:
    """A difference of sums without its rounding: what is nothing beside them is 0."""
    return np.where(x > 1e-11 * scale, x, 0.0)


def _units(t0: int, count: int, j: int, pace: int, n: int) -> tuple[int, int, slice]:
    """Units of column j in rows t0 to t0 + count, and those rows, counted from t0."""
    lo = min(max(-((j - t0) // pace), 0), n)
    hi = min(max(-((j - t0 - count) // pace), 0), n)
    return lo, hi, slice(pace * lo + j - t0, pace * hi + j - t0, pace)
