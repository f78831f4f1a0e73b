"""Your own workbook, as its owner meets it: a template, its check, the marked copy, and what the commands say."""

from __future__ import annotations

import datetime
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from typer.testing import CliRunner, Result

from prodkit.cli import cli
from prodkit.errors import InputError
from prodkit.plant import TABLES, Plant
from prodkit.plant.glossary import GLOSSARY
from prodkit.plant.tables import LESSON_TABLES
from prodkit.plant.template import example_rows, needed_by, write_template

NEEDED = ["about", "items", "demand"]


def run(*arguments: object) -> Result:
    return CliRunner().invoke(cli, ["plant", *map(str, arguments)])


def tables_of(plant: Plant) -> dict[str, Any]:
    return {name: plant.table(name) for name in plant.tables}


@pytest.fixture(scope="module", autouse=True)
def home(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """A data folder of the tests' own."""
    folder = tmp_path_factory.mktemp("home")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("PRODKIT_HOME", str(folder))
        yield folder


@pytest.fixture(scope="module")
def written(tmp_path_factory: pytest.TempPathFactory, home: Path) -> Path:
    """A template with every table."""
    path = tmp_path_factory.mktemp("template") / "my_plant.xlsx"
    result = run("new", path, "--all")
    assert result.exit_code == 0
    assert f"put it into {home / 'plants'} and choose it in lesson 00" in result.output
    assert f"a guide and {len(TABLES)} tables" in result.output
    return path


@pytest.fixture
def mine(tmp_path: Path) -> Path:
    """A template that a test may fill in and spoil."""
    path = tmp_path / "my plant.xlsx"
    assert run("new", path, "--tables", "bom,past_orders").exit_code == 0
    return path


def edit(path: Path, cells: dict[str, object]) -> None:
    book = openpyxl.load_workbook(path)
    for address, value in cells.items():
        sheet, cell = address.split("!")
        book[sheet][cell].value = value
    book.save(path)


def test_a_template_explains_itself(written: Path) -> None:
    book = openpyxl.load_workbook(written)
    others = [name for name, table in TABLES.items() if table.optional]
    assert book.sheetnames == ["guide", *NEEDED, *others]
    guide = book["guide"]
    text = " ".join(str(cell.value) for row in guide.iter_rows() for cell in row if cell.value)
    assert 'prodkit plant check "my_plant.xlsx"' in text
    assert "Lesson 05 needs items, bom, demand, suppliers, past_orders;" in text
    assert 'put "my_plant.xlsx" into the folder plants of your data folder' in text
    for name, table in TABLES.items():
        assert table.meaning in text
        link = next(cell for row in guide.iter_rows(max_col=1) for cell in row if cell.value == name)
        assert link.hyperlink.location == f"'{name}'!A1"
    colors = {name: book[name].sheet_properties.tabColor.rgb for name in book.sheetnames}
    assert len({colors[name] for name in NEEDED}) == len({colors[name] for name in others}) == 1
    assert colors["items"] != colors["bom"]


def test_every_heading_has_its_note_and_every_column_its_format(written: Path) -> None:
    book = openpyxl.load_workbook(written)
    for name, table in TABLES.items():
        sheet = book[name]
        assert [cell.value for cell in sheet[1]] == list(table.names)
        assert sheet.freeze_panes == "B2"
        assert table.one_row or sheet.auto_filter.ref
        for cell, column in zip(sheet[1], table.columns, strict=True):
            assert column.meaning.rstrip(".") in cell.comment.text
            assert ("Must be filled in." in cell.comment.text) == column.required == bool(cell.font.bold)
            assert all(column.unit_in(units) in cell.comment.text for units in ("metric", "US"))
            assert "monday" not in cell.comment.text
            assert " | " not in cell.comment.text
            style = sheet[f"{cell.column_letter}2"].number_format
            assert name in NEEDED or not sheet[f"{cell.column_letter}2"].value
            if name in NEEDED:
                assert (style == "yyyy-mm-dd") == (column.kind in ("date", "week"))
                assert (style == "@") == (not column.numeric and column.kind not in ("date", "week"))


def test_cells_let_in_what_the_check_wants(written: Path) -> None:
    book = openpyxl.load_workbook(written)
    counted = dict.fromkeys(("list", "decimal", "whole", "custom"), 0)
    for name, table in TABLES.items():
        rules = {str(rule.sqref).split(":")[0]: rule for rule in book[name].data_validations.dataValidation}
        for cell, column in zip(book[name][1], table.columns, strict=True):
            rule = rules.get(f"{cell.column_letter}2")
            if column.kind == "text" and (not column.refers or column.many):
                assert rule is None
                continue
            assert rule is not None, f"{name}.{column.name}"
            counted[rule.type] += 1
            if column.choices:
                assert rule.formula1 == f'"{",".join(column.choices)}"'
            elif column.refers:
                other, key = column.refers.split(".")
                letter = openpyxl.utils.get_column_letter(TABLES[other].names.index(key) + 1)
                assert rule.formula1.startswith(f"'{other}'!${letter}$2:${letter}$")
                assert rule.errorStyle == "warning"
                assert rule.error == f"Wanted: a code from the sheet {other}"
            elif column.numeric:
                low = column.limits[0] if column.above is None else column.above
                assert low is None or float(rule.formula1) == low
    assert all(count >= 5 for count in counted.values()), counted


@pytest.mark.parametrize("industry", Plant.samples())
def test_a_template_of_each_sample_reads_back(industry: str, tmp_path: Path) -> None:
    sample = Plant.sample(industry)
    names = example_rows(tables_of(sample), sample.tables)
    write_template(tmp_path / "some.xlsx", tables_of(sample), sample.tables)
    some = Plant.read(tmp_path / "some.xlsx")
    assert some.tables == sample.tables
    assert some.remarks == ()
    for name, frame in names.items():
        assert 1 <= len(frame) <= max(20, len(TABLES[name].columns) * 3)
        assert some.table(name).equals(frame)


def test_the_full_sample_reads_back(tmp_path: Path) -> None:
    sample = Plant.sample("metal")
    write_template(tmp_path / "full.xlsx", tables_of(sample), NEEDED, full=True)
    full = Plant.read(tmp_path / "full.xlsx")
    assert full.items.equals(sample.items)
    assert full.demand.equals(sample.demand)


def test_tables_that_are_needed_by_others_come_along(tmp_path: Path) -> None:
    assert needed_by(["price_breaks"]) == {"price_breaks", "suppliers", "items"}
    result = run("new", tmp_path / "a.xlsx", "--tables", "price_breaks, routings")
    assert result.exit_code == 0
    book = openpyxl.load_workbook(tmp_path / "a.xlsx")
    assert book.sheetnames == ["guide", *NEEDED, "suppliers", "price_breaks", "workcenters", "routings"]
    assert all(book[name].max_row > 1 for name in book.sheetnames)
    with pytest.raises(InputError, match="did you mean routings"):
        needed_by(["routngs"])


def test_a_template_has_the_sheets_that_the_lessons_need_each_with_examples(tmp_path: Path) -> None:
    path = tmp_path / "a.xlsx"
    result = run("new", path)
    assert "those that the lessons of today need" in result.output
    wanted = {name for needed, _ in LESSON_TABLES.values() for name in needed}
    book = openpyxl.load_workbook(path)
    assert set(book.sheetnames[1:]) == needed_by([*NEEDED, *wanted])
    assert len(book.sheetnames) < 25
    assert all(book[name].max_row > 1 for name in book.sheetnames)
    rows = {row[0].value: row[1].value for row in book["guide"].iter_rows() if row[0].value}
    assert (rows["items"], rows["past_orders"], rows["tasks"]) == ("needed", "for lesson 05", "for lesson 04")
    told = run("check", path).stdout
    assert told.splitlines()[-1].startswith("no faults")
    assert "also needs" not in told
    both = run("new", tmp_path / "b.xlsx", "--all", "--tables", "bom")
    assert isinstance(both.exception, InputError)
    like = run("new", tmp_path / "c.xlsx", "--like", "paint")
    assert str(like.exception).startswith("--like must be the name of a sample: ")


def test_a_template_is_not_written_over_what_is_there(mine: Path) -> None:
    before = mine.read_bytes()
    result = run("new", mine)
    assert isinstance(result.exception, InputError)
    assert "--force writes over the one that is there" in str(result.exception)
    assert mine.read_bytes() == before
    assert run("new", mine, "--force").exit_code == 0
    assert mine.read_bytes() != before
    for wrong in (("new", "plant.csv"), ("new", "plant.xlsx", "--like", "bakery")):
        assert isinstance(run(*wrong).exception, InputError)
    assert not Path("plant.xlsx").exists()


def test_an_untouched_template_has_no_faults(written: Path, mine: Path) -> None:
    for path, told in (
        (written, "no faults; rows: about 1, items 3, demand 3"),
        (mine, "no faults; rows: about 1, "),
    ):
        result = run("check", path)
        assert result.exit_code == 0
        assert told in result.stdout
        assert (
            "note: about still holds the name of the sample metal; are these rows your own?" in result.stdout
        )
    assert "lesson 05 also needs bom, suppliers, past_orders" in run("check", written).stdout
    edit(mine, {"about!A2": "Birch & Bench"})
    told = run("check", mine).stdout
    assert "your own?" not in told
    assert "lesson 05 also needs" not in told


def test_a_made_item_without_a_bill_is_a_remark(tmp_path: Path) -> None:
    plant = Plant.sample("metal")
    plant.write(tmp_path / "plant")
    items = tmp_path / "plant" / "items.csv"
    assert "without a bill" not in run("check", tmp_path / "plant").stdout
    items.write_text(items.read_text().replace(",buy,", ",make,", 1))
    code = plant.items.loc[plant.items["kind"] == "buy", "item"].iloc[0]
    result = run("check", tmp_path / "plant")
    assert result.exit_code == 0
    assert f"note: made here, but without a bill in bom: {code}\n" in result.stdout


BREAKS: dict[str, tuple[object, str]] = {
    "items!F2": (-1, "items!F2: found -1, wanted a whole number (weeks), zero or more"),
    "items!P2": ("many", 'items!P2: found "many", wanted a number (units), zero or more'),
    "items!C3": ("bought", 'items!C3: found "bought", wanted one of make, buy, phantom'),
    "items!Q3": ("about 20", 'items!Q3: found "about 20", wanted a number (units), zero or more; write the number alone, '
                 "without words"),
    "items!A4": (None, "items!A4: found nothing, wanted text"),
    "items!U2": (95, "items!U2: found 95, wanted a share of those started or bought, above 0, 1 at most; for 95 % write 0.95"),
    "bom!B2": ("door-tal", 'bom!B2: found "door-tal", wanted a value that stands in items.item; did you mean door-tall?'),
    "bom!D2": ("3 %", 'bom!D2: found "3 %", wanted a share of the component, 0 to 0.95; write 0.03'),
    "demand!A2": (datetime.date(2024, 1, 10), "demand!A2: found the date 2024-01-10, wanted the Monday of a week; "
                  "the Monday of that week is 2024-01-08"),
    "demand!D2": ("maybe", 'demand!D2: found "maybe", wanted yes or no'),
    "past_orders!E2": ("5/1/2026", 'past_orders!E2: found "5/1/2026", wanted a date; write it as 2026-01-05, or say '
                       "which of the two your days are: --date-format MM/DD/YYYY (the month first) or --date-format DD/MM/YYYY (the day first)"),
    "demand!A4": (datetime.date(2026, 1, 5), "demand!A4: found the date 2026-01-05, wanted a Monday before first_day, "
                  "2026-01-05; what is still to come belongs in the table forecast"),
    "about!D2": ("euro", 'about!D2: found "euro", wanted a three-letter code, such as USD or EUR'),
    "past_orders!I3": (1e6, "past_orders!I3: found 1000000, wanted with rejected 1.5 times quantity at most"),
    "past_orders!H1": ("unit prize", 'past_orders!H1: found the column "unit prize", wanted the column unit_price; '
                       "change the heading"),
    "about!J2": ("=1+1", 'about!J2: found "=1+1" (a formula without a stored value), wanted a share of unit cost a year, above 0, 2 at most'),
}  # fmt: skip


@pytest.mark.parametrize("address", BREAKS)
def test_each_break_is_told_where_and_what(mine: Path, address: str) -> None:
    value, told = BREAKS[address]
    edit(mine, {address: value})
    result = run("check", mine)
    assert result.exit_code == 1
    assert told in result.stdout


def test_all_breaks_at_once_and_the_marked_copy(mine: Path, tmp_path: Path) -> None:
    late = {"demand!A4", "about!D2", "past_orders!I3"}  # seen once every cell of their table is good
    breaks = {address: given for address, given in BREAKS.items() if address not in late}
    edit(mine, {address: value for address, (value, _) in breaks.items()})
    report = tmp_path / "faults.xlsx"
    result = run("check", mine, "--report", report)
    assert result.exit_code == 1
    for _, told in breaks.values():
        assert told in result.stdout
    count = int(result.stdout.splitlines()[-1].split()[0])
    assert count >= len(breaks)

    book = openpyxl.load_workbook(report)
    assert book.sheetnames[0] == "faults"
    listed = [[cell.value for cell in row] for row in book["faults"].iter_rows(min_row=5, max_col=5)]
    assert len(listed) == count
    for address, (_, told) in breaks.items():
        sheet, cell = address.split("!")
        marked = book[sheet][cell]
        assert marked.fill.fgColor.rgb == "FFFFC7CE"
        assert told.split(": ", 1)[1] in marked.comment.text
        row = next(row for row in listed if row[0] == address)
        assert row[3] in told
    assert book["items"]["A2"].fill.fgColor.rgb != "FFFFC7CE"
    assert book["items"]["B2"].value == openpyxl.load_workbook(mine)["items"]["B2"].value
    assert book["demand"]["A3"].value == openpyxl.load_workbook(mine)["demand"]["A3"].value
    assert book["about"]["J2"].data_type == "s"  # the formula stands there as text
    link = next(cell for cell in book["faults"]["A"] if cell.value == "items!P2")
    assert link.hyperlink.location == "'items'!P2"


def test_a_report_replaces_a_report_and_nothing_else(mine: Path, tmp_path: Path) -> None:
    report = tmp_path / "faults.xlsx"
    assert run("check", mine, "--report", report).exit_code == 0
    assert run("check", mine, "--report", report).exit_code == 0
    before = mine.read_bytes()
    for other in (mine, tmp_path / "faults.csv"):
        result = run("check", mine, "--report", other)
        assert isinstance(result.exception, InputError)
    assert mine.read_bytes() == before


def test_a_report_of_a_folder_and_of_a_file_that_cannot_be_read(mine: Path, tmp_path: Path) -> None:
    Plant.read(mine).write(tmp_path / "folder")
    items = tmp_path / "folder" / "items.csv"
    items.write_text(items.read_text().replace(",make,", ",made,"))
    assert run("check", tmp_path / "folder", "--report", tmp_path / "a.xlsx").exit_code == 1
    book = openpyxl.load_workbook(tmp_path / "a.xlsx")
    assert book["items"]["C2"].comment.text.startswith('found "made"')
    mine.write_bytes(b"")
    result = run("check", mine, "--report", tmp_path / "a.xlsx")
    assert result.exit_code == 1
    assert "found nothing, wanted an .xlsx workbook" in result.stdout
    assert "no report was written" in result.stdout
    assert "items" in openpyxl.load_workbook(tmp_path / "a.xlsx").sheetnames  # the earlier one
    assert run("check", tmp_path / "none.xlsx", "--report", tmp_path / "b.xlsx").exit_code == 1
    assert not (tmp_path / "b.xlsx").exists()


def test_a_report_shows_sheets_with_a_wrong_name_or_headings_in_row_2(mine: Path, tmp_path: Path) -> None:
    told = run("check", mine, "--report", tmp_path / "a.xlsx").stdout
    assert "marked in" not in told
    assert "nothing to mark" in told
    book = openpyxl.load_workbook(mine)
    book["demand"].insert_rows(1)
    book["demand"]["A1"] = "Sales of 2025"
    book["past_orders"].title = "Past orders"
    book.save(mine)
    Plant.sample("metal").write(tmp_path / "folder")
    (tmp_path / "folder" / "demand.csv").rename(tmp_path / "folder" / "Demands.csv")
    assert "marked in" in run("check", mine, "--report", tmp_path / "a.xlsx").stdout
    copy = openpyxl.load_workbook(tmp_path / "a.xlsx")
    assert copy["demand"]["A1"].value == "Sales of 2025"
    assert copy["demand"]["B2"].value == "item"
    assert copy["demand"]["B3"].value == book["demand"]["B3"].value
    assert copy["Past orders"]["A2"].value == book["Past orders"]["A2"].value
    assert run("check", tmp_path / "folder", "--report", tmp_path / "b.xlsx").exit_code == 1
    assert openpyxl.load_workbook(tmp_path / "b.xlsx")["Demands"]["A1"].value == "week"


def test_equal_faults_are_a_few_lines_unless_all_are_asked_for(mine: Path) -> None:
    book = openpyxl.load_workbook(mine)
    for row in range(2, 5_002):
        for column, value in enumerate((datetime.date(2025, 12, 29), f"item {row}", -1), start=1):
            book["demand"].cell(row, column).value = value
    book.save(mine)
    lines = run("check", mine).stdout.splitlines()
    assert len(lines) < 20
    assert any(
        line.startswith("demand!C2, C3, C4 and 4,997 more, the last C5001: found -1") for line in lines
    )
    assert any("other values, wanted a value that stands in items.item" in line for line in lines)
    every = run("check", mine, "--all").stdout.splitlines()
    assert len(every) == 10_001
    assert every[-1] == "10,000 faults"


def test_check_takes_the_notation(mine: Path, tmp_path: Path) -> None:
    folder = tmp_path / "folder"
    Plant.read(mine).write(folder)
    about = folder / "about.csv"
    about.write_text(about.read_text().replace("2026-01-05", "05.01.2026"))
    assert run("check", folder).exit_code == 1
    assert run("check", folder, "--date-format", "DD.MM.YYYY").exit_code == 0
    assert isinstance(run("check", folder, "--date-format", "d.m.y").exception, InputError)


def test_commands_find_a_plant_by_its_name_and_the_lessons_read_it_as_it_was_checked(
    mine: Path, home: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    plants = home / "plants"
    Plant.read(mine).write(plants / "birch.xlsx")
    for name in ("birch", "birch.xlsx"):
        assert run("show", name).stdout.startswith("Halden Metal")
        assert "no faults" in run("check", name).stdout
    card = CliRunner().invoke(cli, ["show", "materials.eoq", "--plant", "birch"])
    assert card.exit_code == 0
    with pytest.raises(InputError, match="birch"):
        raise run("check", "beech").exception or AssertionError
    edit(plants / "birch.xlsx", {"about!F2": "05.01.2026", "items!P2": "7,5"})
    assert run("check", "birch").exit_code == 1
    half = run("check", "birch", "--date-format", "DD.MM.YYYY")
    assert (half.exit_code, "too" in half.stdout) == (1, False), "nothing is kept while there are faults"
    done = run("check", "birch", "--date-format", "DD.MM.YYYY", "--decimal", ",")
    assert done.exit_code == 0
    assert "note: the lessons read it with these options, too" in done.stdout
    assert "note: read as remembered: DD.MM.YYYY, decimal ," in run("check", "birch").stdout
    assert run("show", "birch").exit_code == 0
    edit(mine, {"about!F2": "05.01.2026"})
    told = run("check", mine, "--date-format", "DD.MM.YYYY").stdout
    assert f"note: for the lessons, put it into {plants} and check it there in the same way" in told


def test_show(mine: Path) -> None:
    told = run("show", mine).stdout
    assert told.startswith("Halden Metal\n  industry           metal\n")
    assert "left out: families," in told
    table = run("show", mine, "--table", "items", "--rows", 2).stdout.splitlines()
    assert table[0].split()[:3] == ["item", "name", "kind"]
    assert len(Plant.read(mine).items) > 2
    assert table[-2].startswith("2 of ")
    assert "unit_cost, price: USD a unit;" in table[-1]
    assert "yield_share: share of those started or bought; weight: kg" in table[-1]
    left_out = run("show", mine, "--table", "receipts")
    assert left_out.exit_code == 0
    assert left_out.stdout.startswith(
        "Halden Metal has no sheet receipts; it may be left out. It would hold: Open"
    )
    assert json.loads(run("show", mine, "--table", "receipts", "--json").stdout) == []
    rows = json.loads(run("show", mine, "--table", "demand", "--json").stdout)
    assert rows[0]["week"].startswith("2024-01-08")
    facts = json.loads(run("show", mine, "--json").stdout)
    assert facts["tables"]["demand"] == 3
    assert run("show", "metal").stdout.startswith("Halden Metal")
    items = Plant.read(mine).items
    held = f"{(items['weight'] * items['on_hand']).sum():,.0f}"
    weighed = f"{items['weight'].notna().sum()} of {len(items)} items have a weight"
    assert f"\n  stock on hand      {held} kg ({weighed})\n" in told
    edit(mine, {"about!E2": "US"})
    assert f"{held} lb (" in run("show", mine).stdout
    edit(mine, {f"items!W{row}": None for row in range(2, len(items) + 2)})
    assert "stock on hand" not in run("show", mine).stdout
    assert "did you mean items?" in str(run("show", mine, "--table", "itmes").exception)
    edit(mine, {"items!P2": "many"})
    assert "items!P2" in str(run("show", mine).exception)


def test_show_schema_names_every_column_in_the_units_of_the_plant(mine: Path) -> None:
    text = run("show", "--schema").stdout
    for table in TABLES.values():
        assert f"{table.name}: {table.meaning}" in text
        assert all(f"  {column.name} " in text for column in table.columns)
    weight = TABLES["items"].column("weight")
    assert weight.unit == "kg | lb"
    one = run("show", mine, "--schema", "--table", "items").stdout
    assert "a number (kg)" in one
    edit(mine, {"about!E2": "US"})
    one = run("show", mine, "--schema", "--table", "items").stdout
    assert "a number (lb)" in one
    assert "kg" not in one.split("weight")[1].splitlines()[0]
    declared = json.loads(run("show", "--schema", "--json").stdout)
    assert [table["table"] for table in declared] == list(TABLES)
    column = next(c for c in declared[1]["columns"] if c["name"] == "weight")
    assert column["unit"] == {"metric": "kg", "US": "lb"}
    assert Plant.read(mine).unit("items", "weight") == "lb"


def test_the_glossary_has_one_word_for_one_thing() -> None:
    names = [term.name for term in GLOSSARY]
    assert len(names) == len(set(names)) >= 50
    assert names == sorted(names, key=lambda name: name.replace(" ", "").replace("-", ""))
    assert not {word for term in GLOSSARY for word in term.instead_of} & set(names)
    assert not any(term.meaning.endswith(".") for term in GLOSSARY)


def test_a_wrong_heading_or_name_hides_other_faults_and_the_check_says_so(mine: Path) -> None:
    edit(mine, {"items!P2": "=1+1"})
    again = "note: mend these and check again; more may show"
    assert again not in run("check", mine).stdout
    edit(mine, {"items!P1": "on_hnd"})
    told = run("check", mine).stdout
    assert again in told
    assert 'items!P2: found "=1+1" (a formula without a stored value), wanted a number (units), zero' in told
    book = openpyxl.load_workbook(mine)
    del book["demand"]
    book.save(mine)
    assert "add a sheet named demand" in run("check", mine).stdout
