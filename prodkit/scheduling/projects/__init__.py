"""Projects: when each activity can be done, how sure that is, what a shorter project costs, and who does it."""

from .network import CriticalPath, critical_path
from .uncertain import PertEstimate, pert

__all__ = ["CriticalPath", "PertEstimate", "critical_path", "pert"]
