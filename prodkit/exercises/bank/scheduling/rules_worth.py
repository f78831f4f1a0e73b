"""Which order is worth the most: weights, as few late as can be."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING, Any

from ...draws import shaped
from ...numbers import show
from ...parts import Number, Order, Slip
from ...problem import Fact, FactTable, Problem
from ...tolerance import Exact, Relative
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
    waiting,
)

if TYPE_CHECKING:
    import numpy as np

    from ....plant import Plant

# Weights


def _draw_wspt(rng: np.random.Generator, plant: Plant) -> dict[str, Any]:
    def draw() -> dict[str, Any]:
        center, names, hours = waiting(rng, plant, 5, "a problem on weights")
        weights = rng.integers(1, 10, 5)
        jobs = [
            {"job": k, "hours": h, "weight": int(w)} for k, h, w in zip(names, hours, weights, strict=True)
        ]
        return {"center": center, "jobs": jobs}

    def good(g: Any) -> bool:
        shares = sorted(r["hours"] / r["weight"] for r in g.jobs)
        orders = {
            tuple(ordered(g.jobs, index))
            for index in (
                lambda r: r["hours"] / r["weight"], lambda r: r["hours"], lambda r: -r["weight"],
                lambda r: r["hours"] * r["weight"], lambda r: -r["hours"] / r["weight"],
            )
        }  # fmt: skip
        return all(y - x > 0.05 for x, y in pairwise(shares)) and len(orders) == 5

    return shaped(draw, good, 200)


WSPT = Problem(
    id="scheduling.wspt", title="Lots that do not weigh the same", level=2, minutes=5, outcomes=OUTCOMES, covers=("sequence",),
    topics=(RULES,), needs=NEEDS, draw=_draw_wspt,
    prompt=(
        "These lots wait at {center}, all there at hour 0. The weight says how much an hour of a lot's stay costs. Which order "
        "makes the sum of weight times completion time as small as it can be, and what is that sum?"
    ),
    facts=(FactTable("jobs", "Lots", (JOB, HOURS, Fact("weight", "Weight"))),),
    parts=(
        Order(
            "order", "Order with the smallest weighted sum", over=lambda g: {r["job"]: f"{r['hours']} h, weight {r['weight']}" for r in g.jobs},
            key=lambda g, a: run(g.jobs, "wspt").order,
            accepts=lambda g, a, x: run(g.jobs, x).weighted_flow_time <= run(g.jobs, "wspt").weighted_flow_time + 1e-9,
            slips=(
                Slip("no_weight", lambda g, a: ordered(g.jobs, lambda r: r["hours"]),
                     "Shortest first, without the weights. Divide the hours of each lot by its weight."),
                Slip("weight_alone", lambda g, a: ordered(g.jobs, lambda r: -r["weight"]),
                     "The heaviest first, however long it takes. Divide the hours of each lot by its weight."),
                Slip("wspt_wrong_ratio", lambda g, a: ordered(g.jobs, lambda r: r["hours"] * r["weight"]),
                     "You multiplied hours and weight. Divide: few hours and much weight come first."),
                Slip("turned", lambda g, a: ordered(g.jobs, lambda r: -r["hours"] / r["weight"]),
                     "The ratio is right, the order turned round. The smallest hours over weight comes first."),
            ),
        ),
        Number(
            "sum", "Sum of weight × completion time", unit="weighted hours", tolerance=Relative(0.002),
            key=lambda g, a: run(g.jobs, a.order).weighted_flow_time, check=lambda g: run(g.jobs, "wspt").weighted_flow_time,
            slips=(
                Slip("flow_is_process", lambda g, a: sum(r["hours"] * r["weight"] for r in g.jobs),
                     "You weighted the work alone. A lot also waits for those before it: take the hour at which it is done."),
                Slip("no_weights", lambda g, a: sum(run(g.jobs, a.order).completion),
                     "That is the sum of the completion times. Multiply each by its lot's weight first."),
            ),
        ),
    ),
    hints=("For two neighbors: which of them first costs less? Compare hours over weight.", "Then write when each is done, times its weight."),
    steps=(
        lambda g, a: "Hours over weight: " + "; ".join(f"{r['job']} {r['hours']} ÷ {r['weight']} = {show(r['hours'] / r['weight'], 3)}" for r in g.jobs) + ".",
        lambda g, a: f"Smallest first: {said(a.order)}.",
        lambda g, a: "Sum: " + " + ".join(f"{named(g.jobs, k)['weight']} × {show(c)}" for k, c in zip(a.order, run(g.jobs, a.order).completion, strict=True)) + f" = {show(a.sum)}.",
    ),
)  # fmt: skip


# Moore


def _drops_late(g: Any) -> list[str]:
    kept: list[str] = []
    late: list[str] = []
    clock = 0.0
    for r in sorted(g.jobs, key=lambda r: r["due"]):
        if clock + r["hours"] > r["due"]:
            late.append(r["job"])
        else:
            kept.append(r["job"])
            clock += r["hours"]
    return kept + late


def _draw_moore(rng: np.random.Generator, plant: Plant) -> dict[str, Any]:
    def good(g: Any) -> bool:
        least = run(g.jobs, "moore").n_late
        counts = {run(g.jobs, x).n_late for x in ("edd", tuple(_drops_late(g)))}
        return (
            1 <= least <= 3
            and len(counts) == 2
            and min(counts) > least
            and run(g.jobs, "spt").n_late > least
            and run(g.jobs, "spt").order not in (run(g.jobs, "edd").order, tuple(_drops_late(g)))
        )

    return shaped(lambda: lots_due(rng, plant, 6, 0.12, 0.8), good, 400)


MOORE = Problem(
    id="scheduling.moore", title="As few late as can be", level=3, minutes=8, outcomes=OUTCOMES, covers=("sequence",),
    topics=(RULES, "Moore's rule"), needs=NEEDS, draw=_draw_moore,
    prompt=(
        "Each of these lots goes to another customer, and a truck leaves without what is late, by however little. {center} is "
        "free at hour 0. Which order leaves as few lots late as can be, and how many are late in it? "
        "Any order with so few counts as right."
    ),
    facts=(FactTable("jobs", "Lots", (JOB, HOURS, DUE)),),
    parts=(
        Order(
            "order", "Order with the fewest late", over=notes, key=lambda g, a: run(g.jobs, "moore").order,
            accepts=lambda g, a, x: run(g.jobs, x).n_late <= run(g.jobs, "moore").n_late,
            slips=(
                Slip("edd", lambda g, a: run(g.jobs, "edd").order,
                     "That is by due date, and one lot makes the others late. Each time one comes late, put the longest lot so far to the end."),
                Slip("moore_drops_late", lambda g, a: _drops_late(g),
                     "You put the late lot itself to the end. Put the longest of those so far there: that gains the most hours."),
                Slip("spt", lambda g, a: run(g.jobs, "spt").order,
                     "Shortest first does not look at the due dates. Begin with the earliest due date, then mend."),
            ),
        ),
        Number(
            "late", "Late lots", unit="lots", tolerance=Exact(),
            key=lambda g, a: run(g.jobs, a.order).n_late,
            check=lambda g: run(g.jobs, "optimal", objective="number_late").n_late,
            slips=(
                Slip("edd", lambda g, a: run(g.jobs, "edd").n_late,
                     "So many are late by due date alone. It can be fewer: put the longest of those so far to the end."),
                Slip("moore_drops_late", lambda g, a: run(g.jobs, tuple(_drops_late(g))).n_late,
                     "So many are late where the late lot itself is put off. Put off the longest so far instead."),
            ),
        ),
    ),
    hints=(
        "Write the lots by due date and when each is done. Where the first one comes late, stop.",
        "Of all lots up to there, take out the longest and put it to the end. Then go on.",
    ),
    steps=(
        lambda g, a: f"By due date: {said(run(g.jobs, 'edd').order)}, done at {ends(g, 'edd')}. That leaves {run(g.jobs, 'edd').n_late} late.",
        lambda g, a: f"Whenever one is late, the longest so far goes to the end: {said(a.order)}.",
        lambda g, a: f"Done at hour: {ends(g, a.order)}.",
        lambda g, a: f"Late: {show(a.late)}. No order has fewer.",
    ),
)  # fmt: skip

PROBLEMS = (WSPT, MOORE)
