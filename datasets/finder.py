"""Looks for what is wrong in a plant, from its tables alone, by one rule for every plant.

Each kind of trouble has a scorer: for every candidate (a supplier, a machine, a work center ...) how surprising its
figures are if nothing were wrong, as -log10 of the p-value times the number of candidates. So scores of different kinds
compare: 3 is a surprise that one plant in a thousand without any trouble would show for that kind. `find` ranks all
of them; above `THRESHOLD` a cause is worth looking for, below it is chance.

    python datasets/finder.py datasets/metal
"""

from __future__ import annotations

import math
import sys
from collections.abc import Callable, Mapping
from pathlib import Path

HERE = Path(__file__).resolve().parent
sys.path[:0] = [str(HERE), str(HERE.parent)]

import pandas as pd  # noqa: E402
from scipy import stats  # noqa: E402

from prodkit.errors import MissingTableError  # noqa: E402
from prodkit.plant import Plant  # noqa: E402

__all__ = ["SCORERS", "THRESHOLD", "find", "odd_ones", "surprise"]

THRESHOLD = 3.0
MOST = 50.0  # scores end there
USUAL_SPREAD = 1.6  # a job may be so much more dangerous than the median one
RECENT = pd.Timedelta(weeks=26)
Scores = dict[str, float]


def surprise(log_p: float, candidates: int) -> float:
    """The score of a natural log of a p-value, one of so many."""
    return float(min(MOST, max(0.0, -log_p / math.log(10) - math.log10(max(1, candidates)))))


def odd_ones(values: Mapping[str, float], least: float) -> Scores:
    """How far each value lies above the others, by median and MAD; a spread below `least` counts as that."""
    row = pd.Series(dict(values), dtype=float)
    if len(row) < 4:
        return {}
    middle = row.median()
    spread = max(least, 1.4826 * (row - middle).abs().median())
    return {str(k): surprise(stats.norm.logsf((v - middle) / spread), len(row)) for k, v in row.items()}


def often(counts: pd.Series[float], exposure: pd.Series[float]) -> Scores:
    """How much more than its part of all cases each has, its part going by exposure."""
    exposure = exposure[exposure > 0]
    counts = counts.reindex(exposure.index).fillna(0)
    total, whole = int(counts.sum()), float(exposure.sum())
    return {
        str(k): surprise(stats.binom.logsf(counts[k] - 1, total, exposure[k] / whole), len(exposure))
        for k in exposure.index
    }


def shares(bad: pd.Series[bool], by: pd.Series[str], least: float) -> Scores:
    """How much more than the usual share of each one's cases is bad; the usual is the median, `least` or more."""
    hits, cases = bad.groupby(by).sum(), bad.groupby(by).size()
    usual = max(least, float((hits / cases).median()))
    return {
        str(k): surprise(stats.binom.logsf(hits[k] - 1, cases[k], usual), len(cases)) for k in cases.index
    }


def late_supplier(plant: Plant) -> Scores:
    """Orders that came more than three days late, by supplier."""
    orders = plant.table("past_orders")
    late = (orders["received"] - orders["due"]).dt.days > 3
    return shares(late, orders["supplier"], 0.06)


def bad_lots(plant: Plant) -> Scores:
    """Deliveries with more than one unit in twenty sent back, by supplier."""
    orders = plant.table("past_orders")
    return shares(orders["rejected"] > 0.05 * orders["quantity"], orders["supplier"], 0.01)


def overstock(plant: Plant) -> Scores:
    """Weeks of use that the safety stock of each bought item covers."""
    items = plant.table("items").set_index("item")
    weeks = items["safety_stock"] / (plant.yearly_use() / 52)
    weeks = weeks[(items["kind"] == "buy") & (weeks > 0) & (weeks < math.inf)]
    return odd_ones({k: math.log(v) for k, v in weeks.items()}, 0.4)


def slow_workcenter(plant: Plant) -> Scores:
    """Standard hours an hour worked in the last half year, below what the work center is planned with."""
    hours = plant.table("hours_worked")
    hours = hours[hours["week"] >= pd.Timestamp(plant.first_day) - RECENT]
    total = hours.groupby("workcenter")[["standard_hours", "worked_hours"]].sum()
    total = total[total["worked_hours"] > 0]
    planned = plant.table("workcenters").set_index("workcenter")["efficiency"]
    gap = 1 - total["standard_hours"] / total["worked_hours"] / planned.reindex(total.index)
    return odd_ones(gap.to_dict(), 0.015)


def failing_machine(plant: Plant) -> Scores:
    """Failures of each machine for the hours that it was meant to run."""
    log, stops = plant.table("production"), plant.table("stops")
    hours = (log["shift_min"] - log["planned_stop_min"]).groupby(log["asset"]).sum()
    failures = stops[stops["kind"] == "failure"].groupby("asset").size()
    return often(failures, hours)


def absence_cluster(plant: Plant) -> Scores:
    """Sick and unexcused spells of the last half year, by team, for the days its people were employed."""
    people, absences = plant.table("people").set_index("person"), plant.table("absences")
    today = pd.Timestamp(plant.first_day)
    spells = absences[absences["reason"].isin(["sick", "unexcused"]) & (absences["first"] >= today - RECENT)]
    start = people["hired"].clip(lower=today - RECENT)
    days = (people["left"].fillna(today) - start).dt.days.clip(lower=0)
    return often(
        spells.groupby(spells["person"].map(people["team"])).size(), days.groupby(people["team"]).sum()
    )


