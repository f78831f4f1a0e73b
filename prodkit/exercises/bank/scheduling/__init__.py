"""Problems on scheduling: what runs next, where, and when it is done."""

from __future__ import annotations

from . import projects

_BY_LESSON = (projects,)
PROBLEMS = tuple(problem for module in _BY_LESSON for problem in module.PROBLEMS)

TOPICS = ("PERT", "critical path", "crashing")
