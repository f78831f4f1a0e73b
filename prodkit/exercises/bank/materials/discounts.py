"""How much to order when the price falls with the quantity."""

from __future__ import annotations

from math import sqrt
from typing import TYPE_CHECKING, Any

from .... import materials
from ....errors import MissingTableError
from ...draws import ENOUGH, RATES, around, between, bought, pick, rounded, shaped
from ...numbers import show
from ...parts import Choice, Number, Option, Slip
from ...problem import Fact, FactTable, Problem
from ...tolerance import Relative
from .lot_size import DEMAND, ORDER_COST, WHOLE

if TYPE_CHECKING:
    import numpy as np

    from ....plant import Plant

RATE_PAID = Fact("holding_rate", "Holding cost, share of the price paid", "a year", percent=True)
SHELF_LIVES = (4, 6, 8, 10, 12, 16, 20, 26)  # weeks
COSTED = Relative(0.0005)  # the purchase dwarfs the rest: half a percent of it would hide every mistake


def _offers(plant: Plant, kind: str) -> Any:
    """One row a price list: supplier, item, and by how much its first break cuts the price."""
    breaks = plant.need("price_breaks", 2, "a problem on price breaks")
    rows = bought(plant, "a problem on price breaks")
    breaks = breaks[breaks["item"].isin(rows.index) & (breaks["kind"] == kind)].sort_values("from_quantity")
    lists = breaks.groupby(["supplier", "item"])["unit_price"].agg(["first", "last", "size"]).reset_index()
    lists = lists[lists["size"] > 1]
    if lists.empty:
        raise MissingTableError(
            "price_breaks", f"a problem on price breaks needs a price list of kind {kind}"
        )
    lists["cut"] = 1 - lists["last"] / lists["first"]
    return lists.join(rows[["yearly_use", "unit_cost", "order_cost"]], on="item").set_index("item")


def _draw_all_units(rng: np.random.Generator, plant: Plant) -> dict[str, Any]:
    offers = _offers(plant, "all_units")
    to_break = bool(rng.integers(2))

    def draw() -> dict[str, Any]:
        row = pick(rng, offers)
        demand, order_cost, rate = (
            around(rng, row.yearly_use),
            around(rng, row.order_cost),
            float(rng.choice(RATES)),
        )
        price = around(rng, row.first, figures=3)
        lot = sqrt(2 * demand * order_cost / (rate * price))
        prices = [
            price,
            rounded(price * between(rng, 0.96, 0.985), 3),
            rounded(price * between(rng, 0.9, 0.945), 3),
        ]
        second = max(2, round(rounded(lot * between(rng, 0.5, 0.85))))
        starts = [1, second, max(second + 1, round(rounded(lot * between(rng, 2, 9))))]
        steps = [{"from_quantity": q, "unit_price": p} for q, p in zip(starts, prices, strict=True)]
        return {"item": row.Index, "supplier": row.supplier, "demand": demand, "order_cost": order_cost,
                "holding_rate": rate, "steps": steps}  # fmt: skip

    def good(g: Any) -> bool:
        middle, last = _brackets(g)[1:]
        if not (
            g.steps[1]["from_quantity"]
            < middle.economic_quantity
            < g.steps[2]["from_quantity"]
            > last.economic_quantity * 1.2
        ):
            return False
        margin = 0.25 * sqrt(2 * g.demand * g.order_cost * g.holding_rate * g.steps[0]["unit_price"])
        found = _all_units(g)
        gain = found.cost_at(middle.economic_quantity) - found.cost_at(g.steps[2]["from_quantity"])
        return gain > margin if to_break else gain < -margin

    return shaped(draw, good)


def _breaks(g: Any) -> list[tuple[float, float]]:
    return [(r["from_quantity"], r["unit_price"]) for r in g.steps]


def _all_units(g: Any) -> materials.DiscountQuantity:
    return materials.discount_quantity(g.demand, g.order_cost, _breaks(g), holding_rate=g.holding_rate)


