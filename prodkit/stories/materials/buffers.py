"""Sitting 2: how large a buffer, when to order, one order for one season."""

from __future__ import annotations

import math
from collections.abc import Mapping
from statistics import NormalDist
from typing import TYPE_CHECKING

from ...charts.materials.service import cheapest
from ...charts.style import worded
from ..said import Said, about, money, percent, ratio, weeks_of, whole

if TYPE_CHECKING:
    import pandas as pd

    from ...materials import Newsvendor, PeriodicReview, PolicyRun
    from ...plant import Bought, Sold

__all__ = [
    "buffer_change",
    "fixed_day",
    "kept",
    "late_mean",
    "lever",
    "promised",
    "runs",
    "season",
    "season_error",
    "split",
    "wait",
]


def wait(busy: Bought) -> Said:
    """How much a week takes, how far it strays, and how long an order takes."""
    weeks, spread = busy.lead_weeks, busy.week_sd * math.sqrt(busy.lead_weeks)
    together = f"{weeks} weeks together stray by √{weeks} × {worded(busy.week_sd)} = {worded(spread)}"
    return Said(
        f"A usual week takes {worded(busy.week_mean, busy.unit)}, and the fullest of the year took {worded(busy.week_peak)}. A new order "
        f"comes in {weeks_of(weeks)}. One week strays from its average by {worded(busy.week_sd)}"
        + (f"; {together}." if weeks > 1 else ".")
    )


def kept(busy: Bought, needed: float) -> Said:
    """The safety stock on record beside the one that 95 % takes."""
    told = f"So {worded(needed, busy.unit)} will do for 95 of 100. {busy.plant} keeps {worded(busy.safety_stock)}"
    share = busy.safety_stock / needed if needed else math.inf
    if not busy.safety_stock:
        return Said(told.replace("keeps 0", "keeps none") + ", and runs out in about every second wait.")
    if share >= 1.5:
        return Said(f"{told}{f', {worded(share)} times as many' if share < 1000 else ''}.")
    return Said(
        f"{told}, which is about that." if share > 0.67 else f"{told} only, and will run out more often."
    )


def split(late: Bought, steady: float, shaky: float) -> Said:
    """How much of a safety stock is there for the customers, how much for the supplier."""
    extra = shaky - steady
    name = late.supplier or "the supplier"
    told = f"So about {worded(steady, late.unit)} are there for the customers, and "
    told += (
        f"{worded(extra)} more for {name}."
        if late.lead_time_sd
        else f"nothing more for {name}, who delivers on the day."
    )
    if extra > 0.5 * shaky:
        told += f" No forecast will save those {worded(extra)}; a supplier who keeps to a date will."
    elif extra < 0.15 * shaky:
        told += " A better forecast would save more than a better date."
    else:
        told += " Both a better forecast and a steadier date would save something."
    return Said(told + " Safety stock is the price of somebody’s uncertainty. Before you pay it, ask whose.")


def lever(busy: Bought) -> Said:
    """What takes service from 95 % to 98 % at the same safety stock: a steadier lead time, or a shorter one."""
    shrink = (_z(0.95) / _z(0.98)) ** 2
    own, delays = busy.lead_time * busy.week_sd**2, (busy.week_mean * busy.lead_time_sd) ** 2
    sd2, lead = (
        (shrink * (own + delays) - own) / busy.week_mean**2,
        (shrink * (own + delays) - delays) / busy.week_sd**2,
    )
    name = busy.supplier or "The supplier"
    if not busy.lead_time_sd:
        steadier = f"So {name} is as steady as can be: only a shorter wait helps."
    elif sd2 >= 0:
        less = 1 - math.sqrt(sd2) / busy.lead_time_sd
        steadier = f"So a steadier {name} does it, with {percent(less)} less deviation."
    else:
        steadier = (
            f"So a steadier {name} alone does not do it: most of this buffer is there for the customers."
        )
    if lead > 0:
        shorter = f"A faster one does it at {worded(lead)} weeks in place of {worded(busy.lead_time)}."
    else:
        shorter = "A faster one does not: even with no lead time at all the delays alone would take the whole buffer."
    rule = (
        " Ask a supplier for a date that holds before you ask for an earlier one."
        if sd2 >= 0 and busy.lead_time_sd
        else ""
    )
    return Said(f"{steadier} {shorter}{rule}")


