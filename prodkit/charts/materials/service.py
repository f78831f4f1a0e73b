"""Stock against chance: what service costs, and how a policy fares."""

from __future__ import annotations

import textwrap
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

import numpy as np

from ... import materials
from ...errors import InputError
from ..style import ACCENT, BLUE, GREEN, INK, ORANGE, SOFT, VERMILION, Chart, named, worded

if TYPE_CHECKING:
    import pandas as pd

__all__ = ["demand_in_lead_time", "policy_costs", "service_curve", "stock_path"]


def service_curve(
    service_level: float,
    *,
    demand_sd: float,
    lead_time: float,
    demand: float | None = None,
    lead_time_sd: float = 0.0,
    review_period: float = 0.0,
    holding_cost: float | None = None,
    before: Mapping[str, float] | None = None,
    unit: str = "units",
    currency: str = "",
    period: str = "week",
) -> Chart:
    """What safety stock each service level takes, with a dot where one stands.

    Parameters
    ----------
    service_level, demand_sd, lead_time, demand, lead_time_sd, review_period
        As for `safety_stock`.
    holding_cost
        Money a unit a year; the curve is then money, else units.
    before
        Any of these figures as they were: drawn as a second, dashed curve with a hollow dot.
    unit, currency, period
        For the axes.

    Returns
    -------
    Chart
        The title compares with before, or else with a level half as far from 100 %.

    Examples
    --------
    >>> service_curve(0.95, demand_sd=20, lead_time=4).title
    'From 95 % to 97.5 % service the safety stock grows by 19.2 %'
    """
    now: dict[str, float | None] = {
        "demand_sd": demand_sd,
        "lead_time": lead_time,
        "demand": demand,
        "lead_time_sd": lead_time_sd,
        "review_period": review_period,
    }
    was = {**now, "service_level": service_level, **(before or {})}
    was_level = was.pop("service_level") or service_level
    each = 1.0 if holding_cost is None else holding_cost

    def cost(level: float, figures: Mapping[str, Any]) -> float:
        return each * materials.safety_stock(service_level=level, **figures)

    levels = np.concatenate([np.linspace(0.5, 0.99, 99), np.linspace(0.991, 0.999, 17)])
    money = f"{currency} a year".strip()
    chart = Chart(
        "Service level (% of order cycles without a stock-out)",
        named("Safety stock", unit) if holding_cost is None else named("Cost of the safety stock", money),
    )
    if before is not None and (was != now):
        chart.line(100 * levels, [cost(x, was) for x in levels], "Before", color=SOFT, dashed=True, width=1.5)
    chart.line(
        100 * levels,
        [cost(x, now) for x in levels],
        "Now" if before is not None and was != now else "",
        color=BLUE,
        width=2.4,
    )
    if before is not None:
        chart.ax.plot(
            [100 * was_level],
            [cost(was_level, was)],
            "o",
            markersize=8,
            markerfacecolor="white",
            markeredgecolor=SOFT,
            clip_on=False,
            zorder=4,
        )
    here = cost(service_level, now)
    chart.point(100 * service_level, here)
    chart.ax.set_xlim(50, 100.4)
    chart.ax.set_ylim(0, 1.05 * max(cost(0.999, now), cost(0.999, was), here) or 1)
    in_words = unit if holding_cost is None else money
    shown = f"{100 * service_level:.4g} %"
    title = f"{shown} service takes {worded(here, in_words)} of safety stock"
    then, half = cost(was_level, was), 1 - (1 - service_level) / 2
    if before is not None:
        if then > 0 and abs(here - then) > 0.0005 * then:
            share = worded(100 * abs(here / then - 1))
            title = f"{shown} service takes {worded(here, in_words)}, {share} % {'more' if here > then else 'less'} than before"
    elif here > 0:
        more = 100 * (cost(half, now) / here - 1)
        what = "the safety stock" if holding_cost is None else "the cost of safety stock"
        title = f"From {shown} to {100 * half:.4g} % service {what} grows by {worded(more)} %"
    alt = (
        "A curve that rises slowly from 50 %, then ever more steeply toward 100 %. "
        f"At {shown} it stands at {worded(here, in_words)}, at 99.9 % at {worded(cost(0.999, now))}."
    )
    if before is not None:
        alt += f" Before: {worded(then)} at {100 * was_level:.4g} %."
    return chart.finish(title, alt)


