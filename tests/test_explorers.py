"""Explorers without a browser: dials, targets, what is typed, what is said, what goes wrong."""

from __future__ import annotations

import base64
import io
import json
import re
import time
from typing import Any

import pandas as pd
import pytest
from PIL import Image

from prodkit import Plant, materials
from prodkit.charts import Chart
from prodkit.errors import InputError
from prodkit.exercises.numbers import Unreadable
from prodkit.widgets import explorers
from prodkit.widgets.explorers import Dial, Explorer, Row, Target

METAL = Plant.sample("metal")
GARBAGE = [
    "",
    "   ",
    "many",
    "<script>alert(1)</script>",
    "=1+1",
    "1" * 10_000,
    "😀",
    "1,2,3,4",
    "-5",
    "nan",
    "inf",
    "1e999",
    "12%",
    "3 weeks",
    None,
    [],
    {},
    True,
    float("nan"),
    float("inf"),
    -1e308,
    b"5",
]


def figures(explorer: Explorer) -> dict[str, str]:
    """What stands under Now."""
    return {label: now for label, now, _ in explorer.state["figures"]}


def number(shown: str) -> float:
    return float(re.match(r"-?[\d,.]+", shown).group().replace(",", ""))


def quantity_explorer() -> Explorer:
    return explorers.eoq_curve(METAL, "coil-2mm")


def best_of(item: str) -> materials.EconomicOrderQuantity:
    row = METAL.items.set_index("item").loc[item]
    return materials.economic_order_quantity(
        METAL.yearly_use()[item], row["order_cost"], METAL.holding_rate * row["unit_cost"]
    )


def test_it_starts_at_todays_quantity_with_no_target_reached() -> None:
    explorer = quantity_explorer()
    orders = METAL.past_orders
    recent = orders[orders["ordered"] > orders["ordered"].max() - pd.Timedelta(days=364)]
    mine = recent.loc[recent["item"] == "coil-2mm", "quantity"]
    assert explorer.values["quantity"] == pytest.approx(mine.mean(), rel=0.02)
    assert explorer.reached == (False, False)
    at = best_of("coil-2mm")
    assert number(figures(explorer)["Both together"]) == pytest.approx(
        at.cost_at(explorer.values["quantity"]), abs=0.51
    )


def test_the_first_target_is_the_range_within_one_percent_and_no_more() -> None:
    best = best_of("coil-2mm")
    ratio = 1.01 + (1.01**2 - 1) ** 0.5
    for share, reached in (
        (1, True),
        (ratio * 0.999, True),
        (ratio * 1.002, False),
        (1 / ratio * 1.001, True),
        (1 / ratio * 0.998, False),
    ):
        explorer = quantity_explorer()
        explorer.set(quantity=share * best.quantity)
        assert explorer.reached[0] is reached, share
    explorer = quantity_explorer()
    said = explorer.set(quantity=f"{best.quantity:.1f}".replace(".", ","))
    assert (
        "✓ Bring the yearly cost to within 1 % of the lowest. From 114 to 152 the cost stays within 1 %."
        in said
    )
    assert number(figures(explorer)["Above the lowest"]) == 0


def test_the_second_target_tells_what_20_percent_more_costs() -> None:
    best = best_of("coil-2mm")
    explorer = quantity_explorer()
    explorer.set(quantity=round(1.2 * best.quantity))
    assert explorer.reached == (False, True)
    assert "By 1.7 % only" in explorer.state["targets"][1]["learned"]
    assert explorer.set(quantity=65).count("✓") == 1, "a target stays reached"
    assert explorer.reset().count("✓") == 0
    assert explorer.values == quantity_explorer().values


def test_every_bought_item_of_the_plant_has_its_explorers_and_their_targets_within_reach(monkeypatch) -> None:
    monkeypatch.setattr(Chart, "png", lambda *_, **__: b"")  # drawn elsewhere
    items = METAL.items
    bought = items.loc[items["kind"] == "buy", "item"]
    assert len(bought) > 30
    for item in bought:
        best = best_of(item)
        explorer = explorers.eoq_curve(METAL, item)
        dial = explorer.view["dials"][0]
        assert dial["low"] <= 0.87 * best.quantity, item
        assert 1.2 * best.quantity <= dial["high"], item
        assert explorer.reached == (False, False), item
        for target, share in ((0, 1.0), (1, 1.2)):  # a stop of the slider reaches it
            stop = dial["low"] + round((share * best.quantity - dial["low"]) / dial["step"]) * dial["step"]
            explorer.set(quantity=stop)
            assert explorer.reached[target], (item, target)


