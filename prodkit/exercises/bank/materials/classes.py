"""ABC: which items deserve the attention, and how many people count them."""

from __future__ import annotations

from itertools import pairwise
from math import ceil
from typing import TYPE_CHECKING, Any

from .... import materials
from ...draws import around, between, rounded, several, shaped, used
from ...numbers import show
from ...parts import Grid, Line, Number, Order, Slip
from ...problem import Fact, FactTable, Problem
from ...tolerance import Absolute, Exact, Relative
from .lot_size import DAYS

if TYPE_CHECKING:
    import numpy as np

    from ....plant import Plant

OUTCOMES = ("cpim.inventory", "lesson.05.1")


def _draw_items(rng: np.random.Generator, rows: Any, n: int) -> list[dict[str, Any]]:
    lines = [
        {"item": row.Index, "use": around(rng, row.yearly_use), "cost": around(rng, row.unit_cost)}
        for row in several(rng, rows, n)
    ]
    return [lines[i] for i in rng.permutation(len(lines))]


def _abc(g: Any) -> materials.AbcClasses:
    return materials.abc_classes(
        [r["item"] for r in g.lines], [r["use"] for r in g.lines], [r["cost"] for r in g.lines]
    )


def _by(g: Any, what: str) -> list[str]:
    """The items by one of their figures, the largest first."""
    return [r["item"] for r in sorted(g.lines, key=lambda r: -r[what])]


def _ranked(g: Any) -> list[str]:
    return list(_abc(g).table["item"])


def _draw_sheet(rng: np.random.Generator, plant: Plant) -> dict[str, Any]:
    rows = used(plant, "an ABC sheet", 5)

    def good(g: Any) -> bool:
        table = _abc(g).table
        running = 100 * table["cumulative_share"]
        apart = all(abs(r - cut) > 1.5 for r in running[:-1] for cut in (80, 95))
        orders = {tuple(_ranked(g)), tuple(_by(g, "cost")), tuple(_by(g, "use"))}
        return apart and len(orders) == 3 and set(table["abc_class"]) == {"A", "B", "C"} and running[0] < 78

    return shaped(lambda: {"lines": _draw_items(rng, rows, 5)}, good)


def _line(g: Any, item: str) -> dict[str, Any]:
    return next(r for r in g.lines if r["item"] == item)


def _items(g: Any) -> list[str]:
    return [r["item"] for r in g.lines]


def _sheet(g: Any, a: Any) -> dict[str, dict[str, Any]]:
    table = _abc(g).table.set_index("item")
    return {
        "worth": dict(table["yearly_value"]),
        "rank": {item: i for i, item in enumerate(table.index, 1)},
        "share": dict(100 * table["value_share"]),
        "running": dict(100 * table["cumulative_share"]),
        "abc": dict(table["abc_class"]),
    }


def _place(g: Any, a: Any, item: str) -> int:
    """Rank by use value; of two equal ones the first in the sheet comes first."""
    items = _items(g)
    above = sum(bool(a.worth[other] > a.worth[item]) for other in items)
    return 1 + above + sum(bool(a.worth[other] == a.worth[item]) for other in items[: items.index(item)])


def _class(before: float) -> str:
    return "A" if before < 80 - 1e-6 else "B" if before < 95 - 1e-6 else "C"


