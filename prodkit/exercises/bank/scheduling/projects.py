"""Projects: the critical path by hand, and what may slip."""

from __future__ import annotations

import math
from functools import lru_cache
from types import SimpleNamespace
from typing import TYPE_CHECKING, Any

from .... import scheduling
from ....errors import MissingTableError
from ...draws import shaped
from ...numbers import show
from ...parts import Choice, Grid, Line, Number, Option, Slip
from ...problem import Fact, FactTable, Problem
from ...tolerance import Absolute

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


def rows_of(g: Any) -> tuple[tuple[tuple[Any, ...], ...], tuple[str, ...]]:
    names = tuple(n for n in g.activities[0] if n != "name")
    return tuple(tuple(r[n] for n in names) for r in g.activities), names


def path_of(g: Any) -> scheduling.CriticalPath:
    """The critical path of the given activities."""
    return path_in(*rows_of(g))


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


def _next(g: Any) -> float:
    """When the first of those behind the activity can start, or the end."""
    times = _times(g)["es"]
    return min((times[c] for c in follows(g, g.code)), default=path_of(g).length)


def _floats(g: Any) -> tuple[float, float]:
    """Total and free float of the activity asked for."""
    row = path_of(g).activities.set_index("activity").loc[g.code]
    return float(row["total_float"]), float(row["free_float"])


def _draw_float(rng: np.random.Generator, plant: Plant) -> dict[str, Any]:
    kind = str(rng.choice(["nobody", "followers", "followers", "late"]))
    both_alike = kind == "nobody"

    def draw() -> dict[str, Any]:
        rows = begun(rng, plant)
        by_code = {r["activity"]: _floats(SimpleNamespace(activities=rows, code=r["activity"])) for r in rows}
        more = {code: _more(rng, kind, *both) for code, both in by_code.items()}
        fit = [
            c
            for c, (total, free) in by_code.items()
            if total >= 1 and (both_alike or total != free) and more[c]
        ]
        code = str(rng.choice(fit or list(by_code)))
        return {"activities": rows, "code": code, "more": more[code] or 1}

    def good(g: Any) -> bool:
        total, free = _floats(g)
        return total >= 1 and (both_alike or total != free) and _outcome(g.more, total, free) == kind

    return shaped(draw, good)


def _more(rng: np.random.Generator, kind: str, total: float, free: float) -> int:
    """Days longer with this outcome, not just at its edge; 0 where there are none."""
    low, high = {"nobody": (1, free - 1), "followers": (free + 1, total - 1), "late": (total + 1, total + 6)}[
        kind
    ]
    return int(rng.integers(math.ceil(low), math.floor(high) + 1)) if math.ceil(low) <= high else 0


def _outcome(more: float, total: float, free: float) -> str:
    return "nobody" if more <= free else "followers" if more <= total else "late"


def _float_reason(option: str) -> Any:
    def reason(g: Any, a: Any) -> str:
        total, free = _floats(g)
        key = _outcome(g.more, total, free)
        late = show(g.more - total)
        if option == key:
            return {
                "nobody": "Yes. It stays within the free float: those behind it start as planned.",
                "followers": "Yes. Beyond the free float it pushes those behind it, within the total float not the end. Say it to them today.",
                "late": f"Yes. It is beyond the total float by {late}. Say so today, while something can still be done about it.",
            }[key]
        if option == "critical":
            return "Critical is what has no float at all. This one has some: compare the days with it."
        return {
            "nobody": "More than the free float: an activity behind it cannot start as planned."
            if key != "nobody"
            else "",
            "followers": (
                "Within the free float those behind it start as planned: there is nobody to push."
                if key == "nobody"
                else f"It is beyond the total float by {late}. Then not only those behind it wait, the end does as well."
            ),
            "late": "It stays within the total float, and the end is not touched.",
        }[option]

    return reason


FLOAT = Problem(
    id="scheduling.float", title="What may slip, and who must know?", level=2, minutes=8,
    outcomes=("cpim.detailed_schedules", "lesson.09.3"), covers=("critical_path",), topics=("critical path", "float"), needs=("activities",),
    draw=_draw_float,
    prompt=(
        "{plant} plans these activities, and each is to start as early as it can. The one who does activity {code} says it will take {more} "
        "days longer. Which total float and which free float has {code} as planned? The total float is what it may slip without moving the end; the free "
        "float, without moving anybody's earliest start. Whom do you tell?"
    ),
    facts=(FactTable("activities", "Activities", (*AFTER, Fact("days", "Days"))), Fact("more", "It takes longer by", "days")),
    parts=(
        Number("total", "Total float of {code}", unit="days", tolerance=Absolute(0.01), key=lambda g, a: _floats(g)[0],
               slips=(Slip("slack_length", lambda g, a: _floats(g)[0] + lasts(g, g.code),
                           "From the earliest start to the latest finish there is the activity itself, too. Take its days off."),)),
        Number("free", "Free float of {code}", unit="days", tolerance=Absolute(0.01), key=lambda g, a: _floats(g)[1],
               slips=(Slip("free_is_total", lambda g, a: _floats(g)[0] if len(set(_floats(g))) == 2 else None,
                           "That is the total float. Free is only what lies between its end and the earliest start of the next one."),)),
        Choice("tell", "Whom do you tell?", key=lambda g, a: _outcome(g.more, a.total, a.free),
               options=(
                   Option("nobody", "Nobody has to change anything", _float_reason("nobody")),
                   Option("followers", "Those who do what comes behind it; the end stays", _float_reason("followers")),
                   Option("late", "Everybody, and the customer: the end moves", _float_reason("late")),
                   Option("critical", "Everybody: each activity of a project is critical", _float_reason("critical")),
               )),
    ),
    hints=(
        "Go forward for the earliest times, and back from the end for the latest ones. Total float: latest start less earliest start.",
        "Free float: the smallest earliest start of those that wait for it, less its earliest finish. If nothing waits for it, the end counts.",
    ),
    steps=(
        lambda g, a: f"{g.code} can start at {show(_times(g)['es'][g.code])} and must start by {show(_times(g)['ls'][g.code])}.",
        lambda g, a: f"Total float: {show(_times(g)['ls'][g.code])} − {show(_times(g)['es'][g.code])} = {show(a.total)}.",
        lambda g, a: f"Behind it the next can start at {show(_next(g))}, so that {show(_next(g))} − {show(_times(g)['ef'][g.code])} = {show(a.free)} are free.",
        lambda g, a: f"It takes {show(g.more)} days longer: " + {
            "nobody": "no more than the free float.", "followers": "more than the free float, no more than the total float.",
            "late": "more than the total float.",
        }[a.tell],
    ),
)  # fmt: skip


PROBLEMS = (CPM_GRID, FLOAT)
