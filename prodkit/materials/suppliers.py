"""How well suppliers deliver: on time, good, in full, at what price."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from .._common import choice, number, spoken, whole
from ..errors import InputError, MissingTableError
from ..plant import Plant
from ..plant.arguments import Faults, read_columns

if TYPE_CHECKING:
    import pandas as pd
    from numpy.typing import NDArray

__all__ = ["SupplierScorecard", "supplier_scorecard"]

_WEIGHTS = {"on_time": 0.4, "quality": 0.3, "price": 0.2, "quantity": 0.1}
_Z = 1.959964  # 95 %, two-sided


@dataclass(frozen=True, eq=False)
class SupplierScorecard:
    """How well each supplier delivered. Made by `supplier_scorecard`."""

    table: pd.DataFrame
    """By falling score: supplier, deliveries, items, on_time_share, on_time_low and on_time_high (95 %
    interval), days_late_mean and days_late_sd (negative is early; the deviation is blank for one delivery),
    defect_ppm (rejected of a million received), price_index (paid over reference, 1.02 is 2 % above it),
    quantity_accuracy (share), score (0 to 100), is_enough (as many deliveries as asked for)."""
    weights: dict[str, float]
    """Weight of each criterion, 1 in all: on_time, quality, price, quantity."""
    min_deliveries: int
    """Deliveries below which a supplier's figures say little."""

    @property
    def too_few(self) -> tuple[str, ...]:
        """Suppliers with too few deliveries to judge."""
        return tuple(self.table.loc[~self.table["is_enough"], "supplier"])

    def __str__(self) -> str:
        sure = self.table[self.table["is_enough"]]
        few = ""
        if self.too_few:
            few = f"\nToo few deliveries to judge (under {self.min_deliveries}): {', '.join(self.too_few)}."
        if sure.empty:
            return f"No supplier has {self.min_deliveries} deliveries or more." + few
        best, worst = sure.iloc[0], sure.iloc[-1]
        text = (
            f"{best['supplier']} scores highest, {spoken(best['score'])} of 100: {100 * best['on_time_share']:.0f} % of "
            f"{best['deliveries']} deliveries on time, {spoken(best['defect_ppm'])} ppm rejected."
        )
        if len(sure) > 1:
            text += (
                f"\n{worst['supplier']} scores lowest, {spoken(worst['score'])}: {100 * worst['on_time_share']:.0f} % of "
                f"{worst['deliveries']} on time ({100 * worst['on_time_low']:.0f} to "
                f"{100 * worst['on_time_high']:.0f} % with 95 % confidence)."
            )
        return text + few


