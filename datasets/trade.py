"""Customers and places: forecast, orders, counts of the store, warehouses, families.

The forecast is what the demand's declaration expects, as a salesperson rounds it; orders that were shipped in the last
weeks add up to the demand of those weeks, and open ones thin out toward the future. Orders of magnitude (from memory,
unchecked): a warehouse of a small firm costs 60,000 to 250,000 a year; a truckload 2 to 3 a mile; one count in ten to fifteen
differs from the record.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from datetime import timedelta

import numpy as np
import pandas as pd
from history import Rows, expected, first_day, stream, workday
from industry import Buy, Industry, Make

__all__ = [
    "Customer", "Lane", "Site", "Trade", "count_rows", "customer_rows", "family_rows", "forecast_rows", "lane_rows",
    "order_rows", "site_item_rows", "site_rows",
]  # fmt: skip

FORECAST, CUSTOMERS, COUNTS, SITES = range(340, 344)  # streams of chance
AHEAD = 26  # weeks of the forecast
OPEN = 14  # weeks of open orders
SHIPPED = 8  # weeks of shipped ones
CAUSES = ("wrong location", "scrap not booked", "counted wrong", "issued, not booked", "wrong unit", "")


@dataclass(frozen=True)
class Customer:
    """Who buys, and how much of it."""

    name: str
    region: str
    share: float  # of the orders
    service: str = "B"
    days: int = 30  # to pay
    items: tuple[str, ...] = ()  # families or items that it takes; every one if empty


@dataclass(frozen=True)
class Site:
    """A place on the map (km or mi). Of a warehouse or customer, its share of what is sold."""

    name: str
    kind: str
    x: float
    y: float
    share: float = 0.0
    fixed: float = 0.0
    unit: float = 0.0
    stocks: int = 0  # so many of the best sellers are kept there


@dataclass(frozen=True)
class Lane:
    """A way between two sites. Distance and days follow from the map unless they are given."""

    start: str
    end: str
    mode: str = "truckload"
    shipment: float = 0.0  # currency a shipment
    weight: float = 0.0  # currency a kg or lb
    days: float | None = None
    spread: float = 0.3  # days


@dataclass(frozen=True)
class Trade:
    """All of it."""

    customers: tuple[Customer, ...]
    sites: tuple[Site, ...]
    lanes: tuple[Lane, ...]
    notice: float = 5.0  # mean weeks from an order to its due day
    bias: float = 0.03  # of the forecast, as a share


def forecast_rows(industry: Industry, codes: list[tuple[Buy | Make, str]]) -> Rows:
    """The table forecast."""
    assert industry.trade is not None
    rows: Rows = []
    for item, code in codes:
        rng = stream(industry, FORECAST, code)
        tilt = 1 + industry.trade.bias + 0.04 * rng.standard_normal()
        for ahead in range(AHEAD):
            mean = expected(industry, item, industry.weeks + ahead) * tilt
            step = 10.0 ** max(0, math.floor(math.log10(max(mean, 1))) - 1)
            week = first_day(industry) + timedelta(weeks=ahead)
            rows.append({"week": week, "item": code, "quantity": float(round(mean / step) * step)})
    return sorted(rows, key=lambda r: (r["week"], r["item"]))


def customer_rows(industry: Industry) -> Rows:
    """The table customers."""
    assert industry.trade is not None
    return [
        {"customer": c.name, "region": c.region, "service_class": c.service, "payment_days": c.days}
        for c in industry.trade.customers
    ]


def takers(industry: Industry, item: Buy | Make) -> tuple[list[str], np.ndarray]:
    """The customers of an item and their shares."""
    assert industry.trade is not None
    found = [c for c in industry.trade.customers if not c.items or {item.item, item.family} & set(c.items)]
    if not found:
        raise SystemExit(f"{industry.key}: no customer takes {item.item}")
    shares = np.array([c.share for c in found])
    return [c.name for c in found], shares / shares.sum()


def order_rows(industry: Industry, codes: list[tuple[Buy | Make, str]], demand: pd.DataFrame) -> Rows:
    """The table orders: shipped ones of the last weeks, and those that are open or released."""
    assert industry.trade is not None
    today = first_day(industry)
    known = {
        (row.item, row.week.date()): row.quantity
        for row in demand[demand["week"] >= pd.Timestamp(today - timedelta(weeks=SHIPPED))].itertuples(
            index=False
        )
    }
    rows: Rows = []
    for item, code in codes:
        names, shares = takers(industry, item)
        rng = stream(industry, CUSTOMERS, code)
        for ahead in range(-SHIPPED, OPEN):
            week = today + timedelta(weeks=ahead)
            booked = math.exp(-max(0, ahead) / industry.trade.notice)
            mean = expected(industry, item, industry.weeks + ahead) * booked
            draw = float(rng.poisson(mean * rng.uniform(0.8, 1.2)))
            quantity = known[code, week] if ahead < 0 else draw
            parts = rng.dirichlet(np.full(1 + int(quantity >= 8) + int(quantity >= 40), 8.0))
            who = rng.choice(len(names), size=3, p=shares)
            notice, promise, urgent = (
                min(rng.exponential(7 * industry.trade.notice), 21 * industry.trade.notice),
                rng.random(),
                rng.random(),
            )
            weekday = int(rng.integers(0, 5))
            whole = [math.floor(quantity * part) for part in parts]
            whole[0] += round(quantity) - sum(whole)
            due = week + timedelta(days=weekday)
            placed = min(due - timedelta(days=max(2, round(notice))), today - timedelta(days=1))
            placed = placed - timedelta(days=max(0, placed.weekday() - 4))
            late = timedelta(days=7) if promise < 0.08 else timedelta(0)
            for number, amount in enumerate(whole):
                if amount:
                    rows.append(
                        {
                            "customer": names[int(who[number])],
                            "item": code,
                            "quantity": float(amount),
                            "placed": placed,
                            "due": due,
                            "promised": None if promise > 0.9 and ahead > 4 else due + late,
                            "priority": 1 if urgent < 0.03 else 3 if urgent < 0.2 else 5,
                            "status": "shipped"
                            if ahead < 0
                            else "released"
                            if ahead < item_lead(item)
                            else "open",
                        }
                    )
    rows.sort(key=lambda r: (r["placed"], r["item"], r["due"], r["customer"]))
    return [{"order": f"S{number:05}", **row} for number, row in enumerate(rows, start=1)]


def item_lead(item: Buy | Make) -> int:
    """Weeks before its due week in which an order is in the shop."""
    return item.lead if isinstance(item, Make) else 1


def count_rows(industry: Industry, items: pd.DataFrame, use: dict[str, float], weeks: int = 26) -> Rows:
    """The table cycle_counts: the dear items often, the cheap ones once or twice; one in twelve is wrong."""
    kept = items[items["kind"] != "phantom"]
    value = sorted(((use[r.item] * r.unit_cost, r.item) for r in kept.itertuples()), reverse=True)
    rank = {code: number / len(value) for number, (_, code) in enumerate(value)}
    rows: Rows = []
    for row in kept.itertuples():
        rng = stream(industry, COUNTS, row.item)
        times = 6 if rank[row.item] < 0.2 else 3 if rank[row.item] < 0.5 else 1
        for _ in range(times):
            week = first_day(industry) - timedelta(weeks=int(rng.integers(1, weeks + 1)))
            day = workday(week + timedelta(days=int(rng.integers(0, 5))))
            recorded = float(round(max(1.0, row.on_hand) * rng.uniform(0.6, 1.4)))
            wrong = rng.random() < 0.085
            off = math.copysign(max(1, round(recorded * abs(rng.normal(0, 0.06)))), rng.random() - 0.6)
            cause = CAUSES[int(rng.integers(len(CAUSES)))]
            counted = max(0.0, recorded + off) if wrong else recorded
            rows.append(
                {
                    "date": day,
                    "item": row.item,
                    "recorded": recorded,
                    "counted": counted,
                    "cause": cause if wrong else "",
                }
            )
    seen: dict[tuple[object, object], dict[str, object]] = {(r["date"], r["item"]): r for r in rows}
    return [seen[key] for key in sorted(seen)]


def sold_a_year(
    industry: Industry, codes: list[tuple[Buy | Make, str]], demand: pd.DataFrame
) -> dict[str, float]:
    """Units sold in the last 52 weeks, by item."""
    recent = demand[demand["week"] >= pd.Timestamp(first_day(industry) - timedelta(weeks=52))]
    total = recent.groupby("item")["quantity"].sum()
    return {code: float(total[code]) for _, code in codes}


def site_rows(industry: Industry, sold: dict[str, float]) -> Rows:
    """The table sites."""
    assert industry.trade is not None
    units = math.fsum(sold.values())
    rows: Rows = []
    for site in industry.trade.sites:
        through = site.share * units
        rows.append(
            {
                "site": site.name,
                "kind": site.kind,
                "x": site.x,
                "y": site.y,
                "demand": float(round(through, -2)) if site.kind in ("customer", "warehouse") else 0.0,
                "capacity": float(round(1.5 * through, -3) or 1000) if site.kind == "warehouse" else None,
                "fixed_cost": site.fixed,
                "unit_cost": site.unit,
            }
        )
    return rows


def site_item_rows(
    industry: Industry, codes: list[tuple[Buy | Make, str]], sold: dict[str, float], weights: dict[str, float]
) -> Rows:
    """The table site_items: the best sellers at each warehouse, supplied by the first plant."""
    assert industry.trade is not None
    plant = next(s.name for s in industry.trade.sites if s.kind == "plant")
    made = [(item, code) for item, code in codes if isinstance(item, Make)]
    best = sorted(made, key=lambda entry: -sold[entry[1]] * weights.get(entry[1], 1.0))
    rows: Rows = []
    for site in industry.trade.sites:
        lane = next((w for w in industry.trade.lanes if (w.start, w.end) == (plant, site.name)), None)
        for item, code in best[: site.stocks]:
            rng = stream(industry, SITES, f"{site.name}/{code}")
            mean = sold[code] / 52 * site.share * rng.uniform(0.85, 1.15)
            assert item.sale is not None
            sd = math.sqrt(mean + (item.sale.spread * mean) ** 2)
            lead = math.ceil(1 + (lane.days or 3) / 7) if lane else 2
            pack = 10 if mean > 40 else 5 if mean > 15 else 1
            safety = round(1.65 * sd * math.sqrt(lead))
            coming = pack * round(mean / pack) if rng.random() < 0.6 else 0
            rows.append(
                {
                    "site": site.name,
                    "item": code,
                    "source": plant,
                    "weekly_demand": float(round(mean, 1)),
                    "demand_sd": float(round(sd, 1)),
                    "on_hand": float(round(safety + mean * rng.uniform(0.3, 2.5))),
                    "in_transit": float(coming),
                    "safety_stock": float(safety),
                    "lead_time_weeks": lead,
                    "lot_multiple": float(pack),
                }
            )
    return rows


def lane_rows(industry: Industry) -> Rows:
    """The table lanes: a way is a fifth longer than the straight line."""
    assert industry.trade is not None
    at = {s.name: (s.x, s.y) for s in industry.trade.sites}
    day = 800 if industry.about["units"] == "metric" else 500  # what a truck covers
    rows: Rows = []
    for lane in industry.trade.lanes:
        (x, y), (u, v) = at[lane.start], at[lane.end]
        distance = float(round(1.2 * math.hypot(u - x, v - y)))
        rows.append(
            {
                "from_site": lane.start,
                "to_site": lane.end,
                "mode": lane.mode,
                "distance": distance,
                "cost_per_shipment": lane.shipment,
                "cost_per_weight": lane.weight,
                "days": lane.days if lane.days is not None else float(max(1, math.ceil(distance / day))),
                "days_sd": lane.spread,
            }
        )
    return rows


def family_rows(
    industry: Industry, items: pd.DataFrame, sold: dict[str, float], hours: dict[str, float], wage: float
) -> Rows:
    """The table families: those of the made items that are sold, from their hours, costs and demand."""
    row_of = items.set_index("item")
    members: dict[str, list[str]] = {}
    for item in industry.items:
        if isinstance(item, Make) and item.sale is not None:
            members.setdefault(item.family, []).append(item.item)
    rest = sorted({str(f) for f in items["family"] if f} - set(members))
    rate = float(industry.about["holding_rate"])
    rows: Rows = []
    for family, codes in members.items():
        units = math.fsum(sold[c] for c in codes) or 1.0
        each = math.fsum(sold[c] * hours[c] for c in codes) / units
        cost = math.fsum(sold[c] * float(row_of.loc[c, "unit_cost"]) for c in codes) / units
        price = math.fsum(sold[c] * float(row_of.loc[c, "price"]) for c in codes) / units
        month = units / 12
        work = each * wage
        rows.append(
            {
                "family": family,
                "unit": str(row_of.loc[codes[0], "unit"]),
                "hours_per_unit": float(f"{each:.3g}"),
                "workers": math.ceil(month * each / 150 * 1.1),
                "stock": float(round(math.fsum(float(row_of.loc[c, "on_hand"]) for c in codes))),
                "capacity": float(f"{1.1 * month:.3g}"),
                "overtime_capacity": float(f"{0.2 * month:.2g}"),
                "subcontract_capacity": float(f"{0.25 * month:.2g}"),
                "regular_cost": round(cost, 2),
                "overtime_cost": round(cost + 0.5 * work, 2),
                "subcontract_cost": round(cost + 0.4 * (price - cost), 2),
                "holding_cost": round(cost * rate / 12, 3),
                "backorder_cost": round(0.12 * price, 2),
                "hire_cost": float(round(120 * wage, -2)),
                "layoff_cost": float(round(160 * wage, -2)),
            }
        )
    return rows + [{"family": f, "unit": "units"} for f in rest]
