"""Stock against chance: how large the buffer must be, and what it costs."""

from __future__ import annotations

from collections.abc import Callable
from math import ceil, sqrt
from typing import TYPE_CHECKING, Any

from .... import materials
from ....errors import MissingTableError
from ....materials._demand import unit_loss
from ...numbers import show
from ...parts import Convention, Number, Slip
from ...problem import Fact, FactTable, Problem
from ...tolerance import OfScale, Relative
from .draws import around, bought, pick, rounded

if TYPE_CHECKING:
    import numpy as np
    import pandas as pd

    from ....plant import Plant

OUTCOMES = ("cpim.inventory", "lesson.05.2")
SERVICES = (0.90, 0.95, 0.975, 0.98, 0.99)
DEMAND = Fact("demand", "Weekly use, mean", "units")
SD = Fact("sd", "Weekly use, standard deviation", "units")
LEAD_TIME = Fact("lead_time", "Lead time, order to receipt", "weeks")
SERVICE = Fact("service", "Chance of no stock-out in an order cycle", percent=True)
UNIT_COST = Fact("unit_cost", "Unit cost", "{currency} a unit")
HOLDING = Fact("holding_rate", "Holding cost, share of the unit cost", "a year", percent=True)
NORMAL = "Take weekly use as normal, each week independent of the others."


def uncertain(plant: Plant, purpose: str) -> pd.DataFrame:
    """The plant's bought items with the mean and the deviation of their weekly use (units)."""
    plant.need("demand", 8, purpose)
    rows = bought(plant, purpose)
    use = plant.weekly_use().groupby("item")["quantity"].agg(["mean", "std"]).reindex(rows.index)
    rows["week_mean"], rows["week_sd"] = use["mean"], use["std"]
    rows = rows[(rows["week_mean"] > 0) & (rows["week_sd"] > 0)]
    if rows.empty:
        raise MissingTableError("demand", f"{purpose} needs a bought item whose use varies from week to week")
    return rows


def buffered(rng: np.random.Generator, plant: Plant) -> tuple[Any, dict[str, Any]]:
    """A bought item, and its figures as someone would state them."""
    row = pick(rng, uncertain(plant, "a safety-stock problem"))
    return row, {
        "item": row.Index,
        "demand": around(rng, row.week_mean, 0.15),
        "sd": around(rng, row.week_sd),
        "lead_time": max(2, round(row.lead_time_weeks) + int(rng.integers(-1, 5))),
        "service": float(rng.choice(SERVICES)),
    }


def costed(rng: np.random.Generator, row: Any) -> dict[str, Any]:
    """What a unit of this item costs, and costs to keep."""
    return {
        "unit_cost": around(rng, row.unit_cost),
        "holding_rate": float(rng.choice([0.15, 0.18, 0.2, 0.22, 0.25, 0.3])),
    }


def z_of(share: float) -> float:
    """The one-sided normal factor of a share: 1.645 for 0.95."""
    return materials.safety_stock(1, 1, share)


def z_two_sided(share: float) -> float:
    """The factor that a two-sided table gives: 1.96 for 0.95."""
    return z_of((1 + share) / 2)


def stock(
    key: Callable[[Any, Any], float], *, part: str = "stock", label: str = "Safety stock", **more: Any
) -> Number:
    """A part that asks for a buffer: right to 1 %, and right too when rounded up to whole units."""
    up = Convention("whole_units", lambda g, a: ceil(key(g, a) - 1e-9),
                    "Rounded up to whole units, as you would do on the floor.")  # fmt: skip
    return Number(part, label, unit="units", tolerance=Relative(0.01), key=key, conventions=(up,), **more)


def z_line(g: Any) -> str:
    """The step that finds z."""
    return (
        f"One-sided normal factor for {100 * g.service:g} %: z = {z_of(g.service):.3f} (in Excel NORM.S.INV)."
    )


def _draw_plain(rng: np.random.Generator, plant: Plant) -> dict[str, Any]:
    return buffered(rng, plant)[1]


