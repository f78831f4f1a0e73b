"""Turns, days of supply, and whether the records tell the truth."""

from __future__ import annotations

from math import ceil
from typing import TYPE_CHECKING, Any

from .... import materials
from ....plant.roles import unit_name
from ...draws import around, between, bought, pick, rounded, several, shaped, sold, used
from ...numbers import show
from ...parts import Choice, Choices, Convention, Number, Option, Slip
from ...problem import Fact, FactTable, Problem
from ...tolerance import Absolute, Exact

if TYPE_CHECKING:
    import numpy as np

    from ....plant import Plant

OUTCOMES = ("cpim.inventory", "lesson.05.1")
ALLOWED = {"A": 0.0, "B": 0.02, "C": 0.05}
"""By how much a count may differ from the record, as a share of it."""


def _money(rng: np.random.Generator, plant: Plant) -> tuple[float, float, float]:
    """A year's sales, their cost, and the stock: the whole plant, perturbed and rounded."""
    items = used(plant, "a problem on turns")
    goods = sold(plant, "a problem on turns")
    price = goods["price"].fillna(1.5 * goods["unit_cost"]).clip(lower=1.15 * goods["unit_cost"])
    cost = float(goods["use_value"].sum())
    held = float((items["on_hand"] * items["unit_cost"]).sum())
    if not cost / 30 < held < cost / 2:
        held = cost / between(rng, 4, 12)
    share = between(rng, 0.8, 1.25)
    return (
        rounded(share * float((price * goods["yearly_use"]).sum()), 3),
        rounded(share * cost, 3),
        rounded(share * held * between(rng, 0.8, 1.25), 3),
    )


def _draw_turns(rng: np.random.Generator, plant: Plant) -> dict[str, Any]:
    sales, cogs, stock = _money(rng, plant)
    drift = between(rng, 0.08, 0.3) * (1 if rng.integers(2) else -1)
    return {
        "sales": sales,
        "cogs": cogs,
        "opening": rounded(stock * (1 - drift), 3),
        "ending": rounded(stock * (1 + drift), 3),
    }


def _turns(g: Any) -> float:
    return materials.inventory_turns(g.cogs, [g.opening, g.ending])


COGS = Fact("cogs", "Cost of the goods sold", "{currency} a year")

INVENTORY_TURNS = Problem(
    id="materials.inventory_turns", title="Inventory turns", level=1, minutes=4, outcomes=OUTCOMES,
    covers=("inventory_turns", "days_of_supply"), topics=("turns and days of supply",), needs=("items", "demand"), draw=_draw_turns,
    prompt=(
        "From last year's books of {plant}. How often was the stock turned over, and for how many days does it last on average? "
        "Take the mean of the opening and the closing stock. A year has 365 days."
    ),
    facts=(
        Fact("sales", "Sales", "{currency} a year"), COGS,
        Fact("opening", "Opening stock, at cost", "{currency}"), Fact("ending", "Closing stock, at cost", "{currency}"),
    ),
    parts=(
        Number(
            "turns", "Turns", unit="times a year", key=lambda g, a: _turns(g),
            slips=(
                Slip("turns_sales", lambda g, a: g.sales / g.cogs * _turns(g),
                     "Sales carry the margin, the stock stands at cost. Use the cost of the goods sold."),
                Slip("turns_inverted", lambda g, a: 1 / _turns(g), "Upside down: that is the part of a year that the stock lasts."),
                Slip("turns_ending", lambda g, a: materials.inventory_turns(g.cogs, g.ending),
                     "You took the closing stock alone. Take the mean of opening and closing."),
                Slip("turns_opening", lambda g, a: materials.inventory_turns(g.cogs, g.opening),
                     "You took the opening stock alone. Take the mean of opening and closing."),
                Slip("turns_sum", lambda g, a: _turns(g) / 2, "You added the two stocks. Half of the sum is the average."),
            ),
        ),
        Number(
            "days", "Days of supply", unit="days", key=lambda g, a: 365 / a.turns,
            check=lambda g: materials.days_of_supply((g.opening + g.ending) / 2, g.cogs),
            slips=(Slip("days_times", lambda g, a: 365 * a.turns, "You multiplied. The more often the stock turns, the fewer days it lasts: divide."),),
            conventions=(Convention("year_360", lambda g, a: 360 / a.turns, "By a year of 360 days, as banks count. The text says 365."),),
        ),
    ),
    hints=("Both figures must stand at cost. Which of the two yearly ones does?", "Cost of the goods sold ÷ average stock. Then 365 ÷ turns."),
    steps=(
        lambda g, a: f"Average stock: ({show(g.opening)} + {show(g.ending)}) ÷ 2 = {show((g.opening + g.ending) / 2)}.",
        "Turns: {cogs} ÷ average stock = {turns}.",
        "Days: 365 ÷ turns = {days}.",
    ),
)  # fmt: skip


