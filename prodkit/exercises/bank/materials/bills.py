"""Bills of material: what goes into an item, what an item goes into, and what it costs."""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache
from math import ceil
from typing import TYPE_CHECKING, Any

from .... import materials
from ....errors import MissingTableError
from ...draws import between, rounded, shaped
from ...numbers import show
from ...parts import Choices, Convention, Number, Option, Slip
from ...problem import Fact, FactTable, Problem
from ...tolerance import Exact

if TYPE_CHECKING:
    import numpy as np
    import pandas as pd

    from ....plant import Plant

OUTCOMES = ("cpim.supply", "lesson.05.4")
TOPIC = "bills of material"
LINES = (Fact("parent", "Goes into"), Fact("component", "Component"), Fact("per", "Units of it in one"))

Lines = dict[str, list[tuple[str, float]]]


def usual_lines(plant: Plant, purpose: str) -> Lines:
    """Each parent with its components and quantities: the usual bill on the plant's first day."""
    import pandas as pd

    bom, day = plant.need("bom", 2, purpose), pd.Timestamp(plant.first_day)
    usual = bom["alternative"].fillna("").eq("") & bom["planning_share"].fillna(1.0).eq(1.0)
    now = ~((bom["valid_from"] > day) | (bom["valid_to"] < day))
    found: Lines = {}
    for parent, component, per in bom.loc[usual & now, ["parent", "component", "quantity_per"]].itertuples(
        index=False
    ):
        found.setdefault(parent, []).append((component, float(per)))
    return {p: rows for p, rows in found.items() if len({c for c, _ in rows}) == len(rows)}


def shown_table(rows: list[dict[str, Any]]) -> pd.DataFrame:
    """The lines shown, as the subject takes them."""
    import pandas as pd

    return pd.DataFrame(rows).rename(columns={"per": "quantity_per"})


def _frozen(rows: list[dict[str, Any]]) -> tuple[tuple[tuple[str, Any], ...], ...]:
    return tuple(tuple(row.items()) for row in rows)


@lru_cache(maxsize=256)
def _exploded(rows: tuple[Any, ...], parent: str, number: float, good: float = 1.0) -> dict[str, float]:
    """The subject's own explosion: units of each component."""
    import pandas as pd

    items = pd.DataFrame({"item": [parent], "yield_share": [good]})
    bill = materials.explode_bom(shown_table([dict(x) for x in rows]), parent, number, items=items).summary
    return {str(c): float(q) for c, q in zip(bill["component"], bill["quantity"], strict=True)}


@lru_cache(maxsize=256)
def _used_in(rows: tuple[Any, ...], item: str) -> dict[str, float]:
    """The subject's own where-used: units of the item in one of each parent."""
    use = materials.where_used(shown_table([dict(x) for x in rows]), item).summary
    return {str(p): float(q) for p, q in zip(use["parent"], use["quantity"], strict=True)}


def chosen(rng: np.random.Generator, cases: list[Any], wanted: str) -> Any:
    """One of the cases that the plant's bills offer."""
    if not cases:
        raise MissingTableError("bom", f"a problem on bills needs {wanted}")
    return cases[int(rng.integers(len(cases)))]


def line(parent: str, component: str, per: float) -> dict[str, Any]:
    """One line of a bill."""
    return {"parent": parent, "component": component, "per": per}


# Down the bill


def _two_ways(bills: Lines) -> list[tuple[str, str, list[tuple[str, float, float]]]]:
    """Parents with a component that reaches them in two ways: (parent, component, [(way, of it, in it)])."""
    found = []
    for parent, rows in bills.items():
        ways: dict[str, list[tuple[str, float, float]]] = {}
        for component, per in rows:
            ways.setdefault(component, []).append(("", 1.0, per))
            for below, each in bills.get(component, []):
                ways.setdefault(below, []).append((component, per, each))
        for component, some in ways.items():
            totals = [a * b for _, a, b in some]
            counted = any(m and abs(a - 1) > 0.1 for m, a, _ in some)
            if len(some) in (2, 3) and counted and min(totals) >= 0.02 * max(totals) and min(totals) > 0.004:
                found.append((parent, component, some))
    return found