ABC_SHEET = Problem(
    id="materials.abc_sheet", title="An ABC sheet", level=2, minutes=10, outcomes=OUTCOMES, covers=("abc_classes",),
    needs=("items", "demand"), draw=_draw_sheet,
    prompt=(
        "Five items from the store of {plant}. Work out each one's use value (yearly use times unit cost), rank them by it, and add up "
        "the shares from the first rank down: that is the running share. Class A ends at 80 % of the running share and B at 95 %. "
        "The item that carries the sum across such a line still belongs to the class above it."
    ),
    parts=(
        Grid(
            "sheet", "ABC sheet", corner="Item", over=_items, key=_sheet,
            lines=(
                Line("use", "Yearly use", "units", given=lambda g, t: _line(g, t)["use"]),
                Line("cost", "Unit cost", "{currency}", given=lambda g, t: _line(g, t)["cost"]),
                Line("worth", "Use value", "{currency} a year", rule=lambda g, a, t: a.use[t] * a.cost[t], tolerance=Relative(0.005)),
                Line("rank", "Rank", rule=_place, tolerance=Absolute(0.1),
                     slips=(
                         Slip("abc_by_price", lambda g, a, t: 1 + _by(g, "cost").index(t),
                              "These ranks go by unit cost. A dear item that is seldom used ties up little: rank on the use value."),
                         Slip("abc_by_units", lambda g, a, t: 1 + _by(g, "use").index(t),
                              "These ranks go by units. A thousand bolts may be worth less than one motor: rank on the use value."),
                     )),
                Line("share", "Share of the value", "%", rule=lambda g, a, t: 100 * a.worth[t] / sum(a.worth[i] for i in _items(g)), tolerance=Absolute(0.15),
                     slips=(
                         Slip("abc_by_units", lambda g, a, t: 100 * a.use[t] / sum(a.use[i] for i in _items(g)),
                              "These are shares of the units. Take each item's share of the whole use value."),
                     )),
                Line("running", "Running share", "%", tolerance=Absolute(0.4),
                     rule=lambda g, a, t: sum(a.share[i] for i in _items(g) if a.rank[i] <= a.rank[t]),
                     slips=(
                         Slip("running_by_column", lambda g, a, t: sum(a.share[i] for i in _items(g)[: _items(g).index(t) + 1]),
                              "You added from left to right. Add in the order of the ranks."),
                     )),
                Line("abc", "Class", choices=("A", "B", "C"), rule=lambda g, a, t: _class(a.running[t] - a.share[t]),
                     slips=(
                         Slip("crossing_below", lambda g, a, t: "A" if a.running[t] <= 80 else "B" if a.running[t] <= 95 else "C",
                              "The item that carries the sum across the line still belongs to the class above it, as the text says."),
                     )),
            ),
        ),
    ),
    hints=("Begin with the use value of every item; all else follows from it.", "Running share of rank 3: the shares of ranks 1, 2 and 3. An item is in A while the running share before it is below 80 %."),
    steps=(
        lambda g, a: "Use values by rank: " + ", ".join(f"{i} {show(v)}" for i, v in sorted(a.sheet["worth"].items(), key=lambda x: -x[1])) + ".",
        lambda g, a: "Running shares by rank: " + ", ".join(f"{i} {a.sheet['running'][i]:.1f} %" for i in _ranked(g)) + ".",
        lambda g, a: "Classes: " + ", ".join(f"{i} {a.sheet['abc'][i]}" for i in _ranked(g)) + ".",
    ),
)  # fmt: skip


def _draw_rank(rng: np.random.Generator, plant: Plant) -> dict[str, Any]:
    rows = used(plant, "a ranking", 6)

    def good(g: Any) -> bool:
        value = list(_abc(g).table["yearly_value"])
        apart = all(y < 0.93 * x for x, y in pairwise(value))
        figures = [len({r[k] for r in g.lines}) == len(g.lines) for k in ("use", "cost")]
        orders = {tuple(_ranked(g)), tuple(_by(g, "cost")), tuple(_by(g, "use"))}
        return apart and all(figures) and len(orders) == 3

    return shaped(lambda: {"lines": _draw_items(rng, rows, 6)}, good)


ABC_RANK = Problem(
    id="materials.abc_rank", title="Where to look first", level=1, minutes=3, outcomes=OUTCOMES, covers=("abc_classes",),
    needs=("items", "demand"), draw=_draw_rank,
    prompt=(
        "The storekeeper at {plant} can look after a few items closely, and not after all. Put these six in order, the one that "
        "deserves the most attention first, as ABC ranks them: by what is used of it in a year, at cost."
    ),
    facts=(FactTable("lines", "Items", (Fact("item", "Item"), Fact("use", "Use", "units a year"), Fact("cost", "Unit cost", "{currency}"))),),
    parts=(
        Order(
            "ranking", "Most attention first", over=_items, key=lambda g, a: _ranked(g), ends=("most", "least"),
            slips=(
                Slip("abc_by_price", lambda g, a: _by(g, "cost"), "You ranked by unit cost. Multiply it by the year's use: a dear item seldom used ties up little."),
                Slip("abc_by_units", lambda g, a: _by(g, "use"), "You ranked by units. Multiply them by the unit cost: many cheap ones may be worth little."),
                Slip("abc_upside_down", lambda g, a: _ranked(g)[::-1], "Turned round: the largest use value comes first."),
            ),
        ),
    ),
    hints=("Neither the price nor the number alone says it. What do a year's units cost together?", "Multiply use by unit cost for each item; round, only the order counts."),
    steps=(
        lambda g, a: "Use values: " + ", ".join(f"{r['item']} {show(r['use'] * r['cost'])}" for r in g.lines) + ".",
        "The largest first: {ranking}.",
    ),
)  # fmt: skip


