"""What a schedule of jobs on one machine, or on several alike, is worth: the indicators of the trade."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np

from .._common import spoken
from .single_search import OBJECTIVES

__all__ = ["Indicators"]

_EVEN = 1e-9


@dataclass(frozen=True)
class Indicators:
    """Jobs that were scheduled, and what that is worth. All times in hours, a figure a job in the order of `order`."""

    rule: str
    """By which rule, `optimal`, or `given`."""
    order: tuple[str, ...]
    """The jobs in the order in which they start."""
    hours: tuple[float, ...] = field(repr=False)
    """Run of each."""
    setup_hours: tuple[float, ...] = field(repr=False)
    """Setup before each."""
    start: tuple[float, ...] = field(repr=False)
    """When its run starts, the setup done."""
    completion: tuple[float, ...] = field(repr=False)
    """When it is done."""
    release: tuple[float, ...] = field(repr=False)
    """When it came; `now` where nothing else was said."""
    due: tuple[float, ...] = field(repr=False)
    """When it is due; NaN where it is not."""
    weight: tuple[float, ...] = field(repr=False)
    """What an hour of it counts."""
    now: float = field(repr=False)
    """From when on work can start."""
    objective: str | None
    """What is judged, one of `SEQUENCE_OBJECTIVES`; None: nothing in particular."""
    bound: float | None
    """Proven: nothing has a smaller value of the objective; None without one."""
    proof: str
    """Why nothing is better, in words; empty where that is not proven."""

    @property
    def status(self) -> str:
        """optimal (proven) · feasible (an order, not proven best) · rule (not judged by any objective)."""
        return "rule" if self.objective is None else "optimal" if self.is_optimal else "feasible"

    @property
    def is_optimal(self) -> bool:
        """Whether no order has a smaller value of the objective, proven."""
        return self.objective is not None and bool(self.proof)

    @property
    def value(self) -> float | None:
        """Of the objective; None without one."""
        return None if self.objective is None else float(getattr(self, OBJECTIVES[self.objective]))

    @property
    def gap(self) -> float | None:
        """Distance of the bound from the value, as a share of the value; None without an objective."""
        if self.value is None or self.bound is None:
            return None
        return max(0.0, self.value - self.bound) / max(abs(self.value), _EVEN) if not self.is_optimal else 0.0

    @property
    def flow_time(self) -> tuple[float, ...]:
        """From when each came to when it is done."""
        return tuple(c - r for c, r in zip(self.completion, self.release, strict=True))

    @property
    def lateness(self) -> tuple[float, ...]:
        """Completion less due date, negative where it is early; NaN where none is due."""
        return tuple(c - d for c, d in zip(self.completion, self.due, strict=True))

    @property
    def tardiness(self) -> tuple[float, ...]:
        """Lateness of those that are late, else 0."""
        return tuple(late if late > _EVEN else 0.0 for late in self.lateness)

    @property
    def makespan(self) -> float:
        """From now until the last job is done."""
        return max(self.completion) - self.now

    @property
    def mean_flow_time(self) -> float:
        """A job's mean flow time."""
        return float(sum(self.flow_time)) / len(self.hours)

    @property
    def weighted_flow_time(self) -> float:
        """Sum over the jobs of weight times flow time."""
        return float(np.dot(self.weight, self.flow_time))

    @property
    def mean_jobs(self) -> float:
        """Jobs in the system on average: the sum of flow times over the makespan."""
        return float(sum(self.flow_time)) / self.makespan

    @property
    def utilization(self) -> float:
        """The sum of run times over the sum of flow times (share): how much of a job's stay is work."""
        return float(sum(self.hours)) / float(sum(self.flow_time))

    @property
    def mean_lateness(self) -> float:
        """Of the jobs that have a due date; NaN where none has."""
        due = [late for late in self.lateness if late == late]
        return float(sum(due)) / len(due) if due else float("nan")

    @property
    def max_lateness(self) -> float:
        """The largest lateness; NaN where no job has a due date."""
        return max((late for late in self.lateness if late == late), default=float("nan"))

    @property
    def mean_tardiness(self) -> float:
        """Over all jobs, those on time with 0."""
        return float(sum(self.tardiness)) / len(self.hours)

    @property
    def max_tardiness(self) -> float:
        """The largest tardiness; 0 where no job is late."""
        return max(self.tardiness)

    @property
    def weighted_tardiness(self) -> float:
        """Sum over the jobs of weight times tardiness."""
        return float(np.dot(self.weight, self.tardiness))

    @property
    def n_late(self) -> int:
        """Number of late jobs."""
        return sum(t > 0 for t in self.tardiness)

    @property
    def due_dates(self) -> dict[str, float]:
        """When each job is due (hours), of those that are."""
        return {job: d for job, d in zip(self.order, self.due, strict=True) if d == d}

    def _spoken(self, name: str, listed: Sequence[str]) -> str:
        """Two lines to be read aloud."""
        said = ", ".join(listed[:12]) + (f" and {len(listed) - 12} more" if len(listed) > 12 else "")
        if self.objective is None or self.value is None:
            worth = f"Done after {spoken(self.makespan)} hours; mean flow time {spoken(self.mean_flow_time)}"
            if self.due_dates:
                worth += (
                    f"; {self.n_late} of {len(self.order)} late, mean tardiness {spoken(self.mean_tardiness)}"
                )
            return f"{name}: {said}.\n{worth}."
        worth = f"{self.objective.replace('_', ' ').capitalize()} {spoken(self.value)}"
        if self.is_optimal:
            return f"{name}: {said}.\n{worth}, proven the best: {self.proof}."
        return (
            f"{name}: {said}.\n{worth}, not proven the best: none is below {spoken(self.bound or 0.0)}"
            f" (gap {spoken(100 * (self.gap or 0.0))} %)."
        )
