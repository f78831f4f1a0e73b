"""Queues: published figures, closed forms a second way, limits, and what bad input is told."""

from __future__ import annotations

import json
import math
from fractions import Fraction
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from prodkit.errors import InputError
from prodkit.methods import queue

CASES = {c["id"]: c for c in json.loads((Path(__file__).parent / "published_cases.json").read_text("utf-8"))}
HERE = sorted(i for i in CASES if i.startswith("R-Q-"))


def test_every_queue_case_is_here() -> None:
    assert HERE == ["R-Q-MM1-A", "R-Q-MM1K", "R-Q-MM3", "R-Q-MMCC"]


@pytest.mark.parametrize("case", HERE)
def test_published(case: str) -> None:
    record = CASES[case]
    i = record["inputs"]
    limit = None if i.get("capacity") in (None, "infinite") else i["capacity"]
    q = queue(i["lam"], i["mu"], servers=i.get("servers", 1), capacity=limit)
    got = {"L": q.L, "Lq": q.Lq, "W": q.W, "Wq": q.Wq, "P0": q.P0, "P1": q.p(1)}
    for key, expected in record["expected"].items():
        tolerance = record["tolerance"].get(key, record["tolerance"].get("*"))
        assert got[key] == pytest.approx(expected, rel=tolerance.get("rel", 0), abs=tolerance.get("abs", 0))
    if case == "R-Q-MMCC":
        said = float(record["note"].split("blocking = ")[1])
        assert q.blocking == pytest.approx(said, rel=1e-7)


def exact_states(rates: list[Fraction], mu: Fraction, c: int) -> list[Fraction]:
    """Balance of flow in exact fractions."""
    weight = [Fraction(1)]
    for n in range(1, len(rates)):
        weight.append(weight[-1] * rates[n - 1] / (mu * min(n, c)))
    return [w / sum(weight) for w in weight]


@settings(deadline=None)
@given(
    lam=st.integers(1, 60),
    mu=st.integers(1, 30),
    c=st.integers(1, 6),
    more=st.integers(0, 12),
    own=st.booleans(),
)
def test_limited_places_and_populations_agree_with_exact_fractions(lam, mu, c, more, own) -> None:
    top = c + more
    rates = [Fraction(lam * (top - n) if own else lam if n < top else 0) for n in range(top + 1)]
    p = exact_states(rates, Fraction(mu), c)
    q = queue(lam, mu, servers=c, **{"population" if own else "capacity": top})
    through = sum(a * b for a, b in zip(p, rates, strict=True))
    waiting = sum(p[n] * (n - c) for n in range(c, top + 1))
    assert [q.p(n) for n in range(top + 2)] == pytest.approx([*map(float, p), 0.0], abs=1e-12)
    assert q.throughput == pytest.approx(float(through))
    assert q.Lq == pytest.approx(float(waiting), abs=1e-12)
    assert pytest.approx(float(sum(n * x for n, x in enumerate(p)))) == q.L
    assert q.p_wait == pytest.approx(
        float(sum(p[n] * rates[n] for n in range(c, top + 1)) / through), abs=1e-12
    )
    assert q.blocking == pytest.approx(0 if own else float(p[-1]))
    assert pytest.approx(q.L) == q.throughput * q.W
    assert pytest.approx(q.Lq, abs=1e-12) == q.throughput * q.Wq


def test_one_member_is_never_turned_away_nor_made_to_wait() -> None:
    q = queue(1, 2, population=1)
    assert (q.blocking, q.Lq, q.p_wait) == (0.0, 0.0, 0.0)
    assert pytest.approx(2 / 3) == q.P0


@pytest.mark.parametrize(
    ("c", "load"), [(1, 0.7), (2, 1.5), (5, 4.2), (40, 37.0), (400, 380.0), (3000, 2950.0)]
)
def test_erlang_c_by_the_recursion_of_erlang_b(c: int, load: float) -> None:
    b = 1.0
    for n in range(1, c + 1):
        b = load * b / (n + load * b)
    u = load / c
    delayed = b / (1 - u * (1 - b))
    q = queue(load, 1, servers=c)
    assert q.p_wait == pytest.approx(delayed, rel=1e-9)
    assert q.Lq == pytest.approx(delayed * u / (1 - u), rel=1e-9)
    assert q.p_wait_over(0.3) == pytest.approx(delayed * math.exp(-(c - load) * 0.3), rel=1e-9)
    assert sum(q.p(n) for n in range(c + 200)) + q.p(c + 200) / (1 - u) == pytest.approx(1)
    assert queue(load, 1, servers=c, capacity=c).blocking == pytest.approx(b, rel=1e-9)


def test_many_places_are_as_good_as_no_limit_also_in_the_wait() -> None:
    free, wide = queue(10, 4, servers=3), queue(10, 4, servers=3, capacity=400)
    for name in ("Lq", "W", "P0", "p_wait", "throughput"):
        assert getattr(wide, name) == pytest.approx(getattr(free, name))
    assert wide.p_wait_over(0.4) == pytest.approx(free.p_wait_over(0.4))
    times = np.linspace(0, 8, 4001)
    tight = queue(10, 4, servers=3, capacity=9)
    over = np.array([tight.p_wait_over(t) for t in times])
    assert np.trapezoid(over, times) == pytest.approx(tight.Wq, rel=1e-4)