SAFETY_STOCK = Problem(
    id="materials.safety_stock", title="Safety stock", level=1, minutes=4, outcomes=OUTCOMES,
    covers=("safety_stock",), topics=("data not needed",), needs=("items", "demand"), draw=_draw_plain,
    prompt="An order for {item} takes {lead_time} weeks to come. How much safety stock should {plant} keep, so that "
           "in {service} of the order cycles the stock lasts until the delivery?\n\n" + NORMAL,
    facts=(DEMAND, SD, LEAD_TIME, SERVICE),
    parts=(stock(
        lambda g, a: materials.safety_stock(g.sd, g.lead_time, g.service),
        by_hand=(lambda g, a: round(z_of(g.service), 2) * round(sqrt(g.lead_time), 2) * g.sd,
                 lambda g, a: {0.95: 1.65}.get(g.service, round(z_of(g.service), 2)) * sqrt(g.lead_time) * g.sd),
        slips=(
            Slip("no_sqrt", lambda g, a: z_of(g.service) * g.sd * g.lead_time,
                 "You multiplied by the {lead_time} weeks. Good and bad weeks partly cancel, so the deviation grows "
                 "with the square root of the time."),
            Slip("no_L", lambda g, a: z_of(g.service) * g.sd,
                 "This covers a single week. You are exposed for all {lead_time} weeks until the delivery: how does "
                 "the deviation grow over them?"),
            Slip("root_all", lambda g, a: z_of(g.service) * sqrt(g.sd * g.lead_time),
                 "The deviation went under the root too. Only the time belongs there."),
            Slip("service_as_z", lambda g, a: g.service * g.sd * sqrt(g.lead_time),
                 "You used {service} itself as the factor. It is a probability: find the z that a normal curve stays "
                 "below that often (NORM.S.INV)."),
            Slip("two_sided", lambda g, a: z_two_sided(g.service) * g.sd * sqrt(g.lead_time),
                 "Your z comes from a two-sided table. Only demand above its mean hurts: take the one-sided factor."),
            Slip("var_as_sd", lambda g, a: z_of(g.service) * g.sd**2 * sqrt(g.lead_time),
                 "The deviation is squared: that is the variance. The buffer is in units, so it takes the deviation."),
        ),
    ),),
    hints=(
        "Mean use is covered by the order itself. The buffer stands against what exceeds it: how far does demand over "
        "the whole lead time stray from its mean?",
        "Deviation over the lead time: {sd} × √{lead_time}. Multiply it by the one-sided z of {service}.",
    ),
    steps=(
        lambda g, a: f"Deviation over the lead time: {g.sd:g} × √{g.lead_time:g} = {show(g.sd * sqrt(g.lead_time))} units.",
        lambda g, a: z_line(g),
        "Safety stock: z × deviation over the lead time = {stock}. The mean use was not needed.",
    ),
)  # fmt: skip


def _draw_units(rng: np.random.Generator, plant: Plant) -> dict[str, Any]:
    row, g = buffered(rng, plant)
    days = 7 * max(2, round(row.lead_time_weeks)) + int(rng.choice([-4, -3, -2, 2, 3, 4, 10]))
    return {**g, "days": days}


SAFETY_STOCK_UNITS = Problem(
    id="materials.safety_stock_units", title="Safety stock, weeks and days", level=2, minutes=4, outcomes=OUTCOMES,
    covers=("safety_stock",), needs=("items", "demand"), draw=_draw_units,
    prompt="The supplier of {item} states the lead time in calendar days, {plant} measures use by the week. How much "
           "safety stock covers the lead time in {service} of the order cycles?\n\nA week has 7 calendar days. " + NORMAL,
    facts=(SD, Fact("days", "Lead time, order to receipt", "calendar days"), SERVICE),
    parts=(
        Number("weeks", "Lead time in weeks", unit="weeks", key=lambda g, a: g.days / 7, tolerance=Relative(0.01),
               slips=(Slip("times_7", lambda g, a: g.days * 7, "A week is longer than a day, so there are fewer weeks "
                           "than days: divide."),
                      Slip("working_week", lambda g, a: g.days / 5, "That divides calendar days by working days. "
                           "These days run through weekends too."))),
        stock(
            lambda g, a: materials.safety_stock(g.sd, a.weeks, g.service),
            check=lambda g: materials.safety_stock(g.sd, g.days / 7, g.service),
            by_hand=(lambda g, a: round(z_of(g.service), 2) * g.sd * sqrt(round(g.days / 7, 2)),),
            slips=(
                Slip("weeks_days", lambda g, a: z_of(g.service) * g.sd * sqrt(g.days),
                     "A weekly deviation met {days} days under the root. Put both on one period."),
                Slip("sd_per_day", lambda g, a: z_of(g.service) * g.sd / 7 * sqrt(g.days),
                     "You divided the weekly deviation by 7, as one does with a mean. A deviation shrinks with the "
                     "root: by √7. Or stay with weeks."),
                Slip("no_sqrt", lambda g, a: z_of(g.service) * g.sd * g.days / 7,
                     "The weeks stand outside the root. The deviation grows with the square root of the time."),
                Slip("two_sided", lambda g, a: z_two_sided(g.service) * g.sd * sqrt(g.days / 7),
                     "Your z comes from a two-sided table. Only demand above its mean hurts."),
            ),
        ),
    ),
    hints=("The deviation is by the week. Say the lead time in the same unit first.",
           "{days} calendar days are {days} ÷ 7 weeks. Then z × {sd} × √weeks."),
    steps=("Lead time: {days} ÷ 7 = {weeks}.", lambda g, a: z_line(g),
           "Safety stock: z × {sd} × √({days} ÷ 7) = {stock}."),
)  # fmt: skip


