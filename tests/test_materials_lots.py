"""Lots over periods: every rule by hand, the optimum against a plain program, conventions, bad input."""

from __future__ import annotations

import math
import time
from collections.abc import Callable
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from prodkit import Plant, materials
from prodkit.errors import InputError
from prodkit.materials import LOT_RULES, lot_sizes
from prodkit.materials.lots import lots_by_rule, net_needs

DEMAND = [22, 34, 32, 12, 8, 44, 54, 16, 76, 30]
COSTS: dict[str, Any] = {"order_cost": 200, "holding_cost": 3.25}
OPTION: dict[str, dict[str, Any]] = {
    "fixed": {"size": 50},
    "minimum": {"minimum": 60},
    "multiple": {"multiple": 25},
}


def plain(
    demand: list[float],
    order: list[float],
    hold: list[float],
    price: list[float],
    opening: float,
    safety: float,
) -> float:
    """The least cost, by trying every next order in each period, on what is left after the opening stock."""
    need, stock, base = [], opening, 0.0
    for d, h in zip(demand, hold, strict=True):
        short = max(0.0, d + safety - stock)
        stock = stock + short - d
        need.append(short)
        base += h * stock
    last = len(need)
    least = [0.0] * (last + 1)
    for j in reversed(range(last)):
        best = least[j + 1] if need[j] == 0 else math.inf
        total, carry = order[j], 0.0
        for t in range(j, last):
            total += need[t] * (price[j] + carry)
            carry += hold[t]
            best = min(best, total + least[t + 1])
        least[j] = best
    return base + least[0]


def random_case(rng: np.random.Generator, kind: int) -> dict[str, Any]:
    n = int(rng.integers(1, 30))
    demand = rng.integers(0, 60, n) * (rng.random(n) < rng.uniform(0.2, 1))
    order: Any = float(rng.integers(0, 250))
    hold: Any = float(rng.integers(0, 5))
    price: Any = 0.0
    if kind >= 1:
        order = rng.integers(0, 250, n).astype(float)
    if kind >= 2:
        hold = rng.integers(0, 9, n) / 4
    if kind >= 3:
        price = rng.integers(0, 40, n) / 2
    opening, safety = (
        (float(rng.integers(0, 90)), float(rng.integers(0, 30))) if rng.random() < 0.5 else (0, 0)
    )
    return {
        "demand": demand.astype(float),
        "order_cost": order,
        "holding_cost": hold,
        "unit_cost": price,
        "on_hand": opening,
        "safety_stock": safety,
    }


def test_wagner_whitin_costs_what_a_plain_program_costs_on_a_thousand_cases() -> None:
    rng = np.random.default_rng(7)
    seen = 0
    for i in range(1000):
        case = random_case(rng, i % 4)
        plan = lot_sizes(rule="wagner_whitin", **case)
        n = len(case["demand"])
        least = plain(
            case["demand"].tolist(),
            (np.ones(n) * case["order_cost"]).tolist(),
            (np.ones(n) * case["holding_cost"]).tolist(),
            (np.ones(n) * case["unit_cost"]).tolist(),
            case["on_hand"],
            case["safety_stock"],
        )
        assert plan.cost == pytest.approx(least, rel=1e-9, abs=1e-9), case
        assert min(plan.ending_stock) >= case["safety_stock"] - 1e-9
        seen += plan.orders > 1
    assert seen > 500


def test_an_order_comes_early_before_units_get_dearer() -> None:
    plan = lot_sizes([10] * 4, order_cost=1, holding_cost=1, unit_cost=[5, 5, 9, 9])
    assert plan.receipts == (10, 30, 0, 0)
    assert plan.purchase_cost == 200
    assert plan.cost == 2 + 30 + 200
    assert "Purchase 200, ordering 2 and holding 30 make 232." in str(plan)
    cheap_early = lot_sizes([0, 10], order_cost=[3, 50], holding_cost=1)
    assert cheap_early.receipts == (10, 0)


