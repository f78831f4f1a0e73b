"""A plant's tables as CSV files or an .xlsx workbook, moved into place when they are whole."""

from __future__ import annotations

import csv
import os
import re
import shutil
import tempfile
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING

from .schema import Column
from .tables import TABLES

if TYPE_CHECKING:
    import pandas as pd

__all__ = ["write_folder", "write_workbook"]

RISKY = re.compile(r"'*[=+\-@\t]")  # a spreadsheet would take such a text for a formula


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
    import xlsxwriter

    path.parent.mkdir(parents=True, exist_ok=True)
    handle, name = tempfile.mkstemp(prefix=".writing-", suffix=".xlsx", dir=path.parent)
    os.close(handle)
    work = Path(name)
    try:
        book = xlsxwriter.Workbook(str(work))
        day, bold = book.add_format({"num_format": "yyyy-mm-dd"}), book.add_format({"bold": True})
        for table, frame in frames.items():
            sheet = book.add_worksheet(table)
            sheet.freeze_panes(1, 0)
            for number, (column, values) in enumerate(columns_of(table, frame)):
                sheet.write_string(0, number, column.name, bold)
                sheet.set_column(number, number, max(10, len(column.name) + 2))
                for row, value in enumerate(values, start=1):
                    if isinstance(value, str):
                        sheet.write_string(row, number, value)
                    elif isinstance(value, int | float):
                        sheet.write_number(row, number, value)
                    elif value is not None:
                        sheet.write_datetime(row, number, value, day)
        book.close()
        os.chmod(work, 0o666 & ~current_umask())
        os.replace(work, path)
    finally:
        work.unlink(missing_ok=True)


def current_umask() -> int:
    """The process's file mode mask, so that a workbook gets the rights of any other new file."""
    mask = os.umask(0)
    os.umask(mask)
    return mask
