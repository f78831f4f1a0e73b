"""Machines in a row and side by side: Johnson's rule, a schedule in a given order, lots shared out, overlapped, split."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING, Any

from .... import scheduling
from ...draws import shaped
from ...numbers import show
from ...parts import Choice, Grid, Line, Number, Option, Order, Slip
from ...problem import Fact, FactTable, Problem
from ...tolerance import Absolute
from .rules_draw import JOB, NEEDS, in_a_row, ordered, said, two_rows

if TYPE_CHECKING:
    import numpy as np

    from ....plant import Plant

OUTCOMES = ("cpim.detailed_schedules", "lesson.09.2")
JOHNSON_TOPIC = "Johnson's rule"
FIRST, SECOND, THIRD = Fact("first", "First"), Fact("second", "Second"), Fact("third", "Third")

Times = tuple[tuple[str, tuple[float, ...]], ...]


@lru_cache(maxsize=1024)
def _shop(times: Times, order: Any) -> scheduling.FlowShop:
    if order == "johnson":
        return scheduling.johnson(dict(times))
    return scheduling.flow_shop(dict(times), order if isinstance(order, str) else list(order))


def _times(g: Any) -> Times:
    columns = [c for c in ("first", "second", "third") if c in g.jobs[0]]
    return tuple((r["job"], tuple(float(r[c]) for c in columns)) for r in g.jobs)


def flow(g: Any, order: Any) -> scheduling.FlowShop:
    """The given lots through their machines, in an order or by a rule."""
    return _shop(_times(g), order if isinstance(order, str) else tuple(order))


def best(g: Any) -> scheduling.FlowShop:
    """The given lots by Johnson's rule."""
    return flow(g, "johnson")


def _as_good(g: Any, order: Any) -> bool:
    return flow(g, order).makespan <= best(g).makespan + 1e-9


def _tail_forwards(g: Any) -> list[str]:
    steps = best(g).steps
    return [s.job for s in steps if s.machine == 1] + [s.job for s in steps if s.machine == 2]


def _jobs(names: list[str], hours: list[list[int]]) -> list[dict[str, Any]]:
    columns = ("first", "second", "third")
    return [{"job": k, **dict(zip(columns, x, strict=False))} for k, x in zip(names, hours, strict=True)]


def _draw_two(rng: np.random.Generator, plant: Plant, n: int) -> dict[str, Any]:
    centers, names, run = in_a_row(rng, plant, n, 2, "a problem on two machines")
    return {"one": centers[0], "two": centers[1], "jobs": _jobs(names, two_rows(rng, run))}


def _table(g: Any, order: Any) -> str:
    plan = flow(g, order)
    return "; ".join(
        f"{job} {show(s[0])} to {show(e[0])}, then {show(s[1])} to {show(e[1])}"
        for job, s, e in zip(plan.order, plan.start, plan.completion, strict=True)
    )


# Johnson


def _smallest_first(g: Any) -> list[str]:
    return ordered(g.jobs, lambda r: min(r["first"], r["second"]))


def _draw_johnson(rng: np.random.Generator, plant: Plant) -> dict[str, Any]:
    def good(g: Any) -> bool:
        steps = best(g).steps
        slips = [_smallest_first(g), ordered(g.jobs, lambda r: r["first"]), _tail_forwards(g)]
        idle = best(g).machine_table.iloc[1]
        return (
            sum(s.machine == 2 for s in steps) >= 2
            and sum(s.machine == 1 for s in steps) >= 2
            and not any(_as_good(g, x) for x in slips)
            and len({tuple(x) for x in slips}) == 3
            and idle["idle_between"] > 0.5
        )

    return shaped(lambda: _draw_two(rng, plant, 5), good, 300)


