"""The one seeded generator of the sample plants.

    python datasets/generate.py --industry metal          the committed tables, the same bytes every time
    python datasets/generate.py --industry metal --scale 20 --out big
    python datasets/generate.py --dictionary              datasets/README.md, from the declared tables

A plant's character (its items, bills, suppliers, seasons) is declared in `industries/<name>/`, which also says where its
orders of magnitude come from. The machinery, here and in `history.py`, is the same for all: demand by level, trend, season, promotions and
chance; what it uses up through the bills; a buyer who orders by habit, week by week; suppliers who deliver as they do;
costs rolled up from the bottom. Every item draws from a stream of its own, so that a change to one leaves the others
alone. Costs are added by math.fsum, since sum() adds floats in another way from Python 3.12 on. `--scale N` makes N of
each item, told apart by a number, with demand drawn afresh.
"""

from __future__ import annotations

import argparse
import math
import sys
from collections.abc import Callable
from pathlib import Path

HERE = Path(__file__).resolve().parent
sys.path[:0] = [str(HERE), str(HERE.parent)]  # run from anywhere, installed or not

import numpy as np  # noqa: E402
import pandas as pd  # noqa: E402
from history import Rows, buy_history, cents, demand_rows, make_stock  # noqa: E402
from industries import NAMES, load  # noqa: E402
from industry import Buy, Industry, Make, Phantom  # noqa: E402

from prodkit.plant import Plant, bill_levels, dictionary  # noqa: E402


class Scaled:
    """One copy of an industry's items: `code` turns a declared item into its code in this copy."""

    def __init__(self, industry: Industry, copy: int) -> None:
        self.items = industry.items
        self.code: Callable[[str], str] = (
            (lambda item: item) if copy == 1 else (lambda item: f"{item}-{copy}")
        )


def make_plant(industry: Industry, scale: int = 1) -> Plant:
    """Every table of the plant, checked."""
    copies = [Scaled(industry, number) for number in range(1, scale + 1)]
    tables = {
        "about": pd.DataFrame([industry.about]).astype({"first_day": "datetime64[ns]"}),
        "items": pd.DataFrame([row for copy in copies for row in item_rows(industry, copy)]),
        "bom": pd.DataFrame([row for copy in copies for row in bom_rows(copy)]),
        "demand": pd.DataFrame(
            [r for copy in copies for i in copy.items for r in demand_rows(industry, i, copy.code(i.item))]
        ),
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
    lines = [
        (parent.item, component)
        for parent in copy.items
        if not isinstance(parent, Buy)
        for component in parent.bill
    ]
    cost = {item.item: item.cost for item in copy.items if isinstance(item, Buy)}
    levels = bill_levels(lines)
    for name in sorted((n for n in levels if n not in cost), key=lambda n: -levels[n]):
        item = declared[name]
        assert not isinstance(item, Buy)
        scrap, good, work = (
            (item.scrap, item.yield_share, item.work) if isinstance(item, Make) else ({}, 1.0, 0.0)
        )
        material = math.fsum(
            quantity * cost[part] / (1 - scrap.get(part, 0)) for part, quantity in item.bill.items()
        )
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
            "item": copy.code(item.item),
            "name": item.name,
            "kind": "phantom",
            "unit": "pcs",
            "lead_time_weeks": 0,
            "safety_lead_weeks": 0,
            "lot_rule": "lot_for_lot",
            "lot_size": None,
            "lot_min": 0.0,
            "lot_multiple": None,
            "lot_periods": None,
            "firm_weeks": 0,
            "demand_fence_weeks": 0,
            "planning_fence_weeks": 0,
            "safety_stock": 0.0,
            "on_hand": 0.0,
            "allocated": 0.0,
            "unit_cost": cost[item.item],
            "order_cost": 0.0,
            "price": None,
            "yield_share": 1.0,
            "shelf_life_weeks": None,
            "family": "sets",
            "planner": "shop planner",
        }
        if isinstance(item, Buy):
            late = next(s.late for s in industry.suppliers if s.name == item.sources[0].supplier) > 0.5
            row |= {
                "kind": "buy",
                "lead_time_weeks": math.ceil(item.sources[0].lead),
                "order_cost": item.order_cost,
                "safety_lead_weeks": int(late),
                "shelf_life_weeks": item.shelf_life,
            }
        elif isinstance(item, Make):
            row |= {
                "kind": "make",
                "lead_time_weeks": item.lead,
                "order_cost": item.setup,
                "firm_weeks": item.lead,
            }
            if item.margin is not None:
                row |= {"demand_fence_weeks": item.lead, "planning_fence_weeks": item.lead + 4}
        if not isinstance(item, Phantom):
            lot = item.lot if item.lot is not None else item.pack if isinstance(item, Buy) else None
            column = {
                "fixed": "lot_size",
                "minimum": "lot_min",
                "multiple": "lot_multiple",
                "periods": "lot_periods",
            }
            row |= {
                "unit": item.unit,
                "lot_rule": item.rule,
                "price": price_of(cost[item.item], item.margin),
                "yield_share": item.yield_share,
                "family": item.family,
                "planner": item.planner,
            }
            if item.rule in column:
                row[column[item.rule]] = lot
        rows.append(row)
    return rows


