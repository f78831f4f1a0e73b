"""Value stream, kanban, quick changeover, an even mix: how work is pulled through the plant."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING, Any

from .... import methods
from ...draws import between, made, pick, rounded, shaped, sold, used
from ...numbers import show
from ...parts import Choice, Number, Option, Slip
from ...problem import Fact, FactTable, Problem
from ...tolerance import Exact, Relative
from .flow_rows import centers

if TYPE_CHECKING:
    import numpy as np

    from ....plant import Plant

OUTCOMES = ("cpim.quality_and_technology", "lesson.04.4")
HAND = Relative(0.01)
KANBAN_NEEDS = ("items", "demand")


def _draw_stream(rng: np.random.Generator, plant: Plant) -> dict[str, Any]:
    item = pick(rng, sold(plant, "a value-stream problem").head(20)).Index
    found = centers(plant, "a value-stream problem")
    names = [
        found[int(i)].code for i in sorted(rng.choice(len(found), size=min(3, len(found)), replace=False))
    ]
    names += [f"step {i}" for i in range(len(names) + 1, 4)]
    hours = float(rng.choice([8, 15, 16]))
    takt = int(rng.choice([60, 72, 90, 120, 150, 180]))
    demand = int(hours * 3600 // takt // 10 * 10)
    slow = bool(rng.integers(2))
    own = [int(takt * between(rng, 0.55, 0.93)) for _ in range(3)]
    if slow:
        own[int(rng.integers(3))] = int(takt * between(rng, 1.06, 1.3))
    stocks = [int(rounded(demand * between(rng, 0.4, 3.5))) for _ in range(4)]
    return {
        "item": item, "hours_per_day": hours, "demand": demand, "finished": stocks[3],
        "steps": [{"step": s, "seconds": t, "stock": n} for s, t, n in zip(names, own, stocks, strict=False)],
    }  # fmt: skip


def _stream(g: Any) -> tuple[float, float, float, bool]:
    """Working days on the way, seconds worked on, value-added share (%), and whether some step is too slow."""
    steps = tuple((x["step"], x["seconds"], x["stock"]) for x in g.steps)
    return _walked(steps, g.demand, g.hours_per_day, g.finished)


@lru_cache(maxsize=256)
def _walked(
    steps: tuple[tuple[str, int, int], ...], demand: int, hours: float, finished: int
) -> tuple[float, float, float, bool]:
    stream = methods.value_stream(
        [{"step": s, "run_hours": t / 3600, "stock": n} for s, t, n in steps],
        daily_demand=demand, hours_per_day=hours, finished_stock=finished,
    )  # fmt: skip
    return (
        stream.lead_time_days,
        3600 * stream.value_added_time,
        100 * stream.value_added_share,
        bool(stream.too_slow),
    )


def _stock(g: Any) -> float:
    return float(sum(x["stock"] for x in g.steps) + g.finished)


def _seconds(g: Any) -> float:
    return float(sum(x["seconds"] for x in g.steps))


def _takt(g: Any) -> float:
    return float(3600 * g.hours_per_day / g.demand)


def _slow(g: Any) -> list[str]:
    return [x["step"] for x in g.steps if x["seconds"] > _takt(g)]


def _takt_reason(g: Any, a: Any) -> str:
    worst = max(g.steps, key=lambda x: x["seconds"])
    return f"The takt is {show(_takt(g), 4)} seconds a unit; the slowest step, {worst['step']}, takes {show(worst['seconds'])}."


VALUE_STREAM = Problem(
    id="methods.value_stream", title="A walk along the value stream", level=2, minutes=8, outcomes=OUTCOMES,
    covers=("value_stream", "takt_time"), topics=("value stream",), needs=("items", "demand", "workcenters", "routings"),
    draw=lambda rng, plant: shaped(lambda: _draw_stream(rng, plant), lambda g: abs(_takt(g) - 60) > 1 and _seconds(g) / 3600 < 0.005 * _stock(g) / g.demand * g.hours_per_day),
    prompt=(
        "You walk along the stream of {item} and count what lies before each step. Behind the last one {finished} finished units lie. "
        "Customers take {demand} a day. How long is a unit on its way, how much of that is work on it, what share is that, and can the steps keep "
        "the customers' beat? Steps pass on one unit at a time; there are no setups."
    ),
    facts=(FactTable("steps", "The stream, in order", (Fact("step", "Step"), Fact("seconds", "Time of a unit", "seconds"), Fact("stock", "Units before it"))),
           Fact("finished", "Finished units"), Fact("demand", "Demand", "units a day"), Fact("hours_per_day", "Working hours", "a day")),
    parts=(
        Number(
            "days", "A unit is on its way for", unit="working days", tolerance=HAND, key=lambda g, a: _stream(g)[0],
            by_hand=(lambda g, a: _stock(g) / g.demand,),
            slips=(
                Slip("finished_out", lambda g, a: (_stock(g) - g.finished) / g.demand, "The finished units wait too: they are part of the way to the customer."),
                Slip("littles_inverted", lambda g, a: g.demand / _stock(g), "Upside down: stock divided by what leaves a day is the time on the way."),
                Slip("mean_stock", lambda g, a: _stock(g) / 4 / g.demand, "A unit waits at each of the four places, one after the other: add them up."),
            ),
        ),
        Number(
            "worked", "Of that, it is worked on for", unit="seconds", key=lambda g, a: _stream(g)[1],
            slips=(Slip("slowest", lambda g, a: max(x["seconds"] for x in g.steps), "That is the slowest step alone. All three work on the unit."),),
        ),
        Number(
            "share", "Value-added share", unit="%", tolerance=Relative(0.015),
            key=lambda g, a: 100 * a.worked / 3600 / (a.days * g.hours_per_day), check=lambda g: _stream(g)[2],
            slips=(
                Slip("day_of_24", lambda g, a: 100 * a.worked / 3600 / (a.days * 24), "The way is counted in working days. Take the hours that are worked."),
                Slip("no_seconds", lambda g, a: 100 * a.worked / (a.days * g.hours_per_day), "Seconds over hours. Put both on one time."),
            ),
        ),
        Choice(
            "beat", "Can the steps keep the beat?", key=lambda g, a: "no" if _stream(g)[3] else "yes",
            options=(
                Option("yes", "Yes, every step is faster than the takt", lambda g, a: _takt_reason(g, a) + " Hold every step against the takt."),
                Option("no", "No, one step is slower than the takt", lambda g, a: _takt_reason(g, a) + " That alone says whether it keeps up."),
                Option("sum", "No, the three together take longer than the takt", "Each step works on another unit at the same time. Each alone must keep the takt."),
            ),
        ),
    ),
    hints=(
        "By Little's law a stock lasts stock ÷ demand days. Add up all four places.",
        "For the beat divide the working seconds of a day by the demand, and look at each step.",
    ),
    steps=(
        lambda g, a: f"Stock: {' + '.join(show(x['stock']) for x in g.steps)} + {show(g.finished)} = {show(_stock(g))}. "
                     f"At {show(g.demand)} a day it lasts {show(a.days)} working days (the work on it adds next to nothing).",
        lambda g, a: f"Work: {' + '.join(show(x['seconds']) for x in g.steps)} = {show(a.worked)} seconds.",
        lambda g, a: f"Share: {show(a.worked)} ÷ 3,600 hours of work in {show(a.days)} × {show(g.hours_per_day)} hours: {show(a.share)} %.",
        lambda g, a: _takt_reason(g, a) + (" So it cannot keep up." if a.beat == "no" else " So all keep up."),
    ),
)  # fmt: skip


def _draw_cards(rng: np.random.Generator, plant: Plant) -> dict[str, Any]:
    row = pick(rng, used(plant, "a kanban problem").head(40))
    hours = float(rng.choice([8, 15, 16]))
    daily = max(float(rounded(row.yearly_use / 250)), 20.0)

    def draw() -> dict[str, Any]:
        lead = float(rng.integers(2, 13))
        safety = float(rng.choice([0.1, 0.15, 0.2, 0.25]))
        need = daily * lead / hours * (1 + safety)
        return {
            "item": row.Index, "daily": daily, "hours_per_day": hours, "lead_hours": lead, "safety": safety,
            "container": max(2, int(rounded(need / between(rng, 3, 9.5)))),
        }  # fmt: skip

    return shaped(draw, lambda g: 0.17 < _raw(g) % 1 < 0.83 and _raw(g) > 2 and abs(_plain(g) - _cards(g)) > 0.2 and abs(_plain(g) % 1) > 0.02
                  and -(-_plain(g) // 1) != _cards(g))  # fmt: skip


def _plain(g: Any) -> float:
    """Containers that the demand in the lead time fills."""
    return float(g.daily * g.lead_hours / g.hours_per_day / g.container)


def _raw(g: Any) -> float:
    return _plain(g) * float(1 + g.safety)


def _cards(g: Any) -> int:
    return methods.kanban_cards(g.daily, g.lead_hours / g.hours_per_day, g.container, safety_share=g.safety)


KANBAN = Problem(
    id="methods.kanban_cards", title="How many kanban cards?", level=1, minutes=4, outcomes=OUTCOMES,
    covers=("kanban_cards",), topics=("kanban count",), needs=KANBAN_NEEDS, draw=_draw_cards,
    prompt=(
        "{item} is pulled by cards, one on each container of {container}. From the moment a card is taken off until its container is back full, "
        "{lead_hours} working hours pass. Over the use in that time, {safety} more is kept. How many cards does it take, and how many "
        "{unit} can they hold at most?"
    ),
    facts=(Fact("daily", "Use", "{unit} a working day"), Fact("hours_per_day", "Working hours", "a day"), Fact("lead_hours", "Time to come back", "working hours"),
           Fact("container", "In one container", "{unit}"), Fact("safety", "Kept above the use in that time", percent=True)),
    parts=(
        Number(
            "cards", "Cards", unit="cards", key=lambda g, a: _cards(g), raw=lambda g, a: _raw(g), tolerance=Exact(),
            slips=(
                Slip("kanban_hours", lambda g, a: -(-g.daily * g.lead_hours * (1 + g.safety) / g.container // 1),
                     "Use a day times hours. Put both on one time: what is used in an hour, or what part of a day is it?"),
                Slip("kanban_no_safety", lambda g, a: -(-_plain(g) // 1), "What is kept above the use is left out: {safety} more."),
                Slip("kanban_times_C", lambda g, a: g.daily * g.lead_hours / g.hours_per_day * (1 + g.safety) * g.container,
                     "Each card stands for a whole container. Divide by what is in one."),
                Slip("units_for_cards", lambda g, a: g.daily * g.lead_hours / g.hours_per_day * (1 + g.safety),
                     "That is in units. How many containers is it?"),
            ),
        ),
        Number(
            "most", "They hold at most", unit="{unit}", key=lambda g, a: a.cards * g.container, check=lambda g: _cards(g) * g.container,
            slips=(Slip("one_out", lambda g, a: (a.cards - 1) * g.container, "All containers may be full at once, when nothing is used for a while."),),
        ),
    ),
    hints=("What is used while a container is away? Work in hours or in days, but in one of them.", "Cards = use in that time × (1 + what is kept above) ÷ container, rounded up."),
    steps=(
        lambda g, a: f"Used while it is away: {show(g.daily)} × {show(g.lead_hours)} ÷ {show(g.hours_per_day)} = {show(_plain(g) * g.container)}.",
        lambda g, a: f"Cards: {show(_plain(g) * g.container)} × (1 + {show(g.safety)}) ÷ {show(g.container)} = {show(_raw(g))}, rounded up to {show(a.cards)}.",
        lambda g, a: f"At most {show(a.cards)} × {show(g.container)} = {show(a.most)}.",
    ),
)  # fmt: skip


def _draw_halved(rng: np.random.Generator, plant: Plant) -> dict[str, Any]:
    row = pick(rng, made(plant, "a kanban problem").head(40))
    hours = float(rng.choice([8, 15, 16]))
    daily = max(float(rounded(row.yearly_use / 250)), 20.0)

    def draw() -> dict[str, Any]:
        setup = float(rng.choice([1, 1.5, 2, 2.5, 3, 4]))
        run, move = float(rng.integers(2, 9)), float(rng.choice([0.5, 1, 1.5, 2]))
        safety = float(rng.choice([0.1, 0.15, 0.2]))
        need = daily * (setup + run + move) / hours * (1 + safety)
        return {
            "item": row.Index, "daily": daily, "hours_per_day": hours, "setup": setup, "run": run, "move": move, "safety": safety,
            "container": max(2, int(rounded(need / between(rng, 6, 14)))),
        }  # fmt: skip

    def good(g: Any) -> bool:
        return all(0.17 < _halved_raw(g, f, r) % 1 < 0.83 for f, r in ((1, 1), (0.5, 0.5))) and (
            len({_halved(g, f, r) for f, r in ((1, 1), (0.5, 1), (0.5, 0.5))} | {-(-_halved(g, 1, 1) // 2)})
            == 4
            and min(_halved_raw(g, 0.5, 1) % 1, 1 - _halved_raw(g, 0.5, 1) % 1) > 0.05
        )

    return shaped(draw, good, 150)


def _halved_raw(g: Any, setup: float, run: float) -> float:
    hours = setup * g.setup + run * g.run + g.move
    return float(g.daily * hours / g.hours_per_day * (1 + g.safety) / g.container)


def _halved(g: Any, setup: float, run: float) -> int:
    """Cards with these parts of today's setup and run of a lot."""
    hours = setup * g.setup + run * g.run + g.move
    return methods.kanban_cards(g.daily, hours / g.hours_per_day, g.container, safety_share=g.safety)


