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
from .methods import balance_bars, changeover_bars, layout_plan, model_bars, sampling_days
from .style import Chart

__all__ = [
    "Chart",
    "abc_curve",
    "balance_bars",
    "bill_tree",
    "changeover_bars",
    "demand_in_lead_time",
    "discount_curve",
    "eoq_curve",
    "layout_plan",
    "lot_plan",
    "lot_race",
    "model_bars",
    "mrp_record",
    "newsvendor_curve",
    "policy_costs",
    "sampling_days",
    "service_curve",
    "stock_path",
    "weekly_demand",
]
