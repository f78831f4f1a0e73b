"""What the methods lesson says: its roles by hand, and each sentence on both sides of the figure that turns it."""

from __future__ import annotations

import math
import re
from dataclasses import replace
from pathlib import Path
from typing import Any

import pandas as pd
import pytest
from lesson_plants import furnished, renamed
from lesson_runs import ROOT, run

from prodkit import methods
from prodkit.errors import InputError, MissingTableError
from prodkit.plant import (
    Plant,
    assembly_line,
    long_changeover,
    two_ways,
    watched,
    watched_place,
)
from prodkit.plant.tables import LESSON_TABLES
from prodkit.stories import Said
from prodkit.stories import methods as story

METAL = Plant.sample("metal")
ONE = watched(METAL)
LINE = assembly_line(METAL)
SAMPLES = Plant.samples()


def without(*tables: str) -> Plant:
    return Plant({name: METAL.table(name) for name in METAL.tables if name not in tables})


def changed(table: str, frame: pd.DataFrame) -> Plant:
    return Plant({name: METAL.table(name) for name in METAL.tables} | {table: frame})


# ---- who is who


def test_the_watched_operation_has_a_rare_element_and_foreign_readings() -> None:
    rows = METAL.time_studies
    by = rows.groupby("operation").agg(
        rare=("every", "max"), foreign=("foreign", "sum"), read=("cycle", "size")
    )
    fit = by[(by["rare"] > 1) & (by["foreign"] > 0)]
    assert ONE.operation == fit["read"].idxmax()
    mine = rows[rows["operation"] == ONE.operation]
    assert ONE.foreign == mine["foreign"].sum()
    assert mine.loc[mine["element"] == ONE.rare, "every"].iloc[0] == ONE.every
    usual = mine[(mine["every"] == 1) & ~mine["foreign"]].groupby("element")["seconds"].mean()
    assert ONE.slow == usual.idxmax()
    assert ONE.first == mine["element"].iloc[0]


def test_an_operation_of_one_element_is_no_study() -> None:
    rows = METAL.time_studies
    single = rows[rows["element"] == ONE.first]
    with pytest.raises(MissingTableError, match="two elements"):
        watched(changed("time_studies", single))
    with pytest.raises(MissingTableError, match="time_studies"):
        watched(without("time_studies"))


def test_places_ways_and_changeovers_by_hand() -> None:
    place, state = watched_place(METAL)
    looks = METAL.work_samples.groupby(["place", "state"])["looks"].sum()
    assert looks.groupby("place").sum().idxmax() == place
    assert looks[place].idxmax() == state
    job, now, other = two_ways(METAL)
    assert set(METAL.motion_studies.loc[METAL.motion_studies["operation"] == job, "method"]) == {now, other}
    steps = METAL.changeover_steps
    stands = steps[steps["now"] == "internal"].groupby("changeover")["seconds"].sum()
    assert long_changeover(METAL) == stands.idxmax()
    for role, table in (
        (watched_place, "work_samples"), (two_ways, "motion_studies"), (two_ways, "motions"),
        (long_changeover, "changeover_steps"), (assembly_line, "tasks"),
    ):  # fmt: skip
        with pytest.raises(MissingTableError, match=table):
            role(without(table))
    one_way = METAL.motion_studies.query("method == 'today'")
    with pytest.raises(MissingTableError, match="two ways"):
        two_ways(changed("motion_studies", one_way))
    outside = steps.assign(now="external", later="external")
    with pytest.raises(MissingTableError, match="stop the machine"):
        long_changeover(changed("changeover_steps", outside))


@pytest.mark.parametrize("name", SAMPLES)
def test_a_line_is_read_and_asked_for_what_it_can_do(name: str) -> None:
    plant = Plant.sample(name)
    line = assembly_line(plant)
    rows = plant.tasks[plant.tasks["line"] == line.line]
    whole = float(
        (rows["seconds"] * rows["mix_share"]).sum() / rows.drop_duplicates("model")["mix_share"].sum()
    )
    assert line.work_s == pytest.approx(whole)
    takt = methods.takt_time(line.shift_s, line.wanted, breaks=line.break_s, shifts=line.shifts)
    assert takt >= line.times[line.longest]
    assert 2 <= line.work_s / takt <= 7
    with pytest.raises(InputError, match="line"):
        assembly_line(plant, "no such line")


