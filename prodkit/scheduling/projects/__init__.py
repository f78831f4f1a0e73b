"""Projects: when each activity can be done, how sure that is, what a shorter project costs, and who does it."""

from .crashing import CrashPlan, crash
from .network import CriticalPath, critical_path
from .resources import PROJECT_RULES, ResourceSchedule, resource_schedule
from .uncertain import PertEstimate, pert

__all__ = [
    "PROJECT_RULES",
    "CrashPlan",
    "CriticalPath",
    "PertEstimate",
    "ResourceSchedule",
    "crash",
    "critical_path",
    "pert",
    "resource_schedule",
]
