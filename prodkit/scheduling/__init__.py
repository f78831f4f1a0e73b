"""Scheduling: what runs next, where, and when it is done."""

from __future__ import annotations

from .projects import CrashPlan, CriticalPath, PertEstimate, crash, critical_path, pert
from .single import SEQUENCE_OBJECTIVES, SEQUENCE_RULES, JobSequence, compare_rules, sequence

__all__ = [
    "SEQUENCE_OBJECTIVES",
    "SEQUENCE_RULES",
    "CrashPlan",
    "CriticalPath",
    "JobSequence",
    "PertEstimate",
    "compare_rules",
    "crash",
    "critical_path",
    "pert",
    "sequence",
]
