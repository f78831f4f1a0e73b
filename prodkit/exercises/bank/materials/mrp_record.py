"""The record of material requirements planning: how problems draw one, and what goes wrong in its lines."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from .... import materials
from ....errors import MissingTableError
from ...draws import between, pick, rounded, used
from ...numbers import show
from ...parts import Grid, Line, Slip
from ...parts.base import Answers
from ...problem import Fact, Problem
from ...variant import Variant, collisions
from .bills import Lines, usual_lines

if TYPE_CHECKING:
    import numpy as np
    import pandas as pd

    from ....plant import Plant

OUTCOMES = ("cpim.supply", "lesson.05.4")
GRIDS = "MRP grids"

ON_HAND = Fact("on_hand", "On hand", "{unit}")
ALLOCATED = Fact("allocated", "Of it allocated to orders released before", "{unit}")
SAFETY = Fact("safety", "Safety stock", "{unit}")
LEAD = Fact("lead", "Lead time", "{lead_unit}")
COUNTED = (
    "Receipts come at the week's beginning. The safety stock must be whole at the end of every week, and is part of "
    "what is available."
)
BEFORE = "The column Before takes what should have been released before week 1."

Rule = Callable[[Any, Any, int], Any]
Items = Callable[["Plant", str], "pd.DataFrame"]


def units(value: float) -> int:
    """A quantity as people state it: whole, two figures."""
    return int(max(1, rounded(value)))


def weekly(plant: Plant, rng: np.random.Generator, purpose: str, of: Items = used) -> tuple[str, float]:
    """An item of the plant and its weekly use, enough of it that figures can be told apart."""
    row = pick(rng, of(plant, purpose))
    return str(row.Index), max(row.yearly_use / 52, 20.0)


def needs(rng: np.random.Generator, mean: float, n: int, low: float = 0.5, high: float = 1.6) -> list[int]:
    """Requirements that go up and down about a mean."""
    return [units(mean * between(rng, low, high)) for _ in range(n)]


def weeks(g: Any) -> range:
    """The weeks of a record, from 1."""
    return range(1, g.n + 1)


def span(name: str, n: int) -> dict[str, Any]:
    """A number of weeks, and how it is read."""
    return {name: n, f"{name}_unit": "week" if n == 1 else "weeks"}


def handy(quantity: float) -> bool:
    """Whether a bill's quantity is a whole number that hands can work with."""
    return float(quantity).is_integer() and 1 <= quantity <= 24


def stocked_lines(plant: Plant, purpose: str) -> Lines:
    """Each parent with its components and quantities, phantoms left out on both sides."""
    kind = plant.need("items", 1, purpose).set_index("item")["kind"]
    real = set(kind.index[kind != "phantom"])
    bills = {
        p: [r for r in rows if r[0] in real] for p, rows in usual_lines(plant, purpose).items() if p in real
    }
    if not any(bills.values()):
        raise MissingTableError("bom", f"{purpose} needs an item that is made from others")
    return bills


def opening(g: Any) -> float:
    """What is available at the outset."""
    return float(g.on_hand - g.allocated)


# The subject's own plan


def plan(
    n: int,
    items: Sequence[Mapping[str, Any]],
    gross: Mapping[str, Sequence[float]],
    scheduled: Mapping[str, Sequence[float]] | None = None,
    *,
    bom: Sequence[tuple[str, str, float]] | Sequence[Mapping[str, Any]] = (),
    coproducts: Sequence[tuple[str, str, float]] = (),
    **options: Any,
) -> materials.MrpPlan:
    """The plan of a few items over the weeks 1 to n; what is needed and due stands a figure a week."""
    import pandas as pd

    def by_week(lines: Mapping[str, Sequence[float]], when: str) -> pd.DataFrame:
        rows = [(t, item, float(x)) for item, line in lines.items() for t, x in enumerate(line, 1) if x]
        return pd.DataFrame(rows, columns=[when, "item", "quantity"])

    lines = [r if isinstance(r, Mapping) else dict(zip(("parent", "component", "quantity_per"), r, strict=True)) for r in bom]  # fmt: skip
    return materials.mrp(
        items=pd.DataFrame([dict(x) for x in items]),
        bom=pd.DataFrame(lines) if lines else None,
        demand=by_week(gross, "week"),
        receipts=by_week(scheduled or {}, "due"),
        coproducts=pd.DataFrame(coproducts, columns=["parent", "item", "quantity_per"])
        if coproducts
        else None,
        weeks=n,
        **options,
    )


