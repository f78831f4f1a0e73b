"""Work sampling: what people and machines do, from looks at random moments."""

from __future__ import annotations

import math
from dataclasses import dataclass
from statistics import NormalDist
from typing import TYPE_CHECKING, Any

from .._common import choice, number, whole
from ..errors import InputError
from ._given import given_table
from .time_study import observations_needed, with_allowance

if TYPE_CHECKING:
    import pandas as pd

    from ..plant import Plant

__all__ = ["WorkSampling", "work_sampling"]


@dataclass(frozen=True)
class WorkSampling:
    """How much of the time a state takes. Made by `work_sampling`."""

    state: str
    """What was looked for."""
    hits: int
    """Looks that found it."""
    looks: int
    """Looks in all."""
    low: float
    """Lower end of the interval (share)."""
    high: float
    """Upper end of the interval (share)."""
    confidence: float
    """Probability with which the interval holds the true share."""
    accuracy: float
    """Half width that was asked for (see `accuracy_basis`)."""
    accuracy_basis: str
    """"absolute" (points of the share) or "relative" (part of the share)."""
    states: pd.DataFrame | None
    """state, hits, share: every state that was seen, most frequent first; None where only counts were given."""
    days: pd.DataFrame | None
    """date, looks, hits, share, low, high (3-sigma limits of that day's share), is_outside; None without days."""

    @property
    def share(self) -> float:
        """Part of the time (share)."""
        return self.hits / self.looks

    @property
    def half_width(self) -> float:
        """Half of the interval (points of the share)."""
        return (self.high - self.low) / 2

    @property
    def needed(self) -> int:
        """Looks in all that the accuracy needs, by the share found; 0.5 stands in where it is 0 or 1."""
        p = self.share if 0 < self.share < 1 else 0.5
        return observations_needed(
            share=p, accuracy=self.accuracy, accuracy_basis=self.accuracy_basis, confidence=self.confidence
        )

    @property
    def more_needed(self) -> int:
        """Looks still to be made; 0 where there are enough."""
        return max(0, self.needed - self.looks)

    @property
    def days_outside(self) -> tuple[str, ...]:
        """Days whose share lies outside its limits: look for a reason before they are averaged in."""
        if self.days is None:
            return ()
        return tuple(self.days.loc[self.days["is_outside"], "date"].dt.strftime("%Y-%m-%d"))

    def standard_time(
        self,
        time: float,
        units: float,
        *,
        rating: float = 1.0,
        allowance: float = 0.0,
        allowance_basis: str = "shift",
    ) -> float:
        """Standard time of a unit where the state is "at work": time watched times share times rating, over units.

        `time` is all that was watched (any unit), `units` what was made in it; allowance as `standard_time` takes it.
        """
        whole_time = number("time", time, "above zero (time watched)", above=0)
        made = number("units", units, "above zero (units made meanwhile)", above=0)
        pace = number("rating", rating, "between 0.4 and 2; 1 is normal", low=0.4, high=2)
        return with_allowance(whole_time * self.share * pace / made, allowance, allowance_basis)

    def __str__(self) -> str:
        n = len(self.days_outside)
        odd = f" {n} day{'s' * (n != 1)} outside the limits: {', '.join(self.days_outside)}." if n else ""
        enough = f"{self.more_needed:,} more are needed" if self.more_needed else "that is enough"
        return (
            f"{self.state.capitalize()} {100 * self.share:.1f} % of the time, between {100 * self.low:.1f} and "
            f"{100 * self.high:.1f} % ({100 * self.confidence:g} % sure).\n"
            f"{self.looks:,} looks; for an accuracy of {100 * self.accuracy:g} % {self.accuracy_basis} {enough}.{odd}"
        )


