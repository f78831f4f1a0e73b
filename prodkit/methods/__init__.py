"""Methods: how the work is done, timed, balanced and kept flowing."""

from __future__ import annotations

from .balance import BALANCE_METHODS, BalancedStation, LineBalance, check_balance, line_balance
from .flow_laws import FlowBenchmarks, FlowPoint, Little, flow_benchmarks, little
from .flow_plant import plant_line, workcenter_loads, workcenter_queue
from .line_simulation import Interval, LineRun, simulate_line
from .line_simulation_times import Station
from .queues import Queue, queue
from .stream import ValueStream, value_stream

__all__ = [
    "BALANCE_METHODS",
    "BalancedStation",
    "FlowBenchmarks",
    "FlowPoint",
    "Interval",
    "LineBalance",
    "LineRun",
    "Little",
    "Queue",
    "Station",
    "ValueStream",
    "check_balance",
    "flow_benchmarks",
    "line_balance",
    "little",
    "plant_line",
    "queue",
    "simulate_line",
    "value_stream",
    "workcenter_loads",
    "workcenter_queue",
]
