"""Takt time: the customer's beat."""

from __future__ import annotations

from .._common import number

__all__ = ["takt_time"]


def takt_time(
    available: float,
    demand: float,
    *,
    breaks: float = 0.0,
    shifts: float = 1,
    scrap_share: float = 0.0,
) -> float:
    r"""Working time over the units that the customer wants in it: how often a good one must come.

    Parameters
    ----------
    available
        Paid time of one shift, breaks and meetings included (seconds, or any unit of time).
    demand
        Good units wanted over all shifts.
    breaks
        Breaks, meetings and cleaning of one shift: nobody works (same unit).
    shifts
        Shifts in the period of the demand (2 shifts a day and demand a day: 2).
    scrap_share
        Part of the units started that does not turn out good (share); the line must beat faster by it.

    Returns
    -------
    float
        Time between two units started (unit of `available`).

    Raises
    ------
    InputError
        If there is no working time left, no demand, or everything is scrap.

    Notes
    -----
    :math:`T = s\,(A - b)(1 - q)\,/\,D`. Takt is the customer's beat; the line's cycle time must be no longer, and is
    often set a tenth shorter, for stops. Breaks leave the available time; breakdowns do not: they are the line's own
    loss. Source: Rother and Shook, *Learning to See* (from memory, unchecked).

    Examples
    --------
    >>> takt_time(8 * 3600, 900, breaks=30 * 60, shifts=2)
    60.0
    >>> takt_time(8 * 3600, 900, breaks=30 * 60, shifts=2, scrap_share=0.04)
    57.6
    """
    time = number("available", available, "above zero (time of a shift)", above=0)
    units = number("demand", demand, "above zero (good units)", above=0)
    off = number("breaks", breaks, f"zero or more, and below available, {time:g}", low=0, below=time)
    n = number("shifts", shifts, "above zero", above=0)
    bad = number("scrap_share", scrap_share, "a share from 0 to below 1", low=0, below=1)
    return n * (time - off) * (1 - bad) / units
