"""What shifts requirements: safety lead time, yield, a firm horizon, dated bills, and co-products."""

from __future__ import annotations

from collections.abc import Mapping
from math import ceil, floor
from typing import TYPE_CHECKING, Any

from ...draws import around, between, bought, made, pick, rounded, shaped
from ...numbers import show
from ...parts import Grid, Line, Number, Slip
from ...problem import Fact, Problem
from ...tolerance import Absolute, Exact, Relative
from .mrp_record import (
    GRIDS,
    GROSS,
    LEAD,
    NET,
    ON_HAND,
    OUTCOMES,
    SAFETY,
    SCHEDULED,
    given_line,
    handy,
    line_steps,
    lines_of,
    net_need,
    plan,
    planned,
    record_case,
    span,
    stands_apart,
    stocked_lines,
    units,
    weekly,
    weeks,
)

if TYPE_CHECKING:
    import numpy as np

    from ....plant import Plant

GOOD = Fact("good", "Yield", percent=True)


# Safety lead time


def _draw_early(rng: np.random.Generator, plant: Plant) -> dict[str, Any]:
    row = pick(rng, bought(plant, "a safety lead time"))
    lead, early = int(rng.choice([3, 4, 5])), int(rng.choice([1, 2]))
    return {"item": row.Index, "quantity": units(max(row.yearly_use / 52, 20.0) * between(rng, 0.7, 2.0)), **span("lead", lead),
            **span("early", early), "week": lead + early + int(rng.integers(2, 6)),
            "holding": max(around(rng, row.unit_cost * plant.holding_rate / 52), 1e-4)}  # fmt: skip


def _early(g: Any) -> Any:
    return plan(
        g.week + 1,
        [{"item": g.item, "lead_time_weeks": g.lead, "safety_lead_weeks": g.early}],
        {g.item: [*[0.0] * (g.week - 1), float(g.quantity)]},
    )


SAFETY_LEAD = Problem(
    id="materials.mrp_safety_lead", title="A week too early, on purpose", level=2, minutes=4, outcomes=OUTCOMES, covers=("mrp",),
    topics=(GRIDS,), needs=("items", "demand"), draw=_draw_early,
    prompt="{quantity} {unit} of {item} are needed in week {week}, and none is there. The supplier needs {lead} {lead_unit}, but is often late. So "
           "{plant} plans with a safety lead time of {early} {early_unit}: the order is to come by so much earlier than it is needed. For "
           "which week is the receipt planned, when is it released, and what does the early arrival cost? Holding is charged "
           "on the stock at each week's end.",
    facts=(Fact("week", "Needed in week"), Fact("quantity", "Quantity", "{unit}"), LEAD, Fact("early", "Safety lead time", "{early_unit}"),
           Fact("holding", "Cost of keeping a unit", "{currency} a week")),
    parts=(
        Number("due", "Receipt planned for week", tolerance=Exact(), key=lambda g, a: _early(g).orders["due"].iloc[0], slips=(
            Slip("safety_left_out", lambda g, a: g.week, "That is the week of the need. It is to be there {early} {early_unit} before."),
            Slip("lead_for_safety", lambda g, a: g.week - g.lead, "You moved the receipt by the lead time. That is for the release; the receipt moves by the safety lead time only."),
            Slip("forward", lambda g, a: g.week + g.early, "That is after the need. The safety lead time brings the receipt forward."),
        )),
        Number("release", "Released in week", tolerance=Exact(), key=lambda g, a: a.due - g.lead, check=lambda g: _early(g).orders["release"].iloc[0], slips=(
            Slip("from_need", lambda g, a: g.week - g.lead, "The lead time counts from the planned receipt, not from the week of the need."),
            Slip("safety_twice", lambda g, a: a.due - g.lead - g.early, "The safety lead time is in the planned receipt already. Take off the lead time only."),
            Slip("no_offset", lambda g, a: a.due, "Released in the week in which it should come, it is late by the lead time."),
        )),
        Number("cost", "Holding because it comes early", unit="{currency}", tolerance=Relative(0.005),
               key=lambda g, a: g.quantity * (g.week - a.due) * g.holding,
               check=lambda g: sum(lines_of(_early(g), g.item)["available"].values()) * g.holding, slips=(
                   Slip("whole_way", lambda g, a: g.quantity * (g.week - a.due + g.lead) * g.holding,
                        "Units on their way are not in the store yet. Only the weeks between receipt and need count."),
                   Slip("half_of_it", lambda g, a: g.quantity * (g.week - a.due) * g.holding / 2,
                        "You halved it, as for a stock that runs down. Here the whole lot waits until the week of the need."),
               )),
    ),
    hints=("Two steps back: first from the need to the planned receipt, then from there to the release.",
           "Need − safety lead time = receipt. Receipt − lead time = release. The whole quantity waits for the weeks between."),
    steps=(
        lambda g, a: f"Receipt: {g.week} − {g.early} = {a.due:g}. Release: {a.due:g} − {g.lead} = {a.release:g}.",
        lambda g, a: f"Cost: {g.quantity} × {g.early} × {show(g.holding, 9)} = {show(a.cost)}.",
    ),
)  # fmt: skip


