"""The layout bench: areas to be put on each other's places."""

from __future__ import annotations

from ... import methods
from ...charts.methods import layout_plan
from ...charts.style import amount, worded
from ...errors import MissingTableError
from ...plant import Plant
from ...stories.said import money, percent
from .base import Explorer, Row, Target
from .building import own_or_sample
from .controls import Board, Chip, Lanes

__all__ = ["layout_bench"]

_CLOSE = 1.02


def layout_bench(plant: Plant | str | None = None) -> Explorer:
    """The areas of a plant to be put on each other's places, against what carrying costs.

    Areas that must stay are in the picture, but not on the board. Distances run along the aisles, from middle to
    middle. Up to nine areas that may move the cheapest arrangement is exact; beyond, the best found.

    Parameters
    ----------
    plant
        A plant, the name of a sample, or None for the sample "metal". Where it lacks areas that may move, or what is
        carried between them, the explorer says so and takes the sample of its industry.

    Examples
    --------
    >>> bench = layout_bench("metal")
    >>> bench.reached
    (False, False)
    >>> best = methods.layout(Plant.sample("metal")).areas.query("not is_fixed")
    >>> said = bench.set(places={place: [area] for area, place in zip(best["area"], best["place"])})
    >>> bench.reached
    (False, True)
    """
    return own_or_sample(plant, None, _layout_bench)


def _layout_bench(plant: Plant, _role: str | None, notice: str) -> Explorer:
    areas = plant.need("areas", 2, "a layout")
    plant.need("flows", 1, "a layout")
    free = areas[~areas["fixed"].astype(bool)]
    if len(free) < 2:
        raise MissingTableError("areas", "two areas must be free to move")
    best = methods.layout(plant, restarts=10 if len(free) <= 15 else 0)
    about = plant.about.iloc[0]
    meter, square = ("ft", "ft²") if about["units"] == "US" else ("m", "m²")
    currency = str(about["currency"])
    is_open = best.cost_today > _CLOSE * best.cost
    enough = best.cost * (_CLOSE if is_open else 1 + 1e-9)

    def compute(places: Lanes) -> methods.LayoutPlan:
        return methods.layout(plant, assigned={row[0]: place for place, row in places.items()})

    def figures(at: methods.LayoutPlan) -> list[Row]:
        digits = 2 if best.cost < 1000 else 0
        return [
            Row("Carrying, as areas stand today", round(at.cost_today, digits), f"{currency} a day", 6),
            Row("Carrying now", round(at.cost, digits), f"{currency} a day", 6),
            Row("The cheapest there is" if best.is_proved else "The cheapest found", round(best.cost, digits), f"{currency} a day", 6),
            Row("Now above the cheapest", round(100 * (at.cost / best.cost - 1), 1) if best.cost else 0.0, "%"),
            Row("Areas moved", len(at.moved)),
            Row("Areas on a place smaller than they are", len(at.too_small)),
        ]  # fmt: skip

    def notes(at: methods.LayoutPlan) -> dict[str, str]:
        ends = (
            at.flows.groupby("from_area")["total"]
            .sum()
            .add(at.flows.groupby("to_area")["total"].sum(), fill_value=0.0)
        )
        rows = zip(at.areas["area"], at.areas["place"], at.areas["place_size"], strict=True)
        return {
            str(place): f"{worded(size, square)}, {money(float(ends.get(area, 0.0)), currency)} a day"
            for area, place, size in rows
        }  # fmt: skip

    sizes = dict(zip(areas["area"], areas["size"], strict=True))
    lanes = tuple(
        (str(r.area), f"Place {k} at {amount(float(r.x))}, {amount(float(r.y))} {meter}")  # type: ignore[arg-type]
        for k, r in enumerate(free.itertuples(index=False), start=1)
    )
    stays = ", ".join(map(str, areas.loc[areas["fixed"].astype(bool), "area"]))
    return Explorer(
        title=f"Layout bench: the floor of {plant.name}",
        about=(
            "Each area stands on a place, and what is carried between two of them costs by the distance along the aisles. Put the "
            "areas on other places; two change places. Beside each place stand its size and what carrying to and from there costs. "
            + (f"These stay where they are: {stays}." if stays else "")
        ).strip(),
        notice=notice,
        dials=[
            Board(
                "places",
                "Areas by place",
                tuple(Chip(area, area, worded(sizes[area], square)) for area, _ in lanes),
                lanes,
                start={area: (area,) for area, _ in lanes},
                is_single=True,
                notes=notes,
            )
        ],
        compute=compute,
        figures=figures,
        picture=lambda at: layout_plan(at, unit=meter, currency=currency),
        targets=[
            *_one_exchange(best),
            Target(
                "Bring the cost of carrying to within 2 % of the cheapest."
                if is_open
                else "Today's places are within 2 % of the cheapest. Reach the cheapest itself.",
                lambda at: at.cost <= enough * (1 + 1e-9),
                lambda at: _carried(at, best, currency),
            ),
        ],
    )  # fmt: skip


def _one_exchange(best: methods.LayoutPlan) -> list[Target]:
    """To find the best first exchange, where one saves anything."""
    if not len(best.exchanges):
        return []
    first = float(best.exchanges["cost"].iloc[0])
    gain = best.cost_today - best.cost

    def learned(at: methods.LayoutPlan) -> str:
        share = (at.cost_today - at.cost) / gain
        return (
            f"One exchange, {' with '.join(at.moved)}, brings {percent(min(1.0, share))} of all that can be saved. Moving costs too, "
            "and is not in the figures; begin where one move brings most."
        )

    return [
        Target(
            "Exchange two areas, and no more, so that it saves the most.",
            lambda at: len(at.moved) == 2 and at.cost <= first * (1 + 1e-6) + 1e-9,
            learned,
        )
    ]


def _carried(at: methods.LayoutPlan, best: methods.LayoutPlan, currency: str) -> str:
    if not at.moved:
        return "As areas stand today no arrangement is cheaper. Leave the floor as it is, and look elsewhere."
    small = at.too_small
    said = (
        f"{money(at.cost, currency)} a day in place of {money(at.cost_today)}, with {len(at.moved)} areas moved; "
        f"{money(best.cost)} is the least{', proved by trying every arrangement' if best.is_proved else ' that was found'}. "
    )
    if small:
        one = len(small) == 1
        return f"{said}But look before you lift: {' and '.join(small)} would stand on {'a place' if one else 'places'} smaller than today's."
    return f"{said}What the moves themselves cost is not in it."
