"""Projects: critical paths against every path written out, published figures, and what is wrong with a table."""

from __future__ import annotations

import itertools
import json
import math
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.optimize import linprog
from scipy.stats import beta

from prodkit import Plant
from prodkit.errors import InputError, MissingTableError, PlantError
from prodkit.scheduling import (
    PROJECT_RULES,
    CrashPlan,
    ResourceSchedule,
    crash,
    critical_path,
    pert,
    resource_schedule,
)
from prodkit.scheduling.projects import _resource_model

CASES = {c["id"]: c for c in json.loads((Path(__file__).parent / "published_cases.json").read_text("utf-8"))}
SAMPLES = [(s, p) for s in Plant.samples() for p in Plant.sample(s).activities["project"].unique()]


def milwaukee() -> pd.DataFrame:
    given = CASES["SCH-CPM-MILWAUKEE"]["inputs"]["activities"]
    rows = [(a, r["duration"], ";".join(r["predecessors"])) for a, r in given.items()]
    return pd.DataFrame(rows, columns=["activity", "days", "after"])


def every_path(table: pd.DataFrame) -> list[tuple[str, ...]]:
    """Each chain from an activity that waits for nothing to one that nothing waits for."""
    after = {
        a: [x for x in w.split(";") if x] for a, w in zip(table["activity"], table["after"], strict=True)
    }

    def back(a: str) -> list[tuple[str, ...]]:
        return [(*path, a) for b in after[a] for path in back(b)] or [(a,)]

    waited = {b for w in after.values() for b in w}
    return [path for a in after if a not in waited for path in back(a)]


@st.composite
def tables(draw: st.DrawFn, most: int = 8, longest: int = 9) -> pd.DataFrame:
    n = draw(st.integers(1, most))
    days = draw(st.lists(st.integers(0, longest), min_size=n, max_size=n))
    after = [
        ";".join(f"a{j}" for j in sorted(draw(st.sets(st.integers(0, i - 1), max_size=3)))) if i else ""
        for i in range(n)
    ]
    table = pd.DataFrame({"activity": [f"a{i}" for i in range(n)], "days": days, "after": after})
    return table.iloc[draw(st.permutations(range(n)))].reset_index(drop=True)  # rows in any order


def test_the_published_project() -> None:
    case = CASES["SCH-CPM-MILWAUKEE"]["expected"]
    plan = critical_path(milwaukee())
    assert plan.length == case["project_length"]
    assert plan.paths == (tuple(case["critical_path"]),)
    assert plan.critical == tuple(case["critical_path"])
    columns = ["early_start", "early_finish", "late_start", "late_finish", "total_float"]
    got = plan.activities.set_index("activity")[columns]
    assert len(got) == len(case["ES_EF_LS_LF_slack"])
    for activity, expected in case["ES_EF_LS_LF_slack"].items():
        assert got.loc[activity].tolist() == expected


@settings(max_examples=150, deadline=None)
@given(tables())
def test_against_every_path_written_out(table: pd.DataFrame) -> None:
    plan = critical_path(table)
    days = dict(zip(table["activity"], table["days"], strict=True))
    lasting = {path: sum(days[a] for a in path) for path in every_path(table)}
    assert plan.length == max(lasting.values())
    assert set(plan.paths) == {path for path, long in lasting.items() if long == plan.length}
    assert plan.n_paths == len(plan.paths)
    for row in plan.activities.to_dict("records"):
        through = max(long for path, long in lasting.items() if row["activity"] in path)
        assert row["total_float"] == plan.length - through
        assert row["is_critical"] == (through == plan.length)
        assert 0 <= row["free_float"] <= row["total_float"]


@settings(max_examples=60, deadline=None)
@given(tables(), st.data())
def test_floats_are_what_an_activity_may_be_late(table: pd.DataFrame, data: st.DataObject) -> None:
    plan = critical_path(table)
    i = data.draw(st.integers(0, len(table) - 1))
    row = plan.activities.iloc[i]
    for late, moves_the_end in ((row["total_float"], False), (row["total_float"] + 1, True)):
        later = table.copy()
        later.loc[i, "days"] += late
        assert (critical_path(later).length > plan.length) == moves_the_end
    later = table.copy()
    later.loc[i, "days"] += row["free_float"]
    moved = critical_path(later).activities["early_start"] != plan.activities["early_start"]
    assert not moved.any()


