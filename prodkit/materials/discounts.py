"""How much to order when the price falls with the quantity."""

from __future__ import annotations

import math
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING, cast

from .._common import choice, number, spoken
from ..errors import InputError

if TYPE_CHECKING:
    import pandas as pd

__all__ = ["Bracket", "DiscountQuantity", "discount_quantity"]


@dataclass(frozen=True)
class Bracket:
    """One line of the supplier's price list, costed."""

    from_quantity: float
    """First quantity at this price (units)."""
    to_quantity: float
    """Quantity from which the next price holds, or the most that may be ordered (units)."""
    unit_price: float
    """Money a unit."""
    economic_quantity: float
    """Where this bracket's own cost curve is lowest, in range or not (units)."""
    is_feasible: bool
    """Whether that quantity lies inside the bracket."""
    quantity: float | None
    """The quantity tried: the economic one, else the edge nearest to it; None where a cheaper bracket
    begins at that edge (units)."""
    cost: float | None
    """Purchase, ordering and holding cost of the quantity tried (money a year)."""


@dataclass(frozen=True)
class DiscountQuantity:
    """An order quantity chosen over a price list. Made by `discount_quantity`."""

    demand: float
    """Units a year."""
    order_cost: float
    """Money an order."""
    holding_rate: float | None
    """Holding cost as a share of the price paid a year, or None."""
    holding_cost: float | None
    """Holding cost as money a unit a year, or None."""
    kind: str
    """all_units or incremental."""
    max_quantity: float
    """Most units an order, or infinity."""
    brackets: tuple[Bracket, ...]
    """Every bracket tried."""
    quantity: float
    """Units an order."""

    @property
    def bracket(self) -> Bracket:
        """The bracket that holds the quantity."""
        return self.brackets[self._index(self.quantity)]

    @property
    def unit_price(self) -> float:
        """Price paid on average (money a unit)."""
        return self.price_at(self.quantity)

    @property
    def cost(self) -> float:
        """Purchase, ordering and holding cost (money a year)."""
        return self.cost_at(self.quantity)

    @property
    def orders_per_year(self) -> float:
        """Orders a year."""
        return self.demand / self.quantity

    @property
    def table(self) -> pd.DataFrame:
        """The brackets as rows; the columns are the fields of `Bracket`."""
        import pandas as pd

        return pd.DataFrame([vars(b) for b in self.brackets])

    def _index(self, quantity: float) -> int:
        return max(i for i, b in enumerate(self.brackets) if b.from_quantity <= quantity)

    def price_at(self, quantity: float) -> float:
        """Price paid on average for an order of this quantity (money a unit)."""
        first = self.brackets[0].from_quantity
        q = number(
            "quantity",
            quantity,
            f"above zero and {first:g} to {self.max_quantity:g} (units)",
            above=0,
            low=first,
            high=self.max_quantity,
        )
        i = self._index(q)
        price = self.brackets[i].unit_price
        if self.kind == "all_units":
            return price
        return price + _carried(self.brackets[: i + 1]) / q

    def cost_at(self, quantity: float) -> float:
        """Purchase, ordering and holding cost of any other quantity (money a year)."""
        price = self.price_at(quantity)
        hold = self.holding_cost if self.holding_rate is None else self.holding_rate * price
        assert hold is not None
        return self.demand * price + self.order_cost * self.demand / quantity + hold * quantity / 2

    def __str__(self) -> str:
        return (
            f"Order {spoken(self.quantity)} at a time, at {self.unit_price:,.4g} a unit on average.\n"
            f"Purchase, ordering and holding cost {spoken(self.cost)} a year."
        )


def _carried(brackets: Iterable[Bracket]) -> float:
    """What an incremental order pays above its last price on the units of the earlier brackets (money)."""
    rows = list(brackets)
    return math.fsum(b.from_quantity * (a.unit_price - b.unit_price) for a, b in pairwise(rows))


