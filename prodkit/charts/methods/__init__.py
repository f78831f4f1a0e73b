"""Charts of methods."""

from __future__ import annotations

from .balance import balance_bars, model_bars
from .benches import card_bars, wait_change
from .flow import flow_curve, station_states
from .layout import layout_plan
from .queues import queue_curve
from .stream import stream_ladder
from .work import changeover_bars, sampling_days

__all__ = [
    "balance_bars",
    "card_bars",
    "changeover_bars",
    "flow_curve",
    "layout_plan",
    "model_bars",
    "queue_curve",
    "sampling_days",
    "station_states",
    "stream_ladder",
    "wait_change",
]