def test_many_critical_paths_are_counted_and_some_are_shown() -> None:
    rows = [("s0", 1, "")]
    for k in range(10):
        rows += [(f"x{k}", 2, f"s{k}"), (f"y{k}", 2, f"s{k}"), (f"s{k + 1}", 1, f"x{k};y{k}")]
    plan = critical_path(pd.DataFrame(rows, columns=["activity", "days", "after"]))
    assert plan.n_paths == 2**10
    assert len(plan.paths) == len(set(plan.paths)) == 100
    assert "one of 1,024 critical paths" in str(plan)
    assert "No activity has any float" in str(plan)


def test_parts_of_a_day_leave_no_float_behind() -> None:
    table = pd.DataFrame(
        {"activity": list("ABCD"), "days": [0.1, 0.2, 0.3, 0.3], "after": ["", "A", "B", ""]}
    )
    plan = critical_path(table)
    assert plan.length == 0.6
    assert plan.critical == ("A", "B", "C")
    assert plan.activities["total_float"].tolist() == [0, 0, 0, 0.3]


@pytest.mark.parametrize(("sample", "project"), SAMPLES)
def test_every_sample(sample: str, project: str) -> None:
    plant = Plant.sample(sample)
    whole, rest = critical_path(plant, project=project), critical_path(plant, project=project, remaining=True)
    assert 0 < rest.length <= whole.length
    assert whole.project == project
    assert len(whole.activities) == (plant.activities["project"] == project).sum()
    alone = plant.activities.query("project == @project")
    pd.testing.assert_frame_equal(critical_path(alone).activities, whole.activities)
    done = alone["done_share"].to_numpy()
    assert rest.activities["days"].to_numpy() == pytest.approx(
        alone["days"].to_numpy() * (1 - done), abs=1e-3
    )


def test_everything_wrong_is_named_at_once() -> None:
    table = pd.DataFrame(
        {
            "activity": ["lay", "weld", "paint", "test", "ship", "lay"],
            "days": [1, -2, "soon", 4, math.nan, 1],
            "after": ["paint", "lay", "weld; wled", "ship", "test", ""],
        }
    )
    with pytest.raises(PlantError) as error:
        critical_path(table)
    said = [str(fault) for fault in error.value.faults]
    assert [text.split(" must")[0] for text in said] == [
        "activities: days of weld",
        "activities: days of paint",
        "activities: days of ship",
        "activities: activity of row 6",
        "activities: after of paint",
        "activities: after",
        "activities: after",
    ]
    assert "nearest: weld" in said[4]
    assert "got 'wled'" in said[4]
    assert "'lay → weld → paint → lay'" in said[5]
    assert "'test → ship → test'" in said[6]


def test_what_is_no_project() -> None:
    plant = Plant.sample("metal")
    with pytest.raises(InputError, match="nearest: second coating booth"):
        critical_path(plant, project="second coatng booth")
    with pytest.raises(InputError, match="'move of the welding shop', got None"):
        critical_path(plant)
    with pytest.raises(InputError, match="has no column project"):
        critical_path(milwaukee(), project="booth")
    with pytest.raises(InputError, match="a DataFrame of activities, or a Plant, got 'list'"):
        critical_path([1, 2])  # type: ignore[arg-type]
    with pytest.raises(InputError, match="at least one activity"):
        critical_path(milwaukee().iloc[:0])
    with pytest.raises(InputError, match="'A → A'"):
        critical_path(pd.DataFrame({"activity": ["A"], "days": [1], "after": ["A"]}))
    with pytest.raises(MissingTableError, match="activities"):
        critical_path(Plant({k: plant.table(k) for k in plant.tables if k != "activities"}))
    assert np.isfinite(critical_path(milwaukee()).length)


def three_points() -> pd.DataFrame:
    """The same project with three-point estimates (Heizer & Render; the figures from memory, unchecked)."""
    return milwaukee().assign(
        days_optimistic=[1, 2, 1, 2, 1, 1, 3, 1],
        days=[2, 3, 2, 4, 4, 2, 4, 2],
        days_pessimistic=[3, 4, 3, 6, 7, 9, 11, 3],
    )


