"""A project whose crew is one: several activities need the same people, and one of them must wait."""

from __future__ import annotations

from functools import lru_cache
from itertools import permutations
from typing import TYPE_CHECKING, Any

from .... import scheduling
from ...draws import shaped
from ...numbers import show
from ...parts import Number, Order, Slip
from ...problem import Fact, FactTable, Problem
from ...tolerance import Absolute
from .projects import AFTER, begun, waits

if TYPE_CHECKING:
    import numpy as np

    from ....plant import Plant

OURS, OTHERS = "our crew", "others"
SHARED = 4
"""Activities that need the crew: so few that their orders can be tried."""


@lru_cache(maxsize=256)
def _scheduled(rows: tuple[tuple[str, str, int, str], ...], rule: str) -> scheduling.ResourceSchedule:
    import pandas as pd

    table = pd.DataFrame(rows, columns=["activity", "after", "days", "resource"])
    return scheduling.resource_schedule(table, {OURS: 1}, rule=rule)


def one_crew(g: Any, rule: str = "optimal") -> scheduling.ResourceSchedule:
    """The given activities with one crew for all that need it."""
    return _scheduled(tuple((r["activity"], r["after"], r["days"], r["who"]) for r in g.activities), rule)


def ours(g: Any) -> list[str]:
    """The activities that need the crew, as listed."""
    return [r["activity"] for r in g.activities if r["who"] == OURS]


def length_in(g: Any, order: tuple[str, ...] | list[str]) -> float | None:
    """Days of the project if the crew works in this order; None where the order cannot be."""
    behind = dict(zip(order[1:], order, strict=False))
    left = {
        r["activity"]: (set(waits(g, r["activity"])) | {behind.get(r["activity"], "")}) - {""}
        for r in g.activities
    }
    days = {r["activity"]: float(r["days"]) for r in g.activities}
    done: dict[str, float] = {}
    while left:
        ready = [k for k, before in left.items() if before <= set(done)]
        if not ready:
            return None
        for k in ready:
            done[k] = max((done[b] for b in left.pop(k)), default=0.0) + days[k]
    return max(done.values())


def first_ready(g: Any) -> list[str]:
    """The crew's activities by when each could start if nobody were short."""
    early = dict(
        zip(*(one_crew(g, "latest_finish").activities[c] for c in ("activity", "early_start")), strict=True)
    )
    return sorted(ours(g), key=lambda k: float(early[k]))


def best_order(g: Any) -> tuple[str, ...]:
    """The crew's order in the shortest project."""
    return tuple(str(r["activity"]) for r in _turns(g))


def _turns(g: Any) -> list[dict[str, Any]]:
    rows: list[dict[str, Any]] = one_crew(g).activities.to_dict("records")  # type: ignore[assignment]
    return sorted((r for r in rows if r["resource"] == OURS), key=lambda r: (r["start"], r["finish"]))


def _work(g: Any) -> float:
    return float(sum(r["days"] for r in g.activities if r["who"] == OURS))


def _draw(rng: np.random.Generator, plant: Plant) -> dict[str, Any]:
    def draw() -> dict[str, Any]:
        rows = begun(rng, plant, 8)
        shared = rng.choice(len(rows), size=SHARED, replace=False) if len(rows) > SHARED else range(SHARED)
        for i, row in enumerate(rows):
            row |= {"days": max(2, min(20, row["days"])), "who": OURS if i in shared else OTHERS}
        return {"activities": rows}

    def good(g: Any) -> bool:
        lengths = [x for x in (length_in(g, p) for p in permutations(ours(g))) if x is not None]
        best = min(lengths)
        if max(lengths) - best < 1:
            return False
        plan = one_crew(g, "latest_finish")
        listed = length_in(g, first_ready(g))
        # A rule finds the best, so that the key is the same where no solver is at hand.
        return (
            plan.length == best
            and best - plan.unlimited_length >= 1
            and abs(best - _work(g)) >= 1
            and listed is not None
            and listed - best >= 1
        )

    return shaped(draw, good, 300)


def _told(g: Any) -> str:
    return "; ".join(
        f"{r['activity']} from {show(r['start'])} to {show(r['finish'])}"
        + (
            f", after {' and '.join(str(r['waits_for']).split(';'))} has set it free"
            if r["waits_for"]
            else ""
        )
        for r in _turns(g)
    )


ONE_CREW = Problem(
    id="scheduling.one_crew", title="One crew for four activities", level=3, minutes=10,
    outcomes=("cpim.detailed_schedules", "lesson.09.3"), covers=("resource_schedule",),
    topics=("people short in a project",), needs=("activities",), draw=_draw,
    prompt=(
        "{plant} has one crew for the four activities marked with it. It does one at a time and stays to the end. The others have "
        "people enough. How long would the project take if nobody were short? In which order does the crew work so that the project is "
        "as short as can be, and how long is it then? The project starts at 0. Another order that is as good counts as right."
    ),
    facts=(FactTable("activities", "Activities", (*AFTER, Fact("days", "Days"), Fact("who", "Who"))),),
    parts=(
        Number(
            "free", "Length if nobody were short", unit="days", tolerance=Absolute(0.01),
            key=lambda g, a: one_crew(g).unlimited_length,
            slips=(Slip("duration_sum", lambda g, a: sum(r["days"] for r in g.activities),
                        "That is all the work, one activity after another. Those on different paths run side by side."),),
        ),
        Order(
            "order", "The crew's order", over=lambda g: {r["activity"]: f"{r['days']} days" for r in g.activities if r["who"] == OURS},
            key=lambda g, a: best_order(g), accepts=lambda g, a, x: length_in(g, x) == one_crew(g).length,
            slips=(Slip("first_ready", lambda g, a: first_ready(g),
                        "Each as soon as it could start. Then one with much behind it waits for one that could have waited: "
                        "look at what follows."),),
        ),
        Number(
            "length", "Length with one crew", unit="days", tolerance=Absolute(0.01),
            key=lambda g, a: length_in(g, a.order), check=lambda g: one_crew(g).length,
            slips=(
                Slip("no_limit", lambda g, a: one_crew(g).unlimited_length,
                     "So long it takes with people enough. The crew cannot be in two places: one activity waits."),
                Slip("crew_work", lambda g, a: _work(g),
                     "That is the crew's own work. What comes before it, beside it and after it counts as well."),
                Slip("first_ready", lambda g, a: length_in(g, first_ready(g)),
                     "So long it takes if the crew takes each as soon as it could start. Another order is shorter."),
            ),
        ),
    ),
    hints=(
        "Work out earliest and latest times as if nobody were short. Where do two of the crew's activities overlap?",
        "Let the one go first whose latest finish is the earliest, and look what that does to the others.",
    ),
    steps=(
        "If nobody were short: {free}, the longest path.",
        lambda g, a: f"The crew's activities, each as soon as it could start, make {show(length_in(g, first_ready(g)) or 0)} days.",
        lambda g, a: f"Better: {_told(g)}.",
        "So the project takes {length}.",
    ),
)  # fmt: skip

PROBLEMS = (ONE_CREW,)
