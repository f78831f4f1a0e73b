"""Time study: from readings to a standard, and how many readings it takes."""

from __future__ import annotations

import math
from functools import lru_cache
from itertools import combinations
from typing import TYPE_CHECKING, Any

from .... import methods
from ....errors import MissingTableError
from ...draws import around, between, rounded, shaped
from ...numbers import show
from ...parts import Number, Slip
from ...problem import Fact, FactTable, Problem
from ...tolerance import Exact

if TYPE_CHECKING:
    import numpy as np
    import pandas as pd

    from ....plant import Plant

OUTCOMES = ("cpim.quality_and_technology", "lesson.04.1")
NEEDS = ("time_studies",)
RATINGS = (0.85, 0.9, 0.95, 1.05, 1.1, 1.15, 1.2)


def an_operation(
    rng: np.random.Generator, plant: Plant, elements: int, purpose: str
) -> tuple[str, pd.DataFrame]:
    """An operation that was timed, and its elements by name: mean, sd, every; without foreign readings."""
    table = plant.need("time_studies", elements, purpose)
    table = table[~table["foreign"]]
    groups = [
        (str(name), rows)
        for name, rows in table.groupby("operation", sort=False)
        if rows["element"].nunique() >= elements
    ]
    if not groups:
        raise MissingTableError("time_studies", f"{purpose} needs an operation with {elements} elements")
    name, rows = groups[int(rng.integers(len(groups)))]
    by_element = rows.groupby("element", sort=False)
    found = by_element.agg(mean=("seconds", "mean"), sd=("seconds", "std"), every=("every", "first"))
    return name, found


# The standard


def _draw_standard(rng: np.random.Generator, plant: Plant) -> dict[str, Any]:
    operation, found = an_operation(rng, plant, 3, "a time study")
    start = int(rng.integers(len(found) - 2))
    kept = found.iloc[start : start + 3]
    seldom = found[found["every"] > 1]
    if len(seldom):
        kept = found[found["every"] == 1].head(2).copy()
        kept.loc[seldom.index[0]] = seldom.iloc[0]
    hours = float(plant.table("about").iloc[0]["hours_per_shift"])

    def draw() -> dict[str, Any]:
        last = len(kept) - 1
        elements = [
            {
                "element": str(row["element"]),
                "observed": float(around(rng, float(row["mean"]), 0.2, 3)),
                "rating": float(rng.choice(RATINGS)),
                "every": 1
                if i < last
                else int(rng.choice([2, 3, 4, 5]))
                if row["every"] == 1
                else int(row["every"]),
            }
            for i, row in enumerate(kept.reset_index().to_dict("records"))
        ]
        return {
            "operation": operation, "elements": elements, "allowance": float(rng.integers(13, 21)) / 100, "hours": hours,
        }  # fmt: skip

    return shaped(draw, _study_apart)


def _study_apart(g: Any) -> bool:
    wrong = (
        _normal(g, 1.0),
        _normal(g, _mean_rating(g)),
        sum(x["observed"] / x["rating"] / x["every"] for x in g.elements),
    )
    return all(abs(x / y - 1) > 0.02 for x, y in combinations((_normal(g), *wrong), 2))


def _mean_rating(g: Any) -> float:
    return float(sum(x["rating"] for x in g.elements) / len(g.elements))


def _normal(g: Any, one_rating: float | None = None) -> float:
    return float(sum(x["observed"] * (one_rating or x["rating"]) / x["every"] for x in g.elements))


def _study(g: Any) -> methods.StandardTime:
    return methods.standard_time(
        {x["element"]: [x["observed"]] for x in g.elements}, rating={x["element"]: x["rating"] for x in g.elements},
        every={x["element"]: x["every"] for x in g.elements}, allowance=g.allowance,
    )  # fmt: skip


