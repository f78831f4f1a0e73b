"""From raw sheets to typed tables: every cell checked, every fault named, nothing guessed."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date, datetime
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from .bills import find_loop
from .schema import Column, Table
from .sheets import Fault, NoValue, Sheet, letters, nearest, shown
from .tables import TABLES

if TYPE_CHECKING:
    import pandas as pd

__all__ = ["check_sheets"]

NUMBER = re.compile(r"[+-]?(\d+\.?\d*|\.\d+)([eE][+-]?\d{1,3})?", re.ASCII)
GROUPED = re.compile(r"[+-]?\d{1,3}(,\d{3})+(\.\d+)?", re.ASCII)
COMMA = re.compile(r"[+-]?\d+,\d+", re.ASCII)
PERCENT = re.compile(r"(\d+\.?\d*)\s*%", re.ASCII)
DAY = re.compile(r"(\d{4})-(\d{2})-(\d{2})( 00:00:00)?", re.ASCII)
UNFIT = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]")  # no place in a workbook's text
EXCEL_ERRORS = frozenset(("#N/A", "#REF!", "#VALUE!", "#DIV/0!", "#NAME?", "#NUM!", "#NULL!", "#SPILL!"))
YES_NO = {"yes": True, "no": False, "true": True, "false": False, "1": True, "0": False}
LARGEST = 1e15  # a spreadsheet keeps 15 digits
LONGEST_HEADING = 255
LONGEST = 32_767  # characters in a spreadsheet's cell


class Bad(NamedTuple):
    """A cell that cannot be used."""

    wanted: str
    hint: str = ""


def convert(column: Column, cell: object) -> object:
    """The value of one cell: str, float, date, bool, None for a blank; or a Bad."""
    if isinstance(cell, NoValue):
        return Bad(
            column.wanted, "open the workbook in a spreadsheet and save it, so that the result is stored"
        )
    if isinstance(cell, str) and cell.strip() in EXCEL_ERRORS:
        return Bad(column.wanted, "a formula in this cell failed")
    if cell is None or (isinstance(cell, str) and not cell.strip()):
        return Bad(column.wanted) if column.required else column.default
    if column.numeric:
        return convert_number(column, cell)
    if column.kind in ("date", "week"):
        return convert_day(column, cell)
    if column.kind == "yes/no":
        text = f"{cell:g}" if isinstance(cell, int | float) else str(cell).strip().lower()
        return YES_NO.get(text, Bad(column.wanted))
    return convert_text(column, cell)


def convert_number(column: Column, cell: object) -> float | Bad:
    """A number within the column's limits, or what is wrong with it."""
    if isinstance(cell, str):
        text = cell.strip()
        if not NUMBER.fullmatch(text):
            return Bad(column.wanted, number_hint(text))
        value = float(text)
    elif isinstance(cell, int | float):
        value = float(cell) if abs(cell) <= LARGEST else np.inf
    else:
        return Bad(column.wanted, "format the cell as a number" if isinstance(cell, date) else "")
    if not abs(value) <= LARGEST:  # NaN too
        return Bad(column.wanted, "the number is too large")
    low, high = column.limits
    if column.kind == "whole" and value != int(value):
        return Bad(column.wanted)
    if (low is not None and value < low) or (column.above is not None and value <= column.above):
        return Bad(column.wanted)
    if high is not None and value > high:
        share = column.kind == "share" and 1 < value <= 100
        return Bad(column.wanted, f"for {value:g} % write {value / 100:g}" if share else "")
    return value + 0.0  # no -0.0


def number_hint(text: str) -> str:
    """What to write in place of a text that is nearly a number."""
    if GROUPED.fullmatch(text):
        return f"write it without separators: {text.replace(',', '')}"
    if COMMA.fullmatch(text):
        return f"write a decimal point: {text.replace(',', '.')}"
    if percent := PERCENT.fullmatch(text):
        return f"write {float(percent[1]) / 100:g}"
    return "write the number alone, without its unit" if text[0].isdigit() else ""


def convert_day(column: Column, cell: object) -> date | Bad:
    """A day between 1950 and 2199, or what is wrong with it."""
    day: date
    if isinstance(cell, datetime):
        if cell.hour or cell.minute or cell.second or cell.microsecond:
            return Bad(column.wanted, "leave out the time of day")
        day = cell.date()
    elif isinstance(cell, date):
        day = cell
    else:
        match = DAY.fullmatch(cell.strip()) if isinstance(cell, str) else None
        if not match:
            hint = "format the cell as a date" if isinstance(cell, int | float) else "write it as 2026-01-05"
            return Bad(column.wanted, hint)
        try:
            day = date(int(match[1]), int(match[2]), int(match[3]))
        except ValueError:
            return Bad(column.wanted, "there is no such day")
    if not 1950 <= day.year <= 2199:
        return Bad(column.wanted, "a year from 1950 to 2199")
    if column.kind == "week" and day.weekday() != 0:
        monday = date.fromordinal(day.toordinal() - day.weekday())
        return Bad(column.wanted, f"the Monday of that week is {monday.isoformat()}")
    return day


