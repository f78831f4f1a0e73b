"""Suppliers judged by what they delivered: the score, which of two, and how much a few deliveries say."""

from __future__ import annotations

from functools import lru_cache
from itertools import pairwise
from typing import TYPE_CHECKING, Any

from .... import materials
from ....errors import MissingTableError
from ...draws import between, pick, shaped
from ...numbers import show
from ...parts import Choice, Number, Option, Slip
from ...problem import Fact, FactTable, Problem
from ...tolerance import Absolute, Relative

if TYPE_CHECKING:
    import numpy as np
    import pandas as pd

    from ....plant import Plant

OUTCOMES = ("cpim.supply", "lesson.05.4")
TOPIC = "supplier performance"
_MONDAY = "2026-01-05"

# One delivery: supplier, units ordered, accepted, rejected, days late, price paid of a list price of 100.
Delivery = tuple[str, float, float, float, int, float]


@lru_cache(maxsize=256)
def _card(
    deliveries: tuple[Delivery, ...], weights: tuple[tuple[str, float], ...], zero: float
) -> dict[str, dict[str, float]]:
    """The subject's own scorecard, by supplier."""
    import pandas as pd

    due = pd.Timestamp(_MONDAY)
    rows = [
        {"supplier": name, "item": "it", "quantity": ordered, "due": due, "received": due + pd.Timedelta(days=late),
         "accepted": accepted, "rejected": rejected, "unit_price": price}
        for name, ordered, accepted, rejected, late, price in deliveries
    ]  # fmt: skip
    listed = pd.DataFrame({"supplier": sorted({d[0] for d in deliveries}), "item": "it", "from_quantity": 0, "unit_price": 100.0, "kind": "all_units"})  # fmt: skip
    card = materials.supplier_scorecard(
        pd.DataFrame(rows), weights=dict(weights), ppm_at_zero=zero, price_against="list", price_breaks=listed
    )
    return {str(r["supplier"]): {str(k): x for k, x in r.items()} for r in card.table.to_dict("records")}


def _suppliers(plant: Plant, purpose: str, rows: int = 1) -> pd.DataFrame:
    """What each supplier delivered so far, by the real orders: supplier, on time, units an order."""
    past = plant.need("past_orders", rows, purpose)
    past = past.dropna(subset=["received", "due"])
    past["on_time"] = past["received"] <= past["due"]
    table = past.groupby("supplier").agg(on_time=("on_time", "mean"), units=("quantity", "median"))
    if len(table) < rows:
        raise MissingTableError("past_orders", f"{purpose} needs deliveries of {rows} suppliers")
    return table


# One score by hand

_WEIGHTS = (("on_time", 0.5), ("quality", 0.3), ("quantity", 0.2))
ZERO = 20_000
N = 8