def loss_product(plant: Plant) -> Scores:
    """Made items that were sold for less than they cost, month after month, at actual material, hours and rates."""
    actual, standard = plant.table("actuals"), plant.table("standards")
    part = dict(iter(actual.groupby("account")))
    hours = standard[standard["kind"] == "labor"].set_index(["item", "input"])["quantity"]
    overhead = standard[standard["kind"].isin(["variable_overhead", "fixed_overhead"])]
    per_hour = (overhead["quantity"] * overhead["rate"]).groupby(
        [overhead["item"], overhead["input"]]
    ).sum() / hours
    labor = part["labor"].join(per_hour.rename("overhead"), on=["item", "input"])
    labor["amount"] += labor["quantity"] * labor["overhead"]
    spent = pd.concat([labor, part["material"]]).groupby(["item", "month"])["amount"].sum()
    output = part["output"].set_index(["item", "month"])["quantity"]
    price = part["sales"].set_index(["item", "month"])["rate"]
    both = pd.DataFrame({"cost": spent / output[output > 0], "price": price}).dropna()
    margin = 1 - both["cost"] / both["price"]
    found: Scores = {}
    groups = {str(item): row for item, row in margin.groupby(level=0) if len(row) >= 6}
    for item, row in groups.items():
        error = max(float(row.std(ddof=1)), 0.005) / math.sqrt(len(row))
        found[item] = surprise(stats.t.logcdf(float(row.mean()) / error, len(row) - 1), len(groups))
    return found


def changed(rows: pd.Series[float]) -> float:
    """Natural log of the p-value of the best of: a steady slope, a step at any place, with what is between them paid for."""
    n = len(rows)
    order = pd.Series(range(n), index=rows.index, dtype=float)
    slope = math.log(max(1e-60, stats.pearsonr(order, rows).pvalue))
    places = range(max(5, n // 8), n - max(5, n // 8))
    steps = [stats.ttest_ind(rows.iloc[:k], rows.iloc[k:]).pvalue for k in places]
    step = math.log(max(1e-60, min(steps))) + math.log(len(steps)) / 2  # neighbors say nearly the same
    return min(slope, step) + math.log(2)


def changed_process(plant: Plant) -> Scores:
    """Characteristics whose sample means drift or jump."""
    rows = plant.table("measurements")
    means = rows.groupby(["characteristic", "sample"], sort=True)["value"].mean()
    parts = {str(name): part for name, part in means.groupby(level=0) if len(part) >= 15}
    return {name: surprise(changed(part), len(parts)) for name, part in parts.items()}


def more_defects(plant: Plant) -> Scores:
    """Processes whose share of bad units rises or jumps."""
    rows = plant.table("attributes").sort_values(["process", "sample"])
    share = (rows["defective"] / rows["inspected"]).pow(0.5)  # steadies the spread
    parts = {str(name): part for name, part in share.groupby(rows["process"]) if len(part) >= 15}
    return {name: surprise(changed(part.reset_index(drop=True)), len(parts)) for name, part in parts.items()}


def defect_kind(plant: Plant) -> Scores:
    """Kinds of defects with more than their part of a work center's bad units in the last four weeks."""
    rows = plant.table("defect_log")
    recent = rows["date"] > rows["date"].max() - pd.Timedelta(weeks=4)
    found: Scores = {}
    for _, part in rows.groupby("workcenter"):
        before = part[~recent.loc[part.index]].groupby("defect")["count"].sum()
        now = part[recent.loc[part.index]].groupby("defect")["count"].sum().reindex(before.index).fillna(0)
        total, all_before = int(now.sum()), float(before.sum())
        for kind, count in now.items():
            log_p = stats.binom.logsf(count - 1, total, before[kind] / all_before)
            found[str(kind)] = surprise(log_p, rows["defect"].nunique())
    return found


def unsafe_job(plant: Plant) -> Scores:
    """Injuries and near misses of each job for the people who do it, beyond what jobs differ by anyway."""
    people = plant.table("hazards").groupby("job")["people"].max()
    cases = plant.table("incidents")["job"].value_counts().reindex(people.index).fillna(0)
    cases += plant.table("near_misses")["job"].value_counts().reindex(people.index).fillna(0)
    usual = USUAL_SPREAD * float((cases / people).median()) * people
    return {
        str(job): surprise(stats.poisson.logsf(cases[job] - 1, usual[job]), len(people))
        for job in people.index
    }


SCORERS: dict[str, Callable[[Plant], Scores]] = {
    "late_supplier": late_supplier,
    "bad_lots": bad_lots,
    "overstock": overstock,
    "slow_workcenter": slow_workcenter,
    "failing_machine": failing_machine,
    "absence_cluster": absence_cluster,
    "loss_product": loss_product,
    "changed_process": changed_process,
    "more_defects": more_defects,
    "defect_kind": defect_kind,
    "unsafe_job": unsafe_job,
}


def find(plant: Plant) -> pd.DataFrame:
    """Every candidate of every kind (kind, where, score), the most surprising first."""
    rows = []
    for kind, scorer in SCORERS.items():
        try:
            scores = scorer(plant)
        except MissingTableError:
            continue
        rows += [(kind, where, round(score, 2)) for where, score in scores.items()]
    found = pd.DataFrame(rows, columns=["kind", "where", "score"])
    return found.sort_values(["score", "kind", "where"], ascending=[False, True, True], ignore_index=True)


if __name__ == "__main__":
    table = find(Plant.read(sys.argv[1]))
    print(table[table["score"] >= THRESHOLD].to_string(index=False))
