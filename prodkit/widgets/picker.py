"""The plant picker of lesson 00: whose figures the course shows."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import anywidget
import traitlets

from .. import course
from ..errors import ProdkitError
from ..plant import Plant
from ..plant.tables import LESSON_TABLES

__all__ = ["PlantPicker", "plant_picker"]

_HERE = Path(__file__).parent


def plant_picker() -> PlantPicker:
    """The list of plants that the course can run on; what is chosen holds for every lesson.

    Examples
    --------
    >>> picker = plant_picker()
    >>> "metal" in picker.offer["names"]
    True
    """
    return PlantPicker()


def _plain(plant: Plant) -> str:
    return f"{plant.industry}, amounts in {plant.currency}, {plant.units} units"


def _own_said(name: str, plant: Plant) -> str:
    """What the course shows of a plant of the learner's own, and for which lessons it lacks which sheets."""
    said = f"Every lesson shows your own plant, {plant.name} ({name}): {_plain(plant)}."
    lacking = [
        f"lesson {lesson} without {', '.join(missing)}"
        for lesson, (needed, _) in LESSON_TABLES.items()
        if (missing := [table for table in needed if table not in plant.tables or plant.table(table).empty])
    ]
    return (
        f"{said} A sample stands in for it where sheets are missing: {'; '.join(lacking)}."
        if lacking
        else said
    )


def _short(text: str) -> str:
    return "\n".join(line[:200] for line in text.splitlines()[:12])


class PlantPicker(anywidget.AnyWidget):
    """A list of plants. `offer` is what the browser shows: `names`, `picked`, `said` and `fault`."""

    _esm = "\n".join((_HERE / name).read_text(encoding="utf-8") for name in ("parts.js", "picker.js"))
    _css = "\n".join((_HERE / name).read_text(encoding="utf-8") for name in ("card.css", "practice_card.css"))

    offer = traitlets.Dict().tag(sync=True)

    def __init__(self) -> None:
        super().__init__(offer=self._offer())
        self.on_msg(self._receive)

    def __repr__(self) -> str:
        offer = self.offer
        lines = [
            f"  {'(•)' if name == offer['picked'] else '( )'} {text}" for name, text in offer["names"].items()
        ]
        return "\n".join(["The plant of your course", *lines, offer["said"], *filter(None, [offer["fault"]])])

    def choose(self, name: str) -> str:
        """Choose a plant as the learner does; gives what is then shown, as plain text."""
        self._receive(self, {"do": "choose", "plant": name}, [])
        return repr(self)

    def _receive(self, _widget: Any, content: Any, _buffers: Any) -> None:
        message = content if isinstance(content, dict) else {}
        seq = message.get("seq")
        try:
            taken = None
            if message.get("do") == "choose":
                taken = course.choose(str(message.get("plant")))
            elif message.get("do") != "look":
                raise ProdkitError("The picker knows choose and look only.")
            self.offer = self._offer(taken=taken)
        except Exception as fault:  # nothing that a callback raises would be seen
            is_ours = isinstance(fault, ProdkitError)
            self.offer = self._offer(
                _short(str(fault) if is_ours else f"Something went wrong: {type(fault).__name__}.")
            )
        self.send({"done": seq if isinstance(seq, int) else None})

    def _offer(self, fault: str = "", taken: Plant | None = None) -> dict[str, Any]:
        names, picked = course.choices(), course.chosen()
        if picked not in names:
            fault = fault or f"{picked} is no longer there. Until you choose, {course.DEFAULT} is shown."
            picked = course.DEFAULT
        if picked in Plant.samples():
            plant = Plant.sample(picked)
            said = f"Every lesson shows {plant.name}: {_plain(plant)}."
        else:
            try:
                said = _own_said(picked, taken or course.read(str(course.plants_folder() / picked)))
            except ProdkitError as error:  # spoiled since it was chosen
                said = f"Your own plant, {picked}, was chosen, and cannot be read as it is now: a sample is shown."
                fault = fault or _short(str(error))
        return {"names": names, "picked": picked, "said": said, "fault": fault}
