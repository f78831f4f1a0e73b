"""Stock policies against other ways to the same figure: integration, dynamic programs, simulation."""

from __future__ import annotations

import itertools
import math

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from prodkit import materials
from prodkit.errors import InputError

relaxed = settings(deadline=None, max_examples=40)
ROOT = {"lead_time": 1 / 12, "order_cost": 8, "holding_cost": 0.225, "backorder_cost": 7.5}


# (r, Q)


def test_r_q_cost_against_integration() -> None:
    from scipy.integrate import quad
    from scipy.stats import norm

    plan = materials.continuous_review(1300, 150, **ROOT)
    m, sd = 1300 / 12, 150 * math.sqrt(1 / 12)

    def rate(y: float) -> float:
        z = (y - m) / sd
        short = sd * (norm.pdf(z) - z * norm.sf(z))
        return 0.225 * (y - m + short) + 7.5 * short

    for r, q in ((plan.reorder_point, plan.quantity), (60, 100), (200, 500)):
        exact = (8 * 1300 + quad(rate, r, r + q, limit=200)[0]) / q
        assert plan.cost_at(r, q) == pytest.approx(exact, rel=1e-8)


@relaxed
@given(
    st.floats(10, 1e4),
    st.floats(0.01, 0.6),
    st.floats(0.01, 0.5),
    st.floats(1, 500),
    st.floats(0.5, 20),
    st.floats(1.5, 80),
    st.floats(0.8, 1.25),
    st.floats(-2, 2),
)
def test_r_q_exact_is_the_lowest_point(
    demand: float, cv: float, lead: float, order: float, hold: float, times: float, by: float, shift: float
) -> None:
    costs = {"lead_time": lead, "order_cost": order, "holding_cost": hold, "backorder_cost": hold * times}
    best = materials.continuous_review(demand, cv * demand, **costs)
    sd = cv * demand * math.sqrt(lead)
    assert best.cost <= best.cost_at(best.reorder_point + shift * sd, best.quantity * by) * (1 + 1e-9)
    for method in ("eoqb", "eoq_ss", "loss"):
        other = materials.continuous_review(demand, cv * demand, method=method, **costs)
        assert best.cost <= other.cost * (1 + 1e-9)
        assert other.cost == other.exact_cost
    assert 0 < best.fill_rate <= 1


def test_r_q_without_chance_is_the_eoq_with_backorders() -> None:
    for lead in (0.0, 0.1):
        plan = materials.continuous_review(
            1300, 0, lead_time=lead, order_cost=8, holding_cost=0.225, backorder_cost=5
        )
        certain = materials.backorder_quantity(1300, 8, 0.225, 5)
        assert plan.quantity == pytest.approx(certain.quantity, rel=1e-6)
        assert plan.cost == pytest.approx(certain.cost, rel=1e-9)
        assert plan.reorder_point == pytest.approx(1300 * lead - certain.max_shortage, rel=1e-6)


def test_eil_solves_its_two_equations() -> None:
    plan = materials.continuous_review(1300, 150, method="eil", **ROOT)
    share = 1 - plan.quantity * 0.225 / (7.5 * 1300)
    assert plan.service_level == pytest.approx(share, rel=1e-9)
    assert plan.cost != plan.exact_cost
    # its own cost is lowest there: K λ/Q + h (r - m + Q/2) + p n(r) λ/Q
    from scipy.stats import norm

    m, sd = 1300 / 12, 150 * math.sqrt(1 / 12)

    def own(r: float, q: float) -> float:
        z = (r - m) / sd
        short = sd * (norm.pdf(z) - z * norm.sf(z))
        return 8 * 1300 / q + 0.225 * (r - m + q / 2) + 7.5 * short * 1300 / q

    assert plan.cost == pytest.approx(own(plan.reorder_point, plan.quantity))
    for dr, dq in itertools.product((-3, 0, 3), (-5, 0, 5)):
        assert plan.cost <= own(plan.reorder_point + dr, plan.quantity + dq) + 1e-12