def test_three_point_estimates_by_the_formula() -> None:
    estimate = pert(three_points(), due=16)
    means = estimate.activities["mean"].to_numpy()
    assert means == pytest.approx(milwaukee()["days"].to_numpy(), abs=1e-12)  # the published durations
    assert estimate.path == tuple(CASES["SCH-CPM-MILWAUKEE"]["expected"]["critical_path"])
    assert estimate.mean == CASES["SCH-CPM-MILWAUKEE"]["expected"]["project_length"]
    assert estimate.variance == pytest.approx(3.11, abs=0.005)
    assert estimate.z() == pytest.approx(0.57, abs=0.005)
    assert estimate.chance_normal() == pytest.approx(0.7157, abs=0.002)  # the book's table stops at z = 0.57
    assert estimate.days_normal(0.99) == pytest.approx(19.1, abs=0.05)


@pytest.mark.parametrize("distribution", ["beta", "triangular"])
def test_one_activity_is_simulated_with_its_own_distribution(distribution: str) -> None:
    one = pd.DataFrame({"activity": ["A"], "days_optimistic": [4], "days": [5], "days_pessimistic": [12]})
    estimate = pert(one, distribution=distribution, runs=40_000, seed=3)
    mean, sd = ((4 + 20 + 12) / 6, 8 / 6)
    if distribution == "triangular":
        mean, sd = 21 / 3, math.sqrt((16 + 25 + 144 - 20 - 48 - 60) / 18)
    assert estimate.simulated_mean == pytest.approx(mean, abs=4 * sd / 200)
    assert estimate.simulated_sd == pytest.approx(sd, rel=0.02)
    low, high = estimate.simulated_mean_interval
    assert high - low == pytest.approx(2 * 1.96 * estimate.simulated_sd / 200, rel=1e-4)
    assert 4 <= estimate.simulated[0] <= estimate.simulated[-1] <= 12
    assert estimate.activities["critical_share"].tolist() == [1.0]


def test_paths_that_merge_make_the_formula_an_optimist() -> None:
    """Five equal paths: their chance together is the fifth power of one's."""
    n = 5
    five = pd.DataFrame(
        {
            "activity": list("ABCDE"),
            "days_optimistic": [7] * n,
            "days": [10] * n,
            "days_pessimistic": [13] * n,
        }
    )
    estimate = pert(five, due=11, runs=40_000)
    one = float(beta(4, 4).cdf((11 - 7) / 6))  # the symmetric beta with a deviation of a sixth of its range
    assert estimate.chance_path() == pytest.approx(one, abs=0.01)
    assert estimate.chance_simulated() == pytest.approx(one**n, abs=0.01)
    low, high = estimate.chance_interval()
    assert low < estimate.chance_simulated() < high < low + 0.011
    assert estimate.optimism() == estimate.chance_normal() - estimate.chance_simulated() > 0.3
    assert estimate.days_normal(0.5) == 10 < estimate.days_simulated(0.5)
    assert estimate.activities["critical_share"].sum() == pytest.approx(1, abs=1e-3)  # one is the longest
    assert estimate.activities["critical_share"].to_numpy() == pytest.approx(0.2, abs=0.01)
    assert "84 % done within 11 days" in str(estimate)
    assert "that path alone 83 %, the whole project 39 % (38.1 to 39.1)" in str(estimate)


@settings(max_examples=40, deadline=None)
@given(tables(), st.data())
def test_simulated_length_is_never_below_any_path(table: pd.DataFrame, data: st.DataObject) -> None:
    spread = data.draw(st.lists(st.integers(0, 4), min_size=len(table), max_size=len(table)))
    table["days_pessimistic"] = table["days"] + spread
    table["days_optimistic"] = np.maximum(0, table["days"] - spread)
    estimate = pert(table, runs=200, seed=1)
    assert (estimate.simulated >= estimate.simulated_path - 1e-9).all()
    assert estimate.path in every_path(table)
    means = dict(zip(table["activity"], estimate.activities["mean"], strict=True))
    assert estimate.mean == pytest.approx(max(sum(means[a] for a in p) for p in every_path(table)))
    longest = {p: sum(means[a] for a in p) for p in every_path(table)}
    variance = dict(zip(table["activity"], estimate.activities["variance"], strict=True))
    ties = [sum(variance[a] for a in p) for p, mean in longest.items() if mean > estimate.mean - 1e-9]
    assert estimate.variance == pytest.approx(max(ties))
    assert pert(table, runs=200, seed=1).simulated.tolist() == estimate.simulated.tolist()


