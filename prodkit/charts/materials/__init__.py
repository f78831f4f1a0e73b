"""Pictures of the materials lesson: classes, order quantities, lots, bills and plans, safety stock, policies."""

from .bills import bill_tree
from .lots import lot_plan, lot_race
from .mrp import mrp_record
from .quantities import discount_curve, eoq_curve, newsvendor_curve
from .service import demand_in_lead_time, policy_costs, service_curve, stock_path
from .use import abc_curve, weekly_demand

__all__ = [
    "abc_curve",
    "bill_tree",
    "demand_in_lead_time",
    "discount_curve",
    "eoq_curve",
    "lot_plan",
    "lot_race",
    "mrp_record",
    "newsvendor_curve",
    "policy_costs",
    "service_curve",
    "stock_path",
    "weekly_demand",
]
