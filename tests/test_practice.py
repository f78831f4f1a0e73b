"""Practice and the plant picker: their Python halves, driven as the browser drives them."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from prodkit import course
from prodkit.errors import InputError, PlantError
from prodkit.exercises import Attempt, all_problems
from prodkit.plant import Plant
from prodkit.study import Journal
from prodkit.widgets import Practice, exercise, plant_picker, practice

LOT, WAIT = "materials.eoq", "materials.backorder_quantity"


@pytest.fixture(autouse=True)
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A data folder of the test's own."""
    monkeypatch.setenv("PRODKIT_HOME", str(tmp_path))
    return tmp_path


def keyed(desk: Practice) -> dict[str, Any]:
    """The key of the open problem as a learner would type it."""
    key = desk.attempt.variant.key
    return {part.id: part.type(getattr(key, part.id)) for part in desk.attempt.problem.parts}


def offered(desk: Practice) -> dict[str, dict[str, Any]]:
    return {row["id"]: row for group in desk.offer["groups"] for row in group["problems"]}


def test_an_outcome_a_subject_and_everything_can_be_practiced() -> None:
    every = all_problems()
    assert set(offered(practice())) == set(every)
    assert set(offered(practice("materials"))) == set(all_problems("materials"))
    first, second = (set(offered(practice(f"lesson.05.{n}"))) for n in (1, 2))
    assert first
    assert second
    assert not first & second
    assert set(offered(practice("lesson.05.1", "lesson.05.2"))) == first | second
    assert all("lesson.05.1" in every[id].outcomes for id in first)


def test_what_is_not_there_is_refused_with_what_is() -> None:
    with pytest.raises(InputError, match=r"lesson\.05\.1.*materials"):
        practice("lesson.05.9")
    with pytest.raises(InputError, match="start"):
        practice("lesson.05.2", start=LOT)


def test_sittings_part_the_list_of_a_subject_and_levels_that_of_a_sitting() -> None:
    labels = [group["label"] for group in practice("materials").offer["groups"]]
    assert "05 Materials, sitting 1" in labels
    assert "05 Materials, sitting 2" in labels
    groups = practice("lesson.05.1").offer["groups"]
    assert [group["label"].partition(":")[0] for group in groups] == ["Level 1", "Level 2", "Level 3"]
    for group in groups:
        assert {all_problems()[row["id"]].level for row in group["problems"]} == {int(group["label"][6])}


def test_choosing_lays_another_problem_on_the_same_card() -> None:
    desk = practice("lesson.05.1", start=LOT)
    desk.submit(quantity="5")
    desk._handle_custom_msg({"do": "pick", "problem": WAIT, "seq": 3}, [])
    assert desk.view == exercise(WAIT).view
    assert (desk.verdict, desk.answers, desk.offer["picked"]) == (None, {}, WAIT)
    desk.pick(LOT)
    assert desk.answers == {"quantity": "5"}, "the journal brings back what was answered"


def test_a_practice_card_judges_as_the_plain_card_does() -> None:
    for id in all_problems("materials"):
        desk, card = practice("materials", start=id), exercise(id)
        answers = keyed(desk)
        assert desk.submit(answers) == card.submit(answers)
        assert desk.verdict == card.verdict


def test_what_is_right_gets_its_mark_and_keeps_it() -> None:
    desk = practice("lesson.05.1", start=LOT)
    assert not offered(desk)[LOT]["right"]
    desk.submit(dict.fromkeys(keyed(desk), "1"))
    assert not offered(desk)[LOT]["right"]
    desk.submit(keyed(desk))
    assert offered(desk)[LOT]["right"]
    assert desk.offer["said"].startswith("1 of ")
    again = practice("lesson.05.1")
    assert offered(again)[LOT]["right"]
    assert again.offer["picked"] != LOT
    assert f"✓ {all_problems()[LOT].title}" in repr(again)


def test_numbers_that_were_spent_earn_no_mark() -> None:
    desk = practice("lesson.05.1", start=LOT)
    desk.press("solution")
    desk.submit(keyed(desk))
    assert desk.verdict["state"] == "right"
    assert not offered(desk)[LOT]["right"]
    assert not offered(practice("lesson.05.1"))[LOT]["right"]


def test_pick_for_me_goes_through_all_that_is_not_right_and_keeps_the_title_back() -> None:
    desk = practice("lesson.05.1", start=LOT)
    seen = [LOT]
    for _ in range(len(offered(desk)) - 1):
        desk.pick()
        seen.append(desk.attempt.problem.id)
    assert sorted(seen) == sorted(offered(desk)), "each comes once before one comes again"
    title = desk.attempt.problem.title
    assert (desk.view["title"], desk.offer["picked"]) == ("Picked for you", "")
    assert title not in json.dumps([desk.view, desk.offer["said"]])
    assert title not in repr(desk).rpartition("\n\n")[2]
    desk.submit(keyed(desk))
    assert f"“{title}”" in desk.offer["said"]


