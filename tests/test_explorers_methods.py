"""The benches of the methods lesson without a browser: targets, figures, faults, what is typed."""

from __future__ import annotations

import json
import math
import re
from typing import Any

import pytest
from bench_checks import GARBAGE, SENTENCE, learned, shown, undrawn  # noqa: F401

from prodkit import Plant, methods
from prodkit.charts.methods import card_bars, wait_change
from prodkit.errors import InputError, MissingTableError
from prodkit.exercises.numbers import Unreadable
from prodkit.plant import assembly_line
from prodkit.stories.methods import busiest, pulled
from prodkit.widgets import explorers
from prodkit.widgets.explorers import Explorer
from prodkit.widgets.explorers.building import dial_around

METAL = Plant.sample("metal")
SAMPLES = Plant.samples()
BENCHES = (explorers.line_bench, explorers.layout_bench, explorers.queue_bench, explorers.pull_bench)


def takt_of(explorer: Explorer) -> float:
    return float(explorer.values["cycle_time"])


def laid(balance: methods.LineBalance) -> dict[str, tuple[str, ...]]:
    """The board of a balance; lanes that are left out are empty."""
    return {str(s.number): s.tasks for s in balance.stations}


# ---- the line


LINES = [
    (name, line) for name in SAMPLES for line in dict.fromkeys(Plant.sample(name).table("tasks")["line"])
]


@pytest.mark.parametrize(("name", "line"), LINES)
def test_every_line_has_its_bench_with_both_targets_within_reach(name: str, line: str) -> None:
    plant = Plant.sample(name)
    bench = explorers.line_bench(plant, line)
    assert line in bench.view["title"]
    assert not bench.view["notice"]
    assert bench.reached == (False, False)
    takt = takt_of(bench)
    fewest = methods.line_balance(plant, line=line, cycle_time=takt)
    assert fewest.is_proved
    assert len(bench.values["tasks"]) == fewest.n_stations + 2, "one more than it takes, and an empty one"
    assert not bench.values["tasks"][str(fewest.n_stations + 2)]
    bench.set(tasks=laid(fewest))
    assert bench.reached[0] is True
    assert bench.state["boards"]["tasks"]["faults"] == {}
    even = methods.line_balance(plant, line=line, stations=fewest.n_stations)
    bench.set(tasks=laid(even))
    assert bench.reached == (True, True)
    assert all(SENTENCE.fullmatch(said) for said in learned(bench)), learned(bench)
    assert f"{fewest.n_stations} station" in learned(bench)[0]


def test_the_bench_shows_the_subjects_figures_over_the_models_by_their_shares() -> None:
    bench = explorers.line_bench(METAL, "cabinet line")
    takt = takt_of(bench)
    line = assembly_line(METAL, "cabinet line")
    beat = methods.takt_time(line.shift_s, line.wanted, breaks=line.break_s, shifts=line.shifts)
    assert takt == pytest.approx(beat, abs=0.05)
    best = methods.line_balance(METAL, line="cabinet line", stations=6)
    bench.set(tasks=laid(best))
    same = methods.line_balance(
        METAL,
        line="cabinet line",
        assigned={t: s.number for s in best.stations for t in s.tasks},
        cycle_time=takt,
    )
    figures = shown(bench)
    assert figures["Stations used"] == 6
    assert figures["Stations that the work content alone asks for"] == same.theoretical_minimum
    assert figures["Slowest station"] == pytest.approx(same.slowest.load, abs=0.051)
    assert figures["Efficiency, over the cycle time"] == pytest.approx(100 * same.efficiency, abs=0.051)
    assert figures["Idle in a cycle, all stations together"] == pytest.approx(same.idle_time, abs=0.051)
    assert figures["Smoothness index"] == pytest.approx(same.smoothness_index, abs=0.051)
    assert figures["Most that one model asks of a station"] == pytest.approx(same.models["load"].max(), abs=0.051)  # fmt: skip
    note = bench.state["boards"]["tasks"]["notes"]["1"]
    assert note == f"{round(same.stations[0].load, 1):g} of {takt:g} s"


