"""What a plan tells its planner: messages, pegs, a colleague's mistake, and a supplier who slips."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from types import SimpleNamespace
from typing import TYPE_CHECKING, Any

from .... import materials
from ....errors import MissingTableError
from ...draws import between, shaped
from ...numbers import show
from ...parts import Choices, Grid, Line, Number, Option, Slip
from ...problem import Fact, FactTable, Problem
from ...tolerance import Exact
from .mrp_record import (
    LEAD,
    ON_HAND,
    OUTCOMES,
    SAFETY,
    handy,
    needs,
    plan,
    span,
    stocked_lines,
    units,
    weekly,
)

if TYPE_CHECKING:
    import numpy as np

    from ....plant import Plant

NEEDS = ("items", "demand")
MESSAGES = "exception messages"


# Open orders: move, cancel, or leave?

ORDER_LINES = ("P1", "P2", "P3", "P4")
ORDERS = FactTable(
    "orders",
    "Open orders",
    (Fact("order", "Order"), Fact("quantity", "Quantity", "{unit}"), Fact("due", "Due in week")),
)
WEEKLY = FactTable("table", "Gross requirements", (Fact("week", "Week"), Fact("need", "Gross", "{unit}")))


def _needed(g: Any, order: str, *, before: bool = True, safety: bool = True, stock: bool = True) -> int:
    """The week in which an open order is first needed, the ones before it having come; 0 if never."""
    place = ORDER_LINES.index(order)
    have = (g.on_hand if stock else 0) - (g.safety if safety else 0)
    have += sum(g.orders[i]["quantity"] for i in range(place)) if before else 0
    for t, need in enumerate(g.gross, 1):
        have -= need
        if have < 0:
            return t
    return 0


def _message(due: float, needed: float) -> str:
    if needed == 0:
        return "cancel"
    return "expedite" if needed < due else "defer" if needed > due else "leave"


def _due(g: Any, order: str) -> int:
    return int(g.orders[ORDER_LINES.index(order)]["due"])


def _moved(g: Any) -> dict[str, dict[str, Any]]:
    """The plan's own messages on each open order."""
    import pandas as pd

    receipts = pd.DataFrame([{**r, "item": g.item} for r in g.orders])
    demand = pd.DataFrame({"week": range(1, len(g.gross) + 1), "item": g.item, "quantity": g.gross})
    items = pd.DataFrame(
        [{"item": g.item, "on_hand": g.on_hand, "safety_stock": g.safety, "lead_time_weeks": 1}]
    )
    messages = materials.mrp(items=items, demand=demand, receipts=receipts, weeks=len(g.gross)).messages
    found = {"week": {r["order"]: r["due"] for r in g.orders}, "message": dict.fromkeys(ORDER_LINES, "leave")}
    for kind, order, to in zip(messages["kind"], messages["order"], messages["to_week"], strict=True):
        if kind in ("expedite", "defer", "cancel"):
            found["message"][order] = kind
            found["week"][order] = 0 if kind == "cancel" else int(to)
    return found


_MOVES = Grid(
    "moves", "What to do with each", over=lambda g: ORDER_LINES, corner="Order", key=lambda g, a: _moved(g),
    lines=(
        Line("quantity", "Quantity", "{unit}", given=lambda g, t: g.orders[ORDER_LINES.index(t)]["quantity"]),
        Line("due", "Due in week", given=_due),
        Line("week", "Needed in week (0: never)", rule=lambda g, a, t: _needed(g, t), slips=(
            Slip("ss_none", lambda g, a, t: _needed(g, t, safety=False),
                 "You waited until nothing is left. The order is needed as soon as the safety stock of {safety} would be touched."),
            Slip("alone", lambda g, a, t: _needed(g, t, before=False),
                 "You looked at each order as if the others did not come. The ones due before it come first."),
            Slip("no_stock", lambda g, a, t: _needed(g, t, stock=False), "What is on hand is left out. It serves the first weeks."),
        )),
        Line("message", "Message", choices=("expedite", "defer", "cancel", "leave"), rule=lambda g, a, t: _message(a.due[t], a.week[t]), slips=(
            Slip("turned_round", lambda g, a, t: {"expedite": "defer", "defer": "expedite"}.get(x := _message(a.due[t], a.week[t]), x),
                 "Turned round: to expedite is to bring forward what is needed before it is due; to defer is to put off."),
            Slip("never_cancel", lambda g, a, t: "defer" if a.week[t] == 0 else _message(a.due[t], a.week[t]),
                 "An order that nothing in these weeks needs is not put off: ask to cancel it."),
        )),
    ),
)  # fmt: skip


