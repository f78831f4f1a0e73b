"""A plant's tables as CSV files or an .xlsx workbook, moved into place when they are whole."""

from __future__ import annotations

import csv
import os
import re
import shutil
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

from .schema import Column
from .tables import TABLES

if TYPE_CHECKING:
    import pandas as pd

__all__ = ["columns_of", "new_workbook", "number_format", "write_cell", "write_folder", "write_workbook"]

RISKY = re.compile(r"'*[=+\-@\t]")  # a spreadsheet would take such a text for a formula
LONGEST = 32_767  # characters in a spreadsheet's cell


def columns_of(name: str, frame: pd.DataFrame) -> list[tuple[Column, list[object]]]:
    """Each column with its cells: text, float, int, date or None."""
    table = TABLES[name]
    result = []
    for heading in frame.columns:
        if heading in table.names:
            column = table.column(heading)
        else:
            column = Column(str(heading), "text", "", "", required=False)
        cells = frame[heading]
        if column.kind in ("date", "week"):
            values = [None if day != day else day.date() for day in cells]
        elif column.kind == "yes/no":
            values = ["yes" if value else "no" for value in cells]
        elif column.numeric:
            values = [None if value != value else plain(value) for value in cells.tolist()]
        else:
            values = [value if isinstance(value, str) and value else None for value in cells]
        result.append((column, values))
    return result


def plain(value: float) -> float | int:
    """A whole number without its .0."""
    return int(value) if value == int(value) else value


def write_folder(frames: Mapping[str, pd.DataFrame], folder: Path) -> None:
    """One CSV file a table. Only the files of the kit's tables are replaced, each in one move."""
    folder.mkdir(parents=True, exist_ok=True)
    work = Path(tempfile.mkdtemp(prefix=".writing-", dir=folder))
    try:
        for name, frame in frames.items():
            columns = columns_of(name, frame)
            with (work / f"{name}.csv").open("w", encoding="utf-8", newline="") as file:
                writer = csv.writer(file, lineterminator="\n")
                writer.writerow([csv_cell(column.name) for column, _ in columns])
                writer.writerows(
                    zip(*([csv_cell(value) for value in values] for _, values in columns), strict=True)
                )
        for name in TABLES:
            if name in frames:
                os.replace(work / f"{name}.csv", folder / f"{name}.csv")
            else:
                (folder / f"{name}.csv").unlink(missing_ok=True)
    finally:
        shutil.rmtree(work, ignore_errors=True)


def csv_cell(value: object) -> str:
    """A cell's text; a text that a spreadsheet would run gets an apostrophe, which reading takes off again."""
    if value is None:
        return ""
    text = str(value)
    return "'" + text if isinstance(value, str) and RISKY.match(text) else text


def write_workbook(frames: Mapping[str, pd.DataFrame], path: Path) -> None:
    """One sheet a table, text as text whatever it starts with."""
    with new_workbook(path) as book:
        day, bold = book.add_format({"num_format": "yyyy-mm-dd"}), book.add_format({"bold": True})
        for table, frame in frames.items():
            sheet = book.add_worksheet(table)
            sheet.freeze_panes(1, 0)
            for number, (column, values) in enumerate(columns_of(table, frame)):
                sheet.write_string(0, number, column.name, bold)
                sheet.set_column(number, number, max(10, len(column.name) + 2))
                for row, value in enumerate(values, start=1):
                    write_cell(sheet, row, number, value, day if isinstance(value, date) else None)


@contextmanager
def new_workbook(path: Path) -> Iterator[Any]:
    """An xlsxwriter workbook that takes its place once it is whole; on any error what was there stays."""
    import xlsxwriter

    path.parent.mkdir(parents=True, exist_ok=True)
    handle, name = tempfile.mkstemp(prefix=".writing-", suffix=".xlsx", dir=path.parent)
    os.close(handle)
    work = Path(name)
    try:
        book = xlsxwriter.Workbook(str(work))
        yield book
        book.close()
        os.chmod(work, 0o666 & ~current_umask())
        os.replace(work, path)
    finally:
        work.unlink(missing_ok=True)


def write_cell(sheet: Any, row: int, column: int, value: object, style: object = None) -> None:
    """A value into a cell: text as text, never as a formula or a link."""
    if value is None:
        if style is not None:
            sheet.write_blank(row, column, None, style)
    elif isinstance(value, int | float) and abs(value) < 1e300:
        sheet.write_number(row, column, value, style)
    elif isinstance(value, date) and value.year >= 1900:
        sheet.write_datetime(row, column, value, style)
    else:
        text = str(value).encode("utf-8", "replace").decode("utf-8")
        sheet.write_string(row, column, text[:LONGEST], style)


def number_format(column: Column) -> str:
    """How a spreadsheet shows a column's cells: codes as text, days as 2026-01-05, money with cents."""
    if column.kind in ("date", "week"):
        return "yyyy-mm-dd"
    if column.kind == "whole":
        return "0"
    if column.numeric:
        return "#,##0.00####" if column.unit.startswith("currency") else "General"
    return "@"


def current_umask() -> int:
    """The process's file mode mask, so that a workbook gets the rights of any other new file."""
    mask = os.umask(0)
    os.umask(mask)
    return mask