@relaxed
@given(st.floats(1, 60), st.floats(0, 1), st.floats(0.5, 40), st.floats(0.5, 9), st.floats(1.2, 30))
def test_r_q_poisson_against_every_pair(
    demand: float, lead: float, order: float, hold: float, times: float
) -> None:
    from scipy.stats import poisson

    best = materials.continuous_review(
        demand,
        lead_time=lead,
        order_cost=order,
        holding_cost=hold,
        backorder_cost=hold * times,
        distribution="poisson",
    )
    m = demand * lead
    top = int(m + 8 * math.sqrt(m + 1) + 2 * best.quantity + 5)
    levels = np.arange(-top - 20, top + 1)
    d = np.arange(0, int(m + 12 * math.sqrt(m + 1) + 30))
    p = poisson.pmf(d, m)
    stock = levels[:, None] - d[None, :]
    g = (hold * np.maximum(stock, 0) + hold * times * np.maximum(-stock, 0)) @ p
    total = np.concatenate([[0.0], np.cumsum(g)])
    found = min(
        float((order * demand + (total[q:] - total[:-q]).min()) / q)
        for q in range(1, int(2 * best.quantity) + 6)
    )
    assert best.cost == pytest.approx(found, rel=1e-9)
    i = int(best.reorder_point + 1 - levels[0])
    q = int(best.quantity)
    assert best.cost == pytest.approx(float((order * demand + g[i : i + q].sum()) / q), rel=1e-9)


def test_r_q_poisson_against_an_event_simulation() -> None:
    """Arrivals one by one, orders under way in a queue: nothing of the formula in it."""
    plan = materials.continuous_review(
        12, lead_time=0.5, order_cost=4, holding_cost=4, backorder_cost=28, distribution="poisson"
    )
    rng = np.random.default_rng(8)
    r, q = int(plan.reorder_point), int(plan.quantity)
    net, position, now, cost, short, n = r + q, r + q, 0.0, 0.0, 0, 150_000
    due: list[float] = []
    for gap in rng.exponential(1 / 12, n).tolist():
        end = now + gap
        while due and due[0] <= end:
            at = due.pop(0)
            cost += (at - now) * (4 * max(net, 0) + 28 * max(-net, 0))
            now, net = at, net + q
        cost += (end - now) * (4 * max(net, 0) + 28 * max(-net, 0))
        now = end
        short += net <= 0
        net, position = net - 1, position - 1
        if position <= r:
            cost += 4
            position += q
            due.append(now + 0.5)
    assert cost / now == pytest.approx(plan.cost, rel=0.02)
    assert 1 - short / n == pytest.approx(plan.fill_rate, abs=0.01)


# (R, S)


def test_base_stock_against_simulation() -> None:
    rng = np.random.default_rng(3)
    demand = np.maximum(0, rng.normal(50, 8, (4, 20_000)))
    plan = materials.periodic_review(50, 8, lead_time=4, holding_cost=0.18, backorder_cost=0.7)
    run = materials.simulate_policy(
        demand, order_up_to=plan.order_up_to, lead_time=4, holding_cost=0.18, shortage_cost=0.7, warm_up=50
    )
    assert run.cost == pytest.approx(plan.cost, rel=0.02)
    assert run.cycle_service == pytest.approx(plan.service_level, abs=0.01)
    aimed = materials.periodic_review(50, 8, lead_time=4, review_period=3, fill_rate=0.97)
    run = materials.simulate_policy(
        demand,
        order_up_to=aimed.order_up_to,
        review_period=3,
        lead_time=4,
        holding_cost=1,
        shortage_cost=1,
        warm_up=51,
    )
    assert run.fill_rate == pytest.approx(0.97, abs=0.005)
    assert aimed.fill_rate == pytest.approx(0.97)


@relaxed
@given(st.floats(0.5, 40), st.integers(0, 5), st.integers(1, 4), st.floats(0.5, 0.99))
def test_base_stock_of_poisson_is_the_least_level(mean: float, lead: int, review: int, share: float) -> None:
    from scipy.stats import poisson

    plan = materials.periodic_review(
        mean, lead_time=lead, review_period=review, service_level=share, distribution="poisson"
    )
    assert poisson.cdf(plan.order_up_to, mean * (lead + review)) >= share - 1e-8
    assert poisson.cdf(plan.order_up_to - 1, mean * (lead + review)) < share + 1e-8
    filled = materials.periodic_review(
        mean, lead_time=lead, review_period=review, fill_rate=share, distribution="poisson"
    )
    assert filled.fill_rate >= share - 1e-9


# (s, S)


