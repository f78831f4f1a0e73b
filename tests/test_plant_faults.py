"""Bad input: everything that is wrong with a plant is named in one report, and nothing is half-loaded."""

from __future__ import annotations

import csv
import shutil
import zipfile
from collections.abc import Callable
from itertools import pairwise
from pathlib import Path

import openpyxl
import pytest
import xlsxwriter

from prodkit.errors import PlantError
from prodkit.plant import Fault, Plant
from prodkit.plant.checking import advice, inspect
from prodkit.plant.sheets import fault_lines

METAL = Path(__file__).parents[1] / "datasets" / "metal"
CORE = ("about", "items", "bom", "suppliers", "price_breaks", "demand", "receipts", "past_orders")
Rows = list[list[str]]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A copy of the metal plant's trade that a test may spoil."""
    (tmp_path / "plant").mkdir()
    for name in CORE:
        shutil.copy(METAL / f"{name}.csv", tmp_path / "plant")
    return tmp_path / "plant"


def spoil(folder: Path, table: str, change: Callable[[Rows], object]) -> None:
    path = folder / f"{table}.csv"
    with path.open(newline="") as file:
        rows = list(csv.reader(file))
    change(rows)
    with path.open("w", newline="") as file:
        csv.writer(file).writerows(rows)


def put(folder: Path, table: str, column: str, row: int, value: str) -> None:
    """Put a text into a cell; `row` counts as a spreadsheet does."""
    spoil(folder, table, lambda rows: rows[row - 1].__setitem__(rows[0].index(column), value))


def faults_of(path: Path) -> tuple[Fault, ...]:
    with pytest.raises(PlantError) as caught:
        Plant.read(path)
    faults = caught.value.faults
    assert faults
    assert all(isinstance(fault, Fault) for fault in faults)
    lines = fault_lines(faults)
    assert str(caught.value).splitlines()[1:31] == [f"  {line}" for line in lines[:30]]
    for fault in faults[:3]:
        assert fault.text in str(caught.value)
    return faults  # type: ignore[return-value]


def only(path: Path) -> Fault:
    faults = faults_of(path)
    assert len(faults) == 1, [str(fault) for fault in faults]
    return faults[0]


def test_text_where_a_number_belongs(folder: Path) -> None:
    put(folder, "items", "on_hand", 14, "many")
    fault = only(folder)
    assert str(fault) == 'items!P14: found "many", wanted a number (units), zero or more'
    assert fault.column == "on_hand"


@pytest.mark.parametrize(
    ("table", "column", "value", "expected"),
    [
        ("items", "on_hand", "-5", 'found "-5", wanted a number (units), zero or more'),
        ("items", "on_hand", "NaN", 'found "NaN", wanted a number (units), zero or more'),
        ("items", "on_hand", "inf", 'found "inf"'),
        ("items", "on_hand", "1e300", "the number is too large"),
        ("items", "on_hand", "1_000", 'found "1_000"'),
        ("items", "on_hand", "", "found nothing, wanted a number (units), zero or more"),
        ("items", "on_hand", "1,250", "write it without separators: 1250"),
        ("items", "on_hand", "12,5", "write a decimal point: 12.5"),
        ("items", "on_hand", "12 kg", "write the number alone, without its unit"),
        ("items", "on_hand", "#N/A", "a formula in this cell failed"),
        ("items", "on_hand", "=A1+1", 'found "=A1+1"'),
        ("items", "on_hand", "<b>5</b>", 'found "<b>5</b>"'),
        ("items", "on_hand", "\N{FIRE}" * 10_000, "..."),
        ("items", "lead_time_weeks", "2.5", "wanted a whole number (weeks), zero or more"),
        ("items", "unit_cost", "1.5.2", 'found "1.5.2"'),
        ("items", "kind", "bought", "wanted one of make, buy, phantom"),
        ("items", "kind", "Make", "did you mean make?"),
        ("items", "item", "", "found nothing, wanted text"),
        ("items", "name", "bell\x07", "wanted text without control characters"),
        ("items", "name", "x" * 40_000, "wanted text of at most 32,767 characters"),
        ("bom", "scrap_share", "3", "for 3 % write 0.03"),
        ("bom", "scrap_share", "3%", "write 0.03"),
        ("bom", "quantity_per", "0", "wanted a number (units of the component), above 0"),
        ("bom", "valid_from", "05/01/2026", "wanted a date; write it as 2026-01-05"),
        ("bom", "valid_from", "2026-02-30", "there is no such day"),
        ("bom", "valid_from", "0206-01-05", "a year from 1950 to 2199"),
        ("demand", "week", "2024-01-10", "the Monday of that week is 2024-01-08"),
        ("demand", "promotion", "maybe", "wanted yes or no"),
        ("demand", "quantity", "nan", 'found "nan"'),
        ("suppliers", "defect_ppm", "2000000", "0 to 1,000,000"),
        ("receipts", "quantity", "-3", "above 0"),
        ("about", "holding_rate", "22", "for 22 % write 0.22"),
    ],
)
def test_a_bad_cell(folder: Path, table: str, column: str, value: str, expected: str) -> None:
    put(folder, table, column, 2, value)
    fault = next(f for f in faults_of(folder) if f.sheet == table)
    assert fault.column == column
    assert fault.cell.endswith("2")
    assert expected in str(fault)
    assert len(str(fault)) < 400


