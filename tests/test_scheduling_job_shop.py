"""Job shops: published instances, the plants, bad input, and what a result says."""

from __future__ import annotations

import json
from pathlib import Path

import pandas as pd
import pytest
from schedule_oracle import faults

from prodkit.errors import InputError, PlantError
from prodkit.plant import Plant
from prodkit.scheduling import (
    MachineDown,
    OperationLonger,
    OperatorAbsent,
    OrderCancelled,
    RushOrder,
    check_schedule,
    job_shop,
    late_jobs,
    plant_shop,
    read_shop,
    reschedule,
    shift_calendar,
)

HERE = Path(__file__).parent
CASES = {c["id"]: c for c in json.loads((HERE / "published_cases.json").read_text("utf-8"))}
# Proven optima, as the collection of the instances lists them.
OPTIMA = {"ft06": 55, "ft10": 930, "ft20": 1165, "la01": 666, "la02": 655, "la03": 597, "la04": 590, "la05": 593,
          "la16": 945, "la21": 1046, "abz5": 1234, "orb01": 1059}  # fmt: skip


def instance(name: str) -> pd.DataFrame:
    lines = [
        line.split()
        for line in (HERE / "jsplib" / name).read_text("utf-8").splitlines()
        if line.strip() and not line.startswith("#")
    ]
    rows = [
        (f"J{j:02d}", step + 1, f"M{line[2 * step]}", int(line[2 * step + 1]))
        for j, line in enumerate(lines[1:])
        for step in range(len(line) // 2)
    ]
    return pd.DataFrame(rows, columns=["job", "step", "machine", "hours"])


def work(*rows: tuple[object, ...], columns: str = "job step machine hours") -> pd.DataFrame:
    return pd.DataFrame(list(rows), columns=columns.split())


def test_every_instance_of_the_collection_is_here() -> None:
    assert set(OPTIMA) == {p.name for p in (HERE / "jsplib").iterdir()}


@pytest.mark.parametrize("name", sorted(OPTIMA))
def test_instances_bound_and_value_lie_about_the_optimum(name: str) -> None:
    plan = job_shop(instance(name), time_limit=60, work_limit=0.2)
    assert faults(plan.shop, plan.operations) == []
    assert plan.bound <= OPTIMA[name] <= plan.value == plan.makespan
    assert plan.value <= plan.rule_value
    if name in ("ft06", "la01", "la02", "la03", "la04", "la05"):
        assert (plan.value, plan.method, plan.status, plan.is_proved) == (
            OPTIMA[name],
            "optimum",
            "optimal",
            True,
        )


def test_published_ten_by_ten() -> None:
    case = CASES["SCH-JSP-FT10"]
    rows = [
        (f"J{j}", step, f"M{machine}", hours)
        for j, (hours_of, machines) in enumerate(
            zip(case["inputs"]["duration_matrix"], case["inputs"]["machines_matrix"], strict=True)
        )
        for step, (hours, machine) in enumerate(zip(hours_of, machines, strict=True))
    ]
    assert {tuple(r) for r in instance("ft10")[["step", "machine", "hours"]].to_numpy().tolist()} == {
        (s + 1, m, h) for _, s, m, h in rows
    }
    plan = job_shop(work(*rows), time_limit=60, work_limit=0.2)
    assert plan.bound <= next(iter(case["expected"].values())) <= plan.value


@pytest.mark.parametrize("name", Plant.samples())
@pytest.mark.parametrize("objective", ["makespan", "weighted_tardiness"])
def test_open_orders_of_every_plant(name: str, objective: str) -> None:
    shop = plant_shop(Plant.sample(name), weeks=1)
    plan = job_shop(shop, objective=objective, time_limit=20, work_limit=0.1)
    assert faults(shop, plan.operations, 1 / 60) == []
    assert plan.bound <= plan.value + 1e-9 <= plan.rule_value + 2e-9
    late = late_jobs(plan)
    assert len(late) == plan.n_late
    assert set(late["reason"]) <= {"machine", "labor", "material", "no time left"}
    assert (plan.utilization["share"] <= 1 + 1e-9).all()


def test_a_schedule_by_hand_with_setups_people_and_a_break() -> None:
    """Worked out on paper: day shift 8 to 16 with a break from 12 to 13."""
    shifts = pd.DataFrame({"shift": ["day"], "start_hour": [8], "end_hour": [16], "break_min": [60]})
    table = work(
        ("A", 1, "saw", 3, "red", 1, "cut"), ("B", 1, "saw", 2, "blue", 1, "cut"), ("B", 2, "mill", 1, "", 0, "cut"),
        columns="job step machine hours family setup_hours skill",
    )  # fmt: skip
    plan = job_shop(
        table,
        calendar=shift_calendar(["saw", "mill"], shifts, days=1),
        repeat_hours=24,
        changeovers=pd.DataFrame(
            {"from_family": ["red", "blue"], "to_family": ["blue", "red"], "hours": [2, 1]}
        ),
        labor={"cut": 1},
        jobs=pd.DataFrame({"job": ["A", "B"], "due": [20, 30]}),
    )
    # B first: setup 8, run 9 to 11; change 1 hour; A runs 13 to 16. Its last step waits for the one person: 32 to 33,
    # or after B on the saw, 11 to 12, and A on the saw is set up from 13 and done at 8 + 24 + 1.
    assert (plan.makespan, plan.is_proved) == (33.0, True)
    assert plan.setup_hours == 2.0
    assert check_schedule(plan) == []
    assert set(plan.bars["kind"]) == {"run", "setup"}
    assert plan.due_dates == {"A": 20.0, "B": 30.0}


def test_why_a_job_is_late() -> None:
    jobs = pd.DataFrame(
        {
            "job": ["big", "waits", "behind", "nobody"],
            "due": [5, 10, 8, 6],
            "material": [0, 9, 0, 0],
            "weight": [9, 1, 1, 1],
        }
    )
    table = work(
        ("big", 1, "saw", 7, ""), ("waits", 1, "mill", 3, ""), ("behind", 1, "saw", 4, ""),
        ("other", 1, "brake", 4, "weld"), ("nobody", 1, "press", 5, "weld"),
        columns="job step machine hours skill",
    )  # fmt: skip
    jobs = pd.concat([jobs, pd.DataFrame({"job": ["other"], "due": [4], "material": [0], "weight": [5]})])
    plan = job_shop(table, jobs=jobs, labor={"weld": 1}, method="rule", rule="edd")
    why = dict(zip(plan.late_jobs["job"], plan.late_jobs["reason"], strict=True))
    assert why == {"big": "no time left", "waits": "material", "behind": "machine", "nobody": "labor"}
    detail = dict(zip(plan.late_jobs["job"], plan.late_jobs["detail"], strict=True))
    assert detail["behind"] == "waited 7 hours for saw, behind big"
    assert detail["nobody"] == "waited 4 hours for people with the skill weld"
    assert detail["waits"] == "its material comes at 9, too late by 2 hours"


def test_objectives_and_what_the_result_says() -> None:
    table = work(
        ("A", 1, "saw", 4, "x"),
        ("B", 1, "saw", 2, "y"),
        ("C", 1, "saw", 3, "x"),
        columns="job step machine hours family",
    )
    changes = pd.DataFrame({"from_family": ["x", "y"], "to_family": ["y", "x"], "hours": [2, 2]})
    jobs = pd.DataFrame({"job": ["A", "B", "C"], "due": [4, 2, 9]})
    kept = {"jobs": jobs, "changeovers": changes}
    setups = job_shop(table, objective="setups", **kept)
    assert (setups.value, setups.n_setups, setups.is_proved) == (2.0, 1, True)
    late = job_shop(table, objective="number_late", **kept)
    assert (late.value, late.n_late) == (1.0, 1)
    mixed = job_shop(table, objective={"makespan": 1, "number_late": 10}, **kept)
    assert mixed.value == mixed.makespan + 10 * mixed.n_late
    assert "proved the best" in str(setups)
    assert (
        str(job_shop(table, method="rule", rule="fcfs", **kept))
        .splitlines()[0]
        .endswith("by the rule fcfs, not proved.")
    )


def test_a_time_limit_too_short_gives_the_rule_s_answer_and_says_so() -> None:
    plan = job_shop(instance("la21"), time_limit=0)
    assert (plan.method, plan.status, plan.value) == ("rule", "feasible", plan.rule_value)
    assert plan.bound < plan.value
    assert "by the rule" in str(plan)
    assert faults(plan.shop, plan.operations) == []


def test_without_ortools_a_local_search_takes_over_and_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    from prodkit.scheduling.shop import run

    monkeypatch.setattr(run, "find_spec", lambda name: None)
    plan = job_shop(instance("ft06"), time_limit=20, work_limit=0.1)
    again = job_shop(instance("ft06"), time_limit=20, work_limit=0.1)
    assert plan.method == "local search"
    assert plan.operations.equals(again.operations)
    assert plan.bound <= 55 <= plan.value <= plan.rule_value
    assert faults(plan.shop, plan.operations) == []


def test_the_same_answer_with_a_work_limit() -> None:
    one, other = (job_shop(instance("la16"), work_limit=0.1, time_limit=60) for _ in range(2))
    assert one.operations.equals(other.operations)


def test_bad_input_is_named_all_at_once() -> None:
    table = work(("A", 1, "saw", 3), ("A", 2, "mlil", -2), ("B", 1, "saw", 2))
    with pytest.raises(PlantError) as error:
        job_shop(table.assign(hours=[3, "x", 2]), jobs=pd.DataFrame({"job": ["A", "B"], "due": ["soon", 5]}))
    assert "hours in row 2" in str(error.value)
    assert "due in row 1" in str(error.value)
    assert len(error.value.faults) == 2
    with pytest.raises(InputError, match=r"hours in row 2 must be a number, zero or more, got -2"):
        job_shop(table)
    with pytest.raises(
        InputError,
        match=r"operations: machine must be one that is known \(the nearest is 'mill'\), got 'mlil'",
    ):
        job_shop(table.assign(hours=1), machines=["saw", "mill"])


def test_bad_input_texts() -> None:
    table = work(("A", 1, "saw", 3), ("B", 1, "saw", 2))

    def fails(match: str, **tables: object) -> None:
        with pytest.raises(InputError, match=match):
            job_shop(table, **tables)  # type: ignore[arg-type]

    fails(
        r"due of A must be no earlier than its release, 6, got 5",
        jobs=pd.DataFrame({"job": ["A", "B"], "release": [6, 0], "due": [5, 9]}),
    )
    fails(
        r"calendar: end of saw must be after its start, 14",
        calendar=pd.DataFrame({"resource": ["saw"], "start": [14], "end": [6]}),
    )
    fails(r"jobs: job must be one that has operations", jobs=pd.DataFrame({"job": ["A", "B", "C"]}))
    fails(r"operations: job must be one of the table jobs", jobs=pd.DataFrame({"job": ["A"]}))
    fails(
        r"downtime: machine must be", downtime=pd.DataFrame({"machine": ["lathe"], "start": [0], "end": [1]})
    )
    fails(
        r"begun: start of step 1 of A must be no later than now, 0, got 2",
        begun=pd.DataFrame({"job": ["A"], "step": [1], "machine": ["saw"], "start": [2]}),
    )
    fails(
        r"calendar must be longer, or given with repeat_hours",
        calendar=pd.DataFrame({"resource": ["saw"], "start": [0], "end": [4]}),
    )
    fails(r"objective must be one of makespan", objective="speed")
    fails(r"rule must be one of fcfs", rule="fastest")
    fails(r"time_limit must be zero or more", time_limit=-1)
    with pytest.raises(
        InputError,
        match=r"crew of the operations with the skill weld must be no more than are there at once, 2, got 3",
    ):
        job_shop(table.assign(skill="weld", crew=3), labor={"weld": 2})
    with pytest.raises(
        InputError, match=r"operations: skill must be one that is known \(the nearest is 'weld'\), got 'wled'"
    ):
        job_shop(table.assign(skill="wled"), labor={"weld": 2})
    with pytest.raises(InputError, match=r"end_hour of shift late must be an hour after its start, 22 "):
        shift_calendar(["saw"], pd.DataFrame({"shift": ["late"], "start_hour": [22], "end_hour": [6]}))
    with pytest.raises(InputError, match=r"step 1 of A must be each machine listed once, got 'saw'"):
        job_shop(work(("A", 1, "saw", 3), ("A", 1, "saw", 2)))
    with pytest.raises(InputError, match="operations must be a table with one row or more"):
        job_shop(table.head(0))


def test_clashes_are_said_in_words() -> None:
    shop = read_shop(
        work(("A", 1, "saw", 3, "weld"), ("A", 2, "mill", 2, ""), ("B", 1, "press", 4, "weld"), columns="job step machine hours skill"),
        jobs=pd.DataFrame({"job": ["A", "B"], "release": [1, 0]}),
        calendar=pd.DataFrame({"resource": ["mill"], "start": [8], "end": [16]}),
        labor={"weld": 1},
    )  # fmt: skip
    table = pd.DataFrame({"job": ["A", "A", "B"], "step": [1, 2, 1], "machine": ["saw", "mill", "lathe"],
                          "start": [0, 2, 1], "end": [3, 4, 5], "person": ["Ann", "", "Ann"]})  # fmt: skip
    assert check_schedule(table, shop) == [
        "Person Ann: A step 1 and B step 1 overlap from 1 to 3.",
        "A: step 2 starts at 2, before step 1 is done at 3.",
        "B step 1: there is no machine 'lathe'; take one of saw, mill, press.",
        "A step 1 starts at 0, before it is released at 1.",
        "A step 2 starts at 2, when mill is closed; next from 8.",
        "A step 2 needs 2 hours on mill: from 2 it is done at 10, not at 4.",
    ]
    right = table.assign(machine=["saw", "mill", "press"], start=[1, 8, 2], end=[4, 10, 6], person="")
    assert check_schedule(right, shop) == ["People with the skill weld: 2 are busy at 2, and 1 is there."]
    assert check_schedule(right.assign(start=[1, 8, 4], end=[4, 10, 8]), shop) == []


def test_stability_weighs_moves_against_lateness() -> None:
    table = work(*[(f"J{j}", 1, "saw", 2) for j in range(6)])
    jobs = pd.DataFrame({"job": [f"J{j}" for j in range(6)], "due": [2, 4, 6, 8, 10, 12]})
    plan = job_shop(table, jobs=jobs, objective="weighted_tardiness")
    assert plan.value == 0
    rush = RushOrder("R", work(("R", 1, "saw", 1)), due=1, weight=4)
    calm = reschedule(plan, rush, now=0, stability=100)
    eager = reschedule(plan, rush, now=0, stability=0)
    assert (calm.share_moved, eager.share_moved) == (0.0, 1.0)
    assert calm.schedule.weighted_tardiness > eager.schedule.weighted_tardiness
    assert calm.schedule.is_proved
    assert eager.schedule.is_proved
    assert "0 % of the operations moved (0)" in str(calm)


def test_bad_events_are_named() -> None:
    plan = job_shop(work(("A", 1, "saw", 3), ("B", 1, "saw", 2)), method="rule", rule="fcfs")
    for event, match in (
        (MachineDown("swa", 1, 2), r"machine must be one that is known \(the nearest is 'saw'\), got 'swa'"),
        (MachineDown("saw", 3, 2), r"end must be after its start, 3, got 2"),
        (OperationLonger("A", 1, 5), r"step must be of A not done yet: it ended at 3, got 1"),
        (OrderCancelled("C"), r"job must be "),
        (OperatorAbsent("weld", 1, 2), r"skill must be none, since there are none, got 'weld'"),
        (RushOrder("A", work(("A", 1, "saw", 1))), r"job must be a new name"),
        ("fire", r"events must be MachineDown"),
    ):
        with pytest.raises(InputError, match=match):
            reschedule(plan, [event], now=4)  # type: ignore[list-item]


def test_a_plant_s_schedule_is_drawn() -> None:
    from prodkit.charts.scheduling import gantt

    plan = job_shop(
        plant_shop(Plant.sample("metal"), weeks=1, use_stock=False, with_people=False), method="rule"
    )
    chart = gantt(plan, now=0)
    assert "late" in str(chart)


def test_orders_of_a_plant_by_name_and_without_stock() -> None:
    plant = Plant.sample("metal")
    shop = plant_shop(plant, weeks=1, use_stock=False)
    name = shop.jobs["job"].iloc[0]
    assert plant_shop(plant, orders=[name], use_stock=False).jobs["job"].tolist() == [name]
    with pytest.raises(InputError, match="orders must be an open order"):
        plant_shop(plant, orders=["none"])
    assert shop.first_day == plant.first_day.isoformat()
    assert (
        shop.jobs["weight"]
        == 10 - plant.orders.set_index("order").loc[shop.jobs["job"], "priority"].to_numpy()
    ).all()
