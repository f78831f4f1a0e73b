"""Every sample plant hangs together: its tables tell one story of materials, hours, people and money."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pytest

from prodkit.plant import TABLES, Plant

DATASETS = Path(__file__).parents[1] / "datasets"
sys.path.insert(0, str(DATASETS))

from industries import load  # noqa: E402

LOG_WEEKS = 26


@pytest.fixture(scope="module", params=Plant.samples())
def plant(request: pytest.FixtureRequest) -> Plant:
    return Plant.sample(request.param)


def today(plant: Plant) -> pd.Timestamp:
    return pd.Timestamp(plant.first_day)


def used(plant: Plant, weeks: int) -> pd.DataFrame:
    use = plant.weekly_use()
    return use[use["week"] >= today(plant) - pd.Timedelta(weeks=weeks)]


def workdays(plant: Plant) -> set[pd.Timestamp]:
    calendar = plant.table("calendar").set_index("date")["is_working"]
    days = pd.date_range(plant.demand["week"].min(), today(plant) - pd.Timedelta(days=1))
    week = plant.about["days_per_week"].iloc[0]
    return {day for day in days if calendar.get(day, day.day_of_week < week)}


def test_all_tables_are_there(plant: Plant) -> None:
    declared = load(plant.industry)
    left_out = set() if declared.coproducts else {"coproducts"}
    if not declared.shop.changeovers:
        left_out.add("changeovers")
    assert {path.stem for path in (DATASETS / plant.industry).glob("*.csv")} == set(TABLES) - left_out
    assert sum(path.stat().st_size for path in (DATASETS / plant.industry).iterdir()) <= 1_500_000


def test_it_is_large_enough(plant: Plant) -> None:
    assert len(plant.items) >= 40
    assert len(plant.table("workcenters")) >= 8
    assert plant.table("people")["left"].isna().sum() >= 30
    assert plant.demand["week"].nunique() == 104
    assert plant.table("hours_worked")["week"].nunique() == 104
    orders = plant.table("orders")
    assert orders[orders["status"] != "shipped"]["due"].max() >= today(plant) + pd.Timedelta(weeks=12)
    assert 1_000 <= len(plant.table("production")) <= 5_000
    assert 1_000 <= len(plant.table("stops")) <= 5_000


def test_standards_roll_up_to_unit_cost_and_price(plant: Plant) -> None:
    items, standards = plant.items.set_index("item"), plant.table("standards")
    made = items[items["kind"] == "make"]
    total = (standards["quantity"] * standards["rate"]).groupby(standards["item"]).sum()
    assert set(total.index) == set(made.index)
    if load(plant.industry).coproducts:
        side = plant.table("coproducts").set_index("item")
        part = side["parent"].map(total) * side["cost_share"] / side["quantity_per"]
        gained = part.groupby(level=0).sum().reindex(total.index).fillna(0)
        carried = side.groupby("parent")["cost_share"].sum().reindex(total.index).fillna(0)
        total = total * (1 - carried) + gained
    assert (total - made["unit_cost"]).abs().max() < 0.0051
    material = standards[standards["kind"] == "material"]
    assert (material["rate"] == material["input"].map(items["unit_cost"])).all()
    assert (items["price"] > items["unit_cost"])[items["price"].notna()].all()


def test_routings_agree_with_standards_and_rates(plant: Plant) -> None:
    routings = plant.table("routings")
    usual = routings[routings["alternative"] == ""]
    assert set(usual["item"]) == set(plant.items[plant.items["kind"] == "make"]["item"])
    good = plant.items.set_index("item")["yield_share"]
    hours = (usual["run_hours"] / usual["item"].map(good)).groupby([usual["item"], usual["workcenter"]]).sum()
    standards = plant.table("standards").set_index(["item", "input", "kind"])
    for kind in ("variable_overhead", "fixed_overhead"):
        mine = standards.xs(kind, level="kind")["quantity"]
        assert mine.to_numpy() == pytest.approx(hours.reindex(mine.index).to_numpy(), rel=1e-5)
    crews = usual.groupby("workcenter")["crew"].first()
    rates = plant.table("standards").groupby(["input", "kind"])["rate"].first().unstack()
    rates = rates[rates["labor"].notna()]
    built = crews * rates["labor"] + rates["variable_overhead"] + rates["fixed_overhead"]
    listed = plant.table("workcenters").set_index("workcenter")["cost_per_hour"]
    assert built.round(2).sort_index().to_dict() == listed.reindex(built.index).sort_index().to_dict()


def test_setups_cost_what_an_order_costs(plant: Plant) -> None:
    routings = plant.table("routings")
    usual = routings[routings["alternative"] == ""]
    rate = plant.table("workcenters").set_index("workcenter")["cost_per_hour"]
    cost = (usual["setup_hours"] * usual["workcenter"].map(rate)).groupby(usual["item"]).sum()
    order = plant.items.set_index("item")["order_cost"].reindex(cost.index)
    assert (cost / order).between(0.7, 0.9).all()


def test_material_used_is_material_bought_less_stock_change(plant: Plant) -> None:
    items = plant.items.set_index("item")
    bought = items[items["kind"] == "buy"].index
    use = plant.weekly_use().groupby("item")["quantity"].sum().reindex(bought)
    came = plant.past_orders.groupby("item")["accepted"].sum().reindex(bought).fillna(0)
    opening = items["on_hand"].reindex(bought) + use - came
    assert (opening >= -1).all()
    weeks = opening / (use / 104)
    assert weeks[use > 0].max() < 60


def test_actual_material_is_what_was_used(plant: Plant) -> None:
    actuals = plant.table("actuals")
    rows = actuals[(actuals["account"] == "material") & (actuals["item"] != "")]
    planted = {story.where for story in load(plant.industry).stories if story.kind == "loss_product"}
    spent = rows.groupby("input")["quantity"].sum()
    clean = set(spent.index) - set(rows[rows["item"].isin(planted)]["input"])
    phantoms = plant.items[plant.items["kind"] == "phantom"]["item"]  # issued as a set
    clean -= set(plant.bom[plant.bom["parent"].isin(phantoms)]["component"])
    use = plant.weekly_use()
    months = use["week"].dt.to_period("M").dt.start_time
    whole = use[months.isin(actuals["month"])].groupby("item")["quantity"].sum()
    sold = plant.demand[plant.demand["week"].dt.to_period("M").dt.start_time.isin(actuals["month"])]
    inside = (whole - sold.groupby("item")["quantity"].sum().reindex(whole.index).fillna(0)).reindex(
        sorted(clean)
    )
    gap = (spent.reindex(inside.index) - inside).abs() / inside.clip(lower=1)
    assert gap[inside > 100].max() < 0.06
    bought = actuals[(actuals["account"] == "material") & (actuals["item"] == "")]
    orders = plant.past_orders
    orders = orders[orders["received"].dt.to_period("M").dt.start_time.isin(actuals["month"])]
    assert bought["bought"].sum() == pytest.approx(orders["accepted"].sum())


def test_budget_and_actual_figures_are_close(plant: Plant) -> None:
    budget = plant.table("budget").groupby("account")["amount"].sum()
    actual = plant.table("actuals").groupby("account")["amount"].sum()
    for account in (
        "sales",
        "material",
        "labor",
        "variable_overhead",
        "fixed_overhead",
        "selling",
        "administration",
    ):
        assert actual[account] == pytest.approx(budget[account], rel=0.15), account
    assert actual["material"] / actual["sales"] > 0.25
    pools = plant.table("cost_pools").set_index("pool")["amount"]
    assert plant.table("overheads").groupby("pool")["amount"].sum().to_dict() == pytest.approx(
        pools.to_dict()
    )


def test_shift_log_fits_shifts_and_stops(plant: Plant) -> None:
    log, stops, shifts = (
        plant.table("production"),
        plant.table("stops"),
        plant.table("shifts").set_index("shift"),
    )
    length = 60 * (shifts["end_hour"] - shifts["start_hour"])
    assert (length - shifts["break_min"] == 60 * plant.about["hours_per_shift"].iloc[0]).all()
    key = ["date", "shift", "asset"]
    total = log.groupby(key)["shift_min"].sum().reset_index()
    assert (total["shift_min"] == total["shift"].map(length)).all()
    booked = log.groupby(key)["stop_min"].sum()
    assert stops.groupby(key)["minutes"].sum().reindex(booked.index).fillna(0).eq(booked).all()
    assert set(log["date"]) <= workdays(plant)
    run = log["shift_min"] - log["planned_stop_min"] - log["stop_min"]
    pace = (log["total"] * log["ideal_cycle_s"] / 60).sum() / run.sum()
    assert 0.7 < pace < 0.95


def test_production_is_what_demand_needed(plant: Plant) -> None:
    log = plant.table("production")
    where = log["asset"].map(plant.table("machines").set_index("asset")["workcenter"])
    slow = {s.where for s in load(plant.industry).stories if s.kind == "slow_workcenter"}
    made = (log["good"] + log["rework"]).groupby([where, log["item"]]).sum()
    need = used(plant, LOG_WEEKS).groupby("item")["quantity"].sum()
    assert len(made) > 10
    for (center, item), quantity in made.items():
        weekly = need[item] / LOG_WEEKS
        assert quantity > 0.6 * need[item] or center in slow or quantity > need[item] - 9 * weekly - 2, (
            center,
            item,
        )
        assert quantity < need[item] + 9 * weekly + 2, (center, item)
    routed = plant.table("routings")
    routed = routed[routed["alternative"] == ""]
    for center in set(where):
        expected = set(routed[routed["workcenter"] == center]["item"]) & set(need.index[need > 5])
        assert expected - set(made[center].index) == set(), center


def test_hours_fit_shifts_and_people(plant: Plant) -> None:
    hours, centers = plant.table("hours_worked"), plant.table("workcenters").set_index("workcenter")
    assert (hours["worked_hours"] <= hours["available_hours"] + 0.1).all()
    week = centers["machines"] * centers["shifts_per_day"].fillna(plant.about["shifts_per_day"].iloc[0])
    most = week * plant.about["hours_per_shift"].iloc[0] * plant.about["days_per_week"].iloc[0]
    assert (hours["available_hours"] <= hours["workcenter"].map(most) + 0.1).all()
    people = plant.table("people")
    for monday, rows in hours.groupby("week"):
        there = people[(people["hired"] < monday + pd.Timedelta(days=7)) & ~(people["left"] < monday)]
        regular = (rows["labor_hours"] - rows["overtime_hours"]).sum()
        assert regular <= there["hours_per_week"].sum() + 0.5
    assert hours["overtime_hours"].sum() < 0.1 * hours["labor_hours"].sum()
    slow = {s.where for s in load(plant.industry).stories if s.kind == "slow_workcenter"}
    recent = hours[hours["week"] >= today(plant) - pd.Timedelta(weeks=LOG_WEEKS)]
    total = recent.groupby("workcenter")[["worked_hours", "available_hours"]].sum()
    busy = total["worked_hours"] / total["available_hours"]
    for center, share in busy.items():
        assert (0.85 if center in slow else 0.5) < share < (1.0 if center in slow else 0.96), (center, share)
    assert slow <= {str(busy.idxmax())}


def test_people_absences_and_injuries_agree(plant: Plant) -> None:
    people, absences = plant.table("people").set_index("person"), plant.table("absences")
    assert (absences["first"] >= absences["person"].map(people["hired"])).all()
    left = absences["person"].map(people["left"])
    assert not (absences["last"] > left).any()
    days = workdays(plant)
    away: dict[str, set[pd.Timestamp]] = {}
    for row in absences.itertuples():
        span = set(pd.date_range(row.first, row.last))
        assert not span & away.get(row.person, set()), row.person
        away.setdefault(row.person, set()).update(span)
        if row.reason != "injury":
            assert row.first in days
            assert row.last in days
    for case in plant.table("incidents").itertuples():
        if not case.person or case.employed != "own":
            continue
        who = people.loc[case.person]
        assert who["hired"] <= case.date
        assert not who["left"] < case.date
        assert case.date not in away.get(case.person, set()), case.case
        mine = absences[(absences["person"] == case.person) & (absences["reason"] == "injury")]
        if case.days_away:
            assert (mine["first"] == case.date + pd.Timedelta(days=1)).any(), case.case
    injuries = int((plant.table("incidents")["days_away"] > 0).sum())
    assert (absences["reason"] == "injury").sum() <= injuries


def test_skills_cover_the_routings(plant: Plant) -> None:
    skills, people = plant.table("skills"), plant.table("people").set_index("person")
    able = skills[skills["level"] >= 3]
    centers = plant.table("workcenters").set_index("workcenter")["shifts_per_day"]
    names = list(plant.table("shifts")["shift"])
    whole = int(plant.about["shifts_per_day"].iloc[0])
    for (center, skill), _ in plant.table("routings").groupby(["workcenter", "skill"]):
        shifts = centers[center]
        for shift in names[: whole if np.isnan(shifts) else int(shifts)]:
            there = able[(able["skill"] == skill) & (able["person"].map(people["shift"]) == shift)]
            assert len(there), (center, skill, shift)
    assert people.loc[skills["person"], "left"].isna().all()


def test_what_is_measured_is_made_there(plant: Plant) -> None:
    made = set(plant.items[plant.items["kind"] == "make"]["item"])
    characteristics = plant.table("characteristics")
    assert set(characteristics["item"]) <= made
    passes = set(zip(plant.table("routings")["item"], plant.table("routings")["workcenter"], strict=True))
    for row in characteristics.itertuples():
        assert not row.workcenter or (row.item, row.workcenter) in passes, row.characteristic
    log = plant.table("production")
    bad = (log["total"] - log["good"]).sum()
    assert plant.table("defect_log")["count"].sum() <= bad


def test_lots_are_deliveries(plant: Plant) -> None:
    orders = plant.past_orders
    came = set(zip(orders["supplier"], orders["item"], orders["received"], orders["quantity"], strict=True))
    lots = plant.table("lots")
    assert set(zip(lots["supplier"], lots["item"], lots["date"], lots["size"], strict=True)) <= came
    assert len(lots) > 50


def test_forecast_and_orders_are_of_the_demand_s_size(plant: Plant) -> None:
    forecast, orders, price = (
        plant.table("forecast"),
        plant.table("orders"),
        plant.items.set_index("item")["price"],
    )

    def worth(rows: pd.DataFrame) -> Any:
        return (rows["quantity"] * rows["item"].map(price)).sum()

    assert set(forecast["item"]) == set(plant.demand["item"])
    year = plant.demand[plant.demand["week"] >= today(plant) - pd.Timedelta(weeks=52)]
    same = year[year["week"] < today(plant) - pd.Timedelta(weeks=26)]
    assert 0.75 < worth(forecast) / worth(same) < 1.35
    shipped = orders[orders["status"] == "shipped"]
    week = shipped["due"] - pd.to_timedelta(shipped["due"].dt.day_of_week, unit="D")
    sums = shipped.groupby([week.rename("week"), "item"])["quantity"].sum()
    recent = plant.demand[plant.demand["week"] >= today(plant) - pd.Timedelta(weeks=8)]
    demand = recent.set_index(["week", "item"])["quantity"]
    assert sums.to_dict() == demand[demand > 0].to_dict()
    coming = orders[orders["status"] != "shipped"]
    near = coming[coming["due"] < today(plant) + pd.Timedelta(weeks=2)]
    assert 0.5 < worth(near) / worth(forecast[forecast["week"] < today(plant) + pd.Timedelta(weeks=2)]) < 1.3
    assert (coming["placed"] < today(plant)).all()
    assert set(orders["customer"]) == set(plant.table("customers")["customer"])


def test_places_are_connected(plant: Plant) -> None:
    lanes, sites, kept = plant.table("lanes"), plant.table("sites"), plant.table("site_items")
    ways = set(zip(lanes["from_site"], lanes["to_site"], strict=True))
    assert set(zip(kept["source"], kept["site"], strict=True)) <= ways
    year = plant.demand[plant.demand["week"] >= today(plant) - pd.Timedelta(weeks=52)]
    share = sites[sites["kind"] == "customer"]["demand"].sum() / year["quantity"].sum()
    assert 0.9 < share <= 1.05
    areas = set(plant.table("areas")["area"])
    flows = plant.table("flows")
    assert set(flows["from_area"]) | set(flows["to_area"]) == areas
    families = plant.table("families").set_index("family")
    assert set(plant.items["family"]) <= set(families.index)
    assert (families["hours_per_unit"].notna() == families["regular_cost"].notna()).all()
