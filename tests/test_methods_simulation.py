"""The line simulation against simpy on the same times, closed forms, and its own laws."""

from __future__ import annotations

import math
from itertools import pairwise

import numpy as np
import pandas as pd
import pytest
import simpy
from hypothesis import given, settings
from hypothesis import strategies as st

from prodkit import Plant
from prodkit.errors import InputError, PlantError
from prodkit.methods import Station, plant_line, queue, simulate_line, workcenter_loads, workcenter_queue
from prodkit.methods.line_simulation_events import Chances, events
from prodkit.methods.line_simulation_flow import STATION, flow
from prodkit.methods.line_simulation_input import read_stations, visits
from prodkit.methods.line_simulation_times import draw


def simpy_line(stations, times, arrivals, *, sent_back=None) -> tuple[list[float], list[float]]:
    """When each unit comes and leaves: a process a unit, machines and places as resources."""
    env = simpy.Environment()
    m = len(stations)
    machines = [simpy.Resource(env, s.machines) for s in stations]
    places = [simpy.Resource(env, 10**9 if s.buffer is None else s.buffer + s.machines) for s in stations]
    order = [iter(row) for row in times]
    shares = [iter(row) for row in sent_back] if sent_back is not None else None
    names = [s.name for s in stations]
    came, left = [], [math.nan] * len(arrivals)

    def unit(number, place):
        j, holds_place = 0, True
        while True:
            machine = machines[j].request()
            yield machine
            yield env.timeout(next(order[j]))
            here = stations[j]
            if here.rework_share and next(shares[j]) < here.rework_share:
                target = names.index(here.rework_to) if here.rework_to else j
                machines[j].release(machine)
                if holds_place:
                    places[j].release(place)
                j, holds_place = target, False
                continue
            ahead = None
            if j + 1 < m:
                ahead = places[j + 1].request()
                yield ahead
            machines[j].release(machine)
            if holds_place:
                places[j].release(place)
            if ahead is None:
                left[number] = env.now
                return
            j, place, holds_place = j + 1, ahead, True

    def source():
        for number, at in enumerate(arrivals):
            yield env.timeout(at - env.now)
            place = places[0].request()
            yield place
            came.append(at)
            env.process(unit(number, place))

    env.process(source())
    env.run()
    return came, left


def run_flow(stations, xs, arrivals, warm_up):
    pairs = [lambda x=x: (x[None], None) for x in xs]
    return flow(stations, pairs, None if arrivals is None else arrivals[None], warm_up)


def line_of(buffers, machines=None, **more) -> list[Station]:
    machines = machines or [1] * (len(buffers) + 1)
    return [
        Station(process_time=1, cv=1, name=str(j), machines=c, buffer=b, **more)
        for j, (b, c) in enumerate(zip((None, *buffers), machines, strict=True))
    ]


@settings(deadline=None, max_examples=40)
@given(
    st.lists(st.one_of(st.none(), st.integers(0, 4)), min_size=0, max_size=4),
    st.integers(0, 2**32),
    st.floats(0.3, 3),
)
def test_recursions_leave_at_the_very_times_that_simpy_says(buffers, seed, pace) -> None:
    n = 60
    rng = np.random.default_rng(seed)
    stations = line_of(buffers)
    xs = rng.exponential(1, (len(stations), n))
    arrivals = np.cumsum(rng.exponential(pace, n))
    _, left = simpy_line(stations, xs, arrivals)
    seen = run_flow(stations, xs, arrivals, 0)
    assert seen.line["lead_time"][0] == pytest.approx(np.mean(np.array(left) - arrivals))
    assert seen.line["lead_time_95"][0] == pytest.approx(np.quantile(np.array(left) - arrivals, 0.95))
    grid = np.linspace(arrivals[0], arrivals[-1], 20_001)[:-1]
    inside = np.searchsorted(arrivals, grid, "right") - np.searchsorted(np.sort(left), grid, "right")
    assert seen.line["wip"][0] == pytest.approx(inside.mean(), rel=0.01)
    assert seen.line["throughput"][0] == pytest.approx(
        (np.array(left) <= arrivals[-1]).sum() / (arrivals[-1] - arrivals[0])
    )


