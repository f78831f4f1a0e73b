"""Practice and the plant picker in Chromium: on a bare page, in JupyterLab, and in the app."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import expect

from prodkit.exercises import Attempt
from prodkit.widgets import PlantPicker, Practice

HERE = Path(__file__).parent
ALIVE = 120_000  # ms for the notebook to come alive on a loaded machine
HOSTILE = "<img src=x onerror=window.hacked=1>"
DATA = json.loads((HERE / "card_views.json").read_text(encoding="utf-8"))
OFFER = {
    "groups": [
        {"label": "Level 1", "problems": [{"id": "a", "text": "Turns · level 1 · 3 min", "right": True},
                                          {"id": "b", "text": f"{HOSTILE} · level 1", "right": False}]},
        {"label": HOSTILE, "problems": [{"id": "c", "text": "Waits · level 2 · 6 min", "right": False}]},
    ],
    "picked": "b",
    "said": "1 of 3 right so far.",
}  # fmt: skip
PLANTS = {"names": {"metal": "Halden Metal, metal", "mine.xlsx": HOSTILE}, "picked": "metal", "said": "Every lesson shows Halden Metal.", "fault": ""}  # fmt: skip


@pytest.fixture
def show(chromium: Any) -> Iterator[Callable[..., Any]]:
    """A widget on a page of its own, its model `window.model`. No error may reach the console."""
    context = chromium.new_context(viewport={"width": 1000, "height": 900})
    faults: list[str] = []

    def opened(kind: type[Practice] | type[PlantPicker], dark: bool = False, **state: Any) -> Any:
        page = context.new_page()
        page.on("pageerror", lambda fault: faults.append(str(fault)))
        page.on("console", lambda line: faults.append(line.text) if line.type == "error" else None)
        html = (
            '<!doctype html><html lang="en"><head><title>Practice</title></head>'
            f'<body data-jp-theme-light="{str(not dark).lower()}"><main><div id="card"></div></main></body></html>'
        )
        page.route("http://localhost/", lambda route: route.fulfill(body=html, content_type="text/html"))
        page.goto("http://localhost/")
        page.add_style_tag(content=kind._css)
        page.add_script_tag(path=HERE / "card_model.js")
        page.evaluate(
            """async ([source, state]) => {
                const url = URL.createObjectURL(new Blob([source], { type: "text/javascript" }));
                window.model = new Model(state);
                window.keys = [];
                for (const kind of ["keydown", "keyup", "keypress"]) document.addEventListener(kind, () => window.keys.push(kind));
                window.leave = (await import(url)).default.render({ model, el: document.getElementById("card") });
            }""",
            [kind._esm, state],
        )
        return page

    yield opened
    context.close()
    assert not faults


def practice_page(show: Any, dark: bool = False, **more: Any) -> Any:
    view = {**DATA["view"], "parts": [DATA["parts"]["quantity"]]}
    return show(Practice, dark, view=view, answers={}, verdict=None, offer={**OFFER, **more})


def sent(page: Any) -> list[dict[str, Any]]:
    """What the widget has sent, without the running numbers."""
    return [{k: v for k, v in one.items() if k != "seq"} for one in page.evaluate("model.sent")]


def test_the_list_is_grouped_named_and_marks_what_is_right(show: Any) -> None:
    page = practice_page(show)
    group = page.get_by_role("group", name="Practice")
    choice = group.get_by_role("combobox", name="Problem")
    expect(choice).to_have_value("b")
    assert choice.locator("optgroup").evaluate_all("(all) => all.map((one) => one.label)") == [
        "Level 1",
        HOSTILE,
    ]
    assert choice.locator("option").all_inner_texts() == ["✓ right · Turns · level 1 · 3 min", f"{HOSTILE} · level 1", "Waits · level 2 · 6 min"]  # fmt: skip
    expect(group.get_by_role("status")).to_have_text("1 of 3 right so far.")
    expect(page.locator(".pk-card")).to_have_count(2)
    assert page.evaluate("window.hacked") is None
    assert page.locator("#card img").count() == 0


def test_choosing_sends_the_problem_and_the_card_beneath_follows(show: Any) -> None:
    page = practice_page(show)
    page.get_by_role("combobox", name="Problem").select_option("c")
    assert sent(page) == [{"do": "pick", "problem": "c"}]
    view = json.dumps({**DATA["view"], "title": "Waits", "parts": [DATA["parts"]["why"]]})
    page.evaluate(f"model.set('view', {view})")
    expect(page.get_by_role("group", name="Waits")).to_be_visible()
    page.evaluate("model.set('offer', { ...model.get('offer'), picked: '' , said: 'None.' })")
    expect(page.get_by_role("combobox", name="Problem")).to_have_value("")
    expect(page.get_by_role("combobox", name="Problem").locator("option:checked")).to_contain_text(
        "Picked for you"
    )
    page.get_by_role("button", name="Pick for me").click()
    assert sent(page)[-1] == {"do": "mix"}


def test_it_all_goes_by_keyboard_and_no_key_reaches_the_page(show: Any) -> None:
    page = practice_page(show)
    page.keyboard.press("Tab")
    expect(page.get_by_role("combobox", name="Problem")).to_be_focused()
    page.keyboard.press("ArrowDown")
    page.wait_for_function("model.sent.length === 1")
    assert sent(page) == [{"do": "pick", "problem": "c"}]
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    page.wait_for_function("model.sent.length === 2")
    page.keyboard.press("Tab")
    expect(page.locator(".pk-input").first).to_be_focused()
    assert page.evaluate("window.keys.filter((kind) => kind !== 'keyup')") == ["keydown"], (
        "only the first Tab, from outside"
    )


def test_a_fault_a_silence_and_a_lost_connection_are_said(show: Any) -> None:
    page = practice_page(show)
    alert = page.get_by_role("group", name="Practice").get_by_role("alert")
    page.evaluate("model.error = 'This list has no such problem.'")
    page.get_by_role("button", name="Pick for me").click()
    expect(alert).to_have_text("This list has no such problem.")
    page.evaluate("model.error = ''")
    page.get_by_role("button", name="Pick for me").click()
    expect(alert).to_have_text("")
    page.evaluate("model.mute = true")
    page.get_by_role("button", name="Pick for me").click()
    expect(alert).to_contain_text("No answer from Python", timeout=20_000)
    page.evaluate("model.closed = true")
    page.get_by_role("button", name="Pick for me").click()
    expect(alert).to_contain_text("No answer from Python")


def test_check_works_beneath_and_leaving_lets_go(show: Any) -> None:
    page = practice_page(show)
    page.locator(".pk-input").first.fill("848,5")
    page.locator(".pk-input").first.press("Enter")
    page.wait_for_function("model.sent.some((one) => one.do === 'check')")
    page.evaluate("leave()")
    assert page.evaluate("Object.values(model.heard).flat().length") == 0


def test_the_picker_sends_the_choice_and_shows_every_line_of_a_fault(show: Any) -> None:
    page = show(PlantPicker, offer=PLANTS)
    picker = page.get_by_role("group", name="The plant of your course")
    picker.get_by_role("combobox", name="Plant").select_option("mine.xlsx")
    assert sent(page) == [{"do": "choose", "plant": "mine.xlsx"}]
    page.evaluate(
        "model.set('offer', { ...model.get('offer'), fault: 'items!D14: found dream\\nitems!D15: found x' })"
    )
    expect(picker.get_by_role("alert")).to_contain_text("items!D15")
    expect(picker.get_by_role("combobox", name="Plant")).to_have_value("metal")
    picker.get_by_role("button", name="Look again").click()
    assert sent(page)[-1] == {"do": "look"}
    assert page.evaluate("window.hacked") is None
    page.evaluate("leave()")
    assert page.evaluate("Object.values(model.heard).flat().length") == 0


@pytest.mark.parametrize("dark", [False, True])
@pytest.mark.parametrize("width", [1000, 320])
def test_axe_finds_nothing(show: Any, dark: bool, width: int) -> None:
    from axe_playwright_python.sync_playwright import Axe

    for page in (
        practice_page(show, dark),
        show(PlantPicker, dark, offer={**PLANTS, "fault": "items!D14: found dream"}),
    ):
        page.set_viewport_size({"width": width, "height": 900})
        found = Axe().run(page, context="#card")
        assert found.response["violations"] == [], found.generate_report()
        assert page.evaluate("document.documentElement.scrollWidth") <= width


# ---- in the course


@pytest.fixture(scope="module")
def lessons(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder: Path = tmp_path_factory.mktemp("lessons")
    code = (
        "from prodkit import begin, plant_picker, practice\nplant_picker()",
        'practice("lesson.05.1", plant=begin())',
    )
    cells = [
        {
            "cell_type": "code",
            "id": f"c{i}",
            "metadata": {},
            "execution_count": None,
            "outputs": [],
            "source": [line],
        }
        for i, line in enumerate(code)
    ]
    metadata = {
        "kernelspec": {"name": "python3", "display_name": "Python 3", "language": "python"},
        "prodkit": {"run_on_open": True},
    }
    notebook = {"cells": cells, "metadata": metadata, "nbformat": 4, "nbformat_minor": 5}
    (folder / "00_start_here.ipynb").write_text(json.dumps(notebook), encoding="utf-8")
    return folder


@pytest.mark.parametrize("surface", ["lab", "app"])
def test_a_problem_is_chosen_solved_and_marked(serve: Any, lessons: Path, page: Any, surface: str) -> None:
    server = serve(surface, lessons=lessons)
    page.goto(server.address("00_start_here.ipynb"))
    picker = page.get_by_role("group", name="The plant of your course")
    expect(picker.get_by_role("combobox", name="Plant")).to_have_value("metal", timeout=ALIVE)
    desk = page.get_by_role("group", name="Practice", exact=True)
    choice = desk.get_by_role("combobox", name="Problem")
    expect(choice).to_be_visible(timeout=ALIVE)
    turn = Attempt("materials.eoq")
    choice.select_option("materials.eoq")
    card = page.get_by_role("group", name=re.compile(f"^{turn.problem.title}$"))
    expect(card).to_be_visible()
    key = turn.variant.key
    card.locator(".pk-input").nth(0).fill(f"{key.quantity:.2f}".replace(".", ","))
    card.locator(".pk-input").nth(1).fill(f"{key.orders:.4f}")
    card.locator(".pk-input").nth(1).press("Enter")
    expect(card.locator(".pk-headline")).to_contain_text("Right")
    expect(desk.get_by_role("status")).to_contain_text("1 of ")
    expect(choice.locator("option:checked")).to_contain_text("✓ right")
    desk.get_by_role("button", name="Pick for me").click()
    expect(page.get_by_role("group", name="Picked for you", exact=True)).to_be_visible()
    expect(choice).to_have_value("")
    assert page.complaints == []
    assert page.strangers == []