def test_a_line_takes_its_hours_from_the_shifts_or_else_from_about() -> None:
    assert (LINE.shift_s, LINE.break_s, LINE.shifts) == (8.5 * 3600, 1800, 2)
    bare = assembly_line(without("shifts"))
    assert (bare.shift_s, bare.break_s) == (8 * 3600, 0)
    night = METAL.table("shifts").assign(start_hour=22.0, end_hour=6.0)
    assert assembly_line(changed("shifts", night)).shift_s == 8 * 3600


# ---- sitting 1


def test_the_sheet_shows_what_is_odd() -> None:
    sheet = story.study_sheet(METAL, ONE)
    assert list(sheet.index) == list(ONE.elements)
    assert sheet.shape[1] == 6
    cells = sheet.to_numpy().ravel()
    assert any("*" in cell for cell in cells)
    assert any(cell == "" for cell in cells), "a rare element is not in every cycle"
    for name in SAMPLES:
        plant = Plant.sample(name)
        assert not story.study_sheet(plant, watched(plant)).empty


def test_readings_are_counted_and_told_apart() -> None:
    told = str(story.readings(METAL, ONE))
    count = (METAL.time_studies["operation"] == ONE.operation).sum()
    assert f"{count} readings in all, {ONE.foreign} of them" in told
    plain = str(story.readings(METAL, replace(ONE, foreign=0, rare="")))
    assert "nothing happened" in plain
    assert "only once" not in plain


@pytest.mark.parametrize(
    ("rating", "words"),
    [(1.1, "faster than normal"), (0.9, "slower than normal"), (1.0, "about normal pace")],
)
def test_pace_is_told_by_the_rating(rating: float, words: str) -> None:
    study = methods.standard_time([50.0, 50.0], rating=rating, allowance=0.1)
    told = str(story.standard(study, METAL))
    assert words in told
    fair, plain = math.floor(8 * 3600 / (50 * rating / 0.9)), 8 * 72
    assert f"gives {fair}" in told
    assert ("stopwatch alone would promise" in told) == (fair < plain)


def test_a_standard_of_hours_and_one_below_the_watch_read_well() -> None:
    long = methods.standard_time([30000.0, 31000.0], allowance=0.1)
    assert "8 hours give 0.85" in str(story.standard(long, METAL))
    quick = methods.standard_time([50.0, 50.0], rating=0.8)
    assert "too few" in str(story.standard(quick, METAL))


def test_elements_are_read_often_enough_or_not() -> None:
    sheet = story.enough(METAL, ONE)
    rows = METAL.time_studies.query("operation == @ONE.operation and not foreign")
    for element in ONE.elements:
        seconds = rows.loc[rows["element"] == element, "seconds"]
        raw = (1.96 * seconds.std() / (0.05 * seconds.mean())) ** 2
        assert abs(sheet.loc[element, "needed"] - raw) < 1.1
        assert sheet.loc[element, "read"] == len(seconds)
    short = [e for e in ONE.elements if sheet.loc[e, "read"] < sheet.loc[e, "needed"]]
    told = str(story.more_readings(sheet))
    assert all(element in told for element in short)
    assert f"the other {len(sheet) - len(short)} often enough" in told
    assert "every element has been read often enough" in str(story.more_readings(sheet.assign(needed=1)))
    none = str(story.more_readings(sheet.assign(needed="too few to say")))
    assert "have been read too seldom." in none


def test_looks_name_the_largest_loss_and_a_day_that_stands_out() -> None:
    place, state = watched_place(METAL)
    seen = methods.work_sampling(METAL, state, place=place)
    told = str(story.looks(seen, METAL))
    looks = METAL.work_samples.query("place == @place").groupby("state")["looks"].sum()
    worst = looks.drop(state).idxmax()
    assert f"“{worst}”" in told
    assert f"{480 * looks[worst] / looks.sum():.0f} minutes" in told
    assert "No day stands out" in told
    rows = METAL.work_samples.query("place == @place")
    day = rows["date"].iloc[0]
    idle = rows.assign(looks=rows["looks"].where((rows["date"] != day) | (rows["state"] != state), 0))
    odd = methods.work_sampling(idle, state, place=place)
    assert "1 day stands out" in str(story.looks(odd, METAL))
    alone = methods.work_sampling(rows[rows["state"] == state], state, place=place)
    assert "largest of the rest" not in str(story.looks(alone, METAL))
    assert f"‘{worst}’" in str(story.tell(methods.standard_time([5.0]), seen))


