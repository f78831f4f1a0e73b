"""What a learner handles in a notebook: the exercise card, the practice desk, the plant picker."""

from __future__ import annotations

import importlib
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from .card import Card, exercise
    from .picker import PlantPicker, plant_picker
    from .practice_card import Practice, practice

_NAMES = {
    "Card": "card",
    "PlantPicker": "picker",
    "Practice": "practice_card",
    "exercise": "card",
    "plant_picker": "picker",
    "practice": "practice_card",
}

__all__ = ["Card", "PlantPicker", "Practice", "exercise", "plant_picker", "practice"]


def __getattr__(name: str) -> Any:
    if name in _NAMES:
        return getattr(importlib.import_module(f"{__name__}.{_NAMES[name]}"), name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")


def __dir__() -> list[str]:
    return sorted([*globals(), *_NAMES])
