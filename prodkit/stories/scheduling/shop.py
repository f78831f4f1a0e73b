"""Sitting 2: two machines, several machines, setups, and the one machine that sets the pace."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from ... import scheduling, solver
from ...charts.style import worded
from ...errors import MissingTableError
from ...plant import Lots, changing_center, lots
from ...scheduling.either_or import shop_model
from ..said import Said, percent
from .queue import hours_of

if TYPE_CHECKING:
    import pandas as pd
    import pulp

    from ...plant import Plant
    from ...scheduling import FlowShop, Schedule

__all__ = [
    "Changing",
    "absent",
    "absent_said",
    "big_m",
    "bound_said",
    "changing",
    "changing_said",
    "drum",
    "drum_said",
    "johnson_said",
    "late_why",
    "late_why_said",
    "models",
    "models_said",
    "own_shop",
    "race_rules",
    "race_said",
    "release",
    "roped",
    "roped_said",
    "setup_orders",
    "setups_said",
    "tell_shop",
    "two_said",
]

_RULES = {
    "fcfs": "first come, first served",
    "spt": "shortest operation first",
    "lpt": "longest operation first",
    "mwkr": "most work left first",
    "lwkr": "least work left first",
}
_WORK = 3.0  # of the solver, by its own count: the same answer on every machine
_SECONDS = 60.0
_SHIFT = 8.0
_CHANGING = 8  # lots whose setups depend on the order


def two_said(case: Lots) -> Said:
    """What goes through the two machines."""
    times = case.times
    one, two = case.machines
    first, second = float(times[one].sum()), float(times[two].sum())
    return Said(
        f"At {case.plant}, {len(times)} lots wait that go first to {one} and then to {two}; of each look at one machine. Work for "
        f"{hours_of(first)} on the first and {worded(second)} on the second. No order can be done before hour "
        f"{worded(max(first + float(times[two].min()), second + float(times[one].min())))}: the busier machine, and "
        "before or after it the shortest operation on the other."
    )


def johnson_said(case: Lots, best: FlowShop) -> Said:
    """Johnson's order against the order as given and the same order backwards."""
    given = scheduling.flow_shop(case.times, list(case.jobs))
    back = scheduling.flow_shop(case.times, list(reversed(best.order)))
    two = case.machines[1]
    saved = back.makespan - best.makespan
    told = (
        f"So all is done at hour {worded(best.makespan)}, and no order is faster: that is proven. As they came it takes "
        f"{worded(given.makespan)}; Johnson’s order backwards {worded(back.makespan)}."
    )
    if saved < 0.01 * best.makespan:
        return Said(
            f"{told} Here the order hardly matters: one of the two machines has so much more to do that it sets the pace alone."
        )
    return Said(
        f"{told} {two} waits {hours_of(best.idle_hours[two])} for work in the best order and {worded(back.idle_hours[two])} in "
        "the backward one. The work is the same to the minute; only the waiting differs."
    )


def race_rules(case: Lots, best: Schedule) -> pd.DataFrame:
    """What each rule makes of the lots: when all is done (hours), and how far above the best (share)."""
    import pandas as pd

    rows = []
    for rule, name in _RULES.items():
        done = scheduling.job_shop(case.operations, method="rule", rule=rule)
        rows.append((name, done.makespan, f"{100 * (done.makespan / best.makespan - 1):.1f} %"))
    return pd.DataFrame(rows, columns=["rule", "all done at (h)", "above the best"]).set_index("rule")


def race_said(table: pd.DataFrame, best: Schedule) -> Said:
    """The rules against the optimum."""
    done = table["all done at (h)"].round(6)
    least, most = float(done.min()), float(done.max())
    spread = (
        f"So the rules lie between {worded(least)} and {worded(most)} hours"
        if most > least
        else f"So every rule takes {hours_of(least)}"
    )
    proof = "proved" if best.is_proved else f"and nothing is below {worded(best.bound)}"
    if least > best.makespan + 1e-6:
        rest = (
            f", and the best there is takes {worded(best.makespan)} ({proof}): {hours_of(least - best.makespan)} less than the "
            "best rule. A rule looks at one machine and one moment; it cannot see that a lot which waits here would have kept "
            "another machine busy there."
        )
    else:
        rest = (
            f", and {done.idxmin()!s} found the best there is ({proof}). It could not know. On other lots another rule "
            "wins, and none of them tells you when it has lost."
        )
    return Said(spread + rest)


