"""What is planted in a sample plant is found first, by a margin; where nothing is planted nothing is found."""

from __future__ import annotations

import sys
from functools import lru_cache
from pathlib import Path

import pandas as pd
import pytest

from prodkit.plant import Plant

DATASETS = Path(__file__).parents[1] / "datasets"
sys.path.insert(0, str(DATASETS))

import generate  # noqa: E402
from finder import SCORERS, THRESHOLD, find, odd_ones  # noqa: E402
from industries import load  # noqa: E402
from stories import Story  # noqa: E402

MARGIN = 2.5  # orders of magnitude between a planted cause and the next candidate of its kind
NAME = {"drift": "changed_process", "shift": "changed_process"}  # kinds that one scorer finds
SAMPLES = Plant.samples()


@lru_cache
def found(name: str, stories: bool) -> pd.DataFrame:
    return find(Plant.sample(name) if stories else generate.make_plant(load(name), stories=False))


def planted(name: str) -> dict[str, set[str]]:
    kinds: dict[str, set[str]] = {}
    for story in load(name).stories:
        if story.kind != "false_lead":
            kinds.setdefault(NAME.get(story.kind, story.kind), set()).add(story.where)
    return kinds


@pytest.mark.parametrize("name", SAMPLES)
def test_what_is_planted_comes_first_by_a_margin(name: str) -> None:
    table = found(name, True)
    kinds = planted(name)
    assert set(kinds) <= set(SCORERS)
    for kind, wheres in kinds.items():
        rows = table[table["kind"] == kind].reset_index(drop=True)
        assert set(rows["where"][: len(wheres)]) == wheres, kind
        least, rest = rows["score"][len(wheres) - 1], rows["score"][len(wheres) :].max()
        assert least >= THRESHOLD, kind
        assert least >= rest + MARGIN, kind
    top = table[table["score"] >= THRESHOLD]
    assert {(row.kind, row.where) for row in top.itertuples()} == {
        (k, w) for k, ws in kinds.items() for w in ws
    }


@pytest.mark.parametrize("name", SAMPLES)
def test_nothing_is_found_where_nothing_is_planted(name: str) -> None:
    table = found(name, False)
    assert set(table["kind"]) == set(SCORERS)
    assert table["score"].max() < THRESHOLD


@pytest.mark.parametrize("name", SAMPLES)
def test_a_false_lead_is_chance(name: str) -> None:
    leads = [story.where for story in load(name).stories if story.kind == "false_lead"]
    assert len(leads) == 1
    table = found(name, True)
    scores = table[table["where"].isin(leads)]
    assert len(scores) >= len(leads)
    assert scores["score"].max() < THRESHOLD


def test_one_plant_has_no_cause_and_the_others_differ() -> None:
    if "computers" in SAMPLES:
        assert planted("computers") == {}
    kinds = [frozenset(planted(name)) for name in SAMPLES if name != "computers"]
    assert all(kinds)
    assert len(set(kinds)) == len(kinds)


def test_a_planted_story_changes_only_what_it_touches() -> None:
    base = load("metal")
    plain = generate.make_plant(base, stories=False)
    one = generate.make_plant(generate.replace(base, stories=(Story("failing_machine", "press-2", times=4),)))
    for name in ("items", "demand", "past_orders", "people", "absences", "orders", "actuals", "measurements"):
        pd.testing.assert_frame_equal(plain.table(name), one.table(name))
    rows = find(one)
    assert (rows["kind"][0], rows["where"][0]) == ("failing_machine", "press-2")


def test_absences_of_one_team_are_found() -> None:
    story = Story("absence_cluster", "assembly", times=4, weeks=26)
    rows = find(generate.make_plant(generate.replace(load("metal"), stories=(story,))))
    assert (rows["kind"][0], rows["where"][0]) == ("absence_cluster", "assembly")
    assert rows["score"][0] >= THRESHOLD > rows["score"][1]


def test_scores_are_of_one_scale() -> None:
    even = {f"m{number}": 1 + 0.01 * number for number in range(10)}
    assert max(odd_ones(even, 0.02).values()) < 1
    assert odd_ones(even | {"odd": 2.0}, 0.02)["odd"] > 10
    assert odd_ones({"a": 1.0, "b": 9.0}, 0.1) == {}  # too few to say what is usual
