"""Boards of the benches on a bare page in Chromium, with the explorer itself behind them: mouse, keys, looks."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import expect

from prodkit import Plant, methods
from prodkit.widgets import explorers
from prodkit.widgets.explorers import Explorer

HERE = Path(__file__).parent
SOURCE = (HERE.parents[1] / "prodkit" / "widgets" / "explorers" / "explorer.js").read_text(encoding="utf-8")


@pytest.fixture
def show(chromium: Any) -> Iterator[Callable[..., Any]]:
    """Show an explorer that answers, on a page of its own. No error may reach the console."""
    context = chromium.new_context(viewport={"width": 1000, "height": 1700})
    context.set_default_timeout(90_000)
    faults: list[str] = []

    def opened(explorer: Explorer, *, width: int = 1000, is_dark: bool = False) -> Any:
        page = context.new_page()
        page.set_viewport_size({"width": width, "height": 1700})
        page.on("pageerror", lambda fault: faults.append(str(fault)))
        page.on("console", lambda line: faults.append(line.text) if line.type == "error" else None)

        def ask(message: dict[str, Any]) -> dict[str, Any]:
            explorer._receive(explorer, message, [])
            return dict(explorer.state)

        page.expose_function("ask", ask)
        html = (
            '<!doctype html><html lang="en"><head><title>Bench</title></head>'
            f'<body data-jp-theme-light="{str(not is_dark).lower()}"><main id="here"></main></body></html>'
        )
        page.route("http://localhost/", lambda route: route.fulfill(body=html, content_type="text/html"))
        page.goto("http://localhost/")
        page.add_style_tag(content=Explorer._css)
        page.add_script_tag(path=HERE / "card_model.js")
        page.evaluate(
            """async ([source, state]) => {
                const url = URL.createObjectURL(new Blob([source], { type: "text/javascript" }));
                const model = window.model = new Model(state);
                model.send = (content) => window.ask(content).then((next) => {
                    model.set("state", next);
                    model.reply(content);
                });
                (await import(url)).default.render({ model, el: document.getElementById("here") });
            }""",
            [SOURCE, {"view": explorer.view, "state": explorer.state}],
        )
        return page

    yield opened
    context.close()
    assert faults == []


def lane(page: Any, number: int) -> Any:
    return page.locator(".pk-lane").nth(number)


def chips(page: Any, number: int) -> list[str]:
    return [
        text.split()[0]
        for text in lane(page, number).locator(".pk-chip > span:first-child").all_inner_texts()
    ]


def answered(page: Any) -> None:
    expect(page.locator("[aria-busy]")).to_have_attribute("aria-busy", "false")


def drag(page: Any, chip: Any, *over: Any) -> None:
    """Press a chip, go over these lanes one after another, and let go."""
    box = chip.bounding_box()
    page.mouse.move(box["x"] + 12, box["y"] + 12)
    page.mouse.down()
    for one in over:
        to = one.bounding_box()
        page.mouse.move(to["x"] + to["width"] - 8, to["y"] + to["height"] / 2, steps=4)
    page.mouse.up()
    answered(page)


def test_on_a_floor_two_areas_change_places_and_none_on_the_way(show: Callable[..., Any]) -> None:
    bench = explorers.layout_bench("metal")
    page = show(bench)
    start = [chips(page, i)[0] for i in range(7)]
    drag(page, lane(page, 0).locator(".pk-chip"), lane(page, 1), lane(page, 2), lane(page, 4))
    wanted = [start[4], *start[1:4], start[0], *start[5:]]
    assert [chips(page, i) for i in range(7)] == [[one] for one in wanted]
    assert [row[0].split()[0] for row in bench.values["places"].values()] == wanted
    expect(page.locator(".pk-rows tr", has_text="Areas moved").locator("td").first).to_have_text("2")
    chip = lane(page, 4).locator(".pk-chip")
    expect(chip).to_be_focused()
    chip.press("Alt+ArrowUp")
    answered(page)
    wanted[3], wanted[4] = wanted[4], wanted[3]
    assert [chips(page, i)[0] for i in range(7)] == wanted
    assert [row[0].split()[0] for row in bench.values["places"].values()] == wanted
    expect(lane(page, 3).locator(".pk-chip")).to_be_focused()
    assert f"{start[0]}, now 1 of 1 in Place 4" in page.locator("[role=status]").inner_text()
    page.get_by_role("button", name="Reset").click()
    answered(page)
    assert [chips(page, i)[0] for i in range(7)] == start


def test_a_task_dropped_too_early_is_said_and_shown_and_keys_bring_it_back(show: Callable[..., Any]) -> None:
    bench = explorers.line_bench("metal", "locker line")
    page = show(bench)
    last = max(i for i, row in enumerate(bench.values["tasks"].values()) if row)
    before = bench.values
    chip = lane(page, last).locator(".pk-chip").last
    name = chip.locator("span").first.inner_text()
    drag(page, chip, lane(page, 0))
    assert name.split()[0] in bench.values["tasks"]["1"]
    moved = lane(page, 0).locator(".pk-chip", has_text=name)
    expect(moved).to_have_attribute("data-state", "wrong")
    expect(moved.locator(".pk-sign")).to_have_text("✗")
    expect(page.locator(".pk-board > .pk-fault")).to_contain_text(f"{name.split()[0]} comes after")
    for _ in range(last):
        page.keyboard.press("Alt+ArrowDown")
        answered(page)
    assert {k: set(row) for k, row in bench.values["tasks"].items()} == {k: set(row) for k, row in before["tasks"].items()}  # fmt: skip
    expect(page.locator(".pk-board > .pk-fault")).to_have_text("")


def test_a_line_is_balanced_by_keys_alone(show: Callable[..., Any]) -> None:
    bench = explorers.line_bench("metal", "locker line")
    page = show(bench)
    best = methods.line_balance(Plant.sample("metal"), line="locker line", stations=5)
    at = {task: station.number for station in best.stations for task in station.tasks}
    for task, wanted in at.items():
        now = next(int(k) for k, row in bench.values["tasks"].items() if task in row)
        page.locator(".pk-chip", has_text=re.compile(f"^{task} ")).focus()
        for _ in range(abs(wanted - now)):
            page.keyboard.press("Alt+ArrowDown" if wanted > now else "Alt+ArrowUp")
            answered(page)
    assert bench.reached == (True, True)
    expect(page.locator(".pk-targets strong", has_text="Reached.")).to_have_count(2)


def test_orders_are_put_in_sequence_by_mouse_and_by_keys_from_where_a_rule_begins(
    show: Callable[..., Any],
) -> None:
    bench = explorers.sequence_bench("metal")
    page = show(bench)
    rule = page.get_by_role("combobox", name="Start from")
    rule.select_option("moore")
    answered(page)
    start = chips(page, 0)
    assert start == list(bench.values["order"]["machine"])
    expect(page.locator(".pk-targets strong", has_text="Reached.")).to_have_count(1)
    late = page.locator(".pk-chip[data-state=wrong]")
    expect(late).to_have_count(1)
    drag(page, lane(page, 0).locator(".pk-chip").first, lane(page, 0).locator(".pk-chip").last)
    wanted = [*start[1:], start[0]]
    assert chips(page, 0) == wanted == list(bench.values["order"]["machine"])
    expect(rule).to_have_value("own")
    chip = lane(page, 0).locator(".pk-chip").last
    expect(chip).to_be_focused()
    for _ in wanted[1:]:
        page.keyboard.press("Alt+ArrowLeft")
        answered(page)
    assert chips(page, 0) == start == list(bench.values["order"]["machine"])
    assert f"{start[0]}, now 1 of 7." in page.locator("[role=status]").inner_text()
    page.get_by_role("button", name="Reset").click()
    answered(page)
    expect(rule).to_have_value("fcfs")


@pytest.mark.parametrize("width", [780, 400])
def test_lanes_and_notes_line_up_and_nothing_runs_out(show: Callable[..., Any], width: int) -> None:
    benches = (
        explorers.line_bench("automotive"),
        explorers.layout_bench("chemical"),
        explorers.job_shop_race("metal"),
    )
    for bench in benches:
        page = show(bench, width=width)
        lefts = {round(one.bounding_box()["x"]) for one in page.locator(".pk-lane").all()}
        rights = {
            round(box["x"] + box["width"])
            for box in (n.bounding_box() for n in page.locator(".pk-lane-note").all())
        }
        assert len(lefts) == 1
        assert len(rights) == 1
        assert page.evaluate("document.documentElement.scrollWidth") <= width
        inside = page.locator(".pk-board").bounding_box()
        for chip in page.locator(".pk-chip").all():
            box = chip.bounding_box()
            assert inside["x"] <= box["x"]
            assert box["x"] + box["width"] <= inside["x"] + inside["width"] + 1


@pytest.mark.parametrize("is_dark", [False, True])
@pytest.mark.parametrize(
    "name",
    ["line_bench", "layout_bench", "queue_bench", "pull_bench", "sequence_bench", "job_shop_race", "crash_bench", "repair_bench"],
)  # fmt: skip
def test_axe_finds_nothing_serious_on_the_benches(show: Callable[..., Any], name: str, is_dark: bool) -> None:
    from axe_playwright_python.sync_playwright import Axe

    bench = getattr(explorers, name)("metal")
    for dial in bench.view["dials"]:  # with a fault in it
        bench.set(**{dial["id"]: "many"})
    if name == "line_bench":
        bench.reset()
        tasks = bench.values["tasks"]
        bench.set(tasks={**dict.fromkeys(tasks, ()), "2": [t for row in tasks.values() for t in row][::-1]})
        assert bench.state["boards"]["tasks"]["faults"]
    page = show(bench, is_dark=is_dark)
    found = Axe().run(page, context=".pk-explorer").response
    assert found["passes"], "axe looked at nothing"
    assert [v["id"] for v in found["violations"] if v["impact"] in ("serious", "critical")] == []
