"""A schedule mended after something happened, with as little moved as it is worth."""

from __future__ import annotations

import time
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any

import numpy as np

from .._common import choice, number, spoken, whole
from ..errors import InputError
from .shop.dispatch import Board, dispatch, replay
from .shop.goal import Goal, goal_of, weights_of
from .shop.instance import Instance, build_until_it_fits, ticks_per_hour
from .shop.result import Schedule
from .shop.run import by_rule, finish
from .shop.tables import Shop, nearest, read_shop

if TYPE_CHECKING:
    import pandas as pd

__all__ = [
    "MachineDown",
    "OperationLonger",
    "OperatorAbsent",
    "OrderCancelled",
    "Reschedule",
    "RushOrder",
    "reschedule",
]

_PLACES = 25  # tried for a rush order among the operations that are there


@dataclass(frozen=True)
class MachineDown:
    """A machine stands from one hour to another; what runs on it pauses."""

    machine: str
    start: float
    end: float


@dataclass(frozen=True)
class OperatorAbsent:
    """People with a skill are away from one hour to another."""

    skill: str
    start: float
    end: float
    people: float = 1.0


@dataclass(frozen=True, eq=False)
class RushOrder:
    """A new job: its operations as for `job_shop` (the column job may be left out), its due date and weight."""

    job: str
    operations: pd.DataFrame
    due: float = float("inf")
    weight: float = 1.0


@dataclass(frozen=True)
class OrderCancelled:
    """A job is not wanted any more: what has begun is finished, the rest falls away."""

    job: str


@dataclass(frozen=True)
class OperationLonger:
    """An operation that takes so many hours in all, not what was planned."""

    job: str
    step: float
    hours: float


Event = MachineDown | OperatorAbsent | RushOrder | OrderCancelled | OperationLonger


@dataclass(frozen=True, eq=False)
class Reschedule:
    """A mended schedule beside the one before. Made by `reschedule`."""

    schedule: Schedule
    """The new schedule, what has begun included; its objective counts the operations moved."""
    before: Schedule
    """The old one."""
    moved: pd.DataFrame
    """One row an operation moved: job, step, machine_before, machine, start_before, start (hours)."""
    share_moved: float
    """Of the operations of the old schedule that had not begun and are still wanted, the share that moved."""
    now: float = field(repr=False)
    """The hour of the change."""

    def __str__(self) -> str:
        n = len(self.moved)
        late = f"{self.schedule.n_late} jobs late" if self.schedule.n_late != 1 else "1 job late"
        how = "proved the best" if self.schedule.is_proved else "not proved the best"
        return (
            f"{spoken(100 * self.share_moved)} % of the operations moved ({n}), {late}, the last done at "
            f"{spoken(self.schedule.makespan)} hours: {how} for this stability.\n"
            f"Before, {self.before.n_late} late and the last done at {spoken(self.before.makespan)} hours."
        )


