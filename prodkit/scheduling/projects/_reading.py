"""The activities of one project, read and checked; and the two passes over their network."""

from __future__ import annotations

import difflib
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from graphlib import CycleError, TopologicalSorter
from typing import Any

import numpy as np
from numpy.typing import NDArray

from ...errors import InputError
from ...plant import Plant
from ...plant.arguments import Faults, read_columns
from ...plant.tables import TABLES

__all__ = ["Project", "nearest", "read_project"]

_TABLE = TABLES["activities"]


@dataclass(frozen=True, eq=False)
class Project:
    """Activities by their place in the table, what each must wait for, and an order that respects it."""

    name: str
    activities: tuple[str, ...]
    labels: tuple[str, ...]
    before: tuple[tuple[int, ...], ...]
    behind: tuple[tuple[int, ...], ...]
    order: tuple[int, ...]
    columns: dict[str, NDArray[Any]]

    @property
    def days(self) -> NDArray[np.float64]:
        """Planned days of each activity."""
        return self.columns["days"]

    def after(self, i: int) -> str:
        """The codes that an activity waits for, as the table has them."""
        return ";".join(self.activities[j] for j in self.before[i])

    def earliest(self, days: NDArray[np.float64]) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
        """Earliest start and finish of each activity; days may have a second axis, of runs."""
        start, finish = np.zeros_like(days), np.zeros_like(days)
        for i in self.order:
            if self.before[i]:
                start[i] = finish[list(self.before[i])].max(axis=0)
            finish[i] = start[i] + days[i]
        return start, finish

    def latest(
        self, days: NDArray[np.float64], end: NDArray[np.float64] | float
    ) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
        """Latest start and finish of each activity that do not delay the end."""
        start, finish = np.zeros_like(days), np.zeros_like(days)
        for i in reversed(self.order):
            finish[i] = start[list(self.behind[i])].min(axis=0) if self.behind[i] else end
            start[i] = finish[i] - days[i]
        return start, finish

    def length(self, days: NDArray[np.float64]) -> float:
        """Days from the first start to the last finish."""
        return float(self.earliest(days)[1].max())


def read_project(
    activities: object,
    project: str | None,
    *,
    needed: Sequence[str] = (),
    optional: Sequence[str] = (),
    present: Sequence[str] = (),
    remaining: bool = False,
    also: Callable[[list[str], dict[str, NDArray[Any]], Faults], None] | None = None,
) -> Project:
    """One project's rows of a table or a plant, with everything that is wrong with them at once.

    Cells of `needed` columns must be filled; `present` ones must be there, but may have blanks; `also` may add
    faults of its own.
    """
    import pandas as pd

    frame: Any = activities
    if isinstance(activities, Plant):
        frame = activities.need("activities", 1, "a project")
    if not isinstance(frame, pd.DataFrame):
        raise InputError("activities", type(activities).__name__, "a DataFrame of activities, or a Plant")
    name, frame = _one_project(frame, project)
    faults = Faults()
    optional = ("after", "name", *optional, *(("done_share",) if remaining else ()))
    columns = read_columns(
        "activities", frame, ("activity", "days", *needed), optional, faults, label="activity"
    )
    for column in present:
        if column not in frame.columns:
            faults.add("activities", list(frame.columns), f"a table with the column {column}")
    if not len(frame):
        faults.add("activities", "no row", "a table with at least one activity")
    if "activity" not in columns or not len(frame):
        faults.stop("The project")
    codes = [str(c) for c in columns["activity"]]
    before = _waits(codes, [str(cell) for cell in columns["after"]], faults)
    order = _order(codes, before, faults)
    _rules(codes, columns, {*needed, *optional}, faults)
    if also is not None:
        also(codes, columns, faults)
    faults.stop(f"The project {name}" if name else "The project")
    if remaining:
        for column in ("days", "days_optimistic", "days_pessimistic"):
            if column in columns:
                columns[column] = np.round(columns[column] * (1 - columns["done_share"]), 3)
    behind: list[list[int]] = [[] for _ in codes]
    for i, waits in enumerate(before):
        for j in waits:
            behind[j].append(i)
    return Project(
        name,
        tuple(codes),
        tuple(str(c) for c in columns["name"]),
        tuple(before),
        tuple(tuple(b) for b in behind),
        tuple(order),
        columns,
    )


