"""A plant's open orders as a shop: routings, machines, shifts, people, changeovers, maintenance and material."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING, Any

import numpy as np

from ..._common import whole
from ...errors import InputError, MissingTableError
from ...materials._bill_lines import lines_by, read_bom
from ...plant import Plant
from ...plant.arguments import Faults
from .calendars import shift_calendar
from .tables import Shop, nearest, read_shop

if TYPE_CHECKING:
    import pandas as pd

__all__ = ["plant_shop"]

_ALONE = 3  # level of skill from which a person does the work without help
_HORIZON_WEEKS = 26
_Windows = list[tuple[float, float]]


def plant_shop(
    plant: Plant,
    *,
    weeks: int = 2,
    orders: Iterable[str] | None = None,
    use_stock: bool = True,
    with_people: bool = True,
    begun: pd.DataFrame | None = None,
) -> Shop:
    """The open orders of a plant, ready for `job_shop`.

    Parameters
    ----------
    plant
        With the tables orders, routings and workcenters; and where it has them machines, shifts, calendar, changeovers,
        maintenance, people, skills, absences, bom and receipts.
    weeks
        Orders due within so many weeks from the plant's first day, late ones included.
    orders
        These orders instead.
    use_stock
        Take what is on hand for the earliest orders, and make only the rest.
    with_people
        Whether people limit what runs at once.
    begun
        Operations that have begun: job, step, machine, start (hours; 0 is the midnight before the first day).

    Returns
    -------
    Shop
        Hour 0 is the midnight before the plant's first day. `.remarks` say what was left aside.

    Raises
    ------
    InputError
        If an order is unknown, or a crew is larger than the people there are.
    MissingTableError
        If a table is missing, or no order is left to be made.

    Notes
    -----
    A job is an order. It is due at the end of its due day; its weight is 10 less its priority, so that the most urgent
    weighs 9. Hours are the routing's for what must be started (quantity over yield), over the work center's efficiency;
    setups are those of the routing, and of `changeovers` where they list the two items. Queue and utilization are not
    taken off: waiting is what the schedule works out. A batch moves on as a whole.

    Machines keep the shifts of their work center, breaks in the middle of the shift. Maintenance that is due stands at
    the start of its day. Each person counts once, for the skill known best (at level 3 or more, of those that routings
    name), on the usual shift, and not on days of absence. Material: of what goes straight into the order, from stock,
    then from receipts as they are due, in the order of due dates; what is missing then comes a lead time from today.

    Examples
    --------
    >>> from prodkit import Plant
    >>> print(plant_shop(Plant.sample("metal"), weeks=1, use_stock=False))
    53 jobs of 146 operations on 16 machines.
    17 orders of items without a routing are left aside.
    """
    whole("weeks", weeks, "a whole number of weeks, 1 or more", low=1)
    remarks: list[str] = []
    wanted = _wanted(plant, weeks, orders, use_stock, remarks)
    machines = _machines(plant)
    operations = _operations(plant, wanted, machines)
    used = sorted(set(operations["machine"]), key=[m for ms in machines.values() for m in ms].index)
    windows = _windows(plant, max(_HORIZON_WEEKS, 2 * weeks))
    center_of = {m: center for center, ms in machines.items() for m in ms}
    shifts_of = _shifts_of(plant)
    calendar = _table(
        ("resource", "start", "end"),
        [(m, a, b) for m in used for a, b in windows.of(shifts_of[center_of[m]])],
    )
    labor = _labor(plant, operations, windows, remarks) if with_people else None
    shop = read_shop(
        operations,
        jobs=wanted[["job", "release", "material", "due", "weight"]],
        machines=used,
        calendar=calendar,
        downtime=_maintenance(plant, used, calendar, weeks),
        changeovers=_changeovers(plant, machines, set(used), set(operations["family"])),
        labor=labor,
        begun=begun,
    )
    return replace(shop, remarks=tuple(remarks), first_day=plant.first_day.isoformat())


def _table(columns: tuple[str, ...], rows: list[Any]) -> pd.DataFrame:
    import pandas as pd

    return pd.DataFrame(rows, columns=list(columns))


def _day(day: Any, first: date) -> int:
    """Number of a day, from the plant's first."""
    return int((day.date() - first).days)


def _count(n: int, noun: str) -> str:
    return f"{n} {noun}{'s' * (n != 1)}"


