"""What stands in an .xlsx workbook: stored values only. No macro, link or formula is run, and no part is believed.

A reader of the kit's own, on Python's zip and XML parsers, since it must hold limits while it reads (cells, columns,
unpacked bytes), tell a formula's stored value from none, and take what Excel, LibreOffice and Google Sheets write,
styles that another library refuses included.
"""

from __future__ import annotations

import posixpath
import re
import zipfile
import zlib
from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from pathlib import Path
from types import TracebackType
from xml.parsers import expat

from .sheets import NoValue, Unreadable, letters

__all__ = ["Book"]

MAX_FILE = 200_000_000  # bytes of a file
MAX_UNPACKED = 1_000_000_000  # bytes of a workbook's part once unpacked
MAX_STRINGS = 100_000_000  # bytes of its shared texts
MAX_RATIO = 250  # unpacked to packed, of a part above a megabyte; a sheet has 5 to 30
MAX_CELLS = 20_000_000  # in a plant
MAX_BLANK = 1_000_000  # cells of a sheet with a format and no value
MAX_COLUMNS = 200  # in a table
CHUNK = 1 << 18
WHOLE = "an .xlsx workbook that is whole and has no password"
AGAIN = "open it in a spreadsheet and save it as .xlsx again"
DAMAGE = (
    zipfile.BadZipFile, zlib.error, expat.ExpatError, LookupError, ValueError, RuntimeError, EOFError, OverflowError,
)  # fmt: skip
DATES = frozenset((*range(14, 23), *range(27, 37), *range(45, 48), *range(50, 59)))  # ECMA-376 18.8.30
NOT_CODE = re.compile(r'"[^"]*"|\[[^]]*\]|\\.|_.|\*.')  # text, colors and spacing in a number format
ESCAPED = re.compile(r"_x([0-9A-Fa-f]{4})_")
LAST_DAY = 2_958_465  # 9999-12-31

Progress = Callable[[float], object]


