"""Charts of scheduling."""

from __future__ import annotations

from .gantt import gantt
from .projects import crash_curve, project_chance, project_gantt, resource_use

__all__ = ["crash_curve", "gantt", "project_chance", "project_gantt", "resource_use"]
