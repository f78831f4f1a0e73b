"""One order for one season: the newsvendor."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from .._common import number, spoken
from ..errors import InputError
from ._demand import Demand, Normal, listed, poisson

__all__ = ["Newsvendor", "newsvendor"]


@dataclass(frozen=True)
class Newsvendor:
    """A single order against uncertain demand. Made by `newsvendor`."""

    underage_cost: float
    """Cost of one unit too few (money)."""
    overage_cost: float
    """Cost of one unit too many (money)."""
    quantity: float
    """Units to order."""
    unit_margin: float | None
    """Price less unit cost (money), where prices were given."""
    _demand: Demand = field(repr=False, compare=False)

    @property
    def critical_ratio(self) -> float:
        """Underage over underage plus overage: the service level that pays (share)."""
        return self.underage_cost / (self.underage_cost + self.overage_cost)

    @property
    def demand_mean(self) -> float:
        """Mean demand (units)."""
        return self._demand.mean

    @property
    def safety_stock(self) -> float:
        """Quantity less mean demand; negative where leftovers cost more than lost sales (units)."""
        return self.quantity - self.demand_mean

    @property
    def service_level(self) -> float:
        """Probability that demand is met in full (share)."""
        return self._demand.at_most(self.quantity)

    @property
    def expected_short(self) -> float:
        """Units asked for in vain, on average."""
        return self._demand.loss(self.quantity)

    @property
    def expected_sold(self) -> float:
        """Units sold, on average."""
        return self.demand_mean - self.expected_short

    @property
    def expected_left(self) -> float:
        """Units left over, on average."""
        return self.quantity - self.expected_sold

    @property
    def fill_rate(self) -> float:
        """Share of demand sold from stock."""
        return 1 - self.expected_short / self.demand_mean if self.demand_mean else 1.0

    @property
    def expected_cost(self) -> float:
        """Underage plus overage cost, on average (money)."""
        return self.cost_at(self.quantity)

    @property
    def expected_profit(self) -> float | None:
        """Profit on average (money); None where no prices were given."""
        return None if self.unit_margin is None else self.profit_at(self.quantity)

    def cost_at(self, quantity: float) -> float:
        """Underage plus overage cost of any other quantity, on average (money)."""
        q = number("quantity", quantity, "zero or more (units)", low=0)
        short = self._demand.loss(q)
        return self.underage_cost * short + self.overage_cost * (q - self.demand_mean + short)

    def profit_at(self, quantity: float) -> float:
        """Profit of any other quantity, on average (money); needs price and unit cost."""
        if self.unit_margin is None:
            raise InputError("price", None, "given, with unit_cost, where a profit is asked")
        return self.unit_margin * self.demand_mean - self.cost_at(quantity)

    def __str__(self) -> str:
        end = (
            f"a mismatch costs {spoken(self.expected_cost)} on average."
            if self.expected_profit is None
            else f"the profit is {spoken(self.expected_profit)} on average."
        )
        return (
            f"Order {spoken(self.quantity)}: the critical ratio is {self.critical_ratio:.3g}.\n"
            f"That meets all demand {100 * self.service_level:.0f} times in 100 and "
            f"{100 * self.fill_rate:.1f} % of it; {end}"
        )


def newsvendor(
    underage_cost: float | None = None,
    overage_cost: float | None = None,
    *,
    price: float | None = None,
    unit_cost: float | None = None,
    salvage_value: float = 0.0,
    goodwill_cost: float = 0.0,
    mean: float | None = None,
    sd: float | None = None,
    poisson_mean: float | None = None,
    pmf: Mapping[float, float] | None = None,
) -> Newsvendor:
    r"""Quantity for one season's order, when what is left loses value and what is short loses margin.

    Parameters
    ----------
    underage_cost, overage_cost
        :math:`C_u`, cost of one unit too few, and :math:`C_o`, of one too many (money); or, in their place:
    price, unit_cost, salvage_value, goodwill_cost
        Money a unit: :math:`C_u` = price - unit cost + goodwill, :math:`C_o` = unit cost - salvage value.
    mean, sd
        Normal demand (units in the season); or
    poisson_mean
        Poisson demand; or
    pmf
        Demand by its values: {units: probability}.

    Returns
    -------
    Newsvendor
        `.quantity`, `.critical_ratio`, `.expected_cost`, `.expected_profit` (None without prices),
        `.fill_rate`, `.service_level`, `.expected_sold`, `.expected_left`, `.expected_short`,
        `.safety_stock`, `.cost_at(quantity)`, `.profit_at(quantity)`.

    Raises
    ------
    InputError
        If a cost is not above zero, both or neither way of giving costs is used, not exactly one demand
        is given, or probabilities do not sum to 1.

    Notes
    -----
    The least :math:`Q` with :math:`P(\text{demand} \le Q) \ge C_u/(C_u + C_o)` (Snyder and Shen,
    *Fundamentals of Supply Chain Theory*, 2nd ed., Examples 4.3 and 4.7). Normal demand is not cut off at
    zero; the quantity is.

    Convention, quantity between two listed or Poisson values: up, to the value that reaches the ratio
    (default, and the cheapest); the nearest value, in tables worked by hand (not offered: it can cost more).

    Examples
    --------
    >>> order = newsvendor(price=4, unit_cost=1, mean=100, sd=30)
    >>> round(order.quantity, 2), round(order.expected_profit, 2), round(order.fill_rate, 3)
    (120.23, 261.87, 0.955)
    >>> newsvendor(4, 1, poisson_mean=6).quantity
    8.0
    >>> newsvendor(2, 1, pmf={10: 0.5, 20: 0.3, 30: 0.2}).quantity
    20.0
    """
    by_price = price is not None or unit_cost is not None
    margin: float | None = None
    if by_price:
        if underage_cost is not None or overage_cost is not None:
            raise InputError("underage_cost", underage_cost, "left out where price and unit_cost are given")
        c = number("unit_cost", unit_cost, "above zero (money)", above=0)
        p = number("price", price, f"above the unit cost, {c:g} (money)", above=c)
        v = number("salvage_value", salvage_value, f"below the unit cost, {c:g} (money)", below=c)
        g = number("goodwill_cost", goodwill_cost, "zero or more (money)", low=0)
        margin = p - c
        cu, co = margin + g, c - v
    else:
        cu = number("underage_cost", underage_cost, "above zero (money a unit short)", above=0)
        co = number("overage_cost", overage_cost, "above zero (money a unit left)", above=0)
    demand = _demand(mean, sd, poisson_mean, pmf)
    return Newsvendor(cu, co, max(0.0, demand.quantile(cu / (cu + co))), margin, demand)


def _demand(
    mean: float | None, sd: float | None, poisson_mean: float | None, pmf: Mapping[float, float] | None
) -> Demand:
    given = [n for n, v in (("mean", mean), ("poisson_mean", poisson_mean), ("pmf", pmf)) if v is not None]
    if len(given) != 1 or (sd is not None and given != ["mean"]):
        shown = given + (["sd"] if sd is not None else [])
        expected = "given one way: mean and sd, poisson_mean, or pmf"
        raise InputError("demand", ", ".join(shown) or None, expected)
    if poisson_mean is not None:
        return poisson(number("poisson_mean", poisson_mean, "above zero (units)", above=0, high=1e6))
    if pmf is not None:
        return listed(pmf)
    return Normal(
        number("mean", mean, "above zero (units)", above=0),
        number("sd", sd, "zero or more (units)", low=0),
    )