def supplier_scorecard(
    past_orders: pd.DataFrame | Plant,
    *,
    weights: Mapping[str, float] | None = None,
    late_days: int = 0,
    early_days: int | None = None,
    price_against: str = "average",
    price_breaks: pd.DataFrame | None = None,
    ppm_at_zero: float = 10_000,
    price_at_zero: float = 0.10,
    min_deliveries: int = 10,
) -> SupplierScorecard:
    r"""Judge suppliers by what they delivered.

    Parameters
    ----------
    past_orders
        supplier, item, quantity (ordered), due, received, accepted, rejected, and unit_price: one row a
        delivery; or a plant, whose tables past_orders and price_breaks are taken.
    weights
        Weight of on_time, quality, price, quantity; 0.4, 0.3, 0.2, 0.1 by default. They are divided by their
        sum.
    late_days
        A delivery so many days late is still on time.
    early_days
        A delivery more days early than this is not on time; None: early is on time.
    price_against
        `"average"` or `"list"`; see the conventions.
    price_breaks
        For `"list"`: supplier, item, from_quantity, unit_price, kind.
    ppm_at_zero
        Rejected units a million at which quality scores nothing.
    price_at_zero
        Share above the reference price at which price scores nothing.
    min_deliveries
        Fewer than these are too few to judge.

    Returns
    -------
    SupplierScorecard
        `.table` (a row a supplier), `.too_few`; `str()` names the best and the worst.

    Raises
    ------
    InputError
        If a column is missing, a weight is negative or unknown, or a figure is out of range; several faults
        in the table are a PlantError.
    MissingTableError
        If a plant has no past orders, or no price list where one is asked for.

    Notes
    -----
    On time: received :math:`\le` due, counted by delivery. Its interval is Wilson's (E. B. Wilson 1927, from
    memory, unchecked): 9 of 10 on time may well be a supplier of 60 %. Quantity accuracy: :math:`1 -
    |\text{received} - \text{ordered}| / \text{ordered}`, received being accepted plus rejected, averaged over
    deliveries, never below zero. Defects are rejected units of those received, not rejected deliveries.
    Score: 100 times the weighted mean of the on-time share, quality falling evenly from 1 at no reject to 0
    at `ppm_at_zero`, price falling evenly from 1 at the reference or below to 0 at `price_at_zero` above it,
    and quantity accuracy. A score ranks; it does not say why. Read its parts.

    Convention, on time: not after the due day, early counts as on time (default); within a window
    (`late_days`, `early_days`).

    Convention, reference price: the average paid for the item to all suppliers, weighted by quantity
    (default), which judges nothing where one supplier is the only one; the supplier's own list price for the
    quantity (`price_against="list"`).

    Examples
    --------
    >>> import pandas as pd
    >>> past = pd.DataFrame({"supplier": ["Arno", "Arno", "Belt"], "item": ["coil"] * 3, "quantity": [100, 100, 50],
    ...                      "due": ["2026-01-05", "2026-01-12", "2026-01-12"],
    ...                      "received": ["2026-01-05", "2026-01-15", "2026-01-10"],
    ...                      "unit_price": [10, 10, 10.3], "accepted": [100, 98, 50], "rejected": [0, 2, 0]})
    >>> card = supplier_scorecard(past, min_deliveries=2)
    >>> card.table[["supplier", "deliveries", "on_time_share", "defect_ppm"]].to_dict("records")[1]
    {'supplier': 'Arno', 'deliveries': 2, 'on_time_share': 0.5, 'defect_ppm': 10000.0}
    >>> card.too_few
    ('Belt',)
    """
    import pandas as pd

    choice("price_against", price_against, ("average", "list"))
    share = _weights(weights)
    slack = number("late_days", late_days, "zero or more (days)", low=0)
    window = None if early_days is None else number("early_days", early_days, "zero or more (days)", low=0)
    ppm_limit = number("ppm_at_zero", ppm_at_zero, "above zero (units a million)", above=0)
    price_limit = number("price_at_zero", price_at_zero, "above zero (share)", above=0)
    least = whole("min_deliveries", min_deliveries, "a whole number of deliveries, 1 or more", low=1)
    frame: Any = past_orders
    if isinstance(past_orders, Plant):
        plant = past_orders
        frame = plant.need("past_orders", 1, "a supplier scorecard")
        if price_breaks is None and "price_breaks" in plant.tables:
            price_breaks = plant.table("price_breaks")
        if price_against == "list" and price_breaks is None:
            raise MissingTableError("price_breaks", "prices are to be judged against the list")
    elif price_against == "list" and price_breaks is None:
        raise InputError("price_breaks", None, "given, where prices are judged against the list")
    faults = Faults()
    names = ("supplier", "item", "quantity", "due", "received", "unit_price", "accepted")
    columns = read_columns("past_orders", frame, names, ("rejected",), faults, label="supplier")
    days = {}
    for name in ("due", "received"):
        if name in columns:
            days[name] = pd.to_datetime(pd.Series(columns[name]), errors="coerce")
            for row in np.flatnonzero((days[name].isna() & pd.Series(columns[name]).notna()).to_numpy())[
                :5
            ].tolist():
                faults.add(
                    f"past_orders: {name} in row {row + 1}", columns[name][row], "a day, such as 2026-01-05"
                )
    if len(frame) == 0:
        faults.add("past_orders", "no rows", "a table with at least one delivery")
    faults.stop("The table past_orders")
    late = (days["received"] - days["due"]).dt.days.to_numpy(dtype=float)
    came = columns["accepted"] + columns["rejected"]
    if price_against == "list":
        reference = _list_prices(price_breaks, columns, faults)
        faults.stop("The price list")
    else:
        reference = _average_prices(columns)
    on_time = late <= slack
    if window is not None:
        on_time &= late >= -window
    each = pd.DataFrame(
        {
            "supplier": columns["supplier"],
            "item": columns["item"],
            "on_time": on_time,
            "late": late,
            "came": came,
            "rejected": columns["rejected"],
            "paid": columns["unit_price"] * columns["quantity"],
            "asked": reference * columns["quantity"],
            "accuracy": np.maximum(0.0, 1 - np.abs(came - columns["quantity"]) / columns["quantity"]),
        }
    )
    rows = []
    for supplier, part in each.groupby("supplier", sort=True):
        n, good = len(part), int(part["on_time"].sum())
        low, high = _wilson(good, n)
        received = float(part["came"].sum())
        ppm = 1e6 * float(part["rejected"].sum()) / received if received else 0.0
        asked = float(part["asked"].sum())
        index = float(part["paid"].sum()) / asked if asked else 1.0
        accuracy = float(part["accuracy"].mean())
        parts = {
            "on_time": good / n,
            "quality": max(0.0, 1 - ppm / ppm_limit),
            "price": min(1.0, max(0.0, 1 - (index - 1) / price_limit)),
            "quantity": accuracy,
        }
        rows.append(
            {
                "supplier": supplier,
                "deliveries": n,
                "items": part["item"].nunique(),
                "on_time_share": good / n,
                "on_time_low": low,
                "on_time_high": high,
                "days_late_mean": float(part["late"].mean()),
                "days_late_sd": float(part["late"].std(ddof=1)) if n > 1 else math.nan,
                "defect_ppm": ppm,
                "price_index": index,
                "quantity_accuracy": accuracy,
                "score": 100 * sum(share[name] * value for name, value in parts.items()),
                "is_enough": n >= least,
            }
        )
    table = pd.DataFrame(rows).sort_values("score", ascending=False, kind="stable", ignore_index=True)
    return SupplierScorecard(table, share, least)