def motions(left: str, right: str, times: float = 1.0) -> methods.PredeterminedTime:
    frame = pd.DataFrame([("job", "today", 1, left, right, times)],
                         columns=["operation", "method", "step", "left", "right", "times"])  # fmt: skip
    return methods.predetermined_time(frame, {"reach": 1.0, "hold": 0.25})


def test_two_ways_are_told_by_the_seconds_and_the_hands() -> None:
    slow, fast = motions("", "reach", 2), motions("reach", "reach")
    told = str(story.same_hands(slow, fast))
    assert "50 % less" in told
    assert "0 % of the time, in the other way 100 %" in told
    assert "no more in the other way" in str(story.same_hands(slow, motions("", "reach")))
    assert "no faster" in str(story.same_hands(fast, slow))


def test_the_dearest_way_and_the_busiest_are_told_apart() -> None:
    places = {"a": (0, 0), "b": (5, 0), "c": (50, 0)}
    far = methods.layout(places, {("a", "b"): 20, ("a", "c"): 10}, fixed=["a", "b", "c"])
    told = str(story.carried(far, "m", "USD"))
    assert "from a to c: 10 trips a day over 50 m, 500.00 USD of 600.00 USD" in told
    assert "not the busiest way: that goes from a to b" in told
    near = methods.layout(places, {("a", "b"): 20, ("a", "c"): 1}, fixed=["a"])
    assert "busiest" not in str(story.carried(near, "m", "USD"))


def test_what_moving_brings_is_told_by_the_first_exchange() -> None:
    places = {"saw": (0, 0), "paint": (10, 0), "pack": (20, 0)}
    trips = {("saw", "pack"): 30, ("saw", "paint"): 10, ("paint", "pack"): 5}
    told = str(story.moved(methods.layout(places, trips, fixed=["saw"]), "USD"))
    assert "550.00 USD a day in place of 750.00 USD" in told
    assert "brings 100 % of that gain. Begin there" in told
    assert "smaller" not in told
    assert "no exchange" in str(
        story.moved(methods.layout(places, {("saw", "paint"): 9}, fixed=["saw"]), "USD")
    )
    plan = methods.layout(METAL)
    said = str(story.moved(plan, "USD"))
    share = (plan.cost_today - plan.exchanges["cost"].iloc[0]) / (plan.cost_today - plan.cost)
    assert ("whole chain" in said) == (share < 0.5)
    assert ("smaller than today" in said) == bool(plan.too_small)


def test_every_study_of_a_plant_stands_in_its_table() -> None:
    table = story.own_studies(METAL, 0.12)
    assert set(table.index) == set(METAL.time_studies["operation"])
    assert (table["standard"] > table["normal"]).all()


# ---- sitting 2


def paper_line(times: dict[str, float], after: dict[str, str], **options: Any) -> methods.LineBalance:
    return methods.line_balance(times, after=after, **options)


def test_the_beat_and_the_people_that_it_asks_for() -> None:
    takt = methods.takt_time(LINE.shift_s, LINE.wanted, breaks=LINE.break_s, shifts=LINE.shifts)
    assert takt == pytest.approx(2 * 8 * 3600 / LINE.wanted)
    told = str(story.beat(LINE, takt))
    assert f"Fewer than {math.ceil(LINE.work_s / takt)} people" in told
    said = str(story.wanted(LINE))
    assert f"suppose {LINE.wanted:,} a day" in said
    assert "30 minutes are breaks" in said
    assert "without breaks" in str(story.wanted(replace(LINE, break_s=0.0)))
    assert "1 shift a day" in str(story.wanted(replace(LINE, shifts=1, models=("",))))


