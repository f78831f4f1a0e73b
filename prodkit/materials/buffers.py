"""Stock against chance: safety stock and the reorder point."""

from __future__ import annotations

import math

from .._common import number
from ..errors import InputError
from ._demand import normal_quantile, unit_loss, unit_loss_inverse

__all__ = ["reorder_point", "safety_stock", "standard_loss"]


def safety_stock(
    demand_sd: float | None = None,
    lead_time: float | None = None,
    service_level: float | None = None,
    *,
    fill_rate: float | None = None,
    order_quantity: float | None = None,
    mad: float | None = None,
    mad_factor: float = 1.25,
    demand: float | None = None,
    lead_time_sd: float = 0.0,
    review_period: float = 0.0,
) -> float:
    r"""Stock kept against demand above its mean until the next delivery can come.

    Parameters
    ----------
    demand_sd
        :math:`\sigma`, standard deviation of demand, or of the forecast error (units per period).
    lead_time
        :math:`L`, from order to receipt (periods, the same ones).
    service_level
        Probability of no stock-out in an order cycle (share, 0 to 1).
    fill_rate
        In place of the service level: share of demand served from stock (0 to 1); with
    order_quantity
        :math:`Q`, the units of one order, against which a fill rate is counted.
    mad
        In place of the deviation: mean absolute deviation (units per period).
    mad_factor
        Standard deviations in one MAD. 1.25 by the trade's tables; exactly :math:`\sqrt{\pi/2}`.
    demand
        :math:`d`, mean demand (units per period); needed only where the lead time varies.
    lead_time_sd
        :math:`\sigma_L`, standard deviation of the lead time (periods).
    review_period
        :math:`R`, time between two reviews (periods); 0 is continuous review.

    Returns
    -------
    float
        Units. Negative where the level asked for is below what the average alone would give.

    Raises
    ------
    InputError
        If a deviation or a time is negative, a share is not between 0 and 1, or a figure is missing.

    Notes
    -----
    :math:`z \sqrt{(L + R)\sigma^2 + d^2\sigma_L^2}`, demand normal and independent from period to period,
    and of the lead time. For a service level :math:`z = \Phi^{-1}(\text{share})`, one-sided: 1.645 for
    95 %. For a fill rate :math:`z` solves :math:`\sigma_{L}\,G(z) = (1 - \text{fill rate})\,Q`, with
    :math:`\sigma_L` the root above and :math:`G` the `standard_loss`; it neglects what is still short when the next order
    comes in, and so errs to the safe side.

    Convention, spread of demand: standard deviation (default); MAD times 1.25, in the trade's tables (`mad`).

    Convention, time to be covered: the lead time, under continuous review (default); review period plus
    lead time, under periodic review (`review_period`).

    Convention, service: probability of no stock-out in a cycle (default); share of demand served from stock
    (`fill_rate`).

    Examples
    --------
    >>> round(safety_stock(demand_sd=20, lead_time=4, service_level=0.95), 1)
    65.8
    >>> round(safety_stock(mad=16, lead_time=4, service_level=0.95), 1)
    65.8
    >>> round(safety_stock(20, 4, 0.95, demand=100, lead_time_sd=0.5), 1)
    105.3
    >>> round(safety_stock(20, 4, 0.95, review_period=5), 1)
    98.7
    >>> round(safety_stock(20, 4, fill_rate=0.98, order_quantity=200), 1)
    36.1
    """
    sigma = _deviation(demand_sd, mad, mad_factor)
    time = number("lead_time", lead_time, "zero or more (periods)", low=0)
    time += number("review_period", review_period, "zero or more (periods)", low=0)
    varies = number("lead_time_sd", lead_time_sd, "zero or more (periods)", low=0)
    if demand is not None or varies:
        d = number("demand", demand, "zero or more (units per period), where the lead time varies", low=0)
    else:
        d = 0.0
    spread = math.sqrt(time * sigma**2 + (d * varies) ** 2)
    if (service_level is None) == (fill_rate is None):
        got = (service_level, fill_rate)
        raise InputError("service_level and fill_rate", got, "one given, the other left out")
    if fill_rate is None:
        share = number("service_level", service_level, "between 0 and 1 (0.95 for 95 %)", above=0, below=1)
        return spread * normal_quantile(share) + 0.0
    share = number("fill_rate", fill_rate, "between 0 and 1 (0.98 for 98 %)", above=0, below=1)
    q = number("order_quantity", order_quantity, "above zero (units), where a fill rate is given", above=0)
    # Without spread the demand up to the shortage that is allowed can simply go short.
    return spread * unit_loss_inverse((1 - share) * q / spread) if spread else -(1 - share) * q


def _deviation(demand_sd: float | None, mad: float | None, factor: float) -> float:
    if (demand_sd is None) == (mad is None):
        raise InputError("demand_sd and mad", (demand_sd, mad), "one given, the other left out")
    if mad is None:
        return number("demand_sd", demand_sd, "zero or more (units per period)", low=0)
    return number("mad", mad, "zero or more (units per period)", low=0) * number(
        "mad_factor", factor, "above zero (1.25 in the trade's tables)", above=0
    )


def reorder_point(demand: float, lead_time: float, safety_stock: float = 0.0) -> float:
    r"""Inventory position at which the next order is placed.

    Parameters
    ----------
    demand
        :math:`d`, mean demand (units per period).
    lead_time
        :math:`L`, from order to receipt (periods, the same ones).
    safety_stock
        Units, from `safety_stock`.

    Returns
    -------
    float
        Units of **position**: on hand, plus on order, less backorders.

    Raises
    ------
    InputError
        If the demand or the lead time is negative.

    Notes
    -----
    :math:`dL + SS`.

    Examples
    --------
    >>> reorder_point(demand=8, lead_time=3)
    24.0
    >>> round(reorder_point(demand=100, lead_time=4, safety_stock=65.8), 1)
    465.8
    """
    d = number("demand", demand, "zero or more (units per period)", low=0)
    time = number("lead_time", lead_time, "zero or more (periods)", low=0)
    return d * time + number("safety_stock", safety_stock, "a number (units)")


def standard_loss(z: float) -> float:
    r"""Units short on average, where demand is normal with deviation 1 and stock lies `z` above its mean.

    Parameters
    ----------
    z
        Stock less mean demand, in standard deviations.

    Returns
    -------
    float
        :math:`G(z)`, in standard deviations: multiply it by the deviation of the demand for units.

    Raises
    ------
    InputError
        If z is no number.

    Notes
    -----
    :math:`G(z) = \varphi(z) - z\,(1 - \Phi(z))`, the standard (or unit) normal loss function that the
    loss tables of the textbooks print.

    Examples
    --------
    >>> [round(standard_loss(z), 4) for z in (0, 1, 2)]
    [0.3989, 0.0833, 0.0085]
    """
    return unit_loss(number("z", z, "a number (standard deviations)"))
