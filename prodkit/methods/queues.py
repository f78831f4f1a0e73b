"""Waiting lines: how long work waits before a station, and what that costs."""

from __future__ import annotations

import math
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import numpy as np

from .._common import choice, number, spoken, whole
from ..errors import InputError

if TYPE_CHECKING:
    from numpy.typing import NDArray

__all__ = ["Queue", "queue"]

_MOST = 1_000_000  # states that are worked out one by one


@dataclass(frozen=True)
class _States:
    """Probabilities of 0, 1, 2 ... in the system; beyond the last, each is `tail` times the one before."""

    p: NDArray[np.float64]
    arrivals: NDArray[np.float64]  # rate at which work comes in each state
    tail: float


@dataclass(frozen=True)
class Queue:
    """A station and the line before it, in the long run. Made by `queue`."""

    model: str
    """Kendall's name: M/M/3, M/M/1/15, M/M/2//6 (six machines), M/D/1, M/G/1, G/G/2."""
    arrival_rate: float
    """Arrivals an hour; in a finite population, of one member that is not at the station."""
    service_rate: float
    """What one server finishes an hour while busy."""
    servers: int
    """Servers that work side by side."""
    capacity: int | None
    """Places in all, in line and in service; None: no limit."""
    population: int | None
    """How many there are that can come; None: no limit."""
    throughput: float
    """What enters and leaves an hour: arrivals less those turned away."""
    Lq: float
    """Mean number waiting, not counting those in service."""
    is_approximate: bool
    """Whether the wait is an approximation (G/G/c) and not exact."""
    service_cv: float
    """Standard deviation of a service time over its mean."""
    arrival_cv: float
    """The same of the time between arrivals."""
    _states: _States | None = field(repr=False, compare=False)

    @property
    def utilization(self) -> float:
        """Share of the servers' time in which they are busy."""
        return self.throughput / (self.servers * self.service_rate)

    @property
    def offered_load(self) -> float:
        """Arrival rate over service rate: servers that would be busy if none were short (erlangs)."""
        return self.arrival_rate / self.service_rate

    @property
    def L(self) -> float:
        """Mean number waiting and in service."""
        return self.Lq + self.throughput / self.service_rate

    @property
    def Wq(self) -> float:
        """Mean wait of those that are let in (hours)."""
        return self.Lq / self.throughput

    @property
    def W(self) -> float:
        """Mean wait and service of those that are let in (hours)."""
        return self.Wq + 1 / self.service_rate

    @property
    def P0(self) -> float | None:
        """Probability of an empty station; None for G/G/c, where it is not known."""
        if self._states is not None:
            return float(self._states.p[0])
        return None if self.is_approximate else 1 - self.utilization

    @property
    def p_wait(self) -> float | None:
        """Probability that work which is let in must wait; None for G/G/c, where it is not known."""
        if self._states is None:
            return None if self.is_approximate else self.utilization
        return self.p_wait_over(0)

    @property
    def blocking(self) -> float:
        """Share of arrivals turned away because the place is full."""
        return 0.0 if self.capacity is None or self._states is None else float(self._states.p[-1])

    @property
    def variability(self) -> float:
        r"""V of the VUT equation, :math:`(c_a^2 + c_e^2)/2`: 1 where both are exponential."""
        return (self.arrival_cv**2 + self.service_cv**2) / 2

    @property
    def utilization_factor(self) -> float:
        r"""U of the VUT equation, :math:`u^{\sqrt{2(c+1)}-1} / (c (1-u))`: u / (1 - u) for one server. Infinite when full."""
        u, c = self.utilization, self.servers
        return u ** (math.sqrt(2 * (c + 1)) - 1) / (c * (1 - u)) if u < 1 else math.inf

    @property
    def service_time(self) -> float:
        """T of the VUT equation: mean service time (hours)."""
        return 1 / self.service_rate

    @property
    def departure_cv(self) -> float:
        r"""Approximate cv of the time between departures, which is the next station's arrival cv.

        :math:`c_d^2 = 1 + (1-u^2)(c_a^2-1) + u^2 (c_e^2-1)/\sqrt{m}` for m servers (Hopp and Spearman; from memory, unchecked).
        """
        u2 = self.utilization**2
        c2 = 1 + (1 - u2) * (self.arrival_cv**2 - 1) + u2 * (self.service_cv**2 - 1) / math.sqrt(self.servers)
        return math.sqrt(max(c2, 0.0))

    def p(self, n: int) -> float:
        """Probability of exactly n waiting and in service.

        >>> round(queue(4, 6).p(1), 4)
        0.2222
        """
        n = whole("n", n, "a whole number, zero or more", low=0)
        states = self._states
        if states is None:
            raise InputError(
                "n", n, f"asked of a queue with exponential times; for {self.model} only L and W are known"
            )
        last = len(states.p) - 1
        return float(states.p[n] if n <= last else states.p[last] * states.tail ** (n - last))

    def p_wait_over(self, hours: float) -> float:
        """Probability that work which is let in waits longer than so many hours.

        >>> round(queue(4, 6).p_wait_over(0.5), 4)
        0.2453
        """
        t = number("hours", hours, "zero or more (hours)", low=0)
        if self._states is None:
            raise InputError(
                "hours",
                t,
                f"asked of a queue with exponential times; for {self.model} only the mean is known",
            )
        states, done = self._states, self.servers * self.service_rate * t
        if states.tail:  # the wait of those that must wait is exponential
            return float(states.p[-1]) / (1 - states.tail) * math.exp(-done * (1 - states.tail))
        from scipy.special import pdtr

        # who comes when n are in line waits for n + 1 to be done, and those are Poisson
        seen = states.p * states.arrivals
        line = np.arange(len(seen) - self.servers)
        return float((seen[self.servers :] * pdtr(line, done)).sum() / seen.sum())

    def cost(
        self, server_cost: float, waiting_cost: float, *, lost_cost: float = 0.0, waiting: str = "system"
    ) -> float:
        """Cost of servers, of work that waits, and of work turned away (money an hour).

        Parameters
        ----------
        server_cost
            Money a server and hour.
        waiting_cost
            Money an hour for each that waits.
        lost_cost
            Money for each turned away.
        waiting
            `"system"`: those in service count as waiting too, as for a machine under repair (default, L);
            `"line"`: only those in the line (Lq).

        Returns
        -------
        float

        Raises
        ------
        InputError
            If a cost is negative.

        Examples
        --------
        >>> round(queue(4, 6).cost(20, 15), 2)
        50.0
        """
        s = number("server_cost", server_cost, "zero or more (money a server and hour)", low=0)
        w = number("waiting_cost", waiting_cost, "zero or more (money an hour)", low=0)
        x = number("lost_cost", lost_cost, "zero or more (money for each turned away)", low=0)
        held = self.L if choice("waiting", waiting, ("system", "line")) == "system" else self.Lq
        return self.servers * s + w * held + x * self.arrival_rate * self.blocking

    def __str__(self) -> str:
        about = ", approximately" if self.is_approximate else ""
        lost = f" {100 * self.blocking:.1f} % of the arrivals are turned away." if self.blocking else ""
        return (
            f"{self.model}: the servers are busy {100 * self.utilization:.1f} % of the time; work waits "
            f"{spoken(self.Wq)} and is through after {spoken(self.W)} (the time unit of the rates){about}.\n"
            f"On average {spoken(self.Lq)} wait and {spoken(self.L)} are there, service included.{lost}"
        )


