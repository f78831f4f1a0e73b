"""Bills read downward, upward and in money: by hand, by properties, and what is refused."""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd
import pytest

from prodkit import Plant, materials
from prodkit.errors import InputError, PlantError

BOM = pd.DataFrame(
    [("cart", "frame", 1, 0), ("cart", "wheel", 4, 0), ("frame", "tube", 3, 0.25), ("frame", "bolt", 8, 0), ("wheel", "bolt", 1, 0)],
    columns=["parent", "component", "quantity_per", "scrap_share"],
)  # fmt: skip
ITEMS = pd.DataFrame(
    {
        "item": ["cart", "frame", "wheel", "tube", "bolt"],
        "kind": ["make", "make", "make", "buy", "buy"],
        "unit_cost": [100, 50, 4, 6, 0.5],
        "yield_share": [1, 0.8, 1, 1, 1],
        "lot_rule": ["lot_for_lot", "fixed", "minimum", "multiple", "lot_for_lot"],
        "lot_size": [None, 20, None, None, None],
        "lot_min": [0, 0, 50, 0, 0],
        "lot_multiple": [None, None, None, 10, None],
    }
)


def test_an_indented_bill_by_hand() -> None:
    bill = materials.explode_bom(BOM, "cart", 10)
    assert bill.lines.values.tolist() == [
        [1, "cart", "frame", 1.0, 10.0],
        [2, "frame", "tube", 4.0, 40.0],
        [2, "frame", "bolt", 8.0, 80.0],
        [1, "cart", "wheel", 4.0, 40.0],
        [2, "wheel", "bolt", 1.0, 40.0],
    ]
    assert bill.levels == {"cart": 0, "frame": 1, "tube": 2, "bolt": 2, "wheel": 1}
    assert bill.summary.values.tolist() == [
        ["frame", 1, 10.0, 1],
        ["wheel", 1, 40.0, 1],
        ["tube", 2, 40.0, 1],
        ["bolt", 2, 120.0, 2],
    ]
    assert bill.bought["component"].tolist() == ["tube", "bolt"]
    assert str(bill).splitlines()[:3] == ["cart  10", "  frame  10", "    tube  40"]


def test_the_yield_of_a_parent_enlarges_what_goes_into_it() -> None:
    bill = materials.explode_bom(BOM, "cart", 10, items=ITEMS)
    assert dict(zip(bill.summary["component"], bill.summary["quantity"], strict=True)) == {
        "frame": 10.0,
        "wheel": 40.0,
        "tube": 50.0,
        "bolt": 140.0,
    }


def test_where_used_by_hand() -> None:
    used = materials.where_used(BOM, "bolt")
    assert used.lines.values.tolist() == [
        [1, "frame", "bolt", 8.0, 8.0],
        [2, "cart", "frame", 1.0, 8.0],
        [1, "wheel", "bolt", 1.0, 1.0],
        [2, "cart", "wheel", 4.0, 4.0],
    ]
    assert used.summary.values.tolist() == [
        ["frame", 1, 8.0, False],
        ["wheel", 1, 1.0, False],
        ["cart", 2, 12.0, True],
    ]
    assert str(used) == "bolt goes straight into frame, wheel.\nIn the end it is in cart (12)."
    assert str(materials.where_used(BOM, "cart")) == "cart goes into nothing."


def test_dates_and_alternatives_choose_the_lines() -> None:
    bom = pd.DataFrame(
        {
            "parent": ["a"] * 3,
            "component": ["old", "new", "other"],
            "quantity_per": [1, 2, 3],
            "alternative": ["", "", "hand"],
            "valid_from": [None, "2026-02-01", None],
            "valid_to": ["2026-01-31", None, None],
        }
    )
    assert materials.explode_bom(bom, "a", date="2026-01-31").lines["component"].tolist() == ["old"]
    assert materials.explode_bom(bom, "a", date=pd.Timestamp("2026-02-01")).lines["component"].tolist() == [
        "new"
    ]
    by_hand = materials.explode_bom(bom, "a", alternatives={"a": "hand"})
    assert by_hand.lines["component"].tolist() == ["other"]
    with pytest.raises(InputError, match="date must be given, since some lines of the bom have dates"):
        materials.explode_bom(bom, "a")
    with pytest.raises(InputError, match="date must be a day"):
        materials.explode_bom(bom, "a", date="soon")
    with pytest.raises(InputError, match="the name of one of its bills"):
        materials.explode_bom(bom, "a", date="2026-01-31", alternatives={"a": "machine"})


def random_bom(seed: int) -> pd.DataFrame:
    rng = np.random.default_rng(seed)
    rows = [
        (f"i{i}", f"i{j}", float(rng.integers(1, 5)), float(rng.choice([0, 0.1])))
        for i in range(9)
        for j in range(i + 1, 9)
        if rng.random() < 0.35
    ]
    return pd.DataFrame([*rows, ("i0", "i8", 1.0, 0.0)], columns=list(BOM.columns))


