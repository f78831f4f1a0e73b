"""What can hurt at a plant, and what it leaves behind: jobs with their hazards and exposures, chemicals, waste.

A `Safety` declares it. Who was hurt is in `injuries.py`.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from datetime import date

from history import Rows, stream
from industry import Industry

__all__ = [
    "Air", "Chemical", "Event", "Hazard", "Heat", "Job", "Lift", "Noise", "Safety", "Waste", "chemical_rows",
    "exposure_rows", "hazard_rows", "heat_rows", "lift_rows", "noise_rows", "waste_rows",
]  # fmt: skip

MONTHS = 202  # stream of chance


@dataclass(frozen=True)
class Hazard:
    """A line of the register."""

    step: str
    description: str
    likelihood: int
    severity: int
    control: str = "administrative"


@dataclass(frozen=True)
class Event:
    """What can happen at a job, with its share of the job's injuries."""

    what: str
    body_part: str
    share: float = 1.0
    kind: str = "injury"
    near_miss: str = ""  # how it reads when nobody was hurt
    severity: int = 3


@dataclass(frozen=True)
class Lift:
    """A two-handed lift, in the plant's units."""

    task: str
    weight: float
    horizontal: float
    vertical: float
    vertical_end: float
    per_min: float
    hours: float
    asymmetry: float = 0
    horizontal_end: float | None = None
    asymmetry_end: float = 0
    control: bool = False
    coupling: str = "fair"
    weight_most: float | None = None
    people: int = 2


@dataclass(frozen=True)
class Noise:
    """A stretch of the shift at a sound level (dBA)."""

    period: str
    hours: float
    level: float


@dataclass(frozen=True)
class Heat:
    """A stretch of the shift in the heat, in the plant's units."""

    period: str
    hours: float
    air: float
    humidity: float
    wet_bulb: float
    globe: float
    work: str = "moderate"


@dataclass(frozen=True)
class Air:
    """A sample of the air."""

    chemical: str
    period: str
    hours: float
    concentration: float
    unit: str = "ppm"


@dataclass(frozen=True)
class Job:
    """A job at a work center."""

    name: str
    workcenter: str
    people: int
    rate: float  # cases of every kind, first aid included (per 200,000 hours)
    hazards: tuple[Hazard, ...]
    events: tuple[Event, ...]
    near: float = 8.0  # near misses reported for each case
    lifts: tuple[Lift, ...] = ()
    noise: tuple[Noise, ...] = ()
    heat: tuple[Heat, ...] = ()
    air: tuple[Air, ...] = ()


@dataclass(frozen=True)
class Chemical:
    """A chemical on the site (kg or lb, by the plant's units)."""

    name: str
    cas: str
    stored: float
    made: float = 0
    used: float = 0
    released: float = 0
    hazard: str = ""


@dataclass(frozen=True)
class Waste:
    """A stream of waste (kg or lb a month)."""

    stream: str
    kind: str
    monthly: float
    spread: float = 0.2
    kept: float = 0.6  # part of a month's waste that is on the site at its end
    cost: float = 0.2  # currency a unit of weight
    peaks: tuple[tuple[int, float], ...] = ()  # month of the history (1 to 24) and how many times the usual


@dataclass(frozen=True)
class Safety:
    """All of it."""

    jobs: tuple[Job, ...]
    chemicals: tuple[Chemical, ...]
    waste: tuple[Waste, ...]


def hazard_rows(safety: Safety) -> Rows:
    """The table hazards."""
    lines = [(job, hazard) for job in safety.jobs for hazard in job.hazards]
    return [
        {
            "hazard": f"H{number:03}",
            "job": job.name,
            "workcenter": job.workcenter,
            "step": hazard.step,
            "description": hazard.description,
            "people": job.people,
            "likelihood": hazard.likelihood,
            "severity": hazard.severity,
            "control": hazard.control,
        }
        for number, (job, hazard) in enumerate(lines, start=1)
    ]


def lift_rows(industry: Industry, safety: Safety) -> Rows:
    """The table lifts; the story of an unsafe job makes its loads heavier, and the hands further away."""
    rows: Rows = []
    for job in safety.jobs:
        story = industry.story("unsafe_job", job.name)
        more = float(story["load"]) if story is not None else 1.0
        for lift in job.lifts:
            rows.append(
                {
                    "job": job.name,
                    "task": lift.task,
                    "weight": round(lift.weight * more, 1),
                    "weight_most": None if lift.weight_most is None else round(lift.weight_most * more, 1),
                    "horizontal": lift.horizontal,
                    "vertical": lift.vertical,
                    "asymmetry": lift.asymmetry,
                    "horizontal_end": lift.horizontal_end or lift.horizontal,
                    "vertical_end": lift.vertical_end,
                    "asymmetry_end": lift.asymmetry_end,
                    "control": lift.control,
                    "lifts_per_min": lift.per_min,
                    "duration_hours": lift.hours,
                    "coupling": lift.coupling,
                    "people": lift.people,
                }
            )
    return rows


def noise_rows(safety: Safety) -> Rows:
    """The table noise."""
    return [
        {"job": job.name, "period": n.period, "hours": n.hours, "level": n.level, "people": job.people}
        for job in safety.jobs
        for n in job.noise
    ]


def heat_rows(safety: Safety) -> Rows:
    """The table heat."""
    return [
        {
            "job": job.name,
            "period": h.period,
            "hours": h.hours,
            "air": h.air,
            "humidity": h.humidity,
            "wet_bulb": h.wet_bulb,
            "globe": h.globe,
            "indoors": True,
            "work": h.work,
        }
        for job in safety.jobs
        for h in job.heat
    ]


def chemical_rows(safety: Safety) -> Rows:
    """The table chemicals."""
    return [
        {
            "chemical": c.name,
            "cas": c.cas,
            "stored": c.stored,
            "made": c.made,
            "used": c.used,
            "released": c.released,
            "hazard": c.hazard,
        }
        for c in safety.chemicals
    ]


def exposure_rows(safety: Safety) -> Rows:
    """The table exposures."""
    return [
        {
            "job": job.name,
            "chemical": a.chemical,
            "period": a.period,
            "hours": a.hours,
            "concentration": a.concentration,
            "unit": a.unit,
        }
        for job in safety.jobs
        for a in job.air
    ]


def waste_rows(industry: Industry, safety: Safety, months: int = 24) -> Rows:
    """The table waste: each stream, month by month, the last one just before the first day."""
    first = date.fromisoformat(str(industry.about["first_day"]))
    rows: Rows = []
    for stream_ in safety.waste:
        rng, peaks = stream(industry, MONTHS, stream_.stream), dict(stream_.peaks)
        for number in range(1, months + 1):
            back = first.year * 12 + first.month - 1 - (months - number + 1)
            usual = stream_.monthly * math.exp(stream_.spread * rng.standard_normal() - stream_.spread**2 / 2)
            made = round(usual * peaks.get(number, 1.0), 1)
            rows.append(
                {
                    "month": date(back // 12, back % 12 + 1, 1),
                    "stream": stream_.stream,
                    "kind": stream_.kind,
                    "generated": made,
                    "stored": round(made * stream_.kept * rng.uniform(0.8, 1.2), 1),
                    "cost": round(made * stream_.cost, 2),
                }
            )
    rows.sort(key=lambda row: (row["month"], row["stream"]))
    return rows
