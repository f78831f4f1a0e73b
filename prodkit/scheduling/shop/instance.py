"""A shop in whole ticks of time and plain lists: what the rules, the search and the model work on."""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from itertools import pairwise
from typing import TYPE_CHECKING, Any

import numpy as np

from ..._common import spoken
from ...errors import InputError
from ...plant.arguments import Faults
from .calendars import Axis
from .hours import PERSON, Hours, tick_at
from .tables import Shop

if TYPE_CHECKING:
    import pandas as pd
    from numpy.typing import NDArray

__all__ = ["Instance", "build", "build_until_it_fits", "ticks_per_hour"]

_TICKS = (1, 2, 4, 5, 10, 20, 60, 100)  # ticks in an hour: the first in which every time is whole
_MINUTES = 60  # else


@dataclass
class Instance:
    """A shop with names turned into numbers and hours into ticks."""

    shop: Shop
    per_hour: int
    jobs: list[str]
    machines: list[str]
    first: list[int]
    """First operation of each job, and one past the last."""
    job: list[int]
    step: list[float]
    options: list[list[tuple[int, int, int]]]
    """Of each operation: (machine, ticks, axis)."""
    family: list[int]
    setup: list[int]
    skill: list[int]
    crew: list[int]
    lag: list[int]
    release: list[int]
    due: list[int | None]
    weight: list[float]
    axes: list[Axis]
    initial: list[int]
    """Family that each machine is set up for; -1: none."""
    changes: dict[tuple[int, int, int], int]
    hours_of: list[Axis]
    """When each machine works, whoever is there."""
    fixed: dict[int, tuple[int, int]]
    """Begun operations: option and start."""
    spent: dict[int, int]
    """Ticks of setup before those that have begun."""
    now: int
    labor: dict[int, list[tuple[int, int, int, int]]] = field(default_factory=dict)
    """Of each skill, where people limit: from, to, hundredths of people there, and how many can be busy (more where
    what has begun keeps more busy)."""

    skill_name: list[str] = field(default_factory=list)
    crew_size: list[float] = field(default_factory=list)

    @cached_property
    def shortest(self) -> list[int]:
        """Ticks of each operation on the machine that is fastest at it."""
        return [w[0][1] if len(w) == 1 else min(t for _, t, _ in w) for w in self.options]

    @cached_property
    def work_left(self) -> list[int]:
        """Ticks of each operation and all that follow in its job, each on its fastest machine."""
        left, follows = list(self.shortest), -1
        for op in range(self.n - 1, -1, -1):
            if self.job[op] == follows:
                left[op] += left[op + 1]
            follows = self.job[op]
        return left

    @property
    def n(self) -> int:
        """Number of operations."""
        return len(self.job)

    @property
    def has_setups(self) -> bool:
        """Whether any machine is ever set up."""
        return bool(self.changes) or any(self.setup)

    @property
    def is_plain(self) -> bool:
        """Whether machines are always open, and neither setups nor people matter."""
        return not self.has_setups and not self.labor and all(a.is_open for a in self.axes) and not self.fixed

    def tick(self, hours: float) -> int:
        """A time of a schedule in ticks."""
        return round(hours * self.per_hour)

    def setup_between(self, machine: int, before: int, after: int) -> int:
        """Ticks of setup on a machine from one operation (-1: none yet) to another; none into one that has begun."""
        if after in self.fixed:
            return 0
        was = self.family[before] if before >= 0 else self.initial[machine]
        to = self.family[after]
        if self.changes and was >= 0 and to >= 0:
            for of in (machine, -1):
                ticks = self.changes.get((of, was, to))
                if ticks is not None:
                    return ticks
        return 0 if was == to and to >= 0 else self.setup[after]


def build_until_it_fits(shop: Shop, fits: Any) -> tuple[Instance, Any]:
    """The instance, and what `fits` makes of it; windows that repeat are laid out until all the work has room."""
    from .calendars import OutOfTime

    for attempt in range(10):
        instance = build(shop, 4 * 2**attempt)
        try:
            return instance, fits(instance)
        except OutOfTime:
            if shop.repeat_hours is None:
                break
    resources = ", ".join(dict.fromkeys(shop.calendar["resource"].tolist())) or "people"
    raise InputError(
        "calendar",
        f"windows of {resources} that end before the work is done",
        "longer, or given with repeat_hours (168 for a week that comes again)",
    )


