"""An independent check of a shop's schedule: plain loops over the tables, no code of the solver's.

Everything is worked out from the tables in hours: windows are cut into pieces at every border, and in each piece it
is asked whether the machine works, who is there, and who is busy. Times may be off by `SLACK` hours.
"""

from __future__ import annotations

import math
from itertools import pairwise
from typing import Any

SLACK = 1e-6


def _rows(table: Any) -> list[dict[str, Any]]:
    return table.to_dict("records")


def _repeated(
    rows: list[dict[str, Any]], period: float | None, low: float, high: float
) -> list[dict[str, Any]]:
    if period is None:
        return rows
    out = []
    for row in rows:
        if row["start"] == -math.inf or row["end"] == math.inf:
            out.append(row)
            continue
        k = math.floor((low - row["end"]) / period)
        while row["start"] + k * period < high:
            out.append({**row, "start": row["start"] + k * period, "end": row["end"] + k * period})
            k += 1
    return out


class Oracle:
    """The shop's tables, asked piece by piece."""

    def __init__(self, shop: Any, table: Any) -> None:
        self.shop = shop
        self.rows = _rows(table)
        self.need = {(r["job"], r["step"], r["machine"]): r for r in _rows(shop.operations)}
        self.jobs = {r["job"]: r for r in _rows(shop.jobs)}
        low = min([0.0, *(r["setup_start"] for r in self.rows)]) - 1
        high = max(r["end"] for r in self.rows) + 1
        self.calendar = _repeated(_rows(shop.calendar), shop.repeat_hours, low, high)
        self.labor = _repeated(_rows(shop.labor), shop.repeat_hours, low, high)
        self.downtime = _rows(shop.downtime)
        borders = {low, high}
        for r in (*self.calendar, *self.labor, *self.downtime, *_rows(shop.absences)):
            borders |= {r["start"], r["end"]}
        for r in self.rows:
            borders |= {r["setup_start"], r["start"], r["end"]}
        cut = sorted(b for b in borders if low <= b <= high)
        self.pieces = [(a, b) for a, b in pairwise(cut) if b > a]
        self.windows_of: dict[str, list[dict[str, Any]]] = {}
        for w in self.calendar:
            self.windows_of.setdefault(w["resource"], []).append(w)
        self.people_by: dict[str, list[dict[str, Any]]] = {}
        for r in self.labor:
            self.people_by.setdefault(r["skill"], []).append(r)
        self.open_of: dict[tuple[str, float], bool] = {}
        self.people_of: dict[tuple[str, float], float] = {}
        self.begun = {(r["job"], r["step"]): r for r in _rows(shop.begun)}

    def machine_open(self, machine: str, a: float, b: float) -> bool:
        if (machine, a) not in self.open_of:
            self.open_of[machine, a] = self._machine_open(machine, a, b)
        return self.open_of[machine, a]

    def _machine_open(self, machine: str, a: float, b: float) -> bool:
        mine = self.windows_of.get(machine, [])
        middle = (a + b) / 2
        if mine and not any(w["start"] <= middle < w["end"] for w in mine):
            return False
        return not any(d["machine"] == machine and d["start"] <= middle < d["end"] for d in self.downtime)

    def people(self, skill: str, a: float, b: float) -> float:
        if (skill, a) not in self.people_of:
            there = [r for r in self.people_by.get(skill, []) if r["start"] <= (a + b) / 2 < r["end"]]
            away = [
                r
                for r in _rows(self.shop.absences)
                if r["skill"] == skill and r["start"] <= (a + b) / 2 < r["end"]
            ]
            self.people_of[skill, a] = max(
                0, sum(r["people"] for r in there) - sum(r["people"] for r in away)
            )
        return self.people_of[skill, a]

    def is_limited(self, need: dict[str, Any]) -> bool:
        return bool(self.shop.has_labor and need["skill"])

    def runs(self, need: dict[str, Any], a: float, b: float) -> bool:
        """Whether the operation can go on in this piece of time."""
        if not self.machine_open(need["machine"], a, b):
            return False
        return not self.is_limited(need) or self.people(need["skill"], a, b) >= need["crew"] - 1e-9

    def worked(self, need: dict[str, Any], start: float, end: float) -> float:
        return sum(
            b - a for a, b in self.pieces if a >= start - SLACK and b <= end + SLACK and self.runs(need, a, b)
        )

    def setup(self, machine: str, before: dict[str, Any] | None, need: dict[str, Any]) -> float:
        if (need["job"], need["step"]) in self.begun:
            return float(self.begun[need["job"], need["step"]]["setup_hours"])
        if before is None:
            was = next((r["family"] for r in _rows(self.shop.machines) if r["machine"] == machine), "")
        else:
            was = before["family"]
        for of in (machine, ""):
            for c in _rows(self.shop.changeovers):
                if (c["machine"], c["from_family"], c["to_family"]) == (of, was, need["family"]) and was:
                    return float(c["hours"])
        return 0.0 if was and was == need["family"] else float(need["setup_hours"])


