"""Lots that share a capacity: against every pattern of setups, the single-item optimum, and by hand."""

from __future__ import annotations

import itertools
import math
from typing import Any

import numpy as np
import pandas as pd
import pytest
from scipy.optimize import linprog

from prodkit import solver
from prodkit.errors import InputError, SolverError
from prodkit.materials import CapacitatedPlan, capacitated_lots, lot_sizes


def least_by_pattern(
    demand: np.ndarray,
    capacity: np.ndarray,
    *,
    setup_cost: np.ndarray,
    setup_hours: np.ndarray,
    unit_hours: np.ndarray,
    holding_cost: np.ndarray,
    on_hand: np.ndarray,
    backorder_cost: float | None = None,
    overtime_cost: float | None = None,
) -> float:
    """The least cost over every pattern of setups, a linear program each; infinite where none is possible."""
    n, periods = demand.shape
    cells = n * periods
    least = math.inf
    # Columns: lots, stock, owed, overtime.
    cost = np.concatenate(
        [
            np.zeros(cells),
            np.repeat(holding_cost, periods),
            np.full(cells, backorder_cost or 0.0),
            np.full(periods, overtime_cost or 0.0),
        ]
    )
    balance, right = np.zeros((cells, len(cost))), np.zeros(cells)
    for i, t in itertools.product(range(n), range(periods)):
        row = i * periods + t
        balance[row, row] = 1
        balance[row, cells + row], balance[row, 2 * cells + row] = -1, 1
        if t:
            balance[row, cells + row - 1], balance[row, 2 * cells + row - 1] = 1, -1
        right[row] = demand[i, t] - (on_hand[i] if t == 0 else 0)
    hours = np.zeros((periods, len(cost)))
    for i, t in itertools.product(range(n), range(periods)):
        hours[t, i * periods + t] = unit_hours[i]
    for t in range(periods):
        hours[t, 3 * cells + t] = -1
    for pattern in itertools.product((0, 1), repeat=cells):
        y = np.array(pattern).reshape(n, periods)
        fixed = float(setup_cost @ y.sum(axis=1))
        if fixed >= least:
            continue
        bounds = [(0, None if on else 0) for on in pattern] + [(0, None)] * cells
        owed = [(0, None if backorder_cost is not None and t < periods - 1 else 0) for t in range(periods)]
        bounds += owed * n + [(0, None if overtime_cost is not None else 0)] * periods
        out = linprog(cost, hours, capacity - setup_hours @ y, balance, right, bounds)
        if out.status == 0:
            least = min(least, fixed + out.fun)
    return least


def holds(
    plan: CapacitatedPlan, demand: dict[str, Any], hours: dict[str, float], setup: dict[str, float]
) -> None:
    """What a plan must keep, whatever it costs."""
    for item, units in demand.items():
        rows = plan.table[plan.table["item"] == item]
        net = rows["ending_stock"] - rows["backorder"]
        moved = net.diff().fillna(net.iloc[0])
        opening = float((rows["receipt"] - rows["demand"] - moved).iloc[0])
        assert np.allclose((rows["receipt"] - rows["demand"] - moved).iloc[1:], 0, atol=1e-6), opening
        assert list(rows["demand"]) == [float(u) for u in units]
        assert (rows["ending_stock"] * rows["backorder"] == 0).all()
    for row in plan.load.itertuples():
        made = plan.table[plan.table["period"] == row.period]
        used = sum(
            hours[i] * x + setup[i] * (x > 0) for i, x in zip(made["item"], made["receipt"], strict=True)
        )
        assert used == pytest.approx(row.setup_hours + row.run_hours, abs=1e-6)
        assert used <= row.capacity_hours + row.overtime_hours + 1e-6


