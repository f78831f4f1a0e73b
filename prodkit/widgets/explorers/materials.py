"""The explorers of the materials lesson."""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from ... import charts, materials
from ...charts.style import worded
from ...errors import MissingTableError
from ...exercises.numbers import show
from ...plant import Bought, Plant, bought
from .base import Explorer, Row, Target
from .controls import Dial

if TYPE_CHECKING:
    pass

__all__ = ["eoq_curve", "service_against_stock"]


def eoq_curve(plant: Plant | str | None = None, item: str | None = None) -> Explorer:
    """The order quantity against ordering and holding cost, for one bought item of a plant.

    It starts at today's quantity, the mean of the last year's orders, or away from the best one where
    today's is too near to it or not known.

    Parameters
    ----------
    plant
        A plant, the name of a sample, or None for the sample "metal". Where it lacks a table, the
        explorer says so and takes the sample of its industry.
    item
        A bought item; None for the one with the largest yearly value.

    Raises
    ------
    InputError
        If the plant has no such bought item that is used.

    Examples
    --------
    >>> explorer = eoq_curve("metal", "coil-2mm")
    >>> explorer.reached
    (False, False)
    >>> print(explorer.set(quantity="132").splitlines()[-2])  # doctest: +ELLIPSIS
    ✓ Bring the yearly cost to within 1 % of the lowest. From ...
    """
    return _with_sample(plant, item, _eoq_curve)


def _eoq_curve(it: Bought, notice: str) -> Explorer:
    best = materials.economic_order_quantity(it.use, it.order_cost, it.holding_cost)
    step = 10.0 ** math.floor(math.log10(best.quantity / 40))
    step = max(1.0, step) if best.quantity >= 20 else step
    today = it.quantity
    is_today = (
        today is not None and best.cost_at(today) > 1.02 * best.cost and 0.1 < today / best.quantity < 10
    )
    start = _whole(today, step) if today is not None and is_today else _whole(2.2 * best.quantity, step)
    low = max(step, _whole(min(0.2 * best.quantity, 0.8 * start), step))
    high = _whole(max(2.8 * best.quantity, 1.2 * start), step)
    flat = 1.01 + math.sqrt(1.01**2 - 1)  # the ratio to the best quantity that costs 1 % more
    over = 100 * (best.cost_at(1.2 * best.quantity) / best.cost - 1)

    def figures(at: materials.EconomicOrderQuantity) -> list[Row]:
        return [
            Row("Ordering", round(at.yearly_order_cost), it.per_year),
            Row("Holding the cycle stock", round(at.yearly_holding_cost), it.per_year),
            Row("Both together", round(at.cost), it.per_year),
            Row("Above the lowest", round(100 * (at.cost / best.cost - 1), 1), "%"),
            Row("Orders", round(at.orders_per_year, 1), "a year"),
        ]

    return Explorer(
        title=f"Order quantity: {it.item} at {it.plant}",
        about=(
            f"{it.plant} uses {worded(it.use, it.unit)} a year. An order costs {worded(it.order_cost, it.currency)}, "
            f"keeping one for a year {worded(it.holding_cost, it.currency)}. "
            + (
                f"The dial starts at {worded(start)}, what an order was on average last year."
                if is_today
                else f"The dial starts at {worded(start)}."
            )
        ),
        notice=notice,
        dials=[Dial("quantity", "Order quantity", low, high, step, start, unit=it.unit)],
        compute=lambda quantity: materials.EconomicOrderQuantity(
            it.use, it.order_cost, it.holding_cost, quantity
        ),
        figures=figures,
        picture=lambda at: charts.eoq_curve(
            best,
            at=at.quantity,
            mark_best=False,
            unit=it.unit,
            currency=it.currency,
            q_range=(low, high),
        ),
        targets=[
            Target(
                "Bring the yearly cost to within 1 % of the lowest.",
                lambda at: at.cost <= 1.01 * best.cost,
                lambda at: (
                    f"From {worded(best.quantity / flat)} to {worded(best.quantity * flat)} the cost stays within 1 %. The "
                    f"lowest is at {worded(best.quantity)}, and any pack or truck in this range is as good."
                ),
            ),
            Target(
                "Then order 20 % more than the best quantity. Guess first: how much does the cost rise?",
                lambda at: 1.17 <= at.quantity / best.quantity <= 1.23,
                lambda at: (
                    f"By {worded(over)} % only, about {worded(over * best.cost / 100, f'{it.currency} a year')}. A full truck near the "
                    "best quantity beats the best quantity."
                ),
            ),
        ],
    )