def work_sampling(
    observations: float | pd.DataFrame | Plant,
    state: str = "at work",
    *,
    looks: int | None = None,
    place: str | None = None,
    accuracy: float = 0.03,
    accuracy_basis: str = "absolute",
    confidence: float = 0.95,
    interval: str = "normal",
) -> WorkSampling:
    r"""Share of the time that a state takes, with its interval, the looks it needs, and a control chart by day.

    Parameters
    ----------
    observations
        Number of looks that found the state; or a DataFrame with date, place, state, looks (how many of that day's
        looks at that place found that state), or a plant, with its table work_samples.
    state
        What is looked for. Any text where counts are given.
    looks
        Looks in all, where a number is given.
    place
        Which place; left out: all of them together.
    accuracy, accuracy_basis
        Half width of the interval that will do: "absolute", in points of the share (0.03: 27 to 33 %), or
        "relative", as part of it (0.1 of 30 %: the same).
    confidence
        Probability with which the interval holds the true share.
    interval
        "normal", :math:`p \pm z \sqrt{p (1 - p) / n}`; or "wilson", better for few looks and rare states.

    Returns
    -------
    WorkSampling
        `.share`, `.low`, `.high`, `.needed`, `.more_needed`, `.states`, `.days`, `.days_outside`,
        `.standard_time(time, units)`.

    Raises
    ------
    InputError
        If there are more hits than looks, or the state or place was never seen.
    PlantError
        If a table has several faults.

    Notes
    -----
    Looks must come at random moments, and tell independent things. Days are a p chart: the share of all days plus and
    minus 3 standard deviations of that day's number of looks (Tippett 1935; Barnes, *Motion and Time Study*; from
    memory, unchecked).

    Examples
    --------
    >>> study = work_sampling(180, "idle", looks=600)
    >>> study.share, round(study.low, 3), round(study.high, 3), study.more_needed
    (0.3, 0.263, 0.337, 297)
    """
    import pandas as pd

    level = number("confidence", confidence, "a share above 0 and below 1", above=0, below=1)
    h = number("accuracy", accuracy, "above zero", above=0)
    choice("accuracy_basis", accuracy_basis, ("absolute", "relative"))
    choice("interval", interval, ("normal", "wilson"))
    states: pd.DataFrame | None = None
    days: pd.DataFrame | None = None
    if isinstance(observations, (int, float)):
        if looks is None:
            raise InputError("looks", None, "given: the number of looks in all")
        n = whole("looks", looks, "a whole number, 1 or more", low=1)
        hits = whole("observations", observations, f"a whole number from 0 to looks, {n}", low=0, high=n)
    else:
        table = _looks(observations, place)
        seen = table.groupby("state", sort=False)["looks"].sum().sort_values(ascending=False, kind="stable")
        if state not in seen.index:
            raise InputError("state", state, "one that was seen: " + ", ".join(map(str, seen.index)))
        n, hits = int(seen.sum()), int(seen[state])
        if n == 0:
            raise InputError("looks", 0, "above zero on one day at least")
        states = pd.DataFrame({"state": seen.index.astype(str), "hits": seen.to_numpy()})
        states["share"] = states["hits"] / n
        days = _days(table, state, hits / n)
    low, high = _interval(hits, n, level, interval)
    return WorkSampling(state, hits, n, low, high, level, h, accuracy_basis, states, days)


def _looks(observations: object, place: str | None) -> pd.DataFrame:
    table = given_table(observations, "work_samples", "work sampling", fill={"place": place or "the place"})
    if place is not None:
        known = list(dict.fromkeys(table["place"]))
        table = table[table["place"] == place]
        if table.empty:
            raise InputError("place", place, "one of " + ", ".join(known))
    return table


def _days(table: pd.DataFrame, state: str, share: float) -> pd.DataFrame:
    import numpy as np

    by_day: Any = table.groupby("date", sort=True)
    looks = by_day["looks"].sum()
    hits = table[table["state"] == state].groupby("date")["looks"].sum().reindex(looks.index, fill_value=0)
    days = looks[looks > 0].reset_index()
    days["hits"] = hits[looks > 0].to_numpy()
    days["share"] = days["hits"] / days["looks"]
    wide = 3 * np.sqrt(share * (1 - share) / days["looks"])
    days["low"] = (share - wide).clip(lower=0)
    days["high"] = (share + wide).clip(upper=1)
    days["is_outside"] = (days["share"] < days["low"]) | (days["share"] > days["high"])
    out: pd.DataFrame = days
    return out


def _interval(hits: int, n: int, confidence: float, kind: str) -> tuple[float, float]:
    if kind == "wilson":
        from scipy import stats

        found = stats.binomtest(hits, n).proportion_ci(confidence, method="wilson")
        return float(found.low), float(found.high)
    p = hits / n
    half = NormalDist().inv_cdf(0.5 + confidence / 2) * math.sqrt(p * (1 - p) / n)
    return max(0.0, p - half), min(1.0, p + half)
