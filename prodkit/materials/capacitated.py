"""Lots of several items that share a capacity: a mixed-integer model."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import numpy as np

from .._common import number, numbers, spoken
from ..errors import InputError, SolverError
from .capacitated_model import Case, Model, build
from .lots import net_needs

if TYPE_CHECKING:
    import pandas as pd
    from numpy.typing import NDArray

    from ..solver import Solution

__all__ = ["CapacitatedPlan", "capacitated_lots"]

_FEWEST = 1e-7  # less than this share of the demand is the solver's tolerance


@dataclass(frozen=True, eq=False)
class CapacitatedPlan:
    """Lots of several items within a capacity, and what is proven of them. Made by `capacitated_lots`."""

    status: str
    """optimal (proven) · feasible (not proven the cheapest) · infeasible · stopped (the time was over first)."""
    table: pd.DataFrame = field(repr=False)
    """One row an item and period: item, period (from 1), demand, receipt, ending_stock, backorder (units),
    is_setup. Without rows where there is no plan."""
    load: pd.DataFrame = field(repr=False)
    """One row a period: period, capacity_hours, setup_hours, run_hours, overtime_hours, load_share (of the
    capacity without overtime). Without rows where there is no plan."""
    shortages: pd.DataFrame = field(repr=False)
    """Of an infeasible case: item, period, units, hours (of running) that cannot be made in time, in all as few
    hours as can be and as late as can be."""
    setup_cost: float
    """Money."""
    holding_cost: float
    """Money."""
    backorder_cost: float
    """Money."""
    overtime_cost: float
    """Money."""
    bound: float | None
    """Proven: no plan costs less (money); None where nothing is proven."""
    solver: str
    """What solved it."""
    seconds: float
    """Time taken."""

    @property
    def has_answer(self) -> bool:
        """Whether there is a plan at all."""
        return self.status in ("optimal", "feasible")

    @property
    def cost(self) -> float | None:
        """All costs together (money); None without a plan."""
        if not self.has_answer:
            return None
        return self.setup_cost + self.holding_cost + self.backorder_cost + self.overtime_cost

    @property
    def gap(self) -> float | None:
        """Distance of the bound from the cost, as a share of the cost; None without both."""
        if self.cost is None or self.bound is None:
            return None
        return max(0.0, self.cost - self.bound) / max(abs(self.cost), 1e-9)

    def receipts(self, item: str) -> tuple[float, ...]:
        """Units of one item received in each period."""
        rows = self.table[self.table["item"] == item]
        if rows.empty:
            raise InputError("item", item, "an item of a plan that has an answer")
        return tuple(rows["receipt"].tolist())

    def require(self) -> CapacitatedPlan:
        """This plan, where there is one; else a SolverError that says why not."""
        if not self.has_answer:
            raise SolverError(str(self))
        return self

    def __str__(self) -> str:
        if self.status == "infeasible":
            rows = zip(*(self.shortages[c].tolist() for c in self.shortages), strict=True)
            short = [f"period {t}: {spoken(x)} of {i} ({spoken(h)} hours)" for i, t, x, h in rows]
            if not short:
                return "The capacity does not suffice; the time was too short to find where."
            listed = "; ".join(short[:6]) + (f"; and {len(short) - 6} more" if len(short) > 6 else "")
            return f"The capacity does not suffice. Short are, at the least, in {listed}."
        if self.cost is None:
            return "The time was over before any plan was found. Allow more, or fewer items and periods."
        how = "no plan costs less" if self.status == "optimal" else "not proven the cheapest"
        if self.status == "feasible" and self.gap is not None:
            how += f", but none costs over {spoken(100 * self.gap)} % less"
        parts = [f"Setups {spoken(self.setup_cost)}", f"holding {spoken(self.holding_cost)}"]
        parts += [f"backorders {spoken(self.backorder_cost)}"] * (self.backorder_cost > 0)
        parts += [f"overtime {spoken(self.overtime_cost)}"] * (self.overtime_cost > 0)
        fullest = int(self.load["load_share"].to_numpy().argmax())
        listed = f"{', '.join(parts[:-1])} and {parts[-1]}"
        return (
            f"{listed} make {spoken(self.cost)}; {how}.\n{int(self.table['is_setup'].sum())} lots; the "
            f"fullest period is {fullest + 1}, loaded {100 * self.load['load_share'].to_numpy()[fullest]:.0f} %."
        )


def capacitated_lots(
    demand: Mapping[str, Iterable[float]],
    capacity: float | Iterable[float],
    *,
    setup_cost: float | Mapping[str, float],
    holding_cost: float | Mapping[str, float],
    unit_hours: float | Mapping[str, float] = 1.0,
    setup_hours: float | Mapping[str, float] = 0.0,
    on_hand: float | Mapping[str, float] = 0.0,
    safety_stock: float | Mapping[str, float] = 0.0,
    backorder_cost: float | Mapping[str, float] | None = None,
    overtime_cost: float | None = None,
    overtime_hours: float | Iterable[float] | None = None,
    time_limit: float = 60.0,
    gap: float = 0.0,
) -> CapacitatedPlan:
    r"""Lots of several items that share one capacity, at the least cost.

    Parameters
    ----------
    demand
        For each item its units in each period: a mapping, or a DataFrame with one column an item.
    capacity
        Hours in each period: one figure, or one a period.
    setup_cost, setup_hours
        Of each lot of an item (money; hours of the capacity): one figure, or one an item.
    holding_cost
        Of a unit in stock at the end of a period (money).
    unit_hours
        Hours of the capacity for one unit.
    on_hand, safety_stock
        Stock before the first period, and stock that no plan goes below (units).
    backorder_cost
        Of a unit owed at the end of a period (money); left out, everything is made in time. All is made by the
        end of the last period. Not together with a safety stock.
    overtime_cost
        Money an hour above the capacity; left out, there is none.
    overtime_hours
        Most hours of overtime in a period: one figure, or one a period. Left out: as many as are needed.
    time_limit
        Seconds after which the best plan so far is taken.
    gap
        Share of the cost at which the proof may stop.

    Returns
    -------
    CapacitatedPlan
        `.status`, `.table`, `.load`, `.cost`, `.bound`, `.gap`, `.receipts(item)`, `.shortages`; `.require()`
        raises where there is no plan.

    Raises
    ------
    InputError
        If a figure is negative or not finite, lengths differ, an item has no figure or one is not an item.

    Notes
    -----
    Minimizes :math:`\sum S_i y_{it} + h_i s_{it} + b_i r_{it} + c\,o_t` with
    :math:`s_{i,t-1} - r_{i,t-1} + x_{it} = n_{it} + s_{it} - r_{it}`, where :math:`n` are the needs net of stock on
    hand, :math:`x_{it} \le M_{it} y_{it}` with the largest lot of use, and in each period
    :math:`\sum a_i x_{it} + g_i y_{it} \le C_t + o_t`. Each lot sets up anew; HiGHS solves it, and adds the
    inequalities of lot sizing by itself (the facility-location form, and the (l, S) inequalities written out, were
    tried and no faster).
    Lots may be fractions of a unit.

    Examples
    --------
    >>> plan = capacitated_lots(
    ...     {"gear": [40, 60, 20, 70], "shaft": [30, 20, 60, 50]}, capacity=120, setup_hours=10,
    ...     setup_cost={"gear": 90, "shaft": 60}, holding_cost=1)
    >>> plan.status, plan.receipts("gear"), plan.receipts("shaft")
    ('optimal', (40.0, 80.0, 0.0, 70.0), (50.0, 0.0, 110.0, 0.0))
    >>> print(capacitated_lots({"gear": [40, 60, 200]}, capacity=[50, 70, 90], setup_cost=90, holding_cost=1))
    The capacity does not suffice. Short are, at the least, in period 3: 90 of gear (90 hours).
    """
    limit = number("time_limit", time_limit, "above zero (seconds)", above=0)
    share = number("gap", gap, "a share, 0 or more and below 1", low=0, below=1)
    case = _checked(
        demand,
        capacity,
        setup_cost,
        holding_cost,
        unit_hours,
        setup_hours,
        on_hand,
        safety_stock,
        backorder_cost,
        overtime_cost,
        overtime_hours,
    )
    return _plan(case, limit, share)


def _checked(
    demand: Mapping[str, Iterable[float]],
    capacity: float | Iterable[float],
    setup_cost: float | Mapping[str, float],
    holding_cost: float | Mapping[str, float],
    unit_hours: float | Mapping[str, float],
    setup_hours: float | Mapping[str, float],
    on_hand: float | Mapping[str, float],
    safety_stock: float | Mapping[str, float],
    backorder_cost: float | Mapping[str, float] | None,
    overtime_cost: float | None,
    overtime_hours: float | Iterable[float] | None,
) -> Case:
    pairs = list(demand.items()) if hasattr(demand, "items") else []
    if not pairs:
        raise InputError("demand", demand, "a mapping of at least one item to its units in each period")
    names = [name for name, _ in pairs]
    rows: list[NDArray[np.float64]] = []
    for name, units in pairs:
        series = numbers(f"demand[{name!r}]", units, "zero or more (units)", low=0)
        if rows and len(series) != len(rows[0]):
            raise InputError(
                f"demand[{name!r}]", f"{len(series)} periods", f"{len(rows[0])}, as of {names[0]!r}"
            )
        rows.append(series)
    wanted = np.array(rows)
    n_periods = wanted.shape[1]

    def each(name: str, value: float | Mapping[str, float], expected: str) -> NDArray[np.float64]:
        if not isinstance(value, Mapping):
            return np.full(len(names), number(name, value, expected, low=0))
        stray = [k for k in value if k not in names]
        missing = [k for k in names if k not in value]
        if stray or missing:
            raise InputError(name, stray or f"nothing for {missing}", f"one figure for each of {names}")
        return np.array([number(f"{name}[{k!r}]", value[k], expected, low=0) for k in names])

    def over_time(name: str, value: float | Iterable[float], expected: str) -> NDArray[np.float64]:
        if isinstance(value, Iterable) and not isinstance(value, (str, bytes)):
            return numbers(name, value, expected, low=0, length=n_periods)
        return np.full(n_periods, number(name, value, expected, low=0))

    there = each("on_hand", on_hand, "zero or more (units)")
    safety = each("safety_stock", safety_stock, "zero or more (units)")
    owed = None
    if backorder_cost is not None:
        owed = each("backorder_cost", backorder_cost, "zero or more (money a unit and period)")
        if safety.any():
            raise InputError("safety_stock", safety_stock, "zero where backorders are allowed")
    needs = np.array([net_needs(d, s, k) for d, s, k in zip(wanted, there, safety, strict=True)])
    run = each("unit_hours", unit_hours, "zero or more (hours a unit)")
    setup = each("setup_hours", setup_hours, "zero or more (hours a lot)")
    extra = np.zeros(n_periods)
    if overtime_cost is not None:
        extra = np.full(n_periods, float(run @ needs.sum(axis=1) + setup.sum()))
        if overtime_hours is not None:
            extra = over_time("overtime_hours", overtime_hours, "zero or more (hours in a period)")
    elif overtime_hours is not None:
        raise InputError("overtime_cost", overtime_cost, "given, where overtime hours are")
    return Case(
        items=tuple(names),
        demand=wanted,
        needs=needs,
        spare=np.maximum(there[:, None] + np.cumsum(needs - wanted, axis=1), 0.0),
        capacity=over_time("capacity", capacity, "zero or more (hours in a period)"),
        unit_hours=run,
        setup_hours=setup,
        setup_cost=each("setup_cost", setup_cost, "zero or more (money a lot)"),
        holding_cost=each("holding_cost", holding_cost, "zero or more (money a unit and period)"),
        backorder_cost=owed,
        overtime_hours=extra,
        overtime_cost=0.0
        if overtime_cost is None
        else number("overtime_cost", overtime_cost, "zero or more (money an hour)", low=0),
    )


def _plan(case: Case, limit: float, share: float) -> CapacitatedPlan:
    from ..solver import solve

    if not case.is_surely_short:
        model = build(case)
        solution = solve(model.problem, time_limit=limit, gap=share)
        if solution.has_answer:
            # With the setups fixed, the linear model's corner is clean of the search's tolerances.
            is_setup = np.zeros(case.needs.shape, dtype=bool)
            for c, variable in model.setups.items():
                is_setup[c] = variable.varValue > 0.5
            clean = build(case, fixed=is_setup)
            if model.setups and solve(clean.problem, time_limit=limit).has_answer:
                model = clean
            return _answer(case, model, solution)
        if solution.status != "infeasible":
            return _without(case, solution, [])
    model = build(case, is_short=True)
    solution = solve(model.problem, time_limit=limit)
    floor = _FEWEST * max(1.0, float(case.needs.max()))
    units = {c: float(v.varValue) for c, v in model.missing.items() if solution.has_answer}
    short = [
        (case.items[i], t + 1, x, x * float(case.unit_hours[i]))
        for (i, t), x in sorted(units.items(), key=lambda pair: pair[0][::-1])
        if x > floor
    ]
    return _without(case, solution, short, "infeasible")


def _without(
    case: Case, solution: Solution, short: list[tuple[str, int, float, float]], status: str = "stopped"
) -> CapacitatedPlan:
    table, load = _tables(case, np.zeros_like(case.needs))
    return CapacitatedPlan(
        status, table.iloc[:0], load.iloc[:0], _shortages(short), 0.0, 0.0, 0.0, 0.0,
        None if status == "infeasible" else solution.bound, solution.solver, solution.seconds,
    )  # fmt: skip


def _answer(case: Case, model: Model, solution: Solution) -> CapacitatedPlan:
    lots = np.zeros_like(case.needs)
    for c, variable in model.lots.items():
        lots[c] = max(0.0, float(variable.varValue))
    lots[lots <= _FEWEST * max(1.0, float(case.needs.max()))] = 0.0
    table, load = _tables(case, lots)
    owed = 0.0
    if case.backorder_cost is not None:
        owed = float(case.backorder_cost @ table["backorder"].to_numpy().reshape(lots.shape).sum(axis=1))
    held = table["ending_stock"].to_numpy().reshape(lots.shape).sum(axis=1)
    return CapacitatedPlan(
        solution.status, table, load, _shortages([]),
        float(case.setup_cost @ (lots > 0).sum(axis=1)), float(case.holding_cost @ held), owed,
        case.overtime_cost * float(load["overtime_hours"].sum()),
        solution.bound, solution.solver, solution.seconds,
    )  # fmt: skip


def _tables(case: Case, lots: NDArray[np.float64]) -> tuple[pd.DataFrame, pd.DataFrame]:
    import pandas as pd

    n_items, n_periods = lots.shape
    net = case.spare + np.cumsum(lots - case.needs, axis=1)
    size = np.maximum(1.0, np.cumsum(case.demand, axis=1))
    net = np.where(np.abs(net - np.round(net)) <= _FEWEST * size, np.round(net), net) + 0.0
    table = pd.DataFrame(
        {
            "item": np.repeat(np.array(case.items, dtype=object), n_periods),
            "period": np.tile(np.arange(1, n_periods + 1), n_items),
            "demand": case.demand.ravel(),
            "receipt": lots.ravel(),
            "ending_stock": np.maximum(net, 0.0).ravel(),
            "backorder": np.maximum(-net, 0.0).ravel(),
            "is_setup": (lots > 0).ravel(),
        }
    )
    set_up, run = case.setup_hours @ (lots > 0), case.unit_hours @ lots
    over = np.maximum(set_up + run - case.capacity, 0.0)
    over[over <= _FEWEST * np.maximum(1.0, case.capacity)] = 0.0
    full = np.divide(set_up + run, case.capacity, out=np.zeros(n_periods), where=case.capacity > 0)
    load = pd.DataFrame(
        {
            "period": np.arange(1, n_periods + 1),
            "capacity_hours": case.capacity,
            "setup_hours": set_up,
            "run_hours": run,
            "overtime_hours": over,
            "load_share": full,
        }
    )
    return table, load


def _shortages(rows: list[tuple[str, int, float, float]]) -> pd.DataFrame:
    import pandas as pd

    return pd.DataFrame(rows, columns=["item", "period", "units", "hours"])
