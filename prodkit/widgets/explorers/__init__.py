"""Explorers: a model with dials to turn, its picture, its figures, and a target to reach."""

from .base import Explorer, Row, Target
from .controls import Board, Chip, Dial, Pick
from .materials import eoq_curve, service_against_stock
from .materials_planned import lot_race, mrp_grid
from .methods import line_bench
from .methods_flow import pull_bench, queue_bench
from .methods_layout import layout_bench
from .scheduling import sequence_bench
from .scheduling_crash import crash_bench
from .scheduling_race import job_shop_race
from .scheduling_repair import repair_bench

__all__ = [
    "Board",
    "Chip",
    "Dial",
    "Explorer",
    "Pick",
    "Row",
    "Target",
    "crash_bench",
    "eoq_curve",
    "job_shop_race",
    "layout_bench",
    "line_bench",
    "lot_race",
    "mrp_grid",
    "pull_bench",
    "queue_bench",
    "repair_bench",
    "sequence_bench",
    "service_against_stock",
]
