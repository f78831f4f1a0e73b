"""Tasks of a line as they were given: times, models, and what must come before."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from .._common import number
from ..errors import InputError, PlantError
from ..plant import Plant
from ..plant.bills import find_loop
from ..plant.sheets import nearest
from ._given import given_table

if TYPE_CHECKING:
    import pandas as pd

    Given = Mapping[str, float] | pd.DataFrame | Plant

__all__ = ["Tasks", "read_tasks"]

_EXPECTED = "zero or more (time of the task)"


@dataclass(frozen=True)
class Tasks:
    """The tasks in an order in which they can be done, ties in the order given."""

    names: tuple[str, ...]
    times: tuple[float, ...]
    """Time of each; over the models, weighted by their share."""
    before: tuple[tuple[int, ...], ...]
    """Places of the tasks that come directly before each."""
    ranks: tuple[int, ...]
    """Place of each in the order given: what settles ties."""
    shares: Mapping[str, float]
    """Share of each model in what is built; one model "" where all are alike."""
    by_model: Mapping[str, tuple[float, ...]]
    """Times by model."""

    @property
    def total(self) -> float:
        """All of them together."""
        return math.fsum(self.times)


def read_tasks(
    tasks: Given,
    after: Mapping[str, str | Iterable[str]] | None,
    line: str | None,
    mix: Mapping[str, float] | None,
) -> Tasks:
    """Tasks from plain numbers, a table, or a plant's line."""
    if isinstance(tasks, Mapping):
        if line is not None:
            raise InputError("line", line, "left out where tasks are given one by one")
        times = {str(t): number(f"tasks[{t!r}]", x, _EXPECTED, low=0) for t, x in tasks.items()}
        return _ordered({"": times}, _links(times, after or {}), _shares({"": 1.0}, mix))
    if after is not None:
        raise InputError("after", "a mapping", "a column of the table where tasks are a table")
    table = given_table(tasks, "tasks", "a line balance", fill={"line": line or "the line"})
    lines = list(dict.fromkeys(table["line"]))
    if line is None and len(lines) > 1:
        raise InputError("line", None, "one of " + ", ".join(lines))
    table = table[table["line"] == (lines[0] if line is None else line)]
    if table.empty:
        raise InputError("line", line, "one of " + ", ".join(lines))
    models = list(dict.fromkeys(table["model"]))
    own = [m for m in models if m] or [""]
    by_model: dict[str, dict[str, float]] = {m: {} for m in own}
    links: dict[str, list[str]] = {}
    share: dict[str, float] = {}
    rows: list[dict[str, Any]] = table.to_dict("records")  # type: ignore[assignment]
    for row in rows:
        task, model = str(row["task"]), str(row["model"] or "")
        for each in [model] if model else own:  # a blank: every model
            by_model[each][task] = float(row["seconds"])
        if model or own == [""]:
            share.setdefault(model, float(row["mix_share"]))
        known = links.setdefault(task, [])
        codes = [code.strip() for code in str(row["after"] or "").split(";")]
        known += [code for code in dict.fromkeys(codes) if code and code not in known]
    every = dict.fromkeys(table["task"].astype(str))
    filled = {m: {t: by_model[m].get(t, 0.0) for t in every} for m in own}
    return _ordered(filled, _links(every, links), _shares(share, mix))


def _links(known: Iterable[str], after: Mapping[str, str | Iterable[str]]) -> dict[str, tuple[str, ...]]:
    names, faults = list(known), []
    if not names:
        raise InputError("tasks", "none", "at least one task")
    out: dict[str, tuple[str, ...]] = dict.fromkeys(names, ())
    for key, before in after.items():
        task = str(key)
        codes = before.split(";") if isinstance(before, str) else list(before)
        codes = [str(code).strip() for code in codes if str(code).strip()]
        for code in (task, *codes):
            if code not in out:
                near = nearest(code, names)
                wanted = f"did you mean {near}?" if near else "they are " + ", ".join(names[:8])
                faults.append(InputError(f"after[{task!r}]", code, f"one of the tasks ({wanted})"))
        out[task] = tuple(dict.fromkeys(codes))
    if len(faults) == 1:
        raise faults[0]
    if faults:
        raise PlantError("\n".join(["after has faults", *(f"  {f}" for f in faults)]), tuple(faults))
    loop = find_loop((b, task) for task, before in out.items() for b in before)
    if loop:
        raise InputError("after", " > ".join(loop), "an order in which no task comes before itself")
    return out


def _shares(given: Mapping[str, float], mix: Mapping[str, float] | None) -> dict[str, float]:
    if mix is not None:
        for model in mix:
            if model not in given or "" in given:
                words = ", ".join(m for m in given if m) or "left out: the tasks know no models"
                raise InputError("mix", model, words if "" in given else f"one of the models {words}")
        given = {m: number(f"mix[{m!r}]", mix.get(m, 0.0), "zero or more", low=0) for m in given}
    total = math.fsum(given.values())
    if total <= 0:
        raise InputError("mix", dict(given), "above zero for one model at least")
    return {m: share / total for m, share in given.items()}


def _ordered(
    by_model: Mapping[str, Mapping[str, float]],
    links: Mapping[str, tuple[str, ...]],
    shares: Mapping[str, float],
) -> Tasks:
    """Each task as soon as what comes before it is there, in the order given."""
    given = list(links)
    order: list[str] = []
    placed: set[str] = set()
    while len(order) < len(given):
        ready = [t for t in given if t not in placed and placed.issuperset(links[t])]
        order += ready
        placed.update(ready)
    place = {t: i for i, t in enumerate(order)}
    rank = {t: i for i, t in enumerate(given)}
    weighted = [round(math.fsum(shares[m] * by_model[m][t] for m in shares), 9) for t in order]
    return Tasks(
        tuple(order),
        tuple(weighted),
        tuple(tuple(sorted(place[b] for b in links[t])) for t in order),
        tuple(rank[t] for t in order),
        dict(shares),
        {m: tuple(by_model[m][t] for t in order) for m in shares},
    )
