"""The data dictionary: what stands in `datasets/README.md`, written from the declared tables."""

from __future__ import annotations

from .glossary import GLOSSARY
from .schema import KIND_TEXT, Column
from .tables import TABLES, lesson_needs

__all__ = ["dictionary"]

HEAD = """# The tables of a plant

Written by `python datasets/generate.py --dictionary` from the declarations in `prodkit/plant/tables/` and `prodkit/plant/glossary.py`; change it there.

A plant is a folder of CSV files, one a table (`items.csv`), or an .xlsx workbook with a sheet a table (`items`).
`prodkit plant new my_plant.xlsx` writes one to fill in, `prodkit plant check my_plant.xlsx` names every fault in it, and
`Plant.read("my_plant.xlsx")` reads it. The first row holds the names of the columns. Days are written as 2026-01-05,
numbers with a decimal point and without separators, yes/no as yes or no; in a workbook, dates and numbers are cells
formatted as such. CSV files may be parted by commas, semicolons or tabs, be UTF-8 or Windows-1252, and have decimal commas
where they are parted by semicolons or tabs; days in another format are read where it is stated (`--date-format
DD.MM.YYYY`). A share runs 0 to 1: 0.05 is 5 %. Optional columns may be missing or blank; then the value given counts.
Further columns are kept, as text. Columns marked * together name a row: no two rows may agree in all of them. A table that
may be missing may also have no rows. A unit such as "kg (US: lb)" is the first in a plant whose `units` are metric, and
the second where they are US.

The sample plants are made, not measured: one seeded generator (`generate.py`) writes them, the same bytes every time.
They stand under CC0 and name no real plant, company or person. `metal` is Halden Metal, a maker of tool cabinets,
lockers, enclosures, brackets and hinges.
"""


def dictionary() -> str:
    """Every table and column, with kind, unit, range and meaning, and the glossary, as Markdown."""
    lines = [
        HEAD,
        *lesson_needs(),
        "Where one of them is missing, the sample of the plant's industry stands in.",
        "",
    ]
    for table in TABLES.values():
        lines += [f"## {table.name}", "", table.meaning + (" May be missing." if table.optional else ""), ""]
        lines += [
            "| column | kind | unit | allowed | if blank | meaning |",
            "| --- | --- | --- | --- | --- | --- |",
        ]
        lines += [dictionary_row(column) for column in table.columns]
        lines += [""]
        rules = [f"- {rule.column}: {rule.wanted}." for rule in table.rules]
        lines += ["Within a row:", *rules, ""] if rules else []
    lines += ["# Glossary", "", "One word for one thing, in tables, lessons, problems and charts.", ""]
    lines += ["| term | meaning | not |", "| --- | --- | --- |"]
    lines += [f"| {term.name} | {term.meaning} | {', '.join(term.instead_of)} |" for term in GLOSSARY]
    return "\n".join(lines).rstrip() + "\n"


def dictionary_row(column: Column) -> str:
    """One line of a table's dictionary."""
    allowed = column.allowed or ", ".join(column.choices)
    if column.refers:
        allowed = f"stands in {column.refers}" + (", where that table is not missing" if column.loose else "")
        allowed += "; several are parted by semicolons" if column.many else ""
    if column.required:
        blank = "not allowed"
    elif isinstance(column.default, bool):
        blank = "yes" if column.default else "no"
    else:
        blank = "stays blank" if column.default in (None, "") else str(column.default)
    unit = column.unit_in("metric")
    if unit != column.unit_in("US"):
        unit = f"{unit} (US: {column.unit_in('US')})"
    kind = "choice" if column.choices else KIND_TEXT[column.kind].removeprefix("a ")
    name = column.name + (" *" if column.key else "")
    return f"| {name} | {kind} | {unit} | {allowed} | {blank} | {column.meaning} |"
