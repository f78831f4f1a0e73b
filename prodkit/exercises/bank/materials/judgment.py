"""Order quantities in talk with people: what to ask, what to tell, which method, and how sure one is."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from .... import materials
from ....plant.roles import unit_name
from ...draws import around, between, bought, made, pick, rounded, shaped
from ...numbers import show
from ...parts import Choice, Choices, Number, Option, Slip
from ...problem import Fact, FactTable, Problem
from ...signs import options_by_sign
from ...tolerance import Absolute
from .lot_size import DEMAND, HOLDING_COST, ORDER_COST, best, eoq_facts, with_holding_cost

if TYPE_CHECKING:
    import numpy as np

    from ....plant import Plant

OUTCOMES = ("cpim.inventory", "lesson.05.1")

# For each figure that may be missing: a good question, a loose one, and one about something else.
_QUESTIONS = {
    "demand": (
        "How many units went out in each of the last 52 weeks, and is anything about to change?",
        "Is it a fast mover?",
        "How many are in the store today?",
    ),
    "order_cost": (
        "What work and what bills does one order more bring, from placing it to putting it away?",
        "What does the purchasing department cost in a year?",
        "How many orders are open today?",
    ),
    "holding_rate": (
        "What does money tied up in stock cost us, and what do space, insurance and loss add, as a share of its value?",
        "What is the rent of the whole store?",
        "How full is the store today?",
    ),
    "unit_cost": (
        "What do we pay for one unit, freight to our door included?",
        "What do we sell it for?",
        "When was the last price rise?",
    ),
}
_LABELS = {
    "demand": "Use in a year",
    "order_cost": "Cost of placing and receiving one order",
    "holding_rate": "Holding cost, share of the unit cost a year",
    "unit_cost": "Unit cost",
    "lead": "Lead time",
    "safety": "Safety stock",
}
_WHY = {
    "demand": "the year's use stands under the root",
    "order_cost": "the order cost stands under the root",
    "holding_rate": "without the rate nobody knows what a unit costs to keep",
    "unit_cost": "the rate is a share of it",
}


def _draw_missing(rng: np.random.Generator, plant: Plant) -> dict[str, Any]:
    given = eoq_facts(rng, plant)
    missing, unit = str(rng.choice(list(_QUESTIONS))), unit_name(plant, given["item"])
    told = {
        "lead": f"{int(rng.integers(2, 9))} weeks",
        "demand": f"{show(given['demand'])} {unit}",
        "order_cost": f"{show(given['order_cost'])} {plant.currency}",
        "safety": f"{show(rounded(given['demand'] / 52 * between(rng, 1, 3)))} {unit}",
        "holding_rate": f"{show(100 * given['holding_rate'])} %",
        "unit_cost": f"{show(given['unit_cost'])} {plant.currency}",
    }
    sheet = [{"what": _LABELS[k], "figure": told[k]} for k in told if k != missing]
    return {"item": given["item"], "missing": missing, "sheet": sheet}


def _asked(place: int) -> Any:
    return lambda g, a: _QUESTIONS[g.missing][place]


def _missing_reason(name: str) -> Any:
    def reason(g: Any, a: Any) -> str:
        if name not in _QUESTIONS:
            return "It helps to say when to order. The order quantity does not need it."
        if name == g.missing:
            return f"Yes: {_WHY[name]}."
        return "It is needed, but look again: it stands on the sheet."

    return reason


MISSING_FIGURE = Problem(
    id="materials.missing_figure", title="What is missing?", level=1, minutes=3, outcomes=OUTCOMES,
    covers=("economic_order_quantity",), topics=("data missing",), needs=("items", "demand"), draw=_draw_missing,
    prompt=(
        "A colleague at {plant} wants the economic order quantity of {item} from you and sends this sheet. One figure is missing. "
        "Which one, and how do you ask for it so that the answer can be used?"
    ),
    facts=(FactTable("sheet", "The sheet", (Fact("what", "Figure"), Fact("figure", "Value"))),),
    parts=(
        Choice(
            "which", "Which figure is missing?", key=lambda g, a: g.missing,
            options=(
                *(Option(name, _LABELS[name], _missing_reason(name)) for name in _QUESTIONS),
                Option("on_hand", "Stock on hand today", _missing_reason("on_hand")),
                Option("lead_sd", "How much the lead time varies", _missing_reason("lead_sd")),
            ),
        ),
        Choice(
            "ask", "What do you ask?", key=lambda g, a: "use",
            options=(
                Option("use", _asked(0), "This asks for what the formula needs, in a form that the person asked can look up."),
                Option("loose", _asked(1), "The answer would be hard to use: it is not the figure that changes with one order, one unit or one year."),
                Option("other", _asked(2), "Worth knowing, but it does not enter the order quantity."),
            ),
        ),
    ),
    hints=("Write down √(2 × demand × order cost ÷ holding cost). What makes up the holding cost?", "Tick off on the sheet: year's use, order cost, rate, unit cost."),
    steps=(
        "The formula needs four figures: use in a year, cost of one order, holding rate and unit cost. Lead time and safety stock it does not need.",
        lambda g, a: f"Missing: {_LABELS[g.missing].lower()}; {_WHY[g.missing]}.",
        lambda g, a: f"Ask: “{_QUESTIONS[g.missing][0]}”",
    ),
)  # fmt: skip


def _draw_tell(rng: np.random.Generator, plant: Plant) -> dict[str, Any]:
    flat = bool(rng.integers(2))

    def draw() -> dict[str, Any]:
        given = with_holding_cost(eoq_facts(rng, plant))
        q = materials.economic_order_quantity(
            given["demand"], given["order_cost"], given["holding_cost"]
        ).quantity
        return {**given, "quantity": rounded(q * (between(rng, 1.12, 1.3) if flat else between(rng, 2, 3.5)))}

    return shaped(draw, lambda g: 0.6 < _above(g) < 3.6 if flat else 22 < _above(g) < 90)


def _above(g: Any) -> float:
    return 100 * (best(g).cost_at(g.quantity) / best(g).cost - 1)


def _tell_reason(right: str) -> Any:
    texts = {
        "take": (
            "The curve is flat near its lowest point. A full truck saves handling that the formula does not know, and costs next to nothing.",
            "The curve is flat near its lowest point only. Look at your percentage: this quantity is far from it.",
        ),
        "nearer": (
            "So far from the lowest point the curve is steep, and most of the gain lies in the first step back.",
            "Look at your percentage. There is hardly anything to gain, and a full truck is worth something too.",
        ),
    }
    return lambda g, a: texts[right][0 if (_above(g) < 5) == (right == "take") else 1]


TELL_THE_BUYER = Problem(
    id="materials.tell_the_buyer", title="What do you tell the buyer?", level=2, minutes=5, outcomes=OUTCOMES,
    covers=("economic_order_quantity",), topics=("what do you tell the buyer",), needs=("items", "demand"), draw=_draw_tell,
    prompt=(
        "“{quantity} {unit} of {item} fill the truck,” says the buyer at {plant}, “so that is what I order.” By how many percent do "
        "ordering and holding together lie above the least possible? And what do you tell the buyer? "
        "Holding is counted on the average stock; the freight of a truck is in the order cost."
    ),
    facts=(DEMAND, ORDER_COST, HOLDING_COST, Fact("quantity", "Full truck", "{unit}")),
    parts=(
        Number(
            "above", "Above the least cost", unit="%", key=lambda g, a: _above(g), tolerance=Absolute(0.3),
            slips=(
                Slip("quantity_gap", lambda g, a: 100 * (g.quantity / best(g).quantity - 1),
                     "By so much the quantity is above the best one. The cost rises by far less: work out both costs."),
                Slip("full_Q_average", lambda g, a: 100 * ((best(g).cost_at(g.quantity) + g.holding_cost * g.quantity / 2) / best(g).cost - 1),
                     "Holding is counted on the whole lot. On average half of it lies there."),
                Slip("holding_only", lambda g, a: 100 * (g.holding_cost * g.quantity / 2 / best(g).cost - 1),
                     "The ordering cost of the full trucks is left out."),
            ),
        ),
        Choice(
            "tell", "What do you tell the buyer?", key=lambda g, a: "take" if a.above < 5 else "nearer",
            options=(
                Option("take", "Order the full truck. It costs next to nothing more.", _tell_reason("take")),
                Option("nearer", "Come down well below a full truck, to near the best quantity. A round number will do.", _tell_reason("nearer")),
                Option("exact", lambda g, a: f"Order {best(g).quantity:,.0f}, no more and no less.",
                       "Its figures are estimates, and near the lowest point a few percent of quantity cost nothing. Nobody needs it to the unit."),
                Option("small", "Order far less than the best quantity. Less stock is always better.",
                       "Below the best quantity the ordering cost rises faster than the holding cost falls."),
            ),
        ),
    ),
    hints=("Work out the yearly cost of a full truck, then that of the best quantity.", "The best quantity is √(2 × {demand} × {order_cost} ÷ {holding_cost}). Cost both in the same way and divide."),
    steps=(
        lambda g, a: f"Best quantity {show(best(g).quantity)}, at {show(best(g).cost)} a year.",
        lambda g, a: f"Full truck: {show(g.demand)} ÷ {show(g.quantity)} orders at {show(g.order_cost)}, and half of {show(g.quantity)} at {show(g.holding_cost)}: {show(best(g).cost_at(g.quantity))} a year.",
        "That is {above} above the least.",
        lambda g, a: _tell_reason("take" if a.above < 5 else "nearer")(g, a),
    ),
)  # fmt: skip

# Situations without a topic in sight: method, and what gives it away.
_METHODS = {
    "eoq": "Economic order quantity",
    "epq": "Production quantity (the lot is used while it is made)",
    "discount": "Order quantity over a price list",
    "newsvendor": "One order for a single season (newsvendor)",
    "buffer": "Safety stock and reorder point",
    "joint": "Joint replenishment (several items on one order)",
    "abc": "ABC classes",
}
_SIGNS = {
    "eoq": "Steady use, one price, and the whole order comes in at once: only the number of orders is open.",
    "epq": "It comes in day by day while part of it is used, so stock never reaches the whole lot.",
    "discount": "The purchase itself depends on the quantity, so it must be costed too.",
    "newsvendor": "There is one chance to order, and what is left afterwards is worth less.",
    "buffer": "The question is when to order and how much to keep against surprises, not how much at a time.",
    "joint": "One fixed cost is shared by all that is on the order.",
    "abc": "The question is where to spend the attention, before any quantity is worked out.",
}


def _draw_method(rng: np.random.Generator, plant: Plant) -> dict[str, Any]:
    row = pick(rng, bought(plant, "a which-method problem").head(25))
    item, use, cost = (
        row.Index,
        show(around(rng, row.yearly_use)),
        show(around(rng, row.unit_cost, figures=3)),
    )
    weekly = show(around(rng, row.yearly_use / 52))
    own = pick(rng, made(plant, "a which-method problem").head(25)).Index
    setup, days = show(around(rng, row.order_cost)), int(rng.integers(2, 6))
    money, items = plant.currency, len(plant.table("items"))
    stories = {
        "eoq": f"About {use} of {item} go out in a year, much the same every week. The price does not depend on the order. Each order costs "
               f"{setup} {money} to place and receive. The shelf is always too full or too empty.",
        "epq": f"The line turns out {own} for {days} days, and assembly takes from the pile all the while. Each change of the line costs "
               f"{setup} {money}. The foreman wants to know for how long to let it run.",
        "discount": f"The supplier of {item} writes: from twice your usual order on, {cost} {money} a unit, and not only for what is above it. "
                    "The buyer would like to say yes on the telephone.",
        "newsvendor": f"For its anniversary the plant will sell a special edition of {own}. It is made once, before the fair. What is not sold there "
                      "goes at half price.",
        "buffer": f"{item}: some weeks {weekly} are used, some weeks half as many again. The truck is sometimes late. Twice this year the line stood "
                  "still, although each order was large enough.",
        "joint": f"Every order to the supplier of {item} costs the same trip of the truck. Nine other items come from the same place, "
                 "some needed daily, some hardly ever.",
        "abc": f"The new storekeeper has {items} items, one afternoon a week, and no idea where to begin.",
    }  # fmt: skip
    method = str(rng.choice(list(stories)))
    return {"story": stories[method], "method": method}


WHICH_METHOD = Problem(
    id="materials.which_method", title="Which method?", level=2, minutes=2, outcomes=OUTCOMES, topics=("which method",),
    needs=("items", "demand"), draw=_draw_method,
    prompt="{story}\n\nWhich method fits the question? Nothing is to be worked out.",
    parts=(
        Choice("method", "Method", key=lambda g, a: g.method,
               options=options_by_sign(_METHODS, _SIGNS)),
    ),
    hints=(
        "What is being decided: how much at a time, when, for which items, or whether to take an offer?",
        "Then look at how it comes in (at once, day by day, once only) and at what an order's cost depends on.",
    ),
    steps=(lambda g, a: _SIGNS[g.method], lambda g, a: f"So: {_METHODS[g.method]}."),
)  # fmt: skip

_NAMES = ("demand", "order_cost", "holding_rate", "unit_cost")


def _draw_sure(rng: np.random.Generator, plant: Plant) -> dict[str, Any]:
    given = eoq_facts(rng, plant)
    wide = [int(i) for i in rng.permutation(4)[: int(rng.integers(1, 4))]]
    truth = {}
    for i, name in enumerate(_NAMES):
        factor = (between(rng, 1.5, 2.4) if rng.integers(2) else between(rng, 0.4, 0.65)) if i in wide else (
            between(rng, 1.04, 1.12) if rng.integers(2) else between(rng, 0.9, 0.96))  # fmt: skip
        truth[name] = rounded(given[name] * factor, 3)
    return {**given, "truth": truth, "lead": int(rng.integers(2, 8))}


def _moved(g: Any, name: str) -> float:
    """By what factor the order quantity moves when one figure turns out otherwise."""
    figures = {n: getattr(g, n) for n in _NAMES} | {name: g.truth[name]}
    new = materials.economic_order_quantity(
        figures["demand"], figures["order_cost"], figures["holding_rate"] * figures["unit_cost"]
    )
    return new.quantity / best(g).quantity


def _sure_text(name: str, label: str) -> Any:
    def text(g: Any, a: Any) -> str:
        scale, sign = (100, " %") if name == "holding_rate" else (1, "")
        return f"{label} turns out {show(scale * g.truth[name])}{sign}, not {show(scale * getattr(g, name))}{sign}"

    return text


def _sure_reason(name: str) -> Any:
    def reason(g: Any, a: Any) -> str:
        factor = g.truth[name] / getattr(g, name)
        moved = abs(100 * (_moved(g, name) - 1))
        return f"The figure is off by a factor of {factor:.2f}; under the root the quantity moves by {moved:.0f} %."

    return reason


HOW_SURE = Problem(
    id="materials.how_sure", title="How sure are you?", level=2, minutes=5, outcomes=OUTCOMES,
    covers=("economic_order_quantity",), topics=("how sure are you",), needs=("items", "demand"), draw=_draw_sure,
    prompt=(
        "You worked out the order quantity of {item} for {plant} from the figures below. None of them is known exactly. "
        "Which of these surprises, each alone, would move the order quantity by more than 15 percent? "
        "And what do you write beside the quantity in your report?"
    ),
    facts=(DEMAND, ORDER_COST, Fact("unit_cost", "Unit cost", "{currency} {a_unit}"),
           Fact("holding_rate", "Holding cost, share of the unit cost", "a year", percent=True), Fact("lead", "Lead time", "weeks")),
    parts=(
        Choices(
            "moves", "What moves it by more than 15 %?", key=lambda g, a: tuple(n for n in _NAMES if abs(_moved(g, n) - 1) > 0.15),
            options=(
                Option("demand", _sure_text("demand", "The year's use"), _sure_reason("demand")),
                Option("order_cost", _sure_text("order_cost", "The cost of an order"), _sure_reason("order_cost")),
                Option("holding_rate", _sure_text("holding_rate", "The holding rate"), _sure_reason("holding_rate")),
                Option("unit_cost", _sure_text("unit_cost", "The unit cost"), _sure_reason("unit_cost")),
                Option("lead", lambda g, a: f"The lead time turns out {2 * g.lead} weeks, not {g.lead}",
                       "The lead time says when to order. The quantity does not depend on it at all."),
            ),
        ),
        Choice(
            "report", "What do you write beside the quantity?", key=lambda g, a: "range",
            options=(
                Option("range", lambda g, a: f"About {show(rounded(best(g).quantity))}. From {show(rounded(best(g).quantity / 1.25))} to "
                       f"{show(rounded(best(g).quantity * 1.25))} costs hardly more.",
                       "A quarter more or less costs under 4 percent more. That is what the reader can use on the floor."),
                Option("decimals", lambda g, a: f"{best(g).quantity:,.2f}, by the formula.", "The decimals promise what the data cannot keep."),
                Option("useless", "No figure: the data are too uncertain.", "The root halves the errors, and the curve is flat. A rough figure is of use, said as rough."),
                Option("high", lambda g, a: f"{show(rounded(2 * best(g).quantity))}, to be on the safe side.",
                       "Doubling the quantity costs a quarter more each year. Against surprises there is safety stock."),
            ),
        ),
    ),
    hints=("All four figures stand under a root. What does a root do to an error?", "The quantity moves by 15 percent when a figure grows by about a third, or falls by about a quarter. For the holding cost it is turned round."),
    steps=(
        lambda g, a: "The factor of each figure, and what the root leaves of it: " + "; ".join(
            f"{_LABELS[n].split(',')[0].lower()} {g.truth[n] / getattr(g, n):.2f}, quantity {_moved(g, n):.2f}" for n in _NAMES) + ".",
        "Over 15 %: {moves}.",
        lambda g, a: f"A quarter above the best quantity costs {100 * (best(g).cost_at(1.25 * best(g).quantity) / best(g).cost - 1):.1f} % more. So report a range.",
    ),
)  # fmt: skip

PROBLEMS = (MISSING_FIGURE, TELL_THE_BUYER, WHICH_METHOD, HOW_SURE)