def recomputed(plan: materials.LotPlan) -> float:
    stock, cost = plan.on_hand, 0.0
    for d, r, k, h, c in zip(
        plan.demand, plan.receipts, plan.order_costs, plan.holding_costs, plan.unit_costs, strict=True
    ):
        stock += r
        start = stock
        stock -= d
        cost += (k if r > 0 else 0) + c * r + h * (stock if plan.holding == "ending" else (start + stock) / 2)
    return cost


whole = st.integers(0, 80).map(float)


@settings(deadline=None, max_examples=60)
@given(
    demand=st.lists(whole, min_size=1, max_size=14),
    order=st.integers(0, 300),
    hold=st.integers(0, 6),
    opening=st.integers(0, 60),
    safety=st.integers(0, 20),
    holding=st.sampled_from(["ending", "average"]),
    balance=st.sampled_from(["nearest", "before", "after"]),
    tie=st.sampled_from(["longer", "shorter"]),
)
def test_every_rule_covers_demand_costs_what_it_says_and_never_beats_the_optimum(
    demand: list[float],
    order: int,
    hold: int,
    opening: int,
    safety: int,
    holding: str,
    balance: str,
    tie: str,
) -> None:
    common: dict[str, Any] = {
        "order_cost": order,
        "holding_cost": hold,
        "on_hand": opening,
        "safety_stock": safety,
        "holding": holding,
        "balance": balance,
        "tie": tie,
    }
    best = lot_sizes(demand, **common)
    for rule in LOT_RULES:
        plan = lot_sizes(demand, rule, **common, **OPTION.get(rule, {}))
        short = [safety - s for s in plan.ending_stock]
        assert max(short) <= 1e-9, rule
        assert plan.cost == pytest.approx(recomputed(plan), abs=1e-6), rule
        assert plan.cost == pytest.approx(plan.ordering_cost + plan.holding_cost), rule
        assert best.cost <= plan.cost + 1e-6, rule
        assert plan.orders == sum(r > 0 for r in plan.receipts)
        assert list(plan.table["receipt"]) == list(plan.receipts)
        total = plan.table[["ordering_cost", "holding_cost"]].to_numpy().sum()
        assert total == pytest.approx(plan.cost, abs=1e-6)
        if rule not in ("fixed", "minimum", "multiple", "eoq"):
            assert sum(plan.receipts) == pytest.approx(max(0.0, sum(demand) + safety - opening), abs=1e-6)
        # No lot comes before it is needed: the stock before it would not have covered the period.
        if rule != "wagner_whitin":
            before = [opening, *plan.ending_stock[:-1]]
            assert all(
                r == 0 or b < d + safety for r, b, d in zip(plan.receipts, before, demand, strict=True)
            )


BY_HAND = {
    "lot_for_lot": (30, 0, 45, 20, 10, 0, 35),
    "fixed": (50, 0, 50, 0, 50, 0, 0),
    "minimum": (60, 0, 60, 0, 0, 0, 60),
    "multiple": (50, 0, 25, 25, 25, 0, 25),
    "eoq": (63, 0, 63, 0, 0, 0, 63),
    "periods": (75, 0, 0, 30, 0, 0, 35),
    "silver_meal": (30, 0, 75, 0, 0, 0, 35),
    "least_unit_cost": (75, 0, 0, 65, 0, 0, 0),
    "part_period": (75, 0, 0, 65, 0, 0, 0),
    "wagner_whitin": (30, 0, 75, 0, 0, 0, 35),
}


@pytest.mark.parametrize("rule", LOT_RULES)
def test_by_hand(rule: str) -> None:
    """Demand 30, 0, 45, 20, 10, 0, 35; an order costs 100, a unit and period 1.

    Economic lot: the root of 2 x 20 x 100 / 1 is 63.2, so 63 a lot; 63.2 / 20 is 3 periods.
    Silver-Meal: 100, 50, then 190/3, more: stop. From period 3: 100, 60, 140/3, 35, then 280/5: stop.
    Least unit cost: 100/30, the same, 190/75, then 250/95, more: stop. From period 4: 5, 110/30, the same, 215/65.
    Part-periods: 90, then 150: 90 is nearer to 100. From period 4: 10, then 115, nearer.
    """
    plan = lot_sizes([30, 0, 45, 20, 10, 0, 35], rule, order_cost=100, holding_cost=1, **OPTION.get(rule, {}))
    assert plan.receipts == BY_HAND[rule]


