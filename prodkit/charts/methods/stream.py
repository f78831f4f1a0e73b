"""The ladder under a value stream: waiting on the upper rungs, work on the lower."""

from __future__ import annotations

import textwrap

from ... import methods
from ..style import GREEN, INK, ORANGE, SKY, Chart, worded

__all__ = ["stream_ladder"]

_NARROW = 0.1  # a rung below this share of the whole has no name


def stream_ladder(stream: methods.ValueStream) -> Chart:
    """The time of one unit, from the first stock to the customer, to scale.

    Parameters
    ----------
    stream
        From `value_stream`.

    Returns
    -------
    Chart
        Upper rungs: waits, with their days. Lower rungs: in a batch that is set up or worked on, and work itself, which
        is often too short to be seen; that is the point.

    Examples
    --------
    >>> from prodkit.methods import value_stream
    >>> ladder = stream_ladder(value_stream(
    ...     [{"step": "stamp", "run_hours": 0.1, "stock": 900}, {"step": "weld", "run_hours": 0.3, "stock": 600}],
    ...     daily_demand=300, hours_per_day=16))
    >>> ladder.title
    '5 working days on the way, and work adds value in 0.4 hours of them'
    """
    day = stream.hours_per_day
    chart = Chart("Working days since it came in", "Waiting above, in work below")
    ax = chart.ax
    total = stream.lead_time / day
    now, xs, ys = 0.0, [0.0], [1.0]

    def rung(days: float, level: float, color: str, name: str = "") -> None:
        nonlocal now
        ax.fill_between([now, now + days], level - 0.5, level, color=color, alpha=0.35, linewidth=0)
        xs.extend([now, now + days])
        ys.extend([level, level])
        share = days / total if total else 0.0
        if name and share >= _NARROW:
            lines = textwrap.wrap(name, max(int(share * 72), 6), max_lines=3, placeholder=" …")
            ax.text(
                now + days / 2,
                level + 0.04,
                "\n".join([*lines, worded(days, "days")]),
                ha="center",
                va="bottom",
                fontsize=8.5,
                color=INK,
                parse_math=False,
            )
        now += days

    waits = []
    for row in stream.table.to_dict("records"):
        waits.append((float(row["wait_hours"]) / day, f"before {row['step']}"))
        rung(*waits[-1][:1], 1.0, ORANGE, waits[-1][1])
        rung(float(row["batch_hours"]) / day, 0.0, SKY)
        rung(float(row["work_hours"]) / day, 0.0, GREEN)
    waits.append((stream.finished_hours / day, "finished, before it is sold"))
    rung(stream.finished_hours / day, 1.0, ORANGE, waits[-1][1])
    ax.plot(xs, ys, color=INK, linewidth=1.4)
    ax.set_xlim(0, total or 1.0)
    ax.set_ylim(-0.6, 1.75)
    ax.set_yticks([])
    batch = float(stream.table["batch_hours"].sum()) / day
    chart.note(0.75, f"waits: {worded(sum(w for w, _ in waits), 'days')}", color=ORANGE)
    chart.note(-0.1, f"setup and rest of the batch: {worded(batch, 'days')}", color=SKY)
    chart.note(-0.4, f"work: {worded(float(stream.table['work_hours'].sum()), 'hours')}", color=GREEN)
    title = f"{worded(total)} working days on the way, and work adds value in {worded(stream.value_added_time, 'hours')} of them"
    longest = max(waits)
    alt = (
        f"A ladder of {len(stream.table)} steps to scale. The longest wait, {worded(longest[0], 'days')}, is {longest[1]}. "
        f"All waits together take {worded(sum(w for w, _ in waits), 'days')}; setups and waiting for the rest of a batch "
        f"{worded(batch, 'days')}."
    )
    return chart.finish(title, alt)
