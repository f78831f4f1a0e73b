"""The plant: reading, writing, tables, use through the bills, and the declaration they come from."""

from __future__ import annotations

import csv
import doctest
import importlib
import subprocess
import sys
from datetime import date
from itertools import pairwise
from pathlib import Path

import numpy as np
import openpyxl
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

import prodkit.plant
from prodkit.errors import InputError, MissingTableError, PlantError
from prodkit.plant import TABLES, Plant, bill_levels


@pytest.fixture(scope="module")
def metal() -> Plant:
    return Plant.sample("metal")


def tiny(**changes: pd.DataFrame | None) -> Plant:
    """A plant that can be worked out on paper: a cart of one frame and four wheels."""
    tables: dict[str, pd.DataFrame | None] = {
        "about": pd.DataFrame(
            [
                {
                    "name": "Tiny",
                    "industry": "metal",
                    "currency": "CAD",
                    "jurisdiction": "CA-ON",
                    "first_day": pd.Timestamp("2026-01-05"),
                    "holding_rate": 0.2,
                }
            ]
        ),
        "items": pd.DataFrame(
            [
                {
                    "item": item,
                    "name": item,
                    "kind": kind,
                    "unit": "pcs",
                    "lead_time_weeks": 1,
                    "on_hand": 0,
                    "unit_cost": 1,
                    "order_cost": 1,
                    "yield_share": good,
                }
                for item, kind, good in [
                    ("cart", "make", 1),
                    ("frame", "make", 0.8),
                    ("wheel", "buy", 1),
                    ("tube", "buy", 1),
                ]
            ]
        ),
        "bom": pd.DataFrame(
            [
                {"parent": "cart", "component": "frame", "quantity_per": 1, "scrap_share": 0},
                {"parent": "cart", "component": "wheel", "quantity_per": 4, "scrap_share": 0.2},
                {"parent": "frame", "component": "tube", "quantity_per": 2, "scrap_share": 0},
            ]
        ),
        "demand": pd.DataFrame(
            [
                {"week": pd.Timestamp("2025-12-22"), "item": "cart", "quantity": 10},
                {"week": pd.Timestamp("2025-12-29"), "item": "cart", "quantity": 20},
                {"week": pd.Timestamp("2025-12-29"), "item": "wheel", "quantity": 7},
            ]
        ),
    }
    tables.update(changes)
    return Plant({name: table for name, table in tables.items() if table is not None})


def same(one: Plant, other: Plant) -> None:
    assert one.tables == other.tables
    for name in one.tables:
        pd.testing.assert_frame_equal(one.table(name), other.table(name))


def test_doctests() -> None:
    tried = 0
    for name in ("bills", "dictionary", "plant", "schema", "sheets", "template"):
        result = doctest.testmod(importlib.import_module(f"prodkit.plant.{name}"))
        assert result.failed == 0
        tried += result.attempted
    assert tried >= 10


def test_the_facts(metal: Plant) -> None:
    assert (metal.name, metal.industry, metal.jurisdiction) == ("Halden Metal", "metal", "US")
    assert (metal.currency, metal.units, metal.holding_rate) == ("USD", "metric", 0.22)
    assert metal.first_day == date(2026, 1, 5)
    assert repr(metal).startswith("Halden Metal (metal, US, USD, metric): items ")
    assert metal.remarks == ()
    assert metal.check() == []


def test_a_table_has_its_documented_columns_and_types(metal: Plant) -> None:
    assert metal.tables == tuple(name for name in TABLES if name in metal.tables)
    assert len(metal.tables) >= 8
    for name in metal.tables:
        table, frame = TABLES[name], metal.table(name)
        assert tuple(frame.columns) == table.names
        for column in table.columns:
            dtype = frame[column.name].dtype
            if column.kind == "yes/no":
                assert dtype.kind == "b"
            elif column.kind in ("date", "week"):
                assert dtype == "datetime64[ns]"
            elif column.kind == "whole" and (column.required or column.default is not None):
                assert dtype == np.int64
            elif column.numeric:
                assert dtype == np.float64
            else:
                assert all(isinstance(value, str) for value in frame[column.name])


def test_a_plant_does_not_change(metal: Plant) -> None:
    items = metal.items
    items.loc[:, "on_hand"] = -1.0
    assert (metal.items["on_hand"] >= 0).all()
    use = metal.weekly_use()
    use.loc[:, "quantity"] = -1.0
    assert (metal.weekly_use()["quantity"] >= 0).all()


