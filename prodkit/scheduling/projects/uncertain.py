"""How sure the end of a project is: three-point estimates, by the textbook's formula and simulated."""

from __future__ import annotations

import math
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from ..._common import choice, number, spoken, whole
from ...errors import InputError
from ._reading import Project, read_project
from .network import days_said, network_of

if TYPE_CHECKING:
    import pandas as pd

    from ...plant import Plant

__all__ = ["PertEstimate", "pert"]

_Z95 = 1.959963984540054
_CELLS = 2_000_000  # activities x runs drawn at a time


@dataclass(frozen=True, eq=False)
class PertEstimate:
    """How long a project will take, by the normal curve on one path and simulated. Made by `pert`."""

    project: str
    """Name of the project, "" where the table names none."""
    activities: pd.DataFrame = field(repr=False)
    """One row an activity: activity, name, after, days_optimistic, days, days_pessimistic, mean (days), variance
    (days squared), early_start, early_finish, late_start, late_finish, total_float (days, all with the means),
    is_critical (with the means), critical_share (of the runs)."""
    path: tuple[str, ...]
    """The critical path with the means; of several, the one with the largest variance."""
    mean: float
    """Sum of the means on that path (days)."""
    variance: float
    """Sum of the variances on that path (days squared)."""
    due: float | None
    """When it should be done (days from the start), where one was given."""
    distribution: str
    """beta or triangular: what each activity was drawn from."""
    simulated: NDArray[np.float64] = field(repr=False)
    """Length of the project in each run (days), the shortest first."""
    simulated_path: NDArray[np.float64] = field(repr=False)
    """Length of `path` alone in each run (days), the shortest first."""

    @property
    def sd(self) -> float:
        """Standard deviation of the path (days)."""
        return math.sqrt(self.variance)

    @property
    def runs(self) -> int:
        """How often the project was simulated."""
        return len(self.simulated)

    @property
    def simulated_mean(self) -> float:
        """Mean length over the runs (days)."""
        return float(self.simulated.mean())

    @property
    def simulated_sd(self) -> float:
        """Standard deviation of the length over the runs (days)."""
        return float(self.simulated.std(ddof=1))

    @property
    def simulated_mean_interval(self) -> tuple[float, float]:
        """95 % confidence interval of the mean length (days)."""
        half = _Z95 * self.simulated_sd / math.sqrt(self.runs)
        return self.simulated_mean - half, self.simulated_mean + half

    def z(self, due: float | None = None) -> float:
        """Deviations from the path's mean to a due day (that of the estimate if left out)."""
        day = self._day(due)
        if self.variance == 0:
            return math.copysign(math.inf, day - self.mean) if day != self.mean else 0.0
        return (day - self.mean) / self.sd

    def chance_normal(self, due: float | None = None) -> float:
        """Probability of being done by a day, by the normal curve on the one path (share)."""
        day = self._day(due)
        return float(day >= self.mean) if self.variance == 0 else 0.5 * math.erfc(-self.z(day) / math.sqrt(2))

    def chance_simulated(self, due: float | None = None) -> float:
        """Share of the runs in which the whole project is done by a day."""
        return _share(self.simulated, self._day(due))

    def chance_interval(self, due: float | None = None) -> tuple[float, float]:
        """95 % confidence interval of `chance_simulated` (shares; E. B. Wilson's of 1927)."""
        p, n = self.chance_simulated(due), self.runs
        middle = (p + _Z95**2 / (2 * n)) / (1 + _Z95**2 / n)
        half = _Z95 / (1 + _Z95**2 / n) * math.sqrt(p * (1 - p) / n + (_Z95 / (2 * n)) ** 2)
        return max(0.0, middle - half), min(1.0, middle + half)

    def chance_path(self, due: float | None = None) -> float:
        """Share of the same runs in which the one path is done by a day, whatever the others do."""
        return _share(self.simulated_path, self._day(due))

    def optimism(self, due: float | None = None) -> float:
        """By how much the normal curve on one path promises more than the simulation (share)."""
        return self.chance_normal(due) - self.chance_simulated(due)

    def days_normal(self, share: float) -> float:
        """Days that suffice with a probability, by the normal curve on the one path."""
        from scipy.stats import norm

        return self.mean + self.sd * float(norm.ppf(_inside(share)))

    def days_simulated(self, share: float) -> float:
        """Days that suffice in a share of the runs."""
        return float(np.quantile(self.simulated, _inside(share), method="inverted_cdf"))

    def _day(self, due: float | None) -> float:
        if due is None and self.due is None:
            raise InputError("due", due, "given, here or to pert (days from the start)")
        return number("due", self.due if due is None else due, "zero or more (days from the start)", low=0)

    def __str__(self) -> str:
        path, many = " → ".join(self.path), f"{self.distribution}, {self.runs:,} runs"
        if self.due is None:
            low, high = self.simulated_mean_interval
            return (
                f"On the path {path}: {days_said(self.mean)} on average, deviation {spoken(self.sd)}.\n"
                f"The whole project, simulated ({many}): {spoken(self.simulated_mean)} on average "
                f"({spoken(low)} to {spoken(high)}), since other paths can be late too."
            )
        low, high = self.chance_interval()
        return (
            f"By the normal curve on the path {path} ({days_said(self.mean)}, deviation {spoken(self.sd)}): "
            f"{_percent(self.chance_normal())} done within {days_said(self.due)}.\n"
            f"Simulated ({many}): that path alone {_percent(self.chance_path())}, the whole project "
            f"{_percent(self.chance_simulated())} ({100 * low:.1f} to {100 * high:.1f})."
        )


