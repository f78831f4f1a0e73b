"""Judgment on requirements: a colleague's record, a buffer counted twice, and a supplier who slips six days."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from types import SimpleNamespace
from typing import TYPE_CHECKING, Any

from .... import materials
from ....errors import MissingTableError
from ...draws import RATES, around, between, bought, pick, rounded, shaped, used
from ...numbers import show
from ...parts import Choice, Choices, Number, Option, Slip
from ...parts.grid import Sheet
from ...problem import Fact, FactTable, Problem
from ...tolerance import Exact, Relative
from .mrp_grid import WHOLE_LOT_FOR_LOT
from .mrp_record import (
    ALLOCATED,
    GRIDS,
    LEAD,
    ON_HAND,
    OUTCOMES,
    SAFETY,
    lines_of,
    planned,
    record_case,
    units,
    weekly,
    weeks,
)

if TYPE_CHECKING:
    import numpy as np
    import pandas as pd

    from ....plant import Plant


# A colleague's record

FAULTS = {
    "no_sr": ("net", "The scheduled receipt is left out of the net",
              "Look at the net of the week in which it comes: less is missing there than without it."),
    "ss_none": ("net", "The safety stock is left out of the net", "Where something is ordered, the safety stock is counted in."),
    "ss_twice": ("net", "The safety stock is counted twice",
                 "Work one week's net out: gross + safety stock − available before − scheduled. The safety stock is not in it twice."),
    "stock_reused": ("net", "The opening stock is used again in later weeks", "The net of the later weeks starts from what the week before left."),
    "no_offset": ("release", "The releases are not moved back by the lead time", "Each release lies its lead time before its receipt."),
}  # fmt: skip
ROWS = {
    "gross": "Gross requirements", "scheduled": "Scheduled receipts", "net": "Net requirements",
    "receipt": "Planned receipts", "available": "Projected available", "release": "Planned releases",
}  # fmt: skip


def _sheet(g: Any, fault: str) -> Sheet:
    """The record as someone fills it who makes one mistake, or none."""
    line = FAULTS[fault][0] if fault in FAULTS else ""
    slips = {s.id: s.value for x in WHOLE_LOT_FOR_LOT.lines if x.id == line for s in x.slips}
    return Sheet(WHOLE_LOT_FOR_LOT, g, {}, {line: slips[fault]} if line else {})


def _line(g: Any, fault: str, name: str) -> list[float]:
    sheet = _sheet(g, fault)
    return [float(getattr(sheet, name)[t]) for t in weeks(g)]


def _draw_fault(rng: np.random.Generator, plant: Plant) -> dict[str, Any]:
    def once() -> dict[str, Any]:
        item, mean = weekly(plant, rng, "a record to check")
        given = record_case(rng, item, mean, 6, (1, 2))
        fault = str(rng.choice([*FAULTS, "none"], p=[0.18, 0.18, 0.18, 0.18, 0.14, 0.14]))
        g = SimpleNamespace(**given, rule={"lot_rule": "lot_for_lot"})
        filled = {name: _line(g, fault, name) for name in ROWS}
        table = [{"line": label, "w0": g.on_hand - g.allocated if name == "available" else "",
                  **{f"w{t}": x for t, x in zip(weeks(g), filled[name], strict=True)}} for name, label in ROWS.items()]  # fmt: skip
        return {**vars(g), "fault": fault, "filled": filled, "table": table}

    def good(g: Any) -> bool:
        seen = [tuple(_line(g, f, "net") + _line(g, f, "release")) for f in (*FAULTS, "none")]
        in_all = sum(g.gross) + g.safety - g.on_hand + g.allocated - sum(g.scheduled)
        apart = sum(g.scheduled) != g.safety  # what is left out or counted twice shows which it was
        return apart and len(set(seen)) == len(seen) and in_all == sum(_line(g, "none", "receipt"))

    given = shaped(once, good)
    right = lines_of(planned(g := SimpleNamespace(**given)), given["item"])
    plans = {f: sum(_line(g, f, "receipt")) for f in ("ss_none", "ss_twice")}
    return {**given, "right": {name: [right[name][t] for t in weeks(g)] for name in ROWS}, "plans": plans}


def _fault(fault: str) -> Option:
    def reason(g: Any, a: Any) -> str:
        pointer = FAULTS[fault][2]
        return (
            "Yes. Put it right, and the rest of the record follows." if g.fault == fault else f"No. {pointer}"
        )

    return Option(fault, FAULTS[fault][1], reason)


def _found(g: Any) -> str:
    """The mistake whose record is the one shown; none where the plan's own record is."""
    if g.filled == g.right:
        return "none"
    return next(f for f in FAULTS if all(g.filled[x] == _line(g, f, x) for x in ("net", "release")))


