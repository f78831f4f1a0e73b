"""Small problems that the engine's tests judge: one of each part kind, small enough to check by hand."""

from __future__ import annotations

from math import ceil, sqrt
from types import SimpleNamespace
from typing import Any

import pandas as pd

from prodkit.exercises import (
    Absolute,
    Also,
    Choice,
    Choices,
    Convention,
    Exact,
    Fact,
    FactTable,
    Field,
    Grid,
    Line,
    Number,
    Option,
    Order,
    Plan,
    Problem,
    Slip,
)

PLANT = SimpleNamespace(
    name="Testworks",
    currency="USD",
    industry="metal",
    items=pd.DataFrame({"item": ["coil", "resin"], "unit": ["pcs", "kg"]}),
)


def _lot(rng: Any, plant: Any) -> dict[str, Any]:
    return {
        "demand": int(rng.integers(20, 200)) * 50,
        "order_cost": int(rng.integers(4, 20)) * 5,
        "holding_cost": int(rng.integers(2, 20)) / 2,
        "item": "coil",
    }


LOT = Problem(
    id="materials.sample_lot",
    title="Order quantity",
    level=1,
    minutes=3,
    outcomes=("lesson.05.1",),
    draw=_lot,
    prompt="{plant} uses {demand} of {item} a year.\n\nHow much at a time?",
    facts=(
        Fact("demand", "Demand", "units a year"),
        Fact("order_cost", "Cost of an order", "{currency}"),
        Fact("holding_cost", "Holding cost", "{currency} a unit a year"),
    ),
    parts=(
        Number(
            "quantity", "Order quantity", unit="units",
            key=lambda g, a: sqrt(2 * g.demand * g.order_cost / g.holding_cost),
            slips=(
                Slip("no_two", lambda g, a: sqrt(g.demand * g.order_cost / g.holding_cost), "The 2 is missing."),
                Slip("no_root", lambda g, a: 2 * g.demand * g.order_cost / g.holding_cost, "No root of {demand}."),
                Slip("never", lambda g, a: 1 / 0, "Cannot be made."),
            ),
        ),
        Number(
            "orders", "Orders a year", unit="1/year", key=lambda g, a: g.demand / a.quantity,
            slips=(Slip("upside_down", lambda g, a: a.quantity / g.demand, "Upside down."),),
        ),
        Number(
            "days", "Days between orders", unit="days", key=lambda g, a: 365 * a.quantity / g.demand,
            conventions=(Convention("d360", lambda g, a: 360 * a.quantity / g.demand, "By 360 days a year."),),
        ),
    ),
    hints=("Both costs are equal there.", "Use {demand} and {order_cost}."),
    steps=("Q = root of 2DS/H = {quantity}.", "{demand} / Q = {orders}.", "365 Q / {demand} = {days}."),
)  # fmt: skip


def _record(rng: Any, plant: Any) -> dict[str, Any]:
    gross = [int(x) * 5 for x in rng.integers(0, 14, 6)]
    gross[1] += 70
    gross[int(rng.integers(2, 4))] += 60
    return {
        "gross": dict(enumerate(gross, 1)), "scheduled": {1: 0, 2: 40, 3: 0, 4: 0, 5: 0, 6: 0},
        "on_hand": int(rng.integers(4, 10)) * 10, "safety": int(rng.integers(1, 4)) * 10, "lot": 50, "lead": 1,
    }  # fmt: skip


def _mrp(g: Any) -> dict[str, dict[int, float]]:
    """A plain loop: the second way to the record that the grid's rules are held to."""
    stock, rows = float(g.on_hand), {k: {} for k in ("available", "net", "receipt", "release")}
    for t in range(1, 7):
        net = max(0, g.gross[t] + g.safety - stock - g.scheduled[t])
        receipt = ceil(net / g.lot - 1e-9) * g.lot
        stock += g.scheduled[t] + receipt - g.gross[t]
        rows["net"][t], rows["receipt"][t], rows["available"][t] = net, receipt, stock
    rows["release"] = {t: rows["receipt"].get(t + g.lead, 0) for t in range(1, 7)}
    return rows


RECORD = Problem(
    id="materials.sample_record", title="Record", level=2, minutes=8, outcomes=(), draw=_record,
    prompt="Lots of {lot}, safety stock {safety}.",
    parts=(
        Grid(
            "record", "Record", over=lambda g: range(1, 7), key=lambda g, a: _mrp(g),
            lines=(
                Line("gross", "Gross requirements", given=lambda g, t: g.gross[t]),
                Line("scheduled", "Scheduled receipts", given=lambda g, t: g.scheduled[t]),
                Line("available", "Projected available", start=lambda g: g.on_hand,
                     rule=lambda g, a, t: a.available[t - 1] + a.scheduled[t] + a.receipt[t] - a.gross[t]),
                Line("net", "Net requirements",
                     rule=lambda g, a, t: max(0, a.gross[t] + g.safety - a.available[t - 1] - a.scheduled[t]),
                     slips=(
                         Slip("no_safety", lambda g, a, t: max(0, a.gross[t] - a.available[t - 1] - a.scheduled[t]),
                              "Safety stock is left out."),
                         Slip("no_sr", lambda g, a, t: max(0, a.gross[t] + g.safety - a.available[t - 1]),
                              "Scheduled receipts are left out."),
                     )),
                Line("receipt", "Planned receipts", rule=lambda g, a, t: ceil(a.net[t] / g.lot - 1e-9) * g.lot,
                     slips=(Slip("lot_exact", lambda g, a, t: a.net[t], "The lot rule is ignored."),)),
                Line("release", "Planned releases", rule=lambda g, a, t: a.receipt[t + g.lead]),
            ),
        ),
    ),
)  # fmt: skip