def _draw_score(rng: np.random.Generator, plant: Plant) -> dict[str, Any]:
    rows = _suppliers(plant, "a supplier's score")

    def draw() -> dict[str, Any]:
        row = pick(rng, rows)
        known = round(N * (1 - float(row.on_time)))
        late_ones = int(rng.choice([x for x in (1, 2, 3, 5) if abs(x - min(max(known, 2), 4)) <= 1]))
        late, bad, off = (rng.permutation(N).tolist() for _ in range(3))
        lines = []
        for i in range(N):
            ordered = max(200.0, round(row.units, -2)) * float(rng.choice([0.5, 1, 1, 1.5, 2]))
            wrong = {0: -0.1, 1: -0.06, 2: 0.08}.get(off[i], 0.0) * between(rng, 0.6, 1.5)
            came = round(ordered * (1 + round(wrong, 2)))
            rejected = round(came * between(rng, 0.008, 0.03)) if bad[i] < 3 else 0
            days = int(rng.integers(1, 9)) if late[i] < late_ones else -int(rng.integers(0, 4))
            lines.append(
                {
                    "number": i + 1,
                    "late": days,
                    "ordered": ordered,
                    "accepted": came - rejected,
                    "rejected": rejected,
                }
            )
        return {"supplier": row.Index, "lines": lines}  # fmt: skip

    def good(g: Any) -> bool:
        on = 100 * sum(x["late"] <= 0 for x in g.lines) / N
        received = sum(_came(x) for x in g.lines)
        ppm = 1e6 * sum(x["rejected"] for x in g.lines) / received
        near = 100 * sum(1 - abs(_came(x) - x["ordered"]) / x["ordered"] for x in g.lines) / N
        points = _points(on, ppm, near)
        score = _weighed(points)
        return (
            on in (37.5, 62.5, 75.0, 87.5)
            and abs(_by_units(g) - on) > 3
            and 0 < _exact(g) < on
            and abs(_exact(g) + on - 100) > 3
            and 2500 < ppm < 14_000
            and abs(_mean_rate(g) / ppm - 1) > 0.04
            and abs(_net(g) - near) > 1.2
            and abs(sum(points) / 3 - score) > 2
            and abs(ppm / ZERO - 0.5) > 0.06
        )

    return shaped(draw, good)


def _score_row(g: Any) -> dict[str, float]:
    deliveries = tuple(
        (g.supplier, x["ordered"], float(x["accepted"]), float(x["rejected"]), x["late"], 100.0)
        for x in g.lines
    )
    return _card(deliveries, _WEIGHTS, ZERO)[g.supplier]


def _came(x: dict[str, Any]) -> float:
    return float(x["accepted"] + x["rejected"])


def _by_units(g: Any) -> float:
    return float(100 * sum(_came(x) for x in g.lines if x["late"] <= 0) / sum(_came(x) for x in g.lines))


def _exact(g: Any) -> float:
    return float(100 * sum(x["late"] == 0 for x in g.lines) / N)


def _mean_rate(g: Any) -> float:
    return float(1e6 * sum(x["rejected"] / _came(x) for x in g.lines) / N)


def _net(g: Any) -> float:
    return float(100 * sum(_came(x) for x in g.lines) / sum(x["ordered"] for x in g.lines))


def _points(on_time: float, ppm: float, accuracy: float) -> tuple[float, float, float]:
    return on_time, 100 * max(0.0, 1 - ppm / ZERO), accuracy


def _weighed(points: tuple[float, float, float]) -> float:
    return sum(w * x for (_, w), x in zip(_WEIGHTS, points, strict=True))


