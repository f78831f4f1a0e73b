"""Scheduling: what runs next, where, and when it is done."""

from __future__ import annotations

from .checking import check_schedule
from .flow import FLOW_RULES, FlowShop, JohnsonStep, flow_shop, johnson
from .parallel import PARALLEL_RULES, ParallelSchedule, parallel_machines
from .projects import (
    PROJECT_RULES,
    CrashPlan,
    CriticalPath,
    PertEstimate,
    ResourceSchedule,
    crash,
    critical_path,
    pert,
    resource_schedule,
)
from .rescheduling import (
    MachineDown,
    OperationLonger,
    OperatorAbsent,
    OrderCancelled,
    Reschedule,
    RushOrder,
    reschedule,
)
from .shop import Schedule, Shop, job_shop, late_jobs, plant_shop, read_shop, shift_calendar
from .single import SEQUENCE_OBJECTIVES, SEQUENCE_RULES, JobSequence, compare_rules, sequence
from .single_plant import work_center_jobs
from .single_urgency import urgency

__all__ = [
    "FLOW_RULES",
    "PARALLEL_RULES",
    "PROJECT_RULES",
    "SEQUENCE_OBJECTIVES",
    "SEQUENCE_RULES",
    "CrashPlan",
    "CriticalPath",
    "FlowShop",
    "JobSequence",
    "JohnsonStep",
    "MachineDown",
    "OperationLonger",
    "OperatorAbsent",
    "OrderCancelled",
    "ParallelSchedule",
    "PertEstimate",
    "Reschedule",
    "ResourceSchedule",
    "RushOrder",
    "Schedule",
    "Shop",
    "check_schedule",
    "compare_rules",
    "crash",
    "critical_path",
    "flow_shop",
    "job_shop",
    "johnson",
    "late_jobs",
    "parallel_machines",
    "pert",
    "plant_shop",
    "read_shop",
    "reschedule",
    "resource_schedule",
    "sequence",
    "shift_calendar",
    "urgency",
    "work_center_jobs",
]
