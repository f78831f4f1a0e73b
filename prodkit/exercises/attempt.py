"""A learner's turn at a problem: the state that a card, a terminal and a test all drive alike."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from ..errors import InputError, MissingTableError
from .judge import Judgment, judge
from .parts.base import SIGNS
from .problem import Problem
from .registry import find
from .variant import Variant, draw, seed_for

if TYPE_CHECKING:
    from ..plant import Plant

__all__ = ["Attempt"]

FIRST_SEED = 1


class Attempt:
    """One problem on one plant, with what the learner has done to it so far.

    Parameters
    ----------
    problem
        A problem or its id.
    plant
        A plant, the name of a sample, or None for the sample "metal".
    seed
        The seed of the first numbers.
    given_steps
        How many steps of the worked solution are shown from the start (a faded example).
    learner
        Whose numbers "New numbers" draws; the same learner gets the same ones everywhere.
    on_event
        Called with a kind ("check", "hint", "new", "solution") and its data; a journal may keep them.

    Examples
    --------
    >>> turn = Attempt("materials.eoq")
    >>> turn.check({"quantity": "a lot"})["parts"]["quantity"]["state"]
    'unreadable'
    """

    def __init__(
        self,
        problem: Problem | str,
        plant: Plant | str | None = None,
        seed: int | None = None,
        given_steps: int = 0,
        learner: str = "",
        on_event: Callable[[str, dict[str, Any]], None] | None = None,
    ) -> None:
        from ..plant import Plant

        self.problem = find(problem) if isinstance(problem, str) else problem
        self.plant = plant if isinstance(plant, Plant) else Plant.sample(plant or "metal")
        if not 0 <= given_steps <= len(self.problem.steps):
            raise InputError(
                "given_steps", given_steps, f"a whole number from 0 to {len(self.problem.steps)}"
            )
        self.given_steps, self.learner, self.on_event = given_steps, learner, on_event
        self.notice = ""
        self.number = 1
        self._first_seed = FIRST_SEED if seed is None else seed
        self._start(self._first_seed)

    def _start(self, seed: int) -> None:
        self.variant = self._draw(seed)
        self.answers: dict[str, Any] = {}
        self.judgment: Judgment | None = None
        self.hints_shown = 0
        self.solution_shown = False

    def _draw(self, seed: int) -> Variant:
        from ..plant import Plant

        try:
            return draw(self.problem, self.plant, seed)
        except MissingTableError as fault:
            first = self.plant.industry if self.plant.industry in Plant.samples() else "metal"
            for name in dict.fromkeys((first, *Plant.samples())):
                sample = Plant.sample(name)
                if sample is self.plant or any(table not in sample.tables for table in self.problem.needs):
                    continue
                try:
                    drawn = draw(self.problem, sample, seed)
                except MissingTableError:
                    continue
                self.notice = (
                    f"{self.plant.name}: {fault}. These figures are the sample plant's, {sample.name}."
                )
                return drawn
            raise

    @property
    def verdict(self) -> dict[str, Any] | None:
        """The last verdict as plain JSON, or None before the first check."""
        return None if self.judgment is None else self.judgment.view()

    def check(self, answers: Any) -> dict[str, Any]:
        """Judge what was typed. Never raises."""
        self.answers = dict(answers) if isinstance(answers, dict) else {}
        self.judgment = judge(self.variant, self.answers)
        slips = {part: v.slip for part, v in self.judgment.verdicts.items() if v.slip}
        self._tell(
            "check", answers=self.answers, score=self.judgment.score, slips=slips, spent=self.solution_shown
        )
        return self.judgment.view()

    def hint(self) -> None:
        """Show one more hint, if there is one."""
        if self.hints_shown < len(self.problem.hints):
            self.hints_shown += 1
            self._tell("hint", shown=self.hints_shown)

    def new_numbers(self) -> None:
        """The same problem with other figures."""
        self.number += 1
        self._start(seed_for(self.learner, self.problem.id, self.number))
        self._tell("new")

    def solution(self) -> None:
        """Show the worked solution. It spends these numbers' credit."""
        self.solution_shown = True
        self._tell("solution")

    def resume(self, number: int, answers: dict[str, Any]) -> None:
        """Go back to where a journal says the learner was: which numbers, and the last answers to them."""
        if number != self.number:
            self.number = number
            self._start(self._first_seed if number == 1 else seed_for(self.learner, self.problem.id, number))
        self.answers = dict(answers)

    def _tell(self, kind: str, **data: Any) -> None:
        if self.on_event is not None:
            where = {
                "problem": self.problem.id,
                "plant": self.variant.plant.name,
                "seed": self.variant.seed,
                "number": self.number,
            }
            self.on_event(kind, {**where, **data})

    def view(self) -> dict[str, Any]:
        """What a card shows; plain JSON without any key."""
        v, p = self.variant, self.problem
        steps = v.steps() if self.given_steps or self.solution_shown else []
        return {
            "id": p.id,
            "title": p.title,
            "level": p.level,
            "minutes": p.minutes,
            "plant": v.plant.name,
            "figures": f"Made-up figures, with names of {v.plant.name}"
            if getattr(v.g, "made_up", False)
            else f"Figures near those of {v.plant.name}, changed for practice",
            "variant": f"Numbers {self.number}",
            "notice": self.notice,
            "prompt": [x.strip() for x in v.text(p.prompt).split("\n\n") if x.strip()],
            "given": v.given(),
            "given_steps": steps[: self.given_steps],
            "parts": [part.view(v) for part in p.parts],
            "hints": [v.text(h) for h in p.hints[: self.hints_shown]],
            "hints_left": len(p.hints) - self.hints_shown,
            "solution": steps if self.solution_shown else None,
            "spent": self.solution_shown,
        }

    def text(self) -> str:
        """The whole card as plain text: for a terminal, a screen reader, a stored notebook."""
        view = self.view()
        lines = [
            f"{view['title']} · level {view['level']} · {view['minutes']} min",
            f"{view['figures']}.",
            *([view["notice"]] if view["notice"] else []),
        ]
        lines += view["prompt"]
        for fact in view["given"]:
            lines += _fact_lines(fact)
        lines += [f"Step {i}: {step}" for i, step in enumerate(view["given_steps"], 1)]
        for part in view["parts"]:
            lines += _part_lines(part)
        lines += [f"Hint: {hint}" for hint in view["hints"]]
        if self.judgment is not None:
            lines += self._feedback()
        if view["solution"]:
            lines += ["Worked solution:", *(f"  {i}. {step}" for i, step in enumerate(view["solution"], 1))]
        return "\n".join(lines)

    def feedback(self) -> str:
        """The last verdict as plain text."""
        return "\n".join(self._feedback()) if self.judgment else "Not checked yet."

    def _feedback(self) -> list[str]:
        assert self.judgment is not None
        lines = [f"{SIGNS[self.judgment.state]} {self.judgment.headline}"]
        for part_id, verdict in self.judgment.verdicts.items():
            label = self.variant.text(self.problem.part(part_id).label)
            exact = f" Exact: {verdict.exact}." if verdict.exact else ""
            reading = f" ({verdict.reading})" if verdict.reading else ""
            lines.append(
                f"{SIGNS[verdict.state]} {label}: {verdict.title}.{reading} {verdict.text}".rstrip() + exact
            )
        return lines


