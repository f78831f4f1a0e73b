"""A shop as tables: the work, the orders, the machines and people and when they work; read and checked."""

from __future__ import annotations

import difflib
import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import numpy as np

from ..._common import number
from ...plant.arguments import Faults

if TYPE_CHECKING:
    import pandas as pd
    from numpy.typing import NDArray

__all__ = ["Shop", "read_shop"]

# Each column: (name, kind, required, default). Kinds: text, number.
_OPERATIONS = (
    ("job", "text", True, ""),
    ("step", "number", True, 0.0),
    ("machine", "text", True, ""),
    ("hours", "amount", True, 0.0),
    ("family", "text", False, ""),
    ("setup_hours", "amount", False, 0.0),
    ("skill", "text", False, ""),
    ("crew", "amount", False, 1.0),
    ("move_hours", "amount", False, 0.0),
)
_JOBS = (
    ("job", "text", True, ""),
    ("release", "number", False, 0.0),
    ("material", "number", False, -math.inf),
    ("due", "number", False, math.inf),
    ("weight", "amount", False, 1.0),
)
_MACHINES = (("machine", "text", True, ""), ("family", "text", False, ""))
_CALENDAR = (("resource", "text", True, ""), ("start", "number", True, 0.0), ("end", "number", True, 0.0))
_DOWNTIME = (("machine", "text", True, ""), ("start", "number", True, 0.0), ("end", "number", True, 0.0))
_CHANGEOVERS = (
    ("machine", "text", False, ""),
    ("from_family", "text", True, ""),
    ("to_family", "text", True, ""),
    ("hours", "amount", True, 0.0),
)
_LABOR = (
    ("skill", "text", True, ""),
    ("people", "amount", True, 0.0),
    ("start", "number", False, -math.inf),
    ("end", "number", False, math.inf),
)
_BEGUN = (
    ("job", "text", True, ""),
    ("step", "number", True, 0.0),
    ("machine", "text", True, ""),
    ("start", "number", True, 0.0),
    ("setup_hours", "amount", False, 0.0),
    ("setup_start", "number", False, math.nan),
)
_ABSENCES = (
    ("skill", "text", True, ""),
    ("people", "amount", True, 0.0),
    ("start", "number", True, 0.0),
    ("end", "number", True, 0.0),
)


@dataclass(frozen=True, eq=False)
class Shop:
    """What is to be scheduled, and on what: tables in hours. Made by `read_shop` and `plant_shop`."""

    operations: pd.DataFrame
    """job, step, machine, hours, family, setup_hours, skill, crew, move_hours: several rows of one job and step are
    machines that it can be done on instead."""
    jobs: pd.DataFrame
    """job, release, material (hours from which it may begin, and its material is there), due, weight."""
    machines: pd.DataFrame
    """machine, family (what it is set up for now)."""
    calendar: pd.DataFrame
    """resource, start, end: windows in which a machine works; one without a row always does."""
    downtime: pd.DataFrame
    """machine, start, end: when it stands for maintenance."""
    changeovers: pd.DataFrame
    """machine (blank: every one), from_family, to_family, hours."""
    labor: pd.DataFrame
    """skill, people, start, end: how many are there from when to when."""
    begun: pd.DataFrame
    """job, step, machine, start, setup_hours (before it), setup_start: operations that have begun, or whose setup has.
    They stay as they are; a setup that is still going on and is held up delays its start."""
    absences: pd.DataFrame
    """skill, people, start, end: how many of the people in `labor` are away."""
    now: float = 0.0
    """Hour from which anything can be started."""
    repeat_hours: float | None = None
    """After so many hours the windows of calendar and labor come again; None: never."""
    has_labor: bool = False
    """Whether people limit anything."""
    ticks: int = field(default=0, repr=False)
    """Ticks in an hour that times were counted in before, and are still; 0: as the times need."""
    remarks: tuple[str, ...] = field(default=(), repr=False)
    """What was left aside in reading."""
    first_day: str = ""
    """The day whose midnight is hour 0, as YYYY-MM-DD; blank where hours are all there is."""

    def __str__(self) -> str:
        n_ops = len(self.operations.drop_duplicates(["job", "step"]))
        counts = ((len(self.jobs), "job"), (n_ops, "operation"), (len(self.machines), "machine"))
        jobs, ops, machines = (f"{n:,} {noun}{'s' * (n != 1)}" for n, noun in counts)
        return f"{jobs} of {ops} on {machines}.\n{' '.join(self.remarks) or 'Nothing was left aside.'}"


