"""Scheduling: what runs next, where, and when it is done."""

from __future__ import annotations

__all__: list[str] = []