JOHNSON = Problem(
    id="scheduling.johnson", title="Two machines in a row", level=2, minutes=9, outcomes=OUTCOMES, covers=("johnson", "flow_shop"),
    topics=(JOHNSON_TOPIC,), needs=NEEDS, draw=_draw_johnson,
    prompt=(
        "Five lots go through {one} first and {two} second, in the same order on both. There is room for lots to wait between the "
        "two. In which order is the last one done earliest, when is that, and how many hours does {two} wait for work from hour 0 "
        "until its last lot is done? Another order that is done as early counts as right."
    ),
    facts=(FactTable("jobs", "Hours", (JOB, FIRST, SECOND)),),
    parts=(
        Order(
            "order", "Order on both machines", over=lambda g: {r["job"]: f"{r['first']} h, then {r['second']} h" for r in g.jobs},
            key=lambda g, a: best(g).order, accepts=lambda g, a, x: _as_good(g, x),
            slips=(
                Slip("johnson_always_front", lambda g, a: _smallest_first(g),
                     "You put every smallest time to the front. Where it is a time on the second machine, its lot goes to the back."),
                Slip("johnson_one_machine", lambda g, a: ordered(g.jobs, lambda r: r["first"]),
                     "You looked at the first machine only. Lots that are short on the second one belong to the back."),
                Slip("johnson_back_to_front", lambda g, a: _tail_forwards(g),
                     "Front and back are parted rightly. But the back fills from the end: the first lot placed there comes last."),
            ),
        ),
        Number(
            "done", "The last lot is done after", unit="hours", tolerance=Absolute(0.01), key=lambda g, a: flow(g, a.order).makespan,
            check=lambda g: best(g).makespan,
            slips=(
                Slip("johnson_sum", lambda g, a: sum(r["first"] + r["second"] for r in g.jobs),
                     "You added all hours. Both machines work at the same time: draw two bars, one above the other."),
                Slip("johnson_m2_no_wait", lambda g, a: flow(g, a.order).hours[0][0] + sum(r["second"] for r in g.jobs),
                     "You let the second machine go on without a gap. At some lots it must wait until the first machine is done."),
            ),
        ),
        Number(
            "idle", "{two} waits for work", unit="hours", tolerance=Absolute(0.01),
            key=lambda g, a: a.done - sum(r["second"] for r in g.jobs), check=lambda g: best(g).idle_hours["machine 2"],
            slips=(
                Slip("johnson_idle_front", lambda g, a: a.done - sum(r["second"] for r in g.jobs) - flow(g, a.order).start[0][1],
                     "The wait for the very first lot belongs to it, too: nothing has come from the first machine yet."),
            ),
        ),
    ),
    hints=(
        "Of all times in the table find the smallest. On the first machine: its lot goes to the front. On the second: to the back. Cross "
        "the lot out and go on, toward the middle.",
        "A lot starts on the second machine when both are there: the lot, and the machine.",
    ),
    steps=(
        lambda g, a: "Smallest times: " + "; ".join(f"{s.job} {show(s.time)}, {'to the front' if s.machine == 1 else 'to the back'}" for s in best(g).steps) + ".",
        lambda g, a: f"Order: {said(a.order)}.",
        lambda g, a: f"Hours: {_table(g, a.order)}.",
        "The last lot is done after {done}.",
        lambda g, a: f"The second machine works {show(sum(r['second'] for r in g.jobs))} hours, and so waits {show(a.done)} − {show(sum(r['second'] for r in g.jobs))} = {show(a.idle)} hours.",
    ),
)  # fmt: skip


# A schedule in a given order


def _before(g: Any, t: str) -> str:
    names = [r["job"] for r in g.jobs]
    return str(names[names.index(t) - 1]) if names.index(t) else ""


def _hours(g: Any, t: str, column: str) -> float:
    return float(next(r[column] for r in g.jobs if r["job"] == t))


def _grid_key(g: Any) -> dict[str, dict[str, float]]:
    plan = flow(g, [r["job"] for r in g.jobs])
    each = list(zip(plan.order, plan.start, plan.completion, strict=True))
    return {
        "end1": {k: e[0] for k, _, e in each},
        "start2": {k: s[1] for k, s, _ in each},
        "end2": {k: e[1] for k, _, e in each},
    }


def _draw_grid(rng: np.random.Generator, plant: Plant) -> dict[str, Any]:
    def good(g: Any) -> bool:
        key = _grid_key(g)
        waits = [key["start2"][k] > key["end1"][k] for k in key["end1"]]
        gaps = [key["start2"][k] > key["end2"][_before(g, k)] for k in key["end1"] if _before(g, k)]
        return sum(waits) >= 2 and sum(gaps) >= 2

    return shaped(lambda: _draw_two(rng, plant, 5), good, 100)


