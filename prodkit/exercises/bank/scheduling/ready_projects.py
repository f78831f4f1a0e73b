"""Before the sitting on projects: three sums it needs; and, after it, which method answers which question."""

from __future__ import annotations

from types import SimpleNamespace
from typing import TYPE_CHECKING, Any

from ...draws import shaped
from ...numbers import show
from ...parts import Choice, Number, Option, Slip
from ...problem import Fact, Problem
from ...tolerance import Absolute, Relative
from .projects import begun, path_of

if TYPE_CHECKING:
    import numpy as np

    from ....plant import Plant

# Before sitting 3


def _draw_ready(rng: np.random.Generator, plant: Plant) -> dict[str, Any]:
    def draw() -> dict[str, Any]:
        rows = begun(rng, plant, 5)
        x, y = (int(rows[i]["days"]) for i in rng.choice(len(rows), size=2, replace=False))
        less = int(rng.integers(2, 6))
        each = 50 * int(rng.integers(4, 30))
        cost = 500 * int(rng.integers(8, 80))
        return {
            "x": x,
            "y": y,
            "less": less,
            "cost": cost,
            "sooner_cost": cost + less * each,
            "in_time": int(rng.integers(55, 98)),
        }

    return shaped(draw, lambda g: abs(g.x - g.y) >= 2 and min(g.x, g.y) >= 2 and abs(g.in_time - 50) > 6)


def _both_done(g: Any) -> float:
    rows = [
        {"activity": "first", "after": "", "days": g.x},
        {"activity": "second", "after": "", "days": g.y},
    ]
    return path_of(SimpleNamespace(activities=rows)).length


READY_PROJECTS = Problem(
    id="scheduling.ready_projects", title="Ready for projects?", level=1, minutes=3, outcomes=("lesson.09.3",), needs=("activities",),
    draw=_draw_ready,
    prompt=(
        "Three sums that the sitting takes for granted. At {plant} two activities start together at day 0. One takes {x} days, the other {y}. A third "
        "needs both to be done: at which day can it start? Another activity costs {cost} {currency}, and {sooner_cost} if it is done {less} days "
        "sooner: what does each day less cost? And if the chance to be in time is {in_time} %, what is the chance to be late?"
    ),
    facts=(Fact("x", "One takes", "days"), Fact("y", "The other takes", "days"), Fact("cost", "As planned", "{currency}"),
           Fact("sooner_cost", "Done sooner", "{currency}"), Fact("less", "Sooner by", "days"), Fact("in_time", "Chance to be in time", "%")),
    parts=(
        Number("start", "The third can start at", unit="day", tolerance=Absolute(0.01), key=lambda g, a: _both_done(g),
               slips=(
                   Slip("sum", lambda g, a: g.x + g.y, "They start together and run side by side: their days are not added."),
                   Slip("es_min", lambda g, a: min(g.x, g.y), "Then only one of them is done. It needs both."),
               )),
        Number("per_day", "Each day less costs", unit="{currency}", tolerance=Relative(0.003), key=lambda g, a: (g.sooner_cost - g.cost) / g.less,
               slips=(
                   Slip("crash_slope_no_normal", lambda g, a: g.sooner_cost / g.less, "Only what it costs more counts. Take the planned cost off first."),
                   Slip("not_divided", lambda g, a: g.sooner_cost - g.cost, "That is for all {less} days together. Divide by them."),
               )),
        Number("late", "Chance to be late", unit="%", tolerance=Absolute(0.3), key=lambda g, a: 100 - g.in_time,
               slips=(Slip("same", lambda g, a: g.in_time, "That is the chance to be in time. The two make 100 %."),)),
    ),
    hints=("Draw the first two as bars from day 0, one below the other. Where must both have ended?",),
    steps=(
        lambda g, a: f"Both are done when the longer one is: at day {show(a.start)}.",
        lambda g, a: f"Each day less: ({show(g.sooner_cost)} − {show(g.cost)}) ÷ {show(g.less)} = {show(a.per_day)}.",
        lambda g, a: f"Late: 100 − {show(g.in_time)} = {show(a.late)}.",
    ),
)  # fmt: skip