def test_certain_activities_have_no_spread() -> None:
    table = milwaukee().assign(days_optimistic=lambda t: t["days"], days_pessimistic=lambda t: t["days"])
    estimate = pert(table, due=15)
    assert (estimate.variance, estimate.chance_normal(), estimate.chance_simulated(), estimate.z()) == (
        0,
        1,
        1,
        0,
    )
    assert estimate.chance_normal(14.9) == estimate.chance_simulated(14.9) == 0
    assert estimate.z(14) == -math.inf


@pytest.mark.parametrize(("sample", "project"), SAMPLES)
def test_every_sample_is_estimated(sample: str, project: str) -> None:
    plant = Plant.sample(sample)
    estimate = pert(plant, project=project, runs=2000)
    assert estimate.mean > critical_path(plant, project=project).length  # more can go wrong than well
    assert estimate.simulated_mean > estimate.mean - 4 * estimate.sd / math.sqrt(2000)
    assert (
        estimate.mean > pert(plant, project=project, runs=100, remaining=True).mean
        or not plant.activities.query("project == @project")["done_share"].any()
    )


def test_estimates_that_cannot_be_are_named() -> None:
    table = three_points()
    table.loc[0, "days_optimistic"] = 5
    table.loc[1, "days_pessimistic"] = 1
    table.loc[2, "days_pessimistic"] = math.nan
    table.loc[3, "after"] = "X"
    with pytest.raises(PlantError) as error:
        pert(table)
    said = [str(fault) for fault in error.value.faults]
    assert len(said) == 4
    assert "days_pessimistic of C must be a number (working days), zero or more, got nan" in said[0]
    assert "after of D" in said[1]
    assert said[2].endswith("days_optimistic of A must be no more than days (2), got 5.0")
    assert said[3].endswith("days_pessimistic of B must be no less than days (3), got 1.0")
    with pytest.raises(InputError, match="due must be given"):
        pert(three_points()).chance_normal()
    with pytest.raises(InputError, match="runs must be a whole number, 100 or more"):
        pert(three_points(), runs=10)
    with pytest.raises(InputError, match="beta, triangular"):
        pert(three_points(), distribution="normal")
    with pytest.raises(InputError, match="days_optimistic"):
        pert(milwaukee().assign(days_pessimistic=20))
    with pytest.raises(InputError, match="share must be"):
        pert(three_points()).days_simulated(1)


def crashable() -> pd.DataFrame:
    """The same project with costs (Heizer & Render; the figures from memory, unchecked)."""
    return milwaukee().assign(
        cost=[22_000, 30_000, 26_000, 48_000, 56_000, 30_000, 80_000, 16_000],
        crash_days=[1, 1, 1, 3, 2, 2, 2, 1],
        crash_cost=[22_750, 34_000, 27_000, 49_000, 58_000, 30_500, 84_500, 19_000],
    )


@st.composite
def crashables(draw: st.DrawFn) -> pd.DataFrame:
    table = draw(tables(most=5, longest=4))
    room = [draw(st.integers(0, min(2, d))) for d in table["days"]]
    per_day = draw(st.lists(st.integers(0, 6), min_size=len(table), max_size=len(table)))
    cost = draw(st.lists(st.integers(0, 50), min_size=len(table), max_size=len(table)))
    table["cost"] = cost
    table["crash_days"] = [d - r if r else math.nan for d, r in zip(table["days"], room, strict=True)]
    table["crash_cost"] = [c + r * s if r else math.nan for c, r, s in zip(cost, room, per_day, strict=True)]
    return table


def least_costs(table: pd.DataFrame) -> dict[int, float]:
    """Least cost of shortening to each whole length, over every way to shorten by whole days."""
    least = table["crash_days"].fillna(table["days"])
    room = (table["days"] - least).astype(int)
    per_day = ((table["crash_cost"] - table["cost"]) / room.where(room > 0)).fillna(0)
    paths = [[table.index[table["activity"] == a][0] for a in path] for path in every_path(table)]
    out: dict[int, float] = {}
    for saved in itertools.product(*(range(r + 1) for r in room)):
        days = table["days"].to_numpy() - np.array(saved)
        length = int(max(days[path].sum() for path in paths))
        cost = float(np.dot(saved, per_day))
        out[length] = min(out.get(length, math.inf), cost)
    best, cheapest = math.inf, {}
    for length in range(min(out), max(out) + 1):  # a shorter plan serves for a longer one
        best = min(best, out.get(length, math.inf))
        cheapest[length] = best
    return cheapest


