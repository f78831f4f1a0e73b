"""Records of one item: netting, balance, offset, and a whole record by each lot rule."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from math import ceil, floor
from typing import TYPE_CHECKING, Any

from ...draws import between, made, shaped, used
from ...parts import Grid, Line, Slip
from ...problem import Fact, Problem
from .mrp_record import (
    ALLOCATED,
    BEFORE,
    COUNTED,
    GRIDS,
    GROSS,
    LEAD,
    NET,
    NET_SLIPS,
    ON_HAND,
    OUTCOMES,
    RECORD_STEPS,
    SAFETY,
    SCHEDULED,
    SR_OFFSET,
    Items,
    Rule,
    available_line,
    line_steps,
    lines_of,
    net_need,
    planned,
    receipt_line,
    record_case,
    record_grid,
    release_line,
    span,
    stands_apart,
    units,
    weekly,
    weeks,
)

if TYPE_CHECKING:
    import numpy as np

    from ....plant import Plant

NEEDS = ("items", "demand")
Draw = Callable[["np.random.Generator", "Plant"], dict[str, Any]]


def _drawn(
    purpose: str, more: Callable[[Any, dict[str, Any], float], Mapping[str, Any]],
    n: int = 8, of: Items = used, grid: Grid | None = None,
) -> Draw:  # fmt: skip
    """Draws a record; `more` adds the lot rule, and `grid` sees to it that the slips stand apart."""

    def draw(rng: np.random.Generator, plant: Plant) -> dict[str, Any]:
        def once() -> dict[str, Any]:
            item, mean = weekly(plant, rng, purpose, of)
            given = record_case(rng, item, mean, n)
            return {**given, **more(rng, given, mean)}

        return shaped(once, stands_apart(grid, plant)) if grid else once()

    return draw


# Netting


def _lot_for_lot(g: Any, a: Any, t: int) -> float:
    return float(a.net[t])


_NETTING = Grid(
    "record", "Record", over=weeks, key=lambda g, a: lines_of(planned(g), g.item),
    lines=(
        GROSS, SCHEDULED,
        Line("net", "Net requirements", "{unit}", rule=net_need, slips=(
            *NET_SLIPS,
            Slip("sr_reused", lambda g, a, t: max(0, a.gross[t] + g.safety - a.available[t - 1] - sum(g.scheduled[:t])),
                 "The scheduled receipt comes once. In the weeks after it, it is in the balance already."),
        )),
        Line("available", "Available at the week's end", "{unit}", start=lambda g: g.on_hand,
             rule=lambda g, a, t: a.available[t - 1] + a.scheduled[t] + a.net[t] - a.gross[t],
             slips=(
                 Slip("net_left_out", lambda g, a, t: max(0, a.available[t - 1] + a.scheduled[t] - a.gross[t]),
                      "The net requirement is ordered, and comes in this week. Add it: the safety stock is whole again."),
                 Slip("sr_left_out", lambda g, a, t: a.available[t - 1] + a.net[t] - a.gross[t],
                      "The scheduled receipt is not in the balance. It comes in this week."),
             )),
    ),
)  # fmt: skip

NETTING = Problem(
    id="materials.mrp_netting", title="What is still missing?", level=1, minutes=6, outcomes=OUTCOMES, covers=("mrp",),
    topics=(GRIDS,), needs=NEEDS,
    draw=_drawn("a netting problem", lambda rng, given, mean: {
        "on_hand": given["on_hand"] - given["allocated"], "allocated": 0}, n=6),
    prompt="{item} is needed as the table says. How much of it must still be ordered for each week? The net requirement of a "
           "week is what stock and open orders leave short, so that the safety stock of {safety} is whole at its end. Just that is "
           "ordered, and comes in the same week.",
    facts=(ON_HAND, SAFETY),
    parts=(_NETTING,),
    hints=("Go week by week, and finish a week before the next: what it leaves opens the week after.",
           "Net = gross + safety stock − available the week before − scheduled receipt. Below zero it is 0: nothing is missing."),
    steps=line_steps(("net", "Net = gross + safety stock − available before − scheduled, and never below zero"),
                     ("available", "Available = before + scheduled + net − gross")),
)  # fmt: skip


# Balance


def _balance_key(g: Any) -> dict[str, Any]:
    """The balance, and by the plan's own messages the state of each week."""
    found = planned(g)
    state = dict.fromkeys(weeks(g), "whole")
    runs = found.messages[found.messages["kind"].isin(["short", "below safety"])]
    for kind, first, last in zip(runs["kind"], runs["week"], runs["to_week"], strict=True):
        state.update(dict.fromkeys(range(int(first), int(last) + 1), str(kind).split()[0]))
    return {"available": lines_of(found, g.item)["available"], "state": state}


