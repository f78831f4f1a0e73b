"""Charts: pictures of what the subjects work out, all in one look."""

from .materials import (
    abc_curve,
    bill_tree,
    demand_in_lead_time,
    discount_curve,
    eoq_curve,
    lot_plan,
    lot_race,
    mrp_record,
    newsvendor_curve,
    policy_costs,
    service_curve,
    stock_path,
    weekly_demand,
)
from .style import Chart

__all__ = [
    "Chart",
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