def build(shop: Shop, stretch: int = 4) -> Instance:
    """A shop in ticks; windows that repeat are laid out over `stretch` times the work."""
    ops, jobs = shop.operations, shop.jobs
    per_hour = ticks_per_hour(shop)
    names = jobs["job"].tolist()
    place = {name: i for i, name in enumerate(names)}
    machines = shop.machines["machine"].tolist()
    at = {name: i for i, name in enumerate(machines)}
    job_of = np.array([place[j] for j in ops["job"].tolist()], dtype=int)
    steps = ops["step"].to_numpy()
    order = np.lexsort((steps, job_of))
    job_of, steps = job_of[order], steps[order]
    is_new = np.ones(len(order), dtype=bool)
    is_new[1:] = (job_of[1:] != job_of[:-1]) | (steps[1:] != steps[:-1])
    head = order[is_new]  # the first row of each operation speaks for it
    op_of = (np.cumsum(is_new) - 1).tolist()
    job = job_of[is_new].tolist()
    first = np.searchsorted(job_of[is_new], np.arange(len(names) + 1)).tolist()
    families = {
        name: i
        for i, name in enumerate(dict.fromkeys(ops["family"].tolist() + shop.machines["family"].tolist()))
        if name
    }
    skills = {
        name: i for i, name in enumerate(dict.fromkeys(ops["skill"].tolist())) if name and shop.has_labor
    }
    now = math.floor(shop.now * per_hour + 1e-6)
    hours = _up(ops["hours"].to_numpy()[order], per_hour)
    on = [at[m] for m in ops["machine"].to_numpy()[order].tolist()]
    skill = [skills.get(s, -1) for s in ops["skill"].to_numpy()[head].tolist()]
    crew = np.rint(ops["crew"].to_numpy()[head] * PERSON).astype(int).tolist()
    lag = _up(ops["move_hours"].to_numpy()[head], per_hour)
    setup = _up(ops["setup_hours"].to_numpy()[head], per_hour)
    begun = (shop.begun["start"] - shop.begun["setup_hours"]).to_numpy(dtype=float) * per_hour
    low = min([0, now, *np.floor(begun).astype(int).tolist()])
    ready = np.maximum(jobs["release"].to_numpy(), jobs["material"].to_numpy())
    release = [max(now, t) for t in _up(np.maximum(ready, shop.now), per_hour)]
    changes = {
        (at[m] if m else -1, families[a], families[b]): ticks
        for m, a, b, ticks in zip(
            shop.changeovers["machine"],
            shop.changeovers["from_family"],
            shop.changeovers["to_family"],
            _up(shop.changeovers["hours"].to_numpy(), per_hour),
            strict=True,
        )
        if a in families and b in families
    }
    total = sum(hours) + sum(lag) + sum(setup) + len(job) * max(changes.values(), default=0)
    times = Hours(shop, per_hour, low, max(release, default=0) + stretch * (total + 1), skills)
    cut: dict[tuple[int, int, int], int] = {}
    axes: list[Axis] = []
    options: list[list[tuple[int, int, int]]] = [[] for _ in job]
    for row, op in enumerate(op_of):
        key = (on[row], skill[op], crew[op] if skill[op] >= 0 else 0)
        if key not in cut:
            cut[key] = _axis_of(times, key, machines, skills, axes)
        options[op].append((on[row], hours[row], cut[key]))
    due = [None if d == np.inf else round(d * per_hour) for d in jobs["due"].tolist()]
    instance = Instance(
        shop, per_hour, names, machines, first, job, steps[is_new].tolist(), options,
        [families.get(f, -1) for f in ops["family"].to_numpy()[head].tolist()], setup, skill, crew, lag, release, due,
        jobs["weight"].tolist(), axes,
        [families.get(f, -1) for f in shop.machines["family"].tolist()], changes,
        [times.axis(m, "", 0) for m in machines], {}, {}, now,
    )  # fmt: skip
    instance.skill_name = ops["skill"].to_numpy()[head].tolist()
    instance.crew_size = ops["crew"].to_numpy()[head].tolist()
    for name, number in skills.items():
        used = {m for op, s in enumerate(skill) if s == number for m, _, _ in options[op]}
        instance.labor[number] = [(a, b, n, n) for a, b, n in times.limits(name, used, machines)]
    _fix(instance, place, at)
    for number, levels in instance.labor.items():
        instance.labor[number] = _raised(instance, number, levels)
    return instance


def ticks_per_hour(shop: Shop) -> int:
    """How many ticks an hour is cut into: the fewest in which every time is whole, else minutes.

    Where there was a schedule before, its ticks are cut further or kept, so that its times stay whole.
    """
    tables = (
        (shop.operations, ("hours", "setup_hours", "move_hours")),
        (shop.jobs, ("release", "material", "due")),
        (shop.calendar, ("start", "end")),
        (shop.changeovers, ("hours",)),
        (shop.labor, ("start", "end")),
        (shop.downtime, ("start", "end")),
        (shop.absences, ("start", "end")),
        (shop.begun, ("start", "setup_hours")),
    )
    times = np.append(_finite(tables), shop.now)
    for per_hour in (max(1, shop.ticks) * k for k in _TICKS):
        if _whole(times, per_hour):
            return per_hour
    return max(shop.ticks, _MINUTES) if shop.ticks % _MINUTES == 0 else shop.ticks * _MINUTES


