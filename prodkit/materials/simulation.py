"""A stock policy run against a demand series: what it would have cost."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from .._common import choice, number, numbers, spoken, whole
from ..errors import InputError

if TYPE_CHECKING:
    import pandas as pd
    from numpy.typing import NDArray

    Array = NDArray[np.float64]

__all__ = ["PolicyRun", "simulate_policy"]


@dataclass(frozen=True, eq=False)
class PolicyRun:
    """What a policy did. Made by `simulate_policy`; averages are over periods and replications."""

    cost: float
    """Ordering, holding and shortage cost (money per period)."""
    order_cost: float
    """Of it, ordering (money per period)."""
    holding_cost: float
    """Of it, holding (money per period)."""
    shortage_cost: float
    """Of it, shortage (money per period)."""
    fill_rate: float
    """Share of demand served at once."""
    cycle_service: float
    """Share of delivery cycles in which nothing went short."""
    average_stock: float
    """Units on hand at a period's end."""
    average_short: float
    """Units owed at a period's end (backorders), or lost in it."""
    orders: float
    """Orders per period."""
    path: pd.DataFrame
    """First replication: period, demand, received, ordered, on_hand, owed, position (all but demand,
    received and ordered at the period's end)."""

    def __str__(self) -> str:
        return (
            f"The policy costs {spoken(self.cost)} per period: ordering {spoken(self.order_cost)}, holding "
            f"{spoken(self.holding_cost)}, shortage {spoken(self.shortage_cost)}.\n"
            f"It serves {100 * self.fill_rate:.1f} % of demand at once, with {spoken(self.average_stock)} on hand."
        )


@dataclass(frozen=True)
class Setting:
    demand: Array  # replications x periods
    lead_times: NDArray[np.int64]  # of an order placed in each period
    order_cost: float
    holding_cost: float
    shortage_cost: float
    lost: bool
    review: int
    warm_up: int


def run_policies(
    setting: Setting,
    r: Array | None,
    q: Array | None,
    top: Array | None,
    opening: Array,
    path: list[dict[str, float]] | None = None,
) -> dict[str, Array]:
    """All policies at once: arrays of policies x replications, one step a period.

    In a period: review and order; what is due comes in; demand; costs on the stock left.
    """
    demand = setting.demand
    replications, periods = demand.shape
    shape = (len(opening), replications)
    ring = int(setting.lead_times.max()) + 1
    due = np.zeros((ring, *shape))
    net = np.broadcast_to(opening[:, None], shape).copy()
    position = net.copy()
    zero = np.zeros(shape)
    held, owed, short, orders, cycles, clean = (np.zeros(shape) for _ in range(6))
    is_clean = np.ones(shape, dtype=bool)
    levels = [None if x is None else x[:, None] for x in (r, q, top)]
    reorder, quantity, up_to = levels
    for t in range(periods):
        counted = t >= setting.warm_up
        placed = zero
        if t % setting.review == 0:
            if quantity is not None:
                assert reorder is not None
                placed = np.maximum(np.floor((reorder - position) / quantity) + 1, 0.0) * quantity
            else:
                assert up_to is not None
                placed = np.maximum(up_to - position, 0.0)
                if reorder is not None:
                    placed = np.where(position <= reorder, placed, 0.0)
            position = position + placed
            due[(t + setting.lead_times[t]) % ring] += placed
        received = due[t % ring].copy()
        due[t % ring] = 0.0
        if counted:
            orders += placed > 0
            ends = received > 0
            cycles += ends
            clean += ends & is_clean
            is_clean |= ends
        net += received
        asked = demand[:, t]
        missed = np.maximum(asked - np.maximum(net, 0.0), 0.0)
        net -= asked
        position = position - asked
        if setting.lost:
            net += missed
            position = position + missed
        on_hand = np.maximum(net, 0.0)
        if counted:
            is_clean &= missed <= 1e-9
            held += on_hand
            short += missed
            owed += missed if setting.lost else on_hand - net
        if path is not None:
            path.append(
                {
                    "period": t + 1,
                    "demand": float(asked[0]),
                    "received": float(received[0, 0]),
                    "ordered": float(placed[0, 0]),
                    "on_hand": float(on_hand[0, 0]),
                    "owed": float((on_hand - net)[0, 0]),
                    "position": float(position[0, 0]),
                }
            )
    n = periods - setting.warm_up
    asked_in_all = demand[:, setting.warm_up :].sum()
    cycles_in_all = cycles.sum(axis=1)
    per = {k: v.mean(axis=1) / n for k, v in (("orders", orders), ("held", held), ("owed", owed))}
    return {
        "cost": setting.order_cost * per["orders"]
        + setting.holding_cost * per["held"]
        + setting.shortage_cost * per["owed"],
        "fill_rate": 1 - short.sum(axis=1) / asked_in_all if asked_in_all else np.ones(len(opening)),
        "cycle_service": np.where(cycles_in_all > 0, clean.sum(axis=1) / np.maximum(cycles_in_all, 1), 1.0),
        "orders": per["orders"],
        "average_stock": per["held"],
        "average_short": per["owed"],
    }