def test_a_missing_file(folder: Path) -> None:
    (folder / "items.csv").unlink()
    faults = faults_of(folder)
    assert [f.found for f in faults if f.sheet == "items"] == ["no such table"]


def test_an_optional_table_may_be_missing(folder: Path) -> None:
    (folder / "receipts.csv").unlink()
    assert "receipts" not in Plant.read(folder).tables


def test_a_table_that_another_refers_to(folder: Path) -> None:
    (folder / "suppliers.csv").unlink()
    assert {(f.sheet, f.found) for f in faults_of(folder)} == {
        ("price_breaks", "no table suppliers"),
        ("past_orders", "no table suppliers"),
    }


def test_a_table_that_cannot_be_read_is_not_missing_as_well(folder: Path) -> None:
    (folder / "suppliers.csv").write_text('supplier,item\n"open,x\n')
    assert str(only(folder)) == (
        "suppliers: found row 2 cannot be read (unexpected end of data), wanted a CSV file"
    )
    (folder / "suppliers.csv").rename(folder / "Supliers.csv")
    (folder / "Supliers.csv").write_text("supplier,item,lead_time_weeks\nA,coil-2mm,1\n")
    assert str(only(folder)) == (
        "Supliers: found a table named Supliers, wanted a table named suppliers; rename it"
    )


def test_an_optional_table_without_rows_counts_as_missing(folder: Path) -> None:
    spoil(folder, "receipts", lambda rows: rows.__delitem__(slice(1, None)))
    assert "receipts" not in Plant.read(folder).tables
    frames = {name: Plant.read(folder).table(name) for name in ("about", "items", "demand")}
    plant = Plant(frames | {"receipts": Plant.sample("metal").receipts.iloc[:0]})
    assert plant.check() == []
    assert plant.tables == ("about", "items", "demand")


def test_a_misspelled_file(folder: Path) -> None:
    (folder / "demand.csv").rename(folder / "demands.csv")
    assert str(only(folder)) == "demands: found a table named demands, wanted a table named demand; rename it"


def test_another_file_is_named_and_left_aside(folder: Path) -> None:
    (folder / "notes.csv").write_text("anything\n")
    assert Plant.read(folder).remarks == ("notes is not a table of the kit and was left aside",)


def test_a_missing_column(folder: Path) -> None:
    spoil(folder, "items", lambda rows: [row.pop(15) for row in rows])
    assert str(only(folder)) == "items: found no column on_hand, wanted a number (units), zero or more"


