"""Line balance: which tasks at which station."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from .._common import choice, number, spoken, whole
from ..errors import InputError, PlantError
from .balance_check import clashes_of, stations_of
from .balance_exact import RULES, fewest_stations, shortest_cycle
from .balance_input import Tasks, read_tasks
from .balance_rules import Whole, by_rule, comsoal, halved_cycle, least_cycle, least_stations, quick_cycle

if TYPE_CHECKING:
    import pandas as pd

    from .balance_input import Given

__all__ = ["BALANCE_METHODS", "BalancedStation", "LineBalance", "line_balance"]

BALANCE_METHODS = (*RULES, "comsoal", "optimal")
_DIGITS = 6  # decimals of a time that count


@dataclass(frozen=True)
class BalancedStation:
    """One station of a balanced line."""

    number: int
    """Its place in the line, from 1."""
    tasks: tuple[str, ...]
    """Its tasks, in an order in which they can be done."""
    load: float
    """Their time; over the models, weighted by share (unit of the task times)."""
    idle: float
    """Cycle time less load; below zero where it does not keep up (unit of the task times)."""


@dataclass(frozen=True)
class LineBalance:
    """Tasks by station. Made by `line_balance`."""

    stations: tuple[BalancedStation, ...]
    cycle_time: float
    """Time in which each station does its tasks: as asked, or the least found (unit of the task times)."""
    method: str
    """The rule, "optimal", or "as given"."""
    objective: str
    """What was to be least: "stations" for a cycle time, "cycle_time" for a number of stations."""
    bound: float
    """What no balance can beat: a number of stations, or a cycle time (as `objective` says)."""
    shares: Mapping[str, float]
    """Share of each model in what is built; one model "" where all are alike."""
    _tasks: Tasks = field(repr=False, compare=False)

    @property
    def n_stations(self) -> int:
        """Stations opened."""
        return len(self.stations)

    @property
    def value(self) -> float:
        """What was to be least: the number of stations, or the cycle time."""
        return float(self.n_stations) if self.objective == "stations" else self.cycle_time

    @property
    def gap(self) -> float:
        """How far the value lies above the bound (share of the value)."""
        return max(0.0, 1 - self.bound / self.value) if self.value else 0.0

    @property
    def is_proved(self) -> bool:
        """Whether the value is as low as the bound, so that nothing better is possible."""
        return self.gap < 1e-9

    @property
    def status(self) -> str:
        """ "optimal" where it is proved, else "rule", "best found" or "as given"."""
        if self.is_proved and self.method != "as given":
            return "optimal"
        return {"optimal": "best found", "as given": "as given"}.get(self.method, "rule")

    @property
    def total_time(self) -> float:
        """Work content: all tasks together (unit of the task times)."""
        return self._tasks.total

    @property
    def theoretical_minimum(self) -> int:
        """Work content over cycle time, rounded up: stations if tasks could be cut at will."""
        return max(1, math.ceil(self.total_time / self.cycle_time - 1e-9)) if self.cycle_time else 1

    @property
    def slowest(self) -> BalancedStation:
        """The station with the most work: the line's bottleneck."""
        return max(self.stations, key=lambda station: station.load)

    @property
    def idle_time(self) -> float:
        """Stations times cycle time, less work content: idle in one cycle, at all stations together."""
        return self.n_stations * self.cycle_time - self.total_time

    @property
    def efficiency(self) -> float:
        """Work content over stations times **cycle time** (share); over the slowest: `efficiency_slowest`."""
        time = self.n_stations * self.cycle_time
        return self.total_time / time if time else 1.0

    @property
    def efficiency_slowest(self) -> float:
        """Work content over stations times the **slowest station** (share)."""
        time = self.n_stations * self.slowest.load
        return self.total_time / time if time else 1.0

    @property
    def balance_delay(self) -> float:
        """1 less `efficiency`: share of the paid time that is idle."""
        return 1 - self.efficiency

    @property
    def smoothness_index(self) -> float:
        """Root of the summed squares of slowest station's load less each load; 0 is perfectly even.

        Convention: measured from the slowest station (Moodie and Young); some measure from the cycle time.
        """
        top = self.slowest.load
        return math.sqrt(math.fsum((top - station.load) ** 2 for station in self.stations))

    @property
    def table(self) -> pd.DataFrame:
        """station, tasks (parted by commas), load, idle (unit of the task times), utilization (share)."""
        import pandas as pd

        rows = [
            (
                s.number,
                ", ".join(s.tasks),
                s.load,
                s.idle,
                s.load / self.cycle_time if self.cycle_time else 1.0,
            )
            for s in self.stations
        ]
        return pd.DataFrame(rows, columns=["station", "tasks", "load", "idle", "utilization"])

    @property
    def models(self) -> pd.DataFrame:
        """station, model, load, overload: what each model asks of each station, and how far above the cycle time."""
        import pandas as pd

        place = {name: i for i, name in enumerate(self._tasks.names)}
        rows = []
        for s in self.stations:
            for model, times in self._tasks.by_model.items():
                load = round(math.fsum(times[place[t]] for t in s.tasks), 9)
                rows.append((s.number, model, load, max(0.0, round(load - self.cycle_time, 9))))
        return pd.DataFrame(rows, columns=["station", "model", "load", "overload"])

    def time_of(self, task: str) -> float:
        """Time of one task, weighted over the models (unit of the task times)."""
        if task not in self._tasks.names:
            raise InputError("task", task, "one of " + ", ".join(self._tasks.names))
        return self._tasks.times[self._tasks.names.index(task)]

    def __str__(self) -> str:
        n, what = self.n_stations, "stations" if self.objective == "stations" else "cycle time"
        end = {
            "optimal": f"No balance needs {'fewer stations' if what == 'stations' else 'a shorter cycle time'}: proved.",
            "as given": f"As given; the bound on the {what} is {spoken(self.bound)}.",
            "best found": f"Best found, not proved: the bound on the {what} is {spoken(self.bound)}.",
            "rule": f"By rule ({self.method.replace('_', ' ')}), not proved: the bound on the {what} is {spoken(self.bound)}.",
        }[self.status]
        return (
            f"{n} station{'s' * (n != 1)} at a cycle time of {spoken(self.cycle_time)}: "
            f"{100 * self.efficiency:.1f} % efficient, station {self.slowest.number} is the slowest with "
            f"{spoken(self.slowest.load)}.\n{end}"
        )


