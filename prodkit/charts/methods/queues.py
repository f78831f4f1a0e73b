"""Waiting against utilization: the curve that turns up before the machine is full."""

from __future__ import annotations

import math

import numpy as np

from ... import methods
from ..._common import number
from ...errors import InputError
from ..style import BLUE, SKY, VERMILION, Chart, named, worded

__all__ = ["queue_curve"]


def queue_curve(
    result: methods.Queue,
    *,
    variabilities: tuple[float, ...] = (0.5, 2.0),
    unit: str = "hours",
) -> Chart:
    """Mean wait over utilization for a station, as it is and with less and more variability.

    Parameters
    ----------
    result
        From `queue`, without a limit on places or population.
    variabilities
        V of other curves, (arrival cv² + service cv²) / 2: at most four.
    unit
        Time unit of its rates.

    Returns
    -------
    Chart
        A dot marks the station; the title says what half of the spare capacity filled would do to the wait.

    Raises
    ------
    InputError
        If the queue has a limit, or a variability is negative.

    Examples
    --------
    >>> from prodkit.methods import queue
    >>> queue_curve(queue(4, 5)).title
    'Busy 80 %, the wait is 0.8 hours; busy 90 % it would be 1.8 hours'
    """
    if result.capacity is not None or result.population is not None:
        raise InputError("result", result.model, "a queue without a limit on places or population")
    if len(variabilities) > 4:
        raise InputError("variabilities", len(variabilities), "at most four")
    others = [number(f"variabilities[{i}]", v, "zero or more", low=0) for i, v in enumerate(variabilities)]
    rate, c = result.service_rate, result.servers

    def wait(u: float, ca: float, ce: float) -> float:
        return methods.queue(u * c * rate, rate, servers=c, service="general", cv=ce, arrival_cv=ca).Wq

    def own(u: float) -> float:
        if result.is_approximate or result.service_cv != 1:
            return wait(u, result.arrival_cv, result.service_cv)
        return methods.queue(u * c * rate, rate, servers=c).Wq

    u, fuller = result.utilization, (1 + result.utilization) / 2
    busy = np.concatenate([np.linspace(0.01, 0.9, 60), np.linspace(0.905, 0.985, 33)])
    chart = Chart("Utilization (% of the time busy)", named("Mean wait", unit))
    top = max(1.6 * own(fuller), 0.4 / rate)
    rows = [(f"variability {v:g}", [wait(x, math.sqrt(v), math.sqrt(v)) for x in busy], v) for v in others]
    for label, y, v in rows:
        chart.line(100 * busy, y, color=SKY if v < result.variability else VERMILION, dashed=True)
        chart.note(min(y[-1], top), label, color=SKY if v < result.variability else VERMILION)
    y = [own(x) for x in busy]
    chart.line(100 * busy, y, color=BLUE, width=2.6)
    chart.note(min(y[-1], top), f"this station, variability {worded(result.variability)}", color=BLUE)
    chart.point(100 * u, result.Wq)
    chart.ax.set_xlim(0, 100)
    chart.ax.set_ylim(0, top)
    title = (
        f"Busy {worded(100 * u)} %, the wait is {worded(result.Wq, unit)}; busy {worded(100 * fuller)} % it would be "
        f"{worded(own(fuller), unit)}"
    )
    alt = (
        f"Mean wait over utilization: flat at first, then ever steeper toward 100 %. A dot marks {worded(100 * u)} % and "
        f"{worded(result.Wq, unit)}. At the same utilization the wait grows in step with variability: "
        + ", ".join(
            f"{worded(wait(u, math.sqrt(v), math.sqrt(v)), unit)} at {v:g}" for v in sorted([*others])
        )
        + f"; here it is {worded(result.variability)}."
    )
    return chart.finish(title, alt)
