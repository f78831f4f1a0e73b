"""Schedules read with care: what clashes, why an order is late, when a shift calendar has it done."""

from __future__ import annotations

from functools import lru_cache
from types import SimpleNamespace
from typing import TYPE_CHECKING, Any

from .... import scheduling
from ...draws import shaped
from ...numbers import show
from ...parts import Choice, Number, Option, Slip
from ...problem import Fact, FactTable, Problem
from ...tolerance import Absolute, Relative
from .rules_draw import NEEDS, waiting
from .shops_draw import LOTS, OUTCOMES, Work, as_table, centers, items, small_shop, times, work_of

if TYPE_CHECKING:
    import numpy as np

    from ....plant import Plant

CONTROL = ("cpim.detailed_schedules", "lesson.09.4")

# What clashes

_CLASHES = {
    "machine": "Two lots at once at one work center",
    "order": "A step before the one before it is done",
    "release": "A lot that starts before its material is there",
    "closed": "Work at a work center while it is closed",
    "none": "Nothing: it can be carried out",
}


def _kind(clashes: list[str]) -> str:
    """Which kind the sentences of `check_schedule` are of; "several" where they are of more than one."""
    kinds = {
        "closed" if "is closed" in c or " needs " in c else "release" if "is released" in c
        else "machine" if "overlap" in c else "order"
        for c in clashes
    }  # fmt: skip
    return kinds.pop() if len(kinds) == 1 else "several" if kinds else "none"


def _clashing(
    work: Work, plan: list[dict[str, Any]], came: dict[str, int], shut: tuple[str, int, int]
) -> list[str]:
    import pandas as pd

    shop = scheduling.read_shop(
        as_table(work),
        jobs=pd.DataFrame({"job": list(came), "release": list(came.values())}),
        downtime=pd.DataFrame({"machine": [shut[0]], "start": [shut[1]], "end": [shut[2]]}),
    )
    table = pd.DataFrame(plan).rename(columns={"lot": "job", "center": "machine"})
    return scheduling.check_schedule(table, shop)


def _seen(plan: list[dict[str, Any]], came: dict[str, int], shut: tuple[str, int, int]) -> set[str]:
    """The kinds of clashes at a glance, so that few tries need the whole check."""
    kinds = set()
    for r in plan:
        if r["start"] < came[r["lot"]]:
            kinds.add("release")
        if r["center"] == shut[0] and r["start"] < shut[2] and r["end"] > shut[1]:
            kinds.add("closed")
        for q in plan:
            together = q["start"] < r["end"] and r["start"] < q["end"]
            if q is not r and q["center"] == r["center"] and together:
                kinds.add("machine")
            if q["lot"] == r["lot"] and q["step"] == r["step"] - 1 and r["start"] < q["end"]:
                kinds.add("order")
    return kinds


def _draw_clash(rng: np.random.Generator, plant: Plant) -> dict[str, Any]:
    import pandas as pd

    wanted = str(rng.choice(list(_CLASHES)))
    while True:
        rows = small_shop(rng, plant, "a schedule to be checked")
        work = work_of(SimpleNamespace(work=rows))
        lot = str(rng.choice(list(LOTS)))
        came = dict.fromkeys(LOTS, 0) | {lot: int(rng.integers(3, 8))}
        good = times(
            scheduling.job_shop(
                as_table(work), jobs=pd.DataFrame({"job": list(came), "release": list(came.values())}),
                method="rule", rule="mwkr",
            )
        )  # fmt: skip
        plan = [
            {**r, "start": good[r["lot"], r["step"]][0], "end": good[r["lot"], r["step"]][1]} for r in rows
        ]
        windows = [
            (c, at, at + long)
            for c in dict.fromkeys(r["center"] for r in rows) for at in range(4, 15) for long in range(2, 5)
            if not _seen(plan, came, (c, at, at + long))
        ]  # fmt: skip
        if not windows:
            continue
        shut = windows[int(rng.integers(len(windows)))]
        moves = [(i, start) for i in range(len(plan)) for start in range(20)]
        for k in rng.permutation(len(moves)) if wanted != "none" else ():
            i, start = moves[int(k)]
            moved = [dict(r) for r in plan]
            moved[i] |= {"start": float(start), "end": float(start) + moved[i]["hours"]}
            if _seen(moved, came, shut) == {wanted}:
                plan = moved
                break
        clashes = _clashing(work, plan, came, shut)
        if _kind(clashes) == wanted:
            return {
                "plan": plan, "lot": lot, "came": came[lot], "shut": shut[0], "shut_from": shut[1], "shut_to": shut[2],
                "kind": wanted, "said": " ".join(clashes),
            }  # fmt: skip


