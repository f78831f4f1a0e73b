"""Charts of scheduling."""

from __future__ import annotations

from .gantt import gantt
from .projects import crash_curve, project_chance, project_gantt, resource_use
from .sequences import rule_race

__all__ = ["crash_curve", "gantt", "project_chance", "project_gantt", "resource_use", "rule_race"]
