"""Sitting 4: bills of material, the material plan, and a supplier who slips."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from ... import materials
from ...charts.style import worded
from ...plant import Product, product, slipping
from ...plant.roles import unit_name
from ..said import Said, about, money, percent, weeks_of

if TYPE_CHECKING:
    import pandas as pd

    from ...materials import CostRollup, MrpPlan
    from ...plant import Plant, Slipping

__all__ = [
    "Slip",
    "built",
    "hangs",
    "late",
    "messages",
    "must_be_there",
    "reason",
    "record",
    "rolled",
    "shared",
    "slip",
    "slip_said",
    "slipping",
    "today",
    "unit_name",
]

DAYS = 6


def built(plant: Plant) -> Product:
    """The product that the sitting follows, once the plan and the roll-up have been tried on the plant.

    Open orders are not asked for: without them the plan takes it that nothing is on its way.

    Raises
    ------
    ProdkitError
        If the plant has no bill, or cannot be planned.
    """
    made = product(plant)
    materials.mrp(plant)
    materials.cost_rollup(plant)
    return made


def shared(plant: Plant, made: Product) -> Said:
    """What else would stand still without one part of the product."""
    used = materials.where_used(plant, made.shared)
    ends = used.summary[used.summary["is_end"]]
    direct = used.lines[used.lines["level"] == 1]["parent"].nunique()
    if len(ends) <= 1:
        return Said(f"So without {made.shared} only {made.item} stands still: it goes into nothing else.")
    return Said(
        f"So {made.shared} goes straight into {direct} items, and in the end into {len(ends)} products. When it is short, somebody "
        f"has to say which of the {len(ends)} is built. If nobody does, whoever comes first takes it."
    )


def rolled(made: Product, roll: CostRollup) -> Said:
    """What the product costs by its bill, beside its standard."""
    row: Any = roll.table.set_index("item").loc[made.item]
    cost, standard = float(row["cost"]), float(row["standard"])
    labor = float(row["labor"])
    material = money(float(row["material"]))
    told = f"So one {made.item} costs {money(cost, made.currency)} by its bill "
    told += (
        f"and routing: {material} of it material, {money(labor)} work. "
        if labor > 0
        else "alone: all of it material, and no work, since no routing of it is on record. "
    )
    if standard <= 0:
        return Said(told + "No standard is on record for it.")
    share = abs(cost / standard - 1)
    if labor <= 0:
        return Said(
            told
            + f"The standard on record is {money(standard)}. The two cannot be held against each other while the work is missing."
        )
    if share < 0.005:
        return Said(told + "The standard on record says the same.")
    return Said(
        told
        + f"That is {percent(share)} {'above' if cost > standard else 'below'} the standard on record, {money(standard)}. One of the two "
        "is out of date: a price, a quantity in the bill, or the lot that the setup is spread over."
    )


def must_be_there(plan: MrpPlan, made: Product) -> Said:
    """A release of the product becomes a need of its part."""
    releases = plan.record(made.item).loc["release"].iloc[1:].to_numpy(dtype=float)
    weeks = [t for t, x in enumerate(releases, start=1) if x > 0]
    if not weeks:
        return Said(
            f"The plan starts no {made.item} in these weeks, so its parts are needed for other things only."
        )
    t = weeks[0]
    record = plan.record(made.item)
    when = "are started in week"
    if "past_due" in record.index:
        when = "should have been started before, and are started in week"
    return Said(
        f"So the first {worded(float(releases[t - 1]))} of {made.item} {when} {t}: that is when {made.part} must be "
        f"there"
        + (
            f", and not {weeks_of(made.lead_time)} later, when the product is finished."
            if made.lead_time
            else "."
        )
    )


def record(plan: MrpPlan, item: str, weeks: int = 8) -> pd.DataFrame:
    """The record of an item in words, its first weeks by number.

    The column before takes what is there at the outset, and what should have been released already.
    """
    table = plan.record(item).iloc[:, : weeks + 1]
    if "past_due" in table.index:
        late = table.loc["past_due"].to_numpy(dtype=float)[1]
        release = table.loc["release"].to_numpy(dtype=float).copy()
        release[:2] = late, release[1] - late
        table.loc["release"] = release
        table = table.drop(index="past_due")
    table = table.round(1)
    table.columns = ["before", *map(str, range(1, table.shape[1]))]
    table["before"] = ["" if value != value else value for value in table["before"]]
    return table.rename(index=_LINES)


_LINES = {
    "gross": "gross requirements",
    "scheduled": "scheduled receipts",
    "coproduct": "comes in beside others",
    "available": "projected available",
    "net": "net requirements",
    "receipt": "planned receipts",
    "release": "planned releases",
}


def messages(plan: MrpPlan) -> Said:
    """What a plan asks the planner to do, in the order in which it should be done."""
    kinds = plan.messages["kind"].value_counts()
    if kinds.empty:
        return Said("So there is nothing to do: every order stands where it is needed. Enjoy it.")
    known = [(kind, int(kinds[kind])) for kind in _ACTS if kind in kinds]
    return Said(
        f"So {len(plan.messages)} messages for {len(plan.items)} items. In this order:",
        *(f"- {kind}, {count}: {_ACTS[kind]}" for kind, count in known),
    )


_ACTS = {
    "past due": "it should have been released already. Release it now, and find the days that it lacks.",
    "short": "nothing can come in time. Call whoever waits for it, before they call you.",
    "expedite": "an open order is wanted sooner. Ask for it only if you will really use it then.",
    "below safety": "the buffer is being eaten. That is what it is there for; look, and mostly do nothing.",
    "defer": "an open order is wanted later. Say so: it frees somebody’s machine for what is short.",
    "cancel": "nothing needs it any more. Ask before it is made.",
}


def reason(plan: MrpPlan) -> Said:
    """Why the first large order of the plan is there."""
    orders = plan.orders
    if orders.empty:
        return Said("The plan has no planned order: stock and open orders cover all of it.")
    first = orders[orders["kind"] == "buy"] if (orders["kind"] == "buy").any() else orders
    return Said(*plan.why(int(first["order"].iloc[0])).splitlines())


@dataclass(frozen=True)
class Slip:
    """What happens when a supplier's open orders come some days late."""

    plan: MrpPlan
    """In which they are open."""
    who: Slipping
    days: int
    table: pd.DataFrame
    """A row an order, by what is left: order, item, quantity, due, then (the new date), left (units, the lowest that
    the stock falls to before it comes; below zero is short), safety_stock, late_anyway (units that would be short on
    the old date too)."""
    unit: str
    """Of the item with the least left, in the plural."""

    @property
    def short(self) -> pd.DataFrame:
        """The orders without which something stops."""
        return self.table[self.table["left"] < -1e-6]

    @property
    def thin(self) -> pd.DataFrame:
        """Those without which only the safety stock is eaten."""
        return self.table[
            (self.table["left"] >= -1e-6) & (self.table["left"] < self.table["safety_stock"] - 1e-6)
        ]


