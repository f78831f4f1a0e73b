"""Methods: how the work is done, timed, balanced and kept flowing."""

from __future__ import annotations

from .queues import Queue, queue

__all__ = [
    "Queue",
    "queue",
]
