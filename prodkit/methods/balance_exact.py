"""The optimum of a line balance: fewest stations for a cycle time, least cycle time for a number of stations."""

from __future__ import annotations

import time
from typing import Any, NamedTuple

from .balance_rules import Whole, by_rule, comsoal, least_cycle, least_stations, quick_cycle, slowest
from .balance_search import Verdict, decide

__all__ = ["RULES", "Best", "fewest_stations", "shortest_cycle"]

RULES = ("largest_candidate", "ranked_positional_weight", "kilbridge_wester")
_LOOKS = 12  # a quick look takes this part of the time at the most
_FEW = 5  # tasks at a station


class Best(NamedTuple):
    """Tasks by station, and the bound on what is asked for: stations, or the cycle time."""

    stations: list[list[int]]
    bound: int


def fewest_stations(w: Whole, cycle: int, time_limit: float, seed: int) -> Best:
    """Rules first; a quick look at every number of stations from the bound upward; then one fewer than the best.

    Where there is no balance on so many stations, there is none on fewer.
    """
    end = time.monotonic() + time_limit
    bound = least_stations(w, cycle)
    best = min((by_rule(w, rule, cycle).stations for rule in RULES), key=len)
    if len(best) > bound:
        best = min(best, comsoal(w, cycle, 50, seed, bound).stations, key=len)
    number = bound
    while number < len(best):
        verdict = _settle(w, cycle, number, min(time_limit / _LOOKS, end - time.monotonic()), seed)
        if verdict.stations is not None:
            best = verdict.stations
        elif verdict.is_certain:
            bound = number + 1
        number += 1
    while bound < len(best):
        verdict = _settle(w, cycle, len(best) - 1, end - time.monotonic(), seed)
        if verdict.stations is not None:
            best = verdict.stations
        elif verdict.is_certain:
            bound = len(best)
        else:
            break
    return Best(best, bound)


def shortest_cycle(w: Whole, n_stations: int, time_limit: float, seed: int) -> Best:
    """Rules first; a quick look at the bound, then halving up to the best known; then just below the best."""
    end = time.monotonic() + time_limit
    low = floor = quick_cycle(w, n_stations)
    tries = [least_cycle(w, n_stations, rule) for rule in RULES]
    best = min(tries, key=lambda stations: slowest(w, stations))
    high = slowest(w, best)
    guess = low
    while max(low, floor) < high:
        verdict = _settle(w, guess, n_stations, min(time_limit / _LOOKS, end - time.monotonic()), seed)
        if verdict.stations is not None:
            best, high = verdict.stations, slowest(w, verdict.stations)
        elif verdict.is_certain:
            low = guess + 1
        else:
            floor = guess + 1  # not known: look above it, but claim nothing
        guess = (max(low, floor) + high) // 2
    while low < high:
        verdict = _settle(w, high - 1, n_stations, end - time.monotonic(), seed)
        if verdict.stations is not None:
            best, high = verdict.stations, slowest(w, verdict.stations)
        elif verdict.is_certain:
            low = high
        else:
            break
    return Best(best, low)


def _settle(w: Whole, cycle: int, n_stations: int, seconds: float, seed: int) -> Verdict:
    """Our own search, CP-SAT for a quarter of the time, our search from where it stood.

    The search is quick where a station holds few tasks, and is given a third of the time at once; where it holds many,
    CP-SAT finds a balance sooner, and the search begins with a tenth.
    """
    seconds = max(0.0, seconds)
    end = time.monotonic() + seconds
    share = 1 / 3 if len(w.times) < _FEW * n_stations else 0.1
    first = decide(w, cycle, n_stations, time.monotonic() + share * seconds)
    if first.stations is not None or first.is_certain:
        return first
    verdict = _by_cp_sat(w, cycle, n_stations, seconds / 4, seed)
    if verdict.stations is not None or verdict.is_certain:
        return verdict
    return decide(w, cycle, n_stations, end, first.width)


def _by_cp_sat(w: Whole, cycle: int, n_stations: int, time_limit: float, seed: int) -> Verdict:
    """Each task at one station within its window, none after its followers, no station above the cycle time."""
    try:
        from ortools.sat.python import cp_model
    except ImportError:  # in the browser: our own search goes on
        return Verdict(None, False)
    n = len(w.times)
    heads = [t + sum(w.times[j] for j in w.members(w.pred[i])) for i, t in enumerate(w.times)]
    tails = [t + sum(w.times[j] for j in w.members(w.succ[i])) for i, t in enumerate(w.times)]
    first = [max(0, -(-head // cycle) - 1) for head in heads]
    last = [min(n_stations - 1, n_stations - -(-tail // cycle)) for tail in tails]
    if any(a > b for a, b in zip(first, last, strict=True)):
        return Verdict(None, True)
    model: Any = cp_model.CpModel()
    at = [{s: model.new_bool_var(f"{i}@{s}") for s in range(first[i], last[i] + 1)} for i in range(n)]
    for i in range(n):
        model.add_exactly_one(at[i].values())
    for s in range(n_stations):
        model.add(sum(w.times[i] * at[i][s] for i in range(n) if s in at[i]) <= cycle)
    for j, before in enumerate(w.before):
        for i in before:
            for s in range(first[j], min(last[i], last[j] + 1)):
                early = [x for k, x in at[j].items() if k <= s]
                model.add_at_most_one([*early, *(x for k, x in at[i].items() if k > s)])
    solver: Any = cp_model.CpSolver()
    solver.parameters.max_time_in_seconds = time_limit
    solver.parameters.random_seed = seed
    status = solver.solve(model)
    if status in (cp_model.OPTIMAL, cp_model.FEASIBLE):
        stations: list[list[int]] = [[] for _ in range(n_stations)]
        for i in range(n):
            stations[next(s for s, x in at[i].items() if solver.boolean_value(x))].append(i)
        return Verdict([station for station in stations if station], True)
    return Verdict(None, status == cp_model.INFEASIBLE)
