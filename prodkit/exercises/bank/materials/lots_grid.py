"""Lots by hand, week by week: the rules that need no costing; and what all problems on lots share."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from math import ceil, floor, log
from typing import TYPE_CHECKING, Any

from .... import materials
from ...draws import around, between, bought, far, made, pick, rounded, shaped, used
from ...numbers import show
from ...parts import Grid, Line, Number, Slip
from ...problem import Fact, Problem

if TYPE_CHECKING:
    import numpy as np
    import pandas as pd

    from ....plant import Plant

OUTCOMES = ("cpim.inventory", "lesson.05.3")
TOPIC = "lot-sizing rules"
FEW = 4  # items at least to draw from
BUSIEST = 3.0  # times an item's usual week, where that brings the order cost near enough
NEAR = (0.34, 2.8)  # times the plant's own order cost: what a card may say, needs being rounded after

ORDER_COST = Fact("order_cost", "Cost of one order", "{currency}")
HOLDING = Fact("holding", "Cost of keeping a unit", "{currency} a week")
ON_HAND = Fact("on_hand", "On hand at first", "{unit}")
COUNTED = "A receipt comes at the week's beginning. Holding is charged on the stock at the week's end."

Rule = Callable[[Any, Any, int], Any]


def lot_items(plant: Plant, purpose: str, kind: str = "", lasts: float = 2.5, least: int = 1) -> pd.DataFrame:
    """Items whose economic lot lasts about so many weeks, with their weekly use (units) and cost of keeping (money a week)."""
    rows = {"buy": bought, "make": made}.get(kind, used)(plant, purpose, least)
    rows["week"] = (rows["yearly_use"] / 52).clip(lower=12)
    rows["keep"] = rows["unit_cost"] * plant.holding_rate / 52
    weeks = (2 * rows["order_cost"] / (rows["keep"] * rows["week"])) ** 0.5
    rows["far"] = weeks.map(lambda w: abs(log(w / lasts)))
    rows = rows.sort_values("far", kind="stable").head(12)
    # A small plant has few such items: not those whose order cost would have to be another one altogether.
    return rows.head(max(FEW, least, int((rows["far"] < log(2)).sum())))


def busy(row: Any, lasts: float, kept: float) -> float:
    """An item's weekly use, raised where a lot at the plant's own order cost would last longer than so many weeks.

    Half of the gap goes into the use and half is left to the order cost, so that neither strays far from the plant;
    more goes into the use where the order cost would be far from the plant's own. `kept` is what the mean need costs
    to keep for a week, for one unit of weekly use.
    """
    gap = 2 * row.order_cost / (row.keep * row.week * lasts**2)
    week = row.week * min(max(1.0, gap) ** 0.5, BUSIEST)
    least, most = (near * 2 * row.order_cost / (kept * lasts**2) for near in NEAR)
    return float(min(max(week, least), most))


def lot_case(
    rng: np.random.Generator, items: pd.DataFrame, weeks: int, lasts: tuple[float, float] = (1.7, 2.7)
) -> dict[str, Any]:
    """Needs that go up and down about an item's weekly use, and costs at which a lot lasts so many weeks."""
    row, reach = pick(rng, items), between(rng, *lasts)
    ups = [between(rng, 0.3, 1.8) for _ in range(weeks)]
    holding = around(rng, row.keep)
    week = busy(row, reach, holding * sum(ups) / weeks)
    needs = [int(max(1, rounded(week * up))) for up in ups]
    order_cost = rounded(holding * sum(needs) / weeks * reach**2 / 2)
    return {
        "item": row.Index,
        "needs": needs,
        "holding": holding,
        "order_cost": max(order_cost, 1e-6),
        "on_hand": 0,
        "made_up": far(sum(needs) / weeks, row.yearly_use / 52) or far(order_cost, row.order_cost),
    }


def weeks(g: Any) -> range:
    """The weeks of a case, from 1."""
    return range(1, len(g.needs) + 1)


def row(g: Any, record: Any, line: str) -> list[float]:
    """One line of a record: the key's, or the learner's own."""
    cells = record[line] if isinstance(record, Mapping) else getattr(record, line)
    return [float(cells[t]) for t in weeks(g)]


def lots(g: Any, rule: str, **more: Any) -> materials.LotPlan:
    """The subject's own plan."""
    return materials.lot_sizes(
        g.needs, rule, order_cost=g.order_cost, holding_cost=g.holding, on_hand=g.on_hand, **more
    )