def _draw_mad(rng: np.random.Generator, plant: Plant) -> dict[str, Any]:
    row, g = buffered(rng, plant)
    return {**g, "mad": around(rng, 0.8 * row.week_sd)}


SAFETY_STOCK_MAD = Problem(
    id="materials.safety_stock_mad", title="Safety stock from the mean absolute deviation", level=2, minutes=4,
    outcomes=OUTCOMES, covers=("safety_stock",), needs=("items", "demand"), draw=_draw_mad,
    prompt="{plant}'s forecast report shows no standard deviation. It shows the MAD (mean absolute deviation): how far "
           "the weekly forecast of {item} misses on average, sign left out. How much safety stock covers {service} of "
           "the order cycles?\n\nUse 1 standard deviation = 1.25 MAD, as the trade's tables do. Forecast errors are "
           "normal and each week's is independent.",
    facts=(DEMAND, Fact("mad", "MAD of the weekly forecast", "units"), LEAD_TIME, SERVICE),
    parts=(stock(
        lambda g, a: materials.safety_stock(mad=g.mad, lead_time=g.lead_time, service_level=g.service),
        by_hand=(lambda g, a: round(1.25 * z_of(g.service), 2) * g.mad * round(sqrt(g.lead_time), 2),),
        slips=(
            Slip("mad_as_sd", lambda g, a: z_of(g.service) * g.mad * sqrt(g.lead_time),
                 "You used the MAD as if it were the standard deviation. It is the smaller of the two: convert first."),
            Slip("mad_inverted", lambda g, a: z_of(g.service) * g.mad / 1.25 * sqrt(g.lead_time),
                 "Divided by 1.25. The deviation is larger than the MAD, so multiply."),
            Slip("no_sqrt", lambda g, a: 1.25 * z_of(g.service) * g.mad * g.lead_time,
                 "The conversion is right, but time counts with its square root."),
            Slip("no_L", lambda g, a: 1.25 * z_of(g.service) * g.mad,
                 "This covers a single week. You are exposed for {lead_time} weeks."),
            Slip("two_sided", lambda g, a: 1.25 * z_two_sided(g.service) * g.mad * sqrt(g.lead_time),
                 "Your z comes from a two-sided table. Only errors on one side hurt."),
        ),
    ),),
    hints=("First turn the MAD into a standard deviation.",
           "1.25 × {mad} is the weekly deviation. Over the lead time it grows with √{lead_time}."),
    steps=(
        lambda g, a: f"Standard deviation of a week: 1.25 × {g.mad:g} = {show(1.25 * g.mad)} units.",
        lambda g, a: z_line(g),
        "Safety stock: z × deviation × √{lead_time} = {stock}.",
    ),
)  # fmt: skip


def _draw_lead_time(rng: np.random.Generator, plant: Plant) -> dict[str, Any]:
    offers = plant.need("suppliers", 1, "a problem on uncertain lead times")
    rows = uncertain(plant, "a problem on uncertain lead times")
    offers = offers[offers["item"].isin(rows.index)]
    if offers.empty:
        raise MissingTableError("suppliers", "a supplier of a bought item whose use varies is needed")
    offer = pick(rng, offers)
    row = rows.loc[offer.item]
    demand, sd = around(rng, row["week_mean"], 0.15), around(rng, row["week_sd"])
    lead_time = max(2, round(offer.lead_time_weeks) + int(rng.integers(0, 3)))
    # Both causes must matter, else forgetting one of them would not show.
    scale = sd * sqrt(lead_time) / demand
    spread = min(max(float(offer.lead_time_sd_weeks or 0.3), 0.6 * scale), 2.2 * scale)
    return {
        "item": offer.item, "supplier": offer.supplier, "demand": demand, "sd": sd, "lead_time": lead_time,
        "lead_time_sd": around(rng, spread, 0.2), "service": float(rng.choice(SERVICES)),
    }  # fmt: skip