def test_tasks_are_listed_with_what_comes_before() -> None:
    table = story.task_list(METAL, LINE)
    rows = METAL.tasks[METAL.tasks["line"] == LINE.line].drop_duplicates("task").set_index("task")
    for task, before in table["after"].items():
        assert before.replace(", ", ";") == str(rows.loc[task, "after"]).replace(" ", "")
    assert table["seconds"].sum() == pytest.approx(LINE.work_s, abs=1)


def test_rules_are_told_by_what_they_cost() -> None:
    best = methods.line_balance(METAL, line=LINE.line, cycle_time=206)
    table = story.rules(METAL, LINE, 206)
    assert len(table) == 3
    same = str(story.fewest(table.assign(**{"stations": best.n_stations, "slowest (s)": 9.0}), best))
    assert "only the proof says so." in same
    assert "look at the slowest" not in same
    other = table.assign(stations=best.n_stations)
    other["slowest (s)"] = [150.0, 190.0, 150.0]
    assert "look at the slowest" in str(story.fewest(other, best))
    worse = table.assign(stations=[best.n_stations + 1, best.n_stations, best.n_stations])
    told = str(story.fewest(worse, best))
    assert f"largest candidate would open {best.n_stations + 1} stations" in told
    assert "cost 1 person" in told
    three = methods.line_balance(METAL, line=LINE.line, assigned=[list(LINE.tasks)], cycle_time=2000)
    open_end = replace(three, bound=0.5)
    assert "not proved" in str(story.fewest(table.assign(stations=1), open_end))


def test_the_theoretical_minimum_is_reached_or_not() -> None:
    reached = paper_line({"A": 5, "B": 4}, {"B": "A"}, cycle_time=6)
    assert "nobody can do with fewer" in str(story.proved(reached))
    missed = paper_line({"A": 5, "B": 5, "C": 5}, {"B": "A"}, cycle_time=8)
    assert (missed.n_stations, missed.theoretical_minimum) == (3, 2)
    told = str(story.proved(missed))
    assert "2 stations would do. They do not" in told
    assert "With 3 stations 38 % of the paid time is idle" in told


def test_what_an_even_cut_gives() -> None:
    best = methods.line_balance(METAL, line=LINE.line, cycle_time=206)
    even = methods.line_balance(METAL, line=LINE.line, stations=best.n_stations)
    told = str(story.slowest(best, even, LINE))
    gain = best.slowest.load - even.slowest.load
    assert ("could take" in told) == (gain >= 0.02 * best.slowest.load)
    assert f"{int(2 * 8 * 3600 / even.slowest.load):,} a day" in told
    assert "can hardly be made faster" in str(story.slowest(even, even, LINE))
    both = str(story.two_efficiencies(best))
    assert f"{best.n_stations} × 206 seconds" in both


def test_models_that_ask_too_much_are_named() -> None:
    tasks = pd.DataFrame(
        [
            ("A", "light", 10.0, 0.5),
            ("A", "heavy", 30.0, 0.5),
            ("B", "light", 20.0, 0.5),
            ("B", "heavy", 20.0, 0.5),
        ],
        columns=["task", "model", "seconds", "mix_share"],
    )
    over = methods.line_balance(tasks, cycle_time=22)
    told = str(story.mixed(over))
    assert "the model heavy asks 30 seconds" in told
    assert "8 too many" in told
    assert "other such meeting" not in told
    assert "any order" in str(story.mixed(methods.line_balance(tasks, cycle_time=50)))
    single = paper_line({"A": 5}, {}, cycle_time=8)
    assert "one model" in str(story.mixed(single))


@pytest.mark.parametrize("name", SAMPLES)
def test_an_empty_chair_costs_what_the_shorter_line_loses(name: str) -> None:
    plant = Plant.sample(name)
    line = assembly_line(plant)
    takt = methods.takt_time(line.shift_s, line.wanted, breaks=line.break_s, shifts=line.shifts)
    best = methods.line_balance(plant, line=line.line, cycle_time=takt)
    told = str(story.absent(plant, line, best))
    fewer = methods.line_balance(plant, line=line.line, stations=best.n_stations - 1)
    day = int(line.shifts * (line.shift_s - line.break_s) / fewer.cycle_time)
    assert f"the day gives {day:,}" in told
    assert ("fewer than wanted" in told) == (day < line.wanted)
    assert "still enough" in str(story.absent(plant, replace(line, wanted=1), best))
    alone = methods.line_balance(plant, line=line.line, stations=1)
    assert "it stands" in str(story.absent(plant, line, alone))


