"""A project with few people: activities that must wait for whoever does them."""

from __future__ import annotations

import itertools
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from ..._common import choice, number, spoken, whole
from ...errors import InputError
from ...plant.arguments import Faults
from ._reading import nearest, read_project
from ._resource_model import FINEST, RULES, Found, Limited, limited, place, shortest
from .network import days_said

if TYPE_CHECKING:
    import pandas as pd

    from ...plant import Plant

__all__ = ["PROJECT_RULES", "ResourceSchedule", "resource_schedule"]

PROJECT_RULES = tuple(RULES)
"""Which activity gets the people first: the names that `resource_schedule` knows as a `rule`."""


@dataclass(frozen=True, eq=False)
class ResourceSchedule:
    """A project within the limits of its resources, and what is proven of it. Made by `resource_schedule`."""

    project: str
    """Name of the project, "" where the table names none."""
    activities: pd.DataFrame = field(repr=False)
    """One row an activity: activity, name, after, days, resource, units, start, finish (days from the start),
    early_start (without limits, days), delay (start less early_start, days), waits_for (the activities whose end
    sets its resource free when it starts, parted by semicolons; "" where it waits for none)."""
    capacity: dict[str, float]
    """Units there are of each limited resource."""
    rule: str
    """The rule asked for, or optimal."""
    unlimited_length: float
    """Length of the critical path, as if there were enough of everything (days)."""
    bound: float
    """Proven: no schedule within the limits is shorter (days)."""
    solver: str
    """What made the schedule."""

    @property
    def length(self) -> float:
        """Days from the first start to the last finish."""
        return float(self.activities["finish"].max())

    @property
    def is_optimal(self) -> bool:
        """Whether the bound proves that no schedule is shorter."""
        return self.length - self.bound <= 1e-6

    @property
    def gap(self) -> float:
        """How far the length lies above the bound (share of the length)."""
        return 0.0 if self.is_optimal else 1 - self.bound / self.length

    @property
    def status(self) -> str:
        """optimal (proven) · feasible (the best found, not proven) · rule (a rule's answer, not proven)."""
        return "optimal" if self.is_optimal else "feasible" if self.rule == "optimal" else "rule"

    @property
    def usage(self) -> pd.DataFrame:
        """How much of each resource is in use: resource, from_day, to_day, units, capacity (blank without limit)."""
        import pandas as pd

        rows = []
        for resource in dict.fromkeys(self.activities["resource"]):
            of = self.activities[(self.activities["resource"] == resource) & (self.activities["days"] > 0)]
            if not resource or of.empty:
                continue
            start, finish, units = (of[c].to_numpy() for c in ("start", "finish", "units"))
            times = np.unique(np.concatenate([start, finish]))
            for begin, end in itertools.pairwise(times):
                used = float(units[(start < end) & (finish > begin)].sum())
                rows.append((resource, begin, end, used, self.capacity.get(resource, np.nan)))
        return pd.DataFrame(rows, columns=["resource", "from_day", "to_day", "units", "capacity"])

    @property
    def load(self) -> pd.DataFrame:
        """One row a resource: resource, unit_days (of work), peak (units at once), capacity (units, blank without
        limit), load_share (unit_days over what the capacity gives in the whole length, blank without limit)."""
        usage = self.usage
        usage["unit_days"] = usage["units"] * (usage["to_day"] - usage["from_day"])
        by = usage.groupby("resource", sort=False)
        table = by.agg(unit_days=("unit_days", "sum"), peak=("units", "max"), capacity=("capacity", "first"))
        table["load_share"] = table["unit_days"] / (table["capacity"] * self.length)
        return table.reset_index()

    def __str__(self) -> str:
        more = self.length - self.unlimited_length
        limits = ", ".join(f"{spoken(units)} {resource}" for resource, units in self.capacity.items())
        within = f"with {limits}" if 0 < len(self.capacity) <= 3 else "within the limits"
        first = f"{days_said(self.length)} {within}, "
        first += f"{spoken(more)} more than without." if more > 1e-6 else "as many as without."
        if self.is_optimal:
            return f"{first}\nProven: no schedule within the limits is shorter."
        how = "The best found" if self.rule == "optimal" else f"By rule ({self.rule.replace('_', ' ')})"
        return f"{first}\n{how}, not proven the shortest: none is under {days_said(self.bound)} (gap {100 * self.gap:.0f} %)."