def _brackets(g: Any) -> tuple[materials.Bracket, ...]:
    return _all_units(g).brackets


def _other_costs(g: Any, quantity: float) -> float:
    """Ordering and holding alone, at the price that this quantity gets."""
    found = _all_units(g)
    return found.cost_at(quantity) - found.demand * found.price_at(quantity)


DISCOUNT_ALL_UNITS = Problem(
    id="materials.discount_all_units", title="A lower price for the whole order", level=2, minutes=9,
    outcomes=("cpim.inventory", "lesson.05.1"), covers=("discount_quantity",), needs=("items", "demand", "price_breaks"), draw=_draw_all_units,
    prompt=(
        "{supplier} offers {plant} three prices for {item}. From each quantity on, its price holds for every unit of the order. "
        "Holding is counted on the average stock, at the price paid. How many should be ordered at a time?\n\n"
        "The economic quantity at the first price is already known to lie beyond its range. "
        "Yearly cost is purchase, ordering and holding."
    ),
    facts=(
        DEMAND, ORDER_COST, RATE_PAID,
        FactTable("steps", "Price list", (Fact("from_quantity", "From", "{unit} an order"), Fact("unit_price", "Price", "{currency} {a_unit}"))),
    ),
    parts=(
        Number(
            "middle", "Economic quantity at the second price", unit="{unit}", key=lambda g, a: _brackets(g)[1].economic_quantity, tolerance=WHOLE,
            slips=(
                Slip("no_two", lambda g, a: _brackets(g)[1].economic_quantity / sqrt(2), "The 2 under the root is missing."),
                Slip("rate_as_H", lambda g, a: sqrt(2 * g.demand * g.order_cost / g.holding_rate),
                     "{holding_rate} is a share of the price. Multiply it by the second price."),
                Slip("price_as_H", lambda g, a: sqrt(2 * g.demand * g.order_cost / g.steps[1]["unit_price"]),
                     "You took the price for the holding cost. Only {holding_rate} of it is paid a year."),
            ),
        ),
        Number(
            "at_middle", "Yearly cost there", unit="{currency} a year", tolerance=COSTED, key=lambda g, a: _all_units(g).cost_at(a.middle),
            slips=(
                Slip("disc_no_purchase", lambda g, a: _other_costs(g, a.middle), "The purchase is left out, the one cost that the discount changes most."),
                Slip("first_price", lambda g, a: g.demand * g.steps[0]["unit_price"] + _other_costs(g, a.middle),
                     "The purchase is at the first price. This quantity gets the second one."),
            ),
        ),
        Number(
            "at_last", "Yearly cost at the first quantity of the lowest price", unit="{currency} a year", tolerance=COSTED,
            key=lambda g, a: _all_units(g).cost_at(g.steps[2]["from_quantity"]), check=lambda g: _brackets(g)[2].cost,
            slips=(
                Slip("disc_no_purchase", lambda g, a: _other_costs(g, g.steps[2]["from_quantity"]),
                     "The purchase is left out, the one cost that the discount changes most."),
                Slip("disc_infeasible_Q", lambda g, a: g.demand * g.steps[2]["unit_price"] + sqrt(
                        2 * g.demand * g.order_cost * g.holding_rate * g.steps[2]["unit_price"]),
                     "You costed the economic quantity of the lowest price. It is too small to get that price: cost the first quantity that does."),
                Slip("full_Q_average", lambda g, a: _brackets(g)[2].cost + g.holding_rate * g.steps[2]["unit_price"] * g.steps[2]["from_quantity"] / 2,
                     "Holding is counted on the whole lot. On average half of it lies there."),
            ),
        ),
        Choice(
            "best", "What should the buyer order at a time?", key=lambda g, a: "last" if a.at_last < a.at_middle else "middle",
            options=(
                Option("middle", "The economic quantity at the second price",
                       lambda g, a: "Compare the two yearly costs you worked out: this is right only where the first of them is lower."),
                Option("last", "The first quantity that gets the lowest price",
                       lambda g, a: "The lowest price is right only where its whole yearly cost is lower. Compare the two you worked out."),
                Option("disc_infeasible_Q", "The economic quantity at the lowest price",
                       "It lies below the quantity from which that price holds. The supplier would bill a higher one."),
                Option("none", "One unit at a time, at the first price", "Then every unit pays an order cost of its own."),
            ),
        ),
    ),
    hints=(
        "Each price has a cost curve of its own, and only a piece of it can be had. Which quantity is the best on each piece?",
        "Holding one unit costs {holding_rate} of the price paid. Where the economic quantity is too small for a price, its best is the first quantity that gets it.",
    ),
    steps=(
        lambda g, a: f"Second price: Q = √(2 × {show(g.demand)} × {show(g.order_cost)} ÷ ({show(g.holding_rate)} × {show(g.steps[1]['unit_price'])})) = {show(a.middle)}. It lies in its range.",
        lambda g, a: f"Its year: purchase {show(g.demand * g.steps[1]['unit_price'])}, ordering and holding {show(_other_costs(g, a.middle))}, together {show(a.at_middle)}.",
        lambda g, a: f"Lowest price: the economic quantity, {show(_brackets(g)[2].economic_quantity)}, is below {show(g.steps[2]['from_quantity'])}, so cost {show(g.steps[2]['from_quantity'])}: "
                     f"purchase {show(g.demand * g.steps[2]['unit_price'])}, ordering and holding {show(_other_costs(g, g.steps[2]['from_quantity']))}, together {show(a.at_last)}.",
        lambda g, a: f"The lower of the two is {show(min(a.at_middle, a.at_last))}: order {show(_all_units(g).quantity)} at a time.",
    ),
)  # fmt: skip