def line_balance(
    tasks: Given,
    *,
    after: Mapping[str, str | Iterable[str]] | None = None,
    cycle_time: float | None = None,
    stations: int | None = None,
    method: str = "optimal",
    assigned: Mapping[str, int] | Sequence[Iterable[str]] | None = None,
    line: str | None = None,
    mix: Mapping[str, float] | None = None,
    runs: int = 200,
    seed: int = 0,
    time_limit: float = 10.0,
) -> LineBalance:
    r"""Tasks spread over stations: the fewest for a cycle time, or the least cycle time for so many.

    Parameters
    ----------
    tasks
        {task: time} in any unit, the same as the cycle time's; a DataFrame with task, seconds and, where there
        are any, after (tasks parted by semicolons), model, mix_share, line; or a plant, with its table tasks.
    after
        {task: tasks that must be done before it}, where tasks are {task: time}; texts are parted at semicolons.
    cycle_time
        Time a station has for each unit (the takt time, as a rule): asks for the fewest stations. Or:
    stations
        Number of stations, at the most: asks for the least cycle time.
    method
        "optimal"; or a rule: "largest_candidate", "ranked_positional_weight", "kilbridge_wester", "comsoal".
    assigned
        Stations as they are, in place of a method: {task: number of its station}, or tasks station by station.
    line
        Which line, where the table holds several.
    mix
        {model: share or units}, in place of the table's mix_share.
    runs, seed
        Tries of "comsoal", and the chance behind them.
    time_limit
        Seconds after which "optimal" stops with the best found and its bound.

    Returns
    -------
    LineBalance
        `.stations`, `.n_stations`, `.cycle_time`, `.table`, `.models`; `.efficiency`, `.efficiency_slowest`,
        `.balance_delay`, `.smoothness_index`, `.idle_time`, `.slowest`, `.theoretical_minimum`; `.bound`,
        `.is_proved`, `.status`, `.gap`.

    Raises
    ------
    InputError
        If a task is longer than the cycle time (each is named, and which cycle time would do), tasks come before
        themselves, a task before is unknown, or not exactly one of cycle_time and stations is given.
    PlantError
        If the table has several faults, or `assigned` breaks the order or leaves tasks out.

    Notes
    -----
    All rules fill one station after another with the first task of a list whose predecessors are done and that fits:
    by time, longest first (largest candidate); by its own time and that of all its followers (ranked positional
    weight, Helgeson and Birnie 1961); by column, the number of tasks on the longest way to it, then by time
    (Kilbridge and Wester 1961). COMSOAL (Arcus 1966) draws from the tasks that fit, many times, and keeps the best.
    For a number of stations a rule is repeated at the next cycle time at which it would choose otherwise, COMSOAL
    halfway between the bound and the best it has found.

    "optimal" is exact: the rules, a bounded dynamic program over stations, then CP-SAT for what is still open.
    Without OR-Tools the search alone goes on; what it proves is as sure.

    Convention, efficiency: over stations times cycle time (default); over stations times the slowest station
    (`efficiency_slowest`). Models: balanced by times weighted with their shares; one model can then ask more of a
    station than the cycle time (`.models`). Times count to six decimals.

    Examples
    --------
    >>> times = {"A": 40, "B": 30, "C": 50, "D": 40, "E": 6, "F": 25, "G": 15, "H": 20, "I": 18}
    >>> before = {"B": "A", "D": "B", "E": "B", "F": "B", "G": "C", "H": "D;E;F", "I": "G;H"}
    >>> balance = line_balance(times, after=before, cycle_time=72)
    >>> balance.n_stations, balance.theoretical_minimum, round(balance.efficiency, 3), balance.status
    (4, 4, 0.847, 'optimal')
    >>> print(line_balance(times, after=before, stations=4, method="ranked_positional_weight"))
    4 stations at a cycle time of 70: 87.1 % efficient, station 1 is the slowest with 70.
    By rule (ranked positional weight), not proved: the bound on the cycle time is 61.
    """
    choice("method", method, BALANCE_METHODS)
    if assigned is None and (cycle_time is None) == (stations is None):
        raise InputError("cycle_time", cycle_time, "given, or else stations: one of the two")
    n_runs = whole("runs", runs, "a whole number, 1 or more", low=1)
    limit = number("time_limit", time_limit, "above zero (seconds)", above=0)
    read = read_tasks(tasks, after, line, mix)
    cycle = None if cycle_time is None else number("cycle_time", cycle_time, "above zero", above=0)
    n = None if stations is None else whole("stations", stations, "a whole number, 1 or more", low=1)
    if cycle is not None:
        _long_tasks(read, cycle)
    scale = _scale([*read.times, cycle or 0.0])
    w = Whole.of([round(t * scale) for t in read.times], read.before, read.ranks)
    if assigned is not None:
        groups = stations_of(assigned)
        clashes = clashes_of(read, groups, None)
        if clashes:
            raise PlantError(
                "\n".join(["assigned cannot be used", *(f"  {c}" for c in clashes)]), tuple(clashes)
            )
        index = {name: i for i, name in enumerate(read.names)}
        found = [sorted(index[t] for t in groups[s]) for s in sorted(groups)]
        if cycle is None:
            n = len(found)
        method = "as given"
        bound = least_stations(w, round(cycle * scale)) if cycle is not None else quick_cycle(w, n or 1)
    elif cycle is not None:
        c = round(cycle * scale)
        bound = least_stations(w, c)
        if method == "optimal":
            found, bound = fewest_stations(w, c, limit, seed)
        elif method == "comsoal":
            found = comsoal(w, c, n_runs, seed, bound).stations
        else:
            found = by_rule(w, method, c).stations
    else:
        assert n is not None
        bound = quick_cycle(w, n)
        if method == "optimal":
            found, bound = shortest_cycle(w, n, limit, seed)
        elif method == "comsoal":
            found = halved_cycle(w, n, n_runs, seed)
        else:
            found = least_cycle(w, n, method)
    loads = [round(math.fsum(read.times[i] for i in station), 9) for station in found]
    pace = max(loads) if cycle is None else cycle
    made = tuple(
        BalancedStation(k, tuple(read.names[i] for i in sorted(station)), load, round(pace - load, 9))
        for k, (station, load) in enumerate(zip(found, loads, strict=True), start=1)
    )
    objective = "stations" if cycle is not None else "cycle_time"
    proven = float(bound) if cycle is not None else min(bound / scale, pace)
    return LineBalance(made, pace, method, objective, proven, read.shares, read)


def _scale(times: Sequence[float]) -> int:
    """What makes the times whole, up to six decimals."""
    for digits in range(_DIGITS):
        if all(abs(t * 10**digits - round(t * 10**digits)) < 1e-7 for t in times):
            return int(10**digits)
    return int(10**_DIGITS)


def _long_tasks(read: Tasks, cycle: float) -> None:
    long = [(t, name) for t, name in zip(read.times, read.names, strict=True) if t > cycle * (1 + 1e-9)]
    if long:
        said = ", ".join(f"{name} takes {t:g}" for t, name in sorted(long, key=lambda pair: -pair[0]))
        raise InputError(
            "cycle_time",
            cycle,
            f"{max(long)[0]:g} or more, or two stations take such a task in turn ({said})",
        )
