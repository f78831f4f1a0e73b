"""Independent demand from a plant's tables: customer orders within a forecast, or what was sold a year
before."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

if TYPE_CHECKING:
    import pandas as pd

    from ...plant import Plant
    from .weeks import Weeks


def plant_demand(plant: Plant, weeks: Weeks) -> tuple[pd.DataFrame, list[str]]:
    """Demand by week, item and order, and a remark that says where it came from."""
    import pandas as pd

    start = pd.Timestamp(weeks.start or plant.first_day)
    columns = ["week", "item", "quantity", "order", "customer"]
    booked = pd.DataFrame(columns=columns)
    if "orders" in plant.tables:
        table = plant.table("orders")
        table = table[table["status"] != "shipped"]
        since = (table["due"] - start).dt.days
        due = table["due"] - pd.to_timedelta(since % 7, unit="D")  # the first day of its week
        booked = table.assign(week=due)[columns]
    if "forecast" in plant.tables:
        expected = plant.table("forecast")[["week", "item", "quantity"]]
        remark = "demand is the forecast, or the customer orders of the week where they are more"
    else:
        expected = seasonal_average(plant.table("demand"), start, weeks.count)
        remark = "demand is the mean of the same weeks in the years before, or the customer orders where they are more"
        if "orders" not in plant.tables:
            remark = "demand is the mean of the same weeks in the years before: the plant has no forecast"
    known = booked.groupby(["item", "week"])["quantity"].sum() if len(booked) else None
    rest = expected["quantity"].to_numpy(dtype=float)
    if known is not None:
        keys = pd.MultiIndex.from_frame(expected[["item", "week"]])
        rest = np.maximum(rest - known.reindex(keys, fill_value=0).to_numpy(dtype=float), 0)
    label = "forecast" if "forecast" in plant.tables else "expected"
    open_part = expected.assign(quantity=rest, order=label, customer="")[columns]
    return pd.concat(
        [booked, open_part[rest > 0]] if len(booked) else [open_part[rest > 0]], ignore_index=True
    ), [remark]


def seasonal_average(demand: pd.DataFrame, start: Any, count: int) -> pd.DataFrame:
    """For each coming week the mean of what was sold 52, 104 ... weeks before; of all weeks where there is none.

    Whole units for items that were only sold in whole units.
    """
    import pandas as pd

    first = demand["week"].min()
    codes, item = np.unique(demand["item"].to_numpy(dtype=object).astype(str), return_inverse=True)
    week = ((demand["week"] - first).dt.days // 7).to_numpy()
    last = int(week.max()) + 1
    sold = np.zeros((len(codes), last))
    np.add.at(sold, (item, week), demand["quantity"].to_numpy(dtype=float))
    offset = int((start - first).days // 7)
    out = np.empty((len(codes), count))
    for t in range(count):
        same = [
            offset + t - 52 * y for y in range(1, (offset + t) // 52 + 1) if 0 <= offset + t - 52 * y < last
        ]
        out[:, t] = sold[:, same].mean(axis=1) if same else sold.mean(axis=1)
    pieces = (sold == np.floor(sold)).all(axis=1)  # sold in whole units, and so expected in them
    out[pieces] = np.floor(out[pieces] + 0.5)
    coming = start + pd.to_timedelta(7 * np.arange(count), unit="D")
    return pd.DataFrame(
        {"week": np.tile(coming, len(codes)), "item": np.repeat(codes, count), "quantity": out.ravel()}
    )