@pytest.mark.parametrize("rows", [4, 64])
def test_blocks_of_the_recursion_join_without_a_seam(rows, monkeypatch) -> None:
    rng = np.random.default_rng(4)
    stations = line_of([0, 3, None, 1])
    xs = rng.exponential(1, (5, 700))
    arrivals = np.cumsum(rng.exponential(1.6, 700))
    whole = run_flow(stations, xs, arrivals, 100)
    monkeypatch.setattr("prodkit.methods.line_simulation_flow._ROWS", rows)
    parts = run_flow(stations, xs, arrivals, 100)
    for a, b in ((whole.line, parts.line), (whole.stations, parts.stations)):
        for name in a:
            assert b[name] == pytest.approx(a[name], abs=1e-9), name
    _, left = simpy_line(stations, xs, arrivals)
    assert whole.line["lead_time"][0] == pytest.approx(np.mean((np.array(left) - arrivals)[100:]))


def test_machines_side_by_side_with_room_agree_with_simpy() -> None:
    rng = np.random.default_rng(8)
    stations = line_of([None, None], [3, 1, 2])
    xs = rng.exponential(1, (3, 400)) * np.array([[3], [1], [2]])
    arrivals = np.cumsum(rng.exponential(1.25, 400))
    _, left = simpy_line(stations, xs, arrivals)
    seen = run_flow(stations, xs, arrivals, 0)
    assert seen.line["lead_time"][0] == pytest.approx(np.mean(np.array(left) - arrivals))


def endless(row):
    yield from row
    while True:
        yield 1.0


def run_events(stations, xs, gaps, warm_up, units, sent_back=None):
    chance = Chances(
        [zip(endless(x), iter(lambda: 0.0, 1), strict=False) for x in xs],
        [endless(row) for row in (sent_back if sent_back is not None else [[] for _ in xs])],
        None if gaps is None else endless(gaps),
    )
    return events(stations, [chance], units, warm_up)


@pytest.mark.parametrize(
    ("buffers", "machines", "back"),
    [
        ([None, None], [1, 1, 1], [(0.2, ""), (0.1, "0"), (0.15, "1")]),
        ([None, None], [2, 1, 3], [(0.0, ""), (0.3, "0"), (0.0, "")]),
        ([0, 2], [2, 3, 1], [(0.0, ""), (0.0, ""), (0.0, "")]),
        ([1, 0, 3], [1, 2, 2, 1], [(0.0, "")] * 4),
    ],
)
def test_events_leave_at_the_very_times_that_simpy_says(buffers, machines, back) -> None:
    n = 500
    rng = np.random.default_rng(12)
    stations = [
        Station(process_time=1, name=str(j), buffer=b, machines=c, rework_share=r, rework_to=to)
        for j, (b, c, (r, to)) in enumerate(zip((None, *buffers), machines, back, strict=True))
    ]
    xs = rng.exponential(1, (len(stations), 3 * n)) * np.array(machines)[:, None]
    shares = rng.uniform(size=(len(stations), 3 * n))
    gaps = rng.exponential(2.5, n)
    arrivals = np.cumsum(gaps)
    _, left = simpy_line(stations, xs, arrivals, sent_back=shares)
    left = np.array(left)
    seen = run_events(stations, xs, gaps, 50, n, sent_back=shares)
    begin, end = arrivals[50], arrivals[-1]
    counted = (left > begin) & (left <= end)
    assert seen.line["throughput"][0] == pytest.approx(counted.sum() / (end - begin))
    assert seen.line["lead_time"][0] == pytest.approx((left - arrivals)[counted].mean())
    area = np.clip(left, begin, end) - np.clip(arrivals, begin, end)
    assert seen.line["wip"][0] == pytest.approx(area.sum() / (end - begin))