def check_plan(plan: CrashPlan, table: pd.DataFrame) -> None:
    """The plan's figures agree with each other, and its times with the paths written out."""
    rows = plan.activities
    assert (rows["days_saved"] >= 0).all()
    least = table["crash_days"].fillna(table["days"]).to_numpy()
    assert (rows["days"].to_numpy() >= least - 1e-9).all()
    assert rows["days"].to_numpy() == pytest.approx(table["days"].to_numpy() - rows["days_saved"].to_numpy())
    per_day = rows["cost_per_day"].fillna(0)
    assert rows["added_cost"].to_numpy() == pytest.approx((per_day * rows["days_saved"]).to_numpy(), abs=1e-5)
    days = dict(zip(rows["activity"], rows["days"], strict=True))
    assert plan.length == pytest.approx(max(sum(days[a] for a in p) for p in every_path(table)), abs=1e-5)
    by_step = plan.steps.groupby("activity")["days_saved"].sum()
    for row in rows.to_dict("records"):
        assert by_step.get(row["activity"], 0.0) == pytest.approx(row["days_saved"], abs=1e-6)
    assert plan.steps["added_cost"].sum() == pytest.approx(plan.added_cost, abs=1e-4)
    assert plan.added_cost_at(plan.length) == pytest.approx(plan.added_cost, abs=1e-3)
    for _, step in plan.steps.groupby("step"):
        shorter = step["from_days"].iloc[0] - step["to_days"].iloc[0]
        assert step["added_cost"].sum() == pytest.approx(step["cost_per_day"].iloc[0] * shorter, abs=1e-3)


@settings(max_examples=25, deadline=None)
@given(crashables())
def test_crashing_against_every_way_to_shorten(table: pd.DataFrame) -> None:
    cheapest = least_costs(table)
    shortest, normal = min(cheapest), max(cheapest)
    plan = crash(table, target_days=max(shortest, 0.5), whole_days=True)
    if shortest == 0:
        return
    assert (plan.shortest_length, plan.normal_length) == (shortest, normal)
    for length, cost in cheapest.items():
        assert plan.added_cost_at(length) == pytest.approx(cost, abs=1e-5)
    check_plan(plan, table)
    assert plan.activities["days_saved"].tolist() == plan.activities["days_saved"].round().tolist()
    curve = plan.curve
    steep = np.diff(curve["added_cost"]) / -np.diff(curve["days"])
    assert (np.diff(steep) > 0).all()  # convex, and every row is a bend
    assert (steep >= 0).all()
    for daily in (1, 4):
        cheap = crash(table, indirect_cost_per_day=daily)
        assert cheap.total_cost == pytest.approx(
            table["cost"].sum() + min(cost + daily * length for length, cost in cheapest.items()), abs=1e-5
        )
        check_plan(cheap, table)
    for budget in (0, 3, 7.5):
        whole = crash(table, budget=budget, whole_days=True)
        assert whole.length == min(length for length, cost in cheapest.items() if cost <= budget + 1e-9)
        assert whole.added_cost == pytest.approx(cheapest[int(whole.length)])
        part = crash(table, budget=budget)
        assert part.added_cost <= budget + 1e-6
        assert part.length <= whole.length + 1e-9
        assert part.length == pytest.approx(shortest) or part.added_cost == pytest.approx(budget, abs=1e-4)
        check_plan(part, table)


@settings(max_examples=25, deadline=None)
@given(crashables(), st.floats(0, 1))
def test_parts_of_days_against_another_linear_program(table: pd.DataFrame, share: float) -> None:
    """The same question asked path by path: on each, days less days saved are within the target."""
    cheapest = least_costs(table)
    target = min(cheapest) + share * (max(cheapest) - min(cheapest))
    if target < 0.01:
        return
    least = table["crash_days"].fillna(table["days"])
    room = (table["days"] - least).to_numpy()
    per_day = ((table["crash_cost"] - table["cost"]) / np.where(room > 0, room, 1)).fillna(0)
    on = np.array([[a in path for a in table["activity"]] for path in every_path(table)], dtype=float)
    bound = target - on @ table["days"].to_numpy()
    other = linprog(per_day, A_ub=-on, b_ub=bound, bounds=[(0, r) for r in room])
    plan = crash(table, target_days=target)
    assert plan.added_cost == pytest.approx(other.fun, abs=1e-4)
    assert plan.length <= target + 1e-5
    check_plan(plan, table)


