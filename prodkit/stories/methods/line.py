"""Sitting 2: the customer's beat, and a line that keeps it."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Any

from ... import methods
from ...charts.style import amount, worded
from ...plant import assembly_line
from ..said import Said, percent

if TYPE_CHECKING:
    import pandas as pd

    from ...methods import LineBalance
    from ...plant import Line, Plant

__all__ = [
    "absent",
    "beat",
    "fewest",
    "mixed",
    "own_lines",
    "proved",
    "rules",
    "slowest",
    "task_list",
    "tell_line",
    "two_efficiencies",
    "wanted",
]


def wanted(line: Line) -> Said:
    """What is wanted of the line, and the hours it has."""
    shifts = "1 shift" if line.shifts == 1 else f"{line.shifts} shifts"
    rest = (
        f", of which {worded(line.break_s / 60)} minutes are breaks" if line.break_s else ", without breaks"
    )
    models = f" Its models are {_and(line.models)}." if line.is_mixed else ""
    return Said(
        f"The line is {line.line}: {len(line.tasks)} tasks, {worded(line.work_s)} seconds of work in one unit"
        f"{' on average over the models' if line.is_mixed else ''}.{models}",
        f"It works {shifts} a day of {amount(line.shift_s / 3600)} paid hours{rest}. How many the customers want no table "
        f"says; suppose {line.wanted:,} a day.",
    )


def task_list(plant: Plant, line: Line) -> pd.DataFrame:
    """The tasks of a line: what is done, seconds (weighted over the models), and what must come before."""
    import pandas as pd

    table = plant.table("tasks")
    table = table[table["line"] == line.line]
    after: dict[str, dict[str, None]] = {task: {} for task in line.tasks}
    for task, before in zip(table["task"], table["after"], strict=True):
        after[str(task)].update(dict.fromkeys(x.strip() for x in str(before).split(";") if x.strip()))
    rows = [
        (task, line.names[task], round(line.times[task], 1), ", ".join(after[task])) for task in line.tasks
    ]
    return pd.DataFrame(rows, columns=["task", "what is done", "seconds", "after"]).set_index("task")


def beat(line: Line, takt: float) -> Said:
    """The takt, and the fewest people whom the work content alone asks for."""
    people = line.work_s / takt
    return Said(
        f"So one must come off the line every {worded(takt)} seconds. In each there are {worded(line.work_s)} seconds of work, "
        f"{worded(people)} times as much. Fewer than {math.ceil(people - 1e-9)} people cannot do it, however the work is cut. "
        f"And the longest task, {line.names[line.longest] or line.longest}, takes {worded(line.times[line.longest])}: it must "
        "not be longer than the beat, or two people take turns at it."
    )


def rules(plant: Plant, line: Line, takt: float) -> pd.DataFrame:
    """What each rule makes of the line: stations, and the slowest of them (seconds)."""
    import pandas as pd

    rows = []
    for method, name in _RULES.items():
        balance = methods.line_balance(plant, line=line.line, cycle_time=takt, method=method)
        rows.append((name, balance.n_stations, round(balance.slowest.load, 1)))
    return pd.DataFrame(rows, columns=["rule", "stations", "slowest (s)"]).set_index("rule")


_RULES = {
    "largest_candidate": "largest candidate",
    "ranked_positional_weight": "ranked positional weight",
    "kilbridge_wester": "Kilbridge and Wester",
}


def fewest(table: pd.DataFrame, best: LineBalance) -> Said:
    """What the rules found beside the least number of stations."""
    stations = table["stations"].astype(int)
    worse = [str(name) for name in table.index[stations > best.n_stations]]
    if worse:
        more = int(stations.max()) - best.n_stations
        return Said(
            f"So {_and(worse)} would open {int(stations.max())} stations, and {best.n_stations} will do. A rule looks at one task at a "
            f"time and never takes back what it did; that would cost {more} {'person' if more == 1 else 'people'} a shift here."
        )
    if not best.is_proved:
        return Said(f"So nothing better than {best.n_stations} stations was found, but that is not proved.")
    even = float(table["slowest (s)"].max()) - float(table["slowest (s)"].min())
    told = f"So all three found the fewest, {best.n_stations}, and none of them could know it: only the proof says so."
    return Said(
        told
        + (
            " And they differ all the same: look at the slowest station."
            if even >= 0.01 * best.cycle_time
            else ""
        )
    )


def proved(best: LineBalance) -> Said:
    """The least number of stations beside the theoretical minimum."""
    least = best.theoretical_minimum
    if best.n_stations > least:
        return Said(
            f"By the work content alone {least} stations would do. They do not: tasks cannot be cut at will, and some must "
            f"wait for others. With {best.n_stations} stations {percent(best.balance_delay)} of the paid time is idle, and "
            "no rule in the world will change that. A shorter task will, or another beat."
        )
    return Said(
        f"{least} stations are what the work content alone asks for, so nobody can do with fewer. Of the paid time "
        f"{percent(best.balance_delay)} is idle all the same: work does not come in pieces of one beat."
    )


def slowest(best: LineBalance, even: LineBalance, line: Line) -> Said:
    """What the same number of stations could do if the slowest were as fast as can be."""
    day = line.shifts * (line.shift_s - line.break_s)
    gain = best.slowest.load - even.slowest.load
    if gain < 0.02 * best.slowest.load:
        return Said(
            f"So the slowest station can hardly be made faster with {best.n_stations} stations: {worded(even.slowest.load)} seconds "
            f"is the least there is. At that pace the line could make {int(day / even.slowest.load):,} a day."
        )
    return Said(
        f"So with the same {best.n_stations} people the slowest station could take {worded(even.slowest.load)} seconds in place "
        f"of {worded(best.slowest.load)}. Nobody works harder, the work is only cut more evenly, and the line could make "
        f"{int(day / even.slowest.load):,} a day in place of {int(day / best.slowest.load):,}."
    )


def two_efficiencies(balance: LineBalance) -> Said:
    """The two figures that both go by the name of efficiency."""
    return Said(
        f"Over the beat, {balance.n_stations} × {worded(balance.cycle_time)} seconds are paid for {worded(balance.total_time)} of "
        f"work: {percent(balance.efficiency)}. Over the slowest station, {balance.n_stations} × "
        f"{worded(balance.slowest.load)}: {percent(balance.efficiency_slowest)}. Books and exams mean the one or the other; say "
        "which is yours."
    )


def mixed(balance: LineBalance) -> Said:
    """Which model asks more of a station than the beat gives."""
    table = balance.models
    if table["model"].nunique() < 2:
        return Said(
            "This line builds one model, so there is nothing to mix. Read on for the day on which a second one comes."
        )
    over = table[table["overload"] > 1e-9].sort_values("overload", ascending=False, kind="stable")
    if over.empty:
        return Said(
            "So no model asks more of any station than the beat gives: they may follow each other in any order."
        )
    worst: Any = over.iloc[0]
    share = balance.shares[worst["model"]]
    many = len(over) > 1
    return Said(
        f"So on average every station keeps the beat, and yet the model {worst['model']} asks {worded(float(worst['load']))} seconds of "
        f"station {worst['station']}, {worded(float(worst['overload']))} too many. It is {percent(share)} of what is built. Let "
        f"two of them follow each other and the station falls behind twice; let others come between, and it catches up."
        + (
            f" {len(over) - 1} other such meeting{'s' if len(over) > 2 else ''} of model and station "
            if many
            else ""
        )
        + (("is" if len(over) == 2 else "are") + " in the table above." if many else "")
    )


def absent(plant: Plant, line: Line, full: LineBalance) -> Said:
    """What the line does with one person less."""
    n = full.n_stations
    if n < 2:
        return Said("One station is the whole line: with nobody there it stands.")
    less = methods.line_balance(plant, line=line.line, stations=n - 1)
    day = line.shifts * (line.shift_s - line.break_s)
    could = int(day / less.cycle_time)
    told = f"With {n - 1} people, newly balanced, the beat is {worded(less.cycle_time)} seconds and the day gives {could:,}"
    if could >= line.wanted:
        return Said(f"{told}. That is still enough for {line.wanted:,}: nobody needs to be called in.")
    gap = line.wanted - could
    hours = gap * less.cycle_time / 3600
    return Said(
        f"{told}, {gap:,} fewer than wanted. To make {'it' if gap == 1 else 'them'} up takes {worded(hours)} hours of overtime by all {n - 1}, or somebody "
        "who has learned a station. If everybody only moves up and one station does two people’s work, it is far worse: then "
        f"the beat is that station’s."
    )


def tell_line(line: Line, best: LineBalance, takt: float) -> Said:
    """The balance, told to four listeners."""
    return Said(
        f"- To the people at {line.line}: “The beat is {worded(takt)} seconds. Here is who does what, and why. Try it for a week; "
        "whoever cannot keep it pulls the cord, and we change the cut and not the person.”",
        f"- To the team leader: “{best.n_stations} stations a shift. Station {best.slowest.number} has the least air: stand "
        "there first.”",
        f"- To the planner: “{line.wanted:,} a day is what it is cut for. More than a tenth above or below, tell me a month "
        "before; the line must be cut anew.”",
        f"- To the plant manager: “{percent(best.balance_delay)} of the paid time is idle by the cut, and you see it at the end of "
        "each beat. It is not laziness, and the next improvement is one task made shorter.”",
    )


def own_lines(plant: Plant) -> pd.DataFrame:
    """Every line of a plant: tasks, work content, supposed demand, takt, stations (fewest), slowest (least, seconds)."""
    import pandas as pd

    rows = []
    for name in dict.fromkeys(map(str, plant.need("tasks", 2, "a line to balance")["line"])):
        line = assembly_line(plant, name)
        takt = methods.takt_time(line.shift_s, line.wanted, breaks=line.break_s, shifts=line.shifts)
        best = methods.line_balance(plant, line=name, cycle_time=takt)
        even = methods.line_balance(plant, line=name, stations=best.n_stations)
        rows.append((name, len(line.tasks), line.work_s, line.wanted, takt, best.n_stations, even.cycle_time))
    names = ["line", "tasks", "work (s)", "wanted a day", "takt (s)", "stations", "slowest, at best (s)"]
    return pd.DataFrame(rows, columns=names).set_index("line").round(1)


def _and(names: Any) -> str:
    listed = [str(name) for name in names]
    return listed[0] if len(listed) == 1 else f"{', '.join(listed[:-1])} and {listed[-1]}"
