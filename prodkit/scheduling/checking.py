"""What clashes in a schedule, in plain words: one made by the kit, by hand or in Excel."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import pairwise
from typing import TYPE_CHECKING, Any, NamedTuple

from .._common import number, spoken
from ..errors import InputError
from .shop.hours import PERSON
from .shop.instance import Instance, build
from .shop.result import Schedule
from .shop.tables import Shop, nearest, read_shop

if TYPE_CHECKING:
    import pandas as pd

__all__ = ["check_schedule"]

_COLUMNS = ("job", "step", "machine", "start", "end")
_HAIR = 1e-6


class _Row(NamedTuple):
    job: str
    step: float
    machine: str
    start: float
    end: float
    begin: float
    """Of its setup."""
    person: str

    @property
    def name(self) -> str:
        return f"{self.job} step {self.step:g}"


def check_schedule(schedule: Schedule | pd.DataFrame, shop: Shop | pd.DataFrame | None = None) -> list[str]:
    """Everything that cannot be in a schedule, each in one sentence.

    Parameters
    ----------
    schedule
        A `Schedule`, or a table job, step, machine, start, end (hours), and where they matter setup_start (hours),
        person.
    shop
        What is to be done, on what and when: from `read_shop` or `plant_shop`, or a table of operations as for
        `job_shop`. Of a `Schedule` it is its own. Without it, only what the schedule shows itself is looked at: two
        operations at once on a machine or by a person, steps out of order, ends before starts.

    Returns
    -------
    list of str
        The clashes; empty where the schedule can be carried out.

    Raises
    ------
    InputError
        If the table lacks a column, or a time is no number.

    Notes
    -----
    The conventions are those of `job_shop`: an operation pauses while its machine is closed or too few people are
    there; setups lie on the machine's working hours before the operation; people with the skill are counted from the
    begin of the setup to the end.

    Examples
    --------
    >>> import pandas as pd
    >>> plan = pd.DataFrame({"job": ["A", "A", "B"], "step": [1, 2, 1], "machine": ["saw", "lathe", "saw"],
    ...                      "start": [0, 2, 2], "end": [3, 4, 5]})
    >>> for clash in check_schedule(plan):
    ...     print(clash)
    saw: A step 1 and B step 1 overlap from 2 to 3.
    A: step 2 starts at 2, before step 1 is done at 3.
    """
    import pandas as pd

    if isinstance(schedule, Schedule):
        table, shop = schedule.operations, schedule.shop if shop is None else shop
    else:
        table = schedule
    rows = _rows(table)
    if isinstance(shop, pd.DataFrame):
        shop = read_shop(shop)
    instance = None if shop is None else build(shop)
    clashes = [
        f"{r.name} ends at {spoken(r.end)}, before it starts at {spoken(r.start)}."
        for r in rows
        if r.end < r.start
    ]
    for what, key in (("machine", _machine), ("person", _person)):
        clashes += _overlaps(rows, what, key)
    clashes += _order(rows, instance)
    if instance is not None and shop is not None:
        clashes += _Checked(shop, instance, rows).clashes()
    return clashes


def _machine(row: _Row) -> str:
    return row.machine


def _person(row: _Row) -> str:
    return row.person


def _rows(table: Any) -> list[_Row]:
    import pandas as pd

    if not isinstance(table, pd.DataFrame) or any(c not in table.columns for c in _COLUMNS):
        got = list(table.columns) if isinstance(table, pd.DataFrame) else type(table).__name__
        raise InputError("schedule", got, "a table with the columns " + ", ".join(_COLUMNS))
    rows = []
    for r in table.to_dict("records"):
        where = f"of {r['job']} step {r['step']}"
        step, start, end = (number(f"{c} {where}", r[c], "a number") for c in ("step", "start", "end"))
        begin = r.get("setup_start", start)
        begin = (
            start if begin is None or begin != begin else number(f"setup_start {where}", begin, "a number")
        )
        person = r.get("person", "")
        person = "" if person is None or person != person else str(person)
        rows.append(_Row(str(r["job"]), step, str(r["machine"]), start, end, min(begin, start), person))
    return sorted(rows, key=lambda r: (r.start, r.end))


def _overlaps(rows: Iterable[_Row], what: str, key: Any) -> list[str]:
    lines: dict[str, list[_Row]] = {}
    for row in rows:
        if key(row):
            lines.setdefault(key(row), []).append(row)
    out = []
    for name, mine in lines.items():
        latest = mine[0]
        for row in mine[1:]:
            if row.begin < latest.end - _HAIR and row.end > row.begin:
                until = min(row.end, latest.end)
                label = name if what == "machine" else f"Person {name}"
                setup = " (with its setup)" * (row.begin < row.start)
                out.append(
                    f"{label}: {latest.name} and {row.name}{setup} overlap from {spoken(row.begin)} to {spoken(until)}."
                )
            if row.end > latest.end:
                latest = row
    return out


def _order(rows: list[_Row], instance: Instance | None) -> list[str]:
    move: dict[tuple[str, float], float] = {}
    if instance is not None:
        for op, lag in enumerate(instance.lag):
            move[instance.jobs[instance.job[op]], instance.step[op]] = lag / instance.per_hour
    jobs: dict[str, list[_Row]] = {}
    for row in rows:
        jobs.setdefault(row.job, []).append(row)
    out = []
    for job, mine in jobs.items():
        for one, other in pairwise(sorted(mine, key=lambda r: r.step)):
            moved = move.get((one.job, one.step), 0.0)
            if one.step < other.step and other.start < one.end + moved - _HAIR:
                there = f"done at {spoken(one.end)}"
                if moved:
                    there += f" and moved by {spoken(one.end + moved)}"
                out.append(
                    f"{job}: step {other.step:g} starts at {spoken(other.start)}, before step {one.step:g} is {there}."
                )
    return out


class _Checked:
    """A schedule held against its shop, in ticks that may have fractions."""

    def __init__(self, shop: Shop, instance: Instance, rows: list[_Row]) -> None:
        self.shop, self.instance = shop, instance
        self.place = {(instance.jobs[j], instance.step[op]): op for op, j in enumerate(instance.job)}
        self.rows = rows
        # Hours that are rounded up to minutes may come back as they were.
        self.slack = 1.0 if instance.per_hour == 60 else 1e-3 * instance.per_hour

    def clashes(self) -> list[str]:
        out = self._names()
        known = [r for r in self.rows if self._option(r) is not None]
        for row in known:
            out += self._one(row)
        lines: dict[str, list[_Row]] = {}
        for row in known:
            lines.setdefault(row.machine, []).append(row)
        for mine in lines.values():
            out += self._setups(mine)
        return out + self._people(known)

    def _option(self, row: _Row) -> int | None:
        op = self.place.get((row.job, row.step))
        if op is None:
            return None
        machines = self.instance.machines
        return next(
            (k for k, (m, _, _) in enumerate(self.instance.options[op]) if machines[m] == row.machine), None
        )

    def _names(self) -> list[str]:
        out = []
        seen: dict[tuple[str, float], int] = {}
        machines = self.instance.machines
        for row in self.rows:
            key = (row.job, row.step)
            seen[key] = seen.get(key, 0) + 1
            if row.machine not in machines:
                out.append(
                    f"{row.name}: there is no machine {row.machine!r}; take {nearest(row.machine, machines)}."
                )
            elif key not in self.place:
                out.append(f"{row.name} is not among the operations.")
            elif self._option(row) is None:
                can = [machines[m] for m, _, _ in self.instance.options[self.place[key]]]
                out.append(f"{row.name} cannot be done on {row.machine}; it can on {', '.join(can)}.")
        for (job, step), n in seen.items():
            if n > 1 and (job, step) in self.place:
                out.append(f"{job} step {step:g} is scheduled {n} times.")
        missing = [f"{job} step {step:g}" for job, step in self.place if (job, step) not in seen]
        return out + [f"{name} is not scheduled." for name in missing]

    def _one(self, row: _Row) -> list[str]:
        instance = self.instance
        op, option = self.place[row.job, row.step], self._option(row)
        _, ticks, a = instance.options[op][option or 0]
        axis, per = instance.axes[a], instance.per_hour
        out = []
        fixed = instance.fixed.get(op)
        if fixed is not None:
            if fixed[0] != option or abs(fixed[1] / per - row.start) > _HAIR:
                out.append(
                    f"{row.name} has begun at {spoken(fixed[1] / per)}; it stays there and on its machine."
                )
        else:
            job = self.shop.jobs.iloc[instance.job[op]]
            for column, what in (("release", "it is released"), ("material", "its material comes")):
                if row.start < job[column] - _HAIR:
                    out.append(
                        f"{row.name} starts at {spoken(row.start)}, before {what} at {spoken(job[column])}."
                    )
            if row.begin < self.shop.now - _HAIR:
                out.append(f"{row.name} begins at {spoken(row.begin)}, before now, {spoken(self.shop.now)}.")
            opens = axis.next_open(row.start * per)  # type: ignore[arg-type]
            if ticks and opens > row.start * per + self.slack:
                machine_hours = instance.hours_of[instance.options[op][option or 0][0]]
                why = "is closed" + " or its crew is not there" * (axis.windows != machine_hours.windows)
                out.append(
                    f"{row.name} starts at {spoken(row.start)}, when {row.machine} {why}; next from {spoken(opens / per)}."
                )
        done = axis.work(row.end * per) - axis.work(row.start * per)  # type: ignore[arg-type]
        if abs(done - ticks) > self.slack and row.end >= row.start:
            right = axis.finish(axis.next_open(row.start * per), ticks)  # type: ignore[arg-type]
            out.append(
                f"{row.name} needs {_hours(ticks / per)} on {row.machine}: from {spoken(row.start)} it is done at "
                f"{spoken(right / per)}, not at {spoken(row.end)}."
            )
        return out

    def _setups(self, mine: list[_Row]) -> list[str]:
        instance, per = self.instance, self.instance.per_hour
        out: list[str] = []
        if not instance.has_setups:
            return out
        before, free = -1, float(instance.now)
        for row in mine:
            op, option = self.place[row.job, row.step], self._option(row)
            machine, _, a = instance.options[op][option or 0]
            needed = instance.setup_between(machine, before, op)
            axis = instance.axes[a]
            there = axis.work(row.start * per) - axis.work(max(free, 0 if axis.is_open else axis.opens[0]))  # type: ignore[arg-type]
            if needed and there < needed - self.slack:
                after = f" after {self._name(before)}" if before >= 0 else ""
                out.append(
                    f"{row.machine}: the setup for {row.name}{after} takes {_hours(needed / per)}, and there "
                    f"{'is' if spoken(max(0.0, there / per)) == '1' else 'are'} {spoken(max(0.0, there / per))}."
                )
            before, free = op, max(free, row.end * per)
        return out

    def _name(self, op: int) -> str:
        return f"{self.instance.jobs[self.instance.job[op]]} step {self.instance.step[op]:g}"

    def _people(self, known: list[_Row]) -> list[str]:
        instance, per = self.instance, self.instance.per_hour
        out = []
        names = {instance.skill[op]: skill for op, skill in zip(
            (self.place[r] for r in zip(self.shop.operations["job"], self.shop.operations["step"], strict=True)),
            self.shop.operations["skill"], strict=True)}  # fmt: skip
        for skill, levels in instance.labor.items():
            held = []
            for row in known:
                op = self.place[row.job, row.step]
                if instance.skill[op] == skill:
                    held.append((row.begin * per, row.end * per, instance.crew[op]))
            worst: tuple[float, float, float, float] | None = None
            for low, high, people, limit in levels:
                counted = [h for h in held if h[2] <= people and h[0] < high - _HAIR and h[1] > low + _HAIR]
                for t in sorted({max(float(low), h[0]) for h in counted}):
                    busy = sum(h[2] for h in counted if h[0] <= t + _HAIR and h[1] > t + _HAIR)
                    if busy > limit and (worst is None or busy - limit > worst[0]):
                        worst = (busy - limit, t, busy, people)
            if worst is not None:
                _, at, held_up, crew = worst
                out.append(
                    f"People with the skill {names[skill]}: {spoken(held_up / PERSON)} are busy at {spoken(at / per)}, and "
                    f"{spoken(crew / PERSON)} {'is' if crew == PERSON else 'are'} there."
                )
        return out


def _hours(value: float) -> str:
    return f"{spoken(value)} hour{'s' * (spoken(value) != '1')}"