def _draw_moves(rng: np.random.Generator, plant: Plant) -> dict[str, Any]:
    def once() -> dict[str, Any]:
        item, mean = weekly(plant, rng, "messages on open orders")
        n = 10
        gross = needs(rng, mean, n)
        total, safety = sum(gross), units(mean * between(rng, 0.5, 0.9))
        on_hand = round(gross[0] + between(rng, 0.3, 0.9) * gross[1] + safety)
        left = total + safety - on_hand
        quantities = [units(left * between(rng, 0.3, 0.4)) for _ in range(3)]
        quantities.append(units(left * 0.3))
        given = {"item": item, "gross": gross, "safety": safety, "on_hand": on_hand,
                 "table": [{"week": str(t), "need": x} for t, x in enumerate(gross, 1)]}  # fmt: skip
        g: Any = SimpleNamespace(**given, orders=[{"quantity": q} for q in quantities])
        dues: list[int] = []
        for order in ORDER_LINES:
            needed = _needed(g, order) or n - 1
            dues.append(
                min(n, max(needed + int(rng.choice([-2, -1, 0, 1, 2])), (dues[-1] if dues else 0) + 1))
            )
        orders = [
            {"order": o, "quantity": q, "due": d}
            for o, q, d in zip(ORDER_LINES, quantities, dues, strict=True)
        ]
        return {**given, "orders": orders}

    def good(g: Any) -> bool:
        dues = [r["due"] for r in g.orders]
        said = [_message(_due(g, o), _needed(g, o)) for o in ORDER_LINES]
        earlier = any(_needed(g, o) != _needed(g, o, safety=False) for o in ORDER_LINES)
        return len(set(dues)) == 4 and len(set(said)) >= 3 and "cancel" in said and earlier

    return shaped(once, good)


MOVES = Problem(
    id="materials.mrp_messages", title="Bring forward, put off, or cancel?", level=2, minutes=7, outcomes=OUTCOMES, covers=("mrp",),
    topics=(MESSAGES,), needs=NEEDS, draw=_draw_moves,
    prompt="{plant} has four open orders for {item}. In which week is each really needed, so that the safety stock of {safety} stays whole, "
           "and what does the plan say of it? The orders are used in the order of their due weeks; a receipt counts from its week's beginning.",
    facts=(Fact("on_hand", "On hand", "{unit}"), SAFETY, WEEKLY),
    parts=(_MOVES,),
    hints=("Add up the gross requirements week by week. In which week do they go beyond stock on hand less safety stock? There the "
           "first order is needed.",
           "For the second order, add the first one's quantity to what you have, and so on. Needed before it is due: expedite. After: defer."),
    steps=(
        lambda g, a: f"Stock that may be used: {g.on_hand} − {g.safety} = {g.on_hand - g.safety}. It and the orders before must be used up.",
        lambda g, a: "Needed: " + ", ".join(f"{o} {'never' if not w else f'in week {w:g}'} (due in week {_due(g, o)}): {a.moves['message'][o]}"
                                             for o, w in a.moves["week"].items()) + ".",
    ),
)  # fmt: skip


# Which messages does this record raise?

