"""Periodic review with a fixed order cost: at s or below, order up to S."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import numpy as np

from .._common import choice, number, spoken, whole
from ..errors import InputError
from ._demand import Listed, listed, normal_quantile, poisson

if TYPE_CHECKING:
    from numpy.typing import NDArray

__all__ = ["MinMax", "min_max"]


class _Model:
    """One-period costs and the renewal function, grown as far as they are asked for."""

    def __init__(self, demand: Listed, over: Listed, k: float, h: float, p: float) -> None:
        self.k, self.h, self.p = k, h, p
        self.over = over
        self.low = int(over.values[0])
        span = int(over.values[-1]) - self.low + 1
        shares = np.zeros(span)
        shares[over.values.astype(int) - self.low] = over.shares
        beyond = np.maximum(0.0, 1 - np.cumsum(shares))
        self.losses = np.cumsum(beyond[::-1])[::-1]  # E[(demand - y)+] at low, low + 1, ...; then 0
        self.none = float(demand.shares[demand.values == 0].sum())
        some = demand.values > 0
        self.steps = demand.values[some].astype(int)
        dense = np.zeros(int(self.steps[-1]) + 1)
        dense[self.steps] = demand.shares[some]
        self.dense = dense / (1 - self.none)
        self.visits = np.array([1 / (1 - self.none)])

    def levels(self, low: int, high: int) -> NDArray[np.float64]:
        """G at low..high: expected holding and backorder cost of one period at that position."""
        y = np.arange(low, high + 1)
        at = y - self.low
        short = np.zeros(len(y))
        inside = (at >= 0) & (at < len(self.losses))
        short[inside] = self.losses[at[inside]]
        under = at < 0
        short[under] = self.over.mean - y[under]
        return self.h * (y - self.over.mean + short) + self.p * short

    def grow(self, n: int) -> NDArray[np.float64]:
        """m(0..n-1): expected visits to each depth below S within an order cycle."""
        have = len(self.visits)
        if have < n:
            length = max(n, 2 * have)
            reach, least = len(self.dense) - 1, int(self.steps[0])
            m = np.zeros(reach + length)  # `reach` zeros stand for the depths above S
            m[reach : reach + have] = self.visits
            # m(j) = sum of share(d) m(j - d): as many at once as the least demand leaves independent.
            for j in range(have, length, least):
                size = min(least, length - j)
                m[reach + j : reach + j + size] = np.convolve(
                    m[j : reach + j + size - least], self.dense[least:], mode="valid"
                )
            self.visits = m[reach:]
        return self.visits[:n]

    def cost(self, s: int, top: int) -> float:
        """Long-run cost per period of (s, S)."""
        m = self.grow(top - s)
        return float((self.k + m @ self.levels(s + 1, top)[::-1]) / m.sum())


@dataclass(frozen=True)
class MinMax:
    """A reorder level s and an order-up-to level S. Made by `min_max`."""

    order_cost: float
    """Money an order."""
    holding_cost: float
    """Money a unit per period."""
    backorder_cost: float
    """Money a unit short per period."""
    method: str
    """exact or power."""
    reorder_point: float
    """s: order when the position is at or below it (units)."""
    order_up_to: float
    """S: position after the order (units)."""
    _model: _Model | None = field(repr=False, compare=False)

    @property
    def cost(self) -> float | None:
        """Ordering, holding and backorder cost (money per period); None without the demand's distribution."""
        if self._model is None:
            return None
        return self.cost_at(
            math.floor(self.reorder_point), max(math.floor(self.reorder_point) + 1, round(self.order_up_to))
        )

    def cost_at(self, reorder_point: float, order_up_to: float) -> float:
        """Exact cost of any other pair of whole levels (money per period)."""
        if self._model is None:
            raise InputError("demand", "mean and sd", "given as poisson_mean or pmf where a cost is asked")
        s = whole("reorder_point", reorder_point, "whole units")
        top = whole("order_up_to", order_up_to, f"whole units above the reorder point, {s}", low=s + 1)
        return self._model.cost(s, top)

    def __str__(self) -> str:
        end = "" if self.cost is None else f"\nThat costs {spoken(self.cost)} per period."
        return f"At {spoken(self.reorder_point)} or below, order up to {spoken(self.order_up_to)}." + (
            end or "\nBy the power approximation; its cost was not worked out."
        )


