"""Material requirements planning: what to order or make, how much, when to start, and for what."""

from .plan import MrpPlan
from .run import mrp

__all__ = ["MrpPlan", "mrp"]
