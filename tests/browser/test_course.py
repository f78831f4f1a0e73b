"""The course as a learner meets it: `prodkit lab`, lesson 05, real typing, in real Chromium."""

from __future__ import annotations

import json
import re
import urllib.request
from pathlib import Path

import pytest
from playwright.sync_api import expect

from prodkit.exercises import Attempt

ROOT = Path(__file__).resolve().parents[2]
ALIVE = 240_000  # ms for a whole lesson to come alive on a loaded machine
LESSON = "05_materials.ipynb"
SILENT = "No answer from Python. Run the lesson: menu Kernel → Restart Kernel and Run All Cells."


@pytest.fixture(scope="module")
def lab(serve, chromium):
    return serve("lab")


@pytest.fixture(scope="module")
def opened(lab, shared_page):
    """Lesson 05, opened once and run whole; each test works on a card of its own."""
    shared_page.goto(lab.address(LESSON))
    alive(shared_page)
    return shared_page


@pytest.fixture
def lesson(opened):
    """The lesson; nothing may have gone wrong in its console."""
    yield opened
    assert opened.complaints == []


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


def answered(one) -> str:
    """Wait for the answer to what was asked, and read the verdict's state."""
    expect(one.locator("[aria-busy]")).to_have_attribute("aria-busy", "false")
    expect(one.locator(".pk-error")).to_have_text("")
    return str(one.locator(".pk-verdict[data-state]").get_attribute("data-state"))


def test_a_decimal_comma_a_slip_and_a_reload(lesson) -> None:
    v = Attempt("materials.eoq").variant
    eoq = card(lesson, v.problem.title)
    quantity = eoq.locator(".pk-input").first
    quantity.fill(f"{v.key.quantity:.2f}".replace(".", ","))
    quantity.press("Enter")
    answered(eoq)
    assert eoq.get_by_text("Exact value").count() == 1
    assert "✓" in eoq.locator(".pk-feedback[data-state=right]").first.inner_text()

    slip = f"{v.key.quantity / 2**0.5:.2f}"
    quantity.fill(slip)
    quantity.press("Enter")
    answered(eoq)
    assert eoq.get_by_text("The 2 under the root is missing").first.is_visible()

    lesson.reload()
    alive(lesson)
    expect(card(lesson, v.problem.title).locator(".pk-input").first).to_have_value(slip)


def test_a_grid_is_filled_by_keyboard_and_by_paste(lesson) -> None:
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
    sheet.get_by_role("button", name="Check").click()
    assert answered(sheet) == "right"


def test_a_grid_of_eight_weeks_is_seen_whole_beside_the_side_bar(lesson) -> None:
    lesson.set_viewport_size({"width": 1180, "height": 900})
    assert lesson.locator("#jp-left-stack").bounding_box()["width"] > 200
    sheet = card(lesson, Attempt("materials.stock_projection").variant.problem.title)
    cell = lesson.locator(".jp-OutputArea-output", has=sheet)
    expect(cell).to_have_js_property("clientWidth", 748)  # LAB_CELL in test_card_page.py
    grid = sheet.locator(".pk-scroll", has=lesson.locator(".pk-grid"))
    expect(grid).not_to_have_attribute("tabindex", "0")
    assert grid.evaluate("box => box.scrollWidth - box.clientWidth") == 0
    lesson.set_viewport_size({"width": 1280, "height": 1600})


def test_a_dial_is_moved_to_its_target(lesson) -> None:
    explorer = lesson.locator(".pk-explorer").first
    assert explorer.locator(".pk-targets strong").count() == 0
    explorer.locator(".pk-slider").first.focus()
    for _ in range(66):
        lesson.keyboard.press("ArrowRight")
    explorer.locator(".pk-targets strong", has_text="Reached.").first.wait_for()


def test_axe_finds_nothing_serious_on_cards_and_explorers(lesson) -> None:
    from axe_playwright_python.sync_playwright import Axe

    assert lesson.locator(".pk-explorer").count() > 1
    lesson.wait_for_function(  # a box that scrolls is told so with the next frame
        """[...document.querySelectorAll(".pk-scroll")].every((box) =>
            box.hasAttribute("tabindex") === box.scrollWidth > box.clientWidth + 1)"""
    )
    found = Axe().run(lesson, context={"include": [[".pk-card"]]}).response["violations"]
    serious = [
        f"{v['id']}: {v['nodes'][0]['html'][:120]}" for v in found if v["impact"] in ("serious", "critical")
    ]
    assert serious == []


def ask(lab, method: str, what: str):
    """The server's own answer, past the page."""
    request = urllib.request.Request(
        f"http://localhost:{lab.port}/api/{what}",
        method=method,
        headers={"Authorization": f"token {lab.token}"},
    )
    with urllib.request.urlopen(request, timeout=60) as answer:
        return json.loads(answer.read() or "null")


def test_a_kernel_that_is_gone_is_said_and_what_is_said_helps(lab, page) -> None:
    page.goto(lab.address("00_start_here.ipynb"))
    cards = page.locator(".pk-card", has=page.locator(".pk-do-check"))
    one = cards.first
    one.wait_for(timeout=ALIVE)
    page.wait_for_selector(".jp-StatusBar-Widget >> text=/ Idle$/", timeout=ALIVE)
    page.wait_for_selector(".jp-Notebook-ExecutionIndicator[data-status=idle]", timeout=ALIVE)
    wanted = cards.count()
    [kernel] = [s["kernel"]["id"] for s in ask(lab, "GET", "sessions") if s["path"] == "00_start_here.ipynb"]
    ask(lab, "DELETE", f"kernels/{kernel}")
    assert kernel not in [k["id"] for k in ask(lab, "GET", "kernels")]
    one.evaluate(  # the page's own clock, from the click to the line
        """card => {
            card.addEventListener("click", () => { window.asked ??= performance.now(); }, true);
            new MutationObserver(() => { window.said ??= performance.now(); })
              .observe(card.querySelector(".pk-error"), { childList: true });
        }"""
    )
    one.get_by_role("button", name="Check").click()
    expect(one.locator(".pk-error")).to_have_text(SILENT)
    assert page.evaluate("said - asked") < 12_000

    page.get_by_role("menuitem", name="Kernel", exact=True).click()
    page.locator(".lm-Menu-itemLabel", has_text="Restart Kernel and Run All Cells").click()
    expect(page.locator(".pk-error", has_text=SILENT)).to_have_count(
        0, timeout=ALIVE
    )  # a card of the new run
    expect(cards).to_have_count(wanted, timeout=ALIVE)
    one.get_by_role("button", name="Check").click()
    assert answered(one) == "unreadable"  # nothing was typed, and Python says so
