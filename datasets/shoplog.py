"""What happened in the shop: the shift log, its stops, and the hours of each week.

Each work center makes what its items' use calls for, in lots of half a shift or more, the item with least cover next;
stops, pace and bad units come by chance. Good and mended units over time are what demand needed, within a lot or two.

Orders of magnitude (from memory, unchecked): OEE of 60 to 80 % where nobody has worked at it; a failure every eight to
ten shifts, of half an hour; setups of a quarter to one and a half hours; 1 to 3 % bad.
"""

from __future__ import annotations

import math
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

import numpy as np
import pandas as pd
from history import Rows, first_day, mondays, step_up, stream
from industry import Industry, Make
from shop import WorkCenter, assets, route, routing, shifts_of, workdays

__all__ = ["LOG_WEEKS", "hours_rows", "load_lines", "log_rows"]

LOG, STOPS, WEEKS = 320, 321, 322  # streams of chance
LOG_WEEKS = 26  # weeks of the shift log
HISTORIES = 24  # from which a false lead is picked
STANDARD = 0.9  # best cycle as a share of the standard one
LEAST = 5.0  # hours of a lot, at least
WAITING = ("no material", "no operator", "no forklift", "first-piece check", "waiting for the drawing")
MINOR = ("jam cleared", "part misfed", "sensor wiped", "chips cleared", "label reprinted")


@dataclass
class Work:
    """An item at a work center: what it takes, and what is in stock of it behind the work center."""

    item: str
    run: float  # standard hours a unit started
    setup: float  # hours
    good: float  # share of good units, mended ones among them
    use: np.ndarray  # good units needed, by week
    stock: float = 0.0
    lot: float = 1.0

    @property
    def cover(self) -> float:
        """Weeks that the stock lasts."""
        return self.stock / max(float(self.use.mean()), 1e-9)


@dataclass
class Job:
    """A lot on a machine."""

    work: Work
    left: float  # units to start
    setup: int  # minutes still to set up
    part: float = 0.0  # of a unit, under way


@dataclass
class Log:
    """The rows as they come."""

    production: Rows = field(default_factory=list)
    stops: Rows = field(default_factory=list)


def works(industry: Industry, center: WorkCenter, use: pd.DataFrame) -> list[Work]:
    """What a work center has to make."""
    rows = []
    for item in industry.items:
        if not isinstance(item, Make) or float(use.loc[item.item].sum()) == 0:
            continue
        steps = [s for s in routing(industry, item) if s["workcenter"] == center.code]
        if not steps:
            continue
        count = len(route(industry, item))
        work = Work(
            item.item,
            math.fsum(s["run_hours"] for s in steps),
            math.fsum(s["setup_hours"] for s in steps),
            item.yield_share ** (1 / count),
            use.loc[item.item].to_numpy()[-LOG_WEEKS:],
        )
        usual = float(work.use.mean())
        work.lot = max(1.0, step_up(min(max(usual, LEAST / work.run), 8 * usual), 1))
        rng = stream(industry, LOG, f"{center.code}/{item.item}")
        work.stock = usual + work.lot * rng.uniform(0.2, 0.9)
        rows.append(work)
    return rows


def breakdowns(industry: Industry, asset: str, shifts: int) -> list[list[int]]:
    """Minutes of each failure, by shift; of many histories the worst last month, where a false lead is declared."""
    assert industry.shop is not None
    times = (industry.story("failing_machine", asset) or {"times": 1.0})["times"]
    histories = []
    for number in range(HISTORIES if industry.story("false_lead", asset) is not None else 1):
        rng = stream(industry, STOPS, f"{asset}/{number}")
        counts = rng.poisson(industry.shop.failures * times, shifts)
        minutes = [[math.exp(x) for x in rng.normal(3.3, 0.6, int(count))] for count in counts]
        histories.append([[int(min(max(5, m), 150)) for m in each] for each in minutes])
    month = shifts * 4 // LOG_WEEKS
    return max(histories, key=lambda history: sum(map(sum, history[-month:])))


def log_rows(industry: Industry, use: pd.DataFrame) -> Log:
    """The tables production and stops of the last weeks; `use` is good units needed, by item and week."""
    assert industry.shop is not None
    log = Log()
    for center in industry.shop.centers:
        if center.logged:
            run_center(industry, center, works(industry, center, use), log)
    log.production.sort(key=lambda r: (r["date"], r["shift"], r["asset"], r["item"]))
    log.stops.sort(key=lambda r: (r["date"], r["shift"], r["asset"], r["number"]))
    return log


