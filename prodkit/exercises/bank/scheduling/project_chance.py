"""How sure the end of a project is: three estimates an activity, and paths that must all be done."""

from __future__ import annotations

import math
from functools import lru_cache
from types import SimpleNamespace
from typing import TYPE_CHECKING, Any

from .... import scheduling
from ...draws import shaped
from ...numbers import show
from ...parts import Choice, Number, Option, Slip
from ...problem import Fact, FactTable, Problem
from ...tolerance import Absolute, Relative
from .projects import begun, rows_of

if TYPE_CHECKING:
    import numpy as np

    from ....plant import Plant


@lru_cache(maxsize=256)
def _estimate(
    rows: tuple[tuple[Any, ...], ...], names: tuple[str, ...], due: float
) -> scheduling.PertEstimate:
    import pandas as pd

    return scheduling.pert(pd.DataFrame(rows, columns=list(names)), due=due, runs=100)


def estimate_of(g: Any) -> scheduling.PertEstimate:
    """The three-point estimate of the given activities."""
    return _estimate(*rows_of(g), g.due)


def _draw_pert(rng: np.random.Generator, plant: Plant) -> dict[str, Any]:
    def draw() -> dict[str, Any]:
        rows = begun(rng, plant, 6)
        for row in rows:
            likely = max(4, row["days"])
            sooner = max(1, round(likely * float(rng.uniform(0.15, 0.35))))
            later = max(2, round(likely * float(rng.uniform(0.4, 0.9))))
            row |= {"days_optimistic": likely - sooner, "days": likely, "days_pessimistic": likely + later}
        g = {"activities": rows, "due": 1.0}
        estimate = estimate_of(SimpleNamespace(**g))
        away = float(rng.choice([-1, 1])) * float(rng.uniform(0.6, 1.7))
        return {**g, "due": round(estimate.mean + away * estimate.sd)}

    def good(g: Any) -> bool:
        estimate = estimate_of(g)
        second = estimate.activities.loc[~estimate.activities["is_critical"], "total_float"]
        off_path = len(estimate.path) < len(g.activities) and len(estimate.path) >= 3
        return (
            off_path
            and float(second.min()) > 0.5
            and 0.4 < abs(estimate.z()) < 2.2
            and estimate.variance > 1.3
        )

    return shaped(draw, good)


def _on_path(g: Any) -> list[dict[str, Any]]:
    return [r for r in g.activities if r["activity"] in estimate_of(g).path]


def _spread(row: dict[str, Any]) -> float:
    return float(row["days_pessimistic"] - row["days_optimistic"])


def _below(z: float) -> float:
    return 50 * math.erfc(-z / math.sqrt(2))


PERT = Problem(
    id="scheduling.pert", title="How likely is the date?", level=2, minutes=10,
    outcomes=("cpim.detailed_schedules", "lesson.09.3"), covers=("pert",), topics=("PERT",), needs=("activities",),
    draw=_draw_pert,
    prompt=(
        "{plant} estimates each activity three ways. Take PERT's mean (optimistic + 4 × most likely + pessimistic) ÷ 6, "
        "find the critical path with the means, and say how likely the project is done within {due} days. Take the "
        "path's length as normal."
    ),
    facts=(
        FactTable("activities", "Activities", (
            Fact("activity", "Activity"), Fact("after", "After"), Fact("days_optimistic", "Optimistic"),
            Fact("days", "Most likely"), Fact("days_pessimistic", "Pessimistic"),
        )),
        Fact("due", "Must be done within", "working days"),
    ),
    parts=(
        Number(
            "mean", "Mean of the critical path", unit="days", tolerance=Relative(0.004),
            key=lambda g, a: estimate_of(g).mean,
            slips=(
                Slip("pert_mean_3", lambda g, a: sum((r["days_optimistic"] + r["days"] + r["days_pessimistic"]) / 3 for r in _on_path(g)),
                     "The plain mean of the three. PERT counts the most likely time four times and divides by 6."),
                Slip("pert_mean_4", lambda g, a: sum((r["days_optimistic"] + 4 * r["days"] + r["days_pessimistic"]) / 5 for r in _on_path(g)),
                     "1 + 4 + 1 weights make 6; you divided by another figure."),
                Slip("duration_sum", lambda g, a: float(estimate_of(g).activities["mean"].sum()),
                     "The means of all activities. Only those on the critical path follow one another."),
            ),
        ),
        Number(
            "variance", "Variance of the critical path", unit="days squared", tolerance=Relative(0.02),
            key=lambda g, a: estimate_of(g).variance,
            slips=(
                Slip("pert_var_not_squared", lambda g, a: sum(_spread(r) / 6 for r in _on_path(g)),
                     "Pessimistic less optimistic, over 6, is the deviation. Square it before you add."),
                Slip("pert_var_over_6", lambda g, a: sum(_spread(r) ** 2 / 6 for r in _on_path(g)),
                     "The 6 is squared, too."),
                Slip("var_all", lambda g, a: float(estimate_of(g).activities["variance"].sum()),
                     "The variances of all activities. Only the critical path counts here."),
            ),
        ),
        Number(
            "z", "Deviations from the mean to the date, z", unit="deviations", tolerance=Absolute(0.03),
            key=lambda g, a: (g.due - a.mean) / math.sqrt(a.variance), check=lambda g: estimate_of(g).z(),
            slips=(
                Slip("z_var", lambda g, a: (g.due - a.mean) / a.variance,
                     "Divided by the variance. Take its root first."),
                Slip("z_sign", lambda g, a: (a.mean - g.due) / math.sqrt(a.variance),
                     "Turned round: date less mean. A date after the mean gives a z above zero."),
            ),
        ),
        Number(
            "chance", "Chance of being done in time", unit="%", tolerance=Absolute(1.2),
            key=lambda g, a: _below(a.z), check=lambda g: 100 * estimate_of(g).chance_normal(),
            slips=(Slip("late_for_on_time", lambda g, a: 100 - _below(a.z),
                        "That is the chance of being late."),),
        ),
    ),
    hints=(
        "Work out the six means first, then the longest path with them. The others do not count in what follows.",
        "The variance of an activity is ((pessimistic − optimistic) ÷ 6)². Add those of the path, and take the root once.",
    ),
    steps=(
        lambda g, a: "Means: " + "; ".join(f"{c} {show(m)}" for c, m in zip(estimate_of(g).activities["activity"], estimate_of(g).activities["mean"], strict=True)) + ".",
        lambda g, a: f"The longest path is {' → '.join(estimate_of(g).path)}.",
        "Its means make {mean}, its variances {variance}.",
        "z = ({due} − {mean}) ÷ √{variance} = {z}.",
        "The normal table gives {chance}. Where other paths are nearly as long, the true chance is less: they can be late as well.",
    ),
)  # fmt: skip


