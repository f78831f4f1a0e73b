"""Work and lines: two models, a method worth its fixture, estimates, and figures that nobody needs."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING, Any

from .... import methods
from ...draws import around, between, pick, rounded, shaped, sold
from ...numbers import show
from ...parts import Choice, Choices, Number, Option, Slip
from ...problem import Fact, FactTable, Problem
from ...tolerance import FactorOf, OfScale, Relative
from .balance_rows import NEEDS, line_tasks
from .balance_rows import OUTCOMES as LINE
from .time_study import OUTCOMES as WORK
from .time_study import an_operation

if TYPE_CHECKING:
    import numpy as np

    from ....plant import Plant

# Two models on one line


def _draw_models(rng: np.random.Generator, plant: Plant) -> dict[str, Any]:
    line = line_tasks(rng, plant, 6, "a problem on two models")
    base = sum(x["seconds"] for x in line["tasks"]) / 3

    def draw() -> dict[str, Any]:
        stations = [
            {"station": i, "plain": float(rounded(base * between(rng, 0.75, 1.05))), "rich": float(rounded(base * between(rng, 0.7, 1.5)))}
            for i in (1, 2, 3)
        ]  # fmt: skip
        share = float(rng.choice([0.6, 0.65, 0.7, 0.75, 0.8]))
        weighted = max(share * x["plain"] + (1 - share) * x["rich"] for x in stations)
        takt = float(rounded(weighted * between(rng, 1.01, 1.1)))
        return {"line": line["line"], "stations": stations, "share": share, "takt": takt, "row": int(rng.integers(3, 7))}  # fmt: skip

    return shaped(draw, _models_apart, 200)


def _weighted(g: Any) -> list[float]:
    return [g.share * x["plain"] + (1 - g.share) * x["rich"] for x in g.stations]


def _over(g: Any) -> float:
    return float(max(x["rich"] for x in g.stations) - g.takt)


def _models_apart(g: Any) -> bool:
    weighted = _weighted(g)
    plain = max((x["plain"] + x["rich"]) / 2 for x in g.stations)
    wrong_way = max((1 - g.share) * x["plain"] + g.share * x["rich"] for x in g.stations)
    longest = max(x["rich"] for x in g.stations)
    return (
        max(weighted) <= g.takt
        and _over(g) > 0.06 * g.takt
        and sorted(x["rich"] for x in g.stations)[1] < longest
        and max(x["plain"] for x in g.stations) < g.takt
        and all(abs(x / max(weighted) - 1) > 0.02 for x in (plain, wrong_way, longest))
        and abs(plain / wrong_way - 1) > 0.012
        and abs(wrong_way / longest - 1) > 0.012
    )


@lru_cache(maxsize=256)
def _two(rows: tuple[tuple[float, float], ...], share: float, takt: float) -> methods.LineBalance:
    import pandas as pd

    table = pd.DataFrame(
        [
            (f"station {i}", seconds, "", model, part)
            for i, row in enumerate(rows, 1)
            for seconds, model, part in zip(row, ("plain", "rich"), (share, 1 - share), strict=True)
        ],
        columns=["task", "seconds", "after", "model", "mix_share"],
    )
    at = {f"station {i}": i for i in range(1, len(rows) + 1)}
    return methods.line_balance(table, assigned=at, cycle_time=takt)


def _mixed(g: Any) -> methods.LineBalance:
    return _two(tuple((x["plain"], x["rich"]) for x in g.stations), g.share, g.takt)


MODELS = Problem(
    id="methods.two_models", title="Two models on one line", level=3, minutes=6, outcomes=LINE, covers=("line_balance",), topics=("mixed models",), needs=NEEDS, draw=_draw_models,
    prompt=(
        "The {line} builds a plain and a rich model, one after the other in any order; {share} of the units are plain. A unit must leave every {takt} seconds. "
        "What load does the fullest station have, weighted over the models? By how much does the rich model overrun the takt where it is worst? "
        "And how far behind is that station after {row} rich units in a row, if it starts even?"
    ),
    facts=(FactTable("stations", "Work by station", (Fact("station", "Station"), Fact("plain", "Plain", "seconds"), Fact("rich", "Rich", "seconds"))),
           Fact("share", "Plain units", percent=True), Fact("takt", "Takt", "seconds"), Fact("row", "Rich units in a row")),
    parts=(
        Number(
            "load", "Fullest station, weighted", unit="seconds", key=lambda g, a: _mixed(g).slowest.load,
            slips=(
                Slip("plain_mean", lambda g, a: max((x["plain"] + x["rich"]) / 2 for x in g.stations), "That is the plain mean of both models. Weight each with its share of the units."),
                Slip("shares_swapped", lambda g, a: max((1 - g.share) * x["plain"] + g.share * x["rich"] for x in g.stations), "The shares are swapped: the plain model has the larger one."),
                Slip("worst_model", lambda g, a: max(x["rich"] for x in g.stations), "That is the rich model alone, which is asked next. Weight both."),
            ),
        ),
        Number(
            "over", "The rich model overruns by", unit="seconds", tolerance=OfScale(0.002, lambda g, a: g.takt), key=lambda g, a: float(_mixed(g).models["overload"].max()),
            slips=(Slip("from_load", lambda g, a: max(x["rich"] for x in g.stations) - a.load, "That is held against the weighted load. The next unit comes after a takt: hold it against that."),),
        ),
        Number(
            "behind", "Behind after the row", unit="seconds", tolerance=OfScale(0.01, lambda g, a: g.takt), key=lambda g, a: a.over * g.row, check=lambda g: float(_mixed(g).models["overload"].max()) * g.row,
            slips=(Slip("one_less", lambda g, a: a.over * (g.row - 1), "Every one of them overruns, the last one too."),),
        ),
    ),
    hints=("Weighted load of a station: share of plain × its time + share of rich × its time.", "What one rich unit leaves over, the next one finds. Only plain units let the station catch up."),
    steps=(
        lambda g, a: "; ".join(f"station {x['station']}: {show(g.share)} × {show(x['plain'])} + {show(1 - g.share)} × {show(x['rich'])} = {show(w)}" for x, w in zip(g.stations, _weighted(g), strict=True)) + f". The fullest has {show(a.load)} seconds: within the takt.",
        lambda g, a: f"Rich at its worst: {show(max(x['rich'] for x in g.stations))} − {show(g.takt)} = {show(a.over)} seconds over.",
        lambda g, a: f"After the row: {show(a.over)} × {g.row} = {show(a.behind)} seconds. Mixed evenly the plain units make up for it; in a row they cannot.",
    ),
)  # fmt: skip

# A method worth its fixture

WEEKS = 48


def _draw_fixture(rng: np.random.Generator, plant: Plant) -> dict[str, Any]:
    purpose = "a problem on a new method"
    table = plant.need("motions", 4, purpose)
    seconds = dict(zip(table["motion"].astype(str), table["seconds"].astype(float), strict=True))
    studies = plant.need("motion_studies", 1, purpose)
    names = list(dict.fromkeys(studies["operation"].astype(str)))

    def draw() -> dict[str, Any]:
        codes = sorted(str(c) for c in rng.choice(sorted(seconds), size=4, replace=False))
        motions = []
        for c in codes:
            today = int(rng.integers(2, 7))
            new = max(0, today - int(rng.integers(0, 4)))
            motions.append(
                {"motion": c, "seconds": max(0.05, round(seconds[c], 2)), "today": today, "new": new}
            )
        given: dict[str, Any] = {
            "operation": names[int(rng.integers(len(names)))], "motions": motions, "allowance": float(rng.integers(13, 19)) / 100,
            "units": int(rng.integers(8, 60)) * 100, "wage": float(rng.integers(20, 36)), "weeks": WEEKS, "limit": int(rng.choice([12, 18])),
        }  # fmt: skip
        saving = _saving(given["motions"], given["allowance"]) * given["units"] * WEEKS / 3600 * given["wage"]
        months = given["limit"] * float(rng.choice([between(rng, 0.4, 0.8), between(rng, 1.25, 1.9)]))
        return {**given, "cost": float(rounded(saving * months / 12))}

    return shaped(draw, lambda g: _saving(g.motions, g.allowance) > 0.4 and g.cost >= 100)


def _saving(motions: list[dict[str, Any]], allowance: float) -> float:
    plain = sum(x["seconds"] * (x["today"] - x["new"]) for x in motions)
    return float(plain / (1 - allowance))


@lru_cache(maxsize=256)
def _method(
    counts: tuple[tuple[str, float], ...], table: tuple[tuple[str, float], ...], allowance: float
) -> float:
    return methods.predetermined_time(dict(counts), dict(table), allowance=allowance).standard


def _saved(g: Any, allowance: float) -> float:
    table = tuple((x["motion"], x["seconds"]) for x in g.motions)
    today, new = (tuple((x["motion"], float(x[k])) for x in g.motions) for k in ("today", "new"))
    return _method(today, table, allowance) - _method(new, table, allowance)


FIXTURE = Problem(
    id="methods.new_method", title="Is the fixture worth its money?", level=2, minutes=8, outcomes=WORK, covers=("predetermined_time",),
    topics=("predetermined times", "on the floor"), needs=("motions", "motion_studies"), draw=_draw_fixture,
    prompt=(
        "A fixture would save motions in '{operation}'. The table says how often each motion comes in a unit, today and with it. "
        "Allowance: {allowance} of shift time. {units} units a week are made, {weeks} weeks a year; the hours that come free are used for other work and are worth the wage. "
        "The fixture costs {cost} {currency}, and the plant wants its money back within {limit} months. Does it come, and what do you do?"
    ),
    facts=(
        FactTable("motions", "The motions", (Fact("motion", "Motion"), Fact("seconds", "Takes", "seconds"), Fact("today", "Today", "times"), Fact("new", "With it", "times"))),
        Fact("allowance", "Allowance, of shift time", percent=True), Fact("units", "Made", "units a week"), Fact("weeks", "Weeks a year"), Fact("wage", "Wage", "{currency} an hour"),
        Fact("cost", "The fixture", "{currency}"), Fact("limit", "Back within", "months"),
    ),
    parts=(
        Number(
            "saved", "Standard time saved a unit", unit="seconds", tolerance=Relative(0.005), key=lambda g, a: _saved(g, g.allowance),
            slips=(
                Slip("no_allowance", lambda g, a: _saved(g, 0.0), "That is at normal pace. Paid time has the allowance in it: divide by what is left of the shift."),
                Slip("st_wrong_base", lambda g, a: _saved(g, 0.0) * (1 + g.allowance), "That takes the allowance on the job's time. Of shift time: divide by what is left of it."),
            ),
        ),
        Number(
            "year", "Saved a year", unit="{currency}", tolerance=Relative(0.01), key=lambda g, a: a.saved * g.units * g.weeks / 3600 * g.wage, check=lambda g: _saved(g, g.allowance) * g.units * g.weeks / 3600 * g.wage,
            slips=(
                Slip("one_week", lambda g, a: a.saved * g.units / 3600 * g.wage, "That is one week. How many weeks of work has the year?"),
                Slip("minutes", lambda g, a: a.saved * g.units * g.weeks / 60 * g.wage, "The wage is for an hour: 3,600 seconds."),
            ),
        ),
        Number(
            "months", "The money is back after", unit="months", tolerance=Relative(0.015), key=lambda g, a: 12 * g.cost / a.year, check=lambda g: 12 * g.cost / (_saved(g, g.allowance) * g.units * g.weeks / 3600 * g.wage),
            slips=(Slip("inverted", lambda g, a: 12 * a.year / g.cost, "Upside down: cost divided by what is saved in a month."),),
        ),
        Choice(
            "do", "What do you do?", key=lambda g, a: "buy" if a.months <= g.limit else "cheaper",
            options=(
                Option("buy", "Buy it, and try it out with those who do the work", lambda g, a: f"It is back after {show(12 * g.cost / _yearly(g), 3)} months, wanted are {g.limit}. Who works with it all day finds in an hour what the drawing forgot."),
                Option("cheaper", "Not at this price: look with those who do the work for a simpler one", lambda g, a: f"It is back after {show(12 * g.cost / _yearly(g), 3)} months, wanted are {g.limit}. Often a bin moved nearer saves half of it for nothing."),
                Option("norm", "Leave the fixture, and cut the standard by the seconds all the same", "The motions are still there. A standard without its method is only a faster pace, and the wrists pay for it."),
                Option("people", "Buy it, and send one person home", "The hours come free in seconds a unit, over all. And who loses a job by a good idea was the last to have one."),
            ),
        ),
    ),
    hints=("Only motions that come less often count: seconds × fewer times, then the allowance.", "Seconds a unit × units a year ÷ 3,600 are hours. Months: cost ÷ saving of a month."),
    steps=(
        lambda g, a: "At normal pace: " + " + ".join(f"{show(x['seconds'])} × {x['today'] - x['new']}" for x in g.motions if x["today"] > x["new"]) + f" = {show(_saved(g, 0.0), 6)} seconds.",
        lambda g, a: f"With the allowance: {show(_saved(g, 0.0), 6)} ÷ (1 − {show(g.allowance)}) = {show(a.saved)} seconds.",
        lambda g, a: f"A year: {show(a.saved)} × {g.units} × {g.weeks} ÷ 3,600 × {show(g.wage)} = {show(a.year)}. Months: 12 × {show(g.cost)} ÷ {show(a.year)} = {show(a.months)}.",
        lambda g, a: f"Wanted are {g.limit} months: {'buy it' if a.do == 'buy' else 'not at this price'}.",
    ),
)  # fmt: skip


def _yearly(g: Any) -> float:
    return float(_saved(g, g.allowance) * g.units * g.weeks / 3600 * g.wage)


# Estimates


def _draw_units(rng: np.random.Generator, plant: Plant) -> dict[str, Any]:
    operation, found = an_operation(rng, plant, 1, "an estimate")
    hours = float(plant.table("about").iloc[0]["hours_per_shift"])
    observed = float(around(rng, float(found["mean"].sum()), 0.3, 3))
    return {"operation": operation, "observed": observed, "rating": float(rng.choice([1.25, 1.3])), "allowance": 0.15, "hours": hours}  # fmt: skip


UNITS = Problem(
    id="methods.estimate_standard", title="Estimate first: how many in a shift?", level=1, minutes=2, outcomes=WORK, covers=("standard_time",), topics=("estimate first", "time study"),
    needs=("time_studies",), draw=_draw_units,
    prompt=(
        "You stand beside '{operation}' and see a fast worker, a rating of {rating}, take {observed} seconds. {allowance} of the shift of {hours} hours go for rest. "
        "Without paper: about how many will the standard ask for in a shift? Within a factor of 1.15 is near enough."
    ),
    facts=(Fact("observed", "Time seen", "seconds"), Fact("rating", "Rating"), Fact("allowance", "Allowance, of shift time", percent=True), Fact("hours", "Shift", "hours")),
    parts=(
        Number("units", "About", unit="units", tolerance=FactorOf(1.15), key=lambda g, a: methods.standard_time([g.observed], rating=g.rating, allowance=g.allowance).units_in(3600 * g.hours),
               slips=(Slip("as_seen", lambda g, a: 3600 * g.hours / g.observed, "That is at this worker's pace, without rest. Both the rating and the allowance take some off."),)),
    ),
    hints=("Which way does the rating push, and which way the allowance? Take them off the round number together.",),
    steps=(lambda g, a: f"As seen it would be 3,600 × {show(g.hours)} ÷ {show(g.observed)} = {show(3600 * g.hours / g.observed)}.",
           lambda g, a: f"Normal pace is slower, and rest takes its part: × (1 − {show(g.allowance)}) ÷ {show(g.rating)}, which leaves {show(a.units)} units, about {show(100 * (1 - g.allowance) / g.rating, 2)} in a hundred."),
)  # fmt: skip


def _draw_row(rng: np.random.Generator, plant: Plant) -> dict[str, Any]:
    line = line_tasks(rng, plant, 6, "an estimate")
    content = round(sum(x["seconds"] for x in line["tasks"]) * between(rng, 0.9, 1.3))
    hours = float(plant.table("about").iloc[0]["hours_per_shift"])
    return {"line": line["line"], "content": content, "hours": hours, "demand": max(2, round(3600 * hours * between(rng, 3.1, 9.4) / content))}  # fmt: skip


ROW = Problem(
    id="methods.estimate_people", title="Estimate first: how many people at the line?", level=1, minutes=2, outcomes=LINE, covers=("takt_time",), topics=("estimate first", "line balance"),
    needs=NEEDS, draw=_draw_row,
    prompt=(
        "Somebody asks you at lunch: the {line} is to make {demand} units in a shift of {hours} hours. A unit is {content} seconds of work. "
        "Without paper: about how many people, if all went evenly and nobody took a break? Within a factor of 1.2 is near enough."
    ),
    facts=(Fact("demand", "Wanted", "units a shift"), Fact("hours", "Shift", "hours"), Fact("content", "Work in a unit", "seconds")),
    parts=(
        Number("people", "About", unit="people", tolerance=FactorOf(1.2), key=lambda g, a: g.content / methods.takt_time(3600 * g.hours, g.demand),
               slips=(Slip("upside", lambda g, a: 3600 * g.hours / (g.demand * g.content), "Upside down: that is how much of a person's shift stands against the work."),)),
    ),
    hints=("A shift of eight hours is nearly thirty thousand seconds. How many seconds of work are wanted in it?",),
    steps=(lambda g, a: f"A unit every 3,600 × {show(g.hours)} ÷ {g.demand} = {show(3600 * g.hours / g.demand)} seconds. {g.content} ÷ {show(3600 * g.hours / g.demand)} = {show(a.people)} people; with breaks and an uneven line some more.",),
)  # fmt: skip

# Data that nobody needs


def _draw_takt(rng: np.random.Generator, plant: Plant) -> dict[str, Any]:
    line = line_tasks(rng, plant, 6, "a takt problem")
    item = pick(rng, sold(plant, "a takt problem").head(30))
    hours = float(plant.table("about").iloc[0]["hours_per_shift"])
    content = float(rounded(sum(x["seconds"] for x in line["tasks"])))
    return {
        "line": line["line"], "item": item.Index, "demand": int(rng.integers(12, 90)) * 10, "hours": hours, "breaks": float(rng.choice([30, 40, 45, 50])), "scrap": float(rng.choice([0.02, 0.03, 0.04, 0.05])),
        "content": content, "slowest": float(rounded(content * between(rng, 0.2, 0.4))), "people": int(rng.integers(4, 9)), "wage": float(rng.integers(19, 34)),
    }  # fmt: skip


def _beat(g: Any, scrap: float | None = None, breaks: float | None = None) -> float:
    off = 60 * (g.breaks if breaks is None else breaks)
    return methods.takt_time(
        3600 * g.hours, g.demand, breaks=off, scrap_share=g.scrap if scrap is None else scrap
    )


TAKT = Problem(
    id="methods.takt_not_needed", title="Which figures make the takt?", level=1, minutes=4, outcomes=LINE, covers=("takt_time",), topics=("data not needed",), needs=("tasks", "items", "demand"),
    draw=lambda rng, plant: shaped(lambda: _draw_takt(rng, plant), lambda g: abs(g.slowest / _beat(g) - 1) > 0.06),
    prompt=(
        "For {item} at the {line} you are handed a sheet of figures. Customers want {demand} good {unit} in the one shift of a day. "
        "Tick the figures that the takt depends on, if a part of what is started turns out bad. Then give the takt: the time between two that are started."
    ),
    facts=(Fact("demand", "Good ones wanted", "{unit} a day"), Fact("content", "Work in one", "seconds"), Fact("hours", "The shift, paid", "hours"), Fact("slowest", "Slowest station", "seconds"),
           Fact("breaks", "Breaks", "minutes"), Fact("people", "People at the line"), Fact("scrap", "Bad, of those started", percent=True), Fact("wage", "Wage", "{currency} an hour")),
    parts=(
        Choices(
            "needed", "The takt depends on", key=lambda g, a: ("demand", "hours", "breaks", "scrap"),
            options=(
                Option("demand", "Good ones wanted", "Needed: the customer sets the beat."),
                Option("hours", "Length of the shift", "Needed: it is the time that the demand is spread over."),
                Option("breaks", "Breaks", "Needed: nobody works then, so the time is shorter."),
                Option("scrap", "Bad among those started", "Needed here: more must be started than are wanted."),
                Option("content", "Work in one", "Not needed: it says how many people it takes to keep the takt."),
                Option("slowest", "Slowest station", "Not needed: that is what the line can do. The takt is what it should do."),
                Option("people", "People at the line", "Not needed: they follow from the takt, not the other way round."),
                Option("wage", "Wage", "Not needed: it says what the line costs."),
            ),
        ),
        Number(
            "takt", "Takt", unit="seconds", key=lambda g, a: _beat(g), tolerance=Relative(0.004),
            slips=(
                Slip("takt_scrap", lambda g, a: _beat(g, scrap=0.0), "That gives as many as are wanted, bad ones among them. Start more: the takt is shorter."),
                Slip("takt_breaks", lambda g, a: _beat(g, breaks=0.0), "The breaks are still in it. Take them off the shift first."),
                Slip("takt_is_cycle", lambda g, a: g.slowest, "That is the slowest station: the line's own pace. The takt is the customer's."),
            ),
        ),
    ),
    hints=("Working time over units. Which figures say something about one of the two?", "To have so many good ones, how many must be started?"),
    steps=("Needed are: {needed}.", lambda g, a: f"({show(3600 * g.hours)} − {show(60 * g.breaks)}) × (1 − {show(g.scrap)}) ÷ {g.demand} = {show(a.takt)} seconds."),
)  # fmt: skip

PROBLEMS = (MODELS, FIXTURE, UNITS, ROW, TAKT)
