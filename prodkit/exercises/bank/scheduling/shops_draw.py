"""Small shops that fit a card: three lots of a plant's items through three of its work centers."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING, Any

from .... import scheduling
from ....errors import MissingTableError
from ...problem import Fact, FactTable
from .rules_draw import _center_names, _usual

if TYPE_CHECKING:
    import numpy as np
    import pandas as pd

    from ....plant import Plant

OUTCOMES = ("cpim.detailed_schedules", "lesson.09.2")
LOTS = "ABC"
WORK = FactTable("work", "Operations", (
    Fact("lot", "Lot"), Fact("item", "Of"), Fact("step", "Step"), Fact("center", "Work center"), Fact("hours", "Hours")))  # fmt: skip

Work = tuple[tuple[str, int, str, float], ...]


def centers(rng: np.random.Generator, plant: Plant, n: int, purpose: str) -> list[str]:
    """The names of so many of the plant's work centers that routings use."""
    names, used = _center_names(plant), sorted(set(_usual(plant, purpose)["workcenter"]))
    if len(used) < n:
        raise MissingTableError("routings", f"{purpose} needs {n} work centers, and there are {len(used)}")
    return [names.get(used[int(i)], used[int(i)]) for i in rng.choice(len(used), size=n, replace=False)]


def items(rng: np.random.Generator, plant: Plant, n: int, purpose: str) -> list[str]:
    """So many of the items that the plant makes."""
    made = sorted({str(x) for x in _usual(plant, purpose)["item"]})
    return [made[int(i)] for i in rng.choice(len(made), size=n, replace=len(made) < n)]


def small_shop(rng: np.random.Generator, plant: Plant, purpose: str) -> list[dict[str, Any]]:
    """Three lots, each through three work centers in an order of its own, in whole hours."""
    where, of = centers(rng, plant, 3, purpose), items(rng, plant, len(LOTS), purpose)
    rows: list[dict[str, Any]] = []
    for lot, item in zip(LOTS, of, strict=True):
        for step, i in enumerate(rng.permutation(3), 1):
            rows.append(
                {
                    "lot": lot,
                    "item": item,
                    "step": step,
                    "center": where[int(i)],
                    "hours": int(rng.integers(1, 8)),
                }
            )
    return rows


def work_of(g: Any) -> Work:
    """The given operations, as the scheduled shop remembers them."""
    return tuple((r["lot"], r["step"], r["center"], float(r["hours"])) for r in g.work)


def as_table(work: Work) -> pd.DataFrame:
    """Operations as `job_shop` takes them."""
    import pandas as pd

    return pd.DataFrame(work, columns=["job", "step", "machine", "hours"])


@lru_cache(maxsize=256)
def scheduled(work: Work, rule: str) -> scheduling.Schedule:
    """The shop by a dispatching rule, or the best schedule there is (`optimum`)."""
    if rule == "optimum":
        return scheduling.job_shop(as_table(work))
    return scheduling.job_shop(as_table(work), method="rule", rule=rule)


@lru_cache(maxsize=256)
def shop_of(work: Work) -> scheduling.Shop:
    """The shop as it is checked against."""
    return scheduling.read_shop(as_table(work))


def times(schedule: scheduling.Schedule) -> dict[tuple[str, int], tuple[float, float]]:
    """Start and end of each lot's step."""
    table = schedule.operations
    return {
        (str(job), int(step)): (float(start), float(end))
        for job, step, start, end in zip(
            table["job"], table["step"], table["start"], table["end"], strict=True
        )
    }