def lines_of(found: materials.MrpPlan, item: str) -> dict[str, dict[int, float]]:
    """A record by line and week; 0 is the column Before: what was available, and what is past due."""
    table = found.record(item)
    rows = dict(zip(map(str, table.index), table.to_numpy(dtype=float).tolist(), strict=True))
    lines = {name: dict(enumerate(row[1:], 1)) for name, row in rows.items()}
    lines["available"][0] = rows["available"][0]
    late = lines["past_due"][1] if "past_due" in lines else 0.0
    lines["release"][0], lines["release"][1] = late, lines["release"][1] - late
    return lines


def item_row(g: Any) -> dict[str, Any]:
    """One item as the plan takes it."""
    row = {
        "item": g.item,
        "lead_time_weeks": g.lead,
        "on_hand": g.on_hand,
        "allocated": g.allocated,
        "safety_stock": g.safety,
    }
    return {**row, **getattr(g, "rule", {})}


def planned(g: Any) -> materials.MrpPlan:
    """The plan of a problem on one item."""
    return plan(g.n, [item_row(g)], {g.item: g.gross}, {g.item: g.scheduled})


# Lines of the record


def given_line(name: str, label: str, unit: str = "units") -> Line:
    """A printed line; the column Before stays blank."""
    return Line(name, label, unit, given=lambda g, t: "" if t == 0 else getattr(g, name)[t - 1])


GROSS = given_line("gross", "Gross requirements", "{unit}")
SCHEDULED = given_line("scheduled", "Scheduled receipts", "{unit}")


def balance(g: Any, a: Any, t: int) -> float:
    """What is available at the end of a week."""
    return float(a.available[t - 1] + a.scheduled[t] + a.receipt[t] - a.gross[t]) if t else opening(g)


def net_need(g: Any, a: Any, t: int) -> float:
    """What a week is short of, safety stock included."""
    return float(max(0, a.gross[t] + g.safety - a.available[t - 1] - a.scheduled[t]))


def available_line(*slips: Slip) -> Line:
    """Projected available, with what is allocated taken off at the outset."""
    return Line("available", "Projected available", "{unit}", rule=balance, slips=(
        Slip("allocated_kept", lambda g, a, t: balance(g, a, t) if t else g.on_hand,
             "{allocated} of the {unit} on hand are promised to orders already released. They are not yours to plan with."),
        Slip("sr_left_out", lambda g, a, t: balance(g, a, t) - (a.scheduled[t] if t else 0),
             "The scheduled receipt is not added to the balance in its week."),
        Slip("receipt_left_out", lambda g, a, t: balance(g, a, t) - (a.receipt[t] if t else 0),
             "The planned receipts are not in the balance. They count in the week in which they come."),
        *slips,
    ))  # fmt: skip


NET_SLIPS = (
    Slip("no_sr", lambda g, a, t: max(0, a.gross[t] + g.safety - a.available[t - 1]),
         "What is already on order is left out. Take the scheduled receipt off in its week."),
    Slip("ss_none", lambda g, a, t: max(0, a.gross[t] - a.available[t - 1] - a.scheduled[t]),
         "The safety stock is left out: this lets it fall to zero."),
    Slip("ss_twice", lambda g, a, t: max(0, a.gross[t] + 2 * g.safety - a.available[t - 1] - a.scheduled[t]),
         "The safety stock counts twice here: taken off the stock, and added to the need. Once is enough."),
    Slip("stock_reused", lambda g, a, t: max(0, a.gross[t] + g.safety - opening(g) - a.scheduled[t]),
         "You took the opening stock off again in later weeks. Use what the week before left."),
)  # fmt: skip
NET = Line("net", "Net requirements", "{unit}", rule=net_need, open_at=lambda g, t: t > 0, slips=NET_SLIPS)


def receipt_line(rule: Rule, *slips: Slip) -> Line:
    """Planned receipts by a lot rule."""
    return Line("receipt", "Planned receipts", "{unit}", rule=rule, open_at=lambda g, t: t > 0, slips=slips)


