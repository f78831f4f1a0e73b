"""Sequencing rules side by side, by any of their indicators."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from ..._common import choice, number
from ...errors import InputError
from ..style import BLUE, GREEN, INK, RULE, Chart, named, worded

if TYPE_CHECKING:
    import pandas as pd

__all__ = ["rule_race"]

_AXES = {
    "mean_flow_time": ("Mean flow time", "hours", "Least mean flow time"),
    "mean_tardiness": ("Mean tardiness", "hours", "Least mean tardiness"),
    "max_lateness": ("Largest lateness", "hours", "The latest job is least late"),
    "n_late": ("Late jobs", "", "Fewest late jobs"),
    "weighted_tardiness": ("Weighted tardiness", "weighted hours", "Least weighted tardiness"),
    "makespan": ("Makespan", "hours", "Least makespan"),
    "total_setup": ("Setup", "hours", "Least setup"),
    "mean_jobs": ("Jobs in the system on average", "", "Fewest jobs in the system"),
    "utilization": ("Work over flow time", "%", "Most work for its flow time"),
}
_MOST = ("utilization",)  # where more is better
_LEVEL = 1e-9


def rule_race(
    compared: pd.DataFrame, indicator: str = "mean_flow_time", *, optimum: float | None = None
) -> Chart:
    """Sequencing rules side by side on the same jobs, the best first.

    Parameters
    ----------
    compared
        From `compare_rules`.
    indicator
        `"mean_flow_time"`, `"mean_tardiness"`, `"max_lateness"`, `"n_late"`, `"weighted_tardiness"`, `"makespan"`,
        `"total_setup"`, `"mean_jobs"` or `"utilization"`.
    optimum
        The best that any order can reach, marked with a line.

    Returns
    -------
    Chart
        A bar a rule. The title says which rule is best, and by how much.

    Raises
    ------
    InputError
        If the table is empty or lacks the indicator, or the indicator is unknown or has no figures.

    Examples
    --------
    >>> from prodkit.scheduling import compare_rules
    >>> jobs = {"A": {"hours": 6, "due": 8}, "B": {"hours": 2, "due": 6}}
    >>> rule_race(compare_rules(jobs, ["fcfs", "spt"])).title
    'Least mean flow time, 5 hours: Shortest processing time'
    """
    from matplotlib.ticker import MaxNLocator

    name, unit, finding = _AXES[choice("indicator", indicator, _AXES)]
    if not {"name", indicator} <= set(compared.columns) or compared.empty:
        raise InputError(
            "compared", list(compared.columns), f"a table from compare_rules, with name and {indicator}"
        )
    scale = 100.0 if unit == "%" else 1.0
    figures = scale * compared[indicator].to_numpy(dtype=float)
    if not np.isfinite(figures).all():
        raise InputError("indicator", indicator, "one that these jobs have figures of")
    is_most = indicator in _MOST
    order = np.argsort(-figures if is_most else figures, kind="stable")
    names, figures = [str(compared["name"].iloc[i]) for i in order], figures[order]
    chart = Chart(named(name, unit), "Rule")
    ax = chart.ax
    box = ax.get_position()
    ax.set_position((0.33, box.y0, 0.62, box.height))
    ax.grid(visible=False)
    ax.grid(axis="x", color=RULE, linewidth=0.7)
    is_best = np.abs(figures - figures[0]) <= _LEVEL * max(1.0, abs(figures[0]))
    ax.barh(
        range(len(names)), figures, height=0.6, color=[GREEN if b else BLUE for b in is_best], linewidth=0
    )
    low, high = min(0.0, float(figures.min())), max(0.0, float(figures.max()))
    ax.set_xlim(low - 0.14 * (high - low) * (low < 0), high + 0.14 * ((high - low) or 1.0))
    for i, figure in enumerate(figures):
        ax.annotate(
            worded(figure),
            (figure, i),
            (-5 if figure < 0 else 5, 0),
            textcoords="offset points",
            ha="right" if figure < 0 else "left",
            va="center",
            fontsize=9.5,
            color=INK,
        )
    if indicator == "n_late":
        ax.xaxis.set_major_locator(MaxNLocator(integer=True))
    ax.set_yticks(range(len(names)), names, parse_math=False)
    for tick, best in zip(ax.get_yticklabels(), is_best, strict=True):
        tick.set_color(INK)
        tick.set_fontweight("bold" if best else "normal")
    ax.set_ylim(len(names) - 0.4, -0.6 if optimum is None else -1.1)
    if optimum is not None:
        chart.limit(scale * number("optimum", optimum, "a value of the indicator"), "no order is better")
    said = "; ".join(f"{n} {worded(f, unit)}" for n, f in zip(names, figures, strict=True))
    best = [n for n, b in zip(names, is_best, strict=True) if b]
    who = (
        best[0]
        if len(best) == 1
        else f"all {len(best)} rules"
        if len(best) == len(names)
        else f"{len(best)} rules"
    )
    chart.finish(f"{finding}, {worded(figures[0], unit)}: {who}", f"A bar a rule, the best first: {said}.")
    written = ax.get_title(loc="left")
    for one in ax.findobj(lambda each: getattr(each, "get_text", str)() == written):
        one.set_x((box.x0 - 0.33) / 0.62)  # type: ignore[attr-defined]  # over the rules' names, or it is cut
    return chart
