"""A problem with its numbers: drawn fairly, so that each slip gives an answer of its own."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Hashable, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from .numbers import show
from .parts.base import Answers, Given, Part, Text, Verdict, number
from .parts.number import Number
from .problem import Fact, FactTable, Problem

if TYPE_CHECKING:
    from ..plant import Plant

__all__ = ["Clash", "Variant", "draw", "draw_once", "seed_for"]

DRAWS = 50
UNIT = {"unit": "units", "a_unit": "a unit"}  # of what is about no item
APART = 3.0  # a slip's answer stands at least so many tolerances from the key


@dataclass(frozen=True)
class Clash:
    """Why a slip cannot be told apart in some numbers: what it collides with, and the figures."""

    why: str
    figures: str


Clashes = Mapping[tuple[str, str], Clash]


@dataclass
class Variant:
    """One problem with one set of numbers: what is given (`g`) and the whole `key`.

    `clashes` says which (part, slip) pairs cannot be told apart in these numbers, and why; `n` which
    draw of the seed this is; `first_clashes` what was unfair in the first one, if anything.
    """

    problem: Problem
    plant: Plant
    seed: int
    n: int
    g: Given
    key: Answers
    clashes: Clashes = field(default_factory=dict)
    first_clashes: Clashes = field(default_factory=dict)
    _memory: dict[Hashable, Any] = field(default_factory=dict, repr=False)

    @property
    def off(self) -> frozenset[tuple[str, str]]:
        """The (part, slip) pairs that the judge leaves out, since they cannot be told apart."""
        return frozenset(self.clashes)

    @property
    def unfair_first(self) -> bool:
        """Whether the first draw of this seed was unfair."""
        return bool(self.first_clashes)

    def text(self, text: Text, a: Answers | None = None) -> str:
        """A text with its figures. Only texts that may know them are handed the answers `a`."""
        if callable(text):
            return text(self.g, a if a is not None else Answers())
        if "{" not in text:
            return text
        return text.format_map(self._words(a))

    def _words(self, a: Answers | None) -> dict[str, str]:
        words: dict[str, str] = self.remember("words", self._given_words)
        if a is None:
            return words
        shown = {p.id: p.show(self, getattr(self.key, p.id)) for p in self.problem.parts if hasattr(a, p.id)}
        return {**words, **shown}

    def _given_words(self) -> dict[str, str]:
        words = {"currency": self.plant.currency, "plant": self.plant.name, **UNIT}
        facts = {f.name: f for f in self.problem.facts if isinstance(f, Fact)}
        for name, value in vars(self.g).items():
            if name in facts:
                words[name] = facts[name].shown(value)
            elif isinstance(value, str):
                words[name] = value
            elif number(value) is not None:
                words[name] = show(float(value), 9)
        return words

    def remember(self, what: Hashable, work: Callable[[], Any]) -> Any:
        """What `work` gives, worked out once for this variant."""
        if what not in self._memory:
            self._memory[what] = work()
        return self._memory[what]

    def shuffled(self, name: str, n: int) -> list[int]:
        """The numbers 0 to n-1 in an order of this variant's own."""
        return sorted(
            range(n), key=lambda i: hashlib.sha256(f"{self.seed}|{self.n}|{name}|{i}".encode()).digest()
        )

    def given(self) -> list[dict[str, Any]]:
        """The given data as a card shows them."""
        shown: list[dict[str, Any]] = []
        for fact in self.problem.facts:
            value = getattr(self.g, fact.name)
            if isinstance(fact, FactTable):
                columns = [{"label": c.label, "unit": self.text(c.unit)} for c in fact.columns]
                rows = [[c.shown(row[c.name]) for c in fact.columns] for row in value]
                shown.append({"kind": "table", "label": fact.label, "columns": columns, "rows": rows})
            else:
                shown.append(
                    {
                        "kind": "fact",
                        "label": fact.label,
                        "value": fact.shown(value),
                        "unit": self.text(fact.unit),
                    }
                )
        return shown

    def steps(self) -> list[str]:
        """The worked solution."""
        return [self.text(step, self.key) for step in self.problem.steps]


