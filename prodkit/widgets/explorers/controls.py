"""What a learner sets in an explorer: a dial, a choice, a board with chips to move."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

from ...errors import InputError
from ...exercises.numbers import Unreadable, read_number, show, time_unit

__all__ = ["Board", "Chip", "Dial", "Pick"]


@dataclass(frozen=True)
class Dial:
    """Something that the learner may set: a slider with a field to type in."""

    id: str
    """By which the model gets it."""
    label: str
    """What stands beside it."""
    low: float
    """Least value."""
    high: float
    """Greatest value."""
    step: float
    """What one press of an arrow key moves."""
    start: float
    """Where it stands at first, and after Reset."""
    unit: str = ""
    """Unit of the value."""
    is_percent: bool = False
    """A share, shown and typed in percent."""

    def __post_init__(self) -> None:
        if not self.low <= self.start <= self.high or self.low == self.high:
            raise InputError(f"start of {self.label}", self.start, f"{self.low:g} to {self.high:g}")

    @property
    def suffix(self) -> str:
        """The unit as it is shown."""
        return "%" if self.is_percent else self.unit

    @property
    def scale(self) -> float:
        """What a value is multiplied by to be shown."""
        return 100.0 if self.is_percent else 1.0

    @property
    def span(self) -> str:
        """What can be set, in words."""
        return f"{self.text(self.low)} to {self.text(self.high)}"

    def text(self, value: float) -> str:
        """The value as it is shown, without its unit."""
        return show(round(value * self.scale, 9), 5)

    def sent(self, value: float) -> float:
        """The value as the browser has it."""
        return value * self.scale

    def read(self, given: object) -> float:
        """The value that was set: a number as the model has it, or text as people type it.

        Raises
        ------
        Unreadable
            With a sentence for the learner.
        """
        if isinstance(given, bool) or not isinstance(given, int | float | str):
            raise Unreadable("That is not a number. Type the figure, such as 1,250.5.")
        within = (
            f"Type a figure from {self.text(self.low)} to {self.text(self.high)} {self.suffix}".rstrip() + "."
        )
        if not isinstance(given, str):
            candidates = [float(given)]
        elif not given.strip():
            raise Unreadable(within)
        else:
            candidates = []
            for reading in read_number(given):
                meant = time_unit(self.unit)
                if reading.percent and not self.is_percent:
                    raise Unreadable(
                        f"A percentage came where {self.unit or 'a plain figure'} belongs. {within}"
                    )
                if meant and time_unit(reading.unit) not in ("", meant):
                    raise Unreadable(f"This dial counts in {self.unit}. {within}")
                candidates.append(reading.value)
                if self.is_percent and not reading.percent:
                    candidates.insert(len(candidates) - 1, reading.value / 100)
        slack = 1e-9 * (self.high - self.low)
        for value in candidates:
            if self.low - slack <= value <= self.high + slack:
                return min(max(value, self.low), self.high)
        raise Unreadable(f"That is outside this dial. {within}")

    def view(self) -> dict[str, Any]:
        """What the browser is told."""
        return {
            "id": self.id,
            "label": self.label,
            "unit": self.suffix,
            "low": self.low * self.scale,
            "high": self.high * self.scale,
            "step": round(self.step * self.scale, 9),
            "scale": self.scale,
        }


@dataclass(frozen=True)
class Pick:
    """Something that the learner may choose: one of a list, or any number of them."""

    id: str
    """By which the model gets it: an option's id, or a tuple of them in the list's order."""
    label: str
    """What stands beside it."""
    options: tuple[tuple[str, str], ...]
    """Each with its id and what it is called."""
    start: str | tuple[str, ...]
    """What is chosen at first; a tuple where any number may be."""

    suffix = ""

    def __post_init__(self) -> None:
        self.read(self.start)

    @property
    def is_many(self) -> bool:
        """Whether any number may be chosen."""
        return not isinstance(self.start, str)

    @property
    def span(self) -> str:
        """What can be chosen, in words."""
        names = ", ".join(name for _, name in self.options)
        return f"any of {names}" if self.is_many else f"one of {names}"

    def text(self, value: str | tuple[str, ...]) -> str:
        """What is chosen, in words."""
        return ", ".join(name for id, name in self.options if id in _several(value)) or "none"

    def sent(self, value: str | tuple[str, ...]) -> str | list[str]:
        """The choice as the browser has it."""
        return value if isinstance(value, str) else list(value)

    def read(self, given: object) -> str | tuple[str, ...]:
        """The choice that was made.

        Raises
        ------
        Unreadable
            With a sentence for the learner.
        """
        chosen = _several(given)
        known = [id for id, _ in self.options]
        if not set(chosen) <= set(known) or (not self.is_many and (len(chosen) != 1 or given != chosen[0])):
            raise Unreadable(f"Choose {self.span}.")
        return tuple(id for id in known if id in chosen) if self.is_many else chosen[0]

    def view(self) -> dict[str, Any]:
        """What the browser is told."""
        options = [{"id": id, "text": name} for id, name in self.options]
        return {"id": self.id, "label": self.label, "many": self.is_many, "options": options}


class Chip(NamedTuple):
    """Something on a board that the learner moves: a job, a task."""

    id: str
    text: str
    """What it is called."""
    note: str = ""
    """What one should know of it: its time, perhaps."""


Lanes = dict[str, tuple[str, ...]]


@dataclass(frozen=True)
class Board:
    """Chips in lanes, for the learner to put in order by keyboard or mouse: jobs on a machine, tasks in stations."""

    id: str
    """By which the model gets it: the ids of the chips in each lane, in their order, by the lane's id."""
    label: str
    """What stands above it."""
    chips: tuple[Chip, ...]
    """What is moved."""
    lanes: tuple[tuple[str, str], ...]
    """Each with its id and what it is called."""
    start: Mapping[str, Sequence[str]]
    """Where the chips lie at first; a lane that is left out is empty."""
    is_fixed: bool = False
    """Whether each chip keeps to its lane, so that only the order changes."""
    is_single: bool = False
    """Whether each lane holds one chip: one that is moved changes places with the one that lay there."""
    notes: Callable[[Any], Mapping[str, str]] = lambda outcome: {}
    """From what the model gave: a few words beside each lane, by its id."""
    faults: Callable[[Any], Mapping[str, str]] = lambda outcome: {}
    """From what the model gave: what is wrong with a chip where it lies, by its id."""

    suffix = ""

    def __post_init__(self) -> None:
        whole = {lane: tuple(self.start.get(lane, ())) for lane, _ in self.lanes}
        object.__setattr__(self, "start", whole)
        self.read(whole)

    @property
    def span(self) -> str:
        """What can be done, in words."""
        names = ", ".join(chip.text for chip in self.chips)
        if len(self.lanes) == 1 or self.is_fixed:
            return f"any order of {names}"
        return f"{names}, each in one of {', '.join(name for _, name in self.lanes)}"

    def text(self, value: Lanes) -> str:
        """Where the chips lie, in words."""
        names = {chip.id: chip.text for chip in self.chips}
        rows = [(name, ", ".join(names[id] for id in value[lane]) or "none") for lane, name in self.lanes]
        return rows[0][1] if len(rows) == 1 else "; ".join(f"{name}: {row}" for name, row in rows)

    def sent(self, value: Lanes) -> dict[str, list[str]]:
        """Where the chips lie, as the browser has it."""
        return {lane: list(chips) for lane, chips in value.items()}

    def read(self, given: object) -> Lanes:
        """Where the chips were put; a bare sequence where there is one lane.

        Raises
        ------
        Unreadable
            With a sentence for the learner.
        """
        if isinstance(given, list | tuple) and len(self.lanes) == 1:
            given = {self.lanes[0][0]: given}
        rows = given if isinstance(given, dict) else {}
        placed = {lane: _several(rows.get(lane, ())) for lane, _ in self.lanes}
        known = sorted(chip.id for chip in self.chips)
        if not set(rows) <= set(placed) or sorted(id for row in placed.values() for id in row) != known:
            raise Unreadable(f"Put each of {', '.join(chip.text for chip in self.chips)} in one place.")
        if self.is_fixed and any(set(placed[lane]) != set(self.start[lane]) for lane in placed):
            raise Unreadable("Each keeps to its lane; only the order can change.")
        if self.is_single and any(len(row) != 1 for row in placed.values()):
            raise Unreadable("Each place holds one.")
        return placed

    def said(self, marks: Mapping[str, Mapping[str, str]]) -> list[str]:
        """The notes of the lanes and the faults of the chips, as plain lines."""
        chips = {chip.id: chip.text for chip in self.chips}
        notes = [f"{name}: {marks['notes'][id]}" for id, name in self.lanes if marks["notes"].get(id)]
        return [*notes, *(f"✗ {chips[id]}: {text}" for id, text in marks["faults"].items())]

    def view(self) -> dict[str, Any]:
        """What the browser is told."""
        return {
            "id": self.id,
            "label": self.label,
            "fixed": self.is_fixed,
            "single": self.is_single,
            "chips": [chip._asdict() for chip in self.chips],
            "lanes": [{"id": id, "text": name} for id, name in self.lanes],
        }


def _several(given: object) -> tuple[str, ...]:
    """Ids out of whatever came; what is none of them comes as an id that nothing has."""
    if isinstance(given, list | tuple):
        return tuple(each if isinstance(each, str) else "" for each in given)
    return (given,) if isinstance(given, str) else ("",)