GRID = Problem(
    id="scheduling.two_machine_times", title="When does each lot start and end?", level=1, minutes=6, outcomes=OUTCOMES,
    covers=("flow_shop",), topics=("forward and backward scheduling",), needs=NEEDS, draw=_draw_grid,
    prompt=(
        "The lots go through {one} and then {two} in the order of the table, beginning at hour 0 without a pause on the first. "
        "Each machine has one lot at a time. When is each lot done on the first, and when does it start and end on the second? "
        "How many hours do the lots wait between the two, all together?"
    ),
    facts=(FactTable("jobs", "Hours, in the order of the run", (JOB, FIRST, SECOND)),),
    parts=(
        Grid(
            "times", "Times", over=lambda g: [r["job"] for r in g.jobs], corner="Lot", key=lambda g, a: _grid_key(g),
            lines=(
                Line("end1", "Done on the first", "hour", tolerance=Absolute(0.01),
                     rule=lambda g, a, t: (a.end1[_before(g, t)] if _before(g, t) else 0.0) + _hours(g, t, "first")),
                Line("start2", "Starts on the second", "hour", tolerance=Absolute(0.01),
                     rule=lambda g, a, t: max(a.end1[t], a.end2[_before(g, t)]) if _before(g, t) else a.end1[t],
                     slips=(
                         Slip("johnson_m2_no_wait", lambda g, a, t: a.end2[_before(g, t)] if _before(g, t) else a.end1[t],
                              "The second machine is free, but the lot is not there yet. It starts when both are ready: take the later hour."),
                         Slip("machine_busy", lambda g, a, t: a.end1[t],
                              "The lot is there, but the second machine still runs the one before. Take the later hour."),
                     )),
                Line("end2", "Done on the second", "hour", tolerance=Absolute(0.01),
                     rule=lambda g, a, t: a.start2[t] + _hours(g, t, "second")),
            ),
        ),
        Number(
            "wait", "All lots wait between the machines", unit="hours", tolerance=Absolute(0.01),
            key=lambda g, a: sum(a.times["start2"][k] - a.times["end1"][k] for k in a.times["end1"]),
            check=lambda g: sum(s[1] - e[0] for s, e in zip(flow(g, [r["job"] for r in g.jobs]).start, flow(g, [r["job"] for r in g.jobs]).completion, strict=True)),
            slips=(
                Slip("machine_waits", lambda g, a: flow(g, [r["job"] for r in g.jobs]).makespan - sum(r["second"] for r in g.jobs),
                     "That is how long the second machine waits for lots. Asked is how long lots wait for it."),
            ),
        ),
    ),
    hints=(
        "Go lot by lot. The first machine knows no gap: add up.",
        "Start on the second: the later of two hours, done on the first, and the lot before done on the second.",
    ),
    steps=(
        lambda g, a: f"Hours: {_table(g, [r['job'] for r in g.jobs])}.",
        lambda g, a: "Waits: " + " + ".join(show(a.times["start2"][k] - a.times["end1"][k]) for k in a.times["end1"]) + f" = {show(a.wait)} hours.",
    ),
)  # fmt: skip


# Three machines


def _rules_by(g: Any) -> str:
    middle = max(r["second"] for r in g.jobs)
    first = middle <= min(r["first"] for r in g.jobs)
    third = middle <= min(r["third"] for r in g.jobs)
    return "first" if first and not third else "third" if third and not first else "both"


def _outer_only(g: Any) -> list[str]:
    return list(
        _shop(tuple((r["job"], (float(r["first"]), float(r["third"]))) for r in g.jobs), "johnson").order
    )


def _draw_three(rng: np.random.Generator, plant: Plant) -> dict[str, Any]:
    side = str(rng.choice(["first", "third"]))

    def draw() -> dict[str, Any]:
        centers, names, _ = in_a_row(rng, plant, 4, 3, "a problem on three machines")
        middle = [int(x) for x in rng.integers(1, 6, 4)]
        strong = [max(middle) + int(x) for x in rng.integers(0, 7, 4)]
        weak = [int(x) for x in rng.integers(1, 10, 4)]
        first, third = (strong, weak) if side == "first" else (weak, strong)
        jobs = _jobs(names, [list(x) for x in zip(first, middle, third, strict=True)])
        return {"one": centers[0], "two": centers[1], "three": centers[2], "jobs": jobs}

    def good(g: Any) -> bool:
        alone, listed = _outer_only(g), ordered(g.jobs, lambda r: r["first"])
        return (
            _rules_by(g) == side
            and best(g).makespan <= flow(g, "optimal").makespan + 1e-9
            and not _as_good(g, listed)
            and not _as_good(g, alone)
            and listed != alone
        )

    return shaped(draw, good, 400)


