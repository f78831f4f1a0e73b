"""Projects: when each activity can be done, how sure that is, what a shorter project costs, and who does it."""

from .crashing import CrashPlan, crash
from .network import CriticalPath, critical_path
from .uncertain import PertEstimate, pert

__all__ = ["CrashPlan", "CriticalPath", "PertEstimate", "crash", "critical_path", "pert"]
