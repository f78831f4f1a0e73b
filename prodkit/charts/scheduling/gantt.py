"""The Gantt chart that every schedule shares: machines down the side, time along the foot, a bar a piece of work."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, Protocol

import numpy as np

from ..._common import number
from ...errors import InputError
from ..style import BLUE, GREEN, INK, ORANGE, PURPLE, RULE, SKY, SOFT, VERMILION, Chart, worded

if TYPE_CHECKING:
    import pandas as pd

__all__ = ["Scheduled", "gantt"]

_LATE = "#a23a3a"
_COLORS = (BLUE, ORANGE, GREEN, PURPLE, SKY, VERMILION)
_KINDS = ("run", "setup", "down")
_COLUMNS = ("machine", "job", "start", "end")
_LETTER = 0.0115  # width of a letter on a bar (share of the axes)
_ROOM = 0.4  # of the schedule's length: as far beyond its end a due date is drawn at its place
_PLAIN_ROWS = 12  # as many rows have room in a chart of the usual height


class Scheduled(Protocol):
    """Any result that can be drawn: a sequence, a flow shop, a job shop."""

    @property
    def bars(self) -> pd.DataFrame:
        """machine, job, start, end (hours), kind."""

    @property
    def due_dates(self) -> Mapping[str, float]:
        """When each job is due (hours), of the jobs that are."""


def gantt(
    schedule: Scheduled | pd.DataFrame,
    *,
    due: Mapping[str, float] | None = None,
    now: float | None = None,
    unit: str = "hours",
    title: str = "",
) -> Chart:
    """A schedule over time: a row a machine, a bar a job, setups hatched, late jobs red and crossed.

    Parameters
    ----------
    schedule
        A result of this subject, or a table with the columns machine, job, start and end (hours), and, where there is
        one, kind: `run` (the usual), `setup` (hatched; its job is the one it is for) or `down` (the machine stands).
        Machines are drawn in the order in which the table names them.
    due
        When each job is due, by its name (on the same clock as start and end); of a result, its own are taken.
        A diamond marks each in a row beneath the machines; those far off stand at the edge.
    now
        A time to mark with a line.
    unit
        Of the times, for the axis.
    title
        Instead of the finding that the chart makes of the schedule.

    Returns
    -------
    Chart
        Jobs are told apart by color where there are six or fewer and none is due; with due dates, red and a cross
        mark the jobs whose last piece ends after its due date. A name is left off where its bar is too short for it.

    Raises
    ------
    InputError
        If a column is missing, a row ends before it starts, a kind is unknown, or there is nothing to draw.

    Examples
    --------
    >>> import pandas as pd
    >>> bars = pd.DataFrame({"machine": ["saw", "saw", "lathe"], "job": ["A", "B", "A"],
    ...                      "start": [0, 3, 3], "end": [3, 5, 7]})
    >>> print(gantt(bars, due={"A": 6, "B": 6}))
    1 of 2 jobs is late: A, by 1 hour
    A bar a job on 2 machines, saw and lathe, from 0 to 7 hours. Late: A.
    """
    import pandas as pd

    if not isinstance(schedule, pd.DataFrame):
        due = schedule.due_dates if due is None else due
        schedule = schedule.bars
    bars = _checked(schedule)
    due = {str(job): number(f"due[{job!r}]", at, "a time") for job, at in (due or {}).items()}
    work = bars[bars["kind"] == "run"]
    ends = work.groupby("job", sort=False)["end"].max()
    late = {job: float(ends[job]) - at for job, at in due.items() if job in ends and ends[job] > at + 1e-9}
    due = {job: at for job, at in due.items() if job in ends}
    machines = list(dict.fromkeys(bars["machine"]))
    chart = _axes(machines, bool(due), unit)
    ax = chart.ax
    first = min(0.0, float(bars["start"].min()))
    end = float(bars["end"].max())
    last = max(end, min(max(due.values(), default=end), end + _ROOM * (end - first)))
    ax.set_xlim(first, last + 0.01 * (last - first))
    _draw(chart, bars, machines, _colors(list(ends.index), bool(due), late), late)
    if due:
        _mark(chart, due, late, len(machines), (first, last))
    if now is not None:
        chart.limit(number("now", now, "a time"), "now")
    is_set_up = bool((bars["kind"] == "setup").any())
    key = [*["hatched: setup"] * is_set_up, *["gray: machine down"] * bool((bars["kind"] == "down").any())]
    key += ["✗ red: late"] * bool(late)
    ax.text(
        1,
        1.035,
        " · ".join(key),
        transform=ax.transAxes,
        ha="right",
        va="bottom",
        color=SOFT,
        fontsize=9.5,
    )
    alt = f"A bar a job on {_counted(len(machines), 'machine')}, {_listed(machines)}, "
    alt += f"from {worded(first)} to {worded(float(bars['end'].max()), unit)}."
    alt += " Hatched bars are setups." * is_set_up
    alt += f" Late: {_listed(list(late))}." if late else " No job is late." * bool(due)
    return chart.finish(title or _finding(work, machines, due, late, unit), alt)


def _checked(table: pd.DataFrame) -> pd.DataFrame:
    missing = [c for c in _COLUMNS if c not in table.columns]
    if missing:
        raise InputError(
            "schedule", list(table.columns), f"a table with the columns {', '.join(_COLUMNS)} (and kind)"
        )
    if table.empty:
        raise InputError("schedule", "an empty table", "a table with one row or more")
    bars = table.loc[:, list(_COLUMNS)].reset_index(drop=True)
    bars["kind"] = table["kind"].to_numpy() if "kind" in table.columns else "run"
    for name in ("machine", "job"):
        bars[name] = bars[name].map(str)
    for row in bars.to_dict("records"):
        where = f"of {row['job']} on {row['machine']}"
        if row["kind"] not in _KINDS:
            raise InputError(f"kind {where}", row["kind"], "one of " + ", ".join(_KINDS))
        start = number(f"start {where}", row["start"], "a time")
        number(f"end {where}", row["end"], f"a time not before its start, {worded(start)}", low=start)
    return bars.astype({"start": float, "end": float})


def _axes(machines: list[str], has_due: bool, unit: str) -> Chart:
    chart = Chart(f"Time ({unit})", "Machine")
    rows = len(machines) + has_due
    if rows > _PLAIN_ROWS:
        width, height = chart.figure.get_size_inches()
        chart.figure.set_size_inches(width, height + 0.26 * (rows - _PLAIN_ROWS))
    ax = chart.ax
    names = [m if len(m) <= 18 else m[:17] + "…" for m in machines] + ["due"] * has_due
    box = ax.get_position()
    left = 0.03 + 0.0125 * max(4, *(len(n) for n in names))
    ax.set_position((left, box.y0, 0.97 - left, box.height))
    ax.grid(visible=False)
    ax.grid(axis="x", color=RULE, linewidth=0.7)
    ax.set_yticks(range(rows), names, parse_math=False)
    for tick in ax.get_yticklabels():
        tick.set_color(INK)
    ax.set_ylim(rows - 0.4, -0.6)
    return chart


def _colors(jobs: list[str], has_due: bool, late: Mapping[str, float]) -> dict[str, str]:
    if has_due or len(jobs) > len(_COLORS):
        return {job: _LATE if job in late else BLUE for job in jobs}
    return dict(zip(jobs, _COLORS, strict=False))


def _draw(
    chart: Chart,
    bars: pd.DataFrame,
    machines: list[str],
    colors: Mapping[str, str],
    late: Mapping[str, float],
) -> None:
    ax = chart.ax
    left, right = ax.get_xlim()
    places = {machine: i for i, machine in enumerate(machines)}
    rows = bars["machine"].map(places).to_numpy()
    starts, ends = bars["start"].to_numpy(), bars["end"].to_numpy()
    share = _LETTER * (8.0 * 0.705) / (8.0 * ax.get_position().width)
    styles: dict[str, dict[str, Any]] = {
        "setup": {"color": "white", "edgecolor": SOFT, "hatch": "/////", "linewidth": 0.6},
        "down": {"color": RULE, "edgecolor": SOFT, "linewidth": 0.6},
    }
    for kind, style in styles.items():
        of = (bars["kind"] == kind).to_numpy()
        if of.any():
            ax.barh(rows[of], ends[of] - starts[of], left=starts[of], height=0.62, **style)
    of = (bars["kind"] == "run").to_numpy()
    names = bars["job"].to_numpy()
    fills = [colors[job] for job in names[of]]
    ax.barh(
        rows[of],
        ends[of] - starts[of],
        left=starts[of],
        height=0.62,
        color=fills,
        edgecolor="white",
        linewidth=np.clip(60 * (ends[of] - starts[of]) / (right - left), 0.15, 0.8),
    )
    for row, start, end, job, fill in zip(rows[of], starts[of], ends[of], names[of], fills, strict=True):
        text = f"✗ {job}" if job in late else job
        for shown in (text, text[:2].strip() if job in late else ""):
            if shown and share * (len(shown) + 0.6) <= (end - start) / (right - left):
                ax.text(
                    (start + end) / 2,
                    row,
                    shown,
                    ha="center",
                    va="center",
                    fontsize=8.5,
                    color="white" if fill in (BLUE, _LATE) else INK,
                    parse_math=False,
                    clip_on=True,
                )
                break


def _mark(
    chart: Chart, due: Mapping[str, float], late: Mapping[str, float], row: int, span: tuple[float, float]
) -> None:
    """Diamonds at the due dates, named as long as the names have room."""
    ax = chart.ax
    ax.axhline(row - 0.5, color=RULE, linewidth=0.7)
    left, right = ax.get_xlim()
    at: dict[float, list[str]] = {}
    for job, time in due.items():
        at.setdefault(min(max(time, span[0]), span[1]), []).append(job)
    levels = {
        row + 0.02: -np.inf,
        row - 0.44: -np.inf,
        row + 0.22: -np.inf,
    }  # of names: up to where it is taken
    for time in sorted(at):
        jobs = sorted(at[time], key=lambda job: job not in late)
        is_late = any(job in late for job in jobs)
        ax.plot([time], [row - 0.12], "D", markersize=5.5, color=_LATE if is_late else BLUE, clip_on=False)
        text = ", ".join(f"✗ {job}" if job in late else job for job in jobs[:3]) + " …" * (len(jobs) > 3)
        text = "earlier: " * any(due[job] < span[0] for job in jobs) + text
        text = "later: " * any(due[job] > span[1] for job in jobs) + text
        half = 0.5 * _LETTER * (len(text) + 0.8) * (right - left)
        middle = min(max(time, left + half), right - half)
        for level in levels:
            if middle - half >= levels[level]:
                levels[level] = middle + half
                style: dict[str, Any] = {"ha": "center", "va": "top", "fontsize": 8.5, "parse_math": False}
                ax.text(middle, level, text, color=_LATE if is_late else SOFT, **style)
                break


def _finding(
    work: pd.DataFrame, machines: list[str], due: Mapping[str, float], late: Mapping[str, float], unit: str
) -> str:
    last = float(work["end"].max()) if len(work) else 0.0
    if not due:
        hours = (work["end"] - work["start"]).groupby(work["machine"]).sum()
        start = f"All is done at {_time(last, unit)}"
        if len(machines) < 2 or hours.empty or last <= 0:
            return start
        busiest = str(hours.idxmax())
        return f"{start}; {busiest} is the busiest, with {_time(float(hours.max()), unit)}"
    if not late:
        return f"Every job is on time; the last is done at {_time(last, unit)}"
    worst = max(late, key=lambda job: late[job])
    n = f"{len(late)} of {_counted(len(due), 'job')} {'is' if len(late) == 1 else 'are'} late"
    by = _time(late[worst], unit)
    return f"{n}: {worst}, by {by}" if len(late) == 1 else f"{n}, {worst} the most, by {by}"


def _time(value: float, unit: str) -> str:
    text = worded(value)
    return f"{text} {unit.removesuffix('s') if text == '1' else unit}"


def _counted(n: int, noun: str) -> str:
    return f"{n} {noun}{'s' * (n != 1)}"


def _listed(names: list[str]) -> str:
    shown = names if len(names) <= 4 else [*names[:3], f"{len(names) - 3} more"]
    return shown[0] if len(shown) == 1 else f"{', '.join(shown[:-1])} and {shown[-1]}"
