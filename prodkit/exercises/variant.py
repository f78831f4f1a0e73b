"""A problem with its numbers: drawn fairly, so that each slip gives an answer of its own."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Hashable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from .numbers import show
from .parts.base import Answers, Given, Text, number
from .parts.number import Number
from .problem import Fact, FactTable, Problem

if TYPE_CHECKING:
    from ..plant import Plant

__all__ = ["Variant", "draw", "seed_for"]

DRAWS = 50
APART = 3.0  # a slip's answer stands at least so many tolerances from the key


@dataclass
class Variant:
    """One problem with one set of numbers: what is given (`g`) and the whole `key`.

    `off` holds the (part, slip) pairs that cannot be told apart in these numbers; `n` says which
    draw of the seed was fair; `unfair_first` whether the first one was not.
    """

    problem: Problem
    plant: Plant
    seed: int
    n: int
    g: Given
    key: Answers
    off: frozenset[tuple[str, str]] = frozenset()
    unfair_first: bool = False
    _memory: dict[Hashable, Any] = field(default_factory=dict, repr=False)

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
        words = {"currency": self.plant.currency, "plant": self.plant.name}
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
    unfair_first = False
    for n in range(DRAWS):
        v = _draw_once(problem, plant, seed, n)
        clashing = collisions(v)
        if n == 0:
            unfair_first = bool(clashing)
        v.unfair_first = unfair_first
        if not clashing:
            return v
        if best is None or len(clashing) < len(best.off):
            v.off = frozenset(clashing)
            best = v
    assert best is not None
    return best


def _draw_once(problem: Problem, plant: Plant, seed: int, n: int) -> Variant:
    import numpy as np

    g = Given(**problem.draw(np.random.default_rng([seed, n]), plant))
    key = Answers()
    for part in problem.parts:
        setattr(key, part.id, part.solve(g, key))
    return Variant(problem, plant, seed, n, g, key)


def collisions(v: Variant) -> set[tuple[str, str]]:
    """The slips that the judge, fed each slip's own result, does not name alone; and unusable keys."""
    found: set[tuple[str, str]] = set()
    for part in v.problem.parts:
        earlier = Answers(
            **{p.id: getattr(v.key, p.id) for p in v.problem.parts[: v.problem.parts.index(part)]}
        )
        for slip_id, raw in part.slip_answers(v):
            if raw is None:
                continue
            verdict = part.judge(v, raw, earlier, clean=True)
            near = isinstance(part, Number) and _too_near(v, part, float(raw))
            if verdict.slip != slip_id or near:
                found.add((part.id, slip_id))
        if (
            isinstance(part, Number)
            and part.raw is not None
            and not 0.15 <= float(part.raw(v.g, v.key)) % 1 <= 0.85
        ):
            found.add((part.id, "general.rounded"))
    return found


def _too_near(v: Variant, part: Number, value: float) -> bool:
    key = getattr(v.key, part.id)
    return bool(abs(value - key) < APART * part.width(v, key, v.key))