def test_every_line_of_a_plant_stands_in_its_table() -> None:
    table = story.own_lines(METAL)
    assert set(table.index) == set(METAL.tasks["line"])
    assert (table["slowest, at best (s)"] <= table["takt (s)"] + 0.1).all()


# ---- sitting 3


@pytest.mark.parametrize("name", SAMPLES)
def test_the_busiest_place_is_not_full_and_told_by_its_load(name: str) -> None:
    plant = Plant.sample(name)
    center = story.busiest(plant)
    loads = methods.workcenter_loads(plant).set_index("workcenter")
    assert center.load == pytest.approx(loads.loc[center.workcenter, "load"])
    single = loads[(loads["machines"] == 1) & (loads["load"] <= 0.93)]
    assert center.load == pytest.approx(single["load"].max())
    told = str(story.loads_said(plant, center))
    over = loads.index[loads["load"] > 1]
    assert ("Mind" in told) == bool(len(over))
    assert all(code in told for code in over)
    listed = story.loads(plant)
    assert list(listed["load (%)"]) == sorted(listed["load (%)"], reverse=True)


CENTER = story.busiest(METAL)


def test_no_place_with_hours_left_is_said() -> None:
    slow = METAL.routings.assign(run_hours=lambda t: 50 * t["run_hours"])
    with pytest.raises(MissingTableError, match="more than it can do"):
        story.busiest(changed("routings", slow))


def test_a_wait_on_record_is_turned_into_lots() -> None:
    told = str(story.on_record(CENTER))
    lots = CENTER.lots_hour * (CENTER.queue_hours + CENTER.lot_hours)
    assert f"so {lots:.1f} lie or run there" in told
    assert "holds no wait" in str(story.on_record(replace(CENTER, queue_hours=0.0)))


def test_a_wait_by_the_formula_is_held_against_the_record() -> None:
    line = methods.workcenter_queue(METAL, CENTER.workcenter)
    for record, words in (
        (0.5 * line.Wq, "too good to be true"), (line.Wq, "which is about that"), (2 * line.Wq, "to be safe")
    ):  # fmt: skip
        told = str(story.waits(replace(CENTER, queue_hours=record), line))
        assert words in told
        assert f"{line.Wq / CENTER.lot_hours:.1f} times as long" in told
    assert "The planner" not in str(story.waits(replace(CENTER, queue_hours=0.0), line))


def test_levers_are_worked_out_one_by_one() -> None:
    table = story.levers(CENTER)["wait (hours)"]
    assert CENTER.machines == 1
    u, cv2 = CENTER.load, CENTER.lot_cv**2

    def wait(u: float, ca2: float, ce2: float) -> float:
        return (ca2 + ce2) / 2 * u / (1 - u) * CENTER.lot_hours

    assert table["as it is"] == pytest.approx(wait(u, 1, cv2), abs=0.06)
    assert table["a tenth less work"] == pytest.approx(wait(0.9 * u, 1, cv2), abs=0.06)
    assert table["lots half as uneven"] == pytest.approx(wait(u, 1, cv2 / 4), abs=0.06)
    assert table["lots released half as much by chance"] == pytest.approx(wait(u, 0.25, cv2), abs=0.06)
    assert table["both of these"] == pytest.approx(table["as it is"] / 4, abs=0.1)
    told = str(story.levers_said(CENTER, story.levers(CENTER)))
    assert "the pace alone" in told
    assert "near the top of the curve" in told
    calm = replace(CENTER, lots_hour=0.2 * CENTER.lots_hour, lot_cv=3.0)
    other = str(story.levers_said(calm, story.levers(calm)))
    assert "evener lots alone" in other
    assert "takes only" in other


