"""Notebooks as they stand in git: run in order, whole, small, and without an answer in them."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).resolve().parent.parent
LESSONS = sorted(ROOT.glob("notebooks/*.ipynb"))
DRIVERS = sorted(ROOT.glob("tests/notebooks/*.ipynb"))
LARGEST = 1_500_000  # bytes
SILENT = re.compile(r"^\s*(from|import)\s|^[\w, ]+ = ")


def faults(notebook: dict[str, Any]) -> list[str]:
    """What is wrong with a notebook as stored."""
    found = []
    code = [c for c in notebook["cells"] if c["cell_type"] == "code"]
    counts = [c["execution_count"] for c in code]
    if not code:
        found.append("no code cells")
    if counts != list(range(1, len(code) + 1)):
        found.append(f"not run once, top to bottom: {counts}")
    for cell in code:
        source = "".join(cell["source"])
        last = source.strip().splitlines()[-1] if source.strip() else ""
        if not source.strip():
            found.append(f"{cell['id']}: an empty cell")
        if not cell["outputs"] and not SILENT.match(last):
            found.append(f"{cell['id']}: shows nothing stored")
        for output in cell["outputs"]:
            if output["output_type"] == "error":
                found.append(f"{cell['id']}: an error is stored")
            if output.get("name") == "stderr":
                found.append(f"{cell['id']}: something on stderr")
            if "application/vnd.jupyter.widget-view+json" in output.get("data", {}):
                found.append(f"{cell['id']}: a widget view is stored")
        if re.search(r"NBVAL_SKIP|NBVAL_IGNORE", source) or "nbval-skip" in cell["metadata"].get("tags", []):
            found.append(f"{cell['id']}: kept from nbval")
        if re.search(r"import \*|!pip|%pip|https?://|/home/|[A-Z]:\\\\", source):
            found.append(f"{cell['id']}: a path, an install, the network or a star import")
    if "widgets" in notebook["metadata"]:
        found.append("widget state is stored")
    if notebook["metadata"]["kernelspec"]["name"] != "python3":
        found.append("another kernel than python3")
    if len({c["id"] for c in notebook["cells"]}) != len(notebook["cells"]):
        found.append("a cell id is used twice")
    return found


def read(path: Path) -> dict[str, Any]:
    return json.loads(path.read_text(encoding="utf-8"))  # type: ignore[no-any-return]


def test_there_are_lessons_and_drivers() -> None:
    assert {p.stem for p in LESSONS} >= {"00_start_here", "05_materials"}
    assert DRIVERS


@pytest.mark.parametrize("path", [*LESSONS, *DRIVERS], ids=lambda p: p.stem)
def test_a_notebook_is_stored_whole(path: Path) -> None:
    assert faults(read(path)) == []
    assert path.stat().st_size < LARGEST


def test_the_check_sees_stripped_erring_and_unordered_notebooks() -> None:
    def broken(change: Any) -> list[str]:
        notebook = read(LESSONS[-1])
        change([c for c in notebook["cells"] if c["cell_type"] == "code"])
        return faults(notebook)

    def strip(cells: list[dict[str, Any]]) -> None:
        for cell in cells:
            cell["outputs"], cell["execution_count"] = [], None

    def err(cells: list[dict[str, Any]]) -> None:
        cells[3]["outputs"] = [{"output_type": "error", "ename": "E", "evalue": "", "traceback": []}]

    def swap(cells: list[dict[str, Any]]) -> None:
        cells[1]["execution_count"], cells[2]["execution_count"] = 3, 2

    assert any("not run once" in f for f in broken(strip))
    assert any("shows nothing" in f for f in broken(strip))
    assert any("error is stored" in f for f in broken(err))
    assert any("not run once" in f for f in broken(swap))


@pytest.mark.parametrize("path", LESSONS, ids=lambda p: p.stem)
def test_a_lesson_reads_as_one(path: Path) -> None:
    notebook = read(path)
    assert notebook["metadata"]["prodkit"]["run_on_open"] is True
    kinds = [c["cell_type"] for c in notebook["cells"]]
    assert kinds[0] == "markdown"
    assert not any(a == b == "code" for a, b in pairwise(kinds)), "two code cells without a sentence"
    code = ["".join(c["source"]) for c in notebook["cells"] if c["cell_type"] == "code"]
    assert sum(source.count("\n") < 3 for source in code) >= 0.8 * len(code), (
        "most code cells have three lines or less"
    )
    assert not re.search(r"\.submit\(|\.key\b|judge\(", "\n".join(code)), "an answer stands in the source"


def test_running_twice_gives_the_same_bytes(tmp_path: Path) -> None:
    sys.path.insert(0, str(ROOT / "tools"))
    try:
        import notebooks as tool
    finally:
        sys.path.pop(0)
    copy = tmp_path / LESSONS[0].name
    copy.write_bytes(LESSONS[0].read_bytes())
    tool.run(copy)
    assert copy.read_bytes() == LESSONS[0].read_bytes(), "run `make notebooks`"


def test_the_tool_says_when_no_notebook_is_meant() -> None:
    done = subprocess.run(
        [sys.executable, str(ROOT / "tools" / "notebooks.py"), "nosuch"], capture_output=True, text=True
    )
    assert (done.returncode, "nosuch" in done.stderr) == (2, True)


@pytest.mark.parametrize("path", LESSONS, ids=lambda p: p.stem)
def test_every_card_of_a_lesson_is_driven(path: Path) -> None:
    sys.path.insert(0, str(ROOT / "tools"))
    try:
        import drivers as tool
    finally:
        sys.path.pop(0)
    driven = ROOT / "tests" / "notebooks" / f"cards_{path.stem[:2]}.ipynb"
    source = "\n".join("".join(c["source"]) for c in read(driven)["cells"])
    for call in tool.cards(path):
        assert f"card = {call}\n" in source, f"{call} is not driven: run tools/drivers.py"
