"""Schedules of a small shop by hand: forward, back from the due date, and a plan against the proven best."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING, Any

from .... import scheduling
from ...draws import shaped
from ...numbers import show
from ...parts import Also, Choice, Field, Grid, Line, Number, Option, Plan, Slip
from ...problem import Fact, FactTable, Problem
from ...tolerance import Absolute
from .rules_draw import NEEDS, in_a_row
from .shops_draw import LOTS, OUTCOMES, WORK, scheduled, shop_of, small_shop, times, work_of

if TYPE_CHECKING:
    import numpy as np

    from ....plant import Plant

FORWARD_BACK = "forward and backward scheduling"

# Forward


def _name(r: Any) -> str:
    return f"{r['lot']}{r['step']}"


def _row(g: Any, t: str) -> Any:
    return next(r for r in g.work if _name(r) == t)


def _step_before(g: Any, t: str) -> str:
    r = _row(g, t)
    return f"{r['lot']}{r['step'] - 1}" if r["step"] > 1 else ""


def _machine_before(g: Any, t: str) -> str:
    r = _row(g, t)
    order = next(str(q["order"]) for q in g.queues if q["center"] == r["center"]).split(", ")
    place = order.index(r["lot"])
    if not place:
        return ""
    return next(_name(x) for x in g.work if x["center"] == r["center"] and x["lot"] == order[place - 1])


def _draw_forward(rng: np.random.Generator, plant: Plant) -> dict[str, Any]:
    rule = str(rng.choice(["spt", "mwkr", "fcfs"]))

    def draw() -> dict[str, Any]:
        work = small_shop(rng, plant, "a problem on a job shop")
        plan = scheduled(tuple((r["lot"], r["step"], r["center"], float(r["hours"])) for r in work), rule)
        table = plan.operations.sort_values("start", kind="stable")
        queues = [
            {"center": c, "order": ", ".join(table.loc[table["machine"] == c, "job"])}
            for c in dict.fromkeys(r["center"] for r in work)
        ]
        return {"work": work, "queues": queues, "rule": rule}

    def good(g: Any) -> bool:
        at = {f"{k}{s}": x for (k, s), x in times(scheduled(work_of(g), rule)).items()}
        lots = sum(bool(_step_before(g, t)) and at[t][0] > at[_step_before(g, t)][1] for t in at)
        machines = sum(bool(_machine_before(g, t)) and at[t][0] > at[_machine_before(g, t)][1] for t in at)
        return lots >= 2 and machines >= 2

    return shaped(draw, good, 12)


def _forward_key(g: Any) -> dict[str, dict[str, float]]:
    at = times(scheduled(work_of(g), g.rule))
    return {
        "start": {f"{k}{s}": x[0] for (k, s), x in at.items()},
        "end": {f"{k}{s}": x[1] for (k, s), x in at.items()},
    }


FORWARD = Problem(
    id="scheduling.forward", title="Forward through the shop", level=2, minutes=10, outcomes=OUTCOMES, covers=("job_shop",),
    topics=(FORWARD_BACK,), needs=NEEDS, draw=_draw_forward,
    prompt=(
        "Three lots wait at {plant}; hour 0 is now. Each goes through its steps in order, and each work center takes one lot at a "
        "time, in the order of the second table. Every operation starts as early as it can. A1 is step 1 of lot A. When does each "
        "start and end, and when is the last one done?"
    ),
    facts=(WORK, FactTable("queues", "Order at each work center", (Fact("center", "Work center"), Fact("order", "Lots")))),
    parts=(
        Grid(
            "times", "Start and end", over=lambda g: [_name(r) for r in g.work], corner="Operation", key=lambda g, a: _forward_key(g),
            lines=(
                Line("start", "Starts at", "hour", tolerance=Absolute(0.01),
                     rule=lambda g, a, t: max(
                         a.end[_step_before(g, t)] if _step_before(g, t) else 0.0,
                         a.end[_machine_before(g, t)] if _machine_before(g, t) else 0.0),
                     slips=(
                         Slip("machine_only", lambda g, a, t: a.end[_machine_before(g, t)] if _machine_before(g, t) else 0.0,
                              "The work center is free then, but the lot is not there yet: its step before still runs. Take the later hour."),
                         Slip("lot_only", lambda g, a, t: a.end[_step_before(g, t)] if _step_before(g, t) else 0.0,
                              "The lot is ready then, but the work center still has another one. Take the later hour."),
                     )),
                Line("end", "Ends at", "hour", tolerance=Absolute(0.01), rule=lambda g, a, t: a.start[t] + _row(g, t)["hours"]),
            ),
        ),
        Number(
            "done", "The last lot is done at", unit="hour", tolerance=Absolute(0.01), key=lambda g, a: max(a.times["end"].values()),
            check=lambda g: scheduled(work_of(g), g.rule).makespan,
            slips=(
                Slip("all_work", lambda g, a: sum(r["hours"] for r in g.work),
                     "That is all the work, one operation after another. The work centers run side by side."),
            ),
        ),
    ),
    hints=(
        "Begin with the operations that wait for nothing: a first step that is also first at its work center.",
        "Two hours decide each start: the lot's step before is done, and the lot before has left the work center.",
    ),
    steps=(
        lambda g, a: "; ".join(f"{t} {show(s)} to {show(a.times['end'][t])}" for t, s in sorted(a.times["start"].items(), key=lambda x: (x[1], x[0]))) + ".",
        lambda g, a: f"The last one is done at hour {show(a.done)}.",
    ),
)  # fmt: skip


# Back from the due date


def _draw_back(rng: np.random.Generator, plant: Plant) -> dict[str, Any]:
    where, names, _ = in_a_row(rng, plant, 1, 3, "a problem on due dates")
    steps: list[dict[str, Any]] = [
        {"step": i, "center": c, "queue": int(rng.integers(4, 21)), "hours": int(rng.integers(2, 10))}
        for i, c in enumerate(where, 1)
    ]
    total = sum(r["queue"] + r["hours"] for r in steps)
    now = int(rng.integers(2, 11)) * 8
    late = bool(rng.integers(2))
    margin = -int(rng.integers(3, 13)) if late else int(rng.integers(3, 17))
    return {
        "item": names[0],
        "steps": steps,
        "now": now,
        "due": now + total + margin,
    }


@lru_cache(maxsize=256)
def _latest(steps: tuple[tuple[int, int, int], ...]) -> dict[str, tuple[float, float]]:
    """Latest start and finish of each queue and run, counted from the due date."""
    import pandas as pd

    rows: list[tuple[str, str, int]] = []
    for step, queue, hours in steps:
        rows += [
            (f"queue {step}", rows[-1][0] if rows else "", queue),
            (f"run {step}", f"queue {step}", hours),
        ]
    plan = scheduling.critical_path(pd.DataFrame(rows, columns=["activity", "after", "days"]))
    table = plan.activities
    return {
        str(k): (float(s) - plan.length, float(f) - plan.length)
        for k, s, f in zip(table["activity"], table["late_start"], table["late_finish"], strict=True)
    }


def latest(g: Any) -> dict[str, tuple[float, float]]:
    """Latest start and finish of each of the order's queues and runs, by the clock."""
    at = _latest(tuple((r["step"], r["queue"], r["hours"]) for r in g.steps))
    return {k: (g.due + s, g.due + f) for k, (s, f) in at.items()}