def test_down_and_up_agree_with_the_inverse_of_the_bill_matrix() -> None:
    for seed in range(15):
        bom = random_bom(seed)
        direct = np.zeros((9, 9))
        for parent, component, per, scrap in bom.itertuples(index=False):
            direct[int(parent[1]), int(component[1])] += per / (1 - scrap)
        total = np.linalg.inv(np.eye(9) - direct) - np.eye(9)
        for i in range(9):
            code = f"i{i}"
            if (bom["parent"] == code).any():
                down = materials.explode_bom(bom, code, 7).summary
                assert {c: pytest.approx(7 * total[i, int(c[1])]) for c in down["component"]} == dict(
                    zip(down["component"], down["quantity"], strict=True)
                )
                assert len(down) == int((total[i] > 0).sum())
            if (bom["component"] == code).any():
                up = materials.where_used(bom, code).summary
                assert {p: pytest.approx(total[int(p[1]), i]) for p in up["parent"]} == dict(
                    zip(up["parent"], up["quantity"], strict=True)
                )
                assert len(up) == int((total[:, i] > 0).sum())


def test_explosion_agrees_with_a_plan_without_stock() -> None:
    for seed in range(10):
        bom = random_bom(seed)
        items = pd.DataFrame({"item": [f"i{i}" for i in range(9)], "yield_share": [1, 0.9] * 4 + [1]})
        plan = materials.mrp(
            items=items, bom=bom, demand=pd.DataFrame({"week": [1], "item": ["i0"], "quantity": [5]}), weeks=1
        )
        down = materials.explode_bom(bom, "i0", 5, items=items).summary
        gross = plan.records.set_index("item")["gross"]
        for component, quantity in zip(down["component"], down["quantity"], strict=True):
            assert gross[component] == pytest.approx(quantity)


def test_costs_by_hand() -> None:
    roll = materials.cost_rollup(ITEMS, BOM)
    rows = {row["item"]: row for row in roll.table.to_dict("records")}
    assert rows["wheel"]["cost"] == pytest.approx(0.5)
    assert rows["frame"]["cost"] == pytest.approx((4 * 6 + 8 * 0.5) / 0.8)
    assert rows["cart"]["cost"] == pytest.approx(35 + 4 * 0.5)
    assert rows["cart"]["difference"] == pytest.approx(37 - 100)
    assert rows["cart"]["difference_share"] == pytest.approx(-0.63)
    assert [rows[i]["basis"] for i in ("cart", "tube")] == ["bill", "standard"]
    assert roll.table["low_level"].tolist() == sorted(roll.table["low_level"])
    assert str(roll) == (
        "3 items rolled up from their bills, 2 at their standard.\n"
        "Farthest from its standard: cart, 37 against 100 (63, 63.0 % below)."
    )


def test_operations_add_setup_by_the_lot_and_run_by_the_unit() -> None:
    routings = pd.DataFrame(
        {
            "item": ["cart", "frame", "frame", "frame", "wheel"],
            "workcenter": ["weld", "cut", "weld", "cut", "cut"],
            "run_hours": [0.5, 0.1, 0.2, 9, 0.01],
            "setup_hours": [1, 2, 0, 0, 1],
            "alternative": ["", "", "", "slow", ""],
        }
    )
    centers = pd.DataFrame({"workcenter": ["weld", "cut"], "cost_per_hour": [40, 30]})
    roll = materials.cost_rollup(ITEMS, BOM, routings=routings, workcenters=centers)
    rows = {row["item"]: row for row in roll.table.to_dict("records")}
    frame = ((2 / 20 + 0.1) * 30 + 0.2 * 40) / 0.8  # lots of 20
    wheel = (1 / 50 + 0.01) * 30  # lots of 50 or more
    assert rows["frame"]["operations"] == pytest.approx(frame)
    assert rows["wheel"]["operations"] == pytest.approx(wheel)
    assert rows["cart"]["operations"] == pytest.approx(20)  # no lot to spread the setup over
    assert rows["cart"]["basis"] == "bill, no setup"
    assert rows["cart"]["labor"] == pytest.approx(20 + frame + 4 * wheel)
    assert rows["cart"]["material"] == pytest.approx(37)
    assert rows["cart"]["cost"] == pytest.approx(rows["cart"]["components"] + rows["cart"]["operations"])
    spread = materials.cost_rollup(ITEMS, BOM, routings=routings, workcenters=centers, lots={"cart": 4})
    assert spread.cost["cart"] == pytest.approx(roll.cost["cart"] + 10)


