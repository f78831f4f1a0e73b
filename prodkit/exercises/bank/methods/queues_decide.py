"""Decisions on waiting: how many servers, how full a work center, steadier or faster."""

from __future__ import annotations

from dataclasses import replace
from functools import lru_cache
from types import SimpleNamespace
from typing import TYPE_CHECKING, Any

from .... import methods
from ...draws import between, rounded, shaped
from ...numbers import show
from ...parts import Choice, Number, Option, Slip
from ...problem import Fact, FactTable, Problem
from ...signs import options_by_sign
from ...tolerance import Relative
from .flow_rows import centers, one_center
from .queues import CENTER, GAP, HAND, LOT, NEEDS, OUTCOMES, line, line_facts

if TYPE_CHECKING:
    import numpy as np

    from ....plant import Plant


def _draw_counter(rng: np.random.Generator, plant: Plant) -> dict[str, Any]:
    center = one_center(rng, plant, "a problem on a tool counter")
    worth = max(float(rounded(center.cost)), 10.0)
    wanted = int(rng.integers(3))

    def draw() -> dict[str, Any]:
        minutes = float(rng.choice([4, 5, 6, 8, 10]))
        a_hour = int(rng.integers(8, 31))
        load = a_hour * minutes / 60
        first = int(load) + 1
        given: dict[str, Any] = {
            "center": center.code, "a_hour": a_hour, "minutes": minutes, "clerk": float(rounded(worth * between(rng, 0.15, 1.2))), "worth": worth, "first": first,
        }  # fmt: skip
        g = SimpleNamespace(**given)
        crews = [
            {"clerks": c, "waiting": float(rounded(_counter(g, c).Lq, 3))} for c in range(first, first + 3)
        ]
        return {**given, "crews": crews}

    def good(g: Any) -> bool:
        load = g.a_hour * g.minutes / 60
        costs = sorted(_crew_costs(g))
        return bool(
            load > 0.6
            and load % 1 > 0.25
            and (load < 1 or load % 1 < 0.93)
            and abs(g.clerk / g.worth - 1) > 0.04
            and costs[1] / costs[0] > 1.03
            and _crew_costs(g).index(costs[0]) == wanted
            and g.crews[0]["waiting"] < 12
        )

    return shaped(draw, good, 200)


def _counter(g: Any, clerks: int) -> methods.Queue:
    return _served(g.a_hour, g.minutes, clerks)


@lru_cache(maxsize=256)
def _served(a_hour: int, minutes: float, clerks: int) -> methods.Queue:
    return methods.queue(a_hour, 60 / minutes, servers=clerks)


def _crew_costs(g: Any) -> list[float]:
    return [_crew_cost(g, i) for i in range(3)]


def _crew_cost(g: Any, i: int) -> float:
    """An hour with this crew, from the waiting as the table states it."""
    row = g.crews[i]
    return replace(_counter(g, row["clerks"]), Lq=row["waiting"]).cost(g.clerk, g.worth)


def _crew_part(i: int, label: str) -> Number:
    def slip_line(g: Any, a: Any) -> float:
        return float(g.crews[i]["clerks"] * g.clerk + g.crews[i]["waiting"] * g.worth)

    slips = (
        Slip("cost_lq", slip_line, "Only those in the line are counted. Who is being served stands at the counter too: add a load of {a_hour} × {minutes} ÷ 60."),
        Slip("one_clerk", lambda g, a: _crew_cost(g, i) - (g.crews[i]["clerks"] - 1) * g.clerk if g.crews[i]["clerks"] > 1 else None,
             "Every clerk is paid, not one only."),
        Slip("no_clerks", lambda g, a: _crew_cost(g, i) - g.crews[i]["clerks"] * g.clerk, "The clerks are paid too."),
    )  # fmt: skip
    return Number(
        f"cost{i}", label, unit="{currency} an hour", tolerance=Relative(0.006),
        key=lambda g, a: _crew_cost(g, i),
        slips=slips if i == 1 else slips[:1] + slips[2:],
    )  # fmt: skip


def _crew_step(i: int) -> Any:
    def step(g: Any, a: Any) -> str:
        n, served = g.crews[i]["clerks"], g.a_hour * g.minutes / 60
        there = f"({show(g.crews[i]['waiting'])} + {show(served)})"
        return (
            f"With {n}: {n} × {show(g.clerk)} + {there} × {show(g.worth)} = {show(_crew_cost(g, i))} an hour."
        )

    return step


def _crew_reason(i: int) -> Any:
    def reason(g: Any, a: Any) -> str:
        texts = [
            f"{row['clerks']}: {show(cost, 4)}" for row, cost in zip(g.crews, _crew_costs(g), strict=True)
        ]
        return f"Cost an hour by number of clerks: {', '.join(texts)}. The least of them decides, unless the work cannot be spread so."

    return reason


