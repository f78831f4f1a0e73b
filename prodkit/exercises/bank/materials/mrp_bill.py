"""Down the bill: a parent's releases are its components' needs, by level, by date, and beside the product."""

from __future__ import annotations

from collections.abc import Callable
from itertools import pairwise
from math import ceil
from typing import TYPE_CHECKING, Any

from ....errors import MissingTableError
from ...draws import between, shaped
from ...parts import Grid, Line, Number, Order, Slip
from ...problem import Fact, FactTable, Problem
from ...tolerance import Exact
from .bills import LINES, Lines, usual_lines
from .mrp_record import (
    ALLOCATED,
    BEFORE,
    COUNTED,
    GRIDS,
    LEAD,
    NET,
    ON_HAND,
    OUTCOMES,
    RECORD_STEPS,
    SAFETY,
    SCHEDULED,
    Rule,
    available_line,
    column,
    given_line,
    handy,
    line_steps,
    lines_of,
    plan,
    receipt_line,
    record_case,
    release_line,
    span,
    stocked_lines,
    units,
    weeks,
)

if TYPE_CHECKING:
    import numpy as np

    from ....plant import Plant

BILLS = "bills of material"


def _chosen(rng: np.random.Generator, cases: list[Any], wanted: str) -> Any:
    if not cases:
        raise MissingTableError("bom", f"a problem on requirements needs {wanted}")
    return cases[int(rng.integers(len(cases)))]


def _per(rng: np.random.Generator, quantity: float, low: int = 1) -> int:
    """A bill's quantity where it is a handy whole number, else one like it."""
    return int(quantity) if handy(quantity) and quantity >= low else int(rng.integers(max(low, 2), 5))


# Two levels and a phantom


def _phantoms(plant: Plant) -> list[tuple[str, float, str, float, str]]:
    """What goes into a product through a phantom, or, where a plant has none, through a part between."""
    bills = usual_lines(plant, "a bill of two levels")
    kind = plant.need("items", 1, "a bill of two levels").set_index("item")["kind"]
    cases = [(p, q, m, r, c) for p, rows in bills.items() for m, q in rows for c, r in bills.get(m, [])]
    cases = [x for x in cases if kind.get(x[0]) == "make"]
    true = [x for x in cases if kind.get(x[2]) == "phantom"]
    cases = true or cases
    return [x for x in cases if handy(x[1]) and handy(x[3]) and x[1] * x[3] > 1] or cases


def _parent_net(g: Any, a: Any, t: int) -> float:
    return float(max(0, a.parent_gross[t] - a.parent_available[t - 1]))


def _part_net(g: Any, a: Any, t: int) -> float:
    return float(max(0, a.gross[t] - a.available[t - 1]))


def _phantom_key(g: Any) -> dict[str, dict[int, float]]:
    found = plan(
        g.n,
        [{"item": g.parent, "kind": "make", "lead_time_weeks": g.parent_lead, "on_hand": g.parent_stock},
         {"item": g.phantom, "kind": "phantom", "lead_time_weeks": 1},
         {"item": g.item, "kind": "buy", "lead_time_weeks": g.lead, "on_hand": g.stock, "lot_rule": "fixed", "lot_size": g.lot}],
        {g.parent: g.parent_gross},
        bom=[(g.parent, g.phantom, g.kits), (g.phantom, g.item, g.in_kit)],
    )  # fmt: skip
    return {
        **{f"parent_{k}": x for k, x in lines_of(found, g.parent).items()},
        **lines_of(found, g.item),
    }


