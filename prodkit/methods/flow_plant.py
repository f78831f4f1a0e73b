"""Work centers and routings of a plant as queues and lines: what comes, how long it takes, what fails."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Any

import numpy as np

from .._common import number, whole
from ..errors import InputError
from .line_simulation_times import Station
from .queues import Queue, queue

if TYPE_CHECKING:
    import pandas as pd

    from ..plant import Plant

__all__ = ["operations", "plant_line", "workcenter_loads", "workcenter_queue"]

_WEEKS = 52


def operations(plant: Plant) -> pd.DataFrame:
    """The usual steps of every item that is used, in a year.

    item, step, operation, workcenter, setup_hours, run_hours, lot (units), transfer (units after which the next
    step may begin), started (units a year), lots (a year), hours (standard hours a year).
    """
    routings = plant.need("routings", 1, "the flow through work centers")
    items = plant.table("items").set_index("item")
    use = plant.yearly_use()
    steps = routings[(routings["alternative"] == "") & routings["item"].isin(items.index)]
    steps = steps.sort_values(["item", "step"], kind="stable").reset_index(drop=True)
    used = steps["item"].map(use).fillna(0.0).to_numpy(float)
    steps = steps[used > 0].reset_index(drop=True)
    started = steps["item"].map(use).to_numpy(float) / steps["item"].map(items["yield_share"]).to_numpy(float)
    lot = np.array(
        [_lot(items.loc[code], units / _WEEKS) for code, units in zip(steps["item"], started, strict=True)]
    )
    overlap = steps["overlap_quantity"].to_numpy(dtype=float, na_value=np.nan)
    setup, run = steps["setup_hours"].to_numpy(float), steps["run_hours"].to_numpy(float)
    out = steps[["item", "step", "operation", "workcenter", "setup_hours", "run_hours"]].copy()
    out["lot"] = lot
    out["transfer"] = np.fmin(overlap, lot)
    out["started"] = started
    out["lots"] = started / lot
    out["hours"] = started * run + out["lots"] * setup
    return out


def _lot(item: pd.Series[Any], weekly: float) -> float:
    """The usual order of an item (units, at least one)."""
    rule, size = item["lot_rule"], weekly
    if rule == "fixed":
        size = float(item["lot_size"])
    elif rule == "minimum":
        size = max(weekly, float(item["lot_min"]))
    elif rule == "multiple":
        step = float(item["lot_multiple"])
        size = max(math.ceil(weekly / step - 1e-9), 1) * step
    elif rule == "periods":
        size = weekly * float(item["lot_periods"])
    return max(size, 1.0)


def workcenter_loads(plant: Plant) -> pd.DataFrame:
    """What each work center has to do and can do, by last year's use and the usual routings.

    Parameters
    ----------
    plant
        Its items, demand, workcenters and routings; failures and machines where it has them.

    Returns
    -------
    DataFrame
        One row a work center that is used: workcenter, machines, open_hours (hours a year that it is open), lots (a
        year), hours (standard hours a year), lot_hours (mean hours of a lot on a machine, efficiency and repairs
        counted), lot_cv (deviation over mean: the mix of lots, and failures), load (hours needed over machine hours
        open), uptime (efficiency times availability), time_to_failure (working hours of a machine; blank: no failure
        known), time_to_repair (hours).

    Raises
    ------
    MissingTableError
        If the plant has no routings or work centers.

    Notes
    -----
    A lot is the item's usual order: its fixed size, or a week's use and what its lot rule makes of that.
    The load is what the standards and failures explain; utilization in `workcenters` is what was measured.

    Examples
    --------
    >>> from prodkit import Plant
    >>> loads = workcenter_loads(Plant.sample("metal"))
    >>> loads.loc[loads["load"].idxmax(), "workcenter"]
    'weld'
    """
    import pandas as pd

    centers = plant.need("workcenters", 1, "the load of work centers").set_index("workcenter")
    about = plant.table("about").iloc[0]
    repairs = _repairs(plant)
    rows = []
    for code, part in operations(plant).groupby("workcenter", sort=False):
        center: Any = centers.loc[code]
        shifts = about["shifts_per_day"] if pd.isna(center["shifts_per_day"]) else center["shifts_per_day"]
        hours_open = _WEEKS * float(about["days_per_week"]) * float(shifts) * float(about["hours_per_shift"])
        lots = part["lots"].to_numpy(float)
        each = part["hours"].to_numpy(float) / lots / float(center["efficiency"])
        mean = float(np.average(each, weights=lots))
        deviation = math.sqrt(float(np.average((each - mean) ** 2, weights=lots)))
        failure, repair = repairs.get(str(code), (None, None))
        lot = Station(process_time=mean, cv=deviation / mean, time_to_failure=failure, time_to_repair=repair)
        rows.append(
            {
                "workcenter": str(code),
                "machines": int(center["machines"]),
                "open_hours": hours_open,
                "lots": float(lots.sum()),
                "hours": float(part["hours"].sum()),
                "lot_hours": lot.effective_time,
                "lot_cv": lot.effective_cv,
                "load": float(lots.sum()) * lot.effective_time / (hours_open * int(center["machines"])),
                "uptime": float(center["efficiency"]) * lot.availability,
                "time_to_failure": failure,
                "time_to_repair": repair,
            }
        )
    numeric = {"time_to_failure": float, "time_to_repair": float}  # blanks where nothing failed
    return pd.DataFrame(rows).astype(numeric)


def _repairs(plant: Plant) -> dict[str, tuple[float, float]]:
    """Working hours to a failure and hours to repair, of one machine of each work center that has failed."""
    if "failures" not in plant.tables or "machines" not in plant.tables:
        return {}
    lives, machines = plant.table("failures"), plant.table("machines")
    out = {}
    for center, assets in machines.groupby("workcenter")["asset"]:
        mine = lives[lives["asset"].isin(assets)]
        failed = mine[mine["failed"].astype(bool)]
        repair = failed["repair_hours"].mean()
        if len(failed) and repair > 0:
            # the parts of a machine run side by side: their rates add up; a machine without a record has none
            parts = mine.groupby(["asset", "part"]).agg(hours=("hours", "sum"), failures=("failed", "sum"))
            rate = float((parts["failures"].astype(float) / parts["hours"]).sum()) / len(assets)
            out[str(center)] = (1 / rate, float(repair))
    return out


def workcenter_queue(plant: Plant, workcenter: str, *, arrival_cv: float = 1.0) -> Queue:
    """The line before a work center: lots come by chance, at last year's rate.

    Parameters
    ----------
    plant, workcenter
        A plant and one of its work centers that is used.
    arrival_cv
        Standard deviation of the time between lots over its mean.

    Returns
    -------
    Queue
        In lots, and in hours that the work center is open; see `workcenter_loads` for what it is made of.

    Raises
    ------
    InputError
        If there is no such work center, no work for it, or more work than it can do.
    MissingTableError
        If the plant has no routings or work centers.

    Examples
    --------
    >>> from prodkit import Plant
    >>> line = workcenter_queue(Plant.sample("metal"), "laser")
    >>> line.model, 0.5 < line.utilization < 1
    ('M/G/1', True)
    """
    loads = workcenter_loads(plant).set_index("workcenter")
    if workcenter not in loads.index:
        raise InputError("workcenter", workcenter, "one that has work: " + ", ".join(loads.index))
    row: Any = loads.loc[workcenter]
    return queue(
        float(row["lots"] / row["open_hours"]),
        float(1 / row["lot_hours"]),
        servers=int(row["machines"]),
        service="general",
        cv=float(row["lot_cv"]),
        arrival_cv=arrival_cv,
    )


def plant_line(plant: Plant, item: str, *, cv: float = 0.0, buffer: int | None = None) -> tuple[Station, ...]:
    """The usual steps of an item as a line of stations that work on nothing else.

    Parameters
    ----------
    plant, item
        A plant and an item with a routing.
    cv
        Standard deviation of a unit's time over its mean, at every station: the plant's standards hold none.
    buffer
        Places before each station but the first; None: no limit.

    Returns
    -------
    tuple of Station
        For `simulate_line` and `flow_benchmarks`. Process time: run and the unit's part of the setup, over the work
        center's efficiency (hours); failures as its machines had them.

    Raises
    ------
    InputError
        If the item has no routing or is not used.
    MissingTableError
        If the plant has no routings or work centers.

    Examples
    --------
    >>> from prodkit import Plant
    >>> [s.name for s in plant_line(Plant.sample("metal"), "cabinet-wall")]
    ['laser', 'brake', 'weld', 'coat', 'assembly']
    """
    spread = number("cv", cv, "zero or more", low=0)
    if buffer is not None:
        whole("buffer", buffer, "a whole number of places, zero or more, or None", low=0)
    steps = operations(plant)
    steps = steps[steps["item"] == item]
    if steps.empty:
        raise InputError("item", item, "an item of this plant that is used and has a routing")
    centers = plant.need("workcenters", 1, "a line of work centers").set_index("workcenter")
    repairs = _repairs(plant)
    names = steps["workcenter"].tolist()
    line = []
    for place, step in enumerate(steps.to_dict("records")):
        code = str(step["workcenter"])
        center: Any = centers.loc[code]
        failure, repair = repairs.get(code, (None, None))
        line.append(
            Station(
                process_time=(step["run_hours"] + step["setup_hours"] / step["lot"])
                / float(center["efficiency"]),
                name=code if names.count(code) == 1 else f"{code} {step['step']}",
                cv=spread,
                machines=int(center["machines"]),
                buffer=buffer if place else None,
                time_to_failure=failure,
                time_to_repair=repair,
            )
        )
    return tuple(line)