def convert_text(column: Column, cell: object) -> str | Bad:
    """A text fit for a code, a name or a choice, or what is wrong with it."""
    if isinstance(cell, date) or not isinstance(cell, str | int | float):
        return Bad(column.wanted, "format the cell as text and type it again")
    text = cell.replace("\r\n", "\n") if isinstance(cell, str) else f"{cell:.15g}"
    if column.kind == "choice":
        text = text.strip()
        if text in column.choices:
            return text
        hint = nearest(text, column.choices, 0.5)
        return Bad(column.wanted, f"did you mean {hint}?" if hint else "")
    if UNFIT.search(text):
        return Bad("text without control characters", "type it again")
    if len(text) > LONGEST:
        return Bad(f"text of at most {LONGEST:,} characters")
    if (column.key or column.refers) and text != text.strip():
        return Bad(column.wanted, "take the space off its start or end")
    return text


class Checked(NamedTuple):
    """A table on its way: values by column (Bad where a cell was), and its faults."""

    table: Table
    sheet: Sheet
    values: dict[str, list[object]]
    faults: list[Fault]


def check_sheets(sheets: Mapping[str, Sheet]) -> tuple[dict[str, pd.DataFrame], list[Fault]]:
    """Tables by name, and everything that is wrong; the tables are whole only where nothing is."""
    faults = [
        Fault(name, "", "", "no such table", f"the table {name}: {table.meaning}")
        for name, table in TABLES.items()
        if name not in sheets and not table.optional
    ]
    known = {name: check_cells(TABLES[name], sheets[name]) for name in TABLES if name in sheets}
    for checked in known.values():
        check_keys(checked)
        check_references(checked, known)
    frames = {}
    for name, checked in known.items():
        frame = to_frame(checked) if not checked.faults else None
        if frame is not None:
            check_rules(checked, frame)
            frames[name] = frame
    if "bom" in known and not known["bom"].faults:
        check_loop(known["bom"])
    return frames, faults + [fault for checked in known.values() for fault in checked.faults]


def check_cells(table: Table, sheet: Sheet) -> Checked:
    """Each cell by its column's kind and range."""
    faults = heading_faults(table, sheet)
    values: dict[str, list[object]] = {}
    if not sheet.rows:
        faults.append(
            Fault(
                sheet.name,
                "",
                "",
                "an empty table",
                "at least one row",
                "leave the table out if the plant has none" if table.optional else "",
            )
        )
    if table.one_row and len(sheet.rows) > 1:
        faults.append(Fault(sheet.name, f"A{sheet.rows[1]}", "", f"{len(sheet.rows)} rows", "one row"))
    for number, name in enumerate(sheet.header):
        if not name or name in values:
            continue
        column = (
            table.column(name)
            if name in table.names
            else Column(name, "text", "", "", required=False, default="")
        )
        cells = sheet.columns[number]
        known = {cell: convert(column, cell) for cell in dict.fromkeys(cells)}
        bad = {cell: value for cell, value in known.items() if isinstance(value, Bad)}
        values[name] = [known[cell] for cell in cells]
        if bad:
            for record, cell in enumerate(cells):
                if cell in bad:
                    faults.append(
                        Fault(sheet.name, sheet.cell(number, record), name, shown(cell), *bad[cell])
                    )
    for column in table.columns:
        if column.name not in values and not column.required:
            values[column.name] = [column.default] * len(sheet.rows)
    return Checked(table, sheet, values, faults)


def heading_faults(table: Table, sheet: Sheet) -> list[Fault]:
    """Columns that are missing, misspelled, doubled, or have no heading."""
    faults = []
    header, rows = sheet.header, sheet.rows
    absent = [name for name in table.names if name not in header]
    taken: set[str] = set()
    for number, name in enumerate(header):
        cell = f"{letters(number)}1"
        if not name:
            record = next(
                (i for i, value in enumerate(sheet.columns[number]) if shown(value) != "nothing"), None
            )
            if record is not None:
                faults.append(
                    Fault(
                        sheet.name,
                        sheet.cell(number, record),
                        "",
                        shown(sheet.columns[number][record]),
                        "a heading above it, in row 1",
                    )
                )
        elif UNFIT.search(name) or len(name) > LONGEST_HEADING:
            faults.append(
                Fault(
                    sheet.name,
                    cell,
                    name,
                    f"the heading {shown(name)}",
                    f"text without control characters, {LONGEST_HEADING} at most",
                )
            )
        elif name in header[:number]:
            faults.append(Fault(sheet.name, cell, name, f"a second column {shown(name)}", "each column once"))
        elif name not in table.names and (near := nearest(name, absent)):
            taken.add(near)
            faults.append(
                Fault(
                    sheet.name,
                    cell,
                    near,
                    f"the column {shown(name)}",
                    f"the column {near}",
                    "change the heading",
                )
            )
    for name in absent:
        if table.column(name).required and name not in taken:
            faults.append(Fault(sheet.name, "", name, f"no column {name}", table.column(name).wanted))
    return faults if rows or header else []


