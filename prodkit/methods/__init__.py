"""Methods: how the work is done, timed, balanced and kept flowing."""

from __future__ import annotations

from .balance import BALANCE_METHODS, BalancedStation, LineBalance, line_balance
from .balance_check import check_balance
from .flow_laws import FlowBenchmarks, FlowPoint, Little, flow_benchmarks, little
from .flow_plant import plant_line, workcenter_loads, workcenter_queue
from .layout_plan import LayoutPlan, layout
from .leveling import LevelSchedule, level_schedule
from .line_simulation import Interval, LineRun, simulate_line
from .line_simulation_times import Station
from .motions import TMU, PredeterminedTime, predetermined_time
from .pull import kanban_cards
from .queues import Queue, queue
from .quick import QuickChangeover, quick_changeover
from .sampling import WorkSampling, work_sampling
from .stream import ValueStream, value_stream
from .takt import takt_time
from .time_study import StandardTime, observations_needed, standard_time

__all__ = [
    "BALANCE_METHODS",
    "TMU",
    "BalancedStation",
    "FlowBenchmarks",
    "FlowPoint",
    "Interval",
    "LayoutPlan",
    "LevelSchedule",
    "LineBalance",
    "LineRun",
    "Little",
    "PredeterminedTime",
    "Queue",
    "QuickChangeover",
    "StandardTime",
    "Station",
    "ValueStream",
    "WorkSampling",
    "check_balance",
    "flow_benchmarks",
    "kanban_cards",
    "layout",
    "level_schedule",
    "line_balance",
    "little",
    "observations_needed",
    "plant_line",
    "predetermined_time",
    "queue",
    "quick_changeover",
    "simulate_line",
    "standard_time",
    "takt_time",
    "value_stream",
    "work_sampling",
    "workcenter_loads",
    "workcenter_queue",
]
