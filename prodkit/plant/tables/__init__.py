"""Every table of a plant, declared once. Loader, checks, data dictionary and workbook template come from here.

A unit written "kg | lb" is the first in a metric plant, the second in a plant that counts in US units.
"""

from __future__ import annotations

from ..schema import Table
from . import items, money, quality, safety, shop, team, trade
from .items import INDUSTRIES

__all__ = ["INDUSTRIES", "LESSON_TABLES", "TABLES", "lesson_needs"]

TABLES: dict[str, Table] = {
    table.name: table
    for table in (
        items.ABOUT, items.ITEMS, items.FAMILIES, items.BOM, items.COPRODUCTS,
        trade.SUPPLIERS, trade.PRICE_BREAKS, trade.DEMAND, trade.FORECAST, trade.CUSTOMERS, trade.ORDERS,
        trade.RECEIPTS, trade.PAST_ORDERS, trade.CYCLE_COUNTS, trade.SITES, trade.SITE_ITEMS, trade.LANES,
        shop.CALENDAR, shop.WORKCENTERS, shop.MACHINES, shop.ASSET_YEARS, shop.ROUTINGS, shop.CHANGEOVERS,
        shop.MAINTENANCE, shop.PRODUCTION, shop.STOPS, shop.FAILURES, shop.TIME_STUDIES, shop.WORK_SAMPLES,
        shop.MOTIONS, shop.MOTION_STUDIES, shop.CHANGEOVER_STEPS, shop.TASKS, shop.ACTIVITIES, shop.AREAS, shop.FLOWS,
        team.SHIFTS, team.PEOPLE, team.SKILLS, team.ABSENCES, team.STAFFING, team.HOURS_WORKED,
        quality.CHARACTERISTICS, quality.MEASUREMENTS, quality.ATTRIBUTES, quality.GAUGE_STUDIES,
        quality.AGREEMENT_STUDIES, quality.LOTS, quality.EXPERIMENT_FACTORS, quality.EXPERIMENTS, quality.DEFECT_LOG,
        safety.HAZARDS, safety.INCIDENTS, safety.NEAR_MISSES, safety.LIFTS, safety.NOISE, safety.HEAT,
        safety.CHEMICALS, safety.EXPOSURES, safety.WASTE,
        money.STANDARDS, money.BUDGET, money.ACTUALS, money.OVERHEADS, money.COST_POOLS, money.POOL_DRIVERS,
        money.CASH, money.KPI_TARGETS,
    )
}  # fmt: skip

# the tables that a lesson needs, and those that it takes where they are there
LESSON_TABLES: dict[str, tuple[tuple[str, ...], tuple[str, ...]]] = {
    "04": (
        ("items", "demand", "workcenters", "routings", "tasks", "time_studies", "areas", "flows"),
        (
            "bom",
            "shifts",
            "work_samples",
            "motions",
            "motion_studies",
            "changeover_steps",
            "machines",
            "failures",
        ),
    ),
    "05": (("items", "bom", "demand", "suppliers", "past_orders"), ("price_breaks", "receipts")),
    "09": (
        ("items", "orders", "routings", "workcenters", "activities"),
        (
            "bom",
            "receipts",
            "changeovers",
            "machines",
            "maintenance",
            "shifts",
            "calendar",
            "people",
            "skills",
            "absences",
        ),
    ),
}


def lesson_needs() -> list[str]:
    """Which tables each lesson works on, a line a lesson.

    >>> print(next(line for line in lesson_needs() if line.startswith("Lesson 05")))
    Lesson 05 needs items, bom, demand, suppliers, past_orders; and price_breaks, receipts where there are any.
    """
    return [
        f"Lesson {lesson} needs {', '.join(needed)}; and {', '.join(more)} where there are any."
        for lesson, (needed, more) in LESSON_TABLES.items()
    ]
