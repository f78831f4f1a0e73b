"""Notebooks as they stand in git: run in order, whole, small, and without an answer in them."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from itertools import pairwise
from pathlib import Path
from typing import Any

import pandas as pd
import pytest
from lesson_plants import furnished, renamed
from lesson_runs import run

from prodkit.plant import Plant, cast
from prodkit.plant.tables import LESSON_TABLES
from prodkit.stories import Said
from prodkit.widgets import Card, PlantPicker

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


# ---- on whichever plant

METAL_WORDS = re.compile(
    "|".join(
        sorted(
            {
                *map(re.escape, Plant.sample("metal").items["item"]),
                *map(re.escape, set(Plant.sample("metal").suppliers["supplier"])),
            }
        )
    )
    + "|Halden"
)


@pytest.mark.parametrize("path", LESSONS, ids=lambda p: p.stem)
def test_the_prose_of_a_lesson_names_no_item_of_a_plant(path: Path) -> None:
    for cell in read(path)["cells"]:
        text = "".join(cell["source"])
        if cell["id"] != "title":
            assert not METAL_WORDS.search(text), f"{cell['id']}: {METAL_WORDS.findall(text)}"


PLANTS = {
    **{name: (lambda name=name: Plant.sample(name)) for name in Plant.samples()},
    "renamed": renamed,
    "small": lambda: renamed("Small Works", demand=0.1, money=30.0, safety=0.0, lead_sd=0.0),
    "large": lambda: renamed(
        "Large Works", demand=40.0, money=0.01, safety=0.1, lead_sd=4.0, kind="incremental"
    ),
}


def words_of(plant: Plant) -> set[str]:
    """Every text in a plant's tables: two plants may call a thing the same."""
    frames = [plant.table(name) for name in plant.tables]
    return {str(text) for frame in frames for column in frame for text in frame[column].unique()}


