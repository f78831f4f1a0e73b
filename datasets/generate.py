"""The one seeded generator of the sample plants.

    python datasets/generate.py --industry metal          the committed tables, the same bytes every time
    python datasets/generate.py --industry metal --scale 20 --out big
    python datasets/generate.py --dictionary              datasets/README.md, from the declared tables

A plant's character (its items, bills, suppliers, seasons) is declared in `industry_<name>.py`, which also says where its
orders of magnitude come from. The machinery here is the same for all: demand by level, trend, season, promotions and
chance; what it uses up through the bills; a buyer who orders by habit, week by week; suppliers who deliver as they do;
costs rolled up from the bottom. Every item draws from a stream of its own, so that a change to one leaves the others
alone; sums are exactly rounded (math.fsum), since sum() adds floats otherwise from Python 3.12 on. `--scale N` makes N of each item, told apart by a number, with demand drawn afresh.
"""

from __future__ import annotations

import argparse
import math
import sys
import zlib
from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path

HERE = Path(__file__).resolve().parent
sys.path[:0] = [str(HERE), str(HERE.parent)]  # run from anywhere, installed or not

import numpy as np  # noqa: E402
import pandas as pd  # noqa: E402
from industry import Buy, Industry, Make, Phantom, Source  # noqa: E402
from industry_metal import METAL  # noqa: E402

from prodkit.plant import Plant, bill_levels, dictionary  # noqa: E402

INDUSTRIES = {industry.key: industry for industry in (METAL,)}
DEMAND, ORDERS, STOCK = range(3)  # streams of chance
Rows = list[dict[str, object]]


def stream(industry: Industry, purpose: int, item: str) -> np.random.Generator:
    """The random numbers of one item for one purpose."""
    return np.random.default_rng([industry.seed, purpose, zlib.crc32(item.encode())])


class Scaled:
    """One copy of an industry's items: `code` turns a declared item into its code in this copy."""

    def __init__(self, industry: Industry, copy: int) -> None:
        self.items = industry.items
        self.code: Callable[[str], str] = (lambda item: item) if copy == 1 else (lambda item: f"{item}-{copy}")


def make_plant(industry: Industry, scale: int = 1) -> Plant:
    """Every table of the plant, checked."""
    copies = [Scaled(industry, number) for number in range(1, scale + 1)]
    tables = {
        "about": pd.DataFrame([industry.about]).astype({"first_day": "datetime64[ns]"}),
        "items": pd.DataFrame([row for copy in copies for row in item_rows(industry, copy)]),
        "bom": pd.DataFrame([row for copy in copies for row in bom_rows(copy)]),
        "demand": pd.DataFrame([row for copy in copies for row in demand_rows(industry, copy)]),
    }
    tables["demand"]["week"] = tables["demand"]["week"].astype("datetime64[ns]")
    tables["demand"] = tables["demand"].sort_values(["week", "item"], kind="stable", ignore_index=True)
    tables["bom"][["valid_from", "valid_to"]] = np.datetime64("NaT", "ns")
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
                prices += price_rows(item, code)
            elif isinstance(item, Make):
                open_, stock[code] = make_stock(industry, item, code, each)
                receipts += open_
    for name in ("safety_stock", "on_hand", "allocated"):
        tables["items"][name] = [stock.get(code, {}).get(name, 0.0) for code in tables["items"]["item"]]
    orders.sort(key=lambda row: (row["ordered"], row["item"]))
    numbers = {id(row): f"P{number:05}" for number, row in enumerate(
        sorted(orders + [r for r in receipts if "ordered" in r], key=lambda r: (r["ordered"], r["item"])), start=1)}
    tables["past_orders"] = pd.DataFrame([{"order": numbers[id(row)], **row} for row in orders])
    for name in ("ordered", "due", "received"):
        tables["past_orders"][name] = tables["past_orders"][name].astype("datetime64[ns]")
    tables["receipts"] = receipt_table(receipts, numbers)
    tables["price_breaks"] = pd.DataFrame(prices)
    tables["suppliers"] = supplier_table(industry, copies, tables["past_orders"])
    plant = Plant(tables)
    if faults := plant.check():
        raise SystemExit("\n".join(map(str, faults)))
    return plant


