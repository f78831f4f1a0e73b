"""Plants and problems that several test modules share."""

from __future__ import annotations

import pandas as pd
import pytest

from prodkit import Plant
from prodkit.exercises import all_problems

pytest.register_assert_rewrite("bank_tests", "bench_checks", "chart_checks")


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    """A test that takes `problem_id` runs on each problem of its module's SUBJECT."""
    if "problem_id" in metafunc.fixturenames and hasattr(metafunc.module, "SUBJECT"):
        marked = any("problem_id" in mark.args[0] for mark in metafunc.definition.iter_markers("parametrize"))
        if not marked:
            metafunc.parametrize("problem_id", list(all_problems(metafunc.module.SUBJECT)))


@pytest.fixture(scope="session")
def metal() -> Plant:
    return Plant.sample("metal")


@pytest.fixture(scope="session")
def bakery() -> Plant:
    """A small plant of another trade: five items, no bill, no price breaks, one supplier of two items."""
    items = pd.DataFrame(
        [
            ("loaf", "make", 0.9, 45.0, 2.4, None, 900.0),
            ("roll", "make", 0.2, 30.0, 0.6, None, 2400.0),
            ("flour", "buy", 0.6, 38.0, None, 26.0, 4100.0),
            ("yeast", "buy", 3.5, 20.0, None, 3.0, 55.0),
            ("jam", "buy", 2.1, 25.0, 3.9, 52.0, 160.0),
        ],
        columns=["item", "kind", "unit_cost", "order_cost", "price", "shelf_life_weeks", "on_hand"],
    ).assign(name=lambda t: t["item"], unit="kg", lead_time_weeks=1, planner="")
    weeks = pd.date_range("2025-01-06", periods=52, freq="7D")
    demand = pd.DataFrame(
        [
            (w, i, q + 7.0 * (k % 5))
            for k, w in enumerate(weeks)
            for i, q in (("loaf", 800), ("roll", 2100), ("jam", 60))
        ],
        columns=["week", "item", "quantity"],
    )
    plant = Plant(
        {
            "about": pd.DataFrame(
                [
                    {
                        "name": "Corner Bakery",
                        "industry": "metal",
                        "currency": "EUR",
                        "first_day": pd.Timestamp("2026-01-05"),
                        "holding_rate": 0.25,
                    }
                ]
            ),
            "items": items,
            "demand": demand,
        }
    )
    assert [str(f) for f in plant.check() if f.sheet in ("about", "items", "demand")] == []
    return plant


@pytest.fixture(
    scope="session", params=[(0.01, 100.0), (100.0, 0.01)], ids=["few and dear", "many and cheap"]
)
def scaled(request: pytest.FixtureRequest, metal: Plant) -> Plant:
    """The sample with other figures: a handful a week of dear things, or a hundred thousand cheap ones."""
    units, money = request.param
    tables = {name: metal.table(name) for name in metal.tables}
    tables["about"]["name"] = f"Scaled by {units:g}"
    tables["demand"]["quantity"] = (units * tables["demand"]["quantity"]).round()
    for table, column in (("items", "unit_cost"), ("items", "price"), ("price_breaks", "unit_price")):
        tables[table][column] *= money
    plant = Plant(tables)
    assert plant.check() == []
    return plant