# Which method

_METHODS = {
    "critical_path": (
        "Earliest and latest times, once forward and once back",
        "It says how long it takes, and of each activity how much it may slip",
    ),
    "pert": (
        "Three times for each activity, and a probability",
        "It says how likely a date is where nobody knows the times for sure",
    ),
    "crash": (
        "What a day less costs on the longest path, step by step",
        "It says where a day is bought at the least cost",
    ),
    "resource_schedule": (
        "A plan in which those who are few do one thing at a time",
        "It says who waits where several activities need the same people",
    ),
    "sequence": (
        "A rule for the order in front of one machine",
        "It puts lots in order that wait for one machine and not for each other",
    ),
}
_CASES = {
    "critical_path": (
        "“{first}” will take {days} days longer. The manager asks whether the end moves, or whether there is air enough.",
        "Next week you can look after three of {n} activities only. You want to know on which of them the end hangs.",
    ),
    "pert": (
        "The customer wants a date that you can keep nine times in ten. Of “{first}” the people say: {days} days, with luck less, but it has been twice that.",
        "A late end costs a fine. Before you sign you want to know how large the danger is; all {n} times are guesses.",
    ),
    "crash": (
        "The customer pays a bonus if all is done {days} days sooner. Overtime and a second supplier are there, for money. Where do you use them?",
        "Each day that it lasts costs rent for a hall. You can pay for more people at most of the {n} activities. At how many days do you stop?",
    ),
    "resource_schedule": (
        "On the plan all fits. But “{first}” and two others need the same fitters in the same week, and there are no more of them.",
        "The date was worked out as if there were people enough. There is one electrician for five of the {n} activities.",
    ),
    "sequence": (
        "All {n} activities are done but the making of parts. At the saw {days} lots of it wait, each with its own due date.",
        "The parts are drawn and released. {n} lots of them stand before the one press brake, and you are asked which runs first.",
    ),
}


def _draw_case(rng: np.random.Generator, plant: Plant) -> dict[str, Any]:
    rows = begun(rng, plant)
    case = str(rng.choice(list(_CASES)))
    row = rows[int(rng.integers(len(rows)))]
    told = _CASES[case][int(rng.integers(2))]
    first = row["name"] or f"activity {row['activity']}"
    return {
        "case": case,
        "told": told.format(first=first, days=int(rng.integers(4, 13)), n=int(rng.integers(14, 40))),
    }


def _method_reason(method: str) -> Any:
    does = _METHODS[method][1]
    return lambda g, a: (
        f"Yes. {does}, and just that is asked."
        if g.case == method
        else f"{does}. Here something else is asked."
    )


WHICH_FOR_PROJECT = Problem(
    id="scheduling.which_for_project", title="Which question is this?", level=1, minutes=2, outcomes=("cpim.detailed_schedules", "lesson.09.3"),
    covers=("critical_path", "pert", "crash", "resource_schedule", "sequence"), topics=("which method",), needs=("activities",), draw=_draw_case,
    prompt="You run a large job for {plant} with many activities. This is on your desk today. {told} What do you reach for first?",
    parts=(
        Choice("method", "You reach for", key=lambda g, a: g.case,
               options=tuple(Option(k, text, _method_reason(k)) for k, (text, _) in _METHODS.items())),
    ),
    hints=("What would the answer look like: a date, a probability, a sum of money, or who does what when?",),
    steps=(lambda g, a: f"{_METHODS[g.case][1]}. So: {_METHODS[g.case][0][0].lower()}{_METHODS[g.case][0][1:]}.",),
)  # fmt: skip

PROBLEMS = (READY_PROJECTS, WHICH_FOR_PROJECT)
