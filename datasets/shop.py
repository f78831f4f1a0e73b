"""The shop of a plant as declared, and its tables that hold still: calendar, work centers, machines, routings, upkeep.

An item's route says where it is worked on and which share of its `work` (labor and overhead a unit) each step is; the
hours follow from the work center's rate, so that routings, standards and unit cost agree. What happened in the shop,
shift by shift, is in `shoplog.py`; studies of it are in `studies.py`.

Orders of magnitude (from memory, unchecked): a machine's price is written off over 8 to 15 years; running it costs 5 to
8 % of its price a year when new and half as much again every four or five years; it loses a quarter of its resale value
a year; queues are many times the run time in a job shop; a standard holds 5 to 15 % of allowances over the best cycle.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, timedelta
from fnmatch import fnmatchcase
from typing import TYPE_CHECKING, Any

from history import Rows, first_day, mondays, stream
from industry import Industry, Make

if TYPE_CHECKING:
    from studies import Area, Line, Part, Project, Study

__all__ = [
    "Changeovers", "Detour", "Route", "Shop", "WorkCenter", "asset_year_rows", "calendar_rows", "changeover_rows",
    "holidays", "machine_rows", "maintenance_rows", "routing", "routing_rows", "workcenter_rows", "workdays",
]  # fmt: skip

MACHINES, UPKEEP = 300, 301  # streams of chance
Route = tuple[tuple[str, str, float], ...]  # operation, work center, share of the item's work


@dataclass(frozen=True)
class WorkCenter:
    """A group of like machines or places, and the people at them."""

    code: str
    name: str
    machine: str  # what one is called
    price: float  # of one
    wage: float  # standard labor rate (currency an hour)
    variable: float  # variable overhead (currency a machine hour)
    fixed: float  # fixed overhead (currency a machine hour)
    skill: str
    team: str
    machines: int = 1
    shifts: int | None = None  # a day; None: as the plant
    crew: float = 1.0  # people at one machine; 0.5 where one minds two
    people: int | None = None  # in one shift; None: a crew for each machine
    efficiency: float = 0.95  # standard hours an hour worked
    setup: float = 1.0  # weight when an item's setup cost is shared out over its steps
    logged: bool = True  # whether its shift log is kept
    queue: float = 12.0  # hours
    move: float = 1.0  # hours
    life: float = 10.0  # years
    rework: float = 0.006  # units mended, of all
    failures: tuple[str, ...] = ("drive", "sensor", "hydraulics", "control")  # what breaks

    @property
    def rate(self) -> float:
        """Cost of one machine hour (currency): labor and overhead."""
        return round(self.crew * self.wage + self.variable + self.fixed, 2)


@dataclass(frozen=True)
class Detour:
    """Another work center that can do an operation of some items, slower or faster."""

    items: str  # a pattern
    operation: str
    workcenter: str
    factor: float  # of the usual run time


@dataclass(frozen=True)
class Changeovers:
    """A work center where it matters what ran before."""

    workcenter: str
    groups: dict[str, tuple[str, ...]]  # patterns of items by group
    within: float  # hours from one item to another of its group
    between: dict[tuple[str, str], float]  # hours from group to group
    cost: float  # currency an hour of changeover: cleaning, material


@dataclass(frozen=True)
class Shop:
    """All of it. `routes` go by item, pattern or family; the first that fits holds."""

    centers: tuple[WorkCenter, ...]
    routes: dict[str, Route]
    detours: tuple[Detour, ...] = ()
    changeovers: tuple[Changeovers, ...] = ()
    closed: dict[str, str] = field(default_factory=dict)  # further days off, with their note
    open_days: dict[str, str] = field(default_factory=dict)  # further days worked, one shift, with their note
    failures: float = 0.12  # a machine and shift
    parts: tuple[Part, ...] = ()
    studies: tuple[Study, ...] = ()
    lines: tuple[Line, ...] = ()
    projects: tuple[Project, ...] = ()
    areas: tuple[Area, ...] = ()
    carry: float = 250.0  # weight of one trip between areas (kg | lb)
    carry_cost: float = 0.02  # currency a trip and m or ft

    def center(self, code: str) -> WorkCenter:
        """The work center of this code."""
        return next(center for center in self.centers if center.code == code)


def fits(pattern: str, item: str, family: str = "") -> bool:
    """Whether an item is meant by a pattern or a family's name."""
    return pattern == family or fnmatchcase(item, pattern)


def route(industry: Industry, item: Make) -> Route:
    """The item's declared route."""
    assert industry.shop is not None
    found = next((r for p, r in industry.shop.routes.items() if fits(p, item.item, item.family)), None)
    if found is None:
        raise SystemExit(f"{industry.key}: no route fits {item.item} of family {item.family}")
    return found


