"""Published work-measurement and line-balance figures: inputs, source and tolerance from published_cases.json."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from prodkit import methods

CASES = {c["id"]: c for c in json.loads((Path(__file__).parent / "published_cases.json").read_text("utf-8"))}
TIMES = [c for c in CASES if c.startswith("W-")]
GRAPHS = [c for c in CASES if c.startswith("SCH-SALBP1-")]
SECONDS = 20.0  # of one balance
# (graph, cycle time), (graph, stations) that take long to prove; benchmarks/line_balance.py proves them
SLOW = ("SCH-SALBP1-TONGE", "SCH-SALBP1-WARNECKE", "SCH-SALBP1-ARCUS2")


def graph(name: str) -> tuple[dict[str, float], dict[str, list[str]]]:
    given = CASES[name]["inputs"]
    times = {str(i): float(t) for i, t in enumerate(given["task_times"], start=1)}
    after: dict[str, list[str]] = {}
    for before, task in given["precedence"]:
        after.setdefault(str(task), []).append(str(before))
    return times, after


def test_there_are_cases() -> None:
    assert len(TIMES) == 2
    assert len(GRAPHS) == 8


@pytest.mark.parametrize("name", TIMES)
def test_standard_times(name: str) -> None:
    case = CASES[name]
    given: dict[str, Any] = case["inputs"]
    readings = given.get("observations_s") or given["observations_min"]
    basis = "job" if given["allowance_basis"].startswith("job") else "shift"
    study = methods.standard_time(
        readings, rating=given["rating"], allowance=given["allowance"], allowance_basis=basis
    )
    for figure, value in case["expected"].items():
        assert getattr(study, figure) == pytest.approx(value, abs=case["tolerance"]["*"]["abs"]), figure


@pytest.mark.parametrize(
    ("name", "cycle_time"),
    [(g, c) for g in GRAPHS if g not in SLOW for c in CASES[g]["expected"]["min_stations"]],
)
def test_fewest_stations(name: str, cycle_time: str) -> None:
    times, after = graph(name)
    found = methods.line_balance(times, after=after, cycle_time=float(cycle_time), time_limit=SECONDS)
    assert found.n_stations == CASES[name]["expected"]["min_stations"][cycle_time]
    assert found.is_proved
    groups = [station.tasks for station in found.stations]
    assert methods.check_balance(times, groups, after=after, cycle_time=float(cycle_time)) == []


@pytest.mark.parametrize(
    ("name", "stations"),
    [(g, n) for g in GRAPHS if g not in SLOW for n in CASES[g]["expected"]["salbp2_min_cycle"]],
)
def test_least_cycle_time(name: str, stations: str) -> None:
    times, after = graph(name)
    found = methods.line_balance(times, after=after, stations=int(stations), time_limit=SECONDS)
    assert found.cycle_time == CASES[name]["expected"]["salbp2_min_cycle"][stations]
    assert found.is_proved


@pytest.mark.parametrize(
    ("name", "cycle_time"),
    [("SCH-SALBP1-WARNECKE", "56"), ("SCH-SALBP1-WARNECKE", "86"), ("SCH-SALBP1-TONGE", "364")],
)
def test_larger_graphs_that_prove_quickly(name: str, cycle_time: str) -> None:
    times, after = graph(name)
    found = methods.line_balance(times, after=after, cycle_time=float(cycle_time), time_limit=SECONDS)
    assert found.n_stations == CASES[name]["expected"]["min_stations"][cycle_time]
    assert found.is_proved


@pytest.mark.parametrize("name", SLOW)
def test_bound_optimum_and_rules_are_in_order(name: str) -> None:
    times, after = graph(name)
    best = CASES[name]["expected"]["min_stations"]
    for cycle_time in list(best)[::4]:
        for method in methods.BALANCE_METHODS[:3]:
            found = methods.line_balance(times, after=after, cycle_time=float(cycle_time), method=method)
            assert found.bound <= best[cycle_time] <= found.n_stations
    for stations, cycle in list(CASES[name]["expected"]["salbp2_min_cycle"].items())[::6]:
        found = methods.line_balance(
            times, after=after, stations=int(stations), method="ranked_positional_weight"
        )
        assert found.bound <= cycle <= found.cycle_time
        assert found.n_stations <= int(stations)


def test_a_time_limit_too_short_still_gives_a_balance_with_its_bound() -> None:
    times, after = graph("SCH-SALBP1-ARCUS2")
    best = CASES["SCH-SALBP1-ARCUS2"]["expected"]["min_stations"]["5755"]
    found = methods.line_balance(times, after=after, cycle_time=5755, time_limit=0.05)
    assert found.bound <= best <= found.n_stations
    assert found.status == ("optimal" if found.n_stations == found.bound else "best found")
