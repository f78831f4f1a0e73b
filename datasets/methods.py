"""Studies of how the work is done: looks at people, motions of both hands, changeovers as filmed.

Orders of magnitude (from memory, unchecked): people in a shop are at work 65 to 85 % of the time; a hand reaches in a
third to two thirds of a second; a third to a half of a changeover is looking, fetching and carrying, which can be done
while the machine runs. The times of motions are made for this course, to the right order of magnitude. They belong to no
published system of predetermined times, and a plant's own standards must not rest on them.
"""

from __future__ import annotations

from bisect import bisect
from dataclasses import dataclass, field
from datetime import timedelta
from itertools import accumulate

from history import Rows, first_day, stream
from industry import Industry
from shop import workdays

__all__ = ["Filmed", "Hands", "Looks", "Methods", "filmed_rows", "hand_rows", "look_rows", "motion_rows"]

LOOKS = 340  # stream of chance
SOURCE = "made for this course; no published system"
MOTIONS = {
    "reach-near": ("reach, forearm only", 0.31), "reach-far": ("reach, whole arm", 0.52),
    "grasp": ("close the hand on one thing that lies alone", 0.14), "pick": ("pick one out of many in a bin", 0.41),
    "move-near": ("bring near, forearm only", 0.36), "move-far": ("bring, whole arm", 0.61),
    "turn": ("turn the hand with a thing in it", 0.22), "place": ("set down, no fit", 0.24),
    "fit": ("set into place, close fit", 0.66), "press": ("press until it holds", 0.43), "let-go": ("let go", 0.07),
    "look": ("look and decide", 0.37), "step": ("one step", 0.61), "bend": ("bend down and up again", 2.05),
}  # fmt: skip


@dataclass(frozen=True)
class Looks:
    """A place that was looked at, and the share of each state."""

    place: str
    states: dict[str, float]
    days: int = 20
    a_day: int = 40  # looks


@dataclass(frozen=True)
class Hands:
    """An operation by method: a step is (left, right) or (left, right, times)."""

    operation: str
    methods: dict[str, tuple[tuple[str, str] | tuple[str, str, float], ...]]


@dataclass(frozen=True)
class Filmed:
    """A changeover. A step is (what, seconds, today, later, seconds later); i: the machine stands, e: it runs."""

    name: str
    steps: tuple[tuple[str, float, str, str, float | None], ...]


@dataclass(frozen=True)
class Methods:
    """All of it."""

    looks: tuple[Looks, ...]
    hands: tuple[Hands, ...]
    filmed: tuple[Filmed, ...]
    motions: dict[str, tuple[str, float]] = field(default_factory=dict)  # beside the common ones


def look_rows(industry: Industry, methods: Methods) -> Rows:
    """The table work_samples: the last working days before the first day."""
    rows: Rows = []
    last = first_day(industry) - timedelta(days=1)
    for looks in methods.looks:
        edges = list(accumulate(looks.states.values()))
        rng = stream(industry, LOOKS, looks.place)
        for day in workdays(industry, last - timedelta(days=3 * looks.days), last)[-looks.days :]:
            found = [bisect(edges, draw * edges[-1]) for draw in rng.random(looks.a_day).tolist()]
            rows += [
                {"date": day, "place": looks.place, "state": state, "looks": found.count(number)}
                for number, state in enumerate(looks.states)
            ]
    return rows


def motion_rows(methods: Methods) -> Rows:
    """The table motions."""
    return [
        {"motion": code, "name": name, "seconds": seconds, "source": SOURCE}
        for code, (name, seconds) in (MOTIONS | methods.motions).items()
    ]


def hand_rows(methods: Methods) -> Rows:
    """The table motion_studies."""
    return [
        {"operation": hands.operation, "method": method, "step": step, "left": left, "right": right,
         "times": float(times[0]) if times else 1.0}
        for hands in methods.hands
        for method, steps in hands.methods.items()
        for step, (left, right, *times) in enumerate(steps, start=1)
    ]  # fmt: skip


def filmed_rows(methods: Methods) -> Rows:
    """The table changeover_steps."""
    kind = {"i": "internal", "e": "external"}
    return [
        {"changeover": filmed.name, "step": step, "name": name, "seconds": float(seconds), "now": kind[now],
         "later": kind[later], "seconds_later": None if shorter is None else float(shorter)}
        for filmed in methods.filmed
        for step, (name, seconds, now, later, shorter) in enumerate(filmed.steps, start=1)
    ]  # fmt: skip