def reschedule(
    schedule: Schedule,
    events: Event | Iterable[Event],
    *,
    now: float,
    stability: float = 1.0,
    objective: str | Mapping[str, float] | None = None,
    method: str = "optimum",
    time_limit: float = 10.0,
    work_limit: float | None = None,
    workers: int = 1,
    seed: int = 0,
) -> Reschedule:
    """Mend a schedule after something happened. What has begun stays as it is.

    Parameters
    ----------
    schedule
        From `job_shop` or an earlier reschedule.
    events
        What happened, one or several: `MachineDown(machine, start, end)`, `OperatorAbsent(skill, start, end, people)`,
        `RushOrder(job, operations, due, weight)`, `OrderCancelled(job)`, `OperationLonger(job, step, hours)`.
    now
        The hour of the change: operations that begin (or whose setup begins) before it have begun.
    stability
        What one moved operation counts, in units of the objective: with weighted tardiness and 2, an operation is moved
        only where that saves two weighted hours. 0: lateness alone counts. Moved is what starts at another time or
        runs on another machine.
    objective
        As in `job_shop`; the schedule's own where it is left out.
    method
        `optimum`: CP-SAT goes on from the best repair. `rule`: that repair alone.
    time_limit, work_limit, workers, seed
        As in `job_shop`.

    Returns
    -------
    Reschedule
        `.schedule`, `.moved`, `.share_moved`.

    Raises
    ------
    InputError
        If an event names what is not there, ends before it begins, or changes what is done already.

    Notes
    -----
    Three repairs are tried first: each operation in the old order and no earlier than it was (a rush order at the best
    of several places); the old order with all as early as can be; and the best dispatching rule from anew.

    Examples
    --------
    >>> import pandas as pd
    >>> from prodkit.scheduling import job_shop
    >>> work = pd.DataFrame({"job": ["A", "A", "B", "B"], "step": [1, 2, 1, 2],
    ...                      "machine": ["saw", "lathe", "lathe", "saw"], "hours": [3, 2, 2, 4]})
    >>> mended = reschedule(job_shop(work), MachineDown("saw", 4, 6), now=2.5)
    >>> mended.schedule.makespan, mended.share_moved
    (9.0, 0.0)
    """
    begin = time.perf_counter()
    clock = number("now", now, f"an hour from {spoken(schedule.shop.now)} on", low=schedule.shop.now)
    dial = number("stability", stability, "zero or more (units of the objective an operation)", low=0)
    choice("method", method, ("optimum", "rule"))
    limit = number("time_limit", time_limit, "zero or more (seconds)", low=0)
    if work_limit is not None:
        number("work_limit", work_limit, "above zero", above=0)
    whole("workers", workers, "a whole number, 1 or more", low=1)
    whole("seed", seed, "a whole number, zero or more", low=0)
    if objective is None:
        objective = {k: v for k, v in schedule.objective.items() if k != "moved"}
    weights = weights_of(objective)
    happened: Sequence[Any] = list(events) if isinstance(events, Iterable) else [events]
    shop = _after(schedule, happened, clock)

    def repair(instance: Instance) -> tuple[Board, Goal]:
        was = _before(schedule, instance)
        goal = goal_of(instance, weights, dial, was)
        boards = _repairs(schedule, instance, goal, [e.job for e in happened if isinstance(e, RushOrder)])
        return min(boards, key=goal.cost), goal

    instance, (board, goal) = build_until_it_fits(shop, repair)
    new = finish(
        instance, goal, {**weights, "moved": dial} if dial else weights, board, "repair",
        method=method, begin=begin, limit=limit, work_limit=work_limit, workers=workers, seed=seed, is_compacted=not dial,
    )  # fmt: skip
    moved = _moved(schedule, new, set(goal.before), instance)
    return Reschedule(new, schedule, moved, len(moved) / len(goal.before) if goal.before else 0.0, clock)


def _after(schedule: Schedule, events: Sequence[Any], now: float) -> Shop:
    """The shop as it is once all that has happened."""
    import pandas as pd

    shop = schedule.shop
    table = schedule.operations
    # A setup that runs ahead of its job counts as begun only with the steps before: else it is done again.
    table = table.sort_values(["job", "step"], kind="stable")
    waits = table["setup_start"] >= now - 1e-9
    started = table[~waits.groupby(table["job"]).cummax()]
    begun = started[["job", "step", "machine", "start", "setup_hours", "setup_start"]].reset_index(drop=True)
    shop = replace(shop, begun=begun, now=now, ticks=ticks_per_hour(shop))
    for event in events:
        if isinstance(event, MachineDown):
            _known("machine", event.machine, shop.machines["machine"])
            start, end = _span(event.start, event.end)
            row = pd.DataFrame({"machine": [event.machine], "start": [start], "end": [end]})
            shop = replace(shop, downtime=_with(shop.downtime, row))
        elif isinstance(event, OperatorAbsent):
            _known("skill", event.skill, shop.labor["skill"])
            start, end = _span(event.start, event.end)
            people = number("people", event.people, "above zero", above=0)
            row = pd.DataFrame({"skill": [event.skill], "people": [people], "start": [start], "end": [end]})
            shop = replace(shop, absences=_with(shop.absences, row))
        elif isinstance(event, OrderCancelled):
            shop = _cancelled(shop, event.job, begun)
        elif isinstance(event, OperationLonger):
            shop = _longer(shop, event, table, now)
        elif isinstance(event, RushOrder):
            shop = _rushed(shop, event, now)
        else:
            raise InputError(
                "events",
                event,
                "MachineDown, OperatorAbsent, RushOrder, OrderCancelled or OperationLonger, one or several",
            )
    return shop


def _known(what: str, name: str, names: Iterable[str]) -> None:
    known = list(dict.fromkeys(names))
    if name not in known:
        raise InputError(what, name, nearest(str(name), known))


def _span(start: object, end: object) -> tuple[float, float]:
    first = number("start", start, "an hour")
    return first, number("end", end, f"after its start, {first:g}", above=first)


def _with(table: pd.DataFrame, row: pd.DataFrame) -> pd.DataFrame:
    import pandas as pd

    return pd.concat([table, row], ignore_index=True) if len(table) else row


