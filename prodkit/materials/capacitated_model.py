"""The mixed-integer model of lots that share a capacity."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

if TYPE_CHECKING:
    import pulp
    from numpy.typing import NDArray

__all__ = ["Case", "Model", "build"]


@dataclass(frozen=True)
class Case:
    """Checked figures: rows are items, columns are periods."""

    items: tuple[str, ...]
    demand: NDArray[np.float64]
    needs: NDArray[np.float64]
    spare: NDArray[np.float64]  # ending stock that is there whatever is made
    capacity: NDArray[np.float64]
    unit_hours: NDArray[np.float64]
    setup_hours: NDArray[np.float64]
    setup_cost: NDArray[np.float64]
    holding_cost: NDArray[np.float64]
    backorder_cost: NDArray[np.float64] | None
    overtime_hours: NDArray[np.float64]
    overtime_cost: float

    @property
    def most(self) -> NDArray[np.float64]:
        """The largest lot that can be of use (units)."""
        ahead = np.cumsum(self.needs[:, ::-1], axis=1)[:, ::-1]
        if self.backorder_cost is not None:
            ahead = np.broadcast_to(self.needs.sum(axis=1)[:, None], self.needs.shape)
        room = np.maximum((self.capacity + self.overtime_hours)[None, :] - self.setup_hours[:, None], 0.0)
        hours = self.unit_hours[:, None]
        fits = np.divide(room, hours, out=np.full(room.shape, np.inf), where=hours > 0)
        return np.where((room > 0) | (self.setup_hours[:, None] == 0), np.minimum(ahead, fits), 0.0)

    @property
    def is_surely_short(self) -> bool:
        """Whether a sum of hours up to some period alone shows that there is no plan."""
        total = np.cumsum(self.needs, axis=1)
        hours = self.unit_hours @ total + self.setup_hours @ (total > 0)
        there = np.cumsum(self.capacity + self.overtime_hours)
        late = slice(-1, None) if self.backorder_cost is not None else slice(None)
        return bool((hours > there * (1 + 1e-9) + 1e-9)[late].any())


@dataclass(frozen=True)
class Model:
    """The model, and its variables by item and period."""

    problem: pulp.LpProblem
    lots: dict[tuple[int, int], Any]
    setups: dict[tuple[int, int], Any]
    missing: dict[tuple[int, int], Any]


def build(case: Case, *, fixed: NDArray[np.bool_] | None = None, is_short: bool = False) -> Model:
    """The model of a case: with the setups fixed, a linear one; where it is short, of the least that cannot be made."""
    import pulp

    problem = pulp.LpProblem("lots", pulp.LpMinimize)
    n_items, n_periods = case.needs.shape
    most, add = case.most, problem.add_variable
    cells = [(i, t) for i in range(n_items) for t in range(n_periods)]
    lots = {c: add(f"lot_{c[0]}_{c[1]}", 0, float(most[c])) for c in cells if most[c] > 0}
    has_setup = (case.setup_cost > 0) | (case.setup_hours > 0)
    setups = {}
    for i, t in (c for c in lots if has_setup[c[0]]):
        low, high = (0, 1) if fixed is None else (int(fixed[i, t]),) * 2
        setups[i, t] = add(
            f"setup_{i}_{t}", low, high, pulp.LpInteger if fixed is None else pulp.LpContinuous
        )
    stock = {c: add(f"stock_{c[0]}_{c[1]}", 0) for c in cells}
    owed = {}
    if case.backorder_cost is not None:
        owed = {c: add(f"owed_{c[0]}_{c[1]}", 0) for c in cells if c[1] < n_periods - 1}
    overtime = {t: add(f"overtime_{t}", 0, float(h)) for t, h in enumerate(case.overtime_hours) if h > 0}
    missing = {}
    if is_short:
        missing = {
            c: add(f"missing_{c[0]}_{c[1]}", 0, float(case.needs[c])) for c in cells if case.needs[c] > 0
        }
        hours = np.where(case.unit_hours > 0, case.unit_hours, 1.0)
        problem += pulp.lpSum(
            hours[i] * (1 + 1e-3 * (1 - t / n_periods)) * v for (i, t), v in missing.items()
        )
    else:
        problem += (
            pulp.lpSum(case.setup_cost[c[0]] * v for c, v in setups.items())
            + pulp.lpSum(case.holding_cost[c[0]] * v for c, v in stock.items())
            + pulp.lpSum(
                case.backorder_cost[c[0]] * v for c, v in owed.items() if case.backorder_cost is not None
            )
            + pulp.lpSum(case.overtime_cost * v for v in overtime.values())
            + float(case.holding_cost @ case.spare.sum(axis=1))
        )
    for i, t in cells:
        before = stock.get((i, t - 1), 0) - owed.get((i, t - 1), 0)
        here = lots.get((i, t), 0) + missing.get((i, t), 0)
        after = stock[i, t] - owed.get((i, t), 0)
        problem += before + here - after == float(case.needs[i, t]), f"balance_{i}_{t}"
    for c, setup in setups.items():
        problem += lots[c] <= float(most[c]) * setup, f"largest_{c[0]}_{c[1]}"
    for t in range(n_periods):
        run = pulp.lpSum(case.unit_hours[i] * lots[i, t] for i in range(n_items) if (i, t) in lots)
        set_up = pulp.lpSum(case.setup_hours[i] * setups[i, t] for i in range(n_items) if (i, t) in setups)
        problem += run + set_up - overtime.get(t, 0) <= float(case.capacity[t]), f"capacity_{t}"
    return Model(problem, lots, setups, missing)
