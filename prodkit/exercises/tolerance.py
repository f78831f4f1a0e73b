"""How near to the key an answer must be. Hand work with printed tables must score right."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

__all__ = ["Absolute", "Digits", "Exact", "FactorOf", "OfScale", "Relative", "Tolerance", "WholeUnits"]


class Tolerance:
    """Says which answers around a key are right: those within a half-width, unless a kind says otherwise."""

    def width(self, key: float, g: Any = None, a: Any = None) -> float:
        """How far from the key an answer may be."""
        raise TypeError(f"{type(self).__name__} is not a tolerance")

    def holds(self, value: float, key: float, g: Any = None, a: Any = None) -> bool:
        """Whether an answer is right."""
        return abs(value - key) <= self.width(key, g, a)


@dataclass(frozen=True)
class Relative(Tolerance):
    """A share of the key. `Relative(0.005)` is half a percent."""

    share: float
    least: float = 1e-9

    def width(self, key: float, g: Any = None, a: Any = None) -> float:
        return max(self.share * abs(key), self.least)


@dataclass(frozen=True)
class Absolute(Tolerance):
    """An amount in the unit of the answer."""

    amount: float

    def width(self, key: float, g: Any = None, a: Any = None) -> float:
        return self.amount


@dataclass(frozen=True)
class Digits(Tolerance):
    """Right when it agrees after rounding to so many decimals: half a unit of the last one."""

    decimals: int

    def width(self, key: float, g: Any = None, a: Any = None) -> float:
        return 0.5 * 10.0**-self.decimals + 1e-9


@dataclass(frozen=True)
class Exact(Tolerance):
    """Whole numbers: nothing but the key."""

    def width(self, key: float, g: Any = None, a: Any = None) -> float:
        return 1e-9 * max(1.0, abs(key))


@dataclass(frozen=True)
class WholeUnits(Tolerance):
    """A share of the key; the key rounded to whole units is right too, however small it is.

    >>> tolerance = WholeUnits(0.005)
    >>> [tolerance.holds(x, 3.07) for x in (3.08, 3, 2.9, 4)]
    [True, True, False, False]
    """

    share: float

    def width(self, key: float, g: Any = None, a: Any = None) -> float:
        return max(self.share * abs(key), 1e-9)

    def holds(self, value: float, key: float, g: Any = None, a: Any = None) -> bool:
        rounded = float(value).is_integer() and value != 0 and abs(value - key) <= 0.5
        return rounded or abs(value - key) <= self.width(key)


@dataclass(frozen=True)
class OfScale(Tolerance):
    """A share of the largest term, where the answer is a small difference of large figures."""

    share: float
    scale: Callable[[Any, Any], float]

    def width(self, key: float, g: Any = None, a: Any = None) -> float:
        return self.share * abs(self.scale(g, a))


@dataclass(frozen=True)
class FactorOf(Tolerance):
    """An estimate: right from key / factor to key x factor.

    >>> FactorOf(2).holds(55, 100), FactorOf(2).holds(45, 100)
    (True, False)
    """

    factor: float = 2.0

    def width(self, key: float, g: Any = None, a: Any = None) -> float:
        return (self.factor - 1) * abs(key)

    def holds(self, value: float, key: float, g: Any = None, a: Any = None) -> bool:
        return key * value > 0 and 1 / self.factor <= value / key <= self.factor