def receipts(rule: str, demand: list[float], **options: Any) -> tuple[float, ...]:
    return lot_sizes(demand, rule, **{"order_cost": 100, "holding_cost": 1, **options}).receipts


def test_part_period_balancing_stops_nearest_before_or_after() -> None:
    got = {b: receipts("part_period", [10, 90, 40], balance=b) for b in ("nearest", "before", "after")}
    # Holding 90, then 170, against 100.
    assert got == {"nearest": (100, 0, 40), "before": (100, 0, 40), "after": (140, 0, 0)}
    assert receipts("part_period", [10, 60, 35], balance="nearest") == (105, 0, 0)  # 60, then 130: nearer
    assert receipts("part_period", [10, 60, 35], balance="before") == (70, 0, 35)
    # 60 and 140 are as near to 100: the longer lot, or the shorter.
    assert receipts("part_period", [10, 60, 40]) == (110, 0, 0)
    assert receipts("part_period", [10, 60, 40], tie="shorter") == (70, 0, 40)


def test_a_tie_takes_the_longer_lot_or_the_shorter() -> None:
    # Silver-Meal: 100, then (100 + 100) / 2.
    assert receipts("silver_meal", [5, 100]) == (105, 0)
    assert receipts("silver_meal", [5, 100], tie="shorter") == (5, 100)
    # Least unit cost: 100 / 50, then (100 + 2 x 40) / 90.
    assert receipts("least_unit_cost", [50, 40], holding_cost=2) == (90, 0)
    assert receipts("least_unit_cost", [50, 40], holding_cost=2, tie="shorter") == (50, 40)
    # A period without a need is no tie: it ends no lot.
    assert receipts("least_unit_cost", [50, 0, 10], holding_cost=0.5, tie="shorter") == (60, 0, 0)


def test_holding_on_the_mean_adds_half_the_demand_of_each_period() -> None:
    by_end = lot_sizes(DEMAND, **COSTS)
    by_mean = lot_sizes(DEMAND, holding="average", **COSTS)
    assert by_mean.receipts == by_end.receipts
    assert by_mean.holding_cost == pytest.approx(by_end.holding_cost + 3.25 * sum(DEMAND) / 2)
    # Silver-Meal by the mean: (100 + 5) / 1, then (100 + 5 + 1.5 x 60) / 2 = 97.5, then (195 + 2.5 x 50) / 3.
    plan = lot_sizes([10, 60, 50], "silver_meal", order_cost=100, holding_cost=1, holding="average")
    assert [t.figure for t in plan.trials[:3]] == pytest.approx([105, 97.5, 320 / 3])
    assert plan.receipts == (70, 0, 50)


def test_costs_may_differ_from_period_to_period() -> None:
    plan = lot_sizes(
        [90, 120, 80, 70], "silver_meal", order_cost=[300, 500, 300, 500], holding_cost=[5, 1, 1, 2]
    )
    # 300, then (300 + 5 x 120) / 2: stop. From period 2: 500, (500 + 80) / 2, (580 + 2 x 70) / 3.
    assert plan.receipts == (90, 270, 0, 0)
    assert [t.figure for t in plan.trials] == [300, 450, 500, 290, 240]
    assert plan.cost == 300 + 500 + 80 + 140


def test_stock_on_hand_is_used_first_and_safety_stock_is_kept() -> None:
    plan = lot_sizes([30, 40, 50], "lot_for_lot", order_cost=10, holding_cost=1, on_hand=65, safety_stock=20)
    assert plan.receipts == (0, 25, 50)
    assert plan.ending_stock == (35, 20, 20)
    assert plan.holding_cost == 75
    short = lot_sizes([30, 40], "lot_for_lot", order_cost=10, holding_cost=1, on_hand=5, safety_stock=20)
    assert short.receipts == (45, 40)
    full = lot_sizes([3, 4], order_cost=10, holding_cost=1, on_hand=50)
    assert full.receipts == (0, 0)
    assert full.cost == 47 + 43
    assert str(full).startswith("Wagner-Whitin: 0 orders in 2 periods.\n")