def run_center(industry: Industry, center: WorkCenter, todo: list[Work], log: Log) -> None:
    """One work center, shift by shift."""
    assert industry.team is not None
    today = first_day(industry)
    begin = mondays(industry)[-LOG_WEEKS]
    days = workdays(industry, begin, today - timedelta(days=1))
    shifts = industry.team.shifts[: shifts_of(industry, center)]
    minutes = round(60 * float(industry.about["hours_per_shift"]))
    names = assets(center)
    chance = {asset: stream(industry, LOG, asset) for asset in names}
    broken = {asset: breakdowns(industry, asset, len(days) * len(shifts)) for asset in names}
    slow = industry.story("slow_workcenter", center.code)
    jobs: dict[str, Job | None] = dict.fromkeys(names)
    for number, day in enumerate(days):
        week = (day - begin).days // 7
        share = 1 / sum((other - begin).days // 7 == week for other in days)
        for work in todo:
            work.stock -= share * float(work.use[week])
        pace = STANDARD * center.efficiency * 1.02
        if slow is not None and day >= today - timedelta(weeks=slow["weeks"]):
            pace *= slow["factor"]
        for turn, shift in enumerate(shifts):
            for asset in names:
                stopped = broken[asset][number * len(shifts) + turn]
                others = {id(j.work) for a, j in jobs.items() if j is not None and a != asset}
                jobs[asset] = run_shift(
                    center,
                    {"date": day, "shift": shift.name, "asset": asset},
                    (minutes, shift.rest, pace),
                    jobs[asset],
                    [work for work in todo if id(work) not in others],
                    stopped,
                    chance[asset],
                    log,
                )


def run_shift(
    center: WorkCenter,
    key: dict[str, Any],
    time: tuple[int, int, float],
    job: Job | None,
    todo: list[Work],
    failures: list[int],
    rng: np.random.Generator,
    log: Log,
) -> Job | None:
    """One machine in one shift; gives the job that is still on it."""
    minutes, rest, pace = time
    draws = rng.random(4)
    stops: list[tuple[str, str, int]] = []
    for length in failures:
        stops.append(("failure", center.failures[int(rng.integers(len(center.failures)))], length))
    if draws[0] < 0.35:
        stops.append(("waiting", WAITING[int(draws[1] * len(WAITING))], int(rng.integers(10, 40))))
    if draws[2] < 0.7:
        stops.append(("minor", MINOR[int(draws[3] * len(MINOR))], int(rng.integers(4, 16))))
    while sum(m for *_, m in stops) > 0.7 * minutes:
        stops.pop()
    left = minutes - sum(m for *_, m in stops)
    speed = min(0.99, pace * (1 + 0.035 * rng.standard_normal()))
    rows: Rows = []
    while left > 15:
        if job is None:
            due = [w for w in todo if w.cover < 1 and w.item not in {str(r["item"]) for r in rows}]
            if not due:
                break
            work = min(due, key=lambda w: (w.cover, w.item))
            start = step_up(work.lot / work.good, 1)
            job = Job(work, start, round(60 * work.setup * math.exp(rng.normal(-0.02, 0.2))))
        work = job.work
        ideal = float(f"{3600 * STANDARD * work.run:.4g}")
        setup = min(job.setup, left)
        job.setup -= setup
        left -= setup
        if setup:
            stops.append(("setup", f"setup {work.item}", setup))
        a_minute = 60 / ideal * speed
        run = min(left, math.ceil((job.left - job.part) / a_minute))
        done = min(job.part + run * a_minute, job.left)
        total = math.floor(done + 1e-9)
        job.left, job.part = job.left - total, done - total
        left -= run
        bad = int(rng.binomial(total, 1 - work.good))
        mended = int(rng.binomial(total - bad, center.rework))
        work.stock += total - bad
        rows.append(
            key
            | {
                "item": work.item,
                "shift_min": setup + run,
                "planned_stop_min": 0,
                "stop_min": setup,
                "ideal_cycle_s": ideal,
                "total": total,
                "good": total - bad - mended,
                "rework": mended,
                "operators": center.crew,
            }
        )
        if job.left < 1:
            job = None
    if not rows:
        return job
    other = sum(m for kind, _, m in stops if kind != "setup")
    rows[0]["shift_min"] += rest + other
    rows[0]["planned_stop_min"] += rest
    rows[0]["stop_min"] += other
    rows[-1]["shift_min"] += left
    rows[-1]["planned_stop_min"] += left
    log.production += rows
    log.stops += [
        key | {"number": n, "kind": kind, "reason": reason, "minutes": m}
        for n, (kind, reason, m) in enumerate(stops, start=1)
    ]
    return job


def logged_hours(industry: Industry, log: Log) -> dict[tuple[str, date], tuple[float, float]]:
    """Hours worked (running, set up, slowed down) and standard hours earned, by work center and week."""
    run: dict[tuple[str, str], float] = {}
    setup: dict[tuple[str, str], float] = {}
    for item in industry.items:
        if isinstance(item, Make):
            for step in routing(industry, item):
                key = (item.item, step["workcenter"])
                run[key] = run.get(key, 0.0) + step["run_hours"]
                setup[key] = setup.get(key, 0.0) + step["setup_hours"]
    worked: dict[tuple[str, date], list[float]] = {}
    earned: dict[tuple[str, date], list[float]] = {}
    for row in log.production:
        center, week = (
            str(row["asset"]).rsplit("-", 1)[0],
            row["date"] - timedelta(days=row["date"].weekday()),
        )
        worked.setdefault((center, week), []).append(row["shift_min"] - row["planned_stop_min"])
        earned.setdefault((center, week), []).append(
            60 * run[str(row["item"]), center] * (row["good"] + row["rework"])
        )
    for row in log.stops:
        center, week = (
            str(row["asset"]).rsplit("-", 1)[0],
            row["date"] - timedelta(days=row["date"].weekday()),
        )
        if row["kind"] in ("failure", "waiting"):
            worked[center, week].append(-row["minutes"])
        elif row["kind"] == "setup":
            item = str(row["reason"]).removeprefix("setup ")
            earned[center, week].append(min(row["minutes"], 60 * setup[item, center]))
    return {key: (math.fsum(worked[key]) / 60, math.fsum(earned[key]) / 60) for key in worked}


def hours_rows(
    industry: Industry, use: pd.DataFrame, log: Log, there: dict[tuple[str, date], float]
) -> tuple[Rows, dict[str, float]]:
    """The table hours_worked, and each work center's hours worked of those available.

    Where no log was kept, work comes in as demand needs it and goes out as the pace allows; what is short of people
    is lent by the floaters, and the rest is overtime.
    """
    assert industry.shop is not None
    weeks, today = mondays(industry), first_day(industry)
    open_days: dict[date, int] = {}
    for day in workdays(industry, weeks[0], today - timedelta(days=1)):
        monday = day - timedelta(days=day.weekday())
        open_days[monday] = open_days.get(monday, 0) + 1
    logged = logged_hours(industry, log)
    spare = {week: there.get(("floater", week), 0.0) for week in weeks}
    rows: Rows = []
    busy: dict[str, float] = {}
    a_day = float(industry.about["hours_per_shift"])
    for center in industry.shop.centers:
        rng = stream(industry, WEEKS, center.code)
        load = center_load(industry, center, use)
        slow = industry.story("slow_workcenter", center.code)
        backlog, used, offered = 0.0, [], []
        for number, week in enumerate(weeks):
            pace = center.efficiency * (1 + 0.02 * rng.standard_normal())
            slip = rng.uniform(0.96, 1.04)
            if slow is not None and week >= today - timedelta(weeks=slow["weeks"]):
                pace *= slow["factor"]
            planned = float(np.mean(load[max(0, number - 6) : number + 7]))
            available = center.machines * shifts_of(industry, center) * a_day * open_days.get(week, 0)
            coming = float(load[number]) * slip
            if (center.code, week) in logged:
                worked, earned = logged[center.code, week]
            else:
                worked = min((backlog + coming) / pace, 0.97 * available)
                earned = worked * pace
            backlog = max(0.0, backlog + coming - earned)
            hands = there.get((center.code, week), 0.0)
            need = worked * center.crew
            lent = min(max(0.0, need - hands), spare[week])
            spare[week] -= lent
            extra = max(0.0, need - hands - lent)
            used.append(worked)
            offered.append(available)
            rows.append(
                {
                    "week": week,
                    "workcenter": center.code,
                    "available_hours": round(available, 1),
                    "worked_hours": round(worked, 1),
                    "standard_hours": round(earned, 1),
                    "labor_hours": round(hands + lent, 1) + round(extra, 1),
                    "overtime_hours": round(extra, 1),
                    "planned_input_hours": round(planned, 1),
                    "input_hours": round(coming, 1),
                    "planned_output_hours": round(planned, 1),
                }
            )
            rows[-1]["labor_hours"] = round(float(rows[-1]["labor_hours"]), 1)
        busy[center.code] = round(math.fsum(used) / math.fsum(offered), 2)
    return sorted(rows, key=lambda r: (r["week"], r["workcenter"])), busy


def center_load(industry: Industry, center: WorkCenter, use: pd.DataFrame) -> np.ndarray:
    """Standard hours that demand brings to a work center, by week, setups among them."""
    total = np.zeros(use.shape[1])
    for item in industry.items:
        if isinstance(item, Make):
            for step in routing(industry, item):
                if step["workcenter"] == center.code:
                    needed = use.loc[item.item].to_numpy()
                    each = float(needed.mean()) * step["run_hours"]
                    setups = min(1.0, each / LEAST) if each else 0.0
                    total += needed * step["run_hours"] + setups * step["setup_hours"]
    return total


def load_lines(industry: Industry, use: pd.DataFrame) -> list[str]:
    """A line for each work center: hours that the last half year's demand brings in a week, and those there are.

    To declare machines by: 0.65 to 0.85 of the hours available leaves room for stops.
    """
    assert industry.shop is not None
    lines = []
    hours = float(industry.about["hours_per_shift"])
    days = float(industry.about.get("days_per_week", 5))
    for center in industry.shop.centers:
        load = float(center_load(industry, center, use)[-LOG_WEEKS:].mean()) / center.efficiency
        available = center.machines * shifts_of(industry, center) * hours * days
        lines.append(
            f"{center.code:14} {center.rate:7.2f} an hour {load:8.1f} of {available:6.0f} hours a week"
            f" {load / available:5.2f} {load * center.crew / hours / days:6.1f} people"
        )
    return lines