def _cancelled(shop: Shop, job: str, begun: pd.DataFrame) -> Shop:
    _known("job", job, shop.jobs["job"])
    keys = set(begun["step"][begun["job"] == job])
    ops = shop.operations
    operations = ops[(ops["job"] != job) | ops["step"].isin(keys)].reset_index(drop=True)
    if not len(operations):
        raise InputError("events", f"{job} cancelled", "such that something is left to do")
    jobs = shop.jobs if keys else shop.jobs[shop.jobs["job"] != job].reset_index(drop=True)
    jobs = jobs.assign(due=jobs["due"].where(jobs["job"] != job, np.inf))
    return replace(shop, operations=operations, jobs=jobs)


def _longer(shop: Shop, event: OperationLonger, table: pd.DataFrame, now: float) -> Shop:
    _known("job", event.job, shop.jobs["job"])
    hours = number("hours", event.hours, "above zero (hours in all)", above=0)
    mine = (shop.operations["job"] == event.job) & (shop.operations["step"] == event.step)
    if not mine.any():
        steps = shop.operations["step"][shop.operations["job"] == event.job]
        raise InputError("step", event.step, "one of " + ", ".join(f"{s:g}" for s in dict.fromkeys(steps)))
    was = table[(table["job"] == event.job) & (table["step"] == event.step)]
    if len(was) and float(was["end"].iloc[0]) <= now:
        raise InputError(
            "step",
            event.step,
            f"of {event.job} not done yet: it ended at {spoken(float(was['end'].iloc[0]))}",
        )
    return replace(
        shop, operations=shop.operations.assign(hours=shop.operations["hours"].where(~mine, hours))
    )


def _rushed(shop: Shop, event: RushOrder, now: float) -> Shop:
    import pandas as pd

    if event.job in set(shop.jobs["job"]):
        raise InputError("job", event.job, "a new name: there is such a job already")
    jobs = pd.DataFrame({"job": [event.job], "release": [now], "due": [event.due], "weight": [event.weight]})
    new = read_shop(
        event.operations.assign(job=event.job),
        jobs=jobs,
        machines=shop.machines,
        labor=shop.labor if shop.has_labor else None,
    )
    return replace(shop, operations=_with(shop.operations, new.operations), jobs=_with(shop.jobs, new.jobs))


def _before(schedule: Schedule, instance: Instance) -> dict[int, tuple[int, int]]:
    """Machine and start, as they were, of each operation that has not begun."""
    place = {(instance.jobs[j], instance.step[op]): op for op, j in enumerate(instance.job)}
    at = {m: i for i, m in enumerate(instance.machines)}
    table = schedule.operations
    out = {}
    for job, step, machine, start in table[["job", "step", "machine", "start"]].to_numpy().tolist():
        op = place.get((job, step))
        if op is not None and op not in instance.fixed:
            out[op] = (at[machine], instance.tick(start))
    return out


def _repairs(schedule: Schedule, instance: Instance, goal: Goal, rushed: list[str]) -> list[Board]:
    """Schedules to go on from."""
    choice_of, not_before, rank = [0] * instance.n, [instance.now] * instance.n, [0.0] * instance.n
    for op, (machine, start) in goal.before.items():
        choice_of[op] = next((k for k, (m, _, _) in enumerate(instance.options[op]) if m == machine), 0)
        not_before[op], rank[op] = start, float(start)
    old = sorted(goal.before, key=lambda op: (not_before[op], op))
    new = [op for op in range(instance.n) if instance.jobs[instance.job[op]] in rushed]
    for op in new:
        rank[op] = float(instance.now)
    boards = [dispatch(instance, "", rank), by_rule(instance, goal, "best")[0]]
    ready = boards[0]  # where dispatching puts the new operations, by machine
    for op in new:
        choice_of[op] = ready.choice[op]
    places = sorted({round(i * len(old) / _PLACES) for i in range(_PLACES + 1)}) if new else [0]
    for i in places:
        order = [*old[:i], *new, *old[i:]]
        boards += [replay(instance, order, choice_of, not_before), replay(instance, order, choice_of)]
    return boards


def _moved(before: Schedule, after: Schedule, ops: set[int], instance: Instance) -> pd.DataFrame:
    keys = {(instance.jobs[instance.job[op]], instance.step[op]) for op in ops}
    columns = ["job", "step", "machine", "start"]
    both = before.operations[columns].merge(
        after.operations[columns], on=["job", "step"], suffixes=("_before", "")
    )
    both = both[[(j, s) in keys for j, s in zip(both["job"], both["step"], strict=True)]]
    # As the objective counts: to the tick.
    apart = (both["start"] - both["start_before"]).abs() > 0.5 / instance.per_hour
    moved = both[apart | (both["machine"] != both["machine_before"])].sort_values("start", kind="stable")
    return moved[["job", "step", "machine_before", "machine", "start_before", "start"]].reset_index(drop=True)