@pytest.mark.parametrize(("column", "heading"), [("on_hand", "on_hnad"), ("safety_stock", "Safety stok")])
def test_a_misspelled_column(folder: Path, column: str, heading: str) -> None:
    put(folder, "items", column, 1, heading)
    fault = only(folder)
    assert fault.cell.endswith("1")
    assert f'found the column "{heading}", wanted the column {column}' in str(fault)


def test_a_doubled_column(folder: Path) -> None:
    put(folder, "items", "planner", 1, "family")
    assert 'found a second column "family"' in str(only(folder))


def test_a_value_without_heading(folder: Path) -> None:
    spoil(folder, "items", lambda rows: rows[4].append("stray"))
    assert str(only(folder)) == 'items!Z5: found "stray", wanted a heading above it, in row 1'


def test_a_duplicated_key(folder: Path) -> None:
    spoil(folder, "items", lambda rows: rows.append(rows[3]))
    fault = only(folder)
    assert fault.cell == "A85"
    assert fault.hint == "it stands in row 4 already"


def test_a_duplicated_key_of_several_columns(folder: Path) -> None:
    spoil(folder, "demand", lambda rows: rows.append(rows[1]))
    assert "2024-01-08" in only(folder).found


def test_an_unknown_reference(folder: Path) -> None:
    put(folder, "bom", "component", 3, "door-tal")
    fault = only(folder)
    assert (
        str(fault)
        == 'bom!B3: found "door-tal", wanted a value that stands in items.item; did you mean door-tall?'
    )


def test_a_reference_to_a_row_with_another_fault_is_good(folder: Path) -> None:
    put(folder, "items", "on_hand", 2, "many")
    assert only(folder).sheet == "items"


def test_a_code_with_a_space(folder: Path) -> None:
    put(folder, "bom", "component", 3, "door-tall ")
    assert "take the space off" in str(only(folder))


def test_an_empty_table(folder: Path) -> None:
    spoil(folder, "demand", lambda rows: rows.__delitem__(slice(1, None)))
    assert str(only(folder)) == "demand: found an empty table, wanted at least one row"
    (folder / "demand.csv").write_bytes(b"")
    assert only(folder).found == "an empty table"


def test_two_rows_about(folder: Path) -> None:
    spoil(folder, "about", lambda rows: rows.append(rows[1]))
    assert "found 2 rows, wanted one row" in str(only(folder))


def test_a_loop_in_the_bill(folder: Path) -> None:
    spoil(
        folder, "bom", lambda rows: rows.append(["coil-1mm", "cabinet-tall", "1", "0", "1", "", "", "", "1"])
    )
    fault = only(folder)
    assert fault.sheet == "bom"
    assert "the loop " in fault.found
    assert "coil-1mm > cabinet-tall" in fault.found


def test_its_own_parent(folder: Path) -> None:
    put(folder, "bom", "component", 2, "cabinet-tall")
    assert "an item other than its own parent" in str(only(folder))


def test_rules_between_columns(folder: Path) -> None:
    put(folder, "past_orders", "received", 2, "2020-01-06")
    put(folder, "items", "lot_rule", 2, "fixed")
    assert {str(f) for f in faults_of(folder)} == {
        "items!H2: found nothing, wanted a number above 0, since lot_rule is fixed",
        "past_orders!G2: found the date 2020-01-06, wanted a date not before ordered",
    }


def test_everything_is_reported_at_once(folder: Path) -> None:
    put(folder, "items", "on_hand", 14, "many")
    put(folder, "items", "unit_cost", 20, "-1")
    put(folder, "bom", "component", 3, "nothing-like-it")
    put(folder, "demand", "week", 4, "2024-01-09")
    put(folder, "suppliers", "lead_time_weeks", 5, "")
    (folder / "about.csv").unlink()
    assert [(f.sheet, f.cell) for f in faults_of(folder)] == [
        ("about", ""),
        ("items", "P14"),
        ("items", "R20"),
        ("bom", "B3"),
        ("suppliers", "C5"),
        ("demand", "A4"),
    ]


