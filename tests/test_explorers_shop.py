"""The job-shop race, the crash bench and the repair bench without a browser: targets, figures, faults."""

from __future__ import annotations

import math
import re
from typing import Any

import pandas as pd
import pytest
from bench_checks import SENTENCE, feed_garbage, learned, shown, undrawn  # noqa: F401

from prodkit import Plant, scheduling
from prodkit.errors import InputError, MissingTableError
from prodkit.plant import Lots, race, shown_project
from prodkit.scheduling.shop.instance import build
from prodkit.widgets import explorers
from prodkit.widgets.explorers import Explorer
from prodkit.widgets.explorers import scheduling_crash as crash
from prodkit.widgets.explorers import scheduling_race as racing
from prodkit.widgets.explorers import scheduling_repair as repair

METAL = Plant.sample("metal")
SAMPLES = Plant.samples()
BENCHES = (explorers.job_shop_race, explorers.crash_bench, explorers.repair_bench)


def tasks(explorer: Explorer) -> list[str]:
    return [target["task"] for target in explorer.state["targets"]]


@pytest.mark.parametrize("make", BENCHES)
def test_nothing_that_comes_in_breaks_a_bench(make: Any) -> None:
    feed_garbage(make(METAL))


@pytest.mark.parametrize("make", BENCHES)
def test_a_plant_without_the_rows_takes_the_sample_of_its_industry_and_says_so(make: Any) -> None:
    bare = Plant({"about": METAL.about.assign(name="Elsewhere"), "items": METAL.items})
    bench = make(bare)
    assert bench.view["notice"].startswith("Elsewhere: the plant's table ")
    assert bench.view["notice"].endswith("These figures are the sample plant's, Halden Metal.")
    assert METAL.name in bench.view["title"]


# ---- the race


@pytest.mark.parametrize("name", SAMPLES)
def test_every_plant_has_its_race_with_its_targets_within_reach(name: str) -> None:
    plant = Plant.sample(name)
    bench = explorers.job_shop_race(plant)
    assert not any(bench.reached)
    letters = racing.Letters(race(plant))
    best = scheduling.job_shop(letters.table)
    assert best.is_proved
    rules = {r: scheduling.job_shop(letters.table, method="rule", rule=r).makespan for r in racing._RULES}
    figures = shown(bench)
    assert figures["Best found"] == pytest.approx(best.makespan, abs=0.051)
    assert figures["No schedule is below (proved)"] == pytest.approx(best.bound, abs=0.051)
    least = min(rules.values())
    can_beat = least > best.makespan + 1e-6
    assert tasks(bench)[0].startswith("Beat the best rule") is can_beat
    for rule, hours in rules.items():
        bench.set(rule=rule)
        assert shown(bench)["All done after"] == pytest.approx(hours, rel=1e-3)
        assert bench.reached[0] is False or not can_beat, "no rule beats the best of them"
    bench.set(order=racing._lanes(best.operations, letters.lots.machines))
    assert all(bench.reached)
    assert shown(bench)["Yours above the bound"] == 0
    assert all(SENTENCE.fullmatch(said) for said in learned(bench)), learned(bench)
    assert all(job in bench.view["about"] for job in letters.lots.jobs)


@pytest.mark.parametrize("name", SAMPLES)
def test_what_the_race_draws_can_be_carried_out_in_the_order_of_the_lanes(name: str) -> None:
    letters = racing.Letters(race(Plant.sample(name)))
    shop = scheduling.read_shop(letters.table)
    lanes = racing._lanes(letters.table.assign(start=range(len(letters.table))), letters.lots.machines)
    at = racing._run(build(shop), lanes)
    assert at.faults == {}
    assert scheduling.check_schedule(at.table, shop) == []
    assert racing._lanes(at.table, letters.lots.machines) == lanes
    ends = dict(zip(zip(at.table["job"], at.table["step"], strict=True), at.table["end"], strict=True))
    for machine, rows in at.table.groupby("machine"):
        free = 0.0
        for row in rows.sort_values("start").to_dict("records"):  # as early as can be
            earlier = [end for (job, step), end in ends.items() if job == row["job"] and step < row["step"]]
            assert row["start"] == pytest.approx(max([free, *earlier]), abs=1e-9), machine
            free = row["end"]


def crossed() -> racing.Letters:
    """Two lots that go through two machines in opposite ways, and a third that comes last at one of them."""
    rows = [("x", 1, "saw", 3.0), ("x", 2, "mill", 2.0), ("y", 1, "mill", 2.0), ("y", 2, "saw", 4.0), ("z", 1, "oven", 1.0), ("z", 2, "saw", 1.0)]  # fmt: skip
    table = pd.DataFrame(rows, columns=["job", "step", "machine", "hours"])
    return racing.Letters(Lots("Elsewhere", table, ("saw", "mill", "oven")))


