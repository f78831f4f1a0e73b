"""Machines that work side by side: which job goes on which of them, and in which order."""

from __future__ import annotations

import heapq
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

import numpy as np

from .._common import choice, number, whole
from ..errors import InputError
from .parallel_model import search_machines
from .single_bounds import grain, priced_bound, raised
from .single_indicators import Indicators
from .single_jobs import JobSet, read_jobs
from .single_rules import RULE_NAMES, order_by, why_not
from .single_search import OBJECTIVES, improved, proven_by_rule, shortened

if TYPE_CHECKING:
    import pandas as pd

    from .single_jobs import Jobs

__all__ = ["PARALLEL_RULES", "ParallelSchedule", "parallel_machines"]

PARALLEL_RULES = ("lpt", "spt", "fcfs", "edd", "wspt", "cr", "slack", "slack_per_operation")
_SAME = 1e-9
_PROVEN = 1e-5


@dataclass(frozen=True)
class ParallelSchedule(Indicators):
    """Jobs on machines that are alike. Made by `parallel_machines`. All times in hours."""

    machines: tuple[str, ...]
    """Their names."""
    machine: tuple[str, ...] = field(repr=False)
    """Where each job runs."""

    @property
    def name(self) -> str:
        """The rule in words: Longest processing time."""
        if self.rule == "optimal":
            return "Best schedule" if self.is_optimal else "Best schedule found"
        return "The order as given" if self.rule == "given" else RULE_NAMES[self.rule]

    @property
    def jobs_of(self) -> dict[str, tuple[str, ...]]:
        """The jobs of each machine in their order."""
        each = list(zip(self.order, self.machine, strict=True))
        return {m: tuple(job for job, at in each if at == m) for m in self.machines}

    @property
    def load_hours(self) -> dict[str, float]:
        """Setup and run on each machine."""
        each = list(zip(self.machine, self.hours, self.setup_hours, strict=True))
        return {m: float(sum(h + s for at, h, s in each if at == m)) for m in self.machines}

    @property
    def table(self) -> pd.DataFrame:
        """One row a job, by start: job, machine, hours, setup_hours, start, completion, flow_time, due, lateness,
        tardiness (hours), is_late."""
        import pandas as pd

        return pd.DataFrame(
            {
                "job": self.order,
                "machine": self.machine,
                "hours": self.hours,
                "setup_hours": self.setup_hours,
                "start": self.start,
                "completion": self.completion,
                "flow_time": self.flow_time,
                "due": self.due,
                "lateness": self.lateness,
                "tardiness": self.tardiness,
                "is_late": [t > 0 for t in self.tardiness],
            }
        )

    @property
    def bars(self) -> pd.DataFrame:
        """For a Gantt chart: machine, job, start, end (hours), kind (setup or run)."""
        import pandas as pd

        each = zip(self.machine, self.order, self.setup_hours, self.start, self.completion, strict=True)
        rows: list[tuple[object, ...]] = []
        for machine, job, setup, start, end in each:
            rows += [(machine, job, start - setup, start, "setup")] * (setup > 0)
            rows.append((machine, job, start, end, "run"))
        place = {m: k for k, m in enumerate(self.machines)}
        rows.sort(key=lambda row: place[str(row[0])])
        return pd.DataFrame(rows, columns=["machine", "job", "start", "end", "kind"])

    def __str__(self) -> str:
        each = [f"{m}: {', '.join(jobs) or 'nothing'}" for m, jobs in self.jobs_of.items()]
        return self._spoken(
            self.name, ["; ".join(each[:8]) + (f"; and {len(each) - 8} more" if len(each) > 8 else "")]
        )


