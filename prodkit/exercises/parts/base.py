"""What every part kind shares: verdicts, slips, conventions, and text with figures in it."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from types import SimpleNamespace
from typing import TYPE_CHECKING, Any, ClassVar

if TYPE_CHECKING:
    from ..variant import Variant

Given = SimpleNamespace
Answers = SimpleNamespace
Text = str | Callable[[Any, Any], str]

SIGNS = {"right": "✓", "partly": "◐", "wrong": "✗", "unreadable": "?", "empty": "–"}


@dataclass(frozen=True)
class Slip:
    """A named mistake: what someone who makes it would answer, and what to tell them.

    `value(g, a)` (in a grid line `value(g, a, t)`) returns the wrong answer, or None where this
    draw does not let the mistake be made.
    """

    id: str
    value: Callable[..., Any]
    text: Text


@dataclass(frozen=True)
class Convention:
    """Another convention that books use: right too, but said."""

    id: str
    value: Callable[[Any, Any], Any]
    text: Text


@dataclass(frozen=True)
class Verdict:
    """What the judge says of one part.

    `kind` is one of right, follows, convention, slip, general, near, wrong, unreadable, empty;
    `slip` names the slip or the general detector; `credit` runs from 0 to 1.
    """

    kind: str
    title: str
    text: str = ""
    credit: float = 0.0
    slip: str = ""
    exact: str = ""
    reading: str = ""
    cells: Mapping[str, Any] = field(default_factory=dict)

    @property
    def state(self) -> str:
        """The state that a card paints: right, partly, wrong, unreadable or empty."""
        if self.kind in ("right", "convention"):
            return "right"
        if self.kind in ("unreadable", "empty"):
            return self.kind
        if self.kind in ("follows", "near") or 0 < self.credit < 1:
            return "partly"
        return "right" if self.credit == 1 else "wrong"

    def view(self) -> dict[str, Any]:
        """What the card gets, as plain JSON."""
        shown = {
            "state": self.state,
            "title": self.title,
            "text": self.text,
            "exact": self.exact,
            "reading": self.reading,
        }
        return {**shown, "cells": dict(self.cells)} if self.cells else shown


EMPTY = Verdict("empty", "Nothing here yet", "Type an answer, then press Check.")


def unreadable(text: str) -> Verdict:
    return Verdict("unreadable", "Not readable", text)


@dataclass(frozen=True)
class Part:
    """One question of a problem. The kinds subclass it; each knows how to solve, show, read and judge."""

    kind: ClassVar[str] = ""
    id: str
    label: str

    def solve(self, g: Given, a: Answers) -> Any:
        """The key, from the given data and the earlier answers."""
        raise TypeError(f"{type(self).__name__} is not a part kind")

    def view(self, v: Variant) -> dict[str, Any]:
        """What a surface shows; never a key."""
        return {"id": self.id, "kind": self.kind, "label": v.text(self.label)}

    def read(self, v: Variant, raw: Any) -> Any:
        """The learner's own answer as later parts take it, or None where it is of no use."""
        raise TypeError(f"{type(self).__name__} is not a part kind")

    def judge(self, v: Variant, raw: Any, a: Answers, clean: bool) -> Verdict:
        """Judge a raw answer. `a` holds the learner's earlier answers; `clean`: all of them right."""
        raise TypeError(f"{type(self).__name__} is not a part kind")

    def type(self, value: Any) -> Any:
        """A value as a learner would enter it, with every digit."""
        return value

    def slip_answers(self, v: Variant) -> Iterator[tuple[str, Any]]:
        """Each slip's id with the raw answer of someone who makes it (None: not in this draw)."""
        return iter(())

    def show(self, v: Variant, value: Any) -> str:
        """A value as the kit prints it."""
        return str(value)


def number(value: Any) -> float | None:
    """A plain finite float of what a declaration's function returned, else None."""
    try:
        result = float(value)
    except (TypeError, ValueError, OverflowError):
        return None
    return result if math.isfinite(result) else None


def guarded(call: Callable[..., Any], *arguments: Any) -> Any:
    """A declaration's function on a learner's own answers: whatever goes wrong gives None."""
    try:
        return call(*arguments)
    except Exception:
        return None


def with_answer(a: Answers, part: str, value: Any) -> Answers:
    """The answers so far and one more."""
    return Answers(**{**vars(a), part: value})


__all__ = [
    "EMPTY",
    "SIGNS",
    "Answers",
    "Convention",
    "Given",
    "Part",
    "Slip",
    "Text",
    "Verdict",
    "guarded",
    "number",
    "replace",
    "unreadable",
    "with_answer",
]
