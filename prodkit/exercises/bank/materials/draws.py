"""How problems take a real row of a plant and round it as people state figures."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import numpy as np
    import pandas as pd

    from ....plant import Plant

__all__ = ["around", "bought", "pick", "rounded"]


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


def bought(plant: Plant, purpose: str) -> pd.DataFrame:
    """The plant's bought items with their yearly use (units) and use value, the largest value first."""
    items = plant.need("items", 1, purpose)
    items = items[items["kind"] == "buy"].set_index("item")
    items["yearly_use"] = plant.yearly_use().reindex(items.index).fillna(0.0)
    items["use_value"] = items["yearly_use"] * items["unit_cost"]
    return items[items["yearly_use"] > 0].sort_values("use_value", ascending=False)


def pick(rng: np.random.Generator, rows: pd.DataFrame) -> Any:
    """One row by chance; its index is `row.Index`."""
    return next(rows.iloc[[int(rng.integers(len(rows)))]].itertuples())