def _jobs(rng: Any, plant: Any) -> dict[str, Any]:
    return {"hours": {k: float(x) for k, x in zip("ABCDE", rng.permutation([1, 2, 3, 5, 8]), strict=True)}}


RANK = Problem(
    id="materials.sample_rank", title="Rank", level=1, minutes=2, outcomes=(), draw=_jobs, prompt="Shortest first.",
    parts=(
        Order("sequence", "Sequence", over=lambda g: {k: f"{h:g} h" for k, h in g.hours.items()},
              key=lambda g, a: sorted(g.hours, key=g.hours.__getitem__),
              slips=(Slip("longest", lambda g, a: sorted(g.hours, key=lambda k: -g.hours[k]), "Turned round."),)),
    ),
)  # fmt: skip

PICK = Problem(
    id="materials.sample_pick", title="Pick", level=1, minutes=1, outcomes=(), draw=lambda rng, plant: {"x": int(rng.integers(1, 9))},
    prompt="x is {x}.",
    parts=(
        Choice("even", "Is x even?", key=lambda g, a: "no" if g.x % 2 else "yes",
               options=(Option("yes", "Even", "A pair divides {x}, or not."), Option("no", "Odd", "One is left, or not."))),
        Choices("holds", "What holds?", key=lambda g, a: ("pos", "small"),
                options=(Option("pos", "Above 0", "All are."), Option("small", "Below 10", "All are."),
                         Option("neg", "Below 0", "None is."), Option("big", "Above 9", "None is."))),
    ),
)  # fmt: skip

BUY = Problem(
    id="materials.sample_buy", title="Buy", level=2, minutes=4, outcomes=(),
    draw=lambda rng, plant: {"need": int(rng.integers(10, 90))}, prompt="Cover {need}.",
    parts=(
        Plan("plan", "Order", fields=lambda g: (Field("q", "Quantity", "units"),),
             clashes=lambda g, a, x: [f"{g.need - x['q']:g} short"] if x["q"] < g.need else [],
             cost=lambda g, a, x: 100 + x["q"], key=lambda g, a: {"q": g.need}, basis="the cheapest plan that covers {need}",
             also=(Also("spare", "Spare", lambda g, a, x: 1.0 if x["q"] <= 2 * g.need else 0.0,
                        lambda g, a, x: "Little is left over." if x["q"] <= 2 * g.need else "Much is left over."),)),
    ),
)  # fmt: skip

SHEET = Problem(
    id="materials.sample_sheet", title="Sheet", level=1, minutes=3, outcomes=(),
    draw=lambda rng, plant: {"rows": [{"item": k, "use": int(u)} for k, u in zip("PQ", rng.permutation([90, 10]), strict=True)]},
    prompt="Classify.", facts=(FactTable("rows", "Items", (Fact("item", "Item"), Fact("use", "Use", "units"))),),
    parts=(
        Grid("abc", "Sheet", over=lambda g: [r["item"] for r in g.rows], corner="Item",
             key=lambda g, a: {"share": {r["item"]: r["use"] for r in g.rows},
                               "cls": {r["item"]: "A" if r["use"] > 50 else "B" for r in g.rows}},
             lines=(
                 Line("share", "Share", "%", rule=lambda g, a, t: next(r["use"] for r in g.rows if r["item"] == t), tolerance=Absolute(0.1)),
                 Line("cls", "Class", choices=("A", "B"), rule=lambda g, a, t: "A" if a.share[t] > 50 else "B"),
             )),
    ),
)  # fmt: skip

BOXES = Problem(
    id="materials.sample_boxes", title="Boxes", level=1, minutes=2, outcomes=(),
    draw=lambda rng, plant: {"need": 24 * int(rng.integers(4, 40)) + int(rng.integers(4, 20)), "box": 24}, prompt="{need} in boxes of {box}.",
    parts=(Number("boxes", "Boxes", unit="boxes", key=lambda g, a: ceil(g.need / g.box), raw=lambda g, a: g.need / g.box,
                  tolerance=Exact()),),
)  # fmt: skip

ALL = (LOT, RECORD, RANK, PICK, BUY, SHEET, BOXES)