def short(g: Any, a: Any, t: int) -> float:
    """What the week is short of after the stock of the week before."""
    return float(max(0, g.needs[t - 1] - a.stock[t - 1]))


def covering(reach: Callable[[Any, Any, int], int]) -> Rule:
    """A lot when the week is short, for so many weeks."""

    def rule(g: Any, a: Any, t: int) -> float:
        if short(g, a, t) <= 0:
            return 0.0
        return float(sum(g.needs[t - 1 : t - 1 + reach(g, a, t)]) - a.stock[t - 1])

    return rule


def record(plan: Callable[[Any], materials.LotPlan], rule: Rule, slips: tuple[Slip, ...]) -> Grid:
    """The table of a plan: receipts and stock, week by week."""
    return Grid(
        "record", "Plan", over=weeks,
        key=lambda g, a: {"receipt": plan(g).receipts, "stock": plan(g).ending_stock},
        lines=(
            Line("need", "Need", "{unit}", given=lambda g, t: g.needs[t - 1]),
            Line("receipt", "Receipt", "{unit}", rule=rule, slips=slips),
            Line("stock", "Stock at the week's end", "{unit}", start=lambda g: g.on_hand,
                 rule=lambda g, a, t: a.stock[t - 1] + a.receipt[t] - g.needs[t - 1],
                 slips=(
                     Slip("before_use", lambda g, a, t: a.stock[t - 1] + a.receipt[t],
                          "That is the stock before the week's need is taken out. At the week's end it has gone."),
                     Slip("not_carried", lambda g, a, t: max(0, a.receipt[t] - g.needs[t - 1]),
                          "What the week before left over is forgotten. It opens this week."),
                 )),
        ),
    )  # fmt: skip


def cost_part(plan: Callable[[Any], materials.LotPlan]) -> Number:
    """What the learner's own plan costs."""

    def ordering(g: Any, a: Any) -> float:
        return float(g.order_cost * sum(x > 0 for x in row(g, a.record, "receipt")))

    def holding(g: Any, a: Any) -> float:
        return float(g.holding * sum(row(g, a.record, "stock")))

    return Number(
        "cost", "Ordering and holding over all weeks", unit="{currency}",
        key=lambda g, a: ordering(g, a) + holding(g, a), check=lambda g: plan(g).cost,
        slips=(
            Slip("sm_first_held", lambda g, a: ordering(g, a) + holding(g, a) + g.holding * sum(g.needs),
                 "You charged holding before the week's need was taken out. Here the stock at the week's end counts."),
            Slip("holding_left_out", ordering, "Those are the orders alone. What is left at the end of each week costs too."),
            Slip("ordering_left_out", holding, "That is the holding alone. Count the weeks with a receipt: each is an order."),
        ),
    )  # fmt: skip


def plan_steps(
    plan: Callable[[Any], materials.LotPlan], more: str = ""
) -> tuple[Callable[[Any, Any], str], ...]:
    """The worked record, and how its cost comes about."""

    def stock(g: Any, a: Any) -> str:
        ending = plan(g).ending_stock
        return f"Stock at the week's end: {spread(ending)}. In sum: {show(sum(ending), 9)}."

    def cost(g: Any, a: Any) -> str:
        ordering = f"{plan(g).orders} × {show(g.order_cost, 9)}"
        holding = f"{show(sum(plan(g).ending_stock), 9)} × {show(g.holding, 9)}"
        return f"Orders and holding: {ordering} + {holding} = {show(a.cost)}.{more}"

    return lambda g, a: f"Receipts: {spread(plan(g).receipts)}.", stock, cost


def spread(values: Sequence[float]) -> str:
    """A line of a record in one breath."""
    return ", ".join(show(x) for x in values)


def fits(g: Any, *plans: materials.LotPlan) -> bool:
    """Whether the first plan stands apart from the others, and its two costs both count."""
    first = plans[0]
    stocks = first.ending_stock
    carried = sum(x > 0 and r == 0 for x, r in zip(stocks, first.receipts, strict=True))
    return bool(
        all(first.receipts != other.receipts for other in plans[1:])
        and len({first.receipts, *(p.receipts for p in plans[1:])}) == len(plans)
        and carried >= 1
        and 0.06 < first.holding_cost / first.cost < 0.94
        and abs(first.ordering_cost / first.holding_cost - 1) > 0.06
    )