KINDS = ("past due", "short", "expedite", "below safety", "defer", "cancel")
MEANS = {
    "past due": "Past due: an order should have been released, or have come, before today",
    "short": "Short: customers wait, since the balance goes below zero",
    "expedite": "Expedite: bring an open order forward",
    "below safety": "Below safety: the safety stock is eaten into",
    "defer": "Defer: put an open order off",
    "cancel": "Cancel: nothing needs an open order",
}
UNSAID = {
    "past due": "No: every release lies in week 1 or later, and no open order is overdue.",
    "short": "No: the balance never goes below zero.",
    "expedite": "No: no open order is needed before it is due.",
    "below safety": "No: where the balance is not below zero, the safety stock is whole.",
    "defer": "No: outside the firm weeks no open order comes before it is needed.",
    "cancel": "No: outside the firm weeks every open order is needed.",
}


def _raised_plan(g: Any) -> materials.MrpPlan:
    row = {
        "item": g.item,
        "lead_time_weeks": g.lead,
        "on_hand": g.on_hand,
        "safety_stock": g.safety,
        "firm_weeks": g.firm,
    }
    return plan(g.n, [row], {g.item: g.gross}, {g.item: g.scheduled})


def _draw_raised(rng: np.random.Generator, plant: Plant) -> dict[str, Any]:
    item, mean = weekly(plant, rng, "messages of a plan")
    least, most = ((0, 0), (1, 1), (2, 4))[int(rng.choice(3, p=[0.1, 0.3, 0.6]))]

    def once() -> dict[str, Any]:
        n, firm, lead = 6, int(rng.choice([0, 2, 3])), int(rng.choice([1, 2, 3]))
        gross, safety, scheduled = needs(rng, mean, n), units(mean * 0.4), [0] * n
        on_hand = round(mean * between(rng, 1.0, 6.0)) + safety
        for week in rng.choice(n, size=int(rng.integers(1, 3)), replace=False):
            scheduled[int(week)] = units(mean * between(rng, 0.8, 1.8))
        weeks = enumerate(zip(gross, scheduled, strict=True), 1)
        given = {"item": item, "n": n, "firm": firm, "gross": gross, "safety": safety, "on_hand": on_hand, **span("lead", lead),
                 "scheduled": scheduled, "table": [{"week": str(t), "need": x, "comes": y} for t, (x, y) in weeks]}  # fmt: skip
        said: dict[str, str] = {}
        found = _raised_plan(SimpleNamespace(**given)).messages
        for kind, text in zip(found["kind"], found["text"], strict=True):
            said.setdefault(str(kind), str(text))
        fence = (
            f"In the first {firm} weeks nothing new may be planned to come in, and what is due in them is not put off."
            if firm
            else "No week is firm."
        )
        return {**given, "said": said, "fence": fence}

    return shaped(once, lambda g: least <= len(g.said) <= most, 20)


def _said(kind: str) -> Callable[[Any, Any], str]:
    return lambda g, a: f"Yes. {g.said[kind]}" if kind in g.said else UNSAID[kind]


def _kinds(g: Any) -> tuple[str, ...]:
    found = set(_raised_plan(g).messages["kind"])
    return tuple(k for k in KINDS if k in found) or ("none",)


RAISED = Problem(
    id="materials.mrp_raised", title="What will the plan complain about?", level=2, minutes=5, outcomes=OUTCOMES, covers=("mrp",),
    topics=(MESSAGES,), needs=NEEDS, draw=_draw_raised,
    prompt="{item} is planned lot for lot, with a lead time of {lead} {lead_unit} and a safety stock of {safety}. {fence} "
           " An order that should have been released before week 1 keeps its due week, and the plan counts on it. "
           "Open orders count in the week in which they are due. Which messages does the plan give? Tick all.",
    facts=(ON_HAND, SAFETY, LEAD, Fact("firm", "Firm weeks"),
           FactTable("table", "The next weeks", (Fact("week", "Week"), Fact("need", "Gross", "{unit}"), Fact("comes", "Open order due", "{unit}")))),
    parts=(Choices("kinds", "Messages", shuffle=False, key=lambda g, a: _kinds(g), options=(
        *(Option(k, MEANS[k], _said(k)) for k in KINDS),
        Option("none", "None of these: all is well",
               lambda g, a: "No: there is something to look at. Carry the balance on, week by week." if g.said else "Yes: all needs are met in time."),
    )),),
    hints=("Work the record out: net, planned receipts (none in the firm weeks), balance. Where does it fall below {safety}, or below zero?",
           "Then two questions: does a planned receipt lie within the lead time? In which week is the open order first needed, if the "
           "safety stock is to stay whole?"),
    steps=(lambda g, a: " ".join(g.said.values()) or "Every need is met in time, and no order need be moved: no message.",),
)  # fmt: skip