def parallel_machines(
    jobs: Jobs,
    machines: int | Sequence[str],
    rule: str | Sequence[str] = "lpt",
    *,
    objective: str = "makespan",
    now: float = 0.0,
    time_limit: float = 10.0,
    seed: int = 0,
) -> ParallelSchedule:
    """Jobs on machines that are alike: each job on any one of them.

    Parameters
    ----------
    jobs
        As `sequence` takes them: job, hours, and where they matter due, release, weight, remaining_hours, operations,
        setup_hours.
    machines
        How many, or their names.
    rule
        One of `PARALLEL_RULES`, named as for `sequence`: whenever a machine is free it takes the first job of the
        rule's order that is there. `"optimal"`: the best schedule for the objective. Or the jobs in the order in which
        free machines are to take them.
    objective
        `"makespan"` · `"weighted_flow_time"` · `"max_lateness"` · `"number_late"` · `"weighted_tardiness"`.
    now
        When the machines are free (hours).
    time_limit
        Seconds for the search of `"optimal"`.
    seed
        Of the chance in that search.

    Returns
    -------
    ParallelSchedule
        `.jobs_of`, `.load_hours`, `.makespan`, `.mean_flow_time`, `.n_late`, `.value`, `.bound`, `.gap`, `.proof`, `.table`.

    Raises
    ------
    InputError
        If there is no machine, and as `sequence` does.
    PlantError
        If more than one thing is wrong with the table: all of them are listed.

    Notes
    -----
    A makespan is never below the work divided by the machines, the longest job, or the two shortest of the one-more-
    than-machines longest jobs; longest first is at most 1/3 - 1/(3m) above the best (R. L. Graham, "Bounds on
    multiprocessing timing anomalies", SIAM Journal on Applied Mathematics 17, 1969: from memory, unchecked).
    Shortest first has the least mean flow time where all jobs are there at the start. Setups do not depend on the
    order here. Ties: the job that was given first, the machine that was given first.

    Examples
    --------
    >>> hours = {"A": 7, "B": 7, "C": 6, "D": 6, "E": 5, "F": 5, "G": 4, "H": 4, "I": 4}
    >>> print(parallel_machines(hours, 4))
    Longest processing time: machine 1: A, G, I; machine 2: B, H; machine 3: C, E; machine 4: D, F.
    Makespan 15, not proven the best: none is below 12 (gap 20 %).
    >>> best = parallel_machines(hours, 4, "optimal")
    >>> best.makespan, best.is_optimal
    (12.0, True)
    """
    case = read_jobs(jobs, now=now)
    names = _names(machines)
    choice("objective", objective, OBJECTIVES)
    number("time_limit", time_limit, "above zero (seconds)", above=0)
    whole("seed", seed, "a whole number, zero or more", low=0)
    if objective in ("max_lateness", "number_late", "weighted_tardiness") and np.isnan(case.due).all():
        raise InputError("due", None, f"given, since the objective is {objective}")
    if not isinstance(rule, str):
        if not isinstance(rule, Iterable):
            raise InputError("rule", rule, "a rule's name, or the jobs in an order")
        return _result(
            case, names, _taken(case, case.order(list(rule)), len(names), False), "given", objective
        )
    choice("rule", rule, (*PARALLEL_RULES, "optimal"))
    if rule != "optimal":
        runs = _taken(case, _listed(case, rule), len(names), True)
        return _result(case, names, runs, rule, objective)
    return _best(case, names, objective, time_limit, seed)


_Runs = list[tuple[float, int, int]]  # of each job by start: start of its setup, machine, place of the job


def _names(machines: int | Sequence[str]) -> tuple[str, ...]:
    if isinstance(machines, (str, bytes)) or (isinstance(machines, Iterable) and not list(machines)):
        raise InputError("machines", machines, "a number of machines, or their names")
    if isinstance(machines, Iterable):
        names = tuple(str(m) for m in machines)
        for name in names:
            if names.count(name) > 1:
                raise InputError("machines", name, "a name that no other machine has")
        return names
    n = whole("machines", machines, "a whole number of machines, 1 or more", low=1)
    return tuple(f"machine {k + 1}" for k in range(n))


def _listed(case: JobSet, rule: str) -> list[int]:
    """The rule's order as if all jobs were there; by release for first come, first served."""
    here = case if rule == "fcfs" else replace(case, release=np.full(case.n, case.now))
    return np.argsort(case.release, kind="stable").tolist() if rule == "fcfs" else order_by(here, rule)


def _taken(case: JobSet, order: Sequence[int], m: int, is_waiting_skipped: bool) -> _Runs:
    """Each time a machine is free it takes the next job; one that is not there yet is passed over, or waited for."""
    free = [(case.now, k) for k in range(m)]
    time, release = case.time.tolist(), case.release.tolist()
    left, runs = list(order), []
    while left:
        clock, k = heapq.heappop(free)
        j = left[0]
        if is_waiting_skipped:
            clock = max(clock, min(release[i] for i in left)) if release[j] > clock else clock
            j = next(i for i in left if release[i] <= clock)
        start = max(clock, release[j])
        left.remove(j)
        runs.append((start, k, j))
        heapq.heappush(free, (start + time[j], k))
    return sorted(runs)


