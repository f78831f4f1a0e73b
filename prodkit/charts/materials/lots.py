"""Lots over periods: what each rule costs, and one plan period by period."""

from __future__ import annotations

import textwrap
from collections.abc import Mapping

import numpy as np

from ... import materials
from ...errors import InputError
from ..style import BLUE, GREEN, INK, ORANGE, RULE, SKY, SOFT, Chart, _legible, named, worded

__all__ = ["lot_plan", "lot_race"]

_OPTIMUM = "wagner_whitin"


def lot_race(plans: Mapping[str, materials.LotPlan], *, currency: str = "") -> Chart:
    """Lot rules side by side, the cheapest first: purchase, ordering and holding cost of each.

    Parameters
    ----------
    plans
        Results of `lot_sizes` for the same demand, by what to call them.
    currency
        For the axis.

    Returns
    -------
    Chart
        The title says which rule comes nearest to the cheapest plan, where a plan is by `wagner_whitin`; else
        which costs least. The purchase is drawn only where it differs.

    Raises
    ------
    InputError
        If there is no plan, or two are not for the same demand and stock.

    Examples
    --------
    >>> from prodkit.materials import lot_sizes
    >>> demand, costs = [22, 34, 32, 12, 8, 44, 54, 16, 76, 30], {"order_cost": 200, "holding_cost": 3.25}
    >>> lot_race({"Silver-Meal": lot_sizes(demand, "silver_meal", **costs),
    ...           "Lot for lot": lot_sizes(demand, "lot_for_lot", **costs),
    ...           "Wagner-Whitin": lot_sizes(demand, **costs)}).title
    'Silver-Meal comes nearest: 2 % above the cheapest plan'
    """
    if not plans:
        raise InputError("plans", plans, "one plan or more")
    first = next(iter(plans.values()))
    for name, plan in plans.items():
        if (plan.demand, plan.on_hand, plan.safety_stock) != (
            first.demand,
            first.on_hand,
            first.safety_stock,
        ):
            raise InputError(
                f"plans[{name!r}]", plan.rule, "a plan for the same demand and stock as the others"
            )
    names = sorted(plans, key=lambda n: (round(plans[n].cost, 6), plans[n].rule != _OPTIMUM))
    places = np.arange(len(names))
    chart = Chart(named("Cost of the plan", currency), "Lot rule")
    ax = chart.ax
    box = ax.get_position()
    ax.set_position((0.24, box.y0, 0.70, box.height))
    ax.grid(visible=False)
    ax.grid(axis="x", color=RULE, linewidth=0.7)
    parts = [("Ordering", "ordering_cost", ORANGE), ("Holding", "holding_cost", GREEN)]
    bought = np.array([plans[n].purchase_cost for n in names])
    if np.ptp(bought) > 1e-9 * max(1.0, float(bought.max())):
        parts = [("Purchase", "purchase_cost", SKY), *parts]
    ends, thick = [np.zeros(len(names))], 0.62 if len(names) > 4 else 0.4
    for _, field, color in parts:
        width = np.array([getattr(plans[n], field) for n in names])
        ax.barh(places, width, left=ends[-1], height=thick, color=color, linewidth=0)
        ends.append(ends[-1] + width)
    longest = float(ends[-1].max()) or 1.0
    least = plans[names[0]].cost
    free = 0.0  # where the next name has room
    for (label, _, color), start in zip(parts, ends[:-1], strict=True):
        at = max(float(start[0]), free)
        ax.text(at, -0.3 - thick / 2, label, color=_legible(color), fontsize=9.5, va="center")
        free = at + longest * (0.018 * len(label) + 0.02)
    for i, name in enumerate(names):
        over = 100 * (plans[name].cost / least - 1) if least > 0 else 0.0
        text = worded(plans[name].cost) + (f"  + {worded(over)} %" if over >= 0.05 else "")
        ax.annotate(
            text, (ends[-1][i], i), (5, 0), textcoords="offset points", va="center", fontsize=9.5, color=INK
        )
    ax.set_yticks(places, [textwrap.shorten(n, 24, placeholder=" …") for n in names], parse_math=False)
    for tick, name in zip(ax.get_yticklabels(), names, strict=True):
        tick.set_color(INK)
        tick.set_fontweight("bold" if plans[name].rule == _OPTIMUM else "normal")
    ax.set_ylim(len(names) - 0.45, -0.6 - thick / 2)
    ax.set_xlim(0, 1.22 * longest)
    said = "; ".join(f"{n} {worded(plans[n].cost, currency)}" for n in names)
    alt = f"A bar a rule, the cheapest first, of {_listed([label.lower() for label, _, _ in parts])} cost: {said}."
    chart.finish(_race_title(plans, names), alt)
    written = ax.get_title(loc="left")
    for one in ax.findobj(lambda each: getattr(each, "get_text", str)() == written):
        one.set_x((box.x0 - 0.24) / 0.70)  # type: ignore[attr-defined]  # over the rules' names, or it is cut
    return chart


