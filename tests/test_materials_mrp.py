"""Material plans against a second, plain implementation, and what must hold in every plan."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import mrp_oracle
import numpy as np
import pandas as pd
import pytest

from prodkit import materials

LINES = ("gross", "scheduled", "coproduct", "available", "net", "receipt", "release")


def random_plant(seed: int) -> tuple[dict[str, list[dict[str, Any]]], int, dict[str, str]]:
    """Tables as lists of dictionaries, the weeks to plan, and conventions."""
    rng = np.random.default_rng(seed)
    n, weeks = int(rng.integers(2, 12)), int(rng.integers(4, 14))
    whole = rng.random() < 0.5
    items = []
    for i in range(n):
        rule = str(rng.choice(["lot_for_lot", "fixed", "minimum", "multiple", "periods"]))
        items.append(
            {
                "item": f"i{i}",
                "kind": "phantom" if i and rng.random() < 0.15 else "make",
                "lead_time_weeks": int(rng.integers(0, min(4, weeks))),
                "safety_lead_weeks": int(rng.random() < 0.2),
                "firm_weeks": int(rng.integers(0, 3)) if rng.random() < 0.3 else 0,
                "lot_rule": rule,
                "lot_size": float(rng.integers(3, 40)) if rule == "fixed" else None,
                "lot_min": float(rng.integers(3, 40)) if rule == "minimum" or rng.random() < 0.1 else 0.0,
                "lot_multiple": float(rng.integers(2, 20))
                if rule == "multiple" or (rule != "fixed" and rng.random() < 0.2)
                else None,
                "lot_periods": int(rng.integers(1, 5)) if rule == "periods" else None,
                "safety_stock": float(rng.integers(0, 20)) if rng.random() < 0.5 else 0.0,
                "on_hand": float(rng.integers(0, 60)),
                "allocated": float(rng.integers(0, 30)) if rng.random() < 0.3 else 0.0,
                "yield_share": 1.0 if whole else float(rng.choice([1.0, 0.9, 0.8])),
            }
        )
    bom, coproducts = [], []
    for i in range(n):
        for j in range(i + 1, n):
            if rng.random() < 0.35:
                start = int(rng.integers(1, weeks)) if rng.random() < 0.2 else -99
                bom.append(
                    {
                        "parent": f"i{i}",
                        "component": f"i{j}",
                        "quantity_per": float(rng.integers(1, 4)),
                        "scrap_share": 0.0 if whole else float(rng.choice([0.0, 0.05])),
                        "valid_from": start,
                        "valid_to": start + int(rng.integers(0, 6))
                        if start > 0 and rng.random() < 0.5
                        else 999,
                    }
                )
            elif rng.random() < 0.05:
                coproducts.append({"parent": f"i{i}", "item": f"i{j}", "quantity_per": 1.0})
    demand = [
        {
            "week": int(rng.integers(0, weeks + 2)),
            "item": f"i{rng.integers(0, n)}",
            "quantity": float(rng.integers(1, 30)),
        }
        for _ in range(int(rng.integers(1, 4 * n)))
    ]
    receipts = [
        {
            "item": f"i{rng.integers(0, n)}",
            "due": int(rng.integers(-1, weeks + 2)),
            "quantity": float(rng.integers(1, 40)),
        }
        for _ in range(int(rng.integers(0, n)))
    ]
    for k, row in enumerate(receipts):
        row["order"] = f"P{k}"
    options = {
        "late": str(rng.choice(["keep", "move"])),
        "lots_of": str(rng.choice(["ordered", "good"])),
        "open_orders": str(rng.choice(["as_due", "rescheduled"])),
    }
    tables = {"items": items, "bom": bom, "demand": demand, "receipts": receipts, "coproducts": coproducts}
    return tables, weeks, options


def frames(tables: dict[str, list[dict[str, Any]]]) -> dict[str, pd.DataFrame]:
    """The tables as a caller gives them; those without rows are left out."""
    return {name: pd.DataFrame(rows) for name, rows in tables.items() if rows}


def planned(seed: int) -> tuple[materials.MrpPlan, dict[str, Any], int, dict[str, str]]:
    tables, weeks, options = random_plant(seed)
    return materials.mrp(**frames(tables), weeks=weeks, **options), tables, weeks, options  # type: ignore[arg-type]


@pytest.mark.parametrize("block", range(10))
def test_every_record_is_that_of_the_plain_implementation(block: int) -> None:
    for seed in range(30 * block, 30 * block + 30):
        plan, tables, weeks, options = planned(seed)
        wanted = mrp_oracle.plan(**tables, weeks=weeks, **options)
        records = plan.records
        for code, lines in wanted.items():
            mine = records[records["item"] == code]
            for name in LINES:
                np.testing.assert_allclose(
                    mine[name], lines[name], atol=1e-6, err_msg=f"seed {seed}, {code}, {name}"
                )
            assert mine["past_due"].sum() == pytest.approx(lines["late"][0], abs=1e-6)


def test_the_random_plants_meet_every_feature() -> None:
    seen: set[str] = set()
    for seed in range(300):
        tables, _, options = random_plant(seed)
        seen |= (
            set(options.values())
            | {i["lot_rule"] for i in tables["items"]}
            | {i["kind"] for i in tables["items"]}
        )
        seen |= {"coproducts"} if tables["coproducts"] else set()
        seen |= {"dated"} if any(line["valid_to"] < 99 for line in tables["bom"]) else set()
        seen |= {"early"} if any(i["safety_lead_weeks"] for i in tables["items"]) else set()
    assert seen >= {
        "keep",
        "move",
        "ordered",
        "good",
        "as_due",
        "rescheduled",
        "phantom",
        "coproducts",
        "dated",
        "early",
    }
    assert seen >= {"lot_for_lot", "fixed", "minimum", "multiple", "periods"}


def test_what_must_hold_in_every_plan() -> None:
    for seed in range(60):
        plan, tables, _, _ = planned(seed)
        records, messages, orders = plan.records, plan.messages, plan.orders
        # Every demand is covered, or reported short in each week in which it is not.
        short = messages[messages["kind"] == "short"]
        for row in records[records["available"] < -1e-6].to_dict("records"):
            said = short[
                (short["item"] == row["item"])
                & (short["week"] <= row["week"])
                & (short["to_week"] >= row["week"])
            ]
            assert len(said) == 1, f"seed {seed}"
            assert said["quantity"].iloc[0] >= -row["available"] - 1e-6
        assert len(short) <= int((records["available"] < -1e-6).sum())
        # No release before today without a message, and no message without one.
        late = messages[
            (messages["kind"] == "past due") & messages["order"].map(lambda o: isinstance(o, int))
        ]
        assert sorted(late["order"]) == sorted(orders.loc[orders["is_past_due"], "order"]), f"seed {seed}"
        assert ((orders["release"] < 1) == orders["is_past_due"]).all()
        # Stock is counted once.
        for item in tables["items"]:
            mine = records[records["item"] == item["item"]]
            moves = (mine["scheduled"] + mine["coproduct"] + mine["receipt"] - mine["gross"]).sum()
            assert mine["available"].iloc[-1] == pytest.approx(
                item["on_hand"] - item["allocated"] + moves, abs=1e-6
            )
        # Planned orders are what the records hold; phantoms have none.
        made = orders.groupby("item", observed=False)["quantity"].sum()
        for item in tables["items"]:
            released = records.loc[records["item"] == item["item"], "release"].sum()
            assert made[item["item"]] == pytest.approx(0 if item["kind"] == "phantom" else released, abs=1e-6)


def test_a_component_needs_what_its_parents_release_and_nothing_else() -> None:
    for seed in range(30):
        plan, tables, weeks, _ = planned(seed)
        grid = {code: part.set_index("week") for code, part in plan.records.groupby("item", observed=False)}
        for item in tables["items"]:
            code = item["item"]
            for week in range(1, weeks + 1):
                asked = sum(
                    row["quantity"]
                    for row in tables["demand"]
                    if row["item"] == code and max(row["week"], 1) == week
                )
                asked += sum(
                    grid[line["parent"]].loc[week, "release"]
                    * line["quantity_per"]
                    / (1 - line["scrap_share"])
                    for line in tables["bom"]
                    if line["component"] == code and line["valid_from"] <= week <= line["valid_to"]
                )
                assert grid[code].loc[week, "gross"] == pytest.approx(asked, abs=1e-6), f"seed {seed}"


def test_pegs_serve_each_need_once_and_use_each_supply_once() -> None:
    for seed in range(40):
        plan, tables, _, _ = planned(seed)
        pegs, records = plan.pegs, plan.records
        assert (pegs["quantity"] > 0).all()
        for item in tables["items"]:
            code, mine = item["item"], pegs[pegs["item"] == item["item"]]
            rows = records[records["item"] == code]
            opening = item["on_hand"] - item["allocated"]
            by_need = mine.groupby("need", observed=False)["quantity"].sum()
            by_supply = mine.groupby("supply", observed=False)["quantity"].sum()
            assert by_need["demand"] + by_need["order"] == pytest.approx(rows["gross"].sum(), abs=1e-5)
            assert by_need["allocated"] == pytest.approx(max(0, -opening), abs=1e-5)
            assert by_need["safety stock"] == pytest.approx(
                0 if item["kind"] == "phantom" else item["safety_stock"], abs=1e-5
            )
            assert by_supply["stock"] == pytest.approx(max(0, opening), abs=1e-5)
            assert by_supply["open order"] == pytest.approx(rows["scheduled"].sum(), abs=1e-5)
            assert by_supply["co-product"] == pytest.approx(rows["coproduct"].sum(), abs=1e-5)
            assert by_supply["planned order"] == pytest.approx(rows["receipt"].sum(), abs=1e-5)
            # Nothing is served before it could be by what came later: in order of time, both ways.
            assert (mine["week"].diff().dropna() >= 0).all()
            assert (mine["supply_week"].diff().dropna() >= 0).all()


def test_each_draw_of_an_order_is_pegged_in_full() -> None:
    for seed in range(30):
        plan, tables, _, _ = planned(seed)
        pegs, orders = plan.pegs, plan.orders.set_index("order")
        drawn = (
            pegs[pegs["need"] == "order"]
            .groupby(["parent", "for_order", "item"], observed=True)["quantity"]
            .sum()
        )
        kinds = {item["item"]: item["kind"] for item in tables["items"]}
        for (parent, number, item), quantity in drawn.items():
            if kinds[parent] == "phantom":
                continue
            week = max(1, orders.loc[number, "release"])
            per = sum(
                line["quantity_per"] / (1 - line["scrap_share"])
                for line in tables["bom"]
                if (line["parent"], line["component"]) == (parent, item)
                and line["valid_from"] <= week <= line["valid_to"]
            )
            assert orders.loc[number, "item"] == parent
            assert quantity == pytest.approx(orders.loc[number, "quantity"] * per, abs=1e-5), f"seed {seed}"


RULES: dict[str, dict[str, Any]] = {
    "lot_for_lot": {},
    "fixed": {"size": 30.0},
    "minimum": {"minimum": 45.0},
    "multiple": {"multiple": 12.0},
    "periods": {"periods": 3},
    "eoq": {},
    "silver_meal": {},
    "least_unit_cost": {},
    "part_period": {},
    "wagner_whitin": {},
}


@pytest.mark.parametrize("rule", RULES)
def test_a_plant_of_one_level_gets_the_lots_of_lot_sizes(rule: str) -> None:
    columns = {"size": "lot_size", "minimum": "lot_min", "multiple": "lot_multiple", "periods": "lot_periods"}
    for seed in range(8):
        rng = np.random.default_rng(seed)
        demand = rng.integers(0, 40, 15) * (rng.random(15) < 0.8)
        stock, safety = int(rng.integers(0, 60)), int(rng.integers(0, 15))
        if not demand.sum():
            continue
        settings = {columns[name]: [value] for name, value in RULES[rule].items()}
        items = pd.DataFrame({"item": ["x"], "on_hand": stock, "safety_stock": safety, "unit_cost": 10.0,
                              "order_cost": 40.0, **settings})  # fmt: skip
        plan = materials.mrp(
            items=items.assign(lot_rule=rule),
            demand=pd.DataFrame({"week": range(1, 16), "item": "x", "quantity": demand}),
            weeks=15,
            holding_rate=0.26,
        )
        lots = materials.lot_sizes(
            demand,
            rule,
            order_cost=40,
            holding_cost=10 * 0.26 / 52,
            on_hand=stock,
            safety_stock=safety,
            **RULES[rule],
        )
        np.testing.assert_allclose(
            plan.record("x").loc["receipt"].iloc[1:].astype(float), lots.receipts, atol=1e-9
        )


def test_the_published_case_releases_nothing_else() -> None:
    import test_materials_published as published

    cases = json.loads((Path(__file__).parent / "published_cases.json").read_text("utf-8"))
    case = next(c for c in cases if c["id"] == "MRP-5ITEM")
    assert published.requirements(case["inputs"]) == case["expected"]
