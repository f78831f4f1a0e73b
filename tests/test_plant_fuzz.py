"""Whatever stands in the files: a plant, or a list of faults, and never another exception."""

from __future__ import annotations

import csv
from datetime import datetime
from functools import cache
from pathlib import Path

import openpyxl
import pandas as pd
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from prodkit.errors import PlantError
from prodkit.plant import Fault, Plant


@cache
def tiny() -> Plant:
    """A hinge and what goes into it, in three weeks."""
    metal = Plant.sample("metal")
    items, bom, demand = metal.items, metal.bom, metal.demand
    mine = ["hinge-60", "leaf-60", "coil-2mm", "bar-8"]
    return Plant(
        {
            "about": metal.about,
            "items": items[items["item"].isin(mine)],
            "bom": bom[bom["parent"].isin(mine)],
            "demand": demand[demand["item"].isin(mine)].tail(3),
        }
    )


def same(one: Plant, other: Plant) -> None:
    assert one.tables == other.tables
    for name in one.tables:
        pd.testing.assert_frame_equal(one.table(name), other.table(name))


def test_the_plant_that_is_spoiled_is_good() -> None:
    assert tiny().check() == []
    assert [len(tiny().table(name)) for name in tiny().tables] == [1, 4, 3, 3]


JUNK = st.one_of(
    st.text(max_size=20),
    st.sampled_from(
        [
            "",
            " ",
            "nan",
            "NaN",
            "inf",
            "-1",
            "1e309",
            "1_0",
            "١٢",
            "=1+1",
            "'=1",
            "#REF!",
            "yes",
            "2026-13-45",
            "2026-01-05",
            "0",
            "1",
            "hinge-60",
            "bar-8 ",
            "\N{FIRE}",
            "<script>",
            "\x00",
            "\r\n",
            "\ufeff",
            "a" * 40_000,
        ]
    ),
    st.floats(),
    st.integers(-10, 10**20).map(str),
)


def read_or_refuse(path: Path) -> None:
    refused = None
    try:
        plant = Plant.read(path)
    except PlantError as error:
        refused = error
    if refused:
        assert refused.faults
        assert all(isinstance(fault, Fault) for fault in refused.faults)
        assert str(refused).startswith(path.name)
        return
    plant.weekly_use()
    for target in (path.parent / "again", path.parent / "again.xlsx"):
        plant.write(target)
        same(Plant.read(target), plant)


@settings(max_examples=100, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.sampled_from(["about", "items", "bom", "demand"]), st.integers(0, 4), st.integers(0, 30), JUNK)
def test_any_text_in_a_file(tmp_path: Path, table: str, row: int, column: int, junk: object) -> None:
    folder = tmp_path / "plant"
    tiny().write(folder)
    path = folder / f"{table}.csv"
    with path.open(newline="", encoding="utf-8") as file:
        rows = list(csv.reader(file))
    line = rows[row % len(rows)]
    line[column % len(line)] = str(junk)
    with path.open("w", newline="", encoding="utf-8", errors="surrogatepass") as file:
        csv.writer(file).writerows(rows)
    read_or_refuse(folder)


CELLS = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(-5, 10**20),
    st.floats(allow_nan=False, allow_infinity=False),
    st.datetimes(datetime(1900, 3, 1), datetime(2300, 1, 1)),
    st.times(),
    st.timedeltas(),
    st.text(st.characters(exclude_categories=["Cs", "Cc"]), max_size=20),
    st.sampled_from(["=1+1", "=A1", "#N/A", "=", "yes"]),
)


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.sampled_from(["about", "items", "bom", "demand"]), st.integers(1, 5), st.integers(1, 30), CELLS)
def test_any_value_in_a_workbook(tmp_path: Path, table: str, row: int, column: int, value: object) -> None:
    path = tmp_path / "plant.xlsx"
    tiny().write(path)
    book = openpyxl.load_workbook(path)
    book[table].cell(row, column).value = value
    book.save(path)
    read_or_refuse(path)


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.booleans(), st.floats(0, 1, exclude_max=True), st.binary(min_size=1, max_size=4))
def test_any_bytes_in_a_file(tmp_path: Path, workbook: bool, where: float, junk: bytes) -> None:
    path = tmp_path / ("plant.xlsx" if workbook else "plant")
    tiny().write(path)
    file = path if workbook else path / "items.csv"
    content = bytearray(file.read_bytes())
    at = int(where * len(content))
    content[at : at + len(junk)] = junk
    file.write_bytes(content)
    read_or_refuse(path)
