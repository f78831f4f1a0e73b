"""Flow shops: every job goes through the same machines in the same order. Johnson's rule, and beyond."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import numpy as np

from .._common import choice, number, spoken, whole
from ..errors import InputError
from .flow_proof import machine_bound, prove
from .flow_search import cds, improve, johnson_order, neh
from .flow_times import WAITING, FlowCase, delays, read_times, starts, total
from .single_jobs import JobSet
from .single_search import best_order

if TYPE_CHECKING:
    import pandas as pd
    from numpy.typing import NDArray

    from .flow_times import Times

__all__ = ["FLOW_RULES", "FlowShop", "JohnsonStep", "flow_shop", "johnson"]

FLOW_RULES = ("neh", "cds", "optimal")
_NAMES = {"johnson": "Johnson", "neh": "NEH", "cds": "Campbell-Dudek-Smith", "given": "The order as given"}
_SAME = 1e-9


@dataclass(frozen=True)
class JohnsonStep:
    """One job placed by Johnson's rule."""

    job: str
    time: float
    """The smallest time left (hours)."""
    machine: int
    """1, and the job goes to the front; 2, and it goes to the back."""


@dataclass(frozen=True)
class FlowShop:
    """Jobs through the same machines, one order on all of them. Made by `johnson` and `flow_shop`. Times in hours."""

    rule: str
    """johnson, one of `FLOW_RULES`, or given."""
    order: tuple[str, ...]
    """The jobs, the first to be run first."""
    machines: tuple[str, ...]
    """In the order in which a job goes through them."""
    hours: tuple[tuple[float, ...], ...] = field(repr=False)
    """Of each job, in this order, on each machine."""
    start: tuple[tuple[float, ...], ...] = field(repr=False)
    """When each job starts on each machine."""
    waiting: str = field(repr=False)
    """allowed · blocking · no_wait: what a job does between two machines."""
    bound: float
    """Proven: no order has a smaller makespan."""
    proof: str
    """Why no order is better, in words; empty where that is not proven."""
    steps: tuple[JohnsonStep, ...] = field(default=(), repr=False)
    """How Johnson's rule placed the jobs; empty for the other rules."""

    @property
    def name(self) -> str:
        """The rule in words."""
        if self.rule == "optimal":
            return "Best order" if self.is_optimal else "Best order found"
        return _NAMES[self.rule]

    @property
    def is_optimal(self) -> bool:
        """Whether no order has a smaller makespan, proven."""
        return bool(self.proof)

    @property
    def status(self) -> str:
        """optimal (proven) · feasible (an order, not proven best)."""
        return "optimal" if self.is_optimal else "feasible"

    @property
    def gap(self) -> float:
        """Distance of the bound from the makespan, as a share of it; 0 where it is proven."""
        return 0.0 if self.is_optimal or not self.makespan else max(0.0, 1 - self.bound / self.makespan)

    @property
    def completion(self) -> tuple[tuple[float, ...], ...]:
        """When each job is done on each machine."""
        each = zip(self.start, self.hours, strict=True)
        return tuple(tuple(s + h for s, h in zip(*rows, strict=True)) for rows in each)

    @property
    def makespan(self) -> float:
        """When the last job is done."""
        return max(self.completion[-1])

    @property
    def mean_flow_time(self) -> float:
        """A job's mean time from the start until it is done."""
        return float(sum(row[-1] for row in self.completion)) / len(self.order)

    @property
    def idle_hours(self) -> dict[str, float]:
        """Of each machine, from the start until its own last job is done: its waits for work, the first included."""
        rows = self.machine_table.to_dict("records")
        return {row["machine"]: row["idle_before"] + row["idle_between"] for row in rows}

    @property
    def machine_table(self) -> pd.DataFrame:
        """One row a machine: machine, work_hours, idle_before (its first job), idle_between (its jobs), idle_after (its
        last job, until the makespan), utilization (work over makespan, share)."""
        import pandas as pd

        begin, hours = np.array(self.start), np.array(self.hours)
        ends = begin + hours
        first, last, work = begin[0], ends[-1], hours.sum(axis=0)
        return pd.DataFrame(
            {
                "machine": self.machines,
                "work_hours": work,
                "idle_before": first,
                "idle_between": _clean(last - first - work),
                "idle_after": _clean(self.makespan - last),
                "utilization": work / self.makespan if self.makespan else np.zeros(len(work)),
            }
        )

    @property
    def table(self) -> pd.DataFrame:
        """One row a job and machine: job, machine, hours, start, end (hours)."""
        import pandas as pd

        n, m = len(self.order), len(self.machines)
        return pd.DataFrame(
            {
                "job": np.repeat(np.array(self.order, dtype=object), m),
                "machine": np.tile(np.array(self.machines, dtype=object), n),
                "hours": np.array(self.hours).ravel(),
                "start": np.array(self.start).ravel(),
                "end": np.array(self.completion).ravel(),
            }
        )

    @property
    def bars(self) -> pd.DataFrame:
        """For a Gantt chart: machine, job, start, end (hours), kind (run)."""
        worked = self.table.sort_values(["start"], kind="stable")
        order = worked["machine"].map({m: k for k, m in enumerate(self.machines)})
        worked = worked.loc[order.sort_values(kind="stable").index]
        return (
            worked[worked["hours"] > 0][["machine", "job", "start", "end"]]
            .assign(kind="run")
            .reset_index(drop=True)
        )

    @property
    def due_dates(self) -> dict[str, float]:
        """None: a flow shop is judged by its makespan."""
        return {}

    def __str__(self) -> str:
        listed = ", ".join(self.order[:12]) + (
            f" and {len(self.order) - 12} more" if len(self.order) > 12 else ""
        )
        said = f"Done after {spoken(self.makespan)} hours"
        if self.is_optimal:
            return f"{self.name}: {listed}.\n{said}, proven the best: {self.proof}."
        return (
            f"{self.name}: {listed}.\n{said}, not proven the best: none is below {spoken(self.bound)}"
            f" (gap {spoken(100 * self.gap)} %)."
        )


