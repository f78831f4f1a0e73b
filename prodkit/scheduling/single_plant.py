"""The jobs that wait at a work center of a plant: its orders times its routings, on the clock of its hours."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from .._common import choice, whole
from ..errors import InputError, MissingTableError

if TYPE_CHECKING:
    import pandas as pd
    from numpy.typing import NDArray

    from ..plant import Plant

__all__ = ["work_center_jobs"]

_MOST_URGENT = 10  # less the priority: an order of priority 1 weighs 9, one of 9 weighs 1


def work_center_jobs(
    plant: Plant, workcenter: str, orders: pd.DataFrame | None = None, *, weeks: int | None = None
) -> pd.DataFrame:
    """The jobs of one work center, as `sequence` and `parallel_machines` take them.

    Parameters
    ----------
    plant
        With the tables routings, workcenters and orders.
    workcenter
        Its code.
    orders
        A table with order, item, quantity and due, such as `plant.receipts` for the shop's own orders; where it is left
        out, the customers' orders that are not shipped.
    weeks
        Those due in so many weeks from the plant's first day, and all that are overdue; where it is left out, all.

    Returns
    -------
    DataFrame
        One row an order and step there: job (the order; with its item, with its step, where that is not enough), item,
        quantity (units), hours (run), setup_hours, due (hours worked at this work center from the plant's first day to
        the end of the due day; negative where overdue), weight, remaining_hours (this step's run, and setup and
        run of all later ones), operations (steps left).

    Raises
    ------
    InputError
        If the plant has no such work center, or the table of orders lacks a column.
    MissingTableError
        If no order has work there.

    Notes
    -----
    Usual routings, none of the alternatives. Run is quantity times run_hours over the work center's efficiency. A day
    has the shifts of the calendar, else of the work center, else of the plant; what is worked of them is the work
    center's utilization. Due is the promised day, where there is one. Weight is 10 less the priority.

    Examples
    --------
    >>> from prodkit.plant import Plant
    >>> plant = Plant.sample("metal")
    >>> jobs = work_center_jobs(plant, "coat", plant.receipts)
    >>> jobs[["job", "item", "hours", "due"]].round(1).head(3)
         job          item  hours    due
    0  W0006  cabinet-wall    1.4   67.2
    1  W0008     door-tall    2.1   67.2
    2  W0010     body-base    3.8  134.4
    """
    import pandas as pd

    centers = plant.need("workcenters", purpose="the jobs of a work center").set_index("workcenter")
    choice("workcenter", workcenter, centers.index)
    if orders is None:
        orders = plant.need("orders", purpose="the jobs of a work center")
        orders = orders[orders["status"] != "shipped"]
    missing = [c for c in ("order", "item", "quantity", "due") if c not in orders.columns]
    if missing:
        raise InputError(
            "orders", list(orders.columns), "a table with the columns order, item, quantity and due"
        )
    if weeks is not None:
        whole("weeks", weeks, "a whole number of weeks, 1 or more", low=1)
        orders = orders[orders["due"] < pd.Timestamp(plant.first_day) + pd.Timedelta(weeks=weeks)]
    steps = plant.need("routings", purpose="the jobs of a work center")
    steps = steps[steps["alternative"] == ""]
    known = orders.loc[
        :, [c for c in ("order", "item", "quantity", "due", "promised", "priority") if c in orders.columns]
    ]
    lines = known.reset_index(drop=True).rename_axis("line").reset_index().merge(steps, on="item")
    if lines.empty:
        raise MissingTableError("orders", "none of these orders is for an item that has a routing")
    lines = lines.sort_values(["line", "step"], kind="stable")
    efficiency = lines["workcenter"].map(centers["efficiency"])
    run = lines["quantity"] * lines["run_hours"] / efficiency
    later = (
        (run + lines["setup_hours"]).iloc[::-1].groupby(lines["line"]).cumsum() - run - lines["setup_hours"]
    )
    lines = lines.assign(hours=run, remaining_hours=run + later)
    lines["operations"] = lines.iloc[::-1].groupby("line").cumcount() + 1
    here = lines[(lines["workcenter"] == workcenter) & (lines["hours"] > 0)].reset_index(drop=True)
    if here.empty:
        busy = ", ".join(sorted(set(lines["workcenter"]))) or "none"
        raise MissingTableError("orders", f"work at {workcenter} is wanted; these orders have some at {busy}")
    due = here["due"] if "promised" not in here.columns else here["promised"].fillna(here["due"])
    priority = (
        here["priority"] if "priority" in here.columns else pd.Series(_MOST_URGENT - 1, index=here.index)
    )
    return pd.DataFrame(
        {
            "job": _names(here),
            "item": here["item"],
            "quantity": here["quantity"],
            "hours": here["hours"],
            "setup_hours": here["setup_hours"],
            "due": _hours_until(plant, workcenter, due),
            "weight": (_MOST_URGENT - priority).astype(float),
            "remaining_hours": here["remaining_hours"],
            "operations": here["operations"],
        }
    )


def _names(lines: pd.DataFrame) -> pd.Series[str]:
    names = lines["order"].astype(str)
    for column in ("item", "step"):
        twice = names.duplicated(keep=False)
        names = names.where(~twice, names + " " + lines[column].astype(str))
    return names.astype(object)


def _hours_until(plant: Plant, workcenter: str, due: pd.Series[pd.Timestamp]) -> NDArray[np.float64]:
    """Hours worked from the first day to the end of each due day; less than 0 for one before it."""
    import pandas as pd

    about = plant.about.iloc[0]
    center = plant.workcenters.set_index("workcenter").loc[workcenter]
    first = pd.Timestamp(plant.first_day)
    days = pd.date_range(min(first, due.min()) - pd.Timedelta(days=1), max(first, due.max()))
    usual = float(about["shifts_per_day"] if pd.isna(center["shifts_per_day"]) else center["shifts_per_day"])
    shifts = pd.Series(
        np.clip(about["days_per_week"] - days.day_of_week.to_numpy(), 0.0, 1.0) * usual, index=days
    )
    if "calendar" in plant.tables:
        calendar = plant.calendar.set_index("date")
        calendar = calendar[calendar.index.isin(days)]
        worked = calendar["shifts"].astype(float).fillna(usual).where(calendar["is_working"], 0.0)
        shifts[worked.index] = worked
    done = (shifts * about["hours_per_shift"] * center["utilization"]).cumsum()
    until: NDArray[np.float64] = done[due].to_numpy() - float(done[first - pd.Timedelta(days=1)])
    return until
