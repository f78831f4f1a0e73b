"""The lot rules: from net needs to receipts, one order after another."""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from .wagner_whitin import cheapest_receipts

if TYPE_CHECKING:
    from numpy.typing import ArrayLike, NDArray

__all__ = ["LOT_RULES", "LotTrial", "lots_by_rule"]

LOT_RULES = (
    "lot_for_lot",
    "fixed",
    "minimum",
    "multiple",
    "eoq",
    "periods",
    "silver_meal",
    "least_unit_cost",
    "part_period",
    "wagner_whitin",
)
_SAME = 1e-9  # figures nearer than this, as a share, are the same


@dataclass(frozen=True)
class LotTrial:
    """One line of the table that a heuristic is worked with: a lot tried up to a period."""

    first: int
    """Period in which the lot is received (from 1)."""
    through: int
    """Last period whose need the lot covers."""
    quantity: float
    """Units."""
    holding_cost: float
    """Money, of the lot up to there."""
    figure: float
    """What the rule looks at: cost a period, cost a unit, or holding cost, to be balanced with the order's."""
    kept: bool
    """Whether this is the lot that is ordered."""


def lots_by_rule(
    rule: str,
    needs: NDArray[np.float64],
    *,
    size: ArrayLike | None = None,
    minimum: ArrayLike | None = None,
    multiple: ArrayLike | None = None,
    periods: ArrayLike | None = None,
    order_cost: ArrayLike | None = None,
    holding_cost: ArrayLike | None = None,
    unit_cost: ArrayLike | None = None,
    mean_need: float | None = None,
    holding: str = "ending",
    balance: str = "nearest",
    tie: str = "longer",
    trials: list[LotTrial] | None = None,
) -> NDArray[np.float64]:
    """Receipts of each period by a lot rule: the one place where lots are formed. Arguments are not checked.

    Parameters
    ----------
    rule
        One of `LOT_RULES`.
    needs
        Net need of each period along the last axis (units): what is short after stock on hand, receipts under
        way and safety stock, and was not short a period before. `lot_for_lot`, `fixed`, `minimum`,
        `multiple` and `periods` with a number take many items at once, one a row; the others one.
    size, minimum, multiple, periods
        Of the rules of these names; with many items, one figure a row. A minimum and a multiple bind the lots
        of every rule but `fixed` and `wagner_whitin`; 0 or NaN is none.
    order_cost, holding_cost, unit_cost
        For the rules that weigh costs: one figure, or one a period.
    mean_need
        For the economic order quantity (units a period); by default the mean of the needs.
    holding, balance, tie, trials
        As in `lot_sizes`; `trials` is a list that takes what a heuristic tried.

    Returns
    -------
    NDArray
        Units received at the start of each period, in the shape of the needs; what a lot brings above the
        need is kept for the next.

    Examples
    --------
    >>> needs = np.array([30.0, 0, 45, 20, 10])
    >>> lots_by_rule("fixed", needs, size=40)
    array([40.,  0., 40., 40.,  0.])
    >>> lots_by_rule("periods", needs, periods=2)
    array([30.,  0., 65.,  0., 10.])
    >>> lots_by_rule("multiple", np.array([needs, needs]), multiple=[25, 10])
    array([[50.,  0., 25., 25., 25.],
           [30.,  0., 50., 20., 10.]])
    """
    if rule in ("fixed", "eoq"):
        if size is None:
            size = economic_lot(needs, order_cost, holding_cost, mean_need)
        return _multiples(needs, size)
    if rule == "multiple" and not _is_set(minimum):
        return _multiples(needs, multiple)
    if rule == "lot_for_lot" and not _is_set(minimum) and not _is_set(multiple):
        return needs.copy()
    if rule in ("lot_for_lot", "minimum", "multiple"):
        return _in_turn(needs, None, minimum, multiple)
    if rule == "periods":
        if periods is None:
            periods = economic_periods(needs, order_cost, holding_cost, mean_need)
        return _in_turn(needs, periods, minimum, multiple)
    every = np.ones(len(needs))
    order, hold = every * _float(order_cost), every * _float(holding_cost)
    if rule == "wagner_whitin":
        return cheapest_receipts(needs, order, hold, every * _float(unit_cost))
    reach = {"silver_meal": _silver_meal, "least_unit_cost": _least_unit_cost, "part_period": _part_period}
    return _heuristic(needs, order, hold, reach[rule](balance, tie), minimum, multiple, holding, trials)


