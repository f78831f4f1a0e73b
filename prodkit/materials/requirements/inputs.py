"""What a plan is made from, read from tables and checked as a whole."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from itertools import repeat
from typing import TYPE_CHECKING, Any

import numpy as np

from ...plant.arguments import Faults, read_columns
from ...plant.bills import find_loop
from .weeks import Weeks

if TYPE_CHECKING:
    from numpy.typing import NDArray

RULES = ("lot_for_lot", "fixed", "minimum", "multiple", "periods")
HEURISTICS = ("eoq", "silver_meal", "least_unit_cost", "part_period", "wagner_whitin")

_NUMBERS = (
    "lead_time_weeks", "safety_lead_weeks", "lot_size", "lot_min", "lot_multiple", "lot_periods", "firm_weeks",
    "safety_stock", "on_hand", "allocated", "unit_cost", "order_cost", "yield_share",
)  # fmt: skip


@dataclass(frozen=True)
class Items:
    """One entry an item, in the order of the table. A phantom's own rules are already taken away."""

    codes: list[str]
    phantom: NDArray[np.bool_]
    buy: NDArray[np.bool_]
    lead: NDArray[np.int64]
    safety_lead: NDArray[np.int64]
    rule: NDArray[Any]
    size: NDArray[np.float64]
    least: NDArray[np.float64]
    multiple: NDArray[np.float64]
    periods: NDArray[np.float64]
    firm: NDArray[np.int64]
    safety: NDArray[np.float64]
    opening: NDArray[np.float64]  # on hand less allocated; negative where more is promised than there is
    unit_cost: NDArray[np.float64]
    order_cost: NDArray[np.float64]
    good: NDArray[np.float64]  # yield, a share


@dataclass(frozen=True)
class Lines:
    """Bill lines as numbers of items, ordered by the component's level, then by component."""

    parent: NDArray[np.int64]
    child: NDArray[np.int64]
    factor: NDArray[np.float64]  # units of the component issued for one unit of the parent started
    dated: NDArray[np.int64]  # which lines have dates, as row numbers
    valid: NDArray[np.bool_]  # one row for each of those, one column a week


@dataclass(frozen=True)
class Demands:
    """Independent demand within the horizon."""

    item: NDArray[np.int64]
    week: NDArray[np.int64]
    quantity: NDArray[np.float64]
    label: NDArray[Any]  # the customer's order, or "demand"
    customer: NDArray[Any]


@dataclass(frozen=True)
class Receipts:
    """Open orders within the horizon, by item and due week."""

    item: NDArray[np.int64]
    week: NDArray[np.int64]  # the week in which it counts
    due: NDArray[np.int64]  # the week in which it was due: negative where that has passed
    quantity: NDArray[np.float64]
    order: NDArray[Any]
    firm: NDArray[np.bool_]


@dataclass(frozen=True)
class Inputs:
    """Everything, checked."""

    weeks: Weeks
    items: Items
    level: NDArray[np.int64]  # low-level code of each item
    lines: Lines
    coproducts: Lines
    demands: Demands
    receipts: Receipts
    remarks: tuple[str, ...]


def read_items(frame: object, lot_rules: Mapping[str, str], faults: Faults) -> Items | None:
    """The items, with each planning rule complete and only one for each item."""
    columns = read_columns(
        "items", frame, ("item",), ("kind", "lot_rule", *_NUMBERS), faults, also={"lot_rule": HEURISTICS}
    )
    if len(columns) < len(_NUMBERS) + 3:
        return None
    codes = columns["item"].tolist()
    if not codes:
        faults.add("items", "no rows", "a table with at least one item")
    row = {code: i for i, code in enumerate(codes)}
    if len(row) < len(codes):
        seen: set[str] = set()
        for code in codes:
            if code in seen:
                faults.add("items", code, "one row an item, so that each has one planning rule")
            seen.add(code)
    rule = np.where(columns["lot_rule"] == None, "lot_for_lot", columns["lot_rule"])  # noqa: E711
    kind = columns["kind"]
    for name, settings in (("lot_size", ("fixed",)), ("lot_periods", ("periods",))):
        given = ~np.isnan(columns[name])
        for i in np.flatnonzero(given & ~np.isin(rule.astype(str), settings)).tolist():
            faults.add(
                f"items: {name} of {codes[i]}",
                float(columns[name][i]),
                f"left out, since its rule is {rule[i]}: one planning rule an item",
            )
    for i in np.flatnonzero((rule == "fixed") & ~np.isnan(columns["lot_multiple"])).tolist():
        got = float(columns["lot_multiple"][i])
        faults.add(
            f"items: lot_multiple of {codes[i]}",
            got,
            "left out, since its rule is fixed: one planning rule an item",
        )
    for code, word in lot_rules.items():
        if code not in row:
            faults.add("lot_rules", code, "an item of the table items")
        elif word not in RULES + HEURISTICS:
            faults.add(f"lot_rules[{code!r}]", word, "one of " + ", ".join(RULES + HEURISTICS))
        else:
            rule[row[code]] = word
    for word, name in (("fixed", "lot_size"), ("multiple", "lot_multiple"), ("periods", "lot_periods")):
        for i in np.flatnonzero((rule == word) & np.isnan(columns[name]) & (kind != "phantom")).tolist():
            faults.add(f"items: {name} of {codes[i]}", None, f"given, since its rule is {word}")
    phantom = kind == "phantom"
    plain = phantom | (rule == "fixed")
    return Items(
        codes=codes,
        phantom=phantom,
        buy=kind == "buy",
        lead=_whole(columns["lead_time_weeks"], phantom),
        safety_lead=_whole(columns["safety_lead_weeks"], phantom),
        rule=np.where(phantom, "lot_for_lot", rule),
        size=columns["lot_size"],
        least=np.where(plain, 0.0, columns["lot_min"]),
        multiple=np.where(plain, np.nan, columns["lot_multiple"]),
        periods=columns["lot_periods"],
        firm=_whole(columns["firm_weeks"], phantom),
        safety=np.where(phantom, 0.0, columns["safety_stock"]),
        opening=np.nan_to_num(columns["on_hand"]) - columns["allocated"],
        unit_cost=np.nan_to_num(columns["unit_cost"]),
        order_cost=np.nan_to_num(columns["order_cost"]),
        good=np.where(phantom, 1.0, columns["yield_share"]),
    )