def _best(
    case: JobSet, names: tuple[str, ...], objective: str, time_limit: float, seed: int
) -> ParallelSchedule:
    m = len(names)
    if objective == "weighted_flow_time" and case.all_here and np.ptp(case.weight) == 0:
        return _result(case, names, _taken(case, _listed(case, "spt"), m, True), "optimal", objective)

    def score(order: list[int]) -> float:
        return _worth(case, _taken(case, order, m, False), objective)

    starts = [_listed(case, rule) for rule in PARALLEL_RULES if why_not(case, rule) is None]
    order = min(starts, key=score)
    step = grain(case, objective)
    bound = raised(_bound(case, m, objective)[0], step)
    if score(order) > bound + _SAME:
        order = improved(starts, score, seed, tries=3000)
    if objective not in ("makespan", "max_lateness") and score(order) > bound + _SAME:
        bound = max(bound, raised(priced_bound(case, objective, score(order), machines=m), step))
    if score(order) > bound + _SAME:
        runs = _taken(case, order, m, False)
        found = search_machines(case, m, objective, runs, time_limit=time_limit, seed=seed)
        if found is not None:
            bound = max(bound, raised(found.bound, step))
            order = min(order, found.order, key=score)
    runs = _taken(case, order, m, False)
    return _result(case, names, runs, "optimal", objective, bound)


def _worth(case: JobSet, runs: _Runs, objective: str) -> float:
    end = np.array([start + case.time[j] for start, _, j in runs])
    places = [j for _, _, j in runs]
    if objective == "makespan":
        return float(end.max()) - case.now
    weight, late = case.weight[places], end - case.due[places]
    if objective == "weighted_flow_time":
        return float(weight @ (end - case.release[places]))
    if objective == "max_lateness":
        return float(np.nanmax(late))
    late = np.where(np.nan_to_num(late) > _SAME, late, 0.0)
    return float((late > 0).sum() if objective == "number_late" else weight @ late)


def _bound(case: JobSet, m: int, objective: str) -> tuple[float, str]:
    """One machine that is m times as fast is never worse; nor is each job alone."""
    fast = replace(case, hours=case.hours / m, setup=case.setup / m)
    bound, reason = proven_by_rule(fast, objective, np.inf)[0], "it reaches the bound"
    alone = np.maximum(case.release, case.now) + case.time
    late = np.nan_to_num(alone - case.due, nan=-np.inf)
    if objective == "makespan":
        longest = np.sort(case.time)[::-1]
        pair = float(longest[m - 1 : m + 1].sum()) if case.n > m else 0.0
        bound, reason = max(bound, float(alone.max()) - case.now, pair), "it reaches the bound of the work"
    elif objective == "max_lateness":
        bound = max(bound, float(late.max()))
    elif objective == "number_late":
        bound = max(bound, float((late > _SAME).sum()))
    elif objective == "weighted_tardiness":
        bound = max(bound, float(case.weight @ np.maximum(late, 0.0)))
    elif case.all_here and np.ptp(case.weight) == 0:
        runs = _taken(shortened(case), _listed(case, "spt"), m, True)
        bound, reason = _worth(case, runs, objective), "the shortest job first has the least"
    else:
        bound = max(bound, float(case.weight @ (alone - case.release)))
    return bound, reason


def _result(
    case: JobSet, names: tuple[str, ...], runs: _Runs, rule: str, objective: str, proven: float | None = None
) -> ParallelSchedule:
    bound, reason = _bound(case, len(names), objective)
    value = _worth(case, runs, objective)
    allowed = _SAME
    if proven is not None and proven > bound + _SAME:
        bound, reason, allowed = proven, "it reaches the bound", _PROVEN
    proof = reason if value <= bound + allowed * max(1.0, abs(value)) else ""
    places = [j for _, _, j in runs]
    setups = [float(case.setup[-1, j]) for j in places]
    start = [at + setup for (at, _, _), setup in zip(runs, setups, strict=True)]
    hours, release, due, weight = (
        tuple(float(values[j]) for j in places)
        for values in (case.hours, case.release, case.due, case.weight)
    )
    return ParallelSchedule(
        rule, tuple(case.names[j] for j in places), hours, tuple(setups), tuple(start),
        tuple(s + h for s, h in zip(start, hours, strict=True)), release, due, weight, case.now, objective,
        min(bound, value), proof, machines=names, machine=tuple(names[k] for _, k, _ in runs),
    )  # fmt: skip