def started(g: Any, a: Any, t: int) -> float:
    """What must be released for a week's planned receipt."""
    return float(a.receipt[t] / g.good)


def release(g: Any, a: Any, t: int) -> float:
    """Planned releases, the lead time before the receipts; before week 1 all that should have gone out."""
    return started(g, a, t + g.lead) if t else sum(started(g, a, k) for k in range(1, g.lead + 1))


def release_line(*slips: Slip) -> Line:
    """Planned releases."""
    return Line("release", "Planned releases", "{unit}", rule=release, slips=(
        Slip("no_offset", lambda g, a, t: started(g, a, t) if t else 0,
             "Released in the week of the receipt, it comes late by the lead time. Move it back."),
        Slip("offset_forward", lambda g, a, t: started(g, a, t - g.lead) if t > g.lead else 0,
             "You moved the release to after the receipt. It lies {lead} {lead_unit} before it."),
        *slips,
    ))  # fmt: skip


SR_OFFSET = Slip(
    "sr_offset",
    lambda g, a, t: (
        release(g, a, t)
        + (a.scheduled[t + g.lead] if t else sum(a.scheduled[k] for k in range(1, g.lead + 1)))
    ),
    "A scheduled receipt was released long ago, and stands in the week in which it is due. Only planned receipts are "
    "moved back.",
)


def column(g: Any, t: int) -> str:
    """The head of a column."""
    return str(t) if t else "Before"


def record_grid(*lines: Line) -> Grid:
    """A whole record: one item, with a column for what falls before week 1."""
    return Grid(
        "record",
        "Record",
        over=lambda g: range(g.n + 1),
        column=column,
        key=lambda g, a: lines_of(planned(g), g.item),
        lines=lines,
    )


# Draws


def stands_apart(grid: Grid, plant: Plant) -> Callable[[Any], bool]:
    """Whether each slip of a grid shows by itself in these figures."""
    alone = Problem("materials.grid", "", 1, 1, (), lambda rng, plant: {}, "", (grid,))

    def good(g: Any) -> bool:
        key = Answers(**{grid.id: grid.by_rules(g, Answers())})
        return not collisions(Variant(alone, plant, 0, 0, g, key))

    return good


def record_case(
    rng: np.random.Generator, item: str, mean: float, n: int = 8, lead: Sequence[int] = (1, 2)
) -> dict[str, Any]:
    """An item whose stock lasts a week or two, with an open order that does not suffice."""
    gross = needs(rng, mean, n)
    if rng.integers(2):
        gross[int(rng.integers(4, n))] = 0
    safety, allocated = units(mean * between(rng, 0.3, 0.6)), units(mean * between(rng, 0.2, 0.5))
    lasts = int(rng.integers(1, 3))
    on_hand = round(allocated + safety + sum(gross[:lasts]) + between(rng, 0.2, 0.8) * gross[lasts])
    scheduled = [0] * n
    scheduled[lasts + int(rng.integers(2))] = units(mean * between(rng, 0.25, 0.6))
    return {"item": item, "n": n, "gross": gross, "scheduled": scheduled, "safety": safety, "allocated": allocated,
            "on_hand": on_hand, "good": 1.0, **span("lead", int(rng.choice(list(lead))))}  # fmt: skip


def line_steps(*lines: tuple[str, str], part: str = "record") -> tuple[Callable[[Any, Any], str], ...]:
    """The worked record, line by line."""

    def step(name: str, label: str) -> Callable[[Any, Any], str]:
        def said(g: Any, a: Any) -> str:
            cells = getattr(a, part)[name]
            shown = ", ".join(show(x) for t, x in cells.items() if t)
            before = f" (before: {show(cells[0])})" if 0 in cells else ""
            return f"{label}: {shown}{before}."

        return said

    return tuple(step(*line) for line in lines)


RECORD_STEPS = line_steps(
    ("net", "Net = gross + safety stock − available before − scheduled, and never below zero"),
    ("receipt", "Planned receipts"),
    ("available", "Available = before + scheduled + planned receipts − gross"),
    ("release", "Releases, the lead time earlier"),
)
