"""Layout: flow times distance by hand, and which two areas to exchange."""

from __future__ import annotations

from functools import lru_cache
from itertools import combinations, pairwise
from typing import TYPE_CHECKING, Any

from .... import methods
from ....errors import MissingTableError
from ...draws import around, shaped
from ...numbers import show
from ...parts import Choice, Number, Option, Slip
from ...problem import Fact, FactTable, Problem

if TYPE_CHECKING:
    import numpy as np

    from ....plant import Plant

OUTCOMES = ("lesson.04.1",)
Places = tuple[tuple[str, float, float], ...]
Trips = tuple[tuple[str, str, float], ...]


def _neighbors(rng: np.random.Generator, plant: Plant, n: int, purpose: str) -> tuple[list[str], Any]:
    """So many areas between which things are carried, and the flows among them."""
    known = set(plant.need("areas", n, purpose)["area"])
    flows = plant.need("flows", n - 1, purpose)
    flows = flows[(flows["trips"] > 0) & (flows["from_area"] != flows["to_area"])]
    for _ in range(20):
        first = flows.iloc[int(rng.integers(len(flows)))] if len(flows) else None
        found = [] if first is None else [str(first["from_area"]), str(first["to_area"])]
        while found and len(found) < n:
            touching = flows[flows["from_area"].isin(found) ^ flows["to_area"].isin(found)]
            if touching.empty:
                break
            row = touching.iloc[int(rng.integers(len(touching)))]
            found.append(str(row["to_area"] if row["from_area"] in found else row["from_area"]))
        if len(found) == n and set(found) <= known:
            return found, flows[flows["from_area"].isin(found) & flows["to_area"].isin(found)]
    raise MissingTableError("flows", f"{purpose} needs {n} areas with flows between them")


def _draw_swap(rng: np.random.Generator, plant: Plant) -> dict[str, Any]:
    areas = plant.need("areas", 4, "a problem on layout")
    where = {str(r["area"]): (float(r["x"]), float(r["y"])) for r in areas.to_dict("records")}

    def draw() -> dict[str, Any]:
        names, flows = _neighbors(rng, plant, 4, "a problem on layout")
        places = [{"area": n, "x": round(where[n][0]), "y": round(where[n][1])} for n in names]
        trips = [
            {"start": str(r["from_area"]), "end": str(r["to_area"]), "trips": max(2, round(around(rng, 5 * float(r["trips"]), 0.4)))}
            for r in flows.to_dict("records")
        ]  # fmt: skip
        pairs = list(combinations(names, 2))
        offered = [pairs[int(i)] for i in rng.permutation(len(pairs))[:3]]
        return {
            "places": places, "flows": trips, "pairs": offered, "one": offered[0][0], "other": offered[0][1],
            "length": "ft" if plant.table("about").iloc[0]["units"] == "US" else "m",
        }  # fmt: skip

    return shaped(draw, _swap_clear, 120)


def _at(g: Any, **swapped: str) -> dict[str, tuple[float, float]]:
    """Where each area stands when some take another's place."""
    where = {x["area"]: (float(x["x"]), float(x["y"])) for x in g.places}
    return {n: where[swapped.get(n, n)] for n in where}


def _by_hand(g: Any, at: dict[str, tuple[float, float]], power: float = 1.0) -> float:
    total = 0.0
    for f in g.flows:
        (x, y), (u, v) = at[f["start"]], at[f["end"]]
        total += f["trips"] * (abs(x - u) ** power + abs(y - v) ** power) ** (1 / power)
    return total


def _swap(pair: tuple[str, str]) -> dict[str, str]:
    return {pair[0]: pair[1], pair[1]: pair[0]}


def _swap_clear(g: Any) -> bool:
    today = _by_hand(g, _at(g))
    costs = sorted([today, *(_by_hand(g, _at(g, **_swap(p))) for p in g.pairs)])
    where = list(_at(g).values())
    return (
        3 <= len(g.flows) <= 6
        and len(set(where)) == len(where)
        and all(y > 1.03 * x for x, y in pairwise(costs))
    )


@lru_cache(maxsize=512)
def _costed(places: Places, trips: Trips, pair: tuple[str, str]) -> methods.LayoutPlan:
    return methods.layout(
        {n: (x, y) for n, x, y in places}, {(a, b): t for a, b, t in trips}, assigned=_swap(pair)
    )


def _plan(g: Any, pair: tuple[str, str]) -> methods.LayoutPlan:
    places = tuple((x["area"], float(x["x"]), float(x["y"])) for x in g.places)
    return _costed(places, tuple((f["start"], f["end"], float(f["trips"])) for f in g.flows), pair)


