"""Which figures the wait before a machine depends on, where neither arrivals nor times are purely by chance."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING, Any

from .... import methods
from ...draws import around, shaped
from ...numbers import show
from ...parts import Choices, Number, Option, Slip
from ...problem import Fact, Problem
from .flow_rows import one_center
from .queues import GAP, HAND, LOT, NEEDS, OUTCOMES, line, line_facts

if TYPE_CHECKING:
    import numpy as np

    from ....plant import Plant

_RATIOS = (0.4, 0.5, 0.6, 0.8, 1.2, 1.4, 1.5)


def _draw(rng: np.random.Generator, plant: Plant) -> dict[str, Any]:
    def draw() -> dict[str, Any]:
        given = line_facts(rng, plant, (0.7, 0.75, 0.8, 0.84))
        return {
            **given,
            "arrival_cv": float(rng.choice(_RATIOS)),
            "cv": float(rng.choice(_RATIOS)),
            "rate": max(around(rng, one_center(rng, plant, "a problem on waiting lines").cost), 5),
            "walk": int(rng.integers(12, 90)),
        }

    def apart(g: Any) -> bool:
        factors = sorted(
            (_vary(g), (g.arrival_cv + g.cv) / 2, 2 * _vary(g), 1.0, (1 + g.cv**2) / 2, _vary(g) + g.gap / g.lot_hours - 1)
        )  # fmt: skip
        return all(high > 1.05 * low for low, high in pairwise(factors))

    return shaped(draw, apart)


def _wait(g: Any) -> float:
    return line(g, service="general", cv=g.cv, arrival_cv=g.arrival_cv).Wq


def _vary(g: Any) -> float:
    return float((g.arrival_cv**2 + g.cv**2) / 2)


def _scaled(g: Any, factor: float) -> float:
    """The wait with another factor for what varies."""
    return _wait(g) / _vary(g) * factor


NOT_NEEDED = Problem(
    id="methods.queue_not_needed", title="What the wait depends on", level=2, minutes=6, outcomes=OUTCOMES, covers=("queue",),
    topics=("data not needed", "variability"), needs=NEEDS, draw=_draw,
    prompt=(
        "One machine at {center}. The planner hands you all that she has on it and asks how long a lot waits before it, on average. "
        "Tick the figures that this wait depends on, then work it out by the product of what varies, load and time "
        "(an approximation). The ratios are the standard deviation over the mean."
    ),
    facts=(GAP, Fact("arrival_cv", "Ratio for the time between two lots"), Fact("rate", "An hour of the machine", "{currency}"), LOT,
           Fact("walk", "Way to the next work center", "meters"), Fact("cv", "Ratio for the time of a lot")),
    parts=(
        Choices(
            "needed", "The wait depends on", key=lambda g, a: ("gap", "arrival_cv", "lot_hours", "cv"),
            options=(
                Option("gap", "How often a lot comes", "Needed: with the time of a lot it makes the load."),
                Option("arrival_cv", "How unevenly they come", "Needed: lots that come in bunches wait for each other."),
                Option("lot_hours", "How long a lot takes", "Needed twice: it makes the load, and it is what one waits for."),
                Option("cv", "How unevenly they take time", "Needed: behind one very long lot many wait."),
                Option("rate", "What an hour of the machine costs", "Not needed: it says what a wait is worth mending, not how long it is."),
                Option("walk", "The way to the next work center", "Not needed: it comes after the machine, and adds to the way, not to the wait before it."),
            ),
        ),
        Number(
            "wait", "A lot waits, on average", unit="hours", tolerance=HAND, key=lambda g, a: _wait(g),
            slips=(
                Slip("ratios_not_squared", lambda g, a: _scaled(g, (g.arrival_cv + g.cv) / 2), "The ratios go in squared: (first² + second²) ÷ 2."),
                Slip("no_half", lambda g, a: _scaled(g, 2 * _vary(g)), "The half is missing: the mean of the two squares is wanted."),
                Slip("by_chance", lambda g, a: _scaled(g, 1), "That is the wait where both ratios are 1. Here they were measured: use them."),
                Slip("arrivals_by_chance", lambda g, a: methods.queue(1 / g.gap, 1 / g.lot_hours, service="general", cv=g.cv).Wq,
                     "You took arrivals by chance, with a ratio of 1. Theirs is {arrival_cv}."),
                Slip("through", lambda g, a: _wait(g) + g.lot_hours, "That is wait and work together. The wait alone is asked."),
            ),
        ),
    ),
    hints=("What makes a line grow: more work, uneven arrivals, uneven times. What cannot?", "Wait = (a² + c²) ÷ 2 × u ÷ (1 − u) × time of a lot, with the two ratios a and c and the load u = {lot_hours} ÷ {gap}."),
    steps=(
        "Needed: {needed}.",
        lambda g, a: f"What varies: ({show(g.arrival_cv)}² + {show(g.cv)}²) ÷ 2 = {show(_vary(g))}. Load: {show(g.lot_hours)} ÷ {show(g.gap)} = {show(g.lot_hours / g.gap)}.",
        lambda g, a: f"Wait: {show(_vary(g))} × {show(g.lot_hours / g.gap)} ÷ (1 − {show(g.lot_hours / g.gap)}) × {show(g.lot_hours)} = {show(a.wait)} hours.",
    ),
)  # fmt: skip

PROBLEMS = (NOT_NEEDED,)
