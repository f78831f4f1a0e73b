"""Times of jobs that go through the same machines in the same order: read, checked, and laid out over time."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from .._common import number
from ..errors import InputError
from ..plant.arguments import Faults

if TYPE_CHECKING:
    import pandas as pd
    from numpy.typing import NDArray

    Times = pd.DataFrame | Mapping[str, Sequence[float] | Mapping[str, float]]

__all__ = ["WAITING", "FlowCase", "delays", "read_times", "starts", "total"]

WAITING = ("allowed", "blocking", "no_wait")


@dataclass(frozen=True, eq=False)
class FlowCase:
    """Jobs by machines (hours), in the order given."""

    names: tuple[str, ...]
    machines: tuple[str, ...]
    hours: NDArray[np.float64]

    @property
    def n(self) -> int:
        """Number of jobs."""
        return len(self.names)

    def order(self, jobs: Sequence[object]) -> list[int]:
        """Places of the jobs that the caller named, each of them once."""
        place = {name: i for i, name in enumerate(self.names)}
        named = [str(job) for job in jobs]
        if sorted(named) != sorted(self.names):
            raise InputError("rule", named, "an order of all the jobs, each once: " + ", ".join(self.names))
        return [place[name] for name in named]


def read_times(times: Times) -> FlowCase:
    """A caller's times, checked; everything that is wrong with them is raised together."""
    import pandas as pd

    rows: dict[str, list[Any]] = {}
    faults = Faults()
    if isinstance(times, pd.DataFrame):
        if "job" not in times.columns or len(times.columns) < 2:
            raise InputError(
                "times", list(times.columns), "a table with the column job, then one for each machine"
            )
        machines = [str(c) for c in times.columns if c != "job"]
        each = [
            (str(row[0]), list(row[1:]))
            for row in times[["job", *[c for c in times.columns if c != "job"]]].to_numpy(dtype=object)
        ]
    elif isinstance(times, Mapping):
        machines, each = _machines(times, faults)
    else:
        raise InputError("times", times, "a DataFrame, or a dictionary of each job's hours by machine")
    for job, row in each:
        if job in rows:
            faults.add("job", job, "a name that no other job has")
        rows[job] = row
    if not rows:
        raise InputError("times", "no job", "one job or more")
    hours = np.zeros((len(rows), len(machines)))
    for i, (job, row) in enumerate(rows.items()):
        if len(row) != len(machines):
            faults.add(f"times of {job}", row, f"{len(machines)} figures, one for each machine")
            continue
        for k, value in enumerate(row):
            try:
                hours[i, k] = number(f"hours of {job} on {machines[k]}", value, "zero or more (hours)", low=0)
            except InputError as fault:
                faults.found.append(fault)
    faults.stop("the table of times")
    return FlowCase(tuple(rows), tuple(machines), hours)


def _machines(times: Mapping[str, Any], faults: Faults) -> tuple[list[str], list[tuple[str, list[Any]]]]:
    """Machines by the names that the first job has, or numbered."""
    first = next(iter(times.values()), ())
    if isinstance(first, Mapping):
        machines = [str(m) for m in first]
        each = []
        for job, of in times.items():
            given = {str(m): hours for m, hours in of.items()} if isinstance(of, Mapping) else {}
            if set(given) != set(machines):
                faults.add(f"times of {job}", of, "hours on each of " + ", ".join(machines))
                continue
            each.append((str(job), [given[m] for m in machines]))
        return machines, each
    each = []
    for job, of in times.items():
        if isinstance(of, (str, bytes)) or not isinstance(of, Iterable):
            faults.add(f"times of {job}", of, "a sequence of hours, one for each machine")
            continue
        each.append((str(job), list(of)))
    n = len(each[0][1]) if each else 0
    if each and n < 1:
        faults.add(f"times of {each[0][0]}", [], "a sequence of hours, one for each machine")
    return [f"machine {k + 1}" for k in range(n)], each


def starts(hours: NDArray[np.float64], order: Sequence[int], waiting: str) -> NDArray[np.float64]:
    """When each job of the order starts on each machine."""
    m = hours.shape[1]
    begin = np.zeros((len(order), m))
    free = [0.0] * (m + 1)  # when each machine is free; past the last there is always room
    for i, j in enumerate(order):
        row = hours[j].tolist()
        if waiting == "no_wait":
            head = np.concatenate([[0.0], np.cumsum(row)[:-1]])
            at = max(0.0, float((np.array(free[:m]) - head).max()))
            begin[i] = at + head
            free[:m] = (begin[i] + row).tolist()
            continue
        clock = free[0]
        for k in range(m):
            start = max(clock, free[k])
            begin[i, k] = start
            clock = start + row[k]
            if waiting == "blocking" and k + 1 < m:
                clock = max(clock, free[k + 1])  # it stands on k until the next machine is free
            free[k] = clock
    return begin


def total(rows: list[list[float]], order: Sequence[int], waiting: str) -> float:
    """The makespan, on plain lists: it is called many thousand times."""
    m = len(rows[0])
    free = [0.0] * m
    if waiting == "allowed":
        for j in order:
            clock = 0.0
            for k, hours in enumerate(rows[j]):
                clock = (clock if clock > free[k] else free[k]) + hours
                free[k] = clock
        return free[-1]
    if waiting == "blocking":
        for j in order:
            clock = free[0]
            for k, hours in enumerate(rows[j]):
                clock = (clock if clock > free[k] else free[k]) + hours
                if k + 1 < m and free[k + 1] > clock:
                    clock = free[k + 1]
                free[k] = clock
        return free[-1]
    begin = starts(np.array(rows), order, waiting)
    return float((begin[-1] + np.array(rows)[order[-1]]).max())


def delays(hours: NDArray[np.float64]) -> NDArray[np.float64]:
    """How long after the start of i the job j can start, where no job waits between machines."""
    n, m = hours.shape
    after = np.cumsum(hours, axis=1)
    head = after - hours
    gap: NDArray[np.float64] = np.zeros((n, n))
    for k in range(m):
        gap = np.maximum(gap, after[:, k][:, None] - head[:, k][None, :])
    return gap