def test_the_item_of_the_line_has_most_steps() -> None:
    item = story.routed(METAL)
    steps = METAL.routings[METAL.routings["alternative"] == ""].groupby("item").size()
    used = steps[steps.index.isin(METAL.yearly_use().index[METAL.yearly_use() > 0])]
    assert used[item] == used.max()
    bench = methods.flow_benchmarks(methods.plant_line(METAL, item))
    assert bench.bottleneck in str(story.flow(bench, METAL, item))


def test_places_between_stations_are_told_by_what_they_give() -> None:
    bench = methods.flow_benchmarks([1.0, 1.0])

    def table(none: float, one: float, many: float, late: float) -> pd.DataFrame:
        rows = {"an hour": [none, one, many, many], "lead time (h)": [2.0, 2.2, 3.0, late]}
        return pd.DataFrame(rows, index=[0, 1, 5, 20])

    told = str(story.buffered(table(0.6, 0.8, 1.0, 8.0), bench))
    assert "loses 40 %" in told
    assert "A single place gives 50 % of what twenty give" in told
    assert "4 times as long" in told
    calm = str(story.buffered(table(0.99, 1.0, 1.0, 2.0), bench))
    assert "nearly all" in calm
    assert "A single place" not in calm
    assert "no harm" in calm


def test_simulated_places_never_cost_pace() -> None:
    table, run = story.buffers(METAL, story.routed(METAL))
    slack = 2 * table["give or take"].max()
    assert table["an hour"].is_monotonic_increasing or (table["an hour"].diff().dropna() > -slack).all()
    assert table["an hour"][20] > table["an hour"][0]
    assert run.throughput == pytest.approx(table["an hour"][0], rel=1e-3)


def test_a_place_that_is_full_has_no_wait_by_formula() -> None:
    food = Plant.sample("food")
    table = story.own_waits(food)
    loads = methods.workcenter_loads(food).set_index("workcenter")["load"]
    for code, wait in table["wait by formula (h)"].items():
        assert isinstance(wait, str) == (loads[code] >= 0.999)


# ---- sitting 4

STREAM = methods.value_stream(METAL)


def test_the_way_is_told_by_its_days_and_its_longest_wait() -> None:
    table = story.under_way(STREAM)
    days = table["waits (days)"].sum() + table["in the batch (days)"].sum()
    days += (
        table["work (minutes)"].sum() / 60 / STREAM.hours_per_day
        + STREAM.finished_hours / STREAM.hours_per_day
    )
    assert days == pytest.approx(STREAM.lead_time_days, abs=0.3)
    assert STREAM.longest_wait in str(story.stream_said(STREAM))
    stock = replace(STREAM, finished_hours=1e5)
    assert "finished ones before they are sold" in str(story.stream_said(stock))
    slow = replace(STREAM, table=STREAM.table.assign(is_too_slow=True))
    assert "cannot keep the customers’ beat" in str(story.stream_said(slow))
    work = methods.value_stream([{"step": "turn", "run_hours": 4.0}], daily_demand=1, hours_per_day=8)
    assert "4 hours of them, 100 %" in str(story.stream_said(work))


def quick(*steps: tuple[float, str, str, float]) -> methods.QuickChangeover:
    rows = [(i, f"step {i}", *step) for i, step in enumerate(steps, start=1)]
    columns = ["step", "name", "seconds", "now", "later", "seconds_later"]
    return methods.quick_changeover(pd.DataFrame(rows, columns=columns))


def test_a_changeover_is_told_by_what_was_moved_and_what_was_shortened() -> None:
    moved = quick((600, "internal", "external", 600), (300, "internal", "internal", 240))
    told = str(story.changed(moved))
    assert "stands 4 minutes in place of 15" in told
    assert "The larger part, 10 minutes" in told
    assert "the 10 minutes of work beside" in told
    short = quick((120, "internal", "external", 120), (600, "internal", "internal", 120))
    assert "making the rest shorter gives 8" in str(story.changed(short))
    said = str(story.freed(moved, 10))
    assert "win 1.8 machine hours" in said
    assert "3.8 times as often: lots are then 27 %" in said
    gone = quick((600, "internal", "external", 600))
    assert "hardly stands any more" in str(story.freed(gone, 10))