def chain_cost(
    pmf: dict[float, float], over: dict[int, float], s: int, top: int, k: float, h: float, p: float
) -> float:
    """Cost of (s, S) from the stationary shares of the position after ordering: a plain linear system."""
    n = top - s
    step = np.zeros((n, n))
    for i, y in enumerate(range(s + 1, top + 1)):
        for d, share in pmf.items():
            y2 = y - int(d)
            step[i, (top if y2 <= s else y2) - s - 1] += share
    a = np.vstack([step.T - np.eye(n), np.ones(n)])
    shares = np.linalg.lstsq(a, np.append(np.zeros(n), 1.0), rcond=None)[0]
    cost = 0.0
    for i, y in enumerate(range(s + 1, top + 1)):
        g = sum(w * (h * max(0, y - d) + p * max(0, d - y)) for d, w in over.items())
        orders = sum(w for d, w in pmf.items() if y - d <= s)
        cost += shares[i] * (g + k * orders)
    return float(cost)


def convolved(pmf: dict[float, float], periods: int) -> dict[int, float]:
    out = {0: 1.0}
    for _ in range(periods):
        following: dict[int, float] = {}
        for a, pa in out.items():
            for b, pb in pmf.items():
                following[a + int(b)] = following.get(a + int(b), 0.0) + pa * pb
        out = following
    return out


small_pmfs = (
    st.dictionaries(st.integers(0, 5), st.integers(1, 9), min_size=1, max_size=4)
    .filter(lambda d: any(d))
    .map(lambda d: {float(k): v / sum(d.values()) for k, v in d.items()})
)


@settings(deadline=None, max_examples=30)
@given(small_pmfs, st.integers(0, 2), st.floats(0.5, 15), st.floats(0.3, 4), st.floats(0.5, 12))
def test_s_s_against_every_pair(pmf: dict[float, float], lead: int, k: float, h: float, p: float) -> None:
    best = materials.min_max(k, h, p, pmf=pmf, lead_time=lead)
    over = convolved(pmf, lead + 1)
    s, top = int(best.reorder_point), int(best.order_up_to)
    assert best.cost == pytest.approx(chain_cost(pmf, over, s, top, k, h, p), rel=1e-9)
    for s2, size in itertools.product(range(s - 4, s + 5), range(1, top - s + 6)):
        other = chain_cost(pmf, over, s2, s2 + size, k, h, p)
        assert best.cost <= other + 1e-9 * abs(other)
        assert best.cost_at(s2, s2 + size) == pytest.approx(other, rel=1e-8)


def test_s_s_against_value_iteration() -> None:
    """A dynamic program that knows of no (s, S): the best order in each state, over a long horizon."""
    from scipy.stats import poisson

    k, h, p, mean = 24.0, 1.0, 9.0, 10.0
    best = materials.min_max(k, h, p, poisson_mean=mean)
    states = np.arange(-60, 91)
    d = np.arange(0, 41)
    w = poisson.pmf(d, mean)
    w /= w.sum()
    g = np.array([(h * np.maximum(y - d, 0) + p * np.maximum(d - y, 0)) @ w for y in states])
    value = np.zeros(len(states))
    low = high = 0.0
    for _ in range(400):
        after = g + np.array([value[np.maximum(0, i - d)] @ w for i in range(len(states))])
        from_here = np.minimum.accumulate(after[::-1])[::-1]  # order up to the best level above
        new = np.minimum(after, k + from_here)
        middle = slice(60, None)  # states low enough to be cut off are left out
        low, high = float((new - value)[middle].min()), float((new - value)[middle].max())
        value = new - new[60]
        if high - low < 1e-7:
            break
    assert low - 1e-5 <= best.cost <= high + 1e-5
    orders = k + from_here < after
    at_or_below = states[orders & (states > -20)].max()
    assert at_or_below == best.reorder_point
    assert states[int(np.argmin(after))] == best.order_up_to


def test_s_s_against_simulation_with_a_lead_time() -> None:
    rng = np.random.default_rng(9)
    demand = rng.poisson(6, (5, 20_000))
    best = materials.min_max(40, 1, 8, poisson_mean=6, lead_time=2)
    run = materials.simulate_policy(
        demand,
        reorder_point=best.reorder_point,
        order_up_to=best.order_up_to,
        lead_time=2,
        order_cost=40,
        holding_cost=1,
        shortage_cost=8,
        warm_up=100,
    )
    assert run.cost == pytest.approx(best.cost, rel=0.01)


