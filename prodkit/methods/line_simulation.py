"""A line of stations, simulated: what it puts out, how long units take, and which station waits for which."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, Any

import numpy as np

from .._common import number, spoken, whole
from ..errors import InputError
from .line_simulation_events import Chances, events
from .line_simulation_flow import LINE, STATION, Seen, flow
from .line_simulation_input import keeps_up, read_stations
from .line_simulation_times import Station, between, draw

if TYPE_CHECKING:
    import pandas as pd
    from numpy.typing import NDArray

__all__ = ["Interval", "LineRun", "simulate_line"]

_HELD = 20_000_000  # times that are kept at once


@dataclass(frozen=True)
class Interval:
    """A mean over replications and where the long-run mean lies, by Student's t."""

    mean: float
    """Mean of the replications."""
    half_width: float
    """Half the interval's width; infinite for one replication."""
    confidence: float
    """Share of such intervals that hold the long-run mean."""

    @property
    def low(self) -> float:
        """Lower end."""
        return self.mean - self.half_width

    @property
    def high(self) -> float:
        """Upper end."""
        return self.mean + self.half_width

    def __str__(self) -> str:
        return f"{spoken(self.mean)} ± {spoken(self.half_width)} ({100 * self.confidence:g} %)"


@dataclass(frozen=True, eq=False)
class LineRun:
    """What a simulated line did. Made by `simulate_line`; means are over replications."""

    replications: pd.DataFrame
    """One row a replication: replication, throughput (units an hour), lead_time (hours), lead_time_95 (hours,
    which 95 % of the units stay within), wip (units), lost_share."""
    station_replications: pd.DataFrame
    """One row a replication and station: replication, station, and the columns of `stations` from working on."""
    method: str
    """recursion, recursion with blocking, or events."""
    units: int
    """Units in a replication, warm-up included."""
    warm_up: int
    """First of them, not counted."""
    confidence: float
    """Of the intervals."""

    @property
    def throughput(self) -> float:
        """Units that leave an hour."""
        return self.interval("throughput").mean

    @property
    def lead_time(self) -> float:
        """Mean time of a unit from coming to leaving (hours)."""
        return self.interval("lead_time").mean

    @property
    def wip(self) -> float:
        """Mean number of units in the line."""
        return self.interval("wip").mean

    @property
    def lost_share(self) -> float:
        """Share of arrivals that found the first buffer full."""
        return self.interval("lost_share").mean

    @property
    def stations(self) -> pd.DataFrame:
        """Means by station: station, working, down, blocked, starved (shares of machine time, together 1),
        wait (hours a visit in the buffer before it), queue (units waiting there)."""
        means = self.station_replications.drop(columns="replication")
        return means.groupby("station", sort=False).mean().reset_index()

    @property
    def bottleneck(self) -> str:
        """The station that works, or is under repair, for the largest share of its time."""
        table = self.stations
        return str(table["station"].iloc[int(np.argmax(table["working"] + table["down"]))])

    def interval(self, figure: str, station: str | None = None) -> Interval:
        """Interval of a column of `replications`, or of `station_replications` for one station.

        Parameters
        ----------
        figure
            `"throughput"`, `"lead_time"`, `"lead_time_95"`, `"wip"`, `"lost_share"`; with a station
            `"working"`, `"down"`, `"blocked"`, `"starved"`, `"wait"`, `"queue"`.
        station
            Name of the station.

        Returns
        -------
        Interval
            `.mean`, `.low`, `.high`, `.half_width`.

        Raises
        ------
        InputError
            If there is no such figure or station.
        """
        table, known = (self.replications, LINE) if station is None else (self.station_replications, STATION)
        if figure not in known:
            raise InputError("figure", figure, "one of " + ", ".join(known))
        if station is not None:
            names = list(dict.fromkeys(table["station"]))
            if station not in names:
                raise InputError("station", station, "one of " + ", ".join(names))
            table = table[table["station"] == station]
        return _interval(table[figure].to_numpy(float), self.confidence)

    def __str__(self) -> str:
        worst = self.bottleneck
        row = self.stations.set_index("station").loc[worst]
        return (
            f"The line puts out {self.interval('throughput')} units an hour; a unit takes "
            f"{self.interval('lead_time')} hours, and {spoken(self.wip)} are in the line.\n"
            f"{worst} limits it: working {100 * row['working']:.0f} %, down {100 * row['down']:.0f} %, blocked "
            f"{100 * row['blocked']:.0f} %, starved {100 * row['starved']:.0f} % of the time."
        )


