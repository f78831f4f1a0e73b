"""Sitting 4: a schedule in use, what happens to it, and how much of it to change."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from ... import scheduling
from ...charts.style import worded
from ...scheduling import MachineDown, RushOrder
from ..said import Said, percent
from .queue import hours_of

if TYPE_CHECKING:
    import pandas as pd

    from ...plant import Lots
    from ...scheduling import Reschedule, Schedule

__all__ = [
    "balance",
    "breakdown",
    "breakdown_said",
    "dispatch_list",
    "dispatch_said",
    "hot",
    "hot_said",
    "mend",
    "overtime",
    "overtime_said",
    "promised",
    "repairs",
    "repairs_said",
    "tell_repair",
]

_AIR = 0.05  # of the makespan, between a lot's end in the plan and its due date
_DOWN = 0.15  # of the makespan, for which the machine stands
_MOVE = 0.02  # of the makespan: hours late that moving one operation must save
_NEVER = 1000.0
_WORK = 3.0
_SECONDS = 60.0
_HOT = "hot"


def promised(case: Lots) -> Schedule:
    """The lots with due dates that the best schedule just keeps, a little air included."""
    import pandas as pd

    best = scheduling.job_shop(case.operations, time_limit=_SECONDS, work_limit=_WORK)
    air = max(0.5, _AIR * best.makespan)
    due = best.jobs[["job"]].assign(due=(best.jobs["end"] + air).round(1))
    return scheduling.job_shop(
        case.operations,
        jobs=pd.DataFrame(due),
        objective="weighted_tardiness",
        time_limit=_SECONDS,
        work_limit=_WORK,
    )


def breakdown(plan: Schedule) -> MachineDown:
    """The machine with most work still to do breaks down when a quarter of the time is over."""
    now = _now(plan)
    table = plan.operations
    left = (table["end"] - table["start"].clip(lower=now)).where(table["end"] > now, 0.0)
    machine = str(left.groupby(table["machine"]).sum().idxmax())
    hours = max(1.0, round(_DOWN * plan.makespan))
    return MachineDown(machine, now, now + hours)


def _now(plan: Schedule) -> float:
    return float(round(plan.makespan / 4))


def balance(plan: Schedule) -> float:
    """Hours of lateness that moving one operation must save, to be worth the trouble."""
    return max(0.1, round(_MOVE * plan.makespan, 1))


def dispatch_list(plan: Schedule, event: MachineDown) -> pd.DataFrame:
    """What one machine was to run next: lot, start, end, the lot's due date and the machine it goes to then."""
    table = plan.operations.sort_values(["job", "step"], kind="stable")
    goes = table.groupby("job")["machine"].shift(-1).fillna("finished")
    due = plan.jobs.set_index("job")["due"]
    mine = table.assign(due=table["job"].map(due), then=goes)
    mine = mine[(mine["machine"] == event.machine) & (mine["end"] > event.start)].sort_values("start")
    return mine.set_index("job")[["start", "end", "due", "then"]].round(1)


def dispatch_said(plan: Schedule, event: MachineDown) -> Said:
    """The hour, the stop, and what simply waiting would mean."""
    rest = dispatch_list(plan, event)
    return Said(
        f"It is hour {worded(event.start)}. {event.machine} stands, and the repair takes {hours_of(event.end - event.start)}. "
        f"{len(rest)} lot{'s' * (len(rest) != 1)} {'were' if len(rest) != 1 else 'was'} to run there from now on. Until this minute "
        + (
            "every lot would have been on time."
            if plan.n_late == 0
            else f"{plan.n_late} of {len(plan.jobs)} would have been late."
        )
    )


def mend(plan: Schedule, event: MachineDown, stability: float) -> Reschedule:
    """The schedule mended, with so many weighted hours late that moving one operation must save."""
    return scheduling.reschedule(
        plan, event, now=event.start, stability=stability, time_limit=_SECONDS, work_limit=_WORK
    )


def repairs(plan: Schedule, event: MachineDown) -> pd.DataFrame:
    """Three ways to mend: move nothing that need not move, a balance, lateness alone: late, hours late, moved."""
    import pandas as pd

    ways = {"keep the plan": _NEVER, "a balance": balance(plan), "lateness alone": 0.0}
    rows = []
    for name, stability in ways.items():
        done = mend(plan, event, stability)
        new = done.schedule
        rows.append((name, new.n_late, new.total_tardiness, len(done.moved), 100 * done.share_moved))
    names = ["way", "late", "hours late", "moved", "moved (%)"]
    return pd.DataFrame(rows, columns=names).set_index("way").round(1)


def breakdown_said(done: Reschedule) -> Said:
    """What one mended schedule comes to."""
    late = done.schedule.jobs[done.schedule.jobs["is_late"]]
    told = [
        f"{job} by {hours_of(hours)}" for job, hours in zip(late["job"], late["tardiness_hours"], strict=True)
    ]
    return Said(
        f"So {len(done.moved)} operations move, {percent(done.share_moved)} of those not begun. "
        + (f"Late: {', '.join(told)}." if told else "No lot is late.")
    )


def repairs_said(table: pd.DataFrame) -> Said:
    """What moving buys."""
    late, moved = table["hours late"].astype(float), table["moved"].astype(int)
    keep, some, free = (float(x) for x in late)
    told = f"So with as little moved as can be, {hours_of(keep)} late in all; with everything free to move, {worded(free)}."
    if keep - free < 0.06:
        return Said(
            told,
            "Moving buys nothing here: leave the plan alone, and tell people that it stands. A repair that is no better is "
            "a nuisance to everybody who has to read it.",
        )
    share = (keep - some) / (keep - free)
    if int(moved.iloc[1]) < int(moved.iloc[2]):
        return Said(
            told,
            f"The balance has {percent(share)} of that gain and moves {int(moved.iloc[1])} operations in place of {int(moved.iloc[2])}. "
            "The rest of the moves were for nothing, or for nearly nothing: a solver that is asked for lateness alone does not care "
            "how often it wakes people up.",
        )
    return Said(
        told,
        "Here each move is worth its trouble: the balance moves as many. Do not count on it; ask for both.",
    )


