"""The material plan of one item over time."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from ..style import BLUE, GREEN, ORANGE, SKY, SOFT, VERMILION, Chart, named, worded

if TYPE_CHECKING:
    from ...materials import MrpPlan

__all__ = ["mrp_record"]


def mrp_record(
    plan: MrpPlan, item: str, *, weeks: int | None = None, safety_stock: float = 0.0, unit: str = "units"
) -> Chart:
    """One item of a plan, week by week: what is asked for, what comes in, and what is then available.

    Parameters
    ----------
    plan
        From `mrp`.
    item
        One of its items.
    weeks
        So many from the first; all of them by default.
    safety_stock
        A level to draw (units).
    unit
        For the axis.

    Returns
    -------
    Chart
        Bars for open and planned orders in the week in which they come, dots for gross requirements, an area for
        what is available at the week's end.

    Raises
    ------
    InputError
        If the plan has no such item.

    Examples
    --------
    >>> import pandas as pd
    >>> from prodkit.materials import mrp
    >>> plan = mrp(items=pd.DataFrame({"item": ["frame"], "on_hand": [50], "lead_time_weeks": [1]}), weeks=4,
    ...            demand=pd.DataFrame({"week": [1, 2, 4], "item": ["frame"] * 3, "quantity": [30, 40, 25]}))
    >>> mrp_record(plan, "frame", unit="pieces").title
    'frame: 2 planned orders come in over 4 weeks'
    """
    record = plan.record(item).iloc[:, 1:]
    count = min(weeks or record.shape[1], record.shape[1])
    record = record.iloc[:, :count]
    gross, open_, planned, available = (
        record.loc[line].to_numpy(dtype=float) for line in ("gross", "scheduled", "receipt", "available")
    )
    if "coproduct" in record.index:
        open_ = open_ + record.loc["coproduct"].to_numpy(dtype=float)
    x, edges = np.arange(1, count + 1), np.arange(count + 1) + 0.5
    chart = Chart("Week", named("Quantity", unit))
    ax = chart.ax
    chart.bars(x, planned, color=BLUE, width=0.55)
    ax.bar(x, open_, bottom=planned, width=0.55, color=SKY, linewidth=0)
    ax.stairs(np.maximum(available, 0), edges, color=GREEN, fill=True, alpha=0.3, zorder=0.8)
    ax.stairs(available, edges, color=GREEN, linewidth=1.6, baseline=None, zorder=1.2)
    ax.plot(
        x, gross, "o", color=ORANGE, markersize=6 if count <= 30 else 4, markeredgecolor="white", zorder=4
    )
    short = available < -1e-9
    if short.any():
        ax.stairs(np.where(short, available, 0), edges, color=VERMILION, fill=True, alpha=0.4, zorder=0.9)
    top = float(max(gross.max(), (open_ + planned).max(), available.max())) or 1.0
    low = float(min(available.min(), 0.0))
    ax.set_ylim(1.12 * low, 1.08 * top)
    chart.note(float(available[-1]), "Available", color=GREEN)
    chart.note(float(gross[-1]), "Needed", color=ORANGE)
    chart.note(0.92 * top, "Planned order comes", color=BLUE)
    if open_.any():
        chart.note(0.8 * top, "Open order comes", color=SKY)
    if safety_stock > 0:
        chart.limit(safety_stock, f"safety stock {worded(safety_stock)}", axis="y", color=SOFT)
    ax.set_xlim(0.4, count + 0.6)
    ax.set_xticks(x[:: max(1, -(-count // 26))])
    orders = int((planned > 0).sum())
    some = (
        f"{orders} planned order{'s' * (orders != 1)} come{'s' * (orders == 1)} in"
        if orders
        else "nothing to order"
    )
    title = f"{item}: {some} over {count} weeks"
    lowest = int(available.argmin())
    if short.any():
        title += f", and in week {int(np.argmax(short)) + 1} it is short"
    alt = (
        f"Dots for the need of each week, {worded(float(gross.mean()), unit)} on average; bars for {orders} planned and "
        f"{int((open_ > 0).sum())} open orders in the weeks in which they come; an area for what is available, lowest, "
        f"{worded(float(available[lowest]), unit)}, at the end of week {lowest + 1}."
    )
    return chart.finish(title, alt)