def _figure(g: Any, step: int, what: str) -> float:
    return float(g.steps[step - 1][what])


def _back_reason(option: str) -> Any:
    def reason(g: Any, a: Any) -> str:
        late = latest(g)["queue 1"][0] < g.now
        if option == "go":
            return (
                "The latest release has passed already. As planned, it comes late."
                if late
                else "Yes, the latest release is still to come. Let it wait until then."
            )
        if option == "queue":
            return (
                "Yes. Most of the time it waits, and waiting can be cut; the work cannot. And whoever waits for it hears of the risk today."
                if late
                else "There is time left. Jumping queues would make other orders late for nothing."
            )
        if option == "now":
            return (
                "Sooner is too late already, if every queue stays as it is. Something must change."
                if late
                else "Nothing is gained: it would only lie in the aisle, and lengthen the queues of others."
            )
        return "Hours written smaller on paper do not make the work any faster."

    return reason


BACKWARD = Problem(
    id="scheduling.backward", title="Back from the due date", level=2, minutes=7, outcomes=("cpim.detailed_schedules", "lesson.09.4"),
    covers=("critical_path",), topics=(FORWARD_BACK,), needs=NEEDS, draw=_draw_back,
    prompt=(
        "An order of {item} is due at hour {due}. Before each operation it waits in a queue for the usual time of that work center. "
        "Go back from the due date: when must each operation end and start at the latest, when must the order be released to the first queue, "
        "and what do you do? It is hour {now}."
    ),
    facts=(
        FactTable("steps", "Operations", (
            Fact("step", "Step"), Fact("center", "Work center"), Fact("queue", "Queue before it", "hours"), Fact("hours", "Work", "hours"))),
        Fact("due", "Due", "hour"), Fact("now", "Now", "hour"),
    ),
    parts=(
        Grid(
            "times", "Latest times", over=lambda g: [r["step"] for r in g.steps], corner="Step",
            key=lambda g, a: {"start": {r["step"]: latest(g)[f"run {r['step']}"][0] for r in g.steps},
                              "end": {r["step"]: latest(g)[f"run {r['step']}"][1] for r in g.steps}},
            lines=(
                Line("start", "Latest start", "hour", tolerance=Absolute(0.01), rule=lambda g, a, t: a.end[t] - _figure(g, t, "hours")),
                Line("end", "Latest end", "hour", tolerance=Absolute(0.01),
                     rule=lambda g, a, t: a.start[t + 1] - _figure(g, t + 1, "queue") if t < len(g.steps) else float(g.due),
                     slips=(
                         Slip("queue_left_out", lambda g, a, t: a.start[t + 1] if t < len(g.steps) else float(g.due),
                              "You left the queue out: between two operations the order waits. Take that off as well."),
                         Slip("own_queue", lambda g, a, t: a.start[t + 1] - _figure(g, t, "queue") if t < len(g.steps) else float(g.due),
                              "You took the queue of the wrong step. Between this step and the next lies the queue before the next."),
                     )),
            ),
        ),
        Number(
            "release", "Latest release", unit="hour", tolerance=Absolute(0.01), key=lambda g, a: a.times["start"][1] - _figure(g, 1, "queue"),
            check=lambda g: latest(g)["queue 1"][0],
            slips=(
                Slip("first_queue", lambda g, a: a.times["start"][1],
                     "That is when the first operation starts. Before it the order waits in the first queue."),
                Slip("forward", lambda g, a: g.now + g.due - (a.times["start"][1] - _figure(g, 1, "queue")),
                     "That is when it would be done, if it were released now. Count back from the due date."),
            ),
        ),
        Choice(
            "do", "What do you do?", key=lambda g, a: "go" if a.release >= g.now else "queue",
            options=(
                Option("go", "Release it at that hour, as planned", _back_reason("go")),
                Option("queue", "Cut its queues, and tell those who wait for it today", _back_reason("queue")),
                Option("now", "Release it at once, and leave all else as it is", _back_reason("now")),
                Option("paper", "Plan with shorter run times", _back_reason("paper")),
            ),
        ),
    ),
    hints=("Begin at the end: the last step ends at the due date.", "Start = end − work. The step before ends the queue earlier than that."),
    steps=(
        lambda g, a: f"Back from {show(g.due)}: " + "; ".join(f"step {t} {show(a.times['start'][t])} to {show(a.times['end'][t])}" for t in sorted(a.times["end"], reverse=True)) + ".",
        lambda g, a: f"Release: {show(a.times['start'][1])} − {show(_figure(g, 1, 'queue'))} = {show(a.release)}.",
        lambda g, a: "That hour is still to come: release it then." if a.release >= g.now else "That hour has passed. The queues are most of the time, so they are what can be cut.",
    ),
)  # fmt: skip


