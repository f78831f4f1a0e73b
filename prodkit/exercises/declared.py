"""What the audit checks of a declaration as it was written: names, references, and code that raises.

Each check gives `(fault, example)`: what is wrong, in words, and what was seen in these numbers.
"""

from __future__ import annotations

import difflib
import importlib
import inspect
import random
import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from itertools import chain
from typing import TYPE_CHECKING, Any

from .outcomes import outcome_fault
from .parts import Choice, Choices, Grid, Number, Order, Plan
from .parts.base import Answers, Given, Text, guarded
from .parts.grid import Sheet
from .problem import Fact, FactTable, Problem
from .registry import subjects, topics
from .variant import DRAWS, Variant, draw_given

if TYPE_CHECKING:
    from ..plant import Plant

__all__ = [
    "call_faults",
    "chance_fault",
    "declaration_faults",
    "diagnose",
    "fact_faults",
    "silent_slip",
    "text_faults",
]

Found = Iterator[tuple[str, str]]
_LEVELS = (1, 2, 3)
_SAID = ("slip", "convention", "option", "reason")  # texts that a learner is answered with


def nearest(name: str, known: Iterable[str]) -> str:
    """The nearest of the known names, to be put behind a message."""
    close = difflib.get_close_matches(name, list(known), 1, 0.5)
    return f" (nearest: {close[0]})" if close else ""


# The declaration by itself


def declaration_faults(problem: Problem) -> Found:
    """Whatever names something that there is not: its id, level, outcomes, functions, topics, tables, parts."""
    from ..plant import TABLES

    if not re.fullmatch(r"[a-z_]+\.[a-z0-9_]+", problem.id) or problem.subject not in subjects():
        yield f"id {problem.id!r} is not <subject>.<name>; the subjects are {', '.join(subjects())}", ""
    if problem.level not in _LEVELS:
        yield f"level is {problem.level!r}, not 1, 2 or 3", ""
    if not problem.minutes > 0:
        yield f"minutes are {problem.minutes!r}, not above 0", ""
    for outcome in problem.outcomes:
        if wrong := outcome_fault(outcome):
            yield f"outcome {outcome!r}: {wrong}", ""
    if problem.subject in subjects():
        subject = importlib.import_module(f"prodkit.{problem.subject}")
        functions = [name for name in subject.__all__ if inspect.isfunction(getattr(subject, name))]
        for name in problem.covers:
            if name not in functions:
                yield (
                    f"covers {name!r}: prodkit.{problem.subject} has no such function{nearest(name, functions)}",
                    "",
                )
        for name in problem.topics:
            if name not in (known := topics(problem.subject)):
                yield f"topic {name!r} is not in the bank's TOPICS{nearest(name, known)}", ""
    for name in problem.needs:
        if name not in TABLES:
            yield f"needs {name!r}: a plant has no such table{nearest(name, TABLES)}", ""
    ids = [part.id for part in problem.parts]
    for name in sorted({name for name in ids if ids.count(name) > 1}):
        yield f"two parts have the id {name!r}", ""
    for part in problem.parts:
        lines = part.lines if isinstance(part, Grid) else ()
        for where, one in [(f"part {part.id}", part), *((f"part {part.id}, line {x.id}", x) for x in lines)]:
            for kind in ("slip", "convention", "option"):
                ids = [x.id for x in getattr(one, f"{kind}s", ())]
                for name in sorted({name for name in ids if ids.count(name) > 1}):
                    yield f"{where}: two {kind}s have the id {name!r}", ""


# The draw


class _Watched:
    """A plant that remembers which of its tables were read."""

    def __init__(self, plant: Plant) -> None:
        self._plant, self.read = plant, set[str]()

    def __getattr__(self, name: str) -> Any:
        from ..plant import TABLES

        if name in TABLES:
            self.read.add(name)
        return getattr(self._plant, name)

    def table(self, name: str) -> Any:
        self.read.add(name)
        return self._plant.table(name)

    def need(self, name: str, rows: int = 1, purpose: str = "this") -> Any:
        self.read.add(name)
        return self._plant.need(name, rows, purpose)

    def weekly_use(self, item: str | None = None) -> Any:
        self.read |= {"items", "demand"}
        return self._plant.weekly_use(item)

    def yearly_use(self) -> Any:
        self.read |= {"items", "demand"}
        return self._plant.yearly_use()


