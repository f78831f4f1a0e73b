"""The questions before sittings 1 and 2 of the methods lesson: what they need, and where to find it."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING, Any

from .... import methods
from ...draws import around, between, rounded, shaped
from ...numbers import show
from ...parts import Choices, Number, Option, Slip
from ...problem import Fact, FactTable, Problem
from ...tolerance import Exact
from .balance_rows import TASKS, before, line_tasks, links, times
from .time_study import an_operation

if TYPE_CHECKING:
    import numpy as np

    from ....plant import Plant

_REFRESHER = "The Refresher at the end of the lesson has it in a few lines."
FIRST, SECOND = ("lesson.04.1",), ("lesson.04.2",)


def _draw_mean(rng: np.random.Generator, plant: Plant) -> dict[str, Any]:
    operation, found = an_operation(rng, plant, 1, "an opening check")
    row = found.iloc[int(rng.integers(len(found)))]
    middle = float(row["mean"]) * between(rng, 0.8, 1.2)
    seconds = [float(rounded(middle * between(rng, 0.75, 1.3), 3)) for _ in range(5)]
    looks = int(rng.choice([80, 120, 150, 160, 250]))
    return {
        "operation": operation, "element": str(row.name), "readings": [{"no": i, "seconds": x} for i, x in enumerate(seconds, 1)],
        "looks": looks, "hits": int(looks * between(rng, 0.1, 0.4)),
    }  # fmt: skip


def _seconds(g: Any) -> list[float]:
    return [x["seconds"] for x in g.readings]


def _middle(g: Any) -> float:
    return sorted(_seconds(g))[2]


MEAN = Problem(
    id="methods.ready_mean", title="Ready for work measurement? Mean and share", level=1, minutes=2, outcomes=FIRST, covers=("standard_time", "work_sampling"),
    needs=("time_studies",), draw=lambda rng, plant: shaped(lambda: _draw_mean(rng, plant), lambda g: abs(_middle(g) / (sum(_seconds(g)) / 5) - 1) > 0.02),
    prompt="Two sums that the sitting takes for granted. '{element}' was timed five times: what is the mean? And of {looks} looks at the place {hits} found nobody at work: what share is that?",
    facts=(FactTable("readings", "Five readings", (Fact("no", "No."), Fact("seconds", "Time", "seconds"))), Fact("looks", "Looks in all"), Fact("hits", "Nobody at work")),
    parts=(
        Number("mean", "Mean", unit="seconds", key=lambda g, a: methods.standard_time(_seconds(g)).observed,
               slips=(
                   Slip("median", lambda g, a: _middle(g), "That is the one in the middle, the median. For the mean add all up and divide by five. " + _REFRESHER),
                   Slip("total", lambda g, a: sum(_seconds(g)), "That is all five together. Divide by five."),
               )),
        Number("share", "Share", unit="%", key=lambda g, a: 100 * methods.work_sampling(g.hits, looks=g.looks).share,
               slips=(Slip("to_the_rest", lambda g, a: 100 * g.hits / (g.looks - g.hits), "You divided by the other looks. A share is a part of all of them. " + _REFRESHER),)),
    ),
    hints=("Mean: all together, divided by how many. Share: the part divided by the whole.",),
    steps=(lambda g, a: f"({' + '.join(show(x) for x in _seconds(g))}) ÷ 5 = {show(a.mean)} seconds.", "100 × {hits} ÷ {looks} = {share}."),
)  # fmt: skip


def _draw_base(rng: np.random.Generator, plant: Plant) -> dict[str, Any]:
    operation, found = an_operation(rng, plant, 1, "an opening check")
    return {
        "operation": operation,
        "time": float(around(rng, float(found["mean"].sum()), 0.2, 2)),
        "part": float(rng.choice([0.15, 0.2, 0.25])),
    }


BASE = Problem(
    id="methods.ready_percent", title="Ready for work measurement? Percent of what?", level=1, minutes=2, outcomes=FIRST, covers=("standard_time",),
    needs=("time_studies",), draw=_draw_base,
    prompt=(
        "'{operation}' is {time} seconds of work. One plant adds {part} of the work on top, for rest. In another the rest is {part} of the whole time, work and rest together. "
        "How long is the whole time in each?"
    ),
    facts=(Fact("time", "Work", "seconds"), Fact("part", "Rest", percent=True)),
    parts=(
        Number("on_top", "Rest on top of the work", unit="seconds", key=lambda g, a: methods.standard_time([g.time], allowance=g.part, allowance_basis="job").standard,
               slips=(
                   Slip("rest_only", lambda g, a: g.time * g.part, "That is the rest alone. Add the work to it."),
                   Slip("of_whole", lambda g, a: g.time / (1 - g.part), "That is for the other plant. Here the rest is a part of the work, and comes on top: multiply. " + _REFRESHER),
               )),
        Number("of_whole", "Rest is part of the whole", unit="seconds", key=lambda g, a: methods.standard_time([g.time], allowance=g.part).standard,
               slips=(
                   Slip("on_top", lambda g, a: g.time * (1 + g.part), "That is for the first plant. Here the work is what is left of the whole: divide by that share. " + _REFRESHER),
                   Slip("taken_off", lambda g, a: g.time * (1 - g.part), "That is shorter than the work alone. Which whole leaves the work when the rest is taken off?"),
               )),
    ),
    hints=("In the second plant, what share of the whole is the work?",),
    steps=("{time} × (1 + {part}) is {on_top}.", "{time} ÷ (1 − {part}) is {of_whole}."),
)  # fmt: skip


def _draw_way(rng: np.random.Generator, plant: Plant) -> dict[str, Any]:
    areas = plant.need("areas", 2, "an opening check")
    i, j = (int(x) for x in rng.choice(len(areas), size=2, replace=False))
    one, other = areas.iloc[i], areas.iloc[j]
    return {
        "one": str(one["area"]), "other": str(other["area"]), "trips": int(rng.integers(6, 60)),
        "places": [{"area": str(r["area"]), "x": round(float(r["x"])), "y": round(float(r["y"]))} for r in (one, other)],
        "length": "ft" if plant.table("about").iloc[0]["units"] == "US" else "m",
    }  # fmt: skip


def _sides(g: Any) -> tuple[float, float]:
    one, other = g.places
    return abs(one["x"] - other["x"]), abs(one["y"] - other["y"])


@lru_cache(maxsize=256)
def _carried(places: tuple[tuple[str, float, float], ...], trips: float) -> float:
    at = {n: (x, y) for n, x, y in places}
    one, other = at
    return methods.layout(at, {(one, other): trips}).cost_today


def _driven(g: Any, trips: float) -> float:
    return _carried(tuple((x["area"], float(x["x"]), float(x["y"])) for x in g.places), trips)


WAY = Problem(
    id="methods.ready_distance", title="Ready for layout? Along the aisles", level=1, minutes=2, outcomes=FIRST, covers=("layout",),
    needs=("areas",), draw=lambda rng, plant: shaped(lambda: _draw_way(rng, plant), lambda g: min(_sides(g)) > 4),
    prompt="Trucks go along the aisles only: so far across, then so far up or down. How long is the way from {one} to {other}, and what do {trips} such trips a day come to?",
    facts=(FactTable("places", "Where they are", (Fact("area", "Area"), Fact("x", "x", "{length}"), Fact("y", "y", "{length}"))), Fact("trips", "Trips", "a day")),
    parts=(
        Number("way", "One way", unit="{length}", key=lambda g, a: _driven(g, 1.0),
               slips=(
                   Slip("straight", lambda g, a: (_sides(g)[0] ** 2 + _sides(g)[1] ** 2) ** 0.5, "That is the straight line. Along the aisles add the difference in x and the difference in y."),
                   Slip("one_side", lambda g, a: max(_sides(g)), "That is one of the two differences. Add the other."),
               )),
        Number("driven", "Driven", unit="{length} a day", key=lambda g, a: a.way * g.trips, check=lambda g: _driven(g, float(g.trips)),
               slips=(Slip("there_and_back", lambda g, a: 2 * a.way * g.trips, "That is there and back. Here a trip is one way."),)),
    ),
    hints=("Take the smaller figure from the larger, once for x and once for y.",),
    steps=(lambda g, a: f"{show(_sides(g)[0])} + {show(_sides(g)[1])} = {show(a.way)} {g.length}.", lambda g, a: f"{show(a.way)} × {g.trips} = {show(a.driven)} {g.length} a day."),
)  # fmt: skip


def _draw_clock(rng: np.random.Generator, plant: Plant) -> dict[str, Any]:
    line = line_tasks(rng, plant, 3, "an opening check")
    hours = float(plant.table("about").iloc[0]["hours_per_shift"])
    return {
        "line": line["line"], "hours": hours, "breaks": float(rng.choice([25, 30, 35, 40, 45, 50])),
        "seconds": float(rng.choice([12, 15, 18, 24, 25, 36, 40, 45, 48, 72, 75, 80, 90])),
    }  # fmt: skip


CLOCK = Problem(
    id="methods.ready_clock", title="Ready for line balance? Hours, minutes, seconds", level=1, minutes=2, outcomes=SECOND, covers=("takt_time", "standard_time"),
    needs=("tasks",), draw=_draw_clock,
    prompt="A shift at the {line} is {hours} paid hours, with {breaks} minutes of breaks. How many seconds are left for work? And if a unit comes off every {seconds} seconds, how many are that in an hour?",
    facts=(Fact("hours", "Shift", "hours"), Fact("breaks", "Breaks", "minutes"), Fact("seconds", "A unit every", "seconds")),
    parts=(
        Number("work", "Left for work", unit="seconds", key=lambda g, a: methods.takt_time(3600 * g.hours, 1, breaks=60 * g.breaks),
               slips=(
                   Slip("breaks_in", lambda g, a: 3600 * g.hours, "The breaks are still in it: take their seconds off."),
                   Slip("minutes", lambda g, a: 60 * g.hours - g.breaks, "That is in minutes. Sixty times as many are the seconds."),
               )),
        Number("rate", "Rate", unit="units an hour", key=lambda g, a: methods.standard_time([g.seconds]).units_in(3600),
               slips=(Slip("minute", lambda g, a: 60 / g.seconds, "That is in a minute. An hour has 3,600 seconds."),)),
    ),
    hints=("An hour has 60 minutes of 60 seconds. Put everything in seconds first.",),
    steps=("{hours} × 3,600 − {breaks} × 60 is {work}.", "3,600 ÷ {seconds} is {rate}."),
)  # fmt: skip


def _draw_whole(rng: np.random.Generator, plant: Plant) -> dict[str, Any]:
    line = line_tasks(rng, plant, 3, "an opening check")
    mean = sum(x["seconds"] for x in line["tasks"]) / 3
    tasks = int(rng.integers(8, 19))
    each = float(rounded(mean))
    return {"line": line["line"], "n": tasks, "each": each, "cycle": float(rounded(each * tasks / between(rng, 2.2, 5.8)))}  # fmt: skip


def _share(g: Any) -> float:
    return float(g.n * g.each / g.cycle)


WHOLE = Problem(
    id="methods.ready_whole", title="Ready for line balance? Only whole people", level=1, minutes=2, outcomes=SECOND, covers=("line_balance",),
    needs=("tasks",), draw=lambda rng, plant: shaped(lambda: _draw_whole(rng, plant), lambda g: 0.2 < _share(g) % 1 < 0.8 and g.cycle > g.each),
    prompt="At the {line} a unit needs {n} tasks of {each} seconds each, on average. A person has {cycle} seconds for a unit. How many seconds of work is a unit, and how many people does it take at the least?",
    facts=(Fact("n", "Tasks"), Fact("each", "Each takes", "seconds"), Fact("cycle", "A person has", "seconds")),
    parts=(
        Number("work", "Work in a unit", unit="seconds", key=lambda g, a: _equal(g).total_time,
               slips=(Slip("persons", lambda g, a: g.n * g.cycle, "That is as if each task took all the time that a person has. Take the time of a task."),)),
        Number("people", "People", unit="people", tolerance=Exact(), key=lambda g, a: _equal(g).theoretical_minimum, raw=lambda g, a: _share(g),
               slips=(Slip("one_each", lambda g, a: g.n, "That is one person for each task. How many tasks fit into one person's time?"),)),
    ),
    hints=("Divide the work by the time that one person has. There are no parts of people.",),
    steps=("{n} × {each} is {work}.", lambda g, a: f"{show(a.work)} ÷ {show(g.cycle)} = {show(_share(g))}, rounded up to {show(a.people)} people."),
)  # fmt: skip


def _equal(g: Any) -> methods.LineBalance:
    return _balance_of(int(g.n), g.each, g.cycle)


@lru_cache(maxsize=256)
def _balance_of(n: int, each: float, cycle: float) -> methods.LineBalance:
    tasks = {f"task {i}": each for i in range(n)}
    return methods.line_balance(tasks, cycle_time=cycle, method="largest_candidate")


def _draw_next(rng: np.random.Generator, plant: Plant) -> dict[str, Any]:
    g = line_tasks(rng, plant, 7, "an opening check")
    done = 3
    codes = [x["task"] for x in g["tasks"]]
    return {**g, "done": codes[:done], "left": codes[done:], "said": ", ".join(codes[:done])}


def _can(g: Any) -> tuple[str, ...]:
    """The tasks left that may come next: put on a station of their own behind those that are done."""
    found = []
    for i, t in enumerate(g.left):
        rest = [x for x in g.left if x != t]
        said = methods.check_balance(times(g), [g.done, [t], rest], after=links(g))
        if not any(text.startswith(f"{t} at station 2") for text in said):
            found.append(f"t{i}")
    return tuple(found)


def _name(i: int) -> Any:
    def text(g: Any, a: Any) -> str:
        return f"{g.left[i]}, {next(x['name'] for x in g.tasks if x['task'] == g.left[i])}"

    return text


def _next_reason(i: int) -> Any:
    def reason(g: Any, a: Any) -> str:
        t = g.left[i]
        needs = before(next(x for x in g.tasks if x["task"] == t))
        open_ = [x for x in needs if x not in g.done]
        if open_:
            return f"It comes after {', '.join(open_)}, not done yet."
        return (
            f"It may come now: {', '.join(needs)} done before."
            if needs
            else "It may come now: it needs nothing before."
        )

    return reason


NEXT = Problem(
    id="methods.ready_next", title="Ready for line balance? What may come next", level=1, minutes=2, outcomes=SECOND, covers=("check_balance",),
    needs=("tasks",), draw=lambda rng, plant: shaped(lambda: _draw_next(rng, plant), lambda g: 1 <= len(_can(g)) <= 3),
    prompt="The last column says what must be done before a task. At the {line} these are done on the unit before you: {said}. Tick every task that may come next.",
    facts=(TASKS,),
    parts=(
        Choices("next", "May come next", key=lambda g, a: _can(g), shuffle=False, options=tuple(Option(f"t{i}", _name(i), _next_reason(i)) for i in range(4))),
    ),
    hints=("Take the tasks that are left one by one. Is all that stands in its last column done?",),
    steps=("May come next: {next}.",),
)  # fmt: skip

PROBLEMS = (MEAN, BASE, WAY, CLOCK, WHOLE, NEXT)