def _clash_reason(kind: str) -> Any:
    def reason(g: Any, a: Any) -> str:
        if g.kind == kind:
            return (
                f"Yes: {g.said}"
                if g.said
                else "Yes. You looked at lots, work centers, material and closing times, and all of them hold."
            )
        if kind == "none":
            return "One thing does not hold. Go through the work centers one by one, then the lots, then the two notes."
        return "Look again: of that kind there is nothing in this schedule."

    return reason


CLASH = Problem(
    id="scheduling.which_clash", title="Can this schedule be carried out?", level=2, minutes=4, outcomes=OUTCOMES,
    covers=("check_schedule", "read_shop"), topics=("reading a schedule",), needs=NEEDS, draw=_draw_clash,
    prompt=(
        "A colleague made this schedule in Excel. Material for lot {lot} comes at hour {came}; for the others it is there. {shut} is "
        "closed from hour {shut_from} to {shut_to}, and work does not go on there meanwhile. A work center has one lot at a time. What clashes?"
    ),
    facts=(
        FactTable("plan", "Schedule", (
            Fact("lot", "Lot"), Fact("step", "Step"), Fact("center", "Work center"), Fact("start", "Start"), Fact("end", "End"))),
    ),
    parts=(
        Choice("clash", "What clashes?", key=lambda g, a: g.kind,
               options=tuple(Option(k, text, _clash_reason(k)) for k, text in _CLASHES.items())),
    ),
    hints=("Take one work center at a time, and write its lots by their start. Does one begin before the other ends?",
           "Then take each lot: do its steps follow one another, and does the first wait for the material?"),
    steps=(
        lambda g, a: f"Found: {g.said}" if g.said else "Work center by work center, and lot by lot: nothing overlaps, and nothing starts too soon.",
    ),
)  # fmt: skip


# Why it is late

_REASONS = {
    "material": "Its material came too late",
    "machine": "The machine was busy with another lot",
    "labor": "The person with the skill was busy with another lot",
    "no time left": "There was never time enough, even alone in the shop",
}
_HELPS = {
    "material": "Press the supplier now, and plan its start from the day that is confirmed",
    "machine": "Change the order at the machine, or put it on another machine",
    "labor": "Train a second person, or lend one with the skill for that time",
    "no time left": "Agree a date with the customer that can be kept, and look at how dates are promised",
}


def _draw_late(rng: np.random.Generator, plant: Plant) -> dict[str, Any]:
    import pandas as pd

    wanted = str(rng.choice(list(_REASONS)))
    one, two = centers(rng, plant, 2, "a late order")
    names = items(rng, plant, 3, "a late order")
    mine, same, other = (int(x) for x in rng.integers(4, 10, 3))
    early, shared = int(rng.integers(0, 3)), wanted == "labor"
    material = int(rng.integers(6, 12)) if wanted == "material" else early
    ahead = {"machine": same, "labor": other, "material": 0, "no time left": 0}[wanted]
    end = max(material, ahead) + mine
    late = int(rng.integers(1, max(2, min(4, end - max(early, 1) - mine))))
    due = (
        mine - int(rng.integers(1, 4)) + early
        if wanted == "no time left"
        else max(mine + 1 + early * (wanted != "material"), end - late)
    )
    rows: list[dict[str, Any]] = [
        {"lot": "A", "item": names[0], "center": one, "hours": mine, "material": material, "due": due},
        {"lot": "B", "item": names[1], "center": one, "hours": same, "material": 0 if wanted == "machine" else 30, "due": same if wanted == "machine" else 60},
        {"lot": "C", "item": names[2], "center": two, "hours": other, "material": 0, "due": other},
    ]  # fmt: skip
    table = pd.DataFrame(rows)
    shop = scheduling.read_shop(
        pd.DataFrame({"job": table["lot"], "step": 1, "machine": table["center"], "hours": table["hours"],
                      "skill": ["setter"] * 3 if shared else ["first", "first", "second"]}),
        jobs=pd.DataFrame({"job": table["lot"], "material": table["material"], "due": table["due"]}),
        labor={"setter": 1} if shared else {"first": 1, "second": 1},
    )  # fmt: skip
    plan = scheduling.job_shop(shop, method="rule", rule="edd")
    at = times(plan)
    for r in rows:
        r["start"], r["end"] = at[r["lot"], 1]
    found = scheduling.late_jobs(plan).set_index("job")
    reason = str(found.loc["A", "reason"]) if "A" in found.index else "none"
    detail = str(found.loc["A", "detail"]) if "A" in found.index else ""
    people = (
        "One person alone can run both work centers, and is needed all the time."
        if shared
        else "Each of the two work centers has a person of its own."
    )
    return {"one": one, "two": two, "rows": rows, "people": people, "reason": reason, "detail": detail,
            "late": float(at["A", 1][1] - due), "wanted": wanted}  # fmt: skip