def test_the_published_project_made_shorter() -> None:
    table = crashable()
    plan = crash(table, target_days=13)
    check_plan(plan, table)
    first = plan.steps.iloc[0]
    assert (first["activity"], first["days_saved"], first["cost_per_day"]) == (
        "A",
        1,
        750,
    )  # the book's first step
    assert plan.schedule.n_paths == 2  # B-D-G-H holds the end too now
    assert plan.shortest_length == 7
    assert plan.steps.loc[1, ["activity", "cost_per_day"]].tolist() == ["G", 1500]
    assert plan.added_cost == 2250
    assert str(plan).startswith("13 days in place of 15: shorten A by 1, G by 1.\nThat adds 2,250;")
    assert crash(table, target_days=40).length == 15
    assert "nothing is shortened" in str(crash(table, target_days=15))
    with pytest.raises(InputError, match=r"target_days must be 7 or more \(days\).*got 6.5"):
        crash(table, target_days=6.5)


def test_a_step_may_give_a_day_back() -> None:
    """First only the way over the bridge is critical, and the bridge is cheap; later both ends are shortened."""
    table = pd.DataFrame(
        {
            "activity": ["start", "long", "bridge", "end", "slow"],
            "after": ["", "", "start", "long;bridge", "start"],
            "days": [5, 10, 7, 5, 10],
            "cost": [0] * 5,
            "crash_days": [3, math.nan, 3, 3, math.nan],
            "crash_cost": [120, math.nan, 80, 120, math.nan],
        }
    )
    plan = crash(table, target_days=13)
    check_plan(plan, table)
    for length, cost in least_costs(table).items():
        assert plan.added_cost_at(length) == pytest.approx(cost)
    steps = plan.steps[["step", "activity", "days_saved", "cost_per_day"]].to_numpy().tolist()
    assert steps == [
        [1, "bridge", 2, 20],
        [2, "start", 2, 100],
        [2, "bridge", -2, 100],
        [2, "end", 2, 100],
    ]


@pytest.mark.parametrize(("sample", "project"), SAMPLES)
def test_every_sample_is_shortened(sample: str, project: str) -> None:
    plant = Plant.sample(sample)
    rows = plant.activities.query("project == @project").reset_index(drop=True)
    plan = crash(plant, project=project, target_days=critical_path(rows).length - 1, whole_days=True)
    check_plan(plan, rows)
    assert plan.length == plan.normal_length - 1
    assert plan.normal_cost == rows["cost"].sum()
    fastest = crash(plant, project=project, target_days=plan.shortest_length)
    check_plan(fastest, rows)
    assert fastest.length == pytest.approx(plan.shortest_length)


def test_costs_that_cannot_be_are_named() -> None:
    table = crashable()
    table.loc[0, "crash_days"] = 3
    table.loc[1, "crash_cost"] = 100
    table.loc[2, "crash_cost"] = math.nan
    table.loc[3, "days"] = -1
    with pytest.raises(PlantError) as error:
        crash(table, target_days=10)
    said = " | ".join(str(fault) for fault in error.value.faults)
    for part in (
        "days of D must be a number (working days), zero or more, got -1",
        "crash_days of A must be no more than days (2), got 3.0",
        "crash_cost of B must be no less than cost (30000), got 100.0",
        "crash_cost of C must be given",
    ):
        assert part in said
    with pytest.raises(InputError, match="the aim must be one of"):
        crash(crashable())
    with pytest.raises(InputError, match="the aim must be one of"):
        crash(crashable(), target_days=12, budget=100)
    with pytest.raises(InputError, match=r"whole, where whole_days is asked for, got 2\.5"):
        crash(crashable().assign(days=[2.5, 3, 2, 4, 4, 3, 5, 2]), target_days=12, whole_days=True)
    with pytest.raises(InputError, match="column crash_days"):
        crash(crashable().drop(columns="crash_days"), target_days=12)
    with pytest.raises(InputError, match="7 up"):
        crash(crashable(), target_days=12).added_cost_at(5)


