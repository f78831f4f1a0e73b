"""Charts of scheduling."""

from __future__ import annotations

from .gantt import gantt

__all__ = ["gantt"]
