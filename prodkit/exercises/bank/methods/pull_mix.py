"""An even mix: in which order models follow each other."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from .... import methods
from ...draws import several, sold
from ...numbers import show
from ...parts import Number, Order, Slip
from ...problem import Fact, FactTable, Problem
from ...tolerance import Exact
from .pull import OUTCOMES

if TYPE_CHECKING:
    import numpy as np

    from ....plant import Plant

NEEDS = ("items", "demand")
MIXES = ((4, 2, 1), (4, 3, 1), (5, 2, 1), (5, 3, 1), (4, 1, 1))
"""Units of three models in a pattern that fits a card; no number but 1 divides all three."""


def _draw_mix(rng: np.random.Generator, plant: Plant) -> dict[str, Any]:
    rows = several(rng, sold(plant, "a problem on an even mix", 3).head(25), 3)
    names = [str(r.Index) for r in rows]
    mix = MIXES[int(rng.integers(len(MIXES)))]
    times = int(rng.choice([6, 8, 10, 12, 14]))
    share = list(rng.permutation(mix))
    return {
        "times": times,
        "models": [{"model": m, "units": int(u)} for m, u in zip(names, share, strict=True)],
        "day": [{"model": m, "units": int(u) * times} for m, u in zip(names, share, strict=True)],
    }


def _counts(g: Any) -> dict[str, int]:
    return {x["model"]: x["units"] for x in g.models}


def _level(g: Any) -> methods.LevelSchedule:
    return methods.level_schedule(_counts(g))


def _labels(sequence: tuple[str, ...]) -> tuple[str, ...]:
    """Units told apart: the first of a model, the second and so on."""
    seen: dict[str, int] = {}
    out = []
    for model in sequence:
        seen[model] = seen.get(model, 0) + 1
        out.append(f"{model} no. {seen[model]}")
    return tuple(out)


def _models(labels: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(x.rsplit(" no. ", 1)[0] for x in labels)


def _as_schedule(g: Any, sequence: tuple[str, ...]) -> methods.LevelSchedule:
    counts = _counts(g)
    return methods.LevelSchedule(sequence, sequence, counts, "by hand", {m: {m: 1.0} for m in counts})


def _as_good(g: Any, a: Any, labels: tuple[str, ...]) -> bool:
    return _as_schedule(g, _models(labels)).deviation <= _level(g).deviation + 1e-9


def _batches(g: Any) -> tuple[str, ...]:
    return _labels(methods.level_schedule(_counts(g), method="batches").sequence)


def _in_turn(g: Any) -> tuple[str, ...] | None:
    """One of each in turn until a model runs out: the most wanted model is left over at the end."""
    left = dict(sorted(_counts(g).items(), key=lambda x: -x[1]))
    out: list[str] = []
    while any(left.values()):
        for model in left:
            if left[model]:
                out.append(model)
                left[model] -= 1
    return None if _as_good(g, None, _labels(tuple(out))) else _labels(tuple(out))


def _pace(g: Any) -> str:
    n = sum(_counts(g).values())
    return "; ".join(f"{x['model']} every {show(n / x['units'], 3)} places" for x in g.models)


LEVEL = Problem(
    id="methods.level_sequence", title="An even mix", level=2, minutes=6, outcomes=OUTCOMES, covers=("level_schedule",),
    topics=("level schedule",), needs=NEEDS, draw=_draw_mix,
    prompt=(
        "The line builds three models today, one unit after the other, and changing from one to the next takes no time. The stations before it should see a steady pace of each model. "
        "How often can one short pattern be repeated, how long is it, and in which order do its units follow? "
        "Any order is right that stays as near to a steady pace as goal chasing does (the sum of the squared distances, place by place)."
    ),
    facts=(FactTable("day", "To be built today", (Fact("model", "Model"), Fact("units", "Units"))),),
    parts=(
        Number(
            "times", "The pattern runs", unit="times", tolerance=Exact(), key=lambda g, a: methods.level_schedule({x["model"]: x["units"] for x in g.day}).repeats,
            slips=(Slip("half", lambda g, a: g.times / 2, "That divides all three, but so does a larger number. The shortest pattern runs most often."),
                   Slip("pattern_length", lambda g, a: sum(_counts(g).values()) if sum(_counts(g).values()) != g.times else None, "That is how long the pattern is. How often does it run?")),
        ),
        Number(
            "length", "Units in the pattern", unit="units", tolerance=Exact(), key=lambda g, a: sum(x["units"] for x in g.day) / a.times,
            check=lambda g: len(methods.level_schedule({x["model"]: x["units"] for x in g.day}).cycle),
            slips=(Slip("whole_day", lambda g, a: sum(x["units"] for x in g.day), "That is the whole day. The pattern is repeated: divide by how often."),
                   Slip("models", lambda g, a: 3, "That is the number of models. How many units of each are in one pattern?")),
        ),
        Order(
            "sequence", "Order of the pattern", over=lambda g: _labels(_level(g).cycle), key=lambda g, a: _labels(_level(g).cycle), accepts=_as_good,
            slips=(
                Slip("batches", lambda g, a: _batches(g), "That is one batch after the other: few changes, but each supplier of a model sees a flood and then nothing."),
                Slip("in_turn", lambda g, a: _in_turn(g), "One of each in turn, until some run out: then the most wanted model stands in a row at the end. It must come more often from the start."),
            ),
        ),
    ),
    hints=("Which is the largest number that divides the units of all three models?", lambda g, a: f"At a steady pace: {_pace(g)}. Place by place, take the model that is furthest behind its pace.",
           "Begin with the model that is built most often, and do not put its units side by side before you must."),
    steps=(
        "The pattern runs {times}: that is the largest number that divides all three.",
        lambda g, a: f"Units in the pattern: {sum(x['units'] for x in g.day)} ÷ {show(a.times)} = {show(a.length)}.",
        lambda g, a: f"Steady pace: {_pace(g)}.",
        "Goal chasing takes, place by place, the model after which all are nearest to their pace: {sequence}.",
    ),
)  # fmt: skip

PROBLEMS = (LEVEL,)
