"""The explorers of work and its places: the line-balance bench and the layout bench."""

from __future__ import annotations

import math
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from ... import charts, methods
from ...charts.methods import balance_bars, layout_plan
from ...charts.style import amount, worded
from ...errors import MissingTableError
from ...methods.balance_input import read_tasks
from ...plant import Line, Plant, assembly_line
from ...stories.said import money, percent
from .base import Explorer, Row, Target
from .building import dial_around, nice, own_or_sample
from .controls import Board, Chip, Lanes

if TYPE_CHECKING:
    from ...methods.balance_input import Tasks

__all__ = ["layout_bench", "line_bench"]

_EVEN = 1.03
_CLOSE = 1.02
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


# The floor


def layout_bench(plant: Plant | str | None = None) -> Explorer:
    """The areas of a plant to be put on each other's places, against what carrying costs.

    Areas that must stay are in the picture, but not on the board. Distances run along the aisles, from middle to
    middle. Up to nine areas that may move the cheapest arrangement is exact; beyond, the best found.

    Parameters
    ----------
    plant
        A plant, the name of a sample, or None for the sample "metal". Where it lacks areas that may move, or what is
        carried between them, the explorer says so and takes the sample of its industry.

    Examples
    --------
    >>> bench = layout_bench("metal")
    >>> bench.reached
    (False, False)
    >>> best = methods.layout(Plant.sample("metal")).areas.query("not is_fixed")
    >>> said = bench.set(places={place: [area] for area, place in zip(best["area"], best["place"])})
    >>> bench.reached
    (False, True)
    """
    return own_or_sample(plant, None, _layout_bench)


def _layout_bench(plant: Plant, _role: str | None, notice: str) -> Explorer:
    areas = plant.need("areas", 2, "a layout")
    plant.need("flows", 1, "a layout")
    free = areas[~areas["fixed"].astype(bool)]
    if len(free) < 2:
        raise MissingTableError("areas", "two areas must be free to move")
    best = methods.layout(plant, restarts=10 if len(free) <= 15 else 0)
    about = plant.about.iloc[0]
    meter, square = ("ft", "ft²") if about["units"] == "US" else ("m", "m²")
    currency = str(about["currency"])
    is_open = best.cost_today > _CLOSE * best.cost
    enough = best.cost * (_CLOSE if is_open else 1 + 1e-9)

    def compute(places: Lanes) -> methods.LayoutPlan:
        return methods.layout(plant, assigned={row[0]: place for place, row in places.items()})

    def figures(at: methods.LayoutPlan) -> list[Row]:
        digits = 2 if best.cost < 1000 else 0
        return [
            Row("Carrying, as areas stand today", round(at.cost_today, digits), f"{currency} a day", 6),
            Row("Carrying now", round(at.cost, digits), f"{currency} a day", 6),
            Row("The cheapest there is" if best.is_proved else "The cheapest found", round(best.cost, digits), f"{currency} a day", 6),
            Row("Now above the cheapest", round(100 * (at.cost / best.cost - 1), 1) if best.cost else 0.0, "%"),
            Row("Areas moved", len(at.moved)),
            Row("Areas on a place smaller than they are", len(at.too_small)),
        ]  # fmt: skip

    def notes(at: methods.LayoutPlan) -> dict[str, str]:
        ends = (
            at.flows.groupby("from_area")["total"]
            .sum()
            .add(at.flows.groupby("to_area")["total"].sum(), fill_value=0.0)
        )
        rows = zip(at.areas["area"], at.areas["place"], at.areas["place_size"], strict=True)
        return {
            str(place): f"{worded(size, square)}, {money(float(ends.get(area, 0.0)), currency)} a day"
            for area, place, size in rows
        }  # fmt: skip

    sizes = dict(zip(areas["area"], areas["size"], strict=True))
    lanes = tuple(
        (str(r.area), f"Place {k} at {amount(float(r.x))}, {amount(float(r.y))} {meter}")  # type: ignore[arg-type]
        for k, r in enumerate(free.itertuples(index=False), start=1)
    )
    stays = ", ".join(map(str, areas.loc[areas["fixed"].astype(bool), "area"]))
    return Explorer(
        title=f"Layout bench: the floor of {plant.name}",
        about=(
            "Each area stands on a place, and what is carried between two of them costs by the distance along the aisles. Put the "
            "areas on other places; two change places. Beside each place stand its size and what carrying to and from there costs. "
            + (f"These stay where they are: {stays}." if stays else "")
        ).strip(),
        notice=notice,
        dials=[
            Board(
                "places",
                "Areas by place",
                tuple(Chip(area, area, worded(sizes[area], square)) for area, _ in lanes),
                lanes,
                start={area: (area,) for area, _ in lanes},
                is_single=True,
                notes=notes,
            )
        ],
        compute=compute,
        figures=figures,
        picture=lambda at: layout_plan(at, unit=meter, currency=currency),
        targets=[
            *_one_exchange(best),
            Target(
                "Bring the cost of carrying to within 2 % of the cheapest."
                if is_open
                else "Today's places are within 2 % of the cheapest. Reach the cheapest itself.",
                lambda at: at.cost <= enough * (1 + 1e-9),
                lambda at: _carried(at, best, currency),
            ),
        ],
    )  # fmt: skip


def _one_exchange(best: methods.LayoutPlan) -> list[Target]:
    """To find the best first exchange, where one saves anything."""
    if not len(best.exchanges):
        return []
    first = float(best.exchanges["cost"].iloc[0])
    gain = best.cost_today - best.cost

    def learned(at: methods.LayoutPlan) -> str:
        share = (at.cost_today - at.cost) / gain
        return (
            f"One exchange, {' with '.join(at.moved)}, brings {percent(min(1.0, share))} of all that can be saved. Moving costs too, "
            "and is not in the figures; begin where one move brings most."
        )

    return [
        Target(
            "Exchange two areas, and no more, so that it saves the most.",
            lambda at: len(at.moved) == 2 and at.cost <= first * (1 + 1e-6) + 1e-9,
            learned,
        )
    ]


def _carried(at: methods.LayoutPlan, best: methods.LayoutPlan, currency: str) -> str:
    if not at.moved:
        return "As areas stand today no arrangement is cheaper. Leave the floor as it is, and look elsewhere."
    small = at.too_small
    said = (
        f"{money(at.cost, currency)} a day in place of {money(at.cost_today)}, with {len(at.moved)} areas moved; "
        f"{money(best.cost)} is the least{', proved by trying every arrangement' if best.is_proved else ' that was found'}. "
    )
    if small:
        one = len(small) == 1
        return f"{said}But look before you lift: {' and '.join(small)} would stand on {'a place' if one else 'places'} smaller than today's."
    return f"{said}What the moves themselves cost is not in it."