def _late_reason(reason: str) -> Any:
    texts = {
        "material": "When its material came, the rest of the time was too short. Compare the material's hour, the work and the due date",
        "machine": "It lay there with its material, and the work center ran another lot. Look who was there before it",
        "labor": "Its work center stood free, and the one person was at the other. Look what ran there meanwhile",
        "no time left": "From the hour at which it could start, its own work is longer than the time to the due date",
    }

    def say(g: Any, a: Any) -> str:
        return (
            f"Yes. {texts[reason]}."
            if g.reason == reason
            else f"Not here. That would be: {texts[reason][0].lower()}{texts[reason][1:]}."
        )

    return say


def _helps_reason(reason: str) -> Any:
    def say(g: Any, a: Any) -> str:
        if g.reason == reason:
            return "Yes: that acts on the cause, and does it before the next such order."
        return "That may cost money, and the lot would be as late: it acts on another cause."

    return say


WHY_LATE = Problem(
    id="scheduling.why_late", title="Why is it late?", level=2, minutes=4, outcomes=CONTROL, covers=("late_jobs", "read_shop"),
    topics=("why an order is late",), needs=NEEDS,
    draw=lambda rng, plant: shaped(lambda: _draw_late(rng, plant), lambda g: g.reason == g.wanted and g.late >= 1, 30),
    prompt=(
        "Lot A was late, and everybody blames somebody else. Hour 0 was Monday's first; the lots ran as the table says. {people} "
        "Why was lot A late, and what do you do about it?"
    ),
    facts=(
        FactTable("rows", "What ran", (
            Fact("lot", "Lot"), Fact("center", "Work center"), Fact("hours", "Hours of work"), Fact("material", "Material there"),
            Fact("due", "Due"), Fact("start", "Started"), Fact("end", "Done"))),
    ),
    parts=(
        Choice("why", "Why was lot A late?", key=lambda g, a: g.reason,
               options=tuple(Option(k, text, _late_reason(k)) for k, text in _REASONS.items())),
        Choice("helps", "What helps?", key=lambda g, a: a.why,
               options=tuple(Option(k, text, _helps_reason(k)) for k, text in _HELPS.items())),
    ),
    hints=("What was the last thing that lot A waited for before it started?",
           "Would it have been in time, had it started as soon as its material was there? And had the material been there at once?"),
    steps=(
        lambda g, a: f"Lot A was done at {show(g.rows[0]['end'])}, due at {show(g.rows[0]['due'])}. It started at {show(g.rows[0]['start'])}, with its material there at {show(g.rows[0]['material'])}.",
        lambda g, a: f"The cause: {_REASONS[a.why].lower()}." + (f" In detail: {g.detail}." if g.detail else ""),
        lambda g, a: f"What helps: {_HELPS[a.helps]}.",
    ),
)  # fmt: skip


# A shift calendar

_DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday")


def _draw_calendar(rng: np.random.Generator, plant: Plant) -> dict[str, Any]:
    def draw() -> dict[str, Any]:
        center, names, _ = waiting(rng, plant, 1, "a problem on shifts")
        opens, length, pause = int(rng.integers(5, 9)), int(rng.choice([8, 9])), int(rng.choice([30, 60]))
        day = int(rng.integers(1, 5))
        return {
            "center": center, "lot": names[0], "opens": opens, "closes": opens + length, "pause": pause, "first": day,
            "weekday": _DAYS[day], "work": int(rng.integers(40, 70)) / 2,
        }  # fmt: skip

    def good(g: Any) -> Any:
        worked = g.closes - g.opens - g.pause / 60
        if g.first + g.work // worked < 5:  # done before the weekend
            return False
        end = _done(g)
        into = end % 24 - g.opens
        middle = (g.closes - g.opens) / 2
        plain = g.opens + g.work % (g.closes - g.opens)
        return (
            1 <= into <= g.closes - g.opens - 1
            and abs(into - middle) > 1
            and abs(end % 24 - plain) > 0.6
            and end > 168
        )

    return shaped(draw, good, 100)


