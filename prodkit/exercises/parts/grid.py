"""A table to fill in, judged cell by cell: a small spreadsheet whose cells know their rule."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, ClassVar

from ...errors import ProdkitError
from ..numbers import Unreadable, read_number, show
from ..tolerance import Absolute, Tolerance
from .base import Answers, Given, Part, Slip, Verdict, guarded, number, unreadable

if TYPE_CHECKING:
    from ..variant import Variant

Cells = dict[str, dict[Hashable, float]]


@dataclass(frozen=True)
class Line:
    """One line of a grid.

    A line with `given` is printed; a line with `rule` is asked. `rule(g, a, t)` works one cell out
    from the others: `a.<line>[t]` reads the learner's cell where there is one, else works it out.
    Before the first column a line reads `start(g)`, beyond the last one `after`. `open_at(g, t)`
    limits which cells of an asked line are asked. A text line (say, a class A, B or C) has `choices`.
    """

    id: str
    label: str
    unit: str = ""
    given: Callable[[Any, Any], Any] | None = None
    rule: Callable[[Any, Any, Any], Any] | None = None
    start: Callable[[Any], float] | None = None
    after: float = 0.0
    tolerance: Tolerance = Absolute(0.5)
    slips: tuple[Slip, ...] = ()
    open_at: Callable[[Any, Any], bool] | None = None
    choices: tuple[str, ...] = ()


class CycleError(ProdkitError):
    """Rules of a grid that need each other; the message names the cells of the loop."""


class _Column:
    def __init__(self, sheet: Sheet, line: Line) -> None:
        self._sheet, self._line = sheet, line

    def __getitem__(self, t: Hashable) -> Any:
        return self._sheet.cell_(self._line, t)


class Sheet:
    """The grid's cells as rules see them: the learner's where typed, else worked out, lazily and once."""

    def __init__(
        self,
        grid: Grid,
        g: Given,
        cells: Cells,
        rules: Mapping[str, Callable[..., Any]] | None = None,
        earlier: Answers | None = None,
    ) -> None:
        self._lines = {line.id: line for line in grid.lines}
        self._over = list(grid.over(g))
        self._known = set(self._over)
        self._g, self._cells, self._rules, self._earlier = g, cells, rules or {}, earlier
        self._memory: dict[tuple[str, Hashable], Any] = {}
        self._busy: list[tuple[str, Hashable]] = []

    def __getattr__(self, name: str) -> Any:
        if name.startswith("_"):
            raise AttributeError(name)
        if name in self._lines:
            return _Column(self, self._lines[name])
        return getattr(self._earlier, name)

    def cell_(self, line: Line, t: Hashable) -> Any:
        if t not in self._known:
            before = bool(self._over) and isinstance(t, int) and t < self._over[0]
            return (line.start(self._g) if line.start else 0.0) if before else line.after
        if line.given is not None:
            return line.given(self._g, t)
        typed = self._cells.get(line.id, {}).get(t)
        return self.rule_(line, t) if typed is None else typed

    def rule_(self, line: Line, t: Hashable) -> Any:
        """The cell worked out by its rule, whatever was typed in it."""
        at = (line.id, t)
        if at in self._memory:
            return self._memory[at]
        if at in self._busy:
            loop = " → ".join(
                f"{name}[{column}]" for name, column in [*self._busy[self._busy.index(at) :], at]
            )
            raise CycleError(f"these cells need each other: {loop}")
        self._busy.append(at)
        try:
            rule = self._rules.get(line.id, line.rule)
            self._memory[at] = rule(self._g, self, t) if rule else 0.0
        finally:
            self._busy.pop()
        return self._memory[at]


@dataclass(frozen=True)
class Grid(Part):
    """A table to fill in: `lines` over the columns `over(g)`.

    `key(g, a)` comes from the subject: a mapping from line id to a mapping or sequence over the
    columns. The lines' rules are a second way to it, and the audit asserts that both agree.
    """

    kind: ClassVar[str] = "grid"
    over: Callable[[Any], Sequence[Any]] = lambda g: ()
    lines: tuple[Line, ...] = ()
    key: Callable[[Any, Any], Mapping[str, Any]] = lambda g, a: {}
    corner: str = "Week"
    column: Callable[[Any, Any], str] = lambda g, t: str(t)

    def asked(self, g: Given) -> list[tuple[Line, Any]]:
        """Every open cell, as (line, column), in the order of the columns."""
        return [
            (line, t)
            for t in self.over(g)
            for line in self.lines
            if line.given is None and (line.open_at is None or line.open_at(g, t))
        ]

    def solve(self, g: Given, a: Answers) -> dict[str, dict[Any, Any]]:
        key, over = self.key(g, a), list(self.over(g))
        found: dict[str, dict[Any, Any]] = {}
        for line, t in self.asked(g):
            column = key[line.id]
            value = column[t] if isinstance(column, Mapping) else column[over.index(t)]
            found.setdefault(line.id, {})[t] = str(value) if line.choices else float(value)
        return found

    def by_rules(self, g: Given, a: Answers) -> dict[str, dict[Any, Any]]:
        """The whole grid by its rules alone: what the audit holds `key` to."""
        return self._filled(g, Sheet(self, g, {}, earlier=a))

    def _filled(self, g: Given, sheet: Sheet) -> dict[str, dict[Any, Any]]:
        found: dict[str, dict[Any, Any]] = {}
        for line, t in self.asked(g):
            found.setdefault(line.id, {})[t] = sheet.rule_(line, t)
        return found

    def view(self, v: Variant) -> dict[str, Any]:
        g, over = v.g, list(self.over(v.g))
        open_cells = {(line.id, t) for line, t in self.asked(g)}
        lines = []
        for line in self.lines:
            shown: dict[str, Any] = {
                "id": line.id,
                "label": v.text(line.label),
                "unit": v.text(line.unit),
                "open": line.given is None,
            }
            if line.start is not None:
                shown["start"] = show(line.start(g))
            if line.given is not None:
                shown["cells"] = {str(t): _shown(line.given(g, t)) for t in over}
            else:
                shown["closed"] = [str(t) for t in over if (line.id, t) not in open_cells]
                shown["choices"] = list(line.choices)
            lines.append(shown)
        columns = [{"id": str(t), "label": self.column(g, t)} for t in over]
        return {**super().view(v), "corner": self.corner, "columns": columns, "lines": lines}

    def type(self, value: Any) -> dict[str, dict[str, str]]:
        return {
            line: {
                str(t): x if isinstance(x, str) else repr(float(x)) for t, x in cells.items() if x is not None
            }
            for line, cells in value.items()
        }

    def show(self, v: Variant, value: Any) -> str:
        labels = {line.id: v.text(line.label) for line in self.lines}
        return "; ".join(
            f"{labels[k]}: " + ", ".join(_shown(x) for x in cells.values()) for k, cells in value.items()
        )

    def slip_answers(self, v: Variant) -> Iterator[tuple[str, Any]]:
        for line in self.lines:
            for slip in line.slips:
                sheet = Sheet(self, v.g, {}, {line.id: slip.value}, v.key)
                filled = guarded(self._filled, v.g, sheet)
                useless = filled is None or any(
                    x is None or (not line.choices and number(x) is None) for x in filled[line.id].values()
                )
                yield f"{line.id}.{slip.id}", None if useless else self.type(filled)

    def read(self, v: Variant, raw: Any) -> Sheet | None:
        typed, _ = self._cells(v, raw)
        return Sheet(self, v.g, typed, earlier=v.key)

    def _cells(self, v: Variant, raw: Any) -> tuple[Cells, dict[tuple[str, Any], str]]:
        """The readable cells, and for each unreadable one what is wrong with it."""
        typed: Cells = {}
        bad: dict[tuple[str, Any], str] = {}
        for line, t in self.asked(v.g):
            row = raw.get(line.id) if isinstance(raw, Mapping) else None
            text = row.get(str(t)) if isinstance(row, Mapping) else None
            if text is None or (isinstance(text, str) and not text.strip()):
                continue
            if line.choices:
                match = [c for c in line.choices if str(text).strip().lower() == c.lower()]
                if match:
                    typed.setdefault(line.id, {})[t] = match[0]  # type: ignore[assignment]
                else:
                    bad[line.id, t] = f"One of {', '.join(line.choices)} belongs here."
                continue
            try:
                readings = read_number(text if isinstance(text, str) else repr(text))
            except Unreadable as fault:
                bad[line.id, t] = str(fault)
                continue
            key = getattr(v.key, self.id)[line.id][t]
            scale = 100.0 if line.unit.startswith("%") else 1.0
            values = [r.value * scale if r.percent else r.value for r in readings]
            typed.setdefault(line.id, {})[t] = min(values, key=lambda x: abs(x - key))
        return typed, bad

    def judge(self, v: Variant, raw: Any, a: Answers, clean: bool) -> Verdict:
        if raw is not None and not isinstance(raw, Mapping):
            return unreadable("The table could not be read. Fill its cells and press Check.")
        typed, bad = self._cells(v, raw or {})
        if not typed and not bad:
            return Verdict(
                "empty", "Nothing here yet", "Fill in the table column by column, then press Check."
            )
        key = getattr(v.key, self.id)
        sheet = Sheet(self, v.g, typed, earlier=a)
        cells: dict[str, dict[str, dict[str, str]]] = {}
        wrong: dict[str, list[Any]] = {}
        earned, counted, followed, unfilled = 0, 0, 0, 0
        for line, t in self.asked(v.g):
            target, text = key[line.id][t], bad.get((line.id, t), "")
            value = typed.get(line.id, {}).get(t)
            zero = target == 0 and not line.choices
            if value is None and not text:
                counted += not zero
                unfilled += not zero
                continue
            if text:
                state = "unreadable"
            elif self._agrees(v, line, value, target):
                state = "right"
            elif (own := guarded(sheet.rule_, line, t)) is not None and self._agrees(v, line, value, own):
                state, text = "partly", "Follows from your other cells."
                followed += 1
            else:
                state = "wrong"
                wrong.setdefault(line.id, []).append(t)
            if not zero:
                counted += 1
                earned += state == "right" or (state == "partly" and value != 0)
            elif state != "right":
                counted += 1
            cells.setdefault(line.id, {})[str(t)] = {"state": state, "text": text}
        slips = self._name_slips(v, typed, wrong, sheet, cells)
        credit = earned / counted if counted else 0.0
        if credit == 1 and not followed:
            return Verdict("right", "Right", "", 1.0, cells=cells)
        parts = [text for _, text in slips]
        n_wrong = sum(len(x) for x in wrong.values())
        if n_wrong and not slips:
            first = next((line, t) for line, t in self.asked(v.g) if t in wrong.get(line.id, []))
            parts.append(
                f"Begin at {_inside(v, first[0])}, {self.corner.lower()} {self.column(v.g, first[1])}: the cells before it are sound."
            )
        if bad:
            parts.append(
                f"{len(bad)} cell{'s' if len(bad) > 1 else ''} not readable: {next(iter(bad.values()))}"
            )
        if followed and n_wrong:
            parts.append(
                f"{followed} cell{'s' if followed > 1 else ''} marked ◐ follow{'s' if followed == 1 else ''} from a wrong one: mend that first."
            )
        if unfilled:
            parts.append(f"{unfilled} cell{'s' if unfilled > 1 else ''} still empty.")
        kind = "slip" if slips else "unreadable" if bad and not earned else "wrong"
        title = f"{earned} of {counted} cells" if credit else "Not yet"
        return Verdict(
            kind,
            title,
            " ".join(parts),
            min(credit, 0.99) if followed or wrong or bad or unfilled else credit,
            slip=",".join(name for name, _ in slips),
            cells=cells,
        )

    def _agrees(self, v: Variant, line: Line, value: Any, target: Any) -> bool:
        if line.choices:
            return bool(value == target)
        aim = number(target)
        return aim is not None and line.tolerance.holds(float(value), aim, v.g)

    def _name_slips(
        self,
        v: Variant,
        typed: Cells,
        wrong: dict[str, list[Any]],
        sheet: Sheet,
        cells: dict[str, dict[str, dict[str, str]]],
    ) -> list[tuple[str, str]]:
        """For each line with wrong cells, the slip that explains most of them (a tie names both)."""
        named: list[tuple[str, str]] = []
        for line in self.lines:
            at, best = wrong.get(line.id, []), (0, 0)
            found: list[Slip] = []
            for slip in line.slips:
                if not at or (self.id, f"{line.id}.{slip.id}") in v.off:
                    continue
                hits = {
                    t
                    for t, x in typed.get(line.id, {}).items()
                    if (s := guarded(slip.value, v.g, sheet, t)) is not None and self._agrees(v, line, x, s)
                }
                rank = (len(hits & set(at)), len(hits))
                if rank[0] and rank >= best:
                    found = [*found, slip] if rank == best else [slip]
                    best = rank
            for slip in found:
                text = v.text(slip.text)
                named.append((f"{line.id}.{slip.id}", text))
                for t in at:
                    s = guarded(slip.value, v.g, sheet, t)
                    if s is not None and self._agrees(v, line, typed[line.id][t], s):
                        cells[line.id][str(t)]["text"] = text
        return named


def _inside(v: Variant, line: Line) -> str:
    """A line's label inside a sentence: with a small letter, unless it begins with a name."""
    label = v.text(line.label)
    return label if line.label.startswith("{") else label[:1].lower() + label[1:]


def _shown(value: Any) -> str:
    return value if isinstance(value, str) else show(float(value))


__all__ = ["CycleError", "Grid", "Line", "Sheet"]