def _whole(values: NDArray[np.float64], phantom: NDArray[np.bool_]) -> NDArray[np.int64]:
    return np.where(phantom | np.isnan(values), 0, np.clip(values, 0, 1e6)).astype(np.int64)


def find(
    row: Mapping[str, int], table: str, column: str, values: NDArray[Any], faults: Faults
) -> NDArray[np.int64]:
    """The number of each item, -1 for an unknown one, which is a fault."""
    numbers = np.fromiter(map(row.get, values.tolist(), repeat(-1)), dtype=np.int64, count=len(values))
    for code in dict.fromkeys(values[numbers < 0].tolist()):
        faults.add(f"{table}: {column}", code, "an item of the table items")
    return numbers


def read_lines(
    frame: object, alternatives: Mapping[str, str], row: Mapping[str, int], weeks: Weeks, faults: Faults
) -> Lines:
    """The bill lines that count: each parent's usual bill, or the alternative asked for."""
    columns = read_columns(
        "bom",
        frame,
        ("parent", "component", "quantity_per"),
        ("scrap_share", "planning_share", "alternative", "valid_from", "valid_to"),
        faults,
        label="parent",
    )
    if len(columns) < 8:
        return no_lines(weeks)
    name, parent_code = columns["alternative"], columns["parent"]
    used = name == ""
    if alternatives or not used.all():
        used = name == np.array([alternatives.get(code, "") for code in parent_code], dtype=object)
        there = set(zip(parent_code.tolist(), name.tolist(), strict=True))
        for code, word in alternatives.items():
            if (code, word) not in there:
                faults.add(f"alternatives[{code!r}]", word, "the name of one of its bills in the table bom")
        for code in dict.fromkeys(parent_code.tolist()):
            if code not in alternatives and (code, "") not in there:
                others = ", ".join(sorted(w for c, w in there if c == code))
                faults.add(
                    f"bom: the bill of {code}", others, "one without a name, or one named in alternatives"
                )
    kept = {key: values[used] for key, values in columns.items()}
    parent = find(row, "bom", "parent", kept["parent"], faults)
    child = find(row, "bom", "component", kept["component"], faults)
    factor = kept["quantity_per"] / (1 - kept["scrap_share"]) * kept["planning_share"]
    first, last = kept["valid_from"], kept["valid_to"]
    dated = np.flatnonzero(~(_blanks(first) & _blanks(last)))
    valid = (
        weeks.valid("bom", first[dated], last[dated], faults)
        if len(dated)
        else np.ones((0, weeks.count), bool)
    )
    return Lines(parent, child, factor, dated, valid)


def _blanks(values: NDArray[Any]) -> NDArray[np.bool_]:
    import pandas as pd

    found = pd.isna(values)
    if values.dtype == object:
        rest = np.flatnonzero(~found)
        found[rest] = [isinstance(v, str) and not v.strip() for v in values[rest].tolist()]
    return found


def no_lines(weeks: Weeks) -> Lines:
    none = np.zeros(0, dtype=np.int64)
    return Lines(none, none, np.zeros(0), none, np.ones((0, weeks.count), dtype=bool))


def read_coproducts(frame: object, row: Mapping[str, int], weeks: Weeks, faults: Faults) -> Lines:
    """What comes out beside a parent, in units for each good unit of it."""
    columns = read_columns("coproducts", frame, ("parent", "item", "quantity_per"), (), faults)
    if len(columns) < 3:
        return no_lines(weeks)
    parent = find(row, "coproducts", "parent", columns["parent"], faults)
    child = find(row, "coproducts", "item", columns["item"], faults)
    return Lines(parent, child, columns["quantity_per"], no_lines(weeks).dated, no_lines(weeks).valid)


