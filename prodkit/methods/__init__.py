"""Methods: how the work is done, timed, balanced and kept flowing."""

from __future__ import annotations

from .line_simulation import Interval, LineRun, simulate_line
from .line_simulation_times import Station
from .queues import Queue, queue

__all__ = [
    "Interval",
    "LineRun",
    "Queue",
    "Station",
    "queue",
    "simulate_line",
]
