"""How sure the end of a project is: three estimates an activity, and paths that must all be done."""

from __future__ import annotations

import math
from functools import lru_cache
from types import SimpleNamespace
from typing import TYPE_CHECKING, Any

from .... import scheduling
from ...draws import shaped
from ...numbers import show
from ...parts import Number, Slip
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


PROBLEMS = (PERT,)