# A plan against the best


def _draw_plan(rng: np.random.Generator, plant: Plant) -> dict[str, Any]:
    def draw() -> dict[str, Any]:
        return {"work": small_shop(rng, plant, "a job shop to plan")}

    def good(g: Any) -> bool:
        best, rule = scheduled(work_of(g), "optimum"), scheduled(work_of(g), "spt")
        return best.is_proved and rule.makespan >= 1.1 * best.makespan

    return shaped(draw, good, 5)


def _clashes(g: Any, x: Any) -> list[str]:
    import pandas as pd

    rows = []
    for lot, step, center, hours in work_of(g):
        start = x[lot][str(step)]
        rows.append((lot, step, center, start, start + hours))
    table = pd.DataFrame(rows, columns=["job", "step", "machine", "start", "end"])
    return scheduling.check_schedule(table, shop_of(work_of(g)))


def _end(g: Any, x: Any) -> float:
    return float(max(x[lot][str(step)] + hours for lot, step, _, hours in work_of(g)))


def _stay(g: Any, x: Any) -> float:
    """Hours that the lots are on the floor: from the start of their first step to the end of their last."""
    return float(
        sum(x[lot][str(step)] + hours - x[lot]["1"] for lot, step, _, hours in work_of(g) if step == 3)
    )