def min_max(
    order_cost: float,
    holding_cost: float,
    backorder_cost: float,
    *,
    mean: float | None = None,
    sd: float | None = None,
    poisson_mean: float | None = None,
    pmf: Mapping[float, float] | None = None,
    lead_time: int = 0,
    method: str = "exact",
    refined: bool = False,
) -> MinMax:
    r"""Reorder level and order-up-to level under periodic review with an order cost, the (s, S) policy.

    Parameters
    ----------
    order_cost
        :math:`K`, money an order.
    holding_cost
        :math:`h`, money a unit in stock at a period's end.
    backorder_cost
        :math:`p`, money a unit short at a period's end.
    mean, sd
        Demand per period (units), for method `"power"`; or
    poisson_mean
        Poisson demand per period; or
    pmf
        Demand per period by its values: {whole units: probability}.
    lead_time
        :math:`L`, whole periods from order to receipt; with 0 an order comes before the period's demand.
    method
        `"exact"` (the optimum, of listed or Poisson demand) or `"power"` (the power approximation, not
        rounded).
    refined
        For the power approximation: take the order-up-to level of no order cost where it is the lower
        (its authors' rule for small orders, :math:`Q/\mu \le 1.5`).

    Returns
    -------
    MinMax
        `.reorder_point` (s), `.order_up_to` (S), `.cost`, `.cost_at(reorder_point, order_up_to)`.

    Raises
    ------
    InputError
        If a figure is out of range, demand is not given in one way, is not in whole units (exact), or is
        given by mean and sd alone (exact).

    Notes
    -----
    Exact: Zheng and Federgruen, *Operations Research* 39(4), 654-665 (1991); the cost of a pair is
    :math:`(K + \sum_j m(j)\,G(S - j)) / \sum_j m(j)`, :math:`m` the renewal function, :math:`G` the
    one-period cost over :math:`L + 1` periods' demand. Power approximation: Ehrhardt and Mosier,
    *Management Science* 30, 618-622 (1984). No policy of another form is cheaper over the long run (the
    benchmark checks it by value iteration). Everything short is backordered.

    Convention, when (s, S) orders: at s or below (default); below s (add 1 to s).

    Convention, small orders in the power approximation: as they come (default); capped by the level of no
    order cost (`refined=True`).

    Examples
    --------
    >>> plan = min_max(order_cost=150, holding_cost=40, backorder_cost=125, poisson_mean=4)
    >>> plan.reorder_point, plan.order_up_to, round(plan.cost, 2)
    (2.0, 7.0, 223.57)
    >>> rough = min_max(2.5, 0.18, 0.7, mean=50, sd=8, method="power")
    >>> round(rough.reorder_point, 2), round(rough.order_up_to, 2)
    (40.19, 74.29)
    """
    k = number("order_cost", order_cost, "above zero (money an order)", above=0)
    h = number("holding_cost", holding_cost, "above zero (money a unit per period)", above=0)
    p = number("backorder_cost", backorder_cost, "above zero (money a unit short per period)", above=0)
    lead = whole("lead_time", lead_time, "a whole number of periods, 0 to 1000", low=0, high=1000)
    choice("method", method, ("exact", "power"))
    demand, mu, sigma = _demand(mean, sd, poisson_mean, pmf, method)
    model = None
    if demand is not None:
        over = poisson(mu * (lead + 1)) if poisson_mean is not None else _summed(demand, lead + 1)
        model = _Model(demand, over, k, h, p)
    if method == "power":
        s, top = _power(k, h, p, mu, sigma, lead, refined)
        return MinMax(k, h, p, method, s, top, model)
    assert model is not None
    s, top = _zheng_federgruen(model, int(model.over.quantile(p / (p + h))))
    return MinMax(k, h, p, method, float(s), float(top), model)


