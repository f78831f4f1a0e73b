"""Materials: what to stock, how much to order, when, and how to know that it worked."""

from .buffers import reorder_point, safety_stock
from .discounts import Bracket, DiscountQuantity, discount_quantity
from .lot_size import (
    BackorderQuantity,
    EconomicOrderQuantity,
    ProductionQuantity,
    backorder_quantity,
    economic_order_quantity,
    production_quantity,
)
from .single_period import Newsvendor, newsvendor

__all__ = [
    "BackorderQuantity",
    "Bracket",
    "DiscountQuantity",
    "EconomicOrderQuantity",
    "Newsvendor",
    "ProductionQuantity",
    "backorder_quantity",
    "discount_quantity",
    "economic_order_quantity",
    "newsvendor",
    "production_quantity",
    "reorder_point",
    "safety_stock",
]