def test_power_approximation_is_near_and_its_rule_for_small_orders() -> None:
    exact = materials.min_max(64, 1, 9, poisson_mean=20, lead_time=2)
    rough = materials.min_max(64, 1, 9, poisson_mean=20, lead_time=2, method="power")
    assert exact.cost <= rough.cost <= 1.05 * exact.cost
    base = materials.periodic_review(50, 8, lead_time=0, holding_cost=0.18, backorder_cost=0.7)
    plan = materials.min_max(2.5, 0.18, 0.7, mean=50, sd=8, method="power", refined=True)
    assert plan.order_up_to == pytest.approx(base.order_up_to)
    assert plan.cost is None


# joint replenishment


@settings(deadline=None, max_examples=40)
@given(
    st.lists(st.tuples(st.floats(10, 1e5), st.floats(0, 80), st.floats(0.1, 5)), min_size=1, max_size=3),
    st.floats(5, 200),
)
def test_joint_replenishment_against_every_set_of_multiples(
    items: list[tuple[float, float, float]], major: float
) -> None:
    demand, minor, hold = zip(*items, strict=True)
    best = materials.joint_replenishment(demand, major, minor, hold)
    assert best.is_optimal
    assert best.bound == pytest.approx(best.cost)
    silver = materials.joint_replenishment(demand, major, minor, hold, method="silver")
    assert silver.cost >= best.cost * (1 - 1e-9)
    assert silver.bound <= best.cost * (1 + 1e-9)
    assert not silver.is_optimal
    for n in itertools.product(range(1, 13), repeat=len(items)):
        orders = major + sum(k / m for k, m in zip(minor, n, strict=True))
        held = sum(d * h * m for d, h, m in zip(demand, hold, n, strict=True))
        assert best.cost <= math.sqrt(2 * orders * held) * (1 + 1e-9)


def test_joint_replenishment_where_the_truck_is_nearly_free() -> None:
    plan = materials.joint_replenishment([1000, 700, 300], 1e-9, [20, 30, 40], [1, 2, 3])
    alone = sum(math.sqrt(2 * k * h * d) for d, k, h in ((1000, 20, 1), (700, 30, 2), (300, 40, 3)))
    assert alone <= plan.bound <= plan.cost
    assert plan.cost == pytest.approx(alone, rel=1e-3)
    assert plan.is_optimal or "not proven" in str(plan)


# simulation


def by_hand(
    demand: list[float],
    r: float | None,
    q: float | None,
    top: float | None,
    lead: list[int],
    review: int,
    lost: bool,
    opening: float,
    warm: int,
) -> tuple[float, float, float, float, float]:
    """One series, one policy, plain Python: stock, owed or lost, orders, fill, cycle service."""
    stock, owed, due = opening, 0.0, [0.0] * (len(demand) + max(lead) + 1)
    held = short_cost = missed_all = orders = cycles = clean_cycles = 0.0
    clean = True
    for t, d in enumerate(demand):
        on_order = sum(due[t:])
        position = stock - owed + on_order
        order = 0.0
        if t % review == 0:
            if q is not None:
                while position + order <= r:
                    order += q
            elif r is None or position <= r:
                order = max(0.0, top - position)
        due[t + lead[t]] += order
        came, due[t] = due[t], 0.0
        if t >= warm:
            orders += order > 0
            if came > 0:
                cycles += 1
                clean_cycles += clean
                clean = True
        stock += came
        paid = min(stock, owed)
        stock, owed = stock - paid, owed - paid
        sold = min(stock, d)
        stock -= sold
        missed = d - sold
        if not lost:
            owed += missed
        if t >= warm:
            held += stock
            short_cost += missed if lost else owed
            missed_all += missed
            clean = clean and missed <= 1e-9
    n = len(demand) - warm
    asked = sum(demand[warm:])
    return (
        held / n,
        short_cost / n,
        orders / n,
        1 - missed_all / asked if asked else 1.0,
        clean_cycles / cycles if cycles else 1.0,
    )