def test_events_and_recursion_agree_on_the_same_times_station_by_station() -> None:
    n, warm_up = 4000, 500
    rng = np.random.default_rng(3)
    stations = line_of([2, 0, 5])
    xs = rng.exponential(1, (4, n))
    for gaps in (None, rng.exponential(2.2, n)):
        arrivals = None if gaps is None else np.cumsum(gaps)
        one = run_flow(stations, xs, arrivals, warm_up)
        two = run_events(stations, xs, gaps, warm_up, n)
        for name in ("throughput", "lead_time", "wip"):
            assert two.line[name] == pytest.approx(one.line[name], rel=0.01), name
        for name in STATION:
            assert two.stations[name] == pytest.approx(one.stations[name], rel=0.03, abs=0.01), name


def holds(run, figure, truth, station=None) -> bool:
    interval = run.interval(figure, station)
    return bool(interval.low <= truth <= interval.high)


def covered(make, figure, truth, n_seeds=200, station=None) -> float:
    return sum(holds(make(seed), figure, truth, station) for seed in range(n_seeds)) / n_seeds


def test_ninety_five_in_a_hundred_intervals_hold_the_long_run_mean() -> None:
    q = queue(0.7, 1)

    def run(seed):
        return simulate_line(
            [Station(process_time=1, cv=1)],
            arrival_rate=0.7,
            units=6000,
            warm_up=500,
            replications=10,
            seed=seed,
        )

    runs = [run(seed) for seed in range(200)]
    for figure, truth in (("lead_time", q.W), ("wip", q.L), ("throughput", 0.7)):
        share = sum(holds(r, figure, truth) for r in runs) / 200
        assert 0.90 <= share <= 0.985, (figure, share)  # 0.95 give or take three binomial deviations
    share = sum(holds(r, "working", 0.7, "station 1") for r in runs) / 200
    assert 0.90 <= share <= 0.985


def test_erlang_c_and_a_limited_place() -> None:
    q = queue(10, 4, servers=3)
    share = covered(
        lambda seed: simulate_line(
            [Station(process_time=1 / 4, cv=1, machines=3)],
            arrival_rate=10, units=6000, warm_up=1000, replications=8, seed=seed,
        ),
        "wait", q.Wq, 40, station="station 1",
    )  # fmt: skip
    assert 0.85 <= share <= 1
    full = queue(0.9, 1, capacity=4)
    runs = [
        simulate_line(
            [Station(process_time=1, cv=1, buffer=3)],
            arrival_rate=0.9, units=3000, warm_up=300, replications=6, seed=seed,
        )
        for seed in range(20)
    ]  # fmt: skip
    for figure, truth in (
        ("lost_share", full.blocking),
        ("lead_time", full.W),
        ("wip", full.L),
        ("throughput", full.throughput),
    ):
        assert sum(holds(r, figure, truth) for r in runs) >= 16, figure
    assert runs[0].method == "events"


@pytest.mark.parametrize("b", [0, 1, 4])
def test_two_equal_stations_lose_to_each_other_what_the_chain_says(b) -> None:
    run = simulate_line(
        [Station(process_time=1, cv=1), Station(process_time=1, cv=1, buffer=b)], units=30_000, seed=b
    )
    truth = (b + 2) / (b + 3)
    assert run.throughput == pytest.approx(truth, rel=0.01)
    assert abs(run.throughput - truth) < 2 * run.interval("throughput").half_width
    states = run.stations.set_index("station")
    assert states.loc["station 1", "blocked"] == pytest.approx(1 - truth, abs=0.01)
    assert states.loc["station 2", "starved"] == pytest.approx(1 - truth, abs=0.01)