def _wanted(
    plant: Plant, weeks: int, names: Iterable[str] | None, use_stock: bool, remarks: list[str]
) -> pd.DataFrame:
    """The orders to be made: job, item, quantity to start, release, due, weight, material."""
    import pandas as pd

    table = plant.need("orders", 1, "scheduling")
    table = table[table["status"] != "shipped"]
    first = pd.Timestamp(plant.first_day)
    if names is None:
        table = table[table["due"] < first + pd.Timedelta(weeks=weeks)]
    else:
        known = set(table["order"])
        asked = [str(n) for n in names]
        for name in asked:
            if name not in known:
                raise InputError("orders", name, f"an open order; {nearest(name, known)}")
        table = table[table["order"].isin(asked)]
    made = table["item"].isin(set(plant.need("routings", 1, "scheduling")["item"]))
    if not made.all():
        remarks.append(_aside(int((~made).sum()), "of items without a routing"))
    table = table[made].sort_values(["due", "priority", "order"], kind="stable").reset_index(drop=True)
    items = plant.items.set_index("item")
    if use_stock:
        left = (items["on_hand"] - items["allocated"]).clip(lower=0).to_dict()
        rest = []
        for item, quantity in zip(table["item"], table["quantity"], strict=True):
            taken = min(left[item], quantity)
            left[item] -= taken
            rest.append(quantity - taken)
        table["quantity"] = rest
        covered = table["quantity"] <= 1e-9
        if covered.any():
            remarks.append(_aside(int(covered.sum()), "that the stock covers"))
        table = table[~covered].reset_index(drop=True)
    if table.empty:
        raise MissingTableError("orders", "no open order is left to be made in this time")
    twice = table["order"].duplicated(keep=False)
    table["job"] = np.where(twice, table["order"] + " " + table["item"], table["order"])
    table["quantity"] = table["quantity"] / table["item"].map(items["yield_share"]).astype(float)
    due = (table["due"] - first).dt.days * 24.0 + 24
    placed = ((table["placed"] - first).dt.days * 24.0).fillna(0)
    table["due"], table["release"] = due, np.minimum(placed, due)
    table["weight"] = 10.0 - table["priority"].astype(float)
    table["material"] = _material(plant, table)
    return table


def _aside(n: int, which: str) -> str:
    return f"{_count(n, 'order')} {which} {'is' if n == 1 else 'are'} left aside."


def _material(plant: Plant, wanted: pd.DataFrame) -> list[float]:
    """Hour from which the material of each order is there."""
    import pandas as pd

    if "bom" not in plant.tables:
        return [0.0] * len(wanted)
    items = plant.items.set_index("item")
    bills = lines_by(read_bom(plant.table("bom"), plant.first_day, None, Faults()), "parent")
    kind, lead = items["kind"].to_dict(), items["lead_time_weeks"].to_dict()
    first = pd.Timestamp(plant.first_day)
    supply: dict[str, list[list[float]]] = defaultdict(list)
    for item, amount in (items["on_hand"] - items["allocated"]).clip(lower=0).items():
        supply[str(item)].append([0.0, float(amount)])
    if "receipts" in plant.tables:
        coming = plant.table("receipts").sort_values("due", kind="stable")
        for item, amount, due in zip(coming["item"], coming["quantity"], coming["due"], strict=True):
            supply[item].append([max(0.0, (due - first).days * 24.0 + 24), float(amount)])
    out = []
    for item, quantity in zip(wanted["item"], wanted["quantity"], strict=True):
        ready = 0.0
        for part, amount in _parts(bills, kind, item, quantity).items():
            for lot in supply[part]:
                if amount <= 1e-9:
                    break
                taken = min(lot[1], amount)
                lot[1] -= taken
                amount -= taken
                ready = max(ready, lot[0]) if taken > 0 else ready
            if amount > 1e-9:
                ready = max(ready, 168.0 * lead[part])
        out.append(ready)
    return out


def _parts(bills: Any, kind: dict[Any, Any], item: str, quantity: float) -> dict[str, float]:
    """What goes straight into an item; of a phantom, what that is made of."""
    out: dict[str, float] = defaultdict(float)
    for line in bills.get(item, []):
        amount = quantity * line.factor
        if kind[line.component] == "phantom":
            for part, more in _parts(bills, kind, line.component, amount).items():
                out[part] += more
        else:
            out[line.component] += amount
    return out


