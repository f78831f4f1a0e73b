"""Work sampling, and times from a table of motions."""

from __future__ import annotations

import math
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from .... import methods
from ....errors import MissingTableError
from ...draws import between, shaped
from ...numbers import show
from ...parts import Grid, Line, Number, Slip
from ...problem import Fact, FactTable, Problem
from ...tolerance import Absolute, Relative
from .time_study import OUTCOMES

if TYPE_CHECKING:
    import numpy as np

    from ....plant import Plant

Z = 1.96
NONE = "–"


def _draw_sampling(rng: np.random.Generator, plant: Plant) -> dict[str, Any]:
    table = plant.need("work_samples", 1, "a problem on work sampling")
    places = list(dict.fromkeys(table["place"]))
    place = str(places[int(rng.integers(len(places)))])
    seen = table[table["place"] == place].groupby("state")["looks"].sum()
    seen = seen[seen > 0].sort_values(ascending=False)
    if seen.empty:
        raise MissingTableError("work_samples", "a problem on work sampling needs looks that found something")
    state = str(seen.index[int(rng.integers(1, len(seen)))] if len(seen) > 1 else seen.index[0])
    share = min(max(float(seen[state] / seen.sum()), 0.08), 0.6)

    def draw() -> dict[str, Any]:
        looks = int(rng.choice([150, 200, 240, 250, 300, 350, 400]))
        return {
            "place": place, "state": state, "looks": looks, "hits": max(3, round(looks * share * between(rng, 0.75, 1.4))),
            "points": float(rng.choice([0.01, 0.015, 0.02, 0.025])), "z": Z,
        }  # fmt: skip

    return shaped(draw, lambda g: 0.2 < _looks_raw(g) % 1 < 0.8 and _looks_raw(g) > 1.1 * g.looks)


def _p(g: Any) -> float:
    return float(g.hits / g.looks)


def _looks_raw(g: Any) -> float:
    return float(Z**2 * _p(g) * (1 - _p(g)) / g.points**2)


def _sampled(g: Any) -> methods.WorkSampling:
    return methods.work_sampling(g.hits, g.state, looks=g.looks, accuracy=g.points)


SAMPLING = Problem(
    id="methods.work_sampling", title="What looks at random tell", level=2, minutes=6, outcomes=OUTCOMES, covers=("work_sampling", "observations_needed"),
    topics=("work sampling", "sample size"), needs=("work_samples",), draw=_draw_sampling,
    prompt=(
        "At random moments of two weeks you looked at the {place}: {looks} looks in all. In {hits} of them you found '{state}'. "
        "What share of the time is that, and how far may it be off, at 95 % confidence? "
        "The manager wants it to within {points} of all the time, up or down (points, not a part of the share). How many looks does that take in all, by the share you found?"
    ),
    facts=(Fact("looks", "Looks in all"), Fact("hits", "Looks that found it"), Fact("points", "Accuracy, in points, ±", percent=True), Fact("z", "Factor z at 95 %")),
    parts=(
        Number("share", "Share of the time", unit="%", key=lambda g, a: 100 * _sampled(g).share,
               slips=(Slip("to_the_rest", lambda g, a: 100 * g.hits / (g.looks - g.hits), "You divided by the other looks. Divide by all of them."),)),
        Number(
            "half", "It may be off by, up or down", unit="% points", tolerance=Relative(0.02), key=lambda g, a: 100 * _sampled(g).half_width,
            slips=(
                Slip("no_root", lambda g, a: 100 * Z * _p(g) * (1 - _p(g)) / g.looks, "The root is missing: z × √(p (1 − p) ÷ n)."),
                Slip("no_z", lambda g, a: 100 * math.sqrt(_p(g) * (1 - _p(g)) / g.looks), "That is one standard deviation. For 95 % take it z times."),
                Slip("whole_width", lambda g, a: 200 * _sampled(g).half_width, "That is the whole width, from the lower to the upper end. Asked is half."),
            ),
        ),
        Number(
            "needed", "Looks in all", unit="looks", tolerance=Relative(0.006), key=lambda g, a: _sampled(g).needed,
            slips=(
                Slip("ws_p_only", lambda g, a: math.ceil(Z**2 * _p(g) / g.points**2), "The factor (1 − p) is missing. A state that is nearly always there is as easy to pin down as one that is rare."),
                Slip("ws_relative", lambda g, a: math.ceil(_looks_raw(g) / _p(g) ** 2), "You took the accuracy as a part of the share. It is in points: use it as it stands."),
                Slip("ws_half", lambda g, a: math.ceil(Z**2 * 0.25 / g.points**2), "That is for a share of one half, the worst case. You know better: take the share that you found."),
                Slip("more_only", lambda g, a: _sampled(g).more_needed, "That is how many are still to come. Asked are all of them."),
            ),
        ),
    ),
    hints=("With share p and n looks: z × √(p (1 − p) ÷ n) is how far it may be off.", "Turn the same formula round for n: square what stands above, divide by the square of the accuracy."),
    steps=(
        lambda g, a: f"Share: 100 × {g.hits} ÷ {g.looks} = {show(a.share)} %.",
        lambda g, a: f"Off by: 100 × {show(Z)} × √({show(_p(g), 6)} × (1 − {show(_p(g), 6)}) ÷ {g.looks}) is {show(a.half)} points.",
        lambda g, a: f"Looks: {show(Z)}² × {show(_p(g), 6)} × (1 − {show(_p(g), 6)}) ÷ {show(g.points)}² is {show(_looks_raw(g), 6)}, rounded up to {show(a.needed)}.",
    ),
)  # fmt: skip

