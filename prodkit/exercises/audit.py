"""The audit: every problem over hundreds of seeds, by the same draw and judge that learners meet."""

from __future__ import annotations

import json
import math
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from ..errors import MissingTableError
from .arithmetic import wrong_sums
from .declared import (
    call_faults,
    chance_fault,
    declaration_faults,
    diagnose,
    fact_faults,
    silent_slip,
    text_faults,
    told,
)
from .judge import judge
from .numbers import read_number, show
from .parts import Choice
from .parts.base import Answers, guarded, number
from .parts.grid import Grid
from .parts.number import Number
from .problem import Fact, FactTable, Problem
from .variant import DRAWS, Variant, draw, draw_once

if TYPE_CHECKING:
    from ..plant import Plant

__all__ = ["AuditReport", "audit"]

Fault = tuple[str, str]  # what is wrong, and what was seen in one variant
ENOUGH = 5  # variants that say something about what is always right
DRAWN_AGAIN = 20  # so many variants are drawn a second time
LIVE = 0.60  # share of variants in which each slip must be live
UNFAIR = 0.30  # share of first draws that may be unfair
GARBAGE: tuple[Any, ...] = (
    "",
    " ",
    "🙂",
    "<b>1</b>",
    "=1+1",
    "1e400",
    "-",
    ",",
    "NaN",
    "9" * 10_000,
    None,
    [],
    {},
    True,
)


@dataclass
class AuditReport:
    """What the audit found of one problem on one plant.

    `faults` counts each fault by its text, `examples` says where one was seen; `missing` says what the
    plant lacks, where it cannot be drawn there at all; `notes` are no faults, but worth a look.
    """

    problem: str
    plant: str
    seeds: int
    unfair_first: float = 0.0
    live: dict[str, float] = field(default_factory=dict)
    faults: Counter[str] = field(default_factory=Counter)
    examples: dict[str, str] = field(default_factory=dict)
    missing: str = ""
    notes: list[str] = field(default_factory=list)

    def add(self, text: str, example: str = "", times: int = 1) -> None:
        """Count a fault; the first example of it is kept."""
        self.faults[text] += times
        if example:
            self.examples.setdefault(text, example)

    def __str__(self) -> str:
        weakest = min(self.live.values(), default=1.0)
        state = "BAD" if self.faults else "n/a" if self.missing else "ok "
        head = f"{state} {self.problem:34} {self.plant:20} {self.seeds:4} seeds"
        tail = (
            f"{len(self.live):3} slips, live >= {weakest:4.0%}, first draws unfair {self.unfair_first:4.0%}"
        )
        lines = [f"{head}  {self.missing or tail}"]
        for text, n in self.faults.most_common():
            seen = f" ({self.examples[text]})" if text in self.examples else ""
            lines.append(f"      {n} x {text}{seen}")
        return "\n".join([*lines, *(f"      note: {text}" for text in self.notes)])


def audit(problem: Problem, plant: Plant, seeds: Iterable[int] = range(1, 26)) -> AuditReport:
    """Draw a problem for each seed and check all that a learner relies on. It never raises.

    Every name in the declaration is one that there is, and no function of it raises; every chance comes
    from the seed. The key is finite and scores right, typed in full and as displayed; hand work with
    printed constants scores right; a chained key agrees with the subject's call and a grid's key with its
    rules; the sums of the worked solution hold and it ends at the key; the given figures are shown in
    full; every slip is named, is live in 60 % of the variants and stands clear of the key; nothing typed
    raises.
    """
    seeds = list(seeds)
    report = AuditReport(problem.id, plant.name, len(seeds))
    for text, _ in _safely(declaration_faults, problem):
        report.add(text)
    drawn = []
    for seed in seeds:
        try:
            drawn.append(draw(problem, plant, seed))
        except MissingTableError as fault:
            report.missing = str(fault)
        except Exception as fault:
            report.add(diagnose(problem, plant, seed, fault), f"seed {seed}")
    if report.missing and drawn:
        report.add(f"drawn for some seeds only: {report.missing}", times=len(seeds) - len(drawn))
    for i, v in enumerate(drawn):
        again = _safely(chance_fault, v) if i < DRAWN_AGAIN else []
        for text, seen in [*again, *_faults(v)]:
            report.add(text, f"seed {v.seed}{f': {seen}' if seen else ''}")
    if drawn:
        _fairness(report, problem, drawn)
        _sameness(report, problem, drawn)
    return report


def _sameness(report: AuditReport, problem: Problem, drawn: list[Variant]) -> None:
    """Notes the parts to pick from whose right answer is the same in every variant, though figures are drawn."""
    for part in problem.parts:
        if isinstance(part, Choice) and len(drawn) >= ENOUGH:
            keys = {getattr(v.key, part.id) for v in drawn}
            if len(keys) == 1:
                report.notes.append(
                    f"part {part.id}: {keys.pop()!r} is right in every variant; "
                    "where the figures decide, draw so that others can be right too"
                )


