"""Sitting 3: lots for needs that differ from week to week."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

from ... import materials
from ...charts.style import amount, worded
from ...plant import Needed, needed
from ..said import Said, about, money, whole

if TYPE_CHECKING:
    import pandas as pd

    from ...materials import CapacitatedPlan, LotPlan
    from ...plant import Plant

__all__ = [
    "ceiling",
    "coming",
    "limited",
    "lots_change",
    "own_lots",
    "race",
    "recorded",
    "restless",
    "shaken",
    "tried",
    "uneven",
]

RULES = ("lot_for_lot", "eoq", "periods", "silver_meal", "part_period", "wagner_whitin")


def coming(plant: Plant) -> Needed:
    """The item that the sitting follows, with what the plant's material plan asks of it week by week.

    Raises
    ------
    ProdkitError
        If the plant cannot be planned, or its plan needs no such item.
    """
    return needed(plant, materials.mrp(plant).records)


def uneven(it: Needed) -> Said:
    """What the coming weeks ask for, and what an order and its keeping cost."""
    word = "order" if it.is_bought else "setup"
    return Said(
        f"{it.item} ({it.name}): in the coming {len(it.needs)} weeks the plant needs {whole(it.mean, it.unit)} a week on average, "
        f"{whole(min(it.needs))} in the lowest week and {whole(max(it.needs))} in the highest. {_BASES[it.basis]}"
        f"{', or with the customer orders where they ask for more' if it.has_orders else ''}.",
        f"{'An' if it.is_bought else 'A'} {word} costs {worded(it.order_cost, it.currency)}. Keeping one for a week costs "
        f"{amount(it.holding_cost)}: a year’s holding cost, divided by 52.",
    )


def race(plans: Mapping[str, LotPlan]) -> Said:
    """What ordering every week costs beside the cheapest plan, and which simple rule comes nearest."""
    best = plans["wagner_whitin"].cost
    each = plans["lot_for_lot"].cost
    others = {rule: plan for rule, plan in plans.items() if rule != "wagner_whitin"}
    near = min(others.values(), key=lambda plan: plan.cost)
    far = max(others.values(), key=lambda plan: plan.cost)
    if each <= best * (1 + 1e-9):
        return Said(
            "So a lot every week is the cheapest plan here: keeping anything for a week costs more than it saves."
        )
    told = f"So a lot every week costs {_share(each / best - 1)} more than the cheapest plan. "
    if near.cost <= best * (1 + 1e-9):
        told += f"{near.name} found the cheapest plan too, in a few lines of Excel."
    else:
        told += f"{near.name} comes within {_share(near.cost / best - 1)} of it, in a few lines of Excel."
    return Said(
        told,
        f"The worst of them, {_low(far.name)}, costs {money(far.cost - best)} more in these weeks. Before you argue about the "
        "last percent, see who is at the wrong end.",
    )


def tried(plan: LotPlan) -> Said:
    """The first lot of Silver-Meal, trial by trial."""
    mine = [trial for trial in plan.trials if trial.first == plan.trials[0].first]
    steps = [f"through week {trial.through}: {amount(float(f'{trial.figure:.3g}'))}" for trial in mine]
    kept = [trial for trial in mine if trial.kept][-1]
    last = mine[-1]
    rise = f" Through week {last.through} it would rise; stop before." if last.through > kept.through else ""
    return Said(
        f"The first lot, cost a week {'; '.join(steps)}.{rise} So the first lot, {worded(kept.quantity)}, "
        f"lasts through week {kept.through}, and the sum begins again in the next week."
    )


def recorded(it: Needed) -> LotPlan:
    """The lots by the rule that stands in the item table; lot for lot where it names no size."""
    if it.lot_rule in _SIZED and it.lot_size > 0:
        size: dict[str, Any] = {
            _SIZED[it.lot_rule]: int(it.lot_size) if it.lot_rule == "periods" else it.lot_size
        }
        return materials.lot_sizes(it.needs, it.lot_rule, **it.costs, **size)
    return materials.lot_sizes(it.needs, "lot_for_lot", **it.costs)


def shaken(it: Needed, rules: Sequence[str] = RULES) -> dict[str, int]:
    """In how many of the small changes a rule moves an order to another week.

    Every week's need is once 20 % higher and once 20 % lower; a change counts where the weeks with an order are
    others than before. The size of a fixed lot and the reach of a period lot stay as they are.
    """
    found = {}
    for rule in rules:
        plan = materials.lot_sizes(it.needs, rule, **it.costs)
        same: dict[str, Any] = (
            {"size": plan.lot} if rule == "eoq" else {"periods": plan.lot} if rule == "periods" else {}
        )
        name = "fixed" if rule == "eoq" else rule
        found[rule] = 0
        for t in range(len(it.needs)):
            for share in (0.8, 1.2):
                needs = [x * share if k == t else x for k, x in enumerate(it.needs)]
                after = materials.lot_sizes(needs, name, **it.costs, **same)
                found[rule] += [x > 0 for x in after.receipts] != [x > 0 for x in plan.receipts]
    return found


def restless(it: Needed, moved: Mapping[str, int]) -> Said:
    """Which rules move orders when one week's need changes a little."""
    count = 2 * len(it.needs)
    calm = [_NAMES[rule] for rule, n in moved.items() if n == 0]
    worst = max(moved, key=lambda rule: moved[rule])
    if moved[worst] == 0:
        return Said("So on these weeks no rule moves an order. On others they do; try it with your own.")
    told = f"So with {_NAMES[worst]}, {moved[worst]} of {count} changes move an order to another week. "
    if calm:
        never = f"{_listed(calm, 'and')} never {'moves' if len(calm) == 1 else 'move'} one."
        told += never[0].upper() + never[1:]
    else:
        told += "Every rule moves some."
    return Said(
        told,
        "A moved order is a telephone call, and below it the orders of everything that goes into it move too. What the cheapest "
        "plan saves on paper may be spent on the telephone. So plants freeze the near weeks, and plan the lots behind them.",
    )


