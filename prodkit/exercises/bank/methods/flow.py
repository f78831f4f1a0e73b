"""Little's law, the marks to hold a line against, reading a simulation, and where to put the buffers."""

from __future__ import annotations

from dataclasses import replace
from functools import lru_cache
from itertools import pairwise, product
from typing import TYPE_CHECKING, Any

from .... import methods
from ...draws import between, rounded, shaped
from ...numbers import show
from ...parts import Choice, Number, Option, Slip
from ...parts.plan import Field, Plan
from ...problem import Fact, FactTable, Problem
from ...tolerance import OfScale, Relative
from .flow_rows import centers

if TYPE_CHECKING:
    import numpy as np

    from ....plant import Plant

OUTCOMES = ("cpim.detailed_schedules", "lesson.04.3")
NEEDS = ("workcenters", "routings")
HAND = Relative(0.01)


def _draw_little(rng: np.random.Generator, plant: Plant) -> dict[str, Any]:
    about = plant.table("about").iloc[0]
    hours = float(about["hours_per_shift"]) * int(about["shifts_per_day"])
    found = centers(plant, "a problem on Little's law")
    a_day = int(rng.integers(6, 40))
    return {
        "center": found[int(rng.integers(len(found)))].code,
        "hours_per_day": hours,
        "a_day": a_day,
        "on_floor": int(a_day * between(rng, 2.2, 8.8)),
        "target_hours": float(rounded(hours * between(rng, 0.55, 0.9))),
    }


LITTLE = Problem(
    id="methods.little_law", title="Work on the floor and time on the way", level=1, minutes=4, outcomes=OUTCOMES,
    covers=("little",), topics=("Little's law",), needs=NEEDS,
    draw=lambda rng, plant: shaped(lambda: _draw_little(rng, plant), lambda g: abs(g.hours_per_day - g.a_day) > 0.5),
    prompt=(
        "Count the lots before and at {center}: {on_floor}. Each working day {a_day} lots leave it, and as many come. How long is a lot "
        "there, on average? And how many lots may be there at most, if a lot is to be through in {target_hours} working hours?"
    ),
    facts=(Fact("on_floor", "Lots at the work center", "on average"), Fact("a_day", "Lots that leave", "a working day"),
           Fact("hours_per_day", "Hours worked", "a day"), Fact("target_hours", "Through in, from now on", "working hours")),
    parts=(
        Number(
            "days", "A lot is there for", unit="working days", key=lambda g, a: methods.little(wip=g.on_floor, throughput=g.a_day).cycle_time,
            slips=(
                Slip("littles_inverted", lambda g, a: g.a_day / g.on_floor, "Upside down: that is the share of the lots that leaves in a day."),
                Slip("littles_product", lambda g, a: g.a_day * g.on_floor, "Divide: the pile is used up by so many lots a day."),
                Slip("hours_for_days", lambda g, a: g.on_floor / g.a_day * g.hours_per_day,
                     "That is in working hours. Days are asked: {a_day} leave in one day."),
            ),
        ),
        Number(
            "most", "Lots that may be there", unit="lots", tolerance=HAND,
            key=lambda g, a: methods.little(throughput=g.a_day / g.hours_per_day, cycle_time=g.target_hours).wip,
            slips=(
                Slip("littles_units", lambda g, a: g.a_day * g.target_hours,
                     "Lots a day times hours. Put both on one time: how many lots leave in an hour?"),
                Slip("by_day_of_24", lambda g, a: g.a_day / 24 * g.target_hours if g.hours_per_day != 24 else None,
                     "The plant does not work 24 hours a day. Take the hours that it works."),
                Slip("per_hour_only", lambda g, a: g.a_day / g.hours_per_day, "That many leave in one hour. How many leave in {target_hours}?"),
            ),
        ),
    ),
    hints=(
        "Work in process = lots that leave in a time × time of a lot there. Two of them are given.",
        "The second question turns it round; its time is in hours, so take the lots that leave in an hour.",
    ),
    steps=(
        "Time there: {on_floor} ÷ {a_day} = {days}.",
        lambda g, a: f"In an hour {show(g.a_day)} ÷ {show(g.hours_per_day)} = {show(g.a_day / g.hours_per_day)} lots leave.",
        lambda g, a: f"At most {show(g.a_day / g.hours_per_day)} × {show(g.target_hours)} = {show(a.most)} lots. To have fewer there, release fewer until the pile is worked off.",
    ),
)  # fmt: skip

