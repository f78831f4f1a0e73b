"""Time study, work sampling, predetermined times, takt, kanban, level schedule, quick changeover."""

from __future__ import annotations

import itertools
import math
from collections import Counter
from typing import Any

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import stats

from prodkit import Plant, methods
from prodkit.charts.methods import changeover_bars, sampling_days
from prodkit.errors import InputError, MissingTableError, PlantError

SAMPLES = Plant.samples()
STUDY = pd.DataFrame(
    [("pack", 1, 10.0, 1.1, False, 1), ("pack", 2, 12.0, 0.9, False, 1), ("pack", 3, 99.0, 1.0, True, 1),
     ("new roll", 3, 60.0, 1.0, False, 3)],
    columns=["element", "cycle", "seconds", "rating", "foreign", "every"],
)  # fmt: skip


def test_a_time_study_by_hand() -> None:
    study = methods.standard_time(STUDY, allowance=0.2)
    pack = (10 * 1.1 + 12 * 0.9) / 2  # each reading by its own rating; the foreign one is left out
    assert study.normal == pytest.approx(pack + 60 / 3)
    assert study.observed == pytest.approx(11 + 20)
    assert study.standard == pytest.approx(study.normal / 0.8)
    assert methods.standard_time(STUDY, allowance=0.2, allowance_basis="job").standard == pytest.approx(
        1.2 * study.normal
    )
    assert study.units_in(3600) == pytest.approx(3600 / study.standard)
    rows = study.elements.set_index("element")
    assert rows.loc["pack", ["readings", "foreign"]].tolist() == [2, 1]
    assert rows.loc["pack", "sd"] == pytest.approx(math.sqrt(2))
    assert rows.loc["new roll", "every"] == 3
    assert "left out as foreign" in str(study)
    assert str(study).count("\n") == 1
    again = methods.standard_time(STUDY, every={"new roll": 6}, rating=1.0)
    assert again.normal == pytest.approx(11 + 10)
    assert methods.standard_time(STUDY.drop(columns="cycle")).normal == pytest.approx(pack + 20)
    one = methods.standard_time(STUDY, rating={"new roll": 0.5})
    assert one.normal == pytest.approx(pack + 10)


def test_ratings_of_plain_readings() -> None:
    assert methods.standard_time([10, 20], rating=[1.0, 0.5]).normal == 10
    two = methods.standard_time({"a": [10], "b": [20]}, rating={"a": 1.2})
    assert two.normal == pytest.approx(12 + 20)


@pytest.mark.parametrize("name", SAMPLES)
def test_every_study_of_every_plant(name: str) -> None:
    plant = Plant.sample(name)
    table = plant.table("time_studies")
    assert (table.groupby(["operation", "element"])["every"].nunique() == 1).all()
    assert (table["every"] > 1).any()
    for operation, part in table.groupby("operation"):
        study = methods.standard_time(plant, operation=operation, allowance=0.12)
        good = part[~part["foreign"]]
        each = (good["seconds"] * good["rating"] / good["every"]).groupby(good["element"]).mean()
        assert study.normal == pytest.approx(each.sum())
        assert study.standard > study.normal
        assert len(study.elements) == part["element"].nunique()


def test_observations_needed() -> None:
    z = stats.norm.ppf(0.975)
    readings = [4.1, 4.4, 3.8, 4.0, 4.7]
    sd, mean = np.std(readings, ddof=1), np.mean(readings)
    raw = (z * sd / (0.05 * mean)) ** 2
    assert methods.observations_needed(readings) == math.ceil(raw)
    assert methods.observations_needed(mean=mean, sd=sd) == math.ceil(raw)
    absolute = methods.observations_needed(readings, accuracy=0.1, accuracy_basis="absolute")
    assert absolute == math.ceil((z * sd / 0.1) ** 2)
    assert methods.observations_needed(mean=3, sd=0) == 1
    n = methods.observations_needed(readings, distribution="t")
    assert n >= math.ceil(raw)
    assert n >= (stats.t.ppf(0.975, n - 1) * sd / (0.05 * mean)) ** 2
    assert n - 1 < (stats.t.ppf(0.975, n - 2) * sd / (0.05 * mean)) ** 2
    p = 0.3
    assert methods.observations_needed(share=p, accuracy=0.02, accuracy_basis="absolute") == math.ceil(
        z * z * p * (1 - p) / 0.02**2
    )
    relative = methods.observations_needed(share=p, accuracy=0.1, accuracy_basis="relative", confidence=0.9)
    assert relative == math.ceil(stats.norm.ppf(0.95) ** 2 * (1 - p) / (p * 0.1**2))


