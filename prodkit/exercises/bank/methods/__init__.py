"""Problems on methods: how the work is done, timed, balanced and kept flowing."""

from __future__ import annotations

from . import flow, queues

_BY_LESSON = (queues, flow)
PROBLEMS = tuple(problem for module in _BY_LESSON for problem in module.PROBLEMS)

TOPICS = (
    "waiting lines",
    "servers against waiting",
    "variability",
    "Little's law",
    "how sure are you",
    "buffers against blocking",
)
"""The exam topics that the bank must cover."""
