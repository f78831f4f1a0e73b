"""Throughput against work in process, and what each station of a line did with its time."""

from __future__ import annotations

import textwrap

import numpy as np

from ... import methods
from ..._common import choice
from ...errors import InputError
from ..style import BLUE, GREEN, ORANGE, SKY, SOFT, VERMILION, Chart, worded

__all__ = ["flow_curve", "station_states"]

_STATES = (("working", GREEN), ("down", VERMILION), ("blocked", ORANGE), ("starved", SKY))


def flow_curve(
    benchmarks: methods.FlowBenchmarks,
    *,
    wip: float | None = None,
    throughput: float | None = None,
    show: str = "throughput",
) -> Chart:
    """Throughput, or cycle time, over work in process: at best, at worst, and in the practical worst case.

    Parameters
    ----------
    benchmarks
        From `flow_benchmarks`.
    wip, throughput
        Where the line stands (units; units an hour), both or neither.
    show
        `"throughput"` or `"cycle_time"`.

    Returns
    -------
    Chart
        Three lines; a dot for the line, and the title says on which side of the practical worst case it is.

    Raises
    ------
    InputError
        If one of wip and throughput is missing, or the throughput is above the best.

    Examples
    --------
    >>> from prodkit.methods import flow_benchmarks
    >>> flow_curve(flow_benchmarks([0.5, 0.5, 0.5, 0.5]), wip=4, throughput=1.0).title
    'With 4 units the line does 1 an hour: less than the practical worst case, 1.1'
    """
    column = choice("show", show, ("throughput", "cycle_time"))
    if (wip is None) != (throughput is None):
        raise InputError("wip" if wip is None else "throughput", None, "given, since the other of the two is")
    most = max(3 * benchmarks.critical_wip, 5.0, 0.0 if wip is None else 1.2 * wip)
    w = np.unique(np.concatenate([np.linspace(1, most, 120), [max(benchmarks.critical_wip, 1.0)]]))
    unit = "units an hour" if column == "throughput" else "hours"
    name = "Throughput" if column == "throughput" else "Cycle time, from coming to leaving"
    chart = Chart("Work in process (units in the line)", f"{name} ({unit})")
    kinds = (
        ("best", GREEN, "best"),
        ("practical_worst", BLUE, "practical worst"),
        ("worst", VERMILION, "worst"),
    )
    ends = {}
    for method, color, label in kinds:
        y = np.array([getattr(getattr(benchmarks, method)(float(x)), column) for x in w])
        ends[method] = float(y[-1])
        chart.line(w, y, color=color, width=2.4 if method == "practical_worst" else 1.9)
        chart.note(
            min(ends[method], 2.2 * ends["best"]) if column == "cycle_time" else ends[method],
            label,
            color=color,
        )
    chart.limit(benchmarks.critical_wip, f"critical WIP {worded(benchmarks.critical_wip)}", color=SOFT)
    chart.ax.set_xlim(0, float(w[-1]))
    top = 1.15 * benchmarks.bottleneck_rate if column == "throughput" else 2.2 * ends["best"]
    chart.ax.set_ylim(0, top)
    mark = benchmarks.practical_worst(max(benchmarks.critical_wip, 1.0))
    title = (
        f"{worded(benchmarks.critical_wip)} units could keep {benchmarks.bottleneck} busy; a line that runs by chance "
        f"then does {worded(100 * mark.throughput / benchmarks.bottleneck_rate)} % of it"
    )
    if wip is not None and throughput is not None:
        verdict = benchmarks.verdict(wip, throughput)
        chart.point(wip, throughput if column == "throughput" else wip / throughput)
        side = "less than" if verdict == "poor" else "no less than"
        title = (
            f"With {worded(wip)} units the line does {worded(throughput)} an hour: {side} the practical worst case, "
            f"{worded(benchmarks.practical_worst(wip).throughput)}"
        )
    alt = (
        f"{name} over work in process. At best it is {worded(benchmarks.bottleneck_rate)} units an hour from "
        f"{worded(benchmarks.critical_wip)} units on; at worst {worded(1 / benchmarks.raw_process_time)} with any number; "
        f"the practical worst case lies between and nears the best slowly."
    )
    return chart.finish(title, alt)


def station_states(run: methods.LineRun) -> Chart:
    """What each station of a simulated line did with its time: worked, was down, was blocked, was starved.

    Parameters
    ----------
    run
        From `simulate_line`.

    Returns
    -------
    Chart
        One stacked bar a station, in the order of the line.

    Examples
    --------
    >>> from prodkit.methods import simulate_line
    >>> chart = station_states(simulate_line([1.0, 2.0], arrival_rate=0.4, units=200, warm_up=20))
    >>> len(chart.ax.patches)
    4
    """
    table = run.stations
    place, floor = np.arange(len(table)), np.zeros(len(table))
    chart = Chart("Stations, in the order of the line", "Share of the time (%)")
    for name, color in _STATES:
        height = 100 * table[name].to_numpy(float)
        if height.max() < 0.05:
            continue
        chart.ax.bar(place, height, 0.72, bottom=floor, color=color, linewidth=0)
        chart.note(float(floor[-1] + height[-1] / 2), name, color=color)
        floor = floor + height
    names = [str(x) for x in table["station"]]
    width = max(6, 84 // len(names))
    chart.ax.set_xticks(
        place, [textwrap.shorten(x, width, placeholder="…") or x[:width] for x in names], parse_math=False
    )
    chart.ax.set_xlim(-0.6, len(names) - 0.4)
    chart.ax.set_ylim(0, 100)
    busy = 100 * float((table["working"] + table["down"]).max())
    title = f"{run.bottleneck} limits the line: it works or is repaired {worded(busy)} % of the time"
    alt = "One bar a station, stacked to 100 %. " + " ".join(
        f"{row['station']}: " + ", ".join(f"{name} {worded(100 * row[name])} %" for name, _ in _STATES) + "."
        for row in table.to_dict("records")
    )
    return chart.finish(title, alt)
