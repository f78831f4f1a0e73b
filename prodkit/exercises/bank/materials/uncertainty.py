"""Stock against chance: how large the buffer must be."""

from __future__ import annotations

from collections.abc import Callable
from math import ceil, sqrt
from typing import TYPE_CHECKING, Any

from .... import materials
from ....errors import MissingTableError
from ...draws import around, bought, pick, rounded
from ...numbers import show
from ...parts import Convention, Number, Slip
from ...problem import Fact, Problem
from ...tolerance import Relative

if TYPE_CHECKING:
    import numpy as np
    import pandas as pd

    from ....plant import Plant

OUTCOMES = ("cpim.inventory", "lesson.05.2")
DEAR = 24  # the items that cost most a year: a buffer of the others is not worth a thought
SERVICES = (0.90, 0.95, 0.975, 0.98, 0.99)
DEMAND = Fact("demand", "Weekly use, mean", "{unit}")
SD = Fact("sd", "Weekly use, standard deviation", "{unit}")
LEAD_TIME = Fact("lead_time", "Lead time, order to receipt", "weeks")
SERVICE = Fact("service", "Chance of no stock-out in an order cycle", percent=True)
UNIT_COST = Fact("unit_cost", "Unit cost", "{currency} {a_unit}")
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
    row = pick(rng, uncertain(plant, "a safety-stock problem").head(DEAR))
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
    return Number(part, label, unit="{unit}", tolerance=Relative(0.01), key=key, conventions=(up,), **more)


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
        lambda g, a: f"Deviation over the lead time: {g.sd:g} × √{g.lead_time:g} = {show(g.sd * sqrt(g.lead_time))} {g.unit}.",
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
    facts=(DEMAND, Fact("mad", "MAD of the weekly forecast", "{unit}"), LEAD_TIME, SERVICE),
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
        lambda g, a: f"Standard deviation of a week: 1.25 × {g.mad:g} = {show(1.25 * g.mad)} {g.unit}.",
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
                 * rounded(sqrt(g.lead_time * g.sd**2 + (g.demand * g.lead_time_sd) ** 2), 4),),
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
        lambda g, a: f"Root of the sum: {show(sqrt(g.lead_time * g.sd**2 + (g.demand * g.lead_time_sd) ** 2))} {g.unit}. {z_line(g)}",
        "Safety stock: z × that root = {stock}.",
    ),
)  # fmt: skip


PROBLEMS = (SAFETY_STOCK, SAFETY_STOCK_UNITS, SAFETY_STOCK_MAD, SAFETY_STOCK_LEAD_TIME)
