"""Order quantities, discounts, the newsvendor, safety stock: properties and error texts."""

from __future__ import annotations

import dataclasses
import math
import re
from typing import Any

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from prodkit import materials
from prodkit.errors import InputError

relaxed = settings(deadline=None, max_examples=50)
positive = st.floats(0.01, 1e6)
factor = st.floats(0.05, 20)


@relaxed
@given(positive, positive, positive, factor)
def test_eoq_is_the_lowest_point_of_its_curve(demand: float, order: float, hold: float, by: float) -> None:
    best = materials.economic_order_quantity(demand, order, hold)
    assert best.cost == pytest.approx(best.cost_at(best.quantity))
    assert best.cost <= best.cost_at(best.quantity * by) * (1 + 1e-12)
    assert best.yearly_order_cost == pytest.approx(best.yearly_holding_cost)
    assert best.orders_per_year * best.cycle_time == pytest.approx(1)
    assert best.average_stock == best.quantity / 2


@relaxed
@given(st.floats(1, 1e4), st.floats(1, 500), st.floats(0.1, 50), st.floats(0.5, 300))
def test_eoq_in_packs_is_the_cheapest_number_of_packs(
    demand: float, order: float, hold: float, pack: float
) -> None:
    best = materials.economic_order_quantity(demand, order, hold, multiple=pack)
    packs = best.quantity / pack
    assert packs == pytest.approx(round(packs))
    assert packs >= 1
    plain = materials.economic_order_quantity(demand, order, hold)
    reach = int(plain.quantity / pack) + 3
    assert best.cost == pytest.approx(min(plain.cost_at(n * pack) for n in range(1, reach + 1)))


@relaxed
@given(positive, positive, positive, st.floats(1.01, 50), factor)
def test_production_lot_is_lowest_and_tends_to_the_eoq(
    demand: float, setup: float, hold: float, speed: float, by: float
) -> None:
    lot = materials.production_quantity(demand, setup, hold, demand * speed)
    assert lot.cost <= lot.cost_at(lot.quantity * by) * (1 + 1e-12)
    assert lot.cost == pytest.approx(lot.cost_at(lot.quantity))
    # Stock at the end of a run: made less used in the run's time.
    assert lot.max_stock == pytest.approx(lot.quantity - demand * lot.run_time)
    instant = materials.production_quantity(demand, setup, hold, demand * 1e12)
    eoq = materials.economic_order_quantity(demand, setup, hold)
    assert instant.quantity == pytest.approx(eoq.quantity)
    assert lot.quantity > eoq.quantity


@relaxed
@given(positive, positive, positive, positive, factor, st.floats(0, 1))
def test_planned_backorders_are_lowest_over_both(
    demand: float, order: float, hold: float, back: float, by: float, share: float
) -> None:
    plan = materials.backorder_quantity(demand, order, hold, back)
    q = plan.quantity * by
    assert plan.cost <= plan.cost_at(q, q * share) * (1 + 1e-9)
    assert plan.cost_at(q) <= plan.cost_at(q, q * share) * (1 + 1e-9)
    assert plan.max_stock + plan.max_shortage == pytest.approx(plan.quantity)
    assert plan.quantity >= materials.economic_order_quantity(demand, order, hold).quantity


def yearly(
    q: float,
    demand: float,
    order: float,
    prices: list[tuple[float, float]],
    kind: str,
    rate: float | None,
    fixed: float,
) -> float:
    """Written from the invoice up: what the lot costs, its average price, then the year."""
    if kind == "all_units":
        lot = q * [c for start, c in prices if start <= q][-1]
    else:
        edges = [0.0, *(start for start, _ in prices[1:]), math.inf]
        lot = sum(
            c * max(0.0, min(q, hi) - lo)
            for (_, c), lo, hi in zip(prices, edges[:-1], edges[1:], strict=True)
        )
    hold = fixed if rate is None else rate * lot / q
    return (order + lot) * demand / q + hold * q / 2


@st.composite
def price_lists(draw: st.DrawFn) -> list[tuple[float, float]]:
    steps = draw(st.lists(st.integers(5, 300), min_size=0, max_size=4))
    cuts = draw(st.lists(st.floats(0.01, 0.2), min_size=len(steps), max_size=len(steps)))
    start, price = draw(st.sampled_from([0, 1, 40])), draw(st.floats(1, 100))
    rows = [(float(start), price)]
    for step, cut in zip(steps, cuts, strict=True):
        rows.append((rows[-1][0] + step, rows[-1][1] * (1 - cut)))
    return rows