def _draw_incremental(rng: np.random.Generator, plant: Plant) -> dict[str, Any]:
    try:
        offers = _offers(plant, "incremental")
    except MissingTableError:  # the price list is drawn anyway: any item with a price list will do
        offers = _offers(plant, "all_units")

    def draw() -> dict[str, Any]:
        row = pick(rng, offers)
        demand, order_cost, rate = (
            around(rng, row.yearly_use),
            around(rng, row.order_cost),
            float(rng.choice(RATES)),
        )
        price = around(rng, row.first, figures=3)
        gap = max(0.05, row.cut) * between(rng, 0.7, 1.3) * price
        start = max(
            2, round(rounded(sqrt(2 * demand * order_cost / (rate * price)) * between(rng, 0.4, 1.6)))
        )
        # An extra that dwarfs the order cost would hide that the order cost is left out.
        low = rounded(price - min(gap, 15 * order_cost / start), 3 if gap * start < 15 * order_cost else 5)
        return {"item": row.Index, "supplier": row.supplier, "demand": demand, "order_cost": order_cost, "holding_rate": rate,
                "steps": [{"from_quantity": 0, "unit_price": price}, {"from_quantity": start, "unit_price": low}]}  # fmt: skip

    def good(g: Any) -> bool:
        found = _stepped(g)
        return bool(found.quantity > 1.1 * g.steps[1]["from_quantity"] and _extra(g) > 0.2 * g.order_cost)

    return shaped(draw, good)


def _stepped(g: Any) -> materials.DiscountQuantity:
    return materials.discount_quantity(
        g.demand, g.order_cost, _breaks(g), holding_rate=g.holding_rate, kind="incremental"
    )


def _extra(g: Any) -> float:
    """What an order pays above the low price on the units below the step."""
    found, low = _stepped(g), g.steps[1]
    return float((found.price_at(low["from_quantity"]) - low["unit_price"]) * low["from_quantity"])


def _gap(g: Any) -> float:
    return float(g.steps[0]["unit_price"] - g.steps[1]["unit_price"])