@lru_cache(maxsize=256)
def _worked(opens: int, closes: int, pause: int, first: int, work: float) -> tuple[float, float]:
    """Hours worked a day, and hours from Monday's first midnight until the work is done."""
    import pandas as pd

    shifts = pd.DataFrame(
        {"shift": ["day"], "start_hour": [opens], "end_hour": [closes], "break_min": [pause]}
    )
    windows = scheduling.shift_calendar(["center"], shifts, days=21)
    today = windows[windows["end"] <= 24]
    lot = pd.DataFrame({"job": ["lot"], "step": [1], "machine": ["center"], "hours": [work]})
    done = scheduling.job_shop(lot, calendar=windows, now=24 * first + opens, method="rule").makespan
    return float((today["end"] - today["start"]).sum()), done


def _open(g: Any) -> float:
    return _worked(g.opens, g.closes, g.pause, g.first, g.work)[0]


def _done(g: Any) -> float:
    return _worked(g.opens, g.closes, g.pause, g.first, g.work)[1]


def _beyond(g: Any) -> bool:
    """Whether it runs beyond the break on the last day."""
    return bool(_done(g) % 24 > (g.opens + g.closes) / 2)


def _day(g: Any) -> str:
    return _DAYS[int(_done(g) // 24) % 7].lower()


def _day_reason(day: str) -> Any:
    def say(g: Any, a: Any) -> str:
        if _day(g) == day:
            return "Yes: the whole days are counted off, and the weekend between."
        return "Count off the days: each takes what is worked in it, and after Friday comes Monday."

    return say


CALENDAR = Problem(
    id="scheduling.shift_calendar", title="When is it done, by the shift calendar?", level=2, minutes=5, outcomes=OUTCOMES,
    covers=("shift_calendar", "job_shop"), topics=("working time",), needs=NEEDS, draw=_draw_calendar,
    prompt=(
        "{center} works one shift, Monday to Friday, {opens}:00 to {closes}:00, with a break of {pause} minutes in the middle of the shift. A lot of {lot} "
        "with {work} hours of work starts when the shift begins on {weekday}. At night, on the weekend and in the break it stands. "
        "How many hours are worked a day, and on which day and at which hour is the lot done?"
    ),
    facts=(Fact("work", "Work", "hours"), Fact("pause", "Break", "minutes")),
    parts=(
        Number(
            "open", "Worked a day", unit="hours", tolerance=Relative(0.002), key=lambda g, a: _open(g),
            slips=(Slip("no_break", lambda g, a: g.closes - g.opens, "The break is left out. Nobody works in it: take it off."),
                   Slip("break_in_hours", lambda g, a: g.closes - g.opens - g.pause / 100, "The break is in minutes: 30 of them are half an hour.")),
        ),
        Choice(
            "day", "It is done on", shuffle=False, key=lambda g, a: _day(g),
            options=tuple(Option(d.lower(), d, _day_reason(d.lower())) for d in _DAYS),
        ),
        Number(
            "hour", "At this hour of that day (14.5 is half past two)", unit="o'clock", tolerance=Absolute(0.05), key=lambda g, a: _done(g) % 24,
            slips=(
                Slip("no_break", lambda g, a: g.opens + g.work % (g.closes - g.opens),
                     "You counted on the whole shift, day by day. The break is not worked."),
                Slip("last_break", lambda g, a: _done(g) % 24 + (-1 if _beyond(g) else 1) * g.pause / 60,
                     lambda g, a: "On the last day the lot runs beyond the break: add it." if _beyond(g) else
                     "On the last day the lot is done before the break: do not add it."),
                Slip("hours_left", lambda g, a: g.work % _open(g), "So many hours are left for the last day. Count them from the beginning of the shift."),
            ),
        ),
    ),
    hints=("How many whole days does the work fill, and what is left for the last one?", "Count what is left from the shift's beginning. Does the break lie in between?"),
    steps=(
        lambda g, a: f"A day: {show(g.closes)} − {show(g.opens)} − {show(g.pause)} ÷ 60 = {show(a.open)} hours.",
        lambda g, a: f"{show(g.work)} hours fill {show(g.work // a.open)} whole days, and {show(g.work - g.work // a.open * a.open)} hours are left. From {g.weekday} on, without the weekend, the last day is {a.day.capitalize()}.",
        lambda g, a: f"From {show(g.opens)}:00, " + ("and with the break in between, " if _beyond(g) else "before the break, ") + f"that is {show(a.hour)} o'clock.",
    ),
)  # fmt: skip

PROBLEMS = (CLASH, WHY_LATE, CALENDAR)
