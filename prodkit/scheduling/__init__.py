"""Scheduling: what runs next, where, and when it is done."""

from __future__ import annotations

from .flow import FLOW_RULES, FlowShop, JohnsonStep, flow_shop, johnson
from .projects import CrashPlan, CriticalPath, PertEstimate, crash, critical_path, pert
from .single import SEQUENCE_OBJECTIVES, SEQUENCE_RULES, JobSequence, compare_rules, sequence

__all__ = [
    "FLOW_RULES",
    "SEQUENCE_OBJECTIVES",
    "SEQUENCE_RULES",
    "CrashPlan",
    "CriticalPath",
    "FlowShop",
    "JobSequence",
    "JohnsonStep",
    "PertEstimate",
    "compare_rules",
    "crash",
    "critical_path",
    "flow_shop",
    "johnson",
    "pert",
    "sequence",
]
