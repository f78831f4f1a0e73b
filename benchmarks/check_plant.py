"""Every cell, key and reference of a large plant (see `read_plant.py`) is checked in 2 s of processor time, with 5,000 faults
of one kind as well, which are told in a few lines.

python benchmarks/check_plant.py
"""

from __future__ import annotations

import time

from read_plant import large_tables

from prodkit.plant.checking import check_sheets
from prodkit.plant.reading import from_frames
from prodkit.plant.sheets import fault_lines

LIMIT = 2.0  # seconds


def main() -> None:
    tables = large_tables()
    slow = []
    for name in ("good", "bad"):
        if name == "bad":
            tables["demand"].loc[:4_999, "quantity"] = -1
        sheets = from_frames(tables)
        start = time.process_time()
        _, faults = check_sheets(sheets)
        taken = time.process_time() - start
        lines = fault_lines(faults)
        cells = sum(len(sheet.columns) * len(sheet.rows) for sheet in sheets.values())
        print(
            f"{name}: {cells:,} cells checked in {taken:.2f} s, limit {LIMIT:g} s; {len(faults):,} faults in {len(lines)} lines"
        )
        assert (len(faults), len(lines)) == ((0, 0) if name == "good" else (5_000, 1))
        slow += [name] if taken > LIMIT else []
    if slow:
        raise SystemExit("too slow: " + ", ".join(slow))


if __name__ == "__main__":
    main()