def pert(
    activities: pd.DataFrame | Plant,
    *,
    project: str | None = None,
    due: float | None = None,
    distribution: str = "beta",
    runs: int = 10_000,
    seed: int = 0,
    remaining: bool = False,
) -> PertEstimate:
    r"""How long a project takes and how likely it is done in time, from three-point estimates (PERT).

    Parameters
    ----------
    activities
        A table with the columns activity, after (codes parted by semicolons), days_optimistic :math:`a`,
        days :math:`m` (most likely), days_pessimistic :math:`b` (working days); or a plant.
    project
        Which project, where the table has several.
    due
        When it should be done (working days from the start).
    distribution
        What the simulation draws each activity from: `"beta"`, between a and b with PERT's own mean and variance,
        or `"triangular"`, with its peak at m (its mean is :math:`(a+m+b)/3`, so that the two answers differ even
        on one path).
    runs
        How often the project is simulated.
    seed
        Of the simulation: the same seed gives the same figures.
    remaining
        True takes off the share that is done (done_share): the time from today, not from the start.

    Returns
    -------
    PertEstimate
        `.mean`, `.variance`, `.sd` (days) of the critical path; `.chance_normal(due)` beside
        `.chance_simulated(due)` with `.chance_interval(due)`; `.optimism(due)`; `.days_normal(share)`,
        `.days_simulated(share)`; `.activities` with the share of runs in which each was critical.

    Raises
    ------
    InputError
        If there is no such project, a figure is out of range, an optimistic time is above the likely one or a
        pessimistic one below it, or what `critical_path` refuses; several at once are a PlantError.
    MissingTableError
        If the plant has no activities.

    Notes
    -----
    Mean :math:`(a + 4m + b)/6`, variance :math:`((b - a)/6)^2`; variances, not deviations, add along a path, and
    :math:`z = (T - \mu)/\sigma` (D. G. Malcolm and others, 1959: from memory, unchecked).

    **Its optimism.** The formula looks at one path. The project is done when the last of all its paths is done,
    and where paths of nearly the same length merge, the chance that all are in time is less than that of any one
    (merge bias). The simulation draws every activity, and so holds every path. With `"beta"` the one path has the
    same mean and variance in both, so that `chance_path` less `chance_simulated` is the merging alone; what
    `chance_path` differs from `chance_normal` is the skew of the estimates, which a bell curve does not know: most
    often it promises too little near the mean and too much far above it. All of them take activities as independent: one cause that delays several, such as a late drawing, makes it worse still.

    Examples
    --------
    >>> import pandas as pd
    >>> two = pd.DataFrame({"activity": ["frame", "motor", "fit"], "after": ["", "", "frame;motor"],
    ...     "days_optimistic": [8, 7, 2], "days": [10, 10, 3], "days_pessimistic": [12, 13, 4]})
    >>> estimate = pert(two, due=14)
    >>> estimate.path, estimate.mean, round(estimate.variance, 3), round(estimate.z(), 2)
    (('motor', 'fit'), 13.0, 1.111, 0.95)
    >>> print(str(estimate).splitlines()[0])
    By the normal curve on the path motor → fit (13 days, deviation 1.05): 83 % done within 14 days.
    >>> estimate.chance_simulated() < 0.78 < estimate.chance_path()  # the frame can be late too
    True
    """
    choice("distribution", distribution, ("beta", "triangular"))
    n_runs = whole("runs", runs, "a whole number, 100 or more", low=100)
    seeded = whole("seed", seed, "a whole number, zero or more", low=0)
    day = None if due is None else number("due", due, "zero or more (days from the start)", low=0)
    net = read_project(
        activities, project, needed=("days_optimistic", "days_pessimistic"), remaining=remaining
    )
    a, m, b = net.columns["days_optimistic"], net.days, net.columns["days_pessimistic"]
    means, variances = (a + 4 * m + b) / 6, ((b - a) / 6) ** 2
    plan = network_of(net, means)
    place = {code: i for i, code in enumerate(net.activities)}
    along = [[place[code] for code in path] for path in plan.paths]
    path = max(along, key=lambda p: float(variances[p].sum()))
    whole_project, alone, critical = _simulate(net, path, distribution, n_runs, seeded)
    table = plan.activities.drop(columns=["days", "free_float"])
    figures = {"days_optimistic": a, "days": m, "days_pessimistic": b, "mean": means, "variance": variances}
    for k, (name, column) in enumerate(figures.items()):
        table.insert(3 + k, name, column)
    table["critical_share"] = critical
    return PertEstimate(
        project=net.name,
        activities=table,
        path=tuple(net.activities[i] for i in path),
        mean=round(float(means[path].sum()), 9),
        variance=float(variances[path].sum()),
        due=day,
        distribution=distribution,
        simulated=whole_project,
        simulated_path=alone,
    )