STANDARD = Problem(
    id="methods.standard_time", title="From the stopwatch to a standard", level=2, minutes=7, outcomes=OUTCOMES, covers=("standard_time",),
    topics=("time study", "allowance on shift or job time"), needs=NEEDS, draw=_draw_standard,
    prompt=(
        "You timed '{operation}' element by element and rated the pace of each: 1.1 is a tenth faster than normal. The last element does not come in every cycle. "
        "The allowance, for rest and small delays, is {allowance} of the shift. "
        "What is the normal time of a cycle, what is the standard time, and how many units does the standard ask for in a shift of {hours} paid hours?"
    ),
    facts=(
        FactTable("elements", "The study", (Fact("element", "Element"), Fact("observed", "Mean time", "seconds"), Fact("rating", "Rating"), Fact("every", "Comes once in", "cycles"))),
        Fact("allowance", "Allowance, of shift time", percent=True), Fact("hours", "Shift", "hours"),
    ),
    parts=(
        Number(
            "normal", "Normal time", unit="seconds", key=lambda g, a: _study(g).normal,
            slips=(
                Slip("nt_divided", lambda g, a: sum(x["observed"] / x["rating"] / x["every"] for x in g.elements), "You divided by the rating. Who works fast needs less than normal: multiply, so that the normal time is longer."),
                Slip("rate_all", lambda g, a: _normal(g, _mean_rating(g)), "You took one rating for all. Each element has its own: rate first, then add up."),
                Slip("irregular_full", lambda g, a: sum(x["observed"] * x["rating"] for x in g.elements), "The last element is counted in full. A cycle bears only its part of it: divide by the cycles."),
                Slip("no_rating", lambda g, a: _normal(g, 1.0), "That is the time as observed. Rate each element to bring it to normal pace."),
            ),
        ),
        Number(
            "standard", "Standard time", unit="seconds", key=lambda g, a: a.normal / (1 - g.allowance), check=lambda g: _study(g).standard,
            slips=(
                Slip("st_wrong_base", lambda g, a: a.normal * (1 + g.allowance), "That takes the allowance on the job's time. Here it is a share of the shift: divide by what is left of it."),
                Slip("st_less", lambda g, a: a.normal * (1 - g.allowance), "That makes it shorter. With rest and delays a unit takes longer: divide."),
            ),
        ),
        Number(
            "units", "In a shift", unit="units", key=lambda g, a: 3600 * g.hours / a.standard, check=lambda g: _study(g).units_in(3600 * g.hours),
            slips=(
                Slip("no_allowance", lambda g, a: 3600 * g.hours / a.normal, "Nobody works at normal pace without a rest for a whole shift. Divide by the standard time."),
                Slip("allowance_twice", lambda g, a: 3600 * g.hours * (1 - g.allowance) / a.standard, "The standard has the allowance in it already. Divide the paid time by it."),
            ),
        ),
    ),
    hints=("Per element: mean time × rating ÷ how many cycles it comes once in. Then add up.", "An allowance of a fifth of the shift leaves four fifths for the work. What must the normal time be divided by?"),
    steps=(
        lambda g, a: "Normal time: " + " + ".join(f"{show(x['observed'])} × {show(x['rating'])}" + (f" ÷ {x['every']}" if x["every"] > 1 else "") for x in g.elements) + f" = {show(a.normal)} seconds.",
        lambda g, a: f"Standard time: {show(a.normal)} ÷ (1 − {show(g.allowance)}) = {show(a.standard)} seconds.",
        lambda g, a: f"In a shift: 3,600 × {show(g.hours)} ÷ {show(a.standard)} = {show(a.units)} units.",
    ),
)  # fmt: skip

# One element, with a reading that does not count


def _draw_foreign(rng: np.random.Generator, plant: Plant) -> dict[str, Any]:
    operation, found = an_operation(rng, plant, 1, "a time study")
    row = found.iloc[int(rng.integers(len(found)))]
    middle = float(row["mean"]) * between(rng, 0.8, 1.2)
    readings = [float(rounded(middle * between(rng, 0.9, 1.1), 3)) for _ in range(6)]
    odd = int(rng.integers(1, 6))
    readings[odd] = float(rounded(middle * between(rng, 1.8, 2.9), 3))
    why = ["dropped a part", "was asked the way", "answered the telephone", "looked for a pen"]
    note = why[int(rng.integers(len(why)))]
    return {
        "operation": operation, "element": str(row.name), "rating": float(rng.choice(RATINGS)), "odd": odd, "allowance": float(rng.integers(13, 21)) / 100,
        "readings": [{"cycle": i + 1, "seconds": x, "note": note if i == odd else ""} for i, x in enumerate(readings)],
    }  # fmt: skip


