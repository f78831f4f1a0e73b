"""A problem is one declaration: what is drawn, asked, known, hinted and worked."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from .numbers import show
from .parts.base import Part, Text

if TYPE_CHECKING:
    import numpy as np

    from ..plant import Plant

__all__ = ["Fact", "FactTable", "Problem"]


@dataclass(frozen=True)
class Fact:
    """One given figure as the card shows it: `g.<name>`, its label and unit.

    `percent` shows a share as a percentage (0.2 as "20 %").
    """

    name: str
    label: str
    unit: str = ""
    percent: bool = False

    def shown(self, value: Any) -> str:
        """The value as a learner reads it; every digit of it, so that hand work starts from the same figure."""
        if isinstance(value, str):
            return value
        return f"{show(100 * float(value), 9)} %" if self.percent else show(float(value), 9)


@dataclass(frozen=True)
class FactTable:
    """A given table: `g.<name>` is a sequence of rows, each a mapping by the columns' names."""

    name: str
    label: str
    columns: tuple[Fact, ...]


@dataclass(frozen=True)
class Problem:
    """An exercise, declared once; every surface shows and judges it from here.

    Parameters
    ----------
    id
        "<subject>.<name>", never renamed or reused.
    draw
        `draw(rng, plant)` gives the given data as a mapping: a real row of this plant, figures
        perturbed and rounded as people state them.
    prompt, hints, steps
        Plain text; `{name}` stands for the given figure as shown. `steps` may also use the answers.
        A text may be a function `(g, a)` instead. Paragraphs are parted by a blank line.
        `{unit}` and `{a_unit}` stand for the unit of the item that `draw` gives as `item`: kg, a kg.
    covers
        The subject's functions that it practices. `topics`: the exam topics, by their names in the bank.
    needs
        The plant's tables that `draw` reads.
    """

    id: str
    title: str
    level: int
    minutes: int
    outcomes: tuple[str, ...]
    draw: Callable[[np.random.Generator, Plant], Mapping[str, Any]]
    prompt: Text
    parts: tuple[Part, ...]
    facts: tuple[Fact | FactTable, ...] = ()
    hints: tuple[Text, ...] = ()
    steps: tuple[Text, ...] = ()
    covers: tuple[str, ...] = ()
    topics: tuple[str, ...] = ()
    needs: tuple[str, ...] = ()

    @property
    def subject(self) -> str:
        """The subject whose bank holds it."""
        return self.id.partition(".")[0]

    def part(self, part_id: str) -> Part:
        """The part of this id."""
        return next(p for p in self.parts if p.id == part_id)
