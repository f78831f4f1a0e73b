"""What stands in a folder of CSV files, as any spreadsheet writes them: nothing is guessed where two readings are open."""

from __future__ import annotations

import codecs
import csv
import io
import re
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from .sheets import Notation, Sheet, Unreadable, letters
from .tables import TABLES
from .workbooks import MAX_CELLS, refuse_size

__all__ = ["CsvFile", "decide_decimals"]

GUARDED = re.compile(r"'+[=+\-@\t]")  # a text that writing has guarded against being run as a formula
OPENING = 20  # lines that tell what parts the columns
CLEAR = {  # texts that can be read one way only, by their decimal mark
    ",": re.compile(r"[+-]?(0|\d{4,})?,\d+|[+-]?\d+,(\d{1,2}|\d{4,})|[+-]?\d{1,3}(\.\d{3})+,\d+", re.ASCII),
    ".": re.compile(r"[+-]?(0|\d{4,})?\.\d+|[+-]?\d+\.(\d{1,2}|\d{4,})|[+-]?\d{1,3}(,\d{3})+\.\d+", re.ASCII),
}
UNCLEAR = re.compile(r"[+-]?[1-9]\d{0,2}[.,]\d{3}", re.ASCII)


class CsvFile(NamedTuple):
    """A CSV file in memory: what parts its columns, how it was encoded, and its text."""

    text: str
    delimiter: str
    encoding: str

    @classmethod
    def open(cls, path: Path, table: str) -> CsvFile:
        """Read a file; Windows-1252 where it is no UTF-8.

        Raises
        ------
        Unreadable
            If it is too large or no text.
        """
        refuse_size(path)
        content = path.read_bytes()
        wide = content.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE))
        encodings = ("utf-16",) if wide else ("utf-8-sig", "cp1252")
        for encoding in encodings:
            try:
                text = content.decode(encoding)
                break
            except UnicodeDecodeError:
                continue
        else:
            raise Unreadable("text in another encoding", "UTF-8 or Windows-1252", "save it as CSV UTF-8")
        if "\0" in text:
            raise Unreadable("a file that is no text", "a CSV file")
        if stated := re.match(r"sep=([,;\t])\r?\n", text):  # a line that Excel reads and hides
            return cls(text[stated.end() :], stated[1], encoding)
        return cls(text, find_delimiter(text, table), encoding)

    def rows(self) -> Iterator[tuple[int, list[object]]]:
        """Its rows with any value, each with its number as a spreadsheet counts."""
        reader = csv.reader(io.StringIO(self.text, newline=""), delimiter=self.delimiter, strict=True)
        guarded = "'" in self.text
        left = MAX_CELLS
        number = 0
        try:
            for number, record in enumerate(reader, start=1):
                left -= len(record)
                if left < 0:
                    raise Unreadable("too many cells", f"{MAX_CELLS:,} cells at most")
                if any(record):
                    row: list[object] = record  # type: ignore[assignment]
                    yield number, list(map(unguard, record)) if guarded else row
        except csv.Error as error:
            hint = "a quotation mark may be missing" if "limit" in str(error) or "'" in str(error) else ""
            raise Unreadable(f"row {number + 1} cannot be read ({error})", "a CSV file", hint) from error


def unguard(cell: str) -> str:
    """The text as it was before writing put an apostrophe before its = + - or @."""
    return cell[1:] if cell[:1] == "'" and GUARDED.match(cell) else cell


def find_delimiter(text: str, table: str) -> str:
    """What parts the columns: whatever shows the most of the table's headings, then the most columns."""
    headings = (
        set(TABLES[table].names) if table in TABLES else set()
    )  # a misnamed one has none that are known
    opening = "".join(io.StringIO(text[:100_000], newline="").readlines()[:OPENING])

    def found(delimiter: str) -> tuple[int, int]:
        try:
            records = list(csv.reader(io.StringIO(opening, newline=""), delimiter=delimiter))
        except csv.Error:
            return (0, 0)
        known = max((len({c.strip() for c in record} & headings) for record in records), default=0)
        return known, max(map(len, records), default=0)

    return max(",;\t", key=found)


def decide_decimals(
    sheets: dict[str, Sheet], delimiters: dict[str, str], stated: str, date_format: str
) -> list[str]:
    """Set each sheet's notation; a file parted by semicolons or tabs may have decimal commas.

    What a text such as 0,5 or 0.5 shows in one file holds for that file, and for those files of the folder that
    show nothing. Gives the names of the tables with decimal commas.

    Raises
    ------
    Unreadable
        If a file shows both, or only texts such as 1,250 that can be read both ways; `args` holds its name.
    """
    marks: dict[str, str] = {}
    doubts: dict[str, str] = {}
    for name, sheet in sheets.items():
        if stated or delimiters[name] == ",":
            marks[name] = stated or "."
            continue
        shows, doubts[name] = seen_in(sheet)
        if len(shows) > 1:
            raise Ambiguous(name, " and ".join(shows.values()), "one decimal mark in a file")
        marks[name] = next(iter(shows), "")
    shared = {mark for name, mark in marks.items() if mark and delimiters[name] != ","}
    for name, sheet in sheets.items():
        if not marks[name] and doubts.get(name) and len(shared) != 1:
            hint = "say which mark the decimals have: --decimal , or --decimal . (in Python decimal=',')"
            raise Ambiguous(name, f"{doubts[name]}, which can be read two ways", "a clear decimal mark", hint)
        mark = marks[name] or (next(iter(shared)) if len(shared) == 1 else ".")
        sheet.notation = Notation(mark, date_format)
    return [name for name, sheet in sheets.items() if sheet.notation.decimal == ","]


class Ambiguous(Unreadable):
    """A file whose numbers can be read in two ways."""

    def __init__(self, name: str, found: str, wanted: str, hint: str = "") -> None:
        super().__init__(found, wanted, hint)
        self.name = name


def seen_in(sheet: Sheet) -> tuple[dict[str, str], str]:
    """The decimal marks that a file's numbers show, each with the first cell; and a cell that tells nothing."""
    shows: dict[str, str] = {}
    doubt = ""
    for number, name in enumerate(sheet.header):
        if name not in TABLES[sheet.name].names or not TABLES[sheet.name].column(name).numeric:
            continue
        cells = sheet.columns[number]
        for cell in dict.fromkeys(cells):
            text = cell.strip() if isinstance(cell, str) else ""
            if not doubt and UNCLEAR.fullmatch(text):
                doubt = f'"{text}" in {letters(number)}{sheet.rows[cells.index(cell)]}'
            for mark, pattern in CLEAR.items():
                if mark not in shows and mark in text and pattern.fullmatch(text):
                    shows[mark] = f'"{text}" in {letters(number)}{sheet.rows[cells.index(cell)]}'
    return shows, doubt
