"""Time study: from stopwatch readings to a standard time, and how many readings it takes."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from statistics import NormalDist
from typing import TYPE_CHECKING

from .._common import choice, number, numbers, spoken
from ..errors import InputError
from ..plant import Plant
from ._given import given_table

if TYPE_CHECKING:
    import pandas as pd

    Readings = Sequence[float] | Mapping[str, Sequence[float]] | pd.DataFrame | Plant

__all__ = ["StandardTime", "observations_needed", "standard_time", "with_allowance"]

_BASES = ("shift", "job")


@dataclass(frozen=True)
class StandardTime:
    """Standard time of an operation. Made by `standard_time`."""

    elements: pd.DataFrame
    """element, readings, foreign (readings left out), observed (mean), sd, rating (mean), every (cycles), normal
    (mean of reading times rating, for one cycle); in the unit of the readings."""
    allowance: float
    """For personal needs, fatigue and delays (share)."""
    allowance_basis: str
    """What it is a share of: "shift" time, or "job" time."""

    @property
    def observed(self) -> float:
        """Mean time of a cycle, elements by how often they come (unit of the readings)."""
        return math.fsum((self.elements["observed"] / self.elements["every"]).tolist())

    @property
    def normal(self) -> float:
        """Time of a cycle at normal pace, before allowances (unit of the readings)."""
        return math.fsum(self.elements["normal"].tolist())

    @property
    def standard(self) -> float:
        """Time of a cycle with allowances (unit of the readings)."""
        return with_allowance(self.normal, self.allowance, self.allowance_basis)

    def units_in(self, time: float) -> float:
        """Units that the standard asks for in so much time (unit of the readings): 3600 for an hour in seconds."""
        return number("time", time, "above zero (unit of the readings)", above=0) / self.standard

    def __str__(self) -> str:
        of = "of the shift" if self.allowance_basis == "shift" else "on job time"
        n = len(self.elements)
        return (
            f"Standard {spoken(self.standard)}: observed {spoken(self.observed)}, at normal pace "
            f"{spoken(self.normal)}, allowance {100 * self.allowance:g} % {of}.\n"
            f"{n} element{'s' * (n != 1)}, {int(self.elements['readings'].sum())} readings, "
            f"{int(self.elements['foreign'].sum())} left out as foreign."
        )


def with_allowance(normal: float, allowance: float, basis: str) -> float:
    """Normal time with an allowance on shift or job time."""
    choice("allowance_basis", basis, _BASES)
    if basis == "shift":
        return normal / (1 - number("allowance", allowance, "a share from 0 to below 1", low=0, below=1))
    return normal * (1 + number("allowance", allowance, "zero or more (share)", low=0))


def standard_time(
    readings: Readings,
    *,
    rating: float | Sequence[float] | Mapping[str, float] | None = None,
    allowance: float = 0.0,
    allowance_basis: str = "shift",
    every: Mapping[str, float] | None = None,
    operation: str | None = None,
) -> StandardTime:
    r"""Time in which a trained person at normal pace does an operation, with rest and delays.

    Parameters
    ----------
    readings
        Times read, in any unit: a sequence for one element; {element: times}; a DataFrame with element, seconds and,
        where there are any, operation, cycle, rating, foreign, every; or a plant, with its table time_studies.
    rating
        Pace against normal, 1 is normal (1.1 is a tenth faster): one for all, one a reading, or {element: rating}.
        Left out: the table's, else 1.
    allowance
        For personal needs, fatigue and delays (share).
    allowance_basis
        "shift": share of the shift, :math:`ST = NT / (1 - A)`; "job": share of the job's time,
        :math:`ST = NT (1 + A)`.
    every
        {element: cycles}: an element that comes once in so many cycles counts by that part; all others each cycle.
    operation
        Which operation, where the table holds several.

    Returns
    -------
    StandardTime
        `.observed`, `.normal`, `.standard`, `.elements` (one row each), `.units_in(time)`.

    Raises
    ------
    InputError
        If a time is not above zero, a rating is below 0.4 or above 2 (a rating is 1.1, not 110), or an element
        has no reading that counts.
    PlantError
        If a table has several faults.

    Notes
    -----
    Normal time of an element: mean of reading times rating, over the cycles in which it comes once. Readings marked
    foreign (a dropped tool, a question) are left out, never averaged in; irregular elements are part of the work and
    stay, by how often they come.

    Convention, allowance: on shift time (default; Heizer and Render) or on job time (Stevenson names both); 15 % is
    1.176 times the normal time by the first, 1.15 by the second (from memory, unchecked).

    Examples
    --------
    >>> study = standard_time([27, 19, 20, 21, 13], rating=1.2, allowance=0.2, allowance_basis="job")
    >>> study.observed, study.normal, round(study.standard, 1)
    (20.0, 24.0, 28.8)
    >>> study = standard_time({"pack": [10, 12], "new roll": [60]}, every={"new roll": 20}, allowance=0.1)
    >>> study.normal, round(study.standard, 2)
    (14.0, 15.56)
    """
    import pandas as pd

    choice("allowance_basis", allowance_basis, _BASES)
    with_allowance(1.0, allowance, allowance_basis)
    if isinstance(readings, (Plant, pd.DataFrame)):
        rows = _study(readings, operation, rating)
    else:
        if operation is not None:
            raise InputError("operation", operation, "left out where readings are numbers")
        rows = _plain(readings, rating)
    names = [str(row["element"]) for row in rows]
    for name, cycles in (every or {}).items():
        if name not in names:
            raise InputError("every", name, "one of the elements " + ", ".join(names))
        rows[names.index(name)]["every"] = number(f"every[{name!r}]", cycles, "above zero (cycles)", above=0)
    out = pd.DataFrame(rows)
    out["normal"] = out["normal"] / out["every"]
    order = ["element", "readings", "foreign", "observed", "sd", "rating", "every", "normal"]
    return StandardTime(out[order], float(allowance), allowance_basis)


def _row(
    element: str, times: Sequence[float], ratings: Sequence[float], foreign: int, every: float
) -> dict[str, object]:
    n = len(times)
    mean = math.fsum(times) / n
    sd = math.sqrt(math.fsum((t - mean) ** 2 for t in times) / (n - 1)) if n > 1 else math.nan
    return {
        "element": element,
        "readings": n,
        "foreign": foreign,
        "observed": mean,
        "sd": sd,
        "rating": math.fsum(ratings) / n,
        "every": every,
        "normal": math.fsum(t * r for t, r in zip(times, ratings, strict=True)) / n,
    }


def _rating(name: str, value: object) -> float:
    return number(name, value, "between 0.4 and 2; 1 is normal, 1.1 a tenth faster", low=0.4, high=2)


def _plain(readings: object, rating: object) -> list[dict[str, object]]:
    many = isinstance(readings, Mapping)
    elements = dict(readings) if isinstance(readings, Mapping) else {"the job": readings}
    if not elements:
        raise InputError("readings", {}, "at least one element")
    if isinstance(rating, Mapping):
        for element in rating:
            if element not in elements:
                raise InputError("rating", element, "one of the elements " + ", ".join(map(str, elements)))
    rows = []
    for element, given in elements.items():
        name = f"readings[{element!r}]" if many else "readings"
        times = numbers(name, given, "above zero (time read)", above=0).tolist()
        if rating is None:
            paces = [1.0] * len(times)
        elif isinstance(rating, Mapping):
            paces = [_rating(f"rating[{element!r}]", rating.get(element, 1.0))] * len(times)
        elif isinstance(rating, Sequence) and not isinstance(rating, str):
            if many or len(rating) != len(times):
                raise InputError(
                    "rating",
                    f"{len(rating)} values",
                    "one number, one a reading of one element, or one an element by name",
                )
            paces = [_rating(f"rating[{i}]", r) for i, r in enumerate(rating)]
        else:
            paces = [_rating("rating", rating)] * len(times)
        rows.append(_row(str(element), times, paces, 0, 1.0))
    return rows


def _study(readings: object, operation: str | None, rating: object) -> list[dict[str, object]]:

    import pandas as pd

    if (
        isinstance(readings, pd.DataFrame)
        and "cycle" not in readings.columns
        and "element" in readings.columns
    ):
        readings = readings.assign(cycle=readings.groupby("element").cumcount() + 1)
    table = given_table(readings, "time_studies", "a time study", fill={"operation": operation or "the job"})
    known = list(dict.fromkeys(table["operation"]))
    if operation is None and len(known) > 1:
        raise InputError("operation", None, "one of " + "; ".join(known))
    table = table[table["operation"] == (known[0] if operation is None else operation)]
    if table.empty:
        raise InputError("operation", operation, "one of " + "; ".join(known))
    rows = []
    for element, part in table.groupby("element", sort=False):
        good: pd.DataFrame = part[~part["foreign"]]
        if good.empty:
            raise InputError(f"readings of {element}", "only foreign ones", "at least one that counts")
        paces = good["rating"].tolist()
        if isinstance(rating, Mapping):
            paces = (
                [_rating(f"rating[{element!r}]", rating[element])] * len(good) if element in rating else paces
            )
        elif rating is not None:
            paces = [_rating("rating", rating)] * len(good)
        rows.append(
            _row(
                str(element),
                good["seconds"].tolist(),
                paces,
                len(part) - len(good),
                float(part["every"].iloc[0]),
            )
        )
    return rows


def observations_needed(
    readings: Sequence[float] | None = None,
    *,
    mean: float | None = None,
    sd: float | None = None,
    share: float | None = None,
    accuracy: float = 0.05,
    accuracy_basis: str | None = None,
    confidence: float = 0.95,
    distribution: str = "normal",
) -> int:
    r"""Readings that a time study needs, or looks that a work sampling needs, for an accuracy.

    Parameters
    ----------
    readings
        Times of a pilot study, at least two; or, in their place:
    mean, sd
        Their mean and standard deviation (the same unit); or, for work sampling:
    share
        The share that is expected (0.3); 0.5 asks for the most looks.
    accuracy
        Half the width of the interval that will do, :math:`h`.
    accuracy_basis
        "relative": 0.05 is 5 % of the mean, or of the share; "absolute": in the unit of the times, or in points of
        the share. Times: "relative" where it is left out. A share: it must be said.
    confidence
        Probability with which the interval holds the truth (share).
    distribution
        "normal"; or "t", Student's with one degree of freedom less than the readings that are found (times only).

    Returns
    -------
    int
        Readings or looks in all, rounded up; those of the pilot study count among them.

    Raises
    ------
    InputError
        If not exactly one of readings, mean with sd, and share is given, or the basis of a share is not said.

    Notes
    -----
    :math:`n = (z s / h \bar{x})^2`, with :math:`h` relative; a work sampling: :math:`n = z^2 p (1 - p) / h^2`, with
    :math:`h` in points (Niebel, *Methods, Standards, and Work Design*; from memory, unchecked).
    The deviation divides by n - 1.

    Examples
    --------
    >>> observations_needed(mean=3.0, sd=1.0, accuracy=0.05)
    171
    >>> observations_needed(share=0.25, accuracy=0.03, accuracy_basis="absolute")
    801
    >>> observations_needed(share=0.25, accuracy=0.03, accuracy_basis="relative")
    12805
    """
    given = [n for n, v in (("readings", readings), ("mean", mean), ("share", share)) if v is not None]
    if len(given) != 1 or (sd is not None) != (given == ["mean"]):
        raise InputError(
            "readings", ", ".join(given) or None, "given one way: readings, mean and sd, or share"
        )
    z_tail = 0.5 + number("confidence", confidence, "a share above 0 and below 1", above=0, below=1) / 2
    h = number("accuracy", accuracy, "above zero", above=0)
    choice("distribution", distribution, ("normal", "t"))
    if share is not None:
        if accuracy_basis is None:
            wanted = '"absolute" (points of the share) or "relative" (part of the share)'
            raise InputError("accuracy_basis", None, wanted)
        p = number("share", share, "above 0 and below 1", above=0, below=1)
        middle, spread = p, math.sqrt(p * (1 - p))
    elif readings is not None:
        times = numbers("readings", readings, "above zero (time read)", above=0)
        if len(times) < 2:
            raise InputError("readings", f"{len(times)} reading", "at least two readings of a pilot study")
        middle, spread = float(times.mean()), float(times.std(ddof=1))
    else:
        middle = number("mean", mean, "above zero (time)", above=0)
        spread = number("sd", sd, "zero or more (time)", low=0)
    basis = choice("accuracy_basis", accuracy_basis or "relative", ("relative", "absolute"))
    half = h * middle if basis == "relative" else h
    n = _rounded_up((NormalDist().inv_cdf(z_tail) * spread / half) ** 2)
    if distribution == "t" and share is None:
        from scipy import stats

        n = max(n, 2)
        while n < _rounded_up((float(stats.t.ppf(z_tail, n - 1)) * spread / half) ** 2):
            n += 1
    return n


def _rounded_up(raw: float) -> int:
    return max(1, math.ceil(raw - 1e-9))
