"""Reading what other programs write: workbooks with each one's traits, and CSV files of every dialect."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import plant_inputs as made
import pytest
from plant_inputs import Raw, Traits

from prodkit.errors import InputError, PlantError
from prodkit.plant import Plant


def faults_of(path: Path, **options: str) -> list[str]:
    with pytest.raises(PlantError) as caught:
        Plant.read(path, **options)  # type: ignore[arg-type]
    return [str(fault) for fault in caught.value.faults]


def is_tiny(plant: Plant) -> None:
    """The plant is the one that was written."""
    assert plant.name == "Tiny & Söhne"
    assert plant.first_day == date(2026, 1, 5)
    assert plant.items["item"].tolist() == ["cart", "1001"]
    assert plant.items["unit_cost"].tolist() == [40.5, 2.25]
    assert plant.demand["quantity"].tolist() == [10, 20, 7.5]
    assert plant.demand["promotion"].tolist() == [False, True, False]
    assert plant.demand["week"].dt.strftime("%Y-%m-%d").tolist() == ["2025-12-22", "2025-12-29", "2025-12-29"]


@pytest.mark.parametrize(
    "traits",
    [Traits(), made.LIBREOFFICE, made.EXCEL, made.EXCEL_MAC, made.EXCEL_STRICT, made.GOOGLE, made.BARE],
    ids=["plain", "LibreOffice", "Excel", "Excel 1904", "Excel strict", "Google Sheets", "bare"],
)
def test_a_workbook_of_another_program(tmp_path: Path, traits: Traits) -> None:
    plant = Plant.read(made.write(tmp_path / "plant.xlsx", traits))
    is_tiny(plant)
    assert plant.remarks == ()
    plant.write(tmp_path / "again.xlsx")
    is_tiny(Plant.read(tmp_path / "again.xlsx"))


WORKBOOKS = Path(__file__).parent / "workbooks"  # written by LibreOffice itself: workbooks/README.md says how


@pytest.mark.parametrize("name", ["libreoffice_formulas.xlsx", "libreoffice_1904.xlsx"])
def test_a_workbook_that_libreoffice_wrote(name: str) -> None:
    plant = Plant.read(WORKBOOKS / name)
    is_tiny(plant)
    assert plant.remarks == ()


def test_the_template_saved_by_libreoffice_holds_what_it_held(tmp_path: Path) -> None:
    plant = Plant.read(WORKBOOKS / "libreoffice_template.xlsx")
    sample = Plant.sample("metal")
    assert set(plant.tables) == {"about", "items", "bom", "demand"}
    assert plant.name == sample.name
    for table, key in (("items", "item"), ("bom", "parent"), ("demand", "item")):
        assert len(plant.table(table)) >= 3
        assert set(plant.table(table)[key]) <= set(sample.table(table)[key])
    plant.write(tmp_path / "again.xlsx")
    again = Plant.read(tmp_path / "again.xlsx")
    assert all(again.table(name).equals(plant.table(name)) for name in plant.tables)


def test_an_open_document_spreadsheet_is_to_be_saved_as_xlsx() -> None:
    with pytest.raises(PlantError, match=r"found an \.ods spreadsheet.*save it as \.xlsx"):
        Plant.read(WORKBOOKS / "libreoffice.ods")


@pytest.mark.parametrize(
    ("date_format", "is_date"),
    [
        ("d.m.yy", True), ("[h]:mm", True), ("mmm yyyy", True), ('[Red]0.00;"d"', False), ("General", False),
        ('0.0 "days"', False), ("0.00E+00", False), ('#,##0.00\\ "USD"', False), ("[$-de-DE]TT;@", False),
        ("0_d", False),
    ],
)  # fmt: skip
def test_which_formats_are_dates(tmp_path: Path, date_format: str, is_date: bool) -> None:
    path = made.write(tmp_path / "plant.xlsx", Traits(date_format=date_format))
    if is_date:
        is_tiny(Plant.read(path))
    else:
        assert "about!D2: found 46027, wanted the Monday of a week; format the cell as a date" in faults_of(
            path
        )


def one_cell(tmp_path: Path, xml: str) -> Path:
    """The workbook with another cell in items!F2, the stock of the cart."""
    items = [list(row) for row in made.ITEMS]
    items[1][5] = Raw(xml)
    return made.write(tmp_path / "plant.xlsx", tables=made.TABLES | {"items": items})


def test_a_formula_counts_with_its_stored_value(tmp_path: Path) -> None:
    cell = '<c r="{r}"><f aca="false">SUM(1,41)</f><v>42</v></c>'
    assert Plant.read(one_cell(tmp_path, cell)).items["on_hand"].tolist() == [42, 0]


@pytest.mark.parametrize(
    ("xml", "fault"),
    [
        (
            '<c r="{r}"><f>1+1</f></c>',
            'found "=1+1" (a formula without a stored value), wanted a number (units)',
        ),
        ('<c r="{r}"><f>1+1</f><v></v></c>', 'found "=1+1" (a formula without a stored value)'),
        ('<c r="{r}" t="str"><f>""</f><v></v></c>', "found nothing"),
        ('<c r="{r}" t="e"><f>1/0</f><v>#DIV/0!</v></c>', 'found "#DIV/0!"'),
        ('<c r="{r}" t="b"><v>1</v></c>', 'found "TRUE"'),
        ('<c r="{r}" t="d"><v>2026-01-05T00:00:00</v></c>', "found the date 2026-01-05"),
        ('<c r="{r}" s="2"><v>0.5</v></c>', "found the time 12:00:00"),
        ('<c r="{r}" t="str"><v>_x0031_2</v></c>', None),
        ('<c r="{r}" t="str"><v>12 pcs</v></c>', "write the number alone, without its unit"),
    ],
)
def test_kinds_of_cells(tmp_path: Path, xml: str, fault: str | None) -> None:
    path = one_cell(tmp_path, xml)
    if fault is None:
        assert Plant.read(path).items["on_hand"].tolist() == [12, 0]
    else:
        (found,) = faults_of(path)
        assert found.startswith("items!F2: ")
        assert fault in found


def test_merged_cells_are_named_where_the_table_is(tmp_path: Path) -> None:
    merged = (
        '<mergeCells><mergeCell ref="B3:B4"/><mergeCell ref="M2:N9"/><mergeCell ref="A90:B91"/></mergeCells>'
    )
    assert faults_of(made.write(tmp_path / "plant.xlsx", after={"demand": merged})) == [
        "demand!B3: found the merged cells B3:B4, wanted a value in each cell; unmerge them, and fill in each"
    ]


def test_hidden_further_and_macro_sheets_are_said(tmp_path: Path) -> None:
    tables = made.TABLES | {"notes": [["anything"]], "sizes": [["S", "M"]]}
    path = made.write(
        tmp_path / "plant.xlsm",
        tables=tables,
        states={"demand": "hidden"},
        extra={"xl/vbaProject.bin": b"macro"},
    )
    assert Plant.read(path).remarks == (
        "its macros were left aside",
        "notes is not a table of the kit and was left aside",
        "sizes is not a table of the kit and was left aside",
        "the sheet demand is hidden; it was read like the others",
    )


def test_further_columns_are_kept_and_trailing_blanks_are_not(tmp_path: Path) -> None:
    items = [[*row, None, text, None] for row, text in zip(made.ITEMS, ["my note", "a", None], strict=True)]
    demand = [*made.DEMAND, *[["  ", None, " "]] * 5]
    plant = Plant.read(
        made.write(tmp_path / "plant.xlsx", tables=made.TABLES | {"items": items, "demand": demand})
    )
    assert plant.items.columns[-1] == "my note"
    assert plant.items["my note"].tolist() == ["a", ""]
    assert len(plant.demand) == 3


def test_headings_further_down_are_one_fault(tmp_path: Path) -> None:
    items = [["Our items, as of today"], [None], *made.ITEMS]
    assert faults_of(made.write(tmp_path / "plant.xlsx", tables=made.TABLES | {"items": items})) == [
        "items: found the headings in row 3, wanted the headings in row 1; delete the rows above them"
    ]


# CSV files


def text_of(value: object, decimal: str, day: str) -> str:
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, date):
        return value.strftime(day)
    return str(value).replace(".", decimal) if isinstance(value, float) else str(value)


def write_folder(
    folder: Path,
    delimiter: str = ",",
    decimal: str = ".",
    encoding: str = "utf-8",
    day: str = "%Y-%m-%d",
    end: str = "\r\n",
) -> Path:
    folder.mkdir(exist_ok=True)
    for name, rows in made.TABLES.items():
        lines = [delimiter.join(text_of(value, decimal, day) for value in row) for row in rows]
        (folder / f"{name}.csv").write_bytes((end.join(lines) + end).encode(encoding))
    return folder


@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252", "utf-16"])
def test_delimiters_and_encodings(tmp_path: Path, delimiter: str, encoding: str) -> None:
    plant = Plant.read(write_folder(tmp_path / "p", delimiter, encoding=encoding))
    is_tiny(plant)
    assert plant.remarks == (("no UTF-8, so read as Windows-1252: about",) if encoding == "cp1252" else ())


@pytest.mark.parametrize("delimiter", [";", "\t"])
def test_decimal_commas(tmp_path: Path, delimiter: str) -> None:
    plant = Plant.read(write_folder(tmp_path / "p", delimiter, ","))
    is_tiny(plant)
    assert plant.remarks == ("read with decimal commas: about, items, demand",)


@pytest.mark.parametrize("end", ["\n", "\r"])
def test_line_ends_and_a_line_for_excel(tmp_path: Path, end: str) -> None:
    folder = write_folder(tmp_path / "p", ";", ",", end=end)
    path = folder / "items.csv"
    path.write_bytes(b"sep=;\n" + path.read_bytes())
    is_tiny(Plant.read(folder))
    path.write_bytes(path.read_bytes().replace(b"40,5", b"many"))
    assert faults_of(folder)[0].startswith('items!G2: found "many"')


def test_days_in_a_stated_format(tmp_path: Path) -> None:
    folder = write_folder(tmp_path / "p", ";", ",", day="%d.%m.%Y")
    assert faults_of(folder)[0] == (
        'about!D2: found "05.01.2026", wanted the Monday of a week; write it as 2026-01-05, or say which format your '
        "days have: --date-format DD.MM.YYYY"
    )
    is_tiny(Plant.read(folder, date_format="DD.MM.YYYY"))
    assert "there is no such day" in faults_of(folder, date_format="MM.DD.YYYY")[1]
    for wrong in ("%d.%m.%Y", "DD.MM.YY", "DD.MM", "DDxMMxYYYY"):
        with pytest.raises(InputError, match=r"date_format must be such as DD.MM.YYYY"):
            Plant.read(folder, date_format=wrong)


def put(folder: Path, table: str, old: str, new: str) -> None:
    path = folder / f"{table}.csv"
    text = path.read_bytes().decode()
    assert old in text
    path.write_bytes(text.replace(old, new).encode())


def test_a_number_that_can_be_read_two_ways_is_a_fault_until_the_mark_is_said(tmp_path: Path) -> None:
    folder = write_folder(tmp_path / "p", ";", ",")
    put(folder, "about", "0,2", "1")
    put(folder, "demand", "7,5", "7")
    put(folder, "items", "40,5", "1,250")
    put(folder, "items", "2,25", "2")
    assert faults_of(folder) == [
        'items: found "1,250" in G2, which can be read two ways, wanted a clear decimal mark; say which mark the '
        "decimals have: --decimal , or --decimal . (in Python decimal=',')"
    ]
    assert Plant.read(folder, decimal=",").items["unit_cost"].tolist() == [1.25, 2]
    assert faults_of(folder, decimal=".") == [
        'items!G2: found "1,250", wanted a number (currency a unit), zero or more; write it without separators: 1250'
    ]
    put(folder, "demand", ";7;", ";7,5;")  # another file of the folder tells
    assert Plant.read(folder).items["unit_cost"].tolist() == [1.25, 2]
    put(folder, "items", "1,250", "1.250")
    assert faults_of(folder) == [
        'items!G2: found "1.250", wanted a number (currency a unit), zero or more; with decimal commas in this file, '
        "write 1250 if the point parts the thousands, or 1,250 if it begins the decimals"
    ]
    with pytest.raises(InputError, match="decimal must be a point or a comma"):
        Plant.read(folder, decimal=";")


def test_both_marks_in_one_file(tmp_path: Path) -> None:
    folder = write_folder(tmp_path / "p", ";", ",")
    put(folder, "items", "2,25", "2.25")
    assert faults_of(folder) == [
        'items: found "40,5" in G2 and "2.25" in G3, wanted one decimal mark in a file'
    ]


def test_in_a_file_parted_by_commas_the_mark_is_a_point(tmp_path: Path) -> None:
    folder = write_folder(tmp_path / "p")
    put(folder, "items", "40.5", '"40,5"')
    assert faults_of(folder) == [
        'items!G2: found "40,5", wanted a number (currency a unit), zero or more; write a decimal point: 40.5'
    ]


def test_progress_adds_up_to_one(tmp_path: Path) -> None:
    for path in (write_folder(tmp_path / "p"), made.write(tmp_path / "plant.xlsx")):
        shares: list[float] = []
        Plant.read(path, progress=shares.append)
        assert len(shares) >= 3
        assert sum(shares) == pytest.approx(1)