def samples(shares: list[float], n: int = 50) -> pd.DataFrame:
    days = pd.date_range("2026-01-05", periods=len(shares))
    rows = [
        (d, "hall", s, k)
        for d, p in zip(days, shares, strict=True)
        for s, k in (("at work", round(p * n)), ("away", n - round(p * n)))
    ]
    return pd.DataFrame(rows, columns=["date", "place", "state", "looks"])


def test_work_sampling_by_hand() -> None:
    study = methods.work_sampling(samples([0.7, 0.72, 0.68, 0.7, 0.3]), "at work")
    assert (study.looks, study.hits) == (250, 155)
    assert study.share == 0.62
    half = stats.norm.ppf(0.975) * math.sqrt(0.62 * 0.38 / 250)
    assert (study.low, study.high) == pytest.approx((0.62 - half, 0.62 + half))
    assert study.half_width == pytest.approx(half)
    assert study.needed == math.ceil(stats.norm.ppf(0.975) ** 2 * 0.62 * 0.38 / 0.03**2)
    assert study.more_needed == study.needed - 250
    assert study.days_outside == ("2026-01-09",)
    assert study.days is not None
    assert study.days["low"].iloc[0] == pytest.approx(0.62 - 3 * math.sqrt(0.62 * 0.38 / 50))
    assert study.states is not None
    assert study.states["share"].sum() == pytest.approx(1)
    assert "2026-01-09" in str(study)
    assert str(study).count("\n") == 1
    assert study.standard_time(1000, 62, rating=1.1, allowance=0.1) == pytest.approx(
        1000 * 0.62 * 1.1 / 62 / 0.9
    )
    assert "stands out" in sampling_days(study).title
    wilson = methods.work_sampling(0, "idle", looks=40, interval="wilson")
    assert wilson.low == 0
    assert wilson.high == pytest.approx(3.8415 / (40 + 3.8415), abs=1e-4)
    assert wilson.needed == methods.observations_needed(share=0.5, accuracy=0.03, accuracy_basis="absolute")


def test_the_interval_holds_the_truth_as_often_as_it_says() -> None:
    rng = np.random.default_rng(5)
    hits = rng.binomial(400, 0.3, 1000)
    held = sum((s := methods.work_sampling(int(h), looks=400)).low <= 0.3 <= s.high for h in hits)
    assert 925 <= held <= 975


@pytest.mark.parametrize("name", SAMPLES)
def test_work_sampling_of_every_plant(name: str) -> None:
    plant = Plant.sample(name)
    study = methods.work_sampling(plant)
    table = plant.table("work_samples")
    assert study.looks == table["looks"].sum()
    assert 0.5 < study.share < 0.85
    assert study.days is not None
    assert len(study.days) == 20
    assert study.days_outside == ()  # nothing is planted here
    place = table["place"].iloc[0]
    assert methods.work_sampling(plant, place=place).hits == study.hits
    chart = sampling_days(study)
    assert "no day stands out" in chart.title
    assert len(chart.ax.lines[0].get_xdata()) == 20


def test_predetermined_times_by_hand() -> None:
    table = {"reach": 0.5, "grasp": 0.2, "move": 0.6}
    both = methods.predetermined_time(
        [("reach", "move"), ("grasp", ""), "move"], table, allowance=0.1, allowance_basis="job"
    )
    assert both.normal == pytest.approx(0.6 + 0.2 + 0.6)
    assert both.standard == pytest.approx(1.1 * both.normal)
    assert both.tmu == pytest.approx(both.normal / 0.036)
    assert both.hands_busy == pytest.approx({"left": 0.5, "right": 1.2 / 1.4 / 1})
    assert methods.predetermined_time({"reach": 2, "move": 3}, table).normal == pytest.approx(2.8)
    seconds = pd.DataFrame({"motion": ["reach", "move"], "seconds": [0.5, 0.6]})
    assert methods.predetermined_time(["reach", "move"], seconds).normal == pytest.approx(1.1)
    frame = pd.DataFrame({"step": [2, 1], "left": ["", "reach"], "right": ["grasp", "move"], "times": [4, 1]})
    assert methods.predetermined_time(frame, table).normal == pytest.approx(0.6 + 0.8)


