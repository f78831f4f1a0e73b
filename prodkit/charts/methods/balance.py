"""A balanced line: tasks stacked by station under the cycle time, and what each model asks of each station."""

from __future__ import annotations

from typing import Any

import numpy as np

from ... import methods
from ..style import BLUE, GREEN, INK, ORANGE, PURPLE, SKY, VERMILION, Chart, amount, named, worded

__all__ = ["balance_bars", "model_bars"]

_MODELS = (BLUE, ORANGE, GREEN, PURPLE, SKY, VERMILION)
_SHADES = (BLUE, SKY)
_TALL = 0.055  # of the axis: a task that has room for its name


def balance_bars(result: methods.LineBalance, *, cycle_time: float | None = None, unit: str = "s") -> Chart:
    """Tasks stacked by station against the cycle time (a yamazumi).

    Parameters
    ----------
    result
        From `line_balance`.
    cycle_time
        Another line to compare with, the takt time perhaps (unit of the task times); left out: the balance's own.
    unit
        Unit of the task times, for the axis.

    Returns
    -------
    Chart
        The title names the slowest station, or those above the cycle time, and what is idle.

    Examples
    --------
    >>> from prodkit.methods import line_balance
    >>> balance = line_balance({"A": 5, "B": 4, "C": 3, "D": 2}, after={"B": "A", "C": "A", "D": "B;C"}, cycle_time=8)
    >>> balance_bars(balance).title
    'Station 1 is the slowest of 2 with 8 of 8 s: 12 % of the paid time is idle'
    """
    pace = result.cycle_time if cycle_time is None else cycle_time
    n, top = result.n_stations, max(result.slowest.load, pace)
    chart = Chart("Station", named("Time", unit))
    late = [s for s in result.stations if s.load > pace * (1 + 1e-9)]
    for station in result.stations:
        base = 0.0
        over = station in late
        for number, task in enumerate(station.tasks):
            time = result.time_of(task)
            color = VERMILION if over else _SHADES[number % 2]
            chart.ax.bar(
                station.number, time, 0.78, bottom=base, color=color, edgecolor="white", linewidth=1.2
            )
            if time >= _TALL * top and n <= 16:
                light = "white" if over or number % 2 == 0 else INK
                chart.ax.text(
                    station.number, base + time / 2, _short(task, n), ha="center", va="center", color=light,
                    fontsize=8.5, parse_math=False,
                )  # fmt: skip
            base += time
    chart.limit(
        pace, f"{'cycle time' if cycle_time is None else 'takt time'} {amount(round(pace, 2))}", axis="y"
    )
    chart.ax.set_xlim(0.4, n + 0.6)
    chart.ax.set_ylim(0, 1.12 * top)
    chart.ax.set_xticks(range(1, n + 1, max(1, -(-n // 16))))
    slow = result.slowest
    idle = 100 * (1 - result.total_time / (n * pace)) if n * pace else 0.0
    if late:
        said = ", ".join(str(s.number) for s in late[:6])
        title = f"Station{'s' * (len(late) > 1)} {said} cannot keep up: {worded(slow.load, unit)} at the slowest, for {worded(pace, unit)}"
    else:
        title = (
            f"Station {slow.number} is the slowest of {n} with {worded(slow.load)} of {worded(pace, unit)}: "
            f"{idle:.0f} % of the paid time is idle"
        )
    loads = "; ".join(
        f"station {s.number}, {worded(s.load, unit)} ({', '.join(s.tasks)})" for s in result.stations
    )
    return chart.finish(
        title, f"Bars of tasks stacked by station, with a line at {worded(pace, unit)}: {loads}."
    )


def model_bars(result: methods.LineBalance, *, unit: str = "s") -> Chart:
    """What each model asks of each station, against the cycle time.

    Parameters
    ----------
    result
        From `line_balance` with several models.
    unit
        Unit of the task times, for the axis.

    Returns
    -------
    Chart
        The title says which model is too long for which station.

    Examples
    --------
    >>> from prodkit import Plant
    >>> from prodkit.methods import line_balance
    >>> plant = Plant.sample("automotive")
    >>> model_bars(line_balance(plant, line="bench line", stations=3)).title
    'No model asks more of a station than the cycle time, 154 s'
    """
    table, pace = result.models, result.cycle_time
    models = list(result.shares)
    n, wide = result.n_stations, 0.8 / len(models)
    chart = Chart("Station", named("Time", unit))
    for number, model in enumerate(models):
        part = table[table["model"] == model]
        at = part["station"].to_numpy() + wide * (number - (len(models) - 1) / 2)
        load = part["load"].to_numpy()
        color = _MODELS[number % len(_MODELS)]
        bars = chart.ax.bar(at, load, 0.92 * wide, color=color, linewidth=0)
        for bar, over in zip(bars, part["overload"].to_numpy() > 0, strict=True):
            if over:
                bar.set_hatch("///")
                bar.set_edgecolor("white")
        chart.note(
            float(np.linspace(0.85, 0.4, len(models))[number]) * pace,
            f"{model or 'all'} ({100 * result.shares[model]:.0f} %)", color=color,
        )  # fmt: skip
    chart.limit(pace, f"cycle time {amount(round(pace, 2))}", axis="y")
    chart.ax.set_xlim(0.4, n + 0.6)
    chart.ax.set_ylim(0, 1.12 * max(float(table["load"].max()), pace))
    chart.ax.set_xticks(range(1, n + 1, max(1, -(-n // 16))))
    over = table[table["overload"] > 0].sort_values("overload", ascending=False)
    if over.empty:
        title = f"No model asks more of a station than the cycle time, {worded(pace, unit)}"
    else:
        worst: dict[str, Any] = over.to_dict("records")[0]  # type: ignore[assignment]
        title = (
            f"{worst['model']} asks {worded(worst['load'], unit)} of station {worst['station']}, "
            f"{worded(worst['overload'], unit)} above the cycle time"
        )
    rows: list[dict[str, Any]] = table.to_dict("records")  # type: ignore[assignment]
    said = "; ".join(f"{r['model'] or 'all'} at {r['station']}: {worded(r['load'])}" for r in rows)
    return chart.finish(title, f"Bars by station and model in {unit}, with a line at the cycle time: {said}.")


def _short(task: str, n: int) -> str:
    most = max(3, 60 // n)
    return task if len(task) <= most else task[: most - 1] + "…"