SUPPLIER_SCORE = Problem(
    id="materials.supplier_score", title="A supplier's score", level=2, minutes=8, outcomes=OUTCOMES, covers=("supplier_scorecard",),
    topics=(TOPIC,), needs=("past_orders",), draw=_draw_score,
    prompt="Score {supplier} for {plant} by eight deliveries. On time: not after the due day, early counts. Defects: rejected of a "
           "million received. Quantity: 100 % less the difference between received and ordered, as a share of what was ordered, "
           "averaged over the deliveries. The score weighs on time with 50 %, quality with 30 %, quantity with 20 %. Quality "
           "falls evenly from 100 at no reject to 0 at 20,000 ppm.",
    facts=(FactTable("lines", "Deliveries", (
        Fact("number", "No."), Fact("late", "Days late (minus: early)"), Fact("ordered", "Ordered", "units"),
        Fact("accepted", "Accepted", "units"), Fact("rejected", "Rejected", "units"))),),
    parts=(
        Number("on_time", "On time", unit="%", key=lambda g, a: 100 * _score_row(g)["on_time_share"], tolerance=Absolute(0.6),
               slips=(
                   Slip("late_share", lambda g, a: 100 - 100 * _score_row(g)["on_time_share"], "That is the share that came late."),
                   Slip("by_units", lambda g, a: _by_units(g), "You counted units. Each delivery counts once, large or small."),
                   Slip("early_is_late", lambda g, a: _exact(g), "You counted only those that came on the very day. Early counts as on time here."),
               )),
        Number("ppm", "Rejected", unit="ppm", key=lambda g, a: _score_row(g)["defect_ppm"], tolerance=Relative(0.01),
               slips=(
                   Slip("mean_of_rates", lambda g, a: _mean_rate(g),
                        "You averaged the rates of the deliveries. Add up the rejects and the units first, then divide once."),
                   Slip("lots_rejected", lambda g, a: 1e6 * sum(x["rejected"] > 0 for x in g.lines) / N,
                        "Those are deliveries with rejects. Rejected units of the units received are asked."),
               )),
        Number("quantity", "Quantity", unit="%", key=lambda g, a: 100 * _score_row(g)["quantity_accuracy"], tolerance=Absolute(0.3),
               slips=(
                   Slip("net_quantity", lambda g, a: _net(g),
                        "You compared the sums. There too much in one delivery hides too little in another: go delivery by delivery."),
                   Slip("lots_exact", lambda g, a: 100 * sum(_came(x) == x["ordered"] for x in g.lines) / N,
                        "Those are the deliveries in the exact quantity. Each delivery counts by how near it comes."),
               )),
        Number("score", "Score", unit="points of 100",
               key=lambda g, a: _weighed(_points(a.on_time, a.ppm, a.quantity)),
               check=lambda g: _score_row(g)["score"], tolerance=Absolute(0.4),
               slips=(
                   Slip("unweighted", lambda g, a: sum(_points(a.on_time, a.ppm, a.quantity)) / 3,
                        "That is the plain mean. Multiply each by its weight, then add."),
                   Slip("ppm_upside_down", lambda g, a: 0.5 * a.on_time + 0.3 * 100 * a.ppm / ZERO + 0.2 * a.quantity,
                        "More rejects gave more points. Quality is 100 at no reject and falls from there."),
                   Slip("ppm_of_million", lambda g, a: 0.5 * a.on_time + 0.3 * 100 * (1 - a.ppm / 1e6) + 0.2 * a.quantity,
                        "You took the share of good units for quality. It falls to 0 at 20,000 ppm, not at a million."),
               )),
    ),
    hints=("Count the lines with zero or fewer days late. Then add up the columns for the rejects.",
           "Received is accepted plus rejected. Quality: 100 × (1 − ppm ÷ 20,000)."),
    steps=(
        lambda g, a: f"On time: {sum(x['late'] <= 0 for x in g.lines)} of {N} deliveries, {show(a.on_time)} %.",
        lambda g, a: f"Rejected {show(sum(x['rejected'] for x in g.lines), 9)} of {show(sum(_came(x) for x in g.lines), 9)} received: {show(a.ppm)} ppm. "
                     f"Quality: {show(_points(0, a.ppm, 0)[1])}.",
        lambda g, a: "Quantity, by delivery in percent: " + ", ".join(show(100 * (1 - abs(_came(x) - x["ordered"]) / x["ordered"]), 3) for x in g.lines)
                     + f"; mean {show(a.quantity)}.",
        lambda g, a: f"Score: 0.5 × {show(a.on_time)} + 0.3 × {show(_points(0, a.ppm, 0)[1])} + 0.2 × {show(a.quantity)} = {show(a.score)}.",
    ),
)  # fmt: skip


# Which of two

_ALL = (("on_time", 0.4), ("quality", 0.3), ("price", 0.2), ("quantity", 0.1))


