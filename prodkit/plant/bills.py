"""The order of items in the bills of material, and what their demand uses up."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from typing import TYPE_CHECKING

import numpy as np

from ..errors import InputError

if TYPE_CHECKING:
    import pandas as pd

__all__ = ["bill_levels", "find_loop", "weekly_use"]


def bill_levels(pairs: Iterable[tuple[str, str]]) -> dict[str, int]:
    """The low-level code of each item in the bills: 0 for what goes into nothing.

    Parameters
    ----------
    pairs
        (parent, component) of every line.

    Returns
    -------
    dict
        Items from the top down, each with the longest way to it from an item that goes into nothing.

    Raises
    ------
    InputError
        If an item goes into itself; the message names the loop.

    Examples
    --------
    >>> bill_levels([("cabinet", "door"), ("door", "hinge"), ("cabinet", "hinge")])
    {'cabinet': 0, 'door': 1, 'hinge': 2}
    """
    lines = dict.fromkeys(pairs)
    components: dict[str, list[str]] = defaultdict(list)
    waiting: dict[str, int] = {}
    for parent, component in lines:
        components[parent].append(component)
        waiting[component] = waiting.get(component, 0) + 1
        waiting.setdefault(parent, 0)
    levels = {item: 0 for item, count in waiting.items() if count == 0}
    ready = list(levels)
    for item in ready:  # grows as it goes
        for component in components.get(item, ()):
            levels[component] = max(levels.get(component, 0), levels[item] + 1)
            waiting[component] -= 1
            if waiting[component] == 0:
                ready.append(component)
    if len(ready) < len(waiting):
        rest = {item for item, count in waiting.items() if count > 0}
        raise InputError(
            "bom", " > ".join(walk(rest, components)), "a bill in which no item goes into itself"
        )
    return {item: levels[item] for item in ready}


def walk(rest: set[str], components: dict[str, list[str]]) -> list[str]:
    """One loop among the items that never came up, its first item repeated at its end."""
    parents: dict[str, str] = {}
    for parent in rest:
        for component in components.get(parent, ()):
            if component in rest:
                parents[component] = min(parent, parents.get(component, parent))
    item, path = min(rest), []
    while item not in path:
        path.append(item)
        item = parents[item]  # upward: each of them has a parent among the rest
    loop = path[path.index(item) :][::-1]
    start = loop.index(min(loop))
    return [*loop[start:], *loop[:start], loop[start]]


def find_loop(pairs: Iterable[tuple[str, str]]) -> list[str]:
    """A loop in the bills, as item > ... > item; empty where there is none.

    >>> find_loop([("a", "b"), ("b", "c"), ("c", "b")])
    ['b', 'c', 'b']
    """
    try:
        bill_levels(pairs)
    except InputError as error:
        return str(error.got).split(" > ")
    return []


def weekly_use(items: pd.DataFrame, bom: pd.DataFrame | None, demand: pd.DataFrame) -> pd.DataFrame:
    """What was sold and what went into it, item by item and week by week; see `Plant.weekly_use`."""
    import pandas as pd

    codes = items["item"].tolist()
    row = {item: number for number, item in enumerate(codes)}
    weeks = pd.date_range(demand["week"].min(), demand["week"].max(), freq="7D").as_unit("ns")
    use = np.zeros((len(codes), len(weeks)))
    where = ((demand["week"] - weeks[0]).dt.days // 7).to_numpy()
    np.add.at(use, (demand["item"].map(row).to_numpy(), where), demand["quantity"].to_numpy())
    if bom is not None:
        bom = bom[bom["alternative"] == ""]
        levels = bill_levels(zip(bom["parent"], bom["component"], strict=True))
        each = bom["quantity_per"] / (1 - bom["scrap_share"]) * bom["planning_share"]
        good = items.set_index("item")["yield_share"]
        lines = sorted(
            zip(
                bom["parent"],
                bom["component"],
                each / bom["parent"].map(good),
                bom["valid_from"],
                bom["valid_to"],
                strict=True,
            ),
            key=lambda line: levels[line[0]],
        )
        for parent, component, quantity, start, end in lines:
            valid = ~((weeks < start) | (weeks > end))  # a blank bound, NaT, bounds nothing
            use[row[component]] += use[row[parent]] * quantity * valid
    return pd.DataFrame(
        {
            "week": np.repeat(weeks.to_numpy(), len(codes)),
            "item": codes * len(weeks),
            "quantity": use.T.ravel(),
        }
    )