COUNTER = Problem(
    id="methods.queue_counter", title="How many at the tool counter?", level=2, minutes=8, outcomes=OUTCOMES,
    covers=("queue",), topics=("servers against waiting",), needs=NEEDS, draw=_draw_counter,
    prompt=(
        "Setters of {center} and its neighbors come to the tool counter by chance, {a_hour} an hour; one is served in {minutes} minutes on average. "
        "While a setter stands there, in the line or being served, his machine makes nothing. The table says how many wait in the line, on average. "
        "What does an hour cost with each number of clerks, and how many do you put there?"
    ),
    facts=(FactTable("crews", "By number of clerks", (Fact("clerks", "Clerks"), Fact("waiting", "Setters in the line, on average"))),
           Fact("a_hour", "Setters that come", "an hour"), Fact("minutes", "Serving one", "minutes on average"),
           Fact("clerk", "A clerk", "{currency} an hour"), Fact("worth", "A setter that stands there", "{currency} an hour")),
    parts=(
        _crew_part(0, "Cost with the fewest clerks"),
        _crew_part(1, "Cost with one more"),
        _crew_part(2, "Cost with two more"),
        Choice(
            "crew", "How many clerks?", key=lambda g, a: ("fewest", "one", "two")[[a.cost0, a.cost1, a.cost2].index(min(a.cost0, a.cost1, a.cost2))],
            options=(
                Option("fewest", "The fewest", _crew_reason(0)),
                Option("one", "One more", _crew_reason(1)),
                Option("two", "Two more", _crew_reason(2)),
            ),
            shuffle=False,
        ),
    ),
    hints=("How many setters stand at the counter: those in the line, and those that are being served?", "{a_hour} an hour at {minutes} minutes each: so many are being served on average, whatever the number of clerks."),
    steps=(
        lambda g, a: f"Being served on average: {show(g.a_hour)} × {show(g.minutes)} ÷ 60 = {show(g.a_hour * g.minutes / 60)}.",
        _crew_step(0),
        _crew_step(1),
        _crew_step(2),
        "Least: {crew}.",
    ),
)  # fmt: skip


def _draw_full(rng: np.random.Generator, plant: Plant) -> dict[str, Any]:
    keeps = bool(rng.integers(2))

    def draw() -> dict[str, Any]:
        given = line_facts(rng, plant, (0.6, 0.65, 0.7, 0.75))
        given["plan"] = float(rng.choice([0.85, 0.88, 0.9, 0.92, 0.94]))
        g = SimpleNamespace(**given)
        factor = between(rng, 1.15, 1.5) if keeps else between(rng, 0.5, 0.8)
        return {**given, "promise": float(rounded(_planned(g).W * factor))}

    return shaped(draw, lambda g: g.promise > 1.2 * line(g).W and abs(g.promise / _planned(g).W - 1) > 0.08)


def _planned(g: Any) -> methods.Queue:
    return methods.queue(g.plan / g.lot_hours, 1 / g.lot_hours)


def _full_reason(option: str) -> Any:
    texts = {
        "take": "The promise holds on average. Single lots will still be late: watch them, and stop filling here.",
        "part": "Take as much as keeps the promise, and offer the rest at a longer time. Idle hours are what keeps a promise short.",
    }

    def reason(g: Any, a: Any) -> str:
        return f"At the load planned a lot takes {show(_planned(g).W, 3)} hours on average, and {show(g.promise)} are promised. {texts[option]}"

    return reason


