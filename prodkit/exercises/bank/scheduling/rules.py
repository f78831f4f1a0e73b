"""Sequencing rules by hand: shortest first, due dates, critical ratio, slack, weights, Moore."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING, Any

from ...draws import shaped
from ...numbers import show
from ...parts import Number, Order, Slip
from ...problem import Fact, FactTable, Problem
from ...tolerance import Absolute, Exact, Relative
from .rules_draw import (
    DUE,
    HOURS,
    JOB,
    NEEDS,
    OUTCOMES,
    RULES,
    ends,
    lots_due,
    named,
    notes,
    ordered,
    run,
    said,
    total,
    urgent,
    waiting,
)

if TYPE_CHECKING:
    import numpy as np

    from ....plant import Plant


# Shortest first


def _draw_spt(rng: np.random.Generator, plant: Plant) -> dict[str, Any]:
    def draw() -> dict[str, Any]:
        center, names, hours = waiting(rng, plant, 5, "a problem on sequencing")
        return {
            "center": center,
            "jobs": [{"job": k, "hours": h} for k, h in zip(names, hours, strict=True)],
        }

    def good(g: Any) -> bool:
        return (
            ordered(g.jobs, lambda r: r["hours"])
            != [r["job"] for r in g.jobs]
            != ordered(g.jobs, lambda r: -r["hours"])
        )

    return shaped(draw, good)


SPT = Problem(
    id="scheduling.spt", title="Shortest first", level=1, minutes=5, outcomes=OUTCOMES, covers=("sequence",),
    topics=(RULES,), needs=NEEDS, draw=_draw_spt,
    prompt=(
        "These lots wait at {center} at {plant}, in the order in which they came. All are there at hour 0, and no setup "
        "is needed. Put them in the order of the shortest processing time. How long does a lot then stay on average, "
        "and how many are there on average until the last is done?"
    ),
    facts=(FactTable("jobs", "Lots in the order of arrival", (JOB, HOURS)),),
    parts=(
        Order(
            "order", "Shortest processing time first", over=notes, key=lambda g, a: run(g.jobs, "spt").order,
            slips=(
                Slip("longest", lambda g, a: ordered(g.jobs, lambda r: -r["hours"]),
                     "Turned round: you begin with the longest. Begin with the shortest, so that few wait for long."),
                Slip("as_they_came", lambda g, a: [r["job"] for r in g.jobs],
                     "That is first come, first served. Look at the hours, not at the arrival."),
            ),
        ),
        Number(
            "flow", "Mean flow time", unit="hours", key=lambda g, a: run(g.jobs, a.order).mean_flow_time,
            check=lambda g: run(g.jobs, "spt").mean_flow_time,
            slips=(
                Slip("flow_is_process", lambda g, a: total(g) / len(g.jobs),
                     "That is the mean work of a lot. Its wait belongs to the flow time, too: add up the times of completion."),
                Slip("flow_sum", lambda g, a: sum(run(g.jobs, a.order).completion),
                     "That is the sum of the completion times. Divide it by the number of lots."),
                Slip("makespan", lambda g, a: total(g),
                     "That is when the last lot is done. The mean takes in the others, which are done earlier."),
            ),
        ),
        Number(
            "there", "Lots there on average", unit="lots", key=lambda g, a: a.flow * len(g.jobs) / total(g),
            check=lambda g: run(g.jobs, "spt").mean_jobs,
            slips=(
                Slip("jobs_in_system_inverted", lambda g, a: total(g) / (a.flow * len(g.jobs)),
                     "Upside down: that is the share of a lot's stay that is work. Divide the flow times by the hours of work."),
            ),
        ),
    ),
    hints=(
        "Write under each lot when it is done: its own hours, and those of all before it.",
        "Lots there on average: the sum of those times over the time of the last one.",
    ),
    steps=(
        lambda g, a: f"Order: {said(a.order)}.",
        lambda g, a: f"Done at hour: {ends(g, a.order)}.",
        lambda g, a: "Mean flow time: (" + " + ".join(show(x) for x in run(g.jobs, a.order).completion) + f") ÷ {len(g.jobs)} = {show(a.flow)} hours.",
        lambda g, a: f"Lots there: {show(sum(run(g.jobs, a.order).completion))} ÷ {show(total(g))} = {show(a.there)}.",
    ),
)  # fmt: skip


# Earliest due date


def _late_by(g: Any, order: Any) -> list[float]:
    return list(run(g.jobs, order).lateness)


def _draw_edd(rng: np.random.Generator, plant: Plant) -> dict[str, Any]:
    def good(g: Any) -> bool:
        plan = run(g.jobs, "edd")
        return (
            2 <= plan.n_late <= 3
            and plan.order != run(g.jobs, "spt").order
            and plan.order != tuple(r["job"] for r in g.jobs)
            and plan.mean_lateness > 0.3
            and abs(plan.mean_tardiness - plan.mean_lateness) > 0.3
            and plan.max_lateness >= 2
            and abs(plan.max_lateness - plan.mean_tardiness * 5 / plan.n_late) > 0.5
        )

    return shaped(lambda: lots_due(rng, plant, 5, 0.2, 0.95), good, 200)


EDD = Problem(
    id="scheduling.edd", title="Earliest due date first", level=2, minutes=6, outcomes=OUTCOMES, covers=("sequence",),
    topics=(RULES,), needs=NEEDS, draw=_draw_edd,
    prompt=(
        "These lots wait at {center}. The work center is free at hour 0. Run them by the earliest due date. How late is "
        "the latest lot, and how large is the mean tardiness? Tardiness is 0 for a lot that is early, and the mean goes "
        "over all lots."
    ),
    facts=(FactTable("jobs", "Lots in the order of arrival", (JOB, HOURS, DUE)),),
    parts=(
        Order(
            "order", "Earliest due date first", over=notes, key=lambda g, a: run(g.jobs, "edd").order,
            slips=(
                Slip("edd_ties_spt", lambda g, a: run(g.jobs, "spt").order,
                     "That is the order of the shortest work. This rule looks at the due dates alone."),
                Slip("as_they_came", lambda g, a: [r["job"] for r in g.jobs],
                     "That is the order of arrival. Look at when each lot is due."),
            ),
        ),
        Number(
            "latest", "The latest lot is late by", unit="hours", tolerance=Absolute(0.01),
            key=lambda g, a: run(g.jobs, a.order).max_lateness, check=lambda g: run(g.jobs, "edd").max_lateness,
            slips=(
                Slip("last_end", lambda g, a: run(g.jobs, a.order).makespan,
                     "That is when the last lot is done. Take its due date off, and look at the other lots as well."),
                Slip("late_sum", lambda g, a: sum(run(g.jobs, a.order).tardiness),
                     "All hours late together. Asked is the one lot that is latest."),
            ),
        ),
        Number(
            "tardy", "Mean tardiness", unit="hours", tolerance=Relative(0.005),
            key=lambda g, a: run(g.jobs, a.order).mean_tardiness, check=lambda g: run(g.jobs, "edd").mean_tardiness,
            slips=(
                Slip("tardy_negative", lambda g, a: run(g.jobs, a.order).mean_lateness,
                     "You let the early lots make up for the late ones. A lot that is early counts 0, not less."),
                Slip("tardy_over_late", lambda g, a: sum(run(g.jobs, a.order).tardiness) / run(g.jobs, a.order).n_late,
                     "Divided by the late lots only. The mean goes over all of them."),
                Slip("late_sum", lambda g, a: sum(run(g.jobs, a.order).tardiness),
                     "That is the sum. Divide it by the number of lots."),
            ),
        ),
    ),
    hints=(
        "Make three columns in that order: done at, due at, and how much later than due.",
        "For the mean write 0 wherever a lot is early.",
    ),
    steps=(
        lambda g, a: f"Order: {said(a.order)}.",
        lambda g, a: f"Done at hour: {ends(g, a.order)}.",
        lambda g, a: "Done less due: " + ", ".join(f"{k} {show(x)}" for k, x in zip(a.order, _late_by(g, a.order), strict=True)) + ".",
        "The largest of these is {latest}.",
        lambda g, a: "Mean tardiness: (" + " + ".join(show(x) for x in run(g.jobs, a.order).tardiness) + f") ÷ {len(g.jobs)} = {show(a.tardy)} hours.",
    ),
)  # fmt: skip


# Critical ratio


def _ratio(g: Any, r: Any) -> float:
    return urgent(g.jobs, g.now)["critical_ratio"][r["job"]]


def _draw_ratio(rng: np.random.Generator, plant: Plant) -> dict[str, Any]:
    def draw() -> dict[str, Any]:
        center, names, hours = waiting(rng, plant, 5, "a problem on critical ratios")
        now = int(rng.integers(3, 9)) * 8
        jobs: list[dict[str, Any]] = []
        for k, h in zip(names, hours, strict=True):
            left = h + int(rng.integers(2, 20))
            jobs.append({"job": k, "hours": h, "remaining_hours": left,
                         "due": now + max(2, round(left * float(rng.uniform(0.6, 2.4))))})  # fmt: skip
        rush = jobs[-1]
        rush["due"] = now + max(2, round(rush["remaining_hours"] * float(rng.uniform(0.7, 1.6))))
        return {"center": center, "jobs": jobs, "now": now, "rush": rush["job"]}

    def good(g: Any) -> bool:
        ratios = sorted(_ratio(g, r) for r in g.jobs)
        orders = {
            tuple(ordered(g.jobs, index))
            for index in (
                lambda r: _ratio(g, r), lambda r: -_ratio(g, r), lambda r: r["due"] / r["remaining_hours"],
                lambda r: (r["due"] - g.now) / r["hours"], lambda r: r["due"],
            )
        }  # fmt: skip
        return (
            all(y - x > 0.04 for x, y in pairwise(ratios))
            and len(orders) == 5
            and 1 <= sum(x < 1 for x in ratios) <= 3
            and all(abs(x - 1) > 0.03 for x in ratios)
            and abs(_ratio(g, named(g.jobs, g.rush)) - 1) > 0.06
        )

    return shaped(draw, good, 200)


CRITICAL_RATIO = Problem(
    id="scheduling.critical_ratio", title="Critical ratio after a rush order", level=2, minutes=6, outcomes=OUTCOMES,
    covers=("sequence", "urgency"), topics=("critical ratio after a rush order", RULES), needs=NEEDS, draw=_draw_ratio,
    prompt=(
        "It is hour {now}. Four lots wait at {center}, and a rush order for {rush} has just come in as the fifth. Work left "
        "counts this operation and all later ones. What is the critical ratio of the rush order, how many lots will be "
        "late unless somebody helps, and in which order do they run by the critical ratio?"
    ),
    facts=(
        FactTable("jobs", "Lots at the work center", (
            JOB, Fact("hours", "Hours here"), Fact("remaining_hours", "Hours of work left"), DUE)),
        Fact("now", "Now", "hour"),
    ),
    parts=(
        Number(
            "ratio", "Critical ratio of the rush order", tolerance=Relative(0.008),
            key=lambda g, a: _ratio(g, named(g.jobs, g.rush)),
            slips=(
                Slip("cr_no_today", lambda g, a: named(g.jobs, g.rush)["due"] / named(g.jobs, g.rush)["remaining_hours"],
                     "The hours up to now are gone. Take {now} off the due date before you divide."),
                Slip("cr_inverted", lambda g, a: 1 / _ratio(g, named(g.jobs, g.rush)),
                     "Upside down. It is the time left over the work left, so that a small figure is urgent."),
                Slip("cr_here_only", lambda g, a: (named(g.jobs, g.rush)["due"] - g.now) / named(g.jobs, g.rush)["hours"],
                     "You counted the work at this work center only. The later operations must be done by then as well."),
            ),
        ),
        Number(
            "behind", "Lots whose time left is less than their work left", unit="lots", tolerance=Exact(),
            key=lambda g, a: sum(_ratio(g, r) < 1 for r in g.jobs),
            slips=(
                Slip("on_time", lambda g, a: sum(_ratio(g, r) >= 1 for r in g.jobs),
                     "Those are the lots that can still be on time. A ratio below 1 means more work than time."),
            ),
        ),
        Order(
            "order", "By critical ratio, the most urgent first", over=notes, key=lambda g, a: run(g.jobs, "cr", now=g.now).order,
            slips=(
                Slip("cr_largest_first", lambda g, a: ordered(g.jobs, lambda r: -_ratio(g, r)),
                     "You begin with the largest ratio. That lot has the most time: the smallest is urgent."),
                Slip("cr_no_today", lambda g, a: ordered(g.jobs, lambda r: r["due"] / r["remaining_hours"]),
                     "You divided the due dates as they stand. Take {now} off each of them first."),
                Slip("cr_here_only", lambda g, a: ordered(g.jobs, lambda r: (r["due"] - g.now) / r["hours"]),
                     "You divided by the hours here. Divide by all the work that is left."),
                Slip("by_due", lambda g, a: ordered(g.jobs, lambda r: r["due"]),
                     "That is by due date. A lot due later can be more urgent, if more work is left on it."),
            ),
        ),
    ),
    hints=("Critical ratio: hours from now to the due date, over the hours of work left.", "Below 1 there is more work than time."),
    steps=(
        lambda g, a: "Ratios: " + "; ".join(f"{r['job']} ({show(r['due'])} − {show(g.now)}) ÷ {show(r['remaining_hours'])} = {show(_ratio(g, r), 3)}" for r in g.jobs) + ".",
        lambda g, a: f"The rush order has {show(a.ratio)}. Ratios below 1: {show(a.behind)}.",
        lambda g, a: f"Smallest first: {said(a.order)}.",
    ),
)  # fmt: skip


# Slack


def _slack(g: Any, r: Any) -> float:
    return urgent(g.jobs, g.now)["slack"][r["job"]]


def _draw_slack(rng: np.random.Generator, plant: Plant) -> dict[str, Any]:
    def draw() -> dict[str, Any]:
        center, names, hours = waiting(rng, plant, 4, "a problem on slack")
        now = int(rng.integers(2, 6)) * 8
        jobs: list[dict[str, Any]] = []
        for k, h in zip(names, hours, strict=True):
            operations = int(rng.integers(1, 6))
            left = h + (operations - 1) * int(rng.integers(2, 6))
            jobs.append({"job": k, "hours": h, "operations": operations, "remaining_hours": left,
                         "due": now + left + int(rng.integers(2, 26))})  # fmt: skip
        return {"center": center, "jobs": jobs, "now": now, "asked": jobs[0]["job"]}

    def good(g: Any) -> bool:
        shares = sorted(_slack(g, r) / r["operations"] for r in g.jobs)
        orders = {
            tuple(ordered(g.jobs, index))
            for index in (
                lambda r: _slack(g, r) / r["operations"], lambda r: _slack(g, r), lambda r: r["due"],
                lambda r: (r["due"] - r["remaining_hours"]) / r["operations"],
            )
        }  # fmt: skip
        return (
            all(y - x > 0.2 for x, y in pairwise(shares))
            and len(orders) == 4
            and named(g.jobs, g.asked)["operations"] > 1
        )

    return shaped(draw, good, 300)


SLACK = Problem(
    id="scheduling.slack_per_operation", title="How much air is left?", level=2, minutes=5, outcomes=OUTCOMES,
    covers=("sequence", "urgency"), topics=(RULES,), needs=NEEDS, draw=_draw_slack,
    prompt=(
        "It is hour {now} at {center}. Operations left count the one here. What is the slack of {asked}: the time left, less "
        "the work left? And in which order do the lots run by the least slack per operation left?"
    ),
    facts=(
        FactTable("jobs", "Lots at the work center", (
            JOB, DUE, Fact("remaining_hours", "Hours of work left"), Fact("operations", "Operations left"))),
        Fact("now", "Now", "hour"),
    ),
    parts=(
        Number(
            "slack", "Slack of {asked}", unit="hours", tolerance=Absolute(0.01), key=lambda g, a: _slack(g, named(g.jobs, g.asked)),
            slips=(
                Slip("slack_no_today", lambda g, a: named(g.jobs, g.asked)["due"] - named(g.jobs, g.asked)["remaining_hours"],
                     "The hours up to now are gone. Take {now} off as well."),
                Slip("no_work", lambda g, a: named(g.jobs, g.asked)["due"] - g.now,
                     "That is the time left. Take the work left off, and what remains is air."),
            ),
        ),
        Order(
            "order", "Least slack per operation first", over=lambda g: [r["job"] for r in g.jobs],
            key=lambda g, a: run(g.jobs, "slack_per_operation", now=g.now).order,
            slips=(
                Slip("slack_alone", lambda g, a: ordered(g.jobs, lambda r: _slack(g, r)),
                     "That is by slack alone. Divide by the operations left: at each of them the lot must wait once more."),
                Slip("slack_no_today", lambda g, a: ordered(g.jobs, lambda r: (r["due"] - r["remaining_hours"]) / r["operations"]),
                     "You left out that it is hour {now} already. Once you divide by operations, that changes the order."),
                Slip("by_due", lambda g, a: ordered(g.jobs, lambda r: r["due"]),
                     "That is by due date. Take work and operations left into account."),
            ),
        ),
    ),
    hints=("Slack: due − now − work left.", "Then divide by the operations left, and run the smallest figure first."),
    steps=(
        lambda g, a: "Slack: " + "; ".join(f"{r['job']} {show(r['due'])} − {show(g.now)} − {show(r['remaining_hours'])} = {show(_slack(g, r))}" for r in g.jobs) + ".",
        "{asked} has {slack}.",
        lambda g, a: "Per operation: " + "; ".join(f"{r['job']} {show(_slack(g, r))} ÷ {r['operations']} = {show(_slack(g, r) / r['operations'], 3)}" for r in g.jobs) + ".",
        lambda g, a: f"Smallest first: {said(a.order)}.",
    ),
)  # fmt: skip


PROBLEMS = (SPT, EDD, CRITICAL_RATIO, SLACK)
