"""Several items on one order: joint replenishment."""

from __future__ import annotations

import math
from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from .._common import choice, number, numbers, spoken
from ..errors import InputError

if TYPE_CHECKING:
    from numpy.typing import NDArray

__all__ = ["JointReplenishment", "joint_replenishment"]

_MOST_BREAKS = 500_000


@dataclass(frozen=True)
class JointReplenishment:
    """A common cycle and a multiple of it for each item. Made by `joint_replenishment`."""

    demand: tuple[float, ...]
    """Units a year of each item."""
    major_cost: float
    """Money an order, whatever is on it."""
    minor_costs: tuple[float, ...]
    """Money for each item on an order."""
    holding_costs: tuple[float, ...]
    """Money a unit a year of each item."""
    method: str
    """optimum or silver."""
    base_cycle: float
    """Time between two orders (years)."""
    multiples: tuple[int, ...]
    """Each item is on every so many-th order."""
    bound: float
    """No policy of this form costs less (money a year)."""
    is_optimal: bool
    """Whether the bound proves this one the cheapest."""

    @property
    def quantities(self) -> tuple[float, ...]:
        """Units of each item, when it is ordered."""
        return tuple(d * n * self.base_cycle for d, n in zip(self.demand, self.multiples, strict=True))

    @property
    def cost(self) -> float:
        """Ordering and holding cost (money a year)."""
        return self.cost_at(self.base_cycle, self.multiples)

    def cost_at(self, base_cycle: float, multiples: Iterable[int]) -> float:
        """Cost of any other cycle and multiples (money a year)."""
        t = number("base_cycle", base_cycle, "above zero (years)", above=0)
        n = numbers("multiples", multiples, "a whole number, 1 or more", low=1, length=len(self.demand))
        if (n != np.floor(n)).any():
            raise InputError("multiples", n.tolist(), "whole numbers, 1 or more")
        orders = self.major_cost + float(np.sum(np.array(self.minor_costs) / n))
        return orders / t + t / 2 * float(np.sum(np.array(self.demand) * np.array(self.holding_costs) * n))

    def __str__(self) -> str:
        every = ", ".join(f"every {_ordinal(n)}" if n > 1 else "every" for n in self.multiples)
        proof = "no policy of this form costs less" if self.is_optimal else "not proven the cheapest"
        return (
            f"Order every {spoken(self.base_cycle)} years; item by item, on {every} order.\n"
            f"That costs {spoken(self.cost)} a year; {proof}."
        )


def _ordinal(n: int) -> str:
    ending = "th" if n % 100 in (11, 12, 13) else {1: "st", 2: "nd", 3: "rd"}.get(n % 10, "th")
    return f"{n}{ending}"


def joint_replenishment(
    demand: Iterable[float],
    major_cost: float,
    minor_costs: Iterable[float],
    holding_costs: Iterable[float],
    *,
    method: str = "optimum",
) -> JointReplenishment:
    r"""Common order cycle, and how often each item is on it, at the least cost.

    Parameters
    ----------
    demand
        :math:`d_i`, units a year of each item.
    major_cost
        :math:`K`, money an order, whatever is on it (the truck).
    minor_costs
        :math:`k_i`, money for each item on an order (the line).
    holding_costs
        :math:`h_i`, money a unit a year of each item.
    method
        `"optimum"` or `"silver"`, the textbook's heuristic by hand.

    Returns
    -------
    JointReplenishment
        `.base_cycle` (years), `.multiples`, `.quantities`, `.cost`, `.bound`, `.is_optimal`,
        `.cost_at(base_cycle, multiples)`.

    Raises
    ------
    InputError
        If lengths differ, or a figure is not above zero (a minor cost may be zero).

    Notes
    -----
    Cost: :math:`(K + \sum k_i/n_i)/T + \frac{T}{2}\sum h_i d_i n_i`. The optimum is found by costing every
    stretch of :math:`T` over which the best multiples stay the same, between bounds that no cheaper policy
    can leave; why they hold is said in the code (the idea is S. K. Goyal's of 1974: from memory,
    unchecked). It is the
    optimum among policies with fixed multiples; where so many stretches remain that they are cut off,
    `.is_optimal` is False and `.bound` says how far off it can be. Silver: the item with the least
    :math:`k_i/(h_i d_i)` is on every order, the others on every
    :math:`\sqrt{\frac{k_i}{h_i d_i} \frac{h_1 d_1}{K + k_1}}`-th, rounded (E. A. Silver, 1976; Silver, Pyke and
    Peterson, *Inventory Management and Production Planning and Scheduling*, 1998, p. 428).

    Examples
    --------
    >>> plan = joint_replenishment([86000, 12500, 1400, 3000], 40, [15] * 4, [0.24] * 4)
    >>> plan.multiples, round(plan.base_cycle, 4), round(plan.cost, 2), plan.is_optimal
    ((1, 1, 4, 3), 0.0762, 2067.65, True)
    >>> print(plan)
    Order every 0.0762 years; item by item, on every, every, every 4th, every 3rd order.
    That costs 2,068 a year; no policy of this form costs less.
    """
    d = numbers("demand", demand, "above zero (units a year)", above=0)
    major = number("major_cost", major_cost, "above zero (money an order)", above=0)
    minor = numbers(
        "minor_costs", minor_costs, "zero or more (money an item on an order)", low=0, length=len(d)
    )
    hold = numbers("holding_costs", holding_costs, "above zero (money a unit a year)", above=0, length=len(d))
    choice("method", method, ("optimum", "silver"))
    w = hold * d
    guess = _silver(w, major, minor)
    t, n = _best_cycle(w, major, minor, guess)
    upper = _cost(w, major, minor, t, n)
    apart = float(np.sqrt(2 * minor * w).sum())  # each item alone, were the truck free
    if method == "silver":
        bound, proven = apart + _least_major(major, upper, w), False
    else:
        t, n, bound, proven = _enumerate(w, major, minor, t, n, upper, apart)
    return JointReplenishment(
        tuple(d.tolist()),
        major,
        tuple(minor.tolist()),
        tuple(hold.tolist()),
        method,
        t,
        tuple(int(i) for i in n),
        bound,
        proven,
    )