def _weights(weights: Mapping[str, float] | None) -> dict[str, float]:
    given = _WEIGHTS if weights is None else dict(weights)
    for name in given:
        choice("weights", name, _WEIGHTS)
    kept = {
        name: number(f"weights[{name!r}]", given.get(name, 0.0), "zero or more", low=0) for name in _WEIGHTS
    }
    total = number("the sum of weights", math.fsum(kept.values()), "above zero", above=0)
    return {name: weight / total for name, weight in kept.items()}


def _wilson(hits: int, n: int) -> tuple[float, float]:
    """Wilson's 95 % interval of a share."""
    p, z2 = hits / n, _Z * _Z
    middle, half = p + z2 / (2 * n), _Z * math.sqrt(p * (1 - p) / n + z2 / (4 * n * n))
    return max(0.0, (middle - half) / (1 + z2 / n)), min(1.0, (middle + half) / (1 + z2 / n))


def _average_prices(columns: Mapping[str, NDArray[Any]]) -> NDArray[np.float64]:
    """What was paid for the item on average, for each delivery."""
    _, item = np.unique(columns["item"].astype(str), return_inverse=True)
    paid = np.bincount(item, weights=columns["unit_price"] * columns["quantity"])
    mean: NDArray[np.float64] = (paid / np.bincount(item, weights=columns["quantity"]))[item]
    return mean


def _list_prices(
    price_breaks: object, columns: Mapping[str, NDArray[Any]], faults: Faults
) -> NDArray[np.float64]:
    """The supplier's list price of the quantity ordered, for each delivery."""
    names = ("supplier", "item", "from_quantity", "unit_price")
    breaks = read_columns("price_breaks", price_breaks, names, ("kind",), faults, label="supplier")
    faults.stop("The price list")
    ladder: dict[tuple[str, str], list[tuple[float, float, str]]] = {}
    for supplier, item, start, price, kind in zip(
        *(breaks[n].tolist() for n in (*names, "kind")), strict=True
    ):
        ladder.setdefault((supplier, item), []).append((start, price, kind))
    out = np.empty(len(columns["item"]))
    for i, (supplier, item, quantity) in enumerate(
        zip(*(columns[n].tolist() for n in ("supplier", "item", "quantity")), strict=True)
    ):
        steps = sorted(ladder.get((supplier, item), []))
        reached = [step for step in steps if step[0] <= quantity]
        if not reached:
            faults.add("price_breaks", f"{supplier}, {item}", f"a price for {spoken(quantity)} units of it")
            out[i] = math.nan
        elif steps[0][2] == "incremental":
            ends = [*(start for start, _, _ in reached[1:]), quantity]
            cost = sum((end - start) * price for (start, price, _), end in zip(reached, ends, strict=True))
            out[i] = cost / quantity
        else:
            out[i] = reached[-1][1]
    return out
