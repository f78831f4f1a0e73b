"""The exercise card: one widget for every kind of part. The engine judges; the browser half shows."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import anywidget
import traitlets

from ..errors import ProdkitError
from ..exercises import Attempt, Problem

if TYPE_CHECKING:
    from ..plant import Plant

__all__ = ["Card", "exercise"]

_HERE = Path(__file__).parent
_LONGEST = 10_000  # characters kept of one typed answer
_DEEPEST = 4  # levels of an answer: a grid's cells lie three deep


def exercise(
    id: str, *, plant: Plant | str | None = None, seed: int | None = None, given_steps: int = 0
) -> Card:
    """The card of a problem, as the last expression of a lesson's cell.

    Parameters
    ----------
    id
        A problem's id, as `prodkit problems` lists them.
    plant
        A plant, the name of a sample, or None for the sample "metal". Where the plant lacks the
        table that the problem needs, the card says so and takes the sample of its industry.
    seed
        The seed of the first numbers; None for the problem's own.
    given_steps
        How many steps of the worked solution are shown from the start.

    Raises
    ------
    InputError
        If there is no such problem (the message names the nearest) or not so many steps.

    Examples
    --------
    >>> card = exercise("materials.eoq", seed=3)
    >>> card.view["id"], card.verdict
    ('materials.eoq', None)
    """
    return Card(id, plant=plant, seed=seed, given_steps=given_steps)


class Card(anywidget.AnyWidget):
    """A problem that a learner works on in the browser, or a test through `submit` and `press`.

    `view` is what is shown (never a key), `answers` what stands in the inputs, `verdict` the last
    verdict with a `count` that rises, so that two equal ones differ. The browser's message and
    `submit` are taken by the same handler; whatever goes wrong there becomes a line in the card.
    What happens goes to the journal, and a new card takes up where the journal left off.
    """

    _esm = "\n".join((_HERE / name).read_text(encoding="utf-8") for name in ("parts.js", "card.js"))
    _css = (_HERE / "card.css").read_text(encoding="utf-8")

    view = traitlets.Dict().tag(sync=True)
    answers = traitlets.Any().tag(sync=True)
    verdict: Any = traitlets.Dict(allow_none=True, default_value=None).tag(sync=True)

    def __init__(
        self,
        problem: Problem | str,
        *,
        plant: Plant | str | None = None,
        seed: int | None = None,
        given_steps: int = 0,
    ) -> None:
        self.error = ""
        self._happened: list[tuple[str, dict[str, Any], dict[str, Any]]] = []
        self._count = 0
        notice = self._open(problem, plant, seed, given_steps)
        super().__init__(view=self._view(notice), answers=_plain(self.attempt.answers), verdict=None)
        self.on_msg(self._receive)

    def _open(
        self, problem: Problem | str, plant: Plant | str | None, seed: int | None, given_steps: int
    ) -> str:
        """Lay a problem on the card, as the journal says it was left; gives what has to be noticed."""
        self.attempt = Attempt(problem, plant, seed, given_steps, on_event=self._keep)
        # Cards of one problem in one lesson are told apart by where they start.
        self._mark = {"seed": self.attempt.variant.seed, "given_steps": given_steps}
        return self._take_up()

    def __repr__(self) -> str:
        return self.attempt.text()

    def submit(self, answers: Any = None, **parts: Any) -> str:
        """Check these answers, exactly as the browser's Check does with what stands in its inputs.

        Parameters
        ----------
        answers, **parts
            By part id: text or a number, an option's id, a list of ids, or a grid's
            `{"line": {"column": text}}`. A part left out counts as empty.

        Returns
        -------
        str
            The feedback as plain text.
        """
        if answers is None or (isinstance(answers, dict) and parts):
            answers = {**(answers or {}), **parts}
        return self._press({"do": "check", "answers": answers})

    def press(self, button: str) -> str:
        """Press "check" (of what stands in `answers`), "hint", "new" or "solution"; gives what it shows."""
        return self._press({"do": button})

    def _press(self, message: dict[str, Any]) -> str:
        self._receive(self, message, [])
        shown = {
            "check": self.attempt.feedback(),
            "hint": "\n".join(self.view["hints"][-1:]),
            "new": self.attempt.text(),
            "solution": "\n".join(self.view["solution"] or []),
        }.get(message["do"], "")
        return "\n".join(line for line in (shown, self.error) if line)

    def _receive(self, _widget: Any, content: Any, _buffers: Any) -> None:
        """Do what a message asks, and answer it whatever happens; the journal is written after the answer."""
        self.error = ""
        seq = content.get("seq") if isinstance(content, dict) else None
        try:
            self._do(content)
        except Exception as fault:  # nothing that a callback raises would be seen
            self.error = _one_line(fault)
        reply = {"done": seq if isinstance(seq, int | float) else None}
        self.send(reply | ({"error": self.error} if self.error else {}))
        if (trouble := self._write_down()) and not self.error:
            self.error = trouble
            self.send(reply | {"error": trouble})

    def _do(self, content: Any) -> None:
        what = content.get("do") if isinstance(content, dict) else None
        verdict: dict[str, Any] | None = self.verdict
        if what == "check":
            judged = self.attempt.check(_plain(content.get("answers", self.answers)))
            self._count += 1
            verdict = {"count": self._count, **judged}
        elif what == "hint":
            self.attempt.hint()
        elif what == "solution":
            self.attempt.solution()
        elif what == "new":
            self.attempt.new_numbers()
            verdict = None
        else:
            raise ProdkitError(f"This card knows check, hint, new and solution, not {str(what)[:40]!r}.")
        with self.hold_sync():
            if what in ("check", "new"):
                self.answers = dict(self.attempt.answers)
            self.verdict = verdict
            self.view = self._view()

    def _view(self, notice: str = "") -> dict[str, Any]:
        view = self.attempt.view()
        return view | {"notice": " ".join(line for line in (view["notice"], notice) if line)}

    def _keep(self, kind: str, data: dict[str, Any]) -> None:
        where = {name: data[name] for name in ("problem", "plant", "seed")}
        rest = {name: value for name, value in data.items() if name not in where}
        self._happened.append((kind, where, {**rest, "card": self._mark}))

    def _write_down(self) -> str:
        """Write what happened to the journal; what went wrong is said and stops nothing."""
        happened, self._happened = self._happened, []
        try:
            from ..study import Journal

            for kind, where, data in happened:
                Journal().add(kind, **where, data=data)
        except Exception as fault:
            return f"Your work is judged but not kept: {_one_line(fault)}"
        return ""

    def _take_up(self) -> str:
        """Go back to the numbers, answers, hints and solution where the journal says this card stood."""
        try:
            from ..study import Journal

            turn, kept = self.attempt, []
            for event in Journal().events(problem=turn.problem.id, plant=turn.variant.plant.name):
                if event.data.get("card") == self._mark:
                    kept.append(event)
            if not kept:
                return ""
            number = int(kept[-1].data["number"])
            kept = [event for event in kept if event.data["number"] == number]
            answers = [event.data["answers"] for event in kept if event.kind == "check"]
            turn.resume(number, answers[-1] if answers else {})
            turn.hints_shown = max((event.data["shown"] for event in kept if event.kind == "hint"), default=0)
            turn.hints_shown = min(turn.hints_shown, len(turn.problem.hints))
            turn.solution_shown = any(event.kind == "solution" for event in kept)
        except Exception as fault:
            return f"Earlier work is not shown: {_one_line(fault)}"
        return ""


def _one_line(fault: Exception) -> str:
    text = " ".join(str(fault).split())[:300]
    return (
        text if isinstance(fault, ProdkitError) else f"Something went wrong ({type(fault).__name__}: {text})."
    )


def _plain(value: Any, depth: int = 0) -> Any:
    """An answer as plain JSON that the journal and the browser can hold, whatever came."""
    if isinstance(value, str):
        return value[:_LONGEST].encode("utf-8", "replace").decode("utf-8")
    if value is None or isinstance(value, bool):
        return value
    if depth < _DEEPEST and isinstance(value, dict):
        return {str(_plain(str(key))): _plain(one, depth + 1) for key, one in value.items()}
    if depth < _DEEPEST and isinstance(value, list | tuple):
        return [_plain(one, depth + 1) for one in value]
    try:
        return _plain(str(value))
    except ValueError:  # an int of thousands of digits
        return "a number too long to print"
