"""Projects: critical paths against every path written out, published figures, and what is wrong with a table."""

from __future__ import annotations

import json
import math
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from prodkit import Plant
from prodkit.errors import InputError, MissingTableError, PlantError
from prodkit.scheduling import critical_path

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
