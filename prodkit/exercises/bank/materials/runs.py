"""A stock policy played over the real weeks of a plant: week by week, and as a whole."""

from __future__ import annotations

from math import sqrt
from typing import TYPE_CHECKING, Any

import numpy as np

from .... import materials
from ....errors import MissingTableError
from ...draws import around, pick, rounded
from ...numbers import show
from ...parts import Also, Field, Grid, Line, Plan, Slip
from ...problem import Fact, FactTable, Problem
from .uncertainty import OUTCOMES, uncertain

if TYPE_CHECKING:
    from ....plant import Plant


def _draw_projection(rng: np.random.Generator, plant: Plant) -> dict[str, Any]:
    row = pick(rng, uncertain(plant, "a stock projection"))
    weeks = plant.weekly_use(row.Index)["quantity"].to_numpy()
    first = int(rng.integers(max(1, len(weeks) - 8)))
    demand = [
        max(1, round(x)) if row.week_mean < 100 else int(rounded(float(x))) for x in weeks[first : first + 8]
    ]
    mean, lead_time = sum(demand) / len(demand), int(rng.choice([2, 3]))
    point = round(materials.reorder_point(mean, lead_time, mean * float(rng.uniform(0.3, 0.7))))
    # Larger than any week's demand: one lot always lifts the position above the point.
    lot = int(rounded(max(max(demand) * 1.1 + 1, mean * float(rng.uniform(1.2, 1.7)))))
    return {"item": row.Index, "demand": demand, "point": point, "lot": max(lot, max(demand) + 1),
            "lead_time": lead_time, "opening": point + max(1, round(mean * float(rng.uniform(0.2, 1.1))))}  # fmt: skip


def _projected(g: Any) -> dict[str, list[float]]:
    """The subject's own run: its Monday of the next week is this Friday, when the buyer looks."""
    path = materials.simulate_policy(
        [*g.demand, 0], reorder_point=g.point, order_quantity=g.lot, lead_time=g.lead_time - 1,
        opening_stock=g.opening, holding_cost=1, shortage_cost=1).path  # fmt: skip
    closing = (path["on_hand"] - path["owed"]).tolist()
    return {
        "opening": [g.opening, *closing[:-2]], "receipts": path["received"].tolist()[:-1], "closing": closing[:-1],
        "position": path["position"].tolist()[:-1], "order": path["ordered"].tolist()[1:],
    }  # fmt: skip


STOCK_PROJECTION = Problem(
    id="materials.stock_projection", title="Eight weeks under a reorder point", level=2, minutes=9, outcomes=OUTCOMES,
    covers=("simulate_policy", "reorder_point"), needs=("items", "demand"), draw=_draw_projection,
    prompt="Play the buyer of {item} for eight real weeks. Each Friday you look: if the position is {point} or below, "
           "you order one lot of {lot}. It comes {lead_time} weeks later, at the week's beginning. Nothing is on order "
           "at first.\n\nThe position is what is on hand plus what is on order. A negative closing stock means units "
           "owed. Fill the table week by week, from top to bottom.",
    facts=(Fact("opening", "On hand at first", "{unit}"), Fact("point", "Reorder point", "{unit}"),
           Fact("lot", "Order quantity", "{unit}"), Fact("lead_time", "Lead time", "weeks")),
    parts=(Grid(
        "record", "Stock record", over=lambda g: range(1, 9), key=lambda g, a: _projected(g),
        lines=(
            Line("opening", "Opening stock", "{unit}", rule=lambda g, a, t: a.closing[t - 1]),
            Line("receipts", "Receipts", "{unit}", rule=lambda g, a, t: a.order[t - g.lead_time],
                 slips=(
                     Slip("lead_short", lambda g, a, t: a.order[t - g.lead_time + 1],
                          "The delivery came too early. Count {lead_time} weeks on from the week of the order."),
                     Slip("lead_long", lambda g, a, t: a.order[t - g.lead_time - 1],
                          "The delivery came a week too late. An order of week 1 comes {lead_time} weeks on, not one more."),
                 )),
            Line("demand", "Demand", "{unit}", given=lambda g, t: g.demand[t - 1]),
            Line("closing", "Closing stock", "{unit}", start=lambda g: g.opening,
                 rule=lambda g, a, t: a.opening[t] + a.receipts[t] - a.demand[t],
                 slips=(
                     Slip("receipts_left_out", lambda g, a, t: a.opening[t] - a.demand[t], "The week's receipt is not added."),
                 )),
            Line("position", "Position on Friday", "{unit}",
                 rule=lambda g, a, t: a.closing[t] + sum(a.order[k] for k in range(t - g.lead_time + 1, t)),
                 slips=(
                     Slip("rop_on_hand", lambda g, a, t: a.closing[t],
                          "You looked at the shelf only. What is on its way belongs to the position."),
                 )),
            Line("order", "Order on Friday", "{unit}", rule=lambda g, a, t: g.lot if a.position[t] <= g.point else 0,
                 slips=(
                     Slip("rop_on_hand", lambda g, a, t: g.lot if a.closing[t] <= g.point else 0,
                          "You compared the shelf with the reorder point, and ordered again what is already on its way."),
                     Slip("order_missing", lambda g, a, t: max(0, g.point - a.position[t]),
                          "You ordered what is missing to the reorder point. It says when; the lot says how much."),
                 )),
        ),
    ),),
    hints=("Finish a week before you begin the next. Its closing stock opens the week after.",
           "Position = closing stock + lots ordered that have not come yet. An order of week t is a receipt of week t + {lead_time}."),
    steps=(
        lambda g, a: "Orders: " + (", ".join(f"week {t}" for t, x in a.record["order"].items() if x) or "none") + f", {g.lot:g} each.",
        lambda g, a: f"Receipts {g.lead_time} weeks later: " + (", ".join(f"week {t}" for t, x in a.record["receipts"].items() if x) or "none") + ".",
        lambda g, a: "Closing stock: " + ", ".join(show(x) for x in a.record["closing"].values()) + ".",
        lambda g, a: "Position: " + ", ".join(show(x) for x in a.record["position"].values()) + ".",
    ),
)  # fmt: skip

