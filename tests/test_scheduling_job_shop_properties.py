"""Random shops: every schedule passes the independent checker, bounds hold, hints are whole, repairs stay sound."""

from __future__ import annotations

import random
from itertools import permutations
from typing import Any

import numpy as np
import pandas as pd
import pytest
from schedule_oracle import faults

from prodkit.scheduling import (
    MachineDown,
    OperationLonger,
    OperatorAbsent,
    OrderCancelled,
    RushOrder,
    check_schedule,
    job_shop,
    read_shop,
    reschedule,
    shift_calendar,
)
from prodkit.scheduling.shop.dispatch import RULES
from prodkit.scheduling.shop.goal import goal_of
from prodkit.scheduling.shop.instance import build, build_until_it_fits
from prodkit.scheduling.shop.model import model_of
from prodkit.scheduling.shop.run import by_rule

OBJECTIVES: tuple[Any, ...] = (
    "makespan",
    "weighted_tardiness",
    "number_late",
    "setups",
    {"makespan": 1, "weighted_tardiness": 0.5, "number_late": 3, "setups": 1},
)


def random_shop(seed: int) -> tuple[pd.DataFrame, dict[str, Any], Any]:
    """Operations, the other tables, and an objective: each feature of a shop is there in some of them."""
    r = random.Random(seed)
    machines = [f"M{i}" for i in range(r.randint(2, 4))]
    is_whole, has_setups, has_skills, has_families = (r.random() < 0.6 for _ in range(4))
    is_mixed = r.random() < 0.3

    def hours(low: int, high: int) -> float:
        return r.randint(low, high) if is_whole else round(r.uniform(low, high), 2)

    rows = []
    names = [f"J{j}" for j in range(r.randint(2, 6))]
    skill_of = {m: r.choice(["weld", "paint", ""]) for m in machines}
    for name in names:
        for step in range(1, r.randint(1, 4) + 1):
            ways = r.sample(machines, r.choice([1, 1, 1, 2]))
            skill = r.choice(["weld", "paint", ""]) if is_mixed else skill_of[ways[0]]
            crew, family = r.choice([1, 1, 2, 0.5]), r.choice("fgh")
            setup, move = hours(0, 2) if has_setups else 0, hours(0, 2) if r.random() < 0.2 else 0
            rows += [
                (
                    name,
                    10 * step,
                    m,
                    hours(1, 9),
                    family * has_families,
                    setup,
                    skill * has_skills,
                    crew,
                    move,
                )
                for m in ways
            ]
    columns = ["job", "step", "machine", "hours", "family", "setup_hours", "skill", "crew", "move_hours"]
    operations = pd.DataFrame(rows, columns=columns)
    release = [hours(0, 10) for _ in names]
    jobs = pd.DataFrame({"job": names, "release": release, "due": [t + hours(5, 40) for t in release],
                         "weight": [r.choice([1, 2, 0.5]) for _ in names]})  # fmt: skip
    tables: dict[str, Any] = {"jobs": jobs, "machines": machines}
    if has_setups and has_families:
        pairs = [
            (r.choice([*machines, ""]), a, b, hours(0, 4)) for a in "fgh" for b in "fgh" if r.random() < 0.6
        ]
        columns = ["machine", "from_family", "to_family", "hours"]
        tables["changeovers"] = pd.DataFrame(pairs or [("", "f", "g", 1)], columns=columns)
    if r.random() < 0.6:
        shift = {"shift": ["a"], "start_hour": [6], "end_hour": [14], "break_min": [r.choice([0, 30, 60])]}
        tables["calendar"] = shift_calendar(
            r.sample(machines, max(1, len(machines) // 2)), pd.DataFrame(shift), days=1
        )
        tables["repeat_hours"] = 24
    if has_skills and r.random() < 0.5:
        tables["labor"] = {"weld": 2, "paint": 3}
    elif has_skills:
        tables["labor"] = pd.DataFrame({"skill": ["weld", "weld", "paint", "paint"], "people": [3, 2, 2, 1],
                                        "start": [6, 14, 6, 14], "end": [14, 22, 14, 22]})  # fmt: skip
        tables["repeat_hours"] = 24
    if r.random() < 0.3:
        tables["downtime"] = pd.DataFrame(
            {"machine": [machines[0]], "start": [hours(1, 8)], "end": [hours(10, 14)]}
        )
    if r.random() < 0.3:
        first = operations[operations["step"] == 10].drop_duplicates("machine").drop_duplicates("job").head(2)
        tables["begun"] = first[["job", "step", "machine"]].assign(
            start=[-hours(0, 4) for _ in range(len(first))]
        )
        tables["jobs"] = jobs.assign(release=np.where(jobs["job"].isin(first["job"]), 0, jobs["release"]))
    return operations, tables, r.choice(OBJECTIVES)


def figures(plan: Any, n_moved: int = 0) -> float:
    real = {"makespan": plan.makespan, "weighted_tardiness": plan.weighted_tardiness, "number_late": plan.n_late,
            "setups": plan.setup_hours, "moved": n_moved}  # fmt: skip
    return float(sum(weight * real[name] for name, weight in plan.objective.items()))


@pytest.mark.parametrize("seed", range(60))
def test_schedules_of_random_shops_can_be_carried_out(seed: int) -> None:
    operations, tables, objective = random_shop(seed)
    rule = RULES[seed % len(RULES)]
    values = []
    for options in ({"method": "rule", "rule": rule}, {"time_limit": 20, "work_limit": 0.05}):
        plan = job_shop(operations, objective=objective, **tables, **options)
        assert faults(plan.shop, plan.operations, 1 / build(plan.shop).per_hour) == []
        assert check_schedule(plan) == []
        assert plan.bound <= plan.value + 1e-9
        assert figures(plan) == pytest.approx(plan.value, abs=1e-6)
        assert (plan.utilization["share"] <= 1 + 1e-9).all()
        assert len(plan.late_jobs) == plan.n_late
        values.append((plan.bound, plan.value))
    assert values[1][1] <= values[0][1] + 1e-9  # the search is never worse than a rule
    assert max(v[0] for v in values) <= min(v[1] for v in values) + 1e-9  # nor a bound above any schedule


@pytest.mark.parametrize("seed", range(60))
def test_the_solver_is_begun_with_the_whole_of_a_schedule(seed: int) -> None:
    from ortools.sat.python import cp_model

    operations, tables, objective = random_shop(seed)
    instance, (board, _) = build_until_it_fits(
        read_shop(operations, **tables), lambda i: by_rule(i, goal_of(i, objective), "best")
    )
    goal = goal_of(instance, objective)
    solver = cp_model.CpSolver()
    solver.parameters.fix_variables_to_their_hinted_value = True
    solver.parameters.num_workers = 1
    assert solver.status_name(solver.solve(model_of(instance, goal, board))) == "OPTIMAL"
    assert solver.objective_value == goal.cost(board)


@pytest.mark.parametrize("seed", range(40))
def test_the_checker_and_the_oracle_agree_on_spoiled_schedules(seed: int) -> None:
    operations, tables, objective = random_shop(seed)
    plan = job_shop(operations, objective=objective, method="rule", **tables)
    r = random.Random(seed)
    table, row = plan.operations.copy(), r.randrange(len(plan.operations))
    kind = ("shift", "end", "machine", "drop", "twice")[seed % 5]
    if kind == "shift":
        table.loc[row, ["setup_start", "start", "end"]] += r.choice([-3.0, -1.0, 1.0, 2.0])
    elif kind == "end":
        table.loc[row, "end"] += r.choice([-0.5, 2.0])
    elif kind == "machine":
        table.loc[row, "machine"] = r.choice(tables["machines"])
    elif kind == "drop":
        table = table.drop(row)
    else:
        table = pd.concat([table, table.iloc[[row]]], ignore_index=True)
    found = faults(plan.shop, table, 1 / build(plan.shop).per_hour)
    assert bool(check_schedule(table, plan.shop)) == bool(found), found
    if kind in ("end", "drop", "twice"):
        assert found


@pytest.mark.parametrize("seed", range(40))
def test_mended_schedules_can_be_carried_out(seed: int) -> None:
    operations, tables, objective = random_shop(seed)
    plan = job_shop(operations, objective=objective, method="rule", **tables)
    r = random.Random(seed)
    now = max(0.0, r.choice([0, 3, 7.5, plan.makespan / 2]))
    machine = str(plan.operations["machine"].iloc[-1])
    rush = pd.DataFrame({"step": [1, 2], "machine": [machine, tables["machines"][0]], "hours": [2, 3]})
    events: list[Any] = [MachineDown(machine, now, now + 8), RushOrder("R", rush, due=now + 10, weight=3)]
    left = plan.operations[plan.operations["end"] > now]
    events.append(OperationLonger(left["job"].iloc[0], left["step"].iloc[0], 12))
    if "weld" in set(plan.shop.labor["skill"]):
        events.append(OperatorAbsent("weld", now, now + 20))
    events.append(OrderCancelled("J0"))
    for event in events:
        mended = reschedule(plan, event, now=now, stability=r.choice([0, 0.5, 10]), method="rule")
        new = mended.schedule
        assert faults(new.shop, new.operations, 1 / build(new.shop).per_hour) == []
        assert check_schedule(new) == []
        assert figures(new, len(mended.moved)) == pytest.approx(new.value, abs=1e-6)
        stayed = plan.operations[plan.operations["start"] < now].merge(
            new.operations, on=["job", "step"], suffixes=("", "_new")
        )
        begun = new.shop.begun[new.shop.begun["start"] < now]
        assert set(begun["job"]) <= set(stayed["job"])
        kept = stayed.merge(begun[["job", "step"]], on=["job", "step"])
        assert (kept["start"] == kept["start_new"]).all()
        assert (kept["machine"] == kept["machine_new"]).all()


def test_small_shops_against_every_order() -> None:
    """Two jobs a machine order: the least makespan over all orders of the operations is what is proved."""
    rng = np.random.default_rng(5)
    for _ in range(8):
        rows = [
            (f"J{j}", s, f"M{m}", int(rng.integers(1, 9)))
            for j in range(3)
            for s, m in enumerate(rng.permutation(2))
        ]
        table = pd.DataFrame(rows, columns=["job", "step", "machine", "hours"])
        least = min(_semi_active(rows, order) for order in set(permutations([0, 0, 1, 1, 2, 2])))
        plan = job_shop(table)
        assert (plan.value, plan.is_proved) == (least, True)


def _semi_active(rows: list[tuple[str, int, str, int]], order: tuple[int, ...]) -> int:
    at, free, ready = [0, 0, 0], {}, [0, 0, 0]
    for job in order:
        _, _, machine, hours = rows[2 * job + at[job]]
        end = max(ready[job], free.get(machine, 0)) + hours
        at[job], free[machine], ready[job] = at[job] + 1, end, end
    return max(ready)
