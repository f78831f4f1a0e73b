"""The repair bench: a machine goes down, and the plan is mended with as little moved as it is worth."""

from __future__ import annotations

from dataclasses import dataclass, replace
from itertools import product
from typing import TYPE_CHECKING

import numpy as np

from ... import charts, scheduling
from ...charts.scheduling import gantt
from ...charts.style import amount, worded
from ...errors import MissingTableError
from ...plant import Plant, race
from .base import Explorer, Row, Target
from .building import dial_around, nice, own_or_sample
from .scheduling_race import Letters

if TYPE_CHECKING:
    import pandas as pd

__all__ = ["repair_bench"]

_WORK = 0.5  # of the solver, for the plan
_QUICK = 0.05  # for a repair
_SPARE = 0.05  # of the plan's length: as much later than planned each lot is due
_DOWN = (0.5, 0.75, 1.0)  # of that time: as long the machine is down
_TRIES = (1, 0, 2)  # operation of the machine during which it goes down


@dataclass(frozen=True)
class _Stop:
    """A plan, and the machine that goes down."""

    plan: scheduling.Schedule
    machine: str
    at: float
    """Hour at which it goes down."""
    hours: float
    """How long, at first."""
    most: float
    """Weight of keeping the plan at which some lot is late."""

    def mended(self, hours: float, weight: float) -> scheduling.Reschedule:
        """The plan after the machine was down so long."""
        return scheduling.reschedule(
            self.plan,
            scheduling.MachineDown(self.machine, self.at, self.at + hours),
            now=self.at,
            stability=weight,
            objective="weighted_tardiness",
            work_limit=_QUICK,
        )


def repair_bench(plant: Plant | str | None = None) -> Explorer:
    """A machine that goes down for some hours: lots kept in time against operations moved.

    The plan is the shortest one for the lots of the role `race`; each lot is supposed to be due a twentieth of the plan
    after it is done there. The mended plan is that of `reschedule`.

    Parameters
    ----------
    plant
        A plant, the name of a sample, or None for the sample "metal". Where it lacks routings, or lots that meet at the
        same machines, the explorer says so and takes the sample of its industry.

    Examples
    --------
    >>> bench = repair_bench("metal")
    >>> bench.reached
    (False, False)
    >>> said = bench.set(keep=0.1)
    >>> bench.reached[0]
    True
    """
    return own_or_sample(plant, None, lambda own, _role, notice: _repair_bench(own, notice))


def _repair_bench(plant: Plant, notice: str) -> Explorer:
    letters = Letters(race(plant))
    it = _stop(letters.table)
    first = it.mended(it.hours, it.most)
    step = max(0.1, nice(it.hours / 20))
    down = dial_around("down", "It is down", it.hours, step, 3 * it.hours, step, unit="hours")
    keep = dial_around(
        "keep", "Leaving an operation is worth", it.most, 0, it.most, it.most / 50, unit="hours late"
    )
    light = it.mended(it.hours, it.most / 50)
    fewest, sure = (
        len(light.moved),
        "as can be" if light.schedule.is_proved else f"as were found ({len(light.moved)})",
    )
    stops = [down.low + i * step for i in range(round((down.high - down.low) / step) + 1)]
    longest = _longest(it, stops)

    def figures(at: scheduling.Reschedule) -> list[Row]:
        return [
            Row("Lots late", at.schedule.n_late),
            Row("Hours late, all lots together", round(at.schedule.total_tardiness, 2), "hours"),
            Row("Operations moved", len(at.moved)),
            Row("Of those not begun", round(100 * at.share_moved, 1), "%"),
            Row("All done after", round(at.schedule.makespan, 2), "hours"),
            Row("By the plan", round(at.before.makespan, 2), "hours"),
        ]

    return Explorer(
        title=f"Repair bench: {it.machine} goes down at {plant.name}",
        about=(
            f"{len(letters.names)} lots are planned: {letters.said}. Suppose that each is due {amount(round(_SPARE * it.plan.makespan, 1))} "
            f"hours after it would be done. At hour {amount(it.at)} {it.machine} goes down, for {amount(it.hours)} hours. Moving an operation "
            "costs too: material is laid out, people are told. The second dial says how many hours late one lot may be so that one "
            "operation stays where it is. In the picture small letters are the plan, capitals what becomes of it."
        ),
        notice=notice,
        dials=[down, keep],
        compute=lambda down, keep: it.mended(down, keep),
        figures=figures,
        picture=_picture,
        targets=[
            Target(
                f"With {it.machine} down for {amount(it.hours)} hours get every lot out in time, with as few operations moved {sure}.",
                lambda at: _hours(at) >= it.hours - 1e-6 and at.schedule.n_late == 0 and len(at.moved) <= fewest,
                lambda at: (
                    f"{_moved(len(at.moved))} moved, where {_moved(len(first.moved))} had to move in any case; that brings "
                    f"{_lots(first.schedule.n_late)} back in time, {worded(first.schedule.total_tardiness)} hours in all. Each move is "
                    "a person to tell and material to carry, and a plan that is new every hour is believed by nobody."
                ),
            ),
            *(
                [
                    Target(
                        f"Find how long {it.machine} may be down with no lot late, to {amount(step)} hours.",
                        lambda at: at.schedule.n_late == 0 and _hours(at) >= longest - 1e-6,
                        lambda at: (
                            f"{worded(_hours(at))} hours, whatever is moved; each lot had {worded(_SPARE * it.plan.makespan)} hours to spare. "
                            "When the mechanic says that it will be longer, call the customer then, not when the lot is late."
                        ),
                    )
                ]
                if longest < stops[-1] - 1e-6 and longest > it.hours + 1e-6
                else []
            ),
        ],
    )  # fmt: skip


