"""Charts: pictures of what the subjects work out, all in one look."""

from .materials import (
    abc_curve,
    demand_in_lead_time,
    discount_curve,
    eoq_curve,
    lot_plan,
    lot_race,
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
    "demand_in_lead_time",
    "discount_curve",
    "eoq_curve",
    "lot_plan",
    "lot_race",
    "newsvendor_curve",
    "policy_costs",
    "service_curve",
    "stock_path",
    "weekly_demand",
]