# Both hands


def _draw_hands(rng: np.random.Generator, plant: Plant) -> dict[str, Any]:
    purpose = "a problem on predetermined times"
    seconds = plant.need("motions", 2, purpose).set_index("motion")["seconds"].to_dict()
    table = plant.need("motion_studies", 5, purpose)
    groups = [
        (key, rows) for key, rows in table.groupby(["operation", "method"], sort=False) if len(rows) >= 5
    ]
    if not groups:
        raise MissingTableError("motion_studies", f"{purpose} needs a method with five steps")

    def draw() -> dict[str, Any]:
        (operation, method), rows = groups[int(rng.integers(len(groups)))]
        start = int(rng.integers(len(rows) - 4))
        steps = [
            {
                "step": i,
                "left": r["left"] or NONE,
                "right": r["right"] or NONE,
                "times": int(max(1, round(float(r["times"])))),
            }
            for i, r in enumerate(rows.sort_values("step").iloc[start : start + 5].to_dict("records"), 1)
        ]
        one = steps[int(rng.integers(5))]
        one["times"] = int(rng.integers(2, 6))
        alone = [s for s in steps if NONE in (s["left"], s["right"])]
        for s in alone[: max(0, 2 - (5 - len(alone)))]:  # two steps with both hands at least
            s["left" if s["left"] == NONE else "right"] = str(rng.choice([str(c) for c in seconds]))
        codes = dict.fromkeys(c for s in steps for c in (s["left"], s["right"]) if c != NONE)
        return {
            "operation": str(operation), "method": str(method), "steps": steps, "allowance": float(rng.integers(13, 21)) / 100,
            "motions": [{"motion": c, "seconds": max(0.05, round(seconds[c] * between(rng, 0.85, 1.2), 2))} for c in codes],
        }  # fmt: skip

    return shaped(draw, _hands_apart)


def _each(g: Any) -> dict[str, float]:
    return {NONE: 0.0, **{x["motion"]: x["seconds"] for x in g.motions}}


def _pair(g: Any, t: int) -> tuple[float, float]:
    s = g.steps[t - 1]
    return _each(g)[s["left"]], _each(g)[s["right"]]


def _hands_apart(g: Any) -> bool:
    steps = range(1, 6)
    slower = sum(max(_pair(g, t)) * g.steps[t - 1]["times"] for t in steps)
    added = sum(sum(_pair(g, t)) * g.steps[t - 1]["times"] for t in steps)
    return added > 1.05 * slower and any(
        min(_pair(g, t)) > 0 and _pair(g, t)[0] != _pair(g, t)[1] for t in steps
    )


@lru_cache(maxsize=256)
def _predetermined(
    steps: tuple[tuple[str, str, int], ...], table: tuple[tuple[str, float], ...], allowance: float
) -> methods.PredeterminedTime:
    import pandas as pd

    frame = pd.DataFrame(
        [
            (i, "" if left == NONE else left, "" if right == NONE else right, n)
            for i, (left, right, n) in enumerate(steps, 1)
        ],
        columns=["step", "left", "right", "times"],
    )
    return methods.predetermined_time(frame, dict(table), allowance=allowance)


