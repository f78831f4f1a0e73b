"""Plants to run the lessons on: the samples, and one that shares no name and no size with them."""

from __future__ import annotations

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
    codes = {
        code: f"P{i:03d}"
        for i, code in enumerate(sorted(tables["items"]["item"], key=lambda x: x[::-1]), 100)
    }
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
