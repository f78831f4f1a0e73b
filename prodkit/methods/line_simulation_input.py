"""The stations that a caller gives, read and checked; what each of them has to do; whether they keep up."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import fields, replace
from typing import TYPE_CHECKING, Any

import numpy as np

from ..errors import InputError, PlantError
from .line_simulation_times import Station

if TYPE_CHECKING:
    import pandas as pd
    from numpy.typing import NDArray

__all__ = ["keeps_up", "read_stations", "visits"]


def read_stations(
    stations: Iterable[Station | Mapping[str, Any] | float] | pd.DataFrame,
) -> tuple[Station, ...]:
    """Stations from whatever a caller gave, each with a name; every fault at once."""
    known = {f.name: f for f in fields(Station)}
    rows: Any = stations.to_dict("records") if hasattr(stations, "to_dict") else stations
    if isinstance(rows, (str, bytes, Mapping)) or not isinstance(rows, Iterable):
        raise InputError("stations", rows, "a sequence of stations, in order")
    faults: list[InputError] = []
    line: list[Station] = []
    for place, given in enumerate(rows, 1):
        try:
            if isinstance(given, Station):
                line.append(given if given.name else replace(given, name=f"station {place}"))
                continue
            row: dict[str, Any] = {"process_time": given}
            if isinstance(given, Mapping):
                # a blank cell leaves the default
                row = {
                    str(k): v
                    for k, v in given.items()
                    if not (isinstance(v, float) and math.isnan(v)) and v is not None
                }
            row.setdefault("name", f"station {place}")
            unknown = [k for k in row if k not in known]
            if unknown or "process_time" not in row:
                wanted = "with process_time, and of the columns " + ", ".join(known)
                raise InputError(f"stations[{place - 1}]", unknown or list(row), wanted)
            for key in ("machines", "buffer"):
                if isinstance(row.get(key), float) and row[key].is_integer():
                    row[key] = int(row[key])  # a column with blanks holds floats
            line.append(Station(**row))
        except InputError as fault:
            faults.append(fault)
    if not faults and not line:
        faults.append(InputError("stations", [], "at least one station"))
    names = [s.name for s in line]
    faults += [
        InputError("name", x, "used for one station only") for x in dict.fromkeys(names) if names.count(x) > 1
    ]
    if not faults:
        for j, s in enumerate(line):
            if s.rework_to and s.rework_to not in names[: j + 1]:
                faults.append(
                    InputError(
                        f"rework_to of {s.name}",
                        s.rework_to,
                        "this station or one before it: " + ", ".join(names[: j + 1]),
                    )
                )
            if s.rework_to and not s.rework_share:
                faults.append(
                    InputError(
                        f"rework_share of {s.name}", s.rework_share, "above 0, since rework_to is given"
                    )
                )
    if len(faults) == 1:
        raise faults[0]
    if faults:
        raise PlantError(
            "\n".join([f"the stations have {len(faults)} faults", *(f"  {f}" for f in faults)]), tuple(faults)
        )
    return tuple(line)


def visits(line: Sequence[Station]) -> NDArray[np.float64]:
    """How often a unit comes to each station on its way, rework included."""
    names = [s.name for s in line]
    m = len(line)
    goes = np.zeros((m, m))
    for j, s in enumerate(line):
        goes[j, names.index(s.rework_to) if s.rework_to else j] += s.rework_share
        if j + 1 < m:
            goes[j, j + 1] += 1 - s.rework_share
    first = np.eye(m)[0]
    return np.linalg.solve(np.eye(m) - goes.T, first)


def keeps_up(line: Sequence[Station], rate: float | None) -> None:
    """Refuse a line in which some place before a station fills without limit."""
    most = np.array([s.rate for s in line]) / visits(line)
    if rate is not None:
        if line[0].buffer is None and rate >= most.min() * (1 - 1e-12):
            slow = line[int(most.argmin())]
            raise InputError(
                "arrival_rate",
                rate,
                f"below {most.min():.4g} (units an hour), what {slow.name} can do, repairs and rework included",
            )
        return
    group = next((j for j, s in enumerate(line) if j and s.buffer is None), len(line))
    pace = most[:group].min()
    for j in range(group, len(line)):
        if most[j] <= pace * (1 + 1e-12):
            raise InputError(
                f"buffer of {line[j].name}",
                None,
                f"a number of places, since it is no faster ({most[j]:.4g} units an hour) than what comes "
                f"({pace:.4g}) and work would pile up without limit; or give an arrival_rate below {most[j]:.4g}",
            )