def test_tandem_and_rework_are_jackson_networks() -> None:
    line = [
        Station(process_time=0.1, cv=1, name="a", rework_share=0.2),
        Station(process_time=0.1, cv=1, name="b", rework_share=0.1, rework_to="a"),
    ]
    seen = visits(read_stations(line))
    assert seen == pytest.approx([1 / (0.8 * 0.9), 1 / 0.9])
    run = simulate_line(line, arrival_rate=5, units=20_000, seed=2)
    assert run.method == "events"
    truth = sum(v / (10 - 5 * v) for v in seen)
    assert run.lead_time == pytest.approx(truth, rel=0.05)
    for name, v in zip("ab", seen, strict=True):
        assert run.interval("working", name).mean == pytest.approx(0.5 * v, rel=0.03)
        assert run.interval("wait", name).mean == pytest.approx(1 / (10 - 5 * v) - 0.1, rel=0.1)
    tandem = simulate_line(
        [Station(process_time=t, cv=1) for t in (0.1, 0.12, 0.08)], arrival_rate=5, units=40_000, seed=5
    )
    assert tandem.lead_time == pytest.approx(sum(1 / (1 / t - 5) for t in (0.1, 0.12, 0.08)), rel=0.03)
    assert tandem.bottleneck == "station 2"


def test_failures_agree_with_pollaczek_and_khinchine() -> None:
    station = Station(process_time=1, cv=0.5, time_to_failure=30, time_to_repair=5, repair_cv=0.5)
    q = queue(0.7, station.rate, service="general", cv=station.effective_cv)
    run = simulate_line([station], arrival_rate=0.7, units=60_000, warm_up=5000, replications=12, seed=6)
    assert (
        abs(run.interval("wait", "station 1").mean - q.Wq)
        < 1.5 * run.interval("wait", "station 1").half_width
    )
    assert run.interval("wait", "station 1").half_width < 0.1 * q.Wq
    row = run.stations.iloc[0]
    assert row["working"] == pytest.approx(0.7, rel=0.02)
    assert row["down"] == pytest.approx(0.7 * 5 / 30, rel=0.05)


@pytest.mark.parametrize("kind", ["constant", "exponential", "gamma", "lognormal"])
def test_drawn_times_have_the_mean_and_deviation_asked_for(kind) -> None:
    cv = {"constant": 0.0, "exponential": 1.0}.get(kind, 0.6)
    station = Station(
        process_time=3, cv=cv, distribution=kind, time_to_failure=40, time_to_repair=6, repair_cv=0.7
    )
    x, down = draw(station, np.random.default_rng(1), np.random.default_rng(2), (4, 100_000))
    assert x.mean() == pytest.approx(station.effective_time, rel=0.01)
    assert x.std() / x.mean() == pytest.approx(station.effective_cv, rel=0.03)
    assert (x - down).mean() == pytest.approx(3, rel=0.01)
    assert (x - down).std() / 3 == pytest.approx(cv, abs=0.01)
    assert (down > 0).mean() == pytest.approx(1 - (np.exp(-(x - down) / 40)).mean(), rel=0.03)


def test_constant_times_are_exact() -> None:
    for whole in (
        simulate_line([{"process_time": 2}], arrival_rate=0.4, units=50, warm_up=5),
        simulate_line([2], units=50, warm_up=5),
    ):
        assert whole.lead_time >= 2  # a whole number is as good a time as any
    run = simulate_line([3.0, 4.0, 3.5], arrival_rate=0.2, arrival_cv=0, units=100, warm_up=0, replications=2)
    assert (run.lead_time, run.throughput, run.wip) == pytest.approx((10.5, 0.2, 2.1), rel=0.03)
    assert run.interval("lead_time").half_width == pytest.approx(0, abs=1e-12)
    stuck = simulate_line(
        [Station(process_time=1), Station(process_time=4, buffer=0)], units=500, warm_up=100, replications=1
    )
    assert stuck.throughput == pytest.approx(0.25, rel=0.01)
    row = stuck.stations.iloc[0]
    assert (row["working"], row["blocked"]) == pytest.approx((0.25, 0.75))
    assert stuck.interval("throughput").half_width == math.inf