def _draw_days(rng: np.random.Generator, plant: Plant) -> dict[str, Any]:
    row = pick(rng, bought(plant, "a problem on days of supply").head(30))
    use = around(rng, row.yearly_use)
    days = between(rng, 8, 75)
    goal = int(rng.choice([10, 15, 20, 25, 30, 45, 60]))
    return {"item": row.Index, "use": use, "stock": rounded(use / 365 * days), "goal": goal}


DAYS_OF_SUPPLY = Problem(
    id="materials.days_of_supply", title="How long will it last?", level=1, minutes=3, outcomes=OUTCOMES, covers=("days_of_supply",),
    topics=("turns and days of supply",), needs=("items", "demand"), draw=_draw_days,
    prompt=(
        "{plant} has {stock} {unit} of {item} in the store. How many calendar days do they last at the average use? "
        "And how many {unit} would last {goal} days? A year has 365 days, of which the plant works 250."
    ),
    facts=(Fact("use", "Use", "{unit} a year"), Fact("stock", "In the store", "{unit}"), Fact("goal", "Wanted", "calendar days of supply")),
    parts=(
        Number(
            "days", "The stock lasts", unit="calendar days", key=lambda g, a: materials.days_of_supply(g.stock, g.use),
            slips=(
                Slip("days_times", lambda g, a: 365 * g.use / g.stock,
                     "You multiplied the turns by 365. The more often it turns, the fewer days it lasts: stock on top, use below."),
                Slip("days_working", lambda g, a: materials.days_of_supply(g.stock, g.use, days_per_year=250), "Those are working days. Calendar days are asked."),
                Slip("turns_for_days", lambda g, a: g.use / g.stock, "That is how often the stock is used up in a year."),
                Slip("days_in_years", lambda g, a: g.stock / g.use, "That is the time in years. Turn it into days."),
            ),
        ),
        Number(
            "units", "Stock for the days wanted", unit="{unit}", key=lambda g, a: g.use * g.goal / 365,
            check=lambda g: g.stock * g.goal / materials.days_of_supply(g.stock, g.use),
            slips=(
                Slip("days_working", lambda g, a: g.use * g.goal / 250, "You shared the year's use among 250 working days. The days wanted are calendar days."),
                Slip("goal_divided", lambda g, a: g.use / g.goal, "That shares a year's use among {goal} days. How much is used in {goal} of 365?"),
            ),
        ),
    ),
    hints=("How much is used on one calendar day?", "{use} ÷ 365 is used a day. How often is that in {stock}?"),
    steps=(
        lambda g, a: f"Use a day: {show(g.use)} ÷ 365 = {show(g.use / 365)}.",
        "{stock} ÷ use a day = {days}.",
        "{goal} days at that use: {units}.",
    ),
)  # fmt: skip


