"""Sitting 1: which items, how many at a time, at what price."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from ...charts.style import worded
from ..said import Said, about, money, percent, ratio, whole

if TYPE_CHECKING:
    import pandas as pd

    from ...materials import AbcClasses, DiscountQuantity
    from ...plant import Bought, Cast

__all__ = [
    "answer",
    "change",
    "freight",
    "meet",
    "offer",
    "own_orders",
    "paper",
    "rank",
    "terms",
    "three_costs",
    "tries",
]


def meet(who: Cast) -> Said:
    """Whose plant it is, and which items the lesson follows."""
    busy, late, sale = who.busy, who.late, who.season
    on_time = (
        ""
        if late.on_time_share is None
        else f"; {100 * late.on_time_share:.0f} % of its deliveries come on time"
    )
    return Said(
        f"This is {who.plant}. The lesson follows three of its items.",
        f"- {busy.item}, the busy one: {busy.name}. {_ordered(busy)}",
        f"- {late.item}, the late one: {late.name}. Comes {_from(late)}{on_time}.",
        f"- {sale.item}, the one for a season: {sale.name}. Sold at {worded(sale.price, sale.currency)}"
        f"{', now and then in a promotion' if sale.is_promotion else ''}.",
    )


def rank(abc: AbcClasses, busy: Bought) -> Said:
    """Where the busy item stands by value."""
    table = abc.table.reset_index(drop=True)
    place = int(table.index[table["item"] == busy.item][0])
    share, letter, first = table["value_share"][place], table["abc_class"][place], table["item"][0]
    told = f"So {busy.item} comes {_ordinal(place + 1)} of {len(table)}, in class {letter}, with {percent(share)} of the value. "
    if place == 0:
        return Said(told + "The busiest item is the largest as well: that afternoon is well spent.")
    if letter == "A":
        return Said(told + "It is worth the afternoon after all, though not because it is busy.")
    times = ratio(float(table["yearly_value"][0]), float(table["yearly_value"][place]))
    return Said(
        told
        + f"The first, {first}, takes {times} it. The afternoon would earn more there; what follows works for either."
    )


def terms(busy: Bought) -> Said:
    """What is known of the busy item before anything is worked out."""
    reserve = f"{whole(busy.safety_stock, busy.unit)} are" if busy.safety_stock else "Nothing is"
    return Said(
        f"{_placed(busy)} An order costs {worded(busy.order_cost, busy.currency)} to place and receive. A unit costs "
        f"{money(busy.unit_cost, busy.currency)}. {reserve} kept against surprises.",
        f"The holding cost: {busy.plant} reckons {worded(100 * busy.holding_rate)} % of the unit cost a year, so "
        f"{busy.holding_rate:g} × {money(busy.unit_cost)} = {money(busy.holding_cost, busy.currency)} for one unit kept a year.",
    )


def _placed(busy: Bought) -> str:
    """How many orders the year takes, and where what was bought is not what the bills explain."""
    if not busy.orders:
        return (
            f"No order of {busy.item} is on record, so the lesson takes the economic order quantity, "
            f"{whole(busy.today, busy.unit)}, as today’s: {whole(busy.times)} orders a year."
        )
    told = (
        f"In the last 52 weeks {busy.item} was ordered {busy.orders} time{'s' * (busy.orders != 1)}, {whole(busy.today, busy.unit)} at a "
        "time."
    )
    total = busy.orders * busy.today
    if 0.75 <= total / busy.use <= 1.25:
        if whole(busy.times) == str(busy.orders):
            return told
        return f"{told} Its use, {worded(busy.use)} a year, takes {whole(busy.times)} such orders; that is the figure from here on."
    return (
        f"{told} So {worded(total, busy.unit)} were bought, and demand and bills explain {worded(busy.use)}: check the bill, or count "
        f"the stock. The lesson goes on with what is explained, at {whole(busy.today)} a time {whole(busy.times)} orders a year."
    )


def three_costs(busy: Bought) -> Said:
    """What ordering, cycle stock and safety stock say about the quantity and the store."""
    ordering, cycle = busy.times * busy.order_cost, busy.today / 2 * busy.holding_cost
    safety = busy.safety_stock * busy.holding_cost
    off = "When the two differ that much, the order quantity is off, and you can already say in which direction:"
    if ordering >= 1.5 * cycle:
        told = (
            f"So ordering costs {ratio(ordering, cycle)} keeping the cycle stock. {off} fewer, larger orders."
        )
    elif cycle >= 1.5 * ordering:
        told = f"So keeping the cycle stock costs {ratio(cycle, ordering)} ordering. {off} smaller orders, more often."
    else:
        told = "So ordering and keeping the cycle stock cost about the same. The order quantity cannot be far off."
    if safety > ordering + cycle:
        more = (
            f"But then why is the store full? The third line is the answer. The safety stock alone costs "
            f"{ratio(safety, ordering + cycle)} the other two together. No order quantity will mend that."
        )
    elif safety > 0:
        more = f"The third line, {worded(safety, busy.currency)} for the safety stock, no order quantity will change."
    else:
        more = (
            "The third line is zero: nothing is kept against surprises, and somebody pays for that as well."
        )
    return Said(told, more + " It is the question of sitting 2; keep it in mind.")


def tries(busy: Bought) -> tuple[float, float, float]:
    """Three quantities to work out by hand: far too few, about right, far too many (units).

    >>> from prodkit.plant import Plant, cast
    >>> tries(cast(Plant.sample("metal")).busy)
    (50.0, 130.0, 400.0)
    """
    few, right, many = 0.4 * busy.best, busy.best, 3 * busy.best
    if busy.best < 25:
        return float(max(1, round(few))), float(max(2, round(right))), float(max(5, round(many)))
    return float(f"{few:.0e}"), float(f"{right:.1e}"), float(f"{many:.0e}")


def paper(busy: Bought) -> Said:
    """The figures for the table to fill in by hand."""
    few, right, many = (worded(q) for q in tries(busy))
    return Said(
        f"{busy.item}: {worded(busy.use, busy.unit)} a year, {worded(busy.order_cost, busy.currency)} an order, "
        f"{money(busy.holding_cost, busy.currency)} to keep one for a year. Try {few}, {right} and {many} at a time."
    )


def offer(busy: Bought) -> Said:
    """The next better price, and what to work out about it."""
    prices = busy.price_list
    if len(prices) < 2:
        return Said(
            f"{_seller(busy)} has one price whatever the quantity. The calculation below gives the economic order quantity again."
        )
    price, better = float(prices["unit_price"][0]), float(prices["unit_price"][1])
    start = float(prices["from_quantity"][1])
    times = start / busy.best
    if times > 1:
        beside = (
            f"{worded(times)} times the economic order quantity"
            if times < 100
            else "far beyond the economic order quantity"
        )
        work = (
            f"The price falls by {money(price - better)} on each of {worded(busy.use)}. What more does it cost to keep half of "
            f"{worded(start)} than half of {worded(busy.best)}?"
        )
    else:
        beside = "less than the economic order quantity"
        work = "Do you have to change anything to get it?"
    steps = " The list goes on; take this step first." if len(prices) > 2 else ""
    return Said(
        f"{_seller(busy)} asks {money(better)} in place of {money(price)}, {worded(100 * (1 - better / price))} % less, from "
        f"{worded(start, busy.unit)} on. That is {beside}.{steps} Guess: take it or leave it?",
        f"Then check your guess on paper. {work}",
    )


def answer(busy: Bought, deal: DiscountQuantity) -> Said:
    """Why the price list's best quantity is the best, against the economic quantity at the first price."""
    first = deal.brackets[0]
    plain = min(first.economic_quantity, deal.max_quantity)
    now, base = _parts(deal, deal.quantity), _parts(deal, plain)
    if deal.price_at(plain) < first.unit_price and abs(deal.quantity / plain - 1) < 0.1:
        return Said(
            f"So take it, and it costs you nothing: the economic order quantity, {worded(plain)}, lies beyond the break already. "
            f"The lower price saves {money((first.unit_price - deal.unit_price) * busy.use, busy.currency)} a year."
        )
    if deal.unit_price < deal.price_at(plain):
        return Said(
            f"So take it: {worded(deal.quantity)} at a time. The lower price saves about {about(base[0] - now[0])} a year. "
            f"The larger cycle stock costs about {about(now[2] - base[2])} more, and fewer orders give "
            f"{about(base[1] - now[1])} of that back."
        )
    others = [b for b in deal.brackets if b.quantity is not None and b.unit_price < deal.unit_price]
    if not others:
        return Said(f"So it stays at {worded(deal.quantity)} at a time: there is no better price to be had.")
    best = min(others, key=lambda b: b.cost if b.cost is not None else math.inf)
    assert best.quantity is not None
    then = _parts(deal, best.quantity)
    return Said(
        f"So leave it. At {worded(best.quantity)} the lower price would save {about(now[0] - then[0])} a year, and fewer orders "
        f"{about(now[1] - then[1])}; but the larger cycle stock would cost {about(then[2] - now[2])} more."
    )