def _draw_two(rng: np.random.Generator, plant: Plant) -> dict[str, Any]:
    rows = _suppliers(plant, "a choice between suppliers", 2)

    def draw() -> dict[str, Any]:
        names = [str(x) for x in rng.permutation(rows.index.to_numpy())[:2]]
        low = int(rng.integers(1, 5))
        prices = [low, low + int(rng.integers(2, 5))]
        lines = []
        for name, price in zip(names, prices if rng.integers(2) else prices[::-1], strict=True):
            known = round(20 * min(max(float(rows["on_time"][name]), 0.6), 0.95))
            lines.append({"supplier": name, "on_time": min(20, known + int(rng.integers(-4, 3))) / 20,
                          "ppm": 100 * int(rng.integers(16, 80)), "price": price / 100,
                          "quantity": round(1 - int(rng.integers(0, 11)) / 500, 4)})  # fmt: skip
        return {"lines": lines, "one": names[0], "two": names[1]}

    def good(g: Any) -> bool:
        one, two = g.lines
        scores = [sum(w * p for (_, w), p in zip(_ALL, _parts(x), strict=True)) for x in g.lines]
        gap, cheaper = scores[0] - scores[1], one["price"] - two["price"]
        for x, score in zip(g.lines, scores, strict=True):
            found = sorted([score, sum(_parts(x)) / 4, score + 0.00297 * x["ppm"], score + 180 * x["price"]])
            if min(b - a for a, b in pairwise(found)) < 1.2:
                return False
        return abs(gap) > 4 and gap * cheaper > 0

    return shaped(draw, good)  # fmt: skip


def _score(g: Any, i: int) -> float:
    """By twenty deliveries of 500 that give just the figures shown."""
    deliveries: list[Delivery] = []
    for x in g.lines:
        off = round((1 - x["quantity"]) * 20 * 500 / 2)
        for k in range(20):
            came = 500 + (off if k == 0 else -off if k == 1 else 0)
            bad = round(x["ppm"] / 100) if k == 2 else 0
            late = 0 if k < round(20 * x["on_time"]) else 3
            deliveries.append(
                (x["supplier"], 500.0, float(came - bad), float(bad), late, round(100 * (1 + x["price"]), 6))
            )
    return _card(tuple(deliveries), _ALL, 10_000)[g.lines[i]["supplier"]]["score"]  # fmt: skip


def _parts(x: dict[str, float]) -> list[float]:
    return [
        100 * x["on_time"],
        100 * (1 - x["ppm"] / 10_000),
        100 * (1 - x["price"] / 0.1),
        100 * x["quantity"],
    ]


def _score_part(i: int, name: str, ordinal: str) -> Number:
    return Number(
        name, f"Score of the {ordinal}", unit="points of 100", key=lambda g, a: _score(g, i), tolerance=Absolute(0.3),
        slips=(
            Slip("unweighted", lambda g, a: sum(_parts(g.lines[i])) / 4, "That is the plain mean. Multiply each by its weight, then add."),
            Slip("ppm_of_million", lambda g, a: _score(g, i) + 0.3 * 100 * g.lines[i]["ppm"] * (1 / 10_000 - 1 / 1e6),
                 "You took the share of good units for quality. It falls to 0 at 10,000 ppm, not at a million."),
            Slip("price_as_share", lambda g, a: _score(g, i) + 0.2 * 100 * g.lines[i]["price"] * (1 / 0.1 - 1),
                 "You took the price above list straight off 100. Ten percent above list bring price to 0."),
        ),
    )  # fmt: skip


def _pick_reason(i: int) -> Any:
    def reason(g: Any, a: Any) -> str:
        if _score(g, i) > _score(g, 1 - i):
            return (
                "The higher score, and the reasons stand in its parts. Tell the other one what it would take."
            )
        return "It is the cheaper one. By these weights the price does not make up for what it does worse."

    return reason


