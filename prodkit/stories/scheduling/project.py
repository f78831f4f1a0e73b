"""Sitting 3: how long a project takes, how sure that is, and what a shorter one costs."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from ... import scheduling
from ...charts.style import worded
from ..said import Said, money, percent

if TYPE_CHECKING:
    import pandas as pd

    from ...plant import Plant
    from ...scheduling import CrashPlan, CriticalPath, PertEstimate

__all__ = [
    "chance_said",
    "crash_said",
    "days_of",
    "late_or_crash",
    "late_or_crash_said",
    "own_projects",
    "path_said",
    "project_list",
    "promise",
    "slip",
    "slip_said",
    "supposed_daily",
    "tell_project",
]


def days_of(x: float) -> str:
    """Days as one says them.

    >>> days_of(1), days_of(2.5)
    ('1 day', '2.5 days')
    """
    text = worded(x)
    return f"{text} day{'s' * (text != '1')}"


def project_list(plant: Plant, project: str) -> pd.DataFrame:
    """The activities of a project: what is done, days, and what must come before."""
    table = plant.table("activities")
    table = table[table["project"] == project].set_index("activity")
    after = [", ".join(x.strip() for x in str(text).split(";") if x.strip()) for text in table["after"]]
    return table[["name", "days"]].assign(after=after)


def path_said(plan: CriticalPath) -> Said:
    """How much of the project is critical, and what has most air, and least."""
    table = plan.activities
    critical = table[table["is_critical"]]
    work = float(table["days"].sum())
    told = (
        f"So {days_of(plan.length)}, although all activities together have {worded(work)}: many run side by side. "
        f"{len(critical)} of {len(table)} activities have no air at all; a day lost in one of them is a day lost for all."
    )
    free = table[~table["is_critical"]].sort_values("total_float", kind="stable")
    if free.empty:
        return Said(told)
    least, most = free.iloc[0], free.iloc[-1]
    near = float(least["total_float"])
    told += f" Most air has {most['name']}, {days_of(float(most['total_float']))}."
    if near <= 0.1 * plan.length:
        told += (
            f" But look at {least['name']}: {days_of(near)}, and then it is critical too. Whoever watches the critical path "
            "alone does not see it come."
        )
    return Said(told)


def slip(plant: Plant, plan: CriticalPath, days: float = 3.0) -> pd.DataFrame:
    """If one activity takes so many days longer: its float, and how much later the project ends (days)."""
    import pandas as pd

    table = plant.table("activities")
    table = table[table["project"] == plan.project]
    rows = []
    for code, name, air in zip(
        plan.activities["activity"],
        plan.activities["name"],
        plan.activities["total_float"].astype(float),
        strict=True,
    ):
        longer = table.assign(days=table["days"] + days * (table["activity"] == code))
        rows.append((name, air, scheduling.critical_path(longer).length - plan.length))
    names = ["takes longer", "its float", "the project ends later by"]
    return pd.DataFrame(rows, columns=names).set_index("takes longer").round(2)


def slip_said(table: pd.DataFrame, days: float = 3.0) -> Said:
    """How many delays are free, and how many are not."""
    later = table.iloc[:, 1].astype(float)
    free, whole = int((later < 1e-9).sum()), int((later > days - 1e-9).sum())
    part = len(later) - free - whole
    return Said(
        f"So {days_of(days)} more cost nothing at {free} of {len(later)} activities and {days_of(days)} at {whole}"
        + (f"; at {part} the float takes up a part" if part else "")
        + ". The float belongs to the whole path and not to one activity: what one uses up, the next no longer has."
    )


def promise(estimate: PertEstimate) -> int:
    """The first whole day by which the normal curve on one path says four chances in five."""
    return math.ceil(estimate.days_normal(0.8) - 1e-9)


def chance_said(estimate: PertEstimate) -> Said:
    """The normal curve's chance beside the simulated one."""
    due = float(estimate.due if estimate.due is not None else estimate.mean)
    normal, seen = estimate.chance_normal(due), estimate.chance_simulated(due)
    told = (
        f"So in {days_of(due)} the normal curve on one path promises {percent(normal)}, and of {estimate.runs:,} projects played "
        f"through {percent(seen)} were done. "
    )
    if normal - seen > 0.02:
        told += (
            "The one path is not alone: others are nearly as long, each may be the one that is late, and the project waits for the "
            "last. So PERT is too hopeful by nature, the more so, the more paths run side by side."
        )
    else:
        told += "Here one path rules, so that the simple sum is good. Where several are nearly as long, it is too hopeful."
    sure = math.ceil(estimate.days_simulated(0.9) - 1e-9)
    return Said(told, f"To be on time nine times in ten, promise {days_of(sure)}.")