def _machines(plant: Plant) -> dict[str, list[str]]:
    """The machines of each work center; numbered where the plant does not list as many."""
    listed: dict[str, list[str]] = defaultdict(list)
    if "machines" in plant.tables:
        table = plant.table("machines")
        for asset, center in zip(table["asset"], table["workcenter"], strict=True):
            listed[center].append(asset)
    centers = plant.need("workcenters", 1, "scheduling")
    out = {}
    for center, n in zip(centers["workcenter"], centers["machines"], strict=True):
        own = listed[center]
        out[center] = own if len(own) == n else [f"{center}-{i + 1}" for i in range(int(n))]
    return out


def _operations(plant: Plant, wanted: pd.DataFrame, machines: dict[str, list[str]]) -> pd.DataFrame:
    """A row for each order, step and machine."""
    centers = plant.table("workcenters").set_index("workcenter")
    efficiency, move = centers["efficiency"].to_dict(), centers["move_hours"].to_dict()
    routes: dict[str, list[dict[Any, Any]]] = defaultdict(list)
    for row in plant.table("routings").sort_values(["item", "step", "alternative"]).to_dict("records"):
        routes[row["item"]].append(row)
    rows = []
    for order in wanted.to_dict("records"):
        for row in routes[order["item"]]:
            center = row["workcenter"]
            hours = float(row["run_hours"]) * order["quantity"] / efficiency[center]
            for machine in machines[center]:
                rows.append(
                    (order["job"], row["step"], machine, hours, order["item"], row["setup_hours"] / efficiency[center],
                     row["skill"], row["crew"], move[center])
                )  # fmt: skip
    columns = ("job", "step", "machine", "hours", "family", "setup_hours", "skill", "crew", "move_hours")
    table = _table(columns, rows)
    return table.drop_duplicates(["job", "step", "machine"])


class _Days:
    """The windows worked, by how many shifts a day are run."""

    def __init__(self, plant: Plant, weeks: int) -> None:
        self.n = 7 * weeks
        about = plant.table("about").iloc[0]
        self.usual = int(about["shifts_per_day"])
        if "shifts" in plant.tables and len(plant.table("shifts")):
            self.shifts = (
                plant.table("shifts").sort_values("start_hour", kind="stable").reset_index(drop=True)
            )
        else:
            hours = float(about["hours_per_shift"])
            rows = [(str(i + 1), 6 + i * hours, 6 + (i + 1) * hours, 0.0) for i in range(self.usual)]
            self.shifts = _table(("shift", "start_hour", "end_hour", "break_min"), rows)
        week = float(about["days_per_week"])
        self.worked = [len(self.shifts) if d % 7 < week else 0 for d in range(self.n)]
        if "calendar" in plant.tables:
            table = plant.table("calendar")
            first = plant.first_day
            for date, works, count in zip(table["date"], table["is_working"], table["shifts"], strict=True):
                day = _day(date, first)
                if 0 <= day < self.n:
                    limit = len(self.shifts) if count != count or count is None else int(count)
                    self.worked[day] = limit if works else 0
        one_day = [
            shift_calendar(["x"], self.shifts.iloc[i : i + 1], days=1)[["start", "end"]].to_numpy().tolist()
            for i in range(len(self.shifts))
        ]
        self.hours: list[_Windows] = [[(a, b) for a, b in day] for day in one_day]

    def of(self, count: int) -> _Windows:
        """Windows of a work center that runs so many shifts."""
        return [
            (24.0 * day + a, 24.0 * day + b)
            for day, limit in enumerate(self.worked)
            for windows in self.hours[: min(count, limit)]
            for a, b in windows
        ]

    def of_shift(self, place: int, day: int) -> _Windows:
        """Windows of one shift on one day."""
        if place >= self.worked[day]:
            return []
        return [(24.0 * day + a, 24.0 * day + b) for a, b in self.hours[place]]


def _windows(plant: Plant, weeks: int) -> _Days:
    return _Days(plant, weeks)


def _shifts_of(plant: Plant) -> dict[str, int]:
    usual = int(plant.table("about")["shifts_per_day"].iloc[0])
    table = plant.table("workcenters")
    return {
        center: usual if n != n or n is None else int(n)
        for center, n in zip(table["workcenter"], table["shifts_per_day"], strict=True)
    }


