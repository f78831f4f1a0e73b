"""The best order of one machine: by a rule where one is proven, through all subsets where there are few jobs, else by
search, with a bound beside it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np

from .setups_model import search_model
from .single_bounds import grain, priced_bound, raised
from .single_rules import RULES, moore, order_by, why_not
from .single_subsets import MOST_FOR_SETUPS, MOST_FOR_TARDINESS, least_makespan, least_tardiness

if TYPE_CHECKING:
    from .single_jobs import JobSet

__all__ = ["OBJECTIVES", "BestOrder", "best_order", "improved", "proven_by_rule", "shortened", "worth"]

OBJECTIVES = {
    "makespan": "makespan",
    "weighted_flow_time": "weighted_flow_time",
    "max_lateness": "max_lateness",
    "number_late": "n_late",
    "weighted_tardiness": "weighted_tardiness",
}
_MOST_TRIES = 30_000  # orders that the search without a solver looks at, and for each pair of jobs
_TRIES_A_PAIR = 100
_SAME = 1e-9
_PROVEN = 1e-5  # share of the value at which a bound counts as reached
_REASONS = {
    "makespan": "the machine never stands while a job is there, and no order saves setup",
    "weighted_flow_time": "the smallest hours over weight first has the least",
    "max_lateness": "the earliest due date first has the smallest",
    "number_late": "Moore's rule leaves the fewest late",
}


@dataclass(frozen=True)
class BestOrder:
    """Places of the jobs, the bound on the objective, and why no order is better (empty: not proven)."""

    order: list[int]
    bound: float
    proof: str


def worth(case: JobSet, order: Sequence[int], objective: str) -> float:
    """The objective of an order."""
    return _scorer(case, objective)(list(order))


def _scorer(case: JobSet, objective: str) -> Callable[[list[int]], float]:
    """The objective as a function of the order, on plain lists: it is called many thousand times."""
    setup, hours = case.setup.tolist(), case.hours.tolist()
    release, weight = case.release.tolist(), case.weight.tolist()
    due = [d if d == d else float("inf") for d in case.due.tolist()]

    def score(order: list[int]) -> float:
        clock, last, total, worst = case.now, case.n, 0.0, -float("inf")
        for j in order:
            if release[j] > clock:
                clock = release[j]
            clock += setup[last][j] + hours[j]
            last = j
            late = clock - due[j]
            if late > worst:
                worst = late
            if objective == "weighted_tardiness":
                if late > _SAME:
                    total += weight[j] * late
            elif objective == "number_late":
                total += late > _SAME
            elif objective == "weighted_flow_time":
                total += weight[j] * (clock - release[j])
        if objective == "makespan":
            return clock - case.now
        return worst if objective == "max_lateness" else total

    return score


def shortened(case: JobSet) -> JobSet:
    """The same jobs, all there at the start, each with the shortest setup that it can have: none is done later."""
    others = case.setup.copy()
    np.fill_diagonal(others[:-1], np.inf)
    least = np.tile(others.min(axis=0), (case.n + 1, 1))
    return replace(case, setup=least, release=np.full(case.n, case.now))


def proven_by_rule(case: JobSet, objective: str, value: float) -> tuple[float, str]:
    """A bound that a rule proves, and why the value is the best where it reaches the bound."""
    easy = shortened(case)
    is_same = case.all_here and not case.has_changeovers
    if objective == "makespan":
        bound = _shortest_makespan(case, easy)
        is_same = not case.has_changeovers
    elif objective == "weighted_tardiness":
        alone = (
            np.maximum(case.release, case.now) + easy.time - np.where(np.isnan(case.due), np.inf, case.due)
        )
        by_due = order_by(easy, "edd") if not np.isnan(case.due).all() else list(range(case.n))
        worst = max(0.0, worth(easy, by_due, "max_lateness"))
        bound = max(float(case.weight @ np.maximum(alone, 0.0)), float(case.weight.min()) * worst)
        return bound, "no job is late" if value <= _SAME else _reached(value, bound)
    elif objective == "number_late":
        bound = float(len(moore(easy)[1]))
    elif objective == "max_lateness":
        bound = worth(easy, order_by(easy, "edd"), objective) if not np.isnan(case.due).all() else -np.inf
    else:
        waited = case.weight @ (case.now - case.release)  # before now, less what comes after it
        each = float(case.weight @ (np.maximum(case.now - case.release, 0.0) + easy.time))
        bound = max(each, worth(easy, order_by(easy, "wspt"), objective) + float(waited))
    proof = _reached(value, bound)
    return bound, _REASONS[objective] if proof and is_same else proof


def _reached(value: float, bound: float) -> str:
    return "it reaches the bound" if value <= bound + _SAME * max(1.0, abs(value)) else ""


def _shortest_makespan(case: JobSet, easy: JobSet) -> float:
    """The work of all that come no sooner, from when the first of them is there; with setups, the cheapest changes."""
    by_release = np.argsort(case.release, kind="stable")
    times = easy.time[by_release]
    rest = np.cumsum(times[::-1])[::-1]
    bound = float((np.maximum(case.release[by_release], case.now) + rest).max()) - case.now
    if case.has_changeovers:
        from scipy.optimize import linear_sum_assignment

        # Each job follows another or the start; each is followed by one other or nothing.
        n = case.n
        cost = np.zeros((n + 1, n + 1))
        cost[:, :n] = case.setup
        np.fill_diagonal(cost, 1e9)
        rows, columns = linear_sum_assignment(cost)
        bound = max(bound, float(case.hours.sum() + cost[rows, columns].sum()) if n > 1 else bound)
    return bound


def best_order(case: JobSet, objective: str, *, time_limit: float, seed: int) -> BestOrder:
    """The best order that is found, and what is proven of it."""
    is_plain = case.all_here and not case.has_changeovers
    rules = {"makespan": "fcfs", "weighted_flow_time": "wspt", "max_lateness": "edd", "number_late": "moore"}
    if objective in rules and (is_plain or (objective == "makespan" and not case.has_changeovers)):
        order = order_by(case, rules[objective])
        bound, proof = proven_by_rule(case, objective, worth(case, order, objective))
        return BestOrder(order, bound, proof)
    if objective == "makespan" and case.n <= MOST_FOR_SETUPS:
        order = least_makespan(case)
        return BestOrder(order, worth(case, order, objective), "every subset of the jobs was gone through")
    groups = _alike(case) if objective == "makespan" and case.all_here else []
    if 0 < len(groups) < case.n:
        tour = best_order(_of_groups(case, groups), objective, time_limit=time_limit, seed=seed)
        more = float(case.hours.sum() - case.hours[[group[0] for group in groups]].sum())
        order = [j for g in tour.order for j in groups[g]]
        return BestOrder(order, tour.bound + more, "the jobs of an item run together" if tour.proof else "")
    if objective == "weighted_tardiness" and is_plain and case.n <= MOST_FOR_TARDINESS:
        order = least_tardiness(case)
        return BestOrder(order, worth(case, order, objective), "every subset of the jobs was gone through")
    starts = [order_by(case, rule) for rule in RULES if why_not(case, rule) is None]
    order = improved(starts, _scorer(case, objective), seed)
    value = worth(case, order, objective)
    step = grain(case, objective)
    bound = raised(proven_by_rule(case, objective, value)[0], step)
    if objective not in ("makespan", "max_lateness") and value > bound + _SAME:
        bound = max(bound, raised(priced_bound(case, objective, value), step))
    reason = "it reaches the bound"
    if value > bound + _SAME:
        found = search_model(case, objective, order, time_limit=time_limit, seed=seed)
        reason = "the solver's bound has reached it"
        if found is not None:
            order = min(order, found.order, key=_scorer(case, objective))
            value = worth(case, order, objective)
            bound = max(bound, raised(found.bound, step))
    is_proven = value <= bound + _PROVEN * max(1.0, abs(value))
    return BestOrder(order, min(bound, value), reason if is_proven else "")


def _alike(case: JobSet) -> list[list[int]]:
    """Jobs that follow one another without a setup, grouped; none where a detour could save setup."""
    setup, n = case.setup, case.n
    groups: list[list[int]] = []
    for j in range(n):
        for group in groups:
            i = group[0]
            if (
                setup[i, j] == setup[j, i] == 0
                and (setup[:, i] == setup[:, j]).all()
                and (setup[i] == setup[j]).all()
            ):
                group.append(j)
                break
        else:
            groups.append([j])
    heads = [group[0] for group in groups]
    short = setup[heads][:, heads]  # the start may detour: of two runs of an item the later one is given up
    ways = short[:, :, None] + short[None, :, :]  # by way of one in between
    is_direct = (ways.min(axis=1) >= short - _SAME).all()
    return groups if is_direct else []


def _of_groups(case: JobSet, groups: list[list[int]]) -> JobSet:
    """The first job of each group, in place of all."""
    heads = [group[0] for group in groups]
    names = tuple(case.names[j] for j in heads)
    columns = {
        name: getattr(case, name)[heads]
        for name in ("hours", "due", "release", "weight", "remaining", "operations")
    }
    return replace(case, names=names, setup=case.setup[[*heads, case.n]][:, heads], **columns)


def improved(
    starts: list[list[int]], score: Callable[[list[int]], float], seed: int, *, tries: int = _MOST_TRIES
) -> list[int]:
    """The best of these orders, made better by moving a job elsewhere and by shuffling a few."""
    best = min(starts, key=score)
    n, best_value = len(best), score(best)
    rng, tries = np.random.default_rng(seed), min(tries, _TRIES_A_PAIR * n * n)
    tried, current, value = 0, list(best), best_value
    while tried < tries and n > 1:
        is_better = True
        while is_better and tried < tries:
            is_better = False
            for j in rng.permutation(n).tolist():
                rest = [i for i in current if i != j]
                reached, k = min((score([*rest[:k], j, *rest[k:]]), k) for k in range(n))
                tried += n
                if reached < value - _SAME:
                    current, value, is_better = [*rest[:k], j, *rest[k:]], reached, True
                if tried >= tries:
                    break
        if value < best_value - _SAME:
            best, best_value = list(current), value
        current = list(best)
        for _ in range(3):
            a, b = rng.integers(0, n, 2).tolist()
            current.insert(b, current.pop(a))
        value = score(current)
    return best
