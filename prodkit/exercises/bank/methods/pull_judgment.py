"""Judgment on flow and pull: estimate first, data not needed, which method, and when the demand rises."""

from __future__ import annotations

from math import ceil
from typing import TYPE_CHECKING, Any

from .... import methods
from ...draws import between, pick, rounded, shaped, sold, used
from ...numbers import show
from ...parts import Choice, Choices, Number, Option, Slip
from ...problem import Fact, Problem
from ...signs import options_by_sign
from ...tolerance import Exact, FactorOf
from .flow_rows import centers, one_center
from .pull import OUTCOMES

if TYPE_CHECKING:
    import numpy as np

    from ....plant import Plant


def _draw_estimate(rng: np.random.Generator, plant: Plant) -> dict[str, Any]:
    center = one_center(rng, plant, "an estimate")
    found = [int(rng.integers(11, 95)) for _ in range(4)]
    return {
        "center": center.code, "before": found[0], "racks": found[1], "aisle": found[2], "packing": found[3],
        "week": max(11, int(sum(found) / between(rng, 4.2, 9.5))),
    }  # fmt: skip


def _there(g: Any) -> int:
    return int(g.before + g.racks + g.aisle + g.packing)


ESTIMATE = Problem(
    id="methods.estimate_flow", title="Estimate first: how long is an order on its way?", level=1, minutes=2,
    outcomes=("cpim.detailed_schedules", "lesson.04.3"), covers=("little",), topics=("estimate first", "Little's law"),
    needs=("workcenters", "routings"), draw=_draw_estimate,
    prompt=(
        "You walk through the hall and count open orders: {before} before {center}, {racks} in the racks, {aisle} in the aisle, {packing} at packing. "
        "The list at the door says that {week} orders left last week, and it is much the same every week. Without paper: about how many weeks is an order on its way? "
        "Within a factor of 1.3 is near enough."
    ),
    facts=(Fact("before", "Orders before the work center"), Fact("racks", "In the racks"), Fact("aisle", "In the aisle"), Fact("packing", "At packing"), Fact("week", "Orders that left", "last week")),
    parts=(
        Number(
            "weeks", "An order is on its way for about", unit="weeks", tolerance=FactorOf(1.3), key=lambda g, a: methods.little(wip=_there(g), throughput=g.week).cycle_time,
            slips=(
                Slip("littles_inverted", lambda g, a: g.week / _there(g), "Upside down: that is the share of the orders that leaves in a week."),
            ),
        ),
    ),
    hints=("Round each pile to tens and add up. How often does a week's output fit in?",),
    steps=(lambda g, a: f"In all {show(g.before)} + {show(g.racks)} + {show(g.aisle)} + {show(g.packing)} = {_there(g)} orders. {_there(g)} ÷ {show(g.week)} = {show(a.weeks)} weeks.",
           "Little's law needs no other figure: not how long the work takes, nor how many machines there are."),
)  # fmt: skip


def _draw_loop(rng: np.random.Generator, plant: Plant) -> dict[str, Any]:
    item = pick(rng, used(plant, "an estimate").head(40)).Index

    def draw() -> dict[str, Any]:
        return {
            "item": item,
            "hourly": int(rng.integers(19, 98)),
            "shelf": int(rng.integers(3, 9)),
            "way": int(rng.integers(2, 6)),
            "box": int(rng.integers(18, 64)),
        }

    return shaped(draw, lambda g: _loop(g) > 4.5 and g.box / g.hourly < 0.08 * _loop(g))


def _loop(g: Any) -> float:
    return float(g.hourly * (g.shelf + g.way) / g.box)