class Book:
    """An open workbook: its sheets by name, and the rows of each.

    Raises
    ------
    Unreadable
        If the file is no workbook, is locked, damaged or too large.
    """

    def __init__(self, path: Path) -> None:
        self.strings: list[str] = []
        self.is_date: list[bool] = []
        self.epoch = datetime(1899, 12, 30)
        self.parts: dict[str, str] = {}  # the sheets, and where each is
        self.hidden: set[str] = set()
        self.merged: dict[str, list[str]] = {}  # ranges of merged cells, of the sheets that were read
        self.cells = 0
        refuse_size(path)
        try:
            self.archive = zipfile.ZipFile(path)
        except DAMAGE:
            raise kind_of(path) from None
        try:
            self.open_parts()
        except DAMAGE as error:
            self.archive.close()
            raise damaged(error) from error
        except Unreadable:
            self.archive.close()
            raise

    def __enter__(self) -> Book:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.archive.close()

    @property
    def has_macros(self) -> bool:
        """Whether it carries macros, which nothing here looks into."""
        return any(name.endswith("vbaProject.bin") for name in self.archive.namelist())

    def size(self, sheet: str) -> int:
        """Bytes of the sheet once unpacked; 0 where its part is missing, which reading it finds."""
        part = self.parts[sheet]
        return self.archive.getinfo(part).file_size if part in self.archive.namelist() else 0

    def open_parts(self) -> None:
        """Names of the sheets, shared texts, and which styles are dates."""
        names = set(self.archive.namelist())
        top = self.targets("_rels/.rels", "") if "_rels/.rels" in names else {}
        main = next((part for kind, part in top.values() if kind == "officeDocument"), "xl/workbook.xml")
        if main not in names or not main.endswith(".xml"):
            other = ".ods" if "content.xml" in names else ".xlsb" if main.endswith(".bin") else ""
            found = f"an {other} spreadsheet" if other else "a zip file that is no workbook"
            raise Unreadable(found, WHOLE, AGAIN if other else "")
        folder, file = posixpath.split(main)
        parts = self.targets(f"{folder}/_rels/{file}.rels".lstrip("/"), folder)

        def start(tag: str, given: dict[str, str]) -> None:
            if tag == "workbookPr" and given.get("date1904", "0") in ("1", "true", "on"):
                self.epoch = datetime(1904, 1, 1)
            elif tag == "sheet":
                kind, part = parts[next(value for key, value in given.items() if key.endswith(":id"))]
                if kind == "worksheet":  # a chart sheet is none
                    self.parts[given["name"]] = part
                    if given.get("state", "visible") != "visible":
                        self.hidden.add(given["name"])

        self.parse(main, start)
        for kind, part in parts.values():
            if kind == "styles" and part in names:
                self.read_styles(part)
            elif kind == "sharedStrings" and part in names:
                self.read_strings(part)

    def targets(self, part: str, folder: str) -> dict[str, tuple[str, str]]:
        """The parts that a part points to: kind and name by id. Those outside of the file are left alone."""
        found: dict[str, tuple[str, str]] = {}

        def start(tag: str, given: dict[str, str]) -> None:
            if tag == "Relationship" and given.get("TargetMode") != "External":
                target = posixpath.normpath(posixpath.join("/", folder, given["Target"])).lstrip("/")
                found[given["Id"]] = (given["Type"].rpartition("/")[2], target)

        self.parse(part, start)
        return found

    def read_styles(self, part: str) -> None:
        """Which of the cell formats show a date or a time."""
        codes: dict[str, bool] = {}
        inside = False

        def start(tag: str, given: dict[str, str]) -> None:
            nonlocal inside
            if tag == "numFmt":
                code = NOT_CODE.sub("", given["formatCode"].split(";")[0]).lower()
                codes[given["numFmtId"]] = "general" not in code and any(letter in code for letter in "dmyhs")
            elif tag in ("cellXfs", "cellStyleXfs"):
                inside = tag == "cellXfs"
            elif tag == "xf" and inside:
                number = given.get("numFmtId", "0")
                self.is_date.append(codes.get(number, int(number) in DATES))

        def end(tag: str) -> None:
            nonlocal inside
            inside = inside and tag != "cellXfs"

        self.parse(part, start, end)

    def read_strings(self, part: str) -> None:
        """The texts that cells share; how a text is said aloud (rPh) is no part of it."""
        text: list[str] = []
        inside, aloud = False, False

        def start(tag: str, given: dict[str, str]) -> None:
            nonlocal inside, aloud
            inside = tag == "t" and not aloud
            aloud = aloud or tag == "rPh"

        def end(tag: str) -> None:
            nonlocal inside, aloud
            inside = False
            if tag == "rPh":
                aloud = False
            elif tag == "si":
                self.strings.append(unescape("".join(text)))
                text.clear()

        def data(characters: str) -> None:
            if inside:
                text.append(characters)

        self.parse(part, start, end, data, MAX_STRINGS)

    def parse(
        self,
        part: str,
        start: Callable[[str, dict[str, str]], None],
        end: Callable[[str], None] | None = None,
        data: Callable[[str], None] | None = None,
        limit: int = 0,
    ) -> None:
        """Run through a whole part."""
        for _ in self.chunks(part, start, end, data, limit):
            pass

    def chunks(
        self,
        part: str,
        start: Callable[[str, dict[str, str]], None],
        end: Callable[[str], None] | None,
        data: Callable[[str], None] | None,
        limit: int = 0,
    ) -> Iterator[int]:
        """Run through a part piece by piece; the bytes of each. Its XML may declare no types and no entities."""
        info = self.archive.getinfo(part)
        limit = limit or MAX_UNPACKED
        if info.file_size > limit or info.file_size > MAX_RATIO * max(info.compress_size, 4096):
            found = f"{info.file_size / 1e6:,.0f} MB packed into {info.compress_size / 1e6:,.1f} MB"
            raise Unreadable(found, f"{limit / 1e6:g} MB at most, packed as a spreadsheet does", AGAIN)
        parser = expat.ParserCreate()
        parser.buffer_text = True
        parser.StartDoctypeDeclHandler = refuse_types
        parser.CharacterDataHandler = data
        parser.StartElementHandler = first(parser, start, end)
        with self.archive.open(info) as file:
            while chunk := file.read(CHUNK):
                parser.Parse(chunk, False)
                yield len(chunk)
        parser.Parse(b"", True)

    def rows(self, sheet: str, progress: Progress | None = None) -> Iterator[tuple[int, list[object]]]:
        """The rows of a sheet that hold any value, with their numbers."""
        reader = SheetReader(self)
        try:
            for size in self.chunks(self.parts[sheet], reader.start, reader.end, reader.data):
                if progress:
                    progress(size)
                yield from reader.done
                reader.done.clear()
        except DAMAGE as error:
            raise damaged(error) from error
        self.merged[sheet] = reader.merged