# Two paths that meet


@lru_cache(maxsize=256)
def _meeting(paths: tuple[tuple[float, float], ...], due: float) -> scheduling.PertEstimate:
    import pandas as pd

    rows = [(str(i), "", m - 3 * sd, m, m + 3 * sd) for i, (m, sd) in enumerate(paths)]
    names = ["activity", "after", "days_optimistic", "days", "days_pessimistic"]
    return scheduling.pert(pd.DataFrame(rows, columns=names), due=due, runs=2000)


def _both(g: Any) -> scheduling.PertEstimate:
    return _meeting(tuple((r["mean"], r["sd"]) for r in g.paths), g.due)


def _alone(g: Any, path: int) -> float:
    """Chance that one of the paths is done in time (%)."""
    row = g.paths[path]
    return 100 * _meeting(((row["mean"], row["sd"]),), g.due).chance_normal()


MERGED = 0.02
"""From here on (share) what the second path takes away is worth a word."""


def _judged(g: Any) -> str:
    """How well the chance of the longer path serves for the project."""
    estimate = _both(g)
    if estimate.chance_path() - estimate.chance_simulated() < MERGED:
        return "fits"
    return "worse" if _alone(g, 1) < _alone(g, 0) else "high"


def _draw_merge(rng: np.random.Generator, plant: Plant) -> dict[str, Any]:
    kind = str(rng.choice(["high", "high", "worse", "worse", "fits"]))
    back, wide = {
        "high": ((0.1, 0.9), (0.7, 1.3)),
        "worse": ((0.2, 1.2), (1.6, 3.0)),
        "fits": ((2.6, 5.0), (0.5, 1.1)),
    }[kind]

    def draw() -> dict[str, Any]:
        rows = begun(rng, plant)
        first, second = (rows[i] for i in rng.choice(len(rows), size=2, replace=False))
        mean, sd = int(rng.integers(30, 91)), int(rng.integers(3, 9))
        shorter = min(mean - 1, round(mean - float(rng.uniform(*back)) * sd))
        paths = [
            {"path": f"through {r['name'] or r['activity']}", "mean": m, "sd": d}
            for r, m, d in (
                (first, mean, sd),
                (second, shorter, max(2, round(float(rng.uniform(*wide)) * sd))),
            )
        ]
        return {"paths": paths, "due": round(mean + float(rng.uniform(0.4, 1.5)) * sd)}

    def good(g: Any) -> bool:
        if any(r["mean"] < 3 * r["sd"] for r in g.paths) or g.paths[0]["path"] == g.paths[1]["path"]:
            return False
        one, two = _alone(g, 0), _alone(g, 1)
        lost = one - one * two / 100
        clear = two > 99.7 if kind == "fits" else lost > 6 and abs(one - two) > 5
        return clear and 60 < one < 95 and _judged(g) == kind

    return shaped(draw, good, 300)


