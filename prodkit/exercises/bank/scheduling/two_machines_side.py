"""Machines side by side, and one lot made faster: shared out, overlapped, split."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING, Any

from .... import scheduling
from ...draws import shaped
from ...numbers import show
from ...parts import Number, Slip
from ...problem import Fact, FactTable, Problem
from ...tolerance import Absolute, Relative
from .rules_draw import HOURS, JOB, NEEDS, in_a_row, total, waiting
from .two_machines import OUTCOMES

if TYPE_CHECKING:
    import numpy as np

    from ....plant import Plant


@lru_cache(maxsize=512)
def _shared(jobs: tuple[tuple[str, float], ...], machines: int, rule: Any) -> scheduling.ParallelSchedule:
    return scheduling.parallel_machines(dict(jobs), machines, rule)


def shared(g: Any, rule: Any) -> scheduling.ParallelSchedule:
    """The given lots on the machines, by a rule or in an order."""
    return _shared(tuple((r["job"], float(r["hours"])) for r in g.jobs), int(g.machines), rule)


def _least(hours: list[int], machines: int) -> int:
    """The earliest end, all sharings tried: quick, so that few draws need the solver."""
    loads = {(0,) * machines}
    for h in hours:
        loads = {tuple(sorted((*x[:i], x[i] + h, *x[i + 1 :]))) for x in loads for i in range(machines)}
    return min(max(x) for x in loads)


def _draw_parallel(rng: np.random.Generator, plant: Plant) -> dict[str, Any]:
    machines = int(rng.integers(2, 4))

    def draw() -> dict[str, Any]:
        center, names, hours = waiting(rng, plant, 4 + machines, "a problem on machines side by side")
        return {
            "center": center, "machines": machines,
            "jobs": [{"job": k, "hours": h} for k, h in zip(names, hours, strict=True)],
        }  # fmt: skip

    def good(g: Any) -> bool:
        lpt, spt, least = (
            shared(g, "lpt").makespan,
            shared(g, "spt").makespan,
            _least([r["hours"] for r in g.jobs], machines),
        )
        return (
            lpt > least + 0.5
            and spt > lpt + 0.5
            and total(g) / machines < least - 0.2
            and shared(g, "optimal").is_optimal
        )

    return shaped(draw, good, 300)


PARALLEL = Problem(
    id="scheduling.parallel_machines", title="Lots shared out over machines", level=3, minutes=7, outcomes=OUTCOMES,
    covers=("parallel_machines",), topics=("machines side by side",), needs=NEEDS, draw=_draw_parallel,
    prompt=(
        "{center} has {machines} machines that are alike. Each lot runs on one of them and is not split. First share them out by "
        "the longest processing time: whenever a machine is free, it takes the longest lot left. When is the last lot done? Before "
        "which hour can no sharing end? And what is the earliest end that there is?"
    ),
    facts=(FactTable("jobs", "Lots", (JOB, HOURS)), Fact("machines", "Machines")),
    parts=(
        Number(
            "lpt", "Longest first: the last lot is done after", unit="hours", tolerance=Absolute(0.01),
            key=lambda g, a: shared(g, "lpt").makespan,
            slips=(
                Slip("shortest_first", lambda g, a: shared(g, "spt").makespan,
                     "That is with the shortest first. Then a long one is left for the end, and one machine runs on alone."),
                Slip("one_machine", lambda g, a: total(g),
                     "That is on one machine. The others work at the same time."),
            ),
        ),
        Number(
            "even", "Hours of each machine, were the work shared out evenly", unit="hours", tolerance=Relative(0.003),
            key=lambda g, a: sum(shared(g, "lpt").load_hours.values()) / g.machines,
            slips=(
                Slip("mean_lot", lambda g, a: total(g) / len(g.jobs),
                     "That is the mean lot. Divide all hours by the number of machines."),
            ),
        ),
        Number(
            "best", "Earliest end that can be reached", unit="hours", tolerance=Absolute(0.01), key=lambda g, a: shared(g, "optimal").makespan,
            slips=(
                Slip("lpt_taken_for_best", lambda g, a: a.lpt,
                     "Longest first is good, not always the best. Exchange lots between the fullest machine and another."),
                Slip("even_split", lambda g, a: a.even,
                     "That would need lots in pieces. Whole lots do not come out so evenly here: look for the next best."),
            ),
        ),
    ),
    hints=(
        "Write the lots from the longest to the shortest and deal them out, each to the machine that is free first.",
        "Then compare with the even share. Can two lots change places so that the fullest machine comes nearer to it?",
    ),
    steps=(
        lambda g, a: "Longest first: " + "; ".join(f"machine {i}: {' + '.join(show(r['hours']) for k in jobs for r in g.jobs if r['job'] == k)} = {show(sum(r['hours'] for k in jobs for r in g.jobs if r['job'] == k))}" for i, jobs in enumerate(shared(g, "lpt").jobs_of.values(), 1)) + ".",
        "So the last lot is done after {lpt}.",
        lambda g, a: f"Evenly: {show(total(g))} ÷ {show(g.machines)} = {show(a.even)} hours. No sharing ends before that.",
        lambda g, a: "Better: " + "; ".join(f"machine {i}: {', '.join(jobs)}" for i, jobs in enumerate(shared(g, "optimal").jobs_of.values(), 1)) + f". It ends after {show(a.best)} hours, and no whole lots end earlier.",
    ),
)  # fmt: skip


# One lot, made faster


def _draw_overlap(rng: np.random.Generator, plant: Plant) -> dict[str, Any]:
    def draw() -> dict[str, Any]:
        centers, names, _ = in_a_row(rng, plant, 1, 2, "a problem on overlapping")
        parts = int(rng.integers(3, 7))
        pieces = parts * int(rng.choice([10, 20, 30, 40]))
        return {
            "one": centers[0], "two": centers[1], "lot": names[0], "pieces": pieces, "parts": parts, "batch": pieces // parts,
            "first": int(rng.integers(2, 19)) / 2, "second": int(rng.integers(2, 19)) / 2, "setup": int(rng.integers(3, 13)) / 4,
        }  # fmt: skip

    def good(g: Any) -> Any:
        one, two = (g.pieces * x / 60 for x in (g.first, g.second))
        apart = abs(one - two) > 0.25 * max(one, two)
        return (
            apart and min(one, two) > 2 and one + two < 26 and abs(two - g.setup) > 0.5 and g.setup < one / 3
        )

    return shaped(draw, good, 300)


def _one(g: Any) -> float:
    return float(g.pieces * g.first / 60)


def _two(g: Any) -> float:
    return float(g.pieces * g.second / 60)


@lru_cache(maxsize=512)
def _in_parts(one: float, two: float, parts: int) -> float:
    return scheduling.flow_shop(
        {str(k): (one / parts, two / parts) for k in range(parts)}, [str(k) for k in range(parts)]
    ).makespan


@lru_cache(maxsize=512)
def _halved(run: float, setup: float) -> float:
    half = {"hours": run / 2, "setup_hours": setup}
    return scheduling.parallel_machines({"one half": half, "other half": half}, 2).makespan


OVERLAP = Problem(
    id="scheduling.overlap_split", title="Overlap it, or split it", level=2, minutes=7, outcomes=OUTCOMES,
    covers=("flow_shop", "parallel_machines"), topics=("overlap and split",), needs=NEEDS, draw=_draw_overlap,
    prompt=(
        "A lot of {pieces} pieces of {lot} goes through {one} and then {two}; both stand ready, set up. How long does it take if the whole lot "
        "moves at once? If it moves in batches of {batch}, each as soon as it is done? And if the first operation is split "
        "instead, half the pieces on each of two machines that must both be set up first: how long does that operation take?"
    ),
    facts=(
        Fact("pieces", "Lot", "pieces"), Fact("first", "First operation", "minutes a piece"),
        Fact("second", "Second operation", "minutes a piece"), Fact("batch", "Transfer batch", "pieces"),
        Fact("setup", "Setup, where the first operation is split", "hours a machine"),
    ),
    parts=(
        Number(
            "whole", "The lot moves as a whole: both operations take", unit="hours", key=lambda g, a: _in_parts(_one(g), _two(g), 1),
            slips=(
                Slip("overlap_all", lambda g, a: max(_one(g), _two(g)),
                     "That is the longer operation alone. Here the second begins when the whole of the first is done."),
                Slip("minutes", lambda g, a: g.pieces * (g.first + g.second), "Those are minutes. Divide by 60."),
            ),
        ),
        Number(
            "overlap", "The lot moves in batches: both operations take", unit="hours", key=lambda g, a: _in_parts(_one(g), _two(g), g.parts),
            slips=(
                Slip("overlap_all", lambda g, a: max(_one(g), _two(g)),
                     "You let both begin and end together. The second waits for the first batch, or is left with the last one."),
                Slip("wrong_end", lambda g, a: _one(g) / g.parts + _two(g) if _one(g) > _two(g) else _one(g) + _two(g) / g.parts,
                     lambda g, a: "The second operation would run out of pieces on the way. It is the faster one: what counts is the end of the first, and the last batch."
                     if _one(g) > _two(g) else
                     "The second is the slower one: it begins after the first batch and then never waits. What counts is that batch, and all of the second."),
                Slip("one_batch_each", lambda g, a: (_one(g) + _two(g)) / g.parts,
                     "That is the time of one batch. The others come after it."),
            ),
        ),
        Number(
            "split", "Split over two machines: the first operation takes", unit="hours", key=lambda g, a: _halved(_one(g), g.setup),
            slips=(
                Slip("setup_halved", lambda g, a: (_one(g) + g.setup) / 2,
                     "The setup is not halved. Each of the two machines needs the whole of it."),
                Slip("no_setup", lambda g, a: _one(g) / 2, "The setup is left out. Both machines must be set up first."),
                Slip("setup_twice", lambda g, a: _one(g) / 2 + 2 * g.setup,
                     "Two setups are made, but at the same time. The clock counts one of them; the cost counts both."),
            ),
        ),
    ),
    hints=(
        "Work out the hours of the whole lot on each machine first.",
        "Overlapped: which operation is the slower? It runs without a break. Before it, or after it, comes one batch of the other.",
    ),
    steps=(
        lambda g, a: f"Hours: {show(g.pieces)} × {show(g.first)} ÷ 60 = {show(_one(g))} and {show(g.pieces)} × {show(g.second)} ÷ 60 = {show(_two(g))}.",
        lambda g, a: f"As a whole: {show(_one(g))} + {show(_two(g))} = {show(a.whole)} hours.",
        lambda g, a: (f"In {show(g.parts)} batches, the first being the slower: {show(_one(g))} + {show(_two(g))} ÷ {show(g.parts)} = {show(a.overlap)} hours."
                      if _one(g) > _two(g) else
                      f"In {show(g.parts)} batches, the second being the slower: {show(_one(g))} ÷ {show(g.parts)} + {show(_two(g))} = {show(a.overlap)} hours."),
        lambda g, a: f"Split: {show(g.setup)} + {show(_one(g))} ÷ 2 = {show(a.split)} hours.",
    ),
)  # fmt: skip

PROBLEMS = (PARALLEL, OVERLAP)
