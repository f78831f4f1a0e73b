"""prodkit: the package behind the production-management course.

`import prodkit` is cheap: each submodule is imported when it is first used.

>>> import prodkit
>>> round(prodkit.materials.economic_order_quantity(demand=7200, order_cost=80, holding_cost=19).quantity)
246
"""

from __future__ import annotations

import importlib
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from . import charts, course, exercises, materials, methods, scheduling, solver, stories, study, widgets
    from .course import begin
    from .lessons import lesson_list
    from .plant import Plant, cast
    from .widgets import exercise, plant_picker, practice

__version__ = "0.1.0"

_MODULES = (
    "charts",
    "course",
    "errors",
    "exercises",
    "materials",
    "methods",
    "plant",
    "scheduling",
    "solver",
    "stories",
    "study",
    "widgets",
)
_NAMES = {
    "Plant": "plant",
    "begin": "course",
    "cast": "plant",
    "exercise": "widgets",
    "lesson_list": "lessons",
    "plant_picker": "widgets",
    "practice": "widgets",
}

__all__ = [
    "Plant",
    "begin",
    "cast",
    "charts",
    "course",
    "exercise",
    "exercises",
    "lesson_list",
    "materials",
    "methods",
    "plant_picker",
    "practice",
    "scheduling",
    "solver",
    "stories",
    "study",
    "widgets",
]


def __getattr__(name: str) -> Any:
    if name in _MODULES:
        return importlib.import_module(f"{__name__}.{name}")
    if name in _NAMES:
        return getattr(importlib.import_module(f"{__name__}.{_NAMES[name]}"), name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")


def __dir__() -> list[str]:
    return sorted([*globals(), *_MODULES, *_NAMES])