# Lot for lot


def _draw_lot_for_lot(rng: np.random.Generator, plant: Plant) -> dict[str, Any]:
    items = lot_items(plant, "a lot-for-lot plan", lasts=1.1)

    def draw() -> dict[str, Any]:
        given = lot_case(rng, items, 7, (0.85, 1.35))
        first, second, third, *_ = given["needs"]
        return {
            **given,
            "on_hand": first + second + round(between(rng, 0.2, 0.8) * third),
        }

    return shaped(draw, lambda g: g.on_hand - g.needs[0] - g.needs[1] >= 2 and g.needs[2] >= 5
                  and fits(g, lots(g, "lot_for_lot")))  # fmt: skip


LOT_FOR_LOT = Problem(
    id="materials.lot_for_lot", title="Lot for lot", level=1, minutes=5, outcomes=OUTCOMES, covers=("lot_sizes",),
    topics=(TOPIC,), needs=("items", "demand"), draw=_draw_lot_for_lot,
    prompt="{item} is needed as the table says. {plant} orders it lot for lot: each week just what the week is short of, "
           "and nothing where stock covers it. Fill in the plan, then cost it.\n\n" + COUNTED,
    facts=(ON_HAND, ORDER_COST, HOLDING),
    parts=(
        record(lambda g: lots(g, "lot_for_lot"), short, slips=(
            Slip("stock_unused", lambda g, a, t: g.needs[t - 1],
                 "You ordered the whole need each week. What is on hand is used first."),
            Slip("stock_reused", lambda g, a, t: max(0, g.needs[t - 1] - g.on_hand),
                 "You took the opening stock off in every week. It can be used once: carry what is left."),
        )),
        cost_part(lambda g: lots(g, "lot_for_lot")),
    ),
    hints=("How long does the stock on hand last? Until then nothing is ordered.",
           "Short = need − stock of the week before. Where that is zero or less, the receipt is 0."),
    steps=(
        "The {on_hand} on hand cover weeks 1 and 2, and part of week 3.",
        *plan_steps(lambda g: lots(g, "lot_for_lot")),
    ),
)  # fmt: skip


# Fixed lots


def in_lots(size: Callable[[Any, Any], float]) -> tuple[Rule, tuple[Slip, ...]]:
    """Whole lots of one size, and what goes wrong with them."""

    def rule(g: Any, a: Any, t: int) -> float:
        return ceil(short(g, a, t) / size(g, a) - 1e-9) * size(g, a)

    return rule, (
        Slip("lot_exact", short, "You ordered just what is missing. Only whole lots can be had."),
        Slip("surplus_lost", lambda g, a, t: ceil(g.needs[t - 1] / size(g, a) - 1e-9) * size(g, a),
             "What the last lot left over is forgotten. Take it off the need first, then order."),
    )  # fmt: skip


_FIXED_RULE, _FIXED_SLIPS = in_lots(lambda g, a: g.lot)


def _draw_fixed(rng: np.random.Generator, plant: Plant) -> dict[str, Any]:
    items = lot_items(plant, "a plan in fixed lots")

    def draw() -> dict[str, Any]:
        given = lot_case(rng, items, 7)
        needs = given["needs"]
        peak = int(rng.integers(1, 6))
        needs[peak] = int(rounded(max(needs) * between(rng, 1.4, 1.9)))
        return {**given, "lot": int(rounded(max(needs) * between(rng, 0.55, 0.8))),
                "on_hand": int(rounded(needs[0] * between(rng, 0.2, 0.7)))}  # fmt: skip

    def good(g: Any) -> bool:
        plan = lots(g, "fixed", size=g.lot)
        return fits(g, plan) and max(plan.receipts) > g.lot and 0 in plan.receipts and min(plan.receipts) == 0

    return shaped(draw, good)


