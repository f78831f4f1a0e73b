"""Practice: the learner picks a problem by its title, and its card opens beneath."""

from __future__ import annotations

import math
import re
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import traitlets

from ..errors import InputError, ProdkitError
from ..exercises import Problem, all_problems, subjects
from .card import Card, _plain

if TYPE_CHECKING:
    from ..plant import Plant

__all__ = ["Practice", "practice", "problems_of"]

_HERE = Path(__file__).parent
_EXPORT = "export default { render };"
_LESSON = re.compile(r"lesson\.(\d\d)\.(\d+)")
_HIDDEN = "Picked for you"


def practice(*topics: str, plant: Plant | str | None = None, start: str | None = None) -> Practice:
    """A card with a list of problems above it, as the last expression of a lesson's cell.

    Parameters
    ----------
    *topics
        Outcomes such as "lesson.05.1" (lesson 05, sitting 1) or "cpim.inventory", or subjects such as
        "materials"; nothing for every problem.
    plant
        A plant, the name of a sample, or None for the sample "metal".
    start
        The problem that is open at first; None for the first one that the journal does not know as right.

    Raises
    ------
    InputError
        If no problem belongs to a topic, or `start` is not among them.

    Examples
    --------
    >>> desk = practice("lesson.05.2", start="materials.min_max")
    >>> print(repr(desk).splitlines()[0])  # doctest: +ELLIPSIS
    Practice: ... problems, ... right
    >>> desk.pick("materials.reorder_point").splitlines()[0]
    'Reorder point · level 1 · 3 min'
    """
    return Practice(problems_of(*topics), plant=plant, start=start)


def problems_of(*topics: str) -> list[Problem]:
    """The problems of these outcomes and subjects, or all of them, in the bank's order."""
    every = list(all_problems().values())
    known = {*subjects(), *(outcome for problem in every for outcome in problem.outcomes)}
    for topic in topics:
        if topic not in known:
            raise InputError("topic", topic, f"one of {', '.join(sorted(known))}, or nothing")
    return [p for p in every if not topics or {p.subject, *p.outcomes}.intersection(topics)]