def _demand(
    mean: float | None,
    sd: float | None,
    poisson_mean: float | None,
    pmf: Mapping[float, float] | None,
    method: str,
) -> tuple[Listed | None, float, float]:
    given = [n for n, v in (("mean", mean), ("poisson_mean", poisson_mean), ("pmf", pmf)) if v is not None]
    if len(given) != 1 or (sd is not None and given != ["mean"]):
        shown = ", ".join(given + (["sd"] if sd is not None else [])) or None
        raise InputError("demand", shown, "given one way: poisson_mean, pmf, or mean and sd")
    if mean is not None:
        if method == "exact":
            raise InputError("demand", "mean, sd", "poisson_mean or pmf; for mean and sd ask method='power'")
        mu = number("mean", mean, "above zero (units per period)", above=0)
        return None, mu, number("sd", sd, "above zero (units per period)", above=0)
    if poisson_mean is not None:
        mu = number("poisson_mean", poisson_mean, "above zero (units per period)", above=0, high=1e5)
        return poisson(mu), mu, math.sqrt(mu)
    assert pmf is not None
    demand = listed(pmf)
    for v in demand.values:
        whole("pmf value", v, "whole units, at most 100,000", high=1e5)
    if demand.mean <= 0:
        raise InputError("pmf", pmf, "of some demand")
    return demand, demand.mean, demand.sd


def _summed(demand: Listed, periods: int) -> Listed:
    """The demand of several periods together."""
    dense = np.zeros(int(demand.values[-1]) + 1)
    dense[demand.values.astype(int)] = demand.shares
    total = np.array([1.0])
    for _ in range(periods):
        total = np.convolve(total, dense)
    kept = np.flatnonzero(total > 0)
    return Listed(kept.astype(float), total[kept] / total.sum())


def _power(
    k: float, h: float, p: float, mu: float, sigma: float, lead: int, refined: bool
) -> tuple[float, float]:
    mu_l, sigma_l = mu * (lead + 1), sigma * math.sqrt(lead + 1)
    q = 1.30 * mu**0.494 * (k / h) ** 0.506 * (1 + (sigma_l / mu) ** 2) ** 0.116
    z = math.sqrt(q * h / (sigma_l * p))
    s = 0.973 * mu_l + sigma_l * (0.183 / z + 1.063 - 2.192 * z)
    top = s + q
    if refined and q / mu <= 1.5:
        base = mu_l + sigma_l * normal_quantile(p / (p + h))
        s, top = min(s, base), min(top, base)
    return s, top


def _zheng_federgruen(model: _Model, least: int) -> tuple[int, int]:
    """Their argument, with every S costed at once.

    For the S at the least of G, the best s is the first below it with c(s, S) <= G(s). From there: if any S
    is cheaper at this s, take the cheapest and raise s to the best for it; if none is, no pair is cheaper.
    An S with G(S) above the cost reached cannot be.
    """
    s, cost = _best_below(model, least, 64)
    top = high = least
    while float(model.levels(high, high)[0]) <= cost:
        high += max(1, high - s)
    while True:
        n = high - s
        m = model.grow(n)
        size = 1 << (2 * n - 1).bit_length()
        levels = model.levels(s + 1, high)
        totals = np.fft.irfft(np.fft.rfft(m, size) * np.fft.rfft(levels, size), size)[:n]
        costs = (model.k + totals) / np.cumsum(m)  # costs[i] is that of (s, s + 1 + i)
        found = s + 1 + int(np.argmin(costs))
        reached = model.cost(s, found)
        if reached >= cost - 1e-12 * abs(cost):
            return s, top
        top = found
        s, cost = _best_below(model, top, top - s)


def _best_below(model: _Model, top: int, size: int) -> tuple[int, float]:
    """The first s below S with c(s, S) <= G(s), and its cost."""
    while True:
        m, g = model.grow(size), model.levels(top - size, top)[::-1]
        costs = (model.k + np.cumsum(m * g[:size])) / np.cumsum(m)
        found = np.flatnonzero(costs <= g[1:])
        if found.size:
            return top - 1 - int(found[0]), float(costs[found[0]])
        size *= 2
