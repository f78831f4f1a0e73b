"""The sequence bench: orders before one machine, to be put in order."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from itertools import permutations
from typing import TYPE_CHECKING, Any

import numpy as np

from ... import scheduling
from ...charts.scheduling import gantt
from ...charts.style import amount, worded
from ...errors import InputError, MissingTableError
from ...plant import Plant
from ...scheduling.single_jobs import read_jobs
from .base import Explorer, Row, Target
from .building import own_or_sample
from .controls import Board, Chip, Lanes
from .loading import Loading, rule_pick

if TYPE_CHECKING:
    import pandas as pd
    from numpy.typing import NDArray

__all__ = ["sequence_bench"]

_JOBS = 7  # 5,040 orders: all of them can be tried
_LEAST = 3
_WEEKS = 4
_HOURS = 0.3  # hours; less is no job to think about
_STARTS = 8  # due dates from which orders are looked at
_SHARES = (0.1, 0.2, 0.35, 0.5)  # of their work, as long before the first due date the machine falls free
_ENOUGH = (True, 3)
_LOOKED_AT = 6
_CLOSE = 1.05
_LANE = "machine"
_RULES = {
    "fcfs": "First come, first served",
    "spt": "Shortest processing time, for short stays",
    "edd": "Earliest due date, so that none is very late",
    "cr": "Critical ratio, least time for its work first",
    "moore": "Moore, for few late orders",
    "least_setup": "Least setup next, for little setup",
}


@dataclass(frozen=True)
class _Jobs:
    """Orders before one machine, on a clock that starts when it falls free."""

    plant: Plant
    workcenter: str
    table: pd.DataFrame
    """job, item, hours, setup_hours, due, weight, remaining_hours, operations, as `sequence` takes them."""
    changeovers: pd.DataFrame | None
    taken: float
    """Hours from the plant's first day until the machine falls free."""

    def run(self, order: Any) -> scheduling.JobSequence:
        """The orders by a rule, or in this order."""
        return scheduling.sequence(
            self.table, order, changeovers=self.changeovers, machine=self.workcenter, objective="number_late"
        )

    @cached_property
    def every(self) -> _Every:
        """Every order that there is."""
        case = read_jobs(self.table, changeovers=self.changeovers)
        orders = np.array(list(permutations(range(case.n))))
        before = np.column_stack([np.full(len(orders), case.n), orders[:, :-1]])
        done = np.cumsum(case.setup[before, orders] + case.hours[orders], axis=1)
        return _Every(orders, (done > case.due[orders] + 1e-9).sum(axis=1), done.mean(axis=1))


@dataclass(frozen=True, eq=False)
class _Every:
    """All orders in which the jobs can be run."""

    orders: NDArray[np.int_]
    """Places of the jobs, a row an order."""
    late: NDArray[np.int_]
    """How many are late in each."""
    flow: NDArray[np.float64]
    """Mean flow time of each (hours)."""

    @property
    def least(self) -> int:
        """Fewest late."""
        return int(self.late.min())

    @property
    def best_flow(self) -> float:
        """Least mean flow time of those with the fewest late (hours)."""
        return float(self.flow[self.late == self.least].min())


def sequence_bench(plant: Plant | str | None = None, workcenter: str | None = None) -> Explorer:
    """Open orders before one machine to be put in order: late orders against the mean stay.

    Orders due within four weeks (the customers', else the shop's own), up to seven of different length; hours to a
    tenth, setup counted. The clock starts when the machine falls free, which is supposed to be so late that the order
    matters. Where the work center has changeovers, they count, and an item after itself takes none.

    Parameters
    ----------
    plant
        A plant, the name of a sample, or None for the sample "metal". Where it lacks orders, routings or work centers,
        or no work center has three such orders, the explorer says so and takes the sample of its industry.
    workcenter
        A work center; None for one at which rules differ most.

    Raises
    ------
    InputError
        If there is no such work center.

    Examples
    --------
    >>> bench = sequence_bench("metal")
    >>> bench.reached
    (False, False)
    >>> said = bench.set(rule="moore")
    >>> bench.reached[0]
    True
    """
    return own_or_sample(plant, workcenter, _sequence_bench)