_BALANCE = Grid(
    "record", "Balance", over=weeks, key=lambda g, a: _balance_key(g),
    lines=(
        GROSS, SCHEDULED,
        Line("available", "Projected available", "{unit}", start=lambda g: g.on_hand - g.allocated,
             rule=lambda g, a, t: a.available[t - 1] + a.scheduled[t] - a.gross[t],
             slips=(
                 Slip("stock_reused", lambda g, a, t: g.on_hand - g.allocated + a.scheduled[t] - a.gross[t],
                      "Each week began with the opening stock again. Carry what the week before left."),
                 Slip("sr_left_out", lambda g, a, t: a.available[t - 1] - a.gross[t],
                      "The scheduled receipts are not added in their weeks."),
                 Slip("cut_at_zero", lambda g, a, t: max(0, a.available[t - 1] + a.scheduled[t] - a.gross[t]),
                      "A balance below zero is not zero: it says how much is owed, and the next week begins with it."),
                 Slip("ss_taken_off", lambda g, a, t: a.available[t - 1] + a.scheduled[t] - a.gross[t] - (g.safety if t == 1 else 0),
                      "The safety stock is part of what is available. Do not take it off: compare the balance with it."),
             )),
        Line("state", "State of the buffer", choices=("whole", "below", "short"),
             rule=lambda g, a, t: "short" if a.available[t] < 0 else "below" if a.available[t] < g.safety else "whole",
             slips=(
                 Slip("zero_only", lambda g, a, t: "short" if a.available[t] < 0 else "whole",
                      "You looked at zero only. Below {safety} the safety stock is being eaten into, before anything is short."),
             )),
    ),
)  # fmt: skip


def _draw_balance(rng: np.random.Generator, plant: Plant) -> dict[str, Any]:
    def once() -> dict[str, Any]:
        item, mean = weekly(plant, rng, "a projected balance")
        given = record_case(rng, item, mean, 7)
        lasts, late = int(rng.integers(2, 4)), int(rng.integers(4, 6))
        scheduled = [0] * 7
        scheduled[int(rng.integers(1, lasts))] = units(mean * between(rng, 0.4, 0.9))
        scheduled[late] = units(mean * between(rng, 1.6, 2.6))
        on_hand = round(
            sum(given["gross"][:lasts]) - sum(scheduled[:lasts]) + between(rng, 0.2, 0.9) * given["safety"]
        )
        return {
            **given,
            "scheduled": scheduled,
            "allocated": 0,
            "on_hand": max(on_hand, 1),
            "rule": {"firm_weeks": 7},
        }

    def good(g: Any) -> bool:
        states = set(_BALANCE.by_rules(g, None)["state"].values())  # type: ignore[arg-type]
        return states == {"whole", "below", "short"}

    return shaped(once, good)


BALANCE = Problem(
    id="materials.mrp_balance", title="Projected available balance", level=1, minutes=6, outcomes=OUTCOMES, covers=("mrp",),
    topics=(GRIDS, "projected available balance"), needs=NEEDS, draw=_draw_balance,
    prompt="Nothing new can be ordered of {item} for the next seven weeks: the horizon is firm. What will be available at the "
           "end of each week, and is the safety stock of {safety} whole, below what it should be, or is the item short?\n\n"
           "A receipt comes at its week's beginning. A negative balance means units owed.",
    facts=(Fact("on_hand", "Available at first", "{unit}"), SAFETY),
    parts=(_BALANCE,),
    hints=("The balance of the week before, plus what comes in, less what is needed. Carry it also where it is negative.",
           "Short: below zero. Below: zero or more, yet less than {safety}. Whole: {safety} or more."),
    steps=(*line_steps(("available", "Available = before + scheduled − gross")),
           lambda g, a: "State: " + ", ".join(a.record["state"].values()) + "."),
)  # fmt: skip