def slip(plant: Plant, plan: MrpPlan, days: int = DAYS) -> Slip:
    """Let the open orders of the role `slipping` come so many days later, and see what the stock falls to.

    From the week in which each was due to the week before it comes, what is on hand and on order is set against
    what the plan needs. Planned orders that could not come in time do not count.
    """
    import pandas as pd

    who = slipping(plant)
    items = plant.items.set_index("item")
    start = pd.Timestamp(plant.first_day)
    rows = []
    for order, item, quantity, due in who.orders.itertuples(index=False):
        record, row = plan.record(item), items.loc[item]
        lead = max(1, math.ceil(float(row["lead_time_weeks"])))
        coming = record.loc["scheduled"].iloc[1:].to_numpy(dtype=float)
        made = record.loc["receipt"].iloc[1:].to_numpy(dtype=float).copy()
        made[:lead] = 0.0
        used = record.loc["gross"].iloc[1:].to_numpy(dtype=float)
        start_stock: Any = record.loc["available", "start"]
        stock = float(start_stock) + (coming + made - used).cumsum()
        then = due + pd.Timedelta(days=days)
        first, last = (min(max((day - start).days // 7, 0), len(stock) - 1) for day in (due, then))
        between = stock[first : max(last, first + 1)]
        lowest = float(between.min())
        gone = float(quantity) if last > first else 0.0
        rows.append(
            [order, item, quantity, due, then, lowest - gone, float(row["safety_stock"]), max(0.0, -lowest)]
        )
    names = ["order", "item", "quantity", "due", "then", "left", "safety_stock", "late_anyway"]
    table = pd.DataFrame(rows, columns=names).sort_values("left", kind="stable", ignore_index=True)
    return Slip(plan, who, days, table, unit_name(plant, str(table["item"].iloc[0])))


def slip_said(it: Slip) -> Said:
    """Which of the late orders matter."""
    short, thin, count = it.short, it.thin, len(it.table)
    if short.empty and thin.empty:
        return Said(
            f"So none of the {count} matters: in every week that they are late, more than the safety stock is left."
        )
    told = []
    if len(short):
        each = "; ".join(
            f"{row['item']}, order {row['order']}, {worded(-row['left'])} short"
            for _, row in short.iterrows()
        )
        told.append(f"So of the {count} orders {len(short)} would stop something: {each}.")
    if len(thin):
        each = "; ".join(
            f"{row['item']}, order {row['order']}, down to {worded(row['left'])} of {worded(row['safety_stock'])}"
            for _, row in thin.iterrows()
        )
        head = (
            "The safety stock carries"
            if len(short)
            else f"So of the {count} orders none stops anything, but the safety stock has to carry"
        )
        told.append(f"{head} {len(thin)}: {each}. That is what it is there for, once.")
    rest = count - len(short) - len(thin)
    if rest:
        told.append(f"The other {rest} may come {it.days} days late, and nobody notices.")
    already = it.table[it.table["late_anyway"] > 0]
    if len(already):
        told.append(
            f"Mind that {_and(already['item'])} would run short on the old date too; that is no fault of this delay."
        )
    return Said(" ".join(told))


def _and(names: Any) -> str:
    listed = list(dict.fromkeys(map(str, names)))
    return listed[0] if len(listed) == 1 else f"{', '.join(listed[:-1])} and {listed[-1]}"


def late(it: Slip) -> Said:
    """The decision, told to four listeners."""
    name = it.who.supplier or "the supplier"
    short, thin = it.short, it.thin
    count = len(it.table)
    if short.empty:
        sure = (
            f" On {_and(thin['order'])} we live from our reserve; that date must hold." if len(thin) else ""
        )
        return Said(
            f"- To {name}: “We have your {_number(count)} new date{'s' * (count != 1)} and can live with them this time.{sure} What will you do so that it does not "
            "happen again?”",
            "- To the shop: “Parts come late, and the plan covers it. Nothing changes; nobody needs to hurry.”",
            f"- To the plant manager: “{name}, {it.days} days late with {count} order{'s' * (count != 1)}: no customer touched"
            f"{', the reserve is down for a week' if len(thin) else ''}.”",
            "- To customers: nothing. Do not share a worry that is none.",
        )
    worst = short.iloc[0]
    rest = [str(order) for order in it.table["order"] if order not in set(short["order"])]
    trade = f" For that, {_and(rest)} may come later still." if rest else ""
    part, day = -float(worst["left"]), f"{worst['due']:%d %B}"
    ask = (
        f"Of {worst['order']} we need {worded(part, it.unit)} on the old date, {day}; the rest can come {it.days} days later."
        f"{trade} Can you split the delivery?"
        if part < float(worst["quantity"])
        else f"We need the whole of {worst['order']} on the old date, {day}.{trade} What would it take?"
    )
    return Said(
        f"- To {name}: “{ask}”",
        f"- To the shop: “{worst['item']} comes late. Start first what does not need it. Nobody takes parts out of another "
        "order’s box without the planner.”",
        f"- To the plant manager: “{name} slips {it.days} days with {count} order{'s' * (count != 1)}; {len(short)} would stop something. I have asked for "
        "what we need in time. If it is refused, a special transport costs money, and you decide.”",
        "- To the customers whose order hangs on it: the new date, today, with the reason; and no date that is only hoped for.",
    )


def _number(count: int) -> str:
    return ("", "one", "two", "three", "four")[count] if count <= 4 else str(count)


def today(plan: MrpPlan) -> Said:
    """What the plan wants released in its first week."""
    import pandas as pd

    orders = plan.orders
    now = (
        orders[orders["release"] <= pd.Timestamp(plan.start)]
        if plan.start is not None
        else orders[orders["release"] <= 1]
    )
    bought, made = int((now["kind"] == "buy").sum()), int((now["kind"] == "make").sum())
    return Said(
        f"So this week the plan wants {bought} purchase order{'s' * (bought != 1)} and {made} shop order{'s' * (made != 1)} "
        f"released, out of {about(len(orders))} in {plan.weeks} weeks. The others are no promises, only what follows if nothing "
        "changes. Next week it is worked out anew."
    )


def hangs(it: Slip) -> pd.DataFrame:
    """What hangs on the tightest of the late orders, all the way up: by level, what it serves, since when, how many units."""
    row = it.table.iloc[0]
    above = it.plan.pegs_to(row["order"], item=row["item"], full=True)
    top = above["need"] == "demand"
    serves = above["parent"].astype(object).where(above["need"] == "order", above["need"].astype(object))
    serves = serves.where(~top, "customers of " + above["item"].astype(str))
    table = above.assign(serves=serves.astype(str)).groupby(["level", "serves"], sort=False)
    found = table.agg(first_week=("week", "min"), quantity=("quantity", "sum")).reset_index()
    found["quantity"] = found["quantity"].round(1)
    return (
        found.sort_values(["level", "first_week"], kind="stable", ignore_index=True)
        .head(8)
        .set_index("level")
    )
