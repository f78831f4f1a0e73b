"""Overtime or late: what the late hours cost, what the overtime costs, and whom one asks and tells."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING, Any

from ...draws import shaped
from ...numbers import show
from ...parts import Choice, Number, Option, Slip
from ...problem import Fact, FactTable, Problem
from ...tolerance import Absolute, Relative
from .changes import PER_HOUR, in_order, late_hours
from .rules_draw import DUE, HOURS, JOB, NEEDS, ends, run, waiting

if TYPE_CHECKING:
    import numpy as np

    from ....plant import Plant


def _draw_overtime(rng: np.random.Generator, plant: Plant) -> dict[str, Any]:
    pays = bool(rng.integers(2))

    def draw() -> dict[str, Any]:
        center, names, hours = waiting(rng, plant, 4, "overtime or late")
        clock = 0
        jobs: list[dict[str, Any]] = []
        for name, h in zip(names, hours, strict=True):
            clock += h
            jobs.append(
                {
                    "job": name,
                    "hours": h,
                    "due": max(h, clock - int(rng.integers(-3, 6)), jobs[-1]["due"] + 1 if jobs else 1),
                }
            )
        return {"center": center, "jobs": jobs, "extra": int(rng.integers(2, 5)), "rate": int(rng.choice(PER_HOUR)),
                "wage": int(rng.integers(20, 34)), "premium": 0.5, "crew": int(rng.integers(1, 4)), "other": 10 * int(rng.integers(2, 20))}  # fmt: skip

    def good(g: Any) -> bool:
        before, after = late_hours(g, 0), late_hours(g, -g.extra)
        saved, cost = before - after, _overtime(g)
        figures = sorted((saved, after, float(g.extra), 0.0))
        return (
            sum(run(g.jobs, in_order(g)).lateness) < before - 0.5
            and all(y - x > 0.5 for x, y in pairwise(figures))
            and saved >= 3
            and (g.rate * saved > cost) == pays
            and not 0.75 < g.rate * saved / cost < 1.3
        )

    return shaped(draw, good, 300)


def _overtime(g: Any) -> float:
    return float(g.extra * (g.crew * g.wage * (1 + g.premium) + g.other))


def _overtime_reason(option: str) -> Any:
    def say(g: Any, a: Any) -> str:
        pays = g.rate * (late_hours(g, 0) - late_hours(g, -g.extra)) > _overtime(g)
        if option == "overtime":
            return (
                "Yes. It costs less than the late hours. Ask who can stay, today, and mind the hours they have worked."
                if pays
                else "It costs more than the late hours that it saves. Compare the two sums."
            )
        if option == "late":
            return (
                "The late hours cost more than the overtime. Compare the two sums."
                if pays
                else "Yes. Tell the customers today, with the new hour. And find out why the plan was too full."
            )
        if option == "hide":
            return (
                "A customer who learns it at the dock plans no more with you. Say it as soon as you know it."
            )
        return "Overtime every week hides that the plan is larger than the capacity, and tires people. Mend the plan instead."

    return say


OVERTIME = Problem(
    id="scheduling.overtime_or_late", title="Overtime or late?", level=2, minutes=7, outcomes=("cpim.detailed_schedules", "lesson.09.4"), covers=("sequence",),
    topics=("overtime or late",), needs=NEEDS, draw=_draw_overtime,
    prompt=(
        "{center} begins these lots tomorrow morning at hour 0, in this order, and some will be late. {crew} of its people could work {extra} "
        "hours of overtime tonight, so that {extra} hours of the work are done by then. They get {wage} {currency} an hour and half as much again "
        "for overtime; light, heat and a supervisor cost {other} {currency} an hour more. An hour that a lot is late costs {rate} {currency}. What do you do?"
    ),
    facts=(FactTable("jobs", "The plan from hour 0, tomorrow", (JOB, HOURS, DUE)), Fact("crew", "People"), Fact("extra", "Overtime tonight", "hours"),
           Fact("wage", "Wage", "{currency} an hour"), Fact("premium", "Premium on it", percent=True), Fact("other", "Light, heat, supervisor", "{currency} an hour"),
           Fact("rate", "A late hour of a lot", "{currency}")),
    parts=(
        Number(
            "late", "Without overtime the lots are late by, all together", unit="hours", tolerance=Absolute(0.01), key=lambda g, a: late_hours(g, 0),
            slips=(
                Slip("tardy_negative", lambda g, a: sum(run(g.jobs, in_order(g)).lateness), "You let early lots make up for late ones. An early lot counts 0."),
            ),
        ),
        Number(
            "saved", "The overtime saves", unit="late hours", tolerance=Absolute(0.01), key=lambda g, a: a.late - late_hours(g, -g.extra),
            check=lambda g: late_hours(g, 0) - late_hours(g, -g.extra),
            slips=(
                Slip("once", lambda g, a: g.extra, "Every lot is done {extra} hours sooner, not one of them only. See for each how many late hours that saves."),
                Slip("still_late", lambda g, a: late_hours(g, -g.extra), "So many late hours are left. Asked is how many fewer they are."),
            ),
        ),
        Number(
            "cost", "The overtime costs", unit="{currency}", tolerance=Relative(0.003), key=lambda g, a: _overtime(g),
            slips=(
                Slip("no_premium", lambda g, a: g.extra * (g.crew * g.wage + g.other), "The premium for overtime is left out."),
                Slip("premium_only", lambda g, a: g.extra * (g.crew * g.wage * g.premium + g.other), "The premium comes on top of the wage. These hours would not be paid otherwise."),
                Slip("no_other", lambda g, a: g.extra * g.crew * g.wage * (1 + g.premium), "Light, heat and a supervisor are left out."),
            ),
        ),
        Choice(
            "do", "What do you do?", key=lambda g, a: "overtime" if g.rate * a.saved > a.cost else "late",
            options=(
                Option("overtime", "Ask for volunteers tonight", _overtime_reason("overtime")),
                Option("late", "No overtime; call the customers whose lots come late", _overtime_reason("late")),
                Option("hide", "No overtime; the customers will see it when it comes", _overtime_reason("hide")),
                Option("always", "Overtime tonight and from now on each week, to be safe", _overtime_reason("always")),
            ),
        ),
    ),
    hints=("When is each lot done, with and without the overtime? Count only hours beyond the due date.", "What does an hour of overtime cost, all people and the rest together?"),
    steps=(
        lambda g, a: f"Without: done at {ends(g, in_order(g))}; late by {show(a.late)} hours.",
        lambda g, a: f"With overtime each is done {show(g.extra)} hours sooner; late by {show(late_hours(g, -g.extra))}, so it saves {show(a.late)} − {show(late_hours(g, -g.extra))} = {show(a.saved)} hours, worth {show(g.rate * a.saved)}.",
        lambda g, a: f"It costs {show(g.extra)} × ({show(g.crew)} × {show(g.wage)} × 1.5 + {show(g.other)}) = {show(a.cost)}.",
        lambda g, a: "The overtime pays." if g.rate * a.saved > a.cost else "The overtime does not pay.",
    ),
)  # fmt: skip


PROBLEMS = (OVERTIME,)