@pytest.mark.parametrize("name", SAMPLES)
def test_motions_of_every_plant(name: str) -> None:
    plant = Plant.sample(name)
    assert (plant.table("motions")["source"] == "made for this course; no published system").all()
    operation = plant.table("motion_studies")["operation"].iloc[0]
    today, proposed = (
        methods.predetermined_time(plant, operation=operation, method=m) for m in ("today", "proposed")
    )
    assert proposed.normal < 0.85 * today.normal
    assert max(today.hands_busy.values()) <= 1
    assert str(today).count("\n") == 1


def test_takt() -> None:
    assert methods.takt_time(28_800, 900, breaks=1_800, shifts=2) == 60
    assert methods.takt_time(450, 90) == 5
    assert methods.takt_time(450, 90, scrap_share=0.1) == 4.5
    for bad, word in (
        ({"available": 100, "demand": 0}, "demand must be above zero"),
        ({"available": 100, "demand": 5, "breaks": 100}, "below available, 100"),
        ({"available": 100, "demand": 5, "scrap_share": 1}, "scrap_share"),
        ({"available": 100, "demand": 5, "shifts": 0}, "shifts"),
        ({"available": -1, "demand": 5}, "available"),
    ):
        with pytest.raises(InputError, match=word):
            methods.takt_time(**bad)


def test_kanban() -> None:
    assert methods.kanban_cards(480, 0.25, 20, safety_share=0.1) == 7  # 6.6
    assert methods.kanban_cards(480, 0.25, 20) == 6  # exactly
    assert methods.kanban_cards(1, 0.01, 20) == 1
    assert methods.kanban_cards(0.1 * 3, 1, 0.1) == 3  # not 4 by a rounding error
    for word, bad in (("demand", (0, 1, 1)), ("lead_time", (1, 0, 1)), ("container", (1, 1, 0))):
        with pytest.raises(InputError, match=word):
            methods.kanban_cards(*bad)
    with pytest.raises(InputError, match="safety_share"):
        methods.kanban_cards(1, 1, 1, safety_share=-0.1)


def test_goal_chasing_by_hand() -> None:
    # Q = 3: A 2, B 1; first A (gap 1/9 + 1/9 against 16/9 + ...), then B, then A
    plan = methods.level_schedule({"A": 4, "B": 2})
    assert plan.cycle == ("A", "B", "A")
    assert plan.sequence == ("A", "B", "A") * 2
    assert plan.repeats == 2
    assert plan.deviation == pytest.approx(2 * 4 * (1 / 9))
    assert plan.worst == pytest.approx(1 / 3)
    assert (plan.longest_run, plan.changeovers) == (2, 4)
    batches = methods.level_schedule({"A": 4, "B": 2}, method="batches")
    assert batches.sequence == ("A",) * 4 + ("B",) * 2
    assert (batches.longest_run, batches.changeovers) == (4, 1)
    assert batches.worst == pytest.approx(4 / 3)


def test_goal_chasing_levels_parts() -> None:
    bill = {"A": {"a1": 1, "a3": 1, "a4": 1}, "B": {"a1": 1, "a2": 1, "a4": 1}, "C": {"a2": 1, "a3": 1}}
    units = {"A": 1, "B": 2, "C": 3}
    plan = methods.level_schedule(units, bill=bill)
    every = {
        order: methods.LevelSchedule(order, order, units, "all", bill).deviation
        for order in set(itertools.permutations("ABBCCC"))
    }
    assert len(every) == 60
    assert min(every.values()) <= plan.deviation == every[plan.sequence]
    assert (
        plan.deviation <= sorted(every.values())[6]
    )  # it looks one place ahead, and is among the best tenth
    assert plan.deviation < methods.level_schedule(units, bill=bill, method="batches").deviation


@settings(max_examples=60, deadline=None)
@given(st.dictionaries(st.sampled_from("ABCDE"), st.integers(0, 12), min_size=1))
def test_level_schedules_make_what_is_asked(units: dict[str, int]) -> None:
    if not any(units.values()):
        with pytest.raises(InputError, match="above zero"):
            methods.level_schedule(units)
        return
    plan = methods.level_schedule(units)
    assert Counter(plan.sequence) == {m: u for m, u in units.items() if u}
    assert plan.cycle * plan.repeats == plan.sequence
    batches = methods.level_schedule(units, method="batches")
    assert plan.deviation <= batches.deviation + 1e-9
    assert plan.worst <= batches.worst + 1e-9


