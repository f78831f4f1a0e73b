"""Layout: by hand, against brute force, by properties, on every plant, and what is refused."""

from __future__ import annotations

import itertools
from typing import Any

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from prodkit import Plant, methods
from prodkit.charts.methods import layout_plan
from prodkit.errors import InputError, MissingTableError, PlantError
from prodkit.methods import layout_search

PLACES = {"saw": (0.0, 0.0), "drill": (10.0, 0.0), "paint": (20.0, 0.0), "pack": (30.0, 0.0)}
TRIPS = {("saw", "paint"): 40.0, ("paint", "drill"): 30.0, ("drill", "pack"): 30.0}


def cost_of(at: dict[str, tuple[float, float]], trips: dict[tuple[str, str], float], metric: str) -> float:
    total = 0.0
    for (a, b), t in trips.items():
        dx, dy = abs(at[a][0] - at[b][0]), abs(at[a][1] - at[b][1])
        total += t * (dx + dy if metric == "rectilinear" else (dx * dx + dy * dy) ** 0.5)
    return total


@st.composite
def floors(
    draw: Any, most: int = 6
) -> tuple[dict[str, tuple[float, float]], dict[tuple[str, str], float], list[str]]:
    n = draw(st.integers(2, most))
    names = [f"a{i}" for i in range(n)]
    places = {a: (float(draw(st.integers(0, 40))), float(draw(st.integers(0, 40)))) for a in names}
    pairs = [(a, b) for a in names for b in names if a != b]
    trips = {
        p: float(draw(st.integers(0, 9)))
        for p in draw(st.lists(st.sampled_from(pairs), min_size=1, unique=True))
    }
    return places, trips, draw(st.lists(st.sampled_from(names), unique=True, max_size=2))


def test_by_hand() -> None:
    plan = methods.layout(PLACES, TRIPS)
    assert plan.cost_today == 40 * 20 + 30 * 10 + 30 * 20
    assert plan.cost == 40 * 10 + 30 * 10 + 30 * 10
    assert plan.saved_share == pytest.approx(1 - 1000 / 1700)
    assert (plan.method, plan.status, plan.moved) == ("exact", "optimal", ("drill", "paint"))
    ends_stay = methods.layout(PLACES, TRIPS, fixed=["saw", "pack"])
    assert ends_stay.exchanges.to_dict("records") == [
        {"step": 1, "area": "drill", "with_area": "paint", "cost": 1000.0}
    ]
    assert plan.areas.set_index("area")["place"].to_dict() == {
        "saw": "saw",
        "drill": "paint",
        "paint": "drill",
        "pack": "pack",
    }
    assert "41.2 % less" in str(plan)
    assert str(plan).count("\n") == 1


@settings(max_examples=60, deadline=None)
@given(floors(), st.sampled_from(["rectilinear", "euclid"]))
def test_exact_is_brute_force(floor: Any, metric: str) -> None:
    places, trips, fixed = floor
    plan = methods.layout(places, trips, metric=metric, fixed=fixed)
    free = [a for a in places if a not in fixed]
    least = min(
        cost_of(places | {a: places[p] for a, p in zip(free, order, strict=True)}, trips, metric)
        for order in itertools.permutations(free)
    )
    assert plan.cost == pytest.approx(least)
    assert plan.is_proved
    assert plan.cost_today == pytest.approx(cost_of(places, trips, metric))
    assert not set(plan.moved) & set(fixed)
    at = {r["area"]: (r["x"], r["y"]) for r in plan.areas.to_dict("records")}
    assert cost_of(at, trips, metric) == pytest.approx(plan.cost)
    assert sorted(at.values()) == sorted(places.values())


@settings(max_examples=40, deadline=None)
@given(floors(), st.integers(0, 3))
def test_bound_optimum_and_exchanges_are_in_order(floor: Any, seed: int) -> None:
    places, trips, fixed = floor
    best = methods.layout(places, trips, fixed=fixed).cost
    own = methods.layout(places, trips, fixed=fixed, assigned={})
    assert own.bound <= best + 1e-6
    assert own.cost == own.cost_today
    if len(own.exchanges):
        costs = [own.cost_today, *own.exchanges["cost"]]
        assert all(b < a for a, b in itertools.pairwise(costs))
        assert costs[-1] >= best - 1e-6


