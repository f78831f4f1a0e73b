"""Lots by hand, where each one is costed: Silver-Meal, least unit cost, part-period balancing, Wagner-Whitin."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from itertools import combinations, pairwise
from typing import TYPE_CHECKING, Any

from .... import materials
from ...draws import shaped
from ...numbers import show
from ...parts import Choice, Grid, Line, Number, Option, Slip
from ...problem import Problem
from ...tolerance import Relative
from .lots_grid import (
    COUNTED,
    HOLDING,
    ORDER_COST,
    OUTCOMES,
    TOPIC,
    cost_part,
    covering,
    fits,
    lot_case,
    lot_items,
    lots,
    plan_steps,
    record,
    spread,
    weeks,
)

if TYPE_CHECKING:
    import numpy as np

    from ....plant import Plant

TRIED = 4
"""Weeks that the trial table of the first lot goes through."""

Reach = Callable[[Any, Any, int], int]


# The rules once more, as one works them on paper: the second way that the audit holds the keys to.


def _lengths(g: Any, t: int) -> Iterator[tuple[int, float, float]]:
    """For a lot received in week t: weeks covered, units, and units times the weeks that each is kept."""
    units = kept = 0.0
    for n, need in enumerate(g.needs[t - 1 :], 1):
        units, kept = units + need, kept + (n - 1) * need
        yield n, units, kept


def _until_it_rises(figure: Callable[[Any, int, float, float], float], more: int = 0) -> Reach:
    def reach(g: Any, a: Any, t: int) -> int:
        best = float("inf")
        for n, units, kept in _lengths(g, t):
            now = figure(g, n, units, kept)
            if now > best * (1 + 1e-9):
                return n - 1 + more
            best = now
        return len(g.needs)

    return reach


def _a_week(g: Any, n: int, units: float, kept: float) -> float:
    return float((g.order_cost + g.holding * kept) / n)


def _a_unit(g: Any, n: int, units: float, kept: float) -> float:
    return float((g.order_cost + g.holding * kept) / units)


def _balanced(limit: Callable[[Any], float], stop: str) -> Reach:
    """The lot whose part-periods are nearest to a limit, the last one not above it, or the first one above."""

    def reach(g: Any, a: Any, t: int) -> int:
        before = 0.0
        for n, _, kept in _lengths(g, t):
            if kept > limit(g):
                longer = stop == "after" or (stop == "nearest" and kept - limit(g) <= limit(g) - before)
                return n if longer else max(1, n - 1)
            before = kept
        return len(g.needs)

    return reach


def _receipts(g: Any, reach: Reach) -> tuple[float, ...]:
    """A whole plan by a reach."""
    found, t = [0.0] * len(g.needs), 1
    while t <= len(g.needs):
        n = min(reach(g, None, t), len(g.needs) - t + 1)
        found[t - 1] = float(sum(g.needs[t - 1 : t - 1 + n]))
        t += n
    return tuple(found)


def _clear(plan: materials.LotPlan, near: float = 0.015) -> bool:
    """Whether no lot of a plan is decided by a hair, and the first one by what the trial table shows."""
    tried = plan.trials
    pairs = [(x, y) for x, y in pairwise(tried) if x.first == y.first]
    first = [x for x in tried if x.first == 1]
    return all(abs(y.figure / x.figure - 1) > near for x, y in pairs if x.figure) and len(first) <= TRIED


def _trial(g: Any, n: int) -> materials.LotPlan:
    """The first lot alone, for n weeks."""
    return materials.lot_sizes(
        g.needs[:n], "periods", periods=n, order_cost=g.order_cost, holding_cost=g.holding
    )


def _held_line() -> Line:
    return Line(
        "held", "Holding of the lot", "{currency}", tolerance=Relative(0.01),
        rule=lambda g, a, n: a.held[n - 1] + g.holding * (n - 1) * g.needs[n - 1],
        slips=(
            Slip("sm_first_held", lambda g, a, n: a.held[n - 1] + g.holding * n * g.needs[n - 1],
                 "You charged the first week too. What is used in the week of the receipt is gone at its end."),
            Slip("held_once", lambda g, a, n: a.held[n - 1] + (g.holding * g.needs[n - 1] if n > 1 else 0),
                 "Each need is charged for a single week. What is used in the third week has lain there for two."),
        ),
    )  # fmt: skip


def _trial_steps(rule: str, unit: str) -> Callable[[Any, Any], str]:
    """Every lot with what was tried."""

    def text(g: Any, a: Any) -> str:
        told = []
        tried = lots(g, rule).trials
        for first in dict.fromkeys(x.first for x in tried):
            figures = [x for x in tried if x.first == first]
            kept = next(x for x in figures if x.kept)
            told.append(
                f"Week {first}: {', '.join(show(x.figure) for x in figures)}, so cover {kept.through - first + 1}."
            )
        return f"{unit}, the lot covering 1, 2, 3 … weeks. {' '.join(told)}"  # fmt: skip

    return text


def _heuristic_draw(
    rule: str, others: tuple[Reach, ...]
) -> Callable[[np.random.Generator, Plant], dict[str, Any]]:
    def draw(rng: np.random.Generator, plant: Plant) -> dict[str, Any]:
        items = lot_items(plant, "a lot-sizing plan")

        def good(g: Any) -> bool:
            plan = lots(g, rule)
            plans = {plan.receipts, *(_receipts(g, reach) for reach in others)}
            return fits(g, plan) and _clear(plan) and len(plans) == 1 + len(others) and 0 in plan.receipts[:4]

        return shaped(lambda: lot_case(rng, items, 7, (1.8, 2.6)), good)

    return draw


SILVER_MEAL = Problem(
    id="materials.silver_meal", title="Silver-Meal", level=3, minutes=10, outcomes=OUTCOMES, covers=("lot_sizes",),
    topics=(TOPIC,), needs=("items", "demand"),
    draw=_heuristic_draw("silver_meal", (_until_it_rises(_a_unit), _until_it_rises(_a_week, 1))),
    prompt="Plan {item} by the Silver-Meal rule: extend a lot week by week as long as its cost a week, ordering and "
           "holding together, does not rise. Then begin the next lot. Try the first lot for 1 to 4 weeks in the upper "
           "table, then fill in the whole plan and cost it. The needs stand in the lower table.\n\n" + COUNTED,
    facts=(ORDER_COST, HOLDING),
    parts=(
        Grid("trial", "The first lot, tried", over=lambda g: range(1, TRIED + 1), corner="Weeks covered",
             key=lambda g, a: {"held": [_trial(g, n).holding_cost for n in range(1, TRIED + 1)],
                               "figure": [_trial(g, n).cost / n for n in range(1, TRIED + 1)]},
             lines=(
                 _held_line(),
                 Line("figure", "Cost a week", "{currency}", tolerance=Relative(0.01),
                      rule=lambda g, a, n: (g.order_cost + a.held[n]) / n,
                      slips=(
                          Slip("sm_per_unit", lambda g, a, n: (g.order_cost + a.held[n]) / sum(g.needs[:n]),
                               "That is the cost a unit, which least unit cost looks at. Silver-Meal divides by the weeks."),
                          Slip("order_left_out", lambda g, a, n: a.held[n] / n,
                               "The cost of the order is left out. It is what more weeks share."),
                          Slip("not_divided", lambda g, a, n: g.order_cost + a.held[n],
                               "That is the cost of the lot. Divide it by the weeks that it covers."),
                      )),
             )),
        record(lambda g: lots(g, "silver_meal"), covering(_until_it_rises(_a_week)), slips=(
            Slip("sm_per_unit", covering(_until_it_rises(_a_unit)),
                 "These lots have the least cost a unit. Silver-Meal stops where the cost a week rises."),
            Slip("rise_included", covering(_until_it_rises(_a_week, 1)),
                 "Your lots take in the week at which the cost a week rose. Stop before it."),
        )),
        cost_part(lambda g: lots(g, "silver_meal")),
    ),
    hints=("A lot for one week: an order and no holding. What does the second week's need cost to keep, and by how many weeks do you divide?",
           "Cost a week of n weeks: ({order_cost} + {holding} × (need of week 2 + 2 × need of week 3 + …)) ÷ n. Stop at the first rise."),
    steps=(_trial_steps("silver_meal", "Cost a week"), *plan_steps(lambda g: lots(g, "silver_meal"))),
)  # fmt: skip


LEAST_UNIT_COST = Problem(
    id="materials.least_unit_cost", title="Least unit cost", level=3, minutes=10, outcomes=OUTCOMES, covers=("lot_sizes",),
    topics=(TOPIC,), needs=("items", "demand"),
    draw=_heuristic_draw("least_unit_cost", (_until_it_rises(_a_week), _until_it_rises(_a_unit, 1))),
    prompt="Plan {item} by least unit cost: extend a lot week by week as long as its ordering and holding cost for each "
           "unit in it does not rise. Then begin the next lot. Try the first lot for 1 to 4 weeks in the upper table, "
           "then fill in the whole plan and cost it. The needs stand in the lower table.\n\n" + COUNTED,
    facts=(ORDER_COST, HOLDING),
    parts=(
        Grid("trial", "The first lot, tried", over=lambda g: range(1, TRIED + 1), corner="Weeks covered",
             key=lambda g, a: {"units": [_trial(g, n).receipts[0] for n in range(1, TRIED + 1)],
                               "held": [_trial(g, n).holding_cost for n in range(1, TRIED + 1)],
                               "figure": [_trial(g, n).cost / _trial(g, n).receipts[0] for n in range(1, TRIED + 1)]},
             lines=(
                 Line("units", "Lot", "{unit}", rule=lambda g, a, n: a.units[n - 1] + g.needs[n - 1]),
                 _held_line(),
                 Line("figure", "Cost a unit", "{currency}", tolerance=Relative(0.01),
                      rule=lambda g, a, n: (g.order_cost + a.held[n]) / a.units[n],
                      slips=(
                          Slip("luc_per_week", lambda g, a, n: (g.order_cost + a.held[n]) / n,
                               "That is the cost a week, which Silver-Meal looks at. Divide by the units of the lot."),
                          Slip("order_left_out", lambda g, a, n: a.held[n] / a.units[n],
                               "The cost of the order is left out. It is what more units share."),
                          Slip("last_need", lambda g, a, n: (g.order_cost + a.held[n]) / g.needs[n - 1],
                               "You divided by the last week's need. Divide by all units of the lot."),
                      )),
             )),
        record(lambda g: lots(g, "least_unit_cost"), covering(_until_it_rises(_a_unit)), slips=(
            Slip("luc_per_week", covering(_until_it_rises(_a_week)),
                 "These are Silver-Meal's lots, by the cost a week. Stop where the cost a unit rises."),
            Slip("rise_included", covering(_until_it_rises(_a_unit, 1)),
                 "Your lots take in the week at which the cost a unit rose. Stop before it."),
        )),
        cost_part(lambda g: lots(g, "least_unit_cost")),
    ),
    hints=("Which units share the cost of the order? Those of the whole lot.",
           "Cost a unit: ({order_cost} + {holding} × (need of week 2 + 2 × need of week 3 + …)) ÷ units in the lot. Stop at the first rise."),
    steps=(_trial_steps("least_unit_cost", "Cost a unit"), *plan_steps(lambda g: lots(g, "least_unit_cost"))),
)  # fmt: skip


def _economic(g: Any) -> float:
    """The economic part-period: unit-weeks whose holding costs as much as an order."""
    return float(g.order_cost / g.holding)


def _part_period_draw(rng: np.random.Generator, plant: Plant) -> dict[str, Any]:
    items = lot_items(plant, "part-period balancing")

    def good(g: Any) -> bool:
        plan = lots(g, "part_period")
        others = {
            lots(g, "part_period", balance="before").receipts,
            lots(g, "part_period", balance="after").receipts,
        }
        near = 0.04 * g.order_cost
        held = [x.holding_cost for x in plan.trials]
        ends = [(x, y) for x, y in pairwise(held) if x < g.order_cost < y]
        return (
            fits(g, plan)
            and len(others | {plan.receipts}) == 3
            and all(abs(x - g.order_cost) > near for x in held)
            and all(abs(x + y - 2 * g.order_cost) > near for x, y in ends)
            and len([x for x in plan.trials if x.first == 1]) <= TRIED
            and not 0.5 < g.holding < 2
        )

    return shaped(lambda: lot_case(rng, items, 7, (1.6, 2.4)), good)


PART_PERIOD = Problem(
    id="materials.part_period", title="Part-period balancing", level=3, minutes=9, outcomes=OUTCOMES, covers=("lot_sizes",),
    topics=(TOPIC,), needs=("items", "demand"), draw=_part_period_draw,
    prompt="Plan {item} by part-period balancing. A part-period is one unit kept for one week. Each lot takes in weeks "
           "until its part-periods come nearest to the economic part-period, where holding costs as much as an order. "
           "Nearest means from above or below. Try the first lot for 1 to 4 weeks, then fill in the plan and cost it. The needs stand in the lower table.\n\n" + COUNTED,
    facts=(ORDER_COST, HOLDING),
    parts=(
        Number("limit", "Economic part-period", unit="{unit} kept a week", key=lambda g, a: _economic(g),
               slips=(Slip("ppb_money", lambda g, a: g.order_cost,
                           "That is money, and part-periods are units times weeks. How many of them cost as much as an order?"),
                      Slip("ppb_times", lambda g, a: g.order_cost * g.holding,
                           "You multiplied. How many units kept a week does the money of one order pay for?"))),
        Grid("trial", "The first lot, tried", over=lambda g: range(1, TRIED + 1), corner="Weeks covered",
             key=lambda g, a: {"kept": [materials.lot_sizes(g.needs[:n], "periods", periods=n, order_cost=g.order_cost,
                                                            holding_cost=1).holding_cost for n in range(1, TRIED + 1)]},
             lines=(
                 Line("kept", "Part-periods", "{unit} × weeks", rule=lambda g, a, n: a.kept[n - 1] + (n - 1) * g.needs[n - 1],
                      slips=(
                          Slip("sm_first_held", lambda g, a, n: a.kept[n - 1] + n * g.needs[n - 1],
                               "You counted the week of the receipt too. What is used in it is not kept."),
                          Slip("held_once", lambda g, a, n: a.kept[n - 1] + (g.needs[n - 1] if n > 1 else 0),
                               "Each need counts for a single week here. The third week's need is kept for two."),
                      )),
             )),
        record(lambda g: lots(g, "part_period"), covering(lambda g, a, t: _balanced(lambda _: a.limit, "nearest")(g, a, t)), slips=(
            Slip("ppb_before", covering(_balanced(_economic, "before")),
                 "Your lots always stop below the economic part-period. Where the next week comes nearer to it from above, take that week in."),
            Slip("ppb_after", covering(_balanced(_economic, "after")),
                 "Your lots always go past the economic part-period. Where the lot before comes nearer to it, stop there."),
        )),
        cost_part(lambda g: lots(g, "part_period")),
    ),
    hints=("Compare like with like: the part-periods of a lot with the cost of an order ÷ the cost of keeping a unit for a week.",
           "Part-periods of a lot: need of week 2 + 2 × need of week 3 + 3 × need of week 4 …, weeks counted from its receipt."),
    steps=(
        lambda g, a: f"Economic part-period: {show(g.order_cost, 9)} ÷ {show(g.holding, 9)} = {show(a.limit)} {g.unit} kept a week.",
        lambda g, a: "Part-periods of the lots chosen: " + "; ".join(
            f"week {x.first} to {x.through}, {show(x.holding_cost / g.holding)}" for x in lots(g, "part_period").trials if x.kept) + ".",
        *plan_steps(lambda g: lots(g, "part_period")),
    ),
)  # fmt: skip


# Wagner-Whitin


def _up_to(g: Any, t: int) -> float:
    """The least cost of weeks 1 to t, by the subject."""
    return materials.lot_sizes(g.needs[:t], order_cost=g.order_cost, holding_cost=g.holding).cost


def _last_lot(g: Any, first: int, t: int) -> float:
    """What a lot of week `first` for all weeks to t costs."""
    return float(g.order_cost + g.holding * sum((k - first) * g.needs[k - 1] for k in range(first, t + 1)))


def _every_plan(g: Any) -> list[tuple[float, tuple[float, ...]]]:
    """All plans that order only when stock is out, the cheapest first: cost and receipts."""
    found = []
    last = len(g.needs)
    for n in range(last):
        for later in combinations(range(2, last + 1), n):
            starts = (1, *later)
            ends = [*(s - 1 for s in later), last]
            receipts = [0.0] * last
            cost = 0.0
            for first, end in zip(starts, ends, strict=True):
                receipts[first - 1] = float(sum(g.needs[first - 1 : end]))
                cost += _last_lot(g, first, end)
            found.append((cost, tuple(receipts)))
    return sorted(found)


def _wagner_draw(rng: np.random.Generator, plant: Plant) -> dict[str, Any]:
    items = lot_items(plant, "a cheapest plan")

    def good(g: Any) -> bool:
        best = lots(g, "wagner_whitin")
        plans = _every_plan(g)
        parted = [abs(_up_to(g, t) / _up_to(g, t - 1) - 1) > 0.03 for t in range(2, 7)]
        return (
            fits(g, best, lots(g, "silver_meal"))
            and plans[1][0] > 1.01 * plans[0][0]
            and all(parted)
            and best.orders < 5
        )

    return shaped(lambda: lot_case(rng, items, 6, (1.6, 2.6)), good)


WAGNER_WHITIN = Problem(
    id="materials.wagner_whitin", title="The cheapest plan of all", level=3, minutes=12, outcomes=OUTCOMES, covers=("lot_sizes",),
    topics=(TOPIC,), needs=("items", "demand"), draw=_wagner_draw,
    prompt="Find the cheapest plan for {item} by the method of Wagner and Whitin. In the upper table, work out from the left "
           "the least cost of weeks 1 to t: the last lot comes in some week j and covers j to t, and the weeks before "
           "j cost what you found for them. Then read the plan from the last week backward.\n\n" + COUNTED,
    facts=(ORDER_COST, HOLDING),
    parts=(
        Grid("least", "Least cost of weeks 1 to t", over=weeks, key=lambda g, a: {"cost": [_up_to(g, t) for t in weeks(g)]},
             lines=(
                 Line("need", "Need", "{unit}", given=lambda g, t: g.needs[t - 1]),
                 Line("cost", "Least cost", "{currency}", tolerance=Relative(0.005),
                      rule=lambda g, a, t: min(a.cost[j - 1] + _last_lot(g, j, t) for j in range(1, t + 1)),
                      slips=(
                          Slip("always_new", lambda g, a, t: a.cost[t - 1] + g.order_cost,
                               "You began a lot in every week. Try also to stretch an earlier one over it."),
                          Slip("one_lot", lambda g, a, t: _last_lot(g, 1, t),
                               "You stretched the first lot over everything. Try also a last lot that begins later."),
                          Slip("before_forgotten", lambda g, a, t: min(_last_lot(g, j, t) for j in range(1, t + 1)),
                               "That is the last lot alone. Add what the weeks before it cost at the least."),
                      )),
             )),
        record(lambda g: lots(g, "wagner_whitin"), lambda g, a, t: _every_plan(g)[0][1][t - 1], slips=(
            Slip("greedy", covering(_until_it_rises(_a_week)),
                 "That is Silver-Meal's plan, which looks no further than the first rise. Begin at the last week: where did its cheapest lot start?"),
        )),
        Choice("later", "A week 7 is added to the plan. What may happen to the lots found?", key=lambda g, a: "any",
               options=(
                   Option("any", "Lots may change, even ones that are due soon",
                          "The cheapest way through seven weeks need not begin like the one through six. That is the price of the optimum: planners call it nervous."),
                   Option("added", "Nothing but one more lot at the end", "Then each week would be planned by itself. The new week may be covered by a lot that was planned already."),
                   Option("last", "Only the last lot can change", "It often stays at that, but it need not: where the lots begin may shift further forward."),
                   Option("dearer", "Each lot grows by the same amount", "Lots cover whole weeks' needs. Nothing is shared out evenly."),
               )),
    ),
    hints=("Week 1 alone costs one order. Weeks 1 and 2: one lot for both, or a lot each? Take the cheaper.",
           "For weeks 1 to t try each j: least cost of weeks 1 to j − 1, plus {order_cost}, plus holding of what the lot of week j keeps for later."),
    steps=(
        lambda g, a: f"Least cost: {spread([_up_to(g, t) for t in weeks(g)])}.",
        lambda g, a: f"Backward from week {len(g.needs)}: the lots begin in weeks "
                     f"{', '.join(str(t) for t, x in zip(weeks(g), lots(g, 'wagner_whitin').receipts, strict=True) if x)}.",
        *plan_steps(lambda g: lots(g, "wagner_whitin"))[:2],
    ),
)  # fmt: skip

PROBLEMS = (SILVER_MEAL, LEAST_UNIT_COST, PART_PERIOD, WAGNER_WHITIN)
