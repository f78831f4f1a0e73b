"""Working time: open windows of a machine, a crew, or both, and where an hour of work falls."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from ..._common import number, whole
from ...errors import InputError

if TYPE_CHECKING:
    import pandas as pd

__all__ = ["Axis", "OutOfTime", "intersect", "merged", "shift_calendar", "without"]

Window = tuple[int, int]


class OutOfTime(Exception):
    """Work that does not fit into the windows that there are."""


class Axis:
    """The working time of one resource, in whole ticks: clock time to work done, and back.

    Without windows it is always open, and work is clock time.
    """

    def __init__(self, windows: Sequence[Window] | None = None) -> None:
        self.windows = None if windows is None else list(windows)
        self.opens = [a for a, _ in self.windows or ()]
        self.before: list[int] = []
        total = 0
        for a, b in self.windows or ():
            self.before.append(total)
            total += b - a
        self.total = total
        self.is_open = self.windows is None

    def work(self, t: int) -> int:
        """Ticks of working time up to the clock time t."""
        if self.windows is None:
            return t
        k = bisect_right(self.opens, t) - 1
        if k < 0:
            return 0
        a, b = self.windows[k]
        return self.before[k] + min(t, b) - a

    def start(self, w: int) -> int:
        """The clock time at which work can go on when w ticks are done: in the later window on a border.

        Before the first window, where nothing is, time runs on as in it.
        """
        if self.windows is None:
            return w
        if w < 0:
            return self.opens[0] + w
        if w >= self.total:
            raise OutOfTime
        k = bisect_right(self.before, w) - 1
        return self.windows[k][0] + w - self.before[k]

    def end(self, w: int) -> int:
        """The clock time at which w ticks are done: in the earlier window on a border."""
        if self.windows is None:
            return w
        if w > self.total:
            raise OutOfTime
        if w <= 0:
            return self.start(0)
        k = bisect_left(self.before, w) - 1
        return self.windows[k][0] + w - self.before[k]

    def next_open(self, t: int) -> int:
        """The first clock time from t on at which it works."""
        return t if self.windows is None else self.start(self.work(t))

    def finish(self, t: int, ticks: int) -> int:
        """When work of so many ticks that starts at t is done; t itself for none."""
        if self.windows is None or ticks == 0:
            return t + ticks
        return self.end(self.work(t) + ticks)

    def begin(self, t: int, ticks: int) -> int:
        """When work of so many ticks must begin to be done by t."""
        if self.windows is None or ticks == 0:
            return t - ticks
        return self.start(self.work(t) - ticks)


def merged(windows: Iterable[Window]) -> list[Window]:
    """The windows in order, those that touch or overlap made one."""
    out: list[Window] = []
    for a, b in sorted(windows):
        if out and a <= out[-1][1]:
            out[-1] = (out[-1][0], max(b, out[-1][1]))
        elif b > a:
            out.append((a, b))
    return out


def intersect(one: Sequence[Window], other: Sequence[Window]) -> list[Window]:
    """What lies in both of two lists of windows, each in order."""
    out, i, j = [], 0, 0
    while i < len(one) and j < len(other):
        a, b = max(one[i][0], other[j][0]), min(one[i][1], other[j][1])
        if b > a:
            out.append((a, b))
        if one[i][1] <= other[j][1]:
            i += 1
        else:
            j += 1
    return out


def without(windows: Sequence[Window], closed: Iterable[Window], until: int) -> list[Window]:
    """The windows less the closed times."""
    holes, at = [], min([a for a, _ in windows], default=0)
    for a, b in merged(closed):
        if a > at:
            holes.append((at, a))
        at = max(at, b)
    return intersect(windows, [*holes, (at, max(at, until))])


def shift_calendar(
    resources: Iterable[str],
    shifts: pd.DataFrame,
    *,
    days: int = 28,
    first_weekday: int = 1,
    days_per_week: float = 5,
    closed_days: Iterable[int] = (),
) -> pd.DataFrame:
    """The windows in which resources work, from the shifts of a day.

    Parameters
    ----------
    resources
        Machines (or skills) that work these shifts.
    shifts
        shift, start_hour, end_hour (hours after midnight; past midnight count on, so that 6 in the morning is 30),
        break_min (minutes, taken in the middle of the shift; optional).
    days
        How many days, from hour 0 (midnight before the first day).
    first_weekday
        Weekday of the first day: 1 is Monday.
    days_per_week
        Days worked from Monday on.
    closed_days
        Days not worked, by number: 0 is the first.

    Returns
    -------
    DataFrame
        resource, start, end (hours from the first midnight): one row a window, for the `calendar` of `job_shop`.

    Raises
    ------
    InputError
        If a shift ends before it begins, or its breaks leave nothing of it.

    Examples
    --------
    >>> import pandas as pd
    >>> shifts = pd.DataFrame({"shift": ["day"], "start_hour": [8], "end_hour": [16], "break_min": [60]})
    >>> shift_calendar(["lathe"], shifts, days=1)
      resource  start   end
    0    lathe    8.0  11.5
    1    lathe   12.5  16.0
    """
    import pandas as pd

    n = whole("days", days, "a whole number, 1 or more", low=1)
    weekday = whole("first_weekday", first_weekday, "1 (Monday) to 7", low=1, high=7)
    week = number("days_per_week", days_per_week, "1 to 7 days", low=1, high=7)
    away = set(closed_days)
    hours = [w for s in shifts.to_dict("records") for w in _shift_windows(s)]
    rows = [
        (24.0 * day + a, 24.0 * day + b)
        for day in range(n)
        if (weekday - 1 + day) % 7 < week and day not in away
        for a, b in hours
    ]
    table = [(str(r), a, b) for r in resources for a, b in rows]
    return pd.DataFrame(table, columns=["resource", "start", "end"])


def _shift_windows(shift: Mapping[Any, Any]) -> list[tuple[float, float]]:
    name = shift.get("shift", "")
    for column in ("start_hour", "end_hour"):
        if column not in shift:
            raise InputError(
                "shifts", list(shift), "a table with the columns shift, start_hour, end_hour (and break_min)"
            )
    start = number(f"start_hour of shift {name}", shift["start_hour"], "hours after midnight", low=0)
    end = number(
        f"end_hour of shift {name}",
        shift["end_hour"],
        f"an hour after its start, {start:g} (6 in the morning of the next day is 30)",
        above=start,
    )
    pause = (
        number(f"break_min of shift {name}", shift.get("break_min", 0), "minutes, zero or more", low=0) / 60
    )
    if pause >= end - start:
        raise InputError(
            f"break_min of shift {name}", pause * 60, f"below its {60 * (end - start):g} minutes"
        )
    if pause == 0:
        return [(start, end)]
    middle = (start + end) / 2
    return [(start, middle - pause / 2), (middle + pause / 2, end)]