def test_quick_changeover_by_hand() -> None:
    steps = pd.DataFrame(
        {"step": [1, 2, 3], "name": ["fetch", "unbolt", "log"], "seconds": [300, 240, 60],
         "now": ["internal", "internal", "external"], "later": ["external", "internal", "external"],
         "seconds_later": [None, 60, 30]}
    )  # fmt: skip
    result = methods.quick_changeover(steps)
    assert (result.today, result.moved, result.improved) == (540, 240, 60)
    assert (result.work_today, result.work_improved) == (600, 390)
    assert result.saved_share == pytest.approx(1 - 60 / 540)
    assert result.lot_share == pytest.approx(60 / 540)
    assert result.hours_freed(15) == pytest.approx(15 * 480 / 3600)
    assert result.steps["saved"].tolist() == [300, 180, 0]


@pytest.mark.parametrize("name", SAMPLES)
def test_changeovers_of_every_plant(name: str) -> None:
    plant = Plant.sample(name)
    result = methods.quick_changeover(plant)
    assert result.today > result.moved > result.improved > 0
    hours = plant.table("changeovers")["hours"] if "changeovers" in plant.tables else None
    assert hours is None or hours.min() * 3600 <= result.today <= hours.max() * 3600
    chart = changeover_bars(result)
    assert len(chart.ax.patches) == 3 * len(result.steps)
    assert f"{result.improved / 60:.0f} minutes in place of {result.today / 60:.0f}" in chart.title


BAD: list[tuple[type[Exception], str, Any]] = [
    (InputError, "between 0.4 and 2; 1 is normal", lambda: methods.standard_time([10], rating=110)),
    (InputError, r"readings\[1\]", lambda: methods.standard_time([10, 0])),
    (InputError, "allowance", lambda: methods.standard_time([10], allowance=1)),
    (InputError, "shift, job", lambda: methods.standard_time([10], allowance_basis="day")),
    (InputError, "one number", lambda: methods.standard_time([10, 11], rating=[1.0])),
    (InputError, "every", lambda: methods.standard_time({"a": [1]}, every={"b": 2})),
    (InputError, "rating", lambda: methods.standard_time({"a": [1]}, rating={"b": 1})),
    (InputError, "operation", lambda: methods.standard_time(Plant.sample("metal"))),
    (InputError, "bend shelf-board", lambda: methods.standard_time(Plant.sample("metal"), operation="x")),
    (InputError, "only foreign ones", lambda: methods.standard_time(STUDY[STUDY["foreign"]])),
    (PlantError, "2 faults", lambda: methods.standard_time(STUDY.assign(seconds=[1, "x", -2, 3]))),
    (InputError, "given one way", lambda: methods.observations_needed([1, 2], mean=3, sd=1)),
    (InputError, "given one way", lambda: methods.observations_needed(mean=3)),
    (InputError, "accuracy_basis", lambda: methods.observations_needed(share=0.3)),
    (InputError, "at least two", lambda: methods.observations_needed([3])),
    (InputError, "share", lambda: methods.observations_needed(share=30, accuracy_basis="absolute")),
    (InputError, "from 0 to looks, 10", lambda: methods.work_sampling(11, looks=10)),
    (InputError, "looks", lambda: methods.work_sampling(11)),
    (InputError, "at work, walking for parts", lambda: methods.work_sampling(Plant.sample("metal"), "asleep")),
    (InputError, "assembly", lambda: methods.work_sampling(Plant.sample("metal"), place="hall")),
    (InputError, "days", lambda: sampling_days(methods.work_sampling(1, looks=10))),
    (InputError, "did you mean reach", lambda: methods.predetermined_time(["raech"], {"reach": 1, "grasp": 1})),
    (PlantError, "not in the table", lambda: methods.predetermined_time(["x", "y"], {"reach": 1})),
    (InputError, "table", lambda: methods.predetermined_time(["reach"])),
    (InputError, "a list of codes", lambda: methods.predetermined_time("reach", {"reach": 1})),
    (InputError, "today; proposed", lambda: methods.predetermined_time(Plant.sample("metal"))),
    (InputError, "whole number", lambda: methods.level_schedule({"A": 1.5})),
    (InputError, "a bill with", lambda: methods.level_schedule({"A": 1}, bill={})),
    (InputError, "at least one row", lambda: methods.quick_changeover(pd.DataFrame())),
    (MissingTableError, "changeover_steps", lambda: methods.quick_changeover(Plant({"about": Plant.sample("metal").about}))),
]  # fmt: skip


@pytest.mark.parametrize(("error", "words", "call"), BAD, ids=[str(i) for i in range(len(BAD))])
def test_bad_input_is_named(error: type[Exception], words: str, call: Any) -> None:
    with pytest.raises(error, match=words):
        call()
