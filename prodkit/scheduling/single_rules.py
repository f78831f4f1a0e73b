"""Sequencing rules of one machine: in which order each runs the jobs, and when they are then done."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

import numpy as np

from ..errors import InputError

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from .single_jobs import JobSet

    Index = Callable[[float, int], NDArray[np.float64]]

__all__ = ["RULES", "RULE_NAMES", "WITH_DUE", "moore", "order_by", "timetable", "urgencies", "why_not"]

RULE_NAMES = {
    "fcfs": "First come, first served",
    "spt": "Shortest processing time",
    "lpt": "Longest processing time",
    "edd": "Earliest due date",
    "wspt": "Weighted shortest processing time",
    "cr": "Critical ratio",
    "slack": "Least slack",
    "slack_per_operation": "Least slack per operation",
    "moore": "Moore",
    "least_setup": "Least setup next",
    "atc": "Apparent tardiness cost",
}
RULES = tuple(RULE_NAMES)
WITH_DUE = ("edd", "cr", "slack", "slack_per_operation", "moore", "atc")
_LOOK_AHEAD = 2.0  # mean times that atc looks ahead, the usual middle of what is tried


def why_not(case: JobSet, rule: str) -> InputError | None:
    """What keeps these jobs from being put in order by the rule, if anything does."""
    if rule in WITH_DUE and np.isnan(case.due).all():
        return InputError("due", None, f"given, since the rule is {rule}")
    if rule == "moore" and (case.has_changeovers or not case.all_here):
        expected = (
            "another, since moore knows no changeovers and no later releases; 'optimal' by number_late does"
        )
        return InputError("rule", rule, expected)
    return None


def order_by(case: JobSet, rule: str, *, is_updated: bool = False) -> list[int]:
    """Places of the jobs in the order of the rule."""
    fault = why_not(case, rule)
    if fault:
        raise fault
    if rule == "moore":
        on_time, late = moore(case)
        return [*on_time, *late]
    index, is_fixed = _index(case, rule, is_updated)
    if is_fixed and case.all_here:
        places: list[int] = np.argsort(_even(index(case.now, case.n)), kind="stable").tolist()
        return places
    return _dispatch(case, index)


def moore(case: JobSet) -> tuple[list[int], list[int]]:
    """Moore and Hodgson: those on time, by due date, and those put off to the end, by due date."""
    due = np.where(np.isnan(case.due), np.inf, case.due)
    time = case.time
    kept: list[int] = []
    late: list[int] = []
    clock = case.now
    by_due = np.argsort(due, kind="stable").tolist()
    for j in by_due:
        kept.append(j)
        clock += float(time[j])
        if clock > due[j] + 1e-9:
            longest = max(kept, key=lambda i: time[i])  # the first of equals
            kept.remove(longest)
            late.append(longest)
            clock -= float(time[longest])
    return kept, [j for j in by_due if j in set(late)]


def timetable(case: JobSet, order: Sequence[int]) -> tuple[list[float], list[float], list[float]]:
    """Setup hours, start of the run and completion of each job in this order, none before its release."""
    clock, last = case.now, case.n
    setups, starts, ends = [], [], []
    setup, hours, release = case.setup, case.hours, case.release
    for j in order:
        change = float(setup[last, j])
        start = max(clock, float(release[j])) + change
        clock = start + float(hours[j])
        setups.append(change)
        starts.append(start)
        ends.append(clock)
        last = j
    return setups, starts, ends


def urgencies(case: JobSet, clock: float) -> dict[str, NDArray[np.float64]]:
    """Time left of each job, critical ratio, slack, and slack per operation, at this hour."""
    left = case.due - clock
    slack = left - case.remaining
    return {
        "time_left": left,
        "critical_ratio": left / case.remaining,
        "slack": slack,
        "slack_per_operation": slack / case.operations,
    }


def _even(values: NDArray[np.float64]) -> NDArray[np.float64]:
    """Without the last digits, so that equals are equal; a job that has no figure is last."""
    return np.round(np.where(np.isnan(values), np.inf, values), 9).astype(np.float64)


def _dispatch(case: JobSet, index: Index) -> list[int]:
    """Whenever the machine is free: of the jobs that are there, the one with the smallest index."""
    left = np.ones(case.n, dtype=bool)
    clock, last = case.now, case.n
    order: list[int] = []
    for _ in range(case.n):
        clock = max(clock, float(case.release[left].min()))
        here = left & (case.release <= clock + 1e-12)
        j = int(np.argmin(np.where(here, _even(index(clock, last)), np.inf)))
        if not here[j]:
            j = int(np.flatnonzero(here)[0])
        order.append(j)
        left[j] = False
        clock += float(case.setup[last, j] + case.hours[j])
        last = j
    return order


def _index(case: JobSet, rule: str, is_updated: bool) -> tuple[Index, bool]:
    """What the rule looks at, smallest first, and whether it stays as it is while jobs are done."""
    time = case.hours if case.has_changeovers else case.time
    if rule in ("cr", "slack", "slack_per_operation"):
        name = "critical_ratio" if rule == "cr" else rule
        return (lambda clock, last: urgencies(case, clock if is_updated else case.now)[name]), not is_updated
    if rule == "least_setup":
        return (lambda clock, last: case.setup[last]), False
    if rule == "atc":
        return _tardiness_cost(case), False
    with np.errstate(divide="ignore"):
        fixed = {
            "fcfs": case.release,
            "spt": time,
            "lpt": -time,
            "edd": case.due,
            "wspt": np.where(case.weight > 0, time / case.weight, np.inf),
        }[rule]
    return (lambda clock, last: fixed), True


def _tardiness_cost(case: JobSet) -> Index:
    ahead = _LOOK_AHEAD * float(case.hours.mean())
    mean_setup = float(case.setup.mean())

    def index(clock: float, last: int) -> NDArray[np.float64]:
        slack = np.maximum(np.where(np.isnan(case.due), np.inf, case.due) - case.hours - clock, 0.0)
        worth = case.weight / case.hours * np.exp(-slack / ahead)
        if mean_setup > 0 and case.has_changeovers:
            worth = worth * np.exp(-case.setup[last] / mean_setup)
        largest = float(worth.max())
        scaled: NDArray[np.float64] = -worth / largest if largest > 0 else slack
        return scaled

    return index