def freight(busy: Bought, deal: DiscountQuantity) -> Said:
    """What the quantity becomes once the freight of a delivery is counted as a cost of ordering."""
    if not busy.freight:
        return Said(
            f"{_seller(busy)} charges no freight on top, so the quantity stays at {worded(busy.best)}. Elsewhere it may not."
        )
    order_cost = busy.order_cost + busy.freight
    quantity = math.sqrt(2 * busy.use * order_cost / busy.holding_cost)
    told = (
        f"{_seller(busy)} charges a freight of {worded(busy.freight, busy.currency)} for each delivery. With it an order costs "
        f"{worded(order_cost)}, and the best quantity goes from {worded(busy.best)} to {worded(quantity)}."
    )
    if (
        deal.unit_price < deal.brackets[0].unit_price
        and 0.75 < deal.quantity / quantity < 1.33 < deal.quantity / busy.best
    ):
        told += f" So with the freight counted, {worded(deal.quantity)} would be close to the best even without a discount."
    return Said(told)


def change(busy: Bought, deal: DiscountQuantity) -> Said:
    """One decision on the order quantity, told to four listeners."""
    times, quantity = busy.use / deal.quantity, deal.quantity
    saved = (
        busy.unit_cost * busy.use
        + busy.use / busy.today * busy.order_cost
        + busy.today / 2 * busy.holding_cost
        - deal.cost
    )
    price = (busy.unit_cost - deal.unit_price) * busy.use
    more = (quantity - busy.today) / 2
    if saved < 0.001 * deal.cost or 0.87 < quantity / busy.today < 1.15:
        return Said(
            f"- To the plant manager: “{busy.item} is ordered {whole(busy.today)} at a time, and the best is {whole(quantity)}. "
            f"Nothing is to be gained there. We look at the next item.”",
            "- To the store, the supplier and the customers: nothing. Nothing changes for them.",
        )
    often = f"“From {busy.next_month}, {busy.item} comes {whole(times)} times a year instead of {whole(busy.times)}, {whole(quantity)} at a time. "
    store = (
        "You will need more room on those days. "
        if more > 0
        else "The stack will be lower, and the gate will open more often. "
    ) + "What stands in the way? Tell me by Friday.”"
    where = (
        ", nearly all of it on the price"
        if price > 0.8 * saved
        else f", {about(price)} of it on the price"
        if price > 0
        else ""
    )
    held = f"The store holds some {about(abs(more), busy.unit)} {'more' if more > 0 else 'less'} on average{_until(busy, more)}.”"
    supplier = (
        f"“We go to {whole(quantity)} at the lower price. We need the unloading slot a week ahead, in writing.”"
        if price > 0
        else f"“We order {whole(quantity)} at a time from now on. We need the delivery date a week ahead, in writing.”"
    )
    return Said(
        f"- To the store: {often}{store}",
        f"- To the plant manager: “It saves about {about(saved, busy.currency)} a year{where}. {held}",
        f"- To {busy.supplier or 'the supplier'}: {supplier}",
        "- To customers: nothing. Nothing changes for them.",
    )


