"""Dispatching: whenever a machine falls free, a rule picks what it does next. Fast, and never a proof."""

from __future__ import annotations

import math
import random
import time
from collections.abc import Callable, Sequence
from heapq import heappop, heappush
from itertools import count

from .calendars import OutOfTime
from .instance import Instance

__all__ = ["RULES", "STATIC_RULES", "Board", "dispatch", "improve", "replay"]

STATIC_RULES = ("fcfs", "spt", "lpt", "edd", "slack", "mwkr", "lwkr", "wspt")
RULES = (*STATIC_RULES, "cr", "atc", "least_setup")
_ATC_LOOK_AHEAD = 2.0


class Board:
    """A schedule being made: operations are put on it one by one, each as early as what is there allows."""

    def __init__(self, instance: Instance) -> None:
        n, m = instance.n, len(instance.machines)
        self.instance = instance
        self.free = [instance.now] * m
        self.last = [-1] * m
        self.start, self.end = [0] * n, [0] * n
        self.choice = [0] * n
        self.setup_start, self.setup = [0] * n, [0] * n
        self.order: list[int] = []
        self.held: dict[int, list[tuple[int, int, int]]] = {s: [] for s in instance.labor}
        self._plain, self._setups = instance.is_plain, instance.has_setups
        for op in sorted(instance.fixed, key=lambda o: instance.fixed[o][1]):
            option, start = instance.fixed[op]
            machine, ticks, axis = instance.options[op][option]
            spent = instance.spent[op]
            begin = instance.axes[axis].begin(start, spent)
            self._write(op, option, machine, begin, start, instance.axes[axis].finish(start, ticks), spent)

    def put(self, op: int, option: int, ready: int) -> int:
        """Put an operation on its machine, after what is there; when it ends."""
        machine, ticks, _ = self.instance.options[op][option]
        if self._plain:
            free = self.free[machine]
            start = ready if ready > free else free
            end = start + ticks
            self.start[op], self.end[op], self.choice[op] = start, end, option
            self.setup_start[op] = start
            self.free[machine], self.last[machine] = end, op
            self.order.append(op)
            return end
        begin, start, end, setup = self.fit(op, option, ready)
        self._write(op, option, machine, begin, start, end, setup)
        return end

    def fit(self, op: int, option: int, ready: int) -> tuple[int, int, int, int]:
        """When its setup would begin, when it would start and end, and the ticks of setup."""
        instance = self.instance
        machine, ticks, place = instance.options[op][option]
        axis = instance.axes[place]
        setup = instance.setup_between(machine, self.last[machine], op) if self._setups else 0
        start = axis.next_open(max(ready, axis.finish(self.free[machine], setup)))
        while True:
            end = axis.finish(start, ticks)
            begin = axis.begin(start, setup)
            later = self._crew_is_busy(op, begin, end)
            if later is None:
                return begin, start, end, setup
            start = axis.finish(axis.next_open(max(later, begin + 1)), setup)
            start = axis.next_open(start)

    def _crew_is_busy(self, op: int, begin: int, end: int) -> int | None:
        """None where enough people are free all along, else a later time to try."""
        skill = self.instance.skill[op]
        if skill < 0 or end <= begin:
            return None
        crew = self.instance.crew[op]
        near = [h for h in self.held[skill] if h[0] < end and h[1] > begin]
        if not near:
            return None
        for low, high, people, limit in self.instance.labor[skill]:
            if high <= begin or low >= end or people < crew:
                continue
            counted = [h for h in near if h[2] <= people and h[0] < high and h[1] > low]
            for t in sorted(
                {max(begin, low), *(h[0] for h in counted if max(begin, low) < h[0] < min(end, high))}
            ):
                there = [h for h in counted if h[0] <= t < h[1]]
                if sum(h[2] for h in there) + crew > limit:
                    return min(h[1] for h in there)
        return None

    def _write(
        self, op: int, option: int, machine: int, begin: int, start: int, end: int, setup: int
    ) -> None:
        self.start[op], self.end[op], self.choice[op] = start, end, option
        self.setup_start[op], self.setup[op] = begin, setup
        self.free[machine] = max(self.free[machine], end)
        self.last[machine] = op
        skill = self.instance.skill[op]
        if skill >= 0:
            self.held[skill].append((begin, end, self.instance.crew[op]))
        self.order.append(op)


