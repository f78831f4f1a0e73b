"""What each item costs, from the bottom of the bills up."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np

from .._common import spoken
from ..plant import Plant
from ..plant.arguments import Faults, read_columns
from ..plant.bills import bill_levels
from ._bill_lines import Line, lines_by, read_bom

if TYPE_CHECKING:
    import pandas as pd

__all__ = ["CostRollup", "cost_rollup"]

_OPTIONAL = ("kind", "yield_share", "lot_rule", "lot_size", "lot_min", "lot_multiple")


class Share(NamedTuple):
    """A co-product: units of it with one of the parent, and its share of the parent's cost."""

    item: str
    quantity_per: float
    cost_share: float


@dataclass(frozen=True, eq=False)
class CostRollup:
    """What each item costs by its bill and routing. Made by `cost_rollup`."""

    table: pd.DataFrame
    """By low-level code from the top: item, low_level, kind, components (cost of what goes into it),
    operations (cost of its own routing), material and labor (the same cost by origin, over all levels), cost
    (of one good unit), standard (the unit_cost in the items), difference (cost - standard), difference_share
    (of the standard; blank where that is zero), basis ("bill"; "bill, no setup" where a setup has no lot to
    be spread over; "co-product"; "standard" where the standard was taken over)."""

    @property
    def cost(self) -> dict[str, float]:
        """Cost of one good unit of each item (money)."""
        return {str(i): float(c) for i, c in zip(self.table["item"], self.table["cost"], strict=True)}

    def __str__(self) -> str:
        made = self.table[self.table["basis"] != "standard"]
        if made.empty:
            return "No item has a bill: every cost is its standard."
        off = made.assign(size=made["difference"].abs()).sort_values("size", ascending=False).iloc[0]
        share = "" if np.isnan(off["difference_share"]) else f", {100 * abs(off['difference_share']):.1f} %"
        word = "above" if off["difference"] > 0 else "below"
        return (
            f"{len(made)} items rolled up from their bills, {len(self.table) - len(made)} at their standard.\n"
            f"Farthest from its standard: {off['item']}, {spoken(off['cost'])} against {spoken(off['standard'])} "
            f"({spoken(abs(off['difference']))}{share} {word})."
        )


