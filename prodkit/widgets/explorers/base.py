"""What every explorer is made of: dials and boards, a model, figures, a picture, targets.

One anywidget rather than a box of ipywidgets: their sliders have no name for a screen reader, their
number field turns a decimal comma into thousands, and their image takes no alt text.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

import anywidget
import traitlets

from ...errors import ProdkitError
from ...exercises.numbers import Unreadable, show
from .controls import Board, Dial, Pick

if TYPE_CHECKING:
    from ...charts import Chart

__all__ = ["Explorer", "Row", "Target"]

_HERE = Path(__file__).parent


@dataclass(frozen=True)
class Target:
    """Something to reach, that the explorer recognizes."""

    task: str
    """What to do, as a sentence."""
    is_reached: Callable[[Any], bool]
    """Whether what the model gave reaches it."""
    learned: Callable[[Any], str]
    """What was learned, said once it is reached."""


class Row(NamedTuple):
    """A figure that an explorer shows."""

    label: str
    value: float | None
    """None where there is none to show."""
    unit: str = ""
    digits: int = 4


class Explorer(anywidget.AnyWidget):
    """A model to play with and a target to reach, in the browser, or in a test through `set` and `reset`.

    Whatever is done, `compute` is called with the dials' values, and what it gives is handed to
    `figures`, `picture` and the targets. Targets count where a dial came to rest, not what it passed;
    one that was reached stays so until Reset. What goes wrong becomes a line in the explorer.

    Parameters
    ----------
    title, about
        What stands above the dials.
    dials
        In the order shown.
    compute
        From the dials' values, by their ids, to an object of one's own.
    figures
        The rows of the table; they are shown beside those of the start.
    picture
        The chart.
    targets
        In the order to be tried.
    notice
        Something the learner should know first: that a sample's figures are shown, perhaps.

    Examples
    --------
    >>> from prodkit.charts import Chart
    >>> double = Explorer(
    ...     title="Twice", about="Turn it.", dials=[Dial("x", "Input", 0, 10, 1, start=2, unit="units")],
    ...     compute=lambda x: 2 * x, figures=lambda y: [Row("Output", y, "units")],
    ...     picture=lambda y: Chart("Input", "Output").finish(f"Twice is {y:g}", "Nothing is drawn."),
    ...     targets=[Target("Reach 14.", lambda y: y == 14, lambda y: "7 doubled is 14.")],
    ... )
    >>> print(double.set(x="7,0"))
    Twice
    Input: 7 units (0 to 10)
    Output: 14 units (4 units at the start)
    Picture: Twice is 14. Nothing is drawn.
    ✓ Reach 14. 7 doubled is 14.
    """

    _esm = _HERE / "explorer.js"
    _css = (_HERE.parent / "card.css").read_text(encoding="utf-8") + (_HERE / "explorer.css").read_text(
        encoding="utf-8"
    )

    view = traitlets.Dict().tag(sync=True)
    state = traitlets.Dict().tag(sync=True)

    def __init__(
        self,
        *,
        title: str,
        about: str,
        dials: Sequence[Dial | Pick | Board],
        compute: Callable[..., Any],
        figures: Callable[[Any], Sequence[Row]],
        picture: Callable[[Any], Chart],
        targets: Sequence[Target],
        notice: str = "",
    ) -> None:
        self._title, self._notice = title, notice
        self._dials: dict[str, Any] = {dial.id: dial for dial in dials}
        self._compute, self._figures, self._picture, self._targets = compute, figures, picture, tuple(targets)
        self._start()
        self._first = {row.label: row for row in figures(self._outcome)}
        super().__init__(
            view={"title": title, "about": about, "notice": notice, "dials": [dial.view() for dial in dials]},
            state=self._shown(),
        )
        self.on_msg(self._receive)

    @property
    def values(self) -> dict[str, Any]:
        """Where the dials stand."""
        return dict(self._values)

    @property
    def reached(self) -> tuple[bool, ...]:
        """Which targets were reached, in their order."""
        return tuple(i in self._learned for i in range(len(self._targets)))

    def set(self, **dials: float | str | Sequence[str] | Mapping[str, Sequence[str]]) -> str:
        """Set dials to these values and let go, as the learner does; text is read as if it were typed.

        Returns
        -------
        str
            What is then shown, as plain text.
        """
        self._receive(self, {"do": "set", "values": dials, "settled": True}, [])
        return repr(self)

    def reset(self) -> str:
        """Go back to the start: dials, figures and targets."""
        self._receive(self, {"do": "reset"}, [])
        return repr(self)

    def __repr__(self) -> str:
        state = self.state
        lines = [self._title, *([self._notice] if self._notice else [])]
        for dial in self._dials.values():
            value = f"{state['texts'][dial.id]} {dial.suffix}".rstrip()
            lines.append(f"{dial.label}: {value} ({dial.span})")
            if dial.id in state["faults"]:
                lines.append(f"  {state['faults'][dial.id]}")
            if isinstance(dial, Board):
                lines += [f"  {said}" for said in dial.said(state["boards"][dial.id])]
        for label, now, then in state["figures"]:
            lines.append(f"{label}: {now}" if now == then else f"{label}: {now} ({then} at the start)")
        lines.append(f"Picture: {state['alt']}")
        for target in state["targets"]:
            lines.append(
                f"✓ {target['task']} {target['learned']}"
                if target["reached"]
                else f"Target: {target['task']}"
            )
        return "\n".join([*lines, *([state["error"]] if state["error"] else [])])

    def _start(self) -> None:
        self._values: dict[str, Any] = {dial.id: dial.start for dial in self._dials.values()}
        self._faults: dict[str, str] = {}
        self._typed: dict[str, str] = {}
        self._learned: dict[int, str] = {}
        self._error = ""
        self._outcome = self._compute(**self._values)
        self._recognize()

    def _recognize(self) -> None:
        for i, target in enumerate(self._targets):
            if i not in self._learned and target.is_reached(self._outcome):
                self._learned[i] = target.learned(self._outcome)

    def _receive(self, _widget: Any, content: Any, _buffers: Any) -> None:
        """Do what a message asks, and answer it whatever happens."""
        message = content if isinstance(content, dict) else {}
        seq = message.get("seq")
        try:
            is_settled = bool(message.get("settled", True))
            if message.get("do") == "reset":
                self._start()
            elif message.get("do") == "set" and isinstance(message.get("values"), dict):
                self._turn(message["values"], is_settled)
            else:
                raise ProdkitError("An explorer knows set and reset only.")
            self.state = self._shown(is_settled)
        except Exception as fault:  # nothing that a callback raises would be seen
            text = " ".join(str(fault).split())[:300]
            self._error = (
                text
                if isinstance(fault, ProdkitError)
                else f"Something went wrong ({type(fault).__name__}: {text})."
            )
            self.state = self.state | {"error": self._error}
        self.send({"done": seq if isinstance(seq, int) else None})

    def _turn(self, given: Mapping[Any, Any], is_settled: bool) -> None:
        self._error = ""
        values = dict(self._values)
        for name, value in given.items():
            dial = self._dials.get(name)
            if dial is None:
                raise ProdkitError(
                    f"This explorer has no dial {str(name)[:40]!r}, only {', '.join(self._dials)}."
                )
            self._faults.pop(name, None)
            self._typed.pop(name, None)
            try:
                values[name] = dial.read(value)
            except Unreadable as fault:
                self._faults[name] = str(fault)
                self._typed[name] = str(value)[:40]
        self._outcome = self._compute(**values)
        self._values = values
        if is_settled and not self._faults:
            self._recognize()

    def _shown(self, is_settled: bool = True) -> dict[str, Any]:
        chart = self._picture(self._outcome)
        rows = []
        for row in self._figures(self._outcome):
            rows.append(
                [
                    row.label,
                    _cell(row),
                    _cell(self._first[row.label]) if hasattr(self, "_first") else _cell(row),
                ]
            )
        return {
            "values": {name: self._dials[name].sent(value) for name, value in self._values.items()},
            "texts": {
                name: self._typed.get(name, dial.text(self._values[name]))
                for name, dial in self._dials.items()
            },
            "faults": dict(self._faults),
            "boards": {
                name: {"notes": dict(one.notes(self._outcome)), "faults": dict(one.faults(self._outcome))}
                for name, one in self._dials.items()
                if isinstance(one, Board)
            },
            "figures": rows,
            "finding": chart.title,
            "alt": f"{chart.title}. {chart.alt}",
            "picture": chart.source() if is_settled else chart.source(96, is_passing=True),
            "targets": [
                {"task": target.task, "reached": i in self._learned, "learned": self._learned.get(i, "")}
                for i, target in enumerate(self._targets)
            ],
            "error": self._error,
        }


def _cell(row: Row) -> str:
    if row.value is None:
        return "none"
    return f"{show(row.value, row.digits)} {row.unit}".rstrip()
