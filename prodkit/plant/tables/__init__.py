"""Every table of a plant, declared once. Loader, checks, data dictionary and workbook template come from here.

A unit written "kg | lb" is the first in a metric plant, the second in a plant that counts in US units.
"""

from __future__ import annotations

from ..schema import Table
from . import items, trade
from .items import INDUSTRIES

__all__ = ["INDUSTRIES", "TABLES"]

TABLES: dict[str, Table] = {
    table.name: table
    for table in (
        items.ABOUT, items.ITEMS, items.BOM, trade.SUPPLIERS, trade.PRICE_BREAKS, trade.DEMAND, trade.RECEIPTS,
        trade.PAST_ORDERS,
    )
}  # fmt: skip