def cost_rollup(
    items: pd.DataFrame | Plant,
    bom: pd.DataFrame | None = None,
    *,
    routings: pd.DataFrame | None = None,
    workcenters: pd.DataFrame | None = None,
    coproducts: pd.DataFrame | None = None,
    lots: Mapping[str, float] | None = None,
    date: object = None,
    alternatives: Mapping[str, str] | None = None,
) -> CostRollup:
    r"""Cost of every item from the bottom of the bills up, beside its standard.

    Parameters
    ----------
    items
        A table with item and unit_cost, and, where they matter, kind, yield_share, lot_rule, lot_size,
        lot_min, lot_multiple; or a plant, whose tables are then taken.
    bom
        A table as for `explode_bom`.
    routings
        item, workcenter, run_hours, and setup_hours, alternative: each item's usual way. With it
    workcenters
        workcenter, cost_per_hour. Without both, cost is material alone.
    coproducts
        parent, item, quantity_per, cost_share: what comes out beside, and the share of the cost that it
        carries.
    lots
        Item to the units over which its setup is spread, in place of what its lot rule says.
    date
        Day on which the lines must be valid; needed where lines have dates. A plant's own first day is the
        default.
    alternatives
        Item to the name of its alternative bill.

    Returns
    -------
    CostRollup
        `.table` (a row an item, with its cost by level and by origin), `.cost` (item to cost).

    Raises
    ------
    InputError
        If an item of the bills or routings is not in the items, an item goes into itself (the message names
        the loop), or a figure is out of range; several of these at once are a PlantError.

    Notes
    -----
    :math:`\left(\sum q\,c / (1 - \text{scrap}) + (\text{setup}/\text{lot} + \text{run})\,\text{rate}\right) /
    \text{yield}`, and of a parent with co-products the share that they do not carry. An item without a bill costs its standard (bought: its price). The setup is spread over the
    lot: lot_size, lot_min or lot_multiple, by the lot rule; of the other rules, what a plant uses in a week,
    or in lot_periods weeks. Where there is no such figure, the setup is left out and `basis` says so.

    Joint cost is shared by `cost_share`; the rest stays with the parent, and a by-product carries none. What a
    co-product needs for itself (its own bill and routing: a pail, the filling) comes on top of its share.

    Examples
    --------
    >>> import pandas as pd
    >>> items = pd.DataFrame({"item": ["cabinet", "door", "screw"], "unit_cost": [50, 20, 0.1],
    ...                       "yield_share": [1, 0.9, 1]})
    >>> bom = pd.DataFrame({"parent": ["cabinet", "cabinet", "door"], "component": ["door", "screw", "screw"],
    ...                     "quantity_per": [2, 4, 9]})
    >>> roll = cost_rollup(items, bom)
    >>> {item: round(cost, 2) for item, cost in roll.cost.items()}
    {'cabinet': 2.4, 'door': 1.0, 'screw': 0.1}
    """
    tables: dict[str, Any] = {
        "items": items,
        "bom": bom,
        "routings": routings,
        "workcenters": workcenters,
        "coproducts": coproducts,
    }
    spread = dict(lots or {})
    if isinstance(items, Plant):
        plant = items
        for name, table in tables.items():
            if name == "items" or (table is None and name in plant.tables):
                tables[name] = plant.table(name)
        spread = {**_weekly_lots(plant), **spread}
        date = plant.first_day if date is None else date
    faults = Faults()
    known = read_columns("items", tables["items"], ("item", "unit_cost"), _OPTIONAL, faults)
    faults.stop("The cost roll-up")
    codes: list[str] = known["item"].tolist()
    for code, times in Counter(codes).items():
        if times > 1:
            faults.add("items", code, "one row an item")
    lines = [] if tables["bom"] is None else read_bom(tables["bom"], date, alternatives, faults)
    for column, ends in (("parent", [x.parent for x in lines]), ("component", [x.component for x in lines])):
        for code in dict.fromkeys(ends):
            if code not in set(codes):
                faults.add(f"bom: {column}", code, "an item of the table items")
    side = _coproducts(tables["coproducts"], codes, faults)
    work = _operations(tables["routings"], tables["workcenters"], known, spread, faults)
    faults.stop("The cost roll-up")
    return CostRollup(_roll_up(known, lines, work, side))


def _weekly_lots(plant: Plant) -> dict[str, float]:
    """What a lot is where the rule names no quantity: the use of a week, or of lot_periods weeks."""
    items, use = plant.table("items"), plant.yearly_use()
    weeks = items["lot_periods"].where(items["lot_rule"] == "periods", 1.0)
    loose = items["lot_rule"].isin(["lot_for_lot", "periods"])
    lots = zip(items["item"][loose], weeks[loose], strict=True)
    return {item: float(use.get(item, 0.0)) / 52 * n for item, n in lots if use.get(item, 0.0) > 0}


def _roll_up(
    items: Mapping[str, Any],
    lines: list[Line],
    work: dict[str, tuple[float, bool]],
    side: dict[str, list[Share]],
) -> pd.DataFrame:
    """The table of `CostRollup`, from the bottom of the bills up."""
    import pandas as pd

    codes: list[str] = items["item"].tolist()
    row = {code: i for i, code in enumerate(codes)}
    pairs = [(line.parent, line.component) for line in lines]
    levels = bill_levels(pairs)
    parent_of = {share.item: (parent, share) for parent, shares in side.items() for share in shares}
    # A co-product is costed after the parent whose cost it shares.
    depth = bill_levels([*pairs, *((item, parent) for item, (parent, _) in parent_of.items())])
    below, standard = lines_by(lines, "parent"), items["unit_cost"]
    material, labor, components, own = (np.zeros(len(codes)) for _ in range(4))
    basis = ["standard"] * len(codes)
    whole: dict[str, tuple[float, float]] = {}  # of a parent, co-products included: material, labor
    for code in sorted(codes, key=lambda code: -depth.get(code, 0)):
        i = row[code]
        if code not in parent_of and code not in below:
            material[i] = standard[i]
            continue
        good, left = float(items["yield_share"][i]), 1 - sum(s.cost_share for s in side.get(code, []))
        into = [(row[line.component], line.factor) for line in below.get(code, [])]
        brought = sum(material[c] * q for c, q in into) / good
        worked = sum(labor[c] * q for c, q in into) / good
        done, has_setup = work.get(code, (0.0, True))
        basis[i] = "bill" if has_setup else "bill, no setup"
        if code in parent_of:
            parent, share = parent_of[code]
            all_material, all_labor = whole.get(parent, (float(standard[row[parent]]), 0.0))
            part = share.cost_share / share.quantity_per
            brought, worked, basis[i] = brought + all_material * part, worked + all_labor * part, "co-product"
        whole[code] = (brought, worked + done / good)
        material[i], labor[i] = brought * left, (worked + done / good) * left
        components[i], own[i] = (brought + worked) * left, done / good * left
    cost = material + labor
    with np.errstate(divide="ignore", invalid="ignore"):
        share_off = np.where(standard > 0, (cost - standard) / standard, np.nan)
    table = pd.DataFrame(
        {
            "item": codes,
            "low_level": [levels.get(code, 0) for code in codes],
            "kind": [kind or "" for kind in items["kind"].tolist()],
            "components": components,
            "operations": own,
            "material": material,
            "labor": labor,
            "cost": cost,
            "standard": standard,
            "difference": cost - standard,
            "difference_share": share_off,
            "basis": basis,
        }
    )
    return table.sort_values("low_level", kind="stable", ignore_index=True)


