"""Material requirements planning."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

import numpy as np

from ..._common import choice, number
from ...errors import InputError
from ...plant.arguments import Faults
from .explosion import explode
from .independent import plant_demand
from .inputs import (
    HEURISTICS,
    Inputs,
    Items,
    Receipts,
    by_level,
    low_levels,
    no_lines,
    read_coproducts,
    read_demands,
    read_items,
    read_lines,
    read_receipts,
)
from .netting import Options
from .plan import MrpPlan
from .weeks import Weeks

if TYPE_CHECKING:
    import pandas as pd

    from ...plant import Plant

__all__ = ["mrp"]


def mrp(
    plant: Plant | None = None,
    *,
    items: pd.DataFrame | None = None,
    bom: pd.DataFrame | None = None,
    demand: pd.DataFrame | None = None,
    receipts: pd.DataFrame | None = None,
    coproducts: pd.DataFrame | None = None,
    start: object = None,
    weeks: int = 26,
    alternatives: Mapping[str, str] | None = None,
    lot_rules: Mapping[str, str] | None = None,
    holding_rate: float | None = None,
    late: str = "keep",
    lots_of: str = "ordered",
    open_orders: str = "as_due",
    overdue: str = "first_week",
) -> MrpPlan:
    r"""Plan what to order and make, how much and when, so that every demand can be met.

    Parameters
    ----------
    plant
        A plant, whose tables items, bom, coproducts and receipts are taken, and its first day. Any table
        below takes the place of the plant's own.
    items
        Without a plant: one row an item, with the column item, and those of the plant's table items that
        matter: kind, on_hand, allocated, safety_stock, lead_time_weeks, safety_lead_weeks, firm_weeks,
        lot_rule, lot_size, lot_min, lot_multiple, lot_periods, yield_share, unit_cost, order_cost. What is
        left out is zero, or one.
    bom
        parent, component, quantity_per; and scrap_share, alternative, valid_from, valid_to, planning_share.
    demand
        The master schedule and all other independent demand, forecast already consumed: week, item, quantity;
        and order and customer, to find them again by `MrpPlan.pegs_to`.
    receipts
        Open orders: item, quantity (good units still to come), due; and order, firm.
    coproducts
        parent, item, quantity_per: what comes in beside each good unit of the parent.
    start
        First day of the first week. Left out without a plant, weeks are numbers: 1 is the first, here and in
        demand, receipts and the bills' dates.
    weeks
        Weeks to plan; at least the longest lead time.
    alternatives
        Item to the name of its alternative bill, for items that are not to be made by their usual one.
    lot_rules
        Item to lot rule, in place of the rule in the table: one of those, or `"eoq"`, `"silver_meal"`,
        `"least_unit_cost"`, `"part_period"`, `"wagner_whitin"`, which weigh order_cost against holding.
    holding_rate
        For those: cost of keeping a unit for a year (share of its unit_cost); the plant's where left out.
    late
        `"keep"` or `"move"`; see the conventions.
    lots_of
        `"ordered"` or `"good"` units.
    open_orders
        `"as_due"` or `"rescheduled"`.
    overdue
        Open orders due before the first week: `"first_week"`, `"leave_out"` or `"refuse"`.

    Returns
    -------
    MrpPlan
        `.records` (one row an item and week), `.record(item)` (as textbooks print it), `.orders`,
        `.messages`, `.pegs`, `.pegs_to(order, full=True)`, `.why(order)`, `.remarks`.

    Raises
    ------
    InputError
        If one thing is wrong with the input: an unknown parent or component, a loop in the bills (which it
        names), a yield or a lot multiple of zero, a lead time longer than the horizon, two planning rules for
        one item, a rule without its quantity.
    PlantError
        If several are; its message and its `faults` name them all.

    Notes ----- J. Orlicky, *Material Requirements Planning*, McGraw-Hill 1975 (from memory, unchecked). Item
    by item from the top of the bills down, by low-level code, so that an item that goes into many is netted
    once: net = gross + safety stock - available before - scheduled receipts, never below zero; the safety
    stock is part of what must be there, and so is netted once. A receipt is planned by the lot rule, its
    release lies the lead time earlier, and the releases are the gross requirements of the components:
    quantity_per / (1 - scrap_share) for each unit started. Of the units started only yield_share come in
    good. What is available is on hand less allocated, the safety stock included.

    A phantom passes its needs straight on, less any stock of its own; its lead times, lot rule, safety stock
    and yield do not count. A smallest order and a multiple bind the lots of every rule but fixed, eoq and
    wagner_whitin. A bill line counts in a week if it is valid on the first day of it, the week being that of
    the parent's release. Nothing new is received in an item's firm weeks: what is needed there is planned for
    the first week after them and reported short until then, and open orders due there are not put off. A
    safety lead time brings the receipt forward by as much. Co-products come in with planned receipts; those
    of open orders stand among the receipts. A demand overdue counts in the first week. Beyond the last week
    nothing is known: toward it, dependent demand tapers off by the lead times.

    A plant without demand of its own: the greater of forecast and customer orders (not yet shipped) of each
    week; without a forecast, the mean of what was sold in the same week of the years before stands for it.

    Convention, an order that should have been released already: it keeps its due week, and its release counts
    in the first week and is reported as past due (default); it is released now and comes a lead time later,
    short until then (`late="move"`).

    Convention, lot sizes with a yield below one: they hold for what is ordered (default); for the good units
    that come in (`lots_of="good"`).

    Convention, open orders: they count in the week in which they are due, and messages say what to move
    (default); orders needed earlier are counted as brought forward before anything new is planned
    (`open_orders="rescheduled"`).

    Convention, overdue open orders: they count in the first week and are reported (default); they do not
    count (`overdue="leave_out"`); they are an error (`overdue="refuse"`).

    Examples
    --------
    >>> import pandas as pd
    >>> items = pd.DataFrame({"item": ["table", "leg"], "lead_time_weeks": [1, 2], "on_hand": [10, 60],
    ...                       "lot_rule": ["lot_for_lot", "multiple"], "lot_multiple": [None, 50]})
    >>> bom = pd.DataFrame({"parent": ["table"], "component": ["leg"], "quantity_per": [4]})
    >>> demand = pd.DataFrame({"week": [2, 4], "item": ["table", "table"], "quantity": [20, 30]})
    >>> plan = mrp(items=items, bom=bom, demand=demand, weeks=5)
    >>> print(plan.record("leg").drop(columns="start").astype(int).to_string())
                 1   2    3  4  5
    gross       40   0  120  0  0
    scheduled    0   0    0  0  0
    available   20  20    0  0  0
    net          0   0  100  0  0
    receipt      0   0  100  0  0
    release    100   0    0  0  0
    >>> plan.orders[["order", "item", "quantity", "release", "due"]].to_dict("records")[0]
    {'order': 1, 'item': 'table', 'quantity': 10.0, 'release': 1, 'due': 2}
    >>> print(plan)
    2 items over 5 weeks from week 1: 3 planned orders, 2 of them to release now.
    Messages: none.
    """
    options = Options(
        late=choice("late", late, ("keep", "move")),
        lots_of=choice("lots_of", lots_of, ("ordered", "good")),
        open_orders=choice("open_orders", open_orders, ("as_due", "rescheduled")),
        holding_rate=0.0,
    )
    choice("overdue", overdue, ("first_week", "leave_out", "refuse"))
    tables: dict[str, Any] = {
        "items": items,
        "bom": bom,
        "demand": demand,
        "receipts": receipts,
        "coproducts": coproducts,
    }
    remarks: list[str] = []
    if plant is not None:
        plant = _plant(plant)
        for name in ("items", "bom", "receipts", "coproducts"):
            if tables[name] is None and (name == "items" or name in plant.tables):
                tables[name] = plant.table(name)
        start = plant.first_day if start is None else start
        holding_rate = plant.holding_rate if holding_rate is None else holding_rate
    horizon = Weeks.of(start, weeks)
    if tables["demand"] is None and plant is not None:
        tables["demand"], remarks = plant_demand(plant, horizon)
    for name in ("items", "demand"):
        if tables[name] is None:
            raise InputError(name, None, "a DataFrame, where no plant is given")
    inputs = _read(tables, horizon, dict(alternatives or {}), dict(lot_rules or {}), overdue, remarks)
    if np.isin(inputs.items.rule.astype(str), HEURISTICS).any():
        rate = number("holding_rate", holding_rate, "above zero (share of the unit cost a year)", above=0)
        options = Options(options.late, options.lots_of, options.open_orders, rate)
    return MrpPlan(inputs, explode(inputs, options))


def _plant(plant: object) -> Plant:
    from ...plant import Plant

    if not isinstance(plant, Plant):
        raise InputError("plant", type(plant).__name__, "a Plant; tables go by name: items=, bom=, demand=")
    return plant


def _read(
    tables: Mapping[str, Any],
    weeks: Weeks,
    alternatives: dict[str, str],
    lot_rules: dict[str, str],
    overdue: str,
    remarks: list[str],
) -> Inputs:
    """Every table read and checked; whatever is wrong is raised together."""
    faults = Faults()
    known = read_items(tables["items"], lot_rules, faults)
    if known is None:
        faults.stop("The plan's input")
        raise AssertionError("read_items leaves a fault when it gives nothing")
    row = {code: i for i, code in enumerate(known.codes)}
    lines = coproducts = no_lines(weeks)
    if tables["bom"] is not None:
        lines = read_lines(tables["bom"], alternatives, row, weeks, faults)
    elif alternatives:
        faults.add("alternatives", alternatives, "left out where there is no bom")
    if tables["coproducts"] is not None:
        coproducts = read_coproducts(tables["coproducts"], row, weeks, faults)
    demands = read_demands(tables["demand"], row, weeks, faults, remarks)
    none = np.zeros(0, dtype=np.int64)
    receipts = Receipts(none, none, none, np.zeros(0), none.astype(object), none.astype(bool))
    if tables["receipts"] is not None:
        receipts = read_receipts(tables["receipts"], row, weeks, overdue, faults, remarks)
    _check_leads(known, weeks, faults)
    level = np.zeros(len(known.codes), dtype=np.int64)
    if all((part >= 0).all() for part in (lines.parent, lines.child, coproducts.parent, coproducts.child)):
        parent, child = np.r_[lines.parent, coproducts.parent], np.r_[lines.child, coproducts.child]
        level = low_levels(len(known.codes), parent, child, known.codes, faults)
    faults.stop("The plan's input")
    return Inputs(
        weeks,
        known,
        level,
        by_level(lines, level),
        by_level(coproducts, level),
        demands,
        receipts,
        tuple(remarks),
    )


def _check_leads(items: Items, weeks: Weeks, faults: Faults) -> None:
    total = items.lead + items.safety_lead
    for i in np.flatnonzero(total > weeks.count).tolist():
        faults.add(
            f"items: lead time of {items.codes[i]}",
            int(total[i]),
            f"{weeks.count} weeks or less, the length of the plan (safety lead time included)",
        )
