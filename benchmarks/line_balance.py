"""Published line-balance graphs up to 70 tasks, to their optimum: fewest stations, least cycle time, how long each takes.

Inputs and optima are those of tests/published_cases.json (Scholl's data sets). A line is broken where a balance is not
the published optimum, or a bound lies above it; one that reaches the optimum without proving it in time says so.
Below, how far each rule is from the optimum on the same graphs.

    python benchmarks/line_balance.py                   # 60 s a balance at the most
    python benchmarks/line_balance.py --quick           # graphs up to 35 tasks
    python benchmarks/line_balance.py --seconds 10 TONGE
"""

from __future__ import annotations

import argparse
import json
import statistics
import sys
import time
from pathlib import Path
from typing import Any

from prodkit.methods import BALANCE_METHODS, LineBalance, line_balance

CASES = Path(__file__).resolve().parents[1] / "tests" / "published_cases.json"
PREFIX = "SCH-SALBP1-"
MOST_TASKS, QUICK_TASKS = 70, 35
RULES = [method for method in BALANCE_METHODS if method != "optimal"]

Question = dict[str, float]  # cycle_time or stations, as line_balance takes it


def graphs(most: int, names: list[str]) -> dict[str, dict[str, Any]]:
    cases = {
        c["id"].removeprefix(PREFIX): c for c in json.loads(CASES.read_text("utf-8")) if PREFIX in c["id"]
    }
    return {n: c for n, c in cases.items() if c["inputs"]["n"] <= most and (not names or n in names)}


def tasks_of(case: dict[str, Any]) -> dict[str, Any]:
    after: dict[str, list[str]] = {}
    for before, task in case["inputs"]["precedence"]:
        after.setdefault(str(task), []).append(str(before))
    return {"tasks": {str(i): t for i, t in enumerate(case["inputs"]["task_times"], start=1)}, "after": after}


def questions(case: dict[str, Any]) -> list[tuple[Question, float]]:
    """What is asked, and the published optimum."""
    expected = case["expected"]
    out: list[tuple[Question, float]] = [
        ({"cycle_time": float(c)}, n) for c, n in expected["min_stations"].items()
    ]
    return out + [({"stations": int(n)}, c) for n, c in expected["salbp2_min_cycle"].items()]


def main() -> int:
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("names", nargs="*", help="graphs (default: all)")
    parser.add_argument("--quick", action="store_true", help=f"up to {QUICK_TASKS} tasks")
    parser.add_argument("--seconds", type=float, default=60.0, help="of one balance at the most")
    choice = parser.parse_args()
    broken: list[str] = []
    over = {rule: [0, 0.0, 0.0] for rule in RULES}  # balances at the optimum, percent above it, seconds
    n = 0
    took_by: dict[str, list[tuple[float, bool]]] = {}
    print(
        f"{'graph':<10}{'tasks':>6}  {'asked':<18}{'optimum':>8}{'found':>8}{'bound':>8}  {'status':<11}{'seconds':>8}"
    )
    for name, case in graphs(QUICK_TASKS if choice.quick else MOST_TASKS, choice.names).items():
        given = tasks_of(case)
        for asked, best in questions(case):
            begin = time.perf_counter()
            found: LineBalance = line_balance(**given, **asked, time_limit=choice.seconds)
            took = time.perf_counter() - begin
            (word, value), n = next(iter(asked.items())), n + 1
            took_by.setdefault(name, []).append((took, found.is_proved))
            print(
                f"{name:<10}{case['inputs']['n']:>6}  {word + ' ' + format(value, 'g'):<18}{best:>8g}{found.value:>8g}"
                f"{found.bound:>8g}  {found.status:<11}{took:>8.2f}",
                flush=True,
            )
            if found.value != best or found.bound > best:
                broken.append(
                    f"{name}, {word} {value:g}: {found.value:g} (bound {found.bound:g}), not {best:g}"
                )
            for rule, score in over.items():
                begin = time.perf_counter()
                by_rule = line_balance(**given, **asked, method=rule).value
                score[0] += by_rule == best
                score[1] += 100 * (by_rule / best - 1)
                score[2] += time.perf_counter() - begin
                if by_rule < best:
                    broken.append(f"{name}, {word} {value:g}: {rule} is below the published optimum")
    print(f"\n{'graph':<10}{'balances':>9}{'proved':>8}{'median s':>10}{'longest s':>11}")
    for name, runs in took_by.items():
        seconds = [took for took, _ in runs]
        proved = sum(is_proved for _, is_proved in runs)
        print(f"{name:<10}{len(runs):>9}{proved:>8}{statistics.median(seconds):>10.2f}{max(seconds):>11.2f}")
    print(f"\n{'rule':<28}{'at the optimum':>16}{'above it':>12}{'ms each':>10}")
    for rule, (hits, percent, spent) in over.items():
        print(f"{rule:<28}{f'{hits} of {n}':>16}{percent / n:>10.1f} %{1000 * spent / n:>10.1f}")
    for line in broken:
        print("BROKEN:", line)
    return 1 if broken else 0


if __name__ == "__main__":
    sys.exit(main())