def hot(plan: Schedule, fence: float = 8.0) -> pd.DataFrame:
    """A hot order for which half of the shortest lot is wanted at once: when it is done, and who pays, by three ways."""
    import pandas as pd

    now = _now(plan)
    work = plan.shop.operations.drop_duplicates(["job", "step"])
    job = str(work.groupby("job")["hours"].sum().idxmin())
    steps = work[work["job"] == job][["step", "machine", "hours"]]
    steps = steps.assign(hours=(steps["hours"] / 2).round(1).clip(lower=0.1))
    due = now + 1.5 * float(steps["hours"].sum())
    top = 2 * float(plan.jobs["weight"].max())
    order = RushOrder(_HOT, steps, due=round(due, 1), weight=top)
    rows = []
    for name, stability in (
        ("around what is planned", _NEVER),
        ("a balance", balance(plan)),
        ("whatever it takes", 0.0),
    ):
        done = scheduling.reschedule(
            plan, order, now=now, stability=stability, time_limit=_SECONDS, work_limit=_WORK
        )
        jobs = done.schedule.jobs.set_index("job")
        first = np.minimum(done.moved["start"].to_numpy(float), done.moved["start_before"].to_numpy(float))
        new = jobs.loc[[_HOT]].iloc[0]
        others = done.schedule.n_late - int(new["is_late"])
        rows.append(
            (
                name,
                new["end"],
                new["tardiness_hours"],
                others,
                len(done.moved),
                int((first < now + fence).sum()),
            )
        )
    names = ["the hot order", "done at", "late by", "others late", "moved", "in the fence"]
    return pd.DataFrame(rows, columns=names).set_index("the hot order").round(1)


def hot_said(table: pd.DataFrame) -> Said:
    """What the hot order costs the frozen hours."""
    end = table["done at"].astype(float)
    best = int(end.to_numpy().argmin())
    inside, others = int(table["in the fence"].iloc[best]), int(table["others late"].iloc[best])
    gain = float(end.iloc[0] - end.min())
    told = f"So without touching what is planned it is done at hour {worded(float(end.iloc[0]))}"
    if gain < 0.06:
        return Said(
            f"{told}, and nothing that you could move would make it sooner. Say yes, and leave the fence shut."
        )
    told += f", and at best {hours_of(gain)} sooner, with {inside or 'no'} operation{'s' * (inside > 1)} moved within the "
    told += f"frozen hours and {others or 'no'} other lot{'s' * (others > 1)} late."
    return Said(
        told,
        "Who opens the fence is written down before such a morning, by name. It is not the one who shouts, and not the one who is "
        "shouted at.",
    )


def overtime(plan: Schedule, event: MachineDown) -> pd.DataFrame:
    """The stop made up for by hours worked when others go home, in quarters: lots late, hours late."""
    import pandas as pd

    length = event.end - event.start
    rows = []
    for quarter in range(5):
        caught = quarter * length / 4
        if quarter < 4:
            new = mend(
                plan, MachineDown(event.machine, event.start, event.end - caught), balance(plan)
            ).schedule
        else:
            new = plan
        rows.append((caught, new.n_late, new.total_tardiness))
    names = ["hours of overtime", "late", "hours late"]
    return pd.DataFrame(rows, columns=names).set_index("hours of overtime").round(2)


def overtime_said(table: pd.DataFrame, event: MachineDown) -> Said:
    """Whether overtime is needed at all, and how much."""
    late = table["hours late"].astype(float).to_numpy()
    hours = [float(str(x)) for x in table.index]
    if late[0] < 0.06:
        return Said(
            "So mending the plan is enough: no overtime, and nobody late. Ask for hours only when there is something to buy with them."
        )
    enough = next(k for k, x in enumerate(late) if x < 0.06 or k == len(late) - 1)
    told = f"So without overtime {hours_of(float(late[0]))} late in all. With {hours_of(hours[enough])} at {event.machine} every date holds"
    told += "; the whole of the stop need not be made up." if enough < 4 else ", and that is all of the stop."
    first = float(late[0] - late[1])
    return Said(
        told,
        f"The first {hours_of(hours[1])} buy{'s' * (hours[1] == 1)} {hours_of(first)} of lateness. Late costs a "
        "customer, overtime costs money and a tired crew. Put both in one line, and let the one decide who answers for it.",
    )


def tell_repair(plan: Schedule, event: MachineDown, done: Reschedule) -> Said:
    """The repair, told to four listeners."""
    late = done.schedule.jobs[done.schedule.jobs["is_late"]]["job"].astype(str)
    where = sorted(set(done.moved["machine"])) if len(done.moved) else []
    return Said(
        f"- To the people at {event.machine}: “Take the time that the repair needs. Nobody wants it back an hour early and broken again.”",
        f"- To the other machines: “{'Your list changes at ' + ', '.join(where) if where else 'Your lists stay'}. Nothing else moves today.”",
        f"- To sales: “{', '.join(late) + ' will be late; you have the new hours now.' if len(late) else 'All dates hold.'}”",
        f"- To maintenance: “{hours_of(event.end - event.start)} here cost {hours_of(done.schedule.total_tardiness)} of lateness, on a machine "
        "with no other beside it. That is what the spare part is worth.”",
    )
