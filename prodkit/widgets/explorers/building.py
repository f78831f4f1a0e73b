"""What explorers of a plant are built with: the plant or a sample in its place, dials around today's figure."""

from __future__ import annotations

import math
from collections.abc import Callable

from ...errors import MissingTableError
from ...plant import Plant
from .base import Explorer
from .controls import Dial

__all__ = ["dial_around", "nice", "own_or_sample"]


def own_or_sample(
    plant: Plant | str | None, role: str | None, build: Callable[[Plant, str | None, str], Explorer]
) -> Explorer:
    """The explorer on the plant; where a table is missing, on the sample of its industry, which it says."""
    own = plant if isinstance(plant, Plant) else Plant.sample(plant or "metal")
    try:
        return build(own, role, "")
    except MissingTableError as fault:
        sample = Plant.sample(own.industry if own.industry in Plant.samples() else "metal")
        if sample.name == own.name:
            raise
        notice = f"{own.name}: {fault}. These figures are the sample plant's, {sample.name}."
        return build(sample, None, notice)


def dial_around(
    id: str,
    label: str,
    start: float,
    low: float,
    high: float,
    step: float,
    *,
    unit: str = "",
    is_percent: bool = False,
) -> Dial:
    """A dial from about `low` to about `high`, whose stops are counted from where it starts; never below `low`."""
    down = math.floor((start - low) / step + 1e-9) * step
    up = max(math.ceil((high - start) / step - 1e-9) * step, 0.0 if down > 0 else step)
    bottom, top = round(start - down, 9), round(start + up, 9)
    return Dial(id, label, bottom, top, step, start, unit=unit, is_percent=is_percent)


def nice(value: float) -> float:
    """A step near a value: 1, 2 or 5 of its decade.

    >>> nice(0.034), nice(17), nice(80)
    (0.02, 20.0, 100.0)
    """
    decade = 10.0 ** math.floor(math.log10(value))
    return float(f"{min((1, 2, 5, 10), key=lambda k: abs(k * decade - value)) * decade:.3g}")
