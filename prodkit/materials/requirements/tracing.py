"""From an order up to whom it serves, and why it is there."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from ..._common import spoken, whole
from ...errors import InputError
from .explosion import Records
from .inputs import Inputs
from .pegging import ALLOCATED, COPRODUCT, DEMAND, LEFT_OVER, NEEDS, OPEN, ORDER, PLANNED, SAFETY, Pegs

if TYPE_CHECKING:
    import pandas as pd
    from numpy.typing import NDArray

    Rows = NDArray[np.int64]

_NAMED = 4  # needs that a reason names before it says "and so many more"


def planned(found: Records, order: object) -> int:
    """Place of a planned order, from its number."""
    last = found.orders.real
    return whole("order", order, f"the number of a planned order, 1 to {last}", low=1, high=last) - 1


def supplies_of(inputs: Inputs, found: Records, pegs: Pegs, order: object, item: str | None) -> list[int]:
    """The supplies that an order brings."""
    if not isinstance(order, str):
        return _of_planned(pegs, planned(found, order))
    names = inputs.receipts.order
    mine = np.flatnonzero(names == order)
    if item is not None:
        mine = mine[[inputs.items.codes[i] == item for i in inputs.receipts.item[mine]]]
    if not len(mine):
        of = f" of {item}" if item is not None else ""
        raise InputError("order", order, f"the name of an open order{of}, or the number of a planned one")
    return np.flatnonzero((pegs.supplies.kind == OPEN) & np.isin(pegs.supplies.ref, mine)).tolist()


def _of_planned(pegs: Pegs, order: int) -> list[int]:
    s = pegs.supplies
    return np.flatnonzero(((s.kind == PLANNED) | (s.kind == COPRODUCT)) & (s.ref == order)).tolist()


class Above:
    """The needs of each supply, found by search in the pegs."""

    def __init__(self, pegs: Pegs) -> None:
        self.order = np.argsort(pegs.supply, kind="stable")
        self.supply = pegs.supply[self.order]

    def pegs_of(self, supply: int) -> list[int]:
        low, high = np.searchsorted(self.supply, (supply, supply + 1))
        return [int(k) for k in self.order[low:high]]


def trace(inputs: Inputs, found: Records, pegs: Pegs, first: list[int], full: bool) -> pd.DataFrame:
    """Rows of `MrpPlan.pegs_to`, each need under the order that serves it."""
    import pandas as pd

    above, codes, needs = Above(pegs), inputs.items.codes, pegs.needs
    rows: list[dict[str, Any]] = []
    seen: set[int] = set()
    stack = [(supply, 1) for supply in reversed(first)]
    while stack:
        supply, level = stack.pop()
        following = []
        for k in above.pegs_of(supply):
            need = int(pegs.need[k])
            kind, ref = int(needs.kind[need]), int(needs.ref[need])
            through = kind == ORDER and bool(inputs.items.phantom[found.orders.item[ref]])
            if kind == ORDER and (full or through) and ref not in seen:
                seen.add(ref)
                following += [(s, level + (not through)) for s in _of_planned(pegs, ref)]
            if through:
                continue
            rows.append(
                {
                    "level": level,
                    "item": codes[pegs.needs.item[need]],
                    "order": _supply_name(inputs, pegs, supply),
                    "need": NEEDS[kind],
                    "parent": codes[found.orders.item[ref]] if kind == ORDER else "",
                    "for_order": ref + 1 if kind == ORDER else _label(inputs, kind, ref),
                    "customer": str(inputs.demands.customer[ref]) if kind == DEMAND else "",
                    "week": inputs.weeks.label(min(max(int(needs.week[need]), 0), inputs.weeks.count - 1)),
                    "quantity": float(pegs.quantity[k]),
                }
            )
        stack += reversed(following)
    columns = ["level", "item", "order", "need", "parent", "for_order", "customer", "week", "quantity"]
    table = pd.DataFrame(rows, columns=columns)
    return table.astype({"order": object, "for_order": object})


def _supply_name(inputs: Inputs, pegs: Pegs, supply: int) -> object:
    ref = int(pegs.supplies.ref[supply])
    return str(inputs.receipts.order[ref]) if pegs.supplies.kind[supply] == OPEN else ref + 1


def _label(inputs: Inputs, kind: int, ref: int) -> str | None:
    return str(inputs.demands.label[ref]) if kind == DEMAND else None


def why(inputs: Inputs, found: Records, pegs: Pegs, order: int) -> str:
    """The reason for one planned order, in sentences."""
    items, weeks = inputs.items, inputs.weeks
    item, due, start = (int(x[order]) for x in (found.orders.item, found.orders.due, found.orders.start))
    code, ordered, good = (
        items.codes[item],
        float(found.orders.ordered[order]),
        float(found.orders.good[order]),
    )
    lead, early = int(items.lead[item]), int(items.safety_lead[item])
    verb = "order" if items.buy[item] else "start"
    text = [
        f"Planned order {order + 1}: {verb} {spoken(ordered)} of {code} in {weeks.say(max(start, 0))}, "
        f"due in {weeks.say(due)}."
    ]
    if start < 0:
        text.append(f"That is {_weeks(-start)} late: its lead time is {_weeks(lead)}.")
    if good != ordered:
        text.append(
            f"At a yield of {100 * float(items.good[item]):.3g} % that brings {spoken(good)} good ones."
        )
    hit = np.flatnonzero(found.net[item, due : due + early + 1])
    week = due + int(hit[0]) if len(hit) else due
    other = float(found.scheduled[item, week] + found.coproduct[item, week])
    safety, net = float(items.safety[item]), float(found.net[item, week])
    before = float(found.gross[item, week]) + safety - other - net  # this order, if it comes early, aside
    text.append(
        f"Needed in {weeks.say(week)}: {spoken(float(found.gross[item, week]))}. There before: {spoken(before)}. Coming in: "
        f"{spoken(other)}. Safety stock: {spoken(safety)}. So the net requirement is {spoken(net)}; {_rule(inputs, item)}."
    )
    if early:
        text.append(f"It is to come {_weeks(early)} before that week, its safety lead time.")
    served = trace(inputs, found, pegs, _of_planned(pegs, order), full=True)
    direct = [_served(row) for row in served[served["level"] == 1].to_dict("records")]
    if len(direct) > _NAMED:
        direct = [*direct[:_NAMED], f"{len(direct) - _NAMED} more"]
    text.append("It serves " + ", ".join(direct) + ".")
    ends = served[(served["need"] == "demand") & (served["level"] > 1)]
    if len(ends):
        names = list(dict.fromkeys(ends["item"]))
        more = f" and {len(names) - _NAMED} more items" if len(names) > _NAMED else ""
        text.append("In the end it serves demand for " + ", ".join(names[:_NAMED]) + more + ".")
    return " ".join(text)


def _weeks(count: int) -> str:
    return "1 week" if count == 1 else f"{count} weeks"


def _rule(inputs: Inputs, item: int) -> str:
    items = inputs.items
    rule = str(items.rule[item])
    words = {
        "lot_for_lot": "the rule is lot for lot",
        "fixed": f"lots are of {spoken(float(items.size[item]))}",
        "minimum": f"a lot is at least {spoken(float(items.least[item]))}",
        "multiple": f"lots are multiples of {spoken(float(items.multiple[item]))}",
        "periods": f"a lot covers the needs of {spoken(float(items.periods[item]))} weeks",
    }
    text = words.get(rule, f"lots go by the rule {rule}")
    if rule not in ("minimum", "fixed") and items.least[item] > 0:
        text += f", at least {spoken(float(items.least[item]))}"
    if rule not in ("multiple", "fixed") and items.multiple[item] > 0:
        text += f", in multiples of {spoken(float(items.multiple[item]))}"
    return text


def _served(row: dict[Any, Any]) -> str:
    amount = spoken(row["quantity"])
    if row["need"] == "order":
        return f"planned order {row['for_order']} of {row['parent']} ({amount})"
    if row["need"] == "demand":
        return f"{row['for_order']} ({amount})"
    words = {NEEDS[SAFETY]: "the safety stock", NEEDS[ALLOCATED]: "what was promised beyond the stock",
             NEEDS[LEFT_OVER]: "stock left over"}  # fmt: skip
    return f"{words[row['need']]} ({amount})"