def test_a_bad_cell_hides_no_other_in_its_column(folder: Path) -> None:
    def change(rows: Rows) -> None:
        for row in rows[1:]:
            row[2] = "-1"
        rows[7][2] = "many"

    spoil(folder, "demand", change)
    assert len(faults_of(folder)) == 3016


def test_equal_faults_are_one_line_and_many_of_a_kind_a_few(folder: Path) -> None:
    spoil(folder, "demand", lambda rows: [row.__setitem__(2, "-1") for row in rows[1:]])
    with pytest.raises(PlantError) as caught:
        Plant.read(folder)
    assert len(caught.value.faults) == 3016
    assert str(caught.value).splitlines() == [
        "plant cannot be used: 3,016 faults",
        '  demand!C2, C3, C4 and 3,013 more, the last C3017: found "-1", wanted a number (units), zero or more',
    ]
    spoil(folder, "demand", lambda rows: [row.__setitem__(2, f"-{n}") for n, row in enumerate(rows[1:], 1)])
    with pytest.raises(PlantError) as caught:
        Plant.read(folder)
    lines = str(caught.value).splitlines()
    assert len(lines) == 7
    assert lines[5] == '  demand!C6: found "-5", wanted a number (units), zero or more'
    assert lines[6] == (
        "  demand!C7 and 3,010 more, the last C3017: other values, wanted a number (units), zero or more"
    )


def test_a_long_report_is_cut_in_the_message_only(folder: Path) -> None:
    for table, columns in {
        "items": range(4, 24),
        "past_orders": range(3, 10),
        "suppliers": range(2, 8),
    }.items():
        spoil(folder, table, lambda rows, columns=columns: [rows[1].__setitem__(c, "?") for c in columns])
        spoil(folder, table, lambda rows, columns=columns: [rows[2].__setitem__(c, "??") for c in columns])
    with pytest.raises(
        PlantError, match=r"(\n  \w+![A-Z]+\d+: .*){30}\n  \.\.\. and \d+ lines more; `prodkit plant check`"
    ):
        Plant.read(folder)


def test_files_that_are_no_tables(folder: Path, tmp_path: Path) -> None:
    assert only(tmp_path / "nowhere").found == "no such file or folder"
    (tmp_path / "plant.pdf").write_bytes(b"%PDF")
    assert only(tmp_path / "plant.pdf").found == "a file of another kind"
    (tmp_path / "plant.ods").write_bytes(b"PK")
    assert str(only(tmp_path / "plant.ods")) == (
        "plant.ods: found an .ods spreadsheet, wanted a folder of CSV files, or an .xlsx workbook; save it as .xlsx"
    )
    assert only(folder / "items.csv").hint == "give the folder that holds it"
    (folder / "items.csv").write_bytes(b"item,name\n\x81\xff\n")
    assert str(only(folder)) == (
        "items: found text in another encoding, wanted UTF-8 or Windows-1252; save it as CSV UTF-8"
    )
    (tmp_path / "empty").mkdir()
    assert {f.sheet for f in faults_of(tmp_path / "empty")} == {"about", "items", "demand"}


# Workbooks


@pytest.fixture
def book(tmp_path: Path) -> Path:
    """The metal plant with a short history, as a workbook that a test may spoil."""
    path = tmp_path / "plant.xlsx"
    short().write(path)
    return path


def short() -> Plant:
    metal = Plant.sample("metal")
    tables = {name: metal.table(name) for name in CORE}
    return Plant(tables | {"demand": metal.demand.tail(58), "past_orders": metal.past_orders.tail(20)})


def edit(path: Path, sheet: str, cell: str, value: object, number_format: str = "") -> None:
    book = openpyxl.load_workbook(path)
    book[sheet][cell] = value
    if number_format:
        book[sheet][cell].number_format = number_format
    book.save(path)