FIND_FAULT = Problem(
    id="materials.mrp_find_fault", title="What went wrong in this record?", level=3, minutes=6, outcomes=OUTCOMES, covers=("mrp",),
    topics=(GRIDS,), needs=("items", "demand"), draw=_draw_fault,
    prompt="A colleague has planned {item} lot for lot and asks you to look over it. The safety stock of {safety} must be whole at the end of "
           "every week; receipts come at its beginning. What is wrong, if anything? And how much should the planned receipts come to "
           "over the six weeks?",
    facts=(ON_HAND, ALLOCATED, SAFETY, LEAD,
           FactTable("table", "The colleague's record", (Fact("line", ""), Fact("w0", "Before"), *(Fact(f"w{t}", str(t)) for t in range(1, 7))))),
    parts=(
        Choice("fault", "What is wrong?", shuffle=False, key=lambda g, a: _found(g), options=(
            *(_fault(f) for f in FAULTS),
            Option("none", "Nothing: the record is right",
                   lambda g, a: "Yes. A check that finds nothing is worth as much." if g.fault == "none"
                   else "No. Work out the first week with a net, then the week after it, and the first release."),
        )),
        Number("receipts", "Planned receipts over the six weeks, done right", unit="{unit}", tolerance=Exact(),
               key=lambda g, a: sum(g.right["receipt"]), slips=(
                   Slip("ss_left_out", lambda g, a: g.plans["ss_none"],
                        "After the last week the safety stock is not whole with that. It belongs in the net, once."),
                   Slip("ss_twice", lambda g, a: g.plans["ss_twice"], "With that, the safety stock lies there twice after the last week."),
                   Slip("sr_left_out", lambda g, a: sum(g.right["receipt"]) + sum(g.scheduled),
                        "What is on order already comes in too. It need not be ordered again."),
               )),
    ),
    hints=("Take the first week in which something is ordered. Net = gross + safety stock − available before − scheduled: does it agree? "
           "Then do the same one week on.",
           "In all: what is needed over the six weeks, plus the safety stock, less what is available at the outset and on order."),
    steps=(
        lambda g, a: f"What is wrong: {FAULTS[g.fault][1].lower() if g.fault in FAULTS else 'nothing'}.",
        lambda g, a: f"Receipts: gross {sum(g.gross)} + safety stock {g.safety} − available {g.on_hand - g.allocated} − scheduled {sum(g.scheduled)} = {show(a.receipts, 9)}.",
    ),
)  # fmt: skip


# A buffer counted twice


def _draw_twice(rng: np.random.Generator, plant: Plant) -> dict[str, Any]:
    def once() -> dict[str, Any]:
        row = pick(rng, used(plant, "a safety stock counted twice"))
        mean = max(row.yearly_use / 52, 20.0)
        gross, safety = units(mean * between(rng, 1.5, 2.5)), units(mean * between(rng, 0.4, 0.8))
        scheduled, allocated = units(mean * between(rng, 0.2, 0.5)), units(mean * between(rng, 0.1, 0.3))
        return {"item": row.Index, "n": 1, "gross": [gross], "scheduled": [scheduled], "need": gross, "comes": scheduled, "safety": safety,
                "allocated": allocated, "on_hand": allocated + units(mean * between(rng, 0.7, 1.2)), "lead": 0, "good": 1.0,
                "unit_cost": max(around(rng, row.unit_cost), 0.01), "rate": float(rng.choice(RATES))}  # fmt: skip

    def good(g: Any) -> bool:
        net = g.need + g.safety - g.on_hand + g.allocated - g.comes
        return bool(net > g.safety + 5 and len({g.safety, g.allocated, g.comes, 2 * g.safety}) == 4)

    return shaped(once, good)


def _net(g: Any) -> float:
    return lines_of(planned(g), g.item)["net"][1]


