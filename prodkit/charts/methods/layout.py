"""The floor from above: areas to scale, and what is carried between them."""

from __future__ import annotations

import textwrap
from typing import Any

from ... import methods
from ..style import ACCENT, INK, RULE, SOFT, VERMILION, Chart, named, worded

__all__ = ["layout_plan"]

_LEAST = 0.06  # side of the smallest square (share of the floor's width)


def layout_plan(
    result: methods.LayoutPlan, *, today: bool = False, unit: str = "m", currency: str = ""
) -> Chart:
    """Areas where they stand, or would stand, joined by lines as thick as what is carried between them.

    Parameters
    ----------
    result
        From `layout`.
    today
        Whether to show the floor as it is, in place of the arrangement found.
    unit, currency
        For the axes and the title.

    Returns
    -------
    Chart
        The title says what carrying costs a day and what that saves.

    Examples
    --------
    >>> from prodkit import Plant
    >>> from prodkit.methods import layout
    >>> layout_plan(layout(Plant.sample("metal")), currency="USD").title
    'Carrying costs 89.6 USD a day with 6 areas moved, 29 % less than today'
    """
    areas: list[dict[str, Any]] = result.areas.to_dict("records")  # type: ignore[assignment]
    flows: list[dict[str, Any]] = result.flows.to_dict("records")  # type: ignore[assignment]
    cost = "total_today" if today else "total"
    xs, ys = ("x_today", "y_today") if today else ("x", "y")
    at = {r["area"]: (float(r[xs]), float(r[ys])) for r in areas}
    chart = Chart(named("From the west wall", unit), named("From the south wall", unit))
    ax = chart.ax
    wide = max(1e-9, *(max(r[c] for r in areas) - min(r[c] for r in areas) for c in ("x", "y")))
    side = {r["area"]: max(_LEAST * wide, float(r["size"]) ** 0.5) for r in areas}
    if len({r["size"] for r in areas}) == 1:  # no sizes given
        side = dict.fromkeys(side, 0.09 * wide)
    room = _room({r["area"]: (float(r["x_today"]), float(r["y_today"])) for r in areas}, side)
    side = {name: room * s for name, s in side.items()}
    worst = max(flows, key=lambda r: float(r[cost]))
    most = float(worst[cost]) or 1.0
    for row in flows:
        (x0, y0), (x1, y1) = at[row["from_area"]], at[row["to_area"]]
        heavy = row[cost] >= 0.5 * most
        ax.plot(
            [x0, x1], [y0, y1], color=VERMILION if heavy else SOFT, alpha=0.75 if heavy else 0.45,
            linewidth=0.6 + 6 * row[cost] / most, solid_capstyle="round", zorder=1,
        )  # fmt: skip
    from matplotlib.patches import Rectangle

    for row in areas:
        x, y = at[row["area"]]
        s = side[row["area"]]
        moved = bool(row["is_moved"]) and not today
        ax.add_patch(
            Rectangle(
                (x - s / 2, y - s / 2),
                s,
                s,
                facecolor=RULE if row["is_fixed"] else "white",
                alpha=0.93,
                edgecolor=ACCENT if moved else SOFT,
                linewidth=2.2 if moved else 1.0,
                zorder=2,
            )
        )
        name = textwrap.fill(str(row["area"]), 11) + (
            "\n(moved)" if moved else "\n(stays)" if row["is_fixed"] else ""
        )
        ax.text(
            x, y, name, ha="center", va="center", fontsize=7.5, linespacing=1.05,
            color=ACCENT if moved else INK, zorder=3, parse_math=False,
        )  # fmt: skip
    ax.set_aspect("equal", adjustable="box", anchor="W")
    ax.grid(False)
    edge = 0.03 * wide
    ax.set_xlim(
        min(x - side[name] / 2 for name, (x, _) in at.items()) - edge,
        max(x + side[name] / 2 for name, (x, _) in at.items()) + edge,
    )
    ax.set_ylim(
        min(y - side[name] / 2 for name, (_, y) in at.items()) - edge,
        max(y + side[name] / 2 for name, (_, y) in at.items()) + edge,
    )
    chart.note(
        at[str(worst["from_area"])][1],
        f"most: {worst['from_area']} to {worst['to_area']}, {worded(float(worst[cost]), currency)} a day",
        color=VERMILION,
    )
    if today:
        title = f"Carrying costs {worded(result.cost_today, currency)} a day as areas stand today"
    elif not result.moved:
        title = f"Today's places are kept: carrying costs {worded(result.cost, currency)} a day"
    else:
        n, change = len(result.moved), 100 * result.saved_share
        title = (
            f"Carrying costs {worded(result.cost, currency)} a day with {n} area{'s' * (n != 1)} moved, "
            f"{abs(change):.0f} % {'less' if change >= 0 else 'more'} than today"
        )
    places = "; ".join(f"{name} at {x:g}, {y:g}" for name, (x, y) in at.items())
    return chart.finish(
        title,
        f"The floor from above, areas as squares by their size, gray where fixed, lines between them as thick as "
        f"the cost of carrying: {places}.",
    )


def _room(at: dict[str, tuple[float, float]], side: dict[str, float]) -> float:
    """What the squares shrink by so that none lies on another as they stand today; no smaller than 0.6."""
    names = list(at)
    room = 1.0
    for i, a in enumerate(names):
        for b in names[i + 1 :]:
            apart = max(abs(at[a][0] - at[b][0]), abs(at[a][1] - at[b][1]))
            room = min(room, 2 * apart / (side[a] + side[b]))
    return max(0.6, 0.97 * room)
