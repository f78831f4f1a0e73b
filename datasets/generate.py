"""The one seeded generator of the sample plants.

    python datasets/generate.py --industry metal          the committed tables, the same bytes every time
    python datasets/generate.py --industry metal --scale 20 --out big
    python datasets/generate.py --industry metal --no-stories --out plain
    python datasets/generate.py --industry metal --load   hours that demand asks of each work center
    python datasets/generate.py --dictionary              datasets/README.md, from the declared tables

A plant's character (its items, bills, suppliers, seasons, shop, people, trade, money, quality, safety) is declared in
`industries/<name>/`, which also says where its orders of magnitude come from. The machinery is the same for all, a file a
subject: `goods.py` and `history.py` (demand by level, trend, season, promotions and chance; what it uses up through the
bills; a buyer who orders by habit, week by week; suppliers who deliver as they do), `shop.py`, `shoplog.py`, `studies.py`, `methods.py`,
`team.py`, `trade.py`, `money.py`, `accounts.py`, `quality.py`, `inspection.py`, `safety.py`, `injuries.py`. What is planted for
users to find is declared as stories, `stories.py`; without them (`--no-stories`) the same plant has none, and `finder.py`
looks for them in the tables alone.

Every item, machine, position draws from a stream of its own, so that a change to one leaves the others alone. Costs
are added by math.fsum, since sum() adds floats in another way from Python 3.12 on. `--scale N` makes N of each item, told
apart by a number, with demand drawn afresh, and N of each work center with its routings and standards; the shift log, the
people and the studies stay those of the first.
"""

from __future__ import annotations

import argparse
import math
import sys
from dataclasses import replace
from pathlib import Path

HERE = Path(__file__).resolve().parent
sys.path[:0] = [str(HERE), str(HERE.parent)]  # run from anywhere, installed or not

import accounts  # noqa: E402
import goods  # noqa: E402
import injuries  # noqa: E402
import inspection  # noqa: E402
import methods  # noqa: E402
import money  # noqa: E402
import pandas as pd  # noqa: E402
import quality  # noqa: E402
import safety  # noqa: E402
import shop  # noqa: E402
import shoplog  # noqa: E402
import studies  # noqa: E402
import team  # noqa: E402
import trade  # noqa: E402
from goods import Scaled  # noqa: E402
from history import buy_history, demand_rows, frame, make_stock  # noqa: E402
from industries import NAMES, load  # noqa: E402
from industry import Buy, Industry, Make  # noqa: E402
from stories import planted  # noqa: E402

from prodkit.plant import TABLES, Plant, dictionary  # noqa: E402

Tables = dict[str, pd.DataFrame]


def make_plant(industry: Industry, scale: int = 1, stories: bool = True) -> Plant:
    """Every table of the plant, checked."""
    industry = planted(industry if stories else replace(industry, stories=()))
    copies = [Scaled(industry, number) for number in range(1, scale + 1)]
    tables, use = goods_tables(industry, copies)
    if industry.shop is not None:
        shop_tables(industry, copies, tables, use)
    if industry.shop is not None and industry.team is not None:
        work_tables(industry, tables, use)
    if industry.methods is not None:
        put(
            tables,
            work_samples=methods.look_rows(industry, industry.methods),
            motions=methods.motion_rows(industry.methods),
            motion_studies=methods.hand_rows(industry.methods),
            changeover_steps=methods.filmed_rows(industry.methods),
        )
    if industry.quality is not None:
        quality_tables(industry, tables)
    if industry.trade is not None:
        trade_tables(industry, copies, tables, use)
    if industry.money is not None:
        money_tables(industry, copies, tables, use)
    plant = Plant({name: tables[name] for name in TABLES if name in tables})
    if faults := plant.check():
        raise SystemExit("\n".join(map(str, faults)))
    return plant