# Whom does a late receipt hurt?

ORDER_IDS = tuple(f"S{101 + k}" for k in range(5))


def _draw_pegs(rng: np.random.Generator, plant: Plant) -> dict[str, Any]:
    bills = stocked_lines(plant, "pegging")
    where: dict[str, list[tuple[str, float]]] = {}
    for parent, rows in bills.items():
        for component, q in rows:
            where.setdefault(component, []).append((parent, q))
    whole = {c: [x for x in some if handy(x[1])] for c, some in where.items()}
    cases = [
        (c, x)
        for c, x in (whole if any(len(x) >= 2 for x in whole.values()) else where).items()
        if len(x) >= 2
    ]
    if not cases:
        raise MissingTableError("bom", "pegging needs a component of two parents")

    def once() -> dict[str, Any]:
        item, some = cases[int(rng.integers(len(cases)))]
        pair = [some[int(k)] for k in rng.choice(len(some), size=2, replace=False)]
        made = [(parent, lead, int(q) if handy(q) else 2)
                for (parent, q), lead in zip(pair, (1, 3), strict=True)]  # fmt: skip
        orders = []
        for order, week in zip(
            ORDER_IDS, sorted(rng.choice(range(4, 10), size=5, replace=False)), strict=True
        ):
            (parent, lead, per), quantity = made[int(rng.integers(2))], units(between(rng, 8, 40))
            orders.append({"order": order, "item": parent, "quantity": quantity, "due": int(week),
                           "start": int(week) - lead, "takes": quantity * per})  # fmt: skip
        starts: list[Any] = sorted(orders, key=lambda r: int(r["start"]))
        first = int(rng.integers(1, 3))
        part = float(rng.choice([0.0, 0.4]))  # of the last one served from stock, left for the late receipt
        stock = sum(r["takes"] for r in starts[:first]) - round(starts[first - 1]["takes"] * part)
        upto = sum(r["takes"] for r in starts[: first + 2]) - round(
            starts[first + 1]["takes"] * between(rng, 0, 0.5)
        )
        return {"item": item, "made": [{"item": p, "lead": lead, "per": per} for p, lead, per in made], "orders": orders,
                "stock": stock, "late": upto - stock, "week": starts[first - 1 if part else first]["start"]}  # fmt: skip

    def good(g: Any) -> bool:
        starts = {r["start"] for r in g.orders}
        hit = [r for r in g.orders if g.stock - r["takes"] < _before(g, r) < g.stock + g.late]
        figures = {sum(r["quantity"] for r in hit), sum(r["takes"] for r in hit), g.late}
        both = len({r["item"] for r in g.orders}) == 2
        return (
            len(starts) == 5 and min(starts) > 0 and both and g.stock > 0 and g.late > 0 and len(figures) == 3
        )

    given = shaped(once, good)
    return {**given, "hit": list(_hanging(SimpleNamespace(**given)))}


def _before(g: Any, row: Mapping[str, Any]) -> int:
    """What the orders started before this one take."""
    return sum(int(r["takes"]) for r in g.orders if r["start"] < row["start"])


def _hanging(g: Any) -> tuple[str, ...]:
    """The customer orders above the late receipt, by the plan's own pegs."""
    import pandas as pd

    items = pd.DataFrame([*({"item": m["item"], "lead_time_weeks": m["lead"], "on_hand": 0.0} for m in g.made),
                          {"item": g.item, "lead_time_weeks": 0, "on_hand": g.stock}])  # fmt: skip
    bom = pd.DataFrame([{"parent": m["item"], "component": g.item, "quantity_per": m["per"]} for m in g.made])
    demand = pd.DataFrame(
        [
            {"week": r["due"], "item": r["item"], "quantity": r["quantity"], "order": r["order"]}
            for r in g.orders
        ]
    )
    receipts = pd.DataFrame([{"order": "late", "item": g.item, "quantity": g.late, "due": g.week}])
    above = materials.mrp(items=items, bom=bom, demand=demand, receipts=receipts, weeks=10).pegs_to(
        "late", full=True
    )
    hit = set(above.loc[above["need"] == "demand", "for_order"])
    return tuple(r["order"] for r in g.orders if r["order"] in hit)


