"""The records of items on one level of the bills, all at once: needs, lots, receipts and releases."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from ..lot_rules import lots_by_rule
from .inputs import HEURISTICS, RULES, Items, Receipts

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Matrix = NDArray[np.float64]
    Rows = NDArray[np.int64]


@dataclass(frozen=True)
class Options:
    """The conventions of a plan."""

    late: str  # keep or move
    lots_of: str  # ordered or good
    open_orders: str  # as_due or rescheduled
    holding_rate: float  # share of unit cost a year


@dataclass(frozen=True)
class Net:
    """One level: a row an item, a column a week; units are good ones, except in what is ordered."""

    net: Matrix
    receipt: Matrix
    release: Matrix  # units started
    past_due: Matrix  # the part of the first week's release that was due before it, one an item
    # Planned orders, one each:
    row: Rows  # of these matrices
    due: Rows  # week of the receipt
    start: Rows  # week of the release: negative where that has passed
    ordered: Matrix


def allowance(total: Matrix) -> Matrix:
    """What is too small to be a need, for each row of running totals: rounding, not quantity."""
    size = np.maximum(total.max(axis=1, keepdims=True), -total.min(axis=1, keepdims=True))
    small: Matrix = 1e-9 * np.maximum(1.0, size)
    return small


def when_needed(shortfall: Matrix, row: Rows, before: Matrix) -> Rows:
    """The week in which an open order is first needed, the ones before it having come; past the end if never.

    `shortfall` is what the open orders must have brought by the end of each week, by row.
    """
    peak = np.maximum.accumulate(shortfall, axis=1)
    enough: Rows = (peak[row] <= before[:, None] + allowance(peak)[row]).sum(axis=1)
    return enough


def earlier_in_item(receipts: Receipts, chosen: Rows) -> Matrix:
    """What the open orders of the same item before each one bring; `chosen` runs by item."""
    quantity, item = receipts.quantity[chosen], receipts.item[chosen]
    before = np.zeros(len(chosen))
    for i in range(1, len(chosen)):
        if item[i] == item[i - 1]:
            before[i] = before[i - 1] + quantity[i - 1]
    return before


def reschedule(receipts: Receipts, chosen: Rows, row: Rows, shortfall: Matrix, items: Items) -> Rows:
    """The weeks of the open orders once each that is needed earlier is brought forward."""
    needed = when_needed(shortfall, row, earlier_in_item(receipts, chosen))
    wanted = np.maximum(needed - items.safety_lead[receipts.item[chosen]], 0)
    week: Rows = np.minimum(receipts.week[chosen], wanted)
    return week


def net_level(items: Items, rows: Rows, demand: Matrix, supply: Matrix, options: Options) -> Net:
    """Plan the items of one level, their gross requirements and other supply being known."""
    weeks = demand.shape[1]
    lead, early, good = items.lead[rows], items.safety_lead[rows], items.good[rows][:, None]
    first = np.maximum(items.firm[rows], lead) if options.late == "move" else items.firm[rows]
    # What planned receipts must have brought by the end of each week, so that the safety stock is whole.
    owed = np.cumsum(demand - supply, axis=1) + (items.safety[rows] - items.opening[rows])[:, None]
    slack = allowance(owed)
    scale = good if options.lots_of == "ordered" else np.ones_like(good)
    wanted = owed / scale  # in units of what the lot rules count
    if first.any():
        wanted[np.arange(weeks) < first[:, None]] = 0.0
    lots = order_lots(items, rows, wanted, slack / scale, demand.mean(axis=1), options.holding_rate)
    net = owed
    net[:, 1:] -= (np.cumsum(lots, axis=1) * scale)[:, :-1]
    net[net <= slack] = 0.0
    place = np.flatnonzero(lots)
    row, due, amount = place // weeks, place % weeks, lots.ravel()[place]
    if early.any():
        due = np.maximum(due - early[row], np.minimum(due, first[row]))
    start = due - lead[row]
    shape, flat = demand.shape, row * weeks
    ordered = amount if options.lots_of == "ordered" else amount / good[row, 0]
    receipt = _spread(flat + due, amount * scale[row, 0], shape)
    release = _spread(flat + np.maximum(start, 0), ordered, shape)
    late = start < 0
    past_due = np.bincount(row[late], weights=ordered[late], minlength=len(rows)).astype(float, copy=False)
    if early.any():  # receipts that moved into the same week are one order
        key, inverse = np.unique(flat + due, return_inverse=True)
        ordered = np.bincount(inverse, weights=ordered)
        row, due = key // weeks, key % weeks
        start = due - lead[row]
    return Net(net, receipt, release, past_due, row, due, start, ordered)


def _spread(flat: Rows, weights: Matrix, shape: tuple[int, ...]) -> Matrix:
    return (
        np.bincount(flat, weights=weights, minlength=shape[0] * shape[1])
        .astype(float, copy=False)
        .reshape(shape)
    )


def order_lots(
    items: Items, rows: Rows, owed: Matrix, slack: Matrix, mean: Matrix, holding_rate: float
) -> Matrix:
    """Lots by each item's rule: what is ordered for each week so that the running total meets what is
    owed."""
    need = np.diff(np.maximum(np.maximum.accumulate(owed, axis=1), 0.0), axis=1, prepend=0.0)
    need[need <= slack] = 0.0
    lots, rules = need.copy(), items.rule[rows]
    least, multiple = items.least[rows], items.multiple[rows]
    for rule in RULES:
        mine = np.flatnonzero(rules == rule)
        if rule == "lot_for_lot":  # without a smallest order or a multiple the need is the lot
            mine = mine[(least[mine] > 0) | (multiple[mine] > 0)]
        if len(mine):
            lots[mine] = lots_by_rule(
                rule,
                need[mine],
                size=items.size[rows[mine]],
                minimum=least[mine] if least[mine].any() else None,
                multiple=np.nan_to_num(multiple[mine]) if (multiple[mine] > 0).any() else None,
                periods=items.periods[rows[mine]] if rule == "periods" else None,
            )
    for i in [i for i, rule in enumerate(rules.tolist()) if rule in HEURISTICS and need[i].any()]:
        lots[i] = lots_by_rule(
            str(rules[i]),
            need[i],
            minimum=float(least[i]),
            multiple=float(multiple[i]),
            mean_need=float(mean[i]),
            order_cost=float(items.order_cost[rows[i]]),
            holding_cost=float(items.unit_cost[rows[i]]) * holding_rate / 52,
        )
    return lots