def _draw_need(rng: np.random.Generator, plant: Plant) -> dict[str, Any]:
    bills = usual_lines(plant, "a bill to explode")
    cases = _two_ways(bills)

    def draw() -> dict[str, Any]:
        parent, component, ways = chosen(rng, cases, "a component that reaches an item in two ways")
        rows = []
        for middle, of_it, in_it in ways:
            if middle:
                rows.append(line(parent, middle, of_it))
            rows.append(line(middle or parent, component, in_it))
        known = {r["component"] for r in rows}
        extra = [(c, q) for c, q in bills[parent] if c not in known and c not in bills][:1]
        rows += [line(parent, c, q) for c, q in extra]
        order = {name: i for i, name in enumerate([parent, *(m for m, _, _ in ways)])}
        rows.sort(key=lambda r: order[r["parent"]])
        ways_ = [a * b for _, a, b in ways]
        return {"parent": parent, "component": component, "number": int(rng.choice([12, 15, 18, 25, 30, 35, 40, 60, 80])),
                "lines": rows, "ways": ways_, "last": sum(b for _, _, b in ways), "added": sum(a + b if m else b for m, a, b in ways)}  # fmt: skip

    def good(g: Any) -> bool:
        figures = [sum(g.ways), *g.ways, g.last, g.added]
        return all(abs(x / y - 1) > 0.03 for i, x in enumerate(figures) for y in figures[:i])

    return shaped(draw, good)


def _needed(g: Any) -> float:
    return _exploded(_frozen(g.lines), g.parent, g.number)[g.component]


BILL_NEED = Problem(
    id="materials.bill_need", title="How many of this part?", level=1, minutes=4, outcomes=OUTCOMES, covers=("explode_bom",),
    topics=(TOPIC,), needs=("bom",), draw=_draw_need,
    prompt="{plant} is to make {number} of {parent}. How many units of {component} go into them, all levels together? "
           "Nothing is in stock, and nothing is lost on the way.",
    facts=(FactTable("lines", "From the bills", LINES),),
    parts=(
        Number("need", "Units of it, in all", unit="units", key=lambda g, a: _needed(g),
               slips=(
                   Slip("one_way", lambda g, a: g.number * max(g.ways),
                        "That is one of the ways in which it goes in. It stands in the table more than once: add all."),
                   Slip("other_way", lambda g, a: g.number * min(g.ways),
                        "That is one of the ways in which it goes in, and a small one. Look where else it stands, and add."),
                   Slip("no_qty_per", lambda g, a: g.number * g.last,
                        "You counted one of each part between. Take how many of that part go in, times what each holds."),
                   Slip("levels_added", lambda g, a: g.number * g.added,
                        "Down a bill the quantities multiply. You added them from level to level."),
                   Slip("for_one", lambda g, a: sum(g.ways), "That is for a single one. There are {number} to be made."),
               )),
    ),
    hints=("Find every line where {component} stands. What does each of these parents go into, and how often?",
           "Along each way multiply: how many of the part between in one {parent}, times how many in it. Add the ways, then times {number}."),
    steps=(
        lambda g, a: "In one, by each way: " + " and ".join(show(x) for x in g.ways) + f"; together {show(sum(g.ways))}.",
        "For {number}: {need}.",
    ),
)  # fmt: skip


# Scrap and yield


def _draw_scrap(rng: np.random.Generator, plant: Plant) -> dict[str, Any]:
    bills = usual_lines(plant, "a bill with scrap")
    cases = [(p, some) for p, rows in bills.items() if len(some := [r for r in rows if r[1] >= 0.2]) >= 2]

    def draw() -> dict[str, Any]:
        parent, rows = chosen(rng, cases, "an item of two components")
        i, j = (int(x) for x in rng.choice(len(rows), size=2, replace=False))
        small = min(rows[i][1], rows[j][1])
        number = int(rounded(max(between(rng, 300, 900), 250 / small)))
        share = float(rng.choice([0.04, 0.05, 0.06, 0.08, 0.1]))
        lines = [{**line(parent, rows[i][0], rows[i][1]), "scrap_share": share},
                 {**line(parent, rows[j][0], rows[j][1]), "scrap_share": 0.0}]  # fmt: skip
        return {"parent": parent, "number": number, "lines": lines, "scrap": share, "lossy": rows[i][0], "sound": rows[j][0],
                "yields": float(rng.choice([0.85, 0.88, 0.9, 0.92])), "lossy_per": rows[i][1], "sound_per": rows[j][1]}  # fmt: skip

    def good(g: Any) -> bool:
        starts = g.number / g.yields
        raw = [starts * g.sound_per, starts * g.lossy_per / (1 - g.scrap)]
        return all(0.2 < x % 1 < 0.8 for x in raw) and abs(1 - g.scrap - g.yields) > 0.01

    return shaped(draw, good)


def _issued(g: Any, component: str) -> float:
    return _exploded(_frozen(g.lines), g.parent, g.number, g.yields)[component]


def _up(value: float) -> int:
    return ceil(value - 1e-9)


def _started_whole(per: Callable[[Any], float]) -> Convention:
    return Convention("whole_starts", lambda g, a: _up(_up(g.number / g.yields) * per(g)),
                      "Rounded up to whole starts first, as the shop floor would.")  # fmt: skip