def test_pick_for_me_passes_by_what_is_right() -> None:
    for id in all_problems("materials"):
        if id not in (LOT, WAIT) and "lesson.05.1" in all_problems()[id].outcomes:
            Journal().add(
                "check", problem=id, plant="x", seed=1, data={"answers": {}, "score": 1.0, "spent": False}
            )
    desk = practice("lesson.05.1", start=LOT)
    desk.pick()
    assert desk.attempt.problem.id == WAIT


@pytest.mark.parametrize(
    "message", [{"do": "pick"}, {"do": "pick", "problem": ["x"]}, {"do": "pick", "problem": "materials.min_max"}, None, {"do": {}}]
)  # fmt: skip
def test_garbage_becomes_a_line_and_the_card_lives_on(message: Any) -> None:
    desk = practice("lesson.05.1", start=LOT)
    desk._receive(desk, message, [])
    assert desk.error
    assert desk.offer["picked"] == LOT
    desk.pick(WAIT)
    assert (desk.error, desk.offer["picked"]) == ("", WAIT)


def test_neither_list_nor_card_holds_a_key() -> None:
    desk = practice("materials", start=LOT)
    figures = [f"{value:.6g}" for value in vars(desk.attempt.variant.key).values()]
    assert not [figure for figure in figures if figure in json.dumps([desk.view, desk.offer, repr(desk)])]


def test_the_text_is_the_same_in_every_run_and_kept_whole() -> None:
    one, other = practice("lesson.05.2"), practice("lesson.05.2")
    assert repr(one) == repr(other)
    assert one._repr_mimebundle_()[0]["text/plain"] == repr(one)
    assert Attempt(one.offer["picked"]).text() in repr(one)


def test_a_damaged_journal_is_said(home: Path) -> None:
    (home / "journal.sqlite").write_bytes(b"this is no database" * 100)
    assert "Earlier work is not shown" in practice("lesson.05.1").offer["said"]


def test_practice_runs_on_the_plant_it_is_given() -> None:
    tables = {name: Plant.sample("metal").table(name) for name in Plant.sample("metal").tables}
    tables["about"]["name"] = "Elsewhere"
    desk = practice("lesson.05.1", plant=Plant(tables), start=LOT)
    desk.pick(WAIT)
    assert desk.view["plant"] == "Elsewhere"


# ---- the plant picker and the course's plant


def own_plant(home: Path, file: str, name: str) -> Path:
    sample = Plant.sample("metal")
    tables = {key: sample.table(key) for key in ("about", "items", "bom", "demand")}
    tables["about"]["name"] = name
    path = course.plants_folder() / file
    Plant(tables).write(path)
    return path


def test_the_course_begins_on_a_sample_and_remembers_a_choice(home: Path) -> None:
    assert course.chosen() == "metal"
    assert list(home.iterdir()) == [], "asking writes nothing"
    own_plant(home, "mine.xlsx", "Own works")
    own_plant(home, "folder", "Own folder")
    assert set(course.choices()) == {*Plant.samples(), "mine.xlsx", "folder"}
    picker = plant_picker()
    picker._handle_custom_msg({"do": "choose", "plant": "mine.xlsx"}, [])
    assert (picker.offer["picked"], picker.offer["fault"]) == ("mine.xlsx", "")
    said = picker.offer["said"]
    assert "Own works (mine.xlsx): metal, amounts in USD, metric units." in said
    assert "lesson 05 without suppliers, past_orders" in said
    assert course.begin().name == "Own works"
    assert course.begin("metal").name == "Halden Metal", "one cell overrides it"
    assert course.begin("folder").name == "Own folder"
    assert course.chosen() == "mine.xlsx"
    picker.choose("metal")
    assert course.begin().name == "Halden Metal"


def test_a_plant_with_faults_is_not_taken_and_they_are_told(home: Path) -> None:
    path = own_plant(home, "folder", "Own folder")
    items = (path / "items.csv").read_text(encoding="utf-8").splitlines()
    (path / "items.csv").write_text(
        "\n".join([items[0], items[1].replace(",make,", ",dream,"), *items[2:]]), encoding="utf-8"
    )
    picker = plant_picker()
    said = picker.choose("folder")
    assert "dream" in picker.offer["fault"]
    assert "items" in said
    assert (picker.offer["picked"], course.chosen()) == ("metal", "metal")


