"""Scheduling: what runs next, where, and when it is done."""

from __future__ import annotations

from .projects import CriticalPath, PertEstimate, critical_path, pert
from .single import SEQUENCE_OBJECTIVES, SEQUENCE_RULES, JobSequence, compare_rules, sequence

__all__ = [
    "SEQUENCE_OBJECTIVES",
    "SEQUENCE_RULES",
    "CriticalPath",
    "JobSequence",
    "PertEstimate",
    "compare_rules",
    "critical_path",
    "pert",
    "sequence",
]