def queue(
    arrival_rate: float,
    service_rate: float,
    *,
    servers: int = 1,
    capacity: int | None = None,
    population: int | None = None,
    service: str = "exponential",
    cv: float | None = None,
    arrival_cv: float = 1.0,
) -> Queue:
    r"""Wait, line and load of a station in the long run, first come, first served.

    Parameters
    ----------
    arrival_rate
        :math:`\lambda`, arrivals an hour (or any other time unit, then it is that of the results). With a
        population: the rate of one member while it is not at the station, 1 over its time to failure.
    service_rate
        :math:`\mu`, what one server finishes an hour: 1 over the service time, and not the time itself.
    servers
        c, servers or machines side by side with one line before them.
    capacity
        K, places in all, those in service included; who finds it full is turned away. By default no limit.
    population
        N, how many there are that can come at all: machines that wait for the repair crew.
    service
        Service times: `"exponential"`, `"constant"`, or `"general"` with its `cv`.
    cv
        Standard deviation of a service time over its mean.
    arrival_cv
        The same of the time between arrivals; 1 is chance arrivals (Poisson), 0 a fixed beat.

    Returns
    -------
    Queue
        `.utilization`, `.L`, `.Lq`, `.W`, `.Wq`, `.P0`, `.p(n)`, `.p_wait`, `.p_wait_over(hours)`,
        `.blocking`, `.throughput`, `.cost(...)`, `.departure_cv`, `.variability`, `.utilization_factor`,
        `.service_time`, `.model`, `.is_approximate`.

    Raises
    ------
    InputError
        If a rate is not above zero; the line would grow without limit (it says which number of servers, or
        which rate, would do); a capacity or population is below the servers; or either is asked for with
        other than exponential times.

    Notes
    -----
    Exponential times: probabilities of the states by balance of flow, in logarithms, so that hundreds of
    servers do no harm. M/D/1 and M/G/1: Pollaczek and Khinchine,
    :math:`W_q = \frac{1 + c_e^2}{2} \frac{u}{1-u} t_e`, exact. Every other case is the VUT equation
    (Kingman; Sakasegawa for more servers; as in Hopp and Spearman, *Factory Physics*; from memory, unchecked), an
    approximation, of which the result has the three factors, `.variability`, `.utilization_factor`, `.service_time`:

    .. math:: W_q = \frac{c_a^2 + c_e^2}{2} \; \frac{u^{\sqrt{2(c+1)}-1}}{c (1-u)} \; t_e

    Convention, capacity: places in line and in service (default); only places in line, in some books.
    Convention, W with a capacity: of those let in (default); of all arrivals, in some books.

    Examples
    --------
    >>> q = queue(4, 6)
    >>> round(q.Lq, 3), round(q.Wq, 3), round(q.W, 3), round(q.utilization, 3)
    (1.333, 0.333, 0.5, 0.667)
    >>> round(queue(10, 4, servers=3).Wq, 4)
    0.3511
    >>> round(queue(4, 6, service="constant").Wq, 3)
    0.167
    >>> crew = queue(0.05, 0.5, population=6, servers=1)   # six machines, one mechanic
    >>> round(crew.L, 3), round(crew.throughput, 3)
    (0.845, 0.258)
    """
    span = {"low": 1e-12, "high": 1e12}
    lam = number("arrival_rate", arrival_rate, "above zero, 1e-12 to 1e12 (arrivals an hour)", **span)
    mu = number(
        "service_rate", service_rate, "above zero, 1e-12 to 1e12 (served an hour by one server)", **span
    )
    c = whole("servers", servers, f"a whole number of servers, 1 to {_MOST:,}", low=1, high=_MOST)
    if choice("service", service, ("exponential", "constant", "general")) == "general":
        ce = number("cv", cv, "zero or more, at most 1000, given where service is general", low=0, high=1000)
    elif cv is not None:
        raise InputError("cv", cv, f'left out where service is {service} (give service="general" with it)')
    else:
        ce = 1.0 if service == "exponential" else 0.0
    ca = number("arrival_cv", arrival_cv, "zero or more, at most 1000", low=0, high=1000)
    is_markov = ce == 1.0 and ca == 1.0 and service == "exponential"
    limited = "capacity" if capacity is not None else "population" if population is not None else ""
    if limited and not is_markov:
        raise InputError(
            limited,
            capacity if population is None else population,
            "left out where times are not exponential (no formula)",
        )
    if capacity is not None and population is not None:
        raise InputError("capacity", capacity, "left out where a population is given")
    if capacity is not None or population is not None:
        what = f"a whole number, {c} (the servers) to {_MOST:,}"
        top = whole(limited, capacity if population is None else population, what, low=c, high=_MOST)
        rate = np.full(top + 1, lam)
        rate[-1] = 0.0
        if population is not None:
            rate = lam * np.arange(top, -1.0, -1.0)
        model = f"M/M/{c}/{top}" if population is None else f"M/M/{c}//{top}"
        return _by_states(model, lam, mu, c, _balance(rate, mu, c, 0.0), **{limited: top})
    u = lam / (c * mu)
    if u >= 1:
        raise _unstable(lam, mu, c)
    if is_markov:
        return _by_states(f"M/M/{c}", lam, mu, c, _balance(np.full(c + 1, lam), mu, c, u))
    kind = "D" if ce == 0 else "G"
    v = (ca**2 + ce**2) / 2
    wait = v * u ** (math.sqrt(2 * (c + 1)) - 1) / (c * (1 - u)) / mu
    is_exact = c == 1 and ca == 1
    return Queue(
        model=f"{'M' if ca == 1 else 'D' if ca == 0 else 'G'}/{kind}/{c}",
        arrival_rate=lam,
        service_rate=mu,
        servers=c,
        capacity=None,
        population=None,
        throughput=lam,
        Lq=lam * wait,
        is_approximate=not is_exact,
        service_cv=ce,
        arrival_cv=ca,
        _states=None,
    )


