"""Pick one (`Choice`) or several (`Choices`); each option carries its reason."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, ClassVar

from .base import EMPTY, Answers, Given, Part, Text, Verdict, guarded, unreadable

if TYPE_CHECKING:
    from ..variant import Variant


@dataclass(frozen=True)
class Option:
    """One option, and the reason why it is right or what speaks against it."""

    id: str
    text: Text
    reason: Text


@dataclass(frozen=True)
class _Pick(Part):
    options: tuple[Option, ...] = ()
    shuffle: bool = True

    def view(self, v: Variant) -> dict[str, Any]:
        order = v.shuffled(self.id, len(self.options)) if self.shuffle else range(len(self.options))
        shown = [{"id": self.options[i].id, "text": v.text(self.options[i].text)} for i in order]
        return {**super().view(v), "options": shown}

    def option(self, option_id: Any) -> Option | None:
        return next((o for o in self.options if o.id == option_id), None)


@dataclass(frozen=True)
class Choice(_Pick):
    """One option is right: `key(g, a)` gives its id."""

    kind: ClassVar[str] = "choice"
    key: Callable[[Any, Any], str] = lambda g, a: ""

    def solve(self, g: Given, a: Answers) -> str:
        return self.key(g, a)

    def show(self, v: Variant, value: Any) -> str:
        option = self.option(value)
        return v.text(option.text) if option else ""

    def read(self, v: Variant, raw: Any) -> str | None:
        return raw if isinstance(raw, str) and self.option(raw) else None

    def judge(self, v: Variant, raw: Any, a: Answers, clean: bool) -> Verdict:
        if raw in (None, ""):
            return Verdict("empty", EMPTY.title, "Pick one, then press Check.")
        option = self.option(raw) if isinstance(raw, str) else None
        if option is None:
            return unreadable("That is not one of the options. Pick one of those shown.")
        reason = v.text(option.reason, a)
        if option.id == getattr(v.key, self.id):
            return Verdict("right", "Right", reason, 1.0)
        if not clean and option.id == guarded(self.key, v.g, a):
            return Verdict(
                "follows",
                "Follows from your earlier answer",
                "Right by your own figures. Mend the earlier answer.",
                1.0,
            )
        return Verdict("slip", "Not yet", reason, slip=option.id)


@dataclass(frozen=True)
class Choices(_Pick):
    """Several options are right: `key(g, a)` gives their ids. A wrong one picked takes a right one's credit."""

    kind: ClassVar[str] = "choices"
    key: Callable[[Any, Any], tuple[str, ...]] = lambda g, a: ()

    def solve(self, g: Given, a: Answers) -> tuple[str, ...]:
        right = set(self.key(g, a))
        return tuple(o.id for o in self.options if o.id in right)

    def type(self, value: Any) -> list[str]:
        return list(value)

    def show(self, v: Variant, value: Any) -> str:
        return "; ".join(v.text(o.text) for o in self.options if o.id in value)

    def read(self, v: Variant, raw: Any) -> tuple[str, ...] | None:
        if not isinstance(raw, list | tuple) or not all(isinstance(x, str) and self.option(x) for x in raw):
            return None
        return tuple(o.id for o in self.options if o.id in raw)

    def judge(self, v: Variant, raw: Any, a: Answers, clean: bool) -> Verdict:
        if not raw:
            return Verdict("empty", EMPTY.title, "Tick all that hold, then press Check.")
        picked = self.read(v, raw)
        if picked is None:
            return unreadable("That is not one of the options. Tick some of those shown.")
        right = getattr(v.key, self.id)
        cells = {
            o.id: {"state": "right" if o.id in right else "wrong", "text": v.text(o.reason, a)}
            for o in self.options
            if o.id in picked
        }
        hits, false = len(set(picked) & set(right)), len(set(picked) - set(right))
        missing = len(right) - hits
        if not false and not missing:
            return Verdict("right", "Right", "", 1.0, cells=cells)
        credit = max(0.0, (hits - false) / len(right)) if right else 0.0
        told = [f"{false} of those ticked {'does' if false == 1 else 'do'} not hold."] if false else []
        told += ["One more holds." if missing == 1 else f"{missing} more hold."] if missing else []
        return Verdict(
            "wrong",
            "Partly right" if credit else "Not yet",
            " ".join(told),
            credit,
            cells=cells,
            slip=",".join(sorted(set(picked) - set(right))),
        )
