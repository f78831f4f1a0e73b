"""The job-shop race: lots on machines, to be put in order on each, against the rules and the proven bound."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from ... import charts, scheduling
from ...charts.scheduling import gantt
from ...charts.style import amount, worded
from ...errors import MissingTableError
from ...plant import Lots, Plant, race
from ...scheduling.shop.dispatch import replay
from ...scheduling.shop.instance import build
from ...scheduling.shop.run import operations_of
from .base import Explorer, Row, Target
from .building import own_or_sample
from .controls import Board, Chip, Lanes
from .loading import Loading, rule_pick

if TYPE_CHECKING:
    import pandas as pd

    from ...scheduling.shop.instance import Instance

__all__ = ["Letters", "job_shop_race"]

_NEAR = 1.03
_WORK = 0.5  # of the solver: half a second at most
_RULES = {
    "fcfs": "First come, first served",
    "spt": "Shortest operation first",
    "lpt": "Longest operation first",
    "mwkr": "Most work remaining first",
    "lwkr": "Least work remaining first",
}


@dataclass(frozen=True)
class Letters:
    """Lots by letters, which have room on a bar."""

    lots: Lots

    @cached_property
    def names(self) -> dict[str, str]:
        """The item of each letter."""
        return {chr(ord("A") + i): job for i, job in enumerate(self.lots.jobs)}

    @cached_property
    def table(self) -> pd.DataFrame:
        """job (its letter), step, machine, hours."""
        letter = {job: one for one, job in self.names.items()}
        return self.lots.operations.assign(job=self.lots.operations["job"].map(letter))

    @property
    def said(self) -> str:
        """Which letter is which lot."""
        return ", ".join(f"{one} {job}" for one, job in self.names.items())


@dataclass(frozen=True)
class _Race:
    """The schedule that follows from the order on each machine."""

    table: pd.DataFrame
    """machine, job, start, end: what can run, by machine."""
    faults: dict[str, str]
    """Chips that lock each other."""

    @property
    def makespan(self) -> float | None:
        """Hours until the last is done; None where some never is."""
        return None if self.faults else float(self.table["end"].max())


def job_shop_race(plant: Plant | str | None = None) -> Explorer:
    """Lots on several machines to be put in order on each, for the shortest time in all.

    The lots are those of the role `race`, one machine of each work center, without calendar. Each operation starts as
    early as the order on its machine and its lot's earlier steps allow. CP-SAT proves the least; where it could not,
    the bound is said.

    Parameters
    ----------
    plant
        A plant, the name of a sample, or None for the sample "metal". Where it lacks routings, or lots that meet at the
        same machines, the explorer says so and takes the sample of its industry.

    Examples
    --------
    >>> bench = job_shop_race("metal")
    >>> bench.reached
    (False, False)
    >>> print(bench.set(rule="spt").splitlines()[-3])  # doctest: +ELLIPSIS
    Picture: 39.8 hours, ...
    """
    return own_or_sample(plant, None, lambda own, _role, notice: _job_shop_race(own, notice))


def _job_shop_race(plant: Plant, notice: str) -> Explorer:
    letters = Letters(race(plant))
    shop = scheduling.read_shop(letters.table)
    instance = build(shop)
    machines = letters.lots.machines
    best = scheduling.job_shop(shop, work_limit=_WORK)
    made = {rule: scheduling.job_shop(shop, method="rule", rule=rule) for rule in _RULES}
    orders = {rule: _lanes(one.operations, machines) for rule, one in made.items()}
    rule = min(made, key=lambda r: made[r].makespan)
    one_by_one = _lanes(letters.table.assign(start=range(len(letters.table))), machines)
    starts = [
        *((made[r].makespan, orders[r]) for r in made),
        (_run(instance, one_by_one).makespan, one_by_one),
    ]
    worst, start = max(starts, key=lambda each: each[0] or 0.0)
    if not worst or worst <= best.makespan * (1 + 1e-9):
        raise MissingTableError("routings", "lots whose order on a machine matters are wanted")

    def figures(at: _Race) -> list[Row]:
        span = at.makespan
        return [
            Row("All done after", None if span is None else round(span, 2), "hours"),
            Row(f"By the best rule ({_RULES[rule].lower()})", round(made[rule].makespan, 2), "hours"),
            Row("Best found", round(best.makespan, 2), "hours"),
            Row("No schedule is below (proved)", round(best.bound, 2), "hours"),
            Row("Yours above the bound", None if span is None else round(100 * (span / best.bound - 1), 1), "%"),
        ]  # fmt: skip

    board = Board(
        "order",
        "Order on each machine, the first at the left",
        _chips(letters.table),
        tuple((m, m) for m in machines),
        start=start,
        is_fixed=True,
        faults=lambda at: at.faults,
    )
    busiest = letters.table.groupby("machine")["hours"].sum()
    return Loading(
        orders=orders,
        title=f"Job-shop race at {plant.name}",
        about=(
            f"{len(letters.names)} lots, each with its way through the shop: {letters.said}. Each machine does one at a time, all "
            "are free at hour 0, and a lot waits for its step before. Put the lots in order on each machine; each starts as soon "
            "as that order allows. The line in the picture is the bound: no schedule is shorter."
        ),
        notice=notice,
        dials=[rule_pick(_RULES, board, orders), board],
        compute=lambda rule, order: _run(instance, order),
        figures=figures,
        picture=lambda at: _picture(at, best, made[rule].makespan),
        targets=_targets(
            best, made[rule], worst, _RULES[rule].lower(), (str(busiest.idxmax()), float(busiest.max()))
        ),
    )  # fmt: skip


def _targets(
    best: scheduling.Schedule, by_rule: scheduling.Schedule, start: float, rule: str, load: tuple[str, float]
) -> list[Target]:
    """To beat the best rule, where that can be done; to come near the bound, where that is more; else to reach it."""
    least, near = best.makespan, max(_NEAR * best.bound, best.makespan)
    can_beat = by_rule.makespan > least * (1 + 1e-9)
    proof = "proved" if best.is_proved else f"not proved; none is below {worded(best.bound)}"
    busiest, hours = load

    def within(goal: float, task: str, learned: str) -> Target:
        return Target(
            task,
            lambda at: at.makespan is not None and at.makespan <= goal + 1e-6,
            lambda at: f"{worded(at.makespan, 'hours')}. {learned}",
        )

    beat = within(
        by_rule.makespan - 1e-5,
        f"Beat the best rule, {rule}: less than {amount(by_rule.makespan)} hours.",
        f"The rule takes {worded(by_rule.makespan)}: it looks at one machine at one moment; you looked at what comes after. "
        "But a rule answers at once, and is near enough on most days.",
    )
    last = (
        f"{worded(least, 'hours')} is the {'least' if best.is_proved else 'best found'} ({proof}). "
        + ("" if can_beat else f"Here a rule does as well, {rule}. ")
        + f"{busiest} alone has work for {worded(hours)}; to be done sooner, "
        + ("take work from it or give it more hours: no order will help." if hours > 0.9 * least else
           "shorten the longest ways through the shop as well as its work.")
    )  # fmt: skip
    close = within(near, "Bring it to within 3 % of the bound.", last)
    whole = f"Reach the {'least there can be' if best.is_proved else 'best found'}, {amount(least)} hours."
    if can_beat:
        return [beat, close if near < by_rule.makespan - 1e-5 else within(least, whole, last)]
    first = "Near enough for a day on which something will go wrong anyway."
    return [*([within(near, close.task, first)] if near < start - 1e-5 else []), within(least, whole, last)]


def _picture(at: _Race, best: scheduling.Schedule, by_rule: float) -> charts.Chart:
    from ...charts import Chart

    if at.faults:
        done = f"{len(at.table)} operations can run; the others wait for each other"
        title = f"{done}: {', '.join(sorted({chip[0] for chip in at.faults}))} are locked"
        if not len(at.table):
            return Chart("Time (hours)", "Machine").finish(title, "Nothing is drawn.")
        return gantt(at.table, title=title)
    span = at.makespan or 0.0
    than = f"{worded(abs(span - by_rule))} {'less' if span < by_rule else 'more'} than by the best rule"
    if abs(span - by_rule) < 1e-6:
        than = "as many as by the best rule"
    over = 100 * (span / best.bound - 1)
    chart = gantt(
        at.table,
        title=f"{worded(span)} hours, {than}; {'at' if over < 0.05 else f'{worded(over)} % above'} the bound",
    )
    chart.limit(best.bound, f"bound {amount(round(best.bound, 1))}")
    return chart


# From the lanes to a schedule


def _chip(job: object, step: float) -> str:
    return f"{job}{step:g}"


def _chips(table: pd.DataFrame) -> tuple[Chip, ...]:
    before = table.groupby("job")["machine"].shift()
    rows = zip(table["job"], table["step"], table["hours"], before, strict=True)
    return tuple(
        Chip(_chip(job, step), str(job), f"{amount(hours)} h{f', after {prior}' if prior == prior and prior else ''}")
        for job, step, hours, prior in rows
    )  # fmt: skip


def _lanes(operations: pd.DataFrame, machines: tuple[str, ...]) -> Lanes:
    """The chips of each machine, as they start."""
    ordered = operations.sort_values("start", kind="stable")
    lanes: dict[str, list[str]] = {machine: [] for machine in machines}
    for job, step, machine in zip(ordered["job"], ordered["step"], ordered["machine"], strict=True):
        lanes[machine].append(_chip(job, step))
    return {machine: tuple(row) for machine, row in lanes.items()}


def _run(instance: Instance, lanes: Lanes) -> _Race:
    """Each operation as early as the order on its machine allows; what waits for each other in a circle is told."""
    op_of = {_chip(instance.jobs[j], instance.step[op]): op for op, j in enumerate(instance.job)}
    chip_of = {op: chip for chip, op in op_of.items()}
    rows = {machine: [op_of[chip] for chip in row] for machine, row in lanes.items()}
    at = dict.fromkeys(rows, 0)
    placed: dict[int, None] = {}

    def waits_for(op: int) -> int | None:
        """The step before, where it is not placed yet."""
        is_first = op == instance.first[instance.job[op]]
        return None if is_first or op - 1 in placed else op - 1

    is_moving = True
    while is_moving:
        is_moving = False
        for machine, row in rows.items():
            while at[machine] < len(row) and waits_for(row[at[machine]]) is None:
                placed[row[at[machine]]] = None
                at[machine] += 1
                is_moving = True
    table = operations_of(replay(instance, list(placed), [0] * instance.n))
    keep = [
        _chip(job, step) in {chip_of[op] for op in placed}
        for job, step in zip(table["job"], table["step"], strict=True)
    ]
    place = {machine: i for i, machine in enumerate(rows)}
    table = table[keep].sort_values(
        ["machine", "start"], key=lambda c: c.map(place) if c.name == "machine" else c
    )
    heads = {machine: row[at[machine]] for machine, row in rows.items() if at[machine] < len(row)}
    machine_of = {op: machine for machine, row in rows.items() for op in row}
    return _Race(table.reset_index(drop=True), _locked(instance, heads, machine_of, chip_of))


def _locked(
    instance: Instance, heads: dict[str, int], machine_of: dict[int, str], chip_of: dict[int, str]
) -> dict[str, str]:
    """The first in each lane of a circle, with what it waits for."""
    if not heads:
        return {}
    # The step before the first of a lane lies in a lane whose own first waits too: whoever follows comes round.
    path = [next(iter(heads))]
    while path[-1] not in path[:-1]:
        path.append(machine_of[heads[path[-1]] - 1])
    faults = {}
    for machine in path[path.index(path[-1]) : -1]:
        op = heads[machine]
        other = machine_of[op - 1]
        job, ahead = instance.jobs[instance.job[op]], instance.jobs[instance.job[heads[other]]]
        behind = f", which lies behind {ahead}" if heads[other] != op - 1 else ""
        faults[chip_of[op]] = f"{job} waits at {machine} for its step at {other}{behind}."
    return faults
