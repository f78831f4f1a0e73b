"""Judgment on work and lines: how many people two shifts need, and which method fits."""

from __future__ import annotations

import math
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from .... import methods
from ...draws import between, rounded, shaped
from ...numbers import show
from ...parts import Choice, Number, Option, Slip
from ...problem import Fact, Problem
from ...signs import options_by_sign
from ...tolerance import Exact, Relative
from .balance_rows import NEEDS, line_tasks
from .balance_rows import OUTCOMES as LINE
from .time_study import OUTCOMES as WORK
from .time_study import an_operation

if TYPE_CHECKING:
    import numpy as np

    from ....plant import Plant

# Takt with two shifts and absence

PREMIUM = 1.5


def _draw_shifts(rng: np.random.Generator, plant: Plant) -> dict[str, Any]:
    line = line_tasks(rng, plant, 6, "a problem on people at a line")
    content = float(rounded(sum(x["seconds"] for x in line["tasks"])))
    hours = float(plant.table("about").iloc[0]["hours_per_shift"])

    def draw() -> dict[str, Any]:
        breaks = float(rng.choice([30, 35, 40, 45]))
        even = float(rng.choice([0.85, 0.88, 0.9, 0.92]))
        demand = float(rounded(2 * (3600 * hours - 60 * breaks) * even * between(rng, 3.2, 7.8) / content, 2))
        given = {
            "line": line["line"], "hours": hours, "breaks": breaks, "demand": demand, "content": content, "even": even, "absent": float(rng.integers(5, 13)) / 100,
            "wage": float(rng.integers(19, 34)), "premium": PREMIUM,
        }  # fmt: skip
        return {
            **given,
            "lend": float(rounded(_overtime_cost(given) * float(rng.choice([0.6, 0.7, 1.4, 1.7])))),
        }

    return shaped(draw, _shifts_apart, 200)


def _people_raw(g: Any) -> float:
    return float(g.content / (_takt(g) * g.even))


def _takt(g: Any) -> float:
    return methods.takt_time(3600 * g.hours, g.demand, breaks=60 * g.breaks, shifts=2)


@lru_cache(maxsize=256)
def _people(work: float, takt: float) -> int:
    """Stations that so much work needs if it could be cut at will: the subject's own count."""
    pieces = 100
    tasks = {f"piece {i}": work / pieces for i in range(pieces)}
    return methods.line_balance(tasks, cycle_time=takt, method="largest_candidate").theoretical_minimum


def _overtime_cost(given: dict[str, Any]) -> float:
    """What it costs to make up, with everybody, what one person fewer leaves behind in a shift."""
    from types import SimpleNamespace

    g = SimpleNamespace(**given)
    return float(_lost(g) * g.content / g.even / 3600 * g.wage * PREMIUM)


def _lost(g: Any, people: float | None = None) -> float:
    """Units that a shift with one person fewer leaves behind."""
    n = math.ceil(_people_raw(g)) if people is None else people
    time = 3600 * g.hours - 60 * g.breaks
    return float(g.demand / 2 - time * g.even * (n - 1) / g.content)


def _shifts_apart(g: Any) -> bool:
    raw = _people_raw(g)
    n = math.ceil(raw)
    roll = n / (1 - g.absent)
    return (
        0.2 < raw % 1 < 0.8
        and 0.17 < roll % 1 < 0.83
        and math.ceil(g.content / _takt(g)) < n
        and _lost(g) > 0.04 * g.demand
        and g.lend > 10
    )


def _costs(g: Any, a: Any) -> str:
    return f"Overtime costs {show(_overtime_cost(vars(g)), 3)}, the person lent {show(g.lend)}."