@settings(deadline=None, max_examples=150)
@given(
    st.lists(st.integers(0, 12), min_size=3, max_size=40),
    st.sampled_from(["r_Q", "s_S", "R_S"]),
    st.integers(-3, 30),
    st.integers(1, 30),
    st.lists(st.integers(0, 5), min_size=40, max_size=40),
    st.booleans(),
    st.integers(1, 4),
    st.booleans(),
    st.integers(0, 30),
    st.integers(0, 2),
)
def test_simulation_against_plain_python(
    demand: list[int],
    form: str,
    r: int,
    size: int,
    leads: list[int],
    fixed: bool,
    review: int,
    lost: bool,
    opening: int,
    warm: int,
) -> None:
    leads = [leads[0]] * len(demand) if fixed else leads[: len(demand)]
    levels: dict[str, float] = {
        "r_Q": {"reorder_point": r, "order_quantity": size},
        "s_S": {"reorder_point": r, "order_up_to": r + size},
        "R_S": {"order_up_to": max(0, r + size)},
    }[form]
    run = materials.simulate_policy(
        demand,
        **levels,
        lead_time=leads[0] if fixed else leads,
        order_cost=10,
        holding_cost=1,
        shortage_cost=4,
        on_shortage="lost" if lost else "backorder",
        review_period=review,
        opening_stock=opening,
        warm_up=warm,
    )
    held, short, orders, fill, service = by_hand(
        [float(d) for d in demand],
        levels.get("reorder_point"),
        levels.get("order_quantity"),
        levels.get("order_up_to"),
        leads,
        review,
        lost,
        float(opening),
        warm,
    )
    assert run.average_stock == pytest.approx(held)
    assert run.average_short == pytest.approx(short)
    assert run.orders == pytest.approx(orders)
    assert run.fill_rate == pytest.approx(fill)
    assert run.cycle_service == pytest.approx(service)
    assert run.cost == pytest.approx(10 * orders + held + 4 * short)
    assert run.cost == pytest.approx(run.order_cost + run.holding_cost + run.shortage_cost)
    path = run.path
    assert len(path) == len(demand)
    assert path["ordered"].gt(0)[warm:].mean() == pytest.approx(orders)
    assert (path["on_hand"] * path["owed"] == 0).all()


def test_a_grid_is_what_each_policy_alone_gives() -> None:
    rng = np.random.default_rng(6)
    demand = rng.poisson(20, (3, 80))
    shared = {"lead_time": 2, "order_cost": 50, "holding_cost": 1, "shortage_cost": 9}
    best = materials.best_policy(
        demand, "r_Q", reorder_points=[40, 50, 60, 70], order_quantities=[30, 60, 90], **shared
    )
    assert len(best.table) == 12
    for row in best.table.to_dict("records"):
        run = materials.simulate_policy(
            demand, reorder_point=row["reorder_point"], order_quantity=row["order_quantity"], **shared
        )
        assert row["cost"] == pytest.approx(run.cost)
        assert row["fill_rate"] == pytest.approx(run.fill_rate)
        assert row["average_stock"] == pytest.approx(run.average_stock)
    assert best.cost == best.table["cost"].min()
    assert (best.reorder_point, best.order_up_to) == (best.table.loc[0, "reorder_point"], None)
    assert "combinations listed" in best.proven


@pytest.mark.parametrize("policy", ["r_Q", "s_S", "R_S"])
def test_search_comes_close_to_the_whole_grid(policy: str) -> None:
    rng = np.random.default_rng(12)
    demand = rng.poisson(9, (4, 150))
    shared = {"lead_time": 1, "order_cost": 30, "holding_cost": 1, "shortage_cost": 9, "warm_up": 10}
    found = materials.best_policy(demand, policy, **shared)
    lists = {
        "r_Q": {"reorder_points": range(5, 40), "order_quantities": range(5, 60)},
        "s_S": {"reorder_points": range(5, 40), "order_up_tos": range(10, 80)},
        "R_S": {"order_up_tos": range(5, 80)},
    }[policy]
    whole = materials.best_policy(demand, policy, **lists, **shared)
    assert whole.cost <= found.cost * (1 + 1e-12)
    assert found.cost <= whole.cost * 1.01
    assert "no proof" in found.proven


