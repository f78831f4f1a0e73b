"""Published sequencing problems: figures, source and tolerance are read from published_cases.json."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np

from prodkit import scheduling

CASES = {c["id"]: c for c in json.loads((Path(__file__).parent / "published_cases.json").read_text("utf-8"))}


def test_moore_ten_jobs() -> None:
    case = CASES["SCH-MOORE-10"]
    given = zip(case["inputs"]["processing"], case["inputs"]["due"], strict=True)
    jobs = {f"J{i}": {"hours": p, "due": d} for i, (p, d) in enumerate(given)}
    for rule in ("moore", "optimal"):
        s = scheduling.sequence(jobs, rule, objective="number_late")
        assert s.n_late == case["expected"]["min_tardy_jobs"]
        assert s.is_optimal


def test_johnson_r_to_v() -> None:
    case = CASES["SCH-JOHNSON-RSTUV"]
    s = scheduling.johnson(case["inputs"]["times"])
    assert list(s.order) == case["expected"]["sequence"]
    assert s.is_optimal


def test_taillard_001_is_proven() -> None:
    case = CASES["SCH-FSP-TA001"]
    hours = np.array(case["inputs"]["machine_by_job_times"]).T
    times = {str(j): row for j, row in enumerate(hours.tolist())}
    by_rule = scheduling.flow_shop(times, "neh")
    assert by_rule.bound == case["expected"]["lower_bound"]
    assert not by_rule.is_optimal
    best = scheduling.flow_shop(times, time_limit=60)
    assert best.makespan == case["expected"]["optimum"]
    assert best.is_optimal
    assert best.bound == best.makespan < by_rule.makespan