def routing(industry: Industry, item: Make) -> list[dict[str, Any]]:
    """The item's steps in the usual way, with hours a unit started and for a setup."""
    assert industry.shop is not None
    steps = route(industry, item)
    centers = [industry.shop.center(code) for _, code, _ in steps]
    total = math.fsum(share for _, _, share in steps)
    weights = math.fsum(center.setup for center in centers)
    big = item.lot if item.rule in ("fixed", "minimum") and item.lot and item.lot >= 500 else None
    rows = []
    for number, ((operation, code, share), center) in enumerate(zip(steps, centers, strict=True), start=1):
        run = item.work * item.yield_share * share / total / center.rate
        setup = 0.8 * item.setup * center.setup / weights / center.rate if weights else 0.0
        rows.append(
            {
                "step": 10 * number,
                "operation": operation,
                "workcenter": code,
                "setup_hours": round(setup, 2),
                "run_hours": float(f"{run:.5g}"),
                "skill": center.skill,
                "crew": center.crew,
                "overlap_quantity": big / 10 if big and number < len(steps) else None,
            }
        )
    return rows


def routing_rows(industry: Industry, code: Callable[[str], str]) -> Rows:
    """The table routings of one copy of the plant."""
    assert industry.shop is not None
    rows: Rows = []
    for item in industry.items:
        if not isinstance(item, Make):
            continue
        for step in routing(industry, item):
            usual = {"item": code(item.item), "alternative": "", **step}
            rows.append(usual | {"workcenter": code(step["workcenter"])})
            for detour in industry.shop.detours:
                if detour.operation == step["operation"] and fits(detour.items, item.item, item.family):
                    other = industry.shop.center(detour.workcenter)
                    rows.append(
                        usual
                        | {
                            "alternative": other.code,
                            "workcenter": code(other.code),
                            "run_hours": float(f"{step['run_hours'] * detour.factor:.5g}"),
                            "skill": other.skill,
                            "crew": other.crew,
                        }
                    )
    return rows


