"""A plant in words, and what is wrong with a workbook shown in a copy of it."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from ..errors import InputError
from .checking import Inspection
from .schema import KIND_TEXT, Table
from .sheets import Fault, Sheet, Unreadable, letters
from .tables import TABLES
from .workbooks import MAX_COLUMNS, Book
from .writing import new_workbook, write_cell

if TYPE_CHECKING:
    from .plant import Plant

__all__ = [
    "describe",
    "describe_table",
    "plant_record",
    "schema_lines",
    "schema_record",
    "target",
    "write_report",
]

FAULTS = "faults"  # the report's first sheet
LISTED = 100_000  # faults in its list
NOTED = 1_000  # faults with a link, and with a note at their cell


def describe(plant: Plant) -> list[str]:
    """The facts about a plant and the tables that it has, line by line."""
    facts = plant.about.iloc[0]
    lines = [plant.name, *(f"  {name:18} {fact_text(facts[name])}" for name in TABLES["about"].names[1:])]
    items = plant.items
    if weighed := int(items["weight"].notna().sum()):
        held = f"{(items['weight'] * items['on_hand']).sum():,.0f} {plant.unit('items', 'weight')}"
        lines += [f"  {'stock on hand':18} {held} ({weighed:,} of {len(items):,} items have a weight)"]
    lines += [""]
    for name in plant.tables[1:]:
        lines.append(f"  {name:18} {len(plant.table(name)):>9,} rows  {TABLES[name].meaning}")
    missing = [name for name in TABLES if name not in plant.tables]
    lines += ["", f"  left out: {', '.join(missing)}"] if missing else []
    return lines + [f"  {remark}" for remark in plant.remarks]


def fact_text(value: Any) -> str:
    """A fact as it is written in a table: days without their time."""
    return str(value.date()) if hasattr(value, "date") else str(value)


def describe_table(plant: Plant, name: str, rows: int) -> list[str]:
    """The first rows of a table as text, how many there are, and what their figures are counted in."""
    if name not in plant.tables:
        return [
            f"{plant.name} has no sheet {name}; it may be left out. It would hold: {TABLES[name].meaning}"
        ]
    frame = plant.table(name)
    text = frame.head(rows).to_string(index=False, na_rep="", max_colwidth=40)
    counted: dict[str, list[str]] = {}
    for column in TABLES[name].columns:
        if measure := column.measure(plant.units).replace("currency", plant.currency):
            counted.setdefault(measure, []).append(column.name)
    units = "; ".join(f"{', '.join(names)}: {measure}" for measure, names in counted.items())
    count = f"{rows:,} of {len(frame):,} rows" if rows < len(frame) else f"{len(frame):,} rows"
    return [*text.splitlines(), "", count, *([f"Counted in: {units}"] if units else [])]


def plant_record(plant: Plant, name: str = "") -> dict[str, Any] | list[Any]:
    """A table's rows, or the facts and row counts, for another program."""
    import json

    if name and name not in plant.tables:
        return []
    if name:
        rows: list[Any] = json.loads(
            plant.table(name).to_json(orient="records", date_format="iso", date_unit="s")
        )
        return rows
    facts: dict[str, Any] = {str(name): fact_text(value) for name, value in plant.about.iloc[0].items()}
    return {
        **facts,
        "tables": {table: len(plant.table(table)) for table in plant.tables},
        "remarks": plant.remarks,
    }


def schema_lines(tables: Sequence[Table], units: str) -> list[str]:
    """What each column of the tables holds, as text."""
    lines = []
    for table in tables:
        lines += [f"{table.name}: {table.meaning}{' May be missing.' if table.optional else ''}"]
        for column in table.columns:
            marks = "".join(("*" if column.key else " ", "" if column.required else "(optional) "))
            refers = f", stands in {column.refers}" if column.refers else ""
            lines.append(f"  {column.name:24}{marks}{column.meaning}: {column.wanted_in(units)}{refers}")
        lines.append("")
    return [*lines, "* columns that together name a row"]


def schema_record(table: Table) -> dict[str, Any]:
    """The declaration of a table for another program."""
    return {
        "table": table.name,
        "meaning": table.meaning,
        "optional": table.optional,
        "one_row": table.one_row,
        "columns": [
            {
                "name": column.name,
                "kind": KIND_TEXT[column.kind] if column.kind == "choice" else column.kind,
                "unit": {units: column.unit_in(units) for units in ("metric", "US")} if column.unit else None,
                "meaning": column.meaning,
                "required": column.required,
                "default": column.default,
                "key": column.key,
                "refers": column.refers or None,
                "low": column.limits[0],
                "high": column.limits[1],
                "above": column.above,
                "choices": list(column.choices),
            }
            for column in table.columns
        ],
        "rules": [{"column": rule.column, "wanted": rule.wanted} for rule in table.rules],
    }


