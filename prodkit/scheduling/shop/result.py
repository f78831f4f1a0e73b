"""The schedule of a shop and its indicators."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING

import numpy as np

from ..._common import spoken
from .tables import Shop

if TYPE_CHECKING:
    import pandas as pd

__all__ = ["Schedule"]

_UNITS = {
    "makespan": "hours",
    "weighted_tardiness": "weighted hours late",
    "number_late": "jobs late",
    "setups": "hours of setup",
}


@dataclass(frozen=True, eq=False)
class Schedule:
    """Operations with their machine, start and end. Made by `job_shop` and `reschedule`."""

    operations: pd.DataFrame
    """job, step, machine, skill, crew, setup_start, start, end, setup_hours, by start. Setup lies just before start."""
    objective: Mapping[str, float]
    """What was to be made small, and with which weight."""
    value: float
    """What it came to."""
    bound: float
    """Proven: no schedule of this shop is below it."""
    method: str
    """rule (dispatched) · local search (from a rule) · best found (by CP-SAT, not proved) · optimum (proved)."""
    rule: str
    """The rule that the search began from."""
    rule_value: float
    """What the rule alone came to."""
    shop: Shop = field(repr=False)
    """The tables that it was made from."""
    seconds: float = field(compare=False, repr=False)
    """Time taken."""

    @property
    def status(self) -> str:
        """optimal (proved) or feasible."""
        return "optimal" if self.is_proved else "feasible"

    @property
    def is_proved(self) -> bool:
        """Whether it is proved that nothing is better."""
        return self.value <= self.bound + 1e-9 * max(1.0, abs(self.value))

    @property
    def gap(self) -> float:
        """How far the value may be above the least possible, as a share of the value."""
        return max(0.0, self.value - self.bound) / max(abs(self.value), 1e-9)

    @property
    def makespan(self) -> float:
        """End of the last operation (hours)."""
        return float(self.operations["end"].max())

    @cached_property
    def jobs(self) -> pd.DataFrame:
        """One row a job: job, release (or the material, where that is later), due, weight, start, end, flow_hours
        (from release), lateness_hours, tardiness_hours, is_late."""
        table = self.shop.jobs[["job", "release", "due", "weight"]].copy()
        table["release"] = np.maximum(table["release"], self.shop.jobs["material"])
        by = self.operations.groupby("job", sort=False)
        table.insert(4, "start", table["job"].map(by["start"].min()).astype(float))
        table.insert(5, "end", table["job"].map(by["end"].max()).astype(float))
        table["flow_hours"] = table["end"] - table["release"]
        table["lateness_hours"] = table["end"] - table["due"]
        table["tardiness_hours"] = table["lateness_hours"].clip(lower=0)
        table["is_late"] = table["lateness_hours"] > 1e-9
        return table

    @property
    def weighted_tardiness(self) -> float:
        """Hours late, each job's by its weight."""
        return float((self.jobs["tardiness_hours"] * self.jobs["weight"]).sum())

    @property
    def total_tardiness(self) -> float:
        """Hours late of all jobs."""
        return float(self.jobs["tardiness_hours"].sum())

    @property
    def mean_flow_hours(self) -> float:
        """Mean time from release to end (hours)."""
        return float(self.jobs["flow_hours"].mean())

    @property
    def n_late(self) -> int:
        """Jobs that end after they are due."""
        return int(self.jobs["is_late"].sum())

    @property
    def setup_hours(self) -> float:
        """Hours of setup on all machines."""
        return float(self.operations["setup_hours"].sum())

    @property
    def n_setups(self) -> int:
        """Setups on all machines."""
        return int((self.operations["setup_hours"] > 0).sum())

    @cached_property
    def utilization(self) -> pd.DataFrame:
        """One row a machine: machine, run_hours, setup_hours, open_hours (that it works until the makespan),
        share (of the open hours that it runs or is set up)."""
        import pandas as pd

        from .instance import build

        instance = build(self.shop)
        place = {(instance.jobs[j], instance.step[op]): op for op, j in enumerate(instance.job)}
        at = {m: i for i, m in enumerate(instance.machines)}
        run, setup = [0] * len(at), [0.0] * len(at)
        for row in self.operations.to_dict("records"):
            machine = at[row["machine"]]
            start, end = (instance.tick(row[c]) for c in ("start", "end"))
            ways = instance.options[place[row["job"], row["step"]]]
            axis = next(instance.axes[a] for m, _, a in ways if m == machine)
            run[machine] += axis.work(end) - axis.work(max(start, instance.now))
            setup[machine] += row["setup_hours"]
        last = instance.tick(self.makespan)
        table = pd.DataFrame({"machine": instance.machines})
        table["run_hours"] = [max(0, r) / instance.per_hour for r in run]
        table["setup_hours"] = setup
        table["open_hours"] = [
            (a.work(last) - a.work(instance.now)) / instance.per_hour for a in instance.hours_of
        ]
        busy = table["run_hours"] + table["setup_hours"]
        table["share"] = (busy / table["open_hours"]).where(table["open_hours"] > 0, 0.0)
        return table

    @cached_property
    def late_jobs(self) -> pd.DataFrame:
        """One row a late job, the latest first, with the reason; see `late_jobs`."""
        from .lateness import late_jobs

        return late_jobs(self)

    @property
    def bars(self) -> pd.DataFrame:
        """What a Gantt chart draws: machine, job, start, end (hours), kind (setup, run, down)."""
        import pandas as pd

        place = {m: i for i, m in enumerate(self.shop.machines["machine"])}
        run = self.operations[["machine", "job", "start", "end"]].assign(kind="run")
        is_set = self.operations["setup_hours"] > 0
        setup = self.operations.loc[is_set, ["machine", "job", "setup_start", "start"]].assign(kind="setup")
        setup.columns = run.columns
        used = set(run["machine"])
        stops = self.shop.downtime
        stops = stops[
            stops["machine"].isin(used) & (stops["start"] < self.makespan) & (stops["end"] > self.shop.now)
        ]
        down = pd.DataFrame(
            {
                "machine": stops["machine"],
                "job": "",
                "start": stops["start"],
                "end": stops["end"],
                "kind": "down",
            }
        )
        table = pd.concat([t for t in (run, setup, down) if len(t)], ignore_index=True)
        order = table["machine"].map(place)
        return table.iloc[np.lexsort((table["start"], order))].reset_index(drop=True)

    @property
    def due_dates(self) -> dict[str, float]:
        """Due date (hours) of each job that has one."""
        jobs = self.shop.jobs
        has = np.isfinite(jobs["due"])
        return dict(zip(jobs.loc[has, "job"].tolist(), jobs.loc[has, "due"].tolist(), strict=True))

    def __str__(self) -> str:
        names = list(self.objective)
        said = (
            f"{spoken(self.value)} {_UNITS[names[0]]}"
            if len(names) == 1
            else f"objective {spoken(self.value)}"
        )
        late = f", {self.n_late} of {len(self.due_dates)} jobs late" if self.due_dates else ""
        if names == ["number_late"]:
            late = f", the last done at {spoken(self.makespan)} hours"
        how = {
            "optimum": "proved the best",
            "best found": f"the best found, {100 * self.gap:.1f} % at most above the least possible",
            "local search": f"by local search from the rule {self.rule}, not proved",
            "rule": f"by the rule {self.rule}, not proved",
        }[self.method]
        if self.method == "rule" and self.is_proved:
            how = f"by the rule {self.rule}, and proved the best"
        return f"{said}{late}: {how}.\nNo schedule is below {spoken(self.bound)}."
