"""What is used: each item's share of the value, and one item week by week."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from ... import materials
from ...errors import InputError
from ...plant import unit_name
from ..style import BLUE, GREEN, INK, ORANGE, PURPLE, SKY, SOFT, VERMILION, Chart, named, worded

if TYPE_CHECKING:
    from ...plant import Plant

__all__ = ["abc_curve", "weekly_demand"]


_CLASS_COLORS = (BLUE, ORANGE, GREEN, PURPLE, SKY, VERMILION)


def abc_curve(abc: materials.AbcClasses) -> Chart:
    """Each item's share of the yearly value as a bar, and their running sum, by class.

    Parameters
    ----------
    abc
        From `abc_classes`.

    Returns
    -------
    Chart
        One bar an item, the most valuable first.

    Examples
    --------
    >>> from prodkit.materials import abc_classes
    >>> abc_curve(abc_classes(["bolt", "coil", "motor"], [9000, 400, 50], [0.1, 19, 60])).title
    '2 of 3 items carry 92 % of the yearly value'
    """
    table = abc.table
    n = len(table)
    place = np.arange(1, n + 1)
    rows = [
        (str(r["abc_class"]), int(r["items"]), float(r["value_share"]))
        for r in abc.summary.to_dict("records")
    ]
    color = dict(zip([letter for letter, _, _ in rows], _CLASS_COLORS, strict=False))
    chart = Chart("Items, the most valuable first", "Share of the yearly value (%)")
    chart.bars(place, 100 * table["value_share"], color=[color.get(c, SOFT) for c in table["abc_class"]])
    sums = np.concatenate([[0.0], 100 * table["cumulative_share"].to_numpy(float)])
    chart.ax.plot(np.arange(n + 1) + 0.5, sums, color=INK, linewidth=1.9)
    chart.note(100, "Running sum")
    last = 0
    for letter, count, share in rows:
        if not count:
            continue
        first, last = last, last + count
        if last < n:
            chart.ax.axvline(last + 0.5, color=SOFT, linewidth=1.1, linestyle=(0, (3, 2.5)))
        shown = f"{letter}: {count} item{'s' * (count != 1)}, {100 * share:.0f} %"
        chart.note(float(sums[first] + sums[last]) / 2, shown, color=color.get(letter, SOFT))
    chart.ax.set_xlim(0.5, n + 0.5)
    chart.ax.set_ylim(0, 102)
    title = f"{rows[0][1]} of {n} items carry {100 * rows[0][2]:.0f} % of the yearly value"
    parts = ", ".join(f"{letter} {count} with {100 * share:.0f} %" for letter, count, share in rows)
    alt = (
        f"{n} bars, falling from {100 * float(table['value_share'].iloc[0]):.0f} % for {table['item'].iloc[0]}; "
        f"their running sum rises steeply, then flattens. By class: {parts}."
    )
    return chart.finish(title, alt)


def weekly_demand(plant: Plant, item: str, *, weeks: int = 52) -> Chart:
    """An item's use week by week, with its mean and how far a usual week strays from it.

    Parameters
    ----------
    plant, item
        A plant and one of its items; what goes into other items counts, as in `plant.weekly_use`.
    weeks
        How many of the last weeks.

    Returns
    -------
    Chart

    Raises
    ------
    InputError
        If the plant has no such item, or fewer than two weeks are asked for.

    Examples
    --------
    >>> from prodkit import Plant
    >>> chart = weekly_demand(Plant.sample("metal"), "coil-2mm")
    >>> len(chart.ax.lines[0].get_xdata())
    52
    """
    if weeks < 2:
        raise InputError("weeks", weeks, "2 or more")
    use = plant.weekly_use(item).tail(weeks)
    unit = unit_name(plant, item)
    y = use["quantity"].to_numpy(float)
    mean, sd = float(y.mean()), float(y.std(ddof=1))
    chart = Chart("Week starting", named(f"{item} used", f"{unit} a week"))
    ax = chart.ax
    ax.plot(use["week"], y, color=BLUE, linewidth=1.5, marker="o", markersize=3.2)
    ax.axhspan(mean - sd, mean + sd, color=BLUE, alpha=0.08, linewidth=0)
    chart.limit(mean, f"mean {worded(mean)}", axis="y")
    chart.note(mean + sd, f"+ 1 deviation ({worded(sd)})", color=SOFT)
    chart.note(mean - sd, "- 1 deviation", color=SOFT)
    _date_axis(ax)
    ax.set_ylim(0, 1.12 * float(y.max() or 1))
    title = (
        f"{item}: {worded(mean)} a week on average, from {worded(float(y.min()))} to {worded(float(y.max()))}"
    )
    alt = (
        f"A line over {len(y)} weeks. Mean {worded(mean, unit)} a week, standard deviation {worded(sd)}, "
        f"which is {worded(100 * sd / mean if mean else 0.0)} % of the mean."
    )
    return chart.finish(title, alt)


def _date_axis(ax: Any) -> None:
    from matplotlib import dates

    kit: Any = dates  # its classes carry no types
    locator = kit.AutoDateLocator(minticks=4, maxticks=8)
    ax.xaxis.set_major_locator(locator)
    ax.xaxis.set_major_formatter(kit.ConciseDateFormatter(locator))