# Offset

_OFFSET = record_grid(
    Line("receipt", "Planned receipts", "{unit}", given=lambda g, t: g.gross[t - 1] if t else ""),
    Line("release", "Planned releases", "{unit}",
         rule=lambda g, a, t: a.receipt[t + g.lead] if t else sum(g.gross[: g.lead]), slips=(
             Slip("no_offset", lambda g, a, t: a.receipt[t] if t else 0,
                  "Released in the week of the receipt, it comes late by the lead time. Move it back."),
             Slip("offset_forward", lambda g, a, t: a.receipt[t - g.lead] if t > g.lead else 0,
                  "You moved the releases to after the receipts. They lie {lead} weeks before."),
             Slip("one_week_short", lambda g, a, t: a.receipt[t + g.lead - 1] if t else sum(g.gross[: g.lead - 1]),
                  "A week is missing. With a lead time of {lead} weeks, what comes in week {example} is released in week 1."),
             Slip("past_due_in_first", lambda g, a, t: a.receipt[t + g.lead] + (sum(g.gross[: g.lead]) if t == 1 else 0) if t else 0,
                  "Week 1 holds what should have gone out before it. That is past due: it has a column of its own here."),
             Slip("past_due_lost", lambda g, a, t: a.receipt[t + g.lead] if t else 0,
                  "What should have been released before week 1 is gone from your table. It is still needed: show it as past due."),
         )),
)  # fmt: skip


def _draw_offset(rng: np.random.Generator, plant: Plant) -> dict[str, Any]:
    def once() -> dict[str, Any]:
        item, mean = weekly(plant, rng, "a lead-time offset")
        lead = int(rng.choice([2, 3]))
        gross = [units(mean * between(rng, 0.5, 2.0)) if rng.random() < 0.6 else 0 for _ in range(8)]
        gross[lead - 1] = units(mean * between(rng, 0.5, 1.5))  # the latest that is past due
        return {"item": item, "n": 8, "gross": gross, "scheduled": [0] * 8, "safety": 0, "allocated": 0, "on_hand": 0,
                "good": 1.0, "example": lead + 1, **span("lead", lead)}  # fmt: skip

    return shaped(once, lambda g: sum(x > 0 for x in g.gross[g.lead :]) >= 3)


OFFSET = Problem(
    id="materials.mrp_offset", title="When must it go out?", level=1, minutes=4, outcomes=OUTCOMES, covers=("mrp",),
    topics=(GRIDS,), needs=NEEDS, draw=_draw_offset,
    prompt="These receipts of {item} are planned. It takes {lead} weeks from release to receipt. In which week must each be "
           "released? " + BEFORE,
    facts=(LEAD,),
    parts=(_OFFSET,),
    hints=("Count {lead} weeks back from each receipt.", "Where that leads to before week 1, the quantity goes to the first column."),
    steps=line_steps(("release", "Each receipt, the lead time earlier")),
)  # fmt: skip


# Whole records


def _problem(
    name: str, title: str, level: int, grid: Grid, draw: Draw, rule_text: str, facts: tuple[Fact, ...], hint: str,
    minutes: int = 9,
) -> Problem:  # fmt: skip
    return Problem(
        id=f"materials.{name}", title=title, level=level, minutes=minutes, outcomes=OUTCOMES, covers=("mrp",),
        topics=(GRIDS, "lot-sizing rules"), needs=NEEDS, draw=draw,
        prompt="Plan {item} for eight weeks. " + rule_text + "\n\n" + COUNTED + " " + BEFORE + " For the available line it takes what "
               "is there at the outset.",
        facts=(ON_HAND, ALLOCATED, SAFETY, LEAD, *facts), parts=(grid,),
        hints=("Fill it column by column: net, receipt, available. Leave the releases for the end. On hand less allocated is where "
               "you begin.", hint),
        steps=RECORD_STEPS,
    )  # fmt: skip