def johnson(times: Times) -> FlowShop:
    """The order of least makespan on two machines, by Johnson's rule; on three where the middle one is dominated.

    Parameters
    ----------
    times
        Hours of each job on each machine: a dictionary by job, `{"A": (3, 6), "B": (5, 2)}`, or a DataFrame with the
        column job and then one for each machine, in the order in which the jobs go through them. 0 where a job
        needs no work there.

    Returns
    -------
    FlowShop
        `.order`, `.makespan`, `.idle_hours`, `.table`, `.machine_table`, `.steps`.

    Raises
    ------
    InputError
        If there are not two or three machines; if the middle one of three is not dominated; if a time is negative
        or not finite, or a name comes twice.
    PlantError
        If more than one of these is wrong with the table: all of them are listed.

    Notes
    -----
    Of all times left take the smallest. On machine 1 it puts its job as far to the front as there is room, on machine
    2 as far to the back. A tie goes to machine 1 first, then by the order given; another order can then be as good:
    `flow_shop(times, order)` gives the makespan of any.

    Three machines are two for the rule, with the times of 1 and 2 and of 2 and 3 added, if no time on machine 2 is
    above the smallest on machine 1, or none is above the smallest on machine 3 (S. M. Johnson, "Optimal two- and
    three-stage production schedules with setup times included", Naval Research Logistics Quarterly 1, 1954: from
    memory, unchecked). Else it is no proof, and `flow_shop(times, "optimal")` finds the order.

    Examples
    --------
    >>> best = johnson({"A": (3, 6), "B": (5, 2), "C": (1, 2), "D": (6, 6), "E": (7, 5)})
    >>> print(best)
    Johnson: C, A, D, E, B.
    Done after 24 hours, proven the best: Johnson's rule on two machines.
    >>> best.idle_hours
    {'machine 1': 0.0, 'machine 2': 3.0}
    """
    case = read_times(times)
    hours = case.hours
    if len(case.machines) == 2:
        first, second, proof = hours[:, 0], hours[:, 1], "Johnson's rule on two machines"
    elif len(case.machines) == 3:
        a, b, c = (hours[:, k] for k in range(3))
        if b.max() > max(a.min(), c.min()) + _SAME:
            raise InputError(
                f"times on {case.machines[1]}",
                float(b.max()),
                f"{max(a.min(), c.min()):g} or less: Johnson's rule on three machines holds where no time on the middle "
                "one is above the smallest on the first, or the smallest on the last; flow_shop finds the order",
            )
        first, second, proof = a + b, b + c, "Johnson's rule on three machines, the middle one dominated"
    else:
        raise InputError("machines", list(case.machines), "two, or three whose middle one is dominated")
    placed = johnson_order(first, second)
    order = [j for j, side in placed if side == 1] + [j for j, side in placed[::-1] if side == 2]
    steps = tuple(
        JohnsonStep(case.names[j], float((first if side == 1 else second)[j]), side) for j, side in placed
    )
    made = _result(case, order, "johnson", "allowed", None, proof)
    return FlowShop(**{**made.__dict__, "steps": steps})


