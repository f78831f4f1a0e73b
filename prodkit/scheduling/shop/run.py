"""Job shop scheduling: a rule first, then CP-SAT from there."""

from __future__ import annotations

import math
import time
from collections.abc import Mapping
from dataclasses import replace
from importlib.util import find_spec
from typing import TYPE_CHECKING

from ..._common import choice, number, whole
from ...plant import Plant
from .dispatch import RULES, STATIC_RULES, Board, dispatch, improve
from .goal import Goal, goal_of, simple_bound, weights_of
from .instance import Instance, build_until_it_fits
from .result import Schedule
from .tables import Shop, read_shop

if TYPE_CHECKING:
    import pandas as pd

__all__ = ["job_shop"]

_FEW_FOR_SOLVER = 100  # operations up to which CP-SAT needs no local search before it
_SEARCH_SHARE = 0.2  # of the time, for that search
_TRIES = 100  # of that search for each unit of work_limit
_FEW = 2_000  # operations up to which rules are tried that look at all that waits, time after time


def job_shop(
    operations: pd.DataFrame | Shop | Plant,
    *,
    jobs: pd.DataFrame | None = None,
    machines: object = None,
    calendar: pd.DataFrame | None = None,
    downtime: pd.DataFrame | None = None,
    changeovers: pd.DataFrame | None = None,
    labor: Mapping[str, float] | pd.DataFrame | None = None,
    absences: pd.DataFrame | None = None,
    begun: pd.DataFrame | None = None,
    now: float = 0.0,
    repeat_hours: float | None = None,
    objective: str | Mapping[str, float] = "makespan",
    method: str = "optimum",
    rule: str = "best",
    time_limit: float = 10.0,
    work_limit: float | None = None,
    workers: int = 1,
    seed: int = 0,
) -> Schedule:
    """When each operation runs, and on which machine.

    Parameters
    ----------
    operations
        job, step (in order), machine, hours; and where they matter family (what a machine must be set up for),
        setup_hours (setup before it, unless the machine comes from the same family), skill, crew (people it takes,
        setup included; 1), move_hours (before the job's next step can begin). Rows of the same job and step are
        machines that can do it instead of each other. Or a `Shop`, or a plant: then as `plant_shop(plant)` reads it.
    jobs
        job, and where they matter release, material (hours from which it may begin, and its material is there), due
        (hours), weight (1).
    machines
        The machines there are, as names, or a table machine, family (that it is set up for now).
    calendar
        resource (a machine), start, end (hours): windows in which it works; see `shift_calendar`. A machine without
        a row always works.
    downtime
        machine, start, end (hours): when it stands for maintenance.
    changeovers
        machine (or blank: all), from_family, to_family, hours: setups where it matters what was before. They stand in
        place of setup_hours.
    labor
        People by skill; or a table skill, people, start, end (hours) for shifts. Without it, people do not limit.
    absences
        skill, people, start, end (hours): how many of those are away.
    begun
        job, step, machine, start, setup_hours (0): operations that have begun. They stay as they are.
    now
        Hour from which anything else can start.
    repeat_hours
        The windows of calendar and labor come again after so many hours: 24, or 168.
    objective
        makespan (hours), weighted_tardiness (hours late by weight), number_late (jobs), setups (hours), or weights of
        several: `{"weighted_tardiness": 1, "setups": 0.5}`.
    method
        `optimum`: CP-SAT goes on from the rule's schedule. `rule`: the rule alone, in milliseconds.
    rule
        fcfs, spt, lpt, edd, slack, cr (critical ratio), mwkr, lwkr (most, least work remaining), wspt, atc (apparent
        tardiness cost), least_setup, or best: the best of all of them
        (beyond 2,000 operations, of those whose order does not change with time).
    time_limit
        Seconds in all. What was found by then comes back; the rule's schedule at the least.
    work_limit
        Limit on the solver's own count of work (about seconds): with one worker, the same answer on every machine.
    workers
        Searches side by side.
    seed
        Of the search.

    Returns
    -------
    Schedule
        `.operations`, `.value`, `.bound`, `.gap`, `.method`, `.is_proved`, `.jobs`, `.late_jobs` (with the reason),
        `.utilization`.

    Raises
    ------
    InputError, PlantError
        If anything is wrong with one or several of the tables, or the calendar ends before the work does.

    Notes
    -----
    Work is not split but by the calendar: an operation pauses while its machine is closed, or fewer people than its
    crew are there, and then goes on. While it pauses, its crew stays with it unless nobody needs to be there: people
    are counted where at least the crew is there and some machine of the skill is open. A setup lies on the same hours
    just before the operation, by the same crew, and can be done before the job arrives; none is needed into a
    job that has begun. Each step waits for the whole of the step before it.

    Times count in whole ticks, the largest in which all of them are whole (an hour, a half ... a minute); where
    none is, hours are rounded up to minutes, and the bound counts in these. Weights count to three decimals.

    With more than 100 operations a local search over priorities comes between the rule and CP-SAT, for 0.2 of the time.
    A model that would be too large (long calendars, many orders far too late) is cut to what ends within 1.1 times the
    schedule begun from; its bound is then not used.
    Where OR-Tools is not installed (in the browser), it takes CP-SAT's place, and says so.
    The bound is then a simple one: each job alone in the shop, each machine with its work without a pause.

    Sources: dispatching rules by their usual definitions, `atc` by Vepsalainen and Morton (1987) with a look-ahead of
    2 (from memory, unchecked); the optimum by OR-Tools CP-SAT.

    Examples
    --------
    >>> import pandas as pd
    >>> work = pd.DataFrame({"job": ["A", "A", "B", "B"], "step": [1, 2, 1, 2],
    ...                      "machine": ["saw", "lathe", "lathe", "saw"], "hours": [3, 2, 2, 4]})
    >>> plan = job_shop(work)
    >>> plan.makespan, plan.bound, plan.method
    (7.0, 7.0, 'optimum')
    >>> plan.operations[["job", "machine", "start", "end"]].to_numpy().tolist()
    [['B', 'lathe', 0.0, 2.0], ['A', 'saw', 0.0, 3.0], ['A', 'lathe', 3.0, 5.0], ['B', 'saw', 3.0, 7.0]]
    """
    begin = time.perf_counter()
    choice("method", method, ("optimum", "rule"))
    choice("rule", rule, (*RULES, "best"))
    limit = number("time_limit", time_limit, "zero or more (seconds)", low=0)
    if work_limit is not None:
        number("work_limit", work_limit, "above zero", above=0)
    whole("workers", workers, "a whole number, 1 or more", low=1)
    whole("seed", seed, "a whole number, zero or more", low=0)
    weights = weights_of(objective)
    if isinstance(operations, (Shop, Plant)):
        shop = operations if isinstance(operations, Shop) else _of_plant(operations)
    else:
        shop = read_shop(
            operations, jobs=jobs, machines=machines, calendar=calendar, downtime=downtime, changeovers=changeovers,
            labor=labor, absences=absences, begun=begun, now=now, repeat_hours=repeat_hours,
        )  # fmt: skip
    instance, (board, name) = build_until_it_fits(shop, lambda i: by_rule(i, goal_of(i, weights), rule))
    goal = goal_of(instance, weights)
    return finish(
        instance, goal, weights, board, name,
        method=method, begin=begin, limit=limit, work_limit=work_limit, workers=workers, seed=seed,
    )  # fmt: skip