@relaxed
@given(
    st.floats(50, 5000),
    st.floats(1, 300),
    price_lists(),
    st.sampled_from(["all_units", "incremental"]),
    st.booleans(),
    st.floats(0.05, 0.5),
    st.booleans(),
)
def test_discount_against_brute_force(
    demand: float,
    order: float,
    prices: list[tuple[float, float]],
    kind: str,
    by_rate: bool,
    rate: float,
    limited: bool,
) -> None:
    most = prices[-1][0] * 0.8 + 60 if limited else None
    fixed = rate * prices[0][1]
    holding: dict[str, float] = {"holding_rate": rate} if by_rate else {"holding_cost": fixed}
    best = materials.discount_quantity(demand, order, prices, kind=kind, max_quantity=most, **holding)
    top = most or 3 * max(prices[-1][0], math.sqrt(2 * demand * order / fixed)) + 100
    grid = np.unique(
        np.concatenate(
            [
                np.linspace(max(prices[0][0], 0.5), top, 400),
                [s for s, _ in prices if 0 < s <= top],
            ]
        )
    )
    costs = [yearly(float(q), demand, order, prices, kind, rate if by_rate else None, fixed) for q in grid]
    assert best.cost <= min(costs) * (1 + 1e-9)
    assert best.cost == pytest.approx(
        yearly(best.quantity, demand, order, prices, kind, rate if by_rate else None, fixed)
    )
    assert prices[0][0] <= best.quantity <= (most or math.inf)
    tried = [b.cost for b in best.brackets if b.cost is not None]
    assert best.cost == pytest.approx(min(tried))
    for b in best.brackets:
        assert b.is_feasible == (b.quantity == b.economic_quantity)
        assert (b.quantity is None) == (b.cost is None)
    assert best.bracket.from_quantity <= best.quantity
    assert list(best.table.columns) == [f.name for f in dataclasses.fields(materials.Bracket)]
    assert len(best.table) == len(best.brackets)


def test_discount_reads_a_table() -> None:
    table = pd.DataFrame({"supplier": "s", "from_quantity": [0, 400, 800], "unit_price": [0.75, 0.72, 0.68]})
    rows = list(zip(table["from_quantity"], table["unit_price"], strict=True))
    a = materials.discount_quantity(1300, 8, table, holding_rate=0.3)
    assert a == materials.discount_quantity(1300, 8, rows, holding_rate=0.3)
    assert "Order 800 at a time, at 0.68 a unit" in str(a)


pmfs = st.dictionaries(st.integers(0, 40), st.integers(1, 20), min_size=1, max_size=8).map(
    lambda d: {float(k): v / sum(d.values()) for k, v in d.items()}
)


@relaxed
@given(st.floats(0.1, 50), st.floats(0.1, 50), pmfs)
def test_newsvendor_of_a_list_against_brute_force(under: float, over: float, pmf: dict[float, float]) -> None:
    order = materials.newsvendor(under, over, pmf=pmf)

    def cost(q: float) -> float:
        return sum(p * (under * max(0, d - q) + over * max(0, q - d)) for d, p in pmf.items())

    for q in range(42):
        assert order.cost_at(q) == pytest.approx(cost(q), abs=1e-9)
        assert order.expected_cost <= cost(q) + 1e-9
    mean = sum(d * p for d, p in pmf.items())
    assert order.demand_mean == pytest.approx(mean)
    assert order.expected_sold == pytest.approx(sum(p * min(d, order.quantity) for d, p in pmf.items()))
    assert order.expected_left == pytest.approx(
        sum(p * max(0, order.quantity - d) for d, p in pmf.items()), abs=1e-9
    )
    if mean:
        assert order.fill_rate == pytest.approx(order.expected_sold / mean)


@relaxed
@given(st.floats(0.1, 300), st.floats(0.05, 0.97))
def test_newsvendor_of_poisson_is_the_least_quantity_that_reaches_the_ratio(
    mean: float, ratio: float
) -> None:
    from scipy.stats import poisson

    order = materials.newsvendor(ratio, 1 - ratio, poisson_mean=mean)
    assert poisson.cdf(order.quantity, mean) >= ratio - 1e-8
    assert order.quantity == 0 or poisson.cdf(order.quantity - 1, mean) < ratio + 1e-8
    assert order.service_level == pytest.approx(poisson.cdf(order.quantity, mean), abs=1e-9)