def resource_schedule(
    activities: pd.DataFrame | Plant,
    capacity: Mapping[str, float],
    *,
    project: str | None = None,
    rule: str = "optimal",
    remaining: bool = False,
    time_limit: float = 10.0,
    seed: int = 0,
) -> ResourceSchedule:
    r"""When each activity of a project is done, where its people and machines are few (RCPSP).

    Parameters
    ----------
    activities
        A table with the columns activity, days (working days), after (codes parted by semicolons), resource (who
        or what does it; blank for nobody in particular) and resource_units (how many of them; 1 if left out); or a
        plant.
    capacity
        How many there are of each resource at any time. A resource that is not named here has no limit.
    project
        Which project, where the table has several.
    rule
        `"optimal"` (the shortest project), or who comes first where not all can: `"latest_finish"` (whose latest
        finish is the earliest), `"min_slack"` (the least total float), `"shortest"`, `"longest"`,
        `"most_followers"` (the most activities wait for it, near or far).
    remaining
        True takes off the share that is done (done_share): the time from today, not from the start.
    time_limit
        Seconds after which the search for the shortest stops with the best it has and its bound.
    seed
        Of the search.

    Returns
    -------
    ResourceSchedule
        `.activities` (starts, finishes, who waits for whom), `.length` (days), `.bound`, `.gap`, `.status`,
        `.is_optimal`, `.unlimited_length`, `.usage`, `.load`.

    Raises
    ------
    InputError
        If an activity needs more of a resource than there are (the message says how many would do), a capacity is
        not above zero or of no activity's resource, days or units are finer than a thousandth, or what
        `critical_path` refuses; several at once are a PlantError.
    MissingTableError
        If the plant has no activities.

    Notes
    -----
    An activity once begun is not interrupted and keeps its units to its end. A rule takes the activities one by one,
    in an order that respects what they wait for, each as early as its resource allows (the serial schedule
    generation scheme; R. Kolisch, 1996: from memory, unchecked); it proves nothing, except where its length is that
    of the critical path or of the work on a resource over its units. The optimum goes on from the best of all rules
    by CP-SAT (OR-Tools); where OR-Tools is not installed, the best rule's schedule comes back, and `.solver` says so.

    Examples
    --------
    >>> import pandas as pd
    >>> crew = pd.DataFrame({"activity": ["A", "B", "C", "D"], "days": [3, 2, 4, 1], "after": ["", "", "", "A;B"],
    ...     "resource": ["fitter", "fitter", "fitter", "tester"], "resource_units": [1, 2, 1, 1]})
    >>> plan = resource_schedule(crew, {"fitter": 2})
    >>> print(plan)
    6 days with 2 fitter, 2 more than without.
    Proven: no schedule within the limits is shorter.
    >>> plan.activities["start"].tolist(), plan.activities["waits_for"].tolist()
    ([2.0, 0.0, 2.0, 5.0], ['B', '', 'B', ''])
    """
    choice("rule", rule, ("optimal", *PROJECT_RULES))
    limit = number("time_limit", time_limit, "above zero (seconds)", above=0)
    seeded = whole("seed", seed, "a whole number, zero or more", low=0)
    given = _capacity(capacity)
    net = read_project(
        activities,
        project,
        present=("resource",),
        optional=("resource", "resource_units"),
        remaining=remaining,
        also=lambda codes, columns, faults: _check(codes, columns, given, faults),
    )
    case = limited(net, given)
    if rule == "optimal":
        found = shortest(case, limit, seeded)
    else:
        found = Found(place(case, RULES[rule](case)), case.bound, f"the rule {rule.replace('_', ' ')}")
    return _result(case, given, rule, found)


def _capacity(capacity: Mapping[str, float]) -> dict[str, float]:
    if not isinstance(capacity, Mapping):
        raise InputError("capacity", capacity, "units by the name of the resource, such as {'fitter': 2}")
    return {
        str(name): number(f"capacity[{name!r}]", units, "above zero (units)", above=0)
        for name, units in capacity.items()
    }


def _check(
    codes: list[str], columns: dict[str, NDArray[Any]], capacity: dict[str, float], faults: Faults
) -> None:
    """Every capacity is of some resource, and suffices for each activity alone; nothing is too fine."""
    used = [str(r) for r in columns.get("resource", ())]
    for name, units in capacity.items():
        if name not in used:
            known = sorted({r for r in used if r})
            close = nearest(name, known) or f" (there are {', '.join(known) or 'none'})"
            faults.add("capacity", name, f"of resources that activities of the project need{close}")
        _coarse(f"capacity[{name!r}]", units, faults)
    needs = columns.get("resource_units", ())
    for code, resource, units in zip(codes, used, needs, strict=False):
        if resource in capacity and units > capacity[resource]:
            expected = f"{spoken(float(units))} or more, which {code} alone needs"
            faults.add(f"capacity[{resource!r}]", capacity[resource], expected)
    for column in ("days", "resource_units"):
        for code, figure in zip(codes, columns.get(column, ()), strict=False):
            _coarse(f"activities: {column} of {code}", float(figure), faults)


def _coarse(name: str, figure: float, faults: Faults) -> None:
    if np.isfinite(figure) and abs(figure * FINEST - round(figure * FINEST)) > 1e-6:
        faults.add(name, figure, f"no finer than one in {FINEST:,}")


def _result(case: Limited, capacity: dict[str, float], rule: str, found: Found) -> ResourceSchedule:
    import pandas as pd

    net = case.net
    start = np.array(found.start) / case.steps
    early, _ = net.earliest(net.days)
    finish = np.round(start + net.days, 9)
    resource = [str(r) for r in net.columns["resource"]]
    waits = []
    for i, begin in enumerate(found.start):
        ready = max((found.start[j] + case.days[j] for j in net.before[i]), default=0)
        freed = [
            j
            for j, place in enumerate(case.resource)
            if begin > ready and place == case.resource[i] and found.start[j] + case.days[j] == begin
        ]
        waits.append(";".join(net.activities[j] for j in freed))
    table = pd.DataFrame(
        {
            "activity": net.activities,
            "name": net.labels,
            "after": [net.after(i) for i in range(len(start))],
            "days": net.days,
            "resource": resource,
            "units": [u if r else 0.0 for u, r in zip(net.columns["resource_units"], resource, strict=True)],
            "start": start,
            "finish": finish,
            "early_start": np.round(early, 9),
            "delay": np.round(start - early, 9) + 0.0,
            "waits_for": waits,
        }
    )
    length = net.length(net.days)
    return ResourceSchedule(net.name, table, capacity, rule, length, found.bound / case.steps, found.solver)