def big_m(case: Lots, n: int = 3, *, is_relaxed: bool = False) -> pulp.LpProblem:
    """The first n lots of a shop as a mixed-integer model; relaxed, either-or may be answered by “half”."""
    part = case.operations[case.operations["job"].isin(case.jobs[:n])]
    return shop_model(part, is_relaxed=is_relaxed)


def models(case: Lots) -> pd.DataFrame:
    """By number of lots: either-or pairs, what the relaxed model can prove (hours), what is proved in the end."""
    import pandas as pd

    rows = []
    for n in range(2, len(case.jobs) + 1):
        relaxed = big_m(case, n, is_relaxed=True)
        pairs = sum(v.name.startswith("first") for v in relaxed.variables())
        part = case.operations[case.operations["job"].isin(case.jobs[:n])]
        best = scheduling.job_shop(part, time_limit=_SECONDS, work_limit=_WORK)
        floor = solver.solve(relaxed).objective
        rows.append((n, pairs, round(float(floor or 0.0), 1), best.bound))
    names = ["lots", "either-or pairs", "relaxed model knows (h)", "CP-SAT proves (h)"]
    return pd.DataFrame(rows, columns=names).set_index("lots")


def models_said(case: Lots, table: pd.DataFrame) -> Said:
    """Why the relaxed model proves so little."""
    last = table.iloc[-1]
    longest = float(case.operations.groupby("job")["hours"].sum().max())
    return Said(
        f"So with {len(case.jobs)} lots the relaxed model can only say “not before hour {worded(float(last.iloc[1]))}”"
        + (", which is the longest lot by itself" if abs(last.iloc[1] - longest) < 0.06 else "")
        + f". {int(last.iloc[0])} pairs leave 2 to the power of {int(last.iloc[0])} ways to answer either-or, and a search "
        "that is told so little must try a great many of them. CP-SAT, a solver of constraints, thinks in machines that are taken or free: "
        f"it proves {worded(float(last.iloc[2]))} at once. That is why prodkit gives shops to CP-SAT, and mixes, lots and plans to "
        "linear programs."
    )


@dataclass(frozen=True)
class Changing:
    """Lots at a work center where a setup depends on what was made before."""

    workcenter: str
    jobs: pd.DataFrame
    """As `sequence` takes them: job, hours (run), setup_hours (where no pair is listed)."""
    changeovers: pd.DataFrame
    """from_item, to_item, hours: of these lots."""


def changing(plant: Plant) -> Changing:
    """Up to eight lots at the work center whose changeovers depend most on the order.

    Raises
    ------
    MissingTableError
        If there is no such work center, or fewer than three of its items are made there.
    """
    center = changing_center(plant)
    table = plant.table("changeovers")
    table = table[table["workcenter"] == center]
    made = lots(plant)
    made = made[
        (made["machine"] == center) & made["job"].isin(set(table["from_item"]) | set(table["to_item"]))
    ]
    made = made.drop_duplicates("job").head(_CHANGING)
    if len(made) < 3:
        raise MissingTableError("changeovers", f"three items that are made at {center} are wanted")
    run = (made["hours"] - made["setup"]).clip(lower=0.1).round(1)
    jobs = made.assign(hours=run, setup_hours=made["setup"])[["job", "hours", "setup_hours"]]
    pairs = table[table["from_item"].isin(set(jobs["job"])) & table["to_item"].isin(set(jobs["job"]))]
    return Changing(
        center,
        jobs.reset_index(drop=True),
        pairs[["from_item", "to_item", "hours"]].reset_index(drop=True),
    )


def changing_said(case: Changing) -> Said:
    """The shortest and the longest changeover."""
    pairs = case.changeovers.sort_values("hours", kind="stable")
    least, most = pairs.iloc[0], pairs.iloc[-1]
    minutes = [60 * float(row["hours"]) for row in (least, most)]
    return Said(
        f"At {case.workcenter} it matters what was made before. From {least['from_item']} to {least['to_item']} takes "
        f"{worded(minutes[0])} minutes, from {most['from_item']} to {most['to_item']} {worded(minutes[1])}. "
        f"{len(case.jobs)} lots wait, {hours_of(float(case.jobs['hours'].sum()))} of work without setups."
    )


def setup_orders(case: Changing) -> pd.DataFrame:
    """As they came, the least setup next, and the best order: setup and end (hours)."""
    import pandas as pd

    rows = []
    for name, rule in (
        ("as they came", "fcfs"),
        ("least setup next", "least_setup"),
        ("best order", "optimal"),
    ):
        done = scheduling.sequence(case.jobs, rule, objective="makespan", changeovers=case.changeovers)
        rows.append((name, done.total_setup, done.makespan))
    return pd.DataFrame(rows, columns=["order", "setup (h)", "done at (h)"]).set_index("order").round(2)


