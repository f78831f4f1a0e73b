"""Continuous review: order Q as soon as the position falls to r."""

from __future__ import annotations

import math
from dataclasses import dataclass, field

import numpy as np

from .._common import choice, number, spoken, whole
from ..errors import InputError
from ._demand import Listed, Normal, normal_quantile, poisson, unit_loss_inverse

__all__ = ["ContinuousReview", "continuous_review"]

_METHODS = ("exact", "eil", "eoqb", "eoq_ss", "loss")


@dataclass(frozen=True)
class ContinuousReview:
    """A reorder point and an order quantity. Made by `continuous_review`."""

    demand: float
    """Units a year."""
    lead_time: float
    """Years."""
    order_cost: float
    """Money an order."""
    holding_cost: float
    """Money a unit a year."""
    backorder_cost: float
    """Money a unit short a year; with method eil, a unit short."""
    method: str
    """How the two figures were found."""
    reorder_point: float
    """Position at which the order goes out (units)."""
    quantity: float
    """Units an order."""
    _during: Normal | Listed = field(repr=False, compare=False)

    @property
    def lead_time_demand(self) -> float:
        """Mean demand during the lead time (units)."""
        return self.demand * self.lead_time

    @property
    def safety_stock(self) -> float:
        """Reorder point less the mean demand during the lead time (units)."""
        return self.reorder_point - self.lead_time_demand

    @property
    def orders_per_year(self) -> float:
        """Orders a year."""
        return self.demand / self.quantity

    @property
    def service_level(self) -> float:
        """Probability that the lead time's demand does not exceed the reorder point (share of cycles)."""
        return self._during.at_most(self.reorder_point)

    @property
    def fill_rate(self) -> float:
        """Share of demand served at once: 1 - (n(r) - n(r + Q)) / Q."""
        r, q = self.reorder_point, self.quantity
        return 1 - (self._during.loss(r) - self._during.loss(r + q)) / q

    @property
    def cost(self) -> float:
        """What the method itself counts (money a year); for all but eil the exact cost."""
        if self.method != "eil":
            return self.exact_cost
        short = self.backorder_cost * self._during.loss(self.reorder_point)
        return (
            self.holding_cost * (self.safety_stock + self.quantity / 2)
            + (self.order_cost + short) * self.orders_per_year
        )

    @property
    def exact_cost(self) -> float:
        """Ordering, holding and backorder cost, backorder cost a unit **a year** (money a year)."""
        return self.cost_at(self.reorder_point, self.quantity)

    def cost_at(self, reorder_point: float, quantity: float) -> float:
        """Exact cost of any other pair (money a year), backorder cost a unit a year."""
        r = number("reorder_point", reorder_point, "a number (units)")
        q = number("quantity", quantity, "above zero (units)", above=0)
        h, p = self.holding_cost, self.backorder_cost
        if isinstance(self._during, Listed):
            r, q = whole("reorder_point", r, "whole units"), whole("quantity", q, "whole units")
            levels = _level_costs(self._during, np.arange(r + 1, r + q + 1), h, p)
            return (self.order_cost * self.demand + float(levels.sum())) / q
        owed = (self._during.loss_2(r) - self._during.loss_2(r + q)) / q
        held = r - self.lead_time_demand + q / 2
        return self.order_cost * self.demand / q + h * held + (h + p) * owed

    def __str__(self) -> str:
        return (
            f"When the position falls to {spoken(self.reorder_point)}, order {spoken(self.quantity)}; "
            f"{spoken(self.safety_stock)} of it is safety stock.\n"
            f"That costs {spoken(self.cost)} a year and serves {100 * self.fill_rate:.1f} % of demand at once."
        )