SAFETY_STOCK_LEAD_TIME = Problem(
    id="materials.safety_stock_lead_time", title="Safety stock when the lead time varies", level=3, minutes=6,
    outcomes=OUTCOMES, covers=("safety_stock",), needs=("items", "demand", "suppliers"), draw=_draw_lead_time,
    prompt="{supplier} delivers {item} now early, now late. Weekly use varies as well. How much safety stock covers "
           "both in {service} of the order cycles?\n\n" + NORMAL + " Use and lead time do not depend on each other.",
    facts=(DEMAND, SD, Fact("lead_time", "Lead time, mean", "weeks"),
           Fact("lead_time_sd", "Lead time, standard deviation", "weeks"), SERVICE),
    parts=(stock(
        lambda g, a: materials.safety_stock(g.sd, g.lead_time, g.service, demand=g.demand, lead_time_sd=g.lead_time_sd),
        by_hand=(lambda g, a: round(z_of(g.service), 2)
                 * round(sqrt(g.lead_time * g.sd**2 + (g.demand * g.lead_time_sd) ** 2), 2),),
        slips=(
            Slip("lt_var_add", lambda g, a: z_of(g.service) * (g.sd * sqrt(g.lead_time) + g.demand * g.lead_time_sd),
                 "You added two deviations. Bad luck in both at once is rare: square them, add, and take the root once."),
            Slip("lt_var_no_d", lambda g, a: z_of(g.service) * sqrt(g.lead_time * g.sd**2 + g.lead_time_sd**2),
                 "The lead time's {lead_time_sd} weeks hardly count here. Turn weeks of delay into units first: what is "
                 "used in one such week?"),
            Slip("lt_only", lambda g, a: z_of(g.service) * g.demand * g.lead_time_sd,
                 "This covers late deliveries only. Weekly use varies as well."),
            Slip("no_L", lambda g, a: z_of(g.service) * sqrt(g.sd**2 + (g.demand * g.lead_time_sd) ** 2),
                 "The deviation of use covers one week here. Its variance counts {lead_time} times."),
            Slip("two_sided", lambda g, a: z_two_sided(g.service)
                 * sqrt(g.lead_time * g.sd**2 + (g.demand * g.lead_time_sd) ** 2),
                 "Your z comes from a two-sided table. Only the side above the mean hurts."),
        ),
    ),),
    hints=("Two things can go wrong: more is used each week, or the delivery takes longer. Express both in units, as variances.",
           "Variance of use over the lead time: {lead_time} × {sd}². Variance from delay: ({demand} × {lead_time_sd})²."),
    steps=(
        lambda g, a: f"Use over the lead time: {g.lead_time:g} × {g.sd:g}² = {show(g.lead_time * g.sd**2)}.",
        lambda g, a: f"Delay: ({g.demand:g} × {g.lead_time_sd:g})² = {show((g.demand * g.lead_time_sd) ** 2)}.",
        lambda g, a: f"Root of the sum: {show(sqrt(g.lead_time * g.sd**2 + (g.demand * g.lead_time_sd) ** 2))} units. {z_line(g)}",
        "Safety stock: z × that root = {stock}.",
    ),
)  # fmt: skip


def _times(longer: float, shorter: float) -> float:
    """How many times the buffer grows when the lead time does."""
    return materials.safety_stock(1, longer, 0.95) / materials.safety_stock(1, shorter, 0.95)


def _draw_doubled(rng: np.random.Generator, plant: Plant) -> dict[str, Any]:
    row, g = buffered(rng, plant)
    held = rounded(materials.safety_stock(g["sd"], g["lead_time"], g["service"]))
    factor = float(rng.choice([2, 2, 2, 1.5, 3]))
    before = 2 * int(rng.integers(1, 5))
    return {**g, **costed(rng, row), "held": held, "lead_time": before, "longer": int(before * factor)}