def _stay_text(g: Any, a: Any, x: Any) -> str:
    stay, best = _stay(g, x), _stay(g, a.plan)
    more = (
        " That is much work in the aisle: start a lot later where it only waits."
        if stay > 1.15 * best
        else ""
    )
    return f"Your lots are on the floor for {show(stay)} hours together; in the best schedule for {show(best)}.{more}"


def _best_starts(g: Any) -> dict[str, dict[str, float]]:
    at = times(scheduled(work_of(g), "optimum"))
    return {lot: {str(s): at[lot, s][0] for s in (1, 2, 3)} for lot in LOTS}


PLAN = Problem(
    id="scheduling.shop_plan", title="Make the schedule yourself", level=3, minutes=15, outcomes=OUTCOMES,
    covers=("job_shop", "check_schedule", "read_shop"), topics=("a schedule against the proven best",), needs=NEEDS, draw=_draw_plan,
    prompt=(
        "Type the hour at which each step of the three lots starts, so that the last one is done as early as can be. Each lot goes "
        "through its steps in order, and a work center has one lot at a time. Where two of your operations clash, the card says so. "
        "Draw bars first, one row for each work center."
    ),
    facts=(WORK,),
    parts=(
        Plan(
            "plan", "Start of each step, by hour", fields=lambda g: [Field(lot, f"Lot {lot}", "hour") for lot in LOTS], columns=lambda g: (1, 2, 3),
            clashes=lambda g, a, x: _clashes(g, x), cost=lambda g, a, x: _end(g, x), key=lambda g, a: _best_starts(g),
            basis="the best schedule, proved by the solver,", unit="hours until all is done", good=0.001, poor=0.4,
            also=(Also("floor", "Hours on the floor", lambda g, a, x: 1.0 - max(0.0, _stay(g, x) / _stay(g, a.plan) - 1.15), _stay_text),),
        ),
    ),
    hints=(
        "Which work center has the most hours? Keep it busy from as early as can be, and let nothing wait for it at the end.",
        "No schedule is shorter than the busiest work center, nor than the longest lot. How near to that do you come?",
    ),
    steps=(
        lambda g, a: "Start of the steps in a best schedule: " + "; ".join(f"{lot} at {', '.join(show(x) for x in row.values())}" for lot, row in a.plan.items()) + ".",
        lambda g, a: f"The last one is done after {show(_end(g, a.plan))} hours, and none ends earlier.",
    ),
)  # fmt: skip

PROBLEMS = (FORWARD, PLAN, BACKWARD)