def _maintenance(plant: Plant, used: list[str], calendar: pd.DataFrame, weeks: int) -> pd.DataFrame:
    """Maintenance of the coming weeks, twice as many as orders are looked at: at the start of the day it is due."""
    rows: list[tuple[str, float, float]] = []
    if "maintenance" in plant.tables:
        first = plant.first_day
        opens = {m: t[["start", "end"]].to_numpy().tolist() for m, t in calendar.groupby("resource")}
        taken: dict[str, float] = {}
        todo = []
        for row in plant.table("maintenance").to_dict("records"):
            if row["asset"] in opens:
                day = max(0, _day(row["due"], first))
                while day < 14 * weeks:
                    todo.append((day, row["asset"], float(row["hours"])))
                    day += max(1, round(7 * float(row["every_weeks"])))
        for day, asset, hours in sorted(todo):
            at, left = max(24.0 * day, taken.get(asset, 0.0)), hours
            for start, end in opens[asset]:
                begin = max(start, at)
                if left > 1e-9 and begin < end:
                    stop = min(end, begin + left)
                    rows.append((asset, begin, stop))
                    left -= stop - begin
                    taken[asset] = stop
    return _table(("machine", "start", "end"), rows)


def _changeovers(
    plant: Plant, machines: dict[str, list[str]], used: set[str], families: set[str]
) -> pd.DataFrame | None:
    if "changeovers" not in plant.tables:
        return None
    table = plant.table("changeovers")
    table = table[table["from_item"].isin(families) & table["to_item"].isin(families)]
    rows = [
        (machine, one, other, hours)
        for center, one, other, hours in zip(
            table["workcenter"], table["from_item"], table["to_item"], table["hours"], strict=True
        )
        for machine in machines[center]
        if machine in used
    ]
    return _table(("machine", "from_family", "to_family", "hours"), rows)


def _labor(plant: Plant, operations: pd.DataFrame, days: _Days, remarks: list[str]) -> pd.DataFrame | None:
    """People by skill, shift and day."""
    import pandas as pd

    needed = {s: float(c) for s, c in operations.groupby("skill")["crew"].max().items() if s}
    if not needed or not {"people", "skills"} <= set(plant.tables):
        return None
    first = pd.Timestamp(plant.first_day)
    people = plant.table("people")
    people = people[(people["hired"] <= first) & (people["left"].isna() | (people["left"] > first))]
    place = {name: i for i, name in enumerate(days.shifts["shift"])}
    shift = {p: place[s] for p, s in zip(people["person"], people["shift"], strict=True) if s in place}
    skills = plant.table("skills")
    skills = skills[
        skills["person"].isin(shift) & (skills["valid_to"].isna() | (skills["valid_to"] >= first))
    ]
    of_any = set(plant.table("routings")["skill"]) - {""}
    known = skills[skills["skill"].isin(of_any) & (skills["level"] >= _ALONE)]
    best = known.sort_values(["level", "skill"], ascending=[False, True], kind="stable").drop_duplicates(
        "person"
    )
    skill_of = dict(zip(best["person"], best["skill"], strict=True))
    away = _away(plant, days.n)
    rows = []
    for skill, crew in needed.items():
        mine = [p for p, s in skill_of.items() if s == skill]
        counts = np.zeros((len(place), days.n))
        for person in mine:
            counts[shift[person]] += 1
            counts[shift[person], list(away.get(person, ()))] -= 1
        if counts.max(initial=0) < crew:
            remarks.append(
                f"People with the skill {skill} are not counted: a crew of {crew:g} is never there in one shift."
            )
            continue
        rows += [
            (skill, counts[i, day], a, b)
            for i in range(len(place))
            for day in range(days.n)
            if counts[i, day] > 0
            for a, b in days.of_shift(i, day)
        ]
    operations.loc[~operations["skill"].isin({r[0] for r in rows}), "skill"] = ""
    return _table(("skill", "people", "start", "end"), rows)


def _away(plant: Plant, n: int) -> dict[str, set[int]]:
    """Days on which each person is absent, by number from the first day."""
    out: dict[str, set[int]] = defaultdict(set)
    if "absences" in plant.tables:
        first = plant.first_day
        table = plant.table("absences")
        for person, one, last in zip(table["person"], table["first"], table["last"], strict=True):
            low, high = (_day(d, first) for d in (one, last))
            if high >= 0:
                out[person] |= set(range(max(0, low), min(n, high + 1)))
    return out
