"""The workbook that a plant's own people fill in: a guide, a sheet a table, notes, drop-downs and examples."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from ..errors import InputError
from .reading import GUIDE
from .schema import Column, Table
from .sheets import letters, nearest
from .tables import LESSON_TABLES, TABLES, lesson_needs
from .writing import columns_of, new_workbook, number_format, write_cell

if TYPE_CHECKING:
    import pandas as pd

__all__ = ["example_rows", "needed_by", "write_template"]

EXAMPLES = 3  # rows of the sample in a table, and those that they refer to
LOOKED_AT = 300  # rows of the sample among which they are chosen
SPARE_ROWS = 20_000  # rows under the table that drop-downs and limits still hold for
ACCENT, NEEDED, OPTIONAL, PALE = "#0a6c8f", "#0a6c8f", "#9aa5ad", "#e8f1f4"


def write_template(
    path: Path, tables: Mapping[str, pd.DataFrame], chosen: Sequence[str] = (), full: bool = False
) -> tuple[str, ...]:
    """Write a workbook to fill in.

    Parameters
    ----------
    path
        The .xlsx file to write.
    tables
        A plant without faults, whose rows are the examples.
    chosen
        Tables beside the needed ones, each with examples. Where none is named, every table gets a sheet, and those
        that may be missing stay empty, which counts as missing.
    full
        All rows as examples, in every table.

    Returns
    -------
    tuple
        The tables that got a sheet, in order.

    Raises
    ------
    InputError
        If a name is no table's.
    """
    needed = [name for name, table in TABLES.items() if not table.optional]
    wanted = needed_by([*needed, *chosen])
    names = [name for name in TABLES if name in wanted or not chosen]
    names.sort(key=lambda name: TABLES[name].optional)  # stable: needed ones first
    if full:
        rows = {name: frame for name, frame in tables.items() if name in names}
    else:
        rows = example_rows(tables, wanted)
    with new_workbook(path) as book:
        book.set_size(2400, 1600)
        forms = Forms(book)
        write_guide(book, forms, names, rows, path.name)
        for name in names:
            write_table(book, forms, TABLES[name], rows.get(name), names)
    return tuple(names)


def needed_by(names: Iterable[str]) -> set[str]:
    """These tables, and those that they refer to and cannot be without.

    >>> sorted(needed_by(["price_breaks"]))
    ['items', 'price_breaks', 'suppliers']
    """
    found: set[str] = set()
    waiting = list(names)
    for name in waiting:  # grows as it goes
        if name not in TABLES:
            near = nearest(name, TABLES)
            raise InputError("table", name, f"a table of the kit{f'; did you mean {near}?' if near else ''}")
        if name not in found:
            found.add(name)
            waiting += [c.refers.split(".")[0] for c in TABLES[name].columns if c.refers and not c.loose]
    return found


def example_rows(tables: Mapping[str, pd.DataFrame], names: Iterable[str]) -> dict[str, pd.DataFrame]:
    """A few rows of each table that hang together: every code in them stands in the table it refers to."""
    given = [name for name in TABLES if name in names and name in tables]
    picked: dict[str, set[int]] = {name: set() for name in given}
    cells: dict[str, dict[str, list[str]]] = {
        name: {column: tables[name][column].tolist() for column in coded_columns(name)} for name in given
    }

    def codes(name: str, row: int) -> Iterator[tuple[str, str, str]]:
        """The codes in a row, each with the table and column in which it stands."""
        for column in TABLES[name].columns:
            other, _, key = column.refers.partition(".")
            if other in picked:
                for code in column.codes(cells[name][column.name][row]):
                    yield other, key, code

    def pick(name: str, row: int) -> None:
        if row not in picked[name]:
            picked[name].add(row)
            for other, key, code in codes(name, row):
                pick(other, cells[other][key].index(code))

    for name in given:
        there = {(other, key): {cells[other][key][row] for row in rows} for other, rows in picked.items()
                 for key in cells[other]}  # fmt: skip
        looked_at = range(min(len(tables[name]), LOOKED_AT))
        known = {
            row: sum(code in there[other, key] for other, key, code in codes(name, row)) for row in looked_at
        }
        for row in sorted(looked_at, key=known.__getitem__, reverse=True)[:EXAMPLES]:
            pick(name, row)
    return {name: tables[name].iloc[sorted(rows)].reset_index(drop=True) for name, rows in picked.items()}


def coded_columns(name: str) -> set[str]:
    """The columns of a table that refer to another one, or are referred to."""
    columns = [column for table in TABLES.values() for column in table.columns]
    named = {column.refers.split(".")[1] for column in columns if column.refers.split(".")[0] == name}
    return named | {column.name for column in TABLES[name].columns if column.refers}


class Forms:
    """The cell formats of a workbook, each made once."""

    def __init__(self, book: Any) -> None:
        self.book = book
        self.made: dict[tuple[tuple[str, Any], ...], Any] = {}

    def __call__(self, **properties: Any) -> Any:
        key = tuple(sorted(properties.items()))
        if key not in self.made:
            self.made[key] = self.book.add_format({"valign": "top", **properties})
        return self.made[key]


def write_guide(
    book: Any, forms: Forms, names: Sequence[str], rows: Mapping[str, pd.DataFrame], file: str
) -> None:
    """The first sheet: what to fill in, in which order, what may be left out, how to check."""
    sheet = book.add_worksheet(GUIDE)
    sheet.set_tab_color("#2b7a5b")
    sheet.hide_gridlines(2)
    sheet.set_column(0, 0, 22)
    sheet.set_column(1, 1, 12)
    sheet.set_column(2, 2, 110)
    sheet.write_string(0, 0, "Your own plant", forms(bold=True, font_size=16))
    text = forms(text_wrap=True)
    steps = (
        "Fill in the sheets in the order of the list below. The blue tabs are needed; a gray one that has headings and "
        "no rows counts as left out, and may be deleted. The list says which lesson needs which sheet; delete those of lessons "
        "that you leave out.",
        " ".join(lesson_needs())
        + " Where one of the first is missing, a sample stands in for your plant."
        + (
            " Sheets that are not here can be added under their name; prodkit plant new with --tables NAMES or --all writes them."
            if len(names) < len(TABLES)
            else ""
        ),
        (
            "The rows that are there are examples from a made plant. Type yours over them and delete the rest of them."
        )
        + (
            " Most sheets have none: they are there for you to fill in or to leave out."
            if len(rows) < len(names) / 2
            else ""
        ),
        "Keep the headings in row 1 as they are. Point at a heading to read what belongs beneath it, in which unit and "
        "range. Bold headings must be filled in; the others may stay blank. Columns of your own may be added on the right.",
        "Codes (of items, suppliers, work centers ...) are spelled the same in every sheet; cells with a list offer "
        "them. Days are dates, shares run from 0 to 1 (0.05 is 5 %), and numbers stand without their unit.",
        f'Save, and check it: prodkit plant check "{file}". Each fault is named with its cell. '
        "With --report faults.xlsx the faulty cells are marked in a copy. Where days stand as text such as 05.01.2026, add "
        "--date-format DD.MM.YYYY; where numbers do, such as 7,5, add --decimal ,",
        f'Then put "{file}" into the folder plants of your data folder (lesson 00 names its place), and choose it in '
        "lesson 00: the lessons then work on it. If the check needs --date-format or --decimal, run it once more on the file "
        "there, and the lessons read it in the same way.",
    )
    for number, step in enumerate(steps, start=1):
        sheet.write_string(number, 0, f"Step {number}", forms(bold=True))
        sheet.merge_range(number, 1, number, 2, "", text)
        sheet.write_string(number, 1, step, text)
        sheet.set_row(number, 16 * max(2, -(-len(step) // 110)))
    head = len(steps) + 2
    for column, title in enumerate(("sheet", "", "what it holds")):
        sheet.write_string(head, column, title, forms(bold=True, bg_color=ACCENT, font_color="#ffffff"))
    link = forms(font_color=ACCENT, underline=1)
    for row, name in enumerate(names, start=head + 1):
        table = TABLES[name]
        sheet.write_url(row, 0, f"internal:'{name}'!A1", link, name)
        sheet.write_string(row, 1, use_of(table), forms(bold=not table.optional))
        sheet.write_string(row, 2, table.meaning + ("" if name in rows else " (No example rows.)"), text)
    sheet.set_column(1, 1, 18)


def use_of(table: Table) -> str:
    """Who needs a sheet, in a word."""
    if not table.optional:
        return "needed"
    lessons = [lesson for lesson, (needed, _) in LESSON_TABLES.items() if table.name in needed]
    return f"for lesson {', '.join(lessons)}" if lessons else "may be left out"


def write_table(
    book: Any, forms: Forms, table: Table, rows: pd.DataFrame | None, names: Sequence[str]
) -> None:
    """One table's sheet: headings with notes, examples, and what each column lets in."""
    import pandas as pd

    frame = rows if rows is not None else pd.DataFrame(columns=list(table.names))
    sheet = book.add_worksheet(table.name)
    sheet.set_tab_color(OPTIONAL if table.optional else NEEDED)
    last = 1 if table.one_row else len(frame) + SPARE_ROWS
    cells = {column.name: values for column, values in columns_of(table.name, frame)}
    for number, column in enumerate(table.columns):
        heading = forms(bold=column.required, bg_color=PALE, bottom=1, num_format="@")
        sheet.write_string(0, number, column.name, heading)
        sheet.write_comment(0, number, note(column), {"x_scale": 2.2, "y_scale": 1.5, "visible": False})
        style = forms(num_format=number_format(column))
        values = cells[column.name]
        widest = max((len(str(value)) for value in values[:200] if value is not None), default=0)
        sheet.set_column(number, number, min(max(len(column.name) + 3, widest + 2, 9), 45), style)
        if rule := validation(column, number, names):
            sheet.data_validation(1, number, last, number, rule)
        for row, value in enumerate(values, start=1):
            write_cell(sheet, row, number, value, style)
    sheet.freeze_panes(1, 1)
    if not table.one_row:
        sheet.autofilter(0, 0, max(len(frame), 1), len(table.columns) - 1)