def faults(shop: Any, table: Any, tick: float = 0.0) -> list[str]:
    """What is wrong with a schedule; `tick` is how much longer than asked an operation may be (rounding up)."""
    oracle = Oracle(shop, table)
    out = []
    wanted = {(r["job"], r["step"]) for r in _rows(shop.operations)}
    got = [(r["job"], r["step"]) for r in oracle.rows]
    if sorted(got) != sorted(wanted):
        out.append(f"operations: {len(got)} for {len(wanted)}")
    by_machine: dict[str, list[dict[str, Any]]] = {}
    by_job: dict[str, list[dict[str, Any]]] = {}
    for r in oracle.rows:
        need = oracle.need.get((r["job"], r["step"], r["machine"]))
        name = f"{r['job']} {r['step']:g}"
        if need is None:
            out.append(f"{name}: cannot be done on {r['machine']}")
            continue
        worked = oracle.worked(need, r["start"], r["end"])
        if not need["hours"] - SLACK <= worked <= need["hours"] + tick + SLACK:
            out.append(f"{name}: {worked} hours worked of {need['hours']}")
        begun = oracle.begun.get((r["job"], r["step"]))
        late = r["start"] - begun["start"] if begun else 0.0  # allowed where its setup is going on
        if begun and (
            late < -SLACK or (late > SLACK and begun["start"] < shop.now) or begun["machine"] != r["machine"]
        ):
            out.append(f"{name}: had begun, and was moved")
        if not begun:
            job = oracle.jobs[r["job"]]
            if r["start"] < max(job["release"], job["material"]) - SLACK:
                out.append(f"{name}: before it is released")
            if r["setup_start"] < shop.now - SLACK:
                out.append(f"{name}: set up before now")
            first = next((a for a, b in oracle.pieces if a >= r["start"] - SLACK), None)
            if (
                r["end"] > r["start"]
                and first is not None
                and not oracle.runs(need, *next(p for p in oracle.pieces if p[0] == first))
            ):
                out.append(f"{name}: starts while closed")
        by_machine.setdefault(r["machine"], []).append({**r, "need": need})
        by_job.setdefault(r["job"], []).append({**r, "need": need})
    for machine, rows in by_machine.items():
        rows.sort(key=lambda r: (r["start"], r["end"]))
        before = None
        for r in rows:
            name = f"{r['job']} {r['step']:g} on {machine}"
            if before is not None and r["setup_start"] < before["end"] - SLACK:
                out.append(f"{name}: overlaps {before['job']} {before['step']:g}")
            setup = oracle.setup(machine, before and before["need"], r["need"])
            if not setup - SLACK <= r["setup_hours"] <= setup + tick + SLACK:
                out.append(f"{name}: setup {r['setup_hours']} for {setup}")
            done = oracle.worked(r["need"], r["setup_start"], r["start"])
            if done < r["setup_hours"] - SLACK:
                out.append(f"{name}: {done} hours of setup for {r['setup_hours']}")
            before = r
    for rows in by_job.values():
        rows.sort(key=lambda r: r["step"])
        for one, other in pairwise(rows):
            if other["start"] < one["end"] + one["need"]["move_hours"] - SLACK:
                out.append(f"{other['job']} {other['step']:g}: before step {one['step']:g} is done")
    if shop.has_labor:
        out += _crews(oracle)
    return out


def _crews(oracle: Oracle) -> list[str]:
    out = []
    skills = {r["skill"] for r in _rows(oracle.shop.operations) if r["skill"]}
    for skill in sorted(skills):
        machines = {r["machine"] for r in _rows(oracle.shop.operations) if r["skill"] == skill}
        for a, b in oracle.pieces:
            people = oracle.people(skill, a, b)
            if not any(oracle.machine_open(m, a, b) for m in machines):
                continue
            busy, is_new = 0.0, False  # what has begun stays, whoever is away
            for r in oracle.rows:
                need = oracle.need.get((r["job"], r["step"], r["machine"]))
                if (
                    need
                    and need["skill"] == skill
                    and need["crew"] <= people + 1e-9
                    and r["setup_start"] <= a + SLACK
                    and r["end"] >= b - SLACK
                ):
                    busy += need["crew"]
                    is_new = is_new or (r["job"], r["step"]) not in oracle.begun
            if is_new and busy > people + 1e-9 and b - a > SLACK:
                out.append(f"{skill}: {busy:g} busy of {people:g} from {a:g} to {b:g}")
    return out