def _finite(tables: Iterable[tuple[pd.DataFrame, tuple[str, ...]]]) -> NDArray[np.float64]:
    times: NDArray[np.float64] = np.concatenate(
        [t[c].to_numpy(dtype=float) for t, columns in tables for c in columns]
    )
    return times[np.isfinite(times)]


def _whole(times: NDArray[np.float64], per_hour: int) -> bool:
    ticks = times * per_hour
    return bool(np.abs(ticks - np.rint(ticks)).max(initial=0) < 1e-6)


def _up(hours: Any, per_hour: int) -> list[int]:
    """Hours as ticks, rounded up: no work is made shorter than it is."""
    return np.ceil(np.asarray(hours) * per_hour - 1e-6).astype(int).tolist()  # type: ignore[no-any-return]


def _axis_of(
    times: Hours, key: tuple[int, int, int], machines: list[str], skills: dict[str, int], axes: list[Axis]
) -> int:
    machine, number, crew = key
    skill = next((s for s, i in skills.items() if i == number), "")
    axis = times.axis(machines[machine], skill, crew)
    if axis.windows is not None and not axis.windows:
        most = max((n for _, _, n in times.people.get(skill, [])), default=0)
        if skill and most < crew:
            raise InputError(
                f"crew of the operations with the skill {skill}",
                crew / PERSON,
                f"no more than are there at once, {spoken(most / PERSON)}",
            )
        raise InputError(
            f"calendar of {machines[machine]}",
            "no hour in which it works" + f" and people with the skill {skill} are there" * bool(skill),
            "open at some time",
        )
    for i, known in enumerate(axes):
        if known.windows == axis.windows:
            return i
    axes.append(axis)
    return len(axes) - 1


def _fix(instance: Instance, place: dict[str, int], at: dict[str, int]) -> None:
    """The operations that have begun: the first ones of their jobs, each by itself on its machine."""
    faults = Faults()
    shop = instance.shop
    spans: dict[int, list[tuple[int, int, str]]] = {}
    columns = ["job", "step", "machine", "start", "setup_hours", "setup_start"]
    for name, step, machine, start, spent, setup_start in shop.begun[columns].to_numpy().tolist():
        job = place[name]
        op = next(o for o in range(*_span(instance.first, job)) if instance.step[o] == step)
        option = next(k for k, (m, _, _) in enumerate(instance.options[op]) if m == at[machine])
        _, ticks, a = instance.options[op][option]
        axis, begin = instance.axes[a], tick_at(start, instance.per_hour)
        instance.spent[op] = _up([spent], instance.per_hour)[0]
        if begin > instance.now:  # its setup is going on
            begin = axis.next_open(axis.finish(tick_at(setup_start, instance.per_hour), instance.spent[op]))
        instance.fixed[op] = (option, begin)
        spans.setdefault(at[machine], []).append((begin, axis.finish(begin, ticks), f"{name} {step:g}"))
    for machine, found in spans.items():
        found.sort()
        for (_, end, one), (start, _, other) in pairwise(found):
            if start < end:
                faults.add(
                    f"begun: on {instance.machines[machine]}",
                    f"{one} and {other} at once",
                    "one after the other",
                )
    for op in instance.fixed:
        if op > instance.first[instance.job[op]] and op - 1 not in instance.fixed:
            faults.add(
                f"begun: step {instance.step[op]:g} of {instance.jobs[instance.job[op]]}",
                f"begun while step {instance.step[op - 1]:g} is not",
                "after its earlier steps (leave out of operations what is done)",
            )
    faults.stop("What has begun")


def _raised(
    instance: Instance, skill: int, levels: list[tuple[int, int, int, int]]
) -> list[tuple[int, int, int, int]]:
    """The limits, no lower than what has begun keeps busy: that stays as it is, whoever is away."""
    held = []
    for op, (option, start) in instance.fixed.items():
        if instance.skill[op] == skill:
            _, ticks, place = instance.options[op][option]
            axis = instance.axes[place]
            held.append((axis.begin(start, instance.spent[op]), axis.finish(start, ticks), instance.crew[op]))
    if not held:
        return levels
    out = []
    for a, b, people, _ in levels:
        cuts = sorted({a, b, *(t for h in held for t in h[:2] if a < t < b)})
        for low, high in pairwise(cuts):
            busy = sum(crew for start, end, crew in held if crew <= people and start <= low < end)
            out.append((low, high, people, max(people, busy)))
    return out


def _span(first: Sequence[int], job: int) -> tuple[int, int]:
    return first[job], first[job + 1]