def _unstable(lam: float, mu: float, c: int) -> InputError:
    enough = math.floor(lam / mu * (1 + 1e-12)) + 1
    return InputError(
        "arrival_rate",
        lam,
        f"below {c * mu:g}, what {c} server{'s' * (c > 1)} can do, or the line grows without limit; "
        f"{enough} servers would do, or a service rate above {lam / c:g}",
    )


def _balance(rate: NDArray[np.float64], mu: float, c: int, tail: float) -> _States:
    """States of a birth-and-death process: `rate` arrivals in each, min(n, c) servers busy."""
    n = np.arange(1, len(rate))
    weight = np.concatenate([[0.0], np.cumsum(np.log(rate[:-1]) - np.log(mu * np.minimum(n, c)))])
    p = np.exp(weight - weight.max())
    total = p.sum() + (p[-1] * tail / (1 - tail))
    return _States(p / total, rate, tail)


def _by_states(
    model: str,
    lam: float,
    mu: float,
    c: int,
    states: _States,
    *,
    capacity: int | None = None,
    population: int | None = None,
) -> Queue:
    p = states.p
    if states.tail:  # no limit: the last state is c, and each beyond it is `tail` times the one before
        through, waiting = lam, float(p[-1]) * states.tail / (1 - states.tail) ** 2
    else:
        through = float((p * states.arrivals).sum())
        waiting = float((p[c:] * np.arange(len(p) - c)).sum())
    return Queue(
        model=model,
        arrival_rate=lam,
        service_rate=mu,
        servers=c,
        capacity=capacity,
        population=population,
        throughput=through,
        Lq=waiting,
        is_approximate=False,
        service_cv=1.0,
        arrival_cv=1.0,
        _states=states,
    )
