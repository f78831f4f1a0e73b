"""Little's law, and what a line could do at best, at worst and by chance with so much work in it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from .._common import number, spoken, whole
from ..errors import InputError
from .line_simulation_input import read_stations, visits

if TYPE_CHECKING:
    import pandas as pd

    from .line_simulation_times import Station

__all__ = ["FlowBenchmarks", "FlowPoint", "Little", "flow_benchmarks", "little"]


@dataclass(frozen=True)
class Little:
    """Work in process, throughput and cycle time that belong together. Made by `little`."""

    wip: float
    """Units in the system, on average."""
    throughput: float
    """Units that go through it, a unit of time."""
    cycle_time: float
    """Time of a unit in it, on average (the same time unit)."""

    def __str__(self) -> str:
        return (
            f"{spoken(self.throughput)} units go through a unit of time and each takes {spoken(self.cycle_time)}.\n"
            f"So {spoken(self.wip)} units are in the system, on average."
        )


def little(
    *, wip: float | None = None, throughput: float | None = None, cycle_time: float | None = None
) -> Little:
    r"""Little's law: two of work in process, throughput and cycle time give the third.

    Parameters
    ----------
    wip
        Units in the system, on average.
    throughput
        Units that go through it an hour, or any other time unit.
    cycle_time
        Time of a unit in it, on average, in that same time unit.

    Returns
    -------
    Little
        `.wip`, `.throughput`, `.cycle_time`.

    Raises
    ------
    InputError
        If not exactly two are given, or one is not above zero.

    Notes
    -----
    :math:`\mathrm{WIP} = \mathrm{TH} \times \mathrm{CT}` (J. D. C. Little, *Operations Research* 9, 1961): it
    holds for long-run means of any system that neither makes nor swallows units, whatever the order of service.
    In a queue it reads :math:`L = \lambda W`. (From memory, unchecked.)

    Convention, cycle time: a unit's whole time in the system, waits included, as in *Factory Physics* (default here;
    elsewhere lead time or throughput time); the time from one unit to the next at a machine, in line balancing.

    Examples
    --------
    >>> little(throughput=12, cycle_time=4).wip
    48.0
    >>> little(wip=600, throughput=150).cycle_time
    4.0
    """
    given = {
        name: number(name, value, "above zero", above=0)
        for name, value in (("wip", wip), ("throughput", throughput), ("cycle_time", cycle_time))
        if value is not None
    }
    if len(given) != 2:
        raise InputError(
            "little", ", ".join(given) or None, "given exactly two of wip, throughput, cycle_time"
        )
    w, th, ct = given.get("wip"), given.get("throughput"), given.get("cycle_time")
    if w is None:
        assert th is not None
        assert ct is not None
        return Little(th * ct, th, ct)
    return Little(
        w,
        w / ct if ct is not None else given["throughput"],
        w / th if th is not None else given["cycle_time"],
    )


@dataclass(frozen=True)
class FlowPoint:
    """What a line does with so much work in it."""

    wip: float
    """Units in the line."""
    throughput: float
    """Units an hour."""
    cycle_time: float
    """Hours a unit."""


@dataclass(frozen=True)
class FlowBenchmarks:
    """The marks to hold a line against. Made by `flow_benchmarks`."""

    bottleneck: str
    """The station that can do the fewest units."""
    bottleneck_rate: float
    """What it can do (units an hour)."""
    raw_process_time: float
    """Time of a unit that never waits, repairs on the way included (hours)."""

    @property
    def critical_wip(self) -> float:
        """Bottleneck rate times raw process time: the least work that could keep the bottleneck busy (units)."""
        return self.bottleneck_rate * self.raw_process_time

    def best(self, wip: float) -> FlowPoint:
        """No variability at all: nothing waits until the bottleneck is busy all the time."""
        w = _wip(wip)
        th = min(w / self.raw_process_time, self.bottleneck_rate)
        return FlowPoint(w, th, w / th)

    def worst(self, wip: float) -> FlowPoint:
        """All units move together, as in one lot, so that each waits for all the others at each station."""
        w = _wip(wip)
        return FlowPoint(w, 1 / self.raw_process_time, w * self.raw_process_time)

    def practical_worst(self, wip: float) -> FlowPoint:
        """Every way of lying about the line equally likely: balanced single machines, exponential times."""
        w = _wip(wip)
        ct = self.raw_process_time + (w - 1) / self.bottleneck_rate
        return FlowPoint(w, w / ct, ct)

    def verdict(self, wip: float, throughput: float) -> str:
        """Where a line stands: `"good"` at or above the practical worst case, else `"poor"`.

        Parameters
        ----------
        wip
            Units in the line, on average.
        throughput
            Units an hour that it does with them.

        Returns
        -------
        str

        Raises
        ------
        InputError
            If the throughput is above the best, which no line can do: rates, times or counts are then wrong.

        Examples
        --------
        >>> flow_benchmarks([0.5, 0.5, 0.5, 0.5]).verdict(wip=4, throughput=1.1)
        'poor'
        """
        best = self.best(wip).throughput
        th = number(
            "throughput",
            throughput,
            f"above 0 and at most {best:.4g}, the best with this wip",
            above=0,
            high=best * (1 + 1e-9),
        )
        return "good" if th >= self.practical_worst(wip).throughput * (1 - 1e-9) else "poor"

    def table(self, most: int | None = None) -> pd.DataFrame:
        """One row a unit of work in process, 1 to `most` (by default three times the critical WIP): wip; best,
        worst and practical_worst, each with _throughput (units an hour) and _cycle_time (hours)."""
        import pandas as pd

        top = max(round(3 * self.critical_wip), 3) if most is None else most
        top = whole("most", top, "a whole number, 1 or more", low=1)
        rows = []
        for w in range(1, top + 1):
            row: dict[str, float] = {"wip": w}
            for name in ("best", "worst", "practical_worst"):
                point: FlowPoint = getattr(self, name)(w)
                row |= {f"{name}_throughput": point.throughput, f"{name}_cycle_time": point.cycle_time}
            rows.append(row)
        return pd.DataFrame(rows)

    def __str__(self) -> str:
        return (
            f"{self.bottleneck} is the bottleneck with {spoken(self.bottleneck_rate)} units an hour; a unit that "
            f"never waits takes {spoken(self.raw_process_time)} hours.\n"
            f"At best {spoken(self.critical_wip)} units in the line keep it busy; with as many a line that runs by "
            f"chance does {spoken(self.practical_worst(max(self.critical_wip, 1.0)).throughput)} an hour."
        )


def _wip(wip: float) -> float:
    return number("wip", wip, "1 or more (units)", low=1)


def flow_benchmarks(stations: Iterable[Station | Mapping[str, Any] | float] | pd.DataFrame) -> FlowBenchmarks:
    r"""Bottleneck rate, raw process time and critical WIP of a line, and what it does with any other WIP.

    Parameters
    ----------
    stations
        As in `simulate_line`: `Station`s, a table of their columns, or plain process times (hours a unit).

    Returns
    -------
    FlowBenchmarks
        `.bottleneck`, `.bottleneck_rate`, `.raw_process_time`, `.critical_wip`, `.best(wip)`, `.worst(wip)`,
        `.practical_worst(wip)` (each with `.throughput` and `.cycle_time`), `.verdict(wip, throughput)`, `.table()`.

    Raises
    ------
    InputError
        If a station's figure is out of range.
    PlantError
        If more than one row of a table will not do; it lists them all.

    Notes
    -----
    With bottleneck rate :math:`r_b`, raw process time :math:`T_0` and :math:`w` units in the line all the time
    (Hopp and Spearman, *Factory Physics*, "basic factory dynamics"; from memory, unchecked):

    .. math:: TH_{best} = \min(w / T_0, r_b), \quad TH_{worst} = 1 / T_0, \quad
       TH_{practical} = \frac{w}{W_0 + w - 1} r_b, \quad W_0 = r_b T_0

    Times and rates count repairs and rework, if any. The practical worst case is exact for a balanced line of
    single machines with exponential times, and a mark for all others.

    Examples
    --------
    >>> line = flow_benchmarks([0.5, 0.5, 0.5, 0.5])      # four stations, half an hour each
    >>> line.bottleneck_rate, line.raw_process_time, line.critical_wip
    (2.0, 2.0, 4.0)
    >>> line.best(3).throughput, line.worst(3).throughput, line.practical_worst(3).throughput
    (1.5, 0.5, 1.0)
    >>> line.best(8).cycle_time, line.worst(8).cycle_time, line.practical_worst(8).cycle_time
    (4.0, 16.0, 5.5)
    """
    line = read_stations(stations)
    seen = visits(line)
    rates = [s.rate / v for s, v in zip(line, seen, strict=True)]
    slow = rates.index(min(rates))
    return FlowBenchmarks(
        line[slow].name,
        float(rates[slow]),
        float(sum(s.effective_time * v for s, v in zip(line, seen, strict=True))),
    )
