"""Job shops: published instances, the plants, bad input, and what a result says."""

from __future__ import annotations

import json
from pathlib import Path

import pandas as pd
import pytest
from schedule_oracle import faults

from prodkit.plant import Plant
from prodkit.scheduling import job_shop, late_jobs, plant_shop

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
