"""What a planner must look at: orders to move, orders that are late, stock that runs short."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from ..._common import spoken
from .explosion import Records
from .inputs import Inputs
from .netting import earlier_in_item, when_needed

if TYPE_CHECKING:
    import pandas as pd

KINDS = ("past due", "short", "expedite", "below safety", "defer", "cancel")


class Message(NamedTuple):
    """One of them; weeks and items by number."""

    kind: str
    item: int
    order: object
    week: int
    to_week: int
    quantity: float
    text: str


def message_table(inputs: Inputs, found: Records) -> pd.DataFrame:
    """The messages, the gravest kind first, then by week and item."""
    import pandas as pd

    codes, weeks = inputs.items.codes, inputs.weeks
    rows = [*planned_late(inputs, found), *open_orders(inputs, found), *runs(inputs, found)]
    rank = {kind: n for n, kind in enumerate(KINDS)}
    rows.sort(key=lambda m: (rank[m.kind], m.week, codes[m.item]))
    return pd.DataFrame(
        {
            "kind": [m.kind for m in rows],
            "item": [codes[m.item] for m in rows],
            "order": pd.Series([m.order for m in rows], dtype=object),
            "week": weeks.labels(np.array([m.week for m in rows], dtype=np.int64)),
            "to_week": weeks.labels(np.array([m.to_week for m in rows], dtype=np.int64)),
            "quantity": np.array([m.quantity for m in rows], dtype=float),
            "text": [f"{codes[m.item]}: {m.text}" for m in rows],
        }
    )


def _weeks(count: int) -> str:
    return "1 week" if count == 1 else f"{count} weeks"


def planned_late(inputs: Inputs, found: Records) -> Iterator[Message]:
    """Planned orders that should have been released before today."""
    orders, say = found.orders, [inputs.weeks.say(t) for t in range(inputs.weeks.count)]
    late = np.flatnonzero(orders.start[: orders.real] < 0)
    columns = (late, orders.item[late], orders.start[late], orders.due[late], orders.ordered[late])
    for k, item, start, due, quantity in zip(*(c.tolist() for c in columns), strict=True):
        text = (
            f"planned order {k + 1} for {spoken(quantity)} should have been released {_weeks(-start)} ago. Release it "
            f"now; to be there in {say[due]} it must take {_weeks(due)} instead of {_weeks(due - start)}."
        )
        yield Message("past due", item, k + 1, start, 0, quantity, text)


def open_orders(inputs: Inputs, found: Records) -> Iterator[Message]:
    """Open orders that are overdue, or come earlier or later than they are needed, or for nothing."""
    receipts, items, weeks = inputs.receipts, inputs.items, inputs.weeks
    if not len(receipts.item):
        return
    which, place = np.unique(receipts.item, return_inverse=True)
    owed = np.cumsum(found.gross[which] - found.coproduct[which], axis=1)
    owed += (items.safety[which] - items.opening[which])[:, None]
    needed = when_needed(owed, place, earlier_in_item(receipts, np.arange(len(place))))
    wanted = np.maximum(needed - items.safety_lead[receipts.item], 0)
    firm = items.firm[receipts.item]
    say = [weeks.say(t) for t in range(weeks.count + 1)]
    columns = (
        receipts.item,
        receipts.order,
        receipts.due,
        receipts.week,
        wanted,
        needed,
        firm,
        receipts.quantity,
    )
    for item, name, due, counted, to, need, fence, quantity in zip(
        *(c.tolist() for c in columns), strict=True
    ):
        what = f"open order {name} for {spoken(quantity)}"
        if due < 0:
            text = f"{what} was due {_weeks(-due)} ago and is counted in {say[0]}. Find out when it comes."
            yield Message("past due", item, name, due, 0, quantity, text)
        if need == weeks.count:
            if counted >= fence:
                text = f"cancel {what}, due in {say[counted]}: nothing in these weeks needs it."
                yield Message("cancel", item, name, counted, counted, quantity, text)
        elif to < counted:
            text = f"bring {what} forward from {say[counted]} to {say[to]}."
            yield Message("expedite", item, name, counted, to, quantity, text)
        elif to > counted >= fence:
            text = f"put {what} off from {say[counted]} to {say[to]}."
            yield Message("defer", item, name, counted, to, quantity, text)


def runs(inputs: Inputs, found: Records) -> Iterator[Message]:
    """Weeks in a row in which an item is short, or eats into its safety stock."""
    stock, items, weeks = found.available, inputs.items, inputs.weeks
    lowest = stock.min(axis=1)
    some = np.flatnonzero((lowest < 0) | (lowest < items.safety))
    level, safety = stock[some], items.safety[some]
    slack = 1e-9 * np.maximum(1.0, np.abs(found.gross[some]).sum(axis=1, keepdims=True))
    short = level < -slack
    below = ~short & (level < safety[:, None] - slack)
    for kind, mask in (("short", short), ("below safety", below)):
        edge = np.diff(np.pad(mask, ((0, 0), (1, 1))).astype(np.int8), axis=1)
        starts, ends = np.argwhere(edge == 1).tolist(), np.argwhere(edge == -1).tolist()
        for (row, first), (_, end) in zip(starts, ends, strict=True):
            when = weeks.say(first) if end == first + 1 else f"{weeks.say(first)} to {weeks.say(end - 1)}"
            depth = -float(level[row, first:end].min()) + (0.0 if kind == "short" else float(safety[row]))
            text = (
                f"{spoken(depth)} short in {when}."
                if kind == "short"
                else f"{spoken(depth)} below the safety stock of {spoken(float(safety[row]))} in {when}."
            )
            yield Message(kind, int(some[row]), None, first, end - 1, depth, text)
