"""How much to order: cost curves over the quantity."""

from __future__ import annotations

import numpy as np

from ... import materials
from ..style import ACCENT, BLUE, GREEN, ORANGE, Chart, amount, named, worded

__all__ = ["discount_curve", "eoq_curve", "newsvendor_curve"]


def eoq_curve(
    result: materials.EconomicOrderQuantity | materials.ProductionQuantity,
    *,
    at: float | None = None,
    mark_best: bool = True,
    q_range: tuple[float, float] | None = None,
    unit: str = "units",
    currency: str = "",
) -> Chart:
    """Ordering, holding and total cost a year over the order quantity.

    Parameters
    ----------
    result
        From `economic_order_quantity` or `production_quantity`.
    at
        Another quantity, today's perhaps, that is marked and compared (units).
    mark_best
        Whether to mark the best quantity, and to name it beside `at`; False where it is to be found.
    q_range
        Least and greatest quantity drawn (units).
    unit, currency
        For the axes.

    Returns
    -------
    Chart
        The title says how flat the curve is at its lowest; with `at`, what that quantity costs more.

    Examples
    --------
    >>> from prodkit.materials import economic_order_quantity
    >>> chart = eoq_curve(economic_order_quantity(7200, 80, 19))
    >>> chart.title
    'Order 246 at a time: 20 % more or less costs at most 2.5 % more'
    """
    best, money = result.quantity, f"{currency} a year".strip()
    is_run = isinstance(result, materials.ProductionQuantity)
    word, fixed = ("Run", "Setup") if is_run else ("Order", "Ordering")
    q = np.linspace(0.2, 3, 141) * best
    if q_range is not None:
        q = np.linspace(*q_range, 141)
    elif at is not None:
        q = np.linspace(min(0.2 * best, 0.7 * at), max(2.6 * best, 1.15 * at), 141)
    total = np.array([result.cost_at(float(x)) for x in q])
    slope = result.yearly_holding_cost / best
    chart = Chart(named(f"{word} quantity", unit), named("Cost", money))
    chart.line(q, slope * q, "Holding", color=GREEN)
    chart.line(q, total - slope * q, fixed, color=ORANGE)
    chart.line(q, total, "Both together", color=BLUE, width=2.6)
    chart.ax.set_xlim(0, float(q[-1]))
    tallest = max(2.3 * result.cost, 0.0 if at is None else 1.15 * result.cost_at(at))
    chart.ax.set_ylim(
        0, max(tallest, 1.02 * float(total[-1])) if q_range is None else 1.03 * float(total.max())
    )
    if mark_best:
        chart.limit(best, f"lowest cost: {worded(best)}")
    flat = 100 * (max(result.cost_at(0.8 * best), result.cost_at(1.2 * best)) / result.cost - 1)
    title = f"{'Make' if is_run else 'Order'} {worded(best)} at a time: 20 % more or less costs at most {worded(flat)} % more"
    alt = (
        f"Over the {word.lower()} quantity, holding cost rises in a straight line and {fixed.lower()} cost falls, steeply first; "
        f"their sum is lowest, {worded(result.cost, money)}, "
        f"{f'at {worded(best, unit)}' if mark_best else 'where neither is small'}, and flat around it."
    )
    if at is None:
        chart.point(best, result.cost)
    else:
        over = 100 * (result.cost_at(at) / result.cost - 1)
        chart.point(at, result.cost_at(at))
        title = f"At {worded(at)} a time the year costs {worded(over)} % more than at "
        title += worded(best) if mark_best else "the best quantity"
        if over < 0.05:
            title = f"At {worded(at)} a time the year costs as little as it can"
        alt += f" A dot marks {worded(at, unit)}, at {worded(result.cost_at(at), money)}."
    return chart.finish(title, alt)


