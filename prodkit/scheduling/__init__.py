"""Scheduling: what runs next, where, and when it is done."""

from __future__ import annotations

from .projects import CriticalPath, critical_path

__all__ = ["CriticalPath", "critical_path"]