def _draw_target(rng: np.random.Generator, plant: Plant) -> dict[str, Any]:
    _, cogs, stock = _money(rng, plant)
    now = cogs / stock
    goal = max(round(now * between(rng, 1.2, 1.7)), round(now + 1))
    return {"cogs": cogs, "stock": stock, "goal": goal, "rate": plant.holding_rate}


def _released(g: Any) -> float:
    """What falls free when the turns rise to the goal, the cost of the goods sold being the same."""
    return float(g.stock * (1 - materials.inventory_turns(g.cogs, g.stock) / g.goal))


TURNS_TARGET = Problem(
    id="materials.turns_target", title="How much stock does the target allow?", level=2, minutes=4, outcomes=OUTCOMES,
    covers=("inventory_turns",), topics=("inventory from a turns target",), needs=("items", "demand"), draw=_draw_target,
    prompt=(
        "The management of {plant} wants {goal} turns a year from now on, with the same sales. How much stock does that allow, how much "
        "of today's must go, and what will that save a year? Holding costs {rate} of the value of the stock."
    ),
    facts=(COGS, Fact("stock", "Average stock today, at cost", "{currency}"), Fact("goal", "Turns wanted", "times a year"),
           Fact("rate", "Holding cost, share of the stock's value", "a year", percent=True)),
    parts=(
        Number(
            "allowed", "Stock that the target allows", unit="{currency}", key=lambda g, a: g.cogs / g.goal, check=lambda g: g.stock - _released(g),
            slips=(
                Slip("stock_by_goal", lambda g, a: g.stock / g.goal, "You divided today's stock by the turns. Turns are the cost of the goods sold over the stock."),
                Slip("turns_now", lambda g, a: materials.inventory_turns(g.cogs, g.stock), "Those are the turns today. Which stock would give {goal}?"),
                Slip("turns_times", lambda g, a: g.cogs * g.goal, "You multiplied. More turns mean less stock."),
            ),
        ),
        Number("release", "Stock to let go", unit="{currency}", key=lambda g, a: g.stock - a.allowed, check=_released),
        Number(
            "saving", "Saved on holding", unit="{currency} a year", key=lambda g, a: g.rate * a.release, check=lambda g: g.rate * _released(g),
            slips=(Slip("rate_on_rest", lambda g, a: g.rate * a.allowed if abs(a.allowed / a.release - 1) > 0.02 else None,
                        "That is what the stock that stays will cost. The saving is on the stock that goes."),),
        ),
    ),
    hints=("Turns are the cost of the goods sold over the average stock. Which of the three do you look for?", "Allowed: {cogs} ÷ {goal}."),
    steps=("Allowed: {cogs} ÷ {goal} = {allowed}.", "To let go: {stock} less that = {release}.",
           "Holding saved: {rate} of it = {saving}. Take it from slow items and large lots, not from the buffers of the items that stop the line."),
)  # fmt: skip


def _draw_accuracy(rng: np.random.Generator, plant: Plant) -> dict[str, Any]:
    rows = used(plant, "a problem on counting", 8).reset_index()
    by_item = materials.abc_classes(rows[["item", "yearly_use", "unit_cost"]]).classes
    rows = rows.set_index("item")

    def draw() -> dict[str, Any]:
        lines = []
        for row in several(rng, rows, 8):
            letter = by_item[row.Index]
            record = int(max(60, around(rng, row.yearly_use / 12, 0.4)))
            allowed, sign = ALLOWED[letter] * record, 1 if rng.integers(2) else -1
            fate = int(rng.integers(5))
            if fate < 2:
                off = 0
            elif fate < 4 and allowed >= 2:
                off = sign * max(1, int(allowed * between(rng, 0.4, 0.9)))
            else:
                off = sign * min(
                    record // 3, ceil(allowed * between(rng, 1.4, 2.5)) + int(rng.integers(1, 4))
                )
            lines.append(
                {
                    "item": row.Index,
                    "abc": letter,
                    "record": record,
                    "counted": record + off,
                    "cost": rounded(row.unit_cost),
                }
            )
        return {"lines": lines}

    def good(g: Any) -> bool:
        found = _accuracy(g)
        return bool(4 <= found.hits <= 7 and _exact(g) <= found.hits - 1 and _exact(g) >= 1 and _net(g) > 100 * found.accuracy + 3
                    and found.hits != 8 - found.hits and len(set(found.by_class)) >= 2)  # fmt: skip

    return shaped(draw, good)


