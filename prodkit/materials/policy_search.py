"""The best stock policy of one form on a demand series, by simulating many."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from .._common import choice, number, numbers, spoken
from ..errors import InputError
from .simulation import Setting, full_stock, run_policies, setting_of

if TYPE_CHECKING:
    import pandas as pd
    from numpy.typing import NDArray

    Array = NDArray[np.float64]

__all__ = ["BestPolicy", "best_policy"]

_MEASURES = ("cost", "fill_rate", "cycle_service", "average_stock", "orders")


@dataclass(frozen=True, eq=False)
class BestPolicy:
    """The cheapest of the policies tried. Made by `best_policy`."""

    reorder_point: float | None
    """r or s (units); None where every review orders."""
    order_quantity: float | None
    """Q (units), for (r, Q)."""
    order_up_to: float | None
    """S (units), for (s, S) and (R, S)."""
    cost: float
    """Money per period on this demand."""
    table: pd.DataFrame
    """Every policy tried, the cheapest first: its levels, cost, fill_rate, cycle_service, average_stock."""
    proven: str
    """What is proven and what is not."""

    def __str__(self) -> str:
        named = (
            ("reorder point", self.reorder_point),
            ("quantity", self.order_quantity),
            ("order up to", self.order_up_to),
        )
        words = ", ".join(f"{n} {spoken(v)}" for n, v in named if v is not None)
        return (
            f"Of {len(self.table)} policies tried the cheapest: {words}; {spoken(self.cost)} per period.\n"
            f"{self.proven}"
        )


def best_policy(
    demand: Any,
    policy: str,
    *,
    reorder_points: Iterable[float] | None = None,
    order_quantities: Iterable[float] | None = None,
    order_up_tos: Iterable[float] | None = None,
    lead_time: int | Iterable[int] = 0,
    order_cost: float = 0.0,
    holding_cost: float,
    shortage_cost: float,
    on_shortage: str = "backorder",
    review_period: int = 1,
    opening_stock: float | None = None,
    warm_up: int = 0,
    step: float = 1.0,
) -> BestPolicy:
    """The cheapest policy of one form on a demand series, by simulating many.

    Parameters
    ----------
    demand, lead_time, order_cost, holding_cost, shortage_cost, on_shortage, review_period
        As for `simulate_policy`.
    opening_stock, warm_up
        As for `simulate_policy`. By default each policy starts full, with its own S or r + Q.
    policy
        `"r_Q"`, `"s_S"` or `"R_S"`.
    reorder_points, order_quantities, order_up_tos
        Levels to try (units), in every combination; those of the policy, or none: then a coarse grid is
        tried and narrowed around the best, down to the step.
    step
        Least difference between two levels (units).

    Returns
    -------
    BestPolicy
        The levels, `.cost`, `.table` of all that were tried, and `.proven`, a sentence.

    Raises
    ------
    InputError
        If the levels are not those of the policy, or a figure is out of range.

    Notes
    -----
    With levels given, the result is the cheapest of their combinations. Without, it is a search and no
    proof: the cost over a finite series is not a smooth curve. Either way it is the best on **this**
    demand, with hindsight; on other demand of the same kind another policy may be cheaper.

    Examples
    --------
    >>> best = best_policy([4, 6, 3, 7, 5, 5], "R_S", order_up_tos=range(5, 15), lead_time=0,
    ...                    holding_cost=1, shortage_cost=8)
    >>> best.order_up_to, best.cost
    (7.0, 2.0)
    """
    setting = setting_of(
        demand, lead_time, order_cost, holding_cost, shortage_cost, on_shortage, review_period, warm_up
    )
    choice("policy", policy, ("r_Q", "s_S", "R_S"))
    size = number("step", step, "above zero (units)", above=0)
    opening = None
    if opening_stock is not None:
        opening = number("opening_stock", opening_stock, "zero or more (units)", low=0)
    lists = {
        "reorder_points": reorder_points,
        "order_quantities": order_quantities,
        "order_up_tos": order_up_tos,
    }
    wanted = {
        "r_Q": ("reorder_points", "order_quantities"),
        "s_S": ("reorder_points", "order_up_tos"),
        "R_S": ("order_up_tos",),
    }[policy]
    given = tuple(k for k, v in lists.items() if v is not None)
    if given and set(given) != set(wanted):
        raise InputError(", ".join(given), "given", f"{' with '.join(wanted)} for policy {policy}, or none")
    tried: dict[tuple[float, ...], tuple[float, ...]] = {}
    if given:
        axes = [numbers(k, lists[k], "a number (units)") for k in wanted]
        if policy == "r_Q":
            numbers("order_quantities", axes[1], "above zero (units)", above=0)
        points = _product(axes)
        _try(
            setting,
            policy,
            points[points[:, 1] > points[:, 0]] if policy == "s_S" else points,
            opening,
            tried,
        )
        if not tried:
            raise InputError("order_up_tos", axes[1].tolist(), "above a reorder point, one of them at least")
        proven = "The cheapest of the combinations listed, on this demand."
    else:
        _search(setting, policy, size, opening, tried)
        proven = "Found by search on this demand: no proof that none is cheaper."
    return _best(policy, tried, proven)


def _best(policy: str, tried: dict[tuple[float, ...], tuple[float, ...]], proven: str) -> BestPolicy:
    import pandas as pd

    names = {
        "r_Q": ["reorder_point", "order_quantity"],
        "s_S": ["reorder_point", "order_up_to"],
        "R_S": ["order_up_to"],
    }[policy]
    table = pd.DataFrame([(*k, *v) for k, v in tried.items()], columns=[*names, *_MEASURES])
    table = table.sort_values(["cost", *names], ignore_index=True)
    first = {n: float(table.loc[0, n]) for n in (*names, "cost")}  # type: ignore[arg-type]
    return BestPolicy(
        first.get("reorder_point"),
        first.get("order_quantity"),
        first.get("order_up_to"),
        first["cost"],
        table,
        proven,
    )


def _product(axes: list[Array]) -> Array:
    return np.array(np.meshgrid(*axes, indexing="ij")).reshape(len(axes), -1).T


def _try(
    setting: Setting,
    policy: str,
    points: Array,
    opening: float | None,
    tried: dict[tuple[float, ...], tuple[float, ...]],
) -> None:
    """Run every policy, a row of levels each, that has not been run yet."""
    keys = [k for k in dict.fromkeys(map(tuple, points.tolist())) if k not in tried]
    if not keys:
        return
    columns = [np.array(c, dtype=float) for c in zip(*keys, strict=True)]
    r = None if policy == "R_S" else columns[0]
    q = columns[1] if policy == "r_Q" else None
    top = None if policy == "r_Q" else columns[-1]
    opened = np.array(
        [full_stock(*(None if x is None else float(x[i]) for x in (r, q, top))) for i in range(len(keys))]
    )
    out = run_policies(setting, r, q, top, opened if opening is None else np.full(len(keys), opening))
    tried.update(zip(keys, zip(*(out[m].tolist() for m in _MEASURES), strict=True), strict=True))


def _search(
    setting: Setting,
    policy: str,
    step: float,
    opening: float | None,
    tried: dict[tuple[float, ...], tuple[float, ...]],
) -> None:
    """A coarse grid around the textbook's figures, then ever finer ones around the best so far."""

    def try_at(reorder: Array, lots: Array) -> None:
        reorder = np.round(reorder / step) * step
        lots = np.maximum(step, np.round(lots / step) * step)
        points = _product([reorder] if policy == "R_S" else [reorder, lots])
        if policy == "s_S":
            points[:, 1] += points[:, 0]
        _try(setting, policy, points, opening, tried)

    mean, sd = float(setting.demand.mean()), float(setting.demand.std())
    time = float(setting.lead_times.mean()) + setting.review
    spread = max(sd * np.sqrt(time), mean / 4, step)
    lot = max(np.sqrt(2 * setting.order_cost * mean / setting.holding_cost), mean * setting.review, step)
    try_at(mean * time + spread * np.linspace(-3, 6, 19), lot * np.geomspace(0.3, 3, 13))
    width_r, width_lot = spread / 2, lot / 4
    while True:
        best = min(tried, key=lambda k: (tried[k][0], k))
        last = best[-1] - best[0] if policy == "s_S" else best[-1]
        width_r, width_lot = max(step, width_r / 2), max(step, width_lot / 2)
        try_at(best[0] + width_r * np.arange(-4, 5), last + width_lot * np.arange(-4, 5))
        again = min(tried, key=lambda k: (tried[k][0], k))
        if again == best and width_r == width_lot == step:
            return
