"""Two years of a plant: what was sold, what its buyers ordered, how suppliers delivered, what is in store today."""

from __future__ import annotations

import math
import zlib
from datetime import date, timedelta
from typing import Any

import numpy as np
import pandas as pd
from industry import Buy, Industry, Make, Phantom, Source

from prodkit.plant import TABLES

DEMAND, ORDERS, STOCK = range(3)  # streams of chance
Rows = list[dict[str, Any]]


def stream(industry: Industry, purpose: int, item: str) -> np.random.Generator:
    """The random numbers of one item for one purpose."""
    return np.random.default_rng([industry.seed, purpose, zlib.crc32(item.encode())])


def frame(name: str, rows: Rows) -> pd.DataFrame:
    """A table of these rows, with its columns in order and its days as days."""
    columns = TABLES[name].columns
    made = pd.DataFrame(rows, columns=[c.name for c in columns if not rows or c.name in rows[0]])
    return made.astype(
        {c.name: "datetime64[ns]" for c in columns if c.kind in ("date", "week") and c.name in made}
    )


def first_day(industry: Industry) -> date:
    """Today."""
    return date.fromisoformat(str(industry.about["first_day"]))


def mondays(industry: Industry) -> list[date]:
    """The weeks of the history, the last one just before the first day."""
    first = date.fromisoformat(str(industry.about["first_day"]))
    return [first - timedelta(weeks=industry.weeks - week) for week in range(industry.weeks)]


def promoted(industry: Industry, item: Buy | Make, number: int) -> float:
    """How many times the usual demand a promotion brings in that week of the history; 1 where none runs."""
    running = (
        p.lift
        for p in industry.promotions
        if p.family == item.family and p.first <= number < p.first + p.weeks
    )
    return max(running, default=1.0)


def expected(industry: Industry, item: Buy | Make, number: int) -> float:
    """Mean demand of a sold item in that week of the history, or after it (units): level, trend, season, promotion."""
    assert item.sale is not None
    week = first_day(industry) + timedelta(weeks=number - industry.weeks)
    amplitude, peak = industry.seasons.get(item.family, (0.0, 0))
    growth = industry.trends.get(item.family, 0.0)
    angle = 2 * math.pi * (week.timetuple().tm_yday / 7 - peak) / 52.18
    lift = promoted(industry, item, number)
    return item.sale.weekly * (1 + growth * (number - 26) / 52) * (1 + amplitude * math.cos(angle)) * lift


def demand_rows(industry: Industry, item: Buy | Make | Phantom, code: str) -> Rows:
    """The item's part of the table demand: every week, also those without any; nothing if it is not sold."""
    if isinstance(item, Phantom) or item.sale is None:
        return []
    rows: Rows = []
    sale, rng = item.sale, stream(industry, DEMAND, code)
    for number, week in enumerate(mondays(industry)):
        any_, noise = rng.random(), rng.standard_normal()
        short, part = rng.random(), rng.uniform(0.4, 0.85)
        mean, lift = expected(industry, item, number), promoted(industry, item, number)
        mean = mean / sale.chance if any_ < sale.chance else 0.0
        sd = math.sqrt(mean + (sale.spread * mean) ** 2)
        quantity = max(0, round(mean + sd * noise))
        out = quantity > 0 and short < sale.short * (6 if lift > 1 else 1)
        rows.append(
            {
                "week": week,
                "item": code,
                "quantity": float(round(quantity * part) if out else quantity),
                "promotion": lift > 1,
                "stocked_out": out,
            }
        )
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


def buy_history(
    industry: Industry, item: Buy, code: str, use: np.ndarray
) -> tuple[Rows, Rows, dict[str, float]]:
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
        recent = use[max(0, number - 12) : number + 1]
        rate = float(recent.sum()) / len(recent)
        lead = item.sources[0].lead + max(0.0, suppliers[item.sources[0].supplier].late)
        position = stock + sum(row["quantity"] for row in waiting)
        if position >= safety + rate * (lead + 1):
            continue
        pick = rng.random() * sum(source.share for source in item.sources)
        source = next(
            s for n, s in enumerate(item.sources) if pick <= sum(t.share for t in item.sources[: n + 1])
        )
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
        waiting.append(
            {
                "supplier": source.supplier,
                "item": code,
                "quantity": float(quantity),
                "ordered": ordered,
                "due": ordered + timedelta(days=round(7 * source.lead)),
                "received": workday(ordered + timedelta(days=round(7 * taken))),
                "unit_price": paid(source, item.cost, quantity, ago, supplier.inflation),
                "accepted": float(quantity) - rejected,
                "rejected": rejected,
            }
        )
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
    quantity = (
        item.lot
        if item.rule == "fixed"
        else max(1, step_up(usual, item.lot if item.rule == "multiple" else 1))
    )
    due = first_day + timedelta(days=int(7 * rng.integers(0, item.lead + 1) + 4))
    rows: Rows = [{"item": code, "quantity": float(quantity), "due": due}] if rng.random() < 0.55 else []
    return rows, {"safety_stock": float(safety), "on_hand": float(on_hand), "allocated": float(allocated)}