def goods_tables(industry: Industry, copies: list[Scaled]) -> tuple[Tables, pd.DataFrame]:
    """Items, bills, suppliers, demand and orders, and the use of each item by week."""
    tables = {
        "about": pd.DataFrame([industry.about]).astype({"first_day": "datetime64[ns]"}),
        "items": pd.DataFrame([row for copy in copies for row in goods.item_rows(industry, copy)]),
        "bom": pd.DataFrame([row for copy in copies for row in goods.bom_rows(copy)]),
        "demand": pd.DataFrame(
            [r for copy in copies for i in copy.items for r in demand_rows(industry, i, copy.code(i.item))]
        ),
    }
    tables["demand"]["week"] = tables["demand"]["week"].astype("datetime64[ns]")
    tables["demand"] = tables["demand"].sort_values(["week", "item"], kind="stable", ignore_index=True)
    tables["bom"] = tables["bom"].astype({"valid_from": "datetime64[ns]", "valid_to": "datetime64[ns]"})
    if industry.coproducts:
        tables["coproducts"] = pd.DataFrame(
            [r for copy in copies for r in goods.coproduct_rows(industry, copy)]
        )
    plant = Plant(tables)
    weekly = plant.weekly_use()
    use = weekly.pivot(index="item", columns="week", values="quantity")
    orders, receipts, prices = [], [], []
    stock: dict[str, dict[str, float]] = {}
    for copy in copies:
        for item in copy.items:
            code = copy.code(item.item)
            each = use.loc[code].to_numpy()
            if isinstance(item, Buy):
                past, open_, stock[code] = buy_history(industry, item, code, each)
                orders += past
                receipts += open_
                prices += goods.price_rows(item, code)
            elif isinstance(item, Make):
                open_, stock[code] = make_stock(industry, item, code, each)
                receipts += open_
    for name in ("safety_stock", "on_hand", "allocated"):
        tables["items"][name] = [stock.get(code, {}).get(name, 0.0) for code in tables["items"]["item"]]
    orders.sort(key=lambda row: (row["ordered"], row["item"]))
    numbers = {
        id(row): f"P{number:05}"
        for number, row in enumerate(
            sorted(orders + [r for r in receipts if "ordered" in r], key=lambda r: (r["ordered"], r["item"])),
            start=1,
        )
    }
    tables["past_orders"] = pd.DataFrame([{"order": numbers[id(row)], **row} for row in orders])
    for name in ("ordered", "due", "received"):
        tables["past_orders"][name] = tables["past_orders"][name].astype("datetime64[ns]")
    tables["receipts"] = goods.receipt_table(receipts, numbers)
    tables["price_breaks"] = pd.DataFrame(prices)
    tables["suppliers"] = goods.supplier_table(industry, copies, tables["past_orders"])
    return tables, use


def by_year(use: pd.DataFrame) -> dict[str, float]:
    """Use of each item in the last 52 weeks."""
    return {
        str(item): math.fsum(row)
        for item, row in zip(use.index, use.to_numpy()[:, -52:].tolist(), strict=True)
    }


def put(tables: Tables, **made: list[dict[str, object]]) -> None:
    """Add the tables that have rows."""
    tables |= {name: frame(name, rows) for name, rows in made.items() if rows}


def shop_tables(industry: Industry, copies: list[Scaled], tables: Tables, use: pd.DataFrame) -> None:
    """The shop as it stands, of every copy; its upkeep and studies, of the first."""
    weight = goods.weights(industry)
    machines = [row for copy in copies for row in shop.machine_rows(industry, copy.code)]
    put(
        tables,
        calendar=shop.calendar_rows(industry),
        workcenters=[r for copy in copies for r in shop.workcenter_rows(industry, copy.code)],
        machines=machines,
        asset_years=shop.asset_year_rows(industry, shop.machine_rows(industry, copies[0].code)),
        routings=[r for copy in copies for r in shop.routing_rows(industry, copy.code)],
        changeovers=shop.changeover_rows(industry),
        maintenance=shop.maintenance_rows(industry),
        failures=studies.failure_rows(industry),
        time_studies=studies.study_rows(industry),
        tasks=studies.task_rows(industry),
        activities=studies.activity_rows(industry),
        areas=studies.area_rows(industry),
        flows=studies.flow_rows(industry, by_year(use / 52), {i: w or 0.0 for i, w in weight.items()}),
    )


def work_tables(industry: Industry, tables: Tables, use: pd.DataFrame) -> None:
    """People, who was away, who was hurt, the shift log and the hours worked."""
    people, who = team.people_rows(industry)
    away = team.absence_rows(industry, people, who)
    put(
        tables,
        shifts=team.shift_rows(industry),
        people=people,
        skills=team.skill_rows(industry, people, who),
        staffing=team.staffing_rows(industry),
    )
    if industry.safety is not None:
        declared, shifts = industry.safety, tables["shifts"]
        cases = injuries.incident_rows(industry, declared, tables["people"], frame("absences", away), shifts)
        away = team.with_injuries(away, injuries.injury_absences(industry, cases))
        put(
            tables,
            hazards=safety.hazard_rows(declared),
            incidents=cases,
            near_misses=injuries.near_miss_rows(industry, declared, shifts),
            lifts=safety.lift_rows(industry, declared),
            noise=safety.noise_rows(declared),
            heat=safety.heat_rows(declared),
            chemicals=safety.chemical_rows(declared),
            exposures=safety.exposure_rows(declared),
            waste=safety.waste_rows(industry, declared),
        )
    log = shoplog.log_rows(industry, use)
    hours_worked, busy = shoplog.hours_rows(industry, use, log, team.attendance(industry, people, away))
    put(tables, absences=away, production=log.production, stops=log.stops, hours_worked=hours_worked)
    first = tables["workcenters"]["workcenter"].map(busy)
    tables["workcenters"]["utilization"] = first.fillna(tables["workcenters"]["utilization"])