def test_newsvendor_of_normal_against_integration() -> None:
    from scipy.integrate import quad
    from scipy.stats import norm

    order = materials.newsvendor(price=12, unit_cost=7, salvage_value=2, goodwill_cost=3, mean=500, sd=120)
    assert order.critical_ratio == pytest.approx(8 / 13)
    density = norm(500, 120).pdf

    def profit(q: float) -> float:
        def one(d: float) -> float:
            return 12 * min(d, q) + 2 * max(0, q - d) - 3 * max(0, d - q) - 7 * q

        return quad(lambda d: one(d) * density(d), -400, 1400, points=[q], limit=200)[0]

    assert order.expected_profit == pytest.approx(profit(order.quantity), rel=1e-7)
    for q in (300, 480, 530, 700):
        assert order.profit_at(q) == pytest.approx(profit(q), rel=1e-7)
        assert order.profit_at(q) < order.expected_profit
    assert "the profit is" in str(order)


def test_newsvendor_edges() -> None:
    certain = materials.newsvendor(4, 1, mean=30, sd=0)
    assert (certain.quantity, certain.expected_cost, certain.fill_rate) == (30, 0, 1)
    assert materials.newsvendor(0.01, 10, mean=50, sd=40).quantity == 0
    assert materials.newsvendor(0.3, 0.7, pmf={1: 0.1, 2: 0.2, 3: 0.7}).quantity == 2  # the sum is 0.30000…04
    with pytest.raises(InputError, match="price must be given"):
        materials.newsvendor(4, 1, mean=30, sd=1).profit_at(3)


@relaxed
@given(st.floats(0.1, 100), st.floats(0.1, 50), st.floats(0.5, 0.999), st.floats(0, 20))
def test_safety_stock_scales_with_the_root_of_time(
    sd: float, lead: float, level: float, review: float
) -> None:
    one = materials.safety_stock(sd, lead, level)
    assert materials.safety_stock(sd, 4 * lead, level) == pytest.approx(2 * one)
    assert materials.safety_stock(sd, lead, level, review_period=review) == pytest.approx(
        materials.safety_stock(sd, lead + review, level)
    )
    assert materials.safety_stock(mad=sd / 1.25, lead_time=lead, service_level=level) == pytest.approx(one)
    assert materials.safety_stock(
        mad=sd / math.sqrt(math.pi / 2),
        lead_time=lead,
        service_level=level,
        mad_factor=math.sqrt(math.pi / 2),
    ) == pytest.approx(one)
    assert one >= 0


def test_service_levels_against_drawn_demand() -> None:
    rng = np.random.default_rng(4)
    n, d, sd, lead, lead_sd = 400_000, 100.0, 20.0, 6.0, 1.0
    times = np.maximum(0.0, rng.normal(lead, lead_sd, n))
    demand = rng.normal(d * times, sd * np.sqrt(times))
    point = materials.reorder_point(
        d, lead, materials.safety_stock(sd, lead, 0.95, demand=d, lead_time_sd=lead_sd)
    )
    assert (demand <= point).mean() == pytest.approx(0.95, abs=0.004)
    fixed = rng.normal(d * lead, sd * math.sqrt(lead), n)
    point = materials.reorder_point(
        d, lead, materials.safety_stock(sd, lead, fill_rate=0.98, order_quantity=300)
    )
    assert np.maximum(fixed - point, 0).mean() == pytest.approx(0.02 * 300, rel=0.01)


@relaxed
@given(st.floats(0.1, 100), st.floats(0.1, 50), st.floats(0.01, 0.9999), st.floats(1, 1e4))
def test_fill_rate_solves_its_equation(sd: float, lead: float, fill: float, lot: float) -> None:
    from scipy.stats import norm

    stock = materials.safety_stock(sd, lead, fill_rate=fill, order_quantity=lot)
    spread = sd * math.sqrt(lead)
    z = stock / spread
    short = spread * (norm.pdf(z) - z * norm.sf(z))
    assert short == pytest.approx((1 - fill) * lot, rel=1e-6, abs=1e-9 * spread)


def test_safety_stock_edges() -> None:
    assert materials.safety_stock(20, 0, 0.95) == 0
    assert materials.safety_stock(0, 4, 0.95) == 0
    assert materials.safety_stock(20, 4, 0.5) == pytest.approx(0)
    assert materials.safety_stock(0, 4, fill_rate=0.9, order_quantity=50) == pytest.approx(-5)
    assert isinstance(materials.safety_stock(np.int64(20), np.float64(4), 0.95), float)


