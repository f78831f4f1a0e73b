"""Layout: which area stands where, by flow times distance."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from .._common import choice, number, spoken, whole
from ..errors import InputError, PlantError
from ..plant import Plant
from ..plant.sheets import nearest
from ._given import given_tables
from .layout_search import MOST_EXACT, Problem, best_of_all, bound, by_exchange, improve

if TYPE_CHECKING:
    import pandas as pd
    from numpy.typing import NDArray

__all__ = ["LayoutPlan", "layout"]


@dataclass(frozen=True)
class LayoutPlan:
    """Areas on places. Made by `layout`."""

    areas: pd.DataFrame
    """area, size, x, y, x_today, y_today (m or ft), place (whose place of today it takes), place_size, is_fixed,
    is_moved, fits (whether the place is as large as the area)."""
    flows: pd.DataFrame
    """from_area, to_area, trips (a day), cost (a trip and m or ft), distance, distance_today (m or ft), total,
    total_today (currency a day)."""
    exchanges: pd.DataFrame
    """step, area, with_area, cost: exchanges from today's arrangement, each the one that saves most, to the first
    arrangement that no single exchange improves."""
    method: str
    """"exact", "exchange", or "as given"."""
    metric: str
    """"rectilinear" or "euclid"."""
    bound: float
    """Cost that no arrangement can beat (currency a day)."""

    @property
    def cost(self) -> float:
        """Flow times distance (currency a day; trips times m or ft where no cost was given)."""
        return math.fsum(self.flows["total"].tolist())

    @property
    def cost_today(self) -> float:
        """The same as areas stand today."""
        return math.fsum(self.flows["total_today"].tolist())

    @property
    def saved_share(self) -> float:
        """Part of today's cost that goes (share); below zero where it rises."""
        return 1 - self.cost / self.cost_today if self.cost_today else 0.0

    @property
    def moved(self) -> tuple[str, ...]:
        """Areas that move."""
        return tuple(self.areas.loc[self.areas["is_moved"], "area"])

    @property
    def too_small(self) -> tuple[str, ...]:
        """Areas that move to a place smaller than they are."""
        return tuple(self.areas.loc[self.areas["is_moved"] & ~self.areas["fits"], "area"])

    @property
    def gap(self) -> float:
        """How far the cost lies above the bound (share of the cost)."""
        return max(0.0, 1 - self.bound / self.cost) if self.cost else 0.0

    @property
    def is_proved(self) -> bool:
        """Whether nothing better is possible."""
        return self.gap < 1e-9

    @property
    def status(self) -> str:
        """ "optimal" where it is proved, else "best found" or "as given"."""
        return "optimal" if self.is_proved else "as given" if self.method == "as given" else "best found"

    def __str__(self) -> str:
        moves = ", ".join(self.moved) or "nothing"
        end = {
            "optimal": "No arrangement on these places is cheaper: proved.",
            "best found": f"Best found by exchanges, not proved: the bound is {spoken(self.bound)}.",
            "as given": f"As given; the bound is {spoken(self.bound)}.",
        }[self.status]
        return (
            f"Carrying costs {spoken(self.cost)} a day, {spoken(self.cost_today)} today: "
            f"{100 * self.saved_share:.1f} % less. Moves: {moves}.\n{end}"
        )