BUFFER_TWICE = Problem(
    id="materials.mrp_buffer_twice", title="A buffer counted twice", level=2, minutes=5, outcomes=OUTCOMES, covers=("mrp",), topics=(GRIDS,),
    needs=("items", "demand"), draw=_draw_twice,
    prompt="This week {need} of {item} are needed. The planner takes allocated stock and the safety stock of {safety} off what is on hand, and "
           "types the rest into the program as stock. The program knows the safety stock too, and sees that it is whole at the week's end. "
           "What is the net requirement, done right? What does the program give? And what does the difference cost a year, if it stays?",
    facts=(Fact("need", "Gross requirement", "{unit}"), ON_HAND, ALLOCATED, Fact("comes", "Scheduled receipt this week", "{unit}"), SAFETY,
           Fact("unit_cost", "Unit cost", "{currency}"), Fact("rate", "Holding cost, of the unit cost a year", percent=True)),
    parts=(
        Number("net", "Net requirement, done right", unit="{unit}", tolerance=Exact(), key=lambda g, a: _net(g), slips=(
            Slip("ss_twice", lambda g, a: g.need + 2 * g.safety - g.on_hand + g.allocated - g.comes, "That is the planner's way: the safety stock counts twice in it."),
            Slip("ss_none", lambda g, a: g.need - g.on_hand + g.allocated - g.comes, "The safety stock is not in it at all. It counts once."),
            Slip("no_sr", lambda g, a: g.need + g.safety - g.on_hand + g.allocated, "The scheduled receipt comes this week. Take it off."),
            Slip("allocated_kept", lambda g, a: g.need + g.safety - g.on_hand - g.comes, "What is allocated is promised already. It is not there for this need."),
        )),
        Number("program", "Net requirement that the program gives", unit="{unit}", tolerance=Exact(), key=lambda g, a: a.net + g.safety,
               check=lambda g: _net(SimpleNamespace(**{**vars(g), "on_hand": g.on_hand - g.safety})), slips=(
                   Slip("same", lambda g, a: a.net, "The program is told less stock than there is, so it asks for more. By how much?"),
                   Slip("other_way", lambda g, a: a.net - g.safety, "The other way: with less stock typed in, more is missing."),
               )),
        Number("cost", "Cost of the difference", unit="{currency} a year", tolerance=Relative(0.005), key=lambda g, a: (a.program - a.net) * g.unit_cost * g.rate,
               check=lambda g: g.safety * g.unit_cost * g.rate, slips=(
                   Slip("value", lambda g, a: (a.program - a.net) * g.unit_cost, "That is the value that lies there. A year of keeping it costs its holding share."),
                   Slip("all_of_it", lambda g, a: a.program * g.unit_cost * g.rate, "You charged the whole order. Only what is kept needlessly counts."),
                   Slip("halved", lambda g, a: (a.program - a.net) * g.unit_cost * g.rate / 2, "A buffer does not run down and up: all of it lies there the year round."),
               )),
    ),
    hints=("What may be used: on hand less allocated, and what comes this week. What must be there: the need, and the safety stock once.",
           "The stock that was typed in is too low by the safety stock. So much more is asked for, and it stays on the shelf."),
    steps=(
        lambda g, a: f"Right: {g.need} + {g.safety} − ({g.on_hand} − {g.allocated}) − {g.comes} = {show(a.net, 9)}.",
        lambda g, a: f"The program: {show(a.net, 9)} + {g.safety} = {show(a.program, 9)}.",
        lambda g, a: f"A year: {g.safety} × {show(g.unit_cost, 9)} × {g.rate:g} = {show(a.cost)}.",
    ),
)  # fmt: skip


# A supplier slips six days

FOUR = ("a", "b", "c", "d")
DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday")
HORIZON = 5


def _four_of_one(plant: Plant, rng: np.random.Generator) -> tuple[str, pd.DataFrame]:
    """Four bought items and their supplier, or any supplier where none delivers four."""
    rows, offers = bought(plant, "four open orders"), plant.need("suppliers", 1, "four open orders")
    if len(rows) < 4:
        raise MissingTableError("items", f"four open orders need 4 bought items, and there are {len(rows)}")
    of = offers[offers["item"].isin(rows.index)].groupby("supplier")["item"].nunique()
    large = sorted(of[of >= 4].index)
    if not large:
        return "One supplier", rows
    name = str(large[int(rng.integers(len(large)))])
    return name, rows[rows.index.isin(offers.loc[offers["supplier"] == name, "item"])]