def test_general_times() -> None:
    exponential = queue(4, 6)
    assert queue(4, 6, service="general", cv=1).Wq == pytest.approx(exponential.Wq)
    assert queue(4, 6, service="constant").Wq == pytest.approx(exponential.Wq / 2)
    general = queue(4, 6, service="general", cv=1.5)
    second_moment = (1 + 1.5**2) / 36
    assert general.Wq == pytest.approx(4 * second_moment / (2 * (1 - 4 / 6)))  # Pollaczek and Khinchine
    assert (general.model, general.is_approximate) == ("M/G/1", False)
    assert pytest.approx(1 / 3) == general.P0
    near = queue(10, 4, servers=3, service="general", cv=1)
    assert near.is_approximate
    assert near.Wq == pytest.approx(near.variability * near.utilization_factor * near.service_time)
    assert general.Wq == pytest.approx(
        general.variability * general.utilization_factor * general.service_time
    )
    assert near.Wq == pytest.approx(queue(10, 4, servers=3).Wq, rel=0.06)
    assert "approximately" in str(near)
    assert (near.P0, near.p_wait) == (None, None)
    beat = queue(4, 6, service="constant", arrival_cv=0)
    assert (beat.Wq, beat.model, beat.variability, beat.departure_cv) == (0.0, "D/D/1", 0.0, 0.0)
    assert queue(4, 6).departure_cv == pytest.approx(1)


@settings(deadline=None)
@given(st.floats(0.05, 0.95), st.integers(1, 8), st.floats(0, 3), st.floats(0, 3))
def test_more_variability_never_shortens_and_more_servers_never_lengthen_the_wait(u, c, ce, ca) -> None:
    q = queue(u * c, 1, servers=c, service="general", cv=ce, arrival_cv=ca)
    assert q.utilization == pytest.approx(u)
    assert queue(u * c, 1, servers=c, service="general", cv=ce + 0.1, arrival_cv=ca).Wq >= q.Wq
    assert queue(u * c, 1, servers=c + 1, service="general", cv=ce, arrival_cv=ca).Wq <= q.Wq + 1e-12
    assert pytest.approx(q.Lq + u * c) == q.L


def test_cost_and_words() -> None:
    q = queue(4, 6)
    assert q.cost(20, 15) == pytest.approx(20 + 15 * 2)
    assert q.cost(20, 15, waiting="line") == pytest.approx(20 + 15 * 4 / 3)
    full = queue(5, 5.714, capacity=15)
    assert full.cost(0, 0, lost_cost=100) == pytest.approx(100 * 5 * full.blocking)
    assert str(q).count("\n") == 1
    assert "turned away" in str(full)


@pytest.mark.parametrize(
    ("args", "options", "words"),
    [
        ((-1, 6), {}, "arrival_rate must be above zero"),
        ((4, 0), {}, "service_rate must be above zero"),
        ((float("nan"), 6), {}, "arrival_rate"),
        (("4", 6), {}, "arrival_rate"),
        ((4, 6), {"servers": 0}, "servers"),
        ((4, 6), {"servers": 1.5}, "servers"),
        ((9, 4), {}, "3 servers would do, or a service rate above 9"),
        ((8, 4), {"servers": 2}, "3 servers would do, or a service rate above 4"),
        ((4, 6), {"servers": 3, "population": 2}, "population must be a whole number, 3"),
        ((4, 6), {"servers": 3, "capacity": 2}, "capacity must be a whole number, 3"),
        ((4, 6), {"capacity": 5, "population": 5}, "left out where a population"),
        ((4, 6), {"capacity": 5, "service": "constant"}, "capacity must be left out"),
        ((4, 6), {"population": 5, "arrival_cv": 0.5}, "population must be left out"),
        ((4, 6), {"service": "general"}, "cv must be zero or more, at most 1000, given"),
        ((4, 6), {"service": "general", "cv": -0.1}, "cv must be zero or more"),
        ((4, 6), {"cv": 0.5}, "general"),
        ((4, 6), {"arrival_cv": -1}, "arrival_cv"),
        ((4, 6), {"service": "uniform"}, "exponential, constant, general"),
    ],
)
def test_bad_input_is_told(args, options, words) -> None:
    with pytest.raises(InputError) as error:
        queue(*args, **options)
    assert words in str(error.value)


def test_what_a_general_queue_does_not_know_it_says() -> None:
    q = queue(4, 6, service="constant")
    for ask in (lambda: q.p(2), lambda: q.p_wait_over(1)):
        with pytest.raises(InputError, match="M/D/1"):
            ask()
    with pytest.raises(InputError, match="n must be"):
        queue(4, 6).p(-1)