def simulate_policy(
    demand: Any,
    *,
    reorder_point: float | None = None,
    order_quantity: float | None = None,
    order_up_to: float | None = None,
    lead_time: int | Iterable[int] = 0,
    order_cost: float = 0.0,
    holding_cost: float,
    shortage_cost: float,
    on_shortage: str = "backorder",
    review_period: int = 1,
    opening_stock: float | None = None,
    warm_up: int = 0,
) -> PolicyRun:
    """Run a stock policy against demand: (r, Q), (s, S) or (R, S) by the levels that are given.

    Parameters
    ----------
    demand
        Units per period: one series, or several (replications x periods), the same for every policy.
    reorder_point, order_quantity
        (r, Q): at or below r, order Q, or the least multiple of it that lifts the position above r.
    reorder_point, order_up_to
        (s, S): at or below s, order up to S.
    order_up_to
        Alone, (R, S): at every review order up to S.
    lead_time
        Whole periods from order to receipt; or one for each period, that of an order placed in it.
    order_cost
        Money an order.
    holding_cost
        Money a unit on hand at a period's end.
    shortage_cost
        Money a unit owed at a period's end; with lost sales, a unit lost.
    on_shortage
        `"backorder"` or `"lost"`.
    review_period
        Periods between two reviews, the first in the first period.
    opening_stock
        Units on hand at first, nothing on order. By default S, or r + Q.
    warm_up
        First periods that are run but not counted.

    Returns
    -------
    PolicyRun
        `.cost`, `.fill_rate`, `.cycle_service`, `.average_stock`, `.orders`, `.path` (period by period).

    Raises
    ------
    InputError
        If the levels are not those of one policy, or a figure is out of range.

    Notes
    -----
    Within a period: review and order; what is due comes in (with lead time 0, at once); demand, with
    backorders owed served first; costs on the stock left. There is no chance in it: the same demand gives
    the same figures, and two policies on the same demand can be compared without the luck of the draw.

    Convention, holding: on the stock at a period's end (default); on the mean of opening and closing stock
    (half a period's demand more; not offered).

    Examples
    --------
    >>> run = simulate_policy([4, 6, 3, 7, 5, 5], reorder_point=5, order_quantity=12, lead_time=1,
    ...                       order_cost=20, holding_cost=1, shortage_cost=8, opening_stock=9)
    >>> run.path[["demand", "received", "ordered", "on_hand", "owed"]].to_numpy(int).tolist()
    [[4, 0, 0, 5, 0], [6, 0, 12, 0, 1], [3, 12, 0, 8, 0], [7, 0, 0, 1, 0], [5, 0, 12, 0, 4], [5, 12, 0, 3, 0]]
    >>> round(run.cost, 3), round(run.fill_rate, 3)
    (16.167, 0.833)
    """
    setting = setting_of(
        demand, lead_time, order_cost, holding_cost, shortage_cost, on_shortage, review_period, warm_up
    )
    r, q, top = levels_of(reorder_point, order_quantity, order_up_to)
    opening = full_stock(r, q, top)
    if opening_stock is not None:
        opening = number("opening_stock", opening_stock, "zero or more (units)", low=0)
    path: list[dict[str, float]] = []
    r_, q_, top_ = (None if x is None else np.array([x]) for x in (r, q, top))
    out = {k: float(v[0]) for k, v in run_policies(setting, r_, q_, top_, np.array([opening]), path).items()}
    import pandas as pd

    return PolicyRun(
        cost=out["cost"],
        order_cost=setting.order_cost * out["orders"],
        holding_cost=setting.holding_cost * out["average_stock"],
        shortage_cost=setting.shortage_cost * out["average_short"],
        fill_rate=out["fill_rate"],
        cycle_service=out["cycle_service"],
        average_stock=out["average_stock"],
        average_short=out["average_short"],
        orders=out["orders"],
        path=pd.DataFrame(path),
    )


