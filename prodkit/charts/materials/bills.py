"""A bill of material as a tree."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from ..style import ACCENT, INK, RULE, SOFT, Chart, amount, worded

if TYPE_CHECKING:
    from ...materials import BillExplosion

__all__ = ["bill_tree"]

_ROWS = 26


def _each(quantity: float) -> str:
    """To three digits."""
    return amount(float(f"{quantity:.3g}"))


def bill_tree(bill: BillExplosion, *, marked: Iterable[str] = (), unit: str = "") -> Chart:
    """An indented bill: each item under what it goes into, with how many of it go into one of the parent.

    Parameters
    ----------
    bill
        From `explode_bom`.
    marked
        Items to set off.
    unit
        Of the product, for its line.

    Returns
    -------
    Chart
        A line an item, to the right by its level; bold what has a bill of its own. A bill of more than 26
        lines is shown down to the level that fits, and says so.

    Examples
    --------
    >>> import pandas as pd
    >>> from prodkit.materials import explode_bom
    >>> bom = pd.DataFrame({"parent": ["cabinet", "cabinet", "door"], "component": ["door", "screw", "screw"],
    ...                     "quantity_per": [2, 4, 6]})
    >>> bill_tree(explode_bom(bom, "cabinet")).title
    'cabinet: 2 items below it, on 2 levels'
    """
    lines = bill.lines.to_dict("records")
    deepest = max(int(line["level"]) for line in lines)
    shown, level = lines, deepest
    while len(shown) > _ROWS and level > 1:
        level -= 1
        shown = [line for line in lines if line["level"] <= level]
    left_out = max(len(shown) - _ROWS, 0)
    shown = shown[: len(shown) - left_out]
    parents, named = {bill.item, *bill.lines["parent"]}, set(marked)
    chart = Chart("", "")
    ax = chart.ax
    ax.set_position((0.03, 0.03, 0.94, 0.83))
    ax.set_axis_off()
    rows = len(shown) + 1 + (level < deepest or left_out > 0)
    size = 9.5 if rows <= 19 else 8.2
    step = 1.0
    rail: dict[int, float] = {0: 0.0}
    top = f"{worded(bill.quantity, unit)} of {bill.item}" if unit else f"{bill.item}"
    ax.text(0.0, 0.0, top, fontsize=size + 1, fontweight="bold", color=INK, va="center", parse_math=False)
    for y, line in enumerate(shown, start=1):
        depth = int(line["level"])
        x = step * depth
        ax.plot(
            [x - 0.78 * step, x - 0.78 * step, x - 0.12],
            [rail[depth - 1] + 0.42, y, y],
            color=RULE,
            linewidth=1.1,
        )
        rail[depth] = float(y)
        item = str(line["component"])
        ax.text(
            x,
            y,
            f"{_each(line['quantity_per'])} × {item}",
            fontsize=size,
            color=ACCENT if item in named else INK if item in parents else SOFT,
            fontweight="bold" if item in parents or item in named else "normal",
            va="center",
            parse_math=False,
        )
    hidden = len(lines) - len(shown)
    if hidden:
        ax.text(0, len(shown) + 1, f"… and {hidden} more lines", fontsize=size, color=SOFT, va="center")
    ax.set_ylim(max(rows, 8) - 0.4, -0.6)
    ax.set_xlim(-0.1, step * max(4, deepest) + 3.2)
    items = bill.summary
    words = "level" if deepest == 1 else "levels"
    twice = items[items["places"] > 1]
    title = f"{bill.item}: {len(items)} items below it, on {deepest} {words}"
    alt = "An indented tree. " + "; ".join(
        f"level {line['level']}, {_each(line['quantity_per'])} {line['component']} in {line['parent']}"
        for line in shown
    )
    if hidden:
        alt += f"; {hidden} more lines are not shown"
    if len(twice):
        alt += f". In more than one place: {', '.join(twice['component'])}"
    return chart.finish(title, alt + ".")
