"""The course as a learner meets it: `prodkit lab`, lesson 05, real typing, in real Chromium."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

from prodkit.exercises import Attempt

ROOT = Path(__file__).resolve().parents[2]
ALIVE = 120_000  # ms for a whole lesson to come alive on a loaded machine
LESSON = "05_materials.ipynb"


@pytest.fixture(scope="module")
def lab(serve, chromium):
    return serve("lab")


@pytest.fixture
def lesson(lab, page):
    """Lesson 05, run by itself and whole."""
    page.set_viewport_size({"width": 1280, "height": 1600})
    page.goto(lab.address(LESSON))
    alive(page)
    return page


def alive(page) -> None:
    """Wait until the lesson ran to its end: as many cards and explorers stand there as it calls for."""
    notebook = json.loads((ROOT / "notebooks" / LESSON).read_text(encoding="utf-8"))
    code = "\n".join("".join(c["source"]) for c in notebook["cells"] if c["cell_type"] == "code")
    wanted = len(re.findall(r"\bexercise\(|\bexplorers\.\w+\(", code))
    assert wanted > 20
    page.wait_for_function(
        f"document.querySelectorAll('.pk-card .pk-title').length >= {wanted}", timeout=ALIVE
    )


def card(page, title: str):
    """The first card of this title."""
    named = page.locator(".pk-title", has_text=re.compile(rf"^{re.escape(title)}$"))
    return page.locator(".pk-card:not(.pk-explorer)", has=named).first


def check(one) -> str:
    """Press Check and read the verdict's state."""
    one.get_by_role("button", name="Check").click()
    one.locator(".pk-verdict[data-state]").wait_for()
    return str(one.locator(".pk-verdict").get_attribute("data-state"))


def test_a_decimal_comma_a_slip_and_a_reload(lesson, console_errors) -> None:
    v = Attempt("materials.eoq").variant
    eoq = card(lesson, v.problem.title)
    quantity = eoq.locator(".pk-input").first
    quantity.fill(f"{v.key.quantity:.2f}".replace(".", ","))
    quantity.press("Enter")
    eoq.get_by_text("Exact value").wait_for()
    assert "✓" in eoq.locator(".pk-feedback[data-state=right]").first.inner_text()

    slip = f"{v.key.quantity / 2**0.5:.2f}"
    quantity.fill(slip)
    quantity.press("Enter")
    eoq.get_by_text("The 2 under the root is missing").first.wait_for()

    lesson.reload()
    alive(lesson)
    assert card(lesson, v.problem.title).locator(".pk-input").first.input_value() == slip
    assert console_errors == []


def test_a_grid_is_filled_by_keyboard_and_by_paste(lesson, console_errors) -> None:
    v = Attempt("materials.abc_sheet").variant
    rows = [list(cells.values()) for cells in v.problem.part("sheet").type(v.key.sheet).values()]
    sheet = card(lesson, v.problem.title)
    cells = sheet.locator(".pk-grid .pk-input")
    across = len(rows[0])
    assert cells.count() == across * len(rows)
    cells.first.focus()
    for value in rows[0]:  # the first line by keyboard, the rest as a block from Excel
        lesson.keyboard.type(value)
        lesson.keyboard.press("Tab")
    assert [cells.nth(i).input_value() for i in range(across)] == rows[0]
    cells.nth(across).focus()
    lesson.evaluate(
        """text => { const data = new DataTransfer(); data.setData('text/plain', text);
            document.activeElement.dispatchEvent(
                new ClipboardEvent('paste', {clipboardData: data, bubbles: true, cancelable: true})); }""",
        "\n".join("\t".join(row) for row in rows[1:]),
    )
    assert check(sheet) == "right"
    assert console_errors == []


def test_a_dial_is_moved_to_its_target(lesson, console_errors) -> None:
    explorer = lesson.locator(".pk-explorer").first
    assert explorer.locator(".pk-targets strong").count() == 0
    explorer.locator(".pk-slider").first.focus()
    for _ in range(66):
        lesson.keyboard.press("ArrowRight")
    explorer.locator(".pk-targets strong", has_text="Reached.").first.wait_for()
    assert console_errors == []


def test_axe_finds_nothing_serious_on_cards_and_explorers(lesson) -> None:
    from axe_playwright_python.sync_playwright import Axe

    assert lesson.locator(".pk-explorer").count() > 1
    found = Axe().run(lesson, context={"include": [[".pk-card"]]}).response["violations"]
    serious = [
        f"{v['id']}: {v['nodes'][0]['html'][:120]}" for v in found if v["impact"] in ("serious", "critical")
    ]
    assert serious == []
