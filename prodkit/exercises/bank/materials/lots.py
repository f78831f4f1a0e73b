"""Lots in talk and in a plan: which rule, what it saves, for how many weeks, and what the machine allows."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from .... import materials
from ....errors import MissingTableError
from ....plant.roles import unit_name
from ...draws import RATES, around, between, bought, made, pick, rounded, several, shaped
from ...numbers import show
from ...parts import Also, Choice, Field, Number, Option, Plan, Slip
from ...problem import Fact, FactTable, Problem
from ...tolerance import Exact
from .lot_size import DEMAND, UNIT_COST
from .lot_size import ORDER_COST as ONE_ORDER
from .lot_size import RATE as HOLDING_RATE
from .lots_grid import COUNTED, HOLDING, ORDER_COST, OUTCOMES, TOPIC, busy, lot_case, lot_items, lots

if TYPE_CHECKING:
    import numpy as np

    from ....plant import Plant


# For how many weeks


def _economic(g: Any) -> materials.EconomicOrderQuantity:
    return materials.economic_order_quantity(g.demand, g.order_cost, g.holding_rate * g.unit_cost)


def _span(g: Any) -> float:
    keep = g.holding_rate * g.unit_cost / 52
    plan = materials.lot_sizes([g.demand / 52] * 52, "periods", order_cost=g.order_cost, holding_cost=keep)
    return float(plan.lot or 0)


def _lasts(g: Any) -> float:
    """Weeks that an economic order quantity lasts."""
    return float(52 * _economic(g).quantity / g.demand)


def _draw_weeks(rng: np.random.Generator, plant: Plant) -> dict[str, Any]:
    items = bought(plant, "a period order quantity").head(30)

    def draw() -> dict[str, Any]:
        row = pick(rng, items)
        return {
            "item": row.Index, "demand": around(rng, row.yearly_use), "order_cost": around(rng, row.order_cost, 0.4),
            "unit_cost": around(rng, row.unit_cost), "holding_rate": float(rng.choice(RATES)),
        }  # fmt: skip

    return shaped(draw, lambda g: 1.5 < _lasts(g) < 16 and 0.08 < abs(_lasts(g) - round(_lasts(g))) < 0.42
                  and abs(52 / _lasts(g) - round(_lasts(g))) > 0.6 and abs(_economic(g).quantity - _lasts(g)) > 1)  # fmt: skip


LOT_WEEKS = Problem(
    id="materials.lot_weeks", title="For how many weeks at a time?", level=1, minutes=4, outcomes=OUTCOMES,
    covers=("lot_sizes", "economic_order_quantity"), topics=(TOPIC,), needs=("items", "demand"), draw=_draw_weeks,
    prompt="The planning system of {plant} does not take an order quantity for {item}. It asks for how many weeks each lot "
           "shall last. Work it out from the economic order quantity and round to whole weeks. A year has 52 weeks.",
    facts=(DEMAND, ONE_ORDER, UNIT_COST, HOLDING_RATE),
    parts=(
        Number("weeks", "Weeks that a lot lasts", unit="weeks", key=lambda g, a: _span(g), tolerance=Exact(),
               slips=(
                   Slip("poq_units", lambda g, a: round(_economic(g).quantity),
                        "That is the economic order quantity in units. How long does it last?"),
                   Slip("orders_for_weeks", lambda g, a: round(_economic(g).orders_per_year, 1),
                        "That is how many orders there are in a year. How many weeks lie between two of them?"),
                   Slip("not_rounded", lambda g, a: round(_lasts(g), 2),
                        "The system takes whole weeks. Round to the nearest."),
               )),
    ),
    hints=("How much is used in a week? How long does an economic order quantity last, then?",
           "√(2 × {demand} × {order_cost} ÷ ({unit_cost} × {holding_rate})), divided by {demand} ÷ 52."),
    steps=(
        lambda g, a: f"Economic order quantity: {show(_economic(g).quantity)} {g.unit}. Use a week: {show(g.demand, 9)} ÷ 52 = {show(g.demand / 52)}.",
        lambda g, a: f"It lasts {_lasts(g):.2f} weeks. Rounded: {show(a.weeks)} weeks.",
    ),
)  # fmt: skip


# What do you tell the buyer?


def _two(g: Any) -> materials.LotPlan:
    return lots(g, "periods", periods=2)


def _each(g: Any) -> materials.LotPlan:
    return lots(g, "lot_for_lot")


def _draw_tell(rng: np.random.Generator, plant: Plant) -> dict[str, Any]:
    pays = bool(rng.integers(2))
    items = lot_items(plant, "a talk on lots", "buy", 1.9 if pays else 0.95)

    def draw() -> dict[str, Any]:
        given = lot_case(rng, items, 6, (1.6, 2.2) if pays else (0.75, 1.1))
        return {**given, "plan": [{"week": i, "need": x} for i, x in enumerate(given["needs"], 1)]}

    def good(g: Any) -> bool:
        ratio = _two(g).cost / _each(g).cost
        whole = lots(g, "periods", periods=6).cost
        return (ratio < 0.92 if pays else ratio > 1.06) and whole > 1.15 * min(_two(g).cost, _each(g).cost)

    return shaped(draw, good)


def _tell_reason(name: str) -> Any:
    def reason(g: Any, a: Any) -> str:
        better = _two(g).cost < _each(g).cost
        if name == "two":
            return (
                "An order less costs more than it costs to keep the second week's need for a week. Half the orders, half the handling."
                if better
                else "Compare your two figures. Keeping a week's need costs more here than the order that it saves."
            )
        return (
            "Compare your two figures. The orders that are saved are worth more than the stock that they bring."
            if better
            else "Orders are cheap here and stock is dear: order small and often, as long as the supplier delivers so."
        )

    return reason


LOTS_TELL = Problem(
    id="materials.lots_tell", title="Every week, or every second?", level=2, minutes=6, outcomes=OUTCOMES,
    covers=("lot_sizes",), topics=(TOPIC, "what do you tell the buyer"), needs=("items", "demand"), draw=_draw_tell,
    prompt="“I order {item} every Monday, just what the week needs,” says the buyer at {plant}. “Or shall I order for two weeks "
           "at a time: weeks 1 and 2 together, then 3 and 4, then 5 and 6?” Cost both plans. What do you tell the buyer?\n\n" + COUNTED,
    facts=(FactTable("plan", "What is needed", (Fact("week", "Week"), Fact("need", "Need", "{unit}"))), ORDER_COST, HOLDING),
    parts=(
        Number("each", "Cost of an order every week, over the six weeks", unit="{currency}", key=lambda g, a: _each(g).cost,
               slips=(
                   Slip("sm_first_held", lambda g, a: _each(g).cost + g.holding * sum(g.needs),
                        "You charged holding, but each week's need is used in its week: at its end nothing is left."),
                   Slip("one_order", lambda g, a: g.order_cost, "That is one order. Count them over the six weeks."),
               )),
        Number("two", "Cost of an order for two weeks, over the six weeks", unit="{currency}", key=lambda g, a: _two(g).cost,
               slips=(
                   Slip("sm_first_held", lambda g, a: _two(g).cost + g.holding * sum(g.needs),
                        "You charged holding on the whole lot. The first of its weeks is used at once; only the second week's need is kept."),
                   Slip("holding_left_out", lambda g, a: _two(g).ordering_cost, "Those are the orders alone. What waits for the second week costs something."),
                   Slip("held_two_weeks", lambda g, a: _two(g).cost + _two(g).holding_cost,
                        "The second week's need is kept for one week's end, not for two."),
               )),
        Choice("tell", "What do you tell the buyer?", key=lambda g, a: "two" if a.two < a.each else "each",
               options=(
                   Option("two", "Order for two weeks at a time", _tell_reason("two")),
                   Option("each", "Stay with an order every week", _tell_reason("each")),
                   Option("six", "Order all six weeks at once, then you have peace",
                          "Peace, and a full store: the last weeks' needs lie there for a month. Work it out and compare."),
                   Option("wait", "Wait until someone has computed the optimum",
                          "The optimum may save a little more. The better of the two plans can begin on Monday."),
               )),
    ),
    hints=("Each plan: number of orders, and what is left in the store at the end of each week.",
           "For two weeks at a time the need of weeks 2, 4 and 6 is kept for one week each."),
    steps=(
        lambda g, a: f"Every week: 6 × {show(g.order_cost, 9)} = {show(a.each)}.",
        lambda g, a: f"Two weeks at a time: 3 × {show(g.order_cost, 9)} + {show(sum(g.needs[1::2]), 9)} × {show(g.holding, 9)} = {show(a.two)}.",
        lambda g, a: _tell_reason("two" if a.two < a.each else "each")(g, a),
    ),
)  # fmt: skip


# Which rule, without a topic in sight

_RULES = {
    "lot_for_lot": "Lot for lot: each week just what it needs",
    "fixed": "Fixed lots: always the same quantity",
    "periods": "A lot for a fixed number of weeks",
    "balanced": "Lots that weigh orders against stock, week by week (Silver-Meal, Wagner-Whitin)",
    "capacity": "Lots of several items within a capacity (an optimizer)",
    "minimum": "What is needed, but not below a smallest order",
}
_SIGNS = {
    "lot_for_lot": "Stock is what hurts, and another order costs next to nothing: so keep none.",
    "fixed": "Something physical sets the quantity: what fits the vessel, the die or the pallet.",
    "periods": "The rhythm is given, not the quantity: each delivery lasts until the next one.",
    "balanced": "Orders are dear, the needs are known and differ much from week to week: each lot is worth a sum of its own.",
    "capacity": "What one item gets is missing for another. Planned one by one, they would not fit together.",
    "minimum": "Only small orders are a trouble. Above the smallest, every quantity can be had.",
}


def _draw_rule(rng: np.random.Generator, plant: Plant) -> dict[str, Any]:
    item = pick(rng, bought(plant, "a which-rule problem").head(25)).Index
    products = made(plant, "a which-rule problem")
    product = pick(rng, products.nlargest(8, "unit_cost"))
    own, batch = product.Index, show(max(4, around(rng, product.yearly_use / 40)))
    row = pick(rng, bought(plant, "a which-rule problem").head(25))
    number = show(max(10, around(rng, row.yearly_use / 40)))
    money, cost = plant.currency, show(around(rng, 400, 0.5))
    days, few = int(rng.integers(2, 4)), int(rng.integers(3, 6))
    stories = {
        "lot_for_lot": f"{own} is dear and large, and every order of it differs a little. Changing over takes {few} minutes since "
                       "the last workshop. Unsold pieces stand in the aisle until someone trips over them.",
        "fixed": f"The machine for {own} takes {batch} of them at a time. Half filled it runs the same hours on the same power, and it "
                 "has no room for more.",
        "periods": f"The truck with {item} comes every {'second' if days == 2 else 'third'} Tuesday and on no other day. What it does not bring is not there "
                   f"for {days} weeks. The needs of the coming weeks are known.",
        "balanced": f"Setting up for {own} takes a whole shift and costs {cost} {money}. Some weeks need hardly any, some a whole month's use; "
                    "the needs of the next ten weeks stand in the plan. There are hours enough.",
        "capacity": f"One machine makes {own} and {few} other parts. Whenever one of them runs long, another comes too late; "
                    "each planner's list is right by itself, and the hours never suffice.",
        "minimum": f"The supplier of {item} charges nothing for another delivery, but refuses what is below {number} {unit_name(plant, item)}. "
                   "Loose units above that are no trouble.",
    }  # fmt: skip
    rule = str(rng.choice(list(stories)))
    return {"story": stories[rule], "rule": rule}


def _rule_reason(name: str) -> Any:
    def reason(g: Any, a: Any) -> str:
        if name == g.rule:
            return _SIGNS[name]
        return f"That would fit if the text said this. {_SIGNS[name]} Does it?"

    return reason


WHICH_RULE = Problem(
    id="materials.which_lot_rule", title="Which rule fits?", level=2, minutes=2, outcomes=OUTCOMES,
    topics=("which method", TOPIC), needs=("items", "demand"), draw=_draw_rule,
    prompt="{story}\n\nHow should the quantities be set? Nothing is to be worked out.",
    parts=(Choice("rule", "Rule", key=lambda g, a: g.rule,
                  options=tuple(Option(name, text, _rule_reason(name)) for name, text in _RULES.items())),),
    hints=("What is scarce or dear here: stock, orders, hours, or the freedom to choose a quantity or a day?",
           "If a quantity or a day is given, no formula is needed. If not, ask whether one item can be planned alone."),
    steps=(lambda g, a: _SIGNS[g.rule], lambda g, a: f"So: {_RULES[g.rule]}."),
)  # fmt: skip


# Within a capacity

WEEKS = 5
HOURS = 40


def _draw_capacity(rng: np.random.Generator, plant: Plant) -> dict[str, Any]:
    try:
        items, shared = lot_items(plant, "lots within a capacity", "make", 1.9, 2), "made"
    except MissingTableError:  # a plant that makes fewer than two
        items, shared = lot_items(plant, "lots within a capacity", "", 1.9, 2), "packed"

    def draw() -> dict[str, Any]:
        rows, lines = several(rng, items, 2), []
        for item in rows:
            reach = between(rng, 1.5, 2.3)
            ups = [between(rng, 0.5, 1.6) for _ in range(WEEKS)]
            holding = around(rng, item.keep)
            week = busy(item, reach, holding * sum(ups) / WEEKS)
            needs = [int(max(1, rounded(week * up))) for up in ups]
            mean = sum(needs) / WEEKS
            lines.append({
                "item": item.Index, "needs": needs, **{f"week_{t}": x for t, x in enumerate(needs, 1)},
                "holding": holding, "setup_hours": int(rng.integers(2, 4)),
                "setup_cost": max(rounded(holding * mean * reach**2 / 2), 1e-6),
                "hours": rounded(between(rng, 0.38, 0.46) * (HOURS - 4) / mean),
            })  # fmt: skip
        return {
            "lines": lines,
            "one": lines[0]["item"],
            "two": lines[1]["item"],
            "shared": shared,
            "hours": HOURS,
        }

    def good(g: Any) -> bool:
        """Lot for lot with both set up each week fits when smoothed; the cheapest lots of each item alone do not."""
        loads = [sum(x["setup_hours"] + x["hours"] * x["needs"][t] for x in g.lines) for t in range(WEEKS)]
        fits = all(sum(loads[: t + 1]) <= 0.985 * HOURS * (t + 1) for t in range(WEEKS))
        alone = [
            materials.lot_sizes(x["needs"], order_cost=x["setup_cost"], holding_cost=x["holding"]).receipts
            for x in g.lines
        ]
        free = [
            sum(
                (x["setup_hours"] + x["hours"] * r[t]) * (r[t] > 0)
                for x, r in zip(g.lines, alone, strict=True)
            )
            for t in range(WEEKS)
        ]
        return fits and max(free) > 1.1 * HOURS and max(loads) > HOURS  # fmt: skip

    return shaped(draw, good)


def _lines(g: Any, x: Any) -> list[tuple[dict[str, Any], list[float]]]:
    return [(line, [float(x[name][str(t)]) for t in range(1, WEEKS + 1)])
            for line, name in zip(g.lines, ("one", "two"), strict=True)]  # fmt: skip


def _stock(line: dict[str, Any], made_: list[float]) -> list[float]:
    stock, out = 0.0, []
    for lot, need in zip(made_, line["needs"], strict=True):
        stock += lot - need
        out.append(stock)
    return out


def _load(g: Any, x: Any) -> list[float]:
    return [sum((line["setup_hours"] + line["hours"] * lot[t]) * (lot[t] > 0) for line, lot in _lines(g, x)) for t in range(WEEKS)]  # fmt: skip


def _cost(g: Any, x: Any) -> float:
    return float(sum(line["setup_cost"] * sum(q > 0 for q in lot) + line["holding"] * sum(_stock(line, lot))
                     for line, lot in _lines(g, x)))  # fmt: skip


def _clashes(g: Any, a: Any, x: Any) -> list[str]:
    told = []
    for line, lot in _lines(g, x):
        if min(lot) < 0:
            told.append(f"{line['item']}: a lot cannot be negative.")
        room = 0.002 * sum(line["needs"])
        first = next(((t, s) for t, s in enumerate(_stock(line, lot), 1) if s < -room), None)
        if first:
            told.append(f"{line['item']}: week {first[0]} is {show(-first[1])} units short.")
    for t, hours in enumerate(_load(g, x), 1):
        if hours > 1.005 * HOURS:  # hand work rounds
            told.append(f"Week {t} needs {show(hours)} hours; there are {HOURS}.")
    return told


def _best(g: Any, a: Any) -> dict[str, dict[str, float]]:
    def each(name: str) -> dict[str, float]:
        return {line["item"]: line[name] for line in g.lines}

    plan = materials.capacitated_lots(
        {line["item"]: line["needs"] for line in g.lines}, HOURS, setup_cost=each("setup_cost"),
        holding_cost=each("holding"), unit_hours=each("hours"), setup_hours=each("setup_hours"),
    ).require()  # fmt: skip
    return {name: {str(t): x for t, x in enumerate(plan.receipts(line["item"]), 1)}
            for line, name in zip(g.lines, ("one", "two"), strict=True)}  # fmt: skip


def _absorbed(g: Any, x: Any) -> float:
    """Share of the surprises, one item needing 10 % more in one week, that stock or free hours of its lot can meet."""
    load, met = _load(g, x), 0
    for line, lot in _lines(g, x):
        for t, stock in enumerate(_stock(line, lot)):
            more = (HOURS - load[t]) / line["hours"] if lot[t] > 0 else 0.0
            met += stock + max(0.0, more) >= 0.1 * line["needs"][t] - 1e-9
    return met / (2 * WEEKS)


CAPACITY_PLAN = Problem(
    id="materials.capacity_plan", title="Two items on one machine", level=3, minutes=12, outcomes=OUTCOMES,
    covers=("capacitated_lots",), topics=(TOPIC,), needs=("items", "demand"), draw=_draw_capacity,
    prompt="{one} and {two} are {shared} on the same machine at {plant}. It runs {hours} hours a week; each lot is set up anew. "
           "Nothing is in stock, and every week's need must be met in its week. Choose the quantities for five weeks. "
           "Leave a cell empty where nothing is {shared}; parts of a unit are allowed.\n\nA unit left at a week's end costs holding. Within 2 % of the "
           "proved optimum is full marks. A quarter of the credit is for surprises: one item needs 10 % more in one week, "
           "and its stock, or free hours in a week in which it runs, must give it.",
    facts=(
        FactTable("lines", "Needs, in units", (
            Fact("item", "Item"), *(Fact(f"week_{t}", f"Week {t}") for t in range(1, WEEKS + 1)))),
        FactTable("lines", "The two items", (
            Fact("item", "Item"), Fact("setup_cost", "Setup", "{currency}"), Fact("setup_hours", "Setup", "hours"),
            Fact("hours", "Run", "hours a unit"), Fact("holding", "Holding", "{currency} a unit and week"))),
    ),
    parts=(Plan(
        "lots", "Quantities, by week",
        fields=lambda g: (Field("one", g.one, "units"), Field("two", g.two, "units")),
        columns=lambda g: range(1, WEEKS + 1), clashes=_clashes, cost=lambda g, a, x: _cost(g, x), key=_best,
        unit="{currency}", basis="the proved optimum", good=0.02, poor=0.5,
        also=(Also(
            "surprises", "10 % more in one week",
            lambda g, a, x: _absorbed(g, x) / max(_absorbed(g, a.lots), 0.1),
            lambda g, a, x: f"Of ten surprises, one for each item and week, it can meet {show(10 * _absorbed(g, x))}; "
                            f"the optimum {show(10 * _absorbed(g, a.lots))}.",
        ),),
    ),),
    hints=(
        "Begin with what each week needs, and the hours that takes: setups and running. In which week do the hours not suffice?",
        "Move the excess to an earlier week with free hours. Then look for setups to save: can one item skip a week, its need made the week before?",
    ),
    steps=(
        lambda g, a: "Each week by itself takes, in hours: " + ", ".join(
            show(sum(x["setup_hours"] + x["hours"] * x["needs"][t] for x in g.lines), 3) for t in range(WEEKS)) + f". There are {HOURS}.",
        "The optimum: {lots}.",
        lambda g, a: f"It takes, in hours: {', '.join(show(x, 3) for x in _load(g, a.lots))}. It costs {show(_cost(g, a.lots))}, and no plan costs less.",
    ),
)  # fmt: skip

PROBLEMS = (LOT_WEEKS, LOTS_TELL, WHICH_RULE, CAPACITY_PLAN)
