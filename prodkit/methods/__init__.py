"""Methods: how the work is done, timed, balanced and kept flowing."""

from __future__ import annotations

from .balance import BALANCE_METHODS, BalancedStation, LineBalance, check_balance, line_balance
from .line_simulation import Interval, LineRun, simulate_line
from .line_simulation_times import Station
from .queues import Queue, queue

__all__ = [
    "BALANCE_METHODS",
    "BalancedStation",
    "Interval",
    "LineBalance",
    "LineRun",
    "Queue",
    "Station",
    "check_balance",
    "line_balance",
    "queue",
    "simulate_line",
]