def seed_for(learner: str, problem_id: str, attempt: int) -> int:
    """The seed of a learner's attempt: the same on every machine and surface."""
    digest = hashlib.sha256(f"{learner}\n{problem_id}\n{attempt}".encode()).digest()
    return int.from_bytes(digest[:4], "big")


def draw(problem: Problem, plant: Plant, seed: int) -> Variant:
    """The fair variant of a seed: the first of up to 50 draws in which the judge tells all slips apart.

    Where none is, the one with the fewest collisions, with the colliding slips off.

    Raises
    ------
    MissingTableError
        If the plant lacks what the problem is drawn from.
    """
    best: Variant | None = None
    first: Clashes = {}
    for n in range(DRAWS):
        v = draw_once(problem, plant, seed, n)
        clashing = collisions(v)
        if n == 0:
            first = clashing
        v.first_clashes = first
        if not clashing:
            return v
        if best is None or len(clashing) < len(best.clashes):
            v.clashes = clashing
            best = v
    assert best is not None
    return best


def draw_given(problem: Problem, plant: Plant, seed: int, n: int) -> Given:
    """What draw number `n` of a seed gives, with the unit of the item that it is about.

    Where `draw` gives an `item` of the plant, `unit` is what it is counted in (pieces, kg) and `a_unit` one of them
    (a piece, a kg); else they are "units" and "a unit".
    """
    import numpy as np

    from ..plant.roles import unit_name

    given = dict(problem.draw(np.random.default_rng([seed, n]), plant))
    item = given.get("item")
    words = UNIT
    if isinstance(item, str):
        words = {"unit": unit_name(plant, item), "a_unit": unit_name(plant, item, one=True)}
    return Given(**{**words, **given})


def draw_once(problem: Problem, plant: Plant, seed: int, n: int) -> Variant:
    """Draw number `n` of a seed, fair or not."""
    g = draw_given(problem, plant, seed, n)
    key = Answers()
    for part in problem.parts:
        setattr(key, part.id, part.solve(g, key))
    return Variant(problem, plant, seed, n, g, key)


def collisions(v: Variant) -> dict[tuple[str, str], Clash]:
    """The slips that the judge, fed each slip's own result, does not name alone; and unusable keys."""
    found: dict[tuple[str, str], Clash] = {}
    for i, part in enumerate(v.problem.parts):
        earlier = Answers(**{p.id: getattr(v.key, p.id) for p in v.problem.parts[:i]})
        for slip_id, raw in part.slip_answers(v):
            if raw is None:
                continue
            verdict = part.judge(v, raw, earlier, clean=True)
            if verdict.slip != slip_id:
                found[part.id, slip_id] = Clash(_named(verdict, slip_id), _figures(v, part, raw))
            elif isinstance(part, Number) and _too_near(v, part, float(raw)):
                why = f"is within {APART:g} tolerances of the key"
                found[part.id, slip_id] = Clash(why, _figures(v, part, raw))
        if isinstance(part, Number) and part.raw is not None:
            unrounded = float(part.raw(v.g, v.key))
            if not 0.15 <= unrounded % 1 <= 0.85:
                why = "the figure before rounding up is not 0.15 to 0.85 above a whole number"
                found[part.id, "general.rounded"] = Clash(why, show(unrounded))
    return found


def _named(verdict: Verdict, slip_id: str) -> str:
    """What the judge says of a slip's own answer, where that is not the slip alone."""
    if verdict.kind == "right":
        return "is right: it cannot be told from the key"
    if verdict.kind == "convention":
        return f"is right by the convention {verdict.slip}"
    if verdict.kind in ("slip", "general") or verdict.slip:
        others = [x for x in verdict.slip.split(",") if x != slip_id]
        return f"cannot be told from {' and '.join(others)}"
    return f"is not named: the judge says {verdict.title!r}"


def _figures(v: Variant, part: Part, raw: Any) -> str:
    if not isinstance(part, Number):
        return ""
    return f"the slip gives {show(float(raw))}, the key is {show(getattr(v.key, part.id))}"


def _too_near(v: Variant, part: Number, value: float) -> bool:
    key = getattr(v.key, part.id)
    return bool(abs(value - key) < APART * part.width(v, key, v.key))
