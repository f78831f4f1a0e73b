"""The shop as a CP-SAT model, begun from a schedule that is there already."""

from __future__ import annotations

import math
import time
from dataclasses import dataclass
from typing import Any

from .dispatch import Board, replay
from .goal import Goal
from .instance import Instance
from .sites import Sites

__all__ = ["Answer", "model_of", "search", "solve"]

_WIDE = 5_000  # variables beyond which looking at each of them beforehand takes longer than it saves
_SMALL = 60  # operations up to which the plain search proves soonest


@dataclass
class Answer:
    """What CP-SAT came to."""

    board: Board | None
    bound: int
    is_optimal: bool


def solve(
    instance: Instance,
    goal: Goal,
    begin: Board,
    *,
    seconds: float,
    workers: int = 1,
    seed: int = 0,
    work_limit: float | None = None,
    is_compacted: bool = True,
) -> Answer:
    """Go on from a schedule until it is proved the best or the time is over."""
    from ortools.sat.python import cp_model

    started = time.perf_counter()
    try:
        shop = _ShopModel(instance, goal, begin, started + seconds)
    except TimeoutError:
        return Answer(None, -(10**18), False)
    solver = cp_model.CpSolver()
    left = seconds - (time.perf_counter() - started)
    if left <= 0:
        return Answer(None, -(10**18), False)
    solver.parameters.max_time_in_seconds = left
    search(solver, workers=workers, seed=seed, work_limit=work_limit, is_large=instance.n > _SMALL)
    if len(shop.model.proto.variables) > _WIDE:
        solver.parameters.cp_model_probing_level = 0
        solver.parameters.symmetry_level = 0
    status = solver.solve(shop.model)
    bound = solver.best_objective_bound
    low = math.ceil(bound - 1e-6) if math.isfinite(bound) and not shop.is_cut else -(10**18)
    if status not in (cp_model.OPTIMAL, cp_model.FEASIBLE):
        return Answer(None, low, False)
    return Answer(shop.board_of(solver, is_compacted), low, status == cp_model.OPTIMAL and not shop.is_cut)


def search(solver: Any, *, workers: int, seed: int, work_limit: float | None, is_large: bool) -> None:
    """How CP-SAT searches: one worker takes turns between its strategies, unless the shop is small."""
    solver.parameters.num_workers = workers
    solver.parameters.random_seed = seed
    solver.parameters.interleave_search = workers == 1 and is_large
    if work_limit is not None:
        solver.parameters.max_deterministic_time = work_limit


def model_of(instance: Instance, goal: Goal, begin: Board) -> Any:
    """The CP-SAT model itself."""
    return _ShopModel(instance, goal, begin).model