def _accuracy(g: Any) -> materials.RecordAccuracy:
    counted, record, classes = ([r[k] for r in g.lines] for k in ("counted", "record", "abc"))
    return materials.record_accuracy(counted, record, classes=classes, tolerance=ALLOWED)


def _exact(g: Any) -> int:
    return sum(r["counted"] == r["record"] for r in g.lines)


def _net(g: Any) -> float:
    """In percent: what is left of the value when pluses and minuses cancel."""
    off = sum((r["counted"] - r["record"]) * r["cost"] for r in g.lines)
    return float(100 * (1 - abs(off) / sum(r["record"] * r["cost"] for r in g.lines)))


RECORD_ACCURACY = Problem(
    id="materials.record_accuracy", title="Are the records right?", level=1, minutes=6, outcomes=OUTCOMES, covers=("record_accuracy",),
    topics=("cycle-count accuracy",), needs=("items", "demand"), draw=_draw_accuracy,
    prompt=(
        "Eight records of {plant} were counted this morning. A record is a hit when the count differs from it by no more than the "
        "tolerance of its class: A 0 %, B 2 %, C 5 % of the record. How many hits are there, and how accurate are the records?"
    ),
    facts=(
        FactTable("lines", "Counts", (Fact("item", "Item"), Fact("abc", "Class"), Fact("record", "Record", "units"),
                                      Fact("counted", "Counted", "units"), Fact("cost", "Unit cost", "{currency}"))),
    ),
    parts=(
        Number(
            "hits", "Hits", unit="records", key=lambda g, a: _accuracy(g).hits, tolerance=Exact(),
            slips=(
                Slip("no_tolerance", lambda g, a: _exact(g), "You counted only those that agree to the unit. Classes B and C have a tolerance."),
                Slip("misses_for_hits", lambda g, a: 8 - _accuracy(g).hits if 8 - _accuracy(g).hits != _exact(g) else None,
                     "Those are the misses. The hits are asked."),
            ),
        ),
        Number(
            "accuracy", "Record accuracy", unit="%", key=lambda g, a: 100 * a.hits / len(g.lines), check=lambda g: 100 * _accuracy(g).accuracy,
            tolerance=Absolute(0.5),
            slips=(
                Slip("accuracy_net_value", lambda g, a: _net(g),
                     "You compared values in sum. There a surplus on one shelf hides a loss on another; each of the two records is wrong. Count hits."),
            ),
        ),
    ),
    hints=("Go record by record: what may this one differ by, and by what does it differ?", "Hits over records counted, in percent. The unit cost is not needed."),
    steps=(
        lambda g, a: "Difference and what is allowed: " + "; ".join(
            f"{r['item']} {show(r['counted'] - r['record'])}, {show(ALLOWED[r['abc']] * r['record'], 3)}" for r in g.lines) + ".",
        "Hits: {hits}.", "Accuracy: hits ÷ 8 = {accuracy}.",
    ),
)  # fmt: skip

