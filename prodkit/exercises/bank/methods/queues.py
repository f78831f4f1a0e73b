"""Waiting lines: one machine, two machines, one operator for several, and how much variability costs."""

from __future__ import annotations

from types import SimpleNamespace
from typing import TYPE_CHECKING, Any

from .... import methods
from ...draws import between, rounded, shaped
from ...numbers import show
from ...parts import Choice, Number, Option, Slip
from ...problem import Fact, Problem
from ...tolerance import OfScale, Relative
from .flow_rows import lot_hours, one_center

if TYPE_CHECKING:
    import numpy as np

    from ....plant import Plant

OUTCOMES = ("cpim.detailed_schedules", "lesson.04.3")
NEEDS = ("workcenters", "routings")
LOADS = (0.6, 0.64, 0.7, 0.75, 0.8, 0.84)
HAND = Relative(0.01)
"""Hand work that keeps two figures behind the point is right."""

CENTER = Fact("center", "Work center")
GAP = Fact("gap", "A lot comes every", "hours on average")
LOT = Fact("lot_hours", "A lot takes on the machine", "hours on average")


def line_facts(
    rng: np.random.Generator, plant: Plant, loads: tuple[float, ...] = LOADS, servers: int = 1
) -> dict[str, Any]:
    """A work center whose lots come by chance: hours of a lot, and hours between two, at one of these loads."""
    center = one_center(rng, plant, "a problem on waiting lines")
    load = float(rng.choice(loads))
    gap = rounded(lot_hours(rng, center) / load / servers)
    return {
        "center": center.code,
        "gap": gap,
        "lot_hours": round(load * gap * servers, 6),
        "cost": center.cost,
    }


def line(g: Any, **options: Any) -> methods.Queue:
    """The line before the machine."""
    return methods.queue(1 / g.gap, 1 / g.lot_hours, **options)


def _u(a: Any) -> float:
    return float(a.load / 100)


SINGLE = Problem(
    id="methods.queue_single", title="The line before one machine", level=1, minutes=6, outcomes=OUTCOMES,
    covers=("queue",), topics=("waiting lines",), needs=NEEDS, draw=line_facts,
    prompt=(
        "Lots come to {center}, where one machine works on one lot at a time. They come by chance, and the time that "
        "they take varies by chance too (both exponential). How much of its time is the machine busy, "
        "how many lots wait before it on average, and for how long?"
    ),
    facts=(CENTER, GAP, LOT),
    parts=(
        Number(
            "load", "The machine is busy", unit="%", key=lambda g, a: 100 * line(g).utilization,
            slips=(
                Slip("rho_inverted", lambda g, a: 100 * g.gap / g.lot_hours,
                     "Upside down: the machine cannot be busy for more than all of its time. Divide the work by the time there is for it."),
                Slip("idle", lambda g, a: 100 * (1 - line(g).utilization), "That is the share in which it has nothing to do."),
            ),
        ),
        Number(
            "waiting", "Lots that wait, on average", unit="lots", tolerance=HAND,
            key=lambda g, a: _u(a) ** 2 / (1 - _u(a)), check=lambda g: line(g).Lq,
            slips=(
                Slip("L_for_Lq", lambda g, a: _u(a) / (1 - _u(a)),
                     "That counts the lot on the machine too. Multiply by the load once more to get those that wait."),
                Slip("Lq_minus_1", lambda g, a: _u(a) / (1 - _u(a)) - 1,
                     "You took one whole lot off for the machine. It holds a lot only while it is busy: take off the load, not 1."),
                Slip("square_only", lambda g, a: _u(a) ** 2, "The division is missing: by the share of the time that is left free."),
            ),
        ),
        Number(
            "wait", "A lot waits, on average", unit="hours", tolerance=HAND,
            key=lambda g, a: a.waiting * g.gap, check=lambda g: line(g).Wq,
            slips=(
                Slip("W_times", lambda g, a: a.waiting / g.gap,
                     "Little's law turned round: the wait is the number waiting divided by the lots an hour, so multiply by the hours between two lots."),
                Slip("service_in", lambda g, a: a.waiting * g.gap + g.lot_hours,
                     "That is wait and work together. The wait alone is asked here."),
                Slip("times_service", lambda g, a: a.waiting * g.lot_hours,
                     "That is the work of those that wait; the lot on the machine is left out. Little's law is safer: number waiting times the hours between two lots."),
            ),
        ),
        Number(
            "through", "From coming to leaving", unit="hours", tolerance=HAND,
            key=lambda g, a: a.wait + g.lot_hours, check=lambda g: line(g).W,
            slips=(Slip("gap_added", lambda g, a: a.wait + g.gap, "Behind the wait comes the lot's own work, not the time to the next lot."),),
        ),
    ),
    hints=(
        "In {gap} hours one lot comes, and brings {lot_hours} hours of work. What share of the time is that?",
        "With load u, u² ÷ (1 − u) lots wait. Their wait follows by Little's law: number waiting times the hours between two lots.",
    ),
    steps=(
        lambda g, a: f"Load: {show(g.lot_hours)} ÷ {show(g.gap)} = {show(_u(a))}, that is {show(a.load)} %.",
        lambda g, a: f"Waiting: {show(_u(a))}² ÷ (1 − {show(_u(a))}) = {show(a.waiting)} lots.",
        lambda g, a: f"Wait: {show(a.waiting)} × {show(g.gap)} = {show(a.wait)} hours, by Little's law.",
        lambda g, a: f"With the work on it: {show(a.wait)} + {show(g.lot_hours)} = {show(a.through)} hours.",
    ),
)  # fmt: skip


