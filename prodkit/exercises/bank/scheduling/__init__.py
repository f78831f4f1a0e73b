"""Problems on scheduling: what runs next, where, and when it is done."""

from __future__ import annotations

from . import (
    changes,
    changes_overtime,
    changes_shop,
    project_decisions,
    projects,
    ready_sequence,
    rules,
    rules_choice,
    rules_worth,
    shops,
    shops_reading,
    shops_time,
    two_machines,
    two_machines_side,
)

_BY_LESSON = (
    ready_sequence,
    rules,
    rules_worth,
    rules_choice,
    two_machines,
    two_machines_side,
    shops_time,
    shops,
    shops_reading,
    changes,
    changes_shop,
    changes_overtime,
    projects,
    project_decisions,
)
PROBLEMS = tuple(problem for module in _BY_LESSON for problem in module.PROBLEMS)

TOPICS = (
    "PERT",
    "critical path",
    "crashing",
    "sequencing rules",
    "critical ratio after a rush order",
    "Moore's rule",
    "changeovers",
    "Johnson's rule",
    "machines side by side",
    "overlap and split",
    "operation and order cycle time",
    "forward and backward scheduling",
    "a schedule against the proven best",
    "reading a schedule",
    "why an order is late",
    "working time",
    "drum, buffer, rope",
    "a hot order inside the frozen fence",
    "the bottleneck's operator is absent",
    "overtime or late",
    "rescheduling",
    "which method",
    "estimate first",
    "data not needed",
)