def bom_rows(copy: Scaled) -> Rows:
    """The table bom."""
    return [
        {
            "parent": copy.code(parent.item),
            "component": copy.code(part),
            "quantity_per": quantity,
            "scrap_share": parent.scrap.get(part, 0.0) if isinstance(parent, Make) else 0.0,
            "step": 1,
            "alternative": "",
            "valid_from": None,
            "valid_to": None,
            "planning_share": 1.0,
        }
        for parent in copy.items
        if not isinstance(parent, Buy)
        for part, quantity in parent.bill.items()
    ]


def receipt_table(receipts: Rows, numbers: dict[int, str]) -> pd.DataFrame:
    """The table receipts: bought (P) and made (W)."""
    rows, made = [], 0
    for row in sorted(receipts, key=lambda row: (row["due"], row["item"])):
        made += id(row) not in numbers
        rows.append(
            {
                "order": numbers.get(id(row), f"W{made:04}"),
                "item": row["item"],
                "quantity": row["quantity"],
                "due": row["due"],
                "firm": id(row) in numbers or made % 3 > 0,
            }
        )
    return pd.DataFrame(rows).astype({"due": "datetime64[ns]"})


def price_rows(item: Buy, code: str) -> Rows:
    """The item's part of the table price_breaks."""
    return [
        {
            "supplier": source.supplier,
            "item": code,
            "from_quantity": float(start),
            "unit_price": cents(item.cost * source.price * factor),
            "kind": "incremental" if source.incremental else "all_units",
        }
        for source in item.sources
        for start, factor in ((0.0, 1.0), *source.breaks)
    ]


def supplier_table(industry: Industry, copies: list[Scaled], orders: pd.DataFrame) -> pd.DataFrame:
    """The table suppliers, its figures as the past orders show them."""
    taken = (orders["received"] - orders["ordered"]).dt.days / 7
    facts = orders.assign(taken=taken, late=orders["received"] > orders["due"]).groupby(["supplier", "item"])
    seen = facts.agg(
        sd=("taken", "std"),
        late=("late", "mean"),
        count=("late", "size"),
        bad=("rejected", "sum"),
        all=("quantity", "sum"),
    )
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
                rows.append(
                    {
                        "supplier": supplier.name,
                        "item": code,
                        "lead_time_weeks": float(source.lead),
                        "lead_time_sd_weeks": round(sd, 2),
                        "min_order": float(source.min_order),
                        "freight": float(supplier.freight),
                        "on_time_share": None if fact is None else round(1 - fact["late"], 3),
                        "defect_ppm": None if fact is None else float(round(fact["bad"] / fact["all"] * 1e6)),
                    }
                )
    return pd.DataFrame(rows)


def main() -> None:
    """Write a plant's tables, or the dictionary."""
    parser = argparse.ArgumentParser(description="Write the tables of a sample plant.")
    parser.add_argument("--industry", choices=NAMES, help="which plant (default: all)")
    parser.add_argument("--scale", type=int, default=1, help="so many of each item")
    parser.add_argument(
        "--out", type=Path, help="folder, or .xlsx file (default: the plant's own folder here)"
    )
    parser.add_argument("--dictionary", action="store_true", help="write README.md")
    choice = parser.parse_args()
    if choice.scale < 1 or (choice.scale > 1 and choice.out is None):
        parser.error("--scale is 1 or more; above 1 it needs --out")
    if choice.dictionary:
        (choice.out or HERE / "README.md").write_text(dictionary(), encoding="utf-8", newline="\n")
        return
    for key in [choice.industry] if choice.industry else NAMES:
        target = choice.out or HERE / key
        plant = make_plant(load(key), choice.scale)
        plant.write(target)
        print(f"{target}: {plant!r}")


if __name__ == "__main__":
    main()