def _draw_two(rng: np.random.Generator, plant: Plant) -> dict[str, Any]:
    return line_facts(rng, plant, (0.6, 0.7, 0.75, 0.8), servers=2)


def _apart(g: Any) -> methods.Queue:
    """One of two lines, each before a machine of its own, that share the lots."""
    return methods.queue(1 / (2 * g.gap), 1 / g.lot_hours)


SERVERS = Problem(
    id="methods.queue_servers", title="Two machines and one line", level=2, minutes=7, outcomes=OUTCOMES,
    covers=("queue",), topics=("waiting lines",), needs=NEEDS, draw=_draw_two,
    prompt=(
        "At {center} two like machines stand side by side. All lots wait in one line, and whichever machine comes free takes "
        "the first. Lots come by chance and the times on the machine vary by chance (exponential). How busy are the machines, how long "
        "does a lot wait, and how much longer would it wait if each machine had a line of its own with half of the lots?"
    ),
    facts=(CENTER, GAP, Fact("lot_hours", "A lot takes on either machine", "hours on average")),
    parts=(
        Number(
            "load", "Each machine is busy", unit="%", key=lambda g, a: 100 * line(g, servers=2).utilization,
            slips=(
                Slip("one_machine", lambda g, a: 100 * g.lot_hours / g.gap,
                     "That is the work of both machines. Two share it."),
                Slip("rho_inverted", lambda g, a: 100 * 2 * g.gap / g.lot_hours, "Upside down: divide the work by the time there is for it."),
            ),
        ),
        Number(
            "must_wait", "Share of the lots that must wait", unit="%", tolerance=HAND,
            key=lambda g, a: 100 * 2 * _u(a) ** 2 / (1 + _u(a)), check=lambda g: 100 * (line(g, servers=2).p_wait or 0.0),
            slips=(
                Slip("load_for_p", lambda g, a: a.load,
                     "With one machine that would be so. With two, a lot waits only if both are busy at once."),
                Slip("square", lambda g, a: 100 * _u(a) ** 2,
                     "The load twice would hold if the machines were busy independently of each other. They share one line: take 2u² ÷ (1 + u)."),
            ),
        ),
        Number(
            "wait", "A lot waits, on average", unit="hours", tolerance=HAND,
            key=lambda g, a: a.must_wait / 100 * g.lot_hours / (2 * (1 - _u(a))), check=lambda g: line(g, servers=2).Wq,
            slips=(
                Slip("one_fast_server", lambda g, a: _u(a) / (1 - _u(a)) * g.lot_hours / 2,
                     "That is one machine that is twice as fast. Two are better for the wait: while one lot runs, the other machine may be free."),
                Slip("waiters_only", lambda g, a: g.lot_hours / (2 * (1 - _u(a))),
                     "That is the wait of those that must wait. The others wait no time: multiply by the share that must."),
                Slip("one_clears", lambda g, a: a.must_wait / 100 * g.lot_hours / (1 - _u(a)),
                     "Both machines work the line off, so it moves twice as fast."),
            ),
        ),
        Number(
            "longer", "Longer with a line for each machine", unit="hours", tolerance=OfScale(0.01, lambda g, a: _u(a) / (1 - _u(a)) * g.lot_hours),
            key=lambda g, a: _u(a) / (1 - _u(a)) * g.lot_hours - a.wait, check=lambda g: _apart(g).Wq - line(g, servers=2).Wq,
            slips=(
                Slip("whole_wait", lambda g, a: _u(a) / (1 - _u(a)) * g.lot_hours, "That is the wait with two lines. How much longer is it than with one?"),
            ),
        ),
    ),
    hints=(
        "In {gap} hours {lot_hours} hours of work come, and two machines share them.",
        "With load u of each, the share 2u² ÷ (1 + u) must wait, and those wait {lot_hours} ÷ (2 × (1 − u)) on average.",
        "With a line of its own a machine has the same load, and its lots wait u ÷ (1 − u) times the {lot_hours} hours.",
    ),
    steps=(
        lambda g, a: f"Load of each: {show(g.lot_hours)} ÷ (2 × {show(g.gap)}) = {show(_u(a))}, that is {show(a.load)} %.",
        lambda g, a: f"Must wait: 2 × {show(_u(a))}² ÷ (1 + {show(_u(a))}) = {show(a.must_wait / 100)}, that is {show(a.must_wait)} %.",
        lambda g, a: f"Wait: {show(a.must_wait / 100)} × {show(g.lot_hours)} ÷ (2 × (1 − {show(_u(a))})) = {show(a.wait)} hours.",
        lambda g, a: f"A line each: {show(_u(a))} ÷ (1 − {show(_u(a))}) × {show(g.lot_hours)} = {show(_apart(g).Wq)} hours, which is {show(a.longer)} hours longer.",
    ),
)  # fmt: skip