def nth(year: int, month: int, weekday: int, number: int) -> date:
    """The first, second ... such weekday of a month, 0 being Monday; -1 is the last."""
    if number > 0:
        first = date(year, month, 1)
        return first + timedelta(days=(weekday - first.weekday()) % 7 + 7 * (number - 1))
    last = date(year + month // 12, month % 12 + 1, 1) - timedelta(days=1)
    return last - timedelta(days=(last.weekday() - weekday) % 7)


def easter(year: int) -> date:
    """Easter Sunday, by the anonymous Gregorian rule."""
    a, b, c = year % 19, year // 100, year % 100
    h = (19 * a + b - b // 4 - (b - (b + 8) // 25 + 1) // 3 + 15) % 30
    k = (32 + 2 * (b % 4) + 2 * (c // 4) - h - c % 4) % 7
    m = (a + 11 * h + 22 * k) // 451
    month, day = divmod(h + k - 7 * m + 114, 31)
    return date(year, month, day + 1)


def holidays(jurisdiction: str, year: int) -> dict[date, str]:
    """Days on which a plant is commonly closed there; one on a weekend is kept on the nearest workday.

    US: federal holidays that private plants keep, with the day after Thanksgiving and Christmas Eve. Ontario and Quebec:
    statutory holidays and Boxing Day (from memory, unchecked).
    """
    fixed: dict[str, tuple[int, int]] = {"New Year": (1, 1), "Christmas": (12, 25)}
    days: dict[date, str] = {}
    if jurisdiction.startswith("CA"):
        days |= {easter(year) - timedelta(days=2): "Good Friday", nth(year, 9, 0, 1): "Labour Day"}
        days |= {nth(year, 10, 0, 2): "Thanksgiving"}
        days[date(year, 5, 24) - timedelta(days=date(year, 5, 24).weekday())] = "Victoria Day"
        fixed |= {"Canada Day": (7, 1), "Boxing Day": (12, 26)}
        if jurisdiction == "CA-QC":
            fixed["Fete nationale"] = (6, 24)
        else:
            days[nth(year, 2, 0, 3)] = "Family Day"
    else:
        days |= {nth(year, 5, 0, -1): "Memorial Day", nth(year, 9, 0, 1): "Labor Day"}
        thanks = nth(year, 11, 3, 4)
        days |= {thanks: "Thanksgiving", thanks + timedelta(days=1): "Day after Thanksgiving"}
        fixed |= {"Independence Day": (7, 4), "Christmas Eve": (12, 24)}
    for name, (month, number) in sorted(fixed.items(), key=lambda entry: entry[1]):
        day = date(year, month, number)
        if day.weekday() == 5:
            day -= timedelta(days=1)
        while day.weekday() > 4 or day in days:
            day += timedelta(days=1)
        days[day] = name
    return days


def calendar_rows(industry: Industry) -> Rows:
    """The table calendar: the days that are not as usual, from the start of the history to the end of the next year."""
    assert industry.shop is not None
    years = range(mondays(industry)[0].year, first_day(industry).year + 1)
    law = str(industry.about["jurisdiction"])
    days = {day: note for year in years for day, note in holidays(law, year).items()}
    days |= {date.fromisoformat(day): note for day, note in industry.shop.closed.items()}
    rows: Rows = [{"date": day, "is_working": False, "shifts": 0, "note": note} for day, note in days.items()]
    rows += [
        {"date": date.fromisoformat(day), "is_working": True, "shifts": 1, "note": note}
        for day, note in industry.shop.open_days.items()
    ]
    return sorted(rows, key=lambda row: row["date"])


def workdays(industry: Industry, first: date, last: date) -> list[date]:
    """The days worked by the usual week less the calendar's days off, both ends included."""
    off = {row["date"] for row in calendar_rows(industry) if not row["is_working"]}
    week = round(float(industry.about.get("days_per_week", 5)))
    days = (first + timedelta(days=n) for n in range((last - first).days + 1))
    return [day for day in days if day.weekday() < week and day not in off]


def shifts_of(industry: Industry, center: WorkCenter) -> int:
    """Shifts a day that a work center works."""
    return center.shifts or int(industry.about.get("shifts_per_day", 1))


def workcenter_rows(industry: Industry, code: Callable[[str], str]) -> Rows:
    """The table workcenters; its utilization is the usual one until hours worked are known."""
    assert industry.shop is not None
    return [
        {
            "workcenter": code(c.code),
            "name": c.name,
            "machines": c.machines,
            "shifts_per_day": c.shifts,
            "efficiency": c.efficiency,
            "utilization": 0.8,
            "cost_per_hour": c.rate,
            "queue_hours": c.queue,
            "move_hours": c.move,
        }
        for c in industry.shop.centers
    ]


def assets(center: WorkCenter) -> list[str]:
    """The numbers of a work center's machines."""
    return [f"{center.code}-{number}" for number in range(1, center.machines + 1)]


def machine_rows(industry: Industry, code: Callable[[str], str]) -> Rows:
    """The table machines."""
    assert industry.shop is not None
    rows: Rows = []
    for center in industry.shop.centers:
        for number, asset in enumerate(assets(center), start=1):
            rng = stream(industry, MACHINES, asset)
            age, dear = rng.uniform(0.5, 1.3 * center.life), rng.uniform(0.9, 1.1)
            price = round(center.price * dear, -2)
            rows.append(
                {
                    "asset": f"{code(center.code)}-{number}",
                    "workcenter": code(center.code),
                    "name": center.machine,
                    "bought": first_day(industry) - timedelta(days=round(365 * age)),
                    "price": price,
                    "life_years": center.life,
                    "salvage": round(0.08 * price, -2),
                }
            )
    return rows


def asset_year_rows(industry: Industry, machines: Rows) -> Rows:
    """The table asset_years: each machine by year of its life, a little beyond its planned one."""
    rows: Rows = []
    for machine in machines:
        rng = stream(industry, MACHINES, f"{machine['asset']}/years")
        price, share, rise = float(machine["price"]), rng.uniform(0.05, 0.08), rng.uniform(1.09, 1.16)
        keeps = rng.uniform(0.72, 0.8)
        for year in range(1, round(float(machine["life_years"])) + 3):
            rows.append(
                {
                    "asset": machine["asset"],
                    "year": year,
                    "running_cost": round(price * share * rise ** (year - 1) * rng.uniform(0.93, 1.07), -1),
                    "resale": round(0.92 * price * keeps**year, -2),
                }
            )
    return rows


def maintenance_rows(industry: Industry) -> Rows:
    """The table maintenance: three kinds of task on each machine, some of them overdue."""
    assert industry.shop is not None
    rows: Rows = []
    for center in industry.shop.centers:
        tasks = (
            ("lubricate and clean", 1, 0.5, 15.0),
            (f"inspect {center.failures[0]}", 13, 3.0, 120.0 + round(0.0005 * center.price, -1)),
            ("overhaul", 52, 16.0, 500.0 + round(0.008 * center.price, -1)),
        )
        for asset in assets(center):
            rng = stream(industry, UPKEEP, asset)
            for task, every, hours, cost in tasks:
                days = 7 * every
                done = first_day(industry) - timedelta(days=int(rng.integers(1, round(1.08 * days) + 3)))
                rows.append(
                    {
                        "asset": asset,
                        "task": task,
                        "every_weeks": every,
                        "hours": hours,
                        "cost": cost,
                        "last_done": done,
                        "due": done + timedelta(days=days),
                    }
                )
    return rows


def changeover_rows(industry: Industry) -> Rows:
    """The table changeovers: each pair of items of the declared groups, at each work center where it matters."""
    assert industry.shop is not None
    rows: Rows = []
    for change in industry.shop.changeovers:
        group: dict[str, str] = {}
        for item in industry.items:
            if isinstance(item, Make) and any(c == change.workcenter for _, c, _ in route(industry, item)):
                found = [
                    g for g, ps in change.groups.items() if any(fits(p, item.item, item.family) for p in ps)
                ]
                if found:
                    group[item.item] = found[0]
        for before, one in group.items():
            for after, other in group.items():
                if before == after:
                    continue
                hours = change.within if one == other else change.between[one, other]
                rows.append(
                    {
                        "workcenter": change.workcenter,
                        "from_item": before,
                        "to_item": after,
                        "hours": hours,
                        "cost": round(hours * change.cost, 2),
                    }
                )
    return rows
