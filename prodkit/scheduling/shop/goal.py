"""What a schedule is judged by, as whole numbers for the solver, and bounds that need no solver."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from ..._common import number
from ...errors import InputError
from .dispatch import Board
from .instance import Instance

__all__ = ["OBJECTIVES", "Goal", "alone", "goal_of", "simple_bound"]

OBJECTIVES = ("makespan", "weighted_tardiness", "number_late", "setups")


@dataclass(frozen=True)
class Goal:
    """Weights of the objective, each a whole number: the cost of a schedule is their sum over all it counts."""

    makespan: int
    """For each tick."""
    tardiness: tuple[int, ...]
    """For each tick that a job is late, by job."""
    late: int
    """For each late job."""
    setup: int
    """For each tick of setup."""
    moved: int
    """For each operation moved."""
    scale: float
    """Cost for one unit of the objective."""
    before: dict[int, tuple[int, int]] = field(default_factory=dict)
    """Of an earlier schedule: machine and start of each operation that can be moved."""

    def cost(self, board: Board) -> int:
        """Cost of a schedule."""
        instance = board.instance
        total = 0
        if self.makespan:
            total += self.makespan * max(board.end)
        if self.late or any(self.tardiness):
            for j, due in enumerate(instance.due):
                end = board.end[instance.first[j + 1] - 1]
                if due is not None and end > due:
                    total += self.tardiness[j] * (end - due) + self.late
        if self.setup:
            total += self.setup * sum(board.setup)
        if self.moved:
            total += self.moved * self.count_moved(board)
        return total

    def count_moved(self, board: Board) -> int:
        """How many operations stand at another time or on another machine than before."""
        options = board.instance.options
        return sum(
            (options[op][board.choice[op]][0], board.start[op]) != was for op, was in self.before.items()
        )

    def value(self, cost: float) -> float:
        """A cost in the objective's own unit."""
        return cost / self.scale


def weights_of(objective: str | Mapping[str, float]) -> dict[str, float]:
    """The objective as weights, checked."""
    if isinstance(objective, str):
        objective = {objective: 1.0}
    if not isinstance(objective, Mapping):
        raise InputError("objective", objective, "one of " + ", ".join(OBJECTIVES) + ", or weights of them")
    out = {}
    for name, weight in objective.items():
        if name not in OBJECTIVES:
            raise InputError("objective", name, "one of " + ", ".join(OBJECTIVES))
        out[name] = round(number(f"objective[{name!r}]", weight, "a weight, zero or more", low=0), 3)
    if not any(out.values()):
        raise InputError("objective", dict(objective), "weights of which one is above zero")
    return out


def goal_of(
    instance: Instance,
    objective: str | Mapping[str, float],
    stability: float = 0.0,
    before: dict[int, tuple[int, int]] | None = None,
) -> Goal:
    """The objective in whole numbers. Weights count to three decimals."""
    weights = weights_of(objective)
    tardy = [weights.get("weighted_tardiness", 0.0) * w for w in instance.weight]
    one = float(instance.per_hour)
    parts = [
        weights.get("makespan", 0.0),
        weights.get("number_late", 0.0) * one,
        weights.get("setups", 0.0),
        round(stability, 3) * one,
        *tardy,
    ]
    scale = next(
        (10**k for k in range(7) if all(abs(p * 10**k - round(p * 10**k)) < 1e-6 for p in parts)), 10**6
    )
    makespan, late, setup, moved, *tardiness = (round(p * scale) for p in parts)
    return Goal(makespan, tuple(tardiness), late, setup, moved, scale * one, before or {})


def alone(instance: Instance) -> list[int]:
    """Earliest end of each operation if its job had the whole shop to itself (setups left out)."""
    end = [0] * instance.n
    is_open = all(a.is_open for a in instance.axes)
    for j in range(len(instance.jobs)):
        ready = instance.release[j]
        for op in range(instance.first[j], instance.first[j + 1]):
            if op in instance.fixed:
                option, start = instance.fixed[op]
                _, ticks, axis = instance.options[op][option]
                end[op] = instance.axes[axis].finish(start, ticks)
            elif is_open:
                end[op] = ready + instance.shortest[op]
            else:
                end[op] = min(
                    instance.axes[a].finish(instance.axes[a].next_open(ready), t)
                    for _, t, a in instance.options[op]
                )
            ready = max(instance.now, end[op] + instance.lag[op])
    return end


def simple_bound(instance: Instance, goal: Goal) -> int:
    """A cost that no schedule is below: each job alone in the shop, each machine with its work without a pause."""
    end = alone(instance)
    bound = 0
    if goal.makespan:
        bound += goal.makespan * max(max(end), _busiest(instance, end))
    for j, due in enumerate(instance.due):
        over = 0 if due is None else end[instance.first[j + 1] - 1] - due
        if over > 0:
            bound += goal.tardiness[j] * over + goal.late
    return bound


def _busiest(instance: Instance, end: list[int]) -> int:
    """The earliest end of the machine with the most work that no other machine can take."""
    left, shortest = instance.work_left, instance.shortest
    work: dict[tuple[int, int], int] = {}
    head: dict[tuple[int, int], int] = {}
    tail: dict[tuple[int, int], int] = {}
    for op, ways in enumerate(instance.options):
        if len(ways) > 1 or op in instance.fixed:
            continue
        machine, ticks, place = ways[0]
        key = (machine, place)  # what keeps the same hours on the machine
        axis = instance.axes[place]
        first = (end[op] if axis.is_open else axis.work(end[op])) - ticks
        rest = left[op] - shortest[op]
        if key not in work:
            work[key], head[key], tail[key] = ticks, first, rest
            continue
        work[key] += ticks
        if first < head[key]:
            head[key] = first
        if rest < tail[key]:
            tail[key] = rest
    return max((instance.axes[k[1]].end(head[k] + work[k]) + tail[k] for k in work), default=0)