def test_orders_that_lock_each_other_are_told_and_the_rest_runs() -> None:
    instance = build(scheduling.read_shop(crossed().table))
    fine = racing._run(instance, {"saw": ("A1", "B2", "C2"), "mill": ("B1", "A2"), "oven": ("C1",)})
    assert (fine.faults, fine.makespan) == ({}, 8.0)
    locked = racing._run(instance, {"saw": ("B2", "A1", "C2"), "mill": ("A2", "B1"), "oven": ("C1",)})
    assert locked.makespan is None
    assert locked.table["job"].tolist() == ["C"]
    assert locked.faults == {
        "B2": "B waits at saw for its step at mill, which lies behind A.",
        "A2": "A waits at mill for its step at saw, which lies behind B.",
    }
    behind = racing._run(instance, {"saw": ("C2", "B2", "A1"), "mill": ("A2", "B1"), "oven": ("C1",)})
    assert set(behind.faults) == {"B2", "A2"}
    assert behind.table["job"].tolist() == ["C", "C"]


def test_a_race_that_is_locked_shows_no_time_and_reaches_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(racing, "race", lambda plant: crossed().lots)
    bench = explorers.job_shop_race(METAL)
    bench.set(order={"saw": ("B2", "A1", "C2"), "mill": ("A2", "B1"), "oven": ("C1",)})
    assert shown(bench)["All done after"] is None
    assert shown(bench)["Yours above the bound"] is None
    assert "A, B are locked" in bench.state["finding"]
    assert bench.state["boards"]["order"]["faults"]
    assert bench.state["error"] == ""
    assert not any(bench.reached)
    assert "keeps to its lane" in bench.set(
        order={"saw": ("A1", "B2"), "mill": ("B1", "A2"), "oven": ("C1", "C2")}
    )


def test_where_nothing_at_all_can_start_the_picture_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    lots = crossed().lots
    two = Lots(
        lots.plant, lots.operations[lots.operations["job"] != "z"].reset_index(drop=True), ("saw", "mill")
    )
    monkeypatch.setattr(racing, "race", lambda plant: two)
    bench = explorers.job_shop_race(METAL)
    bench.set(order={"saw": ("B2", "A1"), "mill": ("A2", "B1")})
    assert "Nothing is drawn." in bench.state["alt"]
    assert bench.state["error"] == ""


def test_a_rule_lays_all_lanes_and_a_chip_moved_makes_them_ones_own() -> None:
    bench = explorers.job_shop_race(METAL)
    bench.set(rule="spt")
    assert bench.values["rule"] == "spt"
    lanes = bench.values["order"]
    machine = max(lanes, key=lambda m: len(lanes[m]))
    a, b, *rest = lanes[machine]
    bench.set(order={**lanes, machine: (b, a, *rest)})
    assert bench.values["rule"] == "own"
    assert bench.values["order"][machine] == (b, a, *rest)


# ---- the project


@pytest.mark.parametrize("name", SAMPLES)
def test_every_plant_has_its_project_with_both_targets_within_reach(name: str) -> None:
    plant = Plant.sample(name)
    bench = explorers.crash_bench(plant)
    assert bench.reached == (False, False)
    project, daily = shown_project(plant), bench.values["daily"]
    assert project in bench.view["title"]
    best = scheduling.crash(plant, project=project, indirect_cost_per_day=daily)
    assert best.shortest_length < best.length < best.normal_length, "neither end"
    bench.set(days=best.length)
    assert bench.reached == (True, False)
    figures = shown(bench)
    assert figures["In all"] == pytest.approx(best.total_cost, abs=1)
    assert figures["Money for shortening"] == pytest.approx(best.added_cost, abs=1)
    assert figures["Activities shortened"] == (best.activities["days_saved"] > 1e-6).sum()
    due = float(re.search(r"within ([\d.]+) days", tasks(bench)[1]).group(1))  # type: ignore[union-attr]
    bench.set(days=due)
    assert bench.reached == (True, False), "at today's cost of a day it does not pay"
    dial = bench.view["dials"][1]
    asked = best.added_cost_at(due) - best.added_cost_at(due + 1)
    bench.set(daily=asked - 1)
    assert bench.reached == (True, False), "a day later is still cheaper"
    bench.set(daily=dial["low"] + math.ceil((asked + 1e-6 - dial["low"]) / dial["step"]) * dial["step"])
    assert bench.reached == (True, True)
    assert all(SENTENCE.fullmatch(said) for said in learned(bench)), learned(bench)


def test_the_cheapest_at_another_cost_of_a_day_is_no_feat() -> None:
    bench = explorers.crash_bench(METAL)
    bench.set(daily=0, days=81)
    assert bench.reached == (False, False)
    assert shown(bench)["A day sooner would cost"] == pytest.approx(533, abs=1)
    bench.set(days=bench.view["dials"][0]["low"])
    assert shown(bench)["A day sooner would cost"] is None