def _sequence_bench(plant: Plant, workcenter: str | None, notice: str) -> Explorer:
    it = _chosen(plant, workcenter)
    every = it.every
    names = list(it.table["job"])
    setups = it.changeovers is not None
    center: Any = plant.workcenters.set_index("workcenter").loc[it.workcenter]
    called = str(center["name"]) or it.workcenter
    rules = {r: name for r, name in _RULES.items() if r != ("moore" if setups else "least_setup")}
    made = {rule: it.run(rule) for rule in rules}
    orders: dict[str, Lanes] = {rule: {_LANE: one.order} for rule, one in made.items()}
    start = made["fcfs"].order
    if made["fcfs"].n_late == every.least:
        start = tuple(names[j] for j in every.orders[int(np.argmax(every.late))])

    def figures(at: scheduling.JobSequence) -> list[Row]:
        return [
            Row("Late orders", at.n_late),
            Row("Fewest late that there can be", every.least),
            Row("Mean tardiness", round(at.mean_tardiness, 2), "hours"),
            Row("Largest lateness", round(at.max_lateness, 2), "hours"),
            Row("Mean flow time", round(at.mean_flow_time, 2), "hours"),
            Row("Least mean flow time with the fewest late", round(every.best_flow, 2), "hours"),
            *([Row("Setup", round(at.total_setup, 2), "hours")] if setups else []),
        ]

    board = Board(
        "order",
        "Sequence of the orders, the first at the left",
        tuple(
            Chip(str(r["job"]), str(r["job"]), f"{amount(r['hours'] if setups else r['hours'] + r['setup_hours'])} h, {_due(r['due'])}")
            for r in it.table.to_dict("records")
        ),
        ((_LANE, called),),
        start={_LANE: start},
        faults=_late,
    )  # fmt: skip
    places = "" if center["machines"] == 1 else f"one of {int(center['machines'])} machines or places; "
    return Loading(
        orders=orders,
        title=f"Sequence bench: {called} at {plant.name}",
        about=(
            f"{len(names)} open orders wait for {called} ({places}{it.workcenter}). Suppose that it is taken by other work for the "
            f"first {amount(it.taken)} working hours; hour 0 is when it falls free. On each order stand its hours, "
            + ("without setup, which depends on what was made before, " if setups else "setup counted, ")
            + "and when it is due, in working hours. Put the orders into a sequence of your own, or start from a rule's."
        ),
        notice=notice,
        dials=[rule_pick(rules, board, orders), board],
        compute=lambda rule, order: it.run(order[_LANE]),
        figures=figures,
        picture=lambda at: gantt(at),
        targets=[
            Target(
                "Put the orders so that as few are late as can be.",
                lambda at: at.n_late <= every.least,
                lambda at: _fewest(made, every),
            ),
            Target(
                "With so few late, bring the mean flow time to within 5 % of the least.",
                lambda at: at.n_late <= every.least and at.mean_flow_time <= _CLOSE * every.best_flow * (1 + 1e-9),
                lambda at: _stays(at, made, every),
            ),
        ],
    )  # fmt: skip


def _due(due: float) -> str:
    return f"due {amount(due)}" if due >= 0 else f"overdue by {amount(-due)}"


def _late(at: scheduling.JobSequence) -> dict[str, str]:
    return {
        job: f"{job} is {worded(late, 'hours')} late."
        for job, late in zip(at.order, at.tardiness, strict=True)
        if late > 0
    }


# What was learned