def test_attributes(metal: Plant) -> None:
    assert metal.bom.equals(metal.table("bom"))
    assert "past_orders" in dir(metal)
    assert not hasattr(metal, "boom")
    with pytest.raises(InputError, match="table must be one of about, items"):
        metal.table("boom")
    with pytest.raises(InputError, match=r"industry must be one of the samples: .*metal"):
        Plant.sample("bakery")


def test_need_says_what_is_missing() -> None:
    plant = tiny()
    assert len(plant.need("items", 4, "the card")) == 4
    with pytest.raises(
        MissingTableError, match=r"'suppliers' is missing.*a card on suppliers needs 5 rows.* there are 0"
    ):
        plant.need("suppliers", 5, "a card on suppliers")
    with pytest.raises(MissingTableError, match=r"'items' is .*too short.*there are 4"):
        plant.need("items", 5, "a card")
    with pytest.raises(MissingTableError, match="suppliers"):
        _ = plant.suppliers


def test_a_plant_built_from_frames_fills_in_and_says_its_faults() -> None:
    plant = tiny()
    assert plant.check() == []
    assert plant.units == "metric"
    assert plant.bom["planning_share"].tolist() == [1, 1, 1]
    assert plant.demand["promotion"].dtype == bool
    bad = plant.demand.assign(quantity=[-1.0, np.nan, 2.0])
    faults = tiny(demand=bad).check()
    assert [str(f) for f in faults] == [
        "demand!C2: found -1, wanted a number (units), zero or more",
        "demand!C3: found nothing, wanted a number (units), zero or more",
    ]
    assert "2 faults" in repr(tiny(demand=bad))
    assert [f.found for f in tiny(about=None).check()] == ["no such table"]
    with pytest.raises(InputError, match="table must be one of"):
        Plant({"itmes": plant.items})


@pytest.mark.parametrize("target", ["folder", "plant.xlsx"])
def test_what_is_written_is_read_again(metal: Plant, tmp_path: Path, target: str) -> None:
    path = tmp_path / "deeper" / target
    metal.write(path)
    same(Plant.read(path), metal)
    assert [file.name for file in path.parent.iterdir()] == [target]
    metal.write(path)  # over itself
    same(Plant.read(path), metal)
    if path.is_dir():
        assert sorted(file.stem for file in path.iterdir()) == sorted(metal.tables)


@pytest.mark.parametrize("target", ["folder", "plant.xlsx"])
def test_text_stays_text(tmp_path: Path, target: str) -> None:
    names = [
        "=1+1",
        "+1",
        "-1",
        "@sum",
        "'=1+1",
        "''-",
        "'tis",
        "007",
        "1e5",
        "TRUE",
        'a, "b"\nc',
        "<b>é 中</b>",
        "2026-01-05",
        "_x0041_",
    ]
    items = pd.concat([tiny().items.iloc[[0]]] * len(names), ignore_index=True)
    items = items.assign(
        item=[f"i{n}" for n in range(len(names))], name=names, note=["=x", ""] + ["7"] * (len(names) - 2)
    )
    demand = tiny().demand.assign(item="i0").drop_duplicates(["week", "item"])
    plant = tiny(items=items, demand=demand, bom=None)
    assert plant.check() == []
    path = tmp_path / target
    plant.write(path)
    again = Plant.read(path)
    same(again, plant)
    assert again.items["name"].tolist() == names
    assert again.items["note"].tolist()[:3] == ["=x", "", "7"]  # a further column is kept
    if path.is_dir():
        with (path / "items.csv").open(newline="", encoding="utf-8") as file:
            cells = [row["name"] for row in csv.DictReader(file)]
        assert not any(cell.startswith(("=", "+", "-", "@")) for cell in cells)
    else:
        cells = list(openpyxl.load_workbook(path)["items"]["B"])[1:]
        assert [cell.data_type for cell in cells] == ["s"] * len(names)


