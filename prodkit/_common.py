"""What every subject does with an argument (check it) and with a figure (say it)."""

from __future__ import annotations

import math
from collections.abc import Iterable
from typing import TYPE_CHECKING

import numpy as np

from .errors import InputError

if TYPE_CHECKING:
    from numpy.typing import NDArray

__all__ = ["choice", "number", "numbers", "spoken", "whole"]

_INF = math.inf


def number(
    name: str,
    value: object,
    expected: str,
    *,
    low: float = -_INF,
    above: float = -_INF,
    high: float = _INF,
    below: float = _INF,
) -> float:
    """The value as a float, or an InputError: text, NaN, infinity and out of range are refused.

    Examples
    --------
    >>> number("demand", 7200, "zero or more (units a year)", low=0)
    7200.0
    """
    shown = value.item() if isinstance(value, np.generic) else value
    try:
        if isinstance(shown, (str, bytes, bool)):
            raise TypeError
        x = float(shown)  # type: ignore[arg-type]
    except (TypeError, ValueError, OverflowError):
        raise InputError(name, shown, expected) from None
    if not math.isfinite(x) or x < low or x <= above or x > high or x >= below:
        raise InputError(name, shown, expected)
    return x


def whole(name: str, value: object, expected: str, *, low: float = -_INF, high: float = _INF) -> int:
    """The value as an int, or an InputError where it has a fraction.

    Examples
    --------
    >>> whole("lead_time", 4.0, "a whole number of periods, zero or more", low=0)
    4
    """
    x = number(name, value, expected, low=low, high=high)
    if x != int(x):
        raise InputError(name, value, expected)
    return int(x)


def numbers(
    name: str,
    values: object,
    expected: str,
    *,
    low: float = -_INF,
    above: float = -_INF,
    high: float = _INF,
    length: int | None = None,
) -> NDArray[np.float64]:
    """A sequence as an array of floats; the InputError names the place of the first that will not do.

    Examples
    --------
    >>> numbers("demand", [3, 4], "zero or more", low=0)
    array([3., 4.])
    """
    if isinstance(values, (str, bytes, dict)) or not isinstance(values, Iterable):
        raise InputError(name, values, f"a sequence of numbers, each {expected}")
    xs = [number(f"{name}[{i}]", v, expected, low=low, above=above, high=high) for i, v in enumerate(values)]
    if length is None and not xs:
        raise InputError(name, xs, "at least one number")
    if length is not None and len(xs) != length:
        raise InputError(name, f"{len(xs)} values", f"{length} values, one for each item")
    return np.array(xs, dtype=float)


def choice(name: str, value: object, allowed: Iterable[str]) -> str:
    """The value where it is one of the allowed words, else an InputError that lists them.

    Examples
    --------
    >>> choice("kind", "all_units", ("all_units", "incremental"))
    'all_units'
    """
    words = tuple(allowed)
    if not isinstance(value, str) or value not in words:
        raise InputError(name, value, "one of " + ", ".join(words))
    return value


def spoken(x: float) -> str:
    """A figure as one says it: whole from 100 up, else three digits.

    Examples
    --------
    >>> spoken(4678.46), spoken(29.2683), spoken(0.03416), spoken(-0.0)
    ('4,678', '29.3', '0.0342', '0')
    """
    if not math.isfinite(x):
        return str(x)
    return f"{x:,.0f}" if abs(x) >= 99.95 else f"{x + 0.0:.3g}" if x else "0"