@pytest.mark.parametrize("name", PLANTS)
@pytest.mark.parametrize("path", LESSONS, ids=lambda p: p.stem)
def test_a_lesson_runs_on_every_plant_and_speaks_of_it(
    path: Path, name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PRODKIT_HOME", str(tmp_path))
    needed, more = LESSON_TABLES.get(path.stem[:2], ((), ()))
    plant = furnished(PLANTS[name](), (*needed, *more))
    shown = run(path, plant)
    text = "\n".join(
        f"{printed}{value!r}" for value, printed in shown.values() if value is not None or printed
    )
    assert plant.name in text
    assert not re.search(
        r"\b(nan|inf|None)\b|-0\b", "\n".join(str(v) for v, _ in shown.values() if isinstance(v, Said))
    )
    if name != "metal":
        others = [repr(value) for value, _ in shown.values() if not isinstance(value, PlantPicker)]
        strange = set(METAL_WORDS.findall("\n".join(others))) - words_of(plant)
        assert not strange, strange
    cards = [value for value, _ in shown.values() if isinstance(value, Card)]
    assert cards
    for card in cards:
        assert card.view["plant"] == plant.name
        assert not card.view["notice"], f"{card.view['id']}: {card.view['notice']}"


@pytest.mark.parametrize("name", PLANTS)
def test_what_lesson_05_concludes_follows_from_the_figures(
    name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Each claim in words is worked out a second time, by plain arithmetic on the plant's tables."""
    monkeypatch.setenv("PRODKIT_HOME", str(tmp_path))
    plant = PLANTS[name]()
    who = cast(plant)
    busy, late, sale = who.busy, who.late, who.season
    shown = run(next(p for p in LESSONS if p.stem == "05_materials"), plant)
    said = {id: str(value) for id, (value, _) in shown.items() if isinstance(value, Said)}

    orders = plant.past_orders
    orders = orders[orders["ordered"] >= pd.Timestamp(plant.first_day) - pd.Timedelta(weeks=52)]
    mine = orders[orders["item"] == busy.item]
    row = plant.items.set_index("item").loc[busy.item]
    use = plant.yearly_use()
    keep = plant.holding_rate * row["unit_cost"]
    assert f"ordered {len(mine)} times" in said["s1-coil"]
    at_a_time = mine["quantity"].mean()
    explained = len(mine) * at_a_time / busy.use
    assert ("check the bill" in said["s1-coil"]) == (not 0.75 <= explained <= 1.25)
    ordering, cycle = busy.use / at_a_time * row["order_cost"], at_a_time / 2 * keep
    told = said["s1-costs-read"]
    assert ("fewer, larger" in told) == (ordering >= 1.5 * cycle)
    assert ("smaller orders" in told) == (cycle >= 1.5 * ordering)
    assert ("why is the store full" in told) == (row["safety_stock"] * keep > ordering + cycle)

    bought = plant.items[plant.items["kind"] == "buy"].set_index("item")
    value = (bought["unit_cost"] * use.reindex(bought.index)).sort_values(ascending=False)
    place = list(value.index).index(busy.item) + 1
    words = ("first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth", "tenth")
    assert (
        f"comes {words[place - 1] if place <= 10 else f'as number {place}'} of {(value > 0).sum()}"
        in said["s1-abc-rank"]
    )

    steps = busy.price_list[["from_quantity", "unit_price"]].to_numpy()

    def price(quantity: float) -> float:
        """Paid on average, by the list's kind."""
        got = [(start, unit) for start, unit in steps if start <= quantity]
        if busy.price_kind == "all_units":
            return float(got[-1][1])
        ends = [*(start for start, _ in got[1:]), quantity]
        return float(
            sum((end - start) * unit for (start, unit), end in zip(got, ends, strict=True)) / quantity
        )

    def year(quantity: float) -> float:
        """Purchase, ordering and holding at this quantity."""
        paid = price(quantity)
        return (
            paid * busy.use + busy.order_cost * busy.use / quantity + plant.holding_rate * paid * quantity / 2
        )

    starts = [float(start) for start, _ in steps if start > 0]
    best = min([*starts, *(busy.best * 1.002**k for k in range(-1500, 2500))], key=year)
    assert said["s1-break-why"].startswith("So take it") == (price(best) < steps[0][1] - 1e-9)
    told = float(re.search(r"Order ([\d,.]+) at a time", shown["s1-break"][1])[1].replace(",", ""))  # type: ignore[index]
    assert year(told) <= 1.0005 * year(best)

    spread = plant.weekly_use(busy.item)["quantity"].tail(52)
    needed = 1.645 * spread.std() * busy.lead_weeks**0.5
    kept = said["s2-kept"]
    assert ("times as many" in kept) == (1.5 * needed < row["safety_stock"] < 1000 * needed)
    assert ("keeps none" in kept) == (row["safety_stock"] == 0)
    weeks = plant.weekly_use(late.item)["quantity"].tail(52)
    own, delays = late.lead_time * weeks.std() ** 2, (weeks.mean() * late.lead_time_sd) ** 2
    extra = 1 - (own / (own + delays)) ** 0.5
    assert ("No forecast will save" in said["s2-tavis-split"]) == (extra > 0.5)
    assert ("A better forecast would" in said["s2-tavis-split"]) == (extra < 0.15)
    came = plant.past_orders.query("item == @late.item and supplier == @late.supplier")
    gap = (came["received"] - came["ordered"]).dt.days.mean() / 7 - late.lead_time
    assert ("must count" in said["s2-floor-mean"]) == (gap >= 0.15)
    gain, loss = sale.price - sale.unit_cost, sale.unit_cost - sale.salvage
    assert ("a few more rather" in said["s2-season-error"]) == (gain >= loss)
    ratio = gain / (gain + sale.unit_cost)
    assert f"ratio would be {ratio:.2f}" in said["s2-season-error"]
    assert ("fewer than the mean" in said["s2-season-error"]) == (ratio < 0.5)
    costs = {
        name: float(re.search(rf"{name} ([\d,.]+), ", shown["s2-compare-picture"][0].alt)[1].replace(",", ""))  # type: ignore[index]
        for name in ("today", "second try", "first try")
    }
    best_try = next(name for name, cost in costs.items() if cost <= 1.01 * min(costs.values()))
    if best_try == "today":
        assert "Keep today’s" in said["s2-compare-read"]
        assert "stays as it is" in said["s2-floor-say"]
    else:
        assert f"the {best_try} costs least" in said["s2-compare-read"]
        buffer = re.search(r"Safety stock ([\d,]+)", shown[f"s2-{best_try.split()[0]}-point"][1])
        assert buffer
        assert ("down from" in said["s2-floor-say"]) == (
            row["safety_stock"] > float(buffer[1].replace(",", ""))
        )
