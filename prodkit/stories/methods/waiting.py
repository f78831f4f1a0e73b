"""Sitting 3: why work waits, and what shortens the wait."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from ... import methods
from ...charts.style import amount, worded
from ...errors import MissingTableError
from ...plant.roles import unit_name
from ..said import Said, percent

if TYPE_CHECKING:
    import pandas as pd

    from ...methods import FlowBenchmarks, LineRun, Queue
    from ...plant import Plant

__all__ = [
    "Center",
    "buffered",
    "buffers",
    "busiest",
    "flow",
    "levers",
    "levers_said",
    "loads",
    "loads_said",
    "on_record",
    "own_waits",
    "routed",
    "tell_waiting",
    "waits",
]

_FULL = 0.93  # above this load a wait by formula says more about the load's error than about the place
_PLACES = (0, 1, 5, 20)


@dataclass(frozen=True)
class Center:
    """The place that the sitting on waiting looks at."""

    plant: str
    workcenter: str
    name: str
    machines: int
    lots_hour: float
    """Lots that come in an hour in which it is open."""
    lot_hours: float
    """Mean hours of a lot on a machine."""
    lot_cv: float
    """Their standard deviation over their mean."""
    load: float
    """Hours needed over machine hours open (share)."""
    queue_hours: float
    """The wait before it that the planner's table holds (hours)."""
    day_hours: float
    """Hours that it is open on a working day."""

    @property
    def called(self) -> str:
        """Its name in a sentence."""
        name = self.name or self.workcenter
        return name[:1].lower() + name[1:] if name[1:2].islower() else name


def busiest(plant: Plant) -> Center:
    """The place with the highest load that is not full: of those with one machine, else of all.

    Raises
    ------
    MissingTableError
        If the plant has no work center that has work and is less than full.
    """
    table = methods.workcenter_loads(plant)
    free = table[(table["load"] > 0) & (table["load"] <= _FULL)]
    if free.empty:
        raise MissingTableError("workcenters", "one must have work, and not more than it can do")
    single = free[free["machines"] == 1]
    rows = single if len(single) else free
    row: Any = rows.iloc[int(rows["load"].to_numpy().argmax())]
    record: Any = plant.workcenters.set_index("workcenter").T[str(row["workcenter"])]
    days = 52 * float(plant.about["days_per_week"].iloc[0])
    return Center(
        plant=plant.name,
        workcenter=str(row["workcenter"]),
        name=str(record["name"]),
        machines=int(row["machines"]),
        lots_hour=float(row["lots"] / row["open_hours"]),
        lot_hours=float(row["lot_hours"]),
        lot_cv=float(row["lot_cv"]),
        load=float(row["load"]),
        queue_hours=float(record["queue_hours"]),
        day_hours=float(row["open_hours"]) / days,
    )


def loads(plant: Plant) -> pd.DataFrame:
    """Every place that has work: machines, lots a week, hours a lot, load (percent), wait on record (hours)."""
    table = methods.workcenter_loads(plant).set_index("workcenter")
    record = plant.workcenters.set_index("workcenter")["queue_hours"]
    out = table[["machines"]].copy()
    out["lots a week"] = (table["lots"] / 52).round(1)
    out["hours a lot"] = table["lot_hours"].round(1)
    out["load (%)"] = (100 * table["load"]).round()
    out["wait on record (h)"] = record.reindex(out.index).astype(float)
    return out.sort_values("load (%)", ascending=False, kind="stable")


def loads_said(plant: Plant, center: Center) -> Said:
    """Which place is watched, and which is over its hours."""
    table = methods.workcenter_loads(plant)
    over = [str(code) for code, load in zip(table["workcenter"], table["load"], strict=True) if load > 1]
    told = (
        f"The sitting follows {center.called}: {_machines(center.machines)}, {percent(center.load)} loaded. A lot takes "
        f"{worded(center.lot_hours)} hours there, and one comes about every {worded(1 / center.lots_hour)}. So it could do "
        f"everything, and {percent(1 - center.load)} of its hours are left over."
    )
    if over:
        told += (
            f" Mind {_and(over)}: above 100 % no formula for waiting holds, for the line grows week after week. There hours "
            "are missing, and that is another question."
        )
    return Said(told)


def on_record(center: Center) -> Said:
    """What the planner's wait means in lots that lie there, by Little's law."""
    if center.queue_hours <= 0:
        return Said(
            f"The planner's table holds no wait before {center.called}: the plan takes it that every lot is started at once. "
            "The lots that lie there know better. Count them: so many, over the lots that leave in an hour, is how long one waits."
        )
    law = methods.little(throughput=center.lots_hour, cycle_time=center.queue_hours + center.lot_hours)
    return Said(
        f"The planner reckons with {worded(center.queue_hours)} hours of waiting before {center.called}, and {worded(center.lot_hours)} of "
        f"work. A lot comes every {worded(1 / center.lots_hour)} hours, so {worded(law.wip)} lie or run there on average. Go and count: if there are "
        "more, the wait is longer than the plan says, and every date in it is wrong by as much."
    )


