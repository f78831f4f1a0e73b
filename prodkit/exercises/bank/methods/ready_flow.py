"""The questions before sittings 3 and 4 of the methods lesson: what they need, and where to find it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from .... import methods
from ...draws import between, pick, rounded, shaped, sold
from ...parts import Number, Slip
from ...problem import Fact, Problem
from ...tolerance import Exact, Relative
from .flow_rows import one_center

if TYPE_CHECKING:
    import numpy as np

    from ....plant import Plant

_REFRESHER = "The Refresher at the end of the lesson has it in a few lines."


def _draw_chance(rng: np.random.Generator, plant: Plant) -> dict[str, Any]:
    center = one_center(rng, plant, "an opening check")

    def draw() -> dict[str, Any]:
        mean = float(rng.choice([20, 25, 30, 40, 48, 50]))
        return {
            "center": center.code,
            "minutes": float(rng.choice([4, 5, 6, 8, 10, 12, 15])),
            "mean": mean,
            "sd": float(round(mean * between(rng, 0.2, 0.9))),
            "work": float(rng.integers(22, 36)) / 5,
            "hours": 8.0,
        }

    return shaped(
        draw, lambda g: g.work < 7.4 and abs(g.sd / g.mean - 0.5) > 0.02 and 60 / g.minutes != g.minutes
    )


CHANCE = Problem(
    id="methods.ready_flow",
    title="Ready for waiting and flow?",
    level=1,
    minutes=3,
    outcomes=("lesson.04.3",),
    covers=("queue",),
    needs=("workcenters", "routings"),
    draw=_draw_chance,
    prompt=(
        "Three sums that the sitting takes for granted, at {center}. A unit takes {minutes} minutes: how many are that in an hour? Of {hours} hours, "
        "{work} hours of work come: how full is it? And the times of a lot have a mean of {mean} and a standard deviation of {sd} minutes: "
        "what is the deviation, as a share of the mean?"
    ),
    facts=(Fact("minutes", "A unit takes", "minutes"), Fact("hours", "It is open", "hours"), Fact("work", "Work that comes in them", "hours"),
           Fact("mean", "Mean time of a lot", "minutes"), Fact("sd", "Its standard deviation", "minutes")),
    parts=(
        Number(
            "rate", "Rate", unit="units an hour", key=lambda g, a: methods.queue(1e-6, 60 / g.minutes).service_rate,
            slips=(
                Slip("time_as_rate", lambda g, a: g.minutes, "That is the time of one. A rate says how many in an hour: turn it round. " + _REFRESHER),
                Slip("inverted", lambda g, a: g.minutes / 60, "That is the time of one in hours. How many fit into one hour? " + _REFRESHER),
            ),
        ),
        Number(
            "load", "Load", unit="%", key=lambda g, a: 100 * methods.queue(1 / g.hours, 1 / g.work).utilization,
            slips=(
                Slip("rho_inverted", lambda g, a: 100 * g.hours / g.work, "Upside down: work divided by the time there is for it. " + _REFRESHER),
                Slip("free", lambda g, a: 100 * (1 - g.work / g.hours), "That is the share that stays free. " + _REFRESHER),
            ),
        ),
        Number(
            "cv", "Deviation over the mean", unit="%", tolerance=Relative(0.01), key=lambda g, a: 100 * methods.queue(0.5 / g.mean, 1 / g.mean, service="general", cv=g.sd / g.mean).service_cv,
            slips=(
                Slip("inverted", lambda g, a: 100 * g.mean / g.sd, "Upside down: the deviation stands on top. " + _REFRESHER),
                Slip("squared", lambda g, a: 100 * (g.sd / g.mean) ** 2, "That is its square, which the sitting will need later. The ratio itself is asked."),
            ),
        ),
    ),
    hints=("All three are one division each. Say aloud what is to be shared among what.",),
    steps=("In an hour: 60 ÷ {minutes} = {rate}.", "Load: {work} ÷ {hours} is {load}.", "Deviation over mean: {sd} ÷ {mean} is {cv}."),
)  # fmt: skip


def _draw_pull(rng: np.random.Generator, plant: Plant) -> dict[str, Any]:
    item = pick(rng, sold(plant, "an opening check").head(25)).Index

    def draw() -> dict[str, Any]:
        demand = int(rng.choice([120, 160, 200, 240, 300, 360, 400, 450, 480]))
        hours = float(rng.choice([7.5, 8, 15, 16]))
        box = int(rng.choice([8, 12, 15, 20, 24, 25, 30]))
        return {
            "item": item,
            "demand": demand,
            "hours": hours,
            "stock": int(rounded(demand * between(rng, 1.3, 6.5))),
            "box": box,
            "wanted": int(demand * between(rng, 0.3, 0.8)),
        }

    return shaped(
        draw, lambda g: 0.2 < g.wanted / g.box % 1 < 0.8 and abs(3600 * g.hours / g.demand - 60) > 2
    )


PULL = Problem(
    id="methods.ready_pull",
    title="Ready for value stream and pull?",
    level=1,
    minutes=3,
    outcomes=("lesson.04.4",),
    covers=("takt_time", "little"),
    needs=("items", "demand"),
    draw=_draw_pull,
    prompt=(
        "Three sums that the sitting takes for granted. Customers take {demand} {unit} of {item} a day, in {hours} working hours: what is the takt? "
        "In the store lie {stock}: for how many days do they last? And in how many boxes of {box} do {wanted} go?"
    ),
    facts=(Fact("demand", "Demand", "{unit} a day"), Fact("hours", "Working hours", "a day"), Fact("stock", "In the store", "{unit}"),
           Fact("box", "In one box", "{unit}"), Fact("wanted", "To be packed", "{unit}")),
    parts=(
        Number(
            "takt", "Takt", unit="seconds", key=lambda g, a: methods.takt_time(3600 * g.hours, g.demand),
            slips=(
                Slip("takt_inverted", lambda g, a: g.demand / g.hours, "That is how many an hour. The takt is the time for one. Go back to sitting 2, 'Takt'."),
                Slip("minutes", lambda g, a: 60 * g.hours / g.demand, "That is in minutes. Seconds are asked."),
            ),
        ),
        Number(
            "days", "The stock lasts", unit="days", key=lambda g, a: methods.little(wip=g.stock, throughput=g.demand).cycle_time,
            slips=(Slip("inverted", lambda g, a: g.demand / g.stock, "That is the part of the stock that goes in a day. Go back to sitting 3, 'Little's law'."),),
        ),
        Number(
            "boxes", "Boxes", unit="boxes", tolerance=Exact(), key=lambda g, a: methods.kanban_cards(g.wanted, 1, g.box), raw=lambda g, a: g.wanted / g.box,
            slips=(Slip("times", lambda g, a: g.wanted * g.box, "Divide: each box takes {box} of them. Part of a box is a box."),),
        ),
    ),
    hints=("Each is one division. The last one is rounded up: part of a box is a box.",),
    steps=("Takt: 3,600 × {hours} ÷ {demand} = {takt}.", "The stock lasts {stock} ÷ {demand} = {days}.", "Boxes: {wanted} ÷ {box}, rounded up, {boxes}."),
)  # fmt: skip

PROBLEMS = (CHANCE, PULL)