@settings(deadline=None, max_examples=25)
@given(
    st.integers(0, 10**6),
    st.lists(st.integers(0, 3), min_size=1, max_size=3),
    st.booleans(),
    st.integers(1, 2),
)
def test_states_fill_the_time_and_littles_law_holds(seed, buffers, fails, machines) -> None:
    more = {"time_to_failure": 20, "time_to_repair": 2} if fails else {}
    line = line_of(buffers, [machines] * (len(buffers) + 1), **more)
    run = simulate_line(line, units=2500, warm_up=300, replications=4, seed=seed)
    states = run.stations[["working", "down", "blocked", "starved"]]
    assert states.sum(axis=1).to_numpy() == pytest.approx(1, abs=0.02)
    assert (states.to_numpy() >= 0).all()
    assert run.wip == pytest.approx(run.throughput * run.lead_time, rel=0.05)
    assert run.bottleneck in {s.name for s in line}


def test_the_same_seed_gives_the_same_run_and_more_places_give_more() -> None:
    def run(b, seed=3):
        return simulate_line(line_of([b, b, b]), units=5000, warm_up=500, replications=4, seed=seed)

    pd.testing.assert_frame_equal(run(1).replications, run(1).replications)
    assert not run(1).replications.equals(run(1, seed=4).replications)
    rates = [run(b).throughput for b in (0, 1, 2, 5, 20)]
    assert all(a < b for a, b in pairwise(rates))  # the same times in each


def test_stations_from_a_table_with_blanks() -> None:
    table = pd.DataFrame(
        {
            "name": ["saw", "weld"],
            "process_time": [1, 1.1],
            "buffer": [None, 2],
            "time_to_failure": [np.nan, 50],
            "time_to_repair": [np.nan, 3],
        }
    )
    line = read_stations(table)
    assert line == (
        Station(process_time=1, name="saw"),
        Station(process_time=1.1, name="weld", buffer=2, time_to_failure=50, time_to_repair=3),
    )
    assert simulate_line(table, units=500, warm_up=50).bottleneck == "weld"


@pytest.mark.parametrize("name", Plant.samples())
def test_every_sample_has_queues_and_lines(name) -> None:
    plant = Plant.sample(name)
    loads = workcenter_loads(plant)
    measured = plant.table("workcenters").set_index("workcenter")["utilization"]
    assert len(loads) >= 5
    gap = loads["load"] - loads["workcenter"].map(measured)
    assert gap.abs().median() < 0.05  # what standards and failures explain is near what was measured
    able = loads[loads["load"] < 1]
    assert len(able) >= len(loads) - 1
    for row in able.sample(3, random_state=1).to_dict("records"):
        q = workcenter_queue(plant, row["workcenter"])
        assert q.utilization == pytest.approx(row["load"])
        assert q.Wq > 0
    code = plant.table("routings")["item"].value_counts().index[0]
    line = plant_line(plant, code, cv=0.5, buffer=3)
    assert len(line) >= 2
    run = simulate_line(line, units=400, warm_up=50, replications=3)
    assert 0 < run.throughput <= min(s.rate for s in line) * 1.1
    assert "limits it" in str(run)


def test_a_plant_says_what_it_lacks() -> None:
    plant = Plant.sample("food")
    with pytest.raises(InputError, match="below"):
        workcenter_queue(plant, "pan")  # more lots than it can cook
    with pytest.raises(InputError, match="one that has work"):
        workcenter_queue(plant, "moon")
    with pytest.raises(InputError, match="has a routing"):
        plant_line(plant, "moon")
    with pytest.raises(InputError, match="buffer"):
        plant_line(plant, "pesto-12", buffer=-1)


S = Station