def quality_tables(industry: Industry, tables: Tables) -> None:
    """Measurements, counts and studies; lots and defects follow from what was delivered and made."""
    declared = industry.quality
    assert declared is not None
    put(
        tables,
        characteristics=quality.characteristic_rows(declared),
        measurements=quality.measurement_rows(industry, declared),
        attributes=quality.attribute_rows(industry, declared),
        gauge_studies=quality.gauge_rows(industry, declared),
        agreement_studies=quality.agreement_rows(industry, declared),
        experiment_factors=quality.factor_rows(declared),
        experiments=quality.experiment_rows(industry, declared),
    )
    came = tables["past_orders"]
    came = came[came["item"].isin({item.item for item in industry.items})]
    tables["lots"] = inspection.lot_table(industry, declared, tables["items"], came)
    if "production" in tables:
        tables["defect_log"] = inspection.defect_table(
            industry, declared, tables["items"], tables["machines"], tables["production"]
        )


def trade_tables(industry: Industry, copies: list[Scaled], tables: Tables, use: pd.DataFrame) -> None:
    """Forecast and orders of every copy; counts, places and families of the first."""
    sold = [i for i in industry.items if isinstance(i, Buy | Make) and i.sale is not None]
    codes = [(item, copy.code(item.item)) for copy in copies for item in sold]
    first = [(item, item.item) for item in sold]
    items = tables["items"].iloc[: len(industry.items)]
    units = trade.sold_a_year(industry, first, tables["demand"])
    weight = {item: w or 1.0 for item, w in goods.weights(industry).items()}
    put(
        tables,
        forecast=trade.forecast_rows(industry, codes),
        customers=trade.customer_rows(industry),
        orders=trade.order_rows(industry, codes, tables["demand"]),
        cycle_counts=trade.count_rows(industry, items, by_year(use)),
        sites=trade.site_rows(industry, units),
        site_items=trade.site_item_rows(industry, first, units, weight),
        lanes=trade.lane_rows(industry),
    )
    if industry.shop is not None:
        hours = money.rolled_hours(industry)
        centers = industry.shop.centers
        wage = round(sum(c.wage * c.machines for c in centers) / sum(c.machines for c in centers), 2)
        put(tables, families=trade.family_rows(industry, items, units, hours, wage))


def money_tables(industry: Industry, copies: list[Scaled], tables: Tables, use: pd.DataFrame) -> None:
    """Standards of every copy; the rest of the first."""
    cost = money.costs(industry)
    known = {item.item for item in industry.items}
    first = {
        name: tables[name][tables[name]["item"].isin(known)] for name in ("items", "demand", "past_orders")
    }
    weekly = use[use.index.isin(known)].stack().rename("quantity").reset_index()
    year = accounts.year_of(industry, first["items"], first["demand"], weekly, first["past_orders"])
    overheads, pools, drivers = accounts.overhead_tables(industry, year, by_year(use))
    standards = money.standard_rows(industry, cost)
    put(
        tables,
        standards=[
            {**row, "item": copy.code(row["item"]), "input": copy.code(row["input"])}
            for copy in copies
            for row in standards
        ],
        budget=accounts.budget_rows(industry, year),
        actuals=accounts.actual_rows(industry, year),
        overheads=overheads,
        cost_pools=pools,
        pool_drivers=drivers,
        cash=accounts.cash_rows(industry, year, tables["people"]),
        kpi_targets=accounts.target_rows(industry),
    )


def main() -> None:
    """Write a plant's tables, or the dictionary."""
    parser = argparse.ArgumentParser(description="Write the tables of a sample plant.")
    parser.add_argument("--industry", choices=NAMES, help="which plant (default: all)")
    parser.add_argument("--scale", type=int, default=1, help="so many of each item")
    parser.add_argument(
        "--out", type=Path, help="folder, or .xlsx file (default: the plant's own folder here)"
    )
    parser.add_argument("--no-stories", action="store_true", help="the same plant with nothing planted")
    parser.add_argument("--load", action="store_true", help="show what demand asks of each work center")
    parser.add_argument("--dictionary", action="store_true", help="write README.md")
    choice = parser.parse_args()
    if choice.scale < 1 or (choice.scale > 1 and choice.out is None):
        parser.error("--scale is 1 or more; above 1 it needs --out")
    if choice.no_stories and choice.out is None:
        parser.error("--no-stories needs --out")
    if choice.dictionary:
        (choice.out or HERE / "README.md").write_text(dictionary(), encoding="utf-8", newline="\n")
        return
    for key in [choice.industry] if choice.industry else NAMES:
        if choice.load:
            _, use = goods_tables(load(key), [Scaled(load(key), 1)])
            print("\n".join(shoplog.load_lines(load(key), use)))
            continue
        target = choice.out or HERE / key
        plant = make_plant(load(key), choice.scale, not choice.no_stories)
        plant.write(target)
        print(f"{target}: {plant!r}")


if __name__ == "__main__":
    main()
