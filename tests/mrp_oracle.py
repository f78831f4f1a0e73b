"""A second, slow, plain way to a material plan: dictionaries and loops, one item and week after another.

Shares nothing with prodkit. Tables come as lists of dictionaries with every figure filled in.
"""

from __future__ import annotations

import math
from collections import defaultdict
from typing import Any

SMALL = 1e-7


def depth_of(items: list[dict[str, Any]], above: dict[str, set[str]]) -> list[str]:
    """Items so that each comes after everything it goes into, or comes out of."""
    done: list[str] = []
    waiting = [item["item"] for item in items]
    while waiting:
        ready = [code for code in waiting if above[code] <= set(done)]
        assert ready, "a loop"
        done += ready
        waiting = [code for code in waiting if code not in ready]
    return done


def lot(item: dict[str, Any], lacking: float, window: float) -> float:
    """What is ordered when so much is lacking now, and so much by the end of the rule's window."""
    rule = item["lot_rule"]
    if rule == "fixed":
        return math.ceil(lacking / item["lot_size"] - SMALL) * item["lot_size"]
    amount = window if rule == "periods" else lacking
    if item["lot_min"]:
        amount = max(amount, item["lot_min"])
    if item["lot_multiple"]:
        amount = math.ceil(amount / item["lot_multiple"] - SMALL) * item["lot_multiple"]
    return amount


def plan(
    items: list[dict[str, Any]],
    bom: list[dict[str, Any]],
    demand: list[dict[str, Any]],
    receipts: list[dict[str, Any]],
    coproducts: list[dict[str, Any]],
    weeks: int,
    *,
    late: str = "keep",
    lots_of: str = "ordered",
    open_orders: str = "as_due",
) -> dict[str, dict[str, list[float]]]:
    """Line name to figures, week 0 being the first, by item; and "late": releases before the first week."""
    known = {item["item"]: item for item in items}
    above: dict[str, set[str]] = defaultdict(set)
    for line in bom:
        above[line["component"]].add(line["parent"])
    for line in coproducts:
        above[line["item"]].add(line["parent"])
    out: dict[str, dict[str, list[float]]] = {}
    for code in depth_of(items, above):
        item = dict(known[code])
        if item["kind"] == "phantom":
            item |= {"lead_time_weeks": 0, "safety_lead_weeks": 0, "lot_rule": "lot_for_lot", "lot_min": 0,
                     "lot_multiple": 0, "firm_weeks": 0, "safety_stock": 0, "yield_share": 1}  # fmt: skip
        gross, scheduled, beside = ([0.0] * weeks for _ in range(3))
        for row in demand:
            if row["item"] == code and row["week"] <= weeks:
                gross[max(row["week"] - 1, 0)] += row["quantity"]
        for line in bom:
            if line["component"] == code:
                for t, started in enumerate(out[line["parent"]]["release"]):
                    if line["valid_from"] <= t + 1 <= line["valid_to"]:
                        gross[t] += started * line["quantity_per"] / (1 - line["scrap_share"])
        for line in coproducts:
            if line["item"] == code:
                for t, good in enumerate(out[line["parent"]]["receipt"]):
                    beside[t] += good * line["quantity_per"]
        opening, safety = item["on_hand"] - item["allocated"], item["safety_stock"]
        mine = [dict(r) for r in receipts if r["item"] == code and r["due"] <= weeks]
        mine.sort(key=lambda r: r["due"])
        so_far = 0.0
        for r in mine:
            r["week"] = max(r["due"] - 1, 0)
            if open_orders == "rescheduled":
                stock = opening + so_far
                for t in range(weeks):
                    stock += beside[t] - gross[t]
                    if stock < safety - SMALL:
                        r["week"] = min(r["week"], max(0, t - item["safety_lead_weeks"]))
                        break
                so_far += r["quantity"]
            scheduled[r["week"]] += r["quantity"]
        out[code] = record(item, gross, scheduled, beside, opening, weeks, late, lots_of)
    return out


def record(
    item: dict[str, Any],
    gross: list[float],
    scheduled: list[float],
    beside: list[float],
    opening: float,
    weeks: int,
    late: str,
    lots_of: str,
) -> dict[str, list[float]]:
    """One item's record, week by week."""
    safety, good = item["safety_stock"], item["yield_share"]
    lead, early = item["lead_time_weeks"], item["safety_lead_weeks"]
    first = max(item["firm_weeks"], lead) if late == "move" else item["firm_weeks"]
    per_lot = good if lots_of == "ordered" else 1.0  # good units in one unit of what the lot rule counts
    receipt, release, net = ([0.0] * weeks for _ in range(3))
    missed = 0.0
    stock = opening
    for t in range(weeks):
        lacking = gross[t] + safety - stock - scheduled[t] - beside[t]
        net[t] = max(0.0, lacking) if lacking > SMALL else 0.0
        come = 0.0
        if lacking > SMALL and t >= first:
            ahead, window = lacking, lacking
            for s in range(t + 1, min(weeks, t + int(item["lot_periods"] or 1))):
                ahead += gross[s] - scheduled[s] - beside[s]
                window = max(window, ahead)
            size = lot(item, lacking / per_lot, window / per_lot)
            come = size * per_lot
            due = max(t - early, min(t, first))
            receipt[due] += come
            start = due - lead
            if start < 0:
                missed += come / good
            release[max(start, 0)] += come / good
        stock += scheduled[t] + beside[t] + come - gross[t]
    available, stock = [], opening
    for t in range(weeks):
        stock += scheduled[t] + beside[t] + receipt[t] - gross[t]
        available.append(stock)
    return {
        "gross": gross,
        "scheduled": scheduled,
        "coproduct": beside,
        "available": available,
        "net": net,
        "receipt": receipt,
        "release": release,
        "late": [missed],
    }
