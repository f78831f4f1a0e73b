"""The explorers of flow: the queue bench, and the pull bench with its cards."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from ... import charts, methods
from ...charts.methods import card_bars, wait_change
from ...charts.style import amount, worded
from ...errors import InputError, MissingTableError, ProdkitError
from ...plant import Plant
from ...stories.methods import Pulled, busiest, pulled
from ...stories.said import percent
from .base import Explorer, Row, Target
from .building import dial_around, nice, own_or_sample
from .controls import Dial

if TYPE_CHECKING:
    from ...methods import Queue

__all__ = ["pull_bench", "queue_bench"]

_FULL = 0.999  # above this load the line is as good as endless
_CV = 2.0


def queue_bench(plant: Plant | str | None = None, workcenter: str | None = None) -> Explorer:
    """The wait before a work center against its load, its machines and the two kinds of variability.

    Lots come by chance, at last year's rate; how long they take is that of `workcenter_loads`, failures counted. The
    wait is that of `queue` with general times.

    Parameters
    ----------
    plant
        A plant, the name of a sample, or None for the sample "metal". Where it lacks routings or work centers, the
        explorer says so and takes the sample of its industry.
    workcenter
        A work center that has work, and less than it can do; None for the busiest that is not full.

    Raises
    ------
    InputError
        If there is no such work center, or it has more work than it can do.

    Examples
    --------
    >>> bench = queue_bench("metal", "laser")
    >>> bench.reached
    (False, False)
    >>> print(bench.set(arrival_cv="0.3", service_cv="0.5").splitlines()[-1])  # doctest: +ELLIPSIS
    ✓ Reach the same by evenness alone, ...
    """
    return own_or_sample(plant, workcenter, _queue_bench)


def _queue_bench(plant: Plant, workcenter: str | None, notice: str) -> Explorer:
    loads = methods.workcenter_loads(plant).set_index("workcenter")
    code = workcenter or busiest(plant).workcenter
    if code not in loads.index:
        raise InputError("workcenter", code, "one that has work: " + ", ".join(loads.index))
    row: Any = loads.loc[code]
    if row["load"] >= _FULL:
        raise InputError(
            "workcenter",
            code,
            f"one with less work than it can do; this one is {percent(row['load'])} loaded",
        )
    record: Any = plant.workcenters.set_index("workcenter").loc[code]
    called = str(record["name"]) or code
    day = float(row["open_hours"]) / (52 * float(plant.about["days_per_week"].iloc[0]))
    machines = int(row["machines"])
    arrivals = float(f"{row['lots'] / row['open_hours'] * day:.5g}")
    hours = float(f"{row['lot_hours']:.5g}")
    cv = float(f"{row['lot_cv']:.4g}")

    def compute(
        arrivals: float, machines: float, hours: float, arrival_cv: float, service_cv: float
    ) -> Queue:
        count = _whole(machines, "Machines come whole")
        load = arrivals * hours / (count * day)
        if load >= _FULL:
            raise ProdkitError(
                f"That would be {percent(load)} of the hours there are, and the line would grow without end. With "
                f"{_machines(count)} at most {worded(count * day / hours)} such lots a day can be done, or lots of at most "
                f"{worded(count * day / arrivals)} hours."
            )
        return methods.queue(
            arrivals / day, 1 / hours, servers=count, service="general", cv=service_cv, arrival_cv=arrival_cv
        )

    start = compute(arrivals, machines, hours, 1.0, cv)
    goal = start.Wq / 2

    def is_shorter(at: Queue) -> bool:
        return at.Wq < goal and at.servers <= machines and at.arrival_rate >= start.arrival_rate * (1 - 1e-9)

    return Explorer(
        title=f"Queue bench: {called} at {plant.name}",
        about=(
            f"{called}: {_machines(machines)}, open {amount(day)} hours a day. {worded(arrivals)} lots come a day, by chance, and "
            f"one takes {worded(hours)} hours on a machine. The coefficient of variation is the standard deviation over the mean: "
            "0 is a fixed beat, 1 is pure chance. The hollow dot is where you start."
        ),
        notice=notice,
        dials=[
            dial_around("arrivals", "Lots that come", arrivals, 0.3 * arrivals, 1.4 * arrivals, nice(arrivals / 100), unit="a day"),
            Dial("machines", "Machines", 1, max(4, machines + max(2, machines // 2)), 1, machines),
            dial_around("hours", "Hours that a lot takes", hours, 0.3 * hours, 1.4 * hours, nice(hours / 100), unit="hours"),
            Dial("arrival_cv", "Variation of arrivals", 0, _CV, 0.01, 1.0),
            Dial("service_cv", "Variation of the hours", 0, max(_CV, 1.2 * cv), 0.01, cv),
        ],
        compute=compute,
        figures=lambda at: [
            Row("Utilization", round(100 * at.utilization, 1), "%"),
            Row("Wait before it", at.Wq, "hours", 3),
            Row("Waiting on average", at.Lq, "lots", 3),
            Row("Lead time, wait and work", at.W, "hours", 3),
            Row("Variability, V", round(at.variability, 2)),
        ],
        picture=lambda at: wait_change(at, start),
        targets=[
            Target(
                f"With all the work of today and no machine more bring the wait, {worded(start.Wq)} hours, below half.",
                is_shorter,
                lambda at: _shorter(at, start),
            ),
            Target(
                "Reach the same by evenness alone, a lot taking as many hours as it does today.",
                lambda at: is_shorter(at) and at.service_rate == start.service_rate and at.servers == machines,
                lambda at: (
                    f"V falls from {worded(start.variability)} to {worded(at.variability)}, and the wait with it, in step: "
                    f"{worded(at.Wq)} hours. The place is as busy as before, {percent(at.utilization)}. Lots of like size and a "
                    "release at an even pace cost no machine, only discipline."
                ),
            ),
        ],
    )  # fmt: skip


def _shorter(at: Queue, start: Queue) -> str:
    more = methods.queue(
        start.arrival_rate, start.service_rate, servers=start.servers + 1, service="general",
        cv=start.service_cv, arrival_cv=start.arrival_cv,
    ).Wq  # fmt: skip
    less = 1 - start.service_rate / at.service_rate
    said = f"{worded(at.Wq)} hours in place of {worded(start.Wq)}. "
    if less > 0.001:
        said += (
            f"Lots that take {percent(less)} less time, by a shorter setup perhaps, bring the load from {percent(start.utilization)} to "
            f"{percent(at.utilization)}: near the top of the curve a little air is worth much. "
        )
    return f"{said}One machine more would have brought it to {worded(more)}, for the price of a machine."


def _machines(count: int) -> str:
    return "one machine or place" if count == 1 else f"{count} machines or places"


def _whole(value: float, rule: str) -> int:
    if value != round(value):
        raise ProdkitError(f"{rule}: type a whole number, such as {max(1, round(value))}.")
    return round(value)


# Cards


@dataclass(frozen=True)
class _Loop:
    """A kanban loop at one setting of the dials."""

    one: Pulled
    setup_hours: float
    lot: float
    safety_share: float

    @property
    def cards(self) -> int:
        return self.one.cards(self.lot, self.setup_hours, self.safety_share)

    @property
    def days(self) -> float:
        return self.one.days(self.lot, self.setup_hours)

    @property
    def lots_a_day(self) -> float:
        return self.one.daily / self.lot

    @property
    def parts(self) -> dict[str, float]:
        """Units used during each part of the loop."""
        an_hour = self.one.daily / self.one.day_hours
        return {
            "waiting and transport": an_hour * self.one.wait_hours,
            "the setup": an_hour * self.setup_hours,
            "the lot itself": an_hour * self.lot * self.one.run_hours,
            "safety": self.one.daily * self.days * self.safety_share,
        }


def pull_bench(plant: Plant | str | None = None, item: str | None = None) -> Explorer:
    """How many kanban cards an item takes, and what makes them fewer.

    The lot follows the setup: half the setup, lots half as large, at the same hours of setup a day. What a container
    holds no table says; it is supposed to be about a tenth of a day's use.

    Parameters
    ----------
    plant
        A plant, the name of a sample, or None for the sample "metal". Where it has no item that is made with a setup,
        the explorer says so and takes the sample of its industry.
    item
        An item that is used and made with a setup; None for the one of the role `pulled`.

    Raises
    ------
    InputError
        If there is no such item.

    Examples
    --------
    >>> bench = pull_bench("metal")
    >>> said = bench.set(setup=bench.values["setup"] / 2)
    >>> bench.reached
    (True, False)
    """
    return own_or_sample(plant, item, _pull_bench)


def _pull_bench(plant: Plant, item: str | None, notice: str) -> Explorer:
    one = pulled(plant) if item is None else _made(plant, item)
    minutes, wait = float(f"{60 * one.setup_hours:.5g}"), float(f"{one.wait_hours:.5g}")
    demand, safety = float(f"{one.daily:.5g}"), 0.1

    def compute(demand: float, container: float, setup: float, lead: float, safety: float) -> _Loop:
        now = replace(
            one,
            daily=demand,
            container=_whole(container, "Containers hold whole units here"),
            wait_hours=lead,
        )
        return _Loop(now, setup / 60, one.lot * setup / minutes, safety)

    start = compute(demand, one.container, minutes, wait, safety)

    def is_safe(at: _Loop) -> bool:
        return (
            at.one.daily >= start.one.daily
            and at.one.container <= start.one.container
            and at.safety_share >= start.safety_share
        )

    def figures(at: _Loop) -> list[Row]:
        return [
            Row("Cards", at.cards),
            Row("Stock at most", at.cards * at.one.container, one.unit, 6),
            Row("Loop, from card to full container", round(at.days, 2), "days"),
            Row("Lot", round(at.lot, 1), one.unit),
            Row("Lots", round(at.lots_a_day, 2), "a day"),
            Row("Setup in all", round(60 * at.lots_a_day * at.setup_hours, 1), "minutes a day"),
        ]

    def picture(at: _Loop) -> charts.Chart:
        loops = {"at the start": start.parts, "now": at.parts}
        return card_bars(loops, {"at the start": start.cards, "now": at.cards}, unit=one.unit)

    size = one.container
    return Explorer(
        title=f"Pull bench: {one.item} at {one.plant}",
        about=(
            f"{one.name or one.item}: {worded(one.daily)} {one.unit} are used a working day. They are made {worded(one.lot)} at a time, with "
            f"{worded(minutes)} minutes of setup and {worded(60 * one.run_hours)} minutes for each. No table says what a container "
            f"holds; suppose {size:,}. The lot follows the setup: half of it, and lots half as large cost the same hours of setup a day."
        ),
        notice=notice,
        dials=[
            dial_around("demand", "Used", demand, 0.3 * demand, 2 * demand, nice(demand / 50), unit="a day"),
            dial_around("container", "A container holds", size, 1, max(4, 4 * size), max(1.0, nice(size / 20)), unit=one.unit),
            dial_around("setup", "Setup of a lot", minutes, 0.05 * minutes, 1.5 * minutes, nice(minutes / 50), unit="minutes"),
            dial_around("lead", "Waiting and transport", wait, 0, max(8.0, 2 * wait), nice(max(wait, 4.0) / 40), unit="hours"),
            Dial("safety", "Safety, above demand", 0, 1, 0.01, safety, is_percent=True),
        ],
        compute=compute,
        figures=figures,
        picture=picture,
        targets=[
            Target(
                "Halve the setup, and leave the rest. Guess first: how many cards will be left?",
                lambda at: (
                    at.setup_hours <= 0.5 * start.setup_hours * (1 + 1e-9)
                    and (at.one, at.safety_share) == (start.one, start.safety_share)
                ),
                lambda at: _halved(at, start),
            ),
            *(
                [
                    Target(
                        "Halve the cards of the start without more risk: as much used, containers no larger, safety no less.",
                        lambda at: is_safe(at) and 2 * at.cards <= start.cards,
                        lambda at: _fewer(at, start),
                    )
                ]
                if start.cards > 1
                else []
            ),
        ],
    )  # fmt: skip


def _made(plant: Plant, item: str) -> Pulled:
    """An item by its name, with the figures that the role has."""
    routings = plant.need("routings", 1, "a kanban loop")
    mine = routings[routings["item"] == item]
    needed = [name for name in ("about", "items", "demand", "bom", "workcenters") if name in plant.tables]
    if len(mine):
        try:
            return pulled(Plant({name: plant.table(name) for name in needed} | {"routings": mine}))
        except MissingTableError:
            pass
    raise InputError("item", item, "an item that is used and made with a setup")


def _halved(at: _Loop, start: _Loop) -> str:
    share = start.parts["waiting and transport"] / sum(start.parts.values())
    said = (
        f"{at.cards} cards in place of {start.cards}: lots of {worded(at.lot)} in place of {worded(start.lot)}, and "
        f"{worded(60 * at.lots_a_day * at.setup_hours)} minutes of setup a day, as before. "
    )
    if share >= 0.3:
        return f"{said}It is not half: {percent(share)} of what the cards cover is waiting and transport, and no setup touches that."
    return f"{said}Not far from half: the lot was most of the loop, and only {percent(share)} of it waiting and transport."


def _fewer(at: _Loop, start: _Loop) -> str:
    return (
        f"{at.cards} cards in place of {start.cards}, at most {worded(at.cards * at.one.container)} {at.one.unit} in the loop in place of "
        f"{worded(start.cards * start.one.container)}. The risk is as it was: {percent(at.safety_share)} above demand. The loop is shorter, "
        f"{worded(at.days)} days in place of {worded(start.days)}, and cards follow the loop. Take them away one by one, and see what stops."
    )
