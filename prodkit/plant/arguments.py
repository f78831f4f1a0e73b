"""A caller's tables against the declared ones: columns filled in, ranges checked, every fault at once."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

import numpy as np

from ..errors import InputError, PlantError
from .tables import TABLES

if TYPE_CHECKING:
    import pandas as pd
    from numpy.typing import NDArray

    from .schema import Column

__all__ = ["Faults", "read_columns"]

_SHOWN = 30


class Faults:
    """What is wrong with the input, gathered first and raised together."""

    def __init__(self) -> None:
        self.found: list[InputError] = []

    def add(self, name: str, got: object, expected: str) -> None:
        """One more thing that is wrong."""
        self.found.append(InputError(name, got, expected))

    def stop(self, purpose: str) -> None:
        """Raise what was found, if anything: the one InputError, or a PlantError that lists them all."""
        if len(self.found) == 1:
            raise self.found[0]
        if self.found:
            lines = [f"{purpose} has {len(self.found)} faults", *(f"  {f}" for f in self.found[:_SHOWN])]
            if len(self.found) > _SHOWN:
                lines.append(f"  ... and {len(self.found) - _SHOWN} more")
            raise PlantError("\n".join(lines), tuple(self.found))


def read_columns(
    table: str,
    frame: object,
    required: Sequence[str],
    optional: Sequence[str],
    faults: Faults,
    *,
    also: Mapping[str, Sequence[str]] | None = None,
    label: str = "item",
) -> dict[str, NDArray[Any]]:
    """The columns of a caller's table as arrays: numbers as floats, texts as str, days as they came.

    `also` are words that a choice column may hold beside the declared ones; `label` is the column that a
    fault names its row by. A column that cannot be read is left out, and is a fault.
    """
    import pandas as pd

    if not isinstance(frame, pd.DataFrame):
        faults.add(table, type(frame).__name__, "a DataFrame with the columns " + ", ".join(required))
        return {}
    labels = frame[label].tolist() if label in frame.columns else list(range(len(frame)))
    out: dict[str, NDArray[Any]] = {}
    for name in (*required, *optional):
        column = TABLES[table].column(name)
        if name not in frame.columns:
            if name in required:
                faults.add(table, list(frame.columns), f"a table with the column {name}")
            elif column.numeric:
                out[name] = np.full(len(frame), np.nan if column.default is None else float(column.default))
            else:
                out[name] = np.full(len(frame), column.default, dtype=object)
            continue
        need, more = name in required, tuple((also or {}).get(name, ()))
        if column.numeric:
            values, bad = _numbers(frame[name], column, need)
        elif column.kind in ("text", "choice"):
            values, bad = _texts(frame[name], column, need, more)
        else:
            blank = frame[name].isna().to_numpy()
            values = frame[name].to_numpy()
            bad = blank if need else np.zeros(len(frame), dtype=bool)
        for row in np.flatnonzero(bad)[: _SHOWN + 1].tolist():
            got = frame[name].iloc[row]
            got = got.item() if isinstance(got, np.generic) else got
            faults.add(f"{table}: {name} of {labels[row]}", got, ", ".join((column.wanted, *more)))
        out[name] = values
    return out


def _numbers(
    series: pd.Series[Any], column: Column, need: bool
) -> tuple[NDArray[np.float64], NDArray[np.bool_]]:
    import pandas as pd

    if series.dtype.kind in "iuf":
        values = (
            series.to_numpy().astype(float)
            if isinstance(series.dtype, np.dtype)
            else series.to_numpy(dtype=float, na_value=np.nan)
        )
        blank = np.isnan(values)
    else:
        blank = (series.isna() | (series.astype(str).str.strip() == "")).to_numpy()
        read = pd.to_numeric(series.where(series.map(lambda v: not isinstance(v, bool))), errors="coerce")
        values = read.to_numpy(dtype=float, na_value=np.nan)
    with np.errstate(invalid="ignore"):
        bad = ~blank & ~np.isfinite(values)
        low, high = column.limits
        if low is not None:
            bad |= values < low
        if high is not None:
            bad |= values > high
        if column.above is not None:
            bad |= values <= column.above
        if column.kind == "whole":
            bad |= ~blank & (values != np.floor(values))
    if need:
        bad |= blank
    elif column.default is not None:
        values = np.where(blank, float(column.default), values)
    return values, bad


def _texts(
    series: pd.Series[Any], column: Column, need: bool, also: tuple[str, ...]
) -> tuple[NDArray[Any], NDArray[np.bool_]]:
    import pandas as pd

    default = column.default if isinstance(column.default, str) else ""
    try:
        code, known = pd.factorize(series)  # each text is looked at once
    except TypeError:  # a list or a dictionary in a cell
        cells = series.tolist()
        odd = np.array([not isinstance(cell, str) for cell in cells], dtype=bool)
        return np.array([str(cell) for cell in cells], dtype=object), odd
    words = np.array(
        [str(word) or default for word in np.asarray(known, dtype=object)] + [default], dtype=object
    )
    bad = (words == "") if need else np.zeros(len(words), dtype=bool)
    if column.choices:
        bad |= ~np.isin(words.astype(str), (*column.choices, *also))
    return words[code], bad[code]  # a blank has the code -1, the last word