def _fact_lines(fact: dict[str, Any]) -> list[str]:
    if fact["kind"] == "fact":
        return [f"  {fact['label']}: {fact['value']} {fact['unit']}".rstrip()]
    heads = [f"{c['label']} ({c['unit']})" if c["unit"] else c["label"] for c in fact["columns"]]
    return [f"  {fact['label']}", *_columns([heads, *fact["rows"]])]


def _part_lines(part: dict[str, Any]) -> list[str]:
    unit = f" ({part['unit']})" if part.get("unit") else ""
    lines = [f"{part['label']}{unit}: ____" if part["kind"] == "number" else f"{part['label']}"]
    if part["kind"] in ("choice", "choices"):
        mark = "( )" if part["kind"] == "choice" else "[ ]"
        lines += [f"  {mark} {option['text']}" for option in part["options"]]
    elif part["kind"] == "order":
        lines += [f"  - {item['text']} {item['note']}".rstrip() for item in part["items"]]
    elif part["kind"] == "grid" or part.get("columns"):
        start = any("start" in line for line in part["lines"])
        rows = [
            [part.get("corner", ""), *(["Start"] if start else []), *(c["label"] for c in part["columns"])]
        ]
        for line in part["lines"]:
            cells = line.get("cells", {})
            shut = line.get("closed", [])
            body = [cells.get(c["id"], "" if c["id"] in shut else "__") for c in part["columns"]]
            rows.append([line["label"], *([line.get("start", "")] if start else []), *body])
        lines += _columns(rows)
    elif part["kind"] == "plan":
        lines += [
            f"  {line['label']}{' (' + line['unit'] + ')' if line['unit'] else ''}: ____"
            for line in part["lines"]
        ]
    return lines


def _columns(rows: list[list[str]]) -> list[str]:
    widths = [max(len(row[i]) for row in rows) for i in range(len(rows[0]))]
    return [
        "  "
        + "  ".join(
            c.ljust(w) if i == 0 else c.rjust(w) for i, (c, w) in enumerate(zip(row, widths, strict=True))
        ).rstrip()
        for row in rows
    ]