def _whole(rule: Rule, *slips: Slip) -> Grid:
    return record_grid(
        GROSS, SCHEDULED, available_line(), NET, receipt_line(rule, *slips), release_line(SR_OFFSET)
    )


_EXACT = Slip("lot_exact", lambda g, a, t: a.net[t],
              "You ordered just what is missing. The item's rule says how large an order must be.")  # fmt: skip

WHOLE_LOT_FOR_LOT = _whole(_lot_for_lot, Slip("gross_ordered", lambda g, a, t: a.gross[t],
                                 "You ordered the gross requirement. What is there already need not be ordered: take the net."))  # fmt: skip

LOT_FOR_LOT = _problem(
    "mrp_lot_for_lot", "A record, lot for lot", 2, WHOLE_LOT_FOR_LOT,
    _drawn("a record", lambda rng, given, mean: {"rule": {"lot_rule": "lot_for_lot"}}),
    "It is ordered lot for lot: each week just what is missing.", (),
    "Lot for lot the planned receipt is the net requirement, and after it the stock stands at the safety stock.",
)  # fmt: skip


def _fixed_more(rng: np.random.Generator, given: dict[str, Any], mean: float) -> dict[str, Any]:
    lot = units(mean * between(rng, 0.5, 0.8))
    return {"lot": lot, "rule": {"lot_rule": "fixed", "lot_size": lot}}


_FIXED = _whole(
    lambda g, a, t: ceil(a.net[t] / g.lot - 1e-9) * g.lot,
    _EXACT,
    Slip("foq_once", lambda g, a, t: g.lot if a.net[t] > 0 else 0,
         "One lot does not cover the week. A fixed lot is not the most that may be ordered: take as many as are needed."),
    Slip("lot_down", lambda g, a, t: floor(a.net[t] / g.lot + 1e-9) * g.lot,
         "Rounded down, the lots leave the week short. Round up."),
)  # fmt: skip

FIXED = _problem(
    "mrp_fixed", "A record in fixed lots", 2, _FIXED, _drawn("a record in fixed lots", _fixed_more),
    "It comes in lots of {lot}; a week takes as many as it needs.", (Fact("lot", "Fixed lot", "{unit}"),),
    "Net ÷ {lot}, rounded up, gives the number of lots. What is left over stays in the balance, and a later net is smaller for it.",
)  # fmt: skip


def _minimum_more(rng: np.random.Generator, given: dict[str, Any], mean: float) -> dict[str, Any]:
    least = units(mean * between(rng, 0.7, 1.0))
    return {"least": least, "rule": {"lot_rule": "minimum", "lot_min": least}}


_MINIMUM = _whole(
    lambda g, a, t: max(a.net[t], g.least) if a.net[t] > 0 else 0.0,
    _EXACT,
    Slip("min_as_lot", lambda g, a, t: ceil(a.net[t] / g.least - 1e-9) * g.least,
         "You ordered whole multiples of the minimum. Above {least} any quantity will do: take just what is missing."),
    Slip("min_for_all", lambda g, a, t: g.least if a.net[t] > 0 else 0,
         "The smallest order does not cover every week. Where more is missing, more must be ordered."),
)  # fmt: skip

MINIMUM = _problem(
    "mrp_minimum", "A record with a smallest order", 2, _MINIMUM, _drawn("a record with a smallest order", _minimum_more, grid=_MINIMUM),
    "No order may be smaller than {least}; above that just what is missing is ordered.", (Fact("least", "Smallest order", "{unit}"),),
    "The receipt is the larger of the net requirement and {least}, and 0 where nothing is missing.",
)  # fmt: skip


def _yield_more(rng: np.random.Generator, given: dict[str, Any], mean: float) -> dict[str, Any]:
    good = float(rng.choice([0.8, 0.85, 0.9]))
    step = 20 if mean < 300 else 100 if mean < 3000 else 1000
    batch = int(max(step, round(mean * between(rng, 0.25, 0.5) / step) * step))
    return {
        "good": good,
        "batch": batch,
        "rule": {"lot_rule": "multiple", "lot_multiple": batch, "yield_share": good},
    }