# Yield


def _draw_starts(rng: np.random.Generator, plant: Plant) -> dict[str, Any]:
    def once() -> dict[str, Any]:
        item, mean = weekly(plant, rng, "a start with losses", made)
        good = float(rng.choice([0.8, 0.82, 0.85, 0.88]))
        need = units(max(mean, 200) * between(rng, 0.9, 2.0))
        safety, on_hand = (
            units(0.2 * need * between(rng, 0.5, 1.5)),
            units(0.5 * need * between(rng, 0.6, 1.2)),
        )
        box = int(max(2, rounded(0.014 * (need + safety - on_hand), 1)))
        return {"item": item, "n": 1, "gross": [need], "scheduled": [0], "need": need, "safety": safety, "on_hand": on_hand,
                "allocated": 0, "lead": 0, "good": good, "box": box,
                "rule": {"lot_rule": "multiple", "lot_multiple": box, "yield_share": good}}  # fmt: skip

    def good(g: Any) -> bool:
        net = g.need + g.safety - g.on_hand
        starts = {_boxes(g, net * x) for x in (1 / g.good, 1, g.good, 2 - g.good)}
        down = floor(net / g.good / g.box) * g.box
        return len(starts) == 4 and down not in starts and 0.15 < net / g.good / g.box % 1 < 0.85

    return shaped(once, good)


def _boxes(g: Any, starts: float) -> float:
    return float(ceil(starts / g.box - 1e-9) * g.box)