ESTIMATE_LOOP = Problem(
    id="methods.estimate_cards", title="Estimate first: how many boxes go round?", level=1, minutes=2, outcomes=OUTCOMES, covers=("kanban_cards",),
    topics=("estimate first", "kanban count"), needs=("items", "demand"), draw=_draw_loop,
    prompt=(
        "Assembly takes about {hourly} {unit} of {item} an hour, in boxes of {box}. An empty box waits {shelf} hours for its turn, and then needs {way} hours until "
        "it is back full. Without paper, and with nothing kept above the use: about how many boxes go round? Within a factor of 1.3 is near enough."
    ),
    facts=(Fact("hourly", "Use", "{unit} an hour"), Fact("box", "In one box", "{unit}"), Fact("shelf", "An empty box waits", "hours"), Fact("way", "Then it needs", "hours")),
    parts=(
        Number(
            "boxes", "About so many boxes", unit="boxes", tolerance=FactorOf(1.3), key=lambda g, a: methods.kanban_cards(g.hourly, g.shelf + g.way, g.box),
            slips=(
                Slip("units_for_cards", lambda g, a: g.hourly * (g.shelf + g.way), "That is in units. How many boxes do they fill?"),
                Slip("inverted", lambda g, a: g.box / g.hourly, "For so many hours one box lasts. How many boxes are used up while one is away?"),
            ),
        ),
    ),
    hints=("For how long does one box last? How often does that fit into its time away?",),
    steps=(lambda g, a: f"Away for {show(g.shelf)} + {show(g.way)} = {show(g.shelf + g.way)} hours: {show(g.hourly)} × {show(g.shelf + g.way)} = {show(g.hourly * (g.shelf + g.way))} are used. "
                        f"By {show(g.box)} that is {show(_loop(g))}, so {show(a.boxes)} boxes.",),
)  # fmt: skip


def _draw_needed(rng: np.random.Generator, plant: Plant) -> dict[str, Any]:
    row = pick(rng, used(plant, "a kanban problem").head(40))
    daily = max(float(rounded(row.yearly_use / 250)), 20.0)

    def draw() -> dict[str, Any]:
        lead = float(rng.choice([0.5, 1, 1.5, 2, 2.5, 3]))
        safety = float(rng.choice([0.1, 0.2, 0.25, 0.3]))
        return {
            "item": row.Index, "daily": daily, "lead": lead, "safety": safety, "container": max(2, int(rounded(daily * lead * (1 + safety) / between(rng, 3, 9)))),
            "cost": float(rounded(row.unit_cost, 3)), "rate": 0.2, "setup_cost": float(rounded(max(row.order_cost, 5))),
        }  # fmt: skip

    return shaped(
        draw,
        lambda g: (
            0.17 < _need(g) % 1 < 0.83 and _need(g) > 2 and ceil(_need(g) / (1 + g.safety)) != ceil(_need(g))
        ),
    )


def _need(g: Any) -> float:
    return float(g.daily * g.lead * (1 + g.safety) / g.container)


NOT_NEEDED = Problem(
    id="methods.kanban_not_needed", title="Which figures does the card count need?", level=1, minutes=4, outcomes=OUTCOMES, covers=("kanban_cards",),
    topics=("data not needed", "kanban count"), needs=("items", "demand"), draw=_draw_needed,
    prompt=(
        "For {item} a sheet full of figures lies on your desk; you are to set up a kanban loop, one card on each container. "
        "Tick the figures that the number of cards depends on. Then work it out."
    ),
    facts=(Fact("daily", "Use", "{unit} a day"), Fact("cost", "Unit cost", "{currency} {a_unit}"), Fact("lead", "A container is away for", "days"), Fact("container", "In one container", "{unit}"),
           Fact("rate", "Holding cost, share of the unit cost", "a year", percent=True), Fact("safety", "Kept above the use in that time", percent=True), Fact("setup_cost", "One order costs", "{currency}")),
    parts=(
        Choices(
            "needed", "The number of cards depends on", key=lambda g, a: ("daily", "lead", "container", "safety"),
            options=(
                Option("daily", "Use a day", "Needed: it empties the containers while one is away."),
                Option("lead", "How long a container is away", "Needed: for so long the others must last."),
                Option("container", "What is in one container", "Needed: the cards count containers."),
                Option("safety", "What is kept above the use", "Needed: it makes up for days of more use and late containers."),
                Option("cost", "Unit cost", "Not needed: it says what the loop ties up, not how many cards it takes."),
                Option("rate", "Holding cost", "Not needed: the loop is as large as the way back is long. Holding cost says what shortening that way is worth."),
                Option("setup_cost", "Cost of one order", "Not needed: a card is an order, and it goes out whenever a container is empty."),
            ),
        ),
        Number(
            "cards", "Cards", unit="cards", tolerance=Exact(), raw=lambda g, a: _need(g), key=lambda g, a: methods.kanban_cards(g.daily, g.lead, g.container, safety_share=g.safety),
            slips=(
                Slip("kanban_no_safety", lambda g, a: methods.kanban_cards(g.daily, g.lead, g.container), "What is kept above the use is left out: {safety} more."),
                Slip("units_for_cards", lambda g, a: g.daily * g.lead * (1 + g.safety), "That is in units. How many containers is it?"),
            ),
        ),
    ),
    hints=("How much is used while a container is away? Which figures does that take?", "Then add what is kept above, and count containers."),
    steps=("Needed are: {needed}.", lambda g, a: f"{show(g.daily)} × {show(g.lead)} × (1 + {show(g.safety)}) ÷ {show(g.container)} = {show(_need(g))}, rounded up to {show(a.cards)} cards."),
)  # fmt: skip


