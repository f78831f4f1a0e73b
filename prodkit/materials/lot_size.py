"""How much to order or make at a time: the economic order quantity and its nearest relatives."""

from __future__ import annotations

import math
from dataclasses import dataclass

from .._common import number, spoken
from ..errors import InputError

__all__ = [
    "BackorderQuantity",
    "EconomicOrderQuantity",
    "ProductionQuantity",
    "backorder_quantity",
    "economic_order_quantity",
    "production_quantity",
]

_DEMAND = "above zero (units a year)"
_ORDER = "above zero (money an order)"
_HOLDING = "above zero (money a unit a year)"


def _positive_quantity(quantity: float) -> float:
    return number("quantity", quantity, "above zero (units)", above=0)


@dataclass(frozen=True)
class EconomicOrderQuantity:
    """An order quantity with what it costs. Made by `economic_order_quantity`."""

    demand: float
    """Units a year."""
    order_cost: float
    """Money an order."""
    holding_cost: float
    """Money a unit a year."""
    quantity: float
    """Units an order."""

    @property
    def orders_per_year(self) -> float:
        """Orders a year."""
        return self.demand / self.quantity

    @property
    def cycle_time(self) -> float:
        """Time between two orders (years)."""
        return self.quantity / self.demand

    @property
    def average_stock(self) -> float:
        """Cycle stock on average: half the quantity (units)."""
        return self.quantity / 2

    @property
    def yearly_order_cost(self) -> float:
        """Ordering cost (money a year)."""
        return self.order_cost * self.demand / self.quantity

    @property
    def yearly_holding_cost(self) -> float:
        """Holding cost of the cycle stock (money a year)."""
        return self.holding_cost * self.quantity / 2

    @property
    def cost(self) -> float:
        """Ordering plus holding cost, without the purchase (money a year)."""
        return self.yearly_order_cost + self.yearly_holding_cost

    def cost_at(self, quantity: float) -> float:
        """Ordering plus holding cost of any other quantity (money a year)."""
        q = _positive_quantity(quantity)
        return self.order_cost * self.demand / q + self.holding_cost * q / 2

    def __str__(self) -> str:
        return (
            f"Order {spoken(self.quantity)} at a time, {spoken(self.orders_per_year)} orders a year.\n"
            f"Ordering {spoken(self.yearly_order_cost)} and holding {spoken(self.yearly_holding_cost)} "
            f"make {spoken(self.cost)} a year."
        )


def economic_order_quantity(
    demand: float, order_cost: float, holding_cost: float, *, multiple: float | None = None
) -> EconomicOrderQuantity:
    r"""Order quantity with the least ordering plus holding cost.

    Parameters
    ----------
    demand
        :math:`D`, units a year (or another period: then holding cost and results are per that period).
    order_cost
        :math:`S`, to place and receive one order, whatever its size (money an order).
    holding_cost
        :math:`H`, to keep one unit one year (money). As a share of the unit cost: :math:`H = iC`.
    multiple
        Pack size (units): the quantity is then the cheapest whole number of packs.

    Returns
    -------
    EconomicOrderQuantity
        `.quantity`, `.cost`, `.orders_per_year`, `.cycle_time`, `.average_stock`, `.cost_at(quantity)`.

    Raises
    ------
    InputError
        If demand, a cost or the multiple is not above zero.

    Notes
    -----
    :math:`Q^* = \sqrt{2DS/H}` and, without a multiple, :math:`C^* = \sqrt{2DSH}`: F. W. Harris, "How many
    parts to make at once", *Factory, The Magazine of Management* 10(2), 1913. Demand is steady, the price fixed, delivery at once.
    Holding counts the cycle stock only, never the safety stock; the purchase is left out, since no
    quantity changes it (for prices that do change see `discount_quantity`).

    Examples
    --------
    >>> eoq = economic_order_quantity(demand=7200, order_cost=80, holding_cost=19)
    >>> round(eoq.quantity), round(eoq.cost)
    (246, 4678)
    >>> print(eoq)
    Order 246 at a time, 29.2 orders a year.
    Ordering 2,339 and holding 2,339 make 4,678 a year.
    >>> economic_order_quantity(7200, 80, 19, multiple=100).quantity
    300.0
    """
    d = number("demand", demand, _DEMAND, above=0)
    k = number("order_cost", order_cost, _ORDER, above=0)
    h = number("holding_cost", holding_cost, _HOLDING, above=0)
    best = EconomicOrderQuantity(d, k, h, math.sqrt(2 * d * k / h))
    if multiple is None:
        return best
    pack = number("multiple", multiple, "above zero (units)", above=0)
    fewer = max(1, math.floor(best.quantity / pack)) * pack
    more = fewer + pack
    return EconomicOrderQuantity(d, k, h, fewer if best.cost_at(fewer) <= best.cost_at(more) else more)