class SheetReader:
    """What the XML parser calls for each element of a sheet, and the rows so far."""

    def __init__(self, book: Book) -> None:
        self.book = book
        self.done: list[tuple[int, list[object]]] = []
        self.merged: list[str] = []
        self.row, self.column = 0, -1
        self.record: list[object] = []
        self.kind, self.style = "n", ""
        self.value: str | None = None
        self.formula: str | None = None
        self.inside, self.aloud = "", False
        self.blank = 0
        self.columns: dict[str, int] = {}
        self.numbers: dict[tuple[str, str], object] = {}
        self.strings = book.strings

    def start(self, tag: str, given: dict[str, str]) -> None:
        """An element opens."""
        if tag == "c":
            self.kind, self.style = given.get("t", "n"), given.get("s", "")
            self.value = self.formula = None
            self.column = self.column_of(given["r"]) if "r" in given else self.column + 1
        elif tag == "v" or (tag == "t" and not self.aloud):
            self.inside, self.value = "v", self.value or ""
        elif tag == "f":
            self.inside, self.formula = "f", "="
        elif tag == "row":
            self.row = int(given["r"]) if "r" in given else self.row + 1
            self.column = -1
        elif tag == "rPh":
            self.aloud = True
        elif tag == "mergeCell":
            self.merged.append(given["ref"])

    def data(self, text: str) -> None:
        """Text within an element."""
        if self.inside == "v":
            self.value = (self.value or "") + text
        elif self.inside:
            self.formula = (self.formula or "") + text

    def end(self, tag: str) -> None:
        """An element closes."""
        if tag in ("v", "t", "f"):
            self.inside = ""
        elif tag == "c":
            self.keep()
        elif tag == "row":
            if self.record:
                self.done.append((self.row, self.record))
                self.record = []
        elif tag == "rPh":
            self.aloud = False

    def column_of(self, address: str) -> int:
        """The number of a cell's column, from 0."""
        name = address.rstrip("0123456789")
        number = self.columns.get(name)
        if number is None:
            if not re.fullmatch("[A-Z]{1,3}", name):
                raise ValueError(f"a cell at {address!r}")
            number = -1
            for letter in name:
                number = (number + 1) * 26 + ord(letter) - ord("A")
            self.columns[name] = number
        return number

    def keep(self) -> None:
        """Put the cell that closes into the row."""
        cell = self.cell()
        if cell is None:
            self.blank += 1
            if self.blank > MAX_BLANK:
                raise Unreadable(
                    "too many blank cells with a format", f"{MAX_BLANK:,} at most", "delete them"
                )
            return
        self.book.cells += 1
        if self.book.cells > MAX_CELLS:
            raise Unreadable("too many cells", f"{MAX_CELLS:,} cells at most in all tables")
        if self.column >= MAX_COLUMNS:
            raise Unreadable(
                f"a value in {letters(self.column)}{self.row}",
                f"{MAX_COLUMNS} columns at most",
                "delete what stands far to the right",
            )
        gap = self.column - len(self.record)
        if gap < 0:
            raise ValueError("cells out of order")
        self.record += [None] * gap
        self.record.append(cell)

    def number(self, raw: str) -> object:
        """A number, or the day and time that it stands for by its cell's format."""
        value = float(raw)
        is_date = bool(self.style) and bool(self.book.is_date) and self.book.is_date[int(self.style)]
        return moment(value, self.book.epoch) if is_date else value

    def cell(self) -> object:
        """The value of a cell: text, float, datetime, time, a NoValue, or None. Truths are TRUE and FALSE."""
        raw, kind = self.value, self.kind
        if not raw:
            empty = self.formula is None or (raw is not None and kind == "str")  # a formula may give ""
            return None if empty else NoValue(self.formula or "")
        if kind == "s":
            return self.strings[int(raw)] or None
        if kind == "n":
            key = (raw, self.style)
            if key not in self.numbers:
                if len(self.numbers) > 100_000:
                    self.numbers.clear()
                self.numbers[key] = self.number(raw)
            return self.numbers[key]
        if kind == "b":
            return "TRUE" if raw.strip() in ("1", "true") else "FALSE"
        if kind == "d":
            return datetime.fromisoformat(raw.strip()).replace(tzinfo=None)
        return unescape(raw) if kind in ("str", "inlineStr") else raw  # an error's name