_MINUTES = (4, 5, 6, 8, 9, 10, 12, 15)


def _names(rng: np.random.Generator, plant: Plant, n: int, purpose: str) -> list[str]:
    found = centers(plant, purpose)
    picked = [
        found[int(i)].code for i in sorted(rng.choice(len(found), size=min(n, len(found)), replace=False))
    ]
    return picked + [f"station {i}" for i in range(len(picked) + 1, n + 1)]


def _draw_marks(rng: np.random.Generator, plant: Plant) -> dict[str, Any]:
    names = _names(rng, plant, 4, "a problem on a line's marks")
    poor = bool(rng.integers(2))

    def draw() -> dict[str, Any]:
        minutes = [int(x) for x in rng.choice(_MINUTES, size=4)]
        line = methods.flow_benchmarks([m / 60 for m in minutes])
        wip = int(rng.integers(4, 16))
        good, chance = line.best(wip).throughput, line.practical_worst(wip).throughput
        real = (
            between(rng, 0.72, 0.93) * chance if poor else chance + between(rng, 0.25, 0.75) * (good - chance)
        )
        return {
            "stations": [{"station": s, "minutes": m} for s, m in zip(names, minutes, strict=True)],
            "wip": wip, "real": float(rounded(real, 3)), "slowest": max(minutes), "together": sum(minutes),
        }  # fmt: skip

    def clear(g: Any) -> bool:
        chance, best = _marks(g).practical_worst(g.wip).throughput, _marks(g).best(g.wip).throughput
        return bool(
            sorted(x["minutes"] for x in g.stations)[-2] < g.slowest
            and abs(g.real / chance - 1) > 0.05
            and g.real < 0.99 * best
            and abs(g.wip - g.together / g.slowest) > 0.6
        )

    return shaped(draw, clear)


def _marks(g: Any) -> methods.FlowBenchmarks:
    return _line_of(tuple(x["minutes"] for x in g.stations))


@lru_cache(maxsize=256)
def _line_of(minutes: tuple[float, ...]) -> methods.FlowBenchmarks:
    return methods.flow_benchmarks([m / 60 for m in minutes])


def _stands(g: Any, a: Any) -> str:
    chance = _marks(g).practical_worst(g.wip).throughput
    return f"By chance it would do {show(chance, 3)} an hour, at best {show(_marks(g).best(g.wip).throughput, 3)}; it does {show(g.real)}."