RUN_IN = 8  # weeks that are run and not counted


def _draw_plan(rng: np.random.Generator, plant: Plant) -> dict[str, Any]:
    rows = uncertain(plant, "a policy over a year of demand")
    # Orders should be frequent, else a year holds too few of them to tell good policies from lucky ones.
    lots = (2 * 52 * rows["week_mean"] * rows["order_cost"] / (rows["unit_cost"] * plant.holding_rate)) ** 0.5
    often = rows[lots <= 8 * rows["week_mean"]]
    row = pick(rng, rows if often.empty else often)
    use = [float(x) for x in plant.weekly_use(row.Index)["quantity"]]
    weeks = min(52, len(use) - RUN_IN)
    if weeks < 26:
        raise MissingTableError("demand", f"a policy over a year needs {26 + RUN_IN} weeks of it or more")
    first = int(rng.integers(len(use) - weeks - RUN_IN + 1))
    year = [round(x) if row.week_mean >= 20 else round(x, 1) for x in use[first : first + weeks + RUN_IN]]
    counted = year[RUN_IN:]
    holding = rounded(around(rng, row.unit_cost) * plant.holding_rate)
    return {
        "item": row.Index, "weeks": weeks, "use": year, "demand": rounded(float(np.mean(counted)), 3),
        "sd": rounded(float(np.std(counted, ddof=1))), "lead_time": max(2, round(row.lead_time_weeks)),
        "order_cost": around(rng, row.order_cost), "holding": holding,
        "months": [{"weeks": f"{i + 1} to {min(i + 4, weeks)}", "use": round(sum(counted[i : i + 4]), 1)}
                   for i in range(0, weeks, 4)],
        "short": rounded(holding / 52 * float(rng.choice([8, 12, 20]))),
    }  # fmt: skip


def _yearly_cost(g: Any, plan: dict[str, float], times: float = 1.0) -> float:
    """What a policy would have cost on these weeks, with demand so many times as high (money a year)."""
    run = materials.simulate_policy(
        times * np.array(g.use), reorder_point=plan["point"], order_quantity=plan["lot"], lead_time=g.lead_time,
        order_cost=g.order_cost, holding_cost=g.holding / 52, shortage_cost=g.short, warm_up=RUN_IN)  # fmt: skip
    return 52 * run.cost


def _textbook(g: Any) -> dict[str, float]:
    """Economic order quantity, and a reorder point for the service that pays, with the week until the next look."""
    lot = materials.economic_order_quantity(52 * g.demand, g.order_cost, g.holding).quantity
    service = g.short / (g.short + g.holding / 52)
    safety = materials.safety_stock(g.sd, g.lead_time, service, review_period=0.5)
    return {"point": materials.reorder_point(g.demand, g.lead_time, safety), "lot": lot}


