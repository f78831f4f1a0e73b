"""Line balance: by hand, against brute force, by properties, on every plant, and what is refused."""

from __future__ import annotations

import builtins
import itertools
import math
from typing import Any

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from prodkit import Plant, methods
from prodkit.charts.methods import balance_bars, model_bars
from prodkit.errors import InputError, MissingTableError, PlantError
from prodkit.methods import balance_exact, balance_search
from prodkit.methods.balance_rules import Whole

TIMES = {"A": 40.0, "B": 30.0, "C": 50.0, "D": 40.0, "E": 6.0, "F": 25.0, "G": 15.0, "H": 20.0, "I": 18.0}
AFTER = {"B": "A", "D": "B", "E": "B", "F": "B", "G": "C", "H": "D;E;F", "I": "G;H"}


@st.composite
def lines(draw: Any, most: int = 7) -> tuple[dict[str, float], dict[str, list[str]]]:
    n = draw(st.integers(1, most))
    step = draw(st.sampled_from([1.0, 0.5, 0.01]))
    times = {f"t{i}": round(step * draw(st.integers(0, 30)), 2) for i in range(n)}
    if not any(times.values()):
        times["t0"] = step
    after = {
        f"t{j}": [f"t{i}" for i in range(j) if draw(st.integers(0, 3)) == 0] for j in range(n)
    }  # fmt: skip
    return times, after


def fewest(times: dict[str, float], after: dict[str, list[str]], cycle: float) -> int:
    """Next-fit along every order: one of them is an optimal balance."""
    best = len(times)
    for order in itertools.permutations(times):
        place = {t: i for i, t in enumerate(order)}
        if any(place[b] > place[t] for t in order for b in after.get(t, ())):
            continue
        n, left = 1, cycle
        for t in order:
            if times[t] > left + 1e-9:
                n, left = n + 1, cycle
            left -= times[t]
        best = min(best, n)
    return best


def shortest(times: dict[str, float], after: dict[str, list[str]], n: int) -> float:
    """Every assignment to stations."""
    best, names = math.inf, list(times)
    for places in itertools.product(range(n), repeat=len(names)):
        at = dict(zip(names, places, strict=True))
        if all(at[b] <= at[t] for t in names for b in after.get(t, ())):
            loads = [sum(times[t] for t in names if at[t] == s) for s in range(n)]
            best = min(best, max(loads))
    return best


def test_a_line_by_hand() -> None:
    found = methods.line_balance(TIMES, after=AFTER, cycle_time=72, method="largest_candidate")
    assert [s.tasks for s in found.stations] == [("C", "G"), ("A", "B"), ("D", "E", "F"), ("H", "I")]
    assert [s.load for s in found.stations] == [65, 70, 71, 38]
    assert [s.idle for s in found.stations] == [7, 2, 1, 34]
    assert found.total_time == 244
    assert found.theoretical_minimum == 4
    assert found.idle_time == 4 * 72 - 244
    assert found.efficiency == pytest.approx(244 / (4 * 72))
    assert found.efficiency_slowest == pytest.approx(244 / (4 * 71))
    assert found.balance_delay == pytest.approx(1 - 244 / 288)
    assert found.smoothness_index == pytest.approx(math.sqrt(6**2 + 1 + 0 + 33**2))
    assert found.slowest.number == 3
    assert (found.bound, found.status, found.is_proved) == (4, "optimal", True)
    assert found.table["tasks"].tolist()[:2] == ["C, G", "A, B"]
    assert str(found).count("\n") == 1


def test_positional_weights_and_columns_by_hand() -> None:
    # weights: A 179, B 139, D 78, C 83, F 63, E 44, G 33, H 38, I 18
    found = methods.line_balance(TIMES, after=AFTER, cycle_time=72, method="ranked_positional_weight")
    assert [set(s.tasks) for s in found.stations] == [{"A", "B"}, {"C", "G", "E"}, {"D", "F"}, {"H", "I"}]
    # columns: 1 C A, 2 B G, 3 D F E, 4 H, 5 I
    found = methods.line_balance(TIMES, after=AFTER, cycle_time=72, method="kilbridge_wester")
    assert [set(s.tasks) for s in found.stations] == [{"C", "G"}, {"A", "B"}, {"D", "F", "E"}, {"H", "I"}]


def test_codes_may_be_numbers() -> None:
    plain: Any = {1: 3, 2: 4}
    assert methods.line_balance(plain, after={2: [1]}, cycle_time=7).stations[0].tasks == ("1", "2")
    table = pd.DataFrame({"task": [1, 2], "seconds": [3, 4], "after": [None, "1"]})
    assert methods.line_balance(table, stations=2).cycle_time == 4


def test_ties_go_by_the_order_given() -> None:
    found = methods.line_balance({"b": 5, "a": 5, "c": 5}, cycle_time=10, method="largest_candidate")
    assert [s.tasks for s in found.stations] == [("b", "a"), ("c",)]


