"""What the methods lesson says of a plant's operations and lines: each sentence follows from its figures."""

from __future__ import annotations

from .line import (
    absent,
    beat,
    fewest,
    mixed,
    own_lines,
    proved,
    slowest,
    task_list,
    tell_line,
    two_efficiencies,
    wanted,
)
from .work import (
    carried,
    enough,
    looks,
    meet,
    more_readings,
    moved,
    own_studies,
    readings,
    same_hands,
    standard,
    study_sheet,
    tell,
)

__all__ = [
    "absent",
    "beat",
    "carried",
    "enough",
    "fewest",
    "looks",
    "meet",
    "mixed",
    "more_readings",
    "moved",
    "own_lines",
    "own_studies",
    "proved",
    "readings",
    "same_hands",
    "slowest",
    "standard",
    "study_sheet",
    "task_list",
    "tell",
    "tell_line",
    "two_efficiencies",
    "wanted",
]