def _draw_slip(rng: np.random.Generator, plant: Plant) -> dict[str, Any]:
    def once() -> dict[str, Any]:
        supplier, rows = _four_of_one(plant, rng)
        chosen = rows.iloc[sorted(int(i) for i in rng.choice(len(rows), size=4, replace=False))]
        # What the delay does: it leaves the item short, eats into its buffer, or does no harm.
        fates = [
            str(x)
            for x in rng.permutation(["short", str(rng.choice(["short", "buffer"])), "buffer", "whole"])
        ]
        orders = []
        for name, use, fate in zip(chosen.index, chosen["yearly_use"], fates, strict=True):
            need, week, day = (
                units(max(use / 52, 20.0) * between(rng, 0.7, 1.4)),
                int(rng.choice([2, 3])),
                int(rng.integers(1, 5)),
            )
            safety = units(need * between(rng, 0.25, 0.4))
            lasts = {"short": need * (week - 1) + need * between(rng, 0.45, 0.8), "buffer": need * week + safety * between(rng, 0.2, 0.8),
                     "whole": need * week + safety + need * between(rng, 0.1, 0.5)}[fate]  # fmt: skip
            orders.append({"item": str(name), "stock": round(lasts), "safety": safety, "need": need, "quantity": need * int(rng.integers(4, 6)),
                           "due": 7 * (week - 1) + day, "when": f"{DAYS[day]} of week {week}"})  # fmt: skip
        given = {"supplier": supplier, "orders": orders, "first": plant.first_day.isoformat()}
        missing = sum(max(0, -_lowest(r)) for r in orders)
        late = max(rounded(float(between(rng, 0.5, 3.0)) * float(chosen["unit_cost"].median())), 0.5)
        share = between(rng, 0.3, 0.65) if rng.integers(2) else between(rng, 1.5, 2.6)
        # A truck costs some hundred whatever is in it; so the units that are short are worth some thought too.
        late = max(late, rounded(between(rng, 130, 400) / (max(missing, 1) * share)))
        return {**given, "late": late, "fee": max(rounded(missing * late * share), 1), "missing": missing}

    def good(g: Any) -> bool:
        eaten = sum(max(0, r["safety"] - _lowest(r)) for r in g.orders)
        return (
            int(g.missing) >= 5
            and abs(eaten / int(g.missing) - 1) > 0.02
            and abs(float(g.fee) / float(g.missing * g.late) - 1) > 0.2
        )

    given = shaped(once, good)
    return {**given, "short": _after_slip(SimpleNamespace(**given))}