def _batches(g: Any, needed: float) -> float:
    return float(ceil(needed / g.batch - 1e-9) * g.batch)


_YIELD = record_grid(
    GROSS, SCHEDULED, available_line(), NET,
    receipt_line(
        lambda g, a, t: _batches(g, a.net[t] / g.good) * g.good,
        Slip("lot_exact", lambda g, a, t: a.net[t], "You plan just what is missing. Only whole batches can be started."),
        Slip("starts_for_good", lambda g, a, t: _batches(g, a.net[t] / g.good),
             "That is what is started. Only part of it comes in good: the receipt is what can be used."),
        Slip("yield_left_out", lambda g, a, t: _batches(g, a.net[t]),
             "The losses are left out: you count on every unit started."),
        Slip("yield_times", lambda g, a, t: _batches(g, a.net[t] * g.good) * g.good,
             "You made the need smaller by the yield. Because some are lost, more must be started: divide."),
    ),
    release_line(
        Slip("good_for_starts", lambda g, a, t: a.receipt[t + g.lead] if t else sum(a.receipt[k] for k in range(1, g.lead + 1)),
             "Those are the good units that come in. The release starts the whole batch: divide by the yield."),
    ),
)  # fmt: skip

YIELD = _problem(
    "mrp_yield", "A record with yield and batches", 3, _YIELD, _drawn("a record with yield", _yield_more, of=made, grid=_YIELD),
    "It is made in batches: starts are multiples of {batch}. Of what is started, {good} comes in good. Receipts are good units, "
    "releases are units started; net requirements are good units too.",
    (Fact("batch", "Starts in multiples of", "{unit}"), Fact("good", "Yield", percent=True)),
    "Net ÷ {good} says how many to start; round up to the batch. Of those, {good} come in. Scheduled receipts are good units already.",
    minutes=11,
)  # fmt: skip


def _periods_more(rng: np.random.Generator, given: dict[str, Any], mean: float) -> dict[str, Any]:
    periods = int(rng.choice([2, 3]))
    return {"periods": periods, "rule": {"lot_rule": "periods", "lot_periods": periods}}


def _covered(g: Any, a: Any, t: int, periods: int) -> float:
    """What a lot in week t must bring to last for so many weeks."""
    owed, most = g.safety - a.available[t - 1], 0.0
    for k in range(t, min(t + periods, g.n + 1)):
        owed += a.gross[k] - a.scheduled[k]
        most = max(most, owed)
    return float(most)


_PERIODS = _whole(
    lambda g, a, t: _covered(g, a, t, g.periods) if a.net[t] > 0 else 0.0,
    _EXACT,
    Slip("poq_zero_period", lambda g, a, t: _covered(g, a, t, g.periods) if (t - 1) % g.periods == 0 else 0,
         "You ordered by the calendar, every {periods} weeks from week 1. A lot starts in the first week that is short."),
    Slip("one_week_too_far", lambda g, a, t: _covered(g, a, t, g.periods + 1) if a.net[t] > 0 else 0,
         "Your lots last a week too long. The week of the receipt is the first of the {periods}."),
    Slip("gross_of_weeks", lambda g, a, t: sum(a.gross[k] for k in range(t, min(t + g.periods, g.n + 1))) if a.net[t] > 0 else 0,
         "You took the gross requirements of the weeks. Stock and open orders cover part of them."),
)  # fmt: skip

PERIODS = _problem(
    "mrp_periods", "A record by period order quantity", 3, _PERIODS,
    _drawn("a record by periods", _periods_more, grid=_PERIODS),
    "One order covers the needs of {periods} weeks, beginning with the first week that is short. Nothing is added for weeks after "
    "week 8.", (Fact("periods", "Weeks in one order", "weeks"),),
    "In a week with a net requirement: add the gross of the next weeks that the lot covers, less what is scheduled in them. In those "
    "weeks the net is then 0.", minutes=11,
)  # fmt: skip

PROBLEMS = (NETTING, BALANCE, OFFSET, LOT_FOR_LOT, FIXED, MINIMUM, YIELD, PERIODS)
