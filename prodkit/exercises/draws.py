"""How problems take a real row of a plant and round it as people state figures."""

from __future__ import annotations

import math
from collections.abc import Callable
from types import SimpleNamespace
from typing import TYPE_CHECKING, Any

from ..errors import MissingTableError

if TYPE_CHECKING:
    import numpy as np
    import pandas as pd

    from ..plant import Plant

__all__ = [
    "RATES",
    "around",
    "between",
    "bought",
    "far",
    "made",
    "pick",
    "rounded",
    "several",
    "shaped",
    "sold",
    "used",
]

PLENTY, ENOUGH = 100, 5  # units a year, items

RATES = (0.15, 0.18, 0.2, 0.22, 0.25, 0.3)
"""Holding costs as shares of the unit cost, as plants state them."""


def rounded(value: float, figures: int = 2) -> float:
    """To so many significant figures; a whole number where it is one.

    >>> rounded(2015), rounded(0.2371), rounded(81.6, 1)
    (2000, 0.24, 80)
    """
    if value == 0:
        return 0
    places = figures - 1 - math.floor(math.log10(abs(value)))
    result = round(float(value), places)
    return int(result) if result.is_integer() else result


def around(rng: np.random.Generator, value: float, spread: float = 0.25, figures: int = 2) -> float:
    """A figure near `value`, as someone would state it."""
    return rounded(value * float(rng.uniform(1 - spread, 1 + spread)), figures)


def between(rng: np.random.Generator, low: float, high: float) -> float:
    """A figure between the two."""
    return float(rng.uniform(low, high))


def far(figure: float, own: float, times: float = 3.0) -> bool:
    """Whether a figure is not even within so many times the plant's own, so that the card must call it made up.

    A draw says so by a given named `made_up`.

    >>> far(400, 380), far(8000, 400), far(0, 0)
    (False, True, False)
    """
    return not (own / times <= figure <= own * times)


def shaped(draw: Callable[[], dict[str, Any]], good: Callable[[Any], Any], tries: int = 60) -> dict[str, Any]:
    """The first of so many draws that is good, so that slips stand apart; else the last one."""
    for _ in range(tries):
        given = draw()
        if good(SimpleNamespace(**given)):
            break
    return given


def used(plant: Plant, purpose: str, rows: int = 1) -> pd.DataFrame:
    """Every item that was used, with yearly use (units) and use value, the largest value first; by item."""
    return _enough(_used(plant, purpose, rows), rows, purpose, "used items")


def bought(plant: Plant, purpose: str, rows: int = 1) -> pd.DataFrame:
    """The plant's bought items with their yearly use (units) and use value, the largest value first."""
    items = _used(plant, purpose)
    return _enough(items[items["kind"] == "buy"], rows, purpose, "bought items")


def made(plant: Plant, purpose: str, rows: int = 1) -> pd.DataFrame:
    """The plant's made items with their yearly use (units) and use value, the largest value first."""
    items = _used(plant, purpose)
    return _enough(items[items["kind"] == "make"], rows, purpose, "made items")


def sold(plant: Plant, purpose: str, rows: int = 1) -> pd.DataFrame:
    """The items that customers buy, with their yearly use (units) and use value, the largest value first."""
    items = _used(plant, purpose)
    return _enough(items[items.index.isin(plant.table("demand")["item"])], rows, purpose, "sold items")


def _used(plant: Plant, purpose: str, rows: int = 1) -> pd.DataFrame:
    items = plant.need("items", rows, purpose)
    plant.need("demand", 1, purpose)
    items = items.set_index("item")
    items["yearly_use"] = plant.yearly_use().reindex(items.index).fillna(0.0)
    items["use_value"] = items["yearly_use"] * items["unit_cost"]
    items = items[(items["use_value"] > 0) & (items["order_cost"] > 0)]
    return items.sort_values("use_value", ascending=False)


def _enough(items: pd.DataFrame, rows: int, purpose: str, what: str) -> pd.DataFrame:
    if len(items) < rows:
        raise MissingTableError("items", f"{purpose} needs {rows} {what}, and there are {len(items)}")
    # With two or three units a year slips cannot be told apart: take the others, where they are enough.
    plenty = items[items["yearly_use"] >= PLENTY]
    return plenty if len(plenty) >= max(rows, ENOUGH) else items


def pick(rng: np.random.Generator, rows: pd.DataFrame) -> SimpleNamespace:
    """One row by chance; its index is `row.Index`."""
    return _row(rows, int(rng.integers(len(rows))))


def several(rng: np.random.Generator, rows: pd.DataFrame, n: int) -> list[SimpleNamespace]:
    """So many different rows by chance, in the order of the table."""
    places = rng.choice(len(rows), size=min(n, len(rows)), replace=False)
    return [_row(rows, int(i)) for i in sorted(places)]


def _row(rows: pd.DataFrame, place: int) -> SimpleNamespace:
    row = rows.iloc[place]
    return SimpleNamespace(Index=row.name, **{str(k): x for k, x in row.to_dict().items()})
