"""What the lesson on methods watches in a plant: operations, places and lines, chosen by role, never by name."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from ..errors import InputError, MissingTableError

if TYPE_CHECKING:
    import pandas as pd

    from .plant import Plant

__all__ = ["Line", "Watched", "assembly_line", "long_changeover", "two_ways", "watched", "watched_place"]

_FEW = 8  # tasks with which a line is worth balancing
_PEOPLE = 4.6  # people whom the supposed demand keeps busy


@dataclass(frozen=True)
class Watched:
    """An operation that was timed with a stopwatch."""

    plant: str
    operation: str
    elements: tuple[str, ...]
    """In the order in which they are done."""
    rare: str
    """An element that does not come in every cycle; "" where there is none."""
    every: float
    """Cycles in which it comes once."""
    foreign: int
    """Readings with something in them that does not belong to the work."""
    slow: str
    """The element with the longest mean reading, of those that come in every cycle."""

    @property
    def first(self) -> str:
        """The first element."""
        return self.elements[0]


def watched(plant: Plant) -> Watched:
    """The timed operation that has most to show: a rare element, foreign readings, many readings.

    Raises
    ------
    MissingTableError
        If the plant has no time study of an operation with two elements.

    Examples
    --------
    >>> from prodkit import Plant
    >>> one = watched(Plant.sample("metal"))
    >>> one.operation, one.rare, one.foreign
    ('bend shelf-board', 'change pallet', 3)
    """
    table = plant.need("time_studies", 2, "a time study")
    found = []
    for name, part in table.groupby("operation", sort=False):
        clean = part[~part["foreign"]]
        by_element = clean.groupby("element", sort=False)
        if len(by_element) < 2 or int(by_element.size().min()) < 1:
            continue
        rare = [(str(e), float(rows["every"].iloc[0])) for e, rows in by_element if rows["every"].iloc[0] > 1]
        usual = clean[clean["every"] <= 1]
        if usual.empty:
            continue
        one = Watched(
            plant=plant.name,
            operation=str(name),
            elements=tuple(map(str, part["element"].drop_duplicates())),
            rare=rare[0][0] if rare else "",
            every=rare[0][1] if rare else 1.0,
            foreign=int(part["foreign"].sum()),
            slow=str(usual.groupby("element", sort=False)["seconds"].mean().idxmax()),
        )
        found.append(((bool(rare), one.foreign > 0, len(part)), one))
    if not found:
        raise MissingTableError("time_studies", "a time study needs an operation with two elements")
    return max(found, key=lambda pair: pair[0])[1]


def watched_place(plant: Plant) -> tuple[str, str]:
    """Where people were looked at most often at random moments, and the state that was found most.

    Raises
    ------
    MissingTableError
        If the plant has no work samples.

    Examples
    --------
    >>> from prodkit import Plant
    >>> watched_place(Plant.sample("metal"))
    ('assembly', 'at work')
    """
    table = plant.need("work_samples", 1, "work sampling")
    looks: Any = table.groupby("place")["looks"].sum()
    place = str(looks.idxmax())
    states: Any = table[table["place"] == place].groupby("state", sort=False)["looks"].sum()
    return place, str(states.idxmax())


def two_ways(plant: Plant) -> tuple[str, str, str]:
    """An operation that is written down as motions in two ways: its name, today's way and the other.

    Raises
    ------
    MissingTableError
        If the plant has no motions, or no operation in two ways.

    Examples
    --------
    >>> from prodkit import Plant
    >>> two_ways(Plant.sample("metal"))
    ('rivet hinge leaf', 'today', 'proposed')
    """
    plant.need("motions", 1, "predetermined times")
    table = plant.need("motion_studies", 1, "predetermined times")
    for operation, part in table.groupby("operation", sort=False):
        ways = list(dict.fromkeys(map(str, part["method"])))
        if len(ways) > 1:
            now = "today" if "today" in ways else ways[0]
            return str(operation), now, next(way for way in ways if way != now)
    raise MissingTableError("motion_studies", "an operation must be written down in two ways")


def long_changeover(plant: Plant) -> str:
    """The filmed changeover that stops its machine longest.

    Raises
    ------
    MissingTableError
        If no changeover is on record that stops a machine.

    Examples
    --------
    >>> from prodkit import Plant
    >>> long_changeover(Plant.sample("metal"))
    'coating, color change'
    """
    table = plant.need("changeover_steps", 1, "a quick changeover")
    stands: Any = table[table["now"] == "internal"].groupby("changeover", sort=False)["seconds"].sum()
    if stands.empty or not float(stands.max()) > 0:
        raise MissingTableError("changeover_steps", "a step must stop the machine today")
    return str(stands.idxmax())


@dataclass(frozen=True)
class Line:
    """An assembly line: its tasks, its shifts, and what is wanted of it."""

    plant: str
    line: str
    models: tuple[str, ...]
    """Models that are built on it; one "" where all are alike."""
    tasks: tuple[str, ...]
    names: dict[str, str]
    """{task: what is done}."""
    times: dict[str, float]
    """{task: seconds, over the models by their shares}."""
    shift_s: float
    """Paid time of one shift (seconds), breaks included."""
    break_s: float
    """Breaks of one shift (seconds)."""
    shifts: int
    """Shifts a day."""
    wanted: int
    """Units a day: supposed, since no table says so, to keep about five people busy."""

    @property
    def work_s(self) -> float:
        """Work content of a unit (seconds), over the models."""
        return sum(self.times.values())

    @property
    def longest(self) -> str:
        """The longest task."""
        return max(self.times, key=self.times.__getitem__)

    @property
    def is_mixed(self) -> bool:
        """Whether more than one model is built on it."""
        return len(self.models) > 1


def assembly_line(plant: Plant, line: str | None = None) -> Line:
    """The line to balance: of those with eight tasks or more one that builds several models, then the most tasks.

    Parameters
    ----------
    plant
        With tasks; shifts where it has them.
    line
        None for the role.

    Raises
    ------
    MissingTableError
        If the plant has no tasks.
    InputError
        If there is no such line.

    Examples
    --------
    >>> from prodkit import Plant
    >>> line = assembly_line(Plant.sample("metal"))
    >>> line.line, len(line.tasks), line.is_mixed, round(line.work_s), line.shifts, line.wanted
    ('cabinet line', 12, True, 956, 2, 280)
    """
    table = plant.need("tasks", 2, "a line to balance")
    found = {str(name): _line(plant, str(name), part) for name, part in table.groupby("line", sort=False)}
    if line is not None:
        if line not in found:
            raise InputError("line", line, "one of " + ", ".join(found))
        return found[line]
    return max(found.values(), key=lambda x: (len(x.tasks) >= _FEW, x.is_mixed, len(x.tasks)))


def _line(plant: Plant, name: str, part: pd.DataFrame) -> Line:
    models = tuple(dict.fromkeys(map(str, part["model"])))
    shares: dict[str, float] = {m: float(part.loc[part["model"] == m, "mix_share"].iloc[0]) for m in models}
    total = sum(shares.values())
    tasks = tuple(dict.fromkeys(map(str, part["task"])))
    times = dict.fromkeys(tasks, 0.0)
    for task, model, seconds in zip(part["task"], part["model"], part["seconds"], strict=True):
        times[str(task)] += float(seconds) * (shares[str(model)] / total if total > 0 else 1 / len(models))
    names = dict(zip(part["task"].astype(str), part["name"].astype(str), strict=True))
    about: Any = plant.table("about").iloc[0]
    shift, off = 3600 * float(about["hours_per_shift"]), 0.0
    if "shifts" in plant.tables and len(plant.table("shifts")):
        row: Any = plant.table("shifts").iloc[0]
        shift = 3600 * ((float(row["end_hour"]) - float(row["start_hour"])) % 24 or 24)
        off = min(60 * float(row["break_min"]), shift / 2)
    shifts = int(about["shifts_per_day"])
    beat = max(1.08 * max(times.values()), sum(times.values()) / _PEOPLE, 1.0)
    wanted = max(1, int(float(f"{shifts * (shift - off) / beat:.2g}")))
    return Line(plant.name, name, models, tasks, names, times, shift, off, shifts, wanted)