@settings(max_examples=60, deadline=None)
@given(lines(), st.floats(1.0, 3.0))
def test_fewest_stations_against_brute_force(line: Any, room: float) -> None:
    times, after = line
    cycle = round(max(times.values()) * room, 2) or 1.0
    least = fewest(times, after, cycle)
    best = methods.line_balance(times, after=after, cycle_time=cycle)
    assert (best.n_stations, best.bound, best.is_proved) == (least, least, True)
    for method in methods.BALANCE_METHODS:
        found = methods.line_balance(times, after=after, cycle_time=cycle, method=method, runs=20)
        assert found.bound <= least <= found.n_stations
        groups = [s.tasks for s in found.stations]
        assert methods.check_balance(times, groups, after=after, cycle_time=cycle) == []
        assert found.theoretical_minimum <= found.n_stations
        assert 0 < found.efficiency <= 1 + 1e-9
        assert found.efficiency <= found.efficiency_slowest + 1e-9


@settings(max_examples=40, deadline=None)
@given(lines(most=6), st.integers(1, 3))
def test_least_cycle_time_against_brute_force(line: Any, n: int) -> None:
    times, after = line
    least = shortest(times, after, n)
    best = methods.line_balance(times, after=after, stations=n)
    assert best.cycle_time == pytest.approx(least, abs=1e-6)
    assert best.is_proved
    assert best.bound == pytest.approx(least, abs=1e-6)
    for method in methods.BALANCE_METHODS:
        found = methods.line_balance(times, after=after, stations=n, method=method, runs=20)
        assert found.bound <= least + 1e-6
        assert found.cycle_time >= least - 1e-6
        assert found.n_stations <= n
        assert methods.check_balance(times, [s.tasks for s in found.stations], after=after) == []
        assert found.cycle_time == found.slowest.load