EOQ = {"demand": 100, "order_cost": 8, "holding_cost": 2}
SEASON = {"underage_cost": 4, "overage_cost": 1, "mean": 10, "sd": 2}
BUFFER = {"demand_sd": 20, "lead_time": 4, "service_level": 0.95}
LIST = {"demand": 100, "order_cost": 8, "breaks": [(0, 5), (50, 4)], "holding_rate": 0.2}


@pytest.mark.parametrize(
    ("call", "base", "change", "text"),
    [
        ("economic_order_quantity", EOQ, {"demand": 0}, "demand must be above zero (units a year), got 0"),
        ("economic_order_quantity", EOQ, {"demand": -5}, "got -5"),
        (
            "economic_order_quantity",
            EOQ,
            {"order_cost": math.nan},
            "order_cost must be above zero (money an order), got nan",
        ),
        ("economic_order_quantity", EOQ, {"holding_cost": math.inf}, "holding_cost must be"),
        (
            "economic_order_quantity",
            EOQ,
            {"demand": "7200"},
            "demand must be above zero (units a year), got '7200'",
        ),
        ("economic_order_quantity", EOQ, {"demand": None}, "got None"),
        ("economic_order_quantity", EOQ, {"demand": True}, "got True"),
        ("economic_order_quantity", EOQ, {"multiple": 0}, "multiple must be above zero (units)"),
        ("newsvendor", SEASON, {"overage_cost": 0}, "overage_cost must be above zero (money a unit left)"),
        (
            "newsvendor",
            SEASON,
            {"price": 4},
            "underage_cost must be left out where price and unit_cost are given",
        ),
        ("newsvendor", SEASON, {"pmf": {1: 1.0}}, "demand must be given one way"),
        ("newsvendor", SEASON, {"mean": None, "sd": None}, "demand must be given one way"),
        ("newsvendor", SEASON, {"sd": -1}, "sd must be zero or more (units), got -1"),
        ("newsvendor", SEASON, {"sd": None}, "sd must be zero or more (units), got None"),
        (
            "newsvendor",
            SEASON,
            {"mean": None, "sd": None, "pmf": {1: 0.5, 2: 0.4}},
            "the sum of pmf must be 1, got 0.9",
        ),
        (
            "newsvendor",
            SEASON,
            {"mean": None, "sd": None, "pmf": {1: 1.5, 2: -0.5}},
            "pmf[1] must be a probability",
        ),
        ("newsvendor", SEASON, {"mean": None, "sd": None, "pmf": {}}, "pmf must be a mapping"),
        (
            "safety_stock",
            BUFFER,
            {"service_level": 95},
            "service_level must be between 0 and 1 (0.95 for 95 %), got 95",
        ),
        ("safety_stock", BUFFER, {"service_level": 1}, "between 0 and 1"),
        ("safety_stock", BUFFER, {"service_level": None}, "service_level and fill_rate must be one given"),
        ("safety_stock", BUFFER, {"fill_rate": 0.9}, "service_level and fill_rate must be one given"),
        (
            "safety_stock",
            BUFFER,
            {"service_level": None, "fill_rate": 0.98},
            "order_quantity must be above zero (units), where",
        ),
        ("safety_stock", BUFFER, {"mad": 16}, "demand_sd and mad must be one given"),
        ("safety_stock", BUFFER, {"demand_sd": None}, "demand_sd and mad must be one given"),
        ("safety_stock", BUFFER, {"lead_time": None}, "lead_time must be zero or more (periods), got None"),
        ("safety_stock", BUFFER, {"lead_time_sd": 1}, "where the lead time varies, got None"),
        (
            "discount_quantity",
            LIST,
            {"holding_rate": None},
            "holding_rate and holding_cost must be one given",
        ),
        ("discount_quantity", LIST, {"holding_cost": 1}, "holding_rate and holding_cost must be one given"),
        (
            "discount_quantity",
            LIST,
            {"kind": "some"},
            "kind must be one of all_units, incremental, got 'some'",
        ),
        (
            "discount_quantity",
            LIST,
            {"breaks": [(0, 5), (0, 4)]},
            "breaks[1] from_quantity must be above the one before, 0",
        ),
        (
            "discount_quantity",
            LIST,
            {"breaks": [(0, 5), (9, 6)]},
            "breaks[1] unit_price must be at most the one before, 5",
        ),
        ("discount_quantity", LIST, {"breaks": [5, 4]}, "breaks[0] must be a pair"),
        ("discount_quantity", LIST, {"breaks": []}, "breaks must be pairs of from_quantity and unit_price"),
        ("discount_quantity", LIST, {"breaks": 7}, "breaks must be pairs"),
        (
            "discount_quantity",
            LIST,
            {"breaks": pd.DataFrame({"from_quantity": [0]})},
            "got 'no column unit_price'",
        ),
        (
            "discount_quantity",
            LIST,
            {"breaks": [(20, 5)], "max_quantity": 10},
            "max_quantity must be above zero and 20 or more",
        ),
    ],
)
def test_what_is_refused_and_how(call: str, base: dict[str, Any], change: dict[str, Any], text: str) -> None:
    getattr(materials, call)(**base)
    with pytest.raises(InputError) as error:
        getattr(materials, call)(**{**base, **change})
    assert text in str(error.value)