def _draw_operator(rng: np.random.Generator, plant: Plant) -> dict[str, Any]:
    center = one_center(rng, plant, "a problem on machines that wait for their operator")
    rate, one_pays = max(rounded(center.cost), 10), bool(rng.integers(2))

    def draw() -> dict[str, Any]:
        tend = float(rng.choice([2, 3, 4, 5, 6]))
        n = int(rng.integers(3, 6))
        given: dict[str, Any] = {
            "center": center.code,
            "machines": n,
            "run": tend * (n + int(rng.integers(1, 5))),
            "tend": tend,
            "machine_cost": rate,
            "operator_cost": rounded(rate * (between(rng, 0.6, 1.1) if one_pays else between(rng, 0.1, 0.4))),
        }
        g = SimpleNamespace(**given)
        return {**given, "two_standing": rounded(_crew(g, 2).L, 3)}

    def good(g: Any) -> bool:
        one, two = _costs(g)
        return _crew(g, 1).utilization > 0.45 and (two / one > 1.04 if one_pays else one / two > 1.04)

    return shaped(draw, good)


def _crew(g: Any, operators: int) -> methods.Queue:
    return methods.queue(1 / g.run, 1 / g.tend, servers=operators, population=g.machines)


def _costs(g: Any) -> tuple[float, float]:
    """An hour with one operator, and with two."""
    return (
        _crew(g, 1).cost(g.operator_cost, g.machine_cost),
        2 * g.operator_cost + g.machine_cost * g.two_standing,
    )


def _weights(g: Any) -> list[float]:
    """How likely 0, 1, 2 ... machines stand, against none."""
    states = _crew(g, 1)
    return [states.p(k) / states.p(0) for k in range(g.machines + 1)]


def _crew_reason(n: int) -> Any:
    def reason(g: Any, a: Any) -> str:
        one, two = _costs(g)
        start = "The dearer of the two." if (n == 1) != (one < two) else "The cheaper of the two."
        return (
            f"{start} One operator and the machines that stand cost {show(one)} an hour, two {show(two)}. "
            "Two also cover for each other in a break."
        )

    return reason