def own_orders(mine: pd.DataFrame) -> Said:
    """Which of these items are ordered far from their best quantity (columns ordered, eoq; largest value first)."""
    known = mine.dropna(subset=["ordered", "eoq"])
    off = [str(i) for i, row in known.iterrows() if not 0.5 < row["ordered"] / row["eoq"] < 2]
    told = (
        f"So these are off by a factor of two or more: {', '.join(off)}."
        if off
        else "So none of them is off by a factor of two."
    )
    if known.empty:
        return Said("No orders are on record for them.")
    name, first = str(known.index[0]), known.iloc[0]
    near = 0.7 < first["ordered"] / first["eoq"] < 1.4
    return Said(
        f"{told} The largest by value, {name}, is ordered {worded(first['ordered'])} at a time; its best is "
        f"{worded(first['eoq'])}{': nothing to mend there' if near else ''}. Where the money is and where the mistake is are two questions."
    )


def _parts(deal: DiscountQuantity, quantity: float) -> tuple[float, float, float]:
    """Purchase, ordering and holding of a quantity (money a year)."""
    purchase, ordering = deal.price_at(quantity) * deal.demand, deal.order_cost * deal.demand / quantity
    return purchase, ordering, deal.cost_at(quantity) - purchase - ordering


def _ordered(busy: Bought) -> str:
    """How often the busy item was ordered, and from whom."""
    if not busy.orders:
        return f"No order of it is on record. It comes {_from(busy)}."
    times = f"Ordered {busy.orders} time{'s' * (busy.orders != 1)} in the last 52 weeks"
    if not busy.supplier or busy.from_supplier == busy.orders:
        return f"{times}, {_from(busy)}."
    return f"{times}, {busy.from_supplier} of them {_from(busy)}, whose terms the lesson follows."


def _from(one: Bought) -> str:
    return f"from {one.supplier}" if one.supplier else "from a supplier who is not on record"


def _seller(one: Bought) -> str:
    return one.supplier or "The supplier"


def _until(busy: Bought, more: float) -> str:
    big = more > 0 and busy.safety_stock * busy.holding_cost > busy.times * busy.order_cost
    return (
        " until we bring the safety stock down. That is the next step, and it takes far more out"
        if big
        else ""
    )


def _ordinal(place: int) -> str:
    words = ("first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth", "tenth")
    return words[place - 1] if place <= len(words) else f"as number {place}"