def _fairness(report: AuditReport, problem: Problem, drawn: list[Variant]) -> None:
    """How many first draws are unfair, which slips collide with what, and how often each slip is live."""
    live: Counter[str] = Counter()
    slips: set[str] = set()
    for v in drawn:
        for part in problem.parts:
            for slip_id, raw in guarded(list, part.slip_answers(v)) or ():
                name = f"{part.id}.{slip_id}"
                slips.add(name)
                live[name] += raw is not None and (part.id, slip_id) not in v.off
    report.live = {name: live[name] / len(drawn) for name in sorted(slips)}
    for name, share in report.live.items():
        if share < LIVE:
            why = Counter(filter(None, (guarded(silent_slip, v, name) for v in drawn)))
            seen = "".join(f"it {text} in {n} of {len(drawn)}" for text, n in why.most_common(1))
            report.add(f"slip {name} is live in {share:.0%} of the variants only", seen)
    report.unfair_first = sum(v.unfair_first for v in drawn) / len(drawn)
    if report.unfair_first > UNFAIR:
        own = [_slip_name(*pair) for pair in _keys_own(problem, drawn)]
        todo = [f"{name}: the formula is the key's own: correct it or drop the slip" for name in own]
        for text in todo or ["shape the draw"]:
            report.add(f"{report.unfair_first:.0%} of first draws are unfair: {text}")
        for v in drawn:
            for (part_id, slip_id), clash in v.first_clashes.items():
                given = _given_line(draw_once(problem, v.plant, v.seed, 0))
                seen = f"first draw of seed {v.seed}: {'; '.join(filter(None, [clash.figures, given]))}"
                report.add(f"unfair at first: {_slip_name(part_id, slip_id)} {clash.why}", seen)


def _keys_own(problem: Problem, drawn: list[Variant]) -> list[tuple[str, str]]:
    """The (part, slip) pairs of figures whose slip gives the key to the last digit in every variant."""
    found: list[tuple[str, str]] = []
    for part in problem.parts:
        if isinstance(part, Number):
            all_raw = [dict(guarded(list, part.slip_answers(v)) or ()) for v in drawn]
            keys = [getattr(v.key, part.id) for v in drawn]
            for slip in part.slips:
                values = [number(raw.get(slip.id)) for raw in all_raw]
                if all(
                    x is not None and math.isclose(x, key, rel_tol=1e-9)
                    for x, key in zip(values, keys, strict=True)
                ):
                    found.append((part.id, slip.id))
    return found


def _slip_name(part_id: str, slip_id: str) -> str:
    return f"part {part_id}:" if slip_id == "general.rounded" else f"part {part_id}: slip {slip_id}"


def _given_line(v: Variant) -> str:
    facts = [f for f in v.problem.facts if isinstance(f, Fact) and f.name in vars(v.g)]
    return ", ".join(f"{f.name} {f.shown(getattr(v.g, f.name))}" for f in facts)


def _safely(check: Callable[[Any], Iterable[Fault]], subject: Any) -> list[Fault]:
    """What a check finds; that it raises is a fault like any other."""
    found = []
    try:
        for fault in check(subject):
            found.append(fault)
    except Exception as fault:
        what = check.__name__.strip("_").replace("_", " ")
        found.append((f"the check of the {what} {told(fault, getattr(subject, 'g', None))}", ""))
    return found


def _faults(v: Variant) -> Iterator[Fault]:
    for (part_id, slip_id), clash in sorted(v.clashes.items()):
        where = f"`prodkit show {v.problem.id} --seed {v.seed}`"
        seen = f"{clash.figures}; look at {where}" if clash.figures else where
        yield f"{_slip_name(part_id, slip_id)} {clash.why}, in all {DRAWS} draws", seen
    calls = _safely(call_faults, v)
    shown = [*_safely(fact_faults, v), *_safely(text_faults, v)]
    yield from [*calls, *shown]
    if not calls:
        yield from _safely(_key_faults, v)
        yield from _safely(_garbage_faults, v)
    if not shown:
        yield from _safely(_view_faults, v)
        yield from _safely(_figure_faults, v)
        yield from _safely(_step_faults, v)


def _garbage_faults(v: Variant) -> Iterator[Fault]:
    for junk in GARBAGE:
        for answers in ({p.id: junk for p in v.problem.parts}, junk):
            if judge(v, answers).score >= 1:
                yield f"{junk!r} scores full marks", ""