@pytest.mark.parametrize("name", SAMPLES)
def test_cards_are_counted_by_hand(name: str) -> None:
    plant = Plant.sample(name)
    one = story.pulled(plant)
    table = story.halved(one)
    for row in table.itertuples():
        lot, setup = row.lot, row[1]
        days = (one.wait_hours + setup + lot * one.run_hours) / one.day_hours
        raw = one.daily * days * 1.1 / one.container
        assert abs(math.ceil(raw) - row.cards) <= max(1, 0.01 * raw)
    cards = list(table["cards"])
    assert cards == sorted(cards, reverse=True)
    told = str(story.cards_said(one, table))
    assert ("not half" in told) == (cards[2] > 0.65 * cards[0])
    assert f"suppose {one.container:,}" in str(story.loop(one))


def test_no_setup_no_cards() -> None:
    with pytest.raises(MissingTableError, match="setup"):
        story.pulled(changed("routings", METAL.routings.assign(setup_hours=0.0)))


def test_the_setup_is_called_small_only_where_it_is() -> None:
    one = replace(story.pulled(METAL), setup_hours=0.0, run_hours=0.01)
    assert "smaller part" in str(story.cards_said(one, story.halved(one)))
    long = replace(one, setup_hours=900.0, run_hours=1e-6, wait_hours=0.0)
    assert "smaller part" not in str(story.cards_said(long, story.halved(long)))


def test_the_mix_is_a_lines_or_else_what_sells_most() -> None:
    assert sum(story.mix(METAL).values()) in (19, 20, 21)
    sold = METAL.demand.groupby("item")["quantity"].sum().nlargest(3)
    assert set(story.mix(without("tasks"))) == set(sold.index)
    one = METAL.demand[METAL.demand["item"] == sold.index[0]]
    with pytest.raises(MissingTableError, match="two items"):
        story.mix(Plant({n: METAL.table(n) for n in METAL.tables if n != "tasks"} | {"demand": one}))


def test_an_even_order_is_told_beside_the_batches() -> None:
    units = {"A": 4, "B": 2, "C": 2}
    level, batches = methods.level_schedule(units), methods.level_schedule(units, method="batches")
    told = str(story.mixed_order(level, batches))
    more = level.changeovers - batches.changeovers
    assert f"{more} changeovers more in every 8 units" in told
    assert f"never more than {level.longest_run} of one model in a row" in told


def test_what_is_told_to_whom_begins_with_whom() -> None:
    ways, fewer = story.levers(CENTER), story.halved(story.pulled(METAL))
    best = methods.line_balance(METAL, line=LINE.line, cycle_time=206)
    for said in (
        story.tell_waiting(CENTER, ways),
        story.tell_pull(story.pulled(METAL), fewer),
        story.tell_line(LINE, best, 206.0),
    ):
        assert len(said.paragraphs) == 4
        assert all(re.match(r"- To .+: “.+”$", line) for line in said.paragraphs)


def test_own_streams_name_the_longest_wait() -> None:
    table = story.own_streams(METAL)
    assert 1 <= len(table) <= 5
    code = str(table.index[0])
    stream = methods.value_stream(METAL, item=code)
    assert table["days on the way"].iloc[0] == pytest.approx(stream.lead_time_days, abs=0.01)


# ---- the lesson itself