@dataclass(frozen=True)
class _Cover:
    """What a setting of the service dials comes to."""

    service_level: float
    lead_time: float
    lead_time_sd: float
    review: float
    safety_stock: float
    cost: float
    reorder_point: float
    stock_outs: float


def service_against_stock(plant: Plant | str | None = None, item: str | None = None) -> Explorer:
    """Service level, and the supplier's lead time and its deviation, against safety stock and its cost.

    It starts at 95 % service, with the supplier's figures from the plant (where several deliver the item,
    of whom most was ordered) and continuous review. Weekly demand has the mean and the deviation of the last 52 weeks.
    Stock-outs a year are the order cycles a year times the share of them that run short; a cycle is
    today's order quantity, or what is used between two reviews if that is more.

    Parameters
    ----------
    plant
        A plant, the name of a sample, or None for the sample "metal". Where it lacks a table, the
        explorer says so and takes the sample of its industry.
    item
        A bought item; None for the one with the largest yearly value.

    Raises
    ------
    InputError
        If the plant has no such bought item that is used.

    Examples
    --------
    >>> explorer = service_against_stock("metal", "lock-cam")
    >>> explorer.set(service_level=0.98, lead_time_sd=0.4).splitlines()[-1][:1]
    '✓'
    """
    return _with_sample(plant, item, _service_against_stock)