def check_keys(checked: Checked) -> None:
    """No two rows with the same key."""
    table, sheet, values, faults = checked
    if not table.key or any(name not in values for name in table.key):
        return
    keys = list(zip(*(values[name] for name in table.key), strict=True))
    if len(set(keys)) == len(keys):
        return
    first: dict[tuple[object, ...], int] = {}
    number = sheet.header.index(table.key[0])
    for record, key in enumerate(keys):
        if any(isinstance(value, Bad) for value in key):
            continue
        if key in first:
            found = " with ".join(shown(value) for value in key if value not in (None, ""))
            faults.append(
                Fault(
                    sheet.name,
                    sheet.cell(number, record),
                    table.key[0],
                    f"{found} again",
                    "each " + ", ".join(table.key) + " once",
                    f"it stands in row {sheet.rows[first[key]]} already",
                )
            )
        else:
            first[key] = record


def check_references(checked: Checked, known: Mapping[str, Checked]) -> None:
    """Every code stands in the table that it refers to."""
    table, sheet, values, faults = checked
    for column in table.columns:
        if not column.refers or column.name not in sheet.header or column.name not in values:
            continue
        other, name = column.refers.split(".")
        if other not in known:
            if TABLES[other].optional and not column.loose:
                faults.append(
                    Fault(
                        sheet.name,
                        "",
                        column.name,
                        f"no table {other}",
                        f"the table {other}",
                        f"{sheet.name} refers to it",
                    )
                )
            continue
        if name not in known[other].values:
            continue  # its heading is a fault already
        there = {value for value in known[other].values[name] if isinstance(value, str)}
        cells = [column.codes(value) if isinstance(value, str) else [] for value in values[column.name]]
        unknown = {code for codes in cells for code in codes} - there
        near = {code: nearest(code, there) for code in sorted(unknown)[:50]}
        number = sheet.header.index(column.name)
        for record, codes in enumerate(cells if unknown else ()):
            for code in codes:
                if code not in unknown:
                    continue
                hint = near.get(code, "")
                faults.append(
                    Fault(
                        sheet.name,
                        sheet.cell(number, record),
                        column.name,
                        shown(code),
                        f"a value that stands in {column.refers}",
                        f"did you mean {hint}?" if hint else "",
                    )
                )


def check_rules(checked: Checked, frame: pd.DataFrame) -> None:
    """What must hold between the columns of a row."""
    for rule in checked.table.rules:
        holds = rule.holds(frame).to_numpy()
        for record in np.flatnonzero(~holds).tolist():
            sheet = checked.sheet
            cell, value = f"row {sheet.rows[record]}", checked.values[rule.column][record]
            if rule.column in sheet.header:
                cell = sheet.cell(sheet.header.index(rule.column), record)
            checked.faults.append(Fault(sheet.name, cell, rule.column, shown(value), rule.wanted))


def check_loop(checked: Checked) -> None:
    """No item goes into itself, however far down."""
    sheet, parents, components = checked.sheet, checked.values["parent"], checked.values["component"]
    pairs = [(str(parent), str(component)) for parent, component in zip(parents, components, strict=True)]
    if loop := find_loop(pairs):
        record = pairs.index((loop[0], loop[1]))
        cell = sheet.cell(sheet.header.index("component"), record)
        checked.faults.append(
            Fault(
                sheet.name,
                cell,
                "component",
                "the loop " + " > ".join(loop),
                "a bill in which no item goes into itself",
            )
        )


def to_frame(checked: Checked) -> pd.DataFrame:
    """A table without faults as a DataFrame: the documented columns in order, then the others as text."""
    import pandas as pd

    table, _, values, _ = checked
    extra = [name for name in values if name not in table.names]
    columns: dict[str, object] = {}
    for column in table.columns:
        cells = values[column.name]
        if column.kind == "whole" and (column.required or column.default is not None):
            columns[column.name] = np.array(cells, dtype=float).astype(np.int64)
        elif column.numeric:
            columns[column.name] = np.array(cells, dtype=float)
        elif column.kind in ("date", "week"):
            columns[column.name] = np.array(cells, dtype="datetime64[D]").astype("datetime64[ns]")
        elif column.kind == "yes/no":
            columns[column.name] = np.array(cells, dtype=bool)
        else:
            columns[column.name] = cells
    columns.update({name: values[name] for name in extra})
    return pd.DataFrame(columns)