DISCOUNT_INCREMENTAL = Problem(
    id="materials.discount_incremental", title="A lower price beyond the break", level=3, minutes=8,
    outcomes=("cpim.inventory", "lesson.05.1"), covers=("discount_quantity",), needs=("items", "demand", "price_breaks"), draw=_draw_incremental,
    prompt=(
        "{supplier} sells {item} to {plant} by steps: the units of an order up to the break cost the first price, and only those "
        "beyond it cost the lower one. So each order carries a fixed extra: what the units below the break cost above the lower price. "
        "Holding is counted on the average price paid. Work out the extra, the best quantity in the upper step, and the average price there."
    ),
    facts=(
        DEMAND, ORDER_COST, RATE_PAID,
        FactTable("steps", "Price list", (Fact("from_quantity", "Beyond", "{unit} an order"), Fact("unit_price", "Price", "{currency} {a_unit}"))),
    ),
    parts=(
        Number(
            "extra", "Fixed extra", unit="{currency} an order", key=lambda g, a: _extra(g), tolerance=Relative(0.01),
            slips=(
                Slip("full_price", lambda g, a: g.steps[1]["from_quantity"] * g.steps[0]["unit_price"],
                     "That is the whole price of these units. Only what they cost above the lower price is extra."),
                Slip("gap_only", lambda g, a: _gap(g), "That is the extra on one unit. How many units pay it in each order?"),
            ),
        ),
        Number(
            "quantity", "Best quantity in the upper step", unit="{unit}", tolerance=WHOLE,
            key=lambda g, a: sqrt(2 * g.demand * (g.order_cost + a.extra) / (g.holding_rate * g.steps[1]["unit_price"])),
            check=lambda g: _stepped(g).brackets[1].economic_quantity,
            slips=(
                Slip("disc_incremental_as_all", lambda g, a: sqrt(2 * g.demand * g.order_cost / (g.holding_rate * g.steps[1]["unit_price"])),
                     "You gave every unit the lower price. The extra is paid with each order, so it joins the order cost."),
                Slip("extra_alone", lambda g, a: sqrt(2 * g.demand * a.extra / (g.holding_rate * g.steps[1]["unit_price"])),
                     "The order cost itself is left out. Each order pays it and the extra."),
                Slip("no_two", lambda g, a: sqrt(g.demand * (g.order_cost + a.extra) / (g.holding_rate * g.steps[1]["unit_price"])),
                     "The 2 under the root is missing."),
                Slip("rate_as_H", lambda g, a: sqrt(2 * g.demand * (g.order_cost + a.extra) / g.holding_rate),
                     "{holding_rate} is a share of the price. Multiply it by the lower price."),
            ),
        ),
        Number(
            "price", "Average price paid there", unit="{currency} {a_unit}", key=lambda g, a: _stepped(g).price_at(a.quantity), tolerance=Relative(0.002),
            check=lambda g: _stepped(g).unit_price,
            slips=(
                Slip("disc_incremental_as_all", lambda g, a: g.steps[1]["unit_price"]
                     if _stepped(g).unit_price / g.steps[1]["unit_price"] > 1.007 else None,
                     "That is the lower price, but the first units of the order cost more."),
                Slip("plain_mean", lambda g, a: (g.steps[0]["unit_price"] + g.steps[1]["unit_price"]) / 2
                     if abs(_stepped(g).unit_price / (g.steps[0]["unit_price"] - _gap(g) / 2) - 1) > 0.007 else None,
                     "A plain mean of the two prices. Weigh each by the units that pay it."),
            ),
        ),
    ),
    hints=(
        "Imagine the whole order at the lower price, and then a surcharge for the units below the break. The surcharge is the same for every larger order.",
        "Each order costs the order cost and the extra. The rest is the ordinary formula at the lower price. The average price is the lower one plus extra ÷ quantity.",
    ),
    steps=(
        lambda g, a: f"Extra: {show(g.steps[1]['from_quantity'])} × ({show(g.steps[0]['unit_price'])} - {show(g.steps[1]['unit_price'])}) = {show(a.extra)} an order.",
        lambda g, a: f"Q = √(2 × {show(g.demand)} × ({show(g.order_cost)} + {show(a.extra)}) ÷ ({show(g.holding_rate)} × {show(g.steps[1]['unit_price'])})) = {show(a.quantity)}, which lies beyond the break.",
        lambda g, a: f"Average price: {show(g.steps[1]['unit_price'])} + {show(a.extra)} ÷ {show(a.quantity)} = {show(a.price)}.",
    ),
)  # fmt: skip


