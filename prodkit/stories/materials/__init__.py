"""What the materials lesson says of a plant's items: each sentence follows from its figures."""

from __future__ import annotations

from .buffers import (
    buffer_change,
    fixed_day,
    kept,
    late_mean,
    lever,
    promised,
    runs,
    season,
    season_error,
    split,
    wait,
)
from .orders import answer, change, freight, meet, offer, own_orders, paper, rank, terms, three_costs, tries

__all__ = [
    "answer",
    "buffer_change",
    "change",
    "fixed_day",
    "freight",
    "kept",
    "late_mean",
    "lever",
    "meet",
    "offer",
    "own_orders",
    "paper",
    "promised",
    "rank",
    "runs",
    "season",
    "season_error",
    "split",
    "terms",
    "three_costs",
    "tries",
    "wait",
]