SAFETY_STOCK_DOUBLED = Problem(
    id="materials.safety_stock_doubled", title="The lead time grows", level=2, minutes=4, outcomes=OUTCOMES,
    covers=("safety_stock",), topics=("safety stock when lead time doubles",), needs=("items", "demand"),
    draw=_draw_doubled,
    prompt="The supplier of {item} moves its production abroad. The lead time goes from {lead_time} to {longer} weeks. "
           "Use stays as it is, and so shall the service. What safety stock is needed then, and what does the move "
           "cost in holding?\n\n" + NORMAL,
    facts=(Fact("held", "Safety stock today", "units"), Fact("lead_time", "Lead time today", "weeks"),
           Fact("longer", "Lead time after the move", "weeks"), UNIT_COST, HOLDING),
    parts=(
        stock(
            lambda g, a: g.held * _times(g.longer, g.lead_time), label="Safety stock after the move",
            by_hand=(lambda g, a: g.held * round(sqrt(g.longer / g.lead_time), 2),),
            slips=(
                Slip("ss_scaled_linear", lambda g, a: g.held * g.longer / g.lead_time,
                     "You scaled the buffer like the lead time. The mean demand grows so; the deviation grows with the root."),
                Slip("ss_inverted", lambda g, a: g.held / sqrt(g.longer / g.lead_time),
                     "The buffer became smaller, though the wait became longer. Turn the ratio round."),
                Slip("ss_unchanged", lambda g, a: g.held,
                     "The same buffer against a longer wait would mean less service."),
            ),
        ),
        Number("extra", "Extra holding cost", unit="{currency} a year",
               key=lambda g, a: (a.stock - g.held) * g.unit_cost * g.holding_rate,
               check=lambda g: g.held * (_times(g.longer, g.lead_time) - 1) * g.unit_cost * g.holding_rate,
               tolerance=OfScale(0.01, lambda g, a: a.stock * g.unit_cost * g.holding_rate),
               slips=(
                   Slip("whole_buffer", lambda g, a: a.stock * g.unit_cost * g.holding_rate,
                        "That is what the whole new buffer costs. Only the increase is asked."),
                   Slip("no_rate", lambda g, a: (a.stock - g.held) * g.unit_cost,
                        "That is the money tied up. Keeping it costs {holding_rate} of it a year."),
               )),
    ),
    hints=("You need neither z nor the deviation: both stay. Which part of z × sd × √L changes?",
           "The buffer grows with √({longer} ÷ {lead_time})."),
    steps=(
        lambda g, a: f"Factor: √({g.longer:g} ÷ {g.lead_time:g}) = {sqrt(g.longer / g.lead_time):.3f}.",
        "Safety stock: {held} × factor = {stock}.",
        "Extra holding cost: increase × {unit_cost} × {holding_rate} = {extra}.",
    ),
)  # fmt: skip


def _sites(n: float) -> float:
    """Total buffer of n sites that share a demand of deviation 1 evenly."""
    return n * materials.safety_stock(1 / sqrt(n), 1, 0.95)


def _draw_sites(rng: np.random.Generator, plant: Plant) -> dict[str, Any]:
    _, g = buffered(rng, plant)
    pairs = ((9, 4), (9, 4), (8, 3), (12, 5), (16, 9), (6, 2), (10, 4), (25, 9), (7, 3))
    before, after = pairs[int(rng.integers(len(pairs)))]
    total = rounded(before * materials.safety_stock(g["sd"], g["lead_time"], g["service"]) / 2)
    return {"item": g["item"], "before": before, "after": after, "total": total}