STARTS = Problem(
    id="materials.mrp_starts", title="How many to start?", level=2, minutes=5, outcomes=OUTCOMES, covers=("mrp",),
    topics=(GRIDS,), needs=("items", "demand"), draw=_draw_starts,
    prompt="{need} good {unit} of {item} are needed this week, and the safety stock of {safety} must be whole after it. Of what is started, "
           "{good} turns out good; starts are whole boxes of {box}. How many good {unit} are missing, how many are started, and "
           "how many good ones are to be expected beyond the need?",
    facts=(Fact("need", "Needed", "{unit}"), ON_HAND, SAFETY, GOOD, Fact("box", "Box", "{unit}")),
    parts=(
        Number("net", "Missing, good ones", unit="{unit}", tolerance=Exact(), key=lambda g, a: lines_of(planned(g), g.item)["net"][1], slips=(
            Slip("ss_none", lambda g, a: g.need - g.on_hand, "The safety stock is left out. It must be whole after the week's need."),
            Slip("ss_twice", lambda g, a: g.need + 2 * g.safety - g.on_hand, "The safety stock counts twice. It is part of what must be left, once."),
            Slip("ss_wrong_way", lambda g, a: g.need - g.safety - g.on_hand, "You used the safety stock up. It is to be there afterwards: add it to the need."),
            Slip("stock_left_out", lambda g, a: g.need + g.safety, "What is on hand is left out. It covers part of it."),
        )),
        Number("starts", "To start", unit="{unit}", tolerance=Exact(), key=lambda g, a: _boxes(g, a.net / g.good),
               check=lambda g: lines_of(planned(g), g.item)["release"][1], slips=(
                   Slip("yield_left_out", lambda g, a: _boxes(g, a.net), "So many would do if all turned out good. Start more."),
                   Slip("yield_times", lambda g, a: _boxes(g, a.net * g.good), "You started fewer because some are lost. Divide by the yield."),
                   Slip("yield_plus", lambda g, a: _boxes(g, a.net * (2 - g.good)),
                        "You added the lost share of the good ones. It is a share of what is started: divide by the yield."),
                   Slip("lot_down", lambda g, a: floor(a.net / g.good / g.box + 1e-9) * g.box, "Rounded down to boxes, too few are started. Round up."),
                   Slip("not_boxed", lambda g, a: round(a.net / g.good, 1), "Only whole boxes can be started: round up to a multiple of {box}."),
               )),
        Number("over", "Good ones beyond the need, expected", unit="{unit}", tolerance=Absolute(0.5), key=lambda g, a: a.starts * g.good - a.net,
               check=lambda g: lines_of(planned(g), g.item)["available"][1] - g.safety, slips=(
                   Slip("starts_less_net", lambda g, a: a.starts - a.net, "You counted the lost ones too. Only the good share of what is started comes in."),
               )),
    ),
    hints=("What must be there: the need and the safety stock. What of it is there already?",
           "Missing ÷ {good}, rounded up to boxes of {box}. Of these, {good} come in."),
    steps=(
        lambda g, a: f"Missing: {g.need} + {g.safety} − {g.on_hand} = {show(a.net, 9)}.",
        lambda g, a: f"Starts: {show(a.net, 9)} ÷ {g.good:g} = {show(a.net / g.good)}; in boxes of {g.box}: {show(a.starts, 9)}.",
        lambda g, a: f"Beyond the need: {show(a.starts, 9)} × {g.good:g} − {show(a.net, 9)} = {show(a.over)}.",
    ),
)  # fmt: skip


# A firm horizon


def _cells(g: Any, record: Any, line: str) -> list[float]:
    """One line of the record: the key's, or the learner's own."""
    found = record[line] if isinstance(record, Mapping) else getattr(record, line)
    return [float(found[t]) for t in weeks(g)]


_FIRM = Grid(
    "record", "Record", over=weeks, key=lambda g, a: lines_of(planned(g), g.item),
    lines=(
        GROSS, SCHEDULED,
        Line("net", NET.label, NET.unit, rule=net_need, slips=(
            Slip("owed_forgotten", lambda g, a, t: max(0, a.gross[t] + g.safety - max(0, a.available[t - 1]) - a.scheduled[t]),
                 "Units owed from the weeks before are forgotten. A negative balance adds to what is missing."),
            Slip("ss_none", lambda g, a, t: max(0, a.gross[t] - a.available[t - 1] - a.scheduled[t]), "The safety stock is left out."),
        )),
        Line("receipt", "Planned receipts", "{unit}", rule=lambda g, a, t: a.net[t] if t > g.firm else 0.0, slips=(
            Slip("fence_ignored", lambda g, a, t: a.net[t], "In the firm weeks nothing new may come. What is missing then is planned for the first week after them."),
            Slip("fence_early", lambda g, a, t: a.net[t] if t >= g.firm else 0, "Week {firm} is still firm. The first free week is the one after it."),
            Slip("fence_late", lambda g, a, t: a.net[t] if t > g.firm + 1 else 0, "You waited a week too long. Weeks 1 to {firm} are firm, the next is free."),
        )),
        Line("available", "Projected available", "{unit}", start=lambda g: g.on_hand,
             rule=lambda g, a, t: a.available[t - 1] + a.scheduled[t] + a.receipt[t] - a.gross[t],
             slips=(
                 Slip("cut_at_zero", lambda g, a, t: max(0, a.available[t - 1] + a.scheduled[t] + a.receipt[t] - a.gross[t]),
                      "The balance goes below zero: that many units are owed, and the next week begins with it."),
             )),
    ),
)  # fmt: skip