def _best(g: Any) -> dict[str, float]:
    start, spread = _textbook(g), g.sd * sqrt(g.lead_time + 1)
    step = max(1, round(spread / 8))
    middle = round(start["point"])
    best = materials.best_policy(
        np.array(g.use), "r_Q", reorder_points=range(max(0, middle - 16 * step), middle + 17 * step, step),
        order_quantities=np.unique(np.maximum(1, np.round(start["lot"] * np.geomspace(0.4, 2.5, 25)))),
        lead_time=g.lead_time, order_cost=g.order_cost, holding_cost=g.holding / 52, shortage_cost=g.short,
        warm_up=RUN_IN)  # fmt: skip
    assert best.reorder_point is not None
    assert best.order_quantity is not None
    return {"point": best.reorder_point, "lot": best.order_quantity}


def _clashes(g: Any, a: Any, plan: dict[str, float]) -> list[str]:
    told = [] if plan["lot"] > 0 else ["The order quantity must be above zero."]
    return (
        told
        if plan["point"] >= 0
        else [*told, "A reorder point below zero waits until units are owed: use 0 or more."]
    )


def _worst(g: Any, plan: dict[str, float]) -> float:
    return max(_yearly_cost(g, plan, 0.9), _yearly_cost(g, plan, 1.1))


POLICY_PLAN = Problem(
    id="materials.policy_plan", title="Set a policy for a real year", level=3, minutes=10, outcomes=OUTCOMES,
    covers=("best_policy", "simulate_policy"), needs=("items", "demand"), draw=_draw_plan,
    prompt="{plant} hands you {item}. Choose a reorder point r and an order quantity Q. Each Monday morning stock is "
           "looked at; at r or below an order for Q goes out. Your policy is then run over {weeks} real weeks of this "
           "item's use and compared with the best of several hundred policies.\n\nA unit kept costs {holding} a year, a "
           "unit owed {short} a week. Do not chase the last percent: within 5 % of a best that knew the year beforehand is full marks. A "
           "quarter of the credit is for standing up to demand 10 % higher or lower.",
    facts=(Fact("demand", "Weekly use, mean", "{unit}"), Fact("sd", "Weekly use, standard deviation", "{unit}"),
           Fact("lead_time", "Lead time, order to receipt", "weeks"), Fact("order_cost", "Cost of one order", "{currency}"),
           Fact("holding", "Cost of keeping a unit", "{currency} a year"),
           Fact("short", "Cost of a unit owed", "{currency} a week"),
           FactTable("months", "The year, by four weeks", (Fact("weeks", "Weeks"), Fact("use", "Use", "{unit}")))),
    parts=(Plan(
        "policy", "Your policy",
        fields=lambda g: (Field("point", "Reorder point r", "{unit}"), Field("lot", "Order quantity Q", "{unit}")),
        clashes=_clashes, cost=lambda g, a, x: _yearly_cost(g, x), key=lambda g, a: _best(g),
        basis="the best policy found, with hindsight,", good=0.05, poor=0.6,
        also=(Also(
            "robust", "Demand 10 % off",
            lambda g, a, x: (1.6 - _worst(g, x) / _worst(g, a.policy)) / 0.5,
            lambda g, a, x: f"With demand 10 % higher or lower it costs up to {show(_worst(g, x))}; "
                            f"the best found up to {show(_worst(g, a.policy))}.",
        ),),
    ),),
    hints=(
        "Start from the books: an economic order quantity for Q, and for r the mean use over the lead time plus a buffer.",
        "Which service pays? Cost of a unit owed ÷ (that + cost of keeping one), both by the week. And stock is looked "
        "at only once a week: cover a little more than the lead time.",
        "Look at the table: where busy weeks come in a row, the mean of the year is not what you must get through.",
    ),
    steps=(
        lambda g, a: f"Quantity, as economic order quantity: √(2 × {52 * g.demand:g} × {g.order_cost:g} ÷ {g.holding:g}) = {show(_textbook(g)['lot'], 3)}.",
        lambda g, a: f"Service that pays: {g.short:g} ÷ ({g.short:g} + {g.holding:g} ÷ 52) = {g.short / (g.short + g.holding / 52):.3f}. "
                     f"Reorder point for the lead time and half a week, since a look comes late by half a week on average: {show(_textbook(g)['point'], 4)}.",
        lambda g, a: f"That costs {show(_yearly_cost(g, _textbook(g)))} a year on these weeks. The best found, with hindsight, is "
                     f"r = {a.policy['point']:g} and Q = {a.policy['lot']:g}: {show(_yearly_cost(g, a.policy))}.",
    ),
)  # fmt: skip

PROBLEMS = (STOCK_PROJECTION, POLICY_PLAN)