# What the count shows beside the miss, and the cause that it points to.
_CLUES = {
    "unposted": ("Yesterday's delivery of {gap} {unit} stands in the bin; its papers lie on the desk.", "A receipt not yet posted"),
    "wrong_item": ("The bin beside it, of a similar item, shows {gap} {unit} too few.", "Two items mixed up, in the bin or on a form"),
    "unit": ("The bin holds boxes of ten, and someone has written the number of boxes on the last slip.", "Boxes counted for units"),
    "scrap": ("The record drifts by a few units every week, always to the same side.", "Scrap or extra use that nobody reports"),
}  # fmt: skip
_CAUSES = {
    "unposted": "The difference is exactly what came in yesterday. Posting it mends the record; an adjustment as well would count it twice.",
    "wrong_item": "A surplus here and the same shortage next door: one move, booked on the wrong item.",
    "unit": "A factor of ten is a unit, not a loss. Write the unit on the bin label and on the slip.",
    "scrap": "A steady drift to one side is not a slip of the pen. Something is used without a report.",
}


def _draw_miss(rng: np.random.Generator, plant: Plant) -> dict[str, Any]:
    row = pick(rng, bought(plant, "a problem on counting").head(30))
    clue = str(rng.choice(list(_CLUES)))
    record = int(max(120, around(rng, row.yearly_use / 12)))
    gap = max(7, int(record * between(rng, 0.12, 0.35)))
    counted = {"unposted": record + gap, "wrong_item": record + gap, "scrap": record - gap}.get(
        clue, record * 10
    )
    record, counted = (counted, record) if clue == "unit" and rng.integers(2) else (record, counted)
    return {
        "item": row.Index,
        "record": record,
        "counted": counted,
        "clue": clue,
        "sign": _CLUES[clue][0].format(gap=show(gap), unit=unit_name(plant, str(row.Index))),
    }


def _cause_reason(name: str) -> Any:
    def reason(g: Any, a: Any) -> str:
        if name == g.clue:
            return _CAUSES[name]
        return f"Then you would see something else: {_CAUSES[name][0].lower()}{_CAUSES[name][1:]}"

    return reason


COUNT_CHOICES = Problem(
    id="materials.count_choices", title="The count does not agree", level=1, minutes=4, outcomes=OUTCOMES, topics=("cycle-count accuracy",),
    needs=("items", "demand"), draw=_draw_miss,
    prompt=(
        "The record of {item} at {plant} says {record} {unit}. The cycle count finds {counted}. {sign}\n\n"
        "What is the likely cause? And what belongs to a good answer to such a miss, whatever its cause?"
    ),
    facts=(Fact("record", "Record", "{unit}"), Fact("counted", "Counted", "{unit}")),
    parts=(
        Choice("cause", "Likely cause", key=lambda g, a: g.clue,
               options=tuple(Option(name, text, _cause_reason(name)) for name, (_, text) in _CLUES.items())),
        Choices(
            "answer", "What belongs to a good answer?", key=lambda g, a: ("again", "open", "cause", "adjust"),
            options=(
                Option("again", "Count again, by someone else", "Counts err too. A second pair of eyes costs minutes, a wrong adjustment costs weeks."),
                Option("open", "Look for receipts, issues and moves not yet posted", "What is only late on paper must not be adjusted away."),
                Option("cause", "Find the cause and mend the way of working", "That is what cycle counting is for. The corrected record alone will be wrong again."),
                Option("adjust", "Then adjust the record, and write down the reason", "In this order. The reasons, added up over months, show where to look."),
                Option("wait", "Leave the record until the yearly count", "Until then every plan and every promise uses a wrong figure."),
                Option("widen", "Widen the tolerance until it is a hit", "Then the accuracy looks better and the shelves do not."),
                Option("blame", "Find out who it was and warn them", "People who fear the count hide what it finds. Ask how it could happen."),
            ),
        ),
    ),
    hints=("What would each cause leave behind: once or every week, here or also next door, by how much?", "A count corrects one record. What keeps the next one right?"),
    steps=(lambda g, a: f"{_CLUES[g.clue][1]}. {_CAUSES[g.clue]}", "A good answer: {answer}."),
)  # fmt: skip

PROBLEMS = (INVENTORY_TURNS, DAYS_OF_SUPPLY, TURNS_TARGET, RECORD_ACCURACY, COUNT_CHOICES)