@settings(max_examples=25, deadline=None)
@given(lines(most=14), st.integers(0, 3))
def test_search_and_cp_sat_say_the_same(line: Any, extra: int) -> None:
    times, after = line
    names = list(times)
    before = [[names.index(b) for b in after[t]] for t in names]
    w = Whole.of([round(100 * times[t]) for t in names], before, range(len(names)))
    cycle = max(max(w.times), 1) + 40 * extra
    n = max(1, -(-w.total // cycle))
    ours = balance_search.decide(w, cycle, n, math.inf)
    theirs = balance_exact._by_cp_sat(w, cycle, n, 20.0, 0)
    assert ours.is_certain
    assert theirs.is_certain
    assert (ours.stations is None) == (theirs.stations is None)
    for verdict in (ours, theirs):
        if verdict.stations is not None:
            at = {i: s for s, station in enumerate(verdict.stations) for i in station}
            assert len(at) == len(names)
            assert all(at[b] <= at[t] for t in at for b in before[t])
            assert all(sum(w.times[i] for i in station) <= cycle for station in verdict.stations)


def test_without_or_tools_the_search_proves_too(monkeypatch: pytest.MonkeyPatch) -> None:
    real = builtins.__import__

    def absent(name: str, *args: Any, **kwargs: Any) -> Any:
        if name.startswith("ortools"):
            raise ImportError(name)
        return real(name, *args, **kwargs)

    monkeypatch.setattr(builtins, "__import__", absent)
    plant = Plant.sample("metal")
    found = methods.line_balance(plant, line="cabinet line", cycle_time=300)
    assert found.is_proved
    w = Whole.of([5, 4, 3], [[], [0], [0]], range(3))
    verdict = balance_exact._by_cp_sat(w, 8, 2, 5.0, 0)
    assert (verdict.stations, verdict.is_certain) == (None, False)
    assert methods.line_balance(TIMES, after=AFTER, stations=4).cycle_time == 70


def test_chance_goes_by_the_seed() -> None:
    plant = Plant.sample("machinery")
    options: dict[str, Any] = {"line": "conveyor line", "cycle_time": 1500, "method": "comsoal", "runs": 1}
    first = methods.line_balance(plant, seed=3, **options)
    assert first == methods.line_balance(plant, seed=3, **options)
    tries = {
        tuple(s.tasks for s in methods.line_balance(plant, seed=k, **options).stations) for k in range(8)
    }
    assert len(tries) > 1


def test_models_are_weighted_and_their_overload_is_shown() -> None:
    table = pd.DataFrame(
        [("X", "small", 4, "", 0.75), ("Y", "small", 2, "X", 0.75), ("X", "large", 8, "", 0.25), ("Y", "large", 6, "X", 0.25)],
        columns=["task", "model", "seconds", "after", "mix_share"],
    )  # fmt: skip
    found = methods.line_balance(table, cycle_time=5)
    assert [s.load for s in found.stations] == [5.0, 3.0]  # 0.75 * 4 + 0.25 * 8, 0.75 * 2 + 0.25 * 6
    over = found.models.set_index(["station", "model"])["overload"]
    assert over.to_dict() == {(1, "small"): 0, (1, "large"): 3, (2, "small"): 0, (2, "large"): 1}
    all_small = methods.line_balance(table, cycle_time=5, mix={"small": 10})
    assert all_small.total_time == 6
    assert dict(all_small.shares) == {"small": 1.0, "large": 0.0}
    assert found.time_of("X") == 5.0


@pytest.mark.parametrize("name", Plant.samples())
def test_every_line_of_every_plant(name: str) -> None:
    plant = Plant.sample(name)
    for line in plant.table("tasks")["line"].unique():
        for n in (2, 3, 5):
            best = methods.line_balance(plant, line=line, stations=n)
            assert best.is_proved
            for method in methods.BALANCE_METHODS[:4]:
                rule = methods.line_balance(plant, line=line, stations=n, method=method)
                assert rule.cycle_time >= best.cycle_time - 1e-6
            again = methods.line_balance(plant, line=line, cycle_time=best.cycle_time)
            assert again.n_stations <= n
        chart = balance_bars(best, cycle_time=0.9 * best.cycle_time)
        assert "cannot keep up" in chart.title
        drawn = sum(len(s.tasks) for s in best.stations)
        assert len(chart.ax.patches) == drawn
        bars = model_bars(best)
        assert len(bars.ax.patches) == best.n_stations * len(best.shares)
        assert bars.alt


def test_a_balance_of_one_s_own() -> None:
    own = methods.line_balance(
        TIMES, after=AFTER, cycle_time=72, assigned=[["A", "B"], ["C", "E"], ["D", "F"], ["G", "H", "I"]]
    )
    assert own.status == "as given"
    assert own.n_stations == 4
    assert "As given" in str(own)
    slow = methods.line_balance(TIMES, after=AFTER, cycle_time=60, assigned=dict.fromkeys(TIMES, 1))
    assert slow.stations[0].idle == 60 - 244
    free = methods.line_balance(
        TIMES, after=AFTER, assigned=[["A", "C", "B"], ["D", "E", "F", "G", "H", "I"]]
    )
    assert free.cycle_time == 124
    assert free.objective == "cycle_time"


def test_what_is_wrong_with_a_balance_by_hand() -> None:
    found = methods.check_balance(
        TIMES, {"A": 2, "B": 1, "C": 1, "D": 2, "E": 2, "F": 2, "G": 2, "Z": 3}, after=AFTER, cycle_time=100
    )
    assert found == [
        "there is no task Z",
        "H is at no station",
        "I is at no station",
        "B at station 1 comes before A at station 2, which it needs",
        "station 2 takes 126, above the cycle time 100",
    ]
    with pytest.raises(PlantError, match="which it needs"):
        methods.line_balance({"A": 1, "B": 1}, after={"B": "A"}, cycle_time=2, assigned=[["B"], ["A"]])


def refused(error: type[Exception], *words: str, **given: Any) -> None:
    with pytest.raises(error) as caught:
        methods.line_balance(**({"tasks": TIMES, "after": AFTER, "cycle_time": 72} | given))
    for word in words:
        assert word in str(caught.value)


def test_bad_input_is_named() -> None:
    refused(
        InputError,
        "cycle_time must be 50 or more",
        "C takes 50, A takes 40, D takes 40",
        "got 35",
        cycle_time=35,
    )
    refused(InputError, "A > B > A", tasks={"A": 1, "B": 1}, after={"A": "B", "B": "A"})
    refused(InputError, "after['B']", "'A2'", "they are A1, B", tasks={"A1": 1, "B": 1}, after={"B": "A2"})
    refused(InputError, "did you mean weld-1?", tasks={"weld-1": 1, "B": 1}, after={"B": "weld-l"})
    refused(PlantError, "'X'", "'Y'", tasks={"A": 1, "B": 1}, after={"B": "X;Y"})
    refused(InputError, "tasks['A']", "zero or more", tasks={"A": -1}, after=None)
    refused(InputError, "at least one task", tasks={}, after=None)
    refused(InputError, "one of the two", stations=3)
    refused(InputError, "one of the two", cycle_time=None)
    refused(InputError, "ranked_positional_weight", method="rpw")
    refused(InputError, "stations must be a whole number, 1 or more", cycle_time=None, stations=0)
    refused(InputError, "time_limit", time_limit=0)
    refused(InputError, "mix", "no models", mix={"red": 1})
    metal = Plant.sample("metal")
    refused(InputError, "cabinet line, locker line", tasks=metal, after=None)
    refused(InputError, "cabinet line, locker line", tasks=metal, after=None, line="car line")
    refused(
        InputError,
        "cabinet-tall",
        tasks=metal,
        after=None,
        line="cabinet line",
        cycle_time=300,
        mix={"tall": 1},
    )
    refused(InputError, "a Plant, or a DataFrame", tasks=[1, 2], after=None)
    table = pd.DataFrame({"task": ["A", "B"], "seconds": [5, "many"], "after": ["", "C"]})
    refused(PlantError, "2 faults", 'found "many"', 'found "C"', tasks=table, after=None)
    with pytest.raises(MissingTableError, match="tasks"):
        methods.line_balance(Plant({"about": metal.about}), cycle_time=60)
