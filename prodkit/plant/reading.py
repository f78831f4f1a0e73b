"""From a folder of CSV files or an .xlsx workbook to raw sheets. Nothing is converted or run here."""

from __future__ import annotations

import difflib
import re
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from contextlib import suppress
from itertools import chain, islice
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from ..errors import InputError
from .folders import Ambiguous, CsvFile, decide_decimals
from .sheets import PLAIN, Fault, Notation, Sheet, Unreadable, day_pattern
from .tables import TABLES
from .workbooks import MAX_COLUMNS, MAX_FILE, Book, Progress

if TYPE_CHECKING:
    import pandas as pd

__all__ = ["GUIDE", "Raw", "from_frames", "read_path"]

GUIDE = "guide"  # the first sheet of a template
LOOKED_AT = 20  # rows in which headings are looked for
BLOCK = 500  # rows that are turned into columns at once
TAB = re.compile(r"[^\[\]:*?/\\']{1,31}")  # what a workbook's sheet may be called
CLOSE = 0.7  # likeness of a misspelled name

Row = tuple[int, list[object]]


class Raw(NamedTuple):
    """What was read: the sheets by name, the faults met on the way, and remarks on what was left aside."""

    sheets: dict[str, Sheet]
    faults: list[Fault]
    remarks: list[str]
    unread: set[str]  # tables that are there, but cannot be read
    unchecked: dict[str, Sheet]  # what stands in them, and in misnamed ones, where it can be shown


def read_path(
    path: Path, decimal: str | None = None, date_format: str = "", progress: Progress | None = None
) -> Raw:
    """The raw sheets of a folder or a workbook; `progress` is called with the share done."""
    if decimal not in (None, ".", ","):
        raise InputError("decimal", decimal, "a point or a comma")
    if date_format:
        day_pattern(date_format)
    raw = Raw({}, [], [], set(), {})
    try:
        if path.is_dir():
            read_folder(path, raw, decimal or "", date_format, progress)
        elif path.suffix.lower() in (".xlsx", ".xlsm") and path.is_file():
            read_workbook(path, raw, Notation(decimal or ".", date_format), progress)
        else:
            raise other_kind(path)
    except Unreadable as error:
        raw.faults.append(error.fault(path.name))
    except OSError as error:
        raw.faults.append(
            Fault(path.name, "", "", f"no access ({error.strerror})", "a file that can be read")
        )
    return raw


def other_kind(path: Path) -> Unreadable:
    """What to do with a path that is neither a folder nor a workbook."""
    wanted = "a folder of CSV files, or an .xlsx workbook"
    if not path.exists():
        return Unreadable("no such file or folder", wanted)
    if path.suffix.lower() == ".csv":
        return Unreadable("one CSV file", wanted, "give the folder that holds it")
    if path.suffix.lower() in (".xls", ".xlsb", ".ods", ".numbers"):
        return Unreadable(f"an {path.suffix.lower()} spreadsheet", wanted, "save it as .xlsx")
    return Unreadable("a file of another kind", wanted)


def read_folder(folder: Path, raw: Raw, decimal: str, date_format: str, progress: Progress | None) -> None:
    """The raw sheets of a folder with a CSV file a table."""
    paths = {path.stem: path for path in sorted(folder.iterdir()) if path.suffix.lower() == ".csv"}
    total = sum(path.stat().st_size for path in paths.values()) or 1
    opened: dict[str, CsvFile] = {}

    def headings(name: str, table: str) -> set[str]:
        try:
            first = next(CsvFile.open(paths[name], table).rows(), (1, []))
        except Unreadable:
            return set()
        return {str(cell).strip() for cell in first[1]}

    names = sort_names(list(paths), headings, raw)
    held = sum(size for name in names if (size := paths[name].stat().st_size) <= MAX_FILE)
    if held > MAX_FILE:
        raise Unreadable(f"{held / 1e6:,.0f} MB of tables", f"{MAX_FILE / 1e6:g} MB at most")
    for name in names:
        try:
            opened[name] = CsvFile.open(paths[name], name)
            raw.sheets[name] = to_sheet(name, opened[name].rows())
        except Unreadable as error:
            raw.faults.append(error.fault(name))
            raw.unread.add(name)
        except OSError as error:
            raw.faults.append(Fault(name, "", "", f"no access ({error.strerror})", "a file that can be read"))
            raw.unread.add(name)
        if progress:
            progress(paths[name].stat().st_size / total)
    delimiters = {name: file.delimiter for name, file in opened.items()}
    while True:
        try:
            commas = decide_decimals(raw.sheets, delimiters, decimal, date_format)
            break
        except Ambiguous as error:
            raw.faults.append(error.fault(error.name))
            raw.unread.add(error.name)
            del raw.sheets[error.name]
    copy_unread(paths, lambda name: CsvFile.open(paths[name], name).rows(), raw)
    if commas and not decimal:
        raw.remarks.append("read with decimal commas: " + ", ".join(commas))
    if other := [name for name, file in opened.items() if file.encoding == "cp1252"]:
        raw.remarks.append("no UTF-8, so read as Windows-1252: " + ", ".join(other))


def read_workbook(path: Path, raw: Raw, notation: Notation, progress: Progress | None) -> None:
    """The raw sheets of an .xlsx workbook: stored values, formulas never run, 1904 dates read as such."""
    with Book(path) as book:
        if book.has_macros:
            raw.remarks.append("its macros were left aside")

        def headings(name: str, table: str) -> set[str]:
            try:
                first = next(book.rows(name), (1, []))
            except Unreadable:
                return set()
            return {str(cell).strip() for cell in first[1]}

        names = sort_names([name for name in book.parts if name != GUIDE], headings, raw)
        total = sum(map(book.size, names)) or 1
        step = (lambda size: progress(size / total)) if progress else None
        for name in names:
            try:
                raw.sheets[name] = to_sheet(name, book.rows(name, step), notation)
            except Unreadable as error:
                raw.faults.append(error.fault(name))
                raw.unread.add(name)
                continue
            if name in book.hidden:
                raw.remarks.append(f"the sheet {name} is hidden; it was read like the others")
            raw.faults.extend(merged_faults(raw.sheets[name], book.merged[name]))
        copy_unread(book.parts, book.rows, raw)


