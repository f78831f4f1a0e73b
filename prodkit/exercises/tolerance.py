"""How near to the key an answer must be. Hand work with printed tables must score right."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Protocol

__all__ = ["Absolute", "Digits", "Exact", "OfScale", "Relative", "Tolerance"]


class Tolerance(Protocol):
    """Gives the half-width around a key within which an answer is right."""

    def width(self, key: float, g: Any, a: Any) -> float: ...


@dataclass(frozen=True)
class Relative:
    """A share of the key. `Relative(0.005)` is half a percent."""

    share: float
    least: float = 1e-9

    def width(self, key: float, g: Any = None, a: Any = None) -> float:
        return max(self.share * abs(key), self.least)


@dataclass(frozen=True)
class Absolute:
    """An amount in the unit of the answer."""

    amount: float

    def width(self, key: float, g: Any = None, a: Any = None) -> float:
        return self.amount


@dataclass(frozen=True)
class Digits:
    """Right when it agrees after rounding to so many decimals: half a unit of the last one."""

    decimals: int

    def width(self, key: float, g: Any = None, a: Any = None) -> float:
        return 0.5 * 10.0**-self.decimals + 1e-9


@dataclass(frozen=True)
class Exact:
    """Whole numbers: nothing but the key."""

    def width(self, key: float, g: Any = None, a: Any = None) -> float:
        return 1e-9 * max(1.0, abs(key))


@dataclass(frozen=True)
class OfScale:
    """A share of the largest term, where the answer is a small difference of large figures."""

    share: float
    scale: Callable[[Any, Any], float]

    def width(self, key: float, g: Any = None, a: Any = None) -> float:
        return self.share * abs(self.scale(g, a))