@lru_cache(maxsize=256)
def _timed(rows: tuple[tuple[float, bool], ...], rating: float, allowance: float) -> methods.StandardTime:
    import pandas as pd

    table = pd.DataFrame(rows, columns=["seconds", "foreign"]).assign(element="it", rating=rating)
    return methods.standard_time(table, allowance=allowance, allowance_basis="job")


def _one(g: Any) -> methods.StandardTime:
    return _timed(tuple((x["seconds"], bool(x["note"])) for x in g.readings), g.rating, g.allowance)


def _all(g: Any) -> list[float]:
    return [x["seconds"] for x in g.readings]


def _good(g: Any) -> list[float]:
    return [x["seconds"] for x in g.readings if not x["note"]]


FOREIGN = Problem(
    id="methods.foreign_reading", title="Which readings count?", level=1, minutes=4, outcomes=OUTCOMES, covers=("standard_time",),
    topics=("time study",), needs=NEEDS, draw=_draw_foreign,
    prompt=(
        "You timed the element '{element}' of '{operation}' six times, with a note beside one of them. You rated the pace at {rating}, where 1 is normal. "
        "What is the mean of the readings that count, and what is the normal time? The plant's contract adds an allowance of {allowance} to the job's own time: what is the standard time?"
    ),
    facts=(FactTable("readings", "Readings", (Fact("cycle", "Cycle"), Fact("seconds", "Time", "seconds"), Fact("note", "The worker …"))), Fact("rating", "Rating"), Fact("allowance", "Allowance, on job time", percent=True)),
    parts=(
        Number(
            "mean", "Mean", unit="seconds", key=lambda g, a: _one(g).observed,
            slips=(
                Slip("foreign_in", lambda g, a: sum(_all(g)) / 6, "The reading with the note is in it. What happened there is not part of the work: leave it out."),
                Slip("over_all", lambda g, a: sum(_good(g)) / 6, "You left the odd reading out, but divided by all six. Five are left."),
            ),
        ),
        Number(
            "normal", "Normal time", unit="seconds", key=lambda g, a: a.mean * g.rating, check=lambda g: _one(g).normal,
            slips=(Slip("nt_divided", lambda g, a: a.mean / g.rating, "You divided by the rating. At a fast pace the normal time is longer than what was seen: multiply."),),
        ),
        Number(
            "standard", "Standard time", unit="seconds", key=lambda g, a: a.normal * (1 + g.allowance), check=lambda g: _one(g).standard,
            slips=(
                Slip("st_wrong_base", lambda g, a: a.normal / (1 - g.allowance), "That takes the allowance as a share of the shift. Here it is a share of the job's time, on top: multiply."),
                Slip("from_mean", lambda g, a: a.mean * (1 + g.allowance), "The rating is missing. Start from the normal time."),
            ),
        ),
    ),
    hints=("Would a trained worker do this in every cycle? If not, the reading is foreign.", "Mean, then × rating, then × (1 + allowance)."),
    steps=(
        lambda g, a: f"Cycle {g.odd + 1} is left out. Mean: ({' + '.join(show(x) for x in _good(g))}) ÷ 5 = {show(a.mean)} seconds.",
        lambda g, a: f"Normal time: {show(a.mean)} × {show(g.rating)} = {show(a.normal)} seconds.",
        lambda g, a: f"Standard time: {show(a.normal)} × (1 + {show(g.allowance)}) = {show(a.standard)} seconds.",
    ),
)  # fmt: skip

# How many readings