@dataclass(frozen=True)
class ProductionQuantity:
    """A lot made at a finite rate. Made by `production_quantity`."""

    demand: float
    """Units a year."""
    setup_cost: float
    """Money a run."""
    holding_cost: float
    """Money a unit a year."""
    production_rate: float
    """Units a year while running."""
    quantity: float
    """Units a run."""

    @property
    def build_up_share(self) -> float:
        """Share of what is made that goes to stock during the run: 1 - demand / production rate."""
        return 1 - self.demand / self.production_rate

    @property
    def max_stock(self) -> float:
        """Stock at the end of a run, its highest (units)."""
        return self.quantity * self.build_up_share

    @property
    def average_stock(self) -> float:
        """Half the highest stock (units)."""
        return self.max_stock / 2

    @property
    def runs_per_year(self) -> float:
        """Runs, and setups, a year."""
        return self.demand / self.quantity

    @property
    def cycle_time(self) -> float:
        """Time from one run's start to the next (years)."""
        return self.quantity / self.demand

    @property
    def run_time(self) -> float:
        """Length of one run (years)."""
        return self.quantity / self.production_rate

    @property
    def yearly_setup_cost(self) -> float:
        """Setup cost (money a year)."""
        return self.setup_cost * self.runs_per_year

    @property
    def yearly_holding_cost(self) -> float:
        """Holding cost (money a year)."""
        return self.holding_cost * self.average_stock

    @property
    def cost(self) -> float:
        """Setup plus holding cost (money a year)."""
        return self.yearly_setup_cost + self.yearly_holding_cost

    def cost_at(self, quantity: float) -> float:
        """Setup plus holding cost of any other lot (money a year)."""
        q = _positive_quantity(quantity)
        return self.setup_cost * self.demand / q + self.holding_cost * q * self.build_up_share / 2

    def __str__(self) -> str:
        return (
            f"Make {spoken(self.quantity)} a run, {spoken(self.runs_per_year)} runs a year; "
            f"stock peaks at {spoken(self.max_stock)}.\n"
            f"Setups {spoken(self.yearly_setup_cost)} and holding {spoken(self.yearly_holding_cost)} "
            f"make {spoken(self.cost)} a year."
        )


def production_quantity(
    demand: float, setup_cost: float, holding_cost: float, production_rate: float
) -> ProductionQuantity:
    r"""Lot with the least setup plus holding cost where stock is used while it is made.

    Parameters
    ----------
    demand
        :math:`D`, units a year.
    setup_cost
        :math:`S`, money a run.
    holding_cost
        :math:`H`, money a unit a year.
    production_rate
        :math:`P`, units a year while the run lasts: the demand's own time unit. Only the ratio
        :math:`D/P` counts.

    Returns
    -------
    ProductionQuantity
        `.quantity`, `.cost`, `.runs_per_year`, `.max_stock`, `.run_time`, `.cost_at(quantity)`.

    Raises
    ------
    InputError
        If a figure is not above zero, or the production rate is not above the demand.

    Notes
    -----
    :math:`Q^* = \sqrt{\frac{2DS}{H(1 - D/P)}}`, stock peaks at :math:`Q(1 - D/P)`. Known
    as EPQ, ELS or EMQ (Snyder and Shen, *Fundamentals of Supply Chain Theory*, 2nd ed., Example 3.1 with a
    production rate).

    Examples
    --------
    >>> lot = production_quantity(demand=1300, setup_cost=8, holding_cost=0.225, production_rate=2000)
    >>> round(lot.quantity, 1), round(lot.max_stock, 1), round(lot.cost, 2)
    (513.9, 179.9, 40.47)
    """
    d = number("demand", demand, _DEMAND, above=0)
    k = number("setup_cost", setup_cost, "above zero (money a run)", above=0)
    h = number("holding_cost", holding_cost, _HOLDING, above=0)
    p = number("production_rate", production_rate, f"above the demand, {d:g} (units a year)", above=d)
    return ProductionQuantity(d, k, h, p, math.sqrt(2 * d * k / (h * (1 - d / p))))