def demand_in_lead_time(
    demand: float,
    demand_sd: float,
    lead_time: float,
    reorder_point: float,
    *,
    lead_time_sd: float = 0.0,
    unit: str = "units",
) -> Chart:
    """How likely each demand during the lead time is, and the part above the reorder point: the stock-outs.

    Parameters
    ----------
    demand, demand_sd
        Mean and standard deviation (units per period).
    lead_time, lead_time_sd
        Mean and standard deviation (periods).
    reorder_point
        Units.
    unit
        For the axis.

    Returns
    -------
    Chart

    Raises
    ------
    InputError
        If a figure is out of range or nothing varies.

    Examples
    --------
    >>> demand_in_lead_time(100, 20, 4, 465.8).title
    'With a reorder point of 466 about 5 in 100 order cycles run short'
    """
    mean = materials.reorder_point(demand, lead_time)
    z_one = 0.8413447460685429  # the share below one deviation: safety stock there is the deviation itself
    spread = materials.safety_stock(demand_sd, lead_time, z_one, demand=demand, lead_time_sd=lead_time_sd)
    if spread <= 0:
        raise InputError("demand_sd", demand_sd, "above zero, or a lead time that varies")
    from statistics import NormalDist

    law = NormalDist(mean, spread)
    x = np.linspace(
        min(mean - 3.6 * spread, reorder_point - spread),
        max(mean + 3.6 * spread, reorder_point + spread),
        241,
    )
    y = np.array([law.pdf(float(v)) for v in x])
    risk = 1 - law.cdf(reorder_point)
    chart = Chart(named("Demand during the lead time", unit), "How likely (highest = 1)")
    ax = chart.ax
    y /= float(y.max())
    ax.plot(x, y, color=BLUE, linewidth=2.2)
    beyond = np.linspace(reorder_point, float(x[-1]), 80)
    ax.fill_between(
        beyond,
        [law.pdf(float(v)) / law.pdf(mean) for v in beyond],
        0,
        color=VERMILION,
        alpha=0.4,
        linewidth=0,
    )
    chart.limit(mean, f"mean {worded(mean)}")
    chart.limit(reorder_point, f"reorder point {worded(reorder_point)}", color=ACCENT)
    chart.note(0.09, f"runs short: {worded(100 * risk)} %", color=VERMILION)
    ax.set_xlim(float(x[0]), float(x[-1]))
    ax.set_ylim(0, 1.18)
    title = f"With a reorder point of {worded(reorder_point)} about {worded(100 * risk)} in 100 order cycles run short"
    alt = (
        f"A bell curve around {worded(mean, unit)}, standard deviation {worded(spread)}. The reorder point stands "
        f"{worded(abs(reorder_point - mean))} {'above' if reorder_point >= mean else 'below'} its middle; the tail beyond it, "
        f"{worded(100 * risk)} % of the whole, is shaded."
    )
    return chart.finish(title, alt)


def stock_path(
    run: materials.PolicyRun | pd.DataFrame,
    *,
    reorder_point: float | None = None,
    safety_stock: float | None = None,
    unit: str = "units",
    period: str = "week",
) -> Chart:
    """Stock at the end of each period: the saw's teeth, and where they went below zero.

    Parameters
    ----------
    run
        From `simulate_policy`, or a table with the columns period, on_hand and, if any, owed.
    reorder_point, safety_stock
        Levels to draw (units).
    unit, period
        For the axes.

    Returns
    -------
    Chart
        The title says in how many periods something was short.

    Examples
    --------
    >>> from prodkit.materials import simulate_policy
    >>> run = simulate_policy([4, 6, 3, 7, 5, 5], reorder_point=5, order_quantity=12, lead_time=1,
    ...                       holding_cost=1, shortage_cost=8, opening_stock=9)
    >>> stock_path(run, reorder_point=5).title
    'Stock ran out in 2 of 6 weeks'
    """
    path = run.path if isinstance(run, materials.PolicyRun) else run
    for column in ("period", "on_hand"):
        if column not in path.columns:
            raise InputError("run", list(path.columns), f"a table with the column {column}")
    x, held = path["period"].to_numpy(float), path["on_hand"].to_numpy(float)
    owed = path["owed"].to_numpy(float) if "owed" in path.columns else np.zeros(len(path))
    net = held - owed
    short = int((owed > 1e-9).sum())
    chart = Chart(period.capitalize(), named("Stock at its end", unit))
    ax = chart.ax
    ax.plot(x, net, color=BLUE, linewidth=1.7)
    ax.fill_between(
        x, net, 0, where=list(net < 0), color=VERMILION, alpha=0.35, linewidth=0, interpolate=True
    )
    ax.axhline(0, color=SOFT, linewidth=0.9)
    chart.note(float(net[-1]), "Stock", color=BLUE)
    if reorder_point is not None:
        chart.limit(reorder_point, f"reorder point {worded(reorder_point)}", axis="y", color=ACCENT)
    if safety_stock is not None:
        chart.limit(safety_stock, f"safety stock {worded(safety_stock)}", axis="y", color=GREEN)
    if short:
        chart.note(float(net.min()), f"short, up to {worded(-float(net.min()))}", color=VERMILION)
    levels = [0.0, *(v for v in (reorder_point, safety_stock) if v is not None)]
    low, high = min(float(net.min()), *levels, 0.0), max(float(net.max()), *levels)
    room = 0.06 * (high - low or 1)
    ax.set_ylim(low - room if low < 0 else 0, high + room)
    ax.set_xlim(float(x[0]), float(x[-1]) if len(x) > 1 else float(x[0]) + 1)
    title = f"Stock ran out in {short} of {len(x)} {period}s"
    if not short:
        title = f"Stock never ran out in {len(x)} {period}s; at its lowest it was {worded(float(net.min()), unit)}"
    alt = (
        f"A saw-toothed line over {len(x)} {period}s, between {worded(float(net.min()))} and "
        f"{worded(float(net.max()), unit)}; on average {worded(float(held.mean()))} on hand."
    )
    return chart.finish(title, alt)