def _draw_needed(rng: np.random.Generator, plant: Plant) -> dict[str, Any]:
    operation, found = an_operation(rng, plant, 1, "a time study")
    row = found.iloc[int(rng.integers(len(found)))]

    def draw() -> dict[str, Any]:
        mean = float(around(rng, float(row["mean"]), 0.2, 3))
        confidence, z = ((0.9, 1.645), (0.95, 1.96), (0.99, 2.576))[int(rng.integers(3))]
        return {
            "operation": operation, "element": str(row.name), "mean": mean, "sd": float(rounded(mean * between(rng, 0.1, 0.26))),
            "pilot": int(rng.choice([8, 10, 12, 15])), "accuracy": float(rng.choice([0.03, 0.04, 0.05, 0.06])), "confidence": confidence, "z": z,
        }  # fmt: skip

    return shaped(draw, lambda g: _needed_apart(g))


def _raw(g: Any) -> float:
    return float((g.z * g.sd / (g.accuracy * g.mean)) ** 2)


def _needed_apart(g: Any) -> bool:
    return 0.2 < _raw(g) % 1 < 0.8 and g.pilot + 5 < _raw(g) < 220


def _readings(g: Any) -> int:
    return methods.observations_needed(
        mean=g.mean, sd=g.sd, accuracy=g.accuracy, confidence=g.confidence, accuracy_basis="relative"
    )


NEEDED = Problem(
    id="methods.readings_needed", title="How often must you look at the stopwatch?", level=2, minutes=5, outcomes=OUTCOMES, covers=("observations_needed",),
    topics=("time study", "sample size"), needs=NEEDS, draw=_draw_needed,
    prompt=(
        "In a first try you read the element '{element}' of '{operation}' {pilot} times. The mean time is to be known to within {accuracy} of itself, up or down, with {confidence} confidence. "
        "How many readings does it take in all, and how many are still to be made? Take the normal distribution's factor as given."
    ),
    facts=(Fact("pilot", "Readings so far"), Fact("mean", "Their mean", "seconds"), Fact("sd", "Their standard deviation", "seconds"),
           Fact("accuracy", "Accuracy, of the mean, ±", percent=True), Fact("confidence", "Confidence", percent=True), Fact("z", "Factor z")),
    parts=(
        Number(
            "needed", "In all", unit="readings", tolerance=Exact(), key=lambda g, a: _readings(g), raw=lambda g, a: _raw(g),
            slips=(
                Slip("obs_not_squared", lambda g, a: math.ceil(_raw(g) ** 0.5), "The root is still to be squared: to be twice as sure takes four times the readings."),
                Slip("obs_half_width", lambda g, a: math.ceil(4 * _raw(g)), "You halved the accuracy. It is ± already: half of the whole width."),
                Slip("no_z", lambda g, a: math.ceil(_raw(g) / g.z**2), "The factor z is missing: without it you are sure two times out of three only."),
            ),
        ),
        Number(
            "more", "Still to be made", unit="readings", tolerance=Exact(), key=lambda g, a: max(0, a.needed - g.pilot), check=lambda g: _readings(g) - g.pilot,
            slips=(Slip("pilot_lost", lambda g, a: a.needed, "Those that you have count too, if nothing changed since. Take them off."),),
        ),
    ),
    hints=("The allowed error is accuracy × mean, in seconds.", "Readings: z × deviation ÷ allowed error, squared, rounded up."),
    steps=(
        lambda g, a: f"Allowed error: {show(g.accuracy)} × {show(g.mean)} = {show(g.accuracy * g.mean, 6)} seconds.",
        lambda g, a: f"({show(g.z)} × {show(g.sd)} ÷ {show(g.accuracy * g.mean, 6)})² = {show(_raw(g))}, rounded up to {show(a.needed)} readings.",
        lambda g, a: f"Still to be made: {show(a.needed)} − {show(g.pilot)} = {show(a.more)} readings.",
    ),
)  # fmt: skip

PROBLEMS = (FOREIGN, STANDARD, NEEDED)
