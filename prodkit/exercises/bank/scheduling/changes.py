"""When something happens: a hot order in the frozen fence, an absence, overtime or late, a machine that stands."""

from __future__ import annotations

from types import SimpleNamespace
from typing import TYPE_CHECKING, Any

from .... import scheduling
from ...draws import shaped
from ...numbers import show
from ...parts import Choice, Number, Option, Slip
from ...problem import Fact, FactTable, Problem
from ...tolerance import Absolute, Relative
from .rules_draw import DUE, HOURS, JOB, NEEDS, ends, run, waiting

if TYPE_CHECKING:
    import numpy as np

    from ....plant import Plant

OUTCOMES = ("cpim.detailed_schedules", "lesson.09.4")
PER_HOUR = (40, 60, 80, 120, 150, 200)


def _planned(rng: np.random.Generator, plant: Plant, n: int, spare: float) -> dict[str, Any]:
    """Lots in the order of their due dates, all of them in time, with so much room as a share of the work so far."""
    center, names, hours = waiting(rng, plant, n, "a change of plan")
    clock = 0
    jobs: list[dict[str, Any]] = []
    for name, h in zip(names, hours, strict=True):
        clock += h
        due = max(
            clock + int(rng.integers(0, 1 + round(spare * sum(hours) / n))),
            jobs[-1]["due"] + 1 if jobs else 0,
        )
        jobs.append({"job": name, "hours": h, "due": due})
    return {"center": center, "jobs": jobs}


def in_order(g: Any) -> list[str]:
    """The lots as planned."""
    return [r["job"] for r in g.jobs]


def late_hours(g: Any, now: float) -> float:
    """Hours late of all lots, in the order of the plan, where the work center is free at an hour."""
    return float(sum(run(g.jobs, in_order(g), now=now).tardiness))


# A hot order inside the fence

HOT = "hot order"


def _with_hot(g: Any, place: int) -> scheduling.JobSequence:
    order = in_order(g)
    return run(
        [*g.jobs, {"job": HOT, "hours": g.hot, "due": g.hot_due}], [*order[:place], HOT, *order[place:]]
    )


def _frozen(g: Any) -> int:
    plan = run(g.jobs, in_order(g))
    return sum(start < g.fence for start in plan.start)


def _hot_done(g: Any, place: int) -> float:
    plan = _with_hot(g, place)
    return float(plan.completion[plan.order.index(HOT)])


def _others_late(g: Any) -> float:
    plan = _with_hot(g, 0)
    return float(sum(t for k, t in zip(plan.order, plan.tardiness, strict=True) if k != HOT))


def _draw_hot(rng: np.random.Generator, plant: Plant) -> dict[str, Any]:
    kind = str(rng.choice(["behind", "owner", "decline"]))

    def draw() -> dict[str, Any]:
        given = _planned(rng, plant, 5, 0.8)
        hours = [r["hours"] for r in given["jobs"]]
        fence = sum(hours[:2]) + int(rng.integers(1, max(2, hours[2])))
        hot, behind = int(rng.integers(2, 7)), sum(hours[:3])
        hot_due = (
            behind + hot + int(rng.integers(0, 5))
            if kind == "behind"
            else hot + int(rng.integers(1, max(2, behind - 1)))
        )
        rate = int(rng.choice(PER_HOUR))
        return {
            **given,
            "fence": fence,
            "hot": hot,
            "hot_due": hot_due,
            "rate": rate,
            "worth": 10 * int(rng.integers(15, 300)),
        }

    def good(g: Any) -> bool:
        cost, late = g.rate * _others_late(g), _hot_done(g, _frozen(g)) > g.hot_due
        found = "behind" if not late else "owner" if g.worth > cost else "decline"
        return (
            found == kind
            and _frozen(g) == 3
            and sum(run(g.jobs, in_order(g)).tardiness) == 0
            and _others_late(g) >= 2
            and abs(_others_late(g) - (len(g.jobs) * g.hot)) > 1
            and not 0.75 < g.worth / cost < 1.3
        )

    return shaped(draw, good, 400)


def _hot_key(g: Any, a: Any) -> str:
    if a.behind <= g.hot_due:
        return "behind"
    return "owner" if g.worth > a.cost else "decline"


def _hot_reason(option: str) -> Any:
    texts = {
        "behind": ("Yes: behind the fence it is in time, and nobody who has prepared the frozen lots starts over.",
                   "Behind the fence it is late. Compare that hour with its due date."),
        "owner": ("Yes: it earns more than it costs the others. But inside the fence material, tools and people are committed, so whoever owns "
                  "the fence decides, with these figures, and the customers who wait are told.",
                  "Look at the figures: either it is in time behind the fence, or it costs the others more than it brings."),
        "decline": ("Yes: inside the fence it costs the others more than it brings. A date that holds is worth more than a yes that does not.",
                    "You would turn down an order that can be served. Look at the hour behind the fence, and at what it brings."),
    }  # fmt: skip

    def say(g: Any, a: Any) -> str:
        if option == "quiet":
            return "What is frozen has been set up for. Moved without a word it costs setups, and trust in every later schedule."
        right = (
            _hot_key(g, SimpleNamespace(behind=_hot_done(g, _frozen(g)), cost=g.rate * _others_late(g)))
            == option
        )
        return texts[option][0 if right else 1]

    return say


