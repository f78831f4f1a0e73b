"""What inspection found: lots are the deliveries of the past orders, the defect log is the bad units of the shift log."""

from __future__ import annotations

import math
from collections.abc import Iterable

import numpy as np
import pandas as pd
from history import Rows, stream
from industry import Industry
from quality import Defect, Quality

__all__ = ["defect_table", "lot_table", "sample_plan"]

LOTS, DEFECTS = 105, 106  # streams of chance
CHOICES = 24  # histories from which a false lead is picked


def sample_plan(size: int) -> tuple[int, int]:
    """Sample size and acceptance number at AQL 1.0, single sampling, normal, level II.

    MIL-STD-105E, tables I and II-A (from memory, unchecked).
    """
    plans = (
        (90, 13, 0),
        (280, 50, 1),
        (500, 50, 1),
        (1_200, 80, 2),
        (3_200, 125, 3),
        (10_000, 200, 5),
        (35_000, 315, 7),
        (150_000, 500, 10),
    )
    n, c = next(((n, c) for most, n, c in plans if size <= most), (800, 14))
    return min(n, size), c


def lot_table(
    industry: Industry, quality: Quality, items: pd.DataFrame, orders: pd.DataFrame, weeks: int = 52
) -> pd.DataFrame:
    """The table lots: deliveries of the last weeks that are counted in pieces, sampled at receiving.

    What the past orders send back is what was bad in the lot.
    """
    first = pd.Timestamp(str(industry.about["first_day"]))
    row_of = items.set_index("item")
    rows: Rows = []
    for order in orders[orders["received"] >= first - pd.Timedelta(weeks=weeks)].itertuples(index=False):
        family, unit = row_of.loc[order.item, ["family", "unit"]]
        if unit not in ("pcs", "each") or (
            quality.inspected_families and family not in quality.inspected_families
        ):
            continue
        size, bad = int(order.quantity), int(order.rejected)
        sampled, most = sample_plan(size)
        rng = stream(industry, LOTS, f"{order.order}/{order.item}")
        found = int(rng.hypergeometric(bad, size - bad, sampled)) if bad else 0
        rows.append(
            {
                "date": order.received,
                "supplier": order.supplier,
                "item": order.item,
                "size": size,
                "sampled": sampled,
                "defective": found,
                "decision": "accept" if found <= most else "sort",
            }
        )
    rows.sort(key=lambda row: (row["date"], row["item"]))
    frame = pd.DataFrame([{"lot": f"L{number:04}", **row} for number, row in enumerate(rows, start=1)])
    return frame.astype({"date": "datetime64[ns]"})


def defect_table(
    industry: Industry,
    quality: Quality,
    items: pd.DataFrame,
    machines: pd.DataFrame,
    production: pd.DataFrame,
) -> pd.DataFrame:
    """The table defect_log: the bad units of the shift log by kind of defect.

    A plant's false lead is a tall bar of one month that is chance: of many equally likely histories of that month,
    the one in which that defect came most often.
    """
    where = machines.set_index("asset")["workcenter"]
    cost = items.set_index("item")["unit_cost"]
    log = production.assign(
        workcenter=production["asset"].map(where), bad=production["total"] - production["good"]
    )
    log = log[log["bad"] > 0].groupby(["date", "workcenter", "item"], sort=True)["bad"].sum().reset_index()
    last_month = log["date"] >= log["date"].max() - pd.Timedelta(days=27)
    rows: Rows = []
    for workcenter, part in log.groupby("workcenter", sort=True):
        kinds = [d for d in quality.defects if d.workcenter == workcenter]
        if not kinds:
            continue
        shares = np.array([d.share for d in kinds]) / math.fsum(d.share for d in kinds)
        lead = next((d for d in kinds if industry.story("false_lead", d.name) is not None), None)
        for recent in (False, True):
            days = part[last_month.loc[part.index] == recent]
            drawn = [
                stream(industry, DEFECTS, f"{workcenter}/{recent}/{number}").multinomial(days["bad"], shares)
                for number in range(CHOICES if lead is not None and recent else 1)
            ]
            column = kinds.index(lead) if lead is not None else 0
            counts = max(drawn, key=lambda table: int(table[:, column].sum()))
            rows += _defect_rows(days, kinds, counts, cost)
    rows.sort(key=lambda row: (row["date"], row["item"], row["workcenter"], row["defect"]))
    return pd.DataFrame(rows).astype({"date": "datetime64[ns]"})


def _defect_rows(
    days: pd.DataFrame, kinds: Iterable[Defect], counts: np.ndarray, cost: pd.Series[float]
) -> Iterable[dict[str, object]]:
    for day, line in zip(days.itertuples(index=False), counts.tolist(), strict=True):
        for kind, count in zip(kinds, line, strict=True):
            if count:
                yield {
                    "date": day.date,
                    "item": day.item,
                    "workcenter": day.workcenter,
                    "defect": kind.name,
                    "count": count,
                    "cost": round(count * kind.cost * float(cost[day.item]), 2),
                }
