"""Judge the answers to a variant. No screen, no storage: answers in, verdicts out; it never raises."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from .parts.base import Answers, Verdict, unreadable, with_answer
from .variant import Variant

__all__ = ["Judgment", "judge"]


@dataclass(frozen=True)
class Judgment:
    """The verdict on each part, in order, and the score (share of the credit, 0 to 1)."""

    verdicts: dict[str, Verdict]

    @property
    def score(self) -> float:
        """Mean credit of the parts."""
        return sum(v.credit for v in self.verdicts.values()) / len(self.verdicts)

    @property
    def state(self) -> str:
        """right, partly, wrong, or unreadable where nothing could be judged."""
        states = {v.state for v in self.verdicts.values()}
        if states == {"right"}:
            return "right"
        if states <= {"unreadable", "empty"}:
            return "unreadable"
        return "partly" if self.score > 0 else "wrong"

    @property
    def headline(self) -> str:
        """One sentence on the whole."""
        n, right = len(self.verdicts), sum(v.state == "right" for v in self.verdicts.values())
        if self.state == "right":
            return "Right."
        if self.state == "unreadable":
            return "Nothing to judge yet." if n == 1 else "Nothing to judge yet: see each part."
        if self.state == "wrong":
            return "Not yet."
        return f"Partly right: {right} of {n} parts." if right and n > 1 else "Partly right."

    def view(self) -> dict[str, Any]:
        """What the card gets, as plain JSON."""
        n_all = len(self.verdicts)
        following = ""
        if self.state == "right":
            following = "Press New numbers to try the same with other figures."
        elif n_all > 1 and any(v.state == "empty" for v in self.verdicts.values()):
            following = "Some parts are still open."
        return {
            "score": round(self.score, 4),
            "state": self.state,
            "headline": self.headline,
            "parts": {part: v.view() for part, v in self.verdicts.items()},
            "next": following,
        }


def judge(v: Variant, answers: Any) -> Judgment:
    """Judge `answers`, a mapping from part id to what was typed.

    Each part is judged by the key, then by what follows from the learner's own earlier answers;
    an earlier answer that is empty or unreadable is replaced by the key's.
    """
    given = answers if isinstance(answers, Mapping) else {}
    earlier, clean = Answers(), True
    verdicts: dict[str, Verdict] = {}
    for part in v.problem.parts:
        raw = given.get(part.id)
        try:
            verdict = part.judge(v, raw, earlier, clean)
            own = part.read(v, raw)
        except Exception:  # whatever a learner typed: never a traceback
            verdict, own = unreadable("This answer could not be read. Type it again, more plainly."), None
        verdicts[part.id] = verdict
        clean = clean and verdict.kind in ("right", "convention", "empty")
        earlier = with_answer(earlier, part.id, getattr(v.key, part.id) if own is None else own)
    return Judgment(verdicts)