SAFETY_STOCK_SITES = Problem(
    id="materials.safety_stock_sites", title="Fewer stores", level=2, minutes=4, outcomes=OUTCOMES,
    covers=("safety_stock",), topics=("stock for 9 sites made 4",), needs=("items", "demand"), draw=_draw_sites,
    prompt="{plant} keeps {item} in {before} stores of like size. It plans to close some and serve everyone from "
           "{after}. How much safety stock do the {after} need together for the same service, and how much is saved?"
           "\n\nDemand at one store does not depend on demand at another; lead times stay as they are.",
    facts=(Fact("before", "Stores today"), Fact("after", "Stores planned"),
           Fact("total", "Safety stock today, all stores together", "units")),
    parts=(
        stock(
            lambda g, a: g.total * _sites(g.after) / _sites(g.before), label="Safety stock then, all stores together",
            by_hand=(lambda g, a: g.total * round(sqrt(g.after / g.before), 2),),
            slips=(
                Slip("sites_linear", lambda g, a: g.total * g.after / g.before,
                     "You cut the stock like the number of stores. Demand is all still there; only the ups and downs "
                     "cancel better. How do deviations grow when they are pooled?"),
                Slip("sites_inverted", lambda g, a: g.total * sqrt(g.before / g.after),
                     "Upside down: pooling saves stock."),
                Slip("sites_one", lambda g, a: g.total / sqrt(g.before),
                     "That is the stock of one single store. {after} remain."),
                Slip("sites_unchanged", lambda g, a: g.total,
                     "Nothing saved? In a pooled store one customer's quiet week helps with another's busy one."),
            ),
        ),
        Number("saved", "Safety stock saved", unit="%", key=lambda g, a: 100 * (1 - a.stock / g.total),
               check=lambda g: 100 * (1 - _sites(g.after) / _sites(g.before)),
               tolerance=OfScale(0.01, lambda g, a: 100.0),
               slips=(
                   Slip("share_left", lambda g, a: 100 * a.stock / g.total,
                        "That is the share that remains. The saving is the rest."),
                   Slip("over_new", lambda g, a: 100 * (g.total / a.stock - 1),
                        "The saving is measured against today's stock, not against the new one."),
               )),
    ),
    hints=("Means add; variances add; deviations do not. Total safety stock grows with the root of the number of stores.",
           "Multiply {total} by √({after} ÷ {before})."),
    steps=(
        lambda g, a: f"Square-root law: √({g.after:g} ÷ {g.before:g}) = {sqrt(g.after / g.before):.3f}.",
        "Safety stock: {total} × that = {stock}.",
        "Saved: 1 − new ÷ old = {saved}. What it does not count: longer ways to the customer, and the people in the stores.",
    ),
)  # fmt: skip


def _draw_review(rng: np.random.Generator, plant: Plant) -> dict[str, Any]:
    _, g = buffered(rng, plant)
    return {**g, "lead_time": int(rng.integers(2, 7)), "review": int(rng.integers(2, 6))}


SAFETY_STOCK_REVIEW = Problem(
    id="materials.safety_stock_review", title="Safety stock when stock is reviewed now and then", level=3, minutes=5,
    outcomes=OUTCOMES, covers=("safety_stock",), needs=("items", "demand"), draw=_draw_review,
    prompt="The buyer looks at {item} every {review} weeks and orders then; what is ordered comes {lead_time} weeks "
           "later. How much safety stock keeps {service} of the review cycles free of stock-outs? And how much of it "
           "is there only because nobody looks in between?\n\n" + NORMAL,
    facts=(SD, LEAD_TIME, Fact("review", "Time between two reviews", "weeks"), SERVICE),
    parts=(
        stock(
            lambda g, a: materials.safety_stock(g.sd, g.lead_time, g.service, review_period=g.review),
            by_hand=(lambda g, a: round(z_of(g.service), 2) * g.sd * round(sqrt(g.lead_time + g.review), 2),),
            slips=(
                Slip("review_forgotten", lambda g, a: z_of(g.service) * g.sd * sqrt(g.lead_time),
                     "This covers the lead time only. After today's order the next chance comes in {review} weeks, and "
                     "that order needs its lead time too."),
                Slip("review_only", lambda g, a: z_of(g.service) * g.sd * sqrt(g.review),
                     "This covers the time between reviews only. Add the wait for the delivery."),
                Slip("no_sqrt", lambda g, a: z_of(g.service) * g.sd * (g.lead_time + g.review),
                     "The right weeks, but they belong under a root."),
                Slip("roots_added", lambda g, a: z_of(g.service) * g.sd * (sqrt(g.lead_time) + sqrt(g.review)),
                     "Two roots added. Add the weeks first, then take one root."),
            ),
        ),
        Number("due", "Of it, due to the review", unit="units",
               key=lambda g, a: a.stock - materials.safety_stock(g.sd, g.lead_time, g.service),
               check=lambda g: materials.safety_stock(g.sd, g.lead_time, g.service, review_period=g.review)
               - materials.safety_stock(g.sd, g.lead_time, g.service),
               tolerance=OfScale(0.015, lambda g, a: a.stock),
               slips=(
                   Slip("review_alone", lambda g, a: z_of(g.service) * g.sd * sqrt(g.review),
                        "That is a buffer for the review period alone. Take the difference: with reviews, less without."),
               )),
    ),
    hints=("Think of the order you place today. Until when must it last? Until the next order has come in.",
           "You are exposed for {review} + {lead_time} weeks. Watching all the time, it would be {lead_time}."),
    steps=(
        lambda g, a: f"Exposed for {g.review:g} + {g.lead_time:g} = {g.review + g.lead_time:g} weeks. {z_line(g)}",
        "Safety stock: z × {sd} × √({review} + {lead_time}) = {stock}.",
        "Watched all the time it would be z × {sd} × √{lead_time}; the difference is {due}.",
    ),
)  # fmt: skip


