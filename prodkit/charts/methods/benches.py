"""Before and after a change: the wait at a station, and what the cards of a kanban loop cover."""

from __future__ import annotations

import math
from collections.abc import Mapping

import numpy as np

from ... import methods
from ...errors import InputError
from ..style import BLUE, INK, ORANGE, PURPLE, SKY, SOFT, VERMILION, Chart, named, worded

__all__ = ["card_bars", "wait_change"]

_PARTS = (ORANGE, VERMILION, BLUE, SKY, PURPLE)


def wait_change(now: methods.Queue, before: methods.Queue, *, unit: str = "hours") -> Chart:
    """Mean wait over utilization, as a station was and as it is; the axes stay while the change is small.

    Parameters
    ----------
    now, before
        From `queue`, without a limit on places or population.
    unit
        Time unit of their rates.

    Returns
    -------
    Chart
        A full dot marks where the station is, a hollow one where it was.

    Raises
    ------
    InputError
        If a queue has a limit.

    Examples
    --------
    >>> from prodkit.methods import queue
    >>> before = queue(4, 5, service="general", cv=1)
    >>> wait_change(queue(4, 5, service="general", cv=0.5), before).title
    'Busy 80 %, the wait is 0.5 hours in place of 0.8'
    """
    for name, one in (("now", now), ("before", before)):
        if one.capacity is not None or one.population is not None:
            raise InputError(name, one.model, "a queue without a limit on places or population")
    chart = Chart("Utilization (% of the time busy)", named("Mean wait", unit))
    busy = np.concatenate([np.linspace(0.01, 0.9, 60), np.linspace(0.905, 0.99, 35)])
    top = max(2.2 * before.Wq, 1.25 * now.Wq, 0.4 / before.service_rate)
    is_same = now == before
    if not is_same:
        _curve(chart, before, busy, top, "at the start", SOFT, is_dashed=True)
    _curve(chart, now, busy, top, f"now, variability {worded(now.variability)}", BLUE, is_dashed=False)
    if not is_same:
        chart.ax.plot(
            [100 * before.utilization], [before.Wq], "o", markersize=9, markerfacecolor="white",
            markeredgecolor=SOFT, markeredgewidth=2, clip_on=False, zorder=4,
        )  # fmt: skip
    chart.point(100 * now.utilization, now.Wq)
    chart.ax.set_xlim(0, 100)
    chart.ax.set_ylim(0, top)
    title = f"Busy {worded(100 * now.utilization)} %, the wait is {worded(now.Wq, unit)}"
    if not is_same:
        title += f" in place of {worded(before.Wq)}"
    was = f" A hollow dot at {worded(100 * before.utilization)} % and {worded(before.Wq, unit)} marks the start."
    return chart.finish(
        title,
        f"Mean wait over utilization: flat at first, then ever steeper toward 100 %. A dot marks "
        f"{worded(100 * now.utilization)} % and {worded(now.Wq, unit)}.{'' if is_same else was}",
    )


def _curve(
    chart: Chart, one: methods.Queue, busy: np.ndarray, top: float, label: str, color: str, *, is_dashed: bool
) -> None:
    rate, c = one.service_rate, one.servers

    def wait(u: float) -> float:
        if one.is_approximate or one.service_cv != 1:
            ce, ca = one.service_cv, one.arrival_cv
            return methods.queue(u * c * rate, rate, servers=c, service="general", cv=ce, arrival_cv=ca).Wq
        return methods.queue(u * c * rate, rate, servers=c).Wq

    y = np.array([wait(float(u)) for u in busy])
    shown = y <= 1.02 * top
    chart.line(100 * busy[shown], y[shown], color=color, dashed=is_dashed, width=1.6 if is_dashed else 2.6)
    chart.note(float(y[shown][-1]), label, color=color)


def card_bars(
    loops: Mapping[str, Mapping[str, float]],
    cards: Mapping[str, int],
    *,
    unit: str = "units",
) -> Chart:
    """What the cards between two places cover, part by part of the loop, for one or several settings.

    Parameters
    ----------
    loops
        {setting: {part of the loop: units used meanwhile}}, the parts in the same order.
    cards
        {setting: number of cards}.
    unit
        What is counted.

    Returns
    -------
    Chart
        A bar a setting; the title compares the last with the first and names its largest part.

    Raises
    ------
    InputError
        If there is no setting, or the cards are of other settings.

    Examples
    --------
    >>> loops = {"today": {"waiting": 120, "setup": 20, "the lot": 260}, "now": {"waiting": 120, "setup": 10, "the lot": 130}}
    >>> card_bars(loops, {"today": 40, "now": 26}, unit="pieces").title
    '26 cards in place of 40: the lot is 50 % of the loop'
    """
    names = list(loops)
    if not names or list(cards) != names:
        raise InputError("cards", list(cards), f"of the settings, {', '.join(names) or 'at least one'}")
    chart = Chart("", named("Used while a card is on its way", unit))
    ax = chart.ax
    highest = max(math.fsum(parts.values()) for parts in loops.values()) or 1.0
    for place, name in enumerate(names):
        base = 0.0
        for color, (part, units) in zip(_PARTS, loops[name].items(), strict=False):
            ax.bar(place, units, 0.62, bottom=base, color=color, edgecolor="white", linewidth=0.5)
            if units >= 0.06 * highest:
                ax.text(
                    place, base + units / 2, worded(units), ha="center", va="center", fontsize=9,
                    color="white" if color in (BLUE, VERMILION) else INK, parse_math=False,
                )  # fmt: skip
            if place == len(names) - 1:
                chart.note(base + units / 2, part, color=color)
            base += units
        ax.text(
            place, base + 0.015 * highest, f"{cards[name]:,} card{'s' * (cards[name] != 1)}", ha="center",
            va="bottom", fontsize=10, fontweight="bold", color=INK, parse_math=False,
        )  # fmt: skip
    ax.set_xticks(range(len(names)), names)
    ax.set_xlim(-0.6, len(names) - 0.4)
    ax.set_ylim(0, 1.14 * highest)
    first, last = names[0], names[-1]
    now = loops[last]
    most = max(now, key=now.__getitem__)
    share = 100 * now[most] / (math.fsum(now.values()) or 1.0)
    count = f"{cards[last]:,} card{'s' * (cards[last] != 1)}"
    head = count if cards[last] == cards[first] else f"{count} in place of {cards[first]:,}"
    said = "; ".join(
        f"{name}, {cards[name]:,} cards: "
        + ", ".join(f"{part} {worded(units)}" for part, units in loops[name].items())
        for name in names
    )
    return chart.finish(
        f"{head}: {most} is {share:.0f} % of the loop", f"Bars of {unit} used meanwhile. {said}."
    )