def economic_lot(
    needs: NDArray[np.float64],
    order_cost: ArrayLike | None,
    holding_cost: ArrayLike | None,
    mean_need: float | None = None,
) -> float:
    """The economic order quantity of a mean need, whole where all needs are whole (units)."""
    rate = float(needs.mean()) if mean_need is None else mean_need
    order, hold = float(np.mean(_float(order_cost))), float(np.mean(_float(holding_cost)))
    if rate <= 0 or order <= 0:
        return 1.0
    if hold <= 0:
        return max(1.0, float(needs.sum()))
    best = math.sqrt(2 * rate * order / hold)
    return max(1.0, float(math.floor(best + 0.5))) if (needs == np.floor(needs)).all() else best


def economic_periods(
    needs: NDArray[np.float64],
    order_cost: ArrayLike | None,
    holding_cost: ArrayLike | None,
    mean_need: float | None = None,
) -> int:
    """Periods that an economic order quantity lasts at the mean need: whole, 1 or more."""
    rate = float(needs.mean()) if mean_need is None else mean_need
    order, hold = float(np.mean(_float(order_cost))), float(np.mean(_float(holding_cost)))
    if rate <= 0 or order <= 0:
        return 1
    best = math.sqrt(2 * order / (hold * rate)) if hold > 0 else math.inf
    return int(min(max(1, math.floor(best + 0.5)), needs.shape[-1])) if best < math.inf else needs.shape[-1]


def _float(value: ArrayLike | None) -> NDArray[np.float64]:
    return np.asarray(0.0 if value is None else value, dtype=float)


def _is_set(value: ArrayLike | None) -> bool:
    return value is not None and bool((np.nan_to_num(_float(value)) > 0).any())


def _multiples(needs: NDArray[np.float64], size: ArrayLike | None) -> NDArray[np.float64]:
    """Lots of whole multiples: what has come in by a period is the least multiple not below the need."""
    unit = _float(size)[..., None]
    lots = np.ceil(np.cumsum(needs, axis=-1) / unit - _SAME)
    return np.diff(np.maximum(lots, 0.0), axis=-1, prepend=0.0) * unit


def _modified(
    quantity: NDArray[np.float64], minimum: ArrayLike | None, multiple: ArrayLike | None
) -> NDArray[np.float64]:
    if _is_set(minimum):
        quantity = np.maximum(quantity, np.nan_to_num(_float(minimum)))
    if _is_set(multiple):
        unit = np.nan_to_num(_float(multiple))
        some = np.where(unit > 0, unit, 1.0)
        quantity = np.where(unit > 0, np.ceil(quantity / some - _SAME) * some, quantity)
    return quantity


def _in_turn(
    needs: NDArray[np.float64],
    periods: ArrayLike | None,
    minimum: ArrayLike | None,
    multiple: ArrayLike | None,
) -> NDArray[np.float64]:
    """From period to period: where stock does not cover the need, a lot for it, or for so many periods."""
    last = needs.shape[-1] - 1
    receipts = np.zeros_like(needs)
    total = np.cumsum(needs, axis=-1)
    spare = np.zeros(needs.shape[:-1])
    reach = None if periods is None else np.broadcast_to(np.asarray(periods, dtype=int), needs.shape[:-1])
    for t in range(last + 1):
        short = needs[..., t] - spare
        lot = short
        if reach is not None:
            until = np.minimum(t + reach - 1, last)[..., None]
            lot = short + np.take_along_axis(total, until, axis=-1)[..., 0] - total[..., t]
        is_short = short > _SAME * np.maximum(1.0, total[..., t])
        lot = np.where(is_short, _modified(lot, minimum, multiple), 0.0)
        receipts[..., t] = lot
        spare = np.maximum(lot - short, 0.0)
    return receipts