_PHANTOM = Grid(
    "record", "Both records", over=weeks, key=lambda g, a: _phantom_key(g),
    lines=(
        given_line("parent_gross", "{parent}: gross requirements"),
        Line("parent_receipt", "{parent}: planned receipts", "units", rule=_parent_net, slips=(
            Slip("gross_ordered", lambda g, a, t: a.parent_gross[t],
                 "You planned the whole gross requirement of {parent}. What is on hand is used first."),
            Slip("stock_reused", lambda g, a, t: max(0, a.parent_gross[t] - g.parent_stock),
                 "The {parent_stock} on hand can be used once. Carry what is left from week to week."),
        )),
        Line("parent_available", "{parent}: available", "units", start=lambda g: g.parent_stock,
             rule=lambda g, a, t: a.parent_available[t - 1] + a.parent_receipt[t] - a.parent_gross[t]),
        Line("parent_release", "{parent}: planned releases", "units", rule=lambda g, a, t: a.parent_receipt[t + g.parent_lead], slips=(
            Slip("no_offset", lambda g, a, t: a.parent_receipt[t],
                 "{parent} takes {parent_lead} week. Release it that much before it must be there."),
        )),
        Line("gross", "{item}: gross requirements", "units", rule=lambda g, a, t: a.parent_release[t] * g.kits * g.in_kit, slips=(
            Slip("explode_gross", lambda g, a, t: a.parent_gross[t] * g.kits * g.in_kit,
                 "You exploded what customers ask for. The components are needed for what is started: the planned releases."),
            Slip("explode_receipt", lambda g, a, t: a.parent_receipt[t] * g.kits * g.in_kit,
                 "The components are needed when {parent} is started, not when it is finished."),
            Slip("no_qty_per", lambda g, a, t: a.parent_release[t],
                 "One {parent} takes more than one {item}. Multiply by the quantities down the bill."),
            Slip("phantom_offset", lambda g, a, t: a.parent_release[t + 1] * g.kits * g.in_kit,
                 "You took a lead time off for {phantom}. A phantom is not made by itself: what goes into it is needed "
                 "when its parent is started."),
        )),
        Line("receipt", "{item}: planned receipts", "units", rule=lambda g, a, t: ceil(_part_net(g, a, t) / g.lot - 1e-9) * g.lot, slips=(
            Slip("lot_exact", _part_net, "{item} comes in lots of {lot}. Round up to whole lots."),
            Slip("surplus_lost", lambda g, a, t: ceil(a.gross[t] / g.lot - 1e-9) * g.lot,
                 "You ordered for the gross requirement. What is on hand, and what the last lot left, come off first."),
        )),
        Line("available", "{item}: available", "units", start=lambda g: g.stock,
             rule=lambda g, a, t: a.available[t - 1] + a.receipt[t] - a.gross[t]),
        Line("release", "{item}: planned releases", "units", rule=lambda g, a, t: a.receipt[t + g.lead], slips=(
            Slip("no_offset", lambda g, a, t: a.receipt[t], "{item} takes {lead} {lead_unit} to come. Release it that much earlier."),
            Slip("offset_forward", lambda g, a, t: a.receipt[t - g.lead] if t > g.lead else 0,
                 "You moved the releases to after the receipts. They lie before."),
        )),
    ),
)  # fmt: skip


def _draw_phantom(rng: np.random.Generator, plant: Plant) -> dict[str, Any]:
    cases = _phantoms(plant)

    def once() -> dict[str, Any]:
        parent, q, phantom, r, item = _chosen(rng, cases, "a bill of two levels")
        kits, in_kit, n = _per(rng, q), _per(rng, r), 7
        in_kit = in_kit if kits * in_kit > 1 else int(rng.integers(2, 5))
        mean, lead = between(rng, 15, 60), int(rng.choice([1, 2]))
        gross = [units(mean * between(rng, 0.5, 1.6)) for _ in range(n)]
        stock = sum(gross[:2]) + round(between(rng, 0.2, 0.8) * gross[2])
        # The part's stock lasts until a lot released in week 1 can be there.
        used = [max(0, sum(gross[: t + 1]) - stock) for t in range(n)]
        started = [b - a for a, b in zip([0, *used], used, strict=False)][1:]
        per = kits * in_kit
        covered = round(per * (sum(started[:lead]) + between(rng, 0.1, 0.9) * started[lead]))
        lot = units(per * mean * between(rng, 0.6, 1.5))
        return {"parent": parent, "phantom": phantom, "item": item, "kits": kits, "in_kit": in_kit, "n": n, "lot": lot,
                "parent_gross": gross, "parent_lead": 1, "parent_stock": stock, "stock": covered, **span("lead", lead),
                "table": [{"item": parent, "goes": "customers", "per": "", "lead": 1, "stock": stock, "lot": "lot for lot"},
                          {"item": phantom, "goes": parent, "per": kits, "lead": "phantom", "stock": "none", "lot": ""},
                          {"item": item, "goes": phantom, "per": in_kit, "lead": lead, "stock": covered, "lot": f"fixed, {lot:,}"}]}  # fmt: skip

    return shaped(once, lambda g: g.stock > 0)