@st.composite
def shared(draw: st.DrawFn, most: int = 5) -> tuple[pd.DataFrame, dict[str, float]]:
    table = draw(tables(most=most, longest=4))
    n = len(table)
    table["resource"] = draw(st.lists(st.sampled_from(["fitter", "welder", ""]), min_size=n, max_size=n))
    table["resource_units"] = draw(st.lists(st.integers(0, 2), min_size=n, max_size=n))
    there = [r for r in ("fitter", "welder") if r in set(table["resource"])]
    return table, {r: draw(st.integers(2, 3)) for r in there}


def check_shared(plan: ResourceSchedule, table: pd.DataFrame, capacity: dict[str, float]) -> None:
    """Nothing begins before what it waits for has ended, and no resource is in use beyond its units."""
    rows = plan.activities.set_index("activity")
    assert rows["days"].tolist() == table["days"].tolist()
    assert (rows["finish"] - rows["start"]).to_numpy() == pytest.approx(rows["days"].to_numpy())
    for row in table.to_dict("records"):
        for before in filter(None, row["after"].split(";")):
            assert rows.loc[row["activity"], "start"] >= rows.loc[before, "finish"] - 1e-9
    for moment in rows["start"]:  # use rises at starts only
        busy = table[((rows["start"] <= moment + 1e-9) & (rows["finish"] > moment + 1e-9)).to_numpy()]
        for resource, units in capacity.items():
            assert busy.loc[busy["resource"] == resource, "resource_units"].sum() <= units + 1e-9
    assert plan.unlimited_length == critical_path(table).length
    assert plan.unlimited_length <= plan.bound <= plan.length
    assert (plan.activities["delay"] >= 0).all()
    usage = plan.usage
    assert not (usage["units"] > usage["capacity"] + 1e-9).any()
    work = table["days"] * table["resource_units"] * (table["resource"] != "")
    assert plan.load["unit_days"].sum() == pytest.approx(work.sum())


def shortest_by_trial(table: pd.DataFrame, capacity: dict[str, float]) -> int:
    """Every order of the activities, each placed on the first days on which it fits, day by day."""
    rows = {r["activity"]: r for r in table.to_dict("records")}
    after = {a: [b for b in r["after"].split(";") if b] for a, r in rows.items()}
    horizon, best = int(table["days"].sum()) + 1, math.inf
    for order in itertools.permutations(rows):
        if any(order.index(b) > order.index(a) for a in rows for b in after[a]):
            continue
        used, end = {r: [0] * horizon for r in capacity}, {}
        for a in order:
            row, begin = rows[a], max((end[b] for b in after[a]), default=0)
            free = used.get(row["resource"]) if row["days"] and row["resource_units"] else None
            while free is not None and any(
                free[t] + row["resource_units"] > capacity[row["resource"]]
                for t in range(begin, begin + row["days"])
            ):
                begin += 1
            end[a] = begin + row["days"]
            for t in range(begin, end[a]):
                if free is not None:
                    free[t] += row["resource_units"]
        best = min(best, max(end.values()))
    return int(best)


@settings(max_examples=40, deadline=None)
@given(shared())
def test_resources_against_every_order(case: tuple[pd.DataFrame, dict[str, float]]) -> None:
    table, capacity = case
    least = shortest_by_trial(table, capacity)
    plan = resource_schedule(table, capacity)
    check_shared(plan, table, capacity)
    assert plan.length == plan.bound == least
    assert (plan.status, plan.gap, plan.is_optimal) == ("optimal", 0.0, True)
    for rule in PROJECT_RULES:
        by_rule = resource_schedule(table, capacity, rule=rule)
        check_shared(by_rule, table, capacity)
        assert by_rule.bound <= least <= by_rule.length
        assert by_rule.status == ("optimal" if by_rule.length == by_rule.bound else "rule")


def crowded(n: int = 40, seed: int = 4) -> tuple[pd.DataFrame, dict[str, float]]:
    rng = np.random.default_rng(seed)
    after = [
        ";".join(f"a{j}" for j in sorted({int(x) for x in rng.integers(0, i, 2)})) if i > 3 else ""
        for i in range(n)
    ]
    table = pd.DataFrame(
        {
            "activity": [f"a{i}" for i in range(n)],
            "days": rng.integers(2, 20, n) / 2,
            "after": after,
            "resource": rng.choice(["fitter", "welder"], n),
            "resource_units": rng.integers(1, 4, n) / 2,
        }
    )
    return table, {"fitter": 2, "welder": 1.5}