def costs(copy: Scaled) -> dict[str, float]:
    """Standard cost of each declared item, rolled up through the bills."""
    declared = {item.item: item for item in copy.items}
    lines = [(parent.item, component) for parent in copy.items if not isinstance(parent, Buy) for component in parent.bill]
    cost = {item.item: item.cost for item in copy.items if isinstance(item, Buy)}
    levels = bill_levels(lines)
    for name in sorted((n for n in levels if n not in cost), key=lambda n: -levels[n]):
        item = declared[name]
        assert not isinstance(item, Buy)
        scrap, good, work = (item.scrap, item.yield_share, item.work) if isinstance(item, Make) else ({}, 1.0, 0.0)
        material = math.fsum(quantity * cost[part] / (1 - scrap.get(part, 0)) for part, quantity in item.bill.items())
        cost[name] = round((material / good + work) * 100) / 100
    return cost


def price_of(cost: float, margin: float | None) -> float | None:
    """A selling price as a price list shows it."""
    if margin is None:
        return None
    price, step = cost * (1 + margin), 1.0 if cost > 60 else 0.1 if cost > 6 else 0.05
    return round(math.ceil(price / step) * step, 2)


def item_rows(industry: Industry, copy: Scaled) -> Rows:
    """The table items, without its stock."""
    cost = costs(copy)
    rows: Rows = []
    for item in copy.items:
        row: dict[str, object] = {
            "item": copy.code(item.item), "name": item.name, "kind": "phantom", "unit": "pcs", "lead_time_weeks": 0,
            "safety_lead_weeks": 0, "lot_rule": "lot_for_lot", "lot_size": None, "lot_min": 0.0, "lot_multiple": None,
            "lot_periods": None, "firm_weeks": 0, "demand_fence_weeks": 0, "planning_fence_weeks": 0,
            "safety_stock": 0.0, "on_hand": 0.0, "allocated": 0.0, "unit_cost": cost[item.item], "order_cost": 0.0,
            "price": None, "yield_share": 1.0, "shelf_life_weeks": None, "family": "sets", "planner": "shop planner",
        }
        if isinstance(item, Buy):
            late = next(s.late for s in industry.suppliers if s.name == item.sources[0].supplier) > 0.5
            row |= {"kind": "buy", "lead_time_weeks": math.ceil(item.sources[0].lead), "order_cost": item.order_cost,
                    "safety_lead_weeks": int(late), "shelf_life_weeks": item.shelf_life}
        elif isinstance(item, Make):
            row |= {"kind": "make", "lead_time_weeks": item.lead, "order_cost": item.setup, "firm_weeks": item.lead}
            if item.margin is not None:
                row |= {"demand_fence_weeks": item.lead, "planning_fence_weeks": item.lead + 4}
        if not isinstance(item, Phantom):
            lot = item.lot if item.lot is not None else item.pack if isinstance(item, Buy) else None
            column = {"fixed": "lot_size", "minimum": "lot_min", "multiple": "lot_multiple", "periods": "lot_periods"}
            row |= {"unit": item.unit, "lot_rule": item.rule, "price": price_of(cost[item.item], item.margin),
                    "yield_share": item.yield_share, "family": item.family, "planner": item.planner}
            if item.rule in column:
                row[column[item.rule]] = lot
        rows.append(row)
    return rows


def bom_rows(copy: Scaled) -> Rows:
    """The table bom."""
    return [
        {"parent": copy.code(parent.item), "component": copy.code(part), "quantity_per": quantity,
         "scrap_share": parent.scrap.get(part, 0.0) if isinstance(parent, Make) else 0.0, "step": 1, "alternative": "",
         "valid_from": None, "valid_to": None, "planning_share": 1.0}
        for parent in copy.items if not isinstance(parent, Buy)
        for part, quantity in parent.bill.items()
    ]


def mondays(industry: Industry) -> list[date]:
    """The weeks of the history, the last one just before the first day."""
    first = date.fromisoformat(str(industry.about["first_day"]))
    return [first - timedelta(weeks=industry.weeks - week) for week in range(industry.weeks)]


def demand_rows(industry: Industry, copy: Scaled) -> Rows:
    """The table demand: every week of every sold item, also those without any demand."""
    rows: Rows = []
    weeks = mondays(industry)
    for item in copy.items:
        if isinstance(item, Phantom) or item.sale is None:
            continue
        sale, code = item.sale, copy.code(item.item)
        rng = stream(industry, DEMAND, code)
        amplitude, peak = industry.seasons.get(item.family, (0.0, 0))
        growth = industry.trends.get(item.family, 0.0)
        for number, week in enumerate(weeks):
            any_, noise, short, part = rng.random(), rng.standard_normal(), rng.random(), rng.uniform(0.4, 0.85)
            lift = max([p.lift for p in industry.promotions
                        if p.family == item.family and p.first <= number < p.first + p.weeks], default=1.0)
            angle = 2 * math.pi * (week.timetuple().tm_yday / 7 - peak) / 52.18
            mean = sale.weekly * (1 + growth * (number - 26) / 52) * (1 + amplitude * math.cos(angle)) * lift
            mean = mean / sale.chance if any_ < sale.chance else 0.0
            sd = math.sqrt(mean + (sale.spread * mean) ** 2)
            quantity = max(0, round(mean + sd * noise))
            out = quantity > 0 and short < sale.short * (6 if lift > 1 else 1)
            rows.append({"week": week, "item": code, "quantity": float(round(quantity * part) if out else quantity),
                         "promotion": lift > 1, "stocked_out": out})
    return rows


