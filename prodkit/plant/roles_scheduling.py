"""What the lesson on scheduling looks at in a plant: lots, machines and projects, chosen by role, never by name."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from ..errors import MissingTableError

if TYPE_CHECKING:
    import pandas as pd

    from .plant import Plant

__all__ = ["Lots", "changing_center", "lots", "race", "shown_project", "two_machines"]

_SHIFT = 8.0  # hours
_SIZE = 6  # lots that can be put in order by hand
_LEAST = 0.3  # hours; less is no lot
_MANY = 5  # machines of a work center up to which it is looked at as one; people at benches are not


@dataclass(frozen=True)
class Lots:
    """Lots of items with their operations, as `job_shop` takes them."""

    plant: str
    operations: pd.DataFrame
    """job (the item), step, machine (the work center), hours (setup and run, to a tenth), by job and step."""
    machines: tuple[str, ...]
    """In the order in which most lots go through them."""

    @property
    def jobs(self) -> tuple[str, ...]:
        """The lots, by the names of their items."""
        return tuple(dict.fromkeys(self.operations["job"]))

    @property
    def times(self) -> pd.DataFrame:
        """One row a lot: job, and the hours on each machine (0 where it has no work there)."""
        wide = self.operations.pivot_table(
            index="job", columns="machine", values="hours", aggfunc="sum", sort=False
        )
        return wide.reindex(index=list(self.jobs), columns=list(self.machines)).fillna(0.0).reset_index()


def lots(plant: Plant) -> pd.DataFrame:
    """A lot of each item that is made: the operations of its usual routing, one machine each.

    Returns
    -------
    DataFrame
        job (the item), step, machine (the work center), hours (setup and run), setup (hours of it), by job and step. The
        lot is what is on order in the shop, else what a customer has ordered, else the usual lot; where none is on record, a lot that keeps
        its slowest step busy for a shift.

    Raises
    ------
    MissingTableError
        If the plant has no routings or work centers.
    """
    steps = plant.need("routings", 2, "lots to schedule")
    steps = steps[steps["alternative"] == ""].sort_values(["item", "step"], kind="stable")
    speed = plant.need("workcenters", 1, "lots to schedule").set_index("workcenter")["efficiency"]
    unit = steps["run_hours"] / steps["workcenter"].map(speed)
    slowest = unit.groupby(steps["item"]).transform("max")
    quantity = steps["item"].map(_on_record(plant)).fillna(0.0)
    shift = (_SHIFT / slowest.where(slowest > 0, 1.0)).round()
    quantity = quantity.where(quantity * slowest > _LEAST, shift.clip(lower=1.0))
    table = steps[["item", "step", "workcenter"]].set_axis(["job", "step", "machine"], axis=1)
    table = table.assign(hours=steps["setup_hours"] + quantity * unit, setup=steps["setup_hours"])
    table["hours"] = table["hours"].round(1).clip(lower=0.1)
    return table.reset_index(drop=True)


def _narrow(plant: Plant, table: pd.DataFrame) -> pd.DataFrame:
    """Without the work centers of many machines, where enough is left without them."""
    wide = plant.table("workcenters")
    wide = wide[wide["machines"] > _MANY]
    rest = table[~table["machine"].isin(set(wide["workcenter"]))]
    rest = rest[rest.groupby("job")["step"].transform("size") > 1]
    return rest if rest["job"].nunique() >= _SIZE else table


def _on_record(plant: Plant) -> dict[str, float]:
    """By item: the first lot on order in the shop, else ordered by a customer, else the usual one."""
    found: dict[str, float] = {}
    for name in ("receipts", "orders"):
        if name in plant.tables:
            table = plant.table(name)
            table = table[table["status"] != "shipped"] if "status" in table.columns else table
            for row in table.sort_values(["due", "order"], kind="stable").to_dict("records"):
                found.setdefault(str(row["item"]), float(row["quantity"]))
    for row in plant.items[["item", "lot_size", "lot_min"]].to_dict("records"):
        size = max((float(x) for x in (row["lot_size"], row["lot_min"]) if x == x), default=0.0)
        found.setdefault(str(row["item"]), size)
    return found


def two_machines(plant: Plant) -> Lots:
    """Up to six lots that go through the same two work centers: some long on the first, some on the second.

    Raises
    ------
    MissingTableError
        If no two work centers have three lots in common.

    Examples
    --------
    >>> from prodkit import Plant
    >>> two_machines(Plant.sample("metal")).machines
    ('brake', 'weld')
    """
    table = _narrow(plant, lots(plant))
    pairs: dict[tuple[str, str], list[tuple[str, float, float]]] = {}
    for job, part in table.groupby("job", sort=False):
        visits = list(zip(part["machine"], part["hours"], strict=True))
        for i, (one, first) in enumerate(visits):
            for other, second in visits[i + 1 :]:
                if one != other and max(first, second) >= 2 * _LEAST:
                    pairs.setdefault((one, other), []).append((str(job), float(first), float(second)))
    fit = {pair: rows for pair, rows in pairs.items() if len(rows) >= 3}
    if not fit:
        raise MissingTableError("routings", "two work centers that three items go through are wanted")

    def worth(pair: tuple[str, str]) -> tuple[int, int, float]:
        rows = fit[pair]
        short = sum(a < b for _, a, b in rows)
        load = sum(min(a, b) / max(a, b) for _, a, b in rows) / len(rows)
        return min(3, short, len(rows) - short), min(_SIZE, len(rows)), load

    pair = max(fit, key=worth)
    rows = _few(fit[pair])
    cells: list[tuple[Any, ...]] = []
    for job, first, second in rows:
        cells += [(job, 1, pair[0], first), (job, 2, pair[1], second)]
    return Lots(plant.name, _frame(cells), pair)


def _few(rows: list[tuple[str, float, float]]) -> list[tuple[str, float, float]]:
    """Of more lots than can be put in order by hand, three short on the first machine and three on the second."""
    middle = sorted(a + b for _, a, b in rows)[len(rows) // 2]
    near = sorted(rows, key=lambda r: max((r[1] + r[2]) / middle, middle / (r[1] + r[2])))
    short, long = [r for r in near if r[1] < r[2]], [r for r in near if r[1] >= r[2]]
    half = _SIZE // 2
    take = {*short[: max(half, _SIZE - len(long))], *long[: max(half, _SIZE - len(short))]}
    return [r for r in rows if r in take][:_SIZE]


def race(plant: Plant) -> Lots:
    """Up to six lots with several operations that meet at the same machines.

    Raises
    ------
    MissingTableError
        If fewer than three lots have two operations.

    Examples
    --------
    >>> from prodkit import Plant
    >>> case = race(Plant.sample("metal"))
    >>> len(case.jobs), case.machines
    (6, ('laser', 'brake', 'weld', 'coat', 'assembly', 'pack'))
    """
    table = _narrow(plant, lots(plant))
    by = table.groupby("job", sort=False).agg(steps=("step", "size"), hours=("hours", "sum"))
    by = by[by["steps"] > 1]
    if len(by) < 3:
        raise MissingTableError("routings", "three items with two operations each are wanted")
    pool = by.sort_values("steps", ascending=False, kind="stable").head(2 * _SIZE)
    middle = float(pool["hours"].median())
    far = pool["hours"].map(lambda h: max(h / middle, middle / h))
    shared = {job: set(table.loc[table["job"] == job, "machine"]) for job in pool.index}
    kept: list[str] = []
    for _ in range(
        min(_SIZE, len(pool))
    ):  # the next has most machines in common with those taken, and is no giant
        met = [m for job in kept for m in shared[job]]
        left = [job for job in pool.index if job not in kept]
        kept.append(
            max(
                left,
                key=lambda j: sum(met.count(m) > 0 for m in shared[j]) + pool.loc[j, "steps"] / 2 - far[j],
            )
        )
    part = table[table["job"].isin(kept)].drop(columns="setup").reset_index(drop=True)
    place = part.groupby("machine")["step"].mean().sort_values(kind="stable")
    return Lots(plant.name, part, tuple(map(str, place.index)))


def changing_center(plant: Plant) -> str:
    """The work center whose changeovers depend most on what was made before: the most items listed.

    Raises
    ------
    MissingTableError
        If no work center has changeovers between three items.

    Examples
    --------
    >>> from prodkit import Plant
    >>> changing_center(Plant.sample("metal"))
    'coat'
    """
    table = plant.need("changeovers", 3, "setups that depend on what was made before")
    sizes = table.groupby("workcenter", sort=True)["from_item"].nunique()
    if int(sizes.max()) < 3:
        raise MissingTableError("changeovers", "a work center with changeovers between three items is wanted")
    return str(sizes.idxmax())


def shown_project(plant: Plant) -> str:
    """The project that has most to show: most activities, of those with three-point estimates and crash costs.

    Raises
    ------
    MissingTableError
        If the plant has no activities.

    Examples
    --------
    >>> from prodkit import Plant
    >>> shown_project(Plant.sample("metal"))
    'second coating booth'
    """
    table = plant.need("activities", 3, "a project")
    whole = table.assign(
        fit=table[["days_optimistic", "days_pessimistic", "crash_days", "crash_cost"]].notna().all(axis=1)
    )
    by = whole.groupby("project", sort=True).agg(fit=("fit", "sum"), n=("activity", "size"))
    return str(by.sort_values(["fit", "n"], ascending=False, kind="stable").index[0])


def _frame(cells: list[tuple[Any, ...]]) -> pd.DataFrame:
    import pandas as pd

    return pd.DataFrame(cells, columns=["job", "step", "machine", "hours"])