@pytest.fixture(params=["highspy", "scipy"])
def way(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> str:
    if request.param == "scipy":
        monkeypatch.setattr(solver, "_has_highspy", lambda: False)
    return str(request.param)


@pytest.mark.parametrize("seed", range(8))
def test_it_costs_what_the_best_pattern_of_setups_costs(way: str, seed: int) -> None:
    rng = np.random.default_rng(seed)
    n, periods = (2, 4) if seed % 2 else (1, 6)
    names = ["gear", "shaft"][:n]
    demand = rng.integers(0, 60, (n, periods)).astype(float)
    figures: dict[str, np.ndarray] = {
        "setup_cost": rng.integers(20, 150, n).astype(float),
        "setup_hours": rng.integers(0, 12, n).astype(float),
        "unit_hours": rng.integers(1, 4, n) / 2,
        "holding_cost": rng.integers(1, 4, n).astype(float),
        "on_hand": rng.integers(0, 50, n).astype(float),
    }
    capacity = np.full(periods, float(figures["unit_hours"] @ demand.mean(axis=1) * 1.2 + 12))
    extra: dict[str, Any] = {
        0: {},
        1: {"backorder_cost": 3.0},
        2: {"overtime_cost": 5.0},
        3: {"backorder_cost": 3.0, "overtime_cost": 5.0},
    }[seed // 2]
    plan = capacitated_lots(
        dict(zip(names, demand, strict=True)),
        capacity,
        **{k: dict(zip(names, v, strict=True)) for k, v in figures.items()},
        **extra,
    )
    least = least_by_pattern(demand, capacity, **figures, **extra)
    if math.isinf(least):
        assert plan.status == "infeasible"
        return
    assert plan.status == "optimal"
    assert plan.cost == pytest.approx(least, abs=1e-5)
    assert plan.bound == pytest.approx(plan.cost, abs=1e-5)
    assert plan.gap == pytest.approx(0, abs=1e-6)
    holds(
        plan,
        dict(zip(names, demand, strict=True)),
        dict(zip(names, figures["unit_hours"], strict=True)),
        dict(zip(names, figures["setup_hours"], strict=True)),
    )


def test_with_room_enough_each_item_is_planned_as_alone() -> None:
    rng = np.random.default_rng(5)
    demand = {f"item {k}": rng.integers(0, 90, 12) for k in range(3)}
    plan = capacitated_lots(
        pd.DataFrame(demand), 10_000, setup_cost=180, holding_cost=1.5, on_hand=40, safety_stock=10
    )
    alone = [
        lot_sizes(d, order_cost=180, holding_cost=1.5, on_hand=40, safety_stock=10) for d in demand.values()
    ]
    assert plan.status == "optimal"
    assert plan.cost == pytest.approx(sum(p.cost for p in alone))
    assert plan.table["ending_stock"].min() >= 10
    assert list(plan.table["item"].unique()) == list(demand)


def test_capacity_makes_lots_come_earlier_by_hand() -> None:
    # 30 in each of three periods, 100 in the last, 70 hours each: 30 must be made before, best in period 3.
    plan = capacitated_lots({"gear": [30, 30, 30, 100]}, 70, setup_cost=0, holding_cost=1)
    assert plan.receipts("gear") == (30, 30, 60, 70)
    assert plan.cost == 30
    assert plan.load["load_share"].tolist() == pytest.approx([30 / 70, 30 / 70, 60 / 70, 1])
    assert str(plan) == (
        "Setups 0 and holding 30 make 30; no plan costs less.\n4 lots; the fullest period is 4, loaded 100 %."
    )
    over = capacitated_lots({"gear": [30, 30, 30, 100]}, 70, setup_cost=0, holding_cost=1, overtime_cost=0.5)
    assert over.receipts("gear") == (30, 30, 30, 100)
    assert over.overtime_cost == 15
    assert over.load["overtime_hours"].tolist() == [0, 0, 0, 30]
    some = capacitated_lots(
        {"gear": [30, 30, 30, 100]},
        70,
        setup_cost=0,
        holding_cost=1,
        overtime_cost=0.5,
        overtime_hours=[0, 0, 0, 20],
    )
    assert some.receipts("gear") == (30, 30, 40, 90)
    later = capacitated_lots({"gear": [100, 30]}, 70, setup_cost=0, holding_cost=1, backorder_cost=4)
    assert later.receipts("gear") == (70, 60)
    assert later.backorder_cost == 120
    assert "backorders 120" in str(later)


def test_setups_take_hours_too() -> None:
    # Periods 2 and 3 ask 40 hours of running and 10 of setups each, 10 more than there are: they are made in
    # period 1, and 5 of period 3 in period 2.
    plan = capacitated_lots(
        {"a": [10, 20, 20], "b": [10, 20, 20]}, 45, setup_cost=1, holding_cost=1, setup_hours=5
    )
    assert plan.status == "optimal"
    assert plan.cost == pytest.approx(6 + 10 + 5)
    assert (plan.load["setup_hours"] + plan.load["run_hours"]).max() <= 45 + 1e-6


def test_what_cannot_be_made_is_named_by_period_and_item(way: str) -> None:
    plan = capacitated_lots(
        {"gear": [40, 60, 20], "shaft": [0, 60, 20]},
        70,
        setup_cost=9,
        holding_cost=1,
        unit_hours={"gear": 1, "shaft": 0.5},
    )
    assert plan.has_answer
    short = capacitated_lots(
        {"gear": [40, 60, 20], "shaft": [0, 90, 20]},
        70,
        setup_cost=9,
        holding_cost=1,
        unit_hours={"gear": 1, "shaft": 0.5},
    )
    # By the end of period 2: 40 + 60 + 45 = 145 hours are needed, 140 are there.
    assert short.status == "infeasible"
    assert short.shortages["period"].tolist() == [2]
    assert short.shortages["hours"].sum() == pytest.approx(5)
    assert short.cost is None
    assert short.gap is None
    assert short.table.empty
    assert "in period 2:" in str(short)
    with pytest.raises(SolverError, match="The capacity does not suffice"):
        short.require()
    with pytest.raises(InputError, match="an item of a plan"):
        short.receipts("gear")


def test_a_shortage_that_only_repeated_setups_cause_is_found_too() -> None:
    # 60 hours of running and one setup of 5 would fit in 69; but each period needs a setup of its own.
    plan = capacitated_lots({"a": [20, 20, 20]}, [25, 25, 19], setup_cost=1, holding_cost=1, setup_hours=5)
    assert plan.status == "infeasible"
    assert plan.shortages.to_dict("records") == [{"item": "a", "period": 3, "units": 6.0, "hours": 6.0}]
    less = capacitated_lots({"a": [20, 20, 14]}, [25, 25, 19], setup_cost=1, holding_cost=1, setup_hours=5)
    assert less.receipts("a") == (20, 20, 14)


def test_a_period_too_short_for_a_setup_makes_nothing() -> None:
    plan = capacitated_lots({"a": [10, 10, 10]}, [40, 3, 40], setup_cost=1, holding_cost=1, setup_hours=5)
    assert plan.receipts("a") == (20, 0, 10)


def test_the_time_limit_says_feasible_or_stopped_never_optimal() -> None:
    rng = np.random.default_rng(2)
    demand = {f"i{k}": rng.integers(0, 120, 30) for k in range(14)}
    mean = sum(float(d.mean()) for d in demand.values())
    plan = capacitated_lots(
        demand,
        1.15 * (mean + 14 * 8),
        setup_cost={k: float(rng.integers(100, 900)) for k in demand},
        setup_hours=10,
        holding_cost={k: float(rng.integers(1, 5)) for k in demand},
        on_hand=130,
        time_limit=1.5,
    )
    assert plan.status in ("feasible", "stopped")
    if plan.status == "feasible":
        assert plan.bound is not None
        assert plan.bound < plan.cost
        assert f"none costs over {100 * plan.gap:.3g} % less" in str(plan)
    else:
        assert "The time was over" in str(plan)


BAD: dict[str, tuple[dict[str, Any], str]] = {
    "no items": ({"demand": {}}, "a mapping of at least one item"),
    "no mapping": ({"demand": [1, 2]}, "a mapping of at least one item"),
    "lengths": ({"demand": {"a": [1, 2], "b": [1]}}, r"demand\['b'\] must be 2, as of 'a', got '1 periods'"),
    "negative": ({"demand": {"a": [1, -2]}}, r"demand\['a'\]\[1\]"),
    "not finite": ({"demand": {"a": [1, math.nan]}}, r"demand\['a'\]\[1\]"),
    "capacity": ({"capacity": -1}, "capacity must be zero or more"),
    "capacities": ({"capacity": [1, 2, 3]}, "capacity must be 2 values"),
    "missing item": ({"setup_cost": {"a": 1}}, r"setup_cost must be one figure for each of \['a', 'b'\]"),
    "stray item": ({"setup_cost": {"a": 1, "b": 1, "c": 1}}, r"got \['c'\]"),
    "negative hours": ({"unit_hours": {"a": 1, "b": -1}}, r"unit_hours\['b'\] must be zero or more"),
    "safety with backorders": ({"backorder_cost": 1, "safety_stock": 3}, "zero where backorders are allowed"),
    "overtime without cost": ({"overtime_hours": 4}, "overtime_cost must be given"),
    "overtime cost": ({"overtime_cost": -4}, "overtime_cost must be zero or more"),
    "limit": ({"time_limit": 0}, "time_limit must be above zero"),
    "gap": ({"gap": 1}, "gap must be a share"),
}


@pytest.mark.parametrize("case", BAD)
def test_bad_input_says_what_came_and_what_would_do(case: str) -> None:
    change, words = BAD[case]
    sound = {"demand": {"a": [1, 2], "b": [3, 4]}, "capacity": 9, "setup_cost": 1, "holding_cost": 1}
    with pytest.raises(InputError, match=words):
        capacitated_lots(**{**sound, **change})
