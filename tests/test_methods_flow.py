"""Little's law, flow benchmarks, value streams, and the charts of flow, queues and streams."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
from chart_checks import check_apart, check_inside, check_words
from hypothesis import given, settings
from hypothesis import strategies as st

from prodkit import Plant
from prodkit.charts import Chart
from prodkit.charts.methods import flow_curve, queue_curve, station_states, stream_ladder
from prodkit.errors import InputError, MissingTableError, PlantError
from prodkit.methods import (
    Station,
    flow_benchmarks,
    little,
    plant_line,
    queue,
    simulate_line,
    value_stream,
    workcenter_loads,
    workcenter_queue,
)

figure = st.floats(0.01, 1e6)


@given(figure, figure)
def test_two_give_the_third_whichever_they_are(throughput, cycle_time) -> None:
    one = little(throughput=throughput, cycle_time=cycle_time)
    assert one.wip == pytest.approx(throughput * cycle_time)
    assert little(wip=one.wip, throughput=throughput).cycle_time == pytest.approx(cycle_time)
    assert little(wip=one.wip, cycle_time=cycle_time).throughput == pytest.approx(throughput)
    assert str(one).count("\n") == 1


@pytest.mark.parametrize(
    ("given_", "words"),
    [
        ({}, "exactly two"),
        ({"wip": 3}, "exactly two"),
        ({"wip": 3, "throughput": 1, "cycle_time": 3}, "exactly two"),
        ({"wip": 3, "throughput": 0}, "throughput must be above zero"),
        ({"wip": -3, "throughput": 1}, "wip must be above zero"),
        ({"wip": "3", "throughput": 1}, "wip must be above zero"),
    ],
)
def test_little_tells_what_it_wants(given_, words) -> None:
    with pytest.raises(InputError, match=words):
        little(**given_)


def test_a_balanced_line_of_four() -> None:
    line = flow_benchmarks([0.5] * 4)
    assert (line.bottleneck_rate, line.raw_process_time, line.critical_wip) == (2.0, 2.0, 4.0)
    assert [line.best(w).throughput for w in (1, 2, 4, 9)] == [0.5, 1.0, 2.0, 2.0]
    assert [line.worst(w).cycle_time for w in (1, 4)] == [2.0, 8.0]
    assert [line.practical_worst(w).throughput for w in (1, 4)] == pytest.approx([0.5, 8 / 7])
    assert line.verdict(4, 1.2) == "good"
    assert line.verdict(4, 1.1) == "poor"
    table = line.table()
    assert list(table["wip"]) == list(range(1, 13))
    assert table["best_throughput"].iloc[-1] == 2.0
    assert len(line.table(5)) == 5


def test_machines_failures_and_rework_count() -> None:
    line = flow_benchmarks(
        [
            Station(process_time=1, name="a", machines=2),
            Station(process_time=0.6, name="b", time_to_failure=9, time_to_repair=3),
            Station(process_time=0.3, name="c", rework_share=0.25, rework_to="b"),
        ]
    )
    assert line.bottleneck == "b"
    assert line.bottleneck_rate == pytest.approx(1 / (0.8 / 0.75))  # each unit comes 1 / 0.75 times
    assert line.raw_process_time == pytest.approx(1 + (0.8 + 0.3) / 0.75)
    assert "b is the bottleneck" in str(line)


@settings(deadline=None)
@given(st.lists(st.floats(0.01, 50), min_size=1, max_size=8), st.floats(1, 200))
def test_the_practical_worst_case_lies_between_and_little_holds(times, wip) -> None:
    line = flow_benchmarks(times)
    best, worst, middle = line.best(wip), line.worst(wip), line.practical_worst(wip)
    assert worst.throughput <= middle.throughput * (1 + 1e-9)
    assert middle.throughput <= best.throughput * (1 + 1e-9)
    for point in (best, worst, middle):
        assert pytest.approx(wip) == point.throughput * point.cycle_time
    assert line.critical_wip <= len(times) * (1 + 1e-9)


def test_the_practical_worst_case_is_a_closed_line_of_exponential_stations() -> None:
    m, w = 4, 6  # mean value analysis, by hand: an arrival sees what one unit less leaves behind
    held = [0.0] * m
    for n in range(1, w + 1):
        cycle = [0.5 * (1 + x) for x in held]
        throughput = n / sum(cycle)
        held = [throughput * c for c in cycle]
    assert flow_benchmarks([0.5] * m).practical_worst(w).throughput == pytest.approx(throughput)


def test_a_simulated_line_lies_between_the_marks() -> None:
    line = [Station(process_time=0.5, cv=0.5, name=str(j), buffer=1) for j in range(4)]
    run = simulate_line(line, units=6000, warm_up=600)
    marks = flow_benchmarks(line)
    assert marks.worst(run.wip).throughput < run.throughput < marks.best(run.wip).throughput
    assert marks.verdict(run.wip, run.throughput) == "good"  # less variable than exponential


@pytest.mark.parametrize(
    ("call", "words"),
    [
        (lambda: flow_benchmarks([]), "at least one station"),
        (lambda: flow_benchmarks([1, -1]), "process_time of station 2"),
        (lambda: flow_benchmarks([1.0]).best(0.5), "wip must be 1 or more"),
        (lambda: flow_benchmarks([1.0]).verdict(3, 1.2), "the best with this wip"),
        (lambda: flow_benchmarks([1.0]).table(0), "most must be"),
    ],
)
def test_flow_tells_what_it_wants(call, words) -> None:
    with pytest.raises(InputError, match=words):
        call()


STEPS = [
    {"step": "stamp", "run_hours": 0.01, "stock": 900, "setup_hours": 1, "batch": 300},
    {"step": "weld", "run_hours": 0.04, "stock": 600, "uptime": 0.8},
    {"step": "wash", "run_hours": 0.02, "wait_hours": 5, "machines": 2, "value_added": 0},
    {"step": "assemble", "run_hours": 0.05, "stock": 450},
]
OF_DAY = {"daily_demand": 300, "hours_per_day": 16}


def test_a_stream_on_paper() -> None:
    stream = value_stream(STEPS, finished_stock=300, **OF_DAY)
    takt = 16 / 300
    assert stream.takt_time == pytest.approx(takt)
    waits = (900 + 600 + 450 + 300) * takt + 5
    batch = 1 + 299 * 0.01
    assert stream.lead_time == pytest.approx(waits + batch + 0.01 + 0.04 + 0.02 + 0.05)
    assert stream.lead_time_days == pytest.approx(stream.lead_time / 16)
    assert stream.value_added_time == pytest.approx(0.10)
    assert stream.value_added_share == pytest.approx(0.10 / stream.lead_time)
    pace = [0.01 + 1 / 300, 0.05, 0.01, 0.05]
    assert stream.table["pace_hours"].to_numpy() == pytest.approx(pace)
    assert stream.table["load"].to_numpy() == pytest.approx(np.array(pace) / takt)
    assert (stream.too_slow, stream.longest_wait) == ((), "stamp")
    fast = value_stream(STEPS, daily_demand=400, hours_per_day=16)
    assert fast.too_slow == ("weld", "assemble")
    assert "cannot keep the takt" in str(fast)
    assert str(stream).count("\n") == 1
    assert value_stream(STEPS, finished_stock=1000, **OF_DAY).longest_wait == "finished"


def test_smaller_lots_that_move_on_shorten_the_stream_and_nothing_else() -> None:
    rows = [
        {"step": "a", "run_hours": 0.1, "batch": 100, "setup_hours": 1, "transfer": t} for t in (100, 10, 1)
    ]
    streams = [value_stream([row], **OF_DAY) for row in rows]
    assert [s.lead_time for s in streams] == pytest.approx([11, 2, 1.1])
    assert len({round(float(s.table["load"].iloc[0]), 12) for s in streams}) == 1


def test_a_table_with_blanks_is_as_good_as_rows() -> None:
    whole = value_stream(pd.DataFrame(STEPS), finished_stock=300, **OF_DAY)
    assert whole.lead_time == value_stream(STEPS, finished_stock=300, **OF_DAY).lead_time


@pytest.mark.parametrize(
    ("steps", "options", "words"),
    [
        ([], OF_DAY, "at least one step"),
        (STEPS, {"hours_per_day": 16}, "daily_demand must be above zero"),
        (STEPS, {"daily_demand": 0, "hours_per_day": 16}, "daily_demand must be above zero"),
        (STEPS, {"daily_demand": 9, "hours_per_day": 25}, "at most 24"),
        (STEPS, {**OF_DAY, "finished_stock": -1}, "finished_stock"),
        (STEPS, {**OF_DAY, "item": "x"}, "left out where the steps are given"),
        ([{"step": "a"}], OF_DAY, "run_hours of a must be zero or more"),
        ([{"step": "a", "run_hours": -1}], OF_DAY, "run_hours of a"),
        ([{"step": "a", "run_hours": 1, "uptime": 0}], OF_DAY, "uptime of a"),
        ([{"step": "a", "run_hours": 1, "batch": 0}], OF_DAY, "batch of a"),
        ([{"step": "a", "run_hours": 1, "transfer": 5}], OF_DAY, "at most the batch"),
        ([{"step": "a", "run_hours": 1, "speed": 5}], OF_DAY, "speed"),
        ([{"step": "a", "run_hours": 1}, {"step": "a", "run_hours": 1}], OF_DAY, "a name used once"),
        ("stamp", OF_DAY, "a table of steps"),
        ([3], OF_DAY, "a row with run_hours"),
    ],
)
def test_streams_tell_what_they_want(steps, options, words) -> None:
    with pytest.raises(InputError, match=words):
        value_stream(steps, **options)


def test_all_faults_of_the_steps_are_told_at_once() -> None:
    bad = [{"step": "a", "run_hours": -1}, {"step": "b", "run_hours": 1, "stock": -2, "uptime": 3}]
    with pytest.raises(PlantError) as error:
        value_stream(bad, **OF_DAY)
    assert len(error.value.faults) == 3


@pytest.fixture(scope="module")
def streams():
    return {name: value_stream(Plant.sample(name)) for name in Plant.samples()}


@pytest.mark.parametrize("name", Plant.samples())
def test_every_sample_has_a_stream(name, streams) -> None:
    plant, stream = Plant.sample(name), streams[name]
    assert len(stream.table) >= 2
    assert 0 < stream.value_added_share < 0.5
    assert stream.lead_time > stream.table["wait_hours"].sum()
    loads = workcenter_loads(plant).set_index("workcenter")["load"]
    for row in stream.table.to_dict("records"):  # an item's part of a machine is loaded as the whole of it
        assert row["load"] == pytest.approx(loads[row["workcenter"]], rel=1e-6)
    last = stream.table["item"].iloc[-1]
    assert stream.finished_hours == pytest.approx(
        plant.table("items").set_index("item")["on_hand"][last] / stream.daily_demand * stream.hours_per_day
    )


def test_the_stream_is_the_longest_way_through_the_bills() -> None:
    plant = Plant.sample("metal")
    stream = value_stream(plant, item="drawer-unit")
    use = plant.yearly_use() / 260
    stock = plant.table("items").set_index("item")["on_hand"]
    parts = plant.table("bom").query("parent == 'drawer-unit'")["component"]
    longest = max(float(stock[c] / use[c]) for c in parts if use[c] > 0)
    first = stream.table["wait_hours"].iloc[0] / stream.hours_per_day
    assert first >= longest  # its stock and the queue before the step
    assert stream.lead_time_days >= longest
    with pytest.raises(InputError, match="was used"):
        value_stream(plant, item="moon")
    bare = Plant({k: plant.table(k) for k in plant.tables if k not in ("routings", "workcenters")})
    with pytest.raises(MissingTableError, match="routings"):
        value_stream(bare)


RUN = simulate_line(
    [Station(process_time=1, cv=1, name="saw", time_to_failure=40, time_to_repair=6), Station(process_time=1, cv=1, name="weld", buffer=1)],
    units=3000, warm_up=300,
)  # fmt: skip


def drawn(streams) -> dict[str, Chart]:
    marks = flow_benchmarks([0.5, 0.4, 0.5])
    plant = Plant.sample("food")
    return {
        "queue": queue_curve(queue(4, 5)),
        "queue of lots": queue_curve(workcenter_queue(plant, "kettle"), variabilities=(0.2, 1, 3)),
        "flow": flow_curve(marks),
        "flow at": flow_curve(marks, wip=6, throughput=1.2),
        "flow time": flow_curve(marks, wip=6, throughput=1.2, show="cycle_time"),
        "states": station_states(RUN),
        "states of a plant": station_states(
            simulate_line(plant_line(plant, "tomato-basil-12", cv=0.4, buffer=2), units=400, warm_up=40)
        ),
        **{f"stream {name}": stream_ladder(stream) for name, stream in streams.items()},
    }


def test_every_chart_has_a_finding_units_alt_text_and_no_text_outside_or_across(streams) -> None:
    charts = drawn(streams)
    assert len(charts) == 13
    for name, chart in charts.items():
        check_words(chart, name, longest=125)
        chart.png()
        check_inside(chart, name)
        check_apart(chart, name)


def test_the_queue_curve_is_the_queue_at_each_utilization() -> None:
    chart = queue_curve(queue(4, 5))
    assert chart.title == "Busy 80 %, the wait is 0.8 hours; busy 90 % it would be 1.8 hours"
    x, y = (np.asarray(v) for v in chart.ax.lines[2].get_data())
    assert y[10] == pytest.approx(queue(5 * x[10] / 100, 5).Wq)
    half, double = (np.asarray(line.get_ydata()) for line in chart.ax.lines[:2])
    assert half == pytest.approx(double / 4)
    for bad, options in (
        (queue(4, 5, capacity=3), {}),
        (queue(4, 5), {"variabilities": (-1,)}),
        (queue(4, 5), {"variabilities": (1,) * 5}),
    ):
        with pytest.raises(InputError):
            queue_curve(bad, **options)


def test_the_flow_curve_shows_the_three_cases_and_where_the_line_is() -> None:
    marks = flow_benchmarks([0.5] * 4)
    chart = flow_curve(marks, wip=4, throughput=1.5)
    best = np.asarray(chart.ax.lines[0].get_ydata())
    assert best.max() == pytest.approx(2)
    assert "no less than the practical worst case" in chart.title
    assert {"best", "practical worst", "worst", "critical WIP 4"} == {t.get_text() for t in chart.ax.texts}
    with pytest.raises(InputError, match="given, since the other"):
        flow_curve(marks, wip=4)
    with pytest.raises(InputError, match="throughput, cycle_time"):
        flow_curve(marks, show="speed")


def test_states_are_stacked_to_a_hundred_in_the_order_of_the_line() -> None:
    chart = station_states(RUN)
    assert [t.get_text() for t in chart.ax.get_xticklabels()] == ["saw", "weld"]
    heights = [bar.get_height() for bar in chart.ax.patches]
    assert len(heights) == 8
    assert sum(heights) == pytest.approx(200, abs=1)
    assert chart.title.startswith("saw limits the line")
    assert {"working", "down", "blocked", "starved"} == {t.get_text() for t in chart.ax.texts}


def test_the_ladder_is_to_scale() -> None:
    stream = value_stream(STEPS, finished_stock=300, **OF_DAY)
    chart = stream_ladder(stream)
    x, y = (np.asarray(v) for v in chart.ax.lines[0].get_data())
    assert x[-1] == pytest.approx(stream.lead_time_days)
    upper = sum(b - a for a, b, level in zip(x, x[1:], y[1:], strict=False) if level == 1)
    assert upper == pytest.approx((stream.table["wait_hours"].sum() + stream.finished_hours) / 16)
    assert "before stamp" in " ".join(t.get_text() for t in chart.ax.texts).replace("\n", " ")