def _merge_reason(option: str) -> Any:
    def reason(g: Any, a: Any) -> str:
        one, two, key = _alone(g, 0), _alone(g, 1), _judged(g)
        if option == key:
            return {
                "fits": f"Yes. The shorter path is in time with {show(two, 3)} %: it takes next to nothing away.",
                "high": f"Yes. The shorter path fails in {show(100 - two, 3)} of a hundred cases, and mostly not in the same ones.",
                "worse": f"Yes. It is shorter on average and spread wider: in time with {show(two, 3)} % only, against {show(one, 3)} %.",
            }[key]
        return {
            "fits": f"The shorter path is in time with {show(two, 3)} % only, and the project waits for both.",
            "high": (
                f"With {show(two, 3)} % the shorter path is all but sure: there is next to nothing to take away."
                if key == "fits"
                else "Compare the two chances: which of the paths is more often late?"
            ),
            "worse": f"Compare the two chances: the shorter path is in time with {show(two, 3)} %, the longer one with {show(one, 3)} %.",
            "low": "A second chance would help if one of them were enough. Here both must be done.",
        }[option]

    return reason


MERGE = Problem(
    id="scheduling.merge", title="Two paths, one date", level=2, minutes=8,
    outcomes=("cpim.detailed_schedules", "lesson.09.3"), covers=("pert",), topics=("PERT", "paths that meet"), needs=("activities",),
    draw=_draw_merge,
    prompt=(
        "A project of {plant} has two paths that share neither activities nor people, and it is done when both are done. Their means and deviations are "
        "worked out. It must be done within {due} days. A colleague takes the chance of the longer path, “since that is the critical one”, and writes it "
        "into the offer. Take each path's length as normal. How likely are both done in time, and how well does the colleague's figure serve?"
    ),
    facts=(
        FactTable("paths", "The two paths, the longer one first", (
            Fact("path", "Path"), Fact("mean", "Mean", "days"), Fact("sd", "Standard deviation", "days"))),
        Fact("due", "Must be done within", "working days"),
    ),
    parts=(
        Number("one", "The longer path is done in time with", unit="%", tolerance=Absolute(1.2), key=lambda g, a: _alone(g, 0),
               check=lambda g: 100 * _both(g).chance_normal(),
               slips=(
                   Slip("late_for_on_time", lambda g, a: 100 - _alone(g, 0), "That is the chance of being late."),
                   Slip("z_var", lambda g, a: _below((g.due - g.paths[0]["mean"]) / g.paths[0]["sd"] ** 2),
                        "You divided by the variance. The deviation is given: divide by that."),
               )),
        Number("both", "Both are done in time with", unit="%", tolerance=Absolute(1.5), key=lambda g, a: a.one * _alone(g, 1) / 100,
               check=lambda g: _alone(g, 0) * _alone(g, 1) / 100,
               slips=(
                   Slip("merge_blind", lambda g, a: a.one if _judged(g) != "fits" else None,
                        "That is the longer path alone. The project waits for the shorter one as well: multiply the two chances."),
                   Slip("either", lambda g, a: 100 - (100 - a.one) * (100 - _alone(g, 1)) / 100,
                        "That is the chance that at least one of them is done. Both must be."),
               )),
        Choice("serves", "How well does the colleague's figure serve?", key=lambda g, a: _judged(g),
               options=(
                   Option("fits", "Well enough: the shorter path is all but sure to be in time", _merge_reason("fits")),
                   Option("high", "Too high: the shorter path can be late as well", _merge_reason("high")),
                   Option("worse", "Too high: the shorter path is even the greater danger", _merge_reason("worse")),
                   Option("low", "Too low: with two paths there are two chances", _merge_reason("low")),
               )),
    ),
    hints=(
        "For each path: z is the date less the mean, over the deviation. The normal table gives the chance.",
        "Two things that do not hang together both happen with the product of their chances.",
    ),
    steps=(
        lambda g, a: "z of the two paths: " + ", ".join(show((g.due - r["mean"]) / r["sd"], 3) for r in g.paths) + ".",
        lambda g, a: f"The longer path is in time with {show(a.one)} %, the shorter one with {show(_alone(g, 1), 3)} %.",
        lambda g, a: f"Both: {show(a.one)} % of the time, and of that {show(_alone(g, 1))} %, that is {show(a.both)} %.",
        lambda g, a: "So the longer path alone " + {
            "fits": "serves well enough here.", "high": "promises too much.",
            "worse": "promises too much, and it is not even the one to watch first.",
        }[a.serves],
    ),
)  # fmt: skip

PROBLEMS = (PERT, MERGE)