def test_halves_of_days_and_of_people_and_no_time_left() -> None:
    table, capacity = crowded()
    plan = resource_schedule(table, capacity, time_limit=5)
    check_shared(plan, table, capacity)
    best_rule = min(resource_schedule(table, capacity, rule=r).length for r in PROJECT_RULES)
    assert plan.length <= best_rule
    hasty = resource_schedule(table, capacity, time_limit=1e-6)
    check_shared(hasty, table, capacity)
    assert hasty.bound <= plan.length <= hasty.length == best_rule
    assert hasty.status == "feasible"
    assert "not proven the shortest: none is under" in str(hasty)


def test_without_or_tools_the_best_rule_answers(monkeypatch: pytest.MonkeyPatch) -> None:
    table, capacity = crowded()
    monkeypatch.setattr(_resource_model, "find_spec", lambda name: None)
    plan = resource_schedule(table, capacity)
    check_shared(plan, table, capacity)
    assert plan.length == min(resource_schedule(table, capacity, rule=r).length for r in PROJECT_RULES)
    assert "OR-Tools is not installed" in plan.solver
    assert plan.status == "feasible"


def test_who_waits_for_whom() -> None:
    table = pd.DataFrame(
        {
            "activity": ["frame", "door", "paint"],
            "days": [3, 2, 1],
            "after": ["", "", "frame"],
            "resource": ["welder", "welder", "painter"],
        }
    )
    plan = resource_schedule(table, {"welder": 1}, rule="longest")
    assert plan.activities["waits_for"].tolist() == ["", "frame", ""]
    assert plan.activities["delay"].tolist() == [0, 3, 0]
    assert plan.usage.to_numpy().tolist()[:2] == [["welder", 0, 3, 1, 1], ["welder", 3, 5, 1, 1]]
    assert plan.load.set_index("resource")["load_share"]["welder"] == 1.0
    assert math.isnan(plan.load.set_index("resource")["load_share"]["painter"])  # no limit was given
    assert str(plan).startswith("5 days with 1 welder, 1 more than without.\nProven")
    assert resource_schedule(table, {"welder": 2}).length == critical_path(table).length


@pytest.mark.parametrize(("sample", "project"), SAMPLES)
def test_every_sample_with_the_fewest_people(sample: str, project: str) -> None:
    plant = Plant.sample(sample)
    rows = plant.activities.query("project == @project").reset_index(drop=True)
    capacity = rows.groupby("resource")["resource_units"].max().to_dict()
    plan = resource_schedule(plant, capacity, project=project)
    check_shared(plan, rows, capacity)
    assert plan.is_optimal
    rest = resource_schedule(plant, capacity, project=project, remaining=True)
    assert rest.length <= plan.length


def test_capacities_that_cannot_be_are_named() -> None:
    table = pd.DataFrame(
        {
            "activity": ["A", "B", "C"],
            "days": [2, 1.00005, 3],
            "after": ["", "A", "Z"],
            "resource": ["fitter", "fitter", "welder"],
            "resource_units": [3, 1, 2],
        }
    )
    with pytest.raises(PlantError) as error:
        resource_schedule(table, {"fitter": 2, "weldr": 1})
    said = " | ".join(str(fault) for fault in error.value.faults)
    for part in (
        "after of C must be codes of activities",
        "capacity['fitter'] must be 3 or more, which A alone needs, got 2.0",
        "need (nearest: welder), got 'weldr'",
        "days of B must be no finer than one in 1,000",
    ):
        assert part in said
    with pytest.raises(InputError, match=r"capacity\['fitter'\] must be above zero"):
        resource_schedule(table, {"fitter": 0})
    with pytest.raises(InputError, match="units by the name of the resource"):
        resource_schedule(table, 3)  # type: ignore[arg-type]
    with pytest.raises(InputError, match="one of optimal, latest_finish"):
        resource_schedule(table, {}, rule="fifo")
    with pytest.raises(InputError, match="column resource"):
        resource_schedule(milwaukee(), {})