def _race_title(plans: Mapping[str, materials.LotPlan], names: list[str]) -> str:
    best = plans[names[0]]
    others = [n for n in names if plans[n].rule != _OPTIMUM]
    if best.rule == _OPTIMUM and others:
        near = plans[others[0]].cost
        level = [n for n in others if plans[n].cost <= near + 1e-6]
        who = _listed(level)
        over = 100 * (near / best.cost - 1) if best.cost > 0 else 0.0
        if over < 0.05:
            return f"{who} {'find' if len(level) > 1 else 'finds'} the cheapest plan"
        return (
            f"{who} {'come' if len(level) > 1 else 'comes'} nearest: {worded(over)} % above the cheapest plan"
        )
    level = [n for n in names if plans[n].cost <= best.cost + 1e-6]
    title = f"{_listed(level)} {'cost' if len(level) > 1 else 'costs'} least: {worded(best.cost)}"
    if len(level) < len(names) and best.cost > 0:
        second = names[len(level)]
        title += f", {worded(100 * (1 - best.cost / plans[second].cost))} % less than {second}"
    return title


def _listed(names: list[str]) -> str:
    shown = names if len(names) <= 3 else [*names[:2], f"{len(names) - 2} more"]
    return shown[0] if len(shown) == 1 else f"{', '.join(shown[:-1])} and {shown[-1]}"


def lot_plan(plan: materials.LotPlan, *, unit: str = "units", period: str = "week") -> Chart:
    """One plan over time: what is received, what is used, and the stock that is left.

    Parameters
    ----------
    plan
        From `lot_sizes`.
    unit, period
        For the axes.

    Returns
    -------
    Chart
        A bar for each receipt, dots for the demand, an area for the stock at the end of each period.

    Examples
    --------
    >>> from prodkit.materials import lot_sizes
    >>> lot_plan(lot_sizes([22, 34, 32, 12], order_cost=200, holding_cost=3.25), unit="pieces").title
    '2 orders in 4 weeks: at the end of a week 11.5 pieces left on average'
    """
    stock, demand, receipts = (np.array(x) for x in (plan.ending_stock, plan.demand, plan.receipts))
    n = len(demand)
    x = np.arange(1, n + 1)
    chart = Chart(period.capitalize(), named("Quantity", unit))
    ax = chart.ax
    chart.bars(x, receipts, color=BLUE, width=0.55)
    edges = np.arange(n + 1) + 0.5
    ax.stairs(stock, edges, color=GREEN, fill=True, alpha=0.3, zorder=0.8)
    ax.stairs(stock, edges, color=GREEN, linewidth=1.6, baseline=None, zorder=1.2)
    ax.plot(x, demand, "o", color=ORANGE, markersize=6 if n <= 30 else 4, markeredgecolor="white", zorder=4)
    tallest = float(max(receipts.max(), stock.max(), demand.max())) or 1.0
    chart.note(float(stock[-1]), "Stock at the end", color=GREEN)
    chart.note(float(demand[-1]), "Demand", color=ORANGE)
    chart.note(0.9 * tallest, "Received", color=BLUE)
    if plan.safety_stock > 0:
        chart.limit(plan.safety_stock, f"safety stock {worded(plan.safety_stock)}", axis="y", color=SOFT)
    ax.set_xlim(0.4, n + 0.6)
    ax.set_ylim(0, 1.08 * tallest)
    step = max(1, -(-n // 26))
    ax.set_xticks(x[::step])
    left = float(stock.mean())
    title = f"{plan.orders} order{'s' * (plan.orders != 1)} in {n} {period}{'s' * (n != 1)}: "
    title += (
        f"at the end of a {period} {worded(left, unit)} left on average"
        if left > 0
        else "nothing is ever left"
    )
    peak = int(stock.argmax())
    alt = (
        f"Bars for {plan.orders} receipts, dots for the demand of each {period}, an area for the stock at its end, "
        f"which is highest, {worded(float(stock[peak]), unit)}, in {period} {peak + 1}."
    )
    return chart.finish(title, alt)