def flow_shop(
    times: Times,
    rule: str | Sequence[str] = "optimal",
    *,
    waiting: str = "allowed",
    time_limit: float = 10.0,
    seed: int = 0,
) -> FlowShop:
    """Jobs through the same machines, one order on all of them: of least makespan, by a rule, or yours.

    Parameters
    ----------
    times
        As `johnson` takes them, with any number of machines.
    rule
        `"optimal"`, the best order, proven where the time suffices · `"neh"`, the longest job first, each put where it
        is best · `"cds"`, Johnson's rule on the first and the last k machines, the best k. Or the jobs themselves,
        in the order in which they are to run.
    waiting
        What a job does until the next machine is free: `"allowed"`, it waits beside it · `"blocking"`, it stays on
        the machine and blocks it · `"no_wait"`, it must never wait, so that it starts later.
    time_limit
        Seconds for the search of `"optimal"`.
    seed
        Of the chance in that search.

    Returns
    -------
    FlowShop
        `.order`, `.makespan`, `.bound`, `.gap`, `.is_optimal`, `.proof`, `.table`, `.machine_table`, `.idle_hours`.

    Raises
    ------
    InputError
        If a time is negative or not finite, a name comes twice, a rule or a kind of waiting is unknown, or an order
        leaves a job out.
    PlantError
        If more than one of these is wrong with the table: all of them are listed.

    Notes
    -----
    Jobs do not overtake each other. On more than three machines a schedule in which they do can be shorter; it is
    what `job_shop` looks for.

    The best order is sought by iterated greedy search from NEH's, and proven by branch and bound from both ends of the
    sequence, with each machine's work as the bound; orders without waiting are those of one machine with
    changeovers. (M. Nawaz, E. E. Enscore and I. Ham, "A heuristic algorithm for the m-machine, n-job flow-shop
    sequencing problem", Omega 11, 1983; R. Ruiz and T. Stützle, European Journal of Operational Research 177,
    2007; H. G. Campbell, R. A. Dudek and M. L. Smith, Management Science 16, 1970: all from memory, unchecked.)

    Examples
    --------
    >>> times = {"A": (5, 9, 8), "B": (9, 3, 10), "C": (9, 4, 5), "D": (4, 8, 8)}
    >>> print(flow_shop(times))
    Best order: D, B, A, C.
    Done after 43 hours, proven the best: no order was left out.
    >>> flow_shop(times, ["A", "B", "C", "D"]).makespan
    45.0
    """
    case = read_times(times)
    choice("waiting", waiting, WAITING)
    number("time_limit", time_limit, "above zero (seconds)", above=0)
    whole("seed", seed, "a whole number, zero or more", low=0)
    if not isinstance(rule, str):
        if not isinstance(rule, Iterable):
            raise InputError("rule", rule, "a rule's name, or the jobs in an order")
        return _result(case, case.order(list(rule)), "given", waiting, None, "")
    choice("rule", rule, FLOW_RULES)
    if rule != "optimal":
        order = (neh if rule == "neh" else cds)(case.hours, waiting)
        return _result(case, order, rule, waiting, None, "")
    if waiting == "no_wait":
        best = best_order(_as_changeovers(case), "makespan", time_limit=time_limit, seed=seed)
        return _result(case, best.order, rule, waiting, best.bound, best.proof)
    floor = machine_bound(case.hours)
    order = neh(case.hours, waiting)
    order = improve(case.hours, order, waiting, bound=floor, time_limit=time_limit / 3, seed=seed)
    order, bound = prove(case.hours, order, waiting, time_limit=time_limit * 2 / 3)
    return _result(case, order, rule, waiting, bound, "no order was left out")


def _as_changeovers(case: FlowCase) -> JobSet:
    """Without waiting, the last machine is one with changeovers: what passes from one job's end on it to the next's."""
    n, hours = case.n, case.hours
    length = hours.sum(axis=1)
    setup = np.empty((n + 1, n))
    setup[:n] = delays(hours) + length[None, :] - length[:, None] - hours[:, -1]
    setup[n] = length - hours[:, -1]
    none, one = np.zeros(n), np.ones(n)
    setup = np.maximum(setup, 0.0)
    np.fill_diagonal(setup[:n], 0.0)
    return JobSet(case.names, hours[:, -1], np.full(n, np.nan), none, one, hours[:, -1], one, setup, 0.0)


def _result(
    case: FlowCase, order: Sequence[int], rule: str, waiting: str, bound: float | None, proof: str
) -> FlowShop:
    begin = starts(case.hours, order, waiting)
    makespan = total(case.hours.tolist(), order, waiting)
    if rule == "johnson":
        bound = makespan
    elif bound is None:
        bound, proof = machine_bound(case.hours), "it reaches the bound of the busiest machine"
    if makespan > bound + _SAME * max(1.0, makespan):
        proof = ""
    hours = case.hours[list(order)]
    return FlowShop(
        rule, tuple(case.names[j] for j in order), case.machines, tuple(map(tuple, hours.tolist())),
        tuple(map(tuple, begin.tolist())), waiting, min(float(bound), makespan), proof,
    )  # fmt: skip


def _clean(values: NDArray[np.float64]) -> NDArray[np.float64]:
    """Without the dust of rounding."""
    return np.where(np.abs(values) < _SAME, 0.0, values)