def _draw_fill(rng: np.random.Generator, plant: Plant) -> dict[str, Any]:
    _, g = buffered(rng, plant)
    fill = float(rng.choice([0.95, 0.97, 0.98, 0.99]))
    spread = g["sd"] * sqrt(g["lead_time"])
    quantity = rounded(spread * unit_loss(float(rng.uniform(0.65, 1.65))) / (1 - fill))
    table = [{"z": i / 10, "loss": round(unit_loss(i / 10), 4)} for i in range(5, 19)]
    return {**g, "fill": fill, "quantity": quantity, "losses": table}


def _looked_up(g: Any) -> float:
    """z by a straight line between two rows of the printed table."""
    aim = (1 - g.fill) * g.quantity / (g.sd * sqrt(g.lead_time))
    low, high = next(
        (p, q) for p, q in zip(g.losses, g.losses[1:], strict=False) if p["loss"] >= aim >= q["loss"]
    )
    return float(low["z"] + 0.1 * (low["loss"] - aim) / (low["loss"] - high["loss"]))


SAFETY_STOCK_FILL = Problem(
    id="materials.safety_stock_fill", title="Safety stock for a fill rate", level=3, minutes=7, outcomes=OUTCOMES,
    covers=("safety_stock",), needs=("items", "demand"), draw=_draw_fill,
    prompt="Customers do not count order cycles, they count units: {fill} of what is asked for shall be there at once. "
           "That is the fill rate. {item} is ordered {quantity} at a time. What may go short in one order cycle, and "
           "how much safety stock brings that about?\n\nThe loss table gives, for a factor z, the units short in a "
           "cycle when the deviation over the lead time is 1. Read between two lines. " + NORMAL,
    facts=(SD, LEAD_TIME, Fact("quantity", "Order quantity", "units"), Fact("fill", "Fill rate wanted", percent=True),
           FactTable("losses", "Loss table", (Fact("z", "z"), Fact("loss", "Loss G(z)")))),
    parts=(
        Number("short", "Allowed shortage in one order cycle", unit="units", key=lambda g, a: (1 - g.fill) * g.quantity,
               slips=(Slip("short_weekly", lambda g, a: (1 - g.fill) * g.sd,
                           "A fill rate is a share of demand, and the demand of a cycle is one order quantity."),
                      Slip("served", lambda g, a: g.fill * g.quantity, "That is what must be served. What may go short?"))),
        stock(
            lambda g, a: materials.safety_stock(
                g.sd, g.lead_time, fill_rate=g.fill, order_quantity=a.short / (1 - g.fill)),
            check=lambda g: materials.safety_stock(g.sd, g.lead_time, fill_rate=g.fill, order_quantity=g.quantity),
            by_hand=(lambda g, a: round(_looked_up(g), 2) * g.sd * sqrt(g.lead_time),),
            slips=(
                Slip("fill_as_cycle", lambda g, a: z_of(g.fill) * g.sd * sqrt(g.lead_time),
                     "You took {fill} as the chance of no stock-out in a cycle. A fill rate counts units: even in a "
                     "cycle that runs out, most are served. Use the loss table."),
                Slip("no_sqrt", lambda g, a: materials.safety_stock(
                        g.sd, g.lead_time**2, fill_rate=g.fill, order_quantity=g.quantity),
                     "The deviation over {lead_time} weeks is not {lead_time} times a week's. Take the root."),
                Slip("no_L", lambda g, a: materials.safety_stock(g.sd, 1, fill_rate=g.fill, order_quantity=g.quantity),
                     "You worked with a week's deviation. Use that of the whole lead time, in the division and after it."),
                Slip("loss_is_share", lambda g, a: materials.safety_stock(
                        g.sd, g.lead_time, fill_rate=g.fill, order_quantity=g.sd * sqrt(g.lead_time)),
                     "You looked up 1 − {fill} itself. Divide the units that may go short by the deviation over the lead time."),
            ),
        ),
    ),
    hints=("In an order cycle {quantity} units are asked for. How many of them may go short?",
           "Divide the allowed shortage by {sd} × √{lead_time}, and find the z with that loss."),
    steps=(
        "May go short: (1 − {fill}) × {quantity} = {short}.",
        lambda g, a: f"Deviation over the lead time: {show(g.sd * sqrt(g.lead_time))}. "
                     f"Loss wanted: {show(a.short / (g.sd * sqrt(g.lead_time)), 4)}, so z is about {a.stock / (g.sd * sqrt(g.lead_time)):.2f}.",
        "Safety stock: z × deviation over the lead time = {stock}.",
    ),
)  # fmt: skip