def test_net_needs_are_the_demand_itself_once_stock_is_gone() -> None:
    demand = np.array([0.1, 0.2, 0.3, 0.7])
    got = net_needs(demand, 0.1 + 0.2, 0.0).tolist()
    assert got[:2] == [0.0, 0.0]
    assert got[2] == pytest.approx(0.3)
    assert got[3] == 0.7
    assert lot_sizes([0.1] * 10, "lot_for_lot", order_cost=1, holding_cost=1).ending_stock == (0.0,) * 10


def test_minimum_and_multiple_bind_the_lots_of_other_rules_too_and_the_rest_is_used() -> None:
    assert receipts("lot_for_lot", [30, 20, 25], minimum=40, multiple=16) == (48, 48, 0)
    assert receipts("periods", [30, 20, 25, 9], periods=2, multiple=20) == (60, 0, 40, 0)
    assert receipts("silver_meal", [30, 20, 200, 9], multiple=40) == (80, 0, 200, 0)
    assert receipts("fixed", [30, 90], size=40) == (40, 80)
    assert receipts("multiple", [0.3, 0.6], multiple=0.1) == pytest.approx((0.3, 0.6))


def test_many_items_at_once_are_each_item_alone() -> None:
    rng = np.random.default_rng(3)
    needs = rng.integers(0, 40, (60, 26)) * (rng.random((60, 26)) < 0.6) * 1.0
    each = {
        "lot_for_lot": {},
        "fixed": {"size": rng.integers(5, 90, 60)},
        "minimum": {"minimum": rng.integers(0, 90, 60)},
        "multiple": {"multiple": rng.integers(1, 90, 60)},
        "periods": {"periods": rng.integers(1, 9, 60)},
    }
    for rule, options in each.items():
        together = lots_by_rule(rule, needs, **options)
        for i, row in enumerate(needs):
            alone = lots_by_rule(rule, row, **{k: v[i] for k, v in options.items()})
            assert together[i].tolist() == alone.tolist(), rule
    mixed = lots_by_rule("lot_for_lot", needs, minimum=np.where(np.arange(60) % 2, 50.0, np.nan))
    assert mixed[::2].tolist() == needs[::2].tolist()
    assert mixed[1::2].tolist() != needs[1::2].tolist()


def test_free_orders_and_free_stock() -> None:
    for rule in LOT_RULES:
        option = OPTION.get(rule, {})
        assert lot_sizes([0, 0], rule, order_cost=5, holding_cost=1, **option).receipts == (0, 0)
        lot_sizes([5, 9], rule, order_cost=0, holding_cost=0, **option)
    assert receipts("wagner_whitin", [5, 9], order_cost=0) == (5, 9)
    assert receipts("eoq", [5, 9], order_cost=0) == (5, 9)
    assert receipts("wagner_whitin", [5, 9], holding_cost=0) == (14, 0)
    assert receipts("periods", [5, 9], holding_cost=0) == (14, 0)
    assert receipts("silver_meal", [5, 9, 9], holding_cost=0) == (23, 0, 0)


def test_it_reads_aloud() -> None:
    assert str(lot_sizes([4], order_cost=9, holding_cost=1)) == (
        "Wagner-Whitin: 1 order in 1 periods: 4 in period 1.\nOrdering 9 and holding 0 make 9."
    )
    many = str(lot_sizes([4] * 20, "lot_for_lot", order_cost=9, holding_cost=1))
    assert "4 in period 8 and 12 more." in many


