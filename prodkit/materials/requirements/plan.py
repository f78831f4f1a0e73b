"""The plan: its records, orders, messages and pegs, and what it says about any one order."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import TYPE_CHECKING, Any

import numpy as np

from ..._common import spoken
from ...errors import InputError
from . import tracing
from .explosion import Records
from .inputs import Inputs
from .messages import KINDS, message_table
from .pegging import DEMAND, NEEDS, OPEN, ORDER, SUPPLIES, Pegs, peg

if TYPE_CHECKING:
    import pandas as pd
    from numpy.typing import NDArray


def _category(code: NDArray[Any], words: Sequence[str]) -> pd.Categorical[str]:
    import pandas as pd

    names: Any = pd.Index(list(words))
    made: pd.Categorical[str] = pd.Categorical.from_codes(code, names)
    return made


@dataclass(frozen=True, eq=False, repr=False)
class MrpPlan:
    """A material plan: what to release when, for what, and what to look at. Made by `mrp`.

    Tables are made when they are first asked for.
    """

    _inputs: Inputs
    _found: Records

    @property
    def start(self) -> date | None:
        """First day of the first week; None where weeks have numbers."""
        return self._inputs.weeks.start

    @property
    def weeks(self) -> int:
        """Weeks in the plan."""
        return self._inputs.weeks.count

    @property
    def items(self) -> tuple[str, ...]:
        """The items planned."""
        return tuple(self._inputs.items.codes)

    @property
    def levels(self) -> dict[str, int]:
        """Low-level code of each item: 0 for what goes into nothing."""
        return dict(zip(self._inputs.items.codes, self._inputs.level.tolist(), strict=True))

    @property
    def remarks(self) -> tuple[str, ...]:
        """What was left out or counted elsewhere, in words."""
        return self._inputs.remarks

    @cached_property
    def records(self) -> pd.DataFrame:
        """One row an item and week, item by item.

        item (a category), week (its first day, or number), gross, scheduled (open orders), coproduct (comes
        in beside others), available (projected, at the end of the week), net, receipt (planned, good units),
        release (planned, units started), past_due (the part of the first week's release that was due before
        it). Units."""
        import pandas as pd

        n, found, codes = len(self.items), self._found, self._inputs.items.codes
        past_due = np.zeros_like(found.release)
        past_due[:, 0] = found.past_due
        columns: dict[str, Any] = {
            "item": _category(np.repeat(np.arange(n, dtype=np.int32), self.weeks), codes),
            "week": np.tile(self._inputs.weeks.labels(np.arange(self.weeks)), n),
        }
        for name in ("gross", "scheduled", "coproduct", "available", "net", "receipt", "release"):
            columns[name] = getattr(found, name).ravel()
        return pd.DataFrame({**columns, "past_due": past_due.ravel()}, copy=False)

    @cached_property
    def orders(self) -> pd.DataFrame:
        """Planned orders, by release; phantoms have none.

        order (its number, from 1), item (a category), kind (make or buy), quantity (units started), good
        (units that come in), release and due (first day of the week, or its number), is_past_due (its release
        lies before the first week)."""
        import pandas as pd

        found, items, weeks = self._found.orders, self._inputs.items, self._inputs.weeks
        item = found.item[: found.real]
        return pd.DataFrame(
            {
                "order": np.arange(1, found.real + 1),
                "item": _category(item, items.codes),
                "kind": _category(items.buy[item].astype(int), ["make", "buy"]),
                "quantity": found.ordered[: found.real],
                "good": found.good[: found.real],
                "release": weeks.labels(found.start[: found.real]),
                "due": weeks.labels(found.due[: found.real]),
                "is_past_due": found.start[: found.real] < 0,
            }
        )

    @cached_property
    def messages(self) -> pd.DataFrame:
        """What a planner must look at, the gravest kind first.

        kind (past due, short, expedite, below safety, defer, cancel), item, order (number of the planned
        order, name of the open order, or None), week (when it is due, should have been released, or falls
        short first), to_week (when it is wanted, or falls short last), quantity (units), text (in words)."""
        return message_table(self._inputs, self._found)

    @cached_property
    def _pegs(self) -> Pegs:
        return peg(self._inputs, self._found)

    @cached_property
    def pegs(self) -> pd.DataFrame:
        """What each need of an item is served from: one row a need and supply, item by item, in order of
        time.

        item (a category), week (of the need), quantity (units), need (demand, order, safety stock, allocated,
        left over), parent (the item whose planned order it is), for_order (number of that order, or the
        customer's order), supply (stock, open order, co-product, planned order, nothing), order (number of
        the planned order or name of the open one), supply_week."""
        import pandas as pd

        pegs, codes, weeks = self._pegs, self._inputs.items.codes, self._inputs.weeks
        needs, supplies = pegs.needs, pegs.supplies
        need_name = np.full(len(needs.ref), None, dtype=object)
        of_demand, of_order = needs.kind == DEMAND, needs.kind == ORDER
        need_name[of_demand] = self._inputs.demands.label[needs.ref[of_demand]]
        need_name[of_order] = needs.ref[of_order] + 1
        supply_name = np.full(len(supplies.ref), None, dtype=object)
        is_open, planned = supplies.kind == OPEN, (supplies.kind > OPEN) & (supplies.ref >= 0)
        supply_name[is_open] = self._inputs.receipts.order[supplies.ref[is_open]]
        supply_name[planned] = supplies.ref[planned] + 1
        parent = np.full(len(needs.ref), -1)
        parent[of_order] = self._found.orders.item[needs.ref[of_order]]
        last = weeks.count - 1
        return pd.DataFrame(
            {
                "item": _category(needs.item[pegs.need], codes),
                "week": weeks.labels(np.clip(needs.week, 0, last))[pegs.need],
                "quantity": pegs.quantity,
                "need": _category(needs.kind[pegs.need], NEEDS),
                "parent": _category(parent[pegs.need], codes),
                "for_order": pd.Series(need_name[pegs.need], dtype=object),
                "supply": _category(supplies.kind[pegs.supply], SUPPLIES),
                "order": pd.Series(supply_name[pegs.supply], dtype=object),
                "supply_week": weeks.labels(np.clip(supplies.week, 0, last))[pegs.supply],
            },
            copy=False,
        )

    def record(self, item: str) -> pd.DataFrame:
        """The record of one item as textbooks print it: a row a line, a column a week ("2026-01-05", or its
        number).

        Lines: gross, scheduled, coproduct (only where some comes in), available, net, receipt, release, and
        past_due (only where a release is late; that part stands in the first week's release too). The column
        `start` holds what is available before the first week.

        Raises
        ------
        InputError
            If the plan has no such item.
        """
        import pandas as pd

        i = self._item(item)
        found = self._found
        lines = ["gross", "scheduled", "coproduct", "available", "net", "receipt", "release"]
        rows = {
            name: getattr(found, name)[i] for name in lines if name != "coproduct" or found.coproduct[i].any()
        }
        if found.past_due[i]:
            rows["past_due"] = np.r_[found.past_due[i], np.zeros(self.weeks - 1)]
        weeks = self._inputs.weeks
        days = [
            weeks.label(t) if weeks.start is None else f"{weeks.label(t):%Y-%m-%d}"
            for t in range(weeks.count)
        ]
        table = pd.DataFrame(rows, index=pd.Index(days)).T
        table.insert(0, "start", np.where(table.index == "available", self._inputs.items.opening[i], np.nan))
        return table

    def _item(self, item: str) -> int:
        try:
            return self._inputs.items.codes.index(item)
        except ValueError:
            raise InputError("item", item, "an item of this plan") from None

    def why(self, order: int) -> str:
        """Why a planned order is there: the arithmetic of its week, the lot rule, and whom it serves.

        Raises
        ------
        InputError
            If there is no planned order of that number.
        """
        return tracing.why(self._inputs, self._found, self._pegs, tracing.planned(self._found, order))

    def pegs_to(self, order: int | str, *, item: str | None = None, full: bool = False) -> pd.DataFrame:
        """What hangs on an order: the needs that it serves, or everything above them too.

        Parameters
        ----------
        order
            Number of a planned order, or name of an open one.
        item
            Item of the open order, where the order has several.
        full
            False: one level up (a phantom is passed through: its parents' needs stand for it). True: all the
            way to what customers asked for.

        Returns
        -------
        DataFrame
            level (1 is what the order itself serves), item, order (that serves), need, parent, for_order,
            customer, week (in which it is needed), quantity (units of the item). The rows with need "demand"
            are the customers that hang on it. An order met again on another way up is not followed twice.

        Raises
        ------
        InputError
            If there is no such order.

        Notes ----- A need is served in the order of time, from stock first, then from what comes in; the
        safety stock is set aside before anything else. An order waits as a whole for each of its components.
        """
        first = tracing.supplies_of(self._inputs, self._found, self._pegs, order, item)
        return tracing.trace(self._inputs, self._found, self._pegs, first, full)

    def __str__(self) -> str:
        orders, messages = self._found.orders, self.messages
        now = int((orders.start[: orders.real] <= 0).sum())
        counts = [(int((messages["kind"] == kind).sum()), kind) for kind in KINDS]
        named = ", ".join(f"{spoken(n)} {kind}" for n, kind in counts if n) or "none"
        first = self._inputs.weeks.say(0)
        return (
            f"{len(self.items):,} items over {self.weeks} weeks from {first}: {orders.real:,} planned orders, "
            f"{now:,} of them to release now.\nMessages: {named}."
        )

    def __repr__(self) -> str:
        return str(self)