def promised(run: PolicyRun, level: float) -> Said:
    """What a policy did in a test beside the service level that it was set for."""
    cycles = f"{percent(1 - run.cycle_service)} of the order cycles ran short, where {percent(1 - level)} were promised"
    if run.cycle_service < level - 0.005:
        return Said(
            f"So {cycles}, and yet {percent(run.fill_rate)} of the units were served at once. (Now you know why it matters "
            "which of the two a report shows.) Is the formula wrong?"
        )
    return Said(
        f"So it held on these weeks: {cycles}. But something is left out of the formula all the same, and it only did not show "
        "here."
    )


def verdict(tested: Mapping[str, PolicyRun]) -> str:
    """Which of the policies to take: the cheapest; of those that cost about the same today's, then the safer try."""
    best = cheapest(tested)
    return next(name for name in ("today", "second try", "first try") if name in best)


def runs(busy: Bought, tested: Mapping[str, PolicyRun]) -> Said:
    """Three policies on the same weeks, by the names today, first try and second try."""
    today, first, second = (tested[name] for name in ("today", "first try", "second try"))
    best = verdict(tested)
    weeks = len(second.path)
    if best == "today":
        other = min(first.cost, second.cost)
        return Said(
            f"So over the {weeks} weeks on record today’s policy costs {worded(today.cost, busy.currency)} a week, and the cheaper of "
            f"the two tries {worded(other)}: {'that is no gain worth a change' if other < 1.01 * today.cost else 'more'}. Keep today’s."
        )
    chosen = tested[best]
    told = (
        f"So over the {weeks} weeks on record the {best} costs least: {worded(chosen.cost, busy.currency)} a week in place of "
        f"{worded(today.cost)} with today’s policy, and {_held(chosen.average_stock, today.average_stock)}."
    )
    kept_first, kept_second = (run.cost - run.shortage_cost for run in (first, second))
    if best == "first try":
        told += (
            f" The week until the next look, which the second try adds, costs {worded(second.cost - first.cost)} a week, and in these "
            "weeks it was not needed. It is the price of being surer next year."
        )
    elif first.shortage_cost > second.shortage_cost and kept_first < kept_second:
        told += " The first try looks cheaper to keep than the second. The red part is what that was worth."
    return Said(told)


def _held(stock: float, now: float) -> str:
    share = stock / now if now else 1.0
    if abs(share - 1) <= 0.1:
        return "the store holds about as much as today"
    return (
        f"the store holds {percent(share)} of what it does today"
        if share < 1.5
        else f"the store holds {ratio(share, 1)} today"
    )


def fixed_day(busy: Bought, four: PeriodicReview, one: PeriodicReview) -> Said:
    """What it costs to look every four weeks in place of every week."""
    more = four.safety_stock - one.safety_stock
    return Said(
        f"So with a steady lead time the fixed day takes {worded(four.safety_stock, busy.unit)} of safety stock, and looking every week "
        f"{worded(one.safety_stock)}. The {worded(more)} between them cost {worded(more * busy.holding_cost, busy.currency)} a year. "
        "Ask what a shared truck saves."
    )


def season(sale: Sold) -> Said:
    """What is known before the one order for a season of three weeks."""
    short = int(sale.weeks["stocked_out"].sum())
    what = "promotion week" if sale.is_promotion else "week"
    told = (
        f"So a {what} sells {worded(sale.mean, sale.unit)} on average, with a standard deviation of {worded(sale.sd)}. Three weeks make "
        f"{worded(3 * sale.mean)}, with a deviation of √3 × {worded(sale.sd)} = {worded(3**0.5 * sale.sd)}."
    )
    if short:
        told += f" ({'One of these weeks' if short == 1 else f'{short} of these weeks'} ran out, and would have sold more. The true mean is a little higher.)"
    return Said(
        told,
        f"{sale.item} sells for {money(sale.price)} and costs {money(sale.unit_cost)}; a dealer takes what is left for "
        f"{money(sale.salvage)} apiece. Guess: order fewer than {worded(3 * sale.mean)}, just {worded(3 * sale.mean)}, or more?",
    )