def discount_curve(
    result: materials.DiscountQuantity,
    *,
    unit: str = "units",
    currency: str = "",
) -> Chart:
    """Purchase, ordering and holding cost over the order quantity, a piece for each price.

    Parameters
    ----------
    result
        From `discount_quantity`.
    unit, currency
        For the axes.

    Returns
    -------
    Chart
        The title says what the chosen quantity saves against staying at the first price.

    Examples
    --------
    >>> from prodkit.materials import discount_quantity
    >>> discount_curve(discount_quantity(1300, 8, [(0, 0.75), (400, 0.72), (800, 0.68)], holding_rate=0.3)).title
    'Order 800 at a time, at 0.68 each to save 64.8 a year'
    """
    best = result.quantity
    money = f"{currency} a year".strip()
    tried = [b.quantity for b in result.brackets if b.quantity is not None]
    edges = [b.from_quantity for b in result.brackets]
    end = 1.25 * max(*tried, *edges, best)
    end = min(end, result.max_quantity)
    start = max(edges[0], 0.25 * min(*tried, best))
    chart = Chart(named("Order quantity", unit), named("Purchase, ordering and holding", money))
    is_whole = result.kind == "all_units"  # the price holds for the whole order
    seen: list[float] = []
    for i, b in enumerate(result.brackets):
        low, high = max(b.from_quantity, start), min(b.to_quantity, end)
        if low >= high:
            continue
        q = np.linspace(low, high - 1e-9 * high, 60)
        cost = [result.cost_at(float(x)) for x in q]
        seen += cost
        chart.ax.plot(q, cost, color=BLUE, linewidth=2.3)
        chart.zone(low, high, f"{amount(b.unit_price)} each", color=BLUE)
        if i:
            chart.limit(
                b.from_quantity,
                f"from {worded(b.from_quantity)}" if is_whole else f"beyond {worded(b.from_quantity)}",
            )
    chart.point(best, result.cost)
    first = result.brackets[0]
    at_first = (
        first.quantity if first.quantity is not None else min(first.economic_quantity, first.to_quantity)
    )
    at_first = min(max(at_first, edges[0] or 1e-9), first.to_quantity * (1 - 1e-9))
    saved = result.cost_at(at_first) - result.cost
    floor = min(seen)
    room = (max(np.percentile(seen, 92), result.cost) - floor) or 0.05 * floor
    chart.ax.set_ylim(floor - 0.18 * room, floor + 1.45 * room)
    chart.ax.set_xlim(start, end)
    title = f"Order {worded(best)} at a time, at {amount(result.unit_price)} each"
    title += (
        f" to save {worded(saved, currency)} a year"
        if saved > 0.005 * abs(room)
        else ": the discounts are not worth it"
        if len(result.brackets) > 1
        else ", the only price"
    )
    shown = len(result.brackets)
    alt = (
        f"A cost curve in {shown} piece{'s' * (shown != 1)}, one for each price. "
        f"The lowest point is {worded(result.cost, money)} at {worded(best, unit)}. The cost axis does not begin at zero."
    )
    return chart.finish(title, alt)


def newsvendor_curve(
    result: materials.Newsvendor,
    *,
    at: float | None = None,
    unit: str = "units",
    currency: str = "",
) -> Chart:
    """What is lost on average over the quantity ordered: on units short, on units left, and together.

    Parameters
    ----------
    result
        From `newsvendor`.
    at
        Another quantity, that is marked and compared (units).
    unit, currency
        For the axes.

    Returns
    -------
    Chart

    Examples
    --------
    >>> from prodkit.materials import newsvendor
    >>> newsvendor_curve(newsvendor(price=4, unit_cost=1, mean=100, sd=30)).title
    'Order 120, 20.2 above the mean: one short costs 3, one left 1'
    """
    mean, best = result.demand_mean, result.quantity
    spread = max(abs(best - mean), 0.35 * mean, 1.0)
    q = np.linspace(max(0.0, mean - 2.6 * spread), max(mean + 2.6 * spread, 1.1 * (at or 0.0)), 141)
    total = np.array([result.cost_at(float(x)) for x in q])
    # cost = Cu short + Co left, and left - short = q - mean: so both follow from the total.
    short = (total - result.overage_cost * (q - mean)) / (result.underage_cost + result.overage_cost)
    chart = Chart(named("Quantity ordered", unit), named("Lost on average", currency))
    chart.line(q, result.overage_cost * (q - mean + short), "on units left", color=GREEN)
    chart.line(q, result.underage_cost * short, "on units short", color=ORANGE)
    chart.line(q, total, "Together", color=BLUE, width=2.6)
    chart.limit(mean, f"mean demand {worded(mean)}")
    chart.limit(best, f"lowest: {worded(best)}", color=ACCENT)
    here = best if at is None else at
    chart.point(here, result.cost_at(here))
    chart.ax.set_xlim(float(q[0]), float(q[-1]))
    chart.ax.set_ylim(0, 1.06 * float(total.max()) or 1)
    gap = best - mean
    where = (
        "at the mean"
        if abs(gap) < 0.005 * mean
        else f"{worded(abs(gap))} {'above' if gap > 0 else 'below'} the mean"
    )
    title = (
        f"Order {worded(best)}, {where}: one short costs {_cents(result.underage_cost)}, "
        f"one left {_cents(result.overage_cost)}"
    )
    alt = (
        f"Cost of units left rises with the quantity, cost of units short falls; their sum is lowest, "
        f"{worded(result.cost_at(best), currency)}, at {worded(best, unit)}, where demand is met in full "
        f"{100 * result.service_level:.0f} times in 100."
    )
    if at is not None:
        more = result.cost_at(at) - result.cost_at(best)
        title = f"Ordering {worded(at)} loses {worded(more, currency)} more on average than ordering {worded(best)}"
        alt += f" A dot marks {worded(at, unit)}."
    return chart.finish(title, alt)


def _cents(value: float) -> str:
    """A price in a title: two decimals will do."""
    return amount(round(value, 2) if value >= 0.1 else float(f"{value:.2g}"))