HOT_ORDER = Problem(
    id="scheduling.hot_order", title="A hot order inside the frozen fence", level=3, minutes=8, outcomes=OUTCOMES, covers=("sequence",),
    topics=("a hot order inside the frozen fence",), needs=NEEDS, draw=_draw_hot,
    prompt=(
        "{center} runs these lots in this order from hour 0. What starts before hour {fence} is frozen. Now sales brings a hot order: "
        "{hot} hours, due at hour {hot_due}, with {worth} {currency} to earn if it is in time. When is it done right behind the frozen lots? What do "
        "the other lots cost, if it goes to the very front: {rate} {currency} for each hour that one of them is late? What do you do?"
    ),
    facts=(FactTable("jobs", "The plan", (JOB, HOURS, DUE)), Fact("fence", "Frozen before hour"), Fact("hot", "Hot order", "hours"),
           Fact("hot_due", "Hot order due at hour"), Fact("worth", "It earns", "{currency}"), Fact("rate", "A late hour of a lot", "{currency}")),
    parts=(
        Number(
            "behind", "Hot order done, behind the frozen lots, at", unit="hour", tolerance=Absolute(0.01), key=lambda g, a: _hot_done(g, _frozen(g)),
            slips=(
                Slip("at_fence", lambda g, a: g.fence + g.hot,
                     "At the fence a frozen lot is still running. The hot order starts when that one is done."),
                Slip("one_too_soon", lambda g, a: _hot_done(g, _frozen(g) - 1),
                     "The last frozen lot starts before the fence and ends after it. It runs first."),
                Slip("at_the_end", lambda g, a: _hot_done(g, len(g.jobs)),
                     "That is behind all lots. Those that start after the fence may be moved: it can go before them."),
            ),
        ),
        Number(
            "cost", "Put in front of all, it costs the others", unit="{currency}", tolerance=Relative(0.002), key=lambda g, a: g.rate * _others_late(g),
            slips=(
                Slip("all_pushed", lambda g, a: g.rate * g.hot * len(g.jobs),
                     "Each lot moves by {hot} hours, but only what comes after its due date is late. Use up the room first."),
                Slip("one_lot", lambda g, a: g.rate * g.hot, "That is one lot pushed. All of them move; look at each one's due date."),
            ),
        ),
        Choice(
            "do", "What do you do?", key=_hot_key,
            options=(
                Option("behind", "Put it right behind the frozen lots, and tell sales that hour", _hot_reason("behind")),
                Option("owner", "Ask whoever owns the fence to let it in, with these figures", _hot_reason("owner")),
                Option("decline", "Leave the fence, and offer the customer the hour behind it", _hot_reason("decline")),
                Option("quiet", "Slip it to the front quietly, and catch up later", _hot_reason("quiet")),
            ),
        ),
    ),
    hints=("Write when each lot starts and ends. Which ones start before the fence?", "Then move every lot back by the hot order's hours, and compare with its due date."),
    steps=(
        lambda g, a: f"As planned, done at: {ends(g, in_order(g))}. Frozen are the first {_frozen(g)}.",
        lambda g, a: f"Behind them the hot order is done at hour {show(a.behind)}; it is due at {show(g.hot_due)}.",
        lambda g, a: f"In front of all it makes the others {show(_others_late(g))} hours late: {show(_others_late(g))} × {show(g.rate)} = {show(a.cost)}. It earns {show(g.worth)}.",
        lambda g, a: {"behind": "In time behind the fence: put it there.", "owner": "It earns more than that: ask whoever owns the fence.",
                      "decline": "It earns less than that: leave the fence, and offer the later hour."}[a.do],
    ),
)  # fmt: skip


# The bottleneck's operator is absent

PACE = 0.75


def _draw_absent(rng: np.random.Generator, plant: Plant) -> dict[str, Any]:
    stand_in = bool(rng.integers(2))

    def draw() -> dict[str, Any]:
        given = _planned(rng, plant, 4, 1.2)
        return {
            **given,
            "away": 8,
            "pace": PACE,
            "rate": int(rng.choice(PER_HOUR)),
            "lend": 20 * int(rng.integers(5, 90)),
        }

    def good(g: Any) -> bool:
        wait, less = late_hours(g, g.away), late_hours(g, _lost(g))
        saved = g.rate * (wait - less)
        return (
            less >= 1
            and wait - less >= 3
            and wait < 4 * g.away - 1
            and (saved > g.lend) == stand_in
            and not 0.7 < saved / g.lend < 1.4
        )

    return shaped(draw, good, 300)