def _operations(
    routings: Any, workcenters: Any, items: Mapping[str, Any], lots: Mapping[str, float], faults: Faults
) -> dict[str, tuple[float, bool]]:
    """Cost of one unit's operations, by item, before its yield; and whether their setups are in it."""
    if routings is None or workcenters is None:
        if routings is not None:
            faults.add("workcenters", None, "given with routings: workcenter, cost_per_hour")
        return {}
    need, more = ("item", "workcenter", "run_hours"), ("setup_hours", "alternative")
    steps = read_columns("routings", routings, need, more, faults)
    places = read_columns(
        "workcenters", workcenters, ("workcenter", "cost_per_hour"), (), faults, label="workcenter"
    )
    faults.stop("The cost roll-up")
    rate = dict(zip(places["workcenter"].tolist(), places["cost_per_hour"].tolist(), strict=True))
    row = {code: i for i, code in enumerate(items["item"].tolist())}
    cost: dict[str, tuple[float, bool]] = {}
    for code, place, run, setup, way in zip(*(steps[c].tolist() for c in (*need, *more)), strict=True):
        if code not in row:
            faults.add("routings: item", code, "an item of the table items")
        elif place not in rate:
            faults.add(f"routings: workcenter of {code}", place, "a work center of the table workcenters")
        elif not way:
            lot = lots.get(code, _rule_lot(items, row[code]))
            each, has_setup = cost.get(code, (0.0, True))
            hours = run + (setup / lot if lot > 0 else 0.0)
            cost[code] = (each + hours * rate[place], has_setup and (lot > 0 or setup == 0))
    return cost


def _rule_lot(items: Mapping[str, Any], i: int) -> float:
    """The quantity that the lot rule goes by, 0 where it goes by none."""
    by = {"fixed": "lot_size", "minimum": "lot_min", "multiple": "lot_multiple"}
    name = by.get(str(items["lot_rule"][i]))
    return float(np.nan_to_num(items[name][i])) if name else 0.0


def _coproducts(table: Any, codes: list[str], faults: Faults) -> dict[str, list[Share]]:
    """Co-products that carry cost, by parent."""
    if table is None:
        return {}
    names = ("parent", "item", "quantity_per", "cost_share")
    columns = read_columns("coproducts", table, names[:3], names[3:], faults)
    faults.stop("The cost roll-up")
    side: dict[str, list[Share]] = defaultdict(list)
    seen, known = set[str](), set(codes)
    for parent, item, per, share in zip(*(columns[c].tolist() for c in names), strict=True):
        for column, code in (("parent", parent), ("item", item)):
            if code not in known:
                faults.add(f"coproducts: {column}", code, "an item of the table items")
        if share and item in seen:
            faults.add(f"coproducts: parent of {item}", parent, "the only one whose cost it shares")
        if share:
            seen.add(item)
            side[parent].append(Share(item, per, share))
    for parent, shares in side.items():
        total = sum(share.cost_share for share in shares)
        if total > 1 + 1e-9:
            faults.add(f"coproducts: cost_share of {parent}", total, "1 in all at most")
    return dict(side)
