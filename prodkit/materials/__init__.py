"""Materials: what to stock, how much to order, when, and how to know that it worked."""

from .buffers import reorder_point, safety_stock
from .classes import AbcClasses, abc_classes
from .continuous import ContinuousReview, continuous_review
from .counting import (
    CycleCountPlan,
    RecordAccuracy,
    cycle_count_plan,
    days_of_supply,
    inventory_turns,
    record_accuracy,
)
from .discounts import Bracket, DiscountQuantity, discount_quantity
from .joint import JointReplenishment, joint_replenishment
from .levels import MinMax, min_max
from .lot_size import (
    BackorderQuantity,
    EconomicOrderQuantity,
    ProductionQuantity,
    backorder_quantity,
    economic_order_quantity,
    production_quantity,
)
from .lots import LOT_RULES, LotPlan, LotTrial, lot_sizes
from .periodic import PeriodicReview, periodic_review
from .policy_search import BestPolicy, best_policy
from .requirements import MrpPlan, mrp
from .simulation import PolicyRun, simulate_policy
from .single_period import Newsvendor, newsvendor

__all__ = [
    "LOT_RULES",
    "AbcClasses",
    "BackorderQuantity",
    "BestPolicy",
    "Bracket",
    "ContinuousReview",
    "CycleCountPlan",
    "DiscountQuantity",
    "EconomicOrderQuantity",
    "JointReplenishment",
    "LotPlan",
    "LotTrial",
    "MinMax",
    "MrpPlan",
    "Newsvendor",
    "PeriodicReview",
    "PolicyRun",
    "ProductionQuantity",
    "RecordAccuracy",
    "abc_classes",
    "backorder_quantity",
    "best_policy",
    "continuous_review",
    "cycle_count_plan",
    "days_of_supply",
    "discount_quantity",
    "economic_order_quantity",
    "inventory_turns",
    "joint_replenishment",
    "lot_sizes",
    "min_max",
    "mrp",
    "newsvendor",
    "periodic_review",
    "production_quantity",
    "record_accuracy",
    "reorder_point",
    "safety_stock",
    "simulate_policy",
]