def nearest(word: str, known: Iterable[str]) -> str:
    """The nearest of the known words, to be put behind a message."""
    close = difflib.get_close_matches(word, list(known), 1, 0.5)
    return f" (nearest: {close[0]})" if close else ""


def _one_project(frame: Any, project: str | None) -> tuple[str, Any]:
    if "project" not in frame.columns:
        if project is not None:
            raise InputError("project", project, "left out, since the table has no column project")
        return "", frame
    there = [str(p) for p in dict.fromkeys(frame["project"].dropna())]
    if project is None and len(there) < 2:
        return (there[0] if there else ""), frame
    if project not in there:
        close = nearest(project, there) if isinstance(project, str) else ""
        raise InputError("project", project, "one of " + ", ".join(repr(p) for p in there) + close)
    return str(project), frame[frame["project"] == project]


def _waits(codes: list[str], cells: list[str], faults: Faults) -> list[tuple[int, ...]]:
    """What each activity waits for, by place; unknown codes and codes used twice are faults."""
    place: dict[str, int] = {}
    for i, code in enumerate(codes):
        if code and place.setdefault(code, i) != i:
            faults.add(f"activities: activity of row {i + 1}", code, "a code that no other row has")
    column, out = _TABLE.column("after"), []
    for code, cell in zip(codes, cells, strict=True):
        known = dict.fromkeys(column.codes(cell))
        for other in known:
            if other not in place:
                expected = "codes of activities, parted by semicolons" + nearest(other, place)
                faults.add(f"activities: after of {code}", other, expected)
        out.append(tuple(place[other] for other in known if other in place))
    return out


def _order(codes: list[str], before: list[tuple[int, ...]], faults: Faults) -> list[int]:
    """An order in which each comes after what it waits for; each loop is a fault."""
    waits = {i: set(b) for i, b in enumerate(before)}
    while True:
        try:
            return list(TopologicalSorter({i: sorted(w) for i, w in waits.items()}).static_order())
        except CycleError as error:
            loop: list[int] = error.args[1]
            first = loop.index(min(loop))
            turn = [*loop[first:-1], *loop[:first], loop[first]] if first else loop
            said = " → ".join(codes[i] for i in turn)
            faults.add("activities: after", said, "free of loops: none of these could ever begin")
            for i in loop:
                waits[i] -= set(loop)


def _rules(codes: list[str], columns: dict[str, NDArray[Any]], used: set[str], faults: Faults) -> None:
    """What must hold between the columns of a row, as the plant's table declares it."""
    import pandas as pd

    numbers = {k: v for k, v in columns.items() if v.dtype.kind == "f" and (k == "days" or k in used)}
    frame = pd.DataFrame({k: np.where(v < 0, np.nan, v) for k, v in numbers.items()})  # faults already
    for rule in _TABLE.rules:
        if rule.column not in used or rule.column not in frame or "days" not in frame:
            continue
        if rule.column == "crash_cost" and "cost" not in frame:
            continue
        for i in np.flatnonzero(~rule.holds(frame).to_numpy()).tolist():
            limit = rule.wanted.rsplit(" ", 1)[-1]
            expected = f"{rule.wanted} ({frame[limit].iloc[i]:g})"
            faults.add(
                f"activities: {rule.column} of {codes[i]}", float(frame[rule.column].iloc[i]), expected
            )
    if {"days", "crash_days", "crash_cost"} <= set(frame):
        is_open = (frame["crash_days"] < frame["days"]) & np.isnan(columns["crash_cost"])
        for i in np.flatnonzero(is_open.to_numpy()).tolist():
            expected = "given (money at crash_days), since crash_days is below days"
            faults.add(f"activities: crash_cost of {codes[i]}", None, expected)
