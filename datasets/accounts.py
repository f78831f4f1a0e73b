"""The plant's accounts: budget, actual figures, overheads and their pools, cash, targets.

Orders of magnitude (from memory, unchecked): a buyer pays within 2 % of standard, a shop uses 1 to 2 % more material than
standard and hours within 5 %; selling 6 to 10 % and administration 5 to 8 % of sales.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from datetime import date
from typing import Any

import numpy as np
import pandas as pd
from history import Rows, first_day, stream
from industry import Industry, Make
from money import standards
from shop import routing

__all__ = ["actual_rows", "budget_rows", "cash_rows", "overhead_tables", "target_rows", "year_of"]

BUDGET, ACTUAL, CASH = range(350, 353)  # streams of chance
MONTHS = 12  # the last whole ones
POOLS = {  # overheads: share of the fixed part (0 where variable), behavior, pool
    "fixed": (("building and rent", 0.26, "space"), ("depreciation", 0.24, "machines"), ("supervision", 0.2, "machines"),
              ("setup crew and tools", 0.12, "setups"), ("quality", 0.09, "inspection"), ("planning and buying", 0.09, "orders")),
    "variable": (("power", 0.4, "machines"), ("consumables", 0.35, "machines"), ("repairs", 0.25, "machines")),
}  # fmt: skip
DRIVERS = {
    "machines": "machine hours", "setups": "setups", "inspection": "lots inspected", "orders": "orders", "space": "machine hours",
}  # fmt: skip


def months(industry: Industry, count: int = MONTHS) -> list[date]:
    """First days of the last whole months."""
    today = first_day(industry)
    back = [today.year * 12 + today.month - 1 - n for n in range(count, 0, -1)]
    return [date(n // 12, n % 12 + 1, 1) for n in back]


def by_month(industry: Industry, table: pd.DataFrame, columns: tuple[str, ...] = ("quantity",)) -> Any:
    """Sums of a table with week and item, by item and month in which the week begins."""
    month = table["week"].dt.to_period("M").dt.start_time.dt.date
    return table.assign(month=month).groupby(["item", "month"])[list(columns)].sum()


@dataclass(frozen=True)
class Year:
    """What the money tables are made from."""

    cost: dict[str, float]
    price: dict[str, float]  # of what is sold
    sold: dict[tuple[str, date], float]
    made: dict[tuple[str, date], float]
    orders: pd.DataFrame  # past ones


def year_of(
    industry: Industry, items: pd.DataFrame, demand: pd.DataFrame, use: pd.DataFrame, orders: pd.DataFrame
) -> Year:
    """The last twelve months in units."""
    first = set(months(industry))
    sold = {k: float(v) for k, v in by_month(industry, demand)["quantity"].items() if k[1] in first}
    made = {k: float(v) for k, v in by_month(industry, use)["quantity"].items() if k[1] in first}
    priced = items[items["price"].notna()]
    cost = dict(zip(items["item"], items["unit_cost"].astype(float), strict=True))
    return Year(
        cost, dict(zip(priced["item"], priced["price"].astype(float), strict=True)), sold, made, orders
    )


def entry(
    month: date, account: str, item: str = "", input_: str = "", **more: float | None
) -> dict[str, Any]:
    """A row of the actual figures."""
    row: dict[str, Any] = {"month": month, "account": account, "item": item, "input": input_}
    return row | {"quantity": None, "bought": None, "rate": None, "amount": 0.0} | more


def actual_rows(industry: Industry, year: Year) -> Rows:
    """The table actuals: what was made and sold, what it took, at what price.

    Material and labor have a row for each item and input; what was bought has a row without item, whose amount is 0
    since it is an expense only when used. Overheads are those of the whole plant.
    """
    assert industry.shop is not None
    assert industry.money is not None
    rows: Rows = []
    paid, plan = prices_paid(industry, year), planned_hours(industry, year)
    made_items = [item for item in industry.items if isinstance(item, Make)]
    for month in months(industry):
        rng = stream(industry, ACTUAL, str(month))
        wage = {c.code: round(c.wage * (1 + 0.01 * rng.standard_normal()), 2) for c in industry.shop.centers}
        machine: dict[str, float] = {}
        for item in made_items:
            rng = stream(industry, ACTUAL, f"{item.item}/{month}")
            output = float(round(year.made[item.item, month]))
            story = industry.story("loss_product", item.item) or {"hours": 1.0, "material": 1.0}
            rows.append(entry(month, "output", item.item, quantity=output))
            for row in standards(industry, item, year.cost):
                noise = rng.standard_normal()
                if row["kind"] == "material":
                    used = round(output * row["quantity"] * story["material"] * (1.006 + 0.008 * noise), 2)
                    rate = paid.get((row["input"], month), row["rate"])
                    rows.append(entry(month, "material", item.item, row["input"], quantity=used, rate=rate,
                                      amount=round(used * rate, 2)))  # fmt: skip
                elif row["kind"] == "labor":
                    center = industry.shop.center(row["input"])
                    pace = 0.95 / center.efficiency
                    hours = round(output * row["quantity"] * pace * story["hours"] * (1.02 + 0.03 * noise), 1)
                    rate = wage[center.code]
                    machine[center.code] = machine.get(center.code, 0.0) + hours / center.crew
                    rows.append(entry(month, "labor", item.item, center.code, quantity=hours, rate=rate,
                                      amount=round(hours * rate, 2)))  # fmt: skip
        rows += bought_rows(year, month)
        rows += sales_rows(industry, year, month)
        rng = stream(industry, ACTUAL, f"overhead/{month}")
        for center in industry.shop.centers:
            hours, noise = round(machine.get(center.code, 0.0), 1), rng.standard_normal(2)
            variable = round(hours * center.variable * (1.01 + 0.03 * noise[0]), 2)
            fixed = round(plan.get(center.code, 0.0) * center.fixed * (1 + 0.015 * noise[1]), 2)
            rows.append(entry(month, "variable_overhead", "", center.code, quantity=hours, amount=variable))
            rows.append(entry(month, "fixed_overhead", "", center.code, amount=fixed))
        sales = math.fsum(q * year.price[i] for (i, m), q in year.sold.items() if m == month)
        for account, share in (
            ("selling", industry.money.selling),
            ("administration", industry.money.administration),
        ):
            rows.append(entry(month, account, amount=round(sales * share * 0.5 + mean_sales(year) * share
                                                           * (0.5 + 0.02 * rng.standard_normal()), 0)))  # fmt: skip
    return rows


def mean_sales(year: Year) -> float:
    """Sales of a month on the average."""
    return math.fsum(q * year.price[i] for (i, _), q in year.sold.items()) / MONTHS


def planned_hours(industry: Industry, year: Year) -> dict[str, float]:
    """Standard machine hours of each work center in a month on the average of the year."""
    total: dict[str, list[float]] = {}
    for item in industry.items:
        if isinstance(item, Make):
            output = math.fsum(year.made.get((item.item, month), 0.0) for month in months(industry))
            for step in routing(industry, item):
                each = step["run_hours"] / item.yield_share
                total.setdefault(step["workcenter"], []).append(output * each)
    return {code: math.fsum(parts) / MONTHS for code, parts in total.items()}


def purchases(year: Year) -> dict[tuple[str, date], tuple[float, float]]:
    """What came in good order and the mean price paid for it, by item and month."""
    came: dict[tuple[str, date], list[tuple[float, float, float]]] = {}
    for order in year.orders.itertuples(index=False):
        key = (order.item, order.received.date().replace(day=1))
        came.setdefault(key, []).append((order.quantity, order.unit_price, order.accepted))
    found = {}
    for key, lots in came.items():
        mean = math.fsum(q * price for q, price, _ in lots) / math.fsum(q for q, _, _ in lots)
        found[key] = (math.fsum(good for *_, good in lots), round(mean, 4))
    return found


def prices_paid(industry: Industry, year: Year) -> dict[tuple[str, date], float]:
    """Mean price paid for each bought item in a month; where nothing came, that of the last delivery before."""
    found: dict[tuple[str, date], float] = {}
    latest: dict[str, float] = {}
    came = purchases(year)
    for item, month in sorted(came, key=lambda key: key[1]):
        if month < months(industry)[0]:
            latest[item] = came[item, month][1]
    for month in months(industry):
        latest |= {item: price for (item, when), (_, price) in came.items() if when == month}
        found |= {(item, month): price for item, price in latest.items()}
    return found


def bought_rows(year: Year, month: date) -> Rows:
    """What was bought in a month."""
    came = purchases(year)
    return [
        entry(month, "material", "", item, bought=came[item, month][0], rate=came[item, month][1])
        for item in sorted(item for item, when in came if when == month)
    ]


def sales_rows(industry: Industry, year: Year, month: date) -> Rows:
    """What was sold in a month, a little below list."""
    rows: Rows = []
    for item, price in year.price.items():
        quantity = year.sold.get((item, month), 0.0)
        rng = stream(industry, ACTUAL, f"{item}/{month}/price")
        got = round(price * (0.985 + 0.006 * rng.standard_normal()), 2)
        rows.append(entry(month, "sales", item, quantity=quantity, rate=got, amount=round(quantity * got, 2)))
    return rows


def budget_rows(industry: Industry, year: Year) -> Rows:
    """The table budget: the months smoothed, a few percent off for each item, at standard."""
    assert industry.shop is not None
    assert industry.money is not None
    rows: Rows = []
    made_items = {item.item: item for item in industry.items if isinstance(item, Make)}
    sales: dict[date, list[float]] = {month: [] for month in months(industry)}
    hours: dict[date, list[tuple[float, float, float]]] = {month: [] for month in months(industry)}
    plan = {
        **dict.fromkeys(made_items, year.made),
        **{i: year.sold for i in year.price if i not in made_items},
    }
    for item, source in plan.items():
        rng = stream(industry, BUDGET, item)
        level = math.fsum(source.get((item, m), 0.0) for m in sales) / MONTHS
        miss = 1 + 0.05 * rng.standard_normal()
        sold = math.fsum(year.sold.get((item, m), 0.0) for m in sales) / MONTHS
        for month in sales:
            shape = 0.5 + 0.5 * (source.get((item, month), 0.0) / level if level else 1.0)
            output, out = float(round(level * shape * miss)), float(round(sold * shape * miss))
            if item in made_items:
                rows.append(
                    {"month": month, "account": "output", "item": item, "quantity": output, "amount": 0.0}
                )
                amounts: dict[str, list[tuple[float, float]]] = {}
                for row in standards(industry, made_items[item], year.cost):
                    amounts.setdefault(row["kind"], []).append(
                        (row["quantity"], row["quantity"] * row["rate"])
                    )
                for kind in ("material", "labor"):
                    each = amounts.get(kind, [])
                    quantity = round(output * math.fsum(q for q, _ in each), 1) if kind == "labor" else None
                    rows.append({"month": month, "account": kind, "item": item, "quantity": quantity,
                                 "amount": round(output * math.fsum(a for _, a in each), 2)})  # fmt: skip
                hours[month].append((
                    output * math.fsum(a for _, a in amounts.get("variable_overhead", [])),
                    level * math.fsum(a for _, a in amounts.get("fixed_overhead", [])), 0.0,
                ))  # fmt: skip
            if item in year.price:
                amount = round(out * year.price[item], 2)
                sales[month].append(amount)
                rows.append(
                    {"month": month, "account": "sales", "item": item, "quantity": out, "amount": amount}
                )
    for month in sales:
        whole = {
            "variable_overhead": math.fsum(v for v, _, _ in hours[month]),
            "fixed_overhead": math.fsum(f for _, f, _ in hours[month]),
            "selling": industry.money.selling * math.fsum(sales[month]),
            "administration": industry.money.administration * mean_sales(year),
        }
        rows += [
            {"month": month, "account": a, "item": "", "quantity": None, "amount": float(round(v))}
            for a, v in whole.items()
        ]
    return sorted(rows, key=lambda r: r["month"])


def overhead_tables(industry: Industry, year: Year, use: dict[str, float]) -> tuple[Rows, Rows, Rows]:
    """The tables overheads, cost_pools and pool_drivers: a year at standard."""
    assert industry.shop is not None
    hours = {code: 12 * each for code, each in planned_hours(industry, year).items()}
    totals = {
        "fixed": math.fsum(hours.get(c.code, 0.0) * c.fixed for c in industry.shop.centers),
        "variable": math.fsum(hours.get(c.code, 0.0) * c.variable for c in industry.shop.centers),
    }
    overheads: Rows = []
    pools: dict[str, list[float]] = {}
    for behavior, lines in POOLS.items():
        for name, share, pool in lines:
            amount = float(round(totals[behavior] * share, -2))
            pools.setdefault(pool, []).append(amount)
            overheads.append({"overhead": name, "amount": amount, "behavior": behavior, "pool": pool})
    pool_rows: Rows = [
        {"pool": pool, "amount": math.fsum(amounts), "driver": DRIVERS[pool]}
        for pool, amounts in pools.items()
    ]
    drivers: Rows = []
    for item in industry.items:
        if not isinstance(item, Make):
            continue
        steps = routing(industry, item)
        units = use[item.item]
        lot = max(item.lot or 0, units / 50) if item.rule in ("fixed", "minimum") else units / 50
        lots = math.ceil(units / lot) if lot else 0
        each = math.fsum(s["run_hours"] for s in steps) / item.yield_share
        quantities = {
            "machines": round(units * each, 1), "space": round(units * each, 1),
            "setups": lots * len(steps), "inspection": lots, "orders": lots,
        }  # fmt: skip
        drivers += [
            {"pool": pool, "item": item.item, "quantity": float(quantities[pool])}
            for pool in pools
            if quantities[pool] > 0
        ]
    return overheads, pool_rows, sorted(drivers, key=lambda r: (list(pools).index(str(r["pool"])), r["item"]))


def cash_rows(industry: Industry, year: Year, people: pd.DataFrame) -> Rows:
    """The table cash: twelve months as they were, six as planned, each line with its lag."""
    assert industry.money is not None
    assert industry.shop is not None
    assert industry.trade is not None
    days = math.fsum(c.days * c.share for c in industry.trade.customers)
    days /= math.fsum(c.share for c in industry.trade.customers)
    past = months(industry)
    today = first_day(industry)
    ahead = [today.year * 12 + today.month - 1 + n for n in range(6)]
    future = [date(n // 12, n % 12 + 1, 1) for n in ahead]
    sales = {m: math.fsum(q * year.price[i] for (i, w), q in year.sold.items() if w == m) for m in past}
    came = year.orders["received"].dt.to_period("M").dt.start_time.dt.date
    spent = {
        m: math.fsum(o.quantity * o.unit_price for o in year.orders[came == m].itertuples()) for m in past
    }
    mean = {"sales": math.fsum(sales.values()) / MONTHS, "spent": math.fsum(spent.values()) / MONTHS}
    hours, other = planned_hours(industry, year), []
    for center in industry.shop.centers:
        other.append(hours.get(center.code, 0.0) * (center.variable + 0.3 * center.fixed))
    office = people["role"].isin(industry.money.office)
    desks = payroll(people[office], past[-1])
    overhead = math.fsum(other)
    rows: Rows = []
    back = math.ceil(days / 30 - 0.5)
    for number, month in enumerate(past + future):
        rng = stream(industry, CASH, str(month))
        planned = month in future
        season = sales.get((past + future)[max(0, number - back)], mean["sales"])
        noise = np.zeros(5) if planned else 0.03 * rng.standard_normal(5)
        lines = {
            "customers": ("in", season * (1 + noise[0])),
            "suppliers": ("out", spent.get((past + future)[max(0, number - 1)], mean["spent"])),
            "wages": ("out", payroll(people, min(month, past[-1])) * (1 + 0.3 * noise[1])),
            "overhead": ("out", overhead * (1 + noise[2])),
            "selling and administration": (
                "out", max(0.0, (industry.money.selling + industry.money.administration) * mean["sales"] - desks) * (1 + noise[3]),
            ),
            "tax": ("out", industry.money.tax * mean["sales"] * 3 if month.month % 3 == 0 else 0.0),
            "equipment": ("out", industry.money.capital.get(len(past) - number, 0.0)),
        }  # fmt: skip
        rows += [
            {
                "month": month,
                "line": line,
                "direction": way,
                "amount": float(round(amount, -2)),
                "planned": planned,
            }
            for line, (way, amount) in lines.items()
            if amount
        ]
    return rows


def payroll(people: pd.DataFrame, month: date) -> float:
    """Wages of a month: of those who were there in the middle of it, with an eighth on top for the employer's part."""
    middle = pd.Timestamp(month) + pd.Timedelta(days=14)
    there = people[(people["hired"] <= middle) & ~(people["left"] < middle)]
    return (
        1.125
        * 52
        / 12
        * math.fsum(float(h) * float(w) for h, w in zip(there["hours_per_week"], there["wage"], strict=True))
    )


def target_rows(industry: Industry) -> Rows:
    """The table kpi_targets."""
    assert industry.money is not None
    usual = (
        ("on-time delivery", "%", 95.0, "higher", "shipping lead"),
        ("OEE", "%", 70.0, "higher", "shop manager"),
        ("scrap", "% of units", 1.5, "lower", "quality lead"),
        ("first-pass yield", "%", 97.0, "higher", "quality lead"),
        ("inventory turns", "a year", 8.0, "higher", "planner"),
        ("record accuracy", "%", 97.0, "higher", "stores lead"),
        ("supplier on-time", "%", 92.0, "higher", "buyer"),
        ("recordable injuries", "per 200,000 h", 3.0, "lower", "plant manager"),
        ("absence", "% of hours", 4.0, "lower", "plant manager"),
        ("overtime", "% of hours", 5.0, "lower", "shop manager"),
        ("labor efficiency", "%", 95.0, "higher", "shop manager"),
    )
    names = ("kpi", "unit", "target", "better", "owner")
    return [dict(zip(names, row, strict=True)) for row in (*usual, *industry.money.targets)]
