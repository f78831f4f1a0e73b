"""Which supply serves which need: stock and receipts against requirements, first come, first served."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING, Any

import numpy as np

from .explosion import Records
from .inputs import Inputs, Lines

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Matrix = NDArray[np.float64]
    Rows = NDArray[np.int64]

NEEDS = ("allocated", "safety stock", "demand", "order", "left over")
ALLOCATED, SAFETY, DEMAND, ORDER, LEFT_OVER = range(5)
SUPPLIES = ("stock", "open order", "co-product", "planned order", "nothing")
STOCK, OPEN, COPRODUCT, PLANNED, NOTHING = range(5)


@dataclass(frozen=True)
class Side:
    """Needs, or supplies, by item and week: what kind, and which one of its kind."""

    item: Rows
    week: Rows  # -1: before the first
    quantity: Matrix
    kind: Rows
    ref: Rows


@dataclass(frozen=True)
class Pegs:
    """Pairs of a need and a supply, with the quantity that goes from the one to the other."""

    needs: Side
    supplies: Side
    need: Rows
    supply: Rows
    quantity: Matrix


def peg(inputs: Inputs, found: Records) -> Pegs:
    """Serve each item's needs in the order of their weeks from its supplies in the order of theirs."""
    n, items, orders = len(inputs.items.codes), inputs.items, found.orders
    all_items, none = np.arange(n), np.full(n, -1)
    drawn = drawn_by(inputs.lines, orders.item, orders.ordered, np.maximum(orders.start, 0), n)
    beside = drawn_by(inputs.coproducts, orders.item, orders.good, orders.due, n)
    demands, receipts = inputs.demands, inputs.receipts
    needs = [
        (all_items, none, np.maximum(-items.opening, 0), ALLOCATED, none),
        (all_items, none, items.safety, SAFETY, none),
        (demands.item, demands.week, demands.quantity, DEMAND, np.arange(len(demands.item))),
        (*drawn[:3], ORDER, drawn[3]),
    ]
    supplies = [
        (all_items, none, np.maximum(items.opening, 0), STOCK, none),
        (receipts.item, found.week, receipts.quantity, OPEN, np.arange(len(receipts.item))),
        (*beside[:3], COPRODUCT, beside[3]),
        (orders.item, orders.due, orders.good, PLANNED, np.arange(len(orders.item))),
    ]
    over = _total(supplies, n) - _total(needs, n)
    end = np.full(n, inputs.weeks.count)
    needs.append((all_items, end, np.maximum(over, 0), LEFT_OVER, none))
    supplies.append((all_items, end, np.maximum(-over, 0), NOTHING, none))
    return _match(_side(needs, inputs.weeks.count), _side(supplies, inputs.weeks.count), n)


def drawn_by(
    lines: Lines, item: Rows, quantity: Matrix, week: Rows, n: int
) -> tuple[Rows, Rows, Matrix, Rows]:
    """What each order draws, or brings, through each of its item's lines: item, week, quantity, order."""
    by_item = np.argsort(item, kind="stable")
    first = np.searchsorted(item[by_item], np.arange(n + 1))
    count = first[lines.parent + 1] - first[lines.parent]
    line = np.repeat(np.arange(len(lines.parent)), count)
    step = np.arange(len(line)) - np.repeat(np.cumsum(count) - count, count)
    order = by_item[np.repeat(first[lines.parent], count) + step]
    if len(lines.dated):
        where = np.full(len(lines.parent), -1)
        where[lines.dated] = np.arange(len(lines.dated))
        keep = (where[line] < 0) | lines.valid[where[line], week[order]]
        line, order = line[keep], order[keep]
    return lines.child[line], week[order], quantity[order] * lines.factor[line], order


def _total(parts: list[Any], n: int) -> Matrix:
    total: Matrix = np.sum([np.bincount(item, weights=q, minlength=n) for item, _, q, _, _ in parts], axis=0)
    return total


def _side(parts: list[Any], weeks: int) -> Side:
    item, week, quantity = (np.concatenate([part[k] for part in parts]) for k in (0, 1, 2))
    kind = np.concatenate([np.full(len(part[0]), part[3]) for part in parts])
    ref = np.concatenate([part[4] for part in parts])
    keep = np.flatnonzero(quantity > 0)
    order = keep[np.argsort(item[keep] * (weeks + 2) + week[keep], kind="stable")]
    return Side(
        *(
            x[order].astype(t)
            for x, t in zip((item, week, quantity, kind, ref), (int, int, float, int, int), strict=True)
        )
    )


def _running(side: Side, n: int) -> Matrix:
    """The running total within each item; item by item, so that it is exact to its own size."""
    first = np.searchsorted(side.item, np.arange(n + 1)).tolist()
    total = np.empty(len(side.item))
    for a, b in pairwise(first):
        if a < b:
            np.add.accumulate(side.quantity[a:b], out=total[a:b])
    return total


def _match(needs: Side, supplies: Side, n: int) -> Pegs:
    upto, have = _running(needs, n), _running(supplies, n)
    whole = np.ones(n)
    np.maximum.at(whole, needs.item, upto)
    np.maximum.at(whole, supplies.item, have)
    # One axis for all: each item's totals between its number and the next.
    end = needs.item + 0.9 * upto / whole[needs.item]
    begin = needs.item + 0.9 * (upto - needs.quantity) / whole[needs.item]
    there = supplies.item + 0.9 * have / whole[supplies.item]
    low = np.searchsorted(there, begin, side="right")
    high = np.minimum(np.searchsorted(there, end, side="left"), len(there) - 1)
    count = np.maximum(high - low + 1, 0)
    need = np.repeat(np.arange(len(end)), count)
    supply = np.repeat(low, count) + np.arange(len(need)) - np.repeat(np.cumsum(count) - count, count)
    top = np.minimum(upto[need], have[supply])
    bottom = np.maximum((upto - needs.quantity)[need], (have - supplies.quantity)[supply])
    quantity = top - bottom
    keep = (needs.item[need] == supplies.item[supply]) & (quantity > 1e-9 * whole[needs.item[need]])
    return Pegs(needs, supplies, need[keep], supply[keep], quantity[keep])
