"""What is measured and counted at a plant: characteristics, counts, studies of gauges, experiments.

A `Quality` declares it; the functions here turn it into tables. Lots and defects, which follow from what was delivered
and made, are in `inspection.py`.
"""

from __future__ import annotations

import math
from dataclasses import dataclass, field
from datetime import date, timedelta

import numpy as np
from history import Rows, first_day, stream
from industry import Industry
from shop import workdays

__all__ = [
    "Agreement", "Characteristic", "Defect", "Experiment", "Gauge", "Process", "Quality", "agreement_rows",
    "attribute_rows", "characteristic_rows", "experiment_rows", "factor_rows", "gauge_rows", "measurement_rows",
]  # fmt: skip

VALUES, COUNTS, GAUGES, JUDGES, RUNS = range(100, 105)  # streams of chance


@dataclass(frozen=True)
class Characteristic:
    """Something that is measured in samples, `target` and limits in its unit."""

    name: str
    item: str
    workcenter: str
    unit: str
    target: float
    tolerance: tuple[
        float | None, float | None
    ]  # limits as distances below and above the target; None: no limit
    sd: float  # within a sample
    offset: float = 0.0  # mean less target
    between: float = 0.0  # standard deviation of the mean from sample to sample, beyond that
    size: int = 5  # pieces in a sample
    samples: int = 60
    decimals: int = 2
    skew: bool = False  # a long tail to the right (flatness, run-out), never below zero
    notes: tuple[tuple[int, str], ...] = ()  # what the operator wrote, without consequence


@dataclass(frozen=True)
class Process:
    """Something that is inspected by counting."""

    name: str
    inspected: int
    defective: float  # share
    more: float = 0.2  # further defects on a defective unit, on the average
    spread: float = 0.0  # coefficient of variation of the share from sample to sample
    vary: float = 0.0  # of the number inspected
    samples: int = 52


@dataclass(frozen=True)
class Gauge:
    """A study of a gauge on a characteristic."""

    study: str
    characteristic: str
    repeat: float  # standard deviation of one operator on one part
    operators: tuple[float, ...] = (0.0, 0.0, 0.0)  # each one's bias
    interaction: float = 0.0
    parts: int = 10
    trials: int = 3
    decimals: int = 3


@dataclass(frozen=True)
class Agreement:
    """A study of inspectors who accept or reject."""

    study: str
    misses: tuple[float, ...]  # each appraiser's share of bad parts passed
    false_alarms: tuple[float, ...]  # and of good parts rejected
    parts: int = 30
    trials: int = 2
    bad_share: float = 0.4


@dataclass(frozen=True)
class Experiment:
    """A two-level factorial, its effects as differences between high and low."""

    name: str
    factors: tuple[tuple[str, str, str, str], ...]  # letter, name, low, high
    mean: float
    effects: dict[str, float]  # "A", "BC"
    sd: float
    replicates: int = 2
    centers: int = 0
    decimals: int = 1


@dataclass(frozen=True)
class Defect:
    """A kind of defect at a work center, with its share of that center's bad units."""

    workcenter: str
    name: str
    share: float
    cost: float = 1.0  # as a share of the item's unit cost


@dataclass(frozen=True)
class Quality:
    """All of it."""

    characteristics: tuple[Characteristic, ...]
    processes: tuple[Process, ...]
    gauges: tuple[Gauge, ...]
    agreements: tuple[Agreement, ...]
    experiments: tuple[Experiment, ...]
    defects: tuple[Defect, ...]
    inspected_families: tuple[str, ...] = field(default=())  # of bought items; all in pieces if empty


def characteristic_rows(quality: Quality) -> Rows:
    """The table characteristics."""
    return [
        {
            "characteristic": c.name,
            "item": c.item,
            "workcenter": c.workcenter,
            "unit": c.unit,
            "lower_limit": None if c.tolerance[0] is None else round(c.target - c.tolerance[0], 6),
            "upper_limit": None if c.tolerance[1] is None else round(c.target + c.tolerance[1], 6),
            "target": c.target,
        }
        for c in quality.characteristics
    ]


def measurement_rows(industry: Industry, quality: Quality) -> Rows:
    """The table measurements: each characteristic's samples, the last one just before the first day."""
    rows: Rows = []
    for c in quality.characteristics:
        rng = stream(industry, VALUES, c.name)
        noise = rng.standard_normal((c.samples, c.size))
        tail = rng.standard_exponential((c.samples, c.size))
        means = c.target + c.offset + c.between * rng.standard_normal(c.samples)
        notes = dict(c.notes)
        if (story := industry.story("drift", c.name)) is not None:
            start = int(story["sample"])
            means[start - 1 :] += float(story["sds"]) * c.sd * np.arange(1, c.samples - start + 2)
        if (story := industry.story("shift", c.name)) is not None:
            start = int(story["sample"])
            means[start - 1 :] += float(story["sds"]) * c.sd
            if story.get("note"):
                notes[start] = str(story["note"])
        days = sample_days(industry, c.samples)
        for sample in range(c.samples):
            for piece in range(c.size):
                deviation = tail[sample, piece] - 1 if c.skew else noise[sample, piece]
                value = means[sample] + c.sd * deviation
                rows.append(
                    {
                        "characteristic": c.name,
                        "sample": sample + 1,
                        "piece": piece + 1,
                        "date": days[sample],
                        "value": round(float(max(0.0, value) if c.skew else value), c.decimals),
                        "note": notes.get(sample + 1, "") if piece == 0 else "",
                    }
                )
    return rows