def read_demands(
    frame: Any, row: Mapping[str, int], weeks: Weeks, faults: Faults, remarks: list[str]
) -> Demands:
    """Independent demand; what is overdue counts in the first week, what lies beyond the last is left out."""
    columns = read_columns("demand", frame, ("week", "item", "quantity"), (), faults)
    if len(columns) < 3:
        return Demands(*(np.zeros(0, dtype=t) for t in (int, int, float, object, object)))
    week = weeks.index("demand: week", columns["week"], faults)
    item = find(row, "demand", "item", columns["item"], faults)
    label, customer = _optional(frame, "order", "demand"), _optional(frame, "customer", "")
    beyond = week >= weeks.count
    _remark(remarks, int((week < 0).sum()), "demand", "due before the first week: counted in it")
    _remark(remarks, int(beyond.sum()), "demand", "due after the last week: left out")
    keep = np.flatnonzero(~beyond & (columns["quantity"] > 0))
    return Demands(
        item[keep], np.maximum(week[keep], 0), columns["quantity"][keep], label[keep], customer[keep]
    )


def _optional(frame: Any, name: str, default: str) -> NDArray[Any]:
    if name not in frame.columns:
        return np.full(len(frame), default, dtype=object)
    values = frame[name].to_numpy(dtype=object)
    words = [str(value) for value in values.tolist()]
    return np.where(_blanks(values), default, np.array(words, dtype=object))


def _remark(remarks: list[str], count: int, what: str, text: str) -> None:
    if count:
        remarks.append(f"{count:,} {what}{'s' if count > 1 else ''} {text}")


def read_receipts(
    frame: Any, row: Mapping[str, int], weeks: Weeks, overdue: str, faults: Faults, remarks: list[str]
) -> Receipts:
    """Open orders; what is overdue counts in the first week, is left out, or is a fault."""
    columns = read_columns("receipts", frame, ("item", "quantity", "due"), (), faults)
    if len(columns) < 3:
        return Receipts(*(np.zeros(0, dtype=t) for t in (int, int, int, float, object, bool)))
    due = weeks.index("receipts: due", columns["due"], faults)
    item = find(row, "receipts", "item", columns["item"], faults)
    order = _optional(frame, "order", "")
    order = np.array([o or f"R{i + 1}" for i, o in enumerate(order.tolist())], dtype=object)
    if "firm" in frame.columns:
        firm = np.array([str(v).strip().lower() in ("true", "yes", "1") for v in frame["firm"].tolist()])
    else:
        firm = np.ones(len(frame), dtype=bool)
    past = due < 0
    if overdue == "refuse":
        for i in np.flatnonzero(past).tolist():
            faults.add(
                f"receipts: due of order {order[i]}", columns["due"][i], "not before the first week (overdue)"
            )
    beyond = due >= weeks.count
    _remark(remarks, int(beyond.sum()), "open order", "due after the last week: left out")
    drop = beyond | (past if overdue == "leave_out" else False)
    if overdue == "leave_out":
        _remark(remarks, int(past.sum()), "open order", "due before the first week: left out")
    keep = np.flatnonzero(~drop)
    keep = keep[np.lexsort((keep, due[keep], item[keep]))]
    return Receipts(
        item[keep], np.maximum(due[keep], 0), due[keep], columns["quantity"][keep], order[keep], firm[keep]
    )


def low_levels(
    count: int, parent: NDArray[np.int64], child: NDArray[np.int64], codes: list[str], faults: Faults
) -> NDArray[np.int64]:
    """The longest way down to each item from one that goes into nothing; a loop is a fault that names it."""
    level = np.zeros(count, dtype=np.int64)
    waiting = np.bincount(child, minlength=count)
    left = np.arange(len(parent))
    front, done, depth = waiting == 0, np.zeros(count, dtype=bool), 0
    while front.any():
        level[front] = depth
        done |= front
        hit = front[parent[left]]
        waiting = waiting - np.bincount(child[left[hit]], minlength=count)
        left = left[~hit]
        front = (waiting == 0) & ~done
        depth += 1
    if len(left):
        pairs = ((codes[parent[i]], codes[child[i]]) for i in left.tolist())
        faults.add("bom", " > ".join(find_loop(pairs)), "a bill in which no item goes into itself")
    return level


def by_level(lines: Lines, level: NDArray[np.int64]) -> Lines:
    """The same lines ordered by the component's level, then by component."""
    order = np.lexsort((lines.child, level[lines.child]))
    place = np.empty(len(order), dtype=np.int64)
    place[order] = np.arange(len(order))
    dated = place[lines.dated]
    return Lines(lines.parent[order], lines.child[order], lines.factor[order], dated, lines.valid)
