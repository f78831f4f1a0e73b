"""Sitting 1: the orders that wait at one machine, and in which order they run."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from ... import scheduling
from ...charts.style import amount, worded
from ...errors import MissingTableError
from ..said import Said

if TYPE_CHECKING:
    import pandas as pd

    from ...plant import Plant
    from ...scheduling import JobSequence

__all__ = [
    "Queue",
    "job_list",
    "late_ones",
    "meet",
    "moore_said",
    "own_queues",
    "queue",
    "queue_said",
    "ratios",
    "rules_said",
    "rush",
    "rush_said",
    "rushed",
    "tell_queue",
]

_JOBS = 8  # orders that one can put in order by eye
_RULES = ("fcfs", "spt", "edd", "slack", "cr", "moore")
_RUSH = "rush"


@dataclass(frozen=True)
class Queue:
    """Orders that wait at one work center. Times in its working hours from the plant's first day."""

    plant: str
    workcenter: str
    name: str
    jobs: pd.DataFrame
    """As `sequence` takes them: job, item, hours (setup and run), due, weight, remaining_hours, operations."""
    now: float
    """When the machine is free; supposed."""

    @property
    def hours(self) -> float:
        """Work in all."""
        return float(self.jobs["hours"].sum())


def queue(plant: Plant, workcenter: str | None = None) -> Queue:
    """The work center whose waiting orders differ most by rule, or the one asked for.

    The machine is supposed to stand at first, so long that some orders are late whatever is done and that earliest due
    date and Moore's rule differ, where there is such an hour.

    Raises
    ------
    MissingTableError
        If no work center has three open orders.
    """
    waiting = plant.need("orders", 3, "orders that wait")
    if (waiting["status"] == "shipped").all():
        raise MissingTableError("orders", "three open orders at one work center are wanted")
    centers = plant.need("workcenters", 1, "orders that wait")
    names = dict(zip(centers["workcenter"], centers["name"].astype(str), strict=True))
    found: list[tuple[tuple[int, int, float], Queue]] = []
    for center in centers["workcenter"] if workcenter is None else [workcenter]:
        jobs = _waiting(plant, str(center))
        if jobs is None:
            continue
        for now in _hours_to_try(jobs):
            one = Queue(plant.name, str(center), names.get(center, str(center)), jobs, now)
            found.append((_worth(one), one))
    if not found:
        raise MissingTableError("orders", "three open orders at one work center are wanted")
    return max(found, key=lambda f: f[0])[1]


def _waiting(plant: Plant, center: str) -> pd.DataFrame | None:
    """The orders due first there, one an item as far as there are as many items; hours with their setup, to a tenth."""
    try:
        jobs = scheduling.work_center_jobs(plant, center)
    except MissingTableError:
        return None
    jobs = jobs[jobs["due"] > 0].sort_values("due", kind="stable")
    turn = jobs.groupby("item").cumcount()
    jobs = jobs.assign(turn=turn).sort_values(["turn", "due"], kind="stable").head(_JOBS).sort_index()
    if len(jobs) < 3:
        return None
    hours = (jobs["hours"] + jobs["setup_hours"]).round(1).clip(lower=0.1)
    left = (jobs["remaining_hours"] + jobs["setup_hours"]).round(1).clip(lower=hours)
    jobs = jobs.assign(hours=hours, remaining_hours=left, due=jobs["due"].round(1))
    return jobs.drop(columns=["turn", "setup_hours"]).reset_index(drop=True)


