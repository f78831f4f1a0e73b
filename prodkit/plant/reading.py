"""From a folder of CSV files or an .xlsx workbook to raw sheets. Nothing is converted or run here."""

from __future__ import annotations

import csv
import re
import zipfile
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from .sheets import Fault, NoValue, Sheet, letters, nearest
from .tables import TABLES

if TYPE_CHECKING:
    import pandas as pd

__all__ = ["Raw", "from_frames", "read_folder", "read_path", "read_workbook"]

MAX_COLUMNS = 200  # in a table
MAX_CELLS = 30_000_000  # in a plant
MAX_UNPACKED = 1_000_000_000  # bytes of a workbook once unpacked
GUARDED = re.compile(r"'+[=+\-@\t]")  # a text that writing has guarded against being run as a formula


class Raw(NamedTuple):
    """What was read: the sheets by name, the faults met on the way, and remarks on what was left aside."""

    sheets: dict[str, Sheet]
    faults: list[Fault]
    remarks: list[str]


class Unreadable(Exception):
    """Why a table cannot be read at all."""

    def __init__(self, found: str, wanted: str, hint: str = "") -> None:
        super().__init__(found)
        self.found, self.wanted, self.hint = found, wanted, hint


def read_path(path: Path) -> Raw:
    """The raw sheets of a folder or a workbook."""
    if path.is_dir():
        return read_folder(path)
    if path.suffix.lower() == ".xlsx" and path.is_file():
        return read_workbook(path)
    found = "a file of another kind" if path.exists() else "no such file or folder"
    return Raw({}, [Fault(path.name, "", "", found, "a folder of CSV files, or an .xlsx workbook")], [])


def read_folder(folder: Path) -> Raw:
    """The raw sheets of a folder with a CSV file a table."""
    sheets, faults, remarks = sort_names({path.stem: path for path in sorted(folder.glob("*.csv"))})
    raw = Raw({}, faults, remarks)
    for name, path in sheets.items():
        try:
            with path.open(encoding="utf-8-sig", newline="") as file:
                records = [[unguard(cell) for cell in record] for record in csv.reader(file)]
            if records and len(records[0]) == 1 and re.search("[;\t]", records[0][0]):
                raise Unreadable("columns parted by semicolons or tabs", "columns parted by commas")
            raw.sheets[name] = to_sheet(name, records)
        except UnicodeDecodeError:
            faults.append(Fault(name, "", "", "text in another encoding", "UTF-8", "save it as CSV UTF-8"))
        except (csv.Error, OSError) as error:
            faults.append(Fault(name, "", "", f"a file that cannot be read ({error})", "a CSV file"))
        except Unreadable as error:
            faults.append(Fault(name, "", "", error.found, error.wanted, error.hint))
    return raw


def unguard(cell: str) -> str:
    """The text as it was before writing put an apostrophe before its = + - or @."""
    return cell[1:] if GUARDED.match(cell) else cell


def read_workbook(path: Path) -> Raw:
    """The raw sheets of an .xlsx workbook: stored values, formulas never run, 1904 dates read as such."""
    wanted = "an .xlsx workbook that is whole and has no password"
    try:
        with zipfile.ZipFile(path) as archive:
            unpacked = sum(entry.file_size for entry in archive.infolist())
        if unpacked > MAX_UNPACKED:
            found = f"{unpacked / 1e9:,.1f} GB unpacked"
            return Raw({}, [Fault(path.name, "", "", found, f"{MAX_UNPACKED / 1e9:g} GB at most")], [])
        return read_sheets(path)
    except zipfile.BadZipFile:
        return Raw(
            {},
            [Fault(path.name, "", "", "a file that is no workbook, or is locked or cut short", wanted)],
            [],
        )
    except Exception as error:  # openpyxl raises a dozen kinds on a damaged workbook
        found = f"a damaged workbook ({type(error).__name__})"
        return Raw(
            {}, [Fault(path.name, "", "", found, wanted, "open it in a spreadsheet and save it again")], []
        )


def read_sheets(path: Path) -> Raw:
    """The sheets of a workbook that opens."""
    import openpyxl

    book = openpyxl.load_workbook(path, read_only=True, data_only=True)
    try:
        names, faults, remarks = sort_names({sheet.title: sheet for sheet in book.worksheets})
        raw = Raw({}, faults, remarks)
        left = MAX_CELLS
        for name, sheet in names.items():
            try:
                records = list(stream(sheet, left))
                if has_formulas(path, sheet):
                    name_blanks(path, name, records)
                raw.sheets[name] = to_sheet(name, records)
            except Unreadable as error:
                faults.append(Fault(name, "", "", error.found, error.wanted, error.hint))
                continue
            left -= sum(map(len, records))
        return raw
    finally:
        book.close()