@pytest.mark.parametrize(
    ("stations", "options", "words"),
    [
        ([], {}, "at least one station"),
        ("saw", {}, "a sequence of stations"),
        ([-1.0], {}, "process_time of station 1 must be above zero"),
        ([{"process_time": 1, "speed": 2}], {}, "speed"),
        ([{"name": "saw"}], {}, "with process_time"),
        ([{"process_time": 1, "buffer": -1}], {}, "buffer of station 1"),
        ([{"process_time": 1, "buffer": 1.5}], {}, "buffer of station 1"),
        ([{"process_time": 1, "cv": -0.2, "name": "saw"}], {}, "cv of saw must be zero or more"),
        ([{"process_time": 1, "cv": 0.5, "distribution": "constant"}], {}, "0 where times are constant"),
        ([{"process_time": 1, "distribution": "normal"}], {}, "constant, exponential, gamma, lognormal"),
        ([{"process_time": 1, "time_to_failure": 9}], {}, "time_to_repair of station 1 must be given"),
        ([{"process_time": 1, "rework_share": 1}], {}, "rework_share"),
        (
            [{"process_time": 1, "rework_share": 0.1, "rework_to": "moon"}],
            {},
            "this station or one before it",
        ),
        ([{"process_time": 1, "rework_to": "station 1"}], {}, "above 0, since rework_to"),
        (
            [{"process_time": 1, "name": "a"}, {"process_time": 1, "name": "a"}],
            {},
            "used for one station only",
        ),
        ([1.0], {"arrival_rate": 1.0}, "below 1 (units an hour), what station 1 can do"),
        ([S(process_time=1, rework_share=0.5)], {"arrival_rate": 0.5}, "repairs and rework included"),
        ([S(process_time=1, time_to_failure=9, time_to_repair=1)], {"arrival_rate": 0.95}, "below 0.9"),
        ([1.0, 1.0], {}, "would pile up without limit"),
        (
            [S(process_time=1, cv=1, name="a", buffer=2), S(process_time=1.5, cv=1, name="b")],
            {"arrival_rate": 1.0},
            "buffer of b must be a number of places",
        ),
        (line_of([0]), {"arrival_rate": 0.8}, "the most that the line with its buffers does"),
        ([1.0], {"arrival_rate": -1}, "arrival_rate"),
        ([1.0], {"arrival_cv": -1}, "arrival_cv"),
        ([{"process_time": 1, "name": 7}], {}, "name of 7 must be text"),
        ([{"process_time": 1, "time_to_failure": 1e-6, "time_to_repair": 1}], {}, "at least 0.001"),
        ([{"process_time": 1, "cv": 1e9}], {}, "at most 100"),
        ([1.0], {"units": 5}, "units"),
        ([1.0], {"units": 100, "warm_up": 99}, "warm_up"),
        (
            [S(process_time=9, machines=20)],
            {"units": 20, "warm_up": 5},
            "none had left when the last one came",
        ),
        ([S(process_time=9, machines=20, rework_share=0.1)], {"units": 20, "warm_up": 5}, "none had left"),
        ([1.0], {"replications": 0}, "replications"),
        ([1.0], {"confidence": 1}, "confidence"),
        ([1.0], {"seed": -1}, "seed"),
    ],
)
def test_bad_input_is_told(stations, options, words) -> None:
    with pytest.raises(InputError) as error:
        simulate_line(stations, **options)
    assert words in str(error.value)


def test_all_faults_of_a_table_are_told_at_once() -> None:
    with pytest.raises(PlantError) as error:
        simulate_line([{"process_time": -1}, {"process_time": 2, "cv": -1}, {"process_time": 1}])
    assert len(error.value.faults) == 2
    assert "station 1" in str(error.value)
    assert "station 2" in str(error.value)


def test_figures_that_are_not_there() -> None:
    run = simulate_line([1.0], units=50, warm_up=5)
    with pytest.raises(InputError, match="throughput, lead_time"):
        run.interval("speed")
    with pytest.raises(InputError, match="station 1"):
        run.interval("working", "moon")
