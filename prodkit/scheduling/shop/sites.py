"""Operations as CP-SAT variables: on working time, where their length is fixed, and on the clock where it is needed.

Each operation lives on the working time of its machine and crew. Clock time is worked out only where something asks
for it, by one literal a window: that the work done is past the window's border.
"""

from __future__ import annotations

import math
import time
from typing import Any

from .calendars import Axis, OutOfTime
from .dispatch import Board
from .goal import Goal, alone
from .instance import Instance

__all__ = ["Sites"]

_MANY = 30_000  # borders of windows that make a model too large to be searched
_NEAR = 1.1  # then no operation ends later than by this much of the schedule begun from


class _Site:
    """An operation on the working time of one axis: the variables of its start, and clock times when asked for."""

    def __init__(self, axis: Axis, start: Any, ticks: int, at: int, low: int, high: int) -> None:
        self.axis, self.start, self.ticks, self.at = axis, start, ticks, at
        self.low, self.high = low, high
        self.end = start + ticks
        self.clock: dict[str, Any] = {}
        self.here: list[Any] = []  # literals of the options that lie on this site; empty: always


class Sites:
    """The operations of a shop in a model, each begun from where a schedule has it."""

    def __init__(self, instance: Instance, goal: Goal, begin: Board, deadline: float = math.inf) -> None:
        from ortools.sat.python import cp_model

        self.instance, self.goal, self.begin, self.deadline = instance, goal, begin, deadline
        self.model: Any = cp_model.CpModel()
        self.earliest = self._earliest()
        self.latest = self._latest_ends()
        self.is_cut = self._borders() > _MANY
        if self.is_cut:  # not all schedules are in the model then: its bound holds for these alone
            self.latest = self._latest_ends(instance.now + round(_NEAR * (max(begin.end) - instance.now)))
        self.sites: list[list[_Site]] = []
        self.site_of: list[list[_Site]] = []
        self.is_on: list[list[Any]] = []
        self.clocks: dict[tuple[str, int], Any] = {}
        for op in range(instance.n):
            self.in_time()
            self._operation(op)
        self._routes()

    def in_time(self) -> None:
        """Give up where the model alone takes longer than there is."""
        if time.perf_counter() > self.deadline:
            raise TimeoutError

    # --- domains -------------------------------------------------------------------------------------------

    def _earliest(self) -> list[int]:
        instance = self.instance
        end = alone(instance)
        out = []
        for op in range(instance.n):
            if op in instance.fixed:
                out.append(instance.fixed[op][1])
            elif op == instance.first[instance.job[op]]:
                out.append(instance.release[instance.job[op]])
            else:
                out.append(max(instance.now, end[op - 1] + instance.lag[op - 1]))
        return out

    def _horizon(self) -> int:
        """A time by which any schedule without idle waiting is done: one operation after the other."""
        instance = self.instance
        t = max(
            [
                instance.now,
                *instance.release,
                *self.begin.end,
                *(start for _, start in self.goal.before.values()),
            ]
        )
        most = max(instance.changes.values(), default=0)
        for op, ways in enumerate(instance.options):
            ends = [
                instance.axes[a].finish(instance.axes[a].next_open(t), max(most, instance.setup[op]) + ticks)
                for _, ticks, a in ways
            ]
            t = max(ends) + instance.lag[op]
        return t

    def _borders(self) -> int:
        """About how many borders of windows the operations can lie before or after."""
        axes = self.instance.axes
        return sum(
            sum(low < b < high for b in axes[a].opens)
            for ways, low, high in zip(self.instance.options, self.earliest, self.latest, strict=True)
            for a in {a for _, _, a in ways}
        )

    def _latest_ends(self, cut: int = 10**15) -> list[int]:
        """The latest end of each operation in any schedule that is as good as the one begun from."""
        instance, goal = self.instance, self.goal
        cost = goal.cost(self.begin)
        try:
            horizon = self._horizon()
        except OutOfTime:  # windows that end: nothing can be later than they
            horizon = max(a.windows[-1][1] for a in instance.axes if a.windows)
        horizon = min(horizon, cut)
        if goal.makespan:
            horizon = min(horizon, cost // goal.makespan)
        latest = []
        for j, due in enumerate(instance.due):
            last = horizon
            if due is not None and goal.tardiness[j]:
                last = min(last, due + cost // goal.tardiness[j])
            stop = instance.first[j + 1]
            ends = [last]
            for op in range(stop - 1, instance.first[j], -1):
                before = max(self._latest_start(op, ends[-1]), 0)
                ends.append(before - instance.lag[op - 1])
            latest += [max(e, self.begin.end[instance.first[j] + i]) for i, e in enumerate(reversed(ends))]
        return latest

    def _latest_start(self, op: int, end: int) -> int:
        starts = []
        for _, ticks, a in self.instance.options[op]:
            axis = self.instance.axes[a]
            done = axis.work(end) - ticks
            starts.append(end if done < 0 else axis.start(done) if axis.is_open or done < axis.total else end)
        return max(starts)

    # --- operations ----------------------------------------------------------------------------------------

    def _operation(self, op: int) -> None:
        instance, model = self.instance, self.model
        ways = instance.options[op]
        if op in instance.fixed:
            option, start = instance.fixed[op]
            axis = instance.axes[ways[option][2]]
            at = axis.work(start)
            site = _Site(axis, at, ways[option][1], at, at, at)
            self.sites.append([site])
            self.site_of.append([site if k == option else None for k in range(len(ways))])  # type: ignore[misc]
            self.is_on.append([k == option for k in range(len(ways))])
            return
        chosen = self.begin.choice[op]
        literals: list[Any] = [True]
        if len(ways) > 1:
            literals = [model.new_bool_var(f"on {op} {k}") for k in range(len(ways))]
            model.add_exactly_one(literals)
            for k, literal in enumerate(literals):
                model.add_hint(literal, k == chosen)
        known: dict[tuple[int, int], _Site] = {}
        mine = []
        for k, (_, ticks, a) in enumerate(ways):
            key = (a, ticks)
            if key not in known:
                known[key] = self._site(op, a, ticks, op_is_there=ways[chosen][1:] == (ticks, a))
            if len(ways) > 1:
                known[key].here.append(literals[k])
            mine.append(known[key])
        if len(known) == 1:
            next(iter(known.values())).here = []
        self.sites.append(list(known.values()))
        self.site_of.append(mine)
        self.is_on.append(literals)

    def _site(self, op: int, a: int, ticks: int, *, op_is_there: bool) -> _Site:
        axis = self.instance.axes[a]
        low = axis.work(self.earliest[op])
        high = max(low, axis.work(self.latest[op]) - ticks)
        at = axis.work(self.begin.start[op])
        if op_is_there:
            high = max(high, at)
        start = self.model.new_int_var(low, high, f"start {op} {a}")
        at = min(max(at, low), high)
        self.model.add_hint(start, at)
        return _Site(axis, start, ticks, at, low, high)

    def _clock_of_site(self, site: _Site, which: str, back: tuple[Any, int, int] = (0, 0, 0)) -> Any:
        """Clock time of a site's start or end, or of the begin of its setup (`back`: ticks of it, and its hint)."""
        if which in site.clock:
            return site.clock[which]
        axis, model = site.axis, self.model
        is_end = which == "end"
        work = site.end if is_end else site.start - back[0]
        at = site.at + site.ticks if is_end else site.at - back[1]
        if isinstance(work, int):
            return axis.end(work) if is_end else axis.start(work)
        low = site.low + site.ticks if is_end else site.low - back[2]
        high = site.high + site.ticks * is_end
        if axis.is_open and (is_end or isinstance(back[0], int)):
            return work
        if axis.is_open:
            site.clock[which] = model.new_int_var(low, high, "")
            model.add(site.clock[which] == work)
            model.add_hint(site.clock[which], at)
            return site.clock[which]
        to_clock = axis.end if is_end else axis.start
        first, last = to_clock(low), to_clock(min(high, axis.total - (not is_end)))
        t = model.new_int_var(first, last, "")
        # In the window of `low`, clock = work + shift; each later border adds the time closed before it.
        shift = first - low
        terms = []
        for k in range(1, len(axis.opens)):
            border = axis.before[k]
            past = border < high if is_end else border <= high
            if not past or not (border >= low if is_end else border > low):
                continue
            closed = axis.windows[k][0] - axis.windows[k - 1][1]  # type: ignore[index]
            literal = model.new_bool_var("")
            least = border + 1 if is_end else border
            model.add(work >= least).only_enforce_if(literal)
            model.add(work <= least - 1).only_enforce_if(~literal)
            model.add_hint(literal, at >= least)
            terms.append(closed * literal)
        model.add(t == work + shift + sum(terms))
        model.add_hint(t, to_clock(min(max(at, low), high)))
        site.clock[which] = t
        return t

    def clock(self, op: int, which: str) -> Any:
        """Clock time of an operation's start or end, wherever it is done."""
        key = (which, op)
        if key not in self.clocks:
            sites = self.sites[op]
            if len(sites) == 1:
                self.clocks[key] = self._clock_of_site(sites[0], which)
            else:
                t = self.model.new_int_var(0, max(self.latest[op], self.begin.end[op]), "")
                for site in sites:
                    there = self._clock_of_site(site, which)
                    for literal in site.here:
                        self.model.add(t == there).only_enforce_if(literal)
                self.model.add_hint(t, self.begin.start[op] if which == "start" else self.begin.end[op])
                self.clocks[key] = t
        return self.clocks[key]

    def _routes(self) -> None:
        instance, model = self.instance, self.model
        for op in range(1, instance.n):
            if instance.job[op] != instance.job[op - 1] or op in instance.fixed:
                continue
            one, other = self.sites[op - 1], self.sites[op]
            axes = {id(s.axis) for s in (*one, *other)}
            if len(axes) == 1 and not instance.lag[op - 1]:
                for before in one:
                    for after in other:
                        both = [
                            on for on in (self._here(op - 1, before), self._here(op, after)) if on is not None
                        ]
                        rule = model.add(after.start >= before.end)
                        if both:
                            rule.only_enforce_if(both)
            else:
                model.add(self.clock(op, "start") >= self.clock(op - 1, "end") + instance.lag[op - 1])

    def _here(self, op: int, site: _Site) -> Any:
        """A literal that the operation is done on this site; None where it always is."""
        if not site.here:
            return None
        if len(site.here) == 1:
            return site.here[0]
        if "here" not in site.clock:
            literal = self.model.new_bool_var("")
            self.model.add(sum(site.here) == literal)
            chosen = self.begin.choice[op]
            self.model.add_hint(literal, self.site_of[op][chosen] is site)
            site.clock["here"] = literal
        return site.clock["here"]
