"""Problems on methods: how the work is done, timed, balanced and kept flowing."""

from __future__ import annotations

from . import (
    balance,
    balance_grid,
    flow,
    layout,
    pull,
    pull_change,
    pull_judgment,
    pull_mix,
    queues,
    queues_decide,
    queues_needed,
    ready_flow,
    ready_work,
    sampling,
    time_study,
    work_judgment,
)

_BY_LESSON = (
    ready_work,
    time_study,
    sampling,
    layout,
    balance,
    balance_grid,
    work_judgment,
    ready_flow,
    queues,
    queues_decide,
    queues_needed,
    flow,
    pull,
    pull_change,
    pull_mix,
    pull_judgment,
)
PROBLEMS = tuple(problem for module in _BY_LESSON for problem in module.PROBLEMS)

TOPICS = (
    "takt with two shifts and absence",
    "layout",
    "time study",
    "allowance on shift or job time",
    "sample size",
    "work sampling",
    "predetermined times",
    "line balance",
    "positional weight",
    "cycle time or slowest station",
    "waiting lines",
    "servers against waiting",
    "variability",
    "Little's law",
    "how sure are you",
    "buffers against blocking",
    "value stream",
    "plan 100 % load",
    "which method",
    "estimate first",
    "data not needed",
    "kanban count",
    "quick changeover",
    "on the floor",
    "level schedule",
    "kanbans after setup is halved",
)
"""The exam topics that the bank must cover."""
