"""Demand by chance: normal, Poisson or a list of values, each with its loss functions."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

import numpy as np

from .._common import number
from ..errors import InputError

if TYPE_CHECKING:
    from numpy.typing import NDArray


class Demand(Protocol):
    """What the models ask of a demand."""

    @property
    def mean(self) -> float: ...
    def at_most(self, x: float) -> float: ...
    def quantile(self, share: float) -> float: ...
    def loss(self, x: float) -> float: ...


def normal_density(z: float) -> float:
    return math.exp(-z * z / 2) / math.sqrt(2 * math.pi)


def normal_share(z: float) -> float:
    """Probability of at most z."""
    return math.erfc(-z / math.sqrt(2)) / 2


def normal_quantile(share: float) -> float:
    from statistics import NormalDist

    return NormalDist().inv_cdf(share)


def unit_loss(z: float) -> float:
    """G(z) = E[(Z - z)+] of the standard normal, sound in the far tail too."""
    if z > 30:
        return 0.0
    return max(0.0, normal_density(z) - z * normal_share(-z))


def unit_loss_2(z: float) -> float:
    """E[((Z - z)+)²] / 2 of the standard normal."""
    if z > 30:
        return 0.0
    return max(0.0, ((z * z + 1) * normal_share(-z) - z * normal_density(z)) / 2)


def unit_loss_inverse(value: float) -> float:
    """The z whose G(z) is the value: Newton from the left, where a falling convex curve converges."""
    z = -value
    for _ in range(200):
        step = (unit_loss(z) - value) / normal_share(-z)
        z += step
        if abs(step) <= 1e-13 * max(1.0, abs(z)):
            break
    return z


@dataclass(frozen=True)
class Normal:
    """Normal demand; a deviation of zero is a certain demand."""

    mean: float
    sd: float

    def _z(self, x: float) -> float:
        if self.sd == 0:
            return math.inf if x >= self.mean else -math.inf
        return (x - self.mean) / self.sd

    def at_most(self, x: float) -> float:
        return normal_share(self._z(x))

    def quantile(self, share: float) -> float:
        return self.mean + self.sd * normal_quantile(share)

    def loss(self, x: float) -> float:
        """E[(demand - x)+]."""
        return self.sd * unit_loss(self._z(x)) if self.sd else max(0.0, self.mean - x)

    def loss_2(self, x: float) -> float:
        """E[((demand - x)+)²] / 2."""
        return self.sd**2 * unit_loss_2(self._z(x)) if self.sd else max(0.0, self.mean - x) ** 2 / 2


@dataclass(frozen=True)
class Listed:
    """Demand that takes listed values, ascending, with their probabilities."""

    values: NDArray[np.float64]
    shares: NDArray[np.float64]

    @property
    def mean(self) -> float:
        return float(self.values @ self.shares)

    @property
    def sd(self) -> float:
        return float(np.sqrt(((self.values - self.mean) ** 2) @ self.shares))

    def at_most(self, x: float) -> float:
        return float(self.shares[self.values <= x].sum())

    def quantile(self, share: float) -> float:
        """The least listed value that meets the share."""
        i = int(np.searchsorted(np.cumsum(self.shares), share - 1e-9))
        return float(self.values[min(i, len(self.values) - 1)])

    def loss(self, x: float) -> float:
        return float(np.maximum(0.0, self.values - x) @ self.shares)


def poisson(mean: float) -> Listed:
    """Poisson demand as a list that leaves out less than 1e-15 at each end."""
    from scipy.special import gammaln

    low = max(0, math.floor(mean - 9 * math.sqrt(mean) - 9))
    high = math.ceil(mean + 9 * math.sqrt(mean) + 45)
    n = np.arange(low, high + 1, dtype=float)
    shares = np.exp(n * math.log(mean) - mean - gammaln(n + 1)) if mean else (n == 0).astype(float)
    return Listed(n, shares / shares.sum())


def listed(pmf: Mapping[float, float], name: str = "pmf") -> Listed:
    """A checked list from {value: probability}."""
    pairs = list(pmf.items()) if hasattr(pmf, "items") else None
    if not pairs:
        raise InputError(name, pmf, "a mapping of demand (units) to probability")
    values = [number(f"{name} value", v, "zero or more (units)", low=0) for v, _ in pairs]
    shares = [number(f"{name}[{v!r}]", p, "a probability, 0 to 1", low=0, high=1) for v, p in pairs]
    total = math.fsum(shares)
    if abs(total - 1) > 1e-6:
        raise InputError(f"the sum of {name}", total, "1")
    order = np.argsort(values, kind="stable")
    kept = np.array(shares)[order] > 0
    return Listed(np.array(values)[order][kept], np.array(shares)[order][kept] / total)