def _service_against_stock(it: Bought, notice: str) -> Explorer:
    weekly = it.use / 52
    lot = it.quantity or materials.economic_order_quantity(it.use, it.order_cost, it.holding_cost).quantity
    start_level = 0.95

    def compute(service_level: float, lead_time: float, lead_time_sd: float, review: float) -> _Cover:
        stock = materials.safety_stock(
            it.week_sd,
            lead_time,
            service_level,
            demand=weekly,
            lead_time_sd=lead_time_sd,
            review_period=review,
        )
        cycles = it.use / max(lot, weekly * review)
        return _Cover(
            service_level,
            lead_time,
            lead_time_sd,
            review,
            stock,
            stock * it.holding_cost,
            materials.reorder_point(weekly, lead_time + review, stock),
            cycles * (1 - service_level),
        )

    first = compute(start_level, it.lead_time, it.lead_time_sd, 0.0)
    before = {
        "service_level": start_level,
        "lead_time": it.lead_time,
        "lead_time_sd": it.lead_time_sd,
        "review_period": 0.0,
    }

    def figures(at: _Cover) -> list[Row]:
        return [
            Row("Safety stock", round(at.safety_stock, 1 if at.safety_stock < 100 else 0), it.unit),
            Row("Its holding cost", round(at.cost), it.per_year),
            Row("Reorder point", round(at.reorder_point), it.unit),
            Row("Stock-outs to expect", round(at.stock_outs, 2), "a year"),
            Row("Safety stock kept today, by the item table", it.safety_stock, it.unit),
        ]

    def picture(at: _Cover) -> charts.Chart:
        return charts.service_curve(
            at.service_level,
            demand_sd=it.week_sd,
            lead_time=at.lead_time,
            demand=weekly,
            lead_time_sd=at.lead_time_sd,
            review_period=at.review,
            holding_cost=it.holding_cost,
            before=before,
            unit=it.unit,
            currency=it.currency,
        )

    same = f"{100 * start_level:g} %"
    return Explorer(
        title=f"Service against stock: {it.item} at {it.plant}",
        about=(
            f"{it.plant} uses {worded(weekly, it.unit)} a week, with a standard deviation of {worded(it.week_sd)}. The "
            f"supplier takes {show(it.lead_time, 3)} week{'s' * (it.lead_time != 1)}, with a deviation of {show(it.lead_time_sd, 3)}. Service is the share of "
            "order cycles without a stock-out; 0 weeks between reviews means that stock is watched all the time. "
            "The hollow dot is where you start."
        ),
        notice=notice,
        dials=[
            Dial("service_level", "Service level", 0.8, 0.999, 0.001, start_level, is_percent=True),
            Dial("lead_time", "Lead time", 0, max(2.0, 2 * it.lead_time), 0.25, it.lead_time, unit="weeks"),
            Dial(
                "lead_time_sd",
                "Its standard deviation",
                0,
                max(0.5, _up(1.5 * it.lead_time_sd)),
                0.01,
                it.lead_time_sd,
                unit="weeks",
            ),
            Dial("review", "Time between reviews", 0, 8, 1, 0, unit="weeks"),
        ],
        compute=compute,
        figures=figures,
        picture=picture,
        targets=[
            Target(
                f"Leave the supplier as it is and raise service from {same} to 99.9 %. What does it cost?",
                lambda at: (
                    at.service_level >= 0.9985
                    and (at.lead_time, at.lead_time_sd, at.review) == (it.lead_time, it.lead_time_sd, 0)
                ),
                lambda at: (
                    f"The safety stock costs {worded(at.cost, f'{it.currency} a year')} in place of {worded(first.cost)}, "
                    f"{worded(100 * (at.cost / first.cost - 1)) if first.cost else '0'} % more. Each step nearer to 100 % costs "
                    "more than the one before."
                ),
            ),
            Target(
                "Now reach 98 % service or more with no more safety stock cost than at the start. Which dial helps most?",
                lambda at: at.service_level >= 0.98 - 1e-9 and at.cost <= first.cost * (1 + 1e-9),
                lambda at: _what_helped(at, it, first),
            ),
        ],
    )


def _what_helped(at: _Cover, it: Bought, first: _Cover) -> str:
    said = (
        f"{100 * at.service_level:.4g} % for {worded(at.cost, f'{it.currency} a year')}, where {100 * first.service_level:.4g} % took "
        f"{worded(first.cost)}. "
    )
    if it.lead_time_sd:
        steady = (it.use / 52 * it.lead_time_sd) ** 2 / (
            (it.use / 52 * it.lead_time_sd) ** 2 + it.lead_time * it.week_sd**2
        )
        said += f"At the start {worded(100 * steady)} % of the variance came from the supplier's uncertain lead time. "
    return (
        said + "What makes supply shorter or steadier buys service once; stock has to be paid for every year."
    )


def _with_sample(
    plant: Plant | str | None, item: str | None, build: Callable[[Bought, str], Explorer]
) -> Explorer:
    """The explorer on the plant, or on the sample of its industry where a table is missing."""
    own = plant if isinstance(plant, Plant) else Plant.sample(plant or "metal")
    try:
        own.need("suppliers", 1, "this explorer")
        return build(bought(own, item), "")
    except MissingTableError as fault:
        sample = Plant.sample(own.industry)
        if sample.name == own.name:
            raise
        notice = f"{own.name}: {fault}. These figures are the sample plant's, {sample.name}."
        names = set(sample.items["item"])
        return build(bought(sample, item if item in names else None), notice)


def _whole(value: float, step: float) -> float:
    return max(step, round(round(value / step) * step, 9))


def _up(value: float) -> float:
    return math.ceil(value * 10) / 10