BILL_SCRAP = Problem(
    id="materials.bill_scrap", title="Scrap and yield", level=2, minutes=6, outcomes=OUTCOMES, covers=("explode_bom",),
    topics=(TOPIC,), needs=("bom",), draw=_draw_scrap,
    prompt="{number} good units of {parent} are wanted. Of those started, {yields} turn out good; the rest is lost with all that "
           "is in it. Of {lossy}, {scrap} of what is issued is spoiled before it goes in. How much of each component must be "
           "issued? Round up to whole units at the end.",
    facts=(
        FactTable("lines", "From the bill", (Fact("component", "Component"), Fact("per", "Units of it in one"),
                                             )),
        Fact("yields", "Yield of the item made", percent=True), Fact("scrap", "Scrap of the component", percent=True),
    ),
    parts=(
        Number("sound", "Units to issue of the one without scrap", unit="units", tolerance=Exact(), key=lambda g, a: _up(_issued(g, g.sound)),
               raw=lambda g, a: _issued(g, g.sound), conventions=(_started_whole(lambda g: g.sound_per),),
               slips=(
                   Slip("yield_left_out", lambda g, a: _up(g.number * g.sound_per),
                        "So many would do if every start turned out good. More must be started than are wanted."),
                   Slip("yield_times", lambda g, a: _up(g.number * g.yields * g.sound_per),
                        "You made the start smaller. To get {number} good ones, more must be started: divide by the yield."),
                   Slip("yield_plus", lambda g, a: _up(g.number * (2 - g.yields) * g.sound_per),
                        "You added the lost share of the good ones. It is a share of those started, so divide by the yield."),
                   Slip("scrap_on_parent", lambda g, a: _up(g.number / g.yields / (1 - g.scrap) * g.sound_per),
                        "The scrap belongs to the other component alone. This one is lost only with its parent."),
               )),
        Number("lossy", "Units to issue of the one with scrap", unit="units", tolerance=Exact(), key=lambda g, a: _up(_issued(g, g.lossy)),
               raw=lambda g, a: _issued(g, g.lossy), conventions=(_started_whole(lambda g: g.lossy_per / (1 - g.scrap)),),
               slips=(
                   Slip("scrap_left_out", lambda g, a: _up(g.number / g.yields * g.lossy_per),
                        "The yield is in. Some of this component is spoiled before it goes in at all: issue more."),
                   Slip("yield_left_out", lambda g, a: _up(g.number / (1 - g.scrap) * g.lossy_per),
                        "The scrap is in, the yield is not. More items must be started than are wanted good."),
                   Slip("scrap_times", lambda g, a: _up(g.number / g.yields * (1 - g.scrap) * g.lossy_per),
                        "You issued less, because some is spoiled. To have enough left, divide by the share that is left."),
                   Slip("shares_added", lambda g, a: _up(g.number / (g.yields - g.scrap) * g.lossy_per),
                        "You took both losses off one figure. They come one after the other: divide by each share that is left."),
               )),
    ),
    hints=("How many must be started, so that {number} turn out good?",
           "Starts: {number} ÷ {yields}. Each takes its quantity of both; of {lossy} only what is left after the scrap arrives."),
    steps=(
        lambda g, a: f"Starts: {show(g.number, 9)} ÷ {show(g.yields)} = {show(g.number / g.yields)}.",
        lambda g, a: f"{g.sound}: {show(g.number, 9)} ÷ {show(g.yields)} × {show(g.sound_per, 9)} = {show(_issued(g, g.sound))}; rounded up {show(a.sound)}.",
        lambda g, a: f"{g.lossy}: {show(g.number, 9)} ÷ {show(g.yields)} × {show(g.lossy_per, 9)} ÷ (1 − {show(g.scrap)}) = {show(_issued(g, g.lossy))}; rounded up {show(a.lossy)}.",
    ),
)  # fmt: skip


# Up the bill

_FIVE = ("a", "b", "c", "d", "e")


def _ends(bills: Lines) -> list[str]:
    inner = {c for rows in bills.values() for c, _ in rows}
    return [p for p in bills if p not in inner]


def _upward(bills: Lines, item: str) -> list[dict[str, Any]]:
    """Every line from an item up to the ends, each once, the upper ones first."""
    above: dict[str, list[dict[str, Any]]] = {}
    for parent, rows in bills.items():
        for component, per in rows:
            above.setdefault(component, []).append(line(parent, component, per))
    found: list[dict[str, Any]] = []
    wanted = [item]
    for low in wanted:  # which grows on the way
        for one in above.get(low, []):
            found.append(one)
            wanted += [one["parent"]] if one["parent"] not in wanted else []
    return found[::-1]