def note(column: Column) -> str:
    """What the note on a heading says; where the plant chooses between two units, both."""
    kind = column.kind_in("")
    lines = [f"{column.meaning}.".replace("..", "."), kind[0].upper() + kind[1:]]
    if column.choices:
        lines.append("One of: " + ", ".join(column.choices))
    elif column.allowed:
        lines.append("Allowed: " + column.allowed)
    if column.refers:
        lines.append(f"Stands in {column.refers}" + (", or that table is left out" if column.loose else ""))
    if column.many:
        lines.append("Several are parted by semicolons: A10; A20")
    if column.key:
        lines.append("Part of the row's key")
    lines.append("Must be filled in." if column.required else f"May stay blank: {if_blank(column)}.")
    return "\n".join(lines)


def if_blank(column: Column) -> str:
    """What a blank cell of an optional column stands for."""
    if isinstance(column.default, bool):
        return "then it is yes" if column.default else "then it is no"
    return (
        "then it is unknown, or there is none"
        if column.default in (None, "")
        else f"then it is {column.default}"
    )


def validation(column: Column, number: int, names: Sequence[str]) -> dict[str, Any] | None:
    """What a spreadsheet lets into a column's cells; None where it is any text."""
    rule: dict[str, Any]
    cell = f"{letters(number)}2"
    low, high = column.limits
    other, _, key = column.refers.partition(".")
    if column.kind == "choice":
        rule = {"validate": "list", "source": list(column.choices)}
    elif column.kind == "yes/no":
        rule = {"validate": "list", "source": ["yes", "no"]}
    elif other and not column.many and other in names:
        place = letters(TABLES[other].names.index(key))
        # a warning, not a stop: the other sheet may be filled in later
        rule = {
            "validate": "list",
            "source": f"='{other}'!${place}$2:${place}${SPARE_ROWS}",
            "error_type": "warning",
        }
    elif column.kind == "date":
        rule = {"validate": "custom", "value": f"=AND(ISNUMBER({cell}),{cell}=INT({cell}))"}
    elif column.kind == "week":
        rule = {"validate": "custom", "value": f"=AND(ISNUMBER({cell}),WEEKDAY({cell},2)=1)"}
    elif column.numeric:
        rule = {"validate": "integer" if column.kind == "whole" else "decimal"}
        if column.above is not None and high is None:
            rule |= {"criteria": ">", "value": column.above}
        elif high is None:
            rule |= {"criteria": ">=", "value": -1e15 if low is None else low}
        elif column.above is None and low is None:
            rule |= {"criteria": "<=", "value": high}
        else:
            rule |= {"criteria": "between", "minimum": column.above if low is None else low, "maximum": high}
    else:
        return None
    wanted = f"a code from the sheet {other}" if other else column.wanted
    title, text = column.name[:32], f"Wanted: {wanted}"
    return rule | {"error_title": title, "error_message": text if len(text) <= 255 else text[:252] + "..."}
