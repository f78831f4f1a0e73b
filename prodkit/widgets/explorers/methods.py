"""The line-balance bench: tasks to be put into stations."""

from __future__ import annotations

import math
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from ... import charts, methods
from ...charts.methods import balance_bars
from ...charts.style import amount, worded
from ...errors import MissingTableError
from ...methods.balance_input import read_tasks
from ...plant import Line, Plant, assembly_line
from .base import Explorer, Row, Target
from .building import dial_around, nice, own_or_sample
from .controls import Board, Chip, Lanes

if TYPE_CHECKING:
    from ...methods.balance_input import Tasks

__all__ = ["line_bench"]

_EVEN = 1.03
_SECONDS = 1.5  # for the least number of stations, and for the least slowest one; small lines need hundredths


@dataclass(frozen=True)
class _Bench:
    """Tasks as they lie on the board."""

    balance: methods.LineBalance
    """Its stations numbered as the lanes are."""
    loads: dict[str, float]
    """Time by lane."""
    early: dict[str, str]
    """Tasks that stand before one that they need, and what to say of it."""
    late: dict[str, str]
    """Tasks with which a station goes over the cycle time, and what to say of it."""


def line_bench(plant: Plant | str | None = None, line: str | None = None) -> Explorer:
    """The tasks of an assembly line to be put into stations, against the customers' beat.

    It starts at the takt time of what is supposed to be wanted, with the tasks spread over one station more than it
    takes. Times are weighted by the shares of the models. The order of tasks inside a station does not count.

    Parameters
    ----------
    plant
        A plant, the name of a sample, or None for the sample "metal". Where it has no tasks, the explorer says so
        and takes the sample of its industry.
    line
        A line of its table tasks; None for the one of the role `assembly_line`.

    Raises
    ------
    InputError
        If the plant has no such line.

    Examples
    --------
    >>> bench = line_bench("metal", "locker line")
    >>> bench.reached
    (False, False)
    >>> least = methods.line_balance(Plant.sample("metal"), line="locker line", stations=5)
    >>> said = bench.set(tasks={str(s.number): s.tasks for s in least.stations})
    >>> bench.reached
    (True, True)
    """
    return own_or_sample(plant, line, _line_bench)


