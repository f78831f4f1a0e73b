"""The exercise engine: declare a problem, draw it fairly, judge it without a screen, audit it."""

from .attempt import Attempt
from .audit import AuditReport, audit
from .judge import Judgment, judge
from .numbers import read_number, show
from .parts import (
    Also,
    Choice,
    Choices,
    Convention,
    Field,
    Grid,
    Line,
    Number,
    Option,
    Order,
    Part,
    Plan,
    Slip,
    Verdict,
)
from .problem import Fact, FactTable, Problem
from .registry import all_problems, coverage, find, subjects
from .tolerance import Absolute, Digits, Exact, FactorOf, OfScale, Relative, WholeUnits
from .variant import Variant, draw, seed_for

__all__ = [
    "Absolute",
    "Also",
    "Attempt",
    "AuditReport",
    "Choice",
    "Choices",
    "Convention",
    "Digits",
    "Exact",
    "Fact",
    "FactTable",
    "FactorOf",
    "Field",
    "Grid",
    "Judgment",
    "Line",
    "Number",
    "OfScale",
    "Option",
    "Order",
    "Part",
    "Plan",
    "Problem",
    "Relative",
    "Slip",
    "Variant",
    "Verdict",
    "WholeUnits",
    "all_problems",
    "audit",
    "coverage",
    "draw",
    "find",
    "judge",
    "read_number",
    "seed_for",
    "show",
    "subjects",
]