def ceiling(it: Needed) -> float:
    """How many may come in one week, for a plan that feels it: about 1.3 weeks' need, below the largest lot (units).

    Where the first weeks alone need as much as the largest lot, no limit that they can live with is felt.
    """
    total, least = 0.0, 0.0
    for t, need in enumerate(it.needs, start=1):
        total += need
        least = max(least, total / t)
    largest = max(materials.lot_sizes(it.needs, "wagner_whitin", **it.costs).receipts)
    limit = _up(max(1.3 * it.mean, 1.02 * least), 2)
    if limit < largest:
        return limit
    return next((tight for tight in (_up(least, 2), _up(least, 3)) if tight < largest), limit)


def _up(value: float, digits: int) -> float:
    """Rounded up to so many digits."""
    step = 10.0 ** (math.floor(math.log10(value)) - digits + 1) if value > 0 else 1.0
    return float(f"{math.ceil(value / step - 1e-9) * step:.{digits}g}")


def limited(it: Needed, free: LotPlan, tight: CapacitatedPlan) -> Said:
    """What a ceiling on a week's receipt costs."""
    cost, limit = tight.cost, ceiling(it)
    assert cost is not None
    orders = sum(lot > 0 for lot in tight.receipts(it.item))
    more = cost / free.cost - 1 if free.cost else 0.0
    told = f"With no more than {worded(limit, it.unit)} in a week, the cheapest plan "
    if more < 0.0005:
        return Said(
            f"{told}costs {money(free.cost, it.currency)}, as much as without the limit. Its largest lot was {worded(max(free.receipts))}, "
            "and the early weeks leave no room for a limit that pinches. So one more pallet place, or one more hour of the "
            "machine, is worth nothing in these weeks; that, too, is good to know before you pay for it."
        )
    return Said(
        f"{told}has {orders} orders in place of {free.orders}, and costs {money(cost, it.currency)} in place of {money(free.cost)}: "
        f"{_share(more)} more.",
        "That is what one more pallet place, or one more hour of the machine, may be worth to you in these weeks.",
    )


