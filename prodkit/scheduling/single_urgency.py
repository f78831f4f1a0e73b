"""How urgent each waiting job is: critical ratio and slack."""

from __future__ import annotations

from typing import TYPE_CHECKING

from .single_jobs import read_jobs
from .single_rules import urgencies

if TYPE_CHECKING:
    import pandas as pd

    from .single_jobs import Jobs

__all__ = ["urgency"]


def urgency(jobs: Jobs, *, now: float = 0.0) -> pd.DataFrame:
    """The figures by which urgency rules choose, for each job, in the order given.

    Parameters
    ----------
    jobs
        As `sequence` takes them: job, hours, due, and where they matter remaining_hours (the work left at this and all
        later operations; its hours where left out) and operations (how many those are).
    now
        The hour.

    Returns
    -------
    DataFrame
        job, time_left (due less now, hours), work_left (hours), critical_ratio (time left over work left; below 1 it
        is late unless somebody helps), slack (time left less work left, hours), slack_per_operation (hours). NaN for a
        job without a due date.

    Raises
    ------
    InputError, PlantError
        If one or several of the jobs' figures will not do.

    Examples
    --------
    >>> jobs = {"A": {"hours": 2, "due": 30, "remaining_hours": 5}, "B": {"hours": 4, "due": 26}}
    >>> urgency(jobs, now=20)[["job", "critical_ratio", "slack"]]
      job  critical_ratio  slack
    0   A             2.0    5.0
    1   B             1.5    2.0
    """
    import pandas as pd

    case = read_jobs(jobs, now=now)
    found = urgencies(case, case.now)
    return pd.DataFrame(
        {"job": case.names, "time_left": found.pop("time_left"), "work_left": case.remaining, **found}
    )