def _static_keys(instance: Instance, rule: str) -> list[float] | None:
    """The key of each operation where it does not change with time: least first. None for the other rules."""
    n = instance.n
    hours, left = instance.shortest, instance.work_left
    if rule == "spt":
        return [float(h) for h in hours]
    if rule == "lpt":
        return [-float(h) for h in hours]
    if rule == "edd":
        return [_due(instance, instance.job[op]) for op in range(n)]
    if rule == "wspt":
        return [h / max(instance.weight[instance.job[op]], 1e-9) for op, h in enumerate(hours)]
    if rule == "mwkr":
        return [-x for x in left]
    if rule == "lwkr":
        return [float(x) for x in left]
    if rule == "slack":  # the same time is taken off all: due less work left tells them apart
        return [_due(instance, instance.job[op]) - left[op] for op in range(n)]
    return None


def _due(instance: Instance, job: int) -> float:
    due = instance.due[job]
    return math.inf if due is None else float(due)


def _moving_key(
    instance: Instance, rule: str, board: Board
) -> Callable[[int, int, int], tuple[float, float]]:
    """The key of an operation at a time on a machine, least first."""
    hours, left = instance.shortest, instance.work_left
    mean = max(1e-9, sum(hours) / max(1, len(hours)))

    def critical_ratio(op: int, t: int, machine: int) -> tuple[float, float]:
        return (_due(instance, instance.job[op]) - t) / max(left[op], 1e-9), left[op]

    def apparent_tardiness_cost(op: int, t: int, machine: int) -> tuple[float, float]:
        slack = max(0.0, _due(instance, instance.job[op]) - t - left[op])
        setup = instance.setup_between(machine, board.last[machine], op)
        urgency = math.exp(-slack / (_ATC_LOOK_AHEAD * mean)) * math.exp(-setup / (0.5 * mean))
        return -instance.weight[instance.job[op]] / max(hours[op], 1e-9) * urgency, slack

    def least_setup(op: int, t: int, machine: int) -> tuple[float, float]:
        return instance.setup_between(machine, board.last[machine], op), _due(instance, instance.job[op])

    return {"cr": critical_ratio, "atc": apparent_tardiness_cost, "least_setup": least_setup}[rule]


def dispatch(instance: Instance, rule: str, rank: Sequence[float] | None = None) -> Board:
    """A schedule by a rule, or by the rank of each operation (least first). No machine waits with work before it.

    An operation that several machines can do joins, as it arrives, the one that would be done with it first,
    counting the work that waits there.
    """
    board = Board(instance)
    keys = list(rank) if rank is not None else _static_keys(instance, rule)
    moving = None if keys is not None or rule == "fcfs" else _moving_key(instance, rule, board)
    options, job, first, lag, axes = (
        instance.options,
        instance.job,
        instance.first,
        instance.lag,
        instance.axes,
    )
    free, put, choice = board.free, board.put, board.choice
    is_open = all(a.is_open for a in axes)
    arrivals: list[list[tuple[int, int]]] = [[] for _ in instance.machines]
    waiting: list[list[tuple[float, int, int]]] = [[] for _ in instance.machines]
    backlog = [0] * len(instance.machines)
    ready = [0] * instance.n
    pending: list[int | None] = [None] * len(instance.machines)
    events: list[tuple[int, int]] = []
    tie = count()

    def wake(machine: int, t: int) -> None:
        known = pending[machine]
        if known is None or t < known:
            pending[machine] = t
            heappush(events, (t, machine))

    def arrive(op: int, t: int) -> None:
        ways = options[op]
        option = 0
        if len(ways) > 1:
            option = min(range(len(ways)), key=lambda k: _done_by(instance, board, backlog, op, k, t))
        machine = ways[option][0]
        choice[op], ready[op] = option, t
        backlog[machine] += ways[option][1]
        heappush(arrivals[machine], (t, op))
        wake(machine, t if t > free[machine] else free[machine])

    done = set(board.order)
    for j, release in enumerate(instance.release):
        begin, stop = first[j], first[j + 1]
        op = begin
        while op < stop and op in done:
            op += 1
        if op < stop:
            arrive(op, release if op == begin else max(instance.now, board.end[op - 1] + lag[op - 1]))
    while events:
        t, machine = heappop(events)
        if pending[machine] != t:
            continue
        pending[machine] = None
        if not is_open:
            later = _opens(instance, arrivals[machine], waiting[machine], choice, t)
            if later > t:
                wake(machine, later)
                continue
        queue, there = arrivals[machine], waiting[machine]
        while queue and queue[0][0] <= t:
            came, op = heappop(queue)
            heappush(there, (keys[op] if keys is not None else float(came), next(tie), op))
        if not there:
            wake(machine, queue[0][0])
            continue
        if moving is None:
            op = heappop(there)[2]
        else:
            best = min(range(len(there)), key=lambda i: (*moving(there[i][2], t, machine), there[i][1]))
            op = there.pop(best)[2]
        end = put(op, choice[op], ready[op])
        backlog[machine] -= options[op][choice[op]][1]
        if op + 1 < first[job[op] + 1]:
            arrive(op + 1, end + lag[op])
        if there:
            wake(machine, end)
        elif queue:
            wake(machine, max(end, queue[0][0]))
    return board


