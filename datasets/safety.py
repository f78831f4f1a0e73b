"""What can hurt at a plant, what did, and what it leaves behind: jobs with their hazards, exposures and injuries.

A `Safety` declares it. Injuries come to people who work at the job's work center, by a rate on hours worked, so that
few of them are exactly as telling as few injuries are.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from datetime import date, timedelta

import numpy as np
import pandas as pd
from history import Rows, stream
from industry import Industry

__all__ = [
    "Air", "Chemical", "Event", "Hazard", "Heat", "Job", "Lift", "Noise", "Safety", "Waste", "chemical_rows",
    "exposure_rows", "hazard_rows", "heat_rows", "incident_rows", "injury_absences", "lift_rows", "near_miss_rows",
    "noise_rows", "waste_rows",
]  # fmt: skip

INJURIES, NEAR, MONTHS = range(200, 203)  # streams of chance
PER = 200_000  # hours of a hundred people in a year, the base of the rates
OUTCOMES = (("first_aid", 0.5), ("other_recordable", 0.2), ("restricted", 0.13), ("days_away", 0.17))
CARE = {
    "first_aid": ("cleaned and bandaged", "cold pack", "eye rinsed", "hot or cold pack, back at work"),
    "other_recordable": (
        "stitches",
        "prescription medicine",
        "wound glue",
        "fracture splinted, back at work",
    ),
    "restricted": ("physician, light duty", "splint, no lifting"),
    "days_away": ("physician, sent home", "surgery", "physical therapy"),
}


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


def _rate(industry: Industry, job: Job, key: str) -> float:
    story = industry.story("unsafe_job", job.name)
    return float(story[key]) if story is not None else 1.0


def incident_rows(
    industry: Industry, safety: Safety, people: pd.DataFrame, absences: pd.DataFrame, shifts: pd.DataFrame
) -> Rows:
    """The table incidents: two years, on working days, of people who were there.

    A plant's false lead may be a job: of equally likely histories, the one with most cases in the last quarter.
    """
    first = date.fromisoformat(str(industry.about["first_day"]))
    begin = first - timedelta(weeks=industry.weeks)
    away = {
        (row.person, day)
        for row in absences.itertuples(index=False)
        for day in pd.date_range(row.first, row.last).date
    }
    start_hour = dict(zip(shifts["shift"], shifts["start_hour"], strict=True))
    rows: Rows = []
    for job in safety.jobs:
        staff = people[people["workcenter"] == job.workcenter]
        if staff.empty:
            raise ValueError(f"{industry.key}: nobody works at {job.workcenter}, where {job.name} is done")
        lead = industry.story("false_lead", job.name) is not None
        histories = [
            _cases(industry, job, staff, away, start_hour, begin, first, number)
            for number in range(16 if lead else 1)
        ]
        recent = first - timedelta(weeks=13)
        rows += max(histories, key=lambda cases: sum(case["date"] >= recent for case in cases))
    rows.sort(key=lambda row: (row["date"], row["hour"], row["person"]))
    # one person has one case at a time: a second one during the days away of the first is left out
    free: dict[object, date] = {}
    kept: Rows = []
    for row in rows:
        if row["date"] >= free.get(row["person"], begin):
            kept.append(row)
            free[row["person"]] = row["date"] + timedelta(days=int(row["days_away"]) + 1)
    return [{"case": f"C{number:03}", **row} for number, row in enumerate(kept, start=1)]


def _cases(
    industry: Industry,
    job: Job,
    staff: pd.DataFrame,
    away: set[tuple[str, date]],
    start_hour: dict[str, float],
    begin: date,
    first: date,
    number: int,
) -> Rows:
    rng = stream(industry, INJURIES, f"{job.name}/{number}")
    hours = (
        math.fsum(staff["hours_per_week"].astype(float)) * industry.weeks * job.people / max(1, len(staff))
    )
    hours = min(hours, math.fsum(staff["hours_per_week"].astype(float)) * industry.weeks)
    count = int(rng.poisson(job.rate * _rate(industry, job, "injuries") * hours / PER))
    weights = np.array([event.share for event in job.events])
    days = (first - begin).days
    rows: Rows = []
    for _ in range(count):
        event = job.events[int(rng.choice(len(weights), p=weights / weights.sum()))]
        outcome = OUTCOMES[int(rng.choice(len(OUTCOMES), p=[share for _, share in OUTCOMES]))][0]
        long = max(1, round(float(np.exp(rng.normal(2.0, 0.9)))))
        care = CARE[outcome][int(rng.integers(len(CARE[outcome])))]
        for _try in range(50):
            day = begin + timedelta(days=int(rng.integers(days)))
            person = staff.iloc[int(rng.integers(len(staff)))]
            hired = person["hired"].date()
            left = person["left"].date() if pd.notna(person["left"]) else first
            if day.weekday() < 5 and hired <= day < left and (person["person"], day) not in away:
                break
        else:
            continue
        hour = (start_hour.get(person["shift"], 6.0) + float(rng.uniform(0.2, 7.8))) % 24
        away_days = min(long, 180, (first - day).days - 1) if outcome == "days_away" else 0
        rows.append(
            {
                "date": day,
                "hour": round(hour, 1),
                "person": person["person"],
                "employed": "own",
                "job": job.name,
                "workcenter": job.workcenter,
                "event": event.what,
                "kind": event.kind,
                "body_part": event.body_part,
                "work_related": True,
                "new_case": True,
                "treatment": care,
                "outcome": outcome if away_days or outcome != "days_away" else "other_recordable",
                "days_away": away_days,
                "days_restricted": min(long, (first - day).days - 1) if outcome == "restricted" else 0,
                "hospital": outcome == "days_away" and long > 30,
            }
        )
    return rows


def injury_absences(incidents: Rows, hours_a_day: float) -> Rows:
    """The rows of the table absences that the incidents make: working days within the calendar days away."""
    rows: Rows = []
    for case in incidents:
        days = int(case["days_away"])
        if not days:
            continue
        start = case["date"] + timedelta(days=1)
        off = [start + timedelta(days=n) for n in range(days)]
        working = sum(day.weekday() < 5 for day in off)
        if working:
            rows.append(
                {
                    "person": case["person"],
                    "first": off[0],
                    "last": off[-1],
                    "hours": round(working * hours_a_day, 1),
                    "reason": "injury",
                }
            )
    return rows


def near_miss_rows(industry: Industry, safety: Safety, incidents: Rows, shifts: pd.DataFrame) -> Rows:
    """The table near_misses: by job, some for each case that its rate would give in two years."""
    first = date.fromisoformat(str(industry.about["first_day"]))
    names = list(shifts["shift"])
    rows: Rows = []
    for job in safety.jobs:
        rng = stream(industry, NEAR, job.name)
        mean = job.near * job.rate * job.people * 2_000 * industry.weeks / 52 / PER
        weights = np.array([event.share for event in job.events])
        for _ in range(int(rng.poisson(mean * _rate(industry, job, "near_misses")))):
            event = job.events[int(rng.choice(len(weights), p=weights / weights.sum()))]
            day = first - timedelta(days=int(rng.integers(1, 7 * industry.weeks)))
            day -= timedelta(days=max(0, day.weekday() - 4))
            rows.append(
                {
                    "date": day,
                    "shift": names[int(rng.integers(len(names)))],
                    "job": job.name,
                    "workcenter": job.workcenter,
                    "description": event.near_miss or f"nearly: {event.what}",
                    "severity": int(min(5, max(1, event.severity + rng.integers(-1, 2)))),
                }
            )
    rows.sort(key=lambda row: (row["date"], row["job"], row["description"]))
    return [{"report": f"N{number:03}", **row} for number, row in enumerate(rows, start=1)]
