"""Projects: activities over time with their float, the chance of being done, what a shorter project costs."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from ... import scheduling
from ...errors import InputError
from ..style import BLUE, GREEN, INK, ORANGE, RULE, SOFT, VERMILION, Chart, _legible, named, worded

if TYPE_CHECKING:
    from numpy.typing import NDArray

__all__ = ["crash_curve", "project_chance", "project_gantt", "resource_use"]

_PLAIN_ROWS = 12  # as many rows have room in a chart of the usual height


def project_gantt(plan: scheduling.CriticalPath | scheduling.ResourceSchedule) -> Chart:
    """A project over time: a row an activity, the critical ones marked, the float of the others drawn behind them.

    Parameters
    ----------
    plan
        A result of `critical_path`: bars at the earliest times, a thin line for the total float. Or of
        `resource_schedule`: bars as scheduled, a hatched stretch for the wait for people or machines.

    Returns
    -------
    Chart
        The title says how long the project takes and what holds it.

    Examples
    --------
    >>> import pandas as pd
    >>> booth = pd.DataFrame({"activity": ["A", "B", "C", "D"], "days": [3, 5, 2, 4], "after": ["", "A", "A", "B;C"]})
    >>> print(project_gantt(scheduling.critical_path(booth)))
    12 days: A, B and D may not be late
    A row an activity from day 0 to 12. Critical: A, B, D. With float: C 3 days.
    """
    rows = plan.activities.to_dict("records")
    chart = _rows([_row_name(r) for r in rows])
    ax = chart.ax
    ax.set_xlim(0, 1.02 * max(plan.length, 1e-9))
    if isinstance(plan, scheduling.CriticalPath):
        for y, row in enumerate(rows):
            color = VERMILION if row["is_critical"] else BLUE
            _bar(chart, y, row["early_start"], row["days"], color, "▲" if row["is_critical"] else "")
            if not row["is_critical"]:
                _bar(chart, y, row["early_finish"], row["total_float"], SOFT, height=0.10)
        _key(chart, "▲ orange: critical · thin line: float")
        spare = [f"{r['activity']} {_days(r['total_float'])}" for r in rows if not r["is_critical"]]
        alt = f"A row an activity from day 0 to {worded(plan.length)}. Critical: {', '.join(plan.critical)}."
        alt += f" With float: {', '.join(spare)}." if spare else " No activity has float."
        return _finish(chart, f"{_days(plan.length)}: {_listed(list(plan.critical))} may not be late", alt)
    late = []
    for y, row in enumerate(rows):
        _bar(chart, y, row["start"], row["days"], BLUE)
        ready = row["start"] if not row["waits_for"] else _ready(rows, row)
        if row["start"] > ready:
            ax.barh(
                y,
                row["start"] - ready,
                left=ready,
                height=0.3,
                color="white",
                edgecolor=SOFT,
                hatch="////",
                linewidth=0.6,
            )
            late.append(
                f"{row['activity']} {_days(row['start'] - ready)} for {row['waits_for'].replace(';', ' and ')}"
            )
    _key(chart, "hatched: waits for its people or machine" if late else "")
    more = plan.length - plan.unlimited_length
    proof = "no schedule is shorter" if plan.is_optimal else f"none is under {_days(plan.bound)}"
    title = f"{_days(plan.length)} within the limits, {worded(more) if more > 1e-9 else 'none'} more than without; {proof}"
    alt = f"A row an activity from day 0 to {worded(plan.length)}."
    alt += f" Waits: {'; '.join(late)}." if late else " No activity waits for people or machines."
    return _finish(chart, title, alt)


def project_chance(estimate: scheduling.PertEstimate) -> Chart:
    """The chance of being done by each day: the normal curve on one path beside the simulated project.

    Parameters
    ----------
    estimate
        A result of `pert`; with a due day, the title compares the two there, else at the path's mean.

    Returns
    -------
    Chart
        Two lines from 0 to 100 %.

    Examples
    --------
    >>> import pandas as pd
    >>> five = pd.DataFrame({"activity": list("ABCDE"), "days_optimistic": 7, "days": 10, "days_pessimistic": 13})
    >>> project_chance(scheduling.pert(five, due=11)).title
    'Done in 11 days: 84 % by the normal curve on one path, 39 % simulated'
    """
    at = estimate.mean if estimate.due is None else estimate.due
    low = min(estimate.days_normal(0.002), float(estimate.simulated[0]), at)
    high = max(estimate.days_normal(0.998), estimate.days_simulated(0.998), at)
    days: NDArray[np.float64] = np.linspace(max(0.0, low), high * (1 + 1e-9) + 1e-6, 161)
    chart = Chart("Working days from the start", "Chance of being done (%)")
    normal = [100 * estimate.chance_normal(float(d)) for d in days]
    simulated = [100 * estimate.chance_simulated(float(d)) for d in days]
    chart.line(days, normal, color=ORANGE, dashed=True).line(days, simulated, color=BLUE)
    chart.note(70.0, "Normal curve on one path (dashed)", color=ORANGE)
    chart.note(30.0, f"Simulated, {estimate.runs:,} runs", color=BLUE)
    chart.ax.set_ylim(0, 103)
    chart.ax.set_xlim(float(days[0]), float(days[-1]))
    first, second = 100 * estimate.chance_normal(at), 100 * estimate.chance_simulated(at)
    chart.limit(at, f"{'due' if estimate.due is not None else 'mean of the path'}: {worded(at)}")
    chart.point(at, first, color=ORANGE).point(at, second, color=BLUE)
    title = f"Done in {_days(at)}: {first:.0f} % by the normal curve on one path, "
    title += f"{second:.0f} % simulated"
    alt = f"Two rising lines over the days {worded(float(days[0]))} to {worded(high)}. The normal curve on the path "
    alt += f"{', '.join(estimate.path)} reaches one half at {worded(estimate.mean)} days, "
    alt += f"the simulation at {worded(estimate.days_simulated(0.5))}."
    return chart.finish(title, alt)


def crash_curve(plan: scheduling.CrashPlan, *, currency: str = "") -> Chart:
    """What each length of a project costs, with a dot where the plan stands.

    Parameters
    ----------
    plan
        A result of `crash`; with indirect costs, direct, indirect and total cost are drawn, else the money for
        shortening alone.
    currency
        For the axis.

    Returns
    -------
    Chart
        The title says what the plan's length costs.

    Examples
    --------
    >>> import pandas as pd
    >>> booth = pd.DataFrame({"activity": ["A", "B"], "after": ["", "A"], "days": [6, 5], "cost": [600, 500],
    ...                       "crash_days": [3, 3], "crash_cost": [900, 900]})
    >>> print(crash_curve(scheduling.crash(booth, target_days=7), currency="USD"))
    4 days sooner, in 7 days, costs 500 USD more; the last day 200 USD
    A line from 11 days, where shortening costs nothing, to 6 days, where it costs 700 USD, ever steeper. A dot at 7 days and 500 USD.
    """
    table = plan.curve
    days = table["days"].to_numpy()
    daily = plan.indirect_cost_per_day
    shown = "Cost" if daily else "Money for shortening"
    chart = Chart("Length of the project (working days)", named(shown, currency))
    if daily:
        chart.line(days[::-1], table["direct_cost"].to_numpy()[::-1], "Direct", color=ORANGE)
        chart.line(days[::-1], table["indirect_cost"].to_numpy()[::-1], "Indirect", color=GREEN)
        chart.line(days[::-1], table["total_cost"].to_numpy()[::-1], "Total", color=BLUE)
        chart.point(plan.length, plan.total_cost)
    else:
        chart.line(days[::-1], table["added_cost"].to_numpy()[::-1], color=BLUE)
        chart.point(plan.length, plan.added_cost)
    chart.ax.set_ylim(bottom=0)
    chart.limit(plan.shortest_length, f"shortest: {worded(plan.shortest_length)}")
    most = worded(float(table["added_cost"].iloc[-1]), currency)
    alt = f"A line from {_days(plan.normal_length)}, where shortening costs nothing, "
    if len(table) > 1:
        alt += f"to {_days(plan.shortest_length)}, where it costs {most}, ever steeper. "
    alt += f"A dot at {_days(plan.length)} and {worded(plan.added_cost, currency)}."
    saved = plan.normal_length - plan.length
    if daily:
        title = f"{_days(plan.length)} cost {worded(plan.total_cost, currency)} in all; {_days(plan.normal_length)} would cost "
        title += worded(plan.normal_cost + daily * plan.normal_length, currency)
        return chart.finish(title, alt)
    if saved <= 1e-9:
        return chart.finish(f"{_days(plan.length)}: nothing is shortened", alt)
    last = float(plan.steps["cost_per_day"].iloc[-1])
    title = (
        f"{_days(saved)} sooner, in {_days(plan.length)}, costs {worded(plan.added_cost, currency)} more; "
    )
    return chart.finish(title + f"the last day {worded(last, currency)}", alt)


def resource_use(plan: scheduling.ResourceSchedule, resource: str) -> Chart:
    """How many of one resource are in use over the project, beside how many there are.

    Parameters
    ----------
    plan
        A result of `resource_schedule`.
    resource
        One of its resources.

    Returns
    -------
    Chart
        The title says how fully it is used.

    Raises
    ------
    InputError
        If no activity needs that resource.

    Examples
    --------
    >>> import pandas as pd
    >>> crew = pd.DataFrame({"activity": ["A", "B"], "days": [3, 2], "after": ["", ""], "resource": "fitter"})
    >>> print(resource_use(scheduling.resource_schedule(crew, {"fitter": 1}), "fitter"))
    fitter: 100 % of 1 in use over 5 days
    Steps from day 0 to 5: 1 at most at once, 5 days of work in all, 1 there.
    """
    usage = plan.usage
    of = usage[usage["resource"] == resource]
    if of.empty:
        raise InputError("resource", resource, "one of " + ", ".join(dict.fromkeys(usage["resource"])))
    load = plan.load.set_index("resource").loc[resource].to_dict()
    there, peak = plan.capacity.get(resource), float(load["peak"])
    chart = Chart("Working days from the start", f"{resource} in use (units)")
    width = (of["to_day"] - of["from_day"]).to_numpy()
    chart.ax.bar(of["from_day"], of["units"], width=width, align="edge", color=BLUE, linewidth=0)
    chart.ax.set_xlim(0, max(plan.length, 1e-9))
    chart.ax.set_ylim(0, 1.15 * max(peak, there or 0.0))
    alt = f"Steps from day 0 to {worded(plan.length)}: {worded(peak)} at most at once, "
    alt += f"{_days(float(load['unit_days']))} of work in all"
    if there is None:
        return chart.finish(f"{resource}: up to {worded(peak)} at once over {_days(plan.length)}", f"{alt}.")
    chart.limit(there, f"{worded(there)} there", axis="y")
    title = f"{resource}: {100 * float(load['load_share']):.0f} % of {worded(there)} in use over {_days(plan.length)}"
    return chart.finish(title, f"{alt}, {worded(there)} there.")


def _ready(rows: list[dict[Any, Any]], row: dict[Any, Any]) -> float:
    """When all that an activity waits for by its plan is done."""
    finish = {r["activity"]: float(r["finish"]) for r in rows}
    return max((finish[a] for a in row["after"].split(";") if a), default=0.0)


def _rows(names: list[str]) -> Chart:
    """Axes with a named row for each activity, the first on top, days along the foot."""
    chart = Chart("Working days from the start", "Activity")
    if len(names) > _PLAIN_ROWS:
        width, height = chart.figure.get_size_inches()
        chart.figure.set_size_inches(width, height + 0.26 * (len(names) - _PLAIN_ROWS))
    ax = chart.ax
    box = ax.get_position()
    left = 0.04 + 0.0118 * max(6, *(len(n) for n in names))
    ax.set_position((left, box.y0, 0.97 - left, box.height))
    ax.grid(visible=False)
    ax.grid(axis="x", color=RULE, linewidth=0.7)
    ax.set_yticks(range(len(names)), names, parse_math=False)
    for tick in ax.get_yticklabels():
        tick.set_color(INK)
    ax.set_ylim(len(names) - 0.4, -0.6)
    return chart


def _finish(chart: Chart, title: str, alt: str) -> Chart:
    """Finished, with the title over the names of the rows, where it has room."""
    chart.finish(title, alt)
    ax = chart.ax
    written, box = ax.get_title(loc="left"), ax.get_position()
    for one in ax.findobj(lambda each: getattr(each, "get_text", str)() == written):
        one.set_x((0.04 - box.x0) / box.width)  # type: ignore[attr-defined]
    return chart


def _row_name(row: dict[Any, Any]) -> str:
    name = f"{row['activity']}  {row['name']}".rstrip()
    return name if len(name) <= 24 else name[:23] + "…"


def _bar(
    chart: Chart, y: int, start: float, days: float, color: str, sign: str = "", *, height: float = 0.62
) -> None:
    if days > 0:
        chart.ax.barh(y, days, left=start, height=height, color=color, linewidth=0)
    elif height > 0.2:
        chart.ax.plot([start], [y], "D", markersize=6, color=color, clip_on=False)
    right = chart.ax.get_xlim()[1]
    if sign and days > 0.025 * right:
        chart.ax.text(start + days / 2, y, sign, ha="center", va="center", fontsize=8.5, color="white")


def _key(chart: Chart, text: str) -> None:
    chart.ax.text(
        1,
        1.035,
        text,
        transform=chart.ax.transAxes,
        ha="right",
        va="bottom",
        color=_legible(SOFT),
        fontsize=9.5,
    )


def _days(days: float) -> str:
    text = worded(days)
    return f"{text} day" if text == "1" else f"{text} days"


def _listed(names: list[str]) -> str:
    shown = names if len(names) <= 5 else [*names[:4], f"{len(names) - 4} more"]
    return shown[0] if len(shown) == 1 else f"{', '.join(shown[:-1])} and {shown[-1]}"
