"""Quick changeover: what can be done while the machine still runs."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING

from .._common import number
from ..errors import InputError
from ._given import given_table

if TYPE_CHECKING:
    import pandas as pd

    from ..plant import Plant

__all__ = ["QuickChangeover", "quick_changeover"]


@dataclass(frozen=True)
class QuickChangeover:
    """A changeover today and after each stage. Made by `quick_changeover`."""

    steps: pd.DataFrame
    """step, name, seconds, now, later (internal: the machine stands; external: it runs), seconds_later, saved (of the
    standstill, seconds)."""

    def _stands(self, kind: str, seconds: str) -> float:
        return math.fsum(self.steps.loc[self.steps[kind] == "internal", seconds].tolist())

    @property
    def today(self) -> float:
        """Standstill of the machine today (seconds)."""
        return self._stands("now", "seconds")

    @property
    def moved(self) -> float:
        """Standstill once every step that can be is done while the machine runs (seconds)."""
        return self._stands("later", "seconds")

    @property
    def improved(self) -> float:
        """Standstill once the steps that remain are shortened too (seconds)."""
        return self._stands("later", "seconds_later")

    @property
    def work_today(self) -> float:
        """Work of the whole changeover today, running machine or not (seconds)."""
        return math.fsum(self.steps["seconds"].tolist())

    @property
    def work_improved(self) -> float:
        """Work of the whole changeover in the end (seconds)."""
        return math.fsum(self.steps["seconds_later"].tolist())

    @property
    def saved_share(self) -> float:
        """Part of today's standstill that goes (share)."""
        return 1 - self.improved / self.today

    @property
    def lot_share(self) -> float:
        """Lots may be this part of today's, at the same hours of standstill a week (share)."""
        return self.improved / self.today

    def hours_freed(self, changeovers: float) -> float:
        """Machine hours that so many changeovers give back, if lots stay as they are (hours)."""
        n = number("changeovers", changeovers, "zero or more", low=0)
        return n * (self.today - self.improved) / 3600

    def __str__(self) -> str:
        return (
            f"The machine stands {self.today / 60:.1f} minutes today, {self.moved / 60:.1f} once what can be is done "
            f"while it runs, {self.improved / 60:.1f} once the rest is shortened.\n"
            f"That is {100 * self.saved_share:.0f} % less: for the same standstill, lots may be "
            f"{100 * self.lot_share:.0f} % of today's."
        )


def quick_changeover(steps: pd.DataFrame | Plant, *, changeover: str | None = None) -> QuickChangeover:
    """Standstill of a changeover today, once steps are moved, and once the rest is shortened.

    Parameters
    ----------
    steps
        A DataFrame with step, name, seconds, now, later ("internal": the machine stands, "external": it runs),
        and, where it is known, seconds_later and changeover; or a plant, with its table changeover_steps.
    changeover
        Which one, where the table holds several.

    Returns
    -------
    QuickChangeover
        `.today`, `.moved`, `.improved` (seconds of standstill), `.work_today`, `.work_improved` (seconds of work),
        `.saved_share`, `.lot_share`, `.hours_freed(changeovers)`, `.steps`.

    Raises
    ------
    InputError
        If the changeover must be said, or none of its steps stops the machine.
    PlantError
        If the table has faults.

    Notes
    -----
    The stages of Shingo, *A Revolution in Manufacturing: The SMED System* (from memory, unchecked): tell internal
    from external steps, move what can be moved, shorten what remains. One person, one step after the other. Work that
    is moved is not saved: somebody does it while the machine runs.

    Examples
    --------
    >>> import pandas as pd
    >>> steps = pd.DataFrame(
    ...     [(1, "fetch die", 300, "internal", "external", 300), (2, "unbolt", 240, "internal", "internal", 60),
    ...      (3, "put die in", 180, "internal", "internal", 180), (4, "write report", 120, "external", "external", 60)],
    ...     columns=["step", "name", "seconds", "now", "later", "seconds_later"])
    >>> smed = quick_changeover(steps)
    >>> smed.today, smed.moved, smed.improved, round(smed.saved_share, 3)
    (720.0, 420.0, 240.0, 0.667)
    """
    fill = {"changeover": changeover or "the changeover"}
    table = given_table(steps, "changeover_steps", "quick changeover", fill=fill)
    known = list(dict.fromkeys(table["changeover"]))
    if changeover is None and len(known) > 1:
        raise InputError("changeover", None, "one of " + "; ".join(known))
    table = table[table["changeover"] == (known[0] if changeover is None else changeover)]
    if table.empty:
        raise InputError("changeover", changeover, "one of " + "; ".join(known))
    table = table.sort_values("step", kind="stable", ignore_index=True)
    table["seconds_later"] = table["seconds_later"].fillna(table["seconds"])
    before = table["seconds"].where(table["now"] == "internal", 0.0)
    after = table["seconds_later"].where(table["later"] == "internal", 0.0)
    table["saved"] = before - after
    if before.sum() <= 0:
        raise InputError(
            "steps", "no internal step with time", "at least one step that stops the machine today"
        )
    columns = ["step", "name", "seconds", "now", "later", "seconds_later", "saved"]
    return QuickChangeover(table[columns])
