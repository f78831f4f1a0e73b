"""A work center stands: what is hit, what must move, and when all is done."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING, Any

from .... import scheduling
from ...draws import shaped
from ...numbers import show
from ...parts import Choices, Number, Option, Slip
from ...problem import Fact, FactTable, Problem
from ...tolerance import Absolute, Exact
from .changes import OUTCOMES
from .rules_draw import NEEDS
from .shops_draw import Work, as_table, scheduled, small_shop, times, work_of

if TYPE_CHECKING:
    import numpy as np

    from ....plant import Plant

_MANY = 1000.0  # hours that a moved operation counts: as few as can be, and then as early as can be


@lru_cache(maxsize=256)
def _mended(work: Work, rule: str, center: str, start: float, end: float) -> scheduling.Reschedule:
    stop = scheduling.MachineDown(center, start, end)
    return scheduling.reschedule(scheduled(work, rule), stop, now=start, stability=_MANY)


def mended(g: Any) -> scheduling.Reschedule:
    """The given schedule after the stop, with as few operations moved as can be."""
    return _mended(work_of(g), g.rule, g.down, float(g.stop), float(g.again))


@lru_cache(maxsize=256)
def _clashes(work: Work, rule: str, center: str, start: float, end: float) -> tuple[str, ...]:
    import pandas as pd

    down = pd.DataFrame({"machine": [center], "start": [start], "end": [end]})
    shop = scheduling.read_shop(as_table(work), downtime=down)
    return tuple(scheduling.check_schedule(scheduled(work, rule).operations, shop))


def _hit(g: Any) -> tuple[str, ...]:
    """The operations that `check_schedule` finds on the stopped work center."""
    said = _clashes(work_of(g), g.rule, g.down, float(g.stop), float(g.again))
    return tuple(
        f"op{i}"
        for i, r in enumerate(g.work)
        if any(c.startswith(f"{r['lot']} step {r['step']} ") for c in said)
    )


def _waiting(g: Any) -> int:
    return sum(r["start"] >= g.stop for r in g.work)


def _draw(rng: np.random.Generator, plant: Plant) -> dict[str, Any]:
    def draw() -> dict[str, Any]:
        while True:
            work = small_shop(rng, plant, "a machine that stands")
            rule = "spt"
            plan = scheduled(tuple((r["lot"], r["step"], r["center"], float(r["hours"])) for r in work), rule)
            at = times(plan)
            rows = [
                {**r, "start": at[r["lot"], r["step"]][0], "end": at[r["lot"], r["step"]][1]} for r in work
            ]
            stop = int(rng.integers(2, 9))
            for down in dict.fromkeys(r["center"] for r in work):
                mine = [r for r in rows if r["center"] == down]
                again = stop + int(rng.integers(2, 6))
                runs = any(r["start"] < stop < r["end"] for r in mine)
                if not runs and any(stop <= r["start"] < again for r in mine):
                    return {
                        "work": rows,
                        "rule": rule,
                        "down": down,
                        "stop": stop,
                        "again": again,
                        "long": again - stop,
                    }

    def good(g: Any) -> bool:
        after = mended(g)
        moved = len(after.moved)
        return (
            after.schedule.is_proved
            and len(_hit(g)) < moved < _waiting(g)
            and abs(after.schedule.makespan - after.before.makespan - g.long) > 0.5
        )

    return shaped(draw, good, 8)


def _name(i: int) -> Any:
    return lambda g, a: (
        f"Lot {g.work[i]['lot']}, step {g.work[i]['step']}: {g.work[i]['center']}, {show(g.work[i]['start'])} to {show(g.work[i]['end'])}"
    )


def _reason(i: int) -> Any:
    def say(g: Any, a: Any) -> str:
        r = g.work[i]
        if f"op{i}" in _hit(g):
            return "Yes: it would run there while the work center stands."
        if r["center"] != g.down:
            return "It runs on another work center. It may have to move later, but the stop does not hit it."
        return "It runs there before the stop, or after it. The stop itself does not touch it."

    return say


STANDS = Problem(
    id="scheduling.machine_stands", title="A work center stands: what must move?", level=3, minutes=10, outcomes=OUTCOMES,
    covers=("reschedule", "check_schedule", "job_shop"), topics=("rescheduling",), needs=NEEDS, draw=_draw,
    prompt=(
        "It is hour {stop}, and {down} has just failed: it stands until hour {again}. What has begun elsewhere goes on. Each operation that is moved "
        "means new tickets and material brought again, so move as few as can be. Which operations does the stop itself hit? How many must move at "
        "the least, with those that follow from it? And when is the last one done then?"
    ),
    facts=(
        FactTable("work", "The schedule so far", (
            Fact("lot", "Lot"), Fact("step", "Step"), Fact("center", "Work center"), Fact("start", "Start"), Fact("end", "End"))),
        Fact("stop", "Stands from hour"), Fact("again", "Runs again from hour"),
    ),
    parts=(
        Choices("hit", "Hit by the stop itself", key=lambda g, a: _hit(g), shuffle=False,
                options=tuple(Option(f"op{i}", _name(i), _reason(i)) for i in range(9))),
        Number(
            "moved", "Operations that must move, at the least", unit="operations", tolerance=Exact(), key=lambda g, a: len(mended(g).moved),
            slips=(
                Slip("hit_only", lambda g, a: len(_hit(g)),
                     "Those are hit by the stop itself. What waits for them moves, too: the lot's next step, and the next lot at the work center."),
                Slip("all_waiting", lambda g, a: _waiting(g),
                     "You moved all that has not begun. Some of it can stay where it is."),
            ),
        ),
        Number(
            "done", "The last one is then done at", unit="hour", tolerance=Absolute(0.01), key=lambda g, a: mended(g).schedule.makespan,
            slips=(
                Slip("stop_added", lambda g, a: mended(g).before.makespan + g.long,
                     "The stop is not simply added to the end. Part of it falls where there was room."),
            ),
        ),
    ),
    hints=(
        "Look at {down} alone first: what would run there between hour {stop} and hour {again}?",
        "Put that at hour {again}. Now see what it runs into: the lot's own next step, and the next lot there. Or can it wait until a gap, so that nothing else moves?",
    ),
    steps=(
        lambda g, a: "Hit: " + "; ".join(f"lot {g.work[int(x[2:])]['lot']} step {g.work[int(x[2:])]['step']}" for x in a.hit) + ".",
        lambda g, a: "Moved: " + "; ".join(f"lot {r['job']} step {show(r['step'])} from {show(r['start_before'])} to {show(r['start'])}" for r in mended(g).moved.to_dict("records")) + f". That makes {show(a.moved)}.",
        lambda g, a: f"The last one is done at hour {show(a.done)}.",
    ),
)  # fmt: skip

PROBLEMS = (STANDS,)
