"""Wagner-Whitin over tens of thousands of periods, beside a plain dynamic program where that is possible.

The plain program tries, in each period, every period in which the next order could come: T² / 2 steps. Both
must come to the same cost. Three kinds of costs: the same in all periods; order and holding costs that vary;
unit costs that vary too, so that it can pay to buy ahead, and the fast way becomes T log T. Times are of the
processor, not of the clock, since other work may share it.

Then every rule against the optimum, and lots within a capacity: how far the proof gets within a time limit.

    python benchmarks/lot_sizes.py            # up to 52,000 periods
    python benchmarks/lot_sizes.py --quick    # fewer repetitions, no capacity
"""

from __future__ import annotations

import sys
import time
from collections.abc import Callable

import numpy as np

from prodkit.materials import LOT_RULES, capacitated_lots, lot_sizes

PERIODS = (500, 1_000, 2_000, 13_000, 26_000, 52_000)
PLAIN_UP_TO = 2_000
LIMIT = 0.1  # seconds for the most periods with constant costs
RULES_PERIODS = 5_200
CAPACITATED = ((4, 12), (6, 16), (6, 26), (10, 26))  # items, periods
CAPACITATED_SECONDS = 20.0

Costs = dict[str, np.ndarray]


def plain_program(demand: np.ndarray, costs: Costs) -> float:
    """The least cost by T² / 2 steps, each row of them at once."""
    n = len(demand)
    least = np.zeros(n + 1)
    for j in reversed(range(n)):
        carry = np.concatenate([[0.0], np.cumsum(costs["holding_cost"][j:-1])])
        through = costs["order_cost"][j] + np.cumsum(demand[j:] * (costs["unit_cost"][j] + carry))
        least[j] = float((through + least[j + 1 :]).min())
        if demand[j] == 0:
            least[j] = min(least[j], least[j + 1])
    return float(least[0])


def kinds(n: int, rng: np.random.Generator) -> dict[str, Costs]:
    same, varied = np.ones(n), rng.uniform(0.5, 1.5, (3, n))
    return {
        "constant costs": {"order_cost": 900 * same, "holding_cost": 2 * same, "unit_cost": 0 * same},
        "order, holding vary": {
            "order_cost": 900 * varied[0],
            "holding_cost": 2 * varied[1],
            "unit_cost": 0 * same,
        },
        "unit cost varies too": {
            "order_cost": 900 * varied[0],
            "holding_cost": 2 * varied[1],
            "unit_cost": 30 * varied[2],
        },
    }


def quickest(call: Callable[[], object], times: int) -> float:
    took = []
    for _ in range(times):
        begin = time.process_time()
        call()
        took.append(time.process_time() - begin)
    return min(took)


def within_capacity(n_items: int, n_periods: int) -> bool:
    """One case with setup times at 87 % load; whether cost and bound are in order."""
    rng = np.random.default_rng(n_items * n_periods)
    units = rng.integers(0, 120, (n_items, n_periods)) * (rng.random((n_items, n_periods)) < 0.8)
    demand = {f"item {i}": row for i, row in enumerate(units)}
    plan = capacitated_lots(
        demand,
        1.15 * (float(units.mean(axis=1).sum()) + 5 * n_items),
        setup_cost={item: float(rng.integers(100, 600)) for item in demand},
        setup_hours={item: float(rng.integers(5, 15)) for item in demand},
        holding_cost={item: float(rng.integers(1, 4)) for item in demand},
        on_hand=60,
        time_limit=CAPACITATED_SECONDS,
    )
    if plan.cost is None or plan.bound is None or plan.gap is None:
        print(f"{n_items:>5}{n_periods:>9}  {plan}")
        return False
    print(
        f"{n_items:>5}{n_periods:>9}  {plan.status:<10}{plan.cost:>12,.2f}{100 * plan.gap:>8.2f} %{plan.seconds:>8.1f}"
    )
    return plan.bound <= plan.cost * (1 + 1e-6)


def main() -> int:
    is_quick = "--quick" in sys.argv[1:]
    times = 3 if is_quick else 9
    broken = []
    print(f"{'costs':<22}{'periods':>9}{'orders':>8}{'cost':>16}{'here, ms':>11}{'plain, ms':>11}")
    for n in PERIODS:
        rng = np.random.default_rng(n)
        demand = rng.integers(0, 100, n) * (rng.random(n) < 0.8).astype(float)
        for kind, costs in kinds(n, rng).items():
            plan = lot_sizes(demand, **costs)
            took = quickest(lambda d=demand, c=costs: lot_sizes(d, **c), times)
            plain = "-"
            if n <= PLAIN_UP_TO:
                begin = time.process_time()
                least = plain_program(demand, costs)
                plain = f"{1000 * (time.process_time() - begin):.0f}"
                if abs(least - plan.cost) > 1e-9 * least:
                    broken.append(f"{kind}, {n} periods: {plan.cost} is not {least}")
            print(f"{kind:<22}{n:>9,}{plan.orders:>8,}{plan.cost:>16,.2f}{1000 * took:>11.1f}{plain:>11}")
            if n == PERIODS[-1] and kind == "constant costs" and took > LIMIT:
                broken.append(f"{n} periods took {took:.3f} s, above {LIMIT} s")
    rng = np.random.default_rng(1)
    demand = rng.integers(0, 100, RULES_PERIODS).astype(float)
    costs = kinds(RULES_PERIODS, rng)["constant costs"]
    options = {"fixed": {"size": 190}, "minimum": {"minimum": 190}, "multiple": {"multiple": 190}}
    best = lot_sizes(demand, **costs).cost
    print(f"\n{'rule':<22}{'periods':>9}{'above the optimum':>19}{'ms':>8}")
    for rule in LOT_RULES:
        plan = lot_sizes(demand, rule, **costs, **options.get(rule, {}))
        took = quickest(lambda r=rule: lot_sizes(demand, r, **costs, **options.get(r, {})), times)
        print(f"{rule:<22}{RULES_PERIODS:>9,}{100 * (plan.cost / best - 1):>17.1f} %{1000 * took:>8.1f}")
        if plan.cost < best * (1 - 1e-12):
            broken.append(f"{rule} costs less than the optimum")
    if not is_quick:
        print(f"\n{'items':>5}{'periods':>9}  {'status':<10}{'cost':>12}{'gap':>10}{'seconds':>8}")
        broken += [f"{n} items in {t} periods" for n, t in CAPACITATED if not within_capacity(n, t)]
    for line in broken:
        print("BROKEN:", line)
    return 1 if broken else 0


if __name__ == "__main__":
    sys.exit(main())