TWO_SUPPLIERS = Problem(
    id="materials.two_suppliers", title="Which of two suppliers?", level=2, minutes=7, outcomes=OUTCOMES, covers=("supplier_scorecard",),
    topics=(TOPIC, "what do you tell the buyer"), needs=("past_orders",), draw=_draw_two,
    prompt="{one} and {two} can both deliver to {plant}. The score weighs on time with 40 %, quality with 30 %, price with 20 %, "
           "quantity with 10 %. Quality falls evenly from 100 at no reject to 0 at 10,000 ppm; price from 100 at the list price "
           "to 0 at 10 % above it. Score both by their last twenty deliveries. Whom do you tell the buyer to prefer?",
    facts=(FactTable("lines", "Twenty deliveries each", (
        Fact("supplier", "Supplier"), Fact("on_time", "On time", percent=True), Fact("ppm", "Rejected", "ppm"),
        Fact("price", "Price above list", percent=True), Fact("quantity", "Quantity", percent=True))),),
    parts=(
        _score_part(0, "first", "first"),
        _score_part(1, "second", "second"),
        Choice("prefer", "Whom to prefer?", key=lambda g, a: "one" if a.first > a.second else "two",
               options=(
                   Option("one", lambda g, a: str(g.one), _pick_reason(0)),
                   Option("two", lambda g, a: str(g.two), _pick_reason(1)),
                   Option("even", "Half of the orders each, so that both keep trying",
                          "Then the better one loses orders for nothing. A share for the second is fair as insurance, not as a rule."),
                   Option("cheaper", "Whichever is cheaper this month", "Then price weighs 100 %. A line that stands still is not in the price."),
               )),
    ),
    hints=("Turn each of the four figures into points from 0 to 100 first. Then weigh and add.",
           "Quality: 100 × (1 − ppm ÷ 10,000). Price: 100 × (1 − share above list ÷ 10 %)."),
    steps=(
        lambda g, a: f"{g.one}: " + " + ".join(f"{w:g} × {show(x)}" for (_, w), x in zip(_ALL, _parts(g.lines[0]), strict=True)) + f" = {show(a.first)}.",
        lambda g, a: f"{g.two}: " + " + ".join(f"{w:g} × {show(x)}" for (_, w), x in zip(_ALL, _parts(g.lines[1]), strict=True)) + f" = {show(a.second)}.",
        "Prefer {prefer}. The cheaper one loses on the rest: show the buyer the parts, not the sum alone.",
    ),
)  # fmt: skip


# What a few deliveries say


def _draw_late(rng: np.random.Generator, plant: Plant) -> dict[str, Any]:
    rows = _suppliers(plant, "a late supplier")
    row = pick(rng, rows)
    few = bool(rng.integers(2))
    n, late = (
        ((3, 2), (3, 2), (4, 2), (5, 3))[int(rng.integers(4))]
        if few
        else ((24, 15), (30, 17), (36, 20), (27, 16))[int(rng.integers(4))]
    )
    deliveries = tuple((str(row.Index), 100.0, 100.0, 0.0, 5 if i < late else 0, 100.0) for i in range(n))
    card = _card(deliveries, _WEIGHTS, ZERO)[str(row.Index)]
    low, high = round(card["on_time_low"], 2), round(card["on_time_high"], 2)
    real = round(20 * float(row.on_time)) / 20
    usual = (
        min(max(real, round(high * 20 - 5) / 20), round(high * 20 - 1) / 20)
        if few
        else min(max(real, 0.75), 0.95)
    )
    return {"supplier": row.Index, "n": n, "late": late, "low": low, "high": high, "usual": round(usual, 2), "open": int(rng.integers(2, 6))}  # fmt: skip


def _is_clear(g: Any) -> bool:
    return bool(g.usual > g.high)


def _on_time(g: Any) -> float:
    deliveries = tuple((g.supplier, 100.0, 100.0, 0.0, 5 if i < g.late else 0, 100.0) for i in range(g.n))
    return 100 * _card(deliveries, _WEIGHTS, ZERO)[g.supplier]["on_time_share"]


def _say_reason(name: str) -> Any:
    texts = {
        "open": ("So few deliveries leave room for almost everything, the usual share included. That is no all-clear either.",
                 "The interval lies below the usual share as a whole. So many deliveries are enough to say it."),
        "worse": ("Even the upper end of the interval lies below the usual share. That is not bad luck.",
                  "The usual share lies within the interval. By luck alone so many late ones come about now and then."),
    }  # fmt: skip
    return lambda g, a: texts[name][0 if _is_clear(g) == (name == "worse") else 1]


