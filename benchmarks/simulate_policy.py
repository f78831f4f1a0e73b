"""A grid of (r, Q) policies simulated at once: 5 replications of 520 periods each.

python benchmarks/simulate_policy.py
"""

from __future__ import annotations

import time

import numpy as np

from prodkit import materials

LIMIT = 0.2


def main() -> None:
    demand = np.random.default_rng(1).poisson(40, (5, 520))
    costs = {"lead_time": 2, "order_cost": 80, "holding_cost": 0.4, "shortage_cost": 6}
    grid = {"reorder_points": range(100, 160, 3), "order_quantities": range(80, 260, 12)}
    spent = []
    for _ in range(7):
        begin = time.perf_counter()
        best = materials.best_policy(demand, "r_Q", **grid, **costs)
        spent.append(time.perf_counter() - begin)
    begin = time.perf_counter()
    for row in best.table.head(10).to_dict("records"):
        one = materials.simulate_policy(
            demand, reorder_point=row["reorder_point"], order_quantity=row["order_quantity"], **costs
        )
        assert abs(one.cost - row["cost"]) < 1e-9
    single = (time.perf_counter() - begin) / 10
    middle = sorted(spent)[3]
    print(f"{len(best.table)} policies together: {1e3 * middle:.0f} ms (limit {1e3 * LIMIT:.0f} ms)")
    print(
        f"one policy with its path: {1e3 * single:.0f} ms, so one by one {1e3 * single * len(best.table):,.0f} ms"
    )
    if middle >= LIMIT:
        raise SystemExit("too slow")


if __name__ == "__main__":
    main()
