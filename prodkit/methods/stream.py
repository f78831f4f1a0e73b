"""The value stream: how long a unit is on its way, and how much of that time it is worked on."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from .._common import number, spoken
from ..errors import InputError, PlantError
from ..plant import Plant
from .stream_plant import stream_of

if TYPE_CHECKING:
    import pandas as pd

__all__ = ["ValueStream", "value_stream"]

_DEFAULTS: dict[str, float] = {
    "stock": 0.0,
    "wait_hours": 0.0,
    "setup_hours": 0.0,
    "batch": 1.0,
    "uptime": 1.0,
    "machines": 1.0,
    "value_added": 1.0,
    "per_unit": 1.0,
}
_WANTED = {
    "run_hours": "zero or more (hours a unit)",
    "stock": "zero or more (units waiting before the step)",
    "wait_hours": "zero or more (hours)",
    "setup_hours": "zero or more (hours a batch)",
    "batch": "1 or more (units)",
    "transfer": "1 or more (units)",
    "uptime": "above 0, at most 2 (standard hours of work an hour)",
    "machines": "above zero (machines)",
    "value_added": "a share, 0 to 1",
    "per_unit": "above zero (units of the step in one of the product)",
}
_LIMITS: dict[str, dict[str, float]] = {
    "batch": {"low": 1},
    "transfer": {"low": 1},
    "per_unit": {"above": 0},
    "uptime": {"above": 0, "high": 2},
    "machines": {"above": 0},
    "value_added": {"low": 0, "high": 1},
}


@dataclass(frozen=True, eq=False)
class ValueStream:
    """A value stream, step by step. Made by `value_stream`."""

    table: pd.DataFrame
    """One row a step, in order: what was given (step, run_hours, stock, setup_hours, batch, transfer, uptime, machines,
    value_added, per_unit; item and workcenter of a plant), with wait_hours (queue and stock before it, in hours),
    batch_hours (setup, and waiting for the rest of the batch), work_hours (worked on), value_hours (the part of that
    which adds value), pace_hours (hours of the step for each unit of the product, setups and uptime counted), load
    (pace over takt), is_too_slow."""
    daily_demand: float
    """Units a day."""
    hours_per_day: float
    """Working hours of a day."""
    finished_hours: float
    """Cover of the finished stock behind the last step (hours)."""

    @property
    def takt_time(self) -> float:
        """Working hours over demand: the pace that customers set (hours a unit)."""
        return self.hours_per_day / self.daily_demand

    @property
    def lead_time(self) -> float:
        """From coming into the first stock to leaving the last (working hours)."""
        columns = ["wait_hours", "batch_hours", "work_hours"]
        return float(self.table[columns].to_numpy().sum()) + self.finished_hours

    @property
    def lead_time_days(self) -> float:
        """The same in working days."""
        return self.lead_time / self.hours_per_day

    @property
    def value_added_time(self) -> float:
        """Of it, the hours in which work adds value."""
        return float(self.table["value_hours"].sum())

    @property
    def value_added_share(self) -> float:
        """Value-added time over lead time (share), also called process cycle efficiency."""
        return self.value_added_time / self.lead_time if self.lead_time else 0.0

    @property
    def bottleneck(self) -> str:
        """The step with the highest load."""
        return str(self.table["step"].iloc[int(self.table["load"].to_numpy().argmax())])

    @property
    def too_slow(self) -> tuple[str, ...]:
        """Steps that cannot keep the takt."""
        return tuple(str(x) for x in self.table["step"][self.table["is_too_slow"]])

    @property
    def longest_wait(self) -> str:
        """The step before which units wait longest, or "finished" for the stock behind the last."""
        waits = self.table["wait_hours"]
        if self.finished_hours > float(waits.max()):
            return "finished"
        return str(self.table["step"].iloc[int(waits.to_numpy().argmax())])

    def __str__(self) -> str:
        slow = self.too_slow
        takt = f"the takt of {spoken(self.takt_time)} hours a unit"
        end = (
            f"{', '.join(slow)} cannot keep {takt}."
            if slow
            else f"Every step keeps {takt}; {self.bottleneck} is nearest to it."
        )
        return (
            f"A unit is {spoken(self.lead_time_days)} working days on its way, and work adds value in "
            f"{spoken(self.value_added_time)} hours of them: {100 * self.value_added_share:.2g} %.\n{end}"
        )


def value_stream(
    steps: Plant | pd.DataFrame | Iterable[Mapping[str, Any]],
    *,
    item: str | None = None,
    daily_demand: float | None = None,
    hours_per_day: float | None = None,
    finished_stock: float | None = None,
) -> ValueStream:
    r"""Lead time, value-added share, and each step against the takt.

    Parameters
    ----------
    steps
        In order, a row a step: step (its name) and run_hours (hours a unit on one machine); and where they matter
        stock (units before it), wait_hours (queue and transport, beside the stock), setup_hours (a batch), batch
        (units between two setups), transfer (units that move on together; by default the batch), uptime (share of
        the time that it runs at its standard pace), machines (side by side), value_added (share of the run that the customer pays for, 1),
        per_unit (units of the step in one unit of the product, 1). Or a plant, with its item.
    item
        With a plant: the item; by default the one made here that brings in most money. The stream then is the
        longest way to it through the usual bills and routings; a machine that other items share counts by this
        item's part of its hours, so that the load is that of the whole work center.
    daily_demand
        Units a day that the customers take (with a plant: from its demand).
    hours_per_day
        Working hours of a day (with a plant: from its shifts).
    finished_stock
        Units behind the last step (with a plant: on hand); by default none.

    Returns
    -------
    ValueStream
        `.lead_time` (working hours), `.lead_time_days`, `.value_added_time`, `.value_added_share`, `.takt_time`,
        `.too_slow`, `.bottleneck`, `.longest_wait`, `.table`.

    Raises
    ------
    InputError
        If one figure will not do; the message names the step. Also if the plant has no such item.
    PlantError
        If more than one will not do; it lists them all.
    MissingTableError
        If the plant has no routings or work centers.

    Notes
    -----
    Stock is turned into time by Little's law: stock over what is used of it a day. A unit waits for the setup and
    for the others that move on with it: :math:`s + (b - 1) r` with setup s, transfer b and run r. Pace:
    :math:`(r + s / \text{batch}) / (\text{uptime} \times \text{machines})`. After Rother and Shook, *Learning to See*
    (from memory, unchecked).

    Convention, waiting for the rest of the batch: lead time, and no value (default); left out where the map counts
    one piece's run time only, as many books do (give transfer 1 and no setup).

    Examples
    --------
    >>> stream = value_stream(
    ...     [{"step": "stamp", "run_hours": 0.01, "stock": 900, "setup_hours": 1, "batch": 300},
    ...      {"step": "weld", "run_hours": 0.04, "stock": 600},
    ...      {"step": "assemble", "run_hours": 0.05, "stock": 450}],
    ...     daily_demand=300, hours_per_day=16, finished_stock=300)
    >>> round(stream.lead_time_days, 2), round(stream.value_added_time, 2), round(100 * stream.value_added_share, 3)
    (7.76, 0.1, 0.081)
    >>> round(stream.takt_time, 4), stream.bottleneck, stream.too_slow
    (0.0533, 'assemble', ())
    """
    if isinstance(steps, Plant):
        found = stream_of(steps, item)
        rows: Any = found["steps"].to_dict("records")
        daily_demand = found["daily_demand"] if daily_demand is None else daily_demand
        hours_per_day = found["hours_per_day"] if hours_per_day is None else hours_per_day
        finished_stock = found["finished_stock"] if finished_stock is None else finished_stock
    else:
        if item is not None:
            raise InputError("item", item, "left out where the steps are given")
        rows = steps.to_dict("records") if hasattr(steps, "to_dict") else steps
    demand = number("daily_demand", daily_demand, "above zero (units a day)", above=0)
    hours = number("hours_per_day", hours_per_day, "above 0, at most 24 (working hours)", above=0, high=24)
    behind = number(
        "finished_stock", 0 if finished_stock is None else finished_stock, "zero or more (units)", low=0
    )
    return ValueStream(_worked_out(_read(rows), hours / demand), demand, hours, behind * hours / demand)


def _worked_out(table: pd.DataFrame, takt: float) -> pd.DataFrame:
    run, setup = table["run_hours"], table["setup_hours"]
    out = table.copy()
    out["wait_hours"] = table["wait_hours"] + table["stock"] / table["per_unit"] * takt
    out["batch_hours"] = setup + (table["transfer"] - 1) * run
    out["work_hours"] = run
    out["value_hours"] = run * table["value_added"]
    pace = table["per_unit"] * (run + setup / table["batch"])
    out["pace_hours"] = pace / (table["uptime"] * table["machines"])
    out["load"] = out["pace_hours"] / takt
    out["is_too_slow"] = out["load"] > 1 + 1e-9
    return out


def _read(rows: object) -> pd.DataFrame:
    import pandas as pd

    if isinstance(rows, (str, bytes, Mapping)) or not isinstance(rows, Iterable):
        raise InputError("steps", rows, "a plant, or a table of steps with run_hours")
    faults: list[InputError] = []
    out: list[dict[str, Any]] = []
    for place, given in enumerate(rows, 1):
        if not isinstance(given, Mapping):
            faults.append(InputError(f"steps[{place - 1}]", given, "a row with run_hours"))
            continue
        row = {str(k): v for k, v in given.items() if v is not None and v == v}  # a blank leaves the default
        name = str(row.get("step", f"step {place}"))
        read: dict[str, Any] = {"step": name, **{k: row[k] for k in ("item", "workcenter") if k in row}}
        unknown = sorted(set(row) - {*read, "step", *_WANTED})
        if unknown:
            faults.append(
                InputError(f"steps: {name}", ", ".join(unknown), "a row of step, " + ", ".join(_WANTED))
            )
        for key, wanted in _WANTED.items():
            fallback = read.get("batch", 1.0) if key == "transfer" else _DEFAULTS.get(key)
            try:
                read[key] = number(
                    f"{key} of {name}", row.get(key, fallback), wanted, **_LIMITS.get(key, {"low": 0})
                )
            except InputError as fault:
                faults.append(fault)
        if "batch" in read and read.get("transfer", 0) > read["batch"]:
            faults.append(
                InputError(f"transfer of {name}", read["transfer"], f"at most the batch, {read['batch']:g}")
            )
        out.append(read)
    if not out and not faults:
        faults.append(InputError("steps", [], "at least one step"))
    names = [r["step"] for r in out]
    faults += [InputError("step", x, "a name used once") for x in dict.fromkeys(names) if names.count(x) > 1]
    if len(faults) == 1:
        raise faults[0]
    if faults:
        lines = [f"the steps have {len(faults)} faults", *(f"  {fault}" for fault in faults)]
        raise PlantError("\n".join(lines), tuple(faults))
    return pd.DataFrame(out)