def target(path: Path) -> Path:
    """The path, if a report may be written there.

    Raises
    ------
    InputError
        If it is no .xlsx, or holds a workbook that is no report.
    """
    if path.suffix.lower() != ".xlsx":
        raise InputError("report", path.name, "the name of an .xlsx file")
    if path.exists() and not is_report(path):
        raise InputError(
            "report", path.name, "a new file, or an earlier report; this one holds something else"
        )
    return path


def write_report(seen: Inspection, path: Path) -> None:
    """A copy of what was read, as values, with the faulty cells marked, and a first sheet that lists the faults.

    Sheets with a wrong name, or with headings further down, are copied too, unchecked.

    Raises
    ------
    InputError
        If the path is no .xlsx, or holds a workbook that is no report.
    """
    sheets = seen.sheets | seen.unchecked
    with new_workbook(target(path)) as book:
        listed = book.add_worksheet(FAULTS)
        write_list(book, listed, seen)
        marked: dict[str, dict[tuple[int, int], list[Fault]]] = {name: {} for name in sheets}
        for fault in seen.faults:
            if fault.sheet in marked and (place := place_of(fault.cell)):
                marked[fault.sheet].setdefault(place, []).append(fault)
        for name, sheet in sheets.items():
            write_copy(book, sheet, marked[name])


def is_report(path: Path) -> bool:
    """Whether a file is an earlier report."""
    try:
        with Book(path) as book:
            return next(iter(book.parts), "") == FAULTS
    except (Unreadable, OSError):
        return False


def place_of(cell: str) -> tuple[int, int] | None:
    """Row and column, from 0, of a cell such as D14."""
    name = cell.rstrip("0123456789")
    if not name.isupper() or not name.isalpha():
        return None
    column = next(number for number in range(MAX_COLUMNS + 1) if letters(number) == name)
    return int(cell[len(name) :]) - 1, column


def write_list(book: Any, sheet: Any, seen: Inspection) -> None:
    """The sheet that lists the faults, each with a link to its cell."""
    sheet.set_tab_color("#a23a3a")
    head, text = book.add_format({"bold": True, "bg_color": "#f6e3e3", "bottom": 1}), book.add_format()
    link = book.add_format({"font_color": "#0a6c8f", "underline": 1})
    count = len(seen.faults)
    told = (
        f"{seen.source}: {count:,} {'fault' if count == 1 else 'faults'}"
        if count
        else f"{seen.source}: no faults"
    )
    told += f"; the first {LISTED:,} are listed" if count > LISTED else ""
    sheet.write_string(0, 0, told, book.add_format({"bold": True, "font_size": 14}))
    sheet.write_string(1, 0, "This is a copy of the values. Mend your own file, and check it again.", text)
    for column, (title, width) in enumerate(
        (("where", 18), ("column", 20), ("found", 40), ("wanted", 60), ("what would do", 60))
    ):
        sheet.write_string(3, column, title, head)
        sheet.set_column(column, column, width)
    for row, fault in enumerate(seen.faults[:LISTED], start=4):
        where = f"{fault.sheet}!{fault.cell}" if fault.cell else fault.sheet
        if (fault.sheet in seen.sheets or fault.sheet in seen.unchecked) and row < NOTED + 4:
            sheet.write_url(row, 0, f"internal:'{fault.sheet}'!{fault.cell or 'A1'}", link, where)
        else:
            write_cell(sheet, row, 0, where)
        for column, value in enumerate((fault.column, fault.found, fault.wanted, fault.hint), start=1):
            write_cell(sheet, row, column, value)
    sheet.freeze_panes(4, 0)
    sheet.autofilter(3, 0, max(4, 3 + min(count, LISTED)), 4)


def write_copy(book: Any, source: Sheet, marked: dict[tuple[int, int], list[Fault]]) -> None:
    """A table as it was read, at its own addresses, with what is wrong marked and noted."""
    from datetime import date

    sheet = book.add_worksheet(source.name)
    bold, day = book.add_format({"bold": True}), book.add_format({"num_format": "yyyy-mm-dd"})
    bad = {"bg_color": "#ffc7ce", "font_color": "#9c0006", "border": 1}
    wrong, wrong_day = book.add_format(bad), book.add_format(bad | {"num_format": "yyyy-mm-dd"})
    for column, heading in enumerate(source.header):
        sheet.write_string(0, column, heading[:255], wrong if (0, column) in marked else bold)
        sheet.set_column(column, column, max(10, min(len(heading) + 2, 40)))
    for column, cells in enumerate(source.columns):
        for row, value in zip(source.rows, cells, strict=True):
            is_day, is_wrong = isinstance(value, date), (row - 1, column) in marked
            style = (wrong_day if is_day else wrong) if is_wrong else day if is_day else None
            write_cell(sheet, row - 1, column, getattr(value, "formula", value), style)
    for (row, column), faults in list(marked.items())[:NOTED]:
        sheet.write_comment(row, column, "\n".join(fault.text for fault in faults)[:2000], {"x_scale": 2})
    if marked:
        sheet.set_tab_color("#a23a3a")
    sheet.freeze_panes(1, 0)
