"""Why a job is late: its material, the machines, the people, or no time left from the first."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, NamedTuple

from ..._common import spoken
from .calendars import OutOfTime
from .goal import alone
from .instance import build

if TYPE_CHECKING:
    import pandas as pd

    from .result import Schedule

__all__ = ["late_jobs"]


def late_jobs(schedule: Schedule) -> pd.DataFrame:
    """For each job that ends after it is due, why.

    Parameters
    ----------
    schedule
        From `job_shop`, `reschedule`, or made by hand and read by `read_schedule`.

    Returns
    -------
    DataFrame
        One row a late job, the latest first: job, due, end, late_hours, reason, machine_hours (that its operations
        waited for machines busy with others), labor_hours (for people busy with others), detail (in words).

    Raises
    ------
    InputError
        If the schedule's shop has no room for its work.

    Notes
    -----
    The reason is the first of these that holds. *no time left*: even with the whole shop to itself and its material
    there, the job would be late. *material*: with its material as it comes, it would be late all the same. Else the
    one for which its operations waited longer, *machine* or *labor*. *plan*: it waited for neither; the schedule
    starts it later than it could be.

    Examples
    --------
    >>> import pandas as pd
    >>> from prodkit.scheduling import job_shop
    >>> work = pd.DataFrame({"job": ["A", "B"], "step": [1, 1], "machine": ["saw", "saw"], "hours": [4, 4]})
    >>> due = pd.DataFrame({"job": ["A", "B"], "due": [5, 5]})
    >>> late_jobs(job_shop(work, jobs=due, method="rule", rule="edd"))[["job", "reason", "detail"]].to_numpy().tolist()
    [['B', 'machine', 'waited 4 hours for saw, behind A']]
    """
    import pandas as pd

    columns = ["job", "due", "end", "late_hours", "reason", "machine_hours", "labor_hours", "detail"]
    jobs = schedule.jobs[schedule.jobs["is_late"]].sort_values(
        "tardiness_hours", ascending=False, kind="stable"
    )
    if jobs.empty:
        return pd.DataFrame(columns=columns)
    study = _Study(schedule)
    rows = [
        (r["job"], r["due"], r["end"], r["tardiness_hours"], *study.why(str(r["job"])))
        for r in jobs.to_dict("records")
    ]
    return pd.DataFrame(rows, columns=columns)


class _Row(NamedTuple):
    machine: str
    begin: int  # of its setup
    start: int
    end: int


class _Study:
    """A schedule looked at operation by operation."""

    def __init__(self, schedule: Schedule) -> None:
        from dataclasses import replace

        shop = schedule.shop
        self.instance = build(shop)
        unhindered = replace(shop, jobs=shop.jobs.assign(material=-math.inf))
        self.with_material = alone(self.instance)
        self.without_material = alone(build(unhindered))
        self.material = shop.jobs["material"].tolist()
        table = schedule.operations
        place = {
            (self.instance.jobs[j], self.instance.step[op]): op for op, j in enumerate(self.instance.job)
        }
        self.rows = {
            place[r["job"], r["step"]]: _Row(
                r["machine"], *(self.instance.tick(r[c]) for c in ("setup_start", "start", "end"))
            )
            for r in table.to_dict("records")
        }
        self.on: dict[str, list[int]] = {}
        for op in sorted(self.rows, key=lambda o: self.rows[o].start):
            self.on.setdefault(self.rows[op].machine, []).append(op)

    def _hours(self, ticks: int) -> float:
        return ticks / self.instance.per_hour

    def why(self, job: str) -> tuple[str, float, float, str]:
        """Reason, hours waited for machines, hours waited for people, and the reason in words."""
        instance = self.instance
        j = instance.jobs.index(job)
        last = instance.first[j + 1] - 1
        due = instance.due[j]
        waits = [self._wait(op) for op in range(instance.first[j], last + 1)]
        machine, labor = sum(w[0] for w in waits), sum(w[1] for w in waits)
        hours = (self._hours(machine), self._hours(labor))
        if due is not None and self.without_material[last] > due:
            over = self._hours(self.without_material[last] - due)
            return "no time left", *hours, f"alone in the shop it would be {_hours(over)} late"
        if due is not None and self.with_material[last] > due:
            return "material", *hours, f"its material comes at {spoken(self.material[j])}, too late by {_hours(self._hours(self.with_material[last] - due))}"  # fmt: skip
        if machine == labor == 0:
            idle = self._hours(sum(w[2] for w in waits))
            return "plan", *hours, f"it waits {_hours(idle)} with machine and people free"
        kind = "machine" if machine >= labor else "labor"
        each = [w[0] if kind == "machine" else w[1] for w in waits]
        worst = max(range(len(waits)), key=each.__getitem__)
        op = instance.first[j] + worst
        longest = _hours(self._hours(each[worst]))
        if kind == "machine":
            return kind, *hours, f"waited {longest} for {self.rows[op].machine}, behind {waits[worst][3]}"
        skill = self._skill(op)
        return kind, *hours, f"waited {longest} for people with the skill {skill}"

    def _skill(self, op: int) -> str:
        table = self.instance.shop.operations
        job, step = self.instance.jobs[self.instance.job[op]], self.instance.step[op]
        return str(table.loc[(table["job"] == job) & (table["step"] == step), "skill"].iloc[0])

    def _wait(self, op: int) -> tuple[int, int, int, str]:
        """Ticks waited for the machine, for people, for nothing, and behind which job most."""
        instance = self.instance
        if op in instance.fixed:
            return 0, 0, 0, ""
        j = instance.job[op]
        machine, _, start, _ = self.rows[op]
        is_first = op == instance.first[j]
        ready = (
            instance.release[j]
            if is_first
            else max(instance.now, self.rows[op - 1].end + instance.lag[op - 1])
        )
        m = instance.machines.index(machine)
        axis = next(instance.axes[a] for k, _, a in instance.options[op] if k == m)
        line = self.on[machine]
        before = line[line.index(op) - 1] if line.index(op) else -1
        free = self.rows[before].end if before >= 0 else instance.now
        try:
            could = axis.next_open(ready)
            setup = instance.setup_between(m, before, op) if instance.has_setups else 0
            machine_free = axis.next_open(max(could, axis.finish(max(free, instance.now), setup)))
        except OutOfTime:
            return 0, 0, 0, ""
        waited = min(start, machine_free) - could
        rest = start - machine_free
        behind = instance.jobs[instance.job[before]] if before >= 0 else "its setup"
        if rest <= 0:
            return max(0, waited), 0, 0, behind
        crews_busy = instance.skill[op] in instance.labor and self._crew_busy(op, machine_free)
        return max(0, waited), rest if crews_busy else 0, 0 if crews_busy else rest, behind

    def _crew_busy(self, op: int, t: int) -> bool:
        """Whether too few people with the skill were free at t."""
        instance = self.instance
        skill, crew = instance.skill[op], instance.crew[op]
        busy = sum(
            instance.crew[o]
            for o, r in self.rows.items()
            if instance.skill[o] == skill and o != op and r.begin <= t < r.end
        )
        there = next((n for a, b, n, _ in instance.labor[skill] if a <= t < b), 10**15)
        return busy + crew > there


def _hours(value: float) -> str:
    return f"{spoken(value)} hour{'s' * (spoken(value) != '1')}"
