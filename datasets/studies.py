"""Studies of the shop: lives of parts, stopwatch readings, assembly lines, projects, the floor.

Orders of magnitude (from memory, unchecked): bearings, seals and belts wear out (Weibull shape 2 to 4), electronics fail
by chance (shape 1); a stopwatch element of a skilled hand varies by 5 to 12 % from cycle to cycle; the pessimistic time of an
activity is half as much again as the likely one, a crash saves a third of the time at 40 % more cost.
"""

from __future__ import annotations

import math
from dataclasses import dataclass, field
from itertools import pairwise

from history import Rows, stream
from industry import Industry, Make
from shop import assets, routing

__all__ = [
    "Area", "Line", "Part", "Project", "Study", "activity_rows", "area_rows", "failure_rows", "flow_rows", "study_rows",
    "task_rows",
]  # fmt: skip

LIVES, READINGS = 330, 331  # streams of chance


@dataclass(frozen=True)
class Part:
    """A part that wears, on every machine of a work center."""

    workcenter: str
    name: str
    shape: float  # of the Weibull distribution
    scale: float  # operating hours
    repair: float  # hours
    cost: float
    replaced: float | None = None  # hours after which it is changed before it fails
    hours: float = 24_000  # operating hours of the record


@dataclass(frozen=True)
class Study:
    """An operation under the stopwatch: its elements with their usual seconds."""

    operation: str
    elements: dict[str, float]
    rating: float = 1.05
    spread: float = 0.08
    cycles: int = 15
    irregular: dict[str, tuple[float, int]] = field(default_factory=dict)  # seconds, once in so many cycles


@dataclass(frozen=True)
class Line:
    """An assembly line. A task is (code, name, seconds, tasks before it); seconds by model where there are several."""

    name: str
    tasks: tuple[tuple[str, str, float | tuple[float, ...], str], ...]
    models: dict[str, float] = field(default_factory=lambda: {"": 1.0})  # share of each


@dataclass(frozen=True)
class Project:
    """A project. An activity is (code, name, days, activities before it, cost, who or what does it, how many)."""

    name: str
    activities: tuple[tuple[str, str, float, str, float, str, float], ...]
    done: dict[str, float] = field(default_factory=dict)  # share done today
    overrun: float = 1.05  # actual cost of what is done, of its plan


@dataclass(frozen=True)
class Area:
    """An area of the floor, and the work centers in it."""

    name: str
    size: float
    x: float
    y: float
    centers: tuple[str, ...] = ()
    fixed: bool = False


def failure_rows(industry: Industry) -> Rows:
    """The table failures: lives one after the other until the record ends, the last one still running."""
    assert industry.shop is not None
    rows: Rows = []
    for part in industry.shop.parts:
        for asset in assets(industry.shop.center(part.workcenter)):
            rng = stream(industry, LIVES, f"{asset}/{part.name}")
            clock, number = 0.0, 0
            while clock < part.hours:
                number += 1
                life = part.scale * (-math.log(1 - rng.random())) ** (1 / part.shape)
                repair, cost = part.repair * rng.uniform(0.6, 1.6), part.cost * rng.uniform(0.9, 1.2)
                end = min(life, part.replaced or math.inf, part.hours - clock)
                failed = end == life
                planned = not failed and end == part.replaced
                rows.append(
                    {
                        "asset": asset,
                        "part": part.name,
                        "number": number,
                        "hours": float(max(1, round(end))),
                        "failed": failed,
                        "repair_hours": round(repair if failed else 0.5 * repair, 1)
                        if failed or planned
                        else None,
                        "cost": round(cost, -1) if failed or planned else None,
                    }
                )
                clock += end
    return rows


def study_rows(industry: Industry) -> Rows:
    """The table time_studies."""
    assert industry.shop is not None
    rows: Rows = []
    for study in industry.shop.studies:
        regular = {element: (seconds, 1) for element, seconds in study.elements.items()}
        for element, (seconds, every) in (regular | study.irregular).items():
            rng = stream(industry, READINGS, f"{study.operation}/{element}")
            for cycle in range(every, study.cycles + 1, every):
                foreign = bool(rng.random() < 0.03)
                rating = round(round(20 * (study.rating + 0.04 * rng.standard_normal())) / 20, 2)
                read = seconds * (1 + study.spread * rng.standard_normal()) / rating * study.rating
                rows.append(
                    {
                        "operation": study.operation,
                        "element": element,
                        "cycle": cycle,
                        "seconds": round(max(0.3 * seconds, read) + (seconds * 1.5 if foreign else 0), 1),
                        "rating": rating,
                        "foreign": foreign,
                        "every": every,
                    }
                )
    return rows


def task_rows(industry: Industry) -> Rows:
    """The table tasks."""
    assert industry.shop is not None
    rows: Rows = []
    for line in industry.shop.lines:
        for number, (model, share) in enumerate(line.models.items()):
            for code, name, seconds, after in line.tasks:
                time = seconds[number] if isinstance(seconds, tuple) else seconds
                rows.append(
                    {
                        "line": line.name,
                        "task": code,
                        "model": model,
                        "name": name,
                        "seconds": time,
                        "after": after,
                        "mix_share": share,
                    }
                )
    return rows


def activity_rows(industry: Industry) -> Rows:
    """The table activities."""
    assert industry.shop is not None
    rows: Rows = []
    for project in industry.shop.projects:
        for code, name, days, after, cost, who, units in project.activities:
            done = project.done.get(code, 0.0)
            short = math.ceil(days * 0.65)
            rows.append(
                {
                    "project": project.name,
                    "activity": code,
                    "name": name,
                    "after": after,
                    "days": days,
                    "days_optimistic": math.floor(0.8 * days) if days > 1 else days,
                    "days_pessimistic": math.ceil(1.5 * days),
                    "cost": cost,
                    "crash_days": short,
                    "crash_cost": round(cost * (1.4 if short < days else 1.0), -1),
                    "resource": who,
                    "resource_units": units,
                    "done_share": done,
                    "actual_cost": round(cost * done * project.overrun, -1),
                }
            )
    return rows


def area_rows(industry: Industry) -> Rows:
    """The table areas."""
    assert industry.shop is not None
    return [
        {"area": a.name, "size": a.size, "x": a.x, "y": a.y, "fixed": a.fixed} for a in industry.shop.areas
    ]


def flow_rows(industry: Industry, weekly: dict[str, float], weights: dict[str, float]) -> Rows:
    """The table flows: what the routings carry from area to area, in trips of one load.

    An item comes from the first area, the stores; one that is sold goes to the last one, shipping.
    """
    assert industry.shop is not None
    shop = industry.shop
    if not shop.areas:
        return []
    at = {code: area.name for area in shop.areas for code in area.centers}
    trips: dict[tuple[str, str], list[float]] = {}
    for item in industry.items:
        if not isinstance(item, Make):
            continue
        way = [shop.areas[0].name, *(at[s["workcenter"]] for s in routing(industry, item))]
        if item.sale is not None:
            way.append(shop.areas[-1].name)
        loads = weekly[item.item] * weights[item.item] / shop.carry / 5
        for start, end in pairwise(way):
            if start != end:
                trips.setdefault((start, end), []).append(loads)
    return [
        {"from_area": a, "to_area": b, "trips": round(math.fsum(each), 1), "cost": shop.carry_cost}
        for (a, b), each in sorted(trips.items())
        if round(math.fsum(each), 1) > 0
    ]
