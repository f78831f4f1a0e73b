"""The jobs that wait at a machine: a caller's table read and checked, setups between them worked out."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from .._common import number
from ..errors import InputError
from ..plant.arguments import Faults

if TYPE_CHECKING:
    import pandas as pd
    from numpy.typing import NDArray

    Jobs = pd.DataFrame | Mapping[str, float | Mapping[str, Any]]
    Changeovers = pd.DataFrame | Mapping[tuple[str, str], float]

__all__ = ["JobSet", "read_jobs"]

_WANTED = {
    "hours": "above zero (hours)",
    "due": "a time on the clock of `now` (hours), or blank",
    "release": "a time on the clock of `now` (hours), or blank",
    "weight": "zero or more",
    "remaining_hours": "the work left at this and all later operations, not less than its hours",
    "operations": "the number of operations left, 1 or more",
    "setup_hours": "zero or more (hours)",
}


@dataclass(frozen=True, eq=False)
class JobSet:
    """Jobs as arrays, in the order given. `setup[i, j]` is the setup of j after i; the last row is the start's."""

    names: tuple[str, ...]
    hours: NDArray[np.float64]
    due: NDArray[np.float64]  # NaN: none
    release: NDArray[np.float64]  # not before now, where the caller gave none
    weight: NDArray[np.float64]
    remaining: NDArray[np.float64]
    operations: NDArray[np.float64]
    setup: NDArray[np.float64]
    now: float

    @property
    def n(self) -> int:
        """Number of jobs."""
        return len(self.names)

    @property
    def all_here(self) -> bool:
        """Whether every job can start at once."""
        return bool((self.release <= self.now).all())

    @property
    def has_changeovers(self) -> bool:
        """Whether a job's setup depends on the one before it."""
        if not self.setup.strides[0]:
            return False  # one row, shown n + 1 times
        differs = self.setup != self.setup[-1]
        np.fill_diagonal(differs, False)
        return bool(differs.any())

    @property
    def time(self) -> NDArray[np.float64]:
        """Setup and run of each job, where its setup depends on no other (hours)."""
        time: NDArray[np.float64] = self.setup[-1] + self.hours
        return time

    def order(self, jobs: Sequence[object]) -> list[int]:
        """Places of the jobs that the caller named, each of them once."""
        place = {name: i for i, name in enumerate(self.names)}
        named = [str(job) for job in jobs]
        faults, times = Faults(), Counter(named)
        for name in times:
            if name not in place:
                faults.add("rule", name, "one of the jobs: " + ", ".join(self.names))
            elif times[name] > 1:
                faults.add("rule", name, "named once")
        left = [name for name in self.names if name not in times]
        if left:
            faults.add("rule", named, "an order of all the jobs; left out: " + ", ".join(left))
        faults.stop("the order")
        return [place[name] for name in named]


def read_jobs(
    jobs: Jobs, *, now: float = 0.0, changeovers: Changeovers | None = None, start_item: str | None = None
) -> JobSet:
    """A caller's jobs, checked; everything that is wrong with them is raised together."""
    now = number("now", now, "a time (hours)")
    rows = _rows(jobs)
    faults = Faults()
    names = [str(row.get("job", "")) for row in rows]
    for name, n in Counter(names).items():
        if n > 1:
            faults.add("job", name, "a name that no other job has")
    figures = {
        "hours": _column(rows, names, "hours", faults, above=0.0),
        "due": _column(rows, names, "due", faults, default=np.nan),
        "release": _column(rows, names, "release", faults, default=np.nan),
        "weight": _column(rows, names, "weight", faults, default=1.0, low=0.0),
        "remaining_hours": _column(rows, names, "remaining_hours", faults, default=np.nan),
        "operations": _column(rows, names, "operations", faults, default=1.0, low=1.0),
        "setup_hours": _column(rows, names, "setup_hours", faults, default=0.0, low=0.0),
    }
    left = figures["remaining_hours"]
    for i in np.flatnonzero(left < figures["hours"] - 1e-9).tolist():
        faults.add(f"remaining_hours of {names[i]}", float(left[i]), _WANTED["remaining_hours"])
    for i in np.flatnonzero(figures["due"] < figures["release"]).tolist():
        early = f"not before its release at {figures['release'][i]:g}"
        faults.add(f"due of {names[i]}", float(figures["due"][i]), early)
    items = [
        str(row["item"]) if "item" in row and row["item"] == row["item"] else name
        for row, name in zip(rows, names, strict=True)
    ]
    pairs = _pairs(changeovers, faults)
    known = {*items, *(item for pair in pairs for item in pair)}
    if start_item is not None and str(start_item) not in known:
        faults.add(
            "start_item", start_item, "an item of the jobs or of the changeovers: " + ", ".join(sorted(known))
        )
    faults.stop("the table of jobs")
    release = figures["release"]
    return JobSet(
        tuple(names), figures["hours"], figures["due"], np.where(np.isnan(release), now, release), figures["weight"],
        np.where(np.isnan(left), figures["hours"], left), figures["operations"],
        _setups(items, figures["setup_hours"], pairs, start_item), now,
    )  # fmt: skip


