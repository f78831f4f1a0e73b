"""The explorers of lots and requirements: the lot race, and the record to fill."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from ... import charts, materials
from ...charts.style import worded
from ...errors import InputError, MissingTableError
from ...exercises import Grid, Problem
from ...exercises.attempt import FIRST_SEED
from ...exercises.bank.materials import mrp_grid as records
from ...exercises.bank.materials.mrp_record import span
from ...exercises.numbers import show
from ...exercises.variant import collisions, draw_once
from ...plant import Needed, Plant, needed, product
from ...stories.said import money
from ..card import Card
from .base import Explorer, Row, Target
from .building import nice
from .controls import Dial, Pick

if TYPE_CHECKING:
    import numpy as np

__all__ = ["lot_race", "mrp_grid"]

_RULES = ("lot_for_lot", "eoq", "periods", "silver_meal", "part_period", "wagner_whitin")
_OWN, _BEST = "own", "wagner_whitin"
_NEAR = 1.03
_WEEKS = 8


@dataclass(frozen=True)
class _Race:
    """The plans at one setting of the dials."""

    plans: dict[str, materials.LotPlan]
    shown: str
    order_cost: float
    holding_cost: float

    @property
    def best(self) -> float:
        return self.plans[_BEST].cost


def lot_race(plant: Plant | str | None = None, item: str | None = None) -> Explorer:
    """Lot rules against each other and against a plan of one's own, over the coming 12 weeks of one item.

    Parameters
    ----------
    plant
        A plant, the name of a sample, or None for the sample "metal". Where it lacks what a material plan
        needs, the explorer says so and takes the sample of its industry.
    item
        An item that the plan needs in the coming weeks; None for the one of the role `needed`.

    Raises
    ------
    MissingTableError
        If the sample's plan does not need that item.

    Examples
    --------
    >>> race = lot_race("metal", "coil-2mm")
    >>> race.reached
    (False, False)
    >>> print(race.set(order_cost="5").splitlines()[-1])  # doctest: +ELLIPSIS
    ✓ Then lower the order cost until lot for lot is the cheapest plan. At 5 USD ...
    """
    own = plant if isinstance(plant, Plant) else Plant.sample(plant or "metal")
    try:
        return _lot_race(needed(own, materials.mrp(own).records, item), "")
    except (MissingTableError, InputError) as fault:
        sample = Plant.sample(own.industry if own.industry in Plant.samples() else "metal")
        if sample.name == own.name:
            raise
        notice = f"{own.name}: {fault}. These figures are the sample plant's, {sample.name}."
        return _lot_race(needed(sample, materials.mrp(sample).records), notice)


def _lot_race(it: Needed, notice: str) -> Explorer:
    weeks = tuple(str(t) for t in range(1, len(it.needs) + 1))
    every = tuple(w for w, need in zip(weeks, it.needs, strict=True) if need > 0)
    cheapest = materials.lot_sizes(it.needs, **it.costs).cost
    start = every if _own_plan(it, every, **it.costs).cost > 1.1 * cheapest else every[:1]
    word = "order" if it.is_bought else "setup"
    places = 0 if cheapest >= 100 else 2

    def compute(shown: str, own: tuple[str, ...], order_cost: float, holding_cost: float) -> _Race:
        costs: dict[str, Any] = {"order_cost": order_cost, "holding_cost": holding_cost}
        plans = {_OWN: _own_plan(it, own, **costs)}
        plans |= {rule: materials.lot_sizes(it.needs, rule, **costs) for rule in _RULES}
        return _Race(plans, shown, order_cost, holding_cost)

    def figures(at: _Race) -> list[Row]:
        rows = [Row(_NAMES[k], round(plan.cost, places), it.currency, 6) for k, plan in at.plans.items()]
        over = 100 * (at.plans[_OWN].cost / at.best - 1) if at.best else 0.0
        return [
            *rows,
            Row("Your own above the cheapest", round(over, 1), "%"),
            Row(f"{word.capitalize()}s in the plan shown", at.plans[at.shown].orders),
        ]

    step = nice(it.order_cost / 80)
    return Explorer(
        title=f"Lot race: {it.item} at {it.plant}",
        about=(
            f"Twelve weeks need {', '.join(worded(x) for x in it.needs)} {it.unit}. "
            f"{'An' if it.is_bought else 'A'} {word} costs {worded(it.order_cost, it.currency)}, keeping one for a week "
            f"{show(it.holding_cost, 3)}. Tick the weeks in which a lot of yours comes; each lasts until the next. "
            "Choose whose plan the picture shows."
        ),
        notice=notice,
        dials=[
            Pick("own", "Your own plan: a lot comes in week", tuple((w, w) for w in weeks), start),
            Pick("shown", "Plan in the picture", tuple((k, _NAMES[k]) for k in (_OWN, *_RULES)), _OWN),
            Dial("order_cost", f"Cost of one {word}", 0, step * 240, step, it.order_cost, unit=it.currency),
            Dial(
                "holding_cost",
                "Keeping one for a week",
                0.0,
                4 * it.holding_cost,
                nice(it.holding_cost / 40),
                it.holding_cost,
                unit=it.currency,
            ),
        ],
        compute=compute,
        figures=figures,
        picture=lambda at: charts.lot_plan(at.plans[at.shown], unit=it.unit),
        targets=[
            Target(
                "At today’s costs make a plan of your own that costs at most 3 % more than the cheapest.",
                lambda at: (
                    (at.order_cost, at.holding_cost) == (it.order_cost, it.holding_cost)
                    and at.plans[_OWN].cost <= _NEAR * at.best
                ),
                lambda at: (
                    f"Yours costs {money(at.plans[_OWN].cost)}, the cheapest {money(at.best)}, lot for lot "
                    f"{money(at.plans['lot_for_lot'].cost)}. You skipped a {word} wherever keeping the next weeks’ need cost less."
                ),
            ),
            Target(
                f"Then lower the {word} cost until lot for lot is the cheapest plan.",
                lambda at: (
                    at.holding_cost == it.holding_cost
                    and at.order_cost < it.order_cost
                    and at.plans["lot_for_lot"].cost <= at.best * (1 + 1e-9)
                ),
                lambda at: (
                    f"At {worded(at.order_cost, it.currency)} it no longer pays to keep anything for a week: every week gets what it "
                    f"needs, and no rule is missed. Lots are there because of what {'an' if it.is_bought else 'a'} {word} costs; "
                    "bring that down, and the stock goes with it."
                ),
            ),
        ],
    )


_NAMES = {
    _OWN: "Your own plan",
    "lot_for_lot": "Lot for lot",
    "eoq": "Economic order quantity",
    "periods": "Period order quantity",
    "silver_meal": "Silver-Meal",
    "part_period": "Part-period balancing",
    _BEST: "Wagner-Whitin, the cheapest",
}


def _own_plan(
    it: Needed, own: tuple[str, ...], *, order_cost: float, holding_cost: float
) -> materials.LotPlan:
    """Lots in the weeks ticked, each for the needs until the next; the first need is always met in its week."""
    n = len(it.needs)
    first = next(t for t in range(n) if it.needs[t] > 0)
    starts = sorted({first, *(int(w) - 1 for w in own if int(w) - 1 > first)})
    receipts = [0.0] * n
    for start, end in zip(starts, [*starts[1:], n], strict=True):
        receipts[start] = sum(it.needs[start:end])
    kept = (holding_cost,) * n
    return materials.LotPlan(
        "fixed", it.needs, tuple(receipts), 0.0, 0.0, (order_cost,) * n, kept, (0.0,) * n, "ending", None, ()
    )


# The record


def mrp_grid(plant: Plant | str | None = None, item: str | None = None) -> Card:
    """The record of one item of a plant to fill, judged cell by cell, with follow-through.

    Lead time, stock, safety stock, open orders and lot rule are the item's own, rounded; its needs are those of
    the plant's plan, and other ones near them under New numbers. Where the stock would last for most of the
    eight weeks, it is cut to what lasts for one or two, and nothing is on order, so that there is something to plan.

    Parameters
    ----------
    plant
        A plant, the name of a sample, or None for the sample "metal". Where its plan has no item whose record
        can be filled by hand, the card says so and takes the sample of its industry.
    item
        None for the one that needs most orders of what goes into the product of the role `product`.

    Examples
    --------
    >>> card = mrp_grid("metal")
    >>> card.view["parts"][0]["kind"], card.verdict
    ('grid', None)
    """
    own = plant if isinstance(plant, Plant) else Plant.sample(plant or "metal")
    try:
        return Card(_record(own, item), plant=own)
    except (MissingTableError, InputError):
        sample = Plant.sample(own.industry if own.industry in Plant.samples() else "metal")
        if sample.name == own.name:
            raise
        return Card(_record(sample, None), plant=sample)


@dataclass(frozen=True)
class _Case:
    """An item whose record can be filled by hand."""

    row: Any
    gross: list[float]
    scheduled: list[int]

    @property
    def item(self) -> str:
        return str(self.row.name)

    @property
    def is_plenty(self) -> bool:
        """Whether stock and open orders last for most of the weeks."""
        row = self.row
        free = row["on_hand"] - row["allocated"] - row["safety_stock"] + sum(self.scheduled)
        return bool(free > 0.6 * sum(self.gross))

    @property
    def stock(self) -> int:
        """On hand: as it is, or cut to what lasts for one or two weeks."""
        row = self.row
        if not self.is_plenty:
            return round(float(row["on_hand"]))
        return round(float(row["allocated"] + row["safety_stock"]) + self.gross[0] + 0.5 * self.gross[1])


def _record(plant: Plant, item: str | None) -> Problem:
    plan = materials.mrp(plant)
    cases = [case for _, row in plant.items.set_index("item").iterrows() for case in _case(plan, row)]
    if item is None:
        below = set(materials.explode_bom(plant, product(plant).item).summary["component"])
        near = [case for case in cases if case.item in below] or cases
        cases = sorted(near, key=lambda case: (-_orders(case), case.item))
    else:
        cases = [case for case in cases if case.item == item]
    if not cases:
        raise MissingTableError("items", f"the record of {item or 'any item'} cannot be filled by hand")
    return _fair(_problem(cases[0]), plant)


def _case(plan: materials.MrpPlan, row: Any) -> list[_Case]:
    """The item as a case, where its record is plain: no yield, no safety lead time, no co-product, needs in whole units."""
    if row.name not in plan.items or row["kind"] == "phantom" or str(row["lot_rule"]) not in _BASES:
        return []
    if (
        row["yield_share"] != 1
        or row["safety_lead_weeks"]
        or row["firm_weeks"]
        or not 1 <= row["lead_time_weeks"] <= 4
    ):
        return []
    record = plan.record(str(row.name)).iloc[:, 1 : _WEEKS + 1]
    gross = [float(x) for x in record.loc["gross"].to_numpy()]
    case = _Case(row, gross, [round(float(x)) for x in record.loc["scheduled"].to_numpy()])
    sound = row["lead_time_weeks"] % 1 == 0 and "coproduct" not in record.index and sum(gross) / _WEEKS >= 2
    return [case] if sound and sum(x >= 1 for x in gross) >= 4 else []


def _orders(case: _Case) -> int:
    """How much there is to do: weeks with a need, an open order, a safety stock, a lot rule."""
    row = case.row
    name = _BASES[str(row["lot_rule"])][2]
    return int(
        min(6, sum(x > 0 for x in case.gross))
        - 4 * case.is_plenty
        + 2 * any(case.scheduled)
        + 2 * (row["safety_stock"] > 0)
        + 2 * bool(name and row[name] > 1)
    )


_BASES: dict[str, tuple[Problem, str, str]] = {
    "lot_for_lot": (records.LOT_FOR_LOT, "", ""),
    "fixed": (records.FIXED, "lot", "lot_size"),
    "multiple": (records.FIXED, "lot", "lot_multiple"),
    "minimum": (records.MINIMUM, "least", "lot_min"),
    "periods": (records.PERIODS, "periods", "lot_periods"),
}


def _fair(problem: Problem, plant: Plant) -> Problem:
    """Without the slips that cannot show in this item's record."""
    for _ in range(8):
        clashes = collisions(draw_once(problem, plant, FIRST_SEED, 0))
        if not clashes:
            break
        problem = _without(problem, next(iter(clashes))[1])
    return problem