def _why_reason(side: str, text: str) -> Any:
    def reason(g: Any, a: Any) -> str:
        middle, least = max(r["second"] for r in g.jobs), min(r[side] for r in g.jobs)
        return f"{text}: {least} against {middle}, the longest on the middle machine." + (
            " So the rule holds." if least >= middle else " That does not hold here; look at the other side."
        )

    return reason


THREE = Problem(
    id="scheduling.johnson_three", title="Three machines in a row", level=3, minutes=10, outcomes=OUTCOMES, covers=("johnson", "flow_shop"),
    topics=(JOHNSON_TOPIC,), needs=NEEDS, draw=_draw_three,
    prompt=(
        "Four lots go through {one}, {two} and {three}, in the same order on all three. With three machines Johnson's rule holds only where "
        "the middle one is never the bottleneck. Say why it holds here, find the order with the earliest end, and say when that is. "
        "Another order that is done as early counts as right."
    ),
    facts=(FactTable("jobs", "Hours", (JOB, FIRST, SECOND, THIRD)),),
    parts=(
        Choice(
            "why", "Why does the rule hold here?", key=lambda g, a: _rules_by(g),
            options=(
                Option("first", "No time on the second is above the smallest on the first", _why_reason("first", "The smallest on the first")),
                Option("third", "No time on the second is above the smallest on the third", _why_reason("third", "The smallest on the third")),
                Option("sum", "The second has the fewest hours in all", "The sum does not matter. One long lot on the middle machine could still hold up the others."),
                Option("any", "It holds on any three machines", "It does not. Where the middle machine can be the bottleneck, the rule may miss the best order."),
            ),
        ),
        Order(
            "order", "Order on all machines", over=lambda g: {r["job"]: f"{r['first']}, {r['second']}, {r['third']} h" for r in g.jobs},
            key=lambda g, a: best(g).order, accepts=lambda g, a, x: _as_good(g, x),
            slips=(
                Slip("outer_only", lambda g, a: _outer_only(g),
                     "You left the second machine out. Add it to both sides: first + second, and second + third."),
                Slip("johnson_one_machine", lambda g, a: ordered(g.jobs, lambda r: r["first"]),
                     "You looked at the first machine only. Make two sums for each lot, and use the rule on them."),
            ),
        ),
        Number(
            "done", "The last lot is done after", unit="hours", tolerance=Absolute(0.01), key=lambda g, a: flow(g, a.order).makespan,
            check=lambda g: flow(g, "optimal").makespan,
            slips=(
                Slip("sums_as_hours", lambda g, a: _shop(tuple((r["job"], (float(r["first"] + r["second"]), float(r["second"] + r["third"]))) for r in g.jobs), tuple(a.order)).makespan,
                     "You ran the sums as if they were hours. They only give the order: go through the three machines with the real hours."),
                Slip("johnson_sum", lambda g, a: sum(r["first"] + r["second"] + r["third"] for r in g.jobs),
                     "You added all hours. The machines work at the same time."),
            ),
        ),
    ),
    hints=(
        "Compare the longest time on the middle machine with the shortest on each of the others.",
        "Make two columns: first + second, second + third. Use the rule for two machines on them.",
    ),
    steps=(
        lambda g, a: f"Longest on the second: {max(r['second'] for r in g.jobs)}. Shortest on the first: {min(r['first'] for r in g.jobs)}, on the third: {min(r['third'] for r in g.jobs)}.",
        lambda g, a: "Sums: " + "; ".join(f"{r['job']} {r['first'] + r['second']} and {r['second'] + r['third']}" for r in g.jobs) + ".",
        lambda g, a: f"Order by the rule: {said(a.order)}.",
        lambda g, a: "Done on the third at: " + ", ".join(f"{k} {show(e[2])}" for k, e in zip(a.order, flow(g, a.order).completion, strict=True)) + ".",
        "The last lot is done after {done}.",
    ),
)  # fmt: skip

PROBLEMS = (GRID, JOHNSON, THREE)