def _hands(g: Any) -> methods.PredeterminedTime:
    return _predetermined(
        tuple((s["left"], s["right"], s["times"]) for s in g.steps),
        tuple((x["motion"], x["seconds"]) for x in g.motions),
        g.allowance,
    )


HANDS = Problem(
    id="methods.two_hands", title="A time before anyone has done it", level=2, minutes=7, outcomes=OUTCOMES, covers=("predetermined_time",),
    topics=("predetermined times",), needs=("motions", "motion_studies"), draw=_draw_hands,
    prompt=(
        "Part of '{operation}' (method: {method}) is written down motion by motion; both hands begin each step together. The times of the motions stand beside it, at normal pace. "
        "How long does each step take, with its repeats? What is the time of all five, what is it in time measurement units (1 TMU is 0.036 seconds), "
        "and what is it with an allowance of {allowance} of shift time?"
    ),
    facts=(
        FactTable("steps", "The steps", (Fact("step", "Step"), Fact("left", "Left hand"), Fact("right", "Right hand"), Fact("times", "Times"))),
        FactTable("motions", "Times", (Fact("motion", "Motion"), Fact("seconds", "Takes", "seconds"))), Fact("allowance", "Allowance, of shift time", percent=True),
    ),
    parts=(
        Grid(
            "each", "Time of each step", over=lambda g: [s["step"] for s in g.steps], corner="Step",
            key=lambda g, a: {"seconds": _hands(g).steps["seconds"].tolist()},
            lines=(
                Line("times", "Times", given=lambda g, t: g.steps[t - 1]["times"]),
                Line("seconds", "All of it", "seconds", tolerance=Absolute(0.006), rule=lambda g, a, t: max(_pair(g, t)) * g.steps[t - 1]["times"],
                     slips=(
                         Slip("both_hands", lambda g, a, t: sum(_pair(g, t)) * g.steps[t - 1]["times"], "You added the two hands. They move at the same time: the slower one decides."),
                         Slip("faster_hand", lambda g, a, t: (min(x for x in _pair(g, t) if x)) * g.steps[t - 1]["times"], "That is the faster hand. The step is over when the slower one is done."),
                         Slip("once", lambda g, a, t: max(_pair(g, t)), "That is one time. The step is repeated: multiply by its times."),
                     )),
            ),
        ),
        Number("normal", "All five", unit="seconds", key=lambda g, a: _hands(g).normal,
               slips=(Slip("both_hands", lambda g, a: sum(sum(_pair(g, t)) * g.steps[t - 1]["times"] for t in range(1, 6)), "Both hands are added up. Take the slower hand of each step."),)),
        Number("tmu", "The same", unit="TMU", key=lambda g, a: a.normal / methods.TMU, check=lambda g: _hands(g).tmu,
               slips=(Slip("tmu_times", lambda g, a: a.normal * methods.TMU, "Divide: a unit is short, so there are many of them in a second."),)),
        Number("standard", "With the allowance", unit="seconds", key=lambda g, a: a.normal / (1 - g.allowance), check=lambda g: _hands(g).standard,
               slips=(
                   Slip("st_wrong_base", lambda g, a: a.normal * (1 + g.allowance), "That is an allowance on the job's time. Of shift time: divide by what is left of the shift."),
                   Slip("st_less", lambda g, a: a.normal * (1 - g.allowance), "That makes it shorter. With rest a unit takes longer: divide."),
               )),
    ),
    hints=("Where both hands move, which one keeps the other waiting?", "Predetermined times are at normal pace already: there is no rating."),
    steps=(
        lambda g, a: "; ".join(f"step {t}: {show(max(_pair(g, t)))}" + (f" × {g.steps[t - 1]['times']} = {show(x)}" if g.steps[t - 1]["times"] > 1 else "") for t, x in a.each["seconds"].items()) + ".",
        lambda g, a: f"All five: {' + '.join(show(x) for x in a.each['seconds'].values())} = {show(a.normal)} seconds.",
        lambda g, a: f"In units: {show(a.normal)} ÷ {show(methods.TMU)} = {show(a.tmu)} TMU.",
        lambda g, a: f"With the allowance: {show(a.normal)} ÷ (1 − {show(g.allowance)}) = {show(a.standard)} seconds.",
    ),
)  # fmt: skip

PROBLEMS = (SAMPLING, HANDS)