def test_a_slider_that_passes_a_target_does_not_reach_it() -> None:
    explorer = quantity_explorer()
    message = {"do": "set", "values": {"quantity": 132}}
    explorer._receive(explorer, {**message, "settled": False, "seq": 1}, [])
    assert figures(explorer)["Above the lowest"] == "0 %"
    assert explorer.reached == (False, False)
    explorer._receive(explorer, {**message, "settled": True, "seq": 2}, [])
    assert explorer.reached == (True, False)


def test_service_costs_stock_and_a_steadier_supplier_saves_it() -> None:
    explorer = explorers.service_against_stock(METAL, "lock-cam")
    row = METAL.suppliers.query("item == 'lock-cam'").iloc[0]
    use = METAL.weekly_use("lock-cam")["quantity"].tail(52)
    expected = materials.safety_stock(
        use.std(),
        row["lead_time_weeks"],
        0.95,
        demand=METAL.yearly_use()["lock-cam"] / 52,
        lead_time_sd=row["lead_time_sd_weeks"],
    )
    assert number(figures(explorer)["Safety stock"]) == pytest.approx(expected, abs=0.51)
    start = number(figures(explorer)["Its holding cost"])
    assert explorer.reached == (False, False)
    explorer.set(service_level="99,9 %")
    assert explorer.reached == (True, False)
    dear = number(figures(explorer)["Its holding cost"])
    assert dear / start == pytest.approx(3.0902 / 1.6449, rel=0.002)
    assert number(figures(explorer)["Stock-outs to expect"]) < 0.02
    said = explorer.set(service_level=98, lead_time_sd="0.5 weeks")
    assert explorer.reached == (True, False), "98 is no share: the number stays where it was"
    said = explorer.set(service_level=0.98)
    assert explorer.reached == (True, True)
    assert "97 % of the variance came from the supplier's uncertain lead time" in said
    explorer.set(review=4)
    assert number(figures(explorer)["Reorder point"]) > 2_226


def test_the_first_service_target_is_about_the_service_level_alone() -> None:
    explorer = explorers.service_against_stock(METAL, "lock-cam")
    explorer.set(service_level=0.999, lead_time_sd=0.2)
    assert explorer.reached == (False, True)


@pytest.mark.parametrize("typed", GARBAGE, ids=lambda x: str(x)[:12] or "empty")
def test_garbage_in_a_dial_gives_a_line_and_changes_nothing(typed: Any) -> None:
    explorer = quantity_explorer()
    before = explorer.values, figures(explorer)
    said = explorer.set(quantity=typed)
    assert (explorer.values, figures(explorer)) == before
    assert explorer.reached == (False, False)
    fault = explorer.state["faults"]["quantity"]
    assert fault in said
    assert fault.endswith(".")
    assert len(explorer.state["texts"]["quantity"]) <= 40
    json.dumps([explorer.view, explorer.state], allow_nan=False)
    explorer.set(quantity="100")
    assert explorer.state["faults"] == {}
    assert explorer.values == {"quantity": 100}


def test_a_dial_reads_numbers_as_people_type_them() -> None:
    quantity = Dial("q", "Quantity", 20, 4000, 1, 50, unit="coils")
    reads = (
        ("1,250", 1250),
        ("1.250", 1250),
        ("1 250", 1250),
        ("141,5", 141.5),
        ("50 coils", 50),
        ("4e2", 400),
        (20, 20),
    )
    for typed, meant in reads:
        assert quantity.read(typed) == meant, typed
    level = Dial("s", "Service", 0.8, 0.999, 0.001, 0.95, is_percent=True)
    for typed in ("98", "98 %", "98,0%", "0.98", 0.98):
        assert level.read(typed) == pytest.approx(0.98), typed
    assert level.text(0.95) == "95"
    assert level.text(0.999) == "99.9"
    with pytest.raises(Unreadable, match=r"outside this dial. Type a figure from 80 to 99.9 %\."):
        level.read("100")
    weeks = Dial("w", "Lead time", 0, 8, 0.25, 4, unit="weeks")
    assert weeks.read("3 wks") == 3
    with pytest.raises(Unreadable, match="counts in weeks"):
        weeks.read("21 days")
    with pytest.raises(InputError, match="start of Lead time must be 0 to 8"):
        Dial("w", "Lead time", 0, 8, 1, 9)


