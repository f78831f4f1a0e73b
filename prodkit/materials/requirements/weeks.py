"""The planning horizon: its weeks by date, or by number where a problem has no dates."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING, Any

import numpy as np

from ..._common import whole
from ...errors import InputError

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from ...plant.arguments import Faults


@dataclass(frozen=True)
class Weeks:
    """So many weeks from a first day, or the weeks 1, 2, 3 ... where there is none."""

    start: date | None
    count: int

    @classmethod
    def of(cls, start: object, count: object) -> Weeks:
        n = whole("weeks", count, "a whole number of weeks, 1 to 1,000", low=1, high=1000)
        if start is None:
            return cls(None, n)
        if isinstance(start, str):
            try:
                start = date.fromisoformat(start)
            except ValueError:
                raise InputError("start", start, "a day, such as 2026-01-05") from None
        if isinstance(start, datetime):  # pandas.Timestamp too
            start = start.date()
        if not isinstance(start, date):
            raise InputError("start", start, "a day, such as 2026-01-05, or left out to number the weeks")
        return cls(start, n)

    def label(self, index: int) -> Any:
        """The first day of a week, or its number; also before the first and after the last."""
        import pandas as pd

        return index + 1 if self.start is None else pd.Timestamp(self.start + timedelta(weeks=index))

    def labels(self, index: NDArray[np.int64]) -> NDArray[Any]:
        """The same for many weeks at once."""
        if self.start is None:
            return index + 1
        first = np.datetime64(self.start, "D").astype("datetime64[ns]")
        return np.asarray(first + index.astype("timedelta64[D]") * 7)

    def say(self, index: int) -> str:
        """A week in words."""
        if self.start is None:
            return f"week {index + 1}"
        return f"the week of {(self.start + timedelta(weeks=index)).isoformat()}"

    def index(self, name: str, days: NDArray[Any], faults: Faults) -> NDArray[np.int64]:
        """The week in which each day falls, from 0; before the first it is negative."""
        import pandas as pd

        if self.start is None:
            numbers = pd.to_numeric(pd.Series(days), errors="coerce").to_numpy(dtype=float)
            dated = np.asarray(days).dtype.kind == "M"
            bad = np.isnan(numbers) | (numbers != np.floor(numbers)) | dated
            wanted = "a week's number, from 1 (give start to plan by dates)"
        else:
            if np.asarray(days).dtype.kind == "M":
                parsed = np.asarray(days).astype("datetime64[D]")
            else:
                raw = pd.Series(days)
                raw = raw.map(lambda _: None) if raw.dtype.kind in "iufb" else raw  # a number is no day
                parsed = pd.to_datetime(raw, errors="coerce").to_numpy().astype("datetime64[D]")
            bad = np.isnat(parsed)
            since = (parsed - np.datetime64(self.start, "D")).astype(np.int64)
            numbers = np.where(bad, 0, since // 7 + 1).astype(float)
            wanted = "a day, such as 2026-01-05 (leave out start to plan by numbers)"
        for row in np.flatnonzero(bad & ~pd.isna(pd.Series(days)).to_numpy())[
            :5
        ].tolist():  # a blank is one already
            got = days[row]
            faults.add(f"{name} in row {row + 1}", got.item() if isinstance(got, np.generic) else got, wanted)
        return np.where(bad, 1, numbers).astype(np.int64) - 1

    def valid(self, name: str, first: Any, last: Any, faults: Faults) -> NDArray[np.bool_]:
        """Whether a line from a first to a last day, a blank bounding nothing, holds at the start of each
        week."""
        import pandas as pd

        if self.start is None:
            lines = [
                pd.to_numeric(pd.Series(x), errors="coerce").to_numpy(dtype=float) for x in (first, last)
            ]
            marks = np.arange(1, self.count + 1, dtype=float)
        else:
            days = [pd.to_datetime(pd.Series(x), errors="coerce") for x in (first, last)]
            lines = [((d - pd.Timestamp(self.start)).dt.days).to_numpy(dtype=float) for d in days]
            marks = 7.0 * np.arange(self.count)
        for column, given, read in (("valid_from", first, lines[0]), ("valid_to", last, lines[1])):
            blank = pd.isna(given) | np.array([isinstance(v, str) and not v for v in given], dtype=bool)
            for row in np.flatnonzero(np.isnan(read) & ~blank)[:5].tolist():
                faults.add(f"{name}: {column} in row {row + 1}", given[row], "a day, as start is, or blank")
        with np.errstate(invalid="ignore"):
            return ~((marks < lines[0][:, None]) | (marks > lines[1][:, None]))