@pytest.mark.parametrize(
    ("cell", "value", "expected"),
    [
        ("P14", "many", 'items!P14: found "many", wanted a number (units), zero or more'),
        ("P14", -5, "items!P14: found -5, wanted a number (units), zero or more"),
        ("P14", True, 'items!P14: found "TRUE", wanted a number (units), zero or more'),
        ("P14", None, "items!P14: found nothing, wanted a number (units), zero or more"),
        ("P14", "=1+1", 'items!P14: found "=1+1" (a formula without a stored value), wanted a number'),
        ("X14", "=1+1", 'items!X14: found "=1+1" (a formula without a stored value), wanted text'),
        ("E14", 2.5, "items!E14: found 2.5, wanted a whole number"),
        ("GS14", 1, "found a value in GS14, wanted 200 columns at most"),
        ("Z14", 1, "items!Z14: found 1, wanted a heading above it"),
    ],
)
def test_a_bad_cell_in_a_workbook(book: Path, cell: str, value: object, expected: str) -> None:
    edit(book, "items", cell, value)
    assert expected in str(faults_of(book)[0])


def test_a_number_or_a_time_where_a_date_belongs(book: Path) -> None:
    import datetime

    edit(book, "receipts", "D2", 46027, "General")
    edit(book, "receipts", "D3", datetime.datetime(2026, 1, 5, 14, 30))
    edit(book, "items", "P2", datetime.datetime(2026, 1, 5))
    first, second, third = faults_of(book)
    assert "found the date 2026-01-05, wanted a number" in str(first)
    assert "found 46027, wanted a date; format the cell as a date" in str(second)
    assert "leave out the time of day" in str(third)


def test_a_misspelled_sheet(book: Path) -> None:
    workbook = openpyxl.load_workbook(book)
    workbook["items"].title = "Itens"
    workbook.save(book)
    assert "found a table named Itens, wanted a table named items" in str(faults_of(book)[0])


def rewrite(source: Path, target: Path, options: dict[str, object]) -> None:
    """The workbook again, dates as numbers of another calendar, one stored formula."""
    workbook = xlsxwriter.Workbook(str(target), options)
    day = workbook.add_format({"num_format": "dd.mm.yyyy"})
    for sheet in openpyxl.load_workbook(source).worksheets:
        out = workbook.add_worksheet(sheet.title)
        for row in sheet.iter_rows():
            for cell in row:
                if cell.is_date:
                    out.write_datetime(cell.row - 1, cell.column - 1, cell.value, day)
                elif sheet.title == "items" and cell.coordinate == "P14":
                    out.write_formula("P14", "=40+2", None, 42)
                else:
                    out.write(cell.row - 1, cell.column - 1, cell.value)
    workbook.close()


def test_a_1904_workbook_and_a_stored_formula(book: Path, tmp_path: Path) -> None:
    other = tmp_path / "mac.xlsx"
    rewrite(book, other, {"date_1904": True})
    assert b'date1904="1"' in zipfile.ZipFile(other).read("xl/workbook.xml")
    plant, metal = Plant.read(other), short()
    assert plant.first_day == metal.first_day
    assert plant.demand.equals(metal.demand)
    assert plant.past_orders.equals(metal.past_orders)
    assert plant.items["on_hand"].iloc[12] == 42  # the stored value counts