def _draw_shelf_life(rng: np.random.Generator, plant: Plant) -> dict[str, Any]:
    rows = bought(plant, "a problem on shelf life")
    spoils = rows[rows["shelf_life_weeks"].notna()]
    rows = rows.head(ENOUGH) if spoils.empty else spoils  # the first are ordered most often
    fits = bool(rng.integers(2))

    def draw() -> dict[str, Any]:
        row = pick(rng, rows)
        weekly = around(rng, row.yearly_use / 52)
        own = float(row.shelf_life_weeks)
        near = [w for w in SHELF_LIVES if own / 2 <= w <= 1.5 * own]
        shelf = int(rng.choice(near or SHELF_LIVES))
        order_cost, rate, price = (
            around(rng, row.order_cost),
            float(rng.choice(RATES)),
            around(rng, row.unit_cost, figures=3),
        )
        if (
            not near and sqrt(2 * order_cost * 52 / (weekly * rate * price)) > 12
        ):  # an economic lot lasts a quarter and more
            shelf *= 4
        cut = between(rng, 0.05, 0.14)
        start = rounded(weekly * shelf * (between(rng, 0.45, 0.85) if fits else between(rng, 1.2, 2.5)))
        return {"item": row.Index, "weekly": weekly, "spoils": "A unit spoils" if own / 2 <= shelf <= 1.5 * own else "Suppose that a unit spoils", "shelf": shelf, "order_cost": order_cost, "holding_rate": rate,
                "price": price, "low_price": rounded(price * (1 - cut), 3), "break_quantity": start}  # fmt: skip

    def good(g: Any) -> bool:
        free, eoq = _offer(g), _no_break(g)
        return bool(
            free.unit_price == g.low_price and free.quantity == g.break_quantity
            and eoq.quantity < 0.9 * g.weekly * g.shelf and g.price > 1.02 * g.low_price
            and eoq.demand * g.price + eoq.cost - free.cost > 0.2 * eoq.cost
            and abs(_purchase_saved(g) / (eoq.demand * g.price + eoq.cost - free.cost) - 1) > 0.065
        )  # fmt: skip

    return shaped(draw, good, 300)


def _offer(g: Any, most: float | None = None) -> materials.DiscountQuantity:
    return materials.discount_quantity(
        52 * g.weekly, g.order_cost, [(0, g.price), (g.break_quantity, g.low_price)],
        holding_rate=g.holding_rate, max_quantity=most,
    )  # fmt: skip


def _no_break(g: Any) -> materials.EconomicOrderQuantity:
    return materials.economic_order_quantity(52 * g.weekly, g.order_cost, g.holding_rate * g.price)


def _purchase_saved(g: Any) -> float:
    return float(52 * g.weekly * (g.price - g.low_price))


def _take_reason(g: Any, a: Any) -> str:
    if g.break_quantity <= g.weekly * g.shelf:
        return "The last unit is used before it spoils, and the purchase falls by more than ordering and holding rise."
    return "Check how long it lasts: the last units would be past their shelf life. What is thrown away costs more than the break saves."


def _split_reason(g: Any, a: Any) -> str:
    if g.break_quantity <= g.weekly * g.shelf:
        return "It would do no harm, but there is no need to bargain: the whole quantity is used before it spoils."
    return "The price can be bought with a yearly promise; the stock cannot be kept. Many suppliers agree to one order, delivered in parts."


