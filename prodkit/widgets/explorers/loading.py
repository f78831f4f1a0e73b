"""An explorer whose board can be filled by a rule, and then changed by hand."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from .base import Explorer
from .controls import Board, Lanes, Pick

__all__ = ["OWN", "Loading", "rule_pick"]

OWN = "own"


class Loading(Explorer):
    """An explorer with a pick `rule` and a board `order`: a rule that is chosen lays the chips as it has them.

    Whatever is moved by hand after that is one's own order, and the pick says so.
    """

    def __init__(self, *, orders: Mapping[str, Lanes], **rest: Any) -> None:
        self._orders = dict(orders)
        super().__init__(**rest)

    def _turn(self, given: Mapping[Any, Any], is_settled: bool) -> None:
        chosen = given.get("rule")
        if isinstance(chosen, str) and chosen in self._orders and "order" not in given:
            given = {**given, "order": self._orders[chosen]}
        super()._turn(given, is_settled)
        if self._orders.get(self._values["rule"], self._values["order"]) != self._values["order"]:
            self._values["rule"] = OWN


def rule_pick(names: Mapping[str, str], board: Board, orders: Mapping[str, Lanes]) -> Pick:
    """The pick: one's own order, or that of a rule; it stands at the one that the board shows at first."""
    start = next((rule for rule in names if orders[rule] == board.start), OWN)
    return Pick("rule", "Start from", ((OWN, "Your own order"), *names.items()), start)