def _order_text(i: int) -> Callable[[Any, Any], str]:
    return lambda g, a: (
        f"{g.orders[i]['order']}: {g.orders[i]['quantity']} of {g.orders[i]['item']}, due in week {g.orders[i]['due']}"
    )


def _order_reason(i: int) -> Callable[[Any, Any], str]:
    def said(g: Any, a: Any) -> str:
        row = g.orders[i]
        before = _before(g, row)
        head = f"It is started in week {row['start']} and takes {row['takes']}; those started before take {before}."
        if before + row["takes"] <= g.stock:
            return f"{head} The {g.stock} in stock cover it."
        if before >= g.stock + g.late:
            return f"{head} Stock and the late receipt ({g.stock} + {g.late}) are used up by then: it waits for other orders."
        return f"{head} With {g.stock} in stock it needs part of the late receipt."

    return said


PEGGING = Problem(
    id="materials.mrp_pegging", title="Whom does the late receipt hurt?", level=3, minutes=7, outcomes=OUTCOMES, covers=("mrp",),
    topics=("pegging",), needs=("items", "bom"), draw=_draw_pegs,
    prompt="An open order for {late} of {item}, due in week {week}, will be late. Which customers' orders hang on it? {stock} are in stock. "
           "Each product is started its lead time before its order is due, and draws {item} then; who starts first is served first. "
           "There is no stock of the products. Tick every order that needs some of the late receipt.",
    facts=(
        FactTable("made", "The products", (Fact("item", "Product"), Fact("per", "Of the part in one", "units"), Fact("lead", "Lead time", "weeks"))),
        FactTable("orders", "Customers' orders", (Fact("order", "Order"), Fact("item", "Product"), Fact("quantity", "Quantity", "units"),
                                                  Fact("due", "Due in week"))),
        Fact("stock", "Of the part in stock", "units"), Fact("late", "Of the part on the late order", "units"),
    ),
    parts=(
        Choices("orders", "Orders that hang on it", shuffle=False, key=lambda g, a: tuple(str(ORDER_IDS.index(o)) for o in _hanging(g)),
                options=tuple(Option(str(i), _order_text(i), _order_reason(i)) for i in range(5))),
        Number("units", "Products promised that may be late", unit="units", tolerance=Exact(),
               key=lambda g, a: sum(g.orders[int(i)]["quantity"] for i in a.orders),
               check=lambda g: sum(r["quantity"] for r in g.orders if r["order"] in g.hit), slips=(
                   Slip("parts_for_products", lambda g, a: sum(g.orders[int(i)]["takes"] for i in a.orders),
                        "Those are units of the part. Customers wait for products: add up the orders' quantities."),
                   Slip("late_quantity", lambda g, a: g.late, "That is the late receipt itself. Customers wait for whole orders of products."),
               )),
    ),
    hints=("For each order: in which week is it started, and how many of {item} does it take? Put them in the order of their starts.",
           "Hand out the stock first, then the late receipt, in that order. An order that lacks one unit waits as a whole."),
    steps=(
        lambda g, a: "By start: " + "; ".join(f"{r['order']} in week {r['start']} takes {r['takes']}" for r in sorted(g.orders, key=lambda r: r["start"])) + ".",
        lambda g, a: f"The first {g.stock} come from stock, the next {g.late} from the late receipt. So these hang on it: {', '.join(g.hit)}.",
        lambda g, a: f"Products in them: {show(a.units, 9)}.",
    ),
)  # fmt: skip

PROBLEMS = (MOVES, RAISED, PEGGING)
