"""When the machines of a shop work and its people are there, laid out in ticks."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from .calendars import Axis, Window, intersect, merged, without
from .tables import Shop

if TYPE_CHECKING:
    import pandas as pd

__all__ = ["PERSON", "Hours", "tick_at"]

PERSON = 100  # crews are counted in hundredths of a person


def tick_at(hour: float, per_hour: int) -> int:
    """A time in ticks, the nearest."""
    return round(hour * per_hour)


class Hours:
    """When machines are open and how many people there are, in ticks, from `low` until `until`."""

    def __init__(self, shop: Shop, per_hour: int, low: int, until: int, skills: dict[str, int]) -> None:
        self.low, self.until = low, until
        period = None if shop.repeat_hours is None else max(1, tick_at(shop.repeat_hours, per_hour))
        self.windows: dict[str, list[Window]] = {}
        for name, rows in _by(shop.calendar, "resource", per_hour).items():
            self.windows[name] = merged(w[:2] for w in self._laid_out(rows, period))
        for name, rows in _by(shop.downtime, "machine", per_hour).items():
            end = max(until, *(b for _, b, _ in rows)) + 1
            windows = self.windows.get(name, [(low, max(end, until * 2))])
            self.windows[name] = without(windows, [r[:2] for r in rows], max(end, windows[-1][1]))
        absent = _by(shop.absences, "skill", per_hour, "people")
        self.people: dict[str, list[tuple[int, int, int]]] = {}
        for name, rows in _by(shop.labor, "skill", per_hour, "people").items():
            if name in skills:
                laid_out = self._laid_out(rows, period)
                laid_out += [(a, b, -away) for a, b, away in absent.get(name, ())]
                self.people[name] = self._levels(laid_out)

    def _laid_out(self, rows: list[tuple[int, int, int]], period: int | None) -> list[tuple[int, int, int]]:
        if period is None:
            return rows
        out = []
        for a, b, count in rows:
            if b - a >= self.until - self.low:
                out.append((a, b, count))
                continue
            shift = -((b - self.low) // period) * period  # back to the first that can matter
            while a + shift < self.until:
                out.append((a + shift, b + shift, count))
                shift += period
        return out

    def _levels(self, rows: list[tuple[int, int, int]]) -> list[tuple[int, int, int]]:
        """People there at once, from one change to the next."""
        changes: dict[int, int] = {}
        for a, b, count in rows:
            changes[a] = changes.get(a, 0) + count
            changes[b] = changes.get(b, 0) - count
        out, people, since = [], 0, None
        for t in sorted(changes):
            if since is not None and people > 0:
                out.append((since, t, people))
            people, since = people + changes[t], t
        return out

    def axis(self, machine: str, skill: str, crew: int) -> Axis:
        """When work goes on that needs this machine and so many people with the skill."""
        windows = self.windows.get(machine)
        if skill:
            there = merged((a, b) for a, b, people in self.people.get(skill, []) if people >= crew)
            forever = len(there) == 1 and there[0][0] <= -_FAR and there[0][1] >= _FAR
            if not forever:
                windows = there if windows is None else intersect(windows, there)
                windows = [(max(a, self.low), b) for a, b in windows if b > self.low]
        return Axis(windows)

    def limits(self, skill: str, used: set[int], machines: list[str]) -> list[tuple[int, int, int]]:
        """How many people there are while any of the machines is open."""
        levels = self.people.get(skill, [])
        lists = [self.windows.get(machines[m]) for m in used]
        if any(w is None for w in lists):
            return levels
        open_times = merged(w for windows in {id(w): w for w in lists}.values() for w in windows or ())
        out, k = [], 0
        for a, b, n in levels:
            while k < len(open_times) and open_times[k][1] <= a:
                k += 1
            at = k
            while at < len(open_times) and open_times[at][0] < b:
                out.append((max(a, open_times[at][0]), min(b, open_times[at][1]), n))
                at += 1
        return out


_FAR = 10**11


def _by(
    table: pd.DataFrame, key: str, per_hour: int, count: str = ""
) -> dict[str, list[tuple[int, int, int]]]:
    out: dict[str, list[tuple[int, int, int]]] = {}
    counts = table[count].tolist() if count else [0] * len(table)
    for name, a, b, n in zip(
        table[key].tolist(), table["start"].tolist(), table["end"].tolist(), counts, strict=True
    ):
        ends = [-_FAR if t == -np.inf else _FAR if t == np.inf else tick_at(t, per_hour) for t in (a, b)]
        out.setdefault(name, []).append((ends[0], ends[1], round(n * PERSON)))
    return out