def supposed_daily(plan: CrashPlan) -> float:
    """What a day of the project is supposed to cost: in the middle of what days cost that can be bought, to two digits."""
    bends = plan.curve.sort_values("days", ascending=False)
    days, cost = bends["days"].diff().abs(), bends["added_cost"].diff()
    slopes = sorted((cost / days).dropna())
    middle = slopes[len(slopes) // 2] if slopes else 1.0
    return float(f"{max(middle, 0.01):.1e}")


def crash_said(plan: CrashPlan, currency: str) -> Said:
    """What the cheapest length saves, and what the next day would cost."""
    daily = plan.indirect_cost_per_day
    before = plan.normal_cost + daily * plan.normal_length
    saved = before - plan.total_cost
    if plan.normal_length - plan.length < 1e-6:
        return Said(
            f"So no day is worth buying at {money(daily, currency)} a day: {days_of(plan.length)} is the cheapest length."
        )
    return Said(
        f"So the cheapest length is {days_of(plan.length)} in place of {worded(plan.normal_length)}: {money(plan.added_cost, currency)} "
        f"for shortening buy {days_of(plan.normal_length - plan.length)}, and each saves {money(daily, currency)}. In all "
        f"{money(saved, currency)} less. The shortest length of all is {days_of(plan.shortest_length)}, whatever one pays.",
        "The days are bought one after the other, the cheapest first, on the critical path only. Once a second path is critical, a "
        "day must be bought on both.",
    )


def late_or_crash(free: CrashPlan, penalty: float, days: int | None = None) -> pd.DataFrame:
    """For a date so many days before the usual end: each length, what it costs to be shorter, to be late, and in all.

    Where days are left out, it is half of those that money can buy.
    """
    import pandas as pd

    room = free.normal_length - free.shortest_length
    days = max(1, int(room / 2)) if days is None else days
    date = free.normal_length - days
    rows = []
    for saved in range(days + 1):
        length = free.normal_length - saved
        if length < free.shortest_length - 1e-9:
            break
        bought, late = free.added_cost_at(length), penalty * (length - date)
        rows.append((length, bought, late, bought + late))
    names = ["days", "for shortening", "for being late", "in all"]
    return pd.DataFrame(rows, columns=names).set_index("days").round(2)


def late_or_crash_said(table: pd.DataFrame, currency: str) -> Said:
    """Which length costs least, and what that means for the date."""
    total = table["in all"].astype(float)
    place = int(total.to_numpy().argmin())
    best, last = float(str(total.index[place])), len(total) - 1
    least, nothing, whole = (money(float(total.iloc[k]), currency) for k in (place, 0, last))
    on_time = float(table["for being late"].iloc[last]) < 1e-9
    if place == 0:
        told = f"So buy no day, be late, and say so now. That costs {least}; every day bought costs more than a day late."
    elif place == last:
        told = f"So crash to {days_of(best)}" + (
            ", which keeps the date." if on_time else ", as far as money goes."
        )
        told += f" That costs {least}; buying nothing would cost {nothing}."
    else:
        told = (
            f"So neither: shorten to {days_of(best)}, and be late by the rest. That costs {least}; buying nothing would cost "
            f"{nothing}, {'keeping the date' if on_time else 'the shortest length'} {whole}."
        )
    return Said(
        told,
        "And a penalty is not all that a late day costs. Whoever waits at the other end will remember it.",
    )


def tell_project(plan: CriticalPath, estimate: PertEstimate) -> Said:
    """The project, told to four listeners."""
    names = dict(zip(plan.activities["activity"], plan.activities["name"], strict=True))
    first = names[plan.critical[0]]
    sure = math.ceil(estimate.days_simulated(0.9) - 1e-9)
    return Said(
        f"- To whoever begins: “{first} has no air. If you see a day coming that you will lose, tell me that morning. Nobody is blamed "
        "for a day that is announced.”",
        "- To those with float: “You have air, but not alone: the next one needs it too. Begin early all the same.”",
        f"- To the sponsor: “{days_of(plan.length)} if nothing goes wrong, {sure} nine times in ten. I promise the second figure.”",
        "- To the supplier on the path: “Your date is ours. What would make it a week sooner, and what does that cost?”",
    )


def own_projects(plant: Plant) -> pd.DataFrame:
    """Every project of a plant: activities, length, mean by PERT, nine in ten simulated, shortest that money buys (days)."""
    import pandas as pd

    rows = []
    for project in dict.fromkeys(map(str, plant.need("activities", 1, "a project")["project"])):
        path = scheduling.critical_path(plant, project=project)
        sure = scheduling.pert(plant, project=project)
        least = scheduling.crash(plant, project=project, budget=0)
        rows.append(
            (
                project,
                len(path.activities),
                path.length,
                sure.mean,
                sure.days_simulated(0.9),
                least.shortest_length,
            )
        )
    names = ["project", "activities", "days", "PERT mean", "nine in ten by", "shortest"]
    return pd.DataFrame(rows, columns=names).set_index("project").round(1)
