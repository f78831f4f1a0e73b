"""Pull: how many kanban cards."""

from __future__ import annotations

import math

from .._common import number

__all__ = ["kanban_cards"]


def kanban_cards(demand: float, lead_time: float, container: float, *, safety_share: float = 0.0) -> int:
    r"""Cards between two places, one on each container.

    Parameters
    ----------
    demand
        Demand over one period, :math:`D` (units a day, say).
    lead_time
        Time from the card's taking off to the full container's coming back, :math:`L` (the same periods: 0.25 days).
    container
        Units in one container, :math:`C`.
    safety_share
        What is kept above demand in the lead time, :math:`x` (share of it).

    Returns
    -------
    int
        Cards, rounded up: part of a container is a container. Their stock is at most cards times `container`.

    Raises
    ------
    InputError
        If demand, lead time or container is not above zero, or the share is below zero.

    Notes
    -----
    :math:`n = \lceil D L (1 + x) / C \rceil` (Monden, *Toyota Production System*; from memory, unchecked).

    Examples
    --------
    >>> kanban_cards(demand=480, lead_time=0.25, container=20, safety_share=0.1)
    7
    """
    d = number("demand", demand, "above zero (units a period)", above=0)
    time = number("lead_time", lead_time, "above zero (periods)", above=0)
    size = number("container", container, "above zero (units)", above=0)
    more = number("safety_share", safety_share, "zero or more (share)", low=0)
    return max(1, math.ceil(d * time * (1 + more) / size - 1e-9))