OPERATOR = Problem(
    id="methods.queue_operator", title="One operator, several machines", level=3, minutes=10, outcomes=OUTCOMES,
    covers=("queue",), topics=("waiting lines", "servers against waiting"), needs=NEEDS, draw=_draw_operator,
    prompt=(
        "One operator minds {machines} machines at {center}. Each runs by itself for {run} minutes on average, then stands until the operator "
        "has tended it for {tend} minutes (both exponential). If she is at another machine, it waits for her. How often is she free, how many "
        "machines stand on average, being tended included, and what does it all cost? With two operators {two_standing} would stand. One or two?"
    ),
    facts=(
        Fact("machines", "Machines", "at the work center"), Fact("run", "One machine runs", "minutes on average"),
        Fact("tend", "Tending one takes", "minutes on average"), Fact("machine_cost", "A machine that stands", "{currency} an hour"),
        Fact("operator_cost", "An operator", "{currency} an hour"), Fact("two_standing", "With two operators, machines that stand", "on average"),
    ),
    parts=(
        Number(
            "free", "The operator is free", unit="%", key=lambda g, a: 100 * (_crew(g, 1).P0 or 0.0), tolerance=Relative(0.02),
            slips=(
                Slip("busy", lambda g, a: 100 * _crew(g, 1).utilization, "That is the share in which she is busy."),
                Slip("endless", lambda g, a: 100 * (1 - g.machines * g.tend / g.run) if g.machines * g.tend < g.run else None,
                     "So it would be if as many came however many stand. A machine that stands calls for nobody: the more stand, the fewer can still come."),
            ),
        ),
        Number(
            "standing", "Machines that stand", unit="machines", tolerance=OfScale(0.01, lambda g, a: g.machines),
            key=lambda g, a: g.machines - (1 - a.free / 100) * g.run / g.tend, check=lambda g: _crew(g, 1).L,
            slips=(
                Slip("running", lambda g, a: (1 - a.free / 100) * g.run / g.tend, "So many run. How many of the {machines} are left?"),
                Slip("waiting_only", lambda g, a: g.machines - (1 - a.free / 100) * (g.run / g.tend + 1),
                     "Those only wait. The one that she tends stands too."),
            ),
        ),
        Number(
            "cost", "Cost with one operator", unit="{currency} an hour",
            key=lambda g, a: g.operator_cost + a.standing * g.machine_cost, check=lambda g: _costs(g)[0], tolerance=Relative(0.01),
            slips=(
                Slip("no_operator", lambda g, a: a.standing * g.machine_cost, "The operator is paid too."),
                Slip("cost_lq", lambda g, a: g.operator_cost + (a.standing - 1 + a.free / 100) * g.machine_cost,
                     "Only those that wait are counted. The one that she tends makes nothing either."),
                Slip("all_machines", lambda g, a: g.operator_cost + g.machines * g.machine_cost, "That counts all machines. Only those that stand cost."),
            ),
        ),
        Choice(
            "crew", "How many operators?", key=lambda g, a: "one" if a.cost < _costs(g)[1] else "two",
            options=(
                Option("one", "One operator", _crew_reason(1)),
                Option("two", "Two operators", _crew_reason(2)),
            ),
        ),
    ),
    hints=(
        "Write down how likely 0, 1, 2 … machines stand, each against none: with k standing, the others still run and can call.",
        "With r = {tend} ÷ {run} and N machines the weights are 1, N×r, N×(N−1)×r² and so on. She is free in 1 ÷ their sum of the time.",
        "While she is busy, she sends a machine back to run every {tend} minutes, and it runs for {run}.",
    ),
    steps=(
        lambda g, a: "Weights: " + ", ".join(show(x) for x in _weights(g)) + f". Their sum is {show(sum(_weights(g)))}, and she is free {show(a.free)} % of the time.",
        lambda g, a: f"Running: (1 − {show(a.free / 100)}) × {show(g.run)} ÷ {show(g.tend)} = {show(g.machines - a.standing)}. Standing: {show(a.standing)} machines.",
        lambda g, a: f"One operator: {show(g.operator_cost)} + {show(a.standing)} × {show(g.machine_cost)} = {show(a.cost)} an hour.",
        lambda g, a: f"Two: 2 × {show(g.operator_cost)} + {show(g.two_standing)} × {show(g.machine_cost)} = {show(_costs(g)[1])}. So: {'one' if a.crew == 'one' else 'two'}.",
    ),
)  # fmt: skip