def _interval(x: NDArray[np.float64], confidence: float) -> Interval:
    if len(x) < 2:
        return Interval(float(x.mean()), math.inf, confidence)
    from scipy.special import stdtrit

    t = float(stdtrit(len(x) - 1, (1 + confidence) / 2))
    return Interval(float(x.mean()), t * float(x.std(ddof=1)) / math.sqrt(len(x)), confidence)


def simulate_line(
    stations: Iterable[Station | Mapping[str, Any] | float] | pd.DataFrame,
    *,
    arrival_rate: float | None = None,
    arrival_cv: float = 1.0,
    units: int = 12_000,
    warm_up: int = 2_000,
    replications: int = 10,
    confidence: float = 0.95,
    seed: int = 0,
) -> LineRun:
    r"""Simulate stations in series: buffers, failures, rework, times that vary.

    Parameters
    ----------
    stations
        In order: `Station`s, or a table (or mappings) with columns of its names, process_time (hours a unit)
        at least; or plain numbers, constant process times.
    arrival_rate
        Units that come an hour. By default the first station never lacks work.
    arrival_cv
        Standard deviation of the time between arrivals over its mean: 1 chance (Poisson), 0 a fixed beat.
    units
        Units of a replication, warm-up included.
    warm_up
        The first of them, which find an empty line and are not counted.
    replications
        Independent runs; the intervals come from their spread.
    confidence
        Of the intervals (share).
    seed
        Of all chance. Each station has its own stream, so that two lines compared under one seed meet the same
        times.

    Returns
    -------
    LineRun
        `.throughput`, `.lead_time`, `.wip`, `.lost_share`, `.stations`, `.bottleneck`, `.interval(figure)`,
        `.replications`.

    Raises
    ------
    InputError
        If a figure is out of range, a name is unknown, or work would pile up without limit (it says where, and
        what would do).
    PlantError
        If more than one row of a table will not do; it lists them all.

    Notes
    -----
    First come, first served. A finished unit that finds no place ahead stays on its machine and blocks it
    (blocking after service). An arrival that finds the first buffer full is lost. Failures come with working
    time only; a unit under work waits for the repair. A unit sent back joins the end of the line, beside the
    places, so that a line cannot lock.

    Methods, each the fastest that is exact: departures by recursion over running sums and running maxima; with
    finite buffers by the recursion with blocking, all replications and stations at once; events on a heap
    where there is rework, loss, or blocking of machines side by side. The interval is Student's t over the
    replications (Law, *Simulation Modeling and Analysis*; from memory, unchecked).

    Examples
    --------
    >>> run = simulate_line([3.0, 4.0, 3.5], arrival_rate=0.2, arrival_cv=0)   # one each 5 hours, constant times
    >>> round(run.throughput, 3), round(run.lead_time, 3), round(run.wip, 3), run.bottleneck
    (0.2, 10.5, 2.1, 'station 2')
    >>> saw = Station(process_time=0.2, cv=1, name="saw")
    >>> weld = Station(process_time=0.2, cv=1, name="weld", buffer=0)
    >>> run = simulate_line([saw, weld], seed=1)                  # 2/3 of what each could do alone
    >>> run.interval("throughput").low < 5 * 2 / 3 < run.interval("throughput").high
    True
    """
    line = read_stations(stations)
    n = whole("units", units, "a whole number, 10 to 10 million", low=10, high=10_000_000)
    skip = whole(
        "warm_up", warm_up, f"a whole number, 0 to {n - 2} (two less than the units)", low=0, high=n - 2
    )
    reps = whole("replications", replications, "a whole number, 1 to 100,000", low=1, high=100_000)
    level = number("confidence", confidence, "a share above 0 and below 1", above=0, below=1)
    whole("seed", seed, "a whole number, zero or more", low=0)
    rate = (
        None
        if arrival_rate is None
        else number(
            "arrival_rate", arrival_rate, "above zero, 1e-9 to 1e9 (units an hour)", low=1e-9, high=1e9
        )
    )
    number("arrival_cv", arrival_cv, "zero or more, at most 100", low=0, high=100)
    keeps_up(line, rate)
    if rate is not None and line[0].buffer is None and any(s.buffer is not None for s in line[1:]):
        most = _interval(
            _run(line, None, 1.0, min(n, 4000), min(n, 4000) // 4, reps, seed)[0].line["throughput"], level
        )
        if rate >= (most.mean if reps < 2 else most.high):
            raise InputError(
                "arrival_rate",
                rate,
                f"below {most.mean:.4g} (units an hour), the most that the line with its buffers does",
            )
    seen, method = _run(line, rate, arrival_cv, n, skip, reps, seed)
    if not all(np.isfinite(x).all() for x in seen.line.values()):
        wanted = f"more: of those after the warm-up of {skip}, none had left when the last one came"
        raise InputError("units", n, wanted)
    if rate is not None and line[0].buffer is not None and any(s.buffer is None for s in line[1:]):
        came, left = rate * (1 - seen.line["lost_share"]), seen.line["throughput"]
        if _interval(left, level).high < 0.97 * came.mean() if reps > 1 else left[0] < 0.9 * came[0]:
            free = [j for j, s in enumerate(line) if j and s.buffer is None]
            worst = line[max(free, key=lambda j: float(seen.stations["queue"][j].mean()))]
            raise InputError(
                f"buffer of {worst.name}",
                None,
                f"a number of places, since {came.mean():.4g} units an hour come in and "
                f"{left.mean():.4g} leave: work would pile up there without limit",
            )
    import pandas as pd

    numbers = np.arange(1, reps + 1)
    frame = pd.DataFrame({"replication": numbers, **{name: seen.line[name] for name in LINE}})
    by_station = pd.DataFrame(
        {
            "replication": np.repeat(numbers, len(line)),
            "station": [s.name for s in line] * reps,
            **{name: seen.stations[name].T.ravel() for name in STATION},
        }
    )
    return LineRun(frame, by_station, method, n, skip, level)


def _run(
    line: Sequence[Station], rate: float | None, cv: float, n: int, warm_up: int, reps: int, seed: int
) -> tuple[Seen, str]:
    def chance(*place: int) -> np.random.Generator:
        return np.random.default_rng([seed, *place])

    times = [(chance(1, j), chance(2, j)) for j in range(len(line))]
    coming = chance(3)
    bound = [s.buffer is not None for s in line]
    bound[0] &= rate is not None
    beside = any(s.machines > 1 and (bound[j] or any(bound[j + 1 : j + 2])) for j, s in enumerate(line))
    if bound[0] or beside or any(s.rework_share for s in line):
        shares = [chance(4, j) for j in range(len(line))]
        chances = [
            Chances(
                [_stream_of_times(s, *times[j]) for j, s in enumerate(line)],
                [_stream(rng.uniform) for rng in shares],
                None if rate is None else _stream(lambda _, __, size: between(rate, cv, coming, size)),
            )
            for _ in range(reps)
        ]
        return events(line, chances, n, warm_up), "events"
    is_blocking = any(bound[1:])
    # one replication at a time stays in the processor's cache; blocking is worked out for many at once
    at_once = max(1, min(reps, 256, _HELD // (n * len(line)))) if is_blocking else 1
    parts = []
    for begin in range(0, reps, at_once):
        shape = (min(at_once, reps - begin), n)
        draws = [partial(draw, s, *pair, shape) for s, pair in zip(line, times, strict=True)]
        arrivals = None if rate is None else np.cumsum(between(rate, cv, coming, shape), axis=1)
        with np.errstate(
            divide="ignore", invalid="ignore"
        ):  # no time between the first and the last: told above
            parts.append(flow(line, draws, arrivals, warm_up))
    seen = Seen(
        {name: np.concatenate([p.line[name] for p in parts]) for name in LINE},
        {name: np.concatenate([p.stations[name] for p in parts], axis=1) for name in STATION},
    )
    return seen, "recursion with blocking" if is_blocking else "recursion"


def _stream(block: Callable[[float, float, tuple[int]], NDArray[np.float64]]) -> Iterator[float]:
    while True:
        yield from block(0.0, 1.0, (4096,)).tolist()


def _stream_of_times(
    station: Station, times: np.random.Generator, failures: np.random.Generator
) -> Iterator[tuple[float, float]]:
    while True:
        x, down = draw(station, times, failures, (4096,))
        yield from zip(x.tolist(), (np.zeros(len(x)) if down is None else down).tolist(), strict=True)