BAD: dict[str, tuple[dict[str, Any], str]] = {
    "negative demand": ({"demand": [3, -1]}, r"demand\[1\] must be zero or more"),
    "negative in an array": ({"demand": np.array([3.0, -1.0])}, r"demand\[1\]"),
    "not a number": ({"demand": np.array([3.0, np.nan])}, r"demand\[1\] must be .*got nan"),
    "infinite": ({"demand": [math.inf]}, "got inf"),
    "text": ({"demand": ["3"]}, "got '3'"),
    "nothing": ({"demand": []}, "at least one number"),
    "one figure": ({"demand": 5}, "a sequence of numbers"),
    "unknown rule": ({"rule": "best"}, "one of lot_for_lot, fixed"),
    "negative cost": ({"order_cost": -1}, "order_cost must be zero or more"),
    "costs too few": ({"holding_cost": [1, 1]}, "one figure, or 3, one for each period, got '2 values'"),
    "cost not finite": ({"unit_cost": [1, math.nan, 2]}, r"unit_cost\[1\]"),
    "negative stock": ({"on_hand": -1}, "on_hand must be zero or more"),
    "negative safety": ({"safety_stock": -1}, "safety_stock must be zero or more"),
    "multiple of zero": ({"rule": "multiple", "multiple": 0}, "multiple must be above zero, got 0"),
    "no multiple": ({"rule": "multiple"}, "multiple must be given, above zero, since the rule is multiple"),
    "no size": ({"rule": "fixed"}, "size must be given"),
    "size of zero": ({"rule": "fixed", "size": 0}, "size must be above zero"),
    "no minimum": ({"rule": "minimum"}, "minimum must be given"),
    "half a period": ({"rule": "periods", "periods": 1.5}, "a whole number of periods"),
    "no period": ({"rule": "periods", "periods": 0}, "periods must be above zero"),
    "two rules": ({"rule": "silver_meal", "size": 40}, "size must be left out, since the rule silver_meal"),
    "bound optimum": ({"multiple": 40}, "multiple must be left out, since the rule wagner_whitin"),
    "holding": ({"holding": "start"}, "one of ending, average"),
    "balance": ({"balance": "middle"}, "one of nearest, before, after"),
    "tie": ({"tie": "any"}, "one of longer, shorter"),
}


@pytest.mark.parametrize("case", BAD)
def test_bad_input_says_what_came_and_what_would_do(case: str) -> None:
    change, words = BAD[case]
    with pytest.raises(InputError, match=words):
        lot_sizes(**{"demand": [3, 4, 5], "order_cost": 9, "holding_cost": 1, **change})


def quickest(call: Callable[[], Any], times: int = 5) -> float:
    took = []
    for _ in range(times):
        begin = time.process_time()
        call()
        took.append(time.process_time() - begin)
    return min(took)


def test_time_grows_with_the_periods_and_not_with_their_square() -> None:
    rng = np.random.default_rng(1)
    for price in (0.0, 1.0):
        took = []
        for n in (4_000, 32_000):
            demand, prices = rng.integers(0, 99, n) * 1.0, price * rng.random(n) * 40
            took.append(
                quickest(lambda d=demand, p=prices: lot_sizes(d, order_cost=500, holding_cost=1, unit_cost=p))
            )
        assert took[1] < 30 * took[0]  # eight times the periods; by the square it would be 64


def test_on_a_plant_the_optimum_is_least_for_every_product() -> None:
    plant = Plant.sample("metal")
    rate = float(plant.about["holding_rate"].iloc[0])
    items = plant.items.set_index("item")
    nearest: dict[str, float] = {}
    products = list(plant.table("demand").groupby("item"))
    assert len(products) >= 5
    for item, sold in products:
        row = items.loc[item]
        weeks = sold.sort_values("week")["quantity"].to_numpy(float)[-52:]
        costs = {"order_cost": float(row["order_cost"]), "holding_cost": float(row["unit_cost"]) * rate / 52}
        plans = {
            rule: lot_sizes(weeks, rule, on_hand=float(row["on_hand"]), **costs)
            for rule in LOT_RULES
            if rule not in OPTION
        }
        best = plans.pop("wagner_whitin").cost
        assert all(plan.cost >= best * (1 - 1e-12) for plan in plans.values()), item
        for rule, plan in plans.items():
            nearest[rule] = nearest.get(rule, 0.0) + plan.cost / best - 1
    assert nearest["silver_meal"] < nearest["lot_for_lot"]
