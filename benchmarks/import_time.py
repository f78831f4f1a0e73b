"""`import prodkit` in a fresh interpreter stays under 0.2 s.

python benchmarks/import_time.py
"""

from __future__ import annotations

import subprocess
import sys

LIMIT = 0.2
CODE = "import time; t = time.perf_counter(); import prodkit; print(time.perf_counter() - t)"


def seconds() -> float:
    out = subprocess.run([sys.executable, "-c", CODE], capture_output=True, text=True, check=True)
    return float(out.stdout)


def main() -> None:
    seconds()  # writes the bytecode
    times = sorted(seconds() for _ in range(9))
    print(
        f"import prodkit: median {1e3 * times[4]:.1f} ms, slowest {1e3 * times[-1]:.1f} ms; limit {1e3 * LIMIT:.0f} ms"
    )
    if times[4] >= LIMIT:
        raise SystemExit("too slow")


if __name__ == "__main__":
    main()