HALVED = Problem(
    id="methods.kanban_setup_halved", title="Kanbans after the setup is halved", level=2, minutes=7, outcomes=OUTCOMES,
    covers=("kanban_cards",), topics=("kanban count", "kanbans after setup is halved"), needs=KANBAN_NEEDS, draw=_draw_halved,
    prompt=(
        "{item} is pulled by cards, one on each container of {container}. A card's way back is the setup, the run of a lot, and waiting with transport. "
        "Now the setup is halved, and the lot with it: the standstill of a week stays as it was, and a lot runs half as long. How many cards were there, "
        "how many does it take now, and how much less stock is that at most?"
    ),
    facts=(Fact("daily", "Use", "{unit} a working day"), Fact("hours_per_day", "Working hours", "a day"), Fact("setup", "Setup until now", "hours"),
           Fact("run", "A lot ran until now", "hours"), Fact("move", "Waiting and transport", "hours"), Fact("container", "In one container", "{unit}"),
           Fact("safety", "Kept above the use in that time", percent=True)),
    parts=(
        Number(
            "before", "Cards until now", unit="cards", key=lambda g, a: _halved(g, 1, 1), raw=lambda g, a: _halved_raw(g, 1, 1), tolerance=Exact(),
            slips=(
                Slip("kanban_hours", lambda g, a: -(-_halved_raw(g, 1, 1) * g.hours_per_day // 1), "Use a day times hours. Put both on one time."),
                Slip("units_for_cards", lambda g, a: _halved_raw(g, 1, 1) * g.container, "That is in units. How many containers is it?"),
            ),
        ),
        Number(
            "now", "Cards now", unit="cards", key=lambda g, a: _halved(g, 0.5, 0.5), raw=lambda g, a: _halved_raw(g, 0.5, 0.5), tolerance=Exact(),
            slips=(
                Slip("halve_all", lambda g, a: -(-a.before // 2), "Waiting and transport are not halved. Work the way back out again, part by part."),
                Slip("setup_only", lambda g, a: _halved(g, 0.5, 1), "Only the setup is halved so far. The lot is halved too, so it runs half as long."),
            ),
        ),
        Number(
            "less", "Less stock, at most", unit="{unit}", key=lambda g, a: (a.before - a.now) * g.container,
            check=lambda g: (_halved(g, 1, 1) - _halved(g, 0.5, 0.5)) * g.container,
            slips=(Slip("cards_for_units", lambda g, a: a.before - a.now, "That is in cards. How many {unit} do they hold?"),),
        ),
        Choice(
            "how", "How do the cards go?", key=lambda g, a: "one",
            options=(
                Option("one", "One card at a time, watching whether the next station ever waits", "So the first sign of trouble comes while there is still stock to meet it."),
                Option("all", "All at once, on the day of the new setup", "The halved setup has yet to hold in daily work. If it does not, the next station stands."),
                Option("none", "None: the stock may stay as a reserve", "Then the gain never shows, and the reserve hides the next trouble. The share kept above is the reserve."),
            ),
        ),
    ),
    hints=("Write the way back as a sum: setup, run, waiting and transport. Which parts are halved?", "Cards = use in the way back × (1 + what is kept above) ÷ container, rounded up, before and after."),
    steps=(
        lambda g, a: f"Until now {show(g.setup)} + {show(g.run)} + {show(g.move)} = {show(g.setup + g.run + g.move)} hours back: {show(_halved_raw(g, 1, 1), 4)} containers, so {show(a.before)} cards.",
        lambda g, a: f"Now {show(g.setup / 2)} + {show(g.run / 2)} + {show(g.move)} = {show(g.setup / 2 + g.run / 2 + g.move)} hours: {show(_halved_raw(g, 0.5, 0.5), 4)} containers, so {show(a.now)} cards.",
        lambda g, a: f"({show(a.before)} − {show(a.now)}) × {show(g.container)} = {show(a.less)} less.",
        "Take them out: one card at a time, and look.",
    ),
)  # fmt: skip

PROBLEMS = (VALUE_STREAM, KANBAN, HALVED)