def _line_bench(plant: Plant, name: str | None, notice: str) -> Explorer:
    line = assembly_line(plant, name)
    if len(line.tasks) < 2:
        raise MissingTableError("tasks", "a line to balance needs two tasks")
    table = plant.table("tasks")
    loose = table[table["line"] == line.line].assign(
        after=""
    )  # what is out of order can then be shown as well
    read = read_tasks(plant, None, line.line, None)
    beat = methods.takt_time(line.shift_s, line.wanted, breaks=line.break_s, shifts=line.shifts)
    longest = max(read.times)
    takt = max(round(beat, 1), math.ceil(10 * longest - 1e-9) / 10)
    fewest = methods.line_balance(plant, line=line.line, cycle_time=takt, time_limit=_SECONDS)
    least = fewest.n_stations
    even = methods.line_balance(plant, line=line.line, stations=least, time_limit=_SECONDS)
    lanes = tuple((str(k), f"Station {k}") for k in range(1, least + 3))

    def compute(cycle_time: float, tasks: Lanes) -> _Bench:
        at = {task: k for k, row in enumerate(tasks.values(), start=1) for task in row}
        made = methods.line_balance(loose, assigned=at, cycle_time=cycle_time)
        used = [k for k, row in enumerate(tasks.values(), start=1) if row]
        stations = tuple(replace(s, number=k) for s, k in zip(made.stations, used, strict=True))
        loads = dict.fromkeys(tasks, 0.0) | {str(s.number): s.load for s in stations}
        early, late = _early(read, at), _late(made, tasks, loads)
        return _Bench(replace(made, stations=stations), loads, early, late)

    def figures(at: _Bench) -> list[Row]:
        balance = at.balance
        return [
            Row("Stations used", balance.n_stations),
            Row("Stations that the work content alone asks for", balance.theoretical_minimum),
            Row("Slowest station", round(balance.slowest.load, 1), "s", 5),
            Row("Efficiency, over the cycle time", round(100 * balance.efficiency, 1), "%"),
            Row("Idle in a cycle, all stations together", round(balance.idle_time, 1), "s", 5),
            Row("Smoothness index", round(balance.smoothness_index, 1), "s"),
            *(
                [
                    Row(
                        "Most that one model asks of a station",
                        round(float(balance.models["load"].max()), 1),
                        "s",
                        5,
                    )
                ]
                if line.is_mixed
                else []
            ),
        ]

    def picture(at: _Bench) -> charts.Chart:
        chart = balance_bars(at.balance)
        last = at.balance.stations[-1].number
        chart.ax.set_xlim(0.4, last + 0.6)
        chart.ax.set_xticks(range(1, last + 1, max(1, -(-last // 16))))
        return chart

    step = nice(takt / 100)
    return Explorer(
        title=f"Line-balance bench: {line.line} at {line.plant}",
        about=(
            f"{len(line.tasks)} tasks, {worded(line.work_s)} seconds of work in a unit"
            f"{', on average over the models' if line.is_mixed else ''}. Suppose that {line.wanted:,} a day are wanted: one "
            f"must come off the line every {amount(takt)} seconds. Put each task into a station. It must not stand at an "
            "earlier station than a task that it comes after; the order inside a station does not count."
        ),
        notice=notice,
        dials=[
            dial_around("cycle_time", "Cycle time", takt, longest, 1.6 * takt, step, unit="s"),
            Board(
                "tasks",
                "Tasks by station",
                _chips(line, read),
                lanes,
                start=_start(plant, line, read, least),
                notes=_loads,
                faults=lambda at: at.early | {t: _both(at.early.get(t), said) for t, said in at.late.items()},
            ),
        ],
        compute=compute,
        figures=figures,
        picture=picture,
        targets=[
            Target(
                f"At a cycle time of {amount(takt)} s get by with the fewest stations there can be, none of them over it "
                "and no task too early.",
                lambda at: (
                    at.balance.cycle_time <= takt * (1 + 1e-9)
                    and not at.early
                    and not at.late
                    and at.balance.n_stations <= least
                ),
                lambda at: _fewest(fewest),
            ),
            Target(
                f"Then, with {least} station{'s' * (least > 1)}, bring the slowest to within 3 % of the best there can be.",
                lambda at: (
                    not at.early
                    and at.balance.n_stations <= least
                    and at.balance.slowest.load <= _EVEN * even.cycle_time * (1 + 1e-9)
                ),
                lambda at: _evened(at.balance, even, line),
            ),
        ],
    )  # fmt: skip


def _start(plant: Plant, line: Line, read: Tasks, least: int) -> dict[str, tuple[str, ...]]:
    """One station more than it takes, evenly filled by a rule; else as many tasks at each, one after another."""
    n = len(read.names)
    if least < n:
        spread = methods.line_balance(plant, line=line.line, stations=least + 1, method="largest_candidate")
        if spread.n_stations > least:
            return {str(s.number): s.tasks for s in spread.stations}
    count = least + 1 if least < n else n - 1
    cuts = [n * k // count for k in range(count + 1)]
    return {str(k + 1): read.names[cuts[k] : cuts[k + 1]] for k in range(count)}


def _chips(line: Line, read: Tasks) -> tuple[Chip, ...]:
    before = {
        task: [read.names[i] for i in direct] for task, direct in zip(read.names, read.before, strict=True)
    }
    times = dict(zip(read.names, read.times, strict=True))
    chips = []
    for task in line.tasks:
        name = line.names[task] if line.names[task] != task else ""
        after = f", after {', '.join(before[task])}" if before[task] else ""
        chips.append(Chip(task, f"{task} {name}".strip(), f"{amount(round(times[task], 1))} s{after}"))
    return tuple(chips)


def _early(read: Tasks, at: dict[str, int]) -> dict[str, str]:
    out = {}
    for task, before in zip(read.names, read.before, strict=True):
        needed = [read.names[i] for i in before if at[read.names[i]] > at[task]]
        if needed:
            out[task] = f"{task} comes after {', '.join(f'{n} (station {at[n]})' for n in needed)}."
    return out


def _late(balance: methods.LineBalance, tasks: Lanes, loads: dict[str, float]) -> dict[str, str]:
    out, pace = {}, balance.cycle_time
    for lane, row in tasks.items():
        done = 0.0
        for task in row:
            done += balance.time_of(task)
            if loads[lane] > pace * (1 + 1e-9) and done > pace * (1 + 1e-9):
                out[task] = (
                    f"Station {lane} takes {amount(round(loads[lane], 1))} s, above the cycle time of {amount(pace)} s."
                )
    return out


def _loads(at: _Bench) -> dict[str, str]:
    pace = at.balance.cycle_time
    return {
        lane: f"{'✗ ' * (load > pace * (1 + 1e-9))}{amount(round(load, 1))} of {amount(round(pace, 1))} s"
        for lane, load in at.loads.items()
    }


def _both(first: str | None, second: str) -> str:
    return f"{first} {second}" if first else second


def _fewest(fewest: methods.LineBalance) -> str:
    n, alone = fewest.n_stations, fewest.theoretical_minimum
    said = f"{n} station{'s' * (n > 1)} will do, so {n} {'people' if n > 1 else 'person'} a shift where each has one. "
    if not fewest.is_proved:
        return f"{said}Fewer were not found; that there are none is not proved."
    if n > alone:
        return (
            f"{said}By the work content alone {alone} would, but tasks cannot be cut at will and some must wait for others: that "
            f"{n} is the least is proved."
        )
    return f"{said}The work content alone asks for {alone}, so nobody can do with fewer."


def _evened(balance: methods.LineBalance, even: methods.LineBalance, line: Line) -> str:
    day = line.shifts * (line.shift_s - line.break_s)
    slow = balance.slowest.load
    sure = "proved" if even.is_proved else "the best found, not proved"
    could = (
        f" At that pace the line could make {int(day / slow + 1e-9):,} a day, where {line.wanted:,} are asked for."
        if slow
        else ""
    )
    return (
        f"The slowest takes {amount(round(slow, 1))} s; {amount(round(even.cycle_time, 1))} s is the least ({sure}).{could} "
        "Nobody works harder: the work is cut more evenly, and the slowest station has more room for a bad day."
    )  # fmt: skip