def step_up(quantity: float, step: float) -> float:
    """The next multiple of the step."""
    return math.ceil(quantity / step - 1e-9) * step


def paid(source: Source, cost: float, quantity: float, years_ago: float, inflation: float) -> float:
    """Price a unit for an order of this quantity, so long ago; price lists change by the quarter."""
    first = cost * source.price * (1 - inflation * int(years_ago * 4) / 4)
    steps = [(0.0, 1.0), *source.breaks]
    if not source.incremental:
        factor = [f for start, f in steps if quantity >= start][-1]
    else:
        ends = [*(start for start, _ in steps[1:]), math.inf]
        amounts = [max(0.0, min(quantity, end) - start) for (start, _), end in zip(steps, ends, strict=True)]
        factor = math.fsum(f * amount for (_, f), amount in zip(steps, amounts, strict=True)) / quantity
    return cents(first * factor)


def cents(price: float) -> float:
    """A price as a list shows it: two decimals, four below 1."""
    return round(price, 2 if price >= 1 else 4)


def workday(day: date) -> date:
    """The day itself, or the Monday after a weekend."""
    return day + timedelta(days=(7 - day.weekday()) % 7) if day.weekday() > 4 else day


def buy_history(industry: Industry, item: Buy, code: str, use: np.ndarray) -> tuple[Rows, Rows, dict[str, float]]:
    """Past orders, open orders and today's stock of a bought item, from the buyer's habit week by week."""
    rng = stream(industry, ORDERS, code)
    weeks, first_day = mondays(industry), date.fromisoformat(str(industry.about["first_day"]))
    suppliers = {supplier.name: supplier for supplier in industry.suppliers}
    usual = float(np.mean(use[-52:]))
    safety = item.safety_stock if item.safety_stock is not None else step_up(item.safety * usual, 1)
    stock = safety + item.cover * float(np.mean(use[:8]))
    waiting: Rows = []
    past: Rows = []
    for number, week in enumerate(weeks):
        for row in [row for row in waiting if row["received"] < week + timedelta(days=5)]:
            waiting.remove(row)
            past.append(row)
            stock += row["accepted"]
        stock = max(0.0, stock - float(use[number]))
        rate = float(np.mean(use[max(0, number - 12): number + 1]))
        lead = item.sources[0].lead + max(0.0, suppliers[item.sources[0].supplier].late)
        position = stock + sum(row["quantity"] for row in waiting)
        if position >= safety + rate * (lead + 1):
            continue
        pick = rng.random() * sum(source.share for source in item.sources)
        source = next(s for n, s in enumerate(item.sources) if pick <= sum(t.share for t in item.sources[:n + 1]))
        supplier = suppliers[source.supplier]
        habit = item.cover * rate * rng.uniform(0.85, 1.15)
        if item.rule == "fixed":
            habit = item.lot
        quantity = max(step_up(habit, item.pack), step_up(source.min_order, item.pack), item.pack)
        ordered = week + timedelta(days=int(rng.integers(0, 5)))
        taken = max(0.3, source.lead + supplier.late + supplier.sd * rng.standard_normal())
        rejected = float(rng.binomial(int(quantity), supplier.ppm / 1e6))
        if rng.random() < supplier.bad_lots:
            rejected = float(round(quantity * rng.uniform(0.1, 0.3)))
        ago = (first_day - ordered).days / 365
        waiting.append({
            "supplier": source.supplier, "item": code, "quantity": float(quantity), "ordered": ordered,
            "due": ordered + timedelta(days=round(7 * source.lead)),
            "received": workday(ordered + timedelta(days=round(7 * taken))),
            "unit_price": paid(source, item.cost, quantity, ago, supplier.inflation),
            "accepted": float(quantity) - rejected, "rejected": rejected,
        })
    for row in [row for row in waiting if row["received"] < first_day]:
        waiting.remove(row)
        past.append(row)
        stock += row["accepted"]
    return past, waiting, {"safety_stock": float(safety), "on_hand": float(round(stock))}