def test_what_is_too_early_or_too_much_is_marked_and_just_when_the_subject_says_so() -> None:
    bench = explorers.line_bench(METAL, "locker line")
    takt = takt_of(bench)
    best = laid(methods.line_balance(METAL, line="locker line", stations=5))
    swapped = {**best, "1": best["2"], "2": best["1"]}
    crowded = {**best, "1": best["1"] + best["2"], "2": ()}
    for board, marks in ((best, 0), (swapped, 1), (crowded, 1)):
        bench.set(tasks=board)
        said = methods.check_balance(METAL, list(board.values()), line="locker line", cycle_time=takt)
        assert bool(said) is bool(marks)
        assert bool(bench.state["boards"]["tasks"]["faults"]) is bool(marks)
    faults = bench.state["boards"]["tasks"]["faults"]
    assert any(
        re.search(r"Station 1 takes [\d.]+ s, above the cycle time of", said) for said in faults.values()
    )
    assert not set(faults) & set(best["1"]), "the first tasks still fit; what comes on top does not"
    assert bench.state["boards"]["tasks"]["notes"]["1"].startswith("✗ "), "and so is the station"
    bench.set(tasks=swapped)
    faults = bench.state["boards"]["tasks"]["faults"]
    assert any(re.search(r"comes after .*\(station 2\)", said) for said in faults.values())
    assert "✗" in repr(bench)


def test_a_line_out_of_order_or_over_its_beat_or_at_a_slower_beat_reaches_nothing() -> None:
    best = laid(methods.line_balance(METAL, line="locker line", stations=5))
    bench = explorers.line_bench(METAL, "locker line")
    takt = takt_of(bench)
    bench.set(tasks={**best, "1": best["2"], "2": best["1"]})
    bench.set(tasks={"1": [t for row in best.values() for t in row]}, cycle_time=takt)
    assert bench.reached == (False, False)
    slow = explorers.line_bench(METAL, "locker line")
    slow.set(cycle_time=slow.view["dials"][0]["high"])
    spare = methods.line_balance(METAL, line="locker line", cycle_time=takt_of(slow))
    assert spare.n_stations < 5
    slow.set(tasks=laid(spare))
    assert slow.reached == (False, False), "with more time fewer stations are no feat"
    slow.set(cycle_time=takt)
    assert slow.reached == (False, False)


def test_the_picture_numbers_stations_as_the_lanes_are_numbered() -> None:
    bench = explorers.line_bench(METAL, "locker line")
    best = laid(methods.line_balance(METAL, line="locker line", stations=5))
    bench.set(tasks={"1": best["1"], "3": best["2"], "4": best["3"], "5": best["4"], "7": best["5"]})
    assert shown(bench)["Stations used"] == 5
    assert bench.state["boards"]["tasks"]["notes"]["2"].startswith("0 of ")
    assert "station 7, " in bench.state["alt"]
    assert "station 2, " not in bench.state["alt"]
    assert bench.reached == (True, True), "an empty lane is no station"


def small_line(*rows: tuple[str, float, str], about: dict[str, Any] | None = None) -> Plant:
    import pandas as pd

    tasks = pd.DataFrame([{"line": "bench", "task": t, "seconds": s, "after": a} for t, s, a in rows])
    return Plant({"about": METAL.about.assign(name="Elsewhere", **(about or {})), "items": METAL.items, "tasks": tasks})  # fmt: skip


@pytest.mark.parametrize(
    "rows",
    [
        (("one", 30, ""), ("two", 30, "one")),
        (("one", 0, ""), ("two", 0, "one")),
        (("a b", 0.2, ""), ("c;", 0.1, "")),
        (("a", 5000, ""), ("b", 1, "a"), ("c", 1, "a")),
        tuple((f"t{i}", 10 + i, f"t{i - 1}" if i else "") for i in range(30)),
        tuple((f"t{i}", 10 + 7 * i % 13, "") for i in range(30)),
    ],
)
def test_lines_of_every_size_and_shape_have_a_bench(rows: Any) -> None:
    plant = small_line(*rows)
    if ";" in rows[1][0]:  # a semicolon parts tasks, so it cannot be in a task's code; the bench still stands
        plant = small_line(*((t.strip(";"), s, a) for t, s, a in rows))
    bench = explorers.line_bench(plant)
    json.dumps([bench.view, bench.state], allow_nan=False)
    assert bench.view["notice"] == ""
    fewest = methods.line_balance(plant, cycle_time=takt_of(bench))
    bench.set(tasks=laid(fewest))
    assert bench.reached[0]
    bench.set(tasks=laid(methods.line_balance(plant, stations=fewest.n_stations)))
    assert bench.reached == (True, True)