def _inside(lines: list[dict[str, Any]], item: str, end: str) -> float:
    """Units of an item in one of an end item, by the lines."""
    if item == end:
        return 1.0
    return float(sum(r["per"] * _inside(lines, item, r["component"]) for r in lines if r["parent"] == end))


def _where_cases(bills: Lines) -> list[tuple[str, list[dict[str, Any]], list[str], list[str]]]:
    """Items that go into two or three end items: (item, lines upward, ends, ends that hold it by more than one step)."""
    ends = _ends(bills)
    found = []
    for item in dict.fromkeys(c for rows in bills.values() for c, _ in rows):
        lines = _upward(bills, item)
        hit = [e for e in ends if e in {r["parent"] for r in lines}]
        if not (2 <= len(hit) <= 3 and len(lines) <= 9 and len(ends) >= 5):
            continue
        first = sum(r["per"] for r in lines if r["component"] == item)
        asked = [e for e in hit if abs(_inside(lines, item, e) / first - 1) > 0.03]
        if asked:
            found.append((item, lines, hit, asked))
    return found


def _draw_where(rng: np.random.Generator, plant: Plant) -> dict[str, Any]:
    bills = usual_lines(plant, "a where-used problem")
    ends, cases = _ends(bills), _where_cases(bills)
    item, lines, hit, asked = chosen(rng, cases, "a component of two or three of five or more end items")
    others = [e for e in ends if e not in hit]
    spared = [others[int(i)] for i in sorted(rng.choice(len(others), size=5 - len(hit), replace=False))]
    inner = {r["parent"] for r in lines} | {r["component"] for r in lines}
    astray = []
    for end in spared:  # a line of what is spared, so that it stands in the table too
        rows = [r for r in bills[end] if r[0] not in inner]
        astray += [line(end, *rows[int(rng.integers(len(rows)))])] if rows else []
    return {
        "item": item,
        "lines": [*lines, *astray],
        "five": sorted([*hit, *spared]),
        "end": asked[int(rng.integers(len(asked)))],
        "first": sum(r["per"] for r in lines if r["component"] == item),
    }


def _way(g: Any, end: str) -> str:
    """How an end item comes to hold the item, or that it does not."""
    below: Lines = {}
    for r in g.lines:
        below.setdefault(r["parent"], []).append((r["component"], r["per"]))
    stack = [[end]]
    while stack:
        way = stack.pop()
        if way[-1] == g.item:
            return f"{way[0]} takes " + ", which takes ".join(way[1:]) + "."
        stack += [[*way, c] for c, _ in below.get(way[-1], [])]
    return f"Nothing that goes into {end} holds {g.item}. Follow its lines downward."


def _end_text(i: int) -> Callable[[Any, Any], str]:
    return lambda g, a: str(g.five[i])


def _end_reason(i: int) -> Callable[[Any, Any], str]:
    return lambda g, a: _way(g, g.five[i])


def _in_one(g: Any) -> float:
    return _used_in(_frozen(g.lines), g.item)[g.end]


WHERE_USED = Problem(
    id="materials.where_used", title="A batch is spoiled: what stands still?", level=2, minutes=5, outcomes=OUTCOMES,
    covers=("where_used",), topics=(TOPIC,), needs=("bom",), draw=_draw_where,
    prompt="A batch of {item} is spoiled, and there is no other in stock. Sales at {plant} asks which of these five products "
           "cannot be made now. And how much of {item} is in one {end}?",
    facts=(FactTable("lines", "From the bills", LINES),),
    parts=(
        Choices("hit", "Which products need it?", key=lambda g, a: tuple(k for k, e in zip(_FIVE, g.five, strict=True) if e in _used_in(_frozen(g.lines), g.item)),
                options=tuple(Option(k, _end_text(i), _end_reason(i)) for i, k in enumerate(_FIVE))),
        Number("inside", "Units of it in one of the product named", unit="units", key=lambda g, a: _in_one(g),
               slips=(
                   Slip("no_qty_per", lambda g, a: g.first,
                        "That is what the parts between hold, one of each. How many of them go into one {end}?"),
               )),
    ),
    hints=("Read upward: look for {item} among the components. What are its parents? Then look for those among the components.",
           "Along a way the quantities multiply; where several ways lead to {end}, add them."),
    steps=(
        lambda g, a: "The ways: " + " ".join(_way(g, e) for e in g.five if e in _used_in(_frozen(g.lines), g.item)),
        lambda g, a: f"In one {g.end}: {show(a.inside)} units of {g.item}.",
    ),
)  # fmt: skip

PROBLEMS = (BILL_NEED, BILL_SCRAP, WHERE_USED)
