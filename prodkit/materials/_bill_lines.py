"""The bill lines that count: on a day, in the bill that is used, as units issued for one unit started."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from typing import Any, NamedTuple

import numpy as np

from ..errors import InputError
from ..plant import Plant
from ..plant.arguments import Faults, read_columns


class Line(NamedTuple):
    """A bill line that counts: units of the component issued for one unit of the parent started."""

    parent: str
    component: str
    factor: float


def read_bom(bom: object, date: object, alternatives: Mapping[str, str] | None, faults: Faults) -> list[Line]:
    """The lines that count on a day, each parent's usual bill or the alternative asked for."""
    import pandas as pd

    columns = read_columns(
        "bom",
        bom,
        ("parent", "component", "quantity_per"),
        ("scrap_share", "planning_share", "alternative", "valid_from", "valid_to"),
        faults,
        label="parent",
    )
    faults.stop("The bill of material")
    chosen = dict(alternatives or {})
    there = set(zip(columns["parent"].tolist(), columns["alternative"].tolist(), strict=True))
    for parent, name in chosen.items():
        if (parent, name) not in there:
            faults.add(f"alternatives[{parent!r}]", name, "the name of one of its bills")
    keep = np.array(
        [chosen.get(p, "") == a for p, a in zip(columns["parent"], columns["alternative"], strict=True)],
        dtype=bool,
    )
    first, last = (pd.to_datetime(pd.Series(columns[c]), errors="coerce") for c in ("valid_from", "valid_to"))
    if date is not None:
        day = pd.to_datetime(str(date), errors="coerce")
        if pd.isna(day):
            raise InputError("date", date, "a day, such as 2026-01-05")
        keep &= ~((first > day) | (last < day)).to_numpy()
    elif (keep & (first.notna() | last.notna()).to_numpy()).any():
        faults.add("date", None, "given, since some lines of the bom have dates")
    faults.stop("The bill of material")
    each = columns["quantity_per"] / (1 - columns["scrap_share"]) * columns["planning_share"]
    return [
        Line(p, c, float(q))
        for p, c, q in zip(columns["parent"][keep], columns["component"][keep], each[keep], strict=True)
    ]


def of_plant(bom: object, items: object, date: object) -> tuple[Any, Any, Any]:
    """The bom, the items and the day of a plant, or those given."""
    if not isinstance(bom, Plant):
        return bom, items, date
    return (
        bom.table("bom"),
        bom.table("items") if items is None else items,
        bom.first_day if date is None else date,
    )


def yields(items: object, faults: Faults) -> dict[str, float]:
    """Yield of each item in the table; nothing without one."""
    if items is None:
        return {}
    columns = read_columns("items", items, ("item",), ("yield_share",), faults)
    faults.stop("The table items")
    return dict(zip(columns["item"].tolist(), columns["yield_share"].tolist(), strict=True))


def lines_by(lines: list[Line], end: str) -> dict[str, list[Line]]:
    """The lines of each parent, or of each component."""
    found: dict[str, list[Line]] = defaultdict(list)
    for line in lines:
        found[line.parent if end == "parent" else line.component].append(line)
    return dict(found)