def test_other_refusals() -> None:
    with pytest.raises(
        InputError, match=r"production_rate must be above the demand, 1300 \(units a year\), got 900"
    ):
        materials.production_quantity(1300, 8, 0.2, 900)
    with pytest.raises(InputError, match=r"max_shortage must be 0 to the quantity, 10"):
        materials.backorder_quantity(100, 8, 2, 5).cost_at(10, 11)
    with pytest.raises(InputError, match="quantity must be above zero"):
        materials.economic_order_quantity(100, 8, 2).cost_at(0)
    with pytest.raises(InputError, match="price must be above the unit cost, 5"):
        materials.newsvendor(price=4, unit_cost=5, mean=10, sd=1)
    with pytest.raises(InputError, match="salvage_value must be below the unit cost, 3"):
        materials.newsvendor(price=4, unit_cost=3, salvage_value=3, mean=10, sd=1)
    with pytest.raises(InputError, match="demand must be zero or more"):
        materials.reorder_point(-1, 3)


def test_results_are_frozen_and_read_aloud() -> None:
    results = [
        materials.economic_order_quantity(**EOQ),
        materials.production_quantity(100, 8, 2, 300),
        materials.backorder_quantity(100, 8, 2, 5),
        materials.discount_quantity(**LIST),
        materials.newsvendor(**SEASON),
        materials.continuous_review(
            1300, 150, lead_time=0.1, order_cost=8, holding_cost=0.2, backorder_cost=7
        ),
        materials.periodic_review(50, 8, lead_time=4, service_level=0.95),
        materials.min_max(150, 40, 125, poisson_mean=4),
        materials.min_max(2.5, 0.18, 0.7, mean=50, sd=8, method="power"),
        materials.joint_replenishment([100, 50], 40, [5, 6], [1, 1]),
        materials.abc_classes(["a", "b"], [5, 6], [1, 2]),
        materials.cycle_count_plan({"A": 5}, {"A": 12}, counts_per_person=4),
        materials.record_accuracy([1, 2], [1, 3]),
        materials.simulate_policy([3, 4], order_up_to=9, holding_cost=1, shortage_cost=2),
        materials.best_policy([3, 4], "R_S", order_up_tos=[7, 8], holding_cost=1, shortage_cost=2),
    ]
    for r in results:
        said = str(r).splitlines()
        assert len(said) == 2
        assert all(line and line.endswith((".", "year.", "average.")) for line in said), said
        assert "nan" not in str(r).lower()
        assert "inf" not in str(r).lower()
        field = dataclasses.fields(r)[0].name
        with pytest.raises(dataclasses.FrozenInstanceError):
            setattr(r, field, 1)
    assert set(materials.__all__) <= set(dir(materials))


def test_conventions_are_said_in_one_form() -> None:
    """Each is a paragraph "Convention, WHAT: DEFAULT (default…); OTHER (how to ask for it)." of a docstring."""
    seen: dict[str, str] = {}
    for name in materials.__all__:
        text = re.sub(r"\s+", " ", (getattr(materials, name).__doc__ or "").replace("\n\n", " ¶ "))
        for what, rest in re.findall(r"Convention, ([^:]+): ([^¶]+)", text):
            default, _, others = rest.partition("; ")
            assert "(default" in default, (name, what)
            assert "(" in others, (name, what)
            assert what not in seen, f"{what} in {name} and {seen[what]}"
            seen[what] = name
    assert len(seen) >= 15
