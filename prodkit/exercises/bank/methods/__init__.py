"""Problems on methods: how the work is done, timed, balanced and kept flowing."""

from __future__ import annotations

from . import flow, pull, pull_change, pull_mix, queues, queues_decide

_BY_LESSON = (queues, queues_decide, flow, pull, pull_change, pull_mix)
PROBLEMS = tuple(problem for module in _BY_LESSON for problem in module.PROBLEMS)

TOPICS = (
    "waiting lines",
    "servers against waiting",
    "variability",
    "Little's law",
    "how sure are you",
    "buffers against blocking",
    "value stream",
    "plan 100 % load",
    "which method",
    "kanban count",
    "quick changeover",
    "on the floor",
    "level schedule",
    "kanbans after setup is halved",
)
"""The exam topics that the bank must cover."""