FULL_LOAD = Problem(
    id="methods.full_load", title="Why not fill it up?", level=2, minutes=6, outcomes=OUTCOMES,
    covers=("queue",), topics=("plan 100 % load", "waiting lines"), needs=NEEDS, draw=_draw_full,
    prompt=(
        "“{center} stands idle for hours every day,” says sales. “I can fill it to a load of {plan}.” Customers are promised that a lot is through it in "
        "{promise} hours. One machine; lots come by chance, and their times vary by chance (exponential); every lot is as long as now. "
        "How long does a lot take today, how long at the new load, and what do you answer?"
    ),
    facts=(CENTER, GAP, LOT, Fact("plan", "Load that sales would like", percent=True), Fact("promise", "Promised", "hours from coming to leaving")),
    parts=(
        Number(
            "today", "A lot takes today", unit="hours", tolerance=HAND, key=lambda g, a: line(g).W,
            slips=(
                Slip("wait_only", lambda g, a: line(g).Wq, "That is the wait alone. Behind it comes the lot's own work."),
                Slip("no_wait", lambda g, a: g.lot_hours, "That is the work alone. Lots come by chance: some wait."),
            ),
        ),
        Number(
            "then", "A lot would take at that load", unit="hours", tolerance=HAND, key=lambda g, a: _planned(g).W,
            slips=(
                Slip("wait_only", lambda g, a: _planned(g).Wq, "That is the wait alone. Behind it comes the lot's own work."),
                Slip("in_proportion", lambda g, a: a.today * g.plan / line(g).utilization,
                     "As if time grew in step with the load. It grows with 1 ÷ (1 − load): near full it climbs steeply."),
            ),
        ),
        Choice(
            "answer", "What do you answer?", key=lambda g, a: "take" if a.then <= g.promise else "part",
            options=(
                Option("take", "Yes, up to that load and no further", _full_reason("take")),
                Option("part", "Not all of it: less, or with a longer promise", _full_reason("part")),
                Option("full", "Yes, and beyond, to 100 %: an idle hour is lost", "At 100 % the line grows without end, since a lost hour never comes back. The curve says never."),
                Option("rush", "Yes, and hurry the lots that get late", "A lot that is put forward makes another one late. The mean wait stays what the load makes it."),
            ),
        ),
    ),
    hints=("From coming to leaving a lot takes its own time ÷ (1 − load).", "Today's load is {lot_hours} ÷ {gap}. Do the same with the load that sales would like."),
    steps=(
        lambda g, a: f"Load today: {show(g.lot_hours)} ÷ {show(g.gap)} = {show(line(g).utilization)}. Through: {show(g.lot_hours)} ÷ (1 − {show(line(g).utilization)}) = {show(a.today)} hours.",
        lambda g, a: f"At {show(100 * g.plan)} %: {show(g.lot_hours)} ÷ (1 − {show(g.plan)}) = {show(a.then)} hours. Promised: {show(g.promise)}.",
        lambda g, a: _full_reason(a.answer)(g, a),
    ),
)  # fmt: skip


def _draw_steady(rng: np.random.Generator, plant: Plant) -> dict[str, Any]:
    first = bool(rng.integers(2))

    def draw() -> dict[str, Any]:
        given = line_facts(rng, plant, (0.7, 0.75, 0.8, 0.84))
        cv = float(rng.choice([0.6, 0.8, 1.2, 1.4, 1.6]))
        given |= {
            "cv": cv,
            "cv_new": float(rng.choice([0.25, 0.5, 0.75]) * cv),
            "cut": float(rng.choice([0.05, 0.1, 0.15, 0.2])),
        }
        return given  # fmt: skip

    return shaped(
        draw,
        lambda g: (
            abs(_steady(g).W / _faster(g).W - 1) > 0.06
            and (_steady(g).W < _faster(g).W) == first
            and abs(g.lot_hours - 1) > 0.1
        ),
    )


def _steady(g: Any) -> methods.Queue:
    return line(g, service="general", cv=g.cv_new)


def _faster(g: Any) -> methods.Queue:
    return methods.queue(1 / g.gap, 1 / (g.lot_hours * (1 - g.cut)), service="general", cv=g.cv)


def _steady_reason(g: Any, a: Any) -> str:
    return f"Steadier times bring a lot through in {show(_steady(g).W, 4)} hours, a faster machine in {show(_faster(g).W, 4)}. Compare both."


def _vut(g: Any, cv: float, hours: float) -> str:
    u = hours / g.gap
    return f"(1 + {show(cv)}²) ÷ 2 × {show(u)} ÷ (1 − {show(u)}) × {show(hours)} + {show(hours)}"