PHANTOM = Problem(
    id="materials.mrp_phantom", title="Two levels, with a phantom between", level=3, minutes=14, outcomes=OUTCOMES,
    covers=("mrp",), topics=(GRIDS, BILLS, "two-level bill with a phantom"), needs=("items", "bom"), draw=_draw_phantom,
    prompt="{parent} holds {kits} of {phantom}, and that holds {in_kit} of {item}. {phantom} is a phantom: a set of parts that is "
           "never made by itself nor stocked. Plan {parent} and {item} for seven weeks. No safety stock; receipts come at the "
           "week's beginning. What is needed after week 7 is not known yet.",
    facts=(FactTable("table", "The items", (Fact("item", "Item"), Fact("goes", "Goes into"), Fact("per", "Units of it in one"),
                                             Fact("lead", "Lead time", "weeks"), Fact("stock", "On hand", "units"), Fact("lot", "Lot"))),),
    parts=(_PHANTOM,),
    hints=("Finish {parent} first, down to its releases. What is started there is what {item} must be there for.",
           "Through a phantom the need passes in the same week: releases × {kits} × {in_kit}. Then net it and round to lots."),
    steps=line_steps(("parent_receipt", "Receipts of the parent, what stock leaves short"), ("parent_release", "Its releases"),
                     ("gross", "Gross of the part: releases × both quantities, in the same week"),
                     ("receipt", "Its receipts, in whole lots"), ("available", "Available"), ("release", "Its releases")),
)  # fmt: skip


# Shared by two parents


def _needs_of(first: bool = True, second: bool = True, spare: bool = True, per: bool = True, scrap: Callable[[float], float] = lambda s: 1 / (1 - s)) -> Rule:  # fmt: skip
    """Gross requirements of the shared part, with some of it left out."""

    def rule(g: Any, a: Any, t: int) -> float:
        one = g.one[t - 1] * (g.one_per if per else 1) if first else 0
        two = g.two[t - 1] * (g.two_per if per else 1) * scrap(g.scrap) if second else 0
        return float(one + two + (g.spare[t - 1] if spare else 0))

    return rule


def _netted_apart(g: Any, a: Any, t: int) -> float:
    left = a.available[t - 1] + a.scheduled[t] - g.safety
    parts = [
        _needs_of(second=False, spare=False),
        _needs_of(first=False, spare=False),
        _needs_of(first=False, second=False),
    ]
    return float(sum(max(0, part(g, a, t) - left) for part in parts))


def _shared_key(g: Any) -> dict[str, dict[int, float]]:
    found = plan(
        g.n,
        [{"item": g.first}, {"item": g.second},
         {"item": g.item, "lead_time_weeks": g.lead, "on_hand": g.on_hand, "allocated": g.allocated, "safety_stock": g.safety}],
        {g.first: g.one, g.second: g.two, g.item: g.spare}, {g.item: g.scheduled},
        bom=[{"parent": g.first, "component": g.item, "quantity_per": g.one_per, "scrap_share": 0.0},
             {"parent": g.second, "component": g.item, "quantity_per": g.two_per, "scrap_share": g.scrap}],
    )  # fmt: skip
    return lines_of(found, g.item)


_SHARED = Grid(
    "record", "Record of the part", over=lambda g: range(g.n + 1), column=column, key=lambda g, a: _shared_key(g),
    lines=(
        given_line("one", "Releases of {first}"), given_line("two", "Releases of {second}"), given_line("spare", "Sold as spare parts"),
        Line("gross", "Gross requirements", "units", rule=_needs_of(), open_at=lambda g, t: t > 0, slips=(
            Slip("one_parent", _needs_of(second=False), "{second} needs it too. Add up everything that it goes into."),
            Slip("spare_forgotten", _needs_of(spare=False), "What is sold as spare parts is missing. It is needed beside what goes into parents."),
            Slip("no_qty_per", _needs_of(per=False), "You counted one for each parent. Multiply by the quantities in the bill."),
            Slip("scrap_left_out", _needs_of(scrap=lambda s: 1), "The scrap in {second} is left out: more must be issued than goes in."),
            Slip("scrap_times", _needs_of(scrap=lambda s: 1 - s), "You made the need smaller by the scrap. Because some is spoiled, more is needed: divide."),
        )),
        SCHEDULED, available_line(),
        Line("net", NET.label, NET.unit, rule=NET.rule, open_at=NET.open_at, slips=(
            *NET.slips[:3],
            Slip("netted_per_parent", _netted_apart,
                 "Each use was netted with the whole stock, as if it had it for itself. Add the needs first, then net once."),
        )),
        receipt_line(lambda g, a, t: a.net[t]), release_line(),
    ),
)  # fmt: skip


