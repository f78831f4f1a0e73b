"""The card's own JavaScript on a bare page in Chromium: keys, paste, painting, announcements, looks."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import expect

from prodkit.widgets import Card

HERE = Path(__file__).parent
WIDGETS = HERE.parents[1] / "prodkit" / "widgets"
DATA = json.loads((HERE / "card_views.json").read_text(encoding="utf-8"))
PARTS, VERDICT = DATA["parts"], DATA["verdict"]
HOSTILE = "<img src=data:, onerror=window.hacked=1><script>window.hacked=1</script>"
LAB_CELL = 748  # px that a card has in JupyterLab, in a window 1180 px wide with the side bar open
SILENT = "No answer from Python. Run the lesson: menu Kernel → Restart Kernel and Run All Cells."


def view(*names: str, **more: Any) -> dict[str, Any]:
    """A view with these parts, as Python sends it."""
    return {**DATA["view"], "parts": [PARTS[name] for name in names], **more}


def verdict(*names: str, **more: Any) -> dict[str, Any]:
    """A verdict on these parts."""
    return {**VERDICT, "parts": {name: VERDICT["parts"][name] for name in names}, **more}


EVERY = view(*PARTS, given=[*DATA["view"]["given"], DATA["prices"]], given_steps=["D = 7,200 units a year."])
TYPED = {
    "quantity": "848,5",
    "why": "discount",
    "which": ["steady", "short"],
    "policy": {"r": "120", "Q": "850"},
    "record": {"available": {"1": "15", "2": "65"}, "net": {"3": "5"}},
}


@pytest.fixture
def show(chromium: Any) -> Iterator[Callable[..., Any]]:
    """Show a card on a page of its own; the model is `window.model`. No error may reach the console."""
    context = chromium.new_context(viewport={"width": 1000, "height": 900})
    context.set_default_timeout(90_000)
    context.grant_permissions(["clipboard-read", "clipboard-write"], origin="http://localhost")
    faults: list[str] = []

    def opened(shown: dict[str, Any], dark: bool | None = None, twice: bool = False, **state: Any) -> Any:
        page = context.new_page()
        page.on("pageerror", lambda fault: faults.append(str(fault)))
        page.on("console", lambda line: faults.append(line.text) if line.type == "error" else None)
        theme = "" if dark is None else f'data-jp-theme-light="{str(not dark).lower()}"'
        html = (
            f'<!doctype html><html lang="en"><head><title>Card</title></head><body {theme}>'
            '<main><div id="card"></div><div id="second"></div></main></body></html>'
        )
        page.route("http://localhost/", lambda route: route.fulfill(body=html, content_type="text/html"))
        page.goto("http://localhost/")
        page.add_style_tag(path=WIDGETS / "card.css")
        page.add_script_tag(path=HERE / "card_model.js")
        source = "".join((WIDGETS / name).read_text(encoding="utf-8") for name in ("parts.js", "card.js"))
        page.evaluate(
            """async ([source, state, twice]) => {
                const url = URL.createObjectURL(new Blob([source], { type: "text/javascript" }));
                const card = (await import(url)).default;
                window.model = new Model(state);
                window.keys = [];
                window.pastes = 0;
                window.addEventListener("paste", () => window.pastes += 1, true);
                for (const kind of ["keydown", "keyup", "keypress", "paste", "copy", "cut"])
                  document.addEventListener(kind, (event) => window.keys.push(kind));
                window.leave = card.render({ model, el: document.getElementById("card") });
                if (twice) card.render({ model, el: document.getElementById("second") });
            }""",
            [source, {"view": shown, "answers": {}, "verdict": None, **state}, twice],
        )
        return page

    yield opened
    context.close()
    assert not faults


def sent(page: Any) -> list[dict[str, Any]]:
    return page.evaluate("model.sent")


def field(page: Any, name: str) -> Any:
    return page.get_by_role("textbox", name=name, exact=True)


def answers(page: Any) -> dict[str, Any]:
    return page.evaluate("model.get('answers')")


def change(page: Any, **traits: Any) -> None:
    """What Python does: set traits."""
    page.evaluate("(traits) => { for (const [k, v] of Object.entries(traits)) model.set(k, v); }", traits)


def focused(page: Any) -> str:
    return page.evaluate(
        "document.activeElement.getAttribute('aria-label') ?? document.activeElement.labels?.[0]?.textContent"
        " ?? document.activeElement.textContent"
    )


def announced(page: Any) -> str:
    return page.locator("[aria-live=polite]").first.text_content()


def paste(page: Any, text: str) -> None:
    before = page.evaluate("pastes")
    page.evaluate("(text) => navigator.clipboard.writeText(text)", text)
    page.keyboard.press("Control+V")
    page.wait_for_function("(before) => pastes > before", arg=before)


def press(page: Any, name: str) -> None:
    """Press a button and wait for the answer: what comes after it meets a card at rest."""
    page.get_by_role("button", name=name).click()
    expect(page.locator("[aria-busy]")).to_have_attribute("aria-busy", "false")


def settle(page: Any) -> None:
    """Wait until the browser has drawn, and the boxes that scroll know it: that is told to them with a frame."""
    page.evaluate("new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)))")
    page.wait_for_function(
        """[...document.querySelectorAll(".pk-scroll")].every((box) =>
            box.hasAttribute("tabindex") === box.scrollWidth > box.clientWidth + 1)"""
    )


# ---- numbers and messages


def test_enter_in_a_number_checks_with_what_was_typed(show: Any) -> None:
    page = show(view("quantity", "orders"))
    field(page, "Order quantity").click()
    page.keyboard.type("141,42")
    page.keyboard.press("Enter")
    message = sent(page)[-1]
    assert message["do"] == "check"
    assert message["answers"] == {"quantity": "141,42", "orders": ""}
    assert answers(page)["quantity"] == "141,42"
    assert focused(page) == "Order quantity"


def test_buttons_stand_in_their_order_and_send_their_message(show: Any) -> None:
    page = show(view("quantity"))
    names = page.get_by_role("button").all_text_contents()
    assert names == ["Check", "Hint", "New numbers", "Worked solution"]
    for name in names[:3]:
        press(page, name)
    assert [message["do"] for message in sent(page)] == ["check", "hint", "new"]
    assert len({message["seq"] for message in sent(page)}) == 3


def test_a_double_click_sends_one_request(show: Any) -> None:
    page = show(view("quantity"))
    page.evaluate("model.mute = true")
    page.get_by_role("button", name="Check").dblclick()
    assert len(sent(page)) == 1
    assert page.locator("[aria-busy=true]").count() == 1


def test_worked_solution_asks_once_more_and_then_takes_the_focus(show: Any) -> None:
    page = show(view("quantity"))
    page.evaluate("model.next = { view: { ...model.get('view'), solution: ['Q = 848.53'], spent: true } }")
    page.get_by_role("button", name="Worked solution").click()
    assert sent(page) == []
    assert "spends" in announced(page)
    page.get_by_role("button", name="Show it: this spends these numbers’ credit").click()
    page.wait_for_function("document.activeElement.textContent.includes('848.53')")
    assert sent(page)[0]["do"] == "solution"
    assert page.get_by_text("solution seen, no credit").count() == 1


def test_asking_for_the_solution_is_forgotten_when_the_learner_turns_away(show: Any) -> None:
    page = show(view("quantity"))
    page.get_by_role("button", name="Worked solution").click()
    field(page, "Order quantity").click()
    assert page.get_by_role("button", name="Worked solution").count() == 1


def test_new_numbers_puts_the_focus_on_the_first_input(show: Any) -> None:
    page = show(view("quantity", "orders"), answers={"quantity": "5", "orders": "6"})
    page.evaluate(
        "model.next = { answers: {}, verdict: null, view: { ...model.get('view'), variant: 'Numbers 2' } }"
    )
    page.get_by_role("button", name="New numbers").click()
    page.wait_for_function("document.activeElement.tagName === 'INPUT'")
    assert focused(page) == "Order quantity"
    assert field(page, "Order quantity").input_value() == ""
    assert "Numbers 2" in announced(page)


def test_hints_are_shown_announced_and_end(show: Any) -> None:
    page = show(view("quantity"))
    page.evaluate(
        "model.next = { view: { ...model.get('view'), hints: ['Think of the root.'], hints_left: 0 } }"
    )
    page.get_by_role("button", name="Hint").click()
    page.get_by_text("Think of the root.").first.wait_for()
    expect(page.locator("[aria-busy=false]")).to_have_count(1)
    assert announced(page).startswith("Hint: Think")
    page.get_by_role("button", name="Hint (none left)").click(force=True)
    assert len(sent(page)) == 1


def test_a_dead_kernel_is_said_and_the_card_can_be_used_again(show: Any) -> None:
    page = show(view("quantity"))
    page.evaluate("model.mute = true")
    page.clock.install(time=0)
    page.clock.pause_at(1000)  # from here on time passes only as told, however slow the machine
    page.get_by_role("button", name="Check").click()
    page.clock.run_for(7900)
    assert page.get_by_text(SILENT).count() == 0
    page.clock.run_for(200)
    assert page.locator(".pk-error").text_content() == SILENT
    assert announced(page) == SILENT
    assert page.locator("[aria-busy=true]").count() == 0
    page.evaluate("model.reply(model.sent.at(-1))")  # the answer comes late after all
    assert page.locator(".pk-error").text_content() == ""


def test_a_closed_comm_is_said_at_once(show: Any) -> None:
    page = show(view("quantity"))
    page.evaluate("model.closed = true")
    page.get_by_role("button", name="Check").click()
    assert page.locator(".pk-error").text_content() == SILENT
    assert page.get_by_role("button", name="Check").get_attribute("aria-disabled") == "false"


def test_an_error_from_python_is_shown_as_a_line(show: Any) -> None:
    page = show(view("quantity"))
    page.evaluate("model.error = 'The journal could not be written.'")
    press(page, "Check")
    assert page.locator(".pk-error").text_content() == "The journal could not be written."
    assert announced(page) == "The journal could not be written."


def test_ten_thousand_characters_pass_and_more_are_cut(show: Any) -> None:
    page = show(view("quantity"))
    field(page, "Order quantity").fill("9" * 25_000)
    page.get_by_role("button", name="Check").click()
    assert len(sent(page)[0]["answers"]["quantity"]) == 10_000


def test_two_views_of_one_model_show_the_same_answers_and_verdict(show: Any) -> None:
    page = show(view("quantity"), twice=True)
    page.locator("#card input").fill("123")
    assert page.locator("#second input").input_value() == "123"
    change(page, verdict=verdict("quantity"))
    assert page.locator("[data-state=right] > input").count() == 2
    ids = page.evaluate("[...document.querySelectorAll('[id]')].map((node) => node.id)")
    assert len(ids) == len(set(ids))


def test_a_card_that_left_the_page_listens_no_more(show: Any) -> None:
    page = show(view("quantity"))
    assert page.evaluate("(leave(), Object.values(model.heard).flat().length)") == 0


def test_no_key_reaches_the_page_around_the_card(show: Any) -> None:
    page = show(EVERY)
    field(page, "Net requirements, week 3").click()
    page.keyboard.type("12")
    for key in ("Enter", "Escape", "ArrowUp", "Control+A", "Control+C", "Control+X", "Control+V"):
        page.keyboard.press(key)
    page.get_by_role("button", name="Hint").focus()
    page.keyboard.press("a")
    assert page.evaluate("keys") == []
    page.keyboard.press("Control+S")  # the one that Lab should have: it saves the lesson
    assert page.evaluate("keys")[0] == "keydown"


# ---- grids


def test_arrows_enter_and_tab_walk_the_open_cells(show: Any) -> None:
    page = show(view("record"))
    field(page, "Projected available, week 1").click()
    walk = [
        ("ArrowDown", "Net requirements, week 1"),  # over the given line
        ("ArrowRight", "Net requirements, week 2"),
        ("Tab", "Net requirements, week 3"),
        ("Shift+Tab", "Net requirements, week 2"),
        ("Enter", "Planned releases, week 2"),
        ("Enter", "Class, week 2"),
        ("Enter", "Projected available, week 3"),  # at the foot, to the head of the next column
        ("Shift+Enter", "Projected available, week 3"),
        ("ArrowLeft", "Projected available, week 2"),
    ]
    for key, where in walk:
        page.keyboard.press(key)
        assert focused(page) == where, key
    assert sent(page) == []
    page.keyboard.press("Control+Enter")
    assert sent(page)[0]["do"] == "check"


def test_enter_in_the_last_cell_stays(show: Any) -> None:
    page = show(view("lots"))
    field(page, "Order, 4").click()
    page.keyboard.press("Enter")
    assert focused(page) == "Order, 4"


def test_typing_overwrites_a_cell_and_the_caret_moves_inside_a_typed_one(show: Any) -> None:
    page = show(view("record"), answers={"record": {"net": {"2": "15"}}})
    field(page, "Net requirements, week 1").click()
    page.keyboard.press("ArrowRight")
    page.keyboard.type("70")
    page.keyboard.press("ArrowLeft")  # within the figure: between 7 and 0
    page.keyboard.type("5")
    assert field(page, "Net requirements, week 2").input_value() == "750"
    page.keyboard.press("Escape")
    assert field(page, "Net requirements, week 2").input_value() == "15"
    assert answers(page)["record"]["net"]["2"] == "15"


@pytest.mark.parametrize("newline", ["\n", "\r\n"])
def test_a_block_from_a_spreadsheet_fills_cells_and_says_what_did_not_fit(show: Any, newline: str) -> None:
    page = show(view("record"))
    field(page, "Net requirements, week 6").click()
    rows = ["1\t2\t3\t4", "5\t6,5\t7", "A", "9"]  # week 9 and a fifth line do not exist; release 8 is given
    paste(page, newline.join(rows) + newline)
    record = answers(page)["record"]
    assert [record["net"][week] for week in "678"] == ["1", "2", "3"]
    assert [record["release"][week] for week in "67"] == ["5", "6,5"]
    assert record["class"]["6"] == "A"
    said = page.locator(".pk-note").text_content()
    assert said == (
        "Pasted: 6 cells filled. 1 value fell on given cells and were left out. 2 values did not fit and were left out."
    )
    assert announced(page) == said


def test_a_row_and_a_column_can_be_pasted_and_a_cell_copied(show: Any) -> None:
    page = show(view("record"))
    field(page, "Projected available, week 1").click()
    paste(page, "35\t30\t25\t20\t15\t10\t5\t0\n")
    assert list(answers(page)["record"]["available"].values()) == [
        "35",
        "30",
        "25",
        "20",
        "15",
        "10",
        "5",
        "0",
    ]
    field(page, "Planned releases, week 1").click()
    paste(page, "40\nB")
    record = answers(page)["record"]
    assert (record["release"]["1"], record["class"]["1"]) == ("40", "B")
    page.keyboard.press("Control+C")
    page.wait_for_function("async () => await navigator.clipboard.readText() === '40'")


def test_one_value_pasted_over_a_number_replaces_it_and_several_are_not_joined(show: Any) -> None:
    page = show(view("quantity"), answers={"quantity": "1"})
    field(page, "Order quantity").click()
    paste(page, "1.250,5")
    assert field(page, "Order quantity").input_value() == "1.250,5"
    paste(page, "12\n34")
    assert field(page, "Order quantity").input_value() == "12"
    assert "1 value did not fit" in page.locator(".pk-note").text_content()


def test_a_plan_without_columns_takes_a_column_and_enter_checks(show: Any) -> None:
    page = show(view("policy"))
    field(page, "Reorder point").click()
    paste(page, "120\n850\n")
    assert answers(page)["policy"] == {"r": "120", "Q": "850"}
    page.keyboard.press("Enter")
    assert sent(page)[0]["answers"] == {"policy": {"r": "120", "Q": "850"}}


# ---- choices and orders


def test_choices_send_ids_and_enter_checks(show: Any) -> None:
    page = show(view("why", "which"))
    page.get_by_label("Near its lowest point the cost curve is flat.").check()
    page.get_by_label("Demand is steady.").check()
    page.get_by_label("The price is the same at any quantity.").check()
    page.keyboard.press("Enter")
    assert sent(page)[0]["answers"] == {"why": "flat", "which": ["steady", "price"]}


def test_an_order_moves_by_keyboard_and_buttons_and_says_where(show: Any) -> None:
    page = show(view("rank"))
    press(page, "Check")
    assert sent(page)[0]["answers"] == {"rank": None}  # not touched yet
    page.locator("li", has_text="A-10").focus()
    page.keyboard.press("Alt+ArrowDown")
    assert announced(page) == "A-10, now 2 of 5"
    assert answers(page)["rank"] == ["B-10", "A-10", "C-10", "D-10", "E-10"]
    assert page.evaluate("document.activeElement.textContent.includes('A-10')")
    page.keyboard.press("ArrowDown")
    assert page.evaluate("document.activeElement.textContent.includes('C-10')")
    page.get_by_role("button", name="Move E-10 up").click()
    assert announced(page) == "E-10, now 4 of 5"
    for _ in range(4):
        page.keyboard.press("Alt+ArrowUp")
    assert answers(page)["rank"] == ["E-10", "B-10", "A-10", "C-10", "D-10"]


def test_an_order_is_dragged_with_the_mouse(show: Any) -> None:
    page = show(view("rank"))
    start = page.locator("li", has_text="B-10").bounding_box()
    end = page.locator("li", has_text="D-10").bounding_box()
    page.mouse.move(start["x"] + 60, start["y"] + 10)
    page.mouse.down()
    page.mouse.move(start["x"] + 60, end["y"] + 10, steps=12)
    page.mouse.up()
    expect(page.locator("[aria-live=polite]")).to_have_text("B-10, now 4 of 5")
    assert answers(page)["rank"] == ["A-10", "C-10", "D-10", "B-10", "E-10"]


def test_answers_from_python_fill_every_kind(show: Any) -> None:
    order = ["E-10", "D-10", "C-10", "B-10", "A-10"]
    page = show(EVERY, answers={**TYPED, "rank": order})
    assert field(page, "Order quantity").first.input_value() == "848,5"
    assert page.get_by_label("Larger orders are cheaper a unit.").is_checked()
    assert page.get_by_label("Shortages are allowed.").is_checked()
    assert page.locator("li .pk-item").all_text_contents() == order
    assert field(page, "Net requirements, week 3").input_value() == "5"
    assert field(page, "Reorder point").input_value() == "120"
    page.get_by_role("button", name="Check").click()
    got = sent(page)[0]["answers"]
    assert got["rank"] == order
    assert got["record"]["available"]["2"] == "65"


@pytest.mark.parametrize(
    "junk", [None, 5, "text", [1, [2]], {"quantity": {"a": 1}, "rank": ["A-10", "nope"], "record": 7}]
)
def test_garbage_in_the_traits_breaks_nothing(show: Any, junk: Any) -> None:
    page = show(
        EVERY,
        answers=junk,
        verdict={"count": 1, "state": "odd", "parts": {"record": {"cells": [1]}, "why": None}},
    )
    assert page.get_by_role("button", name="Check").count() == 1


# ---- verdicts


def test_a_verdict_is_painted_described_and_announced_even_when_it_repeats(show: Any) -> None:
    page = show(view("quantity", "orders"), answers={"quantity": "848.5", "orders": "0.118"})
    change(page, verdict=verdict("quantity", "orders"))
    bad = field(page, "Orders a year")
    assert bad.get_attribute("aria-invalid") == "true"
    assert bad.get_attribute("title") == "Not yet"
    described = bad.evaluate(
        "(node) => node.getAttribute('aria-describedby').split(' ').map((id) => document.getElementById(id).textContent).join(' | ')"
    )
    assert "1/year" in described
    assert "Divide the demand by the quantity." in described
    assert page.locator("[data-state=right] > .pk-sign").first.text_content() == "✓"
    assert "Exact value: 848.53 units." in page.locator(".pk-verdict").text_content()
    first = announced(page)
    assert first.startswith("Check 1. Partly right")
    change(page, verdict=verdict("quantity", "orders", count=2))
    assert announced(page) == first.replace("Check 1", "Check 2")
    bad.fill("7")  # the sign goes with the answer it judged
    assert bad.get_attribute("aria-invalid") is None
    assert bad.get_attribute("title") == ""


def test_each_judged_cell_has_sign_color_and_description(show: Any) -> None:
    page = show(view("record"), answers=TYPED, verdict=verdict("record"))
    cells = {
        "Projected available, week 1": ("✓", "Right"),
        "Projected available, week 3": ("◐", "Partly right: Near, but too coarse."),
        "Projected available, week 4": ("?", "Not readable: This is not a number."),
        "Net requirements, week 3": ("✗", "Not yet: Safety stock is left out."),
        "Net requirements, week 5": ("–", "Empty"),
    }
    colors = set()
    for name, (sign, words) in cells.items():
        box = field(page, name).locator("xpath=..")
        assert box.locator(".pk-sign").text_content() == sign
        assert box.locator(".pk-sr").text_content() == words
        assert field(page, name).get_attribute("title") == words
        colors.add(box.locator(".pk-sign").evaluate("(node) => getComputedStyle(node).color"))
    assert len(colors) == 4  # right, partly, wrong; unreadable and empty share the gray
    field(page, "Net requirements, week 3").focus()
    assert page.locator(".pk-note").text_content() == "Net requirements, week 3: Safety stock is left out."
    assert page.get_by_text("Net requirements, week 3, 4: Safety stock is left out.").count() == 1


def test_nothing_from_python_or_the_learner_becomes_markup(show: Any) -> None:
    def poison(node: Any) -> Any:
        if isinstance(node, dict):
            keep = ("kind", "id", "state")
            return {k: v if k in keep else poison(v) for k, v in node.items()}
        if isinstance(node, list):
            return [poison(one) for one in node]
        return HOSTILE if isinstance(node, str) else node

    page = show(poison({**EVERY, "hints": ["h"], "solution": ["s"]}), verdict=poison(VERDICT), answers=TYPED)
    field(page, HOSTILE).first.fill(HOSTILE)
    press(page, "Check")
    page.evaluate("(said) => model.fire('msg:custom', { error: said })", HOSTILE)
    assert HOSTILE in page.locator(".pk-error").text_content()
    page.evaluate(  # as markup it would have run by the time that this, its twin, has
        "(said) => document.getElementById('second').innerHTML = said", HOSTILE.replace("hacked", "twin")
    )
    page.wait_for_function("window.twin === 1")
    assert page.evaluate("window.hacked") is None
    assert page.locator("#card img, #card script").count() == 0


# ---- looks and accessibility


@pytest.mark.parametrize("theme", ["light", "dark", "bare page, dark system"])
@pytest.mark.parametrize("width", [1000, 320])
def test_axe_finds_nothing(show: Any, theme: str, width: int) -> None:
    from axe_playwright_python.sync_playwright import Axe

    page = show(
        {**EVERY, "hints": ["Think."], "solution": ["Q = 848.53"], "notice": "The table is missing."},
        dark={"light": False, "dark": True}.get(theme),
        answers=TYPED,
        verdict=VERDICT,
    )
    if theme.startswith("bare"):
        page.emulate_media(color_scheme="dark")
    page.set_viewport_size({"width": width, "height": 900})
    page.evaluate("model.fire('msg:custom', { error: 'The journal could not be written.' })")
    settle(page)
    found = Axe().run(page, context="#card")
    assert found.response["violations"] == [], found.generate_report()
    paper = page.locator(".pk-card").evaluate("(node) => getComputedStyle(node).backgroundColor")
    assert (paper == "rgb(255, 255, 255)") is (theme == "light")


def test_a_narrow_page_scrolls_the_grid_and_not_itself(show: Any) -> None:
    page = show(EVERY)
    settle(page)
    assert page.locator(".pk-scroll[tabindex]").count() == 0
    page.set_viewport_size({"width": 320, "height": 700})
    box = page.get_by_role("region", name="MRP record of bracket B-204, table")
    box.wait_for()
    assert box.get_attribute("tabindex") == "0"
    assert page.evaluate("document.documentElement.scrollWidth") <= 320
    field(page, "Net requirements, week 8").focus()
    expect(field(page, "Net requirements, week 8")).to_be_in_viewport(ratio=0.9)


def test_eight_weeks_fit_into_lab_in_a_small_window(show: Any) -> None:
    card = Card("materials.stock_projection")
    variant = card.attempt.variant
    key = variant.problem.part("record").type(variant.key.record)
    assert max(len(cells) for cells in key.values()) == 8
    card.submit(record={line: dict.fromkeys(cells, "1,250") for line, cells in key.items()})
    page = show(card.view, answers=card.answers, verdict=card.verdict)
    page.evaluate("width => { document.getElementById('card').style.width = `${width}px`; }", LAB_CELL)
    settle(page)
    assert page.locator("#card").evaluate("node => [node.scrollWidth, node.clientWidth]") == [LAB_CELL] * 2
    boxes = page.locator(".pk-scroll").evaluate_all("all => all.map((b) => b.scrollWidth - b.clientWidth)")
    assert len(boxes) == 2  # the facts, the grid
    assert max(boxes) == 0
    cut = page.locator(".pk-grid .pk-input").evaluate_all(
        "all => all.map((i) => i.scrollWidth - i.clientWidth)"
    )
    assert len(cut) == 40
    assert max(cut) == 0  # nor is a figure cut off in its cell
    page.evaluate("document.getElementById('card').style.width = '600px'")  # narrower, and it does scroll
    page.locator(".pk-scroll[tabindex]").wait_for()


def test_a_grid_card_may_grow_and_no_heading_stands_inside(show: Any) -> None:
    page = show(view("quantity"))
    narrow = page.locator(".pk-card").bounding_box()["width"]
    wide = show(view("record")).locator(".pk-card").bounding_box()["width"]
    assert wide > narrow
    assert page.locator("h1, h2, h3, h4, h5, h6").count() == 0
    assert page.get_by_role("group", name="Economic order quantity").count() == 1


def test_nothing_moves_when_a_cell_is_taken_or_a_paste_is_reported(show: Any) -> None:
    page = show(view("record"), answers=TYPED, verdict=verdict("record"))
    before = page.get_by_role("button", name="Check").bounding_box()
    field(page, "Net requirements, week 3").click()
    assert page.get_by_role("button", name="Check").bounding_box() == before
    paste(page, "1\t2")
    assert page.get_by_role("button", name="Check").bounding_box() == before