def _key_faults(v: Variant) -> Iterator[Fault]:
    problem = v.problem
    full = {p.id: p.type(getattr(v.key, p.id)) for p in problem.parts}
    if judge(v, full).score < 1 - 1e-9:
        kinds = {k: x.kind for k, x in judge(v, full).verdicts.items() if x.credit < 1}
        yield "its own key does not score right", str(kinds)
    for i, part in enumerate(problem.parts):
        key = getattr(v.key, part.id)
        earlier = Answers(**{p.id: getattr(v.key, p.id) for p in problem.parts[:i]})
        if isinstance(part, Number):
            yield from _number_faults(v, part, key, earlier)
        elif isinstance(part, Grid):
            rules = part.by_rules(v.g, earlier)
            lines = {line.id: line for line in part.lines}
            for line, cells in key.items():
                for t, x in cells.items():
                    if isinstance(x, str) != bool(lines[line].choices) or not (
                        x == rules[line][t]
                        or (
                            not isinstance(x, str)
                            and math.isclose(x, float(rules[line][t]), rel_tol=1e-6, abs_tol=1e-6)
                        )
                    ):
                        yield (
                            f"part {part.id}: key and rule disagree in {line}",
                            f"{t}: {x}, {rules[line][t]}",
                        )
            if not any(x for cells in key.values() for x in cells.values()):
                yield f"part {part.id}: the whole key is zero", ""


def _number_faults(v: Variant, part: Number, key: float, earlier: Answers) -> Iterator[Fault]:
    if not math.isfinite(key):
        yield f"part {part.id}: the key is not finite", ""
        return
    if part.check is not None:
        own = float(part.check(v.g))
        if not math.isclose(own, key, rel_tol=1e-6, abs_tol=1e-9):
            yield f"part {part.id}: the key and the subject's call disagree", f"{show(key)}, {show(own)}"
    if part.judge(v, _shown(v, part), earlier, clean=True).kind != "right":
        yield f"part {part.id}: the key as displayed does not score right", _shown(v, part)
    for i, by_hand in enumerate(part.by_hand, 1):
        value = number(guarded(by_hand, v.g, v.key))
        if value is None or part.judge(v, repr(value), earlier, clean=True).kind not in (
            "right",
            "convention",
        ):
            seen = f"{value}, the key is {key}"
            yield f"part {part.id}: hand work {i} does not score right", seen
    width = part.width(v, key, v.key)
    for side in (-1, 1):
        verdict = part.judge(v, repr(key + side * 1.05 * width + side * 1e-6 * abs(key)), earlier, clean=True)
        if verdict.kind == "right" and part.raw is None:
            yield f"part {part.id}: a near miss scores right", ""


def _view_faults(v: Variant) -> Iterator[Fault]:
    try:
        json.dumps([v.given(), [p.view(v) for p in v.problem.parts], v.steps()], allow_nan=False)
    except Exception as fault:
        yield f"the card cannot be shown: it {told(fault, v.g)}", ""


def _figure_faults(v: Variant) -> Iterator[Fault]:
    for fact in v.problem.facts:
        for one, value in _figures(fact, getattr(v.g, fact.name)):
            if number(value) is not None and not isinstance(value, str):
                back = read_number(one.shown(value))
                if not any(math.isclose(r.value, float(value), rel_tol=1e-9, abs_tol=1e-12) for r in back):
                    yield f"the figure {one.name} is not shown in full: round it in draw", repr(value)


def _figures(fact: Fact | FactTable, value: Any) -> Iterator[tuple[Fact, Any]]:
    if isinstance(fact, Fact):
        yield fact, value
    else:
        for row in value:
            yield from ((column, row[column.name]) for column in fact.columns)


def _step_faults(v: Variant) -> Iterator[Fault]:
    steps = v.steps()
    for part in v.problem.parts:
        if isinstance(part, Number) and steps and _shown(v, part) not in " ".join(steps):
            yield f"part {part.id}: the worked solution does not show the key", _shown(v, part)
    facts = [one for f in v.problem.facts for one in ([f] if isinstance(f, Fact) else f.columns)]
    units = {
        v.text(unit)
        for unit in [*(x.unit for x in facts), *(x.unit for x in v.problem.parts if isinstance(x, Number))]
    }
    given = {scale * x for x in _numbers(vars(v.g)) for scale in (1.0, 100.0)}  # a share may stand as percent
    for i, step in enumerate(steps, 1):
        for wrong in wrong_sums(step, given, units):
            yield f"step {i}: a sum does not hold", wrong


def _numbers(value: Any) -> Iterator[float]:
    """Every figure in what is given."""
    if isinstance(value, Mapping):
        value = list(value.values())
    if isinstance(value, list | tuple):
        for one in value:
            yield from _numbers(one)
    elif not isinstance(value, str) and (plain := number(value)) is not None:
        yield plain


def _shown(v: Variant, part: Number) -> str:
    return part.show(v, getattr(v.key, part.id)).removesuffix(v.text(part.unit)).strip()