def _lowest(row: dict[str, Any]) -> int:
    """Stock at the end of the week in which the order was due, without it."""
    return int(row["stock"] - row["need"] * (row["due"] // 7 + 1))


def _after_slip(g: Any) -> dict[str, float]:
    """How much each item is short once the four orders come six days later, by the plan's own messages."""
    import pandas as pd

    monday = pd.Timestamp(g.first)
    items = pd.DataFrame(
        [
            {"item": r["item"], "on_hand": r["stock"], "safety_stock": r["safety"], "firm_weeks": HORIZON}
            for r in g.orders
        ]
    )
    demand = pd.DataFrame(
        [
            {"week": monday + timedelta(weeks=t), "item": r["item"], "quantity": r["need"]}
            for r in g.orders
            for t in range(HORIZON)
        ]
    )
    receipts = pd.DataFrame(
        [
            {"item": r["item"], "quantity": r["quantity"], "due": monday + timedelta(days=r["due"] + 6)}
            for r in g.orders
        ]
    )
    found = materials.mrp(
        items=items, demand=demand, receipts=receipts, start=g.first, weeks=HORIZON
    ).messages
    short = found[found["kind"] == "short"].groupby("item")["quantity"].sum()
    return {str(item): float(x) for item, x in short.items()}


def _slip_text(i: int) -> Callable[[Any, Any], str]:
    return lambda g, a: str(g.orders[i]["item"])


def _slip_reason(i: int) -> Callable[[Any, Any], str]:
    def said(g: Any, a: Any) -> str:
        row = g.orders[i]
        left, week = _lowest(row), row["due"] // 7 + 1
        head = f"Until the end of week {week} it takes {week} × {row['need']:,} = {week * row['need']:,}; {row['stock']:,} are there."
        if left < 0:
            return f"{head} {-left:,} are missing before the delivery comes."
        if left < row["safety"]:
            return f"{head} {left:,} are left: the safety stock is eaten into. That is what it is for."
        return f"{head} {left:,} are left, with the safety stock whole: the delay does no harm."

    return said


def _cheaper(g: Any, a: Any) -> str:
    return "express" if g.fee < a.cost else "move"


SUPPLIER_SLIPS = Problem(
    id="materials.supplier_slips", title="Six days late, and four orders open", level=3, minutes=9, outcomes=OUTCOMES, covers=("mrp",),
    topics=("a supplier slips six days with four open orders",), needs=("items", "demand", "suppliers"), draw=_draw_slip,
    prompt="Monday of week 1, eight o'clock. {supplier} calls: everything will come six days later than promised. Four orders are open. {plant} "
           "plans by weeks: what comes in a week counts for that week. Nothing else can be had in the next five weeks. Each unit short "
           "at the end of a week costs {late} (a line that stops, a customer's penalty). One express truck, {fee}, would bring the units that are missing in time, and no more.",
    facts=(FactTable("orders", "The open orders", (Fact("item", "Item"), Fact("stock", "Available now", "units"), Fact("safety", "Of it safety stock", "units"),
                                                   Fact("need", "Needed each week", "units"), Fact("quantity", "On order", "units"), Fact("when", "Was due"))),
           Fact("late", "Cost of a unit short", "{currency}"), Fact("fee", "Express truck", "{currency}")),
    parts=(
        Choices("short", "Which items run short?", shuffle=False, key=lambda g, a: tuple(k for k, r in zip(FOUR, g.orders, strict=True) if r["item"] in g.short),
                options=tuple(Option(k, _slip_text(i), _slip_reason(i)) for i, k in enumerate(FOUR))),
        Number("units", "Units short, all items together", unit="units", tolerance=Exact(), key=lambda g, a: sum(g.short.values()), slips=(
            Slip("to_safety", lambda g, a: sum(max(0, r["safety"] - _lowest(r)) for r in g.orders),
                 "You counted what is missing to the safety stock. It may be used: that is what it is for. Short is below zero."),
            Slip("week_of_need", lambda g, a: sum(r["need"] for r in g.orders if _lowest(r) < 0),
                 "That is the need of a whole week. Part of it is still in stock."),
            Slip("whole_orders", lambda g, a: sum(r["quantity"] for r in g.orders if _lowest(r) < 0),
                 "Those are the whole orders. Only what is used before they come is short."),
        )),
        Number("cost", "Cost of waiting", unit="{currency}", key=lambda g, a: a.units * g.late, check=lambda g: sum(g.short.values()) * g.late, tolerance=Relative(0.005), slips=(
            Slip("six_days", lambda g, a: a.units * g.late * 6, "The cost is stated for a unit, once. It does not run by the day."),
        )),
        Choice("act", "What do you do about the goods?", key=_cheaper, options=(
            Option("express", "Have the missing units brought by the express truck, the rest as it comes",
                   lambda g, a: "It costs less than waiting, and moves only what is needed." if _cheaper(g, a) == "express"
                   else "The truck costs more than the delay. Look at the two figures again."),
            Option("move", "Wait; put later what hangs on the short items, and give those customers a new date today",
                   lambda g, a: "Waiting costs less than the truck. A new date told today is better than a silent delay." if _cheaper(g, a) == "move"
                   else "Honest, but the delay costs more than the truck."),
            Option("all", "Have all four orders brought by express", "Some of them come in time for what is needed. You would pay for speed that nobody uses."),
            Option("elsewhere", "Order the same again elsewhere", "Nothing else can be had in these weeks, and afterwards you would have it twice."),
            Option("buffers", "Raise all four safety stocks", "That orders more, and later. It brings nothing this week. Judge the buffers when you know how often this happens."),
        )),
        Choices("tell", "Whom do you tell, and what?", key=lambda g, a: ("shop", "pegs", "record"), options=(
            Option("shop", "The shop: which items come later, so that jobs that wait for them are put behind others", "Yes: a job that is started without its parts blocks the line."),
            Option("pegs", "Sales: which customers' orders hang on the short items, and since when you know", "Yes: look them up by pegging, and speak of those only. They can plan if they hear it today."),
            Option("record", "The supplier: you want a firm date in writing, and the reason; it goes into their record", "Yes: the next delivery date is worth as much as the last one was. Keep count, and speak of it without blame."),
            Option("all", "Every customer of the four items, to be on the safe side", "Most of them are served in time. A false alarm costs trust, and they will call every day."),
            Option("nobody", "Nobody, until the goods are there", "Bad news grows with age. The shop and the customers can act on it only while there is time."),
        )),
    ),
    hints=("For each item: how much is used until the end of the week in which the order was due? Six days later it comes in the week after.",
           "Stock less that use: below zero means short. Below the safety stock only means that the buffer does its work."),
    steps=(
        lambda g, a: " ".join(f"{r['item']}: {r['stock']:,} − {r['due'] // 7 + 1} × {r['need']:,} = {_lowest(r):,}." for r in g.orders),
        lambda g, a: f"Short in all: {show(a.units, 9)}. Waiting costs {show(a.units, 9)} × {show(g.late, 9)} = {show(a.cost)}; the truck {show(g.fee, 9)}.",
        lambda g, a: "So take the truck for what is missing." if a.act == "express" else "So wait, and give those customers a new date today.",
    ),
)  # fmt: skip

PROBLEMS = (FIND_FAULT, BUFFER_TWICE, SUPPLIER_SLIPS)
