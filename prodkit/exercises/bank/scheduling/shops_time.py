"""Time through the shop: an order's cycle time, the rope of the bottleneck, and which method fits the case."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING, Any

from .... import scheduling
from ...draws import shaped
from ...numbers import show
from ...parts import Choice, Grid, Line, Number, Option, Slip
from ...problem import Fact, FactTable, Problem
from ...tolerance import Absolute
from .rules_draw import DUE, JOB, NEEDS, ends, in_a_row, lots_due, run
from .shops_draw import OUTCOMES, centers

if TYPE_CHECKING:
    import numpy as np

    from ....plant import Plant

# Cycle time of an order


def _draw_time(rng: np.random.Generator, plant: Plant) -> dict[str, Any]:
    where, names, _ = in_a_row(rng, plant, 1, 3, "a problem on cycle time")
    pieces = int(rng.choice([40, 60, 80, 100, 120, 150]))
    steps = [
        {
            "step": i, "center": c, "queue": int(rng.integers(6, 31)), "setup": int(rng.integers(2, 9)) / 4,
            "run": int(rng.integers(4, 25)) / 4, "move": int(rng.integers(1, 5)) / 2,
        }
        for i, c in enumerate(where, 1)
    ]  # fmt: skip
    return {"pieces": pieces, "lot": names[0], "steps": steps, "second": where[1]}


def _operation(g: Any, r: Any) -> float:
    return float(r["setup"] + g.pieces * r["run"] / 60)


@lru_cache(maxsize=256)
def _cycle(steps: tuple[tuple[float, float, float], ...]) -> float:
    import pandas as pd

    rows: list[tuple[str, int, str, float, float]] = []
    for queue, hours, move in steps:
        rows.append(("order", len(rows), f"queue {len(rows)}", queue, 0.0))
        rows.append(("order", len(rows), f"work {len(rows)}", hours, move))
    rows.append(("order", len(rows), "store", 0.0, 0.0))
    table = pd.DataFrame(rows, columns=["job", "step", "machine", "hours", "move_hours"])
    return scheduling.job_shop(table, method="rule").makespan


def _order_time(g: Any) -> float:
    return _cycle(tuple((float(r["queue"]), _operation(g, r), float(r["move"])) for r in g.steps))


def _work(g: Any) -> float:
    return sum(_operation(g, r) for r in g.steps)


CYCLE = Problem(
    id="scheduling.order_cycle_time", title="How long does an order take?", level=1, minutes=5, outcomes=OUTCOMES, covers=("job_shop",),
    topics=("operation and order cycle time",), needs=NEEDS, draw=_draw_time,
    prompt=(
        "An order for {pieces} pieces of {lot} goes through three operations and then to the store. At each it waits in a queue, is set up for once, run, "
        "and moved on. How long does the operation at {second} take, setup and run? How long does the order take from release to the store? "
        "And which share of that is setup and run?"
    ),
    facts=(
        Fact("pieces", "Order", "pieces"),
        FactTable("steps", "Operations", (
            Fact("step", "Step"), Fact("center", "Work center"), Fact("queue", "Queue", "hours"), Fact("setup", "Setup", "hours"),
            Fact("run", "Run", "minutes a piece"), Fact("move", "Move", "hours"))),
    ),
    parts=(
        Number(
            "operation", "Operation time of step 2", unit="hours", key=lambda g, a: _operation(g, g.steps[1]),
            slips=(
                Slip("load_no_setup", lambda g, a: g.pieces * g.steps[1]["run"] / 60, "The setup is left out. It is made once for the order: add it."),
                Slip("load_setup_per_unit", lambda g, a: g.pieces * (g.steps[1]["setup"] + g.steps[1]["run"] / 60),
                     "You set up for each piece. The setup is made once for the order."),
                Slip("with_queue", lambda g, a: g.steps[1]["queue"] + _operation(g, g.steps[1]) + g.steps[1]["move"],
                     "Queue and move belong to the order's cycle time, not to the operation itself."),
            ),
        ),
        Number(
            "order", "From release to the store", unit="hours", key=lambda g, a: _order_time(g),
            slips=(
                Slip("work_only", lambda g, a: _work(g), "That is setup and run alone. The order also waits and is moved, at each step."),
                Slip("no_move", lambda g, a: _order_time(g) - sum(r["move"] for r in g.steps), "The moves are left out: one after each step."),
                Slip("no_queue", lambda g, a: _order_time(g) - sum(r["queue"] for r in g.steps), "The queues are left out, and they are most of the time."),
            ),
        ),
        Number(
            "share", "Share of it that is setup and run", unit="%", tolerance=Absolute(0.3), key=lambda g, a: 100 * _work(g) / a.order,
            check=lambda g: 100 * _work(g) / _order_time(g),
            slips=(
                Slip("waiting", lambda g, a: 100 - 100 * _work(g) / a.order, "That is the share of waiting and moving."),
            ),
        ),
    ),
    hints=("Operation time: setup + pieces × minutes ÷ 60.", "Add up for each step: queue, operation, move."),
    steps=(
        lambda g, a: f"Step 2: {show(g.steps[1]['setup'])} + {show(g.pieces)} × {show(g.steps[1]['run'])} ÷ 60 = {show(a.operation)} hours.",
        lambda g, a: "Operations: " + "; ".join(f"step {r['step']} {show(_operation(g, r))}" for r in g.steps) + f". With queues of {show(sum(r['queue'] for r in g.steps))} and moves of {show(sum(r['move'] for r in g.steps))} hours the order takes {show(a.order)} hours.",
        lambda g, a: f"Share: 100 × {show(_work(g))} ÷ {show(a.order)} = {show(a.share)} percent. Whoever wants it faster cuts the queues first.",
    ),
)  # fmt: skip


# Drum, buffer, rope


def _draw_rope(rng: np.random.Generator, plant: Plant) -> dict[str, Any]:
    def draw() -> dict[str, Any]:
        given = lots_due(rng, plant, 4, 0.5, 1.2)
        given["jobs"].sort(key=lambda r: r["due"])
        start, buffer, ship = (
            int(rng.integers(3, 8)) * 8,
            int(rng.integers(2, 6)) * 4,
            int(rng.integers(2, 6)) * 2,
        )
        for r in given["jobs"]:
            r["due"] += start + ship
        return {**given, "start": start, "buffer": buffer, "ship": ship}

    def good(g: Any) -> Any:
        plan = run(g.jobs, [r["job"] for r in g.jobs], now=g.start)
        late = [end + g.ship > r["due"] for r, end in zip(g.jobs, plan.completion, strict=True)]
        return 1 <= sum(late) <= 2 and g.buffer < g.start and g.buffer != g.ship and plan.n_late != sum(late)

    return shaped(draw, good, 300)


def _hours(g: Any, t: str) -> float:
    return float(next(r["hours"] for r in g.jobs if r["job"] == t))


def _prior(g: Any, t: str) -> str:
    names = [r["job"] for r in g.jobs]
    return str(names[names.index(t) - 1]) if names.index(t) else ""


def _rope_key(g: Any) -> dict[str, dict[str, float]]:
    plan = run(g.jobs, [r["job"] for r in g.jobs], now=g.start)
    return {
        "drum": dict(zip(plan.order, plan.start, strict=True)),
        "release": {k: s - g.buffer for k, s in zip(plan.order, plan.start, strict=True)},
        "ready": {k: e + g.ship for k, e in zip(plan.order, plan.completion, strict=True)},
    }


ROPE = Problem(
    id="scheduling.drum_buffer_rope", title="The rope from the bottleneck", level=2, minutes=7, outcomes=OUTCOMES, covers=("sequence",),
    topics=("drum, buffer, rope",), needs=NEEDS, draw=_draw_rope,
    prompt=(
        "{center} is the bottleneck, the drum; the lots run there in this order, without a gap, from hour {start}. Material is released one buffer of "
        "{buffer} hours before a lot is needed there: that is the rope. From the end at the drum a lot takes {ship} hours until it can be shipped. Fill in the "
        "table. How many lots cannot be shipped when they are due?"
    ),
    facts=(FactTable("jobs", "Lots in the order of the drum", (JOB, Fact("hours", "Hours at the drum"), DUE)), Fact("start", "The drum begins at hour"),
           Fact("buffer", "Buffer before the drum", "hours"), Fact("ship", "From the drum to shipping", "hours")),
    parts=(
        Grid(
            "rope", "Drum and rope", over=lambda g: [r["job"] for r in g.jobs], corner="Lot", key=lambda g, a: _rope_key(g),
            lines=(
                Line("drum", "Starts at the drum", "hour", tolerance=Absolute(0.01),
                     rule=lambda g, a, t: a.drum[_prior(g, t)] + _hours(g, _prior(g, t)) if _prior(g, t) else float(g.start),
                     slips=(Slip("drum_end", lambda g, a, t: (a.drum[_prior(g, t)] if _prior(g, t) else float(g.start)) + _hours(g, t),
                                 "Those are the hours at which the lots end there. A lot starts when the one before it ends."),)),
                Line("release", "Material released", "hour", tolerance=Absolute(0.01), rule=lambda g, a, t: a.drum[t] - g.buffer,
                     slips=(
                         Slip("all_at_once", lambda g, a, t: float(g.start - g.buffer),
                              "You release all at once. Then the lots pile up before the drum: each is released one buffer before its own start."),
                         Slip("buffer_after", lambda g, a, t: a.drum[t] + g.buffer, "The buffer lies before the drum: material must be there early, not late."),
                         Slip("from_due", lambda g, a, t: float(next(r["due"] for r in g.jobs if r["job"] == t)) - g.buffer,
                              "You counted back from the due date. The rope is tied to the drum: count back from the start there."),
                     )),
                Line("ready", "Ready to ship", "hour", tolerance=Absolute(0.01), rule=lambda g, a, t: a.drum[t] + _hours(g, t) + g.ship),
            ),
        ),
        Number(
            "late", "Lots not ready when due", unit="lots", tolerance=Absolute(0.01),
            key=lambda g, a: sum(a.rope["ready"][r["job"]] > r["due"] for r in g.jobs),
            check=lambda g: run([{**r, "due": r["due"] - g.ship} for r in g.jobs], [r["job"] for r in g.jobs], now=g.start).n_late,
            slips=(
                Slip("at_the_drum", lambda g, a: run(g.jobs, [r["job"] for r in g.jobs], now=g.start).n_late,
                     "You compared the end at the drum. A lot is shipped some hours after that."),
            ),
        ),
    ),
    hints=("The drum knows no gap: each lot starts there when the one before it ends.", "Rope: start at the drum less the buffer. Ship: end at the drum and the hours after it."),
    steps=(
        lambda g, a: f"Ends at the drum: {ends(g, [r['job'] for r in g.jobs], now=g.start)}.",
        lambda g, a: "Released: " + "; ".join(f"{t} {show(a.rope['drum'][t])} − {show(g.buffer)} = {show(x)}" for t, x in a.rope["release"].items()) + ".",
        lambda g, a: "Ready to ship: " + "; ".join(f"{t} {show(x)}" for t, x in a.rope["ready"].items()) + f". Late: {show(a.late)}.",
    ),
)  # fmt: skip


# Which method

_CASES = {
    "sequence": "{n} lots wait at {one}, each with its own due date. Nothing else matters today: what runs after it has room enough.",
    "johnson": "{n} lots go through {one} and then {two}, all of them in this order. You want the last one done as early as can be.",
    "parallel": "{one} has three machines that are alike. {n} lots wait, and each can run on any of the three. All are to be done as early as can be.",
    "job_shop": "{n} lots go through {one}, {two} and {three}, each in an order of its own. Nobody sees any more who waits for whom.",
    "project": "One large machine is built and put up. Some of its {n} activities follow others, some run side by side, and none comes again.",
}
_METHODS = {
    "sequence": (
        "A rule for one machine, chosen by what counts",
        "It puts the lots of one machine in order, by due date, length or ratio",
    ),
    "johnson": (
        "Johnson's rule",
        "It gives the earliest end where all lots go through two machines in the same order",
    ),
    "parallel": (
        "Longest first, dealt out to whichever machine is free",
        "It shares lots out over machines that are alike",
    ),
    "job_shop": (
        "A job shop schedule: dispatching first, then the solver",
        "It is for lots that each take a way of their own through several machines",
    ),
    "project": ("The critical path", "It is for activities that wait for each other, once"),
}


def _draw_case(rng: np.random.Generator, plant: Plant) -> dict[str, Any]:
    one, two, three = centers(rng, plant, 3, "which method")
    case, n = str(rng.choice(list(_CASES))), int(rng.integers(7, 25))
    return {"case": case, "told": _CASES[case].format(n=n, one=one, two=two, three=three)}


def _method_reason(method: str) -> Any:
    does = _METHODS[method][1]
    return lambda g, a: (
        f"Yes. {does}, and that is the case here."
        if g.case == method
        else f"{does}. That is not what you have here."
    )


METHOD = Problem(
    id="scheduling.which_method", title="What would you reach for?", level=1, minutes=2, outcomes=OUTCOMES,
    covers=("sequence", "johnson", "parallel_machines", "job_shop", "critical_path"), topics=("which method",), needs=NEEDS, draw=_draw_case,
    prompt="At {plant} this is on your desk. {told} What do you reach for first?",
    parts=(
        Choice("method", "You reach for", key=lambda g, a: g.case,
               options=tuple(Option(k, text, _method_reason(k)) for k, (text, _) in _METHODS.items())),
    ),
    hints=("How many machines are there? Does every lot take the same way? Is it done once, or again and again?",),
    steps=(lambda g, a: f"{_METHODS[g.case][1]}. So: {_METHODS[g.case][0].lower() if g.case != 'johnson' else _METHODS[g.case][0]}.",),
)  # fmt: skip

PROBLEMS = (METHOD, CYCLE, ROPE)
