"""Plants to run the lessons on: the samples, and one that shares no name and no size with them."""

from __future__ import annotations

import math
import re
from collections.abc import Iterable

from prodkit.plant import Plant

CODES = ("item", "parent", "component")


def renamed(
    name: str = "Elsewhere Works",
    demand: float = 3.0,
    money: float = 0.4,
    safety: float = 1.0,
    lead_sd: float = 1.0,
    kind: str = "",
) -> Plant:
    """The metal sample under other names, in another order, with other demand, costs, buffers and delays."""
    sample = Plant.sample("metal")
    needed = ("about", "items", "bom", "suppliers", "price_breaks", "demand", "receipts", "past_orders")
    tables = {table: sample.table(table) for table in needed}
    codes = _codes(sample)
    for frame in tables.values():
        for column in CODES:
            if column in frame:
                frame[column] = frame[column].map(codes)
        if "supplier" in frame:
            frame["supplier"] = [
                "Works " + supplier[::-1].replace(" ", "").capitalize() for supplier in frame["supplier"]
            ]
    tables["items"]["name"] = [f"Thing {i}" for i in range(len(tables["items"]))]
    tables["items"][["unit_cost", "order_cost", "price"]] *= money
    tables["items"]["safety_stock"] = (tables["items"]["safety_stock"] * safety).round()
    for table, column in (
        ("price_breaks", "unit_price"),
        ("past_orders", "unit_price"),
        ("suppliers", "freight"),
    ):
        tables[table][column] *= money
    tables["suppliers"]["lead_time_sd_weeks"] *= lead_sd
    if kind:
        tables["price_breaks"].loc[tables["price_breaks"]["item"] == codes["coil-2mm"], "kind"] = kind
    tables["demand"]["quantity"] = (tables["demand"]["quantity"] * demand).round()
    tables["about"]["name"], tables["about"]["currency"] = name, "CAD"
    shuffled = {
        table: frame.sample(frac=1, random_state=3).reset_index(drop=True) for table, frame in tables.items()
    }
    plant = Plant(shuffled)
    assert plant.check() == []
    return plant


def furnished(plant: Plant, tables: Iterable[str]) -> Plant:
    """A `renamed` plant with more of the metal sample's tables, their items under its names, and machines for its demand."""
    sample = Plant.sample("metal")
    wanted = [name for name in tables if name not in plant.tables]
    if not wanted:
        return plant
    codes = _codes(sample)
    pattern = re.compile("|".join(re.escape(code) for code in sorted(codes, key=len, reverse=True)))
    frames = {name: plant.table(name) for name in plant.tables}
    for name in wanted:
        frame = sample.table(name)
        for column in frame.columns:
            if frame[column].map(type).eq(str).any():
                frame[column] = frame[column].map(
                    lambda text: pattern.sub(lambda m: codes[m[0]], text) if isinstance(text, str) else text
                )
        if name == "workcenters":
            more = float(plant.demand["quantity"].sum() / sample.demand["quantity"].sum())
            frame["machines"] = [max(1, math.ceil(count * more)) for count in frame["machines"]]
        frames[name] = frame.sample(frac=1, random_state=3).reset_index(drop=True)
    more_of_it = Plant(frames)
    assert more_of_it.check() == []
    return more_of_it


def _codes(sample: Plant) -> dict[str, str]:
    return {
        code: f"P{i:03d}" for i, code in enumerate(sorted(sample.items["item"], key=lambda x: x[::-1]), 100)
    }
