"""Level by level: what a parent starts is what its components must bring."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from .inputs import Inputs, Lines, by_level
from .netting import Net, Options, net_level, reschedule

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Matrix = NDArray[np.float64]
    Rows = NDArray[np.int64]


@dataclass(frozen=True)
class Orders:
    """Planned orders, phantoms' too (they come last), numbered from 0 in this order."""

    item: Rows
    due: Rows
    start: Rows  # negative: it should have been released so many weeks ago
    ordered: Matrix  # units started
    good: Matrix  # units that come in
    real: int  # so many of them are not phantoms'


@dataclass(frozen=True)
class Records:
    """A row an item, a column a week."""

    gross: Matrix
    scheduled: Matrix
    coproduct: Matrix
    available: Matrix
    net: Matrix
    receipt: Matrix
    release: Matrix
    past_due: Matrix  # one an item: part of the first week's release
    week: Rows  # of each open order: the week in which it counts
    orders: Orders


def explode(inputs: Inputs, options: Options) -> Records:
    """Net every item, from the top of the bills down."""
    n, weeks = len(inputs.items.codes), inputs.weeks.count
    demands, receipts, items = inputs.demands, inputs.receipts, inputs.items
    gross = _table(demands.item * weeks + demands.week, demands.quantity, n, weeks)
    scheduled = _table(receipts.item * weeks + receipts.week, receipts.quantity, n, weeks)
    coproduct, net, receipt, release = (np.zeros((n, weeks)) for _ in range(4))
    past_due, week = np.zeros(n), receipts.week.copy()
    line_level, side_level = inputs.level[inputs.lines.child], inputs.level[inputs.coproducts.child]
    receipt_level = inputs.level[receipts.item]
    by_depth = np.argsort(inputs.level, kind="stable")
    bounds = np.searchsorted(inputs.level[by_depth], np.arange(int(inputs.level.max()) + 2))
    made: list[tuple[Rows, Net]] = []
    for depth in range(len(bounds) - 1):
        rows = by_depth[bounds[depth] : bounds[depth + 1]]
        _add(gross, release, inputs.lines, line_level, depth)
        _add(coproduct, receipt, inputs.coproducts, side_level, depth)
        demand = gross[rows]
        if options.open_orders == "rescheduled":
            chosen = np.flatnonzero(receipt_level == depth)
            place = np.searchsorted(rows, receipts.item[chosen])
            owed = np.cumsum(demand - coproduct[rows], axis=1)
            owed += (items.safety[rows] - items.opening[rows])[:, None]
            week[chosen] = reschedule(receipts, chosen, place, owed, items)
            flat = place * weeks + week[chosen]
            scheduled[rows] = _table(flat, receipts.quantity[chosen], len(rows), weeks)
        level = net_level(items, rows, demand, scheduled[rows] + coproduct[rows], options)
        net[rows], receipt[rows], release[rows] = level.net, level.receipt, level.release
        past_due[rows] = level.past_due
        made.append((rows, level))
    available = scheduled + receipt
    available += coproduct
    available -= gross
    np.cumsum(available, axis=1, out=available)
    available += items.opening[:, None]
    available[np.abs(available) <= 1e-9 * np.maximum(1.0, gross.sum(axis=1, keepdims=True))] = 0.0
    orders = _number(inputs, made, options)
    return Records(gross, scheduled, coproduct, available, net, receipt, release, past_due, week, orders)


def _table(flat: Rows, weights: Matrix, rows: int, columns: int) -> Matrix:
    return (
        np.bincount(flat, weights=weights, minlength=rows * columns)
        .reshape(rows, columns)
        .astype(float, copy=False)
    )


def _add(into: Matrix, source: Matrix, lines: Lines, level: Rows, depth: int) -> None:
    """Add what the lines of this level draw from, or get with, their parents."""
    low, high = np.searchsorted(level, (depth, depth + 1))
    if low == high:
        return
    drawn = source[lines.parent[low:high]]
    drawn *= lines.factor[low:high, None]
    dated = (lines.dated >= low) & (lines.dated < high)
    drawn[lines.dated[dated] - low] *= lines.valid[dated]
    child = lines.child[low:high]
    first = np.flatnonzero(np.r_[True, child[1:] != child[:-1]])
    into[child[first]] += np.add.reduceat(drawn, first, axis=0)


def _number(inputs: Inputs, made: list[tuple[Rows, Net]], options: Options) -> Orders:
    """Planned orders in the order in which they are numbered: by release, then by item; phantoms' last."""
    item = np.concatenate([rows[level.row] for rows, level in made])
    due, start = (np.concatenate([getattr(level, name) for _, level in made]) for name in ("due", "start"))
    ordered = np.concatenate([level.ordered for _, level in made])
    phantom = inputs.items.phantom[item]
    count, earliest = len(inputs.items.codes), int(start.min(initial=0))
    order = np.argsort((phantom * inputs.weeks.count * 2 + start - earliest) * count + item, kind="stable")
    item, due, start, ordered = item[order], due[order], start[order], ordered[order]
    return Orders(item, due, start, ordered, ordered * inputs.items.good[item], int((~phantom).sum()))


__all__ = ["Orders", "Records", "by_level", "explode"]
