"""Materials: what to stock, how much to order, when, and how to know that it worked."""

from .bills import BillExplosion, WhereUsed, explode_bom, where_used
from .buffers import reorder_point, safety_stock, standard_loss
from .capacitated import CapacitatedPlan, capacitated_lots
from .classes import AbcClasses, abc_classes
from .continuous import ContinuousReview, continuous_review
from .costing import CostRollup, cost_rollup
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
from .suppliers import SupplierScorecard, supplier_scorecard

__all__ = [
    "LOT_RULES",
    "AbcClasses",
    "BackorderQuantity",
    "BestPolicy",
    "BillExplosion",
    "Bracket",
    "CapacitatedPlan",
    "ContinuousReview",
    "CostRollup",
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
    "SupplierScorecard",
    "WhereUsed",
    "abc_classes",
    "backorder_quantity",
    "best_policy",
    "capacitated_lots",
    "continuous_review",
    "cost_rollup",
    "cycle_count_plan",
    "days_of_supply",
    "discount_quantity",
    "economic_order_quantity",
    "explode_bom",
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
    "standard_loss",
    "supplier_scorecard",
    "where_used",
]
