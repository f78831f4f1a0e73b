"""From raw sheets to typed tables: every cell checked, every fault named, nothing guessed."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from .bills import find_loop
from .cells import LONGEST_HEADING, UNFIT, Bad, convert
from .reading import read_path
from .schema import Column, Table
from .sheets import Fault, Sheet, letters, nearest, shown
from .tables import LESSON_TABLES, TABLES
from .workbooks import Progress

if TYPE_CHECKING:
    import pandas as pd

__all__ = ["Inspection", "advice", "check_sheets", "inspect"]


class Checked(NamedTuple):
    """A table on its way: values by column (Bad where a cell was), and its faults."""

    table: Table
    sheet: Sheet
    values: dict[str, list[object]]
    faults: list[Fault]


@dataclass(frozen=True)
class Inspection:
    """A folder or workbook that was read and checked."""

    source: str  # its name
    sheets: dict[str, Sheet]  # as it was read
    frames: dict[str, pd.DataFrame]  # tables; whole only where there are no faults
    faults: list[Fault]
    unchecked: dict[str, Sheet]  # with a wrong name, or headings that were not found
    remarks: list[str]  # what was left aside, or can be read in one way only with some knowledge


def inspect(
    path: Path, decimal: str | None = None, date_format: str = "", progress: Progress | None = None
) -> Inspection:
    """Read a folder or workbook and find everything that is wrong with it; see `Plant.read`."""
    raw = read_path(path, decimal, date_format, progress)
    frames: dict[str, pd.DataFrame] = {}
    faults = raw.faults
    if raw.sheets or not faults:
        frames, more = check_sheets(raw.sheets, raw.unread)
        faults = faults + more
    return Inspection(path.name, raw.sheets, frames, faults, raw.unchecked, raw.remarks)


def check_sheets(
    sheets: Mapping[str, Sheet], unread: Collection[str] = ()
) -> tuple[dict[str, pd.DataFrame], list[Fault]]:
    """Tables by name, and everything that is wrong; the tables are whole only where nothing is.

    Tables that are there but could not be read are not missing as well.
    """
    faults = [
        Fault(
            name,
            "",
            "",
            "no such table",
            f"the table {name}: {table.meaning.rstrip('.')}",
            f"add a sheet named {name}, or in a folder the file {name}.csv",
        )
        for name, table in TABLES.items()
        if name not in sheets and name not in unread and not table.optional
    ]
    known = {
        name: check_cells(table, sheets[name])
        for name, table in TABLES.items()
        if name in sheets
        and (sheets[name].rows or not table.optional)  # without rows it is as if it were missing
    }
    for checked in known.values():
        check_keys(checked)
        check_references(checked, known, unread)
    frames = {}
    for name, checked in known.items():
        frame = to_frame(checked) if not checked.faults else None
        if frame is not None:
            check_rules(checked, frame)
            frames[name] = frame
    if "bom" in known and not known["bom"].faults:
        check_loop(known["bom"])
    if "about" in frames and "demand" in frames:
        check_history(known["demand"], frames["demand"], frames["about"])
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
            )
        )
    if table.one_row and len(sheet.rows) > 1:
        faults.append(Fault(sheet.name, f"A{sheet.rows[1]}", "", f"{len(sheet.rows)} rows", "one row"))
    absent = [name for name in table.names if name not in sheet.header]
    for number, name in enumerate(sheet.header):
        if not name or name in values:
            continue
        meant = name if name in table.names else nearest(name, absent)  # misspelled, which is a fault already
        column = table.column(meant) if meant else Column(name, "text", "", "", required=False, default="")
        cells = sheet.columns[number]
        known = {cell: convert(column, cell, sheet.notation) for cell in dict.fromkeys(cells)}
        bad = {cell: value for cell, value in known.items() if isinstance(value, Bad)}
        values[name] = [known[cell] for cell in cells]
        if bad:
            for record, cell in enumerate(cells):
                if cell in bad:
                    faults.append(
                        Fault(sheet.name, sheet.cell(number, record), column.name, shown(cell), *bad[cell])
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


def check_references(checked: Checked, known: Mapping[str, Checked], unread: Collection[str]) -> None:
    """Every code stands in the table that it refers to."""
    table, sheet, values, faults = checked
    for column in table.columns:
        if not column.refers or column.name not in sheet.header or column.name not in values:
            continue
        other, name = column.refers.split(".")
        if other not in known:
            if TABLES[other].optional and not column.loose and other not in unread:
                faults.append(
                    Fault(
                        sheet.name,
                        "",
                        column.name,
                        f"no table {other}",
                        f"the table {other}",
                        f"add a sheet {other}, or leave {sheet.name} out: its {column.name} stands there",
                    )
                )
            continue
        if name not in known[other].values:
            continue  # its heading is a fault already
        there = {value for value in known[other].values[name] if isinstance(value, str)}
        cells = values[column.name]
        codes = {cell: column.codes(cell) for cell in dict.fromkeys(cells) if isinstance(cell, str)}
        lost = {cell: [code for code in held if code not in there] for cell, held in codes.items()}
        lost = {cell: held for cell, held in lost.items() if held}
        near = {
            code: nearest(code, there) for code in sorted({c for held in lost.values() for c in held})[:50]
        }
        number = sheet.header.index(column.name)
        for record, cell in enumerate(cells if lost else ()):
            for code in lost.get(cell, ()) if isinstance(cell, str) else ():
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
        records = [pairs.index(pair) for pair in pairwise(loop)]
        rows = ", ".join(str(sheet.rows[record]) for record in records)
        checked.faults.append(
            Fault(
                sheet.name,
                sheet.cell(sheet.header.index("component"), records[0]),
                "component",
                "the loop " + " > ".join(loop),
                "a bill in which no item goes into itself",
                f"its lines stand in rows {rows}; take one of them out"
                if len(records) > 1
                else "take this line out",
            )
        )


def check_history(checked: Checked, demand: pd.DataFrame, about: pd.DataFrame) -> None:
    """Demand is what was: it lies before the first day of planning."""
    first_day = about["first_day"].iloc[0]
    number = checked.sheet.header.index("week")
    for record in np.flatnonzero((demand["week"] >= first_day).to_numpy()).tolist():
        checked.faults.append(
            Fault(
                checked.sheet.name,
                checked.sheet.cell(number, record),
                "week",
                shown(checked.values["week"][record]),
                f"a Monday before first_day, {first_day.date()}",
                "what is still to come belongs in the table forecast",
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
            days = list(dict.fromkeys(cells))
            place = {day: number for number, day in enumerate(days)}
            known = np.array(days, dtype="datetime64[D]").astype("datetime64[ns]")
            columns[column.name] = known[np.fromiter(map(place.__getitem__, cells), np.intp, len(cells))]
        elif column.kind == "yes/no":
            columns[column.name] = np.array(cells, dtype=bool)
        else:
            columns[column.name] = cells
    columns.update({name: values[name] for name in extra})
    return pd.DataFrame(columns)


def advice(seen: Inspection) -> list[str]:
    """What is no fault, but may be worth a look: what lessons lack, made items without a bill, examples left in."""
    from .plant import Plant

    if seen.faults:
        hidden = any(re.fullmatch("([A-Z]+1)?", fault.cell) for fault in seen.faults)  # a name or a heading
        return (
            ["mend these and check again; more may show once every name and heading is right"]
            if hidden
            else []
        )
    frames, lines = seen.frames, []
    for lesson, (needed, _) in LESSON_TABLES.items():
        if missing := [name for name in needed if name not in frames]:
            lines.append(
                f"lesson {lesson} also needs {', '.join(missing)}; until then a sample stands in for the plant"
            )
    items = frames["items"]
    parents = set(frames["bom"]["parent"]) if "bom" in frames else set()
    made = items.loc[items["kind"] != "buy", "item"]
    if parents and (bare := [code for code in made if code not in parents]):
        lines.append(f"made here, but without a bill in bom: {listed(bare)}")
    if bills := [code for code in items.loc[items["kind"] == "buy", "item"] if code in parents]:
        lines.append(f"bought, and yet with a bill in bom: {listed(bills)}")
    same: dict[str, list[str]] = {}
    for code in items["item"]:
        same.setdefault(code.lower(), []).append(code)
    if twins := [" and ".join(codes) for codes in same.values() if len(codes) > 1]:
        lines.append(f"two codes that differ only in capitals, and count as two items: {listed(twins)}")
    industry = frames["about"]["industry"].iloc[0]
    if industry in Plant.samples() and Plant.sample(industry).name == frames["about"]["name"].iloc[0]:
        lines.append(f"about still holds the name of the sample {industry}; are these rows your own?")
    return lines


def listed(names: Sequence[str]) -> str:
    """The first five names, and how many more."""
    return ", ".join(names[:5]) + (f" and {len(names) - 5:,} more" if len(names) > 5 else "")