def _without(problem: Problem, *slips: str) -> Problem:
    """Less these slips, each as "line.slip"."""
    (grid,) = problem.parts
    assert isinstance(grid, Grid)
    lines = tuple(
        replace(ln, slips=tuple(s for s in ln.slips if f"{ln.id}.{s.id}" not in slips)) for ln in grid.lines
    )
    return replace(problem, parts=(replace(grid, lines=lines),))


def _problem(case: _Case) -> Problem:
    row, rule = case.row, str(case.row["lot_rule"])
    base, name, column = _BASES[rule]
    size = int(max(1, round(row[column]))) if name else 0
    scheduled = [0] * _WEEKS if case.is_plenty else case.scheduled
    given = {
        "item": case.item,
        "n": _WEEKS,
        "scheduled": scheduled,
        "safety": round(row["safety_stock"]),
        "allocated": round(row["allocated"]),
        "on_hand": case.stock,
        **span("lead", int(row["lead_time_weeks"])),
        "good": 1.0,
        "rule": {"lot_rule": rule, **({column: size} if name else {})},
        **({name: size} if name else {}),
    }

    def draw(rng: np.random.Generator, plant: Plant) -> dict[str, Any]:
        return {**given, "gross": [round(x * float(rng.uniform(0.9, 1.1))) for x in case.gross]}

    return replace(
        base,
        id="materials.mrp_own",
        title="MRP grid: a record of the plant",
        minutes=10,
        draw=draw,
        prompt=f"{base.prompt}\n\nTarget: the whole record right, every cell of it.",
    )
