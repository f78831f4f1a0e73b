"""Projects: the critical path by hand, and how sure its end is."""

from __future__ import annotations

import math
from functools import lru_cache
from types import SimpleNamespace
from typing import TYPE_CHECKING, Any

from .... import scheduling
from ....errors import MissingTableError
from ...draws import shaped
from ...numbers import show
from ...parts import Grid, Line, Number, Slip
from ...problem import Fact, FactTable, Problem
from ...tolerance import Absolute, Relative

if TYPE_CHECKING:
    import numpy as np

    from ....plant import Plant

MOST = 8
"""Activities that fit a card."""

AFTER = (Fact("activity", "Activity"), Fact("name", "What is done"), Fact("after", "After"))


def begun(rng: np.random.Generator, plant: Plant, most: int = MOST) -> list[dict[str, Any]]:
    """The first activities of one of the plant's projects, each with what it waits for, days near the plan's."""
    table = plant.need("activities", 5, "a problem on projects")
    sizes = table["project"].value_counts()
    large = [p for p in table["project"].unique() if sizes[p] >= 5]
    if not large:
        raise MissingTableError("activities", "a problem on projects needs one of five activities or more")
    rows = table[table["project"] == large[int(rng.integers(len(large)))]].set_index("activity")
    after = {code: [a.strip() for a in cell.split(";") if a.strip()] for code, cell in rows["after"].items()}
    chosen: list[str] = []
    while len(chosen) < min(most, len(rows)):
        chosen.append(next(c for c in after if c not in chosen and set(after[c]) <= set(chosen)))
    near = rng.uniform(0.6, 1.4, len(chosen))
    return [
        {
            "activity": code,
            "name": str(rows.loc[code, "name"]),
            "after": ";".join(after[code]),
            "days": max(1, min(40, round(float(rows.loc[code, "days"]) * float(f)))),
        }
        for code, f in zip(chosen, near, strict=True)
    ]


def waits(g: Any, code: str) -> list[str]:
    """What an activity waits for."""
    cell = next(r["after"] for r in g.activities if r["activity"] == code)
    return [a for a in cell.split(";") if a]


def follows(g: Any, code: str) -> list[str]:
    """What waits for an activity."""
    return [r["activity"] for r in g.activities if code in waits(g, r["activity"])]


def lasts(g: Any, code: str) -> float:
    """Days of an activity."""
    return float(next(r["days"] for r in g.activities if r["activity"] == code))


@lru_cache(maxsize=256)
def path_in(rows: tuple[tuple[Any, ...], ...], names: tuple[str, ...]) -> scheduling.CriticalPath:
    import pandas as pd

    return scheduling.critical_path(pd.DataFrame(rows, columns=list(names)))


@lru_cache(maxsize=256)
def _estimate(
    rows: tuple[tuple[Any, ...], ...], names: tuple[str, ...], due: float
) -> scheduling.PertEstimate:
    import pandas as pd

    return scheduling.pert(pd.DataFrame(rows, columns=list(names)), due=due, runs=100)


def rows_of(g: Any) -> tuple[tuple[tuple[Any, ...], ...], tuple[str, ...]]:
    names = tuple(n for n in g.activities[0] if n != "name")
    return tuple(tuple(r[n] for n in names) for r in g.activities), names


def path_of(g: Any) -> scheduling.CriticalPath:
    """The critical path of the given activities."""
    return path_in(*rows_of(g))


def estimate_of(g: Any) -> scheduling.PertEstimate:
    """The three-point estimate of the given activities."""
    return _estimate(*rows_of(g), g.due)


PLANNED = ("activity", "after", "days")


def planned(g: Any) -> scheduling.CriticalPath:
    """The given activities as planned."""
    return path_in(tuple(tuple(r[n] for n in PLANNED) for r in g.activities), PLANNED)


def _times(g: Any) -> dict[str, dict[str, float]]:
    table = path_of(g).activities.set_index("activity")
    columns = {
        "es": "early_start", "ef": "early_finish", "ls": "late_start", "lf": "late_finish", "float": "total_float",
    }  # fmt: skip
    return {line: {str(k): float(v) for k, v in table[name].items()} for line, name in columns.items()}