def read_shop(
    operations: object,
    *,
    jobs: object = None,
    machines: object = None,
    calendar: object = None,
    downtime: object = None,
    changeovers: object = None,
    labor: object = None,
    absences: object = None,
    begun: object = None,
    now: float = 0.0,
    repeat_hours: float | None = None,
) -> Shop:
    """Tables of a shop, read and checked: everything that is wrong is named at once.

    Parameters
    ----------
    operations, jobs, machines, calendar, downtime, changeovers, labor, absences, begun, now, repeat_hours
        As in `job_shop`.

    Returns
    -------
    Shop
        The same tables with every column filled in.

    Raises
    ------
    InputError, PlantError
        If anything is wrong with one or several of the tables.

    Examples
    --------
    >>> import pandas as pd
    >>> work = pd.DataFrame({"job": ["A", "A"], "step": [1, 2], "machine": ["saw", "lathe"], "hours": [3, 2]})
    >>> print(read_shop(work))
    1 job of 2 operations on 2 machines.
    Nothing was left aside.
    """
    import pandas as pd

    faults = Faults()
    ops = _read("operations", operations, _OPERATIONS, faults)
    if "job" in ops and not len(ops["job"]):
        faults.add("operations", "no rows", "a table with one row or more")
    known_jobs = _read("jobs", jobs, _JOBS, faults)
    if isinstance(machines, (list, tuple, set, np.ndarray)):
        machines = pd.DataFrame({"machine": list(machines)})
    listed = _read("machines", machines, _MACHINES, faults)
    windows = _read("calendar", calendar, _CALENDAR, faults)
    stops = _read("downtime", downtime, _DOWNTIME, faults)
    changes = _read("changeovers", changeovers, _CHANGEOVERS, faults)
    if isinstance(labor, Mapping):
        labor = pd.DataFrame({"skill": list(labor), "people": list(labor.values())})
    people = _read("labor", labor, _LABOR, faults)
    away = _read("absences", absences, _ABSENCES, faults)
    started = _read("begun", begun, _BEGUN, faults)
    clock = number("now", now, "hours", low=-math.inf)
    if repeat_hours is not None:
        repeat_hours = number("repeat_hours", repeat_hours, "above zero (hours)", above=0)
    faults.stop("The shop")

    if not len(listed["machine"]):
        listed = {"machine": _unique(ops["machine"]), "family": np.array([], dtype=object)}
        listed["family"] = np.full(len(listed["machine"]), "", dtype=object)
    _check_names(ops, listed, windows, stops, changes, people, away, started, labor is not None, faults)
    known_jobs = _match_jobs(ops, known_jobs, jobs is not None, faults)
    _check_times(windows, stops, people, away, known_jobs, faults)
    _check_steps(ops, started, clock, faults)
    faults.stop("The shop")
    tables = (ops, known_jobs, listed, windows, stops, changes, people, started, away)
    a, b, c, d, e, f, g, h, i = (pd.DataFrame(t) for t in tables)
    return Shop(a, b, c, d, e, f, g, h, i, now=clock, repeat_hours=repeat_hours, has_labor=labor is not None)


def _read(
    table: str, frame: Any, columns: Sequence[tuple[str, str, bool, Any]], faults: Faults
) -> dict[str, NDArray[Any]]:
    """The columns as arrays; a blank cell of an optional column is its default."""
    import pandas as pd

    if frame is None:
        return {name: np.array([], dtype=object if kind == "text" else float) for name, kind, *_ in columns}
    if not isinstance(frame, pd.DataFrame):
        try:
            frame = pd.DataFrame(frame)
        except (ValueError, TypeError):
            faults.add(
                table,
                type(frame).__name__,
                "a DataFrame with the columns " + ", ".join(c[0] for c in columns),
            )
            return {}
    out: dict[str, NDArray[Any]] = {}
    for name, kind, required, default in columns:
        if name not in frame.columns:
            if required:
                faults.add(table, [str(c) for c in frame.columns], f"a table with the column {name}")
            fill = np.empty(len(frame), dtype=object if kind == "text" else float)
            fill[:] = default
            out[name] = fill
            continue
        column = frame[name]
        if kind == "text":
            blank = column.isna().to_numpy()
            values = np.array([str(v) for v in column.tolist()], dtype=object)
            values[blank] = default
            bad = (values == "") if required else np.zeros(len(values), dtype=bool)
            wanted = "a name"
        else:
            shown = column if column.dtype.kind in "iuf" else pd.to_numeric(column, errors="coerce")
            values = shown.to_numpy(dtype=float, na_value=np.nan)
            blank = column.isna().to_numpy() | (column.dtype.kind == "O") & (column == "").to_numpy()
            bad = ~np.isfinite(values) & ~blank & ~((values == default) & ~np.isnan(values))
            bad |= required & blank
            wanted = "a number"
            if kind == "amount":
                bad |= ~blank & (values < 0)
                wanted = "a number, zero or more"
            values = np.where(blank, default, values) if not required else values
        for row in np.flatnonzero(bad).tolist():
            got = column.iloc[row]
            faults.add(
                f"{table}: {name} in row {row + 1}",
                got.item() if isinstance(got, np.generic) else got,
                wanted,
            )
        out[name] = values
    return out