def _lost(g: Any) -> float:
    """Hours lost where the stand-in works while the operator is away."""
    return float(g.away - g.pace * g.away)


def _absent_reason(option: str) -> Any:
    def say(g: Any, a: Any) -> str:
        pays = g.rate * (late_hours(g, g.away) - late_hours(g, _lost(g))) > g.lend
        if option == "lend":
            return (
                "Yes. An hour lost at the bottleneck is lost for the plant; the neighbor's hour costs less."
                if pays
                else "The loan costs more than the late hours that it saves. Compare the two sums."
            )
        if option == "wait":
            return (
                "So many late hours cost more than the loan. Compare the two sums."
                if pays
                else "Yes. There is room before most due dates. Tell today those who will wait, and train a second person before the next time."
            )
        if option == "anyone":
            return "Whoever is not trained on the machine does not run it, however late it gets: hands and lots are at stake."
        return "Someone who is ill stays at home. Pressure now is paid in accidents and notices later."

    return say


ABSENT = Problem(
    id="scheduling.operator_absent", title="The bottleneck's operator is absent", level=2, minutes=7, outcomes=("cpim.detailed_schedules", "lesson.09.2"), covers=("sequence",),
    topics=("the bottleneck's operator is absent",), needs=NEEDS, draw=_draw_absent,
    prompt=(
        "{center} is the bottleneck. At hour 0 its operator calls in ill and is away for {away} hours. Nothing has begun, and the lots keep "
        "their order. Either it stands so long, or a trained neighbor stands in for those {away} hours, at {pace} of the pace; in that loan "
        "the neighbor's own work center loses {lend} {currency}. Each hour that a lot is late costs {rate} {currency}. What do you do?"
    ),
    facts=(FactTable("jobs", "The plan from hour 0", (JOB, HOURS, DUE)), Fact("away", "Away", "hours"), Fact("pace", "Pace of the stand-in", percent=True),
           Fact("lend", "The loan costs", "{currency}"), Fact("rate", "A late hour of a lot", "{currency}")),
    parts=(
        Number(
            "wait", "It stands: the lots are late by, all together", unit="hours", tolerance=Absolute(0.01), key=lambda g, a: late_hours(g, g.away),
            slips=(
                Slip("all_pushed", lambda g, a: g.away * len(g.jobs), "Each lot is done {away} hours later, but many of those hours lie before its due date."),
                Slip("last_only", lambda g, a: run(g.jobs, in_order(g), now=g.away).tardiness[-1], "That is the last lot. Add up the hours late of all of them."),
            ),
        ),
        Number(
            "less", "With the stand-in: the lots are late by, all together", unit="hours", tolerance=Absolute(0.01), key=lambda g, a: late_hours(g, _lost(g)),
            slips=(
                Slip("pace_as_loss", lambda g, a: late_hours(g, g.pace * g.away),
                     "At that pace this share of the work is done. Lost is only the rest of the {away} hours."),
                Slip("share_of_late", lambda g, a: (1 - g.pace) * a.wait,
                     "Hours late do not shrink in proportion: go through the lots again with the hours that are lost now."),
            ),
        ),
        Number(
            "gain", "The stand-in saves, after what the loan costs", unit="{currency}", tolerance=Relative(0.005),
            key=lambda g, a: g.rate * (a.wait - a.less) - g.lend, check=lambda g: g.rate * (late_hours(g, g.away) - late_hours(g, _lost(g))) - g.lend,
            slips=(
                Slip("no_loan", lambda g, a: g.rate * (a.wait - a.less), "What the loan costs is not taken off yet."),
            ),
        ),
        Choice(
            "do", "What do you do?", key=lambda g, a: "lend" if a.gain > 0 else "wait",
            options=(
                Option("lend", "Have the trained neighbor stand in", _absent_reason("lend")),
                Option("wait", "Let it stand, and tell the customers concerned today", _absent_reason("wait")),
                Option("anyone", "Put on whoever is free, trained or not", _absent_reason("anyone")),
                Option("press", "Ask the operator to come in all the same", _absent_reason("press")),
            ),
        ),
    ),
    hints=("Write when each lot would be done without the absence. Then add the hours lost, and compare with the due dates.",
           "How many hours are lost, if {pace} of the pace is kept for {away} hours?"),
    steps=(
        lambda g, a: f"It stands {show(g.away)} hours: done at {ends(g, in_order(g), now=g.away)}; late by {show(a.wait)} hours.",
        lambda g, a: f"With the stand-in {show(g.away)} − {show(g.pace)} × {show(g.away)} = {show(_lost(g))} hours are lost; late by {show(a.less)} hours.",
        lambda g, a: f"Saved: {show(g.rate)} × ({show(a.wait)} − {show(a.less)}) − {show(g.lend)} = {show(a.gain)}.",
        lambda g, a: "The loan pays." if a.gain > 0 else "The loan does not pay: wait, and tell them.",
    ),
)  # fmt: skip


PROBLEMS = (HOT_ORDER, ABSENT)