def test_a_broken_model_and_a_strange_message_become_a_line() -> None:
    def compute(x: float) -> float:
        if x == 3:
            raise ZeroDivisionError("float division by zero")
        if x == 4:
            raise InputError("x", x, "anything but 4")
        return x

    explorer = Explorer(
        title="Fragile",
        about="",
        dials=[Dial("x", "Input", 0, 10, 1, 2)],
        compute=compute,
        figures=lambda y: [Row("Output", y)],
        picture=lambda y: Chart("x", "y").finish("A line", "Nothing."),
        targets=[Target("Reach 9.", lambda y: y == 9, lambda y: "Nine.")],
    )
    assert "Something went wrong (ZeroDivisionError: float division by zero)." in explorer.set(x=3)
    assert explorer.values == {"x": 2}
    assert "x must be anything but 4, got 4" in explorer.set(x=4)
    assert "no dial 'y', only x" in explorer.set(y=1)
    sent: list[Any] = []
    explorer.send = sent.append
    for message in (
        None,
        5,
        [],
        {},
        {"do": "fly", "seq": 7},
        {"do": "set"},
        {"do": "set", "values": 3},
        {"do": "set", "values": {None: 1}},
    ):
        explorer._receive(explorer, message, [])
        assert explorer.state["error"], message
    assert len(sent) == 8
    assert sent[4] == {"done": 7}
    assert "✓ Reach 9. Nine." in explorer.set(x="9")
    assert explorer.state["error"] == ""


def test_repr_is_the_same_in_every_run_and_says_the_whole_state() -> None:
    first, again = quantity_explorer(), quantity_explorer()
    assert repr(first) == repr(again)
    assert "0x" not in repr(first)
    lines = repr(first).splitlines()
    assert lines[0] == "Order quantity: coil-2mm at Halden Metal"
    assert lines[1] == "Order quantity: 65 coils (26 to 369)"
    assert [line for line in lines if line.startswith("Target: ")] == lines[-2:]
    assert any(line.startswith("Picture: At 65 a time the year costs 26 % more") for line in lines)
    assert "132" not in repr(first), "the best quantity is to be found"
    bundle = first._repr_mimebundle_()
    data = bundle[0] if isinstance(bundle, tuple) else bundle
    assert data["text/plain"] == repr(first)


def test_the_picture_follows_the_dial_and_is_small() -> None:
    explorer = quantity_explorer()
    seen = {explorer.state["picture"]}
    for quantity in (100, 200, 300):
        explorer.set(quantity=quantity)
        seen.add(explorer.state["picture"])
        assert f"At {quantity} a time" in explorer.state["alt"]
    assert len(seen) == 4
    with Image.open(io.BytesIO(base64.b64decode(explorer.state["picture"].split(",")[1]))) as image:
        assert image.size == (1152, 648)


def test_a_move_is_shown_within_150_ms_of_work() -> None:
    explorer = explorers.service_against_stock(METAL, "lock-cam")
    took = []
    for i in range(7):
        start = time.process_time()
        message = {"do": "set", "values": {"service_level": 0.9 + i / 100}, "settled": False}
        explorer._receive(explorer, message, [])
        took.append(time.process_time() - start)
    assert sorted(took)[3] < 0.3, took  # the target is 0.15 s; twice that, for a machine under load


def without(*tables: str) -> Plant:
    return Plant(
        {name: METAL.table(name) for name in METAL.tables if name not in tables}
        | {"about": METAL.about.assign(name="Elsewhere")}
    )


def test_a_plant_without_suppliers_gets_the_sample_and_is_told() -> None:
    explorer = explorers.service_against_stock(
        without("suppliers", "price_breaks", "past_orders"), "coil-2mm"
    )
    assert explorer.view["notice"].startswith("Elsewhere: the plant's table 'suppliers' is missing")
    assert "the sample plant's, Halden Metal" in repr(explorer)
    assert "coil-2mm at Halden Metal" in explorer.view["title"]


def test_a_plant_without_past_orders_starts_away_from_the_best() -> None:
    explorer = explorers.eoq_curve(without("past_orders"), "coil-2mm")
    assert explorer.view["notice"] == ""
    assert "on average last year" not in explorer.view["about"]
    assert explorer.values["quantity"] == pytest.approx(2.2 * best_of("coil-2mm").quantity, rel=0.02)
    assert explorer.reached == (False, False)


def test_an_item_that_nobody_pays_for_falls_back_and_an_unknown_one_is_refused() -> None:
    items = METAL.items
    items.loc[items["item"] == "coil-2mm", "order_cost"] = 0.0
    free = Plant(
        {
            **{name: METAL.table(name) for name in METAL.tables},
            "items": items,
            "about": METAL.about.assign(name="Elsewhere"),
        }
    )
    assert "an order cost" in explorers.eoq_curve(free, "coil-2mm").view["notice"]
    with pytest.raises(InputError, match="a bought item that is used, such as coil-1mm"):
        explorers.eoq_curve("metal", "bench-15")
    assert "coil-1mm" in explorers.eoq_curve().view["title"]


