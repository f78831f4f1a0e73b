"""Exact (s, S) beside a plain dynamic program, in the same run, with growth.

The dynamic program knows nothing of (s, S): value iteration over stock positions, the best order in each,
until the bounds on the cost per period meet. Both must come to the same cost.

    python benchmarks/min_max.py            # mean demand 25, 50, 100, 200, 400
    python benchmarks/min_max.py --quick    # without the two largest
"""

from __future__ import annotations

import math
import sys
import time

import numpy as np

from prodkit import materials

HOLDING, BACKORDER = 1.0, 9.0
CLOSE = 1e-7  # how near the bounds must come, as a share of the cost


def poisson_shares(mean: float) -> np.ndarray:
    n = np.arange(math.ceil(mean + 9 * math.sqrt(mean) + 45) + 1)
    logs = n * math.log(mean) - mean - np.array([math.lgamma(i + 1) for i in n])
    shares = np.exp(logs)
    return shares / shares.sum()


def plain_program(mean: float, order_cost: float) -> tuple[float, float, int, int, int]:
    """Bounds on the least cost per period, the policy found (s, S), and the rounds it took."""
    shares = poisson_shares(mean)
    span = math.ceil(math.sqrt(2 * order_cost * mean / HOLDING)) + math.ceil(8 * math.sqrt(mean))
    low = math.floor(mean) - span - 10
    position = np.arange(low, math.ceil(mean) + 2 * span + 10)
    demand = np.arange(len(shares))
    cost = np.array(
        [
            (HOLDING * np.maximum(y - demand, 0) + BACKORDER * np.maximum(demand - y, 0)) @ shares
            for y in position
        ]
    )
    value = np.zeros(len(position))
    reach = len(shares) - 1
    # Below the range one orders as at its lowest position, so the value there is the same.
    for rounds in range(1, 200_001):
        ahead = np.convolve(np.concatenate([np.full(reach, value[0]), value]), shares, mode="valid")
        stay = cost + ahead
        best_above = np.minimum.accumulate(stay[::-1])[::-1]
        new = np.minimum(stay, order_cost + best_above)
        change = new - value
        floor, ceiling = float(change.min()), float(change.max())
        if ceiling - floor <= CLOSE * ceiling:
            orders = order_cost + best_above < stay
            assert orders[0], "the range begins too high"
            return floor, ceiling, int(position[orders].max()), int(position[int(np.argmin(stay))]), rounds
        # Half a step: without it the nearly regular order cycle keeps the bounds apart.
        value = (value + new) / 2
        value -= value[0]
    raise SystemExit("the dynamic program did not settle")


def main() -> None:
    means = (25, 50, 100) if "--quick" in sys.argv else (25, 50, 100, 200, 400)
    materials.min_max(1, HOLDING, BACKORDER, poisson_mean=5)  # loads what is loaded once
    print("mean  order cost        s      S   cost/period    exact  plain program  rounds  times as fast")
    for order_cost_of in (lambda m: 64.0, lambda m: 24.0 * m):
        for mean in means:
            order_cost = order_cost_of(mean)
            spent = []
            for _ in range(5):
                begin = time.perf_counter()
                plan = materials.min_max(order_cost, HOLDING, BACKORDER, poisson_mean=mean)
                spent.append(time.perf_counter() - begin)
            begin = time.perf_counter()
            floor, ceiling, s, top, rounds = plain_program(mean, order_cost)
            plain = time.perf_counter() - begin
            near = 2 * CLOSE * ceiling
            if not floor - near <= plan.cost <= ceiling + near:
                raise SystemExit(f"mean {mean}: exact {plan.cost} is outside {floor} to {ceiling}")
            if (s, top) != (plan.reorder_point, plan.order_up_to):
                print(f"      the dynamic program's policy is ({s}, {top}), of the same cost")
            exact = sorted(spent)[len(spent) // 2]
            print(
                f"{mean:4d}  {order_cost:10,.0f}  {plan.reorder_point:7,.0f}  {plan.order_up_to:5,.0f}  "
                f"{plan.cost:12.4f}  {1e3 * exact:4.1f} ms  {1e3 * plain:10,.0f} ms  {rounds:6d}  {plain / exact:8.0f}"
            )
    print("equal cost in every line")


if __name__ == "__main__":
    main()
