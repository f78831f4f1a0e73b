"""Predetermined times: a method's time from a table of motions, before anyone has done it."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from .._common import number
from ..errors import InputError, PlantError
from ..plant import Plant
from ..plant.sheets import nearest
from ._given import given_table, given_tables
from .time_study import with_allowance

if TYPE_CHECKING:
    import pandas as pd

__all__ = ["TMU", "PredeterminedTime", "predetermined_time"]

TMU = 0.036
"""Seconds of one time measurement unit: 100,000 to the hour."""


@dataclass(frozen=True)
class PredeterminedTime:
    """Time of a method by its motions. Made by `predetermined_time`."""

    steps: pd.DataFrame
    """step, left, right (codes, "" where the hand rests), times, left_seconds, right_seconds, seconds (the slower
    hand's, for all times)."""
    allowance: float
    """Share, see `allowance_basis`."""
    allowance_basis: str
    """"shift" or "job"."""

    @property
    def normal(self) -> float:
        """Normal time (seconds)."""
        return math.fsum(self.steps["seconds"].tolist())

    @property
    def tmu(self) -> float:
        """Normal time (time measurement units, 100,000 to the hour)."""
        return self.normal / TMU

    @property
    def standard(self) -> float:
        """Time with allowances (seconds)."""
        return with_allowance(self.normal, self.allowance, self.allowance_basis)

    @property
    def hands_busy(self) -> Mapping[str, float]:
        """Part of the time that each hand moves: {"left": share, "right": share}."""
        total = self.normal
        return {
            side: math.fsum((self.steps[f"{side}_seconds"] * self.steps["times"]).tolist()) / total
            if total
            else 0.0
            for side in ("left", "right")
        }

    def __str__(self) -> str:
        busy = self.hands_busy
        return (
            f"{self.normal:.1f} seconds at normal pace ({self.tmu:,.0f} time units), {self.standard:.1f} with "
            f"allowances, in {len(self.steps)} steps.\n"
            f"The left hand moves {100 * busy['left']:.0f} % of the time, the right {100 * busy['right']:.0f} %."
        )


def predetermined_time(
    motions: Mapping[str, float] | Iterable[str | tuple[str, str]] | pd.DataFrame | Plant,
    table: Mapping[str, float] | pd.DataFrame | Plant | None = None,
    *,
    operation: str | None = None,
    method: str | None = None,
    allowance: float = 0.0,
    allowance_basis: str = "shift",
) -> PredeterminedTime:
    """Time of a method from the times of its motions.

    Parameters
    ----------
    motions
        {code: how often}; codes in order, each one or (left, right), "" where a hand rests; a DataFrame with
        operation, method, step, left, right, times; or a plant, with its table motion_studies.
    table
        {code: seconds}; a DataFrame with motion, seconds; or a plant, with its table motions. Left out where
        `motions` is a plant: its own.
    operation, method
        Which one, where the table holds several.
    allowance, allowance_basis
        As `standard_time` takes them. Predetermined times are at normal pace: they are not rated.

    Returns
    -------
    PredeterminedTime
        `.normal`, `.tmu`, `.standard`, `.steps`, `.hands_busy`.

    Raises
    ------
    InputError
        If a motion is not in the table, or operation or method must be said.
    PlantError
        If several motions are not in it, or a table has several faults.

    Notes
    -----
    Both hands at once: a step takes as long as the slower hand. The published systems (MTM, MOST) belong to their
    associations, which train and license their use: put the times that your plant is entitled to into its table
    motions. Those of the samples are made for this course and belong to no system.

    Examples
    --------
    >>> times = {"reach": 0.5, "grasp": 0.2, "move": 0.6, "place": 0.9}
    >>> pick = predetermined_time(["reach", "grasp", ("move", "reach"), "place"], times, allowance=0.1)
    >>> round(pick.normal, 2), round(pick.tmu), round(pick.standard, 2)
    (2.2, 61, 2.44)
    >>> round(predetermined_time({"reach": 3, "grasp": 3}, times).normal, 2)
    2.1
    """
    import pandas as pd

    with_allowance(1.0, allowance, allowance_basis)
    if table is None and not isinstance(motions, Plant):
        raise InputError("table", None, "given: {code: seconds}, a DataFrame, or a plant")
    seconds = _seconds(motions if table is None else table)
    if isinstance(motions, (Plant, pd.DataFrame)):
        steps = _study(motions, operation, method)
    else:
        for name, value in (("operation", operation), ("method", method)):
            if value is not None:
                raise InputError(name, value, "left out where motions are given one by one")
        steps = _listed(motions)
    unknown = [code for step in steps for code in step[:2] if code and code not in seconds]
    faults = [
        InputError(
            "motion",
            code,
            f"a code of the table (did you mean {nearest(code, seconds, 0.5) or next(iter(seconds))}?)",
        )
        for code in dict.fromkeys(unknown)
    ]
    if len(faults) == 1:
        raise faults[0]
    if faults:
        raise PlantError(
            "\n".join(["motions are not in the table", *(f"  {f}" for f in faults)]), tuple(faults)
        )
    rows = []
    for number_, (left, right, times) in enumerate(steps, start=1):
        each = [seconds.get(code, 0.0) for code in (left, right)]
        rows.append((number_, left, right, times, *each, max(each) * times))
    columns = ["step", "left", "right", "times", "left_seconds", "right_seconds", "seconds"]
    return PredeterminedTime(pd.DataFrame(rows, columns=columns), float(allowance), allowance_basis)


def _seconds(table: object) -> dict[str, float]:
    if isinstance(table, Mapping):
        if not table:
            raise InputError("table", {}, "at least one motion with its seconds")
        return {str(c): number(f"table[{c!r}]", s, "above zero (seconds)", above=0) for c, s in table.items()}
    read = given_table(table, "motions", "predetermined times", fill={"name": "a motion"})
    return dict(zip(read["motion"].tolist(), read["seconds"].tolist(), strict=True))


def _listed(motions: Mapping[str, float] | Iterable[str | tuple[str, str]]) -> list[tuple[str, str, float]]:
    if isinstance(motions, str):
        raise InputError("motions", motions, "a list of codes, or {code: how often}")
    if isinstance(motions, Mapping):
        steps = [
            ("", str(c), number(f"motions[{c!r}]", n, "zero or more (times)", low=0))
            for c, n in motions.items()
        ]
    else:
        steps = []
        for place, item in enumerate(motions):
            pair = ("", item) if isinstance(item, str) else tuple(item)
            if len(pair) != 2 or not all(isinstance(code, str) for code in pair) or not any(pair):
                raise InputError(
                    f"motions[{place}]", item, "a code, or the codes of the left and the right hand"
                )
            steps.append((pair[0], pair[1], 1.0))
    if not steps:
        raise InputError("motions", "none", "at least one motion")
    return steps


def _study(motions: object, operation: str | None, method: str | None) -> list[tuple[str, str, float]]:
    if isinstance(motions, Plant):
        table = motions.need("motion_studies", 1, "predetermined times")
    else:
        import pandas as pd

        assert isinstance(motions, pd.DataFrame)
        fill = {"operation": operation or "the job", "method": method or "today"}
        table = motions.assign(**{k: v for k, v in fill.items() if k not in motions.columns})
        table = given_tables({"motion_studies": table})["motion_studies"]
    for name, wanted in (("operation", operation), ("method", method)):
        known = list(dict.fromkeys(table[name]))
        if wanted is None and len(known) > 1:
            raise InputError(name, None, "one of " + "; ".join(known))
        table = table[table[name] == (known[0] if wanted is None else wanted)]
        if table.empty:
            raise InputError(name, wanted, "one of " + "; ".join(known))
    table = table.sort_values("step", kind="stable")
    return list(zip(table["left"].tolist(), table["right"].tolist(), table["times"].tolist(), strict=True))
