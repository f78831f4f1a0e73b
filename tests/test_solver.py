"""The solver: status, bound, prices with the right sign, snapping, the clash, both ways to HiGHS."""

from __future__ import annotations

import math

import numpy as np
import pulp
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from prodkit import solver
from prodkit.errors import InputError, SolverError
from prodkit.solver import solve


@pytest.fixture(params=["highspy", "scipy"])
def way(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> str:
    """Both ways to HiGHS must say the same."""
    if request.param == "scipy":
        monkeypatch.setattr(solver, "_has_highspy", lambda: False)
    return str(request.param)


def mix(sense: int, limits: tuple[float, float, float]) -> pulp.LpProblem:
    """Maximise profit, or minimise cost, with a <=, a >= and an = constraint that all bind."""
    p = pulp.LpProblem("mix", sense)
    a, b, c = (p.add_variable(n, 0) for n in "abc")
    if sense == pulp.LpMaximize:
        p += 5 * a + 4 * b - 3 * c + 7
        p += 2 * a + b <= limits[0], "hours"
        p += c >= limits[1], "contract"
        p += a - b + 0.5 * c == limits[2], "balance"
    else:
        p += 5 * a + 4 * b + 3 * c - 7
        p += c <= limits[0], "cap"
        p += a + b + c >= limits[1], "need"
        p += a - b == limits[2], "balance"
    return p


@pytest.mark.parametrize(
    ("sense", "limits"),
    [
        (pulp.LpMaximize, (40.0, 4.0, 3.0)),
        (pulp.LpMinimize, (10.0, 30.0, 3.0)),
    ],
)
def test_duals_are_finite_differences(way: str, sense: int, limits: tuple[float, float, float]) -> None:
    base = solve(mix(sense, limits))
    assert base.is_optimal
    assert base.bound == base.objective
    assert set(base.slacks.values()) == {0.0}
    step = 1e-3
    for i, dual in enumerate(base.duals.values()):
        more = tuple(v + step * (i == j) for j, v in enumerate(limits))
        less = tuple(v - step * (i == j) for j, v in enumerate(limits))
        slope = (solve(mix(sense, more)).objective - solve(mix(sense, less)).objective) / (2 * step)
        assert dual == pytest.approx(slope, abs=1e-6)
        assert abs(dual) > 0.1, "a binding constraint of this model has a price"


def test_both_ways_agree_on_random_models(monkeypatch: pytest.MonkeyPatch) -> None:
    rng = np.random.default_rng(11)
    for k in range(30):
        sense = pulp.LpMaximize if k % 2 else pulp.LpMinimize
        cost, matrix, right = (
            rng.normal(size=4).round(2),
            rng.uniform(0, 1, (3, 4)).round(2),
            rng.uniform(5, 9, 3),
        )

        def model(sense=sense, cost=cost, matrix=matrix, right=right) -> pulp.LpProblem:
            p = pulp.LpProblem("random", sense)
            x = [p.add_variable(f"x{i}", 0, 6) for i in range(4)]
            p += pulp.lpSum(float(c) * v for c, v in zip(cost, x, strict=True))
            for j in range(3):
                row = pulp.lpSum(float(a) * v for a, v in zip(matrix[j], x, strict=True))
                p += (row <= float(right[j]) if j else row >= 1), f"r{j}"
            return p

        one = solve(model())
        with monkeypatch.context() as m:
            m.setattr(solver, "_has_highspy", lambda: False)
            two = solve(model())
        assert one.solver != two.solver
        assert one.objective == pytest.approx(two.objective, abs=1e-7)
        assert one.duals == pytest.approx(two.duals, abs=1e-7)
        assert one.reduced_costs == pytest.approx(two.reduced_costs, abs=1e-7)
        assert one.slacks == pytest.approx(two.slacks, abs=1e-6)


def test_reduced_cost_is_a_finite_difference(way: str) -> None:
    def at(top: float) -> solver.Solution:
        p = pulp.LpProblem("one", pulp.LpMaximize)
        a, b = p.add_variable("a", 0, top), p.add_variable("b", 0)
        p += 9 * a + 4 * b
        p += a + b <= 10, "hours"
        return solve(p)

    assert at(6).reduced_costs["a"] == pytest.approx(at(7).objective - at(6).objective)
    assert at(6).reduced_costs["a"] == 5
    assert at(6).reduced_costs["b"] == 0


def test_slacks_are_room_left(way: str) -> None:
    p = pulp.LpProblem("room", pulp.LpMinimize)
    x = p.add_variable("x", 0)
    p += x
    p += x >= 3, "floor"
    p += x >= 1, "lower_floor"
    p += x <= 10, "ceiling"
    out = solve(p)
    assert out.slacks == {"floor": 0.0, "lower_floor": 2.0, "ceiling": 7.0}
    assert out.duals == {"floor": 1.0, "lower_floor": 0.0, "ceiling": 0.0}


def knapsack(n: int, seed: int, kind: str = "Binary") -> pulp.LpProblem:
    rng = np.random.default_rng(seed)
    p = pulp.LpProblem("pack", pulp.LpMaximize)
    x = [p.add_variable(f"x{i}", 0, 1, kind) for i in range(n)]
    weight = rng.integers(5, 40, n)
    p += pulp.lpSum(int(v) * y for v, y in zip(rng.integers(5, 60, n), x, strict=True)) + 100
    p += pulp.lpSum(int(w) * y for w, y in zip(weight, x, strict=True)) <= int(weight.sum()) // 3, "room"
    return p


def test_integer_model_against_all_subsets(way: str) -> None:
    p = knapsack(12, 3)
    out = solve(p)
    room = p.get_constraint_by_name("room")
    best = -math.inf
    names = [v.name for v in p.variables()]
    weights = {v.name: a for v, a in room.items()}
    gains = {v.name: a for v, a in p.objective.items()}
    for bits in range(1 << 12):
        chosen = [n for i, n in enumerate(names) if bits >> i & 1]
        if sum(weights[n] for n in chosen) <= -room.constant:
            best = max(best, 100 + sum(gains[n] for n in chosen))
    assert out.objective == best == out.bound
    assert out.is_optimal
    assert out.gap == 0
    assert out.duals == {} == out.reduced_costs
    assert set(out.values.values()) <= {0.0, 1.0}
    assert {v.name: v.varValue for v in p.variables()} == out.values


def test_time_limit_without_proof_is_never_optimal(way: str) -> None:
    """A market-split model: it takes far longer than this to prove, or to find, its answer."""
    rng = np.random.default_rng(5)
    p = pulp.LpProblem("split", pulp.LpMinimize)
    x = [p.add_variable(f"x{i}", cat="Binary") for i in range(40)]
    off = []
    for k in range(5):
        weight = [int(w) for w in rng.integers(0, 100, 40)]
        over, under = p.add_variable(f"over{k}", 0), p.add_variable(f"under{k}", 0)
        p += pulp.lpSum(w * v for w, v in zip(weight, x, strict=True)) + under - over == sum(weight) // 2
        off += [over, under]
    p += pulp.lpSum(off)
    out = solve(p, time_limit=0.5)
    assert out.status in ("feasible", "stopped")
    assert not out.is_optimal
    if out.has_answer:
        assert out.bound is not None
        assert out.bound < out.objective
        assert "not proven" in str(out)


def test_no_time_for_any_answer_is_said(way: str) -> None:
    rng = np.random.default_rng(2)
    p = pulp.LpProblem("split", pulp.LpMinimize)
    x = [p.add_variable(f"x{i}", cat="Binary") for i in range(60)]
    p += x[0]
    for _ in range(8):
        weight = [int(w) for w in rng.integers(1, 1000, 60)]
        p += pulp.lpSum(w * v for w, v in zip(weight, x, strict=True)) == sum(weight) // 2
    out = solve(p, time_limit=0.3)
    assert out.status == "stopped"
    assert out.objective is None
    with pytest.raises(SolverError, match="time was over"):
        out.require()


def test_gap_is_called_feasible(way: str) -> None:
    out = solve(knapsack(60, 1), gap=0.5)
    assert out.has_answer
    assert out.bound >= out.objective
    assert out.is_optimal == (out.bound == out.objective)


def test_unbounded(way: str) -> None:
    p = pulp.LpProblem("free", pulp.LpMaximize)
    x, y = p.add_variable("x", 0), p.add_variable("y", 0)
    p += x + y
    p += x - y <= 3, "apart"
    assert solve(p).status == "unbounded"
    q = pulp.LpProblem("free", pulp.LpMaximize)
    z = q.add_variable("z", 0, cat="Integer")
    q += z
    q += z >= 3
    out = solve(q)
    assert out.status == "unbounded"
    with pytest.raises(SolverError, match="A limit is missing"):
        out.require()


def short_plant() -> pulp.LpProblem:
    p = pulp.LpProblem("plan", pulp.LpMinimize)
    make = [p.add_variable(f"make{t}", 0, 40) for t in range(6)]
    p += pulp.lpSum(make)
    for t in range(6):
        p += make[t] <= 35 - t, f"hours{t}"
        p += make[t] >= 5, f"least{t}"
    p += make[2] + make[3] >= 80, "big_order"
    p += pulp.lpSum(make) <= 500, "store"
    return p


def test_clash_is_named_and_irreducible(way: str) -> None:
    out = solve(short_plant())
    assert out.status == "infeasible"
    assert set(out.clash) == {"hours2", "hours3", "big_order"}
    with pytest.raises(SolverError, match="cannot hold together: hours2, hours3, big_order"):
        out.require()


def test_clash_names_a_bound_and_integrality_counts(way: str) -> None:
    p = pulp.LpProblem("bound", pulp.LpMinimize)
    x = p.add_variable("x", 0, 40)
    p += x
    p += 2 * x >= 90, "need"
    p += x >= 1, "some"
    assert set(solve(p).clash) == {"need", "x <= 40"}
    q = pulp.LpProblem("whole", pulp.LpMinimize)
    y = q.add_variable("y", 0, 9, cat="Integer")
    q += y
    q += 2 * y == 7, "odd"
    q += y <= 8, "top"
    out = solve(q)
    assert (out.status, out.clash) == ("infeasible", ("odd",))


def test_crossed_bounds_are_a_clash(way: str) -> None:
    p = pulp.LpProblem("crossed", pulp.LpMinimize)
    x = p.add_variable("x", 5, 3)
    p += x
    assert solve(p).clash == ("5 <= x <= 3",)


@settings(max_examples=40, deadline=None)
@given(st.lists(st.tuples(st.integers(0, 3), st.integers(-6, 6), st.booleans()), min_size=2, max_size=9))
def test_any_clash_is_irreducible(rows: list[tuple[int, int, bool]]) -> None:
    """x_i >= a or x_i <= a, and their sum is 4: leave one of the clash out and the rest must hold."""

    def model(skip: str = "") -> pulp.LpProblem:
        p = pulp.LpProblem("rows", pulp.LpMinimize)
        x = [p.add_variable(f"x{i}", None) for i in range(4)]
        p += 0 * x[0]
        for k, (i, a, up) in enumerate(rows):
            if f"r{k}" != skip:
                p += (x[i] >= a if up else x[i] <= a), f"r{k}"
        if skip != "total":
            p += pulp.lpSum(x) == 4, "total"
        return p

    out = solve(model())
    assert out.status in ("optimal", "infeasible")
    if out.status == "infeasible":
        assert out.clash
        only = [f"r{k}" for k in range(len(rows)) if f"r{k}" in out.clash]
        assert len(only) + ("total" in out.clash) == len(out.clash)
        kept = [rows[int(n[1:])] for n in only]
        whole = kept + ([(9, 0, True)] if "total" in out.clash else [])
        for leave in range(len(whole)):
            p = pulp.LpProblem("part", pulp.LpMinimize)
            x = [p.add_variable(f"x{i}", None) for i in range(4)]
            p += 0 * x[0]
            for k, (i, a, up) in enumerate(whole):
                if k == leave:
                    continue
                if i == 9:
                    p += pulp.lpSum(x) == 4
                else:
                    p += x[i] >= a if up else x[i] <= a
            assert solve(p).status == "optimal"


def test_figures_are_snapped(way: str) -> None:
    p = pulp.LpProblem("thirds", pulp.LpMaximize)
    x = [p.add_variable(f"x{i}", 0) for i in range(3)]
    p += pulp.lpSum(x)
    for i in range(3):
        p += 0.1 * x[i] + 0.2 * x[(i + 1) % 3] <= 0.3 * 55 / 3 + 5.5 * 0, f"r{i}"
    out = solve(p)
    assert out.objective == 55
    assert all(math.copysign(1, v) == 1 for v in [*out.values.values(), *out.slacks.values(), out.objective])
    assert solver._snap(54.99999999999999) == 55
    assert solver._snap(54.9999999) == 55
    assert math.copysign(1, solver._snap(-0.0)) == 1
    assert solver._snap(0.3) == 0.3
    assert solver._snap(1234567.4) == 1234567.4


def test_a_model_without_objective_or_rows(way: str) -> None:
    p = pulp.LpProblem("empty", pulp.LpMinimize)
    x = p.add_variable("x", 2, 5)
    p += x <= 4, "cap"
    out = solve(p)
    assert (out.status, out.objective) == ("optimal", 0)
    assert "__dummy" not in out.values
    q = pulp.LpProblem("norows", pulp.LpMaximize)
    y = q.add_variable("y", 2, 5)
    q += y
    assert solve(q).values == {"y": 5.0}


def test_what_is_refused() -> None:
    with pytest.raises(InputError, match=r"problem must be a pulp\.LpProblem, got 'str'"):
        solve("max x")  # type: ignore[arg-type]
    p = pulp.LpProblem("bad", pulp.LpMinimize)
    x = p.add_variable("x", 0)
    p += x
    with pytest.raises(InputError, match="time_limit must be above zero"):
        solve(p, time_limit=0)
    with pytest.raises(InputError, match="gap must be a share"):
        solve(p, gap=1.5)
    q = pulp.LpProblem("nan", pulp.LpMinimize)
    y = q.add_variable("y", 0, 3)
    q += y
    q.objective[y] = math.nan
    with pytest.raises(InputError, match="finite numbers only"):
        solve(q)


def test_a_model_can_be_solved_again_and_copied(way: str) -> None:
    p = mix(pulp.LpMaximize, (40.0, 4.0, 3.0))
    one, two = solve(p), solve(p)
    assert one == two
    assert solve(p.deepcopy()).objective == one.objective
    assert "proven the best" in str(one)
