"""The course as a learner meets it: `prodkit lab`, lesson 05, real typing, in real Chromium."""

from __future__ import annotations

import re

import pytest

from prodkit.exercises import Attempt

ALIVE = 90_000  # ms for a whole lesson to come alive on a loaded machine
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
    """Wait until every cell ran: the last one has its number and the kernel is idle."""
    page.wait_for_selector(".jp-Notebook-ExecutionIndicator[data-status=idle]", timeout=ALIVE)
    page.wait_for_function(
        """() => { const cells = [...document.querySelectorAll('.jp-CodeCell .jp-InputPrompt')];
                   return cells.length > 3 && cells.every(c => /\\[\\d+\\]/.test(c.textContent)); }""",
        timeout=ALIVE,
    )
    page.wait_for_selector(".pk-card", timeout=ALIVE)


def card(page, title: str, nth: int = 0):
    """A card by its title."""
    return page.locator(
        ".pk-card", has=page.locator(".pk-title", has_text=re.compile(rf"^{re.escape(title)}$"))
    ).nth(nth)


def check(one) -> str:
    """Press Check and read the verdict's state."""
    one.get_by_role("button", name="Check").click()
    one.locator(".pk-verdict[data-state]").wait_for()
    return str(one.locator(".pk-verdict").get_attribute("data-state"))


def test_an_answer_with_a_decimal_comma_a_slip_and_a_reload(lesson, console_errors) -> None:
    v = Attempt("materials.eoq").variant
    eoq = card(lesson, "Economic order quantity")
    quantity = eoq.get_by_role("textbox", name="Order quantity", exact=False).first
    quantity.fill(f"{v.key.quantity:.2f}".replace(".", ","))
    quantity.press("Enter")
    eoq.get_by_text("Exact value").wait_for()
    assert "✓" in eoq.locator(".pk-feedback[data-state=right]").first.inner_text()

    quantity.fill(f"{v.key.quantity / 2**0.5:.2f}")
    quantity.press("Enter")
    eoq.get_by_text("The 2 under the root is missing").first.wait_for()

    lesson.reload()
    alive(lesson)
    again = card(lesson, "Economic order quantity")
    assert (
        again.get_by_role("textbox", name="Order quantity", exact=False).first.input_value()
        == f"{v.key.quantity / 2**0.5:.2f}"
    )
    assert console_errors == []


def test_a_grid_is_filled_by_keyboard_and_by_paste(lesson, console_errors) -> None:
    attempt = Attempt("materials.abc_sheet")
    part = attempt.problem.part("sheet")
    key = part.type(getattr(attempt.variant.key, part.id))
    sheet = card(lesson, "ABC sheet")
    cells = sheet.locator(".pk-grid .pk-input")
    lines = list(key)
    first = list(key[lines[0]].values())
    cells.first.focus()
    lesson.keyboard.type(first[0])
    lesson.keyboard.press("Enter")
    block = "\n".join(
        "\t".join(f"{float(x):.10g}" if x[0].isdigit() else x for x in key[line].values()) for line in lines
    )
    cells.first.focus()
    lesson.evaluate(
        """text => { const data = new DataTransfer(); data.setData('text/plain', text);
            document.activeElement.dispatchEvent(new ClipboardEvent('paste', {clipboardData: data, bubbles: true, cancelable: true})); }""",
        block,
    )
    assert check(sheet) == "right"
    assert console_errors == []


@pytest.mark.parametrize("kind", [".pk-card", ".pk-explorer"])
def test_axe_finds_nothing_serious_on_cards_and_explorers(lesson, kind: str) -> None:
    from axe_playwright_python.sync_playwright import Axe

    assert lesson.locator(kind).count() > 0
    found = Axe().run(lesson, context={"include": [[kind]]}).response["violations"]
    serious = [
        f"{v['id']}: {v['nodes'][0]['html'][:120]}" for v in found if v["impact"] in ("serious", "critical")
    ]
    assert serious == []