def _draw_path(rng: np.random.Generator, plant: Plant) -> dict[str, Any]:
    def good(g: Any) -> bool:
        plan = path_of(g)
        if plan.n_paths > 1 or len(plan.critical) == len(g.activities):
            return False
        times = _times(g)
        codes = [r["activity"] for r in g.activities]
        merges = any(len({times["ef"][b] for b in waits(g, c)}) > 1 for c in codes)
        parts = any(len({times["ls"][b] for b in follows(g, c)}) > 1 for c in codes)
        return merges and parts

    return shaped(lambda: {"activities": begun(rng, plant)}, good)


def _end(g: Any, a: Any) -> float:
    return float(max(a.ef[r["activity"]] for r in g.activities))


CPM_GRID = Problem(
    id="scheduling.cpm_grid", title="Critical path, forward and back", level=2, minutes=12,
    outcomes=("cpim.detailed_schedules", "lesson.09.3"), covers=("critical_path",), topics=("critical path",), needs=("activities",),
    draw=_draw_path,
    prompt=(
        "{plant} plans these activities. The project starts at 0, and an activity that ends at 5 lets the next one "
        "start at 5. Go forward for the earliest times, back from the end for the latest ones, and work out the "
        "total float."
    ),
    facts=(FactTable("activities", "Activities", (*AFTER, Fact("days", "Days"))),),
    parts=(
        Grid(
            "times", "Times", over=lambda g: [r["activity"] for r in g.activities], corner="Activity",
            key=lambda g, a: _times(g),
            lines=(
                Line("es", "Earliest start", "days", tolerance=Absolute(0.01),
                     rule=lambda g, a, t: max((a.ef[b] for b in waits(g, t)), default=0.0),
                     slips=(Slip("es_min", lambda g, a, t: min((a.ef[b] for b in waits(g, t)), default=0.0),
                                 "Where several activities come before, you took the first to finish. It can only "
                                 "start when all of them are done."),)),
                Line("ef", "Earliest finish", "days", tolerance=Absolute(0.01),
                     rule=lambda g, a, t: a.es[t] + lasts(g, t)),
                Line("ls", "Latest start", "days", tolerance=Absolute(0.01),
                     rule=lambda g, a, t: a.lf[t] - lasts(g, t)),
                Line("lf", "Latest finish", "days", tolerance=Absolute(0.01),
                     rule=lambda g, a, t: min((a.ls[b] for b in follows(g, t)), default=_end(g, a)),
                     slips=(Slip("lf_max", lambda g, a, t: max((a.ls[b] for b in follows(g, t)), default=_end(g, a)),
                                 "Where several activities follow, you took the one that can wait longest. It must be "
                                 "done for the one that needs it first."),)),
                Line("float", "Float", "days", tolerance=Absolute(0.01), rule=lambda g, a, t: a.ls[t] - a.es[t],
                     slips=(Slip("slack_length", lambda g, a, t: a.lf[t] - a.es[t],
                                 "From the earliest start to the latest finish there is the activity itself, too. "
                                 "Take its days off."),)),
            ),
        ),
        Number(
            "length", "Length of the project", unit="days", tolerance=Absolute(0.01),
            key=lambda g, a: path_of(g).length,
            slips=(
                Slip("duration_sum", lambda g, a: sum(r["days"] for r in g.activities),
                     "That is all the work, one activity after another. Those on different paths run side by side."),
            ),
        ),
    ),
    hints=(
        "Forward: an activity starts when the last of those before it is done. Write the earliest finish at once.",
        "Back: the last ones may finish when the project ends. Every other one must be done for the earliest of those "
        "behind it.",
    ),
    steps=(
        lambda g, a: "Forward: " + "; ".join(f"{c} {show(s)} to {show(_times(g)['ef'][c])}" for c, s in _times(g)["es"].items()) + ".",
        lambda g, a: "Back: " + "; ".join(f"{c} {show(s)} to {show(_times(g)['lf'][c])}" for c, s in _times(g)["ls"].items()) + ".",
        lambda g, a: "No float, and so critical: " + ", ".join(path_of(g).critical) + ".",
        "The last one finishes after {length}.",
    ),
)  # fmt: skip


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


PROBLEMS = (CPM_GRID, PERT)
