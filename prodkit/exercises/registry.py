"""Where the problems are found: `bank/<subject>`, each with its PROBLEMS and exam TOPICS."""

from __future__ import annotations

import difflib
import importlib
import inspect
import pkgutil
from collections.abc import Callable
from functools import cache
from types import ModuleType

from ..errors import InputError
from .problem import Problem

__all__ = ["all_problems", "coverage", "find", "subjects", "topics"]


@cache
def subjects() -> tuple[str, ...]:
    """The subjects that have a bank, by name."""
    return tuple(sorted(m.name for m in pkgutil.iter_modules(_bank().__path__)))


def _bank() -> ModuleType:
    return importlib.import_module(f"{__package__}.bank")


@cache
def _subject(name: str) -> ModuleType:
    return importlib.import_module(f"{__package__}.bank.{name}")


@cache
def all_problems(subject: str = "") -> dict[str, Problem]:
    """Every problem by its id, of one subject or of all.

    >>> "materials.eoq" in all_problems("materials")
    True
    """
    found: dict[str, Problem] = {}
    for name in [subject] if subject else subjects():
        for problem in _subject(name).PROBLEMS:
            if problem.id in found:
                raise InputError("problem id", problem.id, "used once")
            found[problem.id] = problem
    return found


def find(problem_id: str) -> Problem:
    """The problem of this id.

    Raises
    ------
    InputError
        If there is none; the message names the nearest.
    """
    subject = str(problem_id).partition(".")[0]
    if subject in subjects() and problem_id in all_problems(subject):
        return all_problems(subject)[problem_id]
    nearest = difflib.get_close_matches(str(problem_id), list(all_problems()), 1)
    raise InputError(
        "problem",
        problem_id,
        f"one that `prodkit problems` lists{f' (nearest: {nearest[0]})' if nearest else ''}; "
        "a new file of a bank must be in its __init__.py, in _BY_LESSON",
    )


def topics(subject: str) -> tuple[str, ...]:
    """The exam topics of a subject's bank, by name."""
    return tuple(_subject(subject).TOPICS)


def coverage(subject: str) -> dict[str, tuple[str, ...]]:
    """For each public function of a subject and each exam topic of its bank: the problems that practice it.

    A function or topic without a problem has an empty tuple. Functions that only read a plant (their first
    argument is one, and nothing else will do) are left out: there is nothing to practice.
    """
    module = importlib.import_module(f"prodkit.{subject}")
    functions = [n for n in module.__all__ if inspect.isfunction(f := getattr(module, n)) and not _reads(f)]
    bank = all_problems(subject)
    rows = {f: tuple(p.id for p in bank.values() if f in p.covers) for f in functions}
    return {
        **rows,
        **{t: tuple(p.id for p in bank.values() if t in p.topics) for t in topics(subject)},
    }


def _reads(function: Callable[..., object]) -> bool:
    """Whether it takes a plant and nothing else in its place."""
    first = next(iter(inspect.signature(function).parameters.values()), None)
    return first is not None and first.annotation in ("Plant", "Plant | None")
