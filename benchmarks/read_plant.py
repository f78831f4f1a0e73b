"""A large plant (10,000 items, 30,000 bill lines, 50,000 routing rows, two years of weekly demand of 3,000 sold items) is
read from CSV in 3 s and from .xlsx in 120 s of processor time, both checked, within bounded memory.

python benchmarks/read_plant.py
"""

from __future__ import annotations

import resource
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import numpy as np
import pandas as pd

from prodkit.plant import Plant

LIMITS = {"folder": 3.0, "plant.xlsx": 120.0}  # seconds of processor time: other work slows the clock
MEMORY = 2.0  # GB
ITEMS, SOLD, BOM, STEPS, CENTERS = 10_000, 3_000, 3, 5, 60


def large_tables() -> dict[str, pd.DataFrame]:
    """Tables of that size: the figures mean nothing, but each code stands where it must."""
    rng = np.random.default_rng(1)
    items = np.array([f"item-{n:05}" for n in range(ITEMS)])
    weeks = pd.date_range("2024-01-08", periods=104, freq="7D").as_unit("ns")
    parents = np.repeat(np.arange(ITEMS), BOM)
    components = parents + np.tile(np.arange(1, BOM + 1), ITEMS)  # each goes into the ones before it
    bought = components >= ITEMS
    components = np.where(bought, (components - ITEMS) % 3 + ITEMS - 3, components)
    bom = pd.DataFrame({"parent": items[parents], "component": items[components]})
    bom["quantity_per"] = rng.integers(1, 20, len(bom)) / 4
    bom = bom[parents < components].drop_duplicates(["parent", "component"])
    costs = np.round(rng.lognormal(2, 1.5, ITEMS) + 0.01, 2)
    return {
        "about": Plant.sample("metal").about,
        "items": pd.DataFrame(
            {
                "item": items, "name": [f"Item number {n}" for n in range(ITEMS)], "kind": "make", "unit": "pcs",
                "lead_time_weeks": rng.integers(1, 9, ITEMS), "lot_rule": "minimum",
                "lot_min": rng.integers(1, 500, ITEMS), "safety_stock": rng.integers(0, 900, ITEMS),
                "on_hand": rng.integers(0, 9_000, ITEMS), "unit_cost": costs, "order_cost": 40.0,
                "price": np.round(costs * 1.4, 2), "planner": "shop planner",
            }
        ),
        "bom": bom,
        "demand": pd.DataFrame(
            {
                "week": np.repeat(weeks, SOLD), "item": np.tile(items[:SOLD], len(weeks)),
                "quantity": rng.poisson(80, SOLD * len(weeks)), "promotion": rng.random(SOLD * len(weeks)) < 0.05,
            }
        ),
        "workcenters": pd.DataFrame(
            {
                "workcenter": [f"center-{n:02}" for n in range(CENTERS)], "name": "Center", "machines": 2,
                "cost_per_hour": 60.0,
            }
        ),
        "routings": pd.DataFrame(
            {
                "item": np.repeat(items, STEPS), "step": np.tile(np.arange(10, 10 * STEPS + 1, 10), ITEMS),
                "workcenter": [f"center-{n:02}" for n in rng.integers(0, CENTERS, ITEMS * STEPS)],
                "setup_hours": rng.integers(0, 40, ITEMS * STEPS) / 10,
                "run_hours": np.round(rng.lognormal(-3, 1, ITEMS * STEPS) + 0.001, 4),
            }
        ),
    }  # fmt: skip


def child(path: str) -> None:
    """Read one in a process of its own: seconds, and the peak of its memory."""
    Plant.sample("metal")  # the imports
    start, clock = time.process_time(), time.perf_counter()
    plant = Plant.read(path)
    taken, waited = time.process_time() - start, time.perf_counter() - clock
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1e6
    print(taken, waited, peak, sum(len(plant.table(name)) for name in plant.tables))


def main() -> None:
    if len(sys.argv) > 1:
        child(sys.argv[1])
        return
    with tempfile.TemporaryDirectory() as folder:
        plant = Plant(large_tables())
        assert not plant.check(), plant.check()[:3]
        broken = []
        for name, limit in LIMITS.items():
            path = Path(folder) / name
            plant.write(path)
            command = [sys.executable, __file__, str(path)]
            out = subprocess.run(command, capture_output=True, text=True, check=True).stdout.split()
            taken, peak, rows = float(out[0]), float(out[2]), int(out[3])
            print(
                f"{name}: {rows:,} rows read and checked in {taken:.1f} s of processor time, limit {limit:g} s "
                f"({float(out[1]):.1f} s by the clock); peak {peak:.1f} GB, limit {MEMORY:g} GB"
            )
            broken += [name] if taken > limit or peak > MEMORY else []
    if broken:
        raise SystemExit("too slow or too large: " + ", ".join(broken))


if __name__ == "__main__":
    main()