STEADIER = Problem(
    id="methods.steadier_or_faster", title="Steadier or faster?", level=3, minutes=8, outcomes=OUTCOMES,
    covers=("queue",), topics=("variability", "waiting lines"), needs=NEEDS, draw=_draw_steady,
    prompt=(
        "Lots are too long at {center} (one machine; lots come by chance). There are two proposals at the same price. One: standard work and a checked setup, "
        "so that times vary less. The other: a faster drive, so that a lot takes {cut} less time, and varies as before in proportion. "
        "How long does a lot take from coming to leaving with each? Which do you choose?"
    ),
    facts=(CENTER, GAP, LOT, Fact("cv", "Deviation of that over its mean, today"), Fact("cv_new", "The same with standard work"), Fact("cut", "Shorter with the faster drive", percent=True)),
    parts=(
        Number(
            "steady", "A lot takes, with standard work", unit="hours", tolerance=HAND, key=lambda g, a: _steady(g).W,
            slips=(
                Slip("mg1_cv", lambda g, a: (1 + g.cv_new) / (1 + g.cv_new**2) * _steady(g).Wq + g.lot_hours, "The ratio of deviation to mean is squared before 1 is added."),
                Slip("wait_only", lambda g, a: _steady(g).Wq, "That is the wait alone. Behind it comes the lot's own work."),
                Slip("mg1_no_half", lambda g, a: 2 * _steady(g).Wq + g.lot_hours, "The half is missing: the mean of the two variabilities is wanted."),
            ),
        ),
        Number(
            "faster", "A lot takes, with the faster drive", unit="hours", tolerance=HAND, key=lambda g, a: _faster(g).W,
            slips=(
                Slip("load_kept", lambda g, a: (1 - g.cut) * line(g, service="general", cv=g.cv).W,
                     "The load falls too: shorter lots leave the machine more often free. Work out the load anew."),
                Slip("wait_only", lambda g, a: _faster(g).Wq, "That is the wait alone. Behind it comes the lot's own work."),
            ),
        ),
        Choice(
            "choose", "Which do you choose?", key=lambda g, a: "steady" if a.steady < a.faster else "faster",
            options=(
                Option("steady", "Standard work and a checked setup", _steady_reason),
                Option("faster", "The faster drive", _steady_reason),
                Option("same", "It does not matter: the mean time decides, and it is nearly the same", "Lots wait because they come and take time by chance. What varies, and how full the machine is, decide as much as the mean."),
            ),
        ),
    ),
    hints=("Wait = (1 + c²) ÷ 2 × u ÷ (1 − u) × time of a lot. Then add the lot's own time.", "The faster drive changes the time of a lot, and with it the load u = time ÷ {gap}."),
    steps=(
        lambda g, a: f"Standard work: {_vut(g, g.cv_new, g.lot_hours)} = {show(a.steady)} hours.",
        lambda g, a: f"Faster: a lot takes {show(g.lot_hours)} × (1 − {show(g.cut)}) = {show(g.lot_hours * (1 - g.cut))} hours.",
        lambda g, a: f"So {_vut(g, g.cv, g.lot_hours * (1 - g.cut))} = {show(a.faster)} hours.",
        lambda g, a: f"Choose {'standard work' if a.choose == 'steady' else 'the faster drive'}. And ask the people there what makes the times vary.",
    ),
)  # fmt: skip

# Situations without a topic in sight: method, and what gives it away.
_METHODS = {
    "little": "Little's law",
    "single": "The line before one server (M/M/1 or M/G/1)",
    "several": "One line before several servers (M/M/c)",
    "finite": "A finite population (machine interference)",
    "marks": "Marks of a line: best, worst and practical worst case",
    "simulate": "Simulation of a line with buffers",
}
_SIGNS = {
    "little": "Of the number there, the rate and the time, two are known, and nothing need be known of chance.",
    "single": "One server, work that comes by chance from outside, and the question how long it waits.",
    "several": "Several servers take from one line, and their number is to be chosen.",
    "finite": "Only a few can come at all, and one that stands calls for nobody.",
    "marks": "A whole line's output is held against what it could do with the work in it.",
    "simulate": "Places between stations are few, so one station blocks and starves the other; no formula holds that.",
}


def _draw_method(rng: np.random.Generator, plant: Plant) -> dict[str, Any]:
    found = centers(plant, "a which-method problem")
    one = found[int(rng.integers(len(found)))].code
    n, rate = int(rng.integers(12, 60)), int(rng.integers(3, 12))
    stories = {
        "little": f"{n} lots stand in and before {one}, and {rate} leave it a day, week after week. The customer asks on the telephone how long an order will be there.",
        "single": f"Rush jobs come to the one coordinate measuring machine whenever something is wrong, {rate} a shift. Some take five minutes, some an hour. The foreman of {one} wants to know how long his people stand there.",
        "several": f"All forklift calls go to one list, {n} an hour, and whichever driver is free takes the first. {one} complains. Would one driver more be worth it?",
        "finite": f"Two fitters look after the {rate} machines of {one}. When one breaks down while both are at work, it waits. How much output would a third fitter save?",
        "marks": f"With {n} units on it the line behind {one} puts out {rate} an hour. The manager says that is all it can do. Can that be?",
        "simulate": f"Between {one} and the next station there is room for two pallets, and no more. Both stop now and then. Would room for four bring enough to pay for moving a wall?",
    }  # fmt: skip
    method = str(rng.choice(list(stories)))
    return {"story": stories[method], "method": method}


WHICH = Problem(
    id="methods.which_flow", title="Waiting, flow, or a simulation?", level=2, minutes=2, outcomes=OUTCOMES, topics=("which method",),
    needs=NEEDS, draw=_draw_method,
    prompt="{story}\n\nWhich method answers the question with the least work? Nothing is to be worked out.",
    parts=(Choice("method", "Method", key=lambda g, a: g.method, options=options_by_sign(_METHODS, _SIGNS)),),
    hints=("Who comes, how many can come at all, and how many serve them?", "Is chance asked about at all? If only means are, the simplest law may do."),
    steps=(lambda g, a: _SIGNS[g.method], lambda g, a: f"So: {_METHODS[g.method]}."),
)  # fmt: skip

PROBLEMS = (COUNTER, FULL_LOAD, STEADIER, WHICH)