def layout(
    areas: Mapping[str, tuple[float, float]] | pd.DataFrame | Plant,
    flows: Mapping[tuple[str, str], float] | pd.DataFrame | None = None,
    *,
    metric: str = "rectilinear",
    fixed: Iterable[str] = (),
    size_tolerance: float | None = None,
    assigned: Mapping[str, str] | None = None,
    restarts: int = 20,
    seed: int = 0,
) -> LayoutPlan:
    r"""Areas on the places of today, exchanged so that flow times distance is least.

    Parameters
    ----------
    areas
        {area: (x, y)}, where its middle is today; a DataFrame with area, x, y and, where they are known, size and
        fixed; or a plant, with its tables areas and flows.
    flows
        {(from, to): trips a day}; or a DataFrame with from_area, to_area, trips and, where it is known, cost (of one
        trip and one m or ft). Left out where `areas` is a plant: its own.
    metric
        "rectilinear", along the aisles, :math:`|x_1 - x_2| + |y_1 - y_2|`; or "euclid", as the crow flies.
    fixed
        Areas that stay, beside those that the table fixes.
    size_tolerance
        How much smaller than itself a place may be that an area moves to (share of the area); left out, sizes are
        not looked at, and `.too_small` lists what would not fit.
    assigned
        {area: area whose place it takes}: an arrangement of your own, to be costed; the others stay.
    restarts, seed
        Drawn arrangements from which exchanges start too, and the chance behind them.

    Returns
    -------
    LayoutPlan
        `.areas`, `.flows`, `.cost`, `.cost_today`, `.saved_share`, `.moved`, `.too_small`, `.exchanges`, `.bound`,
        `.is_proved`, `.status`, `.gap`.

    Raises
    ------
    InputError
        If an area is unknown, a place is taken twice, or a fixed area is to move.
    PlantError
        If a table has several faults.

    Notes
    -----
    :math:`\sum_{ij} f_{ij} c_{ij} d_{ij}` (Koopmans and Beckmann's assignment of areas to places). Up to nine areas
    that may move every arrangement is tried; beyond, pairs are exchanged as long as that saves (as CRAFT does;
    Armour and Buffa 1963), from today's arrangement and from drawn ones, and Gilmore and Lawler's bound says how far
    that can be from the best. Distances run from middle to middle; what moving costs is not in it.

    Examples
    --------
    >>> places = {"saw": (0, 0), "drill": (10, 0), "paint": (20, 0), "pack": (30, 0)}
    >>> trips = {("saw", "paint"): 40, ("paint", "drill"): 30, ("drill", "pack"): 30}
    >>> plan = layout(places, trips)
    >>> plan.cost_today, plan.cost, plan.status, plan.moved
    (1700.0, 1000.0, 'optimal', ('drill', 'paint'))
    >>> layout(places, trips, fixed=["paint"], metric="euclid").cost
    1000.0
    """
    import pandas as pd

    choice("metric", metric, ("rectilinear", "euclid"))
    n_starts = whole("restarts", restarts, "a whole number, zero or more", low=0)
    area, flow = _tables(areas, flows)
    names = area["area"].tolist()
    stay = set(area.loc[area["fixed"], "area"])
    for name in fixed:
        stay.add(_known("fixed", name, names))
    problem = _problem(area, flow, metric, stay, size_tolerance)
    if assigned is not None:
        place = _arranged(assigned, names, stay)
        method, least = "as given", bound(problem)
    elif len(problem.movable) <= MOST_EXACT:
        place = best_of_all(problem)
        method, least = "exact", problem.cost(place)
    else:
        place = by_exchange(problem, n_starts, seed)
        method, least = "exchange", bound(problem)
    today = np.arange(len(names))
    steps = [
        (k, names[i], names[j], cost) for k, (i, j, cost) in enumerate(improve(problem, today)[1], start=1)
    ]
    out = pd.DataFrame(
        {
            "area": names,
            "size": area["size"].to_numpy(),
            "x": area["x"].to_numpy()[place],
            "y": area["y"].to_numpy()[place],
            "x_today": area["x"].to_numpy(),
            "y_today": area["y"].to_numpy(),
            "place": [names[p] for p in place],
            "place_size": area["size"].to_numpy()[place],
            "is_fixed": [name in stay for name in names],
            "is_moved": place != today,
        }
    )
    out["fits"] = out["size"] <= out["place_size"] * (1 + 1e-9)
    return LayoutPlan(
        out,
        _costed(flow, names, problem.distance, place),
        pd.DataFrame(steps, columns=["step", "area", "with_area", "cost"]),
        method,
        metric,
        min(least, problem.cost(place)),
    )