def _draw_shared(rng: np.random.Generator, plant: Plant) -> dict[str, Any]:
    bills = stocked_lines(plant, "a shared component")
    where: dict[str, list[tuple[str, float]]] = {}
    for parent, rows in bills.items():
        for component, q in rows:
            where.setdefault(component, []).append((parent, q))
    whole = {c: [x for x in some if handy(x[1])] for c, some in where.items()}
    cases = [
        (c, x)
        for c, x in (whole if any(len(x) >= 2 for x in whole.values()) else where).items()
        if len(x) >= 2
    ]

    def once() -> dict[str, Any]:
        item, some = _chosen(rng, cases, "a component of two parents")
        i, j = (int(x) for x in rng.choice(len(some), size=2, replace=False))
        step, scrap = (9, 0.1) if rng.integers(2) else (4, 0.2)  # so that what is issued comes out whole
        mean, n = between(rng, 15, 60), 6
        one_per, two_per = _per(rng, some[i][1]), _per(rng, some[j][1], 2)
        one = [units(mean * between(rng, 0.5, 1.5)) if rng.random() < 0.75 else 0 for _ in range(n)]
        two = [
            step * max(1, round(mean * between(rng, 0.4, 1.2) / step)) if rng.random() < 0.75 else 0
            for _ in range(n)
        ]
        week = sum(one) / n * one_per + sum(two) / n * two_per / (1 - scrap)
        spare = [units(0.25 * week * between(rng, 0.5, 1.5)) for _ in range(n)]
        case = record_case(rng, item, max(week, 5), n)
        return {**case, "first": some[i][0], "second": some[j][0], "one": one, "two": two, "spare": spare, "scrap": scrap,
                "one_per": one_per, "two_per": two_per, "stocks": week}  # fmt: skip

    return shaped(once, lambda g: sum(x > 0 for x in g.one) >= 3 and sum(x > 0 for x in g.two) >= 3)


SHARED = Problem(
    id="materials.mrp_shared", title="One part, two parents, and spare parts", level=3, minutes=14, outcomes=OUTCOMES,
    covers=("mrp",), topics=(GRIDS, BILLS), needs=("items", "bom"), draw=_draw_shared,
    prompt="{item} goes into {first} ({one_per} in one) and into {second} ({two_per} in one), and is sold as a spare part. Of what is "
           "issued for {second}, {scrap} is spoiled; what goes into {first} is all good. The parents' planned releases are in the "
           "table. Plan {item}, lot for lot.\n\n" + COUNTED + " " + BEFORE + " For the available line it takes what is there at "
           "the outset.",
    facts=(ON_HAND, ALLOCATED, SAFETY, LEAD, Fact("one_per", "Quantity in the first parent", "units"),
           Fact("two_per", "Quantity in the second parent", "units"), Fact("scrap", "Scrap in the second", percent=True)),
    parts=(_SHARED,),
    hints=("First the gross line: add what both parents' releases need in the week and what is sold.",
           "{second} needs releases × {two_per} ÷ (1 − {scrap}). Net the sum once, week by week."),
    steps=(*line_steps(("gross", "Gross = first × its quantity + second × its quantity ÷ (1 − scrap) + spare parts")), *RECORD_STEPS),
)  # fmt: skip


# Low-level codes


def _chains(bills: Lines) -> dict[str, list[list[str]]]:
    """Every way from an end item down to each component."""
    inner = {c for rows in bills.values() for c, _ in rows}
    found: dict[str, list[list[str]]] = {}
    stack = [[p] for p in bills if p not in inner]
    while stack:
        way = stack.pop()
        for component, _ in bills.get(way[-1], []):
            found.setdefault(component, []).append([*way, component])
            stack.append([*way, component])
    return found


