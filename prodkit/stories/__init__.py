"""What the lessons say of a plant: sentences from its figures, right for whichever plant it is."""

from __future__ import annotations

from . import materials, methods, scheduling
from .said import Said

__all__ = ["Said", "materials", "methods", "scheduling"]