def test_a_failed_write_leaves_what_was_there(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    plant = tiny()
    for target in (tmp_path / "folder", tmp_path / "plant.xlsx"):
        plant.write(target)

        def fail(*_: object) -> None:
            raise OSError("disk full")

        with monkeypatch.context() as patch:
            patch.setattr("prodkit.plant.writing.columns_of", fail)
            with pytest.raises(OSError, match="disk full"):
                tiny(bom=None).write(target)
        same(Plant.read(target), plant)
    assert sorted(path.name for path in tmp_path.iterdir()) == ["folder", "plant.xlsx"]
    assert not [path for path in (tmp_path / "folder").iterdir() if path.name.startswith(".")]


def test_a_table_that_is_gone_is_gone_from_the_folder(tmp_path: Path) -> None:
    tiny().write(tmp_path)
    (tmp_path / "notes.txt").write_text("mine")
    tiny(bom=None).write(tmp_path)
    assert sorted(path.name for path in tmp_path.iterdir()) == [
        "about.csv",
        "demand.csv",
        "items.csv",
        "notes.txt",
    ]


def test_codes_that_are_numbers_in_a_workbook(tmp_path: Path) -> None:
    plant = tiny()
    path = tmp_path / "plant.xlsx"
    plant.write(path)
    book = openpyxl.load_workbook(path)
    for sheet in book.worksheets:
        for row in sheet.iter_rows(min_row=2):
            for cell in row:
                cell.value = 1001 if cell.value == "wheel" else cell.value
    book.save(path)
    assert Plant.read(path).bom["component"].tolist() == ["frame", "1001", "tube"]


def test_blank_rows_are_passed_over_and_addresses_stay(tmp_path: Path) -> None:
    tiny().write(tmp_path)
    text = (tmp_path / "demand.csv").read_text().splitlines()
    (tmp_path / "demand.csv").write_text(
        "\n".join([text[0], ",,,,", "", *text[1:-1], text[-1].replace("7", "x")])
    )
    with pytest.raises(PlantError, match='demand!C6: found "x"'):
        Plant.read(tmp_path)


def test_weekly_use_worked_by_hand() -> None:
    use = tiny().weekly_use().pivot(index="item", columns="week", values="quantity")
    weeks = [pd.Timestamp("2025-12-22"), pd.Timestamp("2025-12-29")]
    assert use.columns.tolist() == weeks
    assert use.loc["cart"].tolist() == [10, 20]
    assert use.loc["frame"].tolist() == [10, 20]
    assert use.loc["tube"].tolist() == pytest.approx([10 / 0.8 * 2, 20 / 0.8 * 2])  # yield of the frame
    assert use.loc["wheel"].tolist() == pytest.approx(
        [10 * 4 / 0.8, 20 * 4 / 0.8 + 7]
    )  # scrap, and spare parts
    assert tiny().weekly_use("cart")["quantity"].tolist() == [10, 20]
    assert tiny().yearly_use()["cart"] == 30 * 26  # two weeks stand for 52
    with pytest.raises(InputError, match="item must be an item of this plant, got 'cat'"):
        tiny().weekly_use("cat")


def test_weekly_use_by_date_alternative_and_share() -> None:
    bom = tiny().bom
    bom.loc[0, "valid_to"] = pd.Timestamp("2025-12-28")  # a frame in the first week only
    bom.loc[1, "alternative"] = "plastic"
    bom.loc[2, "planning_share"] = 0.5
    use = tiny(bom=bom).weekly_use().pivot(index="item", columns="week", values="quantity")
    assert use.loc["frame"].tolist() == [10, 0]
    assert use.loc["tube"].tolist() == pytest.approx([12.5, 0])
    assert use.loc["wheel"].tolist() == [0, 7]
    assert tiny(bom=None).weekly_use("wheel")["quantity"].tolist() == [0, 7]


def test_yearly_use_is_the_last_52_weeks(metal: Plant) -> None:
    recent = metal.weekly_use("coil-2mm").tail(52)
    assert metal.yearly_use()["coil-2mm"] == pytest.approx(recent["quantity"].sum())


def test_levels() -> None:
    assert bill_levels([]) == {}
    assert bill_levels([("a", "c"), ("a", "b"), ("b", "c"), ("a", "b")]) == {"a": 0, "b": 1, "c": 2}
    with pytest.raises(InputError, match="'b > c > b'"):
        bill_levels([("a", "b"), ("b", "c"), ("c", "b"), ("c", "d")])


@given(st.lists(st.tuples(st.sampled_from("abcdef"), st.sampled_from("abcdef")), max_size=12))
def test_levels_or_a_true_loop(pairs: list[tuple[str, str]]) -> None:
    try:
        levels = bill_levels(pairs)
    except InputError as error:
        loop = str(error.got).split(" > ")
        assert loop[0] == loop[-1]
        assert all(step in pairs for step in pairwise(loop))
    else:
        assert all(levels[parent] < levels[component] for parent, component in pairs)


def test_importing_the_kit_stays_cheap() -> None:
    code = "import sys, prodkit.plant; print(sorted({'pandas', 'openpyxl', 'xlsxwriter', 'scipy'} & set(sys.modules)))"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"
    assert set(prodkit.plant.__all__) <= set(dir(prodkit.plant))