# ---- the floor


@pytest.mark.parametrize("name", SAMPLES)
def test_every_floor_has_its_bench_with_its_targets_within_reach(name: str) -> None:
    plant = Plant.sample(name)
    bench = explorers.layout_bench(plant)
    assert bench.reached == (False, False)
    best = methods.layout(plant)
    assert best.is_proved
    assert shown(bench)["The cheapest there is"] == pytest.approx(best.cost, abs=0.0051)
    today = bench.values["places"]
    first = best.exchanges.iloc[0]
    one = {**today, first["area"]: (first["with_area"],), first["with_area"]: (first["area"],)}
    bench.set(places=one)
    assert bench.reached[0] is True
    assert shown(bench)["Carrying now"] == pytest.approx(first["cost"], abs=0.0051)
    assert shown(bench)["Areas moved"] == 2
    free = best.areas[~best.areas["is_fixed"]]
    bench.set(places={p: [a] for a, p in zip(free["area"], free["place"], strict=True)})
    assert bench.reached == (True, True)
    assert shown(bench)["Now above the cheapest"] == 0
    assert shown(bench)["Areas on a place smaller than they are"] == len(best.too_small)
    assert all(SENTENCE.fullmatch(said) for said in learned(bench)), learned(bench)
    stays = set(best.areas.loc[best.areas["is_fixed"], "area"])
    assert not stays & set(bench.values["places"])
    assert all(area in bench.view["about"] for area in stays)


def test_a_place_holds_one_area_and_a_worse_floor_reaches_nothing() -> None:
    bench = explorers.layout_bench(METAL)
    before = bench.values
    a, b, *_ = before["places"]
    said = bench.set(places={**before["places"], a: (a, b), b: ()})
    assert "Each place holds one." in said
    assert bench.values == before
    worse = max(
        ({**before["places"], x: (y,), y: (x,)} for x in before["places"] for y in before["places"] if x < y),
        key=lambda board: methods.layout(METAL, assigned={r[0]: p for p, r in board.items()}).cost,
    )
    bench.set(places=worse)
    assert shown(bench)["Carrying now"] > shown(bench)["Carrying, as areas stand today"]
    assert bench.reached == (False, False)
    assert "more than today" in bench.state["finding"]


def test_the_notes_of_the_places_are_what_is_carried_there_at_both_ends() -> None:
    bench = explorers.layout_bench(METAL)
    flows = methods.layout(METAL, assigned={}).flows
    mine = flows[(flows["from_area"] == "presses") | (flows["to_area"] == "presses")]["total"].sum()
    assert bench.state["boards"]["places"]["notes"]["presses"] == f"260 m², {mine:.2f} USD a day"


# ---- the queue


@pytest.mark.parametrize("name", SAMPLES)
def test_every_plant_has_its_queue_with_both_targets_within_reach(name: str) -> None:
    plant = Plant.sample(name)
    bench = explorers.queue_bench(plant)
    center = busiest(plant)
    line = methods.workcenter_queue(plant, center.workcenter)
    figures = shown(bench)
    assert figures["Utilization"] == pytest.approx(100 * line.utilization, abs=0.06)
    assert figures["Wait before it"] == pytest.approx(line.Wq, rel=0.006)
    assert figures["Waiting on average"] == pytest.approx(line.Lq, rel=0.006)
    assert figures["Lead time, wait and work"] == pytest.approx(line.W, rel=0.006)
    assert bench.reached == (False, False)
    bench.set(hours=0.8 * bench.values["hours"])
    assert bench.reached == (True, False), shown(bench)
    bench.reset()
    bench.set(arrival_cv=0, service_cv=0.5 * bench.values["service_cv"])
    assert bench.reached == (True, True)
    assert all(SENTENCE.fullmatch(said) for said in learned(bench)), learned(bench)