def _rows(jobs: Jobs) -> list[dict[str, Any]]:
    import pandas as pd

    if isinstance(jobs, pd.DataFrame):
        missing = [c for c in ("job", "hours") if c not in jobs.columns]
        if missing:
            raise InputError("jobs", list(jobs.columns), "a table with the columns job and hours")
        rows = [{str(column): cell for column, cell in row.items()} for row in jobs.to_dict("records")]
    elif isinstance(jobs, Mapping):
        rows = [
            {"job": job, **(of if isinstance(of, Mapping) else {"hours": of})} for job, of in jobs.items()
        ]
    else:
        raise InputError("jobs", jobs, "a DataFrame with the columns job and hours, or a dictionary by job")
    if not rows:
        raise InputError("jobs", "no job", "one job or more")
    return rows


def _column(
    rows: list[dict[str, Any]],
    names: list[str],
    column: str,
    faults: Faults,
    *,
    default: float | None = None,
    **limits: float,
) -> NDArray[np.float64]:
    values = np.empty(len(rows))
    for i, row in enumerate(rows):
        got = row.get(column)
        if default is not None and (got is None or got != got):
            values[i] = default
            continue
        try:
            values[i] = number(f"{column} of {names[i]}", got, _WANTED[column], **limits)
        except InputError as fault:
            faults.found.append(fault)
            values[i] = np.nan
    return values


def _pairs(changeovers: Changeovers | None, faults: Faults) -> dict[tuple[str, str], float]:
    import pandas as pd

    if changeovers is None:
        return {}
    if isinstance(changeovers, pd.DataFrame):
        columns = ("from_item", "to_item", "hours")
        if not set(columns) <= set(changeovers.columns):
            expected = "a table with the columns " + ", ".join(columns)
            faults.add("changeovers", list(changeovers.columns), expected)
            return {}
        listed = list(zip(*(changeovers[c].tolist() for c in columns), strict=True))
    elif isinstance(changeovers, Mapping):
        odd = [key for key in changeovers if not (isinstance(key, tuple) and len(key) == 2)]
        for key in odd:
            faults.add("changeovers", key, "by pairs (item before, item after)")
        listed = [(*key, hours) for key, hours in changeovers.items() if key not in odd]
    else:
        faults.add("changeovers", changeovers, "a DataFrame or a dictionary by pairs of items")
        return {}
    pairs: dict[tuple[str, str], float] = {}
    for before, after, hours in listed:
        pair = (str(before), str(after))
        try:
            pairs[pair] = number(
                f"changeovers: hours from {before} to {after}", hours, _WANTED["setup_hours"], low=0
            )
        except InputError as fault:
            faults.found.append(fault)
    if len(pairs) < len({(str(a), str(b)) for a, b, _ in listed}) or len(pairs) == len(listed):
        return pairs
    faults.add(
        "changeovers", f"{len(listed)} rows of {len(pairs)} pairs", "one row a pair: those of one work center"
    )
    return pairs


def _setups(
    items: list[str], usual: NDArray[np.float64], pairs: Mapping[tuple[str, str], float], start: str | None
) -> NDArray[np.float64]:
    """A listed pair's hours; none from an item to itself; else the job's own setup."""
    known = {item: code for code, item in enumerate(dict.fromkeys(items))}
    if not pairs and len(known) == len(items) and start not in known:
        return np.broadcast_to(usual, (len(items) + 1, len(items)))  # depends on no order, and takes no room
    before = np.array([*(known[item] for item in items), known.get(start or "", -1)])
    after = before[:-1]
    setup = np.where(before[:, None] == after[None, :], 0.0, usual[None, :])
    for (first, second), hours in pairs.items():
        if second in known and (first in known or first == start):
            setup[np.ix_(before == known.get(first, -1), after == known[second])] = hours
    return setup
