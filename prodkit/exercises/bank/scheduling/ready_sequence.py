"""The three questions before each sitting on scheduling: what it needs, and where to find it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from .... import scheduling
from ...draws import shaped
from ...numbers import show
from ...parts import Choice, Number, Option, Slip
from ...problem import Fact, Problem
from ...tolerance import Absolute, Exact, Relative
from .rules_draw import NEEDS, run, waiting

if TYPE_CHECKING:
    import numpy as np

    from ....plant import Plant

# Before sitting 1


def _draw_first(rng: np.random.Generator, plant: Plant) -> dict[str, Any]:
    def draw() -> dict[str, Any]:
        center, names, hours = waiting(rng, plant, 3, "an opening check")
        return {
            "center": center, "a": names[0], "b": names[1], "c": names[2], "x": hours[0], "y": hours[1], "z": hours[2],
            "per_day": int(rng.choice([7, 8, 15, 16])), "days": int(rng.integers(3, 9)), "due": hours[0] + hours[1] + int(rng.integers(1, 6)) - 5,
        }  # fmt: skip

    def good(g: Any) -> bool:
        return bool(g.due > 0 and abs(g.x + g.y - g.due) >= 1 and g.z != g.y and g.x + g.y + g.z != g.due)

    return shaped(draw, good)


READY_RULES = Problem(
    id="scheduling.ready_rules", title="Ready to put lots in order?", level=1, minutes=3, outcomes=("lesson.09.1",), needs=NEEDS, draw=_draw_first,
    prompt=(
        "Three sums that the sitting takes for granted. {center} runs {a} ({x} h), then {b} ({y} h), then {c} ({z} h), from hour 0. When is {b} done? It "
        "was due at hour {due}: how much later than due is it done? Below zero is early. And how many hours can be worked in {days} days of {per_day} hours?"
    ),
    facts=(Fact("x", "First lot", "hours"), Fact("y", "Second lot", "hours"), Fact("z", "Third lot", "hours"),
           Fact("due", "Second lot due at hour")),
    parts=(
        Number("done", "The second lot is done at", unit="hour", tolerance=Absolute(0.01),
               key=lambda g, a: run([{"job": k, "hours": h} for k, h in zip("123", (g.x, g.y, g.z), strict=True)], "fcfs").completion[1],
               slips=(
                   Slip("own_work", lambda g, a: g.y, "That is its own work. It begins when the first one is done: add those hours."),
                   Slip("all_three", lambda g, a: g.x + g.y + g.z, "That is when the third is done. Only what runs before the second counts, and itself."),
               )),
        Number("late", "Done less due", unit="hours", tolerance=Absolute(0.01), key=lambda g, a: a.done - g.due,
               check=lambda g: g.x + g.y - g.due,
               slips=(Slip("turned", lambda g, a: g.due - a.done, "Turned round: later than due is above zero here, early is below."),)),
        Number("hours", "Hours that can be worked", unit="hours", tolerance=Exact(), key=lambda g, a: g.days * g.per_day,
               slips=(Slip("day_and_night", lambda g, a: 24 * g.days, "You counted the nights as well. Work goes on for {per_day} hours a day."),)),
    ),
    hints=("Draw a bar for each lot, one after the other. If that is hard, read the situation at the beginning of the sitting once more.",),
    steps=(
        lambda g, a: f"The second is done at {show(g.x)} + {show(g.y)} = {show(a.done)}.",
        lambda g, a: f"Later than due by {show(a.done)} − {show(g.due)} = {show(a.late)}.",
        "Hours: {days} × {per_day} = {hours}.",
    ),
)  # fmt: skip


# Before sitting 2


def _draw_second(rng: np.random.Generator, plant: Plant) -> dict[str, Any]:
    def draw() -> dict[str, Any]:
        center, names, hours = waiting(rng, plant, 2, "an opening check")
        return {"center": center, "lot": names[0], "here": int(rng.integers(3, 20)), "free": int(rng.integers(3, 20)), "work": hours[0],
                "load": int(rng.integers(21, 60)), "machines": int(rng.integers(2, 5)), "open": int(rng.choice([40, 45, 48, 80]))}  # fmt: skip

    return shaped(draw, lambda g: abs(g.here - g.free) >= 2 and g.load % g.machines and g.load < 0.9 * g.open)


READY_SHOPS = Problem(
    id="scheduling.ready_shops", title="Ready for machines in a row?", level=1, minutes=3, outcomes=("lesson.09.2",), needs=NEEDS, draw=_draw_second,
    prompt=(
        "Three sums that the sitting takes for granted. A lot of {lot} comes to {center} at hour {here}; the machine there is free from hour {free} on. The lot takes "
        "{work} hours. When is it done? {load} hours of work are shared out evenly over {machines} machines: how many for each? And which share "
        "of its {open} open hours is a machine busy that works {load} of them?"
    ),
    facts=(Fact("here", "The lot comes at hour"), Fact("free", "The machine is free at hour"), Fact("work", "Work", "hours"), Fact("load", "Work to share out", "hours"),
           Fact("machines", "Machines"), Fact("open", "Open", "hours")),
    parts=(
        Number("done", "The lot is done at", unit="hour", tolerance=Absolute(0.01),
               key=lambda g, a: run([{"job": "lot", "hours": g.work, "release": g.here}], "fcfs", now=g.free).completion[0],
               slips=(
                   Slip("sooner", lambda g, a: min(g.here, g.free) + g.work, "It starts when both are there, lot and machine: take the later hour."),
                   Slip("both_added", lambda g, a: g.here + g.free + g.work, "The two hours are not added. It starts at the later of them."),
               )),
        Number("each", "Hours for each machine", unit="hours", tolerance=Relative(0.005), key=lambda g, a: g.load / g.machines,
               slips=(Slip("times", lambda g, a: g.load * g.machines, "Shared out, each has less than the whole: divide."),)),
        Number("busy", "Busy", unit="%", tolerance=Absolute(0.3), key=lambda g, a: 100 * g.load / g.open,
               slips=(Slip("idle", lambda g, a: 100 - 100 * g.load / g.open, "That is the share in which it stands. Asked is the busy one."),
                      Slip("upside_down", lambda g, a: 100 * g.open / g.load, "Upside down: a machine cannot be busy for more than all its hours."))),
    ),
    hints=("What must be there before the lot can start? For the other two, a look at sitting 1 of this lesson helps.",),
    steps=(
        lambda g, a: f"It starts at hour {show(max(g.here, g.free))}, the later of the two, and is done at {show(max(g.here, g.free))} + {show(g.work)} = {show(a.done)}.",
        "Each machine: {load} ÷ {machines} = {each}.",
        lambda g, a: f"Busy: 100 × {show(g.load)} ÷ {show(g.open)} = {show(a.busy)} percent.",
    ),
)  # fmt: skip


# Before sitting 4


def _draw_fourth(rng: np.random.Generator, plant: Plant) -> dict[str, Any]:
    def draw() -> dict[str, Any]:
        center, names, _ = waiting(rng, plant, 2, "an opening check")
        room = int(rng.choice([-1, 1])) * int(rng.integers(1, 7))
        stop = int(rng.integers(2, 9))
        return {"center": center, "lot": names[0], "end": (end := int(rng.integers(10, 40))), "stop": stop, "due": end + stop + room,
                "rate": int(rng.choice([40, 60, 80, 120])), "people": int(rng.integers(2, 6))}  # fmt: skip

    return shaped(draw, lambda g: g.due > 0 and g.people != 1 and g.stop != g.people)


def _pushed(g: Any) -> scheduling.JobSequence:
    return run([{"job": "lot", "hours": g.end, "due": g.due}], "fcfs", now=g.stop)


READY_CHANGES = Problem(
    id="scheduling.ready_changes", title="Ready for a change of plan?", level=1, minutes=3, outcomes=("lesson.09.4",), needs=NEEDS, draw=_draw_fourth,
    prompt=(
        "Three questions that the sitting takes for granted. The lots at {center} would be done at hour {end}, and the last of them is {lot}, due at "
        "hour {due}. Now {center} stands for {stop} hours before it begins. When is {lot} done? Is it late? And what do {people} people cost "
        "who wait so long, at {rate} {currency} an hour each?"
    ),
    facts=(Fact("end", "Done as planned at hour"), Fact("due", "Due at hour"), Fact("stop", "It stands", "hours"), Fact("people", "People"),
           Fact("rate", "A person's hour", "{currency}")),
    parts=(
        Number("done", "{lot} is done at", unit="hour", tolerance=Absolute(0.01), key=lambda g, a: _pushed(g).completion[0],
               slips=(Slip("sooner", lambda g, a: g.end - g.stop, "A stop makes it later, not sooner: add the hours."),)),
        Choice("late", "Is it late?", key=lambda g, a: "yes" if a.done > g.due else "no",
               options=(
                   Option("yes", "Yes", lambda g, a: "Yes: the hours of the stop are more than the room that there was." if _pushed(g).n_late else "Compare the new hour with the due date: it is done before that."),
                   Option("no", "No", lambda g, a: "Compare the new hour with the due date: it is done after that." if _pushed(g).n_late else "Yes, it is in time: there was room enough for the stop."),
               )),
        Number("cost", "The wait costs", unit="{currency}", tolerance=Exact(), key=lambda g, a: g.people * g.stop * g.rate,
               slips=(
                   Slip("one_person", lambda g, a: g.stop * g.rate, "That is one person. All {people} of them wait."),
                   Slip("one_hour", lambda g, a: g.people * g.rate, "That is one hour. They wait for {stop} of them."),
               )),
    ),
    hints=("A lot that waits for nothing else is later by just the stop. If that is new, look at sitting 1 of this lesson once more.",),
    steps=(
        lambda g, a: f"Done at {show(g.end)} + {show(g.stop)} = {show(a.done)}.",
        lambda g, a: f"Due at {show(g.due)}: it is {'late' if a.late == 'yes' else 'in time'}.",
        lambda g, a: f"The wait: {show(g.people)} × {show(g.stop)} × {show(g.rate)} = {show(a.cost)}.",
    ),
)  # fmt: skip

PROBLEMS = (READY_RULES, READY_SHOPS, READY_CHANGES)
