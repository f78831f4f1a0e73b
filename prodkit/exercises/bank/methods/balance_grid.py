"""Line balance by hand: positional weights, and the stations that they give."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING, Any

from ...draws import between, rounded, shaped
from ...numbers import show
from ...parts import Grid, Line, Number, Order, Slip
from ...problem import Fact, FactTable, Problem
from ...tolerance import Absolute, Exact, Relative
from .balance_rows import (
    NEEDS,
    OUTCOMES,
    TASKS,
    after_each,
    balanced,
    before,
    followers,
    line_tasks,
    ranked,
    rows_of,
    station_of,
    times,
    weights,
)

if TYPE_CHECKING:
    import numpy as np

    from ....plant import Plant

HAND = Absolute(0.05)


def _direct(g: Any, t: str) -> float:
    return times(g)[t] + sum(times(g)[x] for x in after_each(g)[t])


def _twice(g: Any, t: str) -> float:
    return times(g)[t] + sum(_twice(g, x) for x in after_each(g)[t])


def _by_direct(g: Any) -> list[str]:
    return sorted(times(g), key=lambda t: -_direct(g, t))


def _by_time(g: Any) -> list[str]:
    return sorted(times(g), key=lambda t: -times(g)[t])


def _as_heavy(g: Any, a: Any, order: tuple[str, ...]) -> bool:
    weight = weights(rows_of(g))
    return all(weight[x] >= weight[y] - 1e-9 for x, y in pairwise(order))


def _weights_apart(g: Any) -> bool:
    weight = weights(rows_of(g))
    return (
        any(abs(_twice(g, t) - weight[t]) > 0.3 for t in weight)
        and any(abs(_direct(g, t) - weight[t]) > 0.3 for t in weight)
        and not _as_heavy(g, None, tuple(_by_time(g)))
        and not _as_heavy(g, None, tuple(_by_direct(g)))
    )


WEIGHTS = Problem(
    id="methods.positional_weights", title="What hangs on each task", level=2, minutes=7, outcomes=OUTCOMES, covers=("line_balance",),
    topics=("positional weight",), needs=NEEDS,
    draw=lambda rng, plant: shaped(lambda: line_tasks(rng, plant, 7, "a problem on line balance"), _weights_apart),
    prompt=(
        "Seven tasks of the {line} are to be spread over stations. Those with the most work behind them should come early. "
        "Work out each task's positional weight: its own time and the time of all tasks that come after it, directly or further on, each counted once. "
        "Then rank the tasks, the heaviest first."
    ),
    facts=(TASKS,),
    parts=(
        Grid(
            "weights", "Positional weights", over=lambda g: list(times(g)), corner="Task", key=lambda g, a: {"weight": weights(rows_of(g))},
            lines=(
                Line("seconds", "Own time", "seconds", given=lambda g, t: times(g)[t]),
                Line("weight", "Positional weight", "seconds", tolerance=HAND, rule=lambda g, a, t: times(g)[t] + sum(times(g)[x] for x in followers(g, t)),
                     slips=(
                         Slip("rpw_immediate", lambda g, a, t: _direct(g, t), "Only the tasks directly behind are counted. Follow each of them to the end of the line."),
                         Slip("rpw_no_self", lambda g, a, t: sum(times(g)[x] for x in followers(g, t)), "The task's own time is missing. Add it to that of its followers."),
                         Slip("counted_twice", lambda g, a, t: _twice(g, t), "Where two ways meet again, you counted what follows twice. Each follower counts once."),
                     )),
            ),
        ),
        Order(
            "order", "Rank", over=lambda g: {t: f"{show(s)} s" for t, s in times(g).items()}, key=lambda g, a: ranked(rows_of(g)), accepts=_as_heavy, ends=("heaviest", "lightest"),
            slips=(
                Slip("by_time", lambda g, a: _by_time(g), "That is by own time, longest first: the largest candidate rule. Rank by weight."),
                Slip("by_direct", lambda g, a: None if _by_direct(g) == _by_time(g) else _by_direct(g), "You ranked by what comes directly behind. Count every follower, however far."),
            ),
        ),
    ),
    hints=("Begin at the end of the line: the last task's weight is its own time.",
           lambda g, a: "Directly behind each task: " + "; ".join(f"{t}: {', '.join(x) or 'none'}" for t, x in after_each(g).items()) + "."),
    steps=(
        lambda g, a: "; ".join(f"{t}: {' + '.join(show(x) for x in [times(g)[t], *(times(g)[y] for y in times(g) if y in followers(g, t))])}"
                               + (f" = {show(a.weights['weight'][t])}" if followers(g, t) else "") for t in times(g)) + ".",
        "By weight: {order}.",
    ),
)  # fmt: skip


def _first_fit(g: Any, a: Any, t: str, order: list[str], waits: bool = True, back: bool = True) -> float:
    """The first station with room, not before those of the tasks it needs."""
    seconds = times(g)
    at = {u: a.station[u] for u in order[: order.index(t)]}
    rows = {x["task"]: x for x in g.tasks}
    station = max((at[u] for u in before(rows[t]) if u in at), default=1.0) if waits else 1.0
    if not back:
        station = max([station, *at.values()])
    while sum(seconds[u] for u, s in at.items() if s == station) + seconds[t] > g.cycle + 1e-9:
        station += 1
    return float(station)


def _balance(g: Any) -> Any:
    return balanced(rows_of(g), g.cycle, None, "ranked_positional_weight")


def _other(g: Any, **how: bool) -> dict[str, float]:
    """The stations that another way to fill them gives."""
    from types import SimpleNamespace

    order = list(ranked(rows_of(g)))
    sheet = SimpleNamespace(station={})
    for t in order:
        sheet.station[t] = _first_fit(g, sheet, t, order, **how)
    return dict(sheet.station)


def _draw_fill(rng: np.random.Generator, plant: Plant) -> dict[str, Any]:
    g = line_tasks(rng, plant, 8, "a problem on line balance")
    seconds = [x["seconds"] for x in g["tasks"]]
    total, longest = sum(seconds), max(seconds)
    cycle = float(rounded(max(longest, total / between(rng, 2.2, 4.0)) * between(rng, 1.0, 1.15)))
    rows = tuple((x["task"], x["seconds"], before(x)) for x in g["tasks"])
    weight, rank = weights(rows), ranked(rows)
    ordered = sorted(g["tasks"], key=lambda x: rank.index(x["task"]))
    listed = [{**x, "weight": weight[x["task"]]} for x in ordered]
    return {**g, "tasks": listed, "cycle": max(cycle, longest)}


def _fill_apart(g: Any) -> bool:
    key = station_of(_balance(g))
    raw = sum(times(g).values()) / g.cycle
    return (
        0.16 < raw % 1 < 0.84
        and raw > 1.5
        and _other(g, waits=False) != key
        and _other(g, back=False) != key
        and _balance(g).slowest.load < 0.97 * g.cycle
    )


FILL = Problem(
    id="methods.balance_by_weight", title="Stations by positional weight", level=2, minutes=8, outcomes=OUTCOMES, covers=("line_balance",),
    topics=("positional weight", "line balance"), needs=NEEDS, draw=lambda rng, plant: shaped(lambda: _draw_fill(rng, plant), _fill_apart, 120),
    prompt=(
        "Balance the {line} by positional weight. The takt leaves each station {cycle} seconds. The tasks stand in the order of their weights. "
        "Fill one station after the other: each time take the first task of the list that fits and has all that it comes after done; open the next station when none fits. "
        "How many stations would there be at least, which task goes where, and how efficient is the line (over stations × cycle time)?"
    ),
    facts=(FactTable("tasks", "The tasks, the heaviest first", (*TASKS.columns, Fact("weight", "Weight", "seconds"))), Fact("cycle", "Time at each station", "seconds")),
    parts=(
        Number(
            "least", "At least", unit="stations", tolerance=Exact(), key=lambda g, a: _balance(g).theoretical_minimum, raw=lambda g, a: sum(times(g).values()) / g.cycle,
            slips=(Slip("tasks", lambda g, a: len(g.tasks), "That is one station for each task. How much work is there, and how much can one station do?"),),
        ),
        Grid(
            "plan", "Station of each task", over=lambda g: list(ranked(rows_of(g))), corner="Task", key=lambda g, a: {"station": station_of(_balance(g))},
            lines=(
                Line("seconds", "Time", "seconds", given=lambda g, t: times(g)[t]),
                Line("station", "Station", tolerance=Exact(), rule=lambda g, a, t: _first_fit(g, a, t, list(ranked(rows_of(g)))),
                     slips=(
                         Slip("precedence_broken", lambda g, a, t: _first_fit(g, a, t, list(ranked(rows_of(g))), waits=False), "There is time, but a task that must be done before stands at a later station."),
                         Slip("never_back", lambda g, a, t: _first_fit(g, a, t, list(ranked(rows_of(g))), back=False), "An earlier station still had room for it: go down the whole list before you open the next one."),
                     )),
            ),
        ),
        Number(
            "efficiency", "Efficiency", unit="%", tolerance=Relative(0.006), key=lambda g, a: 100 * _balance(g).efficiency,
            slips=(
                Slip("eff_bottleneck", lambda g, a: 100 * _balance(g).efficiency_slowest, "That is over the slowest station. Asked is over the cycle time, which is what the line is paid for."),
                Slip("delay", lambda g, a: 100 * _balance(g).balance_delay, "That is the part that is idle, the balance delay. The rest is the efficiency."),
            ),
        ),
    ),
    hints=("All work divided by the time at one station, rounded up, is the least there can be.",
           "Write beside each station what time is left. Go down the list from the top each time: a light task may fill what a heavy one could not."),
    steps=(
        lambda g, a: f"At least: {show(sum(times(g).values()))} ÷ {show(g.cycle)}, rounded up = {show(a.least)}.",
        lambda g, a: "; ".join(f"station {s.number}: {', '.join(t for t in ranked(rows_of(g)) if t in s.tasks)} ({show(s.load)} seconds)" for s in _balance(g).stations) + ".",
        lambda g, a: f"Efficiency: 100 × {show(sum(times(g).values()))} ÷ ({_balance(g).n_stations} × {show(g.cycle)}) = {show(a.efficiency)} %.",
    ),
)  # fmt: skip

PROBLEMS = (WEIGHTS, FILL)
