"""What a planner must look at: orders to move, orders that are late, stock that runs short."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from ..._common import spoken
from .explosion import Records
from .inputs import Inputs
from .netting import earlier_in_item, when_needed

if TYPE_CHECKING:
    import pandas as pd

KINDS = ("past due", "short", "expedite", "below safety", "defer", "cancel")


def message_table(inputs: Inputs, found: Records) -> pd.DataFrame:
    """The messages, the gravest kind first, then by week and item."""
    import pandas as pd

    rows = [*planned_late(inputs, found), *open_orders(inputs, found), *runs(inputs, found)]
    rows.sort(key=lambda r: (KINDS.index(r["kind"]), r["week"], r["item"]))
    columns = ["kind", "item", "order", "week", "to_week", "quantity", "text"]
    table = pd.DataFrame(rows, columns=columns)
    table["order"] = table["order"].astype(object)
    return table


def _row(inputs: Inputs, kind: str, item: int, order: object, week: int, to: int, quantity: float, text: str) -> Any:
    code = inputs.items.codes[item]
    return {
        "kind": kind,
        "item": code,
        "order": order,
        "week": inputs.weeks.label(week),
        "to_week": inputs.weeks.label(to),
        "quantity": quantity,
        "text": f"{code}: {text}",
    }


def _weeks(count: int) -> str:
    return "1 week" if count == 1 else f"{count} weeks"


def planned_late(inputs: Inputs, found: Records) -> list[Any]:
    """Planned orders that should have been released before today."""
    orders, rows = found.orders, []
    for k in np.flatnonzero(orders.start[: orders.real] < 0).tolist():
        item, start, due = (int(x[k]) for x in (orders.item, orders.start, orders.due))
        quantity, lead = float(orders.ordered[k]), int(inputs.items.lead[item])
        text = (
            f"planned order {k + 1} for {spoken(quantity)} should have been released {_weeks(-start)} ago. Release it "
            f"now; to be there in {inputs.weeks.say(due)} it must take {_weeks(due)} instead of {_weeks(lead)}."
        )
        rows.append(_row(inputs, "past due", item, k + 1, start, 0, quantity, text))
    return rows


def open_orders(inputs: Inputs, found: Records) -> list[Any]:
    """Open orders that are overdue, or come earlier or later than they are needed, or for nothing."""
    receipts, items, weeks = inputs.receipts, inputs.items, inputs.weeks
    chosen = np.arange(len(receipts.item))
    which, place = np.unique(receipts.item, return_inverse=True)
    owed = np.cumsum(found.gross[which] - found.coproduct[which], axis=1)
    owed += (items.safety[which] - items.opening[which])[:, None]
    needed = when_needed(owed, place, earlier_in_item(receipts, chosen)) if len(chosen) else chosen
    wanted = np.maximum(needed - items.safety_lead[receipts.item], 0)
    rows = []
    for k in chosen.tolist():
        item, due, counted, to = (int(x[k]) for x in (receipts.item, receipts.due, receipts.week, wanted))
        quantity, name = float(receipts.quantity[k]), str(receipts.order[k])
        what = f"open order {name} for {spoken(quantity)}"
        if due < 0:
            text = f"{what} was due {_weeks(-due)} ago and is counted in {weeks.say(0)}. Find out when it comes."
            rows.append(_row(inputs, "past due", item, name, due, 0, quantity, text))
        if needed[k] == weeks.count:
            if counted >= items.firm[item]:
                text = f"cancel {what}, due in {weeks.say(counted)}: nothing in these weeks needs it."
                rows.append(_row(inputs, "cancel", item, name, counted, counted, quantity, text))
        elif to < counted:
            text = f"bring {what} forward from {weeks.say(counted)} to {weeks.say(to)}."
            rows.append(_row(inputs, "expedite", item, name, counted, to, quantity, text))
        elif to > counted >= items.firm[item]:
            text = f"put {what} off from {weeks.say(counted)} to {weeks.say(to)}."
            rows.append(_row(inputs, "defer", item, name, counted, to, quantity, text))
    return rows


def runs(inputs: Inputs, found: Records) -> list[Any]:
    """Weeks in a row in which an item is short, or eats into its safety stock."""
    stock, items, weeks = found.available, inputs.items, inputs.weeks
    slack = 1e-9 * np.maximum(1.0, np.abs(found.gross).sum(axis=1, keepdims=True))
    short = stock < -slack
    below = ~short & (stock < items.safety[:, None] - slack)
    rows = []
    for kind, mask in (("short", short), ("below safety", below)):
        edge = np.diff(np.pad(mask, ((0, 0), (1, 1))).astype(np.int8), axis=1)
        for (item, first), (_, end) in zip(np.argwhere(edge == 1).tolist(), np.argwhere(edge == -1).tolist(), strict=True):
            lowest = float(stock[item, first:end].min())
            when = weeks.say(first) if end == first + 1 else f"{weeks.say(first)} to {weeks.say(end - 1)}"
            if kind == "short":
                depth = -lowest
                text = f"{spoken(depth)} short in {when}."
            else:
                depth = float(items.safety[item]) - lowest
                text = f"{spoken(depth)} below the safety stock of {spoken(float(items.safety[item]))} in {when}."
            rows.append(_row(inputs, kind, item, None, first, end - 1, depth, text))
    return rows