@dataclass(frozen=True)
class BackorderQuantity:
    """An order quantity with planned backorders. Made by `backorder_quantity`."""

    demand: float
    """Units a year."""
    order_cost: float
    """Money an order."""
    holding_cost: float
    """Money a unit a year."""
    backorder_cost: float
    """Money a unit short a year."""
    quantity: float
    """Units an order."""

    @property
    def max_shortage(self) -> float:
        """Units owed when the order comes in."""
        return self.quantity * self.backordered_share

    @property
    def max_stock(self) -> float:
        """Units in stock after the backorders are filled."""
        return self.quantity - self.max_shortage

    @property
    def backordered_share(self) -> float:
        """Share of the demand, and of the time, without stock: H / (H + B)."""
        return self.holding_cost / (self.holding_cost + self.backorder_cost)

    @property
    def orders_per_year(self) -> float:
        """Orders a year."""
        return self.demand / self.quantity

    @property
    def cycle_time(self) -> float:
        """Time between two orders (years)."""
        return self.quantity / self.demand

    @property
    def cost(self) -> float:
        """Ordering, holding and backorder cost (money a year)."""
        return self.cost_at(self.quantity)

    def cost_at(self, quantity: float, max_shortage: float | None = None) -> float:
        """Cost of any other quantity (money a year), at its best shortage or the one given (units)."""
        q = _positive_quantity(quantity)
        if max_shortage is None:
            short = q * self.backordered_share
        else:
            short = number("max_shortage", max_shortage, f"0 to the quantity, {q:g} (units)", low=0, high=q)
        held, owed = (q - short) ** 2 / (2 * q), short**2 / (2 * q)
        return self.order_cost * self.demand / q + self.holding_cost * held + self.backorder_cost * owed

    def __str__(self) -> str:
        return (
            f"Order {spoken(self.quantity)} at a time, {spoken(self.orders_per_year)} orders a year, "
            f"when {spoken(self.max_shortage)} are owed.\n"
            f"Ordering, holding and backorders cost {spoken(self.cost)} a year."
        )


def backorder_quantity(
    demand: float, order_cost: float, holding_cost: float, backorder_cost: float
) -> BackorderQuantity:
    r"""Order quantity where customers wait, at a cost for each unit and year of waiting.

    Parameters
    ----------
    demand
        :math:`D`, units a year.
    order_cost
        :math:`S`, money an order.
    holding_cost
        :math:`H`, money a unit a year.
    backorder_cost
        :math:`B`, money a unit short **a year** (not a unit short).

    Returns
    -------
    BackorderQuantity
        `.quantity`, `.max_shortage`, `.max_stock`, `.backordered_share`, `.cost`,
        `.cost_at(quantity, max_shortage)`.

    Raises
    ------
    InputError
        If a figure is not above zero.

    Notes
    -----
    :math:`Q^* = \sqrt{\frac{2DS}{H}} \sqrt{\frac{H + B}{B}}`, larger than without backorders; the
    shortage is :math:`Q^* H/(H + B)` (Snyder and Shen, *Fundamentals of Supply Chain Theory*, 2nd ed.,
    Example 3.8).

    Examples
    --------
    >>> plan = backorder_quantity(demand=1300, order_cost=8, holding_cost=0.225, backorder_cost=5)
    >>> round(plan.quantity, 1), round(plan.max_shortage, 1), round(plan.cost, 2)
    (310.8, 13.4, 66.92)
    """
    d = number("demand", demand, _DEMAND, above=0)
    k = number("order_cost", order_cost, _ORDER, above=0)
    h = number("holding_cost", holding_cost, _HOLDING, above=0)
    b = number("backorder_cost", backorder_cost, "above zero (money a unit short a year)", above=0)
    q = math.sqrt(2 * d * k / h) * math.sqrt((h + b) / b)
    if not math.isfinite(q):
        raise InputError("backorder_cost", backorder_cost, "large enough for a finite quantity")
    return BackorderQuantity(d, k, h, b, q)