MARKS = Problem(
    id="methods.flow_marks", title="Is this line a good one?", level=2, minutes=8, outcomes=OUTCOMES,
    covers=("flow_benchmarks",), topics=("Little's law", "variability"), needs=NEEDS, draw=_draw_marks,
    prompt=(
        "A cell of four stations, one unit on each at a time. On average {wip} units are in it, and it puts out {real} an hour. "
        "What could it do at most, how little work could keep the bottleneck busy, and what would it do if all went by chance? "
        "(By chance with w units: w ÷ (W + w − 1) of the bottleneck's rate, W the critical work in process.) Is it a good line?"
    ),
    facts=(FactTable("stations", "The cell", (Fact("station", "Station"), Fact("minutes", "Time of a unit", "minutes"))),
           Fact("wip", "Units in the cell", "on average"), Fact("real", "It puts out", "units an hour")),
    parts=(
        Number(
            "rate", "The bottleneck's rate", unit="units an hour", key=lambda g, a: _marks(g).bottleneck_rate,
            slips=(
                Slip("raw_rate", lambda g, a: 60 / g.together, "That is one unit alone on its way. The slowest station sets the pace once all are busy."),
                Slip("mean_time", lambda g, a: 60 / (g.together / len(g.stations)), "You took the mean time. The slowest station sets the pace."),
                Slip("fastest", lambda g, a: 60 / min(x["minutes"] for x in g.stations), "That is the fastest station. The slowest one sets the pace."),
            ),
        ),
        Number(
            "critical", "Critical work in process", unit="units", key=lambda g, a: a.rate * g.together / 60, tolerance=HAND,
            check=lambda g: _marks(g).critical_wip,
            slips=(
                Slip("littles_units", lambda g, a: a.rate * g.together, "Units an hour times minutes. Put the time of a unit in hours."),
                Slip("stations", lambda g, a: len(g.stations), "That would hold if all stations were equally slow. Multiply the rate by the time of a unit that never waits."),
            ),
        ),
        Number(
            "chance", "By chance it would put out", unit="units an hour", tolerance=HAND,
            key=lambda g, a: g.wip / (a.critical + g.wip - 1) * a.rate, check=lambda g: _marks(g).practical_worst(g.wip).throughput,
            slips=(
                Slip("no_minus_1", lambda g, a: g.wip / (a.critical + g.wip) * a.rate, "A unit does not wait for itself: take 1 off below."),
                Slip("best_case", lambda g, a: min(g.wip / a.critical, 1) * a.rate, "That is the best case, where nothing varies."),
            ),
        ),
        Choice(
            "stands", "Where does the line stand?", key=lambda g, a: "good" if g.real >= a.chance else "poor",
            options=(
                Option("good", "Better than chance: variability is held down", lambda g, a: _stands(g, a) + " Held against chance, that decides."),
                Option("poor", "Worse than chance: look for batches, long stops, blocking", lambda g, a: _stands(g, a) + " Below chance a line has a fault that can be found."),
                Option("best", "At its best: nothing to gain", lambda g, a: _stands(g, a) + " At its best it would do what the bottleneck can."),
            ),
        ),
    ),
    hints=(
        "The slowest station has {slowest} minutes a unit. A unit that never waits takes {together} minutes.",
        "Critical work in process: bottleneck rate × time of a unit that never waits, in hours.",
    ),
    steps=(
        lambda g, a: f"Bottleneck: 60 ÷ {show(g.slowest)} = {show(a.rate)} an hour.",
        lambda g, a: f"Critical: {show(a.rate)} × {show(g.together)} ÷ 60 = {show(a.critical)} units.",
        lambda g, a: f"By chance: {show(g.wip)} ÷ ({show(a.critical)} + {show(g.wip)} − 1) × {show(a.rate)} = {show(a.chance)} an hour.",
        lambda g, a: f"{_stands(g, a)} So the line is {'better' if a.stands == 'good' else 'worse'} than chance.",
    ),
)  # fmt: skip

_REPLICATIONS, _T = 6, 2.571
"""Runs in a reading, and Student's t for them at 95 %."""


