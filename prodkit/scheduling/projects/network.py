"""The critical path of a project: what may not be late, and how late the rest may be."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from ..._common import spoken
from ._reading import Project, read_project

if TYPE_CHECKING:
    import pandas as pd

    from ...plant import Plant

__all__ = ["CriticalPath", "critical_path", "days_said", "network_of"]

_MOST_PATHS = 100
_SAME = 1e-7  # days closer than this are the same day


@dataclass(frozen=True, eq=False)
class CriticalPath:
    """When each activity of a project can be done, and which ones hold its end. Made by `critical_path`."""

    project: str
    """Name of the project, "" where the table names none."""
    activities: pd.DataFrame = field(repr=False)
    """One row an activity, in the table's order: activity, name, after, days, early_start, early_finish,
    late_start, late_finish, total_float, free_float (all in days; the project starts at 0), is_critical."""
    paths: tuple[tuple[str, ...], ...]
    """The critical paths, each from a first activity to a last; where there are very many, a hundred of them."""
    n_paths: int
    """How many critical paths there are."""

    @property
    def length(self) -> float:
        """Days from the first start to the last finish."""
        return float(self.activities["early_finish"].max())

    @property
    def critical(self) -> tuple[str, ...]:
        """The activities without float, in the order of their starts."""
        rows = self.activities[self.activities["is_critical"]]
        return tuple(rows.sort_values(["early_start", "early_finish"], kind="stable")["activity"])

    @property
    def path(self) -> tuple[str, ...]:
        """A critical path, the first of `paths`."""
        return self.paths[0]

    def __str__(self) -> str:
        more = f" (one of {self.n_paths:,} critical paths)" if self.n_paths > 1 else ""
        first = f"{days_said(self.length)}. Critical: {' → '.join(self.path)}{more}."
        free = self.activities[~self.activities["is_critical"]]
        if free.empty:
            return f"{first}\nNo activity has any float."
        most = free.iloc[int(free["total_float"].to_numpy().argmax())]
        have = "activity has" if len(free) == 1 else "activities have"
        return (
            f"{first}\n{len(free)} {have} float, {most['activity']} the most: "
            f"{days_said(float(most['total_float']))}."
        )


def critical_path(
    activities: pd.DataFrame | Plant, *, project: str | None = None, remaining: bool = False
) -> CriticalPath:
    r"""Earliest and latest times, floats and critical paths of a project (CPM, activities on nodes).

    Parameters
    ----------
    activities
        A table with the columns activity, days (working days), after (the codes of the activities that must be
        done before, parted by semicolons), and, if you like, name, project, done_share; or a plant.
    project
        Which project, where the table has several.
    remaining
        True takes off the share that is done (done_share): the time from today, not from the start.

    Returns
    -------
    CriticalPath
        `.length` (days), `.activities` (a table of times and floats), `.paths`, `.critical`.

    Raises
    ------
    InputError
        If there is no such project, a figure is out of range, an activity waits for one that is not there (the
        nearest code is named) or, in the end, for itself (the loop is named); several at once are a PlantError.
    MissingTableError
        If the plant has no activities.

    Notes
    -----
    Times are days from the start, which is 0: an activity of 2 days that starts at 0 finishes at 2, where the
    next one starts. Earliest finish :math:`EF = ES + d`, :math:`ES` the largest :math:`EF` before it; latest
    start :math:`LS = LF - d`, :math:`LF` the smallest :math:`LS` behind it. Total float :math:`LS - ES` is
    shared along a path; free float, the smallest :math:`ES` behind it less its :math:`EF`, delays nobody.
    A wait, such as paint drying, is an activity of its own. (J. E. Kelley and M. R. Walker, 1959: from memory,
    unchecked.)

    Examples
    --------
    >>> import pandas as pd
    >>> booth = pd.DataFrame({"activity": ["A", "B", "C", "D"], "days": [3, 5, 2, 4], "after": ["", "A", "A", "B;C"]})
    >>> plan = critical_path(booth)
    >>> print(plan)
    12 days. Critical: A → B → D.
    1 activity has float, C the most: 3 days.
    >>> plan.activities.loc[2, ["early_start", "early_finish", "late_start", "late_finish"]].tolist()
    [3.0, 5.0, 6.0, 8.0]
    """
    return network_of(read_project(activities, project, remaining=remaining))


def network_of(project: Project, days: NDArray[np.float64] | None = None) -> CriticalPath:
    """The critical path of a checked project, with its own days or others."""
    import pandas as pd

    lasting = project.days if days is None else days
    early_start, early_finish = project.earliest(lasting)
    length = float(early_finish.max())
    late_start, late_finish = project.latest(lasting, length)
    total = _clean(late_start - early_start)
    free = np.array(
        [
            (min(early_start[j] for j in project.behind[i]) if project.behind[i] else length)
            - early_finish[i]
            for i in range(len(lasting))
        ]
    )
    is_critical = total <= _SAME * max(1.0, length)
    table = pd.DataFrame(
        {
            "activity": project.activities,
            "name": project.labels,
            "after": [project.after(i) for i in range(len(lasting))],
            "days": lasting.astype(float),
            "early_start": _clean(early_start),
            "early_finish": _clean(early_finish),
            "late_start": _clean(late_start),
            "late_finish": _clean(late_finish),
            "total_float": total,
            "free_float": _clean(free),
            "is_critical": is_critical,
        }
    )
    paths, count = _critical_paths(project, is_critical, early_start, early_finish)
    named = tuple(tuple(project.activities[i] for i in path) for path in paths)
    return CriticalPath(project.name, table, named, count)


def days_said(days: float) -> str:
    """Days as one says them.

    >>> days_said(1), days_said(12.5), days_said(128.25)
    ('1 day', '12.5 days', '128 days')
    """
    return f"{spoken(days)} {'day' if days == 1 else 'days'}"


def _clean(days: NDArray[np.float64]) -> NDArray[np.float64]:
    """0.30000000000000004 is 0.3, and -0.0 is 0."""
    rounded: NDArray[np.float64] = np.round(days, 9) + 0.0
    return rounded


def _critical_paths(
    project: Project,
    is_critical: NDArray[np.bool_],
    start: NDArray[np.float64],
    finish: NDArray[np.float64],
) -> tuple[list[tuple[int, ...]], int]:
    """Chains of critical activities without a pause, as many as are shown, and how many there are."""
    near = _SAME * max(1.0, float(finish.max()))
    nexts = [
        [j for j in project.behind[i] if is_critical[j] and abs(start[j] - finish[i]) <= near]
        if is_critical[i]
        else []
        for i in range(len(start))
    ]
    ways = [0] * len(start)  # to the end, from each
    for i in reversed(project.order):
        ways[i] = sum(ways[j] for j in nexts[i]) if nexts[i] else int(is_critical[i])
    firsts = [i for i in range(len(start)) if is_critical[i] and not project.before[i]]
    paths: list[tuple[int, ...]] = []
    stack: list[tuple[int, ...]] = [(i,) for i in reversed(firsts)]
    while stack and len(paths) < _MOST_PATHS:
        path = stack.pop()
        following = nexts[path[-1]]
        if not following:
            paths.append(path)
        stack += [(*path, j) for j in reversed(following)]
    return paths, sum(ways[i] for i in firsts)
