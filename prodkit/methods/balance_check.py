"""A balance made by hand: what is wrong with it."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING

from .._common import number, whole
from .balance_input import Tasks, read_tasks

if TYPE_CHECKING:
    from .balance_input import Given

__all__ = ["check_balance", "clashes_of", "stations_of"]


def check_balance(
    tasks: Given,
    assigned: Mapping[str, int] | Sequence[Iterable[str]],
    *,
    after: Mapping[str, str | Iterable[str]] | None = None,
    cycle_time: float | None = None,
    line: str | None = None,
    mix: Mapping[str, float] | None = None,
) -> list[str]:
    """What is wrong with a balance made by hand, in plain words; an empty list where nothing is.

    Parameters
    ----------
    tasks, after, line, mix
        As `line_balance` takes them.
    assigned
        {task: number of its station}, or tasks station by station.
    cycle_time
        Time a station has for each unit; left out, no station is too slow.

    Returns
    -------
    list of str
        Tasks left out, unknown or given twice; tasks before what they need; stations above the cycle time.

    Raises
    ------
    InputError
        If the tasks themselves cannot be read, or a station's number is none.

    Examples
    --------
    >>> check_balance({"A": 5, "B": 4, "C": 3}, [["B"], ["A", "C"]], after={"B": "A"}, cycle_time=7)
    ['B at station 1 comes before A at station 2, which it needs', 'station 2 takes 8, above the cycle time 7']
    """
    cycle = None if cycle_time is None else number("cycle_time", cycle_time, "above zero", above=0)
    return clashes_of(read_tasks(tasks, after, line, mix), stations_of(assigned), cycle)


def stations_of(assigned: Mapping[str, int] | Sequence[Iterable[str]]) -> dict[int, list[str]]:
    """Tasks by the number of their station."""
    groups: dict[int, list[str]] = {}
    if isinstance(assigned, Mapping):
        for task, place in assigned.items():
            station = whole(f"assigned[{task!r}]", place, "a station's number, from 1", low=1)
            groups.setdefault(station, []).append(str(task))
    else:
        for station, names in enumerate(assigned, start=1):
            groups[station] = [str(t) for t in ([names] if isinstance(names, str) else names)]
    return {s: names for s, names in groups.items() if names}


def clashes_of(read: Tasks, groups: Mapping[int, Sequence[str]], cycle: float | None) -> list[str]:
    """What is wrong, in plain words: see `check_balance`."""
    at: dict[str, int] = {}
    found = []
    for station in sorted(groups):
        for task in groups[station]:
            if task not in read.names:
                found.append(f"there is no task {task}")
            elif task in at:
                found.append(f"{task} is given twice, at stations {at[task]} and {station}")
            else:
                at[task] = station
    found += [f"{task} is at no station" for task in read.names if task not in at]
    for task, before in zip(read.names, read.before, strict=True):
        for i in before:
            needed = read.names[i]
            if task in at and needed in at and at[task] < at[needed]:
                found.append(
                    f"{task} at station {at[task]} comes before {needed} at station {at[needed]}, which it needs"
                )
    times = dict(zip(read.names, read.times, strict=True))
    for station in sorted(groups) if cycle is not None else ():
        load = math.fsum(times[t] for t in groups[station] if t in times)
        if cycle is not None and load > cycle * (1 + 1e-9):
            found.append(f"station {station} takes {load:g}, above the cycle time {cycle:g}")
    return found