def setups_said(case: Changing, table: pd.DataFrame) -> Said:
    """What the order of the lots does to the setups."""
    given, least, best = (float(x) for x in table["setup (h)"])
    told = f"So {worded(60 * given)} minutes of setup as they came, {worded(60 * best)} in the best order"
    if given - best < 0.02:
        return Said(f"{told}: the lots happen to stand well already.")
    greedy = (
        "Taking the least setup next finds the best order here; it need not."
        if least - best < 0.005
        else f"Taking the least setup next, as people do, ends at {worded(60 * least)}: it leaves the dear changes for last."
    )
    return Said(
        f"{told}: {percent(1 - best / given)} less, with the same people and the same machine. {greedy} "
        "But the best order knows no due dates. Where both count, group what belongs together as far as the dates allow."
    )


def drum(case: Lots) -> str:
    """The machine with most work."""
    return str(case.operations.groupby("machine", sort=True)["hours"].sum().idxmax())


def drum_said(case: Lots, best: Schedule) -> Said:
    """Which machine sets the pace, and how near the whole is to its work."""
    name = drum(case)
    load = float(case.operations.loc[case.operations["machine"] == name, "hours"].sum())
    return Said(
        f"Most work lies at {name}: {hours_of(load)} of the {worded(best.makespan)} that all takes. The lots are done as soon "
        f"as {name} is done with its part and with what comes before and after it. An hour gained elsewhere changes little."
        if load > 0.6 * best.makespan
        else f"Most work lies at {name}, {hours_of(load)}, but all takes {worded(best.makespan)}: with these few lots no machine "
        "sets the pace alone; the longest chain of operations does. Over weeks, with more lots, it will be the machine."
    )


def bound_said(best: Schedule) -> Said:
    """What the bound says."""
    if best.is_proved:
        return Said(
            f"So {hours_of(best.makespan)}, and the bound says the same: nobody can do better, with any method."
        )
    return Said(
        f"So {hours_of(best.makespan)}, and nothing below {worded(best.bound)} is possible. Between the two, {percent(best.gap)}, "
        "lies what nobody knows yet."
    )


def release(case: Lots, best: Schedule, buffer: float) -> pd.DataFrame:
    """When each lot that goes over the drum is let onto the floor: its start there less the work before it and the buffer."""
    import pandas as pd

    name = drum(case)
    starts = best.operations[best.operations["machine"] == name].drop_duplicates("job").set_index("job")
    rows = []
    for job in starts.index:
        mine = case.operations[case.operations["job"] == job]
        before = float(mine.loc[mine["step"] < starts.loc[job, "step"], "hours"].sum())
        start = float(starts.loc[job, "start"])
        rows.append((job, start, before, max(0.0, round(start - before - buffer, 1))))
    names = ["lot", "starts at the drum", "work before it", "release"]
    return pd.DataFrame(rows, columns=names).set_index("lot")


def roped(case: Lots, best: Schedule, buffer: float) -> tuple[pd.DataFrame, Schedule]:
    """All lots let onto the floor at once beside lots let on by the rope: end, mean time on the floor, lots on it."""
    import pandas as pd

    times = release(case, best, buffer)["release"]
    jobs = pd.DataFrame({"job": list(case.jobs)})
    jobs["release"] = jobs["job"].map(times).fillna(0.0)
    tied = scheduling.job_shop(case.operations, jobs=jobs, time_limit=_SECONDS, work_limit=_WORK)
    rows = [
        (name, plan.makespan, plan.mean_flow_hours, float(plan.jobs["flow_hours"].sum()) / plan.makespan)
        for name, plan in (("all at once", best), ("by the rope", tied))
    ]
    names = ["lots let on", "all done at (h)", "mean time on the floor (h)", "lots on the floor"]
    return pd.DataFrame(rows, columns=names).set_index("lots let on").round(1), tied


def roped_said(table: pd.DataFrame) -> Said:
    """What the rope changes and what it does not."""
    end, flow, on = (table[c] for c in table.columns)
    later = float(end.iloc[1] - end.iloc[0])
    less = 1 - float(flow.iloc[1]) / float(flow.iloc[0])
    told = (
        "So the end is the same"
        if later < 0.06
        else f"So the end is {hours_of(later)} later, the price of a short buffer"
    )
    if less < 0.01:
        return Said(
            f"{told}, and the time on the floor hardly changes: the lots went to the drum almost at once anyway."
        )
    return Said(
        f"{told}, and a lot is on the floor {percent(less)} shorter: {worded(float(on.iloc[1]))} lots at a time in place of "
        f"{worded(float(on.iloc[0]))}. Nothing was made faster; it was only not begun too early."
    )