def _of_plant(plant: Plant) -> Shop:
    from .plants import plant_shop

    return plant_shop(plant)


def by_rule(instance: Instance, goal: Goal, rule: str) -> tuple[Board, str]:
    """The schedule of a rule, or of the rule that does best, and its name."""
    if rule != "best":
        return dispatch(instance, rule), rule
    names = RULES if instance.n <= _FEW else STATIC_RULES
    found = [(dispatch(instance, name), name) for name in names]
    return min(found, key=lambda f: goal.cost(f[0]))


def finish(
    instance: Instance,
    goal: Goal,
    weights: Mapping[str, float],
    board: Board,
    rule: str,
    *,
    method: str,
    begin: float,
    limit: float,
    work_limit: float | None,
    workers: int,
    seed: int,
    is_compacted: bool = True,
) -> Schedule:
    """Go on from a schedule as far as is asked for, and put the result together."""
    started, label = goal.cost(board), "rule"
    bound = simple_bound(instance, goal)
    if method == "optimum" and bound < started:
        has_solver = find_spec("ortools") is not None
        left = limit - (time.perf_counter() - begin)
        if left > 0 and (instance.n > _FEW_FOR_SOLVER or not has_solver):
            share, tries = (_SEARCH_SHARE, _TRIES) if has_solver else (1.0, 10 * _TRIES)
            n_tries = 10**9 if work_limit is None else max(1, int(tries * work_limit))
            board, label = improve(instance, board, goal.cost, share * left, seed, n_tries), "local search"
        left = limit - (time.perf_counter() - begin)
        if has_solver and left > 0:
            from .model import solve

            answer = solve(
                instance, goal, board,
                seconds=left, workers=workers, seed=seed, work_limit=work_limit, is_compacted=is_compacted,
            )  # fmt: skip
            bound = max(bound, answer.bound)
            if answer.board is not None and goal.cost(answer.board) <= goal.cost(board):
                board, label = answer.board, "best found"
    cost = goal.cost(board)
    if cost <= bound and method == "optimum":
        label = "optimum"
    # Where times are rounded to minutes, so are due dates: what is late is late by what was counted.
    due = [math.inf if d is None else d / instance.per_hour for d in instance.due]
    shop = replace(instance.shop, jobs=instance.shop.jobs.assign(due=due))
    return Schedule(
        operations_of(board), weights, goal.value(cost), goal.value(min(bound, cost)), label, rule, goal.value(started),
        shop, time.perf_counter() - begin,
    )  # fmt: skip


def operations_of(board: Board) -> pd.DataFrame:
    """The table of a schedule, in hours."""
    import numpy as np
    import pandas as pd

    instance = board.instance
    per = float(instance.per_hour)
    out = pd.DataFrame(
        {
            "job": [instance.jobs[j] for j in instance.job],
            "step": instance.step,
            "machine": [
                instance.machines[ways[k][0]] for ways, k in zip(instance.options, board.choice, strict=True)
            ],
            "skill": instance.skill_name,
            "crew": instance.crew_size,
            "setup_start": np.array(board.setup_start) / per,
            "start": np.array(board.start) / per,
            "end": np.array(board.end) / per,
            "setup_hours": np.array(board.setup) / per,
        }
    )
    return out.iloc[np.lexsort((np.arange(len(out)), out["end"], out["start"]))].reset_index(drop=True)