# A heuristic extends a lot by one period after another. Its test sees the order cost, and the lists of
# holding cost and quantity up to each period tried so far; it says the figure it looks at, and how many
# periods the lot covers, or 0 to try one more.
_Test = Callable[[float, list[float], list[float]], tuple[float, int]]


def _rises(new: float, old: float, tie: str) -> bool:
    room = _SAME * max(abs(new), abs(old))
    return new > old + room if tie == "longer" else new >= old - room


def _silver_meal(balance: str, tie: str) -> _Test:
    def test(order: float, held: list[float], quantity: list[float]) -> tuple[float, int]:
        n = len(held)
        figure = (order + held[-1]) / n
        stop = n > 1 and _rises(figure, (order + held[-2]) / (n - 1), tie)
        return figure, n - 1 if stop else 0

    return test


def _least_unit_cost(balance: str, tie: str) -> _Test:
    def test(order: float, held: list[float], quantity: list[float]) -> tuple[float, int]:
        n = len(held)
        figure = (order + held[-1]) / quantity[-1]
        adds = n > 1 and quantity[-1] > quantity[-2]  # a period without a need ends no lot
        stop = adds and _rises(figure, (order + held[-2]) / quantity[-2], tie)
        return figure, n - 1 if stop else 0

    return test


def _part_period(balance: str, tie: str) -> _Test:
    def test(order: float, held: list[float], quantity: list[float]) -> tuple[float, int]:
        n, figure = len(held), held[-1]
        if not _rises(figure, order, "longer") or n == 1:
            return figure, 0
        if balance == "before":
            return figure, n - 1
        if balance == "after":
            return figure, n
        return figure, n - 1 if _rises(figure - order, order - held[-2], tie) else n

    return test


def _heuristic(
    needs: NDArray[np.float64],
    order_cost: NDArray[np.float64],
    holding_cost: NDArray[np.float64],
    test: _Test,
    minimum: ArrayLike | None,
    multiple: ArrayLike | None,
    holding: str,
    trials: list[LotTrial] | None,
) -> NDArray[np.float64]:
    receipts = np.zeros_like(needs)
    need, order, hold = needs.tolist(), order_cost.tolist(), holding_cost.tolist()
    bound = _is_set(minimum) or _is_set(multiple)
    last = len(need)
    j, spare = 0, 0.0
    while j < last:
        short = need[j] - spare
        if short <= _SAME * max(1.0, need[j]):
            spare = max(0.0, -short)
            j += 1
            continue
        held, quantity = [0.5 * hold[j] * short if holding == "average" else 0.0], [short]
        tried = [(1, test(order[j], held, quantity)[0])]
        carry, covers = 0.0, 0
        for t in range(j + 1, last):
            carry += hold[t - 1]
            each = carry + (0.5 * hold[t] if holding == "average" else 0.0)
            held.append(held[-1] + each * need[t])
            quantity.append(quantity[-1] + need[t])
            figure, covers = test(order[j], held, quantity)
            tried.append((t - j + 1, figure))
            if covers:
                break
        covers = covers or last - j
        if trials is not None:
            trials += [
                LotTrial(j + 1, j + n, quantity[n - 1], held[n - 1], figure, n == covers)
                for n, figure in tried
            ]
        wanted = quantity[covers - 1]
        lot = float(_modified(np.array(wanted), minimum, multiple)) if bound else wanted
        receipts[j] = lot
        spare = lot - wanted
        j += covers
    return receipts