def _best(g: Any) -> str:
    costs = {f"pair{i}": _plan(g, p).cost for i, p in enumerate(g.pairs, 1)}
    costs["none"] = _plan(g, g.pairs[0]).cost_today
    return min(costs, key=lambda k: costs[k])


def _pair_text(i: int) -> Any:
    return lambda g, a: f"Exchange {g.pairs[i][0]} and {g.pairs[i][1]}"


def _pair_reason(i: int) -> Any:
    def reason(g: Any, a: Any) -> str:
        plan = _plan(g, g.pairs[i])
        more = "more" if plan.cost > plan.cost_today else "less"
        return f"Then it is {show(plan.cost, 6)} {g.length} a week, {more} than the {show(plan.cost_today, 6)} of today. Hold that against the others."

    return reason


def _sum(g: Any, at: dict[str, tuple[float, float]]) -> str:
    parts = []
    for f in g.flows:
        (x, y), (u, v) = at[f["start"]], at[f["end"]]
        parts.append(f"{show(f['trips'])} × {show(abs(x - u) + abs(y - v))}")
    return " + ".join(parts)


SWAP = Problem(
    id="methods.layout_swap", title="Which two areas change places?", level=2, minutes=9, outcomes=OUTCOMES, covers=("layout",), topics=("layout",),
    needs=("areas", "flows"), draw=_draw_swap,
    prompt=(
        "Four areas of {plant} and the trips between them in a week stand below. Trucks drive along the aisles, so a distance is the difference in x plus the difference in y, from middle to middle. "
        "How far do they drive a week, one way only, as things stand? How far if {one} and {other} changed places? And which of the exchanges below is best? "
        "Leave the cost of moving aside."
    ),
    facts=(
        FactTable("places", "The areas", (Fact("area", "Area"), Fact("x", "x", "{length}"), Fact("y", "y", "{length}"))),
        FactTable("flows", "Trips a week", (Fact("start", "From"), Fact("end", "To"), Fact("trips", "Trips"))),
    ),
    parts=(
        Number(
            "today", "Driven today", unit="{length} a week", key=lambda g, a: _plan(g, g.pairs[0]).cost_today,
            slips=(
                Slip("as_the_crow_flies", lambda g, a: _by_hand(g, _at(g), 2.0), "That is as the crow flies, through walls and machines. Along the aisles: add the differences in x and in y."),
                Slip("no_trips", lambda g, a: _by_hand(g, _at(g)) / sum(f["trips"] for f in g.flows), "That is one mean trip. Multiply each distance by its trips and add up."),
                Slip("distances_only", lambda g, a: sum(_distances(g)), "You added up the distances. Each of them is driven as often as there are trips."),
            ),
        ),
        Number(
            "swapped", "After {one} and {other} changed places", unit="{length} a week", key=lambda g, a: _plan(g, g.pairs[0]).cost,
            slips=(
                Slip("one_moved", lambda g, a: _by_hand(g, _at(g, **{g.one: g.other})), "You moved one of the two only. The other goes to the place that comes free."),
            ),
        ),
        Choice(
            "best", "Best is to", key=lambda g, a: _best(g), shuffle=False,
            options=(
                Option("pair1", _pair_text(0), _pair_reason(0)), Option("pair2", _pair_text(1), _pair_reason(1)), Option("pair3", _pair_text(2), _pair_reason(2)),
                Option("none", "Leave all where it is", lambda g, a: f"As it stands they drive {show(_plan(g, g.pairs[0]).cost_today, 6)} {g.length} a week. Hold that against each exchange."),
            ),
        ),
    ),
    hints=("Write a line for each flow: trips, distance, and both multiplied.", "After an exchange only flows of the two areas change; the flow between the two stays as long as it was."),
    steps=(
        lambda g, a: f"Today: {_sum(g, _at(g))} = {show(a.today)} {g.length} a week.",
        lambda g, a: f"Exchanged: {_sum(g, _at(g, **_swap(g.pairs[0])))} = {show(a.swapped)} {g.length} a week.",
        lambda g, a: "; ".join(f"{p[0]} and {p[1]}: {show(_plan(g, p).cost, 6)}" for p in g.pairs) + f". Best: {_text_of(g, a.best)}.",
    ),
)  # fmt: skip


def _distances(g: Any) -> list[float]:
    at = _at(g)
    return [
        abs(at[f["start"]][0] - at[f["end"]][0]) + abs(at[f["start"]][1] - at[f["end"]][1]) for f in g.flows
    ]


def _text_of(g: Any, best: str) -> str:
    if best == "none":
        return "leave all where it is"
    one, other = g.pairs[int(best[-1]) - 1]
    return f"exchange {one} and {other}"


PROBLEMS = (SWAP,)