@pytest.mark.parametrize("dials", [{"machines": 3}, {"arrivals": "half"}, {"machines": 2, "arrival_cv": 0.2}])
def test_another_machine_or_less_work_does_not_count(dials: dict[str, Any]) -> None:
    bench = explorers.queue_bench("metal", "laser")
    if "arrivals" in dials:
        dials = {"arrivals": bench.values["arrivals"] / 2}
    before = shown(bench)["Wait before it"]
    bench.set(**dials)
    assert shown(bench)["Wait before it"] < before / 2
    assert bench.reached == (False, False)


def test_more_work_than_can_be_done_becomes_a_line_and_changes_nothing() -> None:
    bench = explorers.queue_bench("metal", "laser")
    before = bench.values
    said = bench.set(arrivals=1.4 * before["arrivals"])
    assert "the line would grow without end. With one machine or place at most" in said
    assert bench.values == before
    assert bench.reached == (False, False)
    assert "without end" not in bench.set(machines=2)
    assert bench.set(arrivals=1.4 * before["arrivals"]).count("without end") == 0


@pytest.mark.parametrize(("bench", "dial"), [(explorers.queue_bench, "machines"), (explorers.pull_bench, "container")])  # fmt: skip
def test_half_a_machine_and_half_a_piece_are_refused(bench: Any, dial: str) -> None:
    explorer = bench(METAL)
    before = explorer.values
    assert "type a whole number, such as 2." in explorer.set(**{dial: "2,5"})
    assert explorer.values == before


def test_a_work_center_that_is_full_or_unknown_is_refused() -> None:
    full = methods.workcenter_loads(Plant.sample("food")).set_index("workcenter")["load"].idxmax()
    with pytest.raises(InputError, match=r"less work than it can do; this one is 10[0-9.]+ % loaded"):
        explorers.queue_bench("food", str(full))
    with pytest.raises(InputError, match="one that has work: assembly"):
        explorers.queue_bench("metal", "nosuch")


# ---- the cards


@pytest.mark.parametrize("name", SAMPLES)
def test_every_plant_has_its_cards_with_both_targets_within_reach(name: str) -> None:
    plant = Plant.sample(name)
    bench = explorers.pull_bench(plant)
    one = pulled(plant)
    assert one.item in bench.view["title"]
    cards = one.cards(one.lot, one.setup_hours)
    assert shown(bench)["Cards"] == pytest.approx(cards, abs=1)
    assert shown(bench)["Stock at most"] == shown(bench)["Cards"] * one.container
    assert shown(bench)["Lots"] == pytest.approx(one.daily / one.lot, abs=0.006)
    assert bench.reached == (False, False)
    start = shown(bench)
    bench.set(setup=bench.values["setup"] / 2)
    assert bench.reached[0] is True
    assert shown(bench)["Cards"] == pytest.approx(one.cards(one.lot / 2, one.setup_hours / 2), abs=1)
    assert shown(bench)["Setup in all"] == pytest.approx(start["Setup in all"], abs=0.11)
    bench.set(setup=bench.values["setup"] / 4, lead=bench.values["lead"] / 3)
    assert bench.reached == (True, True), shown(bench)
    assert 2 * shown(bench)["Cards"] <= start["Cards"]
    assert all(SENTENCE.fullmatch(said) for said in learned(bench)), learned(bench)


@pytest.mark.parametrize(("dial", "share"), [("demand", 0.4), ("container", 3), ("safety", 0)])
def test_fewer_cards_by_more_risk_do_not_count(dial: str, share: float) -> None:
    bench = explorers.pull_bench(METAL)
    before = shown(bench)["Cards"]
    bench.set(**{dial: share * bench.values[dial]})
    assert shown(bench)["Cards"] < before
    assert bench.reached == (False, False)
    bench.set(setup=bench.values["setup"] / 4, lead=0)
    assert 2 * shown(bench)["Cards"] <= before
    assert bench.reached == (False, False)