def cheapest(runs: Mapping[str, materials.PolicyRun]) -> list[str]:
    """The policies that cost least, and those within 1 % of it, which is as good as the same; in the order given."""
    least = min(run.cost for run in runs.values())
    return [name for name, run in runs.items() if run.cost <= 1.01 * least]


def policy_costs(
    runs: Mapping[str, materials.PolicyRun], *, currency: str = "", period: str = "week"
) -> Chart:
    """Policies side by side: ordering, holding and shortage cost of each, stacked.

    Parameters
    ----------
    runs
        Results of `simulate_policy` on the same demand, by what to call them.
    currency, period
        For the axes.

    Returns
    -------
    Chart
        The title names the cheapest, or says that some cost about the same (within 1 %).

    Raises
    ------
    InputError
        If there is none.

    Examples
    --------
    >>> from prodkit.materials import simulate_policy
    >>> figures = dict(lead_time=1, order_cost=20, holding_cost=1, shortage_cost=8)
    >>> policy_costs({"r 5": simulate_policy([4, 6, 3, 7], reorder_point=5, order_quantity=12, **figures),
    ...               "r 8": simulate_policy([4, 6, 3, 7], reorder_point=8, order_quantity=12, **figures)}).title
    'R 8 costs least: 13.2 a week'
    """
    if not runs:
        raise InputError("runs", runs, "one policy or more")
    names = list(runs)
    chart = Chart("Policy", named("Cost", f"{currency} a {period}".strip()))
    base = np.zeros(len(names))
    parts = (
        ("Holding", "holding_cost", GREEN),
        ("Ordering", "order_cost", ORANGE),
        ("Shortage", "shortage_cost", VERMILION),
    )
    for label, field, color in parts:
        y = np.array([getattr(runs[n], field) for n in names])
        if not y.any():
            continue
        chart.ax.bar(range(len(names)), y, bottom=base, color=color, width=0.55, linewidth=0)
        chart.note(float(base[-1] + y[-1] / 2), label, color=color)
        base = base + y
    served = "% served" if len(names) < 5 else "%\nserved"
    for i, name in enumerate(names):
        chart.ax.annotate(
            f"{worded(float(base[i]))}\n{100 * runs[name].fill_rate:.1f} {served}",
            (i, base[i]),
            (0, 3),
            textcoords="offset points",
            ha="center",
            va="bottom",
            fontsize=9.5,
            color=INK,
            linespacing=1.15,
        )
    room = max(6, 72 // len(names))  # letters below a bar
    under = ["\n".join(textwrap.wrap(name, room, max_lines=2, placeholder=" …")) for name in names]
    chart.ax.set_xticks(range(len(names)), under, parse_math=False)
    if any("\n" in name for name in under):
        chart.ax.set_xlabel("")  # two lines of names take its place
    chart.ax.set_xlim(-0.6, len(names) - 0.4)
    chart.ax.set_ylim(0, (1.2 if len(names) < 5 else 1.28) * float(base.max()) or 1)
    best = cheapest(runs)
    said = "; ".join(
        f"{n} {worded(runs[n].cost)}, {100 * runs[n].fill_rate:.1f} % of demand served at once" for n in names
    )
    lead = f"{best[0][:1].upper()}{best[0][1:]}"
    cost = worded(min(runs[n].cost for n in best), currency)
    if len(best) == 1:
        title = f"{lead} costs least: {cost} a {period}"
    elif len(best) == 2:
        title = f"{lead} and {best[1]} cost about the same: {cost} a {period}"
    else:
        title = f"{len(best)} of {len(names)} cost about the same: {cost} a {period}"
    return chart.finish(
        title,
        f"{len(names)} stacked bars of ordering, holding and shortage cost a {period}: {said}.",
    )
