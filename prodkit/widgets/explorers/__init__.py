"""Explorers: a model with dials to turn, its picture, its figures, and a target to reach."""

from .base import Dial, Explorer, Row, Target
from .materials import eoq_curve, service_against_stock

__all__ = ["Dial", "Explorer", "Row", "Target", "eoq_curve", "service_against_stock"]
