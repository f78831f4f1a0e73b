"""The generator gives the committed bytes, and the metal plant has the character that its lessons count on."""

from __future__ import annotations

import importlib.util
import subprocess
import sys
from pathlib import Path
from types import ModuleType

import numpy as np
import pandas as pd
import pytest

from prodkit.plant import TABLES, Plant, bill_levels, dictionary

DATASETS = Path(__file__).parents[1] / "datasets"
METAL = DATASETS / "metal"


def generate(*arguments: object) -> str:
    command = [sys.executable, str(DATASETS / "generate.py"), *map(str, arguments)]
    return subprocess.run(command, capture_output=True, text=True, check=True).stdout


@pytest.fixture(scope="module")
def metal() -> Plant:
    return Plant.sample("metal")


@pytest.fixture(scope="module")
def generator() -> ModuleType:
    spec = importlib.util.spec_from_file_location("generate", DATASETS / "generate.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.mark.parametrize("name", Plant.samples())
def test_the_generator_gives_the_committed_bytes(name: str, tmp_path: Path) -> None:
    generate("--industry", name, "--out", tmp_path)
    committed = {path.name: path.read_bytes() for path in (DATASETS / name).iterdir()}
    assert {path.name: path.read_bytes() for path in tmp_path.iterdir()} == committed


def test_the_dictionary_is_the_declared_one() -> None:
    text = (DATASETS / "README.md").read_text(encoding="utf-8")
    assert text == dictionary()
    for table in TABLES.values():
        assert f"\n## {table.name}\n" in text
        for column in table.columns:
            assert column.meaning in text
    assert "| on_hand | number | units | zero or more | not allowed | Stock in the store today |" in text


def test_scale_gives_the_same_plant_larger(generator: ModuleType, metal: Plant) -> None:
    large = generator.make_plant(generator.load("metal"), 3)
    assert large.check() == []
    assert len(large.items) == 3 * len(metal.items)
    for table in ("demand", "routings", "workcenters", "machines", "standards", "forecast"):
        assert len(large.table(table)) == 3 * len(metal.table(table)), table
    assert large.table("production").equals(metal.table("production"))
    first = large.demand[large.demand["item"].isin(metal.items["item"])].reset_index(drop=True)
    assert first.equals(metal.demand)
    twin = large.demand[large.demand["item"] == "cabinet-tall-2"]["quantity"].to_numpy()
    one = metal.demand[metal.demand["item"] == "cabinet-tall"]["quantity"].to_numpy()
    assert 0.9 < twin.mean() / one.mean() < 1.1
    assert not np.array_equal(twin, one)


def test_scale_needs_a_place(tmp_path: Path) -> None:
    with pytest.raises(subprocess.CalledProcessError) as caught:
        generate("--industry", "metal", "--scale", 2)
    assert "above 1 it needs --out" in caught.value.stderr
    with pytest.raises(subprocess.CalledProcessError) as caught:
        generate("--industry", "metal", "--no-stories")
    assert "--no-stories needs --out" in caught.value.stderr


@pytest.mark.parametrize("name", Plant.samples())
def test_text_is_ascii(name: str) -> None:
    for path in (DATASETS / name).glob("*.csv"):
        assert path.read_bytes().isascii(), path.name


def test_counts(metal: Plant) -> None:
    assert len(metal.items) >= 40
    assert set(metal.items["kind"]) == {"make", "buy", "phantom"}
    assert metal.suppliers["supplier"].nunique() == 12
    assert metal.demand["week"].nunique() == 104
    weeks = metal.demand["week"].drop_duplicates().sort_values()
    assert (weeks.diff().dropna() == pd.Timedelta(weeks=1)).all()
    assert weeks.iloc[-1] + pd.Timedelta(weeks=1) == pd.Timestamp(metal.first_day)
    assert (metal.demand.groupby("item").size() == 104).all()
    assert metal.items["lot_rule"].nunique() == 5
    assert set(metal.price_breaks["kind"]) == {"all_units", "incremental"}


def test_bills(metal: Plant) -> None:
    bom, items = metal.bom, metal.items.set_index("item")
    levels = bill_levels(zip(bom["parent"], bom["component"], strict=True))
    assert max(levels.values()) == 4  # four bills under each other
    assert set(levels) == set(items.index)  # nothing lies about unused
    assert not set(bom["parent"]) & set(items.index[items["kind"] == "buy"])
    assert set(items.index[items["kind"] != "buy"]) == set(bom["parent"])
    goes_in = set(bom["component"])
    sold = set(metal.demand["item"])
    assert not set(items.index) - goes_in - sold
    assert sold == set(items.index[items["price"].notna()])
    assert len([item for item in sold if items.loc[item, "kind"] == "buy"]) >= 5  # spare parts
    phantoms = items[items["kind"] == "phantom"]
    assert len(phantoms) >= 2
    assert (phantoms[["on_hand", "lead_time_weeks", "safety_stock", "order_cost"]] == 0).all(axis=None)


def test_costs_roll_up(metal: Plant) -> None:
    items = metal.items.set_index("item")
    lines = metal.bom
    each = lines["quantity_per"] / (1 - lines["scrap_share"]) * lines["component"].map(items["unit_cost"])
    material = each.groupby(lines["parent"]).sum() / items["yield_share"].reindex(lines["parent"].unique())
    made = items[items["kind"] == "make"]
    work = made["unit_cost"] - material.reindex(made.index)
    assert (work > 0.02).all()
    assert (work < made["unit_cost"]).all()
    phantoms = items[items["kind"] == "phantom"]
    assert (phantoms["unit_cost"] - material.reindex(phantoms.index)).abs().max() < 0.01
    assert (items["price"] > items["unit_cost"]).sum() == items["price"].notna().sum()
    assert items.loc["bolt-m6", "unit_cost"] < 0.1
    assert 200 < items.loc["cabinet-wide", "unit_cost"] < 600
    orders = items[items["kind"] != "phantom"]
    assert orders["order_cost"].between(25, 150).all()
    assert orders["lead_time_weeks"].between(1, 10).all()


def test_a_few_items_make_most_of_the_use(metal: Plant) -> None:
    items = metal.items.set_index("item")
    value = (metal.yearly_use() * items["unit_cost"])[items["kind"] == "buy"].sort_values(ascending=False)
    top = round(0.2 * len(value))
    assert 0.75 < value.iloc[:top].sum() / value.sum() < 0.85
    assert value.iloc[len(value) // 2 :].sum() / value.sum() < 0.06


def test_promotions_lift(metal: Plant) -> None:
    demand = metal.demand[~metal.demand["stocked_out"]].copy()
    demand["usual"] = demand.groupby("item")["quantity"].transform("median")
    families = demand["item"].map(metal.items.set_index("item")["family"])
    promoted = demand[demand["promotion"]]
    assert len(promoted) > 40
    assert (promoted["quantity"] / promoted["usual"]).mean() > 1.3
    for family in ("cabinets", "lockers", "shelving"):
        mine = demand[families == family]
        ratio = (mine["quantity"] / mine["usual"]).groupby(mine["promotion"]).mean()
        assert ratio[True] > 1.15 * ratio[False], family
    assert not demand[families == "brackets"]["promotion"].any()


def test_season_and_trend(metal: Plant) -> None:
    plain = metal.demand[~metal.demand["promotion"] & ~metal.demand["stocked_out"]]
    family = plain["item"].map(metal.items.set_index("item")["family"])
    lockers = plain[family == "lockers"]
    month = lockers["week"].dt.month
    summer, winter = (lockers[month.isin(months)]["quantity"].mean() for months in ((7, 8), (1, 2)))
    assert summer > 1.5 * winter
    years = plain.groupby([family, plain["week"] >= "2025-01-06"])["quantity"].mean().unstack()
    growth = years[True] / years[False] - 1
    assert 0.08 < growth["enclosures"] < 0.17
    assert growth["hinges"] < -0.02


def test_stock_outs_are_flagged_and_rare(metal: Plant) -> None:
    out = metal.demand["stocked_out"]
    assert 10 < out.sum() < 0.03 * len(out)


def test_past_orders_agree_with_use(metal: Plant) -> None:
    orders = metal.past_orders
    assert (orders["accepted"] + orders["rejected"] == orders["quantity"]).all()
    assert (orders["received"] < pd.Timestamp(metal.first_day)).all()
    assert not (orders["received"].dt.day_of_week > 4).any()
    assert orders["ordered"].is_monotonic_increasing
    came = orders.groupby("item")["accepted"].sum()
    used = metal.weekly_use().groupby("item")["quantity"].sum()
    items = metal.items.set_index("item")
    buys = items.index[items["kind"] == "buy"]
    assert set(orders["item"]) == set(buys)
    span = metal.weekly_use()["week"].nunique()
    weeks_apart = ((came[buys] - used[buys]) / used[buys] * span).abs()
    assert weeks_apart.max() < 16  # what is not used up is stock: no more than two big orders
    offered = set(zip(metal.suppliers["supplier"], metal.suppliers["item"], strict=True))
    assert set(zip(orders["supplier"], orders["item"], strict=True)) <= offered
    smallest = metal.suppliers.set_index(["supplier", "item"])["min_order"]
    assert (
        orders["quantity"].to_numpy()
        >= smallest.loc[list(zip(orders["supplier"], orders["item"], strict=True))]
    ).all()


def test_prices_follow_the_lists(metal: Plant) -> None:
    breaks = metal.price_breaks
    firsts = breaks.groupby(["supplier", "item"])["from_quantity"].min()
    assert (firsts == 0).all()
    offered = set(zip(metal.suppliers["supplier"], metal.suppliers["item"], strict=True))
    assert set(firsts.index) == offered
    falling = (
        breaks.sort_values("from_quantity")
        .groupby(["supplier", "item"])["unit_price"]
        .apply(lambda prices: prices.is_monotonic_decreasing)
    )
    assert falling.all()
    latest = metal.past_orders[metal.past_orders["ordered"] >= "2025-11-01"]
    for row in latest.itertuples():
        mine = breaks[(breaks["supplier"] == row.supplier) & (breaks["item"] == row.item)]
        reached = mine[mine["from_quantity"] <= row.quantity].sort_values("from_quantity")["unit_price"]
        if (mine["kind"] == "all_units").all():
            assert row.unit_price == pytest.approx(reached.iloc[-1], abs=0.006)
        else:
            assert reached.iloc[-1] <= row.unit_price <= reached.iloc[0]


def test_suppliers_are_as_their_orders_show(metal: Plant) -> None:
    orders = metal.past_orders
    late = orders["received"] > orders["due"]
    by = late.groupby(orders["supplier"]).mean()
    assert by.idxmax() == "Tavis Hardware"  # the shaky one, by a margin
    assert by["Tavis Hardware"] > 0.5 > 1.5 * by.drop("Tavis Hardware").max()
    rejected = orders.groupby("supplier")[["rejected", "quantity"]].sum()
    ppm = rejected["rejected"] / rejected["quantity"] * 1e6
    assert ppm["Tavis Hardware"] > 5 * ppm.drop("Tavis Hardware").max()
    table = metal.suppliers.set_index(["supplier", "item"])
    tavis = orders[(orders["supplier"] == "Tavis Hardware") & (orders["item"] == "lock-cam")]
    taken = (tavis["received"] - tavis["ordered"]).dt.days / 7
    row = table.loc[("Tavis Hardware", "lock-cam")]
    assert row["lead_time_sd_weeks"] == pytest.approx(taken.std(), abs=0.01)
    assert row["on_time_share"] == pytest.approx((tavis["received"] <= tavis["due"]).mean(), abs=0.001)
    assert taken.mean() > row["lead_time_weeks"] + 0.5


def test_receipts(metal: Plant) -> None:
    receipts = metal.receipts
    items = metal.items.set_index("item")
    assert (receipts["due"] >= pd.Timestamp(metal.first_day) - pd.Timedelta(weeks=6)).all()
    kinds = receipts["item"].map(items["kind"])
    assert set(kinds) == {"make", "buy"}
    assert (receipts["order"].str[0] == kinds.map({"buy": "P", "make": "W"})).all()
    assert not set(receipts["order"]) & set(metal.past_orders["order"])
    assert (items["allocated"] <= items["on_hand"]).all()
    assert 0 < (~receipts["firm"]).sum() < len(receipts)


def test_the_story_of_the_coil(metal: Plant) -> None:
    coil = metal.items.set_index("item").loc["coil-2mm"]
    holding = metal.holding_rate * coil["unit_cost"]
    assert coil["order_cost"] == 80
    assert holding == pytest.approx(19, abs=0.05)
    orders = metal.past_orders[metal.past_orders["item"] == "coil-2mm"]
    orders = orders[orders["ordered"] >= "2025-01-06"]
    assert len(orders) == 31
    assert len(orders) * coil["order_cost"] == 2480
    assert orders["quantity"].mean() / 2 * holding == pytest.approx(620, abs=10)
    assert coil["safety_stock"] * holding == pytest.approx(8510, abs=20)
    assert np.sqrt(2 * metal.yearly_use()["coil-2mm"] * 80 / holding) == pytest.approx(131, abs=3)
    assert coil["on_hand"] > coil["safety_stock"]
    breaks = metal.price_breaks[
        (metal.price_breaks["item"] == "coil-2mm") & (metal.price_breaks["supplier"] == "Norrvik Steel")
    ]
    assert breaks["from_quantity"].tolist() == [0, 250]
    assert breaks["unit_price"].iloc[1] / breaks["unit_price"].iloc[0] == pytest.approx(0.97, abs=0.001)