def chance_fault(v: Variant) -> Found:
    """Draws these numbers and works the key out once more, with the global generators moved on: nothing may change.

    On the way it notes which tables are read.
    """
    import numpy as np

    plant: Any = _Watched(v.plant)
    plain, legacy = random.getstate(), np.random.get_state()
    try:
        random.seed(v.seed + 1)
        np.random.seed((v.seed + 1) % 2**32)
        drawn = v.problem.draw(np.random.default_rng([v.seed, v.n]), plant)
        again = {"unit": v.g.unit, "a_unit": v.g.a_unit, **drawn}
        keys = Answers()
        for part in v.problem.parts:
            setattr(keys, part.id, part.solve(v.g, keys))
    finally:
        random.setstate(plain)
        np.random.set_state(legacy)
    before = vars(v.g)
    for name in {**before, **again}:
        if name not in before or name not in again or not _same(before[name], again[name]):
            seen = f"{before.get(name)!r}, then {again.get(name)!r}"[:120]
            yield f"draw: {name!r} is another when it is drawn again; take every chance from rng", seen
    for part in v.problem.parts:
        was, now = getattr(v.key, part.id), getattr(keys, part.id)
        if not _same(was, now):
            seen = f"{was!r}, then {now!r}"[:120]
            yield (
                f"part {part.id}: its key is another when it is worked out again; draw the chance in draw",
                seen,
            )
    for table in sorted(plant.read - {"about", *v.problem.needs}):
        yield f"draw reads the table {table!r}, which needs does not name", ""


def _same(x: Any, y: Any) -> bool:
    if isinstance(x, Mapping) and isinstance(y, Mapping):
        return x.keys() == y.keys() and all(_same(x[k], y[k]) for k in x)
    if isinstance(x, list | tuple) and isinstance(y, list | tuple):
        return len(x) == len(y) and all(map(_same, x, y))
    try:
        return bool(x == y) or bool(x != x and y != y)
    except ValueError:  # arrays and tables
        return repr(x) == repr(y)


def diagnose(problem: Problem, plant: Plant, seed: int, fault: Exception) -> str:
    """Which of the author's functions keeps a seed from being drawn."""
    for n in range(DRAWS):
        try:
            g = draw_given(problem, plant, seed, n)
        except Exception as why:
            return f"draw {told(why)}"
        key = Answers()
        for part in problem.parts:
            try:
                setattr(key, part.id, part.solve(g, key))
            except Exception as why:
                return f"part {part.id}: its key {told(why, g)}"
        v = Variant(problem, plant, seed, n, g, key)
        for text, _ in chain(call_faults(v), fact_faults(v), text_faults(v)):
            return text
    return f"judging it {told(fault, g)}"


# What is shown


def fact_faults(v: Variant) -> Found:
    """Facts and columns whose name `draw` does not give."""
    given = vars(v.g)
    for fact in v.problem.facts:
        if fact.name not in given:
            yield f"fact {fact.name!r}: draw gives no such name{nearest(fact.name, given)}", ""
        elif isinstance(fact, FactTable):
            for column in fact.columns:
                for row in given[fact.name]:
                    if column.name not in row:
                        text = f"fact {fact.name!r}: its rows have no {column.name!r}"
                        yield text + nearest(column.name, row), ""
                        break


def _texts(problem: Problem) -> Iterator[tuple[str, Text, bool]]:
    """Every text of a problem: where it stands, and whether it may know the answers."""
    yield "prompt", problem.prompt, False
    yield from ((f"hint {i}", text, False) for i, text in enumerate(problem.hints, 1))
    yield from ((f"step {i}", text, True) for i, text in enumerate(problem.steps, 1))
    for fact in problem.facts:
        for one in [fact] if isinstance(fact, Fact) else fact.columns:
            yield f"unit of fact {one.name!r}", one.unit, False
    for part in problem.parts:
        at = f"part {part.id}"
        yield f"{at}: its label", part.label, False
        if isinstance(part, Number | Plan):
            yield f"{at}: its unit", part.unit, False
        if isinstance(part, Plan):
            yield f"{at}: its basis", part.basis, True
        if isinstance(part, Number | Order):
            yield from ((f"{at}: slip {slip.id}", slip.text, True) for slip in part.slips)
        if isinstance(part, Number):
            yield from ((f"{at}: convention {x.id}", x.text, True) for x in part.conventions)
        if isinstance(part, Choice | Choices):
            yield from ((f"{at}: option {x.id}", x.text, False) for x in part.options)
            yield from ((f"{at}: reason of option {x.id}", x.reason, True) for x in part.options)
        if isinstance(part, Grid):
            for line in part.lines:
                yield f"{at}: line {line.id}", line.label, False
                yield f"{at}: unit of line {line.id}", line.unit, False
                yield from ((f"{at}: slip {line.id}.{slip.id}", slip.text, True) for slip in line.slips)


def text_faults(v: Variant) -> Found:
    """Texts that ask for a name that is not given, raise, or keep an open brace."""
    for where, text, knows in _texts(v.problem):
        try:
            shown = v.text(text, v.key if knows else None)
        except KeyError as fault:
            if callable(text):
                yield f"{where} {told(fault, v.g)}", ""
                continue
            name = str(fault.args[0])
            known = {*vars(v.g), "currency", "plant", *(vars(v.key) if knows else ())}
            if name in vars(v.g):
                yield f"{where} asks for {{{name}}}, which is not a figure or a word", ""
            elif name in vars(v.key):
                yield f"{where} asks for {{{name}}}, an answer; only steps and feedback may", ""
            else:
                yield f"{where} asks for {{{name}}}, which is not given{nearest(name, known)}", ""
        except Exception as fault:
            yield f"{where} {told(fault, v.g)}", ""
        else:
            if not isinstance(shown, str):
                yield f"{where} gives {type(shown).__name__}, not a text", ""
            elif not shown.strip() and where.split(":")[-1].split()[0] in _SAID:
                yield f"{where} is empty: say why, and what to try", ""
            elif "{" in shown:
                yield f"{where} has an open brace left", shown[:80]
            elif knows and (twice := guarded(_doubled_unit, v, shown)):
                yield f"{where} says a unit twice: an answer is shown with its unit", twice