def _simulate(
    net: Project, path: list[int], distribution: str, runs: int, seed: int
) -> tuple[NDArray[np.float64], NDArray[np.float64], NDArray[np.float64]]:
    """Lengths of the project and of one path, sorted; share of the runs in which each activity is critical."""
    rng = np.random.default_rng(seed)
    n, ends, alone = len(net.days), [], []
    critical = np.zeros(n)
    step = max(1, _CELLS // n)
    for first in range(0, runs, step):
        days = _draw(net, distribution, min(step, runs - first), rng)
        start, finish = net.earliest(days)
        end = finish.max(axis=0)
        late = net.latest(days, end)[0]
        critical += (late - start <= 1e-7 * np.maximum(1.0, end)).sum(axis=1)
        ends.append(end)
        alone.append(days[path].sum(axis=0))
    return np.sort(np.concatenate(ends)), np.sort(np.concatenate(alone)), critical / runs


def _draw(net: Project, distribution: str, runs: int, rng: np.random.Generator) -> NDArray[np.float64]:
    a, m, b = net.columns["days_optimistic"], net.days, net.columns["days_pessimistic"]
    days = np.repeat(a[:, None], runs, axis=1)
    for i in np.flatnonzero(b > a):
        if distribution == "triangular":
            days[i] = rng.triangular(a[i], m[i], b[i], runs)
            continue
        # The beta on a..b whose mean is (a + 4m + b) / 6 and whose deviation is (b - a) / 6.
        middle = ((a[i] + 4 * m[i] + b[i]) / 6 - a[i]) / (b[i] - a[i])
        both = 36 * middle * (1 - middle) - 1
        days[i] = a[i] + (b[i] - a[i]) * rng.beta(middle * both, (1 - middle) * both, runs)
    return days


def _share(ordered: NDArray[np.float64], day: float) -> float:
    return float(np.searchsorted(ordered, day * (1 + 1e-12), side="right")) / len(ordered)


def _inside(share: float) -> float:
    return number("share", share, "above 0 and below 1", above=0, below=1)


def _percent(share: float) -> str:
    return f"{100 * share:.0f} %"