@lru_cache(maxsize=256)
def _run(
    minutes: tuple[float, ...], places: tuple[int, ...], units: int, runs: int, seed: int
) -> methods.LineRun:
    """A line of stations whose times vary by chance, with so many places before each but the first."""
    line = [
        methods.Station(process_time=m / 60, cv=1.0, name=f"station {i}", buffer=places[i - 1] if i else None)
        for i, m in enumerate(minutes)
    ]
    return methods.simulate_line(line, units=units, warm_up=units // 5, replications=runs, seed=seed)


def _draw_reading(rng: np.random.Generator, plant: Plant) -> dict[str, Any]:
    names = _names(rng, plant, 3, "a problem on reading a simulation")
    minutes = tuple(float(x) for x in rng.choice(_MINUTES, size=3))
    run = _run(minutes, (2, 2), 400, _REPLICATIONS, int(rng.integers(1, 40)))
    outs = [float(rounded(x, 3)) for x in run.replications["throughput"]]
    given: dict[str, Any] = {
        "line": ", ".join(names), "outs": outs, "t": _T,
        "runs": [{"run": i, "out": x} for i, x in enumerate(outs, 1)],
    }  # fmt: skip
    seen = _interval(outs)
    where = str(rng.choice(["yes", "no", "open"]))
    away = {"yes": -between(rng, 1.4, 2.2), "no": between(rng, 1.4, 2.2), "open": between(rng, -0.6, 0.6)}[
        where
    ]
    sd = seen.half_width / _T * _REPLICATIONS**0.5
    return {
        **given, "sd": float(rounded(sd, 3)), "wanted": float(rounded(seen.mean + away * seen.half_width, 3)), "where": where,
    }  # fmt: skip


@lru_cache(maxsize=256)
def _of(outs: tuple[float, ...]) -> methods.Interval:
    run = _run((4.0, 4.0, 4.0), (2, 2), 400, _REPLICATIONS, 1)
    return replace(run, replications=run.replications.assign(throughput=outs)).interval("throughput")


def _interval(outs: list[float]) -> methods.Interval:
    """The interval that the subject makes of these runs, as they are stated."""
    return _of(tuple(outs))


def _reading_clear(g: Any) -> bool:
    seen = _interval(g.outs)
    gap = abs(g.wanted - seen.mean) / seen.half_width
    return seen.half_width > 0.012 * seen.mean and (gap < 0.75 if g.where == "open" else gap > 1.25)


def _told(where: str) -> Any:
    texts = {
        "yes": "The whole interval lies above the figure wanted: even its lower end is enough.",
        "no": "The whole interval lies below the figure wanted: even its upper end is not enough.",
        "open": "The figure wanted lies inside the interval: on this evidence the line may do it or may not.",
    }

    def reason(g: Any, a: Any) -> str:
        seen = _interval(g.outs)
        return f"The interval runs from {show(seen.low, 4)} to {show(seen.high, 4)}, wanted are {show(g.wanted)}. {texts[g.where]}"

    return reason


READING = Problem(
    id="methods.line_reading", title="What six runs tell", level=2, minutes=7, outcomes=OUTCOMES,
    covers=("simulate_line",), topics=("variability", "how sure are you"), needs=NEEDS,
    draw=lambda rng, plant: shaped(lambda: _draw_reading(rng, plant), _reading_clear),
    prompt=(
        "You simulated a line ({line}) six times, each time with other chance. The units an hour stand below. The customer needs {wanted} an hour. "
        "Give the interval that holds the long-run mean with 95 % confidence, and say what you can promise."
    ),
    facts=(FactTable("runs", "Six runs", (Fact("run", "Run"), Fact("out", "Put out", "units an hour"))),
           Fact("sd", "Standard deviation of the six", "units an hour"), Fact("t", "Student's t, six runs, 95 %"), Fact("wanted", "Wanted", "units an hour")),
    parts=(
        Number("mean", "Mean", unit="units an hour", key=lambda g, a: _interval(g.outs).mean, tolerance=Relative(0.002)),
        Number(
            "half", "Half of the interval's width", unit="units an hour", tolerance=Relative(0.02), key=lambda g, a: _interval(g.outs).half_width,
            slips=(
                Slip("n_ge_se", lambda g, a: g.t * g.sd, "That is the spread of single runs. A mean of six varies less: divide by the root of 6."),
                Slip("no_t", lambda g, a: g.sd / 6**0.5, "The factor t is missing. With only six runs it is well above 1."),
                Slip("no_root", lambda g, a: g.t * g.sd / 6, "Divide by the root of 6, not by 6."),
                Slip("z_for_t", lambda g, a: 1.96 * g.sd / 6**0.5, "1.96 would do with many runs. With six, take Student's t."),
            ),
        ),
        Number(
            "low", "Lower end", unit="units an hour", key=lambda g, a: a.mean - a.half, check=lambda g: _interval(g.outs).low,
            tolerance=OfScale(0.003, lambda g, a: a.mean),
            slips=(Slip("upper", lambda g, a: a.mean + a.half, "That is the upper end. A promise leans on the lower one."),),
        ),
        Choice(
            "tell", "What do you tell the planner?", key=lambda g, a: g.where,
            options=(
                Option("yes", "The line will do what is wanted, in the long run", _told("yes")),
                Option("no", "It will not do it, as it stands", _told("no")),
                Option("open", "It cannot be said yet: make more runs", _told("open")),
                Option("best_run", "Some runs reached it or came near, so it can be done",
                       "One run is chance. What is promised every day is the long-run mean; look at where its interval lies."),
            ),
        ),
    ),
    hints=("Half of the width is t × deviation ÷ √6. Then go down from the mean.", "Compare the figure wanted with both ends of the interval."),
    steps=(
        "The mean of the six is {mean}.",
        lambda g, a: f"Half width: {show(g.t)} × {show(g.sd)} ÷ √6 = {show(g.t * g.sd / 6**0.5, 3)} units an hour.",
        lambda g, a: f"Lower end: {show(a.mean)} − {show(a.half)} = {show(a.low)}; upper end: {show(a.mean)} + {show(a.half)} = {show(a.mean + a.half)}.",
        lambda g, a: _told(g.where)(g, a),
    ),
)  # fmt: skip

PLACES = 3
_UNITS, _RUNS = 600, 40


def _draw_places(rng: np.random.Generator, plant: Plant) -> dict[str, Any]:
    names = _names(rng, plant, 4, "a problem on buffers")

    def draw() -> dict[str, Any]:
        minutes = [int(x) for x in rng.choice((6, 8, 9, 10), size=4)]
        minutes[int(rng.integers(4))] = int(rng.choice((12, 14)))
        return {
            "stations": [{"station": s, "minutes": m} for s, m in zip(names, minutes, strict=True)],
            "minutes": tuple(float(m) for m in minutes), "seed": int(rng.integers(1, 10_000)),
        }  # fmt: skip

    return shaped(draw, lambda g: max(g.minutes) > sorted(g.minutes)[-2])


def _gaps(g: Any) -> list[Field]:
    names = [x["station"] for x in g.stations]
    return [Field(f"gap{i}", f"Between {a} and {b}", "places") for i, (a, b) in enumerate(pairwise(names), 1)]


def _places(g: Any, x: Any) -> tuple[int, ...]:
    return tuple(int(v) if v == int(v) else v for v in (x[f"gap{i}"] for i in (1, 2, 3)))


def _hours(g: Any, a: Any, x: tuple[int, ...]) -> float:
    """Hours for 100 units."""
    return 100 / _run(g.minutes, x, _UNITS, _RUNS, g.seed).throughput


def _place_clashes(g: Any, a: Any, x: tuple[int, ...]) -> list[str]:
    if any(n != int(n) for n in x):
        return ["A place is there or not: type whole numbers."]
    if min(x) < 0:
        return ["No gap has fewer than 0 places."]
    return [] if sum(x) <= PLACES else [f"You placed {sum(x)}; there is room for {PLACES}."]


def _splits() -> list[tuple[int, ...]]:
    return [x for x in product(range(PLACES + 1), repeat=3) if sum(x) == PLACES]


BUFFERS = Problem(
    id="methods.buffer_places", title="Where to put three buffer places", level=3, minutes=8, outcomes=OUTCOMES,
    covers=("simulate_line",), topics=("variability", "buffers against blocking"), needs=NEEDS, draw=_draw_places,
    prompt=(
        "Four stations in a row, no place between them: who is done and finds the next one busy stands blocked, who finds nothing starves. "
        "All times vary by chance (exponential). There is room for 3 places in all. Where do you put them, so that 100 units come out soonest? "
        "Your plan is judged by the hours for 100 units in a simulation, the same chance for every plan."
    ),
    facts=(FactTable("stations", "The line, in order", (Fact("station", "Station"), Fact("minutes", "Time of a unit on average", "minutes"))),),
    parts=(
        Plan(
            "places", "Places", fields=_gaps, parse=_places, clashes=_place_clashes, cost=_hours,
            key=lambda g, a: min(_splits(), key=lambda x: _hours(g, a, x)),
            typed=lambda x: {f"gap{i}": n for i, n in enumerate(x, 1)},
            basis=lambda g, a: "the best of the ten ways, " + "-".join(str(n) for n in a.places) + ",",
            unit="hours for 100 units", good=0.01, poor=0.07,
        ),
    ),
    hints=("Which station must never stand? Places before it keep it fed, places behind it keep it from being blocked.",
           "Places far from the slowest station help it little. Then think of both sides of it, and of the middle of the line."),
    steps=(
        lambda g, a: "The slowest station is " + max(g.stations, key=lambda x: x["minutes"])["station"] + ": a lost minute there is lost for the line.",
        lambda g, a: "Hours for 100 units: " + "; ".join(f"places {'-'.join(map(str, x))}: {show(_hours(g, a, x), 4)}" for x in _splits()) + ".",
        "Least: {places}. Ways within one percent of it are as good; the next chance may turn them round.",
    ),
)  # fmt: skip

PROBLEMS = (LITTLE, MARKS, READING, BUFFERS)