def waits(center: Center, line: Queue) -> Said:
    """The wait by the formula beside the work itself, and beside the record."""
    days = line.Wq / center.day_hours
    told = (
        f"So a lot waits {worded(line.Wq)} hours, or {worded(days)} working days, for {worded(center.lot_hours)} hours of work: "
        f"{worded(line.Wq / center.lot_hours)} times as long. And that with {percent(1 - center.load)} of the hours free."
    )
    if center.queue_hours > 0:
        gap = line.Wq / center.queue_hours
        if gap > 1.5:
            told += (
                f" The planner reckons with {worded(center.queue_hours)}. Either lots do not come as much by chance as the formula "
                "takes it, because somebody smooths them, or the dates are too good to be true."
            )
        elif gap < 0.67:
            told += (
                f" The planner reckons with {worded(center.queue_hours)}, more than that: somebody has added some, to be safe. "
                "Lots released so early lie there all that time."
            )
        else:
            told += f" The planner reckons with {worded(center.queue_hours)}, which is about that."
    return Said(told)


def levers(center: Center) -> pd.DataFrame:
    """The wait (hours) as it is, and with one thing changed at a time."""
    import pandas as pd

    def wait(*, servers: int = 0, cv: float = 1.0, arrival_cv: float = 1.0, busy: float = 1.0) -> float:
        return methods.queue(
            center.lots_hour * busy,
            1 / center.lot_hours,
            servers=center.machines + servers,
            service="general",
            cv=center.lot_cv * cv,
            arrival_cv=arrival_cv,
        ).Wq

    rows = {
        "as it is": wait(),
        "a tenth less work": wait(busy=0.9),
        "lots half as uneven": wait(cv=0.5),
        "lots released half as much by chance": wait(arrival_cv=0.5),
        "both of these": wait(cv=0.5, arrival_cv=0.5),
        "one machine more": wait(servers=1),
    }
    out = pd.DataFrame({"wait (hours)": pd.Series(rows)})
    out["of today's (%)"] = (100 * out["wait (hours)"] / rows["as it is"]).round()
    return out.round(1)


def levers_said(center: Center, table: pd.DataFrame) -> Said:
    """What a machine buys beside what evenness buys."""
    waits_now = table["wait (hours)"]
    base = float(waits_now["as it is"])
    even, machine = float(waits_now["both of these"]), float(waits_now["one machine more"])
    order = float(waits_now["lots released half as much by chance"])
    told = (
        f"So one machine more takes {percent(1 - machine / base)} off the wait, for the price of a machine. Evener lots, released at an "
        f"evener pace, take {percent(1 - even / base)} off, for nothing but discipline"
    )
    told += (
        f"; the pace alone {percent(1 - order / base)}. "
        if order < float(waits_now["lots half as uneven"])
        else f"; evener lots alone {percent(1 - float(waits_now['lots half as uneven']) / base)}. "
    )
    less = 1 - float(waits_now["a tenth less work"]) / base
    told += (
        f"And a tenth less work, which a shorter setup may bring, takes {percent(less)} off: near the top of the curve a little "
        "air is worth a lot."
        if less >= 0.2
        else f"A tenth less work takes only {percent(less)} off: this place is not near the steep part of the curve."
    )
    return Said(told)


def routed(plant: Plant) -> str:
    """The item that a line is thought up for: of those made here the one with the most steps, then with most value used.

    Raises
    ------
    MissingTableError
        If no item that is used has a routing.
    """
    steps = plant.need("routings", 1, "a flow through stations")
    use = plant.yearly_use()
    steps = steps[steps["alternative"] == ""]
    count: Any = steps[steps["item"].isin(use.index[use > 0])].groupby("item").size()
    if count.empty:
        raise MissingTableError("routings", "an item that is used must have a routing")
    cost = plant.items.set_index("item")["unit_cost"].fillna(0.0)
    most = count[count == count.max()]
    best = str(max(most.index, key=lambda code: (float(cost[code] * use[code]), str(code))))
    methods.plant_line(plant, best)
    return best


def flow(bench: FlowBenchmarks, plant: Plant, item: str) -> Said:
    """The three marks of a line."""
    unit = unit_name(plant, item)
    mark = bench.practical_worst(max(bench.critical_wip, 1.0))
    return Said(
        f"So if all stations worked on {item} alone, {bench.bottleneck} would set the pace: {worded(bench.bottleneck_rate)} {unit} an "
        f"hour. One that never waits is through in {_hours(bench.raw_process_time)}. The two together: {worded(bench.critical_wip)} {unit} in "
        f"the line are enough to keep {bench.bottleneck} busy, if nothing varies. If everything happens by chance, the same "
        f"{worded(bench.critical_wip)} give only {percent(mark.throughput / bench.bottleneck_rate)} of that pace."
    )