def discount_quantity(
    demand: float,
    order_cost: float,
    breaks: pd.DataFrame | Iterable[tuple[float, float]],
    *,
    holding_rate: float | None = None,
    holding_cost: float | None = None,
    kind: str = "all_units",
    max_quantity: float | None = None,
) -> DiscountQuantity:
    r"""Order quantity with the least purchase, ordering and holding cost over a price list.

    Parameters
    ----------
    demand
        :math:`D`, units a year.
    order_cost
        :math:`S`, money an order.
    breaks
        Pairs (from_quantity, unit_price), or a DataFrame with these two columns. Prices fall as
        quantities rise. A first quantity above zero is the supplier's least order.
    holding_rate
        :math:`i`, holding cost as a share, a year, of the price **paid** (the usual convention); or
    holding_cost
        :math:`H`, the same amount at every price (money a unit a year).
    kind
        `"all_units"`: the lower price holds for the whole order. `"incremental"`: only for the units
        beyond the break.
    max_quantity
        Most that may be ordered at a time (room, shelf life; units).

    Returns
    -------
    DiscountQuantity
        `.quantity`, `.cost`, `.unit_price`, `.brackets` and `.table` (every bracket tried, feasible or
        not), `.cost_at(quantity)`.

    Raises
    ------
    InputError
        If a figure is not above zero, quantities do not rise or prices do not fall, both or neither of
        the holding figures is given, or the most allowed is below the least order.

    Notes
    -----
    All units: in each bracket the economic quantity :math:`\sqrt{2DS/(ic_j)}` if it lies inside, else the
    bracket's first quantity if it lies below; the cheapest of these. Incremental: the purchase of a lot is
    :math:`F_j + c_j Q`, so :math:`\sqrt{2D(S + F_j)/(ic_j)}`, and only those inside their bracket count
    (Snyder and Shen, *Fundamentals of Supply Chain Theory*, 2nd ed., Example 3.6 and Problem 3.12).

    Convention, holding cost under a discount: a share of the price paid (default, `holding_rate`); the same
    amount at every price (`holding_cost`).

    Convention, discount: on all units (default); on the units beyond the break (`kind="incremental"`).

    Examples
    --------
    >>> breaks = [(0, 0.75), (400, 0.72), (800, 0.68)]
    >>> best = discount_quantity(demand=1300, order_cost=8, breaks=breaks, holding_rate=0.3)
    >>> best.quantity, round(best.cost, 1)
    (800.0, 978.6)
    >>> for b in best.brackets:
    ...     print(round(b.economic_quantity), b.is_feasible, b.quantity and round(b.quantity))
    304 True 304
    310 False 400
    319 False 800
    """
    d = number("demand", demand, "above zero (units a year)", above=0)
    k = number("order_cost", order_cost, "above zero (money an order)", above=0)
    choice("kind", kind, ("all_units", "incremental"))
    if (holding_rate is None) == (holding_cost is None):
        got = (holding_rate, holding_cost)
        raise InputError("holding_rate and holding_cost", got, "one given, the other left out")
    rate = fixed = None
    if holding_cost is None:
        rate = number("holding_rate", holding_rate, "above zero (share of the price a year)", above=0)
    else:
        fixed = number("holding_cost", holding_cost, "above zero (money a unit a year)", above=0)
    prices = _price_list(breaks)
    most = math.inf
    if max_quantity is not None:
        least = prices[0][0]
        most = number(
            "max_quantity", max_quantity, f"above zero and {least:g} or more (units)", above=0, low=least
        )
        prices = [p for p in prices if p[0] <= most]
    rows = _brackets(d, k, rate, fixed, kind, prices, most)
    draft = DiscountQuantity(d, k, rate, fixed, kind, most, rows, most)
    tried = []
    for b in draft.brackets:
        cost = None if b.quantity is None else draft.cost_at(b.quantity)
        tried.append(Bracket(**{**vars(b), "cost": cost}))
    best = min((b for b in tried if b.cost is not None), key=lambda b: cast(float, b.cost))
    return DiscountQuantity(d, k, rate, fixed, kind, most, tuple(tried), cast(float, best.quantity))


def _brackets(
    d: float,
    k: float,
    rate: float | None,
    fixed: float | None,
    kind: str,
    prices: list[tuple[float, float]],
    most: float,
) -> tuple[Bracket, ...]:
    out: list[Bracket] = []
    for i, (start, price) in enumerate(prices):
        last = i == len(prices) - 1
        stop = most if last else prices[i + 1][0]
        row = Bracket(start, stop, price, 0.0, False, None, None)
        extra = _carried([*out, row]) if kind == "incremental" else 0.0
        hold = fixed if rate is None else rate * price
        assert hold is not None
        eoq = math.sqrt(2 * d * (k + extra) / hold)
        feasible = start <= eoq < stop or (last and eoq == stop)
        quantity: float | None = None
        if feasible:
            quantity = eoq
        elif eoq < start:
            quantity = start
        elif last:
            quantity = stop
        out.append(Bracket(start, stop, price, eoq, feasible, quantity, None))
    return tuple(out)


def _price_list(breaks: object) -> list[tuple[float, float]]:
    wanted = "pairs of from_quantity and unit_price, quantities rising and prices falling"
    if hasattr(breaks, "columns"):
        missing = {"from_quantity", "unit_price"} - set(breaks.columns)
        if missing:
            raise InputError("breaks", f"no column {sorted(missing)[0]}", wanted)
        frame = cast("pd.DataFrame", breaks)
        pairs: list[object] = list(zip(frame["from_quantity"], frame["unit_price"], strict=True))
    elif isinstance(breaks, Iterable) and not isinstance(breaks, (str, bytes)):
        pairs = list(breaks)
    else:
        raise InputError("breaks", breaks, wanted)
    rows: list[tuple[float, float]] = []
    for i, pair in enumerate(pairs):
        if not isinstance(pair, (tuple, list)) or len(pair) != 2:
            raise InputError(f"breaks[{i}]", pair, "a pair (from_quantity, unit_price)")
        start = number(f"breaks[{i}] from_quantity", pair[0], "zero or more (units)", low=0)
        price = number(f"breaks[{i}] unit_price", pair[1], "above zero (money)", above=0)
        if rows and start <= rows[-1][0]:
            raise InputError(f"breaks[{i}] from_quantity", start, f"above the one before, {rows[-1][0]:g}")
        if rows and price > rows[-1][1]:
            raise InputError(f"breaks[{i}] unit_price", price, f"at most the one before, {rows[-1][1]:g}")
        rows.append((start, price))
    if not rows:
        raise InputError("breaks", rows, wanted)
    return rows