PRICE_BREAK_SHELF_LIFE = Problem(
    id="materials.price_break_shelf_life", title="Price break against shelf life", level=2, minutes=6,
    outcomes=("cpim.inventory", "lesson.05.1"), covers=("discount_quantity",), topics=("price break against shelf life",),
    needs=("items", "demand"), draw=_draw_shelf_life,
    prompt=(
        "The supplier of {item} offers {plant} a lower price for the whole order, from {break_quantity} {unit} on. "
        "{spoils} {shelf} weeks after it arrives; the oldest is used first, and what spoils is thrown away. "
        "Orders come in when the stock has run out. Should the buyer take the offer? A year has 52 weeks; holding is counted on the average stock."
    ),
    facts=(
        Fact("weekly", "Use", "{unit} a week"), Fact("shelf", "Shelf life", "weeks"), ORDER_COST, RATE_PAID,
        Fact("price", "Price now", "{currency} {a_unit}"), Fact("low_price", "Price offered", "{currency} {a_unit}"),
        Fact("break_quantity", "Offered from", "{unit} an order"),
    ),
    parts=(
        Number(
            "lasts", "How long the offered quantity lasts", unit="weeks",
            key=lambda g, a: materials.days_of_supply(g.break_quantity, g.weekly, days_per_year=1),
            slips=(
                Slip("lasts_inverted", lambda g, a: g.weekly / g.break_quantity, "Upside down: that is the share of the order used in a week."),
                Slip("half_lot", lambda g, a: g.break_quantity / 2 / g.weekly, "The average unit waits that long. The last one waits twice as long, and it is the one that spoils."),
            ),
        ),
        Number(
            "gain", "What the lower price saves in a year, before any loss", unit="{currency} a year",
            key=lambda g, a: 52 * g.weekly * g.price + _no_break(g).cost - _offer(g).cost,
            tolerance=Relative(0.02),
            slips=(
                Slip("purchase_only", lambda g, a: _purchase_saved(g),
                     "That is the purchase alone. Ordering and holding change with the quantity too."),
                Slip("disc_no_purchase", lambda g, a: _no_break(g).cost - (_offer(g).cost - 52 * g.weekly * g.low_price),
                     "The purchase is left out, the one cost that the offer lowers most."),
            ),
        ),
        Choice(
            "answer", "What does the buyer do?", key=lambda g, a: "take" if a.lasts <= g.shelf else "split",
            options=(
                Option("take", "Take the offer: order {break_quantity} at a time", _take_reason),
                Option("split", "Not in one delivery: ask for the lower price on a yearly order that comes in parts", _split_reason),
                Option("refuse", "Refuse: more than the economic order quantity always costs more",
                       "The economic order quantity is best at one fixed price. When the price falls, cost the whole year again."),
                Option("blend", "Take it, and use the newest units first so that they are fresh",
                       "Then the oldest never leave the store. Use the oldest first."),
            ),
        ),
    ),
    hints=("How old is the last unit of the order when it is used?", "{break_quantity} {unit} at {weekly} a week. Compare that with {shelf} weeks. For the saving, cost a year at the economic quantity and a year at {break_quantity}."),
    steps=(
        "The offered quantity lasts {break_quantity} ÷ {weekly} = {lasts}. It keeps {shelf} weeks.",
        lambda g, a: f"A year at {show(g.price)} in economic lots of {show(_no_break(g).quantity)}: {show(52 * g.weekly * g.price + _no_break(g).cost)}. "
                     f"A year at {show(g.low_price)} in lots of {show(g.break_quantity)}: {show(_offer(g).cost)}. The difference is {show(a.gain)}.",
        lambda g, a: _take_reason(g, a) if a.lasts <= g.shelf else _split_reason(g, a),
    ),
)  # fmt: skip

PROBLEMS = (DISCOUNT_ALL_UNITS, DISCOUNT_INCREMENTAL, PRICE_BREAK_SHELF_LIFE)