def _levels(g: Any) -> dict[str, int]:
    """The subject's own codes."""
    items = list(dict.fromkeys(x for r in g.lines for x in (r["parent"], r["component"])))
    lines = [(r["parent"], r["component"], r["per"]) for r in g.lines]
    return plan(2, [{"item": x} for x in items], {items[0]: [1.0, 1.0]}, bom=lines).levels


def _draw_levels(rng: np.random.Generator, plant: Plant) -> dict[str, Any]:
    bills = usual_lines(plant, "low-level codes")
    per = {(p, c): q for p, rows in bills.items() for c, q in rows}
    ways = {
        c: w
        for c, w in _chains(bills).items()
        if max(map(len, w)) >= 3 and min(map(len, w)) < max(map(len, w))
    }
    cases = sorted(ways)

    def once() -> dict[str, Any]:
        item = _chosen(rng, cases, "a component that stands at different levels")
        some = ways[item]
        long = max(len(w) for w in some)
        deep, flat = ([w for w in some if len(w) == long], [w for w in some if len(w) < long])
        chosen = [deep[int(rng.integers(len(deep)))], flat[int(rng.integers(len(flat)))]]
        pairs = [p for way in chosen for p in pairwise(way)]
        other = [(p, c) for p, _ in pairs for c, _ in bills[p] if (p, c) not in pairs and c not in bills]
        pairs = list(dict.fromkeys([*pairs, *other[:1]]))
        pairs = [pairs[int(i)] for i in rng.permutation(len(pairs))]
        return {"item": item, "lines": [{"parent": p, "component": c, "per": per[p, c]} for p, c in pairs],
                "shortest": min(len(w) for w in chosen) - 1, "ways": [" > ".join(w) for w in chosen],
                "items": sorted({x for p in pairs for x in p})}  # fmt: skip

    return shaped(once, lambda g: len(g.items) <= 7 and sum(r["component"] == g.item for r in g.lines) >= 2)


def _by_level(g: Any) -> list[str]:
    level = _levels(g)
    return sorted(g.items, key=lambda x: (level[x], x))


def _parents_first(g: Any, order: tuple[str, ...]) -> bool:
    place = {x: i for i, x in enumerate(order)}
    return all(place[r["parent"]] < place[r["component"]] for r in g.lines)


LEVELS = Problem(
    id="materials.low_level_code", title="Low-level codes", level=2, minutes=5, outcomes=OUTCOMES, covers=("mrp",),
    topics=(BILLS,), needs=("bom",), draw=_draw_levels,
    prompt="Before it plans, {plant} gives each item a low-level code: 0 for what goes into nothing, else the longest way down to it, "
           "counted in steps. Only the lines below count here. What is the code of {item}, and in which order can the items be "
           "netted, so that all that needs an item is planned before it?",
    facts=(FactTable("lines", "From the bills", LINES),),
    parts=(
        Number("code", "Low-level code", tolerance=Exact(), key=lambda g, a: _levels(g)[g.item], slips=(
            Slip("shortest", lambda g, a: g.shortest, "That is the shortest way. The code is the longest one: until then something may still ask for it."),
            Slip("from_one", lambda g, a: _depth(g) + 1, "You counted the items on the way. What goes into nothing has code 0, its components 1."),
        )),
        Order("sequence", "Netted in this order", over=lambda g: g.items,
              key=lambda g, a: _by_level(g),
              accepts=lambda g, a, x: _parents_first(g, x),
              slips=(Slip("bottom_up", lambda g, a: a.sequence[::-1] if hasattr(a, "sequence") else None,
                          "Turned round. A component's need is known only once its parents are planned: start at the top."),)),
    ),
    hints=("Follow every way up from {item}, line by line, to an item that is nobody's component. Count the steps of the longest.",
           "An item may be netted once each of its parents is done."),
    steps=(
        lambda g, a: f"The ways: {'; '.join(g.ways)}. The longest has {a.code:g} steps: the code is {a.code:g}.",
        lambda g, a: "By code: " + ", ".join(f"{x} ({level})" for x, level in sorted(_levels(g).items(), key=lambda r: (r[1], r[0]))) + ".",
    ),
)  # fmt: skip


def _depth(g: Any) -> int:
    return int(max(w.count(" > ") for w in g.ways))


PROBLEMS = (PHANTOM, SHARED, LEVELS)