SHIFTS = Problem(
    id="methods.takt_absence", title="Takt with two shifts and absence", level=3, minutes=9, outcomes=(*LINE, "cpim.supply"), covers=("takt_time", "line_balance"),
    topics=("takt with two shifts and absence", "on the floor"), needs=NEEDS, draw=_draw_shifts,
    prompt=(
        "The {line} runs two shifts; {demand} units a day are wanted. A unit is {content} seconds of work, and a line is never quite even: {even} of the seconds at the stations are work. "
        "On a normal day {absent} of the people are away.\n\n"
        "Today one of the early shift is missing and nobody stands in. All stations stretch, and what is not made is made up after the late shift by its full crew at {premium} times the wage. "
        "Or another department lends a person who knows the work; what stays undone there costs {lend} {currency}. What do you do?"
    ),
    facts=(
        Fact("demand", "Wanted", "units a day"), Fact("hours", "A shift, paid", "hours"), Fact("breaks", "Breaks in a shift", "minutes"), Fact("content", "Work in a unit", "seconds"),
        Fact("even", "Efficiency, over cycle time", percent=True), Fact("absent", "Away on a normal day", percent=True), Fact("wage", "Wage", "{currency} an hour"),
        Fact("premium", "Factor for overtime"), Fact("lend", "A person lent", "{currency} a shift"),
    ),
    parts=(
        Number(
            "takt", "Takt", unit="seconds", key=lambda g, a: _takt(g),
            slips=(
                Slip("takt_breaks", lambda g, a: 2 * 3600 * g.hours / g.demand, "The breaks are in it. Nobody works then: take them off each shift."),
                Slip("one_shift", lambda g, a: (3600 * g.hours - 60 * g.breaks) / g.demand, "That is the time of one shift over the demand of both. Take two shifts."),
                Slip("takt_inverted", lambda g, a: g.demand / (2 * (g.hours - g.breaks / 60)), "That is how many units an hour. The takt is the time for one: turn it round."),
            ),
        ),
        Number(
            "people", "People at the line, each shift", unit="people", tolerance=Exact(), key=lambda g, a: math.ceil(g.content / (a.takt * g.even)), check=lambda g: _people(g.content / g.even, _takt(g)),
            raw=lambda g, a: g.content / (a.takt * g.even),
            slips=(Slip("even_line", lambda g, a: math.ceil(g.content / a.takt), "That would do if the line were quite even. Only a part of the seconds there is work: divide by it too."),),
        ),
        Number(
            "roll", "People to have for each shift, so that enough come", unit="people", tolerance=Exact(), key=lambda g, a: math.ceil(a.people / (1 - g.absent)), raw=lambda g, a: a.people / (1 - g.absent),
            slips=(
                Slip("nobody_away", lambda g, a: a.people, "Then the line lacks people on most days. Have so many that enough of them come."),
                Slip("both_shifts", lambda g, a: 2 * math.ceil(a.people / (1 - g.absent)), "That is for both shifts together. Asked is one."),
            ),
        ),
        Number(
            "overtime", "Making it up costs", unit="{currency}", tolerance=Relative(0.03), key=lambda g, a: _lost(g, a.people) * g.content / g.even / 3600 * g.wage * g.premium, check=lambda g: _overtime_cost(vars(g)),
            slips=(
                Slip("no_premium", lambda g, a: _lost(g, a.people) * g.content / g.even / 3600 * g.wage, "That is at the plain wage. Overtime costs {premium} times as much."),
                Slip("full_shift", lambda g, a: g.hours * g.wage * g.premium, "That pays the missing person's whole shift. Only the units that were not made are made up."),
                Slip("work_only", lambda g, a: _lost(g, a.people) * g.content / 3600 * g.wage * g.premium, "That pays for the work only. The line is not quite even after hours either: divide by its efficiency."),
            ),
        ),
        Choice(
            "do", "What do you do?", key=lambda g, a: "overtime" if a.overtime < g.lend else "lend",
            options=(
                Option("overtime", "Balance for those who came, and make up the rest after hours", lambda g, a: f"{_costs(g, a)} Ask early who can stay: it is for them to say, within the hours that the law allows."),
                Option("lend", "Borrow the trained person", lambda g, a: f"{_costs(g, a)} A trained one only: a station that is new to someone needs a day at their side, not a shout."),
                Option("faster", "Leave the takt and have those who came work faster", "The standard is normal pace already. Above it come faults and hurt wrists, and the count is not made all the same."),
                Option("check", "Leave out the last check and put its person on the line", "What the check finds then reaches the customer, and costs many times a shift's wage."),
            ),
        ),
    ),
    hints=(
        "People at the line: work in a unit over what one person gets done in a takt. Have so many that the share who come is enough.",
        "One person fewer makes (people − 1) × efficiency × working seconds ÷ work in a unit. What is short of half the day's units?",
        "After hours a unit takes work ÷ efficiency of paid seconds, whoever does it.",
    ),
    steps=(
        lambda g, a: f"Takt: 2 × ({show(3600 * g.hours)} − {show(60 * g.breaks)}) ÷ {show(g.demand)} = {show(a.takt)} seconds.",
        lambda g, a: f"At the line: {show(g.content)} ÷ ({show(a.takt)} × {show(g.even)}) = {show(_people_raw(g))}, rounded up to {show(a.people)} people.",
        lambda g, a: f"To have: {show(a.people)} ÷ (1 − {show(g.absent)}) = {show(a.people / (1 - g.absent))}, rounded up to {show(a.roll)} people.",
        lambda g, a: f"One fewer leaves {show(_lost(g))} units of the shift's {show(g.demand / 2)}. Each takes {show(g.content)} ÷ {show(g.even)} = {show(g.content / g.even)} paid seconds: {show(a.overtime)} in all.",
        lambda g, a: f"{_costs(g, a)} So: {'make it up after hours' if a.do == 'overtime' else 'borrow the person'}.",
    ),
)  # fmt: skip

# Which method