def test_coproducts_carry_their_share() -> None:
    items = pd.DataFrame({"item": ["cow", "steak", "hide", "bag"], "unit_cost": [100, 1, 1, 1]})
    bom = pd.DataFrame({"parent": ["steak", "bag"], "component": ["cow", "hide"], "quantity_per": [0.1, 2]})
    side = pd.DataFrame({"parent": ["steak"], "item": ["hide"], "quantity_per": [0.5], "cost_share": [0.2]})
    cost = materials.cost_rollup(items, bom, coproducts=side).cost
    assert cost == pytest.approx({"steak": 8, "hide": 4, "bag": 8, "cow": 100})
    free = materials.cost_rollup(items, bom, coproducts=side.assign(cost_share=0)).cost
    assert free["steak"] == pytest.approx(10)
    salted = pd.concat([bom, pd.DataFrame({"parent": ["hide"], "component": ["salt"], "quantity_per": [3]})])
    more = pd.concat([items, pd.DataFrame({"item": ["salt"], "unit_cost": [0.5]})])
    cost = materials.cost_rollup(more, salted, coproducts=side).cost
    assert cost["hide"] == pytest.approx(4 + 1.5)


def test_costs_agree_with_the_explosion() -> None:
    for seed in range(20):
        bom = random_bom(seed)
        items = pd.DataFrame(
            {
                "item": [f"i{i}" for i in range(9)],
                "unit_cost": range(1, 10),
                "yield_share": [1, 0.9] * 4 + [1],
            }
        )
        bill = materials.explode_bom(bom, "i0", items=items)
        bought = bill.bought.merge(items, left_on="component", right_on="item")
        cost = materials.cost_rollup(items, bom).cost["i0"]
        assert cost == pytest.approx(float((bought["quantity"] * bought["unit_cost"]).sum()))


LOOP = pd.DataFrame({"parent": ["a", "b", "c"], "component": ["b", "c", "a"], "quantity_per": 1})
THREE = pd.DataFrame({"item": ["a", "b", "c"], "unit_cost": 1})


@pytest.mark.parametrize(
    "call",
    [
        lambda: materials.explode_bom(LOOP, "a"),
        lambda: materials.where_used(LOOP, "a"),
        lambda: materials.cost_rollup(THREE, LOOP),
    ],
)
def test_a_loop_is_named(call: Any) -> None:
    with pytest.raises(InputError, match="a > b > c > a"):
        call()


def test_bad_input_is_named() -> None:
    cases: list[tuple[str, Any]] = [
        ("item must be an item with a bill", lambda: materials.explode_bom(BOM, "tube")),
        ("item must be an item that stands in the table bom", lambda: materials.where_used(BOM, "nail")),
        ("quantity must be above zero", lambda: materials.explode_bom(BOM, "cart", 0)),
        ("a table with the column quantity_per", lambda: materials.explode_bom(BOM[["parent", "component"]], "cart")),
        ("bom must be a DataFrame", lambda: materials.explode_bom({"cart": ["frame"]}, "cart")),  # type: ignore[arg-type]
        ("scrap_share of cart must be", lambda: materials.explode_bom(BOM.assign(scrap_share=[1.0, 0, 0, 0, 0]), "cart")),
        ("bom: component must be an item of the table items, got 'bolt'", lambda: materials.cost_rollup(ITEMS.head(4), BOM)),
        ("one row an item, got 'bolt'", lambda: materials.cost_rollup(pd.concat([ITEMS, ITEMS.tail(1)]), BOM)),
        (
            "workcenters must be given with routings",
            lambda: materials.cost_rollup(
                ITEMS, BOM, routings=pd.DataFrame({"item": ["cart"], "workcenter": ["w"], "run_hours": [1]})
            ),
        ),
        (
            "cost_share of cart must be 1 in all at most, got 1.2",
            lambda: materials.cost_rollup(
                ITEMS,
                BOM,
                coproducts=pd.DataFrame(
                    {"parent": ["cart"] * 2, "item": ["tube", "bolt"], "quantity_per": 1, "cost_share": 0.6}
                ),
            ),
        ),
    ]  # fmt: skip
    for message, call in cases:
        with pytest.raises(InputError, match=message):
            call()
    with pytest.raises(PlantError, match="3 faults"):
        materials.explode_bom(BOM.assign(quantity_per=[1, 1, -1, 0, float("nan")]), "cart")


@pytest.mark.parametrize("industry", Plant.samples())
def test_every_sample_plant(industry: str) -> None:
    plant = Plant.sample(industry)
    roll = materials.cost_rollup(plant)
    assert len(roll.table) == len(plant.items)
    assert (roll.table["cost"] > 0).all()
    top = roll.table.loc[roll.table["low_level"] == 0, "item"]
    parents = set(plant.bom["parent"])
    for item in [i for i in top if i in parents][:5]:
        bill = materials.explode_bom(plant, item)
        leaf = bill.bought["component"].iloc[0]
        assert item in set(materials.where_used(plant, leaf).summary["parent"])