def sample_days(industry: Industry, count: int, a_day: int = 2) -> list[date]:
    """Working days of the samples, so many a day, in order."""
    today = first_day(industry)
    days = workdays(industry, today - timedelta(weeks=industry.weeks), today - timedelta(days=1))
    return [day for day in days for _ in range(a_day)][-count:]


def attribute_rows(industry: Industry, quality: Quality) -> Rows:
    """The table attributes: a sample a week."""
    rows: Rows = []
    first = first_day(industry)
    for p in quality.processes:
        rng = stream(industry, COUNTS, p.name)
        story = industry.story("more_defects", p.name)
        for sample in range(1, p.samples + 1):
            inspected = max(2, round(p.inspected * (1 + p.vary * rng.uniform(-1, 1))))
            share = p.defective * math.exp(p.spread * rng.standard_normal() - p.spread**2 / 2)
            if story is not None and sample >= int(story["sample"]):
                share *= float(story["times"])
            defective = int(rng.binomial(inspected, min(0.9, share)))
            rows.append(
                {
                    "process": p.name,
                    "sample": sample,
                    "date": first - timedelta(weeks=p.samples - sample, days=3),
                    "inspected": inspected,
                    "defective": defective,
                    "defects": defective + int(rng.poisson(p.more * defective)),
                }
            )
    return rows


def gauge_rows(industry: Industry, quality: Quality) -> Rows:
    """The table gauge_studies: every operator measures every part, trial after trial."""
    rows: Rows = []
    known = {c.name: c for c in quality.characteristics}
    for gauge in quality.gauges:
        rng, c = stream(industry, GAUGES, gauge.study), known[gauge.characteristic]
        # parts spread over what the process makes, in equal steps of probability, in random order
        steps = rng.permutation(np.linspace(-1.7, 1.7, gauge.parts))
        parts = c.target + c.offset + math.hypot(c.sd, c.between) * steps
        for number, true in enumerate(parts, start=1):
            for letter, bias in zip("ABCDEFGH", gauge.operators, strict=False):
                own = gauge.interaction * rng.standard_normal()
                for trial in range(1, gauge.trials + 1):
                    value = true + bias + own + gauge.repeat * rng.standard_normal()
                    rows.append(
                        {
                            "study": gauge.study,
                            "characteristic": c.name,
                            "part": f"{number:02}",
                            "operator": letter,
                            "trial": trial,
                            "value": round(float(value), gauge.decimals),
                            "reference": round(float(true), gauge.decimals),
                        }
                    )
    return rows


def agreement_rows(industry: Industry, quality: Quality) -> Rows:
    """The table agreement_studies."""
    rows: Rows = []
    for study in quality.agreements:
        rng = stream(industry, JUDGES, study.study)
        bad = rng.permutation(np.arange(study.parts) < round(study.bad_share * study.parts))
        for number in range(study.parts):
            for letter, miss, alarm in zip("ABCDEFGH", study.misses, study.false_alarms, strict=False):
                for trial in range(1, study.trials + 1):
                    wrong = rng.random() < (miss if bad[number] else alarm)
                    rows.append(
                        {
                            "study": study.study,
                            "part": f"{number + 1:02}",
                            "appraiser": letter,
                            "trial": trial,
                            "decision": "reject" if bad[number] != wrong else "accept",
                            "reference": "reject" if bad[number] else "accept",
                        }
                    )
    return rows


def factor_rows(quality: Quality) -> Rows:
    """The table experiment_factors."""
    return [
        {"experiment": e.name, "factor": letter, "name": name, "low": low, "high": high}
        for e in quality.experiments
        for letter, name, low, high in e.factors
    ]


def experiment_rows(industry: Industry, quality: Quality) -> Rows:
    """The table experiments: the full factorial, its runs in random order."""
    rows: Rows = []
    for e in quality.experiments:
        rng = stream(industry, RUNS, e.name)
        letters = [factor[0] for factor in e.factors]
        corners = [
            {letter: (1 if number >> place & 1 else -1) for place, letter in enumerate(letters)}
            for number in range(2 ** len(letters))
        ]
        runs = corners * e.replicates + [dict.fromkeys(letters, 0)] * e.centers
        for run, place in enumerate(rng.permutation(len(runs)).tolist(), start=1):
            levels = runs[place]
            half = [
                effect / 2 * math.prod(levels[letter] for letter in name)
                for name, effect in e.effects.items()
            ]
            value = math.fsum([e.mean, *half]) + e.sd * rng.standard_normal()
            rows.append(
                {
                    "experiment": e.name,
                    "run": run,
                    **{letter: (float(levels[letter]) if letter in levels else None) for letter in "ABCDEF"},
                    "block": "",
                    "response": round(float(value), e.decimals),
                }
            )
    return rows