_WORK = {
    "study": "Time study with a stopwatch",
    "sampling": "Work sampling",
    "motions": "Predetermined times",
    "layout": "Flow times distance",
    "needed": "Number of readings for an accuracy",
}
_WORK_SIGNS = {
    "study": "The work is done today, in short cycles that repeat, and one time for it is wanted.",
    "sampling": "Many people and machines, nothing that repeats, and shares of the time are asked.",
    "motions": "Nobody does the work yet, but how it is to be done is known motion by motion.",
    "layout": "The ways between places cost the time, and the places could be exchanged.",
    "needed": "Readings are there already, they scatter, and the question is how far to trust their mean.",
}
_LINES = {
    "takt": "Takt time",
    "balance": "Line balance",
    "check": "A check of a given balance",
    "weights": "A balance by weights over the models",
    "absence": "People to have, from those needed and those away",
}
_LINES_SIGNS = {
    "takt": "Only the customers' wish and the working time are known, and the beat is asked.",
    "balance": "The tasks, their order and the beat are known; who does what is open.",
    "check": "Who does what is settled; whether it can work is not.",
    "weights": "Several models run down one line in turn, with different times.",
    "absence": "The stations are settled; how many names must stand on the list is asked.",
}


def _draw_work(rng: np.random.Generator, plant: Plant) -> dict[str, Any]:
    operation, found = an_operation(rng, plant, 1, "a which-method problem")
    element = str(found.index[int(rng.integers(len(found)))])
    n = int(rng.integers(6, 15))
    stories = {
        "study": f"'{operation}' runs all day, some {5 * n} seconds a cycle. Three people do it, each at a pace of their own. The price of the next contract hangs on how long it takes a trained person.",
        "sampling": f"{n} people look after the machines of a hall. One says they wait half the day, another that they never sit. No two hours are alike. What is true?",
        "motions": f"For the next model '{operation}' is to change: a fixture holds the part, both hands work. The fixture is a drawing, and money is only given if it saves {n} seconds.",
        "layout": f"The trucks drive all day. What leaves one hall crosses the yard to the next and comes back an hour later; {n} crossings an hour. New machines are out of the question.",
        "needed": f"You have {n} times of '{element}'; the longest is twice the shortest. The shop steward says that nobody can build a standard on that.",
    }  # fmt: skip
    method = str(rng.choice(list(stories)))
    return {"story": stories[method], "method": method}


def _draw_lines(rng: np.random.Generator, plant: Plant) -> dict[str, Any]:
    g = line_tasks(rng, plant, 6, "a which-method problem")
    line, n, units = g["line"], int(rng.integers(4, 9)), int(rng.integers(12, 60)) * 10
    stories = {
        "takt": f"From May customers take {units} units a day off the {line}, in two shifts. Nobody has drawn a station yet. How often must one come off its end?",
        "balance": f"At the {line} one of the {n} people has a pile before him all day and the next one waits. Every job has been timed, and it is known which must come before which.",
        "check": f"A consultant has left a drawing for the {line}: {n} stations, each with its jobs. Before you screw the racks to the floor, you want to be sure.",
        "weights": f"The {line} will build two kinds, mixed, three of one to one of the other. On the second kind some jobs take twice as long. Where does each job go?",
        "absence": f"The {line} stands, {n} places, one person each. On Mondays it limps, since somebody is always ill or at a course. How many should be hired?",
    }  # fmt: skip
    method = str(rng.choice(list(stories)))
    return {"story": stories[method], "method": method}


WHICH_WORK = Problem(
    id="methods.which_work", title="How would you find out?", level=2, minutes=2, outcomes=WORK, topics=("which method",), needs=("time_studies",), draw=_draw_work,
    prompt="{story}\n\nWhich method do you reach for first? Nothing is to be worked out.",
    parts=(Choice("method", "Method", key=lambda g, a: g.method, options=options_by_sign(_WORK, _WORK_SIGNS)),),
    hints=("Is the work there to be looked at? Does it repeat?", "What is asked: a time, a share, a way, or how far a figure can be trusted?"),
    steps=(lambda g, a: _WORK_SIGNS[g.method], lambda g, a: f"So: {_WORK[g.method]}."),
)  # fmt: skip

WHICH_LINE = Problem(
    id="methods.which_line", title="What does the line need?", level=2, minutes=2, outcomes=LINE, topics=("which method",), needs=NEEDS, draw=_draw_lines,
    prompt="{story}\n\nWhich method do you reach for first? Nothing is to be worked out.",
    parts=(Choice("method", "Method", key=lambda g, a: g.method, options=options_by_sign(_LINES, _LINES_SIGNS)),),
    hints=("What is settled already, and what is open?", "Is a beat asked, a place for each job, or a number of people?"),
    steps=(lambda g, a: _LINES_SIGNS[g.method], lambda g, a: f"So: {_LINES[g.method]}."),
)  # fmt: skip

PROBLEMS = (SHIFTS, WHICH_WORK, WHICH_LINE)
