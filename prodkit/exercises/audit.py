"""The audit: every problem over hundreds of seeds, by the same draw and judge that learners meet."""

from __future__ import annotations

import json
import math
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from .judge import judge
from .numbers import read_number
from .parts.base import Answers, guarded, number
from .parts.grid import Grid
from .parts.number import Number
from .problem import Fact, FactTable, Problem
from .variant import Variant, draw

if TYPE_CHECKING:
    from ..plant import Plant

__all__ = ["AuditReport", "audit"]

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
    """What the audit found of one problem on one plant."""

    problem: str
    plant: str
    seeds: int
    unfair_first: float = 0.0
    live: dict[str, float] = field(default_factory=dict)
    faults: Counter[str] = field(default_factory=Counter)

    def __str__(self) -> str:
        weakest = min(self.live.values(), default=1.0)
        head = f"{'ok ' if not self.faults else 'BAD'} {self.problem:34} {self.plant:20} {self.seeds:4} seeds"
        tail = (
            f"{len(self.live):3} slips, live >= {weakest:4.0%}, first draws unfair {self.unfair_first:4.0%}"
        )
        return "\n".join(
            [f"{head}  {tail}", *(f"      {n} x {text}" for text, n in self.faults.most_common())]
        )


def audit(problem: Problem, plant: Plant, seeds: Iterable[int] = range(1, 26)) -> AuditReport:
    """Draw a problem for each seed and check all that a learner relies on.

    The key is finite and scores right, typed in full and as displayed; hand work with printed
    constants scores right; a chained key agrees with the subject's call and a grid's key with its
    rules; the worked solution ends at the key; the given figures are shown in full; every slip is
    named, is live in 60 % of the variants and stands clear of the key; nothing typed raises.
    """
    seeds = list(seeds)
    report = AuditReport(problem.id, plant.name, len(seeds))
    live: Counter[str] = Counter()
    slips: set[str] = set()
    unfair = 0
    for seed in seeds:
        v = draw(problem, plant, seed)
        unfair += v.unfair_first
        report.faults.update(_faults(v))
        for part in problem.parts:
            for slip_id, raw in part.slip_answers(v):
                name = f"{part.id}.{slip_id}"
                slips.add(name)
                live[name] += raw is not None and (part.id, slip_id) not in v.off
    report.unfair_first = unfair / len(seeds)
    report.live = {name: live[name] / len(seeds) for name in sorted(slips)}
    for name, share in report.live.items():
        if share < LIVE:
            report.faults[f"slip {name} is live in {share:.0%} of the variants only"] = 1
    if report.unfair_first > UNFAIR:
        report.faults[f"{report.unfair_first:.0%} of first draws are unfair: shape the draw"] = 1
    return report


def _faults(v: Variant) -> Iterator[str]:
    for part_id, slip_id in sorted(v.off):
        yield f"{part_id}: slip {slip_id} cannot be told apart in 50 draws"
    yield from _key_faults(v)
    yield from _text_faults(v)
    for junk in GARBAGE:
        for answers in ({p.id: junk for p in v.problem.parts}, junk):
            if judge(v, answers).score >= 1:
                yield f"{junk!r} scores full marks"


def _key_faults(v: Variant) -> Iterator[str]:
    problem = v.problem
    full = {p.id: p.type(getattr(v.key, p.id)) for p in problem.parts}
    if judge(v, full).score < 1 - 1e-9:
        told = {k: x.kind for k, x in judge(v, full).verdicts.items() if x.credit < 1}
        yield f"its own key does not score right: {told}"
    for i, part in enumerate(problem.parts):
        key = getattr(v.key, part.id)
        earlier = Answers(**{p.id: getattr(v.key, p.id) for p in problem.parts[:i]})
        if isinstance(part, Number):
            yield from _number_faults(v, part, key, earlier)
        elif isinstance(part, Grid):
            rules = guarded(part.by_rules, v.g, earlier)
            if rules is None:
                yield f"{part.id}: the rules raise"
                continue
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
                        yield f"{part.id}: key and rule disagree in {line}"
            if not any(x for cells in key.values() for x in cells.values()):
                yield f"{part.id}: the whole key is zero"


def _number_faults(v: Variant, part: Number, key: float, earlier: Answers) -> Iterator[str]:
    if not math.isfinite(key):
        yield f"{part.id}: the key is not finite"
        return
    if part.check is not None and not math.isclose(float(part.check(v.g)), key, rel_tol=1e-6, abs_tol=1e-9):
        yield f"{part.id}: the key and the subject's call disagree"
    shown = part.show(v, key).removesuffix(v.text(part.unit)).strip()
    if part.judge(v, shown, earlier, clean=True).kind != "right":
        yield f"{part.id}: the key as displayed does not score right"
    for i, by_hand in enumerate(part.by_hand):
        value = number(guarded(by_hand, v.g, v.key))
        if value is None or part.judge(v, repr(value), earlier, clean=True).kind not in (
            "right",
            "convention",
        ):
            yield f"{part.id}: hand work {i + 1} does not score right"
    if v.problem.steps and shown not in " ".join(v.steps()):
        yield f"{part.id}: the worked solution does not show the key"
    width = part.width(v, key, v.key)
    for side in (-1, 1):
        verdict = part.judge(v, repr(key + side * 1.05 * width + side * 1e-6 * abs(key)), earlier, clean=True)
        if verdict.kind == "right" and part.raw is None:
            yield f"{part.id}: a near miss scores right"


def _text_faults(v: Variant) -> Iterator[str]:
    problem = v.problem
    texts = [*problem.hints, problem.prompt]
    for text in texts:
        try:
            if "{" in v.text(text):
                yield "a text has an open brace left"
        except (KeyError, AttributeError, IndexError, ValueError) as fault:
            yield f"a text asks for what is not given: {fault}"
    try:
        json.dumps([v.given(), [p.view(v) for p in problem.parts], v.steps()], allow_nan=False)
    except (TypeError, ValueError, KeyError, AttributeError) as fault:
        yield f"the view is not plain: {fault!r}"
    for fact in problem.facts:
        for one, value in _figures(fact, getattr(v.g, fact.name)):
            if number(value) is not None and not isinstance(value, str):
                back = read_number(one.shown(value))
                if not any(math.isclose(r.value, float(value), rel_tol=1e-9, abs_tol=1e-12) for r in back):
                    yield f"the figure {one.name} is not shown in full: {value!r}"


def _figures(fact: Fact | FactTable, value: Any) -> Iterator[tuple[Fact, Any]]:
    if isinstance(fact, Fact):
        yield fact, value
    else:
        for row in value:
            yield from ((column, row[column.name]) for column in fact.columns)
