"""Who was hurt, and what nearly happened.

Injuries come to people who work at the job's work center, on days they were there, by a rate on hours worked, so that
few of them are exactly as telling as few injuries are.
"""

from __future__ import annotations

import math
from datetime import date, timedelta

import numpy as np
import pandas as pd
from history import Rows, first_day, mondays, stream
from industry import Industry
from safety import Job, Safety
from shop import workdays

__all__ = ["incident_rows", "injury_absences", "near_miss_rows"]

INJURIES, NEAR = 200, 201  # streams of chance
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


def _rate(industry: Industry, job: Job, key: str) -> float:
    story = industry.story("unsafe_job", job.name)
    return float(story[key]) if story is not None else 1.0


def incident_rows(
    industry: Industry, safety: Safety, people: pd.DataFrame, absences: pd.DataFrame, shifts: pd.DataFrame
) -> Rows:
    """The table incidents: two years, on working days, of people who were there.

    A plant's false lead may be a job: of equally likely histories, the one with most cases in the last quarter.
    """
    first = first_day(industry)
    days = workdays(industry, mondays(industry)[0], first - timedelta(days=1))
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
            _cases(industry, job, staff, away, start_hour, days, number)
            for number in range(16 if lead else 1)
        ]
        recent = first - timedelta(weeks=13)
        rows += max(histories, key=lambda cases: sum(case["date"] >= recent for case in cases))
    rows.sort(key=lambda row: (row["date"], row["hour"], row["person"]))
    # one person has one case at a time: a second one during the days away of the first is left out
    free: dict[object, date] = {}
    kept: Rows = []
    for row in rows:
        if row["date"] >= free.get(row["person"], days[0]):
            kept.append(row)
            free[row["person"]] = row["date"] + timedelta(days=int(row["days_away"]) + 1)
    return [{"case": f"C{number:03}", **row} for number, row in enumerate(kept, start=1)]


def _cases(
    industry: Industry,
    job: Job,
    staff: pd.DataFrame,
    away: set[tuple[str, date]],
    start_hour: dict[str, float],
    days: list[date],
    number: int,
) -> Rows:
    rng, first = stream(industry, INJURIES, f"{job.name}/{number}"), first_day(industry)
    hours = (
        math.fsum(staff["hours_per_week"].astype(float)) * industry.weeks * job.people / max(1, len(staff))
    )
    hours = min(hours, math.fsum(staff["hours_per_week"].astype(float)) * industry.weeks)
    count = int(rng.poisson(job.rate * _rate(industry, job, "injuries") * hours / PER))
    weights = np.array([event.share for event in job.events])
    rows: Rows = []
    for _ in range(count):
        event = job.events[int(rng.choice(len(weights), p=weights / weights.sum()))]
        outcome = OUTCOMES[int(rng.choice(len(OUTCOMES), p=[share for _, share in OUTCOMES]))][0]
        long = max(1, round(float(np.exp(rng.normal(2.0, 0.9)))))
        care = CARE[outcome][int(rng.integers(len(CARE[outcome])))]
        for _try in range(50):
            day = days[int(rng.integers(len(days)))]
            person = staff.iloc[int(rng.integers(len(staff)))]
            hired = person["hired"].date()
            left = person["left"].date() if pd.notna(person["left"]) else first
            if hired <= day < left and (person["person"], day) not in away:
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


def injury_absences(industry: Industry, incidents: Rows) -> Rows:
    """The rows of the table absences that the incidents make: working days within the calendar days away."""
    hours = float(industry.about["hours_per_shift"])
    rows: Rows = []
    for case in incidents:
        start, end = (case["date"] + timedelta(days=n) for n in (1, int(case["days_away"])))
        missed = workdays(industry, start, end)
        if missed:
            rows.append(
                {
                    "person": case["person"],
                    "first": start,
                    "last": end,
                    "hours": round(len(missed) * hours, 1),
                    "reason": "injury",
                }
            )
    return rows


def near_miss_rows(industry: Industry, safety: Safety, shifts: pd.DataFrame) -> Rows:
    """The table near_misses: by job, some for each case that its rate would give in two years."""
    days = workdays(industry, mondays(industry)[0], first_day(industry) - timedelta(days=1))
    names = list(shifts["shift"])
    rows: Rows = []
    for job in safety.jobs:
        rng = stream(industry, NEAR, job.name)
        mean = job.near * job.rate * job.people * 2_000 * industry.weeks / 52 / PER
        weights = np.array([event.share for event in job.events])
        for _ in range(int(rng.poisson(mean * _rate(industry, job, "near_misses")))):
            event = job.events[int(rng.choice(len(weights), p=weights / weights.sum()))]
            rows.append(
                {
                    "date": days[int(rng.integers(len(days)))],
                    "shift": names[int(rng.integers(len(names)))],
                    "job": job.name,
                    "workcenter": job.workcenter,
                    "description": event.near_miss or f"nearly: {event.what}",
                    "severity": int(min(5, max(1, event.severity + rng.integers(-1, 2)))),
                }
            )
    rows.sort(key=lambda row: (row["date"], row["job"], row["description"]))
    return [{"report": f"N{number:03}", **row} for number, row in enumerate(rows, start=1)]
