"""Tasks of a line as the balance problems draw them: the plant's own, with times near the plant's."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING, Any

from ....errors import MissingTableError
from ....methods import LineBalance, line_balance
from ....methods.balance_input import read_tasks
from ....methods.balance_rules import Whole, priorities
from ...draws import rounded
from ...problem import Fact, FactTable

if TYPE_CHECKING:
    import numpy as np

    from ....plant import Plant

OUTCOMES = ("cpim.detailed_schedules", "lesson.04.2")
NEEDS = ("tasks",)
NONE = "–"
TASKS = FactTable(
    "tasks",
    "The tasks",
    (
        Fact("task", "Task"),
        Fact("name", "What is done"),
        Fact("seconds", "Time", "seconds"),
        Fact("after", "Comes after"),
    ),
)
Rows = tuple[tuple[str, float, tuple[str, ...]], ...]


def line_tasks(rng: np.random.Generator, plant: Plant, n: int, purpose: str) -> dict[str, Any]:
    """So many tasks of one line and model, in an order in which they can be done: `line` and `tasks`."""
    table = plant.need("tasks", n, purpose)
    table = table[table["seconds"] > 0]
    groups = [(key, rows) for key, rows in table.groupby(["line", "model"], dropna=False) if len(rows) >= n]
    if not groups:
        raise MissingTableError("tasks", f"{purpose} needs {n} tasks of one line and model")
    (line, _), rows = groups[int(rng.integers(len(groups)))]
    links = {str(r.task): _codes(r.after) for r in table[table["line"] == line].itertuples()}
    seconds = dict(zip(rows["task"].astype(str), rows["seconds"], strict=True))
    names = dict(zip(rows["task"].astype(str), rows["name"].astype(str), strict=True))
    order = read_tasks(seconds, {t: _before(t, links, seconds) for t in seconds}, None, None).names
    start = int(rng.integers(max(1, len(order) - n + 1)))
    kept = order[start : start + n]
    tasks = [
        {
            "task": t,
            "name": names[t],
            "seconds": float(rounded(seconds[t] * float(rng.uniform(0.75, 1.3)))),
            "after": ", ".join(_before(t, links, kept)) or NONE,
        }
        for t in kept
    ]
    return {"line": str(line).partition(",")[0], "tasks": tasks}


def _codes(text: Any) -> list[str]:
    return [code.strip() for code in str(text or "").split(";") if code.strip()]


def _before(task: str, links: dict[str, list[str]], kept: Any) -> list[str]:
    """The tasks kept that come before one, through those left out."""
    found: dict[str, None] = {}
    for code in links.get(task, ()):
        found.update(dict.fromkeys([code] if code in kept else _before(code, links, kept)))
    return [t for t in found if not any(_is_before(t, other, links) for other in found)]


def _is_before(task: str, other: str, links: dict[str, list[str]]) -> bool:
    """Whether one task comes anywhere before another."""
    return any(code == task or _is_before(task, code, links) for code in links.get(other, ()))


def rows_of(g: Any) -> Rows:
    """The tasks in a form that can be remembered."""
    return tuple((x["task"], x["seconds"], before(x)) for x in g.tasks)


def before(row: Any) -> tuple[str, ...]:
    """The tasks that come directly before."""
    return () if row["after"] == NONE else tuple(row["after"].split(", "))


def times(g: Any) -> dict[str, float]:
    """Seconds of each task."""
    return {x["task"]: x["seconds"] for x in g.tasks}


def links(g: Any) -> dict[str, tuple[str, ...]]:
    """The tasks directly before each."""
    return {x["task"]: before(x) for x in g.tasks}


@lru_cache(maxsize=512)
def balanced(
    rows: Rows, cycle_time: float | None, stations: int | None, method: str = "optimal"
) -> LineBalance:
    """The subject's balance of these tasks."""
    return line_balance(
        {t: s for t, s, _ in rows}, after={t: b for t, _, b in rows}, cycle_time=cycle_time, stations=stations,
        method=method,
    )  # fmt: skip


def station_of(balance: LineBalance) -> dict[str, int]:
    """The station of each task."""
    return {t: s.number for s in balance.stations for t in s.tasks}


def _whole(rows: Rows) -> tuple[tuple[str, ...], Whole]:
    read = read_tasks({t: s for t, s, _ in rows}, {t: b for t, _, b in rows}, None, None)
    return read.names, Whole.of([round(10 * s) for s in read.times], read.before, read.ranks)


@lru_cache(maxsize=512)
def weights(rows: Rows) -> dict[str, float]:
    """Positional weight of each task: its own time and that of all its followers."""
    names, w = _whole(rows)
    return {
        names[i]: (w.times[i] + sum(w.times[j] for j in w.members(w.succ[i]))) / 10 for i in range(len(names))
    }


@lru_cache(maxsize=512)
def ranked(rows: Rows) -> tuple[str, ...]:
    """The tasks by positional weight, the heaviest first, as the subject's rule takes them."""
    names, w = _whole(rows)
    return tuple(names[i] for i in priorities(w, "ranked_positional_weight"))


def after_each(g: Any) -> dict[str, list[str]]:
    """The tasks directly after each."""
    return {x["task"]: [y["task"] for y in g.tasks if x["task"] in before(y)] for x in g.tasks}


def followers(g: Any, task: str) -> set[str]:
    """All tasks that come anywhere after one."""
    direct = after_each(g)
    found: set[str] = set()
    left = list(direct[task])
    while left:
        t = left.pop()
        if t not in found:
            found.add(t)
            left += direct[t]
    return found
