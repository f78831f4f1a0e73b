"""Studies of work: a work sampling day by day, and a changeover before and after."""

from __future__ import annotations

from typing import Any

from ... import methods
from ...errors import InputError
from ..style import ACCENT, BLUE, INK, SKY, SOFT, VERMILION, Chart, named, worded

__all__ = ["changeover_bars", "sampling_days"]


def sampling_days(result: methods.WorkSampling) -> Chart:
    """The share of a state day by day, with the limits that chance alone keeps to.

    Parameters
    ----------
    result
        From `work_sampling` of a table with days.

    Returns
    -------
    Chart
        The title gives the share with its interval, or the days that lie outside.

    Raises
    ------
    InputError
        If only counts were given, without days.

    Examples
    --------
    >>> from prodkit import Plant
    >>> from prodkit.methods import work_sampling
    >>> sampling_days(work_sampling(Plant.sample("metal"))).title
    'At work 66 % of the time, give or take 3.3 points: no day stands out'
    """
    days = result.days
    if days is None:
        raise InputError("result", "counts without days", "from work_sampling of a table with days")
    n = list(range(1, len(days) + 1))
    chart = Chart("Day of the study", named(result.state.capitalize(), "% of looks"))
    chart.ax.plot(n, 100 * days["share"], color=BLUE, linewidth=1.2, marker="o", markersize=5)
    chart.line(
        n, 100 * days["high"].to_numpy(), "upper limit", color=SOFT, dashed=True, width=1.2, steps=True
    )
    chart.line(n, 100 * days["low"].to_numpy(), "lower limit", color=SOFT, dashed=True, width=1.2, steps=True)
    chart.limit(100 * result.share, f"all days {100 * result.share:.1f} %", axis="y", color=ACCENT)
    for at, share, is_outside in zip(n, days["share"].tolist(), days["is_outside"].tolist(), strict=True):
        if is_outside:
            chart.point(at, 100 * share, color=VERMILION)
    chart.ax.set_xticks(range(1, len(n) + 1, max(1, -(-len(n) // 12))))
    low = min(float(days["low"].min()), float(days["share"].min()))
    high = max(float(days["high"].max()), float(days["share"].max()))
    chart.ax.set_ylim(max(0, 100 * low - 5), min(100, 100 * high + 5))
    out = result.days_outside
    head = f"{result.state.capitalize()} {100 * result.share:.0f} % of the time"
    title = (
        f"{head}, but {len(out)} day{'s' * (len(out) > 1)} stand{'s' * (len(out) == 1)} out: {', '.join(out[:3])}"
        if out
        else f"{head}, give or take {worded(100 * result.half_width)} points: no day stands out"
    )
    return chart.finish(
        title,
        f"Share of looks by day over {len(n)} days, from {100 * days['share'].min():.0f} to "
        f"{100 * days['share'].max():.0f} %, with limits of three standard deviations. The axis need not begin at zero.",
    )


def changeover_bars(result: methods.QuickChangeover) -> Chart:
    """A changeover today, once steps are moved to the running machine, and once the rest is shortened.

    Parameters
    ----------
    result
        From `quick_changeover`.

    Returns
    -------
    Chart
        The title says how much shorter the machine stands.

    Examples
    --------
    >>> from prodkit import Plant
    >>> from prodkit.methods import quick_changeover
    >>> changeover_bars(quick_changeover(Plant.sample("metal"))).title
    'The machine stands 23 minutes in place of 54: 14 by moving steps, 17 by shortening the rest'
    """
    chart = Chart("", named("Time", "minutes"))
    stages = (
        ("today", "now", "seconds"),
        ("steps moved", "later", "seconds"),
        ("rest shortened", "later", "seconds_later"),
    )
    said = []
    for at, (stage, kind, column) in enumerate(stages):
        base = 0.0
        for inside in (True, False):
            part = result.steps[(result.steps[kind] == "internal") == inside]
            rows: list[dict[str, Any]] = part.to_dict("records")  # type: ignore[assignment]
            for number, row in enumerate(rows):
                time = row[column] / 60
                color = (BLUE, "#3d8cc0")[number % 2] if inside else "#dcecf7"
                chart.ax.bar(at, time, 0.92, bottom=base, color=color, edgecolor="white", linewidth=1)
                if time > 0.045 * result.work_today / 60:
                    name = row["name"] if len(row["name"]) <= 27 else row["name"][:26] + "…"
                    chart.ax.text(
                        at, base + time / 2, name, ha="center", va="center", fontsize=7.5,
                        color="white" if inside else INK, parse_math=False,
                    )  # fmt: skip
                base += time
            if inside:
                chart.ax.plot([at - 0.48, at + 0.48], [base, base], color=VERMILION, linewidth=2, zorder=4)
                said.append(f"{stage}, {worded(base)} minutes of standstill")
        said[-1] += f" and {worded(base)} of work"
    chart.ax.set_xticks(range(3), [stage for stage, _, _ in stages])
    chart.ax.set_xlim(-0.6, 2.6)
    chart.note(result.improved / 60, "below the red line the machine stands", color=VERMILION)
    chart.note(result.work_improved / 60, "above it, done while it runs", color=SKY)
    minutes = [x / 60 for x in (result.today, result.moved, result.improved)]
    title = (
        f"The machine stands {minutes[2]:.0f} minutes in place of {minutes[0]:.0f}: "
        f"{minutes[0] - minutes[1]:.0f} by moving steps, {minutes[1] - minutes[2]:.0f} by shortening the rest"
    )
    return chart.finish(title, f"Three bars of steps: {'; '.join(said)}.")
