"""Charts of methods."""

from __future__ import annotations

from .balance import balance_bars, model_bars
from .layout import layout_plan
from .work import changeover_bars, sampling_days

__all__ = [
    "balance_bars",
    "changeover_bars",
    "layout_plan",
    "model_bars",
    "sampling_days",
]