def full_stock(r: float | None, q: float | None, top: float | None) -> float:
    return max(0.0, top if top is not None else (r or 0.0) + (q or 0.0))


def levels_of(r: object, q: object, top: object) -> tuple[float | None, float | None, float | None]:
    given = tuple(
        n for n, v in (("reorder_point", r), ("order_quantity", q), ("order_up_to", top)) if v is not None
    )
    if given not in (("reorder_point", "order_quantity"), ("reorder_point", "order_up_to"), ("order_up_to",)):
        expected = "reorder_point with order_quantity, reorder_point with order_up_to, or order_up_to alone"
        raise InputError("the policy's levels", ", ".join(given) or None, expected)
    point = None if r is None else number("reorder_point", r, "a number (units)")
    lot = None if q is None else number("order_quantity", q, "above zero (units)", above=0)
    low = -np.inf if point is None else point
    up_to = None if top is None else number("order_up_to", top, "above the reorder point (units)", above=low)
    return point, lot, up_to


def setting_of(
    demand: Any,
    lead_time: int | Iterable[int],
    order_cost: float,
    holding_cost: float,
    shortage_cost: float,
    on_shortage: str,
    review_period: int,
    warm_up: int,
) -> Setting:
    wanted = "zero or more (units per period), one series or replications x periods"
    try:
        series = np.atleast_2d(np.array(demand, dtype=float))
    except (TypeError, ValueError):
        raise InputError("demand", demand, wanted) from None
    if series.ndim != 2 or series.size == 0:
        raise InputError("demand", series.shape, "one series, or replications x periods, with figures in it")
    wrong = series[~(np.isfinite(series) & (series >= 0))]
    if wrong.size:
        raise InputError("demand", float(wrong[0]), wanted)
    periods = series.shape[1]
    if isinstance(lead_time, Iterable) and not isinstance(lead_time, str):
        leads = numbers("lead_time", lead_time, "a whole number of periods, 0 or more", low=0, high=1e4)
        if len(leads) != periods or (leads != np.floor(leads)).any():
            raise InputError("lead_time", leads.tolist(), f"whole periods, one for each of the {periods}")
    else:
        lead = whole("lead_time", lead_time, "a whole number of periods, 0 to 10,000", low=0, high=1e4)
        leads = np.full(periods, lead, dtype=float)
    choice("on_shortage", on_shortage, ("backorder", "lost"))
    return Setting(
        series,
        leads.astype(np.int64),
        number("order_cost", order_cost, "zero or more (money an order)", low=0),
        number("holding_cost", holding_cost, "above zero (money a unit per period)", above=0),
        number("shortage_cost", shortage_cost, "zero or more (money a unit)", low=0),
        on_shortage == "lost",
        whole("review_period", review_period, "a whole number of periods, 1 or more", low=1),
        whole("warm_up", warm_up, f"fewer than the {periods} periods", low=0, high=periods - 1),
    )