def _do_reason(name: str) -> Any:
    texts = {
        "ask": ("It costs one call, and the next weeks depend on the answer. Whether it was luck, more deliveries will show.",
                "A call is right, and too little: this has gone on for long. Buffers, dates and a second source have to follow."),
        "act": ("The record is long enough to act on, and the steps can be taken back when it mends.",
                "On so few deliveries you would move orders for what may be chance, and strain a supplier that may be sound."),
    }  # fmt: skip
    return lambda g, a: texts[name][0 if _is_clear(g) == (name == "act") else 1]


LATE_SUPPLIER = Problem(
    id="materials.late_supplier", title="Late again", level=2, minutes=5, outcomes=OUTCOMES, covers=("supplier_scorecard",),
    topics=(TOPIC, "how sure are you"), needs=("past_orders",), draw=_draw_late,
    prompt="“{supplier} is late again,” says the shop. Since New Year {late} of its {n} deliveries came late. In the years before, "
           "{usual} came on time. The scorecard gives the share on time with an interval: the true share lies in it with 95 % "
           "confidence. {open} orders are open. What share came on time, what can you say, and what do you do?",
    facts=(Fact("n", "Deliveries since New Year"), Fact("late", "Late ones"), Fact("usual", "On time in the years before", percent=True),
           Fact("low", "Interval, from", percent=True), Fact("high", "Interval, to", percent=True)),
    parts=(
        Number("on_time", "On time since New Year", unit="%", key=lambda g, a: _on_time(g), tolerance=Absolute(0.6),
               slips=(Slip("late_share", lambda g, a: 100 * g.late / g.n if 2 * g.late != g.n else None, "That is the share that came late."),)),
        Choice("say", "What can you say?", key=lambda g, a: "worse" if _is_clear(g) else "open",
               options=(
                   Option("open", "It may have become worse, or not: this cannot tell yet", _say_reason("open")),
                   Option("worse", "It has become worse than it was", _say_reason("worse")),
                   Option("same", "Nothing has changed: late deliveries have always happened",
                          "That too would need proof. Few data do not show that all is well, and many late ones least of all."),
                   Option("exact", "From now on that share will come on time; plan with it to the percent",
                          "The share seen is an estimate. Its interval says how rough."),
               )),
        Choice("do", "What do you do?", key=lambda g, a: "act" if _is_clear(g) else "ask",
               options=(
                   Option("ask", "Call: why, and when do the open orders really come? Guard the next dates, go on counting", _do_reason("ask")),
                   Option("act", "Agree causes and dates with it, plan with its true lead time, give part of the orders to a second source", _do_reason("act")),
                   Option("drop", "Cancel the open orders and change the supplier today",
                          "Then the open orders come from nobody. A new supplier needs samples, prices and a first delivery."),
                   Option("pad", "Put all due dates two weeks earlier and say nothing",
                          "It learns that your dates are not meant. Stock grows, and the cause stays."),
               )),
    ),
    hints=("Compare the usual share with the interval. Does it lie inside?",
           "What can be taken back, and costs little, may be done on thin evidence. What cannot, needs more."),
    steps=(
        lambda g, a: f"On time: {g.n - g.late} of {g.n}, {show(a.on_time)} %.",
        lambda g, a: f"The interval goes from {show(100 * g.low)} to {show(100 * g.high)} %; the usual {show(100 * g.usual)} % lie "
                     + ("above it: worse than before." if _is_clear(g) else "inside: it cannot be told yet."),
        "Do this: {do}.",
    ),
)  # fmt: skip

PROBLEMS = (SUPPLIER_SCORE, TWO_SUPPLIERS, LATE_SUPPLIER)