def test_the_parts_of_the_loop_add_up_to_what_the_cards_cover() -> None:
    bench = explorers.pull_bench(METAL)
    one = pulled(METAL)
    loop = bench._outcome
    whole = sum(loop.parts.values())
    assert whole == pytest.approx(1.1 * one.daily * one.days(one.lot, one.setup_hours), rel=1e-4)
    assert loop.cards == math.ceil(whole / one.container - 1e-9)


@pytest.mark.parametrize("share", [0.002, 0.3, 1.1, 3])
def test_however_much_is_wanted_there_is_a_bench(share: float) -> None:
    names = ("items", "bom", "demand", "routings", "workcenters", "machines", "failures")
    tables = {name: METAL.table(name) for name in names} | {"about": METAL.about.assign(name="Elsewhere")}
    tables["demand"] = METAL.demand.assign(quantity=(METAL.demand["quantity"] * share).round(1))
    plant = Plant(tables)
    cards = explorers.pull_bench(plant)
    assert cards.view["notice"] == ""
    assert not any(cards.reached)
    assert len(cards.reached) == (2 if shown(cards)["Cards"] > 1 else 1), "one card cannot be halved"
    line = explorers.queue_bench(plant)
    is_full = bool(methods.workcenter_loads(plant)["load"].min() > 0.93)
    assert is_full is (share == 3)
    assert line.view["notice"].startswith("Elsewhere: ") is is_full
    assert line.reached == (False, False)


def test_an_item_is_chosen_by_name_or_refused() -> None:
    steps = METAL.routings
    used = set(METAL.yearly_use().index)
    other = next(i for i in steps.loc[steps["setup_hours"] > 0, "item"] if i in used and i != pulled(METAL).item)  # fmt: skip
    assert other in explorers.pull_bench(METAL, other).view["title"]
    for bad in ("nosuch", "coil-2mm"):
        with pytest.raises(InputError, match="an item that is used and made with a setup"):
            explorers.pull_bench(METAL, bad)


# ---- all of them


@pytest.mark.parametrize("bench", BENCHES, ids=lambda f: f.__name__)
@pytest.mark.parametrize("typed", GARBAGE, ids=lambda x: str(x)[:8] or "empty")
def test_garbage_in_a_dial_or_on_a_board_gives_a_line_and_changes_nothing(bench: Any, typed: Any) -> None:
    explorer = BUILT.setdefault(bench.__name__, bench(METAL) if bench.__name__ not in BUILT else None)
    before = explorer.values
    for dial in explorer.view["dials"]:
        said = explorer.set(**{dial["id"]: typed})
        assert explorer.values == before, (dial["id"], typed)
        assert explorer.state["faults"][dial["id"]] in said
        assert "Something went wrong" not in said
        json.dumps([explorer.view, explorer.state], allow_nan=False)
    explorer.reset()
    assert explorer.state["faults"] == {}
    assert not any(explorer.reached)


BUILT: dict[str, Explorer] = {}


@pytest.mark.parametrize("bench", BENCHES, ids=lambda f: f.__name__)
def test_every_end_of_every_dial_has_an_answer(bench: Any) -> None:
    explorer = bench(METAL)
    for dial in explorer.view["dials"]:
        for end in ("low", "high") if "low" in dial else ():
            explorer.reset()
            said = explorer.set(**{dial["id"]: dial[end] / dial["scale"]})
            assert "Something went wrong" not in said, (dial["id"], end)
            assert explorer.state["faults"] == {}
            json.dumps(explorer.state, allow_nan=False)


@pytest.mark.parametrize("bench", BENCHES, ids=lambda f: f.__name__)
def test_a_plant_without_the_tables_gets_its_samples_and_is_told(bench: Any) -> None:
    bare = Plant(
        {
            "about": METAL.about.assign(name="Elsewhere", industry="food"),
            "items": METAL.items,
            "demand": METAL.demand,
        }
    )
    explorer = bench(bare)
    assert explorer.view["notice"].startswith("Elsewhere: the plant's table '")
    assert "the sample plant's, Valcedre Foods" in explorer.view["notice"]
    assert "Valcedre" in explorer.view["title"]


