"""Level schedule: models mixed so that each is used at a steady pace (heijunka)."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass, field

from .._common import choice, number, whole
from ..errors import InputError

__all__ = ["LevelSchedule", "level_schedule"]


@dataclass(frozen=True)
class LevelSchedule:
    """An order in which models follow each other. Made by `level_schedule`."""

    sequence: tuple[str, ...]
    """The whole period's units, one by one."""
    cycle: tuple[str, ...]
    """The shortest pattern that, repeated, is the sequence."""
    units: Mapping[str, int]
    """Units of each model in the sequence."""
    method: str
    """"goal_chasing" or "batches"."""
    _uses: Mapping[str, Mapping[str, float]] = field(repr=False, compare=False)

    @property
    def repeats(self) -> int:
        """How many times the pattern runs in the period."""
        return len(self.sequence) // len(self.cycle)

    @property
    def deviation(self) -> float:
        """Squared distance of use from a steady pace, summed over parts and places of the sequence (units squared)."""
        return math.fsum(x * x for row in self._gaps() for x in row)

    @property
    def worst(self) -> float:
        """Largest distance of any part's use from a steady pace (units)."""
        return max(abs(x) for row in self._gaps() for x in row)

    @property
    def longest_run(self) -> int:
        """Most units of one model in a row."""
        longest = run = 1
        for before, here in zip(self.sequence, self.sequence[1:], strict=False):
            run = run + 1 if before == here else 1
            longest = max(longest, run)
        return longest

    @property
    def changeovers(self) -> int:
        """How often the next unit is another model's."""
        return sum(a != b for a, b in zip(self.sequence, self.sequence[1:], strict=False))

    def _gaps(self) -> list[list[float]]:
        parts = _parts(self._uses)
        n = len(self.sequence)
        total = {p: math.fsum(self.units[m] * self._uses[m].get(p, 0.0) for m in self.units) for p in parts}
        used, rows = dict.fromkeys(parts, 0.0), []
        for k, model in enumerate(self.sequence, start=1):
            for part, quantity in self._uses[model].items():
                used[part] += quantity
            rows.append([k * total[p] / n - used[p] for p in parts])
        return rows

    def __str__(self) -> str:
        shown = " ".join(self.cycle[:24]) + (" ..." if len(self.cycle) > 24 else "")
        times = "once" if self.repeats == 1 else f"{self.repeats} times"
        return (
            f"{shown}, {times}.\n"
            f"At most {self.longest_run} of one model in a row, {self.changeovers} changeovers; "
            f"use is never more than {self.worst:.2g} away from a steady pace."
        )


def level_schedule(
    units: Mapping[str, int],
    *,
    method: str = "goal_chasing",
    bill: Mapping[str, Mapping[str, float]] | None = None,
) -> LevelSchedule:
    r"""An order of models in which the use of each, or of their parts, keeps as steady as can be.

    Parameters
    ----------
    units
        {model: units in the period}.
    method
        "goal_chasing"; or "batches", each model in one go, to compare with.
    bill
        {model: {part: quantity of it in one unit}}: the parts whose use is to be steady. Left out: the models
        themselves.

    Returns
    -------
    LevelSchedule
        `.sequence`, `.cycle` (the pattern), `.repeats`, `.deviation`, `.worst`, `.longest_run`, `.changeovers`.

    Raises
    ------
    InputError
        If nothing is to be made, units are not whole, or a model has no parts in the bill.

    Notes
    -----
    Goal chasing (Toyota's; Monden, *Toyota Production System*, from memory, unchecked): for the k-th place take the
    model after which :math:`\sum_j (k N_j / Q - X_{jk})^2` is least, with :math:`N_j` the use of part j in all Q
    units and :math:`X_{jk}` its use in the first k; ties go to the model given first. It looks one place ahead and
    is no optimum. Where the units of all models have a common divisor, the pattern is found once and repeated.

    Examples
    --------
    >>> plan = level_schedule({"A": 4, "B": 2, "C": 2})
    >>> plan.cycle, plan.repeats
    (('A', 'B', 'C', 'A'), 2)
    >>> plan.deviation < level_schedule({"A": 4, "B": 2, "C": 2}, method="batches").deviation
    True
    """
    choice("method", method, ("goal_chasing", "batches"))
    if not isinstance(units, Mapping):
        raise InputError("units", type(units).__name__, "a mapping of models to units")
    counts = {
        str(m): whole(f"units[{m!r}]", u, "a whole number, zero or more", low=0) for m, u in units.items()
    }
    counts = {m: u for m, u in counts.items() if u}
    if not counts:
        raise InputError("units", dict(units), "above zero for one model at least")
    uses: dict[str, dict[str, float]] = {m: {m: 1.0} for m in counts}
    if bill is not None:
        for model in counts:
            if not bill.get(model):
                raise InputError("bill", model, "a bill with at least one part for each model")
            name = f"bill[{model!r}]"
            uses[model] = {
                str(p): number(f"{name}[{p!r}]", q, "zero or more", low=0) for p, q in bill[model].items()
            }
    if method == "batches":
        cycle = tuple(m for m, u in counts.items() for _ in range(u))
        return LevelSchedule(cycle, cycle, counts, method, uses)
    times = math.gcd(*counts.values())
    cycle = _goal_chasing({m: u // times for m, u in counts.items()}, uses)
    return LevelSchedule(cycle * times, cycle, counts, method, uses)


def _parts(uses: Mapping[str, Mapping[str, float]]) -> list[str]:
    return list(dict.fromkeys(part for use in uses.values() for part in use))


def _goal_chasing(counts: Mapping[str, int], uses: Mapping[str, Mapping[str, float]]) -> tuple[str, ...]:
    parts = _parts(uses)
    n = sum(counts.values())
    pace = {p: math.fsum(counts[m] * uses[m].get(p, 0.0) for m in counts) / n for p in parts}
    left, used, out = dict(counts), dict.fromkeys(parts, 0.0), []
    for k in range(1, n + 1):
        best, least = "", math.inf
        for model in (m for m, u in left.items() if u):
            gap = math.fsum((k * pace[p] - used[p] - uses[model].get(p, 0.0)) ** 2 for p in parts)
            if gap < least - 1e-9:
                best, least = model, gap
        out.append(best)
        left[best] -= 1
        for part, quantity in uses[best].items():
            used[part] += quantity
    return tuple(out)