def _unique(values: Iterable[Any]) -> NDArray[Any]:
    return np.array(list(dict.fromkeys(values)), dtype=object)


def nearest(name: str, known: Iterable[str]) -> str:
    """What was wanted in place of an unknown name: the nearest, or the list."""
    names = list(known)
    close = difflib.get_close_matches(name, names, 1)
    if close:
        return f"one that is known (the nearest is {close[0]!r})"
    shown = ", ".join(names[:8]) + (" ..." if len(names) > 8 else "")
    return f"one of {shown}" if names else "none, since there are none"


def _check_names(
    ops: dict[str, NDArray[Any]],
    listed: dict[str, NDArray[Any]],
    windows: dict[str, NDArray[Any]],
    stops: dict[str, NDArray[Any]],
    changes: dict[str, NDArray[Any]],
    people: dict[str, NDArray[Any]],
    away: dict[str, NDArray[Any]],
    started: dict[str, NDArray[Any]],
    has_labor: bool,
    faults: Faults,
) -> None:
    known = dict.fromkeys(listed["machine"])
    for table, column, names in (
        ("operations", "machine", ops["machine"]),
        ("calendar", "resource", windows["resource"]),
        ("downtime", "machine", stops["machine"]),
        ("changeovers", "machine", [m for m in changes["machine"] if m]),
        ("begun", "machine", started["machine"]),
    ):
        for name in dict.fromkeys(names):
            if name not in known:
                faults.add(f"{table}: {column}", name, nearest(name, known))
    skills = dict.fromkeys(people["skill"])
    if has_labor:
        for table, names in (("operations", ops["skill"]), ("absences", away["skill"])):
            for name in dict.fromkeys(names):
                if name and name not in skills:
                    faults.add(f"{table}: skill", name, nearest(name, skills))


def _match_jobs(
    ops: dict[str, NDArray[Any]], jobs: dict[str, NDArray[Any]], given: bool, faults: Faults
) -> dict[str, NDArray[Any]]:
    """A row a job, in the order of the table of jobs, else of the operations."""
    with_work = dict.fromkeys(ops["job"])
    jobs["weight"] = np.round(jobs["weight"], 3)
    if not given:
        names = _unique(ops["job"])
        out: dict[str, NDArray[Any]] = {"job": names}
        for name, _, _, default in _JOBS[1:]:
            out[name] = np.full(len(names), default)
        return out
    seen: set[str] = set()
    for name in jobs["job"]:
        if name in seen:
            faults.add("jobs: job", name, "listed once")
        elif name not in with_work:
            faults.add("jobs: job", name, f"one that has operations ({nearest(name, with_work)})")
        seen.add(name)
    for name in with_work:
        if name not in seen:
            faults.add("operations: job", name, f"one of the table jobs ({nearest(name, seen)})")
    return jobs


def _check_times(
    windows: dict[str, NDArray[Any]],
    stops: dict[str, NDArray[Any]],
    people: dict[str, NDArray[Any]],
    away: dict[str, NDArray[Any]],
    jobs: dict[str, NDArray[Any]],
    faults: Faults,
) -> None:
    for table, who, t in (
        ("calendar", "resource", windows),
        ("downtime", "machine", stops),
        ("labor", "skill", people),
        ("absences", "skill", away),
    ):
        for row in np.flatnonzero(t["end"] <= t["start"]).tolist():
            faults.add(
                f"{table}: end of {t[who][row]}",
                float(t["end"][row]),
                f"after its start, {t['start'][row]:g} (a shift past midnight counts on)",
            )
    for row in np.flatnonzero(jobs["due"] < jobs["release"]).tolist():
        faults.add(
            f"jobs: due of {jobs['job'][row]}",
            float(jobs["due"][row]),
            f"no earlier than its release, {jobs['release'][row]:g}",
        )


def _check_steps(
    ops: dict[str, NDArray[Any]], started: dict[str, NDArray[Any]], now: float, faults: Faults
) -> None:
    rows = list(zip(ops["job"], ops["step"], ops["machine"], strict=True))
    known = set(rows)
    if len(known) < len(rows):
        seen: set[tuple[str, float, str]] = set()
        for row in rows:
            if row in seen:
                faults.add(f"operations: step {row[1]:g} of {row[0]}", row[2], "each machine listed once")
            seen.add(row)
    for job, step, machine, start in zip(
        *(started[c] for c in ("job", "step", "machine", "start")), strict=True
    ):
        if (job, step, machine) not in known:
            faults.add(
                f"begun: step {step:g} of {job}", machine, "a job, step and machine of the table operations"
            )
        if not start <= now:
            faults.add(f"begun: start of step {step:g} of {job}", float(start), f"no later than now, {now:g}")
