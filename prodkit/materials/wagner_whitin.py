"""The cheapest lots without limits on their size: Wagner and Whitin's problem, by a convex hull."""

from __future__ import annotations

from bisect import bisect_left
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

__all__ = ["cheapest_receipts"]


def cheapest_receipts(
    needs: NDArray[np.float64],
    order_cost: NDArray[np.float64],
    holding_cost: NDArray[np.float64],
    unit_cost: NDArray[np.float64],
) -> NDArray[np.float64]:
    r"""Receipts that meet the needs at the least ordering, holding and purchase cost.

    Parameters
    ----------
    needs
        Net need of each period (units).
    order_cost, unit_cost
        Of an order received in each period (money), and of each unit in it (money).
    holding_cost
        Of a unit in stock at the end of each period (money).

    Returns
    -------
    NDArray
        Units received at the start of each period.

    Notes
    -----
    From the last period back. With :math:`P_t` the needs before period t and :math:`p_j` the unit cost in j less
    the holding cost of a unit from the first period up to j, an order in j that lasts up to period t costs
    :math:`K_j + p_j(P_t - P_j)` and what the periods from t on cost, all less a sum that no plan changes. So
    the best t is a corner of the lower convex hull of the points :math:`(P_t, U_t)`. Each period adds one
    point at its left end, and the corner is found by bisection: T log T. Where :math:`p_j` never rises (no
    order is ever placed early because units get dearer: constant unit costs, whatever the order and holding
    costs do), the corner only moves left, and the whole takes T steps. (A. Wagelmans, S. van Hoesel and
    A. Kolen, "Economic lot sizing: an O(n log n) algorithm that runs in linear time in the Wagner-Whitin
    case", Operations Research 40, 1992: from memory, unchecked.)

    Examples
    --------
    >>> four = np.ones(4)
    >>> cheapest_receipts(np.array([150.0, 100, 80, 200]), 120 * four, 0.8 * four, 0 * four)
    array([150., 180.,   0., 200.])
    """
    held_before = np.cumsum(holding_cost) - holding_cost
    marginal = unit_cost - held_before
    is_steady = bool((np.diff(marginal) <= 0).all())
    before = np.concatenate([[0.0], np.cumsum(needs)]).tolist()
    periods = len(needs)
    prices, fixed = marginal.tolist(), order_cost.tolist()
    # The hull's corners 0 to top, from right to left: place, height, period, and the slope up to the corner
    # on its right with its sign turned, so that it rises.
    x, y, at, rise = [0.0] * (periods + 1), [0.0] * (periods + 1), [0] * (periods + 1), [0.0] * (periods + 1)
    x[0], at[0], rise[0] = before[periods], periods, -np.inf
    top, best = 0, 0
    lasts = [0] * periods
    value, later = 0.0, before[periods]
    for j in range(periods - 1, -1, -1):
        price, here = prices[j], before[j]
        if is_steady:
            while best < top and rise[best + 1] < price:
                best += 1
        else:
            best = bisect_left(rise, price, 0, top + 1) - 1
        cost = fixed[j] + y[best] + price * (x[best] - here)
        if here == later:
            if value <= cost:
                continue  # nothing is needed, and to order now is no cheaper than to order later
            top -= 1  # the same place, lower: it replaces the last corner
        value, later, lasts[j] = cost, here, at[best]
        floor = best if is_steady else 0  # what lies to the right of this corner is of no more use
        if top >= floor:
            slope = (value - y[top]) / (x[top] - here)
            while top > floor and slope <= rise[top]:
                top -= 1
                slope = (value - y[top]) / (x[top] - here)
        else:
            slope = -np.inf
        top += 1
        x[top], y[top], at[top], rise[top] = here, value, j, slope
    orders, j = [], 0
    while j < periods:
        if lasts[j]:
            orders.append(j)
        j = lasts[j] or j + 1
    receipts = np.zeros(periods)
    if orders:
        receipts[orders] = np.add.reduceat(needs, orders)
    return receipts
