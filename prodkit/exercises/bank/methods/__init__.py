"""Problems on methods: how the work is done, timed, balanced and kept flowing."""

from __future__ import annotations

from . import queues

_BY_LESSON = (queues,)
PROBLEMS = tuple(problem for module in _BY_LESSON for problem in module.PROBLEMS)

TOPICS = (
    "waiting lines",
    "servers against waiting",
    "variability",
)
"""The exam topics that the bank must cover."""