@pytest.mark.parametrize("name", ["metal", "food", "renamed"])
def test_what_lesson_04_concludes_follows_from_the_figures(
    name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Each claim is worked out a second time, by plain arithmetic on the plant's tables."""
    monkeypatch.setenv("PRODKIT_HOME", str(tmp_path))
    plant = furnished(renamed(), sum(LESSON_TABLES["04"], ())) if name == "renamed" else Plant.sample(name)
    shown = run(ROOT / "notebooks" / "04_methods.ipynb", plant)
    said = {id: str(value) for id, (value, _) in shown.items() if isinstance(value, Said)}

    one = watched(plant)
    rows = plant.time_studies
    rows = rows[(rows["operation"] == one.operation) & ~rows["foreign"]]
    rows = rows.assign(normal=rows["seconds"] * rows["rating"])
    by = rows.groupby("element").agg(
        seconds=("seconds", "mean"), normal=("normal", "mean"), every=("every", "first")
    )
    observed, normal = (float((by[column] / by["every"]).sum()) for column in ("seconds", "normal"))
    assert f"gives {int(8 * 3600 * 0.88 / normal):,}" in said["s1-hours"]
    assert f"not the {int(8 * 3600 / observed):,} that" in said["s1-hours"]

    looks = plant.work_samples
    looks = looks[looks["place"] == looks.groupby("place")["looks"].sum().idxmax()]
    share = looks.groupby("state")["looks"].sum() / looks["looks"].sum()
    assert f"in {100 * share.max():.0f} % of the looks" in said["s1-looks-so"]

    places = plant.areas.set_index("area")
    flows = plant.flows
    ends = [places.loc[list(flows[side]), ["x", "y"]].to_numpy() for side in ("from_area", "to_area")]
    far = abs(ends[0] - ends[1]).sum(axis=1)
    today = float((flows["trips"] * flows["cost"] * far).sum())
    assert f"in place of {today:.2f}" in said["s1-layout-so"]

    line = assembly_line(plant)
    takt = line.shifts * (line.shift_s - line.break_s) / line.wanted
    assert f"Fewer than {math.ceil(line.work_s / takt)} people" in said["s2-takt"]
    tried = shown["s2-rule"][0]
    fewest = int(re.match(r"(\d+) station", shown["s2-best"][1])[1])  # type: ignore[index]
    assert ("would open" in said["s2-best-so"]) == (tried["stations"].max() > fewest)
    over = shown["s2-mixed"][0]["overload"]
    assert ("too many" in said["s2-mixed-so"]) == (over.max() > 0)

    center = story.busiest(plant)
    u = center.lots_hour * center.lot_hours / center.machines
    wait = (1 + center.lot_cv**2) / 2 * u ** (math.sqrt(2 * (center.machines + 1)) - 1)
    wait *= center.lot_hours / center.machines / (1 - u)
    told = float(re.search(r"a lot waits ([\d,.]+) hours", said["s3-waits"])[1].replace(",", ""))  # type: ignore[index]
    assert told == pytest.approx(wait, rel=0.05, abs=0.006)

    drawn = story.pulled(plant)
    days = (drawn.wait_hours + drawn.setup_hours + drawn.lot * drawn.run_hours) / drawn.day_hours
    assert shown["s4-cards"][0] == math.ceil(drawn.daily * days * 1.1 / drawn.container - 1e-9)
    steps = plant.changeover_steps
    steps = steps[steps["changeover"] == long_changeover(plant)]
    stands = steps.loc[steps["now"] == "internal", "seconds"].sum() / 60
    later = steps.assign(seconds_later=steps["seconds_later"].fillna(steps["seconds"]))
    left = later.loc[later["later"] == "internal", "seconds_later"].sum() / 60
    minutes = re.search(r"stands ([\d.]+) minutes in place of ([\d.]+)", said["s4-quick-so"])
    assert minutes is not None
    assert [float(x) for x in minutes.groups()] == pytest.approx([left, stands], abs=0.51)


def test_one_saturday_is_told_by_what_each_thing_brings() -> None:
    place, state = watched_place(METAL)
    seen = methods.work_sampling(METAL, state, place=place)
    slow, fast = motions("", "reach", 2), motions("reach", "reach")
    plan = methods.layout(METAL)
    told = str(story.one_saturday(seen, slow, fast, plan, METAL))
    saved = plan.cost_today - plan.exchanges["cost"].iloc[0]
    assert f"{saved:.2f} USD a day" in told
    assert "1 seconds a piece. It takes 3,600 pieces" in told
    assert seen.states is not None
    worst = seen.states[seen.states["state"] != state].iloc[0]
    assert f"half of it is {480 * worst['share'] / 2:.0f} minutes" in told
    still = methods.layout({"saw": (0, 0), "paint": (10, 0)}, {("saw", "paint"): 9}, fixed=["saw"])
    other = str(story.one_saturday(seen, fast, slow, still, METAL))
    assert "saves nothing here" in other
    assert "no faster" in other
