"""What the problems on flow and pull are drawn from: work centers and their steps, as people state them."""

from __future__ import annotations

from types import SimpleNamespace
from typing import TYPE_CHECKING

from ....errors import MissingTableError
from ...draws import between, rounded

if TYPE_CHECKING:
    import numpy as np

    from ....plant import Plant

__all__ = ["centers", "lot_hours", "one_center"]


def centers(plant: Plant, purpose: str, rows: int = 1) -> list[SimpleNamespace]:
    """Every work center that has steps: code, machines, cost_per_hour, and the means of setup_hours and run_hours."""
    found = plant.need("workcenters", rows, purpose)
    steps = plant.need("routings", 1, purpose)
    steps = steps[(steps["run_hours"] > 0) & (steps["alternative"] == "")]
    means = steps.groupby("workcenter")[["setup_hours", "run_hours"]].mean().to_dict()
    out = [
        SimpleNamespace(
            code=str(row["workcenter"]),
            machines=int(row["machines"]),
            cost=float(row["cost_per_hour"]),
            setup=means["setup_hours"][row["workcenter"]],
            run=means["run_hours"][row["workcenter"]],
        )
        for row in found.to_dict("records")
        if row["workcenter"] in means["run_hours"]
    ]
    if len(out) < rows:
        raise MissingTableError(
            "routings", f"{purpose} needs {rows} work centers with steps, and there are {len(out)}"
        )
    return out


def one_center(rng: np.random.Generator, plant: Plant, purpose: str) -> SimpleNamespace:
    """One of them by chance."""
    found = centers(plant, purpose)
    return found[int(rng.integers(len(found)))]


def lot_hours(rng: np.random.Generator, center: SimpleNamespace, low: float = 1.5, high: float = 8) -> float:
    """Hours of a lot on one machine: a setup, and as many units as fill some hours."""
    lot = max(1, round((between(rng, low, high) - center.setup) / center.run))
    return float(rounded(center.setup + lot * center.run))