FIXED_LOTS = Problem(
    id="materials.fixed_lots", title="Lots of one size", level=1, minutes=5, outcomes=OUTCOMES, covers=("lot_sizes",),
    topics=(TOPIC,), needs=("items", "demand"), draw=_draw_fixed,
    prompt="{item} comes in lots of {lot} and in no other size. When a week is short, {plant} orders as many lots as it "
           "needs, and no more. Fill in the plan, then cost it. Two lots in one week count as one order.\n\n" + COUNTED,
    facts=(ON_HAND, Fact("lot", "Lot", "{unit}"), ORDER_COST, HOLDING),
    parts=(
        record(lambda g: lots(g, "fixed", size=g.lot), _FIXED_RULE, slips=(
            *_FIXED_SLIPS,
            Slip("foq_once", lambda g, a, t: g.lot if short(g, a, t) > 0 else 0,
                 "One lot does not cover the week. A fixed lot is not the most one may order: take as many as it needs."),
            Slip("lot_down", lambda g, a, t: floor(short(g, a, t) / g.lot + 1e-9) * g.lot,
                 "Rounded down, the lots leave the week short. Round up."),
        )),
        cost_part(lambda g: lots(g, "fixed", size=g.lot)),
    ),
    hints=("Week by week: need less the stock of the week before. Is anything short?",
           "What is short, divided by {lot}, rounded up: so many lots. The rest stays for the week after."),
    steps=(
        *plan_steps(lambda g: lots(g, "fixed", size=g.lot)),
    ),
)  # fmt: skip


# Minimum and packs


def _packed(g: Any, a: Any, t: int) -> float:
    need = short(g, a, t)
    return ceil(max(need, g.least) / g.pack - 1e-9) * g.pack if need > 0 else 0.0


def _packs(g: Any) -> materials.LotPlan:
    return lots(g, "minimum", minimum=g.least, multiple=g.pack)


def _draw_packs(rng: np.random.Generator, plant: Plant) -> dict[str, Any]:
    items = lot_items(plant, "a plan in packs", "buy")

    def draw() -> dict[str, Any]:
        given = lot_case(rng, items, 7)
        mean = sum(given["needs"]) / 7
        pack = int(max(3, rounded(mean * between(rng, 0.15, 0.35), 1)))
        return {**given, "pack": pack, "least": pack * max(2, round(0.8 * mean / pack)),
                "on_hand": int(rounded(given["needs"][0] * between(rng, 0.2, 0.7)))}  # fmt: skip

    def good(g: Any) -> bool:
        plan = _packs(g)
        lot = [x for x in plan.receipts if x]
        return fits(g, plan) and sum(x > g.least for x in lot) >= 2 and g.least in lot and 0 in plan.receipts

    return shaped(draw, good)


PACKED_LOTS = Problem(
    id="materials.packed_lots", title="A minimum, and whole packs", level=2, minutes=6, outcomes=OUTCOMES,
    covers=("lot_sizes",), topics=(TOPIC,), needs=("items", "demand"), draw=_draw_packs,
    prompt="The supplier of {item} takes no order below {least} and sells whole packs of {pack}. When a week is short, "
           "{plant} orders as little as these two allow. Fill in the plan, then cost it.\n\n" + COUNTED,
    facts=(ON_HAND, Fact("least", "Smallest order", "{unit}"), Fact("pack", "Pack", "{unit}"), ORDER_COST, HOLDING),
    parts=(
        record(_packs, _packed, slips=(
            Slip("lot_exact", short, "You ordered just what is missing. The supplier takes neither so little nor loose units."),
            Slip("min_only", lambda g, a, t: max(short(g, a, t), g.least) if short(g, a, t) > 0 else 0,
                 "The minimum is kept, the pack is not. Above the minimum too, only whole packs can be had."),
            Slip("pack_only", lambda g, a, t: ceil(short(g, a, t) / g.pack - 1e-9) * g.pack,
                 "Whole packs, but some orders lie below the smallest that the supplier takes."),
            Slip("surplus_lost", lambda g, a, t: ceil(max(g.needs[t - 1], g.least) / g.pack - 1e-9) * g.pack,
                 "What the last order left over is forgotten. Take it off the need first."),
            Slip("lot_down", lambda g, a, t: floor(max(short(g, a, t), g.least) / g.pack + 1e-9) * g.pack if short(g, a, t) > 0 else 0,
                 "Rounded down to whole packs, the order leaves the week short. Round up."),
        )),
        cost_part(_packs),
    ),
    hints=("What is short? Is it below the smallest order?",
           "Take the larger of what is short and {least}, then round up to packs of {pack}. Carry what is left over."),
    steps=(
        *plan_steps(_packs),
    ),
)  # fmt: skip


PROBLEMS = (LOT_FOR_LOT, FIXED_LOTS, PACKED_LOTS)