def test_what_a_hostile_plant_is_called_reaches_the_browser_as_text() -> None:
    about = METAL.about.assign(name="<img src=x onerror=alert(1)>")
    plant = Plant({**{name: METAL.table(name) for name in METAL.tables}, "about": about})
    explorer = explorers.eoq_curve(plant, "coil-2mm")
    assert "<img" in explorer.view["title"]
    source = (explorers.base._HERE / "explorer.js").read_text(encoding="utf-8")
    assert not re.search(r"innerHTML|insertAdjacentHTML|outerHTML|document\.write", source)


# ---- a board with chips


def line_board(fixed: bool = False) -> Explorer:
    """Four tasks in two stations of 10 minutes; c must not stand before a."""
    minutes = {"a": 4.0, "b": 5.0, "c": 3.0, "d": 6.0}

    def compute(line: dict[str, tuple[str, ...]]) -> dict[str, Any]:
        loads = {lane: sum(minutes[chip] for chip in chips) for lane, chips in line.items()}
        order = [chip for chips in line.values() for chip in chips]
        return {"loads": loads, "early": order.index("c") < order.index("a")}

    return Explorer(
        title="Bench",
        about="Balance it.",
        dials=[
            explorers.Board(
                "line",
                "Who does what",
                tuple(explorers.Chip(id, id.upper(), f"{minutes[id]:g} min") for id in minutes),
                (("one", "Station 1"), ("two", "Station 2")),
                start={"one": ["a", "b", "c", "d"]},
                is_fixed=fixed,
                notes=lambda y: {lane: f"{load:g} min" for lane, load in y["loads"].items()},
                faults=lambda y: {"c": "must come after A"} if y["early"] else {},
            )
        ],
        compute=compute,
        figures=lambda y: [Row("Longest", max(y["loads"].values()), "min")],
        picture=lambda y: Chart("Station", "Minutes").finish("Loads", "Two stations."),
        targets=[
            Target(
                "Bring the longest to 10 min.",
                lambda y: max(y["loads"].values()) <= 10 and not y["early"],
                lambda y: "Done.",
            )
        ],
    )


def test_chips_are_put_into_lanes_and_lanes_say_what_is_in_them() -> None:
    bench = line_board()
    assert bench.values == {"line": {"one": ("a", "b", "c", "d"), "two": ()}}
    said = bench.set(line={"one": ["b", "c"], "two": ["a", "d"]})
    assert "Who does what: Station 1: B, C; Station 2: A, D" in said
    assert "Station 1: 8 min\n" in said
    assert "✗ C: must come after A" in said
    assert bench.reached == (False,)
    said = bench.set(line={"one": ["a", "b"], "two": ["c", "d"]})
    assert "✗" not in said
    assert "✓ Bring the longest to 10 min." in said
    assert bench.reset().count("none") == 1


@pytest.mark.parametrize(
    "given",
    [
        *GARBAGE,
        {"one": ["a", "b", "c"]},
        {"one": ["a", "a", "b", "c", "d"]},
        {"one": ["a", "b", "c", "d"], "three": []},
        {"one": ["a", "b", "c", 7]},
        {"one": {"a": 1}},
        ["a", "b", "c", "d"],
    ],
)
def test_a_board_takes_nothing_but_every_chip_once(given: Any) -> None:
    bench = line_board()
    before = bench.values
    said = bench.set(line=given)
    assert "Put each of A, B, C, D in one place." in said
    assert bench.values == before
    json.dumps(bench.state)


def test_on_a_fixed_board_only_the_order_changes() -> None:
    bench = line_board(fixed=True)
    assert "Each keeps to its lane" in bench.set(line={"one": ["a", "b", "c"], "two": ["d"]})
    bench.set(line={"one": ["d", "c", "b", "a"], "two": []})
    assert bench.values["line"]["one"] == ("d", "c", "b", "a")


def test_a_board_with_one_lane_takes_a_bare_sequence_and_says_its_order() -> None:
    board = explorers.Board(
        "jobs",
        "Order",
        tuple(explorers.Chip(id, id) for id in "xyz"),
        (("saw", "Saw"),),
        start={"saw": list("xyz")},
    )
    assert board.read(["z", "x", "y"]) == {"saw": ("z", "x", "y")}
    assert board.text({"saw": ("z", "x", "y")}) == "z, x, y"
    assert board.span == "any order of x, y, z"
    with pytest.raises(Unreadable, match="Put each of x, y, z in one place"):
        board.read(["z", "x"])