def project_of(rows: list[tuple[Any, ...]]) -> Plant:
    columns = ["activity", "after", "days", "cost", "crash_days", "crash_cost"]
    table = pd.DataFrame(rows, columns=columns).assign(project="booth")
    return Plant({"about": METAL.about.assign(name="Elsewhere"), "items": METAL.items, "activities": table})


@pytest.mark.parametrize(
    "rows",
    [
        [("A", "", 6, 600, 3, 900), ("B", "A", 5, 500, None, None)],
        [("A", "", 6, 600, 3, 900), ("B", "", 5, 500, 3, 640), ("C", "A;B", 4, 400, 3, 550)],
        [("A", "", 2, 10, 1.5, 10.5), ("B", "A", 1, 5, 0.5, 9)],
        [("A", "", 600, 6e6, 300, 9e6), ("B", "A", 500, 5e6, 499, 8e6)],
    ],
)
def test_projects_of_every_size_have_a_bench(rows: list[tuple[Any, ...]]) -> None:
    bench = explorers.crash_bench(project_of(rows), "booth")
    assert bench.view["notice"] == ""
    low, high, step = (bench.view["dials"][0][k] for k in ("low", "high", "step"))
    for i in range(round((high - low) / step) + 1):
        bench.set(days=low + i * step)
    assert bench.reached[0]


@pytest.mark.parametrize(
    "rows",
    [
        [("A", "", 6, 600, None, None), ("B", "A", 5, 500, None, None)],
        [("A", "", 6, 600, 6, 600), ("B", "A", 5, 500, 5, 500)],
        [("A", "", 6, 600, 3, 600), ("B", "A", 5, 500, 5, 500)],
    ],
)
def test_a_project_that_cannot_be_bought_shorter_is_said(rows: list[tuple[Any, ...]]) -> None:
    with pytest.raises(MissingTableError, match="booth"):
        crash._crash_bench(project_of(rows), "booth", "")


def test_a_project_that_is_not_there_is_refused() -> None:
    with pytest.raises(InputError, match="project"):
        explorers.crash_bench(METAL, "nosuch")


# ---- the repair


@pytest.mark.parametrize("name", SAMPLES)
def test_every_plant_has_its_repair_with_its_targets_within_reach(name: str) -> None:
    plant = Plant.sample(name)
    bench = explorers.repair_bench(plant)
    assert not any(bench.reached)
    assert shown(bench)["Lots late"] >= 1  # type: ignore[operator]
    it = repair._stop(racing.Letters(race(plant)).table)
    assert it.plan.n_late == 0
    dial = bench.view["dials"][1]
    bench.set(keep=dial["step"])
    assert bench.reached[0], "a small weight is enough to choose among repairs that are as good"
    same = it.mended(it.hours, dial["step"])
    figures = shown(bench)
    assert figures["Lots late"] == same.schedule.n_late == 0
    assert figures["Operations moved"] == len(same.moved)
    assert figures["Of those not begun"] == pytest.approx(100 * same.share_moved, abs=0.051)
    assert scheduling.check_schedule(same.schedule) == []
    low, high, step = (bench.view["dials"][0][k] for k in ("low", "high", "step"))
    longest = max(
        hours
        for hours in (low + i * step for i in range(round((high - low) / step) + 1))
        if it.mended(hours, 0.0).schedule.n_late == 0
    )
    if len(bench.reached) > 1:
        bench.set(down=longest - step, keep=0)
        assert bench.reached[1] is False
        bench.set(down=longest, keep=0)
    assert all(bench.reached)
    assert all(SENTENCE.fullmatch(said) for said in learned(bench)), learned(bench)


def test_a_shorter_stop_is_no_feat_and_small_letters_are_the_plan() -> None:
    bench = explorers.repair_bench(METAL)
    bench.set(down=bench.view["dials"][0]["low"], keep=0.2)
    assert shown(bench)["Lots late"] == 0
    assert bench.reached[0] is False
    assert "no lot is late" in bench.state["finding"]
    picture = repair._picture(repair._stop(racing.Letters(race(METAL)).table).mended(0.9, 10.0))
    names = [tick.get_text() for tick in picture.ax.get_yticklabels()]
    assert "assembly" in names
    assert "assembly (plan)" in names
    assert names[-1] == "due"
    assert "B on assembly" not in picture.alt, "it had begun: it pauses, and goes on"
    assert "Moved: C on pack" in picture.alt or "Moved: D on assembly" in picture.alt
    cut = repair._cut(repair._stop(racing.Letters(race(METAL)).table).mended(0.9, 10.0).schedule.bars)
    here = cut[(cut["machine"] == "assembly") & (cut["job"] == "B")]
    assert len(here) == 2
    assert here["end"].min() + 0.9 == pytest.approx(here["start"].max())
