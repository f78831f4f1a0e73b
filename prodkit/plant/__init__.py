"""The plant: validated tables about one plant, from a sample, a folder of CSV files or a workbook."""

from __future__ import annotations

from .bills import bill_levels
from .dictionary import dictionary
from .plant import Plant
from .roles import Bought, Cast, Sold, bought, cast, unit_name
from .roles_planned import Needed, Product, Slipping, needed, product, slipping
from .schema import Column, Rule, Table
from .sheets import Fault
from .tables import INDUSTRIES, TABLES

__all__ = [
    "INDUSTRIES",
    "TABLES",
    "Bought",
    "Cast",
    "Column",
    "Fault",
    "Needed",
    "Plant",
    "Product",
    "Rule",
    "Slipping",
    "Sold",
    "Table",
    "bill_levels",
    "bought",
    "cast",
    "dictionary",
    "needed",
    "product",
    "slipping",
    "unit_name",
]
