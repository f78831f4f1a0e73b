"""One machine: in which order to run the jobs, and what that order is worth."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import numpy as np

from .._common import choice, number, whole
from ..errors import InputError
from .single_indicators import Indicators
from .single_jobs import JobSet, read_jobs
from .single_rules import RULE_NAMES, RULES, order_by, timetable, why_not
from .single_search import OBJECTIVES, best_order, proven_by_rule, worth

if TYPE_CHECKING:
    import pandas as pd

    from .single_jobs import Changeovers, Jobs

__all__ = ["SEQUENCE_OBJECTIVES", "SEQUENCE_RULES", "JobSequence", "compare_rules", "sequence"]

SEQUENCE_RULES = RULES
SEQUENCE_OBJECTIVES = tuple(OBJECTIVES)


@dataclass(frozen=True)
class JobSequence(Indicators):
    """Jobs in the order in which one machine runs them. Made by `sequence`. All times in hours."""

    machine: str = field(repr=False)
    """What the machine is called."""

    @property
    def name(self) -> str:
        """The rule in words: Earliest due date."""
        others = {"optimal": "Best order found", "given": "The order as given"}
        if self.rule == "optimal" and self.is_optimal:
            return "Best order"
        return others.get(self.rule) or RULE_NAMES[self.rule]

    @property
    def total_setup(self) -> float:
        """Setup, all of it."""
        return float(sum(self.setup_hours))

    @property
    def table(self) -> pd.DataFrame:
        """One row a job, the first to be run first: job, hours, setup_hours, start, completion, flow_time, due,
        lateness, tardiness (hours), is_late."""
        import pandas as pd

        return pd.DataFrame(
            {
                "job": self.order,
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

        each = zip(self.order, self.setup_hours, self.start, self.completion, strict=True)
        rows: list[tuple[object, ...]] = []
        for job, setup, start, end in each:
            rows += [(self.machine, job, start - setup, start, "setup")] * (setup > 0)
            rows.append((self.machine, job, start, end, "run"))
        return pd.DataFrame(rows, columns=["machine", "job", "start", "end", "kind"])

    def __str__(self) -> str:
        return self._spoken(self.name, self.order)


def sequence(
    jobs: Jobs,
    rule: str | Sequence[str] = "fcfs",
    *,
    objective: str | None = None,
    now: float = 0.0,
    changeovers: Changeovers | None = None,
    start_item: str | None = None,
    machine: str = "machine",
    is_updated: bool = False,
    time_limit: float = 10.0,
    seed: int = 0,
) -> JobSequence:
    r"""The jobs of one machine in the order of a rule, in the best order, or in yours.

    Parameters
    ----------
    jobs
        A DataFrame with the columns job and hours, and where they matter due, release, weight, remaining_hours
        (work left at this and all later operations), operations (how many those are), item (what is made) and
        setup_hours. Or a dictionary by job of such columns: `{"A": {"hours": 6, "due": 8}}`, or of hours alone.
        Times are hours on the clock of `now`; a job without a due date is never late.
    rule
        `"fcfs"`, first come, first served · `"spt"` and `"lpt"`, shortest and longest processing time · `"edd"`,
        earliest due date · `"wspt"`, smallest hours over weight · `"cr"`, critical ratio :math:`(d - now) / left`,
        smallest first · `"slack"`, :math:`d - now - left` · `"slack_per_operation"` · `"moore"`, fewest late ·
        `"least_setup"`, the job with the least setup next · `"atc"`, apparent tardiness cost · `"optimal"`, the best
        order for the objective. Or the jobs themselves, in the order in which they are to run.
    objective
        What the order is judged by: `"makespan"` · `"weighted_flow_time"` · `"max_lateness"` · `"number_late"` ·
        `"weighted_tardiness"`. Of `"optimal"`, weighted tardiness where it is left out.
    now
        When the machine is free (hours).
    changeovers
        Setup from one item to another: from_item, to_item, hours, as a plant's table has it (the rows of one work
        center), or a dictionary by pairs. A pair that is listed takes these hours; an item after itself takes none;
        any other takes the job's setup_hours. Where no items are given, a job is an item of its own.
    start_item
        What the machine is set up for at the start.
    machine
        Its name, for the chart.
    is_updated
        See the conventions.
    time_limit
        Seconds for the search of `"optimal"`.
    seed
        Of the chance in that search.

    Returns
    -------
    JobSequence
        `.order`, `.table`, `.makespan`, `.mean_flow_time`, `.mean_jobs`, `.utilization`, `.mean_tardiness`,
        `.max_lateness`, `.n_late`, `.weighted_tardiness`, `.total_setup`, `.value`, `.bound`, `.gap`, `.proof`.

    Raises
    ------
    InputError
        If a time is not above zero or not finite, a due date lies before its job's release, a name comes twice, a
        rule or objective is unknown or lacks the due dates it needs, or an order leaves a job out.
    PlantError
        If more than one of these is wrong with the table: all of them are listed.

    Notes
    -----
    No job starts before its release, nor does its setup. With releases or changeovers a rule picks, whenever the
    machine is free, among the jobs that are there. Ties go by the order given; jobs without a due date come last.

    Where all jobs are there at the start and setups do not depend on the order, these are proven: WSPT for weighted
    flow time (SPT where weights are equal), EDD for the largest lateness, Moore for the number late (W. E. Smith,
    "Various optimizers for single-stage production", Naval Research Logistics Quarterly 3, 1956; J. R. Jackson,
    1955; J. M. Moore, "An n job, one machine sequencing algorithm for minimizing the number of late jobs",
    Management Science 15, 1968: all three from memory, unchecked). `"optimal"` uses them; else it goes through all
    subsets (up to 15 jobs for the makespan with changeovers, 18 for weighted tardiness without), and beyond that
    searches and says how far below the best order found the bound is.

    Makespan runs from `now` to the last completion. Weights count in weighted flow time and tardiness alone.

    Convention, when critical ratio and slack are worked out: once, at `now` (default); anew whenever the machine
    is free (`is_updated=True`).

    Convention, utilization of a sequence: run time over flow time, summed over the jobs (default); the machine's own,
    run time over makespan (`sum(s.hours) / s.makespan`).

    Examples
    --------
    >>> jobs = {"A": {"hours": 6, "due": 8}, "B": {"hours": 2, "due": 6}, "C": {"hours": 8, "due": 18},
    ...         "D": {"hours": 3, "due": 15}, "E": {"hours": 9, "due": 23}}
    >>> print(sequence(jobs, "spt"))
    Shortest processing time: B, D, A, C, E.
    Done after 28 hours; mean flow time 13; 3 of 5 late, mean tardiness 1.8.
    >>> print(sequence(jobs, "optimal", objective="number_late"))
    Best order: B, A, D, E, C.
    Number late 1, proven the best: Moore's rule leaves the fewest late.
    """
    case = read_jobs(jobs, now=now, changeovers=changeovers, start_item=start_item)
    number("time_limit", time_limit, "above zero (seconds)", above=0)
    whole("seed", seed, "a whole number, zero or more", low=0)
    if objective is not None:
        choice("objective", objective, OBJECTIVES)
    if not isinstance(rule, str):
        if not isinstance(rule, Iterable):
            raise InputError("rule", rule, "a rule's name, or the jobs in an order")
        return _result(case, case.order(list(rule)), "given", objective, machine)
    choice("rule", rule, (*RULES, "optimal"))
    if rule != "optimal":
        return _result(case, order_by(case, rule, is_updated=is_updated), rule, objective, machine)
    objective = objective or "weighted_tardiness"
    if objective in ("max_lateness", "number_late", "weighted_tardiness") and np.isnan(case.due).all():
        raise InputError("due", None, f"given, since the objective is {objective}")
    best = best_order(case, objective, time_limit=time_limit, seed=seed)
    return _result(case, best.order, rule, objective, machine, best.bound, best.proof)


def compare_rules(
    jobs: Jobs,
    rules: Iterable[str] | None = None,
    *,
    now: float = 0.0,
    changeovers: Changeovers | None = None,
    start_item: str | None = None,
    is_updated: bool = False,
) -> pd.DataFrame:
    """Every rule side by side on the same jobs.

    Parameters
    ----------
    jobs, now, changeovers, start_item, is_updated
        As `sequence` takes them.
    rules
        Some of `SEQUENCE_RULES`; where they are left out, all that these jobs allow: without due dates none that needs them,
        with changeovers or later releases no Moore.

    Returns
    -------
    DataFrame
        One row a rule: rule, name, order (a tuple of jobs), makespan, mean_flow_time (hours), mean_jobs, utilization
        (share), mean_tardiness, max_lateness (hours), n_late, weighted_tardiness, total_setup (hours).

    Raises
    ------
    InputError
        If a rule is unknown, or one that was asked for does not suit the jobs; and as `sequence` does.

    Examples
    --------
    >>> compared = compare_rules({"A": {"hours": 6, "due": 8}, "B": {"hours": 2, "due": 6}}, ["fcfs", "spt"])
    >>> compared[["name", "mean_flow_time", "n_late"]]
                           name  mean_flow_time  n_late
    0  First come, first served             7.0       1
    1  Shortest processing time             5.0       0
    """
    import pandas as pd

    case = read_jobs(jobs, now=now, changeovers=changeovers, start_item=start_item)
    if rules is None:
        chosen = [rule for rule in RULES if why_not(case, rule) is None]
        chosen = [r for r in chosen if r != "least_setup" or case.has_changeovers]
    else:
        chosen = [choice("rules", rule, RULES) for rule in rules]
    figures = (
        "makespan", "mean_flow_time", "mean_jobs", "utilization", "mean_tardiness", "max_lateness", "n_late",
        "weighted_tardiness", "total_setup",
    )  # fmt: skip
    rows = []
    for rule in chosen:
        r = _result(case, order_by(case, rule, is_updated=is_updated), rule, None, "machine")
        rows.append({"rule": rule, "name": r.name, "order": r.order, **{f: getattr(r, f) for f in figures}})
    return pd.DataFrame(rows)


def _result(
    case: JobSet,
    order: Sequence[int],
    rule: str,
    objective: str | None,
    machine: str,
    bound: float | None = None,
    proof: str = "",
) -> JobSequence:
    setups, starts, ends = timetable(case, order)

    def of(values: Any) -> tuple[float, ...]:
        return tuple(float(values[j]) for j in order)

    if objective is not None and bound is None:
        bound, proof = proven_by_rule(case, objective, worth(case, order, objective))
    return JobSequence(
        rule, tuple(case.names[j] for j in order), of(case.hours), tuple(setups), tuple(starts), tuple(ends),
        of(case.release), of(case.due), of(case.weight), case.now, objective, bound, proof, machine=machine,
    )  # fmt: skip