def _hours_to_try(jobs: pd.DataFrame) -> list[float]:
    """Whole hours from now until half of the orders are late in the order of their due dates."""
    ordered = jobs.sort_values("due", kind="stable")
    room = np.sort((ordered["due"] - ordered["hours"].cumsum()).to_numpy())
    last = max(0.0, float(np.ceil(room[len(room) // 2])))
    return sorted({0.0, *np.unique(np.round(np.linspace(0.0, last, 7))).tolist()})


def _worth(one: Queue) -> tuple[int, int, float]:
    """How much there is to see: late orders saved by Moore, some but not all late, and hours that differ."""
    edd = scheduling.sequence(one.jobs, "edd", now=one.now)
    moore = scheduling.sequence(one.jobs, "moore", now=one.now)
    fcfs = scheduling.sequence(one.jobs, "fcfs", now=one.now)
    spt = scheduling.sequence(one.jobs, "spt", now=one.now)
    saved = edd.n_late - moore.n_late
    some = 0 < moore.n_late <= len(one.jobs) // 3
    return min(saved, 2) + some, min(len(one.jobs), _JOBS), 1 - spt.mean_flow_time / fcfs.mean_flow_time


def meet(one: Queue) -> Said:
    """Whom the lesson begins with."""
    return Said(
        f"This is {one.plant}. The lesson begins at one machine, {one.workcenter} ({one.name}), where {len(one.jobs)} orders wait. "
        "From there it goes on to several machines, to a project, and to the morning on which nothing goes as planned."
    )


def job_list(one: Queue) -> pd.DataFrame:
    """The orders as they came: item, hours, due."""
    return one.jobs.set_index("job")[["item", "hours", "due"]]


def queue_said(one: Queue) -> Said:
    """What waits, and until when the machine stands."""
    n, hours = len(one.jobs), worded(one.hours)
    stands = (
        f"The machine is down; suppose that it runs again in {hours_of(one.now)}. "
        if one.now > 0
        else "The machine is free. "
    )
    return Said(
        f"{n} orders wait at {one.workcenter}, {hours} hours of work with their setups. {stands}Hours count from now, and only hours in which the machine’s people work. “Due” is the hour "
        "at which the order is promised.",
        f"If all goes well the last order is done at hour {worded(one.now + one.hours)}, whatever comes first. "
        "The sum does not depend on the order. What does?",
    )


def rules_said(compared: pd.DataFrame) -> Said:
    """Which rule wins which race."""
    by = compared.set_index("name")
    flow, late, most = by["mean_flow_time"].round(6), by["n_late"].astype(int), by["max_lateness"].round(6)
    told = (
        f"So {str(flow.idxmin()).lower()} has the shortest mean flow time, {worded(float(flow.min()))} hours against "
        f"{worded(float(flow.max()))} at worst. {most.idxmin()} makes the latest order the least late"
        + (f": by {hours_of(float(most.min()))}" if most.min() > 0 else "")
        + "."
    )
    best = [str(x) for x in late.index[late == late.min()]]
    if late.min() == late.max():
        count = f"All of them leave {_orders(int(late.min()))} late."
    else:
        count = (
            f"The fewest late orders, {int(late.min())}, {'leaves' if len(best) == 1 else 'leave'} "
            f"{_and([b.lower() for b in best])}; the most, {int(late.max())}, "
            f"{str(late.idxmax()).lower()}."
        )
    return Said(told, count)


def late_ones(one: Queue, done: JobSequence) -> Said:
    """Which orders are late in a sequence, and by how much."""
    table = done.table
    late = table[table["is_late"]]
    if late.empty:
        return Said(f"So with “{done.name.lower()}” every order is on time.")
    told = [f"{job} by {hours_of(t)}" for job, t in zip(late["job"], late["tardiness"], strict=True)]
    return Said(
        f"So with “{done.name.lower()}” {_orders(len(late))} {'is' if len(late) == 1 else 'are'} late: {_and(told)}."
    )


def moore_said(one: Queue) -> Said:
    """What Moore's rule saves against earliest due date, and at whose cost."""
    edd = scheduling.sequence(one.jobs, "edd", now=one.now)
    moore = scheduling.sequence(one.jobs, "moore", objective="number_late", now=one.now)
    table = moore.table
    late = table[table["is_late"]]
    if late.empty:
        return Said(
            "So nothing need be late, and earliest due date shows it too: if any order can keep all dates, it does."
        )
    last = f"{_and(list(late['job']))} wait{'s' if len(late) == 1 else ''} till the end"
    if edd.n_late == moore.n_late:
        return Said(
            f"So {_orders(moore.n_late)} {'is' if moore.n_late == 1 else 'are'} late with either rule, and it is proven that no order does better: {last}."
        )
    return Said(
        f"So {moore.n_late} late in place of {edd.n_late}, and nobody can do better: that is proven. The price: {last}, and the "
        f"latest order is {hours_of(moore.max_lateness)} late in place of {worded(edd.max_lateness)}. Somebody must "
        "be told today, while there is time to do something about it."
    )


def rushed(one: Queue) -> Queue:
    """The same queue once its first order, by due date, is done and a rush order comes in."""
    import pandas as pd

    first = scheduling.sequence(one.jobs, "edd", now=one.now)
    rest = one.jobs[one.jobs["job"] != first.order[0]]
    now = round(first.completion[0], 1)
    hours = float(rest["hours"].median())
    left = float(np.ceil(1.5 * hours))
    new = {
        "job": _RUSH, "item": "", "hours": hours, "due": now + left, "weight": float(rest["weight"].max()),
        "remaining_hours": hours, "operations": 1.0,
    }  # fmt: skip
    jobs = pd.concat([rest, pd.DataFrame([new])], ignore_index=True)
    return Queue(one.plant, one.workcenter, one.name, jobs, now)


def ratios(one: Queue) -> pd.DataFrame:
    """The critical ratio of each order at this hour, the most urgent first: time left, work left (hours), ratio."""
    table = (
        scheduling.urgency(one.jobs, now=one.now)
        .sort_values("critical_ratio", kind="stable")
        .set_index("job")
    )
    table = table[["time_left", "work_left", "critical_ratio"]]
    return table.set_axis(["time left", "work left", "ratio"], axis=1)


def rush(one: Queue) -> pd.DataFrame:
    """What the rush order does, by its place: late orders, mean tardiness, hour at which it is done."""
    import pandas as pd

    others = one.jobs[one.jobs["job"] != _RUSH]
    usual = list(scheduling.sequence(others, "edd", now=one.now).order)
    rows: list[tuple[str, int, float, float | str]] = []
    without = scheduling.sequence(others, usual, now=one.now)
    rows.append(("without it", without.n_late, without.mean_tardiness, ""))
    orders = {
        "first of all": [_RUSH, *usual],
        "last of all": [*usual, _RUSH],
        "by critical ratio": list(scheduling.sequence(one.jobs, "cr", now=one.now, is_updated=True).order),
        "by due date": list(scheduling.sequence(one.jobs, "edd", now=one.now).order),
        "fewest late": list(scheduling.sequence(one.jobs, "moore", now=one.now).order),
    }
    for name, order in orders.items():
        done = scheduling.sequence(one.jobs, order, now=one.now)
        rows.append(
            (name, done.n_late, done.mean_tardiness, round(done.completion[done.order.index(_RUSH)], 1))
        )
    names = ["the rush order", "late", "mean tardiness", "it is done at"]
    return pd.DataFrame(rows, columns=names).set_index("the rush order")


def rush_said(one: Queue, table: pd.DataFrame) -> Said:
    """Who pays for the rush order."""
    due = float(one.jobs.loc[one.jobs["job"] == _RUSH, "due"].iloc[0])
    late = table["late"].astype(int)
    first, without = int(late["first of all"]), int(late["without it"])
    more = first - without
    told = f"So it has to leave by hour {worded(due)}. If it goes first, "
    told += (
        "nobody else becomes late by it."
        if more <= 0
        else f"{_orders(more)} more {'is' if more == 1 else 'are'} late for it."
    )
    ways = late.drop("without it")
    best = [str(name) for name in ways.index[ways == ways.min()]]
    done = float(str(table["it is done at"][best[0]]))
    itself = " But then the rush order is itself among the late." if done > due + 1e-9 else ""
    return Said(
        told + f" Fewest late, {int(ways.min())}, with: {_and(best)}." + itself,
        "A rush order is never free. The sales desk sees the one that is saved, and the schedule shows those that pay. Show "
        "it before the promise is made.",
    )


def tell_queue(one: Queue) -> Said:
    """The sequence, told to four listeners."""
    moore = scheduling.sequence(one.jobs, "moore", now=one.now)
    late = [job for job, t in zip(moore.order, moore.tardiness, strict=True) if t > 0]
    customers = (
        f"“{_and(late)} will be late, by {hours_of(moore.max_tardiness)} at most. Whom do we call, and who can wait?”"
        if late
        else "“All dates hold, if nothing else comes in.”"
    )
    return Said(
        f"- To the operator: “This is the list, {moore.order[0]} first. If you want another order because of the tooling, "
        "tell me before you change it, not after.”",
        f"- To sales: {customers}",
        "- To the customer who waits: “Your order will leave on this date, and not on that one. I tell you today so that you can "
        "plan.”",
        f"- To the plant manager: “{amount(one.hours)} hours of work stand before {one.workcenter}. The sequence decides "
        "who waits, not how long the line is.”",
    )


def own_queues(plant: Plant) -> pd.DataFrame:
    """Every work center with three open orders: orders (the next eight at most), hours, late by each rule from now on."""
    import pandas as pd

    rows = []
    for center in plant.need("workcenters", 1, "orders that wait")["workcenter"]:
        jobs = _waiting(plant, str(center))
        if jobs is None:
            continue
        late = [scheduling.sequence(jobs, rule).n_late for rule in ("fcfs", "edd", "moore")]
        rows.append((str(center), len(jobs), float(jobs["hours"].sum()), *late))
    names = [
        "work center", "orders", "hours", "late as they came", "late by due date", "fewest late",
    ]  # fmt: skip
    return pd.DataFrame(rows, columns=names).set_index("work center").round(1)


def hours_of(x: float) -> str:
    """Hours as one says them.

    >>> hours_of(1), hours_of(2.5)
    ('1 hour', '2.5 hours')
    """
    text = worded(x)
    return f"{text} hour{'s' * (text != '1')}"


def _orders(n: int) -> str:
    return {0: "no order", 1: "one order"}.get(n, f"{n} orders")


def _and(names: list[str]) -> str:
    return names[0] if len(names) == 1 else f"{', '.join(names[:-1])} and {names[-1]}"