def copy_unread(there: Collection[str], rows: Callable[[str], Iterator[Row]], raw: Raw) -> None:
    """Keep what stands in tables with a wrong name or their headings further down, for a report to show."""
    used = {name.lower() for name in raw.sheets}
    for name in dict.fromkeys(fault.sheet for fault in raw.faults):
        if name in there and name.lower() not in used and TAB.fullmatch(name):
            with suppress(Unreadable, OSError):
                raw.unchecked[name] = to_sheet(name, rows(name), as_is=True)
                used.add(name.lower())


def merged_faults(sheet: Sheet, ranges: Iterable[str]) -> Iterator[Fault]:
    """Merged cells hold one value for many, so that it is open which cells it stands for."""
    last = sheet.rows[-1] if sheet.rows else 1
    for address in ranges:
        first = address.partition(":")[0]
        letters, row = first.rstrip("0123456789"), first.lstrip("ABCDEFGHIJKLMNOPQRSTUVWXYZ")
        number = 0
        for letter in letters:
            number = number * 26 + ord(letter) - ord("A") + 1
        if row.isdigit() and int(row) <= last and number <= len(sheet.header):
            wanted, hint = "a value in each cell", "unmerge them, and fill in each"
            yield Fault(
                sheet.name, first, sheet.header[number - 1], f"the merged cells {address}", wanted, hint
            )


def sort_names(names: list[str], headings: Callable[[str, str], set[str]], raw: Raw) -> list[str]:
    """Those that are tables of a plant; a fault for a misspelled one, a remark for any other.

    A name counts as misspelled if it looks like a missing table's, and `headings` has two of that table's columns;
    or if it has every needed column of a table that a plant cannot be without, whatever it is called.
    """
    absent = {name.lower(): name for name in TABLES if name not in names}
    for name in names:
        if name in TABLES:
            continue
        like = name.strip().lower().replace(" ", "_")
        near = difflib.get_close_matches(like, absent, n=5, cutoff=CLOSE)
        shared = {
            absent[other]: len(headings(name, absent[other]) & set(TABLES[absent[other]].names))
            for other in near
        }
        best = max(shared, key=lambda table: shared[table], default="")
        if not best:
            for other in absent.values():
                needed = {column.name for column in TABLES[other].columns if column.required}
                if not TABLES[other].optional and needed <= headings(name, other):
                    best, shared[other] = other, len(needed)
        if best and shared[best] >= 2:
            raw.faults.append(
                Fault(name, "", "", f"a table named {name}", f"a table named {best}", "rename it")
            )
            raw.unread.add(best)
        else:
            raw.remarks.append(f"{name} is not a table of the kit and was left aside")
    return [name for name in TABLES if name in names]


def to_sheet(name: str, rows: Iterator[Row], notation: Notation = PLAIN, as_is: bool = False) -> Sheet:
    """Cells by column; `as_is` looks for no headings below row 1. Rows without any value are passed over, and keep their number."""
    opening = list(islice(rows, LOOKED_AT))
    header = find_header((), opening) if as_is else find_header(TABLES[name].names, opening)
    data = opening[1:] if opening and opening[0][0] == 1 else opening
    numbers: list[int] = []
    columns: list[list[object]] = []
    rest = chain(data, rows)
    while block := list(islice(rest, BLOCK)):
        kept = [row for row in block if filled(row[1][0]) or any(map(filled, row[1]))]
        width = max((fit(record) for _, record in kept), default=0)
        columns += [[None] * len(numbers) for _ in range(width - len(columns))]
        records = [
            record if len(record) == width else record + [None] * (width - len(record)) for _, record in kept
        ]
        for column, cells in zip(columns, zip(*records, strict=True), strict=False):
            column.extend(cells)
        for column in columns[width:]:
            column.extend([None] * len(kept))
        numbers += [number for number, _ in kept]
    width = max(fit(header), len(columns))
    columns += [[None] * len(numbers) for _ in range(width - len(columns))]
    return Sheet(name, header + [""] * (width - len(header)), numbers, columns, notation)


def fit(record: list[Any]) -> int:
    """The length of a row, once blank cells beyond the last column that a table may have are cut off."""
    while len(record) > MAX_COLUMNS:
        if filled(record[-1]):
            raise Unreadable(f"{len(record):,} columns", f"{MAX_COLUMNS} columns at most")
        record.pop()
    return len(record)


def filled(cell: object) -> bool:
    """Whether a cell holds anything."""
    return cell is not None and not (isinstance(cell, str) and not cell.strip())


def find_header(names: Iterable[str], opening: list[Row]) -> list[str]:
    """The headings, which stand in row 1.

    Raises
    ------
    Unreadable
        If they stand further down.
    """
    rows = {
        number: [str(cell).strip() if cell is not None else "" for cell in record]
        for number, record in opening
    }
    known = {number: len(set(names).intersection(record)) for number, record in rows.items()}
    best = max(known, key=lambda number: known[number], default=1)
    if best != 1 and known[best] >= 2 and known[best] > known.get(1, 0):
        raise Unreadable(f"the headings in row {best}", "the headings in row 1", "delete the rows above them")
    return rows.get(1, [])


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
