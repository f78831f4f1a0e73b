"""What things should cost: standards, and the unit costs that they add up to. What they did cost is in `accounts.py`.

Standards, unit cost and price list agree to the cent: a made item's standard is its bill's material at unit cost and its
routing's hours at the work center's rates, each for one good unit. Setups are overhead, in the rates.
"""

from __future__ import annotations

import math
from dataclasses import dataclass, field
from typing import Any

from history import Rows
from industry import Buy, Industry, Make
from shop import routing

from prodkit.plant import bill_levels

__all__ = ["Money", "costs", "rolled_hours", "standard_rows", "standards"]


@dataclass(frozen=True)
class Money:
    """All of it; the shares are of sales."""

    selling: float = 0.08
    administration: float = 0.07
    tax: float = 0.02
    office: tuple[str, ...] = (
        "planner",
        "buyer",
        "engineer",
        "clerk",
        "manager",
    )  # roles of selling and administration
    capital: dict[int, float] = field(
        default_factory=dict
    )  # spent on equipment, by month counted back from today
    targets: tuple[
        tuple[str, str, float, str, str], ...
    ] = ()  # beside the usual: kpi, unit, target, better, owner


def costs(industry: Industry) -> dict[str, float]:
    """Standard cost of each declared item, rolled up through the bills.

    A co-product carries its share of the parent's cost beside what its own bill and routing add, so it comes after it.
    """
    declared = {item.item: item for item in industry.items}
    lines = [(p.item, c) for p in industry.items if not isinstance(p, Buy) for c in p.bill]
    joint = [c for c in industry.coproducts if c.cost_share]
    cost = {item.item: item.cost for item in industry.items if isinstance(item, Buy)}
    whole: dict[str, float] = {}  # of a made item, before any of it is carried elsewhere
    levels = bill_levels([*lines, *((c.item, c.parent) for c in joint)])
    for name in sorted((n for n in levels if n not in cost), key=lambda n: -levels[n]):
        item = declared[name]
        if isinstance(item, Make):
            amounts = [row["quantity"] * row["rate"] for row in standards(industry, item, cost)]
            amounts += [c.cost_share * whole[c.parent] / c.quantity for c in joint if c.item == name]
            whole[name] = math.fsum(amounts)
            carried = math.fsum(c.cost_share for c in joint if c.parent == name)
            cost[name] = round(whole[name] * (1 - carried), 2)
        else:
            assert not isinstance(item, Buy)
            parts = (q * cost[part] * item.shares.get(part, 1.0) for part, q in item.bill.items())
            cost[name] = round(math.fsum(parts) * 100) / 100
    return cost


def standards(industry: Industry, item: Make, cost: dict[str, float]) -> list[dict[str, Any]]:
    """What one good unit should take, given the cost of its components."""

    def row(kind: str, input_: str, quantity: float, rate: float) -> dict[str, Any]:
        return {"kind": kind, "input": input_, "quantity": float(f"{quantity:.7g}"), "rate": rate}

    rows = [
        row("material", part, quantity / (1 - item.scrap.get(part, 0)) / item.yield_share
            * item.shares.get(part, 1.0), cost[part])
        for part, quantity in item.bill.items()
    ]  # fmt: skip
    if industry.shop is None:
        return [*rows, row("labor", "work", 1, item.work)] if item.work else rows
    hours: dict[str, float] = {}
    for step in routing(industry, item):
        code = step["workcenter"]
        hours[code] = hours.get(code, 0.0) + step["run_hours"] / item.yield_share
    for code, each in hours.items():
        center = industry.shop.center(code)
        rows += [
            row("labor", code, each * center.crew, center.wage),
            row("variable_overhead", code, each, center.variable),
            row("fixed_overhead", code, each, center.fixed),
        ]
    return rows


def standard_rows(industry: Industry, cost: dict[str, float]) -> Rows:
    """The table standards."""
    return [
        {"item": item.item, **row}
        for item in industry.items
        if isinstance(item, Make)
        for row in standards(industry, item, cost)
    ]


def rolled_hours(industry: Industry) -> dict[str, float]:
    """Labor hours in one unit of each item, those in its components among them."""
    lines = [(p.item, c) for p in industry.items if not isinstance(p, Buy) for c in p.bill]
    levels, declared = bill_levels(lines), {item.item: item for item in industry.items}
    hours: dict[str, float] = {}
    for name in sorted(declared, key=lambda n: -levels.get(n, 0)):
        item = declared[name]
        own = 0.0
        if isinstance(item, Make):
            own = math.fsum(s["run_hours"] * s["crew"] for s in routing(industry, item)) / item.yield_share
        bill = {} if isinstance(item, Buy) else item.bill
        hours[name] = own + math.fsum(q * hours[part] for part, q in bill.items())
    return hours