def _draw_firm(rng: np.random.Generator, plant: Plant) -> dict[str, Any]:
    def once() -> dict[str, Any]:
        item, mean = weekly(plant, rng, "a firm horizon", made)
        firm = int(rng.choice([3, 4]))
        given = record_case(rng, item, mean, 7)
        gross, scheduled = given["gross"], [0] * 7
        scheduled[1] = units(mean * between(rng, 0.3, 0.7))
        on_hand = round(
            sum(gross[: firm - 2])
            + between(rng, 0.3, 0.9) * gross[firm - 2]
            - (scheduled[1] if firm > 3 else 0)
        )
        return {**given, "scheduled": scheduled, "allocated": 0, "on_hand": max(on_hand, 1), **span("lead", 1), "firm": firm,
                "rule": {"firm_weeks": firm}}  # fmt: skip

    def good(g: Any) -> bool:
        low = min(_FIRM.by_rules(g, None)["available"].values())  # type: ignore[arg-type]
        return bool(low < -3 and abs(low) != g.safety)

    return shaped(once, good)


def _worst(g: Any) -> float:
    messages = planned(g).messages
    return float(messages.loc[messages["kind"] == "short", "quantity"].max())


FIRM = Problem(
    id="materials.mrp_firm", title="Nothing may change in the first weeks", level=2, minutes=8, outcomes=OUTCOMES, covers=("mrp",),
    topics=(GRIDS,), needs=("items", "demand"), draw=_draw_firm,
    prompt="At {plant}, weeks 1 to {firm} are firm: the program plans nothing new in them. What is missing there is ordered for the first "
           "week after, and reported as short until then. Plan {item}, lot for lot, with its safety stock of {safety}. How many {unit} is "
           "it short at the worst?\n\nThe net requirement of a week is all that is missing at its end, units owed from before included.",
    facts=(ON_HAND, SAFETY, Fact("firm", "Firm weeks", "weeks")),
    parts=(
        _FIRM,
        Number("short", "Short at the worst", unit="{unit}", tolerance=Exact(), key=lambda g, a: -min(_cells(g, a.record, "available")),
               check=_worst, slips=(
                   Slip("below_safety", lambda g, a: g.safety - min(_cells(g, a.record, "available")),
                        "That is what is missing to the safety stock. Short is what customers wait for: below zero."),
               )),
    ),
    hints=("Carry a negative balance on. In the firm weeks the net grows from week to week, since nothing comes to fill it.",
           "In the first week after week {firm} the receipt fills all of it: units owed, that week's need, and the safety stock."),
    steps=(*line_steps(("net", "Net"), ("receipt", "Planned receipts, none in the firm weeks"), ("available", "Available")),
           lambda g, a: f"The lowest balance is {show(-a.short, 9)}: {show(a.short, 9)} {g.unit} short."),
)  # fmt: skip


# Dated bills


def _dated(g: Any) -> dict[str, Any]:
    parent = {"item": g.parent, "lead_time_weeks": g.lead}
    found = plan(g.n, [parent, {"item": g.old}, {"item": g.new}], {g.parent: g.receipt}, bom=[
        {"parent": g.parent, "component": g.old, "quantity_per": g.old_per, "valid_from": None, "valid_to": g.change - 1},
        {"parent": g.parent, "component": g.new, "quantity_per": g.new_per, "valid_from": g.change, "valid_to": None}])  # fmt: skip
    return {
        "release": lines_of(found, g.parent)["release"],
        "old_gross": lines_of(found, g.old)["gross"],
        "new_gross": lines_of(found, g.new)["gross"],
    }