def first(
    parser: expat.XMLParserType,
    start: Callable[[str, dict[str, str]], None],
    end: Callable[[str], None] | None,
) -> Callable[[str, dict[str, str]], None]:
    """What to call for the first element; it sets what is called for the others, their prefix, if any, taken off."""

    def begin(tag: str, given: dict[str, str]) -> None:
        cut = tag.rfind(":") + 1
        parser.StartElementHandler = (lambda tag, given: start(tag[cut:], given)) if cut else start
        if end:
            parser.EndElementHandler = (lambda tag: end(tag[cut:])) if cut else end
        start(tag[cut:], given)

    return begin


def moment(days: float, epoch: datetime) -> object:
    """The day and time that a number stands for; a time alone where it is less than a day."""
    if not 0 <= days <= LAST_DAY - 1462:
        return days
    passed = timedelta(seconds=round(days * 86_400))
    return (datetime.min + passed).time() if days < 1 else epoch + passed


def unescape(text: str) -> str:
    """A text as it was before characters that XML has no place for were written as _x0007_."""
    return ESCAPED.sub(lambda found: chr(int(found[1], 16)), text) if "_x" in text else text


def refuse_types(*_: object) -> None:
    """No part of a workbook declares types of its own; one that does is up to something."""
    raise Unreadable("a part that declares types or entities", WHOLE, AGAIN)


def refuse_size(path: Path) -> None:
    """By its size, before a byte of it is read."""
    size = path.stat().st_size
    if size > MAX_FILE:
        raise Unreadable(f"{size / 1e6:,.0f} MB", f"a file of {MAX_FILE / 1e6:g} MB at most")


def kind_of(path: Path) -> Unreadable:
    """What a file is that is no zip archive, so no workbook."""
    with path.open("rb") as file:
        head = file.read(8)
        if head.startswith(b"\xd0\xcf\x11\xe0"):
            rest = file.read()
            if "EncryptedPackage".encode("utf-16-le") in rest:
                return Unreadable(
                    "a workbook with a password", WHOLE, "take the password off and save it again"
                )
            return Unreadable("a workbook in the old .xls format", WHOLE, AGAIN)
    if head.startswith(b"PK"):
        return Unreadable("a workbook that is cut short or damaged", WHOLE, "copy or export it again")
    return Unreadable("nothing" if not head else "a file that is no workbook, whatever its name", WHOLE)


def damaged(error: BaseException) -> Unreadable:
    """A workbook that opens, but has a broken part."""
    return Unreadable(f"a damaged workbook ({str(error)[:80] or type(error).__name__})", WHOLE, AGAIN)