def _draw_rise(rng: np.random.Generator, plant: Plant) -> dict[str, Any]:
    row = pick(rng, used(plant, "a kanban problem").head(40))
    daily = max(float(rounded(row.yearly_use / 250)), 20.0)
    enough = bool(rng.integers(2))

    def draw() -> dict[str, Any]:
        lead = float(rng.choice([0.5, 1, 1.5, 2, 2.5, 3]))
        container = max(2, int(rounded(daily * lead / between(rng, 4, 10))))
        safety, rise = (
            float(rng.choice([0.1, 0.2, 0.25])),
            float(rng.choice([0.05, 0.1, 0.15, 0.2, 0.3, 0.4])),
        )
        new = daily * (1 + rise)
        need = methods.kanban_cards(new, lead, container, safety_share=safety)
        return {
            "item": row.Index,
            "daily": daily,
            "lead": lead,
            "container": container,
            "safety": safety,
            "rise": rise,
            "cards": need + (0 if enough else -int(rng.integers(1, 3))),
        }

    def good(g: Any) -> bool:
        raw = _risen_raw(g)
        return 0.17 < raw % 1 < 0.83 and g.cards >= 3 and ceil(raw / (1 + g.rise)) != ceil(raw) and ceil(raw / (1 + g.safety)) != ceil(raw) and (
            ceil(raw / (1 + g.rise)) != ceil(raw / (1 + g.safety)))  # fmt: skip

    return shaped(draw, good, 120)


def _risen_raw(g: Any) -> float:
    return float(g.daily * (1 + g.rise) * g.lead * (1 + g.safety) / g.container)


def _risen(g: Any) -> int:
    return methods.kanban_cards(g.daily * (1 + g.rise), g.lead, g.container, safety_share=g.safety)


def _rise_reason(option: str) -> Any:
    texts = {
        "keep": "Cards are added when the count asks for them, not because a figure went up. Watch the loop for the first weeks.",
        "add": "With too few the next station will stand before long. Add what is missing; take cards out again once the way back is shorter.",
    }

    def reason(g: Any, a: Any) -> str:
        return f"{_risen(g)} are needed from then on, and {show(g.cards)} are in the loop. {texts[option]}"

    return reason


RISE = Problem(
    id="methods.kanban_rise", title="The demand rises: more cards?", level=2, minutes=5, outcomes=OUTCOMES, covers=("kanban_cards",),
    topics=("kanban count", "on the floor"), needs=("items", "demand"), draw=_draw_rise,
    prompt=(
        "The use of {item} will rise by {rise} for good. The loop has {cards} cards, each on a container of {container}; a container is away for {lead} days. "
        "Over the use, {safety} more is kept as before. How many cards does it take from then on, and what do you do?"
    ),
    facts=(Fact("daily", "Use until now", "{unit} a day"), Fact("rise", "Rises by", percent=True), Fact("lead", "A container is away for", "days"), Fact("container", "In one container", "{unit}"),
           Fact("safety", "Kept above the use in that time", percent=True), Fact("cards", "Cards in the loop", "cards")),
    parts=(
        Number(
            "needed", "Cards from then on", unit="cards", tolerance=Exact(), raw=lambda g, a: _risen_raw(g), key=lambda g, a: _risen(g),
            slips=(
                Slip("old_demand", lambda g, a: methods.kanban_cards(g.daily, g.lead, g.container, safety_share=g.safety), "That is for the use until now. It rises by {rise}."),
                Slip("kanban_no_safety", lambda g, a: methods.kanban_cards(g.daily * (1 + g.rise), g.lead, g.container), "What is kept above the use is left out: {safety} more."),
                Slip("units_for_cards", lambda g, a: _risen_raw(g) * g.container, "That is in units. How many containers is it?"),
            ),
        ),
        Choice(
            "act", "What do you do?", key=lambda g, a: "keep" if a.needed <= g.cards else "add",
            options=(
                Option("keep", "Leave the loop as it is, and watch it", _rise_reason("keep")),
                Option("add", "Add the missing cards before the rise, and work on the way back", _rise_reason("add")),
                Option("push", "Make an extra lot now and then, without a card", "Then nobody can read from the cards what is needed. A loop with orders beside it is no loop."),
                Option("double", "Double the cards, to be safe", "Twice the stock hides whatever goes wrong, and takes the floor that others need. Count what is needed."),
            ),
        ),
    ),
    hints=("Work out the use a day after the rise first.", "Cards = use while a container is away × (1 + what is kept above) ÷ container, rounded up. Compare with the loop."),
    steps=(
        lambda g, a: f"Use after the rise: {show(g.daily)} × (1 + {show(g.rise)}) = {show(g.daily * (1 + g.rise))} a day.",
        lambda g, a: f"Cards: {show(g.daily * (1 + g.rise))} × {show(g.lead)} × (1 + {show(g.safety)}) ÷ {show(g.container)} = {show(_risen_raw(g))}, rounded up to {show(a.needed)} cards.",
        lambda g, a: _rise_reason(a.act)(g, a),
    ),
)  # fmt: skip

