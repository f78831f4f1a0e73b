"""The longest way through a plant to one of its items, as the steps of a value stream."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from ..errors import InputError
from .flow_plant import operations, workcenter_loads

if TYPE_CHECKING:
    import pandas as pd

    from ..plant import Plant

__all__ = ["stream_of"]


def stream_of(plant: Plant, item: str | None) -> dict[str, Any]:
    """Arguments of `value_stream`: steps, daily_demand, hours_per_day, finished_stock.

    The way: of an item's components the one that is longest on its own way, stock included, and so on down the
    usual bills. Stock of a component waits before the first step of what it goes into.
    """
    import pandas as pd

    about = plant.table("about").iloc[0]
    days = 52 * float(about["days_per_week"])
    hours_per_day = float(about["hours_per_shift"]) * float(about["shifts_per_day"])
    daily = plant.yearly_use() / days
    stock = plant.table("items").set_index("item")["on_hand"].astype(float)
    steps = operations(plant)
    code = _busiest(plant, steps, daily) if item is None else item
    if code not in daily.index or not daily[code] > 0:
        raise InputError("item", item, "an item of this plant that was used in the last 52 weeks")
    rows = {str(made): part for made, part in steps.groupby("item", sort=False)}
    below = _components(plant)
    queues = _queues(plant)

    def cover(part: str) -> float:
        return stock[part] / daily[part] * hours_per_day if daily.get(part, 0.0) > 0 else 0.0

    longest: dict[str, tuple[float, str | None]] = {}

    def way(part: str) -> float:
        """Hours from the first stock to the end of the last step; the bills hold no loop."""
        if part not in longest:
            own = 0.0
            if part in rows:
                table = rows[part]
                own = float((table["setup_hours"] + _moved(table) * table["run_hours"]).sum())
                own += sum(queues.get(str(center), 0.0) for center in table["workcenter"])
            before = [(way(c) + cover(c), c) for c in below.get(part, ()) if daily.get(c, 0.0) > 0]
            most, first = max(before, default=(0.0, None), key=lambda pair: pair[0])
            longest[part] = (own + most, first)
        return longest[part][0]

    way(code)
    path = [code]
    while (before := longest[path[-1]][1]) is not None:
        path.append(before)
    loads = workcenter_loads(plant).set_index("workcenter")
    out: list[dict[str, Any]] = []
    waiting = 0.0  # units before the next step, of the component that came last
    waiting_daily = 1.0
    for part in reversed(path):
        for step in rows[part].to_dict("records") if part in rows else []:
            load: Any = loads.loc[step["workcenter"]]
            out.append(
                {
                    "step": f"{part}: {step['operation'] or step['workcenter']}",
                    "item": part,
                    "workcenter": step["workcenter"],
                    "run_hours": step["run_hours"],
                    "setup_hours": step["setup_hours"],
                    "batch": step["lot"],
                    "transfer": step["transfer"] if step["transfer"] == step["transfer"] else step["lot"],
                    "uptime": load["uptime"],
                    # its part of the machines, by hours; those of another number of shifts count for so much
                    "machines": load["machines"]
                    * load["open_hours"]
                    / (days * hours_per_day)
                    * step["hours"]
                    / load["hours"],
                    "per_unit": step["started"] / days / daily[code],
                    "wait_hours": queues.get(str(step["workcenter"]), 0.0)
                    + waiting / waiting_daily * hours_per_day,
                }
            )
            waiting = 0.0
        if part != code:
            # a set that has no step of its own hands on what waits for it
            waiting = waiting * daily[part] / waiting_daily + stock[part] if daily[part] else waiting
            waiting_daily = daily[part]
    if not out:
        raise InputError("item", item, "an item with a routing, or with components that have one")
    return {
        "steps": pd.DataFrame(out),
        "daily_demand": float(daily[code]),
        "hours_per_day": hours_per_day,
        "finished_stock": float(stock[code]),
    }


def _moved(table: pd.DataFrame) -> pd.Series[float]:
    """Units that move on together."""
    return table["transfer"].fillna(table["lot"])


def _busiest(plant: Plant, steps: pd.DataFrame, daily: pd.Series[float]) -> str:
    """The item that is made here and brings in most money."""
    items = plant.table("items").set_index("item")
    value = (items["price"].astype(float) * daily).reindex(steps["item"].unique()).dropna()
    if value.empty:
        raise InputError("item", None, "given, since no item with a routing has a price and demand")
    return str(value.index[int(np.argmax(value.to_numpy()))])


def _components(plant: Plant) -> dict[str, list[str]]:
    if "bom" not in plant.tables:
        return {}
    import pandas as pd

    bom, today = plant.table("bom"), pd.Timestamp(plant.first_day)
    holds = (bom["alternative"] == "") & ~(bom["valid_from"] > today) & ~(bom["valid_to"] < today)
    return {str(p): [str(c) for c in part] for p, part in bom[holds].groupby("parent")["component"]}


def _queues(plant: Plant) -> dict[str, float]:
    """Usual wait before a work center, and the way on from it (hours)."""
    table = plant.need("workcenters", 1, "a value stream")
    hours = table["queue_hours"].astype(float) + table["move_hours"].astype(float)
    return dict(zip(table["workcenter"].astype(str), hours.tolist(), strict=True))
