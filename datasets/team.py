"""The people of a plant: shifts, who works where, what they can do, when they were away.

Positions follow from the shop: a person at each place for each shift it works, beside those who are declared. Orders of
magnitude (from memory, unchecked): two or three sick spells a person and year of two days on the average, 3 % of working
time; three weeks of vacation; one person in eight leaves in a year; a shift premium of 5 to 10 %.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from datetime import date, timedelta

import numpy as np
from history import Rows, first_day, mondays, stream
from industry import Industry
from shop import WorkCenter, shifts_of, workdays

__all__ = [
    "Others",
    "Shift",
    "Team",
    "absence_rows",
    "people_rows",
    "shift_rows",
    "skill_rows",
    "staffing_rows",
]

PEOPLE, SKILLS, AWAY, MORE_AWAY = range(310, 314)  # streams of chance


@dataclass(frozen=True)
class Shift:
    """A shift of the day; it lasts hours_per_shift and its break."""

    name: str
    start: float  # hours after midnight
    rest: int = 30  # minutes
    premium: float = 0.0  # share of the wage


@dataclass(frozen=True)
class Others:
    """People who stand at no work center: leaders, mechanics, stores, office."""

    team: str
    role: str
    wage: float
    people: tuple[int, ...]  # by shift
    skill: str = ""


@dataclass(frozen=True)
class Team:
    """All of it."""

    shifts: tuple[Shift, ...]
    others: tuple[Others, ...]
    stay: float = 8.0  # mean years that people stay
    hours: float = 40.0  # a week, by contract
    sick: float = 2.4  # spells a person and year
    vacation: int = 15  # days a year


@dataclass(frozen=True)
class Position:
    """A place in the team."""

    name: str
    team: str
    role: str
    workcenter: str
    shift: str
    wage: float
    skill: str


def shift_rows(industry: Industry) -> Rows:
    """The table shifts."""
    assert industry.team is not None
    hours = float(industry.about["hours_per_shift"])
    return [
        {
            "shift": s.name,
            "start_hour": s.start,
            "end_hour": s.start + hours + s.rest / 60,
            "break_min": s.rest,
            "premium": s.premium,
        }
        for s in industry.team.shifts
    ]


def places(center: WorkCenter) -> int:
    """People at a work center in one shift."""
    return center.people or max(1, math.ceil(center.machines * center.crew - 1e-9))


def positions(industry: Industry) -> list[Position]:
    """Every place that is filled, in order."""
    assert industry.shop is not None
    assert industry.team is not None
    made = [
        Position(f"{c.code}/{s.name}/{n}", c.team, "operator", c.code, s.name, c.wage, c.skill)
        for c in industry.shop.centers
        for s in industry.team.shifts[: shifts_of(industry, c)]
        for n in range(places(c))
    ]
    made += [
        Position(f"{o.team}/{o.role}/{s.name}/{n}", o.team, o.role, "", s.name, o.wage, o.skill)
        for o in industry.team.others
        for s, count in zip(industry.team.shifts, o.people, strict=False)
        for n in range(count)
    ]
    return made


def people_rows(industry: Industry) -> tuple[Rows, dict[str, Position]]:
    """The table people, with the position of each; those who left in the history have a successor."""
    assert industry.team is not None
    today, begin = first_day(industry), mondays(industry)[0]
    drawn: list[tuple[date, str, Position, date | None, float]] = []
    for place in positions(industry):
        rng = stream(industry, PEOPLE, place.name)
        years = np.minimum(rng.exponential(industry.team.stay, 2) + 0.1, 32)
        raises = rng.normal(1.0, 0.04, 2)
        gap = int(rng.integers(0, 15))
        hired = today - timedelta(days=round(365 * years[0]))
        drawn.append((hired, place.name, place, None, raises[0]))
        left = hired - timedelta(days=gap)
        if left > begin:
            before = left - timedelta(days=round(365 * years[1]))
            drawn.append((before, place.name + "/before", place, left, raises[1]))
    drawn.sort(key=lambda entry: entry[:2])
    rows: Rows = []
    who: dict[str, Position] = {}
    for number, (hired, _, place, left_on, pay) in enumerate(drawn, start=1):
        person = f"E{number:03}"
        who[person] = place
        tenure = min(((left_on or today) - hired).days / 365, 20)
        rows.append(
            {
                "person": person,
                "team": place.team,
                "role": place.role,
                "workcenter": place.workcenter,
                "shift": place.shift,
                "hours_per_week": industry.team.hours,
                "wage": round(20 * place.wage * pay * (0.95 + 0.006 * tenure)) / 20,
                "hired": hired,
                "left": left_on,
            }
        )
    return rows, who


def skill_rows(industry: Industry, people: Rows, who: dict[str, Position]) -> Rows:
    """The table skills: each person's own, some of the team's, and what floaters have; licences run out."""
    assert industry.shop is not None
    assert industry.team is not None
    today = first_day(industry)
    of_team: dict[str, list[str]] = {}
    for center in industry.shop.centers:
        of_team.setdefault(center.team, [])
        if center.skill not in of_team[center.team]:
            of_team[center.team].append(center.skill)
    every = [skill for skills in of_team.values() for skill in skills]
    level: dict[tuple[str, str], int] = {}
    current = [row for row in people if row["left"] is None]
    for row in current:
        person, place = str(row["person"]), who[str(row["person"])]
        rng = stream(industry, SKILLS, place.name)
        tenure = (today - row["hired"]).days / 365
        if place.skill:
            level[person, place.skill] = 2 if tenure < 0.25 else 3 if tenure < 4 else int(rng.integers(3, 5))
        pool = every if place.role == "floater" else of_team.get(place.team, [])
        for skill in pool:
            draw = rng.random()
            if skill != place.skill and draw < (0.7 if place.role == "floater" else 0.35):
                best = 4 if place.role == "floater" else 3
                level[person, skill] = int(rng.integers(1, best + 1)) if tenure > 1 else 1
        if place.role == "material handler" or rng.random() < 0.15:
            level[person, "forklift"] = 3
    for center in industry.shop.centers:  # nobody schedules a shift that cannot run
        for shift in industry.team.shifts[: shifts_of(industry, center)]:
            there = [
                r for r in current if r["shift"] == shift.name and who[str(r["person"])].skill == center.skill
            ]
            able = [
                r
                for r in current
                if r["shift"] == shift.name and level.get((str(r["person"]), center.skill), 0) > 2
            ]
            if not able:
                level[str(min(there, key=lambda r: str(r["hired"]))["person"]), center.skill] = 3
    rows: Rows = []
    for (person, skill), value in sorted(level.items()):
        rng = stream(industry, SKILLS, f"{person}/{skill}/licence")
        until = today + timedelta(days=int(rng.integers(-40, 1000)))
        row = {
            "person": person,
            "skill": skill,
            "level": value,
            "valid_to": until if skill == "forklift" else None,
        }
        rows.append(row)
    return rows


def absence_rows(industry: Industry, people: Rows, who: dict[str, Position]) -> Rows:
    """The table absences without injuries: spells of a person never overlap, and hold working days only."""
    assert industry.team is not None
    begin, today = mondays(industry)[0], first_day(industry)
    days = workdays(industry, begin, today - timedelta(days=1))
    team = industry.team
    rows: Rows = []
    for row in people:
        place = who[str(row["person"])]
        hired, left = row["hired"], row["left"] or today
        mine = [day for day in days if hired <= day < left]
        if not mine:
            continue
        years = len(mine) / 250
        rng = stream(industry, AWAY, f"{place.name}/{left if row['left'] else ''}")
        spells: list[tuple[int, int, str]] = []
        for year in sorted({day.year for day in mine}):
            at = [n for n, day in enumerate(mine) if day.year == year]
            summer = [n for n in at if 6 <= mine[n].month <= 8]
            share = len(at) / 250
            if summer and share > 0.5:
                spells.append((summer[int(rng.integers(len(summer)))], min(10, team.vacation), "vacation"))
            rest = round(share * max(0, team.vacation - 10))
            spells += [(at[int(rng.integers(len(at)))], min(rest, 3), "vacation")] if rest else []
            spells += [(at[int(rng.integers(len(at)))], rest - 3, "vacation")] if rest > 3 else []
        for reason, rate, more in (
            ("sick", team.sick, 0.5),
            ("training", 0.6, 1.0),
            ("family", 0.4, 0.6),
            ("unexcused", 0.2, 1.0),
        ):
            for _ in range(int(rng.poisson(rate * years))):
                spells.append((int(rng.integers(len(mine))), int(rng.geometric(more)), reason))
        story = industry.story("absence_cluster", place.team)
        if story is not None:
            rng = stream(industry, MORE_AWAY, f"{place.name}/{left if row['left'] else ''}")
            recent = [n for n, day in enumerate(mine) if day >= today - timedelta(weeks=story["weeks"])]
            extra = team.sick * (story["times"] - 1) * len(recent) / 250
            for _ in range(int(rng.poisson(extra))):
                spells.append((recent[int(rng.integers(len(recent)))], int(rng.geometric(0.5)), "sick"))
        taken: set[int] = set()
        for start, length, reason in spells:
            span = range(start, min(start + length, len(mine)))
            if taken & set(range(start - 1, span.stop + 1)):
                continue
            taken |= set(span)
            rows.append(
                {
                    "person": row["person"],
                    "first": mine[start],
                    "last": mine[span.stop - 1],
                    "hours": round(len(span) * team.hours / 5, 1),
                    "reason": reason,
                }
            )
    return sorted(rows, key=lambda r: (r["first"], r["person"]))


def with_injuries(absences: Rows, injuries: Rows) -> Rows:
    """The absences with those that injuries made, which push aside what else was planned for those days."""
    kept = [
        row
        for row in absences
        if not any(
            i["person"] == row["person"] and i["first"] <= row["last"] and row["first"] <= i["last"]
            for i in injuries
        )
    ]
    return sorted(kept + injuries, key=lambda r: (r["first"], r["person"]))


def staffing_rows(industry: Industry) -> Rows:
    """The table staffing: the places of the work centers by team, weekday and shift."""
    assert industry.shop is not None
    assert industry.team is not None
    week = round(float(industry.about.get("days_per_week", 5)))
    need: dict[tuple[str, int, str], int] = {}
    for center in industry.shop.centers:
        for weekday in range(1, week + 1):
            for shift in industry.team.shifts[: shifts_of(industry, center)]:
                key = (center.team, weekday, shift.name)
                need[key] = need.get(key, 0) + places(center)
    return [{"team": t, "weekday": d, "shift": s, "needed": n} for (t, d, s), n in need.items()]


def attendance(industry: Industry, people: Rows, absences: Rows) -> dict[tuple[str, date], float]:
    """Hours that people were there, by work center and week; floaters under "floater"."""
    weeks = mondays(industry)
    days = workdays(industry, weeks[0], first_day(industry) - timedelta(days=1))
    of_week: dict[date, list[date]] = {}
    for day in days:
        of_week.setdefault(day - timedelta(days=day.weekday()), []).append(day)
    away: dict[str, set[date]] = {}
    for row in absences:
        first, last = row["first"], row["last"]
        span = range((last - first).days + 1)
        away.setdefault(str(row["person"]), set()).update(first + timedelta(days=n) for n in span)
    hours: dict[tuple[str, date], float] = {}
    for row in people:
        where = str(row["workcenter"]) or ("floater" if row["role"] == "floater" else "")
        if not where:
            continue
        missed, a_day = away.get(str(row["person"]), set()), float(row["hours_per_week"]) / 5
        left = row["left"] or first_day(industry)
        for week, there in of_week.items():
            worked = sum(row["hired"] <= day < left and day not in missed for day in there)
            hours[where, week] = hours.get((where, week), 0.0) + worked * a_day
    return hours
