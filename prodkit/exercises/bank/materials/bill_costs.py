"""What an item costs by its bill, from the bottom up."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from .... import materials
from ...draws import around, between, far, rounded, shaped
from ...numbers import show
from ...parts import Number, Slip
from ...problem import Fact, FactTable, Problem
from ...tolerance import OfScale, Relative
from .bills import LINES, OUTCOMES, TOPIC, chosen, line, shown_table, usual_lines

if TYPE_CHECKING:
    import numpy as np

    from ....plant import Plant


def _draw_cost(rng: np.random.Generator, plant: Plant) -> dict[str, Any]:
    bills = usual_lines(plant, "a cost roll-up")
    costs = plant.need("items", 1, "a cost roll-up").set_index("item")["unit_cost"]
    priced = {c for c, x in costs.items() if x > 0}
    cases = []
    for parent, rows in bills.items():
        for sub, per in rows:
            low = [(c, q) for c, q in bills.get(sub, []) if c in priced and c not in bills]
            high = [(c, q) for c, q in rows if c != sub and c in priced and c not in bills]
            if len(low) >= 2 and high:
                cases.append((parent, sub, per, low, high))

    def draw() -> dict[str, Any]:
        parent, sub, per, low, high = chosen(rng, cases, "an item with a part that is made of two others")
        low = sorted(low, key=lambda r: -r[1] * costs[r[0]])[:2]
        high = sorted(high, key=lambda r: -r[1] * costs[r[0]])[:1]
        price = {c: around(rng, float(costs[c]), 0.2, 3) for c, _ in (*low, *high)}
        scrap = float(rng.choice([0.06, 0.08, 0.1, 0.12]))
        lines = [{**line(parent, sub, per), "scrap_share": 0.0, "cost": ""},
                 *({**line(parent, c, q), "scrap_share": 0.0, "cost": price[c]} for c, q in high),
                 {**line(sub, *low[0]), "scrap_share": scrap, "cost": price[low[0][0]]},
                 {**line(sub, *low[1]), "scrap_share": 0.0, "cost": price[low[1][0]]}]  # fmt: skip
        given = {"parent": parent, "sub": sub, "per": per, "lines": lines, "scrap": scrap, "lossy": low[0][0],
                 "yields": float(rng.choice([0.85, 0.88, 0.9])), "dear": low[0][1] * price[low[0][0]],
                 "other": low[1][1] * price[low[1][0]], "rest": sum(q * price[c] for c, q in high)}  # fmt: skip
        true = (given["dear"] / (1 - scrap) + given["other"]) / given["yields"] * per + given["rest"]
        sign = 1 if rng.integers(2) else -1
        standard = rounded(true * (1 + sign * between(rng, 0.04, 0.15)), 3)
        return {**given, "standard": standard, "made_up": far(standard, float(costs.get(parent, 0.0)))}

    def good(g: Any) -> bool:
        sub = (g.dear / (1 - g.scrap) + g.other) / g.yields
        whole = sub * g.per + g.rest
        gap, percent = whole - g.standard, 100 * (whole / g.standard - 1)
        return bool(abs(gap - percent) > 1.5 and 0.4 < g.dear / (g.dear + g.other) < 1 - 0.015 / g.scrap and 0.06 < sub * g.per / whole < 0.94
                    and abs(g.rest / whole - (1 - g.yields)) > 0.02 and abs((g.dear + g.other) / g.yields / sub - 1) > 0.02)  # fmt: skip

    return shaped(draw, good)


def _roll(g: Any) -> materials.CostRollup:
    import pandas as pd

    bought = {r["component"]: r["cost"] for r in g.lines if r["cost"] != ""}
    items = pd.DataFrame(
        [(g.parent, g.standard, 1.0), (g.sub, 0.0, g.yields), *((c, x, 1.0) for c, x in bought.items())],
        columns=["item", "unit_cost", "yield_share"],
    )
    return materials.cost_rollup(
        items, shown_table([{k: x for k, x in r.items() if k != "cost"} for r in g.lines])
    )


def _rolled(g: Any) -> dict[str, float]:
    return _roll(g).cost


def _off(g: Any) -> float:
    table = _roll(g).table
    return float(100 * table.loc[table["item"] == g.parent, "difference_share"].iloc[0])


COST_ROLLUP = Problem(
    id="materials.cost_rollup", title="What does it cost, from the bottom up?", level=3, minutes=8, outcomes=OUTCOMES,
    covers=("cost_rollup",), topics=(TOPIC,), needs=("bom", "items"), draw=_draw_cost,
    prompt="Roll the material cost of {parent} up from its bill. Of {lossy}, {scrap} of what is issued is spoiled. Of the {sub} "
           "started, {yields} turn out good, and the rest brings nothing. By how many percent does the cost differ from the "
           "standard of {standard}? Above it counts as plus.",
    facts=(
        FactTable("lines", "Bill and prices", (*LINES, Fact("cost", "Price of a component", "{currency}"))),
        Fact("scrap", "Scrap of the component", percent=True), Fact("yields", "Yield of the part between", percent=True),
        Fact("standard", "Standard cost of the product", "{currency}"),
    ),
    parts=(
        Number("sub", "Cost of one good part between", unit="{currency}", tolerance=Relative(0.003), key=lambda g, a: _rolled(g)[g.sub],
               slips=(
                   Slip("scrap_left_out", lambda g, a: (g.dear + g.other) / g.yields,
                        "The spoiled share of {lossy} is paid for too. Divide its cost by the share that is left."),
                   Slip("scrap_times", lambda g, a: (g.dear * (1 - g.scrap) + g.other) / g.yields,
                        "Scrap made {lossy} cheaper in your sum. It makes it dearer: divide by the share that is left."),
                   Slip("scrap_on_parent", lambda g, a: (g.dear + g.other) / (1 - g.scrap) / g.yields,
                        "You put the scrap of {lossy} on everything. It belongs to that one component."),
                   Slip("yield_left_out", lambda g, a: g.dear / (1 - g.scrap) + g.other,
                        "That is the cost of one started. The good ones carry the cost of those lost: divide by the yield."),
                   Slip("yield_times", lambda g, a: (g.dear / (1 - g.scrap) + g.other) * g.yields,
                        "You multiplied by the yield, so that losses make it cheaper. Divide."),
               )),
        Number("cost", "Cost of one of the product", unit="{currency}", tolerance=Relative(0.003), key=lambda g, a: a.sub * g.per + g.rest,
               check=lambda g: _rolled(g)[g.parent], by_hand=(lambda g, a: rounded(a.sub, 4) * g.per + g.rest,),
               slips=(
                   Slip("sub_left_out", lambda g, a: g.rest, "The part between is left out. It is most of the work of this sum."),
                   Slip("sub_only", lambda g, a: a.sub * g.per, "That is the part between alone. The product takes another component too."),
                   Slip("yield_twice", lambda g, a: (a.sub * g.per + g.rest) / g.yields,
                        "The yield is in the cost of the part between already. The product itself loses nothing."),
               )),
        Number("off", "Difference from the standard", unit="%", key=lambda g, a: 100 * (a.cost / g.standard - 1), check=_off,
               tolerance=OfScale(0.004, lambda g, a: 100.0),
               slips=(Slip("cost_for_percent", lambda g, a: a.cost - g.standard if abs(a.cost - g.standard - 100 * (a.cost / g.standard - 1)) > 1.5 else None,
                           "That is the difference in money. How many percent of the standard is it?"),)),
    ),
    hints=("Begin at the bottom: what does the material of one started {sub} cost, the spoiled share of {lossy} included?",
           "Price × quantity ÷ (1 − {scrap}) for {lossy}, plus the other component, and the sum ÷ {yields}. That, times its quantity, goes into {parent}."),
    steps=(
        lambda g, a: f"{g.sub}: ({show(g.dear, 9)} ÷ (1 − {show(g.scrap)}) + {show(g.other, 9)}) ÷ {show(g.yields)} = {show(a.sub)}.",
        lambda g, a: f"{g.parent}: {show(a.sub)} × {show(g.per, 9)} + {show(g.rest, 9)} = {show(a.cost)}.",
        lambda g, a: f"Against the standard of {show(g.standard, 9)}: {show(a.off)} %.",
    ),
)  # fmt: skip

PROBLEMS = (COST_ROLLUP,)
