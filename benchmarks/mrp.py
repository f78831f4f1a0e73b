"""Material requirements planning: 10,000 items x 52 weeks, 30,000 bill lines, with growth.

60 % of the items lot for lot, 20 % fixed, 10 % minimum or multiple, 10 % period order quantity; yields and
scrap on, five levels, open orders on one item in ten. The heuristics are timed apart. Times are processor time
of the one thread, so that what others do on the machine is not in them.

python benchmarks/mrp.py [--quick]
"""

from __future__ import annotations

import sys
import time
from collections.abc import Callable

import numpy as np
import pandas as pd

from prodkit import materials

PLAN, PEGGED = 0.25, 1.0  # seconds at 10,000 items
WEEKS, LEVELS = 52, 5


def tables(n: int, seed: int = 1) -> dict[str, pd.DataFrame]:
    """A made plant of n items and three bill lines an item."""
    rng = np.random.default_rng(seed)
    level = np.sort(rng.integers(0, LEVELS, n))
    code = np.array([f"item-{i:05d}" for i in range(n)], dtype=object)
    kind = rng.choice(
        ["lot_for_lot", "fixed", "minimum", "multiple", "periods"], n, p=[0.6, 0.2, 0.05, 0.05, 0.1]
    )
    items = pd.DataFrame(
        {
            "item": code,
            "kind": np.where(level < LEVELS - 1, "make", "buy"),
            "lead_time_weeks": rng.integers(1, 5, n),
            "safety_lead_weeks": rng.integers(0, 10, n) // 9,
            "lot_rule": kind,
            "lot_size": np.where(kind == "fixed", rng.integers(5, 40, n) * 50.0, np.nan),
            "lot_min": np.where(kind == "minimum", rng.integers(1, 20, n) * 50.0, 0),
            "lot_multiple": np.where(kind == "multiple", rng.integers(1, 10, n) * 10.0, np.nan),
            "lot_periods": np.where(kind == "periods", rng.integers(2, 6, n), np.nan),
            "safety_stock": rng.integers(0, 200, n),
            "on_hand": rng.integers(100, 2000, n),
            "allocated": rng.integers(0, 50, n),
            "unit_cost": rng.uniform(1, 100, n).round(2),
            "order_cost": rng.integers(20, 120, n),
            "yield_share": rng.choice([1, 0.98, 0.95], n, p=[0.5, 0.3, 0.2]),
        }
    )
    first = np.searchsorted(level, np.arange(LEVELS + 1))
    parent = rng.integers(0, first[LEVELS - 1], 3 * n)
    low = first[level[parent] + 1]
    child = low + (rng.random(3 * n) * (n - low)).astype(int)
    bom = pd.DataFrame(
        {
            "parent": code[parent],
            "component": code[child],
            "quantity_per": rng.integers(1, 4, 3 * n),
            "scrap_share": rng.choice([0, 0.02], 3 * n),
        }
    )
    monday = pd.Timestamp("2026-01-05") + pd.to_timedelta(7 * np.arange(WEEKS), unit="D")
    top = first[1]
    demand = pd.DataFrame(
        {
            "week": np.tile(monday, top),
            "item": np.repeat(code[:top], WEEKS),
            "quantity": rng.integers(0, 60, top * WEEKS),
        }
    )
    due = monday.to_numpy()[rng.integers(0, 8, n // 10)]
    receipts = pd.DataFrame(
        {
            "order": [f"P{i}" for i in range(n // 10)],
            "item": code[rng.integers(0, n, n // 10)],
            "quantity": rng.integers(50, 500, n // 10),
            "due": due,
        }
    )
    return {"items": items, "bom": bom, "demand": demand, "receipts": receipts}


def least(times: int, run: Callable[[], object]) -> float:
    """The fastest of some runs: what others do on the machine only ever adds to it."""
    spent = []
    for _ in range(times):
        begin = time.process_time()
        run()
        spent.append(time.process_time() - begin)
    return min(spent)


def main() -> None:
    sizes = (300, 1_000) if "--quick" in sys.argv else (1_000, 3_000, 10_000)
    options = {"start": "2026-01-05", "weeks": WEEKS}
    print(" items   lines  planned orders     pegs    plan  + its tables  + pegging")
    for n in sizes:
        given = tables(n)

        def plan(given: dict[str, pd.DataFrame] = given) -> materials.MrpPlan:
            return materials.mrp(**given, **options)

        def with_tables() -> materials.MrpPlan:
            made = plan()
            _ = made.records, made.orders, made.messages
            return made

        def pegged() -> int:
            made = with_tables()
            return len(made.pegs)

        plan()
        bare, tabled, whole = least(7, plan), least(7, with_tables), least(5, pegged)
        print(
            f"{n:6,}  {3 * n:6,}  {len(plan().orders):14,}  {pegged():7,}  {1e3 * bare:3.0f} ms"
            f"  {1e3 * tabled:9.0f} ms  {1e3 * whole:6.0f} ms"
        )
    given = tables(sizes[0])
    print(f"the heuristics on every item, {sizes[0]:,} items:")
    for rule in ("eoq", "silver_meal", "least_unit_cost", "part_period", "wagner_whitin"):
        rules = dict.fromkeys(given["items"]["item"], rule)
        begin = time.process_time()
        materials.mrp(**given, **options, lot_rules=rules, holding_rate=0.2)
        print(f"  {rule:16s} {1e3 * (time.process_time() - begin):6.0f} ms")
    if sizes[-1] == 10_000 and (bare >= PLAN or whole >= PEGGED):
        raise SystemExit(
            f"too slow: {bare:.2f} s (limit {PLAN}), with pegging {whole:.2f} s (limit {PEGGED})"
        )


if __name__ == "__main__":
    main()
