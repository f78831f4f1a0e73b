"""Quick changeover: what can be done while the machine runs, and what to do with the hours it frees."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING, Any

from .... import methods
from ....errors import MissingTableError
from ...draws import between, shaped
from ...numbers import show
from ...parts import Choice, Number, Option, Slip
from ...problem import Fact, FactTable, Problem
from ...tolerance import Relative
from .flow_rows import one_center
from .pull import OUTCOMES

if TYPE_CHECKING:
    import numpy as np

    from ....plant import Plant

NEEDS = ("changeover_steps",)
MOST = 9
"""Steps that fit a card."""
_WORDS = {"internal": "stands", "external": "runs"}


def _draw_steps(rng: np.random.Generator, plant: Plant) -> dict[str, Any]:
    table = plant.need("changeover_steps", 3, "a changeover problem")
    names = list(dict.fromkeys(table["changeover"]))
    name = str(names[int(rng.integers(len(names)))])
    rows = table[table["changeover"] == name].sort_values("step").to_dict("records")
    stands = [r for r in rows if r["now"] == "internal"]
    moved = [r for r in stands if r["later"] == "external"]
    if len(stands) - len(moved) < 1 or not moved:
        raise MissingTableError(
            "changeover_steps", "a changeover problem needs a step that can be moved, and one that cannot"
        )
    kept = [r for r in stands if r["later"] == "internal"]
    # a few that can be moved, some that cannot, and one that is done while the machine runs even now
    chosen = moved[:3] + kept[: MOST - 4] + [r for r in rows if r["now"] == "external"][:1]
    chosen.sort(key=lambda r: r["step"])
    steps = []
    for r in chosen:
        minutes = max(1.0, round(float(r["seconds"]) * between(rng, 0.8, 1.25) / 60))
        later = minutes
        if r["now"] == r["later"] == "internal" and minutes >= 3 and rng.random() < 0.6:
            later = max(1.0, round(minutes * between(rng, 0.35, 0.75)))
        steps.append(
            {
                "step": str(r["name"]),
                "minutes": minutes,
                "now": _WORDS[r["now"]],
                "later": _WORDS[r["later"]],
                "shortened": later,
            }
        )
    return {"changeover": name, "steps": steps}


_Film = tuple[tuple[str, float, str, str, float], ...]


def _film(g: Any) -> _Film:
    return tuple((x["step"], x["minutes"], x["now"], x["later"], x["shortened"]) for x in g.steps)


def _stands(g: Any) -> tuple[float, float, float]:
    """Minutes that the machine stands: today, once steps are moved, and once the rest is shortened."""
    return _stands_in(_film(g))


@lru_cache(maxsize=256)
def _stands_in(film: _Film) -> tuple[float, float, float]:
    quick = _filmed(film)
    return quick.today / 60, quick.moved / 60, quick.improved / 60


def _filmed(steps: _Film) -> methods.QuickChangeover:
    import pandas as pd

    kinds = {word: kind for kind, word in _WORDS.items()}
    rows = [
        {"step": i, "name": name, "seconds": 60 * minutes, "now": kinds[now], "later": kinds[later], "seconds_later": 60 * short}
        for i, (name, minutes, now, later, short) in enumerate(steps, 1)
    ]  # fmt: skip
    return methods.quick_changeover(pd.DataFrame(rows))


def _sum(g: Any, column: str, kind: str = "", word: str = "stands") -> float:
    return float(sum(x[column] for x in g.steps if not kind or x[kind] == word))


def _with_figures(rng: np.random.Generator, plant: Plant) -> dict[str, Any]:
    given = _draw_steps(rng, plant)
    changes = int(rng.integers(4, 26))
    return {**given, "changes": changes}


def _good_steps(g: Any) -> bool:
    today, moved, end = _sum(g, "minutes", "now"), _sum(g, "minutes", "later"), _sum(g, "shortened", "later")
    return moved - end >= 2 and today - moved >= 2 and _sum(g, "minutes") - today >= 2 and today / end > 1.3


def _plus(g: Any, column: str, kind: str) -> str:
    return " + ".join(show(x[column]) for x in g.steps if x[kind] == "stands")


QUICK = Problem(
    id="methods.quick_changeover", title="A changeover, taken apart", level=1, minutes=6, outcomes=OUTCOMES,
    covers=("quick_changeover",), topics=("quick changeover",), needs=NEEDS,
    draw=lambda rng, plant: shaped(lambda: _with_figures(rng, plant), _good_steps),
    prompt=(
        "The changeover “{changeover}” was filmed; one person does one step after the other. In some steps the machine must stand, others can be done "
        "while it runs, and some can be made shorter. There are {changes} such changeovers a month. How long does the machine stand today, how long once every step is "
        "moved that can be, how long once the rest is shortened too, and how many machine hours a month come free?"
    ),
    facts=(
        FactTable("steps", "The film: the machine stands or runs", (
            Fact("step", "Step"), Fact("minutes", "Today", "minutes"), Fact("now", "Machine today"), Fact("later", "It could be"), Fact("shortened", "Shortened", "minutes"))),
        Fact("changes", "Changeovers", "a month"),
    ),
    parts=(
        Number(
            "today", "It stands today", unit="minutes", key=lambda g, a: _stands(g)[0],
            slips=(Slip("all_steps", lambda g, a: _sum(g, "minutes"), "That is the work of the whole changeover. In one or more steps the machine runs even today."),),
        ),
        Number(
            "moved", "It stands once steps are moved", unit="minutes", key=lambda g, a: _stands(g)[1],
            slips=(
                Slip("what_moves", lambda g, a: _sum(g, "minutes", "now") - _sum(g, "minutes", "later"), "That is what is moved out. How long does the machine stand still?"),
                Slip("external_sum", lambda g, a: _sum(g, "minutes", "later", "runs"), "Those are the steps that are done while it runs. Add up the others."),
            ),
        ),
        Number(
            "short", "And once the rest is shortened", unit="minutes", key=lambda g, a: _stands(g)[2],
            slips=(
                Slip("short_all", lambda g, a: _sum(g, "shortened", "now"), "The steps that are moved out are in it still. The machine runs meanwhile."),
                Slip("work_end", lambda g, a: _sum(g, "shortened"), "That is the work of the whole changeover. How long of it does the machine stand?"),
            ),
        ),
        Number(
            "freed", "Machine hours freed", unit="hours a month", tolerance=Relative(0.01),
            key=lambda g, a: g.changes * (a.today - a.short) / 60, check=lambda g: _filmed(_film(g)).hours_freed(g.changes),
            slips=(
                Slip("still_stands", lambda g, a: g.changes * a.short / 60, "So long it still stands. What comes free is the difference to today."),
                Slip("moved_only", lambda g, a: g.changes * (a.today - a.moved) / 60, "The shortening frees time too. Take the last figure."),
            ),
        ),
    ),
    hints=("Add up the steps in which the machine stands: first by today's column, then by the one of what could be.", "For the third take the shortened minutes of the steps in which it still stands."),
    steps=(
        lambda g, a: f"Today: {_plus(g, 'minutes', 'now')} = {show(a.today)} minutes.",
        lambda g, a: f"Moved: {_plus(g, 'minutes', 'later')} = {show(a.moved)} minutes. What is moved is still work: somebody does it while the machine runs.",
        lambda g, a: f"Shortened: {_plus(g, 'shortened', 'later')} = {show(a.short)} minutes.",
        lambda g, a: f"Freed: {show(g.changes)} × ({show(a.today)} − {show(a.short)}) ÷ 60 = {show(a.freed)} hours a month.",
    ),
)  # fmt: skip


def _draw_freed(rng: np.random.Generator, plant: Plant) -> dict[str, Any]:
    center = one_center(rng, plant, "a problem on freed hours")
    full = bool(rng.integers(2))
    before = int(rng.choice([40, 45, 60, 75, 90]))
    after = int(before * float(rng.choice([0.4, 0.5, 0.6])))
    hours = int(rng.choice([80, 120, 160]))
    changes = int(rng.integers(10, 31))
    stands = changes * before / 60
    run = int((hours - stands) * (between(rng, 1.06, 1.15) if full else between(rng, 0.6, 0.85)))
    return {
        "center": center.code,
        "before": before,
        "after": after,
        "changes": changes,
        "hours": hours,
        "wanted_run": run,
    }


def _needed(g: Any, minutes: float) -> float:
    return float(100 * (g.wanted_run + g.changes * minutes / 60) / g.hours)


def _lot_share(g: Any) -> float:
    return _lot_share_of(g.before, g.after)


@lru_cache(maxsize=256)
def _lot_share_of(before: float, after: float) -> float:
    return _filmed((("changeover", before, "stands", "stands", after),)).lot_share


def _freed_reason(option: str) -> Any:
    texts = {
        "output": "The hours are worth output only while more work waits than the machine can do, and here the load decides that.",
        "lots": "Where the machine has hours enough, more output only makes stock. Smaller lots shorten the time on the way, and stock falls with them.",
    }
    return lambda g, a: (
        f"Before the change the load was {show(_needed(g, g.before), 3)} %, after it {show(_needed(g, g.after), 3)} %. {texts[option]}"
    )


FREED = Problem(
    id="methods.changeover_hours", title="What to do with the hours that come free", level=2, minutes=7, outcomes=OUTCOMES,
    covers=("quick_changeover",), topics=("quick changeover", "on the floor"), needs=("workcenters", "routings"),
    draw=lambda rng, plant: shaped(lambda: _draw_freed(rng, plant), lambda g: _needed(g, g.after) < 100 and (_needed(g, g.before) > 103 or _needed(g, g.before) < 92) and g.before / g.after > 1.3),
    prompt=(
        "At {center} a changeover took {before} minutes and now takes {after}. A month has {hours} hours, {changes} changeovers, and orders for {wanted_run} hours of running. "
        "How full was it before, changeovers counted? How many changeovers can it do now in the standstill that it had? And what do you do with the hours that came free?"
    ),
    facts=(Fact("before", "A changeover until now", "minutes"), Fact("after", "A changeover now", "minutes"), Fact("changes", "Changeovers", "a month"),
           Fact("hours", "Machine hours", "a month"), Fact("wanted_run", "Running that orders ask for", "hours a month")),
    parts=(
        Number(
            "load", "Load before", unit="%", key=lambda g, a: _needed(g, g.before), tolerance=Relative(0.01),
            slips=(
                Slip("no_setup", lambda g, a: 100 * g.wanted_run / g.hours, "The changeovers take machine hours too."),
                Slip("after_load", lambda g, a: _needed(g, g.after), "That is the load now. Before, a changeover took {before} minutes."),
            ),
        ),
        Number(
            "same", "Changeovers in the standstill of before", unit="changeovers", tolerance=Relative(0.01),
            key=lambda g, a: g.changes / _lot_share(g),
            slips=(
                Slip("fewer", lambda g, a: g.changes * _lot_share(g), "Shorter changeovers leave room for more of them, not for fewer."),
                Slip("difference", lambda g, a: g.changes * (1 / _lot_share(g) - 1), "So many more. How many in all?"),
            ),
        ),
        Choice(
            "use", "What do you do with the hours?", key=lambda g, a: "output" if a.load > 100 else "lots",
            options=(
                Option("output", "Work off the orders that wait; keep the lots as they are for now", _freed_reason("output")),
                Option("lots", "Change over more often, in smaller lots", _freed_reason("lots")),
                Option("people", "Do with fewer people on that shift", "Who helps to shorten a changeover and loses his place for it helps only once. And somebody still does the work that was moved."),
                Option("more", "Run longer lots, so that the machine is as busy as before", "Busy is no aim: more than is ordered only becomes stock, and hides the gain."),
            ),
        ),
    ),
    hints=("Load: running and changeovers, over the hours of the month. Is there more work than hours?", "In the time of {before} minutes more than one changeover of {after} minutes fits."),
    steps=(
        lambda g, a: f"Load before: {show(g.wanted_run)} + {show(g.changes)} × {show(g.before)} ÷ 60 = {show(g.wanted_run + g.changes * g.before / 60)} hours of {show(g.hours)}, that is {show(a.load)} %.",
        lambda g, a: f"In the same standstill: {show(g.changes)} × {show(g.before)} ÷ {show(g.after)} = {show(a.same)} changeovers, each with a smaller lot.",
        lambda g, a: _freed_reason(a.use)(g, a),
    ),
)  # fmt: skip

PROBLEMS = (QUICK, FREED)