def test_a_workbook_that_is_none(book: Path, tmp_path: Path) -> None:
    whole = book.read_bytes()
    ole = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 500
    for content, found in {
        whole[: len(whole) // 2]: "a workbook that is cut short or damaged",
        b"item,name\n": "a file that is no workbook, whatever its name",
        b"": "nothing",
        ole: "a workbook in the old .xls format",
        ole + "EncryptedPackage".encode("utf-16-le"): "a workbook with a password",
    }.items():
        path = tmp_path / "other.xlsx"
        path.write_bytes(content)
        assert only(path).found == found
        assert only(path).wanted == "an .xlsx workbook that is whole and has no password"
    for inside, found in {
        "hello.txt": "a zip file that is no workbook",
        "content.xml": "an .ods spreadsheet",
    }.items():
        with zipfile.ZipFile(path, "w") as archive:
            archive.writestr(inside, "hello")
        assert only(path).found == found


def test_a_workbook_too_large_once_unpacked(book: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("prodkit.plant.workbooks.MAX_UNPACKED", 5_000)
    assert ", wanted 0.005 MB at most, packed as a spreadsheet does" in str(faults_of(book)[0])
    monkeypatch.undo()
    monkeypatch.setattr("prodkit.plant.workbooks.MAX_CELLS", 300)
    assert str(faults_of(book)[0]) == "items: found too many cells, wanted 300 cells at most in all tables"


def test_a_loop_names_each_of_its_rows(folder: Path) -> None:
    before = len((folder / "bom.csv").read_text().splitlines())
    spoil(
        folder, "bom", lambda rows: rows.append(["coil-1mm", "cabinet-tall", "1", "0", "1", "", "", "", "1"])
    )
    fault = only(folder)
    rows = [int(row) for row in fault.hint.split("rows ")[1].split(";")[0].split(", ")]
    loop = fault.found.removeprefix("the loop ").split(" > ")
    with (folder / "bom.csv").open(newline="") as file:
        lines = list(csv.DictReader(file))
    assert [(lines[row - 2]["parent"], lines[row - 2]["component"]) for row in rows] == list(pairwise(loop))
    assert before + 1 in rows


def test_days_of_another_format_are_one_line_and_slashes_are_asked_about(folder: Path) -> None:
    for table, column in (("demand", "week"), ("past_orders", "ordered")):
        for row in range(2, 7):
            put(folder, table, column, row, f"01/{row:02d}/2025")
    lines = fault_lines(inspect(folder).faults)
    assert len(lines) == 1
    assert "--date-format MM/DD/YYYY (the month first)" in lines[0]
    assert "--date-format DD/MM/YYYY (the day first)" in lines[0]
    assert "9 more days are written in this way, in demand.week, past_orders.ordered" in lines[0]


@pytest.mark.parametrize(
    ("table", "column", "value", "hint"),
    [
        ("about", "units", "imperial", "did you mean US?"),
        ("about", "units", "Metrics", "did you mean metric?"),
        ("items", "kind", "manufactured", "did you mean make?"),
        ("demand", "promotion", "ja", "write yes"),
        ("demand", "promotion", "nein", "write no"),
        ("demand", "promotion", "maybe", "write yes or no"),
    ],
)
def test_words_that_people_use_are_known(
    table: str, column: str, value: str, hint: str, folder: Path
) -> None:
    put(folder, table, column, 2, value)
    assert only(folder).hint == hint


def test_past_orders_without_suppliers_say_what_to_do(folder: Path) -> None:
    for name in ("suppliers", "price_breaks"):
        (folder / f"{name}.csv").unlink()
    fault = only(folder)
    assert fault.sheet == "past_orders"
    assert fault.hint.startswith("add a sheet suppliers, or leave past_orders out")


def test_what_is_odd_and_no_fault_is_noted(folder: Path) -> None:
    spoil(folder, "items", lambda rows: rows.append([rows[1][0].upper(), *rows[1][1:]]))
    spoil(folder, "bom", lambda rows: rows.append(["lock-cam", "coil-1mm", "1", "0", "1", "", "", "", "1"]))
    notes = advice(inspect(folder))
    assert any("bought, and yet with a bill in bom: lock-cam" in note for note in notes)
    assert any("differ only in capitals" in note for note in notes)


def test_a_sheet_under_a_name_of_its_own_is_known_by_its_headings(folder: Path) -> None:
    (folder / "items.csv").rename(folder / "our_articles.csv")
    found = [fault for fault in inspect(folder).faults if fault.sheet == "our_articles"]
    assert [(fault.wanted, fault.hint) for fault in found] == [("a table named items", "rename it")]
    assert not any(fault.sheet == "items" for fault in inspect(folder).faults)