# Situations without a topic in sight: method, and what gives it away.
_METHODS = {
    "stream": "Value stream map",
    "cards": "Kanban count",
    "quick": "Quick changeover (steps moved out and shortened)",
    "level": "Level schedule",
    "balance": "Line balance",
    "takt": "Takt time",
}
_SIGNS = {
    "stream": "Much time passes between the steps and little in them, and nobody sees the whole way.",
    "cards": "The way back of a container is known, and how many may be in the loop is asked.",
    "quick": "The machine stands while one thing is taken off and the next put on, and lots are large because of it.",
    "level": "All models are built on one line, and the stations before it see floods and droughts.",
    "balance": "People side by side have unequal work, though together they have time enough.",
    "takt": "How often one must come is asked, and nothing yet of who does it.",
}


def _draw_which(rng: np.random.Generator, plant: Plant) -> dict[str, Any]:
    found = centers(plant, "a which-method problem")
    one, other = (found[int(rng.integers(len(found)))].code for _ in range(2))
    item = pick(rng, sold(plant, "a which-method problem").head(30)).Index
    n, minutes = int(rng.integers(3, 9)), int(rng.integers(35, 95))
    stories = {
        "stream": f"An order for {item} takes {n} weeks. Added up, it is worked on for {minutes} minutes. Each department says that it is fast.",
        "cards": f"{other} sends its empty boxes back to {one}, which fills them again by the next day. Some days the shelf overflows, some days {other} waits. How many boxes should go round?",
        "quick": f"Whoever needs {item} waits until {one} gets round to it: three days of one kind, then three of the next. The foreman says that is how it must be, with {minutes} minutes lost each time.",
        "level": f"Mornings the final line takes nothing but one model, afternoons the other. The people at {one} work late at noon and sweep the floor at four.",
        "balance": f"Of the {n} people in the row at {one} the second always has a pile before her. The last one reads the newspaper. All want it mended before the next model.",
        "takt": f"Customers will take {10 * minutes} {item} a day from May on, in two shifts. Before anyone draws stations: what must the new cell beat like?",
    }  # fmt: skip
    method = str(rng.choice(list(stories)))
    return {"story": stories[method], "method": method}


WHICH = Problem(
    id="methods.which_pull", title="What would mend it?", level=2, minutes=2, outcomes=OUTCOMES, topics=("which method",),
    needs=("items", "demand", "workcenters", "routings"), draw=_draw_which,
    prompt="{story}\n\nWhich method do you reach for first? Nothing is to be worked out.",
    parts=(Choice("method", "Method", key=lambda g, a: g.method, options=options_by_sign(_METHODS, _SIGNS)),),
    hints=("Where is time lost: between the steps, at a change, at a station, or through the order of the work?", "Which one figure, list or picture would settle the matter?"),
    steps=(lambda g, a: _SIGNS[g.method], lambda g, a: f"So: {_METHODS[g.method]}."),
)  # fmt: skip

PROBLEMS = (ESTIMATE, ESTIMATE_LOOP, NOT_NEEDED, RISE, WHICH)