def buffers(plant: Plant, item: str, cv: float = 1.0) -> tuple[pd.DataFrame, LineRun]:
    """A line simulated with 0, 1, 5 and 20 places between two stations; and the run with none.

    One row a number of places: throughput (units an hour), give or take (the half width of its 95 % interval), lead time
    (hours), in the line (units).
    """
    import pandas as pd

    rows, first = [], None
    for places in _PLACES:
        run = methods.simulate_line(
            methods.plant_line(plant, item, cv=cv, buffer=places),
            units=3000,
            warm_up=600,
            replications=5,
            seed=4,
        )
        first = first or run
        rows.append(
            (
                places,
                run.throughput,
                run.interval("throughput").half_width,
                run.lead_time,
                run.wip,
            )
        )
    assert first is not None
    names = ["places", "an hour", "give or take", "lead time (h)", "in the line"]
    table = pd.DataFrame(rows, columns=names).set_index("places")
    return table.map(lambda value: float(f"{value:.4g}")), first


def buffered(table: pd.DataFrame, bench: FlowBenchmarks) -> Said:
    """What places between the stations buy, and what they cost."""
    none, one, many = (float(table["an hour"][places]) for places in (0, 1, 20))
    rate = bench.bottleneck_rate
    lead, late = float(table["lead time (h)"][0]), float(table["lead time (h)"][20])
    lost = 1 - none / rate
    told = (
        f"So without a place between two stations the line loses {percent(lost)} of what {bench.bottleneck} could do, and nobody is "
        "to blame: one station stands because the one before it is late, another because the one after it is. "
        if lost >= 0.03
        else f"So even without a place between two stations the line does nearly all that {bench.bottleneck} could do: the others "
        "have so much more to give that they are hardly ever in its way. "
    )
    gain, first = many - none, one - none
    if gain > 0.03 * rate and first > 0:
        told += f"A single place gives {percent(min(first / gain, 1.0))} of what twenty give. "
    told += (
        f"But with twenty a unit is under way {worded(late / lead)} times as long: what a buffer gives in pace, it takes in time."
        if late > 1.15 * lead
        else "And twenty do no harm here, since they never fill."
    )
    return Said(told)


def own_waits(plant: Plant) -> pd.DataFrame:
    """Every place that is not full: load (percent), wait by the formula and on record (hours)."""
    import pandas as pd

    record: Any = plant.workcenters.set_index("workcenter")["queue_hours"].astype(float)
    rows = []
    for code, load in methods.workcenter_loads(plant).set_index("workcenter")["load"].items():
        wait = (
            round(methods.workcenter_queue(plant, str(code)).Wq, 1) if load < 0.999 else "grows without limit"
        )
        rows.append((str(code), round(100 * load), wait, float(record[code])))
    table = pd.DataFrame(rows, columns=["workcenter", "load (%)", "wait by formula (h)", "on record (h)"])
    return table.sort_values("load (%)", ascending=False, kind="stable").set_index("workcenter")


def tell_waiting(center: Center, table: pd.DataFrame) -> Said:
    """What follows, told to four listeners."""
    base, even = float(table["wait (hours)"]["as it is"]), float(table["wait (hours)"]["both of these"])
    full = methods.queue(
        0.98 * center.machines / center.lot_hours,
        1 / center.lot_hours,
        servers=center.machines,
        service="general",
        cv=center.lot_cv,
    )
    return Said(
        f"- To the people at {center.called}: “You may have nothing to do for an hour now and then. That is planned. Do not start "
        "another lot to look busy.”",
        f"- To the planner: “Release to {center.called} at an even pace, and not all on Monday. Keep {percent(1 - center.load)} of its hours "
        "free. Load is not output.”",
        f"- To sales: “What is free at {center.called} is not spare. It is why a lot waits {worded(base / center.day_hours)} days there. "
        f"Sell it all, at 98 % load, and it waits {worded(full.Wq / center.day_hours)}.”",
        f"- To the plant manager: “Before we buy a machine: evener lots and an evener release bring the wait from {worded(base)} to about "
        f"{worded(even)} hours. Give us two months for that.”",
    )


def _hours(hours: float) -> str:
    return f"{worded(hours)} hours" if hours >= 1 else f"{worded(60 * hours)} minutes"


def _machines(count: int) -> str:
    return "one machine or place" if count == 1 else f"{amount(count)} machines or places"


def _and(names: Any) -> str:
    listed = [str(name) for name in names]
    return listed[0] if len(listed) == 1 else f"{', '.join(listed[:-1])} and {listed[-1]}"
