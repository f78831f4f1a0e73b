"""What the problems on jobs and machines are drawn from: lots of a plant's items at its work centers."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from .... import scheduling
from ....errors import MissingTableError
from ...numbers import show
from ...problem import Fact

if TYPE_CHECKING:
    import numpy as np
    import pandas as pd

    from ....plant import Plant

OUTCOMES = ("cpim.detailed_schedules", "lesson.09.1")
RULES = "sequencing rules"
JOB = Fact("job", "Lot")
HOURS = Fact("hours", "Hours")
DUE = Fact("due", "Due at hour")
NEEDS = ("routings", "workcenters")
_OF_A_JOB = ("hours", "due", "weight", "remaining_hours", "operations", "release", "setup_hours")


def _usual(plant: Plant, purpose: str) -> pd.DataFrame:
    steps = plant.need("routings", 1, purpose)
    steps = steps[(steps["alternative"] == "") & (steps["run_hours"] > 0)]
    return steps.sort_values(["item", "step"], kind="stable")


def _center_names(plant: Plant) -> dict[str, str]:
    centers = plant.need("workcenters")
    return dict(zip(centers["workcenter"], centers["name"].astype(str), strict=True))


def numbered(names: Sequence[str]) -> list[str]:
    """Lots by the names of their items; a second one of the same item is said to be so."""
    return [f"{x} no. {names[:i].count(x) + 1}" if x in names[:i] else x for i, x in enumerate(names)]


def apart(values: Sequence[float], low: int = 1) -> list[int]:
    """Whole hours near the values, no two the same."""
    taken: list[int] = []
    for value in values:
        near = max(low, round(value))
        while near in taken:
            near += 1
        taken.append(near)
    return taken


def waiting(rng: np.random.Generator, plant: Plant, n: int, purpose: str) -> tuple[str, list[str], list[int]]:
    """So many lots that wait at one of the plant's work centers: its name, the lots, and hours, no two the same.

    Hours are in proportion to the routing's, as the times of lots of different size would be.
    """
    steps, names = _usual(plant, purpose), _center_names(plant)
    sizes = steps.groupby("workcenter", sort=True)["item"].nunique()
    busy = sizes[sizes >= min(n, int(sizes.max()))].index
    center = str(busy[int(rng.integers(len(busy)))])
    rows = steps[steps["workcenter"] == center].drop_duplicates("item")
    places = rng.choice(len(rows), size=n, replace=len(rows) < n)
    chosen = rows.iloc[places]
    return (
        names.get(center, center),
        numbered([str(x) for x in chosen["item"]]),
        near(rng, chosen["run_hours"].tolist()),
    )


def near(rng: np.random.Generator, run: Sequence[float], mean: float = 5.0) -> list[int]:
    """Hours of lots, as their items' run times stand to each other, from 1 to 12 about, no two the same."""
    middle = sorted(run)[len(run) // 2]
    lots = rng.uniform(0.5, 1.7, len(run))
    return apart([min(11.0, max(1.0, mean * x / middle * float(f))) for x, f in zip(run, lots, strict=True)])


def in_a_row(
    rng: np.random.Generator, plant: Plant, n: int, machines: int, purpose: str
) -> tuple[list[str], list[str], list[list[float]]]:
    """So many lots that go through the same work centers one after another: the centers' names, the lots, run hours."""
    steps, names = _usual(plant, purpose), _center_names(plant)
    ways: dict[tuple[str, ...], dict[str, list[float]]] = {}
    for item, rows in steps.groupby("item", sort=True):
        centers, run = rows["workcenter"].tolist(), rows["run_hours"].tolist()
        for k in range(len(centers) - machines + 1):
            way = tuple(centers[k : k + machines])
            if len(set(way)) == machines:
                ways.setdefault(way, {})[str(item)] = run[k : k + machines]
    if not ways:
        raise MissingTableError(
            "routings", f"{purpose} needs items that go through {machines} work centers in a row"
        )
    most = min(n, max(len(x) for x in ways.values()))
    busy = [way for way in sorted(ways) if len(ways[way]) >= most]
    way = busy[int(rng.integers(len(busy)))]
    items = list(ways[way])
    chosen = [items[int(i)] for i in rng.choice(len(items), size=n, replace=len(items) < n)]
    return [names.get(c, c) for c in way], numbered(chosen), [ways[way][x] for x in chosen]


def two_rows(rng: np.random.Generator, run: Sequence[Sequence[float]], low: int = 1) -> list[list[int]]:
    """Hours on each machine of lots in a row: each machine's about as long as the others', so that none rules alone."""
    columns = [near(rng, list(x)) for x in zip(*run, strict=True)]
    return [[max(low, x) for x in row] for row in zip(*columns, strict=True)]


@lru_cache(maxsize=1024)
def _sequenced(
    jobs: tuple[tuple[Any, ...], ...],
    columns: tuple[str, ...],
    rule: Any,
    options: tuple[tuple[str, Any], ...],
) -> scheduling.JobSequence:
    table = {job: dict(zip(columns, figures, strict=True)) for job, *figures in jobs}
    told = dict(options)
    if "changeovers" in told:
        told["changeovers"] = dict(told["changeovers"])
    return scheduling.sequence(table, rule if isinstance(rule, str) else list(rule), **told)


def run(
    rows: Sequence[Mapping[str, Any]], rule: str | Sequence[str], **options: Any
) -> scheduling.JobSequence:
    """The given lots on one machine, by a rule or in an order: `sequence`, remembered."""
    columns = tuple(c for c in _OF_A_JOB if c in rows[0])
    jobs = tuple((r["job"], *(r[c] for c in columns)) for r in rows)
    if "changeovers" in options:
        options["changeovers"] = tuple(options["changeovers"].items())
    return _sequenced(
        jobs, columns, rule if isinstance(rule, str) else tuple(rule), tuple(sorted(options.items()))
    )


@lru_cache(maxsize=256)
def _urgencies(
    jobs: tuple[tuple[Any, ...], ...], columns: tuple[str, ...], now: float
) -> dict[str, dict[str, float]]:
    found = scheduling.urgency({job: dict(zip(columns, rest, strict=True)) for job, *rest in jobs}, now=now)
    return {
        str(k): {str(j): float(x) for j, x in v.items()} for k, v in found.set_index("job").to_dict().items()
    }


def urgent(rows: Sequence[Mapping[str, Any]], now: float) -> dict[str, dict[str, float]]:
    """The figures of `urgency` by lot: time_left, work_left, critical_ratio, slack, slack_per_operation; remembered."""
    columns = tuple(c for c in _OF_A_JOB if c in rows[0])
    return _urgencies(tuple((r["job"], *(r[c] for c in columns)) for r in rows), columns, now)


def named(rows: Sequence[Mapping[str, Any]], job: str) -> Mapping[str, Any]:
    """The row of a lot."""
    return next(r for r in rows if r["job"] == job)


def ordered(rows: Sequence[Mapping[str, Any]], index: Any) -> list[str]:
    """The lots by an index, smallest first."""
    return [str(r["job"]) for r in sorted(rows, key=index)]


def said(order: Sequence[str]) -> str:
    """An order as it is printed."""
    return " → ".join(order)


def lots_due(
    rng: np.random.Generator, plant: Plant, n: int, low: float = 0.35, high: float = 1.1
) -> dict[str, Any]:
    """Lots that wait at a work center, each with its hours and due date; all are there at hour 0."""
    center, names, hours = waiting(rng, plant, n, "a problem on sequencing")
    shares = rng.uniform(low, high, n)
    due = apart([max(float(h), sum(hours) * float(x)) for h, x in zip(hours, shares, strict=True)])
    jobs = [{"job": k, "hours": h, "due": d} for k, h, d in zip(names, hours, due, strict=True)]
    return {"center": center, "jobs": jobs}


def notes(g: Any) -> dict[str, str]:
    """What stands beside each lot in a list to put in order."""
    return {
        r["job"]: f"{r['hours']} h" + (f", due at {show(r['due'])}" if "due" in r else "") for r in g.jobs
    }


def ends(g: Any, order: Any, **options: Any) -> str:
    """When each lot is done, as it is printed."""
    plan = run(g.jobs, order, **options)
    return ", ".join(f"{job} {show(end)}" for job, end in zip(plan.order, plan.completion, strict=True))


def total(g: Any) -> float:
    """Hours of all lots."""
    return float(sum(r["hours"] for r in g.jobs))