def _draw_counts(rng: np.random.Generator, plant: Plant) -> dict[str, Any]:
    rows = used(plant, "a counting plan", 5).reset_index()
    held = materials.abc_classes(rows[["item", "yearly_use", "unit_cost"]]).summary["items"]
    scale = 600 / len(rows)  # the store holds each item in several bins

    def draw() -> dict[str, Any]:
        bins = [rounded(max(1, n) * scale * between(rng, 0.7, 2)) for n in held]
        times = [int(rng.choice([6, 12])), int(rng.choice([3, 4])), int(rng.choice([1, 2]))]
        lines = [{"abc": c, "bins": b, "times": t} for c, b, t in zip("ABC", bins, times, strict=True)]
        return {"lines": lines, "each": int(rng.integers(4, 13)), "made_up": True}  # no plant tells its bins

    return shaped(
        draw, lambda g: 0.17 < _counting(g).people_exact % 1 < 0.83 and _counting(g).people_exact > 1
    )


def _counting(g: Any) -> materials.CycleCountPlan:
    bins = {r["abc"]: int(r["bins"]) for r in g.lines}
    return materials.cycle_count_plan(
        bins, {r["abc"]: r["times"] for r in g.lines}, working_days=DAYS, counts_per_person=g.each
    )


def _bins(g: Any) -> float:
    return float(sum(r["bins"] for r in g.lines))


ABC_COUNTS = Problem(
    id="materials.abc_counts", title="Who counts the store?", level=2, minutes=5, outcomes=OUTCOMES, covers=("cycle_count_plan",),
    topics=("ABC with count frequency and people",), needs=("items", "demand"), draw=_draw_counts,
    prompt=(
        "{plant} counts its store all year round, a few bins every working day, the bins of class A most often. There are 250 working days. "
        "One person counts {each} bins a day. How many counts is that in a year and on a day, and how many people does it take? "
        "Round up to whole people once, at the end."
    ),
    facts=(
        FactTable("lines", "Bins and counts", (Fact("abc", "Class"), Fact("bins", "Bins"), Fact("times", "Counts of each bin", "a year"))),
        Fact("each", "One person counts", "bins a day"),
    ),
    parts=(
        Number(
            "year", "Counts in a year", unit="counts", key=lambda g, a: _counting(g).counts_per_year,
            slips=(
                Slip("counts_once", lambda g, a: _bins(g), "That counts every bin once. How often is each class counted in a year?"),
                Slip("frequency_mean", lambda g, a: _bins(g) * sum(r["times"] for r in g.lines) / 3,
                     "A plain mean of the frequencies. There are far more bins in one class than in another: multiply class by class."),
                Slip("frequency_sum", lambda g, a: _bins(g) * sum(r["times"] for r in g.lines),
                     "Each class has its own frequency. Multiply class by class, then add."),
            ),
        ),
        Number(
            "day", "Counts on a working day", unit="counts", key=lambda g, a: a.year / DAYS, check=lambda g: _counting(g).counts_per_day,
            slips=(Slip("cycle_calendar", lambda g, a: a.year / 365, "You spread the counts over 365 days. There are 250 working days."),),
        ),
        Number(
            "people", "People", unit="people", key=lambda g, a: ceil(a.day / g.each - 1e-9), check=lambda g: _counting(g).people,
            raw=lambda g, a: a.day / g.each, tolerance=Exact(),
        ),
    ),
    hints=("How many counts does class A alone need in a year?", "Bins times counts for each class, added up; then by 250 days; then by {each} a day and person."),
    steps=(
        lambda g, a: " + ".join(f"{show(r['bins'])} × {r['times']}" for r in g.lines) + f" = {show(a.year)} counts a year.",
        "Over 250 days: {day} a day.",
        lambda g, a: f"At {g.each} each: {show(a.day / g.each, 3)}, so {show(a.people)} people. What the last one has left over is time to find causes.",
    ),
)  # fmt: skip

PROBLEMS = (ABC_RANK, ABC_SHEET, ABC_COUNTS)