def _tables(areas: object, flows: object) -> tuple[pd.DataFrame, pd.DataFrame]:
    import pandas as pd

    if isinstance(areas, Plant):
        area = areas.need("areas", 2, "a layout")
        if flows is None:
            return area, areas.need("flows", 1, "a layout")
        areas = area
    if isinstance(areas, Mapping):
        rows = []
        for name, at in areas.items():
            pair = tuple(at) if isinstance(at, (tuple, list)) else ()
            if len(pair) != 2:
                raise InputError(f"areas[{name!r}]", at, "two numbers: x and y")
            x, y = (number(f"areas[{name!r}]", v, "zero or more (m or ft)", low=0) for v in pair)
            rows.append((str(name), x, y))
        areas = pd.DataFrame(rows, columns=["area", "x", "y"])
    if isinstance(areas, pd.DataFrame) and "size" not in areas.columns:
        areas = areas.assign(size=1.0)
    if flows is None:
        raise InputError("flows", None, "given: {(from, to): trips}, or a DataFrame")
    if isinstance(flows, Mapping):
        for pair in flows:
            if not isinstance(pair, tuple) or len(pair) != 2:
                raise InputError("flows", pair, "keyed by pairs: (from, to)")
        trips = [
            (str(a), str(b), number(f"flows[{(a, b)!r}]", t, "zero or more (trips)", low=0))
            for (a, b), t in flows.items()
        ]
        flows = pd.DataFrame(trips, columns=["from_area", "to_area", "trips"])
    read = given_tables({"areas": areas, "flows": flows})
    return read["areas"], read["flows"]


def _known(argument: str, name: object, names: list[str]) -> str:
    if name not in names:
        near = nearest(str(name), names) or ", ".join(names)
        raise InputError(argument, name, f"one of the areas (did you mean {near}?)")
    return str(name)


def _problem(
    area: pd.DataFrame, flow: pd.DataFrame, metric: str, stay: set[str], size_tolerance: float | None
) -> Problem:
    names = area["area"].tolist()
    index = {name: i for i, name in enumerate(names)}
    carried = np.zeros((len(names), len(names)))
    for a, b, trips, cost in zip(
        *(flow[c].tolist() for c in ("from_area", "to_area", "trips", "cost")), strict=True
    ):
        carried[index[a], index[b]] += trips * cost
    x, y = (area[c].to_numpy(dtype=float) for c in ("x", "y"))
    dx, dy = x[:, None] - x, y[:, None] - y
    distance = np.abs(dx) + np.abs(dy) if metric == "rectilinear" else np.hypot(dx, dy)
    allowed = np.ones((len(names), len(names)), dtype=bool)
    if size_tolerance is not None:
        less = number("size_tolerance", size_tolerance, "a share from 0 to below 1", low=0, below=1)
        size = area["size"].to_numpy(dtype=float)
        allowed = size[None, :] >= size[:, None] * (1 - less) * (1 - 1e-9)
        np.fill_diagonal(allowed, True)
    movable = [i for i, name in enumerate(names) if name not in stay]
    return Problem(carried, distance, movable, allowed)


def _arranged(assigned: Mapping[str, str], names: list[str], stay: set[str]) -> NDArray[np.intp]:
    place = np.arange(len(names))
    for name, at in assigned.items():
        place[names.index(_known("assigned", name, names))] = names.index(_known("assigned", at, names))
    taken: dict[int, str] = {}
    faults = [
        InputError("assigned", f"{name} on the place of {names[p]}", "without areas that are fixed")
        for name, p in zip(names, place.tolist(), strict=True)
        if name in stay and names[p] != name
    ]
    for name, p in zip(names, place.tolist(), strict=True):
        if p in taken:
            faults.append(
                InputError(
                    "assigned", f"{taken[p]} and {name}", f"on places of their own, not both on {names[p]}'s"
                )
            )
        taken.setdefault(p, name)
    if len(faults) == 1:
        raise faults[0]
    if faults:
        raise PlantError("\n".join(["assigned has faults", *(f"  {f}" for f in faults)]), tuple(faults))
    return place


def _costed(
    flow: pd.DataFrame, names: list[str], distance: NDArray[np.float64], place: NDArray[np.intp]
) -> pd.DataFrame:
    index = {name: i for i, name in enumerate(names)}
    a = np.array([index[name] for name in flow["from_area"]], dtype=np.intp)
    b = np.array([index[name] for name in flow["to_area"]], dtype=np.intp)
    out = flow[["from_area", "to_area", "trips", "cost"]].copy()
    out["distance"] = distance[place[a], place[b]]
    out["distance_today"] = distance[a, b]
    each = out["trips"] * out["cost"]
    out["total"] = each * out["distance"]
    out["total_today"] = each * out["distance_today"]
    return out
