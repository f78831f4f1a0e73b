"""Problems on materials: how much, when, and how well kept."""

from __future__ import annotations

from . import (
    buffers,
    classes,
    decisions,
    discounts,
    judgment,
    lot_family,
    lot_size,
    lots,
    lots_grid,
    lots_heuristics,
    lots_mean,
    policies,
    ready,
    runs,
    season,
    stock_records,
    uncertainty,
)

_BY_LESSON = (
    ready,
    classes,
    lot_size,
    lot_family,
    discounts,
    judgment,
    stock_records,
    uncertainty,
    buffers,
    season,
    policies,
    runs,
    decisions,
    lots_grid,
    lots_mean,
    lots_heuristics,
    lots,
)
PROBLEMS = tuple(problem for module in _BY_LESSON for problem in module.PROBLEMS)

TOPICS = (
    "average inventory",
    "ordering cost",
    "order point",
    "safety stock when lead time doubles",
    "stock for 9 sites made 4",
    "inventory from a turns target",
    "turns and days of supply",
    "ABC with count frequency and people",
    "cycle-count accuracy",
    "price break against shelf life",
    "estimate first",
    "data not needed",
    "data missing",
    "what do you tell the buyer",
    "which method",
    "lot-sizing rules",
    "bills of material",
    "supplier performance",
    "how sure are you",
)