def lots_change(it: Needed, today: LotPlan, next_: LotPlan) -> Said:
    """A change of the lot rule, told to four listeners."""
    word = "orders" if it.is_bought else "setups"
    saved, most = today.cost - next_.cost, max(next_.receipts)
    source = "the supplier" if it.is_bought else "the shop that makes it"
    if saved <= 0.01 * next_.cost:
        return Said(
            f"- To the plant manager: “{it.item} is planned as well as it can be: {today.orders} {word} in 12 weeks.”",
            "- To everybody else: nothing. Nothing changes for them.",
        )
    return Said(
        f"- To the store: “{it.item} comes {next_.orders} times in the next 12 weeks, {whole(most, it.unit)} at most. The weeks are on "
        "the board. Is there room?”",
        f"- To the plant manager: “{today.orders} {word} become {next_.orders}. It saves about {about(saved, it.currency)} in 12 weeks, on "
        "this item alone. The stock goes up and down more; its average is in the sum.”",
        f"- To {source}: “You get fewer dates and larger lots, and the next four weeks stay as they are. What is the largest lot that "
        "you can do without overtime?”",
        "- To customers: nothing. What they were promised stays.",
    )


def own_lots(plant: Plant, plan: materials.MrpPlan) -> pd.DataFrame:
    """The five items on which a look-ahead rule would save most against the rule on record, over the coming 12 weeks.

    By item: rule (on record), its cost, cost by Silver-Meal (both without stock on hand), saved.
    """
    import pandas as pd

    rows = []
    gross = plan.records.pivot(index="item", columns="week", values="gross").iloc[:, :12]
    codes = gross.index[(gross > 0).sum(axis=1) >= 2]
    items = plant.items.set_index("item")
    costed = items.index[(items["order_cost"] > 0) & (items["unit_cost"] > 0) & (items["kind"] != "phantom")]
    for code in codes.intersection(costed):
        it = needed(plant, plan.records[plan.records["item"] == code], str(code))
        now = recorded(it).cost
        then = materials.lot_sizes(it.needs, "silver_meal", **it.costs).cost
        rows.append([it.item, _NAMES.get(it.lot_rule, it.lot_rule), now, then, now - then])
    table = pd.DataFrame(rows, columns=["item", "rule", "cost", "Silver-Meal", "saved"]).set_index("item")
    return table.nlargest(5, "saved").round({"cost": 0, "Silver-Meal": 0, "saved": 0})


_BASES = {
    "forecast": "The plan reckons with the forecast on record",
    "last_year": "No forecast is on record, so the plan reckons with what was sold in the same weeks a year before",
    "years": "No forecast is on record, so the plan reckons with the mean of what was sold in the same weeks of the years before",
    "mean": "Neither a forecast nor a whole year of demand is on record, so the plan reckons with the mean of all weeks sold, or "
    "with the same week a year before where there is one",
}
_SIZED = {"fixed": "size", "minimum": "minimum", "multiple": "multiple", "periods": "periods"}
_NAMES = {
    "lot_for_lot": "lot for lot",
    "eoq": "the economic order quantity",
    "periods": "the period order quantity",
    "silver_meal": "Silver-Meal",
    "part_period": "part-period balancing",
    "least_unit_cost": "least unit cost",
    "wagner_whitin": "Wagner-Whitin",
    "fixed": "fixed lots",
    "minimum": "a smallest lot",
    "multiple": "whole packs",
}


def _share(value: float) -> str:
    """A share in percent, whole from 10 % on."""
    return f"{100 * value:.{0 if value >= 0.0995 else 1}f} %"


def _low(name: str) -> str:
    """A rule's name within a sentence; those of people keep their capitals."""
    return name if name[:2] in ("Si", "Wa") else name[0].lower() + name[1:]


def _listed(names: Sequence[str], word: str) -> str:
    return names[0] if len(names) == 1 else f"{', '.join(names[:-1])} {word} {names[-1]}"
