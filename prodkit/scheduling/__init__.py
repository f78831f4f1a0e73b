"""Scheduling: what runs next, where, and when it is done."""

from __future__ import annotations

from .projects import CriticalPath, PertEstimate, critical_path, pert

__all__ = ["CriticalPath", "PertEstimate", "critical_path", "pert"]