def _draw_cost(rng: np.random.Generator, plant: Plant) -> dict[str, Any]:
    row, g = buffered(rng, plant)
    return {**g, **costed(rng, row), "service": float(rng.choice([0.90, 0.95, 0.97, 0.98]))}


def _buffer_cost(g: Any, service: float) -> float:
    return materials.safety_stock(g.sd, g.lead_time, service) * g.unit_cost * g.holding_rate


SAFETY_COST = Problem(
    id="materials.safety_cost", title="What a buffer costs", level=2, minutes=5, outcomes=OUTCOMES,
    covers=("safety_stock",), needs=("items", "demand"), draw=_draw_cost,
    prompt="Sales asks for one more point of service on {item}. Work out what the buffer for {service} costs {plant} a "
           "year, and how much more one point above it would cost.\n\n" + NORMAL,
    facts=(SD, LEAD_TIME, SERVICE, UNIT_COST, HOLDING),
    parts=(
        Number("cost", "Holding cost of the safety stock", unit="{currency} a year",
               key=lambda g, a: _buffer_cost(g, g.service), tolerance=Relative(0.01),
               by_hand=(lambda g, a: round(z_of(g.service), 2) * g.sd * round(sqrt(g.lead_time), 2)
                        * g.unit_cost * g.holding_rate,),
               slips=(
                   Slip("no_rate", lambda g, a: _buffer_cost(g, g.service) / g.holding_rate,
                        "That is the money tied up in the buffer. Keeping it costs {holding_rate} of it a year."),
                   Slip("ss_halved", lambda g, a: _buffer_cost(g, g.service) / 2,
                        "You halved the buffer. Only the cycle stock is halved, since it runs down to nothing; the "
                        "safety stock lies there all year."),
                   Slip("no_unit_cost", lambda g, a: _buffer_cost(g, g.service) / g.unit_cost,
                        "The unit cost is missing: {holding_rate} of {unit_cost} is what one unit costs to keep."),
                   Slip("no_sqrt", lambda g, a: _buffer_cost(g, g.service) * sqrt(g.lead_time),
                        "The buffer is too large: {lead_time} weeks belong under a root."),
               )),
        Number("extra", "One more point of service", unit="{currency} a year",
               key=lambda g, a: a.cost * (z_of(g.service + 0.01) / z_of(g.service) - 1),
               check=lambda g: _buffer_cost(g, g.service + 0.01) - _buffer_cost(g, g.service),
               tolerance=OfScale(0.005, lambda g, a: a.cost),
               by_hand=(lambda g, a: a.cost * (round(z_of(g.service + 0.01), 2) / round(z_of(g.service), 2) - 1),),
               slips=(
                   Slip("proportional", lambda g, a: a.cost * 0.01 / g.service,
                        "You took the cost as proportional to the service. Near 100 % each further point costs more "
                        "than the last: compare the two factors z."),
                   Slip("whole_new", lambda g, a: a.cost * z_of(g.service + 0.01) / z_of(g.service),
                        "That is the whole buffer at the higher service. Take off what it costs today."),
               )),
    ),
    hints=("How many units is the buffer? What does one of them cost to keep for a year?",
           "Everything but z stays. Compare the z of {service} with that of one point more."),
    steps=(
        lambda g, a: f"{z_line(g)} Buffer: z × {g.sd:g} × √{g.lead_time:g} = "
                     f"{show(materials.safety_stock(g.sd, g.lead_time, g.service))} units.",
        "Its holding cost: × {unit_cost} × {holding_rate} = {cost}.",
        lambda g, a: f"One point more takes z = {z_of(g.service + 0.01):.3f}: the cost grows by {100 * (z_of(g.service + 0.01) / z_of(g.service) - 1):.1f} %.",
        "One more point costs {extra}.",
    ),
)  # fmt: skip

PROBLEMS = (
    SAFETY_STOCK, SAFETY_STOCK_UNITS, SAFETY_STOCK_MAD, SAFETY_STOCK_LEAD_TIME, SAFETY_STOCK_DOUBLED,
    SAFETY_STOCK_SITES, SAFETY_STOCK_REVIEW, SAFETY_STOCK_FILL, SAFETY_COST,
)  # fmt: skip