def season_error(order: Newsvendor, nothing: Newsvendor) -> Said:
    """Which error is cheaper, and what becomes of the order when leftovers bring nothing."""
    few = order.underage_cost < order.overage_cost
    mean = order.demand_mean
    told = "a few less rather than a few more" if few else "a few more rather than a few less"
    side = "fewer than the mean" if nothing.quantity < 0.995 * mean else "still more than the mean"
    end = " That is not timid." if nothing.quantity < mean and not few else ""
    return Said(
        f"So if in doubt, {told}. If the dealer paid nothing, one left over would cost {money(nothing.overage_cost)}, the ratio would be "
        f"{nothing.critical_ratio:.2f}, and you would order {worded(nothing.quantity)}, {side}.{end} It is the same sum."
    )


def late_mean(late: Bought, weeks: pd.Series[float], safety: float) -> Said:
    """What the true mean lead time, beside the promise, does to a reorder point and its buffer."""
    mean = float(weeks.mean())
    gap = mean - late.lead_time
    name = late.supplier or "The supplier"
    if math.isnan(mean) or abs(gap) < 0.15:
        return Said(
            f"So {name} keeps the promise of {weeks_of(late.lead_time)} on average. That, too, you only know once you have looked."
        )
    units = abs(gap) * late.week_mean
    if gap < 0:
        told = f"So {name} is faster than promised on average, {worded(mean)} weeks in place of {worded(late.lead_time)}. "
        share_on_time = late.on_time_share
        if share_on_time is not None and share_on_time < 0.9:
            return Said(
                told
                + f"But only {percent(share_on_time)} of the deliveries come on time: the early ones hide the late ones. Leave the reorder "
                "point where it is."
            )
        return Said(told + f"The reorder point could be {worded(units, late.unit)} lower.")
    share = units / safety if safety else math.inf
    gone = (
        "all of the safety stock that you worked out"
        if share >= 1
        else f"{percent(share)} of the safety stock that you worked out"
    )
    return Said(
        f"So the reorder point must count {worded(mean)} weeks, not {worded(late.lead_time)}. What is used in the time between is "
        f"{worded(units, late.unit)}: {gone} is gone before anything uncertain has happened."
    )


def buffer_change(
    busy: Bought, late: Bought, tested: Mapping[str, PolicyRun], tries: Mapping[str, tuple[float, float]]
) -> Said:
    """The buffer that the tests speak for, told to four listeners.

    Of each try the safety stock and the reorder point (units), by the names in `tested`.
    """
    best = verdict(tested)
    today, chosen = worded(tested["today"].cost, busy.currency), worded(tested[best].cost, busy.currency)
    wait_mean = f"“You promise {weeks_of(late.lead_time)}"
    if late.on_time_share is not None:
        wait_mean += f", and {100 * late.on_time_share:.0f} % of your deliveries come on time"
    if best == "today":
        store = (
            f"“{busy.item} stays as it is, {whole(busy.safety_stock)} in reserve. Nothing changes for you.”"
        )
        manager = (
            f"“We tried two other rules for {busy.item} on the weeks on record. Today’s costs {today} a week, and neither costs clearly "
            "less. We leave it, and look at the next item.”"
        )
    else:
        buffer, point = tries[best]
        less = busy.safety_stock - buffer
        value, yearly = about(abs(less) * busy.unit_cost, busy.currency), about(abs(less) * busy.holding_cost)
        way = f"down from {whole(busy.safety_stock)} in reserve to {whole(buffer)}, in three steps, a month apart"
        if less <= 0:
            way = f"up from {whole(busy.safety_stock)} in reserve to {whole(buffer)}"
        store = (
            f"“We bring {busy.item} {way}. At a position of {whole(point)} the system orders. If you see fewer than {whole(buffer)} on "
            "the floor, call me, at any hour.”"
        )
        manager = (
            f"“It takes {value} out of the store and saves {yearly} a year. The risk is one short cycle in fifty. "
            if less > 0
            else f"“It takes {value} more in the store, {yearly} a year. For that, one cycle in fifty runs short, and no more. "
        )
        manager += f"With the new order quantity {busy.item} costs {chosen} a week on the weeks on record, and {today} today.”"
    return Said(
        f"- To the store and the shop: {store}",
        f"- To the plant manager: {manager}",
        f"- To {late.supplier or 'the late supplier'}: {wait_mean}. Give us a date that you can hold nine times in ten, even if it is a later "
        "one. We can plan with an honest date.”",
        "- To a customer who had to wait: what happened, when it ships, what you have changed. Not a word about safety stock.",
    )


def _z(level: float) -> float:
    return NormalDist().inv_cdf(level)