def test_more_than_nine_areas_are_exchanged_and_the_bound_said() -> None:
    rng = np.random.default_rng(4)
    places = {f"a{i}": (float(x), float(y)) for i, (x, y) in enumerate(rng.integers(0, 90, (12, 2)))}
    trips = {
        (a, b): float(rng.integers(1, 20)) for a in places for b in places if a < b and rng.random() < 0.4
    }
    plan = methods.layout(places, trips, seed=1)
    assert plan.method == "exchange"
    assert plan.bound <= plan.cost <= plan.exchanges["cost"].iloc[-1] + 1e-9 < plan.cost_today
    assert plan.status == ("optimal" if plan.is_proved else "best found")
    assert plan.cost == methods.layout(places, trips, seed=1).cost
    assert methods.layout(places, trips, seed=1, restarts=0).cost == plan.exchanges["cost"].iloc[-1]
    nine = methods.layout(places, trips, fixed=["a0", "a1", "a2"])
    assert nine.method == "exact"
    assert nine.cost >= plan.bound


def test_exchanges_come_near_the_optimum_of_nine() -> None:
    rng = np.random.default_rng(8)
    for _ in range(4):
        places = {f"a{i}": (float(x), float(y)) for i, (x, y) in enumerate(rng.integers(0, 60, (9, 2)))}
        trips = {(a, b): float(rng.integers(1, 20)) for a in places for b in places if a < b}
        best = methods.layout(places, trips).cost
        area = pd.DataFrame([(a, x, y) for a, (x, y) in places.items()], columns=["area", "x", "y"])
        x, y = area["x"].to_numpy(), area["y"].to_numpy()
        flow = np.zeros((9, 9))
        for (a, b), t in trips.items():
            flow[int(a[1:]), int(b[1:])] = t
        distance = np.abs(x[:, None] - x) + np.abs(y[:, None] - y)
        problem = layout_search.Problem(flow, distance, list(range(9)), np.ones((9, 9), dtype=bool))
        found = problem.cost(layout_search.by_exchange(problem, 20, 0))
        assert best - 1e-9 <= found <= 1.02 * best
        assert layout_search.bound(problem) <= best + 1e-9


def test_sizes() -> None:
    areas = pd.DataFrame(
        {
            "area": ["A", "B", "C"],
            "size": [100, 100, 30],
            "x": [0, 10, 20],
            "y": [0, 0, 0],
            "fixed": [True, False, False],
        }
    )
    flows = pd.DataFrame({"from_area": ["A"], "to_area": ["C"], "trips": [5], "cost": [2.0]})
    free = methods.layout(areas, flows)
    assert (free.cost_today, free.cost, free.moved, free.too_small) == (200, 100, ("B", "C"), ("B",))
    kept = methods.layout(areas, flows, size_tolerance=0.1)
    assert (kept.cost, kept.moved) == (200, ())
    assert methods.layout(areas, flows, size_tolerance=0.8).moved == ("B", "C")


@pytest.mark.parametrize("name", Plant.samples())
def test_every_plant(name: str) -> None:
    plant = Plant.sample(name)
    plan = methods.layout(plant)
    assert plan.cost < plan.cost_today
    assert plan.is_proved
    today = methods.layout(plant, assigned={})
    assert today.cost == pytest.approx(plan.cost_today)
    assert today.bound <= plan.cost + 1e-9
    assert methods.layout(plant, metric="euclid").cost < plan.cost
    sized = methods.layout(plant, size_tolerance=0.3)
    assert plan.cost <= sized.cost + 1e-9 <= plan.cost_today + 2e-9
    assert all(r["place_size"] >= 0.7 * r["size"] for r in sized.areas.to_dict("records"))
    chart = layout_plan(plan, currency=plant.currency)
    assert len(chart.ax.patches) == len(plan.areas)
    assert len(chart.ax.lines) == len(plan.flows)
    assert f"{len(plan.moved)} area" in chart.title
    assert "today" in layout_plan(plan, today=True).title


def refused(error: type[Exception], *words: str, **options: Any) -> None:
    with pytest.raises(error) as caught:
        methods.layout(**({"areas": PLACES, "flows": TRIPS} | options))
    for word in words:
        assert word in str(caught.value)


def test_bad_input_is_named() -> None:
    refused(InputError, "fixed", "did you mean paint?", fixed=["pant"])
    refused(InputError, "assigned", "saw and drill", assigned={"saw": "drill"})
    refused(
        InputError, "without areas that are fixed", fixed=["saw"], assigned={"saw": "drill", "drill": "saw"}
    )
    refused(InputError, "metric", "euclid", metric="air")
    refused(InputError, "flows", "given", flows=None)
    refused(InputError, "keyed by pairs", flows={"saw": 3})
    refused(InputError, "two numbers", areas={"saw": 3, "drill": (0, 0)})
    refused(InputError, "zero or more (trips)", flows={("saw", "drill"): -1})
    refused(InputError, "size_tolerance", size_tolerance=1)
    refused(PlantError, "did you mean drill?", flows={("saw", "dril"): 3})
    with pytest.raises(MissingTableError, match="areas"):
        methods.layout(Plant({"about": Plant.sample("metal").about}))
