"""Lots by hand, taken from the mean need: economic lots over weeks, and the period order quantity."""

from __future__ import annotations

from collections.abc import Callable
from math import sqrt
from typing import TYPE_CHECKING, Any

from ...draws import shaped
from ...numbers import show
from ...parts import Number, Slip
from ...problem import Problem
from ...tolerance import Exact, Relative
from .lots_grid import (
    COUNTED,
    HOLDING,
    ORDER_COST,
    OUTCOMES,
    TOPIC,
    cost_part,
    covering,
    fits,
    in_lots,
    lot_case,
    lot_items,
    lots,
    plan_steps,
    record,
    short,
)

if TYPE_CHECKING:
    import numpy as np

    from ....plant import Plant


def _eoq(g: Any, demand: float) -> float:
    return sqrt(2 * demand * g.order_cost / g.holding)


def _mean(g: Any) -> float:
    return float(sum(g.needs) / len(g.needs))


def _lot_slips(shown: Callable[[Any, float], float] = lambda g, q: q) -> tuple[Slip, ...]:
    return (
        Slip("eoq_avg_wrong", lambda g, a: shown(g, _eoq(g, max(g.needs))),
             "You took the need of the busiest week. The formula wants the mean of all weeks."),
        Slip("eoq_total", lambda g, a: shown(g, _eoq(g, sum(g.needs))),
             "You took the need of all weeks together, and the cost of keeping for one week. Put both on one week."),
        Slip("no_two", lambda g, a: shown(g, _eoq(g, _mean(g)) / sqrt(2)), "The 2 under the root is missing."),
        Slip("month_year", lambda g, a: shown(g, _eoq(g, _mean(g)) / sqrt(52)),
             "The cost of keeping was taken for a year, the need for a week. Both are by the week here."),
    )  # fmt: skip


_EOQ_RULE, _EOQ_SLIPS = in_lots(lambda g, a: float(a.lot))


def _draw_eoq(rng: np.random.Generator, plant: Plant) -> dict[str, Any]:
    items = lot_items(plant, "a plan in economic lots")
    return shaped(
        lambda: lot_case(rng, items, 8, (1.5, 2.4)),
        lambda g: (plan := lots(g, "eoq")).lot is not None and plan.lot >= 12 and fits(g, plan)
        and max(g.needs) / _mean(g) > 1.15 and 0 in plan.receipts,
    )  # fmt: skip


EOQ_OVER_WEEKS = Problem(
    id="materials.eoq_over_weeks", title="Economic lots where the need goes up and down", level=2, minutes=7,
    outcomes=OUTCOMES, covers=("lot_sizes",), topics=(TOPIC,), needs=("items", "demand"), draw=_draw_eoq,
    prompt="{plant} orders {item} in economic lots. Work the lot out from the mean need of the eight weeks and round it to "
           "whole units. When a week is short, order one lot, or as many as the week needs. Then cost the plan.\n\n" + COUNTED,
    facts=(ORDER_COST, HOLDING),
    parts=(
        Number("lot", "Economic lot", unit="{unit}", key=lambda g, a: lots(g, "eoq").lot, tolerance=Relative(0.006, 0.51),
               by_hand=(lambda g, a: _eoq(g, _mean(g)),), slips=_lot_slips()),
        record(lambda g: lots(g, "eoq"), _EOQ_RULE, slips=_EOQ_SLIPS),
        cost_part(lambda g: lots(g, "eoq")),
    ),
    hints=("The formula of the economic order quantity, with the mean need of a week and the cost of keeping a unit for a week.",
           "√(2 × mean need × {order_cost} ÷ {holding}). Then go week by week and carry what is left over."),
    steps=(
        lambda g, a: f"Mean need {show(_mean(g))} a week. Lot: √(2 × mean × {show(g.order_cost, 9)} ÷ {show(g.holding, 9)}), rounded: {show(a.lot)} {g.unit}.",
        *plan_steps(lambda g: lots(g, "eoq"), " The lot fits the mean week; that leaves remnants in stock."),
    ),
)  # fmt: skip


def _span(g: Any, a: Any, t: int) -> int:
    return int(max(1, round(a.span)))


def _calendar(g: Any, a: Any, t: int) -> float:
    n = _span(g, a, t)
    return float(sum(g.needs[t - 1 : t - 1 + n])) if (t - 1) % n == 0 else 0.0


def _draw_periods(rng: np.random.Generator, plant: Plant) -> dict[str, Any]:
    items = lot_items(plant, "a period order quantity")

    def draw() -> dict[str, Any]:
        n = int(rng.choice([2, 2, 3]))
        given = lot_case(rng, items, 8, (n - 0.35, n + 0.35))
        given["needs"][n * int(rng.integers(1, 3))] = 0
        return given

    def good(g: Any) -> bool:
        plan = lots(g, "periods")
        exact = _eoq(g, _mean(g)) / _mean(g)
        n = round(exact)
        return (
            fits(g, plan)
            and n in (2, 3)
            and 0.08 < abs(exact - n) < 0.4
            and any(g.needs[i] == 0 and plan.receipts[i] == 0 for i in range(0, 8, n))
        )

    return shaped(draw, good)


PERIOD_LOTS = Problem(
    id="materials.period_lots", title="A lot for so many weeks", level=2, minutes=7, outcomes=OUTCOMES, covers=("lot_sizes",),
    topics=(TOPIC,), needs=("items", "demand"), draw=_draw_periods,
    prompt="{plant} orders {item} by the period order quantity: each lot covers as many weeks as an economic order quantity "
           "would last at the mean need, rounded to whole weeks. A lot begins in the first week that is short, whatever "
           "the calendar says. Fill in the plan, then cost it.\n\n" + COUNTED,
    facts=(ORDER_COST, HOLDING),
    parts=(
        Number("span", "Weeks that a lot covers", unit="weeks", key=lambda g, a: lots(g, "periods").lot, tolerance=Exact(),
               slips=(
                   Slip("poq_units", lambda g, a: _eoq(g, _mean(g)),
                        "That is the economic order quantity, in units. How many weeks does it last at the mean need?"),
                   Slip("not_rounded", lambda g, a: round(_eoq(g, _mean(g)) / _mean(g), 2),
                        "The lot covers whole weeks. Round to the nearest."),
               )),
        record(lambda g: lots(g, "periods"), covering(_span), slips=(
            Slip("poq_zero_period", _calendar,
                 "A lot begins here in a week that needs nothing. Wait for the first week that is short, then count."),
            Slip("span_off", covering(lambda g, a, t: _span(g, a, t) + 1),
                 "Your lots cover a week too many. The week of the receipt is the first of those covered."),
            Slip("fixed_lot", lambda g, a, t: round(_eoq(g, _mean(g))) if short(g, a, t) > 0 else 0,
                 "Those are economic lots of one size. Here each lot is the need of the weeks that it covers."),
        )),
        cost_part(lambda g: lots(g, "periods")),
    ),
    hints=("First √(2 × mean need × cost of an order ÷ cost of keeping). How many weeks of mean need is that?",
           "A lot comes in the first week that is short, for the need of that week and the ones after it, as many as you found."),
    steps=(
        lambda g, a: f"Mean need {show(_mean(g))} a week; economic order quantity {show(_eoq(g, _mean(g)))}. It lasts "
                     f"{_eoq(g, _mean(g)) / _mean(g):.2f} weeks, rounded {show(a.span)}.",
        *plan_steps(lambda g: lots(g, "periods")),
    ),
)  # fmt: skip

PROBLEMS = (EOQ_OVER_WEEKS, PERIOD_LOTS)