def continuous_review(
    demand: float,
    demand_sd: float | None = None,
    *,
    lead_time: float,
    order_cost: float,
    holding_cost: float,
    backorder_cost: float,
    method: str = "exact",
    distribution: str = "normal",
) -> ContinuousReview:
    r"""Reorder point and order quantity under continuous review, the (r, Q) policy.

    Parameters
    ----------
    demand
        :math:`\lambda`, mean (units a year).
    demand_sd
        Standard deviation (units in a year; of a week's figure, times :math:`\sqrt{52}`). Left out for
        Poisson demand.
    lead_time
        :math:`L` (years), fixed.
    order_cost
        :math:`K`, money an order.
    holding_cost
        :math:`h`, money a unit a year.
    backorder_cost
        :math:`p`, money a unit short a **year**; only with method `"eil"` money a unit short, once.
    method
        `"exact"` finds the optimum. The approximations of the books: `"eil"` (expected inventory level;
        Hadley and Whitin's iteration), `"eoqb"` (quantity of the EOQ with backorders, its best reorder
        point), `"eoq_ss"` (EOQ plus safety stock), `"loss"` (iteration on the loss function).
    distribution
        `"normal"` (demand in the lead time) or `"poisson"` (whole units; method exact only).

    Returns
    -------
    ContinuousReview
        `.reorder_point`, `.quantity`, `.cost`, `.exact_cost`, `.safety_stock`, `.service_level`,
        `.fill_rate`, `.orders_per_year`, `.cost_at(reorder_point, quantity)`.

    Raises
    ------
    InputError
        If a figure is out of range, the deviation is missing (normal) or given (Poisson), or the
        shortage is so cheap that method eil has no answer.

    Notes
    -----
    With :math:`m = \lambda L`, :math:`n_2(r) = E[((D - r)^+)^2]/2`, the exact cost is
    :math:`K\lambda/Q + h(r - m + Q/2) + (h + p)(n_2(r) - n_2(r + Q))/Q`. It is least where
    :math:`g(r) = g(r + Q)` equals the cost itself, :math:`g` being the cost rate at a position. Poisson:
    Federgruen and Zheng, *Operations Research* 40(4), 808-813 (1992), exact over whole units. The
    approximations are those of Snyder and Shen, *Fundamentals of Supply Chain Theory*, 2nd ed., Examples 5.1
    to 5.6. Everything short is backordered.

    Convention, backorder cost: a unit short a year (default); a unit short, once, however long
    (`method="eil"`).

    Examples
    --------
    >>> plan = continuous_review(1300, 150, lead_time=1/12, order_cost=8, holding_cost=0.225,
    ...                          backorder_cost=7.5)
    >>> round(plan.reorder_point, 1), round(plan.quantity, 1), round(plan.cost, 2)
    (126.9, 328.4, 78.07)
    >>> whole = continuous_review(12, lead_time=0.5, order_cost=4, holding_cost=4, backorder_cost=28,
    ...                           distribution="poisson")
    >>> whole.reorder_point, whole.quantity, round(whole.cost, 2)
    (6.0, 7.0, 28.24)
    """
    d = number("demand", demand, "above zero (units a year)", above=0)
    time = number("lead_time", lead_time, "zero or more (years)", low=0)
    k = number("order_cost", order_cost, "above zero (money an order)", above=0)
    h = number("holding_cost", holding_cost, "above zero (money a unit a year)", above=0)
    p = number("backorder_cost", backorder_cost, "above zero (money a unit short)", above=0)
    choice("method", method, _METHODS)
    choice("distribution", distribution, ("normal", "poisson"))
    if distribution == "poisson":
        if demand_sd is not None:
            raise InputError("demand_sd", demand_sd, "left out for Poisson demand, whose mean gives it")
        if method != "exact":
            raise InputError("method", method, "exact for Poisson demand")
        counts = poisson(number("demand in the lead time", d * time, "at most 1e6", high=1e6))
        r, q = _federgruen_zheng(counts, d, k, h, p)
        return ContinuousReview(d, time, k, h, p, method, r, q, counts)
    sd = number("demand_sd", demand_sd, "zero or more (units in a year)", low=0)
    during = Normal(d * time, sd * math.sqrt(time))
    find = {"exact": _exact, "eil": _eil, "eoqb": _eoqb, "eoq_ss": _eoq_ss, "loss": _loss}[method]
    r, q = find(during, d, k, h, p)
    return ContinuousReview(d, time, k, h, p, method, r, q, during)


def _level_cost(during: Normal, y: float, h: float, p: float) -> float:
    """g(y): holding and backorder cost rate when the position was y one lead time ago."""
    short = during.loss(y)
    return h * (y - during.mean + short) + p * short


def _balanced(during: Normal, q: float, h: float, p: float) -> float:
    """The r with g(r) = g(r + q), by bisection: g is convex and g(r) - g(r + q) falls with r."""
    low = during.mean - q - 1.0 - 10 * during.sd
    high = during.mean + 10 * during.sd + 1.0
    while _level_cost(during, low, h, p) < _level_cost(during, low + q, h, p):
        low -= q + during.sd
    while _level_cost(during, high, h, p) > _level_cost(during, high + q, h, p):
        high += q + during.sd
    for _ in range(200):
        middle = (low + high) / 2
        if middle in (low, high):
            break
        if _level_cost(during, middle, h, p) > _level_cost(during, middle + q, h, p):
            low = middle
        else:
            high = middle
    return (low + high) / 2


