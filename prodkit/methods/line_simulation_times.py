"""A station of a line, and chance times for it: processing, failures, repairs."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from .._common import choice, number, whole
from ..errors import InputError

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Array = NDArray[np.float64]

__all__ = ["Station", "between", "draw"]

_LEAST, _MOST = 1e-9, 1e9  # hours
_KINDS = ("constant", "exponential", "gamma", "lognormal")


@dataclass(frozen=True, kw_only=True)
class Station:
    """One station of a line: what `simulate_line` and `flow_benchmarks` need to know of it.

    Examples
    --------
    >>> saw = Station(process_time=0.2, name="saw", time_to_failure=18, time_to_repair=2)
    >>> saw.availability, round(saw.effective_time, 4), round(saw.effective_cv, 3), round(saw.rate, 2)
    (0.9, 0.2222, 1.342, 4.5)
    """

    process_time: float
    """Mean time of one unit on one machine, failures aside (hours)."""
    name: str = ""
    """What it is called; by default its number."""
    cv: float = 0.0
    """Standard deviation of the time over its mean."""
    distribution: str = ""
    """constant, exponential, gamma or lognormal; by default what the cv says: 0, 1, or else gamma."""
    machines: int = 1
    """Machines side by side."""
    buffer: int | None = None
    """Places for waiting units before it; None: no limit."""
    time_to_failure: float | None = None
    """Mean working time from one failure to the next (hours at work), exponential; None: it never fails."""
    time_to_repair: float | None = None
    """Mean time of a repair (hours)."""
    repair_cv: float = 1.0
    """Standard deviation of a repair over its mean; 1 exponential, else gamma, 0 constant."""
    rework_share: float = 0.0
    """Share of what it finishes that is sent back."""
    rework_to: str = ""
    """Name of the station that it is sent back to; by default this one. It joins the end of the line there."""

    def __post_init__(self) -> None:
        who = f" of {self.name}" if self.name else ""
        for name in ("name", "distribution", "rework_to"):
            if not isinstance(getattr(self, name), str):
                raise InputError(f"{name}{who}", getattr(self, name), "text")
        number(
            f"process_time{who}",
            self.process_time,
            f"above zero, {_LEAST:g} to {_MOST:g} (hours)",
            low=_LEAST,
            high=_MOST,
        )
        number(f"cv{who}", self.cv, "zero or more, at most 100", low=0, high=100)
        if self.distribution:
            choice(f"distribution{who}", self.distribution, _KINDS)
            fixed = {"constant": 0.0, "exponential": 1.0}.get(self.distribution)
            if fixed is not None and self.cv != fixed:
                raise InputError(f"cv{who}", self.cv, f"{fixed:g} where times are {self.distribution}")
        whole(f"machines{who}", self.machines, "a whole number, 1 to 10,000", low=1, high=10_000)
        if self.buffer is not None:
            whole(f"buffer{who}", self.buffer, "a whole number of places, zero or more, or None", low=0)
        if (self.time_to_failure is None) != (self.time_to_repair is None):
            lacking = "time_to_repair" if self.time_to_repair is None else "time_to_failure"
            raise InputError(f"{lacking}{who}", None, "given, since the other of the two is")
        if self.time_to_failure is not None:
            least = self.process_time / 1000
            wanted = f"at least {least:g} (hours at work, a thousandth of the process time)"
            number(f"time_to_failure{who}", self.time_to_failure, wanted, low=least, high=1e12)
            number(
                f"time_to_repair{who}",
                self.time_to_repair,
                f"above zero, {_LEAST:g} to {_MOST:g} (hours)",
                low=_LEAST,
                high=_MOST,
            )
        number(f"repair_cv{who}", self.repair_cv, "zero or more, at most 100", low=0, high=100)
        number(f"rework_share{who}", self.rework_share, "a share, from 0 to below 1", low=0, high=1 - 1e-9)

    @property
    def availability(self) -> float:
        """Time to failure over time to failure and repair (share)."""
        if self.time_to_failure is None or self.time_to_repair is None:
            return 1.0
        return self.time_to_failure / (self.time_to_failure + self.time_to_repair)

    @property
    def effective_time(self) -> float:
        """Mean time of one unit, repairs on the way included: process time over availability (hours)."""
        return self.process_time / self.availability

    @property
    def effective_cv(self) -> float:
        r"""The cv of that time: :math:`c_e^2 = c_0^2 + (1 + c_r^2) A (1 - A)\, m_r / t_0` (Hopp and Spearman;
        from memory, unchecked)."""
        a = self.availability
        repair = (1 + self.repair_cv**2) * a * (1 - a) * (self.time_to_repair or 0.0) / self.process_time
        return math.sqrt(self.cv**2 + repair)

    @property
    def rate(self) -> float:
        """What its machines do together when they never wait (units an hour)."""
        return self.machines / self.effective_time


def draw(
    station: Station, times: np.random.Generator, failures: np.random.Generator, shape: tuple[int, ...]
) -> tuple[Array, Array | None]:
    """Times on a machine, repairs included, and the repairs in them (None where it never fails)."""
    x = _positive(station.process_time, station.cv, station.distribution, times, shape)
    if station.time_to_failure is None or station.time_to_repair is None:
        return x, None
    # failures are a Poisson process of the working time: that many, anywhere in it
    clock = np.cumsum(x)  # of all replications in one row
    count = int(failures.poisson(clock[-1] / station.time_to_failure))
    hit = np.searchsorted(clock, failures.uniform(0.0, clock[-1], count))
    repairs = _positive(station.time_to_repair, station.repair_cv, "", failures, (count,))
    down: Array = np.bincount(np.minimum(hit, x.size - 1), repairs, x.size).reshape(shape).astype(float)
    return x + down, down


def between(rate: float, cv: float, rng: np.random.Generator, shape: tuple[int, ...]) -> Array:
    """Times between arrivals."""
    return _positive(1 / rate, cv, "", rng, shape)


def _positive(mean: float, cv: float, kind: str, rng: np.random.Generator, shape: tuple[int, ...]) -> Array:
    mean, cv = float(mean), float(cv)
    if cv < 1e-6:
        return np.full(shape, mean)
    if kind == "lognormal":
        s2 = math.log1p(cv**2)
        return rng.lognormal(math.log(mean) - s2 / 2, math.sqrt(s2), shape)
    if cv == 1:
        x = rng.standard_exponential(shape)
        x *= mean
        return x
    x = rng.standard_gamma(1 / cv**2, shape)
    x *= mean * cv**2
    return x