def _fewest(made: dict[str, scheduling.JobSequence], every: _Every) -> str:
    n = every.least
    why = made["moore"].proof if "moore" in made and made["moore"].n_late == n else ""
    said = "None is late" if n == 0 else f"{_orders(n)} late"
    said += f", and no order has fewer: {why or f'all {len(every.orders):,} were tried'}. "
    said += (
        f"First come, first served has {made['fcfs'].n_late} late, earliest due date {made['edd'].n_late}. "
    )
    if n == 0:
        return f"{said}A sequence is free; a late order is not."
    return (
        f"{said}What cannot be in time goes last, so that it delays no other; call those customers today. By due date "
        "alone, a long order that is late anyway makes the next ones late too."
    )


def _orders(n: int) -> str:
    return "One order is" if n == 1 else f"{n} orders are"


def _stays(at: scheduling.JobSequence, made: dict[str, scheduling.JobSequence], every: _Every) -> str:
    short, by_due = made["spt"], made["edd"]
    said = (
        f"{worded(at.mean_flow_time)} hours on average, where {worded(every.best_flow)} is the least with so few late (all "
        f"{len(every.orders):,} orders were tried). Each rule serves one goal: shortest first has a mean flow time of "
        f"{worded(short.mean_flow_time)} hours with {short.n_late} late; earliest due date a largest lateness of "
        f"{worded(by_due.max_lateness)} hours with {by_due.n_late} late"
    )
    if "moore" in made:
        said += f"; Moore {made['moore'].n_late} late, but {worded(made['moore'].mean_flow_time)} hours on average"
    else:
        least = made["least_setup"]
        said += (
            f"; least setup next {worded(least.total_setup)} hours of setup, where you have {worded(at.total_setup)}"
        )  # fmt: skip
    return f"{said}. Say first which of them counts."


# Which orders, at which work center


def _chosen(plant: Plant, workcenter: str | None) -> _Jobs:
    """The orders at a work center; where none is named, at the first of the fit ones where rules differ enough."""
    centers = plant.need("workcenters", 1, "a sequence of orders").set_index("workcenter")
    if workcenter is not None:
        if workcenter not in centers.index:
            raise InputError("workcenter", workcenter, "one of " + ", ".join(map(str, centers.index)))
        return _case(plant, workcenter)
    found: list[tuple[tuple[bool, int], _Jobs]] = []
    for code in _fit(plant):
        try:
            case = _case(plant, code)
        except MissingTableError:
            continue
        found.append((_worth(case), case))
        if _worth(case) >= _ENOUGH and len(case.table) == _JOBS:
            break
    if not found:
        raise MissingTableError(
            "orders",
            f"{_LEAST} orders due within {_WEEKS} weeks that wait for the same work center are wanted",
        )
    return max(found, key=lambda each: each[0])[1]


def _fit(plant: Plant) -> list[str]:
    """Work centers with open orders: those of one machine first, without changeovers first, the busiest first."""
    orders, steps = (
        plant.need("orders", 1, "a sequence of orders"),
        plant.need("routings", 1, "a sequence of orders"),
    )
    lines = orders[orders["status"] != "shipped"].merge(steps[steps["alternative"] == ""], on="item")
    hours = (lines["quantity"] * lines["run_hours"]).groupby(lines["workcenter"]).sum()
    changing = set(plant.table("changeovers")["workcenter"]) if "changeovers" in plant.tables else set()
    machines = plant.workcenters.set_index("workcenter")["machines"]
    codes = [str(code) for code in machines.index if code in hours.index or "receipts" in plant.tables]
    return sorted(codes, key=lambda c: (c in changing, machines[c] > 1, -hours.get(c, 0.0)))