def test_few_rows_are_said() -> None:
    areas = METAL.table("areas")
    stuck = Plant(
        {name: METAL.table(name) for name in METAL.tables if name != "areas"}
        | {
            "areas": areas.assign(fixed=areas["area"] != "presses"),
            "about": METAL.about.assign(name="Elsewhere"),
        }
    )
    assert "two areas must be free to move" in explorers.layout_bench(stuck).view["notice"]
    one = small_line(("only", 20, ""))
    assert "'tasks' is missing or too short" in explorers.line_bench(one).view["notice"]
    with pytest.raises(InputError, match="line must be one of cabinet line, locker line"):
        explorers.line_bench(METAL, "nosuch")
    halden = Plant({name: METAL.table(name) for name in ("about", "items", "demand")})
    with pytest.raises(MissingTableError):
        explorers.layout_bench(halden)


def test_what_a_hostile_table_calls_a_thing_reaches_the_browser_as_text() -> None:
    plant = small_line(("<img src=x>", 30, ""), ("$x^2$", 20, "<img src=x>"), about={"industry": "metal"})
    bench = explorers.line_bench(plant)
    assert bench.view["dials"][1]["chips"][0]["text"] == "<img src=x>"
    json.dumps(bench.view)


def test_a_dial_around_a_figure_has_its_stops_counted_from_there() -> None:
    dial = dial_around("x", "X", 205.7, 118.45, 330, 2.0)
    assert (dial.low, dial.high, dial.start) == (119.7, 331.7, 205.7)
    assert dial_around("x", "X", 5, 5, 5, 1).high == 6
    with pytest.raises(Unreadable):
        dial.read(118.5)


# ---- the charts


def test_the_wait_is_drawn_as_it_was_and_as_it_is() -> None:
    before = methods.queue(4, 5, service="general", cv=1)
    now = methods.queue(4, 6, service="general", cv=0.5)
    chart = wait_change(now, before)
    assert chart.title == f"Busy 66.7 %, the wait is {now.Wq:.2f} hours in place of 0.8"
    dots = [line for line in chart.ax.lines if line.get_marker() == "o"]
    assert [(line.get_xdata()[0], line.get_ydata()[0]) for line in dots] == [
        (pytest.approx(80), pytest.approx(before.Wq)),
        (pytest.approx(100 * 4 / 6), pytest.approx(now.Wq)),
    ]
    curves = [line for line in chart.ax.lines if line.get_marker() != "o"]
    assert len(curves) == 2
    same = wait_change(before, before)
    assert len(same.ax.lines) == 2
    assert "in place of" not in same.title
    limits = {
        wait_change(methods.queue(4, r, service="general", cv=1), before).ax.get_ylim() for r in (5, 6, 7)
    }
    assert len(limits) == 1, "the axis stays while the wait gets shorter"
    still = methods.queue(4, 5, service="general", cv=0, arrival_cv=0)
    assert wait_change(still, still).ax.get_ylim()[1] > 0
    with pytest.raises(InputError, match="without a limit"):
        wait_change(methods.queue(4, 5, capacity=3), before)


def test_the_cards_are_drawn_part_by_part() -> None:
    loops = {"today": {"waiting": 120.0, "setup": 20.0}, "now": {"waiting": 60.0, "setup": 10.0}}
    chart = card_bars(loops, {"today": 14, "now": 1}, unit="pieces")
    assert chart.title == "1 card in place of 14: waiting is 86 % of the loop"
    assert [round(bar.get_height()) for bar in chart.ax.patches] == [120, 20, 60, 10]
    assert [tick.get_text() for tick in chart.ax.get_xticklabels()] == ["today", "now"]
    assert card_bars({"now": {"waiting": 0.0}}, {"now": 3}).title.startswith("3 cards: ")
    for wrong in ({}, {"now": 3}):
        with pytest.raises(InputError, match="cards must be of the settings"):
            card_bars(loops, wrong)