def _doubled_unit(v: Variant, shown: str) -> str:
    """Where an answer's unit, or the end of it, is said once more behind it: "5.8 weeks weeks"."""
    for part in v.problem.parts:
        if isinstance(part, Number) and (unit := v.text(part.unit)):
            answer, words = part.show(v, getattr(v.key, part.id)), unit.split()
            for i in range(len(words)):
                again = " ".join(words[i:])
                if re.search(rf"(?<![\d.,]){re.escape(f'{answer} {again}')}(?!\w)", shown):
                    return f"{answer} {again}"
    return ""


# Functions of the parts


def told(fault: Exception, g: Any = None) -> str:
    """An error of the author's code in one line: a name that is not there with the nearest that is.

    Without the given figures `g` it comes from `draw`, whose namespaces are rows of the plant and the like.
    """
    if isinstance(fault, AttributeError) and isinstance(fault.obj, Given):
        if g is None:
            return f"asks for .{fault.name}, which is not there{nearest(str(fault.name), vars(fault.obj))}"
        what = "draw gives no such name" if fault.obj is g else "no earlier part has that id"
        letter = "g" if fault.obj is g else "a"
        return f"asks for {letter}.{fault.name}: {what}{nearest(str(fault.name), vars(fault.obj))}"
    text = " ".join(str(fault).split())[:160]
    return f"raises {type(fault).__name__}{f': {text}' if text else ''}"


def _calls(v: Variant) -> Iterator[tuple[str, Callable[[], Any], bool]]:
    """Every function of the parts on these numbers: what it is, the call, and whether it may find no value."""
    g, key = v.g, v.key
    for part in v.problem.parts:
        at, own = f"part {part.id}", getattr(v.key, part.id)

        def call(function: Any, *arguments: Any) -> Callable[[], Any]:
            return lambda: function(*arguments)

        if isinstance(part, Order):
            for x in part.slips:
                yield f"{at}: slip {x.id}", call(lambda x=x: list(x.value(g, key) or ())), True
        if isinstance(part, Number):
            yield from ((f"{at}: slip {x.id}", call(x.value, g, key), True) for x in part.slips)
            yield from ((f"{at}: convention {x.id}", call(x.value, g, key), True) for x in part.conventions)
            yield from (
                (f"{at}: hand work {i}", call(f, g, key), False) for i, f in enumerate(part.by_hand, 1)
            )
            yield f"{at}: tolerance", call(part.width, v, own, key), False
            if part.check is not None:
                yield f"{at}: check", call(part.check, g), False
            if part.raw is not None:
                yield f"{at}: raw", call(part.raw, g, key), False
        if isinstance(part, Order) and part.accepts is not None:
            yield f"{at}: accepts", call(part.accepts, g, key, own), False
        if isinstance(part, Grid):
            yield f"{at}: the rules", call(part.by_rules, g, key), False
            for line in part.lines:
                for slip in line.slips:
                    sheet = Sheet(part, g, {}, {line.id: slip.value}, key)
                    for t in part.over(g):
                        if line.open_at is None or line.open_at(g, t):
                            yield f"{at}: slip {line.id}.{slip.id}", call(sheet.rule_, line, t), True
        if isinstance(part, Plan):
            for name in ("clashes", "cost"):
                yield f"{at}: {name}", call(getattr(part, name), g, key, own), False
            for also in part.also:
                yield f"{at}: also {also.id}", call(also.value, g, key, own), False
                yield f"{at}: text of also {also.id}", call(also.text, g, key, own), False


def silent_slip(v: Variant, name: str) -> str:
    """What a slip, named `part.slip`, raises on these numbers; "" where it raises nothing."""
    part, _, slip = name.partition(".")
    for where, call, may_fail in _calls(v):
        if may_fail and where == f"part {part}: slip {slip}":
            try:
                call()
            except Exception as fault:
                return told(fault, v.g)
    return ""


def call_faults(v: Variant) -> Found:
    """Functions of the parts that raise. A slip or convention may find no value here, but not by a wrong name."""
    for where, call, may_fail in _calls(v):
        try:
            call()
        except Exception as fault:
            if not (may_fail and isinstance(fault, ArithmeticError | ValueError)):
                yield f"{where} {told(fault, v.g)}", ""
    for part in v.problem.parts:
        if isinstance(part, Choice) and part.option(getattr(v.key, part.id)) is None:
            key = getattr(v.key, part.id)
            known = [option.id for option in part.options]
            yield f"part {part.id}: its key {key!r} is none of its options{nearest(str(key), known)}", ""
