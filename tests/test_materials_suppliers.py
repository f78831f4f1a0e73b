"""The supplier scorecard: by hand, its conventions, and what is refused."""

from __future__ import annotations

from typing import Any

import pandas as pd
import pytest

from prodkit import Plant, materials
from prodkit.errors import InputError, MissingTableError, PlantError

PAST = pd.DataFrame(
    {
        "supplier": ["Arno", "Arno", "Arno", "Arno", "Belt", "Belt"],
        "item": ["coil", "coil", "coil", "tube", "coil", "coil"],
        "quantity": [100, 100, 100, 50, 100, 100],
        "due": pd.to_datetime(
            ["2026-01-05", "2026-01-12", "2026-01-19", "2026-01-19", "2026-01-05", "2026-01-12"]
        ),
        "received": pd.to_datetime(
            ["2026-01-05", "2026-01-15", "2026-01-17", "2026-01-19", "2026-01-05", "2026-01-12"]
        ),
        "unit_price": [10, 10, 10, 4, 12, 12],
        "accepted": [100, 90, 99, 50, 100, 100],
        "rejected": [0, 0, 1, 0, 0, 0],
    }
)
BREAKS = pd.DataFrame(
    {
        "supplier": ["Arno", "Arno", "Arno", "Belt", "Belt"],
        "item": ["coil", "coil", "tube", "coil", "coil"],
        "from_quantity": [0, 100, 0, 0, 50],
        "unit_price": [11, 10, 5, 14, 10],
        "kind": ["all_units"] * 3 + ["incremental"] * 2,
    }
)


def rows(**options: Any) -> dict[str, dict[str, Any]]:
    card = materials.supplier_scorecard(PAST, min_deliveries=3, **options)
    return {row["supplier"]: row for row in card.table.to_dict("records")}


def test_the_figures_by_hand() -> None:
    arno, belt = rows()["Arno"], rows()["Belt"]
    assert (arno["deliveries"], arno["items"]) == (4, 2)
    assert arno["on_time_share"] == 0.75
    assert arno["days_late_mean"] == pytest.approx((0 + 3 - 2 + 0) / 4)
    assert arno["days_late_sd"] == pytest.approx(pd.Series([0, 3, -2, 0]).std())
    assert arno["defect_ppm"] == pytest.approx(1e6 / 340)
    # Coil costs (300 x 10 + 200 x 12) / 500 = 10.8 on average, tube 4.
    assert arno["price_index"] == pytest.approx((300 * 10 + 50 * 4) / (300 * 10.8 + 50 * 4))
    assert belt["price_index"] == pytest.approx(12 / 10.8)
    assert arno["quantity_accuracy"] == pytest.approx((1 + 0.9 + 1 + 1) / 4)
    assert arno["score"] == pytest.approx(
        100 * (0.4 * 0.75 + 0.3 * (1 - (1e6 / 340) / 10_000) + 0.2 + 0.1 * 0.975)
    )
    assert belt["score"] == pytest.approx(
        100 * (0.4 + 0.3 + 0.1)
    )  # 11 % above the average: nothing for price


def test_the_interval_is_wilsons() -> None:
    # 3 of 4: 0.3006 to 0.9544 by Wilson's formula worked out by hand with z = 1.96.
    arno = rows()["Arno"]
    assert arno["on_time_low"] == pytest.approx(0.3006, abs=5e-4)
    assert arno["on_time_high"] == pytest.approx(0.9544, abs=5e-4)
    assert rows()["Belt"]["on_time_high"] == 1


def test_a_window_for_on_time() -> None:
    assert rows(late_days=3)["Arno"]["on_time_share"] == 1
    assert rows(early_days=1)["Arno"]["on_time_share"] == 0.5
    assert rows(late_days=3, early_days=2)["Arno"]["on_time_share"] == 1


def test_price_against_the_list() -> None:
    found = rows(price_against="list", price_breaks=BREAKS)
    assert found["Arno"]["price_index"] == pytest.approx((300 * 10 + 50 * 4) / (300 * 10 + 50 * 5))
    assert found["Belt"]["price_index"] == pytest.approx(12 / ((50 * 14 + 50 * 10) / 100))


def test_weights_are_divided_by_their_sum() -> None:
    card = materials.supplier_scorecard(PAST, weights={"on_time": 3, "quantity": 1})
    assert card.weights == {"on_time": 0.75, "quality": 0, "price": 0, "quantity": 0.25}
    arno = card.table.set_index("supplier").loc["Arno"]
    assert arno["score"] == pytest.approx(100 * (0.75 * 0.75 + 0.25 * 0.975))


def test_it_says_when_there_are_too_few() -> None:
    card = materials.supplier_scorecard(PAST, min_deliveries=3)
    assert card.too_few == ("Belt",)
    assert str(card).endswith("Too few deliveries to judge (under 3): Belt.")
    assert str(card).startswith("Arno scores highest")
    assert str(materials.supplier_scorecard(PAST)).startswith("No supplier has 10 deliveries or more.")


def test_the_story_of_a_sample_plant() -> None:
    plant = Plant.sample("metal")
    card = materials.supplier_scorecard(plant)
    assert card.table["deliveries"].sum() == len(plant.past_orders)
    assert card.table["score"].is_monotonic_decreasing
    assert card.table["supplier"].iloc[-1] == "Tavis Hardware"
    assert "15 to 36 % with 95 % confidence" in str(card)
    listed = materials.supplier_scorecard(plant, price_against="list")
    assert (listed.table["price_index"] < 1.01).all()


def test_bad_input_is_named() -> None:
    cases: list[tuple[str, Any]] = [
        ("weights must be one of on_time, quality, price, quantity, got 'looks'", {"weights": {"looks": 1}}),
        ("the sum of weights must be above zero", {"weights": {"price": 0}}),
        (r"weights\['price'\] must be zero or more", {"weights": {"price": -1}}),
        ("price_against must be one of average, list", {"price_against": "guess"}),
        ("price_breaks must be given", {"price_against": "list"}),
        ("a price for 100 units of it, got 'Belt, coil'", {
            "price_against": "list", "price_breaks": BREAKS[(BREAKS["supplier"] != "Belt") | (BREAKS["from_quantity"] == 200)],
            "past_orders": PAST.head(5)}),
        ("late_days must be zero or more", {"late_days": -1}),
        ("min_deliveries must be a whole number", {"min_deliveries": 0}),
        ("a table with the column received", {"past_orders": PAST.drop(columns="received")}),
        ("at least one delivery", {"past_orders": PAST.head(0)}),
        ("accepted of Arno must be", {"past_orders": PAST.assign(accepted=[-1, 1, 1, 1, 1, 1])}),
        ("due in row 2 must be a day", {"past_orders": PAST.assign(due=["2026-01-05", "soon"] + ["2026-01-05"] * 4)}),
    ]  # fmt: skip
    for message, options in cases:
        with pytest.raises(InputError, match=message):
            materials.supplier_scorecard(options.pop("past_orders", PAST), **options)
    with pytest.raises(PlantError, match="2 faults"):
        materials.supplier_scorecard(PAST.assign(quantity=[0, 1, 1, 1, 1, 1], rejected=[0, 0, 0, 0, -1, 0]))
    metal = Plant.sample("metal")
    kept = {name: metal.table(name) for name in metal.tables if name != "price_breaks"}
    with pytest.raises(MissingTableError, match="price_breaks"):
        materials.supplier_scorecard(Plant(kept), price_against="list")
