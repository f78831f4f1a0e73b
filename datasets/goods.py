"""What the plant buys, makes and sells, as tables: items, bills, suppliers, their price lists, open orders."""

from __future__ import annotations

import math
from collections.abc import Callable
from datetime import date, timedelta

import pandas as pd
from history import Rows, cents
from industry import Buy, Industry, Make, Phantom
from money import costs

from prodkit.plant import bill_levels

__all__ = [
    "Scaled",
    "bom_rows",
    "coproduct_rows",
    "item_rows",
    "price_rows",
    "receipt_table",
    "supplier_table",
    "weights",
]


class Scaled:
    """One copy of an industry's items: `code` turns a declared item into its code in this copy."""

    def __init__(self, industry: Industry, copy: int) -> None:
        self.items = industry.items
        self.code: Callable[[str], str] = (
            (lambda item: item) if copy == 1 else (lambda item: f"{item}-{copy}")
        )


def price_of(cost: float, margin: float | None) -> float | None:
    """A selling price as a price list shows it."""
    if margin is None:
        return None
    price, step = cost * (1 + margin), 1.0 if cost > 60 else 0.1 if cost > 6 else 0.05
    return round(math.ceil(price / step) * step, 2)


def item_rows(industry: Industry, copy: Scaled) -> Rows:
    """The table items, without its stock."""
    cost, weight = costs(industry), weights(industry)
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
            "weight": weight[item.item],
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
                "shelf_life_weeks": item.shelf_life,
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
    """The table bom: the usual bill, with what takes a component's place from a day on, and the alternative ones."""
    rows: Rows = []
    for parent in copy.items:
        if isinstance(parent, Buy):
            continue
        made = parent if isinstance(parent, Make) else None
        changes = {change.component: change for change in made.changes} if made else {}
        for part, quantity in parent.bill.items():
            line = bom_line(copy, parent, part, quantity, "")
            change = changes.get(part)
            if change is None:
                rows.append(line)
                continue
            day = date.fromisoformat(change.day)
            rows.append(line | {"valid_to": day - timedelta(days=1)})
            rows.append(line | {"component": copy.code(change.instead), "valid_from": day})
        for name, bill in (made.others if made else {}).items():
            rows += [bom_line(copy, parent, part, quantity, name) for part, quantity in bill.items()]
    return rows


def bom_line(
    copy: Scaled, parent: Make | Phantom, part: str, quantity: float, alternative: str
) -> dict[str, object]:
    """A line of a bill."""
    made = parent if isinstance(parent, Make) else None
    return {
        "parent": copy.code(parent.item),
        "component": copy.code(part),
        "quantity_per": quantity,
        "scrap_share": made.scrap.get(part, 0.0) if made else 0.0,
        "step": made.steps.get(part, 10) if made else 1,
        "alternative": alternative,
        "valid_from": None,
        "valid_to": None,
        "planning_share": parent.shares.get(part, 1.0),
    }


def coproduct_rows(industry: Industry, copy: Scaled) -> Rows:
    """The table coproducts."""
    return [
        {
            "parent": copy.code(c.parent),
            "item": copy.code(c.item),
            "quantity_per": c.quantity,
            "cost_share": c.cost_share,
        }
        for c in industry.coproducts
    ]


def weights(industry: Industry) -> dict[str, float | None]:
    """Weight of one unit of each item (kg or lb): declared, or that of its bill; None where nothing is known."""
    lines = [(p.item, c) for p in industry.items if not isinstance(p, Buy) for c in p.bill]
    levels, declared = bill_levels(lines), {item.item: item for item in industry.items}
    found: dict[str, float | None] = {}
    for name in sorted(declared, key=lambda n: -levels.get(n, 0)):
        item = declared[name]
        given = None if isinstance(item, Phantom) else item.weight
        if given is None and not isinstance(item, Buy):
            parts = [
                q * w * item.shares.get(p, 1.0) for p, q in item.bill.items() if (w := found[p]) is not None
            ]
            given = float(f"{math.fsum(parts):.4g}") if parts else None
        found[name] = given or None
    return found


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