def _draw_spread(rng: np.random.Generator, plant: Plant) -> dict[str, Any]:
    def draw() -> dict[str, Any]:
        given = line_facts(rng, plant, (0.7, 0.75, 0.8, 0.84))
        return {**given, "sd": rounded(given["lot_hours"] * between(rng, 0.3, 1.6))}

    return shaped(draw, lambda g: min(abs(_cv(g) - 1), abs(g.lot_hours - 1), abs(_cv(g) - 0.5)) > 0.1)


def _cv(g: Any) -> float:
    return float(g.sd / g.lot_hours)


def _general(g: Any) -> methods.Queue:
    return line(g, service="general", cv=_cv(g))


def _by_chance(a: Any, g: Any) -> float:
    """The wait where all times are exponential."""
    return _u(a) / (1 - _u(a)) * float(g.lot_hours)


VARIABILITY = Problem(
    id="methods.queue_variability", title="What varying times cost", level=2, minutes=7, outcomes=OUTCOMES,
    covers=("queue",), topics=("waiting lines", "variability"), needs=NEEDS, draw=_draw_spread,
    prompt=(
        "Lots come to the one machine of {center} by chance (exponential). The time of a lot was measured: its mean and its standard deviation "
        "stand below. How long does a lot wait? And how long would it wait if every lot took just the mean?"
    ),
    facts=(CENTER, GAP, LOT, Fact("sd", "Standard deviation of that", "hours")),
    parts=(
        Number("load", "The machine is busy", unit="%", key=lambda g, a: 100 * line(g).utilization,
               slips=(Slip("rho_inverted", lambda g, a: 100 * g.gap / g.lot_hours, "Upside down: divide the work by the time there is for it."),)),
        Number(
            "wait", "A lot waits, as measured", unit="hours", tolerance=HAND,
            key=lambda g, a: (1 + _cv(g) ** 2) / 2 * _by_chance(a, g), check=lambda g: _general(g).Wq,
            slips=(
                Slip("mg1_var", lambda g, a: (1 + g.sd**2) / 2 * _by_chance(a, g),
                     "You took the variance itself. The deviation is first divided by the mean, then squared."),
                Slip("mg1_cv", lambda g, a: (1 + _cv(g)) / 2 * _by_chance(a, g), "The deviation over the mean is not squared yet."),
                Slip("mg1_no_half", lambda g, a: (1 + _cv(g) ** 2) * _by_chance(a, g), "The half is missing: the mean of the two variabilities is wanted."),
                Slip("mm1", lambda g, a: _by_chance(a, g), "That is the wait for exponential times. Here the deviation was measured: use it."),
            ),
        ),
        Number(
            "steady", "It would wait, with steady times", unit="hours", tolerance=HAND,
            key=lambda g, a: _by_chance(a, g) / 2, check=lambda g: line(g, service="constant").Wq,
            slips=(
                Slip("md1_no_half", lambda g, a: _by_chance(a, g), "That is the wait for exponential times. Steady times halve it."),
                Slip("md1_zero", lambda g, a: 0.0, "Lots still come by chance: two may come at once, and one of them waits."),
            ),
        ),
    ),
    hints=(
        "Three factors make the wait: variability, load, time. The first is the mean of 1 (chance arrivals) and the squared ratio of deviation to mean.",
        "Wait = (1 + c²) ÷ 2 × u ÷ (1 − u) × {lot_hours}, with c = {sd} ÷ {lot_hours} and load u.",
    ),
    steps=(
        lambda g, a: f"Load: {show(g.lot_hours)} ÷ {show(g.gap)} = {show(_u(a))}, that is {show(a.load)} %. By chance alone the wait would be {show(_u(a))} ÷ (1 − {show(_u(a))}) × {show(g.lot_hours)} = {show(_by_chance(a, g))} hours.",
        lambda g, a: f"c = {show(g.sd)} ÷ {show(g.lot_hours)} = {show(_cv(g))}. Wait: (1 + {show(_cv(g))}²) ÷ 2 × {show(_by_chance(a, g))} = {show(a.wait)} hours.",
        lambda g, a: f"With c = 0: {show(_by_chance(a, g))} ÷ 2 = {show(a.steady)} hours.",
    ),
)  # fmt: skip

PROBLEMS = (SINGLE, SERVERS, OPERATOR, VARIABILITY)