def _case(plant: Plant, workcenter: str) -> _Jobs:
    """Orders due one after another at a work center that is taken until shortly before, wherever their order matters."""
    pool = _open_orders(plant, workcenter).sort_values("due", kind="stable")
    cases = []
    for first in sorted(set(pool["due"]))[:_STARTS]:
        table = _few(pool[pool["due"] >= first][: 2 * _JOBS].sort_index())
        if len(table) < _LEAST:
            continue
        changes = _changes(plant, workcenter, set(table["item"]))
        if changes is None:
            table = table.drop(columns="item")  # every order has its own setup
        work = float((table["hours"] + table["setup_hours"]).sum())
        before = [first - share * work for share in _SHARES]
        before += [float(table["due"].max()) - share * work for share in _SHARES]  # where those are far apart
        for taken in dict.fromkeys(max(0.0, float(np.floor(hour))) for hour in before):
            due = (table["due"] - taken).round(1)
            cases.append(_Jobs(plant, workcenter, table.assign(due=due), changes, taken))
    worth = {id(case): _worth(case) for case in cases}
    cases.sort(key=lambda case: worth[id(case)], reverse=True)
    able = [case for case in cases[:_LOOKED_AT] if case.every.least < case.every.late.max()]
    able = able or [case for case in cases if case.every.least < case.every.late.max()]
    best = max(able, key=lambda case: (worth[id(case)], _is_apart(case)), default=None)
    if best is None:
        raise MissingTableError(
            "orders", f"orders at {workcenter} that differ in hours or in due date are wanted"
        )
    return best


def _changes(plant: Plant, workcenter: str, items: set[str]) -> pd.DataFrame | None:
    """The changeovers between these items, where there are any."""
    if "changeovers" not in plant.tables:
        return None
    listed = plant.table("changeovers")
    listed = listed[listed["workcenter"] == workcenter]
    return listed if (listed["from_item"].isin(items) & listed["to_item"].isin(items)).any() else None


def _open_orders(plant: Plant, workcenter: str) -> pd.DataFrame:
    """The customers' orders that wait for the work center, or the shop's own where those are more."""
    tables = [plant.need("orders", 1, "a sequence of orders")]
    tables[0] = tables[0][tables[0]["status"] != "shipped"]
    if "receipts" in plant.tables:
        tables.append(plant.table("receipts"))
    found = []
    for table in tables:
        try:
            jobs = scheduling.work_center_jobs(plant, workcenter, table, weeks=_WEEKS)
        except MissingTableError:
            continue
        jobs = jobs[jobs["hours"] + jobs["setup_hours"] >= _HOURS]
        if len(jobs) >= _JOBS:
            return jobs
        found.append(jobs)
    best = max(found, key=len, default=None)
    if best is None or len(best) < _LEAST:
        raise MissingTableError(
            "orders", f"{_LEAST} orders due within {_WEEKS} weeks that wait for {workcenter} are wanted"
        )
    return best


def _few(jobs: pd.DataFrame) -> pd.DataFrame:
    """Seven at most, of different length, of the longest; hours to a tenth."""
    time = jobs["hours"] + jobs["setup_hours"]
    by_time = time.sort_values(ascending=False, kind="stable").index[: 3 * _JOBS]
    n = min(_JOBS, len(by_time))
    taken = sorted({by_time[round(i * (len(by_time) - 1) / max(1, n - 1))] for i in range(n)})
    table = jobs.loc[taken].reset_index(drop=True)
    table["setup_hours"] = table["setup_hours"].round(1)
    table["hours"] = table["hours"].round(1).clip(lower=0.1)
    table["remaining_hours"] = np.maximum(table["remaining_hours"], table["hours"])
    return table.drop(columns="quantity")


def _worth(case: _Jobs) -> tuple[bool, int]:
    """How much there is to see: some late and some not, none late before it starts, rules that differ."""
    least = case.run("moore").n_late if case.changeovers is None else case.every.least
    is_open = bool((case.table["due"] > 0).all()) and 1 <= least <= len(case.table) // 2
    return is_open, min(2, case.run("edd").n_late - least) + min(2, case.run("fcfs").n_late - least)


def _is_apart(case: _Jobs) -> bool:
    """Whether what leaves the fewest late does not have the shortest stays by itself."""
    return case.changeovers is None and case.run("moore").mean_flow_time > _CLOSE * case.every.best_flow
