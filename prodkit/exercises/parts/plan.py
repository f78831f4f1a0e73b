"""A decision judged by what it costs against the optimum, and by a second thing beside the cost."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, ClassVar

from ..numbers import Unreadable, read_number, show
from .base import Answers, Given, Part, Text, Verdict, guarded, number, unreadable

if TYPE_CHECKING:
    from ..variant import Variant


@dataclass(frozen=True)
class Field:
    """One input of a plan."""

    id: str
    label: str
    unit: str = ""


@dataclass(frozen=True)
class Also:
    """A second thing a plan is judged by: `value(g, a, x)` is a share from 0 (bad) to 1 (good)."""

    id: str
    label: str
    value: Callable[[Any, Any, Any], float]
    text: Callable[[Any, Any, Any], str]


@dataclass(frozen=True)
class Plan(Part):
    """A plan to propose.

    Parameters
    ----------
    fields, columns
        The inputs: one of each field, or one of each field and column.
    parse
        `parse(g, x)` turns the numbers typed into what the other functions take (as they are, if absent).
    clashes
        `clashes(g, a, x)`: sentences saying where the plan breaks a rule; empty if it can be carried out.
    cost
        `cost(g, a, x)`: what it costs.
    key
        `key(g, a)`: the best plan known, in the form that `parse` gives.
    typed
        `typed(x)` turns the key back into the fields (needed where `parse` changes the form).
    basis
        What stands behind the key: "proved optimal", "the best of 900 policies tried".
    good, poor
        Full credit up to `good` above the key's cost, none from `poor` on (shares; amounts if that cost is 0).
    also
        Other things judged, a quarter of the credit together.
    """

    kind: ClassVar[str] = "plan"
    fields: Callable[[Any], Sequence[Field]] = lambda g: ()
    columns: Callable[[Any], Sequence[Any]] = lambda g: ()
    parse: Callable[[Any, Any], Any] | None = None
    clashes: Callable[[Any, Any, Any], Sequence[str]] = lambda g, a, x: ()
    cost: Callable[[Any, Any, Any], float] = lambda g, a, x: 0.0
    key: Callable[[Any, Any], Any] = lambda g, a: None
    typed: Callable[[Any], Mapping[str, Any]] | None = None
    basis: Text = ""
    unit: str = "{currency} a year"
    good: float = 0.01
    poor: float = 0.25
    also: tuple[Also, ...] = ()

    def solve(self, g: Given, a: Answers) -> Any:
        return self.key(g, a)

    def view(self, v: Variant) -> dict[str, Any]:
        lines = [{"id": f.id, "label": v.text(f.label), "unit": v.text(f.unit)} for f in self.fields(v.g)]
        columns = [{"id": str(t), "label": str(t)} for t in self.columns(v.g)]
        return {**super().view(v), "lines": lines, "columns": columns}

    def type(self, value: Any) -> dict[str, Any]:
        fields = self.typed(value) if self.typed else value
        return {
            k: {str(t): repr(float(y)) for t, y in x.items()} if isinstance(x, Mapping) else repr(float(x))
            for k, x in fields.items()
        }

    def show(self, v: Variant, value: Any) -> str:
        fields = self.typed(value) if self.typed else value
        labels = {f.id: f for f in self.fields(v.g)}
        return "; ".join(
            f"{v.text(labels[k].label)} "
            + (", ".join(show(y) for y in x.values()) if isinstance(x, Mapping) else show(x))
            for k, x in fields.items()
        )

    def read(self, v: Variant, raw: Any) -> Any:
        try:
            return self._plan(v, raw)
        except Unreadable:
            return None

    def _plan(self, v: Variant, raw: Any) -> Any:
        columns = [str(t) for t in self.columns(v.g)]
        found: dict[str, Any] = {}
        for f in self.fields(v.g):
            row = raw.get(f.id) if isinstance(raw, Mapping) else None
            if columns:
                cells = row if isinstance(row, Mapping) else {}
                found[f.id] = {t: self._figure(v, f, cells.get(t), f", {t}", blank=0.0) for t in columns}
            else:
                found[f.id] = self._figure(v, f, row, "")
        if self.parse is None:
            return found
        plan = guarded(self.parse, v.g, found)
        if plan is None:
            raise Unreadable("These figures do not make a plan. Check each of them.")
        return plan

    def _figure(self, v: Variant, f: Field, text: Any, where: str, blank: float | None = None) -> float:
        if text is None or (isinstance(text, str) and not text.strip()):
            if blank is not None:
                return blank
            raise Unreadable(f"{v.text(f.label)}{where}: nothing typed yet.")
        try:
            return read_number(text if isinstance(text, str) else repr(text))[0].value
        except Unreadable as fault:
            raise Unreadable(f"{v.text(f.label)}{where}: {fault}") from fault

    def best(self, v: Variant) -> float:
        """The key's cost, worked out once a variant."""
        return float(v.remember(("best", self.id), lambda: self.cost(v.g, v.key, getattr(v.key, self.id))))

    def judge(self, v: Variant, raw: Any, a: Answers, clean: bool) -> Verdict:
        typed = (
            [x for row in raw.values() for x in (row.values() if isinstance(row, Mapping) else [row])]
            if isinstance(raw, Mapping)
            else []
        )
        if raw is None or (
            isinstance(raw, Mapping) and not any(str(x).strip() for x in typed if x is not None)
        ):
            return Verdict("empty", "Nothing here yet", "Type a plan, then press Check.")
        try:
            plan = self._plan(v, raw)
        except Unreadable as fault:
            return unreadable(str(fault))
        clashes = guarded(self.clashes, v.g, v.key, plan)
        if clashes is None:
            return unreadable("These figures do not make a plan. Check each of them.")
        if clashes:
            return Verdict("wrong", "Cannot be carried out", " ".join(clashes))
        cost = number(guarded(self.cost, v.g, v.key, plan))
        if cost is None:
            return unreadable("This plan has no finite cost. Check each figure.")
        best = self.best(v)
        above = (cost - best) / abs(best) if best else cost - best
        credit = 1.0 if above <= self.good else max(0.0, (self.poor - above) / (self.poor - self.good))
        told = [f"It costs {show(cost)} {v.text(self.unit)}; {v.text(self.basis, v.key)} costs {show(best)}."]
        shares = []
        for also in self.also:
            share = number(guarded(also.value, v.g, v.key, plan))
            shares.append(min(1.0, max(0.0, share or 0.0)))
            told.append(str(guarded(also.text, v.g, v.key, plan) or ""))
        if shares:
            credit = 0.75 * credit + 0.25 * sum(shares) / len(shares)
        if cost < best - 1e-9 * abs(best):
            told.append("Yours is the cheaper: well found.")
        title = (
            "Right"
            if credit > 0.995
            else f"{above:.0%} above the best"
            if best
            else f"{show(above)} above the best"
        )
        kind = "right" if credit > 0.995 else "wrong"
        return Verdict(
            kind,
            title,
            " ".join(told),
            1.0 if kind == "right" else credit,
            exact=self.show(v, getattr(v.key, self.id)) if kind == "right" else "",
        )