def _exact(during: Normal, d: float, k: float, h: float, p: float) -> tuple[float, float]:
    """Bisection on Q: the cost falls with Q while g(r) lies below it."""

    def too_small(q: float) -> bool:
        r = _balanced(during, q, h, p)
        cost = ContinuousReview(d, during.mean / d, k, h, p, "exact", r, q, during).exact_cost
        return _level_cost(during, r, h, p) < cost

    low = math.sqrt(2 * k * d * (h + p) / (h * p))  # the quantity without chance is the least
    high = low + during.sd
    low *= 1 - 1e-9
    while too_small(high):
        high *= 2
    for _ in range(60):
        middle = (low + high) / 2
        low, high = (middle, high) if too_small(middle) else (low, middle)
    q = (low + high) / 2
    return _balanced(during, q, h, p), q


def _eil(during: Normal, d: float, k: float, h: float, p: float) -> tuple[float, float]:
    q, r = math.sqrt(2 * k * d / h), during.mean
    for _ in range(10_000):
        share = 1 - q * h / (p * d)
        if share <= 0:
            raise InputError("backorder_cost", p, f"above {q * h / d:g} (money a unit short) for method eil")
        r = during.quantile(share)
        following = math.sqrt(2 * d * (k + p * during.loss(r)) / h)
        if abs(following - q) <= 1e-12 * q:
            break
        q = following
    return r, q


def _eoqb(during: Normal, d: float, k: float, h: float, p: float) -> tuple[float, float]:
    q = math.sqrt(2 * k * d * (h + p) / (h * p))
    return _balanced(during, q, h, p), q


def _eoq_ss(during: Normal, d: float, k: float, h: float, p: float) -> tuple[float, float]:
    return during.mean + during.sd * normal_quantile(p / (p + h)), math.sqrt(2 * k * d / h)


def _loss(during: Normal, d: float, k: float, h: float, p: float) -> tuple[float, float]:
    q, r = math.sqrt(2 * k * d / h), during.mean
    for _ in range(10_000):
        r = _loss_inverse(during, h * q / (h + p))
        following = math.sqrt(2 * (k * d + (h + p) * during.loss_2(r)) / h)
        if abs(following - q) <= 1e-12 * q:
            break
        q = following
    return r, q


def _loss_inverse(during: Normal, value: float) -> float:
    if during.sd == 0:
        return during.mean - value
    return during.mean + during.sd * unit_loss_inverse(value / during.sd)


def _level_costs(during: Listed, levels: np.ndarray, h: float, p: float) -> np.ndarray:
    """g at whole levels (ascending, without gaps), by the loss recursion n(y + 1) = n(y) - P(D > y)."""
    start, stop = int(levels[0]), int(levels[-1])
    shares = np.zeros(stop - start + 1)
    at = during.values.astype(int) - start
    inside = (at >= 0) & (at < len(shares))
    shares[at[inside]] = during.shares[inside]
    beyond = 1 - during.at_most(start - 1) - np.cumsum(shares)
    losses = during.loss(start) - np.concatenate([[0.0], np.cumsum(beyond[:-1])])
    losses = np.maximum(losses, 0.0)
    return h * (levels - during.mean + losses) + p * losses


def _federgruen_zheng(during: Listed, d: float, k: float, h: float, p: float) -> tuple[float, float]:
    """Take in the cheaper neighbour of the span r + 1 .. r + Q as long as it lowers the average."""
    width = int(math.sqrt(2 * k * d * (h + p) / (h * p)) + 20 * math.sqrt(during.mean + 1) + 20)
    centre = int(during.quantile(p / (h + p)))
    while True:
        levels = np.arange(centre - width, centre + width + 1)
        cost = _level_costs(during, levels, h, p)
        left = right = int(np.argmin(cost))
        total = k * d + cost[left]
        size = 1
        while left > 0 and right < len(cost) - 1:
            nearer = min(cost[left - 1], cost[right + 1])
            if nearer * size >= total:
                return float(levels[left] - 1), float(size)
            if cost[left - 1] <= cost[right + 1]:
                left -= 1
            else:
                right += 1
            total += nearer
            size += 1
        width *= 2