_DATED = Grid(
    "record", "Requirements", over=weeks, key=lambda g, a: _dated(g),
    lines=(
        given_line("receipt", "{parent}: planned receipts"),
        Line("release", "{parent}: planned releases", "units", rule=lambda g, a, t: a.receipt[t + g.lead], slips=(
            Slip("no_offset", lambda g, a, t: a.receipt[t], "{parent} takes {lead} {lead_unit}. It is released that much before."),
        )),
        Line("old_gross", "{old}: gross requirements", "units", rule=lambda g, a, t: a.release[t] * g.old_per if t < g.change else 0.0, slips=(
            Slip("by_due", lambda g, a, t: a.release[t] * g.old_per if t + g.lead < g.change else 0,
                 "You went by the week in which {parent} is finished. The bill that counts is the one of the week in which it is started."),
            Slip("date_ignored", lambda g, a, t: a.release[t] * g.old_per, "From week {change} on the old part goes in no more."),
            Slip("old_edge", lambda g, a, t: a.release[t] * g.old_per if t <= g.change else 0, "Week {change} belongs to the new part already."),
        )),
        Line("new_gross", "{new}: gross requirements", "units", rule=lambda g, a, t: a.release[t] * g.new_per if t >= g.change else 0.0, slips=(
            Slip("by_due", lambda g, a, t: a.release[t] * g.new_per if t + g.lead >= g.change else 0,
                 "You went by the week in which {parent} is finished. What is started before week {change} still takes the old part."),
            Slip("date_ignored", lambda g, a, t: a.release[t] * g.new_per, "Before week {change} the new part goes in nowhere."),
            Slip("new_edge", lambda g, a, t: a.release[t] * g.new_per if t > g.change else 0, "Week {change} is the first with the new part."),
            Slip("old_quantity", lambda g, a, t: a.release[t] * g.old_per if t >= g.change else 0, "You took the old quantity. Of the new part another number goes in."),
        )),
    ),
)  # fmt: skip


def _draw_dated(rng: np.random.Generator, plant: Plant) -> dict[str, Any]:
    bills, apart = stocked_lines(plant, "a change of the bill"), stands_apart(_DATED, plant)
    cases = [(p, c, q) for p, rows in bills.items() for c, q in rows]
    cases = [x for x in cases if handy(x[2]) and x[2] > 1] or cases

    def once() -> dict[str, Any]:
        parent, old, q = cases[int(rng.integers(len(cases)))]
        old_per = int(q) if handy(q) and q > 1 else int(rng.integers(2, 5))
        n, lead, change, mean = 8, int(rng.choice([1, 2])), int(rng.choice([4, 5])), between(rng, 15, 80)
        receipt = [0] * lead + [units(mean * between(rng, 0.5, 1.5)) for _ in range(n - lead)]
        receipt[int(rng.integers(lead, n))] = 0
        return {"parent": parent, "old": old, "new": f"{old}-b", "old_per": old_per, "new_per": old_per + int(rng.choice([-1, 1])),
                "n": n, "change": change, "receipt": receipt, **span("lead", lead)}  # fmt: skip

    return shaped(once, apart)


DATED = Problem(
    id="materials.mrp_dated_bill", title="When the new part goes in", level=2, minutes=7, outcomes=OUTCOMES, covers=("mrp",),
    topics=(GRIDS, "bills of material"), needs=("items", "bom"), draw=_draw_dated,
    prompt="Engineering replaces {old} in {parent} by {new}, from week {change} on. The bill that counts is the one of the week in which "
           "{parent} is started. What is needed of the old part and of the new one, week by week? Nothing is known of the weeks after week 8.",
    facts=(LEAD, Fact("old_per", "Quantity of the old part in one", "units"), Fact("new_per", "Quantity of the new part in one", "units"),
           Fact("change", "First week of the new part")),
    parts=(_DATED,),
    hints=("First the releases of {parent}: each receipt, {lead} {lead_unit} earlier.",
           "Up to the week before week {change}, releases × {old_per} of the old part; from week {change} on, releases × {new_per} of the new one."),
    steps=line_steps(("release", "Releases"), ("old_gross", "The old part"), ("new_gross", "The new part")),
)  # fmt: skip


# Co-products


def _beside(g: Any) -> dict[str, dict[int, float]]:
    found = plan(
        g.n,
        [{"item": g.parent, "lead_time_weeks": g.lead, "yield_share": g.good}, {"item": g.item, "on_hand": g.on_hand}],
        {g.parent: g.receipt, g.item: g.gross}, coproducts=[(g.parent, g.item, g.per)],
    )  # fmt: skip
    return {**lines_of(found, g.item), "started": lines_of(found, g.parent)["release"]}


