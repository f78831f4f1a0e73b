"""The part kinds of an exercise."""

from .base import Answers, Convention, Given, Part, Slip, Verdict
from .choice import Choice, Choices, Option
from .grid import CycleError, Grid, Line
from .number import Number
from .order import Order
from .plan import Also, Field, Plan

__all__ = [
    "Also",
    "Answers",
    "Choice",
    "Choices",
    "Convention",
    "CycleError",
    "Field",
    "Given",
    "Grid",
    "Line",
    "Number",
    "Option",
    "Order",
    "Part",
    "Plan",
    "Slip",
    "Verdict",
]