def test_simulated_optimum_agrees_with_the_exact_one() -> None:
    rng = np.random.default_rng(21)
    demand = rng.poisson(6, (8, 4000))
    exact = materials.min_max(40, 1, 8, poisson_mean=6, lead_time=1)
    s, top = exact.reorder_point, exact.order_up_to
    best = materials.best_policy(
        demand,
        "s_S",
        reorder_points=np.arange(s - 4, s + 5),
        order_up_tos=np.arange(top - 5, top + 6),
        lead_time=1,
        order_cost=40,
        holding_cost=1,
        shortage_cost=8,
        warm_up=50,
    )
    assert abs(best.reorder_point - s) <= 1
    assert abs(best.order_up_to - top) <= 2
    assert best.cost == pytest.approx(exact.cost, rel=0.01)


def test_policy_refusals() -> None:
    shared = {"holding_cost": 1, "shortage_cost": 2}
    with pytest.raises(InputError, match="the policy's levels must be reorder_point with order_quantity"):
        materials.simulate_policy([1, 2], order_quantity=5, **shared)
    with pytest.raises(InputError, match="order_up_to must be above the reorder point"):
        materials.simulate_policy([1, 2], reorder_point=5, order_up_to=5, **shared)
    with pytest.raises(InputError, match=r"demand must be zero or more \(units per period\), one series"):
        materials.simulate_policy([1, -2], order_up_to=5, **shared)
    with pytest.raises(InputError, match="demand must be zero or more"):
        materials.simulate_policy(["a"], order_up_to=5, **shared)
    with pytest.raises(InputError, match="demand must be one series"):
        materials.simulate_policy([], order_up_to=5, **shared)
    with pytest.raises(InputError, match="lead_time must be a whole number of periods"):
        materials.simulate_policy([1, 2], order_up_to=5, lead_time=1.5, **shared)
    with pytest.raises(InputError, match="lead_time must be whole periods, one for each of the 2"):
        materials.simulate_policy([1, 2], order_up_to=5, lead_time=[1], **shared)
    with pytest.raises(InputError, match="warm_up must be fewer than the 2 periods"):
        materials.simulate_policy([1, 2], order_up_to=5, warm_up=2, **shared)
    with pytest.raises(InputError, match="on_shortage must be one of backorder, lost"):
        materials.simulate_policy([1, 2], order_up_to=5, on_shortage="cry", **shared)
    with pytest.raises(InputError, match="policy must be one of r_Q, s_S, R_S"):
        materials.best_policy([1, 2], "ss", **shared)
    with pytest.raises(InputError, match="reorder_points with order_quantities for policy r_Q, or none"):
        materials.best_policy([1, 2], "r_Q", reorder_points=[1], **shared)
    with pytest.raises(InputError, match="above a reorder point"):
        materials.best_policy([1, 2], "s_S", reorder_points=[9], order_up_tos=[3], **shared)
    with pytest.raises(InputError, match="method must be exact for Poisson demand"):
        materials.continuous_review(12, distribution="poisson", method="eil", **ROOT)
    with pytest.raises(InputError, match="demand_sd must be left out for Poisson demand"):
        materials.continuous_review(12, 3, distribution="poisson", **ROOT)
    with pytest.raises(InputError, match="demand_sd must be zero or more"):
        materials.continuous_review(12, **ROOT)
    with pytest.raises(InputError, match=r"backorder_cost must be above .* for method eil"):
        materials.continuous_review(10, 1, method="eil", **{**ROOT, "backorder_cost": 0.01})
    with pytest.raises(InputError, match="the aim must be one"):
        materials.periodic_review(50, 8, lead_time=4)
    with pytest.raises(InputError, match="holding_cost must be given"):
        materials.periodic_review(50, 8, lead_time=4, service_level=0.9).cost_at(5)
    with pytest.raises(InputError, match="ask method='power'"):
        materials.min_max(1, 1, 2, mean=5, sd=1)
    with pytest.raises(InputError, match="pmf value must be whole units"):
        materials.min_max(1, 1, 2, pmf={0.5: 0.5, 1: 0.5})
    with pytest.raises(InputError, match="pmf must be of some demand"):
        materials.min_max(1, 1, 2, pmf={0: 1.0})
    with pytest.raises(InputError, match="minor_costs must be 2 values"):
        materials.joint_replenishment([1, 2], 5, [1], [1, 1])
    with pytest.raises(InputError, match=r"demand\[1\] must be above zero"):
        materials.joint_replenishment([1, 0], 5, [1, 1], [1, 1])
    with pytest.raises(InputError, match="demand must be a sequence of numbers"):
        materials.joint_replenishment(7, 5, [1], [1])  # type: ignore[arg-type]
