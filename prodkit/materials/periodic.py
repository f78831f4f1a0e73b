"""Periodic review with a base stock: every R periods, order up to S."""

from __future__ import annotations

import math
from dataclasses import dataclass, field

from .._common import choice, number, spoken
from ..errors import InputError
from ._demand import Listed, Normal, normal_quantile, poisson, unit_loss_inverse

__all__ = ["PeriodicReview", "periodic_review"]


@dataclass(frozen=True)
class PeriodicReview:
    """An order-up-to level. Made by `periodic_review`."""

    demand: float
    """Units per period."""
    review_period: float
    """Periods between two reviews."""
    lead_time: float
    """Periods from order to receipt."""
    holding_cost: float | None
    """Money a unit per period, where costs were given."""
    backorder_cost: float | None
    """Money a unit short per period, where costs were given."""
    order_up_to: float
    """Position after each order (units)."""
    _during: Normal | Listed = field(repr=False, compare=False)

    @property
    def protection_time(self) -> float:
        """Review period plus lead time (periods)."""
        return self.review_period + self.lead_time

    @property
    def safety_stock(self) -> float:
        """Level less the mean demand over the protection time (units)."""
        return self.order_up_to - self._during.mean

    @property
    def order_quantity(self) -> float:
        """Units an order, on average."""
        return self.demand * self.review_period

    @property
    def service_level(self) -> float:
        """Probability of no stock-out in a review cycle (share)."""
        return self._during.at_most(self.order_up_to)

    @property
    def fill_rate(self) -> float:
        """Share of demand served at once, shortage at the cycle's end over its demand; not below 0."""
        return max(0.0, 1 - self._during.loss(self.order_up_to) / self.order_quantity)

    @property
    def cost(self) -> float | None:
        """Holding and backorder cost per period, on the stock before a delivery (money); None without costs."""
        return None if self.holding_cost is None else self.cost_at(self.order_up_to)

    def cost_at(self, order_up_to: float) -> float:
        """That cost at any other level (money per period)."""
        if self.holding_cost is None or self.backorder_cost is None:
            raise InputError("holding_cost", None, "given, with backorder_cost, where a cost is asked")
        level = number("order_up_to", order_up_to, "a number (units)")
        short = self._during.loss(level)
        return self.holding_cost * (level - self._during.mean + short) + self.backorder_cost * short

    def __str__(self) -> str:
        every = "Every period" if self.review_period == 1 else f"Every {spoken(self.review_period)} periods"
        return (
            f"{every} order up to {spoken(self.order_up_to)}; "
            f"{spoken(self.safety_stock)} of it is safety stock.\n"
            f"It covers {spoken(self.protection_time)} periods, {100 * self.service_level:.1f} times in 100."
        )


def periodic_review(
    demand: float,
    demand_sd: float | None = None,
    *,
    lead_time: float,
    review_period: float = 1.0,
    service_level: float | None = None,
    fill_rate: float | None = None,
    holding_cost: float | None = None,
    backorder_cost: float | None = None,
    distribution: str = "normal",
) -> PeriodicReview:
    r"""Order-up-to level under periodic review, the (R, S) or base-stock policy.

    Parameters
    ----------
    demand
        :math:`d`, mean (units per period).
    demand_sd
        :math:`\sigma`, standard deviation (units per period). Left out for Poisson demand.
    lead_time
        :math:`L`, from order to receipt (periods).
    review_period
        :math:`R`, time between two reviews (periods).
    service_level
        Probability of no stock-out in a review cycle (share, 0 to 1); or
    fill_rate
        share of demand served at once (0 to 1); or both of
    holding_cost, backorder_cost
        :math:`h` and :math:`p`, money a unit held, and a unit short, per period.
    distribution
        `"normal"` or `"poisson"` (the level is then the least whole one that will do).

    Returns
    -------
    PeriodicReview
        `.order_up_to`, `.safety_stock`, `.protection_time`, `.service_level`, `.fill_rate`, `.cost`,
        `.cost_at(order_up_to)`.

    Raises
    ------
    InputError
        If a figure is out of range, or not exactly one aim is given.

    Notes
    -----
    :math:`S = d(R + L) + z\sigma\sqrt{R + L}`: an order must last until the **next** one comes in. From
    costs, :math:`\Phi(z) = p/(p + h)`, optimal where costs are counted on the stock at the end of the
    protection time (each period's end, where :math:`R = 1`; Snyder and Shen, *Fundamentals of Supply Chain Theory*, 2nd
    ed., Example 4.4). Stock through
    the cycle is higher by half the cycle's demand. Everything short is backordered.

    Examples
    --------
    >>> plan = periodic_review(50, 8, lead_time=4, holding_cost=0.18, backorder_cost=0.7)
    >>> round(plan.order_up_to, 2), round(plan.cost, 3)
    (264.77, 4.467)
    >>> round(periodic_review(100, 20, lead_time=4, review_period=5, service_level=0.95).safety_stock, 1)
    98.7
    """
    d = number("demand", demand, "above zero (units per period)", above=0)
    lead = number("lead_time", lead_time, "zero or more (periods)", low=0)
    review = number("review_period", review_period, "above zero (periods)", above=0)
    time = lead + review
    choice("distribution", distribution, ("normal", "poisson"))
    if distribution == "poisson":
        if demand_sd is not None:
            raise InputError("demand_sd", demand_sd, "left out for Poisson demand, whose mean gives it")
        mean = number("demand over the protection time", d * time, "at most 1e6 (units)", high=1e6)
        during: Normal | Listed = poisson(mean)
    else:
        sd = number("demand_sd", demand_sd, "zero or more (units per period)", low=0)
        during = Normal(d * time, sd * math.sqrt(time))
    costs = holding_cost is not None or backorder_cost is not None
    aims = (service_level is not None) + (fill_rate is not None) + costs
    if aims != 1:
        raise InputError(
            "the aim", f"{aims} of them", "one: service_level, fill_rate, or holding_cost with backorder_cost"
        )
    h = p = None
    if fill_rate is not None:
        f = number("fill_rate", fill_rate, "between 0 and 1 (0.98 for 98 %)", above=0, below=1)
        level = _for_loss(during, (1 - f) * d * review)
    else:
        if costs:
            h = number("holding_cost", holding_cost, "above zero (money a unit per period)", above=0)
            p = number(
                "backorder_cost", backorder_cost, "above zero (money a unit short per period)", above=0
            )
            share = p / (p + h)
        else:
            share = number(
                "service_level", service_level, "between 0 and 1 (0.95 for 95 %)", above=0, below=1
            )
        level = (
            during.quantile(share)
            if isinstance(during, Listed)
            else (during.mean + during.sd * normal_quantile(share))
        )
    return PeriodicReview(d, review, lead, h, p, level, during)


def _for_loss(during: Normal | Listed, loss: float) -> float:
    """The (least whole) level at which no more than this goes short."""
    if isinstance(during, Listed):
        return float(next(y for y in during.values if during.loss(y) <= loss + 1e-12))
    if during.sd == 0:
        return during.mean - loss
    return during.mean + during.sd * unit_loss_inverse(loss / during.sd)