_BESIDE = Grid(
    "record", "Record of the co-product", over=weeks, key=lambda g, a: _beside(g),
    lines=(
        given_line("receipt", "{parent}: good units coming in"),
        Line("started", "{parent}: units started", "units", rule=lambda g, a, t: a.receipt[t + g.lead] / g.good, slips=(
            Slip("yield_left_out", lambda g, a, t: a.receipt[t + g.lead], "More must be started than comes in good: divide by the yield."),
            Slip("no_offset", lambda g, a, t: a.receipt[t] / g.good, "It is started {lead} {lead_unit} before it comes in."),
        )),
        given_line("gross", "{item}: gross requirements"),
        Line("coproduct", "{item}: comes in beside", "units", rule=lambda g, a, t: a.receipt[t] * g.per, slips=(
            Slip("at_start", lambda g, a, t: a.started[t] * g.good * g.per, "It comes when {parent} comes in, not when it is started."),
            Slip("of_started", lambda g, a, t: a.receipt[t] / g.good * g.per, "It comes with the good units. You took what is started."),
            Slip("divided", lambda g, a, t: a.receipt[t] / g.per, "Each good unit brings {per}: multiply."),
        )),
        Line("net", "{item}: net requirements", "units", rule=lambda g, a, t: max(0.0, a.gross[t] - a.available[t - 1] - a.coproduct[t]), slips=(
            Slip("coproduct_left_out", lambda g, a, t: max(0, a.gross[t] - a.available[t - 1]), "What comes in beside {parent} is left out. It serves the need too."),
            Slip("surplus_lost", lambda g, a, t: max(0, a.gross[t] - a.coproduct[t]), "What was left the week before is forgotten."),
        )),
        Line("available", "{item}: available", "units", start=lambda g: g.on_hand,
             rule=lambda g, a, t: a.available[t - 1] + a.coproduct[t] + a.net[t] - a.gross[t]),
    ),
)  # fmt: skip


def _draw_beside(rng: np.random.Generator, plant: Plant) -> dict[str, Any]:
    rows, apart = plant.need("coproducts", 1, "a problem on co-products"), stands_apart(_BESIDE, plant)

    def once() -> dict[str, Any]:
        row = pick(rng, rows)
        per, n, lead, good = (
            rounded(row.quantity_per),
            7,
            int(rng.choice([1, 2])),
            float(rng.choice([0.8, 0.9])),
        )
        mean = max(100.0, 100 / per)
        step = 9 if good == 0.9 else 4  # so that what is started comes out whole
        receipt = [0] * lead + [step * max(1, round(mean * between(rng, 0.5, 1.5) / step)) if rng.random() < 0.75 else 0
                                for _ in range(n - lead)]  # fmt: skip
        brings = per * sum(receipt) / n
        gross = [units(brings * between(rng, 0.7, 1.6)) for _ in range(n)]
        return {"parent": row.parent, "item": row.item, "per": per, "n": n, **span("lead", lead), "good": good, "receipt": receipt,
                "gross": gross, "on_hand": round(gross[0] * between(rng, 1.1, 2.0))}  # fmt: skip

    return shaped(once, apart)


BESIDE = Problem(
    id="materials.mrp_coproduct", title="What comes out beside it", level=3, minutes=10, outcomes=OUTCOMES, covers=("mrp",),
    topics=(GRIDS,), needs=("coproducts",), draw=_draw_beside,
    prompt="With each good unit of {parent} comes {per} of {item}, in the same week. {good} of what is started of {parent} turns out good, "
           "{lead} {lead_unit} later. What is still missing of {item} is bought, and comes in the week in which it is needed. How much is that?",
    facts=(ON_HAND, Fact("per", "Of the co-product, with one good unit", "units"), GOOD, LEAD),
    parts=(_BESIDE,),
    hints=("Good units that come in × {per} is what comes beside them, in that week. What is started is a line for itself.",
           "Net = gross − available before − what comes in beside, and never below zero. Leave what is over in the balance."),
    steps=line_steps(("started", "Started: good units ÷ yield, the lead time earlier"), ("coproduct", "Comes in beside: good units × the share"),
                     ("net", "Net"), ("available", "Available")),
)  # fmt: skip

PROBLEMS = (SAFETY_LEAD, STARTS, FIRM, DATED, BESIDE)