class _ShopModel(Sites):
    def __init__(self, instance: Instance, goal: Goal, begin: Board, deadline: float = math.inf) -> None:
        super().__init__(instance, goal, begin, deadline)
        self.varied: dict[int, bool] = {}
        self.setup_on: dict[tuple[int, int], list[tuple[Any, int]]] = {}
        self.setups: list[tuple[Any, int]] = []
        for machine in range(len(instance.machines)):
            self.in_time()
            self._machine(machine)
        self._labor()
        self._objective()

    # --- machines ------------------------------------------------------------------------------------------

    def _machine(self, machine: int) -> None:
        instance, model = self.instance, self.model
        mine = [
            (op, k)
            for op, ways in enumerate(instance.options)
            for k, (m, _, _) in enumerate(ways)
            if m == machine and self.site_of[op][k] is not None and self.is_on[op][k] is not False
        ]
        if len(mine) < 2 and not instance.has_setups:
            return
        axes = {id(self.site_of[op][k].axis) for op, k in mine}
        varied = self.varied[machine] = instance.has_setups and self._varies(machine, mine)
        if varied:
            self._sequence(machine, mine)
        if len(axes) <= 1:
            intervals = [self._interval(op, k, machine, varied) for op, k in mine]
        else:
            intervals = [self._clock_interval(op, k, machine, varied) for op, k in mine]
        if len(intervals) > 1:
            model.add_no_overlap(intervals)

    def _varies(self, machine: int, mine: list[tuple[int, int]]) -> bool:
        """Whether the setup of an operation depends on what was before it on this machine."""
        instance = self.instance
        for op, _ in mine:
            usual = instance.setup[op] if op not in instance.fixed else 0
            if any(
                instance.setup_between(machine, b, op) != usual
                for b in (-1, *(o for o, _ in mine if o != op))
            ):
                return True
        return False

    def _sequence(self, machine: int, mine: list[tuple[int, int]]) -> None:
        """The operations of a machine as a round trip, each arc with its setup."""
        instance, model = self.instance, self.model
        place = {op: i for i, (op, _) in enumerate(mine)}
        here = [op for op in self.begin.order if op in place and self._begun_on(op, machine)]
        follows = dict(zip([-1, *here], [*here, -1], strict=True))
        arcs = []
        all_away = model.new_bool_var("")
        model.add_hint(all_away, not here)
        arcs.append((len(mine), len(mine), all_away))
        entering: dict[int, list[tuple[Any, int]]] = {op: [] for op, _ in mine}
        for op, k in mine:
            self.in_time()
            i, on = place[op], self.is_on[op][k]
            if on is not True:
                arcs.append((i, i, ~on))
                model.add_implication(on, ~all_away)
            else:
                model.add(all_away == 0)
            first, last = model.new_bool_var(""), model.new_bool_var("")
            model.add_hint(first, follows.get(-1) == op)
            model.add_hint(last, follows.get(op) == -1)
            arcs += [(len(mine), i, first), (i, len(mine), last)]
            setup = instance.setup_between(machine, -1, op)
            entering[op].append((first, setup))
            if op not in instance.fixed:
                site = self.site_of[op][k]
                model.add(site.start >= site.axis.work(instance.now) + setup).only_enforce_if(first)
            for other, k2 in mine:
                if other == op or (other in instance.fixed and op not in instance.fixed):
                    continue
                arc = model.new_bool_var("")
                model.add_hint(arc, follows.get(op) == other)
                arcs.append((i, place[other], arc))
                setup = instance.setup_between(machine, op, other)
                entering[other].append((arc, setup))
                before, after = self.site_of[op][k], self.site_of[other][k2]
                if before.axis is after.axis and other not in instance.fixed:
                    model.add(after.start >= before.end + setup).only_enforce_if(arc)
        model.add_circuit(arcs)
        for op, k in mine:
            costly = [(literal, ticks) for literal, ticks in entering[op] if ticks]
            self.setup_on[op, k] = costly
            self.setups += costly

    def _begun_on(self, op: int, machine: int) -> bool:
        return self.instance.options[op][self.begin.choice[op]][0] == machine

    def _setup_of(self, op: int, k: int, machine: int, varied: bool) -> tuple[Any, int, int]:
        """Ticks of setup before an operation: the expression, its hint, and the most it can be."""
        if op in self.instance.fixed or not self.instance.has_setups:
            return 0, 0, 0
        if not varied:
            ticks = self.instance.setup[op]
            return ticks, ticks, ticks
        costly = self.setup_on[op, k]
        most = max((t for _, t in costly), default=0)
        if not most:
            return 0, 0, 0
        hint = self.begin.setup[op] if self._begun_on(op, machine) and self.begin.choice[op] == k else 0
        ticks = self.model.new_int_var(0, most, "")
        self.model.add(ticks == sum(t * literal for literal, t in costly))
        self.model.add_hint(ticks, hint)
        return ticks, hint, most

    def _interval(self, op: int, k: int, machine: int, varied: bool) -> Any:
        """An operation on its machine's working time; a setup that is always the same is part of it."""
        site, on = self.site_of[op][k], self.is_on[op][k]
        fixed_setup = 0 if varied else self.instance.setup[op]
        if op in self.instance.fixed:
            fixed_setup = self.instance.spent[op]
        elif fixed_setup:
            low = site.axis.work(self.instance.now) + fixed_setup
            if on is True:
                self.model.add(site.start >= low)
            else:
                self.model.add(site.start >= low).only_enforce_if(on)
            self.setups.append((on, fixed_setup))
        size = site.ticks + fixed_setup
        if on is True:
            return self.model.new_fixed_size_interval_var(site.start - fixed_setup, size, "")
        return self.model.new_optional_fixed_size_interval_var(site.start - fixed_setup, size, on, "")

    def _clock_interval(self, op: int, k: int, machine: int, varied: bool) -> Any:
        """The same on the clock, setup included, where operations of one machine keep different hours."""
        if op in self.instance.fixed:
            return self._begun_interval(op)
        if not varied and self.instance.setup[op]:
            self.setups.append((self.is_on[op][k], self.instance.setup[op]))
        begin, hint = self._begin_clock(op, k, machine, varied)
        end = self._clock_of_site(self.site_of[op][k], "end")
        return self._between(begin, end, self.is_on[op][k], op, hint)

    def _begin_clock(self, op: int, k: int, machine: int, varied: bool) -> tuple[Any, int]:
        """Clock time at which the setup of an operation begins, and its hint."""
        site = self.site_of[op][k]
        setup = self._setup_of(op, k, machine, varied)
        name = f"begin {k}" if setup[2] else "start"
        on = self.is_on[op][k]
        rule = self.model.add(site.start - setup[0] >= site.axis.work(self.instance.now))
        if on is not True:
            rule.only_enforce_if(on)
        return self._clock_of_site(site, name, setup), self.begin.setup_start[op]

    def _begun_interval(self, op: int) -> Any:
        start, end = self.begin.setup_start[op], self.begin.end[op]
        return self.model.new_interval_var(start, end - start, end, "")

    def _between(self, begin: Any, end: Any, on: Any, op: int, hint: int) -> Any:
        size = self.model.new_int_var(0, max(self.latest[op], self.begin.end[op]) + 1, "")
        self.model.add_hint(size, max(0, self.begin.end[op] - hint))
        if on is True:
            return self.model.new_interval_var(begin, size, end, "")
        return self.model.new_optional_interval_var(begin, size, end, on, "")

    # --- people --------------------------------------------------------------------------------------------

    def _labor(self) -> None:
        """Crews: for each size of crew, the operations that can run where so many people are there."""
        instance, model = self.instance, self.model
        for skill, levels in instance.labor.items():
            ops = [op for op in range(instance.n) if instance.skill[op] == skill and instance.crew[op]]
            if not ops or sum(instance.crew[op] for op in ops) <= min(
                (n for _, _, n, _ in levels), default=0
            ):
                continue
            spans = {op: self._held(op) for op in ops}
            sizes = sorted({instance.crew[op] for op in ops})
            low, end = min(0, *self.begin.start), max(*self.latest, *self.begin.end) + 1
            for i, crew in enumerate(sizes):
                above = sizes[i + 1] if i + 1 < len(sizes) else 10**15
                here = [
                    (max(a, low), min(b, end), most)
                    for a, b, n, most in levels
                    if crew <= n < above and b > low and a < end
                ]
                counted = [op for op in ops if instance.crew[op] <= crew]
                if not here or sum(instance.crew[op] for op in counted) <= min(n for *_, n in here):
                    continue
                most = max(max(n for *_, n in here), sum(instance.crew[op] for op in counted))
                blocks = [(a, b, most - n) for a, b, n in here if n < most]
                model.add_cumulative(
                    [*(s for op in counted for s in spans[op]), *(model.new_interval_var(a, b - a, b, "") for a, b, _ in blocks)],
                    [*(instance.crew[op] for op in counted for _ in spans[op]), *(n for *_, n in blocks)],
                    most,
                )  # fmt: skip

    def _held(self, op: int) -> list[Any]:
        """The interval over which an operation holds its crew, one for each option that differs."""
        instance = self.instance
        if op in instance.fixed:
            return [self._begun_interval(op)]
        out = []
        if not instance.has_setups:
            for site in self.sites[op]:
                on = self._here(op, site)
                start, end = self._clock_of_site(site, "start"), self._clock_of_site(site, "end")
                out.append(self._between(start, end, True if on is None else on, op, self.begin.start[op]))
            return out
        self.in_time()
        for k, (machine, _, _) in enumerate(instance.options[op]):
            begin, hint = self._begin_clock(op, k, machine, self.varied[machine])
            end = self._clock_of_site(self.site_of[op][k], "end")
            out.append(self._between(begin, end, self.is_on[op][k], op, hint))
        return out

    # --- objective -----------------------------------------------------------------------------------------

    def _objective(self) -> None:
        instance, goal, model = self.instance, self.goal, self.model
        terms: list[Any] = []
        last = [instance.first[j + 1] - 1 for j in range(len(instance.jobs))]
        if goal.makespan:
            most = max(max(self.latest[op] for op in last), max(self.begin.end))
            makespan = model.new_int_var(0, most, "makespan")
            model.add_hint(makespan, max(self.begin.end))
            for op in last:
                model.add(makespan >= self.clock(op, "end"))
            terms.append(goal.makespan * makespan)
        for j, due in enumerate(instance.due):
            if due is None or not (goal.late or goal.tardiness[j]):
                continue
            op = last[j]
            end, over = self.clock(op, "end"), max(0, self.begin.end[op] - due)
            if goal.tardiness[j]:
                tardy = model.new_int_var(0, max(0, self.latest[op] - due, over), "")
                model.add(tardy >= end - due)
                model.add_hint(tardy, over)
                terms.append(goal.tardiness[j] * tardy)
            if goal.late:
                late = model.new_bool_var("")
                model.add(end <= due).only_enforce_if(~late)
                model.add_hint(late, over > 0)
                terms.append(goal.late * late)
        if goal.setup:
            terms.append(goal.setup * sum(instance.spent.values()))
            terms += [goal.setup * ticks * literal for literal, ticks in self.setups]
        if goal.moved:
            terms += [goal.moved * moved for moved in self._moved()]
        model.minimize(sum(terms))

    def _moved(self) -> list[Any]:
        instance, model = self.instance, self.model
        out = []
        for op, (machine, start) in self.goal.before.items():
            k = next((k for k, (m, _, _) in enumerate(instance.options[op]) if m == machine), None)
            moved = model.new_bool_var("")
            model.add_hint(
                moved,
                (instance.options[op][self.begin.choice[op]][0], self.begin.start[op]) != (machine, start),
            )
            out.append(moved)
            if k is None or self.site_of[op][k].axis.next_open(start) != start:
                model.add(moved == 1)
                continue
            site = self.site_of[op][k]
            model.add(site.start == site.axis.work(start)).only_enforce_if(~moved)
            if len(instance.options[op]) > 1:
                model.add_implication(~moved, self.is_on[op][k])
        return out

    # --- the answer ----------------------------------------------------------------------------------------

    def board_of(self, solver: Any, is_compacted: bool) -> Board | None:
        """The schedule that the solver found; each operation as early as its place allows, where that is wanted."""
        instance = self.instance
        starts, choice = [], []
        for op in range(instance.n):
            k = next(
                k
                for k, on in enumerate(self.is_on[op])
                if on is True or (on is not False and solver.value(on))
            )
            site = self.site_of[op][k]
            starts.append(
                site.axis.start(solver.value(site.start))
                if op not in instance.fixed
                else instance.fixed[op][1]
            )
            choice.append(k)
        order = sorted(
            range(instance.n),
            key=lambda op: (starts[op], op not in instance.fixed, instance.options[op][choice[op]][1], op),
        )
        early = replay(instance, order, choice)
        as_found = replay(instance, order, choice, starts)
        if is_compacted and self.goal.cost(early) <= self.goal.cost(as_found):
            return early
        return as_found