def absent(case: Lots, best: Schedule) -> pd.DataFrame:
    """What it costs if a machine stands for a shift just when it should begin: its work, and the end of all (hours)."""
    import pandas as pd

    rows = []
    begins = best.operations.groupby("machine")["start"].min()
    work = case.operations.groupby("machine", sort=False)["hours"].sum()
    for machine, hours in zip(work.index.astype(str), work, strict=True):
        begin = float(begins[machine])
        stop = pd.DataFrame({"machine": [machine], "start": [begin], "end": [begin + _SHIFT]})
        late = scheduling.job_shop(
            case.operations, downtime=stop, time_limit=_SECONDS, work_limit=_WORK
        ).makespan
        rows.append((machine, float(hours), late, late - best.makespan))
    names = ["stands for 8 hours", "its work (h)", "all done at (h)", "later by (h)"]
    table = pd.DataFrame(rows, columns=names).set_index(names[0])
    return table.sort_values("its work (h)", ascending=False, kind="stable").round(1)


def absent_said(case: Lots, table: pd.DataFrame) -> Said:
    """An hour lost at the drum beside an hour lost elsewhere."""
    later = table["later by (h)"].astype(float)
    name = drum(case)
    others = later.drop(name)
    least, most = str(others.idxmin()), str(others.idxmax())
    told = f"So if {name}, which has most work, stands for a shift, all is done {hours_of(later[name])} later. If {least} stands, "
    told += "nothing happens at all" if others[least] < 0.06 else f"it is {hours_of(others[least])}"
    if others[most] > later[name] + 0.06:
        told += (
            f". But see {most}: {hours_of(others[most])}, although it has less work. With so few lots nothing lies between "
            "the machines, so that a stop at one starves the next; a buffer before the drum is there for just that"
        )
    return Said(
        told + ".",
        "So whoever can run the drum is worth more than the roster says. Train a second one. Move one over from where it costs "
        "least. Let the machine run through the breaks, with its people taking turns. And never let it wait for a part, a tool or "
        "an inspector.",
    )


def late_why(plan: Schedule) -> pd.DataFrame:
    """The latest orders of the whole plant, with the reason: at most eight."""
    table = plan.late_jobs.head(8).set_index("job")
    return table[["late_hours", "reason", "detail"]].round(1)


def late_why_said(plan: Schedule) -> Said:
    """Of all late orders, what held them."""
    late = plan.late_jobs
    n = len(plan.jobs)
    if late.empty:
        return Said(f"So all {n} orders are on time.")
    words = {
        "no time left": "with no time left from the first",
        "material": "waiting for material",
        "machine": "waiting for a machine that is busy with others",
        "labor": "waiting for people",
        "plan": "later than they could be",
    }
    counts = late["reason"].value_counts()
    parts = [f"{k} {words[str(reason)]}" for reason, k in counts.items()]
    told = f"So {len(late)} of {n} orders {'is' if len(late) == 1 else 'are'} late: {', '.join(parts)}."
    first = str(counts.index[0])
    advice = {
        "no time left": "No schedule mends those: they were promised too short, or begun too late.",
        "material": "No schedule mends those: the buyer can.",
        "machine": "Those are the ones that a better order, overtime or a second machine can save.",
        "labor": "Those are the ones that another roster, or a second skill, can save.",
        "plan": "Those a search may still save.",
    }
    return Said(f"{told} {advice[first]}")


def tell_shop(case: Lots, best: Schedule) -> Said:
    """The schedule, told to four listeners."""
    name = drum(case)
    return Said(
        f"- To the people at {name}: “You set the pace of the plant. If you wait for anything, call me at once, and not at the "
        "end of the shift.”",
        f"- To everybody before {name}: “If there is no order on your list, do not begin one. Help, clean, train. That is no idle time, "
        "it is the rope.”",
        f"- To sales: “What goes over {name} I can promise to the day, and the list is full for {hours_of(best.makespan)}. Ask me "
        "before you promise.”",
        f"- To the plant manager: “An hour at {name} is an hour of the plant. That is where overtime, training and the next "
        "quick changeover belong.”",
    )


def own_shop(plan: Schedule) -> pd.DataFrame:
    """The ten machines with the largest share of their open hours taken: run, setup, open (hours), share."""
    table = plan.utilization.sort_values("share", ascending=False, kind="stable").head(10)
    return table.set_index("machine").round(2)