def _opens(
    instance: Instance,
    arrivals: list[tuple[int, int]],
    waiting: list[tuple[float, int, int]],
    choice: list[int],
    t: int,
) -> int:
    """When the machine can first work on anything that is there by then: decisions wait for the doors to open."""
    ops = [w[2] for w in waiting] + [op for came, op in arrivals if came <= t]
    return min(
        (instance.axes[a].next_open(t) for a in {instance.options[op][choice[op]][2] for op in ops}),
        default=t,
    )


def _done_by(
    instance: Instance, board: Board, backlog: list[int], op: int, option: int, t: int
) -> tuple[float, int]:
    machine, ticks, axis = instance.options[op][option]
    setup = instance.setup_between(machine, board.last[machine], op)
    try:
        done = instance.axes[axis].finish(max(t, board.free[machine]), backlog[machine] + setup + ticks)
    except OutOfTime:
        return math.inf, option
    return float(done), option


def replay(
    instance: Instance, order: Sequence[int], choice: Sequence[int], not_before: Sequence[int] | None = None
) -> Board:
    """The same operations in the same order on the same machines, each as early as it can be, or no earlier than."""
    board = Board(instance)
    done = set(board.order)
    for op in order:
        if op not in done:
            is_first = op == instance.first[instance.job[op]]
            ready = (
                instance.release[instance.job[op]] if is_first else board.end[op - 1] + instance.lag[op - 1]
            )
            board.put(
                op, choice[op], max(ready, instance.now, not_before[op] if not_before else instance.now)
            )
    return board


def improve(
    instance: Instance,
    board: Board,
    cost: Callable[[Board], int],
    seconds: float,
    seed: int,
    tries: int = 10**9,
) -> Board:
    """Local search over priorities: an operation or a whole job is moved forward or back, and all dispatched anew."""
    rng = random.Random(seed)
    stop = time.perf_counter() + seconds
    rank = [0.0] * instance.n
    for place, op in enumerate(board.order):
        rank[op] = float(place)
    best, least = board, cost(board)
    while tries > 0 and time.perf_counter() < stop:
        tries -= 1
        trial = list(rank)
        move = rng.gauss(0, 1) * max(3.0, instance.n / 8)
        if rng.random() < 0.4:
            job = rng.randrange(len(instance.jobs))
            for op in range(instance.first[job], instance.first[job + 1]):
                trial[op] += move
        else:
            trial[rng.randrange(instance.n)] += move
        try:
            found = dispatch(instance, "", trial)
        except OutOfTime:
            continue
        value = cost(found)
        if value <= least:
            if value < least:
                best, least = found, value
            rank = trial
    return best
