"""Explorers and charts in JupyterLab, in real Chromium: dials by key and by typing, targets, looks."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import expect

ALIVE = 240_000  # ms for the notebook to come alive on a loaded machine
CODE = (
    "from prodkit import Plant, charts, materials\nfrom prodkit.widgets import explorers\nplant = Plant.sample('metal')",
    "charts.eoq_curve(materials.economic_order_quantity(7200, 80, 19), unit='coils', currency='USD')",
    "explorers.eoq_curve(plant, 'coil-2mm')",
    "explorers.service_against_stock(plant, 'lock-cam')",
    "explorers.lot_race(plant, 'coil-2mm')",
    """from prodkit.charts import Chart
minutes = {"a": 4, "b": 5, "c": 3, "d": 6}
explorers.Explorer(
    title="Bench", about="Balance it.",
    dials=[explorers.Board("line", "Who does what", tuple(explorers.Chip(i, i.upper(), f"{m} min") for i, m in minutes.items()),
        (("one", "Station 1"), ("two", "Station 2")), start={"one": list("abcd")},
        notes=lambda y: {lane: f"{sum(minutes[i] for i in row)} min" for lane, row in y.items()},
        faults=lambda y: {"c": "must come after A"} if list(y["one"] + y["two"]).index("c") < list(y["one"] + y["two"]).index("a") else {})],
    compute=lambda line: line, figures=lambda y: [explorers.Row("Longest", max(sum(minutes[i] for i in row) for row in y.values()), "min")],
    picture=lambda y: Chart("Station", "Minutes").finish("Loads", "Two stations."),
    targets=[explorers.Target("Bring the longest to 9 min.", lambda y: all(sum(minutes[i] for i in row) <= 9 for row in y.values()), lambda y: "Even.")],
)""",
)


@pytest.fixture(scope="module")
def lessons(tmp_path_factory) -> Path:
    folder: Path = tmp_path_factory.mktemp("lessons")
    cells: list[dict[str, Any]] = [
        {
            "cell_type": "code",
            "id": f"c{i}",
            "metadata": {},
            "execution_count": None,
            "outputs": [],
            "source": [code],
        }
        for i, code in enumerate(CODE)
    ]
    kernel = {"name": "python3", "display_name": "Python 3", "language": "python"}
    metadata = {"kernelspec": kernel, "prodkit": {"run_on_open": True}}
    notebook = {"cells": cells, "metadata": metadata, "nbformat": 4, "nbformat_minor": 5}
    (folder / "00_start_here.ipynb").write_text(json.dumps(notebook), encoding="utf-8")
    return folder


@pytest.fixture(scope="module")
def lab(serve, chromium, lessons):
    return serve("lab", lessons=lessons)


@pytest.fixture(scope="module")
def alive(lab, shared_page):
    """The notebook, opened once and run."""
    shared_page.set_viewport_size({"width": 1280, "height": 2600})
    shared_page.goto(lab.address("00_start_here.ipynb"))
    shared_page.locator(".pk-explorer .pk-rows").nth(3).wait_for(timeout=ALIVE)
    shared_page.wait_for_function(
        "[...document.images].every((one) => one.complete)"
    )  # nothing moves any more
    return shared_page


@pytest.fixture
def opened(alive):
    """The notebook, its dials as at the start; nothing may have gone wrong in its console."""
    for title in ("Order quantity", "Service against stock", "Lot race", "Bench"):
        one = explorer(alive, title)
        one.get_by_role("button", name="Reset").click()
        answered(one)
    yield alive
    assert alive.complaints == []


def explorer(page, title: str):
    return page.locator(".pk-explorer", has=page.locator(".pk-title", has_text=title))


def figure(one, label: str) -> str:
    """What stands under Now for a figure."""
    return str(
        one.locator(".pk-rows tr", has=one.page.get_by_role("rowheader", name=label))
        .locator("td")
        .first.inner_text()
    )


def answered(one) -> None:
    """Wait until Python has answered the last that was sent."""
    expect(one.locator("[aria-busy]")).to_have_attribute("aria-busy", "false")


def test_a_dial_is_moved_to_its_target_by_keys(opened) -> None:
    one = explorer(opened, "Order quantity")
    assert figure(one, "Above the lowest") == "26 %"
    slider = one.get_by_role("slider", name="Order quantity, slider")
    before = one.locator(".pk-picture").get_attribute("src")
    slider.focus()
    for _ in range(60):
        slider.press("ArrowRight")
    answered(one)
    expect(one.locator(".pk-targets strong", has_text="Reached.")).to_have_count(1)
    assert slider.get_attribute("aria-valuetext") == "125 coils"
    assert figure(one, "Above the lowest") == "0.1 %"
    assert one.locator(".pk-picture").get_attribute("src") != before
    assert "At 125 a time" in one.locator(".pk-picture").get_attribute("alt")
    assert "Target reached" in one.locator("[role=status]").inner_text()
    one.get_by_role("button", name="Reset").click()
    answered(one)
    assert one.locator(".pk-targets strong", has_text="Reached.").count() == 0
    assert one.get_by_role("textbox").input_value() == "65"


def test_a_plan_is_ticked_and_another_one_chosen(opened) -> None:
    one = explorer(opened, "Lot race")
    weeks = one.get_by_role("group", name="Your own plan: a lot comes in week").get_by_role("checkbox")
    assert weeks.count() == 12
    assert figure(one, "Your own plan") == figure(one, "Lot for lot")
    for week in (2, 3, 5, 6, 8, 9, 10, 12):  # what is left is the cheapest plan: 1, 4, 7, 11
        weeks.nth(week - 1).uncheck()
        answered(one)
    assert figure(one, "Your own above the cheapest") == "0 %"
    expect(one.locator(".pk-targets strong", has_text="Reached.")).to_have_count(1)
    one.get_by_role("combobox", name="Plan in the picture").select_option("lot_for_lot")
    answered(one)
    assert "12 orders in 12 weeks" in one.locator(".pk-picture").get_attribute("alt")
    one.get_by_role("button", name="Reset").click()
    answered(one)
    assert all(weeks.nth(i).is_checked() for i in range(12))


def chips(one) -> list[list[str]]:
    """What lies in each lane."""
    return [
        [chip.locator("span").first.inner_text() for chip in lane.locator(".pk-chip").all()]
        for lane in one.locator(".pk-lane").all()
    ]


def test_a_chip_is_moved_by_keys_and_keeps_the_focus(opened) -> None:
    one = explorer(opened, "Bench")
    one.locator(".pk-chip").first.focus()
    opened.keyboard.press("ArrowRight")
    opened.keyboard.press("ArrowRight")
    expect(one.locator(".pk-chip:focus")).to_contain_text("C")
    opened.keyboard.press("Alt+ArrowLeft")
    opened.keyboard.press("Alt+ArrowLeft")
    answered(one)
    assert chips(one) == [["C", "A", "B", "D"], []]
    expect(one.locator(".pk-chip:focus")).to_contain_text("C")
    assert "C, now 1 of 4 in Station 1" in one.locator("[role=status]").inner_text()
    assert one.locator(".pk-chip[data-state=wrong]").inner_text().startswith("C")
    assert "must come after A" in one.locator("[role=status]").inner_text()
    opened.keyboard.press("Alt+ArrowDown")
    answered(one)
    assert chips(one) == [["A", "B", "D"], ["C"]]
    assert one.locator(".pk-chip[data-state=wrong]").count() == 0
    assert one.locator(".pk-lane-note").all_inner_texts() == ["15 min", "3 min"]
    opened.keyboard.press("Tab")  # one chip of a board is in the tab order
    expect(one.locator(".pk-chip:focus")).to_have_count(0)


def test_a_chip_is_dragged_to_its_target(opened) -> None:
    one = explorer(opened, "Bench")
    one.scroll_into_view_if_needed()
    second = one.locator(".pk-lane").nth(1).bounding_box()
    chip = one.locator(".pk-chip", has_text="D").bounding_box()
    opened.mouse.move(chip["x"] + 10, chip["y"] + 10)
    opened.mouse.down()
    opened.mouse.move(second["x"] + 60, second["y"] + 20, steps=8)
    opened.mouse.up()
    answered(one)
    assert chips(one) == [["A", "B", "C"], ["D"]]
    first = one.locator(".pk-chip", has_text="D").bounding_box()
    chip = one.locator(".pk-chip", has_text="C").bounding_box()
    opened.mouse.move(chip["x"] + 10, chip["y"] + 10)
    opened.mouse.down()
    opened.mouse.move(first["x"] + 2, first["y"] + 10, steps=8)
    opened.mouse.up()
    answered(one)
    assert chips(one) == [["A", "B"], ["C", "D"]]
    assert figure(one, "Longest") == "9 min"
    expect(one.locator(".pk-targets strong", has_text="Reached.")).to_have_count(1)


def test_a_dial_is_typed_with_a_decimal_comma_and_garbage_is_told(opened) -> None:
    one = explorer(opened, "Order quantity")
    field = one.get_by_role("textbox", name="Order quantity")
    field.fill("141,5 coils")
    field.press("Enter")
    answered(one)
    assert field.input_value() == "141.5"
    assert one.get_by_role("slider").get_attribute("aria-valuetext") == "142 coils"
    field.fill("<img src=x onerror=alert(1)>")
    field.press("Enter")
    answered(one)
    assert one.locator(".pk-fault", has_text="That is not a number.").is_visible()
    assert field.get_attribute("aria-invalid") == "true"
    assert one.locator("img").count() == 1
    field.press("Escape")
    answered(one)
    assert field.input_value() == "141.5"
    assert field.get_attribute("aria-invalid") == "false"


def test_typing_in_a_dial_is_no_shortcut_of_lab(opened) -> None:
    cells = opened.locator(".jp-Cell").count()
    one = explorer(opened, "Service against stock")
    field = one.get_by_role("textbox").first
    field.click()
    for key in "abdxm":
        field.press(key)
    assert "abdxm" in field.input_value()
    opened.locator(".jp-CodeCell .cm-content").last.click()
    opened.locator(".cm-content:focus").wait_for()
    opened.keyboard.press("Escape")
    opened.locator(".jp-Notebook.jp-mod-commandMode").wait_for()
    opened.keyboard.press("b")  # in the notebook the same key is a shortcut, and no other came before it
    expect(opened.locator(".jp-Cell")).to_have_count(cells + 1)
    assert opened.locator(".jp-MarkdownCell").count() == 0
    answered(one)  # leaving the field has sent what stood there
    assert one.locator(".pk-fault", has_text="That is not a number.").is_visible()


def test_a_drag_ends_where_the_mouse_let_go(opened) -> None:
    one = explorer(opened, "Service against stock")
    slider = one.get_by_role("slider", name="Its standard deviation, slider")
    slider.scroll_into_view_if_needed()
    box = slider.bounding_box()
    middle = box["y"] + box["height"] / 2
    opened.mouse.move(box["x"] + 0.64 * box["width"], middle)
    opened.mouse.down()
    for share in range(62, 18, -2):
        opened.mouse.move(box["x"] + share / 100 * box["width"], middle)
    opened.mouse.up()
    now = slider.get_attribute("aria-valuetext")
    assert float(now.split()[0]) < 0.6
    level = one.get_by_role("textbox", name="Service level")
    level.fill("98 %")
    level.press("Enter")
    answered(one)
    assert one.locator(".pk-targets strong", has_text="Reached.").count() == 1
    assert level.input_value() == "98"
    assert slider.get_attribute("aria-valuetext") == now
    assert "less than before" in one.locator(".pk-picture").get_attribute("alt")


def test_a_chart_has_alt_text(opened) -> None:
    image = opened.locator(".jp-RenderedHTMLCommon img").first
    assert image.get_attribute("alt").startswith("Order 246 at a time: 20 % more or less")
    expect(image).to_have_js_property("naturalWidth", 1152)


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_axe_finds_nothing_serious_in_either_theme(opened, theme, tmp_path) -> None:
    from axe_playwright_python.sync_playwright import Axe

    is_light = str(theme == "light").lower()
    if opened.locator("body").get_attribute("data-jp-theme-light") != is_light:
        opened.get_by_role("menuitem", name="Settings").click()
        opened.locator(".lm-Menu-itemLabel", has_text="Theme").first.click()
        opened.get_by_text(f"JupyterLab {theme.title()}", exact=True).click()
    expect(opened.locator("body")).to_have_attribute("data-jp-theme-light", is_light)
    one = explorer(opened, "Order quantity")
    field = one.get_by_role("textbox")
    field.fill("132")
    field.press("Enter")
    answered(one)
    assert one.locator(".pk-targets strong", has_text="Reached.").count() == 1
    field.fill("many")
    field.press("Enter")
    answered(one)
    assert one.locator(".pk-fault", has_text="That is not a number.").is_visible()
    for i in range(2):
        opened.locator(".pk-explorer").nth(i).screenshot(path=tmp_path / f"{theme}{i}.png")
    for scope in (".pk-explorer", ".jp-RenderedHTMLCommon img"):
        found = Axe().run(opened, context=scope).response
        assert found["passes"], "axe looked at nothing"
        assert [v["id"] for v in found["violations"] if v["impact"] in ("serious", "critical")] == []


def test_the_same_explorer_without_code(serve, lessons, page) -> None:
    app = serve("app", lessons=lessons)
    page.goto(app.address("00_start_here.ipynb"))
    one = explorer(page, "Order quantity")
    field = one.get_by_role("textbox", name="Order quantity")
    field.wait_for(timeout=ALIVE)
    field.fill("132")
    field.press("Enter")
    one.locator(".pk-targets strong", has_text="Reached.").wait_for()
    expect(page.get_by_alt_text("Order 246 at a time")).to_have_count(1)