def _cost(
    w: NDArray[np.float64], major: float, minor: NDArray[np.float64], t: float, n: NDArray[np.float64]
) -> float:
    return float((major + (minor / n).sum()) / t + t / 2 * (w * n).sum())


def _best_cycle(
    w: NDArray[np.float64], major: float, minor: NDArray[np.float64], n: NDArray[np.float64]
) -> tuple[float, NDArray[np.float64]]:
    return math.sqrt(2 * (major + float((minor / n).sum())) / float((w * n).sum())), n


def _silver(w: NDArray[np.float64], major: float, minor: NDArray[np.float64]) -> NDArray[np.float64]:
    ratio = minor / w
    first = int(np.argmin(ratio))
    n: NDArray[np.float64] = np.maximum(
        1.0, np.floor(np.sqrt(ratio * w[first] / (major + minor[first])) + 0.5)
    )
    n[first] = 1.0
    return n


def _least_major(major: float, upper: float, w: NDArray[np.float64]) -> float:
    """Every policy as cheap as `upper` has T <= 2 upper / Σw, so it pays at least this for the truck."""
    return major * float(w.sum()) / (2 * upper)


def _multiples(w: NDArray[np.float64], minor: NDArray[np.float64], t: float) -> NDArray[np.float64]:
    """The best multiples of a cycle: the least n with n(n + 1) >= 2k/(hd T²)."""
    x = 2 * minor / (w * t * t)
    n: NDArray[np.float64] = np.maximum(1.0, np.ceil(-0.5 + np.sqrt(0.25 + x) - 1e-12))
    return n


def _enumerate(
    w: NDArray[np.float64],
    major: float,
    minor: NDArray[np.float64],
    t: float,
    n: NDArray[np.float64],
    upper: float,
    apart: float,
) -> tuple[float, NDArray[np.float64], float, bool]:
    high = 2 * upper / float(w.sum())  # a longer cycle holds more than `upper` on every order
    for _ in range(50):  # a few rounds of "the best multiples of the best cycle" tighten the bounds
        t2, n2 = _best_cycle(w, major, minor, _multiples(w, minor, t))
        found = _cost(w, major, minor, t2, n2)
        if found >= upper - 1e-12 * upper:
            break
        t, n, upper = t2, n2, found
    # A shorter cycle pays more than `upper`: the truck K / T, and no item less than alone.
    low = major / (upper - apart) * (1 - 1e-9) if upper > apart else 0.0
    most = np.sqrt(2 * minor / w)
    shortest = float(most.sum()) / _MOST_BREAKS
    proven = low >= shortest
    low = max(low, shortest)
    # An item's multiple changes from m + 1 to m at T = sqrt(2k/(hd m(m + 1))).
    starts, drop_minor, drop_w = [], [], []
    for top, k, rate in zip(most, minor, w, strict=True):
        m = np.arange(1, math.floor(top / low) + 2, dtype=float)
        at = top / np.sqrt(m * (m + 1))
        m = m[(at > low) & (at < high)]
        starts.append(top / np.sqrt(m * (m + 1)))
        drop_minor.append(k / m - k / (m + 1))
        drop_w.append(np.full(len(m), rate))
    at = np.concatenate(starts)
    order = np.argsort(at)
    edges = np.concatenate([[low], at[order], [high]])
    n_low = _multiples(w, minor, low)
    a = major + (minor / n_low).sum() + np.concatenate([[0.0], np.cumsum(np.concatenate(drop_minor)[order])])
    b = (w * n_low).sum() - np.concatenate([[0.0], np.cumsum(np.concatenate(drop_w)[order])])
    cycle = np.clip(np.sqrt(2 * a / b), edges[:-1], edges[1:])
    costs = a / cycle + b * cycle / 2
    candidate = _best_cycle(w, major, minor, _multiples(w, minor, float(cycle[int(np.argmin(costs))])))
    if _cost(w, major, minor, *candidate) < upper:
        t, n = candidate
        upper = _cost(w, major, minor, t, n)
    # What was cut off has T below `low` and pays more than K / low for the truck alone.
    bound = upper if proven else min(upper, apart + major / low)
    return t, n, bound, proven