def stream(sheet: Any, left: int) -> Iterable[list[object]]:
    """The rows of a sheet, within the limits; TRUE and FALSE as text, so that they never pass for 1 and 0."""
    sheet.reset_dimensions()  # the stated size may be missing, or wrong
    for row in sheet.iter_rows(values_only=True):
        record = [("TRUE" if cell else "FALSE") if isinstance(cell, bool) else cell for cell in row]
        while record and record[-1] is None:
            record.pop()
        if len(record) > MAX_COLUMNS:
            raise Unreadable(
                f"a value in column {letters(len(record) - 1)}",
                f"{MAX_COLUMNS} columns at most",
                "delete what stands far to the right",
            )
        left -= len(record)
        if left < 0:
            raise Unreadable("too many cells", f"{MAX_CELLS:,} cells at most")
        yield record


def has_formulas(path: Path, sheet: Any) -> bool:
    """Whether any cell of the sheet holds a formula."""
    with zipfile.ZipFile(path) as archive, archive.open(sheet._worksheet_path.lstrip("/")) as part:
        tail = b""
        while chunk := part.read(1 << 20):
            if re.search(rb"<(\w+:)?f[\s/>]", tail + chunk):
                return True
            tail = chunk[-40:]
    return False


def name_blanks(path: Path, name: str, records: list[list[object]]) -> None:
    """Put a NoValue where a formula has no stored result."""
    import openpyxl

    book = openpyxl.load_workbook(path, read_only=True)
    try:
        sheet = book[name]
        sheet.reset_dimensions()
        for record, row in zip(records, sheet.iter_rows(), strict=True):
            for number, cell in enumerate(row):
                if cell.data_type == "f" and (number >= len(record) or record[number] is None):
                    record.extend([None] * (number + 1 - len(record)))
                    record[number] = NoValue(str(getattr(cell.value, "text", cell.value)))
    finally:
        book.close()


def sort_names(found: dict[str, Any]) -> tuple[dict[str, Any], list[Fault], list[str]]:
    """Those that are tables of a plant; a fault for a misspelled name, a remark for any other."""
    known = {name: value for name, value in found.items() if name in TABLES}
    absent = [name for name in TABLES if name not in known]
    faults, remarks = [], []
    for name in found:
        if name in known:
            continue
        if near := nearest(name, absent):
            faults.append(Fault(name, "", "", f"a table named {name}", f"a table named {near}", "rename it"))
        else:
            remarks.append(f"{name} is not a table of the kit and was left aside")
    return known, faults, remarks


def to_sheet(name: str, records: Sequence[Sequence[object]]) -> Sheet:
    """Cells by column; rows without any value are passed over, and keep their number."""
    header = [str(cell).strip() if cell is not None else "" for cell in records[0]] if records else []
    numbers, kept = [], []
    for number, record in enumerate(records[1:], start=2):
        if any(cell is not None and cell != "" for cell in record):
            numbers.append(number)
            kept.append(record)
    width = max([len(header), *map(len, kept)])
    if width > MAX_COLUMNS:
        raise Unreadable(f"{width} columns", f"{MAX_COLUMNS} columns at most")
    header += [""] * (width - len(header))
    padded = [
        record if len(record) == width else [*record, *[None] * (width - len(record))] for record in kept
    ]
    columns = [list(column) for column in zip(*padded, strict=True)] if padded else [[] for _ in range(width)]
    return Sheet(name, header, numbers, columns)


def from_frames(frames: Mapping[str, pd.DataFrame]) -> dict[str, Sheet]:
    """DataFrames as raw sheets, as if they had been read."""
    sheets = {}
    for name, frame in frames.items():
        series = [frame.iloc[:, number] for number in range(frame.shape[1])]
        columns = [each.astype(object).where(each.notna(), None).tolist() for each in series]
        columns = [
            [("yes" if c else "no") if isinstance(c, bool) else c for c in column] for column in columns
        ]
        sheets[name] = Sheet(name, [str(column) for column in frame], range(2, len(frame) + 2), columns)
    return sheets
