"""A caller's table against the declared one: every cell checked, every fault named at once, blanks filled in."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ..errors import InputError
from ..plant import TABLES, Plant
from ..plant.checking import check_sheets
from ..plant.reading import from_frames
from ..plant.sheets import refuse

if TYPE_CHECKING:
    from collections.abc import Mapping

    import pandas as pd

__all__ = ["given_table", "given_tables"]


def given_tables(frames: Mapping[str, object]) -> dict[str, pd.DataFrame]:
    """Tables by their declared names, checked as a plant's own: cells, keys, references among them, rules."""
    import pandas as pd

    for name, frame in frames.items():
        if not isinstance(frame, pd.DataFrame):
            wanted = ", ".join(c.name for c in TABLES[name].columns if c.required)
            raise InputError(name, type(frame).__name__, f"a Plant, or a DataFrame with the columns {wanted}")
    tables, faults = check_sheets(from_frames(frames))  # type: ignore[arg-type]
    mine = [fault for fault in faults if fault.sheet in frames]
    if mine:
        raise refuse("The table " + " and ".join(frames), mine)
    for name in frames:
        if name not in tables:
            raise InputError(name, "no rows", "a table with at least one row")
    return tables


def given_table(
    source: object, name: str, purpose: str, *, fill: Mapping[str, str] | None = None
) -> pd.DataFrame:
    """One table of a plant, or the caller's own in its place, checked; `fill` are key columns it may lack."""
    import pandas as pd

    if isinstance(source, Plant):
        return source.need(name, 1, purpose)
    if isinstance(source, pd.DataFrame):
        lacking = {column: text for column, text in (fill or {}).items() if column not in source.columns}
        source = source.assign(**lacking)
    return given_tables({name: source})[name]