class Practice(Card):
    """One card whose problem the learner chooses.

    `offer` is what the browser lists: `groups` of problems, each with a mark where the journal has it
    right, `picked` (the open one; "" while its name is kept back) and `said`, a line beside the title.
    "Pick for me" takes one that is not yet right, away from the open one in the list, and keeps its title
    back until it is right: finding the method is half of the exercise.

    Parameters
    ----------
    problems
        What can be chosen, in this order.
    plant, start
        As for `practice`.
    """

    _esm = "\n".join(
        [
            (_HERE / "parts.js").read_text(encoding="utf-8"),
            (_HERE / "card.js").read_text(encoding="utf-8").replace(_EXPORT, ""),
            (_HERE / "practice_card.js").read_text(encoding="utf-8"),
        ]
    )
    _css = "\n".join((_HERE / name).read_text(encoding="utf-8") for name in ("card.css", "practice_card.css"))

    offer = traitlets.Dict().tag(sync=True)

    def __init__(
        self, problems: Sequence[Problem], *, plant: Plant | str | None = None, start: str | None = None
    ) -> None:
        self._problems = {problem.id: problem for problem in problems}
        self._plant, self._is_hidden, self._trouble = plant, False, ""
        self._right = self._known_right()
        first = next((id for id in self._problems if id not in self._right), next(iter(self._problems)))
        if start is not None and start not in self._problems:
            raise InputError("start", start, "one of " + ", ".join(self._problems))
        super().__init__(self._problems[start or first], plant=plant)
        self.offer = self._offer()

    def __repr__(self) -> str:
        right = sum(id in self._right for id in self._problems)
        lines = [f"Practice: {len(self._problems)} problems, {right} right"]
        for group in self._groups():
            lines.append(f"  {group['label']}")
            for row in group["problems"]:
                lines.append(f"    {'✓' if row['right'] else '–'} {row['text']}")
        text = self.attempt.text()
        if self._is_hidden:
            text = text.replace(self.attempt.problem.title, _HIDDEN, 1)
        return "\n".join([*lines, "", text])

    def pick(self, problem_id: str = "") -> str:
        """Open a problem as the learner's choice does, or let one be picked; gives it as plain text."""
        self._press({"do": "pick", "problem": problem_id} if problem_id else {"do": "mix"})
        return self.error or repr(self).partition("\n\n")[2]

    def _do(self, content: Any) -> None:
        what = content.get("do") if isinstance(content, dict) else None
        if what == "pick":
            chosen = content.get("problem")
            if chosen not in self._problems:
                raise ProdkitError("This list has no such problem.")
            self._lay(self._problems[chosen], is_hidden=False)
        elif what == "mix":
            self._lay(self._another(), is_hidden=True)
        else:
            super()._do(content)
            if what == "check" and self.attempt.judgment is not None:
                if self.attempt.judgment.state == "right" and not self.attempt.solution_shown:
                    self._right.add(self.attempt.problem.id)
                self.offer = self._offer()
            elif what == "solution":
                self.offer = self._offer()

    def _lay(self, problem: Problem, is_hidden: bool) -> None:
        self._write_down()
        notice = self._open(problem, self._plant, None, 0)
        self._is_hidden = is_hidden
        with self.hold_sync():
            self.answers = _plain(self.attempt.answers)
            self.verdict = None
            self.view = self._view(notice)
            self.offer = self._offer()

    def _another(self) -> Problem:
        """One not yet right, well away from the open one: neighbors in the list share a method."""
        order = list(self._problems)
        n, at = len(order), order.index(self.attempt.problem.id)
        stride = next((s for s in range(max(1, round(0.38 * n)), n) if math.gcd(s, n) == 1), 1)
        others = [order[(at + i * stride) % n] for i in range(1, n)] or order
        return self._problems[next((id for id in others if id not in self._right), others[0])]

    def _view(self, notice: str = "") -> dict[str, Any]:
        view = super()._view(notice)
        return view | {"title": _HIDDEN} if self._is_hidden else view

    def _offer(self) -> dict[str, Any]:
        problem, judgment = self.attempt.problem, self.attempt.judgment
        told = self._is_hidden and (
            self.attempt.solution_shown or (judgment is not None and judgment.state == "right")
        )
        right = sum(id in self._right for id in self._problems)
        said = [f"{right} of {len(self._problems)} right so far."]
        if told:
            said.append(f"This one was “{problem.title}”.")
        if self._trouble:
            said.append(self._trouble)
        return {
            "groups": self._groups(),
            "picked": "" if self._is_hidden else problem.id,
            "said": " ".join(said),
        }

    def _groups(self) -> list[dict[str, Any]]:
        """By sitting, or by level where all belong to one sitting."""
        labels = {id: _sitting(problem) for id, problem in self._problems.items()}
        if len(set(labels.values())) == 1:
            words = {1: "one step", 2: "several steps", 3: "a decision or a longer case"}
            labels = {
                id: f"Level {p.level}: {words.get(p.level, '')}".rstrip(": ")
                for id, p in self._problems.items()
            }
        groups: dict[str, list[dict[str, Any]]] = {label: [] for label in sorted(set(labels.values()))}
        for id, p in self._problems.items():
            row = {
                "id": id,
                "text": f"{p.title} · level {p.level} · {p.minutes} min",
                "right": id in self._right,
            }
            groups[labels[id]].append(row)
        return [{"label": label, "problems": rows} for label, rows in groups.items()]

    def _known_right(self) -> set[str]:
        """The problems that the journal has as right, on whatever numbers and plant, without the solution."""
        from ..study import Journal

        try:
            return {
                str(event.problem)
                for event in Journal().events(kind="check")
                if event.data.get("score") == 1 and not event.data.get("spent")
            }
        except ProdkitError as fault:
            self._trouble = f"Earlier work is not shown: {' '.join(str(fault).split())[:200]}"
            return set()


def _sitting(problem: Problem) -> str:
    found = next(filter(None, map(_LESSON.fullmatch, problem.outcomes)), None)
    subject = problem.subject.replace("_", " ").capitalize()
    return f"{found[1]} {subject}, sitting {found[2]}" if found else subject
