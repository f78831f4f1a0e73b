"""Lots over periods: what to order when, where demand differs from period to period."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import numpy as np

from .._common import choice, number, numbers, spoken, whole
from ..errors import InputError
from .lot_rules import LOT_RULES, LotTrial, economic_lot, economic_periods, lots_by_rule

if TYPE_CHECKING:
    import pandas as pd
    from numpy.typing import NDArray

__all__ = ["LOT_RULES", "LotPlan", "LotTrial", "lot_sizes", "lots_by_rule", "net_needs"]

_UNITS = "zero or more (units)"
_NAMES = {
    "lot_for_lot": "Lot for lot",
    "fixed": "Fixed lots",
    "minimum": "Lot for lot with a minimum",
    "multiple": "Lots in multiples",
    "eoq": "Economic order quantity",
    "periods": "Period order quantity",
    "silver_meal": "Silver-Meal",
    "least_unit_cost": "Least unit cost",
    "part_period": "Part-period balancing",
    "wagner_whitin": "Wagner-Whitin",
}


@dataclass(frozen=True)
class LotPlan:
    """Receipts over periods, with what they cost. Made by `lot_sizes`."""

    rule: str
    """One of `LOT_RULES`."""
    demand: tuple[float, ...] = field(repr=False)
    """Units in each period."""
    receipts: tuple[float, ...]
    """Units received at the start of each period."""
    on_hand: float
    """Stock before the first period (units)."""
    safety_stock: float
    """Stock that is never to be used (units)."""
    order_costs: tuple[float, ...] = field(repr=False)
    """Money an order, in each period."""
    holding_costs: tuple[float, ...] = field(repr=False)
    """Money to keep a unit through each period."""
    unit_costs: tuple[float, ...] = field(repr=False)
    """Purchase (money a unit), in each period."""
    holding: str
    """ending or average: the stock of a period that holding is charged on."""
    lot: float | None
    """Units of a fixed lot, or periods of a period order quantity; None of the other rules."""
    trials: tuple[LotTrial, ...] = field(repr=False)
    """What a heuristic tried, lot by lot; empty for the other rules."""

    @property
    def name(self) -> str:
        """The rule in words: Silver-Meal."""
        return _NAMES[self.rule]

    @property
    def ending_stock(self) -> tuple[float, ...]:
        """Stock at the end of each period (units)."""
        return tuple(self._stock().tolist())

    @property
    def orders(self) -> int:
        """Number of orders."""
        return sum(r > 0 for r in self.receipts)

    @property
    def ordering_cost(self) -> float:
        """Money, over all periods."""
        return float(np.array(self.order_costs) @ (np.array(self.receipts) > 0))

    @property
    def holding_cost(self) -> float:
        """Money, over all periods: of all stock, what was on hand and the safety stock included."""
        return float(np.array(self.holding_costs) @ self._charged())

    @property
    def purchase_cost(self) -> float:
        """Money, over all periods; 0 where no unit cost was given."""
        return float(np.array(self.unit_costs) @ np.array(self.receipts))

    @property
    def cost(self) -> float:
        """Ordering, holding and purchase (money, over all periods)."""
        return self.ordering_cost + self.holding_cost + self.purchase_cost

    @property
    def table(self) -> pd.DataFrame:
        """One row a period: period (from 1), demand, receipt, ending_stock (units), ordering_cost, holding_cost
        (money)."""
        import pandas as pd

        receipts = np.array(self.receipts)
        return pd.DataFrame(
            {
                "period": np.arange(1, len(receipts) + 1),
                "demand": self.demand,
                "receipt": receipts,
                "ending_stock": self._stock(),
                "ordering_cost": np.array(self.order_costs) * (receipts > 0),
                "holding_cost": np.array(self.holding_costs) * self._charged(),
            }
        )

    def _stock(self) -> NDArray[np.float64]:
        stock = self.on_hand + np.cumsum(np.array(self.receipts) - np.array(self.demand))
        size = np.maximum(1.0, self.on_hand + np.cumsum(self.demand))
        return np.where(np.abs(stock - np.round(stock)) <= 1e-12 * size, np.round(stock), stock) + 0.0

    def _charged(self) -> NDArray[np.float64]:
        return self._stock() + (0.5 * np.array(self.demand) if self.holding == "average" else 0.0)

    def __str__(self) -> str:
        each = [f"{spoken(r)} in period {i}" for i, r in enumerate(self.receipts, start=1) if r > 0]
        listed = ", ".join(each[:8]) + (f" and {len(each) - 8} more" if len(each) > 8 else "")
        parts = f"Ordering {spoken(self.ordering_cost)} and holding {spoken(self.holding_cost)}"
        if any(self.unit_costs):
            parts = f"Purchase {spoken(self.purchase_cost)}, o{parts[1:]}"
        return (
            f"{self.name}: {self.orders} order{'s' * (self.orders != 1)} in {len(self.demand)} "
            f"periods{': ' if each else ''}{listed}.\n{parts} make {spoken(self.cost)}."
        )


def net_needs(demand: NDArray[np.float64], on_hand: float, safety_stock: float) -> NDArray[np.float64]:
    """What each period is short of, after stock on hand, safety stock and what earlier periods were short of."""
    covered = np.maximum(np.cumsum(demand) + (safety_stock - on_hand), 0.0)
    exact = np.diff(covered, prepend=0.0)
    # A period wholly short needs its demand to the last digit; a sum's rounding is no need.
    return np.where(covered - exact > 0, demand, np.where(covered > 1e-12 * np.cumsum(demand), exact, 0.0))


def lot_sizes(
    demand: Iterable[float],
    rule: str = "wagner_whitin",
    *,
    order_cost: float | Iterable[float],
    holding_cost: float | Iterable[float],
    unit_cost: float | Iterable[float] = 0.0,
    on_hand: float = 0.0,
    safety_stock: float = 0.0,
    size: float | None = None,
    minimum: float | None = None,
    multiple: float | None = None,
    periods: int | None = None,
    holding: str = "ending",
    balance: str = "nearest",
    tie: str = "longer",
) -> LotPlan:
    r"""Lots for a demand that differs from period to period, by any of the trade's rules.

    Parameters
    ----------
    demand
        Units in each period. All of it is met in its period.
    rule
        `"wagner_whitin"`, the cheapest plan · `"silver_meal"`, least cost a period · `"least_unit_cost"` ·
        `"part_period"`, holding near the order cost · `"eoq"`, a fixed lot from the mean demand · `"periods"`,
        the needs of so many periods · `"fixed"` · `"minimum"` · `"multiple"` · `"lot_for_lot"`.
    order_cost
        :math:`S`, to place and receive one order, or to set up once (money); one figure, or one a period.
    holding_cost
        :math:`h`, to keep a unit through one period (money): the demand's own periods. One figure, or one
        a period.
    unit_cost
        To buy a unit (money), where it differs from period to period; only `wagner_whitin` looks at it.
    on_hand
        Stock before the first period (units). It is used first.
    safety_stock
        Stock that no plan goes below at the end of a period (units).
    size
        Of `fixed` (units an order).
    minimum, multiple
        Smallest order, and pack size (units): of the rules of these names, and of the others but `fixed`,
        `eoq` and `wagner_whitin`. What a lot brings too much is used next.
    periods
        Of `periods`; left out, it is the economic order quantity over the mean demand, rounded, at least 1.
    holding, balance, tie
        See the conventions.

    Returns
    -------
    LotPlan
        `.receipts`, `.ending_stock`, `.orders`, `.ordering_cost`, `.holding_cost`, `.cost`, `.table`, `.trials`,
        `.name`.

    Raises
    ------
    InputError
        If a demand, a cost or a stock is negative or not finite, lengths differ, a size, multiple or number of
        periods is not above zero, or is missing where the rule needs it or given where the rule has no use for it.

    Notes
    -----
    Each lot is received at the start of a period and may serve it. Silver-Meal, least unit cost and
    part-period balancing extend a lot period by period from the first need and stop at the first rise: they look no
    further, so that each can miss the cheapest plan. Wagner-Whitin finds it, in a time that grows with the
    number of periods, or its product with its logarithm (H. M. Wagner and T. M. Whitin, "Dynamic version of
    the economic lot size model", Management Science 5, 1958; E. A. Silver and H. C. Meal, Production and
    Inventory Management 14, 1973; J. J. DeMatteis, "The part-period algorithm", IBM Systems Journal 7, 1968:
    all three from memory, unchecked). The last lots know nothing of what comes after the last period.

    The economic order quantity is that of the mean demand and mean costs of all periods, rounded to a whole
    number where all needs are whole; a need above it takes as many lots as it asks. Fixed periods are counted from
    the first period with a need, not by the calendar.

    Convention, stock charged for holding: what is left at the end of a period, so that a lot's first period is free
    (default); the mean of a period's start and end (`holding="average"`), which adds half of its demand.

    Convention, end of a lot by part-period balancing: where the holding cost is nearest to the order cost (default);
    the last period in which it is not above (`balance="before"`), or the first in which it is (`balance="after"`).

    Convention, ties in a heuristic: the longer lot, where one more period leaves the figure the same (default); the
    shorter (`tie="shorter"`).

    Examples
    --------
    >>> demand = [22, 34, 32, 12, 8, 44, 54, 16, 76, 30]
    >>> print(lot_sizes(demand, order_cost=200, holding_cost=3.25))
    Wagner-Whitin: 5 orders in 10 periods: 56 in period 1, 52 in period 3, 44 in period 6, 70 in period 7, 106 in period 9.
    Ordering 1,000 and holding 351 make 1,351.
    >>> by_silver_meal = lot_sizes(demand, "silver_meal", order_cost=200, holding_cost=3.25)
    >>> by_silver_meal.receipts
    (56.0, 0.0, 52.0, 0.0, 0.0, 114.0, 0.0, 0.0, 106.0, 0.0)
    >>> [(t.through, t.figure, t.kept) for t in by_silver_meal.trials[:3]]
    [(1, 200.0, False), (2, 155.25, True), (3, 172.83333333333334, False)]
    """
    choice("rule", rule, LOT_RULES)
    d = _series("demand", demand, f"{_UNITS[:-1]} in a period)")
    order = _each("order_cost", order_cost, "zero or more (money an order)", len(d))
    hold = _each("holding_cost", holding_cost, "zero or more (money a unit and period)", len(d))
    price = _each("unit_cost", unit_cost, "zero or more (money a unit)", len(d))
    stock = number("on_hand", on_hand, _UNITS, low=0)
    safety = number("safety_stock", safety_stock, _UNITS, low=0)
    choice("holding", holding, ("ending", "average"))
    choice("balance", balance, ("nearest", "before", "after"))
    choice("tie", tie, ("longer", "shorter"))
    size = _option("size", size, rule, needed=("fixed",), allowed=("fixed",))
    free = tuple(r for r in LOT_RULES if r not in ("fixed", "eoq", "wagner_whitin"))
    minimum = _option("minimum", minimum, rule, needed=("minimum",), allowed=free)
    multiple = _option("multiple", multiple, rule, needed=("multiple",), allowed=free)
    lot: float | None = _option("periods", periods, rule, needed=(), allowed=("periods",))
    needs = net_needs(d, stock, safety)
    mean = float(d.mean())
    if rule == "fixed":
        lot = size
    elif rule == "eoq":
        lot = size = economic_lot(needs, order, hold, mean)
    elif rule == "periods" and lot is None:
        lot = economic_periods(needs, order, hold, mean)
    elif lot is not None:
        lot = whole("periods", lot, "a whole number of periods, 1 or more", low=1)
    trials: list[LotTrial] = []
    receipts = lots_by_rule(
        rule,
        needs,
        size=size,
        minimum=minimum,
        multiple=multiple,
        periods=lot if rule == "periods" else None,
        order_cost=order,
        holding_cost=hold,
        unit_cost=price,
        holding=holding,
        balance=balance,
        tie=tie,
        trials=trials,
    )
    return LotPlan(
        rule,
        tuple(d.tolist()),
        tuple(receipts.tolist()),
        stock,
        safety,
        tuple(order.tolist()),
        tuple(hold.tolist()),
        tuple(price.tolist()),
        holding,
        lot,
        tuple(trials),
    )


def _series(name: str, values: object, expected: str, length: int | None = None) -> NDArray[np.float64]:
    """As `numbers`, and fast where the values are an array of sound numbers already."""
    array = values.to_numpy() if hasattr(values, "to_numpy") else values
    if isinstance(array, np.ndarray) and array.ndim == 1 and array.dtype.kind in "fiu" and len(array):
        sound = array.astype(float)
        if np.isfinite(sound).all() and (sound >= 0).all() and length in (None, len(sound)):
            return sound
    if length is not None and isinstance(values, Iterable):
        values = list(values)
        if len(values) != length:
            raise InputError(name, f"{len(values)} values", f"one figure, or {length}, one for each period")
    return numbers(name, values, expected, low=0)


def _each(name: str, value: object, expected: str, length: int) -> NDArray[np.float64]:
    if isinstance(value, Iterable) and not isinstance(value, (str, bytes)):
        return _series(name, value, expected, length)
    return np.full(length, number(name, value, expected, low=0))


def _option(
    name: str, value: float | None, rule: str, *, needed: tuple[str, ...], allowed: tuple[str, ...]
) -> float | None:
    """A figure that only some rules take."""
    if value is None:
        if rule in needed:
            raise InputError(name, value, f"given, above zero, since the rule is {rule}")
        return None
    if rule not in allowed:
        raise InputError(name, value, f"left out, since the rule {rule} has no use for it")
    return number(name, value, "above zero", above=0)