def _lots(n: int) -> str:
    return "one lot" if n == 1 else f"{n} lots"


def _moved(n: int) -> str:
    return f"{n} operation{'s' * (n != 1)}"


def _hours(at: scheduling.Reschedule) -> float:
    """How long the machine is down."""
    (row,) = at.schedule.shop.downtime.to_dict("records")
    return float(row["end"]) - float(row["start"])


def _longest(it: _Stop, stops: list[float]) -> float:
    """The longest stop of the dial with no lot late: the longer, the later."""
    low, high = 0, len(stops)
    while low < high:
        middle = (low + high) // 2
        low, high = (low, middle) if it.mended(stops[middle], 0.0).schedule.n_late else (middle + 1, high)
    return stops[low - 1] if low else 0.0


def _stop(table: pd.DataFrame) -> _Stop:
    """The first stop at which some lot is late where the plan is kept, and none where it is not."""
    best = scheduling.job_shop(table, work_limit=_WORK)
    spare = _SPARE * best.makespan
    due = np.ceil(10 * (best.jobs["end"] + spare) - 1e-6) / 10
    plan = replace(best, shop=scheduling.read_shop(table, jobs=best.jobs[["job"]].assign(due=due)))
    most = nice(best.makespan / 2)
    loads = plan.operations.assign(hours=plan.operations["end"] - plan.operations["start"])
    machines = loads.groupby("machine")["hours"].sum().sort_values(ascending=False, kind="stable").index[:3]
    for share, machine, k in product(_DOWN, machines, _TRIES):
        starts = plan.operations.loc[plan.operations["machine"] == machine, "start"].tolist()
        if k >= len(starts) - 1:
            continue
        hours = max(0.1, round(share * spare, 1))
        one = _Stop(plan, str(machine), round(starts[k] + 0.1, 1), hours, most)
        if not one.mended(hours, most).schedule.n_late or one.mended(hours, most / 50).schedule.n_late:
            continue
        while one.mended(hours, one.most / 2).schedule.n_late:
            one = replace(one, most=one.most / 2)
        return one
    raise MissingTableError("routings", "lots that meet at the same machines are wanted")


def _picture(at: scheduling.Reschedule) -> charts.Chart:
    import pandas as pd

    old = at.before.bars
    old = old[old["kind"] == "run"].assign(job=lambda t: t["job"].str.lower())
    new = _cut(at.schedule.bars)
    rows = []
    for machine in dict.fromkeys(at.before.shop.machines["machine"]):
        rows += [
            old[old["machine"] == machine].assign(machine=f"{machine} (plan)"),
            new[new["machine"] == machine],
        ]
    late, n = at.schedule.n_late, len(at.moved)
    title = f"{_moved(n)} moved, {worded(100 * at.share_moved)} % of those not begun; "
    title += (
        "no lot is late" if not late else f"{_lots(late)} late, {worded(at.schedule.total_tardiness)} hours"
    )
    table = pd.concat([part for part in rows if len(part)], ignore_index=True)
    chart = gantt(table, due=at.schedule.due_dates, now=at.now, title=title)
    moved = ", ".join(
        f"{r['job']} on {r['machine']} to {worded(r['start'])}" for r in at.moved.to_dict("records")
    )
    chart.alt = (
        f"For each machine a row of the plan and one of what becomes of it. Moved: {moved or 'nothing'}."
    )
    return chart


def _cut(bars: pd.DataFrame) -> pd.DataFrame:
    """The bars with the pause of what was under way when the machine went down."""
    import pandas as pd

    (down,) = bars[bars["kind"] == "down"].to_dict("records")
    over = (
        (bars["kind"] == "run")
        & (bars["machine"] == down["machine"])
        & (bars["start"] < down["end"])
        & (bars["end"] > down["start"])
    )
    before, after = bars[over].assign(end=down["start"]), bars[over].assign(start=down["end"])
    parts = pd.concat([before[before["end"] > before["start"]], after[after["end"] > after["start"]]])
    whole: pd.DataFrame = pd.concat([bars[~over], parts], ignore_index=True)
    return whole
