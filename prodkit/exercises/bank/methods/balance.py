"""A balanced line: its figures, what is wrong with one, and one to make."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from .... import methods
from ...draws import between, rounded, shaped
from ...numbers import show
from ...parts import Choices, Field, Number, Option, Plan, Slip
from ...problem import Fact, FactTable, Problem
from ...tolerance import Exact
from .balance_rows import (
    NEEDS,
    OUTCOMES,
    TASKS,
    balanced,
    before,
    line_tasks,
    links,
    rows_of,
    station_of,
    times,
)

if TYPE_CHECKING:
    import numpy as np

    from ....plant import Plant

# Its figures


def _draw_figures(rng: np.random.Generator, plant: Plant) -> dict[str, Any]:
    g = line_tasks(rng, plant, 8, "a problem on line balance")
    rows = tuple((x["task"], x["seconds"], before(x)) for x in g["tasks"])
    longest, total = max(s for _, s, _ in rows), sum(s for _, s, _ in rows)
    cycle = float(rounded(max(longest, total / between(rng, 2.2, 4.2)) * between(rng, 1.03, 1.2)))
    made = balanced(rows, cycle, None, "largest_candidate")
    stations = [
        {"station": s.number, "tasks": ", ".join(s.tasks), "load": float(s.load)} for s in made.stations
    ]
    return {"line": g["line"], "stations": stations, "cycle": cycle}


def _line(g: Any) -> methods.LineBalance:
    loads = {str(x["station"]): x["load"] for x in g.stations}
    return methods.line_balance(loads, assigned=[[s] for s in loads], cycle_time=g.cycle)


def _figures_apart(g: Any) -> bool:
    made = _line(g)
    raw = made.total_time / g.cycle
    return (
        0.16 < raw % 1 < 0.84
        and made.n_stations > made.theoretical_minimum > 1
        and made.slowest.load < 0.96 * g.cycle
    )


FIGURES = Problem(
    id="methods.balance_figures", title="How well is the line balanced?", level=1, minutes=6, outcomes=OUTCOMES, covers=("line_balance",),
    topics=("line balance", "cycle time or slowest station"), needs=NEEDS, draw=lambda rng, plant: shaped(lambda: _draw_figures(rng, plant), _figures_apart, 120),
    prompt=(
        "The {line} stands as below. Takt leaves each station {cycle} seconds. How many stations would the work need at least? "
        "How long do all of them stand idle in one cycle? And give the efficiency both ways that books use: over stations × cycle time, and over stations × slowest station."
    ),
    facts=(FactTable("stations", "The line", (Fact("station", "Station"), Fact("tasks", "Tasks"), Fact("load", "Work", "seconds"))), Fact("cycle", "Cycle time", "seconds")),
    parts=(
        Number("least", "At least", unit="stations", tolerance=Exact(), key=lambda g, a: _line(g).theoretical_minimum, raw=lambda g, a: _line(g).total_time / g.cycle,
               slips=(Slip("opened", lambda g, a: len(g.stations), "That is how many there are. Divide all the work by the cycle time."),)),
        Number(
            "idle", "Idle in a cycle, all stations", unit="seconds", key=lambda g, a: _line(g).idle_time,
            slips=(
                Slip("idle_one_station", lambda g, a: g.cycle - _line(g).slowest.load, "That is the slowest station only. Add up what every station has left."),
                Slip("idle_theoretical", lambda g, a: a.least * g.cycle - _line(g).total_time, "Count the stations that are really open, not the least that there could be."),
            ),
        ),
        Number(
            "over_cycle", "Efficiency over the cycle time", unit="%", key=lambda g, a: 100 * _line(g).efficiency,
            slips=(
                Slip("eff_theoretical", lambda g, a: 100 * _line(g).total_time / (a.least * g.cycle), "Take the stations that are really open: they all cost their time."),
                Slip("eff_bottleneck", lambda g, a: 100 * _line(g).efficiency_slowest, "That is over the slowest station, which is asked next. Here, the cycle time."),
                Slip("delay", lambda g, a: 100 * _line(g).balance_delay, "That is the idle part, the balance delay. The efficiency is the rest."),
            ),
        ),
        Number(
            "over_slowest", "Efficiency over the slowest station", unit="%", key=lambda g, a: 100 * _line(g).efficiency_slowest,
            slips=(Slip("eff_cycle", lambda g, a: 100 * _line(g).efficiency, "That is over the cycle time. The line could run as fast as its slowest station."),),
        ),
    ),
    hints=("Add up the work of all stations first. All four figures need it.", "The two efficiencies differ in what a station is held to: the time that it has, or the time that the slowest one needs."),
    steps=(
        lambda g, a: f"All work: {' + '.join(show(x['load']) for x in g.stations)} = {show(_line(g).total_time, 9)} seconds. ÷ {show(g.cycle)} is {show(_line(g).total_time / g.cycle)}: at least {show(a.least)} stations.",
        lambda g, a: f"Idle: {len(g.stations)} × {show(g.cycle)} − {show(_line(g).total_time, 9)} = {show(a.idle)} seconds.",
        lambda g, a: f"Over the cycle time: 100 × {show(_line(g).total_time, 9)} ÷ ({len(g.stations)} × {show(g.cycle)}) = {show(a.over_cycle)} %.",
        lambda g, a: f"Over the slowest station: 100 × {show(_line(g).total_time, 9)} ÷ ({len(g.stations)} × {show(_line(g).slowest.load)}) = {show(a.over_slowest)} %.",
    ),
)  # fmt: skip

# What is wrong with one

_SIGNS = {
    "order": "comes before",
    "left": "is at no station",
    "twice": "is given twice",
    "slow": "above the cycle time",
}


def _groups(g: Any) -> list[list[str]]:
    return [x["tasks"].split(", ") for x in g.stations]


def _found(g: Any) -> list[str]:
    return methods.check_balance(times(g), _groups(g), after=links(g), cycle_time=g.cycle)


def _kinds(g: Any) -> tuple[str, ...]:
    return tuple(kind for kind, sign in _SIGNS.items() if any(sign in x for x in _found(g)))


def _loads(g: Any) -> list[float]:
    return [sum(times(g)[t] for t in group) for group in _groups(g)]


def _draw_check(rng: np.random.Generator, plant: Plant) -> dict[str, Any]:
    g = line_tasks(rng, plant, 8, "a problem on line balance")
    rows = tuple((x["task"], x["seconds"], before(x)) for x in g["tasks"])
    groups = [list(s.tasks) for s in balanced(rows, None, 3, "ranked_positional_weight").stations]
    if rng.random() < 0.6:  # one task to another station
        task = rows[int(rng.integers(len(rows)))][0]
        groups = [[t for t in group if t != task] for group in groups]
        groups[int(rng.integers(len(groups)))].append(task)
    if rng.random() < 0.45:
        task = rows[int(rng.integers(len(rows)))][0]
        groups = [[t for t in group if t != task] for group in groups]
    if rng.random() < 0.45:
        groups[int(rng.integers(len(groups)))].append(rows[int(rng.integers(len(rows)))][0])
    seconds = {t: s for t, s, _ in rows}
    slowest = max(sum(seconds[t] for t in group) for group in groups)
    cycle = float(rounded(slowest * float(rng.choice([0.93, 1.06]))))
    stations = [{"station": i, "tasks": ", ".join(sorted(group))} for i, group in enumerate(groups, 1)]
    return {**g, "stations": stations, "cycle": max(cycle, *seconds.values())}


def _check_clear(g: Any) -> bool:
    if not all(x["tasks"] for x in g.stations) or any(len(set(x)) < len(x) for x in _groups(g)):
        return False
    top, second = sorted(_loads(g))[-1:-3:-1]
    return 1 <= len(_kinds(g)) <= 3 and top > 1.02 * second and abs(top / g.cycle - 1) > 0.03


def _said(kind: str, look: str) -> Any:
    def reason(g: Any, a: Any) -> str:
        found = [x for x in _found(g) if _SIGNS[kind] in x]
        return f"It holds: {'; '.join(found)}." if found else f"Not so here. {look}"

    return reason


CHECK = Problem(
    id="methods.balance_check", title="What is wrong with this balance?", level=2, minutes=6, outcomes=OUTCOMES, covers=("check_balance",),
    topics=("line balance",), needs=NEEDS, draw=lambda rng, plant: shaped(lambda: _draw_check(rng, plant), _check_clear),
    prompt=(
        "Before the {line} is rebuilt you are handed a plan for it. Each task must be done once, after what it needs, and each station has {cycle} seconds for a unit. "
        "Units go from station 1 to the last and never back; inside a station the tasks may be done in any order that works. Tick all that breaks these rules. "
        "And how long does the slowest station take, with its tasks as written?"
    ),
    facts=(TASKS, FactTable("stations", "The plan", (Fact("station", "Station"), Fact("tasks", "Tasks"))), Fact("cycle", "Time at each station", "seconds")),
    parts=(
        Choices(
            "wrong", "Broken rules", key=lambda g, a: _kinds(g),
            options=(
                Option("order", "A task stands at a station before that of a task it needs", _said("order", "Check each task against its last column: the station of what it needs is the same or an earlier one.")),
                Option("left", "A task is missing", _said("left", "Tick off the tasks one by one: all are there.")),
                Option("twice", "A task is given to two stations", _said("twice", "Tick off the tasks one by one: none comes a second time.")),
                Option("slow", "A station takes longer than it has", _said("slow", "Add up the times station by station: all keep within the time.")),
                Option("uneven", "A station has less to do than another", "That costs paid time, but the line can run: no plan is quite even. Look for what stops it."),
            ),
        ),
        Number(
            "slowest", "The slowest station takes", unit="seconds",
            key=lambda g, a: min(c for c in _loads(g) if not any(_SIGNS["slow"] in x for x in methods.check_balance(times(g), _groups(g), after=links(g), cycle_time=c))),
            slips=(
                Slip("mean", lambda g, a: sum(_loads(g)) / len(_loads(g)), "That is the mean of the stations. The slowest one sets the pace."),
                Slip("fastest", lambda g, a: min(_loads(g)), "That is the fastest station. The line can go no faster than its slowest."),
                Slip("all", lambda g, a: sum(_loads(g)), "That is all the work. The stations work side by side, each on its own unit."),
            ),
        ),
    ),
    hints=("Go through the tasks one by one: is it there, once, and not before what it needs?", "Then add up each station and hold it against the time."),
    steps=(
        lambda g, a: "; ".join(x[:1].upper() + x[1:] for x in _found(g)) + ".",
        lambda g, a: "; ".join(f"station {x['station']}: {' + '.join(show(times(g)[t]) for t in x['tasks'].split(', '))}" + (f" = {show(load)}" if ', ' in x['tasks'] else "") for x, load in zip(g.stations, _loads(g), strict=True)) + ".",
        "So: {wrong}. The slowest station takes {slowest}.",
    ),
)  # fmt: skip

# One to make


def _draw_plan(rng: np.random.Generator, plant: Plant) -> dict[str, Any]:
    return {**line_tasks(rng, plant, 8, "a line to balance"), "n": 3, "seats": "three"}


def _best(g: Any) -> methods.LineBalance:
    return balanced(rows_of(g), None, g.n)


def _plan_open(g: Any) -> bool:
    by_rule = balanced(rows_of(g), None, g.n, "ranked_positional_weight")
    longest = max(times(g).values())
    return by_rule.cycle_time > 1.02 * _best(g).cycle_time and longest < 0.95 * _best(g).cycle_time


def _stations(g: Any, x: Any) -> dict[str, int]:
    if any(v != int(v) for v in x.values()):
        raise ValueError("whole stations only")
    return {t: int(v) for t, v in x.items()}


def _plan_clashes(g: Any, a: Any, x: dict[str, int]) -> list[str]:
    outside = [t for t, s in x.items() if not 1 <= s <= g.n]
    if outside:
        return [f"{', '.join(outside)}: the stations are 1 to {g.n}."]
    return [f"{text[0].upper()}{text[1:]}." for text in methods.check_balance(times(g), x, after=links(g))]


PLAN = Problem(
    id="methods.balance_plan", title="Balance it for three people", level=3, minutes=10, outcomes=OUTCOMES, covers=("line_balance", "check_balance"),
    topics=("line balance",), needs=NEEDS, draw=lambda rng, plant: shaped(lambda: _draw_plan(rng, plant), _plan_open),
    prompt=(
        "Tomorrow {seats} people run the {line}, one at each station. Give every task a station, 1 to 3. "
        "A task may share a station with what it needs, or stand later; never before it. "
        "Your plan is judged by the time of its slowest station: that is how often a unit comes off the line."
    ),
    facts=(TASKS,),
    parts=(
        Plan(
            "plan", "Stations", fields=lambda g: [Field(x["task"], f"{x['task']} ({show(x['seconds'])} s)", "station") for x in g.tasks], parse=_stations, clashes=_plan_clashes,
            cost=lambda g, a, x: methods.line_balance(times(g), after=links(g), assigned=x).slowest.load, key=lambda g, a: station_of(_best(g)),
            basis=lambda g, a: "the best balance" + (" (proved)" if _best(g).is_proved else " found"), unit="seconds at the slowest station", good=0.0, poor=0.3,
        ),
    ),
    hints=("Add up all the work and divide it by three: no plan comes below that.", "Start with tasks that need nothing. Swap a task of the fullest station with one of its neighbor's, as the order allows."),
    steps=(
        lambda g, a: f"All work: {show(sum(times(g).values()), 9)} seconds, a third of it {show(sum(times(g).values()) / 3)}.",
        lambda g, a: "; ".join(f"station {s.number}: {', '.join(s.tasks)} ({show(s.load)} seconds)" for s in _best(g).stations) + ".",
        lambda g, a: f"The rule of positional weight would have come to {show(balanced(rows_of(g), None, g.n, 'ranked_positional_weight').cycle_time)} seconds; the best is {show(_best(g).cycle_time)}.",
    ),
)  # fmt: skip

PROBLEMS = (FIGURES, CHECK, PLAN)