def make_stock(industry: Industry, item: Make, code: str, use: np.ndarray) -> tuple[Rows, dict[str, float]]:
    """Today's stock of a made item, and perhaps a shop order under way."""
    rng = stream(industry, STOCK, code)
    usual = float(np.mean(use[-13:]))
    safety = step_up(item.safety * usual, 1)
    on_hand = round(safety + item.cover * usual * rng.uniform(0.2, 1.0))
    allocated = round(on_hand * rng.uniform(0.1, 0.4)) if rng.random() < 0.4 else 0
    first_day = date.fromisoformat(str(industry.about["first_day"]))
    quantity = item.lot if item.rule == "fixed" else max(1, step_up(usual, item.lot if item.rule == "multiple" else 1))
    due = first_day + timedelta(days=int(7 * rng.integers(0, item.lead + 1) + 4))
    rows: Rows = [{"item": code, "quantity": float(quantity), "due": due}] if rng.random() < 0.55 else []
    return rows, {"safety_stock": float(safety), "on_hand": float(on_hand), "allocated": float(allocated)}


def receipt_table(receipts: Rows, numbers: dict[int, str]) -> pd.DataFrame:
    """The table receipts: bought (P) and made (W)."""
    rows, made = [], 0
    for row in sorted(receipts, key=lambda row: (row["due"], row["item"])):
        made += id(row) not in numbers
        rows.append({"order": numbers.get(id(row), f"W{made:04}"), "item": row["item"], "quantity": row["quantity"],
                     "due": row["due"], "firm": id(row) in numbers or made % 3 > 0})
    return pd.DataFrame(rows).astype({"due": "datetime64[ns]"})


def price_rows(item: Buy, code: str) -> Rows:
    """The item's part of the table price_breaks."""
    return [
        {"supplier": source.supplier, "item": code, "from_quantity": float(start),
         "unit_price": cents(item.cost * source.price * factor),
         "kind": "incremental" if source.incremental else "all_units"}
        for source in item.sources for start, factor in ((0.0, 1.0), *source.breaks)
    ]


def supplier_table(industry: Industry, copies: list[Scaled], orders: pd.DataFrame) -> pd.DataFrame:
    """The table suppliers, its figures as the past orders show them."""
    taken = (orders["received"] - orders["ordered"]).dt.days / 7
    facts = orders.assign(taken=taken, late=orders["received"] > orders["due"]).groupby(["supplier", "item"])
    seen = facts.agg(sd=("taken", "std"), late=("late", "mean"), count=("late", "size"), bad=("rejected", "sum"), all=("quantity", "sum"))
    known = seen.to_dict("index")
    rows: Rows = []
    for supplier in industry.suppliers:
        for copy in copies:
            for item, source in [(i, s) for i in copy.items if isinstance(i, Buy) for s in i.sources]:
                if source.supplier != supplier.name:
                    continue
                code = copy.code(item.item)
                fact = known.get((supplier.name, code))
                sd = supplier.sd if fact is None or fact["count"] < 5 else fact["sd"]  # too few tell nothing
                rows.append({
                    "supplier": supplier.name, "item": code, "lead_time_weeks": float(source.lead),
                    "lead_time_sd_weeks": round(sd, 2), "min_order": float(source.min_order),
                    "freight": float(supplier.freight),
                    "on_time_share": None if fact is None else round(1 - fact["late"], 3),
                    "defect_ppm": None if fact is None else float(round(fact["bad"] / fact["all"] * 1e6)),
                })
    return pd.DataFrame(rows)


def main() -> None:
    """Write a plant's tables, or the dictionary."""
    parser = argparse.ArgumentParser(description="Write the tables of a sample plant.")
    parser.add_argument("--industry", choices=sorted(INDUSTRIES), help="which plant (default: all)")
    parser.add_argument("--scale", type=int, default=1, help="so many of each item")
    parser.add_argument("--out", type=Path, help="folder, or .xlsx file (default: the plant's own folder here)")
    parser.add_argument("--dictionary", action="store_true", help="write README.md")
    choice = parser.parse_args()
    if choice.scale < 1 or (choice.scale > 1 and choice.out is None):
        parser.error("--scale is 1 or more; above 1 it needs --out")
    if choice.dictionary:
        (choice.out or HERE / "README.md").write_text(dictionary(), encoding="utf-8", newline="\n")
        return
    for key in [choice.industry] if choice.industry else sorted(INDUSTRIES):
        target = choice.out or HERE / key
        plant = make_plant(INDUSTRIES[key], choice.scale)
        plant.write(target)
        print(f"{target}: {plant!r}")


if __name__ == "__main__":
    main()