def test_a_chosen_plant_that_was_spoiled_since_is_said_and_not_raised(home: Path) -> None:
    path = own_plant(home, "folder", "Own folder")
    plant_picker().choose("folder")
    items = (path / "items.csv").read_text(encoding="utf-8")
    (path / "items.csv").write_text(items.replace(",make,", ",dream,", 1), encoding="utf-8")
    picker = plant_picker()
    assert "cannot be read as it is now" in picker.offer["said"]
    assert "dream" in picker.offer["fault"]
    assert picker.offer["picked"] == "folder"


def test_a_chosen_plant_that_is_gone_is_said_and_the_sample_shown(
    home: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = own_plant(home, "mine.xlsx", "Own works")
    course.choose("mine.xlsx")
    path.unlink()
    assert course.begin().name == "Halden Metal"
    assert "cannot be used" in capsys.readouterr().out
    assert "no longer there" in plant_picker().offer["fault"]


def test_one_way_to_find_a_plant(home: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = own_plant(home, "mine.xlsx", "Own works")
    here = tmp_path / "here"
    here.mkdir()
    monkeypatch.chdir(here)
    assert course.find("mine") == course.find("mine.xlsx") == course.find(str(path)) == path
    assert course.read("mine").name == course.begin("mine").name == "Own works"
    (here / "mine").mkdir()
    assert course.find("mine") == path, "a folder without tables is no plant"
    with pytest.raises(InputError, match=r"mine\.xlsx"):
        course.find("birch")
    sample = Plant.sample("food")
    Plant({name: sample.table(name) for name in ("about", "items", "demand")}).write(here / "mine.xlsx")
    assert course.read("mine.xlsx").name == sample.name, "what lies here comes first"
    assert course.choose("mine.xlsx").name == course.begin().name == "Own works", "the picker offers its own"
    assert course.find("metal").is_dir()


def test_how_a_plant_is_written_is_remembered_for_the_lessons(home: Path, tmp_path: Path) -> None:
    path = own_plant(home, "folder", "Own folder")
    about = path / "about.csv"
    about.write_text(about.read_text().replace("2026-01-05", "05.01.2026"))
    with pytest.raises(PlantError, match=r"05\.01\.2026"):
        course.choose("folder")
    assert course.notation(path) == {}
    assert course.remember(path, None, "DD.MM.YYYY")
    assert course.choose("folder").first_day.isoformat() == "2026-01-05"
    assert course.begin().name == course.read(str(path)).name == "Own folder"
    assert course.remember(path, ",", "")
    assert course.notation(path) == {"date_format": "DD.MM.YYYY", "decimal": ","}
    assert set(course.choices()) == {*Plant.samples(), "folder"}, "the note is no plant"
    elsewhere = tmp_path / "folder"
    assert not course.remember(elsewhere, ",", "")
    assert course.notation(elsewhere) == {}
    for text in ("{", "[]", '{"folder": 5}', '{"folder": {"decimal": 5}}'):
        (home / "plants" / ".notation.json").write_text(text, encoding="utf-8")
        assert course.notation(path) == {}


def test_a_plant_without_a_table_that_the_lesson_needs_gives_way_to_its_sample(
    home: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    own_plant(home, "mine.xlsx", "Own works")
    assert course.begin("mine.xlsx", needs=("items", "suppliers")).name == "Halden Metal"
    assert "Own works has no rows in suppliers" in capsys.readouterr().out


@pytest.mark.parametrize("text", ["", "{", "[]", '{"plant": 5}', "\x00"])
def test_a_damaged_note_means_the_sample(home: Path, text: str) -> None:
    (home / "course.json").write_text(text, encoding="utf-8")
    assert course.chosen() == "metal"


@pytest.mark.parametrize(
    "message", [None, {}, {"do": "choose"}, {"do": "choose", "plant": "../x"}, {"do": "delete"}]
)
def test_garbage_to_the_picker_becomes_a_line(message: Any) -> None:
    picker = plant_picker()
    picker._receive(picker, message, [])
    assert picker.offer["fault"]
    assert picker.offer["picked"] == "metal"


def test_only_begin_touches_how_pandas_shows_figures() -> None:
    import subprocess
    import sys

    code = (
        "import pandas as pd, prodkit, prodkit.widgets.card, prodkit.materials\n"
        "assert pd.options.display.float_format is None\n"
        "prodkit.begin('metal')\n"
        "print(pd.Series([2480.0]).to_string())"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.split() == ["0", "2,480"]
