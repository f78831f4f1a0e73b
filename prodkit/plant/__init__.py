"""The plant: validated tables about one plant, from a sample, a folder of CSV files or a workbook."""

from __future__ import annotations

from .bills import bill_levels
from .dictionary import dictionary
from .plant import Plant
from .roles import Bought, Cast, Sold, bought, cast, unit_name
from .roles_methods import Line, Watched, assembly_line, long_changeover, two_ways, watched, watched_place
from .roles_planned import Needed, Product, Slipping, needed, product, slipping
from .roles_scheduling import Lots, changing_center, lots, race, shown_project, two_machines
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
    "Line",
    "Lots",
    "Needed",
    "Plant",
    "Product",
    "Rule",
    "Slipping",
    "Sold",
    "Table",
    "Watched",
    "assembly_line",
    "bill_levels",
    "bought",
    "cast",
    "changing_center",
    "dictionary",
    "long_changeover",
    "lots",
    "needed",
    "product",
    "race",
    "shown_project",
    "slipping",
    "two_machines",
    "two_ways",
    "unit_name",
    "watched",
    "watched_place",
]
