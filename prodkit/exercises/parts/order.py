"""Put things in order: a ranking, a sequence of jobs."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, ClassVar

from .base import Answers, Given, Part, Slip, Verdict, guarded, unreadable

if TYPE_CHECKING:
    from ..variant import Variant


@dataclass(frozen=True)
class Order(Part):
    """Items to put in order.

    `over(g)` gives the items, or a mapping from item to a short note ("4.5 h"); `key(g, a)` the right
    order; `accepts(g, a, x)` is true for any other order that is as good; a slip's value is the order
    that someone who makes it would give.
    """

    kind: ClassVar[str] = "order"
    over: Callable[[Any], Mapping[str, str] | Sequence[str]] = lambda g: ()
    key: Callable[[Any, Any], Sequence[str]] = lambda g, a: ()
    accepts: Callable[[Any, Any, tuple[str, ...]], bool] | None = None
    slips: tuple[Slip, ...] = ()
    ends: tuple[str, str] = ("first", "last")

    def solve(self, g: Given, a: Answers) -> tuple[str, ...]:
        return tuple(str(x) for x in self.key(g, a))

    def items(self, g: Given) -> dict[str, str]:
        """Each item with its note."""
        over = self.over(g)
        return (
            {str(k): str(n) for k, n in over.items()}
            if isinstance(over, Mapping)
            else {str(k): "" for k in over}
        )

    def view(self, v: Variant) -> dict[str, Any]:
        items = list(self.items(v.g).items())
        shown = [
            {"id": items[i][0], "text": items[i][0], "note": items[i][1]}
            for i in v.shuffled(self.id, len(items))
        ]
        if tuple(x["id"] for x in shown) == getattr(v.key, self.id):
            shown.reverse()  # the list must not stand in the right order already
        return {**super().view(v), "items": shown, "ends": list(self.ends)}

    def type(self, value: Any) -> list[str]:
        return list(value)

    def show(self, v: Variant, value: Any) -> str:
        return " → ".join(value)

    def read(self, v: Variant, raw: Any) -> tuple[str, ...] | None:
        if not isinstance(raw, list | tuple) or not all(isinstance(x, str) for x in raw):
            return None
        return tuple(raw) if sorted(raw) == sorted(self.items(v.g)) else None

    def slip_answers(self, v: Variant) -> Iterator[tuple[str, Any]]:
        for slip in self.slips:
            value = guarded(slip.value, v.g, v.key)
            yield slip.id, None if value is None else [str(x) for x in value]

    def _good(self, v: Variant, order: tuple[str, ...], target: tuple[str, ...] | None, a: Answers) -> bool:
        return order == target or (self.accepts is not None and bool(guarded(self.accepts, v.g, a, order)))

    def judge(self, v: Variant, raw: Any, a: Answers, clean: bool) -> Verdict:
        if not raw:
            return Verdict("empty", "Nothing here yet", "Move the items into order, then press Check.")
        order = self.read(v, raw)
        if order is None:
            return unreadable("The list must hold each item once.")
        key: tuple[str, ...] = getattr(v.key, self.id)
        if self._good(v, order, key, v.key):
            return Verdict(
                "right", "Right", "" if order == key else "Another order that is just as good.", 1.0
            )
        if not clean and self._good(v, order, guarded(self.solve, v.g, a), a):
            text = "Right by your own figures. Mend the earlier answer."
            return Verdict("follows", "Follows from your earlier answer", text, 1.0)
        places = {item: key.index(item) for item in order if item in key}
        pairs = [(places.get(x, 0), places.get(y, 0)) for i, x in enumerate(order) for y in order[i + 1 :]]
        wrong = sum(x > y for x, y in pairs)
        credit = max(0.0, 1 - 4 * wrong / len(pairs)) if pairs and self.accepts is None else 0.0
        cells = {
            x: {"state": "right" if x == k else "wrong", "text": ""} for x, k in zip(order, key, strict=False)
        }
        for slip in self.slips:
            if (self.id, slip.id) not in v.off and any(
                (s := guarded(slip.value, v.g, c)) is not None and tuple(map(str, s)) == order
                for c in (v.key, a)
            ):
                return Verdict("slip", "Not yet", v.text(slip.text, a), slip=slip.id, cells=cells)
        first = next(i for i, (x, k) in enumerate(zip(order, key, strict=False)) if x != k)
        text = (
            f"The first {first} are right; look at place {first + 1}."
            if first
            else f"Begin again: {order[0]} does not come first."
        )
        return Verdict("wrong", "Partly right" if credit else "Not yet", text, credit, cells=cells)
