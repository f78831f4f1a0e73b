"""Line simulation in station services a second, each kind of line beside simpy in the same run.

python benchmarks/simulate_line.py
"""

from __future__ import annotations

import random
import time
from collections.abc import Callable
from dataclasses import replace

import simpy

from prodkit.methods import Station, simulate_line

LIMIT = 20e6  # station services a second of processor time, infinite buffers
UNITS, REPLICATIONS, STATIONS = 12_000, 10, 5
SIMPY_UNITS = 1_500

PLAIN = [Station(process_time=0.8, cv=1, name=f"s{j}") for j in range(STATIONS)]
FINITE = [replace(s, buffer=5) for s in PLAIN]
KINDS: dict[str, tuple[list[Station], float | None]] = {
    "infinite buffers": (PLAIN, 1.0),
    "infinite buffers, two machines each": ([replace(s, process_time=1.6, machines=2) for s in PLAIN], 1.0),
    "failures": ([replace(s, time_to_failure=50.0, time_to_repair=5.0) for s in PLAIN], 1.0),
    "buffers of 5, first never idle": (FINITE, None),
    "the same with failures": ([replace(s, time_to_failure=50.0, time_to_repair=5.0) for s in FINITE], None),
    "rework, 10 % at each station": ([replace(s, process_time=0.7, rework_share=0.1) for s in PLAIN], 1.0),
}


def simpy_run(line: list[Station], rate: float | None, seed: int) -> tuple[int, float]:
    """Services of one simpy run, and units that left an hour."""
    env, chance = simpy.Environment(), random.Random(seed)
    machines = [simpy.Resource(env, s.machines) for s in line]
    places = [None if s.buffer is None else simpy.Resource(env, s.buffer + s.machines) for s in line]
    services, ends = 0, []

    def unit(place):  # type: ignore[no-untyped-def]
        nonlocal services
        j = 0
        while j < len(line):
            s = line[j]
            machine = machines[j].request()
            yield machine
            hours = chance.expovariate(1 / s.process_time)
            if s.time_to_failure is not None and s.time_to_repair is not None:
                clock = chance.expovariate(1 / s.time_to_failure)
                while clock < hours:
                    yield env.timeout(chance.expovariate(1 / s.time_to_repair))
                    clock += chance.expovariate(1 / s.time_to_failure)
            yield env.timeout(hours)
            services += 1
            if s.rework_share and chance.random() < s.rework_share:
                machines[j].release(machine)
                continue
            ahead = None
            if j + 1 < len(line) and places[j + 1] is not None:
                ahead = places[j + 1].request()
                yield ahead
            machines[j].release(machine)
            if place is not None:
                places[j].release(place)
            place, j = ahead, j + 1
        ends.append(env.now)

    def source():  # type: ignore[no-untyped-def]
        gate = simpy.Resource(env, 1)
        for _ in range(SIMPY_UNITS):
            if rate is not None:
                yield env.timeout(chance.expovariate(rate))
                env.process(unit(None))
            else:  # the next unit comes when the first station is done with the last
                turn = gate.request()
                yield turn
                machine = machines[0].request()
                yield machine
                machines[0].release(machine)
                gate.release(turn)
                env.process(unit(None))
                yield env.timeout(0)

    env.process(source())
    env.run()
    skip = len(ends) // 6
    return services, (len(ends) - skip - 1) / (ends[-1] - ends[skip])


def rate_of(work: Callable[[], float], repeats: int) -> float:
    """Services a second of processor time, the best of several runs."""
    best = 0.0
    for _ in range(repeats):
        begin = time.process_time()
        services = work()
        best = max(best, services / (time.process_time() - begin))
    return best


def main() -> None:
    print(
        f"{STATIONS} stations, {UNITS:,} units, {REPLICATIONS} replications; services a second of processor time"
    )
    reached = {}
    for name, (line, rate) in KINDS.items():
        is_slow = any(s.rework_share for s in line)
        replications = 2 if is_slow else REPLICATIONS
        passes = 1 / (1 - line[0].rework_share)
        run = simulate_line(line, arrival_rate=rate, units=UNITS, replications=replications, seed=1)

        def ours(line=line, rate=rate, replications=replications, passes=passes) -> float:  # type: ignore[no-untyped-def]
            simulate_line(line, arrival_rate=rate, units=UNITS, replications=replications, seed=1)
            return UNITS * replications * len(line) * passes

        reached[name] = rate_of(ours, 3 if is_slow else 7)
        theirs = rate_of(lambda line=line, rate=rate: simpy_run(line, rate, 1)[0], 3)
        outputs = [simpy_run(line, rate, seed)[1] for seed in range(6)]
        mean = sum(outputs) / len(outputs)
        print(
            f"{name:36s} {run.method:24s} {reached[name] / 1e6:7.2f} million, simpy {theirs / 1e6:.3f} million "
            f"({reached[name] / theirs:5.0f} times); throughput {run.throughput:.3f}, simpy {mean:.3f}"
        )
        if abs(mean / run.throughput - 1) > 0.05:
            raise SystemExit(f"{name}: simpy says another throughput")
    if reached["infinite buffers"] < LIMIT:
        raise SystemExit(f"too slow: infinite buffers are to do {LIMIT / 1e6:.0f} million services a second")


if __name__ == "__main__":
    main()
